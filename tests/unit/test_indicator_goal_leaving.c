/* Leaving rates counted from movements: what is an exit, over which headcount, and what makes a rate that cannot be believed. */
#include "pipeline.h"

#include "indicator/plan.h"
#include "wres/goals.h"

#define MOVES   "Date,Ethnicity,Kind,From Band,To Band,Staff Group,Count\n"
#define NURSES  "Nursing and Midwifery Registered"
#define COUNTED "Date,Ethnicity,Band,Staff Group,Count\n"

/* 8a: 100 and 120 with 20 and 30 BME, 8b: 40 and 60 with 4 and 6; and others. */
static const char two_dates[] =
    COUNTED "2024-03-31,A,8a," NURSES ",80\n2024-03-31,N,8a," NURSES ",20\n2024-03-31,A,8b," NURSES ",36\n"
            "2024-03-31,N,8b," NURSES ",4\n2024-03-31,N,5," NURSES ",100\n"
            "2025-03-31,A,8a," NURSES ",90\n2025-03-31,N,8a," NURSES ",30\n2025-03-31,A,8b," NURSES ",54\n"
            "2025-03-31,N,8b," NURSES ",6\n2025-03-31,N,5," NURSES ",100\n";

/* Of 8a: 7 leavers (2 BME) and 4 promoted to 8b (1 BME); of 8b: 3 leavers, 2 go down to 8a, 1 to 8c. */
#define EXITS                                                                                                                      \
    MOVES "2024-05-01,A,Leaver,8a,," NURSES ",5\n2024-06-01,N,Leaver,8a,," NURSES ",2\n2024-07-01,A,Promotion,8a,8b," NURSES       \
          ",3\n"                                                                                                                   \
          "2024-08-01,N,Promotion,8a,8b," NURSES ",1\n2024-09-01,A,Leaver,8b,," NURSES ",3\n"                                      \
          "2024-10-01,A,Transfer,8b,8a," NURSES ",2\n2024-11-01,A,Promotion,8b,8c," NURSES ",1\n"                                  \
          "2024-11-01,A,Joiner,,8a," NURSES ",9\n2024-11-01,A,Change of team,8a,8a," NURSES ",8\n"

typedef struct leaving_case {
    pipeline *p;
    wres_goals goals;
} leaving_case;

static leaving_case begin(const char *staff, const char *movements) {
    leaving_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    if (staff) pipeline_add(c.p, "workforce", staff);
    if (movements) pipeline_add(c.p, "movements", movements);
    return c;
}

/* Some of them are of unknown kinds, which a calculation stops at unless it may go on. */
static void run(leaving_case *c) {
    c->p->reading.allow_unmapped = true;
    c->p->request.goals = &c->goals;
    assert_int_equal(pipeline_run(c->p), WRES_OK);
}

static leaving_case run_with(const char *staff, const char *movements) {
    leaving_case c = begin(staff, movements);
    run(&c);
    return c;
}

#define rate(c, ...)       result((c).p, .indicator = "goals", .statistic = "leaving_rate", __VA_ARGS__)
#define none(c, name, who) no_result((c).p, .indicator = "goals", .row = name, .group = who, .statistic = "leaving_rate")

static void assert_rate(const wres_result *r, int64_t exits, uint64_t base, unsigned dates) {
    assert_true(r->has_counts && r->numerator.denominator == 1 && r->numerator.numerator == exits);
    assert_int_equal(r->denominator, base);
    assert_int_equal(r->denominator_dates, dates);
    assert_exact(r, 100 * exits * (dates ? dates : 1), (int64_t)base);
    assert_contains(r->note, "This program's own rule: no official one was seen");
    assert_false(r->has_interval);
}

static void rates_are_exits_over_the_average_of_two_headcounts(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, EXITS);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 11, 220, 2); /* of 110: 10% */
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 8, 170, 2);
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 3, 50, 2);
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 6, 100, 2);
    assert_rate(rate(c, .row = "Band 8b", .group = "bme"), 0, 10, 2);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note,
                    "leavers: 7, moves out of the band: 4, in the 12 months to 2025-03-31");
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note, "the average of the headcounts of 2024-03-31 and 2025-03-31");
    assert_contains(rate(c, .row = "Band 8b", .group = "bme")->note, "that nobody left in a year does not mean that nobody will");
    pipeline_end(c.p);
}

/* 8a+: who goes from 8a to 8b or 8c, or back, is still there. */
static void moves_within_a_list_of_bands_are_no_exits(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, EXITS);
    assert_rate(rate(c, .row = "8a+", .group = "all"), 10, 320, 2);
    assert_rate(rate(c, .row = "8a+", .group = "bme"), 2, 60, 2);
    pipeline_end(c.p);
}

static void without_a_snapshot_of_a_year_before_the_headcount_is_that_of_now(void **state) {
    static const char later[] =
        COUNTED "2024-06-30,A,8a," NURSES ",400\n2025-03-31,A,8a," NURSES ",90\n2025-03-31,N,8a," NURSES ",30\n";
    (void)state;
    leaving_case c = run_with(later, EXITS);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 11, 120, 0);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note,
                    "base: the headcount of 2025-03-31, as the workforce has no snapshot of 2024-03-31");
    pipeline_end(c.p);
}

static void the_window_is_the_year_to_the_as_at_date(void **state) {
    static const char edges[] = MOVES "2024-03-31,A,Leaver,8a,," NURSES ",70\n2024-04-01,A,Leaver,8a,," NURSES ",1\n"
                                      "2025-03-31,A,Leaver,8a,," NURSES ",2\n2025-04-01,A,Leaver,8a,," NURSES ",70\n";
    (void)state;
    leaving_case c = run_with(two_dates, edges);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 3, 220, 2);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note,
                    "in 10 of the 12 months the organisation has no exit: taken as none");
    pipeline_end(c.p);
}

static void movements_without_dates_are_those_of_the_year(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, "Ethnicity,Kind,From Band,To Band,Count\nA,Leaver,8a,,60\nN,Leaver,8a,,6\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 66, 220, 2);
    assert_null(strstr(rate(c, .row = "Band 8a", .group = "all")->note, "months the organisation"));
    pipeline_end(c.p);
}

static void a_setting_stands_in_the_place_of_movements(void **state) {
    (void)state;
    leaving_case c = begin(two_dates, EXITS);
    c.goals.has_turnover = true;
    c.goals.turnover = 0.25;
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.9;
    c.goals.likelihood = 1;
    run(&c);
    none(c, "Band 8a", "all");
    assert_false(wres_plan_counts_leavers(c.p->plan));
    const wres_result *then = result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                                     .by_value = "nothing changes", .statistic = "projected_share");
    assert_close(then->real, 100 * (0.9 - (0.9 - 0.25) * 0.75 * 0.75 * 0.75), 1e-12);
    pipeline_end(c.p);
}

/* White and BME at their own rates, and both at that of all. */
static void scenarios_take_the_rates_of_the_groups(void **state) {
    (void)state;
    leaving_case c = begin(two_dates, EXITS);
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.3;
    c.goals.likelihood = 1;
    run(&c);
    const double rates[2][2] = {{3.0 / 25, 8.0 / 85}, {0.1, 0.1}};
    const char *const names[] = {"nothing changes", "equal retention"};
    for (int n = 0; n < 2; n++) {
        double members = 30, others = 90;
        for (int year = 0; year < 3; year++) {
            const double enter = rates[n][0] * members + rates[n][1] * others;
            members += 0.3 * enter - rates[n][0] * members;
            others += 0.7 * enter - rates[n][1] * others;
        }
        const wres_result *then = result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                                         .by_value = names[n], .statistic = "projected");
        assert_close(then->real, members, 1e-12);
    }
    assert_true(wres_plan_counts_leavers(c.p->plan));
    pipeline_end(c.p);
}

