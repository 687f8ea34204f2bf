/* Tails of chi-squared and of the binomial distribution: tables, edges, and counts up to the largest. Values without a source come
 * from 40-digit arithmetic or exact fractions. tests/backtest/test_r_fisher.py compares thousands more with R's library. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-12
#define TRILLION UINT64_C(1000000000000)

static double chi_squared(double statistic, uint64_t degrees) {
    double p = -1;
    assert_true(wres_chi_squared_above(statistic, degrees, &p));
    return p;
}

static double at_most(uint64_t x, uint64_t n, double p) {
    double chance = -1;
    assert_true(wres_binomial_at_most(x, n, p, &chance));
    return chance;
}

static double at_least(uint64_t x, uint64_t n, double p) {
    double chance = -1;
    assert_true(wres_binomial_at_least(x, n, p, &chance));
    return chance;
}

/* The critical values of every table. */
static void chi_squared_of_the_tables(void **state) {
    (void)state;
    assert_close(chi_squared(3.841458820694124, 1), 0.05, RELATIVE);
    assert_close(chi_squared(5.991464547107979, 2), 0.05, RELATIVE);
    assert_close(chi_squared(11.07049769351635, 5), 0.05, RELATIVE);
    assert_close(chi_squared(23.20925115895436, 10), 0.01, RELATIVE);
    assert_close(chi_squared(124.3421134004025, 100), 0.0500000000227319236, RELATIVE);
}

static void chi_squared_on_both_sides_of_its_mean(void **state) {
    (void)state;
    assert_close(chi_squared(0.5, 1), 0.47950012218695346, RELATIVE);
    assert_close(chi_squared(1e-8, 1), 0.99992021154405269, RELATIVE);
    assert_close(chi_squared(7, 7), 0.42887985755305472, RELATIVE);
    assert_close(chi_squared(10, 3), 0.018566135463043233, RELATIVE);
    assert_close(chi_squared(99.5, 100), 0.49530530555427135, RELATIVE);
    for (double s = 0.25; s < 700; s *= 1.25) {
        assert_close(chi_squared(s, 1), erfc(sqrt(s / 2)), RELATIVE);
        assert_close(chi_squared(s, 2), exp(-s / 2), RELATIVE);
        assert_close(chi_squared(s, 4), exp(-s / 2) * (1 + s / 2), RELATIVE);
    }
}

static void chi_squared_far_out(void **state) {
    (void)state;
    assert_close(chi_squared(100, 3), 1.5541594313896049e-21, RELATIVE);
    assert_close(chi_squared(1000, 7), 1.2044267735190188e-211, RELATIVE);
    assert_close(chi_squared(1400, 1), 2.1010145162642175e-306, RELATIVE);
    assert_true(chi_squared(1e300, 1) == 0.0);
    assert_true(chi_squared(1e300, 1000000) == 0.0);
    assert_true(chi_squared(0, 1) == 1.0);
    assert_true(chi_squared(0, TRILLION) == 1.0);
    assert_true(chi_squared(1, TRILLION) == 1.0);
}

/* pchisq of R 4.2.2. */
static void chi_squared_of_many_degrees(void **state) {
    (void)state;
    assert_close(chi_squared(997171, 1000000), 0.97734811804729527, 1e-11);
    assert_close(chi_squared(1000708, 1000001), 0.30843972273462927, 1e-11);
    assert_close(chi_squared(1002829, 1000001), 0.022842813420853012, 1e-11);
    assert_close(chi_squared(1000089442, 1000000000), 0.022753414634687347, 1e-11);
    assert_close(chi_squared(1000002828427, TRILLION), 0.022750213065369722, 1e-9);
}

static void chi_squared_is_undefined_without_degrees(void **state) {
    (void)state;
    double p = 7;
    assert_false(wres_chi_squared_above(1, 0, &p));
    assert_false(wres_chi_squared_above(1, TRILLION + 1, &p));
    assert_false(wres_chi_squared_above(-0.1, 1, &p));
    assert_false(wres_chi_squared_above((double)NAN, 1, &p));
    assert_false(wres_chi_squared_above((double)INFINITY, 1, &p));
    assert_true(p == 7.0);
}

