/* Where sums, shares and ratios lie that rest on hidden counts: against every assignment of small ones. */
#include "pipeline.h"

#include "indicator/hidden.h"

static amount between(uint64_t least, uint64_t most) { return (amount){least, wres_hidden_count(least, most)}; }
static amount known(uint64_t count) { return (amount){count, {0}}; }
static fraction part(amount x, amount rest) { return (fraction){x, amount_sum(x, rest), KIN_PART}; }
static fraction apart(amount x, amount n) { return (fraction){x, n, KIN_APART}; }

static bool is_less(wres_rational a, wres_rational b) { return a.numerator * b.denominator < b.numerator * a.denominator; }
static bool is_equal(wres_rational a, wres_rational b) { return a.numerator * b.denominator == b.numerator * a.denominator; }

/* The least and the largest met so far. */
typedef struct met {
    bool any;
    span found;
} met;

static void meet(met *m, wres_rational value) {
    if (!m->any || is_less(value, m->found.lower)) m->found.lower = value;
    if (!m->any || is_less(m->found.upper, value)) m->found.upper = value;
    m->any = true;
}

/* Every fraction x / (x + rest), or x / n, that the ranges allow. */
static void every_fraction(const uint64_t ends[4], bool is_part, void (*visit)(wres_rational value, void *context), void *context) {
    for (uint64_t x = ends[0]; x <= ends[1]; x++)
        for (uint64_t n = ends[2]; n <= ends[3]; n++) {
            const uint64_t below = is_part ? x + n : n;
            if (below) visit((wres_rational){(wres_int128)x, (wres_int128)below}, context);
        }
}

static void meet_any(wres_rational value, void *context) { meet(context, value); }
static void meet_positive(wres_rational value, void *context) {
    if (value.numerator) meet(context, value);
}

static fraction fraction_from(const uint64_t ends[4], bool is_part) {
    const amount x = between(ends[0], ends[1]), n = between(ends[2], ends[3]);
    return is_part ? part(x, n) : apart(x, n);
}

static void assert_met(const met *m, bool has_range, const span *range_of) {
    assert_int_equal(m->any, has_range);
    if (!m->any) return;
    assert_true(is_equal(m->found.lower, range_of->lower));
    assert_true(is_equal(m->found.upper, range_of->upper));
}

/* All pairs of ranges within 0 to 4: 225 of each kind. */
static void a_fraction_lies_between_its_ends(void **state) {
    (void)state;
    uint64_t e[4];
    for (e[0] = 0; e[0] <= 4; e[0]++)
        for (e[1] = e[0]; e[1] <= 4; e[1]++)
            for (e[2] = 0; e[2] <= 4; e[2]++)
                for (e[3] = e[2]; e[3] <= 4; e[3]++)
                    for (int kind = 0; kind < 2; kind++) {
                        const fraction f = fraction_from(e, kind == 0);
                        met any = {0}, positive = {0};
                        span s;
                        every_fraction(e, kind == 0, meet_any, &any);
                        every_fraction(e, kind == 0, meet_positive, &positive);
                        bool has = fraction_range(&f, 0, &s);
                        assert_met(&any, has, &s);
                        has = fraction_range(&f, 1, &s);
                        assert_met(&positive, has, &s);
                    }
}

typedef struct pairing {
    const uint64_t *other;
    bool is_part, is_ratio;
    met met;
    wres_rational first;
} pairing;

static void pair_second(wres_rational second, void *context) {
    pairing *p = context;
    const wres_rational a = p->first;
    if (p->is_ratio && second.numerator == 0) return;
    meet(&p->met, p->is_ratio ? (wres_rational){a.numerator * second.denominator, a.denominator * second.numerator}
                              : (wres_rational){a.numerator * second.denominator - second.numerator * a.denominator, a.denominator * second.denominator});
}

static void pair_first(wres_rational first, void *context) {
    pairing *p = context;
    p->first = first;
    every_fraction(p->other, p->is_part, pair_second, p);
}

