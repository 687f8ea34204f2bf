/* The set of persons: one entry each, and which of their rows decides. */
#include "pipeline.h"

#include "cube/persons.h"

enum { BLANK = 9, GROUP_UNKNOWN = 30 };

static wres_hash key_of(uint64_t number) { return wres_hash_bytes(&number, sizeof number, (wres_hash){0, 0}); }

static wres_persons *set_with_one_axis(wres_run *run) {
    const person_order order = {.axes = 1, .blank = {BLANK}};
    return persons_new(run, &order);
}

static person_row row_of(uint32_t rank, uint16_t group, const uint16_t *axis) {
    return (person_row){.rank = rank, .organisation = 1, .group = group, .group_known = group != GROUP_UNKNOWN, .counts = true, .axis = axis};
}

static void a_person_is_found_again(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    const uint16_t axis[] = {4};
    const person_row row = {.rank = 7, .organisation = 2, .time = 3, .group = 5, .group_known = true, .counts = true, .axis = axis};
    assert_null(persons_find(set, key_of(1)));
    assert_true(persons_add(set, key_of(1), &row));
    const person *found = persons_find(set, key_of(1));
    assert_non_null(found);
    assert_int_equal(found->organisation, 2);
    assert_int_equal(found->time, 3);
    assert_int_equal(found->axis[0], 4);
    assert_int_equal(person_group(found), 5);
    assert_true(found->counted);
    assert_false(found->conflict);
    assert_null(persons_find(set, key_of(2)));
    wres_run_free(run);
}

static void only_the_first_row_that_counts_is_new(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    const uint16_t axis[] = {0};
    person_row row = row_of(1, 5, axis);
    row.counts = false;
    assert_true(persons_add(set, key_of(1), &row));  /* the first at all, and does not count */
    assert_false(persons_add(set, key_of(1), &row));
    assert_false(persons_find(set, key_of(1))->counted);
    row.counts = true;
    assert_true(persons_add(set, key_of(1), &row));  /* the first that counts */
    assert_false(persons_add(set, key_of(1), &row));
    assert_true(persons_find(set, key_of(1))->counted);
    assert_int_equal(persons_count(set), 1);
    wres_run_free(run);
}

static void a_row_that_does_not_count_decides_nothing(void **state) {
    (void)state;
    const uint16_t low[] = {1}, high[] = {2};
    for (int order = 0; order < 2; order++) {
        wres_run *run = wres_run_new();
        wres_persons *set = set_with_one_axis(run);
        person_row bank = row_of(0, 5, low), post = row_of(9, GROUP_UNKNOWN, high);
        bank.counts = false;
        persons_add(set, key_of(1), order ? &bank : &post);
        persons_add(set, key_of(1), order ? &post : &bank);
        const person *found = persons_find(set, key_of(1));
        assert_int_equal(found->axis[0], 2);
        assert_int_equal(person_group(found), GROUP_UNKNOWN);
        assert_true(found->counted);
        wres_run_free(run);
    }
}

typedef struct expectation {
    uint16_t axis, group;
    bool conflict;
} expectation;

/* All orders of three rows come to the same person. */
static void assert_every_order(const person_row rows[3], expectation want) {
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        wres_run *run = wres_run_new();
        wres_persons *set = set_with_one_axis(run);
        for (size_t r = 0; r < 3; r++) persons_add(set, key_of(1), &rows[orders[i][r]]);
        const person *found = persons_at(set, 0);
        assert_int_equal(found->axis[0], want.axis);
        assert_int_equal(person_group(found), want.group);
        assert_int_equal(found->conflict, want.conflict);
        wres_run_free(run);
    }
}

/* Applicants who are bank staff: their rows are not counted, and their group is asked for. */
static void rows_that_do_not_count_decide_among_themselves(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    person_row rows[] = {row_of(20, 5, a), row_of(10, 6, b), row_of(30, 7, c)};
    for (size_t i = 0; i < COUNT_OF(rows); i++) rows[i].counts = false;
    assert_every_order(rows, (expectation){2, 6, false});
}

static void the_lowest_rank_decides(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(20, 5, a), row_of(10, 5, b), row_of(30, 5, c)};
    assert_every_order(rows, (expectation){2, 5, false});
}

static void a_known_group_of_another_row_wins_over_unknown(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(20, 5, a), row_of(10, GROUP_UNKNOWN, b), row_of(30, GROUP_UNKNOWN, c)};
    assert_every_order(rows, (expectation){2, 5, false});
}

static void of_known_groups_the_deciding_row_has_the_word(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(20, 5, a), row_of(10, 8, b), row_of(30, 5, c)};
    assert_every_order(rows, (expectation){2, 8, true});
}

