/* Model Employer Goals: goal, gap, roundings, reference sets, lines and trajectory, what it takes, and what becomes of a band. */
#include "pipeline.h"

#include "wres/goals.h"

#define HEADER "Date,Ethnicity,Band,Staff Group,Count\n"
#define NURSES "Nursing and Midwifery Registered"
#define CLERKS "Administrative and Clerical"

/* England, September 2018: Band 8a with everybody else as Band 5, so that the reference share is that of the country. */
#define ENGLAND_8A                                                                                                                 \
    HEADER "2018-09-01,A,Band 8a," NURSES ",35308\n2018-09-01,N,Band 8a," NURSES ",5598\n2018-09-01,Z,Band 8a," NURSES ",1389\n"   \
           "2018-09-01,A,Band 5," NURSES ",898414\n2018-09-01,N,Band 5," NURSES ",230450\n2018-09-01,Z,Band 5," NURSES ",55968\n"

typedef struct goals_case {
    pipeline *p;
    wres_goals goals;
} goals_case;

static goals_case begin(const char *csv) {
    goals_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    pipeline_add(c.p, "workforce", csv);
    return c;
}

static void run(goals_case *c) {
    c->p->request.goals = &c->goals;
    assert_int_equal(pipeline_run(c->p), WRES_OK);
}

static void baseline(goals_case *c, int year, int month, int day) {
    c->p->frame.has_baseline = true;
    c->p->frame.baseline = wres_date_of(year, month, day);
}

static void bands(goals_case *c, const char *text) {
    const wres_settings asked = {.bands = {&text, 1}};
    assert_int_equal(wres_goals_set_bands(&c->p->reading, &asked, &c->goals), WRES_OK);
}

static void fixed(goals_case *c, int percent) {
    c->goals.scope = WRES_REFERENCE_FIXED;
    c->goals.fixed = (wres_rational){percent, 1};
}

static void turnover(goals_case *c, double all) {
    c->goals.has_turnover = true;
    c->goals.turnover = all;
}

#define of_band(c, name, ...) result((c).p, .indicator = "goals", .row = name, .group = "bme", __VA_ARGS__)

static void assert_real(const wres_result *r, double want, double relative) {
    assert_int_equal(r->status, WRES_CALCULATED);
    assert_int_equal(r->kind, WRES_VALUE_REAL);
    assert_close(r->real, want, relative);
}

/* ---- goal and gap ------------------------------------------------------------------------------------------- */

