#include "support.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/document.h"
#include "wres/check.h"
#include "wres/output.h"

#ifndef MFD_CLOEXEC /* sys/mman.h has it with _GNU_SOURCE only */
#define MFD_CLOEXEC 1U
int memfd_create(const char *name, unsigned int flags);
#endif

/* ---- files --------------------------------------------------------------------------------------------------
 *
 * The linker gives calls of the program's own code to these (--wrap), so that no file is made, no folder has to be removed, and
 * settings that name /etc/passwd find nothing. */

enum { MOST_FILES = 32, MOST_SAMPLES = 16, LARGEST_SAMPLE = 8192, OUTPUT = 1 };

typedef struct named_bytes {
    const char *name;
    const void *bytes;
    size_t length;
} named_bytes;

static struct {
    named_bytes files[MOST_FILES];
    size_t count;
    bool inside; /* the program runs: else it is libFuzzer that asks */
    bool cut;    /* reads are short */
    uint64_t piece;
} world;

void fuzz_fail(const char *file, int line, const char *what, const char *format, ...) {
    va_list values;
    world.inside = false;
    fprintf(stderr, "\n%s:%d: does not hold: %s: ", file, line, what);
    va_start(values, format);
    vfprintf(stderr, format, values); /* NOLINT */
    va_end(values);
    fputc('\n', stderr);
    abort();
}

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
ssize_t __real_read(int descriptor, void *buffer, size_t capacity);
ssize_t __wrap_read(int descriptor, void *buffer, size_t capacity);
int __real_stat64(const char *path, struct stat *about);
int __wrap_stat64(const char *path, struct stat *about);
int __real_mkstemp64(char *name);
int __wrap_mkstemp64(char *name);
void *__real_opendir(const char *path);
void *__wrap_opendir(const char *path);

bool fuzz_thorough;

void files_clear(void) { world.count = 0; }

void files_add(const char *name, const void *bytes, size_t length) {
    REQUIRE(world.count < MOST_FILES, "too many files");
    world.files[world.count++] = (named_bytes){name, bytes, length};
}

void files_remove_last(void) { world.count--; }

static bool is_in_files(const char *word) {
    const size_t size = strlen(word);
    for (size_t i = 0; i < world.count; i++)
        for (size_t at = 0; at + size <= world.files[i].length; at++)
            if (memcmp((const char *)world.files[i].bytes + at, word, size) == 0) return true;
    return false;
}

static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool find_file(const char *path, named_bytes *out) {
    if (strncmp(path, FOLDER, strlen(FOLDER)) != 0) return false;
    const char *name = path + strlen(FOLDER);
    for (size_t i = world.count; i-- > 0;)
        if (strcmp(world.files[i].name, name) == 0) {
            *out = world.files[i];
            return true;
        }
    for (size_t i = 0; i < wres_resource_count && *name && !strchr(name, '/'); i++)
        if (ends_with(wres_resources[i].path, name) &&
            wres_resources[i].path[strlen(wres_resources[i].path) - strlen(name) - 1] == '/') {
            *out = (named_bytes){name, wres_resources[i].bytes, wres_resources[i].length};
            return true;
        }
    return false;
}

static void fill(int descriptor, const char *bytes, size_t length) {
    for (ssize_t written; length > 0; bytes += written, length -= (size_t)written) {
        written = write(descriptor, bytes, length);
        REQUIRE(written > 0, "a file in memory: %s", strerror(errno));
    }
    lseek(descriptor, 0, SEEK_SET);
}

int __wrap_open64(const char *path, int flags, ...) {
    named_bytes file;
    if (!world.inside) {
        va_list values;
        va_start(values, flags);
        const int descriptor = __real_open64(path, flags, flags & O_CREAT ? va_arg(values, int) : 0);
        va_end(values);
        return descriptor;
    }
    if ((flags & O_ACCMODE) != O_RDONLY || !find_file(path, &file)) {
        errno = (flags & O_ACCMODE) != O_RDONLY ? EACCES : ENOENT;
        return -1;
    }
    const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    REQUIRE(descriptor >= 0, "a file in memory: %s", strerror(errno));
    fill(descriptor, file.bytes, file.length);
    return descriptor;
}

