/* The beginning of a file: the delimiter, the header's line, and which table it is. */
#include "pipeline.h"

typedef struct probing {
    pipeline *p;
    wres_probe probe;
    const wres_table *best;
    wres_status status;
} probing;

static probing probe_with(const char *content, size_t length, const char *table, wres_input_setting setting) {
    probing got = {.p = pipeline_new(NULL)};
    const pipeline_folder folder = pipeline_folder_new();
    char *path = pipeline_write(got.p, &folder, "f.csv", (wres_text){content, length});
    got.status = wres_probe_file(&got.p->reading, path, table ? wres_table_find(&got.p->tables, table) : NULL, &setting, &got.probe, &got.best);
    unlink(path);
    rmdir(folder.path);
    return got;
}

static probing probe(const char *content, const char *table) { return probe_with(content, strlen(content), table, (wres_input_setting){0}); }

static void assert_header(const char *content, const char *table, char delimiter, uint64_t line, size_t cells, size_t rows) {
    const probing got = probe(content, table);
    assert_int_equal(got.status, WRES_OK);
    assert_string_equal(got.probe.file, "f.csv");
    if (got.probe.delimiter != delimiter || got.probe.header_line != line || got.probe.header_count != cells || got.probe.row_count != rows)
        fail_msg("'%c' line %ju, %zu headers, %zu rows in: %s", got.probe.delimiter, (uintmax_t)got.probe.header_line, got.probe.header_count, got.probe.row_count, content);
    assert_int_equal(wres_finding_count(got.p->run), 0);
    pipeline_end(got.p);
}

static void delimiters_are_found(void **state) {
    (void)state;
    for (const char *d = ",\t;|~"; *d; d++) {
        char content[200];
        snprintf(content, sizeof content, "Effective Date%cEthnic Origin%cGrade\n2025-03-31%cA%cBand 5\n2025-03-31%cH%cBand 6\n", *d, *d, *d, *d, *d, *d);
        assert_header(content, "workforce", *d, 1, 3, 2);
        snprintf(content, sizeof content, "\"Effective Date\"%c\"Ethnic Origin\"%c \"Grade, or; band|~\tx\" \n1%c2%c3\n", *d, *d, *d, *d);
        assert_header(content, "workforce", *d, 1, 3, 1);
    }
    assert_header("Ethnicity\nA\nH\n", "workforce", ',', 1, 1, 2);
    assert_header("Ethnicity;Grade,Sex,Team\nA;5\n", "workforce", ';', 1, 2, 1);        /* one field by ';', two by ',' - but not the one that is needed */
}

static void the_header_may_stand_lower(void **state) {
    (void)state;
    assert_header("\n\r\n \nDate,Ethnicity\n1,2\n", "workforce", ',', 4, 2, 1);
    assert_header("Staff in post\rDate,Ethnicity\r1,2\r", "workforce", ',', 2, 2, 1);
    assert_header("Ethnicity\nDate,Ethnicity\n1,2\n", "workforce", ',', 2, 2, 1);
    assert_header("5\" nail\n\"open\nDate,Ethnicity\n1,2\n", "workforce", ',', 3, 2, 1);
    assert_header("sep=;\nDate;Ethnicity\n1;2\n", "workforce", ';', 2, 2, 1);
    assert_header("Title, with, commas, in, it\nDate\tEthnicity\n1\t2\n", "workforce", '\t', 2, 2, 1);
    assert_header("Date,Ethnicity\n1,2\nDate,Ethnicity\n", "workforce", ',', 1, 2, 2); /* the first of two */
    assert_header("x\n\"Effective\r\nDate\",\"Ethnic\nOrigin\"\n1,2\n3,4\n", "workforce", ',', 2, 2, 2);
}

