/* The header: which column feeds which field, and what can be wrong with it. */
#include "pipeline.h"

static pipeline *fails(const char *table, const char *csv, const char *settings, wres_status want) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, table, csv, settings);
    assert_int_equal(pipeline_run(p), want);
    return p;
}

static pipeline *works(const char *table, const char *csv, const char *settings) { return fails(table, csv, settings, WRES_OK); }

static uint64_t people(const pipeline *p, const char *section, const char *row, const char *group) {
    const wres_result *r = result(p, .indicator = "1", .section = section, .row = row, .group = group, .statistic = "count");
    return (uint64_t)r->exact.numerator;
}

/* ---- spellings ---------------------------------------------------------------------------------------------- */

static void headers_are_known_by_any_spelling(void **state) {
    (void)state;
    pipeline *p = works("workforce", "\xEF\xBB\xBF" "EFFECTIVE_DATE, Ethnic-Origin ,afc  band,Staff group\n2025-03-31,A,5,Nursing\n", NULL);
    assert_int_equal(people(p, "clinical", "Band 5", "white"), 1);
    pipeline_end(p);
}

static void fields_have_their_own_names(void **state) {
    (void)state;
    pipeline *p = works("workforce", "snapshot_date,ethnicity,pay_band\n2025-03-31,A,5\n", NULL);
    assert_int_equal(people(p, "all", "Band 5", "white"), 1);
    pipeline_end(p);
}

static void columns_that_are_not_read_are_said(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Shoe Size,,Hat Size\n2025-03-31,A,9,,7\n", NULL);
    assert_finding(p, WRES_INFORMATION, "unused-columns", 2, "Shoe Size, Hat Size");
    pipeline_end(p);
}

/* ---- what is missing ---------------------------------------------------------------------------------------- */

static void a_missing_needed_column_names_the_nearest_header(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicty\n2025-03-31,A\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "a needed column is missing: ethnicity");
    assert_contains(finding_with(p, "header", "needed")->message, "'Ethnicty'");
    assert_contains(finding_with(p, "header", "needed")->message, "Ethnic Origin");
    pipeline_end(p);
}

static void a_missing_needed_column_with_nothing_near(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Zebra\n2025-03-31,A\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "a needed column is missing");
    assert_null(strstr(finding_with(p, "header", "needed")->message, "Zebra"));
    pipeline_end(p);
}

static void every_missing_needed_column_is_said(void **state) {
    (void)state;
    pipeline *p = fails("survey", "Year,Team\n2024,x\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "missing: ethnicity");
    assert_error_at(p, "header", 1, "question", "missing: question");
    assert_error_at(p, "header", 1, "answer", "missing: answer (or percent)");
    pipeline_end(p);
}

static void recruitment_needs_a_stage_or_one_of_its_flags(void **state) {
    (void)state;
    pipeline *p = fails("recruitment", "Date,Ethnicity\n2024-08-01,A\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "stage", "stage (or applied, shortlisted, interviewed, offered, appointed)");
    pipeline_end(p);
    p = works("recruitment", "Date,Ethnicity,Appointed\n2024-08-01,A,Y\n", NULL);
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 1, 1);
    pipeline_end(p);
}

/* ---- what is there twice ------------------------------------------------------------------------------------ */

static void two_columns_that_mean_one_field(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Ethnic Origin\n2025-03-31,A,H\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "'Ethnicity' and 'Ethnic Origin'");
    pipeline_end(p);
}

static void a_header_that_is_there_twice(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Ethnicity\n2025-03-31,A,H\n", NULL, WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "'Ethnicity' and 'Ethnicity'");
    pipeline_end(p);
}

static void the_settings_decide_between_two_columns(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Ethnic Origin\n2025-03-31,A,H\n", "columns: {ethnicity: Ethnic Origin}");
    assert_int_equal(people(p, "all", "all", "bme"), 1);
    pipeline_end(p);
}

