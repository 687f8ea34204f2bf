/* The inside of a plan, shared by what makes it and what computes from it. */
#ifndef WRES_INDICATOR_PLAN_H
#define WRES_INDICATOR_PLAN_H

#include "wres/goals.h"
#include "wres/indicator.h"

enum { MOST_GROUPS = 48 };

/* One of the groups that are told apart: White, BME, Unknown, or finer ones. */
typedef struct group {
    const char *name;           /* as the code list has it */
    const char *label;          /* in lower case, as results have it */
    const unsigned char *holds; /* by member of the code list */
    bool compared;              /* against the reference */
} group;

typedef struct group_set {
    const wres_list *list;
    int attribute;          /* of the list: that with the standard's own groups */
    uint16_t unknown_value; /* of that attribute */
    group all[MOST_GROUPS]; /* the reference first, Unknown last */
    size_t count;
    size_t unknown;
} group_set;

/* The cells to count: those of a tally that pass. */
typedef struct planned_count {
    wres_tally *tally;
    const wres_test *tests; /* on the cells: of the people counted once, which */
    size_t test_count;
} planned_count;

typedef struct planned_part {
    const char *row;
    const wres_test *tests;
    size_t test_count;
} planned_part;

/* One rate: events over people; of an indicator in steps, one of them. */
typedef struct planned_step {
    const char *row, *event;
    planned_count events, over;
} planned_step;

typedef struct planned_indicator {
    const wres_indicator *about;
    bool counts_people;  /* and FTE are asked for: it counts nothing */
    planned_step *steps; /* likelihood, rate: one at least */
    size_t step_count;
    planned_count of, against, leavers, movers;
    planned_part *parts, *tiers, *scopes;
} planned_indicator;

typedef struct planned_standard {
    const wres_standard *about;
    group_set groups;
    bool unknown_in_base;
    wres_tally *population;
    planned_indicator *indicators;
} planned_standard;

/* The cells of a tally by organisation, in their order; NULL where they are looked at one and all. */
typedef struct cell_order {
    uint32_t *cells, *ends; /* of each organisation behind its last one */
    size_t organisations;
} cell_order;

struct wres_plan {
    wres_run *run;
    wres_reading *reading;
    const wres_request *request;
    const wres_goals *goals; /* those of the request, or the defaults; NULL where no indicator is one */
    planned_standard *standards;
    wres_tally **tallies;
    cell_order *orders; /* of each tally; NULL before anything is computed, and of one organisation */
    size_t tally_count, tally_room;
};

/* A condition made ready. False, with a finding, where it names what does not exist. */
bool test_compile(wres_plan *plan, const char *table, const wres_condition *condition, wres_test *test);

/* What is said of a value that the list does not have: the near miss, and those it has. */
const char *no_value(const wres_plan *plan, const wres_list *list, int attribute, const char *value);

/* The text of a code of an axis: "Female", "Band 5", "clinical"; "unknown" where it is not known. */
const char *axis_label(const wres_plan *plan, const char *table, const char *axis, uint16_t code);
/* Whether results can be broken down by it. */
bool axis_exists(const wres_plan *plan, const char *axis);
bool axis_is_grade(const char *axis);

/* The groups of a standard under the attribute asked for. */
bool groups_make(wres_plan *plan, const wres_standard *standard, group_set *groups);

#endif
