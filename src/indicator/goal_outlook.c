/* What it would take to reach a band's goal, and what becomes of the band if things go on as they do: appointments needed, the share
 * of appointments now, years or chance, and scenarios. Formulas: include/wres/stats.h, "Projection of a share". */
#include "indicator/goal_row.h"

#include <math.h>
#include <string.h>

enum { SMALL_BAND = 50 }; /* below it a chance is said, not a date */

/* The group's share of those who enter; or why it is not known. */
typedef struct rate {
    bool known;
    double share;
    wres_result_status status;
    const char *text;  /* where it comes from, or why there is none */
    unsigned rests_on; /* ON_NOW and so on; 0 where the settings alone say it */
} rate;

typedef struct scenario {
    const char *name; /* NULL for the band's main figures */
    wres_flow flow;
    rate rate;
} scenario;

static rate not_known(wres_result_status status, const char *why) { return (rate){.status = status, .text = why}; }
static rate not_known_of(unsigned rests_on, const char *why) {
    return (rate){.status = WRES_NOT_CALCULABLE, .text = why, .rests_on = rests_on};
}

static rate no_leaving_rate(const goal_row *row, const char *why) {
    return (rate){.status = row->leaving.status, .text = why, .rests_on = row->leaving.rests_on};
}

/* ---- settings ----------------------------------------------------------------------------------------------- */

static wres_flow flow_of(const goal_row *row) { return (wres_flow){row->leaving.group, row->leaving.others, row->goals->growth}; }

static double years_between(wres_date from, wres_date to) {
    return to > from ? wres_rational_real(months_between(from, to)) / 12 : 0;
}
static double years_left(const goal_row *row) { return years_between(row->as_at, row->goals->by_date); }
static double share_now(const goal_row *row) { return (double)row->now.group / (double)row->now.base; }

/* What the number of those who enter rests on: where all leave at one rate, not on who they are. */
static unsigned entering_rests_on(const goal_row *row, const wres_flow *f) {
    return row->leaving.rests_on | (f->members == f->others ? 0 : ON_NOW);
}

static bool somebody_enters(const goal_row *row, const wres_flow *f) {
    return f->growth + f->members * share_now(row) + f->others * (1 - share_now(row)) > 0;
}

/* ---- the share of those who enter --------------------------------------------------------------------------- */

/* From two snapshots: of those in post now, all but the stayers have entered since. */
static rate implied_rate(const goal_row *row) {
    if (!row->has_baseline) return not_known(WRES_NOT_SUPPLIED, "needs an earlier snapshot: --baseline DATE");
    if (!row->leaving.known) return no_leaving_rate(row, row->leaving.text);
    const unsigned on = ON_NOW | ON_THEN | row->leaving.rests_on;
    const wres_flow f = flow_of(row);
    const double years = years_between(row->baseline, row->as_at);
    const double group_stayed = pow(1 - f.members, years) * (double)row->then.group,
                 others_stayed = pow(1 - f.others, years) * (double)(row->then.base - row->then.group);
    const double entered = (double)row->now.base - group_stayed - others_stayed;
    if (row->then.base == 0) return not_known_of(on, wres_print(row->s->run, "nobody was in this band on %s", row->baseline_text));
    if (entered <= 0) return not_known_of(on, "at this leaving rate nobody can have entered between the two snapshots");
    const double share = ((double)row->now.group - group_stayed) / entered;
    if (!(share >= 0 && share <= 1))
        return not_known_of(on,
                            "the two snapshots contradict the leaving rate: the share of entrants would be below 0 or above 100%");
    return (rate){.known = true,
                  .share = share,
                  .rests_on = on,
                  .text = wres_print(row->s->run, "implied by the snapshots of %s and %s and %s", row->baseline_text,
                                     row->s->period, row->leaving.text)};
}

static rate shortlist_rate(const goal_row *row) {
    if (row->goals->has_shortlist_share)
        return (rate){.known = true, .share = row->goals->shortlist_share, .text = "the setting --shortlist-share"};
    if (row->shortlisted.base == 0)
        return not_known(WRES_NOT_SUPPLIED, "needs the group's share of shortlists: recruitment data or --shortlist-share PERCENT");
    return (rate){.known = true,
                  .share = (double)row->shortlisted.group / (double)row->shortlisted.base,
                  .rests_on = ON_RECRUITMENT,
                  .text = "the shortlists of the recruitment data, all posts, known ethnicity"};
}

