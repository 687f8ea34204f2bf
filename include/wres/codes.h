/* codes: code lists, and the way from a text to its member and from a member to its groups.
 *
 * A list is a CSV file (data/codes/NAME.csv): `spelling`, an optional `code`, attribute columns, and optionally `order`,
 * `treatment` and `source`. A member is one combination of attributes, order and treatment; the first attribute names it. The rows
 * with the spellings (blank) and (unmapped) say what an empty cell and a value in no list mean.
 *
 * Look-up is exact after normalising (wres_text_normalise); never by keyword. */
#ifndef WRES_CODES_H
#define WRES_CODES_H

#include "wres/base.h"

typedef struct wres_list wres_list;
typedef struct wres_codes wres_codes;

#define WRES_NO_ATTRIBUTE (-1)
#define WRES_NO_ORDER     INT32_MIN

/* The built-in lists, and those of the files (named by their file name without .csv), which replace one of the same name. */
wres_status wres_codes_load(wres_run *run, const char *const *files, size_t file_count, wres_codes **codes);
const char *wres_codes_name_of(wres_run *run, const char *path);             /* "…/ethnicity.csv" is the list ethnicity */
const wres_list *wres_codes_find(const wres_codes *codes, const char *name); /* or NULL */
size_t wres_codes_count(const wres_codes *codes);
const wres_list *wres_codes_at(const wres_codes *codes, size_t index);

const char *wres_list_name(const wres_list *list);
size_t wres_list_members(const wres_list *list);
const char *wres_list_member_name(const wres_list *list, uint16_t member);
int32_t wres_list_order(const wres_list *list, uint16_t member);         /* or WRES_NO_ORDER */
const char *wres_list_treatment(const wres_list *list, uint16_t member); /* "" where there is none */
uint16_t wres_list_blank(const wres_list *list);
uint16_t wres_list_unmapped(const wres_list *list);

/* Attributes: the columns that group members. Values are numbered in the order in which the list first has them. */
size_t wres_list_attributes(const wres_list *list);
const char *wres_list_attribute_name(const wres_list *list, int attribute);
int wres_list_attribute(const wres_list *list, const char *name); /* or WRES_NO_ATTRIBUTE */
size_t wres_list_values(const wres_list *list, int attribute);
const char *wres_list_value(const wres_list *list, int attribute, uint16_t value);
uint16_t wres_list_value_of(const wres_list *list, int attribute, uint16_t member);
/* The value whose normalised text is that of the given one, or -1. */
int wres_list_value_find(const wres_list *list, int attribute, wres_text text);

/* How a text was found. */
typedef enum wres_found {
    WRES_FOUND,        /* it is in the list, or its code is */
    WRES_FIRST_LETTER, /* an unknown two-character code, taken for the code of its first letter: to be reported */
    WRES_BLANK,        /* not given */
    WRES_UNMAPPED      /* in no list, or listed with a treatment that begins with "ambiguous": to be reported with its count */
} wres_found;

uint16_t wres_list_look_up(const wres_list *list, wres_run *run, wres_text text, wres_found *found);

/* Everything that is listed, to write the list down elsewhere: a normalised spelling or code, or, where label is not NULL, a code with its
 * label behind it ("a" and "white-british"). Ambiguous ones are found as unmapped. */
size_t wres_list_keys(const wres_list *list);
const char *wres_list_key(const wres_list *list, size_t index, uint16_t *member, const char **label, bool *ambiguous);
/* Whether an unknown two-character code is taken for the code of its first letter. */
bool wres_list_takes_first_letters(const wres_list *list);

/* What a misspelt text is most likely to mean: the member with the nearest spelling, by its name or, where that is no spelling of it, by
 * that spelling; NULL where none is near. */
const char *wres_list_nearest(const wres_list *list, wres_run *run, wres_text text);

/* ---- grades: the rows of indicator 1 out of three lists ------------------------------------------------------ */

/* Sections in the order of the output contract. */
typedef enum wres_section {
    WRES_SECTION_NON_CLINICAL,
    WRES_SECTION_CLINICAL,
    WRES_SECTION_MEDICAL,
    WRES_SECTION_UNKNOWN,
    WRES_SECTIONS
} wres_section;

const char *wres_section_name(uint16_t section);

/* Rows: bands in their order, medical grades in theirs, then what has no order (Non AfC grade, Unmapped). */
typedef struct wres_grades wres_grades;

/* From the lists pay_bands and medical_grades (attribute `row`) and staff_groups (attribute `section`). */
wres_status wres_grades_new(wres_run *run, const wres_codes *codes, wres_grades **grades);
size_t wres_grades_rows(const wres_grades *grades);
const char *wres_grades_row_name(const wres_grades *grades, uint16_t row);
uint16_t wres_grades_unmapped(const wres_grades *grades); /* the row of staff without a grade that is known */

/* Which of the two fields decides: the medical grade for staff of the medical section; without a staff group, the grade where it
 * is given. */
typedef enum wres_decider { WRES_BY_BAND, WRES_BY_GRADE, WRES_BY_EITHER } wres_decider;
wres_decider wres_grades_decider(const wres_grades *grades, uint16_t staff_group);

typedef struct wres_place_in_grades {
    uint16_t section, row;
} wres_place_in_grades;

/* band and grade are members of their lists, NULL where the cell is empty. */
wres_place_in_grades wres_grades_place(const wres_grades *grades, const uint16_t *band, const uint16_t *grade,
                                       uint16_t staff_group);

/* The smaller, the more a post decides where its holder is counted: medical grades first, then the highest band, then what has no
 * order, each by section. */
uint32_t wres_grades_rank(const wres_grades *grades, wres_place_in_grades place);

#endif
