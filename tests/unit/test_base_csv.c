/* CSV: what is a record, which line it begins in, what is refused and with which line; the same however the bytes are cut. */
#include "fixture.h"

enum { MIB = 1024 * 1024 };

/* ---- what was read, as one text: "1:a|b;3:c;end" or "1:a|b;line 2: a quotation mark stands" ---------------------- */

typedef struct record_log {
    wres_run *run;
    char *text;
    size_t length, room;
    uint64_t refuse_line; /* the call-back refuses the record of this line */
} record_log;

static void add_bytes(record_log *log, const char *bytes, size_t length) {
    if (log->length + length + 1 > log->room) {
        const size_t room = 2 * (log->length + length + 1);
        log->text = wres_grow(log->run, log->text, log->room, room);
        log->room = room;
    }
    if (length) memcpy(log->text + log->length, bytes, length);
    log->length += length;
    log->text[log->length] = '\0';
}

static void add_text(record_log *log, const char *text) { add_bytes(log, text, strlen(text)); }

static wres_status add_record(void *context, const wres_text *cells, size_t count, uint64_t line) {
    record_log *log = context;
    char number[64];
    if (line == log->refuse_line) return WRES_CONDITION;
    snprintf(number, sizeof number, "%ju:", (uintmax_t)line);
    add_text(log, number);
    for (size_t i = 0; i < count; i++) {
        if (i) add_text(log, "|");
        snprintf(number, sizeof number, "(%zu bytes)", cells[i].length);
        if (cells[i].length > 1000)
            add_text(log, number);
        else
            add_bytes(log, cells[i].bytes, cells[i].length);
    }
    add_text(log, ";");
    return WRES_OK;
}

static wres_status feed_in_pieces(wres_csv *csv, wres_text bytes, size_t first, size_t piece) {
    wres_status status = WRES_OK;
    for (size_t at = 0, next = first; at < bytes.length && status == WRES_OK; at += next, next = piece) {
        if (next > bytes.length - at) next = bytes.length - at;
        char *copy = malloc(next); /* so that a sanitizer sees a look beyond the piece */
        assert_non_null(copy);
        memcpy(copy, bytes.bytes + at, next);
        status = wres_csv_feed(csv, copy, next);
        free(copy);
    }
    return status == WRES_OK ? wres_csv_end(csv) : status;
}

/* First a piece of one size, then pieces of another. The text belongs to the run of the test. */
static const char *read_in_pieces(void **state, wres_text bytes, size_t first, size_t piece) {
    record_log log = {.run = wres_run_new()};
    add_text(&log, "");
    wres_csv *csv = wres_csv_new(log.run, "f.csv", &(wres_csv_options){0}, add_record, &log);
    const wres_status status = feed_in_pieces(csv, bytes, first ? first : 1, piece);
    const size_t findings = wres_finding_count(log.run);
    if (status == WRES_OK && findings == 0)
        add_text(&log, "end");
    else if (status == WRES_DATA && findings == 1) {
        const wres_finding *finding = wres_finding_at(log.run, 0);
        assert_string_equal(finding->check, "csv");
        assert_string_equal(finding->place.file, "f.csv");
        add_text(&log, wres_print(log.run, "line %ju: %.24s", (uintmax_t)finding->place.line, finding->message));
    } else
        add_text(&log, wres_print(log.run, "status %d and %zu findings", status, findings));
    const char *text = wres_copy(run_of(state), log.text, log.length);
    wres_run_free(log.run);
    return text;
}

static void assert_read(void **state, wres_text bytes, const char *expected) {
    assert_string_equal(read_in_pieces(state, bytes, bytes.length, 1), expected);
}

/* ---- the inputs ------------------------------------------------------------------------------------------------- */

#define STRAY        "a quotation mark stands "
#define NEVER_CLOSED "a quotation mark that is"
#define NUL_BYTE     "a NUL byte: the file is "
#define BOM          "\xef\xbb\xbf"

