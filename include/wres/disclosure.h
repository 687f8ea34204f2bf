/* disclosure: results become published values. The one place where a value is rounded, and where (in a later version)
 * it is suppressed: behind it there are only decimal strings and reasons, so no writer can leak or re-round anything. */
#ifndef WRES_DISCLOSURE_H
#define WRES_DISCLOSURE_H

#include "wres/base.h"
#include "wres/indicator.h"

/* The columns of the output contract, in their order (name, what it holds). */
#define WRES_COLUMNS(X)                                                                                                            \
    X(STANDARD, "standard")                                                                                                        \
    X(INDICATOR, "indicator")                                                                                                      \
    X(ORGANISATION, "organisation")                                                                                                \
    X(PERIOD, "period")                                                                                                            \
    X(SECTION, "section")                                                                                                          \
    X(ROW, "row")                                                                                                                  \
    X(BY, "by")                                                                                                                    \
    X(BY_VALUE, "by_value")                                                                                                        \
    X(GROUP, "group")                                                                                                              \
    X(STATISTIC, "statistic")                                                                                                      \
    X(VALUE, "value")                                                                                                              \
    X(LOWER, "lower")                                                                                                              \
    X(UPPER, "upper")                                                                                                              \
    X(NUMERATOR, "numerator")                                                                                                      \
    X(DENOMINATOR, "denominator")                                                                                                  \
    X(UNIT, "unit")                                                                                                                \
    X(FLAG, "flag")                                                                                                                \
    X(STATUS, "status")                                                                                                            \
    X(NOTE, "note")

typedef enum wres_column {
#define WRES_COLUMN_ENUM(id, name) WRES_COLUMN_##id,
    WRES_COLUMNS(WRES_COLUMN_ENUM)
#undef WRES_COLUMN_ENUM
        WRES_COLUMN_COUNT
} wres_column;

/* "standard", "indicator", … */
const char *wres_column_name(wres_column column);

/* One published number: a string for every column, never NULL. VALUE to DENOMINATOR hold a decimal (wres_is_decimal) or "";
 * VALUE is "" wherever STATUS is not "ok". */
typedef struct wres_published {
    const char *column[WRES_COLUMN_COUNT];
} wres_published;

typedef struct wres_published_list {
    const wres_published *rows;
    size_t count;
} wres_published_list;

typedef struct wres_disclosure_options {
    int decimals; /* -1 = the standards' own: ratios 2, percentages and points 1; probabilities always max(4, decimals) */
} wres_disclosure_options;

/* What is said of the results as a whole: the JSON key "disclosure", the table's foot and standard error. */
const char *wres_disclosure_statement(void);

/* In the order of the results; rows that repeat an earlier key are a programming error and abort the run with WRES_DATA. */
wres_status wres_disclose(wres_run *run, const wres_result_list *results, const wres_disclosure_options *options,
                          wres_published_list *published);

#endif