static void binomial_gives_the_exact_values(void **state) {
    (void)state;
    static const struct {
        uint64_t x, n;
        double p, most, least;
    } exact[] = {
        {3, 10, 0.5, 0.171875, 0.9453125},
        {2, 15, 0.25, 0.2360878111794591, 0.91981923393905163},
        {0, 40, 0.25, 1.0056585161637497e-5, 1},
        {10, 200, 0.1, 0.00807124995510268, 0.99647143445702855},
        {60, 200, 0.1, 0.99999999999999906, 3.7005204206147185e-15},
        {1, 200, 0.9, 1.8009999999999205e-197, 1},
        {199, 200, 0.9, 0.99999999929449209, 1.6383461485655238e-8},
        {5, 5, 0.5, 1, 0.03125},
        {0, 1000, 1e-6, 0.99900049933387441, 1},
        {3, 60, 0.19235825, 0.0015670259823129961, 0.99968635136891374},
        {12, 60, 0.19235825, 0.63455477870528491, 0.49184882066119417},
    };
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        assert_close(at_most(exact[i].x, exact[i].n, exact[i].p), exact[i].most, RELATIVE);
        assert_close(at_least(exact[i].x, exact[i].n, exact[i].p), exact[i].least, RELATIVE);
    }
}

static void binomial_tails_are_complements(void **state) {
    (void)state;
    for (uint64_t n = 1; n < 60; n++) {
        for (uint64_t x = 0; x < n; x++) {
            assert_close(at_most(x, n, 0.37) + at_least(x + 1, n, 0.37), 1, RELATIVE);
            assert_close(at_most(x, n, 0.25), at_least(n - x, n, 0.75), RELATIVE);
        }
    }
}

static void binomial_of_the_certain(void **state) {
    (void)state;
    assert_true(at_most(0, 0, 0.5) == 1.0 && at_least(0, 0, 0.5) == 1.0);
    assert_true(at_most(0, 9, 0) == 1.0 && at_least(0, 9, 0) == 1.0 && at_least(1, 9, 0) == 0.0);
    assert_true(at_most(8, 9, 1) == 0.0 && at_most(9, 9, 1) == 1.0 && at_least(9, 9, 1) == 1.0);
    assert_true(at_most(9, 9, 0.5) == 1.0 && at_least(0, 9, 0.5) == 1.0);
    assert_true(at_most(0, TRILLION, 0.5) == 0.0 && at_least(TRILLION, TRILLION, 0.5) == 0.0);
}

/* pbinom of R 4.2.2. */
static void binomial_of_many_trials(void **state) {
    (void)state;
    assert_close(at_most(248700, 1000000, 0.25), 0.0013383675662683916, 1e-11);
    assert_close(at_least(250043, 1000000, 0.25), 0.46083110657877357, 1e-11);
    assert_close(at_most(251299, 1000000, 0.25), 0.99864801863269548, 1e-11);
    assert_close(at_least(250041079, 1000000000, 0.25), 0.0013503377500989067, 1e-11);
    assert_close(at_most(249998700961, TRILLION, 0.25), 0.0013498871725028136, 1e-9);
}

static void binomial_is_undefined_for_more_events_than_trials(void **state) {
    (void)state;
    double p = 7;
    assert_false(wres_binomial_at_most(3, 2, 0.5, &p));
    assert_false(wres_binomial_at_least(3, 2, 0.5, &p));
    assert_false(wres_binomial_at_most(3, TRILLION + 1, 0.5, &p));
    assert_false(wres_binomial_at_most(1, 2, -0.1, &p));
    assert_false(wres_binomial_at_least(1, 2, 1.1, &p));
    assert_false(wres_binomial_at_least(1, 2, (double)NAN, &p));
    assert_true(p == 7.0);
}

/* exp(-1) at 2 degrees of freedom, erfc(1) at 1. */
static void chi_squared_of_two(void **state) {
    (void)state;
    assert_close(chi_squared(2, 2), exp(-1), RELATIVE);
    assert_close(chi_squared(2, 1), erfc(1), RELATIVE);
}

/* So far from the mean that the chance of the count itself is below the smallest double. And one throw of a coin. */
static void binomial_far_from_its_mean(void **state) {
    (void)state;
    assert_true(at_most(500000, 1000000, 0.001) == 1.0 && at_least(500000, 1000000, 0.001) == 0.0);
    assert_true(at_most(500000, 1000000, 0.999) == 0.0 && at_least(500000, 1000000, 0.999) == 1.0);
    assert_close(at_least(1, 1, 0.5), 0.5, 1e-15);
    assert_close(at_most(0, 1, 0.5), 0.5, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chi_squared_of_the_tables),
        cmocka_unit_test(chi_squared_on_both_sides_of_its_mean),
        cmocka_unit_test(chi_squared_far_out),
        cmocka_unit_test(chi_squared_of_many_degrees),
        cmocka_unit_test(chi_squared_is_undefined_without_degrees),
        cmocka_unit_test(binomial_gives_the_exact_values),
        cmocka_unit_test(binomial_tails_are_complements),
        cmocka_unit_test(binomial_of_the_certain),
        cmocka_unit_test(binomial_of_many_trials),
        cmocka_unit_test(binomial_is_undefined_for_more_events_than_trials),
        cmocka_unit_test(chi_squared_of_two),
        cmocka_unit_test(binomial_far_from_its_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
