/* Grades: the rows of indicator 1, which field decides, and which of a person's posts. No list is built in here, so that a missing
 * one can be tried: the lists are loaded from data/codes. */
#include "fixture.h"
#include "wres/codes.h"

const wres_resource wres_resources[] = {{"standards/none.yaml", NULL, 0, NULL, NULL}};
const size_t wres_resource_count = 1;

#define BANDS   "data/codes/pay_bands.csv"
#define MEDICAL "data/codes/medical_grades.csv"
#define GROUPS  "data/codes/staff_groups.csv"

typedef struct loaded {
    wres_codes *codes;
    wres_grades *grades;
} loaded;

static wres_status load(void **state, const char *bands, const char *medical, const char *groups, loaded *out) {
    const char *const files[] = {bands, medical, groups};
    assert_int_equal(wres_codes_load(run_of(state), files, 3, &out->codes), WRES_OK);
    return wres_grades_new(run_of(state), out->codes, &out->grades);
}

static loaded load_real(void **state) {
    loaded l;
    assert_int_equal(load(state, BANDS, MEDICAL, GROUPS, &l), WRES_OK);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    return l;
}

static uint16_t member(void **state, const loaded *l, const char *list, const char *text) {
    wres_found found;
    return wres_list_look_up(wres_codes_find(l->codes, list), run_of(state), wres_text_of(text), &found);
}

static uint16_t row(const loaded *l, const char *name) {
    for (uint16_t r = 0; r < wres_grades_rows(l->grades); r++)
        if (strcmp(wres_grades_row_name(l->grades, r), name) == 0) return r;
    fail_msg("there is no row %s", name);
    return 0;
}

static void rows_come_in_their_order(void **state) {
    static const char *const rows[] = {"Under Band 1",  "Band 1",  "Band 2",        "Band 3",
                                       "Band 4",        "Band 5",  "Band 6",        "Band 7",
                                       "Band 8a",       "Band 8b", "Band 8c",       "Band 8d",
                                       "Band 9",        "VSM",     "Consultant",    "Non-consultant career grade",
                                       "Trainee grade", "Other",   "Non AfC grade", "Non-executive",
                                       "Unmapped"};
    const loaded l = load_real(state);
    assert_int_equal(wres_grades_rows(l.grades), COUNT(rows));
    for (uint16_t i = 0; i < COUNT(rows); i++) assert_string_equal(wres_grades_row_name(l.grades, i), rows[i]);
}

static void sections_have_names(void **state) {
    (void)state;
    assert_string_equal(wres_section_name(WRES_SECTION_NON_CLINICAL), "non-clinical");
    assert_string_equal(wres_section_name(WRES_SECTION_CLINICAL), "clinical");
    assert_string_equal(wres_section_name(WRES_SECTION_MEDICAL), "medical");
    assert_string_equal(wres_section_name(WRES_SECTION_UNKNOWN), "unknown");
}

static void the_staff_group_says_which_field_decides(void **state) {
    static const struct {
        const char *group;
        wres_decider decider;
    } all[] = {{"Medical and Dental", WRES_BY_GRADE},
               {"Nursing and Midwifery Registered", WRES_BY_BAND},
               {"Administrative and Clerical", WRES_BY_BAND},
               {"Students", WRES_BY_BAND},
               {"", WRES_BY_EITHER},
               {"no such group", WRES_BY_EITHER},
               {"Unknown", WRES_BY_EITHER}};
    const loaded l = load_real(state);
    for (size_t i = 0; i < COUNT(all); i++)
        assert_int_equal(wres_grades_decider(l.grades, member(state, &l, "staff_groups", all[i].group)), all[i].decider);
}

