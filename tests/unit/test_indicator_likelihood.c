/* Relative likelihoods: rates of two groups and their ratio (indicators 2 to 4). */
#include "pipeline.h"

/* So many appointed of so many shortlisted. */
static pipeline *recruited(unsigned white, unsigned of_white, unsigned bme, unsigned of_bme) {
    char csv[512];
    snprintf(
        csv, sizeof csv,
        "Date,Ethnicity,Stage,Count\n2024-08-01,A,Appointed,%u\n2024-08-01,A,Shortlisted,%u\n2024-08-01,H,Appointed,%u\n2024-08-01,H,Shortlisted,%u\n",
        white, of_white - white, bme, of_bme - bme);
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *ratio_of(const pipeline *p) {
    return result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio");
}

/* 36/40 over 16/80 = 4.5, Katz 2.868550198603 to 7.059315193389. */
static void white_over_bme_for_appointments(void **state) {
    (void)state;
    pipeline *p = recruited(36, 40, 16, 80);
    const wres_result *ratio = ratio_of(p);
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 36, 40);
    assert_of(result(p, .indicator = "2", .group = "bme", .statistic = "rate"), 16, 80);
    assert_string_equal(result(p, .indicator = "2", .group = "bme", .statistic = "rate")->note, "");
    assert_int_equal(ratio->unit, WRES_RATIO);
    assert_exact(ratio, 9, 2);
    assert_interval(ratio, 2.868550198603, 7.059315193389, 1e-9);
    assert_true(ratio->has_flag && ratio->flag == WRES_ABOVE);
    assert_string_equal(ratio->note,
                        "White applicants were {value} times as likely as BME applicants to be appointed from shortlisting");
    assert_false(ratio->has_counts);
    pipeline_end(p);
}

/* 12 of 40 and 48 of 80: Fisher's p is 0.00340922177. */
static void the_test_of_the_two_rates(void **state) {
    (void)state;
    pipeline *p = recruited(12, 40, 48, 80);
    const wres_result *test = result(p, .indicator = "2", .group = "white/bme", .statistic = "p_value");
    assert_int_equal(test->kind, WRES_VALUE_REAL);
    assert_close(test->real, 0.00340922177, 1e-8);
    assert_contains(test->note, "not part of the standard");
    pipeline_end(p);
}

/* BME 2 of 4 over White 2 of 10: 5/2. */
static void bme_over_white_for_disciplinary_cases(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,10\n2025-03-31,H,4\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Count\n2024-08-01,A,2\n2024-08-01,H,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *ratio = result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio");
    assert_exact(ratio, 5, 2);
    assert_contains(ratio->note, "BME staff were {value} times as likely as White staff to enter the formal disciplinary process");
    no_result(p, .indicator = "3", .group = "white/bme", .statistic = "ratio");
    pipeline_end(p);
}

