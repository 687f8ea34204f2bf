/* Table descriptions: data/tables/NAME.yaml. */
#include <string.h>

#include "config/yaml.h"
#include "wres/config.h"

static const char *const type_names[] = {"date", "year", "text", "id", "code", "count", "decimal", "percent", "base"};

const char *wres_type_name(wres_type type) { return type_names[type]; }

int wres_field_find(const wres_table *table, const char *name) {
    for (size_t i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].name, name) == 0) return (int)i;
    return WRES_NO_FIELD;
}

const wres_table *wres_table_find(const wres_tables *tables, const char *name) {
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->all[i]->name, name) == 0) return tables->all[i];
    return NULL;
}

static wres_field read_field(yaml_reader *reader, const yaml_node *node) {
    static const char *const keys[] = {"name", "title", "type", "list", "headers", "free_text"};
    wres_field field = {.name = "", .line = node->line, .list_line = node->line};
    if (!yaml_check_keys(reader, node, "a field", keys, 6)) return field;
    const char *type = yaml_get_text(reader, node, "type", true);
    const char *name = yaml_get_text(reader, node, "name", true);
    if (name) field.name = name;
    if (name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
        yaml_mistake(reader, yaml_get(node, "name")->line, "name",
                     "'%s' cannot be in a condition: lower case letters, digits and '_' can",
                     wres_visible(reader->run, wres_text_of(name)));
    field.title = yaml_get_words(reader, node, "title");
    field.list = yaml_get_text(reader, node, "list", false);
    field.free_text = yaml_get_yes(reader, node, "free_text", false);
    if (type) {
        const int choice =
            yaml_choice(reader, yaml_get(node, "type")->line, "type", type, type_names, sizeof type_names / sizeof *type_names);
        field.type = choice < 0 ? WRES_TYPE_TEXT : (wres_type)choice;
    }
    if (field.list) field.list_line = yaml_get(node, "list")->line;
    if (type && (field.type == WRES_TYPE_CODE) != (field.list != NULL))
        yaml_mistake(reader, field.list ? field.list_line : yaml_get(node, "type")->line, "list",
                     "a field of type code, and no other, names its code list");
    const yaml_node *headers = yaml_get(node, "headers");
    if (headers) field.line = headers->line;
    if (headers) field.headers = yaml_texts(reader, headers, "headers", &field.header_count);
    return field;
}

static void read_fields(yaml_reader *reader, const yaml_node *map, wres_table *table) {
    const yaml_node *list = yaml_get_items(reader, map, "fields");
    wres_field *fields = wres_alloc(reader->run, (list->count + 1) * sizeof *fields);
    table->fields = fields;
    if (list->count > WRES_MOST_FIELDS)
        yaml_mistake(reader, list->line, "fields", "a table has at most %d fields", WRES_MOST_FIELDS);
    for (size_t i = 0; i < list->count && i < WRES_MOST_FIELDS; i++) {
        const wres_field field = read_field(reader, list->items[i]);
        if (*field.name && wres_field_find(table, field.name) != WRES_NO_FIELD)
            yaml_mistake(reader, yaml_get(list->items[i], "name")->line, "name", "'%s' is here twice",
                         wres_visible(reader->run, wres_text_of(field.name)));
        else
            fields[table->field_count++] = field;
    }
}

static wres_alternatives read_alternatives(yaml_reader *reader, const wres_table *table, const yaml_node *node, const char *key) {
    wres_alternatives result = {.count = 0};
    size_t count;
    const char *const *names = yaml_texts(reader, node, key, &count);
    const char **known = wres_alloc(reader->run, (table->field_count + 1) * sizeof *known);
    for (size_t i = 0; i < table->field_count; i++) known[i] = table->fields[i].name;
    for (size_t i = 0; i < count; i++) {
        const int field = yaml_choice(reader, node->line, key, names[i], known, table->field_count);
        if (field >= 0 && result.count == WRES_MOST_ALTERNATIVES)
            yaml_mistake(reader, node->line, key, "at most %d fields can stand here", WRES_MOST_ALTERNATIVES);
        else if (field >= 0)
            result.fields[result.count++] = field;
    }
    return result;
}

/* A spelling that two fields claim would decide by their order: it is refused. */
static void check_headers(yaml_reader *reader, const wres_table *table) {
    wres_dictionary *seen = wres_dictionary_new(reader->run);
    size_t owner_of[1024];
    for (size_t f = 0; f < table->field_count; f++)
        for (size_t h = 0; h <= table->fields[f].header_count; h++) {
            const char *spelling = h ? table->fields[f].headers[h - 1] : table->fields[f].name;
            const uint32_t before = wres_dictionary_count(seen);
            const uint32_t number = wres_dictionary_add(seen, wres_text_of(wres_header_key(reader->run, wres_text_of(spelling))));
            if (number >= sizeof owner_of / sizeof *owner_of) return;
            if (number == before)
                owner_of[number] = f;
            else if (owner_of[number] != f)
                yaml_mistake(reader, table->fields[f].line, "headers", "the header '%s' belongs to field %s already", spelling,
                             table->fields[owner_of[number]].name);
        }
}

/* Only identifiers tell rows apart, and only dates place them in time. */
static void check_types(yaml_reader *reader, const yaml_node *map, const wres_table *table) {
    const wres_type dated = table->time == WRES_TIME_YEAR ? WRES_TYPE_YEAR : WRES_TYPE_DATE;
    for (size_t i = 0; i < table->once_per.count; i++)
        if (table->fields[table->once_per.fields[i]].type != WRES_TYPE_ID)
            yaml_mistake(reader, yaml_get(map, "once_per")->line, "once_per", "fields of type id are expected here");
    if (table->date != WRES_NO_FIELD && table->fields[table->date].type != dated)
        yaml_mistake(reader, yaml_get(map, "date")->line, "date", "a field of type %s is expected here", type_names[dated]);
}

static int role(const wres_table *table, const char *name, wres_type type) {
    const int field = wres_field_find(table, name);
    return field != WRES_NO_FIELD && table->fields[field].type == type ? field : WRES_NO_FIELD;
}

static const wres_table *read_table(yaml_reader *reader, const yaml_node *map, bool checked) {
    static const char *const keys[] = {"table", "title", "rows_are", "people", "once_per",
                                       "time",  "date",  "needs",    "fields", "file_words"};
    static const char *const times[] = {"snapshot", "window", "latest", "year"};
    wres_table *table = wres_alloc(reader->run, sizeof *table);
    if (!map || !yaml_check_keys(reader, map, "a table", keys, sizeof keys / sizeof *keys)) return NULL;
    table->name = yaml_get_id(reader, map, "table");
    table->title = yaml_get_words(reader, map, "title");
    table->rows_are = yaml_get_words(reader, map, "rows_are");
    table->people = yaml_get_words(reader, map, "people");
    const yaml_node *words = yaml_get(map, "file_words");
    if (words) table->file_words = yaml_texts(reader, words, "file_words", &table->file_word_count);
    const char *time = yaml_get_text(reader, map, "time", true);
    if (time) {
        const int choice = yaml_choice(reader, yaml_get(map, "time")->line, "time", time, times, sizeof times / sizeof *times);
        table->time = choice < 0 ? WRES_TIME_WINDOW : (wres_time)choice;
    }
    read_fields(reader, map, table);
    const yaml_node *once = yaml_get(map, "once_per");
    if (once) table->once_per = read_alternatives(reader, table, once, "once_per");
    const yaml_node *needs = yaml_get_list(reader, map, "needs", false);
    if (needs->count > WRES_MOST_ALTERNATIVES)
        yaml_mistake(reader, needs->line, "needs", "at most %d lines can stand here", WRES_MOST_ALTERNATIVES);
    for (size_t i = 0; i < needs->count && i < WRES_MOST_ALTERNATIVES; i++)
        table->needs[table->needs_count++] = read_alternatives(reader, table, needs->items[i], "needs");
    const yaml_node *date = yaml_get(map, "date");
    table->date = WRES_NO_FIELD;
    if (date) {
        const wres_alternatives field = read_alternatives(reader, table, date, "date");
        if (field.count) table->date = field.fields[0];
    }
    if (!reader->failed) check_types(reader, map, table);
    table->file = reader->file;
    table->organisation = role(table, "organisation", WRES_TYPE_TEXT);
    table->person = role(table, "person_id", WRES_TYPE_ID);
    table->count = role(table, "count", WRES_TYPE_COUNT);
    table->percent = role(table, "percent", WRES_TYPE_PERCENT);
    table->base = role(table, "base", WRES_TYPE_BASE);
    table->primary = role(table, "primary_assignment", WRES_TYPE_CODE);
    if (!checked) check_headers(reader, table);
    return reader->failed ? NULL : table;
}

static void add_table(wres_run *run, const wres_table **all, size_t *count, const wres_table *table) {
    (void)run;
    for (size_t i = 0; i < *count; i++)
        if (strcmp(all[i]->name, table->name) == 0) {
            all[i] = table;
            return;
        }
    all[(*count)++] = table;
}

wres_status wres_tables_load(wres_run *run, const char *const *files, size_t file_count, wres_tables *tables) {
    const wres_table **all = wres_alloc(run, (wres_resource_count + file_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < wres_resource_count; i++) {
        if (strncmp(wres_resources[i].path, "tables/", 7) != 0) continue;
        yaml_reader reader = {run, wres_resources[i].path, false};
        const wres_table *table = read_table(&reader, yaml_built_in(&reader, &wres_resources[i]), true); /* when it was built in */
        if (!table) return WRES_USAGE;
        add_table(run, all, &count, table);
    }
    for (size_t i = 0; i < file_count; i++) {
        yaml_reader reader = {run, wres_visible_name(run, files[i]), false};
        wres_text content;
        const wres_status status = wres_file_load(run, files[i], &content);
        if (status != WRES_OK) return status;
        const wres_table *table = read_table(&reader, yaml_parse(&reader, content), false);
        if (!table) return WRES_USAGE;
        add_table(run, all, &count, table);
    }
    *tables = (wres_tables){all, count};
    return WRES_OK;
}