static const struct {
    const char *bytes;
    size_t length;
    const char *expected;
} inputs[] = {
#define INPUT(literal, expected)                                                                                                   \
    { "" literal, sizeof(literal) - 1, expected }
    /* Lines. */
    INPUT("", "end"),
    INPUT("a", "1:a;end"),
    INPUT("a,b\nc,d\n", "1:a|b;2:c|d;end"),
    INPUT("a,b\r\nc,d\r\n", "1:a|b;2:c|d;end"),
    INPUT("a,b\rc,d\r", "1:a|b;2:c|d;end"),
    INPUT("a\nb\r\nc\rd", "1:a;2:b;3:c;4:d;end"),
    INPUT("a,b\nc,d", "1:a|b;2:c|d;end"),
    INPUT("a\n\n\nb\n", "1:a;4:b;end"),
    INPUT("a\r\n\r\n\r\nb\r\n", "1:a;4:b;end"),
    INPUT("a\r\r\rb\r", "1:a;4:b;end"),
    INPUT("a\n\r\n\rb", "1:a;4:b;end"),
    INPUT("\n\n a \n", "3:a;end"),
    INPUT("a\n \t \nb\n", "1:a;3:b;end"),
    INPUT("\n\r\n\r", "end"),
    INPUT("a\n   ", "1:a;end"),
    /* Cells. */
    INPUT(",\n", "1:|;end"),
    INPUT(",,a\n,", "1:||a;2:|;end"),
    INPUT("a,\n", "1:a|;end"),
    INPUT(" a , b c \n", "1:a|b c;end"),
    INPUT("\" a \",b\n", "1: a |b;end"),
    INPUT("\"\"\n", "1:;end"),
    INPUT("\"a\"\"b\",\"\"\"\"\n", "1:a\"b|\";end"),
    INPUT("\"a,b\";c\n", "line 1: " STRAY),
    INPUT("\"a,b\" ,c\n", "1:a,b|c;end"),
    INPUT("a;b|c\td\n", "1:a;b|c\td;end"),
    INPUT("caf\xe9,\xc3\xa9\n", "1:caf\xe9|\xc3\xa9;end"),
    /* Line ends inside quotation marks, and the lines of what follows. */
    INPUT("\"a\nb\",c\nd\n", "1:a\nb|c;3:d;end"),
    INPUT("\"a\r\nb\",c\r\nd\r\n", "1:a\r\nb|c;3:d;end"),
    INPUT("\"a\rb\",c\rd\r", "1:a\rb|c;3:d;end"),
    INPUT("\"\n\n\",\"\n\"\nd\n", "1:\n\n|\n;5:d;end"),
    INPUT("a\n\"b\n\n\nc\"\n\nd", "1:a;2:b\n\n\nc;7:d;end"),
    INPUT("x,\"a\nb\",\"c\nd\",y\nz\n", "1:x|a\nb|c\nd|y;4:z;end"),
    INPUT("\"\r\n\"\r\n\"\r\"\r\"\n\"\nx", "1:\r\n;3:\r;5:\n;7:x;end"),
    INPUT("\"a\n\"\"\nb\"\nc", "1:a\n\"\nb;4:c;end"),
    /* A mark that is never closed: the line in which it was opened. */
    INPUT("\"", "line 1: " NEVER_CLOSED),
    INPUT("a\nb,\"c", "1:a;line 2: " NEVER_CLOSED),
    INPUT("a\nb,\"c\nd\ne\n", "1:a;line 2: " NEVER_CLOSED),
    INPUT("a\nb,\"c\r\nd\r\ne", "1:a;line 2: " NEVER_CLOSED),
    INPUT("\n\n\"\n\n\n", "line 3: " NEVER_CLOSED),
    INPUT("\"a\nb\",c\n\"d\ne\n", "1:a\nb|c;line 3: " NEVER_CLOSED),
    INPUT("\"a\nb\",\"c\nd\ne\n", "line 2: " NEVER_CLOSED),
    INPUT("\"a\nb\",\"c\nd\",\"e\n\n\n", "line 3: " NEVER_CLOSED),
    INPUT("\"a\nb\",\"c\nd\",e\nf,\"\n", "1:a\nb|c\nd|e;line 4: " NEVER_CLOSED),
    INPUT("\"a\"\"\nb", "line 1: " NEVER_CLOSED),
    /* A mark where none may stand. */
    INPUT("a\"b\n", "line 1: " STRAY),
    INPUT("a\nb,c\"\n", "1:a;line 2: " STRAY),
    INPUT("\"a\"b\n", "line 1: " STRAY),
    INPUT("a\n\"b\nc\"d\n", "1:a;line 2: " NEVER_CLOSED), /* said where the mark was opened, as it is likelier the wrong one */
    INPUT("a\n\"b\nc\"\n\"d\"e", "1:a;2:b\nc;line 4: " STRAY),
    INPUT("a\n\n\n5\" nail\n", "1:a;line 4: " STRAY),
    INPUT("\"a\" \"b\"\n", "line 1: " STRAY),
    /* NUL bytes. */
    INPUT("\0", "line 1: " NUL_BYTE),
    INPUT("a,b\nc\0,d\n", "1:a|b;line 2: " NUL_BYTE),
    INPUT("a\n\"b\nc\0\"\n", "1:a;line 3: " NUL_BYTE),
    INPUT("a\0,\0b\0\n\0", "line 1: " NUL_BYTE), /* UTF-16 without its mark */
    /* Beginnings. */
    INPUT(BOM, "end"),
    INPUT(BOM "a,b\n", "1:a|b;end"),
    INPUT(BOM "\"a\",b\n", "1:a|b;end"),
    INPUT(BOM "\n\na\n", "3:a;end"),
    INPUT(BOM "\r\na", "2:a;end"),
    INPUT("\xef\xbb", "1:\xef\xbb;end"),
    INPUT("a" BOM "\n" BOM "b", "1:a" BOM ";2:" BOM "b;end"),
    INPUT(BOM BOM "a", "1:" BOM "a;end"),
    INPUT("\xff\xfe"
          "a\0",
          "line 1: the file is UTF-16 ('Uni"),
    INPUT("\xff\xfe", "line 1: the file is UTF-16 ('Uni"),
    INPUT("\xfe\xff\0a\0,", "line 1: the file is UTF-16 ('Uni"),
    INPUT("PK\x03\x04 and more", "line 1: the file is an Excel wor"),
    INPUT("PK,a\n", "1:PK|a;end"),
    INPUT("\xd0\xcf\x11\xe0\xa1\xb1", "line 1: the file is an old Excel"),
    INPUT("\xd0\xcf\n", "1:\xd0\xcf;end"),
    INPUT("\x1f\x8b\x08", "line 1: the file is compressed ("),
    INPUT("\x1f,a", "1:\x1f|a;end"),
    INPUT("<!DOCTYPE html>", "line 1: the file is a web page ("),
    INPUT("<!doctype html>", "line 1: the file is a web page ("),
    INPUT("<html>", "line 1: the file is a web page ("),
    INPUT("<HTML>", "line 1: the file is a web page ("),
    INPUT("<?xml version", "line 1: the file is a web page ("),
    INPUT("<5,a\n", "1:<5|a;end"),
    INPUT("{\"a\": 1}", "line 1: the file is JSON, not CS"),
    INPUT("{", "line 1: the file is JSON, not CS"),
    INPUT("[{\"a\": 1}]", "line 1: the file is JSON, not CS"),
    INPUT("[c],a\n", "1:[c]|a;end"),
    /* Ends of a file that the first bytes do not reach. */
    INPUT("a\r\n", "1:a;end"),
    INPUT("abc\r\nd", "1:abc;2:d;end"),
    INPUT("ab\r\n\r\nc", "1:ab;3:c;end"),
    INPUT("\"b\"", "1:b;end"),
    INPUT("\"b\" ", "1:b;end"),
#undef INPUT
};

