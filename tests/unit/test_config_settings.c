/* Settings: every key, the inputs in each of their forms, and every mistake with its place. */
#include "fixture.h"
#include "wres/config.h"

static wres_settings load_good(void **state, const char *text) {
    wres_settings settings;
    assert_int_equal(wres_settings_load(run_of(state), write_text(state, "wres.yaml", text), &settings), WRES_OK);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    return settings;
}

static void assert_refused(void **state, const char *text, uint64_t line, const char *key, const char *part) {
    wres_settings settings;
    assert_int_equal(wres_settings_load(run_of(state), write_text(state, "wres.yaml", text), &settings), WRES_USAGE);
    assert_only_error(run_of(state), "settings", path_in(state, "wres.yaml"), line, key, part);
}

static void every_text_is_read(void **state) {
    const wres_settings s = load_good(state, "as_at: 2025-03-31\norganisation: RX1\ngroups: 5\nunknown: exclude\ndecimals: 2\n"
                                             "chinese: asian\nformat: json\nfail_on: flag\n");
    assert_string_equal(s.file, path_in(state, "wres.yaml"));
    assert_string_equal(s.as_at, "2025-03-31");
    assert_string_equal(s.organisation, "RX1");
    assert_string_equal(s.groups, "5");
    assert_string_equal(s.unknown, "exclude");
    assert_string_equal(s.decimals, "2");
    assert_string_equal(s.chinese, "asian");
    assert_string_equal(s.format, "json");
    assert_string_equal(s.fail_on, "flag");
}

static void keys_of_one_text_know_their_lines(void **state) {
    const wres_settings s = load_good(state, "as_at: 2025-03-31\nby: [sex]\ninputs: {board: b.csv}\n\nstandard: wres-2025\n");
    assert_int_equal(s.places.count, 2);
    assert_string_equal(s.places.all[0].name, "as_at");
    assert_string_equal(s.places.all[0].value, "2025-03-31");
    assert_int_equal(s.places.all[0].line, 1);
    assert_string_equal(s.places.all[1].name, "standard");
    assert_int_equal(s.places.all[1].line, 5);
}

static void switches_are_yes_or_no(void **state) {
    const wres_settings on = load_good(state, "allow_unmapped: yes\nstrict: true\nhash: yes\nraw: true\n");
    const wres_settings off = load_good(state, "allow_unmapped: no\nstrict: false\nhash: no\nraw: false\n");
    const char *const ons[] = {on.allow_unmapped, on.strict, on.hash, on.raw}, *const offs[] = {off.allow_unmapped, off.strict,
                                                                                                off.hash, off.raw};
    for (size_t i = 0; i < COUNT(ons); i++) {
        assert_string_equal(ons[i], "yes");
        assert_string_equal(offs[i], "no");
    }
}

static void what_is_not_given_is_null(void **state) {
    const wres_settings s = load_good(state, "{}\n");
    const char *const texts[] = {s.as_at,  s.organisation, s.groups,         s.unknown, s.decimals, s.chinese, s.format,
                                 s.output, s.fail_on,      s.allow_unmapped, s.strict,  s.hash,     s.raw};
    const wres_list_setting lists[] = {s.standards, s.codes, s.tables, s.by};
    for (size_t i = 0; i < COUNT(texts); i++) assert_null(texts[i]);
    for (size_t i = 0; i < COUNT(lists); i++) assert_int_equal(lists[i].count, 0);
    assert_int_equal(s.input_count, 0);
}

static void lists_may_be_one_text(void **state) {
    const wres_settings s = load_good(
        state, "standard: [wres-2025, my.yaml]\ncodes: my/ethnicity.csv\ntable: [/abs/t.yaml]\nby:\n- sex,team\n- site.name\n");
    assert_int_equal(s.standards.count, 2);
    assert_string_equal(s.standards.all[0], "wres-2025");
    assert_string_equal(s.standards.all[1], path_in(state, "my.yaml"));
    assert_int_equal(s.codes.count, 1);
    assert_string_equal(s.codes.all[0], path_in(state, "my/ethnicity.csv"));
    assert_string_equal(s.tables.all[0], "/abs/t.yaml");
    assert_int_equal(s.by.count, 2);
    assert_string_equal(s.by.all[0], "sex,team");
    assert_string_equal(s.by.all[1], "site.name");
}

static void output_is_beside_the_settings(void **state) {
    assert_string_equal(load_good(state, "output: out.json\n").output, path_in(state, "out.json"));
    assert_string_equal(load_good(state, "output: /abs/out.json\n").output, "/abs/out.json");
    assert_string_equal(load_good(state, "output: \"-\"\n").output, "-");
}

/* ---- inputs --------------------------------------------------------------------------------------------------------- */

