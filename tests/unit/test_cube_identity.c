/* What a tally counts, as a text: the same text, the same counting. */
#include "pipeline.h"

#include "indicator/plan.h"

static void assert_plan(pipeline *p) { assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK); }

static void each_tally_of_a_plan_has_its_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(wres_standard_load(p->run, "mwres-2021", &p->standards[p->request.standard_count++]), WRES_OK);
    assert_plan(p);
    for (size_t i = 0; i < p->plan->tally_count; i++)
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(wres_tally_text(&p->reading, p->plan->tallies[i]), wres_tally_text(&p->reading, p->plan->tallies[k]));
            assert_string_not_equal(wres_tally_id(&p->reading, p->plan->tallies[i]), wres_tally_id(&p->reading, p->plan->tallies[k]));
        }
    pipeline_end(p);
}

/* Breakdowns are axes: they tell apart what is counted, and change none of it. */
static void it_does_not_hang_on_breakdowns_or_on_the_run(void **state) {
    (void)state;
    pipeline *one = pipeline_new("wres-2025"), *other = pipeline_new("wres-2025");
    pipeline_by(other, "sex", "team");
    assert_plan(one);
    assert_plan(other);
    assert_int_equal(one->plan->tally_count, other->plan->tally_count);
    for (size_t i = 0; i < one->plan->tally_count; i++)
        assert_string_equal(wres_tally_id(&one->reading, one->plan->tallies[i]), wres_tally_id(&other->reading, other->plan->tallies[i]));
    pipeline_end(one);
    pipeline_end(other);
}

/* A condition that chooses other members is another one, though it is spelt the same; one that chooses as before is not. */
static void members_that_a_condition_chooses_are_part_of_it(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_plan(p);
    wres_tally tally = *p->plan->standards[0].population;
    const wres_list *list = wres_codes_find(p->codes, "assignment_categories");
    wres_test test = tally.tests[0];
    unsigned char *passes = wres_alloc(p->run, test.size);
    assert_string_equal(test.axis, "assignment_category");
    memcpy(passes, test.passes, test.size);
    const char *before = wres_tally_text(&p->reading, &tally);
    test.passes = passes;
    tally.tests = &test;
    tally.test_count = 1;
    const char *same = wres_tally_text(&p->reading, &tally);
    assert_contains(before, same);
    uint16_t changed = 0;
    while (changed == wres_list_unmapped(list) || !passes[changed]) changed++;
    passes[changed] = 0;
    assert_string_not_equal(wres_tally_text(&p->reading, &tally), same);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_tally_of_a_plan_has_its_own), cmocka_unit_test(it_does_not_hang_on_breakdowns_or_on_the_run),
                                       cmocka_unit_test(members_that_a_condition_chooses_are_part_of_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
