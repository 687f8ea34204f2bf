/* indicator: standards and cubes to results. wres_plan_new says which rows of which tables must be counted, and how; when they have
 * been, wres_compute folds the cells into results. Values are exact rationals; intervals and tests are real numbers. Nothing is
 * rounded here. */
#ifndef WRES_INDICATOR_H
#define WRES_INDICATOR_H

#include "wres/base.h"
#include "wres/config.h"
#include "wres/cube.h"
#include "wres/input.h"
#include "wres/stats.h"

typedef enum wres_unit {
    WRES_PEOPLE,
    WRES_PERCENT,
    WRES_POINTS,
    WRES_RATIO,
    WRES_PROBABILITY,
    WRES_PEOPLE_UNROUNDED, /* people, of whom there can be parts: points of a line */
    WRES_YEARS,
    WRES_YES_NO, /* 1 or 0 */
    WRES_FTE     /* full-time equivalents, printed with all their decimals */
} wres_unit;

typedef enum wres_result_status { WRES_CALCULATED, WRES_SUPPRESSED, WRES_NOT_CALCULABLE, WRES_NOT_SUPPLIED } wres_result_status;

typedef enum wres_value_kind { WRES_VALUE_NONE, WRES_VALUE_EXACT, WRES_VALUE_REAL } wres_value_kind;

/* How a result is set beside those of other organisations: by the chance error of a share, a ratio of rates, an odds ratio or a
 * difference of rates. */
typedef enum wres_beside {
    WRES_BESIDE_NOTHING,
    WRES_BESIDE_SHARE,
    WRES_BESIDE_RATIO,
    WRES_BESIDE_ODDS,
    WRES_BESIDE_DIFFERENCE
} wres_beside;

/* One number before it is published. Texts are never NULL; "all" and "" as in the output contract. */
typedef struct wres_result {
    const char *standard, *indicator, *organisation, *period, *section, *row, *by, *by_value, *group, *statistic;
    wres_unit unit;
    wres_value_kind kind;
    wres_rational exact; /* in the unit: 100 * 9178 / 55955 percent */
    double real;
    bool has_interval;
    double lower, upper;               /* in the unit */
    bool has_counts, denominator_only; /* numerator and denominator, or a base alone */
    wres_rational numerator;           /* a whole number but for averages over years */
    uint64_t denominator;
    bool fte;                   /* numerator and denominator are billionths of full-time equivalents */
    unsigned denominator_dates; /* the denominator is a sum over so many dates and stands for their average; 0 = of one */
    bool has_flag;
    wres_range flag;
    bool small; /* it, or a group it compares, counts fewer than ten */
    wres_result_status status;
    const char *note; /* "{value}" stands for the published value */
    wres_beside beside;
    wres_proportion pair[2]; /* what it was made of: of a share the first alone */
    /* Of a suppressed one: what can be said although counts are hidden in the input. Whatever they are, the value lies between the bounds
     * (or cannot be calculated). */
    uint32_t hidden; /* how many hidden counts it rests on; WRES_HIDDEN_SOME = so many that it is not told */
    bool numerator_hidden, denominator_hidden;
    bool has_lower_bound, has_upper_bound;
    wres_rational lower_bound, upper_bound; /* in the unit */
} wres_result;

#define WRES_HIDDEN_SOME UINT32_MAX

typedef struct wres_result_list {
    wres_result *all;
    size_t count, room;
} wres_result_list;

/* Who gets results a few at a time. They, and their texts, live until the call returns. */
typedef struct wres_result_receiver {
    void *context;
    void (*take)(void *context, const wres_result *results, size_t count); /* the next, in their order */
    /* Those that belong behind a result that was taken before, given by its number; they are not counted. Of each number once. */
    void (*take_behind)(void *context, size_t number, const wres_result *results, size_t count);
} wres_result_receiver;

#define WRES_MOST_BREAKDOWNS 16
#define WRES_MOST_CROSSED    4

/* One --by: a field, or fields that are crossed. */
typedef struct wres_breakdown {
    const char *name; /* "sex", "sex,team" */
    const char *fields[WRES_MOST_CROSSED];
    size_t count;
    wres_place asked; /* where, for messages */
} wres_breakdown;

typedef struct wres_request {
    const wres_standard *const *standards;
    size_t standard_count;
    wres_breakdown breakdowns[WRES_MOST_BREAKDOWNS];
    size_t breakdown_count;
    const char *groups;             /* the attribute of the code list that makes the groups: group2, group5, group16 … */
    wres_breakdown strata;          /* count 0 = none: the ratios of likelihoods are also pooled over these */
    bool fte;                       /* shares of the workforce by full-time equivalents; what counts people is not calculable */
    int unknown_in_base;            /* 1 include, 0 exclude, -1 as the standard says */
    const struct wres_goals *goals; /* wres/goals.h; NULL = the defaults, where a standard has goals */
} wres_request;

typedef struct wres_plan wres_plan;

/* WRES_USAGE, with file and line of the standard, for tables, fields, values or attributes that do not exist. */
wres_status wres_plan_new(wres_reading *reading, const wres_request *request, wres_plan **plan);
/* Members of the groups' code list that no result of the plan tells apart are counted as one of them: far fewer cells. Not for what keeps the
 * cells themselves. */
void wres_plan_join_members(wres_plan *plan);
/* The tallies that a table feeds, in the order in which the table is to be read: workforce first. */
wres_tally *const *wres_plan_tallies(const wres_plan *plan, const wres_table *table, size_t *count);
/* All of them. */
wres_tally *const *wres_plan_all_tallies(const wres_plan *plan, size_t *count);

/* Whether leaving rates of goals are counted: movements were read, and no rate is set in their place. */
bool wres_plan_counts_leavers(const wres_plan *plan);

/* Adds a p_adjusted behind every p_value: corrected over all p-values of the results. */
typedef enum wres_correction { WRES_UNCORRECTED, WRES_HOLM, WRES_BENJAMINI_HOCHBERG } wres_correction;
wres_status wres_correct(wres_run *run, wres_result_list *results, wres_correction method);
/* The same of results that come a few at a time and are given on; wres_corrector_end gives what is added. */
typedef struct wres_corrector wres_corrector;
wres_corrector *wres_corrector_new(wres_run *run, wres_correction method, const wres_result_receiver *to);
wres_result_receiver wres_corrector_receiver(wres_corrector *corrector);
void wres_corrector_end(wres_corrector *corrector);

/* All results, in the order standard, indicator, organisation, breakdown, section, row, group, statistic. */
wres_status wres_compute_to(wres_plan *plan, wres_frame *frame, const wres_result_receiver *receiver);
/* The same, added to a list; they live as long as the run. */
wres_status wres_compute(wres_plan *plan, wres_frame *frame, wres_result_list *results);

#endif
