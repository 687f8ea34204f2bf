/* Rows of codes to persons, and to the cells of a tally: the rule of persons.c and tally.c. */
#include "sql/query.h"

#include <string.h>

static bool is_staff_table(const sql_source *s) { return s->table->time == WRES_TIME_SNAPSHOT; }

static bool has_all(const sql_source *s, const wres_alternatives *fields) {
    for (size_t i = 0; i < fields->count; i++)
        if (!s->layout.has[fields->fields[i]]) return false;
    return fields->count > 0;
}

static bool links(const sql_source *s, const wres_tally *tally) {
    return tally->population && tally->population->persons && s->table->person >= 0 && s->layout.has[s->table->person];
}

/* As find_origin of tally.c. */
static sql_origin origin_of(const sql_query *q, const sql_source *s, const wres_tally *tally, const char *axis) {
    sql_origin from = {SQL_OF_NOWHERE, 0, wres_axis_blank(q->reading, axis), wres_axis_is_text(q->reading, axis)};
    const bool section = strcmp(axis, WRES_AXIS_SECTION) == 0, band = strcmp(axis, WRES_AXIS_BAND) == 0;
    const int field = wres_field_find(s->table, axis);
    if (band && is_staff_table(s)) from.blank = wres_grades_unmapped(q->reading->grades);
    if (!section && !band && field != WRES_NO_FIELD && s->table->fields[field].list)
        from.blank = wres_list_blank(wres_codes_find(q->reading->codes, s->table->fields[field].list));
    if (section && s->layout.has_section) from.kind = SQL_OF_SECTION;
    if (band && s->layout.has_grade) from.kind = SQL_OF_BAND;
    if (!section && !band && field != WRES_NO_FIELD && s->layout.has[field]) from.kind = SQL_OF_FIELD, from.index = field;
    for (size_t i = 0; from.kind == SQL_OF_NOWHERE && links(s, tally) && i < tally->population->axis_count; i++)
        if (strcmp(tally->population->axes[i], axis) == 0 && tally->population->axis_there[i])
            from.kind = SQL_OF_PERSON, from.index = (int)i;
    return from;
}

static const char *blank_of(sql_query *q, const sql_origin *from) {
    return from->text ? "''" : wres_print(q->run, "%d", (int)from->blank);
}

static const char *code_at(sql_query *q, const sql_source *s, const sql_origin *from) {
    switch (from->kind) {
    case SQL_OF_FIELD: return wres_print(q->run, "e.c_%s", sql_plain(q, s->table->fields[from->index].name));
    case SQL_OF_SECTION: return "e.sec";
    case SQL_OF_BAND: return "e.band";
    case SQL_OF_PERSON:
        return wres_print(q->run, "CASE WHEN e.lc IS NULL THEN %s ELSE e.l%d END", blank_of(q, from), from->index + 1);
    case SQL_OF_NOWHERE: break;
    }
    return blank_of(q, from);
}

static const char *text_test(sql_query *q, const char *of, const wres_test *test) {
    const wres_dictionary *words = wres_vocabulary(q->reading, test->axis);
    const char *all = "";
    for (uint32_t n = 0; n < test->size; n++)
        if ((test->passes[n] != 0) != test->beyond)
            all = wres_print(q->run, "%s%s%s", all, *all ? ", " : "", sql_text(q->run, q->dialect, wres_dictionary_text(words, n)));
    if (!*all) return test->beyond ? "1 = 1" : "1 = 0";
    return wres_print(q->run, "%s %s (%s)", of, test->beyond ? "NOT IN" : "IN", all);
}

static const char *tests_of(sql_query *q, const sql_source *s, const wres_tally *tally) {
    const char *all = "";
    for (size_t i = 0; i < tally->test_count; i++) {
        const wres_test *test = &tally->tests[i];
        const sql_origin from = origin_of(q, s, tally, test->axis);
        if (from.kind == SQL_OF_NOWHERE) continue; /* every row passes, which was said */
        const char *code = code_at(q, s, &from);
        all = wres_print(q->run, "%s%s%s", all, *all ? "\n    AND " : "",
                         from.text ? text_test(q, code, test) : sql_in(q, code, test->passes, test->size, true));
    }
    return *all ? all : "1 = 1";
}

