/* Marks in the place of counts: what the settings declare, what is said of them, and what is refused. */
#include "pipeline.h"

static pipeline *with(const char *table, const char *csv, const char *settings, wres_status want) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, table, csv, settings);
    assert_int_equal(pipeline_run(p), want);
    return p;
}

static pipeline *staff(const char *rows, const char *settings, wres_status want) {
    char csv[512];
    snprintf(csv, sizeof csv, "Date,Ethnicity,Count\n%s", rows);
    return with("workforce", csv, settings, want);
}

static const wres_result *count_of(const pipeline *p, const char *group) {
    return result(p, .indicator = "1", .group = group, .statistic = "count");
}

/* least and most of a hidden count: what is published of it. */
static void assert_between(const wres_result *r, int64_t least, int64_t most, uint32_t counts) {
    assert_missing(r, WRES_SUPPRESSED, "hidden in the input");
    assert_int_equal(r->hidden, counts);
    assert_true(r->has_lower_bound && r->has_upper_bound);
    assert_true(r->lower_bound.numerator == least * r->lower_bound.denominator);
    assert_true(r->upper_bound.numerator == most * r->upper_bound.denominator);
}

static void a_mark_may_mean_none(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H, \xE2\x80\x93 \n2025-03-31,Z,NIL\n", "zero: [\"-\", nil]", WRES_OK);
    assert_people(7, count_of(p, "white"));
    assert_people(0, count_of(p, "bme"));
    assert_people(0, count_of(p, "unknown"));
    assert_int_equal(p->accounts[0].used, 3);
    assert_int_equal(finding_count(p, "hidden-counts"), 0);
    pipeline_end(p);
}

static void a_mark_may_hide_a_count(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,<5\n2025-03-31,H, < 5 \n2025-03-31,H,10\n", "hidden: {\"<5\": 1-4, \"< 5\": 0-9}", WRES_OK);
    assert_people(7, count_of(p, "white"));
    assert_between(count_of(p, "bme"), 1 + 0 + 10, 4 + 9 + 10, 2);
    assert_int_equal(p->accounts[0].used, 4);
    pipeline_end(p);
}

static void a_mark_may_hide_all_that_is_known(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,[c]\n2025-03-31,H,10\n", "hidden: [\"[C]\"]", WRES_OK);
    const wres_result *r = count_of(p, "bme");
    assert_missing(r, WRES_SUPPRESSED, "rests on 1 count that is hidden in the input");
    assert_true(r->has_lower_bound && !r->has_upper_bound && r->lower_bound.numerator == 10);
    pipeline_end(p);
}

/* Declared to be hidden, it stays so even if only one number is possible. */
static void a_hidden_count_of_one_number_is_hidden(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,x\n", "hidden: {x: 3-3}", WRES_OK);
    assert_between(count_of(p, "bme"), 3, 3, 1);
    pipeline_end(p);
}

static void an_undeclared_mark_is_an_error_that_says_how_to_declare_it(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,<5\n2025-03-31,H,*\n", "hidden: {\"<5\": 1-4}", WRES_DATA);
    assert_error_at(p, "count", 3, "count", "hidden: {\"<5\": 1-4}");
    pipeline_end(p);
}

static void rows_are_left_out_before_marks_are_met(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,<5\n2025-03-31,H,*\n", "leave_out: {count: \"*\"}, hidden: {\"<5\": 1-4}", WRES_OK);
    assert_between(count_of(p, "bme"), 1, 4, 1);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SETTINGS], 1);
    pipeline_end(p);
}

static void hidden_counts_are_said_once_a_file(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,*\n2025-03-31,H,<5\n2025-03-31,Z,*\n2025-03-31,Z,-\n",
                        "hidden: {\"<5\": 1-4, \"*\": 0-7}, zero: \"-\"", WRES_OK);
    assert_int_equal(finding_count(p, "hidden-counts"), 1);
    assert_finding(p, WRES_INFORMATION, "hidden-counts", 3, "'<5' 1 to 4 (1), '*' 0 to 7 (2)");
    assert_int_equal(finding_with(p, "hidden-counts", "")->place.line, 3);
    assert_int_equal(finding_count(p, "mark-not-met"), 0);
    pipeline_end(p);
}

static void a_mark_that_never_occurs_is_said(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,7\n2025-03-31,H,*\n", "hidden: [\"*\", \"[c]\"], zero: \"-\"", WRES_OK);
    assert_int_equal(finding_count(p, "mark-not-met"), 2);
    assert_finding(p, WRES_WARNING, "mark-not-met", 0, "under 'hidden' what '[c]'");
    assert_finding(p, WRES_WARNING, "mark-not-met", 0, "under 'zero' what '-'");
    pipeline_end(p);
}

