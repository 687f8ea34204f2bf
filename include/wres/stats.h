/* stats: proportions, ratios, exact tests, strata, funnels and projections on plain counts. Pure functions: no allocation, no
 * state, no domain words. A function that is not defined for its arguments returns false and leaves its results alone (scratch it
 * may have written to). Arrays are the caller's, of the length that the comment says.
 *
 * Counts are at most 1e12. Shares, proportions and chances are between 0 and 1, not percent. Every formula names its source, here
 * or in src/stats; check values are in tests/backtest/statistics.csv. */
#ifndef WRES_STATS_H
#define WRES_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WRES_Z95  1.959963984540054
#define WRES_Z998 3.090232306167813

typedef struct wres_interval {
    double lower, upper;
} wres_interval;

/* events of trials, events <= trials. */
typedef struct wres_proportion {
    uint64_t events, trials;
} wres_proportion;

/* Wilson (1927) score interval of a proportion. Undefined for no trials or events > trials. */
bool wres_wilson(wres_proportion p, double z, wres_interval *out);

/* An interval for a proportion known only as a rounded value over a base (27.5% of 612): Wilson with the value in the place of
 * x/n. */
bool wres_wilson_value(double value, double base, double z, wres_interval *out);

/* Katz et al. (1978) log interval of the ratio (a.events/a.trials) / (b.events/b.trials). Undefined where either has no events or
 * no trials. */
