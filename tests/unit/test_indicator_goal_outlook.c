/* What the figures of a band rest on, so that each is suppressed where counts behind it are hidden, and no other; and the edges of the
 * outlook. */
#include "pipeline.h"

#include "wres/goals.h"

typedef struct outlook_case {
    pipeline *p;
    wres_goals goals;
} outlook_case;

static outlook_case begin(void) {
    outlook_case c = {.p = pipeline_new("model-employer")};
    assert_int_equal(wres_goals_default(&c.p->reading, &c.goals), WRES_OK);
    return c;
}

static void run(outlook_case *c) {
    c->p->request.goals = &c->goals;
    assert_int_equal(pipeline_run(c->p), WRES_OK);
}

static void turnover(outlook_case *c, double all) {
    c->goals.has_turnover = true;
    c->goals.turnover = all;
}

static void chosen(outlook_case *c, double shortlist, double likelihood) {
    c->goals.has_shortlist_share = c->goals.has_likelihood = true;
    c->goals.shortlist_share = shortlist;
    c->goals.likelihood = likelihood;
}

static void fixed(outlook_case *c, int percent) {
    c->goals.scope = WRES_REFERENCE_FIXED;
    c->goals.fixed = (wres_rational){percent, 1};
}

#define of_band(c, ...) result((c).p, .indicator = "goals", .row = "Band 8a", .group = "bme", __VA_ARGS__)

static void assert_real(const wres_result *r, double want, double relative) {
    assert_int_equal(r->status, WRES_CALCULATED);
    assert_int_equal(r->kind, WRES_VALUE_REAL);
    assert_close(r->real, want, relative);
}

/* ---- what rests on what ------------------------------------------------------------------------------------- */

/* The counts of which one can be hidden: of the band and of the reference set (bands 1 to 7) at two dates, of shortlists, of leavers. */
enum { NOW = 1, REFERENCE = 2, THEN = 4, THEN_REFERENCE = 8, RECRUITMENT = 16, LEAVING = 32, LEAVERS = 64 };

typedef enum mode { ONE_RATE, TWO_RATES, MOVEMENTS, MODES } mode;

/* What the leaving rates rest on: of one setting nothing; that of the others, of two settings, on who there is; of movements, on them
 * and on the headcount. */
static const unsigned leaving_of[MODES] = {0, NOW, NOW | LEAVING};

static const char *shown(pipeline *p, bool hidden, int count) { return hidden ? "*" : wres_print(p->run, "%d", count); }

/* Band 8a: 20 of 100, then 39 of 150; bands 1 to 7: 40 of 100, then 30 of 100. */
static outlook_case run_hiding(mode how, unsigned hidden) {
    static const char setting[] = "hidden: {\"*\": 1-7}";
    outlook_case c = begin();
    wres_run *r = c.p->run;
    c.goals.scope = WRES_REFERENCE_AFC_1_7;
    c.p->frame.has_baseline = true;
    c.p->frame.baseline = wres_date_of(2023, 3, 31);
    pipeline_add_with(c.p, "workforce",
                      wres_print(r,
                                 "Date,Ethnicity,Band,Count\n2023-03-31,A,8a,80\n2023-03-31,N,8a,%s\n2023-03-31,A,5,60\n2023-03-31,N,5,%s\n"
                                 "2025-03-31,A,8a,111\n2025-03-31,N,8a,%s\n2025-03-31,A,5,70\n2025-03-31,N,5,%s\n",
                                 shown(c.p, hidden & THEN, 20), shown(c.p, hidden & THEN_REFERENCE, 40), shown(c.p, hidden & NOW, 39),
                                 shown(c.p, hidden & REFERENCE, 30)),
                      setting);
    pipeline_add_with(c.p, "recruitment",
                      wres_print(r,
                                 "Date,Ethnicity,Stage,Count\n2025-01-01,A,Shortlisted,48\n2025-01-01,N,Shortlisted,%s\n"
                                 "2025-01-01,A,Appointed,12\n2025-01-01,N,Appointed,8\n",
                                 shown(c.p, hidden & RECRUITMENT, 36)),
                      setting);
    if (how == MOVEMENTS)
        pipeline_add_with(c.p, "movements",
                          wres_print(r, "Date,Ethnicity,Kind,From Band,To Band,Count\n2024-05-01,A,Leaver,8a,,12\n2024-05-01,N,Leaver,8a,,%s\n",
                                     shown(c.p, hidden & LEAVING, 4)),
                          setting);
    else
        turnover(&c, 0.1);
    c.goals.has_group_turnover = how == TWO_RATES;
    c.goals.group_turnover = 0.09;
    run(&c);
    return c;
}

