/* The CSV format: exact bytes, quoting, and text that a spreadsheet would run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disclosure/pack.h"
#include "output/writers.h"

#define HEADER                                                                                                                     \
    "standard,indicator,organisation,period,section,row,by,by_value,group,statistic,value,lower,upper,numerator,denominator,unit," \
    "flag,"                                                                                                                        \
    "status,note\n"

typedef struct job {
    const wres_document *document;
    bool raw;
    char path[32];
} job;

static wres_status run_job(wres_run *run, void *context) {
    const job *j = context;
    wres_sink *sink;
    wres_status status = wres_sink_open(run, j->path, &sink);
    if (status == WRES_OK)
        status = wres_write(run, j->document, &(wres_write_options){.format = WRES_FORMAT_CSV, .raw = j->raw}, sink);
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

static const char *written(const wres_published *rows, size_t count, bool raw) {
    static char text[65536];
    const wres_document document = {.disclosure = "none", .results = {rows, count, NULL}};
    job j = {&document, raw, "/tmp/wres-test-XXXXXX"};
    wres_run *run = wres_run_new();
    close(mkstemp(j.path));
    assert_int_equal(wres_run_try(run, run_job, &j), WRES_OK);
    assert_int_equal(wres_finding_count(run), 0);
    wres_run_free(run);
    FILE *file = fopen(j.path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    unlink(j.path);
    return text;
}

static wres_published row_with(const char *label, const char *value) {
    return (wres_published){{"wres-2025", "2", "RX1", "2025-03-31", "all", "all", "team", label, "bme-white", "difference", value,
                             "", "", "", "", "percentage points", "", "ok", ""}};
}

static void header_alone_without_results(void **state) {
    (void)state;
    assert_string_equal(written(NULL, 0, false), HEADER);
}

static void text_is_quoted_and_numbers_are_not(void **state) {
    (void)state;
    const wres_published rows[] = {
        {{"wres-2025", "2", "RX1", "2025-03-31", "all", "all", "all", "all", "white", "rate", "17.3", "15.6", "18.3", "243", "1406",
          "percent", "", "ok", ""}},
        {{"wres-2025", "7", "RX1", "2025-03-31", "all", "all", "all", "all", "all", "all", "", "", "", "", "", "", "",
          "not supplied", "no \"survey\", given"}},
    };
    assert_string_equal(
        written(rows, 2, false),
        HEADER "\"wres-2025\",\"2\",\"RX1\",\"2025-03-31\",\"all\",\"all\",\"all\",\"all\",\"white\",\"rate\",17.3,15.6,18.3,243,"
               "1406,\"percent\",,\"ok\",\n"
               "\"wres-2025\",\"7\",\"RX1\",\"2025-03-31\",\"all\",\"all\",\"all\",\"all\",\"all\",\"all\",,,,,,,,\"not supplied\","
               "\"no \"\"survey\"\", given\"\n");
}

/* The label as it stands in the file. */
static void assert_label(const char *label, bool raw, const char *expected) {
    char line[1024];
    const wres_published row = row_with(label, "-0.5");
    snprintf(line, sizeof line,
             HEADER "\"wres-2025\",\"2\",\"RX1\",\"2025-03-31\",\"all\",\"all\",\"team\",%s,\"bme-white\",\"difference\",-0.5,,,,,"
                    "\"percentage points\",,\"ok\",\n",
             expected);
    assert_string_equal(written(&row, 1, raw), line);
}

static void formulas_are_disarmed(void **state) {
    (void)state;
    assert_label("=HYPERLINK(\"x\")", false, "\"'=HYPERLINK(\"\"x\"\")\"");
    assert_label("+1", false, "\"'+1\"");
    assert_label("-1", false, "\"'-1\"");
    assert_label("@SUM(A1)", false, "\"'@SUM(A1)\"");
    assert_label("\tx", false, "\"'\tx\"");
    assert_label("\rx", false, "\"'\rx\"");
    assert_label("\nx", false, "\"'\nx\"");
    assert_label("\xef\xbc\x9d"
                 "1",
                 false,
                 "\"'\xef\xbc\x9d"
                 "1\"");
    assert_label("\xef\xbc\x8b"
                 "1",
                 false,
                 "\"'\xef\xbc\x8b"
                 "1\"");
    assert_label("\xef\xbc\x8d"
                 "1",
                 false,
                 "\"'\xef\xbc\x8d"
                 "1\"");
    assert_label("\xef\xbc\xa0"
                 "1",
                 false,
                 "\"'\xef\xbc\xa0"
                 "1\"");
}

static void other_text_is_left_alone(void **state) {
    (void)state;
    assert_label("a=b", false, "\"a=b\"");
    assert_label("Ward 7, \"B\"", false, "\"Ward 7, \"\"B\"\"\"");
    assert_label("\"", false, "\"\"\"\"");
    assert_label("two\nlines", false, "\"two\nlines\"");
    assert_label("caf\xc3\xa9", false, "\"caf\xc3\xa9\"");
    assert_label("\xef\xbc\xa1", false, "\"\xef\xbc\xa1\"");
    assert_label("'", false, "\"'\"");
    assert_label("", false, "");
}

static void raw_leaves_formulas(void **state) {
    (void)state;
    assert_label("=1+1", true, "\"=1+1\"");
    assert_label("\xef\xbc\x9d"
                 "1",
                 true,
                 "\"\xef\xbc\x9d"
                 "1\"");
}

