#include "indicator/fold.h"

#include <stdlib.h>
#include <string.h>

int axis_key(const wres_tally *tally, const char *axis) {
    for (size_t i = 0; i < tally->axis_count; i++)
        if (strcmp(tally->axes[i], axis) == 0) return (int)(WRES_KEY_AXES + i);
    return -1;
}

bool cell_belongs(const wres_frame *frame, const wres_tally *tally, const uint16_t *key, int organisation) {
    if (organisation != ALL_ORGANISATIONS && key[WRES_KEY_ORGANISATION] != organisation) return false;
    if (tally->table->time == WRES_TIME_WINDOW) return true;
    return wres_tally_time(frame, tally, key[WRES_KEY_ORGANISATION]) == key[WRES_KEY_TIME];
}

/* ---- cells by organisation ---------------------------------------------------------------------------------- */

static void order_tally(wres_run *run, const wres_tally *tally, cell_order *order) {
    size_t count;
    const wres_cell *all = wres_cube_cells(tally->cube, &count);
    for (size_t i = 0; i < count; i++)
        if (all[i].key[WRES_KEY_ORGANISATION] >= order->organisations)
            order->organisations = all[i].key[WRES_KEY_ORGANISATION] + 1U;
    order->ends = wres_alloc(run, (order->organisations + 1) * sizeof *order->ends);
    order->cells = wres_alloc(run, (count + 1) * sizeof *order->cells);
    for (size_t i = 0; i < count; i++) order->ends[all[i].key[WRES_KEY_ORGANISATION] + 1]++;
    for (size_t o = 0; o < order->organisations; o++) order->ends[o + 1] += order->ends[o];
    for (size_t i = 0; i < count; i++) order->cells[order->ends[all[i].key[WRES_KEY_ORGANISATION]]++] = (uint32_t)i;
}

void order_cells(wres_plan *plan, bool several) {
    plan->orders = several ? wres_alloc(plan->run, (plan->tally_count + 1) * sizeof *plan->orders) : NULL;
    for (size_t t = 0; t < plan->tally_count && several; t++)
        if (plan->tallies[t]->cube) order_tally(plan->run, plan->tallies[t], &plan->orders[t]);
}

cell_choice cells_of(const wres_plan *plan, const wres_tally *tally, int organisation) {
    cell_choice choice = {NULL, NULL, 0};
    size_t t = 0;
    choice.all = wres_cube_cells(tally->cube, &choice.count);
    if (organisation == ALL_ORGANISATIONS || !plan->orders) return choice;
    while (plan->tallies[t] != tally) t++;
    const cell_order *order = &plan->orders[t];
    const size_t number = (size_t)organisation;
    const size_t begin = number > 0 && number < order->organisations ? order->ends[number - 1] : 0;
    choice.numbers = order->cells + begin;
    choice.count = number < order->organisations ? order->ends[number] - begin : 0;
    return choice;
}

/* ---- slices ------------------------------------------------------------------------------------------------- */

/* A hash from what tells slices apart to their numbers. */
typedef struct folding {
    const fold_request *request;
    const wres_tally *tally;
    int by_key[WRES_MOST_CROSSED], section_key, row_key;
    slices list;
    size_t room;
    uint32_t *slots;
    size_t slot_count;
} folding;

static wres_run *run_of(const folding *f) { return f->request->plan->run; }

static bool same_label(const folding *f, size_t i, uint16_t a, uint16_t b) {
    const char *axis = f->request->breakdown->fields[i];
    return a == b || strcmp(axis_label(f->request->plan, f->tally->table->name, axis, a),
                            axis_label(f->request->plan, f->tally->table->name, axis, b)) == 0;
}

static bool is_slice(const folding *f, const slice *s, const uint16_t *by, uint16_t section, uint16_t row) {
    if (s->section != section || s->row != row) return false;
    for (size_t i = 0; f->request->breakdown && i < f->request->breakdown->count; i++)
        if (!same_label(f, i, s->by_code[i], by[i])) return false;
    return true;
}

