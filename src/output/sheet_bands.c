/* The tables with a row for each band or grade (indicator 1), or for the board and the workforce (indicator 9). */
#include <string.h>

#include "output/sheet.h"

typedef enum column_kind { GROUP_COLUMN, TOTAL_COLUMN, POINTS_COLUMN, P_COLUMN } column_kind;

typedef struct table_column {
    column_kind kind;
    const char *group, *heading;
    size_t width;
} table_column;

/* A row and where its values stand; the points of the board's rows stand under section all. */
typedef struct table_row {
    const char *label, *section, *row, *points_section;
} table_row;

typedef struct grid {
    wres_sheet *sheet;
    const wres_sheet_view *view;
    table_column *columns;
    size_t column_count;
    table_row *rows;
    size_t row_count;
    size_t label_width, number_width; /* of the widest count */
    wres_dictionary *reasons;
} grid;

enum { SHARE_WIDTH = 8, /* "* 100.0%" */ P_COLUMN_WIDTH = 8, LEAST_LABEL = 16, LEAST_NUMBER = 4 };

static wres_sheet_spot spot_of(const table_row *row) { return (wres_sheet_spot){row->section, row->row, "all", "all"}; }
static wres_sheet_spot points_spot(const table_row *row) { return (wres_sheet_spot){row->points_section, row->row, "all", "all"}; }

/* The mark of a count under 10 stands in the room before the share. */
static void put_number(grid *g, size_t right, const char *number) {
    wres_page_put_right(&g->sheet->page, right, number);
    wres_page_put(&g->sheet->page, wres_sheet_small_mark(g->sheet, number));
}

/* The count of a group, or where there are no rows of counts what its share is made of. */
static const char *number_shown(grid *g, const table_row *row, const char *group) {
    const wres_published *count = wres_sheet_take(g->sheet, g->view, spot_of(row), group, "count");
    wres_sheet_reasons_add(g->sheet, g->reasons, count);
    if (count) return wres_sheet_value_shown(g->sheet, count);
    const bool total = strcmp(group, "all") == 0;
    for (uint32_t i = 0; i < wres_dictionary_count(g->view->groups); i++) {
        const char *name = wres_dictionary_text(g->view->groups, i);
        const wres_published *share = wres_sheet_find(g->sheet, g->view, spot_of(row), name, "share");
        if (share && (total || strcmp(name, group) == 0))
            return wres_sheet_count_shown(g->sheet, share, total ? WRES_COLUMN_DENOMINATOR : WRES_COLUMN_NUMERATOR);
    }
    return "";
}

static void put_group(grid *g, const table_row *row, const char *group, size_t start) {
    const wres_published *share = wres_sheet_take(g->sheet, g->view, spot_of(row), group, "share");
    wres_sheet_reasons_add(g->sheet, g->reasons, share);
    put_number(g, start + g->number_width, number_shown(g, row, group));
    wres_page_put_right(&g->sheet->page, start + g->number_width + SHARE_WIDTH, wres_sheet_value_shown(g->sheet, share));
}

static void put_statistic(grid *g, const table_row *row, const char *group, const char *statistic, size_t end) {
    const wres_published *found = wres_sheet_take(g->sheet, g->view, points_spot(row), group, statistic);
    wres_sheet_reasons_add(g->sheet, g->reasons, found);
    if (found) wres_page_put_right(&g->sheet->page, end, wres_sheet_number_shown(g->sheet, found)); /* the heading has the unit */
}

static void put_row(grid *g, const table_row *row, size_t first, size_t end) {
    wres_page_to(&g->sheet->page, 2);
    wres_page_put_cut(&g->sheet->page, g->label_width - 3, row->label);
    size_t at = g->label_width;
    for (size_t i = first; i < end; at += g->columns[i++].width) {
        const table_column *column = &g->columns[i];
        const size_t right = at + column->width;
        switch (column->kind) {
        case GROUP_COLUMN: put_group(g, row, column->group, right - g->number_width - SHARE_WIDTH); break;
        case TOTAL_COLUMN: put_number(g, right, number_shown(g, row, "all")); break;
        case POINTS_COLUMN: put_statistic(g, row, column->group, "difference", right); break;
        case P_COLUMN: put_statistic(g, row, column->group, "p_value", right); break;
        }
    }
    wres_page_end_line(&g->sheet->page);
}

static void put_column_headings(grid *g, const char *section, size_t first, size_t end) {
    wres_page *page = &g->sheet->page;
    wres_page_style(page, WRES_STYLE_BOLD);
    wres_page_put_cut(page, g->label_width - 1, section);
    size_t at = g->label_width;
    for (size_t i = first; i < end; i++) {
        at += g->columns[i].width;
        wres_page_put_right(page, at, g->columns[i].heading);
    }
    wres_page_style(page, WRES_STYLE_PLAIN);
    wres_page_end_line(page);
}

