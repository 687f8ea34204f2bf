/* The share of members in a body that some leave and others enter, year by year. With x the share, rho the part of next year's body
 * that stays from this year's, and s the share of members among those who enter: x' = rho x + (1 - rho) s, hence
 * x_n = s - (s - x_0) rho^n, and the rest by solving for one of the letters. */
#include <math.h>

#include "stats/domain.h"

static bool is_retention(double rho) { return rho > 0 && rho <= 1; }

static bool is_span(double years) { return years >= 0 && isfinite(years); }

/* 1 - rho^years: the part of the body that has entered since. Without cancellation where it is small. */
static double renewed(double rho, double years) { return -expm1(years * log(rho)); }

bool wres_retention(double leaving, double growth, double *rho) {
    bool defined = leaving >= 0 && leaving < 1 && growth >= -leaving && isfinite(growth);
    if (!defined) {
        return false;
    }
    *rho = (1 - leaving) / (1 + growth);
    return true;
}

bool wres_projected_share(double now, double entrants, double rho, double years, double *out) {
    if (!is_share(now) || !is_share(entrants) || !is_retention(rho) || !is_span(years)) {
        return false;
    }
    *out = now + (entrants - now) * renewed(rho, years);
    return true;
}

bool wres_share_needed(double now, double goal, double rho, double years, double *out) {
    if (!is_share(now) || !is_share(goal) || !is_retention(rho) || !is_span(years) || renewed(rho, years) == 0) {
        return false;
    }
    *out = now + (goal - now) / renewed(rho, years);
    return true;
}

bool wres_years_to_goal(double now, double goal, double entrants, double rho, double *out) {
    if (!is_share(now) || !is_share(goal) || !is_share(entrants) || !is_retention(rho)) {
        return false;
    }
    if (now >= goal) {
        *out = 0;
    } else if (entrants <= goal || rho == 1) {
        *out = (double)INFINITY;
    } else {
        *out = log1p(-(goal - now) / (entrants - now)) / log(rho);
    }
    return true;
}

/* A geometric series: the headcount of year k is headcount (1 + growth)^k, and (leaving + growth) of it enter. */
bool wres_entrants(double headcount, double leaving, double growth, double years, double *out) {
    double rho;
    bool defined = headcount >= 0 && isfinite(headcount);
    if (!defined || !wres_retention(leaving, growth, &rho) || !is_span(years)) {
        return false;
    }
    double span = growth == 0 ? years : expm1(years * log1p(growth)) / growth;
    *out = headcount * (leaving + growth) * span;
    return true;
}

bool wres_implied_share(wres_proportion before, wres_proportion after, double leaving, double *out) {
    /* Nobody before, and all have entered: defined. */
    bool was_body = is_proportion(before) || (before.events == 0 && before.trials == 0);
    if (!was_body || !is_proportion(after) || !is_share(leaving)) {
        return false;
    }
    double staying = 1 - leaving;
    double entered = (double)after.trials - staying * (double)before.trials;
    if (entered <= 0) {
        return false;
    }
    *out = ((double)after.events - staying * (double)before.events) / entered;
    return true;
}

static bool is_mixed(double field) { return field > 0 && field < 1; }

bool wres_share_chosen(double field, double ratio, double *out) {
    bool defined = is_mixed(field) && ratio > 0 && isfinite(ratio);
    if (!defined) {
        return false;
    }
    *out = field / (field + ratio * (1 - field));
    return true;
}

bool wres_ratio_needed(double field, double share, double *out) {
    if (!is_mixed(field) || !is_share(share) || share == 0) {
        return false;
    }
    *out = field * (1 - share) / (share * (1 - field));
    return true;
}
