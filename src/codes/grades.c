/* The rows of indicator 1: bands and medical grades as one sequence, and which of a person's posts decides. */
#include <stdlib.h>
#include <string.h>

#include "wres/codes.h"

typedef struct grade_row {
    const char *name;
    int32_t order; /* WRES_NO_ORDER: outside it */
    bool medical;
} grade_row;

struct wres_grades {
    const wres_list *bands, *grades, *groups;
    int section_attribute;
    grade_row *rows;
    size_t count;
    uint16_t *row_of_band, *row_of_grade; /* by member */
    uint16_t *section_of_group;           /* by member */
    uint32_t *precedence;                 /* by row */
    uint16_t unmapped;
};

static const char *const section_names[] = {"non-clinical", "clinical", "medical", "unknown"};

const char *wres_section_name(uint16_t section) { return section_names[section]; }

static wres_status lists_wrong(wres_run *run, const char *what) {
    wres_find(run, WRES_ERROR, "code-list", (wres_place){0}, 0, "%s", what);
    return WRES_USAGE;
}

static uint16_t add_row(wres_grades *grades, const char *name, int32_t order, bool medical) {
    for (size_t i = 0; i < grades->count; i++)
        if (strcmp(grades->rows[i].name, name) == 0) return (uint16_t)i;
    grades->rows[grades->count] = (grade_row){name, order, medical};
    return (uint16_t)grades->count++;
}

static int compare_rows(const void *a, const void *b) {
    const grade_row *x = a, *y = b;
    const bool x_last = x->order == WRES_NO_ORDER, y_last = y->order == WRES_NO_ORDER;
    if (x_last != y_last) return x_last - y_last;
    if (!x_last && x->medical != y->medical) return x->medical - y->medical;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void add_list(wres_grades *grades, const wres_list *list, bool medical) {
    for (uint16_t m = 0; m < wres_list_members(list); m++)
        add_row(grades, wres_list_member_name(list, m), wres_list_order(list, m), medical);
}

static uint16_t *rows_of_members(wres_run *run, wres_grades *grades, const wres_list *list) {
    uint16_t *rows = wres_alloc(run, wres_list_members(list) * sizeof *rows);
    for (uint16_t m = 0; m < wres_list_members(list); m++) rows[m] = add_row(grades, wres_list_member_name(list, m), 0, false);
    return rows;
}

/* Medical grades from the first, then bands from the highest, then the rest in their order. */
static void set_precedence(wres_run *run, wres_grades *grades) {
    uint32_t next = 0;
    grades->precedence = wres_alloc(run, grades->count * sizeof *grades->precedence);
    for (size_t i = 0; i < grades->count; i++)
        if (grades->rows[i].medical && grades->rows[i].order != WRES_NO_ORDER) grades->precedence[i] = next++;
    for (size_t i = grades->count; i-- > 0;)
        if (!grades->rows[i].medical && grades->rows[i].order != WRES_NO_ORDER) grades->precedence[i] = next++;
    for (size_t i = 0; i < grades->count; i++)
        if (grades->rows[i].order == WRES_NO_ORDER) grades->precedence[i] = next++;
}

static bool set_sections(wres_run *run, wres_grades *grades) {
    const wres_list *groups = grades->groups;
    grades->section_of_group = wres_alloc(run, wres_list_members(groups) * sizeof *grades->section_of_group);
    for (uint16_t m = 0; m < wres_list_members(groups); m++) {
        const char *name =
            wres_list_value(groups, grades->section_attribute, wres_list_value_of(groups, grades->section_attribute, m));
        uint16_t section = 0;
        while (section < WRES_SECTIONS && strcmp(name, section_names[section]) != 0) section++;
        if (section == WRES_SECTIONS) return false;
        grades->section_of_group[m] = section;
    }
    return true;
}

wres_status wres_grades_new(wres_run *run, const wres_codes *codes, wres_grades **out) {
    wres_grades *grades = wres_alloc(run, sizeof *grades);
    *out = grades;
    grades->bands = wres_codes_find(codes, "pay_bands");
    grades->grades = wres_codes_find(codes, "medical_grades");
    grades->groups = wres_codes_find(codes, "staff_groups");
    if (!grades->bands || !grades->grades || !grades->groups)
        return lists_wrong(run, "the code lists pay_bands, medical_grades and staff_groups are needed");
    grades->section_attribute = wres_list_attribute(grades->groups, "section");
    if (grades->section_attribute == WRES_NO_ATTRIBUTE || !set_sections(run, grades))
        return lists_wrong(run,
                           "the code list staff_groups needs the column 'section' with non-clinical, clinical, medical or unknown");
    grades->rows =
        wres_alloc(run, (wres_list_members(grades->bands) + wres_list_members(grades->grades) + 1) * sizeof *grades->rows);
    add_list(grades, grades->bands, false);
    add_list(grades, grades->grades, true);
    qsort(grades->rows, grades->count, sizeof *grades->rows, compare_rows);
    grades->row_of_band = rows_of_members(run, grades, grades->bands);
    grades->row_of_grade = rows_of_members(run, grades, grades->grades);
    grades->unmapped = grades->row_of_band[wres_list_unmapped(grades->bands)];
    set_precedence(run, grades);
    return WRES_OK;
}

size_t wres_grades_rows(const wres_grades *grades) { return grades->count; }
const char *wres_grades_row_name(const wres_grades *grades, uint16_t row) { return grades->rows[row].name; }

uint16_t wres_grades_unmapped(const wres_grades *grades) { return grades->unmapped; }

wres_decider wres_grades_decider(const wres_grades *grades, uint16_t staff_group) {
    if (grades->section_of_group[staff_group] == WRES_SECTION_UNKNOWN) return WRES_BY_EITHER;
    return grades->section_of_group[staff_group] == WRES_SECTION_MEDICAL ? WRES_BY_GRADE : WRES_BY_BAND;
}

wres_place_in_grades wres_grades_place(const wres_grades *grades, const uint16_t *band, const uint16_t *grade,
                                       uint16_t staff_group) {
    const wres_decider decider = wres_grades_decider(grades, staff_group);
    /* Where the field that should decide is empty, the other has the word. */
    if (grade && (!band || decider != WRES_BY_BAND))
        return (wres_place_in_grades){WRES_SECTION_MEDICAL, grades->row_of_grade[*grade]};
    return (wres_place_in_grades){grades->section_of_group[staff_group], band ? grades->row_of_band[*band] : grades->unmapped};
}

uint32_t wres_grades_rank(const wres_grades *grades, wres_place_in_grades place) {
    return grades->precedence[place.row] * WRES_SECTIONS + place.section;
}
