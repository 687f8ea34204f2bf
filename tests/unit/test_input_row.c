/* One record: cells to codes, counts, dates and identifiers, and what is refused. */
#include "pipeline.h"

static pipeline *with(const char *table, const char *csv, const char *settings, wres_status want) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, table, csv, settings);
    assert_int_equal(pipeline_run(p), want);
    return p;
}

static void assert_staff(const pipeline *p, uint64_t white, uint64_t bme) {
    assert_people(white, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    assert_people(bme, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
}

/* ---- the shape of a row ------------------------------------------------------------------------------------- */

static void a_ragged_row_is_an_error_with_its_line(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Note\n2025-03-31,A,x\n2025-03-31,A\n2025-03-31,A,x,y\n", NULL, WRES_DATA);
    assert_error_at(p, "row", 3, NULL, "this row has 2 cells and the header 3");
    assert_error_at(p, "row", 4, NULL, "this row has 4 cells and the header 3");
    pipeline_end(p);
}

static void blank_cells_behind_the_last_column_are_passed_over(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity\n2025-03-31,A,, \n", NULL, WRES_OK);
    assert_staff(p, 1, 0);
    pipeline_end(p);
}

static void blank_rows_are_counted_as_such(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Note\n2025-03-31,A,\n,,\n \t, ,\xC2\xA0\n2025-03-31,H,\n", NULL, WRES_OK);
    assert_staff(p, 1, 1);
    assert_int_equal(p->accounts[0].read, 4);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_BLANK_ROW], 2);
    pipeline_end(p);
}

/* 0x96 is the dash of Windows-1252, 0x81 nothing. */
static void a_cell_of_windows_1252_is_read(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Team\n2025-03-31,A,Ward\n2025-03-31,H \x96 Indian,Ward \x96 2\n", NULL, WRES_OK);
    assert_staff(p, 1, 1);
    assert_finding(p, WRES_INFORMATION, "encoding", 2, "Windows-1252");
    assert_int_equal(finding_with(p, "encoding", "")->place.line, 3);
    pipeline_end(p);
    p = with("workforce", "Date,Ethnicity,Team\n2025-03-31,A,Ward\n2025-03-31,A,W\x81rd\n", NULL, WRES_DATA);
    assert_error_at(p, "encoding", 3, NULL, "neither UTF-8 nor Windows-1252");
    pipeline_end(p);
}

/* Every faulty row is said, not only the first. */
static void all_faults_of_a_file_are_said_at_once(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Count\n31/02/2025,A,1\n2025-03-31,A,<5\n2025-03-31,A\n", NULL, WRES_DATA);
    assert_error_at(p, "date", 2, "snapshot_date", "no date of the calendar");
    assert_error_at(p, "count", 3, "count", "whole number");
    assert_error_at(p, "row", 4, NULL, "2 cells");
    pipeline_end(p);
}

/* ---- counts ------------------------------------------------------------------------------------------------- */

static void a_hidden_or_broken_count_is_never_read_as_a_number(void **state) {
    (void)state;
    static const char *const cells[] = {"<5", "[c]", "4.5", "*", "-", "", "-3", "+3", "5*", "\"1,97\"", "1e3", "1000000000000", "0x10"};
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        char csv[256];
        snprintf(csv, sizeof csv, "Date,Ethnicity,Count\n2025-03-31,A,7\n2025-03-31,H,%s\n", cells[i]);
        pipeline *p = with("workforce", csv, NULL, WRES_DATA);
        assert_error_at(p, "count", 3, "count", "a hidden count");
        pipeline_end(p);
    }
}

static void blanks_around_a_count_and_leading_zeros_are_passed_over(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Count\n2025-03-31,A,  007 \n2025-03-31,H,0\n2025-03-31,H,\" 1,976 \"\n", NULL, WRES_OK);
    assert_staff(p, 7, 1976);
    pipeline_end(p);
}

/* Rows whose count is hidden can be left out by the settings: then their count is not looked at. */
static void rows_with_a_hidden_count_can_be_left_out(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Count\n2025-03-31,A,7\n2025-03-31,H,<5\n", "leave_out: {count: <5}", WRES_OK);
    assert_staff(p, 7, 0);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SETTINGS], 1);
    pipeline_end(p);
}

/* ---- dates -------------------------------------------------------------------------------------------------- */

static void dates_are_read_day_first(void **state) {
    (void)state;
    static const char *const same[] = {"2025-03-31", "31/03/2025", "31-Mar-2025", "20250331", "31/03/2025 00:00"};
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        char csv[128];
        snprintf(csv, sizeof csv, "Date,Ethnicity\n%s,A\n", same[i]);
        pipeline *p = with("workforce", csv, NULL, WRES_OK);
        assert_staff(p, 1, 0);
        pipeline_end(p);
    }
}

