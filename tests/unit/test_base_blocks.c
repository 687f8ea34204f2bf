/* Blocks: all bytes once and in order, cut between records, whatever their size and the number of threads. */
#include <pthread.h>
#include <time.h>

#include "fixture.h"

enum { LONGEST = 400000, MOST_THREADS = 8 };

typedef struct taken {
    wres_run *run;
    char bytes[LONGEST];
    size_t length, head_length, whole, looked_at;
    uint64_t next, stop_at;
    bool in_order, fails, waits; /* waits: the block before the first that fails */
    bool failed[MOST_THREADS], asked_again[MOST_THREADS];
    unsigned sums[MOST_THREADS][WRES_BLOCKS_A_WORKER]; /* of blocks that were looked at */
    char sha256[WRES_SHA256_SIZE];
} taken;

static bool look(void *context, wres_block *block) {
    taken *t = context;
    unsigned sum = 0;
    for (size_t i = 0; i < block->length; i++) sum += (unsigned char)block->bytes[i];
    t->sums[block->worker][block->slot] = sum;
    if (t->waits && block->number == 2) nanosleep(&(struct timespec){0, 50 * 1000 * 1000}, NULL);
    const bool good = !t->fails || block->number < 3;
    if (t->failed[block->worker]) t->asked_again[block->worker] = true;
    t->failed[block->worker] = !good;
    return good;
}

static wres_status take(void *context, wres_block *block) {
    taken *t = context;
    unsigned sum = 0;
    for (size_t i = 0; i < block->length; i++) sum += (unsigned char)block->bytes[i];
    t->looked_at += sum == t->sums[block->worker][block->slot];
    t->in_order = t->in_order && block->number == t->next++ && block->is_text == (t->length < t->head_length);
    if (block->is_whole) {
        t->whole++;
        assert_true(t->length == 0 || t->bytes[t->length - 1] == '\n');
        assert_int_equal(block->bytes[block->length - 1], '\n');
        size_t quotes = 0;
        for (size_t i = 0; i < block->length; i++) quotes += block->bytes[i] == '"';
        assert_int_equal(quotes % 2, 0);
    }
    memcpy(t->bytes + t->length, block->bytes, block->length);
    t->length += block->length;
    wres_print(t->run, "allocations of the run are made here, on whatever thread");
    return block->number == t->stop_at ? WRES_CONDITION : WRES_OK;
}

static char *text_of_lines(wres_run *run, size_t lines, size_t *length) {
    char *text = wres_grow(run, NULL, 0, lines * 40 + 1);
    *length = 0;
    for (size_t i = 0; i < lines; i++)
        *length += (size_t)sprintf(text + *length, i % 7 ? "%zu,b,c\n" : "%zu,\"quoted, and\nbroken\",c\n", i);
    return text;
}

/* The head is read as probe.c does, the rest in blocks. */
static wres_status read_blocks(wres_run *run, const char *path, size_t head, size_t size, size_t threads, taken *t) {
    static char buffer[LONGEST];
    wres_source *source;
    size_t got;
    assert_int_equal(wres_source_open(run, path, &(wres_source_options){.hash = true}, &source), WRES_OK);
    assert_int_equal(wres_source_read(source, buffer, head, &got), WRES_OK);
    assert_true(wres_source_is_plain(source));
    t->run = run;
    t->in_order = true;
    t->head_length = got;
    const wres_blocks blocks = {
        .source = source, .head = {buffer, got}, .size = size, .threads = threads, .context = t, .look = look, .take = take};
    const wres_status status = wres_blocks_read(run, &blocks);
    if (status == WRES_OK) assert_int_equal(wres_source_end(source), WRES_OK);
    strcpy(t->sha256, wres_source_sha256(source));
    wres_source_close(source);
    return status;
}

