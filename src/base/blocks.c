/* The one place with threads. A block is fetched by one thread at a time, looked at by whoever fetched it, and taken in its order by
 * whoever finds that its turn has come: one at a time too. So what is said and counted in taking does not depend on threads. The sha256 of the
 * bytes is made in the same way, in their order, by whoever finds it waiting, so that the others go on meanwhile. */
#ifdef __linux__
#define _GNU_SOURCE /* sched_getaffinity */
#endif
#include <stdlib.h>
#include <string.h>

#include "wres/base.h"

#ifndef WRES_WITHOUT_THREADS
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>
#endif

enum { BLOCK = 192 * 1024, LONGEST = 1024 * 1024, MOST_THREADS = 64 };

typedef struct worker {
    struct team *team;
    size_t number;
    wres_block blocks[WRES_BLOCKS_A_WORKER];
    wres_text fetched[WRES_BLOCKS_A_WORKER]; /* what came new from the source, for its sha256 */
    int holders[WRES_BLOCKS_A_WORKER];       /* of each block: until it is taken, and until it is hashed */
    bool busy;                               /* with a block */
#ifndef WRES_WITHOUT_THREADS
    pthread_t thread;
#endif
} worker;

typedef struct team {
    wres_run *run;
    const wres_blocks *blocks;
    size_t size, longest, worker_count;
    worker *workers;
    /* while a block is fetched */
    wres_text head;
    char *carried; /* bytes behind the last block */
    size_t carried_length;
    bool carried_text, inside, continued, ended, trouble;
    uint64_t fetched;
    /* in order */
    wres_block **ready, **unhashed; /* by number */
    size_t ready_room;
    uint64_t taken, hashed;
    bool taking, hashes, hashing, stop, rest_asked;
    size_t busy; /* workers */
    wres_status status;
#ifndef WRES_WITHOUT_THREADS
    pthread_mutex_t fetching, order;
    pthread_cond_t progress;
    size_t running;
#endif
} team;

/* ---- threads, or none ----------------------------------------------------------------------------------------- */

#ifndef WRES_WITHOUT_THREADS
#define LOCK(team, which)   pthread_mutex_lock(&(team)->which)
#define UNLOCK(team, which) pthread_mutex_unlock(&(team)->which)
#define WAIT(team)          pthread_cond_wait(&(team)->progress, &(team)->order)
#define WAKE(team)          pthread_cond_broadcast(&(team)->progress)

/* Those that this process may use. sysconf would open a file to tell. */
static long processors(void) {
#ifdef __linux__
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
#else
    return sysconf(_SC_NPROCESSORS_ONLN);
#endif
}

size_t wres_processors(void) {
    const long count = processors();
    return count < 1 ? 1 : count > MOST_THREADS ? (size_t)MOST_THREADS : (size_t)count;
}
#else
#define LOCK(team, which)   ((void)(team))
#define UNLOCK(team, which) ((void)(team))
#define WAIT(team)          ((void)(team))
#define WAKE(team)          ((void)(team))
size_t wres_processors(void) { return 1; }
#endif

/* ---- fetching ----------------------------------------------------------------------------------------------------- */

/* The length without a character of UTF-8 that may be cut at the end. */
static size_t to_whole_character(const char *bytes, size_t length) {
    enum { LONGEST_CHARACTER = 4 };
    for (size_t back = 1; back < LONGEST_CHARACTER && back <= length; back++)
        if ((unsigned char)bytes[length - back] >= 0xc0) return length - back;
    return length;
}

/* What cannot be read is the end; it is said when all before it was taken. */
static void fetch_bytes(team *t, wres_block *block, size_t wanted, bool *ended) {
    while (block->length < wanted && !*ended) {
        size_t got = wanted - block->length;
        if (block->is_text) {
            if (got > t->head.length) got = t->head.length;
            memcpy(block->bytes + block->length, t->head.bytes, got);
            t->head.bytes += got;
            t->head.length -= got;
        } else if (t->trouble)
            got = 0;
        else
            t->trouble = !wres_source_fetch(t->blocks->source, block->bytes + block->length, got, &got);
        block->length += got;
        *ended = got == 0 || t->trouble;
    }
}

