/* Findings that agree in all but the line become one row. */
#include "fixture.h"

#include "check/check.h"

static void add(collection *c, wres_severity severity, const char *check, wres_place place, uint64_t count, const char *message) {
    collection_hear(c, &(wres_finding){severity, check, place, count, message});
}

static void lines_are_gathered(void **state) {
    collection *c = collection_new(run_of(state));
    char message[] = "wrong";
    for (uint64_t line = 30; line > 5; line--) add(c, WRES_ERROR, "date", (wres_place){"t", "f", line, "d"}, 0, message);
    message[0] = 'W'; /* what was heard is a copy */
    assert_int_equal(collection_count(c), 1);
    const wres_check_row *row = collection_at(c, 0);
    assert_int_equal(row->count, 25);
    assert_int_equal(row->place.line, 6);
    assert_int_equal(row->line_count, 10);
    assert_int_equal(row->lines[0], 30);
    assert_string_equal(row->message, "wrong");
    assert_false(row->has_share);
}

static void each_part_tells_rows_apart(void **state) {
    collection *c = collection_new(run_of(state));
    const wres_place place = {"t", "f", 1, "d"};
    add(c, WRES_ERROR, "date", place, 0, "m");
    add(c, WRES_WARNING, "date", place, 0, "m");
    add(c, WRES_ERROR, "dat", (wres_place){"et", "f", 1, "d"}, 0, "m");
    add(c, WRES_ERROR, "date", (wres_place){NULL, "f", 1, "d"}, 0, "m");
    add(c, WRES_ERROR, "date", (wres_place){"t", NULL, 1, "d"}, 0, "m");
    add(c, WRES_ERROR, "date", (wres_place){"t", "f", 1, NULL}, 0, "m");
    add(c, WRES_ERROR, "date", place, 0, "n");
    add(c, WRES_ERROR, "date", (wres_place){"t", "f", 2, "d"}, 0, "m"); /* the first again */
    assert_int_equal(collection_count(c), 7);
}

static void counts_are_added_and_a_place_without_a_line_counts_nothing(void **state) {
    collection *c = collection_new(run_of(state));
    add(c, WRES_WARNING, "a", (wres_place){.line = 4}, 7, "m");
    add(c, WRES_WARNING, "a", (wres_place){.line = 2}, 8, "m");
    add(c, WRES_WARNING, "b", (wres_place){0}, 0, "m");
    assert_int_equal(((wres_check_row *)collection_at(c, 0))->count, 15);
    assert_int_equal(((wres_check_row *)collection_at(c, 1))->count, 0);
    assert_int_equal(((wres_check_row *)collection_at(c, 1))->line_count, 0);
}

static void what_is_diverted_is_heard_whole_and_not_kept(void **state) {
    wres_run *run = run_of(state);
    collection *c = collection_new(run);
    char long_text[3000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    wres_findings_divert(run, collection_hear, c);
    for (int i = 0; i < 50; i++) wres_find(run, WRES_WARNING, "a", (wres_place){0}, 1, "number %d", i);
    wres_find(run, WRES_WARNING, "long", (wres_place){0}, 0, "%s", long_text);
    wres_findings_divert(run, NULL, NULL);
    wres_find(run, WRES_WARNING, "kept", (wres_place){0}, 0, "kept");
    assert_int_equal(collection_count(c), 51);
    assert_string_equal(((wres_check_row *)collection_at(c, 49))->message, "number 49");
    assert_string_equal(((wres_check_row *)collection_at(c, 50))->message, long_text);
    assert_int_equal(wres_finding_count(run), 1);
    assert_int_equal(wres_findings_dropped(run, "a"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {CASE(lines_are_gathered), CASE(each_part_tells_rows_apart),
                                       CASE(counts_are_added_and_a_place_without_a_line_counts_nothing),
                                       CASE(what_is_diverted_is_heard_whole_and_not_kept)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
