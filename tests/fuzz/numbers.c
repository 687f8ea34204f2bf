/* Numbers: texts as counts, decimals and dates, exact values as text and back, and the formulas of stats on counts made of the bytes. The
 * first byte chooses: 't' texts, else counts. */
#include <float.h>
#include <math.h>

#include "support.h"
#include "wres/stats.h"

/* ---- texts ------------------------------------------------------------------------------------------------------ */

static void require_round_trip(wres_rational value) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational again;
    wres_rational_print_short(value, text);
    REQUIRE(wres_is_decimal(text), "no decimal: %s", text);
    REQUIRE(wres_decimal_parse(wres_text_of(text), &again), "printed, but not read: %s", text);
    REQUIRE(value.numerator * again.denominator == again.numerator * value.denominator, "another value: %s", text);
}

/* What is printed is within half a unit of its last place, and never a negative nothing. */
static void require_rounded(wres_rational value, int decimals) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational again;
    wres_int128 scale = 2;
    wres_rational_print(value, decimals, text);
    REQUIRE(wres_is_decimal(text), "no decimal: %s", text);
    REQUIRE(*text != '-' || strpbrk(text, "123456789"), "a negative nothing: %s", text);
    const char *point = strchr(text, '.');
    REQUIRE(decimals ? point && strlen(point + 1) == (size_t)decimals : !point, "%d decimals: %s", decimals, text);
    if (!wres_decimal_parse(wres_text_of(text), &again)) return; /* more digits than are read */
    for (int i = 0; i < decimals; i++) scale *= 10;
    wres_int128 difference = value.numerator * again.denominator - again.numerator * value.denominator;
    if (difference < 0) difference = -difference;
    REQUIRE(difference * scale <= value.denominator * again.denominator, "rounded to %s", text);
}

static void require_number(wres_text text) {
    wres_rational value;
    uint64_t count;
    if (wres_count_parse(text, &count)) {
        REQUIRE(count < WRES_COUNT_LIMIT, "a count of %llu", (unsigned long long)count);
        for (size_t i = 0; i < text.length; i++)
            REQUIRE(!strchr("-+.eExX", text.bytes[i]) || !text.bytes[i], "read as a count: %.*s", (int)text.length, text.bytes);
    }
    if (!wres_decimal_parse(text, &value)) return;
    REQUIRE(value.denominator > 0, "a denominator");
    require_round_trip(value);
    for (int d = 0; d <= WRES_MOST_DECIMALS; d += 3) require_rounded(value, d);
    REQUIRE(isfinite(wres_rational_real(value)), "not finite");
}

static void require_date(wres_text text, wres_date_order order) {
    char iso[WRES_DATE_SIZE];
    int year, month, day;
    const wres_date date = wres_date_parse(text, order);
    wres_date_order_of(text);
    if (date == WRES_NO_DATE) return;
    wres_date_split(date, &year, &month, &day);
    REQUIRE((year >= 1900 && year <= 2100) || (year == 4712 && month == 12 && day == 31), "the year %d", year);
    REQUIRE(wres_date_of(year, month, day) == date, "%d-%d-%d is another day", year, month, day);
    wres_date_print(date, iso);
    REQUIRE(wres_date_parse(wres_text_of(iso), order) == date, "%s is another day", iso);
    for (int months = -30; months <= 30; months += 7) {
        const wres_date moved = wres_date_add_months(date, months);
        REQUIRE(moved != WRES_NO_DATE && (!wres_date_is_month_end(date) || wres_date_is_month_end(moved)), "%s and %d months", iso,
                months);
    }
}

static wres_status require_text(wres_run *run, void *context, trace *out) {
    const wres_text text = *(const wres_text *)context;
    static const char *const words[] = {"ethnicity", "pay_band", "staff group", "date"};
    require_number(text);
    require_date(text, WRES_DAY_FIRST);
    require_date(text, WRES_MONTH_FIRST);
    const char *shown = wres_visible(run, text);
    require_shown(shown, "a visible text");
    trace_text(out, shown);
    REQUIRE(wres_text_is_utf8(text) == is_utf8(text.bytes, text.length), "whether it is UTF-8");
    if (!is_utf8(text.bytes, text.length) || (text.length && memchr(text.bytes, 0, text.length)))
        return WRES_OK; /* refused where it is read */
    const char *normal = wres_normalised(run, text), *again = wres_normalised(run, wres_text_of(normal));
    REQUIRE(strcmp(normal, again) == 0, "normalised again: '%s' and '%s'", normal, again);
    char small[8];
    const size_t needed = wres_text_normalise(text, small, sizeof small);
    REQUIRE(strlen(normal) == needed, "%zu bytes needed", needed);
    const char *key = wres_header_key(run, text);
    REQUIRE(strcmp(key, wres_header_key(run, wres_text_of(key))) == 0, "the key of a key: %s", key);
    trace_text(out, wres_nearest(run, normal, words, COUNT_OF(words)));
    return WRES_OK;
}

