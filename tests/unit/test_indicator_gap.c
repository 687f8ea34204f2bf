/* The board against the workforce (indicator 9). */
#include "pipeline.h"

/* 2 of 8 staff are BME: 25%. */
#define STAFF "Date,Ethnicity,Count\n2025-03-31,A,5\n2025-03-31,H,2\n2025-03-31,Z,1\n"

static pipeline *with_board(const char *board) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "board", board);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *gap_of(const pipeline *p, const char *row) { return result(p, .indicator = "9", .row = row, .group = "bme", .statistic = "difference"); }

static const wres_result *share_of(const pipeline *p, const char *row, const char *who) {
    return result(p, .indicator = "9", .section = "board", .row = row, .group = who, .statistic = "share");
}

/* Board: 2 of 5, voting 1 of 4, executive 0 of 2; less 25%: 15, 0 and -25 points. */
static const char whole_board[] = "Date,Ethnicity,Voting,Executive\n2025-01-01,H,Y,N\n2025-01-01,H,N,N\n2025-01-01,A,Y,Y\n2025-01-01,A,Y,Y\n2025-01-01,Z,Y,N\n";

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
    assert_string_not_equal(share_of(p, "executive", "bme")->note, "");
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
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
