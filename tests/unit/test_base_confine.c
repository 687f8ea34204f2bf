/* Confinement: what is refused, each in a process of its own. Where the kernel has no such thing, nothing must change. */
#if defined __linux__
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "fixture.h"

#define EXPECT(number, condition)                                                                                                  \
    do {                                                                                                                           \
        if (!(condition)) return number;                                                                                           \
    } while (0)

/* Watched builds are without confinement, and some kernels are. */
static bool has_filters(void) {
#if defined __linux__ && !defined WRES_UNCONFINED
    return !getenv("WRES_UNCONFINED") && prctl(PR_GET_SECCOMP) >= 0;
#else
    return false;
#endif
}

static long landlock_version(void) {
#if defined __NR_landlock_create_ruleset && !defined WRES_UNCONFINED
    return getenv("WRES_UNCONFINED") ? 0 : syscall(__NR_landlock_create_ruleset, NULL, 0, 1);
#else
    return 0;
#endif
}

static int make_processes(void *context) {
    (void)context;
    wres_system_start();
    wres_confine_calls();
    errno = 0;
    EXPECT(1, fork() == -1 && errno == EPERM);
    errno = 0;
    EXPECT(2, execl("/bin/true", "true", (char *)NULL) == -1 && errno == EPERM);
    return 0;
}

static int open_sockets(void *context) {
    int pair[2];
    (void)context;
    wres_system_start();
    wres_confine_calls();
    errno = 0;
    EXPECT(1, socket(AF_INET, SOCK_STREAM, 0) == -1 && errno == EPERM);
    errno = 0;
    EXPECT(2, socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1 && errno == EPERM);
    return 0;
}

static void *count_up(void *number) {
    ++*(int *)number;
    return NULL;
}

static int make_a_thread(void *context) {
    pthread_t thread;
    int number = 1;
    (void)context;
    wres_system_start();
    wres_confine_calls();
    EXPECT(1, pthread_create(&thread, NULL, count_up, &number) == 0);
    EXPECT(2, pthread_join(thread, NULL) == 0 && number == 2);
    return 0;
}

static void no_network_and_no_processes(void **state) {
    (void)state;
    if (!has_filters()) skip();
    assert_int_equal(exit_status(make_processes, NULL), 0);
    assert_int_equal(exit_status(open_sockets, NULL), 0);
}

static void threads_are_no_processes(void **state) {
    (void)state;
    assert_int_equal(exit_status(make_a_thread, NULL), 0);
}

typedef struct paths {
    wres_run *run;
    const char *input, *other, *output, *elsewhere;
} paths;

static bool can_open(const char *path, int how) {
    const int descriptor = open(path, how, 0600);
    if (descriptor >= 0) close(descriptor);
    return descriptor >= 0;
}

static int use_files(void *context) {
    const paths *p = context;
    wres_sink *sink;
    wres_system_start();
    EXPECT(1, can_open(p->other, O_RDONLY));
    wres_confine_files(p->run, &p->input, 1, p->output);
    EXPECT(2, can_open(p->input, O_RDONLY));
    EXPECT(3, !can_open(p->input, O_WRONLY) && errno == EACCES);
    EXPECT(4, !can_open(p->other, O_RDONLY) && errno == EACCES);
    EXPECT(5, !can_open(p->elsewhere, O_WRONLY | O_CREAT) && errno == EACCES);
    EXPECT(6, unlink(p->other) == -1 && errno == EACCES);
    EXPECT(7, landlock_version() < 3 || truncate(p->other, 0) == -1);
    EXPECT(8, wres_sink_open(p->run, p->output, &sink) == WRES_OK);
    wres_sink_text(sink, "whole");
    EXPECT(9, wres_sink_commit(sink) == WRES_OK);
    const iconv_t converter = iconv_open("UTF-8", "CP1250"); /* a module of the C library, loaded now */
    EXPECT(10, converter != (iconv_t)-1 && iconv_close(converter) == 0);
    return 0;
}