static int group_field(const sql_source *s, const wres_tally *tally) {
    const int field = wres_field_find(s->table, tally->group_field);
    return field >= 0 && s->layout.has[field] ? field : -1;
}

static const char *group_of(sql_query *q, const sql_source *s, const wres_tally *tally) {
    const int field = group_field(s, tally);
    const char *blank = wres_print(q->run, "%d", (int)wres_axis_blank(q->reading, tally->group_field));
    const char *person = links(s, tally) ? wres_print(q->run, "CASE WHEN e.lc IS NULL THEN %s ELSE e.lg END", blank) : blank;
    if (field < 0) return person;
    const char *name = sql_plain(q, tally->group_field);
    return wres_print(q->run, "CASE WHEN e.v_%s < %d THEN e.c_%s ELSE %s END", name, SQL_BLANK, name, person);
}

static const char *known(sql_query *q, const wres_tally *tally, const char *group) {
    const wres_table *staff = wres_table_find(q->reading->tables, "workforce");
    const wres_list *list = wres_codes_find(q->reading->codes, staff->fields[wres_field_find(staff, tally->group_field)].list);
    unsigned char *is_known = wres_alloc(q->run, wres_list_members(list) + 1);
    for (uint16_t m = 0; m < wres_list_members(list); m++)
        is_known[m] = wres_list_value_of(list, tally->known_attribute, m) != tally->unknown;
    return wres_print(q->run, "CASE WHEN %s THEN 1 ELSE 0 END", sql_in(q, group, is_known, wres_list_members(list), true));
}

/* The last day of the window in which a day lies, as a text; NULL where in none. */
static const char *window_of(sql_query *q, const sql_source *s, const wres_tally *tally) {
    char end[WRES_DATE_SIZE];
    wres_date_print(q->frame->as_at, end);
    if (s->table->date < 0 || !s->layout.has[s->table->date]) return wres_print(q->run, "'%s'", end);
    const char *cases = "CASE";
    for (int i = 0; i < tally->years; i++) {
        const wres_date last = wres_date_add_months(q->frame->as_at, -tally->months * i),
                        before = wres_date_add_months(q->frame->as_at, -tally->months * (i + 1));
        wres_date_print(last, end);
        cases = wres_print(q->run, "%s WHEN e.d > %s AND e.d <= %s THEN '%s'", cases, sql_day(q, before), sql_day(q, last), end);
    }
    return wres_print(q->run, "%s END", cases);
}

static const char *time_of(sql_query *q, const sql_source *s, const wres_tally *tally) {
    return s->table->time == WRES_TIME_WINDOW ? window_of(q, s, tally) : sql_date_text(q->run, q->dialect, "e.d");
}

/* Rows that belong to no result whatever they say. */
static const char *in_time(sql_query *q, const sql_source *s, const wres_tally *tally) {
    int year, month, day;
    wres_date_split(q->frame->as_at, &year, &month, &day);
    if (s->table->time == WRES_TIME_WINDOW) return wres_print(q->run, "%s IS NOT NULL", window_of(q, s, tally));
    if (s->table->time == WRES_TIME_YEAR) return wres_print(q->run, "e.d < %s", sql_day(q, wres_date_of(year, 1, 1)));
    return wres_print(q->run, "e.d <= %s", sql_day(q, q->frame->as_at));
}

static const char *only_organisation(sql_query *q) {
    return q->frame->organisation ? wres_print(q->run, "\n    AND e.o = %s", sql_text(q->run, q->dialect, q->frame->organisation))
                                  : "";
}

/* ---- persons ------------------------------------------------------------------------------------------------ */

