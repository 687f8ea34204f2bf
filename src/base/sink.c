/* Where output goes: beside the final name, flushed, renamed; or straight to a stream. Every result of a write counts. */
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
    FILE *stream;
    const char *target; /* NULL = standard output */
    char *unfinished;   /* the temporary name, NULL where the target is written straight */
    int failure;        /* the first errno that went wrong */
};

static void sink_abandon(void *what) {
    wres_sink *sink = what;
    if (sink->stream && sink->stream != stdout) fclose(sink->stream);
    if (sink->unfinished) unlink(sink->unfinished);
    wres_unfinished_file(NULL);
    sink->stream = NULL;
}

static wres_status sink_error(wres_sink *sink, int error) {
    const char *name = sink->target ? wres_visible_name(sink->run, sink->target) : "standard output";
    wres_find(sink->run, WRES_ERROR, "output", (wres_place){.file = name}, 0, "cannot be written: %s%s", strerror(error),
              sink->unfinished ? "; an earlier file of this name is untouched" : "");
    return WRES_IO;
}

/* Where a link points, so that the link stays and its target is replaced, or made where it is not there yet. */
static const char *final_name(wres_run *run, const char *path) {
    char target[4096];
    char *real = realpath(path, NULL);
    if (real) {
        const char *name = wres_copy(run, real, strlen(real));
        free(real);
        return name;
    }
    const ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0) return path;
    target[length] = '\0';
    return wres_path_join(run, path, wres_copy(run, target, (size_t)length));
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

wres_status wres_sink_open(wres_run *run, const char *path, wres_sink **out) {
    wres_sink *sink = wres_alloc(run, sizeof *sink);
    sink->run = run;
    *out = sink;
    wres_defer(run, sink_abandon, sink);
    if (!path || strcmp(path, "-") == 0) {
        sink->stream = stdout;
        return WRES_OK;
    }
    struct stat about;
    sink->target = path;
    const bool straight = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
    if (!straight) sink->target = final_name(run, path);
    const int descriptor = straight ? open(path, O_WRONLY | O_CLOEXEC) : open_beside(run, sink);
    if (descriptor >= 0) sink->stream = fdopen(descriptor, "w");
    if (sink->stream) return WRES_OK;
    const int error = errno;
    if (descriptor >= 0) close(descriptor);
    const wres_status status = sink_error(sink, error);
    wres_release(run, sink);
    return status;
}

void wres_sink_write(wres_sink *sink, const char *bytes, size_t length) {
    if (!sink->failure && length && fwrite(bytes, 1, length, sink->stream) != length) sink->failure = errno ? errno : EIO;
}

void wres_sink_text(wres_sink *sink, const char *string) { wres_sink_write(sink, string, strlen(string)); }

void wres_sink_print(wres_sink *sink, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (!sink->failure && vfprintf(sink->stream, format, arguments) < 0) sink->failure = errno ? errno : EIO;
    va_end(arguments);
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

wres_status wres_sink_commit(wres_sink *sink) {
    FILE *stream = sink->stream;
    int error = sink->failure;
    if (!error && fflush(stream) != 0) error = errno;
    if (!error && sink->unfinished && fsync(fileno(stream)) != 0) error = errno;
    sink->stream = NULL;
    if (stream != stdout && fclose(stream) != 0 && !error) error = errno;
    if (!error && sink->unfinished && rename(sink->unfinished, sink->target) != 0) error = errno;
    if (error) {
        const wres_status status = sink_error(sink, error);
        wres_release(sink->run, sink);
        return status;
    }
    if (sink->unfinished) flush_folder(sink->target);
    sink->unfinished = NULL;
    wres_release(sink->run, sink);
    return WRES_OK;
}
