#include "cube/words.h"

#include <string.h>

typedef struct listed {
    const wres_list *list;
    const char **texts;    /* by member */
    wres_dictionary *back; /* text -> number ... */
    uint16_t *members;     /* ... -> member */
} listed;

struct cube_words {
    wres_reading *reading;
    listed *lists;
    size_t count, room;
};

cube_words *words_new(wres_reading *reading) {
    cube_words *words = wres_alloc(reading->run, sizeof *words);
    words->reading = reading;
    return words;
}

/* ---- members of code lists ---------------------------------------------------------------------------------- */

static bool differs(const wres_list *list, uint16_t member, int attribute) {
    const char *name = wres_list_member_name(list, member);
    for (uint16_t m = 0; m < wres_list_members(list); m++)
        if (strcmp(wres_list_member_name(list, m), name) == 0 &&
            wres_list_value_of(list, attribute, m) != wres_list_value_of(list, attribute, member))
            return true;
    return false;
}

static bool differs_in_order(const wres_list *list, uint16_t member) {
    const char *name = wres_list_member_name(list, member);
    for (uint16_t m = 0; m < wres_list_members(list); m++)
        if (strcmp(wres_list_member_name(list, m), name) == 0 && wres_list_order(list, m) != wres_list_order(list, member))
            return true;
    return false;
}

static const char *add_part(wres_run *run, const char *parts, const char *key, const char *value) {
    return *value ? wres_print(run, "%s%s%s=%s", parts, *parts ? "; " : "", key, value) : parts;
}

static const char *member_text(wres_run *run, const wres_list *list, uint16_t member) {
    const char *parts = "";
    for (int a = 1; a < (int)wres_list_attributes(list); a++)
        if (differs(list, member, a))
            parts = add_part(run, parts, wres_list_attribute_name(list, a),
                             wres_list_value(list, a, wres_list_value_of(list, a, member)));
    if (wres_list_order(list, member) != WRES_NO_ORDER && differs_in_order(list, member))
        parts = add_part(run, parts, "order", wres_print(run, "%d", (int)wres_list_order(list, member)));
    parts = add_part(run, parts, "treatment", wres_list_treatment(list, member));
    const char *name = wres_list_member_name(list, member);
    return *parts ? wres_print(run, "%s {%s}", name, parts) : name;
}

static const listed *listed_of(cube_words *words, const wres_list *list) {
    wres_run *run = words->reading->run;
    for (size_t i = 0; i < words->count; i++)
        if (words->lists[i].list == list) return &words->lists[i];
    if (words->count == words->room) {
        const size_t room = words->room ? 2 * words->room : 16, size = sizeof *words->lists;
        words->lists = wres_grow(run, words->lists, words->room * size, room * size);
        words->room = room;
    }
    listed *l = &words->lists[words->count++];
    const size_t members = wres_list_members(list);
    *l = (listed){list, wres_alloc(run, (members + 1) * sizeof *l->texts), wres_dictionary_new(run),
                  wres_alloc(run, (members + 1) * sizeof *l->members)};
    for (uint16_t m = 0; m < members; m++) {
        l->texts[m] = member_text(run, list, m);
        const uint32_t number = wres_dictionary_add(l->back, wres_text_of(l->texts[m]));
        l->members[number] = m;
    }
    return l;
}

const char *words_member(cube_words *words, const wres_list *list, uint16_t member) {
    return listed_of(words, list)->texts[member];
}

bool words_find_member(cube_words *words, const wres_list *list, const char *text, uint16_t *member) {
    const listed *l = listed_of(words, list);
    const uint32_t number = wres_dictionary_find(l->back, wres_text_of(text));
    if (number == WRES_NOWHERE) return false;
    *member = l->members[number];
    return true;
}

/* ---- axes --------------------------------------------------------------------------------------------------- */

static const wres_field *field_in(const wres_table *table, const char *axis) {
    const int field = table ? wres_field_find(table, axis) : WRES_NO_FIELD;
    if (field == WRES_NO_FIELD) return NULL;
    const wres_type type = table->fields[field].type;
    return type == WRES_TYPE_CODE || type == WRES_TYPE_TEXT ? &table->fields[field] : NULL;
}

static bool is_grade(const char *axis) { return strcmp(axis, WRES_AXIS_SECTION) == 0 || strcmp(axis, WRES_AXIS_BAND) == 0; }

const wres_list *words_list(const wres_reading *reading, const wres_table *table, const char *axis) {
    const wres_tables *tables = reading->tables;
    if (is_grade(axis)) return NULL;
    const wres_field *found = field_in(table, axis);
    if (!found) found = field_in(wres_table_find(tables, "workforce"), axis);
    for (size_t i = 0; i < tables->count && !found; i++) found = field_in(tables->all[i], axis);
    return found && found->list ? wres_codes_find(reading->codes, found->list) : NULL;
}

const wres_list *words_groups(const wres_reading *reading, const wres_tally *tally) {
    return words_list(reading, wres_table_find(reading->tables, "workforce"), tally->group_field);
}

const char *words_of(cube_words *words, const wres_table *table, const char *axis, uint16_t code) {
    const wres_grades *grades = words->reading->grades;
    if (strcmp(axis, WRES_AXIS_SECTION) == 0) return wres_section_name(code);
    if (strcmp(axis, WRES_AXIS_BAND) == 0) return code < wres_grades_rows(grades) ? wres_grades_row_name(grades, code) : "";
    const wres_list *list = words_list(words->reading, table, axis);
    return list ? words_member(words, list, code) : wres_dictionary_text(wres_vocabulary(words->reading, axis), code);
}

static bool find_section(const char *text, uint16_t *code) {
    for (*code = 0; *code < WRES_SECTIONS; (*code)++)
        if (strcmp(wres_section_name(*code), text) == 0) return true;
    return false;
}

static bool find_band(const wres_grades *grades, const char *text, uint16_t *code) {
    for (*code = 0; *code < wres_grades_rows(grades); (*code)++)
        if (strcmp(wres_grades_row_name(grades, *code), text) == 0) return true;
    return *text == '\0'; /* no band at all has the number behind the last */
}

bool words_find(cube_words *words, const wres_table *table, const char *axis, const char *text, uint16_t *code) {
    if (strcmp(axis, WRES_AXIS_SECTION) == 0) return find_section(text, code);
    if (strcmp(axis, WRES_AXIS_BAND) == 0) return find_band(words->reading->grades, text, code);
    const wres_list *list = words_list(words->reading, table, axis);
    if (list) return words_find_member(words, list, text, code);
    const uint32_t number = wres_dictionary_add(wres_vocabulary(words->reading, axis), wres_text_of(text));
    *code = (uint16_t)number;
    return number < UINT16_MAX;
}
