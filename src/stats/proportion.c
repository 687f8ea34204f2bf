/* Score intervals: one proportion (Wilson) and the difference of two (Newcombe). */
#include <math.h>

#include "stats/domain.h"

/* Wilson EB (1927), J Am Stat Assoc 22:209-212. With x events in n trials and s = z sqrt(z^2 + 4x(1 - x/n)) the limits are
 * (2x + z^2 -+ s) / (2(n + z^2)). The product of the two is (x/n)^2 n / (n + z^2), which gives the lower one without the
 * subtraction: no digits lost when x is small, and exactly 0 when x is 0. Failures are passed in because 1 - x/n would lose
 * digits near 1. */
static wres_interval wilson_limits(double events, double failures, double z) {
    double trials = events + failures;
    double z2 = z * z;
    double sum = 2 * events + z2 + z * sqrt(z2 + 4 * events * (failures / trials));

    wres_interval limits = {
        .lower = 2 * events * (events / trials) / sum,
        .upper = failures > 0 ? sum / (2 * (trials + z2)) : 1,
    };
    return limits;
}

bool wres_wilson(wres_proportion p, double z, wres_interval *out) {
    if (!is_proportion(p) || !is_normal_deviate(z)) {
        return false;
    }
    *out = wilson_limits((double)p.events, (double)(p.trials - p.events), z);
    return true;
}

bool wres_wilson_value(double value, double base, double z, wres_interval *out) {
    /* Written so that a NaN fails too. */
    bool defined = value >= 0 && value <= 1 && base > 0 && isfinite(base);
    if (!defined || !is_normal_deviate(z)) {
        return false;
    }
    *out = wilson_limits(value * base, (1 - value) * base, z);
    return true;
}

/* Newcombe RG (1998), Stat Med 17:873-890, method 10: each Wilson limit's distance from its own proportion, squared and added. */
bool wres_newcombe_limits(double a, wres_interval a_limits, double b, wres_interval b_limits, wres_interval *out) {
    bool a_inside = a_limits.lower <= a && a <= a_limits.upper;
    bool b_inside = b_limits.lower <= b && b <= b_limits.upper;
    if (!a_inside || !b_inside) {
        return false;
    }
    out->lower = a - b - hypot(a - a_limits.lower, b_limits.upper - b);
    out->upper = a - b + hypot(a_limits.upper - a, b - b_limits.lower);
    return true;
}

bool wres_newcombe(wres_proportion a, wres_proportion b, double z, wres_interval *out) {
    wres_interval of_a, of_b;
    if (!wres_wilson(a, z, &of_a) || !wres_wilson(b, z, &of_b)) {
        return false;
    }
    double rate_a = (double)a.events / (double)a.trials;
    double rate_b = (double)b.events / (double)b.trials;
    return wres_newcombe_limits(rate_a, of_a, rate_b, of_b, out);
}
