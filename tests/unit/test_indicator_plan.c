/* What must be counted: tallies, shared where two are the same, and mistakes in standards and breakdowns. */
#include "pipeline.h"

#include "indicator/plan.h"

static wres_status plan(pipeline *p) { return wres_plan_new(&p->reading, &p->request, &p->plan); }

static size_t tallies_of(const pipeline *p, const char *table) {
    size_t count;
    wres_plan_tallies(p->plan, wres_table_find(&p->tables, table), &count);
    return count;
}

static bool has_axis(const wres_tally *tally, const char *axis) {
    for (size_t i = 0; i < tally->axis_count; i++)
        if (strcmp(tally->axes[i], axis) == 0) return true;
    return false;
}

/* ---- tallies ------------------------------------------------------------------------------------------------ */

static void one_tally_for_each_way_of_counting(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 1);   /* indicators 1, 3, 4 and 9 */
    assert_int_equal(tallies_of(p, "recruitment"), 2); /* appointed, shortlisted */
    assert_int_equal(tallies_of(p, "cases"), 1);
    assert_int_equal(tallies_of(p, "training"), 1);
    assert_int_equal(tallies_of(p, "survey"), 8);      /* four questions, yes and all answers */
    assert_int_equal(tallies_of(p, "board"), 1);
    pipeline_end(p);
}

/* wres-2019 differs in the two years of indicator 3 and the base of 7: its own tallies are those two, and the linked ones of its own staff. */
static void two_standards_share_what_they_count_alike(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(wres_standard_load(p->run, "wres-2019", &p->standards[p->request.standard_count++]), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 1);
    assert_int_equal(tallies_of(p, "recruitment"), 2);
    assert_int_equal(tallies_of(p, "cases"), 2);
    assert_int_equal(tallies_of(p, "training"), 1);
    assert_int_equal(tallies_of(p, "survey"), 9);
    pipeline_end(p);
}

static void breakdowns_are_axes_of_every_tally(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", "team");
    pipeline_by(p, "sex", NULL);
    assert_int_equal(plan(p), WRES_OK);
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        assert_true(has_axis(p->plan->tallies[i], "sex") && has_axis(p->plan->tallies[i], "team"));
        size_t twice = 0;
        for (size_t a = 0; a < p->plan->tallies[i]->axis_count; a++) twice += strcmp(p->plan->tallies[i]->axes[a], "sex") == 0;
        assert_int_equal(twice, 1);
    }
    pipeline_end(p);
}

static void a_table_that_no_indicator_needs_has_no_tally(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 0);
    pipeline_end(p);
}

#define HEAD "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
#define CASES_OVER_STAFF                                                                                                                    \
    "measure: likelihood, ratio: group / reference, four_fifths: no, words: {people: p, event: e}, events: {table: cases%s}, over: {table: workforce}}\n"

/* Cases have no sex of their own, their people do: one of the two cases is a woman's. */
static void a_condition_on_a_field_of_the_person(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *standard = wres_print(p->run, HEAD "indicators:\n  - {id: x, title: t, certainty: U, " CASES_OVER_STAFF, ", where: [sex in Female]");
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,1\n2025-01-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "white", .statistic = "rate"), 1, 2);
    pipeline_end(p);
}

/* Nor have they a column for a standard that compares the sexes: it comes from the person. */
static void a_table_without_the_field_to_compare_by_is_linked(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *standard = wres_print(p->run, "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\n"
                                              "unknown_in_base: yes\nindicators:\n  - {id: x, title: t, certainty: U, " CASES_OVER_STAFF, "");
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n2025-03-31,3,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number,Ethnicity\n2025-01-01,1,A\n2025-01-01,2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "x", .group = "female/male", .statistic = "ratio"), 2, 1);
    pipeline_end(p);
}

/* ---- mistakes ----------------------------------------------------------------------------------------------- */

static void assert_mistake(const char *indicators, uint64_t line, const char *field, const char *words) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, wres_print(p->run, HEAD "%s", indicators)), WRES_OK);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "standard", line, field, words);
    pipeline_end(p);
}

static void an_unknown_table(void **state) {
    (void)state;
    assert_mistake("indicators:\n  - id: '1'\n    title: t\n    measure: share\n    certainty: U\n    of: {table: workforse}\n", 11, "table",
                   "there is no table 'workforse': did you mean workforce; the tables are awards, board, cases, committee, movements, recruitment, referrals, survey, training, workforce");
}

