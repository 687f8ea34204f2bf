/* The texts of the definitions, by their sha256. */
#include <string.h>

#include "cli/calculation.h"

static const char *hashed(wres_run *run, wres_text text) {
    char *hex = wres_alloc(run, WRES_SHA256_SIZE);
    wres_sha256 *hash = wres_sha256_new(run);
    wres_sha256_add(hash, text.bytes, text.length);
    return wres_sha256_end(hash, hex) == WRES_OK ? hex : "";
}

typedef struct definition_list {
    wres_definition *all;
    size_t count, room;
} definition_list;

/* One that replaces another has its name. */
static void put(wres_run *run, definition_list *list, const char *kind, const char *name, const char *sha256) {
    size_t at = 0;
    while (at < list->count && (strcmp(list->all[at].kind, kind) != 0 || strcmp(list->all[at].name, name) != 0)) at++;
    if (at == list->room) {
        const size_t room = list->room ? 2 * list->room : 64, size = sizeof *list->all;
        list->all = wres_grow(run, list->all, list->room * size, room * size);
        list->room = room;
    }
    if (at == list->count) list->count++;
    list->all[at] = (wres_definition){kind, name, sha256};
}

static void put_resources(wres_run *run, definition_list *list, const char *folder, const char *kind, size_t ending) {
    const size_t length = strlen(folder);
    for (size_t i = 0; i < wres_resource_count; i++) {
        const char *path = wres_resources[i].path;
        if (strncmp(path, folder, length) != 0) continue;
        put(run, list, kind, wres_copy(run, path + length, strlen(path) - length - ending), wres_resources[i].sha256);
    }
}

/* The name of a file is that of its list; that of a table stands in it. */
static wres_status put_files(calculation *c, definition_list *list, const wres_list_setting *files, bool tables) {
    for (size_t i = 0; i < files->count; i++) {
        wres_text text;
        const wres_status status = wres_file_load(c->run, files->all[i], &text);
        if (status != WRES_OK) return status;
        const char *file = wres_visible_name(c->run, files->all[i]),
                   *name = tables ? NULL : wres_codes_name_of(c->run, files->all[i]);
        for (size_t t = 0; tables && t < c->tables.count; t++)
            if (strcmp(c->tables.all[t]->file, file) == 0) name = c->tables.all[t]->name;
        if (name) put(c->run, list, tables ? "table" : "codes", name, hashed(c->run, text));
    }
    return WRES_OK;
}

static wres_status put_standards(calculation *c, definition_list *list) {
    for (size_t i = 0; i < c->request.standard_count; i++) {
        const wres_resource *resource = wres_resource_find(wres_print(c->run, "standards/%s.yaml", c->standard_ids[i]));
        wres_text text = {"", 0};
        const wres_status status = resource ? WRES_OK : wres_file_load(c->run, c->standard_ids[i], &text);
        if (status != WRES_OK) return status;
        put(c->run, list, "standard", c->request.standards[i]->id, resource ? resource->sha256 : hashed(c->run, text));
    }
    return WRES_OK;
}

wres_status definitions_hash(calculation *c) {
    definition_list list = {0};
    wres_status status = put_standards(c, &list);
    put_resources(c->run, &list, "tables/", "table", strlen(".yaml"));
    put_resources(c->run, &list, "codes/", "codes", strlen(".csv"));
    if (status == WRES_OK) status = put_files(c, &list, &c->settings.tables, true);
    if (status == WRES_OK) status = put_files(c, &list, &c->settings.codes, false);
    c->definitions = list.all;
    c->definition_count = list.count;
    return status;
}

static bool has_list(const wres_table *table, const char *name) {
    for (size_t f = 0; f < table->field_count; f++)
        if (table->fields[f].list && strcmp(table->fields[f].list, name) == 0) return true;
    return false;
}

static bool is_used(const wres_cube_content *content, const wres_definition *d) {
    if (strcmp(d->kind, "standard") == 0) return true;
    for (size_t t = 0; t < content->tally_count; t++) {
        const wres_table *table = content->tallies[t]->table;
        if (strcmp(d->kind, "table") == 0 ? strcmp(table->name, d->name) == 0 : has_list(table, d->name)) return true;
    }
    return false;
}

wres_cube_content calculation_content(calculation *c) {
    wres_cube_content content = {0};
    content.tallies = wres_plan_all_tallies(c->plan, &content.tally_count);
    wres_definition *used = wres_alloc(c->run, (c->definition_count + 1) * sizeof *used);
    for (size_t i = 0; i < c->definition_count; i++)
        if (is_used(&content, &c->definitions[i])) used[content.definition_count++] = c->definitions[i];
    content.definitions = used;
    return content;
}
