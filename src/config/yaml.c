#include "config/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 16, MOST_NODES = 50000 };

void yaml_mistake(yaml_reader *reader, uint64_t line, const char *key, const char *format, ...) {
    va_list arguments;
    char text[512];
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const wres_place place = {
        .file = reader->file, .line = line, .field = key ? wres_visible(reader->run, wres_text_of(key)) : NULL};
    wres_find(reader->run, WRES_ERROR, "settings", place, 0, "%s", text);
    reader->failed = true;
}

static void delete_parser(void *what) { yaml_parser_delete(what); }
static void delete_document(void *what) { yaml_document_delete(what); }

typedef struct conversion {
    yaml_reader *reader;
    yaml_document_t *document;
    size_t nodes;
} conversion;

static const yaml_node *convert(conversion *c, int index, int depth);

static const char *key_text(conversion *c, const yaml_node *key) {
    if (key && key->kind == YAML_TEXT) return key->text;
    if (key) yaml_mistake(c->reader, key->line, NULL, "a key must be a text");
    return NULL;
}

static void convert_map(conversion *c, yaml_node *node, const yaml_node_t *from, int depth) {
    const size_t count = (size_t)(from->data.mapping.pairs.top - from->data.mapping.pairs.start);
    const char **keys = wres_alloc(c->reader->run, (count + 1) * sizeof *keys);
    node->key_lines = wres_alloc(c->reader->run, (count + 1) * sizeof *node->key_lines);
    node->items = wres_alloc(c->reader->run, (count + 1) * sizeof *node->items);
    node->keys = keys;
    for (const yaml_node_pair_t *pair = from->data.mapping.pairs.start; pair < from->data.mapping.pairs.top; pair++) {
        const yaml_node *key = convert(c, pair->key, depth + 1), *value = convert(c, pair->value, depth + 1);
        const char *name = key_text(c, key);
        if (!name || !value) return;
        /* The keys of leave_out and values are an export's own texts: any text may be one, but only once. */
        if (yaml_get(node, name)) yaml_mistake(c->reader, key->line, name, "this key is here twice");
        keys[node->count] = name;
        node->key_lines[node->count] = key->line;
        node->items[node->count++] = value;
    }
}

static void convert_list(conversion *c, yaml_node *node, const yaml_node_t *from, int depth) {
    const size_t count = (size_t)(from->data.sequence.items.top - from->data.sequence.items.start);
    node->items = wres_alloc(c->reader->run, (count + 1) * sizeof *node->items);
    for (const yaml_node_item_t *item = from->data.sequence.items.start; item < from->data.sequence.items.top; item++) {
        const yaml_node *value = convert(c, *item, depth + 1);
        if (!value) return;
        node->items[node->count++] = value;
    }
}

static const yaml_node *convert(conversion *c, int index, int depth) {
    const yaml_node_t *from = yaml_document_get_node(c->document, index);
    yaml_node *node = wres_alloc(c->reader->run, sizeof *node);
    node->line = from->start_mark.line + 1;
    /* Aliases share nodes, so that a small file could unfold without end. */
    if (depth > DEEPEST || ++c->nodes > MOST_NODES) {
        if (!c->reader->failed) yaml_mistake(c->reader, node->line, NULL, "too deep or too large for a file of settings");
        return NULL;
    }
    switch (from->type) {
    case YAML_SCALAR_NODE:
        node->kind = YAML_TEXT;
        node->text = wres_copy(c->reader->run, (const char *)from->data.scalar.value, from->data.scalar.length);
        if (strlen(node->text) != from->data.scalar.length)
            yaml_mistake(c->reader, node->line, NULL, "a text holds a NUL character");
        break;
    case YAML_SEQUENCE_NODE:
        node->kind = YAML_LIST;
        convert_list(c, node, from, depth);
        break;
    case YAML_MAPPING_NODE:
        node->kind = YAML_MAP;
        convert_map(c, node, from, depth);
        break;
    case YAML_NO_NODE: return NULL;
    }
    return node;
}

/* libyaml gives bytes that are no text an offset, and no line. */
static uint64_t line_of_problem(const yaml_parser_t *parser, wres_text content) {
    uint64_t line = 1;
    if (parser->error != YAML_READER_ERROR) return parser->problem_mark.line + 1;
    for (size_t i = 0; i < parser->problem_offset && i < content.length; i++) line += content.bytes[i] == '\n';
    return line;
}