static void goal_is_the_reference_share_of_the_headcount(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    run(&c);
    assert_of(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share"), 236048, 1227127);
    assert_false(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share")->has_interval);
    assert_of(of_band(c, "Band 8a", .statistic = "share"), 5598, 42295);
    assert_people(8136, of_band(c, "Band 8a", .statistic = "goal"));
    assert_exact(of_band(c, "Band 8a", .statistic = "goal_unrounded"), INT64_C(236048) * 42295, 1227127);
    assert_people(2538, of_band(c, "Band 8a", .statistic = "gap"));
    assert_exact(of_band(c, "Band 8a", .statistic = "met"), 0, 1);
    assert_people(2538, of_band(c, "Band 8a", .statistic = "appointments_net"));
    assert_contains(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share")->note,
                    "all staff, medical staff included");
    assert_missing(of_band(c, "VSM", .statistic = "goal"), WRES_NOT_CALCULABLE, "nobody in this band");
    pipeline_end(c.p);
}

/* 10 people at 25%: 2.5. */
static const char ten[] = HEADER "2025-03-31,A,8a," NURSES ",8\n2025-03-31,N,8a," NURSES ",2\n";

static void goals_are_rounded_as_the_setting_says(void **state) {
    static const struct {
        wres_goal_rounding rounding;
        int percent, goal, over;
    } cases[] = {{WRES_GOAL_HALF_UP, 25, 3, 1},
                 {WRES_GOAL_HALF_UP, 24, 2, 1},
                 {WRES_GOAL_LEAST, 24, 3, 1},
                 {WRES_GOAL_LEAST, 20, 2, 1},
                 {WRES_GOAL_UNROUNDED, 25, 5, 2}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(ten);
        fixed(&c, cases[i].percent);
        c.goals.rounding = cases[i].rounding;
        run(&c);
        assert_exact(of_band(c, "Band 8a", .statistic = "goal"), cases[i].goal, cases[i].over);
        pipeline_end(c.p);
    }
}

static void met_is_decided_on_the_exact_share(void **state) {
    static const struct {
        int percent;
        bool met;
        const char *note;
    } cases[] = {
        {20, true, "met: the band"}, {21, false, "by a fraction of a person"}, {30, false, "not met"}, {0, true, "met: the band"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(ten);
        fixed(&c, cases[i].percent);
        run(&c);
        assert_exact(of_band(c, "Band 8a", .statistic = "met"), cases[i].met, 1);
        assert_contains(of_band(c, "Band 8a", .statistic = "gap")->note, cases[i].note);
        pipeline_end(c.p);
    }
}

static void a_gap_is_never_below_zero_but_its_signed_form_is(void **state) {
    (void)state;
    goals_case c = begin(ten);
    fixed(&c, 0);
    run(&c);
    assert_people(0, of_band(c, "Band 8a", .statistic = "gap"));
    assert_exact(of_band(c, "Band 8a", .statistic = "signed_gap"), -2, 1);
    pipeline_end(c.p);
}

/* ---- the reference set -------------------------------------------------------------------------------------- */

static const char mixed[] = HEADER "2025-03-31,A,Band 5," NURSES ",60\n2025-03-31,N,Band 5," NURSES ",40\n"  /* 40% of 100 */
                                   "2025-03-31,A,Band 8a," NURSES ",45\n2025-03-31,N,Band 8a," NURSES ",5\n" /* 10% of 50 */
                                   "2025-03-31,A,Band 8a," CLERKS ",18\n2025-03-31,Z,Band 8a," CLERKS ",2\n" /* 0 of 20 */
                                   "2025-03-31,A,Band 2," CLERKS ",60\n2025-03-31,N,Band 2," CLERKS ",20\n"  /* 25% of 80 */
                                   "2025-03-31,N,Consultant,Medical and Dental,50\n";

static goals_case begin_mixed(wres_reference_scope scope) {
    goals_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    pipeline_add_with(c.p, "workforce", mixed, "columns: {pay_band: Band, medical_grade: Band}");
    c.goals.scope = scope;
    return c;
}

static void reference_share_is_that_of_the_scope(void **state) {
    static const struct {
        wres_reference_scope scope;
        uint64_t part, whole;
    } cases[] = {{WRES_REFERENCE_ALL, 115, 300}, {WRES_REFERENCE_AFC, 65, 250}, {WRES_REFERENCE_AFC_1_7, 60, 180}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin_mixed(cases[i].scope);
        run(&c);
        assert_of(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share"), cases[i].part, cases[i].whole);
        assert_of(of_band(c, "Band 8a", .statistic = "share"), 5, 70);
        pipeline_end(c.p);
    }
}

static void known_base_leaves_unknown_out_of_both(void **state) {
    (void)state;
    goals_case c = begin_mixed(WRES_REFERENCE_ALL);
    c.p->request.unknown_in_base = 0;
    run(&c);
    assert_of(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share"), 115, 298);
    assert_of(of_band(c, "Band 8a", .statistic = "share"), 5, 68);
    assert_contains(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share")->note,
                    "known ethnicity only");
    pipeline_end(c.p);
}

static void sections_have_goals_of_their_own(void **state) {
    (void)state;
    goals_case c = begin_mixed(WRES_REFERENCE_SECTION);
    run(&c);
    assert_of(result(c.p, .indicator = "goals", .section = "clinical", .group = "bme", .statistic = "reference_share"), 45, 150);
    assert_people(15, of_band(c, "Band 8a", .section = "clinical", .statistic = "goal"));
    assert_people(4, of_band(c, "Band 8a", .section = "non-clinical", .statistic = "goal"));
    no_result(c.p, .indicator = "goals", .section = "medical", .group = "bme", .statistic = "reference_share");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal");
    pipeline_end(c.p);
}

static void staff_groups_have_goals_of_their_own(void **state) {
    (void)state;
    goals_case c = begin_mixed(WRES_REFERENCE_STAFF_GROUP);
    turnover(&c, 0.1);
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.5;
    c.goals.likelihood = 1;
    pipeline_by(c.p, "staff_group", NULL);
    run(&c);
    assert_of(result(c.p, .indicator = "goals", .by_value = NURSES, .group = "bme", .statistic = "reference_share"), 45, 150);
    assert_people(15, of_band(c, "Band 8a", .by = "staff_group", .by_value = NURSES, .statistic = "goal"));
    assert_int_equal(
        of_band(c, "Band 8a", .by = "staff_group,scenario", .by_value = NURSES ",RL = 1", .statistic = "projected_share")->status,
        WRES_CALCULATED);
    no_result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share");
    pipeline_end(c.p);
}

static void a_breakdown_is_set_against_the_whole(void **state) {
    (void)state;
    goals_case c = begin_mixed(WRES_REFERENCE_ALL);
    pipeline_by(c.p, "staff_group", NULL);
    run(&c);
    assert_of(result(c.p, .indicator = "goals", .by_value = CLERKS, .group = "bme", .statistic = "reference_share"), 115, 300);
    assert_people(8, of_band(c, "Band 8a", .by = "staff_group", .by_value = CLERKS, .statistic = "goal"));
    assert_people(27, of_band(c, "Band 8a", .statistic = "goal"));
    pipeline_end(c.p);
}

/* ---- bands -------------------------------------------------------------------------------------------------- */

static const char *labels(goals_case *c, const char *const *singles, size_t count, const char *const *pools, size_t pool_count) {
    const char *text = "";
    const wres_settings asked = {.bands = {singles, count}, .pools = {pools, pool_count}};
    assert_int_equal(wres_goals_set_bands(&c->p->reading, &asked, &c->goals), WRES_OK);
    for (size_t i = 0; i < c->goals.band_count; i++)
        text = wres_print(c->p->run, "%s%s%s", text, i ? " | " : "", c->goals.bands[i].label);
    return text;
}

static void lists_of_bands_are_named(void **state) {
    static const char *const usual[] = {"8a, B8b,Band 8c", "8d", "9,VSM"}, *const two[] = {"8a,8b"}, *const one[] = {"VSM"},
                             *const least[] = {"1, Under Band 1"}, *const upward[] = {"8c+"},
                             *const pools[] = {"8c,8d,9,VSM", "7+", "6,5"};
    (void)state;
    goals_case c = begin(ten);
    assert_string_equal(labels(&c, usual, 3, NULL, 0), "Band 8a | Band 8b | Band 8c | Band 8d | Band 9 | VSM | 8a+");
    assert_string_equal(labels(&c, two, 1, pools, 3), "Band 8a | Band 8b | Band 8a, Band 8b | 8c+ | 7+ | Band 5, Band 6");
    assert_string_equal(labels(&c, one, 1, NULL, 0), "VSM");
    assert_string_equal(labels(&c, one, 1, least, 1), "VSM | Under Band 1, Band 1");
    assert_string_equal(labels(&c, upward, 1, NULL, 0), "Band 8c | Band 8d | Band 9 | VSM | 8c+");
    assert_string_equal(labels(&c, two, 1, (const char *const[]){"8b", "8b,8a", "7", "7"}, 4),
                        "Band 8a | Band 8b | Band 8a, Band 8b | Band 7"); /* each once */
    pipeline_end(c.p);
}

static void what_is_no_band_is_refused(void **state) {
    static const char *const wrong[] = {"8x", "", "8a,", "Band 8", "Consultant", "+", "Non AfC grade"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        goals_case c = begin(ten);
        const wres_settings asked = {.bands = {&wrong[i], 1}};
        assert_int_equal(wres_goals_set_bands(&c.p->reading, &asked, &c.goals), WRES_USAGE);
        assert_error_at(c.p, "usage", 0, "--bands", "is no band");
        finding_with(
            c.p, "usage",
            "the bands are Under Band 1, Band 1, Band 2, Band 3, Band 4, Band 5, Band 6, Band 7, Band 8a, Band 8b, Band 8c, Band 8d, Band 9, VSM");
        pipeline_end(c.p);
    }
}

static void a_band_of_the_settings_is_reported_there(void **state) {
    static const char *const good[] = {"8a"}, *const wrong[] = {"8b", "8c,8x"};
    wres_pair place = {"pool", wrong[1], 7};
    const wres_settings asked = {.name = "wres.yaml", .places = {&place, 1}, .bands = {good, 1}, .pools = {wrong, 2}};
    (void)state;
    goals_case c = begin(ten);
    assert_int_equal(wres_goals_set_bands(&c.p->reading, &asked, &c.goals), WRES_USAGE);
    assert_error_at(c.p, "settings", 7, "pool", "'8x' is no band");
    assert_string_equal(finding_with(c.p, "settings", "")->place.file, "wres.yaml");
    pipeline_end(c.p);
}

static void a_pool_is_rounded_once(void **state) {
    static const char csv[] = HEADER "2025-03-31,A,8a," NURSES ",5\n2025-03-31,A,8b," NURSES ",5\n";
    (void)state;
    goals_case c = begin(csv);
    fixed(&c, 30);
    bands(&c, "8a,8b");
    run(&c);
    assert_people(2, of_band(c, "Band 8a", .statistic = "goal"));
    assert_people(3, of_band(c, "Band 8a, Band 8b", .statistic = "goal"));
    pipeline_end(c.p);
}

/* ---- the trajectory ----------------------------------------------------------------------------------------- */

static void trajectory_is_a_straight_line_in_months(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    c.goals.by_date = wres_date_of(2028, 9, 1);
    run(&c);
    const wres_result *middle = of_band(c, "Band 8a", .statistic = "trajectory", .period = "2022-09-01");
    assert_close(wres_rational_real(middle->exact), 6613.116843, 1e-9);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2018-09-01"), 5598, 1);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2028-09-01"), INT64_C(236048) * 42295, 1227127);
    assert_people(8136, of_band(c, "Band 8a", .statistic = "trajectory_steps", .period = "2028-09-01"));
    assert_close(wres_rational_real(of_band(c, "Band 8a", .statistic = "trajectory_share", .period = "2028-09-01")->exact),
                 19.235825, 1e-7);
    pipeline_end(c.p);
}

static void trajectory_by_quarter_ends_at_the_date(void **state) {
    (void)state;
    goals_case c = begin(ten);
    fixed(&c, 50);
    c.goals.step_months = 3;
    c.goals.by_date = wres_date_of(2026, 2, 14);
    run(&c);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2025-12-31"), 32,
                 7); /* 9 of 10.5 months from 2 to 5 */
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2026-02-14"), 5, 1);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "trajectory", .period = "2026-03-31");
    pipeline_end(c.p);
}

static void a_goal_that_is_met_asks_nobody_to_have_fewer(void **state) {
    (void)state;
    goals_case c = begin(ten);
    fixed(&c, 10);
    run(&c);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2028-03-31"), 2, 1);
    assert_people(2, of_band(c, "Band 8a", .statistic = "trajectory_steps", .period = "2028-03-31"));
    pipeline_end(c.p);
}

static void a_date_that_is_past_has_no_way_to_it(void **state) {
    (void)state;
    goals_case c = begin(ten);
    turnover(&c, 0.1);
    c.goals.by_date = wres_date_of(2025, 3, 31);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "trajectory"), WRES_NOT_CALCULABLE, "not after 2025-03-31");
    assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_CALCULABLE, "not after the as-at date");
    pipeline_end(c.p);
}

/* ---- a baseline --------------------------------------------------------------------------------------------- */

static const char two_dates[] = HEADER "2023-03-31,A,8a," NURSES ",80\n2023-03-31,N,8a," NURSES ",20\n"
                                       "2023-03-31,A,5," NURSES ",40\n2023-03-31,N,5," NURSES ",60\n" /* 40% */
                                       "2025-03-31,A,8a," NURSES ",120\n2025-03-31,N,8a," NURSES ",30\n"
                                       "2025-03-31,A,5," NURSES ",30\n2025-03-31,N,5," NURSES ",70\n"; /* 40% */

