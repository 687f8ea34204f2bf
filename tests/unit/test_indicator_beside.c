/* Organisations beside each other: the difference from the pooled share, and limits around the pooled value. */
#include "pipeline.h"

#define Z95  1.959963984540054
#define Z998 3.090232306167813

static const char three[] =
    "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,50\n2025-03-31,RAA,A,50\n2025-03-31,RBB,H,10\n2025-03-31,RBB,A,90\n"
    "2025-03-31,RCC,H,30\n2025-03-31,RCC,A,70\n";

static bool is_beside(const wres_result *r) {
    return strncmp(r->statistic, "funnel", 6) == 0 || strcmp(r->statistic, "difference_from_pooled") == 0;
}

static size_t beside_count(const pipeline *p) {
    size_t found = 0;
    for (size_t i = 0; i < p->results.count; i++) found += is_beside(&p->results.all[i]);
    return found;
}

static void assert_place(const wres_result *r, wres_range place, double lower, double upper) {
    assert_true(r->has_flag);
    assert_int_equal(r->flag, place);
    assert_interval(r, lower, upper, 1e-12);
    assert_contains(r->note, place == WRES_BELOW ? "below the" : place == WRES_ABOVE ? "above the" : "inside the");
    assert_contains(r->note, "not part of the standard");
}

/* ---- shares ------------------------------------------------------------------------------------------------- */

#define SHARE(code, what) result(p, .indicator = "1", .organisation = code, .by = "all", .group = "bme", .statistic = what)

/* 50, 10 and 30 of 100: 90 of 300 are 30%. sqrt(0.3 x 0.7/100) is the error. */
static void shares_around_the_pooled_one(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", three);
    const double error = 100 * sqrt(0.3 * 0.7 / 100);
    assert_exact(SHARE("RAA", "difference_from_pooled"), 20, 1);
    assert_exact(SHARE("RBB", "difference_from_pooled"), -20, 1);
    assert_exact(SHARE("RCC", "difference_from_pooled"), 0, 1);
    assert_int_equal(SHARE("RAA", "difference_from_pooled")->unit, WRES_POINTS);
    assert_exact(SHARE("RBB", "funnel_95"), 30, 1);
    assert_int_equal(SHARE("RBB", "funnel_95")->unit, WRES_PERCENT);
    assert_false(SHARE("RBB", "funnel_95")->has_counts);
    assert_place(SHARE("RAA", "funnel_95"), WRES_ABOVE, 30 - Z95 * error, 30 + Z95 * error);
    assert_place(SHARE("RBB", "funnel_998"), WRES_BELOW, 30 - Z998 * error, 30 + Z998 * error);
    assert_place(SHARE("RCC", "funnel_95"), WRES_WITHIN, 30 - Z95 * error, 30 + Z95 * error);
    pipeline_end(p);
}

/* On the scale of arcsin sqrt(p) with the variance 1/(4n); a tenth at each end is pulled in: of three scores to 0.8 of the way from
 * the middle one. */
static void limits_are_widened_by_the_scatter(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", three);
    const double centre = asin(sqrt(0.3)), low = (asin(sqrt(0.1)) - centre) * 20, high = (asin(sqrt(0.5)) - centre) * 20;
    const double phi = (0.64 * low * low + 0.64 * high * high) / 3, tau2 = (3 * phi - 2) / (1200 - 400);
    const double reach = Z998 * sqrt(1.0 / 400 + tau2);
    assert_place(SHARE("RBB", "funnel_998_overdispersed"), WRES_WITHIN, 100 * pow(sin(centre - reach), 2),
                 100 * pow(sin(centre + reach), 2));
    pipeline_end(p);
}

static void none_without_others(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,50\n2025-03-31,RAA,A,50\n");
    assert_int_equal(beside_count(p), 0);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_organisation(p, "RBB");
    pipeline_add(p, "workforce", three);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(beside_count(p), 0);
    pipeline_end(p);
}

