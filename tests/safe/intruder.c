/* Loaded into the program by test_confined.py: when it ends, tries what code that an attacker brought in would try, and says on
 * standard error how each attempt went. INTRUDER_READ and INTRUDER_WRITE name files that are none of the program's business. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result) {
    char line[128];
    const int length = snprintf(line, sizeof line, "intruder: %s %s\n", what, result >= 0 ? "done" : strerror(errno));
    if (length > 0 && write(STDERR_FILENO, line, (size_t)length) < 0) _exit(99);
}

static int run_another(void) {
    const pid_t child = fork();
    int status;
    if (child == 0) _exit(0);
    return child < 0 || waitpid(child, &status, 0) != child ? -1 : 0;
}

__attribute__((destructor)) static void intrude(void) {
    const char *secret = getenv("INTRUDER_READ"), *target = getenv("INTRUDER_WRITE");
    if (!secret || !target) return;
    unsetenv("LD_PRELOAD"); /* the other program, if it can be run, is left alone */
    tell("socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("local socket", socket(AF_UNIX, SOCK_DGRAM, 0));
    tell("fork", run_another());
    tell("trace", ptrace(PTRACE_PEEKTEXT, 0x7ffffffe, NULL, NULL)); /* there is no such process: nothing is stopped */
    tell("read", open(secret, O_RDONLY));
    tell("write", open(target, O_WRONLY | O_CREAT, 0600));
    tell("overwrite", open(secret, O_WRONLY));
    tell("link", symlink(secret, target));
    tell("folder", mkdir(target, 0700));
    tell("rename", rename(secret, target));
    tell("remove", unlink(target));
    execl("/bin/true", "true", (char *)NULL);
    tell("execute", -1);
}
