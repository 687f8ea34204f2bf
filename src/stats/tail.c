/* Tails of the chi-squared and of the binomial distribution: the density next to the limit from density.h, times a sum of terms
 * that are all positive, each from the one before. No difference of large numbers, and no approximation but the leaving out of
 * terms under 1e-18 of the sum. (A continued fraction needs fewer terms, but its end is hard to tell from its rounding errors where
 * it converges slowly.)
 *
 * Work: about 9 standard deviations of terms near the mean (those of 1e12 trials or degrees of freedom take some 10 million), and a
 * few dozen away from it. */
#include <math.h>

#include "stats/density.h"
#include "stats/domain.h"

static const double NEGLIGIBLE = 1e-18;

/* The regularised incomplete gamma function P(a, x), over x^a exp(-x)/a!: its series, Abramowitz & Stegun 6.5.29. */
static double gamma_below(double a, double x) {
    double sum = 1;
    double term = 1;
    for (double n = a + 1; term > NEGLIGIBLE * sum; n++) {
        term *= x / n;
        sum += term;
    }
    return sum;
}

/* Q(a, x) for a whole or half a: Q(a, x) = Q(a - 1, x) + x^(a-1) exp(-x)/(a-1)!, down to a = 0 or 1/2 (Abramowitz & Stegun 26.4.4
 * and 26.4.5). The terms fall away from the first, because x > a. */
static double gamma_above(double a, double x, double density) {
    double sum = 0;
    double term = a / x;
    double n = a - 1;
    for (; n >= 0 && term > NEGLIGIBLE * sum; n--) {
        sum += term;
        term *= n / x;
    }
    /* n is -1/2 when all half terms are in; what is left is Q(1/2, x). */
    return n == -0.5 ? density * sum + erfc(sqrt(x)) : density * sum;
}

bool wres_chi_squared_above(double statistic, uint64_t degrees, double *out) {
    bool defined = statistic >= 0 && isfinite(statistic);
    if (!defined || degrees == 0 || degrees > COUNT_MAX) {
        return false;
    }
    double a = (double)degrees / 2;
    double x = statistic / 2;
    if (x == 0) {
        *out = 1;
        return true;
    }
    double density = exp(-density_remainder(a) - density_deviance(a, x, a - x));
    *out = x <= a ? 1 - density * gamma_below(a, x) : gamma_above(a, x, density);
    return true;
}

/* The chance of x events or more, for x above the mean: each term over the one before is (n - k) p / ((k + 1) q), which is 0 behind
 * the last. */
static double binomial_above(double x, double n, double p) {
    double sum = 1;
    double term = 1;
    for (double k = x; term > NEGLIGIBLE * sum; k++) {
        term *= (n - k) * p / ((k + 1) * (1 - p));
        sum += term;
    }
    return density_binomial(x, n, p) * sum;
}

/* The chance of x events or fewer, for x not above the mean. */
static double binomial_below(double x, double n, double p) {
    double sum = 1;
    double term = 1;
    for (double k = x; term > NEGLIGIBLE * sum; k--) {
        term *= k * (1 - p) / ((n - k + 1) * p);
        sum += term;
    }
    return density_binomial(x, n, p) * sum;
}

static bool is_tail(uint64_t x, uint64_t n, double p) { return x <= n && n <= COUNT_MAX && is_share(p); }

/* The tail that begins on its own side of the mean is summed, as its terms fall away: at x or more where this holds, else below x. */
static bool is_above_mean(uint64_t x, uint64_t n, double p) { return (double)x > (double)n * p; }

bool wres_binomial_at_most(uint64_t x, uint64_t n, double p, double *out) {
    if (!is_tail(x, n, p)) {
        return false;
    }
    if (x == n) {
        *out = 1;
    } else if (is_above_mean(x + 1, n, p)) {
        *out = 1 - binomial_above((double)x + 1, (double)n, p);
    } else {
        *out = binomial_below((double)x, (double)n, p);
    }
    return true;
}

bool wres_binomial_at_least(uint64_t x, uint64_t n, double p, double *out) {
    if (!is_tail(x, n, p)) {
        return false;
    }
    if (x == 0) {
        *out = 1;
    } else if (is_above_mean(x, n, p)) {
        *out = binomial_above((double)x, (double)n, p);
    } else {
        *out = 1 - binomial_below((double)x - 1, (double)n, p);
    }
    return true;
}
