/* base: memory, text, dates, exact decimals, findings and the operating system.
 *
 * Memory. A run owns everything: what any function of libwres returns lives until wres_run_free, and nobody frees
 * a single object. wres_alloc and wres_grow never return NULL: where memory runs out, control goes back to the
 * innermost wres_run_try, which releases what was deferred inside it and returns WRES_IO.
 *
 * Errors. A function that can fail says why through wres_find (an error finding with its place) and returns a
 * wres_status; the status is also the exit status of the program. */
#ifndef WRES_BASE_H
#define WRES_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WRES_VERSION "0.1.0"

typedef enum wres_status {
    WRES_OK = 0,        /* done */
    WRES_CONDITION = 1, /* done, and a --fail-on condition is met */
    WRES_USAGE = 2,     /* usage, settings, standards or code lists wrong */
    WRES_DATA = 3,      /* input data invalid */
    WRES_IO = 4         /* a file that cannot be read or written, or no memory */
} wres_status;

/* ---- the run: one owner for memory ------------------------------------------------------------------------- */

typedef struct wres_run wres_run;

/* NULL only where there is no memory at all. */
wres_run *wres_run_new(void);
void wres_run_free(wres_run *run);

/* Calls body(run, context). Where an allocation fails inside it, what was deferred since is released, an error
 * finding "out of memory" is added and WRES_IO comes back; else body's own status. */
wres_status wres_run_try(wres_run *run, wres_status (*body)(wres_run *run, void *context), void *context);

void *wres_alloc(wres_run *run, size_t size) __attribute__((malloc, returns_nonnull)); /* zeroed */
/* A block that may grow: like realloc, new bytes zeroed. Give NULL and 0 for a new one. */
void *wres_grow(wres_run *run, void *block, size_t old_size, size_t new_size) __attribute__((returns_nonnull));
char *wres_copy(wres_run *run, const char *bytes, size_t length) __attribute__((returns_nonnull));
char *wres_print(wres_run *run, const char *format, ...) __attribute__((format(printf, 2, 3), returns_nonnull));

/* For memory that a library asked for in vain: as where wres_alloc finds none. */
void wres_out_of_memory(wres_run *run) __attribute__((noreturn));

/* release(what) is called by wres_run_free, or when wres_run_try unwinds: for files, parsers and foreign trees. */
void wres_defer(wres_run *run, void (*release)(void *what), void *what);
/* Releases now what was deferred with this pointer. */
void wres_release(wres_run *run, void *what);
/* Gives back a block of wres_grow before the run ends. */
void wres_drop(wres_run *run, void *block);

/* Asks for what is needed soon and lies behind the caches, so that it is not waited for. Any address will do. */
#ifdef __GNUC__
#define WRES_EXPECT(memory) __builtin_prefetch(memory)
#else
#define WRES_EXPECT(memory) ((void)(memory))
#endif

/* Memory of a run that is given back in between: all that was asked of the scratch since it was new or cleared. What is found, deferred or
 * fails there is the run's. */
wres_run *wres_scratch_new(wres_run *run) __attribute__((returns_nonnull));
void wres_scratch_clear(wres_run *scratch);
/* A run for another thread, freed with this one; what is found, deferred or fails there is its own. */
wres_run *wres_run_beside(wres_run *run) __attribute__((returns_nonnull));

/* ---- progress ---- */

/* From now on work that takes more than two seconds says on standard error how far it is: one line, which is written over. For a terminal. Reading
 * says so by itself. */
