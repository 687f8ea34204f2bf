/* How much a ratio of rates depends on what is not known, and on single events. None of it is part of the standards. */
#include "indicator/compute.h"

/* ---- people whose group is not known ------------------------------------------------------------------------ */

static wres_proportion together(wres_proportion a, wres_proportion b) {
    return (wres_proportion){a.events + b.events, a.trials + b.trials};
}

static void add_bound(const scope *s, const wres_result *ratio, const char *statistic, const char *taken_as, wres_proportion a,
                      wres_proportion b) {
    wres_result result = *ratio;
    result.statistic = statistic;
    result.has_interval = result.has_flag = false;
    if (a.trials == 0 || b.trials == 0 || b.events == 0) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, "no events below the line");
        return;
    }
    result.exact = (wres_rational){(wres_int128)a.events * b.trials, (wres_int128)a.trials * b.events};
    result.note = wres_print(s->run, "the ratio if everybody of unknown group were %s; not part of the standard", taken_as);
    result_add(s, &result);
}

void bounds_add(const scope *s, const wres_result *ratio, const rate_pair *pair, wres_proportion unknown) {
    const char *first = pair->first->name, *second = pair->second->name;
    if (unknown.trials == 0 && unknown.events == 0) return; /* everybody's group is known */
    add_bound(s, ratio, wres_print(s->run, "ratio_if_unknown_%s", pair->first->label), first, together(pair->a, unknown), pair->b);
    add_bound(s, ratio, wres_print(s->run, "ratio_if_unknown_%s", pair->second->label), second, pair->a,
              together(pair->b, unknown));
}

/* ---- single events ------------------------------------------------------------------------------------------ */

/* The range after k events fewer (or, from within, more) in the group with the higher rate. */
static bool range_after(const rate_pair *pair, wres_range now, bool a_is_higher, uint64_t k, wres_range *range) {
    wres_proportion a = pair->a, b = pair->b;
    wres_proportion *moved = a_is_higher ? &a : &b;
    if (now == WRES_WITHIN)
        moved->events += k;
    else
        moved->events -= k;
    return wres_four_fifths(a, b, range);
}

/* The least number of events that takes the ratio over the edge it is nearest to on its way, by bisection: the range changes but once. */
static bool events_to_edge(const rate_pair *pair, wres_range now, bool a_is_higher, uint64_t *events, wres_range *then) {
    const wres_proportion *moved = a_is_higher ? &pair->a : &pair->b;
    uint64_t low = 0, high = now == WRES_WITHIN ? moved->trials - moved->events : moved->events - 1;
    wres_range range;
    if (moved->events > moved->trials || high == 0 || !range_after(pair, now, a_is_higher, high, &range) || range == now)
        return false;
    while (high - low > 1) {
        const uint64_t middle = low + (high - low) / 2;
        if (!range_after(pair, now, a_is_higher, middle, &range)) return false;
        if (range == now)
            low = middle;
        else
            high = middle;
    }
    *events = high;
    return range_after(pair, now, a_is_higher, high, then);
}

void fragility_add(const scope *s, const wres_result *ratio, const rate_pair *pair) {
    wres_result result = *ratio;
    uint64_t events;
    wres_range then;
    if (!ratio->has_flag) return;
    const wres_int128 across = (wres_int128)pair->a.events * pair->b.trials, back = (wres_int128)pair->b.events * pair->a.trials;
    const bool a_is_higher = across >= back;
    if (!events_to_edge(pair, ratio->flag, a_is_higher, &events, &then)) return;
    const bool within = ratio->flag == WRES_WITHIN;
    /* Of few events, one can take the ratio from one side of the range to the other. */
    const char *place = within ? "outside" : then == WRES_WITHIN ? "inside" : "on the other side of";
    result.statistic = "fragility";
    result.unit = WRES_PEOPLE;
    result.has_interval = result.has_flag = false;
    result.exact = (wres_rational){(wres_int128)events, 1};
    result.note =
        wres_print(s->run, "so many events %s among %s %s and the ratio is %s the four-fifths range; not part of the standard",
                   within ? "more" : "fewer", (a_is_higher ? pair->first : pair->second)->name, s->planned->about->people, place);
    result_add(s, &result);
}