static void try_texts(const uint8_t *bytes, size_t length) {
    for (size_t begin = 0, end; begin <= length; begin = end + 1) {
        const uint8_t *line = memchr(bytes + begin, '\n', length - begin);
        end = line ? (size_t)(line - bytes) : length;
        wres_text text = {(const char *)bytes + begin, end - begin};
        run_twice(require_text, &text);
    }
}

/* ---- counts ------------------------------------------------------------------------------------------------------ */

typedef struct numbers {
    const uint8_t *bytes;
    size_t left;
} numbers;

static uint64_t take_byte(numbers *from) {
    if (from->left == 0) return 0;
    from->left--;
    return *from->bytes++;
}

/* Small ones mostly; up to 1e12, the largest that stats is said to bear. */
static uint64_t take_count(numbers *from) {
    const uint64_t kind = take_byte(from);
    uint64_t value = take_byte(from);
    if (kind % 4 == 0) return value % 8;
    if (kind % 4 == 1) return value;
    const uint64_t more = kind % 4 == 2 ? 1 : 4;
    for (uint64_t i = 0; i < more; i++) value = value << 8 | take_byte(from);
    return value % 1000000000001;
}

static double take_fraction(numbers *from) {
    const uint64_t kind = take_byte(from);
    if (kind % 8 == 0) return 0;
    if (kind % 8 == 1) return 1;
    return (double)take_count(from) / 1e12;
}

static wres_proportion take_proportion(numbers *from) {
    const uint64_t a = take_count(from), b = take_count(from);
    return a <= b ? (wres_proportion){a, b} : (wres_proportion){b, a};
}

static double share(wres_proportion p) { return (double)p.events / (double)p.trials; }

#define NEAR(a, b) (fabs((a) - (b)) <= 1e-9 * (1 + fabs(a) + fabs(b)))

static void require_interval(const char *what, wres_interval i, double least, double value, double most) {
    REQUIRE(isfinite(i.lower) && isfinite(i.upper), "%s: %g to %g", what, i.lower, i.upper);
    REQUIRE(i.lower <= i.upper && i.lower >= least && i.upper <= most, "%s: %.17g to %.17g", what, i.lower, i.upper);
    REQUIRE(i.lower <= value || NEAR(i.lower, value), "%s: %.17g below %.17g", what, value, i.lower);
    REQUIRE(i.upper >= value || NEAR(i.upper, value), "%s: %.17g above %.17g", what, value, i.upper);
}

static void require_chance(const char *what, double p) { REQUIRE(p >= 0 && p <= 1, "%s: a chance of %.17g", what, p); }

static void try_pair(wres_proportion a, wres_proportion b) {
    wres_interval i;
    wres_estimate estimate;
    wres_range range, other;
    double p, q;
    if (wres_wilson(a, WRES_Z95, &i)) require_interval("Wilson", i, 0, share(a), 1);
    REQUIRE((a.trials > 0) == wres_wilson(a, WRES_Z998, &i), "Wilson of %llu", (unsigned long long)a.trials);
    if (wres_katz(a, b, WRES_Z95, &i)) require_interval("Katz", i, 0, share(a) / share(b), DBL_MAX);
    if (wres_katz_adjusted(a, b, WRES_Z95, &i)) require_interval("Katz, adjusted", i, 0, i.lower, DBL_MAX);
    if (wres_newcombe(a, b, WRES_Z95, &i)) require_interval("Newcombe", i, -1, share(a) - share(b), 1);
    if (wres_fisher(a, b, &p)) {
        require_chance("Fisher", p);
        REQUIRE(wres_fisher(b, a, &q) && fabs(p - q) <= 1e-6 * (p + q), "Fisher: %.17g and %.17g", p, q);
    }
    if (wres_log_ratio(a, b, &estimate))
        REQUIRE(isfinite(estimate.value) && isfinite(estimate.error) && estimate.error > 0, "a logarithm");
    if (wres_four_fifths(a, b, &range) && wres_four_fifths(b, a, &other))
        REQUIRE((int)range == -(int)other, "four fifths: %d and %d", range, other);
    if (wres_woolf(a.events, a.trials, b.events, b.trials, WRES_Z95, &p, &i)) require_interval("Woolf", i, 0, p, DBL_MAX);
    if (wres_log_odds(a.events, a.trials, b.events, b.trials, &estimate))
        REQUIRE(isfinite(estimate.value) && estimate.error > 0, "log odds");
}

