/* The parts of densities. Reference values in 40-digit arithmetic. */
#include "close.h"
#include "stats/density.h"

static void remainder_is_that_of_the_factorial(void **state) {
    (void)state;
    double log_factorial = 0;
    for (int n = 1; n <= 60; n++) {
        log_factorial += log(n);
        assert_close(density_remainder(n), log_factorial - n * log(n) + n, 1e-12);
    }
    assert_close(density_remainder(16), 2.3104405502441730, 1e-15);
    assert_close(density_remainder(1e12), 14.734449091169030, 1e-15);
}

static void remainder_of_halves(void **state) {
    (void)state;
    double log_factorial = 0.5 * log(3.14159265358979324); /* of -1/2 */
    for (double n = 0.5; n < 40; n++) {
        log_factorial += log(n);
        assert_close(density_remainder(n), log_factorial - n * log(n) + n, 1e-12);
    }
    assert_close(density_remainder(15.5), 2.2947341442002000, 1e-15);
    assert_close(density_remainder(16.5), 2.3256686109895232, 1e-15);
}

static void deviance_near_and_far(void **state) {
    (void)state;
    assert_true(density_deviance(0, 3, -3) == 3.0);
    assert_true(density_deviance(3, 3, 0) == 0.0);
    assert_close(density_deviance(10, 2, 8), 8.0943791243410037, 1e-14);
    assert_close(density_deviance(2, 10, -8), 4.7811241751317990, 1e-14);
    assert_close(density_deviance(11, 10, 1), 0.0484119778475734605, 1e-14);
    assert_close(density_deviance(1000001, 1000000, 1), 4.9999983333341667e-7, 1e-14);
}

static void binomial_sums_to_one(void **state) {
    (void)state;
    const double p[] = {1e-9, 0.1, 0.5, 0.75, 1 - 1e-9};
    for (size_t i = 0; i < sizeof p / sizeof p[0]; i++) {
        for (int n = 0; n <= 200; n += 25) {
            double sum = 0;
            for (int x = 0; x <= n; x++) {
                sum += density_binomial(x, n, p[i]);
            }
            assert_close(sum, 1, 1e-13);
        }
    }
    assert_close(density_binomial(2, 4, 0.5), 0.375, 1e-14);
}

static void binomial_of_the_certain(void **state) {
    (void)state;
    assert_true(density_binomial(0, 5, 0) == 1.0);
    assert_true(density_binomial(1, 5, 0) == 0.0);
    assert_true(density_binomial(5, 5, 1) == 1.0);
    assert_true(density_binomial(4, 5, 1) == 0.0);
    assert_true(density_binomial(0, 0, 0.3) == 1.0);
}

/* Within one unit of the last place of numbers from 2 to 4. ln 16! - 16 ln 16 + 16 and so on in 50 digits. */
static void remainder_to_the_last_digit(void **state) {
    (void)state;
    assert_true(fabs(density_remainder(16) - 2.310440550244173001056) < 4.5e-16);
    assert_true(fabs(density_remainder(17) - 2.340446601181215519766) < 4.5e-16);
    assert_true(fabs(density_remainder(20) - 2.420970989673665160955) < 4.5e-16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remainder_is_that_of_the_factorial),
        cmocka_unit_test(remainder_of_halves),
        cmocka_unit_test(deviance_near_and_far),
        cmocka_unit_test(binomial_sums_to_one),
        cmocka_unit_test(binomial_of_the_certain),
        cmocka_unit_test(remainder_to_the_last_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
