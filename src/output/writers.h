/* One writer for each format. wres_write has checked the results for them: UTF-8 text, decimals in the number columns. Not
 * public. */
#ifndef WRES_OUTPUT_WRITERS_H
#define WRES_OUTPUT_WRITERS_H

#include "wres/output.h"

wres_status wres_write_json(wres_run *run, const wres_document *document, wres_sink *sink);
void wres_write_csv(const wres_document *document, const wres_write_options *options, wres_sink *sink);
void wres_write_table(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink);

/* Whether a column holds numbers: value, lower, upper, numerator, denominator. */
bool wres_column_is_number(wres_column column);

#endif
