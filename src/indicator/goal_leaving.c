/* Who leaves a band in a year: as the settings say, or counted from movements. No official rule was seen; this is the program's own:
 *
 *     exits from the band in the 12 months to the as-at date / the average of its headcounts at their two ends
 *
 * An exit is that of a leaver whose band was this one, or of anybody who moved from it to a band outside; of several bands taken
 * together, outside all of them. Without a snapshot a year before, the headcount of the as-at date stands for the average. */
#include "indicator/goal_row.h"

#include <string.h>

static const char from_band[] = "from_band", to_band[] = "to_band";

/* ---- choosing movements ------------------------------------------------------------------------------------- */

typedef enum band_kind { BANDS_NAMED, BANDS_OTHER, BANDS_NOT_KNOWN, BANDS_KNOWN } band_kind;

/* Which bands of the code list a test lets through; holds: by grade row. */
static wres_test band_test(const scope *s, const char *axis, band_kind kind, const unsigned char *holds) {
    const wres_reading *reading = s->fold.plan->reading;
    const wres_list *bands = wres_codes_find(reading->codes, "pay_bands"),
                    *groups = wres_codes_find(reading->codes, "staff_groups");
    const size_t size = wres_list_members(bands);
    unsigned char *passes = wres_alloc(s->run, size + 1);
    for (uint16_t member = 0; member < size; member++) {
        const uint16_t row = wres_grades_place(reading->grades, &member, NULL, wres_list_blank(groups)).row;
        const bool known = row != wres_grades_unmapped(reading->grades);
        passes[member] = kind == BANDS_KNOWN       ? known
                         : kind == BANDS_NOT_KNOWN ? !known
                         : kind == BANDS_NAMED     ? holds[row]
                                                   : known && !holds[row];
    }
    return (wres_test){.axis = axis, .passes = passes, .size = size, .text = ""};
}

/* A doctor has a grade and no band: that none is given says nothing of the movements. */
static wres_test banded_sections(const scope *s) {
    unsigned char *passes = wres_alloc(s->run, WRES_SECTIONS + 1);
    for (size_t i = 0; i < WRES_SECTIONS; i++) passes[i] = i != WRES_SECTION_MEDICAL;
    return (wres_test){.axis = WRES_AXIS_SECTION, .passes = passes, .size = WRES_SECTIONS, .text = ""};
}

static slices chosen(const scope *s, const planned_count *count, const wres_test *tests, size_t test_count) {
    fold_request request = s->fold;
    request.by_grade = true; /* of the two, movements have the section */
    return fold(&request, count, tests, test_count);
}

/* People in movements, as checks count them. What is hidden may be any number: nothing of it is in the sum, and a check whose outcome
 * it can change is not decided. */
typedef struct checked_sum {
    uint64_t known;
    bool hidden; /* there may be more */
} checked_sum;

static checked_sum both(checked_sum a, checked_sum b) { return (checked_sum){a.known + b.known, a.hidden || b.hidden}; }

static checked_sum counted(amount a) { return (checked_sum){a.least - a.hidden.least, amount_is_hidden(a)}; }

static checked_sum people_in(const scope *s, const slice *one) {
    const group_set *groups = &s->standard->groups;
    checked_sum sum = both(counted(amount_of(one, 0)), counted(amount_of(one, groups->unknown)));
    for (size_t g = 1; g < groups->unknown; g++)
        if (groups->all[g].compared) sum = both(sum, counted(amount_of(one, g)));
    return sum;
}

static checked_sum everybody(const scope *s, const slices *list) {
    checked_sum sum = {0, false};
    for (size_t i = 0; i < list->count; i++) sum = both(sum, people_in(s, &list->all[i]));
    return sum;
}

static void choose_bands(const scope *s, const wres_goals *goals, goal_exits *exits) {
    exits->of = wres_alloc(s->run, (goals->band_count + 1) * sizeof *exits->of);
    for (size_t b = 0; b < goals->band_count; b++) {
        const unsigned char *holds = goals->bands[b].holds;
        const wres_test tests[] = {band_test(s, from_band, BANDS_NAMED, holds), band_test(s, to_band, BANDS_OTHER, holds)};
        const wres_test not_said[] = {tests[0], band_test(s, to_band, BANDS_NOT_KNOWN, NULL)};
        exits->of[b].left = chosen(s, &s->planned->leavers, tests, 1);
        exits->of[b].moved = chosen(s, &s->planned->movers, tests, 2);
        exits->of[b].lost = chosen(s, &s->planned->movers, not_said, 2);
    }
}