static void carry(team *t, const wres_block *block, size_t from) {
    t->carried_length = block->length - from;
    t->carried_text = block->is_text;
    memcpy(t->carried, block->bytes + from, t->carried_length);
}

/* False at the end. */
static bool fetch(team *t, wres_block *block) {
    size_t looked_at = 0, whole = 0;
    bool ended = false;
    if (t->ended) return false;
    memcpy(block->bytes, t->carried, t->carried_length);
    block->length = t->carried_length;
    block->is_text = t->head.length > 0 || (t->carried_text && t->carried_length > 0);
    const size_t known = t->carried_length;
    for (size_t wanted = t->size; !whole && !ended && looked_at < t->longest; wanted = block->length + t->size) {
        fetch_bytes(t, block, wanted < t->longest ? wanted : t->longest, &ended);
        const size_t cut = wres_split_cut(block->bytes + looked_at, block->length - looked_at, t->continued, &t->inside);
        if (cut) whole = looked_at + cut;
        looked_at = block->length;
    }
    block->number = t->fetched;
    t->workers[block->worker].fetched[block->slot] = (wres_text){block->bytes + known, block->is_text ? 0 : block->length - known};
    block->is_whole = whole && !t->continued;
    const size_t length = whole ? whole : ended ? block->length : to_whole_character(block->bytes, block->length);
    carry(t, block, length);
    block->length = length;
    if (whole) t->inside = false;
    t->continued = !whole;
    t->ended = ended && !block->is_text && length == 0;
    t->fetched += !t->ended;
    return !t->ended;
}

/* ---- in order ------------------------------------------------------------------------------------------------------ */

static wres_status take(wres_run *run, void *context) {
    const team *t = context;
    wres_block *block = t->ready[t->taken % t->ready_room];
    if (!block->is_looked_at) wres_out_of_memory(run);
    return t->blocks->take(t->blocks->context, block);
}

static void take_all(team *t, wres_block *own) {
    LOCK(t, order);
    t->ready[own->number % t->ready_room] = own;
    if (t->taking) {
        UNLOCK(t, order);
        return;
    }
    t->taking = true;
    for (wres_block *block; (block = t->ready[t->taken % t->ready_room]) && !t->stop;) {
        UNLOCK(t, order);
        const wres_status status = wres_run_try(t->run, take, t);
        LOCK(t, order);
        t->status = status;
        t->stop = status != WRES_OK;
        t->rest_asked = t->rest_asked || (block->asks_for_rest && t->blocks->rest);
        t->ready[t->taken++ % t->ready_room] = NULL;
        t->workers[block->worker].holders[block->slot]--;
        WAKE(t);
    }
    t->taking = false;
    UNLOCK(t, order);
}

static void hash_all(team *t, wres_block *own) {
    if (!t->hashes) return;
    LOCK(t, order);
    t->unhashed[own->number % t->ready_room] = own;
    if (t->hashing) {
        UNLOCK(t, order);
        return;
    }
    t->hashing = true;
    for (wres_block *block; (block = t->unhashed[t->hashed % t->ready_room]) && !t->stop;) {
        worker *w = &t->workers[block->worker];
        UNLOCK(t, order);
        wres_source_hash(t->blocks->source, w->fetched[block->slot]);
        LOCK(t, order);
        t->unhashed[t->hashed++ % t->ready_room] = NULL;
        if (--w->holders[block->slot] == 0) WAKE(t);
    }
    t->hashing = false;
    UNLOCK(t, order);
}

/* Under the lock: who is busy has a block that is not looked at, or takes others. */
static void be_free(team *t, worker *w) {
    if (!w->busy) return;
    w->busy = false;
    if (--t->busy == 0 && t->rest_asked) WAKE(t);
}

static wres_status rest(wres_run *run, void *context) {
    const team *t = context;
    (void)run;
    return t->blocks->rest(t->blocks->context);
}

/* Nobody looks, and so all is taken: who takes goes on until nothing is left. */
static void rest_all(team *t) {
    const wres_status status = wres_run_try(t->run, rest, t);
    if (status != WRES_OK) t->status = status, t->stop = true;
    t->rest_asked = false;
    WAKE(t);
}

