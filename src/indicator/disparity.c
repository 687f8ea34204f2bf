/* Disparity ratios: how much thinner a group gets from one tier of the bands to the next, against the reference. An odds ratio of
 * stock, not a likelihood of promotion (definition: NHS England's race disparity ratio). */
#include <string.h>

#include "indicator/compute.h"

static const slice nobody;

typedef struct tier_counts {
    const char *name;
    const slice *slice;
} tier_counts;

enum { MOST_TIERS = 3 };

static void add_shares(const scope *s, const char *by_value, const char *section, const tier_counts *tier) {
    const group_set *groups = &s->standard->groups;
    amount all = amount_of(tier->slice, 0);
    for (size_t g = 1; g < groups->count; g++)
        if (groups->all[g].compared) all = amount_sum(all, amount_of(tier->slice, g));
    for (size_t g = 0; g < groups->unknown; g++) {
        wres_result result = result_new(s, by_value, groups->all[g].label, "share", WRES_PERCENT);
        result.section = section;
        result.row = tier->name;
        if (amount_is_hidden(all)) {
            percent_add_hidden(s, result, &(fraction){amount_of(tier->slice, g), all, KIN_PART}, 1);
            continue;
        }
        result.note = all.least ? "of staff of known ethnicity in the tier" : "nobody of known ethnicity in the tier";
        percent_set(&result, tier->slice->count[g], all.least);
        result_add(s, &result);
    }
}

static bool is_hidden(const slice *counts, size_t g) {
    return amount_is_hidden(amount_of(counts, 0)) || amount_is_hidden(amount_of(counts, g));
}

/* No bounds: tiers are what a standard says, and one count may be in two of them. */
static void add_ratio_hidden(const scope *s, wres_result result) {
    result.beside = s->fold.breakdown ? WRES_BESIDE_NOTHING : WRES_BESIDE_ODDS;
    result_add_hidden(s, result, WRES_HIDDEN_SOME, NULL);
    result.beside = WRES_BESIDE_NOTHING;
    result.statistic = "p_value";
    result.unit = WRES_PROBABILITY;
    result_add_hidden(s, result, WRES_HIDDEN_SOME, NULL);
}

/* (reference in upper / reference in lower) / (group in upper / group in lower). */
static void add_ratio(const scope *s, const char *by_value, const char *section, size_t g, const tier_counts *lower,
                      const tier_counts *upper) {
    const group_set *groups = &s->standard->groups;
    const group *reference = &groups->all[0], *other = &groups->all[g];
    const uint64_t ru = upper->slice->count[0], rl = lower->slice->count[0], gu = upper->slice->count[g],
                   gl = lower->slice->count[g];
    wres_result result = result_new(s, by_value, comparison(s->run, reference, "/", other), "ratio", WRES_RATIO);
    wres_interval interval = {0, 0};
    double ratio;
    result.section = section;
    result.row = wres_print(s->run, "%s-%s", lower->name, upper->name);
    if (is_hidden(lower->slice, g) || is_hidden(upper->slice, g)) {
        add_ratio_hidden(s, result);
        return;
    }
    const char *counts =
        wres_print(s->run, "%s %llu %s and %llu %s, %s %llu and %llu", reference->name, (unsigned long long)ru, upper->name,
                   (unsigned long long)rl, lower->name, other->name, (unsigned long long)gu, (unsigned long long)gl);
    if (ru == 0 || rl == 0 || gu == 0 || gl == 0) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE, wres_print(s->run, "a tier is empty: %s", counts));
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = (wres_rational){(wres_int128)ru * gl, (wres_int128)rl * gu};
    result.note =
        wres_print(s->run, "above 1 favours %s staff; who holds which post today, not promotion (%s)", reference->name, counts);
    result.has_interval = wres_woolf(ru, rl, gu, gl, WRES_Z95, &ratio, &interval);
    result.lower = interval.lower;
    result.upper = interval.upper;
    result.beside = s->fold.breakdown ? WRES_BESIDE_NOTHING : WRES_BESIDE_ODDS;
    result.pair[0] = (wres_proportion){ru, ru + rl}, result.pair[1] = (wres_proportion){gu, gu + gl};
    result_add(s, &result);
    test_add(s, &result, (wres_proportion){ru, ru + gu}, (wres_proportion){rl, rl + gl},
             "Fisher's exact test; not part of the standard");
}

/* Neighbouring tiers, then the lowest against the highest: the product of the steps. */
static void compare_tiers(const scope *s, const char *by_value, const char *section, const tier_counts *tiers, size_t count) {
    const group_set *groups = &s->standard->groups;
    for (size_t t = 0; t < count; t++) add_shares(s, by_value, section, &tiers[t]);
    for (size_t g = 1; g < groups->count; g++) {
        if (!groups->all[g].compared) continue;
        for (size_t t = 0; t + 1 < count; t++) add_ratio(s, by_value, section, g, &tiers[t], &tiers[t + 1]);
        if (count > 2) add_ratio(s, by_value, section, g, &tiers[0], &tiers[count - 1]);
    }
}

static void compute_section(const scope *s, const planned_part *section, const by_values *values) {
    const planned_indicator *planned = s->planned;
    const size_t count = planned->about->tiers.count;
    slices lists[MOST_TIERS];
    const char *lacks = part_lacks(s, &planned->of, section);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, section->row, "all", lacks);
        return;
    }
    for (size_t t = 0; t < count; t++) {
        const planned_part *tier = &planned->tiers[t];
        wres_test *tests = wres_alloc(s->run, (section->test_count + tier->test_count + 1) * sizeof *tests);
        memcpy(tests, section->tests, section->test_count * sizeof *tests);
        memcpy(tests + section->test_count, tier->tests, tier->test_count * sizeof *tests);
        lists[t] = fold(&s->fold, &planned->of, tests, section->test_count + tier->test_count);
    }
    for (size_t v = 0; v < values->count; v++) {
        tier_counts tiers[MOST_TIERS];
        for (size_t t = 0; t < count; t++) {
            const slice *found = slices_find(&lists[t], values->all[v]);
            tiers[t] = (tier_counts){planned->tiers[t].row, found ? found : &nobody};
        }
        compare_tiers(s, values->all[v], section->row, tiers, count);
    }
}

void disparity_compute(const scope *s) {
    const slices everybody = fold(&s->fold, &s->planned->of, NULL, 0), none = {NULL, 0};
    const by_values values = by_values_of(s, &none, &everybody);
    const char *lacks = count_lacks(s, &s->planned->of, NULL, 0);
    for (size_t t = 0; t < s->planned->about->tiers.count && !lacks; t++)
        lacks = part_lacks(s, &s->planned->of, &s->planned->tiers[t]);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", "all", lacks);
        return;
    }
    if (values.count == 0)
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_CALCULABLE,
                           "no staff of this organisation at the as-at date");
    for (size_t i = 0; i < s->planned->about->scopes.count; i++) compute_section(s, &s->planned->scopes[i], &values);
}
