/* A check to be read: for each table what was found, the worst first, and what its columns hold. */
#include <string.h>

#include "output/page.h"
#include "output/writers.h"

enum { TEXT_INDENT = 11, LEAST_WIDTH = 60 };

/* 1,976 */
static const char *grouped(wres_run *run, uint64_t number) {
    const char *digits = wres_print(run, "%llu", (unsigned long long)number), *text = "";
    for (size_t left = strlen(digits); left > 0;) {
        const size_t part = (left - 1) % 3 + 1;
        text = wres_print(run, "%s%s%.*s", text, *text ? "," : "", (int)part, digits);
        digits += part;
        left -= part;
    }
    return text;
}

static const char *grouped_decimal(wres_run *run, wres_rational value) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational_print_short(value, text);
    const bool negative = *text == '-';
    const char *point = strchr(text, '.');
    const wres_int128 whole = value.numerator / value.denominator;
    return wres_print(run, "%s%s%s", negative ? "-" : "", grouped(run, (uint64_t)(whole < 0 ? -whole : whole)), point ? point : "");
}

static const char *plural(wres_run *run, uint64_t count, const char *one, const char *many) {
    return wres_print(run, "%s %s", grouped(run, count), count == 1 ? one : many);
}

static bool is_shown(const wres_check_document *document, const wres_check_row *row) {
    return row->severity > WRES_INFORMATION || !document->brief;
}

/* ---- findings ------------------------------------------------------------------------------------------------- */

static void put_place(wres_page *page, const wres_check_row *row) {
    wres_run *run = page->run;
    char share[WRES_DECIMAL_SIZE];
    wres_page_to(page, TEXT_INDENT);
    if (row->place.file) {
        wres_page_put(page, row->place.file);
        if (row->place.line) wres_page_put(page, wres_print(run, ":%llu", (unsigned long long)row->place.line));
        wres_page_put(page, row->place.field ? ", " : "");
    }
    if (row->place.field) wres_page_put(page, row->place.field);
    wres_page_put(page, row->place.file || row->place.field ? ": " : "");
    wres_page_put(page, row->check);
    if (row->count) wres_page_put(page, wres_print(run, " (%s", grouped(run, row->count)));
    if (row->count && row->has_share) {
        wres_rational_print(row->share, 1, share);
        wres_page_put(page, wres_print(run, ", %s%%", share));
    }
    if (row->count) wres_page_put(page, ")");
    wres_page_end_line(page);
}

static void put_row(wres_page *page, const wres_check_row *row, bool last_of_check) {
    static const char *const names[] = {"note", "warning", "ERROR"};
    const char *lines = "";
    wres_page_style(page, row->severity == WRES_ERROR     ? WRES_STYLE_ABOVE
                          : row->severity == WRES_WARNING ? WRES_STYLE_BOLD
                                                          : WRES_STYLE_PLAIN);
    wres_page_to(page, 2);
    wres_page_put(page, names[row->severity]);
    wres_page_style(page, WRES_STYLE_PLAIN);
    put_place(page, row);
    for (size_t i = 1; i < row->line_count; i++)
        lines = wres_print(page->run, "%s%s%llu", lines, i > 1 ? ", " : "", (unsigned long long)row->lines[i]);
    wres_page_wrap(page, TEXT_INDENT,
                   *lines ? wres_print(page->run, "%s. Also line%s %s%s", row->message, row->line_count > 2 ? "s" : "", lines,
                                       row->count > row->line_count ? " ..." : "")
                          : row->message);
    if (last_of_check && *row->what_to_do) wres_page_wrap(page, TEXT_INDENT, wres_print(page->run, "To do: %s", row->what_to_do));
}

static bool is_of(const wres_check_row *row, const char *table) {
    return table ? row->place.table && strcmp(row->place.table, table) == 0 : !row->place.table;
}

static size_t put_rows(wres_page *page, const wres_check_document *document, const char *table) {
    const wres_check_report *report = document->report;
    size_t shown = 0;
    for (size_t i = 0; i < report->count; i++) {
        const wres_check_row *row = &report->rows[i], *next = i + 1 < report->count ? row + 1 : NULL;
        if (!is_of(row, table) || !is_shown(document, row)) continue;
        put_row(page, row, !next || !is_of(next, table) || strcmp(next->check, row->check) != 0);
        shown++;
    }
    return shown;
}

/* ---- columns -------------------------------------------------------------------------------------------------- */

enum { COLUMN_HEADER = 24, COLUMN_FILLED = 56, COLUMN_DISTINCT = 66, COLUMN_UNMAPPED = 78, COLUMN_MORE = 80 };

static void put_column(wres_page *page, const wres_file_seen *file, const wres_column_seen *column) {
    wres_run *run = page->run;
    const wres_field *field = &file->table->fields[column->field];
    char filled[WRES_DECIMAL_SIZE], first[WRES_DATE_SIZE], last[WRES_DATE_SIZE];
    const bool summed = field->type == WRES_TYPE_COUNT || field->type == WRES_TYPE_DECIMAL || field->type == WRES_TYPE_BASE;
    wres_page_to(page, 2);
    wres_page_put_cut(page, COLUMN_HEADER - 3, field->name);
    wres_page_to(page, COLUMN_HEADER);
    wres_page_put_cut(page, COLUMN_FILLED - COLUMN_HEADER - 9, column->header);
    wres_rational_print((wres_rational){(wres_int128)100 * column->filled, (wres_int128)(column->rows ? column->rows : 1)}, 1,
                        filled);
    wres_page_put_right(page, COLUMN_FILLED, wres_print(run, "%s%%", filled));
    if (!summed && field->type != WRES_TYPE_PERCENT) wres_page_put_right(page, COLUMN_DISTINCT, grouped(run, column->distinct));
    if (field->type == WRES_TYPE_CODE) wres_page_put_right(page, COLUMN_UNMAPPED, grouped(run, column->unmapped));
    if (column->earliest != WRES_NO_DATE) {
        wres_date_print(column->earliest, first);
        wres_date_print(column->latest, last);
        if (field->type == WRES_TYPE_YEAR) first[4] = last[4] = '\0';
        wres_page_to(page, COLUMN_MORE);
        wres_page_put(page, wres_print(run, "%s to %s", first, last));
    }
    if (summed) {
        wres_page_to(page, COLUMN_MORE);
        wres_page_put(page, wres_print(run, "sum %s", grouped_decimal(run, column->sum)));
    }
    wres_page_end_line(page);
}