/* Cells that are written again and again are kept, but for those that are too long; rows that differ in one of them are told apart. */
static void cells_are_the_own_ones_of_each_row(void **state) {
    (void)state;
    static char whole[65536];
    char longest[200] = "";
    const char *const groups[] = {"white", "bme", longest}, *const flags[] = {"", "above", longest};
    wres_published rows[27];
    size_t length = strlen(HEADER), count = 0;
    memset(longest, 'x', sizeof longest - 1);
    memcpy(whole, HEADER, length);
    for (int again = 0; again < 3; again++)
        for (int g = 0; g < 3; g++)
            for (int f = 0; f < 3; f++) {
                wres_published row = row_with("a", "1");
                row.column[WRES_COLUMN_GROUP] = groups[g];
                row.column[WRES_COLUMN_FLAG] = flags[f];
                rows[count++] = row;
                const char *mark = f ? "\"" : "";
                length += (size_t)snprintf(whole + length, sizeof whole - length,
                                           "\"wres-2025\",\"2\",\"RX1\",\"2025-03-31\",\"all\",\"all\",\"team\",\"a\",\"%s\","
                                           "\"difference\",1,,,,,\"percentage points\",%s%s%s,\"ok\",\n",
                                           groups[g], mark, flags[f], mark);
            }
    assert_string_equal(written(rows, count, false), whole);
}

/* ---- on several threads ----------------------------------------------------------------------------------------------- */

typedef struct rows_job {
    wres_published_list list;
    wres_write_options options;
    const char *path;
} rows_job;

static wres_status run_rows_job(wres_run *run, void *context) {
    const rows_job *j = context;
    const wres_document document = {.disclosure = "none", .results = j->list};
    wres_sink *sink;
    wres_status status = wres_sink_open(run, j->path, &sink);
    if (status == WRES_OK) status = wres_write(run, &document, &j->options, sink);
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

static char *file_text(wres_run *run, const char *path, size_t *length) {
    enum { ROOM = 1 << 22 };
    char *text = wres_grow(run, NULL, 0, ROOM);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *length = fread(text, 1, ROOM, file);
    assert_true(*length > 0 && *length < ROOM);
    fclose(file);
    return text;
}

/* Rows of few places and kinds, some with a note of this length; others stand behind some. */
static wres_published_list many_rows(wres_run *run, size_t count, size_t note) {
    packed *pack = pack_new(run);
    char *words = wres_alloc(run, note + 1);
    memset(words, 'n', note);
    for (size_t i = 0; i < count; i++) {
        const char *band = wres_print(run, "band %zu", i % 17), *organisation = wres_print(run, "=R\"%zu", i / 60);
        const packed_row row = {.head = {"s", "1", organisation, "2025-03-31"},
                                .tail = {"all", band, "all", "all"},
                                .group = i / 17 % 2 ? "bme" : "white",
                                .statistic = wres_print(run, "statistic %zu", i),
                                .note = i % 3 ? words : "",
                                .unit = "percent",
                                .flag = i % 5 ? "" : "above",
                                .status = "ok",
                                .decimals = 1,
                                .numbers = {{.is_there = true, .fixed = (int64_t)i - 1000}, {.is_there = i % 2}}};
        pack_add(pack, &row);
        if (i % 100) continue;
        packed_row more = row;
        pack_begin_behind(pack, i);
        more.statistic = wres_print(run, "behind %zu", i);
        pack_add_behind(pack, &more);
    }
    return pack_end(pack);
}

/* The bytes of one thread, whatever their number, where the rows make pieces or less than one, pieces are long or rows too long for them. */
static void bytes_do_not_depend_on_threads(void **state) {
    (void)state;
    static const struct {
        size_t rows, note;
    } cases[] = {{1, 10}, {1000, 10}, {1013, 10}, {1014, 10}, {2400, 10}, {2000, 560}, {1200, 700}, {5000, 90}};
    static const wres_format formats[] = {WRES_FORMAT_CSV, WRES_FORMAT_JSON};
    char path[] = "/tmp/wres-test-XXXXXX";
    close(mkstemp(path));
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        for (size_t f = 0; f < 2; f++) {
            wres_run *run = wres_run_new();
            rows_job j = {many_rows(run, cases[c].rows, cases[c].note), {.format = formats[f]}, path};
            size_t length, whole_length;
            assert_int_equal(wres_run_try(run, run_rows_job, &j), WRES_OK);
            const char *whole = file_text(run, path, &whole_length);
            assert_true(whole_length > j.list.count * 50);
            for (size_t threads = 1; threads < 7; threads++) {
                j.options.threads = threads;
                assert_int_equal(wres_run_try(run, run_rows_job, &j), WRES_OK);
                const char *text = file_text(run, path, &length);
                assert_int_equal(length, whole_length);
                assert_memory_equal(text, whole, length);
            }
            wres_run_free(run);
        }
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_alone_without_results),
        cmocka_unit_test(text_is_quoted_and_numbers_are_not),
        cmocka_unit_test(formulas_are_disarmed),
        cmocka_unit_test(other_text_is_left_alone),
        cmocka_unit_test(raw_leaves_formulas),
        cmocka_unit_test(cells_are_the_own_ones_of_each_row),
        cmocka_unit_test(bytes_do_not_depend_on_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
