/* Composition: shares of the people in a section and row, and the distance of a row from the whole (indicator 1). */
#include "pipeline.h"

static const char two_bands[] = "Date,Ethnicity,Staff Group,Pay Band,Medical Grade,Count\n"
                                "2025-03-31,H,Nursing,Band 5,,56\n2025-03-31,A,Nursing,Band 5,,14\n"
                                "2025-03-31,H,Admin and Clerical,Band 6,,48\n2025-03-31,A,Admin and Clerical,Band 6,,32\n";

static void shares_have_counts_and_wilson_limits(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Count\n2025-03-31,H,65\n2025-03-31,A,34\n2025-03-31,Z,1\n");
    const wres_result *bme = result(p, .indicator = "1", .group = "bme", .statistic = "share");
    assert_of(bme, 65, 100);
    assert_interval(bme, 55.2544432969, 73.6357517569, 1e-9);
    const wres_result *unknown = result(p, .indicator = "1", .group = "unknown", .statistic = "share");
    assert_of(unknown, 1, 100);
    assert_interval(unknown, 0.1767432064, 5.4486196179, 1e-9);
    assert_people(100, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* Unknown out of the base: 65 of 99. */
static void the_unknown_can_be_left_out_of_the_base(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,H,65\n2025-03-31,A,34\n2025-03-31,Z,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 65, 99);
    no_result(p, .indicator = "1", .group = "unknown", .statistic = "share");
    assert_people(1, result(p, .indicator = "1", .group = "unknown", .statistic = "count"));
    assert_people(100, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

static void every_row_stands_in_its_section_and_in_all(void **state) {
    (void)state;
    pipeline *p = pipeline_of(
        "workforce",
        "Date,Ethnicity,Staff Group,Pay Band,Medical Grade\n2025-03-31,A,Nursing,Band 5,\n2025-03-31,H,Admin and Clerical,Band 5,\n"
        "2025-03-31,H,Medical and Dental,,Consultant\n2025-03-31,A,,Band 5,\n");
    assert_of(result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "share"), 1, 3);
    assert_of(result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "share"), 0, 1);
    assert_of(result(p, .indicator = "1", .section = "non-clinical", .row = "Band 5", .group = "bme", .statistic = "share"), 1, 1);
    assert_of(result(p, .indicator = "1", .section = "unknown", .row = "Band 5", .group = "bme", .statistic = "share"), 0, 1);
    assert_of(result(p, .indicator = "1", .section = "medical", .group = "bme", .statistic = "share"), 1, 1);
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 2, 4);
    no_result(p, .indicator = "1", .section = "medical", .row = "Band 5", .group = "all", .statistic = "count");
    no_result(p, .indicator = "1", .row = "Band 6", .group = "all", .statistic = "count");
    pipeline_end(p);
}

/* Band 5: 56 of 70 = 80%; all: 104 of 150. The difference is 80 - 69.33… = 32/3 points. Against the rest, 48 of 80, Newcombe's limits are
 * 0.052431472402 and 0.333872654037; the distance from the whole is 80/150 of that from the rest. */
static void a_row_is_compared_with_the_whole(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", two_bands);
    const wres_result *points =
        result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "difference");
    assert_int_equal(points->unit, WRES_POINTS);
    assert_exact(points, 32, 3);
    assert_interval(points, 100 * 0.052431472402 * 80 / 150, 100 * 0.333872654037 * 80 / 150, 1e-9);
    assert_contains(points->note, "BME share here minus BME share of the whole workforce");
    pipeline_end(p);
}

/* Fisher's test of 12 of 40 against the rest, 48 of 80. */
static void its_test_is_against_the_rest(void **state) {
    (void)state;
    pipeline *p = pipeline_of(
        "workforce",
        "Date,Ethnicity,Pay Band,Count\n2025-03-31,H,Band 5,12\n2025-03-31,A,Band 5,28\n2025-03-31,H,Band 6,48\n2025-03-31,A,Band 6,32\n");
    const wres_result *test = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "p_value");
    assert_int_equal(test->kind, WRES_VALUE_REAL);
    assert_int_equal(test->unit, WRES_PROBABILITY);
    assert_close(test->real, 0.00340922177, 1e-8);
    assert_contains(test->note, "not part of the standard");
    pipeline_end(p);
}

