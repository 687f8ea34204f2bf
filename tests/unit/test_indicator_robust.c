/* What a ratio depends on: the people of unknown group, and single events. */
#include "indicator/compute.h"
#include "pipeline.h"

/* So many appointed of so many shortlisted: White, BME, Unknown. */
static pipeline *recruited(unsigned white, unsigned of_white, unsigned bme, unsigned of_bme, unsigned unknown,
                           unsigned of_unknown) {
    char csv[512];
    snprintf(csv, sizeof csv,
             "Date,Ethnicity,Stage,Count\n2024-08-01,A,Appointed,%u\n2024-08-01,A,Shortlisted,%u\n2024-08-01,H,Appointed,%u\n"
             "2024-08-01,H,Shortlisted,%u\n2024-08-01,Z,Appointed,%u\n2024-08-01,Z,Shortlisted,%u\n",
             white, of_white - white, bme, of_bme - bme, unknown, of_unknown - unknown);
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *of_ratio(const pipeline *p, const char *statistic) {
    return result_if_any(p, (result_place){.indicator = "2", .group = "white/bme", .statistic = statistic});
}

/* ---- people of unknown group -------------------------------------------------------------------------------- */

/* White 10/100, BME 5/100, Unknown 3/20: (13/120)/(5/100) = 13/6; (10/100)/(8/120) = 3/2. */
static void all_unknown_in_the_one_group_and_in_the_other(void **state) {
    (void)state;
    pipeline *p = recruited(10, 100, 5, 100, 3, 20);
    const wres_result *white = of_ratio(p, "ratio_if_unknown_white"), *bme = of_ratio(p, "ratio_if_unknown_bme");
    assert_exact(of_ratio(p, "ratio"), 2, 1);
    assert_non_null(white);
    assert_non_null(bme);
    assert_exact(white, 13, 6);
    assert_exact(bme, 3, 2);
    assert_int_equal(white->unit, WRES_RATIO);
    assert_false(white->has_interval || white->has_flag || bme->has_interval || bme->has_flag);
    assert_string_equal(white->note, "the ratio if everybody of unknown group were White; not part of the standard");
    assert_string_equal(bme->note, "the ratio if everybody of unknown group were BME; not part of the standard");
    pipeline_end(p);
}

/* BME ÷ White. BME 2/4, White 2/10, Unknown 1/2: if BME (3/6)/(2/10) = 5/2; if White (2/4)/(3/12) = 2. */
static void the_direction_is_that_of_the_ratio(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,10\n2025-03-31,H,4\n2025-03-31,Z,2\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Count\n2024-08-01,A,2\n2024-08-01,H,2\n2024-08-01,Z,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio_if_unknown_bme"), 5, 2);
    assert_exact(result(p, .indicator = "3", .group = "bme/white", .statistic = "ratio_if_unknown_white"), 2, 1);
    pipeline_end(p);
}

/* Nobody of unknown group was appointed: they still count below. (10/120)/(5/100) = 5/3; (10/100)/(5/120) = 12/5. */
static void unknown_people_without_events(void **state) {
    (void)state;
    pipeline *p = recruited(10, 100, 5, 100, 0, 20);
    assert_exact(of_ratio(p, "ratio_if_unknown_white"), 5, 3);
    assert_exact(of_ratio(p, "ratio_if_unknown_bme"), 12, 5);
    pipeline_end(p);
}

static void none_where_every_group_is_known(void **state) {
    (void)state;
    pipeline *p = recruited(10, 100, 5, 100, 0, 0);
    assert_exact(of_ratio(p, "ratio"), 2, 1);
    assert_null(of_ratio(p, "ratio_if_unknown_white"));
    assert_null(of_ratio(p, "ratio_if_unknown_bme"));
    pipeline_end(p);
}

/* ---- on made-up pairs, without a run ------------------------------------------------------------------------ */

typedef struct bench {
    wres_run *run;
    wres_result_list results;
    wres_indicator about;
    planned_indicator planned;
    scope scope;
    group white, bme;
} bench;

static bench *bench_new(void) {
    wres_run *run = wres_run_new();
    bench *b = wres_alloc(run, sizeof *b);
    *b = (bench){.run = run,
                 .about = {.people = "staff"},
                 .white = {.name = "White", .label = "white"},
                 .bme = {.name = "BME", .label = "bme"}};
    b->planned.about = &b->about;
    b->scope = (scope){.run = run, .results = &b->results, .planned = &b->planned};
    return b;
}

static const wres_result ratio_result = {.group = "white/bme",
                                         .statistic = "ratio",
                                         .unit = WRES_RATIO,
                                         .kind = WRES_VALUE_EXACT,
                                         .status = WRES_CALCULATED,
                                         .note = ""};

/* White 5/20, BME 0/10, Unknown 3/20: with no BME event nothing can be said if they were White; if BME, (5/20)/(3/30) = 5/2. */
static void no_events_below_the_line(void **state) {
    (void)state;
    bench *b = bench_new();
    const rate_pair pair = {.first = &b->white, .second = &b->bme, .a = {5, 20}, .b = {0, 10}};
    bounds_add(&b->scope, &ratio_result, &pair, (wres_proportion){3, 20});
    assert_int_equal(b->results.count, 2);
    assert_string_equal(b->results.all[0].statistic, "ratio_if_unknown_white");
    assert_missing(&b->results.all[0], WRES_NOT_CALCULABLE, "no events below the line");
    assert_string_equal(b->results.all[1].statistic, "ratio_if_unknown_bme");
    assert_exact(&b->results.all[1], 5, 2);
    wres_run_free(b->run);
}

static wres_range range_of(uint64_t a, uint64_t n, uint64_t b, uint64_t m) {
    return 5 * a * m < 4 * b * n ? WRES_BELOW : 4 * a * m > 5 * b * n ? WRES_ABOVE : WRES_WITHIN;
}

typedef struct found_move {
    uint64_t events;
    bool of_first, fewer;
    wres_range then;
} found_move;

/* One event after the other, in either group and direction, until the range changes; the nearest, the first group and fewer first. The
 * last event below the line stays. */
static found_move by_brute_force(uint64_t a, uint64_t n, uint64_t b, uint64_t m) {
    const wres_range now = range_of(a, n, b, m);
    found_move best = {0};
    for (int i = 0; i < 4; i++) {
        const bool of_first = i < 2, fewer = i % 2 == 0;
        uint64_t x = a, y = b;
        uint64_t *moved = of_first ? &x : &y;
        for (uint64_t k = 1; *moved != (fewer ? (of_first ? 0 : 1) : of_first ? n : m); k++) {
            *moved = fewer ? *moved - 1 : *moved + 1;
            if (range_of(x, n, y, m) == now) continue;
            if (best.events == 0 || k < best.events) best = (found_move){k, of_first, fewer, range_of(x, n, y, m)};
            break;
        }
    }
    return best;
}

/* Every pair of rates over up to eleven people. */
static void fragility_is_what_brute_force_finds(void **state) {
    (void)state;
    static const uint64_t sizes[] = {1, 2, 3, 5, 8, 11};
    size_t found = 0, across = 0;
    bench *made = bench_new();
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t j = 0; j < COUNT_OF(sizes); j++)
            for (uint64_t a = 0; a <= sizes[i]; a++)
                for (uint64_t b = 1; b <= sizes[j]; b++) {
                    const uint64_t n = sizes[i], m = sizes[j];
                    const rate_pair pair = {.first = &made->white, .second = &made->bme, .a = {a, n}, .b = {b, m}};
                    wres_result ratio = ratio_result;
                    ratio.has_flag = true;
                    ratio.flag = range_of(a, n, b, m);
                    made->results.count = 0;
                    fragility_add(&made->scope, &ratio, &pair);
                    const found_move want = by_brute_force(a, n, b, m);
                    assert_int_equal(made->results.count, want.events > 0);
                    if (want.events == 0) continue;
                    const wres_result *got = made->results.all;
                    assert_exact(got, (int64_t)want.events, 1);
                    assert_contains(got->note, want.fewer ? "fewer among" : "more among");
                    assert_contains(got->note, want.of_first ? "among White staff" : "among BME staff");
                    assert_contains(got->note, ratio.flag == WRES_WITHIN  ? "is outside the"
                                               : want.then == WRES_WITHIN ? "is inside the"
                                                                          : "is on the other side of the");
                    found++;
                    across += ratio.flag != WRES_WITHIN && want.then != WRES_WITHIN;
                }
    assert_true(found > 500 && across > 10);
    wres_run_free(made->run);
}

