/* What asks for a column that no file has is not supplied, whatever the measure; and a part of a part has both conditions. */
#include "pipeline.h"

#define HEAD                                                                                                                       \
    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
#define INDICATOR "- id: x\n  title: x\n  certainty: U\n"
#define STAFF     "Date,Ethnicity,Count\n2025-03-31,A,60\n2025-03-31,H,40\n"
#define SHARE     HEAD INDICATOR "  measure: share\n  of: {table: workforce}\n  parts:\n"

static pipeline *run_with(const char *standard, const char *staff, const char *table, const char *events) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_add(p, "workforce", staff);
    if (table) pipeline_add(p, table, events);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* ---- a column that is not there ------------------------------------------------------------------------------ */

static void a_part_of_a_share(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: chiefs, where: [role in Chief]}\n  - {row: women, where: [sex in Female]}\n",
                           "Date,Ethnicity,Sex,Count\n2025-03-31,A,F,60\n2025-03-31,H,F,40\n", NULL, NULL);
    assert_missing(result(p, .indicator = "x", .row = "chiefs", .group = "bme", .statistic = "difference"), WRES_NOT_SUPPLIED,
                   "the workforce data has no column role");
    no_result(p, .indicator = "x", .row = "chiefs", .group = "all", .statistic = "count");
    no_result(p, .indicator = "x", .row = "chiefs", .group = "bme", .statistic = "share");
    assert_people(100, result(p, .indicator = "x", .row = "women", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* The column is there and nobody has the role: that is a zero. */
static void nobody_is_a_zero(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: chiefs, where: [role in Chief]}\n",
                           "Date,Ethnicity,Role,Count\n2025-03-31,A,Nurse,60\n2025-03-31,H,Nurse,40\n", NULL, NULL);
    assert_people(0, result(p, .indicator = "x", .row = "chiefs", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

static void whose_share_it_is(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: share\n  of: {table: workforce, where: [sex in Female]}\n", STAFF, NULL, NULL);
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "the workforce data has no column sex");
    no_result(p, .indicator = "x", .group = "all", .statistic = "count");
    pipeline_end(p);
}

static void whom_a_gap_is_against(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: gap\n  of: {table: board}\n  against: {table: workforce, where: [section in medical]}\n"
                                          "  parts: [{row: all}]\n",
                           STAFF, "board", "Date,Ethnicity\n2025-01-01,A\n");
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED,
                   "the workforce data has no column staff_group or medical_grade, which tell the section");
    pipeline_end(p);
}

#define EVENTS(measure, more)                                                                                                      \
    HEAD INDICATOR "  measure: " measure "\n  events: {table: cases}\n  over: {table: workforce, where: [sex in Female]}\n"        \
                   "  words: {people: p, event: e}\n" more

static void whom_events_are_over(void **state) {
    (void)state;
    static const char *const standards[] = {EVENTS("likelihood", "  ratio: group / reference\n"), EVENTS("rate", "")};
    for (size_t i = 0; i < COUNT_OF(standards); i++) {
        pipeline *p = run_with(standards[i], STAFF, "cases", "Date,Ethnicity\n2025-01-01,A\n");
        assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "the workforce data has no column sex");
        no_result(p, .indicator = "x", .group = "white", .statistic = "rate");
        pipeline_end(p);
    }
}

#define TIERS                                                                                                                      \
    HEAD INDICATOR "  measure: disparity\n  of: {table: workforce}\n"                                                              \
                   "  tiers: [{tier: lower, where: [band in Band 5]}, {tier: upper, where: [band in Band 6]}]\n"                   \
                   "  scopes: [{scope: all}, {scope: doctors, where: [section in medical]}, {scope: clinical, where: [section in clinical]}]\n"

static void tiers_and_scopes(void **state) {
    (void)state;
    pipeline *p = run_with(TIERS, STAFF, NULL, NULL);
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "no column pay_band or medical_grade, which tell the band");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
    p = run_with(TIERS, "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,60\n2025-03-31,H,Band 5,40\n2025-03-31,A,Band 6,20\n2025-03-31,H,Band 6,10\n", NULL, NULL);
    /* (20/60) / (10/40) = 4/3 */
    assert_exact(result(p, .indicator = "x", .row = "lower-upper", .group = "white/bme", .statistic = "ratio"), 4, 3);
    assert_missing(result(p, .indicator = "x", .section = "doctors"), WRES_NOT_SUPPLIED, "no column staff_group or medical_grade");
    assert_missing(result(p, .indicator = "x", .section = "clinical"), WRES_NOT_SUPPLIED, "no column staff_group, which tells the section");
    pipeline_end(p);
}

/* A grade tells a doctor from others, but not a nurse from a clerk. */
static void a_medical_grade_tells_doctors_only(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: doctors, where: [section in medical]}\n  - {row: nurses, where: [section in clinical]}\n"
                                 "  - {row: others, where: [section not in medical]}\n",
                           "Date,Ethnicity,Pay Band,Medical Grade,Count\n2025-03-31,A,,Consultant,60\n2025-03-31,H,Band 5,,40\n", NULL, NULL);
    assert_people(60, result(p, .indicator = "x", .row = "doctors", .group = "all", .statistic = "count"));
    assert_people(40, result(p, .indicator = "x", .row = "others", .group = "all", .statistic = "count"));
    assert_missing(result(p, .indicator = "x", .row = "nurses", .group = "bme", .statistic = "difference"), WRES_NOT_SUPPLIED, "no column staff_group");
    pipeline_end(p);
}