/* The whole differs from itself by nothing, and there is no rest to test it against. */
static void the_whole_has_no_test(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", two_bands);
    const wres_result *points = result(p, .indicator = "1", .group = "bme", .statistic = "difference");
    assert_exact(points, 0, 1);
    assert_false(points->has_interval);
    no_result(p, .indicator = "1", .group = "bme", .statistic = "p_value");
    pipeline_end(p);
}

/* With the unknown out of the base, a row of unknown people has none. */
static void a_row_of_unknown_people_alone(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band\n2025-03-31,Z,Band 5\n2025-03-31,A,Band 6\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *share = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "share");
    assert_missing(share, WRES_NOT_CALCULABLE, "nobody of known ethnicity");
    assert_true(share->has_counts && share->denominator == 0);
    assert_missing(result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "difference"), WRES_NOT_CALCULABLE,
                   "BME 0 of 0 here, 0 of 1 in all");
    assert_people(1, result(p, .indicator = "1", .row = "Band 5", .group = "unknown", .statistic = "count"));
    pipeline_end(p);
}

static void nobody_at_all(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Assignment Category\n2025-03-31,A,Bank\n");
    assert_missing(result(p, .indicator = "1"), WRES_NOT_CALCULABLE, "no staff");
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_NOT_STAFF], 1);
    pipeline_end(p);
}

/* Codes of before 2001 and other marks are unknown, and it is said how many. */
static void discontinued_codes_are_told_apart_in_a_note(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity,Count\n2025-03-31,A,90\n2025-03-31,Z,3\n2025-03-31,1,2\n");
    const wres_result *unknown = result(p, .indicator = "1", .group = "unknown", .statistic = "count");
    assert_people(5, unknown);
    assert_contains(unknown->note, "of which 2 discontinued code");
    pipeline_end(p);
}

/* Within a breakdown a row is compared with all of the same value: women of band 5 with all women. 1 of 2 against 2 of 4: nothing. */
static void within_a_breakdown_the_whole_is_that_of_its_value(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Sex,Pay Band,Count\n2025-03-31,H,F,Band 5,1\n2025-03-31,A,F,Band 5,1\n2025-03-31,H,F,Band 6,1\n2025-03-31,A,F,Band 6,1\n2025-03-31,A,M,Band 5,6\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .by_value = "Female", .row = "Band 5", .group = "bme", .statistic = "share"), 1, 2);
    assert_of(result(p, .indicator = "1", .by_value = "Female", .group = "bme", .statistic = "share"), 2, 4);
    assert_of(result(p, .indicator = "1", .by_value = "Male", .group = "bme", .statistic = "share"), 0, 6);
    assert_of(result(p, .indicator = "1", .by_value = "Male", .section = "unknown", .row = "Band 5", .group = "bme",
                     .statistic = "share"),
              0, 6);
    no_result(p, .indicator = "1", .by_value = "Male", .row = "Band 6", .group = "all", .statistic = "count");
    assert_exact(result(p, .indicator = "1", .by_value = "Female", .row = "Band 5", .group = "bme", .statistic = "difference"), 0,
                 1);
    assert_exact(result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "difference"), 100 * (1 * 10 - 2 * 8),
                 80);
    pipeline_end(p);
}

/* Pooled from counts: 1 of 2 and 0 of 8 are 1 of 10, not the mean of 50% and 0%. */
static void organisations_are_pooled_from_counts(void **state) {
    (void)state;
    pipeline *p =
        pipeline_of("workforce", "Date,Org Code,Ethnicity,Count\n2025-03-31,RX1,H,1\n2025-03-31,RX1,A,1\n2025-03-31,RX2,A,8\n");
    assert_of(result(p, .indicator = "1", .organisation = "RX1", .group = "bme", .statistic = "share"), 1, 2);
    assert_of(result(p, .indicator = "1", .organisation = "RX2", .group = "bme", .statistic = "share"), 0, 8);
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 1, 10);
    pipeline_end(p);
}

