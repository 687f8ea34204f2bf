/* Results to published values: rounding once, words for what has no value, and no key twice. */
#include "pipeline.h"

/* One result, published. */
static wres_published publish_one(wres_run *run, const wres_result *given, int decimals) {
    wres_result_list list = {wres_alloc(run, sizeof *list.all), 1, 1};
    wres_published_list published;
    list.all[0] = *given;
    assert_int_equal(wres_disclose(run, &list, &(wres_disclosure_options){decimals}, &published), WRES_OK);
    assert_int_equal(published.count, 1);
    for (int c = WRES_COLUMN_VALUE; c <= WRES_COLUMN_DENOMINATOR; c++) {
        const char *cell = published.rows[0].column[c];
        assert_true(*cell == '\0' || wres_is_decimal(cell));
    }
    return published.rows[0];
}

static wres_result result_in(wres_unit unit, int64_t numerator, int64_t denominator) {
    return (wres_result){.standard = "s", .indicator = "1", .organisation = "RX1", .period = "2025-03-31", .section = "all", .row = "all", .by = "all",
                         .by_value = "all", .group = "bme", .statistic = "share", .unit = unit, .kind = WRES_VALUE_EXACT,
                         .exact = {numerator, denominator}, .note = ""};
}

static void assert_value(wres_result given, int decimals, const char *want) {
    wres_run *run = wres_run_new();
    assert_string_equal(publish_one(run, &given, decimals).column[WRES_COLUMN_VALUE], want);
    wres_run_free(run);
}

static wres_result real_in(wres_unit unit, double value) {
    wres_result r = result_in(unit, 0, 1);
    r.kind = WRES_VALUE_REAL;
    r.real = value;
    return r;
}

static void the_columns_are_those_of_the_contract(void **state) {
    (void)state;
    static const char *const names[] = {"standard", "indicator", "organisation", "period", "section", "row", "by", "by_value", "group", "statistic",
                                        "value", "lower", "upper", "numerator", "denominator", "unit", "flag", "status", "note"};
    assert_int_equal(WRES_COLUMN_COUNT, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) assert_string_equal(wres_column_name((wres_column)i), names[i]);
}

static void small_numbers_are_spoken_of(void **state) {
    (void)state;
    assert_string_equal(wres_disclosure_statement(), "none: contains small numbers, not for publication");
}

/* ---- rounding ----------------------------------------------------------------------------------------------- */

static void each_unit_has_its_decimals(void **state) {
    (void)state;
    assert_value(result_in(WRES_PEOPLE, 9178, 1), -1, "9178");
    assert_value(result_in(WRES_PERCENT, 100 * 9178, 55955), -1, "16.4"); /* 16.4025 */
    assert_value(result_in(WRES_POINTS, -1, 3), -1, "-0.3");
    assert_value(result_in(WRES_RATIO, 9, 2), -1, "4.50");
    assert_value(real_in(WRES_PROBABILITY, 0.00340922177), -1, "0.0034");
}

static void halves_go_away_from_zero(void **state) {
    (void)state;
    assert_value(result_in(WRES_PERCENT, 1, 20), -1, "0.1");    /* 0.05 */
    assert_value(result_in(WRES_POINTS, -1, 20), -1, "-0.1");
    assert_value(result_in(WRES_PERCENT, 249, 20), -1, "12.5"); /* 12.45 */
    assert_value(result_in(WRES_RATIO, 1005, 1000), -1, "1.01");
    assert_value(result_in(WRES_RATIO, 1004999, 1000000), -1, "1.00");
}

static void there_is_no_minus_zero(void **state) {
    (void)state;
    assert_value(result_in(WRES_POINTS, -1, 100), -1, "0.0");
    assert_value(result_in(WRES_POINTS, 0, 7), -1, "0.0");
    assert_value(real_in(WRES_POINTS, -0.04), -1, "0.0");
}

static void the_decimals_can_be_chosen(void **state) {
    (void)state;
    assert_value(result_in(WRES_RATIO, 2, 3), 0, "1");
    assert_value(result_in(WRES_RATIO, 2, 3), 3, "0.667");
    assert_value(result_in(WRES_PERCENT, 200, 3), 3, "66.667");
    assert_value(result_in(WRES_POINTS, -200, 3), 9, "-66.666666667");
    assert_value(result_in(WRES_PEOPLE, 12, 1), 3, "12");
}