static void require_homogeneity(const char *what, const wres_homogeneity *h, size_t count) {
    REQUIRE(isfinite(h->statistic) && h->statistic >= 0 && h->degrees >= 1 && h->degrees + h->left_out < count + 1, "%s: %.17g",
            what, h->statistic);
    require_chance(what, h->p);
}

/* Of strata that say next to nothing the limit may be infinite. */
static wres_interval within_doubles(wres_interval i) {
    if (isinf(i.upper)) i.upper = DBL_MAX;
    return i;
}

static void try_strata(numbers *from) {
    wres_stratum strata[8];
    const size_t count = 1 + take_byte(from) % COUNT_OF(strata);
    wres_interval i;
    wres_homogeneity h;
    double ratio;
    for (size_t s = 0; s < count; s++) strata[s] = (wres_stratum){take_proportion(from), take_proportion(from)};
    if (wres_pooled_risk(strata, count, WRES_Z95, &ratio, &i))
        require_interval("pooled risk", within_doubles(i), 0, ratio, DBL_MAX);
    if (wres_pooled_odds(strata, count, WRES_Z95, &ratio, &i))
        require_interval("pooled odds", within_doubles(i), 0, ratio, DBL_MAX);
    if (wres_breslow_day(strata, count, &h)) require_homogeneity("Breslow-Day", &h, count);
    if (wres_cochran(strata, count, &h)) require_homogeneity("Cochran", &h, count);
}

static void try_tails(numbers *from) {
    enum { MOST_TRIALS = 1000000 };
    const wres_proportion p = take_proportion(from);
    const uint64_t n = p.trials % MOST_TRIALS, x = n ? p.events % (n + 1) : 0;
    const double chance = take_fraction(from);
    double low, high;
    if (wres_chi_squared_above((double)take_count(from) / 256, 1 + take_count(from) % 1000, &low))
        require_chance("chi-squared", low);
    if (wres_binomial_at_most(x, n, chance, &low)) require_chance("at most", low);
    if (x < n && wres_binomial_at_most(x, n, chance, &low) && wres_binomial_at_least(x + 1, n, chance, &high))
        REQUIRE(fabs(low + high - 1) < 1e-9, "%llu of %llu at %.17g: %.17g and %.17g", (unsigned long long)x, (unsigned long long)n,
                chance, low, high);
}

static void try_many(numbers *from) {
    double p[16], holm[16], false_rate[16];
    size_t order[16];
    const size_t count = take_byte(from) % (COUNT_OF(p) + 1);
    for (size_t i = 0; i < count; i++) p[i] = take_fraction(from);
    if (!wres_holm(p, count, holm, order) || !wres_benjamini_hochberg(p, count, false_rate, order)) return;
    for (size_t i = 0; i < count; i++) {
        require_chance("Holm", holm[i]);
        require_chance("Benjamini and Hochberg", false_rate[i]);
        REQUIRE(p[i] <= false_rate[i] && false_rate[i] <= holm[i] + 1e-15, "%.17g, %.17g, %.17g", p[i], false_rate[i], holm[i]);
    }
}

static void try_funnels(numbers *from) {
    wres_proportion organisations[12];
    wres_estimate estimates[12];
    double score[12];
    size_t order[12];
    wres_dispersion d;
    wres_interval i;
    const size_t count = take_byte(from) % (COUNT_OF(organisations) + 1);
    for (size_t k = 0; k < count; k++) {
        organisations[k] = take_proportion(from);
        estimates[k] = (wres_estimate){(double)take_count(from) / 1e6 - 1, (double)(1 + take_count(from)) / 1e6};
    }
    const double centre = take_fraction(from), tau2 = take_fraction(from);
    if (wres_overdispersion(organisations, count, 0.1, score, order, &d)) {
        require_chance("the centre", d.centre);
        REQUIRE(isfinite(d.phi) && d.phi >= 0 && isfinite(d.tau2) && d.tau2 >= 0, "phi %.17g, tau2 %.17g", d.phi, d.tau2);
        for (size_t k = 0; k < count; k++) REQUIRE(isfinite(score[k]), "a score");
    }
    if (wres_scatter(estimates, count, 0, 0.1, score, order, &d))
        REQUIRE(isfinite(d.phi) && d.phi >= 0 && isfinite(d.tau2) && d.tau2 >= 0, "scatter");
    const uint64_t trials = take_count(from);
    if (wres_funnel(centre, trials, WRES_Z95, &i)) require_interval("funnel", i, 0, centre, 1);
    if (wres_funnel_overdispersed(centre, tau2, trials, WRES_Z95, &i)) require_interval("overdispersed funnel", i, 0, centre, 1);
    if (wres_funnel_of(centre, tau2, tau2, WRES_Z95, &i)) require_interval("funnel of values", i, -DBL_MAX, centre, DBL_MAX);
}

