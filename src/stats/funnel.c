/* Funnel limits, and the overdispersion of organisations around them: Spiegelhalter DJ (2005), Stat Med 24:1185-1202. Of proportions
 * as in NHS practice (R package FunnelPlotR, data type "PR"). */
#include <math.h>

#include "stats/domain.h"
#include "stats/order.h"

static const double QUARTER_TURN = 1.570796326794896619;

bool wres_funnel(double p0, uint64_t trials, double z, wres_interval *out) {
    if (!is_share(p0) || trials == 0 || trials > COUNT_MAX || !is_normal_deviate(z)) {
        return false;
    }
    double reach = z * sqrt(p0 * (1 - p0) / (double)trials);
    out->lower = fmax(p0 - reach, 0);
    out->upper = fmin(p0 + reach, 1);
    return true;
}

/* arcsin sqrt(events/trials). By the tangent, because the arcsine loses digits near 1. */
static double angle_of(double events, double trials) { return atan2(sqrt(events), sqrt(trials - events)); }

static double centre_of(const wres_proportion *organisations, size_t count, double *trials) {
    double events = 0;
    *trials = 0;
    for (size_t i = 0; i < count; i++) {
        events += (double)organisations[i].events;
        *trials += (double)organisations[i].trials;
    }
    return events;
}

/* The quantile at a share of the way from the first to the last score, between two of them if need be (R's type 7). */
static double quantile(const double *score, const size_t *order, size_t count, double share) {
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    size_t above = below + 1 < count ? below + 1 : below;
    double part = place - (double)below;
    return score[order[below]] + part * (score[order[above]] - score[order[below]]);
}

/* The mean square of the scores with the share at each end pulled in to the quantile there. */
static double mean_square(const double *score, const size_t *order, size_t count, double winsorised) {
    double low = quantile(score, order, count, winsorised);
    double high = quantile(score, order, count, 1 - winsorised);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double pulled = fmin(fmax(score[i], low), high);
        sum += pulled * pulled;
    }
    return sum / (double)count;
}

/* Sums over the weights of the organisations, each 1 over its variance, and over the products of every two of them. */
typedef struct weights {
    double sum, pairs;
} weights;

static void add_weight(weights *w, double weight) {
    w->pairs += weight * w->sum;
    w->sum += weight;
}

/* The variance between organisations by moments, as DerSimonian R, Laird N (1986), Control Clin Trials 7:177-188. Their divisor, the sum of
 * the weights less that of their squares over it, is 2 pairs/sum; the difference would be nothing where one weighs more than all others by
 * what a double can tell. */
static double variance_between(weights w, size_t count, double phi) {
    double excess = (double)count * phi - (double)(count - 1);
    return excess > 0 ? excess / (2 * w.pairs / w.sum) : 0;
}

static bool are_proportions(const wres_proportion *organisations, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!is_proportion(organisations[i])) {
            return false;
        }
    }
    return true;
}

bool wres_overdispersion(const wres_proportion *organisations, size_t count, double winsorised, double *score, size_t *order,
                         wres_dispersion *out) {
    bool defined = winsorised >= 0 && winsorised < 0.5;
    if (!defined || count < 2 || !are_proportions(organisations, count)) {
        return false;
    }
    double trials;
    double events = centre_of(organisations, count, &trials);
    double centre = angle_of(events, trials);
    weights w = {0, 0};
    for (size_t i = 0; i < count; i++) {
        double n = (double)organisations[i].trials;
        score[i] = (angle_of((double)organisations[i].events, n) - centre) * 2 * sqrt(n);
        add_weight(&w, 4 * n); /* the variance of the angle is 1/(4n) */
    }
    order_ascending(score, count, order);
    out->centre = events / trials;
    out->phi = mean_square(score, order, count, winsorised);
    out->tau2 = variance_between(w, count, out->phi);
    return true;
}

/* sin^2 of the angle, held to the quarter turn in which it ascends. */
static double share_at(double angle) {
    double sine = sin(fmin(fmax(angle, 0), QUARTER_TURN));
    return sine * sine;
}

bool wres_funnel_overdispersed(double p0, double tau2, uint64_t trials, double z, wres_interval *out) {
    bool defined = is_share(p0) && tau2 >= 0 && isfinite(tau2);
    if (!defined || trials == 0 || trials > COUNT_MAX || !is_normal_deviate(z)) {
        return false;
    }
    double reach = z * sqrt(1 / (4 * (double)trials) + tau2);
    double centre = angle_of(p0, 1);
    out->lower = share_at(centre - reach);
    out->upper = share_at(centre + reach);
    return true;
}

/* ---- values with a standard error --------------------------------------------------------------------------- */

static bool is_error(double error) { return error > 0 && isfinite(error); }

bool wres_funnel_of(double centre, double error, double tau2, double z, wres_interval *out) {
    bool defined = isfinite(centre) && is_error(error) && tau2 >= 0 && isfinite(tau2) && is_normal_deviate(z);
    if (!defined) {
        return false;
    }
    double reach = z * (tau2 > 0 ? sqrt(error * error + tau2) : error);
    out->lower = centre - reach;
    out->upper = centre + reach;
    return true;
}

static bool are_estimates(const wres_estimate *organisations, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(organisations[i].value) || !is_error(organisations[i].error)) {
            return false;
        }
    }
    return true;
}

bool wres_scatter(const wres_estimate *organisations, size_t count, double centre, double winsorised, double *score, size_t *order,
                  wres_dispersion *out) {
    bool defined = winsorised >= 0 && winsorised < 0.5 && isfinite(centre);
    if (!defined || count < 2 || !are_estimates(organisations, count)) {
        return false;
    }
    weights w = {0, 0};
    for (size_t i = 0; i < count; i++) {
        double error = organisations[i].error;
        score[i] = (organisations[i].value - centre) / error;
        add_weight(&w, 1 / (error * error));
    }
    order_ascending(score, count, order);
    double phi = mean_square(score, order, count, winsorised);
    double tau2 = variance_between(w, count, phi);
    if (!isfinite(phi) || !isfinite(tau2)) {
        return false;
    }
    *out = (wres_dispersion){centre, phi, tau2};
    return true;
}
