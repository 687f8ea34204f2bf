/* Who is counted, once, and where; and to whom the rows of other tables belong. */
#include "pipeline.h"

#define POSTS "Date,Org Code,Employee Number,Ethnicity,Staff Group,Pay Band,Medical Grade,Assignment Category,Primary"

static pipeline *workforce_of(const char *rows) {
    static char csv[4096];
    snprintf(csv, sizeof csv, "%s\n%s", POSTS, rows);
    return pipeline_of("workforce", csv);
}

/* The only person stands in this section and row and, as White or BME, in this group. */
static void assert_one_person(const pipeline *p, const char *section, const char *row, const char *group) {
    assert_people(1, result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count"));
    assert_people(1, result(p, .indicator = "1", .organisation = "RX1", .section = section, .row = row, .group = group, .statistic = "count"));
}

/* ---- order of rows ------------------------------------------------------------------------------------------ */

static char *kept_text;

static void same_text(const char *csv, void *context) {
    (void)context;
    pipeline *p = pipeline_of("workforce", csv);
    const char *text = published_text(p);
    if (kept_text) assert_string_equal(text, kept_text);
    else kept_text = strdup(text);
    pipeline_end(p);
}

static void assert_order_does_not_matter(const char *header, const char *const *rows, size_t count) {
    kept_text = NULL;
    for_every_order(header, rows, count, same_text, NULL);
    assert_non_null(kept_text);
    free(kept_text);
}

static void posts_of_one_person_in_every_order(void **state) {
    (void)state;
    static const char *const rows[] = {
        "2025-03-31,RX1,1,Z,Admin and Clerical,Band 6,,Permanent,", "2025-03-31,RX1,1,A,Nursing,Band 7,,Fixed term,",
        "2025-03-31,RX1,1,H,Nursing,Band 7,,Permanent,", "2025-03-31,RX1,1,B,Admin and Clerical,VSM,,Bank,",
        "2025-03-31,RX1,2,H,Nursing,Band 5,,Permanent,"};
    assert_order_does_not_matter(POSTS, rows, COUNT_OF(rows));
}

static void organisations_dates_and_blank_identifiers_in_every_order(void **state) {
    (void)state;
    static const char *const rows[] = {
        "2025-03-31,RX2,1,A,Nursing,Band 6,,Permanent,No", "2025-03-31,RX1,1,H,Nursing,Band 7,,Permanent,Yes",
        "2024-03-31,RX1,1,A,Nursing,Band 7,,Permanent,Yes", "2025-03-31,RX1,,H,Nursing,Band 7,,Permanent,",
        "2025-03-31,RX1,,Z,Medical and Dental,,Consultant,Locum,"};
    assert_order_does_not_matter(POSTS, rows, COUNT_OF(rows));
}

/* Equal in all that decides but the team: the alphabet does. */
static void the_team_does_not_depend_on_the_order_of_rows(void **state) {
    (void)state;
    static const char *const rows[] = {"2025-03-31,1,A,West", "2025-03-31,1,A,East", "2025-03-31,1,A,", "2025-03-31,2,H,West"};
    for (int turn = 0; turn < 2; turn++) {
        char csv[512];
        snprintf(csv, sizeof csv, "Date,Employee Number,Ethnicity,Team\n%s\n%s\n%s\n%s\n", rows[turn ? 3 : 0], rows[turn ? 2 : 1], rows[turn ? 1 : 2], rows[turn ? 0 : 3]);
        pipeline *p = pipeline_new("wres-2025");
        pipeline_by(p, "team", NULL);
        pipeline_add(p, "workforce", csv);
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_people(1, result(p, .indicator = "1", .by_value = "East", .group = "white", .statistic = "count"));
        assert_people(1, result(p, .indicator = "1", .by_value = "West", .group = "all", .statistic = "count"));
        no_result(p, .indicator = "1", .by_value = "unknown", .group = "all", .statistic = "count");
        pipeline_end(p);
    }
}

/* ---- which post counts -------------------------------------------------------------------------------------- */

static void the_primary_assignment_wins(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Nursing,Band 8a,,Permanent,No\n2025-03-31,RX1,1,A,Admin and Clerical,Band 5,,Permanent,Yes\n"
                               "2025-03-31,RX1,1,A,Medical and Dental,,Consultant,Permanent,\n");
    assert_one_person(p, "non-clinical", "Band 5", "white");
    assert_int_equal(p->accounts[0].used, 1);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SAME_AGAIN], 2);
    pipeline_end(p);
}

