/* The run: memory that lives until its end, what is deferred, and the way back where memory runs out. A size that no machine
 * has stands for the latter. */
#include "fixture.h"

#define TOO_MUCH SIZE_MAX

static char calls[64]; /* the marks of what was released, in order */

static void call(void *what) { strncat(calls, what, sizeof calls - strlen(calls) - 1); }

static void memory_is_zeroed_and_aligned(void **state) {
    static const size_t sizes[] = {0, 1, 15, 16, 17, 1000, 16383, 16384, 16385, 65536, 1000000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        unsigned char *block = wres_alloc(run_of(state), sizes[i]);
        assert_int_equal((uintptr_t)block % 16, 0);
        for (size_t at = 0; at < sizes[i]; at++) assert_int_equal(block[at], 0);
        memset(block, 0xff, sizes[i]);
    }
}

static void blocks_do_not_overlap(void **state) {
    enum { BLOCKS = 5000, SIZE = 37 };
    unsigned char **blocks = wres_alloc(run_of(state), BLOCKS * sizeof *blocks);
    for (size_t i = 0; i < BLOCKS; i++) memset(blocks[i] = wres_alloc(run_of(state), SIZE), (int)(i % 251), SIZE);
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t at = 0; at < SIZE; at++) assert_int_equal(blocks[i][at], i % 251);
}

static void grow_keeps_what_is_there_and_zeroes_the_rest(void **state) {
    static const size_t sizes[] = {10, 11, 4096, 300000};
    size_t size = 0;
    unsigned char *block = NULL;
    for (size_t i = 0; i < COUNT(sizes); size = sizes[i++]) {
        block = wres_grow(run_of(state), block, size, sizes[i]);
        for (size_t at = 0; at < size; at++) assert_int_equal(block[at], at % 250 + 1);
        for (size_t at = size; at < sizes[i]; at++) assert_int_equal(block[at], 0);
        for (size_t at = 0; at < sizes[i]; at++) block[at] = (unsigned char)(at % 250 + 1);
    }
    block = wres_grow(run_of(state), block, size, 5);
    for (size_t at = 0; at < 5; at++) assert_int_equal(block[at], at + 1);
}

static void blocks_grow_and_go_in_any_order(void **state) {
    enum { BLOCKS = 8 };
    static const size_t grown[] = {0, 7, 3, 4, 3, 0, 7}, dropped[] = {3, 7, 0, 5};
    int *blocks[BLOCKS];
    size_t sizes[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        sizes[i] = sizeof(int);
        *(blocks[i] = wres_grow(run_of(state), NULL, 0, sizes[i])) = (int)i;
    }
    for (size_t i = 0; i < COUNT(grown); i++) {
        const size_t b = grown[i];
        blocks[b] = wres_grow(run_of(state), blocks[b], sizes[b], 50 * sizes[b]);
        sizes[b] *= 50;
    }
    for (size_t i = 0; i < COUNT(dropped); i++) {
        wres_drop(run_of(state), blocks[dropped[i]]);
        blocks[dropped[i]] = NULL;
    }
    wres_drop(run_of(state), NULL);
    for (size_t i = 0; i < BLOCKS; i++)
        if (blocks[i]) assert_int_equal(*blocks[i], i);
}

static void copies_are_terminated(void **state) {
    const char not_terminated[] = {'a', '\0', 'b'};
    const char *copy = wres_copy(run_of(state), not_terminated, sizeof not_terminated);
    assert_memory_equal(copy, "a\0b", 4);
    assert_ptr_not_equal(copy, not_terminated);
    assert_string_equal(wres_copy(run_of(state), NULL, 0), "");
}

static void texts_are_printed_however_long(void **state) {
    assert_string_equal(wres_print(run_of(state), "%s of %d", "3", 7), "3 of 7");
    assert_string_equal(wres_print(run_of(state), "%s", ""), "");
    const char *text = wres_print(run_of(state), "%0100000d", 7);
    assert_int_equal(strlen(text), 100000);
    assert_string_equal(text + 99998, "07");
}

static void the_last_deferred_goes_first(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    assert_non_null(run);
    calls[0] = '\0';
    wres_defer(run, call, "a");
    wres_defer(run, call, "b");
    wres_defer(run, NULL, "nothing to call");
    wres_defer(run, call, "c");
    assert_string_equal(calls, "");
    wres_run_free(run);
    assert_string_equal(calls, "cba");
    wres_run_free(NULL);
}

static void release_calls_once(void **state) {
    (void)state;
    static char a[] = "a", b[] = "b", c[] = "c";
    wres_run *run = wres_run_new();
    calls[0] = '\0';
    wres_defer(run, call, a);
    wres_defer(run, call, b);
    wres_defer(run, call, c);
    wres_defer(run, NULL, calls);
    wres_release(run, b);
    assert_string_equal(calls, "b");
    wres_release(run, b);
    wres_release(run, calls);
    wres_release(run, "unknown");
    assert_string_equal(calls, "b");
    wres_run_free(run);
    assert_string_equal(calls, "bca");
}