static void three_lines_tell_the_frozen_goal_from_today_s(void **state) {
    (void)state;
    goals_case c = begin(two_dates);
    baseline(&c, 2023, 3, 31);
    run(&c);
    assert_people(40, of_band(c, "Band 8a", .statistic = "goal", .period = "2023-03-31"));
    assert_people(60, of_band(c, "Band 8a", .statistic = "goal", .period = "2025-03-31"));
    assert_people(40, of_band(c, "Band 8a", .statistic = "goal_frozen"));
    assert_exact(of_band(c, "Band 8a", .statistic = "signed_gap_frozen"), 10, 1);
    assert_people(60, of_band(c, "Band 8a", .statistic = "goal_baseline_share"));
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2025-03-31"), 28, 1); /* 2 of 5 years */
    assert_exact(of_band(c, "Band 8a", .statistic = "ahead_of_trajectory"), 2, 1);
    assert_int_equal(c.p->accounts[0].used, 8); /* the rows of both snapshots */
    pipeline_end(c.p);
}

static void a_baseline_must_be_an_earlier_snapshot(void **state) {
    (void)state;
    for (int later = 0; later < 2; later++) {
        goals_case c = begin(two_dates);
        baseline(&c, later ? 2026 : 2024, 3, 31);
        c.p->request.goals = &c.goals;
        assert_int_equal(pipeline_run(c.p), WRES_DATA);
        assert_finding(c.p, WRES_ERROR, "baseline", 0,
                       later ? "lies after the as-at date" : "Its dates are 2023-03-31, 2025-03-31");
        pipeline_end(c.p);
    }
}

/* ---- what it takes ------------------------------------------------------------------------------------------ */

static void share_needed_is_that_of_the_definitions(void **state) {
    static const struct {
        double leaving, needed;
        int year;
    } cases[] = {{0.10, 22.447981, 2028}, {0.05, 28.188934, 2028}, {0.10, 26.041290, 2024}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(ENGLAND_8A);
        turnover(&c, cases[i].leaving);
        c.goals.by_date = wres_date_of(cases[i].year, 9, 1);
        run(&c);
        assert_real(of_band(c, "Band 8a", .statistic = "share_needed"), cases[i].needed, 1e-7);
        pipeline_end(c.p);
    }
}

static void gross_is_all_appointments_times_the_share_needed(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    c.goals.by_date = wres_date_of(2028, 9, 1);
    run(&c);
    assert_real(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "all", .statistic = "appointments_all"), 42295, 1e-12);
    assert_real(of_band(c, "Band 8a", .statistic = "appointments_gross"), 9494.3736, 1e-6);
    pipeline_end(c.p);
}

static void finer_groups_have_goals_of_their_own(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    c.p->request.groups = "group5";
    pipeline_add(c.p, "workforce", HEADER "2018-09-01,F,Band 5," NURSES ",1227127\n"); /* as many again, Mixed */
    run(&c);
    const result_place black = {.indicator = "goals", .group = "black", .statistic = "reference_share"};
    assert_of(result_at(c.p, black), 236048, 2 * 1227127); /* N is African */
    assert_people(4068, result(c.p, .indicator = "goals", .row = "Band 8a", .group = "black", .statistic = "goal"));
    assert_int_equal(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "all", .statistic = "appointments_all")->status,
                     WRES_CALCULATED);
    pipeline_end(c.p);
}

static void without_a_leaving_rate_nothing_is_said_of_appointments(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_SUPPLIED, "--turnover");
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_SUPPLIED, "--turnover");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .by = "scenario", .by_value = "RL = 1", .group = "bme",
              .statistic = "projected_share");
    pipeline_end(c.p);
}

static void more_than_every_appointment_is_out_of_reach(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.02);
    c.goals.by_date = wres_date_of(2019, 9, 1);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_CALCULABLE, "out of reach");
    assert_missing(of_band(c, "Band 8a", .statistic = "appointments_gross"), WRES_NOT_CALCULABLE, "out of reach");
    pipeline_end(c.p);
}

static void nobody_enters_where_nobody_leaves(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_CALCULABLE, "nobody enters");
    pipeline_end(c.p);
}

/* Leavers of the group at a rate of its own, and of the others at the rate that is left of 10% for them: the recurrence, year by
 * year, ends at the goal with the share that was said. */
static void share_needed_counts_the_group_s_own_leavers(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    c.goals.has_group_turnover = true;
    c.goals.group_turnover = 0.13;
    c.goals.growth = 0.02;
    c.goals.by_date = wres_date_of(2028, 9, 1);
    run(&c);
    const double needed = of_band(c, "Band 8a", .statistic = "share_needed")->real / 100;
    double members = 5598, others = 42295 - 5598, entered = 0;
    const double others_leave = (0.10 * 42295 - 0.13 * 5598) / others;
    for (int year = 0; year < 10; year++) {
        const double enter = 0.13 * members + others_leave * others + 0.02 * (members + others);
        entered += enter;
        members += needed * enter - 0.13 * members;
        others += (1 - needed) * enter - others_leave * others;
    }
    assert_close(members / (members + others), 236048.0 / 1227127, 1e-12);
    assert_real(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "all", .statistic = "appointments_all"), entered,
                1e-11);
    assert_real(of_band(c, "Band 8a", .statistic = "appointments_gross"), needed * entered, 1e-11);
    pipeline_end(c.p);
}

/* ---- what becomes of a band --------------------------------------------------------------------------------- */

static void implied_share_comes_of_two_snapshots(void **state) {
    (void)state;
    goals_case c = begin(two_dates);
    baseline(&c, 2023, 3, 31);
    turnover(&c, 0.10);
    run(&c);
    const double stay = 0.9 * 0.9;
    assert_real(of_band(c, "Band 8a", .statistic = "implied_share"), 100 * (30 - stay * 20) / (150 - stay * 100), 1e-12);
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE, "never at this rate");
    pipeline_end(c.p);
}

static void snapshots_can_contradict_the_leaving_rate(void **state) {
    static const char shrunk[] = HEADER "2023-03-31,A,8a," NURSES ",100\n2023-03-31,N,8a," NURSES ",100\n"
                                        "2025-03-31,A,8a," NURSES ",100\n2025-03-31,N,8a," NURSES ",10\n";
    (void)state;
    goals_case c = begin(shrunk);
    baseline(&c, 2023, 3, 31);
    turnover(&c, 0.10);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "implied_share"), WRES_NOT_CALCULABLE, "nobody can have entered");
    pipeline_end(c.p);
    c = begin(shrunk);
    baseline(&c, 2023, 3, 31);
    turnover(&c, 0.50);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "implied_share"), WRES_NOT_CALCULABLE, "contradict the leaving rate");
    pipeline_end(c.p);
}

static void recruitment_gives_the_share_and_the_ratio_needed(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    c.goals.by_date = wres_date_of(2028, 9, 1);
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.40;
    c.goals.likelihood = 1.25;
    run(&c);
    assert_real(of_band(c, "Band 8a", .statistic = "recruitment_share"), 34.78260870, 1e-9);
    const double needed = of_band(c, "Band 8a", .statistic = "share_needed")->real / 100;
    assert_real(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "white/bme", .statistic = "likelihood_needed"),
                0.40 * (1 - needed) / (needed * 0.60), 1e-12);
    const double share = 0.40 / (0.40 + 1.25 * 0.60), goal = 236048.0 / 1227127, now = 5598.0 / 42295;
    assert_real(of_band(c, "Band 8a", .statistic = "years_to_goal"), log((share - goal) / (share - now)) / log(0.9), 1e-12);
    pipeline_end(c.p);
}

