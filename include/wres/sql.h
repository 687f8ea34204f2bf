/* sql: the query that makes a cube inside a database. Its result, written as CSV with a header, is a cube file (docs/cube-format.md). It
 * holds the code lists, the conditions of the tallies and the rule by which a person counts once; what it cannot hold is refused. */
#ifndef WRES_SQL_H
#define WRES_SQL_H

#include "wres/base.h"
#include "wres/config.h"
#include "wres/cube.h"
#include "wres/input.h"

typedef enum wres_dialect { WRES_DUCKDB, WRES_POSTGRES, WRES_CLICKHOUSE, WRES_SPARK, WRES_DIALECTS } wres_dialect;

const char *wres_dialect_name(wres_dialect dialect);

/* A table of the database that holds records: its fields are the columns that the setting names. */
typedef struct wres_relation {
    const wres_table *table;
    const char *name; /* "hr.staff" */
    const wres_input_setting *setting;
} wres_relation;

/* The as-at date must be given. Workforce first, if there is one. WRES_USAGE, with a finding, for what no query can do. standards: the
 * options that `wres calc` needs to ask for the same, for the command that stands above the query. */
wres_status wres_sql_write(wres_reading *reading, wres_frame *frame, const wres_relation *relations, size_t relation_count,
                           const wres_cube_content *content, wres_dialect dialect, const char *options, wres_sink *sink);

#endif
