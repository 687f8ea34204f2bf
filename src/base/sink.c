/* Where output goes: beside the final name, flushed and renamed when it is whole; to a device or standard output straight, and then it is
 * collected until it is whole, or until nothing but a write can fail any more. So an error before the end leaves nothing, not even on
 * standard output, and every result of a write counts. */
#ifdef __linux__
#define _GNU_SOURCE /* sync_file_range */
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"
#include "wres/base.h"

struct wres_sink {
    wres_run *run;
    int descriptor;     /* -1 = closed */
    const char *target; /* NULL = standard output */
    char *unfinished;   /* the temporary name, NULL where the target is written straight */
    char *bytes;        /* what was written so far and did not go out yet */
    size_t length, room;
    bool flows;                /* what was written may go out before the commit */
    uint64_t written, flushed; /* went out, and is on its way to the disk */
    int error;                 /* of the first write that failed, 0 = none */
};

enum { FIRST_ROOM = 16384, FULL = 65536 };

static int write_all(int descriptor, const char *bytes, size_t length);

static void sink_abandon(void *what) {
    wres_sink *sink = what;
    if (sink->descriptor >= 0 && sink->target) close(sink->descriptor);
    if (sink->unfinished) unlink(sink->unfinished);
    wres_unfinished_file(NULL);
    sink->descriptor = -1;
}

static wres_status sink_error(wres_sink *sink, int error) {
    const char *name = sink->target ? wres_visible_name(sink->run, sink->target) : "standard output";
    wres_find(sink->run, WRES_ERROR, "output", (wres_place){.file = name}, 0, "cannot be written: %s%s", strerror(error),
              sink->unfinished ? "; an earlier file of this name is untouched" : "");
    return WRES_IO;
}

/* Where links lead in the end, so that they stay and their target is replaced, or made where it is not there yet. NULL where the
 * system cannot tell: a link would be replaced. */
static const char *final_name(wres_run *run, const char *path) {
    enum { MOST_LINKS = 40 }; /* as the system's own */
    char target[4096];
    char *real = realpath(path, NULL);
    if (real) {
        const char *name = wres_copy(run, real, strlen(real));
        free(real);
        return name;
    }
    if (errno != ENOENT) return NULL;
    for (int i = 0; i < MOST_LINKS; i++) {
        const ssize_t length = readlink(path, target, sizeof target - 1);
        if (length < 0) return errno == EINVAL || errno == ENOENT ? path : NULL;
        path = wres_path_join(run, path, wres_copy(run, target, (size_t)length));
    }
    errno = ELOOP;
    return NULL;
}

const char *wres_output_folder(wres_run *run, const char *path) {
    struct stat about;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) return NULL;
    const char *target = final_name(run, path), *slash = target ? strrchr(target, '/') : NULL;
    if (!target) return NULL;
    return slash ? wres_copy(run, target, (size_t)(slash - target) + 1) : ".";
}

static int open_beside(wres_run *run, wres_sink *sink) {
    const char *slash = strrchr(sink->target, '/');
    const int folder = slash ? (int)(slash - sink->target) + 1 : 0;
    char *name = wres_print(run, "%.*s.wres-XXXXXX", folder, sink->target);
    const int descriptor = mkstemp(name);
    if (descriptor < 0) return -1;
    sink->unfinished = name;
    wres_unfinished_file(name);
    const mode_t mask = umask(0);
    umask(mask);
    if (fchmod(descriptor, 0666 & ~mask) != 0 || fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) {
        const int error = errno;
        close(descriptor);
        errno = error;
        return -1;
    }
    return descriptor;
}

/* -1 with errno where it cannot be opened. */
static int open_target(wres_run *run, wres_sink *sink, const char *path) {
    struct stat about;
    const bool there = stat(path, &about) == 0;
    if (!there && errno != ENOENT) return -1;
    if (there && !S_ISREG(about.st_mode)) return open(path, O_WRONLY | O_CLOEXEC);
    const char *name = final_name(run, path);
    if (!name) return -1;
    sink->target = name;
    return open_beside(run, sink);
}