/* A share without rows has the whole alone. */
static void a_share_without_grades(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: share, of: {table: board}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,A\n2025-01-01,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "bme", .statistic = "share"), 1, 2);
    no_result(p, .indicator = "x", .row = "Unmapped", .group = "all", .statistic = "count");
    no_result(p, .indicator = "x", .row = "Under Band 1", .group = "all", .statistic = "count");
    no_result(p, .indicator = "x", .section = "non-clinical", .group = "all", .statistic = "count");
    pipeline_end(p);
}

/* Those of an earlier date are not told; there is a list for each organisation, and each takes the latest. */
static void why_people_are_unknown_is_told_of_the_date(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: x, title: t, certainty: U, measure: share, of: {table: board}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "board", "Date,Ethnicity,Count\n2024-01-01,A,5\n2024-01-01,1,7\n2025-01-01,A,6\n2025-01-01,1,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_contains(result(p, .indicator = "x", .group = "unknown", .statistic = "count")->note, "of which 2 discontinued code");
    pipeline_end(p);
}

/* Codes of two kinds that are counted as Unknown, each with its own number; of RX1 only its own are told. */
static void why_people_are_unknown_is_told_by_organisation(void **state) {
    (void)state;
    pipeline *p = pipeline_of(
        "workforce",
        "Date,Org Code,Ethnicity,Count\n2025-03-31,RX1,A,10\n2025-03-31,RX1,9,2\n2025-03-31,RX2,A,5\n2025-03-31,RX2,9,4\n2025-03-31,RX2,NA,1\n");
    assert_string_equal(result(p, .indicator = "1", .organisation = "RX1", .group = "unknown", .statistic = "count")->note,
                        "of which 2 discontinued code");
    const char *note = result(p, .indicator = "1", .group = "unknown", .statistic = "count")->note;
    assert_contains(note, "6 discontinued code");
    assert_contains(note, "1 read as not known, not as a code of its first letter");
    assert_true(strncmp(note, "of which ", 9) == 0 && strstr(note + 9, "of which") == NULL && strstr(note, "code, 1 read"));
    pipeline_end(p);
}

