/* Codes as texts of a cube file, and back. */
#include "pipeline.h"

#include "cube/words.h"

/* Every member of every list that is built in: its own text, which leads back to it. */
static void every_member_has_a_text_of_its_own(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    cube_words *words = words_new(&p->reading);
    size_t members = 0;
    for (size_t l = 0; l < wres_codes_count(p->codes); l++) {
        const wres_list *list = wres_codes_at(p->codes, l);
        for (uint16_t m = 0; m < wres_list_members(list); m++, members++) {
            uint16_t back = UINT16_MAX;
            assert_true(words_find_member(words, list, words_member(words, list, m), &back));
            assert_int_equal(back, m);
        }
    }
    assert_true(members > 200);
    pipeline_end(p);
}

static void what_members_of_one_name_differ_in_is_said(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    cube_words *words = words_new(&p->reading);
    const wres_list *ethnicity = wres_codes_find(p->codes, "ethnicity"), *questions = wres_codes_find(p->codes, "questions");
    uint16_t member;
    assert_true(words_find_member(words, ethnicity, "White - Irish", &member));
    assert_true(words_find_member(words, ethnicity, "Not known", &member));
    assert_true(words_find_member(words, ethnicity, "Not known {treatment=discontinued code}", &member));
    assert_string_equal(wres_list_treatment(ethnicity, member), "discontinued code");
    assert_true(words_find_member(words, questions, "discrimination {first_year=2018; last_year=2020}", &member));
    assert_false(words_find_member(words, ethnicity, "not known", &member)); /* as it is written, not as it may be spelt */
    assert_false(words_find_member(words, ethnicity, "", &member));
    pipeline_end(p);
}

static void sections_bands_and_texts(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    cube_words *words = words_new(&p->reading);
    const wres_table *staff = wres_table_find(&p->tables, "workforce");
    const uint16_t rows = (uint16_t)wres_grades_rows(p->grades);
    uint16_t code;
    for (uint16_t i = 0; i <= rows; i++) { /* the last is no band at all */
        assert_true(words_find(words, staff, WRES_AXIS_BAND, words_of(words, staff, WRES_AXIS_BAND, i), &code));
        assert_int_equal(code, i);
    }
    assert_string_equal(words_of(words, staff, WRES_AXIS_BAND, rows), "");
    assert_true(words_find(words, staff, WRES_AXIS_SECTION, "medical", &code));
    assert_int_equal(code, WRES_SECTION_MEDICAL);
    assert_false(words_find(words, staff, WRES_AXIS_SECTION, "upstairs", &code));
    assert_true(words_find(words, staff, "team", "Ward 5", &code));
    assert_string_equal(words_of(words, staff, "team", code), "Ward 5");
    assert_true(words_find(words, staff, "team", "", &code));
    assert_int_equal(code, 0);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_member_has_a_text_of_its_own),
                                       cmocka_unit_test(what_members_of_one_name_differ_in_is_said), cmocka_unit_test(sections_bands_and_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
