/* embed FILE... > resources.c: the files of data/ and the schema as C source, and beside them what the program would read from them at
 * every start: the trees of YAML, the code lists with all their keys. They are read by the program's own readers, so that a broken file
 * fails the build. Order and bytes depend on nothing but the files, so that two builds are equal. */
#include <stdio.h>
#include <string.h>

#include "codes/list.h"
#include "config/yaml.h"
#include "wres/config.h"

/* Nothing is built in yet. */
const wres_resource wres_resources[] = {{0}};
const size_t wres_resource_count = 0;

typedef struct embedding {
    wres_run *run;
    const char *const *files;
    size_t count;
} embedding;

enum { A_LINE = 32 };

static void put_byte(size_t *at, unsigned byte) { printf("%u,%s", byte & 255U, ++*at % A_LINE ? "" : "\n"); }

static void put_number(size_t *at, unsigned number) {
    put_byte(at, number);
    put_byte(at, number >> 8);
}

static void put_text(size_t *at, const char *text) {
    do put_byte(at, (unsigned char)*text);
    while (*text++);
}

static bool begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static wres_status too_large(const embedding *e, const char *file) {
    wres_find(e->run, WRES_ERROR, "settings", (wres_place){.file = file}, 0, "more lines, items or keys than 16 bits can number");
    return WRES_USAGE;
}

/* ---- YAML ---------------------------------------------------------------------------------------------------- */

static bool fits(const yaml_node *node) {
    if (node->line > UINT16_MAX || node->count > UINT16_MAX) return false;
    for (size_t i = 0; i < node->count; i++)
        if (!fits(node->items[i]) || (node->keys && node->key_lines[i] > UINT16_MAX)) return false;
    return true;
}

static void put_node(size_t *at, const yaml_node *node) {
    put_byte(at, node->kind);
    put_number(at, (unsigned)node->line);
    if (node->kind == YAML_TEXT) {
        put_text(at, node->text);
        return;
    }
    put_number(at, (unsigned)node->count);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_MAP) {
            put_number(at, (unsigned)node->key_lines[i]);
            put_text(at, node->keys[i]);
        }
        put_node(at, node->items[i]);
    }
}

static wres_status put_tree(const embedding *e, size_t number, const char *file, wres_text content) {
    yaml_reader reader = {e->run, file, false};
    const yaml_node *root = yaml_parse(&reader, content);
    size_t at = 0;
    if (!root) return WRES_USAGE;
    if (!fits(root)) return too_large(e, file);
    printf("static const unsigned char prepared_%zu[] = {\n", number);
    put_node(&at, root);
    printf("};\n");
    return WRES_OK;
}

/* ---- code lists ---------------------------------------------------------------------------------------------- */

static void put_texts(const char *name, size_t number, const wres_dictionary *d) {
    uint32_t slots, start = 0;
    const uint32_t *slot = wres_dictionary_slots(d, &slots);
    size_t at = 0;
    printf("static const char %s_texts_%zu[] = {\n", name, number);
    for (uint32_t i = 0; i < wres_dictionary_count(d); i++) {
        const wres_text text = wres_dictionary_bytes(d, i);
        for (size_t k = 0; k <= text.length; k++) printf("%d,%s", text.bytes[k], ++at % A_LINE ? "" : "\n");
    }
    printf("0};\nstatic const uint32_t %s_starts_%zu[] = {\n", name, number);
    for (uint32_t i = 0; i < wres_dictionary_count(d); i++) {
        printf("%u,%s", start, (i + 1) % A_LINE ? "" : "\n");
        start += (uint32_t)wres_dictionary_bytes(d, i).length + 1;
    }
    printf("%u};\nstatic const uint32_t %s_slots_%zu[] = {\n", start, name, number);
    for (uint32_t i = 0; i < slots; i++) printf("%u,%s", slot[i], (i + 1) % A_LINE ? "" : "\n");
    printf("};\n");
}

static void put_frozen(const char *name, size_t number, const wres_dictionary *d) {
    uint32_t slots;
    wres_dictionary_slots(d, &slots);
    printf("{%s_texts_%zu, %s_starts_%zu, %s_slots_%zu, %u, %u},\n", name, number, name, number, name, number,
           wres_dictionary_count(d), slots);
}

static void put_members(const wres_list *list, size_t number, const wres_dictionary *treatments) {
    printf("static const uint16_t members_%zu[] = {\n", number);
    for (size_t m = 0; m < list->member_count; m++) {
        printf("%u,", wres_dictionary_find(treatments, wres_text_of(list->members[m].treatment)));
        for (size_t i = 0; i < list->attributes; i++)
            printf("%u,%s", list->members[m].value[i], i + 1 < list->attributes ? "" : "\n");
    }
    printf("};\nstatic const int32_t orders_%zu[] = {\n", number);
    for (size_t m = 0; m < list->member_count; m++)
        if (list->members[m].order == WRES_NO_ORDER)
            printf("WRES_NO_ORDER,\n");
        else
            printf("%d,\n", list->members[m].order);
    printf("};\nstatic const uint16_t of_spelling_%zu[] = {\n", number);
    for (uint32_t i = 0; i < wres_dictionary_count(list->spellings); i++)
        printf("%u,%s", list->of_spelling[i], (i + 1) % A_LINE ? "" : "\n");
    printf("};\n");
}

