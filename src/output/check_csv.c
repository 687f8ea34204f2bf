/* A check as CSV: one row a finding. */
#include <stdio.h>

#include "output/writers.h"

static void write_count(wres_sink *sink, uint64_t count) {
    if (count) wres_sink_print(sink, "%llu", (unsigned long long)count);
}

void wres_write_check_csv(wres_run *run, const wres_check_document *document, const wres_write_options *options, wres_sink *sink) {
    wres_sink_text(sink, "severity,check,table,file,line,field,count,share,message,what_to_do,lines\n");
    for (size_t i = 0; i < document->report->count; i++) {
        const wres_check_row *row = &document->report->rows[i];
        const char *const texts[] = {wres_severity_name(row->severity), row->check, row->place.table, row->place.file};
        const char *lines = "";
        char share[WRES_DECIMAL_SIZE] = "";
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            wres_csv_text(sink, texts[t] ? texts[t] : "", options->raw);
            wres_sink_text(sink, ",");
        }
        write_count(sink, row->place.line);
        wres_sink_text(sink, ",");
        wres_csv_text(sink, row->place.field ? row->place.field : "", options->raw);
        wres_sink_text(sink, ",");
        write_count(sink, row->count);
        if (row->has_share) wres_rational_print(row->share, 1, share);
        wres_sink_print(sink, ",%s,", share);
        wres_csv_text(sink, row->message, options->raw);
        wres_sink_text(sink, ",");
        wres_csv_text(sink, row->what_to_do, options->raw);
        wres_sink_text(sink, ",");
        for (size_t k = 0; k < row->line_count; k++)
            lines = wres_print(run, "%s%s%llu", lines, k ? " " : "", (unsigned long long)row->lines[k]);
        wres_csv_text(sink, lines, options->raw);
        wres_sink_text(sink, "\n");
    }
}
