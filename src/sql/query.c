/* The whole of the query: a WITH of parts that are made one from another, and a union of the rows of a cube file. */
#include "sql/query.h"

#include <stdio.h>
#include <string.h>

static const char clickhouse_settings[] = "\nSETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1;\n\n";

/* ---- writing ------------------------------------------------------------------------------------------------ */

static void append(sql_query *q, struct sql_text *to, const char *text) {
    const size_t length = strlen(text);
    if (to->length + length + 1 > to->room) {
        const size_t room = 2 * (to->length + length) + 4096;
        to->bytes = wres_grow(q->run, to->bytes, to->room, room);
        to->room = room;
    }
    memcpy(to->bytes + to->length, text, length + 1);
    to->length += length;
}

static void empty(struct sql_text *text) {
    text->length = 0;
    if (text->bytes) *text->bytes = '\0';
}

void sql_print(sql_query *q, const char *format, ...) {
    va_list arguments;
    char text[4096];
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    if ((size_t)length < sizeof text) {
        append(q, &q->part, text);
        return;
    }
    char *longer = wres_grow(q->run, NULL, 0, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(longer, (size_t)length + 1, format, arguments);
    va_end(arguments);
    append(q, &q->part, longer);
    wres_drop(q->run, longer);
}

void sql_begin(sql_query *q, const char *name) {
    empty(&q->part);
    q->name = name;
    q->kept = false;
}

void sql_keep(sql_query *q, const char *name) {
    sql_begin(q, name);
    q->kept = true;
}

void sql_end(sql_query *q) {
    if (q->kept && q->dialect == WRES_CLICKHOUSE) {
        wres_sink_print(q->sink, "CREATE TEMPORARY TABLE %s ENGINE = Memory AS\n", q->name);
        if (q->parts.length) wres_sink_print(q->sink, "%s\n", q->parts.bytes);
        wres_sink_write(q->sink, q->part.bytes, q->part.length);
        wres_sink_text(q->sink, clickhouse_settings);
        empty(&q->parts);
        return;
    }
    const bool told = q->kept && (q->dialect == WRES_POSTGRES || q->dialect == WRES_DUCKDB);
    append(q, &q->parts, q->parts.length ? ",\n" : "WITH ");
    append(q, &q->parts, wres_print(q->run, "%s AS %s(\n", q->name, told ? "MATERIALIZED " : ""));
    append(q, &q->parts, q->part.bytes);
    append(q, &q->parts, "\n)");
}

const char *sql_plain(sql_query *q, const char *name) {
    char *plain = wres_copy(q->run, name, strlen(name));
    for (char *c = plain; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))) *c = '_';
    return plain;
}

const char *sql_day(sql_query *q, wres_date date) {
    char text[WRES_DATE_SIZE];
    wres_date_print(date, text);
    return sql_as_date(q->run, q->dialect, wres_print(q->run, "'%s'", text));
}

const char *sql_case(sql_query *q, const char *of, const char *const *values, size_t count, const char *otherwise) {
    const char *text = wres_print(q->run, "CASE %s", of);
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i], otherwise) != 0) text = wres_print(q->run, "%s WHEN %zu THEN %s", text, i, values[i]);
    return strchr(text, 'W') ? wres_print(q->run, "%s ELSE %s END", text, otherwise) : otherwise;
}

const char *sql_in(sql_query *q, const char *of, const unsigned char *passes, size_t size, bool wanted) {
    const char *in = "", *out = "";
    size_t ins = 0, outs = 0;
    for (size_t i = 0; i < size; i++) {
        if ((passes[i] != 0) == wanted)
            in = wres_print(q->run, "%s%s%zu", in, ins++ ? ", " : "", i);
        else
            out = wres_print(q->run, "%s%s%zu", out, outs++ ? ", " : "", i);
    }
    if (outs == 0) return "1 = 1";
    if (ins == 0) return "1 = 0";
    return ins <= outs ? wres_print(q->run, "%s IN (%s)", of, in) : wres_print(q->run, "%s NOT IN (%s)", of, out);
}

void sql_add_block(sql_query *q, const char *select) {
    if (q->block_count == q->block_room) {
        const size_t room = q->block_room ? 2 * q->block_room : 64, size = sizeof *q->blocks;
        q->blocks = wres_grow(q->run, q->blocks, q->block_room * size, room * size);
        q->block_room = room;
    }
    q->blocks[q->block_count++] = select;
}