static void columns_that_are_not_read_may_be_there_twice(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Note,Note,,\n2025-03-31,A,x,y,,\n", NULL);
    assert_int_equal(people(p, "all", "all", "white"), 1);
    pipeline_end(p);
}

/* ---- settings ----------------------------------------------------------------------------------------------- */

static void the_settings_name_a_column(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Heritage\n2025-03-31,H\n", "columns: {ethnicity: heritage}");
    assert_int_equal(people(p, "all", "all", "bme"), 1);
    pipeline_end(p);
}

static void the_settings_name_a_column_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Pay Grade Code\n2025-03-31,A,5\n", "columns: {pay_band: Pay Grade Cod}", WRES_DATA);
    assert_error_at(p, "header", 1, "pay_band", "settings-1.yaml (line 2) names the column 'Pay Grade Cod', which the file does not have; the nearest header is 'Pay Grade Code'");
    pipeline_end(p);
}

static void the_settings_name_a_column_that_is_there_twice(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Pay,Pay\n2025-03-31,A,5,6\n", "columns: {pay_band: Pay}", WRES_DATA);
    assert_error_at(p, "header", 1, "pay_band", "there 2 times");
    pipeline_end(p);
}

static void the_settings_name_a_field_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity\n2025-03-31,A\n", "columns: {pay_bnad: Ethnicity}", WRES_USAGE);
    assert_error_at(p, "settings", 2, "pay_bnad", "did you mean pay_band");
    pipeline_end(p);
}

/* In one column, what is a medical grade is one, and the rest are bands. */
static void one_column_can_feed_band_and_grade(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Grade\n2025-03-31,A,Consultant\n2025-03-31,H,Band 5\n2025-03-31,A,\n",
                        "columns: {pay_band: Grade, medical_grade: Grade}");
    assert_int_equal(people(p, "medical", "Consultant", "white"), 1);
    assert_int_equal(people(p, "unknown", "Band 5", "bme"), 1);
    assert_int_equal(people(p, "unknown", "Unmapped", "white"), 1);
    assert_int_equal(finding_count(p, "unmapped-value"), 0);
    pipeline_end(p);
}

/* Where the staff group is known, it decides how the column is read. */
static void with_a_staff_group_one_column_is_read_by_it(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Staff Group,Grade\n2025-03-31,A,Medical and Dental,Consultant\n2025-03-31,H,Nursing,Band 5\n",
                        "columns: {pay_band: Grade, medical_grade: Grade}");
    assert_int_equal(people(p, "medical", "Consultant", "white"), 1);
    assert_int_equal(people(p, "clinical", "Band 5", "bme"), 1);
    pipeline_end(p);
}

static void a_header_of_windows_1252(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Caf\xE9\n2025-03-31,A,x\n", NULL);
    assert_finding(p, WRES_INFORMATION, "unused-columns", 1, "Caf\xC3\xA9");
    assert_finding(p, WRES_INFORMATION, "encoding", 1, "Windows-1252");
    pipeline_end(p);
}

static void empty_headers_behind_the_last_need_no_cells(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,,,\n2025-03-31,A\n2025-03-31,A,,,\n2025-03-31,A,x,,y\n2025-03-31,A,,,,,\n", NULL);
    assert_int_equal(people(p, "all", "all", "white"), 4);
    pipeline_end(p);
    p = fails("workforce", "Date,Ethnicity,,,\n2025-03-31,A,,,,x\n", NULL, WRES_DATA);
    assert_error_at(p, "row", 2, NULL, "this row has 6 cells");
    pipeline_end(p);
}

/* ---- rows that the settings keep ----------------------------------------------------------------------------- */

static void only_listed_rows_are_kept(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnic Origin,Level,Note\n2025-03-31,A,Org,x\n2025-03-31,H,Ward,x\n2025-03-31,H,,x\n2025-03-31,A, ORG ,y\n2025-03-31,A,Org,z\n",
                        "keep: {Level: Org, Note: [x, y]}");
    assert_int_equal(people(p, "all", "all", "white"), 2);
    assert_int_equal(people(p, "all", "all", "bme"), 0);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SETTINGS], 3);
    assert_int_equal(finding_count(p, "keep-not-met"), 0);
    pipeline_end(p);
}

