/* Text files as they come: unpacked (zlib), converted to UTF-8 (iconv), and told by what they are where they are no text. What is
 * found does not depend on how many bytes a read brings. */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "wres/base.h"

enum { BLOCK = 256 * 1024, HEAD = 1024, HASHED = 4096, LONGEST_CHARACTER = 4 };

/* How bytes become text. */
typedef enum form {
    FOUND_OUT, /* UTF-8; a byte that is none is one of Windows-1252 */
    UTF8,      /* told: nothing else */
    WINDOWS,   /* told: Windows-1252 */
    CONVERTED  /* by iconv */
} form;

typedef struct unpacker {
    z_stream stream;
    char *bytes; /* as they are in the file */
    bool between_members;
} unpacker;

/* Unpacked bytes; those from at on are not yet text. */
typedef struct pending {
    char *raw;
    size_t at, length;
    bool ended;
} pending;

struct wres_source {
    wres_run *run;
    wres_file *file;
    const char *name;
    const char *encoding; /* that is told, or that the byte order mark tells */
    bool any_text, told;  /* told: the encoding is that of the settings */
    wres_sha256 *sha256;
    bool hash_later;      /* by wres_source_hash */
    size_t hashed_before; /* of the bytes that come */
    char hex[WRES_SHA256_SIZE];
    unpacker *packed;   /* NULL for a file that is not */
    const char *damage; /* how the packed file is */
    pending own;
    form form;
    iconv_t converter;
    bool begun, ended, begins_line, after_return;
    uint64_t line;                     /* of the text that comes next */
    uint64_t passed;                   /* bytes of text */
    uint64_t guessed, guessed_line;    /* bytes taken for Windows-1252 */
    uint64_t marks_inside, marks_line; /* byte order marks behind the first line */
    bool has_utf8;                     /* beyond ASCII */
    bool unhashed;
    char hashed[HASHED];
    size_t hashed_length;
    wres_hash hash;
};

/* ---- opening ------------------------------------------------------------------------------------------------ */

static void end_unpacker(void *what) { inflateEnd(what); }
static void end_converter(void *what) { iconv_close(*(iconv_t *)what); }

wres_status wres_source_open(wres_run *run, const char *path, const wres_source_options *options, wres_source **out) {
    wres_source *source = wres_alloc(run, sizeof *source);
    const wres_status status = wres_file_open(run, path, &source->file);
    if (status != WRES_OK) return status;
    source->run = run;
    source->name = wres_visible_name(run, wres_file_name(source->file));
    source->encoding = options->encoding;
    source->told = options->encoding;
    source->any_text = options->any_text;
    source->unhashed = options->no_text_hash;
    source->sha256 = options->hash ? wres_sha256_new(run) : NULL;
    source->own.raw = wres_grow(run, NULL, 0, BLOCK);
    source->begins_line = true;
    source->line = 1;
    *out = source;
    return WRES_OK;
}

void wres_source_close(wres_source *source) {
    if (source->form == CONVERTED) wres_release(source->run, &source->converter);
    if (source->packed) {
        wres_release(source->run, &source->packed->stream);
        wres_drop(source->run, source->packed->bytes);
    }
    wres_drop(source->run, source->own.raw);
    wres_file_close(source->file);
}

const char *wres_source_name(const wres_source *source) { return source->name; }
const char *wres_source_sha256(const wres_source *source) { return source->hex; }
wres_hash wres_source_text_hash(const wres_source *source) { return source->hash; }

static wres_status source_error(wres_source *source, const char *check, uint64_t line, const char *message) {
    wres_find(source->run, WRES_ERROR, check, (wres_place){.file = source->name, .line = line}, 0, "%s", message);
    return WRES_DATA;
}

/* ---- bytes -------------------------------------------------------------------------------------------------- */

/* Nothing is said here: see wres_source_trouble. */
static bool read_file(wres_source *source, char *bytes, size_t capacity, size_t *got) {
    const bool good = wres_file_fetch(source->file, bytes, capacity, got);
    if (good && source->sha256 && !source->hash_later) wres_sha256_add(source->sha256, bytes, *got);
    return good;
}

static bool damaged(wres_source *source, const char *how) {
    source->damage = how;
    return false;
}

wres_status wres_source_trouble(wres_source *source) {
    if (!source->damage) return wres_file_trouble(source->file);
    return source_error(source, "gzip", 0,
                        wres_print(source->run, "the file is packed (gzip) and %s. Copy or export it again", source->damage));
}

