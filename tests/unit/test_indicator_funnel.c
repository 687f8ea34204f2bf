/* Funnel limits: teams whose share lies further from the whole's than their size explains. */
#include "pipeline.h"

/* Red 50 of 100 BME, Blue 10 of 100, Green 30 of 100: 90 of 300, 30%. */
static const char three_teams[] = "Date,Ethnicity,Team,Sex,Count\n2025-03-31,H,Red,Female,50\n2025-03-31,A,Red,Male,50\n2025-03-31,H,Blue,Female,10\n"
                                  "2025-03-31,A,Blue,Male,90\n2025-03-31,H,Green,Male,30\n2025-03-31,A,Green,Female,70\n";

static pipeline *by(const char *csv, const char *field, const char *crossed) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, field, crossed);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static const wres_result *limits(const pipeline *p, const char *team, const char *statistic) {
    return result(p, .indicator = "1", .by = "team", .by_value = team, .group = "bme", .statistic = statistic);
}

static size_t funnels(const pipeline *p) {
    size_t found = 0;
    for (size_t i = 0; i < p->results.count; i++) found += strncmp(p->results.all[i].statistic, "funnel", 6) == 0;
    return found;
}

/* p0 = 0.3, n = 100: sqrt(0.3 x 0.7/100) = 0.0458257569. 1.959964 of it are 8.9816833 points, 3.090232 are 14.1612234. */
static void limits_around_the_share_of_the_whole(void **state) {
    (void)state;
    pipeline *p = by(three_teams, "team", NULL);
    static const char *const teams[] = {"Red", "Blue", "Green"};
    const double root = 100 * sqrt(0.3 * 0.7 / 100);
    for (size_t i = 0; i < COUNT_OF(teams); i++) {
        assert_exact(limits(p, teams[i], "funnel_95"), 30, 1);
        assert_int_equal(limits(p, teams[i], "funnel_95")->unit, WRES_PERCENT);
        assert_interval(limits(p, teams[i], "funnel_95"), 30 - 1.959963984540054 * root, 30 + 1.959963984540054 * root, 1e-12);
        assert_interval(limits(p, teams[i], "funnel_95"), 21.0183167, 38.9816833, 1e-8);
        assert_interval(limits(p, teams[i], "funnel_998"), 30 - 3.090232306167813 * root, 30 + 3.090232306167813 * root, 1e-12);
        assert_interval(limits(p, teams[i], "funnel_998"), 15.8387766, 44.1612234, 1e-8);
    }
    pipeline_end(p);
}

static void the_note_says_where_the_team_lies(void **state) {
    (void)state;
    pipeline *p = by(three_teams, "team", NULL);
    assert_string_equal(limits(p, "Blue", "funnel_998")->note, "BME share far below that of the whole: outside the limits; not part of the standard");
    assert_contains(limits(p, "Red", "funnel_95")->note, "BME share far above that of the whole");
    assert_string_equal(limits(p, "Green", "funnel_95")->note, "inside the limits; not part of the standard");
    pipeline_end(p);
}

/* 20 of 100 against 30%: 20 is under 21.0 and over 15.8. Red and Green have 35 each: 90 of 300 in all. */
static void outside_of_one_and_inside_of_the_other(void **state) {
    (void)state;
    pipeline *p = by("Date,Ethnicity,Team,Count\n2025-03-31,H,Red,35\n2025-03-31,A,Red,65\n2025-03-31,H,Blue,20\n2025-03-31,A,Blue,80\n"
                     "2025-03-31,H,Green,35\n2025-03-31,A,Green,65\n",
                     "team", NULL);
    assert_contains(limits(p, "Blue", "funnel_95")->note, "far below");
    assert_contains(limits(p, "Blue", "funnel_998")->note, "inside the limits");
    pipeline_end(p);
}

/* Never under 0: Small has 1 of 4, the whole 10 of 100; 10% - 3.09 sqrt(0.09/4) would be -36%. */
static void limits_stay_between_0_and_100(void **state) {
    (void)state;
    pipeline *p = by("Date,Ethnicity,Team,Count\n2025-03-31,H,Small,1\n2025-03-31,A,Small,3\n2025-03-31,H,Large,9\n2025-03-31,A,Large,87\n", "team", NULL);
    const wres_result *small = limits(p, "Small", "funnel_998");
    assert_exact(small, 10, 1);
    assert_true(small->has_interval && small->lower == 0);
    assert_close(small->upper, 10 + 100 * 3.090232306167813 * sqrt(0.1 * 0.9 / 4), 1e-12);
    pipeline_end(p);
}

/* Unknown are in the base of wres-2025: 1 of 4 and 1 of 4; without them 1 of 2 and 1 of 4, 2 of 6. */
static void the_base_is_that_of_the_shares(void **state) {
    (void)state;
    static const char csv[] = "Date,Ethnicity,Team,Count\n2025-03-31,H,Red,1\n2025-03-31,A,Red,1\n2025-03-31,Z,Red,2\n2025-03-31,H,Blue,1\n2025-03-31,A,Blue,3\n";
    pipeline *p = by(csv, "team", NULL);
    assert_exact(limits(p, "Red", "funnel_95"), 25, 1);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(limits(p, "Red", "funnel_95"), 100, 3);
    pipeline_end(p);
}

static void none_by_a_field_with_a_code_list(void **state) {
    (void)state;
    pipeline *p = by(three_teams, "sex", NULL);
    assert_int_equal(funnels(p), 0);
    pipeline_end(p);
    p = by(three_teams, "team", "sex");
    assert_int_equal(funnels(p), 0);
    pipeline_end(p);
    p = pipeline_of("workforce", three_teams);
    assert_int_equal(funnels(p), 0);
    pipeline_end(p);
}

