/* How four databases write the same. */
#ifndef WRES_SQL_DIALECT_H
#define WRES_SQL_DIALECT_H

#include "wres/sql.h"

/* A text in quotes; a name, or a name of several parts, in those of names. */
const char *sql_text(wres_run *run, wres_dialect dialect, const char *text);
const char *sql_name(wres_run *run, wres_dialect dialect, const char *name);
const char *sql_relation(wres_run *run, wres_dialect dialect, const char *name);

/* Expressions over expressions. */
const char *sql_as_text(wres_run *run, wres_dialect dialect, const char *of);
const char *sql_as_whole(wres_run *run, wres_dialect dialect, const char *of);
const char *sql_as_date(wres_run *run, wres_dialect dialect, const char *of);
const char *sql_date_text(wres_run *run, wres_dialect dialect, const char *of); /* 2025-03-31 */
const char *sql_trimmed(wres_run *run, wres_dialect dialect, const char *of);
/* The form in which values are compared: wres_text_normalise. */
const char *sql_normalised(wres_run *run, wres_dialect dialect, const char *of);
/* Its lower-case form, of ASCII letters. */
const char *sql_lower(wres_run *run, wres_dialect dialect, const char *of);
/* The last part behind '|' that is not blank. */
const char *sql_last_part(wres_run *run, wres_dialect dialect, const char *of);
/* In the order of bytes. */
const char *sql_by_bytes(wres_run *run, wres_dialect dialect, const char *of);

#endif
