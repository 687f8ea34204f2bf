/* Conditions of a standard: what passes, and what is said of names that do not exist. */
#include "pipeline.h"

#include "indicator/plan.h"

/* A standard whose one indicator counts the workforce under a condition, which stands in line 12. */
static const char *standard_with(const char *condition) {
    static char text[1024];
    snprintf(
        text, sizeof text,
        "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n"
        "unknown_in_base: yes\nindicators:\n  - id: '1'\n    title: t\n    measure: share\n    certainty: U\n    of: {table: workforce, where: [\n"
        "      '%s']}\n",
        condition);
    return text;
}

static pipeline *with_condition(const char *condition) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, standard_with(condition)), WRES_OK);
    pipeline_add(
        p, "workforce",
        "Date,Org Code,Employee Number,Ethnicity,Sex,Staff Group,Pay Band,Medical Grade,Team\n2025-03-31,RX1,1,A,F,Nursing,Band 5,,North Ward\n"
        "2025-03-31,RX1,2,H,M,Nursing,Band 8a,,South Ward\n2025-03-31,RX1,3,A,M,Admin and Clerical,VSM,,\n"
        "2025-03-31,RX1,4,N,,Medical and Dental,,Consultant,North Ward\n2025-03-31,RX1,5,B,F,Nursing,Non AfC Grade,,North Ward\n");
    return p;
}

/* So many of the five people pass. */
static void assert_pass(const char *condition, uint64_t people) {
    pipeline *p = with_condition(condition);
    assert_int_equal(pipeline_run(p), WRES_OK);
    if (people > 0)
        assert_people(people, result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count"));
    else
        assert_missing(result(p, .indicator = "1", .organisation = "RX1"), WRES_NOT_CALCULABLE, "no staff");
    pipeline_end(p);
}

static void assert_mistake(const char *condition, const char *field, const char *words) {
    pipeline *p = with_condition(condition);
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_error_at(p, "standard", 12, field, words);
    assert_contains(finding_with(p, "standard", words)->place.file, "standard.yaml");
    pipeline_end(p);
}

/* Nothing is said behind the last that there is. */
static void assert_list_ends(const char *condition, const char *end) {
    pipeline *p = with_condition(condition);
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    const char *message = finding_with(p, "standard", "")->message;
    assert_true(strlen(message) > strlen(end));
    assert_string_equal(message + strlen(message) - strlen(end), end);
    pipeline_end(p);
}

static void in_and_not_in(void **state) {
    (void)state;
    assert_pass("sex in Female", 2);
    assert_pass("sex in Male, Female", 4);
    assert_pass("sex not in Female", 3);
    assert_pass("sex in Unknown", 1);
    assert_pass("sex in  female ", 2); /* normalised as values are */
}

static void orders_of_a_list(void **state) {
    (void)state;
    assert_pass("pay_band >= Band 8a", 2); /* Band 8a and VSM; what has no order is beyond none */
    assert_pass("pay_band >= Band 5", 3);
    assert_pass("pay_band <= Band 8a", 2);
}

static void other_attributes_of_a_list(void **state) {
    (void)state;
    assert_pass("ethnicity.group2 in BME", 2);
    assert_pass("ethnicity.group5 in Black", 1);
    assert_pass("staff_group.section in clinical", 3);
}

static void sections_and_rows(void **state) {
    (void)state;
    assert_pass("section in clinical, medical", 4);
    assert_pass("section not in clinical", 2);
    assert_pass("band in Band 5, VSM", 2);
    assert_pass("band in Consultant", 1);
}

static void open_vocabularies(void **state) {
    (void)state;
    assert_pass("team in North Ward", 3);
    assert_pass("team in \"North Ward\", South Ward", 4);
    assert_pass("team not in North Ward", 2); /* texts that nobody named pass */
    assert_pass("organisation in RX1", 5);
}

/* A text that the standard names and the data lack. */
static void a_text_that_no_row_has(void **state) {
    (void)state;
    pipeline *p = with_condition("team in East Ward");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "1", .organisation = "RX1"), WRES_NOT_CALCULABLE, "no staff");
    pipeline_end(p);
}