static void only_the_first_lines_are_looked_at(void **state) {
    (void)state;
    char *content = calloc(1, 300000);
    for (int lines = 58; lines < 62; lines++) {
        content[0] = '\0';
        for (int i = 0; i < lines; i++) strcat(content, "title\n");
        strcat(content, "Date,Ethnicity\n1,2\n");
        const probing got = probe(content, "workforce");
        assert_int_equal(got.probe.header_line, lines < 60 ? lines + 1 : 0);
        assert_true((got.best != NULL) == (lines < 60));
        pipeline_end(got.p);
        const probing told = probe_with(content, strlen(content), "workforce", (wres_input_setting){.header_line = (uint64_t)lines + 1});
        assert_int_equal(told.probe.header_line, lines + 1);
        pipeline_end(told.p);
    }
    for (size_t length = 65500; length < 65560; length += 20) { /* a title so long that the header stands at 64 KiB, and beyond it */
        memset(content, 'x', length);
        strcpy(content + length, "\nDate,Ethnicity\n1,2\n");
        const probing got = probe(content, "workforce");
        assert_int_equal(got.probe.header_line, length + 1 + strlen("Date,Ethnicity") <= 65536 ? 2 : 0);
        pipeline_end(got.p);
    }
    free(content);
}

/* As much is read as it takes to come to the line. */
static void a_line_far_down_that_is_told(void **state) {
    (void)state;
    enum { LINES = 900, LENGTH = 1000 };
    char *content = malloc(LINES * LENGTH + 100);
    assert_non_null(content);
    for (size_t i = 0; i < LINES * LENGTH; i++) content[i] = i % LENGTH == LENGTH - 1 ? '\n' : 'x';
    strcpy(content + LINES * LENGTH, "Date,Ethnicity\n1,2\n");
    const probing got = probe_with(content, strlen(content), "workforce", (wres_input_setting){.header_line = LINES + 1});
    assert_int_equal(got.probe.header_line, LINES + 1);
    assert_int_equal(got.probe.row_count, 1);
    pipeline_end(got.p);
    free(content);
}

/* Where nothing fits: the line that has most of the columns, else the first in which something stands. */
static void a_file_without_what_is_needed(void **state) {
    (void)state;
    static const struct {
        const char *content, *first;
        char delimiter;
    } files[] = {{"Title\nDate;Grade;Etnicity\n1;2;3\n", "Date", ';'}, {"\nTitle of it\nBand\nx,y\n", "Title of it", ','}, {"\n\na\tb\tc\n", "a", '\t'}, {"Date;Etnicity\n1;2\n", "Date", ';'}};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const probing got = probe(files[i].content, "workforce");
        assert_int_equal(got.status, WRES_OK);
        assert_int_equal(got.probe.header_line, 0);
        assert_null(got.best);
        assert_int_equal(got.probe.delimiter, files[i].delimiter);
        assert_true(wres_text_same(got.probe.headers[0], wres_text_of(files[i].first)));
        pipeline_end(got.p);
    }
    const probing empty = probe("", "workforce");
    assert_int_equal(empty.probe.header_count + empty.probe.row_count, 0);
    pipeline_end(empty.p);
}

static void what_is_told_is_believed(void **state) {
    (void)state;
    const char *content = "Ethnicity;Date\nDate,Ethnicity,Grade\n1,2,3\n";
    const struct {
        wres_input_setting setting;
        uint64_t line;
        size_t headers;
    } cases[] = {{{0}, 2, 3}, {{.delimiter = ';'}, 1, 2}, {{.header_line = 1}, 1, 2}, {{.delimiter = ',', .header_line = 2}, 2, 3}, {{.delimiter = '\t'}, 0, 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const probing got = probe_with(content, strlen(content), "workforce", cases[i].setting);
        assert_int_equal(got.probe.header_line, cases[i].line);
        assert_int_equal(got.probe.header_count, cases[i].headers);
        pipeline_end(got.p);
    }
    static const char wide[] = "D\0a\0t\0e\0,\0E\0t\0h\0n\0i\0c\0i\0t\0y\0\n\0";
    const probing got = probe_with(wide, sizeof wide - 1, "workforce", (wres_input_setting){.encoding = "UTF-16LE"});
    assert_int_equal(got.probe.header_count, 2);
    pipeline_end(got.p);
}

static void the_table_that_fits_best(void **state) {
    (void)state;
    static const struct {
        const char *header, *table;
    } files[] = {{"Effective Date,Employee Number,Ethnic Origin,Grade,Staff Group,Assignment Category", "workforce"},
                 {"Vacancy Ref,Applicant ID,Application Date,Ethnic Origin,Shortlisted,Appointed", "recruitment"},
                 {"Date Entered,Case ID,Employee Number,Case Type,Formal", "cases"},
                 {"Survey Year,Respondent ID,Ethnicity,Question,Answer", "survey"},
                 {"Date,Ethnicity,Voting,Executive", "board"},
                 {"Shoe Size,Hat Size", NULL}};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char content[300];
        snprintf(content, sizeof content, "%s\n1,2,3,4,5,6\n", files[i].header);
        const probing got = probe(content, NULL);
        assert_int_equal(got.status, WRES_OK);
        if (files[i].table)
            assert_string_equal(got.best ? got.best->name : "none", files[i].table);
        else
            assert_null(got.best);
        pipeline_end(got.p);
    }
}

