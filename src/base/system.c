/* The process: its streams, its signals, its limits. The only file with state outside a run, as signals have no run. */
#include "base/system.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "wres/base.h"

static const char *volatile unfinished;

void wres_unfinished_file(const char *path) { unfinished = path; }

static void remove_and_die(int number) {
    const char *path = unfinished;
    if (path) unlink(path);
    signal(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*handler)(int)) {
    struct sigaction action = {0};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void wres_system_start(void) {
    for (int stream = 0; stream <= 2; stream++) /* else the output file could get the number of a closed stream */
        if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", stream == 2 ? O_WRONLY : O_RDONLY) != stream)
            _exit(WRES_IO); /* read-only for standard output: a result that nobody can get must fail, not vanish */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* a core file would be a copy of the records */
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD,
            128 * 1024); /* large blocks go back to the system when they are freed: it would raise this by itself */
#endif
    handle(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, reported like every other */
    handle(SIGXFSZ, SIG_IGN);
    handle(SIGINT, remove_and_die);
    handle(SIGTERM, remove_and_die);
    handle(SIGHUP, remove_and_die);
}

bool wres_is_terminal(int descriptor) { return isatty(descriptor) == 1; }

int wres_terminal_width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}
