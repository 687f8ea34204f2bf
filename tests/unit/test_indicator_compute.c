/* The order of results, organisations, and indicators whose tables are not there. */
#include "pipeline.h"

#include "indicator/compute.h"

#define STAFF "Date,Org Code,Ethnicity\n2025-03-31,RX2,A\n2025-03-31,RX1,H\n2025-03-31,RX1,A\n"

static size_t first_of(const pipeline *p, const char *indicator, const char *organisation) {
    for (size_t i = 0; i < p->results.count; i++)
        if (strcmp(p->results.all[i].indicator, indicator) == 0 && strcmp(p->results.all[i].organisation, organisation) == 0)
            return i;
    fail_msg("no result of indicator %s, organisation %s", indicator, organisation);
    return 0;
}

static void an_absent_table_is_one_row_not_supplied(void **state) {
    (void)state;
    static const char *const indicators[] = {"2", "3", "4", "5", "6", "7", "8", "9"};
    pipeline *p = pipeline_of("workforce", STAFF);
    for (size_t i = 0; i < COUNT_OF(indicators); i++) {
        size_t rows = 0;
        for (size_t r = 0; r < p->results.count; r++) rows += strcmp(p->results.all[r].indicator, indicators[i]) == 0;
        assert_int_equal(rows, 1);
        assert_missing(result(p, .indicator = indicators[i]), WRES_NOT_SUPPLIED, "data was given");
    }
    assert_contains(result(p, .indicator = "9")->note, "board");
    pipeline_end(p);
}

static void without_a_workforce_its_indicators_are_not_supplied(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "cases", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "1"), WRES_NOT_SUPPLIED, "no workforce data");
    assert_missing(result(p, .indicator = "3"), WRES_NOT_SUPPLIED, "no workforce data");
    pipeline_end(p);
}

static void one_organisation_has_no_pool(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n");
    assert_people(1, result(p, .indicator = "1", .organisation = "RX1", .group = "all", .statistic = "count"));
    no_result(p, .indicator = "1", .group = "all", .statistic = "count");
    pipeline_end(p);
}

static void without_an_organisation_column_there_is_only_the_pool(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity\n2025-03-31,A\n");
    for (size_t i = 0; i < p->results.count; i++) assert_string_equal(p->results.all[i].organisation, "all");
    pipeline_end(p);
}

/* The pool first, then organisations by their codes, whatever their order in the file; indicators as the standard has them. */
static void results_stand_in_their_order(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "section", NULL);
    pipeline_add(p, "workforce", STAFF);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_true(first_of(p, "1", "all") < first_of(p, "1", "RX1"));
    assert_true(first_of(p, "1", "RX1") < first_of(p, "1", "RX2"));
    assert_true(first_of(p, "1", "RX2") < first_of(p, "2", "all"));
    assert_true(first_of(p, "2", "all") < first_of(p, "9", "all"));
    assert_string_equal(p->results.all[first_of(p, "1", "RX1")].by, "all");
    assert_string_equal(p->results.all[first_of(p, "1", "RX2") - 1].by, "section");
    pipeline_end(p);
}

static void two_standards_one_after_the_other(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2019");
    assert_int_equal(wres_standard_load(p->run, "wres-2025", &p->standards[p->request.standard_count++]), WRES_OK);
    pipeline_add(p, "workforce", STAFF);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_string_equal(p->results.all[0].standard, "wres-2019");
    assert_string_equal(p->results.all[p->results.count - 1].standard, "wres-2025");
    assert_int_equal(p->results.count % 2, 0);
    for (size_t i = 0; i < p->results.count; i++)
        assert_string_equal(p->results.all[i].standard, i < p->results.count / 2 ? "wres-2019" : "wres-2025");
    pipeline_end(p);
}

/* RX2 has staff and sent no cases: its rate is zero, and that is said. */
static void an_organisation_that_sent_nothing_is_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "silent-organisation"), 1);
    assert_finding(p, WRES_WARNING, "silent-organisation", 0, "organisation RX2");
    assert_of(result(p, .indicator = "3", .organisation = "RX2", .group = "white", .statistic = "rate"), 0, 1);
    assert_of(result(p, .indicator = "3", .group = "white", .statistic = "rate"), 1, 2);
    pipeline_end(p);
}