static void ratios_and_differences_lie_between_their_ends(void **state) {
    (void)state;
    static const uint64_t ranges[][4] = {{0, 2, 0, 3}, {1, 4, 5, 5}, {2, 2, 0, 7}, {0, 0, 3, 4}, {0, 3, 0, 0}, {3, 5, 1, 2}, {0, 0, 0, 0}, {0, 1, 1, 1}};
    for (size_t i = 0; i < COUNT_OF(ranges); i++)
        for (size_t k = 0; k < COUNT_OF(ranges); k++)
            for (int kind = 0; kind < 4; kind++) {
                pairing p = {.other = ranges[k], .is_part = kind % 2 == 0, .is_ratio = kind < 2};
                const fraction a = fraction_from(ranges[i], p.is_part), b = fraction_from(ranges[k], p.is_part);
                span s;
                every_fraction(ranges[i], p.is_part, pair_first, &p);
                const bool has = p.is_ratio ? ratio_range(&a, &b, &s) : difference_range(&a, &b, &s);
                assert_met(&p.met, has, &s);
            }
}

static void what_nobody_knows_has_no_ends(void **state) {
    (void)state;
    const fraction open_above = part(between(0, WRES_COUNT_LIMIT), known(4)), open_below = part(known(4), between(0, WRES_COUNT_LIMIT)),
                   closed = part(between(1, 4), known(80)), unsure = {between(1, 4), known(80), KIN_UNSURE};
    span s;
    assert_false(fraction_range(&open_above, 0, &s));
    assert_false(fraction_range(&open_below, 0, &s));
    assert_false(fraction_range(&unsure, 0, &s));
    assert_true(fraction_range(&closed, 0, &s));
    assert_false(ratio_range(&closed, &open_below, &s));
    assert_false(ratio_range(&open_below, &closed, &s));
    assert_false(difference_range(&closed, &unsure, &s));
}

/* More of a part than of its whole: persons counted apart. Then nothing is said. */
static void a_part_that_is_none_has_no_ends(void **state) {
    (void)state;
    const fraction f = {between(5, 9), between(3, 20), KIN_PART}, g = {between(1, 9), between(3, 5), KIN_PART};
    span s;
    assert_false(fraction_range(&f, 0, &s));
    assert_false(fraction_range(&g, 0, &s));
}

static void every_hidden_count_is_counted_once(void **state) {
    (void)state;
    const amount two = amount_sum(between(1, 4), between(0, 7));
    const fraction inside = part(two, known(5)), outside = part(known(5), two), both = part(two, two), none = part(known(1), known(2));
    assert_int_equal(fraction_hidden(&inside), 2);
    assert_int_equal(fraction_hidden(&outside), 2);
    assert_int_equal(fraction_hidden(&both), 4);
    assert_int_equal(fraction_hidden(&none), 0);
    const fraction tables = apart(two, between(1, 4)), unsure = {two, two, KIN_UNSURE}, half = {two, known(5), KIN_UNSURE};
    assert_int_equal(fraction_hidden(&tables), 3);
    assert_true(fraction_hidden(&unsure) == WRES_HIDDEN_SOME); /* some may be in both */
    assert_int_equal(fraction_hidden(&half), 2);
    assert_true(hidden_more(WRES_HIDDEN_SOME, 1) == WRES_HIDDEN_SOME);
    assert_int_equal(hidden_more(3, 4), 7);
}

/* ---- what is part of what ----------------------------------------------------------------------------------- */

static const planned_indicator *planned(const pipeline *p, const char *id) {
    const planned_standard *standard = &p->plan->standards[0];
    for (size_t i = 0; i < standard->about->indicator_count; i++)
        if (strcmp(standard->indicators[i].about->id, id) == 0) return &standard->indicators[i];
    fail_msg("no indicator %s", id);
    return NULL;
}

