#include "output/writers.h"

/* What a message quotes may have been read before its encoding was known to be wrong: nothing that is no UTF-8 goes out. */
static wres_status check_row(wres_run *run, const wres_check_row *row) {
    const char *const texts[] = {row->message, row->place.file, row->place.field};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !wres_text_is_utf8(wres_text_of(texts[i]))) {
            wres_find(run, WRES_ERROR, "invalid-output", (wres_place){0}, 0, "a finding of the check %s is not UTF-8", row->check);
            return WRES_DATA;
        }
    return WRES_OK;
}

wres_status wres_write_check(wres_run *run, const wres_check_document *document, const wres_write_options *options,
                             wres_sink *sink) {
    for (size_t i = 0; i < document->report->count; i++) {
        const wres_status status = check_row(run, &document->report->rows[i]);
        if (status != WRES_OK) return status;
    }
    switch (options->format) {
    case WRES_FORMAT_JSON: return wres_write_check_json(run, document, sink);
    case WRES_FORMAT_CSV: wres_write_check_csv(run, document, options, sink); return WRES_OK;
    case WRES_FORMAT_TABLE: wres_write_check_table(run, document, options, sink); return WRES_OK;
    }
    return WRES_USAGE;
}
