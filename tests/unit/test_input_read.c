/* The files of a table, one after another. */
#include "pipeline.h"

static pipeline *started(void) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    return p;
}

static void assert_white(const pipeline *p, uint64_t want) {
    assert_people(want, result(p, .indicator = "1", .group = "white", .statistic = "count"));
}

static void a_file_without_a_byte_is_empty(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "empty", 0, NULL, "not even a header");
    pipeline_end(p);
}

static void a_file_with_a_header_alone_is_empty(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity\n,\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "empty", 0, NULL, "a header and no rows");
    pipeline_end(p);
}

static void a_file_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = started();
    const wres_table *table = wres_table_find(&p->tables, "workforce");
    const wres_input_setting none = {0};
    const struct wres_table_file file = {"/tmp/wres-test-none/workforce.csv", &none};
    const wres_table_input input = {table, &file, 1};
    const wres_receiver nobody = {.context = NULL};
    assert_int_equal(wres_input_read(&p->reading, &input, &nobody, p->accounts), WRES_IO);
    assert_int_equal(wres_finding_at(p->run, 0)->severity, WRES_ERROR);
    pipeline_end(p);
}

static void files_of_a_table_are_read_one_after_another(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n");
    pipeline_add(p, "workforce", "Ethnic Origin,Team,Date\nA,Ward,2025-03-31\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_white(p, 3);
    assert_int_equal(p->account_count, 2);
    assert_string_equal(p->accounts[0].file, "workforce-1.csv");
    assert_int_equal(p->accounts[0].used, 2);
    assert_string_equal(p->accounts[1].file, "workforce-2.csv");
    assert_int_equal(p->accounts[1].used, 1);
    pipeline_end(p);
}

/* Person 1 stands in both files: once. */
static void people_are_recognised_across_files(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity\n2025-03-31,1,A\n2025-03-31,2,A\n");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity\n2025-03-31,1,A\n2025-03-31,3,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_white(p, 3);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SAME_AGAIN], 1);
    pipeline_end(p);
}

static void files_may_not_differ_in_having_identifiers(void **state) {
    (void)state;
    static const char *const files[] = {"Date,Employee Number,Ethnicity\n2025-03-31,1,A\n", "Date,Ethnicity\n2025-03-31,A\n"};
    for (size_t turn = 0; turn < 2; turn++) {
        pipeline *p = started();
        pipeline_add(p, "workforce", files[turn]);
        pipeline_add(p, "workforce", files[1 - turn]);
        assert_int_equal(pipeline_run(p), WRES_DATA);
        assert_error_at(p, "files-differ", 0, "person_id", turn ? "workforce-2.csv has this column and workforce-1.csv does not" : "workforce-1.csv has this column and workforce-2.csv does not");
        pipeline_end(p);
    }
}

static void files_may_not_differ_in_having_counts(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,5\n");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "files-differ", 0, "count", "must all stand for the same thing");
    pipeline_end(p);
}

static void faults_of_all_files_are_said(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,x\n");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,1\n2025-03-31,A,y\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_int_equal(finding_count(p, "count"), 2);
    assert_string_equal(finding_with(p, "count", "")->place.file, "workforce-1.csv");
    pipeline_end(p);
}

static void each_file_has_its_own_settings(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add_with(p, "workforce", "Date,Heritage\n2025-03-31,A\n", "columns: {ethnicity: Heritage}");
    pipeline_add_with(p, "workforce", "Date,Ethnicity\n03/31/2025,local\n", "values: {ethnicity: {local: B}}, dates: m/d/y");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_white(p, 2);
    pipeline_end(p);
}

static void a_mapping_onto_no_value_of_the_list_is_a_mistake_of_the_settings(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add_with(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n", "values: {ethnicity: {local: Martian}}");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_error_at(p, "settings", 2, "ethnicity", "'Martian' is not in the code list ethnicity");
    assert_string_equal(finding_with(p, "settings", "")->place.file, "settings-1.yaml"); /* not its folder */
    pipeline_end(p);
}

static void a_mapping_of_a_field_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add_with(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n", "values: {ethnicty: {local: A}}");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_error_at(p, "settings", 2, "ethnicty", "did you mean ethnicity");
    pipeline_end(p);
}

static void counts_cannot_be_mapped(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add_with(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,5\n", "values: {count: {\"<5\": \"3\"}}");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_error_at(p, "settings", 2, "count", "type count cannot be mapped");
    pipeline_end(p);
}

static void a_stray_quote_ends_the_reading(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,\"A\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_int_equal(wres_finding_at(p->run, wres_finding_count(p->run) - 1)->severity, WRES_ERROR);
    pipeline_end(p);
}

static void lines_are_counted_through_quoted_line_breaks(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity,Note\n2025-03-31,A,\"one\ntwo\nthree\"\nsoon,A,x\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "date", 5, "snapshot_date", "calendar");
    pipeline_end(p);
}

/* SHA-256 of "Date,Ethnicity\n2025-03-31,A\n", by sha256sum. */
static void the_sha256_is_that_of_the_bytes(void **state) {
    (void)state;
    pipeline *p = started();
    p->reading.hash = true;
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(p->accounts[0].sha256, "e62f13110498b86783f3b87f1a5acc556122444d7dfa27eeaa87c26ef6bfc27a");
    pipeline_end(p);
}

static void without_being_asked_no_sha256_is_made(void **state) {
    (void)state;
    pipeline *p = started();
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(p->accounts[0].sha256, "");
    pipeline_end(p);
}

/* Longer than a block of 256 KiB, so that rows lie across the edge of two. */
static void a_file_of_several_blocks(void **state) {
    (void)state;
    enum { ROWS = 60000 };
    static const char row[] = "2025-03-31,A\n";
    char *csv = malloc(64 + ROWS * sizeof row);
    assert_non_null(csv);
    size_t length = (size_t)sprintf(csv, "Date,Ethnicity\n");
    for (size_t i = 0; i < ROWS; i++, length += sizeof row - 1) memcpy(csv + length, row, sizeof row);
    pipeline *p = started();
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_white(p, ROWS);
    assert_int_equal(p->accounts[0].read, ROWS);
    pipeline_end(p);
    free(csv);
}

/* An organisation has one number in every table; the empty text is number 0. */
static void a_vocabulary_is_shared_by_its_name(void **state) {
    (void)state;
    pipeline *p = started();
    wres_dictionary *organisations = wres_vocabulary(&p->reading, "organisation");
    assert_int_equal(wres_dictionary_find(organisations, (wres_text){"", 0}), 0);
    assert_int_equal(wres_dictionary_add(organisations, wres_text_of("RX1")), 1);
    for (int i = 0; i < 40; i++) wres_vocabulary(&p->reading, wres_print(p->run, "field_%d", i));
    assert_true(wres_vocabulary(&p->reading, "organisation") == organisations);
    assert_true(wres_vocabulary(&p->reading, "field_39") != organisations);
    assert_int_equal(wres_dictionary_count(wres_vocabulary(&p->reading, "field_0")), 1);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_without_a_byte_is_empty),
        cmocka_unit_test(a_file_with_a_header_alone_is_empty),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(files_of_a_table_are_read_one_after_another),
        cmocka_unit_test(people_are_recognised_across_files),
        cmocka_unit_test(files_may_not_differ_in_having_identifiers),
        cmocka_unit_test(files_may_not_differ_in_having_counts),
        cmocka_unit_test(faults_of_all_files_are_said),
        cmocka_unit_test(each_file_has_its_own_settings),
        cmocka_unit_test(a_mapping_onto_no_value_of_the_list_is_a_mistake_of_the_settings),
        cmocka_unit_test(a_mapping_of_a_field_that_is_not_there),
        cmocka_unit_test(counts_cannot_be_mapped),
        cmocka_unit_test(a_stray_quote_ends_the_reading),
        cmocka_unit_test(lines_are_counted_through_quoted_line_breaks),
        cmocka_unit_test(the_sha256_is_that_of_the_bytes),
        cmocka_unit_test(without_being_asked_no_sha256_is_made),
        cmocka_unit_test(a_file_of_several_blocks),
        cmocka_unit_test(a_vocabulary_is_shared_by_its_name),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