/* Cases by grade: what neither the row nor its person has is in the row for staff whose grade is not known. */
static void rows_of_events_may_have_no_grade(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: x, title: t, certainty: U, measure: share, rows: grades, of: {table: cases}}\n"),
        WRES_OK);
    pipeline_add(
        p, "workforce",
        "Date,Employee Number,Ethnicity,Pay Band,Staff Group\n2025-03-31,1,A,Band 5,Nursing\n2025-03-31,2,H,Band 6,Nursing\n");
    pipeline_add(p, "cases", "Date,Employee Number,Ethnicity\n2025-01-01,1,A\n2025-01-01,9,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(1, result(p, .indicator = "x", .section = "clinical", .row = "Band 5", .group = "white", .statistic = "count"));
    assert_people(1, result(p, .indicator = "x", .section = "unknown", .row = "Unmapped", .group = "bme", .statistic = "count"));
    assert_people(2, result(p, .indicator = "x", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* Somebody's two posts differ in team and in sex alone. Which one counts does not hang on what is broken down by. */
static void a_breakdown_does_not_change_what_stands_above_it(void **state) {
    (void)state;
    for (int by_team = 0; by_team < 2; by_team++) {
        pipeline *p = pipeline_new(NULL);
        assert_int_equal(
            pipeline_standard(
                p,
                "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
                "  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: [sex in Female]}}\n"),
            WRES_OK);
        if (by_team) pipeline_by(p, "team", NULL);
        pipeline_add(
            p, "workforce",
            "Date,Employee Number,Ethnicity,Team,Sex\n2025-03-31,1,A,East,M\n2025-03-31,1,A,West,F\n2025-03-31,2,H,East,F\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_people(1, result(p, .indicator = "x", .group = "white", .statistic = "count"));
        assert_of(result(p, .indicator = "x", .group = "bme", .statistic = "share"), 1, 2);
        pipeline_end(p);
    }
}

/* Why people are unknown, and what is set beside other organisations, is said of the whole: of no row, no breakdown and no other group. */
static void what_is_said_of_the_whole_alone(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Sex,Pay Band,Count\n2025-03-31,H,F,Band 5,3\n2025-03-31,A,F,Band 5,4\n2025-03-31,9,F,Band 5,2\n2025-03-31,A,M,Band 6,4\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t notes = 0, beside = 0;
    for (size_t i = 0; i < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        if (strcmp(r->indicator, "1") != 0) continue;
        notes += strstr(r->note, "of which") != NULL;
        beside += r->beside != WRES_BESIDE_NOTHING;
        if (strcmp(r->statistic, "count") == 0) assert_false(r->has_lower_bound || r->has_upper_bound);
    }
    assert_int_equal(notes, 1);
    assert_contains(result(p, .indicator = "1", .group = "unknown", .statistic = "count")->note, "of which 2 discontinued code");
    assert_int_equal(beside, 1);
    assert_int_equal(result(p, .indicator = "1", .group = "bme", .statistic = "share")->beside, WRES_BESIDE_SHARE);
    pipeline_end(p);
}

/* 2 women and 3 men have a discontinued code, and women alone are asked about. */
static void whoever_is_not_asked_about_is_in_no_note(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: [sex in Female]}}\n"),
        WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex,Count\n2025-03-31,9,F,2\n2025-03-31,9,M,3\n2025-03-31,A,F,5\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *unknown = result(p, .indicator = "x", .group = "unknown", .statistic = "count");
    assert_people(2, unknown);
    assert_string_equal(unknown->note, "of which 2 discontinued code");
    pipeline_end(p);
}

/* Three rows of which the last is part of the second. 2 of 4 women, 1 of 3 in band 5 or 6, none of 1 in band 6. */
static void parts_have_rows_of_their_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce}, parts: [{row: women, where: [sex in Female]},\n"
            "      {row: some, where: ['pay_band in Band 5, Band 6']}, {row: few, of_which: some, where: [pay_band in Band 6]}]}\n"),
        WRES_OK);
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Sex,Pay Band\n2025-03-31,H,F,Band 5\n2025-03-31,H,F,Band 7\n2025-03-31,A,F,Band 7\n2025-03-31,A,F,Band 6\n2025-03-31,A,M,Band 5\n");
    if (pipeline_run(p) != WRES_OK) fail_msg("%s", wres_finding_at(p->run, 0)->message);
    assert_of(result(p, .indicator = "x", .row = "women", .group = "bme", .statistic = "share"), 2, 4);
    assert_of(result(p, .indicator = "x", .row = "some", .group = "bme", .statistic = "share"), 1, 3);
    assert_of(result(p, .indicator = "x", .row = "few", .group = "bme", .statistic = "share"), 0, 1);
    assert_contains(result(p, .indicator = "x", .row = "few", .group = "all", .statistic = "count")->note, "part of the row some");
    assert_string_equal(result(p, .indicator = "x", .row = "some", .group = "all", .statistic = "count")->note, "");
    assert_of(result(p, .indicator = "x", .group = "bme", .statistic = "share"), 2, 5);
    pipeline_end(p);
}

/* RAA comes last among the organisations that the standard names and first in the file, and its first row is of two whom nobody can place:
 * of RAA they are told, and once. */
static void why_people_are_unknown_is_told_of_the_first_row(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: ['organisation in RBB, RAA']}}\n"),
        WRES_OK);
    pipeline_add(p, "workforce",
                 "Date,Org Code,Ethnicity,Count\n2025-03-31,RAA,9,2\n2025-03-31,RAA,A,5\n2025-03-31,RBB,A,7\n2025-03-31,RBB,9,4\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(result(p, .indicator = "x", .organisation = "RAA", .group = "unknown", .statistic = "count")->note,
                        "of which 2 discontinued code");
    assert_string_equal(result(p, .indicator = "x", .organisation = "RBB", .group = "unknown", .statistic = "count")->note,
                        "of which 4 discontinued code");
    assert_string_equal(result(p, .indicator = "x", .group = "unknown", .statistic = "count")->note,
                        "of which 6 discontinued code");
    pipeline_end(p);
}

