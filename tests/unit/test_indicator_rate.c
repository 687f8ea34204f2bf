/* Percentages of answers by group and their difference (indicators 5 to 8). */
#include "pipeline.h"

static pipeline *surveyed(const char *csv) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "survey", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *rate_of(const pipeline *p, const char *indicator, const char *who) {
    return result(p, .indicator = indicator, .group = who, .statistic = "rate");
}

static const wres_result *difference_of(const pipeline *p, const char *indicator) {
    return result(p, .indicator = indicator, .group = "bme-white", .statistic = "difference");
}

/* ---- from counts -------------------------------------------------------------------------------------------- */

/* BME 56 of 70, White 48 of 80: 20 points; Newcombe's limits 5.2431472402 and 33.3872654037. */
static void two_percentages_and_their_difference(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,H,Q16b,Yes,56\n2024,H,Q16b,No,14\n2024,A,Q16b,Yes,48\n2024,A,Q16b,No,32\n2024,Z,Q16b,No,5\n");
    const wres_result *difference = difference_of(p, "8");
    assert_of(rate_of(p, "8", "bme"), 56, 70);
    assert_of(rate_of(p, "8", "white"), 48, 80);
    assert_of(rate_of(p, "8", "unknown"), 0, 5);
    assert_false(rate_of(p, "8", "bme")->denominator_only || rate_of(p, "8", "unknown")->denominator_only);
    assert_int_equal(difference->unit, WRES_POINTS);
    assert_exact(difference, 20, 1);
    assert_interval(difference, 5.2431472402, 33.3872654037, 1e-9);
    assert_false(difference->has_flag);
    no_result(p, .indicator = "8", .group = "unknown-white", .statistic = "difference");
    pipeline_end(p);
}

/* 12 of 40 and 48 of 80: Wilson for 12/40 by formula, Fisher 0.00340922177. */
static void intervals_and_test(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,H,Q16b,Yes,12\n2024,H,Q16b,No,28\n2024,A,Q16b,Yes,48\n2024,A,Q16b,No,32\n");
    const double z = WRES_Z95, centre = 2 * 12 + z * z, spread = z * sqrt(z * z + 4 * 12 * (1 - 12 / 40.0)), below = 2 * (40 + z * z);
    assert_interval(rate_of(p, "8", "bme"), 100 * (centre - spread) / below, 100 * (centre + spread) / below, 1e-12);
    assert_close(result(p, .indicator = "8", .group = "bme-white", .statistic = "p_value")->real, 0.00340922177, 1e-8);
    assert_exact(difference_of(p, "8"), -30, 1);
    pipeline_end(p);
}

/* Any answer but "never" is a yes. */
static void answers_of_harassment(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer\n2024,A,Q14a,Never\n2024,A,14a,1-2\n2024,A,Q14a,More than 10\n2024,A,Q14a,\n2024,A,Q14a,Don't know\n");
    assert_of(rate_of(p, "5", "white"), 2, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_COUNTED], 2);
    pipeline_end(p);
}

