/* From cells to counts by group: breakdowns, crossings, their order, and which cells belong. */
#include "pipeline.h"

#include "indicator/fold.h"

static pipeline *broken_down(const char *csv, const char *field, const char *crossed) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, field, crossed);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static slices folded(const pipeline *p, bool by_grade, bool whole) {
    const fold_request request = {.plan = p->plan,
                                  .frame = &p->frame,
                                  .groups = &p->plan->standards[0].groups,
                                  .organisation = ALL_ORGANISATIONS,
                                  .breakdown = whole ? NULL : &p->request.breakdowns[0],
                                  .by_grade = by_grade};
    return fold(&request, &p->plan->standards[0].indicators[0].of, NULL, 0);
}

static void without_a_breakdown_there_is_one_slice(void **state) {
    (void)state;
    pipeline *p = broken_down("Date,Ethnicity,Sex\n2025-03-31,A,F\n2025-03-31,H,M\n2025-03-31,H,\n", "sex", NULL);
    const slices list = folded(p, false, true);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.all[0].by_value, "all");
    assert_int_equal(list.all[0].count[0], 1);
    assert_int_equal(list.all[0].count[1], 2);
    assert_int_equal(list.all[0].count[2], 0);
    pipeline_end(p);
}

static void values_of_a_list_stand_in_its_order_and_unknown_last(void **state) {
    (void)state;
    pipeline *p = broken_down("Date,Ethnicity,Sex\n2025-03-31,A,\n2025-03-31,A,M\n2025-03-31,A,F\n2025-03-31,A,F\n", "sex", NULL);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.all[0].by_value, "Female");
    assert_int_equal(list.all[0].count[0], 2);
    assert_string_equal(list.all[1].by_value, "Male");
    assert_string_equal(list.all[2].by_value, "unknown");
    pipeline_end(p);
}

/* "Unknown", "Other" and blank are different members of the list with one name: one slice. */
static void members_with_one_name_are_one_slice(void **state) {
    (void)state;
    pipeline *p = broken_down("Date,Ethnicity,Sex\n2025-03-31,A,Unknown\n2025-03-31,A,Non-binary\n2025-03-31,A,\n", "sex", NULL);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0].count[0], 3);
    assert_people(3, result(p, .indicator = "1", .by_value = "unknown", .group = "white", .statistic = "count"));
    pipeline_end(p);
}

static void texts_stand_in_the_order_of_the_alphabet(void **state) {
    (void)state;
    pipeline *p = broken_down(
        "Date,Ethnicity,Team\n2025-03-31,A,West\n2025-03-31,A,\n2025-03-31,A,East\n2025-03-31,A,zone\n2025-03-31,A,North\n", "team",
        NULL);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 5);
    assert_string_equal(list.all[0].by_value, "East");
    assert_string_equal(list.all[1].by_value, "North");
    assert_string_equal(list.all[2].by_value, "West");
    assert_string_equal(list.all[3].by_value, "zone");
    assert_string_equal(list.all[4].by_value, "unknown");
    pipeline_end(p);
}

/* Whatever stands last in the file. */
static void unknown_is_behind_the_end_of_the_alphabet(void **state) {
    (void)state;
    pipeline *p = broken_down("Date,Ethnicity,Team\n2025-03-31,A,zone\n2025-03-31,H,\n", "team", NULL);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.all[0].by_value, "zone");
    assert_string_equal(list.all[1].by_value, "unknown");
    pipeline_end(p);
}

/* The second field decides where the first does not, whichever came first. */
static void the_second_field_has_its_order(void **state) {
    (void)state;
    pipeline *p =
        broken_down("Date,Ethnicity,Sex,Team\n2025-03-31,A,F,West\n2025-03-31,A,F,East\n2025-03-31,A,F,North\n", "sex", "team");
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.all[0].by_value, "Female,East");
    assert_string_equal(list.all[1].by_value, "Female,North");
    assert_string_equal(list.all[2].by_value, "Female,West");
    pipeline_end(p);
}

