/* From a text to its member, by the rules of the formats: exact after normalising, a leading code only before a label of its own,
 * an unknown two-letter code for its first letter, never a keyword. */
#include "fixture.h"
#include "wres/codes.h"

#define NBSP       "\xc2\xa0"
#define EN_DASH    "\xe2\x80\x93"
#define ZERO_WIDTH "\xe2\x80\x8b"

static const wres_list *list_named(void **state, const char *name) {
    wres_codes *codes;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    const wres_list *list = wres_codes_find(codes, name);
    assert_non_null(list);
    return list;
}

/* A text looked up: the value of the attribute, and how it was found. */
typedef struct look_up {
    const char *text, *value;
    wres_found found;
} look_up;

static void assert_look_ups(void **state, const wres_list *list, const char *attribute, const look_up *all, size_t count) {
    const int column = wres_list_attribute(list, attribute);
    assert_true(column >= 0);
    for (size_t i = 0; i < count; i++) {
        wres_found found = (wres_found)99;
        const uint16_t member = wres_list_look_up(list, run_of(state), wres_text_of(all[i].text), &found);
        const char *value = wres_list_value(list, column, wres_list_value_of(list, column, member));
        if (strcmp(value, all[i].value) != 0 || found != all[i].found)
            fail_msg("'%s' is %s (found %d), not %s (%d)", all[i].text, value, found, all[i].value, all[i].found);
        if (found == WRES_BLANK) assert_int_equal(member, wres_list_blank(list));
        if (found == WRES_UNMAPPED && !*wres_list_treatment(list, member)) assert_int_equal(member, wres_list_unmapped(list));
    }
}

static void assert_ethnicity(void **state, const char *attribute, const look_up *all, size_t count) {
    assert_look_ups(state, list_named(state, "ethnicity"), attribute, all, count);
}

static void assert_bands(void **state, const look_up *all, size_t count) {
    assert_look_ups(state, list_named(state, "pay_bands"), "row", all, count);
}

static void the_base_set_of_codes(void **state) {
    static const char letters[] = "ABCDEFGHJKLMNPRS";
    const wres_list *list = list_named(state, "ethnicity");
    for (const char *letter = letters; *letter; letter++) {
        const look_up white_or_bme = {wres_print(run_of(state), "%c", *letter), *letter <= 'C' ? "White" : "BME", WRES_FOUND};
        assert_look_ups(state, list, "group2", &white_or_bme, 1);
    }
    static const look_up unknown[] = {{"Z", "Unknown", WRES_FOUND}, {"z", "Unknown", WRES_FOUND}, {"99", "Unknown", WRES_FOUND}};
    assert_look_ups(state, list, "group2", unknown, COUNT(unknown));
}

static void extended_codes_group_with_their_letter(void **state) {
    static const char *const ranges[][3] = {{"C", "23", "White"},   {"C", "ABCDEFGHJKLMNPQRSTUVWXY", "White"},
                                            {"G", "ABCDEF", "BME"}, {"L", "ABCDEFGHJK", "BME"},
                                            {"P", "ABCDE", "BME"},  {"S", "ABCDE", "BME"}};
    const wres_list *list = list_named(state, "ethnicity");
    for (size_t r = 0; r < COUNT(ranges); r++)
        for (const char *second = ranges[r][1]; *second; second++) {
            const look_up code = {wres_print(run_of(state), "%s%c", ranges[r][0], *second), ranges[r][2], WRES_FOUND};
            assert_look_ups(state, list, "group2", &code, 1);
            const int category = wres_list_attribute(list, "category");
            wres_found found;
            const uint16_t member = wres_list_look_up(list, run_of(state), wres_text_of(code.text), &found);
            const uint16_t letter = wres_list_look_up(list, run_of(state), wres_text_of(ranges[r][0]), &found);
            assert_int_equal(wres_list_value_of(list, category, member), wres_list_value_of(list, category, letter));
        }
}