/* The packed bytes that are left, or the next; *any = false at the end of the file. */
static bool next_packed(wres_source *source, bool *any) {
    z_stream *stream = &source->packed->stream;
    size_t got = stream->avail_in;
    bool good = true;
    if (got == 0) {
        good = read_file(source, source->packed->bytes, BLOCK, &got);
        stream->next_in = (unsigned char *)source->packed->bytes;
        stream->avail_in = (unsigned)got;
    }
    *any = got > 0;
    return good;
}

/* Behind a member of the file may stand another, or zeros that fill a block. */
static void begin_member(unpacker *packed) {
    while (packed->stream.avail_in && *packed->stream.next_in == 0) packed->stream.next_in++, packed->stream.avail_in--;
    if (packed->stream.avail_in == 0) return;
    inflateReset(&packed->stream);
    packed->between_members = false;
}

static bool unpack(wres_source *source, char *bytes, size_t capacity, size_t *got) {
    unpacker *packed = source->packed;
    packed->stream.next_out = (unsigned char *)bytes;
    packed->stream.avail_out = (unsigned)capacity;
    for (*got = 0; *got == 0; *got = capacity - packed->stream.avail_out) {
        bool any;
        if (!next_packed(source, &any)) return false;
        if (!any) return packed->between_members || damaged(source, "cut off before its end");
        if (packed->between_members) begin_member(packed);
        if (packed->between_members) continue;
        const int result = inflate(&packed->stream, Z_NO_FLUSH);
        packed->between_members = result == Z_STREAM_END;
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return damaged(source, "damaged");
    }
    return true;
}

/* At least one more raw byte, unless the file has ended. */
static wres_status fill(wres_source *source) {
    size_t got = 0;
    if (source->own.at) memmove(source->own.raw, source->own.raw + source->own.at, source->own.length - source->own.at);
    source->own.length -= source->own.at;
    source->own.at = 0;
    if (!(source->packed ? unpack : read_file)(source, source->own.raw + source->own.length, BLOCK - source->own.length, &got))
        return wres_source_trouble(source);
    source->own.length += got;
    source->own.ended = got == 0;
    return WRES_OK;
}

static wres_status fill_head(wres_source *source) {
    wres_status status = WRES_OK;
    while (status == WRES_OK && !source->own.ended && source->own.length < HEAD) status = fill(source);
    return status;
}

/* ---- what the file is --------------------------------------------------------------------------------------- */

static bool begins(const wres_source *source, const char *bytes, size_t length) {
    return source->own.length - source->own.at >= length && memcmp(source->own.raw + source->own.at, bytes, length) == 0;
}

static wres_status begin_unpacking(wres_source *source) {
    if (!begins(source, "\x1f\x8b", 2)) return WRES_OK;
    unpacker *packed = wres_alloc(source->run, sizeof *packed);
    if (inflateInit2(&packed->stream, 16 + MAX_WBITS) != Z_OK) {
        wres_find(source->run, WRES_ERROR, "gzip", (wres_place){.file = source->name}, 0, "not enough memory to unpack the file");
        return WRES_IO;
    }
    wres_defer(source->run, end_unpacker, &packed->stream);
    packed->bytes = source->own.raw;
    packed->stream.next_in = (unsigned char *)packed->bytes;
    packed->stream.avail_in = (unsigned)source->own.length;
    source->packed = packed;
    source->own.raw = wres_grow(source->run, NULL, 0, BLOCK);
    source->own.length = 0;
    source->own.ended = false;
    return fill_head(source);
}

typedef struct kind {
    const char *bytes;
    size_t length;
    bool of_text; /* a text all the same, as settings may be */
    const char *what;
} kind;

#define KIND(bytes, of_text, what)                                                                                                 \
    { bytes, sizeof(bytes) - 1, of_text, what }