static void crossed_fields_make_one_value(void **state) {
    (void)state;
    pipeline *p =
        broken_down("Date,Ethnicity,Sex,Team\n2025-03-31,A,M,East\n2025-03-31,H,F,West\n2025-03-31,H,F,East\n2025-03-31,A,F,East\n",
                    "sex", "team");
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.all[0].by_value, "Female,East");
    assert_string_equal(list.all[1].by_value, "Female,West");
    assert_string_equal(list.all[2].by_value, "Male,East");
    assert_of(result(p, .indicator = "1", .by = "sex,team", .by_value = "Female,East", .group = "bme", .statistic = "share"), 1, 2);
    pipeline_end(p);
}

/* As many as can be crossed. */
static void four_fields_crossed(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.breakdowns[p->request.breakdown_count++] =
        (wres_breakdown){.name = "sex,team,role,disability", .fields = {"sex", "team", "role", "disability"}, .count = 4};
    pipeline_add(
        p, "workforce",
        "Date,Ethnicity,Sex,Team,Role,Disability\n2025-03-31,A,F,West,Nurse,Yes\n2025-03-31,H,F,West,Nurse,Yes\n2025-03-31,H,F,West,Nurse,No\n"
        "2025-03-31,A,F,West,Porter,Yes\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.all[0].by_value, "Female,West,Nurse,Disabled");
    assert_int_equal(list.all[0].count[0], 1);
    assert_int_equal(list.all[0].count[1], 1);
    assert_string_equal(list.all[1].by_value, "Female,West,Nurse,Non-disabled");
    assert_string_equal(list.all[2].by_value, "Female,West,Porter,Disabled");
    pipeline_end(p);
}

/* Two breakdowns beside each other are not crossed. */
static void several_breakdowns_stand_beside_each_other(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_by(p, "team", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex,Team\n2025-03-31,A,M,East\n2025-03-31,H,F,East\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .by = "sex", .by_value = "Female", .group = "bme", .statistic = "share"), 1, 1);
    assert_of(result(p, .indicator = "1", .by = "team", .by_value = "East", .group = "bme", .statistic = "share"), 1, 2);
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 1, 2);
    pipeline_end(p);
}

static void grades_tell_slices_apart(void **state) {
    (void)state;
    pipeline *p = broken_down(
        "Date,Ethnicity,Staff Group,Pay Band,Team\n2025-03-31,A,Nursing,Band 6,x\n2025-03-31,A,Admin and Clerical,Band 6,x\n2025-03-31,H,Nursing,Band 5,x\n"
        "2025-03-31,H,Nursing,Band 5,x\n",
        "team", NULL);
    const slices list = folded(p, true, false);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.all[0].section, WRES_SECTION_NON_CLINICAL);
    assert_string_equal(wres_grades_row_name(p->grades, list.all[1].row), "Band 5");
    assert_int_equal(list.all[1].count[1], 2);
    assert_string_equal(wres_grades_row_name(p->grades, list.all[2].row), "Band 6");
    pipeline_end(p);
}

/* 300 teams are many times the first room; the second row of each finds the first. */
static void many_values(void **state) {
    (void)state;
    char *csv = malloc(32768);
    assert_non_null(csv);
    size_t length = (size_t)sprintf(csv, "Date,Ethnicity,Team\n");
    for (int i = 299; i >= 0; i--) length += (size_t)sprintf(csv + length, "2025-03-31,A,team %03d\n", i);
    for (int i = 299; i >= 0; i--) length += (size_t)sprintf(csv + length, "2025-03-31,H,team %03d\n", i);
    pipeline *p = broken_down(csv, "team", NULL);
    const slices list = folded(p, false, false);
    assert_int_equal(list.count, 300);
    for (size_t i = 0; i < 300; i++) {
        assert_string_equal(list.all[i].by_value, wres_print(p->run, "team %03zu", i));
        assert_int_equal(list.all[i].count[0], 1);
        assert_int_equal(list.all[i].count[1], 1);
    }
    assert_non_null(slices_find(&list, "team 123"));
    assert_null(slices_find(&list, "team 300"));
    pipeline_end(p);
    free(csv);
}

