/* A cube written and read back: the same cells, flags and results. */
#include "pipeline.h"

#include "indicator/plan.h"

#define STAFF                                                                                                                                                    \
    "Snapshot Date,Organisation,Person ID,Ethnicity,Band,Staff Group\n"                                                                                          \
    "2025-03-31,RZ1,1,White - British,Band 5,Nursing and Midwifery Registered\n2025-03-31,RZ1,2,Indian,Band 6,Nursing and Midwifery Registered\n"                \
    "2025-03-31,RZ1,2,Indian,Band 5,Nursing and Midwifery Registered\n2024-03-31,RZ1,1,White - British,Band 5,Nursing and Midwifery Registered\n"

static const char *written(pipeline *p, const pipeline_folder *folder, const char *name) {
    const char *path = wres_print(p->run, "%s/%s", folder->path, name);
    wres_sink *sink;
    wres_cube_content content = {.accounts = p->accounts, .account_count = p->account_count};
    content.tallies = wres_plan_all_tallies(p->plan, &content.tally_count);
    assert_int_equal(wres_sink_open(p->run, path, &sink), WRES_OK);
    wres_cube_write(&p->reading, &p->frame, &content, sink);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    return path;
}

static wres_status read_back(pipeline *p, wres_cube_file *files, size_t count, wres_cube_content *content) {
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    content->tallies = wres_plan_all_tallies(p->plan, &content->tally_count);
    return wres_cubes_read(&p->reading, &p->frame, files, count, content);
}

static void what_was_written_is_read(void **state) {
    (void)state;
    const pipeline_folder folder = pipeline_folder_new();
    pipeline *records = pipeline_of("workforce", STAFF), *counts = pipeline_new("wres-2025");
    wres_cube_file file = {.path = written(records, &folder, "cube.csv")};
    wres_cube_content content = {0};
    assert_int_equal(read_back(counts, &file, 1, &content), WRES_OK);
    assert_int_equal(counts->frame.as_at, wres_date_of(2025, 3, 31));
    assert_int_equal(file.cells, 3); /* two people now, one a year before */
    assert_int_equal(file.taken, 3);
    assert_int_equal(content.account_count, 1);
    assert_int_equal(content.accounts[0].read, 4);
    assert_string_equal(content.accounts[0].table->name, "workforce");
    assert_int_equal(wres_compute(counts->plan, &counts->frame, &counts->results), WRES_OK);
    assert_string_equal(published_text(counts), published_text(records));
    assert_people(1, result(counts, .indicator = "1", .organisation = "RZ1", .row = "Band 6", .group = "bme", .statistic = "count"));
    const wres_tally *staff = counts->plan->standards[0].population;
    assert_true(staff->has_table && staff->once_per && staff->has_staff_group && !staff->undated);
    assert_true(staff->axis_there[0] && staff->axis_there[1]);
    unlink(file.path);
    rmdir(folder.path);
    pipeline_end(records);
    pipeline_end(counts);
}

/* People who are told apart by identifiers cannot be in two cubes; what is counted adds up. */
static void one_organisation_in_two_cubes(void **state) {
    (void)state;
    static const char *const tables[][2] = {
        {STAFF, "Snapshot Date,Organisation,Person ID,Ethnicity,Band,Staff Group\n2025-03-31,RZ1,8,African,Band 7,Nursing and Midwifery Registered\n"},
        {"Snapshot Date,Organisation,Ethnicity,Band,Staff Group,Count\n2025-03-31,RZ1,Indian,Band 5,Nursing and Midwifery Registered,7\n",
         "Snapshot Date,Organisation,Ethnicity,Band,Staff Group,Count\n2025-03-31,RZ1,Indian,Band 5,Nursing and Midwifery Registered,5\n"}};
    for (size_t counted = 0; counted < 2; counted++) {
        const pipeline_folder folder = pipeline_folder_new();
        pipeline *one = pipeline_of("workforce", tables[counted][0]), *other = pipeline_of("workforce", tables[counted][1]);
        pipeline *both = pipeline_new("wres-2025");
        wres_cube_file files[] = {{.path = written(one, &folder, "one.csv")}, {.path = written(other, &folder, "other.csv")}};
        wres_cube_content content = {0};
        assert_int_equal(read_back(both, files, 2, &content), counted ? WRES_OK : WRES_DATA);
        assert_finding(both, counted ? WRES_WARNING : WRES_ERROR, "organisation-in-two-cubes", 0, "organisation RZ1 is in one.csv, too");
        if (counted) {
            assert_int_equal(wres_compute(both->plan, &both->frame, &both->results), WRES_OK);
            assert_people(12, result(both, .indicator = "1", .organisation = "RZ1", .group = "bme", .statistic = "count"));
        }
        unlink(files[0].path);
        unlink(files[1].path);
        rmdir(folder.path);
        pipeline_end(one);
        pipeline_end(other);
        pipeline_end(both);
    }
}

/* Whatever the file holds, it is read or refused: one byte after the other is changed. */
static void a_changed_byte_does_no_harm(void **state) {
    (void)state;
    const pipeline_folder folder = pipeline_folder_new();
    pipeline *records = pipeline_of("workforce", STAFF);
    const char *path = written(records, &folder, "cube.csv");
    char text[65536];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    size_t refused = 0;
    for (size_t at = 0; at < length; at += 37) {
        const char kept = text[at];
        text[at] = kept == '"' ? 'x' : '"';
        file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, length, file), length);
        fclose(file);
        text[at] = kept;
        pipeline *p = pipeline_new("wres-2025");
        wres_cube_content content = {0};
        refused += read_back(p, &(wres_cube_file){.path = path}, 1, &content) != WRES_OK;
        pipeline_end(p);
    }
    assert_true(refused > 20);
    unlink(path);
    rmdir(folder.path);
    pipeline_end(records);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_written_is_read), cmocka_unit_test(one_organisation_in_two_cubes), cmocka_unit_test(a_changed_byte_does_no_harm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
