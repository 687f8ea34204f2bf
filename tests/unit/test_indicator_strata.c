/* Ratios of likelihoods pooled over strata: like compared with like. */
#include "pipeline.h"

static void stratify(pipeline *p, const char *field) { p->request.strata = (wres_breakdown){.name = field, .fields = {field}, .count = 1}; }

static pipeline *recruited(const char *rows, bool stratified) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", wres_print(p->run, "Date,Ethnicity,Pay Band,Stage,Count\n%s", rows));
    if (stratified) stratify(p, "band");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* Band 5: White 10 of 20, BME 5 of 20. Band 6: White 6 of 30, BME 2 of 10. */
static const char two_bands[] = "2024-08-01,A,Band 5,Appointed,10\n2024-08-01,A,Band 5,Shortlisted,10\n2024-08-01,H,Band 5,Appointed,5\n2024-08-01,H,Band 5,Shortlisted,15\n"
                                "2024-08-01,A,Band 6,Appointed,6\n2024-08-01,A,Band 6,Shortlisted,24\n2024-08-01,H,Band 6,Appointed,2\n2024-08-01,H,Band 6,Shortlisted,8\n";

/* Above: 10 x 20/40 + 6 x 10/40 = 6.5; below: 5 x 20/40 + 2 x 30/40 = 4: 1.625, where all together are (16/50)/(7/30) = 48/35.
 * Variance of the logarithm, (n1 n2 (a + b) - a b N)/N^2 summed: (400 x 15 - 50 x 40)/1600 + (300 x 8 - 12 x 40)/1600 = 3.7, over 6.5 x 4. */