/* band and grade NULL = an empty cell. */
static void assert_place(void **state, const loaded *l, const char *band, const char *grade, const char *group,
                         wres_section section, const char *row_name) {
    const uint16_t of_band = member(state, l, "pay_bands", band ? band : ""),
                   of_grade = member(state, l, "medical_grades", grade ? grade : "");
    const wres_place_in_grades place =
        wres_grades_place(l->grades, band ? &of_band : NULL, grade ? &of_grade : NULL, member(state, l, "staff_groups", group));
    assert_int_equal(place.section, section);
    assert_string_equal(wres_grades_row_name(l->grades, place.row), row_name);
}

#define NURSES  "Nursing and Midwifery Registered"
#define CLERKS  "Administrative and Clerical"
#define DOCTORS "Medical and Dental"

static void with_both_the_staff_group_decides(void **state) {
    const loaded l = load_real(state);
    assert_place(state, &l, "Band 5", "Consultant", NURSES, WRES_SECTION_CLINICAL, "Band 5");
    assert_place(state, &l, "Band 5", "Consultant", CLERKS, WRES_SECTION_NON_CLINICAL, "Band 5");
    assert_place(state, &l, "Band 5", "Consultant", DOCTORS, WRES_SECTION_MEDICAL, "Consultant");
    assert_place(state, &l, "Band 5", "no such grade", DOCTORS, WRES_SECTION_MEDICAL, "Unmapped");
    assert_place(state, &l, "no such band", "Consultant", NURSES, WRES_SECTION_CLINICAL, "Unmapped");
}

static void without_a_staff_group_the_grade_decides(void **state) {
    const loaded l = load_real(state);
    assert_place(state, &l, "Band 5", "Consultant", "", WRES_SECTION_MEDICAL, "Consultant");
    assert_place(state, &l, NULL, "Trainee", "", WRES_SECTION_MEDICAL, "Trainee grade");
    assert_place(state, &l, "Band 5", NULL, "", WRES_SECTION_UNKNOWN, "Band 5");
}

static void where_one_is_empty_the_other_has_the_word(void **state) {
    const loaded l = load_real(state);
    assert_place(state, &l, "VSM", NULL, DOCTORS, WRES_SECTION_MEDICAL, "VSM");
    assert_place(state, &l, NULL, "Consultant", NURSES, WRES_SECTION_MEDICAL, "Consultant");
    assert_place(state, &l, NULL, "Consultant", DOCTORS, WRES_SECTION_MEDICAL, "Consultant");
    assert_place(state, &l, "8A", NULL, CLERKS, WRES_SECTION_NON_CLINICAL, "Band 8a");
}

static void with_neither_the_row_is_unmapped(void **state) {
    const loaded l = load_real(state);
    assert_place(state, &l, NULL, NULL, NURSES, WRES_SECTION_CLINICAL, "Unmapped");
    assert_place(state, &l, NULL, NULL, DOCTORS, WRES_SECTION_MEDICAL, "Unmapped");
    assert_place(state, &l, NULL, NULL, "", WRES_SECTION_UNKNOWN, "Unmapped");
    assert_string_equal(wres_grades_row_name(l.grades, wres_grades_unmapped(l.grades)), "Unmapped");
}

static void medical_grades_rank_first_then_the_highest_band(void **state) {
    static const char *const ranking[] = {"Consultant",    "Non-consultant career grade",
                                          "Trainee grade", "Other",
                                          "VSM",           "Band 9",
                                          "Band 8d",       "Band 8c",
                                          "Band 8b",       "Band 8a",
                                          "Band 7",        "Band 6",
                                          "Band 5",        "Band 4",
                                          "Band 3",        "Band 2",
                                          "Band 1",        "Under Band 1",
                                          "Non AfC grade", "Non-executive",
                                          "Unmapped"};
    const loaded l = load_real(state);
    assert_int_equal(wres_grades_rows(l.grades), COUNT(ranking));
    uint32_t before = 0;
    for (size_t i = 0; i < COUNT(ranking); i++)
        for (uint16_t section = 0; section < WRES_SECTIONS; section++) {
            const uint32_t rank = wres_grades_rank(l.grades, (wres_place_in_grades){section, row(&l, ranking[i])});
            if (i || section) assert_true(rank > before);
            before = rank;
        }
}