static void what_is_counted_twice_is_known_by_its_conditions(void **state) {
    (void)state;
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity\n2025-03-31,A\n");
    const planned_step *appointed = &planned(p, "2")->steps[0], *entered = &planned(p, "3")->steps[0], *answered = &planned(p, "7")->steps[0],
                       *harassed = &planned(p, "5")->steps[0];
    assert_int_equal(kinship_of(&appointed->events, &appointed->over), KIN_PART);
    assert_int_equal(kinship_of(&appointed->over, &appointed->events), KIN_UNSURE);
    assert_int_equal(kinship_of(&entered->events, &entered->over), KIN_APART);
    assert_int_equal(kinship_of(&answered->events, &answered->over), KIN_PART);
    assert_int_equal(kinship_of(&harassed->events, &answered->over), KIN_UNSURE); /* another question */
    pipeline_end(p);
}

/* ---- slices and results ------------------------------------------------------------------------------------- */

static pipeline *counted(const char *rows, const char *by) {
    char csv[1024];
    pipeline *p = pipeline_new("wres-2025");
    if (by) pipeline_by(p, by, NULL);
    snprintf(csv, sizeof csv, "Date,Ethnicity,Staff Group,Pay Band,Team,Count\n%s", rows);
    pipeline_add_with(p, "workforce", csv, "hidden: {\"<5\": 1-4, \"*\": 0-7, \"[c]\": 0-2}");
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static void a_slice_holds_what_is_hidden_by_group(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,H,Nursing,Band 5,East,<5\n2025-03-31,J,Nursing,Band 6,East,*\n"
                          "2025-03-31,A,Nursing,Band 6,West,9\n", "team");
    const fold_request request = {.plan = p->plan, .frame = &p->frame, .groups = &p->plan->standards[0].groups, .organisation = ALL_ORGANISATIONS,
                                  .breakdown = &p->request.breakdowns[0]};
    const slices list = fold(&request, &p->plan->standards[0].indicators[0].of, NULL, 0);
    assert_int_equal(list.count, 2);
    const amount white = amount_of(&list.all[0], 0), bme = amount_of(&list.all[0], 1);
    assert_int_equal(white.least, 7);
    assert_false(amount_is_hidden(white));
    assert_int_equal(bme.least, 1);
    assert_int_equal(bme.hidden.room, 3 + 7);
    assert_int_equal(bme.hidden.counts, 2);
    assert_null(list.all[1].hidden);
    pipeline_end(p);
}

/* Of a hidden count there is nothing in the rows that do not rest on it. */
static void only_what_rests_on_a_hidden_count_is_suppressed(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,H,Nursing,Band 5,East,3\n2025-03-31,A,Nursing,Band 6,East,9\n"
                          "2025-03-31,H,Nursing,Band 6,East,<5\n", NULL);
    assert_people(7, result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "white", .statistic = "count"));
    assert_of(result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "share"), 3, 10);
    /* its distance from the whole rests on it, though its share does not */
    assert_missing(result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "difference"), WRES_SUPPRESSED, "1 count");
    assert_missing(result(p, .indicator = "1", .section = "clinical", .row = "Band 5", .group = "bme", .statistic = "p_value"), WRES_SUPPRESSED, "1 count");
    assert_people(9, result(p, .indicator = "1", .section = "clinical", .row = "Band 6", .group = "white", .statistic = "count"));
    assert_missing(result(p, .indicator = "1", .section = "clinical", .row = "Band 6", .group = "white", .statistic = "share"), WRES_SUPPRESSED, "1 count");
    assert_people(16, result(p, .indicator = "1", .group = "white", .statistic = "count"));
    pipeline_end(p);
}

/* Nobody but a count that may be none: the row is there, for somebody may be. */
static void a_row_that_may_be_empty_is_there(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,H,Nursing,Band 9,East,*\n", NULL);
    const wres_result *share = result(p, .indicator = "1", .section = "clinical", .row = "Band 9", .group = "bme", .statistic = "share");
    assert_missing(share, WRES_SUPPRESSED, "1 count");
    assert_true(share->lower_bound.numerator == 100 * share->lower_bound.denominator); /* if anybody, all */
    no_result(p, .indicator = "1", .section = "clinical", .row = "Band 8a", .group = "bme", .statistic = "share");
    pipeline_end(p);
}