static const char *rank_of(sql_query *q, const sql_source *s) {
    enum { NOT_PRIMARY = 1 << 24 };
    const char *rank = "0";
    if (s->layout.has_grade) {
        const size_t rows = wres_grades_rows(q->reading->grades);
        const char **values = wres_alloc(q->run, (rows + 1) * sizeof *values);
        for (uint16_t r = 0; r < rows; r++)
            values[r] = wres_print(q->run, "%u", (unsigned)wres_grades_rank(q->reading->grades, (wres_place_in_grades){0, r}));
        rank = wres_print(q->run, "(%s) + e.sec", sql_case(q, "e.band", values, rows, "0"));
    }
    if (s->table->primary < 0 || !s->layout.has[s->table->primary]) return rank;
    const wres_list *list = wres_codes_find(q->reading->codes, s->table->fields[s->table->primary].list);
    unsigned char *yes = wres_alloc(q->run, wres_list_members(list) + 1);
    for (uint16_t m = 0; m < wres_list_members(list); m++) yes[m] = strcmp(wres_list_member_name(list, m), "yes") == 0;
    return wres_print(q->run, "%s + CASE WHEN %s THEN 0 ELSE %d END", rank,
                      sql_in(q, wres_print(q->run, "e.c_%s", sql_plain(q, s->table->fields[s->table->primary].name)), yes,
                             wres_list_members(list), true),
                      NOT_PRIMARY);
}

static const char *axes(sql_query *q, const wres_tally *tally, const char *format) {
    const char *all = "";
    for (size_t i = 0; i < tally->axis_count; i++) {
        const char *one = "";
        for (const char *c = format; *c; c++)
            one = *c == '#' ? wres_print(q->run, "%s%zu", one, i + 1) : wres_print(q->run, "%s%c", one, *c);
        all = wres_print(q->run, "%s%s", all, one);
    }
    return all;
}

/* Which of a person's rows decides: by content, as decides_over of persons.c. */
static const char *order_of(sql_query *q, const sql_source *s, const wres_tally *tally, bool ranked) {
    const char *order = ranked ? "x.counts DESC, x.rk, x.kn DESC, x.g" : "x.kn DESC, x.g";
    for (size_t i = 0; i < tally->axis_count; i++) {
        const sql_origin from = origin_of(q, s, tally, tally->axes[i]);
        const char *axis = wres_print(q->run, "x.a%zu", i + 1);
        order = wres_print(q->run, "%s, CASE WHEN %s = %s THEN 1 ELSE 0 END, %s", order, axis, blank_of(q, &from),
                           from.text ? sql_by_bytes(q->run, q->dialect, axis) : axis);
    }
    return order;
}

static void write_axes(sql_query *q, const sql_source *s, const wres_tally *tally) {
    for (size_t i = 0; i < tally->axis_count; i++) {
        const sql_origin from = origin_of(q, s, tally, tally->axes[i]);
        sql_print(q, ",\n    %s AS a%zu", code_at(q, s, &from), i + 1);
    }
}

static void write_known(sql_query *q, const wres_tally *tally, const char *rows) {
    const int n = sql_number_of(q, tally);
    sql_begin(q, wres_print(q->run, "known_%d", n));
    sql_print(q, "  SELECT x.*, %s AS kn FROM %s x", known(q, tally, "x.g"), rows);
    sql_end(q);
}

