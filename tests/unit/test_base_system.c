/* The process: its streams, signals and limits. What changes a process is tried in one of its own. */
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/system.h"
#include "fixture.h"

/* Each body below gives 0, or a number that tells which of its expectations failed. */
#define EXPECT(number, condition)                                                                                                  \
    do {                                                                                                                           \
        if (!(condition)) return number;                                                                                           \
    } while (0)

static int start_and_look_at_limits(void *context) {
    (void)context;
    struct rlimit core = {1, 1};
    wres_system_start();
    EXPECT(1, getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0);
#ifdef __linux__
    EXPECT(2, prctl(PR_GET_DUMPABLE) == 0);
    EXPECT(3, prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
#endif
    return 0;
}

static void no_core_file_can_be_made(void **state) {
    (void)state;
    assert_int_equal(exit_status(start_and_look_at_limits, NULL), 0);
}

static int start_without_streams(void *context) {
    const int closed = *(const int *)context;
    struct stat before, null, now;
    char byte;
    EXPECT(1, stat("/dev/null", &null) == 0);
    for (int stream = 0; stream <= 2; stream++)
        if (closed >> stream & 1) close(stream);
    const int kept = closed & 1 ? -1 : fstat(0, &before);
    wres_system_start();
    for (int stream = 0; stream <= 2; stream++) {
        EXPECT(2, fstat(stream, &now) == 0);
        if (closed >> stream & 1) EXPECT(3, now.st_rdev == null.st_rdev);
    }
    if (closed & 1) EXPECT(4, read(0, &byte, 1) == 0);
    if (closed & 2) EXPECT(5, write(1, "x", 1) == -1); /* a result that nobody can get must not vanish */
    if (closed & 4) EXPECT(6, write(2, "x", 1) == 1);
    if (kept == 0) EXPECT(7, fstat(0, &now) == 0 && now.st_ino == before.st_ino);
    return 0;
}

static void missing_streams_are_opened(void **state) {
    (void)state;
    for (int closed = 0; closed < 8; closed++) assert_int_equal(exit_status(start_without_streams, &closed), 0);
}

static int write_to_a_closed_pipe(void *context) {
    int ends[2];
    (void)context;
    wres_system_start();
    EXPECT(1, pipe(ends) == 0);
    close(ends[0]);
    EXPECT(2, write(ends[1], "x", 1) == -1);
    return 0;
}

static int write_too_large_a_file(void *context) {
    wres_system_start();
    const int file = open(context, O_WRONLY | O_CREAT, 0600);
    EXPECT(1, file >= 0);
    struct rlimit limit;
    EXPECT(2, getrlimit(RLIMIT_FSIZE, &limit) == 0);
    EXPECT(3, setrlimit(RLIMIT_FSIZE, &(struct rlimit){1, limit.rlim_max}) == 0);
    EXPECT(4, write(file, "xy", 2) == 1);
    EXPECT(5, write(file, "y", 1) == -1);
    EXPECT(6, setrlimit(RLIMIT_FSIZE, &limit) == 0);
    return 0;
}

static void failures_of_write_do_not_kill(void **state) {
    assert_int_equal(exit_status(write_to_a_closed_pipe, NULL), 0);
    assert_int_equal(exit_status(write_too_large_a_file, (void *)(uintptr_t)path_in(state, "large")), 0);
}

typedef struct killing {
    const char *path;
    int signal;
    bool committed;
} killing;

static int be_killed(void *context) {
    const killing *k = context;
    wres_system_start();
    wres_run *run = wres_run_new();
    wres_sink *sink;
    EXPECT(1, wres_sink_open(run, k->path, &sink) == WRES_OK);
    wres_sink_text(sink, "half");
    if (k->committed) EXPECT(2, wres_sink_commit(sink) == WRES_OK);
    raise(k->signal);
    return 3;
}

static size_t files_named(void **state, const char *prefix) {
    const char *const *paths;
    size_t count;
    assert_int_equal(wres_folder_list(run_of(state), ((fixture *)*state)->folder, prefix, "", &paths, &count), WRES_OK);
    return count;
}

static void signals_remove_the_unfinished_output(void **state) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    const char *path = write_text(state, "out.csv", "earlier");
    for (size_t i = 0; i < COUNT(signals); i++) {
        const int status = ended_as(be_killed, &(killing){path, signals[i], false});
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_int_equal(files_named(state, ".wres-"), 0);
        assert_string_equal(text_of_file(state, path), "earlier");
    }
}

static void signals_leave_what_is_committed(void **state) {
    const char *path = path_in(state, "out.csv");
    const int status = ended_as(be_killed, &(killing){path, SIGTERM, true});
    assert_true(WIFSIGNALED(status));
    assert_string_equal(text_of_file(state, path), "half");
}

static int be_killed_without_output(void *context) {
    wres_system_start();
    wres_unfinished_file(context);
    wres_unfinished_file(NULL);
    raise(SIGTERM);
    return 1;
}

static void none_unfinished_none_removed(void **state) {
    const char *path = write_text(state, "keep", "kept");
    const int status = ended_as(be_killed_without_output, (void *)(uintptr_t)path);
    assert_true(WIFSIGNALED(status));
    assert_string_equal(text_of_file(state, path), "kept");
}

typedef struct terminal {
    unsigned short columns;
    bool is_pipe;
    int expected;
} terminal;

static int look_at_terminal(void *context) {
    const terminal *t = context;
    const int leader = posix_openpt(O_RDWR | O_NOCTTY);
    EXPECT(1, leader >= 0 && grantpt(leader) == 0 && unlockpt(leader) == 0);
    const int follower = open(ptsname(leader), O_RDWR | O_NOCTTY);
    const struct winsize size = {.ws_row = 24, .ws_col = t->columns};
    int ends[2];
    EXPECT(2, follower >= 0 && ioctl(follower, TIOCSWINSZ, &size) == 0);
    EXPECT(3, pipe(ends) == 0);
    const int out = t->is_pipe ? ends[1] : follower, kept = dup(STDOUT_FILENO);
    EXPECT(4, dup2(out, STDOUT_FILENO) == STDOUT_FILENO);
    const int width = wres_terminal_width();
    const bool is_terminal = wres_is_terminal(STDOUT_FILENO);
    dup2(kept, STDOUT_FILENO);
    EXPECT(5, is_terminal == !t->is_pipe);
    EXPECT(6, width == t->expected);
    EXPECT(7, !wres_is_terminal(-1));
    return 0;
}

static void a_terminal_tells_its_width(void **state) {
    (void)state;
    const int probe = posix_openpt(O_RDWR | O_NOCTTY);
    if (probe < 0) skip(); /* a machine without pseudo-terminals (no /dev/pts) */
    close(probe);
    assert_int_equal(exit_status(look_at_terminal, &(terminal){.columns = 132, .expected = 132}), 0);
    assert_int_equal(exit_status(look_at_terminal, &(terminal){.columns = 1, .expected = 1}), 0);
    assert_int_equal(exit_status(look_at_terminal, &(terminal){.columns = 0, .expected = 80}), 0);
    assert_int_equal(exit_status(look_at_terminal, &(terminal){.columns = 132, .is_pipe = true, .expected = 80}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(no_core_file_can_be_made),        CASE(missing_streams_are_opened),
        CASE(failures_of_write_do_not_kill),   CASE(signals_remove_the_unfinished_output),
        CASE(signals_leave_what_is_committed), CASE(none_unfinished_none_removed),
        CASE(a_terminal_tells_its_width),
    };
    RUN_CASES(tests);
}
