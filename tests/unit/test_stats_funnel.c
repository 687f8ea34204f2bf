/* Funnel limits and overdispersion: published limits, R's arithmetic, edges. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9
#define TRILLION UINT64_C(1000000000000)

/* Ten organisations, events of trials. */
static const wres_proportion ten[] = {{12, 82},  {30, 98}, {26, 100}, {50, 125}, {42, 162},
                                      {71, 151}, {4, 12},  {29, 100}, {48, 82},  {36, 99}};

static wres_dispersion dispersion(const wres_proportion *organisations, size_t count, double winsorised) {
    double score[16];
    size_t order[16];
    wres_dispersion got = {0, 0, 0};
    assert_true(wres_overdispersion(organisations, count, winsorised, score, order, &got));
    return got;
}

static void assert_limits(wres_interval got, double lower, double upper) {
    assert_close(got.lower, lower, RELATIVE);
    assert_close(got.upper, upper, RELATIVE);
}

/* In percent with six decimals: PHEindicatormethods. */
static void funnel_gives_the_published_limits(void **state) {
    (void)state;
    static const struct {
        uint64_t trials;
        double z, lower, upper;
    } published[] = {
        {1, WRES_Z95, 3.204264, 100},          {1, WRES_Z998, 0, 100},
        {9, WRES_Z95, 54.82972, 100},          {9, WRES_Z998, 39.944085, 100},
        {539, WRES_Z95, 77.306949, 83.977947}, {539, WRES_Z998, 75.38344, 85.901456},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        wres_interval got;
        assert_true(wres_funnel(0.80642448, published[i].trials, published[i].z, &got));
        assert_true(fabs(100 * got.lower - published[i].lower) < 1e-6);
        assert_true(fabs(100 * got.upper - published[i].upper) < 1e-6);
    }
}

static void funnel_of_the_certain_has_no_width(void **state) {
    (void)state;
    wres_interval got;
    assert_true(wres_funnel(0, 5, WRES_Z95, &got));
    assert_true(got.lower == 0.0 && got.upper == 0.0);
    assert_true(wres_funnel(1, 5, WRES_Z95, &got));
    assert_true(got.lower == 1.0 && got.upper == 1.0);
}