/* White 5 of 10 over BME 1 of 4: 2. */
static void white_over_bme_for_training(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,10\n2025-03-31,H,4\n");
    pipeline_add(p, "training", "Date,Ethnicity,Type,Count\n2024-08-01,A,CPD,5\n2024-08-01,H,CPD,1\n2024-08-01,H,Mandatory,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "4", .group = "white/bme", .statistic = "ratio"), 2, 1);
    pipeline_end(p);
}

/* ---- the four-fifths range ---------------------------------------------------------------------------------- */

static void assert_flag(unsigned white, unsigned of_white, unsigned bme, unsigned of_bme, wres_range want) {
    pipeline *p = recruited(white, of_white, bme, of_bme);
    assert_true(ratio_of(p)->has_flag);
    assert_int_equal(ratio_of(p)->flag, want);
    pipeline_end(p);
}

/* 4/10 over 5/10 is 0.8, 5/10 over 4/10 is 1.25: both ends are within. In doubles 0.04 / 0.05 is under 0.8. */
static void both_ends_of_the_range_are_within(void **state) {
    (void)state;
    assert_flag(4, 10, 5, 10, WRES_WITHIN);
    assert_flag(4, 100, 5, 100, WRES_WITHIN);
    assert_flag(5, 10, 4, 10, WRES_WITHIN);
    assert_flag(1, 2, 1, 2, WRES_WITHIN);
}

/* 0.7999… and 1.2500…1 round to the edge, but the counts decide. */
static void the_exact_counts_decide_beyond_the_edge(void **state) {
    (void)state;
    assert_flag(399999, 1000000, 500000, 1000000, WRES_BELOW);
    assert_flag(500001, 1000000, 400000, 1000000, WRES_ABOVE);
    assert_flag(400001, 1000000, 500000, 1000000, WRES_WITHIN);
    assert_flag(499999, 1000000, 400000, 1000000, WRES_WITHIN);
}

/* ---- zeros -------------------------------------------------------------------------------------------------- */

/* 0 of 10 over 5 of 20: 0, upper limit by the adjusted method 2.91256082556474. */
static void zero_over_positive_is_zero(void **state) {
    (void)state;
    pipeline *p = recruited(0, 10, 5, 20);
    const wres_result *ratio = ratio_of(p);
    assert_exact(ratio, 0, 1);
    assert_true(ratio->has_interval);
    assert_true(ratio->lower == 0);
    assert_close(ratio->upper, 2.91256082556474, 1e-9);
    assert_contains(ratio->note, "adjusted log method");
    assert_int_equal(ratio->flag, WRES_BELOW);
    pipeline_end(p);
}

static void positive_over_zero_is_not_calculable(void **state) {
    (void)state;
    pipeline *p = recruited(5, 20, 0, 10);
    assert_missing(ratio_of(p), WRES_NOT_CALCULABLE, "White 5 of 20, BME 0 of 10");
    assert_false(ratio_of(p)->has_flag);
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "p_value");
    assert_of(result(p, .indicator = "2", .group = "bme", .statistic = "rate"), 0, 10);
    pipeline_end(p);
}

static void zero_over_zero_is_not_calculable(void **state) {
    (void)state;
    pipeline *p = recruited(0, 20, 0, 10);
    assert_missing(ratio_of(p), WRES_NOT_CALCULABLE, "White 0 of 20, BME 0 of 10");
    pipeline_end(p);
}

static void an_empty_group_is_not_calculable(void **state) {
    (void)state;
    pipeline *p = recruited(5, 20, 0, 0);
    assert_missing(ratio_of(p), WRES_NOT_CALCULABLE, "White 5 of 20, BME 0 of 0");
    const wres_result *rate = result(p, .indicator = "2", .group = "bme", .statistic = "rate");
    assert_missing(rate, WRES_NOT_CALCULABLE, "0 events over nobody");
    assert_true(rate->has_counts && rate->denominator == 0);
    pipeline_end(p);
    p = recruited(0, 0, 5, 20);
    assert_missing(ratio_of(p), WRES_NOT_CALCULABLE, "White 0 of 0, BME 5 of 20");
    pipeline_end(p);
}

static void no_events_and_nobody(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", "Date,Ethnicity,Stage\n2024-08-01,A,Applied\n2020-08-01,A,Appointed\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "2"), WRES_NOT_CALCULABLE, "no people and no events");
    pipeline_end(p);
}

/* Events of a group that has no staff: its counts are said. */
static void events_over_nobody(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,10\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Count\n2024-08-01,H,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "3", .group = "bme", .statistic = "rate"), WRES_NOT_CALCULABLE, "2 events over nobody");
    assert_missing(result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio"), WRES_NOT_CALCULABLE,
                   "BME 2 of 0, White 0 of 10");
    pipeline_end(p);
}

/* Counted events can outnumber the people at one date: 6 cases among 4 people. The rate stands, without an interval. */
static void more_events_than_people(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,4\n2025-03-31,H,4\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Count\n2024-08-01,H,6\n2024-08-01,A,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *rate = result(p, .indicator = "3", .group = "bme", .statistic = "rate");
    const wres_result *ratio = result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio");
    assert_of(rate, 6, 4);
    assert_false(rate->has_interval);
    assert_contains(rate->note, "more events than people");
    assert_exact(ratio, 2, 1);
    assert_false(ratio->has_interval);
    no_result(p, .indicator = "3", .group = "bme/white", .statistic = "p_value");
    pipeline_end(p);
}