/* Everything at once, by sex crossed with team: what an event table lacks comes from the person, or is unknown. */
static void all_indicators_with_a_crossing(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", "team");
    pipeline_add(p, "workforce",
                 "Date,Employee Number,Ethnicity,Sex,Team\n2025-03-31,1,A,F,East\n2025-03-31,2,H,F,East\n2025-03-31,3,H,M,East\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,2\n");
    pipeline_add(p, "recruitment", "Date,Ethnicity,Sex,Stage\n2025-01-01,A,F,Appointed\n2025-01-01,H,F,Shortlisted\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,A\n");
    pipeline_add(p, "survey", "Year,Ethnicity,Question,Answer\n2024,A,Q15,Yes\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .by_value = "Female,East", .group = "bme", .statistic = "share"), 1, 2);
    assert_of(result(p, .indicator = "3", .by_value = "Female,East", .group = "bme", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "3", .by_value = "Male,East", .group = "bme", .statistic = "rate"), 0, 1);
    assert_of(result(p, .indicator = "2", .by_value = "Female,unknown", .group = "white", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "7", .by_value = "unknown,unknown", .group = "white", .statistic = "rate"), 1, 1);
    assert_of(result(p, .indicator = "9", .section = "workforce", .by_value = "Female,East", .group = "bme", .statistic = "share"),
              1, 2);
    pipeline_end(p);
}

/* ---- order of rows ------------------------------------------------------------------------------------------ */

typedef struct kept {
    char *text;
    const char *staff;
} kept;

static void same_results(const char *csv, void *context) {
    kept *first = context;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", first->staff);
    pipeline_add(p, "cases", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    const char *text = published_text(p);
    if (first->text)
        assert_string_equal(text, first->text);
    else
        first->text = strdup(text);
    pipeline_end(p);
}

/* Cases of two people with several rows, blank and given ethnicities, a left-out person and one found nowhere. */
static void events_in_every_order(void **state) {
    (void)state;
    static const char *const rows[] = {"2025-01-01,1,,Nursing", "2025-02-01,1,H,Estates", "2025-01-01,2,,",
                                       "2025-01-01,9,,Nursing"};
    kept first = {
        NULL,
        "Date,Employee Number,Ethnicity,Team,Assignment Category\n2025-03-31,1,A,West,\n2025-03-31,2,H,East,Bank\n2025-03-31,3,H,East,\n"};
    for_every_order("Date,Employee Number,Ethnicity,Staff Group", rows, COUNT_OF(rows), same_results, &first);
    assert_non_null(first.text);
    free(first.text);
}

/* ---- what is not there -------------------------------------------------------------------------------------- */

/* No file at all: nothing is supplied, of no date. */
static void nothing_given_is_nothing_supplied(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(p->results.count, 9);
    for (size_t i = 0; i < p->results.count; i++) {
        assert_missing(&p->results.all[i], WRES_NOT_SUPPLIED, "data was given");
        assert_string_equal(p->results.all[i].period, "");
    }
    pipeline_end(p);
}

#define HEAD                                                                                                                       \
    "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\nindicators:\n"

static pipeline *of_standard(const char *indicators) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, wres_print(p->run, HEAD "%s", indicators)), WRES_OK);
    return p;
}

/* The table of its second step is not there: one row says so, and there is none of the first. */
static void an_indicator_in_steps_needs_the_tables_of_all(void **state) {
    (void)state;
    pipeline *p = of_standard(
        "  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, words: {people: p, event: e}, steps: [\n"
        "      {row: one, events: {table: cases}, over: {table: workforce}},\n"
        "      {row: two, events: {table: referrals}, over: {table: workforce}},\n"
        "      {row: three, events: {table: training}, over: {table: workforce}}]}\n");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "no referrals data was given");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* Each step has its row and its words: RX1 and RX2 have a White case of 2 White staff and a referral of 1 BME. */
