/* Linked with the unit tests of the indicators: what they take from a run's arena lies in blocks of its own, so that writing beyond one
 * is noticed, here at the end of the run at the latest, by AddressSanitizer at once. Neither is in the arena, where a neighbour follows.
 *
 * The linker puts these in the place of the library's (--wrap); with GUARD_BEFORE_LIBRARY they come before a shared one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wres/base.h"

#ifdef GUARD_BEFORE_LIBRARY
#define GUARDED(name) name
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
    struct guarded *next;
    const wres_run *run;
    unsigned char *bytes;
    size_t size;
} guarded;

static guarded *taken;

/* With AddressSanitizer nothing lies behind the block, as it should find what writes there. */
static size_t fence(void) {
#ifdef __SANITIZE_ADDRESS__
    return 0;
#else
    return FENCE;
#endif
}

void *GUARDED(wres_alloc)(wres_run *run, size_t size) {
    guarded *g = malloc(sizeof *g);
    if (size > SIZE_MAX / 2) size = SIZE_MAX / 2; /* more than there is */
    if (g) *g = (guarded){taken, run, malloc(size + fence()), size};
    if (!g || !g->bytes) {
        fprintf(stderr, "no memory for %zu bytes\n", size);
        abort();
    }
    memset(g->bytes, 0, size);
    memset(g->bytes + size, FENCE_BYTE, fence());
    return (taken = g)->bytes;
}

void GUARDED(wres_run_free)(wres_run *run) {
    LIBRARYS(wres_run_free)(run);
    for (guarded **place = &taken; *place;) {
        guarded *g = *place;
        if (g->run != run) {
            place = &g->next;
            continue;
        }
        for (size_t i = 0; i < fence(); i++) {
            if (g->bytes[g->size + i] == FENCE_BYTE) continue;
            fprintf(stderr, "written beyond a block of %zu bytes\n", g->size);
            abort();
        }
        *place = g->next;
        free(g->bytes);
        free(g);
    }
}
