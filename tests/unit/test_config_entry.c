/* Settings that are written: everything is read back as it was, and no comment ends before its line. */
#include "fixture.h"
#include "wres/config.h"

static const char *written(void **state, const wres_entry *file) {
    const char *path = path_in(state, "written.yaml");
    wres_sink *sink;
    assert_int_equal(wres_sink_open(run_of(state), path, &sink), WRES_OK);
    wres_entries_write(file, sink);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    return text_of_file(state, path);
}

static void load(void **state, const wres_entry *file, wres_settings *settings) {
    written(state, file);
    const wres_status status = wres_settings_load(run_of(state), path_in(state, "written.yaml"), settings);
    for (size_t i = 0; i < wres_finding_count(run_of(state)); i++) print_message("%s\n", wres_finding_at(run_of(state), i)->message);
    assert_int_equal(status, WRES_OK);
}

static const char *const awkward[] = {
    "Ethnic Origin",
    "Grade: AfC",
    "Count # of staff",
    " leading and trailing ",
    "\"quoted\" header",
    "it's",
    "tab\there",
    "line\nbreak",
    "carriage\r\nreturn",
    "- dash",
    "-",
    "?",
    "? question",
    "[c]",
    "{map: x}",
    "<5",
    "*",
    "&anchor",
    "!tag",
    "%percent",
    "@at",
    "`tick",
    "|",
    ">",
    "key:",
    ": value",
    "a, b",
    "yes",
    "No",
    "null",
    "~",
    "",
    "12",
    "1-4",
    "2025-03-31",
    "31/03/2025",
    "0x1F",
    "1e5",
    "=",
    "<<",
    "---",
    "...",
    "back\\slash \\n \\x41",
    "Ethnicit\xc3\xa9 \xe2\x80\x93 \xe6\xb0\x91\xe6\x97\x8f \xf0\x9f\x98\x80",
    "no\xc2\xa0" "break",
    "next\xc2\x85line",
    "separator\xe2\x80\xa8here",
    "paragraph\xe2\x80\xa9here",
    "mark\xef\xbb\xbfinside",
    "unseen\xe2\x80\x8bspace",
    "right\xe2\x80\xaeto left",
    "not a character \xef\xbf\xbf",
    "bell\a and escape\x1b[31m",
    "delete\x7f",
};

static void every_value_is_read_back_as_it_was(void **state) {
    for (size_t i = 0; i < COUNT(awkward); i++) {
        wres_settings settings;
        wres_entry *file = wres_entries_new(run_of(state));
        wres_entry *input = wres_entry_map(wres_entry_map(file, "inputs"), "workforce");
        wres_entry_remark(wres_entry_text(input, "file", "staff.csv"), "behind it: %s", awkward[i]);
        wres_entry_note(wres_entry_text(wres_entry_map(input, "columns"), "ethnicity", awkward[i]), "above it: %s", awkward[i]);
        wres_entry_list(wres_entry_map(input, "leave_out"), awkward[i], (const char *const[]){awkward[i], "Total", awkward[i]}, 3);
        wres_entry_text(wres_entry_map(wres_entry_map(input, "values"), "ethnicity"), awkward[i], "A");
        load(state, file, &settings);
        assert_int_equal(settings.input_count, 1);
        assert_string_equal(settings.inputs[0].columns.all[0].value, awkward[i]);
        assert_string_equal(settings.inputs[0].leave_out[0].column, awkward[i]);
        assert_int_equal(settings.inputs[0].leave_out[0].value_count, 3);
        assert_string_equal(settings.inputs[0].leave_out[0].values[0], awkward[i]);
        assert_string_equal(settings.inputs[0].leave_out[0].values[2], awkward[i]);
        assert_string_equal(settings.inputs[0].maps[0].values.all[0].name, awkward[i]);
    }
}

/* A line that a comment could begin is one that changes the settings. */
static void no_comment_gets_into_force(void **state) {
    static const char *const breaks[] = {"\n", "\r", "\r\n", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};
    for (size_t i = 0; i < COUNT(breaks); i++) {
        wres_settings settings;
        const char *header = wres_print(run_of(state), "Band%sas_at: 2001-01-01%s# x", breaks[i], breaks[i]);
        wres_entry *file = wres_entries_new(run_of(state));
        wres_entry *entry = wres_entry_text(file, "standard", "wres-2025");
        wres_entry_note(entry, "%s", header);
        wres_entry_remark(entry, "%s", header);
        wres_entry *out = wres_entry_text(file, "organisation", header);
        wres_entry_comment_out(out);
        wres_entry_remark(out, "%s", header);
        load(state, file, &settings);
        assert_null(settings.as_at);
        assert_null(settings.organisation);
        assert_string_equal(settings.standards.all[0], "wres-2025");
    }
}

static void plain_texts_need_no_quotation_marks(void **state) {
    wres_entry *file = wres_entries_new(run_of(state));
    wres_entry_text(file, "as_at", "2025-03-31");
    wres_entry_text(file, "standard", "Nurses & Health Visitors (all)");
    wres_entry_text(file, "dates", "d/m/y");
    wres_entry_text(file, "organisation", "12");
    wres_entry_list(file, "by", (const char *const[]){"sex", "sex,team"}, 2);
    assert_string_equal(written(state, file), "as_at: 2025-03-31\nstandard: Nurses & Health Visitors (all)\ndates: d/m/y\norganisation: \"12\"\n"
                                              "by: [sex, \"sex,team\"]\n");
}

