/* The summary, one line an indicator, and the breakdowns: a group beside another, and the two compared. */
#include <string.h>

#include "output/sheet.h"

/* Where the columns of a table of comparisons stand; tail = 0 where there is no room for one. */
typedef struct columns {
    size_t name, name_end, first_end, second_end, label, value_end, mark, tail;
} columns;

typedef struct headings {
    const char *name, *first, *second, *tail;
} headings;

/* One line: a comparison of a view at a value of a breakdown. */
typedef struct line {
    const wres_sheet_view *view;
    wres_sheet_spot spot;
    const wres_sheet_comparison *comparison; /* NULL where there is none: the shares alone are shown */
} line;

enum { VALUE_WIDTH = 9, RATE_WIDTH = 8, MARK_WIDTH = 8, GAP = 2, LEAST_NAME = 24, MOST_NAME = 48 };

/* The tail gives way first, then the name. */
static columns columns_for(const wres_sheet *sheet, size_t name, size_t label_width, size_t tail_width) {
    const size_t fixed = name + 2 * RATE_WIDTH + GAP + label_width + 1 + VALUE_WIDTH + GAP + MARK_WIDTH, width = sheet->page.width;
    const bool tail = fixed + LEAST_NAME + GAP + tail_width <= width;
    const size_t taken = fixed + (tail ? GAP + tail_width : 0);
    size_t room = width > taken + LEAST_NAME / 2 ? width - taken : LEAST_NAME / 2;
    if (room > MOST_NAME) room = MOST_NAME;
    columns c = {.name = name, .name_end = name + room};
    c.first_end = c.name_end + RATE_WIDTH;
    c.second_end = c.first_end + RATE_WIDTH;
    c.label = c.second_end + GAP;
    c.value_end = c.label + label_width + 1 + VALUE_WIDTH;
    c.mark = c.value_end + GAP;
    c.tail = tail ? c.mark + MARK_WIDTH + GAP : 0;
    return c;
}

static void put_headings(wres_sheet *sheet, const columns *c, const headings *h, size_t tail_width) {
    wres_page *page = &sheet->page;
    wres_page_style(page, WRES_STYLE_BOLD);
    if (c->name) wres_page_put(page, "#");
    wres_page_to(page, c->name);
    wres_page_put_cut(page, c->name_end - c->name, h->name);
    wres_page_put_right(page, c->first_end, h->first);
    wres_page_put_right(page, c->second_end, h->second);
    wres_page_to(page, c->label);
    wres_page_put(page, "Comparison");
    wres_page_to(page, c->mark);
    wres_page_put(page, "Range");
    if (c->tail) {
        wres_page_to(page, c->tail);
        wres_page_put(page, h->tail);
    }
    wres_page_style(page, WRES_STYLE_PLAIN);
    wres_page_end_line(page);
    wres_page_rule(page, c->tail ? c->tail + tail_width : c->mark + MARK_WIDTH);
}

static void put_mark(wres_sheet *sheet, const columns *c, const wres_published *row) {
    const wres_sheet_word mark = wres_sheet_range_shown(row);
    if (!*mark.text) return;
    wres_page_to(&sheet->page, c->mark);
    wres_page_style(&sheet->page, mark.style);
    wres_page_put(&sheet->page, mark.text);
    wres_page_style(&sheet->page, WRES_STYLE_PLAIN);
}

static const wres_published *put_rate(wres_sheet *sheet, const line *l, const char *group, size_t end) {
    const wres_published *row = group ? wres_sheet_take_rate(sheet, l->view, l->spot, group) : NULL;
    if (row) wres_page_put_right(&sheet->page, end, wres_sheet_value_shown(sheet, row));
    return row;
}