/* Everybody once in each snapshot, also those who are no staff under the standard: events may be theirs. */
static void write_population(sql_query *q, const sql_source *s, const wres_tally *tally) {
    const int n = sql_number_of(q, tally);
    const char *name = sql_plain(q, s->table->name), *a = axes(q, tally, ", x.a# AS a#");
    const bool told_apart = has_all(s, &s->table->once_per);
    const char *identifier =
        told_apart ? wres_print(q->run, "e.i_%s", sql_plain(q, s->table->fields[s->table->once_per.fields[0]].name)) : NULL;
    sql_keep(q, wres_print(q->run, "rows_%d", n));
    sql_print(q, "  SELECT e.o AS o, %s AS t, e.n AS n", time_of(q, s, tally));
    if (identifier) sql_print(q, ", %s AS p", identifier);
    sql_print(q, ", %s AS g,\n    CASE WHEN %s THEN 1 ELSE 0 END AS counts,\n    %s AS rk", group_of(q, s, tally),
              tests_of(q, s, tally), rank_of(q, s));
    write_axes(q, s, tally);
    sql_print(q, "\n  FROM k_%s e\n  WHERE %s%s", name, in_time(q, s, tally), only_organisation(q));
    sql_end(q);
    if (!told_apart) {
        sql_begin(q, wres_print(q->run, "people_%d", n));
        sql_print(q, "  SELECT x.o AS o, x.t AS t, x.n AS n, x.g AS g%s FROM rows_%d x WHERE x.counts = 1", a, n);
        sql_end(q);
        return;
    }
    write_known(q, tally, wres_print(q->run, "rows_%d", n));
    sql_begin(q, wres_print(q->run, "ranked_%d", n));
    sql_print(q,
              "  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.o, x.t, x.p ORDER BY %s) AS rn,\n"
              "    MIN(CASE WHEN x.counts = 1 AND x.kn = 1 THEN x.g END) OVER (PARTITION BY x.o, x.t, x.p) AS mk\n"
              "  FROM known_%d x WHERE x.p IS NOT NULL",
              order_of(q, s, tally, true), n);
    sql_end(q);
    sql_keep(q, wres_print(q->run, "persons_%d", n));
    sql_print(
        q,
        "  SELECT x.o AS o, x.t AS t, x.p AS p, x.counts AS counts, CASE WHEN x.kn = 1 OR x.mk IS NULL THEN x.g ELSE x.mk END AS g%s\n  FROM ranked_%d x WHERE x.rn = 1",
        a, n);
    sql_end(q);
    sql_begin(q, wres_print(q->run, "people_%d", n));
    sql_print(q, "  SELECT x.o AS o, x.t AS t, %s AS n, x.g AS g%s FROM persons_%d x WHERE x.counts = 1\n  UNION ALL\n",
              sql_as_whole(q->run, q->dialect, "1"), a, n);
    sql_print(q, "  SELECT x.o AS o, x.t AS t, x.n AS n, x.g AS g%s FROM rows_%d x WHERE x.p IS NULL AND x.counts = 1", a, n);
    sql_end(q);
}

/* ---- events ------------------------------------------------------------------------------------------------- */

/* A person as they were last: in the as-at snapshot or the latest before it; of_past: when they were staff last, if ever. */
static void write_last(sql_query *q, const wres_tally *tally, const char *name) {
    const wres_tally *population = tally->population;
    const int n = sql_number_of(q, population);
    const char *a = axes(q, population, ", x.a# AS a#");
    sql_keep(q, name);
    sql_print(
        q,
        "  SELECT x.o AS o, x.p AS p, x.counts AS counts, x.g AS g%s FROM (\n    SELECT y.*, ROW_NUMBER() OVER (PARTITION BY y.o, y.p ORDER BY %sy.t DESC) AS rl FROM persons_%d y) x\n  WHERE x.rl = 1",
        a, tally->of_past ? "y.counts DESC, " : "", n);
    sql_end(q);
    sql_keep(q, wres_print(q->run, "%s_of_none", name)); /* who belongs to no organisation may have events of any */
    sql_print(q, "  SELECT x.* FROM %s x WHERE x.o = ''", name);
    sql_end(q);
    sql_keep(q, wres_print(q->run, "%s_of_any", name)); /* an event of none may be of a person of any: the first by name */
    sql_print(
        q,
        "  SELECT x.* FROM (SELECT y.*, ROW_NUMBER() OVER (PARTITION BY y.p ORDER BY %s) AS ra FROM %s y WHERE y.o <> '') x WHERE x.ra = 1",
        sql_by_bytes(q->run, q->dialect, "y.o"), name);
    sql_end(q);
}

static bool same_link(const wres_tally *a, const wres_tally *b) {
    return a->population == b->population && a->of_past == b->of_past;
}

/* The parts are written once for all tallies that link in the same way. */
static bool is_first_link(const sql_query *q, const sql_source *s, const wres_tally *tally, bool of_table) {
    for (size_t i = 0; i < q->source_count; i++) {
        const sql_source *other = &q->sources[i];
        for (size_t t = 0; t < other->tally_count; t++) {
            if (other->tallies[t] == tally) return true;
            if ((!of_table || other == s) && links(other, other->tallies[t]) && same_link(other->tallies[t], tally)) return false;
        }
    }
    return true;
}

static const char *last_name(sql_query *q, const wres_tally *tally) {
    return wres_print(q->run, "last_%d%s", sql_number_of(q, tally->population), tally->of_past ? "_staff" : "");
}