static void assert_no_rate(const char *staff, const char *movements, wres_result_status status, const char *why) {
    leaving_case c = run_with(staff, movements);
    if (status == WRES_NOT_SUPPLIED)
        none(c, "Band 8a", "all");
    else
        assert_missing(rate(c, .row = "Band 8a", .group = "all"), status, why);
    none(c, "Band 8a", "bme");
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"), status, why);
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "years_to_goal"), status, why);
    pipeline_end(c.p);
}

static void what_movements_do_not_say_is_not_taken_for_nobody(void **state) {
    (void)state;
    assert_no_rate(two_dates, NULL, WRES_NOT_SUPPLIED, "--turnover PERCENT, or movements");
    /* Another year's, joiners alone, and no kind of movement known. */
    assert_no_rate(two_dates, MOVES "2023-05-01,A,Leaver,8a,," NURSES ",5\n", WRES_NOT_CALCULABLE, "another year's file");
    assert_no_rate(two_dates, MOVES "2024-05-01,A,Joiner,,8a," NURSES ",5\n", WRES_NOT_CALCULABLE, "no leaver and no move");
    assert_no_rate(two_dates, MOVES "2024-05-01,A,Gone fishing,8a,," NURSES ",5\n", WRES_NOT_CALCULABLE,
                   "5 moves from the band do not say");
    assert_no_rate(two_dates, "Date,Ethnicity,From Band,To Band,Count\n2024-05-01,A,8a,,5\n", WRES_NOT_CALCULABLE,
                   "do not say to which");
    assert_no_rate(two_dates, "Date,Ethnicity,Kind,Count\n2024-05-01,A,Leaver,5\n", WRES_NOT_CALCULABLE,
                   "5 of 5 leavers and moves do not say");
    /* 20 exits with a band, and 2 without: over 5%. */
    assert_no_rate(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",20\n2024-05-01,A,Leaver,,," NURSES ",2\n",
                   WRES_NOT_CALCULABLE, "2 of 22 leavers and moves do not say from which band (from_band)");
    assert_no_rate(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",20\n2024-05-01,A,Promotion,8a,," NURSES ",2\n",
                   WRES_NOT_CALCULABLE, "2 moves from the band do not say to which (to_band)");
}

static void up_to_a_twentieth_is_a_remark(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",38\n2024-05-01,A,Leaver,,," NURSES ",2\n"
                                               "2024-05-01,A,Promotion,8a,Unmapped," NURSES ",2\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 38, 220, 2);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note, "2 of the organisation's 42 exits do not say from which band");
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note, "moves to a band that is not said, left out: 2");
    pipeline_end(c.p);
}

static void doctors_have_no_band_to_say(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, MOVES
                              "2024-05-01,A,Leaver,8a,," NURSES
                              ",5\n2024-05-01,A,Leaver,,,Medical and Dental,50\n2024-05-01,A,Promotion,,,Medical and Dental,50\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 5, 220, 2);
    pipeline_end(c.p);
}

static void a_file_that_begins_late_does_not_cover_the_year(void **state) {
    char movements[2000] = MOVES;
    (void)state;
    for (int month = 7; month <= 15; month++) {
        const size_t length = strlen(movements);
        snprintf(movements + length, sizeof movements - length, "%d-%02d-10,A,Leaver,8a,,%s,5\n", month > 12 ? 2025 : 2024,
                 month > 12 ? month - 12 : month, NURSES);
    }
    assert_no_rate(two_dates, movements, WRES_NOT_CALCULABLE,
                   "no exit in 3 of the 12 months to 2025-03-31, and at least 5 in each of the others");
    /* Totals of quarters. */
    leaving_case q = run_with(two_dates, MOVES "2024-06-30,A,Leaver,8a,," NURSES ",9\n2024-09-30,A,Leaver,8a,," NURSES ",8\n"
                                               "2024-12-31,A,Leaver,8a,," NURSES ",7\n2025-03-31,A,Leaver,8a,," NURSES ",9\n");
    assert_rate(rate(q, .row = "Band 8a", .group = "all"), 33, 220, 2);
    pipeline_end(q.p);
    /* A month of four, and so few exits a month can be none in others. */
    movements[strlen(movements) - 2] = '4';
    leaving_case c = run_with(two_dates, movements);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 44, 220, 2);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note,
                    "in 3 of the 12 months the organisation has no exit: taken as none");
    pipeline_end(c.p);
}

/* Nobody of unknown ethnicity is in the band, and half of those who left are of unknown ethnicity: not linked, most likely. */
static void groups_have_no_rate_where_leavers_are_of_unknown_ethnicity(void **state) {
    (void)state;
    leaving_case c = begin(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",5\n2024-05-01,Z,Leaver,8a,," NURSES ",6\n");
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.3;
    c.goals.likelihood = 1;
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 11, 220, 2);
    assert_missing(rate(c, .row = "Band 8a", .group = "bme"), WRES_NOT_CALCULABLE, "of 6 who left the ethnicity is not known");
    assert_missing(rate(c, .row = "Band 8a", .group = "white"), WRES_NOT_CALCULABLE, "of 6 who left");
    const wres_result *then = result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                                     .by_value = "nothing changes", .statistic = "projected_share");
    assert_close(then->real, 100 * (0.3 - 0.05 * 0.9 * 0.9 * 0.9), 1e-12); /* all at the rate of all */
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                          .by_value = "equal retention", .statistic = "projected_share"),
                   WRES_NOT_CALCULABLE, "no leaving rate of its own");
    pipeline_end(c.p);
}

static void more_than_all_cannot_go_on(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",5\n2024-05-01,N,Leaver,8a,," NURSES ",25\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 25, 50, 2); /* 25 of 25 */
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                   WRES_NOT_CALCULABLE, "100% or more leave in a year");
    pipeline_end(c.p);
}

static void no_exit_from_a_band_is_said(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, MOVES "2024-05-01,A,Leaver,8b,," NURSES ",5\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 0, 220, 2);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note, "that nobody left in a year does not mean that nobody will");
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                   WRES_NOT_CALCULABLE, "nobody enters");
    pipeline_end(c.p);
}