/* Doubled quotation marks are one; rows shorter than the header are not shown, nor more than there is room for. */
static void rows_are_kept_to_look_at(void **state) {
    (void)state;
    char *content = calloc(1, 20000);
    strcpy(content, "Date,Ethnicity\n\"a \"\"b\"\"\", c \nshort\n\n");
    for (int i = 0; i < 300; i++) strcat(content, "x,y,z\n");
    const probing got = probe(content, "workforce");
    assert_int_equal(got.probe.row_count, WRES_PROBE_ROWS);
    assert_true(wres_text_same(got.probe.rows[0][0], wres_text_of("a \"b\"")));
    assert_true(wres_text_same(got.probe.rows[0][1], wres_text_of("c")));
    assert_true(wres_text_same(got.probe.rows[1][1], wres_text_of("y")));
    pipeline_end(got.p);
    free(content);
}

static void columns_are_matched(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const wres_table *table = wres_table_find(&p->tables, "workforce");
    const wres_text headers[] = {wres_text_of("Ethnic Group"), wres_text_of("ethnic-origin"), wres_text_of(""), wres_text_of("Heritage"), wres_text_of("Pay Scale")};
    int column_of[WRES_MOST_FIELDS];
    bool needs_met;
    size_t doubles;
    assert_int_equal(wres_probe_match(&p->reading, table, NULL, headers, COUNT_OF(headers), column_of, &needs_met, &doubles), 2);
    assert_int_equal(column_of[wres_field_find(table, "ethnicity")], 1); /* comes before Ethnic Group in the table's list */
    assert_int_equal(column_of[wres_field_find(table, "pay_band")], 4);
    assert_int_equal(column_of[wres_field_find(table, "sex")], -1);
    assert_true(needs_met);
    assert_int_equal(doubles, 1);
    wres_pair pairs[] = {{"ethnicity", "heritage", 1}, {"pay_band", "Pay Scale", 2}, {"medical_grade", "pay scale", 3}};
    const wres_input_setting setting = {.columns = {pairs, 3}};
    assert_int_equal(wres_probe_match(&p->reading, table, &setting, headers, COUNT_OF(headers), column_of, &needs_met, &doubles), 3);
    assert_int_equal(column_of[wres_field_find(table, "ethnicity")], 3);
    assert_int_equal(column_of[wres_field_find(table, "medical_grade")], 4);
    assert_int_equal(doubles, 0);
    assert_int_equal(wres_probe_match(&p->reading, table, NULL, headers, 0, column_of, &needs_met, &doubles), 0);
    assert_false(needs_met);
    pipeline_end(p);
}

static void a_file_that_is_no_text(void **state) {
    (void)state;
    const probing got = probe("PK\x03\x04", NULL);
    assert_int_equal(got.status, WRES_DATA);
    assert_error_at(got.p, "file-kind", 1, NULL, "an Excel workbook");
    pipeline_end(got.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiters_are_found),
        cmocka_unit_test(the_header_may_stand_lower),
        cmocka_unit_test(only_the_first_lines_are_looked_at),
        cmocka_unit_test(a_line_far_down_that_is_told),
        cmocka_unit_test(a_file_without_what_is_needed),
        cmocka_unit_test(what_is_told_is_believed),
        cmocka_unit_test(the_table_that_fits_best),
        cmocka_unit_test(rows_are_kept_to_look_at),
        cmocka_unit_test(columns_are_matched),
        cmocka_unit_test(a_file_that_is_no_text),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
