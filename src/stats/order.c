/* Heapsort of indices (Williams JWJ 1964, CACM 7:347-348): qsort can carry no values along, and may allocate. */
#include <stdbool.h>

#include "stats/order.h"

static bool is_before(const double *values, size_t a, size_t b) {
    return values[a] < values[b] || (values[a] == values[b] && a < b);
}

/* Lets the index at `at` sink until no child comes after it. */
static void sift(const double *values, size_t *order, size_t at, size_t count) {
    size_t sinking = order[at];
    size_t child;
    while ((child = 2 * at + 1) < count) {
        if (child + 1 < count && is_before(values, order[child], order[child + 1])) {
            child++;
        }
        if (is_before(values, order[child], sinking)) {
            break;
        }
        order[at] = order[child];
        at = child;
    }
    order[at] = sinking;
}

void order_ascending(const double *values, size_t count, size_t *order) {
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (size_t i = count / 2; i-- > 0;) {
        sift(values, order, i, count);
    }
    for (size_t last = count; last-- > 1;) {
        size_t largest = order[0];
        order[0] = order[last];
        order[last] = largest;
        sift(values, order, 0, last);
    }
}