/* A line without a comparison shows the first two groups; one of a single group sets the first group beside it. */
static void put_rates(wres_sheet *sheet, const columns *c, const line *l, wres_dictionary *reasons) {
    const wres_dictionary *groups = l->view->groups;
    const uint32_t count = wres_dictionary_count(groups);
    const char *first = l->comparison ? l->comparison->first : NULL, *second = l->comparison ? l->comparison->second : NULL;
    if (!second && count > 1) second = wres_dictionary_text(groups, 1);
    if (!first && count > 0) first = wres_dictionary_text(groups, 0);
    const wres_published *left = put_rate(sheet, l, first, c->first_end), *right = put_rate(sheet, l, second, c->second_end);
    if (reasons) {
        wres_sheet_reasons_add(sheet, reasons, left);
        wres_sheet_reasons_add(sheet, reasons, right);
    }
}

/* The compared value in words where there is no number; NULL without a comparison. */
static const wres_published *put_comparison(wres_sheet *sheet, const columns *c, const line *l) {
    if (!l->comparison) return NULL;
    const wres_published *row = wres_sheet_take(sheet, l->view, l->spot, l->comparison->group, l->comparison->statistic);
    if (!row) return NULL;
    wres_page_to(&sheet->page, c->label);
    wres_page_put(&sheet->page, wres_sheet_comparison_label(sheet, l->comparison));
    wres_page_put_right(&sheet->page, c->value_end,
                        wres_published_is_ok(row) ? wres_sheet_value_shown(sheet, row) : wres_column_text(row, WRES_COLUMN_STATUS));
    put_mark(sheet, c, row);
    return row;
}

static size_t widest_label(wres_sheet *sheet, const wres_sheet_comparisons *list, size_t least) {
    for (size_t i = 0; i < list->count; i++) {
        const size_t width = wres_page_columns(wres_sheet_comparison_label(sheet, &list->all[i]));
        if (width > least) least = width;
    }
    return least;
}

/* A heading names a group only if every comparison has it on that side; NULL = nothing met yet. */
static void agree_headings(wres_sheet *sheet, const wres_sheet_view *view, const wres_sheet_comparisons *list, headings *h) {
    const bool has_groups = wres_dictionary_count(view->groups) > 0;
    for (size_t i = 0; i < list->count; i++) {
        const wres_sheet_comparison *comparison = &list->all[i];
        const char *first = comparison->first ? comparison->first : has_groups ? wres_dictionary_text(view->groups, 0) : "";
        const char *left = wres_sheet_label(sheet, first), *right = wres_sheet_label(sheet, comparison->second);
        h->first = !h->first || strcmp(h->first, left) == 0 ? left : "Group";
        h->second = !h->second || strcmp(h->second, right) == 0 ? right : "Group";
    }
}

static void settle_headings(headings *h) {
    if (!h->first) h->first = "White";
    if (!h->second) h->second = "BME";
}

/* ---- the summary ------------------------------------------------------------------------------------------- */

enum { NATIONAL_WIDTH = 12, INTERVAL_WIDTH = 14, P_WIDTH = 8 };
static const wres_sheet_spot overall = {"all", "all", "all", "all"};

static const char *national_shown(wres_sheet *sheet, const wres_national_shown *national) {
    const bool is_unconfirmed = strcmp(national->certainty, "U") == 0, is_percent = strcmp(national->unit, "percent") == 0;
    sheet->has_unconfirmed = sheet->has_unconfirmed || is_unconfirmed;
    return wres_print(sheet->run, "%s%s%s (%d)", national->value, is_percent ? "%" : "", is_unconfirmed ? "?" : "", national->year);
}

static bool is_national_of(const wres_national_shown *national, const wres_sheet_comparison *comparison) {
    return comparison && strcmp(national->group, comparison->group) == 0 && strcmp(national->statistic, comparison->statistic) == 0;
}

static void put_national(wres_sheet *sheet, const columns *c, const line *l) {
    const wres_indicator_shown *about = l->view->about;
    for (size_t i = 0; c->tail && about && i < about->national_count; i++)
        if (is_national_of(&about->national[i], l->comparison)) {
            wres_page_to(&sheet->page, c->tail);
            wres_page_put(&sheet->page, national_shown(sheet, &about->national[i]));
        }
}

static const char *national_group(wres_sheet *sheet, const wres_sheet_view *view, const wres_national_shown *national) {
    const wres_sheet_comparison comparison = wres_sheet_comparison_of(sheet, view, national->group, national->statistic);
    return wres_sheet_comparison_label(sheet, &comparison);
}

