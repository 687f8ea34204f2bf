/* What a row says, with what came before it. */
#include "checking.h"

#define STAFF "Date,Organisation,Employee Number,Ethnicity,Band,FTE\n"

static wres_check_report checked(pipeline *p, wres_status want) {
    wres_check_report report;
    assert_int_equal(checking_run(p, &report), want);
    return report;
}

static void the_same_row_again(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF "2025-03-31,R,1,A,Band 5,1\n2025-03-31,R,2,A,Band 5,1\n 2025-03-31,R,1 ,A,Band 5,1\n2025-03-31,R,,A,Band 5,1\n2025-03-31,R,,A,Band 5,1\n");
    const wres_check_report report = checked(p, WRES_OK);
    assert_row(&report, "duplicate-row", WRES_WARNING, 4, NULL, 1); /* rows without an identifier are people of their own */
    assert_row(&report, "blank-identifier", WRES_WARNING, 5, NULL, 2);
    pipeline_end(p);
}

static void cells_that_run_into_each_other_are_not_the_same(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,X,Y\n2025-03-31,1,A,ab,c\n2025-03-31,1,A,a,bc\n");
    const wres_check_report report = checked(p, WRES_OK);
    assert_null(row_of(&report, "duplicate-row"));
    assert_row(&report, "several-assignments", WRES_INFORMATION, 0, "person_id", 1);
    pipeline_end(p);
}

static void posts_and_whole_times(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", STAFF "2025-03-31,R,1,A,Band 1,0.2\n2025-03-31,R,1,A,Band 2,0.2\n2025-03-31,R,1,A,Band 3,0.2\n2025-03-31,R,1,A,Band 4,1.00\n2025-03-31,R,1,A,Band 5,1.001\n"
                                       "2025-03-31,S,1,A,Band 6,x\n2025-03-31,S,1,A,Band 7,\n");
    const wres_check_report report = checked(p, WRES_OK);
    assert_row(&report, "many-assignments", WRES_WARNING, 6, "person_id", 1);
    assert_row(&report, "fte-range", WRES_WARNING, 6, "fte", 1);
    assert_row(&report, "no-number", WRES_WARNING, 7, "fte", 1);
    assert_row(&report, "several-organisations", WRES_WARNING, 7, "organisation", 1);
    pipeline_end(p);
}

static void events_before_their_time(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity\n2024-09-30,1,A\n2024-12-31,1,A\n2025-03-31,1,A\n2025-03-31,2,H\n2024-12-31,3,A\n2025-03-31,3,A\n");
    pipeline_add(p, "cases", "Date,Employee Number,Formal,Case Type\n2024-12-31,2,Y,Disciplinary\n2025-01-01,2,Y,Disciplinary\n2024-12-01,3,Y,Disciplinary\n2024-12-02,3,Y,Disciplinary\n"
                             "2024-05-01,1,Y,Disciplinary\n");
    pipeline_add(p, "movements", "Date,Employee Number,Kind\n2024-12-02,3,Joiner\n2025-01-05,3,Joiner\n");
    const wres_check_report report = checked(p, WRES_OK);
    size_t rows = 0;
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.rows[i].check, "before-start") != 0) continue;
        assert_int_equal(report.rows[i].count, 1);
        assert_int_equal(report.rows[i].place.line, rows++ ? 4 : 2);
    }
    assert_int_equal(rows, 2);
    pipeline_end(p);
}

static void flags_of_stages(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment", "Date,Vacancy ID,Applicant ID,Ethnicity,Shortlisted,Appointed\n2024-06-01,1,1,A,Y,N\n2024-06-01,1,2,A,N,Y\n2024-06-01,1,3,A,,Y\n"
                                   "2024-06-01,2,4,A,Y,Y\n2024-06-01,2,5,A,,Y\n2024-06-01,3,6,A,Y,Y\n");
    const wres_check_report report = checked(p, WRES_OK);
    assert_row(&report, "flags-contradict", WRES_WARNING, 3, "shortlisted", 1);
    assert_row(&report, "more-appointed-than-shortlisted", WRES_WARNING, 5, "appointed", 1); /* the first vacancy was said already */
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_row_again), cmocka_unit_test(cells_that_run_into_each_other_are_not_the_same),
                                       cmocka_unit_test(posts_and_whole_times), cmocka_unit_test(events_before_their_time), cmocka_unit_test(flags_of_stages)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
