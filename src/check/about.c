/* The checks and the thresholds: data/checks. */
#include <string.h>

#include "check/check.h"

enum { COLUMNS = 4 };

typedef struct data_reader {
    wres_run *run;
    const char *file;
    const char *const *header;
    const char *(*rows)[COLUMNS];
    size_t count, room;
    bool has_header;
} data_reader;

static wres_status data_mistake(const data_reader *reader, uint64_t line, const char *message) {
    wres_find(reader->run, WRES_ERROR, "checks", (wres_place){.file = reader->file, .line = line}, 0, "%s", message);
    return WRES_USAGE;
}

static wres_status read_row(void *context, const wres_text *cells, size_t count, uint64_t line) {
    data_reader *reader = context;
    if (count != COLUMNS) return data_mistake(reader, line, "a row has four cells");
    if (!reader->has_header) {
        reader->has_header = true;
        for (size_t i = 0; i < COLUMNS; i++)
            if (!wres_text_same(cells[i], wres_text_of(reader->header[i])))
                return data_mistake(reader, line, "the header is another");
        return WRES_OK;
    }
    if (reader->count == reader->room) {
        const size_t room = reader->room ? 2 * reader->room : 128, size = sizeof *reader->rows;
        reader->rows = wres_grow(reader->run, reader->rows, reader->room * size, room * size);
        reader->room = room;
    }
    for (size_t i = 0; i < COLUMNS; i++) reader->rows[reader->count][i] = wres_copy(reader->run, cells[i].bytes, cells[i].length);
    reader->count++;
    return WRES_OK;
}

static wres_status read_data(data_reader *reader) {
    const wres_resource *resource = wres_resource_find(reader->file);
    wres_csv *csv = wres_csv_new(reader->run, reader->file, &(wres_csv_options){0}, read_row, reader);
    const wres_status status = wres_csv_feed(csv, (const char *)resource->bytes, resource->length);
    return status == WRES_OK ? wres_csv_end(csv) : status;
}

wres_status wres_check_list(wres_run *run, const wres_check_about **all, size_t *count) {
    static const char *const header[COLUMNS] = {"check", "severity", "means", "what_to_do"};
    data_reader reader = {.run = run, .file = "checks/checks.csv", .header = header};
    const wres_status status = read_data(&reader);
    wres_check_about *about = wres_alloc(run, (reader.count + 1) * sizeof *about);
    for (size_t i = 0; i < reader.count; i++)
        about[i] = (wres_check_about){reader.rows[i][0], reader.rows[i][1], reader.rows[i][2], reader.rows[i][3]};
    *all = about;
    *count = reader.count;
    return status;
}

wres_status thresholds_load(wres_run *run, uint64_t limits[THRESHOLDS]) {
    static const char *const header[COLUMNS] = {"name", "value", "unit", "reason"};
    static const char *const names[THRESHOLDS] = {
        [UNKNOWN_RISE] = "unknown-rise",
        [UNKNOWN_SHARE] = "unknown-share",
        [SWAP_MOVE] = "swap-move",
        [SWAP_FIT] = "swap-fit",
        [SWAP_RATE_MOVE] = "swap-rate-move",
        [SMALL_DENOMINATOR] = "small-denominator",
        [WHOLE_SNAPSHOT] = "whole-snapshot",
        [MOST_ASSIGNMENTS] = "most-assignments",
        [MOST_FTE] = "most-fte",
        [MOST_BOARD_MEMBERS] = "most-board-members",
        [VALUES_LISTED] = "values-listed",
    };
    data_reader reader = {.run = run, .file = "checks/thresholds.csv", .header = header};
    const wres_status status = read_data(&reader);
    if (status != WRES_OK) return status;
    for (size_t i = 0; i < THRESHOLDS; i++) {
        bool there = false;
        for (size_t r = 0; r < reader.count; r++)
            if (strcmp(reader.rows[r][0], names[i]) == 0) there = wres_count_parse(wres_text_of(reader.rows[r][1]), &limits[i]);
        if (!there) return data_mistake(&reader, 0, wres_print(run, "the threshold %s is missing", names[i]));
    }
    return WRES_OK;
}
