/* A ratio with like compared with like: Mantel-Haenszel over strata, such as bands and sections. Not part of the standards. */
#include "indicator/compute.h"

static const slice nobody;

static const slice *at_value(const slices *list, const char *value) {
    const slice *found = slices_find(list, value);
    return found ? found : &nobody;
}

static wres_stratum stratum_of(const scope *s, const slice *events, const slice *over, size_t g) {
    const uint64_t years = (uint64_t)s->planned->about->years;
    const wres_proportion reference = {events->count[0], over->count[0] * years},
                          other = {events->count[g], over->count[g] * years};
    return s->planned->about->group_first ? (wres_stratum){other, reference} : (wres_stratum){reference, other};
}

static uint32_t hidden_in(const slice *events, const slice *over, kinship kin, size_t g) {
    const fraction f = {amount_of(events, g), amount_of(over, g), kin};
    return fraction_hidden(&f);
}

static void add_pooled_hidden(const scope *s, wres_result result, uint32_t hidden) {
    result_add_hidden(s, result, hidden, NULL);
    result.statistic = "p_homogeneity";
    result.unit = WRES_PROBABILITY;
    result_add_hidden(s, result, hidden, NULL);
}

static void add_pooled(const scope *s, wres_result result, const wres_stratum *strata, size_t count) {
    const char *by = s->fold.plan->request->strata.name;
    wres_interval interval;
    wres_homogeneity homogeneity;
    result.statistic = "ratio_stratified";
    result.unit = WRES_RATIO;
    if (!wres_pooled_risk(strata, count, WRES_Z95, &result.real, &interval)) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, wres_print(s->run, "no events to compare within the strata of %s", by));
        return;
    }
    result.kind = WRES_VALUE_REAL;
    result.has_interval = true;
    result.lower = interval.lower;
    result.upper = interval.upper;
    result.note = wres_print(s->run, "Mantel-Haenszel over %zu strata of %s; not part of the standard", count, by);
    result_add(s, &result);
    if (!wres_cochran(strata, count, &homogeneity)) return;
    result.statistic = "p_homogeneity";
    result.unit = WRES_PROBABILITY;
    result.has_interval = false;
    result.real = homogeneity.p;
    result.note = wres_print(
        s->run,
        "Cochran's Q that the ratio is the same in all strata (degrees of freedom %zu, strata left out %zu); not part of the standard",
        homogeneity.degrees, homogeneity.left_out);
    result_add(s, &result);
}

void strata_add(const scope *s, const planned_step *step) {
    const group_set *groups = &s->standard->groups;
    const wres_breakdown *strata = &s->fold.plan->request->strata;
    scope inner = *s;
    if (strata->count == 0 || s->fold.breakdown) return;
    inner.fold.breakdown = strata;
    const slices events = fold(&inner.fold, &step->events, NULL, 0), over = fold(&inner.fold, &step->over, NULL, 0);
    const by_values values = by_values_of(&inner, &events, &over);
    const kinship kin = kinship_of(&step->events, &step->over);
    wres_stratum *all = wres_alloc(s->run, (values.count + 1) * sizeof *all);
    for (size_t g = 1; g < groups->count; g++) {
        uint32_t hidden = 0;
        if (!groups->all[g].compared) continue;
        for (size_t v = 0; v < values.count; v++) {
            const slice *e = at_value(&events, values.all[v]), *o = at_value(&over, values.all[v]);
            all[v] = stratum_of(s, e, o, g);
            hidden = hidden_more(hidden, hidden_more(hidden_in(e, o, kin, 0), hidden_in(e, o, kin, g)));
        }
        const group *first = s->planned->about->group_first ? &groups->all[g] : &groups->all[0];
        const group *second = s->planned->about->group_first ? &groups->all[0] : &groups->all[g];
        wres_result result = result_new(s, "all", comparison(s->run, first, "/", second), "ratio_stratified", WRES_RATIO);
        result.row = step->row;
        if (hidden)
            add_pooled_hidden(s, result, hidden);
        else
            add_pooled(s, result, all, values.count);
    }
}
