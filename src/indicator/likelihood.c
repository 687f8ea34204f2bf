/* Relative likelihood: events over people, by group, and the ratio of two such rates (WRES indicators 2 to 4). */
#include <string.h>

#include "indicator/compute.h"

static const slice nobody;

/* The rate of a group. Over several years the events are those of all, divided by their number. */
static void add_rate(const scope *s, const char *by_value, const group *who, wres_proportion p) {
    const uint64_t years = (uint64_t)s->planned->about->years;
    wres_result result = result_new(s, by_value, who->label, "rate", WRES_PERCENT);
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

static const char *counts_note(const scope *s, const group *first, wres_proportion a, const group *second, wres_proportion b) {
    return wres_print(s->run, "%s %llu of %llu, %s %llu of %llu", first->name, (unsigned long long)a.events,
                      (unsigned long long)a.trials, second->name, (unsigned long long)b.events, (unsigned long long)b.trials);
}

static void add_ratio(const scope *s, const char *by_value, const group *first, wres_proportion a, const group *second,
                      wres_proportion b) {
    const wres_indicator *about = s->planned->about;
    wres_result result = result_new(s, by_value, comparison(s->run, first, "/", second), "ratio", WRES_RATIO);
    wres_interval interval;
    if (a.trials == 0 || b.trials == 0 || b.events == 0) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, counts_note(s, first, a, second, b));
        return;
    }
    const uint64_t years = (uint64_t)about->years;
    const wres_proportion a_years = {a.events, a.trials * years}, b_years = {b.events, b.trials * years};
    result.kind = WRES_VALUE_EXACT;
    result.exact = (wres_rational){(wres_int128)a.events * b.trials, (wres_int128)a.trials * b.events};
    result.note = wres_print(s->run, "%s %s were {value} times as likely as %s %s %s%s", first->name, about->people, second->name,
                             about->people, about->event, a.events == 0 ? "; interval by the adjusted log method" : "");
    result.has_interval =
        a.events ? wres_katz(a_years, b_years, WRES_Z95, &interval) : wres_katz_adjusted(a_years, b_years, WRES_Z95, &interval);
    if (result.has_interval) result.lower = interval.lower, result.upper = interval.upper;
    result.has_flag = about->four_fifths && wres_four_fifths(a_years, b_years, &result.flag);
    result_add(s, &result);
    wres_result test = result_new(s, by_value, result.group, "p_value", WRES_PROBABILITY);
    test.note = "Fisher's exact test; not part of WRES";
    if (!wres_fisher(a_years, b_years, &test.real)) return;
    test.kind = WRES_VALUE_REAL;
    result_add(s, &test);
}

/* Of two groups the indicator's formula divides one by the other. */
static void compare_groups(const scope *s, const char *by_value, const slice *events, const slice *over) {
    const group_set *groups = &s->standard->groups;
    const wres_proportion reference = {events->count[0], over->count[0]};
    for (size_t g = 1; g < groups->count; g++) {
        const wres_proportion other = {events->count[g], over->count[g]};
        if (!groups->all[g].compared) continue;
        if (s->planned->about->group_first)
            add_ratio(s, by_value, &groups->all[g], other, &groups->all[0], reference);
        else
            add_ratio(s, by_value, &groups->all[0], reference, &groups->all[g], other);
    }
}

void likelihood_compute(const scope *s) {
    const group_set *groups = &s->standard->groups;
    const slices events = fold(&s->fold, &s->planned->events, NULL, 0), over = fold(&s->fold, &s->planned->over, NULL, 0);
    const by_values values = by_values_of(s, &events, &over);
    if (values.count == 0)
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_CALCULABLE,
                           "no people and no events of this organisation in the window");
    for (size_t v = 0; v < values.count; v++) {
        const slice *e = slices_find(&events, values.all[v]), *o = slices_find(&over, values.all[v]);
        if (!e) e = &nobody;
        if (!o) o = &nobody;
        for (size_t g = 0; g < groups->count; g++)
            add_rate(s, values.all[v], &groups->all[g], (wres_proportion){e->count[g], o->count[g]});
        compare_groups(s, values.all[v], e, o);
    }
}
