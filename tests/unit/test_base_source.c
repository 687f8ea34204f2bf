/* Files as text: what they were saved as, what is said of it, and the same whatever pieces they come in. */
#include "fixture.h"

#include <iconv.h>
#include <signal.h>
#include <time.h>
#include <zlib.h>

#define BOM "\xef\xbb\xbf"

/* ---- what was read, as one text: "text|check line: message" ------------------------------------------------------ */

typedef struct reading {
    char text[70000];
    size_t length;
    wres_status status;
    wres_hash hash;
    char sha256[WRES_SHA256_SIZE];
    const char *said; /* "S check line: message;" of each finding, S = i, w, e */
} reading;

static reading *read_path(void **state, const char *path, const wres_source_options *options, size_t piece) {
    reading *r = wres_alloc(run_of(state), sizeof *r);
    wres_run *run = wres_run_new();
    wres_source *source;
    size_t got = 1;
    r->status = wres_source_open(run, path, options, &source);
    while (r->status == WRES_OK && got > 0) {
        char *buffer = malloc(piece); /* so that a sanitizer sees a write beyond it */
        assert_non_null(buffer);
        r->status = wres_source_read(source, buffer, piece, &got);
        assert_true(got <= piece && r->length + got < sizeof r->text);
        memcpy(r->text + r->length, buffer, got);
        assert_true(wres_text_is_utf8((wres_text){buffer, got})); /* whole characters */
        r->length += got;
        free(buffer);
    }
    if (r->status == WRES_OK) {
        r->hash = wres_source_text_hash(source);
        strcpy(r->sha256, wres_source_sha256(source));
        wres_source_close(source);
    }
    const char *said = "";
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *f = wres_finding_at(run, i);
        said = wres_print(run, "%s%c %s %ju (%ju): %s;", said, "iwe"[f->severity], f->check, (uintmax_t)f->place.line, (uintmax_t)f->count, f->message);
        assert_string_equal(f->place.file, "f");
    }
    r->said = wres_copy(run_of(state), said, strlen(said));
    wres_run_free(run);
    return r;
}

static void assert_same_reading(const reading *a, const reading *b) {
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->text, b->text, a->length);
    assert_int_equal(a->status, b->status);
    assert_string_equal(a->said, b->said);
    assert_int_equal(a->hash.low, b->hash.low);
    assert_int_equal(a->hash.high, b->hash.high);
    assert_string_equal(a->sha256, b->sha256);
}

typedef struct trickle {
    const char *path;
    const void *bytes;
    size_t length, piece;
} trickle;

static int write_slowly(void *context) {
    const trickle *t = context;
    FILE *pipe = fopen(t->path, "wb");
    if (!pipe) return 1;
    for (size_t at = 0, next; at < t->length; at += next) {
        next = t->piece < t->length - at ? t->piece : t->length - at;
        if (fwrite((const char *)t->bytes + at, 1, next, pipe) != next) break; /* the reader has had enough */
        fflush(pipe);
        nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
    }
    fclose(pipe);
    return 0;
}

/* Through a pipe that gives so many bytes at a time. */
static reading *read_pipe(void **state, const void *bytes, size_t length, const wres_source_options *options, size_t piece) {
    trickle t = {path_in(state, "f"), bytes, length, piece};
    int status;
    unlink(t.path);
    assert_int_equal(mkfifo(t.path, 0600), 0);
    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGPIPE, SIG_DFL);
        _exit(write_slowly(&t));
    }
    reading *r = read_path(state, t.path, options, 100);
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(t.path);
    return r;
}

static reading *read_bytes(void **state, const void *bytes, size_t length, const wres_source_options *options) {
    const char *path = write_bytes(state, "f", bytes, length);
    reading *whole = read_path(state, path, options, 65536);
    assert_same_reading(whole, read_path(state, path, options, 16));
    assert_same_reading(whole, read_path(state, path, options, 17));
    if (length < 600) assert_same_reading(whole, read_pipe(state, bytes, length, options, 1));
    return whole;
}

