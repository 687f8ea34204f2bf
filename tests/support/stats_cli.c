/* One function of wres/stats.h to a line, for tests that are not in C: reads
 *     fisher EVENTS_A TRIALS_A EVENTS_B TRIALS_B
 *     chi_squared_above STATISTIC DEGREES
 *     binomial_at_most X N P
 *     binomial_at_least X N P
 *     renewal_at_least K PLACES HELD YEARS MEMBER_LEAVING OTHER_LEAVING SHARE
 * and prints the value, or "undefined". Stops with status 1 at a line it cannot read. */
#include "wres/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool read_fisher(const char *line, bool *defined, double *value) {
    wres_proportion a, b;
    if (sscanf(line, "fisher %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &a.events, &a.trials, &b.events, &b.trials) != 4) {
        return false;
    }
    *defined = wres_fisher(a, b, value);
    return true;
}

static bool read_chi_squared(const char *line, bool *defined, double *value) {
    double statistic;
    uint64_t degrees;
    if (sscanf(line, "chi_squared_above %lf %" SCNu64, &statistic, &degrees) != 2) {
        return false;
    }
    *defined = wres_chi_squared_above(statistic, degrees, value);
    return true;
}

static bool read_binomial(const char *line, bool *defined, double *value) {
    uint64_t x, n;
    double p;
    char tail[8];
    if (sscanf(line, "binomial_at_%5s %" SCNu64 " %" SCNu64 " %lf", tail, &x, &n, &p) != 4) {
        return false;
    }
    *defined = strcmp(tail, "most") == 0 ? wres_binomial_at_most(x, n, p, value) : wres_binomial_at_least(x, n, p, value);
    return true;
}

static bool read_renewal(const char *line, bool *defined, double *value) {
    wres_renewal from;
    double chance[WRES_MOST_PLACES + 1], scratch[WRES_MOST_PLACES + 1];
    unsigned least;
    if (sscanf(line, "renewal_at_least %u %u %u %u %lf %lf %lf", &least, &from.places, &from.held, &from.years,
               &from.member_leaving, &from.other_leaving, &from.share) != 7) {
        return false;
    }
    *defined = wres_renewal_chances(&from, chance, scratch);
    for (unsigned k = least; *defined && k <= from.places; k++) *value += chance[k];
    return true;
}

int main(void) {
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        bool defined = false;
        double value = 0;
        if (!read_fisher(line, &defined, &value) && !read_chi_squared(line, &defined, &value) &&
            !read_binomial(line, &defined, &value) && !read_renewal(line, &defined, &value)) {
            fprintf(stderr, "cannot read: %s", line);
            return 1;
        }
        if (defined) {
            printf("%.17g\n", value);
        } else {
            puts("undefined");
        }
    }
    return 0;
}
