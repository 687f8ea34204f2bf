/* Projections of a share: the check values of England's band 8a in September 2018 (5,598 of 42,295; goal 236,048 of 1,227,127), the
 * recurrence gone through year by year, inverses, and edges. */
#include "close.h"
#include "wres/stats.h"

#define RELATIVE 1e-9

static const double SHARE_8A = 5598.0 / 42295;
static const double GOAL = 236048.0 / 1227127;

/* One leaving rate for all: the share settles at that of the entrants, and the rest of the way is (1 - leaving)/(1 + growth). */
static double retention(double leaving, double growth) {
    double settled = -1, rho = -1;
    assert_true(wres_settling(0.2, 0.35, &(wres_flow){leaving, leaving, growth}, &settled, &rho));
    assert_true(settled == (rho < 1 ? 0.35 : 0.2));
    assert_close(rho, (1 - leaving) / (1 + growth), 1e-15);
    return rho;
}

static double needed_of(double now, double goal, wres_flow flow, double years) {
    double share = -9;
    assert_true(wres_share_needed(now, goal, &flow, years, &share));
    return share;
}

static double needed(double now, double goal, double rho, double years) {
    return needed_of(now, goal, (wres_flow){1 - rho, 1 - rho, 0}, years);
}

static double projected(double now, double entrants, double rho, double years) {
    double share = -9;
    assert_true(wres_projected_share(now, entrants, rho, years, &share));
    return share;
}

static double years_to(double now, double goal, double entrants, double rho) {
    double years = -9;
    assert_true(wres_years_to_goal(now, goal, entrants, rho, &years));
    return years;
}

static double entrants_of(double headcount, double leaving, double growth, double years) {
    double count = -9;
    assert_true(wres_entrants(headcount, 0.1, 0.6, &(wres_flow){leaving, leaving, growth}, years, &count));
    return count;
}

static void share_needed_of_england(void **state) {
    (void)state;
    assert_true(fabs(needed(SHARE_8A, GOAL, 0.9, 10) - 0.22447981) < 5e-9);
    assert_true(fabs(needed(SHARE_8A, GOAL, 0.95, 10) - 0.28188934) < 5e-9);
    assert_true(fabs(needed(SHARE_8A, GOAL, 0.9, 6) - 0.26041290) < 5e-9);
    /* 40-digit arithmetic. */
    assert_close(needed(SHARE_8A, GOAL, 0.9, 10), 0.22447980995108373, 1e-12);
}

/* Net 2,538: the rounded gap. Gross: those of all entrants in ten years who have to be members. */
static void appointments_of_england(void **state) {
    (void)state;
    double gross = needed(SHARE_8A, GOAL, 0.9, 10) * entrants_of(42295, 0.1, 0, 10);
    assert_true(fabs(gross - 9494) < 0.5);
    assert_true(fabs(GOAL * 42295 - 5598 - 2538) < 0.5);
}

/* "33% to 50% in ten years needs 55% of vacancies". */
static void share_needed_as_stated_by_open_door(void **state) {
    (void)state;
    assert_close(needed(0.33, 0.5, 0.8622927454, 10), 0.55, RELATIVE);
}

static void projection_goes_year_by_year(void **state) {
    (void)state;
    const double leaving = 0.12;
    const double growth = 0.03;
    const double entrants = 0.31;
    double rho = retention(leaving, growth);
    double members = 80;
    double headcount = 1000;
    double entered = 0;
    for (int year = 1; year <= 25; year++) {
        double new_ones = headcount * (leaving + growth);
        members += entrants * new_ones - leaving * members;
        headcount *= 1 + growth;
        entered += new_ones;
        assert_close(projected(0.08, entrants, rho, year), members / headcount, 1e-12);
        assert_close(entrants_of(1000, leaving, growth, year), entered, 1e-12);
    }
}

