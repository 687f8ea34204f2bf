/* wres sql: the query that makes a cube inside a database. No record is read. */
#include <string.h>

#include "cli/calculation.h"
#include "wres/sql.h"

static const wres_input_setting *setting_of(const calculation *c, const char *table) {
    static const wres_input_setting none;
    for (size_t i = 0; i < c->settings.input_count; i++)
        if (strcmp(c->settings.inputs[i].table, table) == 0) return &c->settings.inputs[i];
    return &none;
}

static wres_status add_relation(calculation *c, wres_relation *list, size_t *count, const char *table, const char *name) {
    const wres_table *found = wres_table_find(&c->tables, table);
    if (!found || !*name) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0,
                  found ? "the name of the table in the database is missing behind '%s='"
                        : "there is no table '%s'; 'wres tables' lists them",
                  wres_visible(c->run, wres_text_of(table)));
        return WRES_USAGE;
    }
    for (size_t i = 0; i < *count; i++)
        if (list[i].table == found) {
            wres_find(c->run, WRES_ERROR, "usage", (wres_place){.table = found->name}, 0,
                      "this table is given twice: a query reads one table (or view) of each kind");
            return WRES_USAGE;
        }
    list[(*count)++] = (wres_relation){found, name, setting_of(c, found->name)};
    return WRES_OK;
}

/* TABLE=NAME; without any, the tables of the settings under their own names. */
static wres_status gather(calculation *c, const arguments *asked, wres_relation **out, size_t *count) {
    wres_relation *list = *out = wres_alloc(c->run, (asked->operand_count + c->settings.input_count + 1) * sizeof *list);
    wres_status status = WRES_OK;
    *count = 0;
    for (size_t i = 0; i < asked->operand_count && status == WRES_OK; i++) {
        const char *equals = strchr(asked->operands[i], '=');
        if (!equals) {
            wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0, "'%s' is not TABLE=NAME, as workforce=hr.staff",
                      wres_visible(c->run, wres_text_of(asked->operands[i])));
            return WRES_USAGE;
        }
        status =
            add_relation(c, list, count, wres_copy(c->run, asked->operands[i], (size_t)(equals - asked->operands[i])), equals + 1);
    }
    for (size_t i = 0; asked->operand_count == 0 && i < c->settings.input_count && status == WRES_OK; i++)
        status = add_relation(c, list, count, c->settings.inputs[i].table, c->settings.inputs[i].table);
    if (status == WRES_OK && *count == 0) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0,
                  "no table: name them as TABLE=NAME (workforce=hr.staff), or under 'inputs' in the settings, with their columns");
        return WRES_USAGE;
    }
    for (size_t i = 1; i < *count; i++) /* workforce first: the others are linked to it */
        if (list[i].table->time == WRES_TIME_SNAPSHOT) {
            const wres_relation first = list[i];
            memmove(list + 1, list, i * sizeof *list);
            list[0] = first;
        }
    return status;
}

/* In quotes of the shell, where it holds more than plain characters. */
static const char *word(wres_run *run, const char *text) {
    const char *all = "'";
    if (text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,/")] == '\0') return text;
    for (; *text; text++)
        all = *text == '\'' ? wres_print(run, "%s'\\''", all) : *text == '\n' ? all : wres_print(run, "%s%c", all, *text);
    return wres_print(run, "%s'", all);
}

/* What `wres calc` must be told to ask for the same. */
static const char *options_of(calculation *c) {
    const char *options = "";
    for (size_t i = 0; i < c->request.standard_count; i++)
        options = wres_print(c->run, "%s --standard %s", options, word(c->run, c->standard_ids[i]));
    for (size_t i = 0; i < c->settings.by.count; i++)
        options = wres_print(c->run, "%s --by %s", options, word(c->run, c->settings.by.all[i]));
    if (c->settings.stratify) options = wres_print(c->run, "%s --stratify %s", options, word(c->run, c->settings.stratify));
    for (size_t i = 0; i < c->settings.codes.count; i++)
        options = wres_print(c->run, "%s --codes %s", options, word(c->run, c->settings.codes.all[i]));
    for (size_t i = 0; i < c->settings.tables.count; i++)
        options = wres_print(c->run, "%s --table %s", options, word(c->run, c->settings.tables.all[i]));
    return options;
}

static wres_status check_options(calculation *c, const arguments *asked, wres_dialect *dialect) {
    const char *names[WRES_DIALECTS];
    for (int d = 0; d < WRES_DIALECTS; d++) names[d] = wres_dialect_name((wres_dialect)d);
    if (!asked->dialect) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0,
                  "say for which database: --dialect duckdb, postgres, clickhouse or spark");
        return WRES_USAGE;
    }
    const int chosen = choose(c, "dialect", asked->dialect, names, WRES_DIALECTS, -1);
    if (chosen < 0) return WRES_USAGE;
    *dialect = (wres_dialect)chosen;
    if (c->frame.as_at_given) return WRES_OK;
    wres_find(c->run, WRES_ERROR, "as-at", (wres_place){0}, 0,
              "the date must be given: --as-at 2025-03-31, or 'as_at' in the settings; a query is made before a snapshot is seen");
    return WRES_USAGE;
}

wres_status sql_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    wres_dialect dialect = WRES_DUCKDB;
    wres_relation *relations = NULL;
    size_t relation_count = 0;
    wres_sink *sink;
    const char *latest = latest_standard(run);
    wres_status status = calculation_begin(&c, asked);
    if (status == WRES_OK) status = check_options(&c, asked, &dialect);
    if (status == WRES_OK) status = calculation_load_definitions(&c);
    const wres_list_setting *ids = &c.settings.standards;
    if (status == WRES_OK) status = calculation_load_standards(&c, ids->count ? ids->all : &latest, ids->count ? ids->count : 1);
    if (status == WRES_OK) status = definitions_hash(&c);
    if (status == WRES_OK) status = gather(&c, asked, &relations, &relation_count);
    if (status == WRES_OK) status = wres_plan_new(&c.reading, &c.request, &c.plan);
    if (status == WRES_OK) status = wres_sink_open(run, c.settings.output, &sink);
    if (status != WRES_OK) return status;
    const wres_cube_content content = calculation_content(&c);
    status = wres_sql_write(&c.reading, &c.frame, relations, relation_count, &content, dialect, options_of(&c), sink);
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}
