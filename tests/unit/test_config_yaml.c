/* YAML as a small tree with lines, and every mistake with its place. */
#include "config/yaml.h"
#include "fixture.h"

typedef struct reading {
    yaml_reader reader;
    const yaml_node *root;
} reading;

static reading read_text(void **state, wres_text text) {
    reading r = {{run_of(state), "f.yaml", false}, NULL};
    r.root = yaml_parse(&r.reader, text);
    return r;
}

static reading read_good(void **state, const char *text) {
    const reading r = read_text(state, wres_text_of(text));
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    assert_non_null(r.root);
    assert_false(r.reader.failed);
    return r;
}

static void assert_mistake(void **state, uint64_t line, const char *key, const char *part) {
    assert_only_error(run_of(state), "settings", "f.yaml", line, key, part);
}

static void assert_refused(void **state, wres_text text, uint64_t line, const char *key, const char *part) {
    const reading r = read_text(state, text);
    assert_null(r.root);
    assert_true(r.reader.failed);
    assert_mistake(state, line, key, part);
}

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

static void a_tree_has_kinds_texts_and_lines(void **state) {
    const yaml_node *root =
        read_good(state, "# a comment\nname: trust\nlist:\n  - one\n  - 'two, three'\nmap: {a: 1, b: yes}\n").root;
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 3);
    assert_int_equal(root->line, 2);
    assert_string_equal(root->keys[1], "list");
    assert_string_equal(yaml_get(root, "name")->text, "trust");
    assert_int_equal(yaml_get(root, "name")->kind, YAML_TEXT);
    const yaml_node *list = yaml_get(root, "list");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->count, 2);
    assert_string_equal(list->items[1]->text, "two, three");
    assert_int_equal(list->items[1]->line, 5);
    const yaml_node *map = yaml_get(root, "map");
    assert_string_equal(yaml_get(map, "b")->text, "yes");
    assert_int_equal(yaml_get(map, "b")->line, 6);
    assert_null(yaml_get(root, "none"));
    assert_null(yaml_get(root, "Name"));
}

static void a_document_may_be_a_list_or_a_text(void **state) {
    assert_int_equal(read_good(state, "- a\n- b\n").root->count, 2);
    assert_string_equal(read_good(state, "just a text").root->text, "just a text");
    assert_int_equal(read_good(state, "{}").root->count, 0);
    assert_int_equal(read_good(state, "[]").root->count, 0);
}

static void texts_are_kept_as_they_are_written(void **state) {
    const yaml_node *root = read_good(state, "a: 007\nb: \"8a\\tx\"\nc: ''\nd:\ne: |\n  two\n  lines\nf: caf\xc3\xa9\n").root;
    assert_string_equal(yaml_get(root, "a")->text, "007");
    assert_string_equal(yaml_get(root, "b")->text, "8a\tx");
    assert_string_equal(yaml_get(root, "c")->text, "");
    assert_string_equal(yaml_get(root, "d")->text, "");
    assert_string_equal(yaml_get(root, "e")->text, "two\nlines\n");
    assert_string_equal(yaml_get(root, "f")->text, "caf\xc3\xa9");
}

static void aliases_stand_for_their_anchor(void **state) {
    const yaml_node *root = read_good(state, "a: &x [1, 2]\nb: *x\n").root;
    assert_int_equal(yaml_get(root, "b")->count, 2);
    assert_string_equal(yaml_get(root, "b")->items[1]->text, "2");
}

/* ---- what is refused --------------------------------------------------------------------------------------------- */

static void an_empty_file_is_said(void **state) { assert_refused(state, TEXT(""), 1, NULL, "the file is empty"); }

static void a_file_of_comments_is_empty(void **state) {
    assert_refused(state, TEXT("# nothing\n\n"), 1, NULL, "the file is empty");
}

static void broken_yaml_is_said_with_its_line(void **state) {
    assert_refused(state, TEXT("a: 1\nb: [1, 2\nc: 3\n"), 3, NULL, "no valid YAML");
}

static void a_tab_is_no_indentation(void **state) { assert_refused(state, TEXT("a:\n\tb: 1\n"), 2, NULL, "no valid YAML"); }