/* Linked by number. 3: ended at the as-at date, found where they last were staff; 4: bank only, and no staff; 9: in no snapshot. */
static void leavers_are_found_where_they_were_staff(void **state) {
    static const char staff[] = "Date,Employee Number,Ethnicity,Band,Staff Group,Assignment Category,Assignment Status\n"
                                "2024-03-31,1,A,8a," NURSES ",Permanent,Active\n2024-03-31,2,N,8a," NURSES ",Permanent,Active\n"
                                "2024-03-31,3,N,8a," NURSES ",Permanent,Active\n2024-03-31,4,N,8a," NURSES ",Bank,Active\n"
                                "2025-03-31,1,A,8a," NURSES ",Permanent,Active\n2025-03-31,2,N,8a," NURSES ",Permanent,Active\n"
                                "2025-03-31,3,N,8a," NURSES ",Permanent,Ended\n2025-03-31,4,N,8a," NURSES ",Bank,Active\n"
                                "2025-03-31,5,N,8a," NURSES ",Permanent,Active\n";
    (void)state;
    leaving_case c =
        run_with(staff, "Date,Employee Number,Kind,From Band,To Band\n2024-12-01,3,Leaver,8a,\n2024-12-01,4,Leaver,8a,\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 1, 4, 2);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 1, 6, 2);
    assert_finding(c.p, WRES_INFORMATION, "not-staff", 1, "left out");
    pipeline_end(c.p);
    c = run_with(staff, "Date,Employee Number,Kind,From Band,To Band\n2024-12-01,9,Leaver,8a,\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 1, 6, 2);
    assert_missing(rate(c, .row = "Band 8a", .group = "bme"), WRES_NOT_CALCULABLE, "of 1 who left the ethnicity is not known");
    pipeline_end(c.p);
}

static void organisations_have_rates_of_their_own_and_bases_of_one_kind(void **state) {
    static const char staff[] = "Date,Organisation,Ethnicity,Band,Count\n2024-03-31,RAA,A,8a,40\n2025-03-31,RAA,A,8a,60\n"
                                "2025-03-31,RBB,A,8a,50\n";
    (void)state;
    leaving_case c = run_with(
        staff, "Date,Organisation,Ethnicity,Kind,From Band,Count\n2024-12-01,RAA,A,Leaver,8a,5\n2024-12-01,RBB,A,Leaver,8a,4\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .organisation = "RAA"), 5, 100, 2);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .organisation = "RBB"), 4, 50, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .organisation = "all"), 9, 110, 0); /* RBB was not there a year before */
    pipeline_end(c.p);
    c = run_with(staff, "Date,Organisation,Ethnicity,Kind,From Band,Count\n2024-12-01,RAA,A,Leaver,8a,5\n");
    assert_missing(rate(c, .row = "Band 8a", .group = "all", .organisation = "RBB"), WRES_NOT_CALCULABLE, "another organisation's");
    pipeline_end(c.p);
}

static void sections_and_breakdowns_have_rates_of_their_own(void **state) {
    static const char staff[] = COUNTED "2025-03-31,A,8a," NURSES ",50\n2025-03-31,A,8a,Administrative and Clerical,40\n";
    static const char movements[] =
        MOVES "2024-12-01,A,Leaver,8a,," NURSES ",5\n2024-12-01,A,Leaver,8a,,Administrative and Clerical,2\n";
    (void)state;
    leaving_case c = begin(staff, movements);
    c.goals.scope = WRES_REFERENCE_SECTION;
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .section = "clinical"), 5, 50, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .section = "non-clinical"), 2, 40, 0);
    pipeline_end(c.p);
    c = begin(staff, movements);
    pipeline_by(c.p, "staff_group", NULL);
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .by = "staff_group", .by_value = NURSES), 5, 50, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .by = "all"), 7, 90, 0);
    pipeline_end(c.p);
    c = begin(staff, "Date,Ethnicity,Kind,From Band,To Band,Count\n2024-12-01,A,Leaver,8a,,5\n");
    pipeline_by(c.p, "staff_group", NULL);
    run(&c);
    assert_missing(rate(c, .row = "Band 8a", .group = "all", .by = "staff_group", .by_value = NURSES), WRES_NOT_CALCULABLE,
                   "of 5 of 5 leavers and moves the staff_group is not known");
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .by = "all"), 5, 90, 0);
    pipeline_end(c.p);
}

static void a_known_base_leaves_unknown_out_of_both(void **state) {
    (void)state;
    leaving_case c = begin(COUNTED "2025-03-31,A,8a," NURSES ",40\n2025-03-31,N,8a," NURSES ",10\n2025-03-31,Z,8a," NURSES ",20\n",
                           MOVES "2024-12-01,A,Leaver,8a,," NURSES ",5\n2024-12-01,Z,Leaver,8a,," NURSES ",3\n");
    c.p->request.unknown_in_base = 0;
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 5, 50, 0);
    assert_contains(rate(c, .row = "Band 8a", .group = "bme")->note, "exits of unknown ethnicity, in no group's rate: 3");
    pipeline_end(c.p);
}

/* ---- standards ---------------------------------------------------------------------------------------------- */

static const char head[] = "standard: mine\ntitle: T\nowner: O\nsource: S\ncertainty: U\n"
                           "compare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
                           "indicators:\n  - id: goals\n    title: G\n    measure: goal\n    of: {table: workforce}\n"
                           "    certainty: U\n";

static void standards_name_leavers_and_movers_of_one_table(void **state) {
    static const struct {
        const char *text, *check, *words;
        bool loads;
    } cases[] = {
        {"    leavers: {table: movements, where: [kind in leaver]}\n", "settings", "this key is missing", false},
        {"    leavers: {table: movements}\n    movers: {table: training}\n", "standard", "rows of one table", true},
        {"    leavers: {table: training}\n    movers: {table: training}\n", "standard", "has no movements: from_band and to_band",
         true},
        {"    leavers: {table: movements, where: [kind in gone]}\n    movers: {table: movements}\n", "standard", "gone", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        pipeline *p = pipeline_new(NULL);
        const wres_status status = pipeline_standard(p, wres_print(p->run, "%s%s", head, cases[i].text));
        assert_int_equal(status, cases[i].loads ? WRES_OK : WRES_USAGE);
        if (cases[i].loads) assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_USAGE);
        finding_with(p, cases[i].check, cases[i].words);
        pipeline_end(p);
    }
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static leaving_case hidden_case(const char *staff, const char *movements) {
    leaving_case c = begin(staff, NULL);
    pipeline_add_with(c.p, "movements", movements, "hidden: {\"<5\": 1-4}");
    run(&c);
    return c;
}

static void assert_hidden(const wres_result *r, const char *why, int64_t least, int64_t most, int64_t base) {
    assert_missing(r, WRES_SUPPRESSED, why);
    assert_true(r->has_lower_bound == (base > 0) && r->has_upper_bound == (base > 0));
    assert_false(r->has_interval || r->has_flag || r->small);
    if (base == 0) return;
    assert_true(r->lower_bound.numerator * base == 100 * least * r->lower_bound.denominator);
    assert_true(r->upper_bound.numerator * base == 100 * most * r->upper_bound.denominator);
}

/* September's three are fewer than five, so that no month without an exit is a gap. */
#define SOME_HIDDEN                                                                                                                \
    MOVES "2024-05-01,A,Leaver,8a,," NURSES ",7\n2024-06-01,N,Leaver,8a,," NURSES ",<5\n2024-09-01,A,Leaver,8b,," NURSES ",3\n"

/* Of 110 in 8a between 8 and 11 left, of 25 BME between 1 and 4; the seven of 85 White are known, and so is all of 8b. */
static void hidden_exits_hide_the_rates_they_are_part_of(void **state) {
    (void)state;
    leaving_case c = hidden_case(two_dates, SOME_HIDDEN);
    assert_hidden(rate(c, .row = "Band 8a", .group = "all"), "1 count", 16, 22, 220);
    assert_hidden(rate(c, .row = "Band 8a", .group = "bme"), "1 count", 2, 8, 50);
    assert_true(rate(c, .row = "Band 8a", .group = "bme")->numerator_hidden);
    assert_false(rate(c, .row = "Band 8a", .group = "bme")->denominator_hidden);
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 7, 170, 2);
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 3, 100, 2);
    assert_rate(rate(c, .row = "Band 8b", .group = "bme"), 0, 10, 2);
    static const char *const following[] = {"share_needed", "appointments_gross"};
    for (size_t i = 0; i < COUNT_OF(following); i++) {
        assert_hidden(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = following[i]),
                      "rests on counts", 0, 0, 0);
        assert_missing(result(c.p, .indicator = "goals", .row = "Band 8b", .group = "bme", .statistic = following[i]),
                       WRES_NOT_CALCULABLE, "out of reach");
    }
    assert_int_equal(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal")->status,
                     WRES_CALCULATED);
    pipeline_end(c.p);
}

