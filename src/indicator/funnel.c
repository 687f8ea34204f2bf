/* Teams or organisations whose share of a group lies further from the whole's than their size explains: funnel limits. */
#include "indicator/compute.h"

static wres_interval percent_interval(wres_interval i) { return (wres_interval){100 * i.lower, 100 * i.upper}; }

static void add_limits(const scope *s, const funnel_point *point, const char *who, const char *statistic, wres_rational centre,
                       wres_interval limits, const char *note) {
    wres_result result = result_new(s, point->by_value, who, statistic, WRES_PERCENT);
    const wres_interval shown = percent_interval(limits);
    result.kind = WRES_VALUE_EXACT;
    result.exact = centre;
    result.has_interval = true;
    result.lower = shown.lower;
    result.upper = shown.upper;
    result.note = note;
    result_add(s, &result);
}

static const char *place_note(const scope *s, const funnel_point *point, wres_interval limits, const char *who) {
    const double share = (double)point->counts.events / (double)point->counts.trials;
    const char *place = share < limits.lower ? "below" : share > limits.upper ? "above" : NULL;
    if (!place) return "inside the limits; not part of the standard";
    return wres_print(s->run, "%s share far %s that of the whole: outside the limits; not part of the standard", who, place);
}

void funnel_add_hidden(const scope *s, const funnel_point *points, size_t count, const group *who, uint32_t hidden) {
    static const char *const statistics[] = {"funnel_95", "funnel_998", "funnel_998_overdispersed"};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < (count > 1 ? 3 : 2); k++)
            result_add_hidden(s, result_new(s, points[i].by_value, who->label, statistics[k], WRES_PERCENT), hidden, NULL);
}

void funnel_add(const scope *s, const funnel_point *points, size_t count, const group *who, wres_proportion whole) {
    wres_proportion *all = wres_alloc(s->run, (count + 1) * sizeof *all);
    double *score = wres_alloc(s->run, (count + 1) * sizeof *score);
    size_t *order = wres_alloc(s->run, (count + 1) * sizeof *order), used = 0;
    wres_dispersion dispersion = {0};
    const double p0 = (double)whole.events / (double)whole.trials;
    const wres_rational centre = percent_of(whole.events, whole.trials);
    for (size_t i = 0; i < count; i++)
        if (points[i].counts.trials) all[used++] = points[i].counts;
    const bool dispersed = wres_overdispersion(all, used, 0.1, score, order, &dispersion);
    for (size_t i = 0; i < count; i++) {
        const funnel_point *point = &points[i];
        wres_interval limits;
        if (wres_funnel(p0, point->counts.trials, WRES_Z95, &limits))
            add_limits(s, point, who->label, "funnel_95", centre, limits, place_note(s, point, limits, who->name));
        if (wres_funnel(p0, point->counts.trials, WRES_Z998, &limits))
            add_limits(s, point, who->label, "funnel_998", centre, limits, place_note(s, point, limits, who->name));
        if (dispersed && wres_funnel_overdispersed(p0, dispersion.tau2, point->counts.trials, WRES_Z998, &limits))
            add_limits(s, point, who->label, "funnel_998_overdispersed", centre, limits, place_note(s, point, limits, who->name));
    }
}
