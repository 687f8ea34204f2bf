/* What was in the columns. */
#include "checking.h"

static const wres_column_seen *column(const pipeline *p, size_t file, const char *field) {
    const wres_file_seen *seen = wres_account_seen(&p->accounts[file]);
    assert_non_null(seen);
    for (size_t i = 0; i < seen->column_count; i++)
        if (strcmp(seen->table->fields[seen->columns[i].field].name, field) == 0) return &seen->columns[i];
    return NULL;
}

static const wres_value_seen *value(const wres_column_seen *c, const char *text) {
    for (size_t i = 0; i < c->value_count; i++)
        if (wres_text_same(c->values[i].text, wres_text_of(text))) return &c->values[i];
    return NULL;
}

static void assert_sum(wres_rational sum, wres_int128 numerator, wres_int128 denominator) {
    assert_true(sum.numerator * denominator == numerator * sum.denominator);
}

static void columns_of_every_kind(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    pipeline_add(p, "workforce",
                 "FTE,Date,Emp No,Ethnic Origin,Team,Band\n0.5,31/03/2025,1, A ,North,Band 5\n1,2024-03-31,1,A,South,Band 5\n0.33333,2025-03-31, 2,Martian,North,\n,2025-02-31,3,,North,Band 6\n"
                 "x,2025-03-31,4,H,North,Band 6\n,,,,,\nshort\n");
    p->reading.allow_unmapped = true;
    assert_int_equal(checking_run(p, &report), WRES_DATA);
    const wres_column_seen *c = column(p, 0, "snapshot_date");
    assert_int_equal(c->rows, 5); /* also the one with a wrong date; neither the blank nor the short one */
    assert_int_equal(c->distinct, 4);
    assert_int_equal(c->earliest, wres_date_of(2024, 3, 31));
    assert_int_equal(c->latest, wres_date_of(2025, 3, 31));
    assert_string_equal(c->header, "Date");
    c = column(p, 0, "person_id");
    assert_int_equal(c->filled, 5);
    assert_int_equal(c->distinct, 4);
    c = column(p, 0, "ethnicity");
    assert_int_equal(c->filled, 4);
    assert_int_equal(c->first_empty_line, 5);
    assert_int_equal(c->distinct, 3);
    assert_int_equal(c->unmapped, 1);
    assert_int_equal(value(c, "A")->rows, 2);
    assert_int_equal(value(c, "A")->first_line, 2);
    assert_sum(value(c, "A")->sum, 3, 2);
    assert_int_equal(value(c, "Martian")->found, WRES_UNMAPPED);
    assert_string_equal(value(c, "H")->member, wres_list_member_name(wres_codes_find(p->codes, "ethnicity"), value(c, "H")->code));
    assert_int_equal(value(c, "")->found, WRES_BLANK);
    assert_int_equal(column(p, 0, "team")->distinct, 2);
    assert_int_equal(column(p, 0, "team")->value_count, 0); /* an open vocabulary is not listed */
    c = column(p, 0, "fte");
    assert_sum(c->sum, 183333, 100000);
    assert_int_equal(c->unread, 1);
    assert_int_equal(c->first_unread_line, 6);
    assert_true(wres_account_seen(&p->accounts[0])->has_sums);
    assert_null(column(p, 0, "sex"));
    pipeline_end(p);
}

static void what_another_column_decides_is_not_unmapped(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    pipeline_add(p, "workforce",
                 "Date,Ethnicity,Band,Medical Grade,Staff Group,Count\n2025-03-31,A,YC72,Consultant,Medical and Dental,7\n2025-03-31,A,Band 5,,Nursing and Midwifery Registered,30\n");
    assert_int_equal(checking_run(p, &report), WRES_OK);
    const wres_column_seen *c = column(p, 0, "pay_band");
    assert_int_equal(c->people, 30);
    assert_int_equal(c->unmapped, 0);
    assert_int_equal(value(c, "YC72")->decided, 0);
    assert_int_equal(value(c, "YC72")->people, 7);
    assert_int_equal(value(c, "Band 5")->decided, 1);
    assert_sum(column(p, 0, "count")->sum, 37, 1);
    assert_false(wres_account_seen(&p->accounts[0])->has_sums);
    pipeline_end(p);
}

static void identifiers_in_the_wrong_column_are_hidden(void **state) {
    (void)state;
    for (size_t people = 20; people <= 21; people++) {
        pipeline *p = pipeline_new("wres-2025");
        wres_check_report report;
        const char *text = "Date,Number,Role\n";
        for (size_t i = 0; i < people; i++) text = wres_print(p->run, "%s2025-03-31,ID%zu,x\n", text, i);
        pipeline_add_with(p, "workforce", text, "columns: {ethnicity: Number}");
        assert_int_equal(checking_run(p, &report), WRES_DATA);
        assert_int_equal(column(p, 0, "ethnicity")->hidden, people > 20);
        assert_int_equal(column(p, 0, "ethnicity")->value_count, people > 20 ? 1 : people);
        assert_int_equal(column(p, 0, "ethnicity")->values[0].rows, people > 20 ? people : 1);
        assert_int_equal(column(p, 0, "ethnicity")->values[0].decided, people > 20 ? people : 1);
        assert_int_equal(column(p, 0, "ethnicity")->values[0].first_line, 2);
        for (size_t i = 0; people > 20 && i < report.count; i++) assert_null(strstr(report.rows[i].message, "'ID"));
        pipeline_end(p);
    }
}

static void many_values_among_more_that_are_known_are_shown(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    wres_check_report report;
    const char *text = "Date,Ethnicity\n";
    for (size_t i = 0; i < 120; i++) text = wres_print(p->run, i < 60 ? "%s2025-03-31,Planet %zu\n" : "%s2025-03-31,A\n", text, i);
    pipeline_add(p, "workforce", text);
    assert_int_equal(checking_run(p, &report), WRES_DATA);
    assert_false(column(p, 0, "ethnicity")->hidden);
    assert_int_equal(column(p, 0, "ethnicity")->value_count, 61);
    pipeline_end(p);
}

static void nothing_is_kept_unless_it_is_asked_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_null(wres_account_seen(&p->accounts[0]));
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(columns_of_every_kind), cmocka_unit_test(what_another_column_decides_is_not_unmapped),
                                       cmocka_unit_test(identifiers_in_the_wrong_column_are_hidden), cmocka_unit_test(many_values_among_more_that_are_known_are_shown), cmocka_unit_test(nothing_is_kept_unless_it_is_asked_for)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
