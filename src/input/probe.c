/* The beginning of a file: what separates its cells, and which line is the header. */
#include <string.h>

#include "input/input.h"

enum { MOST_CELLS = 10001, MOST_LINES = 60, KEY_SIZE = 128 };

static const struct {
    char delimiter;
    const char *name, *key;
} delimiters[] = {
    {',', "commas", "comma"}, {'\t', "tabs", "tab"}, {';', "semicolons", "semicolon"}, {'|', "'|'", "pipe"}, {'~', "'~'", "tilde"}};

enum { DELIMITERS = sizeof delimiters / sizeof *delimiters };

const char *probe_delimiter_name(char delimiter) {
    for (size_t i = 0; i < DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter) return delimiters[i].name;
    return "";
}

const char *probe_delimiter_key(char delimiter) {
    for (size_t i = 0; i < DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter) return delimiters[i].key;
    return "";
}

/* ---- spellings ---------------------------------------------------------------------------------------------- */

static void add_spelling(spellings *s, wres_run *run, const char *text, int field, int rank) {
    char key[KEY_SIZE];
    const size_t length = wres_text_header_key(wres_text_of(text), key, sizeof key);
    const uint32_t known = wres_dictionary_count(s->keys);
    if (length > sizeof key || wres_dictionary_add(s->keys, (wres_text){key, length}) < known) return;
    if (known == s->room) {
        const size_t room = s->room ? 2 * s->room : 256, size = sizeof *s->of;
        s->of = wres_grow(run, s->of, s->room * size, room * size);
        s->room = room;
    }
    s->of[known] = (spelling){field, rank};
}

spellings *spellings_of_table(wres_run *run, const wres_table *table) {
    spellings *s = wres_alloc(run, sizeof *s);
    s->keys = wres_dictionary_new(run);
    for (size_t f = 0; f < table->field_count; f++) {
        add_spelling(s, run, table->fields[f].name, (int)f, -1);
        for (size_t i = 0; i < table->fields[f].header_count; i++)
            add_spelling(s, run, table->fields[f].headers[i], (int)f, (int)i);
    }
    return s;
}

const spelling *spellings_find(const spellings *s, wres_text header) {
    char key[KEY_SIZE];
    const size_t length = wres_text_header_key(header, key, sizeof key);
    if (length == 0 || length > sizeof key) return NULL;
    const uint32_t number = wres_dictionary_find(s->keys, (wres_text){key, length});
    return number == WRES_NOWHERE ? NULL : &s->of[number];
}

static bool same_key(wres_text a, wres_text b) {
    char keys[2][KEY_SIZE];
    const size_t length = wres_text_header_key(a, keys[0], KEY_SIZE);
    return length > 0 && length <= KEY_SIZE && wres_text_header_key(b, keys[1], KEY_SIZE) == length &&
           memcmp(keys[0], keys[1], length) == 0;
}

/* ---- a header and a table ----------------------------------------------------------------------------------- */

typedef struct fit {
    size_t found, doubles;
    bool needs_met;
} fit;

typedef struct prober {
    wres_run *run;
    const wres_table *table;
    const wres_input_setting *setting;
    spellings *spellings;
} prober;

static bool is_told(const prober *p, int field) {
    for (size_t i = 0; i < p->setting->columns.count; i++)
        if (wres_field_find(p->table, p->setting->columns.all[i].name) == field) return true;
    return false;
}

/* The columns that the settings name: taken[] marks them. */
static void match_told(const prober *p, const wres_text *headers, size_t count, int *column_of, bool *taken) {
    for (size_t i = 0; i < p->setting->columns.count; i++) {
        const int field = wres_field_find(p->table, p->setting->columns.all[i].name);
        for (size_t c = 0; c < count && field != WRES_NO_FIELD && column_of[field] < 0; c++) {
            if (!same_key(headers[c], wres_text_of(p->setting->columns.all[i].value))) continue;
            column_of[field] = (int)c;
            taken[c] = true;
        }
    }
}

