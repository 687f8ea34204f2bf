/* Model Employer Goals: for each band of each part of an organisation its goal, the gap, the way there and what it would take.
 * Policy: NHS England, "A Model Employer" (2019). The method and what is unconfirmed about it: docs/goals.md. */
#include <string.h>

#include "indicator/goal_row.h"

/* The part of the organisation whose bands are set against one reference share. */
typedef struct part {
    const char *by_value;
    int section; /* a number, or ALL_SECTIONS */
    size_t group;
} part;

/* The people of an organisation: its staff by part, section and grade row at both dates, and those who left. */
typedef struct goal_counts {
    const slices *now, *then;
    const goal_exits *exits;
} goal_counts;

/* ---- counting ----------------------------------------------------------------------------------------------- */

static void add_people(headcount *sum, amount members, amount base) {
    sum->of.above = amount_sum(sum->of.above, members);
    sum->of.below = amount_sum(sum->of.below, base);
    sum->group = sum->of.above.least;
    sum->base = sum->of.below.least;
}

static bool is_hidden(const headcount *people) { return amount_is_hidden(people->of.below); }

/* Says whether it is hidden, and then puts numbers in its place that are none of the data's. */
static unsigned stand_in(headcount *people, unsigned what) {
    if (!is_hidden(people)) return 0;
    people->group = 20;
    people->base = 100;
    return what;
}

static void count_slice(const scope *s, const slice *counted, size_t g, headcount *sum) {
    const group_set *groups = &s->standard->groups;
    amount base = amount_of(counted, 0);
    if (s->standard->unknown_in_base) base = amount_sum(base, amount_of(counted, groups->unknown));
    for (size_t i = 1; i < groups->unknown; i++)
        if (groups->all[i].compared) base = amount_sum(base, amount_of(counted, i));
    add_people(sum, amount_of(counted, g), base);
}

headcount goal_count(const scope *s, const slices *all, const char *by_value, int section, size_t g, const unsigned char *holds) {
    headcount sum = {0};
    for (size_t i = 0; i < all->count; i++) {
        const slice *one = &all->all[i];
        if (by_value && strcmp(one->by_value, by_value) != 0) continue;
        if (section != ALL_SECTIONS && one->section != section) continue;
        if (!holds || holds[one->row]) count_slice(s, one, g, &sum);
    }
    return sum;
}

static headcount reference_of(const scope *s, const wres_goals *goals, const slices *all, const part *p) {
    const unsigned char *holds = goals->scope == WRES_REFERENCE_AFC       ? goals->afc
                                 : goals->scope == WRES_REFERENCE_AFC_1_7 ? goals->afc_1_7
                                                                          : NULL;
    /* the section is all sections but where each has a share of its own */
    return goal_count(s, all, goals->scope == WRES_REFERENCE_STAFF_GROUP ? p->by_value : NULL, p->section, p->group, holds);
}

/* ---- the reference share ------------------------------------------------------------------------------------ */

static wres_rational share_of(const wres_goals *goals, headcount reference) {
    if (goals->scope == WRES_REFERENCE_FIXED) return (wres_rational){goals->fixed.numerator, 100 * goals->fixed.denominator};
    return (wres_rational){(wres_int128)reference.group, (wres_int128)reference.base};
}