/* Members and others leave at rates of their own: counted year by year, with people and not with shares. */
static void two_leaving_rates_go_year_by_year(void **state) {
    static const wres_flow flows[] = {{0.20, 0.08, 0}, {0.05, 0.12, 0.03},  {0, 0.12, 0},
                                      {0.15, 0, 0},    {0.15, 0.10, -0.04}, {0, 0, 0.02}};
    (void)state;
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        for (double share = 0; share <= 1; share += 0.25) {
            double members = 80, others = 920, entered = 0, settled, rho, then, count;
            assert_true(wres_settling(0.08, share, &flows[i], &settled, &rho));
            for (int year = 1; year <= 25; year++) {
                const double left = flows[i].members * members + flows[i].others * others;
                const double new_ones = left + flows[i].growth * (members + others);
                members += share * new_ones - flows[i].members * members;
                others += (1 - share) * new_ones - flows[i].others * others;
                entered += new_ones;
                assert_true(wres_projected_share(0.08, settled, rho, year, &then));
                assert_true(fabs(then - members / (members + others)) < 1e-13);
                assert_true(wres_entrants(1000, 0.08, share, &flows[i], year, &count));
                assert_close(count, entered, 1e-11);
                if (year % 6 == 0 && then != 0.08) assert_true(fabs(needed_of(0.08, then, flows[i], year) - share) < 1e-9);
            }
        }
    }
}

static void two_leaving_rates_can_put_the_goal_out_of_reach(void **state) {
    (void)state;
    assert_true(isinf(needed_of(0.1, 0.5, (wres_flow){0.2, 0.1, 0}, 1)));
    assert_true(needed_of(0.1, 0.5, (wres_flow){0.2, 0.1, 0}, 1) > 1);
    assert_true(needed_of(0.5, 0.1, (wres_flow){0.2, 0.1, 0}, 1) < 0);
}

static void the_needed_share_reaches_the_goal(void **state) {
    (void)state;
    for (double years = 0.5; years < 20; years += 1.75) {
        double rho = retention(0.11, 0.02);
        double share = needed_of(0.1, 0.18, (wres_flow){0.11, 0.11, 0.02}, years);
        if (share <= 1) {
            assert_close(projected(0.1, share, rho, years), 0.18, 1e-13);
            assert_close(years_to(0.1, 0.18, share, rho), years, 1e-12);
        }
    }
    assert_true(needed(0.1, 0.5, 0.9, 1) > 1);
    assert_true(needed(0.5, 0.1, 0.9, 1) < 0);
    assert_close(needed(0.2, 0.2, 0.9, 5), 0.2, 1e-15);
}

static void years_to_the_goal(void **state) {
    (void)state;
    assert_close(years_to(SHARE_8A, GOAL, needed(SHARE_8A, GOAL, 0.9, 10), 0.9), 10, 1e-12);
    assert_close(years_to(0.1, 0.2, 0.3, 0.5), 1, 1e-14);
    assert_true(years_to(0.2, 0.2, 0.1, 0.9) == 0.0);
    assert_true(years_to(0.3, 0.2, 0.1, 0.9) == 0.0);
}

static void never(void **state) {
    (void)state;
    assert_true(years_to(0.1, 0.2, 0.2, 0.9) == (double)INFINITY);
    assert_true(years_to(0.1, 0.2, 0.05, 0.9) == (double)INFINITY);
    assert_true(years_to(0.1, 0.2, 0.5, 1) == (double)INFINITY);
    assert_true(years_to(0.2, 0.2, 0.5, 1) == 0.0);
}

static void nothing_moves_without_entrants_or_years(void **state) {
    (void)state;
    double share = 7;
    assert_true(projected(0.1, 0.9, 1, 10) == 0.1);
    assert_true(projected(0.1, 0.9, 0.8, 0) == 0.1);
    assert_false(wres_share_needed(0.1, 0.2, &(wres_flow){0, 0, 0}, 10, &share));
    assert_false(wres_share_needed(0.1, 0.2, &(wres_flow){0.1, 0.1, 0}, 0, &share));
    assert_false(wres_share_needed(0.1, 0.2, &(wres_flow){0.1, 0.2, 0}, 0, &share));
    /* Only members leave, and there are none; only others leave, and there are none. */
    assert_false(wres_share_needed(0, 0.2, &(wres_flow){0.15, 0, 0}, 5, &share));
    assert_false(wres_share_needed(1, 0.2, &(wres_flow){0, 0.15, 0}, 5, &share));
    assert_true(share == 7.0);
    assert_true(entrants_of(1000, 0.1, 0, 0) == 0.0);
    assert_true(entrants_of(0, 0.1, 0.1, 10) == 0.0);
    /* As many fewer as leave: nobody enters. */
    assert_close(retention(0.1, -0.1), 1, 1e-15);
    assert_true(entrants_of(1000, 0.1, -0.1, 10) == 0.0);
}