static void an_unclosed_quote_is_said(void **state) { assert_refused(state, TEXT("a: 1\nb: \"x\n\n"), 4, NULL, "no valid YAML"); }

static void an_unknown_alias_is_said(void **state) {
    const reading r = read_text(state, TEXT("a: *none\n"));
    assert_null(r.root);
    assert_mistake(state, 1, NULL, "no valid YAML");
}

static void bytes_that_are_no_utf8_are_refused(void **state) {
    const reading r = read_text(state, TEXT("a: caf\xe9\n"));
    assert_null(r.root);
    assert_mistake(state, 1, NULL, "no valid YAML");
}

static void a_key_twice_is_said_with_its_line(void **state) {
    assert_refused(state, TEXT("a: 1\nb: 2\na:\n  - 3\n"), 3, "a", "this key is here twice");
}

static void a_key_twice_within_is_said(void **state) {
    assert_refused(state, TEXT("m:\n  x: 1\n  x: 1\n"), 3, "x", "this key is here twice");
}

static void a_key_is_shown_as_it_may_be_shown(void **state) {
    assert_refused(state, TEXT("a\xef\xbb\xbfz: 1\na\xef\xbb\xbfz: 2\n"), 2, "aU+FEFFz", "this key is here twice");
}

static void a_key_must_be_a_text(void **state) {
    assert_refused(state, TEXT("a: 1\n? [x, y]\n: 2\n"), 2, NULL, "a key must be a text");
}

static void a_nul_character_is_refused(void **state) {
    assert_refused(state, TEXT("a: 1\nb: \"x\\0y\"\n"), 2, NULL, "a NUL character");
}

static const char *nested(void **state, int depth) {
    const char *text = "x";
    for (int i = 0; i < depth; i++) text = wres_print(run_of(state), "[%s]", text);
    return text;
}

static void sixteen_levels_are_deep_enough(void **state) {
    read_good(state, nested(state, 16));
    assert_refused(state, wres_text_of(nested(state, 17)), 1, NULL, "too deep or too large");
}

static void a_thousand_levels_are_refused(void **state) {
    assert_refused(state, wres_text_of(nested(state, 1000)), 1, NULL, "too deep or too large");
}

static void a_cycle_is_refused(void **state) { assert_refused(state, TEXT("a: &x\n  b: *x\n"), 2, NULL, "too deep or too large"); }

static void a_wide_cycle_ends_soon(void **state) {
    assert_refused(state, TEXT("&x [*x, *x, *x, *x, *x, *x, *x, *x, *x, *x, *x, *x]\n"), 1, NULL, "too deep or too large");
}

static void a_cycle_through_a_key_is_refused(void **state) {
    const reading r = read_text(state, TEXT("&x\n? *x\n: 1\n"));
    assert_null(r.root);
    assert_true(r.reader.failed);
}

static void aliases_may_not_unfold_without_end(void **state) {
    const char *text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; i++) {
        text = wres_print(run_of(state), "%sa%d: &a%d [", text, i, i);
        for (int j = 0; j < 10; j++) text = wres_print(run_of(state), "%s%s*a%d", text, j ? ", " : "", i - 1);
        text = wres_print(run_of(state), "%s]\n", text);
    }
    const reading r = read_text(state, wres_text_of(text));
    assert_null(r.root);
    assert_int_equal(wres_finding_count(run_of(state)), 1);
    assert_contains(wres_finding_at(run_of(state), 0)->message, "too deep or too large");
}

static void a_large_file_is_refused(void **state) {
    enum { ITEMS = 50000 };
    char *text = wres_alloc(run_of(state), 4 * ITEMS + 8);
    for (size_t i = 0; i < ITEMS; i++) memcpy(text + 4 * i, "- x\n", 4);
    assert_refused(state, wres_text_of(text), ITEMS, NULL, "too deep or too large");
    text[4 * (ITEMS - 1)] = '\0'; /* with the list itself just as many as there may be */
    reading r = {{run_of(state), "f.yaml", false}, NULL};
    r.root = yaml_parse(&r.reader, wres_text_of(text));
    assert_int_equal(r.root->count, ITEMS - 1);
}

/* ---- the readers ------------------------------------------------------------------------------------------------- */

static const char *const allowed[] = {"standard", "organisation", "as_at"};

