/* Reading code lists: members, attributes and orders, and every mistake with its place. */
#include "codes/list.h"
#include "fixture.h"

#define RESERVED "(blank),unknown\n(unmapped),unknown\n"

static wres_status read_list(void **state, const char *text, wres_list **list) {
    return list_read(run_of(state), "mine", "mine.csv", wres_text_of(text), list);
}

static const wres_list *read_good(void **state, const char *text) {
    wres_list *list;
    const wres_status status = read_list(state, text, &list);
    if (wres_finding_count(run_of(state))) fail_msg("%s", wres_finding_at(run_of(state), 0)->message);
    assert_int_equal(status, WRES_OK);
    return list;
}

static void assert_refused(void **state, const char *text, const char *check, uint64_t line, const char *field, const char *part) {
    wres_list *list;
    assert_int_equal(read_list(state, text, &list), WRES_USAGE);
    assert_only_error(run_of(state), check, "mine.csv", line, field, part);
}

static uint16_t member_of(void **state, const wres_list *list, const char *text) {
    wres_found found;
    return wres_list_look_up(list, run_of(state), wres_text_of(text), &found);
}

static void members_are_told_apart_by_their_attributes(void **state) {
    const wres_list *list = read_good(state, "spelling,sex\nF,female\nWoman,female\nM,male\n" RESERVED);
    assert_string_equal(wres_list_name(list), "mine");
    assert_int_equal(wres_list_members(list), 3);
    assert_int_equal(member_of(state, list, "f"), member_of(state, list, "woman"));
    assert_int_not_equal(member_of(state, list, "f"), member_of(state, list, "m"));
    assert_string_equal(wres_list_member_name(list, member_of(state, list, "WOMAN")), "female");
    assert_string_equal(wres_list_member_name(list, wres_list_blank(list)), "unknown");
    assert_int_equal(wres_list_blank(list), wres_list_unmapped(list));
}

static void blank_and_unmapped_may_differ(void **state) {
    const wres_list *list = read_good(state, "spelling,sex\nF,female\n(blank),not given\n(unmapped),other\n");
    assert_string_equal(wres_list_member_name(list, wres_list_blank(list)), "not given");
    assert_string_equal(wres_list_member_name(list, wres_list_unmapped(list)), "other");
}

static void order_and_treatment_make_members_too(void **state) {
    const wres_list *list = read_good(
        state,
        "order,spelling,row,treatment,source\n1,a,x,,C\n1,b,x,special,C\n2,c,x,,C\n,d,x,,C\n1,e,x,,U\n,(blank),u,,\n,(unmapped),u,,\n");
    assert_int_equal(wres_list_members(list), 5);
    assert_int_equal(member_of(state, list, "a"), member_of(state, list, "e"));
    assert_int_equal(wres_list_order(list, member_of(state, list, "c")), 2);
    assert_int_equal(wres_list_order(list, member_of(state, list, "d")), WRES_NO_ORDER);
    assert_string_equal(wres_list_treatment(list, member_of(state, list, "b")), "special");
    assert_string_equal(wres_list_treatment(list, member_of(state, list, "a")), "");
    for (size_t m = 0; m < 4; m++) assert_string_equal(wres_list_member_name(list, (uint16_t)m), "x");
}

static void a_list_need_have_no_order(void **state) {
    const wres_list *list = read_good(state, "spelling,sex\nF,female\n" RESERVED);
    assert_int_equal(wres_list_order(list, 0), WRES_NO_ORDER);
    assert_string_equal(wres_list_treatment(list, 0), "");
}

