/* What the measures share: where results go, and what they are said of. */
#ifndef WRES_INDICATOR_COMPUTE_H
#define WRES_INDICATOR_COMPUTE_H

#include "indicator/hidden.h"

/* Results of one indicator that are set beside those of other organisations, with their numbers among all results, until they all are there. */
typedef struct compared_results {
    wres_run *run; /* the memory they are kept in */
    wres_dictionary *texts;
    wres_result_list list;
    size_t *numbers;
} compared_results;

/* Where results go: those of one place wait until it is left, as some of them say something of others. */
typedef struct outlet {
    wres_run *run;                        /* the memory they wait in */
    const wres_result_receiver *receiver; /* NULL = all wait */
    wres_result_list waiting;
    size_t count;               /* with those that wait */
    compared_results *compared; /* NULL where there are no other organisations */
} outlet;

/* Gives on what waits. */
void outlet_flush(outlet *out);
/* Gives on others, of whole places and marked, that waited elsewhere; the number of the first. */
void outlet_give(const outlet *out, const wres_result_list *results, size_t number);

/* The place of the results being made. */
typedef struct scope {
    wres_run *run;             /* for what is not needed any more when the results were given on */
    wres_result_list *results; /* so far: of this place, where there is an outlet */
    outlet *out;               /* NULL = they stay in the list */
    const planned_standard *standard;
    const planned_indicator *planned;
    const char *organisation_name, *period;
    fold_request fold; /* organisation and breakdown */
} scope;

/* A result with everything filled in that the scope knows; section and row `all`. */
wres_result result_new(const scope *s, const char *by_value, const char *who, const char *statistic, wres_unit unit);
void result_add(const scope *s, const wres_result *result);
/* A result without a value: why. */
void result_add_missing(const scope *s, wres_result result, wres_result_status status, const char *note);

/* Makes it a suppressed one: whatever was computed from the least that hidden counts can be is taken out again, the words about it too. */
void result_hide(wres_run *run, wres_result *result);

/* numerator / denominator in percent with its Wilson interval; not calculable over nothing. */
void percent_set(wres_result *result, uint64_t numerator, uint64_t denominator);
wres_rational percent_of(uint64_t numerator, uint64_t denominator);
/* Fisher's exact test of two proportions at the place of another result; nothing where one of them is of nobody. */
void test_add(const scope *s, const wres_result *where, wres_proportion a, wres_proportion b, const char *note);
const char *breakdown_name(const scope *s);

/* Marks the results that rest on fewer than ten. */
void small_mark(wres_result_list *results);
/* Standard to by_value. */
bool is_same_place(const wres_result *a, const wres_result *b);
/* Why what is asked of these people cannot be told: the data have no column for it. NULL where they have all. The one place that
 * decides between nobody (a zero) and not supplied. */
const char *count_lacks(const scope *s, const planned_count *count, const wres_test *more, size_t more_count);
const char *part_lacks(const scope *s, const planned_count *count, const planned_part *part);
const char *axis_lacks(const scope *s, const wres_tally *tally, const char *axis);
/* "part of the row consultant", "" of a row that is part of none. */
const char *part_note(const scope *s, const wres_parts *parts, size_t part);
/* In the place of a part's shares and points, and in that of a whole indicator, scope or step. */
void part_add_lacking(const scope *s, const char *by_value, const char *row, const char *why);
void result_add_lacking(const scope *s, const char *section, const char *row, const char *why);

/* All organisations together and then each, computed beside each other and given on in that order: whether that can be and is worth it. */
bool is_for_threads(const scope *s, size_t organisations);
void compute_on_threads(const scope *s, const uint16_t *organisations, size_t count);

void share_compute(const scope *s);
void likelihood_compute(const scope *s);
void rate_compute(const scope *s);
void gap_compute(const scope *s);
void disparity_compute(const scope *s);
void goal_compute(const scope *s);

/* Two rates of which one is divided by the other. */
typedef struct rate_pair {
    const group *first, *second;
    wres_proportion a, b; /* of hidden counts the least */
    fraction of_first, of_second;
} rate_pair;

/* The ratio with everybody of unknown group in the one group, and in the other. */
void bounds_add(const scope *s, const wres_result *ratio, const rate_pair *pair, wres_proportion unknown);
/* The same where counts are hidden. */
void bounds_add_hidden(const scope *s, const wres_result *ratio, const rate_pair *pair, const fraction *unknown);
/* Where the ratio of the rates lies against the four-fifths range; both have trials, and the second has events. */
wres_range rates_range(wres_proportion a, wres_proportion b);
/* How many events fewer (or more) take the ratio to the other side of the four-fifths edge. */
void fragility_add(const scope *s, const wres_result *ratio, const rate_pair *pair);

/* The ratios of a step pooled over the strata asked for. */
void strata_add(const scope *s, const planned_step *step);

/* One team or organisation of a breakdown. */
typedef struct funnel_point {
    const char *by_value;
    wres_proportion counts; /* of hidden counts the least */
} funnel_point;

/* Funnel limits of a group's share around that of the whole, for each. */
void funnel_add(const scope *s, const funnel_point *points, size_t count, const group *who, wres_proportion whole);
/* The same where counts of the whole, about which all limits lie, are hidden. */
void funnel_add_hidden(const scope *s, const funnel_point *points, size_t count, const group *who, uint32_t hidden);

/* Keeps the result if it can be set beside those of other organisations. */
void beside_keep(compared_results *compared, const wres_result *result, size_t number);
/* Behind each of those kept the limits around the pooled one; then none are kept. */
void beside_add(wres_run *run, compared_results *compared, const wres_result_receiver *receiver);

/* The by_values of two folds, in their common order. */
typedef struct by_values {
    const char **all;
    size_t count;
} by_values;
by_values by_values_of(const scope *s, const slices *a, const slices *b);

/* "white/bme", "bme-white" */
const char *comparison(wres_run *run, const group *first, const char *sign, const group *second);

#endif
