/* Fisher's exact test: published values, edges, symmetry and huge counts. The table of exact values is in tests/backtest. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9
#define TRILLION UINT64_C(1000000000000)

static wres_proportion of(uint64_t events, uint64_t trials) {
    wres_proportion p = {events, trials};
    return p;
}

static double fisher(wres_proportion a, wres_proportion b) {
    double p = -1;
    assert_true(wres_fisher(a, b, &p));
    return p;
}

static void gives_the_published_values(void **state) {
    (void)state;
    assert_close(fisher(of(12, 40), of(48, 80)), 0.00340922177, RELATIVE);
    assert_close(fisher(of(7, 34), of(1, 34)), 0.0544001305, RELATIVE);
    /* The tea tasting: 34/70. */
    assert_close(fisher(of(3, 4), of(1, 4)), 34.0 / 70, RELATIVE);
}

static void one_possible_table_is_certain(void **state) {
    (void)state;
    assert_true(fisher(of(0, 9), of(0, 4)) == 1.0);
    assert_true(fisher(of(9, 9), of(4, 4)) == 1.0);
    assert_true(fisher(of(0, TRILLION), of(0, TRILLION)) == 1.0);
    assert_true(fisher(of(TRILLION, TRILLION), of(TRILLION, TRILLION)) == 1.0);
}

static void the_likeliest_table_is_certain(void **state) {
    (void)state;
    assert_true(fisher(of(5, 20), of(5, 20)) == 1.0);
    assert_true(fisher(of(1, 2), of(0, 2)) == 1.0);
    assert_true(fisher(of(TRILLION / 2, TRILLION), of(TRILLION / 2, TRILLION)) == 1.0);
}

/* Worked by hand: the tables are so few. */
static void zeros_and_wholes(void **state) {
    (void)state;
    assert_close(fisher(of(0, 5), of(3, 3)), 1.0 / 56, 1e-14);
    assert_close(fisher(of(3, 3), of(0, 5)), 1.0 / 56, 1e-14);
    assert_close(fisher(of(0, 3), of(3, 3)), 2.0 / 20, 1e-14);
    assert_close(fisher(of(1, 1), of(0, 999)), 1.0 / 1000, 1e-14);
    assert_close(fisher(of(0, 1), of(999, 999)), 1.0 / 1000, 1e-14);
}

/* Two tables at equal distances from the mode are equally likely, and both count however their last bits fall. */
static void equal_probabilities_count_on_both_sides(void **state) {
    (void)state;
    for (uint64_t n = 1; n < 300; n++) {
        double whole = fisher(of(0, n), of(n, n));
        double ways = 1;
        for (uint64_t i = 1; i <= n; i++) {
            ways *= (double)(n + i) / (double)i;
        }
        assert_close(whole, 2 / ways, 1e-11);
    }
}

static void neither_order_nor_complement_matters(void **state) {
    (void)state;
    for (uint64_t x = 0; x <= 23; x++) {
        for (uint64_t y = 0; y <= 31; y++) {
            double p = fisher(of(x, 23), of(y, 31));
            assert_true(p > 0 && p <= 1);
            assert_close(fisher(of(y, 31), of(x, 23)), p, 1e-12);
            assert_close(fisher(of(23 - x, 23), of(31 - y, 31)), p, 1e-12);
        }
    }
}

/* From the weights in integer arithmetic of several hundred bits. */
static void huge_counts(void **state) {
    (void)state;
    assert_close(fisher(of(3, TRILLION), of(9, TRILLION)), 0.14599609374879149, RELATIVE);
    assert_close(fisher(of(0, TRILLION), of(40, TRILLION)), 1.8189894028364505e-12, RELATIVE);
    assert_close(fisher(of(1000000, TRILLION), of(1003000, TRILLION)), 0.034088275409296806, RELATIVE);
    assert_close(fisher(of(30, 34), of(TRILLION - 12, TRILLION)), 2.025703679153256e-39, RELATIVE);
    assert_close(fisher(of(TRILLION / 2, TRILLION), of(TRILLION / 2 + 1000000, TRILLION)), 0.1572996221579728, RELATIVE);
    assert_close(fisher(of(TRILLION / 2, TRILLION), of(TRILLION / 2 + 10000000, TRILLION)), 2.0885295362753028e-45, RELATIVE);
}

static void below_the_smallest_double_is_zero(void **state) {
    (void)state;
    assert_true(fisher(of(0, TRILLION), of(TRILLION, TRILLION)) == 0.0);
    assert_true(fisher(of(TRILLION / 2, TRILLION), of(0, TRILLION)) == 0.0);
}

/* Nobody of 4e11, where 2.9e10 were likeliest: as unlikely on the other side are about 6.8e10, a third further from there. One table after
 * another, the way to it would have no end. */
static void the_other_edge_lies_far_away(void **state) {
    (void)state;
    assert_true(fisher(of(0, 4 * (TRILLION / 10)), of(TRILLION / 10, TRILLION)) == 0.0);
    assert_true(fisher(of(TRILLION / 10, TRILLION), of(0, 4 * (TRILLION / 10))) == 0.0);
}

static void is_undefined_without_trials(void **state) {
    (void)state;
    double p = 7;
    assert_false(wres_fisher(of(0, 0), of(1, 2), &p));
    assert_false(wres_fisher(of(1, 2), of(0, 0), &p));
    assert_false(wres_fisher(of(3, 2), of(1, 2), &p));
    assert_false(wres_fisher(of(1, 2), of(3, 2), &p));
    assert_false(wres_fisher(of(1, TRILLION + 1), of(1, 2), &p));
    assert_true(p == 7.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_published_values),
        cmocka_unit_test(one_possible_table_is_certain),
        cmocka_unit_test(the_likeliest_table_is_certain),
        cmocka_unit_test(zeros_and_wholes),
        cmocka_unit_test(equal_probabilities_count_on_both_sides),
        cmocka_unit_test(neither_order_nor_complement_matters),
        cmocka_unit_test(huge_counts),
        cmocka_unit_test(below_the_smallest_double_is_zero),
        cmocka_unit_test(the_other_edge_lies_far_away),
        cmocka_unit_test(is_undefined_without_trials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
