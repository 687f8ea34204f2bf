/* Faults that were found by reading and mended: each test failed before. */
#include "codes/list.h"
#include "config/condition.h"
#include "config/yaml.h"
#include "fixture.h"
#include "wres/config.h"

static wres_status ignore(void *context, const wres_text *cells, size_t count, uint64_t line) {
    (void)context, (void)cells, (void)count, (void)line;
    return WRES_OK;
}
/* line of the only finding, 0 = none */
static uint64_t csv_line(void **state, const char *bytes, size_t length, size_t piece) {
    wres_csv *csv = wres_csv_new(run_of(state), "f", &(wres_csv_options){0}, ignore, NULL);
    wres_status s = WRES_OK;
    for (size_t at = 0; at < length && s == WRES_OK; at += piece)
        s = wres_csv_feed(csv, bytes + at, length - at < piece ? length - at : piece);
    if (s == WRES_OK) wres_csv_end(csv);
    return wres_finding_count(run_of(state)) ? wres_finding_at(run_of(state), wres_finding_count(run_of(state)) - 1)->place.line
                                             : 0;
}
static const char *last(void **state) {
    return wres_finding_count(run_of(state)) ? wres_finding_at(run_of(state), wres_finding_count(run_of(state)) - 1)->message
                                             : "none";
}