/* 04/03/2025 is 4 March: in the window to 31 March 2025. As month/day it is 3 April: outside. */
static void dates_are_read_month_first_when_told(void **state) {
    (void)state;
    const char *csv = "Date,Ethnicity,Stage\n04/03/2025,A,Appointed\n";
    pipeline *p = with("recruitment", csv, "dates: d/m/y", WRES_OK);
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 1, 1);
    pipeline_end(p);
    p = with("recruitment", csv, "dates: m/d/y", WRES_OK);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_WINDOW], 1);
    pipeline_end(p);
}

static void a_bad_date_says_how_it_was_read(void **state) {
    (void)state;
    pipeline *p = with("cases", "Date,Ethnicity\n03/31/2025,A\n", NULL, WRES_DATA);
    assert_error_at(p, "date", 2, "date_entered", "say 'dates: m/d/y' in the settings");
    pipeline_end(p);
    p = with("cases", "Date,Ethnicity\n31/03/2025,A\n", "dates: m/d/y", WRES_DATA);
    assert_error_at(p, "date", 2, "date_entered", "read as month/day/year");
    pipeline_end(p);
}

/* The same bad text in several rows is said of each. */
static void a_bad_date_is_said_of_every_row(void **state) {
    (void)state;
    pipeline *p = with("cases", "Date,Ethnicity\nsoon,A\n2025-01-01,A\nsoon,A\n", NULL, WRES_DATA);
    assert_int_equal(finding_count(p, "date"), 2);
    assert_int_equal(finding_with(p, "date", "calendar")->place.line, 2);
    pipeline_end(p);
}

static void a_survey_year_is_a_year(void **state) {
    (void)state;
    static const char *const bad[] = {"24", "1899", "2101", "2024/25", "-2024"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char csv[128];
        snprintf(csv, sizeof csv, "Year,Ethnicity,Question,Answer\n%s,A,Q15,Yes\n", bad[i]);
        pipeline *p = with("survey", csv, NULL, WRES_DATA);
        assert_error_at(p, "year", 2, "survey_year", "1900 to 2100");
        pipeline_end(p);
    }
}

/* ---- identifiers and open vocabularies ---------------------------------------------------------------------- */

static void spoiled_identifiers_are_an_error(void **state) {
    (void)state;
    static const char *const spoiled[] = {"1.23E+07", "1e+5", "12345E+10", "1.23E07", "1.23e7"};
    for (size_t i = 0; i < COUNT_OF(spoiled); i++) {
        char csv[256];
        snprintf(csv, sizeof csv, "Date,Employee Number,Ethnicity\n2025-03-31,1,A\n2025-03-31,%s,A\n2025-03-31,%s,A\n", spoiled[i], spoiled[i]);
        pipeline *p = with("workforce", csv, NULL, WRES_DATA);
        assert_error_at(p, "id", 3, "person_id", "a spreadsheet has cut off the digits");
        assert_int_equal(finding_count(p, "id"), 1);
        assert_null(strstr(finding_with(p, "id", "spreadsheet")->message, "12345"));
        pipeline_end(p);
    }
}

static void identifiers_that_only_look_like_numbers_are_fine(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Employee Number,Ethnicity\n2025-03-31,E+07,A\n2025-03-31,123E07,A\n2025-03-31,1E+,A\n2025-03-31,1E+7b,A\n", NULL, WRES_OK);
    assert_staff(p, 4, 0);
    pipeline_end(p);
}

static char *many_teams(size_t teams) {
    const size_t room = 64 + teams * 32;
    char *csv = malloc(room);
    assert_non_null(csv);
    size_t length = (size_t)snprintf(csv, room, "Date,Ethnicity,Team\n");
    for (size_t i = 0; i < teams; i++) length += (size_t)snprintf(csv + length, room - length, "2025-03-31,A,t%zu\n", i);
    return csv;
}

static void with_teams(size_t teams, bool grouped, wres_status want) {
    char *csv = many_teams(teams);
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    if (grouped) pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), want);
    if (!grouped)
        assert_staff(p, teams, 0);
    else {
        assert_finding(p, WRES_ERROR, "text", 0, "over 65,000 different values");
        assert_string_equal(finding_with(p, "text", "over")->place.field, "team");
    }
    pipeline_end(p);
    free(csv);
}

static void a_field_to_group_by_has_at_most_65000_values(void **state) {
    (void)state;
    with_teams(65000, true, WRES_DATA);
}

