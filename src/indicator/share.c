/* Composition: each group's share of the people in a section and row, and the distance of the row from the whole. */
#include <stdlib.h>
#include <string.h>

#include "indicator/compute.h"

/* Headcounts of one breakdown value: [section or all][row or all][group]. The last section and the last row stand for all. */
typedef struct grid {
    size_t rows, unmapped;
    amount *counts; /* (sections + 1) * (rows + 1) * groups */
    size_t groups;
    const char *differences[MOST_GROUPS]; /* notes, which all rows share */
} grid;

static amount *grid_at(const grid *g, size_t section, size_t row) {
    return g->counts + (section * (g->rows + 1) + row) * g->groups;
}

static void add_counts(amount *to, const slice *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        to[i].least += from->count[i];
        if (from->hidden) to[i].hidden = wres_hidden_sum(to[i].hidden, from->hidden[i]);
    }
}

static void grid_fill(grid *g, const slices *list, const char *by_value) {
    memset(g->counts, 0, (WRES_SECTIONS + 1) * (g->rows + 1) * g->groups * sizeof *g->counts);
    for (size_t i = 0; i < list->count; i++) {
        const slice *s = &list->all[i];
        const size_t row = s->row < g->rows ? s->row : g->unmapped; /* rows of events may have no grade at all */
        if (strcmp(s->by_value, by_value) != 0) continue;
        add_counts(grid_at(g, s->section, row), s, g->groups);
        add_counts(grid_at(g, s->section, g->rows), s, g->groups);
        add_counts(grid_at(g, WRES_SECTIONS, row), s, g->groups);
        add_counts(grid_at(g, WRES_SECTIONS, g->rows), s, g->groups);
    }
}

/* Each person once: finer groups of the reference are part of it. */
static amount known_people(const group_set *groups, const amount *count) {
    amount all = count[0];
    for (size_t g = 1; g < groups->unknown; g++)
        if (groups->all[g].compared) all = amount_sum(all, count[g]);
    return all;
}

static amount everybody(const group_set *groups, const amount *count) {
    return amount_sum(known_people(groups, count), count[groups->unknown]);
}

static amount base_of(const scope *s, const amount *count) {
    const group_set *groups = &s->standard->groups;
    return s->standard->unknown_in_base ? everybody(groups, count) : known_people(groups, count);
}

/* A count as it stands in a note. */
static const char *count_text(const scope *s, uint64_t count) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational_print_short((wres_rational){(wres_int128)count, s->fold.plan->request->fte ? WRES_FTE_UNITS : 1}, text);
    return wres_copy(s->run, text, strlen(text));
}

/* A row against the rest of the whole: comparing it with a whole that contains it would count its people twice. The distance from the
 * whole is (1 - n/N) times the distance from the rest, so the interval of the one gives that of the other. */
static void add_difference(const scope *s, const wres_result *where, const group *compared, const char *note, wres_proportion row,
                           wres_proportion whole) { /* both known */
    wres_result result = *where;
    wres_interval interval;
    const wres_proportion rest = {whole.events - row.events, whole.trials - row.trials};
    result.group = compared->label;
    result.statistic = "difference";
    result.unit = WRES_POINTS;
    if (row.trials == 0) {
        result_add_missing(s, result, WRES_NOT_CALCULABLE,
                           wres_print(s->run, "%s %s of %s here, %s of %s in all", compared->name, count_text(s, row.events),
                                      count_text(s, row.trials), count_text(s, whole.events), count_text(s, whole.trials)));
        return;
    }
    result.kind = WRES_VALUE_EXACT;
    result.exact = (wres_rational){100 * ((wres_int128)row.events * whole.trials - (wres_int128)whole.events * row.trials),
                                   (wres_int128)row.trials * whole.trials};
    result.note = note;
    if (result.fte) { /* neither interval nor test: FTE are no trials */
        result_add(s, &result);
        return;
    }
    if (wres_newcombe(row, rest, WRES_Z95, &interval)) { /* there is a rest */
        const double part = 100 * (double)rest.trials / (double)whole.trials;
        result.has_interval = true;
        result.lower = part * interval.lower;
        result.upper = part * interval.upper;
    }
    result_add(s, &result);
    test_add(s, &result, row, rest, "Fisher's exact test, these staff against all others; not part of the standard");
}

static const char *difference_note(const scope *s, const group *compared) {
    return wres_print(s->run, "%s share here minus %s share of %s", compared->name, compared->name,
                      s->fold.breakdown ? wres_print(s->run, "all staff with this %s", s->fold.breakdown->name)
                                        : "the whole workforce");
}

/* A row is part of its whole: what is hidden in the one is in the other, and moves the two shares against each other, so that no bounds
 * follow. */