static void an_unknown_field(void **state) {
    (void)state;
    assert_mistake("pay_bnad in VSM", "pay_bnad", "the table workforce has no field of this name");
    assert_mistake("pay_bnad in VSM", "pay_bnad", "did you mean pay_band");
    assert_mistake(
        "zzzzzzzz in VSM", "zzzzzzzz",
        "that conditions can use; there are organisation, ethnicity, disability, sex, pay_band, medical_grade, staff_group, role, assignment_category, "
        "assignment_status, primary_assignment, nationality, international_recruit, qualification_region, programme, team, section, band");
    assert_list_ends("zzzzzzzz in VSM", ", team, section, band");
    assert_list_ends("band in zzzzzzzzzz", ", Non-executive, Unmapped");
    assert_list_ends("section in zzzzzzzzzz", ", medical, unknown");
    assert_list_ends("ethnicity.zzzzzzzzzz in BME", ", group5_census, group6");
    assert_list_ends("sex in zzzzzzzz", "Female, Male, Unknown");
    assert_mistake("sectoin in clinical", "sectoin", "did you mean section; there are organisation");
    assert_mistake("bnad in VSM", "bnad", "did you mean band; there are organisation");
    assert_mistake("organization in RX1", "organization", "did you mean organisation; there are organisation");
}

static void a_field_that_conditions_cannot_use(void **state) {
    (void)state;
    assert_mistake("person_id in 1", "person_id", "that conditions can use");
    assert_mistake("snapshot_date in 2025", "snapshot_date", "that conditions can use");
    assert_mistake("fte >= 1", "fte", "that conditions can use");
}

static void a_field_of_another_table(void **state) {
    (void)state;
    assert_mistake("formal in yes", "formal", "the table workforce has no field");
}

static void an_unknown_value(void **state) {
    (void)state;
    assert_mistake("sex in Femail", "sex", "'Femail' is no value of the code list sex (sex): did you mean Female; its values are");
    assert_mistake("sex in Female, Femail", "sex", "'Femail'");
    assert_mistake("ethnicity.group2 in BAME", "ethnicity", "(group2): did you mean BME");
    assert_mistake("pay_band >= Bnd 8a", "pay_band", "did you mean Band 8a");
}

static void an_unknown_attribute(void **state) {
    (void)state;
    assert_mistake("ethnicity.group7 in BME", "ethnicity", "the code list ethnicity has no attribute 'group7'");
    assert_mistake("ethnicity.groupz in BME", "ethnicity", "it has category, group2, group5, group16, group5_census, group6");
}

static void an_order_on_a_list_without_one(void **state) {
    (void)state;
    assert_mistake("sex >= Female", "sex", "has no place in the order of the code list sex: use 'in'");
    assert_mistake("pay_band >= Non AfC Grade", "pay_band", "has no place in the order");
    assert_mistake("team >= North Ward", "team", "this field has no order");
    assert_mistake("section >= clinical", "section", "this field has no order");
}

static void an_unknown_section_or_row(void **state) {
    (void)state;
    assert_mistake("section in clincal", "section", "there is no section 'clincal'");
    assert_mistake("band in Band 10", "band", "there is no band 'Band 10'");
    assert_mistake(
        "band in zzzzzzzzzz", "band",
        "there is no band 'zzzzzzzzzz'; there are Under Band 1, Band 1, Band 2, Band 3, Band 4, Band 5, Band 6, Band 7, Band 8a, Band 8b, Band 8c, Band 8d, Band 9, VSM, "
        "Consultant, Non-consultant career grade, Trainee grade, Other, Non AfC grade, Non-executive, Unmapped");
    assert_mistake("band in Unmaped", "band", "did you mean Unmapped");
    assert_mistake("band in Undr Band 1", "band", "did you mean Under Band 1");
    assert_mistake("band in Band 5, zzzzzzzzzz", "band", "there is no band 'zzzzzzzzzz'");
    assert_mistake("section in non-clinical, nonclinicl", "section",
                   "did you mean non-clinical; there are non-clinical, clinical, medical, unknown");
}