static wres_text input_at(size_t i) { return (wres_text){inputs[i].bytes, inputs[i].length}; }

static void inputs_give_their_records(void **state) {
    for (size_t i = 0; i < COUNT(inputs); i++) assert_read(state, input_at(i), inputs[i].expected);
}

static void one_byte_at_a_time_gives_the_same(void **state) {
    for (size_t i = 0; i < COUNT(inputs); i++) assert_string_equal(read_in_pieces(state, input_at(i), 1, 1), inputs[i].expected);
}

static void any_cut_gives_the_same(void **state) {
    for (size_t i = 0; i < COUNT(inputs); i++)
        for (size_t cut = 1; cut < inputs[i].length; cut++) {
            assert_string_equal(read_in_pieces(state, input_at(i), cut, inputs[i].length), inputs[i].expected);
            assert_string_equal(read_in_pieces(state, input_at(i), cut, cut), inputs[i].expected);
        }
}

/* Random texts of the bytes that matter; NUL is left out, as a whole line is searched for it before its other faults. */
static void random_texts_give_the_same_in_any_pieces(void **state) {
    static const char bytes[] = "\"\"\"\n\n\r\r\n,,ab \t";
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        char text[24];
        seed = seed * 1664525U + 1013904223U;
        const wres_text input = {text, (seed >> 16) % sizeof text};
        for (size_t at = 0; at < input.length; at++) {
            seed = seed * 1664525U + 1013904223U;
            text[at] = bytes[(seed >> 16) % (sizeof bytes - 1)];
        }
        const char *whole = read_in_pieces(state, input, input.length, 1);
        assert_string_equal(read_in_pieces(state, input, 1, 1), whole);
        assert_string_equal(read_in_pieces(state, input, 3, 5), whole);
    }
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