static void an_indicator_in_steps_has_a_row_for_each(void **state) {
    (void)state;
    pipeline *p = of_standard(
        "  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, words: {people: p, event: to come}, steps: [\n"
        "      {row: one, events: {table: cases}, over: {table: workforce}, event: to go},\n"
        "      {row: two, events: {table: referrals}, over: {table: workforce}}]}\n");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n2025-01-01,RX1,H\n");
    pipeline_add(p, "referrals", "Date,Org Code,Ethnicity\n2025-01-01,RX1,H\n2025-01-01,RX2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *one = result(p, .indicator = "x", .row = "one", .group = "white/bme", .statistic = "ratio"),
                      *two = result(p, .indicator = "x", .row = "two", .group = "white/bme", .statistic = "ratio");
    assert_exact(one, 1, 2);
    assert_string_equal(one->note, "White p were {value} times as likely as BME p to go");
    assert_exact(two, 1, 2);
    assert_string_equal(two->note, "White p were {value} times as likely as BME p to come");
    no_result(p, .indicator = "x", .group = "white/bme", .statistic = "ratio");
    pipeline_end(p);
}

static void an_indicator_that_is_off_says_why(void **state) {
    (void)state;
    pipeline *p = of_standard("  - {id: x, title: t, certainty: U, off: \"nobody knows how\"}\n"
                              "  - {id: y, title: t, certainty: U, measure: share, of: {table: workforce}}\n");
    pipeline_add(p, "workforce", STAFF);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "nobody knows how");
    no_result(p, .indicator = "x", .group = "all", .statistic = "count");
    assert_people(3, result(p, .indicator = "y", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* ---- organisations ------------------------------------------------------------------------------------------ */

/* Two organisations have staff, and the cases name none: only the pooled figures can count them. */
static void rows_that_name_no_organisation_are_pooled_alone(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .group = "white", .statistic = "rate"), 1, 2);
    assert_missing(result(p, .indicator = "3", .organisation = "RX1"), WRES_NOT_SUPPLIED, "the cases data names no organisation");
    no_result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate");
    pipeline_end(p);
}

/* One organisation, and some of its rows do not name it: they are in the pooled figures alone. */
static void one_organisation_and_rows_that_name_none(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Org Code,Ethnicity,Count\n2025-03-31,RX1,A,3\n2025-03-31,,H,1\n");
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 1, 4);
    assert_of(result(p, .indicator = "1", .organisation = "RX1", .group = "bme", .statistic = "share"), 0, 3);
    /* there is no other organisation to set it beside */
    no_result(p, .indicator = "1", .organisation = "RX1", .group = "bme", .statistic = "difference_from_pooled");
    no_result(p, .indicator = "1", .organisation = "RX1", .group = "bme", .statistic = "funnel_998");
    pipeline_end(p);
}

/* RX2 is in the snapshot of the baseline alone. */
static void an_organisation_left_behind_is_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n2024-03-31,RX1,A\n2024-03-31,RX2,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX2 has rows, but none at the date or year that is taken");
    assert_string_equal(finding_with(p, "left-behind", "")->place.table, "workforce");
    no_result(p, .indicator = "1", .organisation = "RX2", .group = "all", .statistic = "count");
    pipeline_end(p);
}

/* Of the finer groups only those with somebody at the as-at date are there: Asian staff were there a year before. */
static void groups_of_another_date_are_dropped(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,N\n2024-03-31,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "black", .statistic = "share"), 1, 2);
    no_result(p, .indicator = "1", .group = "asian", .statistic = "share");
    pipeline_end(p);
}

/* Only White staff are left of the groups, and the board's file does not say who votes: what is not supplied is still said. */
static void a_lacking_part_where_no_group_is_compared(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "9", .row = "voting", .group = "unknown", .statistic = "difference"), WRES_NOT_SUPPLIED,
                   "no column voting");
    pipeline_end(p);
}

/* ---- the order of a breakdown ------------------------------------------------------------------------------- */

static size_t place_of(const pipeline *p, const char *indicator, const char *by_value) {
    for (size_t i = 0; i < p->results.count; i++)
        if (strcmp(p->results.all[i].indicator, indicator) == 0 && strcmp(p->results.all[i].by_value, by_value) == 0) return i;
    fail_msg("no result of indicator %s, by_value %s", indicator, by_value);
    return 0;
}

