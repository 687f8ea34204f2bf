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
    assert_only_error(run_of(state), "settings", "wres.yaml", line, key, part);
}

static void every_text_is_read(void **state) {
    const wres_settings s = load_good(state, "as_at: 2025-03-31\norganisation: RX1\ngroups: 5\nunknown: exclude\ndecimals: 2\n"
                                             "chinese: asian\nformat: json\nfail_on: flag\n");
    assert_string_equal(s.file, path_in(state, "wres.yaml"));
    assert_string_equal(s.name, "wres.yaml");
    assert_string_equal(s.as_at, "2025-03-31");
    assert_string_equal(s.organisation, "RX1");
    assert_string_equal(s.groups, "5");
    assert_string_equal(s.unknown, "exclude");
    assert_string_equal(s.decimals, "2");
    assert_string_equal(s.chinese, "asian");
    assert_string_equal(s.format, "json");
    assert_string_equal(s.fail_on, "flag");
}

static void assert_place(void **state, const wres_settings *s, const char *option, const char *value, uint64_t line,
                         const char *key) {
    const wres_place place = wres_setting_place(run_of(state), s, option, value);
    assert_string_equal(place.file, "wres.yaml");
    assert_int_equal(place.line, line);
    assert_string_equal(place.field, key);
}

static void every_text_knows_its_line(void **state) {
    const wres_settings s =
        load_good(state, "as_at: 2025-03-31\nby:\n- sex\n- team\n\nstandard: [wres-2025,\n my.yaml]\ncodes: ethnicity.csv\n"
                         "by_date: 2028-03-31\nstratify: team\npool: [8c+]\n");
    assert_place(state, &s, "as-at", s.as_at, 1, "as_at");
    assert_place(state, &s, "by", s.by.all[0], 3, "by");
    assert_place(state, &s, "by", s.by.all[1], 4, "by");
    assert_place(state, &s, "standard", s.standards.all[0], 6, "standard");
    assert_place(state, &s, "standard", s.standards.all[1], 7, "standard");
    assert_place(state, &s, "codes", s.codes.all[0], 8, "codes");
    assert_place(state, &s, "by-date", s.by_date, 9, "by_date");
    assert_place(state, &s, "stratify", s.stratify, 10, "stratify"); /* not 4, where the same is read */
    assert_place(state, &s, "pool", s.pools.all[0], 11, "pool");
}

