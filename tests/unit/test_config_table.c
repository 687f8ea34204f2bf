/* Table descriptions: the built-in ones, those that replace them, and every mistake with its place. */
#include "fixture.h"
#include "wres/config.h"

static wres_status load(void **state, const char *text, wres_tables *tables) {
    const char *const files[] = {write_text(state, "t.yaml", text)};
    return wres_tables_load(run_of(state), files, 1, tables);
}

static const wres_table *load_one(void **state, const char *text) {
    wres_tables tables;
    assert_int_equal(load(state, text, &tables), WRES_OK);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    const wres_table *table = wres_table_find(&tables, "mine");
    assert_non_null(table);
    return table;
}

static void assert_refused(void **state, const char *text, uint64_t line, const char *key, const char *part) {
    wres_tables tables;
    assert_int_equal(load(state, text, &tables), WRES_USAGE);
    assert_only_error(run_of(state), "settings", path_in(state, "t.yaml"), line, key, part);
}

#define HEAD   "table: mine\ntime: window\n"
#define FIELDS "fields:\n- {name: a, type: text}\n- {name: b, type: id}\n"

static void the_built_in_tables_come_in_order(void **state) {
    wres_tables tables;
    assert_int_equal(wres_tables_load(run_of(state), NULL, 0, &tables), WRES_OK);
    assert_true(tables.count >= 6);
    for (size_t i = 1; i < tables.count; i++) assert_true(strcmp(tables.all[i - 1]->name, tables.all[i]->name) < 0);
    static const char *const needed[] = {"board", "cases", "recruitment", "survey", "training", "workforce"};
    for (size_t i = 0; i < COUNT(needed); i++) assert_string_equal(wres_table_find(&tables, needed[i])->name, needed[i]);
    assert_null(wres_table_find(&tables, "payroll"));
    assert_null(wres_table_find(&tables, "Workforce"));
}

static void the_workforce_is_what_it_should_be(void **state) {
    wres_tables tables;
    assert_int_equal(wres_tables_load(run_of(state), NULL, 0, &tables), WRES_OK);
    const wres_table *table = wres_table_find(&tables, "workforce");
    assert_int_equal(table->time, WRES_TIME_SNAPSHOT);
    assert_int_equal(table->date, wres_field_find(table, "snapshot_date"));
    assert_int_equal(table->organisation, wres_field_find(table, "organisation"));
    assert_int_equal(table->person, wres_field_find(table, "person_id"));
    assert_int_equal(table->count, wres_field_find(table, "count"));
    assert_int_equal(table->primary, wres_field_find(table, "primary_assignment"));
    assert_int_equal(table->percent, WRES_NO_FIELD);
    assert_int_equal(table->base, WRES_NO_FIELD);
    assert_int_equal(wres_field_find(table, "payroll"), WRES_NO_FIELD);
    const wres_field *ethnicity = &table->fields[wres_field_find(table, "ethnicity")];
    assert_int_equal(ethnicity->type, WRES_TYPE_CODE);
    assert_string_equal(ethnicity->list, "ethnicity");
    assert_int_equal(wres_table_find(&tables, "survey")->time, WRES_TIME_YEAR);
    assert_int_equal(wres_table_find(&tables, "board")->time, WRES_TIME_LATEST);
    assert_int_equal(wres_table_find(&tables, "cases")->time, WRES_TIME_WINDOW);
    assert_int_not_equal(wres_table_find(&tables, "survey")->percent, WRES_NO_FIELD);
    assert_int_not_equal(wres_table_find(&tables, "survey")->base, WRES_NO_FIELD);
}