/* ---- unknown, years, pools ---------------------------------------------------------------------------------- */

static void the_unknown_have_a_rate_and_no_ratio(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(
        p, "recruitment",
        "Date,Ethnicity,Stage\n2024-08-01,A,Appointed\n2024-08-01,H,Appointed\n2024-08-01,Z,Appointed\n2024-08-01,,Shortlisted\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "2", .group = "unknown", .statistic = "rate"), 1, 2);
    assert_exact(ratio_of(p), 1, 1);
    no_result(p, .indicator = "2", .group = "white/unknown", .statistic = "ratio");
    pipeline_end(p);
}

/* wres-2019 averages the cases of two years: White 3 in two years of 10 people = 1.5 of 10; BME 1 + 2 = 3 in two years of 4 = 1.5 of 4.
 * The ratio is 1.5/4 over 1.5/10 = 5/2; its interval that of 3 of 8 over 3 of 20. */
static void two_years_are_averaged(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2019");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2019-03-31,A,10\n2019-03-31,H,4\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Count\n2018-08-01,A,3\n2018-08-01,H,1\n2017-08-01,H,2\n2016-08-01,H,50\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *rate = result(p, .indicator = "3", .group = "white", .statistic = "rate");
    const wres_result *ratio = result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio");
    wres_interval katz;
    assert_exact(rate, 15, 1);
    assert_true(2 * rate->numerator.numerator == 3 * rate->numerator.denominator);
    assert_int_equal(rate->denominator, 10);
    assert_contains(rate->note, "divided by 2");
    assert_exact(ratio, 5, 2);
    assert_true(wres_katz((wres_proportion){3, 8}, (wres_proportion){3, 20}, WRES_Z95, &katz));
    assert_interval(ratio, katz.lower, katz.upper, 1e-12);
    pipeline_end(p);
}

/* RX1: 1/2 over 1/4 = 2; RX2: 1/8 over 2/4 = 1/4. Pooled: 2/10 over 3/8 = 8/15, and not the mean of the ratios, 9/8. */
static void organisations_are_pooled_from_counts(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(
        p, "recruitment",
        "Date,Org Code,Ethnicity,Stage,Count\n2024-08-01,RX1,A,Appointed,1\n2024-08-01,RX1,A,Shortlisted,1\n2024-08-01,RX1,H,Appointed,1\n"
        "2024-08-01,RX1,H,Shortlisted,3\n2024-08-01,RX2,A,Appointed,1\n2024-08-01,RX2,A,Shortlisted,7\n2024-08-01,RX2,H,Appointed,2\n2024-08-01,RX2,H,Shortlisted,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "2", .organisation = "RX1", .group = "white/bme", .statistic = "ratio"), 2, 1);
    assert_exact(result(p, .indicator = "2", .organisation = "RX2", .group = "white/bme", .statistic = "ratio"), 1, 4);
    assert_exact(ratio_of(p), 8, 15);
    pipeline_end(p);
}

static void the_settings_of_four_fifths_can_be_off(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: '2', title: t, certainty: U, measure: likelihood, ratio: reference / group, four_fifths: no,\n"
            "     words: {people: p, event: e}, events: {table: recruitment, where: [stage >= appointed]}, over: {table: recruitment}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment",
                 "Date,Ethnicity,Stage,Count\n2024-08-01,A,Appointed,9\n2024-08-01,H,Appointed,1\n2024-08-01,H,Applied,8\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(ratio_of(p), 9, 1);
    assert_false(ratio_of(p)->has_flag);
    pipeline_end(p);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static pipeline *hiding(const char *rows, const char *by) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    if (by) pipeline_by(p, by, NULL);
    pipeline_add_with(p, "recruitment", wres_print(p->run, "Date,Ethnicity,Sex,Stage,Count\n%s", rows),
                      strstr(rows, "[c]") ? "hidden: [\"[c]\"]" : "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static void assert_between(const wres_result *r, int64_t low, int64_t over_low, int64_t high, int64_t over_high) {
    assert_missing(r, WRES_SUPPRESSED, "rests on 1 count");
    assert_true(r->has_lower_bound && r->has_upper_bound);
    assert_true(r->lower_bound.numerator * over_low == r->lower_bound.denominator * low);
    assert_true(r->upper_bound.numerator * over_high == r->upper_bound.denominator * high);
    assert_false(r->has_interval || r->has_flag);
}

#define OF_2(name, what) result(p, .indicator = "2", .group = name, .statistic = what)

/* White 10 of 40, BME 1 to 4 of 21 to 24, unknown 2 of 7. As White 12 of 47; as BME 3 to 6 of 28 to 31. */
static void a_hidden_count_leaves_bounds(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,H,F,Appointed,<5\n2024-08-01,H,F,Shortlisted,20\n"
        "2024-08-01,Z,F,Appointed,2\n2024-08-01,Z,F,Shortlisted,5\n",
        "sex");
    assert_of(OF_2("white", "rate"), 10, 40);
    assert_between(OF_2("bme", "rate"), 100, 21, 400, 24);
    assert_between(OF_2("white/bme", "ratio"), 3, 2, 21, 4);
    assert_between(OF_2("white/bme", "ratio_if_unknown_white"), 72, 47, 252, 47);
    assert_between(OF_2("white/bme", "ratio_if_unknown_bme"), 31, 24, 7, 3);
    assert_missing(OF_2("white/bme", "p_value"), WRES_SUPPRESSED, "1 count");
    assert_int_equal(OF_2("white/bme", "p_value")->unit, WRES_PROBABILITY);
    assert_missing(OF_2("white/bme", "fragility"), WRES_SUPPRESSED, "1 count");
    assert_int_equal(OF_2("white/bme", "fragility")->unit, WRES_PEOPLE);
    assert_int_equal(OF_2("white/bme", "ratio")->beside, WRES_BESIDE_RATIO);
    assert_int_equal(OF_2("white/bme", "fragility")->beside, WRES_BESIDE_NOTHING);
    const wres_result *of_women =
        result(p, .indicator = "2", .by = "sex", .by_value = "Female", .group = "white/bme", .statistic = "ratio");
    assert_between(of_women, 3, 2, 21, 4);
    assert_int_equal(of_women->beside, WRES_BESIDE_NOTHING);
    pipeline_end(p);
}

/* Everybody's group is known: no rows about the unknown. */
static void without_unknown_there_is_nothing_to_bound(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,H,F,Appointed,<5\n2024-08-01,H,F,Shortlisted,20\n",
        NULL);
    assert_between(OF_2("white/bme", "ratio"), 3, 2, 21, 4);
    no_result(p, .indicator = "2", .group = "white/bme", .statistic = "ratio_if_unknown_white");
    pipeline_end(p);
}

/* Some of unknown group were shortlisted, and nobody of them was appointed. */
static void unknown_below_the_line_alone(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,H,F,Appointed,<5\n2024-08-01,H,F,Shortlisted,20\n"
        "2024-08-01,Z,F,Shortlisted,10\n",
        NULL);
    assert_between(OF_2("white/bme", "ratio_if_unknown_white"), 6, 5, 21, 5); /* 10 of 50 */
    pipeline_end(p);
}

