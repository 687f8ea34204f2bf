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

/* A ratio common to all strata, or the chance that there is one. */
static void add_real(const scope *s, wres_result result, const char *statistic, double value, const wres_interval *interval,
                     const char *note) {
    result.statistic = statistic;
    result.unit = interval ? WRES_RATIO : WRES_PROBABILITY;
    result.kind = WRES_VALUE_REAL;
    result.real = value;
    result.has_interval = interval != NULL;
    if (interval) result.lower = interval->lower, result.upper = interval->upper;
    result.note = wres_print(s->run, "%s; not part of the standard", note);
    result_add(s, &result);
}

static const char *left_out(const scope *s, const char *test, const wres_homogeneity *homogeneity) {
    return wres_print(s->run, "%s is the same in all strata (degrees of freedom %zu, strata left out %zu)", test,
                      homogeneity->degrees, homogeneity->left_out);
}

static uint32_t hidden_in(const slice *events, const slice *over, kinship kin, size_t g) {
    const fraction f = {amount_of(events, g), amount_of(over, g), kin};
    return fraction_hidden(&f);
}

static void add_pooled_hidden(const scope *s, wres_result result, uint32_t hidden) {
    static const char *const statistics[] = {"ratio_stratified", "p_homogeneity", "odds_ratio_stratified", "p_homogeneity_odds"};
    for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++) {
        result.statistic = statistics[i];
        result.unit = i % 2 ? WRES_PROBABILITY : WRES_RATIO;
        result_add_hidden(s, result, hidden, NULL);
    }
}

static void add_pooled(const scope *s, wres_result result, const wres_stratum *strata, size_t count) {
    const char *by = s->fold.plan->request->strata.name;
    double ratio;
    wres_interval interval;
    wres_homogeneity homogeneity;
    if (!wres_pooled_risk(strata, count, WRES_Z95, &ratio, &interval)) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, wres_print(s->run, "no events to compare within the strata of %s", by));
        return;
    }
    add_real(s, result, "ratio_stratified", ratio, &interval,
             wres_print(s->run, "Mantel-Haenszel over %zu strata of %s", count, by));
    if (wres_cochran(strata, count, &homogeneity))
        add_real(s, result, "p_homogeneity", homogeneity.p, NULL, left_out(s, "Cochran's Q that the ratio", &homogeneity));
    if (wres_pooled_odds(strata, count, WRES_Z95, &ratio, &interval))
        add_real(s, result, "odds_ratio_stratified", ratio, &interval,
                 wres_print(s->run, "the odds ratio, Mantel-Haenszel over %zu strata of %s", count, by));
    if (wres_breslow_day(strata, count, &homogeneity))
        add_real(s, result, "p_homogeneity_odds", homogeneity.p, NULL,
                 left_out(s, "Breslow-Day with Tarone's correction that the odds ratio", &homogeneity));
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
