/* The board against the workforce (indicator 9). */
#include "pipeline.h"

#include "indicator/plan.h"

/* 2 of 8 staff are BME: 25%. */
#define STAFF "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,2\n2025-03-31,Z,1\n"

static pipeline *with_board(const char *board) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "board", board);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *gap_of(const pipeline *p, const char *row) {
    return result(p, .indicator = "9", .row = row, .group = "bme", .statistic = "difference");
}

static const wres_result *share_of(const pipeline *p, const char *row, const char *who) {
    return result(p, .indicator = "9", .section = "board", .row = row, .group = who, .statistic = "share");
}

/* Board: 2 of 5, voting 1 of 4, executive 0 of 2; less 25%: 15, 0 and -25 points. */
static const char whole_board[] =
    "Date,Ethnicity,Voting,Executive\n2025-01-01,H,Y,N\n2025-01-01,H,N,N\n2025-01-01,A,Y,Y\n2025-01-01,A,Y,Y\n2025-01-01,Z,Y,N\n";

static void board_minus_workforce_in_points(void **state) {
    (void)state;
    pipeline *p = with_board(whole_board);
    assert_int_equal(gap_of(p, "all")->unit, WRES_POINTS);
    assert_exact(gap_of(p, "all"), 15, 1);
    assert_exact(gap_of(p, "voting"), 0, 1);
    assert_exact(gap_of(p, "executive"), -25, 1);
    assert_false(gap_of(p, "all")->has_interval);
    no_result(p, .indicator = "9", .group = "bme-white", .statistic = "difference");
    pipeline_end(p);
}

static void the_shares_stand_beside_it(void **state) {
    (void)state;
    pipeline *p = with_board(whole_board);
    assert_of(share_of(p, "all", "bme"), 2, 5);
    assert_of(share_of(p, "all", "unknown"), 1, 5);
    assert_of(share_of(p, "voting", "bme"), 1, 4);
    assert_of(share_of(p, "executive", "bme"), 0, 2);
    assert_of(result(p, .indicator = "9", .section = "workforce", .group = "bme", .statistic = "share"), 2, 8);
    no_result(p, .indicator = "9", .section = "workforce", .row = "voting", .group = "bme", .statistic = "share");
    assert_contains(share_of(p, "all", "bme")->note, "2025-01-01");
    assert_string_equal(result(p, .indicator = "9", .section = "workforce", .group = "bme", .statistic = "share")->note, "");
    pipeline_end(p);
}

/* Without the unknown: 2 of 4 less 2 of 7 are 3/14. */
static void the_unknown_can_be_left_out_of_both_bases(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "board", whole_board);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(share_of(p, "all", "bme"), 2, 4);
    assert_exact(gap_of(p, "all"), 300, 14);
    no_result(p, .indicator = "9", .section = "board", .group = "unknown", .statistic = "share");
    pipeline_end(p);
}

static void a_missing_column_is_not_supplied(void **state) {
    (void)state;
    pipeline *p = with_board("Date,Ethnicity,Voting\n2025-01-01,H,Y\n2025-01-01,A,N\n");
    assert_exact(gap_of(p, "all"), 25, 1);
    assert_exact(gap_of(p, "voting"), 75, 1);
    assert_missing(gap_of(p, "executive"), WRES_NOT_SUPPLIED, "no column executive");
    no_result(p, .indicator = "9", .section = "board", .row = "executive", .group = "bme", .statistic = "share");
    pipeline_end(p);
}

/* Blank is not yes. */
static void a_part_without_members(void **state) {
    (void)state;
    pipeline *p = with_board("Date,Ethnicity,Voting,Executive\n2025-01-01,H,Y,N\n2025-01-01,A,Yes,\n");
    assert_exact(gap_of(p, "voting"), 25, 1);
    assert_missing(gap_of(p, "executive"), WRES_NOT_CALCULABLE, "no members");
    assert_int_equal(share_of(p, "executive", "bme")->status, WRES_NOT_CALCULABLE);
    assert_int_equal(share_of(p, "executive", "bme")->denominator, 0);
    assert_string_equal(share_of(p, "executive", "bme")->note, "no members");
    pipeline_end(p);
}

static void no_list_by_the_as_at_date(void **state) {
    (void)state;
    pipeline *p = with_board("Date,Ethnicity,Voting,Executive\n2025-04-01,H,Y,N\n");
    assert_missing(result(p, .indicator = "9"), WRES_NOT_SUPPLIED, "no board list on or before the as-at date");
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SNAPSHOT], 1);
    pipeline_end(p);
}

static void a_list_of_the_as_at_date_itself_and_one_without_a_date_column(void **state) {
    (void)state;
    pipeline *p = with_board("Date,Ethnicity\n2025-03-31,H\n2024-03-31,A\n");
    assert_of(share_of(p, "all", "bme"), 1, 1);
    pipeline_end(p);
    p = with_board("Ethnicity\nH\nA\n");
    assert_of(share_of(p, "all", "bme"), 1, 2);
    assert_contains(share_of(p, "all", "bme")->note, "2025-03-31");
    pipeline_end(p);
}