/* White 10 of 40, BME 5 of 25, unknown 1 to 4 of 6 to 9: as White 11 of 46 to 14 of 49, as BME 6 of 31 to 9 of 34. */
static void hidden_people_of_unknown_group_leave_the_ratio(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,H,F,Appointed,5\n2024-08-01,H,F,Shortlisted,20\n"
        "2024-08-01,Z,F,Appointed,<5\n2024-08-01,Z,F,Shortlisted,5\n",
        NULL);
    assert_exact(OF_2("white/bme", "ratio"), 5, 4);
    assert_between(OF_2("white/bme", "ratio_if_unknown_white"), 55, 46, 70, 49);
    assert_between(OF_2("white/bme", "ratio_if_unknown_bme"), 17, 18, 31, 24);
    pipeline_end(p);
}

static void a_count_of_which_nothing_is_known_leaves_none(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,H,F,Appointed,[c]\n2024-08-01,H,F,Shortlisted,20\n"
        "2024-08-01,Z,F,Appointed,2\n2024-08-01,Z,F,Shortlisted,5\n",
        NULL);
    static const char *const statistics[] = {"ratio", "ratio_if_unknown_white", "ratio_if_unknown_bme"};
    for (size_t i = 0; i < COUNT_OF(statistics); i++) {
        assert_missing(OF_2("white/bme", statistics[i]), WRES_SUPPRESSED, "1 count");
        assert_false(OF_2("white/bme", statistics[i])->has_lower_bound || OF_2("white/bme", statistics[i])->has_upper_bound);
    }
    pipeline_end(p);
}