/* Those of --by organisation stand with the pooled rows; each organisation has its own all the same, once. */
static void a_breakdown_has_none_of_its_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "organisation", NULL);
    pipeline_add(p, "workforce", three);
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *of_breakdown = result(p, .indicator = "1", .by = "organisation", .by_value = "RBB", .group = "bme",
                                             .statistic = "funnel_998"),
                      *own = SHARE("RBB", "funnel_998");
    assert_true(own->lower == of_breakdown->lower && own->upper == of_breakdown->upper);
    assert_int_equal(own->flag, of_breakdown->flag);
    assert_int_equal(own->flag, WRES_BELOW);
    for (size_t i = 0; i < p->results.count; i++)
        if (strcmp(p->results.all[i].statistic, "difference_from_pooled") == 0) assert_string_equal(p->results.all[i].by, "all");
    pipeline_end(p);
}

/* They follow what they are about, so that the order of the results is that of the organisations. */
static void they_stand_behind_their_result(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", three);
    size_t shares = 0;
    for (size_t i = 0; i + 4 < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        if (strcmp(r->statistic, "share") != 0 || strcmp(r->group, "bme") != 0 || strcmp(r->section, "all") != 0 ||
            strcmp(r->row, "all") != 0)
            continue;
        if (strcmp(r->organisation, "all") == 0) continue;
        shares++;
        assert_string_equal(r[1].statistic, "difference_from_pooled");
        assert_string_equal(r[2].statistic, "funnel_95");
        assert_string_equal(r[3].statistic, "funnel_998");
        assert_string_equal(r[4].statistic, "funnel_998_overdispersed");
        for (size_t k = 1; k < 5; k++) assert_string_equal(r[k].organisation, r->organisation);
    }
    assert_int_equal(shares, 3);
    assert_int_equal(beside_count(p), 12);
    pipeline_end(p);
}

/* Staff that name no organisation are in the pooled share alone: 10 + 10 of 100 + 100 + 200. */
static void the_pooled_share_is_that_of_everybody(void **state) {
    (void)state;
    pipeline *p = pipeline_of(
        "workforce",
        "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,10\n2025-03-31,RAA,A,90\n2025-03-31,RBB,H,10\n2025-03-31,RBB,A,90\n"
        "2025-03-31,,A,200\n");
    assert_exact(SHARE("RAA", "funnel_95"), 5, 1);
    assert_exact(SHARE("RAA", "difference_from_pooled"), 5, 1);
    pipeline_end(p);
}

/* ---- ratios ------------------------------------------------------------------------------------------------- */

#define HEADER "Date,Organisation,Ethnicity,Stage,Count\n"
#define STAGES(code, white, white_not, bme, bme_not)                                                                               \
    "2024-08-01," code ",A,Appointed," white "\n2024-08-01," code ",A,Shortlisted," white_not "\n2024-08-01," code                 \
    ",H,Appointed," bme "\n2024-08-01," code ",H,Shortlisted," bme_not "\n"

static pipeline *recruited(const char *csv) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

#define RATIO(code, what) result(p, .indicator = "2", .organisation = code, .group = "white/bme", .statistic = what)

/* RAA 30/100 over 10/100, RBB 30/100 over 30/100: pooled 60/200 over 40/200 = 1.5. Variances of the logarithms: 0.7/30 + 0.9/10 and
 * 2 x 0.7/30. */