static const char *linked_name(sql_query *q, const sql_source *s, const wres_tally *tally) {
    return wres_print(q->run, "linked_%s_%d%s", sql_plain(q, s->table->name), sql_number_of(q, tally->population),
                      tally->of_past ? "_staff" : "");
}

static const char *first_there(sql_query *q, const char *column) {
    return wres_print(q->run, "CASE WHEN a.p IS NOT NULL THEN a.%s WHEN b.p IS NOT NULL THEN b.%s WHEN k.o = '' THEN c.%s END",
                      column, column, column);
}

static void write_linked(sql_query *q, const sql_source *s, const wres_tally *tally) {
    const char *last = last_name(q, tally),
               *identifier = wres_print(q->run, "k.i_%s", sql_plain(q, s->table->fields[s->table->person].name));
    if (is_first_link(q, s, tally, false)) write_last(q, tally, last);
    if (!is_first_link(q, s, tally, true)) return;
    sql_keep(q, linked_name(q, s, tally));
    sql_print(q, "  SELECT %s, %s AS lc,\n    %s AS lg", sql_record_columns(q, s, "k"), first_there(q, "counts"),
              first_there(q, "g"));
    for (size_t i = 0; i < tally->population->axis_count; i++)
        sql_print(q, ",\n    %s AS l%zu", first_there(q, wres_print(q->run, "a%zu", i + 1)), i + 1);
    sql_print(
        q,
        "\n  FROM k_%s k\n  LEFT JOIN %s a ON a.o = k.o AND a.p = %s\n  LEFT JOIN %s_of_none b ON b.p = %s\n  LEFT JOIN %s_of_any c ON c.p = %s",
        sql_plain(q, s->table->name), last, identifier, last, identifier, last, identifier);
    sql_end(q);
}

static void write_events(sql_query *q, const sql_source *s, const wres_tally *tally) {
    const int n = sql_number_of(q, tally);
    const bool linked = links(s, tally), of_staff = strcmp(s->table->people, "staff") == 0,
               told_apart = has_all(s, &s->table->once_per);
    const char *a = axes(q, tally, ", x.a# AS a#"), *parts = "", *all_there = "", *some_missing = "";
    if (linked) write_linked(q, s, tally);
    sql_keep(q, wres_print(q->run, "rows_%d", n));
    sql_print(q, "  SELECT e.o AS o, %s AS t, e.n AS n, %s AS g", time_of(q, s, tally), group_of(q, s, tally));
    for (size_t i = 0; told_apart && i < s->table->once_per.count; i++) {
        sql_print(q, ", e.i_%s AS p%zu", sql_plain(q, s->table->fields[s->table->once_per.fields[i]].name), i + 1);
        parts = wres_print(q->run, "%s, x.p%zu", parts, i + 1);
        all_there = wres_print(q->run, "%s%sx.p%zu IS NOT NULL", all_there, i ? " AND " : "", i + 1);
        some_missing = wres_print(q->run, "%s%sx.p%zu IS NULL", some_missing, i ? " OR " : "", i + 1);
    }
    write_axes(q, s, tally);
    sql_print(q, "\n  FROM %s e\n  WHERE %s%s\n    AND %s%s",
              linked ? linked_name(q, s, tally) : wres_print(q->run, "k_%s", sql_plain(q, s->table->name)), in_time(q, s, tally),
              only_organisation(q), tests_of(q, s, tally), linked && of_staff ? "\n    AND (e.lc IS NULL OR e.lc = 1)" : "");
    sql_end(q);
    if (!told_apart) {
        sql_begin(q, wres_print(q->run, "people_%d", n));
        sql_print(q, "  SELECT x.* FROM rows_%d x", n);
        sql_end(q);
        return;
    }
    write_known(q, tally, wres_print(q->run, "rows_%d", n));
    sql_begin(q, wres_print(q->run, "ranked_%d", n));
    sql_print(q,
              "  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.o, x.t%s ORDER BY %s) AS rn,\n"
              "    MIN(CASE WHEN x.kn = 1 THEN x.g END) OVER (PARTITION BY x.o, x.t%s) AS mk\n  FROM known_%d x WHERE %s",
              parts, order_of(q, s, tally, false), parts, n, all_there);
    sql_end(q);
    sql_begin(q, wres_print(q->run, "people_%d", n));
    sql_print(
        q,
        "  SELECT x.o AS o, x.t AS t, %s AS n, CASE WHEN x.kn = 1 OR x.mk IS NULL THEN x.g ELSE x.mk END AS g%s\n  FROM ranked_%d x WHERE x.rn = 1\n  UNION ALL\n",
        sql_as_whole(q->run, q->dialect, "1"), a, n);
    sql_print(q, "  SELECT x.o AS o, x.t AS t, x.n AS n, x.g AS g%s FROM rows_%d x WHERE %s", a, n, some_missing);
    sql_end(q);
}

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* The apostrophe before what a spreadsheet would run. */
static const char *guarded(sql_query *q, const char *of) {
    return wres_print(q->run, "CASE WHEN SUBSTR(%s, 1, 1) IN ('=', '+', '-', '@', %s) THEN %s || %s ELSE %s END", of,
                      sql_text(q->run, q->dialect, "'"), sql_text(q->run, q->dialect, "'"), of, of);
}