int sql_number_of(const sql_query *q, const wres_tally *tally) {
    for (size_t i = 0; i < q->content->tally_count; i++)
        if (q->content->tallies[i] == tally) return (int)i + 1;
    return 0;
}

/* ---- what the columns are ----------------------------------------------------------------------------------- */

static wres_status cannot(sql_query *q, const sql_source *s, const char *field, const char *message) {
    wres_find(q->run, WRES_ERROR, "sql",
              (wres_place){s->table->name, s->relation->setting->settings_file, s->relation->setting->line, field}, 0, "%s",
              message);
    return WRES_USAGE;
}

static bool is_stage_flag(const sql_query *q, const wres_table *table, const wres_field *field) {
    const int stage = wres_field_find(table, "stage");
    const wres_list *stages =
        stage < 0 || !table->fields[stage].list ? NULL : wres_codes_find(q->reading->codes, table->fields[stage].list);
    for (uint16_t m = 0; stages && m < wres_list_members(stages); m++)
        if (field != &table->fields[stage] && strcmp(field->name, wres_list_member_name(stages, m)) == 0) return true;
    return false;
}

/* What a reader of files can do with a column, and a query cannot. */
static wres_status check_field(sql_query *q, const sql_source *s, const wres_field *field) {
    if (field->type == WRES_TYPE_PERCENT || field->type == WRES_TYPE_BASE)
        return cannot(
            q, s, field->name,
            "a query cannot read percentages without counts: give the counts, or make the cube from a file with 'wres cube'");
    if (is_stage_flag(q, s->table, field))
        return cannot(q, s, field->name,
                      "a query cannot make the stage out of flags: give one column with the stage that was reached");
    return WRES_OK;
}

static wres_status find_columns(sql_query *q, sql_source *s) {
    const wres_input_setting *setting = s->relation->setting;
    wres_status status = WRES_OK;
    if (setting->columns.count == 0)
        return cannot(
            q, s, NULL,
            "name the columns of this table under 'columns' in the settings, as ethnicity: ethnic_origin; a query cannot look for them");
    if (setting->hidden_count || setting->zero_count)
        return cannot(
            q, s, NULL,
            "a query cannot read marks in the place of counts ('hidden', 'zero'): make the cube from a file with 'wres cube'");
    for (size_t i = 0; i < setting->columns.count && status == WRES_OK; i++) {
        const wres_pair *pair = &setting->columns.all[i];
        const int field = wres_field_find(s->table, pair->name);
        if (field == WRES_NO_FIELD) {
            const char **names = wres_alloc(q->run, (s->table->field_count + 1) * sizeof *names);
            for (size_t f = 0; f < s->table->field_count; f++) names[f] = s->table->fields[f].name;
            const char *near = wres_nearest(q->run, pair->name, names, s->table->field_count);
            wres_find(q->run, WRES_ERROR, "settings", (wres_place){s->table->name, setting->settings_file, pair->line, pair->name},
                      0, "the table %s has no such field%s%s", s->table->name, near ? ": did you mean " : "", near ? near : "");
            return WRES_USAGE;
        }
        s->column[field] = sql_name(q->run, q->dialect, pair->value);
        s->layout.has[field] = true;
        status = check_field(q, s, &s->table->fields[field]);
    }
    return status;
}

static wres_status check_needs(sql_query *q, const sql_source *s) {
    for (size_t n = 0; n < s->table->needs_count; n++) {
        bool there = false;
        for (size_t i = 0; i < s->table->needs[n].count; i++) there = there || s->layout.has[s->table->needs[n].fields[i]];
        if (!there)
            return cannot(q, s, s->table->fields[s->table->needs[n].fields[0]].name,
                          "a needed column is missing: name it under 'columns' in the settings");
    }
    return WRES_OK;
}

static void need(sql_source *s, const char *axis) {
    const bool grade = strcmp(axis, WRES_AXIS_SECTION) == 0 || strcmp(axis, WRES_AXIS_BAND) == 0 || strcmp(axis, "pay_band") == 0 ||
                       strcmp(axis, "medical_grade") == 0;
    const int field = wres_field_find(s->table, axis);
    if (field >= 0) s->needed[field] = true;
    if (grade) s->graded = true;
}

