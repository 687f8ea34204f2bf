/* Files and folders that are read. Nothing here rests on permissions, which do not bind every user. */
#include <fcntl.h>

#include "fixture.h"

static wres_status read_piece(wres_file *file, void *buffer, size_t capacity, size_t *got) {
    return wres_file_fetch(file, buffer, capacity, got) ? WRES_OK : wres_file_trouble(file);
}

static const char *read_all(void **state, wres_file *file, size_t piece) {
    char buffer[64];
    const char *text = "";
    size_t got = 1;
    while (got > 0) {
        assert_int_equal(read_piece(file, buffer, piece, &got), WRES_OK);
        assert_true(got <= piece);
        text = wres_print(run_of(state), "%s%.*s", text, (int)got, buffer);
    }
    return text;
}

static void a_file_is_read_to_its_end(void **state) {
    const char *path = write_text(state, "some.csv", "a,b\n1,2\n");
    for (size_t piece = 1; piece <= 64; piece *= 4) {
        wres_file *file;
        assert_int_equal(wres_file_open(run_of(state), path, &file), WRES_OK);
        assert_string_equal(wres_file_name(file), "some.csv");
        assert_string_equal(read_all(state, file, piece), "a,b\n1,2\n");
        wres_file_close(file);
    }
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

static void a_name_without_folder_is_the_name(void **state) {
    wres_file *file;
    assert_int_equal(wres_file_open(run_of(state), "Makefile", &file), WRES_OK);
    assert_string_equal(wres_file_name(file), "Makefile");
}

static void closing_gives_the_descriptor_back(void **state) {
    const char *path = write_text(state, "x", "x");
    const int before = dup(0);
    close(before);
    for (int i = 0; i < 10; i++) {
        wres_file *file;
        assert_int_equal(wres_file_open(run_of(state), path, &file), WRES_OK);
        assert_int_not_equal(fcntl(before, F_GETFD), -1);
        assert_true(fcntl(before, F_GETFD) & FD_CLOEXEC);
        wres_file_close(file);
        assert_int_equal(fcntl(before, F_GETFD), -1);
    }
}

static void the_end_of_a_run_closes_its_files(void **state) {
    const char *path = write_text(state, "x", "x");
    wres_run *run = wres_run_new();
    wres_file *file;
    const int before = dup(0);
    close(before);
    assert_int_equal(wres_file_open(run, path, &file), WRES_OK);
    wres_run_free(run);
    assert_int_equal(fcntl(before, F_GETFD), -1);
}

static void standard_input_is_a_dash(void **state) {
    const char *path = write_text(state, "input", "from standard input");
    const int kept = dup(STDIN_FILENO), input = open(path, O_RDONLY);
    wres_file *file;
    assert_true(dup2(input, STDIN_FILENO) == STDIN_FILENO);
    assert_int_equal(wres_file_open(run_of(state), "-", &file), WRES_OK);
    assert_string_equal(wres_file_name(file), "standard input");
    assert_string_equal(read_all(state, file, 7), "from standard input");
    wres_file_close(file);
    assert_int_not_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
    assert_true(dup2(kept, STDIN_FILENO) == STDIN_FILENO);
    close(kept);
    close(input);
}

static void a_missing_file_is_said(void **state) {
    wres_file *file;
    const char *path = path_in(state, "none.csv");
    assert_int_equal(wres_file_open(run_of(state), path, &file), WRES_IO);
    assert_only_error(run_of(state), "file", path, 0, NULL, "cannot be opened: No such file");
}

static void a_folder_is_no_file(void **state) {
    wres_file *file;
    const char *folder = ((fixture *)*state)->folder;
    const int before = dup(0);
    close(before);
    assert_int_equal(wres_file_open(run_of(state), folder, &file), WRES_IO);
    assert_only_error(run_of(state), "file", folder, 0, NULL, "it is a folder");
    assert_int_equal(fcntl(before, F_GETFD), -1);
}

static void names_are_shown_without_control_bytes(void **state) {
    wres_file *file;
    assert_int_equal(wres_file_open(run_of(state), "/none/\x1b[31m.csv", &file), WRES_IO);
    assert_only_error(run_of(state), "file", "/none/U+001B[31m.csv", 0, NULL, "cannot be opened");
}

static void an_error_of_reading_is_said(void **state) {
    wres_file *file;
    wres_text content;
    char byte;
    size_t got = 1;
    assert_int_equal(wres_file_open(run_of(state), "/proc/self/mem", &file), WRES_OK); /* no memory at address 0 */
    assert_int_equal(read_piece(file, &byte, 1, &got), WRES_IO);
    assert_int_equal(got, 0);
    assert_only_error(run_of(state), "file", "mem", 0, NULL, "cannot be read: ");
    assert_int_equal(wres_file_load(run_of(state), "/proc/self/mem", &content), WRES_IO);
}

static void assert_loaded(void **state, const char *path, size_t length) {
    wres_text content;
    assert_int_equal(wres_file_load(run_of(state), path, &content), WRES_OK);
    assert_int_equal(content.length, length);
    for (size_t i = 0; i < length; i++)
        if (content.bytes[i] != 'x') fail_msg("byte %zu of %zu is another", i, length);
}

static const char *file_of_size(void **state, size_t size) {
    char *bytes = wres_alloc(run_of(state), size + 1);
    memset(bytes, 'x', size);
    return write_bytes(state, "large", bytes, size);
}

static void whole_files_are_loaded(void **state) {
    static const size_t sizes[] = {0, 1, 16383, 16384, 16385, 100000, 16 * 1024 * 1024};
    for (size_t i = 0; i < COUNT(sizes); i++) assert_loaded(state, file_of_size(state, sizes[i]), sizes[i]);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

static void a_file_over_16_mib_is_refused(void **state) {
    wres_text content;
    const char *path = file_of_size(state, 16 * 1024 * 1024 + 1);
    assert_int_equal(wres_file_load(run_of(state), path, &content), WRES_IO);
    assert_only_error(run_of(state), "file", path, 0, NULL, "larger than 16 MiB");
    assert_int_equal(wres_file_load(run_of(state), "/dev/zero", &content), WRES_IO);
    assert_int_equal(wres_file_load(run_of(state), path_in(state, "none"), &content), WRES_IO);
}

/* What is read in two pieces, with a change in between, was never the content of the file. */
static void a_change_while_it_is_read_is_said(void **state) {
    static const char *const modes[] = {"a", "w"};
    for (size_t i = 0; i < COUNT(modes); i++) {
        const char *path = write_text(state, "file", "first,second");
        wres_file *file;
        char bytes[6];
        size_t got;
        assert_int_equal(wres_file_open(run_of(state), path, &file), WRES_OK);
        assert_int_equal(read_piece(file, bytes, sizeof bytes, &got), WRES_OK);
        FILE *other = fopen(path, modes[i]);
        assert_non_null(other);
        fputs("x", other);
        fclose(other);
        wres_status status = WRES_OK;
        while (status == WRES_OK && got > 0) status = read_piece(file, bytes, sizeof bytes, &got);
        assert_int_equal(status, WRES_IO);
        assert_error_at(run_of(state), i, "file", "file", 0, NULL, "it was changed meanwhile");
        wres_file_close(file);
    }
}

static bool is_same(void **state, const char *path, const char *other) {
    bool same = false;
    assert_int_equal(wres_same_file(run_of(state), path, other, &same), WRES_OK);
    return same;
}

static wres_kind kind_of(void **state, const char *path) {
    wres_kind kind = WRES_NOT_THERE;
    assert_int_equal(wres_kind_of(run_of(state), path, &kind), WRES_OK);
    return kind;
}

static void the_same_file_by_any_name(void **state) {
    const char *file = write_text(state, "file", "x"), *other = write_text(state, "other", "x");
    const char *hard = path_in(state, "hard"), *soft = path_in(state, "soft"), *none = path_in(state, "none");
    assert_int_equal(link(file, hard), 0);
    assert_int_equal(symlink("file", soft), 0);
    assert_true(is_same(state, file, file));
    assert_true(is_same(state, file, hard));
    assert_true(is_same(state, soft, file));
    assert_true(is_same(state, file, path_in(state, "./file")));
    assert_false(is_same(state, file, other));
    assert_false(is_same(state, file, none));
    assert_false(is_same(state, none, file));
    assert_false(is_same(state, none, none));
    assert_false(is_same(state, "/proc/self", "/proc/self/status"));
    assert_false(is_same(state, "/dev/null", "/dev/null"));
}

static void a_dash_is_standard_input(void **state) {
    const char *file = write_text(state, "file", "x"), *other = write_text(state, "other", "x");
    const int kept = dup(STDIN_FILENO), input = open(file, O_RDONLY);
    assert_true(dup2(input, STDIN_FILENO) == STDIN_FILENO);
    const bool same = is_same(state, "-", file) && is_same(state, file, "-"), wrong = is_same(state, "-", other);
    assert_true(dup2(kept, STDIN_FILENO) == STDIN_FILENO);
    close(kept);
    close(input);
    assert_true(same);
    assert_false(wrong);
}

static void folders_and_files_are_told_apart(void **state) {
    const char *folder = ((fixture *)*state)->folder, *file = write_text(state, "file", "x"), *none = path_in(state, "none");
    assert_int_equal(kind_of(state, folder), WRES_A_FOLDER);
    assert_int_equal(kind_of(state, file), WRES_A_FILE);
    assert_int_equal(kind_of(state, "/dev/null"), WRES_A_FILE);
    assert_int_equal(kind_of(state, none), WRES_NOT_THERE);
    assert_int_equal(kind_of(state, path_in(state, "file/under")), WRES_NOT_THERE);
}

/* What cannot be looked at is neither missing nor another file. A name that is too long is such a one for every user. */
static void what_cannot_be_looked_at_is_said(void **state) {
    enum { LENGTH = 300 };
    char name[LENGTH + 1];
    const char *file = write_text(state, "file", "x");
    bool same = true;
    wres_kind kind;
    memset(name, 'n', LENGTH);
    name[LENGTH] = '\0';
    assert_int_equal(wres_kind_of(run_of(state), name, &kind), WRES_IO);
    assert_only_error(run_of(state), "file", name, 0, NULL, "cannot be read: File name too long");
    assert_int_equal(wres_same_file(run_of(state), file, name, &same), WRES_IO);
    assert_int_equal(wres_same_file(run_of(state), name, file, &same), WRES_IO);
}

static void assert_listed(void **state, const char *prefix, const char *suffix, const char *const *names, size_t wanted) {
    const char *const *paths;
    size_t count = 99;
    assert_int_equal(wres_folder_list(run_of(state), ((fixture *)*state)->folder, prefix, suffix, &paths, &count), WRES_OK);
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < count; i++) assert_string_equal(paths[i], path_in(state, names[i]));
}

static void a_folder_is_listed_in_the_order_of_names(void **state) {
    static const char *const all[] = {"cases-2.csv", "cases.csv", "cases2.csv", "Cases.csv",
                                      "casual.csv",  "cases.txt", "xcases.csv", ".cases.csv"};
    static const char *const cases[] = {"cases-2.csv", "cases.csv", "cases2.csv"};
    for (size_t i = 0; i < COUNT(all); i++) write_text(state, all[i], "x");
    assert_listed(state, "cases", ".csv", cases, 3);
    assert_listed(state, "cases", "csv.csv", NULL, 0);
    assert_listed(state, "training", ".csv", NULL, 0);
}

static void beginning_and_end_may_not_overlap(void **state) {
    static const char *const names[] = {"aba-aba", "abaaba"};
    write_text(state, "aba", "x");
    write_text(state, "ababa", "x");
    write_text(state, names[1], "x");
    write_text(state, names[0], "x");
    assert_listed(state, "aba", "aba", names, 2);
}

static void many_files_are_listed(void **state) {
    enum { FILES = 150 };
    const char *names[FILES];
    for (int i = FILES - 1; i >= 0; i--) write_text(state, names[i] = wres_print(run_of(state), "t%03d.csv", i), "x");
    assert_listed(state, "t", ".csv", names, FILES);
}

static void a_folder_that_cannot_be_read_is_said(void **state) {
    const char *const *paths;
    size_t count = 1;
    const char *none = path_in(state, "none");
    assert_int_equal(wres_folder_list(run_of(state), none, "", "", &paths, &count), WRES_IO);
    assert_int_equal(count, 0);
    assert_only_error(run_of(state), "file", none, 0, NULL, "cannot be read: No such file");
}

static void the_last_part_of_a_path_is_the_name(void **state) {
    (void)state;
    assert_string_equal(wres_path_last("a/b/wres.yaml"), "wres.yaml");
    assert_string_equal(wres_path_last("/wres.yaml"), "wres.yaml");
    assert_string_equal(wres_path_last("wres.yaml"), "wres.yaml");
}

static void paths_are_relative_to_a_file(void **state) {
    assert_string_equal(wres_path_join(run_of(state), "a/b/wres.yaml", "data.csv"), "a/b/data.csv");
    assert_string_equal(wres_path_join(run_of(state), "a/wres.yaml", "../data.csv"), "a/../data.csv");
    assert_string_equal(wres_path_join(run_of(state), "wres.yaml", "data.csv"), "data.csv");
    assert_string_equal(wres_path_join(run_of(state), "/wres.yaml", "data.csv"), "/data.csv");
    assert_string_equal(wres_path_join(run_of(state), "a/wres.yaml", "/data.csv"), "/data.csv");
    assert_string_equal(wres_path_join(run_of(state), "a/wres.yaml", "-"), "-");
}

static void a_real_path_has_neither_links_nor_steps_back(void **state) {
    const char *path = write_text(state, "some.csv", "a\n"), *real, *through;
    const char *folder = wres_copy(run_of(state), path, (size_t)(wres_path_last(path) - path));
    const char *link = wres_print(run_of(state), "%slink", folder);
    assert_int_equal(wres_real_path(run_of(state), path, &real), WRES_OK);
    assert_int_equal(*real, '/');
    assert_string_equal(wres_path_last(real), "some.csv");
    assert_int_equal(symlink("some.csv", link), 0);
    assert_int_equal(wres_real_path(run_of(state), link, &through), WRES_OK);
    assert_string_equal(through, real);
    assert_int_equal(wres_real_path(run_of(state), wres_print(run_of(state), "%s././some.csv", folder), &through), WRES_OK);
    assert_string_equal(through, real);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    const char *missing = wres_print(run_of(state), "%snone/some.csv", folder);
    assert_int_equal(wres_real_path(run_of(state), missing, &through), WRES_IO);
    assert_only_error(run_of(state), "file", missing, 0, NULL, "cannot be read: No such file or directory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_file_is_read_to_its_end),
        CASE(a_name_without_folder_is_the_name),
        CASE(closing_gives_the_descriptor_back),
        CASE(the_end_of_a_run_closes_its_files),
        CASE(standard_input_is_a_dash),
        CASE(a_missing_file_is_said),
        CASE(a_folder_is_no_file),
        CASE(names_are_shown_without_control_bytes),
        CASE(an_error_of_reading_is_said),
        CASE(whole_files_are_loaded),
        CASE(a_file_over_16_mib_is_refused),
        CASE(the_same_file_by_any_name),
        CASE(a_dash_is_standard_input),
        CASE(folders_and_files_are_told_apart),
        CASE(what_cannot_be_looked_at_is_said),
        CASE(a_change_while_it_is_read_is_said),
        CASE(a_folder_is_listed_in_the_order_of_names),
        CASE(beginning_and_end_may_not_overlap),
        CASE(many_files_are_listed),
        CASE(a_folder_that_cannot_be_read_is_said),
        CASE(paths_are_relative_to_a_file),
        CASE(the_last_part_of_a_path_is_the_name),
        CASE(a_real_path_has_neither_links_nor_steps_back),
    };
    RUN_CASES(tests);
}
