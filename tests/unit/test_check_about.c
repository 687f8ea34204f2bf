/* The list of checks and the thresholds that are built in. */
#include "fixture.h"

#include "check/check.h"

static void checks_are_listed_once_by_name(void **state) {
    const wres_check_about *all;
    size_t count;
    assert_int_equal(wres_check_list(run_of(state), &all, &count), WRES_OK);
    assert_true(count > 60);
    for (size_t i = 0; i < count; i++) {
        assert_true(*all[i].means && *all[i].what_to_do && *all[i].severity);
        if (i) assert_true(strcmp(all[i - 1].name, all[i].name) < 0);
    }
}

/* What the requirements say of the limits; the file has the reasons. */
static void thresholds_are_those_agreed(void **state) {
    uint64_t limits[THRESHOLDS];
    assert_int_equal(thresholds_load(run_of(state), limits), WRES_OK);
    assert_int_equal(limits[UNKNOWN_RISE], 5);
    assert_int_equal(limits[SWAP_MOVE], 20);
    assert_int_equal(limits[SWAP_FIT], 3);
    assert_int_equal(limits[SMALL_DENOMINATOR], 10);
    assert_int_equal(limits[MOST_ASSIGNMENTS], 4);
    assert_int_equal(limits[MOST_FTE], 1);
    assert_int_equal(limits[MOST_BOARD_MEMBERS], 40);
    for (size_t i = 0; i < THRESHOLDS; i++) assert_true(limits[i] > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {CASE(checks_are_listed_once_by_name), CASE(thresholds_are_those_agreed)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
