/* Goals for a board: the reference share, a line a band, the three lines, the trajectory, the scenarios, and what is unconfirmed. */
#include <string.h>

#include "output/sheet.h"

/* The results of one part of an organisation: all of it, a section, a staff group. They stand together. */
typedef struct part {
    const wres_published *first; /* its reference share */
    size_t begin, end;           /* among the rows of the view */
    const wres_dictionary *bands;
} part;

typedef struct goal_sheet {
    wres_sheet *sheet;
    const wres_sheet_view *view;
    const part *part;
    wres_dictionary *reasons;
    size_t label_width;
} goal_sheet;

static const wres_published *row_at(const goal_sheet *g, size_t i) {
    return &g->sheet->document->results.rows[g->view->rows.index[i]];
}

static bool is_scenario(const wres_published *row) {
    const char *by = wres_column_text(row, WRES_COLUMN_BY);
    const size_t length = strlen(by), tail = strlen("scenario");
    return length >= tail && strcmp(by + length - tail, "scenario") == 0;
}

/* The result of a band, as at the period where one is given, in a scenario and of a group where one is given. */
static const wres_published *find_of(const goal_sheet *g, const char *band, const char *statistic, const char *period,
                                     const char *scenario, const char *group) {
    for (size_t i = g->part->begin; i < g->part->end; i++) {
        const wres_published *row = row_at(g, i);
        if (!wres_column_is(row, WRES_COLUMN_ROW, band) || !wres_column_is(row, WRES_COLUMN_STATISTIC, statistic)) continue;
        if (period && !wres_column_is(row, WRES_COLUMN_PERIOD, period)) continue;
        if (is_scenario(row) != (scenario != NULL)) continue;
        if (group && !wres_column_is(row, WRES_COLUMN_GROUP, group)) continue;
        const char *value = wres_column_text(row, WRES_COLUMN_BY_VALUE);
        const size_t length = strlen(value), tail = scenario ? strlen(scenario) : 0;
        if (!scenario || (length >= tail && strcmp(value + length - tail, scenario) == 0)) return row;
    }
    return NULL;
}

static const wres_published *find(const goal_sheet *g, const char *band, const char *statistic, const char *period,
                                  const char *scenario) {
    return find_of(g, band, statistic, period, scenario, NULL);
}

static const char *group_label(const goal_sheet *g) {
    return wres_sheet_label(g->sheet, wres_column_text(g->part->first, WRES_COLUMN_GROUP));
}

static const char *as_at(const goal_sheet *g) { return wres_column_text(g->part->first, WRES_COLUMN_PERIOD); }

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* The number; for what has none a word, where the note begins with one, else the mark, whose reason is said below the table. */
static const char *shown(const goal_sheet *g, const wres_published *row) {
    if (!row) return "";
    wres_sheet_note(g->sheet, row, WRES_SHOWN_PRINTED);
    const char *word = wres_sheet_outcome_shown(row);
    if (word) return word;
    wres_sheet_reasons_add(g->sheet, g->reasons, row);
    return wres_sheet_value_shown(g->sheet, row);
}

/* Years, or for a small band a chance: "12.3", "never", "p 0.1904". */
static const char *outlook_shown(const goal_sheet *g, const char *band, const char *scenario) {
    const wres_published *chance = find(g, band, "chance_of_goal", NULL, scenario);
    const wres_published *row = chance ? chance : find(g, band, "years_to_goal", NULL, scenario);
    const char *text = shown(g, row);
    return chance && wres_published_is_ok(chance) ? wres_print(g->sheet->run, "p %s", text) : text;
}

/* The group's share of appointments: what snapshots imply of the band, else what recruitment to all posts says. */
static const char *rate_shown(const goal_sheet *g, const char *band) {
    const wres_published *implied = find(g, band, "implied_share", NULL, NULL);
    const wres_published *recruited = find(g, band, "recruitment_share", NULL, NULL);
    return shown(g, implied && (wres_published_is_ok(implied) || !recruited) ? implied : recruited);
}

/* ---- tables of bands ---------------------------------------------------------------------------------------- */

