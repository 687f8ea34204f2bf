/* One writer for each format. wres_write has checked the results for them: UTF-8 text, decimals in the number columns. Not
 * public. */
#ifndef WRES_OUTPUT_WRITERS_H
#define WRES_OUTPUT_WRITERS_H

#include "output/json.h"
#include "wres/output.h"

wres_status wres_write_json(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink);
void wres_write_csv(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink);
void wres_write_table(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink);

wres_status wres_write_check_json(wres_run *run, const wres_check_document *document, wres_sink *sink);
void wres_write_check_csv(wres_run *run, const wres_check_document *document, const wres_write_options *options, wres_sink *sink);
void wres_write_check_table(wres_run *run, const wres_check_document *document, const wres_write_options *options, wres_sink *sink);

/* What every JSON document begins with, from its version to the statement on disclosure. */
void wres_json_add_head(wres_json *json, wres_json_node *root, const wres_document *document);
const char *wres_severity_name(wres_severity severity);
/* A quoted cell of CSV, and nothing for an empty one. */
void wres_csv_text(wres_sink *sink, const char *text, bool raw);

/* Whether a column holds numbers: value, lower, upper, numerator, denominator. */
bool wres_column_is_number(wres_column column);

#endif
