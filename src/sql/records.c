/* Columns of a relation to codes: each different text is looked up once, as a reader of files does. */
#include "sql/query.h"

#include <string.h>

static const wres_list *list_of(const sql_query *q, const sql_source *s, int field) {
    return wres_codes_find(q->reading->codes, s->table->fields[field].list);
}

static bool is_code(const sql_source *s, size_t field) {
    return s->column[field] && s->needed[field] && s->table->fields[field].type == WRES_TYPE_CODE;
}
static bool is_text(const sql_source *s, size_t field) {
    return s->column[field] && s->needed[field] && s->table->fields[field].type == WRES_TYPE_TEXT;
}
static bool is_id(const sql_source *s, size_t field) { return s->column[field] && s->table->fields[field].type == WRES_TYPE_ID; }

static int found_as(uint16_t member, bool ambiguous) { return ambiguous ? SQL_UNMAPPED + member : member; }

/* ---- code lists --------------------------------------------------------------------------------------------- */

static void write_pair(sql_query *q, bool *first, const char *key, int value) {
    const char *separator = *first ? "" : ",\n    ";
    *first = false;
    sql_print(q, "%s(%s, %d)", separator, sql_text(q->run, q->dialect, key), value);
}

/* A code with its label behind it is found where the two are no spelling themselves. */
static void write_keys(sql_query *q, const wres_list *list) {
    wres_dictionary *written = wres_dictionary_new(q->run);
    bool first = true;
    for (int labelled = 0; labelled < 2; labelled++)
        for (size_t i = 0; i < wres_list_keys(list); i++) {
            uint16_t member;
            bool ambiguous;
            const char *label, *key = wres_list_key(list, i, &member, &label, &ambiguous);
            if ((label != NULL) != (labelled == 1) || (label && strlen(key) > 2)) continue;
            for (int dash = 0; dash <= labelled; dash++) {
                const char *whole = label ? wres_print(q->run, "%s%c%s", key, dash ? '-' : ' ', label) : key;
                const uint32_t before = wres_dictionary_count(written);
                if (wres_dictionary_add(written, wres_text_of(whole)) == before)
                    write_pair(q, &first, whole, found_as(member, ambiguous));
            }
        }
}

static void write_list(sql_query *q, const wres_list *list) {
    const char *name = wres_print(q->run, "list_%s", sql_plain(q, wres_list_name(list)));
    sql_keep(q, name);
    if (q->dialect == WRES_CLICKHOUSE) {
        sql_print(q, "  SELECT t.1 AS k, toInt32(t.2) AS v FROM (SELECT arrayJoin([\n    ");
        write_keys(q, list);
        sql_print(q, "]) AS t)");
    } else {
        sql_print(q, "  SELECT * FROM (VALUES\n    ");
        write_keys(q, list);
        sql_print(q, ") AS t(k, v)");
    }
    sql_end(q);
}

void sql_write_lists(sql_query *q) {
    for (size_t l = 0; l < wres_codes_count(q->reading->codes); l++) {
        const wres_list *list = wres_codes_at(q->reading->codes, l);
        bool used = false;
        for (size_t i = 0; i < q->source_count; i++)
            for (size_t f = 0; f < q->sources[i].table->field_count; f++)
                used = used || (is_code(&q->sources[i], f) && list_of(q, &q->sources[i], (int)f) == list);
        if (used) write_list(q, list);
    }
}

/* ---- raw rows ----------------------------------------------------------------------------------------------- */

static const char *count_column(sql_query *q, const sql_source *s) {
    const int field = s->table->count;
    return field >= 0 && s->column[field] ? sql_as_whole(q->run, q->dialect, s->column[field])
                                          : sql_as_whole(q->run, q->dialect, "1");
}

