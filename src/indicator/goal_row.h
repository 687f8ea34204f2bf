/* One band (or list of bands) of one part of an organisation: what its goal is computed from. */
#ifndef WRES_INDICATOR_GOAL_ROW_H
#define WRES_INDICATOR_GOAL_ROW_H

#include "indicator/compute.h"
#include "wres/goals.h"

typedef struct headcount {
    uint64_t group, base; /* people of the group, and all that count; stand-ins where counts are hidden */
    fraction of;          /* the same as it is known */
} headcount;

enum { ALL_SECTIONS = -1 };

/* Who leaves the band, as fractions a year: of all, of the group and of the others. Where the group has no rate of its own, all
 * three are one. */
typedef struct goal_leaving {
    bool known, own, hidden;
    double all, group, others;   /* stand-ins where exits or headcounts behind them are hidden */
    unsigned rests_on;           /* ON_NOW and so on; 0 where the settings alone say it */
    wres_result_status status;   /* of what needs a rate that there is not */
    const char *text, *own_text; /* where it comes from, or why there is none; why the group has none of its own */
} goal_leaving;

/* The exits among the movements of the 12 months to the as-at date. */
typedef struct goal_exits {
    bool counted;        /* movements were read, and no setting stands in their place */
    bool hidden;         /* whether they can be believed hangs on hidden counts */
    const char *missing; /* why no band has a rate, or NULL */
    struct band_exits {
        slices left, moved, lost; /* gone; to a band outside; to one that is not said */
    } * of;                       /* by list of bands */
    bool has_opening;
    slices opening;            /* staff a year before the as-at date */
    const char *base, *remark; /* for notes */
} goal_exits;

/* A list of bands and the staff of the as-at date. */
typedef struct goal_band {
    size_t number;
    const unsigned char *holds;
    const slices *now;
} goal_band;
/* What a figure rests on. Where one of these is hidden, the figure is computed from stand-ins, which have nothing to do with the data, and
 * suppressed: so neither it nor which figures there are tells anything. */
enum { ON_NOW = 1, ON_REFERENCE = 2, ON_THEN = 4, ON_THEN_REFERENCE = 8, ON_RECRUITMENT = 16, ON_LEAVING = 32 };

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
    int section_number; /* or ALL_SECTIONS */
    goal_leaving leaving;
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

/* People in slices by section and grade row; by_value NULL, ALL_SECTIONS and holds NULL stand for everybody. */
headcount goal_count(const scope *s, const slices *all, const char *by_value, int section, size_t g, const unsigned char *holds);
slices goal_staff_at(const scope *s, const wres_frame *frame);
/* What is said of everybody is said once, however many groups are compared. */
bool goal_is_first_group(const goal_row *row);

goal_exits goal_exits_of(const scope *s, const wres_goals *goals);
/* Adds the rates that are counted. */
goal_leaving goal_leaving_add(const goal_row *row, const goal_exits *exits, const goal_band *band);

void goal_lines_add(const goal_row *row);
void goal_trajectory_add(const goal_row *row);
void goal_outlook_add(const goal_row *row);

#endif