/* What only the cases have: a text where the alphabet puts it, a value of a list at the end; unknown is behind both. */
static void values_that_only_events_have_find_their_place(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "organisation", NULL);
    pipeline_by(p, "staff_group", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Org Code,Ethnicity,Staff Group\n2025-03-31,RAA,A,Nursing\n2025-03-31,RZZ,A,Nursing\n2025-03-31,RMN,A,Nursing\n2025-03-31,,A,Nursing\n");
    pipeline_add(
        p, "cases",
        "Date,Org Code,Ethnicity,Staff Group\n2025-01-01,RMM,A,Estates\n2025-01-01,RA0,A,Nursing\n2025-01-01,RZZ,A,Nursing\n2025-01-01,RZZZ,A,\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_true(place_of(p, "3", "RA0") < place_of(p, "3", "RAA"));
    assert_true(place_of(p, "3", "RAA") < place_of(p, "3", "RMM"));
    assert_true(place_of(p, "3", "RMM") < place_of(p, "3", "RMN"));
    assert_true(place_of(p, "3", "RMN") < place_of(p, "3", "RZZ"));
    assert_true(place_of(p, "3", "RZZ") < place_of(p, "3", "RZZZ"));
    assert_true(place_of(p, "3", "RZZZ") < place_of(p, "3", "unknown"));
    assert_true(place_of(p, "3", "Nursing and Midwifery Registered") < place_of(p, "3", "Estates and Ancillary"));
    pipeline_end(p);
}

/* ---- results as they come ----------------------------------------------------------------------------------- */

/* Published as they come, from memory that is given back in between, they are those of the list: pooled and broken down, with rows behind
 * others, of two standards. */
static void results_come_as_they_stand_in_the_list(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    char *csv = wres_alloc(p->run, 1 << 20), *recruited = wres_alloc(p->run, 1 << 16);
    size_t length = (size_t)sprintf(csv, "Date,Organisation,Ethnicity,Sex,Team,Pay Band,Staff Group,Count\n"),
           more = (size_t)sprintf(recruited, "Date,Organisation,Ethnicity,Stage,Count\n");
    for (int i = 0; i < 2000; i++)
        length +=
            (size_t)sprintf(csv + length, "2025-03-31,R%02d,%c,%c,team %d,Band %d,%s,%d\n", i * 7 % 31, "AHZ"[i % 3], "FM"[i % 2],
                            i % 13, 2 + i % 6, i % 5 ? "Nursing and Midwifery Registered" : "Estates and Ancillary", 1 + i % 9);
    for (int i = 0; i < 400; i++)
        more += (size_t)sprintf(recruited + more, "2024-08-01,R%02d,%c,%s,%d\n", i % 31, "AHZ"[i % 3],
                                i % 4 ? "Shortlisted" : "Appointed", 1 + i % 4);
    assert_int_equal(wres_standard_load(p->run, "disparity", &p->standards[p->request.standard_count++]), WRES_OK);
    pipeline_by(p, "sex", NULL);
    pipeline_by(p, "sex", "team");
    pipeline_add(p, "workforce", csv);
    pipeline_add(p, "recruitment", recruited);
    assert_int_equal(pipeline_run(p), WRES_OK);
    wres_published_list all, packed;
    assert_int_equal(wres_disclose(p->run, &p->results, &(wres_disclosure_options){-1}, &all), WRES_OK);
    wres_publisher *publisher = wres_publisher_new(p->run, &(wres_disclosure_options){-1});
    const wres_result_receiver receiver = wres_publisher_receiver(publisher);
    assert_int_equal(wres_compute_to(p->plan, &p->frame, &receiver), WRES_OK);
    assert_int_equal(wres_publisher_end(publisher, &packed), WRES_OK);
    assert_int_equal(packed.count, all.count);
    assert_true(all.count > 20000);
    wres_published_cursor cursor = wres_published_begin(&packed);
    for (size_t i = 0; i < all.count; i++) {
        const wres_published *row = wres_published_next(&cursor);
        for (size_t c = 0; c < WRES_COLUMN_COUNT; c++) assert_string_equal(row->column[c], all.rows[i].column[c]);
    }
    pipeline_end(p);
}

/* Added to what is in the list already. */
static void results_are_added_to_a_list(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Organisation,Ethnicity\n2025-03-31,RAA,A\n2025-03-31,RBB,H\n");
    const size_t count = p->results.count;
    assert_int_equal(wres_compute(p->plan, &p->frame, &p->results), WRES_OK);
    assert_int_equal(p->results.count, 2 * count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(p->results.all[i].statistic, p->results.all[count + i].statistic);
        assert_string_equal(p->results.all[i].organisation, p->results.all[count + i].organisation);
    }
    pipeline_end(p);
}

/* RX9 sent a case and no staff. */
static void an_organisation_without_staff_is_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n2025-01-01,RX2,A\n2025-01-01,RX9,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "silent-organisation"), 1);
    assert_finding(p, WRES_WARNING, "silent-organisation", 0, "organisation RX9");
    assert_string_equal(finding_with(p, "silent-organisation", "RX9")->place.table, "workforce");
    pipeline_end(p);
}

/* Two standards that compare by different fields count staff twice: that RX2 is left behind is said once. */
static void an_organisation_left_behind_by_two_standards_is_said_once(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\nunknown_in_base: yes\nindicators:\n"
            "  - {id: y, title: t, certainty: U, measure: share, of: {table: workforce}}\n"),
        WRES_OK);
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity,Sex\n2025-03-31,RX1,A,F\n2024-03-31,RX1,A,F\n2024-03-31,RX2,H,M\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    pipeline_end(p);
}

/* Shares, rates, ratios, differences and percentages, some of them hidden, some of nobody: where there is no value there are no limits and
 * no flag, and of what rests on hidden counts nothing is left of what they are at least. */
