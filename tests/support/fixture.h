/* What the unit tests share: a run and a folder for each test, findings by their place, and processes of their own. */
#ifndef WRES_TESTS_FIXTURE_H
#define WRES_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wres/base.h"

typedef struct fixture {
    wres_run *run;
    char folder[32]; /* of this test alone; removed after it */
} fixture;

#define CASE(name)   cmocka_unit_test_setup_teardown(name, make_fixture, free_fixture)
#define COUNT(array) (sizeof(array) / sizeof *(array))
/* A text with the NUL bytes that may be in it. */
#define TEXT(literal) ((wres_text){"" literal, sizeof(literal) - 1})

static inline int make_fixture(void **state) {
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    memcpy(f->folder, "/tmp/wres-test-XXXXXX", sizeof "/tmp/wres-test-XXXXXX");
    f->run = wres_run_new();
    *state = f;
    return f->run && mkdtemp(f->folder) ? 0 : -1;
}

static inline int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static inline int free_fixture(void **state) {
    fixture *f = *state;
    const int status = nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    wres_run_free(f->run);
    free(f);
    return status;
}

static inline wres_run *run_of(void **state) { return ((fixture *)*state)->run; }

/* A path in the folder of the test; owned by the run. */
static inline const char *path_in(void **state, const char *name) {
    return wres_print(run_of(state), "%s/%s", ((fixture *)*state)->folder, name);
}

static inline const char *write_bytes(void **state, const char *name, const void *bytes, size_t length) {
    const char *path = path_in(state, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *write_text(void **state, const char *name, const char *text) {
    return write_bytes(state, name, text, strlen(text));
}

/* What a file holds, terminated; at most 64 KiB. */
static inline const char *text_of_file(void **state, const char *path) {
    enum { MOST = 65536 };
    char *text = wres_alloc(run_of(state), MOST + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, MOST, file)] = '\0';
    fclose(file);
    return text;
}

static inline void assert_contains(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("'%s' is not in '%s'", part, text);
}

static inline void assert_same_text(const char *got, const char *wanted) { /* either may be NULL */
    if (!got || !wanted)
        assert_ptr_equal(got, wanted);
    else
        assert_string_equal(got, wanted);
}

/* The error finding at a place in the list; what it should say is a part of its message. */
static inline void assert_error_at(const wres_run *run, size_t index, const char *check, const char *file, uint64_t line,
                                   const char *field, const char *part) {
    assert_true(index < wres_finding_count(run));
    const wres_finding *finding = wres_finding_at(run, index);
    assert_contains(finding->message, part);
    assert_int_equal(finding->severity, WRES_ERROR);
    assert_string_equal(finding->check, check);
    assert_same_text(finding->place.file, file);
    assert_int_equal(finding->place.line, line);
    assert_same_text(finding->place.field, field);
}

/* The same, of the only finding there is. */
static inline void assert_only_error(const wres_run *run, const char *check, const char *file, uint64_t line, const char *field,
                                     const char *part) {
    assert_error_at(run, 0, check, file, line, field, part);
    assert_int_equal(wres_finding_count(run), 1);
}

/* The error with this field, wherever it stands in the list; NULL where there is none. */
static inline const wres_finding *error_of_field(const wres_run *run, const char *field) {
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *finding = wres_finding_at(run, i);
        if (finding->severity == WRES_ERROR && finding->place.field && strcmp(finding->place.field, field) == 0) return finding;
    }
    return NULL;
}

/* Runs body in a process of its own and returns how it ended (see wait). No assertion of cmocka may stand in body: it returns
 * its exit status. Leaks are not looked for there, as a process that may not be traced cannot look. */
static inline int ended_as(int (*body)(void *context), void *context) {
    int status = -1;
    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const int result = body(context);
#ifdef __SANITIZE_ADDRESS__
        _exit(result);
#else
        exit(result);
#endif
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static inline int exit_status(int (*body)(void *context), void *context) {
    const int status = ended_as(body, context);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define RUN_CASES(tests)                                                                                                           \
    do {                                                                                                                           \
        const int failed = cmocka_run_group_tests(tests, NULL, NULL);                                                              \
        printf("%zu cases\n", COUNT(tests));                                                                                       \
        return failed;                                                                                                             \
    } while (0)

#endif