static const kind kinds[] = {
    KIND("PK\x03\x04", false, "an Excel workbook or a zip archive"),
    KIND("PK\x05\x06", false, "an empty zip archive"),
    KIND("\xd0\xcf\x11\xe0", false, "an old Excel workbook"),
    KIND("\x1f\x8b", false, "packed twice (gzip)"),
    KIND("BZh9", false, "packed by bzip2, which is not read; gzip is"),
    KIND("\xfd"
         "7zXZ",
         false, "packed by xz, which is not read; gzip is"),
    KIND("\x28\xb5\x2f\xfd", false, "packed by zstd, which is not read; gzip is"),
    KIND("7z\xbc\xaf", false, "a 7-Zip archive"),
    KIND("Rar!", false, "a RAR archive"),
    KIND("%PDF-", false, "a PDF document"),
    KIND("{\\rtf", true, "an RTF document"),
    KIND("PAR1\x15", false, "a Parquet file"),
    KIND("SQLite format 3", false, "an SQLite database"),
    KIND("<!DO", true, "a web page (HTML)"),
    KIND("<!do", true, "a web page (HTML)"),
    KIND("<htm", true, "a web page (HTML)"),
    KIND("<HTM", true, "a web page (HTML)"),
    KIND("<tab", true, "a web page (HTML)"),
    KIND("<TAB", true, "a web page (HTML)"),
    KIND("<?xm", true, "XML, or a web page (HTML)"),
    KIND("MIME-Version:", true, "a web archive (MHTML)"),
    KIND("{", true, "JSON"),
    KIND("[{", true, "JSON"),
};

static wres_status check_kind(wres_source *source) {
    const size_t before = source->own.at;
    size_t blanks = 0;
    while (before + blanks < source->own.length && strchr(" \t\r\n", source->own.raw[before + blanks]) &&
           source->own.raw[before + blanks])
        blanks++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].of_text && source->any_text) continue;
        source->own.at = before + (kinds[i].of_text ? blanks : 0);
        const bool is_this = begins(source, kinds[i].bytes, kinds[i].length);
        source->own.at = before;
        if (!is_this) continue;
        return source_error(source, "file-kind", 1,
                            wres_print(source->run,
                                       source->any_text ? "the file is %s, not text. Save it as UTF-8"
                                                        : "the file is %s, not CSV. Save the table as 'CSV UTF-8'",
                                       kinds[i].what));
    }
    return WRES_OK;
}

static const struct {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"},
             {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before UTF-16LE, whose mark is its beginning */
             {"\0\0\xfe\xff", 4, "UTF-32BE"},
             {"\xff\xfe", 2, "UTF-16LE"},
             {"\xfe\xff", 2, "UTF-16BE"}};

static wres_status read_mark(wres_source *source) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!begins(source, marks[i].bytes, marks[i].length)) continue;
        if (source->encoding && strcasecmp(source->encoding, marks[i].encoding) != 0)
            return source_error(source, "encoding", 1,
                                wres_print(source->run,
                                           "the settings say 'encoding: %s', but the file begins with the byte order mark of %s. "
                                           "Remove the key",
                                           source->encoding, marks[i].encoding));
        if (i > 0 && !source->encoding)
            wres_find(source->run, WRES_INFORMATION, "encoding", (wres_place){.file = source->name}, 0,
                      "read as %s, by its byte order mark", marks[i].encoding);
        source->encoding = i > 0 ? marks[i].encoding : source->encoding;
        source->own.at += marks[i].length;
        break;
    }
    return WRES_OK;
}

/* Text of western languages in UTF-16 has a NUL in every other byte. */
static wres_status check_wide(wres_source *source) {
    size_t zeros[2] = {0, 0};
    const size_t length = source->own.length - source->own.at;
    for (size_t i = 0; i < length && i < HEAD; i++) zeros[i % 2] += source->own.raw[source->own.at + i] == '\0';
    const size_t quarter = (length < HEAD ? length : HEAD) / 4;
    if (length < 4 || (zeros[0] < quarter && zeros[1] < quarter) || (zeros[0] && zeros[1])) return WRES_OK;
    return source_error(
        source, "encoding", 1,
        wres_print(source->run,
                   source->any_text
                       ? "a NUL byte: the file looks like UTF-16%s without its byte order mark. Save it as UTF-8"
                       : "a NUL byte: the file looks like UTF-16 without its byte order mark. Say 'encoding: UTF-16%s' in "
                         "the settings, or save it as 'CSV UTF-8'",
                   zeros[1] ? "LE" : "BE"));
}

