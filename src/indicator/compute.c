/* The order of results: standard, indicator, organisation, breakdown; and what all measures share. */
#include "indicator/compute.h"

#include <stdlib.h>
#include <string.h>

const char *breakdown_name(const scope *s) { return s->fold.breakdown ? s->fold.breakdown->name : "all"; }

wres_result result_new(const scope *s, const char *by_value, const char *who, const char *statistic, wres_unit unit) {
    return (wres_result){.standard = s->standard->about->id,
                         .indicator = s->planned->about->id,
                         .organisation = s->organisation_name,
                         .period = s->period,
                         .section = "all",
                         .row = "all",
                         .by = breakdown_name(s),
                         .by_value = by_value,
                         .group = who,
                         .statistic = statistic,
                         .unit = unit,
                         .note = ""};
}

void result_hide(wres_run *run, wres_result *result) {
    result->kind = WRES_VALUE_NONE;
    result->status = WRES_SUPPRESSED;
    result->exact = (wres_rational){0, 1};
    result->real = 0;
    result->has_interval = result->has_flag = false;
    result->note = result->hidden == WRES_HIDDEN_SOME ? "rests on counts that are hidden in the input"
                   : result->hidden == 1
                       ? "rests on 1 count that is hidden in the input"
                       : wres_print(run, "rests on %u counts that are hidden in the input", (unsigned)result->hidden);
}

void outlet_give(const outlet *out, const wres_result_list *results, size_t number) {
    for (size_t i = 0; i < results->count && out->compared; i++) beside_keep(out->compared, &results->all[i], number + i);
    out->receiver->take(out->receiver->context, results->all, results->count);
}

void outlet_flush(outlet *out) {
    wres_result_list *waiting = &out->waiting;
    if (waiting->count == 0 || !out->receiver) return;
    small_mark(waiting);
    outlet_give(out, waiting, out->count - waiting->count);
    waiting->count = 0;
}

void result_add(const scope *s, const wres_result *result) {
    wres_result_list *list = s->results;
    if (s->out && list->count && !is_same_place(list->all, result)) outlet_flush(s->out);
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 16, size = sizeof *list->all;
        list->all = wres_grow(s->out ? s->out->run : s->run, list->all, list->room * size, room * size);
        list->room = room;
    }
    list->all[list->count] = *result;
    if (result->hidden && result->status != WRES_NOT_SUPPLIED) result_hide(s->run, &list->all[list->count]);
    list->count++;
    if (s->out) s->out->count++;
}

void result_add_missing(const scope *s, wres_result result, wres_result_status status, const char *note) {
    result.kind = WRES_VALUE_NONE;
    result.has_interval = result.has_flag = false;
    result.status = status;
    result.note = note;
    result_add(s, &result);
}

void result_add_lacking(const scope *s, const char *section, const char *row, const char *why) {
    wres_result result = result_new(s, "all", "all", "all", WRES_PEOPLE);
    result.section = section;
    result.row = row;
    result_add_missing(s, result, WRES_NOT_SUPPLIED, why);
}

void part_add_lacking(const scope *s, const char *by_value, const char *row, const char *why) {
    const group_set *groups = &s->standard->groups;
    size_t g = 1;
    while (g < groups->unknown && !groups->all[g].compared) g++;
    wres_result result = result_new(s, by_value, groups->all[g].label, "difference", WRES_POINTS);
    result.row = row;
    result_add_missing(s, result, WRES_NOT_SUPPLIED, why);
}

const char *part_note(const scope *s, const wres_parts *parts, size_t part) {
    const int whole = parts->all[part].of_which;
    return whole == WRES_OF_ALL ? "" : wres_print(s->run, "part of the row %s", parts->all[whole].row);
}

wres_rational percent_of(uint64_t numerator, uint64_t denominator) {
    return (wres_rational){(wres_int128)100 * (wres_int128)numerator, (wres_int128)denominator};
}

void percent_set(wres_result *result, uint64_t numerator, uint64_t denominator) {
    wres_interval interval = {0, 0};
    result->unit = WRES_PERCENT;
    result->has_counts = true;
    result->numerator = (wres_rational){(wres_int128)numerator, 1};
    result->denominator = denominator;
    if (denominator == 0) {
        result->status = WRES_NOT_CALCULABLE;
        return;
    }
    result->kind = WRES_VALUE_EXACT;
    result->exact = percent_of(numerator, denominator);
    if (result->fte) return; /* FTE are no trials: nothing is known of their chance error */
    result->has_interval = wres_wilson((wres_proportion){numerator, denominator}, WRES_Z95, &interval);
    result->lower = 100 * interval.lower;
    result->upper = 100 * interval.upper;
}