static void known_keys_pass(void **state) {
    reading r = read_good(state, "as_at: x\nstandard: y\n");
    assert_true(yaml_check_keys(&r.reader, r.root, "the settings", allowed, COUNT(allowed)));
    assert_false(r.reader.failed);
}

static void a_misspelt_key_has_a_near_miss(void **state) {
    reading r = read_good(state, "as_at: x\n\norganization: y\n");
    assert_true(yaml_check_keys(&r.reader, r.root, "the settings", allowed, COUNT(allowed)));
    assert_true(r.reader.failed);
    assert_mistake(state, 3, "organization",
                   "not a key of the settings: did you mean organisation; the keys are standard, organisation, as_at");
}

static void a_strange_key_has_none(void **state) {
    reading r = read_good(state, "payroll: x\n");
    assert_true(yaml_check_keys(&r.reader, r.root, "the settings", allowed, COUNT(allowed)));
    assert_mistake(state, 1, "payroll", "not a key of the settings; the keys are standard, organisation, as_at");
}

static void every_wrong_key_is_said(void **state) {
    reading r = read_good(state, "x1: a\nas_at: b\n\"y\\e2\": c\n");
    assert_true(yaml_check_keys(&r.reader, r.root, "the settings", allowed, COUNT(allowed)));
    assert_int_equal(wres_finding_count(run_of(state)), 2);
    assert_error_at(run_of(state), 0, "settings", "f.yaml", 1, "x1", "not a key");
    assert_error_at(run_of(state), 1, "settings", "f.yaml", 3, "yU+001B2", "not a key");
}

static void keys_are_expected_in_a_map(void **state) {
    reading r = read_good(state, "\n- as_at\n");
    assert_false(yaml_check_keys(&r.reader, r.root, "the settings", allowed, COUNT(allowed)));
    assert_mistake(state, 2, "the settings", "lines of the form 'key: value'");
}

static void a_text_is_got(void **state) {
    reading r = read_good(state, "a: x\nb: [y]\n");
    assert_string_equal(yaml_get_text(&r.reader, r.root, "a", true), "x");
    assert_null(yaml_get_text(&r.reader, r.root, "c", false));
    assert_string_equal(yaml_get_words(&r.reader, r.root, "a"), "x");
    assert_string_equal(yaml_get_words(&r.reader, r.root, "c"), "");
    assert_false(r.reader.failed);
    assert_string_equal(yaml_get_words(&r.reader, r.root, "b"), "");
    assert_mistake(state, 2, "b", "one text is expected here");
}

static void a_missing_text_is_said_where_it_is_needed(void **state) {
    reading r = read_good(state, "\n\na: x\n");
    assert_null(yaml_get_text(&r.reader, r.root, "b", true));
    assert_mistake(state, 3, "b", "this key is missing");
}

static void yes_and_no(void **state) {
    reading r = read_good(state, "a: yes\nb: no\nc: true\nd: false\n");
    assert_true(yaml_get_yes(&r.reader, r.root, "a", false));
    assert_false(yaml_get_yes(&r.reader, r.root, "b", true));
    assert_true(yaml_get_yes(&r.reader, r.root, "c", false));
    assert_false(yaml_get_yes(&r.reader, r.root, "d", true));
    assert_true(yaml_get_yes(&r.reader, r.root, "e", true));
    assert_false(yaml_get_yes(&r.reader, r.root, "e", false));
    assert_false(r.reader.failed);
}

static void neither_yes_nor_no(void **state) {
    reading r = read_good(state, "x: 1\na: fals\nb: [yes]\n");
    assert_true(yaml_get_yes(&r.reader, r.root, "a", true));
    assert_mistake(state, 2, "a", "'fals' is not allowed here: did you mean false; allowed: yes, no, true, false");
    assert_false(yaml_get_yes(&r.reader, r.root, "b", false));
    assert_error_at(run_of(state), 1, "settings", "f.yaml", 3, "b", "one text is expected here");
}

