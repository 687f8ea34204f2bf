#include "wres/output.h"

#include "output/writers.h"

bool wres_column_is_number(wres_column column) { return column >= WRES_COLUMN_VALUE && column <= WRES_COLUMN_DENOMINATOR; }

static const char *fault_of(wres_column column, const char *text) {
    if (!text) return "it is missing";
    if (wres_column_is_number(column)) return text[0] == '\0' || wres_is_decimal(text) ? NULL : "it is no decimal number";
    return wres_text_is_utf8(wres_text_of(text)) ? NULL : "it is not UTF-8";
}

/* Of a packed list each text is looked at once; its numbers are digits. */
static bool is_faultless(const wres_published_list *results) {
    bool faultless = results->packed && wres_published_is_fixed(results);
    for (size_t i = 0; faultless && i < wres_published_texts(results); i++)
        faultless = wres_text_is_utf8(wres_published_text(results, i));
    return faultless;
}

/* Before the first byte goes out, so that standard output never carries half a document, and so that no format passes on what
 * another would refuse. A fault here is the program's own: input was checked when it was read. */
static wres_status check_results(wres_run *run, const wres_published_list *results) {
    wres_published_cursor cursor = wres_published_begin(results);
    if (is_faultless(results)) return WRES_OK;
    for (const wres_published *row; (row = wres_published_next(&cursor));)
        for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) {
            const char *fault = fault_of(c, row->column[c]);
            if (!fault) continue;
            wres_find(run, WRES_ERROR, "invalid-output", (wres_place){.field = wres_column_name(c)}, 0,
                      "result %zu cannot be written: %s: %s", cursor.number, wres_column_name(c), fault);
            return WRES_DATA;
        }
    return WRES_OK;
}

wres_status wres_write(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink) {
    const wres_status status = check_results(run, &document->results);
    if (status != WRES_OK) return status;
    switch (options->format) {
    case WRES_FORMAT_JSON: return wres_write_json(run, document, options, sink);
    case WRES_FORMAT_CSV: wres_write_csv(run, document, options, sink); return WRES_OK;
    case WRES_FORMAT_TABLE: wres_write_table(run, document, options, sink); return WRES_OK;
    }
    return WRES_USAGE;
}