static const char *word(sql_query *q, const wres_tally *tally, const char *axis, const char *of) {
    size_t count;
    wres_cube_word(q->reading, tally, axis, 0, &count);
    if (count == 0) return guarded(q, of);
    const char **values = wres_alloc(q->run, (count + 1) * sizeof *values);
    for (uint16_t code = 0; code < count; code++)
        values[code] = sql_text(q->run, q->dialect, wres_cube_word(q->reading, tally, axis, code, &count));
    return sql_case(q, of, values, count, "''");
}

static void write_cells(sql_query *q, const wres_tally *tally) {
    const int n = sql_number_of(q, tally);
    const char *a = axes(q, tally, ", x.a#"), *select;
    sql_keep(q, wres_print(q->run, "cells_%d", n));
    sql_print(q, "  SELECT x.o, x.t, x.g%s, SUM(x.n) AS n FROM people_%d x GROUP BY x.o, x.t, x.g%s", a, n, a);
    sql_end(q);
    select = wres_print(q->run, "SELECT 'cell' AS record, '%s' AS id, '' AS name, '' AS value, %s AS o, x.t AS d, %s AS g, %s AS n",
                        wres_tally_id(q->reading, tally), guarded(q, "x.o"), word(q, tally, NULL, "x.g"),
                        sql_as_text(q->run, q->dialect, "x.n"));
    for (size_t i = 0; i < WRES_MOST_AXES; i++)
        select =
            wres_print(q->run, "%s,\n    %s AS a%zu", select,
                       i < tally->axis_count ? word(q, tally, tally->axes[i], wres_print(q->run, "x.a%zu", i + 1)) : "''", i + 1);
    sql_add_block(q, wres_print(q->run, "%s\n  FROM cells_%d x", select, n));
}

void sql_write_counts(sql_query *q, const sql_source *s, const wres_tally *tally) {
    if (!tally->population && is_staff_table(s))
        write_population(q, s, tally);
    else
        write_events(q, s, tally);
    write_cells(q, tally);
}

/* ---- what else the file says -------------------------------------------------------------------------------- */

static const char *row_block(sql_query *q, const char *record, const char *id, const char *name, const char *value, const char *o,
                             const char *d, const char *n, const char *from) {
    const char *number = strcmp(id, "#") == 0 ? sql_as_text(q->run, q->dialect, "x.id") : sql_text(q->run, q->dialect, id);
    const char *select =
        wres_print(q->run, "SELECT '%s' AS record, %s AS id, %s AS name, %s AS value, %s AS o, %s AS d, '' AS g, %s AS n", record,
                   number, name, value, o, d, n);
    for (int i = 1; i <= WRES_MOST_AXES; i++) select = wres_print(q->run, "%s, '' AS a%d", select, i);
    return wres_print(q->run, "%s\n  FROM %s", select, from);
}