static void no_flag_no_fragility(void **state) {
    (void)state;
    bench *b = bench_new();
    const rate_pair pair = {.first = &b->white, .second = &b->bme, .a = {10, 100}, .b = {5, 100}};
    fragility_add(&b->scope, &ratio_result, &pair);
    assert_int_equal(b->results.count, 0);
    wres_run_free(b->run);
}

/* ---- single events, by hand --------------------------------------------------------------------------------- */

static void assert_fragility(unsigned white, unsigned of_white, unsigned bme, unsigned of_bme, unsigned events, const char *note) {
    pipeline *p = recruited(white, of_white, bme, of_bme, 0, 0);
    const wres_result *fragility = of_ratio(p, "fragility");
    if (events == 0)
        assert_null(fragility);
    else {
        assert_non_null(fragility);
        assert_people(events, fragility);
        assert_contains(fragility->note, note);
        assert_contains(fragility->note, "not part of the standard");
        assert_false(fragility->has_flag || fragility->has_interval);
    }
    pipeline_end(p);
}

/* 20/100 over 10/100 = 2: 8 White events fewer (12/10) would do, or 6 BME more (20/16 = 1.25). */
static void above_the_range(void **state) {
    (void)state;
    assert_fragility(20, 100, 10, 100, 6, "so many events more among BME applicants and the ratio is inside the four-fifths range");
}