void test_add(const scope *s, const wres_result *where, wres_proportion a, wres_proportion b, const char *note) {
    wres_result test = result_new(s, where->by_value, where->group, "p_value", WRES_PROBABILITY);
    test.section = where->section;
    test.row = where->row;
    test.kind = WRES_VALUE_REAL;
    test.note = note;
    if (wres_fisher(a, b, &test.real)) result_add(s, &test);
}

const char *comparison(wres_run *run, const group *first, const char *sign, const group *second) {
    return wres_print(run, "%s%s%s", first->label, sign, second->label);
}

static bool has_text(const by_values *list, const char *text) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->all[i], text) == 0) return true;
    return false;
}

by_values by_values_of(const scope *s, const slices *a, const slices *b) {
    by_values list = {wres_alloc(s->run, (a->count + b->count + 1) * sizeof *list.all), 0};
    const bool text = s->fold.breakdown && s->fold.breakdown->count == 1 &&
                      wres_axis_is_text(s->fold.plan->reading, s->fold.breakdown->fields[0]);
    for (size_t i = 0; i < b->count; i++)
        if (!has_text(&list, b->all[i].by_value)) list.all[list.count++] = b->all[i].by_value;
    for (size_t i = 0; i < a->count; i++) {
        const char *value = a->all[i].by_value;
        if (has_text(&list, value)) continue;
        size_t at =
            list.count++; /* a value that only the events have: where the alphabet puts it, else at the end before unknown */
        while (at > 0 && (strcmp(list.all[at - 1], "unknown") == 0 || (text && strcmp(list.all[at - 1], value) > 0))) {
            list.all[at] = list.all[at - 1];
            at--;
        }
        list.all[at] = value;
    }
    return list;
}

/* ---- organisations ------------------------------------------------------------------------------------------ */

typedef struct organisations {
    uint16_t *numbers;
    size_t count;
    bool nameless; /* some cells belong to no organisation in particular */
} organisations;

static void note_organisations(const wres_plan *plan, const wres_frame *frame, unsigned char *seen, organisations *list) {
    for (size_t t = 0; t < plan->tally_count; t++) {
        const wres_tally *tally = plan->tallies[t];
        size_t cells = 0;
        const wres_cell *all = tally->cube ? wres_cube_cells(tally->cube, &cells) : NULL;
        for (size_t i = 0; i < cells; i++) {
            const uint16_t number = all[i].key[WRES_KEY_ORGANISATION];
            if (!cell_belongs(frame, tally, all[i].key, ALL_ORGANISATIONS)) continue;
            if (number == 0)
                list->nameless = true;
            else
                seen[number] = 1;
        }
    }
}

static organisations find_organisations(const wres_plan *plan, const wres_frame *frame) {
    const wres_dictionary *names = wres_vocabulary(plan->reading, "organisation");
    const uint32_t count = wres_dictionary_count(names);
    unsigned char *seen = wres_alloc(plan->run, count + 1);
    organisations list = {wres_alloc(plan->run, (count + 1) * sizeof *list.numbers), 0, false};
    note_organisations(plan, frame, seen, &list);
    for (uint32_t n = 1; n < count; n++) {
        if (!seen[n]) continue;
        size_t at = list.count++;
        for (; at > 0 && strcmp(wres_dictionary_text(names, list.numbers[at - 1]), wres_dictionary_text(names, n)) > 0; at--)
            list.numbers[at] = list.numbers[at - 1];
        list.numbers[at] = (uint16_t)n;
    }
    return list;
}

static bool has_cell(const wres_plan *plan, const wres_frame *frame, const wres_table *table, uint16_t organisation) {
    for (size_t t = 0; t < plan->tally_count; t++) {
        const wres_tally *tally = plan->tallies[t];
        if (tally->table != table) continue;
        const cell_choice cells = cells_of(plan, tally, organisation);
        for (size_t i = 0; i < cells.count; i++)
            if (cell_belongs(frame, tally, cell_at(&cells, i)->key, organisation)) return true;
    }
    return false;
}

