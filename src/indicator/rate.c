/* Percentages of answers by group, side by side, and their difference in points (WRES indicators 5 to 8). */
#include <math.h>
#include <string.h>

#include "indicator/compute.h"

/* The rate of a group: from counts, or as it was given. */
typedef struct group_rate {
    bool known;
    wres_rational percent;
    bool has_interval;
    wres_interval interval; /* of the proportion */
    bool has_counts;
    wres_proportion counts;
    wres_result_status status;
    const char *note;
    uint64_t base;
    bool is_hidden; /* counts behind it are */
    fraction of;
} group_rate;

static const slice nobody;

static group_rate rate_from_counts(uint64_t events, uint64_t trials) {
    group_rate rate = {.has_counts = true, .counts = {events, trials}, .base = trials, .note = ""};
    if (trials == 0) {
        rate.status = WRES_NOT_CALCULABLE;
        rate.note = "no answers";
        return rate;
    }
    rate.known = true;
    rate.percent = percent_of(events, trials);
    rate.has_interval = wres_wilson(rate.counts, WRES_Z95, &rate.interval);
    return rate;
}

static group_rate rate_as_given(const wres_given *given) {
    group_rate rate = {.base = given->base};
    if (!given->hidden && !given->base_hidden && given->base == 0) {
        rate.status = WRES_NOT_CALCULABLE;
        rate.note = "a percentage of nobody";
        return rate;
    }
    if (given->hidden || given->base_hidden) {
        rate.status = WRES_SUPPRESSED;
        rate.note = given->hidden ? "hidden in the input" : "rests on a base that is hidden in the input";
        return rate;
    }
    rate.known = true;
    rate.percent = given->percent;
    rate.note = "percentage as given, without its counts; approximate interval";
    rate.has_interval = wres_wilson_value(wres_rational_real(given->percent) / 100, (double)given->base, WRES_Z95, &rate.interval);
    return rate;
}

static group_rate rate_from_hidden(const fraction *of) {
    return (group_rate){.status = WRES_SUPPRESSED, .is_hidden = true, .of = *of, .note = ""};
}

/* Only the base of the given percentage is in the counts. */
static bool is_alone(const wres_given *given, amount over) {
    return over.hidden.counts == (given->base_hidden ? 1 : 0) && over.least == given->base;
}

static group_rate rate_of(const slice *events, const slice *over, kinship kin, size_t g) {
    const fraction of = {amount_of(events, g), amount_of(over, g), kin};
    if (!events->given[g]) {
        if (fraction_hidden(&of)) return rate_from_hidden(&of);
        group_rate rate = rate_from_counts(events->count[g], over->count[g]);
        rate.of = of;
        return rate;
    }
    if (!events->several_given[g] && is_alone(events->given[g], of.below)) return rate_as_given(events->given[g]);
    return (group_rate){.status = WRES_NOT_CALCULABLE,
                        .note = "percentages without their counts cannot be pooled: give the counts"};
}