static void every_key_is_read(void **state) {
    const wres_table *table = load_one(
        state, "table: mine\ntitle: My table\nrows_are: things\npeople: folk\ntime: latest\ndate: day\nonce_per: [who, case]\n"
               "needs:\n- [who, what]\n- what\nfields:\n"
               "- {name: day, type: date, title: A day, headers: [Day, Date of it]}\n"
               "- {name: who, type: id, headers: Who}\n"
               "- {name: what, type: code, list: yes_no}\n- {name: case, type: id}\n");
    assert_string_equal(table->title, "My table");
    assert_string_equal(table->rows_are, "things");
    assert_string_equal(table->people, "folk");
    assert_int_equal(table->time, WRES_TIME_LATEST);
    assert_int_equal(table->date, 0);
    assert_int_equal(table->once_per.count, 2);
    assert_int_equal(table->once_per.fields[1], 3);
    assert_int_equal(table->needs_count, 2);
    assert_int_equal(table->needs[0].count, 2);
    assert_int_equal(table->needs[1].count, 1);
    assert_int_equal(table->needs[1].fields[0], 2);
    assert_int_equal(table->field_count, 4);
    assert_string_equal(table->fields[0].title, "A day");
    assert_int_equal(table->fields[0].header_count, 2);
    assert_string_equal(table->fields[0].headers[1], "Date of it");
    assert_int_equal(table->fields[1].header_count, 1);
    assert_null(table->fields[1].list);
    assert_string_equal(table->fields[2].list, "yes_no");
}

static void what_is_not_given_is_empty(void **state) {
    const wres_table *table = load_one(state, HEAD FIELDS);
    assert_string_equal(table->title, "");
    assert_string_equal(table->people, "");
    assert_int_equal(table->once_per.count, 0);
    assert_int_equal(table->needs_count, 0);
    assert_int_equal(table->date, WRES_NO_FIELD);
    assert_int_equal(table->person, WRES_NO_FIELD);
    assert_string_equal(table->fields[0].title, "");
    assert_int_equal(table->fields[0].header_count, 0);
}

static void every_type_has_its_name(void **state) {
    static const char *const names[] = {"date", "year", "text", "id", "code", "count", "decimal", "percent", "base"};
    const char *fields = "fields:\n";
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_string_equal(wres_type_name((wres_type)i), names[i]);
        fields = wres_print(run_of(state), "%s- {name: f%zu, type: %s%s}\n", fields, i, names[i],
                            i == WRES_TYPE_CODE ? ", list: x" : "");
    }
    const wres_table *table = load_one(state, wres_print(run_of(state), HEAD "%s", fields));
    for (size_t i = 0; i < COUNT(names); i++) assert_int_equal(table->fields[i].type, i);
}

static void a_part_is_played_by_the_right_type_only(void **state) {
    const wres_table *right = load_one(
        state, HEAD "fields:\n- {name: organisation, type: text}\n- {name: person_id, type: id}\n- {name: count, type: count}\n"
                    "- {name: percent, type: percent}\n- {name: base, type: base}\n"
                    "- {name: primary_assignment, type: code, list: yes_no}\n");
    assert_int_equal(right->organisation, 0);
    assert_int_equal(right->person, 1);
    assert_int_equal(right->count, 2);
    assert_int_equal(right->percent, 3);
    assert_int_equal(right->base, 4);
    assert_int_equal(right->primary, 5);
    const wres_table *wrong = load_one(
        state, HEAD "fields:\n- {name: organisation, type: id}\n- {name: person_id, type: text}\n- {name: count, type: decimal}\n"
                    "- {name: percent, type: count}\n- {name: base, type: count}\n- {name: primary_assignment, type: text}\n");
    assert_int_equal(wrong->organisation, WRES_NO_FIELD);
    assert_int_equal(wrong->person, WRES_NO_FIELD);
    assert_int_equal(wrong->count, WRES_NO_FIELD);
    assert_int_equal(wrong->percent, WRES_NO_FIELD);
    assert_int_equal(wrong->base, WRES_NO_FIELD);
    assert_int_equal(wrong->primary, WRES_NO_FIELD);
}

static void a_file_replaces_the_table_of_its_name(void **state) {
    wres_tables before, after;
    assert_int_equal(wres_tables_load(run_of(state), NULL, 0, &before), WRES_OK);
    const char *const files[] = {write_text(state, "1.yaml", "table: board\ntime: window\n" FIELDS),
                                 write_text(state, "2.yaml", HEAD FIELDS),
                                 write_text(state, "3.yaml", "table: mine\ntime: year\n" FIELDS)};
    assert_int_equal(wres_tables_load(run_of(state), files, 3, &after), WRES_OK);
    assert_int_equal(after.count, before.count + 1);
    assert_int_equal(wres_table_find(&after, "board")->field_count, 2);
    for (size_t i = 0; i < before.count; i++) assert_string_equal(after.all[i]->name, before.all[i]->name); /* in its place */
    assert_int_equal(wres_table_find(&after, "mine")->time, WRES_TIME_YEAR);
}