static void all_bytes_come_once_and_in_order(void **state) {
    static const size_t sizes[] = {1, 2, 7, 64, 1000, 0}, threads[] = {0, 1, 2, 3, 7};
    static taken t;
    size_t length;
    const char *text = text_of_lines(run_of(state), 2000, &length), *path = write_bytes(state, "f.csv", text, length);
    char sha256[WRES_SHA256_SIZE];
    wres_sha256 *hash = wres_sha256_new(run_of(state));
    wres_sha256_add(hash, text, length);
    assert_int_equal(wres_sha256_end(hash, sha256), WRES_OK);
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (size_t n = 0; n < COUNT(threads); n++) {
            memset(&t, 0, sizeof t);
            t.stop_at = UINT64_MAX;
            assert_int_equal(read_blocks(run_of(state), path, 100 + 37 * s, sizes[s], threads[n], &t), WRES_OK);
            assert_int_equal(t.length, length);
            assert_memory_equal(t.bytes, text, length);
            assert_string_equal(t.sha256, sha256);
            assert_true(t.in_order);
            assert_int_equal(t.looked_at, t.next);
            assert_true(t.whole > 0 && t.whole + 4 >= t.next); /* but the ends of the head and what goes on from it */
        }
}

static void a_status_ends_the_reading(void **state) {
    static taken t;
    size_t length;
    const char *text = text_of_lines(run_of(state), 2000, &length), *path = write_bytes(state, "f.csv", text, length);
    for (size_t threads = 1; threads < 5; threads++) {
        memset(&t, 0, sizeof t);
        t.stop_at = 5;
        assert_int_equal(read_blocks(run_of(state), path, 100, 300, threads, &t), WRES_CONDITION);
        assert_int_equal(t.next, 6); /* nothing was taken behind it */
    }
}

static taken without_memory;

static wres_status read_without_memory(wres_run *run, void *context) {
    memset(&without_memory, 0, sizeof without_memory);
    without_memory.stop_at = UINT64_MAX;
    without_memory.fails = without_memory.waits = true;
    return read_blocks(run, context, 100, 300, 3, &without_memory);
}

static void no_memory_on_a_thread_is_said_by_the_run(void **state) {
    size_t length;
    wres_run *run = wres_run_new();
    const char *text = text_of_lines(run_of(state), 2000, &length);
    const char *name = write_bytes(state, "f.csv", text, length);
    char *path = wres_copy(run_of(state), name, strlen(name));
    assert_int_equal(wres_run_try(run, read_without_memory, path), WRES_IO);
    assert_int_equal(wres_finding_count(run), 1);
    assert_string_equal(wres_finding_at(run, 0)->check, "out-of-memory");
    /* What it keeps may be half made: it looks at no other block while the others are waited for. */
    for (size_t i = 0; i < MOST_THREADS; i++) assert_false(without_memory.asked_again[i]);
    wres_run_free(run);
}

/* A packed file that is cut off: all before that is taken first. */
static void trouble_is_said_when_all_before_it_was_taken(void **state) {
    static taken t;
    size_t length;
    const char *text = text_of_lines(run_of(state), 2000, &length), *path = write_bytes(state, "f.csv.gz", text, length);
    assert_int_equal(system(wres_print(run_of(state), "gzip -c %s | head -c 3000 > %s.cut", path, path)), 0);
    for (size_t threads = 1; threads < 4; threads++) {
        wres_run *run = wres_run_new();
        memset(&t, 0, sizeof t);
        t.stop_at = UINT64_MAX;
        assert_int_equal(read_blocks(run, wres_print(run_of(state), "%s.cut", path), 100, 300, threads, &t), WRES_DATA);
        assert_int_equal(wres_finding_count(run), 1);
        assert_string_equal(wres_finding_at(run, 0)->check, "gzip");
        assert_true(t.length > 1000 && t.length < length);
        assert_memory_equal(t.bytes, text, t.length);
        wres_run_free(run);
    }
}

/* No line ends outside quotation marks: pieces of a mebibyte at most, none of them whole. */
static void text_without_lines_is_cut_all_the_same(void **state) {
    static taken t;
    wres_run *run = run_of(state);
    char *text = wres_grow(run, NULL, 0, 300000);
    for (size_t i = 0; i < 300000; i += 2) memcpy(text + i, "\xc3\xa9", 2);
    const char *path = write_bytes(state, "f.csv", text, 300000);
    memset(&t, 0, sizeof t);
    t.stop_at = UINT64_MAX;
    assert_int_equal(read_blocks(run, path, 101, 1001, 2, &t), WRES_OK);
    assert_int_equal(t.length, 300000);
    assert_memory_equal(t.bytes, text, 300000);
    assert_int_equal(t.whole, 0);
}

