/* Katz intervals and the four-fifths range: published values, edges and huge counts. Values without a source come from the formulas
 * in 50-digit decimal arithmetic. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9
#define TRILLION UINT64_C(1000000000000)

static wres_proportion of(uint64_t events, uint64_t trials) {
    wres_proportion p = {events, trials};
    return p;
}

static void assert_katz(wres_proportion a, wres_proportion b, double z, double lower, double upper) {
    wres_interval got;
    assert_true(wres_katz(a, b, z, &got));
    assert_close(got.lower, lower, RELATIVE);
    assert_close(got.upper, upper, RELATIVE);
}

static void assert_adjusted(wres_proportion a, wres_proportion b, double z, double upper) {
    wres_interval got;
    assert_true(wres_katz_adjusted(a, b, z, &got));
    assert_true(got.lower == 0.0);
    assert_close(got.upper, upper, RELATIVE);
}

static void assert_range(wres_proportion a, wres_proportion b, wres_range want) {
    wres_range got;
    assert_true(wres_four_fifths(a, b, &got));
    assert_int_equal(got, want);
}

static void katz_gives_the_published_limits(void **state) {
    (void)state;
    assert_katz(of(36, 40), of(16, 80), WRES_Z95, 2.868550198603, 7.059315193389);
    assert_katz(of(36, 40), of(16, 80), WRES_Z998, 2.2125496036658, 9.1523371798984);
    assert_katz(of(35, 99), of(2, 31), WRES_Z95, 1.39711073031738, 21.4930608202949);

    wres_interval got;
    assert_true(wres_katz(of(35, 99), of(2, 31), WRES_Z95, &got));
    assert_close(got.lower, 1.397111, 5e-7);
    assert_close(got.upper, 21.49306, 5e-7);
    /* On the log scale the ratio itself is the middle. */
    assert_close(sqrt(got.lower * got.upper), 35.0 / 99 / (2.0 / 31), 1e-14);
}

static void katz_of_equals_is_symmetric_about_one(void **state) {
    (void)state;
    assert_katz(of(5, 20), of(5, 20), WRES_Z95, 0.341804450972627, 2.92564943831022);
}

static void katz_where_all_have_the_event(void **state) {
    (void)state;
    assert_katz(of(10, 10), of(5, 10), WRES_Z95, 1.07610942025418, 3.71709412139073);
    assert_katz(of(10, 10), of(7, 7), WRES_Z95, 1, 1);
}

static void katz_keeps_its_digits_at_huge_counts(void **state) {
    (void)state;
    assert_katz(of(1, TRILLION), of(1, 1), WRES_Z95, 1.40863494093356e-13, 7.09907138422438e-12);
    assert_katz(of(1, TRILLION), of(1, 2), WRES_Z95, 1.81353220013233e-13, 2.20564046213689e-11);
    assert_katz(of(TRILLION / 2, TRILLION), of(TRILLION / 2 + 1, TRILLION), WRES_Z95, 0.999997228194193, 1.00000277180949);

    wres_interval got;
    assert_true(wres_katz(of(TRILLION - 1, TRILLION), of(TRILLION - 1, TRILLION), WRES_Z95, &got));
    assert_close(got.upper - 1, 2.77180765e-12, 1e-3);
}

