/* Runs a command and says what it took: timed OUTPUT MESSAGES COMMAND [ARGUMENT]...
 *
 * Prints wall, user and system time in seconds, peak resident memory in kB and the exit status. A program of its own because the
 * kernel counts towards a process's peak what it was when it was forked, and whoever drives a benchmark is larger than what it measures.
 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void redirect(const char *path, int to) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || dup2(file, to) < 0) _exit(126);
    close(file);
}

static double seconds(struct timeval t) { return (double)t.tv_sec + 1e-6 * (double)t.tv_usec; }

int main(int argc, char **argv) {
    if (argc < 4) return fputs("timed OUTPUT MESSAGES COMMAND [ARGUMENT]...\n", stderr), 2;
    struct timespec from, to;
    struct rusage used;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &from);
    const pid_t child = fork();
    if (child < 0) return perror("timed: fork"), 1;
    if (child == 0) {
        redirect(argv[1], STDOUT_FILENO);
        redirect(argv[2], STDERR_FILENO);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    if (wait4(child, &status, 0, &used) != child) return perror("timed: wait4"), 1;
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.6f %.6f %.6f %ld %d\n", (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec),
           seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
