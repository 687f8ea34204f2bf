/* The as-at date, the windows before it, and which rows belong to it. */
#include "pipeline.h"

#include "cube/frame.h"

/* ---- windows ------------------------------------------------------------------------------------------------ */

static void assert_window(wres_date as_at, int months, int years, wres_date date, int want) {
    const wres_frame frame = {.as_at = as_at};
    assert_int_equal(frame_window(&frame, date, months, years), want);
}

/* To a month's end: whole calendar months. */
static void to_a_month_end_the_window_is_whole_months(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 3, 31);
    assert_window(as_at, 12, 1, wres_date_of(2024, 3, 31), -1);
    assert_window(as_at, 12, 1, wres_date_of(2024, 4, 1), 0);
    assert_window(as_at, 12, 1, wres_date_of(2025, 3, 31), 0);
    assert_window(as_at, 12, 1, wres_date_of(2025, 4, 1), -1);
}

/* The month that ends on 30 April 2025 begins on 1 April, though March has a 31st. */
static void a_shorter_month_end_is_still_one(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 4, 30);
    assert_window(as_at, 1, 1, wres_date_of(2025, 3, 31), -1);
    assert_window(as_at, 1, 1, wres_date_of(2025, 4, 1), 0);
}

static void to_another_day_the_window_goes_day_by_day(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 3, 15);
    assert_window(as_at, 12, 1, wres_date_of(2024, 3, 15), -1);
    assert_window(as_at, 12, 1, wres_date_of(2024, 3, 16), 0);
    assert_window(as_at, 12, 1, wres_date_of(2025, 3, 15), 0);
    assert_window(as_at, 12, 1, wres_date_of(2025, 3, 16), -1);
}

static void to_29_february(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2024, 2, 29);
    assert_window(as_at, 12, 1, wres_date_of(2023, 2, 28), -1);
    assert_window(as_at, 12, 1, wres_date_of(2023, 3, 1), 0);
    assert_window(as_at, 12, 1, wres_date_of(2024, 2, 29), 0);
    assert_window(as_at, 12, 1, wres_date_of(2024, 3, 1), -1);
}

/* 28 February 2025 ends its month, so the window begins on 1 March 2024: 29 February 2024 is outside. */
static void to_28_february_after_a_leap_year(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 2, 28);
    assert_window(as_at, 12, 1, wres_date_of(2024, 2, 28), -1);
    assert_window(as_at, 12, 1, wres_date_of(2024, 2, 29), -1);
    assert_window(as_at, 12, 1, wres_date_of(2024, 3, 1), 0);
}

/* 28 February 2024 does not end its month. */
static void to_28_february_in_a_leap_year(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2024, 2, 28);
    assert_window(as_at, 12, 1, wres_date_of(2023, 2, 28), -1);
    assert_window(as_at, 12, 1, wres_date_of(2023, 3, 1), 0);
    assert_window(as_at, 12, 1, wres_date_of(2024, 2, 29), -1);
}

static void two_years_are_two_windows_without_a_gap(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 3, 31);
    assert_window(as_at, 12, 2, wres_date_of(2025, 4, 1), -1);
    assert_window(as_at, 12, 2, wres_date_of(2024, 4, 1), 0);
    assert_window(as_at, 12, 2, wres_date_of(2024, 3, 31), 1);
    assert_window(as_at, 12, 2, wres_date_of(2023, 4, 1), 1);
    assert_window(as_at, 12, 2, wres_date_of(2023, 3, 31), -1);
    const wres_date leap = wres_date_of(2024, 2, 29);
    assert_window(leap, 12, 2, wres_date_of(2023, 2, 28), 1);
    assert_window(leap, 12, 2, wres_date_of(2022, 3, 1), 1);
    assert_window(leap, 12, 2, wres_date_of(2022, 2, 28), -1);
}

/* 30 March less one month is cut to 28 February; less two is 30 January. */
static void days_that_a_month_lacks_are_cut(void **state) {
    (void)state;
    const wres_date as_at = wres_date_of(2025, 3, 30);
    assert_window(as_at, 1, 2, wres_date_of(2025, 3, 1), 0);
    assert_window(as_at, 1, 2, wres_date_of(2025, 2, 28), 1);
    assert_window(as_at, 1, 2, wres_date_of(2025, 1, 31), 1);
    assert_window(as_at, 1, 2, wres_date_of(2025, 1, 30), -1);
}