static reading *read_literal(void **state, wres_text text, const char *encoding) {
    return read_bytes(state, text.bytes, text.length, &(wres_source_options){.encoding = encoding, .hash = true});
}

static void assert_reads(void **state, wres_text bytes, const char *encoding, const char *text, const char *said) {
    const reading *r = read_literal(state, bytes, encoding);
    if (r->status != WRES_OK) fail_msg("%s", r->said);
    assert_string_equal(r->text, text);
    if (*said)
        assert_contains(r->said, said);
    else
        assert_string_equal(r->said, "");
}

static void assert_refuses(void **state, wres_text bytes, const char *encoding, const char *said) {
    const reading *r = read_literal(state, bytes, encoding);
    assert_int_equal(r->status, WRES_DATA);
    assert_contains(r->said, said);
}

/* ---- UTF-8 -------------------------------------------------------------------------------------------------- */

static void utf8_is_as_it_is(void **state) {
    static const char *const texts[] = {"", "a", "a,b\nc\n", "caf\xc3\xa9\n", "\xe2\x80\x93 \xf0\x9f\x98\x80\n", "0123456789abcde\xc3\xa9\n", "0123456\xc3\xa9"
                                                                                                                                         "89abcdef\n", "<5,[c]\n", "PK,a\n"};
    for (size_t i = 0; i < COUNT(texts); i++) assert_reads(state, wres_text_of(texts[i]), NULL, texts[i], "");
    for (size_t i = 0; i < COUNT(texts); i++) assert_reads(state, wres_text_of(texts[i]), "UTF-8", texts[i], "");
}

static void a_mark_is_passed_over(void **state) {
    assert_reads(state, TEXT(BOM), NULL, "", "");
    assert_reads(state, TEXT(BOM "a\n"), NULL, "a\n", "");
    assert_reads(state, TEXT(BOM BOM "\"a\"\n"), NULL, "\"a\"\n", "");
    assert_reads(state, TEXT(BOM "a\n"), "UTF-8", "a\n", "");
    assert_reads(state, TEXT("a" BOM "b\n"), NULL, "a" BOM "b\n", ""); /* no mark, but a character that joins */
    assert_reads(state, TEXT("\xef\xbb"), NULL, "\xc3\xaf\xc2\xbb", "i encoding 1 (2)");
}

static void a_mark_in_the_midst_is_said(void **state) {
    assert_reads(state, TEXT("a\n" BOM "a\nb\r\n" BOM BOM "c\r" BOM), NULL, "a\na\nb\r\nc\r", "w encoding 2 (4): a byte order mark");
}

/* ---- Windows-1252 -------------------------------------------------------------------------------------------- */

static const unsigned char undefined[] = {0x81, 0x8d, 0x8f, 0x90, 0x9d};

/* Every byte beyond ASCII, against iconv of the C library. */
static void every_byte_of_windows_1252(void **state) {
    iconv_t converter = iconv_open("UTF-8", "WINDOWS-1252");
    if (converter == (iconv_t)-1) skip();
    for (int byte = 0x80; byte < 0x100; byte++) {
        char in[2] = {(char)byte, '\n'}, out[8] = "", *from = in, *to = out;
        size_t left = 2, room = 7;
        const bool known = iconv(converter, &from, &left, &to, &room) != (size_t)-1;
        iconv(converter, NULL, NULL, NULL, NULL);
        assert_int_equal(known, !memchr(undefined, byte, sizeof undefined));
        const char *text = wres_print(run_of(state), "a,b\nx\n%c\n", byte);
        if (known) {
            assert_reads(state, wres_text_of(text), NULL, wres_print(run_of(state), "a,b\nx\n%s", out), "i encoding 3 (1): bytes that are no UTF-8");
            assert_reads(state, wres_text_of(text), "Windows-1252", wres_print(run_of(state), "a,b\nx\n%s", out), "");
        } else {
            assert_refuses(state, wres_text_of(text), NULL, "e encoding 3 (0): a byte in this line is neither UTF-8 nor Windows-1252");
            assert_refuses(state, wres_text_of(text), "Windows-1252", "e encoding 3 (0): a byte in this line is not Windows-1252, as the settings say");
        }
    }
    iconv_close(converter);
}

