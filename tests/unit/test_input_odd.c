/* Rows that are no records: totals, footers, a second line of headers. */
#include "input/input.h"
#include "pipeline.h"

static pipeline *with(const char *csv, const char *settings, wres_status want) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add_with(p, "workforce", csv, settings);
    assert_int_equal(pipeline_run(p), want);
    return p;
}

static void assert_staff(const pipeline *p, uint64_t all) { assert_people(all, result(p, .indicator = "1", .group = "all", .statistic = "count")); }

static void words_of_totals(void **state) {
    (void)state;
    static const char *const totals[] = {"Total", " total ", "TOTALS", "Grand Total", "Sub Total", "sub-total", "Subtotal:", "Total*", "Overall", "All", "Total staff", "Total - White", "White Total", "All staff totals", "\xc2\xa0Total\xc2\xa0"};
    static const char *const others[] = {"", "a", "al", "All staff", "Totally", "Nottotal", "Overall rating", "Allied", "total1", "Subtotals2", "Hospital", "2025-03-31", "12345", "\xc2\xa0", ":", "***",
                                         "Total of a name that is longer than any total would ever be written in an export"};
    for (size_t i = 0; i < COUNT_OF(totals); i++)
        if (!is_total_text(wres_text_of(totals[i]))) fail_msg("'%s' is no total", totals[i]);
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (is_total_text(wres_text_of(others[i]))) fail_msg("'%s' is a total", others[i]);
}

static void totals_are_left_out_and_said_once(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,2\n2025-03-31,All,7\nTotal,,7\n", NULL, WRES_OK);
    assert_staff(p, 7);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_TOTAL], 2);
    assert_int_equal(p->accounts[0].read, 4);
    assert_finding(p, WRES_WARNING, "total-rows", 2, "leave_out");
    assert_int_equal(finding_with(p, "total-rows", "")->place.line, 4);
    assert_int_equal(finding_count(p, "unmapped-value"), 0);
    assert_int_equal(finding_count(p, "total-differs"), 0);
    pipeline_end(p);
}

/* A text field names a total only where it is the first cell that is filled. */
static void a_text_behind_another_cell_is_no_total(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Team\n2025-03-31,A,Total\n", NULL, WRES_OK);
    assert_staff(p, 1);
    assert_int_equal(finding_count(p, "total-rows"), 0);
    pipeline_end(p);
    p = with("Team,Ethnicity,Date\nTotal,A,2025-03-31\nx,A,2025-03-31\n,A,2025-03-31\n", NULL, WRES_OK);
    assert_staff(p, 2);
    assert_finding(p, WRES_WARNING, "total-rows", 1, "");
    pipeline_end(p);
    p = with("Date,Note,Ethnicity\n,Total,A\n2025-03-31,Total,A\n", NULL, WRES_OK); /* of a column that nothing reads, too */
    assert_staff(p, 1);
    pipeline_end(p);
}

/* A band that a staff group makes of no account is still a total. */
static void a_total_of_the_grade(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Grade,Staff Group,Count\n2025-03-31,A,Band 5,Nursing,5\n2025-03-31,A,Total,Medical and Dental,5\n2025-03-31,A,Consultant,Medical and Dental,4\n",
                       "columns: {pay_band: Grade, medical_grade: Grade}", WRES_OK);
    assert_staff(p, 9);
    assert_finding(p, WRES_WARNING, "total-rows", 1, "");
    pipeline_end(p);
}

static void a_total_that_does_not_add_up(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,2\nTotal,,8\n", NULL, WRES_OK);
    assert_staff(p, 7);
    assert_finding(p, WRES_WARNING, "total-differs", 0, "the total in this line is 8, but the rows before it add up to 7");
    assert_int_equal(finding_with(p, "total-differs", "")->place.line, 4);
    pipeline_end(p);
}

static void totals_that_cannot_be_judged_are_not(void **state) {
    (void)state;
    static const char *const rows[] = {"Total,,\n", "Total,,*\n", "Total\n", "Total,H,2\n"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,2\n%s", rows[i]);
        pipeline *p = with(csv, NULL, WRES_OK);
        assert_staff(p, 7);
        assert_int_equal(finding_count(p, "total-differs"), 0);
        pipeline_end(p);
    }
}

