/* YAML by libyaml as a small tree with lines, and readers that report mistakes and go on, so that one run shows them all. */
#ifndef WRES_CONFIG_YAML_H
#define WRES_CONFIG_YAML_H

#include "wres/base.h"

typedef enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP } yaml_kind;

typedef struct yaml_node {
    yaml_kind kind;
    uint64_t line;
    const char *text;        /* of a text */
    const char *const *keys; /* of a map */
    uint64_t *key_lines;
    const struct yaml_node **items; /* of a list or map */
    size_t count;
} yaml_node;

/* A file being read: mistakes are findings and set failed. */
typedef struct yaml_reader {
    wres_run *run;
    const char *file; /* as it is called in messages */
    bool failed;
} yaml_reader;

/* The one document of content; NULL where it is no YAML (reader->failed). */
const yaml_node *yaml_parse(yaml_reader *reader, wres_text content);
/* The same tree of a built-in file, out of what was prepared from it: libyaml takes longer than all the rest of a start. In bytes: of each
 * node its kind (1) and line (2, the low byte first); then the text, terminated; or the number of items (2) and the items; of a map before
 * each the line of its key (2) and the key, terminated. */
const yaml_node *yaml_built_in(yaml_reader *reader, const wres_resource *resource);

void yaml_mistake(yaml_reader *reader, uint64_t line, const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Keys of a map that are not among the allowed are mistakes, with the near miss. False where node is no map. allowed NULL =
 * any key, to be checked later. */
bool yaml_check_keys(yaml_reader *reader, const yaml_node *node, const char *what, const char *const *allowed, size_t count);

const yaml_node *yaml_get(const yaml_node *map, const char *key); /* or NULL */
/* The text of a key; NULL where there is none, which is a mistake where it is needed. */
const char *yaml_get_text(yaml_reader *reader, const yaml_node *map, const char *key, bool needed);
/* The same, "" where there is none. */
const char *yaml_get_words(yaml_reader *reader, const yaml_node *map, const char *key);
bool yaml_get_yes(yaml_reader *reader, const yaml_node *map, const char *key, bool otherwise);
int yaml_get_number(yaml_reader *reader, const yaml_node *map, const char *key, int lowest, int highest, int otherwise);
/* A list of texts, or one text as a list of one. */
const char *const *yaml_texts(yaml_reader *reader, const yaml_node *node, const char *key, size_t *count);
/* What results, options and files are called: letters, digits, '-', '_' and '.'. */
const char *yaml_get_id(yaml_reader *reader, const yaml_node *map, const char *key);
const yaml_node *yaml_get_list(yaml_reader *reader, const yaml_node *map, const char *key, bool needed);
/* The same, needed, and with an item at least: an empty list would pass for one that is not there. */
const yaml_node *yaml_get_items(yaml_reader *reader, const yaml_node *map, const char *key);
/* The place of text among the allowed words, or -1 and a mistake with the near miss. */
int yaml_choice(yaml_reader *reader, uint64_t line, const char *key, const char *text, const char *const *allowed, size_t count);

#endif
