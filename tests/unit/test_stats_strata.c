/* Pooled ratios and tests of homogeneity: published values, empty strata, one stratum, and extreme counts. Values without a source
 * come from the textbook formulas in exact fractions and 40-digit arithmetic, the fitted counts of Breslow and Day by bisection. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE      1e-9
#define TRILLION      UINT64_C(1000000000000)
#define COUNT(strata) (sizeof(strata) / sizeof((strata)[0]))

static const double Z90 = 1.6448536269514722;

/* Rothman KJ, Greenland S, Lash TL (2008), Modern Epidemiology, table 15-1: deaths on tolbutamide and on placebo, by age. */
static const wres_stratum tolbutamide[] = {{{8, 106}, {5, 120}}, {{22, 98}, {16, 85}}};

/* Admissions to Berkeley by department, men and women: UCBAdmissions of R. */
static const wres_stratum berkeley[] = {{{512, 825}, {89, 108}},  {{353, 560}, {17, 25}}, {{120, 325}, {202, 593}},
                                        {{138, 417}, {131, 375}}, {{53, 191}, {94, 393}}, {{22, 373}, {24, 341}}};

/* The 13 trials of the BCG vaccine of Colditz et al. (1994). */
static const wres_stratum vaccine[] = {
    {{4, 123}, {11, 139}},      {{6, 306}, {29, 303}},      {{3, 231}, {11, 220}},        {{62, 13598}, {248, 12867}},
    {{33, 5069}, {47, 5808}},   {{180, 1541}, {372, 1451}}, {{8, 2545}, {10, 629}},       {{505, 88391}, {499, 88391}},
    {{29, 7499}, {45, 7277}},   {{17, 1716}, {65, 1665}},   {{186, 50634}, {141, 27338}}, {{5, 2498}, {3, 2341}},
    {{27, 16913}, {29, 17854}},
};

/* No events on one side, on both, all on both, one group missing, and some that are mixed. */
static const wres_stratum sparse[] = {{{0, 10}, {3, 20}}, {{5, 5}, {2, 4}},   {{0, 0}, {7, 9}}, {{0, 6}, {0, 8}},
                                      {{4, 4}, {3, 3}},   {{3, 12}, {1, 15}}, {{2, 9}, {6, 8}}, {{2, 5}, {0, 0}}};

typedef bool pooled_function(const wres_stratum *strata, size_t count, double z, double *ratio, wres_interval *interval);

static void assert_pooled(pooled_function *pooled, const wres_stratum *strata, size_t count, double z, double ratio, double lower,
                          double upper) {
    double got;
    wres_interval limits;
    assert_true(pooled(strata, count, z, &got, &limits));
    assert_close(got, ratio, RELATIVE);
    assert_close(limits.lower, lower, RELATIVE);
    assert_close(limits.upper, upper, RELATIVE);
}

static void assert_homogeneity(wres_homogeneity got, double statistic, size_t degrees, double p, size_t left_out) {
    assert_close(got.statistic, statistic, RELATIVE);
    assert_int_equal(got.degrees, degrees);
    assert_close(got.p, p, RELATIVE);
    assert_int_equal(got.left_out, left_out);
}

static wres_homogeneity breslow_day(const wres_stratum *strata, size_t count) {
    wres_homogeneity got;
    assert_true(wres_breslow_day(strata, count, &got));
    return got;
}

static wres_homogeneity cochran(const wres_stratum *strata, size_t count) {
    wres_homogeneity got;
    assert_true(wres_cochran(strata, count, &got));
    return got;
}

/* As the book prints, to four decimals in the tests of the R package metafor: 1.3256 (0.8658, 2.0296), 1.4031 (0.8411, 2.3409),
 * homogeneity 0.3489 (p 0.5547). */
static void gives_the_values_of_modern_epidemiology(void **state) {
    (void)state;
    double ratio;
    wres_interval limits;
    assert_true(wres_pooled_risk(tolbutamide, 2, Z90, &ratio, &limits));
    assert_true(fabs(ratio - 1.3256) <= 5e-5);
    assert_true(fabs(limits.lower - 0.8658) <= 5e-5);
    assert_true(fabs(limits.upper - 2.0296) <= 5e-5);
    assert_true(wres_pooled_odds(tolbutamide, 2, Z90, &ratio, &limits));
    assert_true(fabs(ratio - 1.4031) <= 5e-5);
    assert_true(fabs(limits.lower - 0.8411) <= 5e-5);
    assert_true(fabs(limits.upper - 2.3409) <= 5e-5);
    wres_homogeneity test = breslow_day(tolbutamide, 2);
    assert_true(fabs(test.statistic - 0.3489) <= 5e-5);
    assert_true(fabs(test.p - 0.5547) <= 5e-5);

    assert_pooled(wres_pooled_risk, tolbutamide, 2, Z90, 1.3255553241551053, 0.8657532117219445, 2.029558647436212);
    assert_homogeneity(test, 0.34894486632951764, 1, 0.55471102417098902, 0);
    assert_homogeneity(cochran(tolbutamide, 2), 0.44417064352305012, 1, 0.50511630202637623, 0);
}

