/* A mark on every figure that rests on fewer than ten people, answers or cases: one of them more or less would change it visibly. */
#include <string.h>

#include "indicator/compute.h"

enum { SMALL = 10 };

static bool is_small_cell(const wres_result *result) {
    if (result->status != WRES_CALCULATED || result->fte) return false; /* of FTE nobody knows how many people they are */
    if (result->has_counts) return result->numerator.numerator < SMALL * result->numerator.denominator;
    return strcmp(result->statistic, "count") == 0 && result->exact.numerator < SMALL * result->exact.denominator;
}

static bool is_same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

/* Figures of one place stand behind one another. */
bool is_same_place(const wres_result *a, const wres_result *b) {
    return is_same(a->standard, b->standard) && is_same(a->indicator, b->indicator) && is_same(a->organisation, b->organisation) &&
           is_same(a->period, b->period) && is_same(a->section, b->section) && is_same(a->row, b->row) && is_same(a->by, b->by) &&
           is_same(a->by_value, b->by_value);
}

/* Whether a comparison ("white/bme", "bme-white", "bme") is one of this group. */
static bool compares(const char *comparison, const char *who) {
    const size_t whole = strlen(comparison), part = strlen(who);
    if (whole < part || strcmp(who, "all") == 0) return false;
    const bool first = memcmp(comparison, who, part) == 0, last = strcmp(comparison + whole - part, who) == 0;
    if (whole == part) return first;
    return (first && strchr("/-", comparison[part])) || (last && strchr("/-", comparison[whole - part - 1]));
}

static bool is_comparison(const wres_result *result) {
    return result->status == WRES_CALCULATED && !result->has_counts &&
           (strcmp(result->statistic, "ratio") == 0 || strcmp(result->statistic, "difference") == 0);
}

void small_mark(wres_result_list *results) {
    for (size_t start = 0, end; start < results->count; start = end) {
        wres_result *place = &results->all[start];
        for (end = start; end < results->count && is_same_place(place, &results->all[end]); end++)
            results->all[end].small = is_small_cell(&results->all[end]);
        for (size_t i = start; i < end; i++) {
            if (!is_comparison(&results->all[i])) continue;
            for (size_t k = start; k < end && !results->all[i].small; k++)
                results->all[i].small = is_small_cell(&results->all[k]) && compares(results->all[i].group, results->all[k].group);
        }
    }
}