static fit match(const prober *p, const wres_text *headers, size_t count, int *column_of) {
    bool taken[MOST_CELLS] = {false};
    int rank[WRES_MOST_FIELDS] = {0};
    fit f = {0, 0, true};
    if (count > MOST_CELLS) count = MOST_CELLS;
    for (size_t i = 0; i < WRES_MOST_FIELDS; i++) column_of[i] = -1;
    match_told(p, headers, count, column_of, taken);
    for (size_t c = 0; c < count; c++) {
        const spelling *s = taken[c] ? NULL : spellings_find(p->spellings, headers[c]);
        if (!s || is_told(p, s->field)) continue;
        f.doubles += column_of[s->field] >= 0;
        if (column_of[s->field] >= 0 && rank[s->field] <= s->rank) continue;
        column_of[s->field] = (int)c;
        rank[s->field] = s->rank;
    }
    for (size_t i = 0; i < p->table->field_count; i++) f.found += column_of[i] >= 0;
    for (size_t n = 0; n < p->table->needs_count; n++) {
        bool there = false;
        for (size_t i = 0; i < p->table->needs[n].count; i++) there = there || column_of[p->table->needs[n].fields[i]] >= 0;
        f.needs_met = f.needs_met && there;
    }
    return f;
}

static prober prober_of(wres_run *run, const wres_table *table, const wres_input_setting *setting) {
    static const wres_input_setting none;
    return (prober){run, table, setting ? setting : &none, spellings_of_table(run, table)};
}

size_t wres_probe_match(wres_reading *reading, const wres_table *table, const wres_input_setting *setting, const wres_text *headers,
                        size_t count, int *column_of, bool *needs_met, size_t *doubles) {
    const prober p = prober_of(reading->run, table, setting);
    const fit f = match(&p, headers, count, column_of);
    *needs_met = f.needs_met;
    *doubles = f.doubles;
    return f.found;
}

/* ---- lines -------------------------------------------------------------------------------------------------- */

static size_t line_length(wres_text text) {
    size_t at = 0;
    while (at < text.length && text.bytes[at] != '\n' && text.bytes[at] != '\r') at++;
    if (at < text.length && text.bytes[at] == '\r' && at + 1 < text.length && text.bytes[at + 1] == '\n') at++;
    return at < text.length ? at + 1 : at;
}

static wres_text rest_of(wres_text text, size_t from) { return (wres_text){text.bytes + from, text.length - from}; }

static bool ends_line(char c) { return c == '\n' || c == '\r'; }

/* A cell in quotation marks, from behind the first of them; *at ends behind the last. Its doubled marks are left as they are. */
static bool read_quoted(wres_text text, size_t *at, wres_text *cell) {
    const size_t from = *at;
    for (; *at < text.length; ++*at) {
        if (text.bytes[*at] != '"') continue;
        if (*at + 1 == text.length || text.bytes[*at + 1] != '"') {
            *cell = (wres_text){text.bytes + from, *at - from};
            ++*at;
            return true;
        }
        ++*at;
    }
    return false;
}

/* The record that begins the text, as far as libcsv would take it for one; trimmed cells. 0 for a blank line and for what is no
 * record. *used is its length with the line's end. */
static size_t split(wres_text text, char delimiter, wres_text *cells, size_t *used) {
    size_t at = 0, count = 0;
    for (;;) {
        while (at < text.length && (text.bytes[at] == ' ' || text.bytes[at] == '\t') && text.bytes[at] != delimiter) at++;
        if (count == MOST_CELLS) return 0;
        if (at < text.length && text.bytes[at] == '"') {
            at++;
            if (!read_quoted(text, &at, &cells[count])) return 0;
            while (at < text.length && (text.bytes[at] == ' ' || text.bytes[at] == '\t') && text.bytes[at] != delimiter) at++;
            if (at < text.length && text.bytes[at] != delimiter && !ends_line(text.bytes[at])) return 0;
        } else {
            const size_t from = at;
            while (at < text.length && text.bytes[at] != delimiter && !ends_line(text.bytes[at]))
                if (text.bytes[at++] == '"') return 0;
            cells[count] = (wres_text){text.bytes + from, at - from};
        }
        cells[count] = wres_text_trim(cells[count]);
        count++;
        if (at == text.length || ends_line(text.bytes[at])) break;
        at++;
    }
    *used = at + line_length(rest_of(text, at));
    return count == 1 && cells[0].length == 0 ? 0 : count;
}

/* ---- the header --------------------------------------------------------------------------------------------- */

static bool is_better(const fit *a, const fit *b) {
    if (a->needs_met != b->needs_met) return a->needs_met;
    return a->found > b->found;
}