static void an_input_may_be_a_file_alone(void **state) {
    const wres_settings s = load_good(state, "inputs:\n  workforce: w.csv\n  board: /abs/b.csv\n");
    assert_int_equal(s.input_count, 2);
    assert_string_equal(s.inputs[0].table, "workforce");
    assert_int_equal(s.inputs[0].file_count, 1);
    assert_string_equal(s.inputs[0].files[0], path_in(state, "w.csv"));
    assert_string_equal(s.inputs[0].settings_file, path_in(state, "wres.yaml"));
    assert_int_equal(s.inputs[0].line, 2);
    assert_int_equal(s.inputs[0].date_order, WRES_DAY_FIRST);
    assert_int_equal(s.inputs[0].columns.count, 0);
    assert_string_equal(s.inputs[1].files[0], "/abs/b.csv");
    assert_int_equal(s.inputs[1].line, 3);
}

static void an_input_in_full(void **state) {
    const wres_settings s = load_good(state, "inputs:\n"
                                             "  workforce:\n"
                                             "    files: [a.csv, b.csv]\n"
                                             "    dates: m/d/y\n"
                                             "    columns:\n"
                                             "      ethnicity: Ethnic Origin\n"
                                             "      pay_band: Grade\n"
                                             "    values:\n"
                                             "      ethnicity:\n"
                                             "        Brit: White - British\n"
                                             "        \"?\": Unknown\n"
                                             "    leave_out:\n"
                                             "      Grade: All Grades\n"
                                             "      Ethnicity: [All, Total]\n");
    assert_int_equal(s.input_count, 1);
    const wres_input_setting *input = &s.inputs[0];
    assert_int_equal(input->file_count, 2);
    assert_string_equal(input->files[1], path_in(state, "b.csv"));
    assert_int_equal(input->date_order, WRES_MONTH_FIRST);
    assert_int_equal(input->columns.count, 2);
    assert_string_equal(input->columns.all[1].name, "pay_band");
    assert_string_equal(input->columns.all[1].value, "Grade");
    assert_int_equal(input->columns.all[1].line, 7);
    assert_int_equal(input->map_count, 1);
    assert_string_equal(input->maps[0].field, "ethnicity");
    assert_int_equal(input->maps[0].values.count, 2);
    assert_string_equal(input->maps[0].values.all[1].name, "?");
    assert_string_equal(input->maps[0].values.all[1].value, "Unknown");
    assert_int_equal(input->maps[0].values.all[1].line, 11);
    assert_int_equal(input->leave_out_count, 2);
    assert_string_equal(input->leave_out[0].column, "Grade");
    assert_int_equal(input->leave_out[0].value_count, 1);
    assert_string_equal(input->leave_out[1].values[1], "Total");
    assert_int_equal(input->leave_out[1].line, 14);
}

static void a_table_may_have_several_inputs(void **state) {
    const wres_settings s =
        load_good(state, "inputs:\n  cases:\n  - one.csv\n  - file: two.csv\n    dates: d/m/y\n  board: b.csv\n");
    assert_int_equal(s.input_count, 3);
    assert_string_equal(s.inputs[1].table, "cases");
    assert_string_equal(s.inputs[1].files[0], path_in(state, "two.csv"));
    assert_int_equal(s.inputs[1].date_order, WRES_DAY_FIRST);
    assert_int_equal(s.inputs[1].line, 4);
    assert_string_equal(s.inputs[2].table, "board");
}

/* ---- mistakes ------------------------------------------------------------------------------------------------------- */

static void a_missing_file_is_said(void **state) {
    wres_settings settings;
    const char *path = path_in(state, "none.yaml");
    assert_int_equal(wres_settings_load(run_of(state), path, &settings), WRES_IO);
    assert_only_error(run_of(state), "file", path, 0, NULL, "cannot be opened");
}

static void no_yaml(void **state) { assert_refused(state, "as_at: 2025-03-31\ninputs: {a\n", 3, NULL, "no valid YAML"); }

static void an_empty_file(void **state) { assert_refused(state, "", 1, NULL, "the file is empty"); }

static void no_map(void **state) {
    assert_refused(state, "\nworkforce.csv\n", 2, "the settings", "lines of the form 'key: value'");
}

static void a_misspelt_key(void **state) {
    assert_refused(state, "groups: 5\nas-at: 2025-03-31\n", 2, "as-at",
                   "not a key of the settings: did you mean as_at; the keys are standard, codes");
}

static void a_key_twice(void **state) {
    assert_refused(state, "groups: 5\nas_at: 2025-03-31\ngroups: 2\n", 3, "groups", "this key is here twice");
}

static void every_text_must_be_one(void **state) {
    static const char *const keys[] = {"as_at",   "organisation", "groups",         "unknown", "decimals", "chinese", "format",
                                       "fail_on", "output",       "allow_unmapped", "strict",  "hash",     "raw"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        fixture *f = *state;
        wres_run_free(f->run);
        f->run = wres_run_new();
        assert_refused(state, wres_print(run_of(state), "# a line\n%s: [x]\n", keys[i]), 2, keys[i], "one text is expected here");
    }
}

static void every_list_must_hold_texts(void **state) {
    static const char *const keys[] = {"standard", "codes", "table", "by"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        fixture *f = *state;
        wres_run_free(f->run);
        f->run = wres_run_new();
        assert_refused(state, wres_print(run_of(state), "# a line\n%s:\n- x\n- {y: z}\n", keys[i]), 4, keys[i],
                       "a text or a list of texts");
    }
}