void sql_write_times(sql_query *q, const sql_source *s) {
    const char *name = sql_plain(q, s->table->name), *day = sql_date_text(q->run, q->dialect, "x.d");
    if (s->tally_count == 0) return;
    if (is_staff_table(s))
        sql_add_block(
            q, row_block(
                   q, "snapshot", "", "''", "''", "''", day, sql_as_text(q->run, q->dialect, "x.n"),
                   wres_print(q->run, "(SELECT e.d AS d, COUNT(*) AS n FROM k_%s e WHERE e.d IS NOT NULL GROUP BY e.d) x", name)));
    if (s->table->time != WRES_TIME_LATEST && s->table->time != WRES_TIME_YEAR) return;
    const bool lists = s->table->time == WRES_TIME_LATEST;
    sql_add_block(
        q, row_block(q, "latest", s->table->name, "''", "''", lists ? guarded(q, "x.o") : "''", day, "''",
                     wres_print(q->run, "(SELECT %s MAX(e.d) AS d FROM k_%s e WHERE %s%s) x WHERE x.d IS NOT NULL",
                                lists ? "e.o AS o," : "", name, in_time(q, s, s->tallies[0]), lists ? " GROUP BY e.o" : "")));
}

/* Something that can be wrong: severity, message and count are expressions over the sums of the table. */
typedef struct fault {
    const char *check, *field, *severity, *message, *count;
} fault;

typedef struct faults {
    fault *all;
    size_t count;
} faults;

static const char *of_each(sql_query *q, const faults *list, const char *(*of)(sql_query *q, const fault *f)) {
    const char *cases = "CASE f.i";
    for (size_t i = 0; i < list->count; i++)
        cases = wres_print(q->run, "%s\n        WHEN %zu THEN %s", cases, i, of(q, &list->all[i]));
    return wres_print(q->run, "%s END", cases);
}

static const char *severity_of(sql_query *q, const fault *f) { return (void)q, f->severity; }
static const char *message_of(sql_query *q, const fault *f) { return (void)q, f->message; }
static const char *check_of(sql_query *q, const fault *f) { return sql_text(q->run, q->dialect, f->check); }
static const char *field_of(sql_query *q, const fault *f) { return sql_text(q->run, q->dialect, f->field); }
static const char *count_of(sql_query *q, const fault *f) { return sql_as_whole(q->run, q->dialect, f->count); }

/* A finding is several rows of one number, which say one thing each. */
static void write_findings(sql_query *q, const sql_source *s, const faults *list) {
    static const char *const names[] = {"severity", "check", "table", "file", "field", "count", "message"};
    const char *name = sql_plain(q, s->table->name), *count = of_each(q, list, count_of), *first = "";
    sql_keep(q, wres_print(q->run, "kinds_%s", name));
    for (size_t i = 0; i < list->count; i++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++, first = "\n  UNION ALL ")
            sql_print(q, "%sSELECT %zu AS i, '%s' AS name", first, i, names[n]);
    sql_end(q);
    sql_keep(q, wres_print(q->run, "findings_%s", name));
    sql_print(q, "  SELECT %d + f.i AS id, f.name AS name, CASE f.name\n      WHEN 'severity' THEN %s",
              1000 * (1 + (int)(s - q->sources)), of_each(q, list, severity_of));
    sql_print(q, "\n      WHEN 'check' THEN %s\n      WHEN 'table' THEN %s\n      WHEN 'file' THEN %s", of_each(q, list, check_of),
              sql_text(q->run, q->dialect, s->table->name), sql_text(q->run, q->dialect, s->relation->name));
    sql_print(q, "\n      WHEN 'field' THEN %s\n      WHEN 'count' THEN %s", of_each(q, list, field_of),
              sql_as_text(q->run, q->dialect, count));
    sql_print(q, "\n      ELSE %s END AS value\n  FROM faults_%s x CROSS JOIN kinds_%s f WHERE %s > 0",
              of_each(q, list, message_of), name, name, count);
    sql_end(q);
    sql_add_block(q,
                  row_block(q, "finding", "#", "x.name", "x.value", "''", "''", "''", wres_print(q->run, "findings_%s x", name)));
}

static void add_fault(faults *list, fault f) { list->all[list->count++] = f; }