static void an_unknown_table_of_each_measure(void **state) {
    (void)state;
    assert_mistake("indicators:\n  - {id: '2', title: t, certainty: U, measure: likelihood, words: {people: p, event: e}, ratio: reference / group, four_fifths: yes, events: {table: caes}, over: {table: workforce}}\n",
                   7, "table", "'caes': did you mean cases");
    assert_mistake("indicators:\n  - {id: '2', title: t, certainty: U, measure: likelihood, words: {people: p, event: e}, ratio: reference / group, four_fifths: yes, events: {table: cases}, over: {table: wurkforce}}\n",
                   7, "table", "'wurkforce': did you mean workforce");
    assert_mistake("indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: bord}, against: {table: workforce}, parts: [{row: all}]}\n", 7, "table",
                   "'bord': did you mean board");
    assert_mistake("indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: xyzzy}, parts: [{row: all}]}\n", 7, "table",
                   "there is no table 'xyzzy'; the tables are");
}

static void a_mistake_in_the_population(void **state) {
    (void)state;
    assert_mistake("population:\n  - assignment_category not in bnak\nindicators:\n  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce}}\n", 7,
                   "assignment_category", "did you mean bank");
}

static void a_mistake_in_a_part(void **state) {
    (void)state;
    assert_mistake("indicators:\n  - id: '9'\n    title: t\n    certainty: U\n    measure: gap\n    of: {table: board}\n    against: {table: workforce}\n    parts:\n"
                   "      - {row: voting, where: [votting in yes]}\n",
                   14, "votting", "did you mean voting");
}

/* The board has no identifiers: a field of staff is none of its own. */
static void a_field_of_staff_that_a_table_without_identifiers_lacks(void **state) {
    (void)state;
    assert_mistake("indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: workforce}, parts: [{row: x, where: [team in East]}]}\n",
                   7, "team", "the table board has no field of this name");
}

static void a_breakdown_by_what_does_not_exist(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "teem", NULL);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "by", 0, "no table has a field 'teem' to break down by: did you mean team");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", "person_id");
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "by", 0, "'person_id'");
    pipeline_end(p);
}

static void what_does_not_exist_is_reported_where_it_was_asked_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_by(p, "sex", "teem");
    p->request.breakdowns[1].asked = (wres_place){.file = "wres.yaml", .line = 4, .field = "by"};
    p->request.strata = (wres_breakdown){.name = "bnad", .fields = {"bnad"}, .count = 1, .asked = {.field = "--stratify"}};
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "by", 4, "by", "'teem'");
    assert_string_equal(finding_with(p, "by", "'teem'")->place.file, "wres.yaml");
    assert_error_at(p, "by", 0, "--stratify", "'bnad'");
    pipeline_end(p);
}

/* 16 keys a cell, of which three are taken and two more by staff: 14 further fields do not fit. */
static void too_many_breakdowns(void **state) {
    (void)state;
    static const char *const fields[] = {"sex", "team", "disability", "nationality", "role", "staff_group", "international_recruit", "qualification_region",
                                         "assignment_status", "assignment_category", "pay_band", "medical_grade", "source", "outcome"};
    pipeline *p = pipeline_new("wres-2025");
    for (size_t i = 0; i < COUNT_OF(fields); i++) pipeline_by(p, fields[i], NULL);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "standard", 0, "too many fields to break down by at once");
    pipeline_end(p);
}

static void without_the_workforce_table_there_is_no_plan(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const wres_tables none = {NULL, 0};
    p->reading.tables = &none;
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "tables", 0, "workforce is missing");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_tally_for_each_way_of_counting),
        cmocka_unit_test(two_standards_share_what_they_count_alike),
        cmocka_unit_test(breakdowns_are_axes_of_every_tally),
        cmocka_unit_test(a_table_that_no_indicator_needs_has_no_tally),
        cmocka_unit_test(a_condition_on_a_field_of_the_person),
        cmocka_unit_test(a_table_without_the_field_to_compare_by_is_linked),
        cmocka_unit_test(an_unknown_table),
        cmocka_unit_test(an_unknown_table_of_each_measure),
        cmocka_unit_test(a_mistake_in_the_population),
        cmocka_unit_test(a_mistake_in_a_part),
        cmocka_unit_test(a_field_of_staff_that_a_table_without_identifiers_lacks),
        cmocka_unit_test(a_breakdown_by_what_does_not_exist),
        cmocka_unit_test(what_does_not_exist_is_reported_where_it_was_asked_for),
        cmocka_unit_test(too_many_breakdowns),
        cmocka_unit_test(without_the_workforce_table_there_is_no_plan),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