/* As many columns side by side as the page takes; the rest in a second table under the first. */
static void put_section(grid *g, const char *section) {
    for (size_t first = 0, end; first < g->column_count; first = end) {
        size_t width = g->label_width;
        for (end = first; end < g->column_count; end++) {
            if (end > first && width + g->columns[end].width > g->sheet->page.width) break;
            width += g->columns[end].width;
        }
        put_column_headings(g, section, first, end);
        for (size_t i = 0; i < g->row_count; i++) put_row(g, &g->rows[i], first, end);
        wres_page_end_line(&g->sheet->page);
    }
}

/* ---- which columns and rows there are ---------------------------------------------------------------------- */

static wres_dictionary *groups_with(grid *g, const char *statistic) {
    wres_dictionary *groups = wres_dictionary_new(g->sheet->run);
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const wres_published *row = &g->sheet->document->results.rows[g->view->rows.index[i]];
        if (wres_column_is(row, WRES_COLUMN_BY, "all") && wres_column_is(row, WRES_COLUMN_STATISTIC, statistic))
            wres_dictionary_add(groups, wres_text_of(wres_column_text(row, WRES_COLUMN_GROUP)));
    }
    return groups;
}

static void add_column(grid *g, column_kind kind, const char *group, const char *heading, size_t least) {
    const size_t width = wres_page_columns(heading) + 2;
    g->columns[g->column_count++] = (table_column){kind, group, heading, width > least ? width : least};
}

static size_t columns_width(const grid *g) {
    size_t width = g->label_width;
    for (size_t i = 0; i < g->column_count; i++) width += g->columns[i].width;
    return width;
}

/* The p-values are no part of the standard: they are left to the other formats where they would need a table of their own. */
static void add_p_columns(grid *g, const wres_dictionary *groups) {
    const uint32_t count = wres_dictionary_count(groups);
    if (count == 0 || columns_width(g) + count * (size_t)P_COLUMN_WIDTH > g->sheet->page.width) return;
    for (uint32_t i = 0; i < count; i++) {
        const char *group = wres_dictionary_text(groups, i);
        add_column(g, P_COLUMN, group, count == 1 ? "p" : wres_print(g->sheet->run, "%s p", wres_sheet_label(g->sheet, group)),
                   P_COLUMN_WIDTH);
    }
}

static void add_columns(grid *g) {
    const wres_dictionary *points = groups_with(g, "difference"), *ps = groups_with(g, "p_value");
    const uint32_t groups = wres_dictionary_count(g->view->groups);
    g->columns =
        wres_alloc(g->sheet->run, (groups + wres_dictionary_count(points) + wres_dictionary_count(ps) + 1) * sizeof *g->columns);
    for (uint32_t i = 0; i < groups; i++) {
        const char *group = wres_dictionary_text(g->view->groups, i);
        add_column(g, GROUP_COLUMN, group, wres_sheet_label(g->sheet, group), g->number_width + SHARE_WIDTH + 1);
    }
    add_column(g, TOTAL_COLUMN, "all", "All", g->number_width + 2);
    for (uint32_t i = 0; i < wres_dictionary_count(points); i++) {
        const char *group = wres_dictionary_text(points, i);
        add_column(g, POINTS_COLUMN, group, wres_print(g->sheet->run, "%s pts", wres_sheet_label(g->sheet, group)), 0);
    }
    const size_t width = columns_width(g), most = g->sheet->page.width;
    if (width > most) g->label_width -= width - most < g->label_width - LEAST_LABEL ? width - most : g->label_width - LEAST_LABEL;
    add_p_columns(g, ps);
}

/* Parts of a row stand under it, further in. */
static size_t depth_of(const grid *g, const char *row) {
    const wres_indicator_shown *about = g->view->about;
    for (size_t i = 0; about && i < about->nested_count; i++)
        if (strcmp(about->nested[i].row, row) == 0) return about->nested[i].depth;
    return 0;
}

/* Measured over the whole indicator, so that the sections stand under one another. */
static void measure(grid *g) {
    g->label_width = LEAST_LABEL;
    g->number_width = LEAST_NUMBER;
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const wres_published *row = &g->sheet->document->results.rows[g->view->rows.index[i]];
        const bool count = wres_column_is(row, WRES_COLUMN_STATISTIC, "count");
        const char *name = wres_column_text(row, WRES_COLUMN_ROW);
        const size_t label = wres_page_columns(name) + 2 * depth_of(g, name) + 4;
        const size_t number = wres_page_columns(wres_column_text(row, count ? WRES_COLUMN_VALUE : WRES_COLUMN_DENOMINATOR));
        if (!wres_column_is(row, WRES_COLUMN_BY, "all")) continue;
        if (label > g->label_width) g->label_width = label;
        if (number > g->number_width) g->number_width = number;
    }
    if (g->label_width > g->sheet->page.width / 4 + 2) g->label_width = g->sheet->page.width / 4 + 2;
}

static void add_row(grid *g, const char *label, const char *section, const char *row, const char *points_section) {
    g->rows[g->row_count++] = (table_row){label, section, row, points_section};
}