/* Out of indicator 2's ratio: a shortlist of so many of the group, and others so many times as likely to be appointed. */
static rate recruitment_rate(const goal_row *row) {
    const rate shortlist = shortlist_rate(row);
    const double others = (double)(row->appointed.base - row->appointed.group), own = (double)row->appointed.group;
    rate chosen = {.known = true, .text = "shortlists and indicator 2's ratio, all posts, known ethnicity"};
    double ratio = row->goals->likelihood;
    if (!shortlist.known) return shortlist;
    chosen.rests_on = shortlist.rests_on;
    if (!row->goals->has_likelihood) {
        if (row->appointed.base == 0)
            return not_known(WRES_NOT_SUPPLIED, "needs indicator 2's ratio: recruitment data or --likelihood RATIO");
        chosen.rests_on |= ON_RECRUITMENT;
        if (own == 0 || others == 0) {
            chosen.share = own > 0;
            return chosen;
        }
        ratio = others / (double)(row->shortlisted.base - row->shortlisted.group) * ((double)row->shortlisted.group / own);
    }
    if (wres_share_chosen(shortlist.share, ratio, &chosen.share)) return chosen;
    return not_known_of(chosen.rests_on, "a shortlist that is all of one kind has no likelihood ratio");
}

static void add_rate(const goal_row *row, const char *statistic, const rate *r) {
    wres_result result = goal_result(row, statistic, WRES_PERCENT, r->rests_on);
    result.note = r->text;
    if (r->known)
        goal_result_add_real(row, result, 100 * r->share);
    else
        result_add_missing(row->s, result, r->status, r->text);
}

/* ---- appointments needed ------------------------------------------------------------------------------------ */

static void add_net(const goal_row *row) {
    const wres_rational exact = goal_exact(row->share, row->now.base);
    const wres_rational gap = rational_less(goal_rounded(row, exact), row->now.group), none = {0, 1};
    wres_result result =
        goal_result(row, "appointments_net", row->goals->rounding == WRES_GOAL_UNROUNDED ? WRES_PEOPLE_UNROUNDED : WRES_PEOPLE,
                    ON_NOW | ON_REFERENCE);
    result.note = "net: so many more of the group than today, whoever leaves meanwhile";
    goal_result_add(row, result, gap.numerator > 0 ? gap : none);
}

static void needs_missing(const goal_row *row, unsigned rests_on, wres_result_status status, const char *why) {
    result_add_missing(row->s, goal_result(row, "share_needed", WRES_PERCENT, rests_on), status, why);
    result_add_missing(row->s, goal_result(row, "appointments_gross", WRES_PEOPLE, rests_on), status, why);
}

/* The share of appointments that brings the band's share to the reference share by the date. False: said why there is none. */
static bool share_needed(const goal_row *row, const wres_flow *f, double years, double *needed) {
    if (years <= 0) {
        needs_missing(row, 0, WRES_NOT_CALCULABLE, "the date of the goal is not after the as-at date");
        return false;
    }
    if (!somebody_enters(row, f) || !wres_share_needed(share_now(row), wres_rational_real(row->share), f, years, needed)) {
        needs_missing(row, entering_rests_on(row, f), WRES_NOT_CALCULABLE, "at these rates nobody enters the band");
        return false;
    }
    if (*needed <= 1) return true;
    needs_missing(row, ON_NOW | ON_REFERENCE | row->leaving.rests_on, WRES_NOT_CALCULABLE,
                  "out of reach by then at these rates: more than every appointment would have to be of the group");
    return false;
}

