/* The JSON document of a check: what docs/schema/wres-check.schema.json describes. */
#include <string.h>

#include "output/json.h"
#include "output/writers.h"

static void add_text(wres_json *json, wres_json_node *node, const char *key, const char *text) {
    wres_json_string_or_null(json, node, key, text ? text : "");
}

static void add_count_or_null(wres_json *json, wres_json_node *node, const char *key, uint64_t count, bool there) {
    if (there)
        wres_json_count(json, node, key, count);
    else
        wres_json_null(json, node, key);
}

static void add_number(wres_json *json, wres_json_node *node, const char *key, const wres_rational *value, int decimals) {
    char text[WRES_DECIMAL_SIZE] = "";
    if (value && decimals < 0) wres_rational_print_short(*value, text);
    if (value && decimals >= 0) wres_rational_print(*value, decimals, text);
    wres_json_decimal_or_null(json, node, key, text);
}

static void add_date(wres_json *json, wres_json_node *node, const char *key, wres_date date) {
    char text[WRES_DATE_SIZE] = "";
    if (date != WRES_NO_DATE) wres_date_print(date, text);
    wres_json_string_or_null(json, node, key, text);
}

static void add_row(wres_json *json, wres_json_node *list, const wres_check_row *row) {
    wres_json_node *node = wres_json_object(json, list, NULL);
    wres_json_string(json, node, "severity", wres_severity_name(row->severity));
    wres_json_string(json, node, "check", row->check);
    add_text(json, node, "table", row->place.table);
    add_text(json, node, "file", row->place.file);
    add_count_or_null(json, node, "line", row->place.line, row->place.line > 0);
    add_text(json, node, "field", row->place.field);
    add_count_or_null(json, node, "count", row->count, row->count > 0);
    add_number(json, node, "share", row->has_share ? &row->share : NULL, 1);
    wres_json_string(json, node, "message", row->message);
    wres_json_string(json, node, "what_to_do", row->what_to_do);
    wres_json_node *lines = wres_json_array(json, node, "lines");
    for (size_t i = 0; i < row->line_count; i++) wres_json_count(json, lines, NULL, row->lines[i]);
    wres_json_close(json, list, node);
}

static const char *found_name(const wres_value_seen *value) {
    switch (value->found) {
    case WRES_FOUND: return "listed";
    case WRES_FIRST_LETTER: return "first letter";
    case WRES_BLANK: return "blank";
    case WRES_UNMAPPED: break;
    }
    return value->decided ? "unmapped" : "not looked up";
}

static void add_values(wres_json *json, wres_json_node *node, wres_run *run, const wres_file_seen *file,
                       const wres_column_seen *column) {
    wres_json_node *list = wres_json_array(json, node, "values");
    for (size_t i = 0; i < column->value_count; i++) {
        const wres_value_seen *value = &column->values[i];
        wres_json_node *item = wres_json_object(json, list, NULL);
        add_text(json, item, "value",
                 column->hidden ? "" : wres_visible_name(run, wres_copy(run, value->text.bytes, value->text.length)));
        wres_json_string(json, item, "read_as", value->member);
        wres_json_string(json, item, "found", found_name(value));
        wres_json_count(json, item, "rows", value->rows);
        wres_json_count(json, item, "people", value->people);
        add_number(json, item, "sum", file->has_sums ? &value->sum : NULL, -1);
        wres_json_count(json, item, "line", value->first_line);
        wres_json_close(json, list, item);
    }
}

static void add_column(wres_json *json, wres_json_node *list, wres_run *run, const wres_check_document *document,
                       const wres_file_seen *file, const wres_column_seen *column) {
    const wres_field *field = &file->table->fields[column->field];
    const wres_type type = field->type;
    const bool coded = type == WRES_TYPE_CODE,
               summed = type == WRES_TYPE_COUNT || type == WRES_TYPE_DECIMAL || type == WRES_TYPE_BASE;
    wres_json_node *node = wres_json_object(json, list, NULL);
    wres_json_string(json, node, "table", file->table->name);
    wres_json_string(json, node, "file", file->file);
    wres_json_string(json, node, "field", field->name);
    wres_json_string(json, node, "header", column->header);
    wres_json_count(json, node, "rows", column->rows);
    wres_json_count(json, node, "filled", column->filled);
    add_count_or_null(json, node, "first_empty_line", column->first_empty_line, column->first_empty_line > 0);
    add_count_or_null(json, node, "distinct", column->distinct, !summed && type != WRES_TYPE_PERCENT);
    add_count_or_null(json, node, "looked_up", column->people, coded);
    add_count_or_null(json, node, "unmapped", column->unmapped, coded);
    add_date(json, node, "earliest", column->earliest);
    add_date(json, node, "latest", column->latest);
    add_number(json, node, "sum", summed ? &column->sum : NULL, -1);
    if (document->values && coded) add_values(json, node, run, file, column);
    wres_json_close(json, list, node);
}

wres_status wres_write_check_json(wres_run *run, const wres_check_document *document, wres_sink *sink) {
    const wres_check_report *report = document->report;
    wres_json *json = wres_json_new(run);
    wres_json_node *root = wres_json_root(json);
    wres_json_add_head(json, root, &document->head);
    add_date(json, root, "as_at", report->as_at);
    wres_json_node *summary = wres_json_object(json, root, "summary");
    wres_json_count(json, summary, "errors", report->errors);
    wres_json_count(json, summary, "warnings", report->warnings);
    wres_json_count(json, summary, "information", report->information);
    wres_json_node *findings = wres_json_array(json, root, "findings");
    for (size_t i = 0; i < report->count && wres_json_status(json) == WRES_OK; i++) add_row(json, findings, &report->rows[i]);
    wres_json_node *columns = wres_json_array(json, root, "columns");
    for (size_t f = 0; f < document->file_count; f++)
        for (size_t i = 0; i < document->files[f]->column_count && wres_json_status(json) == WRES_OK; i++)
            add_column(json, columns, run, document, document->files[f], &document->files[f]->columns[i]);
    return wres_json_write(json, sink);
}