static void hidden_headcounts_hide_rates(void **state) {
    static const char staff[] =
        COUNTED "2025-03-31,A,8a," NURSES ",90\n2025-03-31,N,8a," NURSES ",30\n2025-03-31,N,8a," NURSES ",<5\n";
    (void)state;
    leaving_case c = begin(NULL, NULL);
    pipeline_add_with(c.p, "workforce", staff, "hidden: {\"<5\": 1-4}");
    pipeline_add(c.p, "movements", EXITS);
    run(&c);
    const wres_result *of_group = rate(c, .row = "Band 8a", .group = "bme");
    assert_missing(of_group, WRES_SUPPRESSED, "1 count");
    assert_true(of_group->lower_bound.numerator * 34 == 300 * of_group->lower_bound.denominator);
    assert_true(of_group->upper_bound.numerator * 31 == 300 * of_group->upper_bound.denominator);
    assert_true(of_group->denominator_hidden && !of_group->numerator_hidden);
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 8, 90, 0);
    pipeline_end(c.p);
}

static void assert_all_open(const char *movements) {
    static const char *const groups[] = {"all", "white", "bme"};
    leaving_case c = hidden_case(two_dates, movements);
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        assert_hidden(rate(c, .row = "Band 8b", .group = groups[i]), "rests on counts", 0, 0, 0);
    assert_hidden(result(c.p, .indicator = "goals", .row = "Band 8b", .group = "bme", .statistic = "share_needed"),
                  "rests on counts", 0, 0, 0);
    pipeline_end(c.p);
}

/* A check that hidden counts can turn is not decided: there are no rates at all. */
static void movements_that_may_not_be_believed_give_no_rates(void **state) {
    (void)state;
    assert_all_open(MOVES "2024-05-01,A,Leaver,8b,," NURSES ",<5\n");                                     /* no exit? */
    assert_all_open(MOVES "2024-05-01,A,Leaver,8b,," NURSES ",3\n2024-05-01,A,Leaver,,," NURSES ",<5\n"); /* from nowhere */
    assert_all_open(MOVES "2024-05-01,A,Leaver,8b,," NURSES ",18\n2024-05-01,A,Leaver,,," NURSES
                          ",1\n2024-05-01,A,Leaver,5,," NURSES
                          ",<5\n"); /* 1 of 20 to 23, which is not over 5%, but of the 19 that are known it would be */
    /* Five in each of three months and, of the others, one of which nobody knows. */
    assert_all_open(MOVES "2024-05-01,A,Leaver,8b,," NURSES ",5\n2024-06-01,A,Leaver,8b,," NURSES
                          ",5\n2024-07-01,A,Leaver,8b,," NURSES ",5\n2024-08-01,A,Leaver,5,," NURSES ",<5\n");
}

/* The same with one fewer that does not say, and with a month of three: no number can turn the checks. */
static void movements_that_can_be_believed_whatever_is_hidden(void **state) {
    (void)state;
    leaving_case c = hidden_case(two_dates, MOVES "2024-05-01,A,Leaver,8b,," NURSES ",19\n2024-05-01,A,Leaver,,," NURSES
                                                  ",1\n2024-05-01,A,Leaver,5,," NURSES ",<5\n2024-09-01,N,Leaver,5,," NURSES ",3\n"
                                                  "2024-10-01,A,Leaver,5,," NURSES ",<5\n");
    const wres_result *of_all = rate(c, .row = "Band 8b", .group = "all");
    assert_rate(of_all, 19, 100, 2);
    assert_contains(of_all->note, "1 of the organisation's exits do not say from which band"); /* of how many is hidden */
    assert_null(strstr(of_all->note, "taken as none"));
    pipeline_end(c.p);
}

/* Of the band alone: how many moves are not said to where, or how many of those who left are of unknown ethnicity. */
static void a_band_that_may_not_be_believed_has_no_rate(void **state) {
    (void)state;
    leaving_case c = hidden_case(two_dates, SOME_HIDDEN "2024-05-01,A,Promotion,8b,," NURSES ",<5\n");
    assert_hidden(rate(c, .row = "Band 8b", .group = "all"), "rests on counts", 0, 0, 0);
    assert_hidden(rate(c, .row = "Band 8b", .group = "white"), "rests on counts", 0, 0, 0);
    pipeline_end(c.p);
    c = hidden_case(two_dates, SOME_HIDDEN "2024-05-01,Z,Leaver,8b,," NURSES ",<5\n");
    assert_missing(rate(c, .row = "Band 8b", .group = "all"), WRES_SUPPRESSED, "1 count");
    assert_hidden(rate(c, .row = "Band 8b", .group = "white"), "rests on counts", 0, 0, 0);
    pipeline_end(c.p);
    c = begin(two_dates, NULL);
    c.p->request.unknown_in_base = 0; /* all are those of known ethnicity: their rate stands, and that of no group */
    pipeline_add_with(c.p, "movements", SOME_HIDDEN "2024-05-01,Z,Leaver,8b,," NURSES ",<5\n", "hidden: {\"<5\": 1-4}");
    run(&c);
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 3, 100, 2);
    assert_hidden(rate(c, .row = "Band 8b", .group = "bme"), "rests on counts", 0, 0, 0);
    assert_hidden(result(c.p, .indicator = "goals", .row = "Band 8b", .group = "bme", .statistic = "share_needed"),
                  "rests on counts", 0, 0, 0);
    pipeline_end(c.p);
}

/* A month of which it is known that there are two and may be more; and a count of which nothing is known. */
static void months_and_counts_that_may_be_more(void **state) {
    (void)state;
    assert_all_open(MOVES "2024-05-01,A,Leaver,8b,," NURSES ",5\n2024-06-01,A,Leaver,8b,," NURSES
                          ",5\n2024-07-01,A,Leaver,8b,," NURSES ",5\n2024-08-01,A,Leaver,8b,," NURSES
                          ",2\n2024-08-01,A,Leaver,5,," NURSES ",<5\n");
    leaving_case c = begin(two_dates, NULL);
    pipeline_add_with(c.p, "movements", MOVES "2024-05-01,A,Leaver,8a,," NURSES ",3\n2024-06-01,N,Leaver,8a,," NURSES ",[c]\n",
                      "hidden: [\"[c]\"]");
    run(&c);
    assert_hidden(rate(c, .row = "Band 8a", .group = "all"), "1 count", 0, 0, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 3, 170, 2);
    pipeline_end(c.p);
}