static void of_two_primary_assignments_the_higher_wins(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,Yes\n2025-03-31,RX1,1,A,Nursing,Band 6,,Permanent,Yes\n"
                               "2025-03-31,RX1,1,A,Nursing,Band 7,,Permanent,No\n");
    assert_one_person(p, "clinical", "Band 6", "white");
    pipeline_end(p);
}

/* Without a primary assignment each of these posts decides over those below it, whichever row comes first. */
static void medical_grades_before_bands_and_the_highest_first(void **state) {
    (void)state;
    static const struct {
        const char *cells, *section, *row;
    } posts[] = {
        {"Medical and Dental,,Consultant", "medical", "Consultant"},
        {"Medical and Dental,,Specialty Doctor", "medical", "Non-consultant career grade"},
        {"Medical and Dental,,Specialty Registrar", "medical", "Trainee grade"},
        {"Medical and Dental,,Trust Grade Doctor - Specialist Registrar level", "medical", "Other"},
        {"Admin and Clerical,VSM,", "non-clinical", "VSM"},
        {"Nursing,Band 9,", "clinical", "Band 9"},
        {"Nursing,Band 8d,", "clinical", "Band 8d"},
        {"Admin and Clerical,Band 8a,", "non-clinical", "Band 8a"},
        {"Nursing,Band 1,", "clinical", "Band 1"},
        {"Nursing,Under Band 1,", "clinical", "Under Band 1"},
        {"Nursing,Non AfC Grade,", "clinical", "Non AfC grade"},
        {"Nursing,,", "clinical", "Unmapped"},
    };
    for (size_t i = 0; i + 1 < COUNT_OF(posts); i++)
        for (size_t turn = 0; turn < 2; turn++) {
            char rows[512];
            snprintf(rows, sizeof rows, "2025-03-31,RX1,1,A,%s,Permanent,\n2025-03-31,RX1,1,A,%s,Permanent,\n", posts[i + turn].cells,
                     posts[i + 1 - turn].cells);
            pipeline *p = workforce_of(rows);
            assert_one_person(p, posts[i].section, posts[i].row, "white");
            pipeline_end(p);
        }
}

static void of_one_row_the_order_of_sections_decides(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,\n2025-03-31,RX1,1,A,Admin and Clerical,Band 5,,Permanent,\n");
    assert_one_person(p, "non-clinical", "Band 5", "white");
    pipeline_end(p);
    p = workforce_of("2025-03-31,RX1,1,A,,Band 5,,Permanent,\n2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,\n");
    assert_one_person(p, "clinical", "Band 5", "white");
    pipeline_end(p);
}

/* ---- ethnicity of a person ---------------------------------------------------------------------------------- */

static void a_known_ethnicity_of_any_counted_row_wins_over_unknown(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,Z,Nursing,Band 7,,Permanent,\n2025-03-31,RX1,1,H,Nursing,Band 5,,Permanent,\n"
                               "2025-03-31,RX1,1,,Nursing,Band 6,,Permanent,\n");
    assert_one_person(p, "clinical", "Band 7", "bme");
    assert_int_equal(finding_count(p, "conflicting-groups"), 0);
    pipeline_end(p);
}

static void an_ethnicity_on_a_left_out_row_does_not_count(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,H,Nursing,Band 5,,Bank,\n2025-03-31,RX1,1,Z,Nursing,Band 7,,Permanent,\n");
    assert_one_person(p, "clinical", "Band 7", "unknown");
    pipeline_end(p);
}