/* ---- numbers of days ---------------------------------------------------------------------------------------- */

static void days_are_numbered_as_they_are_met(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = WRES_NO_DATE};
    uint16_t first, second, again;
    assert_true(frame_number(run, &frame, wres_date_of(2025, 3, 31), &first));
    assert_true(frame_number(run, &frame, wres_date_of(2024, 3, 31), &second));
    assert_true(frame_number(run, &frame, wres_date_of(2025, 3, 31), &again));
    assert_int_equal(first, again);
    assert_int_not_equal(first, second);
    assert_int_equal(wres_frame_date(&frame, second), wres_date_of(2024, 3, 31));
    wres_run_free(run);
}

static void days_before_1900_and_after_2100_have_no_number(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = WRES_NO_DATE};
    uint16_t number;
    assert_true(frame_number(run, &frame, wres_date_of(1900, 1, 1), &number));
    assert_true(frame_number(run, &frame, wres_date_of(2100, 12, 31), &number));
    assert_false(frame_number(run, &frame, wres_date_of(1899, 12, 31), &number));
    assert_false(frame_number(run, &frame, wres_date_of(2101, 1, 1), &number));
    assert_false(frame_number(run, &frame, wres_date_of(4712, 12, 31), &number));
    wres_run_free(run);
}

/* More days than the first room of 64. */
static void many_days(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = WRES_NO_DATE};
    uint16_t number;
    for (int i = 0; i < 500; i++) {
        assert_true(frame_number(run, &frame, wres_date_of(2000, 1, 1) + i, &number));
        assert_int_equal(number, i);
    }
    for (uint16_t i = 0; i < 500; i++) assert_int_equal(wres_frame_date(&frame, i), wres_date_of(2000, 1, 1) + i);
    wres_run_free(run);
}

/* ---- the as-at date ----------------------------------------------------------------------------------------- */

static const char three_years[] = "Date,Ethnicity\n2024-03-31,A\n2025-03-31,A\n2025-03-31,H\n2023-03-31,H\n2023-03-31,H\n2023-03-31,H\n";

static void the_latest_snapshot_is_the_default(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", three_years);
    assert_int_equal(p->frame.as_at, wres_date_of(2025, 3, 31));
    assert_people(2, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    assert_string_equal(result(p, .indicator = "1", .group = "all", .statistic = "count")->period, "2025-03-31");
    assert_int_equal(p->accounts[0].read, 6);
    assert_int_equal(p->accounts[0].used, 2);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SNAPSHOT], 4);
    pipeline_end(p);
}

static void the_snapshot_asked_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2023, 3, 31);
    pipeline_add(p, "workforce", three_years);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(3, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    assert_people(3, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    assert_int_equal(p->accounts[0].used, 3);
    assert_int_equal(p->accounts[0].left_out[WRES_REASON_SNAPSHOT], 3);
    pipeline_end(p);
}

static void a_snapshot_that_is_not_there_lists_those_that_are(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2024, 4, 1);
    pipeline_add(p, "workforce", three_years);
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "as-at", 0, "2024-04-01");
    assert_finding(p, WRES_ERROR, "as-at", 0, "2023-03-31, 2024-03-31, 2025-03-31");
    pipeline_end(p);
}

static void a_long_list_of_snapshots_is_cut(void **state) {
    (void)state;
    char csv[4096] = "Date,Ethnicity\n";
    for (int i = 1; i <= 50; i++) snprintf(csv + strlen(csv), sizeof csv - strlen(csv), "2025-%02d-%02d,A\n", 1 + i / 28, 1 + i % 28);
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2024, 4, 1);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "as-at", 0, "2025-02-01");
    assert_finding(p, WRES_ERROR, "as-at", 0, ", ...");
    pipeline_end(p);
}