static void a_value_to_keep_that_no_row_has_is_warned_of(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Level\n2025-03-31,A,Org\n", "keep: {Level: [Org, Trust]}");
    assert_finding(p, WRES_WARNING, "keep-not-met", 0, "(line 2) keeps rows with Level = 'Trust'");
    pipeline_end(p);
}

static void a_column_to_keep_by_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Level\n2025-03-31,A,Org\n", "keep: {Levle: Org}", WRES_DATA);
    assert_error_at(p, "header", 1, "keep", "the nearest header is 'Level'");
    pipeline_end(p);
}

/* ---- rows that the settings leave out ----------------------------------------------------------------------- */

static void rows_are_left_out_by_header_or_field(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnic Origin,Note\n2025-03-31,A,\n2025-03-31,all  staff,\n2025-03-31,A, TOTAL \n",
                        "leave_out: {ethnicity: All Staff, Note: [Total]}");
    assert_int_equal(people(p, "all", "all", "white"), 1);
    assert_int_equal(p->accounts[0].read, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SETTINGS], 2);
    assert_int_equal(finding_count(p, "leave-out-not-met"), 0);
    assert_int_equal(finding_count(p, "unused-columns"), 0);
    pipeline_end(p);
}

static void a_value_to_leave_out_that_no_row_has_is_warned_of(void **state) {
    (void)state;
    pipeline *p = works("workforce", "Date,Ethnicity,Note\n2025-03-31,A,Total\n2025-03-31,A,\n", "leave_out: {Note: [Total, Sum]}");
    assert_int_equal(finding_count(p, "leave-out-not-met"), 1);
    assert_finding(p, WRES_WARNING, "leave-out-not-met", 0, "(line 2) leaves out rows with Note = 'Sum'");
    pipeline_end(p);
}

static void a_column_to_leave_out_by_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = fails("workforce", "Date,Ethnicity,Remark\n2025-03-31,A,\n", "leave_out: {Remarks: Total}", WRES_DATA);
    assert_error_at(p, "header", 1, "leave_out", "the nearest header is 'Remark'");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_known_by_any_spelling),
        cmocka_unit_test(fields_have_their_own_names),
        cmocka_unit_test(columns_that_are_not_read_are_said),
        cmocka_unit_test(a_missing_needed_column_names_the_nearest_header),
        cmocka_unit_test(a_missing_needed_column_with_nothing_near),
        cmocka_unit_test(every_missing_needed_column_is_said),
        cmocka_unit_test(recruitment_needs_a_stage_or_one_of_its_flags),
        cmocka_unit_test(two_columns_that_mean_one_field),
        cmocka_unit_test(a_header_that_is_there_twice),
        cmocka_unit_test(the_settings_decide_between_two_columns),
        cmocka_unit_test(columns_that_are_not_read_may_be_there_twice),
        cmocka_unit_test(the_settings_name_a_column),
        cmocka_unit_test(the_settings_name_a_column_that_is_not_there),
        cmocka_unit_test(the_settings_name_a_column_that_is_there_twice),
        cmocka_unit_test(the_settings_name_a_field_that_is_not_there),
        cmocka_unit_test(one_column_can_feed_band_and_grade),
        cmocka_unit_test(with_a_staff_group_one_column_is_read_by_it),
        cmocka_unit_test(a_header_of_windows_1252),
        cmocka_unit_test(empty_headers_behind_the_last_need_no_cells),
        cmocka_unit_test(only_listed_rows_are_kept),
        cmocka_unit_test(a_value_to_keep_that_no_row_has_is_warned_of),
        cmocka_unit_test(a_column_to_keep_by_that_is_not_there),
        cmocka_unit_test(rows_are_left_out_by_header_or_field),
        cmocka_unit_test(a_value_to_leave_out_that_no_row_has_is_warned_of),
        cmocka_unit_test(a_column_to_leave_out_by_that_is_not_there),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