/* Odds ratios by mantelhaen.test of R 4.2.2. */
static void gives_the_values_of_r(void **state) {
    (void)state;
    assert_pooled(wres_pooled_odds, tolbutamide, 2, Z90, 1.40314854342827999, 0.84106621985168839, 2.34086899277928673);
    assert_pooled(wres_pooled_odds, berkeley, COUNT(berkeley), WRES_Z95, 0.90469682825862308, 0.77190736175935049,
                  1.06032976443665561);
    assert_pooled(wres_pooled_odds, vaccine, COUNT(vaccine), WRES_Z95, 0.62287402457352015, 0.57477032248011439,
                  0.67500362373326439);
}

static void of_admissions_to_berkeley(void **state) {
    (void)state;
    assert_pooled(wres_pooled_risk, berkeley, COUNT(berkeley), WRES_Z95, 0.94490502259592894, 0.86645223268300377,
                  1.0304613088274715);
    assert_homogeneity(breslow_day(berkeley, COUNT(berkeley)), 18.825501252052756, 5, 0.0020714013978812493, 0);
    assert_homogeneity(cochran(berkeley, COUNT(berkeley)), 18.095892866107391, 5, 0.002828594310114652, 0);
}

/* Q 152.2330 on 12 degrees of freedom: Viechtbauer W (2010), J Stat Softw 36(3). */
static void of_trials_of_a_vaccine(void **state) {
    (void)state;
    wres_homogeneity test = cochran(vaccine, COUNT(vaccine));
    assert_close(test.statistic, 152.2330, 4e-7);
    assert_homogeneity(test, 152.23300808237342, 12, 1.9967645908458548e-26, 0);
    assert_homogeneity(breslow_day(vaccine, COUNT(vaccine)), 171.75667299387859, 12, 2.0867823945295127e-30, 0);
    assert_pooled(wres_pooled_risk, vaccine, COUNT(vaccine), WRES_Z95, 0.63526718507776928, 0.58812872969141713,
                  0.68618378267012621);
}

static void strata_with_nothing_to_say_are_left_out_and_counted(void **state) {
    (void)state;
    assert_pooled(wres_pooled_risk, sparse, COUNT(sparse), WRES_Z95, 0.87887147335423197, 0.52181540831976284, 1.4802458002591424);
    assert_pooled(wres_pooled_odds, sparse, COUNT(sparse), WRES_Z95, 0.76288659793814433, 0.25881080951006566, 2.2487312736873956);
    assert_homogeneity(breslow_day(sparse, COUNT(sparse)), 11.408882873979227, 3, 0.0097084122814040432, 4);
    assert_homogeneity(cochran(sparse, COUNT(sparse)), 6.6766530103698033, 2, 0.035496310936405234, 5);
}

/* Odds ratios far from 1, where the textbook root of the quadratic loses its digits. */
static void extreme_odds_ratios(void **state) {
    (void)state;
    const wres_stratum high[] = {{{9, 10}, {1, 1000}}, {{50, 60}, {3, 500}}, {{7, 9}, {2, 800}}};
    assert_pooled(wres_pooled_odds, high, 3, WRES_Z95, 1011.3584967610715, 318.95018273915746, 3206.9146353407608);
    assert_homogeneity(breslow_day(high, 3), 2.0788038791365906, 2, 0.35366613244224162, 0);
    const wres_stratum low[] = {{{1, 1000000}, {999999, 1000000}}, {{3, 1000000}, {999960, 1000000}}};
    assert_pooled(wres_pooled_odds, low, 2, WRES_Z95, 6.0501361276968399e-11, 2.1881353283956018e-11, 1.6728465871670576e-10);
    assert_homogeneity(breslow_day(low, 2), 7.8752358212613829, 1, 0.0050116335570441976, 0);
    assert_homogeneity(cochran(low, 2), 0.90527734977485258, 1, 0.34137058984633592, 0);
}

