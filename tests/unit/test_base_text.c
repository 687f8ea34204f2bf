/* Text: trimming, the forms in which values and headers are compared, what may be shown, and near misses. */
#include "fixture.h"

#define NBSP       "\xc2\xa0"
#define ZERO_WIDTH "\xe2\x80\x8b"

static void assert_trimmed(wres_text text, const char *expected) {
    const wres_text got = wres_text_trim(text);
    assert_int_equal(got.length, strlen(expected));
    assert_memory_equal(got.bytes, expected, got.length);
}

static void assert_normal(void **state, const char *text, const char *expected) {
    assert_string_equal(wres_normalised(run_of(state), wres_text_of(text)), expected);
}

static void assert_visible(void **state, wres_text text, const char *expected) {
    assert_string_equal(wres_visible(run_of(state), text), expected);
}

static void same_means_the_same_bytes(void **state) {
    (void)state;
    assert_true(wres_text_same(TEXT("a\0b"), TEXT("a\0b")));
    assert_false(wres_text_same(TEXT("a\0b"), TEXT("a\0c")));
    assert_false(wres_text_same(TEXT("a"), TEXT("A")));
    assert_false(wres_text_same(TEXT("a"), TEXT("ab")));
    assert_true(wres_text_same((wres_text){NULL, 0}, TEXT("")));
    assert_int_equal(wres_text_of("abc").length, 3);
}

static void trim_takes_blanks_off_both_ends(void **state) {
    (void)state;
    assert_trimmed(TEXT("  a b \t"), "a b");
    assert_trimmed(TEXT("\r\n a \r\n"), "a");
    assert_trimmed(TEXT(NBSP "a" NBSP "b" NBSP), "a" NBSP "b");
    assert_trimmed(TEXT("\xe2\x80\xaf\xe2\x80\x89\xe3\x80\x80"
                        "a\xe2\x80\x80"),
                   "a"); /* narrow, thin, ideographic, quad */
    assert_trimmed(TEXT(""), "");
    assert_trimmed(TEXT(" " NBSP "\t"), "");
    assert_trimmed(TEXT(ZERO_WIDTH "a"), ZERO_WIDTH "a");
    assert_trimmed(TEXT("\xc2"), "\xc2");     /* half a no-break space */
    assert_trimmed(TEXT("a \xa0"), "a \xa0"); /* a no-break space of Windows-1252 */
}

static void utf8_is_told_from_other_bytes(void **state) {
    const wres_text good[] = {TEXT(""),
                              TEXT("plain"),
                              TEXT("\x7f"),
                              TEXT("\xc2\x80"),
                              TEXT("\xdf\xbf"),
                              TEXT("\xe0\xa0\x80"),
                              TEXT("\xed\x9f\xbf"),
                              TEXT("\xee\x80\x80"),
                              TEXT("\xef\xbf\xbf"),
                              TEXT("\xf0\x90\x80\x80"),
                              TEXT("\xf4\x8f\xbf\xbf"),
                              TEXT("a\0b")};
    const wres_text bad[] = {
        TEXT("\x80"), /* a continuation alone */
        TEXT("\xbf"),
        TEXT("\xc0\x80"), /* overlong */
        TEXT("\xc1\xbf"),
        TEXT("\xe0\x9f\xbf"),
        TEXT("\xf0\x8f\xbf\xbf"),
        TEXT("\xed\xa0\x80"), /* surrogates */
        TEXT("\xed\xbf\xbf"),
        TEXT("\xf4\x90\x80\x80"), /* beyond the last code point */
        TEXT("\xf5\x80\x80\x80"),
        TEXT("\xff"),
        TEXT("\xc3"), /* cut short */
        TEXT("\xe2\x80"),
        TEXT("\xf0\x9f\x98"),
        TEXT("\xc3("), /* no continuation */
        TEXT("\xe2\x80("),
        TEXT("caf\xe9"), /* Windows-1252 */
        TEXT("good \xe2\x82\xac, bad \xfe"),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!wres_text_is_utf8(good[i])) fail_msg("good text %zu is refused", i);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (wres_text_is_utf8(bad[i])) fail_msg("bad text %zu passes", i);
}

static void normalising_ignores_case_and_blanks(void **state) {
    assert_normal(state, "  White   -\tBritish ", "white-british");
    assert_normal(state, "White" NBSP "and" NBSP NBSP " Asian", "white and asian");
    assert_normal(state, "BAND 8A", "band 8a");
    assert_normal(state, "line\r\nbreak", "line break");
    assert_normal(state, "", "");
    assert_normal(state, " " NBSP, "");
}

