#include "config/condition.h"

#include <string.h>

static const struct {
    const char *text;
    wres_operator relation;
} operators[] = {{"not in ", WRES_NOT_IN}, {"in ", WRES_IN}, {">=", WRES_AT_LEAST}, {"<=", WRES_AT_MOST}};

static wres_text rest_of(wres_text text, size_t from) { return wres_text_trim((wres_text){text.bytes + from, text.length - from}); }

static bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

/* Takes one value off the front of the list; false at its end. A value in double quotes may hold commas. */
static bool next_value(wres_text *list, wres_text *value) {
    size_t end = 0;
    if (list->length == 0) return false;
    if (list->bytes[0] == '"') {
        const char *close = memchr(list->bytes + 1, '"', list->length - 1);
        if (!close) return false;
        *value = (wres_text){list->bytes + 1, (size_t)(close - list->bytes) - 1};
        *list = rest_of(*list, (size_t)(close - list->bytes) + 1);
        if (list->length == 0) return true;
        if (list->bytes[0] != ',') return false;
        *list = rest_of(*list, 1);
        return list->length > 0;
    }
    while (end < list->length && list->bytes[end] != ',') end++;
    const bool more = end < list->length;
    *value = wres_text_trim((wres_text){list->bytes, end});
    *list = rest_of(*list, more ? end + 1 : end);
    return value->length > 0 && (list->length > 0 || !more);
}

static bool read_values(wres_run *run, wres_text list, wres_condition *condition) {
    size_t room = 1;
    for (size_t i = 0; i < list.length; i++) room += list.bytes[i] == ',';
    const char **values = wres_alloc(run, room * sizeof *values);
    wres_text value;
    condition->values = values;
    while (condition->value_count < room && list.length > 0) {
        if (!next_value(&list, &value)) return false;
        values[condition->value_count++] = wres_copy(run, value.bytes, value.length);
    }
    return list.length == 0 && condition->value_count > 0 &&
           (condition->relation == WRES_IN || condition->relation == WRES_NOT_IN || condition->value_count == 1);
}

static bool read_condition(wres_run *run, const char *from, wres_condition *condition) {
    wres_text text = wres_text_trim(wres_text_of(from));
    size_t name = 0;
    while (name < text.length && is_name_byte(text.bytes[name])) name++;
    if (name == 0 || text.bytes[0] == '.' || text.bytes[name - 1] == '.') return false;
    char *field = wres_copy(run, text.bytes, name), *dot = strchr(field, '.');
    if (dot) *dot = '\0';
    condition->field = field;
    condition->attribute = dot ? dot + 1 : NULL;
    text = rest_of(text, name);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const size_t length = strlen(operators[i].text);
        if (text.length < length || memcmp(text.bytes, operators[i].text, length) != 0) continue;
        condition->relation = operators[i].relation;
        return read_values(run, rest_of(text, length), condition);
    }
    return false;
}

wres_conditions condition_list(yaml_reader *reader, const yaml_node *map, const char *key) {
    const yaml_node *node = yaml_get(map, key);
    wres_conditions result = {NULL, 0};
    size_t count;
    if (!node) return result;
    if (node->kind == YAML_LIST && node->count == 0)
        yaml_mistake(reader, node->line, key, "this list is empty: at least one condition is expected here, or no such key");
    const char *const *texts = yaml_texts(reader, node, key, &count);
    wres_condition *all = wres_alloc(reader->run, (count + 1) * sizeof *all);
    result.all = all;
    for (size_t i = 0; i < count; i++) {
        const uint64_t line = node->kind == YAML_LIST ? node->items[i]->line : node->line;
        all[i] = (wres_condition){.file = reader->file, .line = line};
        if (!read_condition(reader->run, texts[i], &all[i]))
            yaml_mistake(reader, line, key,
                         "'%s' is no condition; write 'field in A, B', 'field not in A, B', 'field >= A' or 'field <= A'",
                         wres_visible(reader->run, wres_text_of(texts[i])));
    }
    result.count = count;
    return result;
}

const char *wres_condition_text(wres_run *run, const wres_condition *condition) {
    static const char *const words[] = {"in", "not in", ">=", "<="};
    const char *text = wres_print(run, "%s%s%s %s", condition->field, condition->attribute ? "." : "",
                                  condition->attribute ? condition->attribute : "", words[condition->relation]);
    for (size_t i = 0; i < condition->value_count; i++)
        text = wres_print(run, "%s%s%s", text, i ? ", " : " ", condition->values[i]);
    return text;
}