static void huge_counts(void **state) {
    (void)state;
    const wres_stratum strata[] = {{{1000000000, 300000000000}, {2000000000, TRILLION}},
                                   {{1000, TRILLION}, {100000000000, TRILLION}},
                                   {{999000000000, TRILLION}, {700000000000, 900000000000}}};
    assert_pooled(wres_pooled_risk, strata, 3, WRES_Z95, 1.1315336747419392, 1.1315322577397131, 1.1315350917459398);
    assert_pooled(wres_pooled_odds, strata, 3, WRES_Z95, 2.0839834369249882, 2.0839680908597163, 2.0839987831032666);
    assert_homogeneity(breslow_day(strata, 3), 335136270971.17008, 2, 0, 0);
    assert_homogeneity(cochran(strata, 3), 45714262.078599364, 2, 0, 0);
}

static void one_stratum_is_its_own_ratio(void **state) {
    (void)state;
    const wres_stratum one = {{36, 40}, {16, 80}};
    double ratio, woolf_ratio;
    wres_interval limits, own;
    assert_true(wres_pooled_risk(&one, 1, WRES_Z95, &ratio, &limits));
    assert_true(wres_katz(one.a, one.b, WRES_Z95, &own));
    assert_close(ratio, 4.5, 1e-14);
    assert_close(limits.lower, own.lower, 1e-12);
    assert_close(limits.upper, own.upper, 1e-12);
    assert_true(wres_pooled_odds(&one, 1, WRES_Z95, &ratio, &limits));
    assert_true(wres_woolf(36, 4, 16, 64, WRES_Z95, &woolf_ratio, &own));
    assert_close(ratio, woolf_ratio, 1e-14);
    assert_close(limits.lower, own.lower, 1e-12);
    assert_close(limits.upper, own.upper, 1e-12);

    wres_homogeneity test = {7, 8, 9, 10};
    assert_false(wres_breslow_day(&one, 1, &test));
    assert_false(wres_cochran(&one, 1, &test));
    assert_homogeneity(test, 7, 8, 9, 10);
}

static void equal_strata_are_homogeneous(void **state) {
    (void)state;
    const wres_stratum equal[] = {{{3, 10}, {5, 10}}, {{3, 10}, {5, 10}}, {{6, 20}, {10, 20}}};
    wres_homogeneity test = breslow_day(equal, 3);
    assert_true(test.statistic >= 0 && test.statistic < 1e-25);
    assert_close(test.p, 1, 1e-12);
    test = cochran(equal, 3);
    assert_true(test.statistic >= 0 && test.statistic < 1e-25);
    assert_close(test.p, 1, 1e-12);
}

static void the_order_of_the_groups_inverts_the_ratio(void **state) {
    (void)state;
    wres_stratum turned[COUNT(berkeley)];
    for (size_t i = 0; i < COUNT(berkeley); i++) {
        turned[i].a = berkeley[i].b;
        turned[i].b = berkeley[i].a;
    }
    assert_pooled(wres_pooled_odds, turned, COUNT(turned), WRES_Z95, 1 / 0.90469682825862298, 1 / 1.0603297644366556,
                  1 / 0.77190736175935046);
    assert_homogeneity(breslow_day(turned, COUNT(turned)), 18.825501252052756, 5, 0.0020714013978812493, 0);
}

static void is_undefined_without_events_on_both_sides(void **state) {
    (void)state;
    double ratio = 5;
    wres_interval limits = {7, 8};
    wres_homogeneity test = {7, 8, 9, 10};
    const wres_stratum none_in_a[] = {{{0, 10}, {3, 20}}, {{0, 5}, {1, 4}}};
    const wres_stratum none_in_b[] = {{{3, 10}, {0, 20}}, {{1, 5}, {0, 4}}};
    const wres_stratum no_trials[] = {{{0, 0}, {3, 20}}, {{2, 5}, {0, 0}}};
    const wres_stratum *all[] = {none_in_a, none_in_b, no_trials};
    for (size_t i = 0; i < 3; i++) {
        assert_false(wres_pooled_risk(all[i], 2, WRES_Z95, &ratio, &limits));
        assert_false(wres_pooled_odds(all[i], 2, WRES_Z95, &ratio, &limits));
        assert_false(wres_breslow_day(all[i], 2, &test));
        assert_false(wres_cochran(all[i], 2, &test));
    }
    assert_false(wres_pooled_risk(tolbutamide, 0, WRES_Z95, &ratio, &limits));
    assert_false(wres_pooled_odds(tolbutamide, 0, WRES_Z95, &ratio, &limits));
    assert_true(ratio == 5.0 && limits.lower == 7.0 && limits.upper == 8.0);
    assert_homogeneity(test, 7, 8, 9, 10);
}