static void probabilities_have_four_decimals_at_least(void **state) {
    (void)state;
    assert_value(real_in(WRES_PROBABILITY, 0.123456), 0, "0.1235");
    assert_value(real_in(WRES_PROBABILITY, 0.123456), 4, "0.1235");
    assert_value(real_in(WRES_PROBABILITY, 0.123456), 6, "0.123456");
}

static void a_probability_that_rounds_to_zero_is_said_to_be_small(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = real_in(WRES_PROBABILITY, 0.00001);
    r.note = "a test";
    const wres_published row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "0.0000");
    assert_string_equal(row.column[WRES_COLUMN_NOTE], "a test; below 0.0001");
    r.note = "";
    assert_string_equal(publish_one(run, &r, 5).column[WRES_COLUMN_NOTE], ""); /* 0.00001 is not 0 there */
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_NOTE], "below 0.0001");
    wres_run_free(run);
}

/* Decided on the exact rational, where a double would lie on the other side. */
static void large_counts_are_rounded_exactly(void **state) {
    (void)state;
    wres_result r = result_in(WRES_RATIO, 0, 1);
    r.exact = (wres_rational){(wres_int128)1005 * 100000000000 - 1, (wres_int128)1000 * 100000000000};
    assert_value(r, -1, "1.00");
    r.exact.numerator += 1;
    assert_value(r, -1, "1.01");
}

static void intervals_have_the_decimals_of_their_value(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_RATIO, 9, 2);
    r.has_interval = true;
    r.lower = 2.868550198603;
    r.upper = 7.059315193389;
    const wres_published two = publish_one(run, &r, -1), four = publish_one(run, &r, 4);
    assert_string_equal(two.column[WRES_COLUMN_LOWER], "2.87");
    assert_string_equal(two.column[WRES_COLUMN_UPPER], "7.06");
    assert_string_equal(four.column[WRES_COLUMN_LOWER], "2.8686");
    r.has_interval = false;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_LOWER], "");
    wres_run_free(run);
}

static void what_is_no_number_is_empty(void **state) {
    (void)state;
    assert_value(real_in(WRES_RATIO, (double)NAN), -1, "");
    assert_value(real_in(WRES_RATIO, (double)INFINITY), -1, "");
    wres_run *run = wres_run_new();
    wres_result r = real_in(WRES_PROBABILITY, (double)NAN);
    r.note = "it is {value}!";
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_NOTE], "it is !; below 0.0001");
    wres_run_free(run);
}

/* ---- counts, units, flags ----------------------------------------------------------------------------------- */

static void counts_are_printed_as_short_as_they_are(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_PERCENT, 85, 1);
    r.has_counts = true;
    r.numerator = (wres_rational){17, 2};
    r.denominator = 10;
    wres_published row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_NUMERATOR], "8.5");
    assert_string_equal(row.column[WRES_COLUMN_DENOMINATOR], "10");
    r.has_counts = false;
    row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_NUMERATOR], "");
    assert_string_equal(row.column[WRES_COLUMN_DENOMINATOR], "");
    r.denominator_only = true;
    row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_NUMERATOR], "");
    assert_string_equal(row.column[WRES_COLUMN_DENOMINATOR], "10");
    wres_run_free(run);
}

static void units_have_names(void **state) {
    (void)state;
    static const struct {
        wres_unit unit;
        const char *name;
    } units[] = {{WRES_PEOPLE, "people"}, {WRES_PERCENT, "percent"}, {WRES_POINTS, "percentage points"}, {WRES_RATIO, "ratio"}, {WRES_PROBABILITY, "probability"}};
    wres_run *run = wres_run_new();
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        const wres_result r = result_in(units[i].unit, 1, 1);
        assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_UNIT], units[i].name);
    }
    wres_result none = result_in(WRES_PEOPLE, 1, 1);
    none.statistic = "all"; /* a row about an indicator as a whole measures nothing */
    assert_string_equal(publish_one(run, &none, -1).column[WRES_COLUMN_UNIT], "");
    wres_run_free(run);
}