/* The national figures that the column could not take. */
static void put_other_nationals(wres_sheet *sheet, const columns *c, const wres_sheet_view *view,
                                const wres_sheet_comparisons *list) {
    const char *text = "";
    for (size_t i = 0; view->about && i < view->about->national_count; i++) {
        const wres_national_shown *national = &view->about->national[i];
        bool placed = false;
        for (size_t k = 0; k < list->count && c->tail; k++) placed = placed || is_national_of(national, &list->all[k]);
        if (placed) continue;
        text = wres_print(sheet->run, "%s%s%s %s %s", text,
                          text[0]                    ? ", "
                          : wres_sheet_is_fte(sheet) ? "National, of people: "
                                                     : "National: ",
                          national_group(sheet, view, national), national->statistic, national_shown(sheet, national));
    }
    wres_page_wrap(&sheet->page, c->name, text);
}

static const char *taken_value(wres_sheet *sheet, const line *l, const char *statistic) {
    const wres_published *row = wres_sheet_take(sheet, l->view, l->spot, l->comparison->group, statistic);
    return row && !wres_published_is_suppressed(row) ? wres_sheet_value_shown(sheet, row) : NULL;
}

/* What the ratio hangs on: people of unknown group, single events, strata. */
static const char *robustness_shown(wres_sheet *sheet, const line *l) {
    const char *const groups[] = {l->comparison->first, l->comparison->second};
    const char *text = "", *fragility = taken_value(sheet, l, "fragility");
    const char *stratified = taken_value(sheet, l, "ratio_stratified"), *homogeneity = taken_value(sheet, l, "p_homogeneity");
    for (size_t i = 0; i < 2 && groups[i]; i++) {
        const char *value = taken_value(sheet, l, wres_print(sheet->run, "ratio_if_unknown_%s", groups[i]));
        if (value)
            text = wres_print(sheet->run, "%s%s%s %s", text, *text ? ", all " : ". If the unknown were all ",
                              wres_sheet_label(sheet, groups[i]), value);
    }
    if (fragility)
        text = wres_print(sheet->run, "%s. %s event%s from the edge of the range", text, fragility,
                          strcmp(fragility, "1") == 0 ? "" : "s");
    if (stratified) text = wres_print(sheet->run, "%s. Within strata %s", text, stratified);
    if (homogeneity) text = wres_print(sheet->run, "%s (alike in all: p %s)", text, homogeneity);
    return text;
}

static const char *test_shown(wres_sheet *sheet, const line *l, const wres_published *row) {
    const char *interval = wres_sheet_interval_shown(sheet, row), *text = "";
    const wres_published *p = wres_sheet_find_p(sheet, l->view, l->spot, l->comparison);
    if (interval[0]) text = wres_print(sheet->run, "Interval %s", interval);
    if (!p) return text;
    wres_sheet_note(sheet, p, WRES_SHOWN_PRINTED);
    if (wres_published_is_suppressed(p)) return text;
    const char *joint = text[0] ? "; " : "";
    const char *adjusted = taken_value(sheet, l, "p_adjusted");
    if (wres_published_is_ok(p))
        return wres_print(sheet->run, "%s%sp %s%s%s", text, joint, wres_sheet_number_shown(sheet, p),
                          adjusted ? ", corrected " : "", adjusted ? adjusted : "");
    return wres_print(sheet->run, "%s%sp %s: %s", text, joint, wres_column_text(p, WRES_COLUMN_STATUS),
                      wres_column_text(p, WRES_COLUMN_NOTE));
}

static const char *evidence_shown(wres_sheet *sheet, const line *l, const wres_published *row) {
    const char *test = test_shown(sheet, l, row);
    const char *robustness = robustness_shown(sheet, l);
    return *test ? wres_print(sheet->run, "%s%s", test, robustness) : robustness + strspn(robustness, ". ");
}

