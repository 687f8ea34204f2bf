/* The run: an arena for small things, a list of blocks that may grow, and what has to be released in the end. */
#include "base/run.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A chunk is so large that the C library takes it from the system, where it is zero and costs nothing before it is written to. */
enum { CHUNK_SIZE = 256 * 1024, LARGE = 16 * 1024, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t used, size;
} chunk;

/* The header of a block that may grow; the list is doubly linked so that a moved block can be put back in its place. */
typedef struct block {
    struct block *next, *previous;
} block;

typedef struct deferred {
    struct deferred *next;
    void (*release)(void *what);
    void *what;
} deferred;

struct wres_run {
    wres_run *outer; /* of a scratch: whose memory errors, findings and deferred releases are its own */
    chunk *chunks;
    block *blocks;
    deferred *deferred;
    jmp_buf *escape; /* of the innermost wres_run_try */
    wres_findings findings;
    wres_progress progress;
};

static size_t aligned(size_t size) { return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1); }

wres_run *wres_run_new(void) { return calloc(1, sizeof(wres_run)); }

static void release_until(wres_run *run, const deferred *last) {
    while (run->deferred != last) {
        deferred *first = run->deferred;
        run->deferred = first->next;
        if (first->release) first->release(first->what);
    }
}

static void free_blocks(wres_run *run) {
    for (block *next, *b = run->blocks; b; b = next) {
        next = b->next;
        free(b);
    }
    run->blocks = NULL;
}

static void free_chunks(chunk *first) {
    for (chunk *next, *c = first; c; c = next) {
        next = c->next;
        free(c);
    }
}

static void free_memory(void *run) {
    free_blocks(run);
    free_chunks(((wres_run *)run)->chunks);
    free(run);
}

void wres_run_free(wres_run *run) {
    if (!run) return;
    release_until(run, NULL);
    free_memory(run);
}

static void free_run(void *run) { wres_run_free(run); }

wres_run *wres_run_beside(wres_run *run) {
    wres_run *beside = wres_run_new();
    if (!beside) wres_out_of_memory(run);
    wres_defer(run, free_run, beside);
    return beside;
}

wres_run *wres_scratch_new(wres_run *run) {
    wres_run *scratch = wres_run_new();
    if (!scratch) wres_out_of_memory(run);
    scratch->outer = run;
    wres_defer(run, free_memory, scratch);
    return scratch;
}

/* The chunk that was taken first stays, so that a scratch that is used over and over asks for nothing. */
void wres_scratch_clear(wres_run *scratch) {
    free_blocks(scratch);
    chunk *c = scratch->chunks;
    if (!c) return;
    free_chunks(c->next);
    c->next = NULL;
    memset((char *)c + aligned(sizeof *c), 0, c->used - aligned(sizeof *c));
    c->used = aligned(sizeof *c);
}

wres_status wres_run_try(wres_run *run, wres_status (*body)(wres_run *run, void *context), void *context) {
    jmp_buf here;
    jmp_buf *const outer = run->escape;
    deferred *const before = run->deferred;
    wres_status status;
    if (setjmp(here) == 0) {
        run->escape = &here;
        status = body(run, context);
    } else {
        release_until(run, before);
        run->findings.out_of_memory = true;
        status = WRES_IO;
    }
    run->escape = outer;
    return status;
}

wres_run *wres_run_outermost(wres_run *run) {
    while (run->outer) run = run->outer;
    return run;
}

wres_progress *wres_run_progress(wres_run *run) { return &wres_run_outermost(run)->progress; }

void wres_out_of_memory(wres_run *run) {
    run = wres_run_outermost(run);
    if (!run->escape) { /* a caller without wres_run_try has nowhere to go back to */
        fputs("wres: out of memory\n", stderr);
        exit(WRES_IO);
    }
    longjmp(*run->escape, 1);
}

