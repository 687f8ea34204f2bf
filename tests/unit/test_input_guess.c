/* What a file most likely is: the table, and the column of each field. */
#include "pipeline.h"

typedef struct guessing {
    pipeline *p;
    pipeline_folder folder;
    char *path;
    wres_guess guess;
} guessing;

static guessing guess_of(const char *name, const char *csv) {
    guessing g = {.p = pipeline_new(NULL), .folder = pipeline_folder_new()};
    g.path = pipeline_write(g.p, &g.folder, name, wres_text_of(csv));
    assert_int_equal(wres_guess_file(&g.p->reading, g.path, &g.guess), WRES_OK);
    return g;
}

static void end(guessing *g) {
    unlink(g->path);
    rmdir(g->folder.path);
    pipeline_end(g->p);
}

static const wres_guessed_field *field_in(const wres_table_guess *of, const char *name) {
    for (size_t i = 0; i < of->field_count; i++)
        if (strcmp(of->table->fields[of->fields[i].field].name, name) == 0) return &of->fields[i];
    return NULL;
}

/* column -1 = a question. */
static void assert_field(const guessing *g, const char *name, int column, wres_guess_reason reason) {
    const wres_guessed_field *field = field_in(&g->guess.tables[0], name);
    assert_non_null(field);
    assert_int_equal(field->column, column);
    assert_int_equal(field->reason, reason);
}

static void assert_no_field(const guessing *g, const char *name) { assert_null(field_in(&g->guess.tables[0], name)); }

static void assert_table(const guessing *g, const char *table, bool sure) {
    assert_true(g->guess.table_count > 0);
    assert_string_equal(g->guess.tables[0].table->name, table);
    assert_int_equal(g->guess.sure, sure);
}

/* So many rows of these cells. */
static const char *repeated(wres_run *run, const char *header, const char *const *rows, size_t count, size_t times) {
    const char *text = header;
    for (size_t i = 0; i < times * count; i++) text = wres_print(run, "%s%s", text, rows[i % count]);
    return text;
}

/* ---- tables ------------------------------------------------------------------------------------------------- */

static void tables_are_told_by_what_is_their_own(void **state) {
    (void)state;
    static const struct {
        const char *table, *csv;
    } all[] = {
        {"workforce", "Employee Number,Ethnic Origin,AfC Band,Staff Group,FTE\n1,A,Band 5,Students,1\n"},
        {"recruitment", "Applicant ID,Ethnic Origin,Stage Reached\n1,A,Shortlisted\n"},
        {"cases", "Employee Number,Case Type,Formal\n1,Disciplinary,Y\n"},
        {"training", "Employee Number,Training Type,Completion Date\n1,Mandatory,2025-01-02\n"},
        {"survey", "Ethnicity,Question,Answer\nA,Q14a,Yes\n"},
        {"board", "Ethnicity,Voting,Executive\nA,Y,Y\n"},
        {"awards", "Round Year,Employee Number,Stage\n2023,1,Eligible\n"},
        {"committee", "Committee,Ethnicity\nSenior,A\n"},
        {"movements", "Date,Employee Number,Kind,From Band,To Band\n2024-05-06,1,Promotion,Band 5,Band 6\n"},
        {"referrals", "Date,Employee Number,Referral Type,Outcome\n2024-05-06,1,Complaint,Closed\n"},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        guessing g = guess_of("export.csv", all[i].csv);
        assert_table(&g, all[i].table, true);
        end(&g);
    }
}

/* Staff by group and grade, as official figures have it: nothing in it is an event. */
static void people_by_group_are_the_workforce(void **state) {
    (void)state;
    guessing g = guess_of("figures.csv", "Ethnicity,Grade,Staff Group,Headcount\nWhite,Band 5,Students,8\n");
    assert_table(&g, "workforce", true);
    end(&g);
}

static void too_little_is_a_question(void **state) {
    (void)state;
    guessing g = guess_of("export.csv", "Date,Ethnicity\n2025-03-31,A\n");
    assert_false(g.guess.sure);
    assert_true(g.guess.table_count > 2);
    end(&g);
    g = guess_of("export.csv", "Event Date,Patient ID,Ethnic Origin,Restraint Type\n2024-03-31,P0002,A,Seated hold\n");
    assert_false(g.guess.sure); /* one date is called as in training, and nothing else */
    end(&g);
}