static void recruitment_data_stand_in_for_the_settings(void **state) {
    static const char applications[] = "Date,Ethnicity,Stage,Count\n2018-08-01,A,Shortlisted,48\n2018-08-01,A,Appointed,12\n"
                                       "2018-08-01,N,Shortlisted,36\n2018-08-01,N,Appointed,4\n2018-08-01,Z,Appointed,50\n";
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    pipeline_add(c.p, "recruitment", applications);
    run(&c);
    assert_real(of_band(c, "Band 8a", .statistic = "recruitment_share"), 25, 1e-12); /* 4 of 16 of known ethnicity */
    assert_contains(of_band(c, "Band 8a", .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share")->note,
                    "shortlists");
    pipeline_end(c.p);
}

static void small_bands_have_a_chance_and_no_date(void **state) {
    static const char small[] = HEADER "2025-03-31,A,8c," NURSES ",13\n2025-03-31,N,8c," NURSES ",2\n";
    (void)state;
    goals_case c = begin(small);
    fixed(&c, 25);
    turnover(&c, 0.12);
    c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.shortlist_share = 0.25;
    c.goals.likelihood = 1;
    run(&c);
    assert_real(of_band(c, "Band 8c", .statistic = "chance_of_goal"), 0.190414, 3e-6);
    assert_contains(of_band(c, "Band 8c", .statistic = "chance_of_goal")->note,
                    "at least 4 of 15 are of the group after 3 whole years");
    assert_real(of_band(c, "Band 8c", .by = "scenario", .by_value = "nothing changes", .statistic = "projected"), 2.557424, 1e-6);
    no_result(c.p, .indicator = "goals", .row = "Band 8c", .group = "bme", .statistic = "years_to_goal");
    pipeline_end(c.p);
}

/* 15 posts, 2 of the group, at 20% and 1.4/13 a year, 3 years, a quarter of the entrants: the chain in exact fractions. */
static void small_bands_have_a_chance_at_two_leaving_rates(void **state) {
    static const char small[] = HEADER "2025-03-31,A,8c," NURSES ",13\n2025-03-31,N,8c," NURSES ",2\n";
    (void)state;
    goals_case c = begin(small);
    fixed(&c, 25);
    turnover(&c, 0.12);
    c.goals.has_group_turnover = c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.group_turnover = 0.20;
    c.goals.shortlist_share = 0.25;
    c.goals.likelihood = 1;
    run(&c);
    assert_real(of_band(c, "Band 8c", .statistic = "chance_of_goal"), 0.1104565305769329, 1e-9);
    assert_real(of_band(c, "Band 8c", .by = "scenario", .by_value = "equal retention", .statistic = "chance_of_goal"), 0.190414,
                3e-6);
    assert_real(of_band(c, "Band 8c", .by = "scenario", .by_value = "nothing changes", .statistic = "projected"), 2.125026627218935,
                1e-9);
    pipeline_end(c.p);
}

static void leaving_rates_can_contradict_each_other(void **state) {
    static const char half[] = HEADER "2025-03-31,A,8a," NURSES ",50\n2025-03-31,N,8a," NURSES ",50\n";
    static const struct {
        double all, group;
        const char *note;
    } cases[] = {{0.10, 0.25, "more of the group would leave"}, {0.60, 0.10, "more than all others would leave"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(half);
        fixed(&c, 60);
        turnover(&c, cases[i].all);
        c.goals.has_group_turnover = true;
        c.goals.group_turnover = cases[i].group;
        run(&c);
        assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_CALCULABLE, cases[i].note);
        assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE, cases[i].note);
        pipeline_end(c.p);
    }
}

static void scenarios_stand_side_by_side(void **state) {
    (void)state;
    goals_case c = begin(ENGLAND_8A);
    turnover(&c, 0.10);
    c.goals.has_group_turnover = c.goals.has_shortlist_share = c.goals.has_likelihood = true;
    c.goals.group_turnover = 0.12;
    c.goals.shortlist_share = 0.40;
    c.goals.likelihood = 1.6;
    c.goals.by_date = wres_date_of(2028, 9, 1);
    run(&c);
    const double now = 5598.0 / 42295, s = 0.2941176471;
#define THEN(value) of_band(c, "Band 8a", .by = "scenario", .by_value = value, .statistic = "projected_share")
    const double others = (0.10 - 0.12 * now) / (1 - now), chosen[] = {s, 0.40};
    double then[2];
    for (int n = 0; n < 2; n++) {
        double x = now;
        for (int year = 0; year < 10; year++) x += chosen[n] * (0.12 * x + others * (1 - x)) - 0.12 * x;
        then[n] = 100 * x;
    }
    assert_real(THEN("nothing changes"), then[0], 1e-9);
    assert_real(THEN("RL = 1"), then[1], 1e-9);
    assert_real(THEN("equal retention"), 100 * (s - (s - now) * pow(0.90, 10)), 1e-9);
    pipeline_end(c.p);
}

static void organisations_each_and_pooled(void **state) {
    static const char csv[] = "Date,Organisation,Ethnicity,Band,Count\n2025-03-31,RAA,A,8a,90\n2025-03-31,RAA,N,5,10\n"
                              "2025-03-31,RBB,A,8a,50\n2025-03-31,RBB,N,5,50\n";
    (void)state;
    goals_case c = begin(csv);
    run(&c);
    assert_people(9, of_band(c, "Band 8a", .organisation = "RAA", .statistic = "goal"));
    assert_people(25, of_band(c, "Band 8a", .organisation = "RBB", .statistic = "goal"));
    assert_people(42, of_band(c, "Band 8a", .statistic = "goal"));
    pipeline_end(c.p);
}

static void goals_have_defaults_where_none_are_asked_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("model-employer");
    pipeline_add(p, "workforce", ten);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_people(2, result(p, .indicator = "goals", .row = "8a+", .group = "bme", .statistic = "goal"));
    pipeline_end(p);
}

/* ---- lists of bands of one's own ---------------------------------------------------------------------------- */

/* In no order, with a band above VSM and without one of them. */
static const char *bands_without(wres_run *run, const char *left_out) {
    static const char *const lines[] = {
        "VSM,VSM,14",   "9,Band 9,13",   "Chief,Chief,15",  "8d,Band 8d,12",   "8c,Band 8c,11",
        "8a,Band 8a,9", "8b,Band 8b,10", "Band 7,Band 7,8", "Band 1,Band 1,1", "Non-executive,Non-executive,"};
    const char *text = "spelling,row,order\n";
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (!left_out || !strstr(lines[i], left_out)) text = wres_print(run, "%s%s\n", text, lines[i]);
    return wres_print(run, "%s(blank),Unmapped,\n(unmapped),Unmapped,\n", text);
}

static void bands_stand_in_the_order_of_their_list(void **state) {
    static const char *const upward[] = {"8a+"}, *const one[] = {"8a"}, *const pools[] = {"VSM+", "8a", "8a,Band 7"};
    (void)state;
    goals_case c = {.p = pipeline_new("model-employer")};
    pipeline_codes(c.p, "pay_bands.csv", bands_without(c.p->run, NULL));
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    assert_string_equal(labels(&c, upward, 1, NULL, 0), "Band 8a | Band 8b | Band 8c | Band 8d | Band 9 | VSM | Chief | 8a+");
    /* a pool that is one of the bands is not set twice */
    assert_string_equal(labels(&c, one, 1, pools, 3), "Band 8a | VSM+ | Band 7, Band 8a");
    bands(&c, "Chief");
    pipeline_add(c.p, "workforce",
                 HEADER "2025-03-31,A,Chief," NURSES ",6\n2025-03-31,N,Chief," NURSES ",2\n2025-03-31,N,Band 7," NURSES ",8\n");
    run(&c);
    assert_of(of_band(c, "Chief", .statistic = "share"), 2, 8);
    assert_people(5, of_band(c, "Chief", .statistic = "goal")); /* 10 of 16 are 62.5%: 5 of 8 */
    pipeline_end(c.p);
}

static void goals_need_their_bands(void **state) {
    static const struct {
        const char *left_out, *check, *words;
    } cases[] = {{"Band 1", "code-list", "lacks Band 1"},
                 {"VSM", "code-list", "lacks VSM"},
                 {"Band 7", "code-list", "lacks Band 7"},
                 {"8d", "usage", "'8d' is no band"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = {.p = pipeline_new("model-employer")};
        pipeline_codes(c.p, "pay_bands.csv", bands_without(c.p->run, cases[i].left_out));
        assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_USAGE);
        assert_finding(c.p, WRES_ERROR, cases[i].check, 0, cases[i].words);
        assert_null(finding_with(c.p, cases[i].check, cases[i].words)->place.file);
        assert_int_equal(wres_plan_new(&c.p->reading, &c.p->request, &c.p->plan), WRES_USAGE);
        pipeline_end(c.p);
    }
}

/* 64 bands find room, and a 65th is not left out without a word. */
static void more_bands_than_there_is_room_for_are_refused(void **state) {
    (void)state;
    for (int count = 64; count <= 65; count++) {
        goals_case c = {.p = pipeline_new("model-employer")};
        const char *text = bands_without(c.p->run, NULL);
        for (int i = 9; i < count; i++) text = wres_print(c.p->run, "%sGrade %d,Grade %d,%d\n", text, i, i, 100 + i);
        pipeline_codes(c.p, "pay_bands.csv", text);
        assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), count == 64 ? WRES_OK : WRES_USAGE);
        assert_int_equal(wres_goals_set_bands(&c.p->reading, &(wres_settings){0}, &c.goals), count == 64 ? WRES_OK : WRES_USAGE);
        if (count == 65) assert_finding(c.p, WRES_ERROR, "code-list", 0, "at most 64 bands");
        if (count == 65) assert_null(finding_with(c.p, "code-list", "at most 64 bands")->place.file);
        pipeline_end(c.p);
    }
}