/* A pooled ratio of organisations, some of which sent no events, is a ratio of different people: it must be known. */
static void say_silent(const wres_plan *plan, const wres_frame *frame, const organisations *list) {
    const wres_dictionary *names = wres_vocabulary(plan->reading, "organisation");
    for (size_t t = 0; t < plan->tally_count && list->count > 1; t++) {
        const wres_table *table = plan->tallies[t]->table;
        bool first = plan->tallies[t]->has_table;
        for (size_t k = 0; k < t; k++) first = first && plan->tallies[k]->table != table;
        for (size_t o = 0; first && o < list->count; o++)
            if (!has_cell(plan, frame, table, list->numbers[o]))
                wres_find(plan->run, WRES_WARNING, "silent-organisation", (wres_place){.table = table->name}, 0,
                          "organisation %s has no row that counts here: taken as none. If its file is missing, its figures and the "
                          "pooled ones are wrong",
                          wres_visible(plan->run, wres_text_of(wres_dictionary_text(names, list->numbers[o]))));
    }
}

/* Which organisations have rows of a table, whatever they count in. */
static unsigned char *organisations_of(const wres_plan *plan, const wres_table *table, const wres_dictionary *names) {
    unsigned char *seen = wres_alloc(plan->run, wres_dictionary_count(names) + 1);
    for (size_t t = 0; t < plan->tally_count; t++) {
        const wres_tally *tally = plan->tallies[t];
        size_t cells = 0;
        const wres_cell *all = tally->table == table && tally->cube ? wres_cube_cells(tally->cube, &cells) : NULL;
        for (size_t i = 0; i < cells; i++) seen[all[i].key[WRES_KEY_ORGANISATION]] = 1;
    }
    return seen;
}

/* An organisation whose rows all lie on other dates is not in the figures, though its file was read. */
static void say_left_behind(const wres_plan *plan, const wres_frame *frame) {
    const wres_dictionary *names = wres_vocabulary(plan->reading, "organisation");
    for (size_t t = 0; t < plan->tally_count; t++) {
        const wres_tally *tally = plan->tallies[t];
        bool first = tally->table->time != WRES_TIME_WINDOW && !frame->organisation;
        for (size_t k = 0; k < t; k++) first = first && plan->tallies[k]->table != tally->table;
        if (!first) continue;
        const unsigned char *seen = organisations_of(plan, tally->table, names);
        for (uint32_t n = 1; n < wres_dictionary_count(names); n++)
            if (seen[n] && !has_cell(plan, frame, tally->table, (uint16_t)n))
                wres_find(
                    plan->run, WRES_WARNING, "left-behind", (wres_place){.table = tally->table->name}, 0,
                    "organisation %s has rows, but none at the date or year that is taken: it is not in these figures, nor in the pooled ones",
                    wres_visible(plan->run, wres_text_of(wres_dictionary_text(names, n))));
    }
}

/* Rows that name no organisation, of several: only the pooled figures can count them. */
static const wres_table *nameless_table(const planned_indicator *planned) {
    if (planned->about->measure == WRES_GOAL) return NULL; /* recruitment adds to goals; they do without */
    for (size_t i = 0; i < planned->step_count; i++) {
        const wres_tally *const tallies[] = {planned->steps[i].events.tally, planned->steps[i].over.tally};
        for (size_t k = 0; k < 2; k++) {
            size_t cells, named = 0;
            const wres_cell *all = wres_cube_cells(tallies[k]->cube, &cells);
            for (size_t c = 0; c < cells; c++) named += all[c].key[WRES_KEY_ORGANISATION] != 0;
            if (cells > 0 && named == 0) return tallies[k]->table;
        }
    }
    return NULL;
}

/* Finer groups to which nobody belongs would fill the results with nothing. */
static void drop_empty_groups(const wres_plan *plan, const wres_frame *frame, group_set *groups) {
    size_t kept = 1;
    for (size_t g = 1; g < groups->count; g++) {
        bool found = g == groups->unknown;
        for (size_t t = 0; t < plan->tally_count && !found; t++) {
            const wres_tally *tally = plan->tallies[t];
            size_t cells = 0;
            const wres_cell *all = tally->cube ? wres_cube_cells(tally->cube, &cells) : NULL;
            for (size_t i = 0; i < cells && !found; i++)
                found =
                    groups->all[g].holds[all[i].key[WRES_KEY_GROUP]] && cell_belongs(frame, tally, all[i].key, ALL_ORGANISATIONS);
        }
        if (found) groups->all[kept++] = groups->all[g];
    }
    groups->count = kept;
    groups->unknown = kept - 1;
}