/* Beginnings of characters that do not go on, and characters that UTF-8 does not have. */
static void invalid_utf8_is_read_byte_by_byte(void **state) {
    assert_reads(state, TEXT("caf\xe9 x\n"), NULL, "caf\xc3\xa9 x\n", "i encoding 1 (1)");
    assert_reads(state, TEXT("a\nA \x96 B \x96 C\n"), NULL, "a\nA \xe2\x80\x93 B \xe2\x80\x93 C\n", "i encoding 2 (2)");
    assert_reads(state, TEXT("\xe9\x96 \n"), NULL, "\xc3\xa9\xe2\x80\x93 \n", "(2)");
    assert_reads(state, TEXT("\xc0\xaf\n"), NULL, "\xc3\x80\xc2\xaf\n", "(2)"); /* overlong */
    assert_reads(state, TEXT("\xed\xa0\x80\n"), NULL, "\xc3\xad\xc2\xa0\xe2\x82\xac\n", "(3)");
    assert_reads(state, TEXT("\xf0\x9f\x98"), NULL, "\xc3\xb0\xc5\xb8\xcb\x9c", "(3)"); /* cut off at the end */
    assert_reads(state, TEXT("\r\n\r\r\xe9\n"), NULL, "\r\n\r\r\xc3\xa9\n", "i encoding 4 (1)");
    assert_refuses(state, TEXT("a\ncaf\xe9\n"), "UTF-8", "e encoding 2 (0): a byte in this line is not UTF-8, as the settings say");
}

static void both_in_one_file_are_warned_of(void **state) {
    assert_reads(state, TEXT("caf\xc3\xa9\nb\ncaf\xe9\ncaf\xe9\n"), NULL, "caf\xc3\xa9\nb\ncaf\xc3\xa9\ncaf\xc3\xa9\n", "w encoding 3 (2): the file holds UTF-8 and");
    assert_reads(state, TEXT("caf\xe9\ncaf\xc3\xa9\n"), NULL, "caf\xc3\xa9\ncaf\xc3\xa9\n", "w encoding 1 (1)");
    assert_reads(state, TEXT("caf\xc3\xa9\n"), "Windows-1252", "caf\xc3\x83\xc2\xa9\n", ""); /* believed */
}

/* ---- UTF-16, UTF-32, Macintosh --------------------------------------------------------------------------------- */

static wres_text widened(void **state, const char *ascii, size_t width, bool big, const char *mark, size_t mark_length) {
    const size_t length = mark_length + width * strlen(ascii);
    char *bytes = wres_alloc(run_of(state), length + 1);
    memcpy(bytes, mark, mark_length);
    for (size_t i = 0; ascii[i]; i++) bytes[mark_length + i * width + (big ? width - 1 : 0)] = ascii[i];
    return (wres_text){bytes, length};
}

static void wide_text_is_converted_by_its_mark(void **state) {
    const char *text = "Date\tEthnicity\r\n2025-03-31\tA\r\n";
    assert_reads(state, widened(state, text, 2, false, "\xff\xfe", 2), NULL, text, "i encoding 0 (0): read as UTF-16LE, by its byte order mark");
    assert_reads(state, widened(state, text, 2, true, "\xfe\xff", 2), NULL, text, "UTF-16BE");
    assert_reads(state, widened(state, text, 4, false, "\xff\xfe\0\0", 4), NULL, text, "UTF-32LE");
    assert_reads(state, widened(state, text, 4, true, "\0\0\xfe\xff", 4), NULL, text, "UTF-32BE");
    assert_reads(state, TEXT("\xff\xfe"), NULL, "", "UTF-16LE");
    assert_reads(state, TEXT("\xff\xfe\xff\xfe"
                             "a\0"),
                 NULL, "a", "UTF-16LE");
    assert_reads(state, TEXT("\xff\xfe\x13\x20\x3d\xd8\x00\xde\n\0"), NULL, "\xe2\x80\x93\xf0\x9f\x98\x80\n", "UTF-16LE");
}