/* ---- nobody there ------------------------------------------------------------------------------------------- */

static void a_reference_set_without_anybody(void **state) {
    (void)state;
    goals_case c = begin(ten);
    c.goals.scope = WRES_REFERENCE_AFC_1_7;
    run(&c);
    assert_missing(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share"), WRES_NOT_CALCULABLE,
                   "nobody in the reference set: scope");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal");
    pipeline_end(c.p);
}

static void nobody_at_the_as_at_date(void **state) {
    (void)state;
    goals_case c = begin("Date,Ethnicity,Band,Assignment Category\n2025-03-31,A,8a,Bank\n");
    run(&c);
    assert_missing(result(c.p, .indicator = "goals"), WRES_NOT_CALCULABLE, "no staff of this organisation at the as-at date");
    assert_int_equal(c.p->results.count, 1);
    pipeline_end(c.p);
}

/* 8a was made after the baseline: there is no line to be ahead of, and nothing to tell who entered. */
static void a_band_that_was_not_there_at_the_baseline(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2024-03-31,A,5," NURSES ",100\n2025-03-31,A,8a," NURSES ",50\n2025-03-31,N,8a," NURSES ",50\n");
    baseline(&c, 2024, 3, 31);
    turnover(&c, 0.1);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "goal_frozen"), WRES_NOT_CALCULABLE,
                   "nobody in this band, or in the reference set, on 2024-03-31");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal_baseline_share");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "trajectory");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "ahead_of_trajectory");
    assert_missing(of_band(c, "Band 8a", .statistic = "implied_share"), WRES_NOT_CALCULABLE,
                   "nobody was in this band on 2024-03-31");
    assert_people(50, of_band(c, "Band 8a", .statistic = "goal"));
    pipeline_end(c.p);
}

static void a_reference_set_that_was_not_there_at_the_baseline(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2024-03-31,A,8a," NURSES ",80\n2024-03-31,N,8a," NURSES ",20\n2025-03-31,A,8a," NURSES
                                ",80\n2025-03-31,N,5," NURSES ",20\n");
    c.goals.scope = WRES_REFERENCE_AFC_1_7;
    baseline(&c, 2024, 3, 31);
    run(&c);
    assert_missing(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share", .period = "2024-03-31"),
                   WRES_NOT_CALCULABLE, "nobody in the reference set");
    assert_missing(of_band(c, "Band 8a", .statistic = "goal_frozen"), WRES_NOT_CALCULABLE,
                   "nobody in this band, or in the reference set");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "trajectory");
    assert_people(80, of_band(c, "Band 8a", .statistic = "goal")); /* all of bands 1 to 7 are BME today */
    pipeline_end(c.p);
}

/* A team that may have nobody in a band has the row: whether it has is what is hidden. */
static void a_team_that_may_be_empty_has_its_goals(void **state) {
    (void)state;
    goals_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    pipeline_by(c.p, "team", NULL);
    pipeline_add_with(
        c.p, "workforce",
        "Date,Ethnicity,Band,Team,Count\n2025-03-31,A,8a,East,10\n2025-03-31,N,8a,West,*\n2025-03-31,A,5,West,10\n2025-03-31,A,5,North,10\n",
        "hidden: {\"*\": 0-7}");
    run(&c);
    const wres_result *share = of_band(c, "Band 8a", .by = "team", .by_value = "West", .statistic = "share");
    assert_missing(share, WRES_SUPPRESSED, "1 count");
    assert_true(share->numerator_hidden && share->denominator_hidden);
    assert_missing(of_band(c, "Band 8a", .by = "team", .by_value = "West", .statistic = "goal"), WRES_SUPPRESSED,
                   "rests on counts");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .by = "team", .by_value = "North", .group = "bme", .statistic = "share");
    no_result(c.p, .indicator = "goals", .by = "team", .by_value = "North", .group = "bme", .statistic = "reference_share");
    pipeline_end(c.p);
}

/* ---- dates -------------------------------------------------------------------------------------------------- */

static void a_baseline_that_is_the_as_at_date_is_none(void **state) {
    (void)state;
    goals_case c = begin(two_dates);
    baseline(&c, 2025, 3, 31);
    run(&c);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "goal_frozen");
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2025-03-31"), 30, 1);
    pipeline_end(c.p);
}

/* The date of the goal lies between the two: the way ends there, and nobody is ahead of it today. */
static void a_goal_of_before_the_as_at_date(void **state) {
    (void)state;
    goals_case c = begin(two_dates);
    baseline(&c, 2023, 3, 31);
    c.goals.by_date = wres_date_of(2024, 3, 31);
    run(&c);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2024-03-31"), 40, 1);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "trajectory", .period = "2025-03-31");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "ahead_of_trajectory");
    pipeline_end(c.p);
}

/* Numbers over 10^28: fractions of them in exact arithmetic, computed apart. The way is 68 15/31 months, 34 17/28 of them are gone. */
static void fractions_that_grow_too_long_are_real_numbers(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2023-03-31,N,8a," NURSES ",800000000003\n2023-03-31,A,8a," NURSES
                                ",179999999897\n2023-03-31,N,5," NURSES ",10000000099\n"
                                "2026-02-17,A,8a," NURSES ",5\n2026-02-17,N,5," NURSES ",5\n");
    baseline(&c, 2023, 3, 31);
    pipeline_as_at(c.p, 2026, 2, 17);
    c.goals.by_date = wres_date_of(2028, 12, 15);
    run(&c);
    assert_real(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2026-02-17"), 800918786830.0283, 1e-12);
    assert_real(of_band(c, "Band 8a", .statistic = "trajectory_share", .period = "2026-02-17"), 81.72640682773007, 1e-12);
    assert_real(of_band(c, "Band 8a", .statistic = "ahead_of_trajectory"), -800918786830.0283, 1e-12);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2023-03-31"), 800000000003, 1);
    pipeline_end(c.p);
    c = begin(HEADER "2023-03-31,N,8a," NURSES ",1\n2023-03-31,A,8a," NURSES ",979999999900\n2023-03-31,N,5," NURSES
                     ",2\n2023-03-31,A,5," NURSES ",10000000096\n"
                     "2026-02-17,A,8a," NURSES ",5\n2026-02-17,N,5," NURSES ",5\n");
    baseline(&c, 2023, 3, 31);
    pipeline_as_at(c.p, 2026, 2, 17);
    c.goals.by_date = wres_date_of(2028, 12, 15);
    run(&c);
    assert_real(of_band(c, "Band 8a", .statistic = "trajectory_share", .period = "2026-02-17"), 2.0360738639932057e-10, 1e-12);
    pipeline_end(c.p);
}

/* ---- what it takes, at the edges ---------------------------------------------------------------------------- */

/* 110 people, 10 of them of the group. */
static const char plenty[] = HEADER "2025-03-31,A,8a," NURSES ",100\n2025-03-31,N,8a," NURSES ",10\n";
/* 200, a quarter of them. */
static const char quarter[] = HEADER "2025-03-31,A,8a," NURSES ",150\n2025-03-31,N,8a," NURSES ",50\n";

static void chosen(goals_case *c, double shortlist, double likelihood) {
    c->goals.has_shortlist_share = c->goals.has_likelihood = true;
    c->goals.shortlist_share = shortlist;
    c->goals.likelihood = likelihood;
}

static void a_goal_that_is_exceeded_needs_no_appointment(void **state) {
    (void)state;
    goals_case c = begin(plenty);
    fixed(&c, 1);
    turnover(&c, 0.1);
    chosen(&c, 0.4, 1);
    run(&c);
    assert_real(of_band(c, "Band 8a", .statistic = "share_needed"), 0, 0);
    assert_contains(of_band(c, "Band 8a", .statistic = "share_needed")->note, "even if no appointment were of the group");
    assert_real(of_band(c, "Band 8a", .statistic = "appointments_gross"), 0, 0);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "white/bme", .statistic = "likelihood_needed");
    assert_real(of_band(c, "Band 8a", .statistic = "years_to_goal"), 0, 0);
    assert_string_equal(of_band(c, "Band 8a", .statistic = "years_to_goal")->note, "the goal is met");
    pipeline_end(c.p);
}