/* 10/100 over 20/100 = 0.5: 8 BME events fewer (10/12), or 6 White more (16/20 = 0.8). */
static void below_the_range(void **state) {
    (void)state;
    assert_fragility(10, 100, 20, 100, 6,
                     "so many events more among White applicants and the ratio is inside the four-fifths range");
}

/* 22/100 over 20/100 = 1.1: 4 White more (26/20), but 3 BME fewer (22/17 = 1.29) are enough. The other way round alike. */
static void within_the_range(void **state) {
    (void)state;
    assert_fragility(22, 100, 20, 100, 3,
                     "so many events fewer among BME applicants and the ratio is outside the four-fifths range");
    assert_fragility(20, 100, 22, 100, 3,
                     "so many events fewer among White applicants and the ratio is outside the four-fifths range");
}

/* 5/10 over 4/10 is 1.25 exactly, within: one more is 1.5. 26/100 over 20/100 is above: one fewer is the edge. 4/10 over 5/10 is
 * 0.8: one fewer is 0.6. Of 20 each, 5 fewer are 15/20 = 0.75. A large group beside a small one: one BME event of 5 counts. */
static void at_the_edge(void **state) {
    (void)state;
    assert_fragility(5, 10, 4, 10, 1, "more among White applicants and the ratio is outside");
    assert_fragility(26, 100, 20, 100, 1, "fewer among White applicants and the ratio is inside");
    assert_fragility(4, 10, 5, 10, 1, "fewer among White applicants");
    assert_fragility(20, 100, 20, 100, 5, "fewer among White applicants");
    assert_fragility(500, 1000, 5, 12, 1, "fewer among BME applicants and the ratio is outside");
}

/* 2/2 over 7/10 is 1.43; 1/2 over 7/10 is 0.71: one event, and the ratio is beyond the other edge. */
static void one_event_takes_it_across(void **state) {
    (void)state;
    assert_fragility(2, 2, 7, 10, 1, "fewer among White applicants and the ratio is on the other side of the four-fifths range");
}

/* The one event above the line can go, then the ratio is 0; 10/10 cannot have one more, but 10/10 over 7/10 is 1.43; from a ratio of 0,
 * 2/10 over 5/20 is 0.8. */
