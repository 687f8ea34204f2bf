/* The ratio of two proportions: its log intervals and its place against the four-fifths range. */
#include <math.h>

#include "stats/domain.h"

/* Products of two counts reach 1e24, and five times that: beyond 64 bits. */
__extension__ typedef __int128 wide;

/* Events and trials as real numbers, so that a half can be added to them. */
typedef struct share {
    double events, trials;
} share;

/* 1/x - 1/n, the variance of ln(x/n), as one fraction: exactly 0 when x = n, and no digits lost when x is close to n. */
static double log_variance(share s) { return (s.trials - s.events) / (s.events * s.trials); }

/* Katz D, Baptista J, Azen SP, Pike MC (1978), Biometrics 34:469-474: RR exp(-+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)). */
static wres_interval katz_limits(share a, share b, double z) {
    double ratio = (a.events * b.trials) / (a.trials * b.events);
    double factor = exp(z * sqrt(log_variance(a) + log_variance(b)));

    wres_interval limits = {.lower = ratio / factor, .upper = ratio * factor};
    return limits;
}

bool wres_katz(wres_proportion a, wres_proportion b, double z, wres_interval *out) {
    if (!is_proportion(a) || !is_proportion(b) || !is_normal_deviate(z) || a.events == 0 || b.events == 0) {
        return false;
    }
    share of_a = {(double)a.events, (double)a.trials};
    share of_b = {(double)b.events, (double)b.trials};
    *out = katz_limits(of_a, of_b, z);
    return true;
}

/* The adjusted log limits: Walter SD (1975), Biometrika 62:371-374; Pettigrew HM, Gart JJ, Thomas DG (1986), Biometrika
 * 73:425-435. The ratio itself is 0, which only a lower limit of 0 can hold. */
bool wres_katz_adjusted(wres_proportion a, wres_proportion b, double z, wres_interval *out) {
    if (!is_proportion(a) || !is_proportion(b) || !is_normal_deviate(z) || a.events != 0 || b.events == 0) {
        return false;
    }
    share of_a = {0.5, (double)a.trials + 0.5};
    share of_b = {(double)b.events + 0.5, (double)b.trials + 0.5};
    out->lower = 0;
    out->upper = katz_limits(of_a, of_b, z).upper;
    return true;
}

/* The logarithm of a ratio with half an event where there is none above the line, so that it has one. */
bool wres_log_ratio(wres_proportion a, wres_proportion b, wres_estimate *out) {
    if (!is_proportion(a) || !is_proportion(b) || b.events == 0) {
        return false;
    }
    double half = a.events == 0 ? 0.5 : 0;
    share of_a = {(double)a.events + half, (double)a.trials + half};
    share of_b = {(double)b.events + half, (double)b.trials + half};
    double variance = log_variance(of_a) + log_variance(of_b);
    if (variance <= 0) {
        return false;
    }
    out->value = log((of_a.events * of_b.trials) / (of_a.trials * of_b.events));
    out->error = sqrt(variance);
    return true;
}

/* The range of the four-fifths rule (29 CFR 1607.4 D) and its reciprocal. Multiplied out, no rounding can move a ratio of exactly
 * 0.80 or 1.25 to the wrong side: the ratio is across / back. */
bool wres_four_fifths(wres_proportion a, wres_proportion b, wres_range *out) {
    bool counts = a.trials > 0 && b.trials > 0 && b.events > 0;
    if (!counts || a.trials > COUNT_MAX || b.trials > COUNT_MAX || a.events > COUNT_MAX || b.events > COUNT_MAX) {
        return false;
    }
    wide across = (wide)a.events * (wide)b.trials;
    wide back = (wide)b.events * (wide)a.trials;
    if (5 * across < 4 * back) {
        *out = WRES_BELOW;
    } else if (4 * across > 5 * back) {
        *out = WRES_ABOVE;
    } else {
        *out = WRES_WITHIN;
    }
    return true;
}
