/* libcsv gives cells and rows and nothing else: lines, limits, NUL bytes and the place where a quote was opened are kept here. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "wres/base.h"

enum { LARGEST_CELL = 1024 * 1024, LARGEST_RECORD = 16 * 1024 * 1024, BLOCK = 4096 };

struct wres_csv {
    wres_run *run;
    const char *file;
    wres_csv_row *row;
    void *context;
    struct csv_parser parser;
    wres_status status;
    char *bytes; /* of the record so far */
    size_t length, room;
    size_t *ends; /* of its cells */
    size_t cells, cell_room;
    wres_text *shown; /* what the row call-back gets */
    uint64_t line, record_line, quote_line;
    bool open; /* the record goes on over a line's end: inside quotes */
    bool cells_in_piece;
    bool after_return; /* the last byte was a CR: an LF that follows belongs to it */
};

static void free_parser(void *what) { csv_free(what); }

static void *grow_for_parser(void *block, size_t size) { return realloc(block, size); }

wres_csv *wres_csv_new(wres_run *run, const char *file, const wres_csv_options *options, wres_csv_row *row, void *context) {
    wres_csv *csv = wres_alloc(run, sizeof *csv);
    csv->run = run;
    csv->file = file;
    csv->row = row;
    csv->context = context;
    csv->line = options->first_line ? options->first_line : 1;
    csv->room = 1024;
    csv->bytes = wres_grow(run, NULL, 0, csv->room);
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
    if (options->delimiter) csv_set_delim(&csv->parser, (unsigned char)options->delimiter);
    csv_set_realloc_func(&csv->parser, grow_for_parser);
    csv_set_blk_size(&csv->parser, BLOCK); /* its default grows a cell's buffer by 128 bytes at a time */
    wres_defer(run, free_parser, &csv->parser);
    return csv;
}

static wres_status csv_error_at(wres_csv *csv, uint64_t line, const char *message) {
    wres_find(csv->run, WRES_ERROR, "csv", (wres_place){.file = csv->file, .line = line}, 0, "%s", message);
    return csv->status = WRES_DATA;
}

static wres_status too_long(wres_csv *csv) {
    return csv_error_at(csv, csv->record_line, "a record too large to be one: over 1 MiB in a cell, 16 MiB or 10,000 cells in all");
}

/* A cell without an end: most likely a quotation mark without one. */
static wres_status endless(wres_csv *csv) {
    if (!csv->open) return too_long(csv);
    return csv_error_at(
        csv, csv->quote_line,
        "a cell of over 1 MiB: most likely a quotation mark in this line is never closed. Close it, or double it if it "
        "belongs to the text");
}

static void make_room(wres_csv *csv, size_t cells) {
    const size_t room = 2 * cells;
    if (cells <= csv->cell_room) return;
    csv->ends = wres_grow(csv->run, csv->ends, csv->cell_room * sizeof *csv->ends, room * sizeof *csv->ends);
    csv->shown = wres_grow(csv->run, csv->shown, csv->cell_room * sizeof *csv->shown, room * sizeof *csv->shown);
    csv->cell_room = room;
}

static void add_cell(void *bytes, size_t length, void *context) {
    wres_csv *csv = context;
    if (csv->status != WRES_OK) return;
    if (length > LARGEST_CELL || csv->length + length > LARGEST_RECORD || csv->cells == WRES_MOST_CELLS) {
        too_long(csv);
        return;
    }
    if (csv->length + length > csv->room) {
        const size_t room = 2 * (csv->length + length) + 1024;
        csv->bytes = wres_grow(csv->run, csv->bytes, csv->room, room);
        csv->room = room;
    }
    make_room(csv, csv->cells + 1);
    if (length) memcpy(csv->bytes + csv->length, bytes, length);
    csv->length += length;
    csv->ends[csv->cells++] = csv->length;
    csv->cells_in_piece = true;
}

static void end_row(int terminator, void *context) {
    wres_csv *csv = context;
    (void)terminator;
    if (csv->status == WRES_OK) {
        size_t start = 0;
        for (size_t i = 0; i < csv->cells; start = csv->ends[i++])
            csv->shown[i] = (wres_text){csv->bytes + start, csv->ends[i] - start};
        csv->status = csv->row(csv->context, csv->shown, csv->cells, csv->record_line);
    }
    csv->length = csv->cells = 0;
}