/* A date, or a text that begins with one as 2025-03-31 or, where the settings say how dates are written, as 31/03/2025. */
static const char *date_text(sql_query *q, const sql_source *s, const char *column) {
    const wres_dates of_file = s->relation->setting->dates, of_all = q->reading->dates;
    const wres_dates order = of_file != WRES_DATES_INFERRED ? of_file : of_all;
    const char *text = wres_print(
        q->run, "NULLIF(SUBSTR(%s, 1, 10), '')",
        sql_trimmed(q->run, q->dialect, wres_print(q->run, "COALESCE(%s, '')", sql_as_text(q->run, q->dialect, column))));
    if (order == WRES_DATES_INFERRED) return text;
    const int day = order == WRES_DATES_MONTH_FIRST ? 4 : 1, month = order == WRES_DATES_MONTH_FIRST ? 1 : 4;
    return wres_print(
        q->run,
        "CASE WHEN %s LIKE '__/__/____' THEN SUBSTR(%s, 7, 4) || '-' || SUBSTR(%s, %d, 2) || '-' || SUBSTR(%s, %d, 2) ELSE %s END",
        text, text, text, month, text, day, text);
}

static const char *date_column(sql_query *q, const sql_source *s) {
    const int field = s->table->date;
    if (field < 0 || !s->column[field]) return sql_day(q, q->frame->as_at);
    if (s->table->fields[field].type != WRES_TYPE_YEAR) return sql_as_date(q->run, q->dialect, date_text(q, s, s->column[field]));
    return sql_as_date(
        q->run, q->dialect,
        wres_print(q->run, "NULLIF(%s, '') || '-01-01'",
                   sql_trimmed(q->run, q->dialect,
                               wres_print(q->run, "COALESCE(%s, '')", sql_as_text(q->run, q->dialect, s->column[field])))));
}

/* What spreadsheets and databases write where there is nothing is no identifier. */
static const char *id_column(sql_query *q, const char *column) {
    const char *text =
        sql_trimmed(q->run, q->dialect, wres_print(q->run, "COALESCE(%s, '')", sql_as_text(q->run, q->dialect, column)));
    return wres_print(
        q->run,
        "CASE WHEN %s IN ('', '#n/a', 'n/a', 'na', 'null', 'none', 'nan', '-', 'unknown', 'not known', '(blank)', '0', '#ref!', "
        "'#value!', '#name?') OR %s LIKE '##%%' THEN NULL ELSE %s END",
        sql_lower(q->run, q->dialect, text), text, text);
}

static const char *value_of(sql_query *q, const sql_source *s, size_t field) {
    return wres_print(q->run, "COALESCE(%s, '')", sql_as_text(q->run, q->dialect, s->column[field]));
}

static const wres_value_map *map_of(const sql_source *s, size_t field) {
    for (size_t i = 0; i < s->relation->setting->map_count; i++)
        if (strcmp(s->relation->setting->maps[i].field, s->table->fields[field].name) == 0) return &s->relation->setting->maps[i];
    return NULL;
}

/* The settings' own spellings go before the list. */
static const char *mapped_text(sql_query *q, const sql_source *s, size_t field) {
    const wres_value_map *map = map_of(s, field);
    const char *text = sql_trimmed(q->run, q->dialect, value_of(q, s, field));
    if (!map) return text;
    const char *cases = wres_print(q->run, "CASE %s", sql_normalised(q->run, q->dialect, value_of(q, s, field)));
    for (size_t i = 0; i < map->values.count; i++)
        cases = wres_print(q->run, "%s WHEN %s THEN %s", cases,
                           sql_text(q->run, q->dialect, wres_normalised(q->run, wres_text_of(map->values.all[i].name))),
                           sql_text(q->run, q->dialect, map->values.all[i].value));
    return wres_print(q->run, "%s ELSE %s END", cases, text);
}

