/* What reading a file leaves open, and what of it may be shown. */
#include "pipeline.h"

enum { MOST_COLUMNS = 6 };

typedef struct doubting {
    pipeline *p;
    wres_input_setting setting;
    wres_doubts doubts;
} doubting;

/* columns: field, header, field, header ... NULL. */
static doubting doubts_of(const char *table, const char *csv, const char *const *columns) {
    doubting d = {.p = pipeline_new(NULL)};
    const pipeline_folder folder = pipeline_folder_new();
    char *path = pipeline_write(d.p, &folder, "export.csv", wres_text_of(csv));
    d.setting.columns.all = wres_alloc(d.p->run, (MOST_COLUMNS + 1) * sizeof *d.setting.columns.all);
    for (; *columns; columns += 2) d.setting.columns.all[d.setting.columns.count++] = (wres_pair){columns[0], columns[1], 0};
    assert_int_equal(wres_doubts_find(&d.p->reading, wres_table_find(&d.p->tables, table), path, &d.setting, &d.doubts), WRES_OK);
    assert_non_null(d.doubts.seen);
    assert_int_equal(wres_finding_count(d.p->run), 0); /* heard, and not kept */
    assert_false(d.p->reading.look);
    unlink(path);
    rmdir(folder.path);
    return d;
}

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void assert_value(const doubting *d, size_t at, const char *text, uint64_t rows, const char *near, bool total) {
    assert_true(at < d->doubts.value_count);
    const wres_open_value *value = &d->doubts.values[at];
    assert_int_equal(value->text.length, strlen(text));
    assert_memory_equal(value->text.bytes, text, value->text.length);
    assert_int_equal(value->rows, rows);
    if (near)
        assert_string_equal(value->near, near);
    else
        assert_null(value->near);
    assert_int_equal(value->total, total);
}

static void values_in_no_list_the_most_frequent_first(void **state) {
    (void)state;
    doubting d = doubts_of("workforce", "E,G\nMancunian,Band 5\nA,Band 5\nKlingon,Bnad 6\nKlingon,Band 8\n", COLUMNS("ethnicity", "E", "pay_band", "G"));
    assert_int_equal(d.doubts.value_count, 4);
    assert_value(&d, 0, "Klingon", 2, NULL, false);
    assert_value(&d, 1, "Mancunian", 1, NULL, false);
    assert_value(&d, 2, "Band 8", 1, NULL, false); /* equally many: by their text */
    assert_value(&d, 3, "Bnad 6", 1, "Band 6", false);
    assert_int_equal(d.doubts.rows, 4);
    assert_int_equal(d.doubts.errors, 0);
    pipeline_end(d.p);
}

static void totals_are_asked_about_where_rows_are_counted(void **state) {
    (void)state;
    static const char with[] = "E,G,N\nAll - including unknown,Band 5,9\nWhite,All grades,5\nAll other ethnic groups of the town,Band 5,4\n";
    doubting d = doubts_of("workforce", with, COLUMNS("ethnicity", "E", "pay_band", "G", "count", "N"));
    assert_value(&d, 0, "All - including unknown", 1, NULL, true);
    assert_false(d.doubts.values[1].total); /* they are people */
    assert_value(&d, 2, "All grades", 1, NULL, true);
    pipeline_end(d.p);
    d = doubts_of("workforce", with, COLUMNS("ethnicity", "E", "pay_band", "G"));
    for (size_t i = 0; i < d.doubts.value_count; i++) assert_false(d.doubts.values[i].total);
    pipeline_end(d.p);
}

/* Free text, long numbers, long texts, and a column that is most likely another. */
static void what_may_tell_of_somebody_is_not_kept(void **state) {
    (void)state;
    doubting d = doubts_of("cases", "P,O,T\n1,Jane Roe was dismissed,Disciplinary\n2,,See 20471 in the file\n",
                           COLUMNS("person_id", "P", "outcome", "O", "case_type", "T"));
    assert_int_equal(d.doubts.value_count, 0);
    assert_int_equal(d.doubts.hidden_values[wres_field_find(d.doubts.seen->table, "outcome")], 1);
    assert_int_equal(d.doubts.hidden_values[wres_field_find(d.doubts.seen->table, "case_type")], 1);
    const char *names = "E\n";
    for (int i = 0; i < 30; i++) names = wres_print(d.p->run, "%sJane %c%c Roe\n", names, 'A' + i % 26, 'a' + i / 26);
    doubting other = doubts_of("workforce", names, COLUMNS("ethnicity", "E"));
    assert_int_equal(other.doubts.value_count, 0);
    assert_int_equal(other.doubts.hidden_values[wres_field_find(other.doubts.seen->table, "ethnicity")], 30);
    pipeline_end(other.p);
    pipeline_end(d.p);
}

