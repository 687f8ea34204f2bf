#include "sql/dialect.h"

#include <string.h>

const char *wres_dialect_name(wres_dialect dialect) {
    static const char *const names[] = {"duckdb", "postgres", "clickhouse", "spark"};
    return names[dialect];
}

typedef struct text_builder {
    char *bytes;
    size_t length, room;
    wres_run *run;
} text_builder;

static void put(text_builder *b, const char *text, size_t length) {
    if (b->length + length + 1 > b->room) {
        const size_t room = 2 * (b->length + length) + 64;
        b->bytes = wres_grow(b->run, b->bytes, b->room, room);
        b->room = room;
    }
    memcpy(b->bytes + b->length, text, length);
    b->length += length;
    b->bytes[b->length] = '\0';
}

static bool has_backslashes(wres_dialect dialect) { return dialect == WRES_CLICKHOUSE || dialect == WRES_SPARK; }

/* A quotation mark is doubled where a backslash stands for itself, else it has a backslash before it, as have backslashes. */
const char *sql_text(wres_run *run, wres_dialect dialect, const char *text) {
    text_builder b = {.run = run};
    put(&b, "'", 1);
    for (const char *c = text; *c; c++) {
        if (*c == '\'') put(&b, has_backslashes(dialect) ? "\\" : "'", 1);
        if (*c == '\\' && has_backslashes(dialect)) put(&b, "\\", 1);
        put(&b, c, 1);
    }
    put(&b, "'", 1);
    return b.bytes;
}

const char *sql_name(wres_run *run, wres_dialect dialect, const char *name) {
    const char *mark = has_backslashes(dialect) ? "`" : "\"";
    text_builder b = {.run = run};
    put(&b, mark, 1);
    for (const char *c = name; *c; c++) {
        if (*c == *mark) put(&b, mark, 1);
        if (*c == '\\' && dialect == WRES_CLICKHOUSE) put(&b, "\\", 1);
        put(&b, c, 1);
    }
    put(&b, mark, 1);
    return b.bytes;
}

const char *sql_relation(wres_run *run, wres_dialect dialect, const char *name) {
    const char *all = "", *part = name;
    for (const char *point; (point = strchr(part, '.')) != NULL; part = point + 1)
        all = wres_print(run, "%s%s.", all, sql_name(run, dialect, wres_copy(run, part, (size_t)(point - part))));
    return wres_print(run, "%s%s", all, sql_name(run, dialect, part));
}

const char *sql_as_text(wres_run *run, wres_dialect dialect, const char *of) {
    static const char *const types[] = {"VARCHAR", "TEXT", "Nullable(String)", "STRING"};
    return wres_print(run, "CAST(%s AS %s)", of, types[dialect]);
}

const char *sql_as_whole(wres_run *run, wres_dialect dialect, const char *of) {
    static const char *const types[] = {"BIGINT", "BIGINT", "Nullable(Int64)", "BIGINT"};
    return wres_print(run, "CAST(%s AS %s)", of, types[dialect]);
}

const char *sql_as_date(wres_run *run, wres_dialect dialect, const char *of) {
    static const char *const types[] = {"DATE", "DATE", "Nullable(Date32)", "DATE"};
    return wres_print(run, "CAST(%s AS %s)", of, types[dialect]);
}

const char *sql_date_text(wres_run *run, wres_dialect dialect, const char *of) {
    switch (dialect) {
    case WRES_POSTGRES: return wres_print(run, "to_char(%s, 'YYYY-MM-DD')", of);
    case WRES_CLICKHOUSE: return wres_print(run, "toString(%s)", of);
    case WRES_SPARK: return wres_print(run, "date_format(%s, 'yyyy-MM-dd')", of);
    case WRES_DUCKDB:
    case WRES_DIALECTS: break;
    }
    return wres_print(run, "strftime(%s, '%%Y-%%m-%%d')", of);
}

