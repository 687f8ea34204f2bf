/* Relative likelihood: events over people, by group, and the ratio of two such rates (WRES indicators 2 to 4). */
#include <string.h>

#include "indicator/compute.h"

static const slice nobody;

/* The rate of a group. Over several years the events are those of all, divided by their number. */
static void add_rate(const scope *s, const planned_step *step, const char *by_value, const group *who, wres_proportion p) {
    const uint64_t years = (uint64_t)s->planned->about->years;
    wres_result result = result_new(s, by_value, who->label, "rate", WRES_PERCENT);
    result.row = step->row;
    percent_set(&result, p.events, p.trials * years);
    result.numerator = (wres_rational){(wres_int128)p.events, (wres_int128)years};
    result.denominator = p.trials;
    if (p.trials == 0)
        result.note = wres_print(s->run, "%llu events over nobody", (unsigned long long)p.events);
    else if (p.events > p.trials * years)
        result.note = "more events than people: no interval";
    else if (years > 1)
        result.note = wres_print(s->run, "events of %llu years divided by %llu; the interval is that of the years together",
                                 (unsigned long long)years, (unsigned long long)years);
    result_add(s, &result);
}

static void add_rate_hidden(const scope *s, const planned_step *step, const char *by_value, const group *who, const fraction *f) {
    wres_result result = result_new(s, by_value, who->label, "rate", WRES_PERCENT);
    result.row = step->row;
    percent_add_hidden(s, result, f, (uint64_t)s->planned->about->years);
}

static const char *counts_note(const scope *s, const rate_pair *p) {
    return wres_print(s->run, "%s %llu of %llu, %s %llu of %llu", p->first->name, (unsigned long long)p->a.events,
                      (unsigned long long)p->a.trials, p->second->name, (unsigned long long)p->b.events,
                      (unsigned long long)p->b.trials);
}

static const char *ratio_note(const scope *s, const planned_step *step, const rate_pair *p) {
    const char *people = s->planned->about->people;
    return wres_print(s->run, "%s %s were {value} times as likely as %s %s %s%s", p->first->name, people, p->second->name, people,
                      step->event, p->a.events == 0 ? "; interval by the adjusted log method" : "");
}

static void add_bounds(const scope *s, const wres_result *ratio, const rate_pair *p, wres_proportion unknown,
                       const fraction *of_unknown) {
    if (fraction_hidden(of_unknown))
        bounds_add_hidden(s, ratio, p, of_unknown);
    else
        bounds_add(s, ratio, p, unknown);
}

/* The pair's trials are those of all years, whose events are taken together. */
static void add_ratio(const scope *s, const planned_step *step, const char *by_value, const rate_pair *p, wres_proportion unknown,
                      const fraction *of_unknown) {
    wres_result result = result_new(s, by_value, comparison(s->run, p->first, "/", p->second), "ratio", WRES_RATIO);
    wres_interval interval = {0, 0};
    result.row = step->row;
    if (p->a.trials == 0 || p->b.trials == 0 || p->b.events == 0) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, counts_note(s, p));
        add_bounds(s, &result, p, unknown, of_unknown); /* what is not known may be all that is missing */
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = (wres_rational){(wres_int128)p->a.events * p->b.trials, (wres_int128)p->a.trials * p->b.events};
    result.note = ratio_note(s, step, p);
    result.has_interval =
        p->a.events ? wres_katz(p->a, p->b, WRES_Z95, &interval) : wres_katz_adjusted(p->a, p->b, WRES_Z95, &interval);
    result.lower = interval.lower;
    result.upper = interval.upper;
    result.has_flag = s->planned->about->four_fifths;
    result.flag = rates_range(p->a, p->b);
    wres_result shown = result;
    shown.beside = s->fold.breakdown ? WRES_BESIDE_NOTHING : WRES_BESIDE_RATIO;
    shown.pair[0] = p->a, shown.pair[1] = p->b;
    result_add(s, &shown);
    test_add(s, &result, p->a, p->b, "Fisher's exact test; not part of the standard");
    add_bounds(s, &result, p, unknown, of_unknown);
    fragility_add(s, &result, p);
}