static void numbers_within_limits(void **state) {
    reading r = read_good(state, "a: 1\nb: 120\nc: 0\nd: 121\ne: -1\nf: twelve\ng: [1]\nh: 99999999999\n");
    assert_int_equal(yaml_get_number(&r.reader, r.root, "a", 1, 120, 12), 1);
    assert_int_equal(yaml_get_number(&r.reader, r.root, "b", 1, 120, 12), 120);
    assert_int_equal(yaml_get_number(&r.reader, r.root, "none", 1, 120, 12), 12);
    assert_false(r.reader.failed);
    static const char *const wrong[] = {"c", "d", "e", "f", "g", "h"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(yaml_get_number(&r.reader, r.root, wrong[i], 1, 120, 12), 12);
        assert_error_at(run_of(state), i, "settings", "f.yaml", i + 3, wrong[i],
                        wrong[i][0] == 'g' ? "one text is expected" : "a whole number from 1 to 120");
    }
}

static void texts_of_a_list_or_of_one(void **state) {
    size_t count = 9;
    reading r = read_good(state, "a: x\nb: [y, z]\nc: []\nd: [u, [v], {w: 1},\n  t]\ne: {f: 1}\n");
    assert_string_equal(yaml_texts(&r.reader, yaml_get(r.root, "a"), "a", &count)[0], "x");
    assert_int_equal(count, 1);
    assert_string_equal(yaml_texts(&r.reader, yaml_get(r.root, "b"), "b", &count)[1], "z");
    assert_int_equal(count, 2);
    yaml_texts(&r.reader, yaml_get(r.root, "c"), "c", &count);
    assert_int_equal(count, 0);
    assert_false(r.reader.failed);
    assert_string_equal(yaml_texts(&r.reader, yaml_get(r.root, "d"), "d", &count)[1], "t");
    assert_int_equal(count, 2);
    yaml_texts(&r.reader, yaml_get(r.root, "e"), "e", &count);
    assert_int_equal(count, 0);
    assert_int_equal(wres_finding_count(run_of(state)), 3);
    assert_error_at(run_of(state), 0, "settings", "f.yaml", 4, "d", "a text or a list of texts");
    assert_error_at(run_of(state), 2, "settings", "f.yaml", 6, "e", "a text or a list of texts");
}

static void lists_are_got(void **state) {
    reading r = read_good(state, "a: [x]\nb: y\n");
    assert_int_equal(yaml_get_list(&r.reader, r.root, "a", true)->count, 1);
    assert_int_equal(yaml_get_list(&r.reader, r.root, "c", false)->count, 0);
    assert_false(r.reader.failed);
    assert_int_equal(yaml_get_list(&r.reader, r.root, "c", true)->count, 0);
    assert_int_equal(yaml_get_list(&r.reader, r.root, "b", true)->count, 0);
    assert_error_at(run_of(state), 0, "settings", "f.yaml", 1, "c", "this key is missing");
    assert_error_at(run_of(state), 1, "settings", "f.yaml", 2, "b", "a list is expected here");
}

static void a_choice_is_one_of_the_allowed(void **state) {
    reading r = read_good(state, "a: x\n");
    assert_int_equal(yaml_choice(&r.reader, 7, "k", "standard", allowed, COUNT(allowed)), 0);
    assert_int_equal(yaml_choice(&r.reader, 7, "k", "as_at", allowed, COUNT(allowed)), 2);
    assert_false(r.reader.failed);
    assert_int_equal(yaml_choice(&r.reader, 7, "k", "standart", allowed, COUNT(allowed)), -1);
    assert_mistake(state, 7, "k", "'standart' is not allowed here: did you mean standard; allowed: standard, organisation, as_at");
    assert_int_equal(yaml_choice(&r.reader, 8, "k", "\x1b", allowed, COUNT(allowed)), -1);
    assert_error_at(run_of(state), 1, "settings", "f.yaml", 8, "k", "'U+001B' is not allowed here; allowed:");
}

static void assert_same_tree(const yaml_node *a, const yaml_node *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->line, b->line);
    assert_same_text(a->text, b->text);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->keys != NULL, b->keys != NULL);
    for (size_t i = 0; i < b->count; i++) {
        if (b->keys) assert_string_equal(a->keys[i], b->keys[i]);
        if (b->keys) assert_int_equal(a->key_lines[i], b->key_lines[i]);
        assert_same_tree(a->items[i], b->items[i]);
    }
}

