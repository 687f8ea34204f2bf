/* Conditions of standards made ready: which codes of an axis pass. */
#include <string.h>

#include "indicator/plan.h"

bool axis_is_grade(const char *axis) { return strcmp(axis, WRES_AXIS_SECTION) == 0 || strcmp(axis, WRES_AXIS_BAND) == 0; }

static const wres_field *field_in(const wres_table *table, const char *axis) {
    const int field = wres_field_find(table, axis);
    if (field == WRES_NO_FIELD) return NULL;
    const wres_type type = table->fields[field].type;
    return type == WRES_TYPE_CODE || type == WRES_TYPE_TEXT ? &table->fields[field] : NULL;
}

/* The field of an axis: of the table itself, else of its people, else of any table. Two tables may have code lists of their own for a
 * field of one name (the stage of an application, the stage of an award). */
static const wres_field *axis_field(const wres_plan *plan, const char *table, const char *axis) {
    const wres_tables *tables = plan->reading->tables;
    const wres_field *found = table ? field_in(wres_table_find(tables, table), axis) : NULL;
    if (!found) found = field_in(wres_table_find(tables, "workforce"), axis);
    for (size_t i = 0; i < tables->count && !found; i++) found = field_in(tables->all[i], axis);
    return found;
}

bool axis_exists(const wres_plan *plan, const char *axis) { return axis_is_grade(axis) || axis_field(plan, NULL, axis); }

static const wres_list *axis_list(const wres_plan *plan, const char *table, const char *axis) {
    const wres_field *field = axis_is_grade(axis) ? NULL : axis_field(plan, table, axis);
    return field && field->list ? wres_codes_find(plan->reading->codes, field->list) : NULL;
}

const char *axis_label(const wres_plan *plan, const char *table, const char *axis, uint16_t code) {
    const char *text;
    if (strcmp(axis, WRES_AXIS_SECTION) == 0) return wres_section_name(code);
    if (strcmp(axis, WRES_AXIS_BAND) == 0)
        return code < wres_grades_rows(plan->reading->grades) ? wres_grades_row_name(plan->reading->grades, code) : "unknown";
    const wres_list *list = axis_list(plan, table, axis);
    text = list ? wres_list_member_name(list, code) : wres_dictionary_text(wres_vocabulary(plan->reading, axis), code);
    return *text == '\0' || strcmp(text, "Unknown") == 0 ? "unknown" : text;
}

/* ---- compiling ---------------------------------------------------------------------------------------------- */

static bool test_mistake(const wres_plan *plan, const wres_condition *condition, const char *message) {
    wres_find(plan->run, WRES_ERROR, "standard", (wres_place){NULL, condition->file, condition->line, condition->field}, 0, "%s",
              message);
    return false;
}

static bool field_mistake(wres_plan *plan, const char *table_name, const wres_condition *condition) {
    const wres_table *table = wres_table_find(plan->reading->tables, table_name);
    const char **names = wres_alloc(plan->run, (table->field_count + 2) * sizeof *names), *all = "";
    size_t count = 0;
    for (size_t i = 0; i < table->field_count; i++)
        if (table->fields[i].type == WRES_TYPE_CODE || table->fields[i].type == WRES_TYPE_TEXT)
            names[count++] = table->fields[i].name;
    names[count++] = WRES_AXIS_SECTION;
    names[count++] = WRES_AXIS_BAND;
    for (size_t i = 0; i < count; i++) all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    const char *near = wres_nearest(plan->run, condition->field, names, count);
    return test_mistake(plan, condition,
                        wres_print(plan->run, "the table %s has no field of this name that conditions can use%s%s; there are %s",
                                   table_name, near ? ": did you mean " : "", near ? near : "", all));
}