static void of_conflicting_ethnicities_the_deciding_row_has_the_word(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,H,Nursing,Band 5,,Permanent,\n2025-03-31,RX1,1,A,Nursing,Band 7,,Permanent,\n");
    assert_one_person(p, "clinical", "Band 7", "white");
    assert_finding(p, WRES_WARNING, "conflicting-groups", 1, "ethnicity");
    pipeline_end(p);
}

/* ---- identifiers -------------------------------------------------------------------------------------------- */

static void a_blank_identifier_is_a_person_of_its_own(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,,A,Nursing,Band 5,,Permanent,\n2025-03-31,RX1, ,A,Nursing,Band 5,,Permanent,\n"
                               "2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,\n2025-03-31,RX1, 1 ,A,Nursing,Band 5,,Permanent,\n");
    assert_people(3, result(p, .indicator = "1", .organisation = "RX1", .group = "white", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "blank-identifier", 2, "empty identifier");
    assert_int_equal(p->accounts[0].used, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SAME_AGAIN], 1);
    pipeline_end(p);
}

static void leading_zeros_tell_people_apart(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Employee Number,Ethnicity\n2025-03-31,007,A\n2025-03-31,7,A\n2025-03-31,07,A\n");
    assert_people(3, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    pipeline_end(p);
}

static void without_identifiers_each_row_is_a_person(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n2025-03-31,H\n");
    assert_people(2, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "rows-are-people", 0, "person_id");
    pipeline_end(p);
    p = pipeline_of("workforce", "Date,Ethnicity,Count\n2025-03-31,A,2\n"); /* counted rows are not meant to be people */
    assert_finding(p, WRES_INFORMATION, "rows-are-people", 0, "person_id");
    pipeline_end(p);
}

static void a_person_counts_once_in_each_organisation(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,Yes\n2025-03-31,RX2,1,A,Nursing,Band 6,,Permanent,\n"
                               "2025-03-31,RX2,1,A,Nursing,Band 5,,Permanent,\n");
    assert_people(1, result(p, .indicator = "1", .organisation = "RX1", .section = "clinical", .row = "Band 5", .group = "white", .statistic = "count"));
    assert_people(1, result(p, .indicator = "1", .organisation = "RX2", .group = "all", .statistic = "count"));
    assert_people(1, result(p, .indicator = "1", .organisation = "RX2", .section = "clinical", .row = "Band 6", .group = "white", .statistic = "count"));
    assert_people(2, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    pipeline_end(p);
}

static void one_organisation_alone(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_organisation(p, "RX2");
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n2025-03-31,RX2,H\n2025-03-31,RX2,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(2, result(p, .indicator = "1", .organisation = "RX2", .group = "all", .statistic = "count"));
    no_result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count");
    no_result(p, .indicator = "1", .group = "all", .statistic = "count");
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_ORGANISATION], 1);
    pipeline_end(p);
}

/* Rows of no organisation are in the pooled figures alone. */
static void rows_without_an_organisation(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n2025-03-31,,H\n");
    assert_people(1, result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count"));
    assert_people(2, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "blank-organisation", 1, "without an organisation");
    pipeline_end(p);
}

/* ---- counted rows ------------------------------------------------------------------------------------------- */

static void counted_rows_add_up(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Staff Group,Pay Band,Count\n2025-03-31,A,Nursing,Band 5,40\n2025-03-31,B,Nursing,Band 5,2\n"
                                           "2025-03-31,H,Nursing,Band 5, 8 \n2025-03-31,H,Nursing,Band 6,0\n");
    assert_of(result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "share"), 8, 50);
    assert_people(42, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    assert_int_equal(p->accounts[0].used, 4);
    pipeline_end(p);
}

