/* What is said of values that are in no list, and when it stops the run. */
#include "pipeline.h"

/* rows people of code A, then these. */
static pipeline *workforce_with(int rows, const char *others) {
    static char csv[8192];
    snprintf(csv, sizeof csv, "Date,Ethnicity,Sex,Staff Group,Pay Band,Medical Grade\n");
    for (int i = 0; i < rows; i++) strcat(csv, "2025-03-31,A,F,Nursing,Band 5,\n");
    strcat(csv, others);
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", csv);
    return p;
}

static void an_unmapped_value_is_counted_and_listed(void **state) {
    (void)state;
    pipeline *p = workforce_with(40, "2025-03-31,Martian,F,Nursing,Band 5,\n2025-03-31, Martian ,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_OK); /* 2 of 42 */
    assert_people(2, result(p, .indicator = "1", .group = "unknown", .statistic = "count"));
    const wres_finding *f = finding_with(p, "unmapped-value", "'Martian' is not in the code list ethnicity: taken as Not known");
    assert_int_equal(f->severity, WRES_WARNING);
    assert_int_equal(f->place.line, 42);
    assert_string_equal(f->place.field, "ethnicity");
    assert_int_equal(finding_count(p, "unmapped-share"), 0);
    pipeline_end(p);
}

/* Of 20 people 1 is 5%, which passes; of 19 it is over. */
static void over_five_percent_of_ethnicities_stop_the_run(void **state) {
    (void)state;
    pipeline *p = workforce_with(19, "2025-03-31,Martian,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    pipeline_end(p);
    p = workforce_with(18, "2025-03-31,Martian,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1, "1 of 19 are in no code list, over 5%");
    assert_string_equal(finding_with(p, "unmapped-share", "")->place.field, "ethnicity");
    pipeline_end(p);
}

/* Blank is not given, which is no unmapped value, and is not in the base of the 5% either: 1 of 19 is over. */
static void blank_cells_do_not_dilute_the_share(void **state) {
    (void)state;
    pipeline *p = workforce_with(18, "2025-03-31,Martian,F,Nursing,Band 5,\n2025-03-31,,F,Nursing,Band 5,\n2025-03-31,,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1, "1 of 19");
    pipeline_end(p);
}

static void nobody_is_unmapped_where_all_cells_are_blank(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Pay Band\n2025-03-31,,\n2025-03-31,,\n");
    assert_people(2, result(p, .indicator = "1", .row = "Unmapped", .group = "unknown", .statistic = "count"));
    assert_int_equal(finding_count(p, "unmapped-value"), 0);
    pipeline_end(p);
}

static void bands_and_medical_grades_stop_the_run_too(void **state) {
    (void)state;
    pipeline *p = workforce_with(18, "2025-03-31,A,F,Nursing,Band 77,\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_string_equal(finding_with(p, "unmapped-share", "1 of 19")->place.field, "pay_band");
    pipeline_end(p);
    p = workforce_with(18, "2025-03-31,A,F,Medical and Dental,,Wizard\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_string_equal(finding_with(p, "unmapped-share", "1 of 1 ")->place.field, "medical_grade");
    pipeline_end(p);
}

/* Nothing asks for the sex. */
static void fields_that_nothing_rests_on_do_not_stop_it(void **state) {
    (void)state;
    pipeline *p = workforce_with(18, "2025-03-31,A,Q7,Nursing,Band 5,\n2025-03-31,A,Q7,Wizards,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_finding(p, WRES_WARNING, "unmapped-value", 2, "'Q7'");
    assert_finding(p, WRES_WARNING, "unmapped-value", 1, "'Wizards'");
    assert_people(1, result(p, .indicator = "1", .section = "unknown", .row = "Band 5", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* The staff group makes the sections of indicator 1, the kind of contract says who is staff; a breakdown asks for the sex. */
static void fields_that_the_result_rests_on_stop_it(void **state) {
    (void)state;
    pipeline *p = workforce_with(17, "2025-03-31,A,F,Wizards,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1, "1 of 18 are in no code list, over 5%");
    assert_string_equal(finding_with(p, "unmapped-share", "")->place.field, "staff_group");
    pipeline_end(p);
    p = workforce_with(17, "2025-03-31,A,Q7,Nursing,Band 5,\n");
    pipeline_by(p, "sex", NULL);
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_string_equal(finding_with(p, "unmapped-share", "1 of 18")->place.field, "sex");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Assignment Category\n2025-03-31,A,Permanent\n2025-03-31,A,Bnak\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_string_equal(finding_with(p, "unmapped-share", "1 of 2")->place.field, "assignment_category");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "cases", "Date,Ethnicity,Formal,Outcome\n2025-01-31,A,Y,Odd\n2025-01-31,A,perhaps,Odd\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_int_equal(finding_count(p, "unmapped-share"), 1);
    assert_string_equal(finding_with(p, "unmapped-share", "1 of 2")->place.field, "formal");
    pipeline_end(p);
}

/* A value with four digits in a row, or of a column that is most likely another one, may tell of a person. */
static void values_that_may_tell_of_a_person_are_not_quoted(void **state) {
    (void)state;
    pipeline *p = workforce_with(60, "2025-03-31,E20417,F,Nursing,Band 5,\n2025-03-31,Martian,F,Nursing,Band 5,\n2025-03-31,E204,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    finding_with(p, "unmapped-value", "'Martian'");
    finding_with(p, "unmapped-value", "'E204'");
    assert_string_equal(finding_with(p, "unmapped-value", "a value is not in the code list")->place.field, "ethnicity");
    assert_int_equal(finding_count(p, "unmapped-value"), 3);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    char csv[2048] = "Date,Ethnicity\n";
    for (int i = 0; i < 21; i++) sprintf(csv + strlen(csv), "2025-03-31,Smith %c\n", 'A' + i);
    for (int i = 0; i < 20; i++) strcat(csv, "2025-03-31,A\n");
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_DATA);
    for (size_t i = 0; i < wres_finding_count(p->run); i++) assert_null(strstr(wres_finding_at(p->run, i)->message, "Smith"));
    pipeline_end(p);
    p = pipeline_new("wres-2025"); /* as many are in the list: these may be spellings of the trust */
    strcat(csv, "2025-03-31,A\n");
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_DATA);
    finding_with(p, "unmapped-value", "'Smith A'");
    pipeline_end(p);
}

/* The share is one of people, not of rows. */
static void counted_rows_weigh_what_they_stand_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,95\n2025-03-31,Martian,5\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_finding(p, WRES_WARNING, "unmapped-value", 5, "'Martian'");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,1\n2025-03-31,B,1\n2025-03-31,Martian,1000\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1000, "1000 of 1002");
    pipeline_end(p);
}

static void it_can_be_allowed(void **state) {
    (void)state;
    pipeline *p = workforce_with(1, "2025-03-31,Martian,F,Nursing,Band 5,\n");
    p->reading.allow_unmapped = true;
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(1, result(p, .indicator = "1", .group = "unknown", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "unmapped-share", 1, "--allow-unmapped");
    pipeline_end(p);
}

static void strictly_a_single_value_is_too_many(void **state) {
    (void)state;
    pipeline *p = workforce_with(100, "2025-03-31,A,Q7,Nursing,Band 5,\n");
    p->reading.strict = true;
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1, "With --strict");
    pipeline_end(p);
    p = workforce_with(100, "");
    p->reading.strict = true;
    assert_int_equal(pipeline_run(p), WRES_OK);
    pipeline_end(p);
}

static void strict_wins_over_allowed(void **state) {
    (void)state;
    pipeline *p = workforce_with(1, "2025-03-31,Martian,F,Nursing,Band 5,\n");
    p->reading.strict = p->reading.allow_unmapped = true;
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "unmapped-share", 1, "With --strict");
    pipeline_end(p);
}

/* H9 is no code: it is taken for H, Indian, and it is said. */
static void an_unknown_code_falls_to_its_first_letter(void **state) {
    (void)state;
    pipeline *p = workforce_with(1, "2025-03-31,H9,F,Nursing,Band 5,\n2025-03-31,H9,F,Nursing,Band 5,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(2, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    assert_finding(p, WRES_INFORMATION, "first-letter", 2, "'H9' is not in the code list ethnicity: taken for its first letter, Asian or Asian British - Indian");
    pipeline_end(p);
}

static void a_value_with_a_treatment_needs_care(void **state) {
    (void)state;
    pipeline *p = workforce_with(1, "2025-03-31,A,F,Nursing,Apprentice,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_finding(p, WRES_INFORMATION, "needs-care", 1, "'Apprentice' is read as Under Band 1 (may also sit on an AfC band)");
    pipeline_end(p);
}

/* A band beside a medical grade that decides is not looked up, whatever stands in it. */
static void values_that_decide_nothing_are_not_listed(void **state) {
    (void)state;
    pipeline *p = workforce_with(1, "2025-03-31,A,F,Medical and Dental,MC99,Consultant\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "unmapped-value"), 0);
    pipeline_end(p);
}

static void many_unmapped_values_are_cut_short(void **state) {
    (void)state;
    char others[2048] = "";
    for (int i = 0; i < 15; i++) snprintf(others + strlen(others), sizeof others - strlen(others), "2025-03-31,A,Q%d,Nursing,Band 5,\n", i);
    pipeline *p = workforce_with(1, others);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "unmapped-value"), WRES_FINDINGS_A_CHECK);
    assert_int_equal(wres_findings_dropped(p->run, "unmapped-value"), 15 - WRES_FINDINGS_A_CHECK);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unmapped_value_is_counted_and_listed),
        cmocka_unit_test(over_five_percent_of_ethnicities_stop_the_run),
        cmocka_unit_test(blank_cells_do_not_dilute_the_share),
        cmocka_unit_test(nobody_is_unmapped_where_all_cells_are_blank),
        cmocka_unit_test(bands_and_medical_grades_stop_the_run_too),
        cmocka_unit_test(fields_that_nothing_rests_on_do_not_stop_it),
        cmocka_unit_test(fields_that_the_result_rests_on_stop_it),
        cmocka_unit_test(values_that_may_tell_of_a_person_are_not_quoted),
        cmocka_unit_test(counted_rows_weigh_what_they_stand_for),
        cmocka_unit_test(it_can_be_allowed),
        cmocka_unit_test(strictly_a_single_value_is_too_many),
        cmocka_unit_test(strict_wins_over_allowed),
        cmocka_unit_test(an_unknown_code_falls_to_its_first_letter),
        cmocka_unit_test(a_value_with_a_treatment_needs_care),
        cmocka_unit_test(values_that_decide_nothing_are_not_listed),
        cmocka_unit_test(many_unmapped_values_are_cut_short),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