/* thin rows on 1 April 2025 beside 200 on 31 March. */
static pipeline *with_thin_date(int thin) {
    char csv[8192] = "Date,Ethnicity\n";
    for (int i = 0; i < thin; i++) strcat(csv, "2025-04-01,H\n");
    for (int i = 0; i < 200; i++) strcat(csv, "2025-03-31,A\n");
    return pipeline_of("workforce", csv);
}

static void a_thin_last_date_is_not_taken(void **state) {
    (void)state;
    pipeline *p = with_thin_date(1); /* 100 * 1 < 200 */
    assert_int_equal(p->frame.as_at, wres_date_of(2025, 3, 31));
    assert_people(0, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    assert_finding(p, WRES_WARNING, "thin-snapshot", 1, "2025-04-01");
    pipeline_end(p);
}

static void a_hundredth_of_the_largest_is_not_thin(void **state) {
    (void)state;
    pipeline *p = with_thin_date(2); /* 100 * 2 = 200 */
    assert_int_equal(p->frame.as_at, wres_date_of(2025, 4, 1));
    assert_people(2, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    assert_int_equal(finding_count(p, "thin-snapshot"), 0);
    pipeline_end(p);
}

static void a_thin_date_can_be_asked_for(void **state) {
    (void)state;
    char csv[8192] = "Date,Ethnicity\n2025-04-01,H\n";
    for (int i = 0; i < 200; i++) strcat(csv, "2025-03-31,A\n");
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 4, 1);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(1, result(p, .indicator = "1", .group = "bme", .statistic = "count"));
    assert_people(0, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    pipeline_end(p);
}

/* Fifteen thousand rows are no slip of the pen, however large another snapshot is. */
static void so_many_rows_are_never_thin(void **state) {
    (void)state;
    for (uint64_t rows = WRES_SURE_SNAPSHOT - 1; rows <= WRES_SURE_SNAPSHOT; rows++) {
        wres_run *run = wres_run_new();
        wres_frame frame = {.as_at = WRES_NO_DATE};
        const wres_table table = {.name = "workforce"};
        uint16_t earlier, later;
        assert_true(frame_number(run, &frame, wres_date_of(2025, 3, 31), &earlier));
        assert_true(frame_number(run, &frame, wres_date_of(2025, 9, 30), &later));
        frame_count_rows(&frame, earlier, 100 * WRES_SURE_SNAPSHOT + 1);
        frame_count_rows(&frame, later, rows);
        assert_int_equal(frame_settle(run, &frame, &table), WRES_OK);
        const bool sure = rows == WRES_SURE_SNAPSHOT;
        assert_int_equal(frame.as_at, wres_date_of(2025, sure ? 9 : 3, sure ? 30 : 31));
        assert_int_equal(wres_finding_count(run), sure ? 0 : 1);
        wres_run_free(run);
    }
}

static void assert_keeps(const wres_frame *frame, bool first, bool second, bool third) {
    assert_int_equal(frame_keeps(frame, 0), first);
    assert_int_equal(frame_keeps(frame, 1), second);
    assert_int_equal(frame_keeps(frame, 2), third);
}

/* What stands before a sure snapshot is not asked for, where one is alone; what stands behind it may be. */
static void earlier_snapshots_are_let_go_when_a_later_one_is_sure(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = WRES_NO_DATE, .is_alone = true};
    uint16_t number;
    for (int month = 3; month < 6; month++)
        assert_true(frame_number(run, &frame, wres_date_of(2025, month, 28), &number)); /* 0, 1, 2 */
    assert_false(frame_count_rows(&frame, 1, WRES_SURE_SNAPSHOT - 1));
    assert_keeps(&frame, true, true, true);
    assert_true(frame_count_rows(&frame, 1, 1));
    assert_keeps(&frame, false, true, true);
    assert_false(frame_count_rows(&frame, 1, WRES_SURE_SNAPSHOT)); /* that is known */
    assert_false(frame_count_rows(&frame, 0, 100 * WRES_SURE_SNAPSHOT)); /* earlier */
    assert_keeps(&frame, false, true, true);
    assert_true(frame_count_rows(&frame, 2, WRES_SURE_SNAPSHOT));
    assert_keeps(&frame, false, false, true);
    assert_int_equal(frame.date_rows[1], 2 * WRES_SURE_SNAPSHOT);
    wres_run_free(run);
}

static void all_snapshots_are_kept_where_others_may_be_asked_for(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = WRES_NO_DATE};
    uint16_t number;
    for (int month = 3; month < 6; month++) assert_true(frame_number(run, &frame, wres_date_of(2025, month, 28), &number));
    assert_false(frame_count_rows(&frame, 2, WRES_SURE_SNAPSHOT));
    assert_keeps(&frame, true, true, true);
    frame.as_at_given = frame.is_alone = true; /* a date that is asked for is the one that is kept, however few its rows */
    frame.as_at = wres_date_of(2025, 4, 28);
    assert_false(frame_count_rows(&frame, 2, WRES_SURE_SNAPSHOT));
    assert_keeps(&frame, false, true, true);
    wres_run_free(run);
}

