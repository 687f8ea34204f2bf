/* What a tally counts, as a text that two runs agree in: that of its conditions, and which members of the code lists they chose. */
#include <stdlib.h>
#include <string.h>

#include "wres/cube.h"

static int compare_names(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool passes(const wres_test *test, size_t code) { return code < test->size ? test->passes[code] : test->beyond; }

static const char *name_of(const wres_reading *reading, const wres_list *list, const char *axis, uint16_t code) {
    if (list) return wres_list_member_name(list, code);
    return strcmp(axis, WRES_AXIS_SECTION) == 0 ? wres_section_name(code) : wres_grades_row_name(reading->grades, code);
}

/* The list of a condition on this table; NULL for grades and texts. */
static const wres_list *list_of(const wres_reading *reading, const wres_table *table, const char *axis) {
    const wres_table *const tables[] = {table, wres_table_find(reading->tables, "workforce")};
    for (size_t t = 0; t < 2; t++) {
        const int field = tables[t] ? wres_field_find(tables[t], axis) : WRES_NO_FIELD;
        if (field != WRES_NO_FIELD)
            return tables[t]->fields[field].list ? wres_codes_find(reading->codes, tables[t]->fields[field].list) : NULL;
    }
    return NULL;
}

/* Of a condition that lets the unknown pass those that do not, else those that do: a member that is added to a list under no condition
 * changes nothing. */
static const char *chosen(const wres_reading *reading, const wres_table *table, const wres_test *test) {
    const wres_list *list = list_of(reading, table, test->axis);
    const bool section = strcmp(test->axis, WRES_AXIS_SECTION) == 0, band = strcmp(test->axis, WRES_AXIS_BAND) == 0;
    if (!list && !section && !band) return ""; /* a text: the condition says it all */
    const size_t size = list ? wres_list_members(list) : section ? (size_t)WRES_SECTIONS : wres_grades_rows(reading->grades);
    const uint16_t unknown = list      ? wres_list_unmapped(list)
                             : section ? WRES_SECTION_UNKNOWN
                                       : wres_grades_unmapped(reading->grades);
    const bool wanted = !passes(test, unknown);
    const char **names = wres_alloc(reading->run, (size + 1) * sizeof *names), *last = NULL;
    size_t count = 0;
    wres_hash hash = {wanted, 0};
    for (uint16_t code = 0; code < size; code++)
        if (passes(test, code) == wanted) names[count++] = name_of(reading, list, test->axis, code);
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; last = names[i++])
        if (!last || strcmp(last, names[i]) != 0) hash = wres_hash_bytes(names[i], strlen(names[i]) + 1, hash);
    return wres_print(reading->run, " #%08llx", (unsigned long long)(hash.low & 0xffffffff));
}

const char *wres_tally_text(const wres_reading *reading, const wres_tally *tally) {
    const char *text = wres_print(reading->run, "%s by %s", tally->table->name, tally->group_field);
    for (size_t i = 0; i < tally->test_count; i++)
        text = wres_print(reading->run, "%s; %s%s", text, tally->tests[i].text, chosen(reading, tally->table, &tally->tests[i]));
    if (tally->table->time == WRES_TIME_WINDOW)
        text = wres_print(reading->run, "%s; %d months, %d times", text, tally->months, tally->years);
    if (tally->fte) text = wres_print(reading->run, "%s; FTE", text);
    if (tally->takes_percent) text = wres_print(reading->run, "%s; percentages too", text);
    if (tally->of_past) text = wres_print(reading->run, "%s; people who may have gone", text);
    if (tally->population) text = wres_print(reading->run, "%s; people: %s", text, wres_tally_text(reading, tally->population));
    return text;
}

const char *wres_tally_id(const wres_reading *reading, const wres_tally *tally) {
    const char *text = wres_tally_text(reading, tally);
    const wres_hash hash = wres_hash_bytes(text, strlen(text), (wres_hash){0, 0});
    return wres_print(reading->run, "%s-%08llx", tally->table->name, (unsigned long long)(hash.low & 0xffffffff));
}