static void the_name_of_the_file_decides_between_like_tables(void **state) {
    (void)state;
    static const char csv[] = "Date,Employee Number,Ethnicity\n2025-01-31,1,A\n";
    static const struct {
        const char *name, *table;
        bool sure;
    } all[] = {{"ER_2024-25.csv", "cases", true},  {"LEAVERS.csv", "movements", true}, {"Staff list.csv", "workforce", true},
               {"gmc.csv", "referrals", true},     {"cpd-2025.csv", "training", true}, {"january.csv", "workforce", false},
               {"erratum.csv", "workforce", false}};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        guessing g = guess_of(all[i].name, csv);
        if (all[i].sure) assert_string_equal(g.guess.tables[0].table->name, all[i].table);
        assert_int_equal(g.guess.sure, all[i].sure);
        end(&g);
    }
}

static void what_fits_nothing_has_no_table(void **state) {
    (void)state;
    static const char *const all[] = {"Colour,Length\nred,2\n", "just some notes\n", "\n\n"};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        guessing g = guess_of("export.csv", all[i]);
        assert_int_equal(g.guess.table_count, 0);
        assert_false(g.guess.sure);
        end(&g);
    }
}

/* Kind stands in both; what it holds decides. */
static void values_speak_for_a_table(void **state) {
    (void)state;
    static const char *const moves[] = {"2024-05-06,1,Leaver\n", "2024-06-06,2,Joiner\n"}, *const complaints[] = {"2024-05-06,1,Complaint\n", "2024-05-07,2,Employer\n"};
    for (int other = 0; other < 2; other++) {
        pipeline *p = pipeline_new(NULL);
        guessing g = guess_of("export.csv", repeated(p->run, "Date,Employee Number,Kind\n", other ? complaints : moves, 2, 5));
        assert_table(&g, other ? "referrals" : "movements", true);
        end(&g);
        pipeline_end(p);
    }
}

/* ---- columns by their headers ------------------------------------------------------------------------------- */

static void headers_are_known_in_any_form(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "EMPLOYEE_NUMBER;ethnic-origin;\"Org  Code\"\n1;A;RZZ\n");
    assert_field(&g, "person_id", 0, WRES_GUESS_HEADER);
    assert_field(&g, "ethnicity", 1, WRES_GUESS_HEADER);
    assert_field(&g, "organisation", 2, WRES_GUESS_HEADER);
    assert_int_equal(g.guess.probe.delimiter, ';');
    end(&g);
}

static void two_columns_that_say_the_same_are_no_question(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Ethnic Code,Ethnic Origin,Org Name,Org Code\n1,A,White - British,Trust,RZZ\n2,H,Indian,Trust,RZZ\n");
    assert_field(&g, "ethnicity", 2, WRES_GUESS_SAME); /* first in the table's order of preference */
    assert_field(&g, "organisation", 4, WRES_GUESS_SAME);
    end(&g);
}

static void two_columns_that_differ_are_a_question(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Ethnic Group,Ethnic Origin,Employee Number\n1,BME,White - British,7\n2,White,Indian,8\n");
    assert_field(&g, "ethnicity", -1, WRES_GUESS_DOUBLE);
    assert_field(&g, "person_id", -1, WRES_GUESS_DOUBLE); /* nobody stands there twice, so that nothing shows they are the same */
    assert_int_equal(field_in(&g.guess.tables[0], "ethnicity")->candidate_count, 2);
    end(&g);
    g = guess_of("er.csv", "Date Opened,Date Entered,Employee Number,Case Type\n2024-05-01,2024-05-03,1,Disciplinary\n");
    assert_field(&g, "date_entered", -1, WRES_GUESS_DOUBLE);
    end(&g);
}

