/* CSV after RFC 4180 with LF line ends: the columns of the contract, text quoted, numbers bare. */
#include <string.h>

#include "output/writers.h"

/* What makes a spreadsheet take a cell for a formula, quoted or not: labels come from exports, and results are opened in
 * spreadsheets. The full-width forms count in some locales. */
static bool is_formula(const char *text) {
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"}; /* = + - @ */
    if (text[0] != '\0' && strchr("=+-@\t\r\n", text[0])) return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) return true;
    return false;
}

void wres_csv_text(wres_sink *sink, const char *text, bool raw) {
    if (text[0] == '\0') return;
    wres_sink_text(sink, !raw && is_formula(text) ? "\"'" : "\"");
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        wres_sink_write(sink, text, (size_t)(quote - text));
        wres_sink_text(sink, "\"\"");
    }
    wres_sink_text(sink, text);
    wres_sink_text(sink, "\"");
}

void wres_write_csv(const wres_document *document, const wres_write_options *options, wres_sink *sink) {
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) {
        wres_sink_text(sink, c ? "," : "");
        wres_sink_text(sink, wres_column_name(c));
    }
    wres_sink_text(sink, "\n");
    for (size_t i = 0; i < document->results.count; i++) {
        const wres_published *row = &document->results.rows[i];
        for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) {
            wres_sink_text(sink, c ? "," : "");
            if (wres_column_is_number(c))
                wres_sink_text(sink, row->column[c]);
            else
                wres_csv_text(sink, row->column[c], options->raw);
        }
        wres_sink_text(sink, "\n");
    }
}