/* The rows of a section in the order of the results, its total last. */
static void add_section_rows(grid *g, const char *section) {
    wres_dictionary *names = wres_dictionary_new(g->sheet->run);
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const wres_published *row = &g->sheet->document->results.rows[g->view->rows.index[i]];
        if (wres_column_is(row, WRES_COLUMN_BY, "all") && wres_column_is(row, WRES_COLUMN_SECTION, section))
            wres_dictionary_add(names, wres_text_of(wres_column_text(row, WRES_COLUMN_ROW)));
    }
    g->row_count = 0;
    g->rows = wres_alloc(g->sheet->run, (wres_dictionary_count(names) + 1) * sizeof *g->rows);
    for (uint32_t i = 0; i < wres_dictionary_count(names); i++) {
        const char *name = wres_dictionary_text(names, i);
        if (strcmp(name, "all") != 0)
            add_row(g, wres_print(g->sheet->run, "%*s%s", 2 * (int)depth_of(g, name), "", name), section, name, section);
    }
    if (wres_dictionary_find(names, wres_text_of("all")) != WRES_NOWHERE) add_row(g, "Total", section, "all", section);
}

static const char *board_label(wres_sheet *sheet, const char *row) {
    if (strcmp(row, "all") == 0) return "Board";
    return wres_print(sheet->run, "%s members", wres_sheet_label(sheet, row));
}

static void put_board(grid *g) {
    wres_dictionary *names = wres_dictionary_new(g->sheet->run);
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const wres_published *row = &g->sheet->document->results.rows[g->view->rows.index[i]];
        if (wres_column_is(row, WRES_COLUMN_BY, "all") && !wres_column_is(row, WRES_COLUMN_SECTION, "workforce"))
            wres_dictionary_add(names, wres_text_of(wres_column_text(row, WRES_COLUMN_ROW)));
    }
    g->rows = wres_alloc(g->sheet->run, (wres_dictionary_count(names) + 1) * sizeof *g->rows);
    add_row(g, "Whole workforce", "workforce", "all", "workforce");
    for (uint32_t i = 0; i < wres_dictionary_count(names); i++) {
        const char *name = wres_dictionary_text(names, i);
        add_row(g, board_label(g->sheet, name), "board", name, "all");
    }
    put_section(g, "Board and workforce");
}

/* The sections in the standard's order, then any others as they come. */
static wres_dictionary *sections_of(const grid *g) {
    static const char *const order[] = {"all", "non-clinical", "clinical", "medical"};
    wres_dictionary *met = wres_dictionary_new(g->sheet->run), *sections = wres_dictionary_new(g->sheet->run);
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const wres_published *row = &g->sheet->document->results.rows[g->view->rows.index[i]];
        if (wres_column_is(row, WRES_COLUMN_BY, "all"))
            wres_dictionary_add(met, wres_text_of(wres_column_text(row, WRES_COLUMN_SECTION)));
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (wres_dictionary_find(met, wres_text_of(order[i])) != WRES_NOWHERE)
            wres_dictionary_add(sections, wres_text_of(order[i]));
    for (uint32_t i = 0; i < wres_dictionary_count(met); i++) wres_dictionary_add(sections, wres_dictionary_bytes(met, i));
    return sections;
}

static void leave_p_values(grid *g) {
    for (size_t i = 0; i < g->view->rows.count; i++) {
        const size_t index = g->view->rows.index[i];
        const wres_published *row = &g->sheet->document->results.rows[index];
        if (g->sheet->shown[index] == WRES_SHOWN_UNMET && wres_column_is(row, WRES_COLUMN_STATISTIC, "p_value"))
            wres_sheet_note(g->sheet, row, WRES_SHOWN_LEFT);
    }
}

void wres_sheet_bands(wres_sheet *sheet, const wres_sheet_view *view) {
    if (view->kind != WRES_KIND_BANDED && view->kind != WRES_KIND_BOARD) return;
    grid g = {.sheet = sheet, .view = view, .reasons = wres_dictionary_new(sheet->run)};
    measure(&g);
    if (view->kind == WRES_KIND_BOARD) g.label_width = strlen("Board and workforce") + 3;
    add_columns(&g);
    wres_page_style(&sheet->page, WRES_STYLE_BOLD);
    wres_page_wrap(&sheet->page, 0,
                   wres_print(sheet->run, "Indicator %s: %s (%s and shares of the row)", view->id,
                              view->about ? view->about->title : "", wres_sheet_is_fte(sheet) ? "FTE" : "people"));
    wres_page_style(&sheet->page, WRES_STYLE_PLAIN);
    if (view->kind == WRES_KIND_BOARD) {
        put_board(&g);
    } else {
        const wres_dictionary *sections = sections_of(&g);
        for (uint32_t i = 0; i < wres_dictionary_count(sections); i++) {
            const char *section = wres_dictionary_text(sections, i);
            add_section_rows(&g, section);
            put_section(&g, strcmp(section, "all") == 0 ? "All staff" : wres_sheet_label(sheet, section));
        }
    }
    leave_p_values(&g);
    wres_sheet_reasons_print(sheet, g.reasons);
    if (wres_dictionary_count(g.reasons)) wres_page_end_line(&sheet->page);
}
