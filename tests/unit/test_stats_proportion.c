/* Wilson and Newcombe intervals: published values, edges and huge counts. Values without a source come from the formulas in
 * 50-digit decimal arithmetic. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9
#define TRILLION UINT64_C(1000000000000)

static wres_proportion of(uint64_t events, uint64_t trials) {
    wres_proportion p = {events, trials};
    return p;
}

static void assert_wilson(wres_proportion p, double z, double lower, double upper) {
    wres_interval got;
    assert_true(wres_wilson(p, z, &got));
    assert_close(got.lower, lower, RELATIVE);
    assert_close(got.upper, upper, RELATIVE);
}

static void assert_newcombe(wres_proportion a, wres_proportion b, double z, double lower, double upper) {
    wres_interval got;
    assert_true(wres_newcombe(a, b, z, &got));
    assert_close(got.lower, lower, RELATIVE);
    assert_close(got.upper, upper, RELATIVE);
}

static void wilson_gives_the_published_limits(void **state) {
    (void)state;
    assert_wilson(of(65, 100), WRES_Z95, 0.552544432969, 0.736357517569);
    assert_wilson(of(1, 100), WRES_Z95, 0.001767432064, 0.054486196179);
    assert_wilson(of(65, 100), WRES_Z998, 0.495494657407, 0.778354061409);
}

static void wilson_at_no_events_starts_at_zero(void **state) {
    (void)state;
    assert_wilson(of(0, 10), WRES_Z95, 0, 0.277532799862889);
    assert_wilson(of(0, TRILLION), WRES_Z95, 0, 3.84145882067937e-12);
}

static void wilson_at_all_events_ends_at_one(void **state) {
    (void)state;
    wres_interval got;
    assert_wilson(of(10, 10), WRES_Z95, 0.722467200137111, 1);
    assert_wilson(of(1, 1), WRES_Z95, 0.206549314377237, 1);
    for (uint64_t n = 1; n < 3000; n++) {
        assert_true(wres_wilson(of(n, n), WRES_Z998, &got));
        assert_true(got.upper == 1.0);
        assert_true(wres_wilson(of(n - 1, n), WRES_Z998, &got));
        assert_true(got.upper < 1.0);
    }
}

static void wilson_keeps_its_digits_at_huge_counts(void **state) {
    (void)state;
    assert_wilson(of(1, TRILLION), WRES_Z95, 1.76524554935175e-13, 5.66493426573651e-12);
    assert_wilson(of(TRILLION / 2, TRILLION), WRES_Z95, 0.499999020018008, 0.500000979981992);

    wres_interval got;
    assert_true(wres_wilson(of(TRILLION - 1, TRILLION), WRES_Z95, &got));
    /* As close to 1 as doubles lie there. */
    assert_close(1 - got.upper, 1.76524554935175e-13, 1e-3);
}

