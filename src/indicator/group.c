/* The groups of a standard: those of the code list's attribute that is asked for, the reference first and Unknown last. */
#include <string.h>

#include "indicator/plan.h"

/* The attribute that has the standard's own groups: the reference, the compared group and Unknown. */
static int own_attribute(const wres_list *list, const wres_standard *standard) {
    for (int a = 0; a < (int)wres_list_attributes(list); a++)
        if (wres_list_value_find(list, a, wres_text_of(standard->reference)) >= 0 &&
            wres_list_value_find(list, a, wres_text_of(standard->group)) >= 0 &&
            wres_list_value_find(list, a, wres_text_of(standard->unknown)) >= 0)
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

static bool groups_mistake(const wres_plan *plan, const wres_standard *standard, const char *message) {
    wres_find(plan->run, WRES_ERROR, "standard", (wres_place){NULL, standard->file, 0, "compare"}, 0, "%s", message);
    return false;
}

bool groups_make(wres_plan *plan, const wres_standard *standard, group_set *groups) {
    const wres_table *staff = wres_table_find(plan->reading->tables, "workforce");
    const int field = staff ? wres_field_find(staff, standard->compare_field) : WRES_NO_FIELD;
    if (field == WRES_NO_FIELD || !staff->fields[field].list)
        return groups_mistake(plan, standard, "the field to compare by must be a field of the workforce with a code list");
    const wres_list *list = groups->list = wres_codes_find(plan->reading->codes, staff->fields[field].list);
    const int own = own_attribute(list, standard);
    if (own == WRES_NO_ATTRIBUTE)
        return groups_mistake(plan, standard,
                              wres_print(plan->run, "no attribute of the code list %s has the values %s, %s and %s",
                                         wres_list_name(list), standard->reference, standard->group, standard->unknown));
    int asked = plan->request->groups ? wres_list_attribute(list, plan->request->groups) : own;
    if (asked == WRES_NO_ATTRIBUTE) asked = own; /* a list without finer groups keeps its own */
    const int reference = wres_list_value_find(list, own, wres_text_of(standard->reference));
    const int unknown = wres_list_value_find(list, own, wres_text_of(standard->unknown));
    if (wres_list_values(list, asked) + 2 > MOST_GROUPS) return groups_mistake(plan, standard, "too many groups");
    add_group(plan, groups, standard->reference, own, (uint16_t)reference, false);
    for (uint16_t v = 0; v < wres_list_values(list, asked); v++) {
        uint16_t m = 0; /* a member of the value tells what kind of group it is */
        while (m + 1U < wres_list_members(list) && wres_list_value_of(list, asked, m) != v) m++;
        const int kind = wres_list_value_of(list, own, m);
        const char *name = wres_list_value(list, asked, v);
        if (kind == unknown || strcmp(name, standard->reference) == 0) continue;
        add_group(plan, groups, name, asked, v, kind != reference);
    }
    groups->unknown = groups->count;
    add_group(plan, groups, standard->unknown, own, (uint16_t)unknown, false);
    return true;
}