static void the_last_events_count_too(void **state) {
    (void)state;
    assert_fragility(1, 10, 1, 100, 1, "fewer among White applicants and the ratio is on the other side of");
    assert_fragility(10, 10, 9, 10, 2, "fewer among BME applicants and the ratio is outside");
    assert_fragility(0, 10, 5, 20, 2, "more among White applicants and the ratio is inside");
}

/* A ratio without a value has neither. */
static void a_ratio_without_a_value(void **state) {
    (void)state;
    pipeline *p = recruited(5, 20, 0, 10, 3, 20);
    assert_missing(of_ratio(p, "ratio"), WRES_NOT_CALCULABLE, "White 5 of 20, BME 0 of 10");
    assert_null(of_ratio(p, "fragility"));
    pipeline_end(p);
}

/* Nobody White is known: as White, 3 of 20 over 5 of 10; as BME there is nothing above. One of one below the line is enough. */
static void nobody_on_one_side(void **state) {
    (void)state;
    bench *b = bench_new();
    const rate_pair none = {.first = &b->white, .second = &b->bme, .a = {0, 0}, .b = {5, 10}};
    bounds_add(&b->scope, &ratio_result, &none, (wres_proportion){3, 20});
    assert_int_equal(b->results.count, 2);
    assert_exact(&b->results.all[0], 3, 10);
    assert_missing(&b->results.all[1], WRES_NOT_CALCULABLE, "no events below the line");
    b->results.count = 0;
    const rate_pair one = {.first = &b->white, .second = &b->bme, .a = {5, 10}, .b = {1, 1}};
    bounds_add(&b->scope, &ratio_result, &one, (wres_proportion){1, 2});
    assert_exact(&b->results.all[0], 1, 2);
    assert_exact(&b->results.all[1], 3, 4); /* 5/10 over 2/3 */
    wres_run_free(b->run);
}

/* 5 events of 4 people do not move. Over 8 of 10 they are 1.5625; over 9 of 10 1.39, over 10 of 10 1.25, inside. Over 3 of 10 nothing helps.
 * Below the line it is the same: 8 of 10 over them are 0.64, and 10 of 10 are 0.8, inside. */
static void more_events_than_people_cannot_move(void **state) {
    (void)state;
    static const struct {
        wres_proportion first, second;
        wres_range range;
        uint64_t events;
        const char *note;
    } cases[] = {{{5, 4}, {8, 10}, WRES_ABOVE, 2, "more among BME staff and the ratio is inside the"},
                 {{6, 4}, {3, 10}, WRES_ABOVE, 0, NULL},
                 {{8, 10}, {5, 4}, WRES_BELOW, 2, "more among White staff and the ratio is inside the"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bench *b = bench_new();
        const rate_pair pair = {.first = &b->white, .second = &b->bme, .a = cases[i].first, .b = cases[i].second};
        wres_result ratio = ratio_result;
        ratio.has_flag = true;
        ratio.flag = cases[i].range;
        fragility_add(&b->scope, &ratio, &pair);
        assert_int_equal(b->results.count, cases[i].events > 0);
        if (cases[i].events) {
            assert_exact(b->results.all, (int64_t)cases[i].events, 1);
            assert_contains(b->results.all->note, cases[i].note);
        }
        wres_run_free(b->run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_unknown_in_the_one_group_and_in_the_other),
        cmocka_unit_test(the_direction_is_that_of_the_ratio),
        cmocka_unit_test(unknown_people_without_events),
        cmocka_unit_test(none_where_every_group_is_known),
        cmocka_unit_test(no_events_below_the_line),
        cmocka_unit_test(fragility_is_what_brute_force_finds),
        cmocka_unit_test(no_flag_no_fragility),
        cmocka_unit_test(above_the_range),
        cmocka_unit_test(below_the_range),
        cmocka_unit_test(within_the_range),
        cmocka_unit_test(at_the_edge),
        cmocka_unit_test(one_event_takes_it_across),
        cmocka_unit_test(the_last_events_count_too),
        cmocka_unit_test(a_ratio_without_a_value),
        cmocka_unit_test(nobody_on_one_side),
        cmocka_unit_test(more_events_than_people_cannot_move),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