/* Of 32 entrants in 100 the group has more than the goal asks for; but at 20% a year against 1/15 it settles at 0.16/1.18. */
static void a_group_that_leaves_faster_may_never_get_there(void **state) {
    (void)state;
    goals_case c = begin(quarter);
    fixed(&c, 30);
    turnover(&c, 0.1);
    c.goals.has_group_turnover = true;
    c.goals.group_turnover = 0.2;
    chosen(&c, 0.32, 1);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE,
                   "the group leaves faster than the others");
    pipeline_end(c.p);
}

/* 9% fewer posts a year: with 20% of the group leaving and 8% of the others, 2% enter today, and none where the group has gone. */
static void a_band_that_shrinks_by_more_than_leave(void **state) {
    (void)state;
    goals_case c = begin(quarter);
    fixed(&c, 30);
    turnover(&c, 0.11);
    c.goals.has_group_turnover = true;
    c.goals.group_turnover = 0.2;
    c.goals.growth = -0.09;
    chosen(&c, 0.5, 1);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "share_needed"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE, "nobody enters the band");
    pipeline_end(c.p);
}

static void snapshots_of_more_entrants_than_there_were(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2024-03-31,A,8a," NURSES ",100\n2025-03-31,A,8a," NURSES ",60\n2025-03-31,N,8a," NURSES ",50\n");
    baseline(&c, 2024, 3, 31);
    turnover(&c, 0.1);
    run(&c); /* 20 entered, and 50 of them? */
    assert_missing(of_band(c, "Band 8a", .statistic = "implied_share"), WRES_NOT_CALCULABLE, "below 0 or above 100%");
    pipeline_end(c.p);
}

/* ---- recruitment, at the edges ------------------------------------------------------------------------------ */

#define APPLIED "Date,Ethnicity,Stage,Count\n2025-01-01,A,Shortlisted,48\n2025-01-01,N,Shortlisted,36\n"

static void appointments_all_of_one_kind(void **state) {
    static const struct {
        const char *applications;
        double share;
    } cases[] = {{APPLIED "2025-01-01,A,Appointed,12\n", 0}, {APPLIED "2025-01-01,N,Appointed,4\n", 100}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(plenty);
        fixed(&c, 20);
        turnover(&c, 0.1);
        pipeline_add(c.p, "recruitment", cases[i].applications);
        run(&c);
        assert_real(of_band(c, "Band 8a", .statistic = "recruitment_share"), cases[i].share, 0);
        pipeline_end(c.p);
    }
}

static void a_shortlist_all_of_one_kind_has_no_ratio(void **state) {
    (void)state;
    goals_case c = begin(plenty);
    fixed(&c, 20);
    turnover(&c, 0.1);
    chosen(&c, 1, 2);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "recruitment_share"), WRES_NOT_CALCULABLE,
                   "all of one kind has no likelihood ratio");
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_SUPPLIED,
                   "needs the group's share of appointments");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "white/bme", .statistic = "likelihood_needed");
    pipeline_end(c.p);
}

/* Shortlists are known, what becomes of them is not: only the scenario of an equal chance can be told. In 3 years 27.1% are new. */
static void shortlists_without_appointments(void **state) {
    (void)state;
    goals_case c = begin(plenty);
    fixed(&c, 20);
    turnover(&c, 0.1);
    c.goals.has_shortlist_share = true;
    c.goals.shortlist_share = 0.4;
    run(&c);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "recruitment_share");
    assert_missing(of_band(c, "Band 8a", .statistic = "years_to_goal"), WRES_NOT_SUPPLIED,
                   "needs the group's share of appointments");
    assert_real(of_band(c, "Band 8a", .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share"),
                100 * (10.0 / 110 * 0.729 + 0.4 * 0.271), 1e-12);
    pipeline_end(c.p);
}

static void outlooks_end_with_the_date_of_the_goal(void **state) {
    (void)state;
    goals_case c = begin(plenty);
    fixed(&c, 20);
    turnover(&c, 0.1);
    chosen(&c, 0.4, 1);
    c.goals.by_date = wres_date_of(2025, 3, 31);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .by = "scenario", .by_value = "nothing changes", .statistic = "projected_share"),
                   WRES_NOT_CALCULABLE, "not after the as-at date");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .by = "scenario", .by_value = "nothing changes", .group = "bme",
              .statistic = "projected");
    assert_real(of_band(c, "Band 8a", .statistic = "years_to_goal"), log((0.4 - 0.2) / (0.4 - 10.0 / 110)) / log(0.9), 1e-12);
    pipeline_end(c.p);
    c = begin(ten);
    fixed(&c, 30);
    turnover(&c, 0.1);
    chosen(&c, 0.4, 1);
    c.goals.by_date = wres_date_of(2026, 3, 30);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "chance_of_goal"), WRES_NOT_CALCULABLE, "under a year is left");
    pipeline_end(c.p);
}

/* Bands 1 to 7 and 1 to VSM: the first and the last are among them, those below and beside are not. */
static void reference_sets_hold_their_first_and_last_bands(void **state) {
    static const struct {
        wres_reference_scope scope;
        uint64_t part, whole;
    } cases[] = {{WRES_REFERENCE_AFC_1_7, 3, 3 + 10}, {WRES_REFERENCE_AFC, 3 + 5, 3 + 10 + 5 + 20}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(HEADER "2025-03-31,N,Under Band 1," NURSES ",100\n2025-03-31,N,Band 1," NURSES
                                    ",3\n2025-03-31,A,Band 7," NURSES ",10\n2025-03-31,A,8a," NURSES ",20\n"
                                    "2025-03-31,N,VSM," NURSES ",5\n2025-03-31,N,Non AfC grade," NURSES ",200\n");
        c.goals.scope = cases[i].scope;
        run(&c);
        assert_of(result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share"), cases[i].part, cases[i].whole);
        pipeline_end(c.p);
    }
}

/* Two organisations at two dates: what is set beside the others is today's share of the whole band. */
static void the_shares_of_the_baseline_are_not_set_beside_others(void **state) {
    (void)state;
    goals_case c =
        begin("Date,Organisation,Ethnicity,Band,Staff Group,Count\n2024-03-31,RAA,A,8a," NURSES ",60\n2024-03-31,RAA,N,8a," NURSES
              ",40\n2024-03-31,RBB,A,8a," NURSES ",90\n2024-03-31,RBB,N,8a," NURSES ",10\n"
              "2025-03-31,RAA,A,8a," NURSES ",70\n2025-03-31,RAA,N,8a," NURSES ",30\n2025-03-31,RBB,A,8a," NURSES
              ",90\n2025-03-31,RBB,N,8a," NURSES ",10\n");
    baseline(&c, 2024, 3, 31);
    pipeline_by(c.p, "staff_group", NULL);
    run(&c);
    size_t found = 0;
    for (size_t i = 0; i < c.p->results.count; i++) {
        const wres_result *r = &c.p->results.all[i];
        if (strcmp(r->statistic, "difference_from_pooled") != 0 || strcmp(r->row, "Band 8a") != 0) continue;
        assert_string_equal(r->period, "2025-03-31");
        assert_string_equal(r->by, "all");
        assert_exact(r, strcmp(r->organisation, "RAA") == 0 ? 10 : -10, 1); /* 30% and 10% of 20% */
        found++;
    }
    assert_int_equal(found, 2);
    pipeline_end(c.p);
}

/* The reference set is one person of the group; the band is one list of bands, in one section; and a team has one person in it. */
static void one_person_is_enough(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2025-03-31,A,8a," NURSES ",10\n2025-03-31,N,5," NURSES ",1\n");
    c.goals.scope = WRES_REFERENCE_AFC_1_7;
    run(&c);
    assert_people(10, of_band(c, "Band 8a", .statistic = "goal"));
    pipeline_end(c.p);
    c = begin(HEADER "2025-03-31,A,8a," NURSES ",8\n2025-03-31,N,8a," NURSES ",2\n");
    c.goals.scope = WRES_REFERENCE_SECTION;
    bands(&c, "8a");
    run(&c);
    assert_people(2, of_band(c, "Band 8a", .section = "clinical", .statistic = "goal"));
    no_result(c.p, .indicator = "goals", .section = "unknown", .group = "bme", .statistic = "reference_share");
    pipeline_end(c.p);
    c = begin("Date,Ethnicity,Band,Team,Count\n2025-03-31,A,8a,East,1\n2025-03-31,N,8a,West,9\n2025-03-31,N,5,North,9\n");
    pipeline_by(c.p, "team", NULL);
    run(&c);
    assert_people(1, of_band(c, "Band 8a", .by = "team", .by_value = "East", .statistic = "goal")); /* 18 of 19, rounded */
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .by = "team", .by_value = "North", .group = "bme", .statistic = "goal");
    pipeline_end(c.p);
}