/* ---- whether the movements can be believed ------------------------------------------------------------------ */

/* A file that begins late, ends early or lacks a part: month after month has USUAL exits or more, and then there is none. Totals of a
 * year or of quarters, which stand on single days, are none of this: few months, or many gaps. */
enum { MONTHS = 12, USUAL = 5, LEAST_MONTHS = 3, MOST_GAPS = 2 };

static void no_rates(goal_exits *exits, const char *why) { exits->missing = why; }

/* The exits in each of the 12 months. */
static void count_months(const scope *s, const wres_test *known, checked_sum *month) {
    const planned_count *const counts[] = {&s->planned->leavers, &s->planned->movers};
    for (size_t c = 0; c < 2; c++) {
        size_t cells;
        const wres_tally *tally = counts[c]->tally;
        const wres_cell *all = wres_cube_cells(tally->cube, &cells);
        for (size_t i = 0; i < cells; i++) {
            const uint16_t *key = all[i].key;
            if (cell_belongs(s->fold.frame, tally, key, s->fold.organisation) &&
                cell_passes(tally, counts[c]->tests, counts[c]->test_count, key) && cell_passes(tally, known, 1, key))
                month[key[WRES_KEY_TIME]] = both(month[key[WRES_KEY_TIME]], counted((amount){all[i].count, all[i].hidden}));
        }
    }
}

/* Months without an exit, how often there begins to be none, and months of which hidden counts leave it open. */
typedef struct year_of_exits {
    int empty, gaps, few, maybe_empty, maybe_few;
    uint64_t least; /* of the others */
} year_of_exits;

static year_of_exits year_of(const checked_sum *month) {
    year_of_exits year = {.least = UINT64_MAX};
    for (int m = 0; m < MONTHS; m++) {
        const uint64_t people = month[m].known;
        year.empty += people == 0;
        year.gaps += people == 0 && (m == 0 || month[m - 1].known != 0);
        year.few += people > 0 && people < USUAL && !month[m].hidden;
        year.maybe_empty += people == 0 && month[m].hidden;
        year.maybe_few += people < USUAL && month[m].hidden;
        if (people && people < year.least) year.least = people;
    }
    return year;
}

static void check_months(const scope *s, const wres_test *known, goal_exits *exits) {
    checked_sum month[MONTHS] = {{0, false}};
    if (s->planned->leavers.tally->undated) return; /* all of the window, as the file says */
    count_months(s, known, month);
    const year_of_exits year = year_of(month);
    exits->hidden = year.empty && year.maybe_few && year.few == 0;
    if (year.empty == 0 || exits->hidden) return;
    if (year.least >= USUAL && MONTHS - year.empty >= LEAST_MONTHS && year.gaps <= MOST_GAPS)
        no_rates(exits,
                 wres_print(s->run,
                            "no exit in %d of the 12 months to %s, and at least %llu in each of the others: the movements do not "
                            "cover the year. Give the file of all 12 months, or --turnover PERCENT",
                            year.empty, s->period, (unsigned long long)year.least));
    else if (year.maybe_empty == 0)
        exits->remark = wres_print(s->run, "; in %d of the 12 months the organisation has no exit: taken as none", year.empty);
}

/* Where results are by section or broken down: those who left, but nobody knows from where, are in none of them. */
static checked_sum without_place(const scope *s, const wres_goals *goals, const slices *list) {
    const wres_breakdown *by = s->fold.breakdown;
    checked_sum sum = {0, false};
    for (size_t i = 0; i < list->count; i++) {
        const slice *one = &list->all[i];
        bool unknown = goals->scope == WRES_REFERENCE_SECTION && one->section == WRES_SECTION_UNKNOWN;
        for (size_t f = 0; by && f < by->count; f++)
            unknown =
                unknown || strcmp(axis_label(s->fold.plan, s->planned->leavers.tally->table->name, by->fields[f], one->by_code[f]),
                                  "unknown") == 0;
        if (unknown) sum = both(sum, people_in(s, one));
    }
    return sum;
}