static void wide_text_that_is_told(void **state) {
    const char *text = "Date,Ethnicity\n2025-03-31,A\n";
    assert_reads(state, widened(state, text, 2, false, "", 0), "UTF-16LE", text, "");
    assert_reads(state, widened(state, text, 2, true, "", 0), "UTF-16BE", text, "");
    assert_reads(state, widened(state, text, 2, false, "\xff\xfe", 2), "UTF-16LE", text, "");
    assert_refuses(state, widened(state, text, 2, true, "\xfe\xff", 2), "UTF-16LE", "e encoding 1 (0): the settings say 'encoding: UTF-16LE', but the file begins with the byte order mark of UTF-16BE");
    assert_refuses(state, TEXT(BOM "a\n"), "Windows-1252", "byte order mark of UTF-8");
}

static void wide_text_without_a_mark_is_asked_about(void **state) {
    const char *text = "Date,Ethnicity\n2025-03-31,A\n";
    assert_refuses(state, widened(state, text, 2, false, "", 0), NULL, "e encoding 1 (0): a NUL byte: the file looks like UTF-16 without its byte order mark. Say 'encoding: UTF-16LE'");
    assert_refuses(state, widened(state, text, 2, true, "", 0), NULL, "'encoding: UTF-16BE'");
    assert_reads(state, TEXT("ab\0cdefgh\n"), NULL, "ab", ""); /* a stray NUL: the reader of records says where */
}

static void wide_text_that_is_broken(void **state) {
    assert_refuses(state, TEXT("\xff\xfe"
                               "a\0\n\0b\0c"),
                   NULL, "e encoding 2 (0): a byte in this line is not UTF-16LE, as the byte order mark says");
    assert_refuses(state, TEXT("\xff\xfe"
                               "a\0\n\0\n\0\x00\xd8"
                               "b\0\n\0"),
                   NULL, "e encoding 3 (0)");
    assert_refuses(state, TEXT("\xff\xfe\0\0a\0\0\0\0\0\x11\0"), NULL, "e encoding 1 (0): a byte in this line is not UTF-32LE");
}

static void macintosh_when_told(void **state) {
    iconv_t converter = iconv_open("UTF-8", "Macintosh");
    if (converter == (iconv_t)-1) skip();
    iconv_close(converter);
    assert_reads(state, TEXT("caf\x8e \xd0 x\rb\r"), "Macintosh", "caf\xc3\xa9 \xe2\x80\x93 x\rb\r", "");
}

static void an_encoding_that_iconv_does_not_know(void **state) { assert_refuses(state, TEXT("a\n"), "EBCDIC-X", "this system cannot read the encoding EBCDIC-X"); }

/* ---- no text -------------------------------------------------------------------------------------------------- */

static void what_is_no_text_is_named(void **state) {
    static const struct {
        const char *bytes;
        size_t length;
        const char *what;
    } files[] = {
#define FILE_KIND(literal, what)                                                                                                   \
    { literal, sizeof(literal) - 1, what }
        FILE_KIND("PK\x03\x04 and more", "an Excel workbook"), FILE_KIND("\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook"),
        FILE_KIND("<!DOCTYPE html>", "a web page"),            FILE_KIND("<!doctype html>", "a web page"),
        FILE_KIND("<html>", "a web page"),                     FILE_KIND(BOM "\r\n\t <HTML>", "a web page"),
        FILE_KIND("<table>", "a web page"),                    FILE_KIND("<?xml version", "XML"),
        FILE_KIND("{\"a\": 1}", "JSON"),                       FILE_KIND("{", "JSON"),
        FILE_KIND("[{\"a\": 1}]", "JSON"),                     FILE_KIND(" {\"a\": 1}", "JSON"),
        FILE_KIND("{\\rtf1", "an RTF document"),               FILE_KIND("%PDF-1.4", "a PDF document"),
        FILE_KIND("\xfd" "7zXZ\0", "packed by xz"),            FILE_KIND("\x28\xb5\x2f\xfd\x04", "packed by zstd"),
#undef FILE_KIND
    };
    for (size_t i = 0; i < COUNT(files); i++)
        assert_refuses(state, (wres_text){files[i].bytes, files[i].length}, NULL, wres_print(run_of(state), "e file-kind 1 (0): the file is %s", files[i].what));
}

