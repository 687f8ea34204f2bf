/* What the data do not tell: a row that asks for a column that no file has is not supplied. It is no zero. */
#include <string.h>

#include "indicator/compute.h"

static const char *no_column(const scope *s, const wres_tally *tally, const char *columns) {
    return wres_print(s->run, "the %s data has no column %s", tally->table->name, columns);
}

static const char *no_axis(const scope *s, const wres_tally *tally, const char *axis) {
    if (strcmp(axis, WRES_AXIS_SECTION) == 0) return no_column(s, tally, "staff_group or medical_grade, which tell the section");
    if (strcmp(axis, WRES_AXIS_BAND) == 0) return no_column(s, tally, "pay_band or medical_grade, which tell the band");
    return no_column(s, tally, axis);
}

const char *axis_lacks(const scope *s, const wres_tally *tally, const char *axis) {
    return tally->axis_there[axis_key(tally, axis) - WRES_KEY_AXES] ? NULL : no_axis(s, tally, axis);
}

/* Who is a doctor, the grade tells; who is clinical, only the staff group. */
static const char *test_lacks(const scope *s, const wres_tally *tally, const wres_test *test) {
    if (strcmp(test->axis, WRES_AXIS_SECTION) == 0 && !tally->has_staff_group) {
        const bool otherwise = test->passes[WRES_SECTION_UNKNOWN];
        if (test->passes[WRES_SECTION_CLINICAL] != otherwise || test->passes[WRES_SECTION_NON_CLINICAL] != otherwise)
            return no_column(s, tally, "staff_group, which tells the section");
    }
    return axis_lacks(s, tally, test->axis);
}

/* The rows of events were chosen when they were read. What such a row is, its file need not say (`every row is taken to meet` was
 * said there); who it is about, it must. */
const char *count_lacks(const scope *s, const planned_count *count, const wres_test *more, size_t more_count) {
    const char *lacks = count->tally->untested ? no_axis(s, count->tally, count->tally->untested) : NULL;
    for (size_t i = 0; i < count->test_count && !lacks; i++) lacks = test_lacks(s, count->tally, &count->tests[i]);
    for (size_t i = 0; i < more_count && !lacks; i++) lacks = test_lacks(s, count->tally, &more[i]);
    return lacks;
}

const char *part_lacks(const scope *s, const planned_count *count, const planned_part *part) {
    return count_lacks(s, count, part->tests, part->test_count);
}