static void labels_are_never_read_by_keyword(void **state) {
    static const look_up all[] = {
        {"British, Mixed British", "White", WRES_FOUND},
        {"White and Asian", "BME", WRES_FOUND},
        {"White Mixed", "White", WRES_FOUND},
        {"Mixed white", "White", WRES_FOUND},
        {"Mixed - White and Black Caribbean", "BME", WRES_FOUND},
        {"White - British", "White", WRES_FOUND},
        {"Not stated", "Unknown", WRES_FOUND},
        {"White person", "Unknown", WRES_UNMAPPED},
        {"Asian sort of", "Unknown", WRES_UNMAPPED},
    };
    assert_ethnicity(state, "group2", all, COUNT(all));
}

static void a_letter_before_a_text_is_no_code(void **state) {
    static const char *const texts[] = {"A mixed background", "A white background", "B British", "C of E"};
    const wres_list *list = list_named(state, "ethnicity");
    const int group = wres_list_attribute(list, "group2");
    for (size_t i = 0; i < COUNT(texts); i++) {
        wres_found found;
        const uint16_t member = wres_list_look_up(list, run_of(state), wres_text_of(texts[i]), &found);
        assert_string_not_equal(wres_list_value(list, group, wres_list_value_of(list, group, member)), "White");
        assert_int_not_equal(found, WRES_FIRST_LETTER);
    }
}

static void the_form_of_a_text_does_not_matter(void **state) {
    static const look_up all[] = {
        {"  white -  BRITISH ", "White - British", WRES_FOUND},
        {"White " EN_DASH " British", "White - British", WRES_FOUND},
        {"White" NBSP "-" NBSP "British", "White - British", WRES_FOUND},
        {"White-British", "White - British", WRES_FOUND},
        {"Mixed - White & Asian", "Mixed - White and Asian", WRES_FOUND},
        {"a", "White - British", WRES_FOUND},
        {" A ", "White - British", WRES_FOUND},
    };
    assert_ethnicity(state, "category", all, COUNT(all));
}

static void a_leading_code_stands_before_its_own_label(void **state) {
    static const look_up all[] = {
        {"A White - British", "White - British", WRES_FOUND},
        {"A - White - British", "White - British", WRES_FOUND},
        {"a-white" EN_DASH "british", "White - British", WRES_FOUND},
        {"C2 Northern Irish", "White - Any other White background", WRES_FOUND},
        {"CX - White Mixed", "White - Any other White background", WRES_FOUND},
        {"99 Not known", "Not known", WRES_FOUND},
        {"Z Not stated", "Not stated", WRES_FOUND},
        {"A - White - Irish", "Not known", WRES_UNMAPPED},
        {"B White - British", "Not known", WRES_UNMAPPED},
        {"C Northern Irish", "Not known", WRES_UNMAPPED},
        {"AWhite - British", "Not known", WRES_UNMAPPED},
        {"A: White - British", "Not known", WRES_UNMAPPED},
        {"A ", "White - British", WRES_FOUND},
        {"A -", "Not known", WRES_UNMAPPED},
        {"White - British A", "Not known", WRES_UNMAPPED},
        {"ABC White - British", "Not known", WRES_UNMAPPED},
    };
    assert_ethnicity(state, "category", all, COUNT(all));
}

static void an_unknown_two_letter_code_falls_to_its_first_letter(void **state) {
    static const look_up all[] = {
        {"CX", "White - Any other White background", WRES_FOUND},
        {"C9", "White - Any other White background", WRES_FIRST_LETTER},
        {"c9", "White - Any other White background", WRES_FIRST_LETTER},
        {"A7", "White - British", WRES_FIRST_LETTER},
        {"H0", "Asian or Asian British - Indian", WRES_FIRST_LETTER},
        {"Z1", "Not stated", WRES_FIRST_LETTER},
        {"I9", "Not known", WRES_UNMAPPED}, /* no code I */
        {"Q", "Not known", WRES_UNMAPPED},
        {"9A", "Not known", WRES_UNMAPPED},
        {"C99", "Not known", WRES_UNMAPPED},
        {"C-", "Not known", WRES_UNMAPPED},
        {"C9 x", "Not known", WRES_UNMAPPED},
    };
    assert_ethnicity(state, "category", all, COUNT(all));
}