/* One byte now and then, mostly up to a hundred, seldom all that is asked for. */
static size_t next_piece(size_t capacity) {
    world.piece = world.piece * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    const size_t number = (size_t)(world.piece >> 33), most = number % 5 == 0 ? capacity : 1 + number / 8 % 100;
    return most < capacity ? most : capacity;
}

ssize_t __wrap_read(int descriptor, void *buffer, size_t capacity) {
    return __real_read(descriptor, buffer, world.cut && capacity ? next_piece(capacity) : capacity);
}

int __wrap_stat64(const char *path, struct stat *about) {
    named_bytes file;
    if (!world.inside) return __real_stat64(path, about);
    if (!find_file(path, &file)) {
        errno = ENOENT;
        return -1;
    }
    *about = (struct stat){.st_mode = S_IFREG | 0600, .st_size = (off_t)file.length, .st_dev = 1};
    for (const char *c = path; *c; c++) about->st_ino = about->st_ino * 31 + (unsigned char)*c;
    return 0;
}

int __wrap_mkstemp64(char *name) {
    if (!world.inside) return __real_mkstemp64(name);
    errno = EACCES;
    return -1;
}

void *__wrap_opendir(const char *path) {
    if (!world.inside) return __real_opendir(path);
    errno = EACCES;
    return NULL;
}

/* ---- samples ------------------------------------------------------------------------------------------------ */

static struct {
    char names[MOST_SAMPLES][64];
    char bytes[MOST_SAMPLES][LARGEST_SAMPLE];
    size_t lengths[MOST_SAMPLES], count;
} samples;

static void load_samples(const definitions *built_in) {
    const char *tests = getenv("WRES_TESTS");
    for (size_t t = 0; t < built_in->tables.count; t++) {
        char path[512];
        REQUIRE(samples.count < MOST_SAMPLES, "too many tables");
        snprintf(path, sizeof path, "%s/fuzz/samples/%s.csv", tests ? tests : "tests", built_in->tables.all[t]->name);
        const int descriptor = __real_open64(path, O_RDONLY);
        if (descriptor < 0) continue; /* a table without a sample */
        const ssize_t got = __real_read(descriptor, samples.bytes[samples.count], LARGEST_SAMPLE);
        close(descriptor);
        REQUIRE(got > 0 && got < LARGEST_SAMPLE, "%s: empty or too large for a sample", path);
        snprintf(samples.names[samples.count], sizeof samples.names[0], "%s.csv", built_in->tables.all[t]->name);
        samples.lengths[samples.count++] = (size_t)got;
    }
    REQUIRE(samples.count > 0, "no samples: run it in the folder of the sources, or set WRES_TESTS");
}

void files_add_samples(void) {
    definitions_built_in();
    for (size_t i = 0; i < samples.count; i++) files_add(samples.names[i], samples.bytes[i], samples.lengths[i]);
}

/* ---- what was said and written ------------------------------------------------------------------------------- */

void trace_add(trace *out, const char *bytes, size_t length) {
    if (out->room - out->length < length + 1) {
        out->room = 2 * (out->room + length + 1);
        out->bytes = realloc(out->bytes, out->room);
        REQUIRE(out->bytes, "memory");
    }
    if (length) memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
}

void trace_text(trace *out, const char *text) {
    trace_add(out, text ? text : "(none)", text ? strlen(text) : 6);
    trace_add(out, "|", 1);
}

void trace_number(trace *out, uint64_t number) {
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    trace_text(out, text);
}

/* Decodes one character; 0 for what is none. Written from RFC 3629, apart from the program's own. */
static size_t character(const unsigned char *at, size_t left, uint32_t *code) {
    const size_t length = at[0] < 0x80                    ? 1
                          : at[0] >= 0xc2 && at[0] < 0xe0 ? 2
                          : at[0] >= 0xe0 && at[0] < 0xf0 ? 3
                          : at[0] >= 0xf0 && at[0] < 0xf5 ? 4
                                                          : 0;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0 || length > left) return 0;
    *code = length == 1 ? at[0] : at[0] & (0xffU >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        *code = *code << 6 | (at[i] & 0x3fU);
    }
    return *code < least[length] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000) ? 0 : length;
}