/* One move from 8a is not said to where: of so few exits too many, of as many as there may be not. */
static void lost_moves_and_unknown_leavers_beside_hidden_ones(void **state) {
    (void)state;
    leaving_case c = hidden_case(two_dates, SOME_HIDDEN "2024-05-01,A,Promotion,8a,," NURSES ",1\n");
    assert_hidden(rate(c, .row = "Band 8a", .group = "all"), "rests on counts that", 16, 22, 220);
    assert_hidden(rate(c, .row = "Band 8a", .group = "white"), "rests on counts that", 0, 0, 0);
    pipeline_end(c.p);
    c = hidden_case(two_dates, SOME_HIDDEN "2024-05-01,Z,Leaver,8a,," NURSES ",1\n");
    assert_hidden(rate(c, .row = "Band 8a", .group = "all"), "1 count", 18, 24, 220);
    assert_hidden(rate(c, .row = "Band 8a", .group = "white"), "rests on counts that", 0, 0, 0);
    pipeline_end(c.p);
    /* how many of unknown ethnicity there were is hidden: whether more of them left than were there is not known */
    c = begin(NULL, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",7\n2024-05-01,Z,Leaver,8a,," NURSES ",3\n");
    c.p->request.unknown_in_base = 0;
    pipeline_add_with(c.p, "workforce",
                      COUNTED "2025-03-31,A,8a," NURSES ",90\n2025-03-31,N,8a," NURSES ",30\n2025-03-31,Z,8a," NURSES ",<5\n",
                      "hidden: {\"<5\": 1-4}");
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 7, 120, 0);
    assert_hidden(rate(c, .row = "Band 8a", .group = "white"), "rests on counts that", 0, 0, 0);
    pipeline_end(c.p);
}

/* Of whom the staff group is not known is hidden: of no staff group is there a rate; of all there is. */
static void hidden_exits_from_nowhere_in_particular(void **state) {
    (void)state;
    leaving_case c = begin(two_dates, NULL);
    pipeline_by(c.p, "staff_group", NULL);
    pipeline_add_with(c.p, "movements", MOVES "2024-05-01,A,Leaver,8a,," NURSES ",30\n2024-05-01,A,Leaver,8b,,,<5\n",
                      "hidden: {\"<5\": 1-4}");
    run(&c);
    assert_hidden(rate(c, .row = "Band 8a", .group = "all", .by = "staff_group", .by_value = NURSES), "rests on counts that", 0, 0,
                  0);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .by = "all"), 30, 220, 2);
    pipeline_end(c.p);
}

/* What is said of all is said once, of each group its own. */
static void finer_groups_have_rates_of_their_own(void **state) {
    static const char staff[] =
        COUNTED "2025-03-31,A,8a," NURSES ",60\n2025-03-31,H,8a," NURSES ",30\n2025-03-31,N,8a," NURSES ",10\n";
    static const char *const groups[] = {"all", "white", "asian", "black"};
    (void)state;
    leaving_case c = begin(staff, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",3\n2024-06-01,H,Leaver,8a,," NURSES
                                        ",3\n2024-07-01,N,Leaver,8a,," NURSES ",3\n");
    c.p->request.groups = "group5";
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 9, 100, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "asian"), 3, 30, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "black"), 3, 10, 0);
    pipeline_end(c.p);
    c = begin(staff, NULL);
    c.p->request.groups = "group5";
    pipeline_add_with(c.p, "movements", MOVES "2024-05-01,A,Leaver,8a,," NURSES ",<5\n", "hidden: {\"<5\": 1-4}");
    run(&c);
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        assert_hidden(rate(c, .row = "Band 8a", .group = groups[i]), "rests on counts that", 0, 0, 0);
    pipeline_end(c.p);
    c = begin(staff, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",20\n2024-05-01,A,Promotion,8a,," NURSES ",2\n");
    c.p->request.groups = "group5";
    run(&c);
    assert_missing(rate(c, .row = "Band 8a", .group = "all"), WRES_NOT_CALCULABLE, "2 moves from the band do not say to which");
    for (size_t i = 1; i < COUNT_OF(groups); i++) none(c, "Band 8a", groups[i]);
    pipeline_end(c.p);
}

static void exits_in_every_month(void **state) {
    char movements[2000] = MOVES;
    (void)state;
    for (int month = 4; month <= 15; month++) {
        const size_t length = strlen(movements);
        snprintf(movements + length, sizeof movements - length, "%d-%02d-10,A,Leaver,8a,,%s,1\n", month > 12 ? 2025 : 2024,
                 month > 12 ? month - 12 : month, NURSES);
    }
    leaving_case c = run_with(two_dates, movements);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 12, 220, 2);
    assert_null(strstr(rate(c, .row = "Band 8a", .group = "all")->note, "of the 12 months"));
    pipeline_end(c.p);
}

/* Up to a twentieth whose section, or staff group or disability, is not known is a remark. */
static void a_few_exits_from_nowhere_in_particular(void **state) {
    static const char movements[] =
        "Date,Ethnicity,Kind,From Band,To Band,Staff Group,Disability,Count\n2024-05-01,A,Leaver,8a,," NURSES
        ",Yes,40\n2024-05-01,A,Leaver,8a,,,Yes,1\n"
        "2024-05-01,A,Leaver,8a,," NURSES ",,1\n";
    static const char staff[] = "Date,Ethnicity,Band,Staff Group,Disability,Count\n2025-03-31,A,8a," NURSES ",Yes,90\n";
    (void)state;
    leaving_case c = begin(staff, movements);
    c.goals.scope = WRES_REFERENCE_SECTION;
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "all", .section = "clinical"), 41, 90, 0);
    assert_contains(rate(c, .row = "Band 8a", .group = "all", .section = "clinical")->note, "of 1 exits the section is not known");
    pipeline_end(c.p);
    c = begin(staff, movements);
    pipeline_by(c.p, "staff_group", "disability");
    run(&c);
    size_t found = 0;
    for (size_t i = 0; i < c.p->results.count; i++) {
        const wres_result *r = &c.p->results.all[i];
        if (strcmp(r->by, "staff_group,disability") != 0 || strcmp(r->statistic, "leaving_rate") != 0 ||
            strcmp(r->group, "all") != 0 || strcmp(r->row, "Band 8a") != 0)
            continue;
        assert_rate(r, 40, 90, 0);
        assert_contains(r->note, "of 2 exits the staff_group,disability is not known");
        found++;
    }
    assert_int_equal(found, 1);
    pipeline_end(c.p);
}

/* One of unknown ethnicity left, though none is in post: of 40 exits not too many. Of 19 it would be. */
static void few_leavers_of_unknown_ethnicity_leave_the_groups_their_rates(void **state) {
    (void)state;
    leaving_case c = run_with(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",16\n2024-06-01,N,Leaver,8a,," NURSES
                                               ",3\n2024-06-01,Z,Leaver,8a,," NURSES ",1\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 3, 50, 2);
    pipeline_end(c.p);
    c = run_with(two_dates, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",15\n2024-06-01,N,Leaver,8a,," NURSES
                                  ",3\n2024-06-01,Z,Leaver,8a,," NURSES ",1\n");
    assert_missing(rate(c, .row = "Band 8a", .group = "bme"), WRES_NOT_CALCULABLE, "of 1 who left the ethnicity is not known");
    pipeline_end(c.p);
}

/* 120 of an average of 110, and 90 of 85 others: neither can go on. */
static void all_or_all_others_cannot_leave(void **state) {
    static const char *const movements[] = {MOVES "2024-05-01,A,Leaver,8a,," NURSES ",80\n2024-05-01,N,Leaver,8a,," NURSES ",40\n",
                                            MOVES "2024-05-01,A,Leaver,8a,," NURSES ",90\n"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(movements); i++) {
        leaving_case c = run_with(two_dates, movements[i]);
        assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                       WRES_NOT_CALCULABLE, "100% or more leave in a year");
        pipeline_end(c.p);
    }
}

