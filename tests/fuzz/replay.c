/* Gives a target every file of the folders that are named, or the single files; without any those kept for it in tests/fuzz. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>

#include "support.h"

#ifndef FUZZ_TARGET
#error "FUZZ_TARGET is the name of the target"
#endif

static size_t done;
static const char *current;

/* A sanitizer ends the program without a signal. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void say_current(void) {
    if (current) fprintf(stderr, "while it was given %s\n", current);
}

static void say_and_die(int number) {
    say_current();
    signal(number, SIG_DFL);
    raise(number);
}

static void prepare(void) {
    fuzz_thorough = true;
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(say_current);
    signal(SIGABRT, say_and_die);
    if (!__sanitizer_set_death_callback) signal(SIGSEGV, say_and_die);
}

static void give_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct stat about;
    REQUIRE(file && fstat(fileno(file), &about) == 0, "%s", path);
    const size_t length = (size_t)about.st_size;
    uint8_t *bytes = malloc(length + 1);
    REQUIRE(bytes && fread(bytes, 1, length, file) == length, "%s", path);
    fclose(file);
    current = path;
    LLVMFuzzerTestOneInput(bytes, length);
    current = NULL;
    free(bytes);
    done++;
}

static int compare_names(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

/* False where it is no folder. */
static bool give_folder(const char *folder) {
    struct dirent **entries;
    const int count = scandir(folder, &entries, NULL, compare_names);
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') give_file(path);
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    return count >= 0;
}

int main(int argc, char **argv) {
    const char *tests = getenv("WRES_TESTS");
    prepare();
    for (int i = 1; i < argc; i++)
        if (!give_folder(argv[i])) give_file(argv[i]);
    if (argc == 1)
        for (int k = 0; k < 2; k++) {
            char path[PATH_MAX];
            snprintf(path, sizeof path, "%s/fuzz/%s/" FUZZ_TARGET, tests ? tests : "tests", k ? "corpus" : "seeds");
            give_folder(path);
        }
    REQUIRE(done > 0, "no files");
    fprintf(stderr, "%zu cases\n", done);
    return 0;
}