static void bands_of_goals(void **state) {
    (void)state;
    pipeline *p = pipeline_new("model-employer");
    pipeline_add(p, "workforce", STAFF);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal"), WRES_NOT_SUPPLIED, "no column pay_band");
    pipeline_end(p);
}

/* Rows of events that neither say it nor have a person who does are taken to meet the condition, and that is said; they are not lost. */
static void events_of_people_of_whom_it_is_not_known(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: rate\n  events: {table: cases, where: [section in medical]}\n  over: {table: workforce}\n"
                                          "  words: {people: p, event: e}\n",
                           "Date,Ethnicity,Employee Number,Pay Band\n2025-03-31,A,1,Band 5\n2025-03-31,H,2,Band 5\n", "cases",
                           "Date,Employee Number\n2025-01-01,1\n");
    no_result(p, .indicator = "x", .group = "white", .statistic = "rate");
    assert_missing(result(p, .indicator = "x", .group = "all", .statistic = "all"), WRES_NOT_SUPPLIED,
                   "the cases data has no column staff_group or medical_grade, which tell the section");
    pipeline_end(p);
}

/* What a row is, its file need not say: a file of disciplinary cases may have no column for it. */
static void events_of_which_it_is_not_known_what_they_are(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: rate\n  events: {table: cases, where: [formal in yes]}\n  over: {table: workforce}\n"
                                          "  words: {people: p, event: e}\n",
                           "Date,Ethnicity,Employee Number,Pay Band\n2025-03-31,A,1,Band 5\n2025-03-31,H,2,Band 5\n", "cases",
                           "Date,Employee Number\n2025-01-01,1\n");
    assert_of(result(p, .indicator = "x", .group = "white", .statistic = "rate"), 1, 1);
    assert_finding(p, WRES_WARNING, "condition-not-tested", 0, "every row is taken to meet 'formal in yes'");
    pipeline_end(p);
}

/* Of two files one has the column: its people can be told, the other's cannot, and that is said. */
static void one_of_two_files(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: women, where: [sex in Female]}\n",
                           "Date,Ethnicity,Sex,Count\n2025-03-31,A,F,60\n2025-03-31,H,M,10\n", "workforce", "Date,Ethnicity,Count\n2025-03-31,H,30\n");
    assert_people(60, result(p, .indicator = "x", .row = "women", .group = "all", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "column-in-some-files", 0, "another file of this table says it");
    assert_string_equal(finding_with(p, "column-in-some-files", "")->place.field, "sex");
    pipeline_end(p);
}

/* ---- parts of parts ------------------------------------------------------------------------------------------ */

/* Women 30 (BME 20), women of band 5 25 (20), those in team T 5 (5); band 5 alone would be 65. */
static void a_part_of_a_part_meets_all_conditions(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: team, of_which: band, where: [team in T]}\n  - {row: women, where: [sex in Female]}\n"
                                 "  - {row: band, of_which: women, where: [band in Band 5]}\n  - {row: men, where: [sex in Male]}\n",
                           "Date,Ethnicity,Sex,Pay Band,Team,Count\n2025-03-31,A,F,Band 6,T,5\n2025-03-31,A,F,Band 5,U,5\n2025-03-31,H,F,Band 5,U,15\n"
                           "2025-03-31,H,F,Band 5,T,5\n2025-03-31,A,M,Band 5,T,40\n",
                           NULL, NULL);
    assert_of(result(p, .indicator = "x", .row = "women", .group = "bme", .statistic = "share"), 20, 30);
    assert_of(result(p, .indicator = "x", .row = "band", .group = "bme", .statistic = "share"), 20, 25);
    assert_of(result(p, .indicator = "x", .row = "team", .group = "bme", .statistic = "share"), 5, 5);
    assert_string_equal(result(p, .indicator = "x", .row = "band", .group = "all", .statistic = "count")->note, "part of the row women");
    assert_string_equal(result(p, .indicator = "x", .row = "team", .group = "all", .statistic = "count")->note, "part of the row band");
    assert_string_equal(result(p, .indicator = "x", .row = "women", .group = "all", .statistic = "count")->note, "");
    /* It stands behind the row it is a part of, wherever the file has it. */
    const wres_result *first = &p->results.all[0];
    assert_true(result(p, .indicator = "x", .row = "women", .group = "all", .statistic = "count") - first <
                result(p, .indicator = "x", .row = "band", .group = "all", .statistic = "count") - first);
    assert_true(result(p, .indicator = "x", .row = "team", .group = "all", .statistic = "count") - first <
                result(p, .indicator = "x", .row = "men", .group = "all", .statistic = "count") - first);
    pipeline_end(p);
}

