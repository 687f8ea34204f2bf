/* The JSON document: what docs/schema/wres-result.schema.json describes. */
#include <string.h>

#include "output/json.h"
#include "output/rows.h"
#include "output/writers.h"

static void add_settings(wres_json *json, wres_json_node *root, const wres_document *document) {
    wres_json_node *settings = wres_json_object(json, root, "settings");
    for (size_t i = 0; i < document->setting_count; i++)
        wres_json_string(json, settings, document->settings[i].name, document->settings[i].value);
}

static void add_standards(wres_json *json, wres_json_node *root, const wres_document *document) {
    wres_json_node *standards = wres_json_array(json, root, "standards");
    for (size_t i = 0; i < document->standard_count; i++) {
        const wres_standard_shown *standard = &document->standards[i];
        wres_json_node *node = wres_json_object(json, standards, NULL);
        wres_json_string(json, node, "id", standard->id);
        wres_json_string(json, node, "title", standard->title);
        wres_json_string(json, node, "owner", standard->owner);
        wres_json_string(json, node, "source", standard->source);
        wres_json_string(json, node, "certainty", standard->certainty);
    }
}

static void add_inputs(wres_json *json, wres_json_node *root, const wres_document *document) {
    wres_json_node *inputs = wres_json_array(json, root, "inputs");
    for (size_t i = 0; i < document->input_count; i++) {
        const wres_input_shown *input = &document->inputs[i];
        wres_json_node *node = wres_json_object(json, inputs, NULL);
        wres_json_string(json, node, "table", input->table);
        wres_json_string(json, node, "file", input->file);
        wres_json_string_or_null(json, node, "sha256", input->sha256);
        wres_json_count(json, node, "rows_read", input->read);
        wres_json_count(json, node, "rows_used", input->used);
        wres_json_node *left_out = wres_json_object(json, node, "rows_left_out");
        for (size_t k = 0; k < input->left_out_count; k++)
            wres_json_count(json, left_out, input->left_out[k].reason, input->left_out[k].rows);
    }
}

static void add_national(wres_json *json, wres_json_node *indicator, const wres_indicator_shown *shown) {
    wres_json_node *list = wres_json_array(json, indicator, "national");
    for (size_t i = 0; i < shown->national_count; i++) {
        const wres_national_shown *national = &shown->national[i];
        wres_json_node *node = wres_json_object(json, list, NULL);
        wres_json_string(json, node, "group", national->group);
        wres_json_string(json, node, "statistic", national->statistic);
        wres_json_string(json, node, "unit", national->unit);
        wres_json_count(json, node, "year", (uint64_t)national->year);
        wres_json_decimal(json, node, "value", national->value);
        wres_json_string(json, node, "certainty", national->certainty);
    }
}

static void add_indicators(wres_json *json, wres_json_node *root, const wres_document *document) {
    wres_json_node *indicators = wres_json_array(json, root, "indicators");
    for (size_t i = 0; i < document->indicator_count; i++) {
        const wres_indicator_shown *shown = &document->indicators[i];
        wres_json_node *node = wres_json_object(json, indicators, NULL);
        wres_json_string(json, node, "standard", shown->standard);
        wres_json_string(json, node, "id", shown->id);
        wres_json_string(json, node, "title", shown->title);
        wres_json_string(json, node, "measure", shown->measure);
        wres_json_string(json, node, "direction", shown->direction);
        wres_json_string(json, node, "definition", shown->definition);
        wres_json_string(json, node, "numerator", shown->numerator);
        wres_json_string(json, node, "denominator", shown->denominator);
        wres_json_string(json, node, "window", shown->window);
        wres_json_string(json, node, "source", shown->source);
        wres_json_string(json, node, "certainty", shown->certainty);
        add_national(json, node, shown);
    }
}

const char *wres_severity_name(wres_severity severity) {
    switch (severity) {
    case WRES_INFORMATION: return "information";
    case WRES_WARNING: return "warning";
    case WRES_ERROR: break;
    }
    return "error";
}

static void add_finding(wres_json *json, wres_json_node *list, const wres_finding *finding) {
    wres_json_node *node = wres_json_object(json, list, NULL);
    const wres_place *place = &finding->place;
    wres_json_string(json, node, "severity", wres_severity_name(finding->severity));
    wres_json_string(json, node, "check", finding->check);
    wres_json_string_or_null(json, node, "table", place->table ? place->table : "");
    wres_json_string_or_null(json, node, "file", place->file ? place->file : "");
    if (place->line)
        wres_json_count(json, node, "line", place->line);
    else
        wres_json_null(json, node, "line");
    wres_json_string_or_null(json, node, "field", place->field ? place->field : "");
    if (finding->count)
        wres_json_count(json, node, "count", finding->count);
    else
        wres_json_null(json, node, "count");
    wres_json_string(json, node, "message", finding->message);
}

static bool is_first_of_check(const wres_run *run, size_t index) {
    const char *check = wres_finding_at(run, index)->check;
    for (size_t i = 0; i < index; i++)
        if (strcmp(wres_finding_at(run, i)->check, check) == 0) return false;
    return true;
}

/* How many findings there are is settled before the first is added: what goes wrong here makes findings of its own. */
static void add_data_quality(wres_json *json, wres_json_node *root, wres_run *run) {
    wres_json_node *list = wres_json_array(json, root, "data_quality");
    const size_t count = wres_finding_count(run);
    for (size_t i = 0; i < count; i++) add_finding(json, list, wres_finding_at(run, i));
    for (size_t i = 0; i < count; i++) {
        const wres_finding *first = wres_finding_at(run, i);
        const uint64_t dropped = wres_findings_dropped(run, first->check);
        if (dropped == 0 || !is_first_of_check(run, i)) continue;
        add_finding(
            json, list,
            &(wres_finding){first->severity, first->check, {0}, dropped, "so many more findings of this check are not listed"});
    }
}

static wres_row_format row_format(wres_run *run) {
    wres_row_format format = {.end = "},\n", .last_end = "}\n", .widest = WRES_JSON_WIDEST, .text = wres_json_quote};
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) {
        format.lead[c] = wres_print(run, "%s\"%s\":", c ? "," : "    {", wres_column_name(c));
        format.none[c] = wres_column_is_number(c) || c == WRES_COLUMN_FLAG ? "null" : "\"\"";
    }
    return format;
}

void wres_json_add_head(wres_json *json, wres_json_node *root, const wres_document *document) {
    wres_json_string(json, root, "schema_version", WRES_SCHEMA_VERSION);
    wres_json_node *tool = wres_json_object(json, root, "tool");
    wres_json_string(json, tool, "name", "wres");
    wres_json_string(json, tool, "version", WRES_VERSION);
    add_settings(json, root, document);
    add_standards(json, root, document);
    add_inputs(json, root, document);
    wres_json_string(json, root, "disclosure", document->disclosure);
}

wres_status wres_write_json(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink) {
    wres_json *json = wres_json_new(run);
    wres_json_node *root = wres_json_root(json);
    wres_json_add_head(json, root, document);
    add_indicators(json, root, document);
    add_data_quality(json, root, run);
    wres_json_array(json, root, "results");
    if (document->results.count == 0) return wres_json_write(json, sink);
    const wres_row_format format = row_format(run);
    const wres_status status = wres_json_write_open(json, sink);
    if (status != WRES_OK) return status;
    wres_rows_write(run, &document->results, &format, options->threads, sink);
    wres_sink_text(sink, "  ]\n}\n");
    return WRES_OK;
}