/* LEAVERS: on the leaving rates, whatever they rest on. */
static const struct figure {
    const char *statistic, *group, *scenario, *period;
    unsigned rests_on;
} figures[] = {
    {"share", "bme", NULL, "2025-03-31", NOW},
    {"goal", "bme", NULL, "2025-03-31", NOW | REFERENCE},
    {"goal_unrounded", "bme", NULL, "2025-03-31", NOW | REFERENCE},
    {"gap", "bme", NULL, "2025-03-31", NOW | REFERENCE},
    {"signed_gap", "bme", NULL, "2025-03-31", NOW | REFERENCE},
    {"met", "bme", NULL, "2025-03-31", NOW | REFERENCE},
    {"share", "bme", NULL, "2023-03-31", THEN},
    {"goal", "bme", NULL, "2023-03-31", THEN | THEN_REFERENCE},
    {"goal_unrounded", "bme", NULL, "2023-03-31", THEN | THEN_REFERENCE},
    {"gap", "bme", NULL, "2023-03-31", THEN | THEN_REFERENCE},
    {"signed_gap", "bme", NULL, "2023-03-31", THEN | THEN_REFERENCE},
    {"met", "bme", NULL, "2023-03-31", THEN | THEN_REFERENCE},
    {"goal_frozen", "bme", NULL, NULL, THEN | THEN_REFERENCE},
    {"signed_gap_frozen", "bme", NULL, NULL, NOW | THEN | THEN_REFERENCE},
    {"goal_baseline_share", "bme", NULL, NULL, NOW | THEN_REFERENCE},
    {"signed_gap_baseline_share", "bme", NULL, NULL, NOW | THEN_REFERENCE},
    {"trajectory", "bme", NULL, "2024-03-31", THEN | THEN_REFERENCE},
    {"trajectory_steps", "bme", NULL, "2024-03-31", THEN | THEN_REFERENCE},
    {"trajectory_share", "bme", NULL, "2024-03-31", THEN | THEN_REFERENCE},
    {"ahead_of_trajectory", "bme", NULL, NULL, NOW | THEN | THEN_REFERENCE},
    {"appointments_net", "bme", NULL, NULL, NOW | REFERENCE},
    {"share_needed", "bme", NULL, NULL, NOW | REFERENCE | LEAVERS},
    {"appointments_gross", "bme", NULL, NULL, NOW | REFERENCE | LEAVERS},
    {"likelihood_needed", "white/bme", NULL, NULL, NOW | REFERENCE | LEAVERS | RECRUITMENT},
    {"implied_share", "bme", NULL, NULL, NOW | THEN | LEAVERS},
    {"recruitment_share", "bme", NULL, NULL, RECRUITMENT},
    {"years_to_goal", "bme", NULL, NULL, NOW | REFERENCE | THEN | LEAVERS},
    {"projected_share", "bme", "nothing changes", NULL, NOW | THEN | LEAVERS},
    {"projected", "bme", "nothing changes", NULL, NOW | THEN | LEAVERS},
    {"years_to_goal", "bme", "nothing changes", NULL, NOW | REFERENCE | THEN | LEAVERS},
    {"projected_share", "bme", "RL = 1", NULL, NOW | RECRUITMENT | LEAVERS},
    {"projected", "bme", "RL = 1", NULL, NOW | RECRUITMENT | LEAVERS},
    {"years_to_goal", "bme", "RL = 1", NULL, NOW | REFERENCE | RECRUITMENT | LEAVERS},
};

