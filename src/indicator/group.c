/* The groups of a standard: those of the code list's attribute that is asked for, the reference first and Unknown last. */
#include <string.h>

#include "indicator/plan.h"

/* The attribute that has the standard's own groups: the reference, the compared group and Unknown. */
static int own_attribute(const wres_list *list, const wres_standard *standard) {
    for (int a = 0; a < (int)wres_list_attributes(list); a++)
        if (wres_list_value_find(list, a, wres_text_of(standard->compare.reference)) >= 0 &&
            wres_list_value_find(list, a, wres_text_of(standard->compare.group)) >= 0 &&
            wres_list_value_find(list, a, wres_text_of(standard->compare.unknown)) >= 0)
            return a;
    return WRES_NO_ATTRIBUTE;
}

static const char *lower_case(wres_run *run, const char *text) {
    char *copy = wres_copy(run, text, strlen(text));
    for (char *c = copy; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    return copy;
}

static void add_group(wres_plan *plan, group_set *groups, const char *name, int attribute, uint16_t value, bool compared) {
    unsigned char *holds = wres_alloc(plan->run, wres_list_members(groups->list) + 1);
    for (uint16_t m = 0; m < wres_list_members(groups->list); m++)
        holds[m] = wres_list_value_of(groups->list, attribute, m) == value;
    groups->all[groups->count++] = (group){name, lower_case(plan->run, name), holds, compared};
}

static bool groups_mistake(const wres_plan *plan, const wres_standard *standard, uint64_t line, const char *key,
                           const char *message) {
    wres_find(plan->run, WRES_ERROR, "standard", (wres_place){NULL, standard->file, line, key}, 0, "%s", message);
    return false;
}

static bool field_mistake(const wres_plan *plan, const wres_standard *standard, const wres_table *staff) {
    const char **names = wres_alloc(plan->run, (staff->field_count + 1) * sizeof *names), *all = "";
    size_t count = 0;
    for (size_t i = 0; i < staff->field_count; i++)
        if (staff->fields[i].list) names[count++] = staff->fields[i].name;
    for (size_t i = 0; i < count; i++) all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    const char *near = wres_nearest(plan->run, standard->compare.field, names, count);
    return groups_mistake(plan, standard, standard->compare.field_line, "field",
                          wres_print(plan->run, "the workforce has no field '%s' with a code list to compare by%s%s; there are %s",
                                     wres_visible(plan->run, wres_text_of(standard->compare.field)), near ? ": did you mean " : "",
                                     near ? near : "", all));
}

/* The attribute that fits best is the one that was meant; what it does not have is said. */
static bool value_mistakes(const wres_plan *plan, const wres_standard *standard, const wres_list *list) {
    const wres_compare *c = &standard->compare;
    const char *const keys[] = {"reference", "group", "unknown"}, *const texts[] = {c->reference, c->group, c->unknown};
    const uint64_t lines[] = {c->reference_line, c->group_line, c->unknown_line};
    int best = 0, most = -1;
    for (int a = 0; a < (int)wres_list_attributes(list); a++) {
        int found = 0;
        for (size_t i = 0; i < 3; i++) found += wres_list_value_find(list, a, wres_text_of(texts[i])) >= 0;
        if (found > most) best = a, most = found;
    }
    for (size_t i = 0; i < 3; i++)
        if (wres_list_value_find(list, best, wres_text_of(texts[i])) < 0)
            groups_mistake(plan, standard, lines[i], keys[i], no_value(plan, list, best, texts[i]));
    return false;
}

bool groups_make(wres_plan *plan, const wres_standard *standard, group_set *groups) {
    const wres_table *staff = wres_table_find(plan->reading->tables, "workforce");
    const int field = wres_field_find(staff, standard->compare.field);
    if (field == WRES_NO_FIELD || !staff->fields[field].list) return field_mistake(plan, standard, staff);
    const wres_list *list = groups->list = wres_codes_find(plan->reading->codes, staff->fields[field].list);
    const int own = own_attribute(list, standard);
    if (own == WRES_NO_ATTRIBUTE) return value_mistakes(plan, standard, list);
    int asked = plan->request->groups ? wres_list_attribute(list, plan->request->groups) : own;
    if (asked == WRES_NO_ATTRIBUTE) asked = own; /* a list without finer groups keeps its own */
    const int reference = wres_list_value_find(list, own, wres_text_of(standard->compare.reference));
    const int unknown = wres_list_value_find(list, own, wres_text_of(standard->compare.unknown));
    groups->attribute = own;
    groups->unknown_value = (uint16_t)unknown;
    if (wres_list_values(list, asked) + 2 > MOST_GROUPS)
        return groups_mistake(plan, standard, standard->compare.field_line, "field",
                              wres_print(plan->run, "too many groups: at most %d", MOST_GROUPS - 2));
    add_group(plan, groups, standard->compare.reference, own, (uint16_t)reference, false);
    for (uint16_t v = 0; v < wres_list_values(list, asked); v++) {
        uint16_t m = 0; /* a member of the value tells what kind of group it is */
        while (wres_list_value_of(list, asked, m) != v) m++;
        const int kind = wres_list_value_of(list, own, m);
        const char *name = wres_list_value(list, asked, v);
        if (kind == unknown || strcmp(name, standard->compare.reference) == 0) continue;
        add_group(plan, groups, name, asked, v, kind != reference);
    }
    groups->unknown = groups->count;
    add_group(plan, groups, standard->compare.unknown, own, (uint16_t)unknown, false);
    return true;
}