/* Whether it may be too many and may be not. */
static bool is_open(checked_sum part, checked_sum all) {
    return part.hidden || (all.hidden && wres_is_too_many(part.known, all.known));
}

static void check_exits(const scope *s, const wres_goals *goals, goal_exits *exits) {
    const wres_test known = band_test(s, from_band, BANDS_KNOWN, NULL);
    const wres_test not_said[] = {band_test(s, from_band, BANDS_NOT_KNOWN, NULL), banded_sections(s)};
    const slices left = chosen(s, &s->planned->leavers, &known, 1), moved = chosen(s, &s->planned->movers, &known, 1),
                 left_nowhere = chosen(s, &s->planned->leavers, not_said, 2),
                 moved_nowhere = chosen(s, &s->planned->movers, not_said, 2);
    const checked_sum nowhere = both(everybody(s, &left_nowhere), everybody(s, &moved_nowhere)),
                      all = both(both(everybody(s, &left), everybody(s, &moved)), nowhere),
                      unplaced = both(without_place(s, goals, &left), without_place(s, goals, &moved));
    const char *instead = "or give --turnover PERCENT", *place = s->fold.breakdown ? s->fold.breakdown->name : "section";
    exits->remark = "";
    exits->hidden = (all.hidden && all.known == 0) || is_open(nowhere, all) || is_open(unplaced, all);
    if (exits->hidden) return;
    if (all.known == 0)
        no_rates(exits,
                 wres_print(s->run,
                            "the movements have no leaver and no move from a band in the 12 months to %s: is it another year's "
                            "file, or another organisation's? Give that of these months, %s",
                            s->period, instead));
    else if (wres_is_too_many(nowhere.known, all.known))
        no_rates(exits,
                 wres_print(s->run,
                            "%llu of %llu leavers and moves do not say from which band (from_band), over 5%%: fill it in, %s",
                            (unsigned long long)nowhere.known, (unsigned long long)all.known, instead));
    else if (wres_is_too_many(unplaced.known, all.known))
        no_rates(exits,
                 wres_print(s->run, "of %llu of %llu leavers and moves the %s is not known, over 5%%: link them by person_id, %s",
                            (unsigned long long)unplaced.known, (unsigned long long)all.known, place, instead));
    else
        check_months(s, &known, exits);
    if (nowhere.known) {
        const char *whole = all.hidden ? "" : wres_print(s->run, " %llu", (unsigned long long)all.known);
        exits->remark = wres_print(s->run, "%s; %llu of the organisation's%s exits do not say from which band and are in none",
                                   exits->remark, (unsigned long long)nowhere.known, whole);
    }
    if (unplaced.known)
        exits->remark =
            wres_print(s->run, "%s; of %llu exits the %s is not known", exits->remark, (unsigned long long)unplaced.known, place);
}

/* ---- the headcount a year before ---------------------------------------------------------------------------- */

/* Whether the same organisations have staff at both dates: an average with an organisation that was not there yet halves it. */
static bool same_organisations(const scope *s, const wres_frame *earlier) {
    const wres_tally *tally = s->planned->of.tally;
    const size_t count = wres_dictionary_count(wres_vocabulary(s->fold.plan->reading, "organisation"));
    unsigned char *now = wres_alloc(s->run, count + 1), *then = wres_alloc(s->run, count + 1);
    size_t cells;
    const wres_cell *all = wres_cube_cells(tally->cube, &cells);
    bool any = false;
    for (size_t i = 0; i < cells; i++) {
        const uint16_t number = all[i].key[WRES_KEY_ORGANISATION];
        if (cell_belongs(s->fold.frame, tally, all[i].key, s->fold.organisation)) now[number] = 1;
        if (cell_belongs(earlier, tally, all[i].key, s->fold.organisation)) then[number] = 1, any = true;
    }
    return any && memcmp(now, then, count + 1) == 0;
}

