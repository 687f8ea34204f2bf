/* Cells to counts by group: the only way from a cube to an indicator. */
#ifndef WRES_INDICATOR_FOLD_H
#define WRES_INDICATOR_FOLD_H

#include "indicator/plan.h"

#define ALL_ORGANISATIONS (-1)

/* The counts of one line of results. */
typedef struct slice {
    const char *by_value; /* "all" without a breakdown */
    uint16_t by_code[WRES_MOST_CROSSED];
    uint16_t section, row; /* where grades are told apart */
    uint64_t count[MOST_GROUPS];
    wres_hidden_part *hidden;             /* by group: what hidden counts may add; NULL where all are known */
    const wres_given *given[MOST_GROUPS]; /* a percent that came without its counts */
    bool several_given[MOST_GROUPS];      /* more than one: they cannot be pooled */
} slice;

typedef struct slices {
    slice *all;
    size_t count;
} slices;

typedef struct fold_request {
    const wres_plan *plan;
    const wres_frame *frame;
    const group_set *groups;
    int organisation;                /* its number, or ALL_ORGANISATIONS */
    const wres_breakdown *breakdown; /* NULL = none */
    bool by_grade;
} fold_request;

/* The cells of the as-at date that pass both kinds of test, in slices sorted by breakdown, section and row. */
slices fold(const fold_request *request, const planned_count *count, const wres_test *more, size_t more_count);

/* Finds the cells of each organisation once and for all, where there are several; else whoever asks looks at all cells. */
void order_cells(wres_plan *plan, bool several);
/* Which cells of a tally to look at for an organisation, or all: those of others need not be among them. */
typedef struct cell_choice {
    const wres_cell *all;
    const uint32_t *numbers; /* NULL = from the first on */
    size_t count;
} cell_choice;
cell_choice cells_of(const wres_plan *plan, const wres_tally *tally, int organisation);
static inline const wres_cell *cell_at(const cell_choice *cells, size_t i) {
    return &cells->all[cells->numbers ? cells->numbers[i] : i];
}

/* Whether a cell's organisation and time are those of the results. */
bool cell_belongs(const wres_frame *frame, const wres_tally *tally, const uint16_t *key, int organisation);
bool cell_passes(const wres_tally *tally, const wres_test *tests, size_t count, const uint16_t *key);
const slice *slices_find(const slices *list, const char *by_value);
/* The place of an axis among the keys of a tally's cells, or -1. */
int axis_key(const wres_tally *tally, const char *axis);

#endif