static void add_hidden_difference(const scope *s, const wres_result *where, const group *compared, uint32_t hidden, bool is_whole) {
    wres_result result = *where;
    result.group = compared->label;
    result.statistic = "difference";
    result.unit = WRES_POINTS;
    result_add_hidden(s, result, hidden, NULL);
    if (is_whole) return;
    result.statistic = "p_value";
    result.unit = WRES_PROBABILITY;
    result_add_hidden(s, result, hidden, NULL);
}

/* What is counted as Unknown for a reason that should be known: "of which 78 discontinued code". */
static const char *treatments_note(const scope *s) {
    const planned_count *of = &s->planned->of;
    const wres_tally *tally = of->tally;
    const group_set *groups = &s->standard->groups;
    const char *note = "";
    const cell_choice cells = cells_of(s->fold.plan, tally, s->fold.organisation);
    for (uint16_t m = 0; m < wres_list_members(groups->list); m++) {
        const char *treatment = wres_list_treatment(groups->list, m);
        uint64_t people = 0;
        bool hidden = false;
        if (!*treatment || !groups->all[groups->unknown].holds[m]) continue;
        for (size_t i = 0; i < cells.count; i++) {
            const wres_cell *cell = cell_at(&cells, i);
            if (cell->key[WRES_KEY_GROUP] == m && cell_belongs(s->fold.frame, tally, cell->key, s->fold.organisation) &&
                cell_passes(tally, of->tests, of->test_count, cell->key)) {
                people += cell->count;
                hidden = hidden || cell->hidden.counts > 0;
            }
        }
        if (people && !hidden)
            note = wres_print(s->run, "%s%s%s %s", note, *note ? ", " : "of which ", count_text(s, people), treatment);
    }
    return note;
}

/* One line of the table: whose counts, and beside which whole. */
typedef struct line {
    const char *by_value, *section, *row, *note;
    const amount *count, *whole;
    const char *const *differences;
    bool is_whole;
} line;

static void count_set(wres_result *result, amount people) {
    result->kind = WRES_VALUE_EXACT;
    result->exact = (wres_rational){(wres_int128)people.least, result->fte ? WRES_FTE_UNITS : 1};
    if (!amount_is_hidden(people)) return;
    result->hidden = people.hidden.counts;
    result->has_lower_bound = true;
    result->has_upper_bound = !wres_hidden_is_open(people.hidden);
    result->lower_bound = result->exact;
    result->upper_bound = (wres_rational){(wres_int128)people.least + (wres_int128)people.hidden.room, 1};
}

static void add_counts_of(const scope *s, const line *l, const wres_result *where) {
    const group_set *groups = &s->standard->groups;
    for (size_t i = 0; i <= groups->count; i++) {
        wres_result result = *where;
        const bool all = i == groups->count;
        result.group = all ? "all" : groups->all[i].label;
        count_set(&result, all ? everybody(groups, l->count) : l->count[i]);
        if (all) result.note = l->note;
        if (i == groups->unknown && l->is_whole && !s->fold.breakdown) result.note = treatments_note(s);
        result_add(s, &result);
    }
}

static void add_line(const scope *s, const line *l) {
    const group_set *groups = &s->standard->groups;
    const amount base = base_of(s, l->count), whole_base = base_of(s, l->whole);
    wres_result where = result_new(s, l->by_value, "all", "count", s->fold.plan->request->fte ? WRES_FTE : WRES_PEOPLE);
    where.fte = s->fold.plan->request->fte;
    where.section = l->section;
    where.row = l->row;
    add_counts_of(s, l, &where);
    for (size_t i = 0; i < groups->count; i++) {
        wres_result result = where;
        if (i == groups->unknown && !s->standard->unknown_in_base) continue;
        result.group = groups->all[i].label;
        result.statistic = "share";
        if (l->is_whole && !s->fold.breakdown && groups->all[i].compared && !result.fte) result.beside = WRES_BESIDE_SHARE;
        if (amount_is_hidden(base)) {
            percent_add_hidden(s, result, &(fraction){l->count[i], base, KIN_PART}, 1);
            continue;
        }
        percent_set(&result, l->count[i].least, base.least);
        result.pair[0] = (wres_proportion){l->count[i].least, base.least};
        if (base.least == 0)
            result.note = amount_is_nothing(everybody(groups, l->count)) ? "nobody here" : "nobody of known ethnicity here";
        result_add(s, &result);
    }
    for (size_t i = 0; i < groups->count; i++) {
        if (!groups->all[i].compared) continue;
        if (amount_is_hidden(whole_base))
            add_hidden_difference(s, &where, &groups->all[i], whole_base.hidden.counts, l->is_whole);
        else
            add_difference(s, &where, &groups->all[i], l->differences[i], (wres_proportion){l->count[i].least, base.least},
                           (wres_proportion){l->whole[i].least, whole_base.least});
    }
}

