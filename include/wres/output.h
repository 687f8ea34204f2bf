/* output: published values to bytes. A writer formats and never computes or rounds: numbers arrive as decimal strings. */
#ifndef WRES_OUTPUT_H
#define WRES_OUTPUT_H

#include "wres/base.h"
#include "wres/check.h"
#include "wres/disclosure.h"

#define WRES_SCHEMA_VERSION "1.0"

typedef enum wres_format { WRES_FORMAT_TABLE, WRES_FORMAT_JSON, WRES_FORMAT_CSV } wres_format;

/* Everything about a run that a reader of its results needs. All strings are UTF-8 and never NULL ("" where there is none). */
typedef struct wres_setting_shown {
    const char *name, *value;
} wres_setting_shown;

typedef struct wres_standard_shown {
    const char *id, *title, *owner, *source, *certainty;
} wres_standard_shown;

typedef struct wres_reason_shown {
    const char *reason;
    uint64_t rows;
} wres_reason_shown;

typedef struct wres_input_shown {
    const char *table, *file, *sha256;
    uint64_t read, used; /* read = used + the sum of left_out */
    const wres_reason_shown *left_out;
    size_t left_out_count;
} wres_input_shown;

/* A national figure to set beside an indicator's own: the latest of the series on or before the as-at year. */
typedef struct wres_national_shown {
    const char *group, *statistic, *unit; /* as in the results: "white/bme", "ratio", "ratio" */
    int year;
    const char *value;     /* a decimal */
    const char *certainty; /* C, S, U */
} wres_national_shown;

typedef struct wres_nested_row { /* a row that is a part of another, which stands before it */
    const char *row;
    size_t depth;
} wres_nested_row;

typedef struct wres_indicator_shown {
    const char *standard, *id, *title, *measure, *direction, *definition, *numerator, *denominator, *window, *source, *certainty;
    const wres_national_shown *national;
    size_t national_count;
    const wres_nested_row *nested;
    size_t nested_count;
} wres_indicator_shown;

typedef struct wres_document {
    const wres_setting_shown *settings;
    size_t setting_count;
    const wres_standard_shown *standards;
    size_t standard_count;
    const wres_input_shown *inputs;
    size_t input_count;
    const char *disclosure;
    const wres_indicator_shown *indicators;
    size_t indicator_count;
    wres_published_list results;
} wres_document; /* findings are read from the run */

typedef struct wres_write_options {
    wres_format format;
    bool raw;       /* CSV: leave text that a spreadsheet would run as it is */
    bool colour;    /* table */
    int width;      /* table: columns of the terminal */
    size_t threads; /* CSV, JSON: rows are made on so many, at most four; 0 = the one that calls */
} wres_write_options;

/* Writes the whole document and leaves the commit to the caller. WRES_IO where memory runs out inside a library. */
wres_status wres_write(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink);

/* What a check found, and what is in the files it read. */
typedef struct wres_check_document {
    wres_document head; /* without indicators and results */
    const wres_check_report *report;
    const wres_file_seen *const *files;
    size_t file_count;
    bool values; /* each value of the columns with a code list */
    bool brief;  /* table: no information, no columns */
} wres_check_document;

wres_status wres_write_check(wres_run *run, const wres_check_document *document, const wres_write_options *options,
                             wres_sink *sink);

#endif