/* leave_out: none of these; keep: all of these. */
static const char *chosen_rows(sql_query *q, const sql_source *s) {
    const wres_input_setting *setting = s->relation->setting;
    const char *where = "";
    for (size_t i = 0; i < setting->leave_out_count + setting->keep_count; i++) {
        const bool keeps = i >= setting->leave_out_count;
        const wres_choice *choice = keeps ? &setting->keep[i - setting->leave_out_count] : &setting->leave_out[i];
        const int field = wres_field_find(s->table, choice->column);
        const char *column =
                       field != WRES_NO_FIELD && s->column[field] ? s->column[field] : sql_name(q->run, q->dialect, choice->column),
                   *values = "";
        for (size_t v = 0; v < choice->value_count; v++)
            values = wres_print(q->run, "%s%s%s", values, v ? ", " : "",
                                sql_text(q->run, q->dialect, wres_normalised(q->run, wres_text_of(choice->values[v]))));
        const char *text = wres_print(q->run, "COALESCE(%s, '')", sql_as_text(q->run, q->dialect, column));
        where = wres_print(q->run, "%s\n  %s %s %s (%s)", where, *where ? "AND" : "WHERE", sql_normalised(q->run, q->dialect, text),
                           keeps ? "IN" : "NOT IN", values);
    }
    return where;
}

static const char *organisation_column(sql_query *q, const sql_source *s) {
    const int field = s->table->organisation;
    if (field >= 0 && s->column[field]) return mapped_text(q, s, (size_t)field);
    if (s->table->time == WRES_TIME_SNAPSHOT || q->sources[0].table->time != WRES_TIME_SNAPSHOT) return "''";
    return "(SELECT o FROM only_organisation)"; /* a table without one belongs to the workforce's only one */
}

static void write_rows(sql_query *q, const sql_source *s, const char *name) {
    sql_keep(q, wres_print(q->run, "r_%s", name));
    sql_print(q, "  SELECT %s AS d,\n    %s AS o,\n    %s AS n", date_column(q, s), organisation_column(q, s), count_column(q, s));
    for (size_t f = 0; f < s->table->field_count; f++) {
        const char *field = sql_plain(q, s->table->fields[f].name);
        if (is_id(s, f)) sql_print(q, ",\n    %s AS i_%s", id_column(q, s->column[f]), field);
        if (is_text(s, f)) sql_print(q, ",\n    %s AS c_%s", mapped_text(q, s, f), field);
        if (is_code(s, f)) sql_print(q, ",\n    %s AS w_%s", value_of(q, s, f), field);
    }
    sql_print(q, "\n  FROM %s%s", sql_relation(q->run, q->dialect, s->relation->name), chosen_rows(q, s));
    sql_end(q);
    if (s->table->time != WRES_TIME_SNAPSHOT) return;
    sql_keep(q, "only_organisation");
    sql_print(q, "  SELECT CASE WHEN COUNT(DISTINCT r.o) = 1 THEN MAX(r.o) ELSE '' END AS o FROM r_%s r WHERE r.o <> ''", name);
    sql_end(q);
}

/* ---- look-up ------------------------------------------------------------------------------------------------ */