static void what_has_nothing_in_force_is_a_comment(void **state) {
    wres_entry *file = wres_entries_new(run_of(state));
    wres_entry *inputs = wres_entry_map(file, "inputs"), *input = wres_entry_map(inputs, "cases");
    wres_entry_text(input, "file", "er.csv");
    wres_entry *values = wres_entry_map(input, "values");
    wres_entry *open = wres_entry_text(wres_entry_map(values, "formal"), "Maybe", "?");
    wres_entry_comment_out(open);
    wres_entry_note(open, "Question: what is it?");
    wres_entry_remark(open, "3 rows");
    assert_string_equal(written(state, file), "inputs:\n  cases:\n    file: er.csv\n    # values:\n    #   formal:\n    #     # Question: what is it?\n"
                                              "    #     Maybe: \"?\"   # 3 rows\n");
}

static void one_entry_in_force_keeps_its_keys(void **state) {
    wres_entry *file = wres_entries_new(run_of(state));
    wres_entry *map = wres_entry_map(wres_entry_map(file, "values"), "formal");
    wres_entry_comment_out(wres_entry_text(map, "Maybe", "?"));
    wres_entry_text(map, "Ja", "yes");
    assert_string_equal(written(state, file), "values:\n  formal:\n    # Maybe: \"?\"\n    Ja: \"yes\"\n");
}

/* Taking one "# " away puts the input in force, and leaves its own questions as they are. */
static void an_input_that_is_out_keeps_its_questions(void **state) {
    wres_settings settings;
    const char *in_force = "";
    for (int other = 0; other < 2; other++) {
        wres_entry *file = wres_entries_new(run_of(state));
        wres_entry_text(file, "standard", "wres-2025");
        wres_entry *inputs = wres_entry_map(file, "inputs");
        if (other) wres_entry_text(wres_entry_map(inputs, "board"), "file", "board.csv");
        wres_entry *input = wres_entry_map(inputs, "cases");
        wres_entry_comment_out(input);
        wres_entry_text(input, "file", "er.csv");
        wres_entry *columns = wres_entry_map(input, "columns");
        wres_entry_comment_out(wres_entry_text(columns, "formal", "A"));
        wres_entry_comment_out(wres_entry_text(columns, "formal", "B"));
        wres_entry_text(columns, "case_type", "C");
        load(state, file, &settings);
        assert_int_equal(settings.input_count, (size_t)other);
        const char *text = written(state, file);
        char *plain = wres_copy(run_of(state), text, strlen(text)), *to = plain;
        for (const char *line = text; *line;) { /* the first "# " of each line */
            const char *end = strchr(line, '\n') + 1, *mark = line;
            while (*mark == ' ') mark++;
            for (const char *c = line; c < end; c++)
                if (c != mark && c != mark + 1) *to++ = *c;
                else if (*mark != '#') *to++ = *c;
            line = end;
        }
        *to = '\0';
        in_force = plain;
        write_text(state, "plain.yaml", in_force);
        assert_int_equal(wres_settings_load(run_of(state), path_in(state, "plain.yaml"), &settings), WRES_OK);
        assert_int_equal(settings.input_count, (size_t)other + 1);
        assert_int_equal(settings.inputs[other].columns.count, 1);
        assert_string_equal(settings.inputs[other].columns.all[0].value, "C");
    }
}

static void items_of_a_list_are_inputs(void **state) {
    wres_settings settings;
    wres_entry *file = wres_entries_new(run_of(state));
    wres_entry *list = wres_entry_map(wres_entry_map(file, "inputs"), "workforce");
    for (int i = 0; i < 3; i++) {
        wres_entry *item = wres_entry_item(list);
        wres_entry_note(item, "%s", "");
        wres_entry_note(item, "the next");
        if (i == 1) wres_entry_comment_out(item);
        wres_entry_text(item, "file", wres_print(run_of(state), "%d.csv", i));
        wres_entry_text(wres_entry_map(item, "columns"), "ethnicity", "E");
    }
    assert_string_equal(written(state, file), "inputs:\n  workforce:\n"
                                              "\n    # the next\n    - file: \"0.csv\"\n      columns:\n        ethnicity: E\n"
                                              "\n    # the next\n    # - file: \"1.csv\"\n    #   columns:\n    #     ethnicity: E\n"
                                              "\n    # the next\n    - file: \"2.csv\"\n      columns:\n        ethnicity: E\n");
    load(state, file, &settings);
    assert_int_equal(settings.input_count, 2);
}

static void long_notes_are_wrapped(void **state) {
    wres_entry *file = wres_entries_new(run_of(state));
    const char *text = "";
    for (int i = 0; i < 60; i++) text = wres_print(run_of(state), "%s%sword", text, i ? " " : "");
    wres_entry_note(wres_entry_text(file, "as_at", "2025-03-31"), "%s", text);
    const char *out = written(state, file);
    size_t words = 0, lines = 0;
    for (const char *c = out; (c = strstr(c, "word")); c++) words++;
    for (const char *line = out; *line; line = strchr(line, '\n') + 1, lines++) assert_in_range(strcspn(line, "\n"), 1, 132);
    assert_int_equal(words, 60);
    assert_int_equal(lines, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_value_is_read_back_as_it_was),
        CASE(no_comment_gets_into_force),
        CASE(plain_texts_need_no_quotation_marks),
        CASE(what_has_nothing_in_force_is_a_comment),
        CASE(one_entry_in_force_keeps_its_keys),
        CASE(an_input_that_is_out_keeps_its_questions),
        CASE(items_of_a_list_are_inputs),
        CASE(long_notes_are_wrapped),
    };
    RUN_CASES(tests);
}