/* An identified row stands for one; counted rows beside it have no identifier. */
static void identified_rows_beside_counted_ones(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Employee Number,Ethnicity,Count\n2025-03-31,1,A,1\n2025-03-31,1,A,1\n2025-03-31,,H,5\n");
    assert_people(1, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    assert_people(5, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    pipeline_end(p);
}

static void an_identified_row_that_counts_several_is_an_error(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Count\n2025-03-31,1,A,1\n2025-03-31,2,A,2\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "count", 3, "count", "a row with an identifier stands for one");
    pipeline_end(p);
}

/* ---- who is staff ------------------------------------------------------------------------------------------- */

static void only_staff_are_counted(void **state) {
    (void)state;
    static const char *const in[] = {"Permanent", "Fixed term", "Locum", ""};
    static const char *const out[] = {"Bank", "Honorary", "Agency", "Non-executive", "Student", "Volunteer", "Contractor"};
    char rows[1024] = "";
    for (size_t i = 0; i < COUNT_OF(in); i++) snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "2025-03-31,RX1,i%zu,A,Nursing,Band 5,,%s,\n", i, in[i]);
    for (size_t i = 0; i < COUNT_OF(out); i++) snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "2025-03-31,RX1,o%zu,A,Nursing,Band 5,,%s,\n", i, out[i]);
    pipeline *p = workforce_of(rows);
    assert_people(COUNT_OF(in), result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count"));
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_STAFF], COUNT_OF(out));
    pipeline_end(p);
}

static void non_executives_by_grade_are_no_staff(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Admin and Clerical,Non-Executive Director,,Permanent,\n2025-03-31,RX1,2,A,Admin and Clerical,VSM,,Permanent,\n");
    assert_one_person(p, "non-clinical", "VSM", "white");
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_STAFF], 1);
    pipeline_end(p);
}

static void bank_work_beside_a_post_takes_nobody_out(void **state) {
    (void)state;
    pipeline *p = workforce_of("2025-03-31,RX1,1,A,Nursing,Band 7,,Bank,Yes\n2025-03-31,RX1,1,A,Nursing,Band 5,,Permanent,No\n");
    assert_one_person(p, "clinical", "Band 5", "white");
    pipeline_end(p);
}

static void a_condition_that_cannot_be_tested_is_said(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Pay Band\n2025-03-31,A,Band 5\n");
    assert_finding(p, WRES_WARNING, "condition-not-tested", 0, "assignment_category not in bank");
    for (size_t i = 0; i < wres_finding_count(p->run); i++)
        if (strcmp(wres_finding_at(p->run, i)->check, "condition-not-tested") == 0) assert_string_not_equal(wres_finding_at(p->run, i)->place.field, "pay_band");
    pipeline_end(p);
}

/* ---- linking ------------------------------------------------------------------------------------------------ */

#define STAFF "Date,Employee Number,Ethnicity,Assignment Category\n"

static pipeline *with_cases(const char *staff, const char *cases) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", staff);
    pipeline_add(p, "cases", cases);
    return p;
}

static const wres_result *cases_of(const pipeline *p, const char *group) {
    return result(p, .indicator = "3", .group = group, .statistic = "rate");
}

/* Two of the three cases are person 1's: once. */
static void a_table_without_ethnicity_is_linked(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2025-03-31,1,A,\n2025-03-31,2,H,\n2025-03-31,3,H,\n",
                             "Date,Employee Number\n2024-05-01,1\n2024-06-01,1\n2025-03-31,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 1);
    assert_of(cases_of(p, "bme"), 1, 2);
    assert_int_equal(p->accounts[1].used, 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SAME_AGAIN], 1);
    assert_int_equal(finding_count(p, "person-not-found"), 0);
    pipeline_end(p);
}

static void a_blank_ethnicity_is_linked_and_a_given_one_stands(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2025-03-31,1,A,\n2025-03-31,2,H,\n2025-03-31,3,A,\n",
                             "Date,Employee Number,Ethnicity\n2024-05-01,2,\n2024-06-01,3,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 0, 2);
    assert_int_equal(cases_of(p, "bme")->numerator.numerator, 2);
    pipeline_end(p);
}