static void counted_members(void **state) {
    (void)state;
    pipeline *p = with_board("Date,Ethnicity,Count\n2025-01-01,H,1\n2025-01-01,A,3\n");
    assert_of(share_of(p, "all", "bme"), 1, 4);
    assert_exact(gap_of(p, "all"), 0, 1);
    pipeline_end(p);
}

static void a_board_without_staff(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Assignment Category\n2025-03-31,A,Bank\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(gap_of(p, "all"), WRES_NOT_CALCULABLE, "no staff");
    assert_of(share_of(p, "all", "bme"), 1, 1);
    pipeline_end(p);
}

/* RX1: 1/1 - 1/2; RX2: 0/3 - 0/8. Pooled: 1/4 - 1/10 = 15 points; the lists are of different dates. */
static void organisations_are_pooled_from_counts(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity,Count\n2025-03-31,RX1,H,1\n2025-03-31,RX1,A,1\n2025-03-31,RX2,A,8\n");
    pipeline_add(p, "board", "Date,Org Code,Ethnicity,Count\n2025-01-01,RX1,H,1\n2025-02-01,RX2,A,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "9", .organisation = "RX1", .group = "bme", .statistic = "difference"), 50, 1);
    assert_exact(result(p, .indicator = "9", .organisation = "RX2", .group = "bme", .statistic = "difference"), 0, 1);
    assert_exact(gap_of(p, "all"), 15, 1);
    assert_contains(share_of(p, "all", "bme")->note, "several dates");
    pipeline_end(p);
}

static void finer_groups_have_a_gap_each(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,4\n2025-03-31,N,1\n");
    pipeline_add(p, "board", "Date,Ethnicity,Count\n2025-01-01,A,1\n2025-01-01,N,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "9", .group = "asian", .statistic = "difference"), -40, 1);
    assert_exact(result(p, .indicator = "9", .group = "black", .statistic = "difference"), 40, 1);
    no_result(p, .indicator = "9", .group = "white", .statistic = "difference");
    no_result(p, .indicator = "9", .group = "other", .statistic = "difference"); /* there is nobody in it */
    pipeline_end(p);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static void assert_bounds(const wres_result *r, wres_rational lower, wres_rational upper) {
    assert_missing(r, WRES_SUPPRESSED, "rests on");
    assert_true(r->has_lower_bound && r->has_upper_bound);
    assert_true(r->lower_bound.numerator * lower.denominator == lower.numerator * r->lower_bound.denominator);
    assert_true(r->upper_bound.numerator * upper.denominator == upper.numerator * r->upper_bound.denominator);
}

/* 1 to 4 of the board beside 3 White members: 25% to 4/7, less 25%. */
static void hidden_members_hide_the_gap(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add_with(p, "board", "Date,Ethnicity,Voting,Count\n2025-01-01,A,Y,3\n2025-01-01,H,N,<5\n", "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_bounds(share_of(p, "all", "bme"), (wres_rational){25, 1}, (wres_rational){400, 7});
    assert_bounds(share_of(p, "all", "white"), (wres_rational){300, 7}, (wres_rational){75, 1});
    assert_bounds(gap_of(p, "all"), (wres_rational){0, 1}, (wres_rational){900, 28});
    assert_int_equal(gap_of(p, "all")->hidden, 1);
    assert_exact(gap_of(p, "voting"), -25, 1);
    pipeline_end(p);
}

/* 1 to 4 of 6 to 9 staff: 1/6 to 4/9, taken from half of the board. */
static void hidden_staff_hide_the_gap(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add_with(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,<5\n", "hidden: {\"<5\": 1-4}");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,H\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_bounds(gap_of(p, "all"), (wres_rational){50 * 9 - 400, 9}, (wres_rational){50 * 6 - 100, 6});
    assert_bounds(result(p, .indicator = "9", .section = "workforce", .group = "bme", .statistic = "share"),
                  (wres_rational){100, 6}, (wres_rational){400, 9});
    assert_of(share_of(p, "all", "bme"), 1, 2);
    pipeline_end(p);
}

/* Nothing is known of the count: no bounds, and 1 hidden count on each side is 2. */
static void what_nobody_knows_has_no_bounds(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add_with(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,[c]\n", "hidden: [\"[c]\"]");
    pipeline_add_with(p, "board", "Date,Ethnicity,Count\n2025-01-01,A,3\n2025-01-01,H,<5\n", "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(gap_of(p, "all"), WRES_SUPPRESSED, "rests on 2 counts");
    assert_false(gap_of(p, "all")->has_lower_bound || gap_of(p, "all")->has_upper_bound);
    pipeline_end(p);
}

#define GAP_OF_STAFF(of, against)                                                                                                              \
    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n" \
    "indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: " of "}, against: {table: " against                          \
    "}, parts: [{row: part}]}\n"

static pipeline *of_standard(const char *standard) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    return p;
}

/* Some of the staff against all of them: a hidden count is on both sides, and moves both. */
static void of_one_table_there_are_no_bounds(void **state) {
    (void)state;
    pipeline *p = of_standard(GAP_OF_STAFF("workforce, where: [sex in Female]", "workforce"));
    pipeline_add_with(p, "workforce", "Date,Ethnicity,Sex,Count\n2025-03-31,A,F,5\n2025-03-31,H,F,<5\n2025-03-31,A,M,5\n",
                      "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(gap_of(p, "part"), WRES_SUPPRESSED, "rests on counts that are hidden");
    assert_false(gap_of(p, "part")->has_lower_bound || gap_of(p, "part")->has_upper_bound);
    pipeline_end(p);
}

/* ---- broken down -------------------------------------------------------------------------------------------- */

static size_t results_by(const pipeline *p, const char *field) {
    size_t found = 0;
    for (size_t i = 0; i < p->results.count; i++)
        found += strcmp(p->results.all[i].by, field) == 0 && strcmp(p->results.all[i].indicator, "9") == 0;
    return found;
}

/* What is lacking is said once, not for each team. */
static void what_is_not_there_is_said_once(void **state) {
    (void)state;
    static const char staff[] = "Date,Ethnicity,Team,Count\n2025-03-31,A,East,5\n2025-03-31,H,East,2\n",
                      board[] = "Date,Ethnicity\n2025-01-01,H\n", later[] = "Date,Ethnicity\n2025-04-01,H\n";
    pipeline *p = of_standard(GAP_OF_STAFF("board, where: [voting in yes]", "workforce, where: [sex in Female]"));
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", staff);
    pipeline_add(p, "board", "Date,Ethnicity,Voting\n2025-01-01,H,Y\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "9"), WRES_NOT_SUPPLIED, "the workforce data has no column sex");
    assert_int_equal(results_by(p, "team"), 0);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", staff);
    pipeline_add(p, "board", later);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "9"), WRES_NOT_SUPPLIED, "no board list on or before the as-at date");
    assert_int_equal(results_by(p, "team"), 0);
    pipeline_end(p);
    p = of_standard(GAP_OF_STAFF("workforce, where: [role in Chief]", "workforce"));
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", staff);
    pipeline_add(p, "board", board);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "9"), WRES_NOT_SUPPLIED, "the workforce data has no column role");
    assert_int_equal(results_by(p, "team"), 0);
    pipeline_end(p);
}

/* Women: 1 of 2 members less 1 of 3 staff; men: 0 of 1 less 1 of 2. */
static void each_value_of_a_breakdown_has_its_gap(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
            "  - {id: '9', title: t, certainty: U, measure: gap, of: {table: workforce, where: [team in Board]}, against: {table: workforce}, parts: [{row: members}]}\n"),
        WRES_OK);
    pipeline_by(p, "sex", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Sex,Team\n2025-03-31,H,F,Board\n2025-03-31,A,F,Board\n2025-03-31,A,F,East\n2025-03-31,A,M,Board\n2025-03-31,H,M,East\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(
        result(p, .indicator = "9", .row = "members", .by = "sex", .by_value = "Female", .group = "bme", .statistic = "difference"),
        50, 3);
    assert_exact(
        result(p, .indicator = "9", .row = "members", .by = "sex", .by_value = "Male", .group = "bme", .statistic = "difference"),
        -50, 1);
    pipeline_end(p);
}

/* As many cells as there is room for: a list of each of 256 days, of which the last counts. */
static void a_list_of_every_day(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const char *csv = "Date,Ethnicity\n";
    const wres_date last = wres_date_of(2025, 3, 1);
    for (int i = 0; i < 256; i++) {
        char day[WRES_DATE_SIZE];
        wres_date_print(last - i, day);
        csv = wres_print(p->run, "%s%s,%s\n", csv, day, i ? "A" : "H");
    }
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "board", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t cells;
    wres_cube_cells(p->plan->standards[0].indicators[8].of.tally->cube, &cells);
    assert_int_equal(cells, 256);
    assert_of(share_of(p, "all", "bme"), 1, 1);
    assert_contains(share_of(p, "all", "bme")->note, "list of 2025-03-01");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(board_minus_workforce_in_points),
        cmocka_unit_test(the_shares_stand_beside_it),
        cmocka_unit_test(the_unknown_can_be_left_out_of_both_bases),
        cmocka_unit_test(a_missing_column_is_not_supplied),
        cmocka_unit_test(a_part_without_members),
        cmocka_unit_test(no_list_by_the_as_at_date),
        cmocka_unit_test(a_list_of_the_as_at_date_itself_and_one_without_a_date_column),
        cmocka_unit_test(counted_members),
        cmocka_unit_test(a_board_without_staff),
        cmocka_unit_test(organisations_are_pooled_from_counts),
        cmocka_unit_test(finer_groups_have_a_gap_each),
        cmocka_unit_test(hidden_members_hide_the_gap),
        cmocka_unit_test(hidden_staff_hide_the_gap),
        cmocka_unit_test(what_nobody_knows_has_no_bounds),
        cmocka_unit_test(of_one_table_there_are_no_bounds),
        cmocka_unit_test(what_is_not_there_is_said_once),
        cmocka_unit_test(each_value_of_a_breakdown_has_its_gap),
        cmocka_unit_test(a_list_of_every_day),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
