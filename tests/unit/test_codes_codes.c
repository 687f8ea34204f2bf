/* The lists of a run: the built-in ones, and those of files in their place. */
#include "fixture.h"
#include "wres/codes.h"

#define LIST "spelling,sex\nF,woman\n(blank),unknown\n(unmapped),unknown\n"

static void the_built_in_lists_are_loaded(void **state) {
    wres_codes *codes;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    size_t built_in = 0;
    for (size_t i = 0; i < wres_resource_count; i++) built_in += strncmp(wres_resources[i].path, "codes/", 6) == 0;
    assert_int_equal(wres_codes_count(codes), built_in);
    for (size_t i = 0; i < wres_codes_count(codes); i++) {
        const wres_list *list = wres_codes_at(codes, i);
        assert_ptr_equal(wres_codes_find(codes, wres_list_name(list)), list);
        assert_non_null(wres_resource_find(wres_print(run_of(state), "codes/%s.csv", wres_list_name(list))));
        assert_true(wres_list_members(list) > 1);
    }
}

static void a_list_is_found_by_its_name(void **state) {
    wres_codes *codes;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    assert_string_equal(wres_list_name(wres_codes_find(codes, "ethnicity")), "ethnicity");
    static const char *const none[] = {"", "Ethnicity", "ethnicity.csv", "payroll"};
    for (size_t i = 0; i < COUNT(none); i++) assert_null(wres_codes_find(codes, none[i]));
}

static void a_file_replaces_the_list_of_its_name(void **state) {
    wres_codes *before, *after;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &before), WRES_OK);
    const char *const files[] = {write_text(state, "sex.csv", LIST), write_text(state, "local", LIST),
                                 write_text(state, ".csv", LIST)};
    assert_int_equal(wres_codes_load(run_of(state), files, 3, &after), WRES_OK);
    assert_int_equal(wres_codes_count(after), wres_codes_count(before) + 2);
    assert_int_equal(wres_list_members(wres_codes_find(after, "sex")), 2);
    assert_string_equal(wres_list_member_name(wres_codes_find(after, "sex"), 0), "woman");
    assert_non_null(wres_codes_find(after, "local"));
    assert_non_null(wres_codes_find(after, ".csv"));
    assert_int_not_equal(wres_list_members(wres_codes_find(before, "sex")), 2);
}

static void a_name_needs_no_folder(void **state) {
    wres_codes *codes;
    static const char *const files[] = {"Makefile"}; /* no list, but its name is looked at first */
    assert_int_equal(wres_codes_load(run_of(state), files, 1, &codes), WRES_USAGE);
    assert_string_equal(wres_finding_at(run_of(state), 0)->place.file, "Makefile");
}

static void the_last_file_of_a_name_holds(void **state) {
    wres_codes *codes;
    assert_int_equal(mkdir(path_in(state, "more"), 0700), 0);
    const char *const files[] = {write_text(state, "mine.csv", LIST),
                                 write_text(state, "more/mine.csv", "spelling,kind\n(blank),x\n(unmapped),y\n")};
    assert_int_equal(wres_codes_load(run_of(state), files, 2, &codes), WRES_OK);
    assert_int_equal(wres_list_attribute(wres_codes_find(codes, "mine"), "kind"), 0);
}

static void a_list_is_called_like_its_file(void **state) {
    assert_string_equal(wres_codes_name_of(run_of(state), "my/ethnicity.csv"), "ethnicity");
    assert_string_equal(wres_codes_name_of(run_of(state), "ethnicity.csv"), "ethnicity");
    assert_string_equal(wres_codes_name_of(run_of(state), "my.csv/ethnicity"), "ethnicity");
    assert_string_equal(wres_codes_name_of(run_of(state), ".csv"), ".csv");
}

static void a_missing_file_is_said(void **state) {
    wres_codes *codes;
    const char *const files[] = {path_in(state, "none.csv")};
    assert_int_equal(wres_codes_load(run_of(state), files, 1, &codes), WRES_IO);
    assert_only_error(run_of(state), "file", files[0], 0, NULL, "cannot be opened");
}

static void a_wrong_file_is_said(void **state) {
    wres_codes *codes;
    const char *const files[] = {write_text(state, "sex.csv", "spelling,sex\nF,female\nF,male\n")};
    assert_int_equal(wres_codes_load(run_of(state), files, 1, &codes), WRES_USAGE);
    assert_only_error(run_of(state), "code-list", files[0], 3, "spelling", "stands for something else there");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_built_in_lists_are_loaded), CASE(a_list_is_found_by_its_name),   CASE(a_file_replaces_the_list_of_its_name),
        CASE(a_name_needs_no_folder),        CASE(the_last_file_of_a_name_holds), CASE(a_list_is_called_like_its_file),
        CASE(a_missing_file_is_said),        CASE(a_wrong_file_is_said),
    };
    RUN_CASES(tests);
}
