/* P-values corrected for how many are printed. */
#include "pipeline.h"

static wres_result row(const char *statistic, double value) {
    return (wres_result){.standard = "s", .indicator = "2", .organisation = "all", .period = "", .section = "all", .row = "all", .by = "all",
                         .by_value = "all", .group = "white/bme", .statistic = statistic, .unit = WRES_PROBABILITY, .kind = WRES_VALUE_REAL,
                         .real = value, .status = WRES_CALCULATED, .note = "a test"};
}

/* ratio, p 0.01, share, p 0.04, p 0.03, count: three tests among six rows. */
static wres_result_list three_tests(wres_run *run) {
    wres_result *all = wres_alloc(run, 6 * sizeof *all);
    all[0] = row("ratio", 2);
    all[1] = row("p_value", 0.01);
    all[2] = row("share", 0.5);
    all[3] = row("p_value", 0.04);
    all[4] = row("p_value", 0.03);
    all[5] = row("count", 7);
    return (wres_result_list){all, 6, 6};
}

static void assert_row(const wres_result *r, const char *statistic, double value) {
    assert_string_equal(r->statistic, statistic);
    assert_close(r->real, value, 1e-12);
}

static void assert_adjusted(const wres_result_list *list, double first, double second, double third, const char *method) {
    assert_int_equal(list->count, 9);
    assert_row(&list->all[0], "ratio", 2);
    assert_row(&list->all[1], "p_value", 0.01);
    assert_row(&list->all[2], "p_adjusted", first);
    assert_row(&list->all[3], "share", 0.5);
    assert_row(&list->all[4], "p_value", 0.04);
    assert_row(&list->all[5], "p_adjusted", second);
    assert_row(&list->all[6], "p_value", 0.03);
    assert_row(&list->all[7], "p_adjusted", third);
    assert_row(&list->all[8], "count", 7);
    assert_contains(list->all[2].note, method);
    assert_contains(list->all[2].note, "over the 3 tests");
    assert_contains(list->all[2].note, "not part of the standard");
    assert_string_equal(list->all[1].note, "a test");
    assert_string_equal(list->all[2].group, "white/bme");
    assert_int_equal(list->all[2].unit, WRES_PROBABILITY);
}

/* Sorted 0.01, 0.03, 0.04: 3 x 0.01 = 0.03; 2 x 0.03 = 0.06; 1 x 0.04 = 0.04, raised to 0.06. */
static void holm(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result_list list = three_tests(run);
    assert_int_equal(wres_correct(run, &list, WRES_HOLM), WRES_OK);
    assert_adjusted(&list, 0.03, 0.06, 0.06, "Holm");
    wres_run_free(run);
}

/* 3/1 x 0.01 = 0.03; 3/2 x 0.03 = 0.045, lowered to 0.04; 3/3 x 0.04 = 0.04. */
static void benjamini_hochberg(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result_list list = three_tests(run);
    assert_int_equal(wres_correct(run, &list, WRES_BENJAMINI_HOCHBERG), WRES_OK);
    assert_adjusted(&list, 0.03, 0.04, 0.04, "Benjamini-Hochberg");
    wres_run_free(run);
}

static void none_leaves_the_list_alone(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result_list list = three_tests(run);
    const wres_result *before = list.all;
    assert_int_equal(wres_correct(run, &list, WRES_UNCORRECTED), WRES_OK);
    assert_ptr_equal(list.all, before);
    assert_int_equal(list.count, 6);
    assert_row(&list.all[3], "p_value", 0.04);
    wres_run_free(run);
}

static void without_tests_nothing_is_added(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result rows[] = {row("ratio", 2), row("share", 0.5)};
    wres_result_list list = {rows, 2, 2}, empty = {NULL, 0, 0};
    assert_int_equal(wres_correct(run, &list, WRES_HOLM), WRES_OK);
    assert_int_equal(list.count, 2);
    assert_row(&list.all[1], "share", 0.5);
    assert_int_equal(wres_correct(run, &empty, WRES_BENJAMINI_HOCHBERG), WRES_OK);
    assert_int_equal(empty.count, 0);
    wres_run_free(run);
}