/* Don't know is in the base of indicator 7 and of no other; not so in the edition of 2019. */
static void the_base_of_indicator_7(void **state) {
    (void)state;
    static const char csv[] = "Ethnicity,Question,Answer\nA,equal_opportunity,Yes\nA,equal_opportunity,No\nA,equal_opportunity,Don't know\nA,discrimination,Yes\nA,discrimination,Don't know\n";
    pipeline *p = surveyed(csv);
    assert_of(rate_of(p, "7", "white"), 1, 3);
    assert_of(rate_of(p, "8", "white"), 1, 1);
    pipeline_end(p);
    p = pipeline_new("wres-2019");
    pipeline_as_at(p, 2019, 3, 31);
    pipeline_add(p, "survey", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(rate_of(p, "7", "white"), 1, 2);
    pipeline_end(p);
}

static void a_group_without_answers_is_not_calculable(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer\n2024,A,Q15,Yes\n");
    assert_missing(rate_of(p, "7", "bme"), WRES_NOT_CALCULABLE, "no answers");
    assert_int_equal(rate_of(p, "7", "bme")->denominator, 0);
    assert_missing(difference_of(p, "7"), WRES_NOT_CALCULABLE, "the percentage of BME is not known");
    pipeline_end(p);
}

static void a_question_that_was_not_asked(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer\n2024,A,Q15,Yes\n");
    assert_missing(result(p, .indicator = "5"), WRES_NOT_SUPPLIED, "no answer to this question");
    pipeline_end(p);
}

/* 0 of 10 and 0 of 20: no difference, limits -16.112516 and 27.753280. */
static void two_zero_rates_have_a_difference(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,H,Q16b,No,10\n2024,A,Q16b,No,20\n");
    assert_exact(difference_of(p, "8"), 0, 1);
    assert_interval(difference_of(p, "8"), -16.112516, 27.753280, 1e-7);
    pipeline_end(p);
}

static void each_respondent_counts_once(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Respondent ID,Ethnicity,Question,Answer\n2024,1,A,Q15,Yes\n2024,1,A,Q15,Yes\n2024,2,A,Q15,No\n");
    assert_of(rate_of(p, "7", "white"), 1, 2);
    pipeline_end(p);
}

static void answers_are_pooled_from_counts(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Org Code,Ethnicity,Question,Answer,Count\n2024,RX1,A,Q15,Yes,1\n2024,RX1,A,Q15,No,1\n2024,RX2,A,Q15,No,8\n");
    assert_of(result(p, .indicator = "7", .organisation = "RX1", .group = "white", .statistic = "rate"), 1, 2);
    assert_of(rate_of(p, "7", "white"), 1, 10);
    pipeline_end(p);
}

static void answers_are_broken_down(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_by(p, "staff_group", NULL);
    pipeline_add(p, "survey", "Year,Ethnicity,Staff Group,Question,Answer\n2024,A,Nursing,Q15,Yes\n2024,A,Nursing,Q15,No\n2024,A,Estates,Q15,No\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "7", .by_value = "Nursing and Midwifery Registered", .group = "white", .statistic = "rate"), 1, 2);
    assert_of(result(p, .indicator = "7", .by_value = "Estates and Ancillary", .group = "white", .statistic = "rate"), 0, 1);
    assert_of(rate_of(p, "7", "white"), 1, 3);
    pipeline_end(p);
}

/* ---- two questions joined ----------------------------------------------------------------------------------- */

/* In the base if either is answered, yes if either is: respondents 1 (no, yes), 2 (no, no), 3 (yes, blank), 4 (blank, no); 5 answered
 * neither. Two of four. */
static void two_questions_are_joined_for_each_respondent(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Respondent ID,Ethnicity,Question,Answer\n2024,1,A,Q14b,Never\n2024,1,A,Q14c,1-2\n2024,2,A,Q14b,Never\n2024,2,A,Q14c,Never\n"
                           "2024,3,A,Q14b,3-5\n2024,3,A,Q14c,\n2024,4,A,Q14b,\n2024,4,A,Q14c,Never\n2024,5,A,Q14b,\n2024,5,A,Q14c,\n");
    assert_of(rate_of(p, "6", "white"), 2, 4);
    pipeline_end(p);
}

static void an_item_that_comes_joined_is_taken_as_given(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,A,Q14bc,Yes,3\n2024,A,Q14bc,No,7\n");
    assert_of(rate_of(p, "6", "white"), 3, 10);
    pipeline_end(p);
}

static void two_separate_aggregates_are_never_added(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,A,Q14b,Yes,3\n2024,A,Q14b,No,7\n2024,A,Q14c,Yes,2\n2024,A,Q14c,No,8\n2024,A,Q14a,Yes,1\n");
    assert_missing(result(p, .indicator = "6"), WRES_NOT_CALCULABLE, "respondent_id");
    no_result(p, .indicator = "6", .group = "white", .statistic = "rate");
    assert_of(rate_of(p, "5", "white"), 1, 1);
    pipeline_end(p);
}

static void one_of_two_aggregates_is_not_the_item(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count\n2024,A,Q14b,Yes,3\n2024,A,Q14b,No,7\n");
    assert_missing(result(p, .indicator = "6"), WRES_NOT_CALCULABLE, "harassment_staff");
    pipeline_end(p);
}

/* ---- percentages without counts ----------------------------------------------------------------------------- */

/* 27.5% of 612: the value as given, no numerator; Wilson with 0.275 in the place of x/n. */
static void a_percentage_stands_as_given(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Percent,Base\n2024,H,Q14a,27.5,612\n2024,A,Q14a,21.7,1000\n");
    const wres_result *rate = rate_of(p, "5", "bme");
    wres_interval limits;
    assert_exact(rate, 275, 10);
    assert_true(!rate->has_counts && rate->denominator_only);
    assert_int_equal(rate->denominator, 612);
    assert_true(wres_wilson_value(0.275, 612, WRES_Z95, &limits));
    assert_interval(rate, 100 * limits.lower, 100 * limits.upper, 1e-12);
    assert_contains(rate->note, "approximate interval");
    assert_exact(difference_of(p, "5"), 58, 10);
    assert_true(difference_of(p, "5")->has_interval);
    no_result(p, .indicator = "5", .group = "bme-white", .statistic = "p_value");
    pipeline_end(p);
}

static void a_hidden_percentage_is_suppressed(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Percent,Base\n2024,H,Q14a,*,8\n2024,A,Q14a,21.7,1000\n");
    assert_missing(rate_of(p, "5", "bme"), WRES_SUPPRESSED, "hidden in the input");
    assert_false(rate_of(p, "5", "bme")->denominator_only);
    assert_missing(difference_of(p, "5"), WRES_SUPPRESSED, "the percentage of BME is not known");
    assert_exact(rate_of(p, "5", "white"), 217, 10);
    assert_int_equal(p->accounts[0].used, 2);
    pipeline_end(p);
}

static void two_percentages_cannot_be_pooled(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Org Code,Ethnicity,Question,Percent,Base\n2024,RX1,A,Q14a,20,100\n2024,RX2,A,Q14a,40,100\n2024,RX1,H,Q14a,30,100\n");
    assert_missing(rate_of(p, "5", "white"), WRES_NOT_CALCULABLE, "cannot be pooled");
    assert_exact(rate_of(p, "5", "bme"), 30, 1);
    assert_missing(difference_of(p, "5"), WRES_NOT_CALCULABLE, "the percentage of White is not known");
    assert_exact(result(p, .indicator = "5", .organisation = "RX1", .group = "white", .statistic = "rate"), 20, 1);
    assert_exact(result(p, .indicator = "5", .organisation = "RX2", .group = "white", .statistic = "rate"), 40, 1);
    pipeline_end(p);
}

/* Three do not make it better than two, and a percentage beside counted answers is no better. */
static void percentages_are_not_pooled_with_anything(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Percent,Base\n2024,A,Q14a,20,100\n2024,B,Q14a,40,100\n2024,C,Q14a,40,100\n");
    assert_missing(rate_of(p, "5", "white"), WRES_NOT_CALCULABLE, "cannot be pooled");
    pipeline_end(p);
    p = surveyed("Year,Ethnicity,Question,Answer,Count,Percent,Base\n2024,A,Q14a,Yes,10,,\n2024,A,Q14a,,0,20,100\n");
    assert_missing(rate_of(p, "5", "white"), WRES_NOT_CALCULABLE, "cannot be pooled");
    pipeline_end(p);
}

static void a_joined_item_can_come_as_a_percentage(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Percent,Base\n2024,A,Q14bc,24.9,500\n");
    assert_exact(rate_of(p, "6", "white"), 249, 10);
    pipeline_end(p);
    p = surveyed("Year,Ethnicity,Question,Percent,Base\n2024,A,Q14b,24.9,500\n2024,A,Q14c,10,500\n");
    assert_missing(result(p, .indicator = "6"), WRES_NOT_CALCULABLE, "respondent_id");
    pipeline_end(p);
}

/* A percentage beside one from counts: they have a difference, and no test. */
static void a_percentage_against_counts(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Ethnicity,Question,Answer,Count,Percent,Base\n2024,A,Q14a,Yes,1,,\n2024,A,Q14a,No,3,,\n2024,H,Q14a,,0,20,100\n");
    assert_of(rate_of(p, "5", "white"), 1, 4);
    assert_exact(difference_of(p, "5"), -5, 1);
    no_result(p, .indicator = "5", .group = "bme-white", .statistic = "p_value");
    pipeline_end(p);
}

/* ---- hidden answers ----------------------------------------------------------------------------------------- */

static pipeline *hiding(const char *rows, const char *marks, const char *by) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    if (by) pipeline_by(p, by, NULL);
    pipeline_add_with(p, "survey", wres_print(p->run, "Year,Ethnicity,Staff Group,Question,Answer,Count,Percent,Base\n%s", rows), marks);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

#define MARKS "hidden: {\"<5\": 1-4, \"*\": 0-7}"

static void assert_bounds(const wres_result *r, int64_t low, int64_t over_low, int64_t high, int64_t over_high) {
    assert_int_equal(r->status, WRES_SUPPRESSED);
    assert_true(r->has_lower_bound && r->has_upper_bound);
    assert_true(r->lower_bound.numerator * over_low == r->lower_bound.denominator * low);
    assert_true(r->upper_bound.numerator * over_high == r->upper_bound.denominator * high);
}

static void assert_no_bounds(const wres_result *r, const char *note) {
    assert_missing(r, WRES_SUPPRESSED, note);
    assert_false(r->has_lower_bound || r->has_upper_bound);
}

static const wres_result *test_of(const pipeline *p) { return result(p, .indicator = "8", .group = "bme-white", .statistic = "p_value"); }

/* BME 1 to 4 of 17 to 20, White 48 of 80: less 60 points. */
static void a_hidden_answer_hides_the_difference(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,Estates,Q16b,Yes,<5,,\n2024,H,Estates,Q16b,No,16,,\n2024,A,Estates,Q16b,Yes,48,,\n2024,A,Estates,Q16b,No,32,,\n", MARKS, "staff_group");
    assert_bounds(rate_of(p, "8", "bme"), 100, 17, 400, 20);
    assert_bounds(difference_of(p, "8"), 100 - 60 * 17, 17, -40, 1);
    assert_contains(difference_of(p, "8")->note, "rests on 1 count");
    assert_int_equal(difference_of(p, "8")->beside, WRES_BESIDE_DIFFERENCE);
    assert_no_bounds(test_of(p), "rests on 1 count");
    assert_int_equal(test_of(p)->unit, WRES_PROBABILITY);
    assert_int_equal(test_of(p)->beside, WRES_BESIDE_NOTHING);
    const wres_result *of_estates = result(p, .indicator = "8", .by = "staff_group", .by_value = "Estates and Ancillary", .group = "bme-white", .statistic = "difference");
    assert_bounds(of_estates, 100 - 60 * 17, 17, -40, 1);
    assert_int_equal(of_estates->beside, WRES_BESIDE_NOTHING);
    pipeline_end(p);
}

static void hidden_answers_of_the_reference_and_of_both(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,,Q16b,Yes,5,,\n2024,H,,Q16b,No,5,,\n2024,A,,Q16b,Yes,<5,,\n2024,A,,Q16b,No,16,,\n", MARKS, NULL);
    assert_bounds(difference_of(p, "8"), 30, 1, 50 * 17 - 100, 17);
    pipeline_end(p);
    p = hiding("2024,H,,Q16b,Yes,<5,,\n2024,H,,Q16b,No,16,,\n2024,A,,Q16b,Yes,<5,,\n2024,A,,Q16b,No,16,,\n", MARKS, NULL);
    assert_bounds(difference_of(p, "8"), 100 - 20 * 17, 17, 20 * 17 - 100, 17);
    assert_contains(difference_of(p, "8")->note, "rests on 2 counts");
    pipeline_end(p);
}

/* The other percentage came without its counts: nothing is said but that there is no figure. */
static void hidden_answers_beside_a_percentage(void **state) {
    (void)state;
    static const char *const rows[] = {"2024,H,,Q16b,Yes,<5,,\n2024,H,,Q16b,No,16,,\n2024,A,,Q16b,,0,20,100\n", "2024,A,,Q16b,Yes,<5,,\n2024,A,,Q16b,No,16,,\n2024,H,,Q16b,,0,20,100\n"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        pipeline *p = hiding(rows[i], MARKS, NULL);
        assert_no_bounds(difference_of(p, "8"), "rests on 1 count");
        assert_int_equal(difference_of(p, "8")->beside, WRES_BESIDE_NOTHING);
        assert_exact(rate_of(p, "8", i == 0 ? "white" : "bme"), 20, 1);
        pipeline_end(p);
    }
}

static void answers_of_which_nothing_is_known(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,,Q16b,Yes,[c],,\n2024,H,,Q16b,No,16,,\n2024,A,,Q16b,Yes,48,,\n2024,A,,Q16b,No,32,,\n", "hidden: [\"[c]\"]", NULL);
    assert_no_bounds(difference_of(p, "8"), "rests on 1 count");
    assert_int_equal(difference_of(p, "8")->beside, WRES_BESIDE_DIFFERENCE);
    pipeline_end(p);
}

/* A percentage beside a hidden count of the same group is not the group's; nor one that stands beside counted answers. */
static void a_percentage_beside_hidden_answers_of_its_group(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,,Q16b,,0,20,100\n2024,J,,Q16b,Yes,*,,\n2024,A,,Q16b,Yes,48,,\n2024,A,,Q16b,No,32,,\n", MARKS, NULL);
    assert_missing(rate_of(p, "8", "bme"), WRES_NOT_CALCULABLE, "cannot be pooled");
    assert_missing(difference_of(p, "8"), WRES_NOT_CALCULABLE, "the percentage of BME is not known");
    pipeline_end(p);
}

/* The base alone is hidden, 1 to 10; a hidden one of the reference, beside a group without answers, is said as hidden. */
static void a_hidden_base_and_a_hidden_reference(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,,Q16b,,0,20,<5\n2024,A,,Q16b,Yes,48,,\n2024,A,,Q16b,No,32,,\n", MARKS, NULL);
    assert_missing(rate_of(p, "8", "bme"), WRES_SUPPRESSED, "rests on a base that is hidden in the input");
    assert_missing(difference_of(p, "8"), WRES_SUPPRESSED, "the percentage of BME is not known");
    pipeline_end(p);
    p = hiding("2024,A,,Q16b,,0,*,100\n", NULL, NULL);
    assert_missing(rate_of(p, "8", "bme"), WRES_NOT_CALCULABLE, "no answers");
    assert_missing(difference_of(p, "8"), WRES_SUPPRESSED, "the percentage of BME is not known");
    pipeline_end(p);
}

static void a_percentage_of_nobody(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,,Q16b,,0,20,0\n2024,A,,Q16b,Yes,48,,\n2024,A,,Q16b,No,32,,\n", NULL, NULL);
    assert_missing(rate_of(p, "8", "bme"), WRES_NOT_CALCULABLE, "a percentage of nobody");
    assert_missing(difference_of(p, "8"), WRES_NOT_CALCULABLE, "the percentage of BME is not known");
    pipeline_end(p);
}

/* Reference as given, group from counts: a difference that is set beside nothing. 5 of 10 less 20%. */
static void counts_against_a_percentage(void **state) {
    (void)state;
    pipeline *p = hiding("2024,H,Estates,Q16b,Yes,5,,\n2024,H,Estates,Q16b,No,5,,\n2024,A,Estates,Q16b,,0,20,100\n", NULL, "staff_group");
    assert_exact(difference_of(p, "8"), 30, 1);
    assert_int_equal(difference_of(p, "8")->beside, WRES_BESIDE_NOTHING);
    no_result(p, .indicator = "8", .group = "bme-white", .statistic = "p_value");
    pipeline_end(p);
}

/* ---- rates of a standard of one's own ----------------------------------------------------------------------- */

/* 5 cases of 4 White staff: over 100%, without an interval or a test; and teams that only the one side has. */
static void events_may_outnumber_people(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
                                          "  - {id: x, title: t, certainty: U, measure: rate, words: {people: staff, event: had a case}, events: {table: cases}, over: {table: workforce}}\n"),
                     WRES_OK);
    pipeline_by(p, "staff_group", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Staff Group,Count\n2025-03-31,A,Nursing,4\n2025-03-31,H,Nursing,10\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Staff Group,Count\n2025-01-01,A,Nursing,4\n2025-01-01,A,Estates,1\n2025-01-01,H,Estates,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *rate = result(p, .indicator = "x", .group = "white", .statistic = "rate"),
                      *difference = result(p, .indicator = "x", .group = "bme-white", .statistic = "difference");
    assert_exact(rate, 125, 1);
    assert_false(rate->has_interval);
    assert_exact(difference, -105, 1); /* 2 of 10 less 5 of 4 */
    assert_false(difference->has_interval);
    no_result(p, .indicator = "x", .group = "bme-white", .statistic = "p_value");
    assert_missing(result(p, .indicator = "x", .by = "staff_group", .by_value = "Estates and Ancillary", .group = "white", .statistic = "rate"), WRES_NOT_CALCULABLE, "no answers");
    assert_of(result(p, .indicator = "x", .by = "staff_group", .by_value = "Nursing and Midwifery Registered", .group = "bme", .statistic = "rate"), 0, 10);
    pipeline_end(p);
}