/* ---- rests ------------------------------------------------------------------------------------------------------------- */

typedef struct resting {
    wres_run *run;
    pthread_mutex_t lock;
    size_t looking, looked, taken, rests, rests_with_work, fail_at; /* looking: at the moment */
    uint64_t asked_every;
    bool asks_in_take;
} resting;

static bool look_or_ask(void *context, wres_block *block) {
    resting *r = context;
    pthread_mutex_lock(&r->lock);
    r->looking++;
    pthread_mutex_unlock(&r->lock);
    for (volatile int i = 0; i < (block->number % 3 ? 100 : 20000); i++) {
    }
    block->asks_for_rest = !r->asks_in_take && block->number % r->asked_every == 0;
    pthread_mutex_lock(&r->lock);
    r->looking--;
    r->looked++;
    pthread_mutex_unlock(&r->lock);
    return true;
}

static wres_status take_or_ask(void *context, wres_block *block) {
    resting *r = context;
    r->taken++;
    if (r->asks_in_take && block->number % r->asked_every == 0) block->asks_for_rest = true;
    return WRES_OK;
}

static wres_status rest(void *context) {
    resting *r = context;
    pthread_mutex_lock(&r->lock);
    r->rests_with_work += r->looking != 0 || r->looked != r->taken;
    pthread_mutex_unlock(&r->lock);
    wres_print(r->run, "allocations of the run are made here, on whatever thread");
    if (++r->rests == r->fail_at) return WRES_CONDITION;
    return WRES_OK;
}

static wres_status read_resting(wres_run *run, const char *path, size_t threads, resting *r) {
    static char buffer[LONGEST];
    wres_source *source;
    size_t got;
    assert_int_equal(wres_source_open(run, path, &(wres_source_options){.hash = true}, &source), WRES_OK);
    assert_int_equal(wres_source_read(source, buffer, 100, &got), WRES_OK);
    r->run = run;
    pthread_mutex_init(&r->lock, NULL);
    const wres_blocks blocks = {.source = source,
                                .head = {buffer, got},
                                .size = 300,
                                .threads = threads,
                                .context = r,
                                .look = look_or_ask,
                                .take = take_or_ask,
                                .rest = rest};
    const wres_status status = wres_blocks_read(run, &blocks);
    wres_source_close(source);
    pthread_mutex_destroy(&r->lock);
    return status;
}

/* At a rest nobody looks, and all that was looked at is taken. */
static void a_rest_comes_between_blocks(void **state) {
    size_t length;
    const char *text = text_of_lines(run_of(state), 5000, &length), *path = write_bytes(state, "f.csv", text, length);
    for (size_t threads = 1; threads < 8; threads++)
        for (int in_take = 0; in_take < 2; in_take++)
            for (uint64_t every = 1; every < 60; every += 29) {
                resting r = {.asked_every = every, .asks_in_take = in_take};
                assert_int_equal(read_resting(run_of(state), path, threads, &r), WRES_OK);
                assert_true(r.looked > 150);
                assert_int_equal(r.looked, r.taken);
                assert_int_equal(r.rests_with_work, 0);
                /* What is asked for while one is awaited is one; what the last blocks ask for may never come. */
                assert_in_range(r.rests, 1, (r.looked + every - 1) / every);
                if (threads == 1) assert_true(r.rests + 1 >= (r.looked + every - 1) / every);
            }
}

static void a_rest_that_fails_ends_the_reading(void **state) {
    size_t length;
    const char *text = text_of_lines(run_of(state), 5000, &length), *path = write_bytes(state, "f.csv", text, length);
    for (size_t threads = 1; threads < 5; threads++) {
        resting r = {.asked_every = 5, .fail_at = 3};
        assert_int_equal(read_resting(run_of(state), path, threads, &r), WRES_CONDITION);
        assert_int_equal(r.rests, 3);
        assert_true(r.taken < 100);
    }
}

static void there_is_a_processor(void **state) {
    (void)state;
    assert_in_range(wres_processors(), 1, 64);
}

/* ---- things in their order -------------------------------------------------------------------------------------------- */