/* Every mistake of a standard is said at once. */
static void several_mistakes(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n"
            "unknown_in_base: yes\nindicators:\n  - id: '1'\n    title: t\n    measure: share\n    certainty: U\n    of:\n"
            "      table: workforce\n      where:\n        - sex in Femail\n        - pay_bnad in VSM\n"),
        WRES_OK);
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_error_at(p, "standard", 14, "sex", "Femail");
    assert_error_at(p, "standard", 15, "pay_bnad", "pay_band");
    pipeline_end(p);
}

static void labels_of_codes(void **state) {
    (void)state;
    pipeline *p = with_condition("sex in Female");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(axis_label(p->plan, NULL, "section", WRES_SECTION_MEDICAL), "medical");
    assert_string_equal(axis_label(p->plan, NULL, "team", 0), "unknown");
    assert_string_equal(axis_label(p->plan, NULL, "sex", wres_list_blank(wres_codes_find(p->codes, "sex"))), "unknown");
    assert_true(axis_exists(p->plan, "band") && axis_exists(p->plan, "team") && axis_exists(p->plan, "voting"));
    assert_false(axis_exists(p->plan, "person_id") || axis_exists(p->plan, "fte") || axis_exists(p->plan, "nonsense"));
    pipeline_end(p);
}

/* A list of many values is not printed whole; a near miss is said of attributes, sections and bands, too. */
static void near_misses_of_every_kind(void **state) {
    (void)state;
    pipeline *p = with_condition("nationality in Brittish");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    const char *message = finding_with(p, "standard", "Brittish")->message;
    assert_contains(message, "did you mean British");
    assert_string_equal(message + strlen(message) - 5, ", ...");
    pipeline_end(p);
    assert_mistake("ethnicity.grp2 in BME", "ethnicity", "no attribute 'grp2': did you mean group2; it has category, group2");
    assert_mistake("ethnicity.zzzzzzzzzz in BME", "ethnicity", "no attribute 'zzzzzzzzzz'; it has category, group2");
    assert_mistake("section in clincal", "section",
                   "there is no section 'clincal': did you mean clinical; there are non-clinical, clinical, medical, unknown");
    assert_mistake("section in zzzzzzzzzz", "section", "there is no section 'zzzzzzzzzz'; there are non-clinical");
    assert_mistake("team <= North Ward", "team", "this field has no order");
}

/* Rows of events may have no grade at all. */
static void a_band_beyond_all_rows_is_unknown(void **state) {
    (void)state;
    pipeline *p = with_condition("sex in Female");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(axis_label(p->plan, NULL, "band", 0), "Under Band 1");
    assert_string_equal(axis_label(p->plan, NULL, "band", (uint16_t)(wres_grades_rows(p->grades) - 1)), "Unmapped");
    assert_string_equal(axis_label(p->plan, NULL, "band", (uint16_t)wres_grades_rows(p->grades)), "unknown");
    pipeline_end(p);
}

/* Of 30 values all are listed, of 31 all but the last. */
static void thirty_values_are_listed(void **state) {
    (void)state;
    for (int values = 30; values <= 31; values++) {
        pipeline *p = pipeline_new(NULL);
        const char *list = "spelling,sex\n", *all = "";
        for (int i = 0; i < values - 1; i++) list = wres_print(p->run, "%ss%d,v%d\n", list, i, i);
        for (int i = 0; i < 29; i++) all = wres_print(p->run, "%sv%d, ", all, i);
        pipeline_codes(p, "sex.csv", wres_print(p->run, "%s(blank),none\n(unmapped),none\n", list));
        assert_int_equal(pipeline_standard(p, standard_with("sex in zzzzzzzzz")), WRES_OK);
        assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_USAGE);
        const char *want = wres_print(p->run, "'zzzzzzzzz' is no value of the code list sex (sex); its values are %s%s", all,
                                      values == 30 ? "none" : "v29, ...");
        assert_string_equal(finding_with(p, "standard", "zzzzzzzzz")->message, want);
        pipeline_end(p);
    }
}