static void flags_have_names(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_RATIO, 1, 1);
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_FLAG], "");
    r.has_flag = true;
    r.flag = WRES_WITHIN;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_FLAG], "within");
    r.flag = WRES_ABOVE;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_FLAG], "above");
    r.flag = WRES_BELOW;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_FLAG], "below");
    r.status = WRES_NOT_CALCULABLE;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_FLAG], "");
    wres_run_free(run);
}

/* ---- notes and statuses ------------------------------------------------------------------------------------- */

/* The sentence says the number of the row, however it is rounded. */
static void the_note_carries_the_published_value(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_RATIO, 152, 100);
    r.note = "White were {value} times as likely";
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_NOTE], "White were 1.52 times as likely");
    assert_string_equal(publish_one(run, &r, 1).column[WRES_COLUMN_NOTE], "White were 1.5 times as likely");
    r.note = "{value}";
    assert_string_equal(publish_one(run, &r, 0).column[WRES_COLUMN_NOTE], "2");
    r.note = "no value { here }";
    assert_string_equal(publish_one(run, &r, 0).column[WRES_COLUMN_NOTE], "no value { here }");
    wres_run_free(run);
}

/* Without a status of ok no value, no interval and no flag leave, whatever the result still holds. */
static void statuses_have_words_and_no_values(void **state) {
    (void)state;
    static const struct {
        wres_result_status status;
        const char *word;
    } statuses[] = {{WRES_SUPPRESSED, "suppressed"}, {WRES_NOT_CALCULABLE, "not calculable"}, {WRES_NOT_SUPPLIED, "not supplied"}};
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_RATIO, 3, 1);
    r.has_interval = r.has_flag = true;
    r.lower = 2;
    r.upper = 4;
    r.note = "why";
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_STATUS], "ok");
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        r.status = statuses[i].status;
        const wres_published row = publish_one(run, &r, -1);
        assert_string_equal(row.column[WRES_COLUMN_STATUS], statuses[i].word);
        assert_string_equal(row.column[WRES_COLUMN_VALUE], "");
        assert_string_equal(row.column[WRES_COLUMN_LOWER], "");
        assert_string_equal(row.column[WRES_COLUMN_UPPER], "");
        assert_string_equal(row.column[WRES_COLUMN_FLAG], "");
        assert_string_equal(row.column[WRES_COLUMN_NOTE], "why");
    }
    wres_run_free(run);
}

/* ---- keys --------------------------------------------------------------------------------------------------- */

static wres_status disclosed(wres_run *run, wres_result *results, size_t count) {
    const wres_result_list list = {results, count, count};
    wres_published_list published;
    const wres_status status = wres_disclose(run, &list, &(wres_disclosure_options){-1}, &published);
    if (status == WRES_OK) assert_int_equal(published.count, count);
    return status;
}

static void no_results_are_no_rows(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    assert_int_equal(disclosed(run, NULL, 0), WRES_OK);
    wres_run_free(run);
}

static void a_key_that_is_there_twice_is_refused(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result results[] = {result_in(WRES_PERCENT, 1, 1), result_in(WRES_RATIO, 2, 1)};
    assert_int_equal(disclosed(run, results, 2), WRES_DATA);
    assert_int_equal(wres_finding_count(run), 1);
    assert_string_equal(wres_finding_at(run, 0)->check, "double-result");
    wres_run_free(run);
}

/* A difference in any one of the ten columns of the key is enough. */
static void one_different_column_makes_another_key(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result results[11];
    for (size_t i = 0; i < COUNT_OF(results); i++) results[i] = result_in(WRES_PERCENT, 1, 1);
    const char **const parts[] = {&results[1].standard, &results[2].indicator, &results[3].organisation, &results[4].period, &results[5].section,
                                  &results[6].row, &results[7].by, &results[8].by_value, &results[9].group, &results[10].statistic};
    for (size_t i = 0; i < COUNT_OF(parts); i++) *parts[i] = "other";
    assert_int_equal(disclosed(run, results, COUNT_OF(results)), WRES_OK);
    assert_int_equal(wres_finding_count(run), 0);
    wres_run_free(run);
}

