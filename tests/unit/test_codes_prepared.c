/* The built-in lists are made when the program is built; here the files are read again, and both must say the same. */
#include "codes/list.h"
#include "fixture.h"

static wres_list *list_of_file(void **state, const char *name) {
    wres_text content;
    wres_list *list;
    const char *file = wres_print(run_of(state), "data/codes/%s.csv", name);
    assert_int_equal(wres_file_load(run_of(state), file, &content), WRES_OK);
    assert_int_equal(list_read(run_of(state), name, file, content, &list), WRES_OK);
    return list;
}

static void assert_same_texts(const wres_dictionary *built_in, const wres_dictionary *read) {
    assert_int_equal(wres_dictionary_count(built_in), wres_dictionary_count(read));
    for (uint32_t i = 0; i < wres_dictionary_count(read); i++) {
        const wres_text text = wres_dictionary_bytes(read, i);
        assert_true(wres_text_same(wres_dictionary_bytes(built_in, i), text));
        assert_string_equal(wres_dictionary_text(built_in, i), wres_dictionary_text(read, i));
        assert_int_equal(wres_dictionary_find(built_in, text), i);
    }
}

static void assert_same_member(const wres_list *built_in, const wres_list *read, uint16_t member) {
    const list_member *a = &built_in->members[member], *b = &read->members[member];
    assert_int_equal(a->order, b->order);
    assert_string_equal(a->treatment, b->treatment);
    for (size_t i = 0; i < MOST_ATTRIBUTES; i++) assert_int_equal(a->value[i], b->value[i]);
}

static void every_list_is_that_of_its_file(void **state) {
    wres_codes *codes;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    assert_true(wres_codes_count(codes) > 20);
    for (size_t l = 0; l < wres_codes_count(codes); l++) {
        const wres_list *built_in = wres_codes_at(codes, l), *read = list_of_file(state, built_in->name);
        assert_string_equal(built_in->name, read->name);
        assert_int_equal(built_in->attributes, read->attributes);
        for (size_t i = 0; i < read->attributes; i++) {
            assert_string_equal(built_in->attribute[i], read->attribute[i]);
            assert_same_texts(built_in->values[i], read->values[i]);
        }
        assert_int_equal(built_in->member_count, read->member_count);
        for (size_t m = 0; m < read->member_count; m++) assert_same_member(built_in, read, (uint16_t)m);
        assert_same_texts(built_in->spellings, read->spellings);
        for (uint32_t i = 0; i < wres_dictionary_count(read->spellings); i++)
            assert_int_equal(built_in->of_spelling[i], read->of_spelling[i]);
        assert_int_equal(built_in->blank, read->blank);
        assert_int_equal(built_in->unmapped, read->unmapped);
        assert_int_equal(built_in->one_letter_codes, read->one_letter_codes);
    }
}

static void texts_of_one_list_are_found_in_no_other_that_lacks_them(void **state) {
    wres_codes *codes;
    size_t absent = 0;
    assert_int_equal(wres_codes_load(run_of(state), NULL, 0, &codes), WRES_OK);
    const wres_dictionary *texts = wres_codes_find(codes, "ethnicity")->spellings;
    for (size_t l = 0; l < wres_codes_count(codes); l++) {
        const wres_list *built_in = wres_codes_at(codes, l), *read = list_of_file(state, built_in->name);
        for (uint32_t i = 0; i < wres_dictionary_count(texts); i++) {
            const uint32_t number = wres_dictionary_find(read->spellings, wres_dictionary_bytes(texts, i));
            assert_int_equal(wres_dictionary_find(built_in->spellings, wres_dictionary_bytes(texts, i)), number);
            absent += number == WRES_NOWHERE;
        }
    }
    assert_true(absent > 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_list_is_that_of_its_file),
        CASE(texts_of_one_list_are_found_in_no_other_that_lacks_them),
    };
    RUN_CASES(tests);
}