typedef enum cell_kind {
    CELL_STATISTIC,
    CELL_STAFF,
    CELL_MEMBERS,
    CELL_RATE,
    CELL_OUTLOOK,
    CELL_PROJECTION,
    CELL_EXITS,
    CELL_BASE,
    CELL_LEAVING
} cell_kind;

typedef struct table_column {
    cell_kind kind;
    const char *upper, *lower; /* the heading's two lines */
    size_t width;
    const char *statistic, *period, *scenario;
    const char *group; /* of leaving rates: of whom */
} table_column;

static const char *cell(const goal_sheet *g, const table_column *c, const char *band) {
    const char *period = c->period ? c->period : as_at(g);
    const wres_published *share = find(g, band, "share", period, NULL);
    const wres_published *leaving = c->group ? find_of(g, band, "leaving_rate", period, NULL, c->group) : NULL;
    switch (c->kind) {
    case CELL_STAFF: return share ? wres_sheet_count_shown(g->sheet, share, WRES_COLUMN_DENOMINATOR) : "";
    case CELL_MEMBERS: return share ? wres_sheet_count_shown(g->sheet, share, WRES_COLUMN_NUMERATOR) : "";
    case CELL_RATE: return rate_shown(g, band);
    case CELL_OUTLOOK: return outlook_shown(g, band, c->scenario);
    case CELL_PROJECTION: return shown(g, find(g, band, "projected_share", NULL, c->scenario));
    case CELL_EXITS: return leaving ? wres_sheet_count_shown(g->sheet, leaving, WRES_COLUMN_NUMERATOR) : "";
    case CELL_BASE: return leaving ? wres_sheet_count_shown(g->sheet, leaving, WRES_COLUMN_DENOMINATOR) : "";
    case CELL_LEAVING: return shown(g, leaving);
    case CELL_STATISTIC: break;
    }
    return shown(g, find(g, band, c->statistic, period, NULL));
}

static bool has_upper(const table_column *columns, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (columns[i].upper[0]) return true;
    return false;
}

static void put_heading_line(const goal_sheet *g, const table_column *columns, size_t first, size_t end, bool upper) {
    wres_page *page = &g->sheet->page;
    size_t at = g->label_width;
    wres_page_style(page, WRES_STYLE_BOLD);
    if (!upper) wres_page_put(page, "Band");
    for (size_t i = first; i < end; i++) {
        at += columns[i].width;
        wres_page_put_right(page, at, upper ? columns[i].upper : columns[i].lower);
    }
    wres_page_style(page, WRES_STYLE_PLAIN);
    wres_page_end_line(page);
}

static void put_band(const goal_sheet *g, const table_column *columns, size_t first, size_t end, const char *band) {
    wres_page *page = &g->sheet->page;
    size_t at = g->label_width;
    wres_page_put_cut(page, g->label_width - 1, band);
    for (size_t i = first; i < end; i++) {
        at += columns[i].width;
        wres_page_put_right(page, at, cell(g, &columns[i], band));
    }
    wres_page_end_line(page);
}

/* As many columns side by side as the page takes; the rest in a second table under the first. */
static void put_table(goal_sheet *g, const char *title, const table_column *columns, size_t count) {
    wres_page *page = &g->sheet->page;
    g->reasons = wres_dictionary_new(g->sheet->run);
    wres_page_style(page, WRES_STYLE_BOLD);
    wres_page_wrap(page, 0, title);
    wres_page_style(page, WRES_STYLE_PLAIN);
    for (size_t first = 0, end; first < count; first = end) {
        size_t width = g->label_width;
        for (end = first; end < count && (end == first || width + columns[end].width <= page->width); end++)
            width += columns[end].width;
        if (has_upper(columns, first, end)) put_heading_line(g, columns, first, end, true);
        put_heading_line(g, columns, first, end, false);
        for (uint32_t b = 0; b < wres_dictionary_count(g->part->bands); b++)
            put_band(g, columns, first, end, wres_dictionary_text(g->part->bands, b));
    }
    wres_sheet_reasons_print(g->sheet, g->reasons);
    wres_page_end_line(page);
}

