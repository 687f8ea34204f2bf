/* Teams or organisations whose share of a group lies further from the whole's than their size explains: funnel limits. */
#include "indicator/compute.h"

static wres_interval percent_interval(wres_interval i) { return (wres_interval){100 * i.lower, 100 * i.upper}; }

static void add_limits(const scope *s, const funnel_point *point, const char *who, const char *statistic, wres_rational centre,
                       wres_interval limits, wres_range place, const char *note) {
    wres_result result = result_new(s, point->by_value, who, statistic, WRES_PERCENT);
    const wres_interval shown = percent_interval(limits);
    result.kind = WRES_VALUE_EXACT;
    result.exact = centre;
    result.has_interval = true;
    result.lower = shown.lower;
    result.upper = shown.upper;
    result.has_flag = true;
    result.flag = place;
    result.note = note;
    result_add(s, &result);
}

static wres_range place_of(const funnel_point *point, wres_interval limits) {
    const double share = (double)point->counts.events / (double)point->counts.trials;
    return share < limits.lower ? WRES_BELOW : share > limits.upper ? WRES_ABOVE : WRES_WITHIN;
}

static const char *place_note(const scope *s, wres_range place, const char *who) {
    if (place == WRES_WITHIN) return "inside the limits; not part of the standard";
    return wres_print(s->run, "%s share far %s that of the whole: outside the limits; not part of the standard", who,
                      place == WRES_BELOW ? "below" : "above");
}

/* The whole around which the parts lie. */
typedef struct funnel {
    const group *who;
    double p0;
    wres_rational centre;
} funnel;

static void add_placed(const scope *s, const funnel *f, const funnel_point *point, const char *statistic, wres_interval limits) {
    const wres_range place = place_of(point, limits);
    add_limits(s, point, f->who->label, statistic, f->centre, limits, place, place_note(s, place, f->who->name));
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
    const funnel f = {who, (double)whole.events / (double)whole.trials, percent_of(whole.events, whole.trials)};
    for (size_t i = 0; i < count; i++)
        if (points[i].counts.trials) all[used++] = points[i].counts;
    const bool dispersed = wres_overdispersion(all, used, 0.1, score, order, &dispersion);
    for (size_t i = 0; i < count; i++) {
        const funnel_point *point = &points[i];
        const uint64_t trials = point->counts.trials;
        wres_interval limits;
        if (wres_funnel(f.p0, trials, WRES_Z95, &limits)) add_placed(s, &f, point, "funnel_95", limits);
        if (wres_funnel(f.p0, trials, WRES_Z998, &limits)) add_placed(s, &f, point, "funnel_998", limits);
        if (dispersed && wres_funnel_overdispersed(f.p0, dispersion.tau2, trials, WRES_Z998, &limits))
            add_placed(s, &f, point, "funnel_998_overdispersed", limits);
    }
}