static wres_block *free_block(team *t, worker *w) {
    wres_block *found = NULL;
    LOCK(t, order);
    be_free(t, w);
    for (;;) {
        if (t->rest_asked && t->busy == 0 && !t->stop) rest_all(t);
        for (size_t i = 0; i < WRES_BLOCKS_A_WORKER && !found && !t->rest_asked; i++)
            if (w->holders[i] == 0) found = &w->blocks[i];
        if (found || t->stop) break;
        WAIT(t);
    }
    if (t->stop) found = NULL;
    if (found) w->holders[found->slot] = t->hashes ? 2 : 1, w->busy = true, t->busy++;
    UNLOCK(t, order);
    return found;
}

static void start_others(team *t);

static void work_on(worker *w) {
    team *t = w->team;
    for (wres_block *block; (block = free_block(t, w));) {
        LOCK(t, fetching);
        const bool any = fetch(t, block);
        UNLOCK(t, fetching);
        if (!any) return;
        if (w->number == 0 && !block->is_text) start_others(t);
        hash_all(t, block);
        block->asks_for_rest = false;
        block->is_looked_at = t->blocks->look(t->blocks->context, block);
        const bool looks_on = block->is_looked_at; /* another may take it */
        take_all(t, block);
        if (!looks_on) return;
    }
}

static void work(worker *w) {
    work_on(w);
    LOCK(w->team, order);
    be_free(w->team, w);
    UNLOCK(w->team, order);
}

#ifndef WRES_WITHOUT_THREADS
static void *work_beside(void *context) {
    work(context);
    return NULL;
}