static void where_the_deciding_row_is_unknown_the_first_known_group_counts(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(20, 8, a), row_of(10, GROUP_UNKNOWN, b), row_of(30, 5, c)};
    assert_every_order(rows, (expectation){2, 5, true});
}

static void of_equal_rank_the_known_group_decides(void **state) {
    (void)state;
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(10, GROUP_UNKNOWN, a), row_of(10, 5, b), row_of(10, GROUP_UNKNOWN, c)};
    assert_every_order(rows, (expectation){2, 5, false});
}

static void of_equal_rank_and_group_the_axes_decide_and_blank_comes_last(void **state) {
    (void)state;
    const uint16_t a[] = {BLANK}, b[] = {12}, c[] = {11};
    const person_row rows[] = {row_of(10, 5, a), row_of(10, 5, b), row_of(10, 5, c)};
    assert_every_order(rows, (expectation){11, 5, false});
}

/* Numbers of an open vocabulary tell in which order the texts were met: the texts decide. */
static void open_vocabularies_are_compared_by_text(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_dictionary *teams = wres_dictionary_new(run);
    wres_dictionary_add(teams, wres_text_of(""));
    const uint16_t west[] = {(uint16_t)wres_dictionary_add(teams, wres_text_of("West"))};
    const uint16_t east[] = {(uint16_t)wres_dictionary_add(teams, wres_text_of("East"))};
    const uint16_t none[] = {0};
    const person_order order = {.axes = 1, .vocabulary = {teams}, .blank = {0}};
    wres_persons *set = persons_new(run, &order);
    const person_row first = row_of(1, 5, none), second = row_of(1, 5, west), third = row_of(1, 5, east);
    persons_add(set, key_of(1), &first);
    assert_int_equal(persons_at(set, 0)->axis[0], none[0]);
    persons_add(set, key_of(1), &second);
    assert_int_equal(persons_at(set, 0)->axis[0], west[0]);
    persons_add(set, key_of(1), &third);
    assert_int_equal(persons_at(set, 0)->axis[0], east[0]);
    wres_run_free(run);
}

static void a_set_without_axes(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    const person_order order = {.axes = 0};
    wres_persons *set = persons_new(run, &order);
    const person_row worse = {.rank = 5, .group = 1, .group_known = true, .counts = true}, better = {.rank = 4, .group = 2, .group_known = true, .counts = true};
    persons_add(set, key_of(1), &worse);
    persons_add(set, key_of(1), &better);
    assert_int_equal(person_group(persons_at(set, 0)), 2);
    wres_run_free(run);
}

/* More people than one block holds (16,384), so that entries stand in several and the slots double often. */
static void forty_thousand_people(void **state) {
    (void)state;
    enum { PEOPLE = 40000 };
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    for (uint64_t round = 0; round < 2; round++)
        for (uint64_t i = 0; i < PEOPLE; i++) {
            const uint16_t axis[] = {(uint16_t)i};
            const person_row row = row_of((uint32_t)i, 5, axis);
            assert_int_equal(persons_add(set, key_of(i), &row), round == 0);
        }
    assert_int_equal(persons_count(set), PEOPLE);
    for (uint64_t i = 0; i < PEOPLE; i++) {
        const person *found = persons_find(set, key_of(i));
        assert_non_null(found);
        assert_int_equal(found->rank, i);
        assert_int_equal(found->axis[0], (uint16_t)i);
        assert_true(persons_at(set, i) == found);
    }
    assert_null(persons_find(set, key_of(PEOPLE)));
    wres_run_free(run);
}

/* Rows that are alike are one kind, and the set counts how many people are of each. */
static void kinds_are_counted(void **state) {
    (void)state;
    enum { PEOPLE = 30000 };
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    const uint16_t a[] = {1}, b[] = {2};
    const person_row rows[] = {row_of(20, 5, a), row_of(10, 8, b)};
    const uint32_t first = persons_kind(set, &rows[0]), second = persons_kind(set, &rows[1]);
    assert_int_equal(persons_kind(set, &rows[0]), first);
    assert_int_not_equal(first, second);
    for (uint64_t i = 0; i < PEOPLE; i++) {
        persons_expect(set, key_of(i));
        assert_true(persons_add_kind(set, key_of(i), i % 3 ? first : second));
    }
    for (uint64_t i = 0; i < PEOPLE; i += 10) assert_false(persons_add_kind(set, key_of(i), second)); /* 2,000 of them had the first alone */
    uint64_t people = 0, counts[8] = {0}, of_a = 0, conflicts = 0;
    assert_in_range(persons_kinds(set), 3, 8);
    persons_count_kinds(set, counts);
    for (size_t k = 0; k < persons_kinds(set); k++) {
        const person *p = persons_kind_at(set, k);
        people += counts[k];
        of_a += p->axis[0] == 1 ? counts[k] : 0;
        conflicts += p->conflict ? counts[k] : 0;
    }
    assert_int_equal(people, PEOPLE);
    assert_int_equal(of_a, 20000 - 2000);
    assert_int_equal(conflicts, 2000);
    assert_int_equal(persons_conflicts(set), 2000);
    wres_run_free(run);
}