/* Where there are staff it is not said that there are none; and of a column that is lacking nothing is said but that. */
static void what_is_lacking_is_said_only_where_it_is(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity\n2025-03-31,A\n");
    no_result(p, .indicator = "1");
    pipeline_end(p);
    p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: x, title: t, certainty: U, measure: share, of: {table: workforce, where: [sex not in Female]}}\n"),
        WRES_OK);
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Team\n2025-03-31,A,East\n2025-03-31,H,West\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "x", .by = "all"), WRES_NOT_SUPPLIED, "no column sex");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* A list may begin with a code that is none any more; and of RAA, the only one with staff, each row is told once beside another organisation. */
static void why_people_are_unknown_is_told_of_the_first_of_a_list(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_codes(
        p, "ethnicity.csv",
        "spelling,code,category,group2,treatment\nOld,1,Old,Unknown,discontinued code\nWhite,A,White,White,\nAsian,H,Asian,BME,\n"
        "(blank),,Not known,Unknown,\n(unmapped),,Not known,Unknown,\n");
    pipeline_add(p, "workforce",
                 "Date,Org Code,Ethnicity,Count\n2025-03-31,RAA,White,5\n2025-03-31,RAA,Old,2\n2025-03-31,RAA,,4\n");
    pipeline_add(p, "recruitment", "Date,Org Code,Ethnicity,Stage,Count\n2024-08-01,RBB,White,Shortlisted,9\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    static const char *const of[] = {"RAA", "all"};
    for (size_t i = 0; i < COUNT_OF(of); i++) {
        assert_people(6, result(p, .indicator = "1", .organisation = of[i], .group = "unknown", .statistic = "count"));
        assert_string_equal(result(p, .indicator = "1", .organisation = of[i], .group = "unknown", .statistic = "count")->note,
                            "of which 2 discontinued code");
    }
    pipeline_end(p);
}

static pipeline *weighed(const char *csv) {
    pipeline *p = pipeline_new("wres-2025");
    p->reading.fte = p->request.fte = true;
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* Band 5: 0.75 of 2; all: 1.25 of 4. 37.5 - 31.25 = 6.25 points. Nothing that rests on chance is said. */
static void full_time_equivalents_are_summed_in_the_place_of_people(void **state) {
    (void)state;
    pipeline *p = weighed("Date,Ethnicity,Pay Band,FTE\n2025-03-31,H,Band 5,0.75\n2025-03-31,A,Band 5,1.25\n2025-03-31,H,Band 6,0.5\n"
                          "2025-03-31,A,Band 6,1\n2025-03-31,2,Band 6,0.5\n");
    const wres_result *count = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "count");
    assert_int_equal(count->unit, WRES_FTE);
    assert_exact(count, 3, 4);
    assert_false(count->small);
    const wres_result *share = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "share");
    assert_exact(share, 75, 2);
    assert_true(share->fte && share->has_counts && !share->has_interval && !share->small);
    assert_true(share->numerator.numerator == 750000000 && share->denominator == 2000000000);
    const wres_result *points = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "difference");
    assert_exact(points, 25, 4);
    assert_false(points->has_interval);
    no_result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "p_value");
    assert_string_equal(result(p, .indicator = "1", .group = "unknown", .statistic = "count")->note, "of which 0.5 discontinued code");
    assert_int_equal(result(p, .indicator = "1", .group = "bme", .statistic = "share")->beside, WRES_BESIDE_NOTHING);
    pipeline_end(p);
}

