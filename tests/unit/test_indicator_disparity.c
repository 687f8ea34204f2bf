/* Race disparity ratios: from the lower tier of the bands to the middle, to the upper. */
#include "pipeline.h"

#define HEADER "Date,Ethnicity,Staff Group,Pay Band,Medical Grade,Count\n"

/* Clinical: lower W 70 B 40, middle W 40 B 15, upper W 12 B 2. Non-clinical: lower W 30 B 10, middle W 20 B 5, upper W 8 B 2.
 * All: lower 100 and 50, middle 60 and 20, upper 20 and 4. Doctors and the unknown are in none of it. */
static const char trust[] = HEADER
    "2025-03-31,A,Nursing,Band 5,,60\n2025-03-31,A,Nursing,Band 2,,10\n2025-03-31,H,Nursing,Band 5,,40\n"
    "2025-03-31,A,Nursing,Band 6,,30\n2025-03-31,A,Nursing,Band 7,,10\n2025-03-31,H,Nursing,Band 7,,15\n"
    "2025-03-31,A,Nursing,Band 8a,,8\n2025-03-31,A,Nursing,Band 9,,4\n2025-03-31,H,Nursing,Band 8b,,2\n"
    "2025-03-31,A,Admin and Clerical,Band 3,,30\n2025-03-31,H,Admin and Clerical,Band 4,,10\n"
    "2025-03-31,A,Admin and Clerical,Band 6,,20\n2025-03-31,H,Admin and Clerical,Band 6,,5\n"
    "2025-03-31,A,Admin and Clerical,VSM,,5\n2025-03-31,A,Admin and Clerical,Band 8d,,3\n2025-03-31,H,Admin and Clerical,Band 8c,,2\n"
    "2025-03-31,A,Medical and Dental,,Consultant,500\n2025-03-31,H,Medical and Dental,,Consultant,300\n"
    "2025-03-31,Z,Nursing,Band 5,,33\n2025-03-31,Z,Nursing,Band 8a,,7\n";

