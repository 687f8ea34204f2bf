#include "output/rows.h"

#include <string.h>

#include "output/writers.h"

enum { REMEMBERED = 128, LONGEST_REMEMBERED = 112, LONGEST_PLACE = 1024, LONGEST_ROW = 32768, STRIPS = 64, STRIP_COLUMNS = 3 };

/* A cell as it was written, by the address of its text: a text stays the same as long as the rows are written. */
typedef struct remembered {
    const char *text;
    size_t length;
    char cell[LONGEST_REMEMBERED];
} remembered;

/* Cells that stand beside each other, with what leads to them: few kinds of rows have the same over and over. */
typedef struct strip {
    const char *texts[STRIP_COLUMNS];
    size_t length; /* 0 = none */
    char cells[LONGEST_REMEMBERED];
} strip;

typedef struct row_writer {
    const wres_row_format *format;
    size_t lead_length[WRES_COLUMN_COUNT];
    const char *place[WRES_COLUMN_GROUP]; /* of the row before, and what was written for it; 0 = nothing that is kept */
    size_t place_length;
    char place_cells[LONGEST_PLACE];
    remembered remembered[REMEMBERED];
    strip names[STRIPS], words[STRIPS];
} row_writer;

static char *put(char *at, const char *bytes, size_t length) {
    memcpy(at, bytes, length);
    return at + length;
}

static size_t spread(uintptr_t address) { return (size_t)(address * UINT64_C(0x9e3779b97f4a7c15) >> 40); }

static char *put_text(row_writer *w, char *at, const char *text) {
    remembered *memory = &w->remembered[spread((uintptr_t)text) % REMEMBERED];
    if (memory->text == text) return put(at, memory->cell, memory->length);
    const size_t length = w->format->text(at, text);
    if (length <= LONGEST_REMEMBERED) {
        memory->text = text;
        memory->length = length;
        memcpy(memory->cell, at, length);
    }
    return at + length;
}

static char *put_cells(row_writer *w, char *at, const wres_published *row, wres_column from, wres_column to) {
    for (wres_column c = from; c < to; c++) {
        const char *text = row->column[c];
        at = put(at, w->format->lead[c], w->lead_length[c]);
        const bool is_none = *text == '\0';
        if (is_none) text = w->format->none[c];
        if (is_none || wres_column_is_number(c))
            while (*text) *at++ = *text++;
        else
            at = put_text(w, at, text);
    }
    return at;
}

static char *put_place(row_writer *w, char *at, const wres_published *row) {
    if (w->place_length && memcmp(w->place, row->column, sizeof w->place) == 0) return put(at, w->place_cells, w->place_length);
    char *const end = put_cells(w, at, row, WRES_COLUMN_STANDARD, WRES_COLUMN_GROUP);
    w->place_length = (size_t)(end - at) <= LONGEST_PLACE ? (size_t)(end - at) : 0;
    memcpy(w->place, row->column, sizeof w->place);
    memcpy(w->place_cells, at, w->place_length);
    return end;
}

static char *put_strip(row_writer *w, strip *strips, char *at, const wres_published *row, wres_column from, wres_column to) {
    const char *const *texts = &row->column[from];
    const size_t size = (to - from) * sizeof *texts;
    uintptr_t sum = 0;
    for (wres_column c = from; c < to; c++) sum = sum * 31 + (uintptr_t)row->column[c];
    strip *known = &strips[spread(sum) % STRIPS];
    if (known->length && memcmp(known->texts, texts, size) == 0) return put(at, known->cells, known->length);
    char *const end = put_cells(w, at, row, from, to);
    known->length = (size_t)(end - at) <= LONGEST_REMEMBERED ? (size_t)(end - at) : 0;
    memcpy(known->texts, texts, size);
    memcpy(known->cells, at, known->length);
    return end;
}

/* How much a row takes at most, but for its texts. */
static size_t fixed_room(const row_writer *w) {
    size_t room = strlen(w->format->end) + strlen(w->format->last_end);
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) room += w->lead_length[c] + strlen(w->format->none[c]) + w->format->widest;
    return room;
}

static size_t room_for(const row_writer *w, const wres_published *row) {
    size_t length = 0;
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) length += strlen(row->column[c]);
    return fixed_room(w) + length * w->format->widest;
}

/* How much any row of a packed list takes at most; 0 where that is so much that each is to be looked at. */
static size_t room_for_all(const row_writer *w, const wres_published_list *list) {
    size_t longest = WRES_FIXED_SIZE;
    for (size_t i = 0; i < wres_published_texts(list); i++) {
        const size_t length = wres_published_text(list, i).length;
        if (length > longest) longest = length;
    }
    const size_t room = fixed_room(w) + WRES_COLUMN_COUNT * longest * w->format->widest;
    return list->packed && room <= LONGEST_ROW ? room : 0;
}

void wres_rows_write(const wres_published_list *list, const wres_row_format *format, wres_sink *sink) {
    row_writer w = {.format = format};
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) w.lead_length[c] = strlen(format->lead[c]);
    const size_t room = room_for_all(&w, list);
    if (room) wres_sink_flow(sink);
    wres_published_cursor cursor = wres_published_begin(list);
    for (const wres_published *row; (row = wres_published_next(&cursor));) {
        const char *end = cursor.number == list->count ? format->last_end : format->end;
        char *const begin = wres_sink_room(sink, room ? room : room_for(&w, row)), *at = put_place(&w, begin, row);
        at = put_strip(&w, w.names, at, row, WRES_COLUMN_GROUP, WRES_COLUMN_VALUE);
        at = put_cells(&w, at, row, WRES_COLUMN_VALUE, WRES_COLUMN_UNIT);
        at = put_strip(&w, w.words, at, row, WRES_COLUMN_UNIT, WRES_COLUMN_NOTE);
        at = put_cells(&w, at, row, WRES_COLUMN_NOTE, WRES_COLUMN_COUNT);
        at = put(at, end, strlen(end));
        wres_sink_fill(sink, (size_t)(at - begin));
    }
}