void wres_progress_begin(wres_run *run);
/* Whether it is time for a word; cheap enough to be asked for every thousand rows. By one thread at a time, as all that touches the run. */
bool wres_progress_is_due(wres_run *run);
void wres_progress_say(wres_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The line is gone. Before anything else is written. */
void wres_progress_clear(wres_run *run);

/* ---- text -------------------------------------------------------------------------------------------------- */

typedef struct wres_text {
    const char *bytes; /* not terminated */
    size_t length;
} wres_text;

wres_text wres_text_of(const char *string);
wres_text wres_text_trim(wres_text text); /* blanks, tabs, no-break spaces at both ends */
bool wres_text_same(wres_text a, wres_text b);
bool wres_text_is_utf8(wres_text text);

/* The form in which values are compared: trimmed, ASCII letters lower, runs of blanks one blank, every dash '-' with no
 * blank beside it, '&' as 'and'. Writes at most capacity bytes (no terminator) and returns the length it needs. */
size_t wres_text_normalise(wres_text text, char *out, size_t capacity);
char *wres_normalised(wres_run *run, wres_text text); /* the same, terminated, owned by the run */
/* The form in which headers are compared: ASCII letters and digits only, lower case; other bytes over 0x7f kept. */
size_t wres_text_header_key(wres_text text, char *out, size_t capacity); /* as wres_text_normalise */
char *wres_header_key(wres_run *run, wres_text text);

/* The text as it may be shown in a message: control and zero-width characters as U+200B, cut at 40 characters. */
char *wres_visible(wres_run *run, wres_text text);
char *wres_visible_name(wres_run *run, const char *name); /* of a file: the same, not cut */
bool wres_is_visible(wres_text text);                     /* wres_visible_name would change nothing */

/* The nearest of the candidates to a misspelt word (optimal string alignment distance, ignoring case), or NULL where none is near. */
const char *wres_nearest(wres_run *run, const char *word, const char *const *candidates, size_t count);

/* Text to small numbers, in order of first appearance. */
typedef struct wres_dictionary wres_dictionary;
#define WRES_NOWHERE UINT32_MAX
wres_dictionary *wres_dictionary_new(wres_run *run);
uint32_t wres_dictionary_add(wres_dictionary *dictionary, wres_text text);        /* finds or adds; exact bytes */
uint32_t wres_dictionary_find(const wres_dictionary *dictionary, wres_text text); /* or WRES_NOWHERE */
uint32_t wres_dictionary_count(const wres_dictionary *dictionary);
const char *wres_dictionary_text(const wres_dictionary *dictionary, uint32_t number); /* terminated */
wres_text wres_dictionary_bytes(const wres_dictionary *dictionary, uint32_t number);
/* A dictionary as constants of the program (made by src/embed.c): its texts, terminated, one behind the other, and where wres_dictionary_find
 * looks. Nothing is added to it: wres_dictionary_add gives WRES_NOWHERE for what is not there. */
typedef struct wres_frozen {
    const char *texts;
    const uint32_t *starts; /* of the texts, and of what would come next */
    const uint32_t *slots;  /* number + 1, 0 = free */
    uint32_t count, slot_count;
} wres_frozen;
wres_dictionary *wres_dictionary_frozen(wres_run *run, const wres_frozen *frozen);
/* The slots that this dictionary has, to freeze it: *count of them. */
const uint32_t *wres_dictionary_slots(const wres_dictionary *dictionary, uint32_t *count);

typedef struct wres_hash {
    uint64_t high, low;
} wres_hash;
/* 128 bits of the bytes (MurmurHash3 x64 128, public domain); seed chains one text onto another. */
wres_hash wres_hash_bytes(const void *bytes, size_t length, wres_hash seed);

/* Which hashes were met: 16 to 32 bytes each. */
typedef struct wres_hash_set wres_hash_set;
wres_hash_set *wres_hash_set_new(wres_run *run);
bool wres_hash_set_add(wres_hash_set *set, wres_hash hash); /* false where it was met before */
size_t wres_hash_set_count(const wres_hash_set *set);
void wres_hash_set_drop(wres_hash_set *set); /* gives its memory back before the run ends */

/* ---- dates: days since 1970-01-01, proleptic Gregorian ----------------------------------------------------- */

typedef int32_t wres_date;
#define WRES_NO_DATE   INT32_MIN
#define WRES_DATE_SIZE 11

typedef enum wres_date_order { WRES_DAY_FIRST, WRES_MONTH_FIRST } wres_date_order;

wres_date wres_date_of(int year, int month, int day); /* WRES_NO_DATE where the calendar has no such day */
void wres_date_split(wres_date date, int *year, int *month, int *day);
bool wres_date_is_month_end(wres_date date);
/* A month's end stays a month's end; another day is cut to the length of the month it falls in. */
wres_date wres_date_add_months(wres_date date, int months);
/* 2025-03-31, 31/03/2025, 31-03-2025, 31.03.2025, 31-Mar-2025, 31 March 2025, 20250331, each with or without a time of
 * day behind it; Sep 2017, SEP-2017, 2017-SEP: the last day of that month. Years 1900 to 2100, and 4712-12-31 as the open end. WRES_NO_DATE where it is none of these. */
wres_date wres_date_parse(wres_text text, wres_date_order order);
/* What a date tells of the order in which a column is written: 31/03/2025 of day first, 03/31/2025 of month first, 04/03/2025 of
 * neither; of 2025-03-31, 31-Mar-2025 and 03/03/2025 the order does not matter. */
typedef enum wres_date_evidence {
    WRES_TELLS_NOTHING,
    WRES_TELLS_DAY_FIRST,
    WRES_TELLS_MONTH_FIRST,
    WRES_IN_DOUBT
} wres_date_evidence;
wres_date_evidence wres_date_order_of(wres_text text);
void wres_date_print(wres_date date, char out[WRES_DATE_SIZE]); /* ISO */

/* ---- exact numbers ----------------------------------------------------------------------------------------- */

__extension__ typedef __int128 wres_int128;

/* Counts stay below this, so that every product the program makes of two of them fits 128 bits with room. */
#define WRES_COUNT_LIMIT   UINT64_C(1000000000000)
#define WRES_MOST_DECIMALS 9
#define WRES_DECIMAL_SIZE  352 /* any double with nine decimals */

/* numerator / denominator; denominator > 0. */
typedef struct wres_rational {
    wres_int128 numerator, denominator;
} wres_rational;

/* Digits only, or digits in groups of three (1,976), below WRES_COUNT_LIMIT; blanks around are passed over, nothing else is. */
bool wres_count_parse(wres_text text, uint64_t *count);
/* A plain decimal as 27.5, -3 or 1,976.5; at most nine digits before and nine behind the point. */
bool wres_decimal_parse(wres_text text, wres_rational *value);
/* Full-time equivalents are whole numbers of billionths: exact sums of decimals in 64 bits. Their sums stay below the limit, so that the
 * products the program makes of two of them fit 128 bits. */
#define WRES_FTE_UNITS INT64_C(1000000000)
#define WRES_FTE_LIMIT UINT64_C(1000000000000000000)
/* A decimal, 0 or more, in billionths: as above, and without a digit before the point (.5) or with zeros before the first (000.50). What stands
 * behind the ninth decimal is rounded, half up, and *rounded says whether there was anything. */
bool wres_fte_parse(wres_text text, uint64_t *fte, bool *rounded);
/* Rounded once, half away from zero, from the exact value; never "-0". */
void wres_rational_print(wres_rational value, int decimals, char out[WRES_DECIMAL_SIZE]);
/* As few decimals as are exact, up to nine: 17/2 is 8.5. */
void wres_rational_print_short(wres_rational value, char out[WRES_DECIMAL_SIZE]);
/* A finite real number to so many decimals; never "-0". */
void wres_real_print(double value, int decimals, char out[WRES_DECIMAL_SIZE]);
double wres_rational_real(wres_rational value);
/* The same two numbers times 10^decimals (at most nine), rounded as they are printed; false where 18 digits do not hold it, or it is not finite. */
bool wres_rational_fixed(wres_rational value, int decimals, int64_t *fixed);
bool wres_real_fixed(double value, int decimals, int64_t *fixed);
/* As the two print it; returns the length. */
#define WRES_FIXED_SIZE 24
size_t wres_fixed_print(int64_t fixed, int decimals, char out[WRES_FIXED_SIZE]);
/* The same up to an end, before which there are WRES_FIXED_SIZE characters; returns where it begins. */
char *wres_fixed_print_back(int64_t fixed, int decimals, char *end);
/* The grammar of a published number: -?digits(.digits)?, no superfluous leading zero. */
bool wres_is_decimal(const char *text);

/* ---- findings: what is said about the input and the settings ------------------------------------------------ */

typedef enum wres_severity { WRES_INFORMATION, WRES_WARNING, WRES_ERROR } wres_severity;

typedef struct wres_place {
    const char *table; /* NULL where it does not apply, likewise below */
    const char *file;
    uint64_t line; /* 0 = none */
    const char *field;
} wres_place;

typedef struct wres_finding {
    wres_severity severity;
    const char *check; /* a short constant name: "unmapped-value" */
    wres_place place;
    uint64_t count; /* people or rows, 0 where a number says nothing */
    const char *message;
} wres_finding;

/* At most this many findings of one check are kept in full; the rest are counted in one closing finding. Message and place are shown as
 * wres_visible_name shows a text, whatever they were made of. */
#define WRES_FINDINGS_A_CHECK 10

void wres_find(wres_run *run, wres_severity severity, const char *check, wres_place place, uint64_t count, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
size_t wres_finding_count(const wres_run *run);
const wres_finding *wres_finding_at(const wres_run *run, size_t index);
/* How many findings of a check were not kept; 0 where all were. */
uint64_t wres_findings_dropped(const wres_run *run, const char *check);
/* From here on every finding goes to hear, and none is kept; with hear NULL they are kept again. The message lives until hear returns. */
void wres_findings_divert(wres_run *run, void (*hear)(void *context, const wres_finding *finding), void *context);

/* ---- the operating system ---------------------------------------------------------------------------------- */

/* A file read from front to back. "-" is standard input. */
typedef struct wres_file wres_file;
/* WRES_IO with an error finding where it cannot be opened (which says so for a folder). */
wres_status wres_file_open(wres_run *run, const char *path, wres_file **file);
/* Up to capacity bytes into buffer; *got = 0 at the end. Says nothing and touches no run: false where it fails, which wres_file_trouble then
 * says. */
bool wres_file_fetch(wres_file *file, void *buffer, size_t capacity, size_t *got);
wres_status wres_file_trouble(const wres_file *file);
void wres_file_close(wres_file *file);
uint64_t wres_file_size(const wres_file *file);    /* when it was opened; 0 of a pipe and the like */
const char *wres_file_name(const wres_file *file); /* the last part of the path, for messages and output */
/* Regular files, by device and inode; "-" is standard input. What is not there is no file; WRES_IO where that cannot be told. */
wres_status wres_same_file(wres_run *run, const char *path, const char *other, bool *same);

/* ---- text files as they come: gzip, encodings --------------------------------------------------------------- */

/* A file as UTF-8 text without a byte order mark, whatever it was saved as: gzip is unpacked (zlib), UTF-16 and UTF-32 with a byte
 * order mark are converted (iconv), and a byte that is no UTF-8 is read as Windows-1252, which is said at the end with the first
 * line. A named encoding is believed. What is no text (a workbook, a web page, JSON; NUL bytes, which look like UTF-16 without its
 * mark) is an error that says what the file is, and a byte that the encoding does not have is one with its line. Byte order marks at
 * the beginning of a line are left out. The text does not depend on the sizes in which the file is read. */
typedef struct wres_source wres_source;

typedef struct wres_source_options {
    const char *encoding; /* as iconv names it, NULL = found out */
    bool hash;            /* make the sha256 of the bytes as they are in the file */
    bool no_text_hash;    /* nobody asks for wres_source_text_hash */
    bool any_text;        /* a text that may look like JSON or a web page */
} wres_source_options;

wres_status wres_source_open(wres_run *run, const char *path, const wres_source_options *options, wres_source **source);
/* Up to capacity bytes of whole characters; *got = 0 at the end. capacity at least 16. What was guessed is said when the end is met. */
wres_status wres_source_read(wres_source *source, char *buffer, size_t capacity, size_t *got);
void wres_source_close(wres_source *source);
const char *wres_source_name(const wres_source *source); /* the last part of the path, as it may be shown */
/* After the end: the sha256 in hex, "" where none was asked for; and 128 bits of the text, to know a file that is given twice. */
const char *wres_source_sha256(const wres_source *source);
wres_hash wres_source_text_hash(const wres_source *source);

/* The rest of a source in blocks, which may be looked at on other threads, and which are then passed or decoded in their order. Bytes are only
 * fetched where the source is plain, which is known after a first wres_source_read: UTF-8, or a guess at it. */
bool wres_source_is_plain(const wres_source *source);
/* Unpacked bytes as they are; *got = 0 at the end. Touches no run: false where it fails, which wres_source_trouble then says. */
bool wres_source_fetch(wres_source *source, char *buffer, size_t capacity, size_t *got);
wres_status wres_source_trouble(wres_source *source);
/* True where a sha256 is asked for and that of the bytes to be fetched is made by those who fetch them: all of them, in their order, one at a time.
 * It may be on another thread than a fetch. */
bool wres_source_hash_later(wres_source *source);
void wres_source_hash(wres_source *source, wres_text bytes);
/* Bytes that are text as they are (UTF-8, no byte order mark): whole lines that end in LF. */
void wres_source_pass(wres_source *source, const char *text, size_t length, uint64_t lines, bool ascii);
/* Other bytes; cut where a character begins. hear gets them as text, in parts. */
typedef wres_status wres_source_hear(void *context, const char *text, size_t length);
wres_status wres_source_decode(wres_source *source, char *raw, size_t length, wres_source_hear *hear, void *context);
wres_status wres_source_end(wres_source *source); /* behind the last block, instead of a read that meets the end */

/* The whole of a small file (settings, standards, code lists) as such a text, at most 16 MiB. What is wrong with it is WRES_USAGE. */
wres_status wres_file_load(wres_run *run, const char *path, wres_text *content);

/* ---- CSV: libcsv, strict ------------------------------------------------------------------------------------ */

/* Records out of UTF-8 text fed in pieces of any size. Strict: a stray or an unterminated quote, a NUL byte, a cell over 1 MiB and a
 * record over 16 MiB are errors with file and line. LF, CRLF and lone CR end lines; blank lines are no
 * records. Lines are counted in the bytes, from first_line. */
typedef struct wres_csv wres_csv;

/* Called for each record; cells live until it returns and are not terminated. line is where the record begins. */
typedef wres_status wres_csv_row(void *context, const wres_text *cells, size_t count, uint64_t line);

typedef struct wres_csv_options {
    char delimiter;      /* 0 = a comma */
    uint64_t first_line; /* of what is fed; 0 = 1 */
} wres_csv_options;

wres_csv *wres_csv_new(wres_run *run, const char *file, const wres_csv_options *options, wres_csv_row *row, void *context);
wres_status wres_csv_feed(wres_csv *csv, const char *bytes, size_t length);
wres_status wres_csv_end(wres_csv *csv);
/* Between two lines of a file: so many of them were read otherwise. */
void wres_csv_pass(wres_csv *csv, uint64_t lines);
uint64_t wres_csv_line(const wres_csv *csv); /* in which the next byte stands */

/* ---- CSV at speed: whole blocks of regular records ---------------------------------------------------------- */

/* A block of UTF-8 text that begins and ends with records; WRES_SPLIT_PADDING bytes behind it can be read. False where it is not plainly regular
 * (a stray quotation mark, a lone CR, a NUL byte, blanks around quotation marks, more cells than there is room for): it is for wres_csv then, which
 * reads the same records from all that is regular. */
#define WRES_SPLIT_PADDING 64
#define WRES_MOST_CELLS    10000 /* of a record */
typedef struct wres_split {
    uint32_t *ends; /* of cells: where the separator or LF behind each stands */
    uint32_t *rows; /* of records, blank lines among them: how many of the ends are theirs or stand before */
    size_t room;    /* of both */
    size_t count, row_count, lines;
    bool ascii;   /* nothing beyond it */
    bool doubled; /* quotation marks are doubled inside some cell: wres_split_undouble */
} wres_split;
bool wres_split_block(const char *bytes, size_t length, char delimiter, wres_split *out);
/* What wres_csv gives for a cell, but for doubled quotation marks. Asked for every cell, and so here. */
static inline wres_text wres_split_cell(const char *bytes, size_t start, size_t end, char delimiter) {
    if (end > start && bytes[end] == '\n' && bytes[end - 1] == '\r') end--;
    if (end > start && bytes[start] == '"') {
        const wres_text inside = {bytes + start + 1, end - start - 2};
        return inside;
    }
    while (end > start && (bytes[start] == ' ' || bytes[start] == '\t') && bytes[start] != delimiter) start++;
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t') && bytes[end - 1] != delimiter) end--;
    const wres_text text = {bytes + start, end - start};
    return text;
}
bool wres_split_is_blank(const char *bytes, const wres_split *split, size_t row, char delimiter); /* a blank line, and no record */
size_t wres_split_undouble(char *bytes, size_t length); /* of a quoted cell, in its place; its new length */
/* The length up to and with the last (or first) LF outside quotation marks, 0 = none. *inside: whether the bytes begin inside, and then whether they end there. */
size_t wres_split_cut(const char *bytes, size_t length, bool first, bool *inside);

/* The same by one of the ways that need something of the processor: both above take the best that it can. */
typedef enum wres_split_way { WRES_SPLIT_PORTABLE, WRES_SPLIT_SSE2, WRES_SPLIT_AVX2, WRES_SPLIT_AVX512 } wres_split_way;
bool wres_split_can(wres_split_way way); /* this processor, in this build */
bool wres_split_block_by(wres_split_way way, const char *bytes, size_t length, char delimiter, wres_split *out);
size_t wres_split_cut_by(wres_split_way way, const char *bytes, size_t length, bool first, bool *inside);

/* ---- a source in blocks, on several threads ------------------------------------------------------------------ */

#define WRES_BLOCKS_A_WORKER 3
typedef struct wres_block {
    char *bytes; /* WRES_SPLIT_PADDING more can be read */
    size_t length;
    bool is_whole;       /* it begins and ends where a line does outside quotation marks, as long as none of these is a stray one */
    bool is_text;        /* of the head; else bytes as they are in the source, cut where a character begins */
    size_t worker, slot; /* below threads and WRES_BLOCKS_A_WORKER: whose results may stand there until it was taken */
    bool is_looked_at;
    bool asks_for_rest; /* set in look or take */
    uint64_t number;
} wres_block;

typedef struct wres_blocks {
    wres_source *source; /* plain */
    wres_text head;      /* text that was read from it before, and begins where a record does */
    size_t size;         /* of a block, 0 = 192 KiB; more where a record is longer, up to 1 MiB */
    size_t threads;      /* at least 1: the one that calls */
    void *context;
    /* On any thread; false: no memory, and this worker is not asked again. Touches neither the run nor the bytes. */
    bool (*look)(void *context, wres_block *block);
    wres_status (*take)(void *context, wres_block *block); /* one after another, in the order of the source */
    /* Some time after a block asked for it, on any thread, when all that was looked at is taken and nobody looks; NULL = nothing to do. */
    wres_status (*rest)(void *context);
} wres_blocks;

/* To the end, or to the first status other than WRES_OK. Does not say the end to the source. */
wres_status wres_blocks_read(wres_run *run, const wres_blocks *blocks);
size_t wres_processors(void); /* of this machine: how many threads make sense */

/* ---- other work on several threads --------------------------------------------------------------------------- */

/* begin (which may be NULL) and take are called for one thing after another, from the first on; make on any thread. It is false where there is
 * no memory, and touches no run but one of its slot. */
typedef struct wres_in_order {
    size_t count;   /* of things */
    size_t threads; /* at least 1: the one that calls */
    size_t slots;   /* at least 1: so many things may be begun and not taken */
    void *context;
    void (*begin)(void *context, size_t number, size_t slot);
    bool (*make)(void *context, size_t number, size_t slot);
    void (*take)(void *context, size_t number, size_t slot);
} wres_in_order;

/* Makes and takes all, or all before what finds no memory. Where the system gives no thread, those that are there do the work. */
void wres_in_order_do(wres_run *run, const wres_in_order *work);

/* sha256 of the bytes as they pass. */
typedef struct wres_sha256 wres_sha256;
#define WRES_SHA256_SIZE 65
wres_sha256 *wres_sha256_new(wres_run *run);
void wres_sha256_add(wres_sha256 *hash, const void *bytes, size_t length);
wres_status wres_sha256_end(wres_sha256 *hash, char hex[WRES_SHA256_SIZE]);

/* Where output goes; it is whole with wres_sink_commit alone. A regular file is written beside its final name (mode as umask gives, name
 * .wres-XXXXXX), flushed and renamed; without the commit nothing is left. path NULL = standard output. That and a path that is no
 * regular file (a pipe, /dev/full) are written straight: all at once by the commit, so that without it nothing was written, either, or
 * from wres_sink_flow on as it comes. */
typedef struct wres_sink wres_sink;
wres_status wres_sink_open(wres_run *run, const char *path, wres_sink **sink);
/* Only memory can fail here; what the system refuses is reported by wres_sink_commit. */
void wres_sink_write(wres_sink *sink, const char *bytes, size_t length);
void wres_sink_text(wres_sink *sink, const char *string);
void wres_sink_print(wres_sink *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for so many bytes more, which wres_sink_fill then says were written there. */
char *wres_sink_room(wres_sink *sink, size_t length) __attribute__((returns_nonnull));
void wres_sink_fill(wres_sink *sink, size_t length);
/* From here on nothing can fail before the commit but the writing itself: what is written need not be kept until then. Once it returns,
 * pieces of up to 64 KiB ask for no memory. */
void wres_sink_flow(wres_sink *sink);
wres_status wres_sink_commit(wres_sink *sink);

/* Files of a folder whose names begin with prefix and end with suffix, in byte order of the names; full paths. */
wres_status wres_folder_list(wres_run *run, const char *folder, const char *prefix, const char *suffix, const char *const **paths,
                             size_t *count);
const char *wres_path_last(const char *path); /* its last part: the name of the file */
typedef enum wres_kind { WRES_NOT_THERE, WRES_A_FILE, WRES_A_FOLDER } wres_kind;
/* WRES_IO with an error finding where the system cannot tell: a file that cannot be looked at is not one that is missing. */
wres_status wres_kind_of(wres_run *run, const char *path, wres_kind *kind);
/* From the root, without links. WRES_IO with an error finding where there is no such file or folder, or the system cannot tell. */
wres_status wres_real_path(wres_run *run, const char *path, const char **real);
const char *wres_path_join(wres_run *run, const char *beside_file, const char *path); /* path, relative to the folder of a file */
bool wres_is_terminal(int descriptor);
int wres_terminal_width(void); /* 80 where it cannot be told */
/* Missing standard streams are opened on /dev/null; core dumps off; SIGPIPE ignored; SIGINT and SIGTERM remove the unfinished output. */
void wres_system_start(void);

/* Confinement, as far as the kernel has it and the environment variable WRES_UNCONFINED is not set. No sockets, no other programs or
 * processes from here on (seccomp). */
void wres_confine_calls(void);
/* Of files only these are read, and shared libraries; only the output is written, where it is a regular file in its folder (Landlock).
 * NULL and "-" are the standard streams, which stay as they are. */
void wres_confine_files(wres_run *run, const char *const *inputs, size_t count, const char *output);

/* The files of data/ that are built in: "standards/wres-2025.yaml". What was prepared is what the bytes say, read when the program was built:
 * a tree of YAML (config/yaml.h), a code list (codes/list.h), or NULL. */
typedef struct wres_resource {
    const char *path;
    const unsigned char *bytes;
    size_t length;
    const char *sha256; /* of the bytes */
    const void *prepared;
} wres_resource;
extern const wres_resource wres_resources[];
extern const size_t wres_resource_count;
const wres_resource *wres_resource_find(const char *path);

#endif