/* 78 people of a discontinued code would be said in the note of Unknown. */
static void notes_do_not_count_what_is_hidden(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,9,Nursing,Band 5,East,78\n", NULL);
    assert_non_null(strstr(published_text(p), "of which 78"));
    pipeline_end(p);
    p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,9,Nursing,Band 5,East,<5\n2025-03-31,9,Nursing,Band 6,East,78\n2025-03-31,9,Nursing,Band 7,East,<5\n", NULL);
    assert_null(strstr(published_text(p), "of which"));
    pipeline_end(p);
    p = counted("2025-03-31,A,Nursing,Band 5,East,7\n2025-03-31,9,Nursing,Band 5,East,78\n2025-03-31,9,Nursing,Band 5,East,<5\n", NULL);
    const char *text = published_text(p);
    assert_null(strstr(text, "of which"));
    assert_non_null(strstr(text, "79|82")); /* its bounds */
    pipeline_end(p);
}

static void limits_about_a_hidden_whole_are_suppressed(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,70\n2025-03-31,H,Nursing,Band 5,East,30\n2025-03-31,A,Nursing,Band 5,West,60\n"
                          "2025-03-31,H,Nursing,Band 5,West,<5\n", "team");
    static const char *const statistics[] = {"funnel_95", "funnel_998", "funnel_998_overdispersed"};
    for (size_t i = 0; i < COUNT_OF(statistics); i++) {
        assert_missing(result(p, .indicator = "1", .by_value = "East", .group = "bme", .statistic = statistics[i]), WRES_SUPPRESSED, "1 count");
        assert_missing(result(p, .indicator = "1", .by_value = "West", .group = "bme", .statistic = statistics[i]), WRES_SUPPRESSED, "1 count");
    }
    assert_of(result(p, .indicator = "1", .by_value = "East", .group = "bme", .statistic = "share"), 30, 100);
    pipeline_end(p);
}

/* Conditions by hand: the codes 0 and 1 of an axis, and what is beyond them. */
static wres_test test_of(const char *axis, const unsigned char *passes, size_t size, bool beyond) {
    return (wres_test){.axis = axis, .passes = passes, .size = size, .beyond = beyond, .text = ""};
}

static kinship kin_of(const wres_tally *a, const wres_test *above, size_t above_count, const wres_tally *b, const wres_test *below, size_t below_count) {
    const planned_count x = {(wres_tally *)a, above, above_count}, n = {(wres_tally *)b, below, below_count};
    return kinship_of(&x, &n);
}

static void a_part_meets_every_condition_of_its_whole(void **state) {
    (void)state;
    static const unsigned char first[] = {1, 0}, second[] = {0, 1}, both[] = {1, 1}, one[] = {1};
    const wres_table table = {.name = "cases"};
    const wres_tally tally = {.table = &table};
    const wres_test sex_first = test_of("sex", first, 2, false), sex_both = test_of("sex", both, 2, false), sex_second = test_of("sex", second, 2, false),
                    team_first = test_of("team", first, 2, false), first_on = test_of("sex", first, 2, true), both_on = test_of("sex", both, 2, true),
                    just_one = test_of("sex", one, 1, false), one_on = test_of("sex", one, 1, true);
    const wres_test two[] = {team_first, sex_first};
    assert_int_equal(kin_of(&tally, &sex_first, 1, &tally, NULL, 0), KIN_PART);
    assert_int_equal(kin_of(&tally, &sex_first, 1, &tally, &sex_both, 1), KIN_PART);
    assert_int_equal(kin_of(&tally, &sex_both, 1, &tally, &sex_first, 1), KIN_UNSURE);
    assert_int_equal(kin_of(&tally, &sex_first, 1, &tally, &sex_second, 1), KIN_UNSURE);
    assert_int_equal(kin_of(&tally, NULL, 0, &tally, &sex_first, 1), KIN_UNSURE);
    /* another axis is no condition on this one, but any of several may be */
    assert_int_equal(kin_of(&tally, &team_first, 1, &tally, &sex_both, 1), KIN_UNSURE);
    assert_int_equal(kin_of(&tally, two, 2, &tally, &sex_both, 1), KIN_PART);
    assert_int_equal(kin_of(&tally, &sex_first, 1, &tally, two, 2), KIN_UNSURE);
    /* codes that neither names */
    assert_int_equal(kin_of(&tally, &first_on, 1, &tally, &sex_both, 1), KIN_UNSURE);
    assert_int_equal(kin_of(&tally, &first_on, 1, &tally, &both_on, 1), KIN_PART);
    assert_int_equal(kin_of(&tally, &sex_both, 1, &tally, &first_on, 1), KIN_UNSURE);
    /* of unequal lengths: code 1 is beyond the shorter */
    assert_int_equal(kin_of(&tally, &sex_both, 1, &tally, &just_one, 1), KIN_UNSURE);
    assert_int_equal(kin_of(&tally, &just_one, 1, &tally, &sex_first, 1), KIN_PART);
    assert_int_equal(kin_of(&tally, &one_on, 1, &tally, &both_on, 1), KIN_PART);
    assert_int_equal(kin_of(&tally, &one_on, 1, &tally, &first_on, 1), KIN_UNSURE);
}