/* ---- everything --------------------------------------------------------------------------------------------- */

/* Behind it nothing is needed that was made for it. */
static void leave_scope(const scope *s) {
    outlet_flush(s->out);
    if (s->run != s->out->run) wres_scratch_clear(s->run);
}

static void compute_scope(const scope *s) {
    static void (*const by_measure[])(const scope *s) = {
        [WRES_SHARE] = share_compute, [WRES_LIKELIHOOD] = likelihood_compute, [WRES_RATE] = rate_compute,
        [WRES_GAP] = gap_compute,     [WRES_DISPARITY] = disparity_compute,   [WRES_GOAL] = goal_compute};
    by_measure[s->planned->about->measure](s);
    leave_scope(s);
}

static const wres_table *not_given(const planned_count *count) {
    return count->tally && !count->tally->has_table ? count->tally->table : NULL;
}

/* The first table of an indicator that was not given, or NULL. */
static const wres_table *table_missing(const planned_indicator *planned) {
    const wres_table *missing = not_given(&planned->of);
    if (!missing) missing = not_given(&planned->against);
    if (planned->about->measure == WRES_GOAL) return missing; /* recruitment adds to goals; they do without */
    for (size_t i = 0; i < planned->step_count && !missing; i++) {
        missing = not_given(&planned->steps[i].events);
        if (!missing) missing = not_given(&planned->steps[i].over);
    }
    return missing;
}

/* Why the counts of this table hold for another date only, or NULL. */
static const char *counted_elsewhere(const planned_indicator *planned, const wres_table *table) {
    const wres_tally *const tallies[] = {planned->of.tally, planned->against.tally};
    const char *why = NULL;
    for (size_t i = 0; i < 2; i++)
        if (tallies[i] && tallies[i]->table == table) why = tallies[i]->elsewhere;
    for (size_t i = 0; i < planned->step_count && !why; i++) {
        const planned_step *step = &planned->steps[i];
        why = step->events.tally->table == table ? step->events.tally->elsewhere : NULL;
        if (!why && step->over.tally->table == table) why = step->over.tally->elsewhere;
    }
    return why;
}

static void compute_organisation(scope *s, const wres_request *request, int organisation, const char *name) {
    s->fold.organisation = organisation;
    s->organisation_name = name;
    s->fold.breakdown = NULL;
    compute_scope(s);
    for (size_t b = 0; b < request->breakdown_count; b++) {
        s->fold.breakdown = &request->breakdowns[b];
        compute_scope(s);
    }
}

static void compute_organisations(scope *s, const wres_plan *plan, const organisations *list) {
    const wres_dictionary *names = wres_vocabulary(plan->reading, "organisation");
    const wres_table *missing = table_missing(s->planned);
    const char *off = s->planned->about->off;
    s->fold.breakdown = NULL;
    if (s->planned->counts_people) {
        s->organisation_name = "all";
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_CALCULABLE,
                           "counts people or events, not full-time equivalents: ask for it with --weight head");
        return;
    }
    if (missing || *off) { /* of one that is off nothing is missing: it counts nothing */
        s->organisation_name = "all";
        const char *elsewhere = missing ? counted_elsewhere(s->planned, missing) : NULL;
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), elsewhere ? WRES_NOT_CALCULABLE : WRES_NOT_SUPPLIED,
                           elsewhere ? elsewhere
                           : missing ? wres_print(s->run, "no %s data was given", missing->name)
                                     : off);
        return;
    }
    const bool pooled = !s->fold.frame->organisation && (list->count != 1 || list->nameless);
    const wres_table *nameless = nameless_table(s->planned);
    if (pooled && !nameless && is_for_threads(s, list->count)) {
        compute_on_threads(s, list->numbers, list->count);
        return;
    }
    if (pooled) compute_organisation(s, plan->request, ALL_ORGANISATIONS, "all");
    for (size_t o = 0; o < list->count; o++) {
        const char *name = wres_dictionary_text(names, list->numbers[o]);
        if (!nameless) {
            compute_organisation(s, plan->request, list->numbers[o], name);
            continue;
        }
        s->organisation_name = name;
        s->fold.breakdown = NULL;
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_SUPPLIED,
                           wres_print(s->run, "the %s data names no organisation", nameless->name));
    }
}

