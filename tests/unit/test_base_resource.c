/* The built-in files: found by their path, and the same bytes as the files they were made from. */
#include "fixture.h"

static void files_are_found_by_their_path(void **state) {
    (void)state;
    const wres_resource *list = wres_resource_find("codes/ethnicity.csv");
    assert_non_null(list);
    assert_string_equal(list->path, "codes/ethnicity.csv");
    assert_memory_equal(list->bytes, "spelling,", 9);
    for (size_t i = 0; i < wres_resource_count; i++)
        assert_ptr_equal(wres_resource_find(wres_resources[i].path), &wres_resources[i]);
}

static void what_is_not_built_in_is_not_found(void **state) {
    static const char *const paths[] = {
        "", "codes", "codes/", "codes/ethnicity", "codes/none.csv", "data/codes/ethnicity.csv", "CODES/ETHNICITY.CSV"};
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) assert_null(wres_resource_find(paths[i]));
}

static void every_kind_is_there_and_none_twice(void **state) {
    static const char *const needed[] = {"codes/pay_bands.csv",   "codes/medical_grades.csv", "codes/staff_groups.csv",
                                         "tables/workforce.yaml", "standards/wres-2025.yaml", "benchmarks/wres.csv"};
    (void)state;
    for (size_t i = 0; i < COUNT(needed); i++) assert_non_null(wres_resource_find(needed[i]));
    for (size_t i = 1; i < wres_resource_count; i++) assert_string_not_equal(wres_resources[i].path, wres_resources[i - 1].path);
}

static void bytes_and_hashes_are_those_of_the_files(void **state) {
    assert_true(wres_resource_count > 0);
    for (size_t i = 0; i < wres_resource_count; i++) {
        const wres_resource *resource = &wres_resources[i];
        const char *data = wres_print(run_of(state), "data/%s", resource->path);
        wres_text content;
        wres_kind kind;
        assert_int_equal(wres_kind_of(run_of(state), data, &kind), WRES_OK);
        if (kind == WRES_NOT_THERE) data = wres_print(run_of(state), "docs/%s", resource->path);
        assert_int_equal(wres_file_load(run_of(state), data, &content), WRES_OK);
        if (!wres_text_same(content, (wres_text){(const char *)resource->bytes, resource->length}))
            fail_msg("%s is not what is built in", data);
        char hex[WRES_SHA256_SIZE];
        wres_sha256 *hash = wres_sha256_new(run_of(state));
        wres_sha256_add(hash, content.bytes, content.length);
        assert_int_equal(wres_sha256_end(hash, hex), WRES_OK);
        assert_string_equal(resource->sha256, hex);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(files_are_found_by_their_path),
        CASE(what_is_not_built_in_is_not_found),
        CASE(every_kind_is_there_and_none_twice),
        CASE(bytes_and_hashes_are_those_of_the_files),
    };
    RUN_CASES(tests);
}