bool is_utf8(const char *bytes, size_t length) {
    uint32_t code;
    for (size_t i = 0, step; i < length; i += step) {
        step = character((const unsigned char *)bytes + i, length - i, &code);
        if (step == 0) return false;
    }
    return true;
}

/* Controls of a terminal, marks of direction, and what takes no room. */
static bool is_harmful(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
}

static void require_lines_shown(const char *text, size_t length, bool lines, const char *what) {
    uint32_t code = 0;
    for (size_t i = 0, step; i < length; i += step) {
        step = character((const unsigned char *)text + i, length - i, &code);
        REQUIRE(step > 0, "%s is no UTF-8 at byte %zu: %s", what, i, text);
        REQUIRE(!is_harmful(code) || (lines && code == '\n'), "%s has U+%04X at byte %zu: %s", what, (unsigned)code, i, text);
    }
}

void require_shown(const char *text, const char *what) {
    if (text) require_lines_shown(text, strlen(text), false, what);
}

static void add_finding(const wres_finding *finding, trace *out) {
    require_shown(finding->message, "a message");
    require_shown(finding->check, "the name of a check");
    require_shown(finding->place.table, "the table of a message");
    require_shown(finding->place.file, "the file of a message");
    require_shown(finding->place.field, "the field of a message");
    REQUIRE(*finding->message, "%s says nothing", finding->check);
    REQUIRE(!strstr(finding->message, "(null)") || is_in_files("null"), "%s: %s", finding->check, finding->message);
    trace_number(out, finding->severity);
    trace_text(out, finding->check);
    trace_text(out, finding->place.table);
    trace_text(out, finding->place.file);
    trace_text(out, finding->place.field);
    trace_number(out, finding->place.line);
    trace_number(out, finding->count);
    trace_text(out, finding->message);
    trace_text(out, "\n");
}

static void check_findings(const wres_run *run, wres_status status, trace *out) {
    size_t errors = 0;
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *finding = wres_finding_at(run, i);
        add_finding(finding, out);
        trace_number(out, wres_findings_dropped(run, finding->check));
        errors += finding->severity == WRES_ERROR;
    }
    REQUIRE(status == WRES_OK || status == WRES_USAGE || status == WRES_DATA || status == WRES_IO, "status %d", status);
    REQUIRE((status == WRES_OK) == (errors == 0), "status %d with %zu errors:\n%s", status, errors, out->bytes ? out->bytes : "");
}

/* ---- twice -------------------------------------------------------------------------------------------------- */

typedef struct call {
    fuzz_body *body;
    void *context;
    trace *out;
} call;

static wres_status call_body(wres_run *run, void *context) {
    const call *c = context;
    return c->body(run, c->context, c->out);
}

static wres_status run_once(fuzz_body *body, void *context, trace *out) {
    wres_run *run = wres_run_new();
    REQUIRE(run, "memory");
    world.inside = true;
    const wres_status status = wres_run_try(run, call_body, &(call){body, context, out});
    world.inside = false;
    wres_findings_divert(run, NULL, NULL);
    check_findings(run, status, out);
    if (getenv("FUZZ_SHOW")) fprintf(stderr, "status %d: %s\n", status, out->bytes ? out->bytes : "");
    wres_run_free(run);
    return status;
}

bool is_second_run(void) { return world.cut; }

wres_status run_twice(fuzz_body *body, void *context) {
    enum { SELDOM = 2 };
    trace first = {0}, second = {0};
    world.cut = false;
    const wres_status status = run_once(body, context, &first);
    if (!fuzz_thorough && first.length % SELDOM != 0) {
        free(first.bytes);
        return status;
    }
    world.cut = true;
    world.piece = first.length;
    const wres_status again = run_once(body, context, &second);
    world.cut = false;
    REQUIRE(status == again, "status %d, and %d where it is read in pieces:\n%s\n---\n%s", status, again, first.bytes,
            second.bytes);
    REQUIRE(first.length == second.length &&
                memcmp(first.bytes ? first.bytes : "", second.bytes ? second.bytes : "", first.length) == 0,
            "not the same where it is read in pieces:\n%s\n---\n%s", first.bytes, second.bytes);
    free(first.bytes);
    free(second.bytes);
    return status;
}