/* The first line in which something stands, for files without a header; separated by what makes most cells of it. */
static void take_first(wres_text text, char told, place_of_header *place, wres_text *cells) {
    uint64_t line = 1;
    size_t used, most = 0;
    for (size_t at = 0; at < text.length; at += line_length(rest_of(text, at)), line++) {
        const size_t length = line_length(rest_of(text, at));
        if (wres_text_trim((wres_text){text.bytes + at, length}).length == 0) continue;
        *place = (place_of_header){.delimiter = told ? told : ',', .line = line, .offset = at};
        for (size_t d = 0; d < DELIMITERS && !told; d++) {
            const size_t count = split(rest_of(text, at), delimiters[d].delimiter, cells, &used);
            if (count > most) most = count, place->delimiter = delimiters[d].delimiter;
        }
        return;
    }
}

static fit find_header(const prober *p, wres_text text, char delimiter, uint64_t header_line, place_of_header *place) {
    wres_text *cells = wres_grow(p->run, NULL, 0, MOST_CELLS * sizeof *cells);
    fit best = {0, 0, false};
    uint64_t line = 1, first = 0;
    size_t used;
    int column_of[WRES_MOST_FIELDS];
    *place = (place_of_header){.delimiter = delimiter ? delimiter : ','};
    for (size_t at = 0; at < text.length; at += line_length(rest_of(text, at)), line++) {
        if (header_line ? line != header_line : line > MOST_LINES) continue;
        for (size_t d = 0; d < DELIMITERS; d++) {
            if (delimiter && delimiters[d].delimiter != delimiter) continue;
            const size_t count = split(rest_of(text, at), delimiters[d].delimiter, cells, &used);
            if (count == 0) continue;
            if (!first) first = line;
            const fit f = match(p, cells, count, column_of);
            if (f.found == 0 || !is_better(&f, &best)) continue;
            best = f;
            *place = (place_of_header){.fits = f.needs_met, .delimiter = delimiters[d].delimiter, .line = line, .offset = at};
        }
    }
    place->lines = line - 1;
    /* One word that could be a header is none where it stands below something else. */
    if (!place->fits && !header_line && (best.found == 0 || (best.found == 1 && place->line != first))) {
        const uint64_t lines = place->lines;
        take_first(text, delimiter, place, cells);
        place->lines = lines;
    }
    wres_drop(p->run, cells);
    return best;
}

/* ---- to look at a file -------------------------------------------------------------------------------------- */

/* The cells of a record, with doubled quotation marks as one. */
static const wres_text *kept(wres_run *run, const wres_text *cells, size_t count) {
    wres_text *all = wres_alloc(run, (count + 1) * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        char *bytes = wres_copy(run, cells[i].bytes, cells[i].length);
        size_t length = 0;
        for (size_t at = 0; at < cells[i].length; at++) {
            bytes[length++] = cells[i].bytes[at];
            at += cells[i].bytes[at] == '"' && at + 1 < cells[i].length && cells[i].bytes[at + 1] == '"';
        }
        all[i] = (wres_text){bytes, length};
    }
    return all;
}

static void keep_records(wres_run *run, wres_text text, const place_of_header *place, wres_probe *probe) {
    wres_text *cells = wres_grow(run, NULL, 0, MOST_CELLS * sizeof *cells);
    const wres_text **rows = wres_alloc(run, WRES_PROBE_ROWS * sizeof *rows);
    size_t used = 0;
    for (size_t at = place->offset; at < text.length && probe->row_count < WRES_PROBE_ROWS; at += used) {
        const size_t count = split(rest_of(text, at), place->delimiter, cells, &used);
        if (count == 0)
            used = line_length(rest_of(text, at));
        else if (!probe->headers) {
            probe->headers = kept(run, cells, count);
            probe->header_count = count;
        } else if (count >= probe->header_count)
            rows[probe->row_count++] = kept(run, cells, count);
    }
    probe->rows = rows;
    wres_drop(run, cells);
}

/* 64 KiB, and on to the end of the line that they end in: a header of thousands of columns is longer than they. */
static size_t looked_at(const char *bytes, size_t length) {
    size_t at = PROBED - 1;
    while (at < length && !ends_line(bytes[at])) at++;
    return at < length ? at + 1 : length;
}