static void lists_without_letters_have_no_first_letter(void **state) {
    static const look_up all[] = {
        {"X9", "Unmapped", WRES_UNMAPPED}, {"B5", "Band 5", WRES_FOUND}, {"5x", "Unmapped", WRES_UNMAPPED}};
    assert_bands(state, all, COUNT(all));
}

static void blank_is_not_unmapped(void **state) {
    static const look_up all[] = {
        {"", "Unknown", WRES_BLANK},        {"   ", "Unknown", WRES_BLANK},           {NBSP "\t", "Unknown", WRES_BLANK},
        {"(blank)", "Unknown", WRES_BLANK}, {"(unmapped)", "Unknown", WRES_UNMAPPED}, {"nonsense", "Unknown", WRES_UNMAPPED}};
    assert_ethnicity(state, "group2", all, COUNT(all));
}

static void look_alikes_are_unmapped(void **state) {
    static const look_up all[] = {{"White" ZERO_WIDTH " - British", "Unknown", WRES_UNMAPPED},
                                  {ZERO_WIDTH "A", "Unknown", WRES_UNMAPPED},
                                  {"\xd0\x90", "Unknown", WRES_UNMAPPED},
                                  {"\xef\xbb\xbf"
                                   "A",
                                   "Unknown", WRES_UNMAPPED},
                                  {"White \x96 British", "Unknown", WRES_UNMAPPED}};
    assert_ethnicity(state, "group2", all, COUNT(all));
}

static void a_nul_byte_hides_nothing(void **state) {
    wres_found found;
    const wres_list *list = list_named(state, "ethnicity");
    assert_int_equal(wres_list_look_up(list, run_of(state), TEXT("A\0junk"), &found), wres_list_unmapped(list));
    assert_int_equal(found, WRES_UNMAPPED);
    wres_list_look_up(list, run_of(state), TEXT("A\0"), &found);
    assert_int_equal(found, WRES_UNMAPPED);
}

static void only_the_given_bytes_are_looked_up(void **state) {
    wres_found found;
    const wres_list *list = list_named(state, "ethnicity");
    assert_string_equal(wres_list_member_name(list, wres_list_look_up(list, run_of(state), (wres_text){"Bxyz", 1}, &found)),
                        "White - Irish");
    assert_int_equal(found, WRES_FOUND);
}

static void bands_in_many_spellings(void **state) {
    static const look_up all[] = {
        {"Band 8a", "Band 8a", WRES_FOUND},
        {"8A", "Band 8a", WRES_FOUND},
        {"Band 8 - Range A", "Band 8a", WRES_FOUND},
        {"AfC Band 5", "Band 5", WRES_FOUND},
        {"B5", "Band 5", WRES_FOUND},
        {"5", "Band 5", WRES_FOUND},
        {"XR05", "Band 5", WRES_FOUND},
        {"xn05", "Band 5", WRES_FOUND},
        {"VSM", "VSM", WRES_FOUND},
        {"Band 8", "Unmapped", WRES_UNMAPPED},
        {"Non AfC Grade", "Non AfC grade", WRES_FOUND},
        {"Band 10", "Unmapped", WRES_UNMAPPED},
    };
    assert_bands(state, all, COUNT(all));
}

static void the_description_of_a_pay_scale_is_read(void **state) {
    static const look_up all[] = {
        {"NHS|XR05|Review Body Band 5", "Band 5", WRES_FOUND},
        {"nhs | xr05 | review body band 5", "Band 5", WRES_FOUND},
        {"NHS|XR06|Review Body Band 5", "Band 5", WRES_FOUND}, /* not the code */
        {"NHS|ZZ99|Review Body Band 5", "Band 5", WRES_FOUND},
        {"NHS|XR05|", "Band 5", WRES_FOUND},
        {"NHS|XR05| ", "Band 5", WRES_FOUND},
        {"NHS|XR05", "Band 5", WRES_FOUND},
        {"NHS|XR05|Some other scale", "Unmapped", WRES_UNMAPPED},
        {"NHS|ZZ99|", "Unmapped", WRES_UNMAPPED},
        {"|", "Unmapped", WRES_UNMAPPED},
        {"||", "Unmapped", WRES_UNMAPPED},
        {"|XR05|", "Band 5", WRES_FOUND},
        {"Some text|", "Unmapped", WRES_UNMAPPED},
    };
    assert_bands(state, all, COUNT(all));
}