static size_t counted;
static void count_call(void *what) { counted += *(const size_t *)what; }

static void thousands_may_be_deferred(void **state) {
    (void)state;
    const size_t one = 1;
    wres_run *run = wres_run_new();
    counted = 0;
    for (size_t i = 0; i < 10000; i++) wres_defer(run, count_call, (void *)(uintptr_t)&one);
    wres_run_free(run);
    assert_int_equal(counted, 10000);
}

static wres_status gives_its_own_status(wres_run *run, void *context) {
    wres_defer(run, call, "kept");
    *(bool *)context = true;
    return WRES_CONDITION;
}

static void try_gives_the_status_of_its_body(void **state) {
    (void)state;
    bool called = false;
    wres_run *run = wres_run_new();
    calls[0] = '\0';
    assert_int_equal(wres_run_try(run, gives_its_own_status, &called), WRES_CONDITION);
    assert_true(called);
    assert_string_equal(calls, "");
    assert_int_equal(wres_finding_count(run), 0);
    wres_run_free(run);
    assert_string_equal(calls, "kept");
}

static wres_status runs_out(wres_run *run, void *context) {
    wres_defer(run, call, "1");
    wres_defer(run, call, "2");
    wres_alloc(run, TOO_MUCH);
    *(bool *)context = true;
    return WRES_OK;
}

static void assert_out_of_memory(const wres_run *run, size_t index) {
    assert_int_equal(wres_finding_count(run), index + 1);
    assert_error_at(run, index, "out-of-memory", NULL, 0, NULL, "out of memory");
}

static void try_unwinds_where_memory_runs_out(void **state) {
    (void)state;
    bool went_on = false;
    wres_run *run = wres_run_new();
    calls[0] = '\0';
    wres_defer(run, call, "before");
    wres_find(run, WRES_WARNING, "test", (wres_place){0}, 0, "said before");
    assert_int_equal(wres_run_try(run, runs_out, &went_on), WRES_IO);
    assert_false(went_on);
    assert_string_equal(calls, "21");
    assert_out_of_memory(run, 1);
    wres_find(run, WRES_WARNING, "test", (wres_place){0}, 0, "said after");
    assert_string_equal(wres_finding_at(run, 1)->message, "said after");
    assert_out_of_memory(run, 2);
    wres_run_free(run);
    assert_string_equal(calls, "21before");
}

typedef struct steps {
    bool inner_fails, outer_fails;
    wres_status inner;
} steps;

static wres_status outer_body(wres_run *run, void *context) {
    steps *s = context;
    bool ignored = false;
    wres_defer(run, call, "o");
    s->inner = wres_run_try(run, s->inner_fails ? runs_out : gives_its_own_status, &ignored);
    if (s->outer_fails) wres_alloc(run, TOO_MUCH);
    return WRES_OK;
}

static void the_innermost_try_has_it(void **state) {
    (void)state;
    steps s = {.inner_fails = true};
    wres_run *run = wres_run_new();
    calls[0] = '\0';
    assert_int_equal(wres_run_try(run, outer_body, &s), WRES_OK);
    assert_int_equal(s.inner, WRES_IO);
    assert_string_equal(calls, "21");
    wres_run_free(run);
    assert_string_equal(calls, "21o");
}

static void after_an_inner_try_the_outer_one_has_it(void **state) {
    (void)state;
    for (int inner_fails = 0; inner_fails < 2; inner_fails++) {
        steps s = {.inner_fails = inner_fails, .outer_fails = true};
        wres_run *run = wres_run_new();
        calls[0] = '\0';
        assert_int_equal(wres_run_try(run, outer_body, &s), WRES_IO);
        assert_int_equal(s.inner, inner_fails ? WRES_IO : WRES_CONDITION);
        assert_string_equal(calls, inner_fails ? "21o" : "kepto");
        assert_out_of_memory(run, 0);
        wres_run_free(run);
    }
}

typedef struct growth {
    char *block;
} growth;

static wres_status grows_too_far(wres_run *run, void *context) {
    growth *g = context;
    g->block = wres_grow(run, g->block, 6, TOO_MUCH);
    return WRES_OK;
}

static void a_block_that_cannot_grow_stays(void **state) {
    growth g = {wres_grow(run_of(state), NULL, 0, 6)};
    memcpy(g.block, "stays", 6);
    assert_int_equal(wres_run_try(run_of(state), grows_too_far, &g), WRES_IO);
    assert_string_equal(g.block, "stays");
    g.block = wres_grow(run_of(state), g.block, 6, 60000);
    assert_string_equal(g.block, "stays");
}

static int runs_out_without_try(void *context) {
    if (!freopen(context, "w", stderr)) return 99;
    wres_run *run = wres_run_new();
    wres_alloc(run, TOO_MUCH);
    wres_run_free(run);
    return 0;
}

