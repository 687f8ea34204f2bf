/* What the parts of the terminal report share: looking up results, groups and comparisons. Not public. */
#ifndef WRES_OUTPUT_SHEET_H
#define WRES_OUTPUT_SHEET_H

#include "output/page.h"
#include "wres/output.h"

/* What became of a result: printed, left to the other formats for want of room, or not met yet. Nothing is lost without a word:
 * what is not met is listed in the end, what is left is counted. */
typedef enum wres_sheet_shown { WRES_SHOWN_UNMET, WRES_SHOWN_LEFT, WRES_SHOWN_PRINTED } wres_sheet_shown;

typedef struct wres_sheet {
    wres_run *run;
    const wres_document *document;
    wres_page page;
    wres_dictionary *keys; /* the place of a result; its number leads to the result */
    size_t *result_of_key;
    wres_sheet_shown *shown; /* for each result */
    bool has_unconfirmed;    /* a national figure with a question mark was printed */
    bool has_small;          /* a count under 10 was printed with its mark */
    char *key;               /* room in which keys are put together */
    size_t key_room;
} wres_sheet;

/* Indexes into the document's results. */
typedef struct wres_sheet_rows {
    size_t *index;
    size_t count;
} wres_sheet_rows;

/* A standard's indicators of one organisation. */
typedef struct wres_sheet_block {
    const char *standard, *organisation;
    wres_sheet_rows rows;
} wres_sheet_block;

/* How an indicator is laid out: by rows and sections (1), board against workforce (9), as goals, or as a comparison of groups. */
typedef enum wres_sheet_kind {
    WRES_KIND_COMPARED,
    WRES_KIND_BANDED,
    WRES_KIND_BOARD,
    WRES_KIND_GOALS,
    WRES_KIND_NOT_SUPPLIED
} wres_sheet_kind;

/* One indicator of a block. */
typedef struct wres_sheet_view {
    const wres_sheet_block *block;
    const char *id;
    const wres_indicator_shown *about; /* NULL where the document has no words on it */
    wres_sheet_rows rows;
    wres_dictionary *groups; /* white first, unknown last, without all */
    wres_sheet_kind kind;
} wres_sheet_view;

typedef struct wres_sheet_spot {
    const char *section, *row, *by, *by_value;
} wres_sheet_spot;

/* What is set against what, as the result's own group says: two groups, or one group whose difference from the whole it is. */
typedef struct wres_sheet_comparison {
    const char *group, *statistic;
    const char *first, *second; /* in the order of the view's groups; first NULL where there is one group */
    char joint;                 /* '/' or '-' */
} wres_sheet_comparison;

typedef struct wres_sheet_comparisons {
    wres_sheet_comparison *all;
    size_t count;
} wres_sheet_comparisons;

void wres_sheet_begin(wres_sheet *sheet, wres_run *run, const wres_document *document, const wres_write_options *options);
wres_sheet_block wres_sheet_block_of(wres_sheet *sheet, const char *standard, const char *organisation);
wres_sheet_view wres_sheet_view_of(wres_sheet *sheet, const wres_sheet_block *block, const char *id);

/* The result at a place, or NULL; take also notes it as printed. */
const wres_published *wres_sheet_find(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot, const char *group,
                                      const char *statistic);
const wres_published *wres_sheet_take(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot, const char *group,
                                      const char *statistic);
void wres_sheet_note(wres_sheet *sheet, const wres_published *row, wres_sheet_shown shown);

const char *wres_column_text(const wres_published *row, wres_column column);
bool wres_column_is(const wres_published *row, wres_column column, const char *text);
bool wres_published_is_ok(const wres_published *row);

wres_sheet_comparison wres_sheet_comparison_of(wres_sheet *sheet, const wres_sheet_view *view, const char *group,
                                               const char *statistic);
/* A ratio or a difference. */
bool wres_sheet_is_comparison(const wres_published *row);
/* The comparisons of a view in a section and row, in a breakdown (of any value) or, by = "all", without one. */
wres_sheet_comparisons wres_sheet_comparisons_of(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot place);
/* The rate or share of a group beside a comparison: of all staff, else of the board. */
const wres_published *wres_sheet_take_rate(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot, const char *group);
/* The p-value of a comparison, in whatever order its groups are named. */
const wres_published *wres_sheet_find_p(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot,
                                        const wres_sheet_comparison *comparison);

/* bme: BME; non-clinical: Non-clinical; of a comparison: White/BME. */
const char *wres_sheet_label(wres_sheet *sheet, const char *name);
const char *wres_sheet_comparison_label(wres_sheet *sheet, const wres_sheet_comparison *comparison);
/* 1.52, 12.5%, +3.1, n/c; "" for NULL. The second writes points as +3.1 pts. */
const char *wres_sheet_number_shown(wres_sheet *sheet, const wres_published *row);
const char *wres_sheet_value_shown(wres_sheet *sheet, const wres_published *row);
/* The numerator or denominator; the mark where it is suppressed. */
const char *wres_sheet_count_shown(wres_sheet *sheet, const wres_published *row, wres_column column);
bool wres_published_is_suppressed(const wres_published *row);

/* "*" behind a count under 10, which the foot then explains; else "". */
const char *wres_sheet_small_mark(wres_sheet *sheet, const char *count);
/* "1.31 to 1.86"; "" without an interval. */
const char *wres_sheet_interval_shown(wres_sheet *sheet, const wres_published *row);
/* The word with which the note of a missing value says what would have come out, or NULL. */
const char *wres_sheet_outcome_shown(const wres_published *row);
/* The flag of a ratio with its sign. */
typedef struct wres_sheet_word {
    const char *text;
    wres_style style;
} wres_sheet_word;
wres_sheet_word wres_sheet_range_shown(const wres_published *row);
/* The value of a setting of the document, or NULL. */
const char *wres_sheet_setting(const wres_sheet *sheet, const char *name);

/* Whether its counts are full-time equivalents. */
bool wres_sheet_is_fte(const wres_sheet *sheet);

/* Reasons why a value is missing, each said once under a table. */
void wres_sheet_reasons_add(wres_sheet *sheet, wres_dictionary *reasons, const wres_published *row);
void wres_sheet_reasons_print(wres_sheet *sheet, const wres_dictionary *reasons);

/* The parts of the report. */
/* The organisations of a standard beside each other; false, and nothing written, where nothing can be compared. */
bool wres_sheet_beside(wres_sheet *sheet, const wres_sheet_view *pooled, size_t count, const wres_dictionary *organisations);
void wres_sheet_summary(wres_sheet *sheet, const wres_sheet_view *views, size_t count);
void wres_sheet_breakdowns(wres_sheet *sheet, const wres_sheet_view *view);
void wres_sheet_bands(wres_sheet *sheet, const wres_sheet_view *view);
void wres_sheet_goals(wres_sheet *sheet, const wres_sheet_view *view);
void wres_sheet_others(wres_sheet *sheet, const wres_sheet_block *block);
void wres_sheet_foot(wres_sheet *sheet);

#endif
