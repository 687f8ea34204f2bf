/* One band (or list of bands) of one part of an organisation: what its goal is computed from. */
#ifndef WRES_INDICATOR_GOAL_ROW_H
#define WRES_INDICATOR_GOAL_ROW_H

#include "indicator/compute.h"
#include "wres/goals.h"

typedef struct headcount {
    uint64_t group, base; /* people of the group, and all that count; stand-ins where counts are hidden */
    fraction of;          /* the same as it is known */
} headcount;

/* What a figure rests on. Where one of these is hidden, the figure is computed from stand-ins, which have nothing to do with the data, and
 * suppressed: so neither it nor which figures there are tells anything. */
enum { ON_NOW = 1, ON_REFERENCE = 2, ON_THEN = 4, ON_THEN_REFERENCE = 8, ON_RECRUITMENT = 16 };

typedef struct goal_row {
    const scope *s;
    const wres_goals *goals;
    const group *who;
    const char *section, *by_value, *label;
    headcount now;       /* at the as-at date */
    wres_rational share; /* the reference share there, a fraction */
    /* At the baseline; the same as above where none was asked for. */
    bool has_baseline;
    wres_date as_at, baseline;
    const char *baseline_text;
    headcount then;
    wres_rational then_share;
    /* Of the whole organisation: applicants shortlisted and appointed whose group is known; all 0 without recruitment data. */
    headcount shortlisted, appointed;
    unsigned hidden; /* which of these hold hidden counts */
} goal_row;

wres_result goal_result(const goal_row *row, const char *statistic, wres_unit unit, unsigned rests_on);
/* Exact while it stays in the range in which it can be printed, else as a real number. */
void goal_result_add(const goal_row *row, wres_result result, wres_rational value);
void goal_result_add_real(const goal_row *row, wres_result result, double value);

/* share * people, and what the setting makes of it. */
wres_rational goal_exact(wres_rational share, uint64_t people);
wres_rational goal_rounded(const goal_row *row, wres_rational exact);
/* Whether the group's share of the headcount is at least the reference share. */
bool goal_is_met(headcount people, wres_rational share);
wres_rational rational_less(wres_rational a, uint64_t b); /* a - b */

/* Months from one date to a later one; parts of a month by its days. */
wres_rational months_between(wres_date from, wres_date to);

void goal_lines_add(const goal_row *row);
void goal_trajectory_add(const goal_row *row);
void goal_outlook_add(const goal_row *row);

#endif
