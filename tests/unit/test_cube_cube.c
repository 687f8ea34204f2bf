/* Cells: adding, merging, sorting and the limit of the whole. */
#include "pipeline.h"

#include "wres/cube.h"

static uint64_t count_at(const wres_cube *cube, uint16_t first, uint16_t second) {
    size_t count;
    const wres_cell *cells = wres_cube_cells(cube, &count);
    for (size_t i = 0; i < count; i++)
        if (cells[i].key[0] == first && cells[i].key[1] == second) return cells[i].count;
    return UINT64_MAX;
}

static wres_status add(wres_cube *cube, uint16_t first, uint16_t second, uint64_t count) {
    const uint16_t key[] = {first, second};
    return wres_cube_add(cube, key, count, NULL);
}

static void a_new_cube_has_no_cells(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    size_t count = 7;
    wres_cube_cells(wres_cube_new(run, 2), &count);
    assert_int_equal(count, 0);
    wres_run_free(run);
}

static void one_key_is_one_cell(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    size_t count;
    assert_int_equal(add(cube, 1, 2, 3), WRES_OK);
    assert_int_equal(add(cube, 2, 1, 5), WRES_OK);
    assert_int_equal(add(cube, 1, 2, 4), WRES_OK);
    wres_cube_cells(cube, &count);
    assert_int_equal(count, 2);
    assert_int_equal(count_at(cube, 1, 2), 7);
    assert_int_equal(count_at(cube, 2, 1), 5);
    wres_run_free(run);
}

static void only_the_keys_of_the_cube_tell_cells_apart(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 1);
    size_t count;
    assert_int_equal(add(cube, 1, 2, 1), WRES_OK);
    assert_int_equal(add(cube, 1, 9, 1), WRES_OK);
    const wres_cell *cells = wres_cube_cells(cube, &count);
    assert_int_equal(count, 1);
    assert_int_equal(cells[0].count, 2);
    wres_run_free(run);
}

static void a_count_of_zero_makes_a_cell(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    assert_int_equal(add(cube, 4, 4, 0), WRES_OK);
    assert_int_equal(count_at(cube, 4, 4), 0);
    wres_run_free(run);
}

static void cells_stand_in_order_of_appearance_until_sorted(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    size_t count;
    add(cube, 2, 0, 1);
    add(cube, 1, 9, 2);
    add(cube, 1, 3, 3);
    const wres_cell *cells = wres_cube_cells(cube, &count);
    assert_int_equal(cells[0].count, 1);
    assert_int_equal(cells[1].count, 2);
    assert_int_equal(cells[2].count, 3);
    wres_cube_sort(cube);
    cells = wres_cube_cells(cube, &count);
    assert_int_equal(count, 3);
    assert_int_equal(cells[0].count, 3);
    assert_int_equal(cells[1].count, 2);
    assert_int_equal(cells[2].count, 1);
    wres_run_free(run);
}

static void a_sorted_cube_still_finds_its_cells(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    size_t count;
    for (uint16_t i = 50; i > 0; i--) add(cube, i, 0, 1);
    wres_cube_sort(cube);
    for (uint16_t i = 1; i <= 50; i++) add(cube, i, 0, i);
    wres_cube_cells(cube, &count);
    assert_int_equal(count, 50);
    for (uint16_t i = 1; i <= 50; i++) assert_int_equal(count_at(cube, i, 0), i + 1U);
    wres_run_free(run);
}

/* 2,000 cells are several times the first room. */
static void a_cube_grows(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    size_t count;
    for (uint16_t round = 0; round < 2; round++)
        for (uint16_t i = 0; i < 2000; i++) assert_int_equal(add(cube, i, (uint16_t)(i * 7), i), WRES_OK);
    wres_cube_cells(cube, &count);
    assert_int_equal(count, 2000);
    for (uint16_t i = 0; i < 2000; i++) assert_int_equal(count_at(cube, i, (uint16_t)(i * 7)), 2U * i);
    wres_run_free(run);
}

/* The cells of one cube to those of another. */
static wres_status add_all(wres_cube *into, const wres_cube *from) {
    size_t count;
    const wres_cell *cells = wres_cube_cells(from, &count);
    wres_status status = WRES_OK;
    for (size_t i = 0; i < count && status == WRES_OK; i++)
        status = wres_cube_add(into, cells[i].key, cells[i].count, cells[i].hidden.counts ? &cells[i].hidden : NULL);
    return status;
}