static void only_cells_of_the_as_at_date_and_the_organisation_belong(void **state) {
    (void)state;
    pipeline *p =
        broken_down("Date,Org Code,Ethnicity,Sex\n2025-03-31,RX1,A,F\n2025-03-31,RX2,A,F\n2024-03-31,RX1,A,F\n", "sex", NULL);
    const wres_tally *staff = p->plan->standards[0].population;
    size_t count, both = 0, first = 0;
    const wres_cell *cells = wres_cube_cells(staff->cube, &count);
    const int number = (int)wres_dictionary_find(wres_vocabulary(&p->reading, "organisation"), wres_text_of("RX1"));
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        both += cell_belongs(&p->frame, staff, cells[i].key, ALL_ORGANISATIONS);
        first += cell_belongs(&p->frame, staff, cells[i].key, number);
    }
    assert_int_equal(both, 2);
    assert_int_equal(first, 1);
    pipeline_end(p);
}

static void axes_have_their_place_among_the_keys(void **state) {
    (void)state;
    pipeline *p = broken_down("Date,Ethnicity,Sex\n2025-03-31,A,F\n", "sex", NULL);
    const wres_tally *staff = p->plan->standards[0].population;
    assert_int_equal(axis_key(staff, "section"), WRES_KEY_AXES);
    assert_int_equal(axis_key(staff, "sex"), WRES_KEY_AXES + 2);
    assert_int_equal(axis_key(staff, "team"), -1);
    pipeline_end(p);
}

/* A value that only the events have stands where the alphabet puts it, unknown still last. */
static void values_of_events_alone_are_put_in_their_place(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "staff_group", NULL);
    pipeline_add(p, "workforce", "Date,Ethnicity,Staff Group\n2025-03-31,A,Nursing\n2025-03-31,A,\n");
    pipeline_add(p, "cases", "Date,Ethnicity,Staff Group\n2025-01-01,A,Estates\n2025-01-01,A,Nursing\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "3", .by_value = "Nursing and Midwifery Registered", .group = "white", .statistic = "rate"), 1,
              1);
    assert_missing(result(p, .indicator = "3", .by_value = "Estates and Ancillary", .group = "white", .statistic = "rate"),
                   WRES_NOT_CALCULABLE, "1 events over nobody");
    const wres_result *last = NULL;
    for (size_t i = 0; i < p->results.count; i++)
        if (strcmp(p->results.all[i].indicator, "3") == 0) last = &p->results.all[i];
    assert_string_equal(last->by_value, "unknown");
    pipeline_end(p);
}

/* Sections and rows whose slots meet in the table of slices: each keeps its people. */
static void every_section_and_row_has_its_own_slice(void **state) {
    (void)state;
    static const char *const bands[] = {"Under Band 1", "Band 1",  "Band 2", "Band 3",  "Band 4",
                                        "Band 5",       "Band 6",  "Band 7", "Band 8a", "Band 8b",
                                        "Band 8c",      "Band 8d", "Band 9", "VSM",     "Non AfC grade"};
    static const char *const groups[] = {"Admin and Clerical", "Nursing", ""}, *const sections[] = {"non-clinical", "clinical",
                                                                                                    "unknown"};
    pipeline *p = pipeline_new("wres-2025");
    const char *csv = "Date,Ethnicity,Staff Group,Pay Band,Count\n";
    uint64_t people = 1;
    for (size_t g = 0; g < COUNT_OF(groups); g++)
        for (size_t b = 0; b < COUNT_OF(bands); b++)
            csv = wres_print(p->run, "%s2025-03-31,A,%s,%s,%d\n", csv, groups[g], bands[b], (int)people++);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    people = 1;
    for (size_t g = 0; g < COUNT_OF(groups); g++)
        for (size_t b = 0; b < COUNT_OF(bands); b++)
            assert_people(people++, result(p, .indicator = "1", .section = sections[g], .row = bands[b], .group = "white",
                                           .statistic = "count"));
    pipeline_end(p);
}