static void pooled_over_two_bands(void **state) {
    (void)state;
    pipeline *p = recruited(two_bands, true);
    const wres_result *pooled = result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified");
    const double spread = exp(WRES_Z95 * sqrt(3.7 / 26));
    assert_int_equal(pooled->unit, WRES_RATIO);
    assert_int_equal(pooled->kind, WRES_VALUE_REAL);
    assert_int_equal(pooled->status, WRES_CALCULATED);
    assert_close(pooled->real, 1.625, 1e-12);
    assert_interval(pooled, 1.625 / spread, 1.625 * spread, 1e-12);
    assert_contains(pooled->note, "Mantel-Haenszel over 2 strata of band; not part of the standard");
    assert_false(pooled->has_flag);
    assert_exact(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio"), 48, 35);
    pipeline_end(p);
}

/* Logarithms ln 2 and 0; variances 1/10 - 1/20 + 1/5 - 1/20 = 1/5 and 1/6 - 1/30 + 1/2 - 1/10 = 8/15: weights 5 and 15/8.
 * Q = (ln 2)^2 x 5 x 1.875 / 6.875; with one degree of freedom p = erfc(sqrt(Q/2)). */
static void the_strata_are_tested_for_one_ratio(void **state) {
    (void)state;
    pipeline *p = recruited(two_bands, true);
    const wres_result *test = result(p, .indicator = "2", .group = "white/bme", .statistic = "p_homogeneity");
    const double q = log(2) * log(2) * 5 * 1.875 / 6.875;
    assert_int_equal(test->unit, WRES_PROBABILITY);
    assert_close(test->real, erfc(sqrt(q / 2)), 1e-10);
    assert_false(test->has_interval);
    assert_contains(test->note, "degrees of freedom 1, strata left out 0");
    pipeline_end(p);
}

/* White yes and no against BME yes and no: (10 x 15/40 + 6 x 8/40)/(10 x 5/40 + 24 x 2/40) = 4.95/2.45. The limits (Robins, Breslow and
 * Greenland) and the test (Breslow and Day, Tarone) were computed from their formulas in another language. */
static void the_odds_ratio_beside_it(void **state) {
    (void)state;
    pipeline *p = recruited(two_bands, true);
    const wres_result *pooled = result(p, .indicator = "2", .group = "white/bme", .statistic = "odds_ratio_stratified");
    const wres_result *test = result(p, .indicator = "2", .group = "white/bme", .statistic = "p_homogeneity_odds");
    assert_int_equal(pooled->unit, WRES_RATIO);
    assert_close(pooled->real, 4.95 / 2.45, 1e-12);
    assert_interval(pooled, 0.6904876576577303, 5.911835064563209, 1e-12);
    assert_contains(pooled->note, "the odds ratio, Mantel-Haenszel over 2 strata of band; not part of the standard");
    assert_int_equal(test->unit, WRES_PROBABILITY);
    assert_close(test->real, 0.33164921476048337, 1e-10);
    assert_contains(test->note, "Breslow-Day with Tarone's correction that the odds ratio is the same in all strata (degrees of freedom 1, strata left out 0)");
    pipeline_end(p);
}

/* BME over White. Band 5: BME 2 of 10, White 1 of 10; Band 6: BME 3 of 5, White 4 of 20.
 * Above: 2 x 10/20 + 3 x 20/25 = 3.4; below: 1 x 10/20 + 4 x 5/25 = 1.3: 34/13. */
static void the_direction_is_that_of_the_ratio(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,10\n2025-03-31,H,Band 5,10\n2025-03-31,A,Band 6,20\n2025-03-31,H,Band 6,5\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Pay Band,Count\n2024-08-01,A,Band 5,1\n2024-08-01,H,Band 5,2\n2024-08-01,A,Band 6,4\n2024-08-01,H,Band 6,3\n");
    stratify(p, "band");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_close(result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio_stratified")->real, 34.0 / 13, 1e-12);
    no_result(p, .indicator = "3", .group = "white/bme", .statistic = "ratio_stratified");
    pipeline_end(p);
}

/* Bands with one group only have nothing to say: the one with both gives its own ratio, 2. The test needs two. */
static void a_band_with_one_group_says_nothing(void **state) {
    (void)state;
    pipeline *p = recruited("2024-08-01,A,Band 5,Appointed,10\n2024-08-01,A,Band 5,Shortlisted,10\n2024-08-01,H,Band 5,Appointed,5\n2024-08-01,H,Band 5,Shortlisted,15\n"
                            "2024-08-01,A,Band 7,Appointed,9\n2024-08-01,A,Band 7,Shortlisted,1\n",
                            true);
    assert_close(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified")->real, 2, 1e-12);
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "p_homogeneity");
    pipeline_end(p);
}

/* White in one band, BME in the other: the ratio of all is 2, like is nowhere compared with like. */
static void missing_where_no_band_has_both(void **state) {
    (void)state;
    pipeline *p = recruited("2024-08-01,A,Band 5,Appointed,10\n2024-08-01,A,Band 5,Shortlisted,10\n2024-08-01,H,Band 6,Appointed,5\n2024-08-01,H,Band 6,Shortlisted,15\n", true);
    assert_exact(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio"), 2, 1);
    assert_missing(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified"), WRES_NOT_CALCULABLE,
                   "no events to compare within the strata of band");
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "p_homogeneity");
    pipeline_end(p);
}

static void none_unless_asked_for(void **state) {
    (void)state;
    pipeline *p = recruited(two_bands, false);
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified");
    pipeline_end(p);
}

/* Beside a breakdown the pooled ratio is said once, of everybody. */
static void not_of_the_parts_of_a_breakdown(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    size_t found = 0;
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_by(p, "band", NULL);
    pipeline_add(p, "recruitment", wres_print(p->run, "Date,Ethnicity,Pay Band,Stage,Count\n%s", two_bands));
    stratify(p, "band");
    assert_int_equal(pipeline_run(p), WRES_OK);
    for (size_t i = 0; i < p->results.count; i++) found += strcmp(p->results.all[i].statistic, "ratio_stratified") == 0;
    assert_close(result(p, .indicator = "2", .by = "all", .group = "white/bme", .statistic = "ratio_stratified")->real, 1.625, 1e-12);
    assert_exact(result(p, .indicator = "2", .by = "band", .by_value = "Band 5", .group = "white/bme", .statistic = "ratio"), 2, 1);
    assert_int_equal(found, 1);
    pipeline_end(p);
}

/* One hidden count of a stratum is in the sum of all. */
static void hidden_counts_hide_what_is_pooled(void **state) {
    (void)state;
    static const struct {
        const char *statistic;
        wres_unit unit;
    } rows[] = {{"ratio_stratified", WRES_RATIO}, {"p_homogeneity", WRES_PROBABILITY}, {"odds_ratio_stratified", WRES_RATIO}, {"p_homogeneity_odds", WRES_PROBABILITY}};
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, "recruitment", wres_print(p->run, "Date,Ethnicity,Pay Band,Stage,Count\n%s2024-08-01,H,Band 6,Appointed,<5\n", two_bands), "hidden: {\"<5\": 1-4}");
    stratify(p, "band");
    assert_int_equal(pipeline_run(p), WRES_OK);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const wres_result *r = result(p, .indicator = "2", .group = "white/bme", .statistic = rows[i].statistic);
        assert_missing(r, WRES_SUPPRESSED, "rests on 1 count");
        assert_int_equal(r->unit, rows[i].unit);
        assert_false(r->has_lower_bound || r->has_upper_bound || r->has_interval);
    }
    pipeline_end(p);
}

/* Everybody White was appointed: 10 of 10 over 5 of 10 is 2, and odds without end. Of band 6 nobody was appointed: it adds nothing. */
static void a_certain_event_has_a_ratio_and_no_odds(void **state) {
    (void)state;
    pipeline *p = recruited("2024-08-01,A,Band 5,Appointed,10\n2024-08-01,H,Band 5,Appointed,5\n2024-08-01,H,Band 5,Shortlisted,5\n"
                            "2024-08-01,A,Band 6,Shortlisted,3\n2024-08-01,H,Band 6,Shortlisted,3\n",
                            true);
    assert_close(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified")->real, 2, 1e-12);
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "odds_ratio_stratified");
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "p_homogeneity_odds");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pooled_over_two_bands),
        cmocka_unit_test(the_strata_are_tested_for_one_ratio),
        cmocka_unit_test(the_odds_ratio_beside_it),
        cmocka_unit_test(the_direction_is_that_of_the_ratio),
        cmocka_unit_test(a_band_with_one_group_says_nothing),
        cmocka_unit_test(missing_where_no_band_has_both),
        cmocka_unit_test(none_unless_asked_for),
        cmocka_unit_test(not_of_the_parts_of_a_breakdown),
        cmocka_unit_test(hidden_counts_hide_what_is_pooled),
        cmocka_unit_test(a_certain_event_has_a_ratio_and_no_odds),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
