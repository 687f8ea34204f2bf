/* Correction of one p-value and of very many. */
#include "pipeline.h"

static wres_result_list tests_of(wres_run *run, size_t count, double p) {
    wres_result *all = wres_alloc(run, count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = (wres_result){.standard = "s", .indicator = "2", .statistic = "p_value", .unit = WRES_PROBABILITY, .kind = WRES_VALUE_REAL,
                               .real = p, .status = WRES_CALCULATED};
    return (wres_result_list){all, count, count};
}

/* Of one test there is nothing to correct, and that is said. */
static void one_test_is_corrected_to_itself(void **state) {
    static const wres_correction methods[] = {WRES_HOLM, WRES_BENJAMINI_HOCHBERG};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        wres_run *run = wres_run_new();
        wres_result_list list = tests_of(run, 1, 0.03);
        assert_int_equal(wres_correct(run, &list, methods[i]), WRES_OK);
        assert_int_equal(list.count, 2);
        assert_string_equal(list.all[1].statistic, "p_adjusted");
        assert_close(list.all[1].real, 0.03, 1e-15);
        assert_contains(list.all[1].note, "over the 1 tests printed");
        wres_run_free(run);
    }
}

/* 1e-6 each: times 50,000 is 0.05, and no rank changes it. */
static void very_many_tests(void **state) {
    enum { MANY = 50000 };
    (void)state;
    wres_run *run = wres_run_new();
    wres_result_list list = tests_of(run, MANY, 1e-6);
    assert_int_equal(wres_correct(run, &list, WRES_HOLM), WRES_OK);
    assert_int_equal(list.count, 2 * MANY);
    for (size_t i = 1; i < list.count; i += 2) {
        assert_string_equal(list.all[i].statistic, "p_adjusted");
        assert_close(list.all[i].real, 0.05, 1e-12);
    }
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_test_is_corrected_to_itself),
        cmocka_unit_test(very_many_tests),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