static void add_rate(const scope *s, const char *by_value, const group *who, const group_rate *rate) {
    wres_result result = result_new(s, by_value, who->label, "rate", WRES_PERCENT);
    if (rate->is_hidden) {
        percent_add_hidden(s, result, &rate->of, 1);
        return;
    }
    result.has_counts = rate->has_counts;
    result.numerator = (wres_rational){(wres_int128)rate->counts.events, 1};
    result.denominator = rate->base;
    result.denominator_only = !rate->has_counts && rate->known;
    if (!rate->known) {
        result_add_missing(s, result, rate->status, rate->note);
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = rate->percent;
    result.note = rate->note;
    result.has_interval = rate->has_interval;
    result.lower = 100 * rate->interval.lower;
    result.upper = 100 * rate->interval.upper;
    result_add(s, &result);
}

/* The other percentage may have come without its counts, or not be there: then there are no bounds. */
static void add_difference_hidden(const scope *s, wres_result result, const group_rate *a, const group_rate *b) {
    span bounds;
    const bool counted = (a->is_hidden || a->has_counts) && (b->is_hidden || b->has_counts);
    const bool bounded = counted && difference_range(&a->of, &b->of, &bounds);
    const uint32_t hidden = hidden_more(fraction_hidden(&a->of), fraction_hidden(&b->of));
    if (bounded) bounds.lower.numerator *= 100, bounds.upper.numerator *= 100;
    if (!s->fold.breakdown && counted) result.beside = WRES_BESIDE_DIFFERENCE;
    result_add_hidden(s, result, hidden, bounded ? &bounds : NULL);
    result.beside = WRES_BESIDE_NOTHING;
    result.statistic = "p_value";
    result.unit = WRES_PROBABILITY;
    result_add_hidden(s, result, hidden, NULL);
}

static void add_difference(const scope *s, const char *by_value, const group *first, const group_rate *a, const group *second,
                           const group_rate *b) {
    const wres_indicator *about = s->planned->about;
    wres_result result = result_new(s, by_value, comparison(s->run, first, "-", second), "difference", WRES_POINTS);
    wres_interval interval = {0, 0};
    if (a->is_hidden || b->is_hidden) {
        add_difference_hidden(s, result, a, b);
        return;
    }
    if (!a->known || !b->known) {
        const wres_result_status status =
            a->status == WRES_SUPPRESSED || b->status == WRES_SUPPRESSED ? WRES_SUPPRESSED : WRES_NOT_CALCULABLE;
        result_add_missing(s, result, status,
                           wres_print(s->run, "the percentage of %s is not known", a->known ? second->name : first->name));
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = (wres_rational){a->percent.numerator * b->percent.denominator - b->percent.numerator * a->percent.denominator,
                                   a->percent.denominator * b->percent.denominator};
    result.note = wres_print(s->run, "the percentage of %s %s %s, minus that of %s %s: {value} points", first->name, about->people,
                             about->event, second->name, about->people);
    /* of a rate over 100%, which has no interval, the limits are 0 and on its wrong side */
    result.has_interval = wres_newcombe_limits(wres_rational_real(a->percent) / 100, a->interval,
                                               wres_rational_real(b->percent) / 100, b->interval, &interval);
    result.lower = 100 * interval.lower;
    result.upper = 100 * interval.upper;
    if (!s->fold.breakdown && a->has_counts && b->has_counts) result.beside = WRES_BESIDE_DIFFERENCE;
    result.pair[0] = a->counts, result.pair[1] = b->counts;
    result_add(s, &result);
    /* a percentage that came without its counts has none to test */
    test_add(s, &result, a->counts, b->counts, "Fisher's exact test; not part of the standard");
}

/* Two questions make one item only per respondent: without respondents the item must have come joined. */
static bool is_joined(const scope *s) {
    const wres_tally *tally = s->planned->steps[0].over.tally;
    const int key = axis_key(tally, "question");
    size_t cells;
    const wres_cell *all = wres_cube_cells(tally->cube, &cells);
    if (!s->planned->about->joined || tally->once_per) return true;
    for (size_t i = 0; i < cells; i++)
        if (cell_belongs(s->fold.frame, tally, all[i].key, s->fold.organisation) &&
            strcmp(axis_label(s->fold.plan, tally->table->name, "question", all[i].key[key]), s->planned->about->joined) != 0)
            return false;
    return true;
}

void rate_compute(const scope *s) {
    const group_set *groups = &s->standard->groups;
    const slices events = fold(&s->fold, &s->planned->steps[0].events, NULL, 0),
                 over = fold(&s->fold, &s->planned->steps[0].over, NULL, 0);
    const by_values values = by_values_of(s, &events, &over);
    const wres_result none = result_new(s, "all", "all", "all", WRES_PEOPLE);
    const char *lacks = count_lacks(s, &s->planned->steps[0].events, NULL, 0);
    if (!lacks) lacks = count_lacks(s, &s->planned->steps[0].over, NULL, 0);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", "all", lacks);
        return;
    }
    if (!is_joined(s)) {
        result_add_missing(
            s, none, WRES_NOT_CALCULABLE,
            wres_print(
                s->run,
                "the item joins several questions, and without respondent_id nobody can be recognised in both: give respondent_id, or the item as %s",
                s->planned->about->joined));
        return;
    }
    if (values.count == 0)
        result_add_missing(s, none, WRES_NOT_SUPPLIED, "no answer to this question in the survey of the year before");
    for (size_t v = 0; v < values.count; v++) {
        const slice *e = slices_find(&events, values.all[v]), *o = slices_find(&over, values.all[v]);
        group_rate rates[MOST_GROUPS];
        const kinship kin = kinship_of(&s->planned->steps[0].events, &s->planned->steps[0].over);
        for (size_t g = 0; g < groups->count; g++) {
            rates[g] = rate_of(e ? e : &nobody, o ? o : &nobody, kin, g);
            add_rate(s, values.all[v], &groups->all[g], &rates[g]);
        }
        for (size_t g = 1; g < groups->count; g++)
            if (groups->all[g].compared) add_difference(s, values.all[v], &groups->all[g], &rates[g], &groups->all[0], &rates[0]);
    }
}