static void a_baseline_and_an_opening_are_asked_for(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_frame frame = {.as_at = wres_date_of(2025, 3, 31), .baseline = wres_date_of(2023, 3, 31)};
    uint16_t number;
    for (int year = 2023; year < 2026; year++) assert_true(frame_number(run, &frame, wres_date_of(year, 3, 31), &number));
    assert_false(frame_is_asked_for(&frame, 0) || frame_is_asked_for(&frame, 1));
    assert_true(frame_is_asked_for(&frame, 2));
    frame.has_baseline = true;
    assert_true(frame_is_asked_for(&frame, 0) && !frame_is_asked_for(&frame, 1));
    frame.has_opening = true;
    assert_true(frame_is_asked_for(&frame, 0) && frame_is_asked_for(&frame, 1) && frame_is_asked_for(&frame, 2));
    wres_run_free(run);
}

/* A thin date in the middle changes nothing, and needs no word. */
static void a_thin_earlier_date_is_not_spoken_of(void **state) {
    (void)state;
    char csv[8192] = "Date,Ethnicity\n2024-04-01,H\n";
    for (int i = 0; i < 200; i++) strcat(csv, "2025-03-31,A\n");
    pipeline *p = pipeline_of("workforce", csv);
    assert_int_equal(p->frame.as_at, wres_date_of(2025, 3, 31));
    assert_int_equal(finding_count(p, "thin-snapshot"), 0);
    pipeline_end(p);
}

static void a_workforce_without_a_date_column_is_that_of_the_as_at_date(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "workforce", "Ethnicity\nA\nH\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(2, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    assert_string_equal(result(p, .indicator = "1", .group = "all", .statistic = "count")->period, "2025-03-31");
    assert_int_equal(p->accounts[0].used, 2);
    pipeline_end(p);
}

static void without_a_date_column_the_as_at_date_must_be_given(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Ethnicity\nA\n");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "as-at", 0, "--as-at");
    pipeline_end(p);
}

static void a_row_without_its_snapshot_date_is_an_error(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n,H\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "date", 3, "snapshot_date", "no date stands in this row");
    pipeline_end(p);
}

static void an_open_end_is_no_snapshot_date(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n31/12/4712,H\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_error_at(p, "date", 3, "snapshot_date", "1900 to 2100");
    pipeline_end(p);
}

/* ---- lists and surveys -------------------------------------------------------------------------------------- */

/* RX1's latest list by 31 March 2025 is of 1 February (1 member), RX2's of 1 June 2024 (2 members); later lists do not count. */
static void each_organisation_has_its_own_latest_list(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n2025-03-31,RX2,A\n");
    pipeline_add(p, "board",
                 "Date,Org Code,Ethnicity,Voting,Executive\n2024-06-01,RX2,A,Y,Y\n2024-06-01,RX2,H,Y,N\n2024-06-01,RX1,A,Y,Y\n"
                 "2025-02-01,RX1,H,Y,Y\n2025-04-01,RX1,A,Y,Y\n2025-04-01,RX2,A,Y,Y\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "9", .organisation = "RX1", .section = "board", .group = "bme", .statistic = "share"), 1, 1);
    assert_of(result(p, .indicator = "9", .organisation = "RX2", .section = "board", .group = "bme", .statistic = "share"), 1, 2);
    assert_of(result(p, .indicator = "9", .section = "board", .group = "bme", .statistic = "share"), 2, 3);
    assert_int_equal(p->accounts[1].used, 3);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SNAPSHOT], 3);
    pipeline_end(p);
}