/* The first and the last value of a list, of sections, rows and texts, each alone, and a place in the order that is 0. */
static void the_ends_of_lists(void **state) {
    (void)state;
    assert_pass("pay_band >= Under Band 1", 3);
    assert_pass("pay_band <= Under Band 1", 0);
    assert_pass("pay_band >= VSM", 1);
    assert_pass("pay_band <= Band 5", 1);
    assert_pass("section in non-clinical", 1);
    assert_pass("section not in non-clinical", 4);
    assert_pass("section in unknown", 0);
    assert_pass("band in Under Band 1", 0);
    assert_pass("band not in Unmapped", 5);
    assert_pass("team not in South Ward, North Ward", 1);
    assert_pass("ethnicity.group2 not in White", 2);
    assert_pass("ethnicity.group2 not in White, BME", 0);
}

/* VSM, of one spelling, stands first in the list and last in its order. */
static void the_first_of_a_list_has_its_place_in_the_order(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    pipeline_codes(p, "pay_bands.csv", "spelling,row,order\nVSM,VSM,2\nBand 5,Band 5,1\n(blank),Unmapped,\n(unmapped),Unmapped,\n");
    assert_int_equal(pipeline_standard(p, standard_with("pay_band >= VSM")), WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,VSM,3\n2025-03-31,A,Band 5,5\n2025-03-31,A,,7\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(3, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* What only the first of all tables has is there, too: people's own table of awards comes in the place of the built-in one. */
static void fields_of_the_first_table_are_there(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const pipeline_folder folder = pipeline_folder_new();
    const char *path = pipeline_write(
        p, &folder, "awards.yaml",
        wres_text_of(
            "table: awards\ntitle: Awards\nrows_are: awards\npeople: staff\ntime: year\ndate: round_year\nneeds:\n  - [ethnicity]\nfields:\n"
            "  - {name: round_year, type: year, title: y, headers: [Year]}\n  - {name: organisation, type: text, title: o, headers: [Org Code]}\n"
            "  - {name: ethnicity, type: code, list: ethnicity, title: e, headers: [Ethnicity]}\n  - {name: scheme, type: text, title: s, headers: [Scheme]}\n"));
    const wres_status loaded = wres_tables_load(p->run, &path, 1, &p->tables);
    unlink(path);
    rmdir(folder.path);
    assert_int_equal(loaded, WRES_OK);
    assert_string_equal(p->tables.all[0]->name, "awards");
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    assert_true(axis_exists(p->plan, "scheme"));
    pipeline_end(p);
}

/* The label of events without a grade is no row that conditions can name, nor is that of any section. */
static void what_has_no_grade_is_no_band(void **state) {
    (void)state;
    assert_mistake("band in unknown", "band", "there is no band 'unknown'");
    assert_mistake("band not in unknown", "band", "there is no band 'unknown'");
    assert_mistake("section in none", "section", "there is no section 'none'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_and_not_in),
        cmocka_unit_test(orders_of_a_list),
        cmocka_unit_test(other_attributes_of_a_list),
        cmocka_unit_test(sections_and_rows),
        cmocka_unit_test(open_vocabularies),
        cmocka_unit_test(a_text_that_no_row_has),
        cmocka_unit_test(an_unknown_field),
        cmocka_unit_test(a_field_that_conditions_cannot_use),
        cmocka_unit_test(a_field_of_another_table),
        cmocka_unit_test(an_unknown_value),
        cmocka_unit_test(an_unknown_attribute),
        cmocka_unit_test(an_order_on_a_list_without_one),
        cmocka_unit_test(an_unknown_section_or_row),
        cmocka_unit_test(several_mistakes),
        cmocka_unit_test(labels_of_codes),
        cmocka_unit_test(near_misses_of_every_kind),
        cmocka_unit_test(a_band_beyond_all_rows_is_unknown),
        cmocka_unit_test(thirty_values_are_listed),
        cmocka_unit_test(the_ends_of_lists),
        cmocka_unit_test(the_first_of_a_list_has_its_place_in_the_order),
        cmocka_unit_test(fields_of_the_first_table_are_there),
        cmocka_unit_test(what_has_no_grade_is_no_band),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