static void of_texts_the_likelier_is_taken(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Ethnicity,Position Title,Job Role\n1,A,Nurse 1,Nurse\n2,A,Nurse 2,Nurse\n");
    assert_field(&g, "role", 3, WRES_GUESS_PREFERRED);
    end(&g);
}

static void two_columns_of_one_name_cannot_be_told_apart(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Ethnicity,ETHNICITY,Band\n1,A,A,Band 5\n");
    assert_field(&g, "ethnicity", -1, WRES_GUESS_NAMED);
    end(&g);
}

/* ---- columns by their values -------------------------------------------------------------------------------- */

static void a_needed_column_is_found_by_its_words(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Background,Grade\n1,White - British,Band 5\n2,Indian,Band 6\n3,Caribbean,Band 7\n");
    assert_table(&g, "workforce", true);
    assert_field(&g, "ethnicity", 1, WRES_GUESS_VALUES);
    end(&g);
}

/* Half of it would do: that may be chance. */
static void half_the_values_are_a_question(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Background,Grade\n1,White - British,Band 5\n2,Nurse,Band 6\n3,Indian,Band 7\n");
    assert_field(&g, "ethnicity", -1, WRES_GUESS_PERHAPS);
    end(&g);
}

static void codes_alone_are_a_question_and_numbers_nothing(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Level,Grade,Order\n1,A,Band 5,1\n2,H,Band 6,2\n3,M,Band 7,3\n");
    assert_field(&g, "ethnicity", -1, WRES_GUESS_PERHAPS);
    assert_int_equal(field_in(&g.guess.tables[0], "ethnicity")->candidate_count, 1);
    assert_int_equal(field_in(&g.guess.tables[0], "ethnicity")->candidates[0], 1);
    end(&g);
}

static void two_columns_with_the_values_are_a_question(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Own,Manager,Grade\n1,Indian,White - British,Band 5\n2,White - British,Indian,Band 6\n");
    assert_field(&g, "ethnicity", -1, WRES_GUESS_PERHAPS);
    assert_int_equal(field_in(&g.guess.tables[0], "ethnicity")->candidate_count, 2);
    end(&g);
}

static void flags_are_not_found_by_their_values(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "Emp No,Ethnicity,Veteran,Smoker\n1,A,Yes,No\n2,A,No,Yes\n3,A,No,No\n4,A,No,No\n5,A,No,No\n");
    assert_no_field(&g, "primary_assignment");
    assert_no_field(&g, "international_recruit");
    end(&g);
}

/* One day for all of them is the day of the list; many are when they started. */
static void a_snapshot_has_few_days(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    static const char *const rows[] = {"2025-03-31,2001-02-03,A,Band 5\n", "2025-03-31,2002-03-04,A,Band 6\n", "2025-03-31,2003-04-05,A,Band 7\n"};
    guessing g = guess_of("staff.csv", repeated(p->run, "Time,Came,Ethnicity,AfC Band\n", rows, 3, 1));
    assert_field(&g, "snapshot_date", 0, WRES_GUESS_VALUES);
    end(&g);
    static const char *const born[] = {"2001-02-03,A,Band 5\n"};
    g = guess_of("staff.csv", repeated(p->run, "Date of Birth,Ethnicity,AfC Band\n", born, 1, 20));
    assert_no_field(&g, "snapshot_date");
    end(&g);
    pipeline_end(p);
}

static void years_are_asked_about(void **state) {
    (void)state;
    guessing g = guess_of("staff.csv", "As at 31 March...,Ethnicity,Headcount,Band\n2005,White,12,Band 5\n2005,Asian,3,Band 5\n");
    assert_field(&g, "snapshot_date", -1, WRES_GUESS_YEARS);
    end(&g);
}

static void events_are_dated_by_a_person(void **state) {
    (void)state;
    guessing g = guess_of("er.csv", "Employee Number,Case Type,Formal,Recorded\n1,Disciplinary,Y,2024-05-06\n2,Grievance,N,2024-06-06\n");
    assert_field(&g, "date_entered", -1, WRES_GUESS_PERHAPS);
    end(&g);
}