static void find_opening(const scope *s, goal_exits *exits) {
    wres_frame earlier = *s->fold.frame;
    char date[WRES_DATE_SIZE];
    earlier.as_at = wres_date_add_months(earlier.as_at, -MONTHS);
    wres_date_print(earlier.as_at, date);
    exits->has_opening = same_organisations(s, &earlier);
    if (exits->has_opening) exits->opening = goal_staff_at(s, &earlier);
    exits->base =
        exits->has_opening
            ? wres_print(s->run, "the average of the headcounts of %s and %s", date, s->period)
            : wres_print(s->run, "the headcount of %s, as the workforce has no snapshot of %s to average it with", s->period, date);
}

goal_exits goal_exits_of(const scope *s, const wres_goals *goals) {
    static const char needed[] =
        "needs the leaving rate of the band: --turnover PERCENT, or movements with from_band. No official rate was seen";
    goal_exits exits = {.missing = needed};
    const wres_tally *tally = s->planned->leavers.tally;
    if (goals->has_turnover || !tally || !tally->has_table) return exits;
    exits.counted = true;
    exits.missing = NULL;
    check_exits(s, goals, &exits);
    if (exits.missing || exits.hidden) return exits;
    choose_bands(s, goals, &exits);
    find_opening(s, &exits);
    return exits;
}

/* ---- rates -------------------------------------------------------------------------------------------------- */

/* What is counted of one kind of people in a band: exits over a base; twice the base where it is an average of two dates. */
typedef struct outflow {
    amount left, moved, base;
} outflow;

typedef struct band_outflow {
    const goal_exits *exits;
    outflow all, group, reference, unknown;
    amount lost; /* moved to a band that is not said */
    /* Whether the rates of all, and those of groups, can be believed hangs on hidden counts. */
    bool is_open, is_open_by_group;
} band_outflow;

static amount exits_of(const outflow *o) { return amount_sum(o->left, o->moved); }

static fraction fraction_of(const outflow *o) { return (fraction){exits_of(o), o->base, KIN_APART}; }

static bool is_hidden(const outflow *o) { return amount_is_hidden(exits_of(o)) || amount_is_hidden(o->base); }

static uint64_t dates_of(const band_outflow *b) { return b->exits->has_opening ? 2 : 1; }

static double rate_of(const band_outflow *b, const outflow *o) {
    return (double)dates_of(b) * (double)exits_of(o).least / (double)o->base.least;
}

static headcount count_in(const goal_row *row, const slices *list, size_t g, const unsigned char *holds) {
    return goal_count(row->s, list, row->by_value, row->section_number, g, holds);
}

/* Of a group, or of everybody that counts. */
static outflow count_outflow(const goal_row *row, const goal_exits *exits, const goal_band *band, size_t g, bool all) {
    const struct band_exits *of = &exits->of[band->number];
    const fraction left = count_in(row, &of->left, g, NULL).of, moved = count_in(row, &of->moved, g, NULL).of,
                   now = count_in(row, band->now, g, band->holds).of,
                   then = exits->has_opening ? count_in(row, &exits->opening, g, band->holds).of : (fraction){0};
    return all ? (outflow){left.below, moved.below, amount_sum(now.below, then.below)}
               : (outflow){left.above, moved.above, amount_sum(now.above, then.above)};
}

/* More people of unknown ethnicity left than were there: those who left are known worse than those in post, and a group's own rate
 * would be too low. */
static bool is_blind(const band_outflow *b) {
    const uint64_t unknown = exits_of(&b->unknown).least;
    return dates_of(b) * unknown > b->unknown.base.least && wres_is_too_many(unknown, exits_of(&b->all).least);
}

static bool is_lossy(const band_outflow *b) { return wres_is_too_many(b->lost.least, b->lost.least + exits_of(&b->all).least); }

static band_outflow outflow_of(const goal_row *row, const goal_exits *exits, const goal_band *band) {
    const group_set *groups = &row->s->standard->groups;
    const size_t g = (size_t)(row->who - groups->all);
    band_outflow b = {.exits = exits,
                      .all = count_outflow(row, exits, band, g, true),
                      .group = count_outflow(row, exits, band, g, false),
                      .reference = count_outflow(row, exits, band, 0, false),
                      .unknown = count_outflow(row, exits, band, groups->unknown, false),
                      .lost = count_in(row, &exits->of[band->number].lost, g, NULL).of.below};
    const amount unknown = exits_of(&b.unknown), all = exits_of(&b.all);
    b.is_open = amount_is_hidden(b.lost) || (b.lost.least && amount_is_hidden(all));
    b.is_open_by_group =
        b.is_open || amount_is_hidden(unknown) || (unknown.least && (amount_is_hidden(all) || amount_is_hidden(b.unknown.base)));
    return b;
}

