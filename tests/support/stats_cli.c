/* One function of wres/stats.h to a line, for tests that are not in C: reads
 *     fisher EVENTS_A TRIALS_A EVENTS_B TRIALS_B
 *     chi_squared_above STATISTIC DEGREES
 *     binomial_at_most X N P
 *     binomial_at_least X N P
 *     renewal_at_least K PLACES HELD YEARS MEMBER_LEAVING OTHER_LEAVING SHARE
 *     wilson EVENTS TRIALS
 *     newcombe, katz, katz_adjusted EVENTS_A TRIALS_A EVENTS_B TRIALS_B
 *     woolf A B C D
 *     pooled_odds EVENTS_A TRIALS_A EVENTS_B TRIALS_B ... (a stratum each)
 *     holm, benjamini_hochberg P ...
 * and prints the values (intervals at 95%; of a ratio that comes with its interval the ratio first), or "undefined". Stops with status 1
 * at a line it cannot read. */
#include "wres/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 }; /* numbers in a line */

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

/* Name and numbers, whole ones for the functions of counts. */
typedef struct call {
    char name[32];
    double real[MOST];
    uint64_t whole[MOST];
    size_t count;
} call;

static bool read_call(const char *line, call *out) {
    int length;
    *out = (call){.count = 0};
    if (sscanf(line, "%31s%n", out->name, &length) != 1) return false;
    for (char *end; out->count < MOST; out->count++, line = end, length = 0) {
        out->real[out->count] = strtod(line + length, &end);
        out->whole[out->count] = strtoull(line + length, NULL, 10);
        if (end == line + length) break;
    }
    return true;
}

static wres_proportion proportion(const call *c, size_t at) { return (wres_proportion){c->whole[at], c->whole[at + 1]}; }

static void print_values(bool defined, const double *values, size_t count) {
    if (!defined) puts("undefined");
    for (size_t i = 0; defined && i < count; i++) printf("%.17g%c", values[i], i + 1 < count ? ' ' : '\n');
}

static void print_interval(bool defined, wres_interval limits) { print_values(defined, (double[]){limits.lower, limits.upper}, 2); }

static void print_ratio(bool defined, double ratio, wres_interval limits) {
    print_values(defined, (double[]){ratio, limits.lower, limits.upper}, 3);
}

static void print_pooled(const call *c) {
    wres_stratum strata[MOST / 4];
    wres_interval limits = {0, 0};
    double ratio = 0;
    for (size_t i = 0; i < c->count / 4; i++) strata[i] = (wres_stratum){proportion(c, 4 * i), proportion(c, 4 * i + 2)};
    const bool defined = wres_pooled_odds(strata, c->count / 4, WRES_Z95, &ratio, &limits);
    print_ratio(defined, ratio, limits);
}

/* Whether it is one of those that print more than a value. */
static bool print_call(const call *c) {
    typedef bool of_two(wres_proportion, wres_proportion, double, wres_interval *);
    static const struct {
        const char *name;
        of_two *of;
    } pairs[] = {{"newcombe", wres_newcombe}, {"katz", wres_katz}, {"katz_adjusted", wres_katz_adjusted}};
    wres_interval limits = {0, 0};
    double ratio = 0, adjusted[MOST];
    size_t order[MOST];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strcmp(c->name, pairs[i].name) != 0 || c->count != 4) continue;
        const bool defined = pairs[i].of(proportion(c, 0), proportion(c, 2), WRES_Z95, &limits);
        print_interval(defined, limits);
        return true;
    }
    if (strcmp(c->name, "wilson") == 0 && c->count == 2) {
        const bool defined = wres_wilson(proportion(c, 0), WRES_Z95, &limits);
        print_interval(defined, limits);
    } else if (strcmp(c->name, "woolf") == 0 && c->count == 4) {
        const bool defined = wres_woolf(c->whole[0], c->whole[1], c->whole[2], c->whole[3], WRES_Z95, &ratio, &limits);
        print_ratio(defined, ratio, limits);
    } else if (strcmp(c->name, "pooled_odds") == 0 && c->count % 4 == 0) {
        print_pooled(c);
    } else if (strcmp(c->name, "holm") == 0) {
        print_values(wres_holm(c->real, c->count, adjusted, order), adjusted, c->count);
    } else if (strcmp(c->name, "benjamini_hochberg") == 0) {
        print_values(wres_benjamini_hochberg(c->real, c->count, adjusted, order), adjusted, c->count);
    } else {
        return false;
    }
    return true;
}

int main(void) {
    char line[1024];
    call many;
    while (fgets(line, sizeof line, stdin)) {
        bool defined = false;
        double value = 0;
        if (read_call(line, &many) && print_call(&many)) continue;
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
