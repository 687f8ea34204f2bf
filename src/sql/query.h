/* The query in the making. */
#ifndef WRES_SQL_QUERY_H
#define WRES_SQL_QUERY_H

#include "sql/dialect.h"

/* A looked-up value is a member of its list; one that is in no list, or fits no one member, has UNMAPPED added to it, an empty one BLANK. */
enum { SQL_UNMAPPED = 100000, SQL_BLANK = 200000 };

/* Where the code of an axis comes from: as in tally.c. */
typedef struct sql_origin {
    enum { SQL_OF_FIELD, SQL_OF_SECTION, SQL_OF_BAND, SQL_OF_PERSON, SQL_OF_NOWHERE } kind;
    int index;
    uint16_t blank;
    bool text;
} sql_origin;

/* One relation of the database. */
typedef struct sql_source {
    const wres_relation *relation;
    const wres_table *table;
    wres_layout layout;
    const char *column[WRES_MOST_FIELDS]; /* its quoted name, NULL = it has none */
    bool needed[WRES_MOST_FIELDS];        /* a code or text that a tally asks for */
    bool graded, same_grade_column;
    wres_tally **tallies;
    size_t tally_count;
} sql_source;

typedef struct sql_query {
    wres_reading *reading;
    wres_run *run;
    wres_frame *frame;
    const wres_cube_content *content;
    wres_dialect dialect;
    wres_sink *sink;
    sql_source *sources;
    size_t source_count;
    const char **blocks; /* of the outermost union: SELECTs of its columns */
    size_t block_count, block_room;
    struct sql_text {
        char *bytes;
        size_t length, room;
    } parts, part; /* those that are written, and the one that is being written */
    const char *name;
    bool kept;
} sql_query;

/* Begins a part of the WITH; what is printed next is its SELECT, up to sql_end. A part that is used more than once is kept: made once where the
 * database is told so, in ClickHouse as a temporary table. The others are used by the next kept part, or before it. */
void sql_begin(sql_query *q, const char *name);
void sql_keep(sql_query *q, const char *name);
void sql_end(sql_query *q);
void sql_print(sql_query *q, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A name that is none but letters, digits and underscores. */
const char *sql_plain(sql_query *q, const char *name);
const char *sql_day(sql_query *q, wres_date date); /* as a date of the database */
/* CASE x WHEN 0 THEN ... for so many codes. */
const char *sql_case(sql_query *q, const char *of, const char *const *values, size_t count, const char *otherwise);
/* x IN (...) over codes that a condition lets pass, or TRUE. */
const char *sql_in(sql_query *q, const char *of, const unsigned char *passes, size_t size, bool wanted);
void sql_add_block(sql_query *q, const char *select);
int sql_number_of(const sql_query *q, const wres_tally *tally);

/* records.c: relations to rows of codes: the parts r_, v_, k_ of a table. */
void sql_write_records(sql_query *q, sql_source *source);
void sql_write_lists(sql_query *q);
/* The columns of the part k_, each by its own name, out of one that is called so. */
const char *sql_record_columns(sql_query *q, const sql_source *source, const char *of);
/* counts.c: rows of codes to persons and cells. */
void sql_write_counts(sql_query *q, const sql_source *source, const wres_tally *tally);
void sql_write_times(sql_query *q, const sql_source *source);
void sql_write_faults(sql_query *q, const sql_source *source);

#endif
