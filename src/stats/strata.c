/* Two groups compared within strata: the pooled ratios and the tests that the strata have one ratio.
 *
 * A stratum is read as the table
 *              with the event   without   all
 *     group a        a             b      n1
 *     group b        c             d      n2
 *     all            m1            m0     total */
#include <math.h>

#include "stats/domain.h"

typedef struct table {
    double a, b, c, d, n1, n2, m1, m0, total;
} table;

static table table_of(wres_stratum s) {
    table t = {
        .a = (double)s.a.events,
        .b = (double)(s.a.trials - s.a.events),
        .c = (double)s.b.events,
        .d = (double)(s.b.trials - s.b.events),
        .n1 = (double)s.a.trials,
        .n2 = (double)s.b.trials,
        .m1 = (double)(s.a.events + s.b.events),
        .total = (double)(s.a.trials + s.b.trials),
    };
    t.m0 = t.b + t.d;
    return t;
}

static bool is_group(wres_proportion p) { return p.trials <= COUNT_MAX && p.events <= p.trials; }

static bool are_strata(const wres_stratum *strata, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!is_group(strata[i].a) || !is_group(strata[i].b)) {
            return false;
        }
    }
    return true;
}

static bool has_both_groups(wres_stratum s) { return s.a.trials > 0 && s.b.trials > 0; }

static bool give_interval(double estimate, double variance, double z, double *ratio, wres_interval *interval) {
    double factor = exp(z * sqrt(variance));
    *ratio = estimate;
    interval->lower = estimate / factor;
    interval->upper = estimate * factor;
    return true;
}

/* Mantel N, Haenszel W (1959), J Natl Cancer Inst 22:719-748; variance of the logarithm: Greenland S, Robins JM (1985), Biometrics
 * 41:55-68: sum of (m1 n1 n2 - a c total)/total^2, over the two sums of the ratio. The numerator is written as two terms that are
 * not negative. */
bool wres_pooled_risk(const wres_stratum *strata, size_t count, double z, double *ratio, wres_interval *interval) {
    if (!are_strata(strata, count) || !is_normal_deviate(z)) {
        return false;
    }
    double above = 0;
    double below = 0;
    double spread = 0;
    for (size_t i = 0; i < count; i++) {
        if (has_both_groups(strata[i])) {
            table t = table_of(strata[i]);
            above += t.a * t.n2 / t.total;
            below += t.c * t.n1 / t.total;
            spread += (t.a * t.n1 * t.d + t.c * t.n2 * t.b) / (t.total * t.total);
        }
    }
    if (above == 0 || below == 0) {
        return false;
    }
    return give_interval(above / below, spread / above / below, z, ratio, interval);
}

/* The sums behind the pooled odds ratio; `same` is the stratum's share of a and d, `other` that of b and c. */
typedef struct odds_sums {
    double above, below, same_above, crossed, other_below;
} odds_sums;

static odds_sums sum_odds(const wres_stratum *strata, size_t count) {
    odds_sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        if (has_both_groups(strata[i])) {
            table t = table_of(strata[i]);
            double above = t.a * t.d / t.total;
            double below = t.b * t.c / t.total;
            double same = (t.a + t.d) / t.total;
            double other = (t.b + t.c) / t.total;
            sums.above += above;
            sums.below += below;
            sums.same_above += same * above;
            sums.crossed += same * below + other * above;
            sums.other_below += other * below;
        }
    }
    return sums;
}

/* Variance of the logarithm: Robins J, Breslow N, Greenland S (1986), Biometrics 42:311-323. */
bool wres_pooled_odds(const wres_stratum *strata, size_t count, double z, double *ratio, wres_interval *interval) {
    if (!are_strata(strata, count) || !is_normal_deviate(z)) {
        return false;
    }
    odds_sums sums = sum_odds(strata, count);
    if (sums.above == 0 || sums.below == 0) {
        return false;
    }
    double variance = sums.same_above / sums.above / sums.above / 2 + sums.crossed / sums.above / sums.below / 2 +
                      sums.other_below / sums.below / sums.below / 2;
    return give_interval(sums.above / sums.below, variance, z, ratio, interval);
}

/* The table read with its groups exchanged: the odds ratio becomes its inverse. */
static table exchange_groups(table t) {
    table other = {.a = t.c, .b = t.d, .c = t.a, .d = t.b, .n1 = t.n2, .n2 = t.n1, .m1 = t.m1, .m0 = t.m0, .total = t.total};
    return other;
}

