/* The JSON layer and the JSON document: exact bytes, errors that stick, and every allocation failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/json.h"
#include "output/writers.h"

/* ---- support ----------------------------------------------------------------------------------------------- */

typedef struct job {
    wres_status (*make)(wres_run *run, wres_sink *sink, void *what);
    void *what;
    char path[32];
} job;

static wres_status run_job(wres_run *run, void *context) {
    job *j = context;
    wres_sink *sink;
    wres_status status = wres_sink_open(run, j->path, &sink);
    if (status == WRES_OK) status = j->make(run, sink, j->what);
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

/* What was written comes back in text: "" where nothing was. */
static wres_status capture(wres_run *run, wres_status (*make)(wres_run *, wres_sink *, void *), void *what, char *text,
                           size_t size) {
    job j = {make, what, "/tmp/wres-test-XXXXXX"};
    const int descriptor = mkstemp(j.path);
    assert_true(descriptor >= 0);
    close(descriptor);
    const wres_status status = wres_run_try(run, run_job, &j);
    FILE *file = fopen(j.path, "rb");
    assert_non_null(file);
    const size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    fclose(file);
    unlink(j.path);
    return status;
}

static int make_run(void **state) {
    *state = wres_run_new();
    return *state ? 0 : -1;
}

static int free_run(void **state) {
    wres_run_free(*state);
    return 0;
}

/* One finding, of this check, whose message holds the words. */
static void assert_said(const wres_run *run, const char *check, const char *words) {
    assert_int_equal(wres_finding_count(run), 1);
    assert_int_equal(wres_finding_at(run, 0)->severity, WRES_ERROR);
    assert_string_equal(wres_finding_at(run, 0)->check, check);
    if (!strstr(wres_finding_at(run, 0)->message, words))
        fail_msg("\"%s\" is not in \"%s\"", words, wres_finding_at(run, 0)->message);
}

/* ---- the layer --------------------------------------------------------------------------------------------- */

static wres_status make_small(wres_run *run, wres_sink *sink, void *what) {
    (void)what;
    wres_json *json = wres_json_new(run);
    wres_json_node *root = wres_json_root(json);
    wres_json_string(json, root, "text", "a \"quoted\" back\\slash, tab\t, \x01 and \xc3\xa9");
    wres_json_count(json, root, "most", UINT64_MAX);
    wres_json_decimal(json, root, "decimal", "-0.50");
    wres_json_null(json, root, "none");
    wres_json_node *list = wres_json_array(json, root, "list");
    for (int i = 0; i < 2; i++) {
        wres_json_node *node = wres_json_object(json, list, NULL);
        wres_json_string(json, node, "key \"k\"", i ? "two" : "one");
        wres_json_decimal_or_null(json, node, "value", i ? "" : "9007199254740993");
        wres_json_string_or_null(json, node, "flag", i ? "above" : "");
        wres_json_close(json, list, node);
    }
    wres_json_node *inner = wres_json_object(json, root, "inner");
    wres_json_array(json, inner, "nothing");
    wres_json_object(json, root, "empty");
    return wres_json_write(json, sink);
}

static const char small_text[] = "{\n"
                                 "  \"text\": \"a \\\"quoted\\\" back\\\\slash, tab\\t, \\u0001 and \xc3\xa9\",\n"
                                 "  \"most\": 18446744073709551615,\n"
                                 "  \"decimal\": -0.50,\n"
                                 "  \"none\": null,\n"
                                 "  \"list\": [\n"
                                 "    {\"key \\\"k\\\"\":\"one\",\"value\":9007199254740993,\"flag\":null},\n"
                                 "    {\"key \\\"k\\\"\":\"two\",\"value\":null,\"flag\":\"above\"}\n"
                                 "  ],\n"
                                 "  \"inner\": {\n"
                                 "    \"nothing\": []\n"
                                 "  },\n"
                                 "  \"empty\": {}\n"
                                 "}\n";

static void small_document_has_exact_bytes(void **state) {
    char text[4096];
    assert_int_equal(capture(*state, make_small, NULL, text, sizeof text), WRES_OK);
    assert_string_equal(text, small_text);
    assert_int_equal(wres_finding_count(*state), 0);
    cJSON *parsed = cJSON_ParseWithOpts(text, NULL, 1);
    assert_non_null(parsed);
    cJSON_Delete(parsed);
}

static wres_status make_empty(wres_run *run, wres_sink *sink, void *what) {
    (void)what;
    return wres_json_write(wres_json_new(run), sink);
}

static void empty_document_is_an_object(void **state) {
    char text[64];
    assert_int_equal(capture(*state, make_empty, NULL, text, sizeof text), WRES_OK);
    assert_string_equal(text, "{\n}\n");
}

static size_t calls, failing_call, held;
static bool keeps_failing;

static void *failing_malloc(size_t size) {
    calls++;
    if (keeps_failing ? calls >= failing_call : calls == failing_call) return NULL;
    held++;
    return malloc(size);
}

static void counting_free(void *block) {
    if (block) held--;
    free(block);
}

static size_t count_allocations(wres_status (*make)(wres_run *, wres_sink *, void *), void *what, const char *whole) {
    static char text[65536];
    cJSON_Hooks hooks = {failing_malloc, counting_free};
    wres_run *run = wres_run_new();
    calls = failing_call = held = 0;
    keeps_failing = false;
    cJSON_InitHooks(&hooks);
    const wres_status status = capture(run, make, what, text, sizeof text);
    cJSON_InitHooks(NULL);
    wres_run_free(run);
    assert_int_equal(status, WRES_OK);
    assert_string_equal(text, whole);
    return calls;
}

/* The whole text or an error; no memory of cJSON's is left behind, whichever allocation fails. */
static void fail_each_allocation(wres_status (*make)(wres_run *, wres_sink *, void *), void *what, const char *whole) {
    static char text[65536];
    cJSON_Hooks hooks = {failing_malloc, counting_free};
    const size_t all = count_allocations(make, what, whole);
    assert_true(all > 20);
    for (size_t turn = 0; turn < 2 * all; turn++) {
        wres_run *run = wres_run_new();
        calls = held = 0;
        failing_call = turn / 2 + 1;
        keeps_failing = turn % 2 == 1;
        cJSON_InitHooks(&hooks);
        const wres_status status = capture(run, make, what, text, sizeof text);
        cJSON_InitHooks(NULL);
        assert_int_equal(status, WRES_IO);
        assert_string_equal(text, "");
        assert_said(run, "out-of-memory", "out of memory");
        wres_run_free(run);
        assert_int_equal(held, 0);
    }
}

static void failing_allocations_never_shorten_the_document(void **state) {
    (void)state;
    fail_each_allocation(make_small, NULL, small_text);
}

typedef enum fault {
    SAME_KEY,
    BAD_KEY,
    BAD_TEXT,
    NO_TEXT,
    BAD_DECIMAL,
    NO_DECIMAL,
    EMPTY_DECIMAL,
    KEY_IN_ARRAY,
    NO_KEY,
    NO_PARENT,
    BAD_CLOSE
} fault;

static void add_fault(wres_json *json, wres_json_node *root, wres_json_node *list, fault what) {
    switch (what) {
    case SAME_KEY: wres_json_count(json, root, "first", 2); break;
    case BAD_KEY: wres_json_null(json, root, "k\xff"); break;
    case BAD_TEXT:
        wres_json_string(json, root, "label",
                         "Stra\xdf"
                         "e");
        break;
    case NO_TEXT: wres_json_string(json, root, "label", NULL); break;
    case BAD_DECIMAL: wres_json_decimal(json, root, "value", "1,5"); break;
    case NO_DECIMAL: wres_json_decimal(json, root, "value", NULL); break;
    case EMPTY_DECIMAL: wres_json_decimal(json, root, "value", ""); break;
    case KEY_IN_ARRAY: wres_json_count(json, list, "value", 2); break;
    case NO_KEY: wres_json_count(json, root, NULL, 2); break;
    case NO_PARENT: wres_json_count(json, NULL, "value", 2); break;
    case BAD_CLOSE: wres_json_close(json, root, list); break;
    }
}

static wres_status make_fault(wres_run *run, wres_sink *sink, void *what) {
    wres_json *json = wres_json_new(run);
    wres_json_node *root = wres_json_root(json);
    wres_json_count(json, root, "first", 1);
    wres_json_node *list = wres_json_array(json, root, "list");
    assert_int_equal(wres_json_status(json), WRES_OK);
    add_fault(json, root, list, *(fault *)what);
    assert_int_equal(wres_json_status(json), WRES_DATA);
    /* It sticks: nothing is added any more, and nothing else is said. */
    assert_null(wres_json_root(json));
    assert_null(wres_json_object(json, root, "later"));
    assert_null(wres_json_array(json, root, "later"));
    wres_json_string(json, root, "later", "text");
    wres_json_string(json, root, "bad later", "\xff");
    wres_json_close(json, list, list);
    return wres_json_write(json, sink);
}

static void faults_fail_the_whole_document(void **state) {
    (void)state;
    static const struct {
        fault what;
        const char *words;
    } cases[] = {{SAME_KEY, "first: the key is there already"},
                 {BAD_KEY, "k\\xFF: the key is not UTF-8"},
                 {BAD_TEXT, "label: the text is not UTF-8"},
                 {NO_TEXT, "label: there is no text"},
                 {BAD_DECIMAL, "value: the text is no decimal number"},
                 {NO_DECIMAL, "value: the text is no decimal number"},
                 {EMPTY_DECIMAL, "value: the text is no decimal number"},
                 {KEY_IN_ARRAY, "value: objects have keys and arrays have none"},
                 {NO_KEY, "objects have keys and arrays have none"},
                 {NO_PARENT, "value: there is nothing to add it to"},
                 {BAD_CLOSE, "only an element of an array can be closed"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        wres_run *run = wres_run_new();
        fault what = cases[i].what;
        assert_int_equal(capture(run, make_fault, &what, text, sizeof text), WRES_DATA);
        assert_string_equal(text, "");
        assert_said(run, "invalid-output", cases[i].words);
        wres_run_free(run);
    }
}

static wres_status make_cases(wres_run *run, wres_sink *sink, void *what) {
    (void)what;
    wres_json *json = wres_json_new(run);
    wres_json_count(json, wres_json_root(json), "key", 1);
    wres_json_count(json, wres_json_root(json), "Key", 2);
    return wres_json_write(json, sink);
}

static void keys_differ_by_case(void **state) {
    char text[128];
    assert_int_equal(capture(*state, make_cases, NULL, text, sizeof text), WRES_OK);
    assert_string_equal(text, "{\n  \"key\": 1,\n  \"Key\": 2\n}\n");
}

static wres_status leave_unfinished(wres_run *run, wres_sink *sink, void *what) {
    (void)sink;
    (void)what;
    wres_json *json = wres_json_new(run);
    wres_json_string(json, wres_json_root(json), "key", "value");
    return WRES_USAGE;
}

static void unfinished_documents_are_freed_with_the_run(void **state) {
    (void)state;
    char text[64];
    cJSON_Hooks hooks = {failing_malloc, counting_free};
    wres_run *run = wres_run_new();
    calls = failing_call = held = 0;
    keeps_failing = false;
    cJSON_InitHooks(&hooks);
    assert_int_equal(capture(run, leave_unfinished, NULL, text, sizeof text), WRES_USAGE);
    assert_true(held > 0);
    wres_run_free(run);
    cJSON_InitHooks(NULL);
    assert_int_equal(held, 0);
}

/* ---- the document ------------------------------------------------------------------------------------------ */

static const wres_published two_results[] = {
    {{"wres-2025", "2", "RX1", "2025-03-31", "all", "all", "all", "all", "white/bme", "ratio", "1.52", "1.20", "1.93", "", "",
      "ratio", "above", "ok", "White applicants were 1.52 times as likely"}},
    {{"wres-2025", "7", "RX1", "2025-03-31", "all", "all", "all", "all", "all", "all", "", "", "", "", "", "", "", "not supplied",
      "no survey table"}},
};

static const wres_setting_shown settings[] = {{"as_at", "2025-03-31"}, {"groups", "2"}};
static const wres_standard_shown standards[] = {{"wres-2025", "WRES 2025", "NHS England", "guidance", "C"}};
static const wres_reason_shown reasons[] = {{"bank only", 2}, {"honorary", 1}};
static const char sha256[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const wres_input_shown inputs[] = {{"workforce", "staff.csv", sha256, 13, 10, reasons, 2},
                                          {"cases", "cases.csv", "", 0, 0, NULL, 0}};
static const wres_national_shown national[] = {{"white/bme", "ratio", "ratio", 2024, "1.62", "U"}};
static const wres_indicator_shown indicators[] = {{"wres-2025", "2", "Appointment from shortlisting", "likelihood", "white/bme",
                                                   "def", "appointed", "shortlisted", "12 months", "guidance", "C", national, 1, NULL, 0}};

static wres_document whole_document(void) {
    return (wres_document){settings, 2, standards, 1, inputs, 2, "none: not for publication", indicators, 1, {two_results, 2, NULL}};
}

static wres_status make_document(wres_run *run, wres_sink *sink, void *what) {
    return wres_write(run, what, &(wres_write_options){.format = WRES_FORMAT_JSON}, sink);
}

typedef struct typed_document {
    const wres_document *document;
    wres_format format;
} typed_document;

static wres_status make_typed(wres_run *run, wres_sink *sink, void *what) {
    const typed_document *d = what;
    return wres_write(run, d->document, &(wres_write_options){.format = d->format, .width = 100}, sink);
}

#define RESULT_HEAD                                                                                                                \
    "\"organisation\":\"RX1\",\"period\":\"2025-03-31\",\"section\":\"all\",\"row\":\"all\",\"by\":\"all\",\"by_value\":\"all\","

static const char document_text[] =
    "{\n"
    "  \"schema_version\": \"1.0\",\n"
    "  \"tool\": {\n"
    "    \"name\": \"wres\",\n"
    "    \"version\": \"" WRES_VERSION "\"\n"
    "  },\n"
    "  \"settings\": {\n"
    "    \"as_at\": \"2025-03-31\",\n"
    "    \"groups\": \"2\"\n"
    "  },\n"
    "  \"standards\": [\n"
    "    {\"id\":\"wres-2025\",\"title\":\"WRES 2025\",\"owner\":\"NHS England\",\"source\":\"guidance\",\"certainty\":\"C\"}\n"
    "  ],\n"
    "  \"inputs\": [\n"
    "    {\"table\":\"workforce\",\"file\":\"staff.csv\","
    "\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
    "\"rows_read\":13,\"rows_used\":10,\"rows_left_out\":{\"bank only\":2,\"honorary\":1}},\n"
    "    {\"table\":\"cases\",\"file\":\"cases.csv\",\"sha256\":null,\"rows_read\":0,\"rows_used\":0,\"rows_left_out\":{}}\n"
    "  ],\n"
    "  \"disclosure\": \"none: not for publication\",\n"
    "  \"indicators\": [\n"
    "    {\"standard\":\"wres-2025\",\"id\":\"2\",\"title\":\"Appointment from shortlisting\",\"measure\":\"likelihood\","
    "\"direction\":\"white/bme\",\"definition\":\"def\",\"numerator\":\"appointed\",\"denominator\":\"shortlisted\","
    "\"window\":\"12 months\",\"source\":\"guidance\",\"certainty\":\"C\",\"national\":[{\"group\":\"white/bme\","
    "\"statistic\":\"ratio\",\"unit\":\"ratio\",\"year\":2024,\"value\":1.62,\"certainty\":\"U\"}]}\n"
    "  ],\n"
    "  \"data_quality\": [],\n"
    "  \"results\": [\n"
    "    {\"standard\":\"wres-2025\",\"indicator\":\"2\"," RESULT_HEAD "\"group\":\"white/bme\",\"statistic\":\"ratio\","
    "\"value\":1.52,\"lower\":1.20,\"upper\":1.93,\"numerator\":null,\"denominator\":null,\"unit\":\"ratio\","
    "\"flag\":\"above\",\"status\":\"ok\",\"note\":\"White applicants were 1.52 times as likely\"},\n"
    "    {\"standard\":\"wres-2025\",\"indicator\":\"7\"," RESULT_HEAD "\"group\":\"all\",\"statistic\":\"all\","
    "\"value\":null,\"lower\":null,\"upper\":null,\"numerator\":null,\"denominator\":null,\"unit\":\"\","
    "\"flag\":null,\"status\":\"not supplied\",\"note\":\"no survey table\"}\n"
    "  ]\n"
    "}\n";

static void document_has_exact_bytes(void **state) {
    static char text[65536], again[65536];
    wres_document document = whole_document();
    assert_int_equal(capture(*state, make_document, &document, text, sizeof text), WRES_OK);
    assert_string_equal(text, document_text);
    assert_int_equal(capture(*state, make_document, &document, again, sizeof again), WRES_OK);
    assert_string_equal(text, again);
}

static void document_survives_no_failing_allocation_shortened(void **state) {
    (void)state;
    wres_document document = whole_document();
    fail_each_allocation(make_document, &document, document_text);
}

static void empty_document_has_every_key(void **state) {
    char text[1024];
    wres_document document = {.disclosure = "none"};
    assert_int_equal(capture(*state, make_document, &document, text, sizeof text), WRES_OK);
    assert_string_equal(
        text, "{\n  \"schema_version\": \"1.0\",\n  \"tool\": {\n    \"name\": \"wres\",\n    \"version\": \"" WRES_VERSION
              "\"\n  },\n  \"settings\": {},\n  \"standards\": [],\n  \"inputs\": [],\n  \"disclosure\": \"none\",\n"
              "  \"indicators\": [],\n  \"data_quality\": [],\n  \"results\": []\n}\n");
}

static void findings_become_data_quality(void **state) {
    static char text[65536];
    wres_run *run = *state;
    wres_document document = {.disclosure = "none"};
    wres_find(run, WRES_WARNING, "unmapped-value", (wres_place){"workforce", "staff.csv", 57, "ethnicity"}, 3,
              "not in the code list");
    wres_find(run, WRES_ERROR, "settings", (wres_place){0}, 0, "wrong");
    for (int i = 0; i < WRES_FINDINGS_A_CHECK + 4; i++)
        wres_find(run, WRES_INFORMATION, "many", (wres_place){0}, 0, "number %d", i);
    assert_int_equal(capture(run, make_document, &document, text, sizeof text), WRES_OK);
    assert_non_null(
        strstr(text, "  \"data_quality\": [\n    {\"severity\":\"warning\",\"check\":\"unmapped-value\",\"table\":\"workforce\","
                     "\"file\":\"staff.csv\",\"line\":57,\"field\":\"ethnicity\",\"count\":3,"
                     "\"message\":\"not in the code list\"},\n    {\"severity\":\"error\",\"check\":\"settings\",\"table\":null,"
                     "\"file\":null,\"line\":null,\"field\":null,\"count\":null,\"message\":\"wrong\"},\n"));
    assert_non_null(strstr(
        text, "\"message\":\"number 9\"},\n    {\"severity\":\"information\",\"check\":\"many\",\"table\":null,\"file\":null,"
              "\"line\":null,\"field\":null,\"count\":4,\"message\":\"so many more findings of this check are not "
              "listed\"}\n  ],\n"));
    assert_null(strstr(text, "number 10"));
}

/* Faults of results are refused before the first byte, in whatever format. */
static void wrong_results_are_refused_in_every_format(void **state) {
    (void)state;
    static const struct {
        wres_column column;
        const char *text, *words;
    } cases[] = {{WRES_COLUMN_VALUE, "1.5%", "result 2 cannot be written: value: it is no decimal number"},
                 {WRES_COLUMN_LOWER, "=1+1", "lower: it is no decimal number"},
                 {WRES_COLUMN_UPPER, "nan", "upper: it is no decimal number"},
                 {WRES_COLUMN_NUMERATOR, "007", "numerator: it is no decimal number"},
                 {WRES_COLUMN_DENOMINATOR, "1e5", "denominator: it is no decimal number"},
                 {WRES_COLUMN_BY_VALUE, "caf\xe9", "by_value: it is not UTF-8"},
                 {WRES_COLUMN_NOTE, NULL, "note: it is missing"}};
    static char text[65536];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (wres_format format = WRES_FORMAT_TABLE; format <= WRES_FORMAT_CSV; format++) {
            wres_run *run = wres_run_new();
            wres_published rows[2] = {two_results[0], two_results[1]};
            rows[1].column[cases[i].column] = cases[i].text;
            wres_document document = whole_document();
            document.results.rows = rows;
            wres_sink *sink;
            char path[] = "/tmp/wres-test-XXXXXX";
            close(mkstemp(path));
            assert_int_equal(wres_sink_open(run, path, &sink), WRES_OK);
            assert_int_equal(wres_write(run, &document, &(wres_write_options){.format = format}, sink), WRES_DATA);
            assert_int_equal(wres_sink_commit(sink), WRES_OK);
            FILE *file = fopen(path, "rb");
            assert_non_null(file);
            assert_int_equal(fread(text, 1, sizeof text, file), 0);
            fclose(file);
            unlink(path);
            assert_said(run, "invalid-output", cases[i].words);
            wres_run_free(run);
        }
}

/* The same bytes as cJSON's own, for each byte at the beginning, in the middle and at the end. */
static void texts_are_quoted_as_the_library_quotes_them(void **state) {
    (void)state;
    char quoted[64];
    for (int first = 1; first < 256; first++)
        for (int second = first; second < 256; second += first < 128 ? 1 : 37) {
            const char text[] = {(char)first, 'x', (char)second, (char)first, '\0'};
            cJSON *item = cJSON_CreateString(text);
            char *expected = cJSON_PrintUnformatted(item);
            assert_non_null(expected);
            const size_t length = wres_json_quote(quoted, text);
            assert_int_equal(length, strlen(expected));
            assert_memory_equal(quoted, expected, length);
            assert_true(length <= WRES_JSON_WIDEST * strlen(text) + 2);
            cJSON_free(expected);
            cJSON_Delete(item);
        }
    assert_int_equal(wres_json_quote(quoted, ""), 2);
    assert_memory_equal(quoted, "\"\"", 2);
}

static wres_result published_result(size_t i, const char *label) {
    wres_result result = {.standard = "wres-2025", .indicator = "2", .organisation = i < 40 ? "RX1" : label, .period = "2025-03-31", .section = "all",
                          .row = i % 2 ? "all" : "Band \"5\"", .by = "team", .by_value = label, .group = "bme", .statistic = "share", .unit = WRES_PERCENT,
                          .kind = WRES_VALUE_EXACT, .exact = {(wres_int128)i * 7, 3}, .has_counts = true, .numerator = {(wres_int128)i, 1},
                          .denominator = 3, .note = i % 3 ? label : "", .has_flag = i % 5 == 0, .flag = WRES_ABOVE};
    if (i % 4 == 0) result.status = WRES_NOT_CALCULABLE;
    return result;
}

/* Rows that are packed are written as rows that are not, in every format; longer labels than are remembered, and longer rows than flow, too. */
static void packed_results_are_written_like_others(void **state) {
    enum { ROWS = 400 };
    static const size_t lengths[] = {3, 100, 130, 2000, 40000};
    static char one[1 << 25], other[1 << 25];
    wres_run *run = *state;
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
        for (wres_format format = WRES_FORMAT_TABLE; format <= WRES_FORMAT_CSV; format++) {
            wres_publisher *publisher = wres_publisher_new(run, &(wres_disclosure_options){-1});
            const wres_result_receiver to = wres_publisher_receiver(publisher);
            char *label = wres_alloc(run, lengths[l] + 24);
            const size_t count = lengths[l] > 10000 ? 5 : ROWS;
            if (format == WRES_FORMAT_TABLE && lengths[l] > 100) continue;
            for (size_t i = 0; i < count; i++) {
                const size_t width = lengths[l];
                for (size_t k = 0; k < width; k++) label[k] = "a\"=\t\xc3\xa9"[(k + i) % 4];
                (void)snprintf(label + width, 24, "%zu", i);
                const wres_result result = published_result(i, label);
                to.take(to.context, &result, 1);
            }
            wres_document packed = {.disclosure = "none"}, rows = packed;
            assert_int_equal(wres_publisher_end(publisher, &packed.results), WRES_OK);
            rows.results = wres_published_expand(run, &packed.results);
            typed_document a = {&packed, format}, b = {&rows, format};
            assert_int_equal(capture(run, make_typed, &a, one, sizeof one), WRES_OK);
            assert_int_equal(capture(run, make_typed, &b, other, sizeof other), WRES_OK);
            assert_int_equal(strlen(one), strlen(other));
            assert_true(strcmp(one, other) == 0);
            assert_true(strlen(one) > count * (lengths[l] < 50 || format == WRES_FORMAT_TABLE ? 1 : lengths[l]));
        }
}

/* A text that is not UTF-8 is found in a packed list, too, and numbers that are no fixed ones are looked at. */
static void packed_results_are_checked(void **state) {
    static char text[65536];
    wres_run *run = *state;
    for (int i = 0; i < 2; i++) {
        wres_publisher *publisher = wres_publisher_new(run, &(wres_disclosure_options){-1});
        const wres_result_receiver to = wres_publisher_receiver(publisher);
        wres_result result = published_result(1, "plain");
        result.numerator = (wres_rational){1, 3};
        to.take(to.context, &result, 1);
        if (i == 0) result.by_value = "caf\xe9";
        if (i == 1) result.by_value = "other";
        to.take(to.context, &result, 1);
        wres_document document = {.disclosure = "none"};
        assert_int_equal(wres_publisher_end(publisher, &document.results), WRES_OK);
        typed_document d = {&document, WRES_FORMAT_CSV};
        assert_int_equal(capture(run, make_typed, &d, text, sizeof text), i == 0 ? WRES_DATA : WRES_OK);
        if (i == 0) assert_string_equal(text, "");
        if (i == 1) assert_non_null(strstr(text, ",0.333333333,3,\"percent\""));
    }
    assert_said(run, "invalid-output", "result 2 cannot be written: by_value: it is not UTF-8");
}

static void repeated_settings_are_refused(void **state) {
    static char text[4096];
    static const wres_setting_shown twice[] = {{"by", "sex"}, {"by", "team"}};
    wres_document document = {.settings = twice, .setting_count = 2, .disclosure = "none"};
    assert_int_equal(capture(*state, make_document, &document, text, sizeof text), WRES_DATA);
    assert_string_equal(text, "");
    assert_said(*state, "invalid-output", "by: the key is there already");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(small_document_has_exact_bytes, make_run, free_run),
        cmocka_unit_test_setup_teardown(empty_document_is_an_object, make_run, free_run),
        cmocka_unit_test(failing_allocations_never_shorten_the_document),
        cmocka_unit_test(faults_fail_the_whole_document),
        cmocka_unit_test_setup_teardown(keys_differ_by_case, make_run, free_run),
        cmocka_unit_test(unfinished_documents_are_freed_with_the_run),
        cmocka_unit_test_setup_teardown(document_has_exact_bytes, make_run, free_run),
        cmocka_unit_test(document_survives_no_failing_allocation_shortened),
        cmocka_unit_test_setup_teardown(empty_document_has_every_key, make_run, free_run),
        cmocka_unit_test_setup_teardown(findings_become_data_quality, make_run, free_run),
        cmocka_unit_test(wrong_results_are_refused_in_every_format),
        cmocka_unit_test_setup_teardown(repeated_settings_are_refused, make_run, free_run),
        cmocka_unit_test(texts_are_quoted_as_the_library_quotes_them),
        cmocka_unit_test_setup_teardown(packed_results_are_written_like_others, make_run, free_run),
        cmocka_unit_test_setup_teardown(packed_results_are_checked, make_run, free_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
