/* The chances of a small body: the check value of the definitions, the chain gone through year by year, and the edges. */
#include "close.h"
#include "wres/stats.h"

#define ROOM (WRES_MOST_PLACES + 1)

static void chances(wres_renewal from, double *chance) {
    double scratch[ROOM];
    assert_true(wres_renewal_chances(&from, chance, scratch));
}

static double mean(const double *chance, unsigned places) {
    double sum = 0;
    for (unsigned k = 0; k <= places; k++) {
        sum += k * chance[k];
    }
    return sum;
}

static double sum_from(const double *chance, unsigned places, unsigned first) {
    double sum = 0;
    for (unsigned k = first; k <= places; k++) {
        sum += chance[k];
    }
    return sum;
}

static void gives_the_check_value(void **state) {
    (void)state;
    const wres_renewal band = {.places = 15, .held = 2, .years = 3, .member_leaving = 0.12, .other_leaving = 0.12, .share = 0.25};
    double chance[ROOM];
    chances(band, chance);
    assert_close(mean(chance, 15), 2.557424, 1e-12);
    assert_true(fabs(sum_from(chance, 15, 4) - 0.190414) < 5e-7);
    /* The same from the chain in exact fractions. */
    assert_close(sum_from(chance, 15, 4), 0.19041439829079815, 1e-13);
}

/* n choose k with k successes, step by step from k = 0; p is neither 0 nor 1. */
static double binomial(unsigned k, unsigned n, double p) {
    double chance = pow(1 - p, n);
    for (unsigned i = 0; i < k; i++) {
        chance *= (n - i) / (i + 1.0) * p / (1 - p);
    }
    return chance;
}

/* One year: of k members and the others, so many leave each, and so many of the vacancies go to members. */
static void go_a_year(const wres_renewal *from, const double *before, double *after) {
    unsigned n = from->places;
    for (unsigned k = 0; k <= n; k++) after[k] = 0;
    for (unsigned k = 0; k <= n; k++) {
        for (unsigned gone = 0; gone <= k; gone++) {
            double members = before[k] * binomial(gone, k, from->member_leaving);
            for (unsigned others = 0; others <= n - k; others++) {
                double both = members * binomial(others, n - k, from->other_leaving);
                for (unsigned won = 0; won <= gone + others; won++) {
                    after[k - gone + won] += both * binomial(won, gone + others, from->share);
                }
            }
        }
    }
}

static void agrees_with_the_chain_year_by_year(void **state) {
    (void)state;
    const wres_renewal from[] = {{15, 2, 3, 0.12, 0.12, 0.25}, {12, 12, 5, 0.3, 0.3, 0.1}, {9, 0, 10, 0.05, 0.05, 0.6},
                                 {1, 1, 2, 0.5, 0.5, 0.5},     {15, 2, 3, 0.2, 0.1, 0.25}, {12, 5, 6, 0.02, 0.4, 0.7}};
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        double now[ROOM] = {0}, next[ROOM], got[ROOM];
        now[from[i].held] = 1;
        for (unsigned year = 0; year < from[i].years; year++) {
            go_a_year(&from[i], now, next);
            for (unsigned k = 0; k <= from[i].places; k++) now[k] = next[k];
        }
        chances(from[i], got);
        for (unsigned k = 0; k <= from[i].places; k++) {
            assert_close(got[k], now[k], 1e-11);
        }
    }
}

static void the_mean_is_the_projected_share(void **state) {
    (void)state;
    const wres_renewal from[] = {{200, 31, 7, 0.09, 0.09, 0.31}, {200, 31, 7, 0.17, 0.09, 0.31}, {200, 31, 7, 0, 0.09, 0.31}};
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        const wres_flow flow = {from[i].member_leaving, from[i].other_leaving, 0};
        double chance[ROOM], settled, rho, share;
        chances(from[i], chance);
        assert_true(wres_settling(31.0 / 200, 0.31, &flow, &settled, &rho));
        assert_true(wres_projected_share(31.0 / 200, settled, rho, 7, &share));
        assert_close(mean(chance, 200), 200 * share, 1e-12);
        assert_close(sum_from(chance, 200, 0), 1, 1e-13);
    }
}

static void nothing_changes_if_nobody_leaves_or_no_year_passes(void **state) {
    (void)state;
    const wres_renewal still[] = {{5, 2, 9, 0, 0, 0.5}, {5, 2, 0, 0.3, 0.3, 0.5}, {5, 2, 9, 0, 0.4, 0}, {5, 2, 9, 0.4, 0, 1}};
    for (size_t i = 0; i < sizeof still / sizeof still[0]; i++) {
        double chance[ROOM];
        chances(still[i], chance);
        for (unsigned k = 0; k <= 5; k++) {
            assert_true(chance[k] == (k == 2 ? 1.0 : 0.0));
        }
    }
}

static void certain_entrants(void **state) {
    (void)state;
    double chance[ROOM];
    const wres_renewal all_new = {4, 1, 1, 1, 1, 0.5};
    chances(all_new, chance);
    assert_close(chance[2], 6.0 / 16, 1e-14);
    const wres_renewal only_members = {4, 1, 1, 1, 1, 1};
    chances(only_members, chance);
    assert_true(chance[4] == 1.0 && chance[3] == 0.0);
    const wres_renewal no_members = {4, 1, 1, 1, 1, 0};
    chances(no_members, chance);
    assert_true(chance[0] == 1.0 && chance[1] == 0.0);
}

static void is_undefined_for_impossible_bodies(void **state) {
    (void)state;
    double chance[ROOM] = {7}, scratch[ROOM];
    const wres_renewal bad[] = {
        {0, 0, 1, 0.1, 0.1, 0.5},         {WRES_MOST_PLACES + 1, 0, 1, 0.1, 0.1, 0.5},
        {5, 6, 1, 0.1, 0.1, 0.5},         {5, 2, 1, -0.1, 0.1, 0.5},
        {5, 2, 1, 0.1, -0.1, 0.5},        {5, 2, 1, 1.1, 0.1, 0.5},
        {5, 2, 1, 0.1, 1.1, 0.5},         {5, 2, 1, 0.1, 0.1, -0.5},
        {5, 2, 1, 0.1, 0.1, 1.5},         {5, 2, 1, (double)NAN, 0.1, 0.5},
        {5, 2, 1, 0.1, (double)NAN, 0.5},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(wres_renewal_chances(&bad[i], chance, scratch));
    }
    assert_true(chance[0] == 7.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_check_value),
        cmocka_unit_test(agrees_with_the_chain_year_by_year),
        cmocka_unit_test(the_mean_is_the_projected_share),
        cmocka_unit_test(nothing_changes_if_nobody_leaves_or_no_year_passes),
        cmocka_unit_test(certain_entrants),
        cmocka_unit_test(is_undefined_for_impossible_bodies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