static size_t slot_of(const folding *f, const uint16_t *by, uint16_t section, uint16_t row) {
    wres_hash hash = {section, row};
    /* By label, not by code: two members of a code list may have one name. */
    for (size_t i = 0; f->request->breakdown && i < f->request->breakdown->count; i++) {
        const char *label = axis_label(f->request->plan, f->tally->table->name, f->request->breakdown->fields[i], by[i]);
        hash = wres_hash_bytes(label, strlen(label), hash);
    }
    size_t slot = (hash.low ^ hash.high * 31) & (f->slot_count - 1);
    while (f->slots[slot] && !is_slice(f, &f->list.all[f->slots[slot] - 1], by, section, row))
        slot = (slot + 1) & (f->slot_count - 1);
    return slot;
}

static const char *by_text(const folding *f, const uint16_t *by) {
    const char *text = "all";
    for (size_t i = 0; f->request->breakdown && i < f->request->breakdown->count; i++) {
        const char *label = axis_label(f->request->plan, f->tally->table->name, f->request->breakdown->fields[i], by[i]);
        text = i ? wres_print(run_of(f), "%s,%s", text, label) : label;
    }
    return text;
}

static void double_slices(folding *f) {
    const size_t room = f->room ? 2 * f->room : 16;
    f->list.all = wres_grow(run_of(f), f->list.all, f->room * sizeof *f->list.all, room * sizeof *f->list.all);
    f->room = room;
    wres_drop(run_of(f), f->slots);
    f->slot_count = 4 * room;
    f->slots = wres_grow(run_of(f), NULL, 0, f->slot_count * sizeof *f->slots);
    for (size_t i = 0; i < f->list.count; i++) {
        const slice *s = &f->list.all[i];
        f->slots[slot_of(f, s->by_code, s->section, s->row)] = (uint32_t)(i + 1);
    }
}

static slice *slice_for(folding *f, const uint16_t *key) {
    uint16_t by[WRES_MOST_CROSSED] = {0};
    const uint16_t section = f->section_key < 0 ? 0 : key[f->section_key], row = f->row_key < 0 ? 0 : key[f->row_key];
    for (size_t i = 0; f->request->breakdown && i < f->request->breakdown->count; i++) by[i] = key[f->by_key[i]];
    if (f->list.count == f->room) double_slices(f);
    const size_t slot = slot_of(f, by, section, row);
    if (!f->slots[slot]) {
        slice *s = &f->list.all[f->list.count++];
        f->slots[slot] = (uint32_t)f->list.count;
        memcpy(s->by_code, by, sizeof by);
        s->section = section;
        s->row = row;
        s->by_value = by_text(f, by);
    }
    return &f->list.all[f->slots[slot] - 1];
}

bool cell_passes(const wres_tally *tally, const wres_test *tests, size_t count, const uint16_t *key) {
    for (size_t i = 0; i < count; i++) {
        const uint16_t code = key[axis_key(tally, tests[i].axis)];
        if (!(code < tests[i].size ? tests[i].passes[code] : tests[i].beyond)) return false;
    }
    return true;
}

/* The label of a slice decides its place: lists in their order, texts by the alphabet, unknown last. */
static int compare_by(const wres_plan *plan, const char *table, const char *axis, uint16_t a, uint16_t b) {
    const char *x = axis_label(plan, table, axis, a), *y = axis_label(plan, table, axis, b);
    const bool x_unknown = strcmp(x, "unknown") == 0, y_unknown = strcmp(y, "unknown") == 0;
    if (x_unknown != y_unknown) return x_unknown - y_unknown;
    if (wres_axis_is_text(plan->reading, axis)) return strcmp(x, y);
    return a < b ? -1 : a > b;
}