/* ---- lists that are wrong ----------------------------------------------------------------------------------------------- */

static void each_of_the_three_lists_is_needed(void **state) {
    static const char *const files[] = {BANDS, MEDICAL, GROUPS};
    for (size_t left_out = 0; left_out < COUNT(files); left_out++) {
        wres_run *run = wres_run_new();
        const char *some[2];
        wres_codes *codes;
        wres_grades *grades;
        for (size_t i = 0, count = 0; i < COUNT(files); i++)
            if (i != left_out) some[count++] = files[i];
        assert_int_equal(wres_codes_load(run, some, 2, &codes), WRES_OK);
        assert_int_equal(wres_codes_count(codes), 2);
        assert_int_equal(wres_grades_new(run, codes, &grades), WRES_USAGE);
        assert_only_error(run, "code-list", NULL, 0, NULL, "pay_bands, medical_grades and staff_groups are needed");
        wres_run_free(run);
    }
    (void)state;
}

static void staff_groups_need_sections(void **state) {
    loaded l;
    assert_int_equal(
        load(state, BANDS, MEDICAL, write_text(state, "staff_groups.csv", "spelling,staff_group\n(blank),x\n(unmapped),x\n"), &l),
        WRES_USAGE);
    assert_only_error(run_of(state), "code-list", NULL, 0, NULL, "staff_groups needs the column 'section'");
}

static void a_section_must_be_known(void **state) {
    loaded l;
    const char *groups =
        write_text(state, "staff_groups.csv",
                   "spelling,staff_group,section\nA,a,clinical\nB,b,Medical\n(blank),x,unknown\n(unmapped),x,unknown\n");
    assert_int_equal(load(state, BANDS, MEDICAL, groups, &l), WRES_USAGE);
    assert_only_error(run_of(state), "code-list", NULL, 0, NULL, "non-clinical, clinical, medical or unknown");
}

static void local_lists_make_their_own_rows(void **state) {
    loaded l;
    const char *bands =
        write_text(state, "pay_bands.csv",
                   "spelling,row,order\nhigh,High,9\nlow,Low,1\nalso low,Bottom,1\nodd,Odd,\n(blank),None,\n(unmapped),None,\n");
    const char *medical =
        write_text(state, "medical_grades.csv", "spelling,row,order\nboss,Boss,1\nodd,Odd,\n(blank),None,\n(unmapped),None,\n");
    static const char *const rows[] = {"Bottom", "Low", "High", "Boss", "None", "Odd"};
    assert_int_equal(load(state, bands, medical, GROUPS, &l), WRES_OK);
    assert_int_equal(wres_grades_rows(l.grades), COUNT(rows));
    for (uint16_t i = 0; i < COUNT(rows); i++) assert_string_equal(wres_grades_row_name(l.grades, i), rows[i]);
    assert_place(state, &l, "odd", NULL, NURSES, WRES_SECTION_CLINICAL, "Odd");
    assert_place(state, &l, NULL, "odd", DOCTORS, WRES_SECTION_MEDICAL, "Odd");
    assert_place(state, &l, "nothing known", NULL, NURSES, WRES_SECTION_CLINICAL, "None");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(rows_come_in_their_order),
        CASE(sections_have_names),
        CASE(the_staff_group_says_which_field_decides),
        CASE(with_both_the_staff_group_decides),
        CASE(without_a_staff_group_the_grade_decides),
        CASE(where_one_is_empty_the_other_has_the_word),
        CASE(with_neither_the_row_is_unmapped),
        CASE(medical_grades_rank_first_then_the_highest_band),
        CASE(each_of_the_three_lists_is_needed),
        CASE(staff_groups_need_sections),
        CASE(a_section_must_be_known),
        CASE(local_lists_make_their_own_rows),
    };
    RUN_CASES(tests);
}