static void a_missing_file_is_said(void **state) {
    wres_tables tables;
    const char *const files[] = {path_in(state, "none.yaml")};
    assert_int_equal(wres_tables_load(run_of(state), files, 1, &tables), WRES_IO);
    assert_only_error(run_of(state), "file", files[0], 0, NULL, "cannot be opened");
}

/* ---- mistakes ------------------------------------------------------------------------------------------------------ */

static void no_yaml(void **state) { assert_refused(state, "table: [\n", 2, NULL, "no valid YAML"); }

static void no_map(void **state) { assert_refused(state, "- table\n", 1, "a table", "lines of the form"); }

static void a_misspelt_key(void **state) {
    assert_refused(state, HEAD FIELDS "nedes: x\n", 6, "nedes", "not a key of a table: did you mean needs");
}

static void a_table_without_name(void **state) {
    assert_refused(state, "time: window\n" FIELDS, 1, "table", "this key is missing");
}

static void a_table_without_time(void **state) { assert_refused(state, "table: mine\n" FIELDS, 1, "time", "this key is missing"); }

static void a_strange_time(void **state) {
    assert_refused(state, "table: mine\ntime: windows\n" FIELDS, 2, "time",
                   "'windows' is not allowed here: did you mean window; allowed: snapshot, window, latest, year");
}

static void a_table_without_fields(void **state) { assert_refused(state, HEAD, 1, "fields", "this key is missing"); }

static void fields_are_a_list(void **state) { assert_refused(state, HEAD "fields: x\n", 3, "fields", "a list is expected here"); }

static void a_field_is_a_map(void **state) { assert_refused(state, HEAD "fields:\n- x\n", 4, "a field", "lines of the form"); }

static void a_misspelt_key_of_a_field(void **state) {
    assert_refused(state, HEAD FIELDS "- name: c\n  type: text\n  header: x\n", 8, "header",
                   "not a key of a field: did you mean headers");
}

static void a_field_without_type(void **state) {
    assert_refused(state, HEAD FIELDS "- name: c\n", 6, "type", "this key is missing");
}

static void a_field_without_name(void **state) {
    assert_refused(state, HEAD FIELDS "- type: text\n", 6, "name", "this key is missing");
}

static void a_strange_type(void **state) {
    assert_refused(state, HEAD FIELDS "- {name: c, type: dat}\n", 6, "type", "'dat' is not allowed here: did you mean date");
}

static void a_code_without_list(void **state) {
    assert_refused(state, HEAD FIELDS "- {name: c, type: code}\n", 6, "list",
                   "a field of type code, and no other, names its code list");
}

static void a_list_without_code(void **state) {
    assert_refused(state, HEAD FIELDS "- {name: c, type: text, list: sex}\n", 6, "list", "a field of type code, and no other");
}

static void a_field_twice(void **state) {
    wres_tables tables;
    assert_int_equal(load(state, HEAD FIELDS "- {name: a, type: id}\n", &tables), WRES_USAGE);
    assert_error_at(run_of(state), 0, "settings", path_in(state, "t.yaml"), 6, "name", "'a' is here twice");
}

static void headers_are_texts(void **state) {
    assert_refused(state, HEAD FIELDS "- name: c\n  type: text\n  headers:\n  - X\n  - {Y: Z}\n", 10, "headers",
                   "a text or a list of texts");
}

static const char *table_of(void **state, int fields) {
    const char *text = HEAD "fields:\n";
    for (int i = 0; i < fields; i++) text = wres_print(run_of(state), "%s- {name: f%d, type: text}\n", text, i);
    return text;
}

static void forty_fields_are_enough(void **state) {
    assert_int_equal(load_one(state, table_of(state, WRES_MOST_FIELDS))->field_count, WRES_MOST_FIELDS);
    assert_refused(state, table_of(state, WRES_MOST_FIELDS + 1), 4, "fields", "a table has at most 40 fields");
}