/* Titles of jobs that somebody typed must not stop a calculation that does not look at them. */
static void other_fields_may_have_any_number_of_values(void **state) {
    (void)state;
    with_teams(70000, false, WRES_OK);
}

/* ---- values ------------------------------------------------------------------------------------------------- */

static void values_are_mapped_by_the_settings(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Team\n2025-03-31,Group  ONE,Nord\n2025-03-31,A,Nord\n", "values: {ethnicity: {group one: H}}", WRES_OK);
    assert_staff(p, 1, 1);
    pipeline_end(p);
}

/* The settings win over the code list. */
static void a_mapping_wins_over_the_code_list(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,H\n", "values: {ethnicity: {A: Z}}", WRES_OK);
    assert_staff(p, 0, 1);
    pipeline_end(p);
}

/* With both filled the staff group decides: a nurse's medical grade and a consultant's pay scale are not looked at. */
static void only_the_field_that_decides_is_looked_up(void **state) {
    (void)state;
    pipeline *p = with("workforce",
                       "Date,Ethnicity,Staff Group,Pay Band,Medical Grade\n2025-03-31,A,Nursing,Band 5,nonsense\n2025-03-31,H,Medical and Dental,nonsense,Consultant\n", NULL, WRES_OK);
    assert_people(1, result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "white", .statistic = "count"));
    assert_people(1, result(p, .indicator = "1", .section = "medical", .row = "Consultant", .group = "bme", .statistic = "count"));
    assert_int_equal(finding_count(p, "unmapped-share"), 0);
    pipeline_end(p);
}

static void without_a_staff_group_the_grade_decides(void **state) {
    (void)state;
    pipeline *p = with("workforce", "Date,Ethnicity,Pay Band,Medical Grade\n2025-03-31,A,Band 5,Consultant\n2025-03-31,H,Band 5,\n", NULL, WRES_OK);
    assert_people(1, result(p, .indicator = "1", .section = "medical", .row = "Consultant", .group = "white", .statistic = "count"));
    assert_people(1, result(p, .indicator = "1", .section = "unknown", .row = "Band 5", .group = "bme", .statistic = "count"));
    pipeline_end(p);
}

/* ---- stages by flags ---------------------------------------------------------------------------------------- */

static const wres_result *appointed(const pipeline *p) { return result(p, .indicator = "2", .group = "white", .statistic = "rate"); }

/* Shortlisted or further: rows 1 to 3. Appointed: rows 1 and 3, whose earlier flags are implied. */
static void the_furthest_flag_is_the_stage(void **state) {
    (void)state;
    pipeline *p = with("recruitment", "Date,Ethnicity,Shortlisted,Interviewed,Appointed\n2024-08-01,A,Y,Y,Y\n2024-08-01,A,1,0,0\n2024-08-01,A,No,No,Yes\n2024-08-01,A,N,N,N\n", NULL, WRES_OK);
    assert_of(appointed(p), 2, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_COUNTED], 1);
    pipeline_end(p);
}

static void blank_flags_say_no(void **state) {
    (void)state;
    pipeline *p = with("recruitment", "Date,Ethnicity,Shortlisted,Appointed\n2024-08-01,A,Y,\n2024-08-01,A,,Y\n2024-08-01,A,,\n", NULL, WRES_OK);
    assert_of(appointed(p), 1, 2);
    pipeline_end(p);
}

/* Both a stage and flags: the furthest of all. Row 1 was appointed by its flag, row 2 by its stage. */
static void of_stage_and_flags_the_furthest_counts(void **state) {
    (void)state;
    pipeline *p = with("recruitment", "Date,Ethnicity,Stage,Appointed\n2024-08-01,A,Shortlisted,Y\n2024-08-01,A,Appointed,N\n2024-08-01,A,Shortlisted,N\n2024-08-01,A,,Y\n", NULL, WRES_OK);
    assert_of(appointed(p), 3, 4);
    pipeline_end(p);
}

static void a_blank_stage_is_no_stage(void **state) {
    (void)state;
    pipeline *p = with("recruitment", "Date,Ethnicity,Stage\n2024-08-01,A,Shortlisted\n2024-08-01,A,\n", NULL, WRES_OK);
    assert_of(appointed(p), 0, 1);
    pipeline_end(p);
}

/* ---- questions of another year ------------------------------------------------------------------------------ */