/* before, then so many times the unit, then after. */
static wres_text repeated(void **state, const char *before, const char *unit, size_t times, const char *after) {
    const size_t head = strlen(before), size = strlen(unit), tail = strlen(after);
    char *text = wres_alloc(run_of(state), head + size * times + tail + 1);
    memcpy(text, before, head);
    for (size_t i = 0; i < times; i++) memcpy(text + head + i * size, unit, size);
    memcpy(text + head + size * times, after, tail);
    return (wres_text){text, head + size * times + tail};
}

static void a_cell_may_have_1_mib(void **state) {
    assert_read(state, repeated(state, "a\n", "x", MIB, "\nb"), "1:a;2:(1048576 bytes);3:b;end");
    assert_read(state, repeated(state, "a\n", "x", MIB + 1, "\nb"), "1:a;line 2: a record too large to be");
    assert_read(state, repeated(state, "a\n\"", "x", MIB, "\"\nb"), "1:a;2:(1048576 bytes);3:b;end");
    assert_read(state, repeated(state, "a\n\"", "x", MIB + 1, "\"\nb"), "1:a;line 2: a record too large to be");
}

static void a_large_cell_is_refused_in_any_pieces(void **state) {
    const wres_text open = repeated(state, "a\n", "x", MIB + 100, "");
    assert_string_equal(read_in_pieces(state, open, 4096, 4096), "1:a;line 2: a record too large to be");
    const wres_text quoted = repeated(state, "a\n\"", "xxxxxxx\n", MIB / 8 + 1, "");
    assert_string_equal(read_in_pieces(state, quoted, quoted.length, 1), "1:a;line 2: a cell of over 1 MiB: mo");
    assert_string_equal(read_in_pieces(state, quoted, 65536, 65536), "1:a;line 2: a cell of over 1 MiB: mo");
    assert_string_equal(read_in_pieces(state, quoted, 777, 777), "1:a;line 2: a cell of over 1 MiB: mo");
}

static void a_record_may_have_16_mib(void **state) {
    const wres_text cell = repeated(state, "", "x", MIB, ",");
    const char *comma_separated = wres_copy(run_of(state), cell.bytes, cell.length);
    const wres_text full = repeated(state, "", comma_separated, 16, "\n"), over = repeated(state, "", comma_separated, 16, "x\n");
    const char *read = read_in_pieces(state, full, full.length, 1);
    assert_contains(read, "1:(1048576 bytes)|(1048576 bytes)|");
    assert_contains(read, "|(1048576 bytes)|;end");
    assert_string_equal(read_in_pieces(state, over, over.length, 1), "line 1: a record too large to be");
    assert_string_equal(read_in_pieces(state, over, 65536, 65536), "line 1: a record too large to be");
}

static void a_record_may_have_10000_cells(void **state) {
    const wres_text full = repeated(state, "a\n", "x,", 9999, "y\nb\n"), over = repeated(state, "a\n", "x,", 10000, "y\nb\n");
    const char *read = read_in_pieces(state, full, full.length, 1);
    assert_contains(read, "1:a;2:x|x|x|");
    assert_contains(read, "|x|y;3:b;end");
    assert_read(state, over, "1:a;line 2: a record too large to be");
    assert_string_equal(read_in_pieces(state, over, 1, 1), "1:a;line 2: a record too large to be");
}