static void rows_keep_the_order_of_the_results(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result results[] = {result_in(WRES_PERCENT, 1, 1), result_in(WRES_PERCENT, 2, 1)};
    results[0].group = "white";
    const wres_result_list list = {results, 2, 2};
    wres_published_list published;
    assert_int_equal(wres_disclose(run, &list, &(wres_disclosure_options){-1}, &published), WRES_OK);
    assert_string_equal(published.rows[0].column[WRES_COLUMN_GROUP], "white");
    assert_string_equal(published.rows[0].column[WRES_COLUMN_VALUE], "1.0");
    assert_string_equal(published.rows[1].column[WRES_COLUMN_GROUP], "bme");
    assert_string_equal(published.rows[1].column[WRES_COLUMN_STANDARD], "s");
    assert_string_equal(published.rows[1].column[WRES_COLUMN_PERIOD], "2025-03-31");
    wres_run_free(run);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static wres_result hidden_in(wres_unit unit, wres_rational lower, wres_rational upper) {
    wres_result r = result_in(unit, 0, 1);
    r.kind = WRES_VALUE_NONE;
    r.status = WRES_SUPPRESSED;
    r.hidden = 2;
    r.note = "rests on 2 counts";
    r.has_lower_bound = r.has_upper_bound = true;
    r.lower_bound = lower;
    r.upper_bound = upper;
    return r;
}

static void assert_bounds(wres_unit unit, int decimals, wres_rational lower, wres_rational upper, const char *want_lower, const char *want_upper) {
    wres_run *run = wres_run_new();
    const wres_result r = hidden_in(unit, lower, upper);
    const wres_published row = publish_one(run, &r, decimals);
    assert_string_equal(row.column[WRES_COLUMN_STATUS], "suppressed");
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "");
    assert_string_equal(row.column[WRES_COLUMN_LOWER], want_lower);
    assert_string_equal(row.column[WRES_COLUMN_UPPER], want_upper);
    assert_string_equal(row.column[WRES_COLUMN_NOTE],
                        wres_print(run, "rests on 2 counts; between %s and %s (bounds, no confidence interval)", want_lower, want_upper));
    wres_run_free(run);
}

/* 1/81 is 1.2345...%: down to 1.2; 4/84 is 4.76...%: up to 4.8. */
static void bounds_are_rounded_outward(void **state) {
    (void)state;
    assert_bounds(WRES_PERCENT, -1, (wres_rational){100, 81}, (wres_rational){400, 84}, "1.2", "4.8");
    assert_bounds(WRES_PERCENT, -1, (wres_rational){199, 100}, (wres_rational){201, 100}, "1.9", "2.1");
    assert_bounds(WRES_PERCENT, -1, (wres_rational){20, 10}, (wres_rational){21, 10}, "2.0", "2.1");
    assert_bounds(WRES_POINTS, -1, (wres_rational){-201, 100}, (wres_rational){-199, 100}, "-2.1", "-1.9");
    assert_bounds(WRES_POINTS, -1, (wres_rational){-1, 100}, (wres_rational){1, 100}, "-0.1", "0.1");
    assert_bounds(WRES_POINTS, -1, (wres_rational){-12, 100}, (wres_rational){-1, 100}, "-0.2", "0.0");
    assert_bounds(WRES_RATIO, -1, (wres_rational){1, 3}, (wres_rational){2, 3}, "0.33", "0.67");
    assert_bounds(WRES_RATIO, 0, (wres_rational){1, 3}, (wres_rational){2, 3}, "0", "1");
    assert_bounds(WRES_PEOPLE, -1, (wres_rational){41, 1}, (wres_rational){44, 1}, "41", "44");
}

static void a_bound_may_stand_alone(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = hidden_in(WRES_PEOPLE, (wres_rational){40, 1}, (wres_rational){0, 1});
    r.has_upper_bound = false;
    const wres_published row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_LOWER], "40");
    assert_string_equal(row.column[WRES_COLUMN_UPPER], "");
    assert_string_equal(row.column[WRES_COLUMN_NOTE], "rests on 2 counts; at least 40 (a bound, no confidence interval)");
    r.has_lower_bound = false;
    const wres_published bare = publish_one(run, &r, -1);
    assert_string_equal(bare.column[WRES_COLUMN_LOWER], "");
    assert_string_equal(bare.column[WRES_COLUMN_NOTE], "rests on 2 counts");
    wres_run_free(run);
}