/* What the settings leave out may be in the total. */
static void a_total_of_what_the_settings_leave_out_too(void **state) {
    (void)state;
    for (int total = 7; total <= 9; total += 2) {
        char csv[200];
        snprintf(csv, sizeof csv, "Date,Ethnicity,Note,Count\n2025-03-31,A,,5\n2025-03-31,H,,2\n2025-03-31,H,bank,2\nTotal,,,%d\n", total);
        pipeline *p = with(csv, "leave_out: {Note: bank}", WRES_OK);
        assert_staff(p, 7);
        assert_int_equal(finding_count(p, "total-differs"), 0);
        pipeline_end(p);
    }
}

static void a_total_without_a_word(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Band,Count\n2025-03-31,A,5,5\n2025-03-31,H,5,2\n2025-03-31,,,7\n", NULL, WRES_OK);
    assert_staff(p, 7);
    assert_finding(p, WRES_WARNING, "total-rows", 1, "");
    pipeline_end(p);
    p = with("Date,Ethnicity,Band,Count\n2025-03-31,A,5,5\n2025-03-31,H,5,2\n2025-03-31,,,6\n", NULL, WRES_OK);
    assert_staff(p, 13);
    assert_finding(p, WRES_WARNING, "row-without-group", 1, "no group is named");
    pipeline_end(p);
    p = with("Date,Ethnicity,Band,Count\n2025-03-31,A,5,5\n2025-03-31,,,5\n", NULL, WRES_OK); /* one row is no sum */
    assert_staff(p, 10);
    pipeline_end(p);
}

static void nothing_but_totals(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Count\n2025-03-31,All,5\nTotal,,5\nSource: the register of staff\n", NULL, WRES_DATA);
    assert_error_at(p, "total-rows", 2, NULL, "every row is called a total");
    pipeline_end(p);
}

static void footers_are_left_out(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Team\n2025-03-31,A,x\nSource: the register of 31 March\n\n,Run by somebody,\n2025 is the year,,\n,,Produced by the trust\n", NULL, WRES_OK);
    assert_staff(p, 1);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_FOOTER], 4);
    assert_finding(p, WRES_INFORMATION, "footer", 4, "a footer: left out");
    assert_int_equal(finding_with(p, "footer", "")->place.line, 3);
    pipeline_end(p);
}

/* In whatever column the text stands, if no value of it looks so. */
static void footers_of_any_column(void **state) {
    (void)state;
    static const char *const rows[] = {"the end,,,,", ",the end,,,", ",,the end,,", ",,,the end,", ",,,,the end"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "Date,Ethnicity,Count,FTE,Employee Number\n2025-03-31,A,1,1,7\n%s\n", rows[i]);
        pipeline *p = with(csv, NULL, WRES_OK);
        assert_staff(p, 1);
        assert_int_equal(p->accounts[0].left_out[WRES_REASON_FOOTER], 1);
        pipeline_end(p);
    }
    pipeline *p = with("Date,Ethnicity,Count\n2025-03-31,A,1\n,,3\n,H,\n", NULL, WRES_DATA); /* these are of a row */
    assert_error_at(p, "count", 4, "count", "a hidden count");
    pipeline_end(p);
}

static void footers_and_totals_in_any_order(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Count\n2025-03-31,A,5\nSource: the register\nTotal,,5\nThe end of it\n", NULL, WRES_OK);
    assert_staff(p, 5);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_FOOTER], 2);
    pipeline_end(p);
}

static void footers_before_records_are_errors(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Team\n2025-03-31,A,x\nSource: the register\n\nNotes on it\n2025-03-31,A,x\nSource: the register\n", NULL, WRES_DATA);
    assert_error_at(p, "row", 3, NULL, "records follow");
    assert_int_equal(finding_count(p, "row"), 2);
    size_t last = 0;
    for (size_t i = 0; i < wres_finding_count(p->run); i++)
        if (strcmp(wres_finding_at(p->run, i)->check, "row") == 0) last = i;
    assert_int_equal(wres_finding_at(p->run, last)->place.line, 5);
    pipeline_end(p);
}