static void events_of_left_out_people_are_left_out(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2025-03-31,1,A,Permanent\n2025-03-31,2,H,Bank\n2025-03-31,3,H,Permanent\n",
                             "Date,Employee Number,Ethnicity\n2024-05-01,2,H\n2024-05-01,1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "bme"), 0, 1);
    assert_of(cases_of(p, "white"), 1, 1);
    assert_finding(p, WRES_INFORMATION, "not-staff", 1, "left out");
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_NOT_STAFF], 1);
    pipeline_end(p);
}

static void a_person_found_nowhere_is_an_unknown_one(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2025-03-31,1,A,\n2025-03-31,2,Z,\n2025-03-31,3,Z,\n", "Date,Employee Number\n2024-05-01,1\n2024-05-01,99\n2024-05-01,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 1);
    assert_of(cases_of(p, "unknown"), 2, 2);
    assert_finding(p, WRES_WARNING, "person-not-found", 2, "ethnicity unknown");
    pipeline_end(p);
}

/* Person 2 left before the as-at snapshot; the later of the two earlier snapshots has the word. Person 3 joined after it. */
static void a_leaver_is_found_in_the_latest_earlier_snapshot(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2024-06-30,2,H,\n2023-03-31,2,A,\n2024-03-31,2,Z,\n2025-03-31,1,A,\n2025-03-31,4,H,\n2025-06-30,3,H,\n",
                             "Date,Employee Number\n2024-08-01,2\n2024-08-01,3\n");
    pipeline_as_at(p, 2025, 3, 31);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "bme"), 1, 1);
    assert_of(cases_of(p, "white"), 0, 1);
    assert_true(cases_of(p, "unknown")->numerator.numerator == 1);
    assert_finding(p, WRES_WARNING, "person-not-found", 1, "no snapshot");
    pipeline_end(p);
}

/* At the as-at date person 2 is bank only: that an earlier snapshot has a post does not matter. */
static void the_as_at_snapshot_has_the_word(void **state) {
    (void)state;
    pipeline *p = with_cases(STAFF "2024-03-31,2,H,Permanent\n2025-03-31,2,H,Bank\n2025-03-31,1,A,Permanent\n2025-03-31,3,H,Permanent\n",
                             "Date,Employee Number\n2024-08-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "bme"), 0, 1);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_NOT_STAFF], 1);
    pipeline_end(p);
}

static void fields_of_the_person_come_with_the_link(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n2025-03-31,3,A,\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2024-08-01,1\n2024-08-01,3\n2024-08-01,99\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .by_value = "Female", .group = "white", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "3", .by_value = "Male", .group = "white", .statistic = "rate"), 0, 1);
    assert_of(result(p, .indicator = "3", .by_value = "unknown", .group = "white", .statistic = "rate"), 1, 1);
    assert_true(result(p, .indicator = "3", .by_value = "unknown", .group = "unknown", .statistic = "rate")->numerator.numerator == 1);
    pipeline_end(p);
}

/* What is said of applicants: that they are not in the workforce says nothing. */
static void applicants_are_no_staff(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF "2025-03-31,1,A,Bank\n2025-03-31,2,A,Permanent\n");
    pipeline_add(p, "recruitment", "Date,Vacancy,Person ID,Ethnicity,Stage\n2024-08-01,v,1,H,Appointed\n2024-08-01,v,77,,Shortlisted\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "2", .group = "bme", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "2", .group = "unknown", .statistic = "rate"), 0, 1);
    assert_int_equal(finding_count(p, "person-not-found"), 0);
    assert_int_equal(p->accounts[1].used, 2);
    pipeline_end(p);
}

/* ---- whose events ------------------------------------------------------------------------------------------- */

static void a_table_without_organisation_belongs_to_the_only_one(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Org Code,Employee Number,Ethnicity\n2025-03-31,RX1,1,A\n2025-03-31,RX1,2,A\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2024-08-01,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate"), 1, 2);
    no_result(p, .indicator = "3", .group = "white", .statistic = "rate");
    pipeline_end(p);
}