/* False where the system gives no thread. Signals are for the main thread. */
static bool start_thread(pthread_t *thread, void *(*body)(void *context), void *context) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool started = pthread_create(thread, NULL, body, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Where there are fewer threads, fewer do the work. */
static void start_others(team *t) {
    if (t->running) return;
    for (t->running = 1; t->running < t->worker_count; t->running++)
        if (!start_thread(&t->workers[t->running].thread, work_beside, &t->workers[t->running])) break;
}

static void wait_for_others(team *t) {
    for (size_t i = 1; i < t->running; i++) pthread_join(t->workers[i].thread, NULL);
}

static void make_locks(team *t) {
    pthread_mutex_init(&t->fetching, NULL);
    pthread_mutex_init(&t->order, NULL);
    pthread_cond_init(&t->progress, NULL);
}

static void free_locks(team *t) {
    pthread_mutex_destroy(&t->fetching);
    pthread_mutex_destroy(&t->order);
    pthread_cond_destroy(&t->progress);
}
#else
static void start_others(team *t) { (void)t; }
static void wait_for_others(team *t) { (void)t; }
static void make_locks(team *t) { (void)t; }
static void free_locks(team *t) { (void)t; }
#endif

/* ---- all ----------------------------------------------------------------------------------------------------------- */

/* Not zeroed: what is not used of a block takes no memory. */
static char *bytes_for(wres_run *run, size_t size) {
    char *bytes = malloc(size);
    if (!bytes) wres_out_of_memory(run);
    wres_defer(run, free, bytes);
    return bytes;
}

wres_status wres_blocks_read(wres_run *run, const wres_blocks *blocks) {
    team *t = wres_alloc(run, sizeof *t);
    *t = (team){.run = run, .blocks = blocks, .head = blocks->head, .size = blocks->size ? blocks->size : BLOCK};
    t->longest = t->size > LONGEST ? t->size : LONGEST;
    t->worker_count = blocks->threads < 1 ? 1 : blocks->threads > MOST_THREADS ? MOST_THREADS : blocks->threads;
    t->ready_room = t->worker_count * WRES_BLOCKS_A_WORKER;
    t->ready = wres_alloc(run, t->ready_room * sizeof(wres_block *));
    t->unhashed = wres_alloc(run, t->ready_room * sizeof(wres_block *));
    t->hashes = wres_source_hash_later(blocks->source);
    t->workers = wres_alloc(run, t->worker_count * sizeof *t->workers);
    const size_t room = t->longest + WRES_SPLIT_PADDING;
    t->carried = bytes_for(run, room);
    for (size_t i = 0; i < t->worker_count; i++) {
        t->workers[i].team = t;
        t->workers[i].number = i;
        for (size_t slot = 0; slot < WRES_BLOCKS_A_WORKER; slot++)
            t->workers[i].blocks[slot] = (wres_block){.bytes = bytes_for(run, room), .worker = i, .slot = slot};
    }
    make_locks(t);
    work(&t->workers[0]);
    wait_for_others(t);
    free_locks(t);
    for (size_t i = 0; i < t->worker_count; i++)
        for (size_t slot = 0; slot < WRES_BLOCKS_A_WORKER; slot++) wres_release(run, t->workers[i].blocks[slot].bytes);
    wres_release(run, t->carried);
    if (t->status == WRES_OK && t->trouble) return wres_source_trouble(blocks->source);
    return t->status;
}

/* ---- things made beside each other and taken in their order ---------------------------------------------------- */

typedef enum made { NOT_MADE, MADE, NO_MEMORY } made;

typedef struct line {
    wres_run *run;
    const wres_in_order *work;
    made *made;                /* by slot */
    size_t begun, taken, room; /* room: so many are begun and not taken at most */
    bool beginning, taking, lacks_memory;
#ifndef WRES_WITHOUT_THREADS
    pthread_mutex_t order;
    pthread_cond_t progress;
#endif
} line;

static wres_status take_next(wres_run *run, void *context) {
    const line *l = context;
    (void)run;
    l->work->take(l->work->context, l->taken, l->taken % l->room);
    return WRES_OK;
}

static bool can_take(const line *l) { return !l->lacks_memory && !l->taking && l->made[l->taken % l->room] != NOT_MADE; }
static bool can_begin(const line *l) {
    return !l->lacks_memory && !l->beginning && l->begun < l->work->count && l->begun < l->taken + l->room;
}

static void take_one(line *l) {
    made *const slot = &l->made[l->taken % l->room];
    l->taking = true;
    UNLOCK(l, order);
    const bool taken = *slot == MADE && wres_run_try(l->run, take_next, l) == WRES_OK;
    LOCK(l, order);
    l->lacks_memory = !taken;
    *slot = NOT_MADE;
    l->taken++;
    l->taking = false;
    WAKE(l);
}

static void begin_one(line *l, size_t number, size_t slot) {
    l->beginning = true;
    UNLOCK(l, order);
    l->work->begin(l->work->context, number, slot);
    LOCK(l, order);
    l->beginning = false;
    WAKE(l);
}

static void make_one(line *l) {
    const size_t number = l->begun++, slot = number % l->room;
    if (l->work->begin) begin_one(l, number, slot);
    UNLOCK(l, order);
    const bool done = l->work->make(l->work->context, number, slot);
    LOCK(l, order);
    l->made[slot] = done ? MADE : NO_MEMORY;
    WAKE(l);
}

/* Who finds nothing more to begin may go: what is being made is taken by those who make it. */
static void *stand_in_line(void *context) {
    line *l = context;
    LOCK(l, order);
    while (!l->lacks_memory && (l->begun < l->work->count || can_take(l))) {
        if (can_take(l))
            take_one(l);
        else if (can_begin(l))
            make_one(l);
        else
            WAIT(l);
    }
    UNLOCK(l, order);
    return NULL;
}

#ifndef WRES_WITHOUT_THREADS
static void stand_together(line *l, size_t threads) {
    pthread_t others[MOST_THREADS];
    size_t running = 0;
    pthread_mutex_init(&l->order, NULL);
    pthread_cond_init(&l->progress, NULL);
    while (running + 1 < threads && start_thread(&others[running], stand_in_line, l)) running++;
    stand_in_line(l);
    while (running > 0) pthread_join(others[--running], NULL);
    pthread_mutex_destroy(&l->order);
    pthread_cond_destroy(&l->progress);
}
#else
static void stand_together(line *l, size_t threads) {
    (void)threads;
    stand_in_line(l);
}
#endif

void wres_in_order_do(wres_run *run, const wres_in_order *work) {
    line l = {.run = run, .work = work, .room = work->slots};
    size_t threads = work->threads < 1 ? 1 : work->threads > MOST_THREADS ? MOST_THREADS : work->threads;
    if (threads > work->count) threads = work->count;
    l.made = wres_alloc(run, work->slots * sizeof *l.made);
    stand_together(&l, threads);
    if (l.lacks_memory) wres_out_of_memory(run);
}