static void what_has_no_value_has_nothing_of_one(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_add_with(
        p, "workforce",
        "Date,Org Code,Ethnicity,Sex,Pay Band,Count\n2025-03-31,RX1,A,F,Band 5,20\n2025-03-31,RX1,H,F,Band 5,*\n2025-03-31,RX2,A,M,Band 6,30\n2025-03-31,RX2,H,M,Band 6,12\n"
        "2025-03-31,RX2,Z,M,,4\n",
        "hidden: {\"*\": 1-7}");
    pipeline_add(p, "cases",
                 "Date,Org Code,Ethnicity,Sex,Count\n2025-01-01,RX1,A,F,3\n2025-01-01,RX1,H,F,2\n2025-01-01,RX2,A,M,3\n");
    pipeline_add(
        p, "recruitment",
        "Date,Org Code,Ethnicity,Sex,Stage,Count\n2025-01-01,RX1,A,F,Appointed,5\n2025-01-01,RX1,A,F,Shortlisted,7\n2025-01-01,RX2,H,M,Shortlisted,7\n");
    pipeline_add_with(
        p, "survey",
        "Year,Org Code,Ethnicity,Question,Answer,Count\n2024,RX1,H,Q16b,Yes,*\n2024,RX1,H,Q16b,No,14\n2024,RX1,A,Q16b,Yes,48\n2024,RX1,A,Q16b,No,32\n2024,RX2,A,Q16b,No,32\n",
        "hidden: {\"*\": 1-7}");
    pipeline_add(p, "board", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n2025-01-01,RX2,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t hidden = 0, missing = 0;
    for (size_t i = 0; i < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        if (r->status == WRES_CALCULATED) continue;
        assert_int_equal(r->kind, WRES_VALUE_NONE);
        assert_false(r->has_interval || r->has_flag);
        missing++;
        if (r->status != WRES_SUPPRESSED) continue;
        assert_true(r->exact.numerator == 0 && r->exact.denominator == 1 && r->real == 0);
        hidden++;
    }
    assert_true(hidden > 20 && missing > hidden + 5);
    pipeline_end(p);
}

/* White British comes before, and is none. */
static void a_lacking_part_stands_with_the_first_group_that_is_compared(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group16";
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n2025-03-31,H\n2025-03-31,N\n");
    pipeline_add(p, "board", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(
        result(p, .indicator = "9", .row = "voting", .group = "asian or asian british - indian", .statistic = "difference"),
        WRES_NOT_SUPPLIED, "no column voting");
    pipeline_end(p);
}

/* Its cases are of years ago: there is no pooled figure that they could be missing in. */
static void one_organisation_is_not_silent(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity\n2025-03-31,RX1,A\n");
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2015-01-01,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "silent-organisation"), 0);
    pipeline_end(p);
}

/* Of the survey, whose questions are counted apart, and of staff that two standards compare by different fields; be it the first of the
 * organisations or the last. */
static void silence_is_said_once_for_each_table(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: s\ntitle: s\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\nunknown_in_base: yes\nindicators:\n"
            "  - {id: y, title: t, certainty: U, measure: share, of: {table: workforce}}\n"),
        WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity,Sex\n2025-03-31,RX1,A,F\n2025-03-31,RX2,A,M\n");
    pipeline_add(p, "survey", "Year,Org Code,Ethnicity,Question,Answer\n2024,RX2,A,Q15,Yes\n2024,RX9,A,Q15,Yes\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "silent-organisation"), 2);
    assert_string_equal(finding_with(p, "silent-organisation", "organisation RX1")->place.table, "survey");
    assert_string_equal(finding_with(p, "silent-organisation", "organisation RX9")->place.table, "workforce");
    pipeline_end(p);
}

/* Staff of no organisation in particular; cases some of which name one; and cases of long ago, which are none. */
static void which_table_names_no_organisation(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,10\n");
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n2025-01-01,RX2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "3", .organisation = "RX1"), WRES_NOT_SUPPLIED,
                   "the workforce data names no organisation");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,,A\n2025-01-01,,H\n2025-01-01,RX1,A\n2025-01-01,RX2,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate"), 1, 1);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2015-01-01,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate"), 0, 1);
    pipeline_end(p);
}

static void a_group_of_one_person_is_kept(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,H\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "asian", .statistic = "share"), 1, 1);
    no_result(p, .indicator = "1", .group = "black", .statistic = "share");
    pipeline_end(p);
}

static void goals_need_staff(void **state) {
    (void)state;
    pipeline *p = pipeline_new("model-employer");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", "Date,Ethnicity,Stage\n2025-01-01,A,Appointed\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "goals"), WRES_NOT_SUPPLIED, "no workforce data was given");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* In the first row of all. */
static void the_first_organisation_may_be_left_behind(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity\n2024-03-31,RX1,A\n2024-03-31,RX2,A\n2025-03-31,RX2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX1");
    pipeline_end(p);
}

