/* Text to small numbers: exact bytes, in order of first appearance. */
#include "fixture.h"

static void numbers_come_in_order_of_appearance(void **state) {
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    assert_int_equal(wres_dictionary_count(d), 0);
    assert_int_equal(wres_dictionary_add(d, TEXT("White")), 0);
    assert_int_equal(wres_dictionary_add(d, TEXT("BME")), 1);
    assert_int_equal(wres_dictionary_add(d, TEXT("White")), 0);
    assert_int_equal(wres_dictionary_add(d, TEXT("Unknown")), 2);
    assert_int_equal(wres_dictionary_count(d), 3);
    assert_string_equal(wres_dictionary_text(d, 1), "BME");
}

static void find_adds_nothing(void **state) {
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    assert_true(wres_dictionary_find(d, TEXT("x")) == WRES_NOWHERE);
    assert_int_equal(wres_dictionary_count(d), 0);
    wres_dictionary_add(d, TEXT("x"));
    assert_int_equal(wres_dictionary_find(d, TEXT("x")), 0);
    assert_true(wres_dictionary_find(d, TEXT("y")) == WRES_NOWHERE);
}

static void bytes_count_exactly(void **state) {
    const wres_text different[] = {TEXT(""),    TEXT("a"),    TEXT("A"),    TEXT("a "),
                                   TEXT("a\0"), TEXT("a\0b"), TEXT("a\0c"), TEXT("\xff")};
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    for (uint32_t i = 0; i < COUNT(different); i++) assert_int_equal(wres_dictionary_add(d, different[i]), i);
    for (uint32_t i = 0; i < COUNT(different); i++) {
        assert_int_equal(wres_dictionary_find(d, different[i]), i);
        assert_true(wres_text_same(wres_dictionary_bytes(d, i), different[i]));
    }
}

static void texts_are_copied_and_terminated(void **state) {
    char text[] = {'a', 'b', 'c'};
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    wres_dictionary_add(d, (wres_text){text, 2});
    memset(text, 'z', sizeof text);
    assert_string_equal(wres_dictionary_text(d, 0), "ab");
    assert_int_equal(wres_dictionary_bytes(d, 0).length, 2);
}

static void numbers_stay_while_it_grows(void **state) {
    enum { TEXTS = 20000 };
    char text[16];
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    for (uint32_t i = 0; i < TEXTS; i++) {
        snprintf(text, sizeof text, "%u", i * 7919U);
        assert_int_equal(wres_dictionary_add(d, wres_text_of(text)), i);
    }
    assert_int_equal(wres_dictionary_count(d), TEXTS);
    for (uint32_t i = 0; i < TEXTS; i++) {
        snprintf(text, sizeof text, "%u", i * 7919U);
        assert_int_equal(wres_dictionary_find(d, wres_text_of(text)), i);
        assert_int_equal(wres_dictionary_add(d, wres_text_of(text)), i);
        assert_string_equal(wres_dictionary_text(d, i), text);
    }
    assert_true(wres_dictionary_find(d, TEXT("absent")) == WRES_NOWHERE);
}

/* As src/embed.c freezes them: texts one behind the other, and the slots as they are. */
static wres_dictionary *frozen(void **state, const wres_dictionary *d) {
    wres_frozen *f = wres_alloc(run_of(state), sizeof *f);
    const uint32_t count = wres_dictionary_count(d);
    uint32_t *starts = wres_alloc(run_of(state), (count + 1) * sizeof *starts);
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) length += wres_dictionary_bytes(d, i).length + 1;
    char *texts = wres_alloc(run_of(state), length + 1);
    for (uint32_t i = 0; i < count; i++) {
        const wres_text text = wres_dictionary_bytes(d, i);
        memcpy(texts + starts[i], text.bytes, text.length);
        starts[i + 1] = starts[i] + (uint32_t)text.length + 1;
    }
    *f = (wres_frozen){.texts = texts, .starts = starts, .count = count};
    f->slots = wres_dictionary_slots(d, &f->slot_count);
    return wres_dictionary_frozen(run_of(state), f);
}

static void a_frozen_one_says_the_same(void **state) {
    enum { TEXTS = 5000 };
    char text[16];
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    wres_dictionary_add(d, TEXT(""));
    wres_dictionary_add(d, TEXT("a\0b"));
    for (uint32_t i = 2; i < TEXTS; i++) {
        snprintf(text, sizeof text, "%u", i * 7919U);
        wres_dictionary_add(d, wres_text_of(text));
    }
    wres_dictionary *f = frozen(state, d);
    assert_int_equal(wres_dictionary_count(f), TEXTS);
    for (uint32_t i = 0; i < TEXTS; i++) {
        const wres_text wanted = wres_dictionary_bytes(d, i);
        assert_true(wres_text_same(wres_dictionary_bytes(f, i), wanted));
        assert_string_equal(wres_dictionary_text(f, i), wres_dictionary_text(d, i));
        assert_int_equal(wres_dictionary_find(f, wanted), i);
    }
    assert_true(wres_dictionary_find(f, TEXT("absent")) == WRES_NOWHERE);
    assert_true(wres_dictionary_find(f, TEXT("a\0")) == WRES_NOWHERE);
}

static void nothing_is_added_to_a_frozen_one(void **state) {
    wres_dictionary *d = wres_dictionary_new(run_of(state));
    wres_dictionary_add(d, TEXT("x"));
    wres_dictionary *f = frozen(state, d);
    assert_int_equal(wres_dictionary_add(f, TEXT("x")), 0);
    assert_true(wres_dictionary_add(f, TEXT("y")) == WRES_NOWHERE);
    assert_int_equal(wres_dictionary_count(f), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(numbers_come_in_order_of_appearance), CASE(find_adds_nothing),           CASE(bytes_count_exactly),
        CASE(texts_are_copied_and_terminated),     CASE(numbers_stay_while_it_grows), CASE(a_frozen_one_says_the_same),
        CASE(nothing_is_added_to_a_frozen_one),
    };
    RUN_CASES(tests);
}