static bool is_of_axis(const void *axis, const person *kind) { return kind->axis[0] == *(const uint16_t *)axis; }

/* Whoever goes is not known any more, and comes as new; who stays is counted on. */
static void only_people_of_some_kinds_stay(void **state) {
    (void)state;
    enum { PEOPLE = 40000 };
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    const uint16_t a[] = {1}, b[] = {2}, c[] = {3};
    const person_row rows[] = {row_of(20, 5, a), row_of(10, 8, b), row_of(30, 5, c)};
    const uint32_t kinds[] = {persons_kind(set, &rows[0]), persons_kind(set, &rows[1]), persons_kind(set, &rows[2])};
    for (uint64_t i = 0; i < PEOPLE; i++) assert_true(persons_add_kind(set, key_of(i), kinds[i % 10 == 7 ? 1 : 0]));
    uint32_t *numbers = wres_alloc(run, (persons_kinds(set) + 1) * sizeof *numbers);
    persons_keep(set, is_of_axis, b, numbers);
    assert_int_equal(numbers[kinds[0]], WRES_NOWHERE);
    assert_int_not_equal(numbers[kinds[1]], WRES_NOWHERE);
    assert_int_equal(numbers[kinds[2]], WRES_NOWHERE);
    assert_int_equal(persons_kinds(set), 1);
    assert_int_equal(persons_count(set), PEOPLE / 10);
    for (uint64_t i = 0; i < PEOPLE; i++) {
        const person *found = persons_find(set, key_of(i));
        assert_true(i % 10 == 7 ? found && found->axis[0] == 2 && found->rank == 10 : !found);
    }
    assert_int_equal(persons_kind(set, &rows[1]), numbers[kinds[1]]);
    const uint32_t again = persons_kind(set, &rows[0]);
    for (uint64_t i = 0; i < PEOPLE; i++) assert_int_equal(persons_add_kind(set, key_of(i), again), i % 10 != 7);
    assert_int_equal(persons_count(set), PEOPLE);
    assert_int_equal(persons_conflicts(set), PEOPLE / 10); /* a known group against another */
    uint64_t counts[8] = {0}, stayed = 0;
    persons_count_kinds(set, counts);
    for (size_t k = 0; k < persons_kinds(set); k++)
        if (persons_kind_at(set, k)->axis[0] == 2) stayed += counts[k];
    assert_int_equal(stayed, PEOPLE / 10); /* the lower rank decides */
    wres_run_free(run);
}

static bool nobody(const void *context, const person *kind) {
    (void)context;
    (void)kind;
    return false;
}

static void nobody_stays(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_persons *set = set_with_one_axis(run);
    const uint16_t a[] = {1};
    const person_row row = row_of(20, 5, a);
    uint32_t numbers[4];
    persons_keep(set, nobody, NULL, numbers);
    assert_int_equal(persons_count(set), 0);
    assert_true(persons_add(set, key_of(1), &row));
    persons_keep(set, nobody, NULL, numbers);
    assert_int_equal(numbers[0], WRES_NOWHERE);
    assert_int_equal(persons_count(set), 0);
    assert_int_equal(persons_kinds(set), 0);
    assert_true(persons_add(set, key_of(1), &row));
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_found_again),
        cmocka_unit_test(only_the_first_row_that_counts_is_new),
        cmocka_unit_test(a_row_that_does_not_count_decides_nothing),
        cmocka_unit_test(rows_that_do_not_count_decide_among_themselves),
        cmocka_unit_test(the_lowest_rank_decides),
        cmocka_unit_test(a_known_group_of_another_row_wins_over_unknown),
        cmocka_unit_test(of_known_groups_the_deciding_row_has_the_word),
        cmocka_unit_test(where_the_deciding_row_is_unknown_the_first_known_group_counts),
        cmocka_unit_test(of_equal_rank_the_known_group_decides),
        cmocka_unit_test(of_equal_rank_and_group_the_axes_decide_and_blank_comes_last),
        cmocka_unit_test(open_vocabularies_are_compared_by_text),
        cmocka_unit_test(a_set_without_axes),
        cmocka_unit_test(forty_thousand_people),
        cmocka_unit_test(kinds_are_counted),
        cmocka_unit_test(only_people_of_some_kinds_stay),
        cmocka_unit_test(nobody_stays),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
