/* The fast splitter against libcsv: the same records, lines and refusals of every text, however it is cut into blocks. */
#include "fixture.h"

/* ---- texts ------------------------------------------------------------------------------------------------------ */

static uint64_t state_of_chance = 42;

static unsigned below(unsigned bound) {
    state_of_chance = state_of_chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state_of_chance >> 33) % bound;
}

enum { LONGEST = 4096 };
typedef struct made {
    char bytes[LONGEST + WRES_SPLIT_PADDING];
    size_t length;
} made;

static void put(made *text, const char *string) {
    const size_t length = strlen(string);
    if (text->length + length > LONGEST - 8) return;
    memcpy(text->bytes + text->length, string, length);
    text->length += length;
}

static const char *const plain_cells[] = {
    "a", "Band 5", "", "x y", " padded ", "\xc3\xa9t\xc3\xa9", "0123456789012345678901234567890123456789", "\t", "-", "'"};
static const char *const quoted_cells[] = {"\"\"",
                                           "\"a\"",
                                           "\"a,b\"",
                                           "\"a;b\"",
                                           "\"a\"\"b\"",
                                           "\"\"\"\"",
                                           "\"line\nbreak\"",
                                           "\"cr\r\nlf\"",
                                           "\" padded \"",
                                           "\"a,very,long,cell,with,many,separators,in,it,so,that,it,goes,over,the,step\""};

/* Regular records; cut off anywhere where whole is not asked for. */
static void make_regular(made *text, char delimiter, unsigned rows, bool crlf) {
    const char separator[] = {delimiter, '\0'};
    text->length = 0;
    for (unsigned row = 0; row < rows; row++) {
        const unsigned cells = below(12) ? 5 : 1 + below(40);
        for (unsigned i = 0; i < cells; i++) {
            if (i) put(text, separator);
            put(text, below(4) ? plain_cells[below(COUNT(plain_cells))] : quoted_cells[below(COUNT(quoted_cells))]);
        }
        put(text, crlf ? "\r\n" : "\n");
        if (below(10) == 0) put(text, below(2) ? "\n" : " \r\n");
    }
}

static void spoil(made *text) {
    static const char bytes[] = {'"', '\n', '\r', ',', ' ', '\0', '\t', 'a', (char)0xff, ';'};
    for (unsigned changes = below(3); changes > 0 && text->length > 1; changes--) {
        const size_t at = below((unsigned)text->length);
        if (below(3) == 0) {
            memmove(text->bytes + at, text->bytes + at + 1, text->length - at - 1);
            text->length--;
        } else
            text->bytes[at] = bytes[below(COUNT(bytes))];
    }
    if (text->length && below(3) == 0) text->length -= below((unsigned)text->length);
}