/* A test without a value and a test of another kind are not of the family: 0.02 is one of two, 2 x 0.02 = 0.04, 0.5 stays. */
static void only_tests_with_a_value_count(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result rows[] = {row("p_value", 0.02), row("p_value", 0), row("p_homogeneity", 0.001), row("p_value", 0.5)};
    rows[1].status = WRES_NOT_CALCULABLE;
    rows[1].kind = WRES_VALUE_NONE;
    wres_result_list list = {rows, 4, 4};
    assert_int_equal(wres_correct(run, &list, WRES_HOLM), WRES_OK);
    assert_int_equal(list.count, 6);
    assert_row(&list.all[1], "p_adjusted", 0.04);
    assert_string_equal(list.all[2].statistic, "p_value");
    assert_int_equal(list.all[2].status, WRES_NOT_CALCULABLE);
    assert_string_equal(list.all[3].statistic, "p_homogeneity");
    assert_row(&list.all[5], "p_adjusted", 0.5);
    assert_contains(list.all[5].note, "over the 2 tests");
    wres_run_free(run);
}

/* 2 x 0.8 is not over 1. */
static void no_more_than_one(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result rows[] = {row("p_value", 0.8), row("p_value", 0.9)};
    wres_result_list list = {rows, 2, 2};
    assert_int_equal(wres_correct(run, &list, WRES_HOLM), WRES_OK);
    assert_row(&list.all[1], "p_adjusted", 1);
    assert_row(&list.all[3], "p_adjusted", 1);
    wres_run_free(run);
}

/* From data: the tests of a run are followed by theirs, and no two results have one key. */
static void after_a_run(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Staff Group,Pay Band,Count\n2025-03-31,H,Nursing,Band 5,56\n2025-03-31,A,Nursing,Band 5,14\n"
                                           "2025-03-31,H,Nursing,Band 6,48\n2025-03-31,A,Nursing,Band 6,32\n");
    const size_t before = p->results.count;
    size_t tests = 0, followed = 0;
    for (size_t i = 0; i < before; i++) tests += strcmp(p->results.all[i].statistic, "p_value") == 0;
    assert_true(tests > 1);
    assert_int_equal(wres_correct(p->run, &p->results, WRES_HOLM), WRES_OK);
    assert_int_equal(p->results.count, before + tests);
    for (size_t i = 0; i + 1 < p->results.count; i++) {
        const wres_result *test = &p->results.all[i], *next = test + 1;
        if (strcmp(test->statistic, "p_value") != 0) continue;
        followed += strcmp(next->statistic, "p_adjusted") == 0 && strcmp(next->row, test->row) == 0 &&
                    strcmp(next->section, test->section) == 0 && next->real >= test->real && next->real <= 1;
    }
    assert_int_equal(followed, tests);
    pipeline_check(p);
    pipeline_end(p);
}

/* What is no probability spoils the family: nothing is corrected, rather than something wrongly. */
static void what_is_no_probability_is_not_corrected(void **state) {
    (void)state;
    for (int method = WRES_HOLM; method <= WRES_BENJAMINI_HOCHBERG; method++) {
        wres_run *run = wres_run_new();
        wres_result tests[] = {{.statistic = "p_value", .kind = WRES_VALUE_REAL, .real = 0.01}, {.statistic = "p_value", .kind = WRES_VALUE_REAL, .real = 1.5}};
        wres_result_list list = {tests, 2, 2};
        assert_int_equal(wres_correct(run, &list, (wres_correction)method), WRES_OK);
        assert_int_equal(list.count, 2);
        assert_ptr_equal(list.all, tests);
        wres_run_free(run);
    }
}

/* ---- results as they come ----------------------------------------------------------------------------------- */

typedef struct heard {
    wres_run *run;
    size_t count, number[8];
    wres_result all[8], behind[8];
    size_t behind_count;
} heard;

static void hear(void *context, const wres_result *results, size_t count) {
    heard *h = context;
    for (size_t i = 0; i < count; i++) h->all[h->count++] = results[i];
}

static void hear_behind(void *context, size_t number, const wres_result *results, size_t count) {
    heard *h = context;
    for (size_t i = 0; i < count; i++) {
        h->number[h->behind_count] = number;
        h->behind[h->behind_count] = results[i];
        h->behind[h->behind_count].note = wres_copy(h->run, results[i].note, strlen(results[i].note));
        h->behind_count++;
    }
}