/* The table read with groups and events exchanged: the odds ratio stays. */
static table exchange_both(table t) {
    table other = {.a = t.d, .b = t.c, .c = t.b, .d = t.a, .n1 = t.n2, .n2 = t.n1, .m1 = t.m0, .m0 = t.m1, .total = t.total};
    return other;
}

/* The count e in the place of a with which the stratum, its margins held, has the odds ratio:
 * e (n2 - m1 + e) = odds (m1 - e)(n1 - e). The root between 0 and the margins, without a difference of close numbers, for
 * odds <= 1 and m1 <= n2. */
static double fitted_count(const table *t, double odds) {
    double half = (t->n2 - t->m1 + odds * (t->m1 + t->n1)) / 2;
    double product = odds * t->m1 * t->n1;
    return product / (half + sqrt(half * half + (1 - odds) * product));
}

/* Observed less fitted, and the variance: with the table turned so that fitted_count may be asked. Exchanging the groups turns the
 * sign of the difference in every stratum alike, which the statistic does not see; exchanging both leaves it as it is. The fitted
 * count is at most the expected one, so that no cell is rounded to 0. */
static void fit(table t, double odds, double *excess, double *variance) {
    if (odds > 1) {
        t = exchange_groups(t);
        odds = 1 / odds;
    }
    if (t.m1 > t.n2) {
        t = exchange_both(t);
    }
    double fitted = fitted_count(&t, odds);
    *excess = t.a - fitted;
    *variance = 1 / (1 / fitted + 1 / (t.n1 - fitted) + 1 / (t.m1 - fitted) + 1 / (t.n2 - t.m1 + fitted));
}

static bool give_homogeneity(double statistic, size_t counted, size_t count, wres_homogeneity *out) {
    if (counted < 2) {
        return false;
    }
    /* A difference of sums: it may fall just under 0 where there is none. */
    out->statistic = fmax(statistic, 0);
    out->degrees = counted - 1;
    out->left_out = count - counted;
    return wres_chi_squared_above(out->statistic, out->degrees, &out->p);
}

/* Breslow NE, Day NE (1980), Statistical methods in cancer research 1, IARC, p. 142; Tarone RE (1985), Biometrika 72:91-95. */
bool wres_breslow_day(const wres_stratum *strata, size_t count, wres_homogeneity *out) {
    if (!are_strata(strata, count)) {
        return false;
    }
    odds_sums sums = sum_odds(strata, count);
    if (sums.above == 0 || sums.below == 0) {
        return false;
    }
    double statistic = 0;
    double all_excess = 0;
    double all_variance = 0;
    size_t counted = 0;
    for (size_t i = 0; i < count; i++) {
        table t = table_of(strata[i]);
        if (has_both_groups(strata[i]) && t.m1 > 0 && t.m0 > 0) {
            double excess, variance;
            fit(t, sums.above / sums.below, &excess, &variance);
            statistic += excess * excess / variance;
            all_excess += excess;
            all_variance += variance;
            counted++;
        }
    }
    return give_homogeneity(statistic - all_excess * all_excess / all_variance, counted, count, out);
}

/* The logarithm of the ratio of rates and its weight. False where the stratum has none. */
static bool log_ratio(wres_stratum s, double *value, double *weight) {
    table t = table_of(s);
    if (t.a == 0 || t.c == 0 || t.m0 == 0) {
        return false;
    }
    *value = log((t.a * t.n2) / (t.c * t.n1));
    *weight = 1 / (t.b / (t.a * t.n1) + t.d / (t.c * t.n2));
    return true;
}

/* Cochran WG (1954), Biometrics 10:101-129: in two passes, because the mean comes first. */
bool wres_cochran(const wres_stratum *strata, size_t count, wres_homogeneity *out) {
    if (!are_strata(strata, count)) {
        return false;
    }
    double value, weight;
    double weights = 0;
    double sum = 0;
    size_t counted = 0;
    for (size_t i = 0; i < count; i++) {
        if (log_ratio(strata[i], &value, &weight)) {
            weights += weight;
            sum += weight * value;
            counted++;
        }
    }
    double statistic = 0;
    for (size_t i = 0; i < count; i++) {
        if (log_ratio(strata[i], &value, &weight)) {
            statistic += weight * (value - sum / weights) * (value - sum / weights);
        }
    }
    return give_homogeneity(statistic, counted, count, out);
}
