/* What the process may still do once it is known what it has to do: no network and no other process at all (seccomp); of files its
 * inputs, shared libraries and the folder of its output (Landlock). A fault in a parser that hostile bytes exploit then reaches
 * nothing else. Best effort: where the kernel has no such thing, the program works without. */
#ifdef __linux__
#define _GNU_SOURCE /* syscall, O_PATH */
#endif
#include "wres/base.h"

#include <stdlib.h>

#include "base/system.h"

/* The environment may switch confinement off, as for tools that watch the program from inside; builds with such tools are without it. */
static bool is_off(void) {
#ifdef WRES_UNCONFINED
    return true;
#else
    const char *word = getenv("WRES_UNCONFINED");
    return word && *word;
#endif
}

/* ---- system calls ------------------------------------------------------------------------------------------- */

#if defined __linux__ && (defined __x86_64__ || defined __aarch64__)
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(member)       BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ANSWER(error)      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define UNLESS(test, k)    BPF_JUMP(BPF_JMP | (test) | BPF_K, (k), 1, 0) /* passes over the next instruction where it holds */
#define WHERE(test, k)     BPF_JUMP(BPF_JMP | (test) | BPF_K, (k), 0, 1)
#define REFUSE(call)       WHERE(BPF_JEQ, __NR_##call), ANSWER(EPERM)
#define X32_CALLS          0x40000000U
#define IS_NOT(call, next) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, next)

static struct sock_filter calls[] = {
    LOAD(arch),
    UNLESS(BPF_JEQ, ARCHITECTURE),
    ANSWER(EPERM),
    LOAD(nr),
#ifdef __x86_64__
    WHERE(BPF_JGE, X32_CALLS),
    ANSWER(EPERM),
#endif
    /* network */
    REFUSE(socket),
    REFUSE(socketpair),
    REFUSE(connect),
    REFUSE(bind),
    REFUSE(listen),
    REFUSE(accept),
    REFUSE(accept4),
    REFUSE(sendto),
    REFUSE(sendmsg),
    REFUSE(sendmmsg),
    /* other programs and processes */
    REFUSE(execve),
    REFUSE(execveat),
#ifdef __NR_fork
    REFUSE(fork),
    REFUSE(vfork),
#endif
    REFUSE(ptrace),
    REFUSE(process_vm_readv),
    REFUSE(process_vm_writev),
/* ways around this filter and the rules for files, and large parts of the kernel that nobody needs here */
#ifdef __NR_io_uring_setup
    REFUSE(io_uring_setup),
#endif
#ifdef __NR_pidfd_getfd
    REFUSE(pidfd_getfd),
#endif
    REFUSE(open_by_handle_at),
    REFUSE(bpf),
    REFUSE(perf_event_open),
    REFUSE(userfaultfd),
    REFUSE(keyctl),
    REFUSE(add_key),
    REFUSE(request_key),
    REFUSE(unshare),
    REFUSE(setns),
    REFUSE(mount),
#ifdef __NR_clone3 /* its flags cannot be seen from here: the C library then makes its threads with clone */
    WHERE(BPF_JEQ, __NR_clone3),
    ANSWER(ENOSYS),
#endif
    IS_NOT(clone, 3), /* a thread, no process */
    LOAD(args[0]),
    UNLESS(BPF_JSET, CLONE_THREAD),
    ANSWER(EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

void wres_confine_calls(void) {
    const struct sock_fprog program = {sizeof calls / sizeof *calls, calls};
    if (!is_off()) prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#else
void wres_confine_calls(void) {}
#endif

/* ---- files -------------------------------------------------------------------------------------------------- */

#if defined __linux__ && defined __has_include
#if __has_include(<linux/landlock.h>)
#define HAS_LANDLOCK
#endif
#endif

#ifdef HAS_LANDLOCK
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FIRST_RIGHTS = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, TRUNCATE = 1 << 14, TRUNCATE_SINCE = 3 };
enum { READ = LANDLOCK_ACCESS_FS_READ_FILE, LIST = LANDLOCK_ACCESS_FS_READ_DIR, WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE };
enum { REPLACE = READ | LIST | WRITE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE };

/* What is not there needs no rule: opening it fails anyway. A pipe takes none, as it has no place in the file system, and stays open
 * to all. For anything else without a rule the program would not work. */
static bool allow(int rules, const char *path, unsigned of_file, unsigned of_folder) {
    struct stat about;
    struct landlock_path_beneath_attr rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0) return true;
    const bool known = fstat(rule.parent_fd, &about) == 0;
    rule.allowed_access = known && S_ISDIR(about.st_mode) ? of_folder : of_file;
    const bool done =
        known && (syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 || errno == EBADFD);
    close(rule.parent_fd);
    return done;
}

/* iconv loads the modules of encodings when a file needs them. */
static bool allow_libraries(int rules) {
    static const char *const places[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/nix/store", "/gnu/store"};
    bool done = true;
    for (size_t i = 0; i < sizeof places / sizeof *places && done; i++) done = allow(rules, places[i], READ, READ | LIST);
    return done;
}

static bool allow_output(wres_run *run, int rules, const char *path) {
    const char *folder = wres_output_folder(run, path);
    return folder ? allow(rules, folder, READ, REPLACE) : allow(rules, path, WRITE, LIST);
}

void wres_confine_files(wres_run *run, const char *const *inputs, size_t count, const char *output) {
    struct landlock_ruleset_attr rights = {.handled_access_fs = FIRST_RIGHTS};
    const long version = is_off() ? -1 : syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return;
    if (version >= TRUNCATE_SINCE) rights.handled_access_fs |= TRUNCATE;
    const int rules = (int)syscall(__NR_landlock_create_ruleset, &rights, sizeof rights, 0);
    if (rules < 0) return;
    bool done = allow_libraries(rules);
    for (size_t i = 0; i < count && done; i++) done = strcmp(inputs[i], "-") == 0 || allow(rules, inputs[i], READ, LIST);
    if (done && output && strcmp(output, "-") != 0) done = allow_output(run, rules, output);
    if (done) syscall(__NR_landlock_restrict_self, rules, 0);
    close(rules);
}

#else
void wres_confine_files(wres_run *run, const char *const *inputs, size_t count, const char *output) {
    (void)run, (void)inputs, (void)count, (void)output;
}
#endif