/* Which of the rows there would be if the counts were known depends on them: all of them are said to be suppressed. */
static void add_ratio_hidden(const scope *s, const planned_step *step, const char *by_value, const rate_pair *p,
                             const fraction *unknown, uint32_t hidden) {
    wres_result result = result_new(s, by_value, comparison(s->run, p->first, "/", p->second), "ratio", WRES_RATIO);
    span bounds;
    const bool bounded = ratio_range(&p->of_first, &p->of_second, &bounds);
    result.row = step->row;
    wres_result shown = result, test = result;
    shown.beside = s->fold.breakdown ? WRES_BESIDE_NOTHING : WRES_BESIDE_RATIO;
    result_add_hidden(s, shown, hidden, bounded ? &bounds : NULL);
    test.statistic = "p_value";
    test.unit = WRES_PROBABILITY;
    result_add_hidden(s, test, hidden, NULL);
    bounds_add_hidden(s, &result, p, unknown);
    test.statistic = "fragility";
    test.unit = WRES_PEOPLE;
    if (s->planned->about->four_fifths) result_add_hidden(s, test, hidden, NULL);
}

static fraction fraction_of(const slice *events, const slice *over, kinship kin, size_t g) {
    return (fraction){amount_of(events, g), amount_of(over, g), kin};
}

static wres_proportion proportion_of(const scope *s, const slice *events, const slice *over, size_t g) {
    return (wres_proportion){events->count[g], over->count[g] * (uint64_t)s->planned->about->years};
}

/* Of two groups the indicator's formula divides one by the other. */
static void compare_groups(const scope *s, const planned_step *step, const char *by_value, const slice *events, const slice *over) {
    const group_set *groups = &s->standard->groups;
    const wres_proportion reference = proportion_of(s, events, over, 0), unknown = proportion_of(s, events, over, groups->unknown);
    const kinship kin = kinship_of(&step->events, &step->over);
    const fraction of_reference = fraction_of(events, over, kin, 0), of_unknown = fraction_of(events, over, kin, groups->unknown);
    for (size_t g = 1; g < groups->count; g++) {
        const wres_proportion other = proportion_of(s, events, over, g);
        const fraction of_other = fraction_of(events, over, kin, g);
        const group *group_g = &groups->all[g], *group_0 = &groups->all[0];
        if (!group_g->compared) continue;
        const rate_pair pair = s->planned->about->group_first
                                   ? (rate_pair){group_g, group_0, other, reference, of_other, of_reference}
                                   : (rate_pair){group_0, group_g, reference, other, of_reference, of_other};
        const uint32_t hidden = hidden_more(fraction_hidden(&of_other), fraction_hidden(&of_reference));
        if (hidden)
            add_ratio_hidden(s, step, by_value, &pair, &of_unknown, hidden);
        else
            add_ratio(s, step, by_value, &pair, unknown, &of_unknown);
    }
}

static void compute_step(const scope *s, const planned_step *step) {
    const group_set *groups = &s->standard->groups;
    const slices events = fold(&s->fold, &step->events, NULL, 0), over = fold(&s->fold, &step->over, NULL, 0);
    const by_values values = by_values_of(s, &events, &over);
    const char *lacks = count_lacks(s, &step->events, NULL, 0);
    if (!lacks) lacks = count_lacks(s, &step->over, NULL, 0);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", step->row, lacks);
        return;
    }
    if (values.count == 0) {
        wres_result none = result_new(s, "all", "all", "all", WRES_PEOPLE);
        none.row = step->row;
        result_add_missing(s, none, WRES_NOT_CALCULABLE, "no people and no events of this organisation in the window");
    }
    for (size_t v = 0; v < values.count; v++) {
        const slice *e = slices_find(&events, values.all[v]), *o = slices_find(&over, values.all[v]);
        if (!e) e = &nobody;
        if (!o) o = &nobody;
        for (size_t g = 0; g < groups->count; g++) {
            const fraction f = fraction_of(e, o, kinship_of(&step->events, &step->over), g);
            if (fraction_hidden(&f))
                add_rate_hidden(s, step, values.all[v], &groups->all[g], &f);
            else
                add_rate(s, step, values.all[v], &groups->all[g], (wres_proportion){e->count[g], o->count[g]});
        }
        compare_groups(s, step, values.all[v], e, o);
    }
    strata_add(s, step);
}

void likelihood_compute(const scope *s) {
    for (size_t i = 0; i < s->planned->step_count; i++) compute_step(s, &s->planned->steps[i]);
}