/* ---- the parts of the report -------------------------------------------------------------------------------- */

static void put_reference(const goal_sheet *g) {
    const char *name = "";
    if (!wres_column_is(g->part->first, WRES_COLUMN_SECTION, "all"))
        name = wres_sheet_label(g->sheet, wres_column_text(g->part->first, WRES_COLUMN_SECTION));
    if (!wres_column_is(g->part->first, WRES_COLUMN_BY, "all"))
        name = wres_print(g->sheet->run, "%s%s%s: %s", name, *name ? ", " : "", wres_column_text(g->part->first, WRES_COLUMN_BY),
                          wres_column_text(g->part->first, WRES_COLUMN_BY_VALUE));
    wres_page_style(&g->sheet->page, WRES_STYLE_BOLD);
    wres_page_wrap(&g->sheet->page, 0, name);
    wres_page_style(&g->sheet->page, WRES_STYLE_PLAIN);
    for (size_t i = g->part->begin; i < g->part->end; i++) {
        const wres_published *row = row_at(g, i);
        const char *counted = wres_column_text(row, WRES_COLUMN_NUMERATOR);
        if (!wres_column_is(row, WRES_COLUMN_STATISTIC, "reference_share")) continue;
        const char *counts = *counted ? wres_print(g->sheet->run, " (%s of %s)", counted,
                                                   wres_sheet_count_shown(g->sheet, row, WRES_COLUMN_DENOMINATOR))
                                      : "";
        wres_page_wrap(&g->sheet->page, 0,
                       wres_print(g->sheet->run, "Reference share at %s: %s %s%s%s%s", wres_column_text(row, WRES_COLUMN_PERIOD),
                                  wres_sheet_value_shown(g->sheet, row),
                                  wres_sheet_label(g->sheet, wres_column_text(row, WRES_COLUMN_GROUP)), counts,
                                  row == g->part->first ? "; " : "",
                                  row == g->part->first ? wres_column_text(row, WRES_COLUMN_NOTE) : ""));
        wres_sheet_note(g->sheet, row, WRES_SHOWN_PRINTED);
    }
    wres_page_end_line(&g->sheet->page);
}

static void put_bands(goal_sheet *g) {
    const table_column columns[] = {
        {CELL_STAFF, "", "Staff", 8, NULL, NULL, NULL, NULL},
        {CELL_MEMBERS, "", group_label(g), 7, NULL, NULL, NULL, NULL},
        {CELL_STATISTIC, "", "Share", 7, "share", NULL, NULL, NULL},
        {CELL_STATISTIC, "", "Goal", 8, "goal", NULL, NULL, NULL},
        {CELL_STATISTIC, "Gap", "(net)", 7, "gap", NULL, NULL, NULL},
        {CELL_STATISTIC, "Appointments", "needed, gross", 14, "appointments_gross", NULL, NULL, NULL},
        {CELL_STATISTIC, "Share of", "them needed", 12, "share_needed", NULL, NULL, NULL},
        {CELL_RATE, "Share", "now", 7, NULL, NULL, NULL, NULL},
        {CELL_OUTLOOK, "Years at", "this rate", 10, NULL, NULL, NULL, NULL},
    };
    put_table(g, "Goals", columns, sizeof columns / sizeof *columns);
    for (uint32_t b = 0; b < wres_dictionary_count(g->part->bands); b++)
        wres_sheet_note(g->sheet, find(g, wres_dictionary_text(g->part->bands, b), "appointments_net", NULL, NULL),
                        WRES_SHOWN_PRINTED);
}