static void a_switch_is_yes_or_no(void **state) {
    assert_refused(state, "strict: yess\n", 1, "strict", "'yess' is not allowed here: did you mean yes");
}

static void inputs_are_a_map(void **state) {
    assert_refused(state, "groups: 2\ninputs: [w.csv]\n", 2, "inputs", "tables are expected here");
}

static void an_input_without_file(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    dates: d/m/y\n", 3, "file", "this key is missing: the file to read");
}

static void an_input_is_a_text_or_a_map(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n  - [w.csv]\n", 3, "an input", "lines of the form 'key: value'");
}

static void a_misspelt_key_of_an_input(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    column: {}\n", 4, "column",
                   "not a key of an input: did you mean columns");
}

static void a_file_is_a_text(void **state) {
    assert_refused(state, "inputs:\n  workforce: {file: {a: b}}\n", 2, "file", "a text or a list of texts");
}

static void an_unknown_order_of_dates(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    dates: m/d/yy\n", 4, "dates",
                   "'m/d/yy' is not allowed here: did you mean m/d/y; allowed: d/m/y, m/d/y");
}

static void an_order_of_dates_is_a_text(void **state) {
    assert_refused(state, "inputs:\n  workforce: {file: w.csv, dates: [m/d/y]}\n", 2, "dates", "one text is expected here");
}

static void columns_are_a_map(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    columns: [Grade]\n", 4, "columns",
                   "lines of the form 'name: value'");
}

static void a_column_is_a_text(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    columns:\n      sex: S\n      team: [A, B]\n", 6, "team",
                   "one text is expected here");
}

static void values_are_a_map(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    values: x\n", 4, "values", "field names are expected here");
}

static void the_values_of_a_field_are_a_map(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    values: {sex: F}\n", 4, "sex",
                   "lines of the form 'name: value'");
}

static void a_value_twice(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    values:\n      sex:\n        F: Female\n        F: Male\n",
                   7, "F", "this key is here twice");
}

static void leave_out_is_a_map(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    leave_out: Total\n", 4, "leave_out",
                   "columns are expected here");
}

static void values_left_out_are_texts(void **state) {
    assert_refused(state, "inputs:\n  workforce:\n    file: w.csv\n    leave_out: {Grade: {a: b}}\n", 4, "Grade",
                   "a text or a list of texts");
}

static void several_mistakes_are_all_said(void **state) {
    wres_settings settings;
    assert_int_equal(
        wres_settings_load(run_of(state),
                           write_text(state, "wres.yaml", "formt: json\nstrict: perhaps\ninputs:\n  cases: {dates: y/m/d}\n"),
                           &settings),
        WRES_USAGE);
    assert_int_equal(wres_finding_count(run_of(state)), 4);
    assert_int_equal(error_of_field(run_of(state), "formt")->place.line, 1);
    assert_int_equal(error_of_field(run_of(state), "strict")->place.line, 2);
    assert_int_equal(error_of_field(run_of(state), "file")->place.line, 4);
    assert_int_equal(error_of_field(run_of(state), "dates")->place.line, 4);
}

static void the_examples_are_read(void **state) {
    static const char *const files[] = {"data/examples/trust/wres.yaml", "data/examples/england/wres.yaml"};
    for (size_t i = 0; i < COUNT(files); i++) {
        wres_settings settings;
        assert_int_equal(wres_settings_load(run_of(state), files[i], &settings), WRES_OK);
        assert_true(settings.input_count > 0);
        assert_int_equal(access(settings.inputs[0].files[0], F_OK), 0);
    }
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_text_is_read),
        CASE(keys_of_one_text_know_their_lines),
        CASE(switches_are_yes_or_no),
        CASE(what_is_not_given_is_null),
        CASE(lists_may_be_one_text),
        CASE(output_is_beside_the_settings),
        CASE(an_input_may_be_a_file_alone),
        CASE(an_input_in_full),
        CASE(a_table_may_have_several_inputs),
        CASE(a_missing_file_is_said),
        CASE(no_yaml),
        CASE(an_empty_file),
        CASE(no_map),
        CASE(a_misspelt_key),
        CASE(a_key_twice),
        CASE(every_text_must_be_one),
        CASE(every_list_must_hold_texts),
        CASE(a_switch_is_yes_or_no),
        CASE(inputs_are_a_map),
        CASE(an_input_without_file),
        CASE(an_input_is_a_text_or_a_map),
        CASE(a_misspelt_key_of_an_input),
        CASE(a_file_is_a_text),
        CASE(an_unknown_order_of_dates),
        CASE(an_order_of_dates_is_a_text),
        CASE(columns_are_a_map),
        CASE(a_column_is_a_text),
        CASE(values_are_a_map),
        CASE(the_values_of_a_field_are_a_map),
        CASE(a_value_twice),
        CASE(leave_out_is_a_map),
        CASE(values_left_out_are_texts),
        CASE(several_mistakes_are_all_said),
        CASE(the_examples_are_read),
    };
    RUN_CASES(tests);
}