static void wilson_is_undefined_without_trials_or_with_too_many_events(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_wilson(of(0, 0), WRES_Z95, &got));
    assert_false(wres_wilson(of(11, 10), WRES_Z95, &got));
    assert_false(wres_wilson(of(1, TRILLION + 1), WRES_Z95, &got));
    assert_false(wres_wilson(of(1, 10), 0, &got));
    assert_false(wres_wilson(of(1, 10), -1, &got));
    assert_false(wres_wilson(of(1, 10), (double)NAN, &got));
    assert_false(wres_wilson(of(1, 10), (double)INFINITY, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

static void wilson_value_stands_for_a_rounded_percentage(void **state) {
    (void)state;
    wres_interval got;
    assert_true(wres_wilson_value(0.275, 612, WRES_Z95, &got));
    assert_close(got.lower, 0.24111016101423, RELATIVE);
    assert_close(got.upper, 0.311696821926838, RELATIVE);
    assert_true(wres_wilson_value(0.275, 612, WRES_Z998, &got));
    assert_close(got.lower, 0.223002761933762, RELATIVE);
    assert_close(got.upper, 0.333911073281087, RELATIVE);
}

static void wilson_value_agrees_with_wilson(void **state) {
    (void)state;
    wres_interval value, counts;
    for (uint64_t events = 0; events <= 64; events++) {
        assert_true(wres_wilson_value((double)events / 64, 64, WRES_Z95, &value));
        assert_true(wres_wilson(of(events, 64), WRES_Z95, &counts));
        assert_close(value.lower, counts.lower, 1e-14);
        assert_close(value.upper, counts.upper, 1e-14);
    }
}

static void wilson_value_is_undefined_outside_its_range(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_wilson_value(-0.01, 612, WRES_Z95, &got));
    assert_false(wres_wilson_value(1.01, 612, WRES_Z95, &got));
    assert_false(wres_wilson_value((double)NAN, 612, WRES_Z95, &got));
    assert_false(wres_wilson_value(0.5, 0, WRES_Z95, &got));
    assert_false(wres_wilson_value(0.5, (double)NAN, WRES_Z95, &got));
    assert_false(wres_wilson_value(0.5, (double)INFINITY, WRES_Z95, &got));
    assert_false(wres_wilson_value(0.5, 612, 0, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

static void newcombe_gives_the_published_limits(void **state) {
    (void)state;
    assert_newcombe(of(56, 70), of(48, 80), WRES_Z95, 0.0524314724023649, 0.333872654036906);
    assert_newcombe(of(56, 70), of(48, 80), WRES_Z998, -0.0334872536424423, 0.401811764602635);
}

static void newcombe_at_no_events_and_all_events(void **state) {
    (void)state;
    assert_newcombe(of(0, 10), of(0, 20), WRES_Z95, -0.161125158052819, 0.277532799862889);
    assert_newcombe(of(10, 10), of(0, 20), WRES_Z95, 0.679086037141915, 1);
    assert_newcombe(of(0, 1), of(1, 1), WRES_Z95, -1, 0.122108720681942);
    assert_newcombe(of(10, 10), of(10, 10), WRES_Z95, -0.277532799862889, 0.277532799862889);
}

static void newcombe_of_equals_is_symmetric(void **state) {
    (void)state;
    assert_newcombe(of(5, 20), of(5, 20), WRES_Z95, -0.258674048580823, 0.258674048580823);
}

static void newcombe_changes_sign_with_the_order(void **state) {
    (void)state;
    wres_interval ab, ba;
    assert_true(wres_newcombe(of(5, 56), of(0, 29), WRES_Z95, &ab));
    assert_true(wres_newcombe(of(0, 29), of(5, 56), WRES_Z95, &ba));
    assert_close(ab.lower, -ba.upper, 1e-14);
    assert_close(ab.upper, -ba.lower, 1e-14);
}

static void newcombe_keeps_its_digits_at_huge_counts(void **state) {
    (void)state;
    assert_newcombe(of(TRILLION / 2 + 1000000, TRILLION), of(TRILLION / 2, TRILLION), WRES_Z95, -3.85903824343346e-07,
                    2.38590382434291e-06);
}

static void newcombe_is_undefined_where_either_is(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_newcombe(of(0, 0), of(1, 2), WRES_Z95, &got));
    assert_false(wres_newcombe(of(1, 2), of(0, 0), WRES_Z95, &got));
    assert_false(wres_newcombe(of(3, 2), of(1, 2), WRES_Z95, &got));
    assert_false(wres_newcombe(of(1, 2), of(1, 2), 0, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

/* From rounded values with intervals of their own. */
static void newcombe_of_limits_agrees_with_newcombe(void **state) {
    (void)state;
    wres_interval of_a, of_b, got;
    assert_true(wres_wilson(of(56, 70), WRES_Z95, &of_a));
    assert_true(wres_wilson(of(48, 80), WRES_Z95, &of_b));
    assert_true(wres_newcombe_limits(0.8, of_a, 0.6, of_b, &got));
    assert_close(got.lower, 0.0524314724023649, RELATIVE);
    assert_close(got.upper, 0.333872654036906, RELATIVE);
}

static void newcombe_of_limits_is_undefined_where_they_do_not_hold_the_proportion(void **state) {
    (void)state;
    const wres_interval limits = {0.4, 0.6};
    wres_interval got = {7, 8};
    assert_false(wres_newcombe_limits(0.3, limits, 0.5, limits, &got));
    assert_false(wres_newcombe_limits(0.7, limits, 0.5, limits, &got));
    assert_false(wres_newcombe_limits(0.5, limits, 0.3, limits, &got));
    assert_false(wres_newcombe_limits(0.5, limits, 0.7, limits, &got));
    assert_false(wres_newcombe_limits(0.5, limits, (double)NAN, limits, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

/* The base is a number of people, and may be one, or a weighted part of one. With x of n, half of either: 1/2 -+ z/2/sqrt(n + z^2). */
static void wilson_value_of_small_bases(void **state) {
    (void)state;
    static const double bases[] = {0.25, 1, 2};
    for (size_t i = 0; i < 3; i++) {
        wres_interval got;
        assert_true(wres_wilson_value(0.5, bases[i], 2, &got));
        assert_close(got.lower, 0.5 - 1 / sqrt(bases[i] + 4), 1e-14);
        assert_close(got.upper, 0.5 + 1 / sqrt(bases[i] + 4), 1e-14);
        /* And deviates of 1 and less. */
        assert_true(wres_wilson_value(0.5, bases[i], 0.5, &got));
        assert_close(got.upper, 0.5 + 0.25 / sqrt(bases[i] + 0.25), 1e-14);
        assert_true(wres_wilson_value(0.5, bases[i], 1, &got));
        assert_close(got.upper, 0.5 + 0.5 / sqrt(bases[i] + 1), 1e-14);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_gives_the_published_limits),
        cmocka_unit_test(wilson_at_no_events_starts_at_zero),
        cmocka_unit_test(wilson_at_all_events_ends_at_one),
        cmocka_unit_test(wilson_keeps_its_digits_at_huge_counts),
        cmocka_unit_test(wilson_is_undefined_without_trials_or_with_too_many_events),
        cmocka_unit_test(wilson_value_stands_for_a_rounded_percentage),
        cmocka_unit_test(wilson_value_agrees_with_wilson),
        cmocka_unit_test(wilson_value_is_undefined_outside_its_range),
        cmocka_unit_test(newcombe_gives_the_published_limits),
        cmocka_unit_test(newcombe_at_no_events_and_all_events),
        cmocka_unit_test(newcombe_of_equals_is_symmetric),
        cmocka_unit_test(newcombe_changes_sign_with_the_order),
        cmocka_unit_test(newcombe_keeps_its_digits_at_huge_counts),
        cmocka_unit_test(newcombe_is_undefined_where_either_is),
        cmocka_unit_test(newcombe_of_limits_agrees_with_newcombe),
        cmocka_unit_test(newcombe_of_limits_is_undefined_where_they_do_not_hold_the_proportion),
        cmocka_unit_test(wilson_value_of_small_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
