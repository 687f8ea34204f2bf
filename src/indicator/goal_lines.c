/* The goal, the gap, the three lines and the trajectory of a band. */
#include "indicator/goal_row.h"

#include <string.h>

/* ---- arithmetic --------------------------------------------------------------------------------------------- */

static wres_int128 common_divisor(wres_int128 a, wres_int128 b) { /* of what is not negative */
    while (b) {
        const wres_int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static wres_rational reduced(wres_int128 numerator, wres_int128 denominator) {
    const wres_int128 divisor = common_divisor(numerator, denominator);
    return (wres_rational){numerator / divisor, denominator / divisor};
}

static wres_rational whole(uint64_t people) { return (wres_rational){(wres_int128)people, 1}; }

wres_rational goal_exact(wres_rational share, uint64_t people) {
    return reduced(share.numerator * (wres_int128)people, share.denominator);
}

wres_rational rational_less(wres_rational a, uint64_t b) {
    return (wres_rational){a.numerator - (wres_int128)b * a.denominator, a.denominator};
}

static wres_rational half_up(wres_rational value) { /* of what is not negative */
    return (wres_rational){(2 * value.numerator + value.denominator) / (2 * value.denominator), 1};
}

wres_rational goal_rounded(const goal_row *row, wres_rational exact) {
    if (row->goals->rounding == WRES_GOAL_UNROUNDED) return exact;
    if (row->goals->rounding == WRES_GOAL_HALF_UP) return half_up(exact);
    return (wres_rational){(exact.numerator + exact.denominator - 1) / exact.denominator, 1};
}

bool goal_is_met(headcount people, wres_rational share) {
    return (wres_int128)people.group * share.denominator >= share.numerator * (wres_int128)people.base;
}

wres_rational months_between(wres_date from, wres_date to) {
    int months = 0;
    while (wres_date_add_months(from, months + 1) <= to) months++;
    const wres_date last = wres_date_add_months(from, months), next = wres_date_add_months(from, months + 1);
    return (wres_rational){(wres_int128)months * (next - last) + (to - last), next - last};
}

/* ---- goal and gap ------------------------------------------------------------------------------------------- */

static wres_unit people_unit(const goal_row *row) {
    return row->goals->rounding == WRES_GOAL_UNROUNDED ? WRES_PEOPLE_UNROUNDED : WRES_PEOPLE;
}

static void add_people(const goal_row *row, unsigned rests_on, const char *statistic, const char *period, wres_unit unit,
                       wres_rational value, const char *note) {
    wres_result result = goal_result(row, statistic, unit, rests_on);
    result.period = period;
    result.note = note;
    goal_result_add(row, result, value);
}

static const char *met_note(headcount people, wres_rational gap, bool met) {
    if (met) return "met: the band's share is at least the reference share";
    if (people.group == 0) return "not met: nobody in the band is known to be of the group";
    return gap.numerator <= 0 ? "not met by a fraction of a person: the goal, rounded, is reached" : "not met";
}

/* Goal and gap of a date: its headcount and its reference share. */
static void add_goal(const goal_row *row, const char *period, headcount people, wres_rational share, unsigned on_people,
                     unsigned on_share) {
    const unsigned on = on_people | on_share;
    const wres_rational exact = goal_exact(share, people.base), goal = goal_rounded(row, exact);
    const wres_rational gap = rational_less(goal, people.group), none = {0, 1};
    const bool met = goal_is_met(people, share), is_beside = !row->s->fold.breakdown && period == row->s->period;
    wres_result of_band = goal_result(row, "share", WRES_PERCENT, 0), is_met = goal_result(row, "met", WRES_YES_NO, on);
    of_band.period = is_met.period = period;
    if (is_beside) of_band.beside = WRES_BESIDE_SHARE;
    if (row->hidden & on_people) {
        percent_add_hidden(row->s, of_band, &people.of, 1);
    } else {
        percent_set(&of_band, people.group, people.base);
        of_band.has_interval = false; /* everybody is counted */
        of_band.pair[0] = (wres_proportion){people.group, people.base};
        result_add(row->s, &of_band);
    }
    add_people(row, on, "goal", period, people_unit(row), goal,
               row->goals->rounding == WRES_GOAL_UNROUNDED ? "reference share of the headcount, as the setting says unrounded"
               : row->goals->rounding == WRES_GOAL_LEAST   ? "the least number whose share reaches the reference share (a setting)"
                                                           : "reference share of the headcount, rounded half up (a setting)");
    add_people(row, on, "goal_unrounded", period, WRES_PEOPLE_UNROUNDED, exact, "");
    add_people(row, on, "gap", period, people_unit(row), gap.numerator > 0 ? gap : none, met_note(people, gap, met));
    add_people(row, on, "signed_gap", period, people_unit(row), gap, "goal minus people in post: below zero where there are more");
    goal_result_add(row, is_met, (wres_rational){met, 1});
}

/* The goal that was set at the baseline, and the same share on today's headcount, both against who is in post today. The third line,
 * today's share on today's headcount, is the goal itself. */
static void add_line(const goal_row *row, unsigned rests_on, const char *name, wres_rational exact, const char *note) {
    const wres_rational goal = goal_rounded(row, exact);
    add_people(row, rests_on, wres_print(row->s->run, "goal_%s", name), row->s->period, people_unit(row), goal, note);
    add_people(row, rests_on | ON_NOW, wres_print(row->s->run, "signed_gap_%s", name), row->s->period, people_unit(row),
               rational_less(goal, row->now.group), "that goal minus people in post today: below zero where there are more");
}

void goal_lines_add(const goal_row *row) {
    const char *date = row->baseline_text;
    add_goal(row, row->s->period, row->now, row->share, ON_NOW, ON_REFERENCE);
    if (!row->has_baseline) return;
    if (row->then.base == 0 || row->then_share.denominator == 0) {
        result_add_missing(row->s, goal_result(row, "goal_frozen", WRES_PEOPLE, 0), WRES_NOT_CALCULABLE,
                           wres_print(row->s->run, "nobody in this band, or in the reference set, on %s", date));
        return;
    }
    add_goal(row, date, row->then, row->then_share, ON_THEN, ON_THEN_REFERENCE);
    add_line(row, ON_THEN | ON_THEN_REFERENCE, "frozen", goal_exact(row->then_share, row->then.base),
             wres_print(row->s->run, "the goal of %s: its headcount and its reference share", date));
    add_line(row, ON_NOW | ON_THEN_REFERENCE, "baseline_share", goal_exact(row->then_share, row->now.base),
             wres_print(row->s->run, "today's headcount and the reference share of %s", date));
}

/* ---- the trajectory ----------------------------------------------------------------------------------------- */

/* The straight line from the headcount at the baseline to its goal, in months. */
typedef struct line {
    wres_rational goal, months; /* months: of the whole way */
    bool met;                   /* then it stays where it is: nobody is asked to have fewer */
} line;

/* The part of the way that is to be gone by a date. */
static wres_rational part_of_way(const goal_row *row, const line *way, wres_date date) {
    const wres_rational gone = months_between(row->baseline, date);
    return reduced(gone.numerator * way->months.denominator, gone.denominator * way->months.numerator);
}

static wres_rational people_at(const goal_row *row, const line *way, wres_date date) {
    const wres_rational part = part_of_way(row, way, date), rise = rational_less(way->goal, row->then.group);
    if (way->met) return whole(row->then.group);
    return reduced((wres_int128)row->then.group * rise.denominator * part.denominator + rise.numerator * part.numerator,
                   rise.denominator * part.denominator);
}

/* Whole people: the rounded gap times the part of the way, so that the steps add up to the gap. */
static wres_rational steps_at(const goal_row *row, const line *way, wres_date date) {
    const wres_rational gap = rational_less(goal_rounded(row, way->goal), row->then.group);
    const wres_rational part = part_of_way(row, way, date);
    if (way->met || gap.numerator <= 0) return whole(row->then.group);
    const wres_rational steps = half_up(reduced(gap.numerator * part.numerator, gap.denominator * part.denominator));
    return (wres_rational){(wres_int128)row->then.group + steps.numerator, 1};
}

static void add_point(const goal_row *row, const line *way, wres_date date) {
    char *shown = wres_alloc(row->s->run, WRES_DATE_SIZE);
    const wres_rational people = people_at(row, way, date);
    const unsigned on = ON_THEN | ON_THEN_REFERENCE;
    wres_result share = goal_result(row, "trajectory_share", WRES_PERCENT, on);
    wres_date_print(date, shown);
    share.period = shown;
    add_people(row, on, "trajectory", shown, WRES_PEOPLE_UNROUNDED, people,
               way->met ? "the goal is met: the line stays where it is" : "");
    if (row->goals->rounding != WRES_GOAL_UNROUNDED)
        add_people(row, on, "trajectory_steps", shown, WRES_PEOPLE, steps_at(row, way, date), "");
    goal_result_add(row, share, reduced(100 * people.numerator, people.denominator * (wres_int128)row->then.base));
}

/* How far today's people are ahead of the line. */
static void add_ahead(const goal_row *row, const line *way) {
    const wres_rational people = people_at(row, way, row->as_at);
    add_people(
        row, ON_NOW | ON_THEN | ON_THEN_REFERENCE, "ahead_of_trajectory", row->s->period, WRES_PEOPLE_UNROUNDED,
        (wres_rational){(wres_int128)row->now.group * people.denominator - people.numerator, people.denominator},
        "people in post today minus the line of the frozen headcount: a growing band can be ahead of it and further from its goal");
}

void goal_trajectory_add(const goal_row *row) {
    const wres_date end = row->goals->by_date;
    if (row->then.base == 0 || row->then_share.denominator == 0) return; /* said by the lines */
    if (end <= row->baseline) {
        result_add_missing(
            row->s, goal_result(row, "trajectory", WRES_PEOPLE_UNROUNDED, 0), WRES_NOT_CALCULABLE,
            wres_print(row->s->run, "the date of the goal is not after %s, where the way to it begins", row->baseline_text));
        return;
    }
    const line way = {goal_exact(row->then_share, row->then.base), months_between(row->baseline, end),
                      goal_is_met(row->then, row->then_share)};
    const bool between = row->has_baseline && row->as_at < end;
    wres_date before = row->baseline;
    for (int n = 0;; n++) {
        const wres_date regular = wres_date_add_months(row->baseline, n * row->goals->step_months),
                        date = regular < end ? regular : end;
        if (between && row->as_at > before && row->as_at < date) add_point(row, &way, row->as_at);
        add_point(row, &way, date);
        before = date;
        if (date == end) break;
    }
    if (between) add_ahead(row, &way);
}