/* Rows of two tallies of one table: those of the narrower conditions, in one window and of one staff. */
static void a_part_is_of_the_same_window_and_staff(void **state) {
    (void)state;
    static const unsigned char first[] = {1, 0};
    const wres_table table = {.name = "cases"}, other = {.name = "training"};
    const wres_test sex = test_of("sex", first, 2, false);
    const wres_tally staff = {.table = &table}, plain = {.table = &table, .months = 12, .years = 1}, narrow = {.table = &table, .months = 12, .years = 1, .tests = &sex, .test_count = 1},
                     apart = {.table = &other}, months = {.table = &table, .months = 6, .years = 1}, years = {.table = &table, .months = 12, .years = 2},
                     linked = {.table = &table, .months = 12, .years = 1, .population = &staff};
    assert_int_equal(kin_of(&plain, NULL, 0, &plain, NULL, 0), KIN_PART);
    assert_int_equal(kin_of(&narrow, NULL, 0, &plain, NULL, 0), KIN_PART);
    assert_int_equal(kin_of(&plain, NULL, 0, &narrow, NULL, 0), KIN_UNSURE);
    assert_int_equal(kin_of(&narrow, NULL, 0, &plain, &sex, 1), KIN_UNSURE); /* the conditions of rows and of cells are apart */
    assert_int_equal(kin_of(&plain, NULL, 0, &apart, NULL, 0), KIN_APART);
    assert_int_equal(kin_of(&months, NULL, 0, &plain, NULL, 0), KIN_UNSURE);
    assert_int_equal(kin_of(&plain, NULL, 0, &years, NULL, 0), KIN_UNSURE);
    assert_int_equal(kin_of(&plain, NULL, 0, &linked, NULL, 0), KIN_UNSURE);
    assert_int_equal(kin_of(&linked, NULL, 0, &linked, NULL, 0), KIN_PART);
}

/* What is taken away again leaves the other part, with all that is known of what it hides. */
static void the_rest_of_a_sum_is_what_was_added(void **state) {
    (void)state;
    const amount parts[] = {between(1, 4), between(0, 7), known(80), between(2, WRES_COUNT_LIMIT), amount_sum(between(1, 4), between(3, 9))};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            const amount rest = amount_rest(amount_sum(parts[i], parts[k]), parts[k]);
            assert_int_equal(rest.least, parts[i].least);
            assert_int_equal(rest.hidden.room, parts[i].hidden.room);
            assert_int_equal(rest.hidden.counts, parts[i].hidden.counts);
            assert_int_equal(rest.hidden.open, parts[i].hidden.open);
            assert_int_equal(rest.hidden.least, parts[i].hidden.least);
        }
}

