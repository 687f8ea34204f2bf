/* Pooled ratios beyond the plain case: hidden counts, more than two groups, years taken together. */
#include "pipeline.h"

static void stratify(pipeline *p) { p->request.strata = (wres_breakdown){.name = "band", .fields = {"band"}, .count = 1}; }

static const struct {
    const char *statistic;
    wres_unit unit;
} all_four[] = {{"ratio_stratified", WRES_RATIO},
                {"p_homogeneity", WRES_PROBABILITY},
                {"odds_ratio_stratified", WRES_RATIO},
                {"p_homogeneity_odds", WRES_PROBABILITY}};

/* Rows of White and BME, appointed and shortlisted, in one band: one of the four counts is hidden, and all that rests on it is
 * suppressed, with the number of hidden counts. */
static void a_hidden_count_in_any_place_suppresses_all_four(void **state) {
    static const char *const who[] = {"A,Band 5,Appointed", "A,Band 5,Shortlisted", "H,Band 5,Appointed", "H,Band 5,Shortlisted"};
    (void)state;
    for (size_t hidden = 0; hidden < 4; hidden++) {
        pipeline *p = pipeline_new("wres-2025");
        const char *rows = "Date,Ethnicity,Pay Band,Stage,Count\n2024-08-01,A,Band 6,Appointed,6\n2024-08-01,A,Band 6,Shortlisted,24\n"
                           "2024-08-01,H,Band 6,Appointed,2\n2024-08-01,H,Band 6,Shortlisted,8\n";
        for (size_t i = 0; i < 4; i++) rows = wres_print(p->run, "%s2024-08-01,%s,%s\n", rows, who[i], i == hidden ? "<5" : "7");
        pipeline_as_at(p, 2025, 3, 31);
        pipeline_add_with(p, "recruitment", rows, "hidden: {\"<5\": 1-4}");
        stratify(p);
        assert_int_equal(pipeline_run(p), WRES_OK);
        for (size_t i = 0; i < COUNT_OF(all_four); i++) {
            const wres_result *r = result(p, .indicator = "2", .group = "white/bme", .statistic = all_four[i].statistic);
            assert_missing(r, WRES_SUPPRESSED, "1 count");
            assert_int_equal(r->unit, all_four[i].unit);
        }
        pipeline_end(p);
    }
}

/* Two hidden counts of White and one of BME, in two bands: three. */
static void hidden_counts_of_all_strata_are_counted(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, "recruitment",
                      "Date,Ethnicity,Pay Band,Stage,Count\n2024-08-01,A,Band 5,Appointed,<5\n2024-08-01,A,Band 6,Shortlisted,<5\n"
                      "2024-08-01,H,Band 6,Shortlisted,<5\n2024-08-01,H,Band 5,Appointed,9\n",
                      "hidden: {\"<5\": 1-4}");
    stratify(p);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_stratified"), WRES_SUPPRESSED, "3 counts");
    pipeline_end(p);
}

/* White 10 of 20 and 6 of 30; Asian 5 of 20 and 2 of 10, so 6.5/4 as between two groups; Black 4 of 10 and 3 of 10:
 * (10 x 10/30 + 6 x 10/40)/(4 x 20/30 + 3 x 30/40) = (29/6)/(59/12). */
static void each_group_has_its_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment",
                 "Date,Ethnicity,Pay Band,Stage,Count\n2024-08-01,A,Band 5,Appointed,10\n2024-08-01,A,Band 5,Shortlisted,10\n"
                 "2024-08-01,A,Band 6,Appointed,6\n2024-08-01,A,Band 6,Shortlisted,24\n2024-08-01,H,Band 5,Appointed,5\n"
                 "2024-08-01,H,Band 5,Shortlisted,15\n2024-08-01,H,Band 6,Appointed,2\n2024-08-01,H,Band 6,Shortlisted,8\n"
                 "2024-08-01,N,Band 5,Appointed,4\n2024-08-01,N,Band 5,Shortlisted,6\n2024-08-01,N,Band 6,Appointed,3\n"
                 "2024-08-01,N,Band 6,Shortlisted,7\n");
    stratify(p);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_close(result(p, .indicator = "2", .group = "white/asian", .statistic = "ratio_stratified")->real, 6.5 / 4, 1e-12);
    assert_close(result(p, .indicator = "2", .group = "white/black", .statistic = "ratio_stratified")->real, 58.0 / 59, 1e-12);
    no_result(p, .indicator = "2", .group = "white/unknown", .statistic = "ratio_stratified");
    no_result(p, .indicator = "2", .group = "white/white", .statistic = "ratio_stratified");
    pipeline_end(p);
}

/* Indicator 3 of 2019 takes two years together: BME 2 of 10 and White 1 of 10 become 2 of 20 and 1 of 20. The ratio stays; the variance of
 * its logarithm is that of 1/2 - 1/20 + 1 - 1/20 (over one year, 1/10 each). */
static void years_together_have_their_people_together(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2019");
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,Count\n2019-03-31,A,Band 5,10\n2019-03-31,H,Band 5,10\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Pay Band,Count\n2018-08-01,A,Band 5,1\n2018-08-01,H,Band 5,2\n");
    stratify(p);
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *r = result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio_stratified");
    const double spread = exp(WRES_Z95 * sqrt(1.4));
    assert_close(r->real, 2, 1e-12);
    assert_interval(r, 2 / spread, 2 * spread, 1e-12);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hidden_count_in_any_place_suppresses_all_four),
        cmocka_unit_test(hidden_counts_of_all_strata_are_counted),
        cmocka_unit_test(each_group_has_its_own),
        cmocka_unit_test(years_together_have_their_people_together),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