static wres_status choose_form(wres_source *source) {
    if (!source->encoding) return check_wide(source);
    if (strcasecmp(source->encoding, "UTF-8") == 0)
        source->form = UTF8;
    else if (strcasecmp(source->encoding, "Windows-1252") == 0)
        source->form = WINDOWS;
    else {
        source->converter = iconv_open("UTF-8", source->encoding);
        if (source->converter == (iconv_t)-1)
            return source_error(
                source, "encoding", 0,
                wres_print(source->run, "this system cannot read the encoding %s. Save the file as UTF-8", source->encoding));
        wres_defer(source->run, end_converter, &source->converter);
        source->form = CONVERTED;
    }
    return WRES_OK;
}

static wres_status begin(wres_source *source) {
    source->begun = true;
    wres_status status = fill_head(source);
    if (status == WRES_OK) status = begin_unpacking(source);
    if (status == WRES_OK) status = read_mark(source);
    if (status == WRES_OK) status = check_kind(source);
    return status == WRES_OK ? choose_form(source) : status;
}

/* ---- text --------------------------------------------------------------------------------------------------- */

/* Lines that end in the bytes; LF, CRLF and CR end one. */
static uint64_t lines_in(const char *bytes, size_t length, bool *after_return) {
    uint64_t lines = 0;
    const char *const behind = bytes + length;
    if (length == 0) return 0;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(behind - at))); at++) lines++;
    if (*after_return && *bytes == '\n') lines--;
    for (const char *at = bytes; (at = memchr(at, '\r', (size_t)(behind - at))); at++) lines += at + 1 == behind || at[1] != '\n';
    *after_return = behind[-1] == '\r';
    return lines;
}

static uint64_t line_at(const wres_source *source, const char *text, size_t length) {
    bool after_return = source->after_return;
    return source->line + lines_in(text, length, &after_return);
}

/* The first bytes that are ASCII. */
static size_t ascii_length(const char *bytes, size_t length) {
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) break;
    }
    while (at < length && !(bytes[at] & 0x80)) at++;
    return at;
}

/* The length of the character of UTF-8 that begins here, 0 where none does. */
static size_t character_length(const char *bytes, size_t length) {
    const unsigned char first = (unsigned char)*bytes;
    const size_t whole = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return length >= whole && wres_text_is_utf8((wres_text){bytes, whole}) ? whole : 0;
}

/* The characters of Windows-1252 from 0x80 to 0x9f, 0 where it has none; behind these it is Latin-1. */
static const uint16_t windows_characters[] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

static size_t put_windows(unsigned char byte, char *out) {
    const unsigned point = byte < 0xa0 ? windows_characters[byte - 0x80] : byte;
    if (point == 0) return 0;
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | point >> 12);
    out[1] = (char)(0x80 | (point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (point & 0x3f));
    return 3;
}

static wres_status no_character(wres_source *source, uint64_t line) {
    if (source->form == FOUND_OUT)
        return source_error(
            source, "encoding", line,
            "a byte in this line is neither UTF-8 nor Windows-1252. Say the encoding of the file under 'encoding' in the "
            "settings, or save it as 'CSV UTF-8'");
    return source_error(
        source, "encoding", line,
        wres_print(source->run,
                   source->told ? "a byte in this line is not %s, as the settings say the file is. Correct 'encoding' in the "
                                  "settings, or leave it out"
                                : "a byte in this line is not %s, as the byte order mark says the file is. Copy or export it again",
                   source->encoding));
}

/* A character beyond ASCII; *taken = 0 where more bytes or more room are needed. */
static wres_status decode_character(wres_source *source, const pending *in, char *text, size_t *length, size_t capacity,
                                    size_t *taken) {
    const char *bytes = in->raw + in->at;
    const size_t left = in->length - in->at;
    *taken = 0;
    if (capacity - *length < LONGEST_CHARACTER || (left < LONGEST_CHARACTER && !in->ended)) return WRES_OK;
    const size_t whole = source->form == WINDOWS ? 0 : character_length(bytes, left);
    if (whole) {
        memcpy(text + *length, bytes, whole);
        source->has_utf8 = true;
        *length += whole;
        *taken = whole;
        return WRES_OK;
    }
    const size_t put = source->form == UTF8 ? 0 : put_windows((unsigned char)*bytes, text + *length);
    if (put == 0) return no_character(source, line_at(source, text, *length));
    if (source->guessed++ == 0) source->guessed_line = line_at(source, text, *length);
    *length += put;
    *taken = 1;
    return WRES_OK;
}