static bool comes_before(const fold_request *request, const char *table, const slice *a, const slice *b) {
    for (size_t i = 0; request->breakdown && i < request->breakdown->count; i++) {
        const int order = compare_by(request->plan, table, request->breakdown->fields[i], a->by_code[i], b->by_code[i]);
        if (order != 0) return order < 0;
    }
    return a->section != b->section ? a->section < b->section : a->row < b->row;
}

static void merge_slices(const fold_request *request, const char *table, slices left, slices right, slice *into) {
    while (left.count + right.count) {
        const bool takes_right = left.count == 0 || (right.count && comes_before(request, table, &right.all[0], &left.all[0]));
        slices *from = takes_right ? &right : &left;
        *into++ = *from->all++;
        from->count--;
    }
}

/* A merge sort, as qsort takes no state. */
static void sort_slices(const fold_request *request, const char *table, slices *list) {
    slice *other = wres_alloc(request->plan->run, list->count * sizeof *other);
    for (size_t width = 1; width < list->count; width *= 2) {
        for (size_t at = 0; at < list->count; at += 2 * width) {
            const size_t rest = list->count - at, left = rest < width ? rest : width;
            const size_t right = rest - left < width ? rest - left : width;
            merge_slices(request, table, (slices){list->all + at, left}, (slices){list->all + at + left, right}, other + at);
        }
        slice *sorted = other;
        other = list->all;
        list->all = sorted;
    }
}

static size_t group_of_member(const group_set *groups, uint16_t member, size_t from) {
    while (from < groups->count && !groups->all[from].holds[member]) from++;
    return from;
}

static void add_hidden(const folding *f, slice *s, size_t g, wres_hidden_part hidden) {
    if (!s->hidden) s->hidden = wres_alloc(run_of(f), f->request->groups->count * sizeof *s->hidden);
    s->hidden[g] = wres_hidden_sum(s->hidden[g], hidden);
}

static void add_to_slice(folding *f, const uint16_t *key, const wres_cell *cell, const wres_given *given) {
    slice *s = slice_for(f, key);
    const group_set *groups = f->request->groups;
    /* With finer groups a person can be in two: White as a whole, and White - Irish. */
    for (size_t g = group_of_member(groups, key[WRES_KEY_GROUP], 0); g < groups->count;
         g = group_of_member(groups, key[WRES_KEY_GROUP], g + 1)) {
        if (cell) s->count[g] += cell->count;
        if (cell && cell->hidden.counts) add_hidden(f, s, g, cell->hidden);
        if (!given) continue;
        s->several_given[g] = s->given[g] != NULL;
        s->given[g] = given;
    }
}

slices fold(const fold_request *request, const planned_count *count, const wres_test *more, size_t more_count) {
    folding f = {.request = request, .tally = count->tally, .section_key = -1, .row_key = -1};
    const wres_tally *tally = count->tally;
    for (size_t i = 0; request->breakdown && i < request->breakdown->count; i++)
        f.by_key[i] = axis_key(tally, request->breakdown->fields[i]);
    if (request->by_grade) f.section_key = axis_key(tally, WRES_AXIS_SECTION), f.row_key = axis_key(tally, WRES_AXIS_BAND);
    const cell_choice cells = cells_of(request->plan, tally, request->organisation);
    for (size_t i = 0; i < cells.count; i++) {
        const wres_cell *cell = cell_at(&cells, i);
        const uint16_t *key = cell->key;
        if (!cell_belongs(request->frame, tally, key, request->organisation)) continue;
        if (cell_passes(tally, count->tests, count->test_count, key) && cell_passes(tally, more, more_count, key))
            add_to_slice(&f, key, cell, NULL);
    }
    for (size_t i = 0; i < tally->given_count; i++)
        if (cell_belongs(request->frame, tally, tally->given[i].key, request->organisation))
            add_to_slice(&f, tally->given[i].key, NULL, &tally->given[i]);
    sort_slices(request, tally->table->name, &f.list);
    return f.list;
}

const slice *slices_find(const slices *list, const char *by_value) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->all[i].by_value, by_value) == 0) return &list->all[i];
    return NULL;
}