static void every_dash_is_the_same(void **state) {
    static const char *const dashes[] = {
        "-", "\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95", "\xe2\x88\x92"};
    for (size_t i = 0; i < COUNT(dashes); i++) {
        assert_normal(state, wres_print(run_of(state), "A %s B", dashes[i]), "a-b");
        assert_normal(state, wres_print(run_of(state), "A%sB", dashes[i]), "a-b");
        assert_normal(state, wres_print(run_of(state), "A" NBSP "%s B", dashes[i]), "a-b");
    }
    assert_normal(state, "-", "-");
    assert_normal(state, " - a - ", "-a-");
    assert_normal(state, "a - - b", "a--b");
}

static void ampersand_is_and(void **state) {
    assert_normal(state, "Medical & Dental", "medical and dental");
    assert_normal(state, "A&C", "aandc");
    assert_normal(state, "&&&", "andandand");
}

static void other_characters_stay(void **state) {
    assert_normal(state, "a" ZERO_WIDTH "b", "a" ZERO_WIDTH "b");
    assert_normal(state, ZERO_WIDTH "a", ZERO_WIDTH "a");
    assert_normal(state,
                  "\xef\xbb\xbf"
                  "a",
                  "\xef\xbb\xbf"
                  "a");
    assert_normal(state, "\xc3\x89t\xc3\xa9", "\xc3\x89t\xc3\xa9"); /* only ASCII letters have a case here */
    assert_normal(state, "\xd0\x90", "\xd0\x90");                   /* a Cyrillic A is no A */
    assert_normal(state, "\xf0\x9f\x98\x80!", "\xf0\x9f\x98\x80!");
    assert_normal(state, "caf\xe9 \x96 x", "caf\xe9 \x96 x"); /* bytes that are no UTF-8 */
    assert_normal(state, "@[`{", "@[`{");
}

static void normalising_twice_changes_nothing(void **state) {
    static const char *const pieces[] = {"A", "b", " ", NBSP, "-", "\xe2\x80\x93", "&", ZERO_WIDTH, "\xc3", "\xff", "\t", "7"};
    uint32_t seed = 1;
    for (int i = 0; i < 5000; i++) {
        const char *text = "";
        for (int j = 0; j < 8; j++) {
            seed = seed * 1664525U + 1013904223U;
            text = wres_print(run_of(state), "%s%s", text, pieces[(seed >> 16) % COUNT(pieces)]);
        }
        const char *once = wres_normalised(run_of(state), wres_text_of(text));
        assert_normal(state, once, once);
    }
}

static void normalising_writes_no_more_than_it_may(void **state) {
    (void)state;
    char out[8];
    memset(out, '#', sizeof out);
    assert_int_equal(wres_text_normalise(TEXT(" A & B "), out, 4), 7);
    assert_memory_equal(out, "a an####", 8);
    assert_int_equal(wres_text_normalise(TEXT("abc"), out, 0), 3);
    assert_memory_equal(out, "a an####", 8);
    assert_int_equal(wres_text_normalise(TEXT("a\0B"), out, 8), 3);
    assert_memory_equal(out, "a\0b", 3);
}

static void header_keys_are_letters_and_digits(void **state) {
    assert_string_equal(wres_header_key(run_of(state), TEXT(" Org L3 ")), "orgl3");
    assert_string_equal(wres_header_key(run_of(state), TEXT("Primary Y/N")), "primaryyn");
    assert_string_equal(wres_header_key(run_of(state), TEXT("M&D_Grade (2025)")), "mdgrade2025");
    assert_string_equal(wres_header_key(run_of(state), TEXT("org_l3")), "orgl3");
    assert_string_equal(wres_header_key(run_of(state), TEXT("[`{@/:")), "");
    assert_string_equal(wres_header_key(run_of(state), TEXT("AZaz09")), "azaz09");
    assert_string_equal(wres_header_key(run_of(state), TEXT(NBSP "\xc3\x89t\xc3\xa9" NBSP)), "\xc3\x89t\xc3\xa9");
    assert_string_equal(wres_header_key(run_of(state), TEXT("a\x7f"
                                                            "b")),
                        "ab");
    assert_string_equal(wres_header_key(run_of(state), TEXT("")), "");
}

static void visible_shows_what_cannot_be_seen(void **state) {
    assert_visible(state, TEXT("plain, caf\xc3\xa9 \xf0\x9f\x98\x80"), "plain, caf\xc3\xa9 \xf0\x9f\x98\x80");
    assert_visible(state, TEXT("a" ZERO_WIDTH "b"), "aU+200Bb");
    assert_visible(state, TEXT("\x1b[31m"), "U+001B[31m");
    assert_visible(state, TEXT("a\0b\n\x7f"), "aU+0000bU+000AU+007F");
    assert_visible(state, TEXT("\xc2\x85\xc2\xad\xc2\xa0"), "U+0085U+00ADU+00A0");
    assert_visible(state, TEXT("\xe2\x80\xae\xe2\x80\xa8\xe2\x81\xa0\xef\xbb\xbf"), "U+202EU+2028U+2060U+FEFF");
    assert_visible(state, TEXT("\xe2\x80\xa7\xe2\x80\xaf"), "\xe2\x80\xa7\xe2\x80\xaf");
    assert_visible(state, TEXT("\x96 \xff"), "\\x96 \\xFF");
    assert_visible(state, TEXT(""), "");
}