static bool is_in_columns(const wres_sheet_view *view, const wres_sheet_comparisons *list, uint32_t group) {
    if (list->count == 0 || view->kind == WRES_KIND_BANDED) return group < 2;
    const char *name = wres_dictionary_text(view->groups, group);
    for (size_t i = 0; i < list->count; i++) {
        const wres_sheet_comparison *comparison = &list->all[i];
        if (strcmp(comparison->second, name) == 0) return true;
        if (comparison->first ? strcmp(comparison->first, name) == 0 : group == 0) return true;
    }
    return false;
}

/* The counts behind every group's rate; a rate that is not in the columns, as unknown's, is given here. */
static const char *counts_shown(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot,
                                const wres_sheet_comparisons *list) {
    const char *text = "";
    for (uint32_t i = 0; i < wres_dictionary_count(view->groups); i++) {
        const char *group = wres_dictionary_text(view->groups, i);
        const wres_published *row = wres_sheet_take_rate(sheet, view, spot, group);
        if (!row) continue;
        const bool known = row->column[WRES_COLUMN_NUMERATOR][0] || row->column[WRES_COLUMN_DENOMINATOR][0];
        const char *numerator = known ? wres_sheet_count_shown(sheet, row, WRES_COLUMN_NUMERATOR) : "",
                   *denominator = wres_sheet_count_shown(sheet, row, WRES_COLUMN_DENOMINATOR);
        text = wres_print(sheet->run, "%s%s%s", text, text[0] ? ", " : "", wres_sheet_label(sheet, group));
        if (numerator[0])
            text = wres_print(sheet->run, "%s %s%s of %s", text, numerator, wres_sheet_small_mark(sheet, numerator), denominator);
        else if (denominator[0])
            text = wres_print(sheet->run, "%s %s%s", text, known ? "base " : "", denominator);
        if (wres_published_is_suppressed(row)) continue;
        if (!is_in_columns(view, list, i)) text = wres_print(sheet->run, "%s (%s)", text, wres_sheet_value_shown(sheet, row));
    }
    return text;
}

static void put_note(wres_sheet *sheet, const columns *c, const wres_published *row) {
    const char *note = wres_column_text(row, WRES_COLUMN_NOTE);
    if (note[0] == '\0') return;
    if (wres_published_is_ok(row))
        wres_page_wrap(&sheet->page, c->name, note);
    else
        wres_page_wrap(&sheet->page, c->name,
                       wres_print(sheet->run, "%s: %s", wres_sheet_label(sheet, wres_column_text(row, WRES_COLUMN_STATUS)), note));
}

static void put_name(wres_sheet *sheet, const columns *c, const wres_sheet_view *view) {
    wres_page_put(&sheet->page, view->id);
    wres_page_to(&sheet->page, c->name);
    if (sheet->page.due < c->name_end)
        wres_page_put_cut(&sheet->page, c->name_end - sheet->page.due, view->about ? view->about->title : "");
}

static void summarise_missing(wres_sheet *sheet, const columns *c, const wres_sheet_view *view) {
    const wres_published *row = &sheet->document->results.rows[view->rows.index[0]];
    put_name(sheet, c, view);
    wres_page_to(&sheet->page, c->label);
    wres_page_put(&sheet->page, wres_column_text(row, WRES_COLUMN_STATUS));
    wres_page_end_line(&sheet->page);
    put_note(sheet, c, row);
    wres_sheet_note(sheet, row, WRES_SHOWN_PRINTED);
}

/* The comparisons of a place, a line each, with what is known about them. */
static void put_comparisons(wres_sheet *sheet, const columns *c, const wres_sheet_view *view, wres_sheet_spot spot,
                            const wres_sheet_comparisons *list) {
    const char *counts = counts_shown(sheet, view, spot, list);
    for (size_t i = 0; i < list->count; i++) {
        const line l = {view, spot, &list->all[i]};
        put_rates(sheet, c, &l, NULL);
        const wres_published *row = put_comparison(sheet, c, &l);
        put_national(sheet, c, &l);
        wres_page_end_line(&sheet->page);
        if (!row) continue;
        put_note(sheet, c, row);
        const char *evidence = evidence_shown(sheet, &l, row);
        if (list->count > 1)
            wres_page_wrap(&sheet->page, c->name, evidence);
        else if (evidence[0])
            counts = wres_print(sheet->run, "%s%s%s", counts, counts[0] ? ". " : "", evidence);
    }
    wres_page_wrap(&sheet->page, c->name, counts);
}