static void find_needed(sql_source *s) {
    static const char *const grades[] = {"pay_band", "medical_grade", "staff_group"};
    int columns[3];
    for (size_t t = 0; t < s->tally_count; t++) {
        const wres_tally *tally = s->tallies[t];
        need(s, tally->group_field);
        for (size_t i = 0; i < tally->axis_count; i++) need(s, tally->axes[i]);
        for (size_t i = 0; i < tally->test_count; i++) need(s, tally->tests[i].axis);
    }
    if (s->table->primary >= 0) s->needed[s->table->primary] = true;
    for (size_t i = 0; i < 3; i++) {
        columns[i] = wres_field_find(s->table, grades[i]);
        if (columns[i] >= 0 && !s->column[columns[i]]) columns[i] = -1;
        if (columns[i] >= 0 && s->graded) s->needed[columns[i]] = true;
    }
    s->layout.table = s->table;
    s->layout.has_grade = columns[0] >= 0 || columns[1] >= 0;
    s->layout.has_section = columns[1] >= 0 || columns[2] >= 0;
    s->layout.has_staff_group = columns[2] >= 0;
    s->same_grade_column = columns[0] >= 0 && columns[1] >= 0 && strcmp(s->column[columns[0]], s->column[columns[1]]) == 0;
}

/* The tallies are begun as for a file of this layout, without a row: what they say of themselves then is said of the query, too. */
static wres_status begin_tallies(sql_query *q, sql_source *s) {
    wres_tallying *tallying = wres_tallies_begin(q->reading, q->frame, s->table, s->tallies, s->tally_count);
    const wres_receiver receiver = wres_tallies_receiver(tallying);
    return receiver.begin(receiver.context, &s->layout, s->relation->name);
}

static wres_status prepare(sql_query *q, sql_source *s, const wres_relation *relation) {
    s->relation = relation;
    s->table = relation->table;
    s->tallies = wres_alloc(q->run, (q->content->tally_count + 1) * sizeof(wres_tally *));
    for (size_t i = 0; i < q->content->tally_count; i++)
        if (q->content->tallies[i]->table == s->table) s->tallies[s->tally_count++] = q->content->tallies[i];
    wres_status status = find_columns(q, s);
    if (status == WRES_OK) status = check_needs(q, s);
    if (status != WRES_OK) return status;
    find_needed(s);
    return begin_tallies(q, s);
}

/* ---- the union ---------------------------------------------------------------------------------------------- */

typedef struct said_rows {
    sql_query *q;
    bool first;
} said_rows;

static void say_row(void *context, const char *const cells[4]) {
    said_rows *said = context;
    sql_query *q = said->q;
    sql_print(q, "%s(%s, %s, %s, %s)", said->first ? "" : ",\n    ", sql_text(q->run, q->dialect, cells[0]),
              sql_text(q->run, q->dialect, cells[1]), sql_text(q->run, q->dialect, cells[2]),
              sql_text(q->run, q->dialect, cells[3]));
    said->first = false;
}

static void write_said(sql_query *q) {
    said_rows said = {q, true};
    sql_keep(q, "said");
    sql_print(q, q->dialect == WRES_CLICKHOUSE
                     ? "  SELECT t.1 AS record, t.2 AS id, t.3 AS name, t.4 AS value FROM (SELECT arrayJoin([\n    "
                     : "  SELECT * FROM (VALUES\n    ");
    wres_cube_describe(q->reading, q->frame, q->content, say_row, &said);
    sql_print(q, q->dialect == WRES_CLICKHOUSE ? "]) AS t)" : ") AS t(record, id, name, value)");
    sql_end(q);
}

static const char *empty_axes(sql_query *q) {
    const char *all = "";
    for (int i = 1; i <= WRES_MOST_AXES; i++) all = wres_print(q->run, "%s, '' AS a%d", all, i);
    return all;
}

static void write_union(sql_query *q) {
    const char *none = empty_axes(q), *cells = "";
    for (size_t i = 0; i < q->source_count; i++)
        for (size_t t = 0; t < q->sources[i].tally_count; t++)
            cells = wres_print(q->run, "%s%s(SELECT COUNT(*) FROM cells_%d)", cells, *cells ? " + " : "",
                               sql_number_of(q, q->sources[i].tallies[t]));
    sql_begin(q, "cube_rows");
    sql_print(q, "  SELECT record, id, name, value, '' AS o, '' AS d, '' AS g, '' AS n%s FROM said\n", none);
    sql_print(
        q, "  UNION ALL\n  SELECT 'cube' AS record, '' AS id, 'cells' AS name, %s AS value, '' AS o, '' AS d, '' AS g, '' AS n%s",
        sql_as_text(q->run, q->dialect, wres_print(q->run, "(%s)", *cells ? cells : "0")), none);
    for (size_t i = 0; i < q->block_count; i++) {
        sql_print(q, "\n  UNION ALL\n  ");
        append(q, &q->part, q->blocks[i]);
    }
    sql_end(q);
}