static pipeline *disparity_of(const char *csv) {
    pipeline *p = pipeline_new("disparity");
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *ratio(const pipeline *p, const char *section, const char *row) {
    return result(p, .indicator = "disparity", .section = section, .row = row, .group = "white/bme", .statistic = "ratio");
}

/* (60/100)/(20/50) = 3/2; (20/60)/(4/20) = 5/3; (20/100)/(4/50) = 5/2. Woolf: exp(ln(5/2) -+ z sqrt(1/20 + 1/100 + 1/4 + 1/50)). */
static void three_ratios(void **state) {
    (void)state;
    pipeline *p = disparity_of(trust);
    const double spread = exp(WRES_Z95 * sqrt(1.0 / 20 + 1.0 / 100 + 1.0 / 4 + 1.0 / 50));
    assert_exact(ratio(p, NULL, "lower-middle"), 3, 2);
    assert_exact(ratio(p, NULL, "middle-upper"), 5, 3);
    assert_exact(ratio(p, NULL, "lower-upper"), 5, 2);
    assert_int_equal(ratio(p, NULL, "lower-upper")->unit, WRES_RATIO);
    assert_interval(ratio(p, NULL, "lower-upper"), 2.5 / spread, 2.5 * spread, 1e-12);
    assert_contains(ratio(p, NULL, "lower-upper")->note, "above 1 favours White staff");
    assert_contains(ratio(p, NULL, "lower-upper")->note, "not promotion");
    assert_contains(ratio(p, NULL, "lower-upper")->note, "White 20 upper and 100 lower, BME 4 and 50");
    assert_false(ratio(p, NULL, "lower-upper")->has_flag);
    pipeline_end(p);
}

/* Clinical: (40/70)/(15/40) = 32/21, (12/40)/(2/15) = 9/4, (12/70)/(2/40) = 24/7.
 * Non-clinical: (20/30)/(5/10) = 4/3, (8/20)/(2/5) = 1, (8/30)/(2/10) = 4/3. */
static void clinical_and_non_clinical(void **state) {
    (void)state;
    pipeline *p = disparity_of(trust);
    assert_exact(ratio(p, "clinical", "lower-middle"), 32, 21);
    assert_exact(ratio(p, "clinical", "middle-upper"), 9, 4);
    assert_exact(ratio(p, "clinical", "lower-upper"), 24, 7);
    assert_exact(ratio(p, "non-clinical", "lower-middle"), 4, 3);
    assert_exact(ratio(p, "non-clinical", "middle-upper"), 1, 1);
    assert_exact(ratio(p, "non-clinical", "lower-upper"), 4, 3);
    pipeline_end(p);
}

static void assert_product(const pipeline *p, const char *section) {
    const wres_rational a = ratio(p, section, "lower-middle")->exact, b = ratio(p, section, "middle-upper")->exact,
                        c = ratio(p, section, "lower-upper")->exact;
    assert_true(a.numerator * b.numerator * c.denominator == a.denominator * b.denominator * c.numerator);
}

static void lower_to_upper_is_the_product(void **state) {
    (void)state;
    pipeline *p = disparity_of(trust);
    assert_product(p, NULL);
    assert_product(p, "clinical");
    assert_product(p, "non-clinical");
    pipeline_end(p);
}

/* Fisher, 12/40 v 48/80: 0.00340922177. Upper 12 White of 40, lower 48 White of 80. */
static void fisher_beside_each_ratio(void **state) {
    (void)state;
    pipeline *p = disparity_of(
        HEADER
        "2025-03-31,A,Nursing,Band 5,,48\n2025-03-31,H,Nursing,Band 5,,32\n2025-03-31,A,Nursing,Band 6,,1\n2025-03-31,H,Nursing,Band 6,,1\n"
        "2025-03-31,A,Nursing,Band 8a,,12\n2025-03-31,H,Nursing,Band 8a,,28\n");
    const wres_result *test =
        result(p, .indicator = "disparity", .row = "lower-upper", .group = "white/bme", .statistic = "p_value");
    assert_int_equal(test->unit, WRES_PROBABILITY);
    assert_close(test->real, 0.00340922177, 1e-8);
    assert_exact(ratio(p, NULL, "lower-upper"), 2, 7); /* (12/48)/(28/32) */
    pipeline_end(p);
}

/* BME 20 of 80 in the middle tier; the unknown are left out. */
static void shares_of_the_tiers(void **state) {
    (void)state;
    pipeline *p = disparity_of(trust);
    assert_of(result(p, .indicator = "disparity", .row = "lower", .group = "bme", .statistic = "share"), 50, 150);
    assert_of(result(p, .indicator = "disparity", .row = "middle", .group = "bme", .statistic = "share"), 20, 80);
    assert_of(result(p, .indicator = "disparity", .row = "upper", .group = "bme", .statistic = "share"), 4, 24);
    assert_of(result(p, .indicator = "disparity", .row = "upper", .group = "white", .statistic = "share"), 20, 24);
    assert_of(result(p, .indicator = "disparity", .section = "clinical", .row = "upper", .group = "bme", .statistic = "share"), 2,
              14);
    assert_contains(result(p, .indicator = "disparity", .row = "upper", .group = "bme", .statistic = "share")->note,
                    "of known ethnicity");
    no_result(p, .indicator = "disparity", .row = "upper", .group = "unknown", .statistic = "share");
    pipeline_end(p);
}

/* Nobody BME in the upper tier: both ratios into it are missing, lower to middle is (60/100)/(20/50). The other section is empty. */
static void an_empty_tier(void **state) {
    (void)state;
    pipeline *p = disparity_of(
        HEADER
        "2025-03-31,A,Nursing,Band 5,,100\n2025-03-31,H,Nursing,Band 5,,50\n2025-03-31,A,Nursing,Band 6,,60\n2025-03-31,H,Nursing,Band 6,,20\n"
        "2025-03-31,A,Nursing,Band 8a,,20\n");
    assert_exact(ratio(p, NULL, "lower-middle"), 3, 2);
    assert_missing(ratio(p, NULL, "middle-upper"), WRES_NOT_CALCULABLE,
                   "a tier is empty: White 20 upper and 60 middle, BME 0 and 20");
    assert_missing(ratio(p, NULL, "lower-upper"), WRES_NOT_CALCULABLE, "a tier is empty");
    no_result(p, .indicator = "disparity", .row = "lower-upper", .group = "white/bme", .statistic = "p_value");
    assert_of(result(p, .indicator = "disparity", .row = "upper", .group = "bme", .statistic = "share"), 0, 20);
    assert_missing(ratio(p, "non-clinical", "lower-middle"), WRES_NOT_CALCULABLE, "a tier is empty");
    assert_missing(
        result(p, .indicator = "disparity", .section = "non-clinical", .row = "upper", .group = "bme", .statistic = "share"),
        WRES_NOT_CALCULABLE, "nobody of known ethnicity in the tier");
    pipeline_end(p);
}

/* Under band 1 is of the lower tier; a row of no known section counts in all, in neither section; Non AfC grade is of no tier. */
static void edges_of_the_tiers(void **state) {
    (void)state;
    pipeline *p = disparity_of(
        HEADER
        "2025-03-31,A,Nursing,Under Band 1,,3\n2025-03-31,H,,Band 1,,2\n2025-03-31,A,Nursing,Non AfC grade,,9\n2025-03-31,A,Nursing,VSM,,4\n2025-03-31,H,Nursing,Band 8a,,1\n");
    assert_of(result(p, .indicator = "disparity", .row = "lower", .group = "white", .statistic = "share"), 3, 5);
    assert_of(result(p, .indicator = "disparity", .section = "clinical", .row = "lower", .group = "white", .statistic = "share"), 3,
              3);
    assert_of(result(p, .indicator = "disparity", .row = "upper", .group = "white", .statistic = "share"), 4, 5);
    assert_exact(ratio(p, NULL, "lower-upper"), 8, 3); /* (4/3)/(1/2) */
    pipeline_end(p);
}

/* Red: (2/4)/(1/4) = 2. Blue has no BME staff in the middle tier. */
static void by_team(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    pipeline_by(p, "team", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Team,Pay Band,Count\n2025-03-31,A,Red,Band 5,4\n2025-03-31,H,Red,Band 5,4\n2025-03-31,A,Red,Band 6,2\n2025-03-31,H,Red,Band 6,1\n"
        "2025-03-31,A,Blue,Band 5,4\n2025-03-31,H,Blue,Band 5,4\n2025-03-31,A,Blue,Band 6,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(
        result(p, .indicator = "disparity", .row = "lower-middle", .by_value = "Red", .group = "white/bme", .statistic = "ratio"),
        2, 1);
    assert_missing(
        result(p, .indicator = "disparity", .row = "lower-middle", .by_value = "Blue", .group = "white/bme", .statistic = "ratio"),
        WRES_NOT_CALCULABLE, "a tier is empty");
    assert_exact(ratio(p, NULL, "lower-middle"), 4, 1); /* (4/8)/(1/8) */
    pipeline_end(p);
}

static void nobody_at_all(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,Assignment Category,Count\n2025-03-31,A,Band 5,Bank,4\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "disparity"), WRES_NOT_CALCULABLE, "no staff");
    pipeline_end(p);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static void assert_hidden(const wres_result *r, const char *note) {
    assert_missing(r, WRES_SUPPRESSED, note);
    assert_false(r->has_interval || r->has_lower_bound || r->has_upper_bound);
}