static void what_is_not_of_the_file_is_of_the_command_line(void **state) {
    const wres_settings s = load_good(state, "as_at: 2025-03-31\n"), none = {0};
    const wres_place places[] = {wres_setting_place(run_of(state), &s, "as-at", wres_print(run_of(state), "%s", s.as_at)),
                                 wres_setting_place(run_of(state), &none, "as-at", "2025-03-31")};
    for (size_t i = 0; i < COUNT(places); i++) {
        assert_null(places[i].file);
        assert_int_equal(places[i].line, 0);
        assert_string_equal(places[i].field, "--as-at");
    }
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
    assert_string_equal(s.inputs[0].settings_file, "wres.yaml");
    assert_int_equal(s.inputs[0].line, 2);
    assert_int_equal(s.inputs[0].dates, WRES_DATES_INFERRED);
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
    assert_int_equal(input->dates, WRES_DATES_MONTH_FIRST);
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

static void what_a_file_looks_like_may_be_said(void **state) {
    const wres_settings s = load_good(state, "inputs:\n"
                                             "  workforce:\n"
                                             "    file: a.csv\n"
                                             "    encoding: Windows-1252\n"
                                             "    delimiter: tab\n"
                                             "    header_line: 6\n"
                                             "    keep: {Worker type: Police Officer}\n"
                                             "    zero: [\"-\", nil]\n"
                                             "    hidden: {\"<5\": 1-4, \"*\": 0-7}\n"
                                             "  cases:\n"
                                             "    file: c.csv\n"
                                             "    delimiter: \"~\"\n"
                                             "    hidden: [\"[c]\", \"*\"]\n");
    const wres_input_setting *input = &s.inputs[0];
    assert_string_equal(input->encoding, "Windows-1252");
    assert_int_equal(input->delimiter, '\t');
    assert_int_equal(input->header_line, 6);
    assert_int_equal(input->keep_count, 1);
    assert_string_equal(input->keep[0].column, "Worker type");
    assert_string_equal(input->keep[0].values[0], "Police Officer");
    assert_int_equal(input->zero_count, 2);
    assert_string_equal(input->zero[1], "nil");
    assert_int_equal(input->hidden_count, 2);
    assert_string_equal(input->hidden[0].text, "<5");
    assert_int_equal(input->hidden[0].least, 1);
    assert_int_equal(input->hidden[0].most, 4);
    assert_int_equal(input->hidden[1].most, 7);
    input = &s.inputs[1];
    assert_null(input->encoding);
    assert_int_equal(input->delimiter, '~');
    assert_int_equal(input->hidden_count, 2);
    assert_string_equal(input->hidden[0].text, "[c]");
    assert_int_equal(input->hidden[0].least, 0);
    assert_true(input->hidden[0].most == WRES_COUNT_LIMIT);
}

static void a_table_may_have_several_inputs(void **state) {
    const wres_settings s =
        load_good(state, "inputs:\n  cases:\n  - one.csv\n  - file: two.csv\n    dates: d/m/y\n  board: b.csv\n");
    assert_int_equal(s.input_count, 3);
    assert_string_equal(s.inputs[1].table, "cases");
    assert_string_equal(s.inputs[1].files[0], path_in(state, "two.csv"));
    assert_int_equal(s.inputs[1].dates, WRES_DATES_DAY_FIRST);
    assert_int_equal(s.inputs[1].line, 4);
    assert_int_equal(s.inputs[1].table_line, 2);
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

#define INPUT_WITH(keys) "inputs:\n  workforce:\n    file: a.csv\n" keys

static void assert_all_refused(void **state, const char *const *texts, size_t count, uint64_t line, const char *key,
                               const char *part) {
    for (size_t i = 0; i < count; i++) {
        wres_run_free(run_of(state));
        ((fixture *)*state)->run = wres_run_new();
        assert_refused(state, texts[i], line, key, part);
    }
}

static void an_empty_list_chooses_nothing(void **state) {
    static const char *const empty[] = {INPUT_WITH("    keep:\n      Team: [A]\n      Grade: []\n"),
                                        INPUT_WITH("    leave_out:\n      Team: A\n      Grade: []\n")};
    assert_all_refused(state, empty, COUNT(empty), 6, "Grade", "is empty: at least one value of the column");
    assert_all_refused(state, (const char *const[]){INPUT_WITH("    keep: {}\n")}, 1, 4, "keep", "columns are expected here");
    assert_all_refused(state, (const char *const[]){INPUT_WITH("    leave_out: {}\n")}, 1, 4, "leave_out",
                       "columns are expected here");
}

/* A cell that is empty is a value as good as any. */
static void rows_may_be_chosen_by_an_empty_cell(void **state) {
    const wres_settings s = load_good(state, INPUT_WITH("    keep: {Grade: \"\"}\n    leave_out: {Team: [\"\"]}\n"));
    assert_int_equal(s.inputs[0].keep[0].value_count, 1);
    assert_int_equal(s.inputs[0].leave_out[0].value_count, 1);
}

static void a_table_without_its_file(void **state) {
    static const char *const nothing[] = {"inputs:\n  workforce:\n", "inputs:\n  workforce: \"\"\n",
                                          "inputs:\n  workforce: [\"\"]\n", "inputs:\n  workforce:\n  cases: c.csv\n"};
    static const char *const unnamed[] = {"inputs:\n  workforce:\n    file:\n",
                                          "inputs:\n  workforce:\n    files: [a.csv, \"\"]\n"};
    assert_all_refused(state, nothing, COUNT(nothing), 2, "workforce", "nothing stands here: a file");
    assert_all_refused(state, unnamed, COUNT(unnamed), 3, "file", "this name is empty");
    assert_all_refused(state, (const char *const[]){"inputs:\n  cases: c.csv\n  workforce: []\n"}, 1, 3, "workforce",
                       "this list is empty");
}

/* As it is read: case, spaces and dashes do not matter, and of two spellings the second would never be met. */
static void a_spelling_stands_for_one_value(void **state) {
    static const char *const twice[] = {
        INPUT_WITH("    values:\n      sex:\n        Blue: F\n        Red: F\n        BLUE: M\n"),
        INPUT_WITH("    values:\n      sex:\n        Blue: F\n        Red: F\n        \" blue \": F\n")};
    for (size_t i = 0; i < COUNT(twice); i++) {
        wres_run_free(run_of(state));
        ((fixture *)*state)->run = wres_run_new();
        assert_refused(state, twice[i], 8, i ? " blue " : "BLUE", "this spelling is here twice: line 6 has it");
    }
}

static void two_fields_may_map_one_spelling(void **state) {
    load_good(state, INPUT_WITH("    values:\n      sex: {Blue: F}\n      ethnicity: {BLUE: A}\n"));
}

static void a_mark_is_no_number(void **state) {
    assert_refused(state, INPUT_WITH("    zero: [\"-\",\n      \"5\"]\n"), 5, "zero", "'5' is a number");
    wres_run_free(run_of(state));
    ((fixture *)*state)->run = wres_run_new();
    assert_refused(state, INPUT_WITH("    hidden: {\"4.5\": 1-4}\n"), 4, "hidden", "'4.5' is a number");
    wres_run_free(run_of(state));
    ((fixture *)*state)->run = wres_run_new();
    assert_refused(state, INPUT_WITH("    hidden: \" 07 \"\n"), 4, "hidden", "is a number");
}

/* Compared as they are in the file: dashes are alike, and so are letters of either case. */
static void a_mark_stands_for_one_thing(void **state) {
    static const struct {
        const char *text;
        uint64_t line;
        const char *key;
    } twice[] = {{INPUT_WITH("    zero: \"-\"\n    hidden:\n      \"*\": 0-7\n      \"\xE2\x80\x93\": 1-4\n"), 7, "hidden"},
                 {INPUT_WITH("    hidden: [\"[c]\",\n     \"*\",\n     \"[C]\"]\n"), 6, "hidden"},
                 {INPUT_WITH("    zero: [nil, \"-\", Nil]\n"), 4, "zero"}};
    for (size_t i = 0; i < COUNT(twice); i++) {
        wres_run_free(run_of(state));
        ((fixture *)*state)->run = wres_run_new();
        assert_refused(state, twice[i].text, twice[i].line, twice[i].key, "is declared twice");
    }
}

static void a_hidden_count_lies_between_two_numbers(void **state) {
    static const char *const bad[] = {"4-1", "5", "1 to 4", "<5", "-4", "1-", "[1, 4]"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        wres_run_free(run_of(state));
        ((fixture *)*state)->run = wres_run_new();
        assert_refused(state, wres_print(run_of(state), INPUT_WITH("    hidden: {\"<5\": %s}\n"), bad[i]), 4, "<5", "as 1-4");
    }
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

/* The tab itself is allowed, and not shown. */
static void what_is_allowed_for_a_delimiter_can_be_shown(void **state) {
    const wres_settings s = load_good(state, "inputs:\n  workforce: {file: a.csv, delimiter: \"\\t\"}\n  cases: {file: b.csv, delimiter: \";\"}\n");
    assert_int_equal(s.inputs[0].delimiter, '\t');
    assert_int_equal(s.inputs[1].delimiter, ';');
    assert_refused(state, "inputs:\n  workforce: {file: a.csv, delimiter: blank}\n", 2, "delimiter",
                   "'blank' is not allowed here; allowed: comma, tab, semicolon, pipe, tilde");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_is_allowed_for_a_delimiter_can_be_shown),
        CASE(every_text_is_read),
        CASE(every_text_knows_its_line),
        CASE(what_is_not_of_the_file_is_of_the_command_line),
        CASE(switches_are_yes_or_no),
        CASE(what_is_not_given_is_null),
        CASE(lists_may_be_one_text),
        CASE(output_is_beside_the_settings),
        CASE(an_input_may_be_a_file_alone),
        CASE(an_input_in_full),
        CASE(what_a_file_looks_like_may_be_said),
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
        CASE(an_empty_list_chooses_nothing),
        CASE(rows_may_be_chosen_by_an_empty_cell),
        CASE(a_table_without_its_file),
        CASE(a_spelling_stands_for_one_value),
        CASE(two_fields_may_map_one_spelling),
        CASE(a_mark_is_no_number),
        CASE(a_mark_stands_for_one_thing),
        CASE(a_hidden_count_lies_between_two_numbers),
        CASE(several_mistakes_are_all_said),
        CASE(the_examples_are_read),
    };
    RUN_CASES(tests);
}