/* libcsv's states, which its struct shows but its header does not name. */
enum { ROW_NOT_BEGUN = 0, IN_A_CELL = 2 };

/* In a cell that began with a quotation mark, or at its end but for the comma. */
static bool is_inside_quotes(const wres_csv *csv) { return csv->parser.pstate >= IN_A_CELL && csv->parser.quoted; }

static wres_status parser_error(wres_csv *csv) {
    if (csv_error(&csv->parser) == CSV_ENOMEM) {
        wres_find(csv->run, WRES_ERROR, "csv", (wres_place){.file = csv->file, .line = csv->line}, 0,
                  "not enough memory to read this record");
        return csv->status = WRES_IO;
    }
    if (csv->open && csv->parser.quoted && !csv->cells_in_piece && csv->quote_line < csv->line)
        return csv_error_at(
            csv, csv->quote_line,
            wres_print(csv->run,
                       "a quotation mark that is opened in this line is not closed properly before line %llu. Close it, or "
                       "double it if it belongs to the text",
                       (unsigned long long)csv->line));
    return csv_error_at(
        csv, csv->line,
        "a quotation mark stands inside a cell that does not begin with one, or text follows a closing one. Put the "
        "whole cell in quotation marks and double those inside it");
}

/* The piece is one physical line or a part of one. ended: it holds the line's end. */
static wres_status feed_piece(wres_csv *csv, const char *bytes, size_t length, bool ended) {
    const char *nul = memchr(bytes, '\0', length);
    const size_t whole = nul ? (size_t)(nul - bytes) : length; /* whichever is wrong first is said, however the bytes were cut */
    if (csv->parser.pstate == ROW_NOT_BEGUN) csv->record_line = csv->line;
    csv->cells_in_piece = false;
    const size_t used = csv_parse(&csv->parser, bytes, whole, add_cell, end_row, csv);
    if (csv->status != WRES_OK) return csv->status;
    if (used != whole) return parser_error(csv);
    if (nul) return csv_error_at(csv, csv->line, "a NUL byte: the file is damaged, or not plain text. Save it as 'CSV UTF-8'");
    const bool inside = is_inside_quotes(csv);
    if (inside && (!csv->open || csv->cells_in_piece)) csv->quote_line = csv->line;
    csv->open = inside;
    if (csv->parser.entry_pos > 2 * LARGEST_CELL) return endless(csv);
    if (!ended) return WRES_OK;
    csv->line++;
    return WRES_OK;
}

/* Up to and with the end of the first physical line in bytes. */
static size_t line_length(const char *bytes, size_t length, bool *ended) {
    const char *feed = memchr(bytes, '\n', length);
    const size_t to_feed = feed ? (size_t)(feed - bytes) + 1 : length;
    const char *back = memchr(bytes, '\r', to_feed);
    *ended = feed || back;
    if (!back) return to_feed;
    const size_t to_back = (size_t)(back - bytes) + 1;
    return to_back < to_feed && back[1] == '\n' ? to_feed : to_back;
}

wres_status wres_csv_feed(wres_csv *csv, const char *bytes, size_t length) {
    while (length > 0) {
        bool ended;
        if (csv->after_return && bytes[0] == '\n') { /* the second half of a CRLF that was cut in two */
            csv->after_return = false;
            if (csv_parse(&csv->parser, bytes, 1, add_cell, end_row, csv) != 1) return parser_error(csv);
            bytes++, length--;
            continue;
        }
        const size_t piece = line_length(bytes, length, &ended);
        csv->after_return = bytes[piece - 1] == '\r';
        const wres_status status = feed_piece(csv, bytes, piece, ended);
        if (status != WRES_OK) return status;
        bytes += piece, length -= piece;
    }
    return WRES_OK;
}

void wres_csv_pass(wres_csv *csv, uint64_t lines) { csv->line += lines; }
uint64_t wres_csv_line(const wres_csv *csv) { return csv->line; }

wres_status wres_csv_end(wres_csv *csv) {
    const bool large = csv->parser.entry_pos > LARGEST_CELL;
    if (csv_fini(&csv->parser, add_cell, end_row, csv) != 0) {
        if (csv->status != WRES_OK) return csv->status;
        if (large) return endless(csv);
        return csv_error_at(
            csv, csv->quote_line,
            "a quotation mark that is opened in this line is never closed. Close it, or double it if it belongs to the text");
    }
    wres_release(csv->run, &csv->parser);
    return csv->status;
}
