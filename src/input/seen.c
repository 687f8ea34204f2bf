/* What was in the columns, kept beside the reading and apart from it: also of rows with a mistake in them. */
#include <string.h>

#include "input/input.h"

/* Sums are kept in units of the smallest decimal that is read, so that they stay exact. */
static const wres_int128 UNITS = 1000000000;

enum { MOST_MARKS = 20, LONGEST_MARK = 12 };

typedef struct look_value {
    uint64_t rows, people, first_line;
    wres_int128 sum;
} look_value;

struct look {
    wres_dictionary *texts; /* of CODE, TEXT, DATE and YEAR fields: trimmed */
    look_value *values;     /* by text, of CODE fields */
    size_t room;
    wres_hash_set *ids; /* of ID fields */
    uint64_t rows, filled, first_empty_line, unread, first_unread_line;
    wres_value_seen marks[MOST_MARKS]; /* of COUNT, DECIMAL and BASE fields: what is no number */
    size_t mark_count;
    wres_int128 sum;
};

const wres_file_seen *wres_account_seen(const wres_account *account) { return account->seen; }

void look_begin(file_reader *reader) {
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *f = &reader->feeds[i];
        f->look = wres_alloc(reader->run, sizeof *f->look);
        if (f->type == WRES_TYPE_CODE || f->type == WRES_TYPE_TEXT || f->type == WRES_TYPE_DATE || f->type == WRES_TYPE_YEAR)
            f->look->texts = wres_dictionary_new(reader->run);
        if (f->type == WRES_TYPE_ID) f->look->ids = wres_hash_set_new(reader->run);
    }
}

static void look_at_id(struct look *look, wres_text text) {
    wres_hash_set_add(look->ids, wres_hash_bytes(text.bytes, text.length, (wres_hash){0, 0}));
}

static void look_at_text(wres_run *run, struct look *look, wres_text text, uint64_t line, const wres_row *row) {
    const uint32_t number = wres_dictionary_add(look->texts, text);
    if (number >= look->room) {
        const size_t room = look->room ? 2 * look->room : 32;
        look->values = wres_grow(run, look->values, look->room * sizeof *look->values, room * sizeof *look->values);
        look->room = room;
    }
    look_value *value = &look->values[number];
    if (value->rows++ == 0) value->first_line = line;
    value->people += wres_row_people(row);
    if (row->has_decimal) value->sum += row->decimal.numerator * (UNITS / row->decimal.denominator);
}

/* In a check for FTE as they are summed. */
static bool decimal_in(const file_reader *reader, wres_text text, wres_rational *decimal) {
    uint64_t fte;
    bool rounded;
    if (!reader->reading->fte || !wres_fte_parse(text, &fte, &rounded)) return wres_decimal_parse(text, decimal);
    *decimal = (wres_rational){(wres_int128)fte, UNITS};
    return true;
}

static wres_int128 number_in(const file_reader *reader, const feed *f, wres_text text, bool *is_number) {
    wres_rational decimal;
    uint64_t count;
    *is_number = f->type == WRES_TYPE_DECIMAL ? decimal_in(reader, text, &decimal) : wres_count_parse(text, &count);
    if (!*is_number) return 0;
    return f->type == WRES_TYPE_DECIMAL ? decimal.numerator * (UNITS / decimal.denominator) : (wres_int128)count * UNITS;
}

/* Of cells that are no number the short ones are kept: they are few where they are marks, and not to be kept where they are not. */
static void note_mark(wres_run *run, struct look *look, wres_text text, uint64_t line) {
    size_t at = 0;
    if (text.length > LONGEST_MARK) return;
    while (at < look->mark_count && !wres_text_same(look->marks[at].text, text)) at++;
    if (at == MOST_MARKS) return;
    if (at == look->mark_count) {
        look->marks[at] = (wres_value_seen){.text = {wres_copy(run, text.bytes, text.length), text.length}, .first_line = line};
        look->mark_count++;
    }
    look->marks[at].rows++;
}

static void look_at(file_reader *reader, const feed *f, const wres_text *cells, uint64_t line, const wres_row *row) {
    struct look *look = f->look;
    const wres_text text = wres_text_trim(cells[f->column]);
    look->rows++;
    if (text.length)
        look->filled++;
    else if (!look->first_empty_line)
        look->first_empty_line = line;
    if (look->texts && (text.length || f->type == WRES_TYPE_CODE)) look_at_text(reader->run, look, text, line, row);
    if (f->type == WRES_TYPE_ID && text.length) look_at_id(look, text);
    if (f->type != WRES_TYPE_DECIMAL && f->type != WRES_TYPE_COUNT && f->type != WRES_TYPE_BASE) return;
    bool is_number;
    look->sum += number_in(reader, f, text, &is_number);
    if (is_number || !text.length) return;
    note_mark(reader->run, look, text, line);
    if (look->unread++ == 0) look->first_unread_line = line;
}