/* Where all are of the group, nobody else has a rate to contradict it. 3 of 60 leave: in 3 years the share stays. */
static void a_band_all_of_the_group(void **state) {
    static const char staff[] = COUNTED "2025-03-31,N,8a," NURSES ",60\n";
    (void)state;
    leaving_case c = begin(staff, MOVES "2024-05-01,N,Leaver,8a,," NURSES ",3\n");
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.5;
    c.goals.likelihood = 1;
    run(&c);
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 3, 60, 0);
    assert_missing(rate(c, .row = "Band 8a", .group = "white"), WRES_NOT_CALCULABLE, "nobody of the group in this band");
    const double stayed = 0.95 * 0.95 * 0.95;
    assert_close(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                        .by_value = "nothing changes", .statistic = "projected_share")
                     ->real,
                 100 * (0.5 + 0.5 * stayed), 1e-12);
    pipeline_end(c.p);
    for (int own = 0; own < 2; own++) {
        c = begin(staff, NULL);
        c.goals.has_turnover = c.goals.has_group_turnover = c.goals.has_shortlist_share = c.goals.has_likelihood = true;
        c.goals.turnover = 0.05;
        c.goals.group_turnover = own ? 0.08 : 0.05;
        c.goals.shortlist_share = 0.5;
        c.goals.likelihood = 1;
        run(&c);
        double members = 60, others = 0;
        for (int year = 0; year < 3; year++) {
            const double gone = c.goals.group_turnover * members, other_gone = 0.05 * others;
            members += (gone + other_gone) / 2 - gone;
            others += (gone + other_gone) / 2 - other_gone;
        }
        assert_close(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                            .by_value = "nothing changes", .statistic = "projected")
                         ->real,
                     members, 1e-12);
        pipeline_end(c.p);
    }
}

/* 8 of 60 at 90% are 12% of all, so that nobody else leaves: a rate that is below 0 by rounding alone is 0. */
static void rates_that_leave_nothing_for_the_others(void **state) {
    (void)state;
    leaving_case c = begin(COUNTED "2025-03-31,A,8a," NURSES ",52\n2025-03-31,N,8a," NURSES ",8\n", NULL);
    c.goals.has_turnover = c.goals.has_group_turnover = c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.turnover = 0.12;
    c.goals.group_turnover = 0.9;
    c.goals.shortlist_share = 0.5;
    c.goals.likelihood = 1;
    assert_true(0.12 + (0.12 - 0.9) * 8 / 52 < 0);
    run(&c);
    assert_close(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario",
                        .by_value = "nothing changes", .statistic = "projected")
                     ->real,
                 8 * 0.55 * 0.55 * 0.55, 1e-12);
    pipeline_end(c.p);
}

/* Neither leavers nor recruitment in the standard: goals, and what is not supplied of the rest. */
static void a_standard_of_goals_alone(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, head), WRES_OK);
    pipeline_add(p, "workforce", two_dates);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(58,
                  result(p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal")); /* 136 of 280 of 120 */
    assert_missing(result(p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                   WRES_NOT_SUPPLIED, "--turnover PERCENT, or movements");
    assert_false(wres_plan_counts_leavers(p->plan));
    pipeline_end(p);
}

/* As above, and one exit in September: so few a month that none is possible. And a month of which it is known that it is none of the
 * empty ones, however many more left in it. */
static void months_of_few_and_months_that_hide_some(void **state) {
    (void)state;
    leaving_case c = hidden_case(two_dates, MOVES "2024-05-01,A,Leaver,8b,," NURSES ",5\n2024-06-01,A,Leaver,8b,," NURSES
                                                  ",5\n2024-07-01,A,Leaver,8b,," NURSES ",5\n2024-08-01,A,Leaver,5,," NURSES
                                                  ",<5\n2024-09-01,A,Leaver,8b,," NURSES ",1\n");
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 16, 100, 2);
    assert_null(strstr(rate(c, .row = "Band 8b", .group = "all")->note, "taken as none"));
    pipeline_end(c.p);
    c = hidden_case(two_dates, MOVES "2024-05-01,A,Leaver,8b,," NURSES ",7\n2024-05-01,A,Leaver,5,," NURSES
                                     ",<5\n2024-09-01,A,Leaver,8b,," NURSES ",3\n");
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 10, 100, 2);
    assert_contains(rate(c, .row = "Band 8b", .group = "all")->note,
                    "in 10 of the 12 months the organisation has no exit: taken as none");
    pipeline_end(c.p);
}

/* A row for each month from April on in which there were exits. */
static const char *in_months(wres_run *run, const char *months, const char *row) {
    const char *rows = "";
    for (int m = 0; m < 12; m++)
        if (months[m] != '0')
            rows = wres_print(run, "%s%d-%02d-10,%s,%c\n", rows, m < 9 ? 2024 : 2025, m < 9 ? m + 4 : m - 8, row, months[m]);
    return rows;
}

/* Five or more in each month that has any, three of these at least, and no more than two gaps: a part of the year is missing. Anything
 * else can be chance. */