static void add_reference(const goal_row *row, headcount reference, const char *period) {
    wres_result result = goal_result(row, "reference_share", WRES_PERCENT, 0);
    const bool fixed = row->goals->scope == WRES_REFERENCE_FIXED;
    result.row = "all";
    result.period = period;
    result.note = wres_print(row->s->run, "scope: %s%s; base: %s. Scope and base are settings: the policy was not seen to fix them",
                             wres_reference_scope_text(row->goals->scope), fixed ? " set by hand" : "",
                             row->s->standard->unknown_in_base ? "people of unknown ethnicity included" : "known ethnicity only");
    if (fixed) {
        result.kind = WRES_VALUE_EXACT;
        result.exact = row->goals->fixed;
        result_add(row->s, &result);
        return;
    }
    if (is_hidden(&reference)) {
        percent_add_hidden(row->s, result, &reference.of, 1);
        return;
    }
    percent_set(&result, reference.group, reference.base);
    result.has_interval = false; /* a fixed mark, not an estimate */
    if (reference.base == 0) result.note = wres_print(row->s->run, "nobody in the reference set: %s", result.note);
    result_add(row->s, &result);
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

wres_result goal_result(const goal_row *row, const char *statistic, wres_unit unit, unsigned rests_on) {
    wres_result result = result_new(row->s, row->by_value, row->who->label, statistic, unit);
    if (row->hidden & rests_on) result.hidden = WRES_HIDDEN_SOME;
    result.section = row->section;
    result.row = row->label;
    return result;
}

bool goal_is_first_group(const goal_row *row) {
    const group *one = row->s->standard->groups.all + 1;
    while (!one->compared) one++;
    return one == row->who;
}

void goal_result_add_real(const goal_row *row, wres_result result, double value) {
    result.kind = WRES_VALUE_REAL;
    result.real = value;
    result_add(row->s, &result);
}

void goal_result_add(const goal_row *row, wres_result result, wres_rational value) {
    const wres_int128 most = (wres_int128)WRES_COUNT_LIMIT * (wres_int128)WRES_COUNT_LIMIT * 10000; /* with nine decimals to come */
    if (value.numerator > most || -value.numerator > most || value.denominator > most) {
        goal_result_add_real(row, result, wres_rational_real(value));
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = value;
    result_add(row->s, &result);
}

static void add_bands(goal_row *row, const goal_counts *c, const part *p) {
    const char *lacks = axis_lacks(row->s, row->s->planned->of.tally, WRES_AXIS_BAND);
    const unsigned hidden = row->hidden;
    for (size_t b = 0; b < row->goals->band_count; b++) {
        const wres_goal_bands *bands = &row->goals->bands[b];
        const bool whole = p->section == ALL_SECTIONS && !row->s->fold.breakdown;
        row->label = bands->label;
        row->now = goal_count(row->s, c->now, p->by_value, p->section, p->group, bands->holds);
        row->then = row->has_baseline ? goal_count(row->s, c->then, p->by_value, p->section, p->group, bands->holds) : row->now;
        row->hidden = hidden | stand_in(&row->now, ON_NOW) | stand_in(&row->then, ON_THEN);
        if (row->now.base == 0) {
            if (whole)
                result_add_missing(row->s, goal_result(row, "goal", WRES_PEOPLE, 0),
                                   lacks ? WRES_NOT_SUPPLIED : WRES_NOT_CALCULABLE,
                                   lacks ? lacks : "nobody in this band at the as-at date");
            continue;
        }
        goal_lines_add(row);
        goal_trajectory_add(row);
        row->leaving = goal_leaving_add(row, c->exits, &(goal_band){b, bands->holds, c->now});
        if (row->leaving.hidden) row->hidden |= ON_LEAVING;
        goal_outlook_add(row);
    }
}

/* Of the whole organisation, whatever is broken down; nobody where there are no such data. */
static headcount applicants(const scope *s, bool appointed, size_t g) {
    fold_request whole = s->fold;
    headcount sum = {0};
    if (s->planned->step_count == 0) return sum;
    const planned_count *count = appointed ? &s->planned->steps[0].events : &s->planned->steps[0].over;
    if (!count->tally->has_table) return sum;
    whole.breakdown = NULL;
    const slices list = fold(&whole, count, NULL, 0);
    for (size_t i = 0; i < list.count; i++) {
        const amount members = amount_of(&list.all[i], g);
        add_people(&sum, members, amount_sum(members, amount_of(&list.all[i], 0)));
    }
    return sum;
}

static void add_part(const scope *s, const wres_goals *goals, const goal_counts *c, const part *p) {
    const wres_frame *frame = s->fold.frame;
    char *baseline = wres_alloc(s->run, WRES_DATE_SIZE);
    const bool has_baseline = frame->has_baseline && frame->baseline != frame->as_at, fixed = goals->scope == WRES_REFERENCE_FIXED;
    const headcount reference = reference_of(s, goals, c->now, p);
    const headcount earlier = has_baseline ? reference_of(s, goals, c->then, p) : reference;
    headcount taken = reference, taken_earlier = earlier;
    const unsigned hidden = fixed ? 0 : stand_in(&taken, ON_REFERENCE) | stand_in(&taken_earlier, ON_THEN_REFERENCE);
    wres_date_print(has_baseline ? frame->baseline : frame->as_at, baseline);
    goal_row row = {.s = s,
                    .goals = goals,
                    .who = &s->standard->groups.all[p->group],
                    .section = p->section == ALL_SECTIONS ? "all" : wres_section_name((uint16_t)p->section),
                    .by_value = p->by_value,
                    .label = "all",
                    .section_number = p->section,
                    .share = share_of(goals, taken),
                    .has_baseline = has_baseline,
                    .as_at = frame->as_at,
                    .baseline = has_baseline ? frame->baseline : frame->as_at,
                    .baseline_text = baseline,
                    .then_share = share_of(goals, taken_earlier),
                    .shortlisted = applicants(s, false, p->group),
                    .appointed = applicants(s, true, p->group)};
    row.hidden = hidden | stand_in(&row.shortlisted, ON_RECRUITMENT) | stand_in(&row.appointed, ON_RECRUITMENT);
    add_reference(&row, reference, s->period);
    if (has_baseline) add_reference(&row, earlier, baseline);
    if (row.share.denominator > 0) add_bands(&row, c, p);
}

/* ---- everything --------------------------------------------------------------------------------------------- */

slices goal_staff_at(const scope *s, const wres_frame *frame) {
    fold_request request = s->fold;
    request.by_grade = true;
    request.frame = frame;
    return fold(&request, &s->planned->of, NULL, 0);
}

static bool has_bands(const scope *s, const wres_goals *goals, const slices *all, const part *p) {
    for (size_t b = 0; b < goals->band_count; b++) {
        const headcount people = goal_count(s, all, p->by_value, p->section, p->group, goals->bands[b].holds);
        if (people.base > 0 || is_hidden(&people)) return true;
    }
    return false;
}

static void add_parts(const scope *s, const wres_goals *goals, const goal_counts *c, const char *by_value) {
    const group_set *groups = &s->standard->groups;
    const bool whole = !s->fold.breakdown;
    for (size_t g = 1; g < groups->count; g++) {
        part p = {by_value, ALL_SECTIONS, g};
        if (!groups->all[g].compared) continue;
        if (goals->scope != WRES_REFERENCE_SECTION) {
            if (whole || has_bands(s, goals, c->now, &p)) add_part(s, goals, c, &p);
            continue;
        }
        for (p.section = 0; p.section < WRES_SECTIONS; p.section++)
            if (has_bands(s, goals, c->now, &p)) add_part(s, goals, c, &p);
    }
}

void goal_compute(const scope *s) {
    const wres_goals *goals = s->fold.plan->goals;
    wres_frame earlier = *s->fold.frame;
    earlier.as_at = earlier.has_baseline ? earlier.baseline : earlier.as_at;
    /* Every staff group has a share of its own: there is nothing to say of all together. */
    if (goals->scope == WRES_REFERENCE_STAFF_GROUP && !s->fold.breakdown) return;
    const char *lacks = count_lacks(s, &s->planned->of, NULL, 0);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", "all", lacks);
        return;
    }
    const slices now = goal_staff_at(s, s->fold.frame), then = goal_staff_at(s, &earlier);
    const slices none = {NULL, 0};
    const goal_exits exits = goal_exits_of(s, goals);
    const goal_counts c = {&now, &then, &exits};
    const by_values values = by_values_of(s, &none, &now);
    if (values.count == 0)
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_CALCULABLE,
                           "no staff of this organisation at the as-at date");
    for (size_t v = 0; v < values.count; v++) add_parts(s, goals, &c, values.all[v]);
}