static const char *rate_note(const goal_row *row, const band_outflow *b, const outflow *o, bool of_group) {
    wres_run *run = row->s->run;
    const uint64_t unknown = exits_of(&b->unknown).least;
    const char *note = wres_print(run, "leavers: %llu, moves out of the band: %llu, in the 12 months to %s; base: %s%s",
                                  (unsigned long long)o->left.least, (unsigned long long)o->moved.least, row->s->period,
                                  b->exits->base, b->exits->remark);
    if (exits_of(o).least == 0) note = wres_print(run, "%s; that nobody left in a year does not mean that nobody will", note);
    if (b->lost.least)
        note = wres_print(run, "%s; moves to a band that is not said, left out: %llu", note, (unsigned long long)b->lost.least);
    if (of_group && unknown)
        note = wres_print(run, "%s; exits of unknown ethnicity, in no group's rate: %llu", note, (unsigned long long)unknown);
    return wres_print(run, "%s. This program's own rule: no official one was seen", note);
}

static void add_rate_hidden(const goal_row *row, const band_outflow *b, const outflow *o, wres_result result) {
    const fraction f = fraction_of(o);
    span bounds;
    const bool bounded = is_hidden(o) && fraction_range(&f, 0, &bounds);
    const wres_int128 scale = 100 * (wres_int128)dates_of(b);
    if (bounded) bounds.lower.numerator *= scale, bounds.upper.numerator *= scale;
    result.numerator_hidden = amount_is_hidden(f.above);
    result.denominator_hidden = amount_is_hidden(f.below);
    result_add_hidden(row->s, result, b->is_open || !is_hidden(o) ? WRES_HIDDEN_SOME : fraction_hidden(&f),
                      bounded ? &bounds : NULL);
}

