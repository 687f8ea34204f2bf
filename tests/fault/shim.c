/* Makes a call of a program fail: loaded before the C library (LD_PRELOAD), it counts what the program and its libraries ask for.
 *
 * WRES_FAULT says what fails:
 *   count          nothing: the numbers and the names of the calls are logged
 *   alloc:N        the Nth allocation (from 1); alloc:N+ that one and all after it
 *   alloc:each     each in turn, first once and then with all after it. The program is forked at the allocation: the copy gets
 *                  NULL and goes on to its end, the first waits, logs what became of it, and goes on to the next
 *   call:N:WHAT    the Nth call of the operating system; call:N+:WHAT that one and all after it but unlink. WHAT is the name of an
 *                  error (EIO), short (half of what was asked for), none (0 bytes), or a signal before the call: kill,
 *                  term, stop
 * WRES_FAULT_STEP and WRES_FAULT_FIRST: of alloc:each only every STEPth from FIRST on. WRES_FAULT_LOG: the file of the log.
 *
 * Blocks that are not freed when the program ends are logged with who asked for them. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

enum {
    MOST_BLOCKS = 1 << 16,
    MOST_LEAKS = 20,
    MOST_SHOWN = 5,
    MOST_SECONDS = 30,
    HIGH = 200,
    MOST_PATH = 512,
    MOST_DESCRIPTORS = 64
};

typedef enum plan { NOTHING, COUNT, ALLOCATION, EACH_ALLOCATION, CALL } plan;
typedef enum fate { FAIL, SHORT, NONE, SIGNAL } fate;
typedef enum ending { NO_OUTPUT, LEFT, REMOVED, RENAMED } ending;

/* What a copy tells the first process. */
typedef struct report {
    ending ending;
    char unfinished[MOST_PATH];
} report;

static plan the_plan;
static fate the_fate;
static int the_error, the_signal;
static uint64_t wanted, step = 1, first = 1, allocations, calls;
static bool persistent, is_copy;
static int log_file = -1, out_file = -1, err_file = -1, note_file = -1;
static report own_report, *shared = &own_report;

/* ---- the log, without an allocation -------------------------------------------------------------------------- */

static ssize_t (*real_write)(int, const void *, size_t);

static void put(int file, const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (file >= 0 && length > 0 && real_write(file, line, (size_t)length) < 0) abort();
}

/* ---- live blocks --------------------------------------------------------------------------------------------- */

typedef struct block {
    void *place;
    size_t size;
    void *caller;
} block;

static block *blocks;
static char freed; /* its address marks a place that was used before */

static void remember(void *place, size_t size, void *caller) {
    if (!blocks || !place) return;
    size_t i = ((uintptr_t)place >> 4) % MOST_BLOCKS;
    while (blocks[i].place && blocks[i].place != &freed) i = (i + 1) % MOST_BLOCKS;
    blocks[i] = (block){place, size, caller};
}

static void forget(const void *place) {
    if (!blocks || !place) return;
    for (size_t i = ((uintptr_t)place >> 4) % MOST_BLOCKS; blocks[i].place; i = (i + 1) % MOST_BLOCKS)
        if (blocks[i].place == place) {
            blocks[i].place = &freed;
            return;
        }
}

static void log_leaks(int file) {
    int said = 0;
    for (size_t i = 0; i < MOST_BLOCKS && said < MOST_LEAKS; i++) {
        Dl_info about;
        if (!blocks[i].place || blocks[i].place == &freed) continue;
        if (!dladdr(blocks[i].caller, &about)) about.dli_fname = "?", about.dli_fbase = NULL;
        const char *slash = strrchr(about.dli_fname, '/');
        put(file, "leak %zu %s+0x%zx\n", blocks[i].size, slash ? slash + 1 : about.dli_fname,
            (size_t)((char *)blocks[i].caller - (char *)about.dli_fbase));
        said++;
    }
}

/* ---- each allocation in a copy ------------------------------------------------------------------------------- */

/* A copy shares the offsets of open files with the first process: it gets open files of its own. */
static void reopen_files(void) {
    for (int file = 0; file < MOST_DESCRIPTORS; file++) {
        char name[64];
        struct stat about;
        if (file == 1 || file == 2 || fstat(file, &about) != 0 || !(S_ISREG(about.st_mode) || S_ISDIR(about.st_mode))) continue;
        snprintf(name, sizeof name, "/proc/self/fd/%d", file);
        int (*real_open)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
        int (*real_close)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
        const int again = real_open(name, fcntl(file, F_GETFL) & ~(O_CREAT | O_EXCL | O_TRUNC));
        if (again < 0) abort();
        lseek(again, lseek(file, 0, SEEK_CUR), SEEK_SET);
        if (dup3(again, file, O_CLOEXEC) < 0) abort();
        real_close(again);
    }
}