static void make_noise(made *text) {
    static const char bytes[] = {'"', '"', '\n', '\r', ',', ' ', 'a', 'b', ',', '\n', '\0'};
    text->length = below(120);
    for (size_t i = 0; i < text->length; i++) text->bytes[i] = bytes[below(below(20) ? 10 : 11)];
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

typedef struct record_log {
    char text[16 * LONGEST];
    size_t length;
} record_log;

static void add_bytes(record_log *log, const char *bytes, size_t length) {
    assert_true(log->length + length < sizeof log->text);
    if (length) memcpy(log->text + log->length, bytes, length);
    log->length += length;
}

static wres_status add_record(void *context, const wres_text *cells, size_t count, uint64_t line) {
    char number[32];
    add_bytes(context, number, (size_t)snprintf(number, sizeof number, "%ju:", (uintmax_t)line));
    for (size_t i = 0; i < count; i++) {
        add_bytes(context, "|", 1);
        add_bytes(context, cells[i].bytes, cells[i].length);
    }
    add_bytes(context, ";", 1);
    return WRES_OK;
}

static void close_log(record_log *log, wres_run *run, wres_status status) {
    char text[256];
    const int length = wres_finding_count(run)
                           ? snprintf(text, sizeof text, "%d line %ju %.60s", status,
                                      (uintmax_t)wres_finding_at(run, 0)->place.line, wres_finding_at(run, 0)->message)
                           : snprintf(text, sizeof text, "%d", status);
    add_bytes(log, text, (size_t)length);
}

static void read_by_libcsv(const made *text, char delimiter, record_log *log) {
    wres_run *run = wres_run_new();
    log->length = 0;
    wres_csv *csv = wres_csv_new(run, "f.csv", &(wres_csv_options){.delimiter = delimiter}, add_record, log);
    wres_status status = wres_csv_feed(csv, text->bytes, text->length);
    if (status == WRES_OK) status = wres_csv_end(csv);
    close_log(log, run, status);
    wres_run_free(run);
}

static unsigned blocks_at_speed;

/* A block that begins and ends between two lines: through the splitter where that is possible. */
static wres_status read_block(wres_csv *csv, record_log *log, char *bytes, size_t length, char delimiter, wres_split *split) {
    static wres_text cells[LONGEST];
    if (!wres_split_block(bytes, length, delimiter, split)) return wres_csv_feed(csv, bytes, length);
    blocks_at_speed++;
    wres_status status = WRES_OK;
    size_t counted = 0;
    for (size_t row = 0, first = 0; row < split->row_count && status == WRES_OK; first = split->rows[row++]) {
        const size_t count = split->rows[row] - first;
        size_t start = first ? split->ends[first - 1] + 1 : 0;
        for (; counted < start; counted++) wres_csv_pass(csv, bytes[counted] == '\n');
        if (wres_split_is_blank(bytes, split, row, delimiter)) continue;
        for (size_t i = 0; i < count; start = split->ends[first + i++] + 1) {
            cells[i] = wres_split_cell(bytes, start, split->ends[first + i], delimiter);
            if (bytes[start] == '"') cells[i].length = wres_split_undouble(bytes + (cells[i].bytes - bytes), cells[i].length);
        }
        status = add_record(log, cells, count, wres_csv_line(csv));
    }
    for (; counted < length; counted++) wres_csv_pass(csv, bytes[counted] == '\n');
    return status;
}

/* As a file is read in blocks: each ends behind the last line that ends outside quotation marks; what has no such end goes to libcsv. */
static void read_by_blocks(const made *text, char delimiter, size_t size, record_log *log) {
    wres_run *run = wres_run_new();
    log->length = 0;
    wres_csv *csv = wres_csv_new(run, "f.csv", &(wres_csv_options){.delimiter = delimiter}, add_record, log);
    uint32_t *ends = wres_alloc(run, LONGEST * sizeof *ends), *rows = wres_alloc(run, LONGEST * sizeof *rows);
    wres_split scratch = {.ends = ends, .rows = rows, .room = LONGEST};
    wres_status status = WRES_OK;
    bool inside = false;
    for (size_t at = 0; at < text->length && status == WRES_OK;) {
        const size_t left = text->length - at, length = left < size ? left : size;
        const bool continued = inside || (at > 0 && text->bytes[at - 1] != '\n');
        size_t whole = wres_split_cut(text->bytes + at, length, continued, &inside);
        if (whole) inside = false;
        const size_t used = whole ? whole : length;
        char *copy = malloc(used + WRES_SPLIT_PADDING); /* so that a sanitizer sees a look beyond it */
        assert_non_null(copy);
        memcpy(copy, text->bytes + at, used);
        memset(copy + used, '"', WRES_SPLIT_PADDING);
        status = whole && !continued ? read_block(csv, log, copy, used, delimiter, &scratch) : wres_csv_feed(csv, copy, used);
        free(copy);
        at += used;
    }
    if (status == WRES_OK) status = wres_csv_end(csv);
    close_log(log, run, status);
    wres_run_free(run);
}

static void assert_same(const made *text, char delimiter) {
    static const size_t sizes[] = {1, 2, 3, 5, 7, 16, 31, 63, 64, 65, 100, 127, 128, 1000, LONGEST};
    static record_log wanted, got;
    read_by_libcsv(text, delimiter, &wanted);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        read_by_blocks(text, delimiter, sizes[i], &got);
        if (got.length == wanted.length && memcmp(got.text, wanted.text, got.length) == 0) continue;
        fail_msg("blocks of %zu, delimiter '%c', text:\n%.*s\nlibcsv:\n%.*s\nblocks:\n%.*s", sizes[i], delimiter, (int)text->length,
                 text->bytes, (int)wanted.length, wanted.text, (int)got.length, got.text);
    }
}

/* ---- the tests -------------------------------------------------------------------------------------------------- */

static void regular_texts_are_read_as_by_libcsv(void **state) {
    static const char delimiters[] = {',', ';', '\t', '|'};
    made text;
    (void)state;
    blocks_at_speed = 0;
    for (int i = 0; i < 300; i++) {
        const char delimiter = delimiters[below(COUNT(delimiters))];
        make_regular(&text, delimiter, 1 + below(30), below(2));
        assert_same(&text, delimiter);
    }
    assert_true(blocks_at_speed > 10000); /* else nothing was tested */
}