/* As where counts come from a file that holds them for another date: of all tables but those that are there, one says why it is not. */
static void assert_elsewhere(const char *standard, const char *indicator, const char *there, const char *elsewhere) {
    pipeline *p = pipeline_new(strchr(standard, '\n') ? NULL : standard);
    if (strchr(standard, '\n')) assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_as_at(p, 2025, 3, 31);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        wres_tally *tally = p->plan->tallies[i];
        tally->has_table = strstr(there, tally->table->name) != NULL;
        if (strcmp(tally->table->name, elsewhere) == 0) tally->elsewhere = "counted for another date";
    }
    assert_int_equal(wres_compute(p->plan, &p->frame, &p->results), WRES_OK);
    assert_missing(result(p, .indicator = indicator), WRES_NOT_CALCULABLE, "counted for another date");
    pipeline_end(p);
}

/* That which is counted, that against which it is set, the events, what they are over, and those of a second step. */
static void counts_of_another_date_are_told_of_every_table(void **state) {
    (void)state;
    assert_elsewhere("wres-2025", "9", "", "board");
    assert_elsewhere("wres-2025", "9", "board", "workforce");
    assert_elsewhere("wres-2025", "3", "", "cases");
    assert_elsewhere("wres-2025", "3", "cases", "workforce");
    const char *two_steps = HEAD
        "  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, words: {people: p, event: e}, steps: [\n"
        "      {row: one, events: {table: cases}, over: {table: workforce}},\n"
        "      {row: two, events: {table: referrals}, over: {table: training}}]}\n";
    assert_elsewhere(two_steps, "x", "cases workforce referrals", "training");
    assert_elsewhere(two_steps, "x", "workforce referrals training", "cases");
}

/* RX2 answered a year before the others: of the survey, whose answers to one question are counted in more than one way, it is said once. */
static void an_organisation_left_behind_in_the_survey_is_said_once(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(
        p, "survey",
        "Year,Org Code,Ethnicity,Question,Answer\n2024,RX1,A,harassment_public,Yes\n2023,RX2,A,harassment_public,Yes\n2023,RX2,A,discrimination,Yes\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX2");
    assert_string_equal(finding_with(p, "left-behind", "RX2")->place.table, "survey");
    pipeline_end(p);
}

/* Each of the two answered another question a year before: whichever of the questions is counted first. */
static void whoever_answered_another_question_is_left_behind_too(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "survey",
                 "Year,Org Code,Ethnicity,Question,Answer\n2024,RX1,A,harassment_public,Yes\n2024,RX1,A,discrimination,Yes\n"
                 "2023,RX2,A,harassment_public,Yes\n2023,RX3,A,discrimination,Yes\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 2);
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX2");
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX3");
    pipeline_end(p);
}

/* RX2 alone is asked for: that it is in the figures of no other date is said by what is missing in its own. */
static void one_organisation_that_is_asked_for_is_not_left_behind(void **state) {
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        pipeline *p = pipeline_new("wres-2025");
        if (alone) pipeline_organisation(p, "RX2");
        pipeline_add(p, "workforce", STAFF);
        pipeline_add(
            p, "survey",
            "Year,Org Code,Ethnicity,Question,Answer\n2024,RX1,A,harassment_public,Yes\n2023,RX2,A,harassment_public,Yes\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_int_equal(finding_count(p, "left-behind"), !alone);
        pipeline_end(p);
    }
}

/* Answers are counted in more than one way, and all but one hold for another date: nobody is looked for in these. */
static void counts_of_another_date_leave_nobody_behind(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    size_t with = 0, without = 0;
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        wres_tally *tally = p->plan->tallies[i];
        const bool first = with == 0;
        if (strcmp(tally->table->name, "survey") != 0) continue;
        tally->has_table = first;
        tally->cube = first ? wres_cube_new(p->run, WRES_KEY_AXES + tally->axis_count) : NULL;
        tally->elsewhere = first ? NULL : "counted for another date";
        with += first;
        without += !first;
    }
    assert_true(with == 1 && without > 0);
    assert_int_equal(wres_compute(p->plan, &p->frame, &p->results), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 0);
    pipeline_end(p);
}

#define SHARE_OF_STAFF "indicators:\n  - {id: y, title: t, certainty: U, measure: share, of: {table: workforce}}\n"

/* The two standards count nothing but staff. */
static void staff_left_behind_by_two_standards_are_said_once(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: a\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n" SHARE_OF_STAFF),
        WRES_OK);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: b\ntitle: s\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\n" SHARE_OF_STAFF),
        WRES_OK);
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(p, "workforce", "Date,Org Code,Ethnicity,Sex\n2025-03-31,RX1,A,F\n2024-03-31,RX2,H,M\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    pipeline_end(p);
}