static void add_rate(const goal_row *row, const band_outflow *b, const outflow *o, const char *who, bool of_group) {
    wres_result result = goal_result(row, "leaving_rate", WRES_PERCENT, 0);
    const uint64_t people = o->base.least, exits = exits_of(o).least;
    result.group = who;
    result.has_counts = true;
    result.numerator = (wres_rational){(wres_int128)exits, 1};
    result.denominator = people;
    result.denominator_dates = b->exits->has_opening ? 2 : 0;
    if (is_hidden(o) || (of_group ? b->is_open_by_group : b->is_open)) {
        add_rate_hidden(row, b, o, result);
        return;
    }
    if (people == 0 || (of_group && is_blind(b))) {
        result_add_missing(row->s, result, WRES_NOT_CALCULABLE,
                           people == 0
                               ? "nobody of the group in this band"
                               : wres_print(row->s->run,
                                            "of %llu who left the ethnicity is not known, more than of those in post: link the "
                                            "movements by person_id, or give them the ethnicity",
                                            (unsigned long long)exits_of(&b->unknown).least));
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = percent_of(exits * dates_of(b), people);
    result.note = rate_note(row, b, o, of_group);
    result_add(row->s, &result);
}

/* Whether the movements can be believed hangs on hidden counts: no band has a rate. */
static void add_rates_hidden(const goal_row *row) {
    const char *const names[] = {"all", row->s->standard->groups.all[0].label, row->who->label};
    for (size_t i = goal_is_first_group(row) ? 0 : 2; i < sizeof names / sizeof *names; i++) {
        wres_result result = goal_result(row, "leaving_rate", WRES_PERCENT, 0);
        result.group = names[i];
        result_add_hidden(row->s, result, WRES_HIDDEN_SOME, NULL);
    }
}

static goal_leaving no_leaving(wres_result_status status, const char *why) {
    return (goal_leaving){.status = status, .text = why, .own_text = why};
}

/* The rate of the others, where all and the group have theirs. */
static goal_leaving leaving_as_set(const goal_row *row) {
    const wres_goals *g = row->goals;
    const double members = (double)row->now.group, others = (double)(row->now.base - row->now.group);
    goal_leaving leaving = {.known = true,
                            .status = WRES_NOT_SUPPLIED,
                            .own = g->has_group_turnover,
                            .all = g->turnover,
                            .group = g->turnover,
                            .others = g->turnover,
                            .text = "the leaving rate of the settings",
                            .own_text = "needs the leaving rate of the group: --turnover-bme PERCENT, or movements"};
    if (!leaving.own) return leaving;
    leaving.rests_on = ON_NOW;
    leaving.group = g->group_turnover;
    if (others > 0) leaving.others += (leaving.all - leaving.group) * members / others;
    if (leaving.others > -1e-12 && leaving.others < 0) leaving.others = 0;
    if (leaving.others >= 0 && leaving.others < 1) return leaving;
    goal_leaving none = no_leaving(WRES_NOT_CALCULABLE,
                                   leaving.others < 0 ? "the two leaving rates contradict each other in this band: more of the "
                                                        "group would leave than leave in all"
                                                      : "the two leaving rates contradict each other in this band: more than all "
                                                        "others would leave");
    none.rests_on = ON_NOW;
    return none;
}

/* Rates that are none of the data's. */
static goal_leaving leaving_hidden(void) {
    return (goal_leaving){.known = true,
                          .own = true,
                          .hidden = true,
                          .all = 0.1,
                          .group = 0.12,
                          .others = 0.095,
                          .rests_on = ON_LEAVING,
                          .text = "the leaving rate of the movements",
                          .own_text = ""};
}

static goal_leaving leaving_from(const goal_row *row, const band_outflow *b) {
    if (b->is_open_by_group || is_hidden(&b->all)) return leaving_hidden(); /* the group's counts are in those of all */
    const outflow others = {amount_rest(b->all.left, b->group.left), amount_rest(b->all.moved, b->group.moved),
                            amount_rest(b->all.base, b->group.base)};
    goal_leaving leaving = {
        .known = true, .status = WRES_NOT_CALCULABLE, .own = b->group.base.least > 0 && !is_blind(b), .rests_on = ON_LEAVING};
    leaving.all = leaving.group = leaving.others = rate_of(b, &b->all);
    leaving.text = wres_print(row->s->run, "the leaving rate of the movements in the 12 months to %s", row->s->period);
    leaving.own_text = "the movements give the group no leaving rate of its own in this band";
    if (leaving.own) {
        leaving.group = rate_of(b, &b->group);
        if (others.base.least > 0) leaving.others = rate_of(b, &others);
    }
    if (leaving.all < 1 && leaving.group < 1 && leaving.others < 1) return leaving;
    return no_leaving(WRES_NOT_CALCULABLE, "by the movements 100% or more leave in a year, of all or of one group: no projection "
                                           "can go on from that");
}

goal_leaving goal_leaving_add(const goal_row *row, const goal_exits *exits, const goal_band *band) {
    const scope *s = row->s;
    if (row->goals->has_turnover) return leaving_as_set(row);
    if (!exits->counted) return no_leaving(WRES_NOT_SUPPLIED, exits->missing);
    if (exits->hidden) {
        add_rates_hidden(row);
        return leaving_hidden();
    }
    const char *why = exits->missing;
    band_outflow b = {.exits = exits};
    if (!why) b = outflow_of(row, exits, band);
    if (!why && !b.is_open && is_lossy(&b))
        why = wres_print(
            s->run,
            "%llu moves from the band do not say to which (to_band), over 5%% of its exits: fill it in, leave out those that "
            "change no band ('leave_out'), or give --turnover PERCENT",
            (unsigned long long)b.lost.least);
    wres_result all = goal_result(row, "leaving_rate", WRES_PERCENT, 0);
    all.group = "all";
    if (why) {
        if (goal_is_first_group(row)) result_add_missing(s, all, WRES_NOT_CALCULABLE, why);
        return no_leaving(WRES_NOT_CALCULABLE, why);
    }
    if (goal_is_first_group(row)) {
        add_rate(row, &b, &b.all, "all", false);
        add_rate(row, &b, &b.reference, s->standard->groups.all[0].label, true);
    }
    add_rate(row, &b, &b.group, row->who->label, true);
    return leaving_from(row, &b);
}