/* The item came joined from RX1, as two questions from RX2: RX1 has its own figure, all together have none. */
static void what_is_joined_is_decided_for_each_organisation(void **state) {
    (void)state;
    pipeline *p = surveyed("Year,Org Code,Ethnicity,Question,Answer,Count\n2024,RX1,A,Q14bc,Yes,3\n2024,RX1,A,Q14bc,No,7\n2024,RX2,A,Q14b,Yes,2\n2024,RX2,A,Q14c,No,8\n");
    assert_of(result(p, .indicator = "6", .organisation = "RX1", .group = "white", .statistic = "rate"), 3, 10);
    assert_missing(result(p, .indicator = "6", .organisation = "RX2"), WRES_NOT_CALCULABLE, "joins several questions");
    assert_missing(result(p, .indicator = "6"), WRES_NOT_CALCULABLE, "joins several questions");
    pipeline_end(p);
}

/* Asian 2 of 4, Black 1 of 4, White 3 of 4. */
static void finer_groups_have_differences_of_their_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    p->request.groups = "group5";
    pipeline_add(p, "survey", "Year,Ethnicity,Question,Answer,Count\n2024,A,Q16b,Yes,3\n2024,A,Q16b,No,1\n2024,H,Q16b,Yes,2\n2024,H,Q16b,No,2\n2024,N,Q16b,Yes,1\n2024,N,Q16b,No,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "8", .group = "asian-white", .statistic = "difference"), -25, 1);
    assert_exact(result(p, .indicator = "8", .group = "black-white", .statistic = "difference"), -50, 1);
    no_result(p, .indicator = "8", .group = "white-white", .statistic = "difference");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_percentages_and_their_difference),
        cmocka_unit_test(intervals_and_test),
        cmocka_unit_test(answers_of_harassment),
        cmocka_unit_test(the_base_of_indicator_7),
        cmocka_unit_test(a_group_without_answers_is_not_calculable),
        cmocka_unit_test(a_question_that_was_not_asked),
        cmocka_unit_test(two_zero_rates_have_a_difference),
        cmocka_unit_test(each_respondent_counts_once),
        cmocka_unit_test(answers_are_pooled_from_counts),
        cmocka_unit_test(answers_are_broken_down),
        cmocka_unit_test(two_questions_are_joined_for_each_respondent),
        cmocka_unit_test(an_item_that_comes_joined_is_taken_as_given),
        cmocka_unit_test(two_separate_aggregates_are_never_added),
        cmocka_unit_test(one_of_two_aggregates_is_not_the_item),
        cmocka_unit_test(a_percentage_stands_as_given),
        cmocka_unit_test(a_hidden_percentage_is_suppressed),
        cmocka_unit_test(two_percentages_cannot_be_pooled),
        cmocka_unit_test(percentages_are_not_pooled_with_anything),
        cmocka_unit_test(a_joined_item_can_come_as_a_percentage),
        cmocka_unit_test(a_percentage_against_counts),
        cmocka_unit_test(a_hidden_answer_hides_the_difference),
        cmocka_unit_test(hidden_answers_of_the_reference_and_of_both),
        cmocka_unit_test(hidden_answers_beside_a_percentage),
        cmocka_unit_test(answers_of_which_nothing_is_known),
        cmocka_unit_test(a_percentage_beside_hidden_answers_of_its_group),
        cmocka_unit_test(a_hidden_base_and_a_hidden_reference),
        cmocka_unit_test(a_percentage_of_nobody),
        cmocka_unit_test(counts_against_a_percentage),
        cmocka_unit_test(events_may_outnumber_people),
        cmocka_unit_test(what_is_joined_is_decided_for_each_organisation),
        cmocka_unit_test(finer_groups_have_differences_of_their_own),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