static void posts_that_are_locally_employed_are_no_trainees(void **state) {
    static const look_up all[] = {{"Consultant", "Consultant", WRES_FOUND},
                                  {"Trust Grade Doctor - House Officer level", "Other", WRES_FOUND},
                                  {"Clinical Fellow", "Other", WRES_FOUND},
                                  {"Specialty Registrar", "Trainee grade", WRES_FOUND}};
    assert_look_ups(state, list_named(state, "medical_grades"), "row", all, COUNT(all));
}

static void stages_have_an_order(void **state) {
    static const char *const stages[] = {"Applied",     "Longlisted",        "Reserve shortlist",
                                         "Interviewed", "Conditional offer", "Started"};
    const wres_list *list = list_named(state, "stages");
    int32_t before = INT32_MIN + 1;
    for (size_t i = 0; i < COUNT(stages); i++) {
        wres_found found;
        const uint16_t member = wres_list_look_up(list, run_of(state), wres_text_of(stages[i]), &found);
        if (found != WRES_FOUND) fail_msg("%s is not found", stages[i]);
        assert_true(wres_list_order(list, member) > before);
        before = wres_list_order(list, member);
    }
}

static void yes_and_no_in_their_spellings(void **state) {
    static const look_up all[] = {{"Y", "yes", WRES_FOUND},    {"yes", "yes", WRES_FOUND}, {"1", "yes", WRES_FOUND},
                                  {"TRUE", "yes", WRES_FOUND}, {"N", "no", WRES_FOUND},    {"No", "no", WRES_FOUND},
                                  {"0", "no", WRES_FOUND},     {"false", "no", WRES_FOUND}};
    assert_look_ups(state, list_named(state, "yes_no"), "answer", all, COUNT(all));
}

/* What is shown to somebody who decides: near in letters, never in numbers, and nothing where the list itself is in doubt. */
static void the_nearest_is_a_suggestion_that_is_in_the_list(void **state) {
    static const struct {
        const char *list, *text, *near;
    } all[] = {{"staff_groups", "Nursing and Midwifery Registred", "Nursing and Midwifery Registered"},
               {"staff_groups", "Allied Helth Professionals", "Allied Health Professionals"},
               {"staff_groups", "Astronauts and Pilots", NULL},
               {"pay_bands", "Bnad 8a", "Band 8a"},
               {"pay_bands", "Band 8", NULL}, /* listed as ambiguous */
               {"pay_bands", "Band 17", NULL},
               {"yes_no", "Yess", NULL}, /* three letters are near to too much */
               {"ethnicity", "Mancunian", NULL}};
    for (size_t i = 0; i < COUNT(all); i++) {
        const char *near = wres_list_nearest(list_named(state, all[i].list), run_of(state), wres_text_of(all[i].text));
        assert_same_text(near, all[i].near);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_base_set_of_codes),
        CASE(extended_codes_group_with_their_letter),
        CASE(labels_are_never_read_by_keyword),
        CASE(a_letter_before_a_text_is_no_code),
        CASE(the_form_of_a_text_does_not_matter),
        CASE(a_leading_code_stands_before_its_own_label),
        CASE(an_unknown_two_letter_code_falls_to_its_first_letter),
        CASE(lists_without_letters_have_no_first_letter),
        CASE(blank_is_not_unmapped),
        CASE(look_alikes_are_unmapped),
        CASE(a_nul_byte_hides_nothing),
        CASE(only_the_given_bytes_are_looked_up),
        CASE(bands_in_many_spellings),
        CASE(the_description_of_a_pay_scale_is_read),
        CASE(posts_that_are_locally_employed_are_no_trainees),
        CASE(stages_have_an_order),
        CASE(yes_and_no_in_their_spellings),
        CASE(the_nearest_is_a_suggestion_that_is_in_the_list),
    };
    RUN_CASES(tests);
}