static void write_columns(sql_query *q) {
    static const char *const sources[] = {"record", "id", "name", "value", "o", "d", "g", "n", "''", "''", "''", "''", "''"};
    empty(&q->part);
    sql_print(q, "SELECT ");
    for (size_t c = 0; c < WRES_CUBE_COLUMNS; c++) {
        const char *source = c < sizeof sources / sizeof *sources
                                 ? sources[c]
                                 : wres_print(q->run, "a%zu", c - sizeof sources / sizeof *sources + 1);
        sql_print(q, "%s%s%s AS %s", c ? "," : "",
                  c && c % 8 == 0 ? "\n  "
                  : c             ? " "
                                  : "",
                  *source == '\'' ? source : wres_print(q->run, "COALESCE(z.%s, '')", source),
                  sql_name(q->run, q->dialect, wres_cube_column(q->run, c)));
    }
    sql_print(q, "\nFROM cube_rows z");
    wres_sink_print(q->sink, "%s\n", q->parts.bytes);
    wres_sink_text(q->sink, q->part.bytes);
    wres_sink_text(q->sink, q->dialect == WRES_CLICKHOUSE ? clickhouse_settings : ";\n");
}

static void write_head(sql_query *q, const char *options) {
    static const char *const commands[] = {
        "duckdb -csv -header records.duckdb < cube.sql | wres calc",
        "psql -X -q -v ON_ERROR_STOP=1 --csv -f cube.sql | wres calc",
        "clickhouse-client --max_query_size 10000000 --format CSVWithNames --queries-file cube.sql | wres calc",
        "spark.sql(open('cube.sql').read().rstrip().rstrip(';')).toPandas().to_csv('cube.csv', index=False), and then: wres calc",
    };
    static const char *const cubes[] = {"cube=-", "cube=-", "cube=-", "cube=cube.csv (not run here: checked for syntax alone)"};
    char as_at[WRES_DATE_SIZE];
    wres_date_print(q->frame->as_at, as_at);
    wres_sink_print(
        q->sink,
        "-- The counts of wres %s as at %s, for %s. The result, as CSV with its header, is a cube: no person is in it, but small numbers are.\n",
        WRES_VERSION, as_at, wres_dialect_name(q->dialect));
    wres_sink_print(q->sink, "-- Run: %s%s %s\n", commands[q->dialect], options, cubes[q->dialect]);
    if (q->dialect == WRES_POSTGRES) /* its planner takes the parts for small, and would compare every row with every other */
        wres_sink_print(q->sink, "SET enable_nestloop = off;\nSET jit = off;\n");
}

wres_status wres_sql_write(wres_reading *reading, wres_frame *frame, const wres_relation *relations, size_t relation_count,
                           const wres_cube_content *content, wres_dialect dialect, const char *options, wres_sink *sink) {
    sql_query q = {.reading = reading, .run = reading->run, .frame = frame, .content = content, .dialect = dialect, .sink = sink};
    wres_status status = WRES_OK;
    q.sources = wres_alloc(q.run, (relation_count + 1) * sizeof *q.sources);
    for (size_t i = 0; i < relation_count && status == WRES_OK; i++)
        status = prepare(&q, &q.sources[q.source_count++], &relations[i]);
    if (status != WRES_OK) return status;
    write_head(&q, options);
    sql_write_lists(&q);
    for (size_t i = 0; i < q.source_count; i++) {
        sql_source *s = &q.sources[i];
        if (s->tally_count == 0) continue;
        sql_write_records(&q, s);
        for (size_t t = 0; t < s->tally_count; t++) sql_write_counts(&q, s, s->tallies[t]);
        sql_write_times(&q, s);
        sql_write_faults(&q, s);
    }
    write_said(&q);
    write_union(&q);
    write_columns(&q);
    return WRES_OK;
}