static bool is_enough(const char *bytes, size_t length, uint64_t header_line) {
    enum { MOST_PROBED = 16 * 1024 * 1024 };
    uint64_t ends = 0;
    if (length < PROBED) return false;
    if (length >= MOST_PROBED) return true;
    if (header_line <= MOST_LINES) return ends_line(bytes[looked_at(bytes, length) - 1]);
    for (size_t at = 0; at < length; at++) ends += ends_line(bytes[at]);
    return ends > 2 * header_line + 2; /* a CRLF is two */
}

wres_status probe_read(wres_run *run, wres_source *source, uint64_t header_line, probed *head) {
    wres_status status = WRES_OK;
    const size_t behind = WRES_SPLIT_PADDING;
    *head = (probed){wres_grow(run, NULL, 0, 4 * PROBED + behind), 4 * PROBED, 0};
    for (size_t got = 1; status == WRES_OK && got > 0 && !is_enough(head->bytes, head->length, header_line); head->length += got) {
        if (head->room - head->length < PROBED) {
            head->bytes = wres_grow(run, head->bytes, head->room + behind, 2 * head->room + behind);
            head->room *= 2;
        }
        status = wres_source_read(source, head->bytes + head->length, head->room - head->length, &got);
    }
    return status;
}

/* What is looked at does not depend on how much a read brought. */
static wres_text part_looked_at(const probed *head, uint64_t header_line) {
    return (wres_text){head->bytes, header_line > MOST_LINES ? head->length : looked_at(head->bytes, head->length)};
}

place_of_header probe_header(wres_run *run, const wres_table *table, const wres_input_setting *setting, const probed *head) {
    const prober p = prober_of(run, table, setting);
    const wres_text text = part_looked_at(head, setting->header_line);
    place_of_header place, free_place;
    find_header(&p, text, setting->delimiter, setting->header_line, &place);
    if (place.fits || (!setting->delimiter && !setting->header_line)) return place;
    find_header(&p, text, 0, 0, &free_place);
    place.fits_line = free_place.fits ? free_place.line : 0;
    place.fits_delimiter = free_place.delimiter;
    return place;
}

/* The table whose fields the header fits best; of two with as many of their fields there the one that has fewer. */
static const wres_table *find_table(wres_reading *reading, const wres_input_setting *setting, wres_text text,
                                    place_of_header *place) {
    const wres_table *best = NULL;
    fit best_fit = {0, 0, false};
    for (size_t t = 0; t < reading->tables->count; t++) {
        const wres_table *table = reading->tables->all[t];
        const prober p = prober_of(reading->run, table, setting);
        place_of_header found;
        const fit f = find_header(&p, text, setting->delimiter, setting->header_line, &found);
        const bool smaller = best && f.needs_met && f.found == best_fit.found && table->field_count < best->field_count;
        if (t > 0 && !smaller && !is_better(&f, &best_fit)) continue;
        *place = found;
        best_fit = f;
        best = f.needs_met ? table : NULL;
    }
    return best;
}

wres_status wres_probe_file(wres_reading *reading, const char *path, const wres_table *table, const wres_input_setting *setting,
                            wres_probe *probe, const wres_table **best) {
    static const wres_input_setting none;
    wres_source *source;
    probed head;
    place_of_header place = {.delimiter = ','};
    if (!setting) setting = &none;
    *probe = (wres_probe){0};
    *best = NULL;
    wres_status status = wres_source_open(reading->run, path, &(wres_source_options){.encoding = setting->encoding}, &source);
    if (status != WRES_OK) return status;
    probe->file = wres_source_name(source);
    status = probe_read(reading->run, source, setting->header_line, &head);
    wres_source_close(source);
    if (status != WRES_OK) return status;
    const wres_text text = part_looked_at(&head, setting->header_line);
    if (table) {
        const prober p = prober_of(reading->run, table, setting);
        find_header(&p, text, setting->delimiter, setting->header_line, &place);
        *best = place.fits ? table : NULL;
    } else
        *best = find_table(reading, setting, text, &place);
    probe->delimiter = place.delimiter;
    probe->header_line = place.fits ? place.line : 0;
    keep_records(reading->run, text, &place, probe);
    wres_drop(reading->run, head.bytes);
    return WRES_OK;
}