static void f01_csv_line_of_unclosed_quote_without_final_newline(void **state) {
    const char *t = "\"a\nb\",\"c"; /* opened in line 2; with a final newline 2 is said */
    assert_int_equal(csv_line(state, t, strlen(t), 100), 2);
}
static void f02_csv_line_of_too_long_cell_after_multiline_cell(void **state) {
    enum { N = 1100000 };
    char *t = wres_alloc(run_of(state), N + 10);
    memcpy(t, "\"a\nb\",", 6);
    memset(t + 6, 'x', N);
    assert_int_equal(csv_line(state, t, N + 6, N + 6), 1); /* the record begins in line 1: that holds ... */
    assert_contains(last(state), "a record too large");    /* ... but the advice is about a quotation mark */
}
static void f03_csv_exactly_1_mib_quoted_depends_on_pieces(void **state) {
    enum { N = 1048576 };
    char *t = wres_alloc(run_of(state), N + 3);
    memset(t, 'x', N + 2);
    t[0] = t[N + 1] = '"', t[N + 2] = '\n';
    assert_int_equal(csv_line(state, t, N + 3, N + 3), 0);
    assert_int_equal(csv_line(state, t, N + 3, N + 2), 0); /* cut between the quotation mark and the line's end */
}
static void f04_csv_1_mib_and_blanks_depends_on_pieces(void **state) {
    enum { N = 1048576 };
    char *t = wres_alloc(run_of(state), N + 3);
    memset(t, 'x', N);
    t[N] = t[N + 1] = ' ', t[N + 2] = '\n';
    assert_int_equal(csv_line(state, t, N + 3, N + 3), 0);
    assert_int_equal(csv_line(state, t, N + 3, N + 2), 0);
}
static void f05_csv_nul_after_stray_quote_depends_on_pieces(void **state) {
    csv_line(state, "head\na\"b\0\n", 10, 10);
    const char *whole = last(state);
    csv_line(state, "head\na\"b\0\n", 10, 1);
    assert_string_equal(last(state), whole);
}
static void f06_csv_too_many_cells_in_an_open_record(void **state) {
    char *t = wres_alloc(run_of(state), 30000);
    strcpy(t, "\"a\nb\"");
    for (int i = 0; i < 10001; i++) strcat(t, ",x");
    csv_line(state, t, strlen(t), 30000);
    assert_contains(last(state), "10,000 cells");
}
static void f08_sink_dangling_link_is_kept(void **state) {
    const char *link = path_in(state, "link.csv");
    struct stat about;
    wres_sink *sink;
    assert_int_equal(symlink("target.csv", link), 0);
    assert_int_equal(wres_sink_open(run_of(state), link, &sink), WRES_OK);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
}
static void f09_folder_list_lists_folders_as_files(void **state) {
    const char *const *paths;
    size_t count;
    assert_int_equal(mkdir(path_in(state, "cases-old.csv"), 0700), 0);
    wres_folder_list(run_of(state), ((fixture *)*state)->folder, "cases", ".csv", &paths, &count);
    assert_int_equal(count, 0);
}
static void f10_date_with_a_month_of_any_width(void **state) {
    (void)state;
    assert_int_equal(wres_date_parse(wres_text_of("31/0000003/2025"), WRES_DAY_FIRST), WRES_NO_DATE);
    assert_int_equal(wres_date_parse(wres_text_of("2025-003-31"), WRES_DAY_FIRST), WRES_NO_DATE);
}
static void f11_date_with_a_time_that_is_none(void **state) {
    (void)state;
    assert_int_equal(wres_date_parse(wres_text_of("2025-03-31 ::::"), WRES_DAY_FIRST), WRES_NO_DATE);
}
static void f12_date_with_am_or_pm(void **state) {
    (void)state;
    assert_int_equal(wres_date_parse(wres_text_of("31/03/2025 12:00:00 AM"), WRES_DAY_FIRST), 20178);
}
static void f13_real_of_more_than_63_digits_is_cut(void **state) {
    char out[WRES_DECIMAL_SIZE];
    (void)state;
    wres_real_print(1e70, 2, out);
    assert_true(strtod(out, NULL) == 1e70);
}
static const yaml_node *parse(void **state, yaml_reader *r, const char *t) {
    *r = (yaml_reader){run_of(state), "f", false};
    return yaml_parse(r, wres_text_of(t));
}
static void f14_yaml_second_document_is_ignored(void **state) {
    yaml_reader r;
    parse(state, &r, "groups: 2\n---\ngroups: 5\n");
    assert_true(r.failed);
}
static void f15_yaml_text_after_the_document_is_ignored(void **state) {
    yaml_reader r;
    parse(state, &r, "groups: 2\n...\n]]] anything\n");
    assert_true(r.failed);
}
static void f17_yaml_line_of_a_wrong_key_with_a_block_below(void **state) {
    wres_settings s;
    wres_settings_load(run_of(state), write_text(state, "w.yaml", "groups: 2\ninput:\n  workforce: w.csv\n"), &s);
    assert_string_equal(wres_finding_at(run_of(state), 0)->place.field, "input");
    assert_int_equal(wres_finding_at(run_of(state), 0)->place.line, 2);
}
static void f18_settings_file_and_files(void **state) {
    wres_settings s;
    assert_int_equal(
        wres_settings_load(run_of(state), write_text(state, "w.yaml", "inputs:\n  cases: {file: a.csv, files: [b.csv]}\n"), &s),
        WRES_USAGE);
}
static void f19_settings_input_without_any_file(void **state) {
    wres_settings s;
    assert_int_equal(wres_settings_load(run_of(state), write_text(state, "w.yaml", "inputs:\n  cases: {files: []}\n"), &s),
                     WRES_USAGE);
}
#define HEAD "standard: s\ntitle: t\ncertainty: C\ncompare: {field: e, reference: W, group: B, unknown: U}\nindicators:\n"
static void f20_standard_keys_of_another_measure_are_ignored(void **state) {
    const wres_standard *s;
    assert_int_equal(
        wres_standard_load(run_of(state),
                           write_text(state, "s.yaml",
                                      HEAD "- {id: 1, title: T, certainty: C, measure: share, of: {table: w}, ratio: nonsense, "
                                           "events: 7, four_fifths: perhaps, parts: x}\n"),
                           &s),
        WRES_USAGE);
}
static void f21_standard_without_indicators_or_parts(void **state) {
    const wres_standard *s;
    assert_int_equal(
        wres_standard_load(
            run_of(state),
            write_text(state, "s.yaml",
                       HEAD "- {id: 1, title: T, certainty: C, measure: gap, of: {table: w}, against: {table: w}, parts: []}\n"),
            &s),
        WRES_USAGE);
}
static void f22_table_more_than_8_alternatives_are_dropped(void **state) {
    wres_tables tables;
    const char *fields = "", *names = "f0";
    for (int i = 0; i < 9; i++) {
        fields = wres_print(run_of(state), "%s- {name: f%d, type: id}\n", fields, i);
        if (i) names = wres_print(run_of(state), "%s, f%d", names, i);
    }
    const char *const files[] = {write_text(
        state, "t.yaml", wres_print(run_of(state), "table: mine\ntime: window\nonce_per: [%s]\nfields:\n%s", names, fields))};
    assert_int_equal(wres_tables_load(run_of(state), files, 1, &tables), WRES_USAGE);
}
static void f23_table_more_than_8_needs_are_dropped(void **state) {
    wres_tables tables;
    const char *const files[] = {
        write_text(state, "t.yaml",
                   "table: mine\ntime: window\nneeds: [a, a, a, a, a, a, a, a, no_such_field]\nfields:\n- {name: a, type: id}\n")};
    assert_int_equal(wres_tables_load(run_of(state), files, 1, &tables), WRES_USAGE);
}
static wres_conditions conditions(void **state, yaml_reader *r, const char *t) {
    return condition_list(r, parse(state, r, t), "where");
}
static void f25_condition_without_field(void **state) {
    yaml_reader r;
    conditions(state, &r, "where: .group5 in Asian");
    assert_true(r.failed);
}
static void f26_condition_with_empty_attribute(void **state) {
    yaml_reader r;
    conditions(state, &r, "where: ethnicity. in Asian");
    assert_true(r.failed);
}
static void f27_condition_with_a_comma_at_its_end(void **state) {
    yaml_reader r;
    conditions(state, &r, "where: stage in applied,");
    assert_true(r.failed);
}
static void f28_unknown_one_word_description_falls_back_to_the_code(void **state) {
    wres_codes *codes;
    wres_found found;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    const wres_list *bands = wres_codes_find(codes, "pay_bands");
    static const char *const texts[] = {"NHS|XR05|Spotsalary", "NHS|XR05|Local - Trust"};
    for (int i = 1; i >= 0; i--) {
        wres_list_look_up(bands, run_of(state), wres_text_of(texts[i]), &found);
        assert_int_equal(found, WRES_UNMAPPED);
    }
}
static void f29_look_up_of_a_nul_first_is_blank(void **state) {
    wres_codes *codes;
    wres_found found;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    wres_list_look_up(wres_codes_find(codes, "ethnicity"), run_of(state), TEXT("\0A"), &found);
    assert_int_equal(found, WRES_UNMAPPED);
}
static void f30_code_list_header_twice(void **state) {
    wres_list *list;
    assert_int_equal(list_read(run_of(state), "m", "m.csv",
                               wres_text_of("spelling,sex,sex,spelling\nF,f,x,G\n(blank),u,u,(blank)\n(unmapped),u,u,(unmapped)\n"),
                               &list),
                     WRES_USAGE);
}
static void f31_nearest_with_two_thirds_wrong(void **state) {
    static const char *const words[] = {"a", "b"};
    assert_null(wres_nearest(run_of(state), "day", words, 2));
}
static void f32_label_named_in_formats_is_not_in_the_list(void **state) {
    wres_codes *codes;
    wres_found found;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    wres_list_look_up(wres_codes_find(codes, "ethnicity"), run_of(state), wres_text_of("A mixed background"), &found);
    assert_int_equal(found, WRES_FOUND);
}
static void f34_csv_stray_quote_after_a_multiline_cell_that_is_closed(void **state) {
    const char *t = "\"a\nb\",c\"d\n"; /* the mark of line 1 is closed; the wrong one stands in line 2 */
    assert_int_equal(csv_line(state, t, strlen(t), 100), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(f01_csv_line_of_unclosed_quote_without_final_newline),
        CASE(f02_csv_line_of_too_long_cell_after_multiline_cell),
        CASE(f03_csv_exactly_1_mib_quoted_depends_on_pieces),
        CASE(f04_csv_1_mib_and_blanks_depends_on_pieces),
        CASE(f05_csv_nul_after_stray_quote_depends_on_pieces),
        CASE(f06_csv_too_many_cells_in_an_open_record),
        CASE(f10_date_with_a_month_of_any_width),
        CASE(f11_date_with_a_time_that_is_none),
        CASE(f12_date_with_am_or_pm),
        CASE(f13_real_of_more_than_63_digits_is_cut),
        CASE(f14_yaml_second_document_is_ignored),
        CASE(f15_yaml_text_after_the_document_is_ignored),
        CASE(f19_settings_input_without_any_file),
        CASE(f20_standard_keys_of_another_measure_are_ignored),
        CASE(f21_standard_without_indicators_or_parts),
        CASE(f25_condition_without_field),
        CASE(f26_condition_with_empty_attribute),
        CASE(f27_condition_with_a_comma_at_its_end),
        CASE(f28_unknown_one_word_description_falls_back_to_the_code),
        CASE(f29_look_up_of_a_nul_first_is_blank),
        CASE(f30_code_list_header_twice),
        CASE(f31_nearest_with_two_thirds_wrong),
        CASE(f32_label_named_in_formats_is_not_in_the_list),
        CASE(f34_csv_stray_quote_after_a_multiline_cell_that_is_closed),
        CASE(f08_sink_dangling_link_is_kept),
        CASE(f09_folder_list_lists_folders_as_files),
        CASE(f17_yaml_line_of_a_wrong_key_with_a_block_below),
        CASE(f18_settings_file_and_files),
        CASE(f22_table_more_than_8_alternatives_are_dropped),
        CASE(f23_table_more_than_8_needs_are_dropped),
    };
    RUN_CASES(tests);
}