static void the_survey_is_the_latest_before_the_year_of_the_as_at_date(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    pipeline_add(p, "survey",
                 "Year,Ethnicity,Question,Answer\n2022,A,Q15,Yes\n2023,A,Q15,Yes\n2023,A,Q15,No\n2025,A,Q15,No\n2025,A,Q15,No\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "7", .group = "white", .statistic = "rate"), 1, 2);
    assert_int_equal(p->accounts[1].used, 2);
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_SNAPSHOT], 3);
    pipeline_end(p);
}

static void a_survey_without_a_year_column_is_that_of_the_year_before(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    pipeline_add(p, "survey", "Ethnicity,Question,Answer\nA,Q15,Yes\nA,Q15,No\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "7", .group = "white", .statistic = "rate"), 1, 2);
    assert_finding(p, WRES_INFORMATION, "no-date-column", 0, "survey_year");
    pipeline_end(p);
}

static void blank_dates_of_events_and_lists_are_left_out_and_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,A\n");
    pipeline_add(p, "cases", "Date,Ethnicity\n2025-01-01,A\n,A\n");
    pipeline_add(p, "board", "Date,Ethnicity\n,H\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .group = "white", .statistic = "rate"), 1, 2);
    assert_of(result(p, .indicator = "9", .section = "board", .group = "bme", .statistic = "share"), 0, 1);
    assert_int_equal(finding_count(p, "blank-date"), 2);
    assert_finding(p, WRES_WARNING, "blank-date", 1, "without a date");
    assert_int_equal(p->accounts[1].left_out[WRES_REASON_NO_DATE], 1);
    assert_int_equal(p->accounts[2].left_out[WRES_REASON_NO_DATE], 1);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_a_month_end_the_window_is_whole_months),
        cmocka_unit_test(a_shorter_month_end_is_still_one),
        cmocka_unit_test(to_another_day_the_window_goes_day_by_day),
        cmocka_unit_test(to_29_february),
        cmocka_unit_test(to_28_february_after_a_leap_year),
        cmocka_unit_test(to_28_february_in_a_leap_year),
        cmocka_unit_test(two_years_are_two_windows_without_a_gap),
        cmocka_unit_test(days_that_a_month_lacks_are_cut),
        cmocka_unit_test(days_are_numbered_as_they_are_met),
        cmocka_unit_test(days_before_1900_and_after_2100_have_no_number),
        cmocka_unit_test(many_days),
        cmocka_unit_test(the_latest_snapshot_is_the_default),
        cmocka_unit_test(the_snapshot_asked_for),
        cmocka_unit_test(a_snapshot_that_is_not_there_lists_those_that_are),
        cmocka_unit_test(a_long_list_of_snapshots_is_cut),
        cmocka_unit_test(a_thin_last_date_is_not_taken),
        cmocka_unit_test(a_hundredth_of_the_largest_is_not_thin),
        cmocka_unit_test(a_thin_date_can_be_asked_for),
        cmocka_unit_test(a_thin_earlier_date_is_not_spoken_of),
        cmocka_unit_test(so_many_rows_are_never_thin),
        cmocka_unit_test(earlier_snapshots_are_let_go_when_a_later_one_is_sure),
        cmocka_unit_test(all_snapshots_are_kept_where_others_may_be_asked_for),
        cmocka_unit_test(a_baseline_and_an_opening_are_asked_for),
        cmocka_unit_test(a_workforce_without_a_date_column_is_that_of_the_as_at_date),
        cmocka_unit_test(without_a_date_column_the_as_at_date_must_be_given),
        cmocka_unit_test(a_row_without_its_snapshot_date_is_an_error),
        cmocka_unit_test(an_open_end_is_no_snapshot_date),
        cmocka_unit_test(each_organisation_has_its_own_latest_list),
        cmocka_unit_test(the_survey_is_the_latest_before_the_year_of_the_as_at_date),
        cmocka_unit_test(a_survey_without_a_year_column_is_that_of_the_year_before),
        cmocka_unit_test(blank_dates_of_events_and_lists_are_left_out_and_said),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