enum { MOST_THINGS = 300, MOST_SLOTS = 20 };

typedef struct things {
    wres_run *run;
    size_t count, threads, slots, fail_at, fail_taking_at, begun, next, made[MOST_SLOTS];
    unsigned makings[MOST_THINGS];
    bool begins, in_order, began_in_order;
} things;

static void begin_thing(void *context, size_t number, size_t slot) {
    things *t = context;
    t->began_in_order = t->began_in_order && number == t->begun++ && slot < t->slots;
}

static bool make_thing(void *context, size_t number, size_t slot) {
    things *t = context;
    assert_true(slot < t->slots);
    t->makings[number]++;
    for (volatile int i = 0; i < (number % 3 ? 100 : 20000); i++) {
    }
    t->made[slot] = number;
    return number != t->fail_at;
}

static void take_thing(void *context, size_t number, size_t slot) {
    things *t = context;
    t->in_order = t->in_order && number == t->next++ && t->made[slot] == number;
    wres_print(t->run, "allocations of the run are made here, on whatever thread");
    if (number == t->fail_taking_at) wres_alloc(t->run, SIZE_MAX / 2 + 1);
}

static wres_status do_things(wres_run *run, void *context) {
    things *t = context;
    const wres_in_order work = {.count = t->count,
                                .threads = t->threads,
                                .slots = t->slots,
                                .context = t,
                                .begin = t->begins ? begin_thing : NULL,
                                .make = make_thing,
                                .take = take_thing};
    t->run = run;
    t->in_order = t->began_in_order = true;
    wres_in_order_do(run, &work);
    return WRES_OK;
}

static void all_things_are_made_once_and_taken_in_order(void **state) {
    static const size_t counts[] = {0, 1, 2, 19, MOST_THINGS}, threads[] = {0, 1, 2, 3, 7, 1000}, slots[] = {1, 2, MOST_SLOTS};
    for (size_t c = 0; c < COUNT(counts); c++)
        for (size_t n = 0; n < COUNT(threads); n++)
            for (size_t s = 0; s < COUNT(slots); s++) {
                things t = {.count = counts[c],
                            .threads = threads[n],
                            .slots = slots[s],
                            .fail_at = MOST_THINGS,
                            .fail_taking_at = MOST_THINGS,
                            .begins = (c + n + s) % 2};
                assert_int_equal(do_things(run_of(state), &t), WRES_OK);
                assert_int_equal(t.next, counts[c]);
                assert_int_equal(t.begun, t.begins ? counts[c] : 0);
                assert_true(t.in_order && t.began_in_order);
                for (size_t i = 0; i < MOST_THINGS; i++) assert_int_equal(t.makings[i], i < counts[c]);
            }
}

/* All before it is taken, and of those behind it no more are made than there is room for. */
static void no_memory_for_a_thing_is_said_by_the_run(void **state) {
    (void)state;
    for (size_t threads = 1; threads < 5; threads++)
        for (int taking = 0; taking < 2; taking++) {
            things t = {.count = MOST_THINGS,
                        .threads = threads,
                        .slots = 4,
                        .fail_at = taking ? MOST_THINGS : 50,
                        .fail_taking_at = taking ? 50 : MOST_THINGS};
            wres_run *run = wres_run_new();
            assert_int_equal(wres_run_try(run, do_things, &t), WRES_IO);
            assert_int_equal(t.next, taking ? 51 : 50);
            assert_int_equal(t.makings[60], 0);
            assert_int_equal(wres_finding_count(run), 1);
            assert_string_equal(wres_finding_at(run, 0)->check, "out-of-memory");
            wres_run_free(run);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(all_bytes_come_once_and_in_order),
        CASE(a_status_ends_the_reading),
        CASE(no_memory_on_a_thread_is_said_by_the_run),
        CASE(trouble_is_said_when_all_before_it_was_taken),
        CASE(text_without_lines_is_cut_all_the_same),
        CASE(a_rest_comes_between_blocks),
        CASE(a_rest_that_fails_ends_the_reading),
        CASE(there_is_a_processor),
        CASE(all_things_are_made_once_and_taken_in_order),
        CASE(no_memory_for_a_thing_is_said_by_the_run),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
