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
    result.kind = WRES_VALUE_EXACT;
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

static fraction taken_together(const fraction *a, const fraction *b) {
    return (fraction){amount_sum(a->above, b->above), amount_sum(a->below, b->below), a->kin};
}

static void add_bound_hidden(const scope *s, const wres_result *ratio, const char *label, const fraction *a, const fraction *b) {
    wres_result result = *ratio;
    span bounds;
    const bool bounded = ratio_range(a, b, &bounds);
    result.statistic = wres_print(s->run, "ratio_if_unknown_%s", label);
    result.has_interval = result.has_flag = false;
    result_add_hidden(s, result, hidden_more(fraction_hidden(a), fraction_hidden(b)), bounded ? &bounds : NULL);
}

void bounds_add_hidden(const scope *s, const wres_result *ratio, const rate_pair *pair, const fraction *unknown) {
    const fraction first = taken_together(&pair->of_first, unknown), second = taken_together(&pair->of_second, unknown);
    if (amount_is_nothing(unknown->above) && amount_is_nothing(unknown->below)) return; /* everybody's group is known */
    add_bound_hidden(s, ratio, pair->first->label, &first, &pair->of_second);
    add_bound_hidden(s, ratio, pair->second->label, &pair->of_first, &second);
}

/* ---- single events ------------------------------------------------------------------------------------------ */

/* A change of so many events in one group, and what becomes of the range. */
typedef struct move {
    bool of_first, fewer;
    uint64_t events;
    wres_range then;
} move;

wres_range rates_range(wres_proportion a, wres_proportion b) {
    wres_range range = WRES_WITHIN;
    wres_four_fifths(a, b, &range);
    return range;
}

static wres_range range_after(const rate_pair *pair, const move *m, uint64_t events) {
    wres_proportion a = pair->a, b = pair->b;
    wres_proportion *moved = m->of_first ? &a : &b;
    moved->events = m->fewer ? moved->events - events : moved->events + events;
    return rates_range(a, b);
}

/* The least number of events that changes the range, by bisection: on its way in one direction it leaves where it is but once. */
static bool least_events(const rate_pair *pair, wres_range now, move *m) {
    const wres_proportion *moved = m->of_first ? &pair->a : &pair->b;
    const uint64_t keep = m->of_first ? 0 : 1; /* without events below the line there is no ratio */
    if (moved->events > moved->trials) return false;
    uint64_t low = 0, high = m->fewer ? moved->events - keep : moved->trials - moved->events;
    if (range_after(pair, m, high) == now) return false;
    while (high - low > 1) {
        const uint64_t middle = low + (high - low) / 2;
        if (range_after(pair, m, middle) == now)
            low = middle;
        else
            high = middle;
    }
    m->events = high;
    m->then = range_after(pair, m, high);
    return true;
}

/* Of all single groups and directions the nearest: a ratio is as fragile as its most fragile side. */
void fragility_add(const scope *s, const wres_result *ratio, const rate_pair *pair) {
    wres_result result = *ratio;
    move best = {.events = 0};
    if (!ratio->has_flag) return;
    for (int i = 0; i < 4; i++) {
        move m = {.of_first = i < 2, .fewer = i % 2 == 0};
        if (least_events(pair, ratio->flag, &m) && (best.events == 0 || m.events < best.events)) best = m;
    }
    if (best.events == 0) return;
    /* Of few events, one can take the ratio from one side of the range to the other. */
    const char *place = ratio->flag == WRES_WITHIN ? "outside" : best.then == WRES_WITHIN ? "inside" : "on the other side of";
    result.statistic = "fragility";
    result.unit = WRES_PEOPLE;
    result.has_interval = result.has_flag = false;
    result.exact = (wres_rational){(wres_int128)best.events, 1};
    result.note = wres_print(
        s->run, "so many events %s among %s %s and the ratio is %s the four-fifths range; not part of the standard",
        best.fewer ? "fewer" : "more", (best.of_first ? pair->first : pair->second)->name, s->planned->about->people, place);
    result_add(s, &result);
}