static void ratios_around_the_pooled_one(void **state) {
    (void)state;
    pipeline *p = recruited(HEADER STAGES("RAA", "30", "70", "10", "90") STAGES("RBB", "30", "70", "30", "70"));
    const double error_a = sqrt(0.7 / 30 + 0.9 / 10), error_b = sqrt(2 * 0.7 / 30);
    assert_exact(RATIO("RAA", "funnel_95"), 3, 2);
    assert_int_equal(RATIO("RAA", "funnel_95")->unit, WRES_RATIO);
    assert_place(RATIO("RAA", "funnel_95"), WRES_ABOVE, 1.5 / exp(Z95 * error_a), 1.5 * exp(Z95 * error_a));
    assert_place(RATIO("RAA", "funnel_998"), WRES_WITHIN, 1.5 / exp(Z998 * error_a), 1.5 * exp(Z998 * error_a));
    assert_place(RATIO("RBB", "funnel_95"), WRES_WITHIN, 1.5 / exp(Z95 * error_b), 1.5 * exp(Z95 * error_b));
    no_result(p, .indicator = "2", .organisation = "RAA", .group = "white/bme", .statistic = "difference_from_pooled");
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "funnel_95");
    /* Of two scores, each end is pulled in by a tenth of the way between them. */
    const double a = log(2) / error_a, b = log(1 / 1.5) / error_b, far = 0.1 * (a - b);
    const double phi = ((a - far) * (a - far) + (b + far) * (b + far)) / 2, w = 1 / (error_a * error_a),
                 v = 1 / (error_b * error_b);
    const double tau2 = (2 * phi - 1) / (w + v - (w * w + v * v) / (w + v)), reach = Z998 * sqrt(error_a * error_a + tau2);
    assert_place(RATIO("RAA", "funnel_998_overdispersed"), WRES_WITHIN, 1.5 / exp(reach), 1.5 * exp(reach));
    pipeline_end(p);
}

/* RAA: 0/100 over 50/100, with halves 0.5/100.5 over 50.5/100.5, far below the pooled ratio. RBB: no BME appointed, no ratio. RCC: all
 * appointed, no error. */
static void a_ratio_of_zero_none_and_one_without_error(void **state) {
    (void)state;
    pipeline *p = recruited(HEADER STAGES("RAA", "0", "100", "50", "50") STAGES("RBB", "5", "5", "0", "10")
                                STAGES("RCC", "9", "0", "7", "0") STAGES("RDD", "50", "50", "50", "50"));
    const double pooled = (64.0 / 219) / (107.0 / 217), error = sqrt(1 / 0.5 - 1 / 100.5 + 1 / 50.5 - 1 / 100.5);
    assert_exact(RATIO("RAA", "ratio"), 0, 1);
    assert_place(RATIO("RAA", "funnel_998"), log(1 / 101.0) < log(pooled) - Z998 * error ? WRES_BELOW : WRES_WITHIN,
                 pooled * exp(-Z998 * error), pooled * exp(Z998 * error));
    assert_contains(RATIO("RAA", "funnel_998")->note, "half an event added");
    assert_null(strstr(RATIO("RDD", "funnel_998")->note, "half an event"));
    assert_missing(RATIO("RBB", "ratio"), WRES_NOT_CALCULABLE, "BME 0 of 10");
    no_result(p, .indicator = "2", .organisation = "RBB", .group = "white/bme", .statistic = "funnel_95");
    no_result(p, .indicator = "2", .organisation = "RCC", .group = "white/bme", .statistic = "funnel_95");
    pipeline_end(p);
}