static void which_gaps_do_not_cover_the_year(void **state) {
    static const struct {
        const char *months;
        bool is_covered;
    } cases[] = {
        {"555000000000", false}, {"000000000555", false}, {"550000000000", true},  {"555000555000", false}, {"055505550555", true},
        {"000555000555", false}, {"555400000000", true},  {"505050555555", true},  {"005555055555", false}, {"055555055055", true},
        {"055555555555", false}, {"555555555550", false}, {"550555550555", false}, {"550550550555", true},  {"999999999999", true},
        {"555555555554", true},  {"444444444440", true},  {"005550055500", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        leaving_case c = begin(two_dates, NULL);
        pipeline_add(c.p, "movements",
                     wres_print(c.p->run, MOVES "%s", in_months(c.p->run, cases[i].months, "A,Leaver,8a,," NURSES)));
        run(&c);
        const wres_result *of_all = rate(c, .row = "Band 8a", .group = "all");
        if (of_all->status != (cases[i].is_covered ? WRES_CALCULATED : WRES_NOT_CALCULABLE))
            fail_msg("%s: %d", cases[i].months, (int)of_all->status);
        if (!cases[i].is_covered) assert_contains(of_all->note, "the movements do not cover the year");
        pipeline_end(c.p);
    }
}

/* Leavers of three months, and in the nine others: who moves from a band, or leaves the lowest of all, is an exit; who leaves from
 * nowhere in particular is none, and a month in which there may be more than five is not one of few. */
static void what_counts_in_a_month(void **state) {
    static const struct {
        const char *some, *others; /* rows of the three months, and of the nine */
        bool is_covered;
    } cases[] = {
        {"A,Leaver,8a,," NURSES, "A,Promotion,8b,8c," NURSES, true},
        {"A,Leaver,8a,," NURSES, "A,Leaver,Under Band 1,," NURSES, true},
        {"A,Leaver,8a,," NURSES, "A,Joiner,,8a," NURSES, false},
        {"A,Leaver,8a,," NURSES, "A,Leaver,,,Medical and Dental", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        leaving_case c = begin(two_dates, NULL);
        wres_run *r = c.p->run;
        pipeline_add(c.p, "movements",
                     wres_print(r, MOVES "%s%s", in_months(r, "555000000000", cases[i].some),
                                in_months(r, "000555555555", cases[i].others)));
        run(&c);
        assert_int_equal(rate(c, .row = "Band 8a", .group = "all")->status,
                         cases[i].is_covered ? WRES_CALCULATED : WRES_NOT_CALCULABLE);
        pipeline_end(c.p);
    }
    leaving_case c = begin(two_dates, NULL);
    wres_run *r = c.p->run;
    const char *some =
        in_months(r, "999000000000", "A,Leaver,8a,," NURSES); /* seven times, and nine of 198 from nowhere are under 5% */
    pipeline_add(c.p, "movements",
                 wres_print(r, MOVES "%s%s%s%s%s%s%s%s", some, some, some, some, some, some, some,
                            in_months(r, "000111111111", "A,Leaver,,," NURSES)));
    run(&c);
    assert_missing(rate(c, .row = "Band 8a", .group = "all"), WRES_NOT_CALCULABLE,
                   "no exit in 9 of the 12 months to 2025-03-31, and at least 63 in each of the others");
    pipeline_end(c.p);
    c = hidden_case(two_dates, MOVES "2024-05-01,A,Leaver,8b,," NURSES ",5\n2024-06-01,A,Leaver,8b,," NURSES
                                     ",5\n2024-07-01,A,Leaver,8b,," NURSES ",5\n2024-07-01,A,Leaver,5,," NURSES ",<5\n");
    assert_missing(rate(c, .row = "Band 8b", .group = "all"), WRES_NOT_CALCULABLE, "no exit in 9 of the 12 months");
    pipeline_end(c.p);
}

/* Of two sections and of three groups. */
static void everybody_who_left_from_nowhere_is_counted(void **state) {
    static const char staff[] =
        COUNTED "2025-03-31,A,8a," NURSES ",60\n2025-03-31,H,8a," NURSES ",30\n2025-03-31,N,8a," NURSES ",10\n";
    (void)state;
    leaving_case c = begin(
        staff, MOVES "2024-05-01,A,Leaver,8a,," NURSES ",12\n2024-05-01,H,Leaver,8a,," NURSES ",8\n2024-05-01,N,Leaver,,," NURSES
                     ",2\n2024-05-01,N,Leaver,,,Administrative and Clerical,1\n2024-05-01,A,Promotion,,," NURSES ",1\n");
    c.p->request.groups = "group5";
    run(&c);
    assert_missing(rate(c, .row = "Band 8a", .group = "all"), WRES_NOT_CALCULABLE,
                   "4 of 24 leavers and moves do not say from which band (from_band)");
    pipeline_end(c.p);
}

/* Two of unknown ethnicity were there, and both left: they are known as well as those in post. */
static void all_of_unknown_ethnicity_may_leave(void **state) {
    (void)state;
    leaving_case c = run_with(COUNTED "2025-03-31,A,8a," NURSES ",90\n2025-03-31,N,8a," NURSES ",8\n2025-03-31,Z,8a," NURSES ",2\n",
                              MOVES "2024-05-01,A,Leaver,8a,," NURSES ",6\n2024-06-01,N,Leaver,8a,," NURSES
                                    ",2\n2024-06-01,Z,Leaver,8a,," NURSES ",2\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "bme"), 2, 8, 0);
    assert_contains(rate(c, .row = "Band 8a", .group = "bme")->note, "exits of unknown ethnicity, in no group's rate: 2");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 10, 100, 0);
    assert_null(strstr(rate(c, .row = "Band 8a", .group = "all")->note, "in no group's rate"));
    pipeline_end(c.p);
    c = run_with(two_dates, EXITS);
    assert_null(strstr(rate(c, .row = "Band 8a", .group = "bme")->note, "in no group's rate"));
    pipeline_end(c.p);
}

/* Nobody to seven of 25 left. */
static void a_hidden_exit_may_be_none(void **state) {
    (void)state;
    leaving_case c = begin(two_dates, NULL);
    pipeline_add_with(c.p, "movements", MOVES "2024-05-01,A,Leaver,8a,," NURSES ",7\n2024-05-01,N,Leaver,8a,," NURSES ",*\n",
                      "hidden: {\"*\": 0-7}");
    run(&c);
    assert_hidden(rate(c, .row = "Band 8a", .group = "bme"), "1 count", 0, 14, 50);
    pipeline_end(c.p);
}

static leaving_case chosen_half(const char *staff, const char *movements) {
    leaving_case c = begin(staff, movements);
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.5;
    c.goals.likelihood = 1;
    return c;
}

#define OF_SCENARIO(c, name, what)                                                                                                 \
    result((c).p, .indicator = "goals", .row = "Band 8a", .group = "bme", .by = "scenario", .by_value = name, .statistic = what)

/* Members of the group in three years, where half of those who enter are of it. */
static double members_then(double members, double others, double members_leave, double others_leave) {
    for (int year = 0; year < 3; year++) {
        const double gone = members_leave * members, other_gone = others_leave * others;
        members += (gone + other_gone) / 2 - gone;
        others += (gone + other_gone) / 2 - other_gone;
    }
    return members;
}

/* Nine of the group and one other: 10% of all and 5% of the group are 55% of the others; of movements a third of the group, and nobody. */
static void one_of_the_others_has_a_rate(void **state) {
    static const char staff[] = COUNTED "2025-03-31,A,8a," NURSES ",1\n2025-03-31,N,8a," NURSES ",9\n";
    (void)state;
    leaving_case c = chosen_half(staff, NULL);
    c.goals.has_turnover = c.goals.has_group_turnover = true;
    c.goals.turnover = 0.1;
    c.goals.group_turnover = 0.05;
    run(&c);
    assert_close(OF_SCENARIO(c, "nothing changes", "projected")->real, members_then(9, 1, 0.05, 0.55), 1e-12);
    pipeline_end(c.p);
    c = chosen_half(staff, MOVES "2024-05-01,N,Leaver,8a,," NURSES ",3\n");
    run(&c);
    assert_close(OF_SCENARIO(c, "nothing changes", "projected")->real, members_then(9, 1, 3.0 / 9, 0), 1e-12);
    pipeline_end(c.p);
}

/* One of the group has a rate, which is 0; of nobody there is none, and the rate of all stands in for it. */
static void one_of_the_group_has_a_rate_and_nobody_has_none(void **state) {
    (void)state;
    leaving_case c = chosen_half(COUNTED "2025-03-31,A,8a," NURSES ",99\n2025-03-31,N,8a," NURSES ",1\n",
                                 MOVES "2024-05-01,A,Leaver,8a,," NURSES ",11\n");
    run(&c);
    assert_close(OF_SCENARIO(c, "nothing changes", "projected")->real, members_then(1, 99, 0, 11.0 / 99), 1e-12);
    assert_close(OF_SCENARIO(c, "equal retention", "projected")->real, members_then(1, 99, 0.11, 0.11), 1e-12);
    pipeline_end(c.p);
    c = chosen_half(COUNTED "2025-03-31,A,8a," NURSES ",100\n", MOVES "2024-05-01,A,Leaver,8a,," NURSES ",10\n");
    run(&c);
    assert_missing(rate(c, .row = "Band 8a", .group = "bme"), WRES_NOT_CALCULABLE, "nobody of the group in this band");
    assert_close(OF_SCENARIO(c, "nothing changes", "projected")->real, members_then(0, 100, 0.1, 0.1), 1e-12);
    assert_missing(OF_SCENARIO(c, "equal retention", "projected_share"), WRES_NOT_CALCULABLE, "no leaving rate of its own");
    pipeline_end(c.p);
}

/* Of two halves three quarters leave, and half of the one: all of the other, which no year can follow. */
static void all_others_leave(void **state) {
    (void)state;
    leaving_case c = chosen_half(COUNTED "2025-03-31,A,8a," NURSES ",50\n2025-03-31,N,8a," NURSES ",50\n", NULL);
    c.goals.has_turnover = c.goals.has_group_turnover = true;
    c.goals.turnover = 0.75;
    c.goals.group_turnover = 0.5;
    run(&c);
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                   WRES_NOT_CALCULABLE, "more than all others would leave");
    pipeline_end(c.p);
}

/* All ten others, and nobody of the group: half of the band. A rate of 100% is one too many to go on from. */
static void exactly_all_others_leave(void **state) {
    (void)state;
    leaving_case c = run_with(COUNTED "2025-03-31,A,8a," NURSES ",10\n2025-03-31,N,8a," NURSES ",10\n",
                              "Ethnicity,Kind,From Band,To Band,Count\nA,Leaver,8a,,10\n");
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 10, 20, 0);
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 10, 10, 0);
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "share_needed"),
                   WRES_NOT_CALCULABLE, "100% or more leave in a year");
    pipeline_end(c.p);
}

