/* What the functions of stats are defined for. Not public. */
#ifndef WRES_STATS_DOMAIN_H
#define WRES_STATS_DOMAIN_H

#include <math.h>

#include "wres/stats.h"

#define COUNT_MAX UINT64_C(1000000000000)

static inline bool is_proportion(wres_proportion p) { return p.trials > 0 && p.trials <= COUNT_MAX && p.events <= p.trials; }

/* False for a NaN too, as all comparisons here are. */
static inline bool is_share(double share) { return share >= 0 && share <= 1; }

static inline bool is_normal_deviate(double z) { return z > 0 && isfinite(z); }

#endif