static void attributes_group_members(void **state) {
    const wres_list *list = read_good(
        state,
        "spelling,code,category,group,source\nIrish,B,White Irish,White,C\nIndian,H,Asian Indian,BME,C\nPolish,,White Other,White,C\n"
        "(blank),,Not known,Unknown,\n(unmapped),,Not known,Unknown,\n");
    assert_int_equal(wres_list_attributes(list), 2);
    assert_string_equal(wres_list_attribute_name(list, 1), "group");
    assert_int_equal(wres_list_attribute(list, "category"), 0);
    assert_int_equal(wres_list_attribute(list, "group"), 1);
    assert_int_equal(wres_list_attribute(list, "code"), WRES_NO_ATTRIBUTE);
    assert_int_equal(wres_list_attribute(list, "Group"), WRES_NO_ATTRIBUTE);
    assert_int_equal(wres_list_values(list, 0), 4);
    assert_int_equal(wres_list_values(list, 1), 3);
    static const char *const order_of_appearance[] = {"White", "BME", "Unknown"};
    for (uint16_t i = 0; i < 3; i++) assert_string_equal(wres_list_value(list, 1, i), order_of_appearance[i]);
    assert_int_equal(wres_list_value_of(list, 1, member_of(state, list, "polish")), 0);
    assert_int_equal(wres_list_value_of(list, 1, member_of(state, list, "h")), 1);
    assert_int_equal(wres_list_value_find(list, 1, TEXT(" bme ")), 1);
    assert_int_equal(wres_list_value_find(list, 0, TEXT("WHITE  OTHER")), 2);
    assert_int_equal(wres_list_value_find(list, 1, TEXT("Asian")), -1);
}

static void cells_are_trimmed(void **state) {
    const wres_list *list =
        read_good(state, " spelling , sex\n \" F \" ,\" female \"\n\" (blank)\",unknown\n(unmapped) ,unknown\n");
    assert_string_equal(wres_list_member_name(list, member_of(state, list, "f")), "female");
    assert_string_equal(wres_list_attribute_name(list, 0), "sex");
}

static void a_spelling_may_come_twice_for_one_member(void **state) {
    assert_int_equal(wres_list_members(read_good(state, "spelling,sex\nF,female\n f ,female\n" RESERVED)), 2);
}

static void a_list_may_be_long(void **state) {
    enum { ROWS = 3000 };
    const size_t room = ROWS * 32;
    char *text = wres_alloc(run_of(state), room);
    size_t length = (size_t)snprintf(text, room, "spelling,kind\n" RESERVED);
    for (int i = 0; i < ROWS; i++) length += (size_t)snprintf(text + length, room - length, "s%d,k%d\n", i, i / 2);
    const wres_list *list = read_good(state, text);
    assert_int_equal(wres_list_members(list), ROWS / 2 + 1);
    for (int i = 0; i < ROWS; i++)
        assert_string_equal(wres_list_member_name(list, member_of(state, list, wres_print(run_of(state), "S%d", i))),
                            wres_print(run_of(state), "k%d", i / 2));
}

static void only_letters_have_a_first_letter(void **state) {
    wres_found found;
    const wres_list *digits =
        read_good(state, "spelling,code,kind\nOne,1,one\nTilde,~,tilde\nPlus,+,plus\n(blank),,u\n(unmapped),,u\n");
    wres_list_look_up(digits, run_of(state), TEXT("1x"), &found);
    assert_int_equal(found, WRES_UNMAPPED);
    assert_string_equal(wres_list_member_name(digits, member_of(state, digits, "~")), "tilde");
    const wres_list *letters = read_good(state, "spelling,code,kind\nOne,b,one\n(blank),,u\n(unmapped),,u\n");
    assert_string_equal(wres_list_member_name(letters, wres_list_look_up(letters, run_of(state), TEXT("Bx"), &found)), "one");
    assert_int_equal(found, WRES_FIRST_LETTER);
}

/* ---- mistakes --------------------------------------------------------------------------------------------------------- */

static void an_empty_file(void **state) { assert_refused(state, "", "code-list", 0, "spelling", "(blank) and (unmapped)"); }

static void no_blank_row(void **state) {
    assert_refused(state, "spelling,sex\nF,female\n(unmapped),unknown\n", "code-list", 0, "spelling", "(blank) and (unmapped)");
}