static void spoilt_texts_are_read_as_by_libcsv(void **state) {
    made text;
    (void)state;
    for (int i = 0; i < 1500; i++) {
        const char delimiter = below(3) ? ',' : ';';
        make_regular(&text, delimiter, 1 + below(8), below(2));
        spoil(&text);
        assert_same(&text, delimiter);
    }
}

static void noise_is_read_as_by_libcsv(void **state) {
    made text;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        make_noise(&text);
        assert_same(&text, ',');
    }
}

/* Whichever bytes stand at the end of a step of 64. */
static void every_shift_is_read_as_by_libcsv(void **state) {
    static const char *const pieces[] = {"\"a\"\"b\",c\n", "\"\",\"\"\r\n",  "a\"b\n",     "\"a\"b\n", "\"a\" ,b\n", "a\rb\n",
                                         "\"a\nb\"\n",     "\"a\r\nb\"\r\n", "\"a\rb\"\n", "\n",       "\"\n"};
    made text;
    (void)state;
    for (size_t p = 0; p < COUNT(pieces); p++)
        for (size_t before = 0; before < 70; before++) {
            text.length = 0;
            for (size_t i = 0; i < before; i++) put(&text, i % 7 == 6 ? "," : "x");
            if (before) put(&text, ",");
            put(&text, pieces[p]);
            put(&text, "k,l\n");
            assert_same(&text, ',');
        }
}

static void assert_same_split(const wres_split *a, const wres_split *b) {
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->row_count, b->row_count);
    assert_int_equal(a->lines, b->lines);
    assert_int_equal(a->ascii, b->ascii);
    assert_int_equal(a->doubled, b->doubled);
    assert_memory_equal(a->ends, b->ends, a->count * sizeof *a->ends);
    assert_memory_equal(a->rows, b->rows, a->row_count * sizeof *a->rows);
}

static void all_ways_of_splitting_agree(void **state) {
    wres_run *run = run_of(state);
    wres_split a = {.ends = wres_alloc(run, 4 * LONGEST), .rows = wres_alloc(run, 4 * LONGEST), .room = LONGEST};
    wres_split b = {.ends = wres_alloc(run, 4 * LONGEST), .rows = wres_alloc(run, 4 * LONGEST), .room = LONGEST};
    made text = {.length = 0};
    assert_true(wres_split_can(WRES_SPLIT_PORTABLE));
    for (int i = 0; i < 3000; i++) {
        if (below(3))
            make_regular(&text, ',', 1 + below(20), below(2));
        else
            make_noise(&text);
        if (below(2)) spoil(&text);
        memset(text.bytes + text.length, '"', below(8)); /* what stands behind does not matter */
        const bool regular = wres_split_block_by(WRES_SPLIT_PORTABLE, text.bytes, text.length, ',', &a);
        for (wres_split_way way = WRES_SPLIT_SSE2; way <= WRES_SPLIT_AVX512; way++) {
            if (!wres_split_can(way)) continue;
            assert_int_equal(wres_split_block_by(way, text.bytes, text.length, ',', &b), regular);
            if (regular) assert_same_split(&a, &b);
            for (int first = 0; first < 2; first++) {
                bool inside = false, inside_too = false;
                assert_int_equal(wres_split_cut_by(WRES_SPLIT_PORTABLE, text.bytes, text.length, first, &inside),
                                 wres_split_cut_by(way, text.bytes, text.length, first, &inside_too));
                assert_int_equal(inside, inside_too);
            }
        }
    }
}

static void too_many_cells_are_left_to_libcsv(void **state) {
    wres_run *run = run_of(state);
    const size_t most = WRES_MOST_CELLS;
    char *bytes = wres_alloc(run, most + 2 * WRES_SPLIT_PADDING);
    wres_split split = {.ends = wres_alloc(run, 8 * most), .rows = wres_alloc(run, 8 * most), .room = 2 * most};
    memset(bytes, ',', most);
    bytes[most - 1] = '\n'; /* so many cells */
    assert_true(wres_split_block(bytes, most, ',', &split));
    bytes[most - 1] = ',', bytes[most] = '\n';
    assert_false(wres_split_block(bytes, most + 1, ',', &split));
    split.room = most;
    bytes[most - 1] = '\n';
    assert_false(wres_split_block(bytes, most, ',', &split)); /* room for a whole step is asked for */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(regular_texts_are_read_as_by_libcsv), CASE(spoilt_texts_are_read_as_by_libcsv),
        CASE(noise_is_read_as_by_libcsv),          CASE(every_shift_is_read_as_by_libcsv),
        CASE(all_ways_of_splitting_agree),         CASE(too_many_cells_are_left_to_libcsv),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT(tests));
    return failed;
}