static void cells_of_two_cubes_add_one_by_one(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *into = wres_cube_new(run, 2), *from = wres_cube_new(run, 2);
    size_t count;
    add(into, 1, 1, 10);
    add(into, 2, 2, 20);
    add(from, 2, 2, 5);
    add(from, 3, 3, 6);
    assert_int_equal(add_all(into, from), WRES_OK);
    wres_cube_cells(into, &count);
    assert_int_equal(count, 3);
    assert_int_equal(count_at(into, 1, 1), 10);
    assert_int_equal(count_at(into, 2, 2), 25);
    assert_int_equal(count_at(into, 3, 3), 6);
    assert_int_equal(count_at(from, 2, 2), 5);
    wres_run_free(run);
}

/* The whole of a cube stays below 1,000,000,000,000: one below is the most. */
static bool is_even(const void *context, const uint16_t *key) {
    (void)context;
    return key[0] % 2 == 0;
}

static void only_some_cells_stay(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    size_t count;
    for (uint16_t i = 0; i < 1000; i++) assert_int_equal(add(cube, i, 7, i + 1U), WRES_OK);
    wres_cube_keep(cube, is_even, NULL);
    wres_cube_cells(cube, &count);
    assert_int_equal(count, 500);
    for (uint16_t i = 0; i < 1000; i++) assert_true(count_at(cube, i, 7) == (i % 2 ? UINT64_MAX : i + 1U));
    for (uint16_t i = 0; i < 1000; i++) assert_int_equal(add(cube, i, 7, 1), WRES_OK); /* those that went begin anew */
    wres_cube_cells(cube, &count);
    assert_int_equal(count, 1000);
    for (uint16_t i = 0; i < 1000; i++) assert_int_equal(count_at(cube, i, 7), i % 2 ? 1 : i + 2U);
    wres_run_free(run);
}

/* What went is not in the whole any more. */
static void cells_that_go_make_room_under_the_limit(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    assert_int_equal(add(cube, 1, 1, WRES_COUNT_LIMIT - 1), WRES_OK);
    wres_cube_keep(cube, is_even, NULL);
    assert_int_equal(add(cube, 2, 1, WRES_COUNT_LIMIT - 1), WRES_OK);
    wres_cube_keep(cube, is_even, NULL);
    assert_int_equal(add(cube, 2, 1, 1), WRES_DATA);
    wres_run_free(run);
}

static void the_whole_has_a_limit(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    assert_int_equal(add(cube, 1, 1, WRES_COUNT_LIMIT - 2), WRES_OK);
    assert_int_equal(add(cube, 1, 2, 1), WRES_OK);
    assert_int_equal(wres_finding_count(run), 0);
    assert_int_equal(add(cube, 1, 3, 1), WRES_DATA);
    assert_int_equal(wres_finding_count(run), 1);
    assert_int_equal(wres_finding_at(run, 0)->severity, WRES_ERROR);
    assert_string_equal(wres_finding_at(run, 0)->check, "count-limit");
    wres_run_free(run);
}

/* Two rows of 600,000,000,000 are each a count, and together too many. */
static void counts_of_a_file_can_pass_the_limit(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Ethnicity,Count\n2025-03-31,A,600000000000\n2025-03-31,H,600000000000\n");
    assert_int_equal(pipeline_run(p), WRES_DATA);
    assert_finding(p, WRES_ERROR, "count-limit", 0, "count");
    pipeline_end(p);
}

/* ---- hidden counts ------------------------------------------------------------------------------------------ */

static wres_status add_hidden(wres_cube *cube, uint16_t first, uint64_t least, uint64_t most) {
    const uint16_t key[] = {first, 0};
    const wres_hidden_part hidden = wres_hidden_count(least, most);
    return wres_cube_add(cube, key, least, &hidden);
}

static void assert_hidden(const wres_cube *cube, size_t cell, uint64_t least, uint64_t room, uint32_t counts, uint32_t open) {
    size_t count;
    const wres_cell *cells = wres_cube_cells(cube, &count);
    assert_true(cell < count);
    assert_int_equal(cells[cell].count, least);
    assert_int_equal(cells[cell].hidden.room, room);
    assert_int_equal(cells[cell].hidden.counts, counts);
    assert_int_equal(cells[cell].hidden.open, open);
}

/* 7 known, one of 1 to 4, one of 0 to 7, one of which nobody knows: at least 8, and 10 more without the last. */
static void hidden_counts_add_their_least_and_their_room(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    assert_int_equal(add(cube, 1, 0, 7), WRES_OK);
    assert_hidden(cube, 0, 7, 0, 0, 0);
    assert_int_equal(add_hidden(cube, 1, 1, 4), WRES_OK);
    assert_int_equal(add_hidden(cube, 1, 0, 7), WRES_OK);
    assert_hidden(cube, 0, 8, 10, 2, 0);
    assert_int_equal(add_hidden(cube, 1, 0, WRES_COUNT_LIMIT), WRES_OK);
    assert_hidden(cube, 0, 8, 10, 3, 1);
    add(cube, 2, 0, 5);
    assert_hidden(cube, 1, 5, 0, 0, 0);
    wres_run_free(run);
}