static void no_unmapped_row(void **state) {
    assert_refused(state, "spelling,sex\nF,female\n(blank),unknown\n", "code-list", 0, "spelling", "(blank) and (unmapped)");
}

static void no_spellings(void **state) {
    assert_refused(state, "spellings,sex\n" RESERVED, "code-list", 1, "spelling", "needs the column 'spelling'");
}

static void no_attribute(void **state) {
    assert_refused(state, "spelling,code,order,treatment,source\n", "code-list", 1, NULL, "a column that names its members");
}

static void twelve_attributes_are_enough(void **state) {
    assert_int_equal(
        wres_list_attributes(read_good(state, "spelling,a,b,c,d,e,f,g,h,i,j,k,l\n(blank),,,,,,,,,,,,\n(unmapped),,,,,,,,,,,,\n")),
        12);
    assert_refused(state, "spelling,a,b,c,d,e,f,g,h,i,j,k,l,m\n", "code-list", 1, "m", "at most 12 attribute columns");
}

static void a_short_row(void **state) {
    assert_refused(state, "spelling,sex\nF,female\n\nM\n" RESERVED, "code-list", 4, NULL, "not as many cells as the header");
}

static void a_long_row(void **state) {
    assert_refused(state, "spelling,sex\nF,female,x\n" RESERVED, "code-list", 2, NULL, "not as many cells as the header");
}

static void one_spelling_for_two_members(void **state) {
    assert_refused(state, "spelling,sex\nF,female\nM,male\n f ,male\n" RESERVED, "code-list", 4, "spelling",
                   "stands for something else there");
}

static void one_spelling_for_two_orders(void **state) {
    assert_refused(state, "spelling,row,order\nb5,Band,5\nB5,Band,6\n", "code-list", 3, "spelling",
                   "stands for something else there");
}

static void a_spelling_that_is_the_code_of_another(void **state) {
    assert_refused(state, "spelling,code,sex\nFemale,X,female\nx,,male\n", "code-list", 3, "spelling",
                   "stands for something else there");
}

static void an_order_that_is_none(void **state) {
    static const char *const wrong[] = {"first", "-1", "1.5", "10001", "1e3"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fixture own = {.run = wres_run_new()};
        void *own_state = &own;
        assert_refused(&own_state, wres_print(own.run, "spelling,row,order\na,x,10000\nb,y,0\nc,z,%s\n", wrong[i]), "code-list", 4,
                       "order", "a whole number from 0 to 10000");
        wres_run_free(own.run);
    }
    (void)state;
}

static void no_csv(void **state) {
    assert_refused(state, "spelling,sex\nF\"x,female\n", "csv", 2, NULL, "a quotation mark stands");
}

static void a_quote_never_closed(void **state) {
    assert_refused(state, "spelling,sex\nF,female\n\"M,male\n" RESERVED, "csv", 3, NULL, "never closed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(members_are_told_apart_by_their_attributes),
        CASE(blank_and_unmapped_may_differ),
        CASE(order_and_treatment_make_members_too),
        CASE(a_list_need_have_no_order),
        CASE(attributes_group_members),
        CASE(cells_are_trimmed),
        CASE(a_spelling_may_come_twice_for_one_member),
        CASE(a_list_may_be_long),
        CASE(only_letters_have_a_first_letter),
        CASE(an_empty_file),
        CASE(no_blank_row),
        CASE(no_unmapped_row),
        CASE(no_spellings),
        CASE(no_attribute),
        CASE(twelve_attributes_are_enough),
        CASE(a_short_row),
        CASE(a_long_row),
        CASE(one_spelling_for_two_members),
        CASE(one_spelling_for_two_orders),
        CASE(a_spelling_that_is_the_code_of_another),
        CASE(an_order_that_is_none),
        CASE(no_csv),
        CASE(a_quote_never_closed),
    };
    RUN_CASES(tests);
}
