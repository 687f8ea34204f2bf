/* National figures: data/benchmarks/FAMILY.csv. */
#include <string.h>

#include "wres/config.h"

enum { COLUMNS = 11 };

typedef struct benchmark_reader {
    wres_run *run;
    const char *file;
    wres_benchmark *all;
    size_t count, room;
    bool has_header;
} benchmark_reader;

static wres_status benchmark_mistake(const benchmark_reader *reader, uint64_t line, const char *message) {
    wres_find(reader->run, WRES_ERROR, "benchmarks", (wres_place){.file = reader->file, .line = line}, 0, "%s", message);
    return WRES_USAGE;
}

static wres_status read_figure(void *context, const wres_text *cells, size_t count, uint64_t line) {
    static const char *const header[COLUMNS] = {"standard_family", "indicator", "organisation", "year",      "row",   "group",
                                                "statistic",       "unit",      "value",        "certainty", "source"};
    benchmark_reader *reader = context;
    uint64_t year;
    if (count != COLUMNS) return benchmark_mistake(reader, line, "a row of benchmarks has 11 cells");
    if (!reader->has_header) {
        reader->has_header = true;
        for (size_t i = 0; i < COLUMNS; i++)
            if (!wres_text_same(cells[i], wres_text_of(header[i])))
                return benchmark_mistake(reader, line, "the header is not that of benchmarks");
        return WRES_OK;
    }
    if (reader->count == reader->room) {
        const size_t room = reader->room ? 2 * reader->room : 64, size = sizeof *reader->all;
        reader->all = wres_grow(reader->run, reader->all, reader->room * size, room * size);
        reader->room = room;
    }
    const char *text[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) text[i] = wres_copy(reader->run, cells[i].bytes, cells[i].length);
    if (!wres_count_parse(cells[3], &year) || !wres_is_decimal(text[8]))
        return benchmark_mistake(reader, line, "a year and a decimal are expected here");
    reader->all[reader->count++] = (wres_benchmark){.indicator = text[1],
                                                    .organisation = text[2],
                                                    .year = (int)year,
                                                    .row = text[4],
                                                    .group = text[5],
                                                    .statistic = text[6],
                                                    .unit = text[7],
                                                    .value = text[8],
                                                    .certainty = text[9],
                                                    .source = text[10]};
    return WRES_OK;
}

wres_status wres_benchmarks_load(wres_run *run, const char *family, const wres_benchmark **all, size_t *count) {
    const char *path = wres_print(run, "benchmarks/%s.csv", family);
    const wres_resource *resource = wres_resource_find(path);
    benchmark_reader reader = {.run = run, .file = path};
    *all = NULL;
    *count = 0;
    if (!resource) return WRES_OK; /* not every standard has national figures */
    wres_csv *csv = wres_csv_new(run, path, &(wres_csv_options){0}, read_figure, &reader);
    wres_status status = wres_csv_feed(csv, (const char *)resource->bytes, resource->length);
    if (status == WRES_OK) status = wres_csv_end(csv);
    *all = reader.all;
    *count = reader.count;
    return status == WRES_DATA ? WRES_USAGE : status;
}
