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

/* Many rows take little room packed; then rows is NULL, and a cursor shows one after another. */
typedef struct wres_published_list {
    const wres_published *rows;
    size_t count;
    const struct wres_packed *packed;
} wres_published_list;

typedef struct wres_packed_place {
    const struct wres_packed_piece *piece;
    size_t at;
    uint32_t head, tail;
} wres_packed_place;

/* The rows of a list in their order, packed or not. Of a packed one the strings of VALUE to DENOMINATOR live until the cursor is moved on; the
 * others live as long as the run, and of two that are the same text there is one string. */
typedef struct wres_published_cursor {
    const wres_published_list *list;
    size_t number; /* of the next row */
    wres_published row;
    char digits[5][WRES_FIXED_SIZE];
    wres_packed_place rows, behind;
    size_t passed, groups, left;
    uint32_t head, tail;
} wres_published_cursor;

wres_published_cursor wres_published_begin(const wres_published_list *list);
const wres_published *wres_published_next(wres_published_cursor *cursor); /* NULL at the end */
/* Moves it on by so many rows, or to the end. A copy of a cursor goes its own way, on another thread too. */
void wres_published_skip(wres_published_cursor *cursor, size_t count);

/* The same rows, not packed. */
wres_published_list wres_published_expand(wres_run *run, const wres_published_list *list);

/* Whether each number of a packed list is kept as a whole one; of others 18 digits do not hold all. */
bool wres_published_is_fixed(const wres_published_list *list);
/* The different texts of a packed list: names, notes, and numbers that are not kept as whole ones. */
size_t wres_published_texts(const wres_published_list *list);
wres_text wres_published_text(const wres_published_list *list, size_t number);

typedef struct wres_disclosure_options {
    int decimals; /* -1 = the standards' own: ratios 2, percentages and points 1; probabilities always max(4, decimals) */
} wres_disclosure_options;

/* What is said of the results as a whole: the JSON key "disclosure", the table's foot and standard error. */
const char *wres_disclosure_statement(void);

/* Publishes results as they come, so that they need not all be there at once. */
typedef struct wres_publisher wres_publisher;
wres_publisher *wres_publisher_new(wres_run *run, const wres_disclosure_options *options);
wres_result_receiver wres_publisher_receiver(wres_publisher *publisher);
/* The list is packed. Rows that repeat an earlier key are a programming error and abort the run with WRES_DATA. */
wres_status wres_publisher_end(wres_publisher *publisher, wres_published_list *published);

/* The same of results that are at hand, in their order; not packed. */
wres_status wres_disclose(wres_run *run, const wres_result_list *results, const wres_disclosure_options *options,
                          wres_published_list *published);

#endif
