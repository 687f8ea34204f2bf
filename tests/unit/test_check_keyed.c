/* Entries by 128 bits. */
#include "fixture.h"

#include "check/check.h"

static wres_hash key(uint64_t n) { return (wres_hash){n * 7, n % 97}; } /* many share the low half's last bits */

static void entries_are_found_again_and_stay(void **state) {
    keyed *set = keyed_new(run_of(state), sizeof(uint64_t));
    bool is_new;
    uint64_t *first = keyed_at(set, key(0), &is_new);
    assert_true(is_new);
    assert_int_equal(*first, 0);
    for (uint64_t n = 1; n < 20000; n++) {
        uint64_t *entry = keyed_at(set, key(n), &is_new);
        assert_true(is_new);
        *entry = n;
    }
    assert_int_equal(keyed_count(set), 20000);
    for (uint64_t n = 0; n < 20000; n++) {
        const uint64_t *entry = keyed_at(set, key(n), &is_new);
        assert_false(is_new);
        assert_int_equal(*entry, n);
        assert_ptr_equal(keyed_find(set, key(n)), entry);
        assert_ptr_equal(keyed_entry(set, n), entry);
    }
    assert_ptr_equal(keyed_find(set, key(0)), first);
    assert_null(keyed_find(set, (wres_hash){1, 2}));
    assert_int_equal(keyed_count(set), 20000);
    keyed_drop(set);
}

static void keys_that_differ_in_one_half_are_two(void **state) {
    keyed *set = keyed_new(run_of(state), 0);
    bool is_new;
    const wres_hash keys[] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    for (size_t i = 0; i < COUNT(keys); i++) {
        keyed_at(set, keys[i], &is_new);
        assert_true(is_new);
    }
    for (size_t i = 0; i < COUNT(keys); i++) {
        keyed_at(set, keys[i], &is_new);
        assert_false(is_new);
    }
    keyed_drop(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {CASE(entries_are_found_again_and_stay), CASE(keys_that_differ_in_one_half_are_two)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
