/* Hashes that were met. */
#include "fixture.h"

static void each_is_new_once(void **state) {
    wres_hash_set *set = wres_hash_set_new(run_of(state));
    assert_int_equal(wres_hash_set_count(set), 0);
    for (int round = 0; round < 2; round++)
        for (uint64_t i = 0; i < 5000; i++) assert_int_equal(wres_hash_set_add(set, (wres_hash){i % 7, i * 1024}), round == 0);
    assert_int_equal(wres_hash_set_count(set), 5000);
}

/* All in one slot's way, and the one that looks like a free slot. */
static void slots_that_meet(void **state) {
    wres_hash_set *set = wres_hash_set_new(run_of(state));
    for (uint64_t i = 0; i < 100; i++) assert_true(wres_hash_set_add(set, (wres_hash){i + 2, 5}));
    assert_true(wres_hash_set_add(set, (wres_hash){0, 0}));
    assert_false(wres_hash_set_add(set, (wres_hash){0, 0}));
    for (uint64_t i = 0; i < 100; i++) assert_false(wres_hash_set_add(set, (wres_hash){i + 2, 5}));
    assert_int_equal(wres_hash_set_count(set), 101);
}

static void dropped_it_is_empty_again(void **state) {
    wres_hash_set *set = wres_hash_set_new(run_of(state));
    assert_true(wres_hash_set_add(set, (wres_hash){1, 2}));
    wres_hash_set_drop(set);
    assert_int_equal(wres_hash_set_count(set), 0);
    assert_true(wres_hash_set_add(set, (wres_hash){1, 2}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_is_new_once),
        CASE(slots_that_meet),
        CASE(dropped_it_is_empty_again),
    };
    RUN_CASES(tests);
}
