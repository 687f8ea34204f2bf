/* CSV after RFC 4180 with LF line ends: the columns of the contract, text quoted, numbers bare. */
#include <string.h>

#include "output/rows.h"
#include "output/writers.h"

/* What makes a spreadsheet take a cell for a formula, quoted or not: labels come from exports, and results are opened in
 * spreadsheets. The full-width forms count in some locales. */
static bool is_formula(const char *text) {
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"}; /* = + - @ */
    if (text[0] != '\0' && strchr("=+-@\t\r\n", text[0])) return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide && (unsigned char)text[0] == 0xef; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) return true;
    return false;
}

/* At most twice as long as the text, and three bytes more. */
static size_t quoted(char *out, const char *text, bool raw) {
    char *at = out;
    *at++ = '"';
    if (!raw && is_formula(text)) *at++ = '\'';
    for (; *text; text++) {
        if (*text == '"') *at++ = '"';
        *at++ = *text;
    }
    *at++ = '"';
    return (size_t)(at - out);
}

static size_t quoted_raw(char *out, const char *text) { return quoted(out, text, true); }
static size_t quoted_safe(char *out, const char *text) { return quoted(out, text, false); }

void wres_csv_text(wres_sink *sink, const char *text, bool raw) {
    if (text[0] == '\0') return;
    wres_sink_fill(sink, quoted(wres_sink_room(sink, 2 * strlen(text) + 3), text, raw));
}

void wres_write_csv(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink) {
    wres_row_format format = {.end = "\n", .last_end = "\n", .widest = 3, .text = options->raw ? quoted_raw : quoted_safe};
    for (wres_column c = 0; c < WRES_COLUMN_COUNT; c++) {
        format.lead[c] = c ? "," : "";
        format.none[c] = "";
        wres_sink_text(sink, format.lead[c]);
        wres_sink_text(sink, wres_column_name(c));
    }
    wres_sink_text(sink, "\n");
    wres_rows_write(run, &document->results, &format, options->threads, sink);
}