wres_status wres_sink_open(wres_run *run, const char *path, wres_sink **out) {
    wres_progress_clear(run);
    wres_sink *sink = wres_alloc(run, sizeof *sink);
    sink->run = run;
    sink->descriptor = -1;
    *out = sink;
    wres_defer(run, sink_abandon, sink);
    if (!path || strcmp(path, "-") == 0) {
        sink->descriptor = STDOUT_FILENO;
        return WRES_OK;
    }
    sink->target = path;
    sink->descriptor = open_target(run, sink, path);
    if (sink->descriptor >= 0) return WRES_OK;
    const wres_status status = sink_error(sink, errno);
    wres_release(run, sink);
    return status;
}

/* Lets the system begin with the disk while more is made: there is less to wait for at the end. Where it cannot, nothing is lost. */
static void begin_flush(wres_sink *sink) {
#ifdef __linux__
    enum { WORTH_IT = 1024 * 1024 };
    if (!sink->unfinished || sink->error || sink->written - sink->flushed < WORTH_IT) return;
    sync_file_range(sink->descriptor, (off_t)sink->flushed, (off_t)(sink->written - sink->flushed), SYNC_FILE_RANGE_WRITE);
    sink->flushed = sink->written;
#else
    (void)sink;
#endif
}

static void let_out(wres_sink *sink) {
    if (!sink->error) sink->error = write_all(sink->descriptor, sink->bytes, sink->length);
    sink->written += sink->length;
    sink->length = 0;
    begin_flush(sink);
}

static void make_room(wres_sink *sink, size_t more) {
    size_t room = sink->room ? sink->room : FIRST_ROOM;
    if (sink->room - sink->length >= more) return;
    if ((sink->flows || sink->unfinished) && sink->length && sink->room >= FULL) {
        let_out(sink);
        if (sink->room >= more) return;
    }
    while (room - sink->length < more) room *= 2;
    sink->bytes = wres_grow(sink->run, sink->bytes, sink->room, room);
    sink->room = room;
}

char *wres_sink_room(wres_sink *sink, size_t length) {
    make_room(sink, length);
    return sink->bytes + sink->length;
}

void wres_sink_fill(wres_sink *sink, size_t length) { sink->length += length; }

/* The room is asked for now, where a failure still leaves nothing. */
void wres_sink_flow(wres_sink *sink) {
    if (sink->room < FULL) {
        sink->bytes = wres_grow(sink->run, sink->bytes, sink->room, FULL);
        sink->room = FULL;
    }
    sink->flows = true;
}

void wres_sink_write(wres_sink *sink, const char *bytes, size_t length) {
    if (!length) return;
    make_room(sink, length);
    memcpy(sink->bytes + sink->length, bytes, length);
    sink->length += length;
}

void wres_sink_text(wres_sink *sink, const char *string) { wres_sink_write(sink, string, strlen(string)); }

void wres_sink_print(wres_sink *sink, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    make_room(sink, 1);
    int length = vsnprintf(sink->bytes + sink->length, sink->room - sink->length, format, arguments);
    if (length >= 0 && (size_t)length >= sink->room - sink->length) {
        make_room(sink, (size_t)length + 1);
        length = vsnprintf(sink->bytes + sink->length, sink->room - sink->length, format, again);
    }
    va_end(again);
    va_end(arguments);
    if (length < 0) wres_out_of_memory(sink->run);
    sink->length += (size_t)length;
}

/* All of it, or an errno. */
static int write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written < 0 ? errno : EIO;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* The name is safe on disk only when the folder is, too. A file system that cannot flush a folder is not an error. */
static void flush_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";
    if (slash && (size_t)(slash - path) < sizeof folder - 1) {
        memcpy(folder, path, (size_t)(slash - path) + 1);
        folder[slash - path + 1] = '\0';
    }
    const int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

static int finish(wres_sink *sink) {
    const int descriptor = sink->descriptor;
    let_out(sink);
    int error = sink->error;
    if (!error && sink->unfinished && fsync(descriptor) != 0) error = errno;
    sink->descriptor = -1;
    if (sink->target && close(descriptor) != 0 && !error && errno != EINTR) error = errno; /* EINTR: closed all the same */
    if (!error && sink->unfinished && rename(sink->unfinished, sink->target) != 0) error = errno;
    return error;
}

wres_status wres_sink_commit(wres_sink *sink) {
    const int error = finish(sink);
    const wres_status status = error ? sink_error(sink, error) : WRES_OK;
    if (!error && sink->unfinished) flush_folder(sink->target);
    if (!error) sink->unfinished = NULL;
    wres_drop(sink->run, sink->bytes);
    sink->bytes = NULL;
    wres_release(sink->run, sink);
    return status;
}
