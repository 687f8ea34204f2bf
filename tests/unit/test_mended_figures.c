/* Faults that were found by reading and mended: each test failed before. */
#include "pipeline.h"

/* 1: an event table without organisation, a person in two organisations: the order of the workforce rows decides. */
static pipeline *two_homes(const char *staff) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", staff);
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}
static void f1_link_depends_on_row_order(void **state) {
    (void)state;
    pipeline *a = two_homes("Date,Org Code,Employee Number,Ethnicity\n2025-03-31,RX1,1,A\n2025-03-31,RX2,1,H\n");
    pipeline *b = two_homes("Date,Org Code,Employee Number,Ethnicity\n2025-03-31,RX2,1,H\n2025-03-31,RX1,1,A\n");
    assert_string_equal(published_text(a), published_text(b));
    pipeline_end(a);
    pipeline_end(b);
}
static void f1b_bank_in_one_staff_in_the_other(void **state) {
    (void)state;
    pipeline *a = two_homes(
        "Date,Org Code,Employee Number,Ethnicity,Assignment Category\n2025-03-31,RX1,1,A,Bank\n2025-03-31,RX2,1,A,Permanent\n");
    pipeline *b = two_homes(
        "Date,Org Code,Employee Number,Ethnicity,Assignment Category\n2025-03-31,RX2,1,A,Permanent\n2025-03-31,RX1,1,A,Bank\n");
    assert_string_equal(published_text(a), published_text(b));
    pipeline_end(a);
    pipeline_end(b);
}
/* 2: percent column, no answer column, a blank percent: read as one person who said yes. */
static void f2_blank_percent_is_100_percent(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "survey", "Year,Ethnicity,Question,Percent,Base\n2024,A,Q15,60,1000\n2024,H,Q15,,\n");
    if (pipeline_run(p) == WRES_OK) {
        const wres_result *r = result(p, .indicator = "7", .group = "bme", .statistic = "rate");
        if (r->status == WRES_CALCULATED)
            fail_msg("BME rate %g%% of %llu out of a blank cell", wres_rational_real(r->exact), (unsigned long long)r->denominator);
    }
    pipeline_end(p);
}
/* 3: two survey files, one aggregated and one by respondent: aggregates of two questions are added; depends on the order of files. */
static pipeline *two_surveys(bool aggregate_first) {
    static const char *const files[] = {
        "Year,Ethnicity,Question,Answer,Count\n2024,A,Q14b,Yes,3\n2024,A,Q14b,No,7\n2024,A,Q14c,Yes,2\n2024,A,Q14c,No,8\n",
        "Year,Respondent ID,Ethnicity,Question,Answer,Count\n2024,1,A,Q14b,Never,1\n2024,1,A,Q14c,Never,1\n"};
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "survey", files[!aggregate_first]);
    pipeline_add(p, "survey", files[aggregate_first]);
    return p;
}
static void f3_aggregates_added(void **state) {
    (void)state;
    for (int order = 0; order < 2; order++) {
        pipeline *p = two_surveys(order == 0);
        if (pipeline_run(p) == WRES_OK) {
            const wres_result *r = result_if_any(p, (result_place){.indicator = "6", .group = "white", .statistic = "rate"});
            if (r && r->status == WRES_CALCULATED)
                fail_msg("order %d: the rate is %g%% of %llu: 20 answers of two aggregates were added", order,
                         wres_rational_real(r->exact), (unsigned long long)r->denominator);
        }
        pipeline_end(p);
    }
}
/* 4: after two columns for one field the rest of the header is not looked at: a column that is there is called missing. */
static void f4_spurious_missing_column(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "workforce", "Organisation,Org Code,Ethnicity\nx,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    for (size_t i = 0; i < wres_finding_count(p->run); i++) print_message("   %s\n", wres_finding_at(p->run, i)->message);
    assert_int_equal(finding_count(p, "header"), 1);
    pipeline_end(p);
}
/* 5: all counts 0: indicator 1 is not there at all. */
static void f5_indicator_1_vanishes(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Count\n2025-03-31,A,0\n2025-03-31,H,0\n");
    size_t rows = 0;
    for (size_t i = 0; i < p->results.count; i++) rows += strcmp(p->results.all[i].indicator, "1") == 0;
    assert_int_not_equal(rows, 0);
    pipeline_end(p);
}
/* 6: rows: grades over a table other than the workforce: everybody lands in "non-clinical", "Under Band 1". */
static void f6_grades_of_another_table(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: share, rows: grades, of: {table: recruitment}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", "Date,Ethnicity,Stage,Staff Group,Pay Band\n2025-01-01,A,Applied,Nursing,Band 5\n");
    if (pipeline_run(p) == WRES_OK) {
        no_result(p, .indicator = "x", .section = "non-clinical", .row = "Under Band 1", .group = "white", .statistic = "count");
        assert_people(1,
                      result(p, .indicator = "x", .section = "clinical", .row = "Band 5", .group = "white", .statistic = "count"));
    }
    pipeline_end(p);
}
/* 8: everybody in bare "Band 8" (fits no row: unmapped) does not stop the run. */
static void f8_band_8(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Staff Group,Pay Band\n2025-03-31,A,Nursing,Band 8\n2025-03-31,H,Nursing,Band 8\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    pipeline_end(p);
}
/* 9: near misses that are not offered. */
static void near(const char *condition, const char *words) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            wres_print(
                p->run,
                "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
                "indicators:\n  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: ['%s']}}\n",
                condition)),
        WRES_OK);
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    finding_with(p, "standard", words);
    pipeline_end(p);
}
static void f9a_attribute(void **state) {
    (void)state;
    near("ethnicity.group7 in BME", "did you mean group");
}
static void f9b_section(void **state) {
    (void)state;
    near("section in clincal", "did you mean clinical");
}
static void f9c_same_word(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: ['fte >= 1']}}\n"),
        WRES_OK);
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    const char *m = finding_with(p, "standard", "")->message;
    if (strstr(m, "did you mean fte")) fail_msg("fte: %s", m);
    pipeline_end(p);
}
/* 10: tab-separated files were refused with a message that spoke of other columns. */
static void f10_tabs(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date\tEthnicity\n2025-03-31\tA\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    finding_with(p, "layout", "separated by tabs");
    pipeline_end(p);
}
/* 11: with --groups 16 a part of the board that is not supplied is reported for a group that is never compared. */
static void f11_group_of_not_supplied(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group16";
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,H\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    no_result(p, .indicator = "9", .row = "voting", .group = "white - british", .statistic = "difference");
    pipeline_end(p);
}
/* 12: the nearest header of a missing ethnicity is 'Date'. */
static void f12_nearest_is_date(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number\n2025-03-31,1\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    const char *m = finding_with(p, "header", "needed column is missing")->message;
    if (strstr(m, "'Date'")) fail_msg("%s", m);
    pipeline_end(p);
}
/* 13: a stage column that is blank, with flags that all say no: not even an application ("an application at least"). */
static void f13_blank_stage_with_flags(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, four_fifths: no, words: {people: p, event: e}, events: {table: recruitment, where: [stage >= shortlisted]}, over: {table: recruitment, where: [stage >= applied]}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", "Date,Ethnicity,Stage,Shortlisted\n2025-01-01,A,,N\n2025-01-01,A,Shortlisted,Y\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "white", .statistic = "rate"), 1, 2);
    pipeline_end(p);
}
/* 14: the case table lacks sex, the person has it: only women's cases count. The population holds the axis. */
static void g14_condition_on_a_field_of_the_person(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, four_fifths: no, words: {people: p, event: e}, events: {table: cases, where: [sex in Female]}, over: {table: workforce, where: [sex in Female]}}\n"),
        WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,1\n2025-01-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "white", .statistic = "rate"), 1, 1);
    pipeline_end(p);
}
/* 15: compare by a field that the cases lack (disability). */
static void g15_compare_by_disability(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: likelihood, ratio: group / reference, four_fifths: no, words: {people: p, event: e}, events: {table: cases}, over: {table: workforce}}\n"),
        WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number,Ethnicity\n2025-01-01,1,A\n2025-01-01,2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "female", .statistic = "rate"), 1, 1);
    pipeline_end(p);
}
/* 16: header of file 1 wrong, file 2 right: is 'files-differ' said of columns that were never compared? */
static void f16_spurious_files_differ(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "workforce", "Organisation,Org Code,Employee Number,Ethnicity\nx,RX1,1,A\n");
    pipeline_add(p, "workforce", "Org Code,Employee Number,Ethnicity\nRX1,1,A\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_int_equal(finding_count(p, "files-differ"), 0);
    pipeline_end(p);
}
int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(f1_link_depends_on_row_order),
        cmocka_unit_test(f1b_bank_in_one_staff_in_the_other),
        cmocka_unit_test(f2_blank_percent_is_100_percent),
        cmocka_unit_test(f3_aggregates_added),
        cmocka_unit_test(f4_spurious_missing_column),
        cmocka_unit_test(f5_indicator_1_vanishes),
        cmocka_unit_test(f6_grades_of_another_table),
        cmocka_unit_test(f8_band_8),
        cmocka_unit_test(f9a_attribute),
        cmocka_unit_test(f9b_section),
        cmocka_unit_test(f9c_same_word),
        cmocka_unit_test(f10_tabs),
        cmocka_unit_test(f11_group_of_not_supplied),
        cmocka_unit_test(f12_nearest_is_date),
        cmocka_unit_test(f13_blank_stage_with_flags),
        cmocka_unit_test(f16_spurious_files_differ),
        cmocka_unit_test(g14_condition_on_a_field_of_the_person),
        cmocka_unit_test(g15_compare_by_disability),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", sizeof tests / sizeof *tests);
    return failed;
}