static void add_needed(const goal_row *row) {
    const double years = years_left(row);
    const rate shortlist = shortlist_rate(row);
    double needed, entrants, ratio;
    const wres_flow f = flow_of(row);
    if (!row->leaving.known) {
        needs_missing(row, row->leaving.rests_on, row->leaving.status, row->leaving.text);
        return;
    }
    if (!share_needed(row, &f, years, &needed)) return;
    const bool defined = wres_entrants((double)row->now.base, share_now(row), fmax(needed, 0), &f, years, &entrants);
    if (!defined) return; /* GCOVR_EXCL_BR_LINE: it is wherever a share is needed */
    const unsigned on = ON_NOW | ON_REFERENCE | row->leaving.rests_on;
    wres_result share = goal_result(row, "share_needed", WRES_PERCENT, on),
                all = goal_result(row, "appointments_all", WRES_PEOPLE,
                                  ON_NOW | entering_rests_on(row, &f) | (f.members == f.others ? 0 : ON_REFERENCE)),
                gross = goal_result(row, "appointments_gross", WRES_PEOPLE, on),
                likelihood = goal_result(row, "likelihood_needed", WRES_RATIO, on | shortlist.rests_on);
    share.note = needed < 0 ? "the goal would be met even if no appointment were of the group"
                            : "of all appointments to the band until the date of the goal";
    needed = fmax(needed, 0);
    goal_result_add_real(row, share, 100 * needed);
    all.group = "all";
    all.note = wres_print(row->s->run, "all who enter the band until the date of the goal, at %s and the growth of the settings",
                          row->leaving.text);
    if (goal_is_first_group(row)) goal_result_add_real(row, all, entrants);
    gross.note =
        "gross: appointments of the group until the date of the goal; those who replace leavers of the group are among them";
    goal_result_add_real(row, gross, needed * entrants);
    if (!shortlist.known || !wres_ratio_needed(shortlist.share, needed, &ratio)) return;
    likelihood.group = comparison(row->s->run, &row->s->standard->groups.all[0], "/", row->who);
    likelihood.note = "indicator 2's ratio at which the appointments needed come of the shortlists as they are";
    goal_result_add_real(row, likelihood, ratio);
}

/* ---- outlook ------------------------------------------------------------------------------------------------ */

static wres_result outlook_result(const goal_row *row, const scenario *c, const char *statistic, wres_unit unit,
                                  unsigned rests_on) {
    wres_result result = goal_result(row, statistic, unit, rests_on | c->rate.rests_on | row->leaving.rests_on);
    const bool broken_down = row->s->fold.breakdown != NULL;
    result.note = c->rate.text;
    if (!c->name) return result;
    result.by = broken_down ? wres_print(row->s->run, "%s,scenario", result.by) : "scenario";
    result.by_value = broken_down ? wres_print(row->s->run, "%s,%s", result.by_value, c->name) : c->name;
    return result;
}

static void add_years(const goal_row *row, const scenario *c, double rho, double settled) {
    wres_result result = outlook_result(row, c, "years_to_goal", WRES_YEARS, ON_NOW | ON_REFERENCE);
    double years;
    if (goal_is_met(row->now, row->share)) {
        result.note = "the goal is met";
        goal_result_add_real(row, result, 0);
        return;
    }
    const bool defined = wres_years_to_goal(share_now(row), wres_rational_real(row->share), settled, rho, &years);
    if (!defined) return; /* GCOVR_EXCL_BR_LINE: it is where there is a share at which the band settles */
    if (!isfinite(years)) {
        result_add_missing(
            row->s, result, WRES_NOT_CALCULABLE,
            wres_print(
                row->s->run,
                c->rate.share > wres_rational_real(row->share)
                    ? "never at these rates: the group leaves faster than the others, and its share settles below the goal (%s)"
                    : "never at this rate: the share of appointments is no higher than the goal (%s)",
                c->rate.text));
    } else {
        result.note = wres_print(row->s->run, "years from %s: %s", row->s->period, c->rate.text);
        goal_result_add_real(row, result, years);
    }
}

static void add_chance(const goal_row *row, const scenario *c) {
    wres_result result = outlook_result(row, c, "chance_of_goal", WRES_PROBABILITY, ON_NOW | ON_REFERENCE);
    double chance[SMALL_BAND + 1], scratch[SMALL_BAND + 1], sum = 0;
    const wres_rational exact = goal_exact(row->share, row->now.base);
    const unsigned years = (unsigned)floor(years_left(row) + 1e-9), places = (unsigned)row->now.base;
    const unsigned least = (unsigned)((exact.numerator + exact.denominator - 1) / exact.denominator);
    const wres_renewal from = {places, (unsigned)row->now.group, years, c->flow.members, c->flow.others, c->rate.share};
    if (years == 0) {
        result_add_missing(row->s, result, WRES_NOT_CALCULABLE, "under a year is left until the date of the goal");
        return;
    }
    const bool defined = wres_renewal_chances(&from, chance, scratch);
    if (!defined) return; /* GCOVR_EXCL_BR_LINE: it is from 1 to WRES_MOST_PLACES places */
    for (unsigned k = least; k <= places; k++) sum += chance[k];
    result.note = wres_print(
        row->s->run,
        "fewer than 50 people, so a chance and no date: that at least %u of %u are of the group after %u whole years (%s)", least,
        places, years, c->rate.text);
    goal_result_add_real(row, result, fmin(sum, 1));
}