static void marks_in_the_place_of_counts(void **state) {
    (void)state;
    doubting d = doubts_of("workforce", "E,N\nA,12\nB,<5\nC,*\nH,<5\nJ, - \nK,[c]\nL,Jane\nM,4 or so\nN,1 976\nP,-5\nR,4.5\nS,\n", COLUMNS("ethnicity", "E", "count", "N"));
    static const char *const want[] = {"*", "-", "<5", "[c]"};
    assert_int_equal(d.doubts.mark_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(d.doubts.marks[i].text.length, strlen(want[i]));
        assert_memory_equal(d.doubts.marks[i].text.bytes, want[i], strlen(want[i]));
        assert_int_equal(d.doubts.marks[i].rows, i == 2 ? 2 : 1);
    }
    assert_true(d.doubts.other_marks);
    pipeline_end(d.p);
    d = doubts_of("workforce", "E,N\nA,12\nB,<5\n", COLUMNS("ethnicity", "E", "count", "N"));
    assert_int_equal(d.doubts.mark_count, 1);
    assert_false(d.doubts.other_marks);
    pipeline_end(d.p);
}

static void dates_that_can_be_read_in_two_ways(void **state) {
    (void)state;
    doubting d = doubts_of("cases", "D,P\n06/06/2024,1\n04/05/2024,2\n", COLUMNS("date_entered", "D", "person_id", "P"));
    assert_int_equal(d.doubts.dates_line, 3);
    assert_int_equal(d.doubts.latest, WRES_NO_DATE);
    assert_int_equal(d.doubts.errors, 0); /* it is asked about */
    pipeline_end(d.p);
    d = doubts_of("cases", "D,P\n06/06/2024,1\n14/05/2024,2\n", COLUMNS("date_entered", "D", "person_id", "P"));
    assert_int_equal(d.doubts.dates_line, 0);
    assert_int_equal(d.doubts.latest, wres_date_of(2024, 6, 6));
    pipeline_end(d.p);
}

static void a_column_of_bands_and_grades_feeds_both(void **state) {
    (void)state;
    doubting d = doubts_of("workforce", "E,G\nA,Band 5\nA,Consultant\n", COLUMNS("ethnicity", "E", "pay_band", "G"));
    assert_true(d.doubts.band_is_grade);
    assert_int_equal(d.setting.columns.count, 3);
    assert_string_equal(d.setting.columns.all[2].name, "medical_grade");
    assert_string_equal(d.setting.columns.all[2].value, "G");
    assert_int_equal(d.doubts.value_count, 0);
    assert_int_equal(d.doubts.medical_rows, 0); /* without a staff group the grade decides */
    pipeline_end(d.p);
    d = doubts_of("workforce", "E,G\nA,Band 5\nA,Band 6\n", COLUMNS("ethnicity", "E", "pay_band", "G"));
    assert_false(d.doubts.band_is_grade);
    pipeline_end(d.p);
}

static void a_staff_group_without_doctors(void **state) {
    (void)state;
    doubting d = doubts_of("workforce", "E,G,S\nA,Band 5,Students\nA,Consultant,Nursing and Midwifery Registered\nA,Consultant,Students\n",
                           COLUMNS("ethnicity", "E", "pay_band", "G", "staff_group", "S"));
    assert_true(d.doubts.band_is_grade);
    assert_int_equal(d.doubts.medical_rows, 2);
    assert_int_equal(d.doubts.value_count, 0); /* the grades are no question of their own */
    pipeline_end(d.p);
}

static void other_mistakes_are_counted(void **state) {
    (void)state;
    doubting d = doubts_of("workforce", "D,E\n2025-03-31,A\nlast week,A\n2025-03-31,A,B,C\n", COLUMNS("snapshot_date", "D", "ethnicity", "E"));
    assert_int_equal(d.doubts.errors, 2);
    assert_int_equal(d.doubts.first_error_line, 3);
    assert_contains(d.doubts.first_error, "no date of the calendar");
    pipeline_end(d.p);
}

static void a_file_that_is_not_there(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    wres_input_setting setting = {0};
    wres_doubts doubts;
    assert_int_equal(wres_doubts_find(&p->reading, wres_table_find(&p->tables, "workforce"), "/tmp/wres-test-none.csv", &setting, &doubts), WRES_IO);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_in_no_list_the_most_frequent_first),
        cmocka_unit_test(totals_are_asked_about_where_rows_are_counted),
        cmocka_unit_test(what_may_tell_of_somebody_is_not_kept),
        cmocka_unit_test(marks_in_the_place_of_counts),
        cmocka_unit_test(dates_that_can_be_read_in_two_ways),
        cmocka_unit_test(a_column_of_bands_and_grades_feeds_both),
        cmocka_unit_test(a_staff_group_without_doctors),
        cmocka_unit_test(other_mistakes_are_counted),
        cmocka_unit_test(a_file_that_is_not_there),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