static void implied_share_is_what_went_in(void **state) {
    (void)state;
    double share;
    /* 1,000 with 100 members; 100 leave, 10 of them members; 200 enter, 50 of them members. */
    assert_true(wres_implied_share((wres_proportion){100, 1000}, (wres_proportion){140, 1100}, 0.1, &share));
    assert_close(share, 0.25, 1e-13);
    assert_true(wres_implied_share((wres_proportion){0, 0}, (wres_proportion){3, 12}, 0.1, &share));
    assert_close(share, 0.25, 1e-15);
    /* More members than can be: the leaving rate is not this. */
    assert_true(wres_implied_share((wres_proportion){100, 1000}, (wres_proportion){160, 1000}, 0.01, &share));
    assert_close(share, 6.1, 1e-12);
}

static void implied_share_is_undefined_where_nobody_entered(void **state) {
    (void)state;
    const wres_proportion before = {100, 1000};
    double share = 7;
    assert_false(wres_implied_share(before, (wres_proportion){90, 900}, 0.1, &share));
    assert_false(wres_implied_share(before, (wres_proportion){90, 800}, 0.1, &share));
    assert_false(wres_implied_share(before, (wres_proportion){0, 0}, 0.1, &share));
    assert_false(wres_implied_share((wres_proportion){1, 0}, before, 0.1, &share));
    assert_false(wres_implied_share((wres_proportion){5, 4}, before, 0.1, &share));
    assert_false(wres_implied_share((wres_proportion){0, UINT64_C(1000000000001)}, before, 0.1, &share));
    assert_false(wres_implied_share(before, before, 1.1, &share));
    assert_false(wres_implied_share(before, before, (double)NAN, &share));
    assert_true(share == 7.0);
}

/* Of a field that is 40% members, at relative likelihoods of 1.25, 1.6 and 2. */
static void share_chosen_from_a_field(void **state) {
    (void)state;
    const double ratio[3] = {1.25, 1.6, 2};
    const double want[3] = {0.3478260870, 0.2941176471, 0.25};
    for (size_t i = 0; i < 3; i++) {
        double share, back;
        assert_true(wres_share_chosen(0.4, ratio[i], &share));
        assert_close(share, want[i], 2e-10);
        assert_true(wres_ratio_needed(0.4, share, &back));
        assert_close(back, ratio[i], 1e-14);
    }
    double share, ratio_needed;
    assert_true(wres_share_chosen(0.4, 1, &share));
    assert_close(share, 0.4, 1e-15);
    assert_true(wres_ratio_needed(0.4, 1, &ratio_needed));
    assert_true(ratio_needed == 0.0);
}

static void share_chosen_is_undefined_without_a_mixed_field(void **state) {
    (void)state;
    double got = 7;
    assert_false(wres_share_chosen(0, 1, &got));
    assert_false(wres_share_chosen(1, 1, &got));
    assert_false(wres_share_chosen((double)NAN, 1, &got));
    assert_false(wres_share_chosen(0.4, 0, &got));
    assert_false(wres_share_chosen(0.4, (double)INFINITY, &got));
    assert_false(wres_ratio_needed(0, 0.5, &got));
    assert_false(wres_ratio_needed(1, 0.5, &got));
    assert_false(wres_ratio_needed(0.4, 0, &got));
    assert_false(wres_ratio_needed(0.4, 1.5, &got));
    assert_true(got == 7.0);
}

