/* The report of a check as CSV, JSON and a table: exact bytes. */
#include "fixture.h"

#include "wres/output.h"

static const wres_field fields[] = {{.name = "ethnicity", .type = WRES_TYPE_CODE}, {.name = "fte", .type = WRES_TYPE_DECIMAL}, {.name = "date", .type = WRES_TYPE_DATE}};
static const wres_table table = {.name = "workforce", .fields = fields, .field_count = 3};

static const wres_check_row rows[] = {
    {.severity = WRES_ERROR, .check = "date", .place = {"workforce", "=a.csv", 7, "date"}, .lines = {7, 9}, .line_count = 2, .count = 2, .message = "no \"date\"", .what_to_do = "Correct it."},
    {.severity = WRES_WARNING, .check = "unmapped-value", .place = {"workforce", "=a.csv", 3, "ethnicity"}, .lines = {3}, .line_count = 1, .count = 1234, .has_share = true, .share = {1, 3}, .message = "-1",
     .what_to_do = ""},
    {.severity = WRES_INFORMATION, .check = "thin", .message = "nothing", .what_to_do = "Nothing."},
};

static wres_check_document document_of(const wres_check_report *report) {
    static const wres_value_seen values[] = {
        {.text = {"Secret", 6}, .found = WRES_UNMAPPED, .member = "Not known", .rows = 2, .people = 1000, .decided = 2, .first_line = 3, .sum = {5, 2}},
        {.text = {"", 0}, .found = WRES_BLANK, .member = "Not known", .rows = 1, .people = 1, .first_line = 4, .sum = {0, 1}}};
    static const wres_column_seen columns[] = {
        {.field = 0, .header = "Ethnic", .rows = 3, .filled = 2, .people = 3, .unmapped = 2, .distinct = 1, .hidden = true, .values = values, .value_count = 2, .earliest = WRES_NO_DATE, .latest = WRES_NO_DATE},
        {.field = 1, .header = "FTE", .rows = 3, .filled = 3, .earliest = WRES_NO_DATE, .latest = WRES_NO_DATE, .sum = {-12345678, 10000}},
        {.field = 2, .header = "Date", .rows = 3, .filled = 3, .distinct = 2, .earliest = 0, .latest = 31}};
    static const wres_file_seen file = {&table, "=a.csv", columns, 3, true};
    static const wres_file_seen *const files[] = {&file};
    static const wres_input_shown inputs[] = {{.table = "workforce", .file = "=a.csv", .sha256 = ""}};
    return (wres_check_document){.head = {.inputs = inputs, .input_count = 1, .disclosure = "none"}, .report = report, .files = files, .file_count = 1, .values = true};
}

static const char *written(void **state, const wres_check_document *document, wres_format format, bool raw, wres_status want) {
    wres_sink *sink;
    const char *path = path_in(state, "out");
    assert_int_equal(wres_sink_open(run_of(state), path, &sink), WRES_OK);
    assert_int_equal(wres_write_check(run_of(state), document, &(wres_write_options){.format = format, .raw = raw, .width = 80}, sink), want);
    if (want != WRES_OK) return NULL;
    assert_int_equal(wres_sink_commit(sink), WRES_OK);
    return text_of_file(state, path);
}

static void csv(void **state) {
    const wres_check_report report = {WRES_NO_DATE, rows, COUNT(rows), 1, 1, 1};
    const wres_check_document document = document_of(&report);
    assert_string_equal(written(state, &document, WRES_FORMAT_CSV, false, WRES_OK),
                        "severity,check,table,file,line,field,count,share,message,what_to_do,lines\n"
                        "\"error\",\"date\",\"workforce\",\"'=a.csv\",7,\"date\",2,,\"no \"\"date\"\"\",\"Correct it.\",\"7 9\"\n"
                        "\"warning\",\"unmapped-value\",\"workforce\",\"'=a.csv\",3,\"ethnicity\",1234,0.3,\"'-1\",,\"3\"\n"
                        "\"information\",\"thin\",,,,,,,\"nothing\",\"Nothing.\",\n");
    assert_non_null(strstr(written(state, &document, WRES_FORMAT_CSV, true, WRES_OK), ",\"=a.csv\",7,"));
}