static void among_several_organisations_it_belongs_to_all(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Org Code,Employee Number,Ethnicity\n2025-03-31,RX1,1,A\n2025-03-31,RX2,2,A\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2024-08-01,1\n2024-08-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .group = "white", .statistic = "rate"), 2, 2);
    /* Which of the two had the cases cannot be said: that is not "none". */
    no_result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate");
    assert_missing(result(p, .indicator = "3", .organisation = "RX1", .group = "all", .statistic = "all"), WRES_NOT_SUPPLIED, "names no organisation");
    assert_finding(p, WRES_WARNING, "silent-organisation", 0, "RX2");
    pipeline_end(p);
}

/* Person 1 is in two organisations, White in one and BME in the other, or staff in one and bank in the other: the case goes to the same
 * one of them whichever row comes first. */
static void a_person_of_two_organisations_is_linked_in_any_order(void **state) {
    (void)state;
    static const char *const homes[][2] = {{"2025-03-31,RX1,1,A,Permanent\n", "2025-03-31,RX2,1,H,Permanent\n"},
                                           {"2025-03-31,RX1,1,A,Bank\n", "2025-03-31,RX2,1,A,Permanent\n"}};
    for (size_t i = 0; i < COUNT_OF(homes); i++) {
        char *text[2];
        for (size_t turn = 0; turn < 2; turn++) {
            char staff[256];
            snprintf(staff, sizeof staff, "Date,Org Code,Employee Number,Ethnicity,Assignment Category\n%s%s", homes[i][turn], homes[i][1 - turn]);
            pipeline *p = with_cases(staff, "Date,Employee Number\n2025-01-01,1\n");
            assert_int_equal(pipeline_run(p), WRES_OK);
            text[turn] = strdup(published_text(p));
            pipeline_end(p);
        }
        assert_string_equal(text[0], text[1]);
        free(text[0]);
        free(text[1]);
    }
}

/* A workforce without an organisation column is linked to events that have one. */
static void a_workforce_without_organisation_is_linked_all_the_same(void **state) {
    (void)state;
    pipeline *p = with_cases("Date,Employee Number,Ethnicity\n2025-03-31,1,H\n", "Date,Org Code,Employee Number\n2024-08-01,RX1,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .group = "bme", .statistic = "rate"), 1, 1);
    pipeline_end(p);
}

/* Without a workforce to take them from, ethnicities must be in the table. */
static void rows_that_could_belong_to_no_group_are_refused(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,1\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "no-group", 0, "ethnicity", "no workforce with person_id");
    pipeline_end(p);
}

static void a_workforce_without_ethnicity_is_refused(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number\n2025-03-31,1\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "header", 1, "ethnicity", "a needed column is missing");
    pipeline_end(p);
}

/* ---- windows and people over them --------------------------------------------------------------------------- */

static void people_count_once_in_a_window(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity\n2025-03-31,1,A\n2025-03-31,2,A\n2025-03-31,3,H\n");
    pipeline_add(p, "training", "Date,Employee Number,Type\n2024-04-01,1,CPD\n2024-09-01,1,CPD\n2025-03-31,1,CPD\n2024-03-31,2,CPD\n2025-04-01,2,CPD\n"
                                "2024-09-01,3,Mandatory\n2024-09-02,3,CPD\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "4", .group = "white", .statistic = "rate"), 1, 2);
    assert_of(result(p, .indicator = "4", .group = "bme", .statistic = "rate"), 1, 1);
    assert_int_equal(p->accounts[1].used, 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SAME_AGAIN], 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_WINDOW], 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_NOT_COUNTED], 1);
    pipeline_end(p);
}

/* Over two years a person with a case in each counts in each. */
static void people_count_once_in_each_of_two_windows(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2019");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity\n2019-03-31,1,A\n2019-03-31,2,A\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2018-04-01,1\n2018-05-01,1\n2018-03-31,1\n2017-04-01,1\n2017-03-31,2\n2019-04-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *rate = result(p, .indicator = "3", .group = "white", .statistic = "rate");
    assert_true(rate->numerator.numerator == 2 && rate->numerator.denominator == 2);
    assert_exact(rate, 50, 1); /* two in two years of two people */
    assert_int_equal(p->accounts[1].used, 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_WINDOW], 2);
    pipeline_end(p);
}

