/* The mark on figures that rest on fewer than ten. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "indicator/compute.h"

static wres_result counted(const char *who, const char *statistic, int numerator, int by, uint64_t denominator) {
    return (wres_result){.standard = "s",
                         .indicator = "2",
                         .organisation = "R",
                         .period = "2025-03-31",
                         .section = "all",
                         .row = "all",
                         .by = "all",
                         .by_value = "all",
                         .group = who,
                         .statistic = statistic,
                         .has_counts = true,
                         .numerator = {numerator, by},
                         .denominator = denominator,
                         .kind = WRES_VALUE_EXACT,
                         .exact = {1, 1}};
}

static wres_result compared(const char *who, const char *statistic) {
    wres_result result = counted(who, statistic, 0, 1, 0);
    result.has_counts = false;
    return result;
}

static void counts_below_ten_and_what_compares_them(void **state) {
    (void)state;
    wres_result all[] = {
        counted("white", "rate", 10, 1, 100),        /* ten is not under ten */
        counted("white - irish", "rate", 9, 1, 100), /* a label with a dash in it */
        counted("asian", "rate", 19, 2, 100),        /* 9.5 a year */
        counted("black", "rate", 30, 1, 100),
        counted("unknown", "rate", 0, 1, 0),
        compared("white/white - irish", "ratio"),
        compared("white/asian", "ratio"),
        compared("white/black", "ratio"),
        compared("black-white", "difference"),
        compared("asian-white", "difference"),
        compared("asian", "difference"),
        compared("white/asian", "p_value"),
    };
    static const bool expected[] = {false, true, true, false, true, true, true, false, false, true, true, false};
    wres_result_list list = {all, sizeof all / sizeof *all, sizeof all / sizeof *all};
    small_mark(&list);
    for (size_t i = 0; i < list.count; i++) assert_int_equal(all[i].small, expected[i]);
}

/* What is small in one row says nothing of another, and what has no value is not small. */
static void places_are_apart(void **state) {
    (void)state;
    wres_result all[] = {counted("bme", "rate", 3, 1, 100), compared("white/bme", "ratio"), compared("white/bme", "ratio"),
                         counted("bme", "rate", 3, 1, 100)};
    all[2].row = "Band 5";
    all[1].status = WRES_NOT_CALCULABLE;
    all[3].status = WRES_SUPPRESSED;
    wres_result_list list = {all, 4, 4};
    small_mark(&list);
    assert_true(all[0].small);
    assert_false(all[1].small);
    assert_false(all[2].small);
    assert_false(all[3].small);
}

static void a_count_alone(void **state) {
    (void)state;
    static const wres_rational counts[] = {{9, 1}, {10, 1}, {19, 2}, {20, 2}}; /* 9.5 are a mean of two years */
    wres_result all[4];
    for (size_t i = 0; i < 4; i++) {
        all[i] = compared("bme", "count");
        all[i].exact = counts[i];
    }
    wres_result_list list = {all, 4, 4};
    small_mark(&list);
    assert_true(all[0].small && all[2].small);
    assert_false(all[1].small || all[3].small);
}

/* "all" is no group that is compared, a label is no part of another that begins or ends like it, and a longer one is none at all. */
static void labels_are_whole_words_of_a_comparison(void **state) {
    (void)state;
    wres_result all[] = {
        counted("all", "rate", 3, 1, 100),   counted("asia", "rate", 3, 1, 100),
        counted("te", "rate", 3, 1, 100),    counted("a long label", "rate", 3, 1, 100),
        counted("black", "rate", 3, 1, 100), compared("asian-white", "difference"),
        compared("all", "difference"),       compared("white/black", "ratio"),
    };
    wres_result_list list = {all, sizeof all / sizeof *all, sizeof all / sizeof *all};
    small_mark(&list);
    assert_false(all[5].small);
    assert_false(all[6].small);
    assert_true(all[7].small);
}

static void a_place_is_all_that_stands_before_the_group(void **state) {
    (void)state;
    char other[] = "s"; /* the same text elsewhere */
    const wres_result one = counted("bme", "rate", 3, 1, 100);
    wres_result same = counted("white", "ratio", 4, 1, 10);
    same.standard = other;
    assert_true(is_same_place(&one, &same));
    for (int i = 0; i < 8; i++) {
        wres_result another = one;
        const char **texts[] = {&another.standard, &another.indicator, &another.organisation, &another.period,
                                &another.section,  &another.row,       &another.by,           &another.by_value};
        *texts[i] = "x";
        assert_false(is_same_place(&one, &another));
        assert_false(is_same_place(&another, &one));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_below_ten_and_what_compares_them),
                                       cmocka_unit_test(places_are_apart), cmocka_unit_test(a_count_alone),
                                       cmocka_unit_test(labels_are_whole_words_of_a_comparison),
                                       cmocka_unit_test(a_place_is_all_that_stands_before_the_group)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