/* ---- definitions -------------------------------------------------------------------------------------------- */

static void load_built_in(definitions *d) {
    d->run = wres_run_new();
    REQUIRE(d->run, "memory");
    REQUIRE(wres_tables_load(d->run, NULL, 0, &d->tables) == WRES_OK, "built-in tables");
    REQUIRE(wres_codes_load(d->run, NULL, 0, &d->codes) == WRES_OK, "built-in code lists");
    REQUIRE(wres_grades_new(d->run, d->codes, &d->grades) == WRES_OK, "built-in grades");
    REQUIRE(wres_standard_list(d->run, &d->ids, &d->standard_count) == WRES_OK, "built-in standards");
    d->standards = wres_alloc(d->run, d->standard_count * sizeof *d->standards);
    for (size_t i = 0; i < d->standard_count; i++)
        REQUIRE(wres_standard_load(d->run, d->ids[i], &d->standards[i]) == WRES_OK, "%s", d->ids[i]);
}

static definitions loaded;

/* Some looking up leaves a little memory in the run that loaded the lists, which must not be taken for a leak. */
void definitions_renew(void) {
    enum { USES = 4096 };
    static unsigned uses;
    if (!loaded.run || uses++ % USES != USES - 1) return;
    wres_run_free(loaded.run);
    load_built_in(&loaded);
}

const definitions *definitions_built_in(void) {
    if (loaded.run) return &loaded;
    load_built_in(&loaded);
    load_samples(&loaded);
    setenv("WRES_UNCONFINED", "1", 1);
    return &loaded;
}

void use_definitions(calculation *c, const definitions *built_in) {
    c->tables = built_in->tables;
    c->codes = built_in->codes;
    c->grades = built_in->grades;
    c->reading = (wres_reading){.run = c->run, .tables = &c->tables, .codes = c->codes, .grades = c->grades};
    c->request.unknown_in_base = -1;
    c->disclosure.decimals = -1;
    c->frame.as_at = WRES_NO_DATE;
}

void add_operand_of(wres_run *run, operand_list *list, const char *table, const char *file) {
    if (list->count < COUNT_OF(list->all)) list->all[list->count++] = wres_print(run, "%s=" FOLDER "%s", table, file);
}

static bool is_given(const operand_list *list, const char *table) {
    const size_t length = strlen(table);
    for (size_t i = 0; i < list->count; i++)
        if (strncmp(list->all[i], table, length) == 0 && list->all[i][length] == '=') return true;
    return false;
}

void add_sample_operands(wres_run *run, operand_list *list) {
    for (size_t i = 0; i < samples.count; i++) {
        const char *table = wres_print(run, "%.*s", (int)(strlen(samples.names[i]) - 4), samples.names[i]);
        if (!is_given(list, table)) add_operand_of(run, list, table, samples.names[i]);
    }
}

/* ---- what was written ---------------------------------------------------------------------------------------- */

/* Standard output is a file in memory: what libFuzzer says goes to standard error. */
static void prepare_output(void) {
    static bool prepared;
    if (prepared) return;
    const int descriptor = memfd_create("output", 0);
    REQUIRE(descriptor >= 0 && dup2(descriptor, OUTPUT) == OUTPUT, "standard output: %s", strerror(errno));
    close(descriptor);
    const int nothing = __real_open64("/dev/null", O_RDONLY);
    REQUIRE(nothing >= 0 && dup2(nothing, 0) == 0, "standard input: %s", strerror(errno));
    if (nothing) close(nothing);
    prepared = true;
}

static char *take_output(wres_run *run, size_t *length) {
    struct stat about;
    REQUIRE(fstat(OUTPUT, &about) == 0 && lseek(OUTPUT, 0, SEEK_SET) == 0, "standard output");
    char *bytes = wres_grow(run, NULL, 0, (size_t)about.st_size + 1);
    for (*length = 0; *length < (size_t)about.st_size;) {
        const ssize_t got = __real_read(OUTPUT, bytes + *length, (size_t)about.st_size - *length);
        REQUIRE(got > 0, "standard output");
        *length += (size_t)got;
    }
    REQUIRE(ftruncate(OUTPUT, 0) == 0 && lseek(OUTPUT, 0, SEEK_SET) == 0, "standard output");
    return bytes;
}

