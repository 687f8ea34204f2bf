/* Organisations computed on several threads: the results of one thread, whatever their number. */
#include "pipeline.h"

#include "indicator/compute.h"

static const char by_grade[] =
    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
    "  - {id: a, title: t, certainty: U, measure: share, of: {table: workforce}, rows: grades}\n"
    "  - {id: b, title: t, certainty: U, measure: share, of: {table: workforce}, parts: [{row: some, where: ['pay_band in Band 5, Band 6']}]}\n";

/* Rows of so many organisations, whose codes stand in the file in another order; one of them with nobody of known ethnicity. */
static const char *rows_of(wres_run *run, int organisations) {
    char *csv = wres_alloc(run, 1 << 20);
    size_t length = (size_t)sprintf(csv, "Date,Organisation,Ethnicity,Pay Band,Staff Group,Count\n");
    for (int o = 0; o < organisations; o++)
        for (int i = 0; i < 24; i++)
            length += (size_t)sprintf(csv + length, "2025-03-31,R%02d,%c,Band %d,%s,%d\n", o * 7 % organisations,
                                      o == 3 ? 'Z' : "AHZB"[i % 4], 2 + i % 6,
                                      i % 5 ? "Nursing and Midwifery Registered" : "Estates and Ancillary", 1 + (i * 5 + o) % 19);
    return csv;
}

static pipeline *of_organisations(int organisations) {
    pipeline *p = pipeline_new("wres-2025");
    p->request.standard_count = 0;
    assert_int_equal(wres_standard_load(p->run, "wres-2025", &p->standards[p->request.standard_count++]), WRES_OK);
    pipeline_add(p, "workforce", rows_of(p->run, organisations));
    return p;
}

typedef struct takings {
    wres_publisher *publisher;
    wres_result_receiver to;
    size_t calls;
} takings;

static void take(void *context, const wres_result *results, size_t count) {
    takings *t = context;
    t->calls++;
    assert_true(count > 0);
    for (size_t i = 1; i < count; i++) assert_string_equal(results[0].organisation, results[i].organisation);
    t->to.take(t->to.context, results, count);
}

static void take_behind(void *context, size_t number, const wres_result *results, size_t count) {
    const takings *t = context;
    t->to.take_behind(t->to.context, number, results, count);
}

/* As wres calc computes and publishes, on so many threads; how often results were given on. */
static size_t assert_published(pipeline *p, size_t threads) {
    wres_published_list all, packed;
    p->reading.threads = threads;
    assert_int_equal(wres_disclose(p->run, &p->results, &(wres_disclosure_options){-1}, &all), WRES_OK);
    takings t = {.publisher = wres_publisher_new(p->run, &(wres_disclosure_options){-1})};
    t.to = wres_publisher_receiver(t.publisher);
    const wres_result_receiver receiver = {&t, take, take_behind};
    assert_int_equal(wres_compute_to(p->plan, &p->frame, &receiver), WRES_OK);
    assert_int_equal(wres_publisher_end(t.publisher, &packed), WRES_OK);
    assert_int_equal(packed.count, all.count);
    wres_published_cursor cursor = wres_published_begin(&packed);
    for (size_t i = 0; i < all.count; i++) {
        const wres_published *row = wres_published_next(&cursor);
        for (size_t c = 0; c < WRES_COLUMN_COUNT; c++) assert_string_equal(row->column[c], all.rows[i].column[c]);
    }
    return t.calls;
}

static void results_do_not_depend_on_threads(void **state) {
    (void)state;
    pipeline *p = of_organisations(40);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_true(p->results.count > 4000);
    const size_t by_place = assert_published(p, 1);
    for (size_t threads = 2; threads < 9; threads++) {
        const size_t calls = assert_published(p, threads);
        assert_true(calls > 41 && calls < by_place); /* those of an organisation come at once */
    }
    pipeline_end(p);
}

static void parts_and_two_indicators(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, by_grade), WRES_OK);
    pipeline_add(p, "workforce", rows_of(p->run, 12));
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_true(assert_published(p, 2) < assert_published(p, 1));
    pipeline_end(p);
}

/* Where threads bring nothing or are not safe: few organisations, one thread, breakdowns, results that are to stay. */
static void others_are_computed_one_after_another(void **state) {
    (void)state;
    pipeline *few = of_organisations(7), *eight = of_organisations(8), *broken_down = of_organisations(12);
    assert_int_equal(pipeline_run(few), WRES_OK);
    assert_int_equal(assert_published(few, 2), assert_published(few, 1));
    assert_int_equal(pipeline_run(eight), WRES_OK);
    assert_true(assert_published(eight, 2) < assert_published(eight, 1));
    assert_true((assert_published(eight, 0) < assert_published(eight, 1)) == (wres_processors() > 1));
    pipeline_by(broken_down, "section", NULL);
    assert_int_equal(pipeline_run(broken_down), WRES_OK);
    assert_int_equal(assert_published(broken_down, 2), assert_published(broken_down, 1));
    eight->reading.threads = 2;
    const size_t count = eight->results.count;
    assert_int_equal(wres_compute(eight->plan, &eight->frame, &eight->results), WRES_OK);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(eight->results.all[i].organisation, eight->results.all[count + i].organisation);
        assert_string_equal(eight->results.all[i].note, eight->results.all[count + i].note);
    }
    pipeline_end(few);
    pipeline_end(eight);
    pipeline_end(broken_down);
}

/* Only shares: another measure may say findings and add to vocabularies. */
static void rates_are_computed_one_after_another(void **state) {
    (void)state;
    pipeline *p = of_organisations(12);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    wres_run *scratch = wres_scratch_new(p->run);
    outlet out = {.run = p->run};
    scope s = {.run = scratch, .out = &out, .planned = &p->plan->standards[0].indicators[0], .fold = {.plan = p->plan}};
    p->reading.threads = 2;
    assert_int_equal(s.planned->about->measure, WRES_SHARE);
    assert_true(is_for_threads(&s, 12));
    assert_false(is_for_threads(&s, 7));
    s.planned = &p->plan->standards[0].indicators[1];
    assert_int_equal(s.planned->about->measure, WRES_LIKELIHOOD);
    assert_false(is_for_threads(&s, 12));
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_do_not_depend_on_threads),
        cmocka_unit_test(parts_and_two_indicators),
        cmocka_unit_test(others_are_computed_one_after_another),
        cmocka_unit_test(rates_are_computed_one_after_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
