/* Woolf's interval. The disparity ratios of tests/backtest/statistics.csv are its check values; here are the edges. Values without
 * a source come from the formula in 40-digit arithmetic. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9
#define TRILLION UINT64_C(1000000000000)

static void assert_woolf(const uint64_t cells[4], double z, double ratio, double lower, double upper) {
    double got;
    wres_interval limits;
    assert_true(wres_woolf(cells[0], cells[1], cells[2], cells[3], z, &got, &limits));
    assert_close(got, ratio, RELATIVE);
    assert_close(limits.lower, lower, RELATIVE);
    assert_close(limits.upper, upper, RELATIVE);
}

static void gives_the_limits_of_england_in_june_2022(void **state) {
    (void)state;
    const uint64_t lower_to_middle[4] = {296447, 538082, 74697, 185270};
    double ratio;
    wres_interval limits;
    assert_true(
        wres_woolf(lower_to_middle[0], lower_to_middle[1], lower_to_middle[2], lower_to_middle[3], WRES_Z95, &ratio, &limits));
    assert_close(ratio, 1.36647137, 4e-9);
    assert_close(limits.lower, 1.35340903, 4e-9);
    assert_close(limits.upper, 1.37965978, 4e-9);
}

static void of_single_persons(void **state) {
    (void)state;
    const uint64_t ones[4] = {1, 1, 1, 1};
    assert_woolf(ones, WRES_Z95, 1, 0.019842523968149922, 50.396814518412198);
}

static void keeps_its_digits_at_huge_counts(void **state) {
    (void)state;
    const uint64_t cells[4] = {TRILLION, 1, 1, TRILLION};
    assert_woolf(cells, WRES_Z95, 1e24, 6.2548836166025688e22, 1.5987507702711894e25);
}

static void the_inverse_has_the_inverse_limits(void **state) {
    (void)state;
    double ratio, inverse;
    wres_interval limits, inverse_limits;
    assert_true(wres_woolf(12, 28, 48, 32, WRES_Z998, &ratio, &limits));
    assert_true(wres_woolf(48, 32, 12, 28, WRES_Z998, &inverse, &inverse_limits));
    assert_close(ratio, 1 / inverse, 1e-14);
    assert_close(limits.lower, 1 / inverse_limits.upper, 1e-14);
    assert_close(limits.upper, 1 / inverse_limits.lower, 1e-14);
}

static void is_undefined_where_a_cell_is_empty(void **state) {
    (void)state;
    double ratio = 5;
    wres_interval limits = {7, 8};
    assert_false(wres_woolf(0, 1, 1, 1, WRES_Z95, &ratio, &limits));
    assert_false(wres_woolf(1, 0, 1, 1, WRES_Z95, &ratio, &limits));
    assert_false(wres_woolf(1, 1, 0, 1, WRES_Z95, &ratio, &limits));
    assert_false(wres_woolf(1, 1, 1, 0, WRES_Z95, &ratio, &limits));
    assert_false(wres_woolf(TRILLION + 1, 1, 1, 1, WRES_Z95, &ratio, &limits));
    assert_false(wres_woolf(1, 1, 1, 1, 0, &ratio, &limits));
    assert_true(ratio == 5.0 && limits.lower == 7.0 && limits.upper == 8.0);
}

/* England, June 2022: the limits of the published 1.36647137 lie 1.96 errors away. */
static void the_logarithm_has_the_error_of_the_interval(void **state) {
    (void)state;
    wres_estimate got;
    assert_true(wres_log_odds(296447, 538082, 74697, 185270, &got));
    assert_close(got.value, log(1.36647137), 1e-8);
    assert_close(got.error, (log(1.37965978) - log(1.35340903)) / (2 * WRES_Z95), 1e-6);
    assert_true(wres_log_odds(1, 1, 1, 1, &got));
    assert_true(got.value == 0 && got.error == 2);
    assert_false(wres_log_odds(0, 1, 1, 1, &got));
    assert_false(wres_log_odds(1, 0, 1, 1, &got));
    assert_false(wres_log_odds(1, 1, 0, 1, &got));
    assert_false(wres_log_odds(1, 1, 1, 0, &got));
    assert_true(got.value == 0 && got.error == 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_limits_of_england_in_june_2022), cmocka_unit_test(of_single_persons),
        cmocka_unit_test(keeps_its_digits_at_huge_counts),          cmocka_unit_test(the_inverse_has_the_inverse_limits),
        cmocka_unit_test(is_undefined_where_a_cell_is_empty),       cmocka_unit_test(the_logarithm_has_the_error_of_the_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