/* What wres_text_trim takes for blanks, beside the blank itself. */
#define BLANKS                                                                                                                     \
    "\xc2\xa0\xe2\x80\x80\xe2\x80\x81\xe2\x80\x82\xe2\x80\x83\xe2\x80\x84\xe2\x80\x85\xe2\x80\x86\xe2\x80\x87\xe2\x80\x88\xe2\x80\x89\xe2\x80\x8a\xe2\x80\xaf\xe3\x80\x80"
#define DASHES   "\xe2\x80\x90\xe2\x80\x91\xe2\x80\x92\xe2\x80\x93\xe2\x80\x94\xe2\x80\x95\xe2\x88\x92"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL    "abcdefghijklmnopqrstuvwxyz"

/* Tab to carriage return. */
static const char *controls(wres_dialect dialect) {
    static const char escaped[] = "\\t\\n\\x0B\\f\\r", in_spark[] = "\\t\\n\\u000B\\u000C\\r", plain[] = "\t\n\v\f\r";
    return dialect == WRES_CLICKHOUSE ? escaped : dialect == WRES_SPARK ? in_spark : plain;
}

static const char *literal(wres_run *run, wres_dialect dialect, const char *with_controls) {
    if (dialect == WRES_POSTGRES) return wres_print(run, "E'\\t\\n\\x0B\\f\\r%s'", with_controls);
    if (dialect == WRES_DUCKDB) return wres_print(run, "E'\\t\\n\\x0B\\f\\r%s'", with_controls);
    return wres_print(run, "'%s%s'", controls(dialect), with_controls);
}

static const char *translated(wres_run *run, wres_dialect dialect, const char *of, const char *from, const char *to) {
    return wres_print(run, "%s(%s, %s, '%s')", dialect == WRES_CLICKHOUSE ? "translateUTF8" : "translate", of, from, to);
}

static const char *replaced(wres_run *run, wres_dialect dialect, const char *of, const char *pattern, const char *by) {
    switch (dialect) {
    case WRES_CLICKHOUSE: return wres_print(run, "replaceRegexpAll(%s, '%s', '%s')", of, pattern, by);
    case WRES_SPARK: return wres_print(run, "regexp_replace(%s, '%s', '%s')", of, pattern, by);
    case WRES_DUCKDB:
    case WRES_POSTGRES:
    case WRES_DIALECTS: break;
    }
    return wres_print(run, "regexp_replace(%s, '%s', '%s', 'g')", of, pattern, by);
}

const char *sql_trimmed(wres_run *run, wres_dialect dialect, const char *of) {
    return wres_print(run, "TRIM(BOTH %s FROM %s)", literal(run, dialect, " " BLANKS), of);
}

const char *sql_lower(wres_run *run, wres_dialect dialect, const char *of) {
    return translated(run, dialect, of, "'" CAPITALS "'", SMALL);
}

const char *sql_normalised(wres_run *run, wres_dialect dialect, const char *of) {
    const char *from = literal(run, dialect, BLANKS DASHES CAPITALS);
    of = translated(run, dialect, of, from, "                   -------" SMALL); /* 5 + 14 blanks, 7 dashes */
    of = wres_print(run, "%s(%s, '&', 'and')", dialect == WRES_CLICKHOUSE ? "replaceAll" : "replace", of);
    of = replaced(run, dialect, of, " *- *", "-");
    return wres_print(run, "TRIM(BOTH ' ' FROM %s)", replaced(run, dialect, of, " +", " "));
}

const char *sql_last_part(wres_run *run, wres_dialect dialect, const char *of) {
    const char *cut = replaced(run, dialect, of, "[| ]+$", "");
    return wres_print(run, "TRIM(BOTH ' ' FROM %s)", replaced(run, dialect, cut, "^.*[|]", ""));
}

const char *sql_by_bytes(wres_run *run, wres_dialect dialect, const char *of) {
    return dialect == WRES_POSTGRES ? wres_print(run, "%s COLLATE \"C\"", of) : of;
}