static void many_lines_are_counted(void **state) {
    const wres_text lines = repeated(state, "", "\r\n", 100000, "end,\"");
    assert_read(state, lines, "line 100001: " NEVER_CLOSED);
    assert_string_equal(read_in_pieces(state, lines, 1, 1), "line 100001: " NEVER_CLOSED);
}

/* ---- the call-back and what comes after an error ------------------------------------------------------------------ */

static wres_status read_refusing(void **state, wres_text bytes, size_t piece, uint64_t line, const char *expected) {
    record_log log = {.run = run_of(state), .refuse_line = line};
    add_text(&log, "");
    wres_csv *csv = wres_csv_new(run_of(state), "f.csv", &(wres_csv_options){0}, add_record, &log);
    const wres_status status = feed_in_pieces(csv, bytes, piece, piece);
    assert_string_equal(log.text, expected);
    return status;
}

static void a_refused_record_ends_the_reading(void **state) {
    for (size_t piece = 1; piece < 12; piece++) {
        assert_int_equal(read_refusing(state, TEXT("a\nb\nc\nd\n"), piece, 3, "1:a;2:b;"), WRES_CONDITION);
        assert_int_equal(read_refusing(state, TEXT("a\nb\nc"), piece, 3, "1:a;2:b;"), WRES_CONDITION); /* found by the end */
        assert_int_equal(read_refusing(state, TEXT("a"), piece, 1, ""), WRES_CONDITION);
    }
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

static void after_an_error_nothing_more_is_read(void **state) {
    record_log log = {.run = run_of(state)};
    add_text(&log, "");
    wres_csv *csv = wres_csv_new(run_of(state), "f.csv", &(wres_csv_options){0}, add_record, &log);
    assert_int_equal(wres_csv_feed(csv, "head\na,b\"c,d\n", 13), WRES_DATA);
    assert_int_not_equal(wres_csv_feed(csv, "e,f\n", 4), WRES_OK);
    assert_int_not_equal(wres_csv_end(csv), WRES_OK);
    assert_string_equal(log.text, "1:head;");
}

static void empty_pieces_change_nothing(void **state) {
    record_log log = {.run = run_of(state)};
    add_text(&log, "");
    wres_csv *csv = wres_csv_new(run_of(state), "f.csv", &(wres_csv_options){0}, add_record, &log);
    assert_int_equal(wres_csv_feed(csv, "", 0), WRES_OK);
    assert_int_equal(wres_csv_feed(csv, "a,\"b\r", 5), WRES_OK);
    assert_int_equal(wres_csv_feed(csv, "", 0), WRES_OK);
    assert_int_equal(wres_csv_feed(csv, "\nc\"\n\n", 5), WRES_OK);
    assert_int_equal(wres_csv_feed(csv, "d", 1), WRES_OK);
    assert_int_equal(wres_csv_end(csv), WRES_OK);
    assert_string_equal(log.text, "1:a|b\r\nc;4:d;");
}

static void what_is_not_ended_goes_with_the_run(void **state) {
    record_log log = {.run = run_of(state)};
    wres_csv *csv = wres_csv_new(run_of(state), "f.csv", &(wres_csv_options){0}, add_record, &log);
    assert_int_equal(wres_csv_feed(csv, "abcdefgh,\"ijk", 13), WRES_OK); /* a sanitizer would see the leak */
    assert_null(log.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(inputs_give_their_records),
        CASE(one_byte_at_a_time_gives_the_same),
        CASE(any_cut_gives_the_same),
        CASE(random_texts_give_the_same_in_any_pieces),
        CASE(a_cell_may_have_1_mib),
        CASE(a_large_cell_is_refused_in_any_pieces),
        CASE(a_record_may_have_16_mib),
        CASE(a_record_may_have_10000_cells),
        CASE(many_lines_are_counted),
        CASE(a_refused_record_ends_the_reading),
        CASE(after_an_error_nothing_more_is_read),
        CASE(empty_pieces_change_nothing),
        CASE(what_is_not_ended_goes_with_the_run),
    };
    RUN_CASES(tests);
}