static void put_leaving(goal_sheet *g) {
    const char *reference = NULL, *own = wres_column_text(g->part->first, WRES_COLUMN_GROUP);
    bool any = false;
    for (size_t i = g->part->begin; i < g->part->end; i++) {
        const wres_published *row = row_at(g, i);
        const char *group = wres_column_text(row, WRES_COLUMN_GROUP);
        if (!wres_column_is(row, WRES_COLUMN_STATISTIC, "leaving_rate")) continue;
        any = true;
        if (!reference && strcmp(group, "all") != 0 && strcmp(group, own) != 0) reference = group;
    }
    const table_column columns[] = {
        {CELL_EXITS, "", "Exits", 8, NULL, NULL, NULL, "all"},
        {CELL_BASE, "", "of staff", 10, NULL, NULL, NULL, "all"},
        {CELL_LEAVING, "", "rate", 8, NULL, NULL, NULL, "all"},
        {CELL_EXITS, group_label(g), "exits", 9, NULL, NULL, NULL, own},
        {CELL_BASE, "", "of", 8, NULL, NULL, NULL, own},
        {CELL_LEAVING, "", "rate", 8, NULL, NULL, NULL, own},
        {CELL_EXITS, reference ? wres_sheet_label(g->sheet, reference) : "", "exits", 9, NULL, NULL, NULL, reference},
        {CELL_BASE, "", "of", 8, NULL, NULL, NULL, reference},
        {CELL_LEAVING, "", "rate", 8, NULL, NULL, NULL, reference},
    };
    const size_t count = sizeof columns / sizeof *columns;
    if (any)
        put_table(g, "Leaving rates: leavers and moves out of the band in 12 months (no official rule was seen for them)", columns,
                  reference ? count : count - 3);
}

static void put_lines(goal_sheet *g) {
    const table_column columns[] = {
        {CELL_MEMBERS, group_label(g), "in post", 9, NULL, NULL, NULL, NULL},
        {CELL_STATISTIC, "Goal as set", "(frozen)", 13, "goal_frozen", NULL, NULL, NULL},
        {CELL_STATISTIC, "", "gap", 8, "signed_gap_frozen", NULL, NULL, NULL},
        {CELL_STATISTIC, "today's staff,", "share as set", 15, "goal_baseline_share", NULL, NULL, NULL},
        {CELL_STATISTIC, "", "gap", 8, "signed_gap_baseline_share", NULL, NULL, NULL},
        {CELL_STATISTIC, "today's staff", "and share", 14, "goal", NULL, NULL, NULL},
        {CELL_STATISTIC, "", "gap", 8, "signed_gap", NULL, NULL, NULL},
        {CELL_STATISTIC, "Ahead of", "trajectory", 12, "ahead_of_trajectory", NULL, NULL, NULL},
    };
    bool any = false;
    for (uint32_t b = 0; b < wres_dictionary_count(g->part->bands); b++)
        any = any || find(g, wres_dictionary_text(g->part->bands, b), "goal_frozen", NULL, NULL);
    if (any)
        put_table(
            g,
            "Three lines: a goal that was set against the staff of then, and what it is today (gap below zero: more than the goal)",
            columns, sizeof columns / sizeof *columns);
}

static void put_trajectory(goal_sheet *g) {
    enum { DATE_COLUMN = 12 };
    wres_dictionary *dates = wres_dictionary_new(g->sheet->run);
    const char *statistic = "trajectory";
    for (size_t i = g->part->begin; i < g->part->end; i++) {
        const wres_published *row = row_at(g, i);
        if (wres_column_is(row, WRES_COLUMN_STATISTIC, "trajectory_steps")) statistic = "trajectory_steps";
        if (wres_column_is(row, WRES_COLUMN_STATISTIC, "trajectory") && wres_published_is_ok(row))
            wres_dictionary_add(dates, wres_text_of(wres_column_text(row, WRES_COLUMN_PERIOD)));
    }
    const uint32_t count = wres_dictionary_count(dates);
    table_column *columns = wres_alloc(g->sheet->run, (count + 1) * sizeof *columns);
    for (uint32_t d = 0; d < count; d++) {
        const char *date = wres_dictionary_text(dates, d);
        columns[d] = (table_column){CELL_STATISTIC, "", date, DATE_COLUMN, statistic, date, NULL, NULL};
    }
    if (count)
        put_table(g,
                  wres_print(g->sheet->run, "Trajectory: %s staff in post, in equal steps a month to the goal of the first date",
                             group_label(g)),
                  columns, count);
}