/* Of everybody, not of each team. */
static void what_is_lacking_is_said_once(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: mine\ntitle: T\nowner: O\nsource: S\ncertainty: U\n"
            "compare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
            "indicators:\n  - {id: goals, title: G, measure: goal, certainty: U, of: {table: workforce, where: [sex in Female]}}\n"),
        WRES_OK);
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Band,Team\n2025-03-31,A,8a,East\n2025-03-31,N,8a,West\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_missing(result(p, .indicator = "goals", .by = "all"), WRES_NOT_SUPPLIED, "no column sex");
    assert_int_equal(p->results.count, 1);
    pipeline_end(p);
}

/* Three of ten, and two are there. */
static void a_gap_of_one_person(void **state) {
    static const struct {
        wres_goal_rounding rounding;
        const char *note;
    } cases[] = {{WRES_GOAL_HALF_UP, "reference share of the headcount, rounded half up (a setting)"},
                 {WRES_GOAL_LEAST, "the least number whose share reaches the reference share (a setting)"},
                 {WRES_GOAL_UNROUNDED, "reference share of the headcount, as the setting says unrounded"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        goals_case c = begin(ten);
        fixed(&c, 30);
        c.goals.rounding = cases[i].rounding;
        run(&c);
        assert_exact(of_band(c, "Band 8a", .statistic = "gap"), 1, 1);
        assert_string_equal(of_band(c, "Band 8a", .statistic = "gap")->note, "not met");
        assert_string_equal(of_band(c, "Band 8a", .statistic = "goal")->note, cases[i].note);
        assert_false(of_band(c, "Band 8a", .statistic = "share")->has_interval);
        assert_int_equal(of_band(c, "Band 8a", .statistic = "gap")->unit,
                         cases[i].rounding == WRES_GOAL_UNROUNDED ? WRES_PEOPLE_UNROUNDED : WRES_PEOPLE);
        if (cases[i].rounding != WRES_GOAL_UNROUNDED)
            assert_people(3, of_band(c, "Band 8a", .statistic = "trajectory_steps", .period = "2028-03-31"));
        pipeline_end(c.p);
    }
    for (int members = 0; members < 2; members++) {
        goals_case c = begin(members ? HEADER "2025-03-31,A,8a," NURSES ",9\n2025-03-31,N,8a," NURSES ",1\n"
                                     : HEADER "2025-03-31,A,8a," NURSES ",10\n");
        fixed(&c, 30);
        run(&c);
        assert_string_equal(of_band(c, "Band 8a", .statistic = "gap")->note,
                            members ? "not met" : "not met: nobody in the band is known to be of the group");
        pipeline_end(c.p);
    }
}

/* The as-at date is that of the goal. */
static void nobody_is_ahead_of_a_way_that_has_ended(void **state) {
    (void)state;
    goals_case c = begin(two_dates);
    baseline(&c, 2023, 3, 31);
    c.goals.by_date = wres_date_of(2025, 3, 31);
    run(&c);
    assert_exact(of_band(c, "Band 8a", .statistic = "trajectory", .period = "2025-03-31"), 40, 1);
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "ahead_of_trajectory");
    pipeline_end(c.p);
}

/* The lowest band of all is asked for by itself: it has its goal, of its own staff. */
static void the_lowest_band_has_its_goal(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2025-03-31,A,Under Band 1," NURSES ",6\n2025-03-31,N,Under Band 1," NURSES
                                ",2\n2025-03-31,N,Band 5," NURSES ",8\n");
    bands(&c, "Under Band 1");
    run(&c);
    assert_of(of_band(c, "Under Band 1", .statistic = "share"), 2, 8);
    assert_people(5, of_band(c, "Under Band 1", .statistic = "goal")); /* 10 of 16 are 62.5%: 5 of 8 */
    pipeline_end(c.p);
}

/* Two bands of one place in the order stand as the list has them: what is upwards of the first holds the second, and not the other way. */
static void bands_of_one_place_stand_as_they_are_listed(void **state) {
    static const char *const first[] = {"8a+"}, *const second[] = {"Lead+"};
    (void)state;
    goals_case c = {.p = pipeline_new("model-employer")};
    pipeline_codes(c.p, "pay_bands.csv", wres_print(c.p->run, "%sLead,Lead,9\n", bands_without(c.p->run, "Chief")));
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    assert_string_equal(labels(&c, first, 1, NULL, 0), "Band 8a | Lead | Band 8b | Band 8c | Band 8d | Band 9 | VSM | 8a+");
    assert_string_equal(labels(&c, second, 1, NULL, 0), "Lead | Band 8b | Band 8c | Band 8d | Band 9 | VSM | Lead+");
    pipeline_end(c.p);
}

/* Of a part of an organisation only the bands are told that it has, and it has what it has in any of them. */
static void parts_are_told_of_the_bands_they_have(void **state) {
    (void)state;
    goals_case c = begin(HEADER "2025-03-31,A,8b," NURSES ",8\n2025-03-31,N,8b," NURSES ",2\n");
    c.goals.scope = WRES_REFERENCE_SECTION;
    run(&c);
    assert_people(2, of_band(c, "Band 8b", .section = "clinical", .statistic = "goal"));
    no_result(c.p, .indicator = "goals", .section = "clinical", .row = "Band 8a", .group = "bme", .statistic = "goal");
    pipeline_end(c.p);
    c = begin("Date,Ethnicity,Band,Team,Count\n2025-03-31,A,8b,East,8\n2025-03-31,N,8b,East,2\n");
    pipeline_by(c.p, "team", NULL);
    run(&c);
    assert_people(2, of_band(c, "Band 8b", .by = "team", .by_value = "East", .statistic = "goal"));
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .by = "team", .by_value = "East", .group = "bme", .statistic = "goal");
    assert_missing(of_band(c, "Band 8a", .statistic = "goal"), WRES_NOT_CALCULABLE, "nobody in this band");
    pipeline_end(c.p);
}

/* Up to 10^28 a fraction is exact, its denominator too; beyond it is a real number. Of ten people (5 * 10^26 + 1) / 10^28, and over 10 more. */
static void fractions_of_up_to_28_digits_are_exact(void **state) {
    const wres_int128 over = (wres_int128)1000000000000 * 1000000000000 * 1000;
    (void)state;
    for (int more = 0; more < 2; more++) {
        goals_case c = begin(ten);
        c.goals.scope = WRES_REFERENCE_FIXED;
        c.goals.fixed = (wres_rational){over / 2 + 1, over + more};
        run(&c);
        const wres_result *unrounded = of_band(c, "Band 8a", .statistic = "goal_unrounded");
        assert_int_equal(unrounded->kind, more ? WRES_VALUE_REAL : WRES_VALUE_EXACT);
        assert_close(more ? unrounded->real : wres_rational_real(unrounded->exact), 0.05, 1e-12);
        pipeline_end(c.p);
    }
    goals_case c = begin(HEADER "2025-03-31,N,8a," NURSES ",99999999977\n2025-03-31,A,5," NURSES ",100000000003\n");
    run(&c); /* half of them to within 10^-10: of numbers of 22 digits */
    assert_int_equal(of_band(c, "Band 8a", .statistic = "goal_unrounded")->kind, WRES_VALUE_EXACT);
    pipeline_end(c.p);
}

/* Nobody in the band a year ago, and how many there are today is hidden: that nobody was there rests on no hidden count. */
static void a_new_band_with_a_hidden_headcount(void **state) {
    (void)state;
    goals_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    pipeline_add_with(c.p, "workforce",
                      HEADER "2024-03-31,A,5," NURSES ",100\n2025-03-31,A,5," NURSES ",100\n2025-03-31,N,8a," NURSES ",*\n",
                      "hidden: {\"*\": 1-7}");
    baseline(&c, 2024, 3, 31);
    run(&c);
    assert_missing(of_band(c, "Band 8a", .statistic = "goal_frozen"), WRES_NOT_CALCULABLE,
                   "nobody in this band, or in the reference set, on 2024-03-31");
    assert_missing(of_band(c, "Band 8a", .statistic = "goal"), WRES_SUPPRESSED, "rests on counts");
    pipeline_end(c.p);
}

