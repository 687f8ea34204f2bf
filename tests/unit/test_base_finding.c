/* Findings: their order, their parts, and how many of a kind are kept. */
#include "fixture.h"

static void find_many(wres_run *run, const char *check, size_t count) {
    for (size_t i = 1; i <= count; i++) wres_find(run, WRES_WARNING, check, (wres_place){.line = i}, 0, "%s %zu", check, i);
}

static void a_run_begins_without_findings(void **state) {
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    assert_int_equal(wres_findings_dropped(run_of(state), "any"), 0);
}

static void a_finding_keeps_all_its_parts(void **state) {
    wres_find(run_of(state), WRES_INFORMATION, "unmapped-value",
              (wres_place){.table = "workforce", .file = "w.csv", .line = 12, .field = "ethnicity"}, 34, "%d of %s", 7, "9");
    wres_find(run_of(state), WRES_ERROR, "other", (wres_place){0}, 0, "plain");
    assert_int_equal(wres_finding_count(run_of(state)), 2);
    const wres_finding *first = wres_finding_at(run_of(state), 0);
    assert_int_equal(first->severity, WRES_INFORMATION);
    assert_string_equal(first->check, "unmapped-value");
    assert_string_equal(first->place.table, "workforce");
    assert_string_equal(first->place.file, "w.csv");
    assert_int_equal(first->place.line, 12);
    assert_string_equal(first->place.field, "ethnicity");
    assert_int_equal(first->count, 34);
    assert_string_equal(first->message, "7 of 9");
    assert_null(wres_finding_at(run_of(state), 1)->place.table);
    assert_error_at(run_of(state), 1, "other", NULL, 0, NULL, "plain");
}

static void hear_one(void *context, const wres_finding *finding) {
    assert_string_equal(finding->message, "'AU+FEFFb'U+0009");
    ++*(int *)context;
}

static void what_cannot_be_seen_is_shown_by_its_name(void **state) {
    int heard = 0;
    wres_find(run_of(state), WRES_ERROR, "strange",
              (wres_place){.table = "t\x1b[1m", .file = "caf\xc3\xa9.csv", .line = 1, .field = "a\nb"}, 0, "'%s'\v of %s",
              "st\xef\xbb\xbf_group", "Br\xc3\xb6t \xff");
    const wres_finding *found = wres_finding_at(run_of(state), 0);
    assert_string_equal(found->message, "'stU+FEFF_group'U+000B of Br\xc3\xb6t \\xFF");
    assert_string_equal(found->place.table, "tU+001B[1m");
    assert_string_equal(found->place.file, "caf\xc3\xa9.csv");
    assert_string_equal(found->place.field, "aU+000Ab");
    wres_findings_divert(run_of(state), hear_one, &heard);
    wres_find(run_of(state), WRES_ERROR, "strange", (wres_place){0}, 0, "'%s'\t",
              "A\xef\xbb\xbf"
              "b");
    wres_findings_divert(run_of(state), NULL, NULL);
    assert_int_equal(heard, 1);
}

static void ten_of_a_check_are_kept(void **state) {
    find_many(run_of(state), "full", WRES_FINDINGS_A_CHECK);
    assert_int_equal(wres_finding_count(run_of(state)), 10);
    assert_int_equal(wres_findings_dropped(run_of(state), "full"), 0);
    find_many(run_of(state), "full", 1);
    assert_int_equal(wres_finding_count(run_of(state)), 10);
    assert_int_equal(wres_findings_dropped(run_of(state), "full"), 1);
    find_many(run_of(state), "full", 1000);
    assert_int_equal(wres_findings_dropped(run_of(state), "full"), 1001);
    assert_string_equal(wres_finding_at(run_of(state), 9)->message, "full 10");
}

static void checks_are_counted_apart(void **state) {
    find_many(run_of(state), "one", 12);
    find_many(run_of(state), "two", 3);
    char copy[] = "one"; /* the same name in another place */
    find_many(run_of(state), copy, 1);
    assert_int_equal(wres_finding_count(run_of(state)), 13);
    assert_int_equal(wres_findings_dropped(run_of(state), "one"), 3);
    assert_int_equal(wres_findings_dropped(run_of(state), "two"), 0);
    assert_int_equal(wres_findings_dropped(run_of(state), "three"), 0);
    assert_string_equal(wres_finding_at(run_of(state), 10)->message, "two 1");
}

static void many_checks_keep_their_order(void **state) {
    enum { CHECKS = 100 };
    for (int i = 0; i < CHECKS; i++) find_many(run_of(state), wres_print(run_of(state), "check-%d", i), 11);
    assert_int_equal(wres_finding_count(run_of(state)), 10 * CHECKS);
    for (int i = 0; i < CHECKS; i++) {
        const char *check = wres_print(run_of(state), "check-%d", i);
        assert_int_equal(wres_findings_dropped(run_of(state), check), 1);
        for (int j = 0; j < 10; j++) {
            const wres_finding *finding = wres_finding_at(run_of(state), (size_t)(10 * i + j));
            assert_string_equal(finding->check, check);
            assert_int_equal(finding->place.line, j + 1);
        }
    }
}

static void a_message_may_be_long(void **state) {
    wres_find(run_of(state), WRES_ERROR, "long", (wres_place){0}, 0, "%050000d", 3);
    assert_int_equal(strlen(wres_finding_at(run_of(state), 0)->message), 50000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_run_begins_without_findings), CASE(a_finding_keeps_all_its_parts), CASE(what_cannot_be_seen_is_shown_by_its_name),
        CASE(ten_of_a_check_are_kept),       CASE(checks_are_counted_apart),      CASE(many_checks_keep_their_order),
        CASE(a_message_may_be_long),
    };
    RUN_CASES(tests);
}