static void put_scenarios(goal_sheet *g) {
    const char *const names[] = {"nothing changes", "RL = 1", "equal retention"};
    table_column columns[6];
    bool any = false;
    for (size_t n = 0; n < 3; n++) {
        columns[2 * n] = (table_column){CELL_PROJECTION, names[n], "Share then", 17, NULL, NULL, names[n], NULL};
        columns[2 * n + 1] = (table_column){CELL_OUTLOOK, "", "years", 10, NULL, NULL, names[n], NULL};
    }
    for (size_t i = g->part->begin; i < g->part->end; i++) any = any || is_scenario(row_at(g, i));
    if (any)
        put_table(
            g,
            "Scenarios: share at the date of the goal, and years until the goal (p: chance of meeting it, in a band of under 50)",
            columns, sizeof columns / sizeof *columns);
}

static void put_part(goal_sheet *g) {
    put_reference(g);
    put_bands(g);
    put_leaving(g);
    put_lines(g);
    put_trajectory(g);
    put_scenarios(g);
    for (size_t i = g->part->begin; i < g->part->end; i++)
        if (g->sheet->shown[g->view->rows.index[i]] == WRES_SHOWN_UNMET) wres_sheet_note(g->sheet, row_at(g, i), WRES_SHOWN_LEFT);
}

/* A part begins with its reference share: the first row, and the next of another section or breakdown value. */
static bool begins_part(const goal_sheet *g, size_t i) {
    const wres_published *row = row_at(g, i);
    if (!wres_column_is(row, WRES_COLUMN_STATISTIC, "reference_share")) return false;
    return i == 0 || !wres_column_is(row_at(g, i - 1), WRES_COLUMN_STATISTIC, "reference_share");
}

static void find_bands(const goal_sheet *g, part *p) {
    wres_dictionary *bands = wres_dictionary_new(g->sheet->run);
    for (size_t i = p->begin; i < p->end; i++) {
        const char *band = wres_column_text(row_at(g, i), WRES_COLUMN_ROW);
        if (strcmp(band, "all") != 0) wres_dictionary_add(bands, wres_text_of(band));
    }
    p->bands = bands;
}

static void put_settings(wres_sheet *sheet) {
    if (!wres_sheet_setting(sheet, "by_date")) return; /* goals among the indicators of calc: all by default */
    wres_page_wrap(
        &sheet->page, 0,
        wres_print(sheet->run,
                   "Settings: goals by %s (the policy names 2028); rounding: %s; leaving rate in percent a year: %s; growth: %s. "
                   "No official rule for rounding, leaving or growth was seen.",
                   wres_sheet_setting(sheet, "by_date"), wres_sheet_setting(sheet, "goal_rounding"),
                   wres_sheet_setting(sheet, "turnover"), wres_sheet_setting(sheet, "growth")));
    wres_page_end_line(&sheet->page);
}

void wres_sheet_goals(wres_sheet *sheet, const wres_sheet_view *view) {
    enum { LABEL = 11, WIDEST_LABEL = 30 };
    goal_sheet g = {.sheet = sheet, .view = view, .label_width = LABEL};
    if (view->kind != WRES_KIND_GOALS) return;
    for (size_t i = 0; i < view->rows.count; i++) {
        const size_t width = wres_page_columns(wres_column_text(row_at(&g, i), WRES_COLUMN_ROW)) + 2;
        if (width > g.label_width) g.label_width = width < WIDEST_LABEL ? width : WIDEST_LABEL;
    }
    put_settings(sheet);
    for (size_t begin = 0, end; begin < view->rows.count; begin = end) {
        for (end = begin + 1; end < view->rows.count && !begins_part(&g, end);) end++;
        part p = {row_at(&g, begin), begin, end, NULL};
        g.part = &p;
        find_bands(&g, &p);
        put_part(&g);
    }
    if (!view->about) return;
    wres_page_wrap(&sheet->page, 0, wres_print(sheet->run, "How sure: %s", view->about->source));
    wres_page_end_line(&sheet->page);
}