/* Whatever a measure left in a result that rests on hidden counts, it is not published. */
static void nothing_computed_from_hidden_counts_is_published(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_PERCENT, 777, 10);
    r.hidden = 1;
    r.status = WRES_SUPPRESSED;
    r.has_interval = r.has_flag = r.has_counts = r.numerator_hidden = r.denominator_hidden = true;
    r.lower = r.upper = 77.7;
    r.numerator = (wres_rational){777, 1};
    r.denominator = 777;
    const wres_published row = publish_one(run, &r, -1);
    for (int c = 0; c < WRES_COLUMN_COUNT; c++) assert_null(strstr(row.column[c], "77"));
    assert_string_equal(row.column[WRES_COLUMN_FLAG], "");
    r.numerator_hidden = false;
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_NUMERATOR], "777");
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_DENOMINATOR], "");
    r.status = WRES_CALCULATED; /* a measure's mistake */
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_VALUE], "");
    assert_string_equal(publish_one(run, &r, -1).column[WRES_COLUMN_STATUS], "suppressed");
    wres_run_free(run);
}

/* Without a value there is none to print, nor its limits, whatever stands in their places. */
static void what_has_no_value_prints_none(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_PERCENT, 40, 1);
    r.kind = WRES_VALUE_NONE;
    r.has_interval = true;
    r.lower = 30;
    r.upper = 50;
    const wres_published row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "");
    assert_string_equal(row.column[WRES_COLUMN_LOWER], "");
    assert_string_equal(row.column[WRES_COLUMN_UPPER], "");
    wres_run_free(run);
}

/* ---- numbers that no 18 digits hold ------------------------------------------------------------------------- */

static void large_numbers_are_printed_whole(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_result r = result_in(WRES_RATIO, 0, 1);
    r.exact = (wres_rational){(wres_int128)1000000000000 * 1000000000000, 1};
    r.note = "it is {value}";
    r.has_interval = true;
    r.lower = 1e20;
    r.upper = 2.5;
    wres_published row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "1000000000000000000000000.00");
    assert_string_equal(row.column[WRES_COLUMN_LOWER], "100000000000000000000.00");
    assert_string_equal(row.column[WRES_COLUMN_UPPER], "2.50");
    assert_string_equal(row.column[WRES_COLUMN_NOTE], "it is 1000000000000000000000000.00");
    r = real_in(WRES_PROBABILITY, 1e30); /* no probability, and not small for that */
    r.standard = "";
    row = publish_one(run, &r, -1);
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "1000000000000000019884624838656.0000");
    assert_string_equal(row.column[WRES_COLUMN_NOTE], r.note);
    wres_run_free(run);
}

/* ---- results as they come ----------------------------------------------------------------------------------- */

/* One after another, from memory that is used again, with rows behind others: the list is the same. */
static void results_may_come_one_by_one(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_publisher *publisher = wres_publisher_new(run, &(wres_disclosure_options){-1});
    const wres_result_receiver to = wres_publisher_receiver(publisher);
    static const char *const statistics[] = {"count", "share", "difference", "limits"}, *const notes[] = {"", "note {value}", "x", ""},
                             *const expected[] = {"0.0", "0.1", "0.3", "0.2"}, *const shown[] = {"a count under 10", "note 0.1", "", "x"};
    for (size_t i = 0; i < 4; i++) {
        char statistic[16], note[16];
        wres_result r = result_in(WRES_PERCENT, (int64_t)i, 10);
        r.statistic = strcpy(statistic, statistics[i]);
        r.note = strcpy(note, notes[i]);
        r.small = i == 0;
        if (i < 3)
            to.take(to.context, &r, 1);
        else
            to.take_behind(to.context, 1, &r, 1);
        memset(statistic, 'x', sizeof statistic);
        memset(note, 'x', sizeof note);
    }
    wres_published_list list;
    assert_int_equal(wres_publisher_end(publisher, &list), WRES_OK);
    assert_int_equal(list.count, 4);
    list = wres_published_expand(run, &list);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(list.rows[i].column[WRES_COLUMN_VALUE], expected[i]);
        assert_string_equal(list.rows[i].column[WRES_COLUMN_NOTE], shown[i]);
    }
    wres_run_free(run);
}