/* Each different text of a column: its number, or what a spelling of the settings stands for. */
static void write_values(sql_query *q, const sql_source *s, const char *name, size_t field) {
    const wres_list *list = list_of(q, s, (int)field);
    const char *column = sql_plain(q, s->table->fields[field].name), *of = sql_plain(q, wres_list_name(list)), *cases = "";
    const wres_value_map *map = map_of(s, field);
    const bool letters = wres_list_takes_first_letters(list);
    for (size_t i = 0; map && i < map->values.count; i++) {
        wres_found found;
        const uint16_t member = wres_list_look_up(list, q->run, wres_text_of(map->values.all[i].value), &found);
        cases = wres_print(q->run, "%s WHEN t.k0 = %s THEN %d\n     ", cases,
                           sql_text(q->run, q->dialect, wres_normalised(q->run, wres_text_of(map->values.all[i].name))),
                           (found == WRES_UNMAPPED ? SQL_UNMAPPED
                            : found == WRES_BLANK  ? SQL_BLANK
                                                   : 0) +
                               member);
    }
    sql_keep(q, wres_print(q->run, "u_%s_%s", name, column));
    sql_print(q, "  SELECT t.w AS w, CASE%s WHEN t.k0 = '' OR t.k0 = '(blank)' THEN %d\n      WHEN l.v IS NOT NULL THEN l.v", cases,
              SQL_BLANK + wres_list_blank(list));
    if (letters) sql_print(q, "\n      WHEN f.v IS NOT NULL AND f.v < %d THEN f.v", SQL_UNMAPPED);
    sql_print(
        q, "\n      ELSE %d END AS v\n  FROM (SELECT s.w AS w, s.k0 AS k0, CASE WHEN s.k0 LIKE '%%|%%' THEN %s ELSE s.k0 END AS k",
        SQL_UNMAPPED + wres_list_unmapped(list), sql_last_part(q->run, q->dialect, "s.k0"));
    if (letters)
        sql_print(
            q,
            ",\n      CASE WHEN LENGTH(s.k0) = 2 AND SUBSTR(s.k0, 1, 1) BETWEEN 'a' AND 'z' THEN SUBSTR(s.k0, 1, 1) ELSE '' END AS k1");
    sql_print(
        q,
        "\n    FROM (SELECT r.w AS w, %s AS k0 FROM (SELECT DISTINCT w_%s AS w FROM r_%s) r) s) t\n  LEFT JOIN list_%s l ON l.k = t.k",
        sql_normalised(q->run, q->dialect, "r.w"), column, name, of);
    if (letters) sql_print(q, "\n  LEFT JOIN list_%s f ON f.k = t.k1", of);
    sql_end(q);
}

static void write_looked_up(sql_query *q, const sql_source *s, const char *name) {
    sql_begin(q, wres_print(q->run, "v_%s", name));
    sql_print(q, "  SELECT r.d AS d, r.o AS o, r.n AS n");
    for (size_t f = 0; f < s->table->field_count; f++) {
        const char *field = sql_plain(q, s->table->fields[f].name);
        if (is_id(s, f)) sql_print(q, ", r.i_%s AS i_%s", field, field);
        if (is_text(s, f)) sql_print(q, ", r.c_%s AS c_%s", field, field);
        if (is_code(s, f)) sql_print(q, ", u_%s.v AS v_%s", field, field);
    }
    sql_print(q, "\n  FROM r_%s r", name);
    for (size_t f = 0; f < s->table->field_count; f++) {
        const char *field = sql_plain(q, s->table->fields[f].name);
        if (is_code(s, f)) sql_print(q, "\n  JOIN u_%s_%s u_%s ON u_%s.w = r.w_%s", name, field, field, field, field);
    }
    sql_end(q);
}

static const char *code(sql_query *q, const char *value) {
    return wres_print(q->run, "CASE WHEN %s >= %d THEN %s - %d WHEN %s >= %d THEN %s - %d ELSE %s END", value, SQL_BLANK, value,
                      SQL_BLANK, value, SQL_UNMAPPED, value, SQL_UNMAPPED, value);
}

/* ---- grades ------------------------------------------------------------------------------------------------- */

static int field_there(const sql_source *s, const char *name) {
    const int field = wres_field_find(s->table, name);
    return field >= 0 && s->column[field] ? field : -1;
}

static const wres_list *named_list(const sql_query *q, const char *name) { return wres_codes_find(q->reading->codes, name); }

/* By member of a list, what the grades make of it. */
static const char *by_member(sql_query *q, const char *of, const char *list_name, int what) {
    const wres_list *list = named_list(q, list_name);
    const uint16_t nobody = wres_list_blank(named_list(q, "staff_groups"));
    const size_t count = wres_list_members(list);
    const char **values = wres_alloc(q->run, (count + 1) * sizeof *values);
    for (uint16_t m = 0; m < count; m++) {
        const wres_place_in_grades place =
            wres_grades_place(q->reading->grades, what == 0 ? &m : NULL, what == 1 ? &m : NULL, what == 2 ? m : nobody);
        values[m] = wres_print(q->run, "%d", what == 2 ? place.section : place.row);
    }
    return sql_case(q, of, values, count, "0");
}