static void events_without_a_date_column_are_those_of_the_window(void **state) {
    (void)state;
    pipeline *p = with_cases("Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n", "Ethnicity\nA\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 2);
    assert_finding(p, WRES_INFORMATION, "no-date-column", 0, "date_entered");
    pipeline_end(p);
}

static void cases_without_type_and_formality_count_and_it_is_said(void **state) {
    (void)state;
    pipeline *p = with_cases("Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 2);
    assert_finding(p, WRES_WARNING, "condition-not-tested", 0, "formal in yes");
    assert_finding(p, WRES_WARNING, "condition-not-tested", 0, "case_type in disciplinary");
    pipeline_end(p);
}

static void only_formal_disciplinary_cases_count(void **state) {
    (void)state;
    pipeline *p = with_cases("Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n2025-03-31,A\n",
                             "Date,Ethnicity,Case Type,Formal\n2025-01-01,A,Disciplinary,Y\n2025-01-01,A,Disciplinary,N\n2025-01-01,A,MHPS,Y\n"
                             "2025-01-01,A,Grievance,Y\n2025-01-01,A,Disciplinary,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 3);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_NOT_COUNTED], 4);
    pipeline_end(p);
}

static void the_settings_can_map_mhps_in(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n");
    pipeline_add_with(p, "cases", "Date,Ethnicity,Case Type,Formal\n2025-01-01,A,MHPS,Y\n", "values: {case_type: {MHPS: disciplinary}}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(cases_of(p, "white"), 1, 2);
    pipeline_end(p);
}

/* ---- stages ------------------------------------------------------------------------------------------------- */

static pipeline *applications(const char *csv) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* Later stages imply the earlier ones: 3 of these 5 were shortlisted, 1 appointed. */
static void each_stage_implies_the_earlier_ones(void **state) {
    (void)state;
    pipeline *p = applications("Date,Ethnicity,Stage\n2024-08-01,A,Applied\n2024-08-01,A,Longlisted\n2024-08-01,A,Shortlisted\n2024-08-01,A,Offered\n"
                               "2024-08-01,A,Appointed\n");
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 1, 3);
    assert_int_equal(p->accounts[0].used, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_COUNTED], 2);
    assert_finding(p, WRES_WARNING, "rows-are-people", 0, "vacancy_id, person_id");
    pipeline_end(p);
}

/* One application in three rows counts once, as appointed; the same applicant elsewhere is another application. */
static void an_application_counts_once_at_its_furthest_stage(void **state) {
    (void)state;
    pipeline *p = applications("Date,Vacancy,Applicant ID,Ethnicity,Stage\n2024-08-01,v1,1,A,Appointed\n2024-08-01,v1,1,A,Shortlisted\n2024-08-01,v1,1,A,Applied\n"
                               "2024-08-01,v2,1,A,Shortlisted\n2024-08-01,v1,2,A,Interviewed\n");
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 1, 3);
    pipeline_end(p);
}

/* The appointment of this application is dated outside the window: it goes first, and the rest stays at shortlisted. */
static void rows_outside_the_window_are_dropped_first(void **state) {
    (void)state;
    pipeline *p = applications("Date,Vacancy,Applicant ID,Ethnicity,Stage\n2025-03-31,v1,1,A,Shortlisted\n2025-04-01,v1,1,A,Appointed\n");
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 0, 1);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_WINDOW], 1);
    pipeline_end(p);
}

/* With an identifier missing an application cannot be recognised: a row is one. */
static void applications_without_both_identifiers_are_rows(void **state) {
    (void)state;
    pipeline *p = applications("Date,Vacancy,Applicant ID,Ethnicity,Stage\n2024-08-01,v1,,A,Appointed\n2024-08-01,v1,,A,Shortlisted\n2024-08-01,,3,A,Shortlisted\n");
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 1, 3);
    assert_finding(p, WRES_WARNING, "blank-identifier", 3, "empty identifier");
    pipeline_end(p);
}