static void unknown_fields_are_said_with_the_near_one(void **state) {
    assert_refused(state, "table: mine\ntime: window\nonce_per: [person_d]\nfields:\n- {name: person_id, type: id}\n", 3,
                   "once_per", "'person_d' is not allowed here: did you mean person_id; allowed: person_id");
}

static void unknown_needs_are_said(void **state) {
    assert_refused(state, HEAD FIELDS "needs:\n- [a]\n- [b, c]\n", 8, "needs", "'c' is not allowed here; allowed: a, b");
}

static void an_unknown_date_is_said(void **state) {
    assert_refused(state, HEAD "date: snapshot\n" FIELDS, 3, "date", "'snapshot' is not allowed here; allowed: a, b");
}

static void a_header_claimed_twice_is_refused(void **state) {
    wres_tables tables;
    assert_int_equal(
        load(state,
             HEAD
             "fields:\n- {name: start, type: date, headers: [From, Begin]}\n- {name: end, type: date, headers: [To, \"FROM:\"]}\n",
             &tables),
        WRES_USAGE);
    const wres_finding *error = error_of_field(run_of(state), "headers");
    assert_non_null(error);
    assert_string_equal(error->message, "the header 'FROM:' belongs to field start already");
    assert_int_equal(wres_finding_count(run_of(state)), 1);
}

static void a_header_may_not_be_the_name_of_another_field(void **state) {
    wres_tables tables;
    assert_int_equal(load(state,
                          HEAD "fields:\n- {name: start_date, type: date, headers: [End Date]}\n- {name: end_date, type: date}\n",
                          &tables),
                     WRES_USAGE);
    assert_string_equal(error_of_field(run_of(state), "headers")->message,
                        "the header 'end_date' belongs to field start_date already");
}

static void a_field_may_repeat_its_own_headers(void **state) {
    assert_int_equal(
        load_one(state, HEAD "fields:\n- {name: start_date, type: date, headers: [Start Date, START-DATE, start date]}\n")
            ->fields[0]
            .header_count,
        3);
}

static void several_mistakes_are_all_said(void **state) {
    wres_tables tables;
    assert_int_equal(
        load(state, "table: mine\ntime: never\nfields:\n- {name: a, type: txt}\n- {name: b, type: code}\nneeds: x\n", &tables),
        WRES_USAGE);
    assert_int_equal(wres_finding_count(run_of(state)), 4);
    assert_int_equal(error_of_field(run_of(state), "time")->place.line, 2);
    assert_int_equal(error_of_field(run_of(state), "type")->place.line, 4);
    assert_int_equal(error_of_field(run_of(state), "list")->place.line, 5);
    assert_int_equal(error_of_field(run_of(state), "needs")->place.line, 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_built_in_tables_come_in_order),
        CASE(the_workforce_is_what_it_should_be),
        CASE(every_key_is_read),
        CASE(what_is_not_given_is_empty),
        CASE(every_type_has_its_name),
        CASE(a_part_is_played_by_the_right_type_only),
        CASE(a_file_replaces_the_table_of_its_name),
        CASE(a_missing_file_is_said),
        CASE(no_yaml),
        CASE(no_map),
        CASE(a_misspelt_key),
        CASE(a_table_without_name),
        CASE(a_table_without_time),
        CASE(a_strange_time),
        CASE(a_table_without_fields),
        CASE(fields_are_a_list),
        CASE(a_field_is_a_map),
        CASE(a_misspelt_key_of_a_field),
        CASE(a_field_without_type),
        CASE(a_field_without_name),
        CASE(a_strange_type),
        CASE(a_code_without_list),
        CASE(a_list_without_code),
        CASE(a_field_twice),
        CASE(headers_are_texts),
        CASE(forty_fields_are_enough),
        CASE(unknown_fields_are_said_with_the_near_one),
        CASE(unknown_needs_are_said),
        CASE(an_unknown_date_is_said),
        CASE(a_header_claimed_twice_is_refused),
        CASE(a_header_may_not_be_the_name_of_another_field),
        CASE(a_field_may_repeat_its_own_headers),
        CASE(several_mistakes_are_all_said),
    };
    RUN_CASES(tests);
}