static pipeline *hiding(const char *rows, const char *by) {
    pipeline *p = pipeline_new("disparity");
    if (by) pipeline_by(p, by, NULL);
    pipeline_add_with(p, "workforce", wres_print(p->run, "Date,Ethnicity,Team,Pay Band,Count\n%s", rows), "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* The ratios into the upper tier rest on it, that below it does not. Its share lies between 1/21 and 4/24. */
static void a_hidden_tier_hides_its_ratios(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2025-03-31,A,East,Band 5,100\n2025-03-31,H,East,Band 5,50\n2025-03-31,A,East,Band 6,60\n2025-03-31,H,East,Band 6,20\n"
        "2025-03-31,A,East,Band 8a,20\n2025-03-31,H,East,Band 8a,<5\n",
        "team");
    const wres_result *share = result(p, .indicator = "disparity", .row = "upper", .group = "bme", .statistic = "share");
    assert_missing(share, WRES_SUPPRESSED, "rests on 1 count");
    assert_true(share->lower_bound.numerator * 21 == 100 * share->lower_bound.denominator);
    assert_true(share->upper_bound.numerator * 24 == 400 * share->upper_bound.denominator);
    assert_exact(ratio(p, NULL, "lower-middle"), 3, 2);
    assert_hidden(ratio(p, NULL, "middle-upper"), "rests on counts that are hidden");
    assert_hidden(ratio(p, NULL, "lower-upper"), "rests on counts that are hidden");
    assert_int_equal(ratio(p, NULL, "lower-upper")->beside, WRES_BESIDE_ODDS);
    const wres_result *test =
        result(p, .indicator = "disparity", .row = "lower-upper", .group = "white/bme", .statistic = "p_value");
    assert_hidden(test, "rests on counts");
    assert_int_equal(test->unit, WRES_PROBABILITY);
    assert_int_equal(test->beside, WRES_BESIDE_NOTHING);
    const wres_result *of_team = result(p, .indicator = "disparity", .row = "lower-upper", .by = "team", .by_value = "East",
                                        .group = "white/bme", .statistic = "ratio");
    assert_hidden(of_team, "rests on counts");
    assert_int_equal(of_team->beside, WRES_BESIDE_NOTHING);
    pipeline_end(p);
}

static void a_hidden_reference_hides_them_too(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2025-03-31,A,East,Band 5,<5\n2025-03-31,H,East,Band 5,50\n2025-03-31,A,East,Band 6,60\n2025-03-31,H,East,Band 6,20\n"
        "2025-03-31,A,East,Band 8a,20\n2025-03-31,H,East,Band 8a,4\n",
        NULL);
    assert_hidden(ratio(p, NULL, "lower-middle"), "rests on counts");
    assert_hidden(ratio(p, NULL, "lower-upper"), "rests on counts");
    assert_exact(ratio(p, NULL, "middle-upper"), 5, 3); /* (20/60)/(4/20) */
    pipeline_end(p);
}

