/* Linked with the unit tests of the indicators: what they take from a run's arena lies in blocks of its own, so that writing beyond one
 * is noticed, here at the end of the run or of the program at the latest, by AddressSanitizer at once. Neither is in the arena, where a
 * neighbour follows.
 *
 * The linker puts these in the place of the library's (--wrap); with GUARD_BEFORE_LIBRARY they come before a shared one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wres/base.h"

#ifdef GUARD_BEFORE_LIBRARY
#define GUARDED(name)  name
#define LIBRARYS(name) ((void (*)(wres_run *))dlsym(RTLD_NEXT, #name))
#else
#define GUARDED(name)  __wrap_##name
#define LIBRARYS(name) __real_##name
void __real_wres_run_free(wres_run *run);
void *__wrap_wres_alloc(wres_run *run, size_t size);
void __wrap_wres_run_free(wres_run *run);
#endif

enum { FENCE = 32, FENCE_BYTE = 0xA5 };

typedef struct guarded {
    const wres_run *run;
    unsigned char *bytes;
    size_t size;
} guarded;

/* Not among the blocks, where what writes beyond them would lose them. */
enum { LEAST_ROOM = 1 << 16 };
static guarded *taken;
static size_t taken_count, taken_room;
static pthread_mutex_t taking = PTHREAD_MUTEX_INITIALIZER; /* organisations are computed on several threads */

/* With AddressSanitizer nothing lies behind the block, as it should find what writes there. */
static size_t fence(void) {
#ifdef __SANITIZE_ADDRESS__
    return 0;
#else
    return FENCE;
#endif
}

static guarded *next_taken(void) {
    if (taken_count == taken_room) {
        taken_room = taken_room ? 2 * taken_room : LEAST_ROOM;
        taken = realloc(taken, taken_room * sizeof *taken);
        if (!taken) abort();
    }
    return &taken[taken_count++];
}

void *GUARDED(wres_alloc)(wres_run *run, size_t size) {
    if (size > SIZE_MAX / 2) size = SIZE_MAX / 2; /* more than there is */
    unsigned char *bytes = malloc(size + fence());
    if (!bytes) {
        fprintf(stderr, "no memory for %zu bytes\n", size);
        abort();
    }
    memset(bytes, 0, size);
    memset(bytes + size, FENCE_BYTE, fence());
    pthread_mutex_lock(&taking);
    *next_taken() = (guarded){run, bytes, size};
    pthread_mutex_unlock(&taking);
    return bytes;
}

static void check(const guarded *g) {
    for (size_t i = 0; i < fence(); i++) {
        if (g->bytes[g->size + i] == FENCE_BYTE) continue;
        fprintf(stderr, "written beyond a block of %zu bytes\n", g->size);
        abort();
    }
}

void GUARDED(wres_run_free)(wres_run *run) {
    size_t kept = 0;
    pthread_mutex_lock(&taking);
    for (size_t i = 0; i < taken_count; i++)
        if (taken[i].run == run) check(&taken[i]);
    LIBRARYS(wres_run_free)(run);
    for (size_t i = 0; i < taken_count; i++) {
        if (taken[i].run == run)
            free(taken[i].bytes);
        else
            taken[kept++] = taken[i];
    }
    taken_count = kept;
    pthread_mutex_unlock(&taking);
}

/* Of runs that another run ends (wres_scratch_new), which is not seen here. */
__attribute__((destructor)) static void end(void) {
    for (size_t i = 0; i < taken_count; i++) {
        check(&taken[i]);
        free(taken[i].bytes);
    }
    free(taken);
}