/* Nobody is told apart, so that each row would be one person. */
static void whole_numbers_may_be_counts(void **state) {
    (void)state;
    guessing g = guess_of("figures.csv", "Ethnicity,Grade,Staff Group,Value,Age,Code\nWhite,Band 5,Students,812,30,007\nAsian,Band 5,Students,-,31,008\n");
    assert_field(&g, "count", 3, WRES_GUESS_VALUES);
    end(&g);
    g = guess_of("figures.csv", "Ethnicity,Grade,Staff Group,Column1\nWhite,Band 5,Students,812\n");
    assert_field(&g, "count", -1, WRES_GUESS_NUMBERS);
    end(&g);
    g = guess_of("figures.csv", "Ethnicity,Grade,Staff Group,Value,Amount\nWhite,Band 5,Students,812,11\n");
    assert_field(&g, "count", -1, WRES_GUESS_NUMBERS);
    assert_int_equal(field_in(&g.guess.tables[0], "count")->candidate_count, 2);
    end(&g);
    g = guess_of("staff.csv", "Employee Number,Ethnicity,Grade,Staff Group,Value\n1,White,Band 5,Students,812\n");
    assert_no_field(&g, "count");
    end(&g);
}

static void who_tells_people_apart_is_asked(void **state) {
    (void)state;
    guessing g = guess_of("er.csv", "Staff Ref,Case Type,Formal,Manager\n17A,Disciplinary,Y,x\n18B,Grievance,N,y\n");
    assert_table(&g, "cases", true);
    assert_field(&g, "person_id", -1, WRES_GUESS_PERHAPS);
    assert_int_equal(field_in(&g.guess.tables[0], "person_id")->candidates[0], 0);
    end(&g);
}

static void groups_of_doctors_are_found_by_their_values(void **state) {
    (void)state;
    bool sure;
    int candidates[WRES_MOST_CANDIDATES];
    guessing g = guess_of("staff.csv", "Ethnicity,Grade,Staff Group,Detail,Role text\nWhite,Band 5,Students,Medical and Dental,x\nWhite,Band 6,Students,Students,y\n");
    assert_int_equal(wres_guess_groups(&g.p->reading, &g.guess, &g.guess.tables[0], candidates, &sure), 1);
    assert_int_equal(candidates[0], 3);
    assert_true(sure);
    end(&g);
    g = guess_of("staff.csv", "Ethnicity,Grade,Staff Group,Detail,Role text\nWhite,Band 5,Students,a,x\nWhite,Band 6,Students,b,y\n");
    assert_int_equal(wres_guess_groups(&g.p->reading, &g.guess, &g.guess.tables[0], candidates, &sure), 1);
    assert_int_equal(candidates[0], 4);
    assert_false(sure);
    end(&g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_told_by_what_is_their_own),
        cmocka_unit_test(people_by_group_are_the_workforce),
        cmocka_unit_test(too_little_is_a_question),
        cmocka_unit_test(the_name_of_the_file_decides_between_like_tables),
        cmocka_unit_test(what_fits_nothing_has_no_table),
        cmocka_unit_test(values_speak_for_a_table),
        cmocka_unit_test(headers_are_known_in_any_form),
        cmocka_unit_test(two_columns_that_say_the_same_are_no_question),
        cmocka_unit_test(two_columns_that_differ_are_a_question),
        cmocka_unit_test(of_texts_the_likelier_is_taken),
        cmocka_unit_test(two_columns_of_one_name_cannot_be_told_apart),
        cmocka_unit_test(a_needed_column_is_found_by_its_words),
        cmocka_unit_test(half_the_values_are_a_question),
        cmocka_unit_test(codes_alone_are_a_question_and_numbers_nothing),
        cmocka_unit_test(two_columns_with_the_values_are_a_question),
        cmocka_unit_test(flags_are_not_found_by_their_values),
        cmocka_unit_test(a_snapshot_has_few_days),
        cmocka_unit_test(years_are_asked_about),
        cmocka_unit_test(events_are_dated_by_a_person),
        cmocka_unit_test(whole_numbers_may_be_counts),
        cmocka_unit_test(who_tells_people_apart_is_asked),
        cmocka_unit_test(groups_of_doctors_are_found_by_their_values),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
