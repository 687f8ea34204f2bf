#include "indicator/hidden.h"

#include <string.h>

#include "indicator/compute.h"

/* ---- sums --------------------------------------------------------------------------------------------------- */

amount amount_of(const slice *s, size_t g) { return (amount){s->count[g], s->hidden ? s->hidden[g] : (wres_hidden_part){0}}; }

amount amount_sum(amount a, amount b) { return (amount){a.least + b.least, wres_hidden_sum(a.hidden, b.hidden)}; }

amount amount_rest(amount whole, amount part) {
    return (amount){whole.least - part.least,
                    {whole.hidden.room - part.hidden.room, whole.hidden.counts - part.hidden.counts,
                     whole.hidden.open - part.hidden.open, whole.hidden.least - part.hidden.least}};
}

uint32_t hidden_more(uint32_t a, uint32_t b) { return a >= WRES_HIDDEN_SOME - b ? WRES_HIDDEN_SOME : a + b; }

/* ---- what is part of what ----------------------------------------------------------------------------------- */

static bool passes(const wres_test *test, size_t code) { return code < test->size ? test->passes[code] : test->beyond; }

static bool is_narrower(const wres_test *one, const wres_test *other) {
    const size_t size = one->size > other->size ? one->size : other->size;
    if (strcmp(one->axis, other->axis) != 0 || (one->beyond && !other->beyond)) return false;
    for (size_t code = 0; code < size; code++)
        if (passes(one, code) && !passes(other, code)) return false;
    return true;
}

/* Every condition of the whole is met by what meets the part's. */
static bool all_narrower(const wres_test *part, size_t part_count, const wres_test *whole, size_t whole_count) {
    for (size_t w = 0; w < whole_count; w++) {
        bool found = false;
        for (size_t p = 0; p < part_count && !found; p++) found = is_narrower(&part[p], &whole[w]);
        if (!found) return false;
    }
    return true;
}

kinship kinship_of(const planned_count *above, const planned_count *below) {
    const wres_tally *a = above->tally, *b = below->tally;
    if (a->table != b->table) return KIN_APART;
    if (a->months != b->months || a->years != b->years || a->population != b->population) return KIN_UNSURE;
    const bool part = all_narrower(a->tests, a->test_count, b->tests, b->test_count) &&
                      all_narrower(above->tests, above->test_count, below->tests, below->test_count);
    return part ? KIN_PART : KIN_UNSURE;
}

uint32_t fraction_hidden(const fraction *f) {
    const uint32_t above = f->above.hidden.counts, below = f->below.hidden.counts;
    if (f->kin == KIN_PART || above == 0) return below;
    return f->kin == KIN_APART || below == 0 ? hidden_more(above, below) : WRES_HIDDEN_SOME;
}

/* ---- bounds ------------------------------------------------------------------------------------------------- */

static uint64_t most_of(amount a) { return a.least + a.hidden.room; }
static uint64_t larger(uint64_t a, uint64_t b) { return a > b ? a : b; }

static wres_rational over(uint64_t numerator, uint64_t denominator) {
    return (wres_rational){(wres_int128)numerator, (wres_int128)denominator};
}

/* x of x + rest: rises with x, falls with the rest. */
static bool part_range(amount x, amount rest, uint64_t least_above, span *out) {
    const uint64_t high = most_of(x), low = larger(x.least, least_above);
    if (high < low || high + most_of(rest) == 0) return false;
    /* Without anybody there is no share: of nobody else, one must be of the group; of nobody of the group, one must be another. */
    out->lower = most_of(rest) ? over(low, low + most_of(rest)) : (wres_rational){1, 1};
    out->upper = high ? over(high, high + rest.least) : (wres_rational){0, 1};
    return true;
}

bool fraction_range(const fraction *f, uint64_t least_above, span *out) {
    const amount x = f->above, n = f->below;
    if (wres_hidden_is_open(x.hidden) || wres_hidden_is_open(n.hidden) || f->kin == KIN_UNSURE) return false;
    if (f->kin == KIN_PART)
        return n.least >= x.least && n.hidden.room >= x.hidden.room && part_range(x, amount_rest(n, x), least_above, out);
    const uint64_t low = larger(x.least, least_above);
    if (most_of(n) == 0 || most_of(x) < low) return false;
    *out = (span){over(low, most_of(n)), over(most_of(x), larger(n.least, 1))};
    return true;
}

bool ratio_range(const fraction *a, const fraction *b, span *out) {
    span top, bottom;
    if (!fraction_range(a, 0, &top) || !fraction_range(b, 1, &bottom)) return false; /* over nothing there is no ratio */
    *out = (span){{top.lower.numerator * bottom.upper.denominator, top.lower.denominator * bottom.upper.numerator},
                  {top.upper.numerator * bottom.lower.denominator, top.upper.denominator * bottom.lower.numerator}};
    return true;
}

static wres_rational less(wres_rational a, wres_rational b) {
    return (wres_rational){a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator};
}

bool difference_range(const fraction *a, const fraction *b, span *out) {
    span one, other;
    if (!fraction_range(a, 0, &one) || !fraction_range(b, 0, &other)) return false;
    *out = (span){less(one.lower, other.upper), less(one.upper, other.lower)};
    return true;
}

/* ---- results ------------------------------------------------------------------------------------------------ */

void result_add_hidden(const scope *s, wres_result result, uint32_t hidden, const span *bounds) {
    result.hidden = hidden;
    result.has_lower_bound = result.has_upper_bound = bounds != NULL;
    if (bounds) result.lower_bound = bounds->lower, result.upper_bound = bounds->upper;
    result_add(s, &result);
}

void percent_add_hidden(const scope *s, wres_result result, const fraction *f, uint64_t years) {
    span bounds;
    const bool bounded = fraction_range(f, 0, &bounds);
    if (bounded) {
        bounds.lower.numerator *= 100, bounds.upper.numerator *= 100;
        bounds.lower.denominator *= (wres_int128)years, bounds.upper.denominator *= (wres_int128)years;
    }
    result.unit = WRES_PERCENT;
    result.has_counts = true;
    result.numerator = (wres_rational){(wres_int128)f->above.least, (wres_int128)years};
    result.denominator = f->below.least;
    result.numerator_hidden = amount_is_hidden(f->above);
    result.denominator_hidden = amount_is_hidden(f->below);
    result_add_hidden(s, result, fraction_hidden(f), bounded ? &bounds : NULL);
}