static void put_values(wres_page *page, const wres_file_seen *file, const wres_column_seen *column) {
    wres_run *run = page->run;
    for (size_t i = 0; i < column->value_count; i++) {
        const wres_value_seen *value = &column->values[i];
        const bool unmapped = value->found == WRES_UNMAPPED && value->decided;
        wres_page_to(page, 4);
        wres_page_put_cut(page, COLUMN_FILLED - 12 - 4,
                          value->found == WRES_BLANK && !value->text.length ? "(blank)"
                          : column->hidden || !value->text.length
                              ? wres_print(run, "(%s)", value->member)
                              : wres_visible_name(run, wres_copy(run, value->text.bytes, value->text.length)));
        wres_page_put_right(page, COLUMN_FILLED, grouped(run, value->people));
        wres_page_put_right(page, COLUMN_DISTINCT, wres_print(run, "line %llu", (unsigned long long)value->first_line));
        if (unmapped) wres_page_put_right(page, COLUMN_UNMAPPED, "not in list");
        if (file->has_sums) {
            wres_page_to(page, COLUMN_MORE);
            wres_page_put(page, wres_print(run, "sum %s", grouped_decimal(run, value->sum)));
        }
        wres_page_end_line(page);
    }
}

static void put_columns(wres_page *page, const wres_check_document *document, const wres_file_seen *file) {
    const uint64_t rows = file->column_count ? file->columns[0].rows : 0;
    wres_page_end_line(page);
    wres_page_to(page, 2);
    wres_page_put(page, wres_print(page->run, "%s: %s", file->file, plural(page->run, rows, "row", "rows")));
    wres_page_end_line(page);
    wres_page_to(page, 2);
    wres_page_put(page, "field");
    wres_page_to(page, COLUMN_HEADER);
    wres_page_put(page, "column");
    wres_page_put_right(page, COLUMN_FILLED, "filled");
    wres_page_put_right(page, COLUMN_DISTINCT, "different");
    wres_page_put_right(page, COLUMN_UNMAPPED, "not in list");
    wres_page_end_line(page);
    for (size_t i = 0; i < file->column_count; i++) {
        put_column(page, file, &file->columns[i]);
        if (document->values && file->columns[i].value_count) put_values(page, file, &file->columns[i]);
    }
}

/* ---- the whole ------------------------------------------------------------------------------------------------ */

static void put_title(wres_page *page, const wres_check_report *report) {
    char date[WRES_DATE_SIZE] = "";
    if (report->as_at != WRES_NO_DATE) wres_date_print(report->as_at, date);
    wres_page_style(page, WRES_STYLE_BOLD);
    wres_page_wrap(page, 0, wres_print(page->run, "Check of the data%s%s", *date ? ", as at " : "", date));
    wres_page_style(page, WRES_STYLE_PLAIN);
}

static void put_table(wres_page *page, const wres_check_document *document, const char *table, const char *title) {
    wres_page_end_line(page);
    wres_page_style(page, WRES_STYLE_BOLD);
    wres_page_put(page, title);
    wres_page_end_line(page);
    wres_page_style(page, WRES_STYLE_PLAIN);
    if (put_rows(page, document, table) == 0) wres_page_wrap(page, 2, "Nothing found.");
    for (size_t i = 0; table && !document->brief && i < document->file_count; i++)
        if (strcmp(document->files[i]->table->name, table) == 0 && document->files[i]->column_count)
            put_columns(page, document, document->files[i]);
}

static bool has_general(const wres_check_document *document) {
    for (size_t i = 0; i < document->report->count; i++)
        if (!document->report->rows[i].place.table && is_shown(document, &document->report->rows[i])) return true;
    return false;
}

void wres_write_check_table(wres_run *run, const wres_check_document *document, const wres_write_options *options,
                            wres_sink *sink) {
    const wres_check_report *report = document->report;
    wres_page page = {.run = run, .colour = options->colour};
    page.width = options->width > LEAST_WIDTH ? (size_t)options->width : LEAST_WIDTH;
    put_title(&page, report);
    if (has_general(document)) put_table(&page, document, NULL, "all tables together");
    for (size_t i = 0; i < document->head.input_count; i++) {
        const char *table = document->head.inputs[i].table;
        bool done = false;
        for (size_t k = 0; k < i; k++) done = done || strcmp(document->head.inputs[k].table, table) == 0;
        if (!done) put_table(&page, document, table, table);
    }
    wres_page_end_line(&page);
    wres_page_wrap(&page, 0,
                   wres_print(run, "%s, %s, %s.%s", plural(run, report->errors, "error", "errors"),
                              plural(run, report->warnings, "warning", "warnings"),
                              plural(run, report->information, "note", "notes"),
                              report->errors ? " A calculation would stop at the errors." : ""));
    wres_page_flush(&page, sink);
}
