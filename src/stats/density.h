/* Densities of counts without the loss of digits that differences of large logarithms bring. Not public.
 *
 * Loader C (2000), "Fast and accurate computation of binomial probabilities": ln n! is n ln n - n + remainder(n), and the parts
 * n ln n - n of all the factorials in a density gather into deviances, which are small where the density is not. */
#ifndef WRES_STATS_DENSITY_H
#define WRES_STATS_DENSITY_H

/* ln n! - n ln n + n, for n a whole number or a half of one, 0 or more. */
double density_remainder(double n);

/* x ln(x/e) + e - x, for x where e is expected. x - e is passed in because the caller has it exactly. */
double density_deviance(double x, double expected, double excess);

/* The chance of exactly x events in n trials of probability p. */
double density_binomial(double x, double n, double p);

#endif