static void retention_is_undefined_where_none_stay_or_more_go_than_leave(void **state) {
    (void)state;
    double got = 7;
    const wres_flow bad[] = {{1, 1, 0},
                             {0.1, 1, 0},
                             {-0.1, -0.1, 0},
                             {0.1, 0.1, -0.2},
                             {0.1, 0.02, -0.05},
                             {0.02, 0.1, -0.05},
                             {0.1, 0.1, -1},
                             {0.1, 0.1, (double)INFINITY},
                             {(double)NAN, 0.1, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const double now = i == 5 ? 0.9 : 0.1, entrants = i == 5 ? 0.9 : 0.1;
        assert_false(wres_settling(now, entrants, &bad[i], &got, &got));
        assert_false(wres_entrants(1000, now, entrants, &bad[i], 1, &got));
    }
    const wres_flow good = {0.1, 0.1, 0};
    assert_false(wres_settling(1.1, 0.5, &good, &got, &got));
    assert_false(wres_settling(0.1, -0.5, &good, &got, &got));
    assert_false(wres_entrants(-1, 0.1, 0.5, &good, 1, &got));
    assert_false(wres_entrants((double)INFINITY, 0.1, 0.5, &good, 1, &got));
    assert_false(wres_entrants(1000, 0.1, 0.5, &good, -1, &got));
    assert_true(got == 7.0);
}

static void projection_is_undefined_outside_its_range(void **state) {
    (void)state;
    double got = 7;
    assert_false(wres_projected_share(-0.1, 0.5, 0.9, 1, &got));
    assert_false(wres_projected_share(0.1, 1.5, 0.9, 1, &got));
    assert_false(wres_projected_share(0.1, 0.5, 0, 1, &got));
    assert_false(wres_projected_share(0.1, 0.5, 1.1, 1, &got));
    assert_false(wres_projected_share(0.1, 0.5, 0.9, -1, &got));
    assert_false(wres_projected_share(0.1, 0.5, 0.9, (double)INFINITY, &got));
    const wres_flow flows[] = {{0.1, 0.1, 0}, {0.2, 0.1, 0}, {0.1, (double)NAN, 0}};
    for (size_t i = 0; i < 3; i++) {
        assert_false(wres_share_needed(1.1, 0.5, &flows[i], 1, &got));
        assert_false(wres_share_needed(0.1, -0.5, &flows[i], 1, &got));
        assert_false(wres_share_needed(0.1, 0.5, &flows[i], (double)NAN, &got));
    }
    assert_false(wres_share_needed(0.1, 0.5, &flows[2], 1, &got));
    assert_false(wres_years_to_goal(1.1, 0.5, 0.6, 0.9, &got));
    assert_false(wres_years_to_goal(0.1, 1.5, 0.6, 0.9, &got));
    assert_false(wres_years_to_goal(0.1, 0.5, 1.6, 0.9, &got));
    assert_false(wres_years_to_goal(0.1, 0.5, 0.6, 0, &got));
    assert_true(got == 7.0);
}

/* Members who leave by a tenth and others who leave by a fifth; in one year, from none, s of the entrants: the share is 0.2 s. */
static void the_ends_of_what_entrants_can_do(void **state) {
    (void)state;
    const wres_flow flow = {0.1, 0.2, 0};
    double settled, rho, least, most;
    assert_true(wres_settling(0.3, 0, &flow, &settled, &rho) && wres_projected_share(0.3, settled, rho, 4, &least));
    assert_true(wres_settling(0.3, 1, &flow, &settled, &rho) && wres_projected_share(0.3, settled, rho, 4, &most));
    assert_true(needed_of(0.3, least, flow, 4) < 1e-15);
    assert_close(needed_of(0.3, most, flow, 4), 1, 1e-15);
    assert_true(needed_of(0.3, nextafter(least, 0), flow, 4) == -(double)INFINITY);
    assert_true(needed_of(0.3, nextafter(most, 1), flow, 4) == (double)INFINITY);
    assert_close(needed_of(0, 0.1, flow, 1), 0.5, 1e-14);
    /* To the last bit, also where it is small. */
    assert_close(needed_of(0, 0.2e-12, flow, 1), 1e-12, 1e-14);
}

/* By 5% a year, where only 2% of a kind leave: as many of them would have to go as are not said. Where all were of the other kind, or
 * became so, nothing would be amiss for a while; but it is one body, whatever it consists of now. */
static void shrinking_by_more_than_leave_of_a_kind_is_undefined(void **state) {
    (void)state;
    static const wres_flow bad[] = {{0.02, 0.1, -0.05}, {0.1, 0.02, -0.05}, {0.02, 0.02, -0.05}, {0, 0.2, -0.1}};
    static const double shares[] = {0, 0.2, 0.5, 1};
    double settled, rho, share, count;
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 16; k++) {
            assert_false(wres_settling(shares[k / 4], shares[k % 4], &bad[i], &settled, &rho));
            assert_false(wres_entrants(100, shares[k / 4], shares[k % 4], &bad[i], 1, &count));
            assert_false(wres_share_needed(shares[k / 4], shares[k % 4], &bad[i], 1, &share));
        }
    }
    /* By as many as leave of one kind. */
    const wres_flow even = {0.1, 0.3, -0.1};
    assert_true(wres_settling(0.3, 0.5, &even, &settled, &rho));
    assert_true(wres_projected_share(0.3, settled, rho, 1, &share));
    /* 30 of 100 are members; 3 and 21 leave, 10 fewer are wanted: 14 enter, 7 of them members. */
    assert_close(share, 34.0 / 90, 1e-14);
    assert_true(wres_entrants(100, 0.3, 0.5, &even, 1, &count));
    assert_close(count, 14, 1e-13);
    /* Where members are not replaced, all who enter being members, the share settles at 1 and not beyond. */
    for (double others = 0.101; others < 1; others += 0.007) {
        for (double entrants = 0.05; entrants <= 1; entrants += 0.05) {
            assert_true(wres_settling(0.3, entrants, &(wres_flow){0.1, others, -0.1}, &settled, &rho));
            assert_close(settled, 1, 1e-14);
        }
    }
}