/* Applications of which none came to a shortlist tell as little as no file at all. */
static void recruitment_without_a_shortlist(void **state) {
    (void)state;
    goals_case c = begin(plenty);
    fixed(&c, 20);
    turnover(&c, 0.1);
    pipeline_add(c.p, "recruitment", "Date,Ethnicity,Stage,Count\n2025-01-01,A,Applied,48\n2025-01-01,N,Applied,36\n");
    run(&c);
    assert_missing(of_band(c, "Band 8a", .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share"), WRES_NOT_SUPPLIED,
                   "needs the group's share of shortlists");
    no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "recruitment_share");
    pipeline_end(c.p);
}

/* The same of numerators, above zero and below: of a hundred people 33 1/3 or nearly, and 10^28 over 3 * 10^26 + 1 fewer than they are. */
static void numerators_of_up_to_28_digits_are_exact(void **state) {
    const wres_int128 most = (wres_int128)1000000000000 * 1000000000000 * 10000, over = most / 100 * 3 + 1;
    (void)state;
    for (int more = 0; more < 2; more++) {
        goals_case c = begin(HEADER "2025-03-31,N,8a," NURSES ",100\n");
        c.goals.scope = WRES_REFERENCE_FIXED;
        c.goals.fixed = (wres_rational){most + more, over};
        run(&c);
        assert_int_equal(of_band(c, "Band 8a", .statistic = "goal_unrounded")->kind, more ? WRES_VALUE_REAL : WRES_VALUE_EXACT);
        pipeline_end(c.p);
        c = begin(HEADER "2025-03-31,N,8a," NURSES ",100\n");
        c.goals.scope = WRES_REFERENCE_FIXED;
        c.goals.fixed = (wres_rational){100 * over - most - more, over};
        c.goals.rounding = WRES_GOAL_UNROUNDED;
        run(&c);
        const wres_result *gap = of_band(c, "Band 8a", .statistic = "signed_gap");
        assert_int_equal(gap->kind, more ? WRES_VALUE_REAL : WRES_VALUE_EXACT);
        assert_close(more ? gap->real : wres_rational_real(gap->exact), -100.0 / 3, 1e-12);
        pipeline_end(c.p);
    }
}

/* Only what is called Band something loses that word. */
static void a_name_that_begins_like_a_band_is_kept(void **state) {
    static const char *const upward[] = {"Bandmaster+"};
    (void)state;
    goals_case c = {.p = pipeline_new("model-employer")};
    pipeline_codes(c.p, "pay_bands.csv",
                   wres_print(c.p->run, "%sBandmaster,Bandmaster,16\nBandsman,Bandsman,17\n", bands_without(c.p->run, NULL)));
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    assert_string_equal(labels(&c, upward, 1, NULL, 0), "Bandmaster | Bandsman | Bandmaster+");
    pipeline_end(c.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goal_is_the_reference_share_of_the_headcount),
        cmocka_unit_test(goals_are_rounded_as_the_setting_says),
        cmocka_unit_test(met_is_decided_on_the_exact_share),
        cmocka_unit_test(a_gap_is_never_below_zero_but_its_signed_form_is),
        cmocka_unit_test(reference_share_is_that_of_the_scope),
        cmocka_unit_test(known_base_leaves_unknown_out_of_both),
        cmocka_unit_test(sections_have_goals_of_their_own),
        cmocka_unit_test(staff_groups_have_goals_of_their_own),
        cmocka_unit_test(a_breakdown_is_set_against_the_whole),
        cmocka_unit_test(lists_of_bands_are_named),
        cmocka_unit_test(what_is_no_band_is_refused),
        cmocka_unit_test(a_band_of_the_settings_is_reported_there),
        cmocka_unit_test(a_pool_is_rounded_once),
        cmocka_unit_test(trajectory_is_a_straight_line_in_months),
        cmocka_unit_test(trajectory_by_quarter_ends_at_the_date),
        cmocka_unit_test(a_goal_that_is_met_asks_nobody_to_have_fewer),
        cmocka_unit_test(a_date_that_is_past_has_no_way_to_it),
        cmocka_unit_test(three_lines_tell_the_frozen_goal_from_today_s),
        cmocka_unit_test(a_baseline_must_be_an_earlier_snapshot),
        cmocka_unit_test(share_needed_is_that_of_the_definitions),
        cmocka_unit_test(gross_is_all_appointments_times_the_share_needed),
        cmocka_unit_test(finer_groups_have_goals_of_their_own),
        cmocka_unit_test(without_a_leaving_rate_nothing_is_said_of_appointments),
        cmocka_unit_test(more_than_every_appointment_is_out_of_reach),
        cmocka_unit_test(nobody_enters_where_nobody_leaves),
        cmocka_unit_test(share_needed_counts_the_group_s_own_leavers),
        cmocka_unit_test(implied_share_comes_of_two_snapshots),
        cmocka_unit_test(snapshots_can_contradict_the_leaving_rate),
        cmocka_unit_test(recruitment_gives_the_share_and_the_ratio_needed),
        cmocka_unit_test(recruitment_data_stand_in_for_the_settings),
        cmocka_unit_test(small_bands_have_a_chance_and_no_date),
        cmocka_unit_test(small_bands_have_a_chance_at_two_leaving_rates),
        cmocka_unit_test(leaving_rates_can_contradict_each_other),
        cmocka_unit_test(scenarios_stand_side_by_side),
        cmocka_unit_test(organisations_each_and_pooled),
        cmocka_unit_test(goals_have_defaults_where_none_are_asked_for),
        cmocka_unit_test(bands_stand_in_the_order_of_their_list),
        cmocka_unit_test(goals_need_their_bands),
        cmocka_unit_test(more_bands_than_there_is_room_for_are_refused),
        cmocka_unit_test(a_reference_set_without_anybody),
        cmocka_unit_test(nobody_at_the_as_at_date),
        cmocka_unit_test(a_band_that_was_not_there_at_the_baseline),
        cmocka_unit_test(a_reference_set_that_was_not_there_at_the_baseline),
        cmocka_unit_test(a_team_that_may_be_empty_has_its_goals),
        cmocka_unit_test(a_baseline_that_is_the_as_at_date_is_none),
        cmocka_unit_test(a_goal_of_before_the_as_at_date),
        cmocka_unit_test(fractions_that_grow_too_long_are_real_numbers),
        cmocka_unit_test(a_goal_that_is_exceeded_needs_no_appointment),
        cmocka_unit_test(a_group_that_leaves_faster_may_never_get_there),
        cmocka_unit_test(a_band_that_shrinks_by_more_than_leave),
        cmocka_unit_test(snapshots_of_more_entrants_than_there_were),
        cmocka_unit_test(appointments_all_of_one_kind),
        cmocka_unit_test(a_shortlist_all_of_one_kind_has_no_ratio),
        cmocka_unit_test(shortlists_without_appointments),
        cmocka_unit_test(outlooks_end_with_the_date_of_the_goal),
        cmocka_unit_test(reference_sets_hold_their_first_and_last_bands),
        cmocka_unit_test(the_shares_of_the_baseline_are_not_set_beside_others),
        cmocka_unit_test(one_person_is_enough),
        cmocka_unit_test(what_is_lacking_is_said_once),
        cmocka_unit_test(a_gap_of_one_person),
        cmocka_unit_test(nobody_is_ahead_of_a_way_that_has_ended),
        cmocka_unit_test(the_lowest_band_has_its_goal),
        cmocka_unit_test(bands_of_one_place_stand_as_they_are_listed),
        cmocka_unit_test(parts_are_told_of_the_bands_they_have),
        cmocka_unit_test(fractions_of_up_to_28_digits_are_exact),
        cmocka_unit_test(a_new_band_with_a_hidden_headcount),
        cmocka_unit_test(recruitment_without_a_shortlist),
        cmocka_unit_test(numerators_of_up_to_28_digits_are_exact),
        cmocka_unit_test(a_name_that_begins_like_a_band_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