/* Each organisation's cells in their order, whichever it is; none of one that has none. */
static void cells_are_found_by_organisation(void **state) {
    (void)state;
    pipeline *p = pipeline_of(
        "workforce", "Date,Organisation,Ethnicity\n2025-03-31,RBB,A\n2025-03-31,RAA,H\n2025-03-31,RBB,H\n2025-03-31,RAA,A\n"
                     "2025-03-31,RCC,A\n2025-03-31,,H\n2025-03-31,,A\n");
    const wres_tally *tally = p->plan->standards[0].indicators[0].of.tally;
    wres_dictionary *names = wres_vocabulary(&p->reading, "organisation");
    size_t cells, found = 0;
    const wres_cell *all = wres_cube_cells(tally->cube, &cells);
    for (int organisation = 0; organisation < (int)wres_dictionary_count(names) + 2; organisation++) {
        const cell_choice choice = cells_of(p->plan, tally, organisation);
        size_t at = 0;
        for (size_t i = 0; i < cells; i++) {
            if (all[i].key[WRES_KEY_ORGANISATION] != organisation) continue;
            assert_true(at < choice.count);
            assert_ptr_equal(cell_at(&choice, at++), &all[i]);
        }
        assert_int_equal(at, choice.count);
        found += at;
    }
    assert_int_equal(found, cells);
    const cell_choice whole = cells_of(p->plan, tally, ALL_ORGANISATIONS);
    assert_int_equal(whole.count, cells);
    for (size_t i = 0; i < cells; i++) assert_ptr_equal(cell_at(&whole, i), &all[i]);
    order_cells(p->plan, false);
    assert_int_equal(cells_of(p->plan, tally, 1).count, cells);
    pipeline_end(p);
}

/* As many cells as there is room for, half of them of each organisation. */
static void a_full_cube_is_shared_out(void **state) {
    (void)state;
    static const char codes[] = "ABCDEFGHJKLMNPRS", bands[] = "12345679";
    pipeline *p = pipeline_new("wres-2025");
    const char *csv = "Date,Organisation,Ethnicity,Band\n";
    for (int i = 0; i < 16; i++)
        for (int b = 0; b < 8; b++)
            csv = wres_print(p->run, "%s2025-03-31,RAA,%c,%c\n2025-03-31,RBB,%c,%c\n", csv, codes[i], bands[b], codes[i], bands[b]);
    pipeline_add(p, "workforce", csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_tally *tally = p->plan->standards[0].population;
    size_t cells;
    wres_cube_cells(tally->cube, &cells);
    assert_int_equal(cells, 256);
    for (int organisation = 1; organisation <= 2; organisation++)
        assert_int_equal(cells_of(p->plan, tally, organisation).count, 128);
    assert_of(result(p, .indicator = "1", .organisation = "RBB", .group = "white", .statistic = "share"), 24, 128);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_found_by_organisation),
        cmocka_unit_test(a_full_cube_is_shared_out),
        cmocka_unit_test(without_a_breakdown_there_is_one_slice),
        cmocka_unit_test(values_of_a_list_stand_in_its_order_and_unknown_last),
        cmocka_unit_test(members_with_one_name_are_one_slice),
        cmocka_unit_test(texts_stand_in_the_order_of_the_alphabet),
        cmocka_unit_test(unknown_is_behind_the_end_of_the_alphabet),
        cmocka_unit_test(the_second_field_has_its_order),
        cmocka_unit_test(crossed_fields_make_one_value),
        cmocka_unit_test(four_fields_crossed),
        cmocka_unit_test(several_breakdowns_stand_beside_each_other),
        cmocka_unit_test(grades_tell_slices_apart),
        cmocka_unit_test(many_values),
        cmocka_unit_test(only_cells_of_the_as_at_date_and_the_organisation_belong),
        cmocka_unit_test(axes_have_their_place_among_the_keys),
        cmocka_unit_test(values_of_events_alone_are_put_in_their_place),
        cmocka_unit_test(every_section_and_row_has_its_own_slice),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
