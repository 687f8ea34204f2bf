/* Results one after another, in the formats that write each as a line: most cells of a row are those of the row before or were met not long
 * ago, and are not made again. Not public. */
#ifndef WRES_OUTPUT_ROWS_H
#define WRES_OUTPUT_ROWS_H

#include "wres/disclosure.h"

/* How a format writes a row: before each cell what leads to it, then the text or the number, or what stands for none. */
typedef struct wres_row_format {
    const char *lead[WRES_COLUMN_COUNT], *none[WRES_COLUMN_COUNT];
    const char *end, *last_end; /* of a row, and of the last one */
    size_t widest;              /* the text of a cell is at most so many times as long as written, and so much more */
    size_t (*text)(char *out, const char *text);
} wres_row_format;

/* From the first row on nothing but the writing can fail, if the rows are packed and none is very long: then the sink flows. Many
 * such rows are made on that many threads, at most four. */
void wres_rows_write(wres_run *run, const wres_published_list *list, const wres_row_format *format, size_t threads,
                     wres_sink *sink);

#endif