/* 0 FTE in a band in which somebody is: no share of nothing, and no points; the note has decimals. */
static void nothing_of_something(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->reading.fte = p->request.fte = true;
    p->request.unknown_in_base = 0;
    pipeline_add(p, "workforce", "Date,Ethnicity,Pay Band,FTE\n2025-03-31,Z,Band 5,0.75\n2025-03-31,H,Band 6,0.5\n2025-03-31,A,Band 6,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *share = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "share");
    assert_int_equal(share->status, WRES_NOT_CALCULABLE);
    const wres_result *points = result(p, .indicator = "1", .row = "Band 5", .group = "bme", .statistic = "difference");
    assert_int_equal(points->status, WRES_NOT_CALCULABLE);
    assert_string_equal(points->note, "BME 0 of 0 here, 0.5 of 1.5 in all");
    pipeline_end(p);
}

/* No funnel limits about teams, and nothing set beside other organisations. */
static void no_limits_of_full_time_equivalents(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->reading.fte = p->request.fte = true;
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Organisation,Ethnicity,Team,FTE\n2025-03-31,X,H,North,0.5\n2025-03-31,X,A,South,0.5\n2025-03-31,Y,H,South,1\n"
                                 "2025-03-31,Y,A,North,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    for (size_t i = 0; i < p->results.count; i++) {
        const char *statistic = p->results.all[i].statistic;
        assert_true(strcmp(statistic, "count") == 0 || strcmp(statistic, "share") == 0 || strcmp(statistic, "difference") == 0 ||
                    strcmp(statistic, "all") == 0);
    }
    pipeline_end(p);
}

/* Each indicator but the shares of the workforce is one row: shares of others (the board of a standard of its own), and all other measures. */
static void what_counts_people_is_not_calculable(void **state) {
    static const char *const others[] = {"2", "3", "4", "5", "6", "7", "8", "9"};
    (void)state;
    pipeline *p = weighed("Date,Ethnicity,FTE\n2025-03-31,H,0.75\n");
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const wres_result *row = result(p, .indicator = others[i], .statistic = "all");
        assert_int_equal(row->status, WRES_NOT_CALCULABLE);
        assert_non_null(strstr(row->note, "--weight head"));
    }
    pipeline_end(p);
    p = pipeline_new(NULL);
    p->reading.fte = p->request.fte = true;
    assert_int_equal(
        pipeline_standard(p, "standard: own\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n"
                             "unknown_in_base: yes\nindicators:\n  - {id: b, title: t, certainty: U, measure: share, of: {table: board}}\n"),
        WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,FTE\n2025-03-31,H,0.75\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(result(p, .indicator = "b", .statistic = "all")->status, WRES_NOT_CALCULABLE);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_breakdown_does_not_change_what_stands_above_it),
        cmocka_unit_test(shares_have_counts_and_wilson_limits),
        cmocka_unit_test(whoever_is_not_asked_about_is_in_no_note),
        cmocka_unit_test(the_unknown_can_be_left_out_of_the_base),
        cmocka_unit_test(every_row_stands_in_its_section_and_in_all),
        cmocka_unit_test(a_row_is_compared_with_the_whole),
        cmocka_unit_test(its_test_is_against_the_rest),
        cmocka_unit_test(the_whole_has_no_test),
        cmocka_unit_test(a_row_of_unknown_people_alone),
        cmocka_unit_test(nobody_at_all),
        cmocka_unit_test(discontinued_codes_are_told_apart_in_a_note),
        cmocka_unit_test(within_a_breakdown_the_whole_is_that_of_its_value),
        cmocka_unit_test(organisations_are_pooled_from_counts),
        cmocka_unit_test(a_share_without_grades),
        cmocka_unit_test(why_people_are_unknown_is_told_of_the_date),
        cmocka_unit_test(why_people_are_unknown_is_told_by_organisation),
        cmocka_unit_test(rows_of_events_may_have_no_grade),
        cmocka_unit_test(what_is_said_of_the_whole_alone),
        cmocka_unit_test(parts_have_rows_of_their_own),
        cmocka_unit_test(why_people_are_unknown_is_told_of_the_first_row),
        cmocka_unit_test(what_is_lacking_is_said_only_where_it_is),
        cmocka_unit_test(why_people_are_unknown_is_told_of_the_first_of_a_list),
        cmocka_unit_test(full_time_equivalents_are_summed_in_the_place_of_people),
        cmocka_unit_test(nothing_of_something),
        cmocka_unit_test(no_limits_of_full_time_equivalents),
        cmocka_unit_test(what_counts_people_is_not_calculable),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
