/* P-values corrected for how many of them are printed: of a hundred tests five say "under 0.05" by chance alone. */
#include <string.h>

#include "wres/indicator.h"

static bool is_tested(const wres_result *result) {
    return strcmp(result->statistic, "p_value") == 0 && result->status == WRES_CALCULATED;
}

static wres_result adjusted_result(wres_run *run, const wres_result *test, double p, wres_correction method, size_t family) {
    wres_result result = *test;
    result.statistic = "p_adjusted";
    result.real = p;
    result.note = wres_print(run, "%s over the %zu tests printed; not part of the standard",
                             method == WRES_HOLM ? "Holm" : "Benjamini-Hochberg", family);
    return result;
}

wres_status wres_correct(wres_run *run, wres_result_list *results, wres_correction method) {
    size_t family = 0, next = 0, written = 0;
    for (size_t i = 0; i < results->count; i++) family += is_tested(&results->all[i]);
    if (method == WRES_UNCORRECTED || family == 0) return WRES_OK;
    double *p = wres_alloc(run, family * sizeof *p);
    size_t *order = wres_alloc(run, family * sizeof *order);
    for (size_t i = 0; i < results->count; i++)
        if (is_tested(&results->all[i])) p[next++] = results->all[i].real;
    const bool done = method == WRES_HOLM ? wres_holm(p, family, p, order) : wres_benjamini_hochberg(p, family, p, order);
    if (!done) return WRES_OK;
    wres_result *all = wres_grow(run, NULL, 0, (results->count + family) * sizeof *all);
    next = 0;
    for (size_t i = 0; i < results->count; i++) {
        all[written++] = results->all[i];
        if (is_tested(&results->all[i])) all[written++] = adjusted_result(run, &results->all[i], p[next++], method, family);
    }
    *results = (wres_result_list){all, written, written};
    return WRES_OK;
}