/* The sections and rows of an indicator that compare groups beside the whole: steps of a likelihood, tiers of a disparity ratio. */
static wres_sheet_spot *places_of(wres_sheet *sheet, const wres_sheet_view *view, size_t *count) {
    wres_sheet_spot *places = wres_alloc(sheet->run, (view->rows.count + 1) * sizeof *places);
    *count = 0;
    for (size_t i = 0; i < view->rows.count; i++) {
        const wres_published *row = &sheet->document->results.rows[view->rows.index[i]];
        const wres_sheet_spot place = {wres_column_text(row, WRES_COLUMN_SECTION), wres_column_text(row, WRES_COLUMN_ROW), "all",
                                       "all"};
        bool known = !wres_sheet_is_comparison(row) || !wres_column_is(row, WRES_COLUMN_BY, "all");
        for (size_t k = 0; k < *count && !known; k++)
            known = strcmp(places[k].section, place.section) == 0 && strcmp(places[k].row, place.row) == 0;
        if (!known) places[(*count)++] = place;
    }
    return places;
}

static void put_places(wres_sheet *sheet, const columns *c, const wres_sheet_view *view) {
    size_t count;
    const wres_sheet_spot *places = places_of(sheet, view, &count);
    wres_page_to(&sheet->page, c->label);
    wres_page_put(&sheet->page, count ? "by line below" : "other figures below");
    wres_page_end_line(&sheet->page);
    for (size_t i = 0; i < count; i++) {
        const wres_sheet_comparisons list = wres_sheet_comparisons_of(sheet, view, places[i]);
        const bool whole = strcmp(places[i].section, "all") == 0;
        wres_page_to(&sheet->page, c->name);
        wres_page_put_cut(&sheet->page, c->name_end - c->name,
                          whole ? places[i].row : wres_print(sheet->run, "%s: %s", places[i].section, places[i].row));
        put_comparisons(sheet, c, view, places[i], &list);
    }
}

/* Indicator 1 has a table of its own further down, indicator 9 too, but its main figure belongs here. */
static void summarise(wres_sheet *sheet, const columns *c, const wres_sheet_view *view, const wres_sheet_comparisons *list) {
    put_name(sheet, c, view);
    if (view->kind == WRES_KIND_BANDED) {
        put_rates(sheet, c, &(line){view, overall, NULL}, NULL);
        wres_page_to(&sheet->page, c->label);
        wres_page_put(&sheet->page, "by row below");
        wres_page_end_line(&sheet->page);
        wres_page_wrap(&sheet->page, c->name, counts_shown(sheet, view, overall, list));
    } else if (list->count == 0) {
        put_rates(sheet, c, &(line){view, overall, NULL}, NULL);
        put_places(sheet, c, view);
        wres_page_wrap(&sheet->page, c->name, counts_shown(sheet, view, overall, list));
    } else {
        put_comparisons(sheet, c, view, overall, list);
    }
    put_other_nationals(sheet, c, view, list);
}

void wres_sheet_summary(wres_sheet *sheet, const wres_sheet_view *views, size_t count) {
    wres_sheet_comparisons *lists = wres_alloc(sheet->run, (count + 1) * sizeof *lists);
    headings h = {.name = "Indicator", .tail = "National"};
    enum { ID_WIDTH = 3 }; /* a longer id takes room from its title */
    size_t label_width = strlen("White/BME");
    for (size_t i = 0; i < count; i++) {
        lists[i] = wres_sheet_comparisons_of(sheet, &views[i], overall);
        label_width = widest_label(sheet, &lists[i], label_width);
        agree_headings(sheet, &views[i], &lists[i], &h);
    }
    settle_headings(&h);
    const columns c = columns_for(sheet, ID_WIDTH, label_width, NATIONAL_WIDTH);
    put_headings(sheet, &c, &h, NATIONAL_WIDTH);
    for (size_t i = 0; i < count; i++) {
        if (views[i].kind == WRES_KIND_NOT_SUPPLIED)
            summarise_missing(sheet, &c, &views[i]);
        else
            summarise(sheet, &c, &views[i], &lists[i]);
    }
    wres_page_end_line(&sheet->page);
}