static void built_in_trees_are_those_of_their_files(void **state) {
    size_t count = 0;
    for (size_t i = 0; i < wres_resource_count; i++) {
        const wres_resource *resource = &wres_resources[i];
        const size_t length = strlen(resource->path);
        wres_text content;
        if (strcmp(resource->path + length - 5, ".yaml") != 0) continue;
        assert_non_null(resource->prepared);
        assert_int_equal(wres_file_load(run_of(state), wres_print(run_of(state), "data/%s", resource->path), &content), WRES_OK);
        const reading r = read_text(state, content);
        assert_non_null(r.root);
        yaml_reader reader = {run_of(state), resource->path, false};
        assert_same_tree(yaml_built_in(&reader, resource), r.root);
        count++;
    }
    assert_true(count > 20);
}

static void a_file_that_was_not_prepared_is_read(void **state) {
    static const char text[] = "a: [b, {c: d}]\n";
    const wres_resource resource = {"x.yaml", (const unsigned char *)text, sizeof text - 1, NULL, NULL};
    yaml_reader reader = {run_of(state), resource.path, false};
    assert_same_tree(yaml_built_in(&reader, &resource), read_good(state, text).root);
}

/* By hand: what the header says of the bytes. */
static void a_prepared_tree_is_read_byte_by_byte(void **state) {
    static const unsigned char bytes[] = {YAML_MAP, 2, 1,         1, 0, 3,   1, 'k',       0, YAML_LIST, 4, 1,
                                          2,        0, YAML_TEXT, 5, 1, 'v', 0, YAML_TEXT, 0, 2,         0};
    const wres_resource resource = {"x.yaml", NULL, 0, NULL, bytes};
    yaml_reader reader = {run_of(state), resource.path, false};
    const yaml_node *map = yaml_built_in(&reader, &resource);
    assert_int_equal(map->kind, YAML_MAP);
    assert_int_equal(map->line, 258);
    assert_int_equal(map->count, 1);
    assert_int_equal(map->key_lines[0], 259);
    const yaml_node *list = yaml_get(map, "k");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->line, 260);
    assert_int_equal(list->count, 2);
    assert_string_equal(list->items[0]->text, "v");
    assert_int_equal(list->items[0]->line, 261);
    assert_string_equal(list->items[1]->text, "");
    assert_int_equal(list->items[1]->line, 512);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_tree_has_kinds_texts_and_lines),
        CASE(a_document_may_be_a_list_or_a_text),
        CASE(texts_are_kept_as_they_are_written),
        CASE(aliases_stand_for_their_anchor),
        CASE(an_empty_file_is_said),
        CASE(a_file_of_comments_is_empty),
        CASE(broken_yaml_is_said_with_its_line),
        CASE(a_tab_is_no_indentation),
        CASE(an_unclosed_quote_is_said),
        CASE(an_unknown_alias_is_said),
        CASE(bytes_that_are_no_utf8_are_refused),
        CASE(a_key_twice_is_said_with_its_line),
        CASE(a_key_twice_within_is_said),
        CASE(a_key_is_shown_as_it_may_be_shown),
        CASE(a_key_must_be_a_text),
        CASE(a_nul_character_is_refused),
        CASE(sixteen_levels_are_deep_enough),
        CASE(a_thousand_levels_are_refused),
        CASE(a_cycle_is_refused),
        CASE(a_wide_cycle_ends_soon),
        CASE(a_cycle_through_a_key_is_refused),
        CASE(aliases_may_not_unfold_without_end),
        CASE(a_large_file_is_refused),
        CASE(known_keys_pass),
        CASE(a_misspelt_key_has_a_near_miss),
        CASE(a_strange_key_has_none),
        CASE(every_wrong_key_is_said),
        CASE(keys_are_expected_in_a_map),
        CASE(a_text_is_got),
        CASE(a_missing_text_is_said_where_it_is_needed),
        CASE(yes_and_no),
        CASE(neither_yes_nor_no),
        CASE(numbers_within_limits),
        CASE(texts_of_a_list_or_of_one),
        CASE(lists_are_got),
        CASE(a_choice_is_one_of_the_allowed),
        CASE(built_in_trees_are_those_of_their_files),
        CASE(a_file_that_was_not_prepared_is_read),
        CASE(a_prepared_tree_is_read_byte_by_byte),
    };
    RUN_CASES(tests);
}
