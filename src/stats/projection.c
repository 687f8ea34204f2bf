/* The share of members in a body that some leave and others enter, year by year. Of x members and 1 - x others the parts m and o
 * leave, and it grows by g, so that g + m x + o (1 - x) enter, the part s of them members. Next year's share,
 * ((1 - m) x + s (g + m x + o (1 - x)))/(1 + g), is linear in x: it is rho x + s (g + o)/(1 + g) with the rho of the header. It
 * stands still at settled = s (g + o)/(g + (1 - s) m + s o), hence x_n = settled - (settled - x_0) rho^n. With m = o the share of
 * entrants is where it settles, and the rest follows by solving for one of the letters. */
#include <math.h>

#include "stats/domain.h"

static bool is_retention(double rho) { return rho > 0 && rho <= 1; }

static bool is_span(double years) { return years >= 0 && isfinite(years); }

/* 1 - rho^years: the part of the body that has entered since. Without cancellation where it is small. */
static double renewed(double rho, double years) { return -expm1(years * log(rho)); }

/* The part of the headcount that enters in a year in which members have such a share. */
static double entering(double share, const wres_flow *flow) {
    if (flow->members == flow->others) {
        return flow->growth + flow->members;
    }
    return flow->growth + flow->members * share + flow->others * (1 - share);
}

static bool is_flow(const wres_flow *flow) {
    bool leave = flow->members >= 0 && flow->members < 1 && flow->others >= 0 && flow->others < 1;
    return leave && flow->growth > -1 && isfinite(flow->growth);
}

bool wres_settling(double now, double entrants, const wres_flow *flow, double *settled, double *rho) {
    if (!is_share(now) || !is_share(entrants) || !is_flow(flow)) {
        return false;
    }
    bool alike = flow->members == flow->others;
    double way = flow->growth + (alike ? flow->members : (1 - entrants) * flow->members + entrants * flow->others);
    bool moves = way > 0;
    double end = !moves ? now : alike ? entrants : entrants * (flow->others + flow->growth) / way;
    if (way < 0 || !is_share(end) || entering(now, flow) < 0 || entering(end, flow) < 0) {
        return false;
    }
    *settled = end;
    *rho = moves ? 1 - way / (1 + flow->growth) : 1;
    return true;
}

bool wres_projected_share(double now, double settled, double rho, double years, double *out) {
    if (!is_share(now) || !is_share(settled) || !is_retention(rho) || !is_span(years)) {
        return false;
    }
    *out = now + (settled - now) * renewed(rho, years);
    return true;
}

static bool share_then(double now, double entrants, const wres_flow *flow, double years, double *out) {
    double settled, rho;
    return wres_settling(now, entrants, flow, &settled, &rho) && wres_projected_share(now, settled, rho, years, out);
}

/* The more members enter, the more there are: halving finds the share of entrants to the last bit. */
static bool halve(double now, double goal, const wres_flow *flow, double years, double *out) {
    enum { STEPS = 64 };
    double low = 0, high = 1, least, most, then;
    if (!share_then(now, 0, flow, years, &least) || !share_then(now, 1, flow, years, &most) || least == most) {
        return false;
    }
    if (goal < least || goal > most) {
        *out = goal < least ? -(double)INFINITY : (double)INFINITY;
        return true;
    }
    for (int step = 0; step < STEPS; step++) {
        double middle = (low + high) / 2;
        if (!share_then(now, middle, flow, years, &then)) {
            return false;
        }
        *(then < goal ? &low : &high) = middle;
    }
    *out = high;
    return true;
}

bool wres_share_needed(double now, double goal, const wres_flow *flow, double years, double *out) {
    double settled, rho;
    if (!is_share(now) || !is_share(goal) || !is_span(years) || !is_flow(flow)) {
        return false;
    }
    if (flow->members != flow->others) {
        return halve(now, goal, flow, years, out);
    }
    if (!wres_settling(now, now, flow, &settled, &rho) || renewed(rho, years) == 0) {
        return false;
    }
    *out = now + (goal - now) / renewed(rho, years);
    return true;
}

bool wres_years_to_goal(double now, double goal, double settled, double rho, double *out) {
    if (!is_share(now) || !is_share(goal) || !is_share(settled) || !is_retention(rho)) {
        return false;
    }
    if (now >= goal) {
        *out = 0;
    } else if (settled <= goal || rho == 1) {
        *out = (double)INFINITY;
    } else {
        *out = log1p(-(goal - now) / (settled - now)) / log(rho);
    }
    return true;
}

/* 1 + q + q^2 + ... over so many years, for q = 1 + grows. */
static double summed(double grows, double years) { return years == 0 || grows == 0 ? years : expm1(years * log1p(grows)) / grows; }

/* The headcount of year k is headcount (1 + growth)^k and its share settled - (settled - now) rho^k: two geometric series. */
bool wres_entrants(double headcount, double now, double entrants, const wres_flow *flow, double years, double *out) {
    double settled, rho;
    bool defined = headcount >= 0 && isfinite(headcount) && is_span(years);
    if (!defined || !wres_settling(now, entrants, flow, &settled, &rho)) {
        return false;
    }
    double from_now = (flow->members - flow->others) * (now - settled) * summed((1 + flow->growth) * rho - 1, years);
    *out = headcount * (entering(settled, flow) * summed(flow->growth, years) + from_now);
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
