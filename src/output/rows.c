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

static char *put_row(row_writer *w, char *at, const wres_published *row, bool is_last) {
    const char *end = is_last ? w->format->last_end : w->format->end;
    at = put_place(w, at, row);
    at = put_strip(w, w->names, at, row, WRES_COLUMN_GROUP, WRES_COLUMN_VALUE);
    at = put_cells(w, at, row, WRES_COLUMN_VALUE, WRES_COLUMN_UNIT);
    at = put_strip(w, w->words, at, row, WRES_COLUMN_UNIT, WRES_COLUMN_NOTE);
    at = put_cells(w, at, row, WRES_COLUMN_NOTE, WRES_COLUMN_COUNT);
    return put(at, end, strlen(end));
}

static void begin(row_writer *w, const wres_row_format *format) {
    w->format = format;
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) w->lead_length[c] = strlen(format->lead[c]);
}

/* ---- one row after another ---------------------------------------------------------------------------------------- */

static void write_one_by_one(row_writer *w, const wres_published_list *list, size_t room, wres_sink *sink) {
    wres_published_cursor cursor = wres_published_begin(list);
    for (const wres_published *row; (row = wres_published_next(&cursor));) {
        char *const from = wres_sink_room(sink, room ? room : room_for(w, row));
        wres_sink_fill(sink, (size_t)(put_row(w, from, row, cursor.number == list->count) - from));
    }
}

/* ---- pieces beside each other --------------------------------------------------------------------------------------- */

enum { PIECE_ROWS = 128, FEWEST_PIECES = 8, MOST_THREADS = 4, SLOTS_A_THREAD = 2 };
enum { MOST_AT_ONCE = 65536 }; /* for which a sink that flows asks for no memory */

typedef struct piece {
    row_writer writer;
    wres_published_cursor cursor;
    char *bytes; /* room for the longest rows, of which little is touched */
    size_t length;
} piece;

typedef struct pieces {
    wres_published_cursor cursor; /* at the next piece */
    piece *slots;
    wres_sink *sink;
} pieces;

static void begin_piece(void *context, size_t number, size_t slot) {
    pieces *all = context;
    (void)number;
    all->slots[slot].cursor = all->cursor;
    wres_published_skip(&all->cursor, PIECE_ROWS);
}

static bool make_piece(void *context, size_t number, size_t slot) {
    const pieces *all = context;
    piece *p = &all->slots[slot];
    const wres_published *row;
    char *at = p->bytes;
    (void)number;
    for (size_t i = 0; i < PIECE_ROWS && (row = wres_published_next(&p->cursor)); i++)
        at = put_row(&p->writer, at, row, p->cursor.number == p->cursor.list->count);
    p->length = (size_t)(at - p->bytes);
    return true;
}

static void take_piece(void *context, size_t number, size_t slot) {
    const pieces *all = context;
    const piece *p = &all->slots[slot];
    (void)number;
    for (size_t at = 0; at < p->length; at += MOST_AT_ONCE)
        wres_sink_write(all->sink, p->bytes + at, p->length - at < MOST_AT_ONCE ? p->length - at : MOST_AT_ONCE);
}

/* All memory is asked for before the sink flows. */
static void write_pieces(wres_run *run, const wres_published_list *list, const wres_row_format *format, size_t room, size_t threads,
                         wres_sink *sink) {
    const size_t count = (list->count + PIECE_ROWS - 1) / PIECE_ROWS, slots = threads * SLOTS_A_THREAD;
    pieces all = {.cursor = wres_published_begin(list), .sink = sink};
    all.slots = wres_grow(run, NULL, 0, slots * sizeof *all.slots);
    for (size_t i = 0; i < slots; i++) {
        begin(&all.slots[i].writer, format);
        all.slots[i].bytes = wres_grow(run, NULL, 0, PIECE_ROWS * room);
    }
    const wres_in_order work = {.count = count,
                                .threads = threads,
                                .slots = slots,
                                .context = &all,
                                .begin = begin_piece,
                                .make = make_piece,
                                .take = take_piece};
    wres_sink_flow(sink);
    wres_in_order_do(run, &work);
    for (size_t i = 0; i < slots; i++) wres_drop(run, all.slots[i].bytes);
    wres_drop(run, all.slots);
}

void wres_rows_write(wres_run *run, const wres_published_list *list, const wres_row_format *format, size_t threads,
                     wres_sink *sink) {
    row_writer w = {0};
    begin(&w, format);
    const size_t room = room_for_all(&w, list);
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if (room && threads > 1 && list->count >= (size_t)FEWEST_PIECES * PIECE_ROWS) {
        write_pieces(run, list, format, room, threads, sink);
        return;
    }
    if (room) wres_sink_flow(sink);
    write_one_by_one(&w, list, room, sink);
}