/* Hidden, though its two ends agree. */
static void a_count_between_equal_ends_is_hidden(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new(run, 2);
    add_hidden(cube, 1, 3, 3);
    assert_hidden(cube, 0, 3, 0, 1, 0);
    wres_run_free(run);
}

static void what_is_hidden_adds_to_what_is_hidden(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *into = wres_cube_new(run, 2), *from = wres_cube_new(run, 2);
    add(into, 1, 0, 10);
    add_hidden(into, 2, 1, 4);
    add_hidden(from, 1, 2, 5);
    add_hidden(from, 2, 0, WRES_COUNT_LIMIT);
    add(from, 3, 0, 6);
    assert_int_equal(add_all(into, from), WRES_OK);
    assert_hidden(into, 0, 12, 3, 1, 0);
    assert_hidden(into, 1, 1, 3, 2, 1);
    assert_hidden(into, 2, 6, 0, 0, 0);
    wres_cube_sort(into);
    assert_hidden(into, 0, 12, 3, 1, 0);
    wres_run_free(run);
}

static void what_hides_too_much_stays_at_its_largest(void **state) {
    (void)state;
    const wres_hidden_part full = {UINT64_MAX - 1, UINT32_MAX, UINT32_MAX, 5}, one = {2, 1, 1, 3};
    const wres_hidden_part sum = wres_hidden_sum(full, one);
    assert_true(sum.room == UINT64_MAX && sum.counts == UINT32_MAX && sum.open == UINT32_MAX && sum.least == 8);
}

static void a_sum_is_open_where_a_count_is_or_where_it_is_too_large(void **state) {
    (void)state;
    assert_false(wres_hidden_is_open(wres_hidden_count(1, 4)));
    assert_false(wres_hidden_is_open(wres_hidden_count(0, WRES_COUNT_LIMIT - 1)));
    assert_true(wres_hidden_is_open(wres_hidden_count(0, WRES_COUNT_LIMIT)));
    assert_true(wres_hidden_is_open(wres_hidden_sum(wres_hidden_count(0, WRES_COUNT_LIMIT - 1), wres_hidden_count(0, 1))));
}

/* Billionths: a thousand million FTE are too many, one billionth less is not. */
static void full_time_equivalents_have_a_limit_of_their_own(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_cube *cube = wres_cube_new_fte(run, 2);
    assert_int_equal(add(cube, 1, 2, WRES_FTE_LIMIT - 2), WRES_OK);
    assert_int_equal(add(cube, 1, 2, 1), WRES_OK);
    assert_true(count_at(cube, 1, 2) == WRES_FTE_LIMIT - 1);
    assert_int_equal(wres_finding_count(run), 0);
    assert_int_equal(add(cube, 1, 2, 1), WRES_DATA);
    assert_non_null(strstr(wres_finding_at(run, 0)->message, "full-time equivalents add up to over 1,000,000,000"));
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_time_equivalents_have_a_limit_of_their_own),
        cmocka_unit_test(a_new_cube_has_no_cells),
        cmocka_unit_test(one_key_is_one_cell),
        cmocka_unit_test(only_the_keys_of_the_cube_tell_cells_apart),
        cmocka_unit_test(a_count_of_zero_makes_a_cell),
        cmocka_unit_test(cells_stand_in_order_of_appearance_until_sorted),
        cmocka_unit_test(a_sorted_cube_still_finds_its_cells),
        cmocka_unit_test(a_cube_grows),
        cmocka_unit_test(cells_of_two_cubes_add_one_by_one),
        cmocka_unit_test(only_some_cells_stay),
        cmocka_unit_test(cells_that_go_make_room_under_the_limit),
        cmocka_unit_test(the_whole_has_a_limit),
        cmocka_unit_test(counts_of_a_file_can_pass_the_limit),
        cmocka_unit_test(hidden_counts_add_their_least_and_their_room),
        cmocka_unit_test(a_count_between_equal_ends_is_hidden),
        cmocka_unit_test(what_is_hidden_adds_to_what_is_hidden),
        cmocka_unit_test(what_hides_too_much_stays_at_its_largest),
        cmocka_unit_test(a_sum_is_open_where_a_count_is_or_where_it_is_too_large),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
