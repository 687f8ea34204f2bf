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

static bool adjust(wres_correction method, double *p, size_t family, size_t *order) {
    return method == WRES_HOLM ? wres_holm(p, family, p, order) : wres_benjamini_hochberg(p, family, p, order);
}

wres_status wres_correct(wres_run *run, wres_result_list *results, wres_correction method) {
    size_t family = 0, next = 0, written = 0;
    for (size_t i = 0; i < results->count; i++) family += is_tested(&results->all[i]);
    if (method == WRES_UNCORRECTED || family == 0) return WRES_OK;
    double *p = wres_alloc(run, family * sizeof *p);
    size_t *order = wres_alloc(run, family * sizeof *order);
    for (size_t i = 0; i < results->count; i++)
        if (is_tested(&results->all[i])) p[next++] = results->all[i].real;
    if (!adjust(method, p, family, order)) return WRES_OK;
    wres_result *all = wres_grow(run, NULL, 0, (results->count + family) * sizeof *all);
    next = 0;
    for (size_t i = 0; i < results->count; i++) {
        all[written++] = results->all[i];
        if (is_tested(&results->all[i])) all[written++] = adjusted_result(run, &results->all[i], p[next++], method, family);
    }
    *results = (wres_result_list){all, written, written};
    return WRES_OK;
}

/* ---- results as they come ----------------------------------------------------------------------------------- */

struct wres_corrector {
    wres_run *run;
    wres_correction method;
    wres_result_receiver to;
    wres_dictionary *texts;
    wres_result_list tests; /* with texts that stay */
    size_t *numbers, count;
};

static void keep_test(wres_corrector *c, const wres_result *test, size_t number) {
    wres_result_list *list = &c->tests;
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 64, size = sizeof *list->all;
        list->all = wres_grow(c->run, list->all, list->room * size, room * size);
        c->numbers = wres_grow(c->run, c->numbers, list->room * sizeof number, room * sizeof number);
        list->room = room;
    }
    wres_result *kept = &list->all[list->count];
    const char **texts[] = {&kept->standard, &kept->indicator, &kept->organisation, &kept->period, &kept->section,
                            &kept->row,      &kept->by,        &kept->by_value,     &kept->group};
    *kept = *test;
    kept->note = "";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = wres_dictionary_text(c->texts, wres_dictionary_add(c->texts, wres_text_of(*texts[i])));
    c->numbers[list->count++] = number;
}

static void take(void *context, const wres_result *results, size_t count) {
    wres_corrector *c = context;
    for (size_t i = 0; i < count; i++)
        if (is_tested(&results[i])) keep_test(c, &results[i], c->count + i);
    c->count += count;
    c->to.take(c->to.context, results, count);
}

/* No tests are among them. */
static void take_behind(void *context, size_t number, const wres_result *results, size_t count) {
    const wres_corrector *c = context;
    c->to.take_behind(c->to.context, number, results, count);
}

wres_corrector *wres_corrector_new(wres_run *run, wres_correction method, const wres_result_receiver *to) {
    wres_corrector *corrector = wres_alloc(run, sizeof *corrector);
    *corrector = (wres_corrector){.run = run, .method = method, .to = *to, .texts = wres_dictionary_new(run)};
    return corrector;
}

wres_result_receiver wres_corrector_receiver(wres_corrector *corrector) {
    return (wres_result_receiver){corrector, take, take_behind};
}

void wres_corrector_end(wres_corrector *c) {
    const size_t family = c->tests.count;
    double *p = wres_alloc(c->run, (family + 1) * sizeof *p);
    size_t *order = wres_alloc(c->run, (family + 1) * sizeof *order);
    for (size_t i = 0; i < family; i++) p[i] = c->tests.all[i].real;
    if (c->method == WRES_UNCORRECTED || family == 0 || !adjust(c->method, p, family, order)) return;
    for (size_t i = 0; i < family; i++) {
        const wres_result added = adjusted_result(c->run, &c->tests.all[i], p[i], c->method, family);
        c->to.take_behind(c->to.context, c->numbers[i], &added, 1);
    }
}