static void begin_copy(bool all) {
    is_copy = true;
    persistent = all;
    wanted = allocations;
    the_plan = ALLOCATION;
    reopen_files();
    if (dup2(out_file, 1) < 0 || dup2(err_file, 2) < 0) abort();
    alarm(MOST_SECONDS);
}

static void copy_bytes(int file, off_t length) {
    char bytes[16384];
    for (off_t at = 0; at < length;) {
        const ssize_t got = pread(file, bytes, sizeof bytes, at);
        if (got <= 0 || real_write(log_file, bytes, (size_t)got) != got) abort();
        at += got;
    }
}

static off_t size_of(int file) {
    struct stat about;
    return fstat(file, &about) == 0 ? about.st_size : 0;
}

static void log_copy(int status, bool all) {
    static const char *const endings[] = {"none", "left", "removed", "renamed"};
    const int made = *shared->unfinished ? (int)syscall(SYS_openat, AT_FDCWD, shared->unfinished, O_RDWR | O_CLOEXEC) : -1;
    const off_t made_size = made >= 0 ? size_of(made) : 0;
    put(log_file, "fault %llu%s %d %d %s %lld %lld %lld %lld\n", (unsigned long long)allocations, all ? "+" : "",
        WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0, endings[shared->ending],
        (long long)size_of(out_file), (long long)size_of(err_file), (long long)size_of(note_file), (long long)made_size);
    copy_bytes(out_file, size_of(out_file));
    copy_bytes(err_file, size_of(err_file));
    copy_bytes(note_file, size_of(note_file));
    if (made >= 0) {
        copy_bytes(made, made_size);
        if (*own_report.unfinished) {
            if (ftruncate(made, 0) != 0) abort();
        } else {
            remove(shared->unfinished);
        }
        syscall(SYS_close, made);
    }
}

/* In the copy true. */
static bool fork_copy(bool all) {
    int status;
    const int files[] = {out_file, err_file, note_file};
    for (int i = 0; i < 3; i++)
        if (ftruncate(files[i], 0) != 0 || lseek(files[i], 0, SEEK_SET) != 0) abort();
    *shared = own_report;
    const pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
        begin_copy(all);
        return true;
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) abort();
    log_copy(status, all);
    return false;
}

/* ---- allocations --------------------------------------------------------------------------------------------- */

static bool allocation_fails(void) {
    if (the_plan == NOTHING) return false;
    allocations++;
    if (the_plan == EACH_ALLOCATION && allocations >= first && (allocations - first) % step == 0) {
        const int before = errno;
        const bool in_copy = fork_copy(false) || fork_copy(true);
        errno = in_copy ? ENOMEM : before;
        return in_copy;
    }
    if (the_plan != ALLOCATION || allocations < wanted || (allocations > wanted && !persistent)) return false;
    errno = ENOMEM;
    return true;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) {
    if (allocation_fails()) return NULL;
    void *place = __libc_malloc(size);
    remember(place, size, CALLER);
    return place;
}

void *calloc(size_t count, size_t size) {
    if (allocation_fails()) return NULL;
    void *place = __libc_calloc(count, size);
    remember(place, count * size, CALLER);
    return place;
}

void *realloc(void *old, size_t size) {
    if (allocation_fails()) return NULL;
    void *place = __libc_realloc(old, size);
    if (place || size == 0) forget(old);
    remember(place, size, CALLER);
    return place;
}

void *memalign(size_t alignment, size_t size) {
    if (allocation_fails()) return NULL;
    void *place = __libc_memalign(alignment, size);
    remember(place, size, CALLER);
    return place;
}

void *aligned_alloc(size_t alignment, size_t size) {
    if (allocation_fails()) return NULL;
    void *place = __libc_memalign(alignment, size);
    remember(place, size, CALLER);
    return place;
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    if (allocation_fails()) return ENOMEM;
    *out = __libc_memalign(alignment, size);
    remember(*out, size, CALLER);
    return *out ? 0 : ENOMEM;
}

void free(void *block) {
    forget(block);
    __libc_free(block);
}