/* As benjamini_hochberg and holm; the texts of a test are gone when its family is known. */
static void tests_are_corrected_as_they_come(void **state) {
    static const double expected[][3] = {{0.03, 0.06, 0.06}, {0.03, 0.04, 0.04}};
    static const size_t numbers[] = {1, 3, 4};
    (void)state;
    for (size_t m = 0; m < 2; m++) {
        wres_run *run = wres_run_new();
        heard h = {.run = run};
        const wres_result_receiver to = {&h, hear, hear_behind};
        wres_corrector *corrector = wres_corrector_new(run, m ? WRES_BENJAMINI_HOCHBERG : WRES_HOLM, &to);
        const wres_result_receiver receiver = wres_corrector_receiver(corrector);
        const wres_result_list list = three_tests(run);
        for (size_t at = 0, count = 1; at < list.count; at += count, count = 2) {
            char who[] = "white/bme";
            if (count > list.count - at) count = list.count - at;
            for (size_t i = 0; i < count; i++) list.all[at + i].group = who;
            receiver.take(receiver.context, list.all + at, count);
            memset(who, 'x', sizeof who - 1);
        }
        receiver.take_behind(receiver.context, 5, &list.all[5], 1);
        wres_corrector_end(corrector);
        assert_int_equal(h.count, 6);
        assert_int_equal(h.behind_count, 4);
        assert_int_equal(h.number[0], 5);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(h.number[i + 1], numbers[i]);
            assert_row(&h.behind[i + 1], "p_adjusted", expected[m][i]);
            assert_string_equal(h.behind[i + 1].group, "white/bme");
            assert_contains(h.behind[i + 1].note, m ? "Benjamini-Hochberg over the 3 tests" : "Holm over the 3 tests");
        }
        wres_run_free(run);
    }
}

static void nothing_is_added_where_nothing_is_corrected(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        wres_run *run = wres_run_new();
        heard h = {.run = run};
        const wres_result_receiver to = {&h, hear, hear_behind};
        wres_corrector *corrector = wres_corrector_new(run, i == 0 ? WRES_UNCORRECTED : WRES_HOLM, &to);
        const wres_result_receiver receiver = wres_corrector_receiver(corrector);
        const wres_result one = row(i == 1 ? "ratio" : "p_value", i == 2 ? NAN : 0.5);
        receiver.take(receiver.context, &one, 1);
        wres_corrector_end(corrector);
        assert_int_equal(h.count, 1);
        assert_int_equal(h.behind_count, 0);
        wres_run_free(run);
    }
}

static void forget(void *context, const wres_result *results, size_t count) {
    (void)context, (void)results, (void)count;
}

/* 300 of 0.5 and one of 0.001: 301 x 0.001 = 0.301, and the others no more than 1. */
static void add_to_sums(void *context, size_t number, const wres_result *results, size_t count) {
    double *sum = context;
    assert_int_equal(count, 1);
    assert_close(results->real, number == 100 ? 0.301 : 1, 1e-12);
    *sum += (double)number;
}

static void many_tests_are_corrected_as_they_come(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    double sum = 0;
    const wres_result_receiver to = {&sum, forget, add_to_sums};
    wres_corrector *corrector = wres_corrector_new(run, WRES_HOLM, &to);
    const wres_result_receiver receiver = wres_corrector_receiver(corrector);
    for (int i = 0; i < 301; i++) {
        const wres_result one = row("p_value", i == 100 ? 0.001 : 0.5);
        receiver.take(receiver.context, &one, 1);
    }
    wres_corrector_end(corrector);
    assert_true(sum == 300 * 301 / 2);
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holm),
        cmocka_unit_test(benjamini_hochberg),
        cmocka_unit_test(none_leaves_the_list_alone),
        cmocka_unit_test(without_tests_nothing_is_added),
        cmocka_unit_test(only_tests_with_a_value_count),
        cmocka_unit_test(no_more_than_one),
        cmocka_unit_test(after_a_run),
        cmocka_unit_test(what_is_no_probability_is_not_corrected),
        cmocka_unit_test(tests_are_corrected_as_they_come),
        cmocka_unit_test(nothing_is_added_where_nothing_is_corrected),
        cmocka_unit_test(many_tests_are_corrected_as_they_come),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