/* ---- breakdowns -------------------------------------------------------------------------------------------- */

static wres_dictionary *values_of(wres_sheet *sheet, const wres_sheet_view *view, wres_column column, const char *by) {
    wres_dictionary *values = wres_dictionary_new(sheet->run);
    for (size_t i = 0; i < view->rows.count; i++) {
        const wres_published *row = &sheet->document->results.rows[view->rows.index[i]];
        if (by ? wres_column_is(row, WRES_COLUMN_BY, by) : !wres_column_is(row, WRES_COLUMN_BY, "all"))
            wres_dictionary_add(values, wres_text_of(wres_column_text(row, column)));
    }
    return values;
}

/* Interval and p-value, where there is room; a p-value left out is counted among the figures not shown. */
static void put_tail(wres_sheet *sheet, const columns *c, const line *l, const wres_published *row) {
    if (!c->tail || !row) return;
    const wres_published *p = wres_sheet_find_p(sheet, l->view, l->spot, l->comparison);
    wres_page_to(&sheet->page, c->tail);
    wres_page_put(&sheet->page, wres_sheet_interval_shown(sheet, row));
    if (!p) return;
    wres_page_put_right(&sheet->page, c->tail + INTERVAL_WIDTH + P_WIDTH, wres_sheet_value_shown(sheet, p));
    wres_sheet_note(sheet, p, WRES_SHOWN_PRINTED);
}

static void break_down(wres_sheet *sheet, const wres_sheet_view *view, const char *by) {
    const wres_dictionary *values = values_of(sheet, view, WRES_COLUMN_BY_VALUE, by);
    const wres_sheet_comparisons list = wres_sheet_comparisons_of(sheet, view, (wres_sheet_spot){"all", "all", by, ""});
    wres_dictionary *reasons = wres_dictionary_new(sheet->run);
    headings h = {.name = wres_sheet_label(sheet, by), .tail = "Interval             p"};
    agree_headings(sheet, view, &list, &h);
    settle_headings(&h);
    wres_page_style(&sheet->page, WRES_STYLE_BOLD);
    wres_page_wrap(&sheet->page, 0,
                   wres_print(sheet->run, "Indicator %s: %s, by %s", view->id, view->about ? view->about->title : "", by));
    wres_page_style(&sheet->page, WRES_STYLE_PLAIN);
    const columns c = columns_for(sheet, 0, widest_label(sheet, &list, strlen("White/BME")), INTERVAL_WIDTH + P_WIDTH);
    put_headings(sheet, &c, &h, INTERVAL_WIDTH + P_WIDTH);
    for (uint32_t v = 0; v < wres_dictionary_count(values); v++) {
        const wres_sheet_spot spot = {"all", "all", by, wres_dictionary_text(values, v)};
        wres_page_put_cut(&sheet->page, c.name_end - 1, spot.by_value);
        for (size_t i = 0; i < list.count || i == 0; i++) {
            const line l = {view, spot, list.count ? &list.all[i] : NULL};
            put_rates(sheet, &c, &l, reasons);
            const wres_published *row = put_comparison(sheet, &c, &l);
            put_tail(sheet, &c, &l, row);
            wres_sheet_reasons_add(sheet, reasons, row);
            wres_page_end_line(&sheet->page);
        }
    }
    wres_sheet_reasons_print(sheet, reasons);
    wres_page_end_line(&sheet->page);
}

void wres_sheet_breakdowns(wres_sheet *sheet, const wres_sheet_view *view) {
    const wres_dictionary *fields = values_of(sheet, view, WRES_COLUMN_BY, NULL);
    for (uint32_t i = 0; i < wres_dictionary_count(fields); i++) break_down(sheet, view, wres_dictionary_text(fields, i));
}