static void try_renewal(numbers *from) {
    double chance[WRES_MOST_PLACES + 1], scratch[WRES_MOST_PLACES + 1], sum = 0;
    wres_renewal r = {
        .places = (unsigned)take_byte(from), .held = (unsigned)take_byte(from), .years = (unsigned)take_byte(from) % 12};
    r.member_leaving = take_fraction(from), r.other_leaving = take_fraction(from), r.share = take_fraction(from);
    if (!wres_renewal_chances(&r, chance, scratch)) return;
    for (unsigned k = 0; k <= r.places; k++) {
        REQUIRE(chance[k] >= 0 && chance[k] <= 1 + 1e-12, "%u of %u: %.17g", k, r.places, chance[k]);
        sum += chance[k];
    }
    REQUIRE(fabs(sum - 1) < 1e-9, "chances of %u places: %.17g", r.places, sum);
}

static void try_projection(numbers *from) {
    const double now = take_fraction(from), entrants = take_fraction(from), goal = take_fraction(from),
                 years = (double)(take_byte(from) % 40) / 4;
    const wres_flow flow = {take_fraction(from), take_fraction(from), take_fraction(from) - 0.5};
    double settled, rho, out;
    if (wres_share_needed(now, goal, &flow, years, &out)) REQUIRE(!isnan(out), "a share needed");
    if (wres_entrants((double)take_count(from), now, entrants, &flow, years, &out)) REQUIRE(isfinite(out), "%.17g entrants", out);
    if (wres_implied_share(take_proportion(from), take_proportion(from), entrants, &out)) REQUIRE(!isnan(out), "an implied share");
    if (wres_share_chosen(now, 4 * goal, &out)) require_chance("a share chosen", out);
    if (wres_ratio_needed(now, goal, &out)) REQUIRE(isfinite(out) && out >= 0, "a ratio needed: %.17g", out);
    if (!wres_settling(now, entrants, &flow, &settled, &rho)) return;
    REQUIRE(isfinite(settled) && isfinite(rho), "settled at %.17g, rho %.17g", settled, rho);
    if (wres_projected_share(now, settled, rho, years, &out)) REQUIRE(isfinite(out), "a projected share");
    if (wres_years_to_goal(now, goal, settled, rho, &out)) REQUIRE(!isnan(out) && out >= 0, "%.17g years", out);
}

static void try_exact(numbers *from) {
    const wres_rational value = {(wres_int128)take_count(from) - (wres_int128)take_count(from), 1 + (wres_int128)take_count(from)};
    char text[WRES_DECIMAL_SIZE];
    for (int d = 0; d <= WRES_MOST_DECIMALS; d++) require_rounded(value, d);
    const double real = wres_rational_real(value);
    REQUIRE(isfinite(real), "not finite");
    for (int d = 0; d <= WRES_MOST_DECIMALS; d++) {
        wres_real_print(real, d, text);
        REQUIRE(wres_is_decimal(text), "no decimal: %s", text);
        REQUIRE(fabs(strtod(text, NULL) - real) <= 0.50001 * pow(10, -d) + 1e-15 * fabs(real), "%.17g is printed as %s", real,
                text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1) return -1;
    if (bytes[0] == 't') {
        try_texts(bytes + 1, length - 1);
        return 0;
    }
    numbers from = {bytes, length};
    const uint64_t kind = take_byte(&from);
    do {
        switch (kind % 8) {
        case 0: {
            const wres_proportion a = take_proportion(&from);
            try_pair(a, take_proportion(&from));
            break;
        }
        case 1: try_strata(&from); break;
        case 2: try_tails(&from); break;
        case 3: try_many(&from); break;
        case 4: try_funnels(&from); break;
        case 5: try_renewal(&from); break;
        case 6: try_projection(&from); break;
        default: try_exact(&from); break;
        }
    } while (from.left);
    return 0;
}
