/* Files and folders that are read. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wres/base.h"

struct wres_file {
    wres_run *run;
    int descriptor;
    const char *name;
    struct stat before; /* as it was when it was opened */
    int error;          /* of the last read; or CHANGED */
};
enum { CHANGED = -1 };

const char *wres_path_last(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static wres_status file_error(wres_run *run, const char *path, const char *what, const char *why) {
    wres_find(run, WRES_ERROR, "file", (wres_place){.file = wres_visible_name(run, path)}, 0, "%s: %s", what, why);
    return WRES_IO;
}

static void close_file(void *what) {
    wres_file *file = what;
    if (file->descriptor > 0) close(file->descriptor);
    file->descriptor = -1;
}

wres_status wres_file_open(wres_run *run, const char *path, wres_file **out) {
    wres_file *file = wres_alloc(run, sizeof *file);
    const bool standard_input = strcmp(path, "-") == 0;
    file->run = run;
    file->name = standard_input ? "standard input" : wres_path_last(path);
    file->descriptor = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file->descriptor < 0) return file_error(run, path, "cannot be opened", strerror(errno));
    wres_defer(run, close_file, file);
    const char *why = fstat(file->descriptor, &file->before) != 0 ? strerror(errno) : NULL;
    if (!why && S_ISDIR(file->before.st_mode)) why = "it is a folder";
    if (!why) {
        *out = file;
        return WRES_OK;
    }
    wres_file_close(file);
    return file_error(run, path, "cannot be read", why);
}

/* Asked at its end: a file that is being written, or cut, is read as something that it never was. */
static int check_unchanged(const wres_file *file) {
    struct stat now;
    const struct stat *before = &file->before;
    if (!S_ISREG(before->st_mode)) return 0;
    if (fstat(file->descriptor, &now) != 0) return errno;
    const bool same = now.st_size == before->st_size && now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
                      now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
    return same ? 0 : CHANGED;
}

bool wres_file_fetch(wres_file *file, void *buffer, size_t capacity, size_t *got) {
    ssize_t length;
    do length = read(file->descriptor, buffer, capacity);
    while (length < 0 && errno == EINTR);
    *got = length > 0 ? (size_t)length : 0;
    file->error = length < 0 ? errno : length == 0 ? check_unchanged(file) : 0;
    return file->error == 0;
}

wres_status wres_file_trouble(const wres_file *file) {
    return file_error(
        file->run, file->name, "cannot be read",
        file->error == CHANGED
            ? "it was changed meanwhile, so that what was read is neither the old nor the new. Run this again when it is finished"
            : strerror(file->error));
}

void wres_file_close(wres_file *file) { wres_release(file->run, file); }
uint64_t wres_file_size(const wres_file *file) { return S_ISREG(file->before.st_mode) ? (uint64_t)file->before.st_size : 0; }
const char *wres_file_name(const wres_file *file) { return file->name; }

static wres_status look(wres_run *run, const char *path, struct stat *about, bool *there) {
    *there = (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, about) : stat(path, about)) == 0;
    if (*there || errno == ENOENT || errno == ENOTDIR) return WRES_OK;
    return file_error(run, path, "cannot be read", strerror(errno));
}

wres_status wres_same_file(wres_run *run, const char *path, const char *other, bool *same) {
    struct stat a = {0}, b = {0};
    bool one, two = false;
    wres_status status = look(run, path, &a, &one);
    if (status == WRES_OK && one) status = look(run, other, &b, &two);
    *same = two && S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    return status;
}

wres_status wres_real_path(wres_run *run, const char *path, const char **real) {
    char found[PATH_MAX];
    if (!realpath(path, found)) return file_error(run, path, "cannot be read", strerror(errno));
    *real = wres_copy(run, found, strlen(found));
    return WRES_OK;
}

wres_status wres_kind_of(wres_run *run, const char *path, wres_kind *kind) {
    struct stat about = {0};
    bool there;
    const wres_status status = look(run, path, &about, &there);
    *kind = !there ? WRES_NOT_THERE : S_ISDIR(about.st_mode) ? WRES_A_FOLDER : WRES_A_FILE;
    return status;
}

static void close_folder(void *what) { closedir(what); }

static int compare_paths(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool is_named(const char *name, const char *prefix, const char *suffix) {
    const size_t length = strlen(name), head = strlen(prefix), tail = strlen(suffix);
    return length >= head + tail && strncmp(name, prefix, head) == 0 && strcmp(name + length - tail, suffix) == 0;
}

wres_status wres_folder_list(wres_run *run, const char *folder, const char *prefix, const char *suffix, const char *const **paths,
                             size_t *count) {
    const char **found = NULL;
    wres_status status = WRES_OK;
    size_t room = 0;
    *count = 0;
    DIR *directory = opendir(folder);
    if (!directory) return file_error(run, folder, "cannot be read", strerror(errno));
    wres_defer(run, close_folder, directory);
    for (struct dirent *entry; errno = 0, (entry = readdir(directory));) {
        const char *path = wres_print(run, "%s/%s", folder, entry->d_name);
        wres_kind kind = WRES_A_FOLDER;
        if (is_named(entry->d_name, prefix, suffix)) status = wres_kind_of(run, path, &kind);
        if (status != WRES_OK) return status;
        if (kind == WRES_A_FOLDER) continue;
        if (*count == room) {
            found = wres_grow(run, found, room * sizeof *found, (room + 16) * 2 * sizeof *found);
            room = (room + 16) * 2;
        }
        found[(*count)++] = path;
    }
    if (errno) return file_error(run, folder, "cannot be read", strerror(errno)); /* else its later files would be missing unsaid */
    wres_release(run, directory);
    if (*count) qsort(found, *count, sizeof *found, compare_paths);
    *paths = found;
    return WRES_OK;
}

const char *wres_path_join(wres_run *run, const char *beside_file, const char *path) {
    const char *slash = strrchr(beside_file, '/');
    if (path[0] == '/' || !slash || strcmp(path, "-") == 0) return path;
    return wres_print(run, "%.*s/%s", (int)(slash - beside_file), beside_file, path);
}
