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

/* Some stay, and the body does not shrink by more than leave, be it all members or all others: else as many would have to leave
 * without being followed, and who they are is not said. */
static bool is_flow(const wres_flow *flow) {
    bool leave = flow->members >= 0 && flow->members < 1 && flow->others >= 0 && flow->others < 1;
    return leave && flow->growth + flow->members >= 0 && flow->growth + flow->others >= 0 && isfinite(flow->growth);
}

static void settle(double now, double entrants, const wres_flow *flow, double *settled, double *rho) {
    double members = (1 - entrants) * (flow->growth + flow->members);
    double others = entrants * (flow->growth + flow->others);
    bool alike = flow->members == flow->others;
    double way = alike ? flow->growth + flow->members : members + others;
    bool moves = way > 0;
    *settled = !moves ? now : alike ? entrants : others / way;
    *rho = moves ? 1 - way / (1 + flow->growth) : 1;
}

bool wres_settling(double now, double entrants, const wres_flow *flow, double *settled, double *rho) {
    if (!is_share(now) || !is_share(entrants) || !is_flow(flow)) {
        return false;
    }
    settle(now, entrants, flow, settled, rho);
    return true;
}

bool wres_projected_share(double now, double settled, double rho, double years, double *out) {
    if (!is_share(now) || !is_share(settled) || !is_retention(rho) || !is_span(years)) {
        return false;
    }
    *out = now + (settled - now) * renewed(rho, years);
    return true;
}

static double share_then(double now, double entrants, const wres_flow *flow, double years) {
    double settled, rho;
    settle(now, entrants, flow, &settled, &rho);
    return now + (settled - now) * renewed(rho, years);
}

/* The more members enter, the more there are: halving finds the share of entrants to the last bit. */
static bool halve(double now, double goal, const wres_flow *flow, double years, double *out) {
    double least = share_then(now, 0, flow, years);
    double most = share_then(now, 1, flow, years);
    if (least == most) {
        return false;
    }
    if (goal < least) {
        *out = -(double)INFINITY;
        return true;
    }
    if (goal > most) {
        *out = (double)INFINITY;
        return true;
    }
    double low = 0, high = 1, middle;
    while ((middle = (low + high) / 2) > low && middle < high) {
        *(share_then(now, middle, flow, years) < goal ? &low : &high) = middle;
    }
    *out = high;
    return true;
}

bool wres_share_needed(double now, double goal, const wres_flow *flow, double years, double *out) {
    if (!is_share(now) || !is_share(goal) || !is_span(years) || years == 0 || !is_flow(flow)) {
        return false;
    }
    if (flow->members != flow->others) {
        return halve(now, goal, flow, years, out);
    }
    double settled, rho;
    settle(now, now, flow, &settled, &rho);
    if (renewed(rho, years) == 0) {
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