static const wres_result *figure_of(const outlook_case *c, const struct figure *f) {
    return result(c->p, .indicator = "goals", .row = "Band 8a", .statistic = f->statistic, .group = f->group, .period = f->period,
                  .by = f->scenario ? "scenario" : NULL, .by_value = f->scenario);
}

static void assert_same(const wres_result *got, const wres_result *want, bool hidden, const char *what, unsigned number) {
    const bool same = got->status == want->status && got->kind == want->kind && got->real == want->real &&
                      got->exact.numerator * want->exact.denominator == want->exact.numerator * got->exact.denominator;
    if (hidden ? got->status != WRES_SUPPRESSED : !same) fail_msg("%s, hidden %u: status %d", what, number, (int)got->status);
}

static void figures_are_suppressed_where_what_they_rest_on_is_hidden(void **state) {
    static const unsigned counts[] = {NOW, REFERENCE, THEN, THEN_REFERENCE, RECRUITMENT, LEAVING};
    (void)state;
    for (mode how = ONE_RATE; how < MODES; how++) {
        const outlook_case open = run_hiding(how, 0);
        for (size_t h = 0; h < COUNT_OF(counts) - (how != MOVEMENTS); h++) {
            const outlook_case c = run_hiding(how, counts[h]);
            for (size_t i = 0; i < COUNT_OF(figures); i++) {
                const unsigned on = figures[i].rests_on | (figures[i].rests_on & LEAVERS ? leaving_of[how] : 0);
                assert_int_equal(figure_of(&open, &figures[i])->status, WRES_CALCULATED);
                assert_same(figure_of(&c, &figures[i]), figure_of(&open, &figures[i]), on & counts[h], figures[i].statistic, counts[h]);
            }
            /* Where all leave at one rate, how many enter hangs on how many there are; else on who they are, and on who follows them. */
            const struct figure entrants = {"appointments_all", "all", NULL, NULL, how == ONE_RATE ? NOW : NOW | REFERENCE | leaving_of[how]};
            assert_same(figure_of(&c, &entrants), figure_of(&open, &entrants), entrants.rests_on & counts[h], "appointments_all", counts[h]);
            static const char *const equally[] = {"projected_share", "projected", "years_to_goal"};
            for (size_t i = 0; i < (how == ONE_RATE ? 1 : COUNT_OF(equally)); i++) {
                const unsigned on = how == ONE_RATE ? 0 : NOW | THEN | leaving_of[how] | (i == 2 ? REFERENCE : 0);
                const struct figure equal = {equally[i], "bme", "equal retention", NULL, on};
                assert_int_equal(figure_of(&open, &equal)->status, how == ONE_RATE ? WRES_NOT_SUPPLIED : WRES_CALCULATED);
                assert_same(figure_of(&c, &equal), figure_of(&open, &equal), on & counts[h], equally[i], counts[h]);
            }
            const struct figure leaving = {"leaving_rate", "bme", NULL, NULL, leaving_of[MOVEMENTS]};
            if (how == MOVEMENTS) assert_same(figure_of(&c, &leaving), figure_of(&open, &leaving), leaving.rests_on & counts[h], "leaving_rate", counts[h]);
            pipeline_end(c.p);
        }
        pipeline_end(open.p);
    }
}

/* Of the band's 100 to 107 people the group's number is hidden, and the goal is set by hand. */
static outlook_case of_hidden_band(int percent, double leaving) {
    outlook_case c = begin();
    fixed(&c, percent);
    turnover(&c, leaving);
    pipeline_add_with(c.p, "workforce", "Date,Ethnicity,Band,Count\n2025-03-31,A,8a,100\n2025-03-31,N,8a,*\n", "hidden: {\"*\": 0-7}");
    return c;
}