void *wres_alloc(wres_run *run, size_t size) {
    if (size >= LARGE) return wres_grow(run, NULL, 0, size);
    size = aligned(size ? size : 1);
    chunk *c = run->chunks;
    if (!c || c->size - c->used < size) {
        c = calloc(1, CHUNK_SIZE);
        if (!c) wres_out_of_memory(run);
        c->next = run->chunks;
        c->used = aligned(sizeof(chunk));
        c->size = CHUNK_SIZE;
        run->chunks = c;
    }
    void *place = (char *)c + c->used;
    c->used += size;
    return place;
}

void *wres_grow(wres_run *run, void *old, size_t old_size, size_t new_size) {
    const size_t header = aligned(sizeof(block));
    block *moved = old ? (block *)(void *)((char *)old - header) : NULL;
    block *b = NULL;
    /* What the system gives is zero already, and pages that nobody writes to cost nothing: calloc knows. */
    if (new_size <= SIZE_MAX / 2) b = moved ? realloc(moved, header + new_size) : calloc(1, header + new_size);
    if (!b) wres_out_of_memory(run);
    if (!moved) {
        b->previous = NULL;
        b->next = run->blocks;
        run->blocks = b;
    } else if (b->previous) {
        b->previous->next = b;
    } else {
        run->blocks = b;
    }
    if (b->next) b->next->previous = b;
    char *bytes = (char *)b + header;
    if (moved && new_size > old_size) memset(bytes + old_size, 0, new_size - old_size);
    return bytes;
}

void wres_drop(wres_run *run, void *old) {
    if (!old) return;
    block *b = (block *)(void *)((char *)old - aligned(sizeof(block)));
    if (b->previous)
        b->previous->next = b->next;
    else
        run->blocks = b->next;
    if (b->next) b->next->previous = b->previous;
    free(b);
}

char *wres_copy(wres_run *run, const char *bytes, size_t length) {
    char *copy = wres_alloc(run, length + 1);
    if (length) memcpy(copy, bytes, length);
    return copy;
}

char *wres_print_list(wres_run *run, const char *format, va_list arguments) {
    enum { MOST = 256 }; /* a longer text is printed twice */
    char text[MOST];
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    char *out = length < 0 ? NULL : wres_alloc(run, (size_t)length + 1);
    bool printed = out;
    if (out && length < MOST)
        memcpy(out, text, (size_t)length);
    else if (out)
        printed = vsnprintf(out, (size_t)length + 1, format, again) == length;
    va_end(again);
    if (!printed) wres_out_of_memory(run); /* nothing else fails there, and an empty text would be a lie */
    return out;
}

char *wres_print(wres_run *run, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = wres_print_list(run, format, arguments);
    va_end(arguments);
    return text;
}

void wres_defer(wres_run *run, void (*release)(void *what), void *what) {
    run = wres_run_outermost(run);
    /* The entry is not taken from the arena: where there is no memory for it, what it should release must not be lost. */
    deferred *entry = NULL;
    if (run->chunks && run->chunks->size - run->chunks->used >= aligned(sizeof *entry)) entry = wres_alloc(run, sizeof *entry);
    if (!entry) {
        chunk *c = calloc(1, CHUNK_SIZE);
        if (!c) {
            release(what);
            wres_out_of_memory(run);
        }
        c->next = run->chunks;
        c->used = aligned(sizeof(chunk));
        c->size = CHUNK_SIZE;
        run->chunks = c;
        entry = wres_alloc(run, sizeof *entry);
    }
    *entry = (deferred){run->deferred, release, what};
    run->deferred = entry;
}

void wres_release(wres_run *run, void *what) {
    run = wres_run_outermost(run);
    for (deferred **place = &run->deferred; *place; place = &(*place)->next) {
        if ((*place)->what != what) continue;
        deferred *entry = *place;
        *place = entry->next;
        if (entry->release) entry->release(what);
        return;
    }
}

wres_findings *wres_run_findings(wres_run *run) { return &run->findings; }
const wres_findings *wres_run_findings_const(const wres_run *run) { return &run->findings; }