static void without_try_the_program_ends_with_4(void **state) {
    const char *messages = path_in(state, "messages");
    assert_int_equal(exit_status(runs_out_without_try, (void *)(uintptr_t)messages), WRES_IO);
    assert_string_equal(text_of_file(state, messages), "wres: out of memory\n");
}

/* Large blocks, blocks that grew and many small ones: new ones are zeroed whatever was in the old. */
static void a_scratch_is_used_again(void **state) {
    wres_run *scratch = wres_scratch_new(run_of(state));
    for (int round = 0; round < 4; round++) {
        static const size_t sizes[] = {1, 100, 16383, 20000, 60000, 300};
        for (size_t i = 0; i < 30; i++) {
            const size_t size = sizes[(i + (size_t)round) % COUNT(sizes)];
            unsigned char *block = wres_alloc(scratch, size);
            for (size_t at = 0; at < size; at++) assert_int_equal(block[at], 0);
            memset(block, 0xff, size);
        }
        memset(wres_grow(scratch, NULL, 0, 1000), 0xff, 1000);
        wres_scratch_clear(scratch);
        wres_scratch_clear(scratch);
    }
    wres_release(run_of(state), scratch);
}

static void a_scratch_goes_with_its_run(void **state) {
    wres_run *scratch = wres_scratch_new(run_of(state)), *unused = wres_scratch_new(run_of(state));
    wres_scratch_clear(unused);
    memset(wres_alloc(scratch, 100), 1, 100);
    memset(wres_grow(scratch, NULL, 0, 100000), 1, 100000);
}

/* What is found and deferred there is the run's, and outlives the scratch; of a scratch of a scratch, too. */
static void a_scratch_speaks_for_its_run(void **state) {
    wres_run *run = wres_run_new(), *scratch = wres_scratch_new(run), *inner = wres_scratch_new(scratch);
    (void)state;
    *calls = '\0';
    wres_find(inner, WRES_WARNING, "check", (wres_place){0}, 1, "%s", wres_print(inner, "number %d", 1));
    wres_defer(inner, call, "a");
    wres_defer(scratch, call, "b");
    wres_release(scratch, "b");
    assert_string_equal(calls, "b");
    wres_scratch_clear(inner);
    wres_release(run, inner);
    memset(wres_alloc(scratch, 1000), 1, 1000);
    wres_release(run, scratch);
    assert_int_equal(wres_finding_count(run), 1);
    assert_string_equal(wres_finding_at(run, 0)->message, "number 1");
    assert_string_equal(calls, "b");
    wres_run_free(run);
    assert_string_equal(calls, "ba");
}

/* What is found and fails there is its own; it goes with the run. */
static void a_run_beside_another(void **state) {
    wres_run *run = wres_run_new(), *beside = wres_run_beside(run);
    (void)state;
    *calls = '\0';
    wres_defer(beside, call, "a");
    memset(wres_alloc(beside, 100), 1, 100);
    assert_int_equal(wres_run_try(beside, runs_out, NULL), WRES_IO);
    assert_int_equal(wres_finding_count(beside), 1);
    assert_int_equal(wres_finding_count(run), 0);
    assert_string_equal(calls, "21");
    wres_run_free(run);
    assert_string_equal(calls, "21a");
}

static wres_status ask_scratch_for_too_much(wres_run *run, void *context) {
    (void)context;
    wres_run *scratch = wres_scratch_new(run);
    memset(wres_alloc(scratch, 1000), 1, 1000);
    wres_alloc(scratch, TOO_MUCH);
    return WRES_OK;
}

static void where_a_scratch_finds_no_memory_its_run_goes_back(void **state) {
    assert_int_equal(wres_run_try(run_of(state), ask_scratch_for_too_much, NULL), WRES_IO);
    assert_int_equal(wres_finding_count(run_of(state)), 1);
    assert_string_equal(wres_finding_at(run_of(state), 0)->check, "out-of-memory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(memory_is_zeroed_and_aligned),
        CASE(blocks_do_not_overlap),
        CASE(grow_keeps_what_is_there_and_zeroes_the_rest),
        CASE(blocks_grow_and_go_in_any_order),
        CASE(copies_are_terminated),
        CASE(texts_are_printed_however_long),
        CASE(the_last_deferred_goes_first),
        CASE(release_calls_once),
        CASE(thousands_may_be_deferred),
        CASE(try_gives_the_status_of_its_body),
        CASE(try_unwinds_where_memory_runs_out),
        CASE(the_innermost_try_has_it),
        CASE(after_an_inner_try_the_outer_one_has_it),
        CASE(a_block_that_cannot_grow_stays),
        CASE(without_try_the_program_ends_with_4),
        CASE(a_scratch_is_used_again),
        CASE(a_scratch_goes_with_its_run),
        CASE(a_scratch_speaks_for_its_run),
        CASE(a_run_beside_another),
        CASE(where_a_scratch_finds_no_memory_its_run_goes_back),
    };
    RUN_CASES(tests);
}