/* A year before there is a snapshot, of bank staff alone: nobody who counts, and nothing to average with. */
static void a_snapshot_of_nobody_is_no_headcount_to_average_with(void **state) {
    (void)state;
    leaving_case c = run_with("Date,Ethnicity,Band,Staff Group,Assignment Category,Count\n2024-03-31,A,8a," NURSES
                              ",Bank,70\n2025-03-31,A,8a," NURSES ",Permanent,90\n"
                              "2025-03-31,N,8a," NURSES ",Permanent,30\n",
                              EXITS);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 11, 120, 0);
    assert_contains(rate(c, .row = "Band 8a", .group = "all")->note, "base: the headcount of 2025-03-31");
    pipeline_end(c.p);
}

/* One leaver each of 16 ethnicities from 8a in each month, and from 8b in four of them: 256 cells, for which there is room, and for no more. */
static void as_many_kinds_of_movement_as_there_is_room_for(void **state) {
    (void)state;
    size_t cells;
    leaving_case c = begin(two_dates, NULL);
    const char *rows = "";
    for (const char *ethnicity = "ABCDEFGHJKLMNPRS"; *ethnicity; ethnicity++)
        for (int month = 1; month <= 16; month++)
            rows = wres_print(c.p->run, "%s%d-%02d-10,%c,Leaver,%s,," NURSES ",1\n", rows, month % 12 < 3 ? 2025 : 2024,
                              month % 12 + 1, *ethnicity, month <= 12 ? "8a" : "8b");
    pipeline_add(c.p, "movements", wres_print(c.p->run, MOVES "%s", rows));
    run(&c);
    wres_cube_cells(c.p->plan->standards[0].indicators[0].leavers.tally->cube, &cells);
    assert_int_equal(cells, 256);
    assert_rate(rate(c, .row = "Band 8a", .group = "all"), 192, 220, 2);
    assert_rate(rate(c, .row = "Band 8a", .group = "white"), 36, 170, 2);
    assert_rate(rate(c, .row = "Band 8b", .group = "all"), 64, 100, 2);
    assert_null(strstr(rate(c, .row = "Band 8a", .group = "all")->note, "taken as none"));
    pipeline_end(c.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_exits_hide_the_rates_they_are_part_of),
        cmocka_unit_test(hidden_headcounts_hide_rates),
        cmocka_unit_test(movements_that_may_not_be_believed_give_no_rates),
        cmocka_unit_test(movements_that_can_be_believed_whatever_is_hidden),
        cmocka_unit_test(a_band_that_may_not_be_believed_has_no_rate),
        cmocka_unit_test(rates_are_exits_over_the_average_of_two_headcounts),
        cmocka_unit_test(moves_within_a_list_of_bands_are_no_exits),
        cmocka_unit_test(without_a_snapshot_of_a_year_before_the_headcount_is_that_of_now),
        cmocka_unit_test(the_window_is_the_year_to_the_as_at_date),
        cmocka_unit_test(movements_without_dates_are_those_of_the_year),
        cmocka_unit_test(a_setting_stands_in_the_place_of_movements),
        cmocka_unit_test(scenarios_take_the_rates_of_the_groups),
        cmocka_unit_test(what_movements_do_not_say_is_not_taken_for_nobody),
        cmocka_unit_test(up_to_a_twentieth_is_a_remark),
        cmocka_unit_test(doctors_have_no_band_to_say),
        cmocka_unit_test(a_file_that_begins_late_does_not_cover_the_year),
        cmocka_unit_test(groups_have_no_rate_where_leavers_are_of_unknown_ethnicity),
        cmocka_unit_test(more_than_all_cannot_go_on),
        cmocka_unit_test(no_exit_from_a_band_is_said),
        cmocka_unit_test(leavers_are_found_where_they_were_staff),
        cmocka_unit_test(organisations_have_rates_of_their_own_and_bases_of_one_kind),
        cmocka_unit_test(sections_and_breakdowns_have_rates_of_their_own),
        cmocka_unit_test(a_known_base_leaves_unknown_out_of_both),
        cmocka_unit_test(standards_name_leavers_and_movers_of_one_table),
        cmocka_unit_test(months_and_counts_that_may_be_more),
        cmocka_unit_test(lost_moves_and_unknown_leavers_beside_hidden_ones),
        cmocka_unit_test(hidden_exits_from_nowhere_in_particular),
        cmocka_unit_test(finer_groups_have_rates_of_their_own),
        cmocka_unit_test(exits_in_every_month),
        cmocka_unit_test(a_few_exits_from_nowhere_in_particular),
        cmocka_unit_test(few_leavers_of_unknown_ethnicity_leave_the_groups_their_rates),
        cmocka_unit_test(all_or_all_others_cannot_leave),
        cmocka_unit_test(a_band_all_of_the_group),
        cmocka_unit_test(rates_that_leave_nothing_for_the_others),
        cmocka_unit_test(a_standard_of_goals_alone),
        cmocka_unit_test(months_of_few_and_months_that_hide_some),
        cmocka_unit_test(which_gaps_do_not_cover_the_year),
        cmocka_unit_test(what_counts_in_a_month),
        cmocka_unit_test(everybody_who_left_from_nowhere_is_counted),
        cmocka_unit_test(all_of_unknown_ethnicity_may_leave),
        cmocka_unit_test(a_hidden_exit_may_be_none),
        cmocka_unit_test(one_of_the_others_has_a_rate),
        cmocka_unit_test(one_of_the_group_has_a_rate_and_nobody_has_none),
        cmocka_unit_test(all_others_leave),
        cmocka_unit_test(exactly_all_others_leave),
        cmocka_unit_test(a_snapshot_of_nobody_is_no_headcount_to_average_with),
        cmocka_unit_test(as_many_kinds_of_movement_as_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