static wres_status decode(wres_source *source, pending *in, char *text, size_t capacity, size_t *length) {
    *length = 0;
    for (size_t taken = 1; taken;) {
        const size_t left = in->length - in->at, room = capacity - *length;
        const size_t plain = ascii_length(in->raw + in->at, left < room ? left : room);
        memcpy(text + *length, in->raw + in->at, plain);
        in->at += plain;
        *length += plain;
        if (plain == left || plain == room) break;
        const wres_status status = decode_character(source, in, text, length, capacity, &taken);
        if (status != WRES_OK) return status;
        in->at += taken;
    }
    return WRES_OK;
}

static wres_status convert(wres_source *source, pending *in, char *text, size_t capacity, size_t *length) {
    char *from = in->raw + in->at, *out = text;
    size_t left = in->length - in->at, room = capacity;
    const size_t result = iconv(source->converter, &from, &left, &out, &room);
    const int why = result == (size_t)-1 ? errno : 0;
    in->at = in->length - left;
    *length = capacity - room;
    const bool cut = why == EINVAL && in->ended;
    /* What stands before it is handed on first, so that what is wrong there is said in its order. */
    if ((why == EILSEQ || cut) && *length == 0) return no_character(source, source->line);
    return WRES_OK;
}

/* A byte order mark at the beginning of a line is no part of the text: of the file, or of one that was joined to another. */
static size_t drop_marks(wres_source *source, char *text, size_t length) {
    const char *const behind = text + length;
    char *to = text;
    bool begins_line = source->begins_line;
    if (!memchr(text, 0xef, length)) {
        if (length) source->begins_line = behind[-1] == '\n' || behind[-1] == '\r';
        return length;
    }
    for (const char *at = text; at < behind;) {
        if (begins_line && behind - at >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) {
            const uint64_t line = line_at(source, text, (size_t)(to - text));
            if (line > 1 && source->marks_inside++ == 0) source->marks_line = line;
            at += 3;
            continue;
        }
        begins_line = *at == '\n' || *at == '\r';
        *to++ = *at++;
    }
    source->begins_line = begins_line;
    return (size_t)(to - text);
}

/* In blocks of one size, so that the sum does not depend on the pieces in which the text comes. */
static void add_to_hash(wres_source *source, const char *text, size_t length) {
    while (length > 0 && !source->unhashed) {
        const size_t room = HASHED - source->hashed_length, part = length < room ? length : room;
        const bool whole = part == HASHED;
        if (!whole) memcpy(source->hashed + source->hashed_length, text, part);
        source->hashed_length += part;
        if (source->hashed_length == HASHED) {
            source->hash = wres_hash_bytes(whole ? text : source->hashed, HASHED, source->hash);
            source->hashed_length = 0;
        }
        text += part;
        length -= part;
    }
}

static void say_encoding(const wres_source *source) {
    const bool mixed = source->has_utf8 && source->guessed;
    if (source->guessed && source->form == FOUND_OUT)
        wres_find(
            source->run, mixed ? WRES_WARNING : WRES_INFORMATION, "encoding",
            (wres_place){.file = source->name, .line = source->guessed_line}, source->guessed,
            mixed
                ? "the file holds UTF-8 and, from this line on, bytes that are none and are read as Windows-1252: most likely it was put together out of several. "
                  "Look at the names with accents and at dashes, or save it as 'CSV UTF-8'"
                : "bytes that are no UTF-8, from this line on, are read as Windows-1252. If that is wrong say 'encoding' in the settings");
    if (source->marks_inside)
        wres_find(source->run, WRES_WARNING, "encoding", (wres_place){.file = source->name, .line = source->marks_line},
                  source->marks_inside,
                  "a byte order mark stands at the beginning of this line: most likely two files were joined here");
}

static wres_status end(wres_source *source) {
    source->ended = true;
    source->hash = wres_hash_bytes(source->hashed, source->hashed_length, source->hash);
    say_encoding(source);
    return source->sha256 ? wres_sha256_end(source->sha256, source->hex) : WRES_OK;
}

/* Bytes that became text. */
static void say_how_far(wres_source *source, size_t length) {
    source->passed += length;
    if (!wres_progress_is_due(source->run)) return;
    const uint64_t all = source->packed || source->form == CONVERTED ? 0 : wres_file_size(source->file);
    if (all)
        wres_progress_say(source->run, "wres: reading %s: %d%%", source->name,
                          source->passed < all ? (int)(100 * source->passed / all) : 100);
    else
        wres_progress_say(source->run, "wres: reading %s: %.1f MB", source->name, (double)source->passed / 1e6);
}