/* BME nobody at all: the ratio has nothing below, and only those of unknown group can give it something. 10/40 over 2/8. */
static void nobody_below_the_line_but_the_unknown(void **state) {
    (void)state;
    pipeline *p = hiding(
        "2024-08-01,A,F,Appointed,10\n2024-08-01,A,F,Shortlisted,30\n2024-08-01,Z,F,Appointed,2\n2024-08-01,Z,F,Shortlisted,6\n",
        NULL);
    assert_missing(OF_2("white/bme", "ratio"), WRES_NOT_CALCULABLE, "BME 0 of 0");
    assert_missing(OF_2("white/bme", "ratio_if_unknown_white"), WRES_NOT_CALCULABLE, "no events below the line");
    assert_exact(OF_2("white/bme", "ratio_if_unknown_bme"), 1, 1);
    pipeline_end(p);
}

/* ---- standards of one's own --------------------------------------------------------------------------------- */

#define CASES_OVER(over, fifths)                                                                                                      \
    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n" \
    "  - {id: x, title: t, certainty: U, measure: likelihood, ratio: group / reference, four_fifths: " fifths ",\n"                   \
    "     words: {people: p, event: e}, events: {table: cases}, over: {table: workforce" over "}}\n"

static pipeline *cases_of(const char *standard, const char *staff, const char *cases) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", staff);
    pipeline_add_with(p, "cases", cases, "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* Without four fifths nothing is fragile, hidden or not. */
static void without_four_fifths_there_is_no_fragility(void **state) {
    (void)state;
    static const char staff[] = "Date,Ethnicity,Team,Count\n2025-03-31,A,East,100\n2025-03-31,H,East,50\n";
    pipeline *p = cases_of(CASES_OVER("", "no"), staff, "Date,Ethnicity,Count\n2025-01-01,A,10\n2025-01-01,H,<5\n");
    /* (1 to 4)/50 over 10/100 */
    assert_between(result(p, .indicator = "x", .group = "bme/white", .statistic = "ratio"), 1, 5, 4, 5);
    no_result(p, .indicator = "x", .group = "bme/white", .statistic = "fragility");
    pipeline_end(p);
    p = cases_of(CASES_OVER("", "no"), staff, "Date,Ethnicity,Count\n2025-01-01,A,10\n2025-01-01,H,10\n");
    assert_exact(result(p, .indicator = "x", .group = "bme/white", .statistic = "ratio"), 2, 1);
    assert_false(result(p, .indicator = "x", .group = "bme/white", .statistic = "ratio")->has_flag);
    no_result(p, .indicator = "x", .group = "bme/white", .statistic = "fragility");
    pipeline_end(p);
    p = cases_of(CASES_OVER("", "yes"), staff, "Date,Ethnicity,Count\n2025-01-01,A,10\n2025-01-01,H,10\n");
    assert_true(result(p, .indicator = "x", .group = "bme/white", .statistic = "ratio")->flag == WRES_ABOVE);
    assert_people(
        4, result(p, .indicator = "x", .group = "bme/white", .statistic = "fragility")); /* 6/50 over 10/100 is 1.2, 7/50 is 1.4 */
    pipeline_end(p);
}

/* Said of everybody, not of each team. */
static void what_is_lacking_is_said_once(void **state) {
    (void)state;
    pipeline *p = cases_of(CASES_OVER(", where: [sex in Female]", "yes"), "Date,Ethnicity,Team\n2025-03-31,A,East\n",
                           "Date,Ethnicity\n2025-01-01,A\n");
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "the workforce data has no column sex");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* 1 to 4 of BME in two years of 10 people: 5% to 20% a year. */
static void hidden_cases_of_two_years_are_averaged(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2019");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2019-03-31,A,10\n2019-03-31,H,10\n");
    pipeline_add_with(p, "cases", "Date,Ethnicity,Count\n2018-08-01,A,3\n2017-08-01,H,<5\n", "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_between(result(p, .indicator = "3", .group = "bme", .statistic = "rate"), 5, 1, 20, 1);
    pipeline_end(p);
}

/* As many events as people are not more: 4 of 4 in a year, and 8 in two. More than there are in one year may be fewer than in both: 5. */
static void as_many_events_as_people(void **state) {
    static const struct {
        const char *standard, *csv;
        int64_t rate, over;
        const char *note;
    } cases[] = {
        {"wres-2025", "Date,Ethnicity,Count\n2024-08-01,A,1\n2024-08-01,H,4\n", 100, 1, ""},
        {"wres-2019", "Date,Ethnicity,Count\n2024-08-01,A,1\n2024-08-01,H,6\n2023-08-01,H,2\n", 100, 1,
         "events of 2 years divided by 2; the interval is that of the years together"},
        {"wres-2019", "Date,Ethnicity,Count\n2024-08-01,A,1\n2024-08-01,H,3\n2023-08-01,H,2\n", 125, 2,
         "events of 2 years divided by 2; the interval is that of the years together"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        pipeline *p = pipeline_new(cases[i].standard);
        pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,4\n2025-03-31,H,4\n");
        pipeline_add(p, "cases", cases[i].csv);
        assert_int_equal(pipeline_run(p), WRES_OK);
        const wres_result *rate = result(p, .indicator = "3", .group = "bme", .statistic = "rate");
        assert_exact(rate, cases[i].rate, cases[i].over);
        assert_string_equal(rate->note, cases[i].note);
        assert_true(rate->has_interval);
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_over_bme_for_appointments),
        cmocka_unit_test(the_test_of_the_two_rates),
        cmocka_unit_test(bme_over_white_for_disciplinary_cases),
        cmocka_unit_test(white_over_bme_for_training),
        cmocka_unit_test(both_ends_of_the_range_are_within),
        cmocka_unit_test(the_exact_counts_decide_beyond_the_edge),
        cmocka_unit_test(zero_over_positive_is_zero),
        cmocka_unit_test(positive_over_zero_is_not_calculable),
        cmocka_unit_test(zero_over_zero_is_not_calculable),
        cmocka_unit_test(an_empty_group_is_not_calculable),
        cmocka_unit_test(no_events_and_nobody),
        cmocka_unit_test(events_over_nobody),
        cmocka_unit_test(more_events_than_people),
        cmocka_unit_test(the_unknown_have_a_rate_and_no_ratio),
        cmocka_unit_test(two_years_are_averaged),
        cmocka_unit_test(organisations_are_pooled_from_counts),
        cmocka_unit_test(the_settings_of_four_fifths_can_be_off),
        cmocka_unit_test(a_hidden_count_leaves_bounds),
        cmocka_unit_test(without_unknown_there_is_nothing_to_bound),
        cmocka_unit_test(unknown_below_the_line_alone),
        cmocka_unit_test(hidden_people_of_unknown_group_leave_the_ratio),
        cmocka_unit_test(a_count_of_which_nothing_is_known_leaves_none),
        cmocka_unit_test(nobody_below_the_line_but_the_unknown),
        cmocka_unit_test(without_four_fifths_there_is_no_fragility),
        cmocka_unit_test(what_is_lacking_is_said_once),
        cmocka_unit_test(hidden_cases_of_two_years_are_averaged),
        cmocka_unit_test(as_many_events_as_people),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