static void a_known_ethnicity_of_the_application_wins(void **state) {
    (void)state;
    pipeline *p = applications("Date,Vacancy,Applicant ID,Ethnicity,Stage\n2024-08-01,v1,1,Z,Appointed\n2024-08-01,v1,1,H,Appointed\n");
    assert_of(result(p, .indicator = "2", .group = "bme", .statistic = "rate"), 1, 1);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_of_one_person_in_every_order),
        cmocka_unit_test(organisations_dates_and_blank_identifiers_in_every_order),
        cmocka_unit_test(the_team_does_not_depend_on_the_order_of_rows),
        cmocka_unit_test(the_primary_assignment_wins),
        cmocka_unit_test(of_two_primary_assignments_the_higher_wins),
        cmocka_unit_test(medical_grades_before_bands_and_the_highest_first),
        cmocka_unit_test(of_one_row_the_order_of_sections_decides),
        cmocka_unit_test(a_known_ethnicity_of_any_counted_row_wins_over_unknown),
        cmocka_unit_test(an_ethnicity_on_a_left_out_row_does_not_count),
        cmocka_unit_test(of_conflicting_ethnicities_the_deciding_row_has_the_word),
        cmocka_unit_test(a_blank_identifier_is_a_person_of_its_own),
        cmocka_unit_test(leading_zeros_tell_people_apart),
        cmocka_unit_test(without_identifiers_each_row_is_a_person),
        cmocka_unit_test(a_person_counts_once_in_each_organisation),
        cmocka_unit_test(one_organisation_alone),
        cmocka_unit_test(rows_without_an_organisation),
        cmocka_unit_test(counted_rows_add_up),
        cmocka_unit_test(identified_rows_beside_counted_ones),
        cmocka_unit_test(an_identified_row_that_counts_several_is_an_error),
        cmocka_unit_test(only_staff_are_counted),
        cmocka_unit_test(non_executives_by_grade_are_no_staff),
        cmocka_unit_test(bank_work_beside_a_post_takes_nobody_out),
        cmocka_unit_test(a_condition_that_cannot_be_tested_is_said),
        cmocka_unit_test(a_table_without_ethnicity_is_linked),
        cmocka_unit_test(a_blank_ethnicity_is_linked_and_a_given_one_stands),
        cmocka_unit_test(events_of_left_out_people_are_left_out),
        cmocka_unit_test(a_person_found_nowhere_is_an_unknown_one),
        cmocka_unit_test(a_leaver_is_found_in_the_latest_earlier_snapshot),
        cmocka_unit_test(the_as_at_snapshot_has_the_word),
        cmocka_unit_test(fields_of_the_person_come_with_the_link),
        cmocka_unit_test(applicants_are_no_staff),
        cmocka_unit_test(a_table_without_organisation_belongs_to_the_only_one),
        cmocka_unit_test(among_several_organisations_it_belongs_to_all),
        cmocka_unit_test(a_person_of_two_organisations_is_linked_in_any_order),
        cmocka_unit_test(a_workforce_without_organisation_is_linked_all_the_same),
        cmocka_unit_test(rows_that_could_belong_to_no_group_are_refused),
        cmocka_unit_test(a_workforce_without_ethnicity_is_refused),
        cmocka_unit_test(people_count_once_in_a_window),
        cmocka_unit_test(people_count_once_in_each_of_two_windows),
        cmocka_unit_test(events_without_a_date_column_are_those_of_the_window),
        cmocka_unit_test(cases_without_type_and_formality_count_and_it_is_said),
        cmocka_unit_test(only_formal_disciplinary_cases_count),
        cmocka_unit_test(the_settings_can_map_mhps_in),
        cmocka_unit_test(each_stage_implies_the_earlier_ones),
        cmocka_unit_test(an_application_counts_once_at_its_furthest_stage),
        cmocka_unit_test(rows_outside_the_window_are_dropped_first),
        cmocka_unit_test(applications_without_both_identifiers_are_rows),
        cmocka_unit_test(a_known_ethnicity_of_the_application_wins),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