static size_t account_for(wres_source *source, char *text, size_t length) {
    say_how_far(source, length);
    length = drop_marks(source, text, length);
    source->line += lines_in(text, length, &source->after_return);
    add_to_hash(source, text, length);
    return length;
}

wres_status wres_source_read(wres_source *source, char *buffer, size_t capacity, size_t *got) {
    wres_status status = source->begun ? WRES_OK : begin(source);
    *got = 0;
    while (status == WRES_OK && *got == 0 && !source->ended) {
        status = (source->form == CONVERTED ? convert : decode)(source, &source->own, buffer, capacity, got);
        if (status != WRES_OK) return status;
        *got = account_for(source, buffer, *got);
        if (*got > 0) break;
        status = source->own.ended && source->own.at == source->own.length ? end(source) : fill(source);
    }
    return status;
}

/* ---- in blocks -------------------------------------------------------------------------------------------------- */

bool wres_source_is_plain(const wres_source *source) {
    return source->begun && (source->form == FOUND_OUT || source->form == UTF8);
}

bool wres_source_fetch(wres_source *source, char *buffer, size_t capacity, size_t *got) {
    pending *own = &source->own;
    *got = 0;
    if (own->at == own->length) return own->ended || (source->packed ? unpack : read_file)(source, buffer, capacity, got);
    *got = own->length - own->at < capacity ? own->length - own->at : capacity;
    memcpy(buffer, own->raw + own->at, *got);
    own->at += *got;
    return true;
}

bool wres_source_hash_later(wres_source *source) {
    source->hash_later = source->sha256 && !source->packed;
    source->hashed_before = source->own.length - source->own.at;
    return source->hash_later;
}

void wres_source_hash(wres_source *source, wres_text bytes) {
    const size_t before = source->hashed_before < bytes.length ? source->hashed_before : bytes.length;
    source->hashed_before -= before;
    wres_sha256_add(source->sha256, bytes.bytes + before, bytes.length - before);
}

void wres_source_pass(wres_source *source, const char *text, size_t length, uint64_t lines, bool ascii) {
    source->line += lines;
    source->begins_line = true;
    source->after_return = false;
    source->has_utf8 = source->has_utf8 || !ascii;
    add_to_hash(source, text, length);
    say_how_far(source, length);
}

wres_status wres_source_decode(wres_source *source, char *raw, size_t length, wres_source_hear *hear, void *context) {
    enum { PART = 16384 };
    char text[PART];
    pending in = {raw, 0, length, true};
    wres_status status = WRES_OK;
    while (status == WRES_OK && in.at < in.length) {
        size_t got = 0;
        status = decode(source, &in, text, PART, &got);
        if (status == WRES_OK) got = account_for(source, text, got);
        if (status == WRES_OK && got) status = hear(context, text, got);
    }
    return status;
}

wres_status wres_source_end(wres_source *source) { return source->ended ? WRES_OK : end(source); }

/* ---- the whole of a small file ------------------------------------------------------------------------------ */

static wres_status read_all(wres_run *run, wres_source *source, wres_text *content) {
    enum { MOST = 16 * 1024 * 1024, FIRST = 16384 };
    size_t length = 0, room = FIRST;
    char *bytes = wres_grow(run, NULL, 0, room);
    wres_status status = WRES_OK;
    for (size_t got = 1; status == WRES_OK && got > 0; length += got) {
        if (room - length < FIRST / 2) {
            bytes = wres_grow(run, bytes, room, 2 * room);
            room *= 2;
        }
        status = wres_source_read(source, bytes + length, room - length, &got);
        if (status != WRES_OK || length + got <= MOST) continue;
        wres_find(run, WRES_ERROR, "file", (wres_place){.file = source->name}, 0, "cannot be read: it is larger than 16 MiB");
        return WRES_IO;
    }
    *content = (wres_text){bytes, length};
    return status == WRES_DATA ? WRES_USAGE : status;
}

wres_status wres_file_load(wres_run *run, const char *path, wres_text *content) {
    wres_source *source;
    wres_status status = wres_source_open(run, path, &(wres_source_options){.any_text = true}, &source);
    if (status != WRES_OK) return status;
    source->name = wres_visible_name(run, path); /* there may be several of one name, in several folders */
    status = read_all(run, source, content);
    if (status == WRES_OK) wres_source_close(source);
    return status;
}