/* Sections and grade rows; all of them together first. */
static void add_grades(const scope *s, const grid *g, const char *by_value) {
    const amount *whole = grid_at(g, WRES_SECTIONS, g->rows);
    for (size_t i = 0; i <= WRES_SECTIONS; i++) {
        const size_t section = i == 0 ? WRES_SECTIONS : i - 1;
        for (size_t r = 0; r <= g->rows; r++) {
            const size_t row = r == 0 ? g->rows : r - 1;
            const amount *count = grid_at(g, section, row);
            if (!s->planned->about->by_grade && i + r > 0) return;
            if (amount_is_nothing(everybody(&s->standard->groups, count))) continue;
            const line l = {.by_value = by_value,
                            .section = section == WRES_SECTIONS ? "all" : wres_section_name((uint16_t)section),
                            .row = row == g->rows ? "all" : wres_grades_row_name(s->fold.plan->reading->grades, (uint16_t)row),
                            .note = "",
                            .count = count,
                            .whole = whole,
                            .differences = g->differences,
                            .is_whole = count == whole};
            add_line(s, &l);
        }
    }
}

/* Rows of their own, which may overlap: a medical director is a consultant, too. A part that lies in another has its conditions, too. */
static void add_parts(const scope *s, const grid *g, const char *by_value) {
    static const slice nobody;
    const wres_parts *parts = &s->planned->about->parts;
    for (size_t p = 0; p < parts->count; p++) {
        const planned_part *planned = &s->planned->parts[p];
        const char *lacks = part_lacks(s, &s->planned->of, planned);
        if (lacks) {
            part_add_lacking(s, by_value, planned->row, lacks);
            continue;
        }
        const slices list = fold(&s->fold, &s->planned->of, planned->tests, planned->test_count);
        const slice *found = slices_find(&list, by_value), *part = found ? found : &nobody;
        amount count[MOST_GROUPS];
        for (size_t i = 0; i < g->groups; i++) count[i] = amount_of(part, i);
        const line l = {.by_value = by_value,
                        .section = "all",
                        .row = planned->row,
                        .note = part_note(s, parts, p),
                        .count = count,
                        .whole = grid_at(g, WRES_SECTIONS, g->rows),
                        .differences = g->differences};
        add_line(s, &l);
    }
}

/* Of breakdowns by an open vocabulary: teams, organisations. */
static void add_funnels(const scope *s, grid *g, const slices *list, const by_values *values) {
    const group_set *groups = &s->standard->groups;
    const wres_breakdown *breakdown = s->fold.breakdown;
    if (s->fold.plan->request->fte) return; /* limits are of the chance error of people */
    if (!breakdown || breakdown->count != 1 || !wres_axis_is_text(s->fold.plan->reading, breakdown->fields[0])) return;
    funnel_point *points = wres_alloc(s->run, (values->count + 1) * sizeof *points);
    for (size_t i = 1; i < groups->count; i++) {
        wres_proportion whole = {0, 0};
        uint32_t hidden = 0;
        if (!groups->all[i].compared) continue;
        for (size_t v = 0; v < values->count; v++) {
            grid_fill(g, list, values->all[v]);
            const amount *count = grid_at(g, WRES_SECTIONS, g->rows), base = base_of(s, count);
            points[v] = (funnel_point){values->all[v], {count[i].least, base.least}};
            whole.events += count[i].least;
            whole.trials += base.least;
            hidden = hidden_more(hidden, base.hidden.counts);
        }
        if (hidden)
            funnel_add_hidden(s, points, values->count, &groups->all[i], hidden);
        else if (whole.trials)
            funnel_add(s, points, values->count, &groups->all[i], whole);
    }
}

void share_compute(const scope *s) {
    scope inner = *s;
    const wres_grades *grades = s->fold.plan->reading->grades;
    grid g = {.rows = wres_grades_rows(grades), .unmapped = wres_grades_unmapped(grades), .groups = s->standard->groups.count};
    const size_t before = s->out->count;
    const char *lacks = count_lacks(s, &s->planned->of, NULL, 0);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", "all", lacks);
        return;
    }
    inner.fold.by_grade = s->planned->about->by_grade;
    const slices list = fold(&inner.fold, &s->planned->of, NULL, 0);
    const slices none = {NULL, 0};
    const by_values values = by_values_of(s, &none, &list);
    g.counts = wres_grow(s->run, NULL, 0, (WRES_SECTIONS + 1) * (g.rows + 1) * g.groups * sizeof *g.counts);
    for (size_t i = 0; i < g.groups; i++)
        if (s->standard->groups.all[i].compared) g.differences[i] = difference_note(s, &s->standard->groups.all[i]);
    for (size_t v = 0; v < values.count; v++) {
        grid_fill(&g, &list, values.all[v]);
        add_grades(s, &g, values.all[v]);
        add_parts(s, &g, values.all[v]);
    }
    add_funnels(s, &g, &list, &values);
    wres_drop(s->run, g.counts);
    if (s->out->count == before && !s->fold.breakdown)
        result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_CALCULABLE,
                           wres_print(s->run, "no %s of this organisation at the as-at date", s->planned->of.tally->table->people));
}
