/* The commands that print what is built in. */
#include <string.h>

#include "cli/commands.h"

static wres_status one_operand(wres_run *run, const arguments *asked, size_t most) {
    if (asked->operand_count <= most) return WRES_OK;
    wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "'%s' is one word too many",
              wres_visible(run, wres_text_of(asked->operands[most])));
    return WRES_USAGE;
}

static wres_status open_output(wres_run *run, wres_sink **sink) { return wres_sink_open(run, NULL, sink); }

static wres_status print_resource(wres_run *run, const char *path) {
    wres_sink *sink;
    const wres_resource *resource = wres_resource_find(path);
    const wres_status status = open_output(run, &sink);
    if (status != WRES_OK) return status;
    wres_sink_write(sink, (const char *)resource->bytes, resource->length);
    return wres_sink_commit(sink);
}

static wres_status not_there(wres_run *run, const char *what, const char *word, const char *const *names, size_t count) {
    const char *near = wres_nearest(run, word, names, count), *all = "";
    for (size_t i = 0; i < count; i++) all = wres_print(run, "%s%s%s", all, i ? ", " : "", names[i]);
    wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "there is no %s '%s'%s%s; there are %s", what,
              wres_visible(run, wres_text_of(word)), near ? ": did you mean " : "", near ? near : "", all);
    return WRES_USAGE;
}

const char *latest_standard(wres_run *run) {
    const char *const *ids, *latest = "";
    size_t count;
    wres_standard_list(run, &ids, &count);
    for (size_t i = 0; i < count; i++)
        if (strncmp(ids[i], "wres-", 5) == 0 && strcmp(ids[i], latest) > 0) latest = ids[i];
    return latest;
}

wres_status standards_run(wres_run *run, const arguments *asked) {
    const char *const *ids;
    size_t count;
    wres_sink *sink;
    wres_status status = one_operand(run, asked, 1);
    if (status == WRES_OK) status = wres_standard_list(run, &ids, &count);
    if (status != WRES_OK) return status;
    if (asked->operand_count) {
        const char *path = wres_print(run, "standards/%s.yaml", asked->operands[0]);
        return wres_resource_find(path) ? print_resource(run, path) : not_there(run, "standard", asked->operands[0], ids, count);
    }
    status = open_output(run, &sink);
    for (size_t i = 0; i < count && status == WRES_OK; i++) {
        const wres_standard *standard;
        status = wres_standard_load(run, ids[i], &standard);
        if (status == WRES_OK)
            wres_sink_print(sink, "%-20s %s (%s; certainty %s)\n", ids[i], standard->title, standard->owner, standard->certainty);
    }
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

wres_status codes_run(wres_run *run, const arguments *asked) {
    wres_codes *codes;
    wres_sink *sink;
    wres_status status = one_operand(run, asked, 1);
    if (status == WRES_OK) status = wres_codes_load(run, NULL, 0, &codes);
    if (status != WRES_OK) return status;
    const size_t count = wres_codes_count(codes);
    const char **names = wres_alloc(run, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) names[i] = wres_list_name(wres_codes_at(codes, i));
    if (asked->operand_count) {
        const char *path = wres_print(run, "codes/%s.csv", asked->operands[0]);
        return wres_resource_find(path) ? print_resource(run, path) : not_there(run, "code list", asked->operands[0], names, count);
    }
    status = open_output(run, &sink);
    for (size_t i = 0; i < count && status == WRES_OK; i++) {
        const wres_list *list = wres_codes_at(codes, i);
        wres_sink_print(sink, "%-22s %3zu members by", names[i], wres_list_members(list));
        for (int a = 0; a < (int)wres_list_attributes(list); a++)
            wres_sink_print(sink, "%s %s", a ? "," : "", wres_list_attribute_name(list, a));
        wres_sink_text(sink, "\n");
    }
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

static void print_field(wres_sink *sink, const wres_table *table, int index) {
    const wres_field *field = &table->fields[index];
    wres_sink_print(sink, "\n%s (%s%s%s): %s\n  headers:", field->name, wres_type_name(field->type), field->list ? " of " : "",
                    field->list ? field->list : "", field->title);
    wres_sink_print(sink, " %s", field->name);
    for (size_t i = 0; i < field->header_count; i++) wres_sink_print(sink, ", %s", field->headers[i]);
    wres_sink_text(sink, "\n");
}

static void print_table(wres_sink *sink, const wres_table *table) {
    wres_sink_print(sink, "%s: %s\n", table->name, table->title);
    for (size_t i = 0; i < table->needs_count; i++) {
        wres_sink_text(sink, i ? "and one of" : "needed: one of");
        for (size_t f = 0; f < table->needs[i].count; f++)
            wres_sink_print(sink, "%s %s", f ? "," : "", table->fields[table->needs[i].fields[f]].name);
        wres_sink_text(sink, "\n");
    }
    if (table->once_per.count) {
        wres_sink_text(sink, "rows that agree in these count once:");
        for (size_t f = 0; f < table->once_per.count; f++)
            wres_sink_print(sink, "%s %s", f ? "," : "", table->fields[table->once_per.fields[f]].name);
        wres_sink_text(sink, "\n");
    }
    for (size_t i = 0; i < table->field_count; i++) print_field(sink, table, (int)i);
}

wres_status tables_run(wres_run *run, const arguments *asked) {
    wres_tables tables;
    wres_sink *sink;
    wres_status status = one_operand(run, asked, 1);
    if (status == WRES_OK) status = wres_tables_load(run, asked->given.tables.all, asked->given.tables.count, &tables);
    if (status != WRES_OK) return status;
    const wres_table *table = asked->operand_count ? wres_table_find(&tables, asked->operands[0]) : NULL;
    if (asked->operand_count && !table) {
        const char **names = wres_alloc(run, (tables.count + 1) * sizeof *names);
        for (size_t i = 0; i < tables.count; i++) names[i] = tables.all[i]->name;
        return not_there(run, "table", asked->operands[0], names, tables.count);
    }
    status = open_output(run, &sink);
    if (status != WRES_OK) return status;
    if (table) print_table(sink, table);
    for (size_t i = 0; !table && i < tables.count; i++)
        wres_sink_print(sink, "%-12s %s\n", tables.all[i]->name, tables.all[i]->title);
    return wres_sink_commit(sink);
}

wres_status schema_run(wres_run *run, const arguments *asked) {
    static const char *const names[] = {"result", "check"};
    const char *name = asked->operand_count ? asked->operands[0] : names[0];
    const char *path = wres_print(run, "schema/wres-%s.schema.json", name);
    const wres_status status = one_operand(run, asked, 1);
    if (status != WRES_OK) return status;
    return wres_resource_find(path) ? print_resource(run, path) : not_there(run, "schema", name, names, 2);
}
