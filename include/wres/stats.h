/* stats: proportions, ratios of proportions and exact tests on plain counts. Pure functions: no allocation, no state,
 * no domain words. A function that is not defined for its arguments returns false and leaves *out alone.
 *
 * Counts are at most 1e12. Every formula names its source; check values are in tests/backtest/statistics.csv. */
#ifndef WRES_STATS_H
#define WRES_STATS_H

#include <stdbool.h>
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

/* An interval for a proportion known only as a rounded value over a base (27.5% of 612): Wilson with the value in the place of x/n. */
bool wres_wilson_value(double value, double base, double z, wres_interval *out);

/* Katz et al. (1978) log interval of the ratio (a.events/a.trials) / (b.events/b.trials). Undefined where either has no events or
 * no trials. */
bool wres_katz(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* The same with events + 1/2 and trials + 1/2 in both: for a ratio of 0 (a has no events, b has some). Lower limit 0. */
bool wres_katz_adjusted(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* Newcombe (1998, method 10) hybrid score interval of a - b. Undefined where either has no trials. */
bool wres_newcombe(wres_proportion a, wres_proportion b, double z, wres_interval *out);

/* The same from two proportions with intervals of their own; for proportions known only as rounded values. Undefined where a limit lies
 * on the wrong side of its proportion. */
bool wres_newcombe_limits(double a, wres_interval a_limits, double b, wres_interval b_limits, wres_interval *out);

/* Fisher's exact test, two-sided: the sum of the hypergeometric probabilities no larger than the observed one (relative tolerance
 * 1e-7, as R's fisher.test). Undefined where either has no trials. To 1e-9 relative of R for margins up to a million. */
bool wres_fisher(wres_proportion a, wres_proportion b, double *out);

/* Where a ratio of rates lies against the four-fifths range: 4/5 <= (a.events/a.trials)/(b.events/b.trials) <= 5/4, both ends
 * within, decided in integers. Events may outnumber trials. Undefined where b has no events or either has no trials. */
typedef enum wres_range { WRES_BELOW = -1, WRES_WITHIN = 0, WRES_ABOVE = 1 } wres_range;
bool wres_four_fifths(wres_proportion a, wres_proportion b, wres_range *out);

#endif
