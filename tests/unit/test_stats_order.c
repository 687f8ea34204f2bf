/* Sorting of indices: every sequence of up to seven values out of four, so every pattern of ties; and none. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "close.h"
#include "stats/order.h"

#include <sys/mman.h>
#include <unistd.h>

static void assert_ascending(const double *values, size_t count) {
    size_t order[7] = {9, 9, 9, 9, 9, 9, 9};
    unsigned seen = 0;
    order_ascending(values, count, order);
    for (size_t i = 0; i < count; i++) {
        assert_true(order[i] < count);
        seen |= 1U << order[i];
        if (i > 0) {
            double before = values[order[i - 1]];
            double after = values[order[i]];
            assert_true(before < after || (before == after && order[i - 1] < order[i]));
        }
    }
    assert_int_equal(seen, (1U << count) - 1);
}

static void of_every_sequence(void **state) {
    (void)state;
    for (size_t count = 1; count <= 7; count++) {
        for (unsigned code = 0; code < 1U << (2 * count); code++) {
            double values[7];
            for (size_t i = 0; i < count; i++) {
                values[i] = (double)(code >> (2 * i) & 3);
            }
            assert_ascending(values, count);
        }
    }
}

static void of_none(void **state) {
    (void)state;
    size_t order = 9;
    order_ascending(NULL, 0, &order);
    assert_int_equal(order, 9);
}

/* Indices that end where the memory that may be touched ends. */
static void nothing_behind_the_end_is_touched(void **state) {
    (void)state;
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(two != MAP_FAILED);
    assert_int_equal(mprotect(two + page, page, PROT_NONE), 0);
    const double values[5] = {3, 1, 2, 5, 4};
    size_t *order = (size_t *)(void *)(two + page) - 5;
    order_ascending(values, 5, order);
    const size_t want[5] = {1, 2, 0, 4, 3};
    assert_memory_equal(order, want, sizeof want);
    munmap(two, 2 * page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_every_sequence),
        cmocka_unit_test(of_none),
        cmocka_unit_test(nothing_behind_the_end_is_touched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
