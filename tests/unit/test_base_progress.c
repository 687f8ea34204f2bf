/* What is said of long work, with a clock that is put back. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/run.h"
#include "fixture.h"

enum { LINES = 100, LINE = 50 };

static wres_source *source_of(void **state, const char *content, size_t length) {
    wres_source *source;
    const char *path = path_in(state, "staff.csv");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, length, file), length);
    fclose(file);
    assert_int_equal(wres_source_open(run_of(state), path, &(wres_source_options){0}, &source), WRES_OK);
    return source;
}

static char *lines_of(void **state) {
    char *lines = wres_alloc(run_of(state), LINES * LINE);
    memset(lines, 'x', LINES * LINE);
    for (size_t i = 1; i <= LINES; i++) lines[i * LINE - 1] = '\n';
    return lines;
}

static void put_clock_back(wres_run *run, int64_t milliseconds) {
    wres_run_progress(run)->began -= milliseconds;
    wres_run_progress(run)->said -= milliseconds;
}

/* What it writes on standard error. */
static const char *said_by(void **state, void (*body)(void **state, void *context), void *context) {
    const char *path = path_in(state, "said");
    const int before = dup(STDERR_FILENO), said = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(before >= 0 && said >= 0);
    dup2(said, STDERR_FILENO);
    body(state, context);
    dup2(before, STDERR_FILENO);
    close(said);
    close(before);
    return text_of_file(state, path);
}

static void read_some(void **state, void *context) {
    char buffer[LINES * LINE / 4];
    size_t got;
    (void)state;
    assert_int_equal(wres_source_read(context, buffer, sizeof buffer, &got), WRES_OK);
    assert_int_equal(got, sizeof buffer);
}

static void nothing_is_due_that_nobody_wants(void **state) {
    assert_false(wres_progress_is_due(run_of(state)));
    put_clock_back(run_of(state), 100000);
    assert_false(wres_progress_is_due(run_of(state)));
}

static void the_first_word_comes_late_and_others_sooner(void **state) {
    wres_run *run = run_of(state);
    wres_progress_begin(run);
    assert_false(wres_progress_is_due(run));
    put_clock_back(run, 1000);
    assert_false(wres_progress_is_due(run));
    put_clock_back(run, 1001);
    assert_true(wres_progress_is_due(wres_scratch_new(run)));
    wres_run_progress(run)->said = wres_run_progress(run)->began + 2001; /* now */
    assert_false(wres_progress_is_due(run));
    put_clock_back(run, 201);
    assert_true(wres_progress_is_due(run));
}

static void so_much_of_a_file_is_read(void **state) {
    wres_source *source = source_of(state, lines_of(state), LINES * LINE);
    wres_progress_begin(run_of(state));
    assert_string_equal(said_by(state, read_some, source), "");
    put_clock_back(run_of(state), 3000);
    assert_string_equal(said_by(state, read_some, source), "\rwres: reading staff.csv: 50%");
    assert_string_equal(said_by(state, read_some, source), "");
}

/* Of text that was converted nobody knows how much there is. */
static void so_much_of_a_text_is_read(void **state) {
    char *lines = lines_of(state), *wide = wres_alloc(run_of(state), 2 * LINES * LINE + 2);
    wide[0] = '\xff';
    wide[1] = '\xfe';
    for (size_t i = 0; i < LINES * LINE; i++) wide[2 * i + 2] = lines[i];
    wres_source *source = source_of(state, wide, 2 * LINES * LINE + 2);
    wres_progress_begin(run_of(state));
    put_clock_back(run_of(state), 3000);
    assert_string_equal(said_by(state, read_some, source), "\rwres: reading staff.csv: 0.0 MB");
}

static void say(void **state, void *context) { wres_progress_say(run_of(state), "%s", (const char *)context); }
static void clear(void **state, void *context) {
    (void)context;
    wres_progress_clear(run_of(state));
}

static void a_line_is_written_over(void **state) {
    char wide[200], expected[200];
    assert_string_equal(said_by(state, clear, NULL), "");
    assert_string_equal(said_by(state, say, "long line"), "\rlong line");
    assert_string_equal(said_by(state, say, "short"), "\rshort    ");
    assert_string_equal(said_by(state, say, "longer"), "\rlonger");
    assert_string_equal(said_by(state, clear, NULL), "\r      \r");
    assert_string_equal(said_by(state, clear, NULL), "");
    memset(wide, 'x', sizeof wide);
    memcpy(wide + 78, "\xc3\xa9", 3); /* does not fit whole */
    snprintf(expected, sizeof expected, "\r%.78s", wide);
    assert_string_equal(said_by(state, say, wide), expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(nothing_is_due_that_nobody_wants), CASE(the_first_word_comes_late_and_others_sooner),
        CASE(so_much_of_a_file_is_read),        CASE(so_much_of_a_text_is_read),
        CASE(a_line_is_written_over),
    };
    RUN_CASES(tests);
}