/* What a whole lacks, its part lacks. */
static void a_part_of_what_is_not_supplied(void **state) {
    (void)state;
    pipeline *p = run_with(SHARE "  - {row: women, where: [sex in Female]}\n  - {row: band, of_which: women, where: [band in Band 5]}\n",
                           "Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 5,5\n", NULL, NULL);
    assert_missing(result(p, .indicator = "x", .row = "band", .group = "bme", .statistic = "difference"), WRES_NOT_SUPPLIED, "no column sex");
    pipeline_end(p);
}

/* Board of 4: voting 3 (BME 1), of whom executive 2 (1); one executive does not vote. Staff 40% BME. */
static void parts_of_a_gap(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: gap\n  of: {table: board}\n  against: {table: workforce}\n  parts:\n"
                                          "  - {row: voting, where: [voting in yes]}\n  - {row: executive, of_which: voting, where: [executive in yes]}\n",
                           STAFF, "board", "Date,Ethnicity,Voting,Executive\n2025-01-01,H,Y,Y\n2025-01-01,A,Y,Y\n2025-01-01,A,Y,N\n2025-01-01,A,N,Y\n");
    assert_of(result(p, .indicator = "x", .section = "board", .row = "executive", .group = "bme", .statistic = "share"), 1, 2);
    assert_exact(result(p, .indicator = "x", .row = "executive", .group = "bme", .statistic = "difference"), 10, 1);
    assert_string_equal(result(p, .indicator = "x", .section = "board", .row = "executive", .group = "bme", .statistic = "share")->note,
                        "list of 2025-01-01; part of the row voting");
    pipeline_end(p);
}

/* Of two columns that are not there the first is said. */
static void the_first_of_several_is_said(void **state) {
    (void)state;
    pipeline *p = run_with(HEAD INDICATOR "  measure: share\n  of: {table: workforce, where: [sex in Female, role in Chief]}\n", STAFF, NULL, NULL);
    assert_string_equal(result(p, .indicator = "x")->note, "the workforce data has no column sex");
    pipeline_end(p);
    p = run_with(SHARE "  - {row: chiefs, where: [role in Chief, sex in Female]}\n", STAFF, NULL, NULL);
    assert_string_equal(result(p, .indicator = "x", .row = "chiefs", .group = "bme", .statistic = "difference")->note, "the workforce data has no column role");
    pipeline_end(p);
    /* what events lack comes before what they are over lacks */
    p = run_with(HEAD INDICATOR "  measure: likelihood\n  events: {table: workforce, where: [role in Chief]}\n  over: {table: workforce, where: [sex in Female]}\n"
                                "  words: {people: p, event: e}\n  ratio: group / reference\n", STAFF, NULL, NULL);
    assert_string_equal(result(p, .indicator = "x")->note, "the workforce data has no column role");
    pipeline_end(p);
    p = run_with(HEAD INDICATOR "  measure: rate\n  events: {table: workforce, where: [role in Chief]}\n  over: {table: workforce, where: [sex in Female]}\n"
                                "  words: {people: p, event: e}\n", STAFF, NULL, NULL);
    assert_string_equal(result(p, .indicator = "x")->note, "the workforce data has no column role");
    pipeline_end(p);
}

/* Of the whole, and not again of each team. */
static void a_breakdown_does_not_say_it_again(void **state) {
    (void)state;
    static const char *const standards[] = {HEAD INDICATOR "  measure: share\n  of: {table: workforce, where: [sex in Female]}\n", EVENTS("rate", ""), TIERS,
                                            HEAD INDICATOR "  measure: goal\n  of: {table: workforce, where: [sex in Female]}\n"};
    for (size_t i = 0; i < COUNT_OF(standards); i++) {
        pipeline *p = pipeline_new(NULL);
        assert_int_equal(pipeline_standard(p, standards[i]), WRES_OK);
        pipeline_by(p, "team", NULL);
        pipeline_add(p, "workforce", "Date,Ethnicity,Team\n2025-03-31,A,East\n2025-03-31,H,West\n");
        pipeline_add(p, "cases", "Date,Ethnicity\n2025-01-01,A\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_int_equal(result(p, .indicator = "x")->status, WRES_NOT_SUPPLIED);
        assert_int_equal(p->results.count, 1);
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_a_share),
        cmocka_unit_test(nobody_is_a_zero),
        cmocka_unit_test(whose_share_it_is),
        cmocka_unit_test(whom_a_gap_is_against),
        cmocka_unit_test(whom_events_are_over),
        cmocka_unit_test(tiers_and_scopes),
        cmocka_unit_test(a_medical_grade_tells_doctors_only),
        cmocka_unit_test(bands_of_goals),
        cmocka_unit_test(events_of_people_of_whom_it_is_not_known),
        cmocka_unit_test(events_of_which_it_is_not_known_what_they_are),
        cmocka_unit_test(one_of_two_files),
        cmocka_unit_test(a_part_of_a_part_meets_all_conditions),
        cmocka_unit_test(a_part_of_what_is_not_supplied),
        cmocka_unit_test(parts_of_a_gap),
        cmocka_unit_test(the_first_of_several_is_said),
        cmocka_unit_test(a_breakdown_does_not_say_it_again),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