static const char *folder_in(void **state, const char *name) {
    const char *path = path_in(state, name);
    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

static paths make_paths(void **state) {
    folder_in(state, "in");
    folder_in(state, "out");
    return (paths){.run = run_of(state),
                   .input = write_text(state, "in/input.csv", "input"),
                   .other = write_text(state, "in/other.csv", "other"),
                   .output = path_in(state, "out/result.csv"),
                   .elsewhere = path_in(state, "elsewhere")};
}

static void files_that_are_not_named_stay_shut(void **state) {
    if (landlock_version() < 1) skip();
    paths p = make_paths(state);
    assert_int_equal(exit_status(use_files, &p), 0);
    assert_string_equal(text_of_file(state, p.output), "whole");
    assert_string_equal(text_of_file(state, p.other), "other");
}

static int write_through(void *context) {
    const paths *p = context;
    wres_sink *sink;
    wres_system_start();
    wres_confine_files(p->run, &p->input, 1, p->output);
    EXPECT(1, wres_sink_open(p->run, p->output, &sink) == WRES_OK);
    wres_sink_text(sink, "whole");
    EXPECT(2, wres_sink_commit(sink) == WRES_OK);
    return 0;
}

/* A link into another folder, a name without a folder, a device, a pipe that is open already; an input that is a pipe or not there. */
static void every_kind_of_output_can_be_written(void **state) {
    paths p = make_paths(state);
    const char *real = path_in(state, "out/real.csv");
    p.output = path_in(state, "in/link.csv");
    assert_int_equal(symlink(real, p.output), 0);
    assert_int_equal(exit_status(write_through, &p), 0);
    assert_string_equal(text_of_file(state, real), "whole");
    assert_int_equal(chdir(path_in(state, "out")), 0);
    p.output = "plain.csv";
    assert_int_equal(exit_status(write_through, &p), 0);
    assert_string_equal(text_of_file(state, path_in(state, "out/plain.csv")), "whole");
    p.output = "/dev/null";
    p.input = "-";
    assert_int_equal(exit_status(write_through, &p), 0);
    p.input = path_in(state, "not-there");
    assert_int_equal(exit_status(write_through, &p), 0);
    assert_int_equal(chdir("/"), 0);
}

static void pipes_take_no_rule(void **state) {
    int ends[2];
    char got[8] = "";
    paths p = make_paths(state);
    assert_int_equal(pipe(ends), 0);
    p.output = wres_print(run_of(state), "/dev/fd/%d", ends[1]);
    p.input = wres_print(run_of(state), "/dev/fd/%d", ends[0]);
    assert_int_equal(exit_status(write_through, &p), 0);
    assert_int_equal(read(ends[0], got, sizeof got - 1), 5);
    assert_string_equal(got, "whole");
    close(ends[0]);
    close(ends[1]);
}

static int be_killed(void *context) {
    const paths *p = context;
    wres_sink *sink;
    wres_system_start();
    wres_confine_files(p->run, &p->input, 1, p->output);
    EXPECT(1, wres_sink_open(p->run, p->output, &sink) == WRES_OK);
    wres_sink_text(sink, "half");
    raise(SIGTERM);
    return 2;
}

static void signals_still_remove_the_unfinished_output(void **state) {
    const char *const *left;
    size_t count;
    paths p = make_paths(state);
    assert_true(WIFSIGNALED(ended_as(be_killed, &p)));
    assert_int_equal(wres_folder_list(run_of(state), path_in(state, "out"), "", "", &left, &count), WRES_OK);
    for (size_t i = 0; i < count; i++) assert_true(strstr(left[i], "/.wres-") == NULL && strstr(left[i], "/result") == NULL);
}

static int use_files_unconfined(void *context) {
    const paths *p = context;
    wres_system_start();
    setenv("WRES_UNCONFINED", "1", 1);
    wres_confine_calls();
    wres_confine_files(p->run, &p->input, 1, p->output);
    EXPECT(1, can_open(p->other, O_RDONLY));
    const int pair = socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT(2, pair >= 0);
    close(pair);
    return 0;
}

static void the_environment_switches_it_off(void **state) {
    paths p = make_paths(state);
    assert_int_equal(exit_status(use_files_unconfined, &p), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(no_network_and_no_processes),         CASE(threads_are_no_processes), CASE(files_that_are_not_named_stay_shut),
        CASE(every_kind_of_output_can_be_written), CASE(pipes_take_no_rule),       CASE(signals_still_remove_the_unfinished_output),
        CASE(the_environment_switches_it_off),
    };
    RUN_CASES(tests);
}