void look_row(file_reader *reader, const wres_text *cells, size_t count, uint64_t line, wres_row *row) {
    for (size_t i = 0; i < count && i < reader->columns; i++) {
        const wres_text text = wres_text_trim(cells[i]);
        row->content = wres_hash_bytes(text.bytes, text.length, row->content);
    }
    for (size_t i = 0; i < reader->feed_count && !row->has_decimal; i++)
        if (reader->feeds[i].type == WRES_TYPE_DECIMAL)
            row->has_decimal = decimal_in(reader, cells[reader->feeds[i].column], &row->decimal);
    for (size_t i = 0; i < reader->feed_count; i++) look_at(reader, &reader->feeds[i], cells, line, row);
}

/* ---- the file is read --------------------------------------------------------------------------------------- */

static void add_dates(const feed *f, wres_column_seen *column) {
    for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++) {
        const wres_date date = f->seen[t].date;
        if (date == WRES_NO_DATE) continue;
        if (column->earliest == WRES_NO_DATE || date < column->earliest) column->earliest = date;
        if (column->latest == WRES_NO_DATE || date > column->latest) column->latest = date;
    }
}

/* Of values that may not be shown, what they are read as is enough: one entry for each. */
static void fold_values(wres_value_seen *values, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        const wres_value_seen value = values[i];
        size_t at = 0;
        while (at < kept && (values[at].code != value.code || values[at].found != value.found)) at++;
        if (at == kept) {
            values[kept] = value;
            values[kept++].text.length = 0;
            continue;
        }
        values[at].texts += value.texts;
        values[at].rows += value.rows;
        values[at].people += value.people;
        values[at].decided += value.decided;
        values[at].sum.numerator += value.sum.numerator;
        if (value.first_line < values[at].first_line) values[at].first_line = value.first_line;
    }
    *count = kept;
}

static void add_values(file_reader *reader, const feed *f, wres_column_seen *column) {
    const struct look *look = f->look;
    wres_value_seen *values = wres_alloc(reader->run, (wres_dictionary_count(look->texts) + 1) * sizeof *values);
    column->values = values;
    column->value_count = wres_dictionary_count(look->texts);
    for (uint32_t t = 0; t < column->value_count; t++) {
        const look_value *from = &look->values[t];
        wres_value_seen *value = &values[t];
        value->text = wres_dictionary_bytes(look->texts, t);
        value->code = wres_list_look_up(f->list, reader->run, mapped_text(reader->run, f, value->text), &value->found);
        value->member = wres_list_member_name(f->list, value->code);
        value->texts = 1;
        value->rows = from->rows;
        value->people = from->people;
        value->first_line = from->first_line;
        value->sum = (wres_rational){from->sum, UNITS};
    }
    for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++) {
        const uint32_t number = wres_dictionary_find(look->texts, wres_text_trim(wres_dictionary_bytes(f->texts, t)));
        if (number == WRES_NOWHERE) continue;
        values[number].decided += f->seen[t].rows;
        if (!may_be_shown(&f->seen[t], values[number].text)) values[number].text.length = 0;
    }
    if (column->hidden) fold_values(values, &column->value_count);
}

static wres_column_seen column_of(file_reader *reader, const feed *f) {
    const struct look *look = f->look;
    wres_column_seen column = {.field = f->field,
                               .header = wres_visible(reader->run, reader->header_cells[f->column]),
                               .rows = look->rows,
                               .filled = look->filled,
                               .first_empty_line = look->first_empty_line,
                               .people = reader->looked_up[f->field],
                               .unmapped = reader->unmapped[f->field],
                               .distinct = look->ids ? wres_hash_set_count(look->ids) : 0,
                               .earliest = WRES_NO_DATE,
                               .latest = WRES_NO_DATE,
                               .sum = {look->sum, UNITS},
                               .unread = look->unread,
                               .first_unread_line = look->first_unread_line,
                               .marks = look->marks,
                               .mark_count = look->mark_count};
    if (look->texts) {
        const bool has_blank = wres_dictionary_find(look->texts, (wres_text){"", 0}) != WRES_NOWHERE;
        column.distinct = wres_dictionary_count(look->texts) - has_blank;
    }
    if (f->type == WRES_TYPE_DATE || f->type == WRES_TYPE_YEAR) add_dates(f, &column);
    if (f->type != WRES_TYPE_CODE) return column;
    column.hidden = is_hidden(reader, f);
    add_values(reader, f, &column);
    return column;
}

void look_end(file_reader *reader) {
    wres_file_seen *seen = wres_alloc(reader->run, sizeof *seen);
    wres_column_seen *columns = wres_alloc(reader->run, (reader->feed_count + 1) * sizeof *columns);
    *seen = (wres_file_seen){.table = reader->table, .file = reader->file, .columns = columns};
    for (size_t field = 0; field < reader->table->field_count; field++) {
        const feed *f = reader->feed_of[field] >= 0 ? &reader->feeds[reader->feed_of[field]] : NULL;
        if (!f || !f->look) continue;
        seen->has_sums = seen->has_sums || f->type == WRES_TYPE_DECIMAL;
        columns[seen->column_count++] = column_of(reader, f);
    }
    for (size_t i = 0; i < reader->feed_count; i++)
        if (reader->feeds[i].look && reader->feeds[i].look->ids) wres_hash_set_drop(reader->feeds[i].look->ids);
    reader->account->seen = seen;
}