/* Which of band and grade decides, as place_in_grades (input/row.c) says it. rule: 0 the band, 1 the grade, 2 either; has_g, has_b: a cell is
 * looked at; is_m: the grade decides. */
static const char *write_grades(sql_query *q, const sql_source *s, const char *name) {
    const bool band = field_there(s, "pay_band") >= 0, grade = field_there(s, "medical_grade") >= 0,
               group = field_there(s, "staff_group") >= 0;
    const bool same = s->same_grade_column;
    const uint16_t nobody = wres_list_blank(named_list(q, "staff_groups"));
    const int section = wres_grades_place(q->reading->grades, NULL, NULL, nobody).section;
    const char *from = wres_print(q->run, "v_%s", name);
    sql_begin(q, wres_print(q->run, "a_%s", name));
    sql_print(q, "  SELECT x.*, %s AS s0 FROM %s x",
              group ? by_member(q, code(q, "x.v_staff_group"), "staff_groups", 2) : wres_print(q->run, "%d", section), from);
    sql_end(q);
    sql_begin(q, wres_print(q->run, "b_%s", name));
    sql_print(q, "  SELECT x.*, CASE x.s0 WHEN %d THEN 2 WHEN %d THEN 1 ELSE 0 END AS rule FROM a_%s x", WRES_SECTION_UNKNOWN,
              WRES_SECTION_MEDICAL, name);
    sql_end(q);
    const char *looked = !grade ? "0" : same ? "CASE WHEN x.rule = 0 THEN 0 ELSE 1 END" : "1";
    const char *is_grade = grade
                               ? wres_print(q->run, "CASE WHEN x.rule = 1 OR (%s = 1 AND x.v_medical_grade < %d) THEN 1 ELSE 0 END",
                                            looked, SQL_UNMAPPED)
                               : "CASE WHEN x.rule = 1 THEN 1 ELSE 0 END";
    sql_begin(q, wres_print(q->run, "c_%s", name));
    sql_print(q, "  SELECT x.*, %s AS has_g, %s AS has_b FROM b_%s x",
              !grade ? "0"
              : same ? wres_print(q->run, "CASE WHEN (%s) = 1 THEN (%s) ELSE 0 END", is_grade, looked)
                     : looked,
              !band  ? "0"
              : same ? wres_print(q->run, "1 - (%s)", is_grade)
                     : "1",
              name);
    sql_end(q);
    sql_begin(q, wres_print(q->run, "m_%s", name));
    sql_print(q, "  SELECT x.*, %s AS is_m, %s AS is_b FROM c_%s x",
              grade
                  ? wres_print(q->run, "CASE WHEN x.has_g = 1 AND x.v_medical_grade < %d AND (x.rule <> 0 OR %s) THEN 1 ELSE 0 END",
                               SQL_BLANK, band ? wres_print(q->run, "x.has_b = 0 OR x.v_pay_band >= %d", SQL_BLANK) : "1 = 1")
                  : "0",
              band ? wres_print(q->run, "CASE WHEN x.has_b = 1 AND x.v_pay_band < %d THEN 1 ELSE 0 END", SQL_BLANK) : "0", name);
    sql_end(q);
    return wres_print(q->run, "m_%s", name);
}