/* Of what is hidden nothing is counted among the people of a value but the row. */
static void messages_do_not_count_hidden_people(void **state) {
    (void)state;
    pipeline *p = staff("2025-03-31,A,700\n2025-03-31,Martian,<50\n2025-03-31,Martian,6\n", "hidden: {\"<50\": 20-49}", WRES_OK);
    assert_finding(p, WRES_WARNING, "unmapped-value", 1 + 6, "'Martian'");
    pipeline_end(p);
}

static void a_row_with_an_identifier_hides_no_count(void **state) {
    (void)state;
    const char *csv = "Date,Ethnicity,Employee Number,Count\n2025-03-31,A,1,1\n2025-03-31,H,2,<5\n2025-03-31,H,,<5\n";
    pipeline *p = with("workforce", csv, "hidden: {\"<5\": 1-4}", WRES_DATA);
    assert_error_at(p, "count", 3, "count", "its count is hidden");
    assert_int_equal(finding_count(p, "count"), 1);
    pipeline_end(p);
}

/* ---- percentages -------------------------------------------------------------------------------------------- */

#define ANSWERS "Year,Ethnicity,Question,Percent,Base\n2024,A,Q15,60,500\n"

static const wres_result *rate_of(const pipeline *p, const char *group) {
    return result(p, .indicator = "7", .group = group, .statistic = "rate");
}

static void a_percentage_may_be_hidden_by_a_declared_mark(void **state) {
    (void)state;
    pipeline *p = with("survey", ANSWERS "2024,H,Q15,[c],100\n", "hidden: {\"[c]\": 1-4}", WRES_OK);
    assert_exact(rate_of(p, "white"), 60, 1);
    assert_missing(rate_of(p, "bme"), WRES_SUPPRESSED, "hidden in the input");
    assert_false(rate_of(p, "bme")->has_lower_bound); /* how many counts says nothing about percentages */
    assert_missing(result(p, .indicator = "7", .group = "bme-white", .statistic = "difference"), WRES_SUPPRESSED, "BME");
    pipeline_end(p);
}

static void a_percentage_may_be_none(void **state) {
    (void)state;
    pipeline *p = with("survey", ANSWERS "2024,H,Q15,-,100\n", "zero: \"-\"", WRES_OK);
    assert_exact(rate_of(p, "bme"), 0, 1);
    assert_int_equal(rate_of(p, "bme")->denominator, 100);
    pipeline_end(p);
}

static void a_star_stays_hidden_unless_it_is_declared_otherwise(void **state) {
    (void)state;
    pipeline *p = with("survey", ANSWERS "2024,H,Q15,*,100\n", NULL, WRES_OK);
    assert_missing(rate_of(p, "bme"), WRES_SUPPRESSED, "hidden in the input");
    pipeline_end(p);
    p = with("survey", ANSWERS "2024,H,Q15,*,100\n", "zero: \"*\"", WRES_OK);
    assert_exact(rate_of(p, "bme"), 0, 1);
    pipeline_end(p);
}

static void a_base_may_be_hidden(void **state) {
    (void)state;
    pipeline *p = with("survey", ANSWERS "2024,H,Q15,40,<11\n", "hidden: {\"<11\": 1-10}", WRES_OK);
    assert_missing(rate_of(p, "bme"), WRES_SUPPRESSED, "rests on a base that is hidden in the input");
    assert_missing(result(p, .indicator = "7", .group = "bme-white", .statistic = "difference"), WRES_SUPPRESSED, "");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_may_mean_none),
        cmocka_unit_test(a_mark_may_hide_a_count),
        cmocka_unit_test(a_mark_may_hide_all_that_is_known),
        cmocka_unit_test(a_hidden_count_of_one_number_is_hidden),
        cmocka_unit_test(an_undeclared_mark_is_an_error_that_says_how_to_declare_it),
        cmocka_unit_test(rows_are_left_out_before_marks_are_met),
        cmocka_unit_test(hidden_counts_are_said_once_a_file),
        cmocka_unit_test(a_mark_that_never_occurs_is_said),
        cmocka_unit_test(messages_do_not_count_hidden_people),
        cmocka_unit_test(a_row_with_an_identifier_hides_no_count),
        cmocka_unit_test(a_percentage_may_be_hidden_by_a_declared_mark),
        cmocka_unit_test(a_percentage_may_be_none),
        cmocka_unit_test(a_star_stays_hidden_unless_it_is_declared_otherwise),
        cmocka_unit_test(a_base_may_be_hidden),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
