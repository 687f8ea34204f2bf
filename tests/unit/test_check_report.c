/* The order of the report, and lists that are cut. */
#include "checking.h"

static void tables_files_severities_checks_lines(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    static const char *const want[] = {"workforce-2.csv error date 3",       "workforce-2.csv error date 4",       "workforce-2.csv warning unmapped-value 2",
                                       "workforce-3.csv warning unmapped-value 2", "cases-1.csv error date 2"};
    pipeline_add(p, "cases", "Date,Employee Number,Formal,Case Type\n2025-02-31,1,Y,Disciplinary\n");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Band\n2025-03-31,1,Martian,Band 5\n2025-02-31,2,A,Band 5\n,3,A,Band 5\n2025-03-31,4,A,Band 5\n");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Band\n2025-03-31,5,Martian,Band 5\n");
    p->reading.allow_unmapped = true;
    assert_int_equal(checking_run(p, &report), WRES_DATA);
    size_t at = 0;
    for (size_t i = 0; i < report.count; i++) {
        const wres_check_row *row = &report.rows[i];
        if (strcmp(row->check, "date") != 0 && strcmp(row->check, "unmapped-value") != 0) continue;
        assert_true(at < COUNT_OF(want));
        assert_string_equal(wres_print(p->run, "%s %s %s %d", row->place.file, row->severity == WRES_ERROR ? "error" : "warning", row->check, (int)row->place.line), want[at++]);
    }
    assert_int_equal(at, COUNT_OF(want));
    assert_int_equal(report.errors, 3);
    pipeline_end(p);
}

/* So many values that are in no list, each once, and one twice. */
static size_t listed(size_t values) {
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    const char *text = "Date,Employee Number,Ethnicity\n";
    size_t rows = 0, people = 0;
    for (size_t i = 0; i < 2000; i++) text = wres_print(p->run, "%s2025-03-31,%zu,A\n", text, i);
    for (size_t i = 0; i < values; i++) text = wres_print(p->run, "%s2025-03-31,%zu,Planet %02zu\n", text, 5000 + i, i);
    text = wres_print(p->run, "%s2025-03-31,9000,Planet %02zu\n", text, values - 1);
    pipeline_add(p, "workforce", text);
    assert_int_equal(checking_run(p, &report), WRES_OK);
    bool most_listed = false, cut = false;
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.rows[i].check, "unmapped-value") != 0) continue;
        rows++;
        people += report.rows[i].count;
        most_listed = most_listed || (report.rows[i].count == 2 && strstr(report.rows[i].message, "Planet"));
        assert_true(report.rows[i].has_share);
        cut = cut || strstr(report.rows[i].message, "more of this kind");
    }
    assert_int_equal(people, values + 1);
    assert_true(most_listed);
    assert_int_equal(cut, values > 21);
    pipeline_end(p);
    return rows;
}

static void long_lists_are_cut(void **state) {
    (void)state;
    assert_int_equal(listed(3), 3);
    assert_int_equal(listed(21), 21); /* one more is no longer than its sum */
    assert_int_equal(listed(22), 21);
    assert_int_equal(listed(40), 21);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables_files_severities_checks_lines), cmocka_unit_test(long_lists_are_cut)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