static void a_question_number_of_another_year_is_an_error(void **state) {
    (void)state;
    pipeline *p = with("survey", "Year,Ethnicity,Question,Answer\n2024,A,Q13a,Yes\n2020,A,Q15,Yes\n2020,A,Q13a,Yes\n2024,A,harassment_public,Yes\n2024,A,Q14a,Yes\n", NULL, WRES_DATA);
    assert_int_equal(finding_count(p, "code"), 2);
    assert_error_at(p, "code", 2, "question", "not one of the survey of 2024");
    assert_error_at(p, "code", 3, "question", "not one of the survey of 2020");
    pipeline_end(p);
}

/* Q14 was about opportunities until 2020; Q14a is about harassment since 2021. */
static void question_numbers_are_those_of_their_year(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2021, 3, 31);
    pipeline_add(p, "survey", "Year,Ethnicity,Question,Answer\n2020,A,Q14,Yes\n2020,A,Q13a,No\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "7", .group = "white", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "5", .group = "white", .statistic = "rate"), 0, 1);
    pipeline_end(p);
}

/* ---- percentages -------------------------------------------------------------------------------------------- */

static void a_percentage_is_one(void **state) {
    (void)state;
    static const char *const bad[] = {"-1", "100.1", "27,5", "<5", "n/a", "%"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char csv[256];
        snprintf(csv, sizeof csv, "Year,Ethnicity,Question,Percent,Base\n2024,A,Q15,\"%s\",612\n", bad[i]);
        pipeline *p = with("survey", csv, NULL, WRES_DATA);
        assert_error_at(p, "percent", 2, "percent", "no percentage from 0 to 100");
        pipeline_end(p);
    }
}

static void a_percentage_needs_its_base(void **state) {
    (void)state;
    pipeline *p = with("survey", "Year,Ethnicity,Question,Percent\n2024,A,Q15,27.5\n", NULL, WRES_DATA);
    assert_error_at(p, "percent", 2, "percent", "add the column base");
    pipeline_end(p);
    p = with("survey", "Year,Ethnicity,Question,Percent,Base\n2024,A,Q15,27.5,\n", NULL, WRES_DATA);
    assert_error_at(p, "base", 2, "base", "whole number");
    pipeline_end(p);
}

static void a_percent_sign_may_stand_behind(void **state) {
    (void)state;
    pipeline *p = with("survey", "Year,Ethnicity,Question,Percent,Base\n2024,A,Q15,27.5 %,612\n2024,H,Q15,100%,12\n", NULL, WRES_OK);
    assert_exact(result(p, .indicator = "7", .group = "white", .statistic = "rate"), 275, 10);
    assert_exact(result(p, .indicator = "7", .group = "bme", .statistic = "rate"), 100, 1);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ragged_row_is_an_error_with_its_line),
        cmocka_unit_test(blank_cells_behind_the_last_column_are_passed_over),
        cmocka_unit_test(blank_rows_are_counted_as_such),
        cmocka_unit_test(a_cell_of_windows_1252_is_read),
        cmocka_unit_test(all_faults_of_a_file_are_said_at_once),
        cmocka_unit_test(a_hidden_or_broken_count_is_never_read_as_a_number),
        cmocka_unit_test(blanks_around_a_count_and_leading_zeros_are_passed_over),
        cmocka_unit_test(rows_with_a_hidden_count_can_be_left_out),
        cmocka_unit_test(dates_are_read_day_first),
        cmocka_unit_test(dates_are_read_month_first_when_told),
        cmocka_unit_test(a_bad_date_says_how_it_was_read),
        cmocka_unit_test(a_bad_date_is_said_of_every_row),
        cmocka_unit_test(a_survey_year_is_a_year),
        cmocka_unit_test(spoiled_identifiers_are_an_error),
        cmocka_unit_test(identifiers_that_only_look_like_numbers_are_fine),
        cmocka_unit_test(a_field_to_group_by_has_at_most_65000_values), cmocka_unit_test(other_fields_may_have_any_number_of_values),
        cmocka_unit_test(values_are_mapped_by_the_settings),
        cmocka_unit_test(a_mapping_wins_over_the_code_list),
        cmocka_unit_test(only_the_field_that_decides_is_looked_up),
        cmocka_unit_test(without_a_staff_group_the_grade_decides),
        cmocka_unit_test(the_furthest_flag_is_the_stage),
        cmocka_unit_test(blank_flags_say_no),
        cmocka_unit_test(of_stage_and_flags_the_furthest_counts),
        cmocka_unit_test(a_blank_stage_is_no_stage),
        cmocka_unit_test(a_question_number_of_another_year_is_an_error),
        cmocka_unit_test(question_numbers_are_those_of_their_year),
        cmocka_unit_test(a_percentage_is_one),
        cmocka_unit_test(a_percentage_needs_its_base),
        cmocka_unit_test(a_percent_sign_may_stand_behind),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