static yaml_document_t *load_document(yaml_reader *reader, yaml_parser_t *parser, wres_text content) {
    yaml_document_t *document = wres_alloc(reader->run, sizeof *document);
    if (yaml_parser_load(parser, document)) {
        wres_defer(reader->run, delete_document, document);
        return document;
    }
    /* libyaml does not call every want of memory by its name, but each mistake in a file by its own. */
    if (!parser->problem) wres_out_of_memory(reader->run);
    yaml_mistake(reader, line_of_problem(parser, content), NULL, "no valid YAML: %s", parser->problem);
    return NULL;
}

/* What stands behind the first document would be passed over without a word. */
static void check_end(yaml_reader *reader, yaml_parser_t *parser, wres_text content) {
    yaml_document_t *document = reader->failed ? NULL : load_document(reader, parser, content);
    if (!document) return;
    const yaml_node_t *root = yaml_document_get_root_node(document);
    if (root) yaml_mistake(reader, root->start_mark.line + 1, NULL, "a second YAML document begins here: a file holds one");
    wres_release(reader->run, document);
}

const yaml_node *yaml_parse(yaml_reader *reader, wres_text content) {
    yaml_parser_t *parser = wres_alloc(reader->run, sizeof *parser);
    const yaml_node *node = NULL;
    if (!yaml_parser_initialize(parser)) wres_out_of_memory(reader->run);
    wres_defer(reader->run, delete_parser, parser);
    yaml_parser_set_input_string(parser, (const unsigned char *)content.bytes, content.length);
    yaml_document_t *document = load_document(reader, parser, content);
    if (document) {
        conversion c = {reader, document, 0};
        if (yaml_document_get_root_node(document))
            node = convert(&c, 1, 0);
        else
            yaml_mistake(reader, 1, NULL, "the file is empty");
        wres_release(reader->run, document);
        check_end(reader, parser, content);
    }
    wres_release(reader->run, parser);
    return reader->failed ? NULL : node;
}

static unsigned number_at(const unsigned char **at) {
    const unsigned number = (*at)[0] | (unsigned)(*at)[1] << 8;
    *at += 2;
    return number;
}

static const char *text_at(const unsigned char **at) {
    const char *text = (const char *)*at;
    *at += strlen(text) + 1;
    return text;
}

static const yaml_node *node_at(wres_run *run, const unsigned char **at) {
    yaml_node *node = wres_alloc(run, sizeof *node);
    const unsigned char kind = *(*at)++;
    node->kind = (yaml_kind)kind;
    node->line = number_at(at);
    if (node->kind == YAML_TEXT) {
        node->text = text_at(at);
        return node;
    }
    const char **keys = NULL;
    node->count = number_at(at);
    node->items = wres_alloc(run, (node->count + 1) * sizeof *node->items);
    if (node->kind == YAML_MAP) {
        node->keys = keys = wres_alloc(run, (node->count + 1) * sizeof *keys);
        node->key_lines = wres_alloc(run, (node->count + 1) * sizeof *node->key_lines);
    }
    for (size_t i = 0; i < node->count; i++) {
        if (keys) {
            node->key_lines[i] = number_at(at);
            keys[i] = text_at(at);
        }
        node->items[i] = node_at(run, at);
    }
    return node;
}

const yaml_node *yaml_built_in(yaml_reader *reader, const wres_resource *resource) {
    const unsigned char *at = resource->prepared;
    if (at) return node_at(reader->run, &at);
    return yaml_parse(reader, (wres_text){(const char *)resource->bytes, resource->length});
}

const yaml_node *yaml_get(const yaml_node *map, const char *key) {
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i], key) == 0) return map->items[i];
    return NULL;
}

static const char *joined(wres_run *run, const char *const *words, size_t count) {
    const char *text = "";
    for (size_t i = 0; i < count; i++) text = i ? wres_print(run, "%s, %s", text, words[i]) : words[i];
    return text;
}

bool yaml_check_keys(yaml_reader *reader, const yaml_node *node, const char *what, const char *const *allowed, size_t count) {
    if (node->kind != YAML_MAP) {
        yaml_mistake(reader, node->line, what, "lines of the form 'key: value' are expected here");
        return false;
    }
    if (!allowed) return true;
    for (size_t i = 0; i < node->count; i++) {
        size_t at = 0;
        while (at < count && strcmp(allowed[at], node->keys[i]) != 0) at++;
        if (at < count) continue;
        const char *near = wres_nearest(reader->run, node->keys[i], allowed, count);
        yaml_mistake(reader, node->key_lines[i], wres_visible(reader->run, wres_text_of(node->keys[i])),
                     "not a key of %s%s%s; the keys are %s", what, near ? ": did you mean " : "", near ? near : "",
                     joined(reader->run, allowed, count));
    }
    return true;
}