static void put_list(const embedding *e, const wres_list *list, size_t number) {
    wres_dictionary *attributes = wres_dictionary_new(e->run), *treatments = wres_dictionary_new(e->run);
    for (size_t i = 0; i < list->attributes; i++) wres_dictionary_add(attributes, wres_text_of(list->attribute[i]));
    for (size_t m = 0; m < list->member_count; m++) wres_dictionary_add(treatments, wres_text_of(list->members[m].treatment));
    put_texts("spellings", number, list->spellings);
    put_texts("attributes", number, attributes);
    put_texts("treatments", number, treatments);
    for (size_t i = 0; i < list->attributes; i++) put_texts(wres_print(e->run, "value_%zu", i), number, list->values[i]);
    printf("static const wres_frozen values_%zu[] = {\n", number);
    for (size_t i = 0; i < list->attributes; i++) put_frozen(wres_print(e->run, "value_%zu", i), number, list->values[i]);
    printf("};\n");
    put_members(list, number, treatments);
    printf("static const list_prepared prepared_%zu = {\n", number);
    put_frozen("spellings", number, list->spellings);
    put_frozen("attributes", number, attributes);
    put_frozen("treatments", number, treatments);
    printf("values_%zu, of_spelling_%zu, members_%zu, orders_%zu, %zu, %u, %u, %s};\n", number, number, number, number,
           list->member_count, list->blank, list->unmapped, list->one_letter_codes ? "true" : "false");
}

/* ---- files --------------------------------------------------------------------------------------------------- */

/* "data/codes/sex.csv" is codes/sex.csv. */
static const char *path_of(const char *file) {
    const char *behind = strchr(file, '/');
    return behind ? behind + 1 : file;
}

static bool is_list(const char *file) { return begins(path_of(file), "codes/"); }
static bool is_table(const char *file) { return begins(path_of(file), "tables/"); }
static bool is_standard(const char *file) { return begins(path_of(file), "standards/"); }

static wres_status put_prepared(const embedding *e, size_t number, const char *file, wres_text content) {
    wres_tables tables;
    const wres_standard *standard;
    wres_list *list = NULL;
    wres_status status = WRES_OK;
    if (is_table(file)) status = wres_tables_load(e->run, &file, 1, &tables);
    if (is_standard(file)) status = wres_standard_load(e->run, file, &standard);
    if (is_list(file)) status = list_read(e->run, file, file, content, &list);
    if (status != WRES_OK) return status;
    if (is_table(file) || is_standard(file)) return put_tree(e, number, file, content);
    if (list) put_list(e, list, number);
    return WRES_OK;
}

static wres_status put_file(const embedding *e, size_t number) {
    wres_text content;
    size_t at = 0;
    wres_status status = wres_file_load(e->run, e->files[number], &content);
    if (status != WRES_OK) return status;
    printf("static const unsigned char bytes_%zu[] = {\n", number);
    for (size_t i = 0; i < content.length; i++) put_byte(&at, (unsigned char)content.bytes[i]);
    char hex[WRES_SHA256_SIZE];
    wres_sha256 *hash = wres_sha256_new(e->run);
    wres_sha256_add(hash, content.bytes, content.length);
    status = wres_sha256_end(hash, hex);
    printf("0};\nstatic const char sha256_%zu[] = \"%s\";\n", number, hex);
    return status != WRES_OK ? status : put_prepared(e, number, e->files[number], content);
}

static wres_status put_all(wres_run *run, void *context) {
    const embedding *e = context;
    (void)run;
    printf("/* Made by src/embed.c: do not edit. */\n#include \"codes/list.h\"\n");
    for (size_t i = 0; i < e->count; i++) {
        const wres_status status = put_file(e, i);
        if (status != WRES_OK) return status;
    }
    printf("const wres_resource wres_resources[] = {\n");
    for (size_t i = 0; i < e->count; i++) {
        const char *file = e->files[i];
        const char *prepared = is_list(file) ? "&prepared" : is_table(file) || is_standard(file) ? "prepared" : NULL;
        printf("    {\"%s\", bytes_%zu, sizeof bytes_%zu - 1, sha256_%zu, ", path_of(file), i, i, i);
        if (prepared)
            printf("%s_%zu},\n", prepared, i);
        else
            printf("NULL},\n");
    }
    printf("};\nconst size_t wres_resource_count = sizeof wres_resources / sizeof *wres_resources;\n");
    return WRES_OK;
}

int main(int argc, char **argv) {
    wres_run *run = wres_run_new();
    if (!run) return WRES_IO;
    embedding e = {run, (const char *const *)(argv + 1), argc > 0 ? (size_t)argc - 1 : 0};
    wres_status status = wres_run_try(run, put_all, &e);
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *finding = wres_finding_at(run, i);
        fprintf(stderr, "%s:%llu: %s%s%s\n", finding->place.file ? finding->place.file : "embed",
                (unsigned long long)finding->place.line, finding->place.field ? finding->place.field : "",
                finding->place.field ? ": " : "", finding->message);
    }
    if (wres_finding_count(run) && status == WRES_OK) status = WRES_USAGE; /* of a built-in file nothing may be said */
    wres_run_free(run);
    if (fclose(stdout) != 0 && status == WRES_OK) status = WRES_IO;
    return (int)status;
}