const char *entries_text(wres_run *run, const wres_entry *file, size_t *length) {
    wres_sink *sink;
    prepare_output();
    REQUIRE(wres_sink_open(run, NULL, &sink) == WRES_OK, "standard output");
    wres_entries_write(file, sink);
    REQUIRE(wres_sink_commit(sink) == WRES_OK, "standard output");
    return take_output(run, length);
}

/* ---- formats ------------------------------------------------------------------------------------------------- */

static void require_same_rows(const cJSON *root, const char *key, size_t rows) {
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(root, key);
    REQUIRE(cJSON_IsArray(array) && (size_t)cJSON_GetArraySize(array) == rows, "JSON: %s has not %zu items", key, rows);
}

static void require_json(const char *bytes, size_t length, const char *key, size_t rows) {
    REQUIRE(is_utf8(bytes, length), "JSON: no UTF-8");
    REQUIRE(strlen(bytes) == length, "JSON: a NUL byte");
    for (size_t i = 0; i < length; i++)
        REQUIRE((unsigned char)bytes[i] >= 0x20 || bytes[i] == '\n' || bytes[i] == '\t', "JSON: a control byte");
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(bytes, length + 1, &end, 1);
    REQUIRE(root, "JSON: cannot be parsed: %.60s", end ? end : bytes);
    require_same_rows(root, key, rows);
    cJSON_Delete(root);
}

/* What a spreadsheet would run; a number may begin with its sign. */
static void require_tame(const char *cell, size_t length) {
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    char number[64];
    if (length == 0) return;
    for (size_t i = 0; i < COUNT_OF(wide); i++)
        REQUIRE(length < 3 || memcmp(cell, wide[i], 3) != 0, "CSV: a cell that would be run: %.*s", (int)length, cell);
    if (!strchr("=+-@\t\r\n", *cell)) return;
    snprintf(number, sizeof number, "%.*s", (int)length, cell);
    REQUIRE(wres_is_decimal(number), "CSV: a cell that would be run: %.*s", (int)length, cell);
}

/* RFC 4180 by hand: every record has as many cells as the first. Returns the number of records. */
static size_t require_csv(wres_run *run, const char *bytes, size_t length) {
    size_t records = 0, cells = 0, width = 0, i = 0;
    char *cell = wres_grow(run, NULL, 0, length + 1);
    REQUIRE(is_utf8(bytes, length), "CSV: no UTF-8");
    while (i < length) {
        size_t size = 0;
        if (bytes[i] == '"') {
            for (i++; i < length && (bytes[i] != '"' || (i + 1 < length && bytes[i + 1] == '"')); i++) {
                cell[size++] = bytes[i];
                i += bytes[i] == '"';
            }
            REQUIRE(i < length, "CSV: a quote is not closed");
            i++;
        } else
            for (; i < length && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r'; i++) {
                REQUIRE(bytes[i] != '"', "CSV: a quote within a cell");
                cell[size++] = bytes[i];
            }
        require_tame(cell, size);
        cells++;
        REQUIRE(i < length && (bytes[i] == ',' || bytes[i] == '\n' || bytes[i] == '\r'), "CSV: something behind a cell");
        if (bytes[i++] == ',') continue;
        if (i < length && bytes[i - 1] == '\r' && bytes[i] == '\n') i++;
        if (records++ == 0) width = cells;
        REQUIRE(cells == width, "CSV: %zu cells in record %zu, %zu in the first", cells, records, width);
        cells = 0;
    }
    REQUIRE(cells == 0, "CSV: the last record does not end");
    return records;
}

typedef struct written {
    const char *key; /* of the JSON array that holds the rows */
    size_t rows;
} written;

static void check_written(wres_run *run, wres_format format, const written *what, trace *out) {
    size_t length;
    const char *bytes = take_output(run, &length);
    if (format == WRES_FORMAT_JSON) require_json(bytes, length, what->key, what->rows);
    if (format == WRES_FORMAT_TABLE) require_lines_shown(bytes, length, true, "the table");
    if (format == WRES_FORMAT_CSV) {
        const size_t records = require_csv(run, bytes, length);
        REQUIRE(records == what->rows + 1, "CSV: %zu records of %zu rows", records, what->rows);
    }
    trace_add(out, bytes, length);
}