const char *no_value(const wres_plan *plan, const wres_list *list, int attribute, const char *value) {
    const size_t count = wres_list_values(list, attribute);
    const char **names = wres_alloc(plan->run, (count + 1) * sizeof *names), *all = "";
    for (size_t i = 0; i < count; i++) {
        names[i] = wres_list_value(list, attribute, (uint16_t)i);
        if (i < 30) all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = wres_nearest(plan->run, value, names, count);
    return wres_print(plan->run, "'%s' is no value of the code list %s (%s)%s%s; its values are %s%s",
                      wres_visible(plan->run, wres_text_of(value)), wres_list_name(list), wres_list_attribute_name(list, attribute),
                      near ? ": did you mean " : "", near ? near : "", all, count > 30 ? ", ..." : "");
}

static bool value_mistake(wres_plan *plan, const wres_condition *condition, const wres_list *list, int attribute,
                          const char *value) {
    return test_mistake(plan, condition, no_value(plan, list, attribute, value));
}

static bool attribute_mistake(wres_plan *plan, const wres_condition *condition, const wres_list *list) {
    const size_t count = wres_list_attributes(list);
    const char **names = wres_alloc(plan->run, (count + 1) * sizeof *names), *all = "";
    for (size_t i = 0; i < count; i++) {
        names[i] = wres_list_attribute_name(list, (int)i);
        all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = wres_nearest(plan->run, condition->attribute, names, count);
    return test_mistake(plan, condition,
                        wres_print(plan->run, "the code list %s has no attribute '%s'%s%s; it has %s", wres_list_name(list),
                                   condition->attribute, near ? ": did you mean " : "", near ? near : "", all));
}

static bool compile_list(wres_plan *plan, const wres_condition *condition, const wres_list *list, wres_test *test,
                         unsigned char *passes) {
    const int attribute = condition->attribute ? wres_list_attribute(list, condition->attribute) : 0;
    const bool negated = condition->relation == WRES_NOT_IN;
    if (attribute == WRES_NO_ATTRIBUTE) return attribute_mistake(plan, condition, list);
    test->size = wres_list_members(list);
    for (uint16_t m = 0; m < test->size; m++) passes[m] = negated;
    for (size_t v = 0; v < condition->value_count; v++) {
        const int value = wres_list_value_find(list, attribute, wres_text_of(condition->values[v]));
        if (value < 0) return value_mistake(plan, condition, list, attribute, condition->values[v]);
        for (uint16_t m = 0; m < test->size; m++)
            if (wres_list_value_of(list, attribute, m) == value) passes[m] = !negated;
    }
    return true;
}

static bool compile_order(wres_plan *plan, const wres_condition *condition, const wres_list *list, wres_test *test,
                          unsigned char *passes) {
    const int value = wres_list_value_find(list, 0, wres_text_of(condition->values[0]));
    int32_t bound = WRES_NO_ORDER;
    if (value < 0) return value_mistake(plan, condition, list, 0, condition->values[0]);
    test->size = wres_list_members(list);
    for (uint16_t m = 0; m < test->size; m++)
        if (wres_list_value_of(list, 0, m) == value && wres_list_order(list, m) != WRES_NO_ORDER) bound = wres_list_order(list, m);
    if (bound == WRES_NO_ORDER)
        return test_mistake(plan, condition,
                            wres_print(plan->run, "'%s' has no place in the order of the code list %s: use 'in'",
                                       condition->values[0], wres_list_name(list)));
    for (uint16_t m = 0; m < test->size; m++) {
        const int32_t order = wres_list_order(list, m);
        passes[m] = order != WRES_NO_ORDER && (condition->relation == WRES_AT_LEAST ? order >= bound : order <= bound);
    }
    return true;
}

static bool grade_mistake(wres_plan *plan, const wres_condition *condition, const char *value, size_t count) {
    const char **names = wres_alloc(plan->run, (count + 1) * sizeof *names), *all = "";
    for (size_t i = 0; i < count; i++) {
        names[i] = axis_label(plan, NULL, condition->field, (uint16_t)i);
        all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = wres_nearest(plan->run, value, names, count);
    return test_mistake(plan, condition,
                        wres_print(plan->run, "there is no %s '%s'%s%s; there are %s", condition->field, value,
                                   near ? ": did you mean " : "", near ? near : "", all));
}

/* Open vocabularies, sections and grade rows: the values are the texts themselves. */
static bool compile_text(wres_plan *plan, const wres_condition *condition, wres_test *test) {
    const bool negated = condition->relation == WRES_NOT_IN, graded = axis_is_grade(condition->field);
    unsigned char *passes;
    if (condition->relation == WRES_AT_LEAST || condition->relation == WRES_AT_MOST)
        return test_mistake(plan, condition, "this field has no order: use 'in'");
    wres_dictionary *words = graded ? NULL : wres_vocabulary(plan->reading, condition->field);
    for (size_t v = 0; words && v < condition->value_count; v++)
        wres_dictionary_add(words, wres_text_trim(wres_text_of(condition->values[v])));
    const bool section = strcmp(condition->field, WRES_AXIS_SECTION) == 0;
    test->size = words ? wres_dictionary_count(words) : section ? (size_t)WRES_SECTIONS : wres_grades_rows(plan->reading->grades);
    test->passes = passes = wres_alloc(plan->run, test->size + 1);
    test->beyond = negated;
    for (size_t code = 0; code < test->size; code++) {
        const char *label =
            words ? wres_dictionary_text(words, (uint32_t)code) : axis_label(plan, NULL, condition->field, (uint16_t)code);
        bool found = false;
        for (size_t v = 0; v < condition->value_count; v++)
            found = found || strcmp(wres_normalised(plan->run, wres_text_of(condition->values[v])),
                                    wres_normalised(plan->run, wres_text_of(label))) == 0;
        passes[code] = found != negated;
    }
    for (size_t v = 0; graded && v < condition->value_count; v++) {
        bool known = false;
        for (uint16_t code = 0; code < test->size; code++)
            known = known || strcmp(wres_normalised(plan->run, wres_text_of(condition->values[v])),
                                    wres_normalised(plan->run, wres_text_of(axis_label(plan, NULL, condition->field, code)))) == 0;
        if (!known) return grade_mistake(plan, condition, condition->values[v], test->size);
    }
    return true;
}

/* The table has the field, or its people do: a case's section is that of the person. */
static bool table_knows(const wres_plan *plan, const char *table_name, const char *axis) {
    const wres_table *table = wres_table_find(plan->reading->tables, table_name),
                     *staff = wres_table_find(plan->reading->tables, "workforce");
    if (axis_is_grade(axis)) return true;
    return wres_field_find(table, axis) != WRES_NO_FIELD ||
           (table->person != WRES_NO_FIELD && wres_field_find(staff, axis) != WRES_NO_FIELD);
}

bool test_compile(wres_plan *plan, const char *table, const wres_condition *condition, wres_test *test) {
    *test = (wres_test){.axis = condition->field, .text = wres_condition_text(plan->run, condition)};
    if (!table_knows(plan, table, condition->field) || !axis_exists(plan, condition->field))
        return field_mistake(plan, table, condition);
    const wres_list *list = axis_list(plan, table, condition->field);
    if (!list) return compile_text(plan, condition, test);
    unsigned char *passes = wres_alloc(plan->run, wres_list_members(list) + 1);
    test->passes = passes;
    return condition->relation == WRES_IN || condition->relation == WRES_NOT_IN
               ? compile_list(plan, condition, list, test, passes)
               : compile_order(plan, condition, list, test, passes);
}