static void is_undefined_for_impossible_counts(void **state) {
    (void)state;
    double ratio;
    wres_interval limits;
    wres_homogeneity test;
    const wres_stratum more_in_a[] = {{{8, 106}, {5, 120}}, {{99, 98}, {16, 85}}};
    const wres_stratum more_in_b[] = {{{8, 106}, {5, 120}}, {{22, 98}, {86, 85}}};
    const wres_stratum too_large[] = {{{8, TRILLION + 1}, {5, 120}}, {{22, 98}, {16, 85}}};
    const wres_stratum *all[] = {more_in_a, more_in_b, too_large};
    for (size_t i = 0; i < 3; i++) {
        assert_false(wres_pooled_risk(all[i], 2, WRES_Z95, &ratio, &limits));
        assert_false(wres_pooled_odds(all[i], 2, WRES_Z95, &ratio, &limits));
        assert_false(wres_breslow_day(all[i], 2, &test));
        assert_false(wres_cochran(all[i], 2, &test));
    }
    assert_false(wres_pooled_risk(tolbutamide, 2, 0, &ratio, &limits));
    assert_false(wres_pooled_odds(tolbutamide, 2, (double)NAN, &ratio, &limits));
}

/* Strata with one person in a group, exactly: sums of a n2/total over those of c n1/total. */
static void groups_of_one_count(void **state) {
    (void)state;
    const wres_stratum one_in_a[] = {{{1, 1}, {2, 5}}, {{3, 8}, {2, 9}}}, one_in_b[] = {{{3, 8}, {2, 9}}, {{2, 5}, {1, 1}}};
    double ratio;
    wres_interval limits;
    assert_true(wres_pooled_risk(one_in_a, 2, WRES_Z95, &ratio, &limits));
    assert_close(ratio, (5.0 / 6 + 27.0 / 17) / (2.0 / 6 + 16.0 / 17), 1e-14);
    assert_true(wres_pooled_risk(one_in_b, 2, WRES_Z95, &ratio, &limits));
    assert_close(ratio, (27.0 / 17 + 2.0 / 6) / (16.0 / 17 + 5.0 / 6), 1e-14);
}

/* The third stratum has one event, the fourth one without. */
static void strata_with_one_event_count(void **state) {
    (void)state;
    const wres_stratum strata[] = {{{3, 10}, {1, 10}}, {{5, 12}, {2, 9}}, {{1, 4}, {0, 6}}, {{4, 5}, {7, 7}}};
    const wres_homogeneity got = breslow_day(strata, 4);
    assert_close(got.statistic, 4.172253043206713922879, RELATIVE);
    assert_int_equal(got.degrees, 3);
    assert_int_equal(got.left_out, 0);
}

/* Odds ratios of 1e-18: fitted counts next to nothing beside counts of a trillion. */
static void odds_next_to_nothing(void **state) {
    (void)state;
    const wres_stratum strata[] = {{{1, 900000000001}, {900000000000, 900001000000}},
                                   {{3, 800000000003}, {800000000000, 800000500000}}};
    const wres_homogeneity got = breslow_day(strata, 2);
    assert_close(got.statistic, 0.34745281465828978378, 1e-8);
}

/* Of ratios of 1,000 in strata of many sizes nothing is left over, however large the weights. */
static void equal_ratios_leave_nothing_over(void **state) {
    (void)state;
    for (uint64_t k = 1; k < 200; k += 2) {
        const uint64_t n = 30000000 * k;
        const wres_stratum strata[] = {{{n, 3 * n}, {n / 1000, 3 * n}}, {{7 * n, 9 * n}, {7 * n / 1000, 9 * n}}};
        const wres_homogeneity got = cochran(strata, 2);
        assert_true(got.statistic < 1e-16);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_values_of_modern_epidemiology),
        cmocka_unit_test(gives_the_values_of_r),
        cmocka_unit_test(of_admissions_to_berkeley),
        cmocka_unit_test(of_trials_of_a_vaccine),
        cmocka_unit_test(strata_with_nothing_to_say_are_left_out_and_counted),
        cmocka_unit_test(extreme_odds_ratios),
        cmocka_unit_test(huge_counts),
        cmocka_unit_test(one_stratum_is_its_own_ratio),
        cmocka_unit_test(equal_strata_are_homogeneous),
        cmocka_unit_test(the_order_of_the_groups_inverts_the_ratio),
        cmocka_unit_test(is_undefined_without_events_on_both_sides),
        cmocka_unit_test(is_undefined_for_impossible_counts),
        cmocka_unit_test(groups_of_one_count),
        cmocka_unit_test(strata_with_one_event_count),
        cmocka_unit_test(odds_next_to_nothing),
        cmocka_unit_test(equal_ratios_leave_nothing_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