/* ---- calculations -------------------------------------------------------------------------------------------- */

static double number_of(const char *text) {
    REQUIRE(wres_is_decimal(text), "no decimal: %s", text);
    return strtod(text, NULL);
}

static void check_published(const wres_published *row) {
    static const wres_column numbers[] = {WRES_COLUMN_VALUE, WRES_COLUMN_LOWER, WRES_COLUMN_UPPER, WRES_COLUMN_NUMERATOR,
                                          WRES_COLUMN_DENOMINATOR};
    for (int i = 0; i < WRES_COLUMN_COUNT; i++)
        REQUIRE(row->column[i] && is_utf8(row->column[i], strlen(row->column[i])), "a published text");
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (*row->column[numbers[i]]) number_of(row->column[numbers[i]]);
    const bool calculated = strcmp(row->column[WRES_COLUMN_STATUS], "ok") == 0;
    REQUIRE(calculated == (*row->column[WRES_COLUMN_VALUE] != '\0'), "status %s, value '%s'", row->column[WRES_COLUMN_STATUS],
            row->column[WRES_COLUMN_VALUE]);
    REQUIRE(calculated || *row->column[WRES_COLUMN_NOTE], "no value and no word why: %s", row->column[WRES_COLUMN_STATISTIC]);
    if (*row->column[WRES_COLUMN_LOWER] && *row->column[WRES_COLUMN_UPPER])
        REQUIRE(number_of(row->column[WRES_COLUMN_LOWER]) <= number_of(row->column[WRES_COLUMN_UPPER]), "%s: limits %s and %s",
                row->column[WRES_COLUMN_STATISTIC], row->column[WRES_COLUMN_LOWER], row->column[WRES_COLUMN_UPPER]);
    if (strcmp(row->column[WRES_COLUMN_UNIT], "probability") == 0 && calculated)
        REQUIRE(number_of(row->column[WRES_COLUMN_VALUE]) >= 0 && number_of(row->column[WRES_COLUMN_VALUE]) <= 1,
                "a probability of %s", row->column[WRES_COLUMN_VALUE]);
}

static void check_accounts(const calculation *c, trace *out) {
    for (size_t i = 0; i < c->account_count; i++) {
        const wres_account *account = &c->accounts[i];
        uint64_t accounted = account->used;
        for (size_t r = 0; r < WRES_REASON_COUNT; r++) accounted += account->left_out[r];
        REQUIRE(account->read == accounted, "%s: %llu rows read, %llu used or left out", account->file,
                (unsigned long long)account->read, (unsigned long long)accounted);
        trace_number(out, account->read);
        trace_number(out, account->used);
    }
}

/* All formats cost most of the time: while fuzzing an input is written in one. */
static bool is_written(wres_format format, size_t rows) { return fuzz_thorough || rows % 3 == (size_t)format; }

static wres_status write_all(calculation *c, const wres_published_list *published, trace *out) {
    const document_parts parts = {&c->settings, &c->request, &c->frame, c->accounts, c->account_count, c->frame.has_opening};
    wres_document document;
    wres_status status = document_make(c->run, &parts, published, &document);
    prepare_output();
    for (int format = WRES_FORMAT_TABLE; format <= WRES_FORMAT_CSV && status == WRES_OK; format++) {
        const wres_write_options writing = {.format = (wres_format)format, .width = 100};
        wres_sink *sink;
        if (!is_written(writing.format, published->count)) continue;
        status = wres_sink_open(c->run, NULL, &sink);
        if (status == WRES_OK) status = wres_write(c->run, &document, &writing, sink);
        if (status == WRES_OK) status = wres_sink_commit(sink);
        if (status == WRES_OK) check_written(c->run, writing.format, &(written){"results", published->count}, out);
    }
    return status;
}