/* Settings may look like JSON. */
static void any_text_may_look_like_json(void **state) {
    const wres_source_options any = {.any_text = true};
    assert_string_equal(read_bytes(state, "{a: 1}\n", 7, &any)->text, "{a: 1}\n");
    assert_contains(read_bytes(state, "PK\x03\x04", 4, &any)->said, "the file is an Excel workbook or a zip archive, not text");
}

/* ---- gzip ----------------------------------------------------------------------------------------------------- */

static wres_text packed(void **state, wres_text text, int level) {
    const size_t room = text.length + 200;
    unsigned char *bytes = wres_alloc(run_of(state), room);
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)text.bytes, .avail_in = (unsigned)text.length, .next_out = bytes, .avail_out = (unsigned)room};
    assert_int_equal(deflateInit2(&stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    const size_t length = stream.total_out;
    deflateEnd(&stream);
    return (wres_text){(const char *)bytes, length};
}

static wres_text joined(void **state, wres_text a, wres_text b) {
    char *bytes = wres_alloc(run_of(state), a.length + b.length + 1);
    memcpy(bytes, a.bytes, a.length);
    memcpy(bytes + a.length, b.bytes, b.length);
    return (wres_text){bytes, a.length + b.length};
}

static void packed_text_is_unpacked(void **state) {
    assert_reads(state, packed(state, TEXT("a,b\nc,d\n"), 9), NULL, "a,b\nc,d\n", "");
    assert_reads(state, packed(state, TEXT(""), 9), NULL, "", "");
    assert_reads(state, packed(state, TEXT("\xff\xfe"
                                           "a\0\n\0"),
                               0),
                 NULL, "a\n", "UTF-16LE");
    assert_reads(state, packed(state, TEXT("caf\xe9\n"), 1), NULL, "caf\xc3\xa9\n", "i encoding 1 (1)");
    assert_refuses(state, packed(state, TEXT("PK\x03\x04"), 1), NULL, "an Excel workbook");
    assert_refuses(state, packed(state, packed(state, TEXT("a\n"), 1), 1), NULL, "packed twice");
}

static void members_of_a_packed_file_are_joined(void **state) {
    const wres_text one = packed(state, TEXT("a,b\nc"), 9), two = packed(state, TEXT(",d\n"), 0);
    assert_reads(state, joined(state, one, two), NULL, "a,b\nc,d\n", "");
    assert_reads(state, joined(state, joined(state, one, TEXT("\0\0\0\0\0")), two), NULL, "a,b\nc,d\n", "");
    assert_reads(state, joined(state, one, TEXT("\0\0\0")), NULL, "a,b\nc", "");
    assert_refuses(state, joined(state, one, TEXT("and more, which is nothing")), NULL, "e gzip 0 (0): the file is packed (gzip) and damaged");
}

static void a_packed_file_cut_anywhere_is_an_error(void **state) {
    const wres_text whole = packed(state, TEXT("a,b\nc,d\ncaf\xc3\xa9 \n"), 9);
    for (size_t length = 2; length < whole.length; length++) {
        const char *path = write_bytes(state, "f", whole.bytes, length);
        const reading *r = read_path(state, path, &(wres_source_options){0}, 100);
        assert_int_equal(r->status, WRES_DATA);
        assert_contains(r->said, "e gzip 0 (0): the file is packed (gzip) and cut off before its end");
    }
}

/* One byte changed is either said or changes nothing of the text (the time and the name of the header). */
static void a_packed_file_damaged_anywhere_is_an_error(void **state) {
    const wres_text whole = packed(state, TEXT("a,b\nc,d\nmore of it, so that something is packed, packed, packed\n"), 9);
    const reading *good = read_path(state, write_bytes(state, "f", whole.bytes, whole.length), &(wres_source_options){0}, 100);
    size_t refused = 0;
    for (size_t i = 2; i < whole.length; i++) {
        char *bytes = wres_copy(run_of(state), whole.bytes, whole.length);
        bytes[i] = (char)(bytes[i] ^ 0x10);
        const reading *r = read_path(state, write_bytes(state, "f", bytes, whole.length), &(wres_source_options){0}, 100);
        refused += r->status == WRES_DATA;
        if (r->status != WRES_OK) continue;
        assert_string_equal(r->text, good->text);
        assert_true(i < 10);
    }
    assert_true(refused > whole.length - 12);
}

/* ---- sums and sizes -------------------------------------------------------------------------------------------- */

static void sums_are_of_the_file_and_of_the_text(void **state) {
    const wres_text plain = TEXT("a,b\nc,d\n"), zip = packed(state, plain, 9), marked = TEXT(BOM "a,b\nc,d\n");
    const reading *a = read_literal(state, plain, NULL), *b = read_literal(state, zip, NULL), *c = read_literal(state, marked, NULL);
    assert_string_equal(a->sha256, "eafde52e304486ad92291694fa17012481621e71d08c45a643e23ed504d061cd");
    assert_string_not_equal(a->sha256, b->sha256);
    assert_string_not_equal(a->sha256, c->sha256);
    assert_memory_equal(&a->hash, &b->hash, sizeof a->hash);
    assert_memory_equal(&a->hash, &c->hash, sizeof a->hash);
    assert_memory_not_equal(&a->hash, &read_literal(state, TEXT("a,b\nc,e\n"), NULL)->hash, sizeof a->hash);
    assert_string_equal(read_bytes(state, "a\n", 2, &(wres_source_options){0})->sha256, "");
}

/* A text beyond every block, with characters of all lengths lying over all of their borders. */
static void long_files_are_read_whole(void **state) {
    static char text[66000];
    size_t length = 0;
    for (int i = 0; length < 65000; i++) length += (size_t)sprintf(text + length, "%d,caf\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x98\x80\r\n", i);
    assert_reads(state, (wres_text){text, length}, NULL, text, "");
    assert_reads(state, packed(state, (wres_text){text, length}, 6), NULL, text, "");
    const char *path = write_bytes(state, "f", text, length);
    const reading *whole = read_path(state, path, &(wres_source_options){0}, 65536);
    for (size_t piece = 16; piece < 40; piece++) assert_same_reading(whole, read_path(state, path, &(wres_source_options){0}, piece));
    assert_same_reading(whole, read_pipe(state, text, length, &(wres_source_options){0}, 4097));
    memcpy(text + 64000, "\x81", 1);
    assert_int_equal(read_path(state, write_bytes(state, "f", text, length), &(wres_source_options){0}, 777)->status, WRES_DATA);
}

static void a_file_that_is_not_there(void **state) {
    wres_source *source;
    assert_int_equal(wres_source_open(run_of(state), path_in(state, "f"), &(wres_source_options){0}, &source), WRES_IO);
    assert_only_error(run_of(state), "file", path_in(state, "f"), 0, NULL, "No such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(utf8_is_as_it_is),
        CASE(a_mark_is_passed_over),
        CASE(a_mark_in_the_midst_is_said),
        CASE(every_byte_of_windows_1252),
        CASE(invalid_utf8_is_read_byte_by_byte),
        CASE(both_in_one_file_are_warned_of),
        CASE(wide_text_is_converted_by_its_mark),
        CASE(wide_text_that_is_told),
        CASE(wide_text_without_a_mark_is_asked_about),
        CASE(wide_text_that_is_broken),
        CASE(macintosh_when_told),
        CASE(an_encoding_that_iconv_does_not_know),
        CASE(what_is_no_text_is_named),
        CASE(any_text_may_look_like_json),
        CASE(packed_text_is_unpacked),
        CASE(members_of_a_packed_file_are_joined),
        CASE(a_packed_file_cut_anywhere_is_an_error),
        CASE(a_packed_file_damaged_anywhere_is_an_error),
        CASE(sums_are_of_the_file_and_of_the_text),
        CASE(long_files_are_read_whole),
        CASE(a_file_that_is_not_there),
    };
    RUN_CASES(tests);
}