static void katz_is_undefined_without_events_or_trials(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_katz(of(0, 10), of(5, 10), WRES_Z95, &got));
    assert_false(wres_katz(of(5, 10), of(0, 10), WRES_Z95, &got));
    assert_false(wres_katz(of(0, 0), of(5, 10), WRES_Z95, &got));
    assert_false(wres_katz(of(5, 10), of(0, 0), WRES_Z95, &got));
    assert_false(wres_katz(of(11, 10), of(5, 10), WRES_Z95, &got));
    assert_false(wres_katz(of(5, 10), of(5, TRILLION + 1), WRES_Z95, &got));
    assert_false(wres_katz(of(5, 10), of(5, 10), 0, &got));
    assert_false(wres_katz(of(5, 10), of(5, 10), (double)INFINITY, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

static void adjusted_katz_gives_a_ratio_of_zero_an_upper_limit(void **state) {
    (void)state;
    assert_adjusted(of(0, 10), of(5, 20), WRES_Z95, 2.91256082556474);
    assert_adjusted(of(0, 10), of(5, 20), WRES_Z998, 14.6217170601897);
    assert_adjusted(of(0, 1), of(1, 1), WRES_Z95, 3.20450995807001);
    assert_adjusted(of(0, TRILLION), of(TRILLION, TRILLION), WRES_Z95, 7.99375385133533e-12);
}

static void adjusted_katz_is_only_for_a_ratio_of_zero(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_katz_adjusted(of(1, 10), of(5, 20), WRES_Z95, &got));
    assert_false(wres_katz_adjusted(of(0, 10), of(0, 20), WRES_Z95, &got));
    assert_false(wres_katz_adjusted(of(0, 0), of(5, 20), WRES_Z95, &got));
    assert_false(wres_katz_adjusted(of(0, 10), of(0, 0), WRES_Z95, &got));
    assert_false(wres_katz_adjusted(of(0, 10), of(5, 20), (double)NAN, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

static void four_fifths_ends_are_within(void **state) {
    (void)state;
    assert_range(of(4, 10), of(5, 10), WRES_WITHIN);
    assert_range(of(5, 10), of(4, 10), WRES_WITHIN);
    assert_range(of(5, 20), of(5, 20), WRES_WITHIN);
    assert_range(of(10, 10), of(10, 10), WRES_WITHIN);
    /* In doubles 0.04 / 0.05 is under 0.8. */
    assert_range(of(4, 100), of(5, 100), WRES_WITHIN);
}

static void four_fifths_outside(void **state) {
    (void)state;
    assert_range(of(21, 50), of(48, 80), WRES_BELOW);
    assert_range(of(48, 80), of(21, 50), WRES_ABOVE);
    assert_range(of(0, 50), of(48, 80), WRES_BELOW);
}

static void four_fifths_is_exact_at_huge_counts(void **state) {
    (void)state;
    const uint64_t end = TRILLION / 5 * 4;
    assert_range(of(end, TRILLION), of(TRILLION, TRILLION), WRES_WITHIN);
    assert_range(of(end - 1, TRILLION), of(TRILLION, TRILLION), WRES_BELOW);
    assert_range(of(TRILLION, TRILLION), of(end, TRILLION), WRES_WITHIN);
    assert_range(of(TRILLION, TRILLION), of(end - 1, TRILLION), WRES_ABOVE);
    assert_range(of(1, TRILLION), of(TRILLION, TRILLION), WRES_BELOW);
}

static void four_fifths_is_undefined_without_a_rate_to_compare_with(void **state) {
    (void)state;
    wres_range got = WRES_ABOVE;
    assert_false(wres_four_fifths(of(1, 10), of(0, 10), &got));
    assert_false(wres_four_fifths(of(0, 0), of(1, 10), &got));
    assert_false(wres_four_fifths(of(1, 10), of(0, 0), &got));
    assert_int_equal(got, WRES_ABOVE);
}

static void four_fifths_takes_more_events_than_trials(void **state) {
    (void)state;
    assert_range(of(11, 10), of(1, 10), WRES_ABOVE);
    assert_range(of(12, 10), of(12, 10), WRES_WITHIN);
}

/* 36/40 over 16/80 is 4.5 with the published limits 2.868550198603 and 7.059315193389, which lie 1.96 errors away. */
static void log_ratio_has_the_error_of_its_interval(void **state) {
    (void)state;
    wres_estimate got;
    assert_true(wres_log_ratio(of(36, 40), of(16, 80), &got));
    assert_close(got.value, log(4.5), RELATIVE);
    assert_close(got.error, (log(7.059315193389) - log(2.868550198603)) / (2 * WRES_Z95), 1e-11);
}

/* 0.5/10.5 over 5.5/10.5 is 1/11; 1/0.5 - 1/10.5 + 1/5.5 - 1/10.5 = 460/231. */
static void log_ratio_of_zero_has_half_an_event(void **state) {
    (void)state;
    wres_estimate got;
    assert_true(wres_log_ratio(of(0, 10), of(5, 10), &got));
    assert_close(got.value, -log(11), RELATIVE);
    assert_close(got.error, sqrt(460.0 / 231), RELATIVE);
}

static void log_ratio_is_undefined_without_an_error(void **state) {
    (void)state;
    wres_estimate got = {7, 8};
    assert_false(wres_log_ratio(of(5, 5), of(9, 9), &got));
    assert_false(wres_log_ratio(of(5, 10), of(0, 10), &got));
    assert_false(wres_log_ratio(of(0, 10), of(0, 10), &got));
    assert_false(wres_log_ratio(of(11, 10), of(1, 10), &got));
    assert_false(wres_log_ratio(of(0, 0), of(1, 10), &got));
    assert_false(wres_log_ratio(of(1, 10), of(1, 0), &got));
    assert_false(wres_log_ratio(of(1, 10), of(11, 10), &got));
    assert_true(got.value == 7 && got.error == 8);
    assert_true(wres_log_ratio(of(5, 5), of(8, 9), &got));
}

static void four_fifths_of_single_persons(void **state) {
    (void)state;
    assert_range(of(1, 1), of(1, 1), WRES_WITHIN);
    assert_range(of(0, 1), of(1, 1), WRES_BELOW);
    assert_range(of(2, 1), of(1, 1), WRES_ABOVE);
}

static void four_fifths_is_undefined_beyond_the_largest_counts(void **state) {
    (void)state;
    wres_range got = WRES_ABOVE;
    const wres_proportion good = {1, 2}, many_trials = {1, TRILLION + 1}, many_events = {TRILLION + 1, 2}, events_alone = {5, 0};
    assert_false(wres_four_fifths(many_trials, good, &got));
    assert_false(wres_four_fifths(good, many_trials, &got));
    assert_false(wres_four_fifths(many_events, good, &got));
    assert_false(wres_four_fifths(good, many_events, &got));
    assert_false(wres_four_fifths(good, events_alone, &got));
    assert_false(wres_four_fifths(events_alone, good, &got));
    assert_int_equal(got, WRES_ABOVE);
    assert_range(of(TRILLION, 1), of(TRILLION, 1), WRES_WITHIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_fifths_takes_more_events_than_trials),
        cmocka_unit_test(log_ratio_has_the_error_of_its_interval),
        cmocka_unit_test(log_ratio_of_zero_has_half_an_event),
        cmocka_unit_test(log_ratio_is_undefined_without_an_error),
        cmocka_unit_test(katz_gives_the_published_limits),
        cmocka_unit_test(katz_of_equals_is_symmetric_about_one),
        cmocka_unit_test(katz_where_all_have_the_event),
        cmocka_unit_test(katz_keeps_its_digits_at_huge_counts),
        cmocka_unit_test(katz_is_undefined_without_events_or_trials),
        cmocka_unit_test(adjusted_katz_gives_a_ratio_of_zero_an_upper_limit),
        cmocka_unit_test(adjusted_katz_is_only_for_a_ratio_of_zero),
        cmocka_unit_test(four_fifths_ends_are_within),
        cmocka_unit_test(four_fifths_outside),
        cmocka_unit_test(four_fifths_is_exact_at_huge_counts),
        cmocka_unit_test(four_fifths_is_undefined_without_a_rate_to_compare_with),
        cmocka_unit_test(four_fifths_of_single_persons),
        cmocka_unit_test(four_fifths_is_undefined_beyond_the_largest_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