const char *yaml_get_text(yaml_reader *reader, const yaml_node *map, const char *key, bool needed) {
    const yaml_node *node = yaml_get(map, key);
    if (!node && needed) yaml_mistake(reader, map->line, key, "this key is missing");
    if (!node) return NULL;
    if (node->kind != YAML_TEXT)
        yaml_mistake(reader, node->line, key, "one text is expected here");
    else if (needed && !*node->text)
        yaml_mistake(reader, node->line, key, "this key is empty: a text is expected here");
    else
        return node->text;
    return NULL;
}

const char *yaml_get_words(yaml_reader *reader, const yaml_node *map, const char *key) {
    const char *text = yaml_get_text(reader, map, key, false);
    return text ? text : "";
}

int yaml_choice(yaml_reader *reader, uint64_t line, const char *key, const char *text, const char *const *allowed, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, allowed[i]) == 0) return (int)i;
    const char *near = wres_nearest(reader->run, text, allowed, count);
    yaml_mistake(reader, line, key, "'%s' is not allowed here%s%s; allowed: %s", wres_visible(reader->run, wres_text_of(text)),
                 near ? ": did you mean " : "", near ? near : "", joined(reader->run, allowed, count));
    return -1;
}

bool yaml_get_yes(yaml_reader *reader, const yaml_node *map, const char *key, bool otherwise) {
    static const char *const words[] = {"yes", "no", "true", "false"};
    const yaml_node *node = yaml_get(map, key);
    const char *text = yaml_get_text(reader, map, key, false);
    if (!text) return otherwise;
    const int choice = yaml_choice(reader, node->line, key, text, words, 4);
    return choice < 0 ? otherwise : choice % 2 == 0;
}

int yaml_get_number(yaml_reader *reader, const yaml_node *map, const char *key, int lowest, int highest, int otherwise) {
    uint64_t number;
    const yaml_node *node = yaml_get(map, key);
    const char *text = yaml_get_text(reader, map, key, false);
    if (!text) return otherwise;
    if (wres_count_parse(wres_text_of(text), &number) && number >= (uint64_t)lowest && number <= (uint64_t)highest)
        return (int)number;
    yaml_mistake(reader, node->line, key, "a whole number from %d to %d is expected here", lowest, highest);
    return otherwise;
}

const char *const *yaml_texts(yaml_reader *reader, const yaml_node *node, const char *key, size_t *count) {
    const yaml_node *single[] = {node};
    const yaml_node *const *items = node->kind == YAML_LIST ? node->items : single;
    const size_t item_count = node->kind == YAML_LIST ? node->count : 1;
    const char **texts = wres_alloc(reader->run, (item_count + 1) * sizeof *texts);
    *count = 0;
    for (size_t i = 0; i < item_count; i++) {
        if (items[i]->kind == YAML_TEXT)
            texts[(*count)++] = items[i]->text;
        else
            yaml_mistake(reader, items[i]->line, key, "a text or a list of texts is expected here");
    }
    return texts;
}

const yaml_node *yaml_get_list(yaml_reader *reader, const yaml_node *map, const char *key, bool needed) {
    static const yaml_node empty = {.kind = YAML_LIST};
    const yaml_node *node = yaml_get(map, key);
    if (!node && needed) yaml_mistake(reader, map->line, key, "this key is missing");
    if (!node) return &empty;
    if (node->kind == YAML_LIST) return node;
    yaml_mistake(reader, node->line, key, "a list is expected here");
    return &empty;
}

const yaml_node *yaml_get_items(yaml_reader *reader, const yaml_node *map, const char *key) {
    const yaml_node *list = yaml_get_list(reader, map, key, true);
    if (list->count == 0 && list == yaml_get(map, key))
        yaml_mistake(reader, list->line, key, "this list is empty: at least one line is expected here");
    return list;
}

const char *yaml_get_id(yaml_reader *reader, const yaml_node *map, const char *key) {
    const char *id = yaml_get_text(reader, map, key, true);
    if (!id || id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")] == '\0') return id;
    yaml_mistake(reader, yaml_get(map, key)->line, key, "'%s' is no id: letters, digits, '-', '_' and '.' make one",
                 wres_visible(reader->run, wres_text_of(id)));
    return id;
}
