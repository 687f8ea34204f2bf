/* The odds ratio of a 2x2 table. */
#include <math.h>

#include "stats/domain.h"

static bool is_cell(uint64_t count) { return count > 0 && count <= COUNT_MAX; }

/* Woolf B (1955), Ann Hum Genet 19:251-253. */
bool wres_woolf(uint64_t a, uint64_t b, uint64_t c, uint64_t d, double z, double *ratio, wres_interval *interval) {
    if (!is_cell(a) || !is_cell(b) || !is_cell(c) || !is_cell(d) || !is_normal_deviate(z)) {
        return false;
    }
    double variance = 1 / (double)a + 1 / (double)b + 1 / (double)c + 1 / (double)d;
    double factor = exp(z * sqrt(variance));

    *ratio = ((double)a * (double)d) / ((double)b * (double)c);
    interval->lower = *ratio / factor;
    interval->upper = *ratio * factor;
    return true;
}

bool wres_log_odds(uint64_t a, uint64_t b, uint64_t c, uint64_t d, wres_estimate *out) {
    if (!is_cell(a) || !is_cell(b) || !is_cell(c) || !is_cell(d)) {
        return false;
    }
    out->value = log(((double)a * (double)d) / ((double)b * (double)c));
    out->error = sqrt(1 / (double)a + 1 / (double)b + 1 / (double)c + 1 / (double)d);
    return true;
}
