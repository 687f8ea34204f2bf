/* What only the whole can tell. */
#include "checking.h"

#include "check/check.h"

static bool swapped(double white_then, double bme_then, double white_now, double bme_now, threshold move) {
    wres_check check = {.limits = {[SWAP_MOVE] = 20, [SWAP_FIT] = 3, [SWAP_RATE_MOVE] = 5}};
    const wres_rational then[] = {{(wres_int128)(white_then * 10), 10}, {(wres_int128)(bme_then * 10), 10}};
    const wres_rational now[] = {{(wres_int128)(white_now * 10), 10}, {(wres_int128)(bme_now * 10), 10}};
    return looks_swapped(&check, then, now, move);
}

static void an_exchange_fits_better_and_moves_far(void **state) {
    (void)state;
    assert_true(swapped(80, 20, 20, 80, SWAP_MOVE));
    assert_true(swapped(20, 80, 80, 20, SWAP_MOVE));
    assert_false(swapped(80, 20, 80, 20, SWAP_MOVE));
    assert_false(swapped(60, 40, 40, 60, SWAP_MOVE)); /* 20 points are not over 20 */
    assert_true(swapped(60.1, 39.9, 39.9, 60.1, SWAP_MOVE));
    assert_false(swapped(80, 20, 40, 60, SWAP_MOVE)); /* 40 apart crossed, 80 straight: just half */
    assert_true(swapped(80, 20, 30, 70, SWAP_MOVE));  /* 20 to 100 */
    assert_false(swapped(80, 20, 35, 65, SWAP_MOVE)); /* 30 to 90 is a third, not less */
    assert_true(swapped(6, 16, 16, 6, SWAP_RATE_MOVE));
    assert_false(swapped(6, 11, 11, 6, SWAP_RATE_MOVE));
    assert_false(swapped(6, 16, 16, 16, SWAP_RATE_MOVE)); /* one alone has moved */
}

static const char *snapshots(pipeline *p, int before_white, int before_bme, int before_unknown, int white, int bme, int unknown) {
    return wres_print(p->run,
                      "Date,Ethnicity,Count\n2024-12-31,White,%d\n2024-12-31,BME,%d\n2024-12-31,Z,%d\n2025-03-31,White,%d\n2025-03-31,BME,%d\n2025-03-31,Z,%d\n",
                      before_white, before_bme, before_unknown, white, bme, unknown);
}

static wres_check_report of_snapshots(pipeline *p, int before_white, int before_bme, int before_unknown, int white, int bme, int unknown) {
    wres_check_report report;
    pipeline_add(p, "workforce", snapshots(p, before_white, before_bme, before_unknown, white, bme, unknown));
    assert_int_equal(checking_run(p, &report), WRES_OK);
    return report;
}

static void unknown_ethnicity_that_rises(void **state) {
    (void)state;
    for (int unknown = 69; unknown <= 70; unknown++) {
        pipeline *p = pipeline_new("wres-2025");
        const wres_check_report report = of_snapshots(p, 780, 200, 20, 800 - unknown, 200, unknown);
        assert_int_equal(row_of(&report, "unknown-rise") != NULL, unknown == 70); /* from 2.0% to 7.0% */
        const wres_check_row *share = row_of(&report, "unknown-share");
        assert_int_equal(share->severity, WRES_INFORMATION);
        assert_int_equal(share->count, unknown);
        pipeline_end(p);
    }
}

static void a_thin_snapshot_is_no_measure(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const wres_check_report report = of_snapshots(p, 300, 99, 0, 600, 100, 100);
    assert_null(row_of(&report, "unknown-rise"));
    assert_row(&report, "unknown-share", WRES_WARNING, 0, "ethnicity", 100);
    pipeline_end(p);
}

static void groups_that_changed_places(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const wres_check_report report = of_snapshots(p, 800, 200, 20, 200, 800, 20);
    assert_row(&report, "groups-swapped", WRES_WARNING, 0, "ethnicity", 1020);
    assert_true(row_of(&report, "groups-swapped")->has_share);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_exchange_fits_better_and_moves_far), cmocka_unit_test(unknown_ethnicity_that_rises),
                                       cmocka_unit_test(a_thin_snapshot_is_no_measure), cmocka_unit_test(groups_that_changed_places)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