static void write_places(sql_query *q, const sql_source *s) {
    const bool band = field_there(s, "pay_band") >= 0, grade = field_there(s, "medical_grade") >= 0;
    const int unmapped = wres_grades_unmapped(q->reading->grades);
    sql_print(q, ",\n    CASE WHEN x.is_m = 1 THEN %d ELSE x.s0 END AS sec", WRES_SECTION_MEDICAL);
    sql_print(q, ",\n    CASE WHEN x.is_m = 1 THEN %s WHEN x.is_b = 1 THEN %s ELSE %d END AS band",
              grade ? by_member(q, code(q, "x.v_medical_grade"), "medical_grades", 1) : "0",
              band ? by_member(q, code(q, "x.v_pay_band"), "pay_bands", 0) : "0", unmapped);
}

/* Of band and grade only what was looked at: else the blank. */
static const char *code_of(sql_query *q, const sql_source *s, size_t field) {
    const char *name = s->table->fields[field].name, *value = wres_print(q->run, "x.v_%s", sql_plain(q, name));
    const char *looked = strcmp(name, "pay_band") == 0 ? "x.has_b" : strcmp(name, "medical_grade") == 0 ? "x.has_g" : NULL;
    if (!s->graded || !looked) return code(q, value);
    return wres_print(q->run, "CASE WHEN %s = 1 THEN %s ELSE %d END", looked, code(q, value),
                      (int)wres_list_blank(list_of(q, s, (int)field)));
}

/* Looked up and counted as such: of band and grade, where it decides. */
static const char *decided(sql_query *q, const sql_source *s, size_t field) {
    const char *name = s->table->fields[field].name, *value = wres_print(q->run, "x.v_%s", sql_plain(q, name));
    if (!s->graded) return value;
    if (strcmp(name, "medical_grade") == 0) return wres_print(q->run, "CASE WHEN x.is_m = 1 THEN %s ELSE %d END", value, SQL_BLANK);
    if (strcmp(name, "pay_band") == 0)
        return wres_print(q->run, "CASE WHEN x.is_m = 0 AND x.is_b = 1 THEN %s ELSE %d END", value, SQL_BLANK);
    return value;
}

void sql_write_records(sql_query *q, sql_source *s) {
    const char *name = sql_plain(q, s->table->name), *from = wres_print(q->run, "v_%s", name);
    write_rows(q, s, name);
    for (size_t f = 0; f < s->table->field_count; f++)
        if (is_code(s, f)) write_values(q, s, name, f);
    write_looked_up(q, s, name);
    if (s->graded) from = write_grades(q, s, name);
    sql_keep(q, wres_print(q->run, "k_%s", name));
    sql_print(q, "  SELECT x.d AS d, x.o AS o, x.n AS n");
    for (size_t f = 0; f < s->table->field_count; f++) {
        const char *field = sql_plain(q, s->table->fields[f].name);
        if (is_id(s, f)) sql_print(q, ", x.i_%s AS i_%s", field, field);
        if (is_text(s, f)) sql_print(q, ", x.c_%s AS c_%s", field, field);
        if (is_code(s, f)) sql_print(q, ",\n    %s AS c_%s, %s AS v_%s", code_of(q, s, f), field, decided(q, s, f), field);
    }
    if (s->graded) write_places(q, s);
    sql_print(q, "\n  FROM %s x", from);
    sql_end(q);
}

const char *sql_record_columns(sql_query *q, const sql_source *s, const char *of) {
    const char *all = wres_print(q->run, "%s.d AS d, %s.o AS o, %s.n AS n", of, of, of);
    for (size_t f = 0; f < s->table->field_count; f++) {
        const char *field = sql_plain(q, s->table->fields[f].name);
        if (is_id(s, f)) all = wres_print(q->run, "%s, %s.i_%s AS i_%s", all, of, field, field);
        if (is_text(s, f) || is_code(s, f)) all = wres_print(q->run, "%s, %s.c_%s AS c_%s", all, of, field, field);
        if (is_code(s, f)) all = wres_print(q->run, "%s, %s.v_%s AS v_%s", all, of, field, field);
    }
    return s->graded ? wres_print(q->run, "%s, %s.sec AS sec, %s.band AS band", all, of, of) : all;
}