static void compute_indicator(scope *s, const wres_plan *plan, const organisations *list) {
    compute_organisations(s, plan, list);
    leave_scope(s);
    if (s->out->compared) beside_add(s->run, s->out->compared, s->out->receiver);
    leave_scope(s);
}

static void compute_standard(wres_plan *plan, wres_frame *frame, planned_standard *standard, const organisations *list,
                             const char *period, outlet *out) {
    if (plan->request->groups) drop_empty_groups(plan, frame, &standard->groups);
    for (size_t n = 0; n < standard->about->indicator_count; n++) {
        scope s = {.run = plan->run,
                   .results = &out->waiting,
                   .out = out,
                   .standard = standard,
                   .planned = &standard->indicators[n],
                   .period = period,
                   .fold = {.plan = plan, .frame = frame, .groups = &standard->groups}};
        compute_indicator(&s, plan, list);
    }
}

/* What is made on the way is kept in the memory given. */
static wres_status compute(wres_plan *plan, wres_frame *frame, const wres_result_receiver *receiver, wres_run *memory) {
    wres_run *const run = plan->reading->run;
    char *period = wres_alloc(run, WRES_DATE_SIZE);
    if (frame->as_at != WRES_NO_DATE) wres_date_print(frame->as_at, period);
    const organisations list = find_organisations(plan, frame);
    compared_results compared = {.run = run, .texts = wres_dictionary_new(run)};
    outlet out = {.run = run, .receiver = receiver, .compared = list.count > 1 ? &compared : NULL};
    order_cells(plan, list.count > 1);
    say_silent(plan, frame, &list);
    say_left_behind(plan, frame);
    plan->run = memory;
    for (size_t i = 0; i < plan->request->standard_count; i++)
        compute_standard(plan, frame, &plan->standards[i], &list, period, &out);
    plan->run = run;
    wres_drop(run, out.waiting.all);
    return WRES_OK;
}

wres_status wres_compute_to(wres_plan *plan, wres_frame *frame, const wres_result_receiver *receiver) {
    wres_run *scratch = wres_scratch_new(plan->run);
    const wres_status status = compute(plan, frame, receiver, scratch);
    wres_release(plan->run, scratch);
    return status;
}

/* ---- all in a list ------------------------------------------------------------------------------------------ */

typedef struct collection {
    wres_run *run;
    wres_result_list in_order, behind;
    size_t *numbers, number_room; /* for each of those behind */
} collection;

static wres_result *more_results(wres_run *run, wres_result_list *list, size_t count) {
    if (list->room - list->count < count) {
        const size_t room = 2 * (list->count + count) + 256, size = sizeof *list->all;
        list->all = wres_grow(run, list->all, list->room * size, room * size);
        list->room = room;
    }
    list->count += count;
    return list->all + list->count - count;
}

static void collect(void *context, const wres_result *results, size_t count) {
    collection *c = context;
    memcpy(more_results(c->run, &c->in_order, count), results, count * sizeof *results);
}

static void collect_behind(void *context, size_t number, const wres_result *results, size_t count) {
    collection *c = context;
    memcpy(more_results(c->run, &c->behind, count), results, count * sizeof *results);
    c->numbers = wres_grow(c->run, c->numbers, c->number_room * sizeof *c->numbers, c->behind.room * sizeof *c->numbers);
    c->number_room = c->behind.room;
    for (size_t i = 1; i <= count; i++) c->numbers[c->behind.count - i] = number;
}

/* The first of those behind each result, as there may be several spots whose results alternate. */
static void merge(collection *c, wres_result_list *results) {
    wres_result *to = more_results(c->run, results, c->in_order.count + c->behind.count);
    size_t *first = wres_alloc(c->run, (c->in_order.count + 1) * sizeof *first);
    for (size_t i = c->behind.count; i > 0; i--) first[c->numbers[i - 1]] = i;
    for (size_t i = 0; i < c->in_order.count; i++) {
        *to++ = c->in_order.all[i];
        for (size_t k = first[i]; k > 0 && k <= c->behind.count && c->numbers[k - 1] == i; k++) *to++ = c->behind.all[k - 1];
    }
}

wres_status wres_compute(wres_plan *plan, wres_frame *frame, wres_result_list *results) {
    collection c = {.run = plan->run};
    const wres_result_receiver receiver = {&c, collect, collect_behind};
    const wres_status status = compute(plan, frame, &receiver, plan->run);
    merge(&c, results);
    return status;
}