/* As check_share of input/report.c: what a reader of files would stop at is an error in the cube, so that wres calc does. */
static fault unmapped_fault(sql_query *q, const sql_source *s, size_t field) {
    const char *of = sql_plain(q, s->table->fields[field].name), *severity = "'warning'";
    const char *unmapped = wres_print(q->run, "x.u_%s", of), *looked_up = wres_print(q->run, "x.l_%s", of);
    const bool allowed = q->reading->allow_unmapped && !q->reading->strict, vital = (int)field != s->table->primary;
    const char *advice = " are in no code list: taken as unknown. Map the values under 'values' in the settings";
    if (q->reading->strict)
        severity = "'error'";
    else if (!allowed && vital)
        severity = wres_print(q->run, "CASE WHEN 20 * %s > %s THEN 'error' ELSE 'warning' END", unmapped, looked_up);
    if (!q->reading->strict && !allowed && vital)
        advice = wres_print(q->run, "%s; over 5%% stop a calculation unless the query is made with --allow-unmapped", advice);
    return (fault){"unmapped-share", s->table->fields[field].name, severity,
                   wres_print(q->run, "%s || ' of ' || %s || %s", sql_as_text(q->run, q->dialect, unmapped),
                              sql_as_text(q->run, q->dialect, looked_up), sql_text(q->run, q->dialect, advice)),
                   unmapped};
}

void sql_write_faults(sql_query *q, const sql_source *s) {
    const char *name = sql_plain(q, s->table->name);
    const bool has_date = s->table->date >= 0 && s->layout.has[s->table->date],
               has_count = s->table->count >= 0 && s->layout.has[s->table->count];
    faults list = {wres_alloc(q->run, (s->table->field_count + 3) * sizeof(fault)), 0};
    const char *of;
    bool person = has_all(s, &s->table->once_per);
    const char *all_there = "";
    for (size_t i = 0; person && i < s->table->once_per.count; i++)
        all_there = wres_print(q->run, "%s%se.i_%s IS NOT NULL", all_there, i ? " AND " : "",
                               sql_plain(q, s->table->fields[s->table->once_per.fields[i]].name));
    sql_keep(q, wres_print(q->run, "faults_%s", name));
    sql_print(
        q,
        "  SELECT SUM(CASE WHEN e.d IS NULL THEN 1 ELSE 0 END) AS no_date,\n    SUM(CASE WHEN e.n IS NULL OR e.n < 0 THEN 1 ELSE 0 END) AS no_count,\n    SUM(CASE WHEN %s THEN 1 ELSE 0 END) AS not_one",
        person ? wres_print(q->run, "e.n <> 1 AND %s", all_there) : "1 = 0");
    for (size_t f = 0; f < s->table->field_count; f++) {
        if (!s->column[f] || !s->needed[f] || s->table->fields[f].type != WRES_TYPE_CODE) continue;
        of = sql_plain(q, s->table->fields[f].name);
        sql_print(
            q,
            ",\n    SUM(CASE WHEN e.v_%s < %d THEN e.n ELSE 0 END) AS l_%s, SUM(CASE WHEN e.v_%s >= %d AND e.v_%s < %d THEN e.n ELSE 0 END) AS u_%s",
            of, SQL_BLANK, of, of, SQL_UNMAPPED, of, SQL_BLANK, of);
    }
    sql_print(q, "\n  FROM k_%s e", name);
    sql_end(q);
    if (has_date) {
        const bool snapshot = is_staff_table(s);
        add_fault(&list, (fault){"blank-date", s->table->fields[s->table->date].name, snapshot ? "'error'" : "'warning'",
                                 snapshot ? "'rows without a date belong to no snapshot. Fill it in or leave the rows out'"
                                          : "'rows without a date: left out, as they cannot be placed in time'",
                                 "x.no_date"});
    }
    if (has_count) {
        const char *field = s->table->fields[s->table->count].name;
        add_fault(&list, (fault){"count", field, "'error'", "'rows without a count, or with one below zero'", "x.no_count"});
        add_fault(
            &list,
            (fault){"count", field, "'error'",
                    "'rows with an identifier stand for one, but their count is another: take the identifiers or the count away'",
                    "x.not_one"});
    }
    for (size_t f = 0; f < s->table->field_count; f++)
        if (s->column[f] && s->needed[f] && s->table->fields[f].type == WRES_TYPE_CODE) add_fault(&list, unmapped_fault(q, s, f));
    if (list.count) write_findings(q, s, &list);
}