static void json(void **state) {
    const wres_check_report report = {wres_date_of(2025, 3, 31), rows, COUNT(rows), 1, 1, 1};
    wres_check_document document = document_of(&report);
    const char *text = written(state, &document, WRES_FORMAT_JSON, false, WRES_OK);
    assert_non_null(strstr(text, "\"as_at\": \"2025-03-31\""));
    assert_non_null(strstr(text, "\"share\":0.3,"));
    assert_non_null(strstr(text, "\"line\":null,"));
    assert_non_null(strstr(text, "\"sum\":-1234.5678"));
    assert_non_null(strstr(text, "\"earliest\":\"1970-01-01\",\"latest\":\"1970-02-01\""));
    assert_non_null(strstr(text, "\"values\":[{\"value\":null,\"read_as\":\"Not known\",\"found\":\"unmapped\",\"rows\":2,\"people\":1000,\"sum\":2.5,\"line\":3}"));
    assert_null(strstr(text, "Secret"));
    document.values = false;
    assert_null(strstr(written(state, &document, WRES_FORMAT_JSON, false, WRES_OK), "\"values\""));
}

static void for_reading(void **state) {
    const wres_check_report report = {wres_date_of(2025, 3, 31), rows, COUNT(rows), 1, 1, 1};
    wres_check_document document = document_of(&report);
    assert_string_equal(written(state, &document, WRES_FORMAT_TABLE, false, WRES_OK),
                        "Check of the data, as at 2025-03-31\n"
                        "\n"
                        "all tables together\n"
                        "  note     thin\n"
                        "           nothing\n"
                        "           To do: Nothing.\n"
                        "\n"
                        "workforce\n"
                        "  ERROR    =a.csv:7, date: date (2)\n"
                        "           no \"date\". Also line 9\n"
                        "           To do: Correct it.\n"
                        "  warning  =a.csv:3, ethnicity: unmapped-value (1,234, 0.3%)\n"
                        "           -1\n"
                        "\n"
                        "  =a.csv: 3 rows\n"
                        "  field                 column                    filled different not in list\n"
                        "  ethnicity             Ethnic                     66.7%         1           2\n"
                        "    (Not known)                                    1,000    line 3 not in list  sum 2.5\n"
                        "    (blank)                                            1    line 4              sum 0\n"
                        "  fte                   FTE                       100.0%                        sum -1,234.5678\n"
                        "  date                  Date                      100.0%         2              1970-01-01 to 1970-02-01\n"
                        "\n"
                        "1 error, 1 warning, 1 note. A calculation would stop at the errors.\n");
    document.brief = true;
    assert_string_equal(written(state, &document, WRES_FORMAT_TABLE, false, WRES_OK),
                        "Check of the data, as at 2025-03-31\n"
                        "\n"
                        "workforce\n"
                        "  ERROR    =a.csv:7, date: date (2)\n"
                        "           no \"date\". Also line 9\n"
                        "           To do: Correct it.\n"
                        "  warning  =a.csv:3, ethnicity: unmapped-value (1,234, 0.3%)\n"
                        "           -1\n"
                        "\n"
                        "1 error, 1 warning, 1 note. A calculation would stop at the errors.\n");
}

static void nothing_found(void **state) {
    const wres_check_report report = {.as_at = WRES_NO_DATE};
    wres_check_document document = document_of(&report);
    document.brief = true;
    assert_string_equal(written(state, &document, WRES_FORMAT_TABLE, false, WRES_OK),
                        "Check of the data\n\nworkforce\n  Nothing found.\n\n0 errors, 0 warnings, 0 notes.\n");
}

static void text_that_is_no_utf_8_goes_nowhere(void **state) {
    const wres_check_row bad = {.check = "date", .message = "\xff", .what_to_do = ""};
    const wres_check_report report = {WRES_NO_DATE, &bad, 1, 0, 0, 1};
    const wres_check_document document = document_of(&report);
    for (int format = WRES_FORMAT_TABLE; format <= WRES_FORMAT_CSV; format++) written(state, &document, (wres_format)format, false, WRES_DATA);
    assert_error_at(run_of(state), 0, "invalid-output", NULL, 0, NULL, "date");
}

int main(void) {
    const struct CMUnitTest tests[] = {CASE(csv), CASE(json), CASE(for_reading), CASE(nothing_found), CASE(text_that_is_no_utf_8_goes_nowhere)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