/* The cases of the first step name their organisations, the referrals of the second do not. */
static void a_later_step_may_name_no_organisation(void **state) {
    (void)state;
    pipeline *p = of_standard(
        "  - {id: x, title: t, certainty: U, measure: likelihood, ratio: reference / group, words: {people: p, event: e}, steps: [\n"
        "      {row: one, events: {table: cases}, over: {table: workforce}},\n"
        "      {row: two, events: {table: referrals}, over: {table: workforce}}]}\n");
    pipeline_add(p, "workforce", STAFF);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n2025-01-01,RX2,A\n");
    pipeline_add(p, "referrals", "Date,Ethnicity\n2025-01-01,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .row = "two", .group = "white", .statistic = "rate"), 1, 2);
    assert_missing(result(p, .indicator = "x", .organisation = "RX1"), WRES_NOT_SUPPLIED,
                   "the referrals data names no organisation");
    pipeline_end(p);
}

/* Cases were not given at all: that staff were counted for another date comes second. */
static void what_was_not_given_is_not_counted_elsewhere(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    for (size_t i = 0; i < p->plan->tally_count; i++)
        if (strcmp(p->plan->tallies[i]->table->name, "workforce") == 0) p->plan->tallies[i]->elsewhere = "counted for another date";
    assert_int_equal(wres_compute(p->plan, &p->frame, &p->results), WRES_OK);
    assert_missing(result(p, .indicator = "1"), WRES_NOT_CALCULABLE, "counted for another date");
    assert_missing(result(p, .indicator = "3"), WRES_NOT_SUPPLIED, "no cases data was given");
    pipeline_end(p);
}

/* ---- places --------------------------------------------------------------------------------------------------- */

static void count_place(void *context, const wres_result *results, size_t count) {
    size_t *places = context;
    assert_true(count > 0);
    for (size_t i = 1; i < count; i++) assert_true(is_same_place(&results[0], &results[i]));
    ++*places;
}

static void look_behind(void *context, size_t number, const wres_result *results, size_t count) {
    (void)context, (void)number, (void)results;
    assert_true(count > 0);
}

/* All results of a place come at once, as the ratio of RX1 is small for the 3 of its rate; never none. */
static void results_come_place_by_place(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_add(
        p, "workforce",
        "Date,Org Code,Ethnicity,Sex,Band,Count\n2025-03-31,RX1,A,F,5,20\n2025-03-31,RX1,H,F,6,20\n2025-03-31,RX2,A,M,5,30\n");
    pipeline_add(p, "cases",
                 "Date,Org Code,Ethnicity,Sex,Count\n2025-01-01,RX1,A,F,10\n2025-01-01,RX1,H,F,3\n2025-01-01,RX2,A,M,12\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t places = 0, come = 0;
    for (size_t i = 0; i < p->results.count; i++) places += i == 0 || !is_same_place(&p->results.all[i - 1], &p->results.all[i]);
    assert_true(result(p, .indicator = "3", .organisation = "RX1", .by = "all", .group = "bme/white", .statistic = "ratio")->small);
    assert_false(result(p, .indicator = "3", .organisation = "RX1", .by = "all", .group = "white", .statistic = "rate")->small);
    const wres_result_receiver receiver = {&come, count_place, look_behind};
    assert_int_equal(wres_compute_to(p->plan, &p->frame, &receiver), WRES_OK);
    assert_int_equal(come, places);
    pipeline_end(p);
}

static void without_a_standard_there_are_no_results(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    pipeline_add(p, "workforce", STAFF);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(p->results.count, 0);
    pipeline_end(p);
}

/* 66 organisations with four rows each behind their share. */
static void rows_stand_behind_their_own_result(void **state) {
    (void)state;
    enum { ORGANISATIONS = 66 };
    static const char *const rows[] = {"difference_from_pooled", "funnel_95", "funnel_998", "funnel_998_overdispersed"};
    pipeline *p = of_standard("  - {id: y, title: t, certainty: U, measure: share, of: {table: workforce}}\n");
    const char *csv = "Date,Org Code,Ethnicity,Count\n";
    for (int i = 0; i < ORGANISATIONS; i++)
        csv = wres_print(p->run, "%s2025-03-31,R%02d,A,%d\n2025-03-31,R%02d,H,%d\n", csv, i, 100, i, 1 + i);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t shares = 0;
    for (size_t i = 0; i + COUNT_OF(rows) < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        if (strcmp(r->statistic, "share") != 0 || strcmp(r->group, "bme") != 0 || strcmp(r->organisation, "all") == 0) continue;
        assert_of(r, 1 + shares, 101 + shares);
        for (size_t k = 0; k < COUNT_OF(rows); k++) {
            assert_string_equal(r[1 + k].statistic, rows[k]);
            assert_string_equal(r[1 + k].organisation, r->organisation);
        }
        shares++;
    }
    assert_int_equal(shares, ORGANISATIONS);
    pipeline_end(p);
}

/* As many cells as there is room for, those of each organisation 128: behind the last there is none to be looked at. */
static void a_full_cube_of_an_organisation_left_behind(void **state) {
    (void)state;
    static const char codes[] = "ABCDEFGHJKLMNPRS", bands[] = "12345679";
    pipeline *p = pipeline_new("wres-2025");
    p->frame.has_baseline = true;
    p->frame.baseline = wres_date_of(2024, 3, 31);
    const char *csv = "Date,Org Code,Ethnicity,Band\n";
    for (int i = 0; i < 16; i++)
        for (int b = 0; b < 8; b++)
            csv = wres_print(p->run, "%s2025-03-31,RX1,%c,%c\n2024-03-31,RX2,%c,%c\n", csv, codes[i], bands[b], codes[i], bands[b]);
    pipeline_add(p, "workforce", csv);
    pipeline_add(p, "cases", "Date,Org Code,Ethnicity\n2025-01-01,RX1,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    size_t cells;
    wres_cube_cells(p->plan->tallies[0]->cube, &cells);
    assert_int_equal(cells, 256);
    assert_int_equal(finding_count(p, "left-behind"), 1);
    assert_finding(p, WRES_WARNING, "left-behind", 0, "organisation RX2");
    assert_of(result(p, .indicator = "3", .organisation = "RX1", .group = "white", .statistic = "rate"), 1, 24);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_absent_table_is_one_row_not_supplied),
        cmocka_unit_test(without_a_workforce_its_indicators_are_not_supplied),
        cmocka_unit_test(one_organisation_has_no_pool),
        cmocka_unit_test(without_an_organisation_column_there_is_only_the_pool),
        cmocka_unit_test(results_stand_in_their_order),
        cmocka_unit_test(two_standards_one_after_the_other),
        cmocka_unit_test(an_organisation_that_sent_nothing_is_said),
        cmocka_unit_test(all_indicators_with_a_crossing),
        cmocka_unit_test(events_in_every_order),
        cmocka_unit_test(nothing_given_is_nothing_supplied),
        cmocka_unit_test(an_indicator_in_steps_needs_the_tables_of_all),
        cmocka_unit_test(an_indicator_in_steps_has_a_row_for_each),
        cmocka_unit_test(an_indicator_that_is_off_says_why),
        cmocka_unit_test(rows_that_name_no_organisation_are_pooled_alone),
        cmocka_unit_test(one_organisation_and_rows_that_name_none),
        cmocka_unit_test(an_organisation_left_behind_is_said),
        cmocka_unit_test(groups_of_another_date_are_dropped),
        cmocka_unit_test(a_lacking_part_where_no_group_is_compared),
        cmocka_unit_test(values_that_only_events_have_find_their_place),
        cmocka_unit_test(results_come_as_they_stand_in_the_list),
        cmocka_unit_test(results_are_added_to_a_list),
        cmocka_unit_test(an_organisation_without_staff_is_said),
        cmocka_unit_test(an_organisation_left_behind_by_two_standards_is_said_once),
        cmocka_unit_test(what_has_no_value_has_nothing_of_one),
        cmocka_unit_test(a_lacking_part_stands_with_the_first_group_that_is_compared),
        cmocka_unit_test(one_organisation_is_not_silent),
        cmocka_unit_test(silence_is_said_once_for_each_table),
        cmocka_unit_test(which_table_names_no_organisation),
        cmocka_unit_test(a_group_of_one_person_is_kept),
        cmocka_unit_test(goals_need_staff),
        cmocka_unit_test(the_first_organisation_may_be_left_behind),
        cmocka_unit_test(counts_of_another_date_are_told_of_every_table),
        cmocka_unit_test(an_organisation_left_behind_in_the_survey_is_said_once),
        cmocka_unit_test(one_organisation_that_is_asked_for_is_not_left_behind),
        cmocka_unit_test(counts_of_another_date_leave_nobody_behind),
        cmocka_unit_test(whoever_answered_another_question_is_left_behind_too),
        cmocka_unit_test(staff_left_behind_by_two_standards_are_said_once),
        cmocka_unit_test(a_later_step_may_name_no_organisation),
        cmocka_unit_test(what_was_not_given_is_not_counted_elsewhere),
        cmocka_unit_test(results_come_place_by_place),
        cmocka_unit_test(without_a_standard_there_are_no_results),
        cmocka_unit_test(rows_stand_behind_their_own_result),
        cmocka_unit_test(a_full_cube_of_an_organisation_left_behind),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