static void why_there_is_no_figure_is_hidden_where_it_tells_something(void **state) {
    (void)state;
    outlook_case c = of_hidden_band(20, 0);
    chosen(&c, 0.4, 1);
    run(&c); /* nobody leaves, whoever they are; but whether a small band's chance is missing or a date, their number would say */
    assert_missing(of_band(c, .statistic = "share_needed"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, .statistic = "appointments_gross"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, .by = "all", .statistic = "years_to_goal"), WRES_SUPPRESSED, "rests on counts");
    pipeline_end(c.p);
    c = of_hidden_band(99, 0.1);
    run(&c); /* whether it is out of reach, the number tells */
    assert_missing(of_band(c, .statistic = "share_needed"), WRES_SUPPRESSED, "rests on counts");
    assert_missing(of_band(c, .by = "all", .statistic = "years_to_goal"), WRES_NOT_SUPPLIED, "needs the group's share of appointments");
    assert_missing(of_band(c, .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share"), WRES_NOT_SUPPLIED, "needs the group's share of shortlists");
    pipeline_end(c.p);
    c = of_hidden_band(20, 0.1);
    c.goals.by_date = wres_date_of(2025, 3, 31);
    run(&c);
    assert_missing(of_band(c, .statistic = "share_needed"), WRES_NOT_CALCULABLE, "not after the as-at date");
    pipeline_end(c.p);
}

/* That the way ends before it begins, and that the movements are another year's, no headcount tells. */
static void why_there_is_no_way_or_rate_is_said_whatever_is_hidden(void **state) {
    (void)state;
    outlook_case c = of_hidden_band(20, 0.1);
    c.goals.by_date = wres_date_of(2025, 3, 31);
    run(&c);
    assert_missing(of_band(c, .statistic = "trajectory"), WRES_NOT_CALCULABLE, "where the way to it begins");
    pipeline_end(c.p);
    c = of_hidden_band(20, 0.1);
    c.goals.has_turnover = false;
    pipeline_add(c.p, "movements", "Date,Ethnicity,Kind,From Band,To Band,Count\n2023-05-01,A,Leaver,8a,,12\n");
    run(&c);
    assert_missing(result(c.p, .indicator = "goals", .row = "Band 8a", .group = "all", .statistic = "leaving_rate"), WRES_NOT_CALCULABLE, "another year's file");
    pipeline_end(c.p);
}

/* ---- edges -------------------------------------------------------------------------------------------------- */

static outlook_case of_band_of(int others, int members, int percent) {
    outlook_case c = begin();
    fixed(&c, percent);
    turnover(&c, 0.1);
    chosen(&c, 0.4, 1);
    pipeline_add(c.p, "workforce", wres_print(c.p->run, "Date,Ethnicity,Band,Count\n2025-03-31,A,8a,%d\n2025-03-31,N,8a,%d\n", others, members));
    return c;
}

static void from_fifty_people_on_there_is_a_date(void **state) {
    (void)state;
    for (int others = 44; others <= 45; others++) {
        outlook_case c = of_band_of(others, 5, 20);
        run(&c);
        if (others == 44) {
            assert_int_equal(of_band(c, .by = "all", .statistic = "chance_of_goal")->status, WRES_CALCULATED);
            no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "years_to_goal");
        } else { /* 10% to 20% with 40% of the entrants: two thirds of the way remain */
            assert_real(of_band(c, .by = "all", .statistic = "years_to_goal"), log(2.0 / 3) / log(0.9), 1e-12);
            no_result(c.p, .indicator = "goals", .row = "Band 8a", .group = "bme", .statistic = "chance_of_goal");
        }
        pipeline_end(c.p);
    }
}

/* A quarter of 16 are 4, of 17 five. */
static void a_chance_is_that_of_the_least_number_that_reaches_the_goal(void **state) {
    (void)state;
    for (int others = 14; others <= 15; others++) {
        outlook_case c = of_band_of(others, 2, 25);
        run(&c);
        assert_contains(of_band(c, .by = "all", .statistic = "chance_of_goal")->note, others == 14 ? "at least 4 of 16 are" : "at least 5 of 17 are");
        pipeline_end(c.p);
    }
}

/* Two places, each of which is the group's after a year with 1/2 times 1/2. */
static void a_chance_that_all_are_of_the_group(void **state) {
    (void)state;
    outlook_case c = of_band_of(2, 0, 100);
    turnover(&c, 0.5);
    chosen(&c, 0.5, 1);
    c.goals.by_date = wres_date_of(2026, 3, 31);
    run(&c);
    assert_real(of_band(c, .by = "all", .statistic = "chance_of_goal"), 0.0625, 1e-12);
    assert_real(of_band(c, .by = "scenario", .by_value = "nothing changes", .statistic = "projected_share"), 25, 1e-12);
    pipeline_end(c.p);
}

/* Chances are added up, and none is more than certain by what is lost in rounding. */
static void a_chance_is_at_most_certain(void **state) {
    (void)state;
    for (int others = 2; others < 50; others++) {
        outlook_case c = of_band_of(others, 0, 0);
        turnover(&c, 0.13);
        run(&c);
        assert_real(of_band(c, .by = "all", .statistic = "chance_of_goal"), 1, 1e-12);
        assert_true(of_band(c, .by = "all", .statistic = "chance_of_goal")->real <= 1);
        pipeline_end(c.p);
    }
}

static void appointments_at_the_goal_itself_never_reach_it(void **state) {
    (void)state;
    outlook_case c = of_band_of(90, 10, 40);
    run(&c);
    assert_missing(of_band(c, .by = "all", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE, "no higher than the goal");
    pipeline_end(c.p);
}

/* The band has 20 people, and who there is of bands 1 to 7 is hidden. */
static void a_chance_rests_on_the_reference_share(void **state) {
    (void)state;
    outlook_case c = begin();
    c.goals.scope = WRES_REFERENCE_AFC_1_7;
    turnover(&c, 0.1);
    chosen(&c, 0.4, 1);
    pipeline_add_with(c.p, "workforce", "Date,Ethnicity,Band,Count\n2025-03-31,A,8a,17\n2025-03-31,N,8a,3\n2025-03-31,A,5,80\n2025-03-31,N,5,*\n", "hidden: {\"*\": 1-7}");
    run(&c);
    assert_missing(of_band(c, .by = "all", .statistic = "chance_of_goal"), WRES_SUPPRESSED, "rests on counts");
    assert_int_equal(of_band(c, .by = "scenario", .by_value = "RL = 1", .statistic = "projected_share")->status, WRES_CALCULATED);
    pipeline_end(c.p);
}

/* 2% more posts a year, and who leaves at two rates: year by year. */
static void what_grows_is_counted_as_it_grows(void **state) {
    (void)state;
    outlook_case c = of_band_of(150, 50, 30);
    c.goals.has_group_turnover = true;
    c.goals.group_turnover = 0.16;
    c.goals.growth = 0.02;
    run(&c);
    const double others_leave = (0.1 * 200 - 0.16 * 50) / 150;
    double members = 50, others = 150;
    for (int year = 0; year < 3; year++) {
        const double enter = 0.02 * (members + others) + 0.16 * members + others_leave * others;
        members += 0.4 * enter - 0.16 * members;
        others += 0.6 * enter - others_leave * others;
    }
    assert_real(of_band(c, .by = "scenario", .by_value = "nothing changes", .statistic = "projected"), members, 1e-12);
    assert_real(of_band(c, .by = "scenario", .by_value = "nothing changes", .statistic = "projected_share"), 100 * members / (members + others), 1e-12);
    pipeline_end(c.p);
}

/* A quarter leave, and a quarter of the posts go: nobody enters, and no share is said as if somebody did. */
static void a_band_that_shrinks_by_what_leaves(void **state) {
    (void)state;
    outlook_case c = of_band_of(150, 50, 30);
    turnover(&c, 0.25);
    c.goals.growth = -0.25;
    run(&c);
    assert_missing(of_band(c, .statistic = "share_needed"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, .by = "scenario", .by_value = "nothing changes", .statistic = "projected_share"), WRES_NOT_CALCULABLE, "nobody enters the band");
    assert_missing(of_band(c, .by = "all", .statistic = "years_to_goal"), WRES_NOT_CALCULABLE, "nobody enters the band");
    pipeline_end(c.p);
}

/* Half of 80 and 20 stay. */
static outlook_case of_two_snapshots(int others, int members) {
    outlook_case c = begin();
    fixed(&c, 30);
    turnover(&c, 0.5);
    c.p->frame.has_baseline = true;
    c.p->frame.baseline = wres_date_of(2024, 3, 31);
    pipeline_add(c.p, "workforce", wres_print(c.p->run, "Date,Ethnicity,Band,Count\n2024-03-31,A,8a,80\n2024-03-31,N,8a,20\n2025-03-31,A,8a,%d\n2025-03-31,N,8a,%d\n", others, members));
    run(&c);
    return c;
}

/* 50 are those who stayed, and nobody has entered; of 51 the one who has is of the group, or is not, or there are two too many. */
static void the_share_of_few_entrants(void **state) {
    (void)state;
    outlook_case c = of_two_snapshots(40, 10);
    assert_missing(of_band(c, .statistic = "implied_share"), WRES_NOT_CALCULABLE, "nobody can have entered");
    pipeline_end(c.p);
    c = of_two_snapshots(41, 10);
    assert_real(of_band(c, .statistic = "implied_share"), 0, 0);
    pipeline_end(c.p);
    c = of_two_snapshots(40, 11);
    assert_real(of_band(c, .statistic = "implied_share"), 100, 0);
    pipeline_end(c.p);
    c = of_two_snapshots(39, 12);
    assert_missing(of_band(c, .statistic = "implied_share"), WRES_NOT_CALCULABLE, "below 0 or above 100%");
    pipeline_end(c.p);
}

/* 70 in post and 81 of a hundred or so who stayed: the snapshots imply no share, and recruitment stands in for it. That it does depends on
 * the earlier headcount, which is hidden. */
static void the_share_of_recruitment_taken_for_want_of_another_rests_on_why(void **state) {
    (void)state;
    for (int hidden = 0; hidden < 2; hidden++) {
        outlook_case c = begin();
        fixed(&c, 30);
        turnover(&c, 0.1);
        chosen(&c, 0.4, 1);
        c.p->frame.has_baseline = true;
        c.p->frame.baseline = wres_date_of(2023, 3, 31);
        pipeline_add_with(c.p, "workforce",
                          wres_print(c.p->run, "Date,Ethnicity,Band,Count\n2023-03-31,A,8a,95\n2023-03-31,N,8a,%s\n2025-03-31,A,8a,56\n2025-03-31,N,8a,14\n", hidden ? "*" : "7"),
                          "hidden: {\"*\": 1-7}");
        run(&c);
        const wres_result *years = of_band(c, .by = "all", .statistic = "years_to_goal");
        if (hidden)
            assert_missing(years, WRES_SUPPRESSED, "rests on counts");
        else
            assert_real(years, log(0.5) / log(0.9), 1e-12); /* 20% to 30% with 40%: half of the way remains */
        pipeline_end(c.p);
    }
}

/* Shortlists are set by hand, and appointments counted: one of the group is all of them, or there are some that are hidden. */
static void what_recruitment_gives(void **state) {
    static const char *const appointed[] = {"1", "*"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(appointed); i++) {
        outlook_case c = of_band_of(90, 10, 30);
        c.goals.has_likelihood = false;
        pipeline_add_with(c.p, "recruitment", wres_print(c.p->run, "Date,Ethnicity,Stage,Count\n2025-01-01,A,Shortlisted,9\n2025-01-01,N,Shortlisted,9\n2025-01-01,N,Appointed,%s\n", appointed[i]),
                          "hidden: {\"*\": 1-7}");
        run(&c);
        if (i == 0)
            assert_real(of_band(c, .statistic = "recruitment_share"), 100, 0);
        else
            assert_missing(of_band(c, .statistic = "recruitment_share"), WRES_SUPPRESSED, "rests on counts");
        pipeline_end(c.p);
    }
}

/* 10 people, 2 of the group: of a goal of 3 one is wanting, of one of 2 or 1 nobody. */
static void appointments_needed_by_people(void **state) {
    static const int percent[] = {30, 20, 10}, people[] = {1, 0, 0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(percent); i++) {
        outlook_case c = of_band_of(8, 2, percent[i]);
        run(&c);
        assert_people((uint64_t)people[i], of_band(c, .statistic = "appointments_net"));
        pipeline_end(c.p);
    }
}

/* A quarter of 200, half of whom leave, in a year: all appointments bring 62.5%, none leave 12.5%. */
static void the_share_needed_at_its_ends(void **state) {
    static const struct {
        int goal, needed; /* in tenths of a percent; in percent */
        const char *note;
    } cases[] = {{625, 100, "of all appointments to the band"}, {125, 0, "of all appointments to the band"}, {124, 0, "even if no appointment"}, {700, -1, "out of reach by then"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        outlook_case c = of_band_of(150, 50, 0);
        c.goals.fixed = (wres_rational){cases[i].goal, 10};
        turnover(&c, 0.5);
        c.goals.by_date = wres_date_of(2026, 3, 31);
        run(&c);
        const wres_result *needed = of_band(c, .statistic = "share_needed");
        if (cases[i].needed < 0)
            assert_missing(needed, WRES_NOT_CALCULABLE, cases[i].note);
        else
            assert_real(needed, cases[i].needed, 0);
        assert_contains(needed->note, cases[i].note);
        pipeline_end(c.p);
    }
}

/* 1 to 7 of 112 to 118 in the band, and of 71 to 77 in the reference set. */
static void shares_of_hidden_counts_have_bounds(void **state) {
    (void)state;
    for (int reference = 0; reference < 2; reference++) {
        const outlook_case c = run_hiding(ONE_RATE, reference ? REFERENCE : NOW);
        const wres_result *share = reference ? result(c.p, .indicator = "goals", .group = "bme", .statistic = "reference_share", .period = "2025-03-31")
                                             : of_band(c, .statistic = "share", .period = "2025-03-31");
        assert_true(share->has_lower_bound && share->has_upper_bound);
        assert_true(share->lower_bound.numerator * (reference ? 71 : 112) == 100 * share->lower_bound.denominator);
        assert_true(share->upper_bound.numerator * (reference ? 77 : 118) == 700 * share->upper_bound.denominator);
        pipeline_end(c.p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_suppressed_where_what_they_rest_on_is_hidden),
        cmocka_unit_test(why_there_is_no_figure_is_hidden_where_it_tells_something),
        cmocka_unit_test(why_there_is_no_way_or_rate_is_said_whatever_is_hidden),
        cmocka_unit_test(from_fifty_people_on_there_is_a_date),
        cmocka_unit_test(a_chance_is_that_of_the_least_number_that_reaches_the_goal),
        cmocka_unit_test(a_chance_that_all_are_of_the_group),
        cmocka_unit_test(a_chance_is_at_most_certain),
        cmocka_unit_test(appointments_at_the_goal_itself_never_reach_it),
        cmocka_unit_test(a_chance_rests_on_the_reference_share),
        cmocka_unit_test(what_grows_is_counted_as_it_grows),
        cmocka_unit_test(a_band_that_shrinks_by_what_leaves),
        cmocka_unit_test(the_share_of_few_entrants),
        cmocka_unit_test(the_share_of_recruitment_taken_for_want_of_another_rests_on_why),
        cmocka_unit_test(what_recruitment_gives),
        cmocka_unit_test(appointments_needed_by_people),
        cmocka_unit_test(the_share_needed_at_its_ends),
        cmocka_unit_test(shares_of_hidden_counts_have_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