static void visible_is_cut_at_40_characters(void **state) {
    const char *forty = "0123456789012345678901234567890123456789";
    assert_visible(state, wres_text_of(forty), forty);
    assert_visible(state, wres_text_of(wres_print(run_of(state), "%sx", forty)), wres_print(run_of(state), "%s...", forty));
    const char *wide = "", *shown = "";
    for (int i = 0; i < 40; i++) {
        wide = wres_print(run_of(state), "%s" ZERO_WIDTH, wide);
        shown = wres_print(run_of(state), "%sU+200B", shown);
    }
    assert_visible(state, wres_text_of(wide), shown);
    assert_visible(state, wres_text_of(wres_print(run_of(state), "%s%s", wide, wide)), wres_print(run_of(state), "%s...", shown));
    for (int i = 0; i < 40; i++) wide = i ? wres_print(run_of(state), "%s\xf0\x9f\x98\x80", wide) : "\xf0\x9f\x98\x80";
    assert_visible(state, wres_text_of(wide), wide);
}

static void names_of_files_are_not_cut(void **state) {
    const char *name = wres_print(run_of(state), "/%0200d/\x1b.csv", 7);
    assert_string_equal(wres_visible_name(run_of(state), name), wres_print(run_of(state), "/%0200d/U+001B.csv", 7));
    assert_string_equal(wres_visible_name(run_of(state), ""), "");
}

static const char *const tables[] = {"workforce", "recruitment", "cases", "training", "survey", "board"};

static void assert_near(void **state, const char *word, const char *expected) {
    assert_same_text(wres_nearest(run_of(state), word, tables, COUNT(tables)), expected);
}

static void near_misses_are_found(void **state) {
    assert_near(state, "workforce", "workforce");
    assert_near(state, "workforc", "workforce");
    assert_near(state, "wrokforce", "workforce"); /* a swap counts once */
    assert_near(state, "work_force", "workforce");
    assert_near(state, "WORKFORCE", "workforce");
    assert_near(state, "case", "cases");
    assert_near(state, "borad", "board");
    assert_near(state, "trainning", "training");
}

static void nothing_is_near_a_strange_word(void **state) {
    assert_near(state, "payroll", NULL);
    assert_near(state, "xyz", NULL);
    assert_near(state, "c", NULL);
    assert_near(state, "", NULL);
    assert_null(wres_nearest(run_of(state), "workforce", tables, 0));
    assert_null(wres_nearest(run_of(state), wres_print(run_of(state), "%049d", 0), tables, COUNT(tables)));
}

static void the_nearest_wins_and_the_first_of_equals(void **state) {
    static const char *const words[] = {"sexes", "sex", "set", "see"};
    assert_string_equal(wres_nearest(run_of(state), "sxe", words, COUNT(words)), "sex");
    assert_string_equal(wres_nearest(run_of(state), "sez", words, COUNT(words)), "sex");
    assert_string_equal(wres_nearest(run_of(state), "sei", words + 2, 2), "set");
}

static void long_candidates_are_passed_over(void **state) {
    const char *const words[] = {wres_print(run_of(state), "%060d", 0), wres_print(run_of(state), "%048d", 0)};
    assert_null(wres_nearest(run_of(state), "0", words, 1));
    assert_ptr_equal(wres_nearest(run_of(state), wres_print(run_of(state), "%047d", 0), words, 2), words[1]);
    assert_ptr_equal(wres_nearest(run_of(state), words[1], words, 2), words[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(same_means_the_same_bytes),
        CASE(trim_takes_blanks_off_both_ends),
        CASE(utf8_is_told_from_other_bytes),
        CASE(normalising_ignores_case_and_blanks),
        CASE(every_dash_is_the_same),
        CASE(ampersand_is_and),
        CASE(other_characters_stay),
        CASE(normalising_twice_changes_nothing),
        CASE(normalising_writes_no_more_than_it_may),
        CASE(header_keys_are_letters_and_digits),
        CASE(visible_shows_what_cannot_be_seen),
        CASE(visible_is_cut_at_40_characters),
        CASE(names_of_files_are_not_cut),
        CASE(near_misses_are_found),
        CASE(nothing_is_near_a_strange_word),
        CASE(the_nearest_wins_and_the_first_of_equals),
        CASE(long_candidates_are_passed_over),
    };
    RUN_CASES(tests);
}