bool wres_katz(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* The same with events + 1/2 and trials + 1/2 in both: for a ratio of 0 (a has no events, b has some). Lower limit 0. */
bool wres_katz_adjusted(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* Newcombe (1998, method 10) hybrid score interval of a - b. Undefined where either has no trials. */
bool wres_newcombe(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* The same from two proportions with intervals of their own; for proportions known only as rounded values. Undefined where a limit
 * lies on the wrong side of its proportion. */
bool wres_newcombe_limits(double a, wres_interval a_limits, double b, wres_interval b_limits, wres_interval *out);

/* Fisher's exact test, two-sided: the sum of the hypergeometric probabilities no larger than the observed one (relative tolerance
 * 1e-7, as R's fisher.test). Undefined where either has no trials. To 1e-9 relative of R for margins up to a million. */
bool wres_fisher(wres_proportion a, wres_proportion b, double *out);

/* A value with its standard error. */
typedef struct wres_estimate {
    double value, error;
} wres_estimate;

/* The logarithm of that ratio with the standard error of its interval: Katz, or where a has no events the adjusted one, in which the
 * logarithm is that of the ratio with the halves, too. Undefined where wres_katz and wres_katz_adjusted are, or the error is 0. */
bool wres_log_ratio(wres_proportion a, wres_proportion b, wres_estimate *out);

/* Where a ratio of rates lies against the four-fifths range: 4/5 <= (a.events/a.trials)/(b.events/b.trials) <= 5/4, both ends
 * within, decided in integers. Events may outnumber trials. Undefined where b has no events or either has no trials. */
typedef enum wres_range { WRES_BELOW = -1, WRES_WITHIN = 0, WRES_ABOVE = 1 } wres_range;
bool wres_four_fifths(wres_proportion a, wres_proportion b, wres_range *out);

/* Woolf (1955) logit interval of the odds ratio (a/b) / (c/d): logarithm -+ z sqrt(1/a + 1/b + 1/c + 1/d). Undefined where a cell
 * is 0. */
bool wres_woolf(uint64_t a, uint64_t b, uint64_t c, uint64_t d, double z, double *ratio, wres_interval *interval);

/* Its logarithm and standard error. */
bool wres_log_odds(uint64_t a, uint64_t b, uint64_t c, uint64_t d, wres_estimate *out);

/* ---- Strata: the same two groups, a against b, in each of several strata ----
 *
 * A stratum may have no events, or no trials in one group or both: it then adds what it has to say, which can be nothing. More
 * events than trials anywhere make the whole undefined. An upper limit beyond the largest double is INFINITY. */
typedef struct wres_stratum {
    wres_proportion a, b;
} wres_stratum;

/* Mantel & Haenszel (1959): the ratio of a's rate to b's common to all strata, with the log interval of Greenland & Robins (1985).
 * Undefined where a or b has no events in any stratum that has both. */
bool wres_pooled_risk(const wres_stratum *strata, size_t count, double z, double *ratio, wres_interval *interval);

/* The odds ratio common to all strata, with the log interval of Robins, Breslow & Greenland (1986). Undefined where it would be 0
 * or infinite. */
bool wres_pooled_odds(const wres_stratum *strata, size_t count, double z, double *ratio, wres_interval *interval);

/* A test that all strata have one ratio: the statistic, its degrees of freedom, the chance of as much or more (chi-squared), and
 * how many strata had nothing to say and were left out. */
typedef struct wres_homogeneity {
    double statistic;
    size_t degrees;
    double p;
    size_t left_out;
} wres_homogeneity;

/* Breslow & Day (1980) with the correction of Tarone (1985), about the pooled odds ratio. Left out: strata in which a group has no
 * trials, or none or all of both have the event. Undefined where the pooled odds ratio is, or fewer than two strata are left. */
bool wres_breslow_day(const wres_stratum *strata, size_t count, wres_homogeneity *out);

/* Cochran's (1954) Q of the logarithms of the ratios of rates, weighted by the inverse of the variances of Katz. Left out: strata
 * in which either group has no events, or all of both have the event (a variance of 0). Undefined where fewer than two are left. */
bool wres_cochran(const wres_stratum *strata, size_t count, wres_homogeneity *out);

/* ---- Tails ----
 *
 * To 1e-12 relative up to a million trials or degrees of freedom, to 1e-9 at the largest; 0 below the smallest double. */

/* The chance that chi-squared with so many degrees of freedom is at least the statistic (0 or more, finite). Undefined for no
 * degrees of freedom. */
bool wres_chi_squared_above(double statistic, uint64_t degrees, double *out);

/* The chance of at most x (at least x) events in n trials of probability p. Undefined for x > n. */
bool wres_binomial_at_most(uint64_t x, uint64_t n, double p, double *out);
bool wres_binomial_at_least(uint64_t x, uint64_t n, double p, double *out);

/* ---- Many comparisons ----
 *
 * adjusted[i] is the adjusted p[i]: Holm (1979), which holds the chance of any false finding, and Benjamini & Hochberg (1995),
 * which holds the share of the false among the findings. As R's p.adjust. All three arrays are of `count`; order receives the
 * indices from the smallest p to the largest, equal ones in their given order; adjusted may be p itself. Undefined where a p is
 * not in [0, 1]. */
bool wres_holm(const double *p, size_t count, double *adjusted, size_t *order);
bool wres_benjamini_hochberg(const double *p, size_t count, double *adjusted, size_t *order);

/* ---- Funnels over organisations: Spiegelhalter (2005) ---- */

/* The limits at so many trials around the proportion p0 if only chance made the difference: p0 -+ z sqrt(p0(1 - p0)/trials), no
 * lower than 0 and no higher than 1. Undefined for no trials. */
bool wres_funnel(double p0, uint64_t trials, double z, wres_interval *out);

/* How much more the organisations differ than chance makes them: centre is all events over all trials; phi the mean square of the
 * winsorised scores (1 = chance alone); tau2 the variance between organisations on the scale of arcsin sqrt(p), 0 if none shows. */
typedef struct wres_dispersion {
    double centre, phi, tau2;
} wres_dispersion;

/* winsorised is the share pulled in at each end, under 1/2: 0.1 by custom, 0 for none. score[i] receives the score of each, not
 * winsorised: (arcsin sqrt(p) - arcsin sqrt(centre)) 2 sqrt(trials). score and order (scratch) are of `count`. Undefined for fewer
 * than two organisations, or where one has no trials. */
bool wres_overdispersion(const wres_proportion *organisations, size_t count, double winsorised, double *score, size_t *order,
                         wres_dispersion *out);

/* The limits with the variance between organisations added: sin^2(arcsin sqrt(p0) -+ z sqrt(1/(4 trials) + tau2)), no lower than 0
 * and no higher than 1. With a tau2 of 0 they are close to wres_funnel's, not equal. Undefined for a negative tau2 or no trials. */
bool wres_funnel_overdispersed(double p0, double tau2, uint64_t trials, double z, wres_interval *out);

/* The same of values whose errors are nearly normal (logarithms of ratios, differences): the limits centre -+ z sqrt(error^2 + tau2).
 * Undefined for an error that is not positive or a negative tau2; a tau2 of 0 gives those of chance alone. */
bool wres_funnel_of(double centre, double error, double tau2, double z, wres_interval *out);

/* score[i] is (value - centre)/error; otherwise as wres_overdispersion, with the weights 1/error^2. Undefined, too, where these are so far
 * apart that no double holds phi or tau2. */
bool wres_scatter(const wres_estimate *organisations, size_t count, double centre, double winsorised, double *score, size_t *order,
                  wres_dispersion *out);

/* ---- Renewal: a fixed number of places, refilled as they fall vacant ---- */

enum { WRES_MOST_PLACES = 200 };

/* `held` of `places` are held by members of a group. In each of `years` every member leaves with the chance `member_leaving` and
 * everybody else with the chance `other_leaving`, and each vacancy is filled by a member with the chance `share`, all
 * independently. */
typedef struct wres_renewal {
    unsigned places, held, years;
    double member_leaving, other_leaving, share;
} wres_renewal;

/* chance[k] is the chance that exactly k places are held by members at the end. chance and scratch are of places + 1. Undefined for
 * no places, more than WRES_MOST_PLACES, or more held than there are. */
bool wres_renewal_chances(const wres_renewal *from, double *chance, double *scratch);

/* ---- Projection of a share ----
 *
 * Each year the fraction `members` of the members goes and the fraction `others` of everybody else, the whole grows by `growth`
 * (0.02 = 2%), and of those who enter, the constant fraction `entrants` are members. The share then goes a constant part of the way
 * to the share at which it settles; rho is the part of the way that a year leaves. Years need not be whole. The functions with rho
 * are undefined for a rho outside (0, 1]. The mean of wres_renewal_chances over places is the projected share without growth. */
typedef struct wres_flow {
    double members, others, growth;
} wres_flow;

/* rho = (1 - members + entrants (members - others))/(1 + growth), and the share at which it settles: entrants (others + growth)/
 * (growth + (1 - entrants) members + entrants others), which is `entrants` where all leave at one rate; the share now where nothing
 * moves it (rho of 1). Undefined where all of a kind leave, or where the whole shrinks by more than leave of either kind: even if it
 * were all of that kind, nobody would enter. */
bool wres_settling(double now, double entrants, const wres_flow *flow, double *settled, double *rho);

/* The share after so many years, from the share now: settled - (settled - now) rho^years. */
bool wres_projected_share(double now, double settled, double rho, double years, double *out);

/* The share of entrants that brings the share to the goal in so many years. Over 1 is out of reach; under 0, the goal is exceeded
 * even if no member enters. With one leaving rate (goal - rho^years now)/(1 - rho^years); with two, by halving, and beyond 0 and 1
 * an infinity. Undefined where nobody enters, or for no years. */
bool wres_share_needed(double now, double goal, const wres_flow *flow, double years, double *out);

/* Years until the share is at least the goal: ln((settled - goal)/(settled - now))/ln rho. 0 where it is already; INFINITY for
 * never: settled at or under the goal, or nobody enters. */
bool wres_years_to_goal(double now, double goal, double settled, double rho, double *out);

/* How many enter in so many years, members or not, from a headcount and a share now: those who leave and those by whom it grows,
 * summed over the years. */
bool wres_entrants(double headcount, double now, double entrants, const wres_flow *flow, double years, double *out);

/* The share of members among those who entered between two counts (events = members, trials = headcount), if the fraction
 * `leaving` of all, members or not, left in between: (x1 - (1 - leaving) x0)/(n1 - (1 - leaving) n0). Outside [0, 1] the counts
 * and the leaving rate contradict each other. Undefined where nobody can have entered. */
bool wres_implied_share(wres_proportion before, wres_proportion after, double leaving, double *out);

/* The share of members among those chosen from a field in which they are the fraction `field`, if others are `ratio` times as
 * likely to be chosen: field/(field + ratio (1 - field)). Undefined for a ratio that is not positive, or a field that is all of
 * one kind. */
bool wres_share_chosen(double field, double ratio, double *out);

/* The ratio at which the share of members among those chosen is `share`: field (1 - share)/(share (1 - field)). Undefined for a
 * share of 0, or a field that is all of one kind. */
bool wres_ratio_needed(double field, double share, double *out);

#endif