/* Only of the group that is compared. */
static void of_the_compared_group_only(void **state) {
    (void)state;
    pipeline *p = by(three_teams, "team", NULL);
    for (size_t i = 0; i < p->results.count; i++)
        if (strncmp(p->results.all[i].statistic, "funnel", 6) == 0) assert_string_equal(p->results.all[i].group, "bme");
    assert_true(funnels(p) >= 6);
    pipeline_end(p);
}

/* Red 30 of 100, Blue 10 of 100, both 20%. Nobody's ethnicity is known in Grey: without the unknown in the base it has no place. */
static void a_team_without_a_base_has_no_limits(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Team,Count\n2025-03-31,H,Red,30\n2025-03-31,A,Red,70\n2025-03-31,H,Blue,10\n2025-03-31,A,Blue,90\n2025-03-31,Z,Grey,9\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(limits(p, "Red", "funnel_95"), 20, 1);
    assert_exact(limits(p, "Blue", "funnel_998_overdispersed"), 20, 1);
    no_result(p, .indicator = "1", .by = "team", .by_value = "Grey", .group = "bme", .statistic = "funnel_95");
    no_result(p, .indicator = "1", .by = "team", .by_value = "Grey", .group = "bme", .statistic = "funnel_998");
    no_result(p, .indicator = "1", .by = "team", .by_value = "Grey", .group = "bme", .statistic = "funnel_998_overdispersed");
    assert_int_equal(funnels(p), 6);
    pipeline_end(p);
}

/* One team has no others to scatter among; nobody of known ethnicity, no whole. */
static void one_team_and_none(void **state) {
    (void)state;
    pipeline *p = by("Date,Ethnicity,Team,Count\n2025-03-31,H,Red,30\n2025-03-31,A,Red,70\n", "team", NULL);
    assert_int_equal(funnels(p), 2);
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_by(p, "team", NULL);
    pipeline_add_with(p, "workforce", "Date,Ethnicity,Team,Count\n2025-03-31,H,Red,<5\n2025-03-31,A,Red,70\n", "hidden: {\"<5\": 1-4}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(funnels(p), 2);
    assert_missing(limits(p, "Red", "funnel_998"), WRES_SUPPRESSED, "1 count");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    p->request.unknown_in_base = 0;
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Team,Count\n2025-03-31,Z,Red,30\n2025-03-31,Z,Blue,3\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(funnels(p), 0);
    pipeline_end(p);
}

/* By chance alone: Red's 50% lie above 30 + 14.2, Blue's 10% below 30 - 14.2, Green's 30% inside. */
static void every_limit_has_its_flag(void **state) {
    (void)state;
    pipeline *p = by(three_teams, "team", NULL);
    static const struct {
        const char *team;
        wres_range place;
    } teams[] = {{"Red", WRES_ABOVE}, {"Blue", WRES_BELOW}, {"Green", WRES_WITHIN}};
    for (size_t i = 0; i < COUNT_OF(teams); i++) {
        assert_true(limits(p, teams[i].team, "funnel_998")->has_flag && limits(p, teams[i].team, "funnel_95")->has_flag);
        assert_int_equal(limits(p, teams[i].team, "funnel_998")->flag, teams[i].place);
        assert_int_equal(limits(p, teams[i].team, "funnel_95")->flag, teams[i].place);
    }
    pipeline_end(p);
}

/* Limits end at 0 and at 100%, and nobody or everybody of a few is no further out than that. */
static void a_share_at_the_limit_is_inside(void **state) {
    (void)state;
    for (int all = 0; all < 2; all++) {
        const char *csv = all ? "Date,Ethnicity,Team,Count\n2025-03-31,H,Small,4\n2025-03-31,H,Large,90\n2025-03-31,A,Large,10\n"
                              : "Date,Ethnicity,Team,Count\n2025-03-31,A,Small,4\n2025-03-31,A,Large,90\n2025-03-31,H,Large,10\n";
        pipeline *p = by(csv, "team", NULL);
        const wres_result *small = limits(p, "Small", "funnel_998");
        assert_true(all ? small->upper == 100 : small->lower == 0);
        assert_int_equal(small->flag, WRES_WITHIN);
        pipeline_end(p);
    }
}

/* Of 200 in two teams 60 are Asian and 20 Black. */
static void finer_groups_have_limits_of_their_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Team,Count\n2025-03-31,H,Red,40\n2025-03-31,A,Red,60\n2025-03-31,H,Blue,20\n2025-03-31,N,Blue,20\n2025-03-31,A,Blue,60\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "1", .by = "team", .by_value = "Red", .group = "asian", .statistic = "funnel_95"), 30, 1);
    assert_exact(result(p, .indicator = "1", .by = "team", .by_value = "Red", .group = "black", .statistic = "funnel_95"), 10, 1);
    no_result(p, .indicator = "1", .by = "team", .by_value = "Red", .group = "white", .statistic = "funnel_95");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_around_the_share_of_the_whole),
        cmocka_unit_test(the_note_says_where_the_team_lies),
        cmocka_unit_test(outside_of_one_and_inside_of_the_other),
        cmocka_unit_test(limits_stay_between_0_and_100),
        cmocka_unit_test(the_base_is_that_of_the_shares),
        cmocka_unit_test(none_by_a_field_with_a_code_list),
        cmocka_unit_test(of_the_compared_group_only),
        cmocka_unit_test(a_team_without_a_base_has_no_limits),
        cmocka_unit_test(one_team_and_none),
        cmocka_unit_test(every_limit_has_its_flag),
        cmocka_unit_test(a_share_at_the_limit_is_inside),
        cmocka_unit_test(finer_groups_have_limits_of_their_own),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