static void add_projection(const goal_row *row, const scenario *c, double rho, double settled) {
    const double years = years_left(row);
    wres_result share = outlook_result(row, c, "projected_share", WRES_PERCENT, ON_NOW),
                people = outlook_result(row, c, "projected", WRES_PEOPLE_UNROUNDED, ON_NOW);
    double then;
    share.note = people.note = wres_print(row->s->run, "at the date of the goal: %s", c->rate.text);
    if (years <= 0) {
        result_add_missing(row->s, share, WRES_NOT_CALCULABLE, "the date of the goal is not after the as-at date");
        return;
    }
    const bool defined = wres_projected_share(share_now(row), settled, rho, years, &then);
    if (!defined) return; /* GCOVR_EXCL_BR_LINE: it is where there is a share at which the band settles */
    goal_result_add_real(row, share, 100 * then);
    goal_result_add_real(row, people, then * (double)row->now.base * pow(1 + c->flow.growth, years));
}

static void add_scenario(const goal_row *row, const scenario *c) {
    const bool small = row->now.base < SMALL_BAND;
    double settled, rho;
    if (!c->rate.known || !somebody_enters(row, &c->flow) ||
        !wres_settling(share_now(row), c->rate.share, &c->flow, &settled, &rho)) {
        const char *why = c->rate.known ? "at these rates nobody enters the band" : c->rate.text;
        const char *statistic = c->name ? "projected_share" : small ? "chance_of_goal" : "years_to_goal";
        const wres_unit unit = c->name ? WRES_PERCENT : small ? WRES_PROBABILITY : WRES_YEARS;
        const unsigned on = (c->rate.known ? entering_rests_on(row, &c->flow) : 0) |
                            (c->name ? 0 : ON_NOW); /* which of the two it is, the headcount says */
        result_add_missing(row->s, outlook_result(row, c, statistic, unit, on),
                           c->rate.known ? WRES_NOT_CALCULABLE : c->rate.status, why);
        return;
    }
    if (c->name) add_projection(row, c, rho, settled);
    if (small)
        add_chance(row, c);
    else
        add_years(row, c, rho, settled);
}

/* The rate of today: what the snapshots imply, for it is of this band; else that of recruitment to all posts. */
static rate rate_today(const rate *implied, const rate *recruitment) {
    rate second = *recruitment;
    second.rests_on |= implied->rests_on; /* it is taken because of what the snapshots say */
    if (implied->known) return *implied;
    if (second.known) return second;
    return implied->status == WRES_NOT_CALCULABLE
               ? *implied
               : not_known(WRES_NOT_SUPPLIED, "needs the group's share of appointments: --baseline DATE "
                                              "with an earlier snapshot, or recruitment data");
}

void goal_outlook_add(const goal_row *row) {
    const rate implied = implied_rate(row), recruitment = recruitment_rate(row);
    const goal_leaving *leaving = &row->leaving;
    const wres_flow f = flow_of(row), equal = {leaving->all, leaving->all, row->goals->growth};
    add_net(row);
    add_needed(row);
    if (row->has_baseline) add_rate(row, "implied_share", &implied);
    if (recruitment.known || recruitment.status == WRES_NOT_CALCULABLE) add_rate(row, "recruitment_share", &recruitment);
    rate today = rate_today(&implied, &recruitment), shortlist = shortlist_rate(row), same_retention = today;
    if (!leaving->known) {
        add_scenario(row, &(scenario){NULL, f, no_leaving_rate(row, leaving->text)});
        return;
    }
    if (!leaving->own) same_retention = no_leaving_rate(row, leaving->own_text);
    const scenario scenarios[] = {
        {NULL, f, today}, {"nothing changes", f, today}, {"RL = 1", f, shortlist}, {"equal retention", equal, same_retention}};
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) add_scenario(row, &scenarios[i]);
}