/* Women of band 5 are part of the women, of band 5 and of both, in whatever order; band 5 alone is no part of the women of band 5. */
static void a_part_meets_all_conditions_in_any_order(void **state) {
    (void)state;
    static const unsigned char first[] = {1, 0, 0}, second[] = {0, 1, 0}, either[] = {1, 1, 0};
    static const wres_test women = {.axis = "sex", .passes = first, .size = 3}, band_5 = {.axis = "band", .passes = second, .size = 3},
                           bands = {.axis = "band", .passes = either, .size = 3};
    pipeline *p = pipeline_of("workforce", "Date,Ethnicity\n2025-03-31,A\n");
    wres_tally *tally = p->plan->standards[0].population;
    const wres_test both[] = {women, band_5}, wider[] = {bands, women};
    const planned_count of_both = {tally, both, 2}, of_women = {tally, both, 1}, of_band = {tally, both + 1, 1}, of_wider = {tally, wider, 2}, all = {tally, NULL, 0};
    assert_int_equal(kinship_of(&of_both, &of_women), KIN_PART);
    assert_int_equal(kinship_of(&of_both, &of_band), KIN_PART);
    assert_int_equal(kinship_of(&of_both, &of_wider), KIN_PART);
    assert_int_equal(kinship_of(&of_both, &all), KIN_PART);
    assert_int_equal(kinship_of(&of_women, &of_both), KIN_UNSURE);
    assert_int_equal(kinship_of(&of_band, &of_both), KIN_UNSURE);
    assert_int_equal(kinship_of(&of_wider, &of_both), KIN_UNSURE);
    assert_int_equal(kinship_of(&all, &of_women), KIN_UNSURE);
    pipeline_end(p);
}

static void one_hidden_count_above_is_one(void **state) {
    (void)state;
    const fraction apart_of = apart(between(1, 4), known(80)), unsure = {between(1, 4), known(80), KIN_UNSURE}, below = apart(known(3), between(1, 4));
    assert_int_equal(fraction_hidden(&apart_of), 1);
    assert_int_equal(fraction_hidden(&unsure), 1);
    assert_int_equal(fraction_hidden(&below), 1);
}

/* Nobody to seven of 93 to 100. */
static void a_hidden_share_may_be_nothing(void **state) {
    (void)state;
    pipeline *p = counted("2025-03-31,A,Nursing,Band 5,East,93\n2025-03-31,H,Nursing,Band 5,East,*\n", NULL);
    const wres_result *share = result(p, .indicator = "1", .group = "bme", .statistic = "share");
    assert_true(share->has_counts && share->has_lower_bound && share->lower_bound.numerator == 0);
    no_result(p, .indicator = "1", .group = "bme", .statistic = "p_value"); /* of the whole there is no rest */
    assert_true(share->upper_bound.numerator == 7 * share->upper_bound.denominator);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fraction_lies_between_its_ends),
        cmocka_unit_test(ratios_and_differences_lie_between_their_ends),
        cmocka_unit_test(what_nobody_knows_has_no_ends),
        cmocka_unit_test(a_part_that_is_none_has_no_ends),
        cmocka_unit_test(every_hidden_count_is_counted_once),
        cmocka_unit_test(what_is_counted_twice_is_known_by_its_conditions),
        cmocka_unit_test(a_slice_holds_what_is_hidden_by_group),
        cmocka_unit_test(only_what_rests_on_a_hidden_count_is_suppressed),
        cmocka_unit_test(a_row_that_may_be_empty_is_there),
        cmocka_unit_test(notes_do_not_count_what_is_hidden),
        cmocka_unit_test(limits_about_a_hidden_whole_are_suppressed),
        cmocka_unit_test(a_part_meets_every_condition_of_its_whole),
        cmocka_unit_test(a_part_is_of_the_same_window_and_staff),
        cmocka_unit_test(the_rest_of_a_sum_is_what_was_added),
        cmocka_unit_test(a_part_meets_all_conditions_in_any_order),
        cmocka_unit_test(one_hidden_count_above_is_one),
        cmocka_unit_test(a_hidden_share_may_be_nothing),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