/* 1 - 2^-53 leave and the body doubles: 1 - 2/2 stay, as far as numbers can tell. */
static void all_but_nobody_stays(void **state) {
    (void)state;
    const double nearly = 1 - 0x1p-53;
    double settled, rho, count;
    assert_true(wres_settling(0.1, 0.6, &(wres_flow){nearly, nearly, 1}, &settled, &rho));
    assert_true(rho == 0 && settled == 0.6);
    assert_true(entrants_of(1000, nearly, 1, 0) == 0.0);
    assert_close(entrants_of(1000, nearly, 1, 1), 2000, 1e-15);
    assert_false(wres_share_needed(0.1, 0.2, &(wres_flow){nearly, nearly, 1}, 0, &count));
}

static void one_kind_may_not_leave_as_a_whole(void **state) {
    (void)state;
    static const double all[] = {1, 1.5, -0.01};
    double settled, rho;
    for (size_t i = 0; i < 3; i++) {
        assert_false(wres_settling(0.1, 0.2, &(wres_flow){all[i], 0.1, 0.5}, &settled, &rho));
        assert_false(wres_settling(0.1, 0.2, &(wres_flow){0.1, all[i], 0.5}, &settled, &rho));
    }
    assert_false(wres_settling(0.1, 0.2, &(wres_flow){0.5, 0.5, (double)NAN}, &settled, &rho));
    assert_false(wres_settling(0.1, 0.2, &(wres_flow){0.5, 0.5, (double)INFINITY}, &settled, &rho));
    assert_false(wres_settling(0.1, 0.2, &(wres_flow){0.5, 0.5, -1.5}, &settled, &rho));
}

/* 1 of 3, half of whom leave, and 1 of 2: half a person entered, a member. */
static void half_an_entrant_is_one(void **state) {
    (void)state;
    double share;
    assert_true(wres_implied_share((wres_proportion){1, 3}, (wres_proportion){1, 2}, 0.5, &share));
    assert_close(share, 1, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(share_needed_of_england),
        cmocka_unit_test(appointments_of_england),
        cmocka_unit_test(share_needed_as_stated_by_open_door),
        cmocka_unit_test(projection_goes_year_by_year),
        cmocka_unit_test(two_leaving_rates_go_year_by_year),
        cmocka_unit_test(two_leaving_rates_can_put_the_goal_out_of_reach),
        cmocka_unit_test(the_needed_share_reaches_the_goal),
        cmocka_unit_test(years_to_the_goal),
        cmocka_unit_test(never),
        cmocka_unit_test(nothing_moves_without_entrants_or_years),
        cmocka_unit_test(implied_share_is_what_went_in),
        cmocka_unit_test(implied_share_is_undefined_where_nobody_entered),
        cmocka_unit_test(share_chosen_from_a_field),
        cmocka_unit_test(share_chosen_is_undefined_without_a_mixed_field),
        cmocka_unit_test(retention_is_undefined_where_none_stay_or_more_go_than_leave),
        cmocka_unit_test(projection_is_undefined_outside_its_range),
        cmocka_unit_test(the_ends_of_what_entrants_can_do),
        cmocka_unit_test(shrinking_by_more_than_leave_of_a_kind_is_undefined),
        cmocka_unit_test(all_but_nobody_stays),
        cmocka_unit_test(one_kind_may_not_leave_as_a_whole),
        cmocka_unit_test(half_an_entrant_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
