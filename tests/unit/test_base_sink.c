/* Where output goes: there is never half a file, an earlier one survives a failure, and every failure is said. */
#include <dirent.h>
#include <fcntl.h>

#include "fixture.h"

static wres_sink *open_sink(void **state, const char *path) {
    wres_sink *sink;
    assert_int_equal(wres_sink_open(run_of(state), path, &sink), WRES_OK);
    return sink;
}

static size_t files_in(void **state) {
    size_t count = 0;
    DIR *folder = opendir(((fixture *)*state)->folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return count;
}

static mode_t mode_of(const char *path) {
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 07777;
}

static void a_commit_makes_the_file(void **state) {
    const char *path = path_in(state, "out.csv");
    wres_sink *sink = open_sink(state, path);
    wres_sink_text(sink, "a,b\n");
    wres_sink_print(sink, "%d,%s\n", 1, "x");
    wres_sink_write(sink, "\0\n", 2);
    wres_sink_write(sink, NULL, 0);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    assert_string_equal(text_of_file(state, path), "a,b\n1,x\n");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, 10);
    assert_int_equal(files_in(state), 1);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

static void its_mode_is_what_umask_leaves(void **state) {
    static const mode_t masks[] = {0022, 0077, 0, 0137};
    for (size_t i = 0; i < COUNT(masks); i++) {
        const char *path = path_in(state, wres_print(run_of(state), "out-%zu", i));
        const mode_t before = umask(masks[i]);
        wres_sink *sink = open_sink(state, path);
        const wres_status status = wres_sink_commit(sink);
        const mode_t after = umask(before);
        assert_int_equal(status, WRES_OK);
        assert_int_equal(after, masks[i]);
        assert_int_equal(mode_of(path), 0666 & ~masks[i]);
    }
}

static void a_commit_replaces_the_earlier_file(void **state) {
    const char *path = write_text(state, "out.csv", "earlier and longer");
    wres_sink *sink = open_sink(state, path);
    wres_sink_text(sink, "new");
    assert_string_equal(text_of_file(state, path), "earlier and longer");
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    assert_string_equal(text_of_file(state, path), "new");
    assert_int_equal(files_in(state), 1);
}

static void without_a_commit_nothing_is_left(void **state) {
    const char *earlier = write_text(state, "earlier.csv", "good"), *none = path_in(state, "none.csv");
    for (int i = 0; i < 2; i++) {
        wres_run *run = wres_run_new();
        wres_sink *sink;
        assert_int_equal(wres_sink_open(run, i ? earlier : none, &sink), WRES_OK);
        wres_sink_text(sink, "half");
        assert_int_equal(files_in(state), 2);
        wres_run_free(run);
        assert_int_equal(files_in(state), 1);
    }
    assert_string_equal(text_of_file(state, earlier), "good");
}

static void the_unfinished_file_matches_no_pattern(void **state) {
    const char *const *paths;
    size_t count;
    wres_sink *sink = open_sink(state, path_in(state, "workforce.csv"));
    assert_int_equal(wres_folder_list(run_of(state), ((fixture *)*state)->folder, ".wres-", "", &paths, &count), WRES_OK);
    assert_int_equal(count, 1);
    assert_int_equal(mode_of(paths[0]) & 0111, 0);
    assert_int_equal(wres_folder_list(run_of(state), ((fixture *)*state)->folder, "", ".csv", &paths, &count), WRES_OK);
    assert_int_equal(count, 0);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
}

static void a_path_may_have_no_folder(void **state) {
    char *before = realpath(".", NULL);
    assert_non_null(before);
    assert_int_equal(chdir(((fixture *)*state)->folder), 0);
    wres_sink *sink;
    wres_status status = wres_sink_open(run_of(state), "here.csv", &sink);
    if (status == WRES_OK) {
        wres_sink_text(sink, "here");
        status = wres_sink_commit(sink);
    }
    assert_int_equal(chdir(before), 0);
    free(before);
    assert_int_equal(status, WRES_OK);
    assert_string_equal(text_of_file(state, path_in(state, "here.csv")), "here");
    assert_int_equal(files_in(state), 1);
}

static void a_link_stays_and_its_target_is_replaced(void **state) {
    const char *folder = path_in(state, "folder"), *link = path_in(state, "link.csv");
    assert_int_equal(mkdir(folder, 0700), 0);
    const char *target = write_text(state, "folder/target.csv", "earlier");
    assert_int_equal(symlink("folder/target.csv", link), 0);
    wres_sink *sink = open_sink(state, link);
    wres_sink_text(sink, "new");
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    struct stat about;
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(lstat(target, &about), 0);
    assert_true(S_ISREG(about.st_mode));
    assert_string_equal(text_of_file(state, target), "new");
    assert_int_equal(files_in(state), 2);
}

static void a_missing_folder_is_said(void **state) {
    wres_sink *sink;
    const char *path = path_in(state, "none/out.csv");
    assert_int_equal(wres_sink_open(run_of(state), path, &sink), WRES_IO);
    assert_only_error(run_of(state), "output", path, 0, NULL, "cannot be written: No such file");
    assert_null(strstr(wres_finding_at(run_of(state), 0)->message, "untouched"));
}

static void a_folder_is_no_target(void **state) {
    wres_sink *sink;
    assert_int_equal(wres_sink_open(run_of(state), ((fixture *)*state)->folder, &sink), WRES_IO);
    assert_only_error(run_of(state), "output", ((fixture *)*state)->folder, 0, NULL, "cannot be written: ");
    assert_int_equal(files_in(state), 0);
}

static void a_full_device_is_said(void **state) {
    wres_sink *sink = open_sink(state, "/dev/full");
    wres_sink_text(sink, "small enough for a buffer");
    assert_int_equal(wres_sink_commit(sink), WRES_IO);
    assert_only_error(run_of(state), "output", "/dev/full", 0, NULL, "cannot be written: No space left");
    struct stat about;
    assert_int_equal(stat("/dev/full", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
}

static void a_failure_sticks(void **state) {
    enum { SIZE = 1 << 20 };
    char *bytes = wres_alloc(run_of(state), SIZE);
    memset(bytes, 'x', SIZE);
    wres_sink *written = open_sink(state, "/dev/full");
    wres_sink_write(written, bytes, SIZE);
    wres_sink_text(written, "more");
    wres_sink_print(written, "%d", 1);
    assert_int_equal(wres_sink_commit(written), WRES_IO);
    wres_sink *printed = open_sink(state, "/dev/full");
    wres_sink_print(printed, "%0*d", SIZE, 1);
    wres_sink_write(printed, "more", 4);
    assert_int_equal(wres_sink_commit(printed), WRES_IO);
    assert_int_equal(wres_finding_count(run_of(state)), 2);
    assert_error_at(run_of(state), 1, "output", "/dev/full", 0, NULL, "No space left");
}

static void a_device_is_written_straight(void **state) {
    const char *pipe = path_in(state, "pipe");
    char got[8] = "";
    assert_int_equal(mkfifo(pipe, 0600), 0);
    const int reader = open(pipe, O_RDONLY | O_NONBLOCK);
    wres_sink *sink = open_sink(state, pipe);
    wres_sink_text(sink, "through");
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    assert_int_equal(read(reader, got, sizeof got), 7);
    assert_string_equal(got, "through");
    close(reader);
    struct stat about;
    assert_int_equal(stat(pipe, &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    assert_int_equal(files_in(state), 1);
}

static void a_rename_that_fails_is_said(void **state) {
    const char *path = path_in(state, "out.csv");
    wres_sink *sink = open_sink(state, path);
    wres_sink_text(sink, "new");
    assert_int_equal(mkdir(path, 0700), 0); /* a folder has taken the name */
    assert_int_equal(wres_sink_commit(sink), WRES_IO);
    assert_only_error(run_of(state), "output", path, 0, NULL, "an earlier file of this name is untouched");
    assert_int_equal(files_in(state), 1);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_true(S_ISDIR(about.st_mode));
}

typedef struct output {
    const char *path; /* what standard output is */
    const char *sink; /* how it is asked for */
    bool large;
} output;

static wres_status write_output(wres_run *run, void *context) {
    const output *o = context;
    wres_sink *sink;
    const wres_status status = wres_sink_open(run, o->sink, &sink);
    if (status != WRES_OK) return status;
    wres_sink_text(sink, "to standard ");
    wres_sink_print(sink, o->large ? "%099999d" : "output %d", 1);
    return wres_sink_commit(sink);
}

static int write_standard_output(void *context) {
    const output *o = context;
    if (dup2(open(o->path, O_WRONLY), STDOUT_FILENO) != STDOUT_FILENO) return 99;
    wres_run *run = wres_run_new();
    const wres_status status = wres_run_try(run, write_output, context);
    const bool said = wres_finding_count(run) == 1 && strcmp(wres_finding_at(run, 0)->place.file, "standard output") == 0;
    const bool open_still = fcntl(STDOUT_FILENO, F_GETFD) != -1;
    wres_run_free(run);
    if (!open_still) return 98;
    return said == (status != WRES_OK) ? (int)status : 97;
}

static void standard_output_is_flushed(void **state) {
    output o = {.path = write_text(state, "stdout", "")};
    assert_int_equal(exit_status(write_standard_output, &o), WRES_OK);
    assert_string_equal(text_of_file(state, o.path), "to standard output 1");
    o.sink = "-";
    assert_int_equal(exit_status(write_standard_output, &o), WRES_OK);
    assert_int_equal(files_in(state), 1);
}

static wres_status write_half(wres_run *run, void *context) {
    wres_sink *sink;
    const wres_status status = wres_sink_open(run, context, &sink);
    for (int i = 0; status == WRES_OK && i < 100000; i++) wres_sink_print(sink, "line %d\n", i);
    wres_out_of_memory(run);
}

static int write_half_to_standard_output(void *context) {
    if (dup2(open(context, O_WRONLY), STDOUT_FILENO) != STDOUT_FILENO) return 99;
    wres_run *run = wres_run_new();
    const wres_status status = wres_run_try(run, write_half, NULL);
    wres_run_free(run);
    return (int)status;
}

/* However much was printed before the error. */
static void half_of_it_is_never_written(void **state) {
    const char *path = write_text(state, "stdout", "");
    assert_int_equal(exit_status(write_half_to_standard_output, (void *)path), WRES_IO);
    assert_string_equal(text_of_file(state, path), "");
}

static void a_full_standard_output_is_said(void **state) {
    (void)state;
    assert_int_equal(exit_status(write_standard_output, &(output){.path = "/dev/full"}), WRES_IO);
    assert_int_equal(exit_status(write_standard_output, &(output){.path = "/dev/full", .sink = "-", .large = true}), WRES_IO);
}

static void rooms_are_filled(void **state) {
    const char *path = path_in(state, "out.csv");
    wres_sink *sink = open_sink(state, path);
    for (size_t i = 0; i < 5000; i++) {
        char *room = wres_sink_room(sink, 100);
        memset(room, '.', 100); /* more than what is then said to be filled */
        memcpy(room, "ten bytes\n", 10);
        wres_sink_fill(sink, 10);
    }
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    const char *text = text_of_file(state, path);
    assert_int_equal(strlen(text), 50000);
    for (size_t i = 0; i < 5000; i++) assert_memory_equal(text + 10 * i, "ten bytes\n", 10);
}

/* Larger than all that is kept at once, in pieces of all sizes: the file is whole, and there is none before. */
static void large_files_are_whole(void **state) {
    enum { SIZE = 3 << 20 };
    const char *path = path_in(state, "out.csv");
    char *bytes = wres_alloc(run_of(state), SIZE), *got = wres_alloc(run_of(state), SIZE);
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (char)('a' + (i * i / 7) % 26);
    wres_sink *sink = open_sink(state, path);
    for (size_t at = 0, size = 1; at < SIZE; at += size, size = size * 3 % 200003) {
        if (size > SIZE - at) size = SIZE - at;
        if (at % 5 == 0)
            wres_sink_print(sink, "%.*s", (int)size, bytes + at);
        else
            wres_sink_write(sink, bytes + at, size);
    }
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    FILE *file = fopen(path, "rb");
    assert_int_equal(fread(got, 1, SIZE, file), SIZE);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    assert_memory_equal(got, bytes, SIZE);
    assert_int_equal(files_in(state), 1);
}

static wres_status flow_without_end(wres_run *run, void *context) {
    wres_sink *sink;
    const wres_status status = wres_sink_open(run, context, &sink);
    wres_sink_text(sink, "head\n");
    wres_sink_flow(sink);
    for (int i = 0; status == WRES_OK && i < 100000; i++) wres_sink_text(sink, "line\n");
    wres_out_of_memory(run);
}

static int flow_to_standard_output(void *context) {
    if (dup2(open(context, O_WRONLY), STDOUT_FILENO) != STDOUT_FILENO) return 99;
    wres_run *run = wres_run_new();
    const wres_status status = wres_run_try(run, flow_without_end, NULL);
    wres_run_free(run);
    return (int)status;
}

/* What flows goes out before the commit, in order and in whole pieces. */
static void what_flows_is_not_kept(void **state) {
    const char *path = write_text(state, "stdout", "");
    struct stat about;
    assert_int_equal(exit_status(flow_to_standard_output, (void *)path), WRES_IO);
    assert_int_equal(stat(path, &about), 0);
    assert_true(about.st_size > 500000 - 65536 && about.st_size <= 500005);
    assert_memory_equal(text_of_file(state, path), "head\nline\nline\n", 15);
}

/* The first failure is the one that is said, and nothing is written behind it. */
static void a_failure_of_what_flows_is_said_once(void **state) {
    wres_sink *sink = open_sink(state, "/dev/full");
    wres_sink_flow(sink);
    for (int i = 0; i < 100000; i++) wres_sink_text(sink, "line\n");
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    assert_int_equal(wres_sink_commit(sink), WRES_IO);
    assert_only_error(run_of(state), "output", "/dev/full", 0, NULL, "cannot be written: No space left");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_commit_makes_the_file),
        CASE(its_mode_is_what_umask_leaves),
        CASE(a_commit_replaces_the_earlier_file),
        CASE(without_a_commit_nothing_is_left),
        CASE(the_unfinished_file_matches_no_pattern),
        CASE(a_path_may_have_no_folder),
        CASE(a_link_stays_and_its_target_is_replaced),
        CASE(a_missing_folder_is_said),
        CASE(a_folder_is_no_target),
        CASE(a_full_device_is_said),
        CASE(a_failure_sticks),
        CASE(a_device_is_written_straight),
        CASE(a_rename_that_fails_is_said),
        CASE(standard_output_is_flushed),
        CASE(half_of_it_is_never_written),
        CASE(a_full_standard_output_is_said),
        CASE(rooms_are_filled),
        CASE(large_files_are_whole),
        CASE(what_flows_is_not_kept),
        CASE(a_failure_of_what_flows_is_said_once),
    };
    RUN_CASES(tests);
}