wres_status calculate(calculation *c, const arguments *asked, trace *out) {
    wres_result_list results = {0};
    wres_published_list published;
    wres_status status = inputs_gather(c, asked);
    if (status == WRES_OK) status = wres_plan_new(&c->reading, &c->request, &c->plan);
    if (status == WRES_OK) status = inputs_read(c);
    if (status != WRES_OK) return status;
    check_accounts(c, out);
    status = wres_compute(c->plan, &c->frame, &results);
    if (status == WRES_OK) status = wres_correct(c->run, &results, c->correction);
    if (status == WRES_OK) status = wres_disclose(c->run, &results, &c->disclosure, &published);
    if (status != WRES_OK) return status;
    for (size_t i = 0; i < published.count; i++) check_published(&published.rows[i]);
    return write_all(c, &published, out);
}

/* ---- checks --------------------------------------------------------------------------------------------------- */

static void check_report(const wres_check_report *report, wres_status status, trace *out) {
    uint64_t rows[3] = {0};
    for (size_t i = 0; i < report->count; i++) {
        const wres_check_row *row = &report->rows[i];
        add_finding(&(wres_finding){row->severity, row->check, row->place, row->count, row->message}, out);
        require_shown(row->what_to_do, "what to do");
        REQUIRE(row->line_count <= WRES_FIRST_LINES, "%zu lines", row->line_count);
        rows[row->severity]++;
    }
    REQUIRE(rows[WRES_ERROR] == report->errors && rows[WRES_WARNING] == report->warnings &&
                rows[WRES_INFORMATION] == report->information,
            "counts of the report");
    REQUIRE((report->errors > 0) == (status != WRES_OK), "status %d with %llu errors", status, (unsigned long long)report->errors);
}

static wres_status write_report(calculation *c, const wres_check_report *report, trace *out) {
    const document_parts parts = {.settings = &c->settings,
                                  .request = &c->request,
                                  .frame = &c->frame,
                                  .accounts = c->accounts,
                                  .account_count = c->account_count};
    const wres_published_list nothing = {0};
    const wres_file_seen **files = wres_alloc(c->run, (c->account_count + 1) * sizeof *files);
    wres_check_document document = {.report = report, .files = files, .values = true};
    for (size_t i = 0; i < c->account_count; i++)
        if (wres_account_seen(&c->accounts[i])) files[document.file_count++] = wres_account_seen(&c->accounts[i]);
    wres_status status = document_make(c->run, &parts, &nothing, &document.head);
    prepare_output();
    for (int format = WRES_FORMAT_TABLE; format <= WRES_FORMAT_CSV && status == WRES_OK; format++) {
        const wres_write_options writing = {.format = (wres_format)format, .width = 100};
        wres_sink *sink;
        status = wres_sink_open(c->run, NULL, &sink);
        if (status == WRES_OK) status = wres_write_check(c->run, &document, &writing, sink);
        if (status == WRES_OK) status = wres_sink_commit(sink);
        if (status == WRES_OK) check_written(c->run, writing.format, &(written){"findings", report->count}, out);
    }
    return status;
}

static int turn_of(const wres_table *table) {
    return table->time == WRES_TIME_SNAPSHOT ? 0 : strcmp(table->name, "movements") == 0 ? 1 : 2;
}

static wres_status check_tables(calculation *c, wres_check *all) {
    for (int turn = 0; turn <= 2; turn++)
        for (size_t i = 0, at = 0; i < c->input_count; at += c->inputs[i++].file_count) {
            const wres_status status =
                turn_of(c->inputs[i].table) == turn ? wres_check_table(all, &c->inputs[i], c->accounts + at) : WRES_OK;
            if (status != WRES_OK) return status;
        }
    return WRES_OK;
}

wres_status check(calculation *c, const arguments *asked, trace *out) {
    wres_check *all;
    wres_check_report report;
    wres_status status = inputs_gather(c, asked);
    if (status != WRES_OK) return status;
    c->reading.look = c->reading.hash = true;
    status = wres_plan_new(&c->reading, &c->request, &c->plan);
    if (status == WRES_OK) status = wres_check_new(&c->reading, &c->frame, &c->request, c->plan, &all);
    if (status != WRES_OK) return status;
    status = check_tables(c, all);
    if (status != WRES_OK) {
        wres_check_give_up(all);
        return status;
    }
    const wres_status found = wres_check_end(all, &report);
    if (found == WRES_USAGE) return found;
    check_report(&report, found, out);
    trace_number(out, found);
    return write_report(c, &report, out);
}