/* Nobody White was appointed anywhere: a ratio of 0 has no logarithm to set limits around. */
static void a_pooled_ratio_of_zero_has_no_limits(void **state) {
    (void)state;
    pipeline *p = recruited(HEADER STAGES("RAA", "0", "10", "5", "5") STAGES("RBB", "0", "10", "5", "5"));
    assert_exact(result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio"), 0, 1);
    assert_int_equal(beside_count(p), 0);
    pipeline_end(p);
}

static void odds_ratios_have_the_error_of_woolf(void **state) {
    (void)state;
    pipeline *p = pipeline_new("disparity");
    pipeline_add(
        p, "workforce",
        "Date,Organisation,Ethnicity,Staff Group,Band,Count\n2025-03-31,RAA,A,Nursing,Band 5,60\n2025-03-31,RAA,A,Nursing,Band 7,60\n"
        "2025-03-31,RAA,H,Nursing,Band 5,60\n2025-03-31,RAA,H,Nursing,Band 7,5\n2025-03-31,RBB,A,Nursing,Band 5,40\n"
        "2025-03-31,RBB,A,Nursing,Band 7,40\n2025-03-31,RBB,H,Nursing,Band 5,40\n2025-03-31,RBB,H,Nursing,Band 7,45\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const double error = sqrt(1.0 / 60 + 1.0 / 60 + 1.0 / 60 + 1.0 / 5);
    const wres_result *r = result(p, .indicator = "disparity", .organisation = "RAA", .row = "lower-middle", .group = "white/bme",
                                  .statistic = "funnel_998");
    assert_exact(r, 2, 1);                                                     /* (100/100)/(50/100) */
    assert_place(r, WRES_ABOVE, 2 / exp(Z998 * error), 2 * exp(Z998 * error)); /* 12 against 2 exp(1.545) = 9.4 */
    pipeline_end(p);
}

/* ---- differences -------------------------------------------------------------------------------------------- */

#define ANSWERS(code, bme, bme_not, white, white_not)                                                                              \
    "2024," code ",H,Q16b,Yes," bme "\n2024," code ",H,Q16b,No," bme_not "\n2024," code ",A,Q16b,Yes," white "\n2024," code        \
    ",A,Q16b,No," white_not "\n"

/* RAA 60 - 10 points, RBB 20 - 10 points; pooled 80/200 - 20/200 = 30 points, with the errors of rates of 40% and 10%. */
static void differences_around_the_pooled_one(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "survey",
                 "Year,Organisation,Ethnicity,Question,Answer,Count\n" ANSWERS("RAA", "60", "40", "10", "90")
                     ANSWERS("RBB", "20", "80", "10", "90"));
    assert_int_equal(pipeline_run(p), WRES_OK);
    const double error = 100 * sqrt(0.4 * 0.6 / 100 + 0.1 * 0.9 / 100);
#define ANSWER(code, what) result(p, .indicator = "8", .organisation = code, .group = "bme-white", .statistic = what)
    assert_exact(ANSWER("RAA", "funnel_998"), 30, 1);
    assert_int_equal(ANSWER("RAA", "funnel_998")->unit, WRES_POINTS);
    assert_place(ANSWER("RAA", "funnel_998"), WRES_ABOVE, 30 - Z998 * error, 30 + Z998 * error);
    assert_place(ANSWER("RBB", "funnel_95"), WRES_BELOW, 30 - Z95 * error, 30 + Z95 * error);
    pipeline_end(p);
}

/* ---- goals -------------------------------------------------------------------------------------------------- */

/* 8a: RAA 40 of 100, RBB 0 of 100; pooled 20%. Of Band 5 nothing is asked. */
static void goals_set_the_shares_of_bands_beside_each_other(void **state) {
    (void)state;
    pipeline *p = pipeline_new("model-employer");
    pipeline_add(
        p, "workforce",
        "Date,Organisation,Ethnicity,Band,Count\n2025-03-31,RAA,A,8a,60\n2025-03-31,RAA,H,8a,40\n2025-03-31,RBB,A,8a,100\n2025-03-31,RBB,H,5,100\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const double error = 100 * sqrt(0.2 * 0.8 / 100);
#define BAND(code, what) result(p, .indicator = "goals", .organisation = code, .row = "8a+", .group = "bme", .statistic = what)
    assert_place(BAND("RAA", "funnel_998"), WRES_ABOVE, 20 - Z998 * error, 20 + Z998 * error);
    assert_place(BAND("RBB", "funnel_998"), WRES_BELOW, 20 - Z998 * error, 20 + Z998 * error);
    assert_exact(BAND("RBB", "difference_from_pooled"), -20, 1);
    pipeline_end(p);
}

/* ---- several groups ------------------------------------------------------------------------------------------ */

/* Asian 30 and 10 of 100, pooled 20%; Black 20 and 40, pooled 30%: each around its own. */
static void each_group_has_its_own_limits(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_add(p, "workforce",
                 "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,A,50\n2025-03-31,RAA,H,30\n2025-03-31,RAA,N,20\n"
                 "2025-03-31,RBB,A,50\n2025-03-31,RBB,H,10\n2025-03-31,RBB,N,40\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
#define FINER(code, who, what) result(p, .indicator = "1", .organisation = code, .group = who, .statistic = what)
    assert_exact(FINER("RAA", "asian", "difference_from_pooled"), 10, 1);
    assert_exact(FINER("RBB", "asian", "difference_from_pooled"), -10, 1);
    assert_exact(FINER("RAA", "asian", "funnel_95"), 20, 1);
    assert_exact(FINER("RAA", "black", "difference_from_pooled"), -10, 1);
    assert_exact(FINER("RBB", "black", "difference_from_pooled"), 10, 1);
    assert_exact(FINER("RBB", "black", "funnel_95"), 30, 1);
    pipeline_end(p);
}

/* Of RBB there is no ratio: nothing of RAA's, which came before, stands in its place. RAA: White 10 of 20, Asian 5 of 20, Black 5 of 10. */
static void where_there_is_no_ratio_there_is_nothing_beside_it(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, four_fifths: no, words: {people: p, event: e}, "
            "events: {table: cases}, over: {table: workforce}}\n"),
        WRES_OK);
    p->request.groups = "group5";
    pipeline_add(p, "workforce",
                 "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,A,20\n2025-03-31,RAA,H,20\n2025-03-31,RAA,N,10\n"
                 "2025-03-31,RBB,A,20\n2025-03-31,RBB,H,20\n2025-03-31,RBB,N,10\n");
    pipeline_add(
        p, "cases",
        "Date,Organisation,Ethnicity,Count\n2025-01-01,RAA,A,10\n2025-01-01,RAA,H,5\n2025-01-01,RAA,N,5\n2025-01-01,RBB,A,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "x", .organisation = "RBB", .group = "white/black", .statistic = "ratio"),
                   WRES_NOT_CALCULABLE, "of 10");
    assert_exact(result(p, .indicator = "x", .organisation = "RAA", .group = "white/black", .statistic = "funnel_95"), 11,
                 10); /* (11/40)/(5/20) */
    no_result(p, .indicator = "x", .organisation = "RAA", .group = "white/black", .statistic = "funnel_998_overdispersed");
    assert_int_equal(beside_count(p), 4);
    pipeline_end(p);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static void assert_all_hidden(const pipeline *p, const char *indicator, const char *who, size_t rows) {
    size_t found = 0;
    for (size_t i = 0; i < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        if (!is_beside(r) || strcmp(r->indicator, indicator) != 0 || strcmp(r->group, who) != 0) continue;
        assert_missing(r, WRES_SUPPRESSED, "rests on 1 count that is hidden in the input");
        assert_false(r->has_interval || r->has_flag || r->has_counts || r->has_lower_bound || r->has_upper_bound || r->small);
        found++;
    }
    assert_int_equal(found, rows);
}

/* One of the three is hidden: so is the pooled share, and with it every limit, and the scatter. */
static void what_the_pooled_value_hides_all_limits_hide(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add_with(
        p, "workforce",
        "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,50\n2025-03-31,RAA,A,50\n2025-03-31,RBB,H,<5\n2025-03-31,RBB,A,90\n"
        "2025-03-31,RCC,H,30\n2025-03-31,RCC,A,70\n",
        "hidden: {\"<5\": 1-4}");
    pipeline_add(p, "recruitment",
                 "Date,Organisation,Ethnicity,Stage,Count\n2025-03-31,RAA,A,Appointed,20\n2025-03-31,RAA,A,Shortlisted,60\n"
                 "2025-03-31,RAA,H,Appointed,10\n2025-03-31,RAA,H,Shortlisted,50\n2025-03-31,RBB,A,Appointed,30\n"
                 "2025-03-31,RBB,A,Shortlisted,90\n2025-03-31,RBB,H,Appointed,12\n2025-03-31,RBB,H,Shortlisted,40\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_all_hidden(p, "1", "bme", 3 * 4);
    assert_exact(SHARE("RAA", "share"), 50, 1);
    assert_int_equal(SHARE("RAA", "difference_from_pooled")->unit, WRES_POINTS);
    assert_true(result(p, .indicator = "2", .organisation = "RAA", .group = "white/bme", .statistic = "funnel_95")->has_flag);
    pipeline_end(p);
}

static void ratios_and_differences_hide_theirs(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", three);
    pipeline_add_with(p, "recruitment",
                      "Date,Organisation,Ethnicity,Stage,Count\n2025-03-31,RAA,A,Appointed,20\n2025-03-31,RAA,A,Shortlisted,60\n"
                      "2025-03-31,RAA,H,Appointed,<5\n2025-03-31,RAA,H,Shortlisted,50\n2025-03-31,RBB,A,Appointed,30\n"
                      "2025-03-31,RBB,A,Shortlisted,90\n2025-03-31,RBB,H,Appointed,12\n2025-03-31,RBB,H,Shortlisted,40\n"
                      "2025-03-31,RCC,A,Appointed,12\n2025-03-31,RCC,H,Shortlisted,40\n",
                      "hidden: {\"<5\": 1-4}");
    pipeline_add_with(
        p, "survey",
        "Year,Organisation,Ethnicity,Question,Answer,Count\n2024,RAA,A,Q15,Yes,20\n2024,RAA,A,Q15,No,60\n2024,RAA,H,Q15,Yes,9\n"
        "2024,RAA,H,Q15,No,<5\n2024,RBB,A,Q15,Yes,20\n2024,RBB,A,Q15,No,60\n2024,RBB,H,Q15,Yes,9\n2024,RBB,H,Q15,No,30\n",
        "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_all_hidden(p, "2", "white/bme", 2 * 3); /* the third has no ratio: nobody of the BME was appointed */
    assert_all_hidden(p, "7", "bme-white", 2 * 3);
    assert_exact(SHARE("RAA", "difference_from_pooled"), 20, 1);
    pipeline_end(p);
}

/* ---- what has no place -------------------------------------------------------------------------------------- */

/* RBB's staff are all of unknown ethnicity: without them in the base it has no share, and the others are set beside theirs. */
static void an_organisation_without_a_share_is_beside_nothing(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_add(
        p, "workforce",
        "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,30\n2025-03-31,RAA,A,70\n2025-03-31,RBB,Z,50\n2025-03-31,RCC,H,10\n2025-03-31,RCC,A,90\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(SHARE("RBB", "share"), WRES_NOT_CALCULABLE, "nobody of known ethnicity");
    no_result(p, .indicator = "1", .organisation = "RBB", .group = "bme", .statistic = "difference_from_pooled");
    no_result(p, .indicator = "1", .organisation = "RBB", .group = "bme", .statistic = "funnel_95");
    assert_exact(SHARE("RAA", "difference_from_pooled"), 10, 1);
    assert_exact(SHARE("RCC", "funnel_998"), 20, 1);
    assert_int_equal(beside_count(p), 8);
    pipeline_end(p);
}

/* Nobody said yes anywhere: differences of 0 without an error. */
static void differences_without_an_error_have_no_limits(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "survey",
                 "Year,Organisation,Ethnicity,Question,Answer,Count\n" ANSWERS("RAA", "0", "40", "0", "90")
                     ANSWERS("RBB", "0", "80", "0", "90"));
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(ANSWER("RAA", "difference"), 0, 1);
    assert_int_equal(beside_count(p), 0);
    pipeline_end(p);
}

/* Only RAA has a ratio: it has limits of chance, and no others to scatter among. */
static void one_that_is_placed_has_no_scatter(void **state) {
    (void)state;
    pipeline *p = recruited(HEADER STAGES("RAA", "30", "70", "10", "90") STAGES("RBB", "30", "70", "0", "90"));
    assert_true(RATIO("RAA", "funnel_998")->has_flag);
    no_result(p, .indicator = "2", .organisation = "RAA", .group = "white/bme", .statistic = "funnel_998_overdispersed");
    assert_int_equal(beside_count(p), 2);
    pipeline_end(p);
}

/* RAA gave counts, RBB percentages: the two cannot be pooled, and there is nothing to set RAA beside. */
static void without_a_pooled_value_there_is_nothing_to_be_beside(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(
        p, "survey",
        "Year,Organisation,Ethnicity,Question,Answer,Count,Percent,Base\n2024,RAA,H,Q16b,Yes,6,,\n2024,RAA,H,Q16b,No,4,,\n2024,RAA,A,Q16b,Yes,1,,\n"
        "2024,RAA,A,Q16b,No,9,,\n2024,RBB,H,Q16b,,0,20,10\n2024,RBB,A,Q16b,,0,30,10\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(ANSWER("RAA", "difference"), 50, 1);
    assert_int_equal(ANSWER("all", "difference")->status, WRES_NOT_CALCULABLE);
    assert_int_equal(beside_count(p), 0);
    pipeline_end(p);
}

/* Limits end at 0 and at 100%, and nobody or everybody of four is no further out than that. */
static void a_share_at_its_limit_is_inside(void **state) {
    (void)state;
    for (int all = 0; all < 2; all++) {
        pipeline *p = pipeline_of(
            "workforce", all ? "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,H,4\n2025-03-31,RBB,H,90\n2025-03-31,RBB,A,10\n"
                             : "Date,Organisation,Ethnicity,Count\n2025-03-31,RAA,A,4\n2025-03-31,RBB,A,90\n2025-03-31,RBB,H,10\n");
        const wres_result *small = SHARE("RAA", "funnel_998");
        assert_true(all ? small->upper == 100 : small->lower == 0);
        assert_int_equal(small->flag, WRES_WITHIN);
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_group_has_its_own_limits),
        cmocka_unit_test(where_there_is_no_ratio_there_is_nothing_beside_it),
        cmocka_unit_test(what_the_pooled_value_hides_all_limits_hide),
        cmocka_unit_test(ratios_and_differences_hide_theirs),
        cmocka_unit_test(shares_around_the_pooled_one),
        cmocka_unit_test(limits_are_widened_by_the_scatter),
        cmocka_unit_test(none_without_others),
        cmocka_unit_test(a_breakdown_has_none_of_its_own),
        cmocka_unit_test(they_stand_behind_their_result),
        cmocka_unit_test(the_pooled_share_is_that_of_everybody),
        cmocka_unit_test(ratios_around_the_pooled_one),
        cmocka_unit_test(a_ratio_of_zero_none_and_one_without_error),
        cmocka_unit_test(a_pooled_ratio_of_zero_has_no_limits),
        cmocka_unit_test(odds_ratios_have_the_error_of_woolf),
        cmocka_unit_test(differences_around_the_pooled_one),
        cmocka_unit_test(goals_set_the_shares_of_bands_beside_each_other),
        cmocka_unit_test(an_organisation_without_a_share_is_beside_nothing),
        cmocka_unit_test(differences_without_an_error_have_no_limits),
        cmocka_unit_test(one_that_is_placed_has_no_scatter),
        cmocka_unit_test(without_a_pooled_value_there_is_nothing_to_be_beside),
        cmocka_unit_test(a_share_at_its_limit_is_inside),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
