/* A table is read to its end, whatever is wrong with it. */
#include "checking.h"

static void a_faulty_header_hides_no_row(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    pipeline_add(p, "workforce", "Date,Employee Number,FTE\n2025-03-31,1,0.5\n2025-03-31,2,1.5\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-03-31,A\n");
    assert_int_equal(checking_run(p, &report), WRES_DATA);
    assert_int_equal(report.errors, 1);
    assert_row(&report, "header", WRES_ERROR, 1, "ethnicity", 1);
    assert_row(&report, "fte-range", WRES_WARNING, 3, "fte", 1);
    assert_row(&report, "as-at", WRES_WARNING, 0, NULL, 0); /* of the board: no snapshot was counted */
    assert_int_equal(report.as_at, WRES_NO_DATE);
    assert_int_equal(wres_finding_count(p->run), 0);
    pipeline_end(p);
}

static void files_that_cannot_be_read(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check *check;
    wres_check_report report;
    static const wres_input_setting none;
    const struct wres_table_file files[] = {{"/tmp/wres-test-none/a.csv", &none}, {"/tmp", &none}};
    const wres_table_input input = {wres_table_find(&p->tables, "cases"), files, 2};
    p->reading.look = true;
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    assert_int_equal(wres_check_new(&p->reading, &p->frame, &p->request, p->plan, &check), WRES_OK);
    assert_int_equal(wres_check_table(check, &input, p->accounts), WRES_OK);
    assert_int_equal(wres_check_end(check, &report), WRES_IO);
    assert_int_equal(report.errors, 2);
    assert_string_equal(p->accounts[0].file, "a.csv");
    assert_null(wres_account_seen(&p->accounts[0]));
    pipeline_end(p);
}

static void where_every_row_is_wrong_that_none_is_left_is_not_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-02-31,A\n");
    assert_int_equal(checking_run(p, &report), WRES_DATA);
    assert_null(row_of(&report, "no-rows"));
    assert_row(&report, "date", WRES_ERROR, 2, "snapshot_date", 1);
    pipeline_end(p);
}

static void what_was_found_can_be_given_back(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check *check;
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    assert_int_equal(wres_check_new(&p->reading, &p->frame, &p->request, p->plan, &check), WRES_OK);
    wres_find(p->run, WRES_ERROR, "settings", (wres_place){.file = "wres.yaml", .line = 3}, 0, "100%% wrong");
    assert_int_equal(wres_finding_count(p->run), 0);
    wres_check_give_up(check);
    assert_int_equal(wres_finding_count(p->run), 1);
    assert_string_equal(wres_finding_at(p->run, 0)->message, "100% wrong");
    assert_int_equal(wres_finding_at(p->run, 0)->place.line, 3);
    assert_int_equal(wres_finding_at(p->run, 0)->count, 0);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_faulty_header_hides_no_row), cmocka_unit_test(files_that_cannot_be_read),
                                       cmocka_unit_test(where_every_row_is_wrong_that_none_is_left_is_not_said), cmocka_unit_test(what_was_found_can_be_given_back)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
