/* p-values of many comparisons, adjusted. */
#include <math.h>

#include "stats/domain.h"
#include "stats/order.h"

static bool are_shares(const double *p, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!is_share(p[i])) {
            return false;
        }
    }
    return true;
}

/* Holm S (1979), Scand J Stat 6:65-70: from the smallest up, p times the number not yet passed, and never less than before. */
bool wres_holm(const double *p, size_t count, double *adjusted, size_t *order) {
    if (!are_shares(p, count)) {
        return false;
    }
    order_ascending(p, count, order);
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, (double)(count - i) * p[order[i]]);
        adjusted[order[i]] = fmin(most, 1);
    }
    return true;
}

/* Benjamini Y, Hochberg Y (1995), J R Stat Soc B 57:289-300: from the largest down, p times count over its rank, and never more
 * than before. */
bool wres_benjamini_hochberg(const double *p, size_t count, double *adjusted, size_t *order) {
    if (!are_shares(p, count)) {
        return false;
    }
    order_ascending(p, count, order);
    double least = 1;
    for (size_t i = count; i > 0; i--) {
        least = fmin(least, (double)count / (double)i * p[order[i - 1]]);
        adjusted[order[i - 1]] = least;
    }
    return true;
}