/* Those that come at once, behind others too, may be of several places. */
static void results_of_several_places_come_at_once(void **state) {
    (void)state;
    static const char *const organisations[] = {"R1", "R1", "R2", "R3"}, *const statistics[] = {"a", "b", "a", "a"},
                             *const expected[] = {"R1", "R1", "R2", "R1", "R1", "R2", "R3", "R3"};
    wres_run *run = wres_run_new();
    wres_publisher *publisher = wres_publisher_new(run, &(wres_disclosure_options){-1});
    const wres_result_receiver to = wres_publisher_receiver(publisher);
    wres_result results[4], behind[4];
    for (size_t i = 0; i < 4; i++) {
        results[i] = behind[i] = result_in(WRES_PERCENT, (int64_t)i, 10);
        results[i].organisation = behind[i].organisation = organisations[i];
        results[i].statistic = statistics[i];
        behind[i].statistic = i % 2 ? "d" : "c";
    }
    to.take(to.context, results, 4);
    to.take_behind(to.context, 2, behind, 4);
    wres_published_list list;
    assert_int_equal(wres_publisher_end(publisher, &list), WRES_OK);
    assert_int_equal(list.count, 8);
    list = wres_published_expand(run, &list);
    for (size_t i = 0; i < 8; i++) assert_string_equal(list.rows[i].column[WRES_COLUMN_ORGANISATION], expected[i]);
    wres_run_free(run);
}

/* All their decimals, however many are asked for; without idle zeros. */
static void full_time_equivalents_are_not_rounded(void **state) {
    (void)state;
    assert_value(result_in(WRES_FTE, 1234500000000, WRES_FTE_UNITS), -1, "1234.5");
    assert_value(result_in(WRES_FTE, 1, WRES_FTE_UNITS), 2, "0.000000001");
    assert_value(result_in(WRES_FTE, 12 * WRES_FTE_UNITS, WRES_FTE_UNITS), 3, "12");
    wres_run *run = wres_run_new();
    wres_result share = result_in(WRES_PERCENT, 75, 2);
    share.has_counts = share.fte = true;
    share.numerator = (wres_rational){750000000, 1};
    share.denominator = 2000000000;
    const wres_published row = publish_one(run, &share, -1);
    assert_string_equal(row.column[WRES_COLUMN_VALUE], "37.5");
    assert_string_equal(row.column[WRES_COLUMN_NUMERATOR], "0.75");
    assert_string_equal(row.column[WRES_COLUMN_DENOMINATOR], "2");
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_time_equivalents_are_not_rounded),
        cmocka_unit_test(the_columns_are_those_of_the_contract),
        cmocka_unit_test(small_numbers_are_spoken_of),
        cmocka_unit_test(each_unit_has_its_decimals),
        cmocka_unit_test(halves_go_away_from_zero),
        cmocka_unit_test(there_is_no_minus_zero),
        cmocka_unit_test(the_decimals_can_be_chosen),
        cmocka_unit_test(probabilities_have_four_decimals_at_least),
        cmocka_unit_test(a_probability_that_rounds_to_zero_is_said_to_be_small),
        cmocka_unit_test(large_counts_are_rounded_exactly),
        cmocka_unit_test(intervals_have_the_decimals_of_their_value),
        cmocka_unit_test(what_is_no_number_is_empty),
        cmocka_unit_test(counts_are_printed_as_short_as_they_are),
        cmocka_unit_test(units_have_names),
        cmocka_unit_test(flags_have_names),
        cmocka_unit_test(the_note_carries_the_published_value),
        cmocka_unit_test(statuses_have_words_and_no_values),
        cmocka_unit_test(no_results_are_no_rows),
        cmocka_unit_test(a_key_that_is_there_twice_is_refused),
        cmocka_unit_test(one_different_column_makes_another_key),
        cmocka_unit_test(rows_keep_the_order_of_the_results),
        cmocka_unit_test(bounds_are_rounded_outward),
        cmocka_unit_test(a_bound_may_stand_alone),
        cmocka_unit_test(nothing_computed_from_hidden_counts_is_published),
        cmocka_unit_test(what_has_no_value_prints_none),
        cmocka_unit_test(large_numbers_are_printed_whole),
        cmocka_unit_test(results_may_come_one_by_one),
        cmocka_unit_test(results_of_several_places_come_at_once),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