/* ---- calls of the operating system ---------------------------------------------------------------------------- */

/* -1: the call goes ahead; else what it meets. */
static int call_meets(const char *name, const char *path) {
    if (the_plan != COUNT && the_plan != CALL) return -1;
    calls++;
    if (the_plan == COUNT) put(log_file, "call %llu %s %s\n", (unsigned long long)calls, name, path ? path : "");
    if (the_plan != CALL || calls < wanted || (calls > wanted && !persistent)) return -1;
    if (calls > wanted && strcmp(name, "unlink") == 0) return -1;
    if (calls < wanted + MOST_SHOWN) put(log_file, "met %llu %s %s\n", (unsigned long long)calls, name, path ? path : "");
    if (the_fate == SIGNAL) raise(the_signal);
    errno = the_error;
    return (int)the_fate;
}

/* A call that moves no bytes can only fail or not. */
#define OTHER(type, name, failure, path, parameters, arguments)                                                                    \
    type name parameters {                                                                                                         \
        static type(*real) parameters;                                                                                             \
        if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);                                                             \
        if (call_meets(#name, path) == FAIL) return failure;                                                                       \
        return real arguments;                                                                                                     \
    }

#define OPEN(name)                                                                                                                 \
    int name(const char *path, int flags, ...) {                                                                                   \
        static int (*real)(const char *, int, ...);                                                                                \
        va_list more;                                                                                                              \
        va_start(more, flags);                                                                                                     \
        const int mode = flags & O_CREAT ? va_arg(more, int) : 0;                                                                  \
        va_end(more);                                                                                                              \
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name);                                                \
        return call_meets(#name, path) == FAIL ? -1 : real(path, flags, mode);                                                     \
    }

OPEN(open)
OPEN(open64)
OTHER(int, fsync, -1, NULL, (int file), (file))
OTHER(int, fstat, -1, NULL, (int file, struct stat *about), (file, about))
OTHER(int, fstat64, -1, NULL, (int file, struct stat64 *about), (file, about))
OTHER(int, stat, -1, path, (const char *path, struct stat *about), (path, about))
OTHER(int, stat64, -1, path, (const char *path, struct stat64 *about), (path, about))
OTHER(int, lstat, -1, path, (const char *path, struct stat *about), (path, about))
OTHER(int, lstat64, -1, path, (const char *path, struct stat64 *about), (path, about))
OTHER(int, fchmod, -1, NULL, (int file, mode_t mode), (file, mode))
OTHER(DIR *, opendir, NULL, path, (const char *path), (path))
OTHER(struct dirent *, readdir, NULL, NULL, (DIR * folder), (folder))
OTHER(struct dirent64 *, readdir64, NULL, NULL, (DIR * folder), (folder))
OTHER(char *, realpath, NULL, path, (const char *path, char *out), (path, out))
OTHER(ssize_t, readlink, -1, path, (const char *path, char *out, size_t size), (path, out, size))
OTHER(FILE *, fdopen, NULL, NULL, (int file, const char *mode), (file, mode))
OTHER(int, fflush, EOF, NULL, (FILE * stream), (stream))

/* What closes has closed, also where it says that it failed. */
#define CLOSING(name, type, failure)                                                                                               \
    int name(type what) {                                                                                                          \
        static int (*real)(type);                                                                                                  \
        if (!real) real = (int (*)(type))dlsym(RTLD_NEXT, #name);                                                                  \
        const bool fails = call_meets(#name, NULL) == FAIL;                                                                        \
        const int error = errno, result = real(what);                                                                              \
        if (fails) errno = error;                                                                                                  \
        return fails ? failure : result;                                                                                           \
    }

CLOSING(close, int, -1)
CLOSING(closedir, DIR *, -1)
CLOSING(fclose, FILE *, EOF)

ssize_t read(int file, void *bytes, size_t size) {
    static ssize_t (*real)(int, void *, size_t);
    if (!real) real = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    switch (call_meets("read", NULL)) {
    case FAIL: return -1;
    case NONE: return 0;
    case SHORT: return real(file, bytes, size > 7 ? 1 + size % 7 : 1);
    default: return real(file, bytes, size);
    }
}

ssize_t write(int file, const void *bytes, size_t size) {
    if (!real_write) real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    switch (call_meets("write", NULL)) {
    case FAIL: return -1;
    case NONE: return 0;
    case SHORT: return real_write(file, bytes, size > 1 ? size / 2 : size);
    default: return real_write(file, bytes, size);
    }
}

#define MKSTEMP(name)                                                                                                              \
    int name(char *path) {                                                                                                         \
        static int (*real)(char *);                                                                                                \
        if (!real) real = (int (*)(char *))dlsym(RTLD_NEXT, #name);                                                                \
        if (call_meets(#name, path) == FAIL) return -1;                                                                            \
        const int file = real(path);                                                                                               \
        if (file >= 0) {                                                                                                           \
            shared->ending = own_report.ending = LEFT;                                                                             \
            snprintf(shared->unfinished, MOST_PATH, "%s", path);                                                                   \
            if (!is_copy) snprintf(own_report.unfinished, MOST_PATH, "%s", path);                                                  \
        }                                                                                                                          \
        return file;                                                                                                               \
    }

MKSTEMP(mkstemp)
MKSTEMP(mkstemp64)

/* The first process needs the file still: a copy only says what it would have done. */
int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    if (call_meets("unlink", path) == FAIL) return -1;
    if (!is_copy) return real(path);
    if (strcmp(path, shared->unfinished) == 0) shared->ending = REMOVED;
    return 0;
}

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    if (call_meets("rename", to) == FAIL) return -1;
    if (!is_copy) return real(from, to);
    if (strcmp(from, shared->unfinished) == 0) shared->ending = RENAMED;
    return 0;
}

/* What the program forbids for the sake of its records would hinder a copy from opening its files again. */
int prctl(int option, ...) {
    static int (*real)(int, ...);
    va_list more;
    va_start(more, option);
    const unsigned long value = va_arg(more, unsigned long);
    va_end(more);
    if (!real) real = (int (*)(int, ...))dlsym(RTLD_NEXT, "prctl");
    return option == PR_SET_DUMPABLE && the_plan == EACH_ALLOCATION ? 0 : real(option, value, 0, 0, 0);
}

/* ---- beginning and end ---------------------------------------------------------------------------------------- */

static int error_of(const char *name) {
    static const struct {
        const char *name;
        int number;
    } errors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},  {"EAGAIN", EAGAIN},
                  {"EACCES", EACCES}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(name, errors[i].name) == 0) return errors[i].number;
    return EIO;
}

static uint64_t number_of(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static int high(int file) {
    const int placed = fcntl(file, F_DUPFD_CLOEXEC, HIGH);
    syscall(SYS_close, file);
    return placed;
}

static void read_plan(const char *text) {
    char *rest;
    if (strcmp(text, "count") == 0) the_plan = COUNT;
    if (strcmp(text, "alloc:each") == 0) the_plan = EACH_ALLOCATION;
    if (the_plan != NOTHING) return;
    const char *number = strchr(text, ':');
    if (!number) return;
    wanted = strtoull(number + 1, &rest, 10);
    persistent = *rest == '+';
    the_plan = text[0] == 'a' ? ALLOCATION : CALL;
    const char *what = strchr(rest, ':');
    if (!what) return;
    what++;
    the_signal = strcmp(what, "kill") == 0   ? SIGKILL
                 : strcmp(what, "term") == 0 ? SIGTERM
                 : strcmp(what, "stop") == 0 ? SIGSTOP
                                             : 0;
    the_fate = the_signal ? SIGNAL : strcmp(what, "short") == 0 ? SHORT : strcmp(what, "none") == 0 ? NONE : FAIL;
    the_error = error_of(what);
}

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("WRES_FAULT"), *path = getenv("WRES_FAULT_LOG");
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (!text || !path) return;
    log_file = high((int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0600));
    step = number_of("WRES_FAULT_STEP", 1);
    first = number_of("WRES_FAULT_FIRST", 1);
    void *room =
        mmap(NULL, MOST_BLOCKS * sizeof *blocks, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) abort();
    read_plan(text);
    if (the_plan == EACH_ALLOCATION) {
        out_file = high(memfd_create("out", 0));
        err_file = high(memfd_create("err", 0));
        note_file = high(memfd_create("notes", 0));
        shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED) abort();
    }
    blocks = room;
}

/* Runs behind the program's own handlers of exit and before those of the other libraries. */
__attribute__((destructor)) static void end(void) {
    const int file = is_copy ? note_file : log_file;
    if (the_plan == NOTHING) return;
    the_plan = NOTHING;
    put(file, "end %llu %llu\n", (unsigned long long)allocations, (unsigned long long)calls);
    log_leaks(file);
}