static void what_is_no_footer(void **state) {
    (void)state;
    static const struct {
        const char *rows;
        uint64_t line;
        const char *check, *field, *words;
    } files[] = {{"2025-0\n", 3, "row", NULL, "1 cells"},          /* a row that was cut off */
                 {"Source,register\n", 3, "row", NULL, "2 cells"}, /* two filled cells */
                 {"31/02/2025,,\n", 3, "date", "snapshot_date", "no date of the calendar"}};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "Date,Ethnicity,Team\n2025-03-31,A,x\n%s", files[i].rows);
        pipeline *p = with(csv, NULL, WRES_DATA);
        assert_error_at(p, files[i].check, files[i].line, files[i].field, files[i].words);
        pipeline_end(p);
    }
    pipeline *p = with("Date,Ethnicity\n2025-03-31,A\nSource: the register\n", NULL, WRES_DATA); /* two columns: a cell of a row */
    assert_error_at(p, "row", 3, NULL, "1 cells");
    pipeline_end(p);
    p = with("Employee Number,Date,Ethnicity\n1,2025-03-31,A\n,2025-03-31,\n", NULL, WRES_OK); /* a person of whom nothing is known */
    assert_staff(p, 2);
    assert_finding(p, WRES_WARNING, "row-without-group", 1, "");
    pipeline_end(p);
}

static void a_footer_of_one_word_is_warned_of(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Team\n2025-03-31,A,x\nEND\n", NULL, WRES_OK);
    assert_finding(p, WRES_WARNING, "footer", 1, "");
    pipeline_end(p);
}

static void a_header_and_a_footer_are_no_rows(void **state) {
    (void)state;
    pipeline *p = with("Date,Ethnicity,Team\nSource: the register\n", NULL, WRES_DATA);
    assert_error_at(p, "empty", 0, NULL, "a header and no rows");
    pipeline_end(p);
}

static void a_second_line_of_the_header(void **state) {
    (void)state;
    static const char *const lines[] = {"(code),(band),text", "Code,AfC,Name", "ETH_CODE,,TEAM_NAME", "code,,", "Ethnic Group,,Ward", "Description,Description,"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "Ethnicity,Band,Team\n%s\nA,Band 5,x\n", lines[i]);
        pipeline *p = with(csv, NULL, WRES_DATA);
        assert_error_at(p, "row", 2, NULL, "a second line of the header");
        pipeline_end(p);
    }
    pipeline *p = with("Ethnicity,Band,Team\n(code),(band),text\nA,Band 5,x\n", "leave_out: {Team: text}", WRES_OK);
    assert_staff(p, 1);
    pipeline_end(p);
}

static void a_first_row_of_somebody_is_no_header(void **state) {
    (void)state;
    static const char *const lines[] = {"Martian,Band 5,x", "Martian,,x", "A,Wizard,x", ",,x"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char csv[200] = "Ethnicity,Band,Team\n";
        strcat(strcat(csv, lines[i]), "\n");
        for (int n = 0; n < 3; n++) strcat(csv, "A,Band 5,x\n");
        pipeline *p = pipeline_new("wres-2025");
        p->reading.allow_unmapped = true;
        pipeline_as_at(p, 2025, 3, 31);
        pipeline_add(p, "workforce", csv);
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_staff(p, 4);
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_totals),
        cmocka_unit_test(totals_are_left_out_and_said_once),
        cmocka_unit_test(a_text_behind_another_cell_is_no_total),
        cmocka_unit_test(a_total_of_the_grade),
        cmocka_unit_test(a_total_that_does_not_add_up),
        cmocka_unit_test(totals_that_cannot_be_judged_are_not),
        cmocka_unit_test(a_total_of_what_the_settings_leave_out_too),
        cmocka_unit_test(a_total_without_a_word),
        cmocka_unit_test(nothing_but_totals),
        cmocka_unit_test(footers_are_left_out),
        cmocka_unit_test(footers_of_any_column),
        cmocka_unit_test(footers_and_totals_in_any_order),
        cmocka_unit_test(footers_before_records_are_errors),
        cmocka_unit_test(what_is_no_footer),
        cmocka_unit_test(a_footer_of_one_word_is_warned_of),
        cmocka_unit_test(a_header_and_a_footer_are_no_rows),
        cmocka_unit_test(a_second_line_of_the_header),
        cmocka_unit_test(a_first_row_of_somebody_is_no_header),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