static void what_is_lacking_is_said_once(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Team\n2025-03-31,A,East\n2025-03-31,H,West\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "disparity"), WRES_NOT_SUPPLIED, "no column pay_band");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* One of each in each tier: no tier is empty, and all ratios are 1. */
static void one_of_each_is_enough(void **state) {
    (void)state;
    pipeline *p = disparity_of(
        HEADER
        "2025-03-31,A,Nursing,Band 5,,1\n2025-03-31,H,Nursing,Band 5,,1\n2025-03-31,A,Nursing,Band 6,,1\n2025-03-31,H,Nursing,Band 6,,1\n"
        "2025-03-31,A,Nursing,Band 8a,,1\n2025-03-31,H,Nursing,Band 8a,,1\n");
    assert_exact(ratio(p, NULL, "lower-middle"), 1, 1);
    assert_exact(ratio(p, NULL, "lower-upper"), 1, 1);
    pipeline_end(p);
}

/* 6 White, 3 Asian and 1 Black of 10 in the lower tier, 2, 1 and 1 in the middle: each has its share and its ratio. */
static void finer_groups_share_a_tier(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    p->request.groups = "group5";
    pipeline_add(p, "workforce",
                 HEADER "2025-03-31,A,Nursing,Band 5,,6\n2025-03-31,H,Nursing,Band 5,,3\n2025-03-31,N,Nursing,Band 5,,1\n"
                        "2025-03-31,A,Nursing,Band 6,,2\n2025-03-31,H,Nursing,Band 6,,1\n2025-03-31,N,Nursing,Band 6,,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "disparity", .row = "lower", .group = "white", .statistic = "share"), 6, 10);
    assert_of(result(p, .indicator = "disparity", .row = "lower", .group = "asian", .statistic = "share"), 3, 10);
    assert_of(result(p, .indicator = "disparity", .row = "middle", .group = "black", .statistic = "share"), 1, 4);
    assert_exact(result(p, .indicator = "disparity", .row = "lower-middle", .group = "white/asian", .statistic = "ratio"), 1,
                 1); /* (2/6)/(1/3) */
    assert_exact(result(p, .indicator = "disparity", .row = "lower-middle", .group = "white/black", .statistic = "ratio"), 1,
                 3); /* (2/6)/(1/1) */
    no_result(p, .indicator = "disparity", .row = "lower-middle", .group = "white/white", .statistic = "ratio");
    no_result(p, .indicator = "disparity", .row = "lower-middle", .group = "white/other",
              .statistic = "ratio"); /* nobody is in it */
    pipeline_end(p);
}

/* 1 to 4 Asian of 21 to 24 in the upper tier: of the groups in which there is nobody nothing is hidden. */
static void finer_groups_of_a_hidden_tier(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    p->request.groups = "group5";
    pipeline_add_with(
        p, "workforce",
        "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,50\n2025-03-31,H,Band 5,50\n2025-03-31,A,Band 8a,20\n2025-03-31,H,Band 8a,<5\n",
        "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *share = result(p, .indicator = "disparity", .row = "upper", .group = "asian", .statistic = "share");
    assert_missing(share, WRES_SUPPRESSED, "rests on 1 count");
    assert_true(share->lower_bound.numerator * 21 == 100 * share->lower_bound.denominator);
    assert_true(share->upper_bound.numerator * 24 == 400 * share->upper_bound.denominator);
    pipeline_end(p);
}

/* White and BME in the lower tier, and in the middle: where one of the four is nobody there is no ratio. */
static void none_of_one_group_in_one_tier(void **state) {
    (void)state;
    for (int none = 0; none < 4; none++) {
        int n[4] = {7, 5, 3, 2};
        n[none] = 0;
        pipeline *p = pipeline_new("disparity");
        pipeline_add(
            p, "workforce",
            wres_print(
                p->run,
                HEADER
                "2025-03-31,A,Nursing,Band 5,,%d\n2025-03-31,H,Nursing,Band 5,,%d\n2025-03-31,A,Nursing,Band 6,,%d\n2025-03-31,H,Nursing,Band 6,,%d\n",
                n[0], n[1], n[2], n[3]));
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_missing(ratio(p, NULL, "lower-middle"), WRES_NOT_CALCULABLE,
                       wres_print(p->run, "a tier is empty: White %d middle and %d lower, BME %d and %d", n[2], n[0], n[3], n[1]));
        pipeline_end(p);
    }
}

/* Without a staff group the bands tell all tiers, and no section. */
static void sections_that_are_not_told_have_no_ratios(void **state) {
    (void)state;
    pipeline *p = disparity_of(
        "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,7\n2025-03-31,H,Band 5,5\n2025-03-31,A,Band 6,3\n2025-03-31,H,Band 6,2\n");
    assert_exact(ratio(p, NULL, "lower-middle"), 15, 14); /* (3/7)/(2/5) */
    assert_missing(result(p, .indicator = "disparity", .section = "clinical"), WRES_NOT_SUPPLIED, "no column staff_group");
    no_result(p, .indicator = "disparity", .section = "clinical", .row = "lower-middle", .group = "white/bme",
              .statistic = "ratio");
    no_result(p, .indicator = "disparity", .section = "clinical", .row = "lower", .group = "white", .statistic = "share");
    pipeline_end(p);
}

/* The one tier asks for a column that is not there, be it the first or the last. */
static void a_tier_that_is_not_told_has_no_ratios(void **state) {
    (void)state;
    for (int last = 0; last < 2; last++) {
        pipeline *p = pipeline_new(NULL);
        assert_int_equal(
            pipeline_standard(
                p,
                wres_print(
                    p->run,
                    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
                    "  - {id: disparity, title: t, certainty: U, measure: disparity, of: {table: workforce}, scopes: [{scope: all}], tiers: [\n"
                    "      {tier: low, where: [%s]}, {tier: high, where: [%s]}]}\n",
                    last ? "band in Band 5" : "team in East", last ? "team in East" : "band in Band 5")),
            WRES_OK);
        pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,7\n2025-03-31,H,Band 5,5\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_missing(result(p, .indicator = "disparity"), WRES_NOT_SUPPLIED, "no column team");
        assert_int_equal(p->results.count, 1);
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_ratios),
        cmocka_unit_test(clinical_and_non_clinical),
        cmocka_unit_test(lower_to_upper_is_the_product),
        cmocka_unit_test(fisher_beside_each_ratio),
        cmocka_unit_test(shares_of_the_tiers),
        cmocka_unit_test(an_empty_tier),
        cmocka_unit_test(edges_of_the_tiers),
        cmocka_unit_test(by_team),
        cmocka_unit_test(nobody_at_all),
        cmocka_unit_test(a_hidden_tier_hides_its_ratios),
        cmocka_unit_test(a_hidden_reference_hides_them_too),
        cmocka_unit_test(what_is_lacking_is_said_once),
        cmocka_unit_test(one_of_each_is_enough),
        cmocka_unit_test(finer_groups_share_a_tier),
        cmocka_unit_test(finer_groups_of_a_hidden_tier),
        cmocka_unit_test(none_of_one_group_in_one_tier),
        cmocka_unit_test(sections_that_are_not_told_have_no_ratios),
        cmocka_unit_test(a_tier_that_is_not_told_has_no_ratios),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