static void funnel_is_undefined_without_trials(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_funnel(0.5, 0, WRES_Z95, &got));
    assert_false(wres_funnel(0.5, TRILLION + 1, WRES_Z95, &got));
    assert_false(wres_funnel(-0.1, 5, WRES_Z95, &got));
    assert_false(wres_funnel((double)NAN, 5, WRES_Z95, &got));
    assert_false(wres_funnel(0.5, 5, 0, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

/* The formulas of FunnelPlotR, worked with R 4.2.2. */
static void overdispersion_agrees_with_r(void **state) {
    (void)state;
    wres_dispersion got = dispersion(ten, 10, 0.1);
    assert_close(got.centre, 0.3442136498516320531, RELATIVE);
    assert_close(got.phi, 4.0090529170205480014, RELATIVE);
    assert_close(got.tau2, 0.0086882597100233234, RELATIVE);
    got = dispersion(ten, 10, 0);
    assert_close(got.phi, 6.037390997982765128, RELATIVE);
    assert_close(got.tau2, 0.014356457871159217, RELATIVE);
}

static void scores_come_in_the_order_of_the_organisations(void **state) {
    (void)state;
    const double want[10] = {-4.245598617225606830, -0.805296486486441476, -1.838070413922678892, 1.291214661004198350,
                             -2.360985842929280043, 3.160645413500163148,  -0.079637058017033274, -1.165976490575659774,
                             4.422830331654984626,  0.404174247296873179};
    double score[10];
    size_t order[10];
    wres_dispersion got;
    assert_true(wres_overdispersion(ten, 10, 0.1, score, order, &got));
    for (size_t i = 0; i < 10; i++) {
        assert_close(score[i], want[i], 1e-12);
    }
    assert_int_equal(order[0], 0);
    assert_int_equal(order[9], 8);
}

static void no_variance_between_where_chance_explains_all(void **state) {
    (void)state;
    const wres_proportion alike[] = {{10, 100}, {11, 100}, {9, 100}, {10, 100}};
    wres_dispersion got = dispersion(alike, 4, 0.1);
    assert_close(got.phi, 0.027299929287273608, RELATIVE);
    assert_true(got.tau2 == 0.0);
}

static void two_organisations_and_those_with_no_or_only_events(void **state) {
    (void)state;
    const wres_proportion opposite[] = {{0, 10}, {10, 10}};
    wres_dispersion got = dispersion(opposite, 2, 0);
    /* Angles 0 and pi/2 about pi/4: scores -+ (pi/4) 2 sqrt(10). */
    const double square = 10 * 9.8696044010893586 / 4;
    assert_close(got.centre, 0.5, 1e-14);
    assert_close(got.phi, square, 1e-13);
    assert_close(got.tau2, (2 * square - 1) / 40, 1e-13);
    const wres_proportion none[] = {{0, 10}, {0, 20}};
    got = dispersion(none, 2, 0.1);
    assert_true(got.centre == 0.0 && got.phi == 0.0 && got.tau2 == 0.0);
    const wres_proportion all[] = {{10, 10}, {20, 20}};
    got = dispersion(all, 2, 0.1);
    assert_true(got.centre == 1.0 && got.phi == 0.0 && got.tau2 == 0.0);
}

static void overdispersion_is_undefined_for_fewer_than_two(void **state) {
    (void)state;
    double score[4];
    size_t order[4];
    wres_dispersion got = {7, 8, 9};
    const wres_proportion no_trials[] = {{1, 2}, {0, 0}};
    assert_false(wres_overdispersion(ten, 0, 0.1, score, order, &got));
    assert_false(wres_overdispersion(ten, 1, 0.1, score, order, &got));
    assert_false(wres_overdispersion(no_trials, 2, 0.1, score, order, &got));
    assert_false(wres_overdispersion(ten, 2, 0.5, score, order, &got));
    assert_false(wres_overdispersion(ten, 2, -0.1, score, order, &got));
    assert_false(wres_overdispersion(ten, 2, (double)NAN, score, order, &got));
    assert_true(got.centre == 7.0 && got.phi == 8.0 && got.tau2 == 9.0);
}

/* The same, with R. */
static void overdispersed_limits_agree_with_r(void **state) {
    (void)state;
    const double tau2 = 0.0086882597100233234;
    const double p0 = 0.3442136498516320531;
    wres_interval got;
    assert_true(wres_funnel_overdispersed(p0, tau2, 100, WRES_Z95, &got));
    assert_limits(got, 0.16601547051610058, 0.54881264180336686);
    assert_true(wres_funnel_overdispersed(p0, tau2, 12, WRES_Z95, &got));
    assert_limits(got, 0.081887239824029526, 0.674577138315852642);
    assert_true(wres_funnel_overdispersed(p0, tau2, 100, WRES_Z998, &got));
    assert_limits(got, 0.087392242431857808, 0.665275964473561299);
    assert_true(wres_funnel_overdispersed(p0, tau2, 12, WRES_Z998, &got));
    assert_limits(got, 0.0091906398712259182, 0.8390117860454816556);
}

static void overdispersed_limits_end_at_nought_and_one(void **state) {
    (void)state;
    wres_interval got;
    assert_true(wres_funnel_overdispersed(0.5, 0.5, 1, WRES_Z998, &got));
    assert_true(got.lower == 0.0 && got.upper == 1.0);
    assert_true(wres_funnel_overdispersed(1, 0, 10, WRES_Z95, &got));
    assert_true(got.lower < 1.0 && got.upper == 1.0);
    assert_true(wres_funnel_overdispersed(0, 0, 10, WRES_Z95, &got));
    assert_true(got.lower == 0.0 && got.upper > 0.0);
}

static void overdispersed_limits_are_undefined_for_a_negative_variance(void **state) {
    (void)state;
    wres_interval got = {7, 8};
    assert_false(wres_funnel_overdispersed(0.5, -0.1, 5, WRES_Z95, &got));
    assert_false(wres_funnel_overdispersed(0.5, (double)INFINITY, 5, WRES_Z95, &got));
    assert_false(wres_funnel_overdispersed(1.5, 0, 5, WRES_Z95, &got));
    assert_false(wres_funnel_overdispersed(0.5, 0, 0, WRES_Z95, &got));
    assert_false(wres_funnel_overdispersed(0.5, 0, TRILLION + 1, WRES_Z95, &got));
    assert_false(wres_funnel_overdispersed(0.5, 0, 5, -1, &got));
    assert_true(got.lower == 7.0 && got.upper == 8.0);
}

/* ---- values with a standard error --------------------------------------------------------------------------- */

/* 1 and 3 about 2, errors 1: scores -1 and 1, phi 1; the excess is 2 - 1, the weights 2 - 2/2. */
static void two_values_by_hand(void **state) {
    (void)state;
    const wres_estimate two[] = {{1, 1}, {3, 1}};
    double score[2];
    size_t order[2];
    wres_dispersion got;
    wres_interval limits;
    assert_true(wres_scatter(two, 2, 2, 0, score, order, &got));
    assert_true(score[0] == -1 && score[1] == 1);
    assert_true(got.centre == 2 && got.phi == 1 && got.tau2 == 1);
    assert_true(wres_funnel_of(2, 1, got.tau2, WRES_Z998, &limits));
    assert_limits(limits, 2 - 3.090232306167813 * sqrt(2), 2 + 3.090232306167813 * sqrt(2));
    assert_true(wres_funnel_of(2, 3, 0, WRES_Z95, &limits));
    assert_limits(limits, 2 - 3 * 1.959963984540054, 2 + 3 * 1.959963984540054);
}

/* Scores 0 to 10; a tenth at each end is pulled in to 1 and 9: 1 + 1 + 4 + 9 + ... + 64 + 81 + 81 = 367 over 11. With weights of 1,
 * tau2 = (367 - 10)/(11 - 1). */
static void a_tenth_at_each_end_is_pulled_in(void **state) {
    (void)state;
    wres_estimate eleven[11];
    double score[11];
    size_t order[11];
    wres_dispersion got;
    for (size_t i = 0; i < 11; i++) eleven[i] = (wres_estimate){(double)(10 - i), 1};
    assert_true(wres_scatter(eleven, 11, 0, 0.1, score, order, &got));
    assert_close(got.phi, 367.0 / 11, RELATIVE);
    assert_close(got.tau2, 35.7, RELATIVE);
    assert_true(score[0] == 10 && order[0] == 10);
}

/* Errors 1 and 2 weigh 1 and 1/4: 5/4 - (17/16)/(5/4) = 2/5. Scores 3 and 1: phi 5, excess 9. */
static void smaller_errors_weigh_more(void **state) {
    (void)state;
    const wres_estimate two[] = {{3, 1}, {2, 2}};
    double score[2];
    size_t order[2];
    wres_dispersion got;
    assert_true(wres_scatter(two, 2, 0, 0, score, order, &got));
    assert_close(got.phi, 5, RELATIVE);
    assert_close(got.tau2, 22.5, RELATIVE);
    const wres_estimate alike[] = {{0.1, 1}, {-0.1, 2}};
    assert_true(wres_scatter(alike, 2, 0, 0, score, order, &got));
    assert_true(got.tau2 == 0);
}

/* Weights 1e12 and 1e-12: less their squares over their sum, in doubles, they are nothing, though the variance is 3/(2/(1e12 + 1e-12)). */
static void errors_far_apart_leave_a_variance(void **state) {
    (void)state;
    const wres_estimate two[] = {{0, 1e-6}, {2e6, 1e6}}, farther[] = {{1, 1e-200}, {3, 1e200}},
                        wide[] = {{1e250, 1e100}, {-1e250, 1e100}};
    double score[2];
    size_t order[2];
    wres_dispersion got = {7, 8, 9};
    assert_false(wres_scatter(farther, 2, 0, 0, score, order, &got)); /* 3e200 errors of 1e-200 away: no phi */
    assert_false(wres_scatter(wide, 2, 0, 0, score, order, &got));    /* phi 1e300, and the variance as many times 1e200 */
    assert_true(got.centre == 7 && got.phi == 8 && got.tau2 == 9);
    assert_true(wres_scatter(two, 2, 0, 0, score, order, &got));
    assert_close(got.phi, 2, RELATIVE);
    assert_close(got.tau2, 1.5e12, RELATIVE);
}

/* Errors of 1e160: no more scatter than by chance (scores 1 and 0, phi 1/2) is a variance of 0; scores 3 and 0 are one of 8e320, beyond all
 * doubles. And one organisation has none, not even where the centre is its own. */
static void a_variance_that_is_no_double(void **state) {
    (void)state;
    const wres_estimate by_chance[] = {{1e160, 1e160}, {0, 1e160}}, scattered[] = {{3e160, 1e160}, {0, 1e160}};
    double score[2];
    size_t order[2];
    wres_dispersion got = {7, 8, 9};
    assert_false(wres_scatter(scattered, 2, 0, 0, score, order, &got));
    assert_false(wres_scatter(&by_chance[1], 1, 0, 0, score, order, &got));
    assert_true(got.centre == 7 && got.phi == 8 && got.tau2 == 9);
    assert_true(wres_scatter(by_chance, 2, 0, 0, score, order, &got));
    assert_close(got.phi, 0.5, RELATIVE);
    assert_true(got.tau2 == 0);
}

static void values_without_an_error_have_no_funnel(void **state) {
    (void)state;
    const wres_estimate no_error[] = {{1, 1}, {2, 0}}, no_value[] = {{1, 1}, {(double)NAN, 1}}, two[] = {{1, 1}, {3, 1}};
    double score[2];
    size_t order[2];
    wres_dispersion got = {7, 8, 9};
    wres_interval limits = {7, 8};
    assert_false(wres_scatter(no_error, 2, 0, 0.1, score, order, &got));
    assert_false(wres_scatter(no_value, 2, 0, 0.1, score, order, &got));
    assert_false(wres_scatter(two, 1, 0, 0.1, score, order, &got));
    assert_false(wres_scatter(two, 2, -(double)INFINITY, 0.1, score, order, &got));
    assert_false(wres_scatter(two, 2, 0, 0.5, score, order, &got));
    assert_false(wres_funnel_of(0, 0, 0, WRES_Z95, &limits));
    assert_false(wres_funnel_of((double)NAN, 1, 0, WRES_Z95, &limits));
    assert_false(wres_funnel_of(0, 1, -1, WRES_Z95, &limits));
    assert_false(wres_funnel_of(0, 1, 0, 0, &limits));
    assert_true(got.centre == 7 && got.phi == 8 && got.tau2 == 9 && limits.lower == 7 && limits.upper == 8);
}

static void the_largest_counts_have_a_funnel(void **state) {
    (void)state;
    wres_interval got;
    assert_true(wres_funnel(0.5, TRILLION, 2, &got));
    assert_limits(got, 0.5 - 1e-6, 0.5 + 1e-6);
    assert_true(wres_funnel_overdispersed(0.5, 0, TRILLION, 2, &got));
    /* sin^2(pi/4 -+ 1e-6) = (1 -+ sin 2e-6)/2 */
    assert_limits(got, 0.5 - 1e-6, 0.5 + 1e-6);
}

/* sqrt(3^2 + 16) = 5. */
static void error_and_variance_between_add_up(void **state) {
    (void)state;
    wres_interval got;
    assert_true(wres_funnel_of(1, 3, 16, 2, &got));
    assert_limits(got, -9, 11);
    /* The square of the error is below the smallest double. */
    assert_true(wres_funnel_of(0, 1e-200, 0, 1, &got));
    assert_limits(got, -1e-200, 1e-200);
}

static void each_organisation_is_looked_at(void **state) {
    (void)state;
    wres_interval limits;
    wres_dispersion got;
    double score[3];
    size_t order[3];
    for (size_t i = 0; i < 3; i++) {
        wres_proportion organisations[3] = {{1, 5}, {2, 5}, {3, 5}};
        organisations[i].trials = 0;
        assert_false(wres_overdispersion(organisations, 3, 0, score, order, &got));
        const double bad[] = {0, -1, (double)INFINITY, (double)NAN};
        for (size_t k = 0; k < 4; k++) {
            wres_estimate estimates[3] = {{1, 1}, {2, 1}, {3, 1}};
            estimates[i].error = bad[k];
            assert_false(wres_scatter(estimates, 3, 0, 0, score, order, &got));
            assert_false(wres_funnel_of(0, bad[k], 0, 1, &limits));
        }
    }
    const wres_estimate good[2] = {{1, 1}, {2, 1}};
    assert_false(wres_scatter(good, 2, 0, -0.1, score, order, &got));
    assert_false(wres_funnel_of(0, 1, 0, (double)INFINITY, &limits));
    assert_false(wres_funnel_of(0, 1, 0, -1, &limits));
    assert_false(wres_funnel_of(0, 1, (double)INFINITY, 1, &limits));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_values_by_hand),
        cmocka_unit_test(a_tenth_at_each_end_is_pulled_in),
        cmocka_unit_test(smaller_errors_weigh_more),
        cmocka_unit_test(errors_far_apart_leave_a_variance),
        cmocka_unit_test(a_variance_that_is_no_double),
        cmocka_unit_test(values_without_an_error_have_no_funnel),
        cmocka_unit_test(funnel_gives_the_published_limits),
        cmocka_unit_test(funnel_of_the_certain_has_no_width),
        cmocka_unit_test(funnel_is_undefined_without_trials),
        cmocka_unit_test(overdispersion_agrees_with_r),
        cmocka_unit_test(scores_come_in_the_order_of_the_organisations),
        cmocka_unit_test(no_variance_between_where_chance_explains_all),
        cmocka_unit_test(two_organisations_and_those_with_no_or_only_events),
        cmocka_unit_test(overdispersion_is_undefined_for_fewer_than_two),
        cmocka_unit_test(overdispersed_limits_agree_with_r),
        cmocka_unit_test(overdispersed_limits_end_at_nought_and_one),
        cmocka_unit_test(overdispersed_limits_are_undefined_for_a_negative_variance),
        cmocka_unit_test(the_largest_counts_have_a_funnel),
        cmocka_unit_test(error_and_variance_between_add_up),
        cmocka_unit_test(each_organisation_is_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
