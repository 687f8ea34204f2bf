/* Holm and Benjamini-Hochberg against p.adjust of R 4.2.2, and their edges. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-14
#define MOST     300

typedef bool adjustment(const double *p, size_t count, double *adjusted, size_t *order);

static void assert_adjusted(adjustment *adjust, const double *p, size_t count, const double *want) {
    double got[MOST];
    size_t order[MOST];
    assert_true(adjust(p, count, got, order));
    for (size_t i = 0; i < count; i++) {
        assert_close(got[i], want[i], RELATIVE);
    }
}

/* The fifteen comparisons of Benjamini & Hochberg (1995): at 5% their procedure finds the first four, Holm's the first three. */
static void gives_the_values_of_benjamini_and_hochberg(void **state) {
    (void)state;
    const double p[15] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1};
    const double holm[15] = {.0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1, 1, 1};
    const double bh[15] = {.0015, .003, .0095,      .035625, .0603,      .447 / 7,    .447 / 7, .0645,
                           .0765, .486, 6.393 / 11, .714875, 9.792 / 13, 11.385 / 14, 1};
    assert_adjusted(wres_holm, p, 15, holm);
    assert_adjusted(wres_benjamini_hochberg, p, 15, bh);
    assert_true(holm[2] <= .05 && holm[3] > .05 && bh[3] <= .05 && bh[4] > .05);
}

static void ties_zeros_and_ones_out_of_order(void **state) {
    (void)state;
    const double p[8] = {0.04, 0.01, 0.04, 0.5, 0.01, 0.03, 0, 1};
    const double holm[8] = {0.16, 0.07, 0.16, 1, 0.07, 0.15, 0, 1};
    const double bh[8] = {0.16 / 3, 0.08 / 3, 0.16 / 3, 4.0 / 7, 0.08 / 3, 0.16 / 3, 0, 1};
    assert_adjusted(wres_holm, p, 8, holm);
    assert_adjusted(wres_benjamini_hochberg, p, 8, bh);
}

static void one_comparison_is_left_as_it_is(void **state) {
    (void)state;
    const double p = 0.03;
    assert_adjusted(wres_holm, &p, 1, &p);
    assert_adjusted(wres_benjamini_hochberg, &p, 1, &p);
}

static void none_is_defined(void **state) {
    (void)state;
    double adjusted = 7;
    size_t order = 8;
    assert_true(wres_holm(&adjusted, 0, &adjusted, &order));
    assert_true(wres_benjamini_hochberg(&adjusted, 0, &adjusted, &order));
    assert_true(adjusted == 7.0 && order == 8);
}

static void order_ascends_and_keeps_equals_as_given(void **state) {
    (void)state;
    const double p[6] = {0.5, 0.2, 0.5, 0.1, 0.2, 0.5};
    const size_t want[6] = {3, 1, 4, 0, 2, 5};
    double adjusted[6];
    size_t order[6];
    assert_true(wres_holm(p, 6, adjusted, order));
    assert_memory_equal(order, want, sizeof want);
}

static void adjusted_may_be_p(void **state) {
    (void)state;
    double p[8] = {0.04, 0.01, 0.04, 0.5, 0.01, 0.03, 0, 1};
    double q[8] = {0.04, 0.01, 0.04, 0.5, 0.01, 0.03, 0, 1};
    double apart[8];
    size_t order[8];
    assert_true(wres_holm(p, 8, apart, order));
    assert_true(wres_holm(p, 8, p, order));
    assert_memory_equal(p, apart, sizeof p);
    assert_true(wres_benjamini_hochberg(q, 8, apart, order));
    assert_true(wres_benjamini_hochberg(q, 8, q, order));
    assert_memory_equal(q, apart, sizeof q);
}

/* Every length, and many ties: each value against its definition, counted out. */
static void agrees_with_the_definition_at_every_length(void **state) {
    (void)state;
    uint64_t random = 42;
    for (size_t count = 1; count <= MOST; count++) {
        double p[MOST], holm[MOST], bh[MOST];
        size_t order[MOST];
        for (size_t i = 0; i < count; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            p[i] = (double)(random >> 57) / 128;
        }
        assert_true(wres_holm(p, count, holm, order));
        assert_true(wres_benjamini_hochberg(p, count, bh, order));
        for (size_t i = 0; i < count; i++) {
            double want_holm = 0;
            double want_bh = 1;
            for (size_t j = 0; j < count; j++) {
                size_t under = 0;
                size_t at_most = 0;
                for (size_t k = 0; k < count; k++) {
                    under += p[k] < p[j];
                    at_most += p[k] <= p[j];
                }
                if (p[j] <= p[i]) want_holm = fmax(want_holm, fmin(1, p[j] * (double)(count - under)));
                if (p[j] >= p[i]) want_bh = fmin(want_bh, p[j] * (double)count / (double)at_most);
            }
            assert_close(holm[i], want_holm, RELATIVE);
            assert_close(bh[i], want_bh, RELATIVE);
            assert_true(i == 0 || p[order[i - 1]] <= p[order[i]]);
        }
        if (count > 40) count += 36;
    }
}

static void is_undefined_where_a_p_is_none(void **state) {
    (void)state;
    const double bad[3] = {-0.01, 1.01, (double)NAN};
    for (size_t i = 0; i < 3; i++) {
        const double p[2] = {0.5, bad[i]};
        double adjusted[2] = {7, 8};
        size_t order[2];
        assert_false(wres_holm(p, 2, adjusted, order));
        assert_false(wres_benjamini_hochberg(p, 2, adjusted, order));
        assert_true(adjusted[0] == 7.0 && adjusted[1] == 8.0);
    }
}

static void each_place_is_looked_at(void **state) {
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        double p[3] = {0.1, 0.2, 0.3}, adjusted[3];
        size_t order[3];
        p[i] = 1.5;
        assert_false(wres_holm(p, 3, adjusted, order));
        assert_false(wres_benjamini_hochberg(p, 3, adjusted, order));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_values_of_benjamini_and_hochberg),
        cmocka_unit_test(ties_zeros_and_ones_out_of_order),
        cmocka_unit_test(one_comparison_is_left_as_it_is),
        cmocka_unit_test(none_is_defined),
        cmocka_unit_test(order_ascends_and_keeps_equals_as_given),
        cmocka_unit_test(adjusted_may_be_p),
        cmocka_unit_test(agrees_with_the_definition_at_every_length),
        cmocka_unit_test(is_undefined_where_a_p_is_none),
        cmocka_unit_test(each_place_is_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
