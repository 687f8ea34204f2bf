/* Sorting without allocation. Not public. */
#ifndef WRES_STATS_ORDER_H
#define WRES_STATS_ORDER_H

#include <stddef.h>

/* Fills order with 0 ... count - 1 such that the values ascend, equal ones by index. No value may be a NaN. */
void order_ascending(const double *values, size_t count, size_t *order);

#endif
