/* What reading a file as its setting says leaves open: values in no list, marks in the place of counts, dates that can be read in two ways. */
#include <string.h>

#include "input/input.h"

enum { LONGEST_VALUE = 100 };

typedef struct doubter {
    wres_reading *reading;
    wres_run *run;
    wres_doubts *doubts;
    size_t room;
} doubter;

/* What the guess knows itself, and what is asked about, is no mistake of the file. */
static bool is_asked_about(const char *check) {
    static const char *const asked[] = {"unmapped-share", "count", "base", "header"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (strcmp(check, asked[i]) == 0) return true;
    return false;
}

static void hear(void *context, const wres_finding *finding) {
    const doubter *d = context;
    const char *message = finding->message;
    if (strcmp(finding->check, "ambiguous-dates") == 0) {
        d->doubts->dates_line = finding->place.line;
        return;
    }
    if (strcmp(finding->check, "encoding") == 0 && finding->severity < WRES_ERROR)
        d->doubts->encoding = wres_copy(d->run, message, strlen(message));
    if (finding->severity < WRES_ERROR || is_asked_about(finding->check) || d->doubts->errors++ > 0) return;
    d->doubts->first_error = wres_copy(d->run, message, strlen(message));
    d->doubts->first_error_line = finding->place.line;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static wres_status begin(void *context, const wres_layout *layout, const char *file) {
    (void)context, (void)layout, (void)file;
    return WRES_OK;
}

static wres_status take_row(void *context, const wres_row *row, wres_disposition *disposition) {
    (void)context, (void)row;
    disposition->outcome = WRES_USED;
    return WRES_OK;
}

static wres_status read_with(doubter *d, const wres_table *table, const char *path, const wres_input_setting *setting) {
    const bool look = d->reading->look, hash = d->reading->hash;
    const struct wres_table_file file = {path, setting};
    const wres_table_input input = {table, &file, 1};
    const wres_receiver receiver = {.context = d, .begin = begin, .row = take_row};
    wres_account account = {0};
    *d->doubts = (wres_doubts){.latest = WRES_NO_DATE};
    d->reading->look = true;
    d->reading->hash = false;
    wres_findings_divert(d->run, hear, d);
    const wres_status status = wres_input_read(d->reading, &input, &receiver, &account);
    wres_findings_divert(d->run, NULL, NULL);
    d->reading->look = look;
    d->reading->hash = hash;
    d->doubts->seen = wres_account_seen(&account);
    d->doubts->rows = account.read;
    for (size_t i = 0; d->doubts->seen && i < d->doubts->seen->column_count; i++) /* rows with a mistake are in no account */
        if (d->doubts->seen->columns[i].rows > d->doubts->rows) d->doubts->rows = d->doubts->seen->columns[i].rows;
    return status;
}

static const wres_column_seen *column_of(const wres_file_seen *seen, int field) {
    for (size_t i = 0; seen && field >= 0 && i < seen->column_count; i++)
        if (seen->columns[i].field == field) return &seen->columns[i];
    return NULL;
}

/* ---- bands and medical grades in one column ----------------------------------------------------------------- */

static bool is_in(const doubter *d, const char *list, wres_text text) {
    wres_found found;
    wres_list_look_up(wres_codes_find(d->reading->codes, list), d->run, text, &found);
    return found == WRES_FOUND;
}

static bool is_stray_grade(const doubter *d, const wres_value_seen *value) {
    return value->found == WRES_UNMAPPED && value->decided > 0 && is_in(d, "medical_grades", value->text);
}

static uint64_t stray_grades(const doubter *d, const wres_column_seen *band) {
    uint64_t rows = 0;
    for (size_t i = 0; band && i < band->value_count; i++)
        if (is_stray_grade(d, &band->values[i])) rows += band->values[i].decided;
    return rows;
}

static const char *header_of(const wres_input_setting *setting, const char *field) {
    for (size_t i = 0; i < setting->columns.count; i++)
        if (strcmp(setting->columns.all[i].name, field) == 0) return setting->columns.all[i].value;
    return NULL;
}

/* ---- what is open ------------------------------------------------------------------------------------------- */

static bool begins_with(wres_text text, const char *with) {
    const size_t length = strlen(with);
    return text.length > length && memcmp(text.bytes, with, length) == 0;
}

/* "All grades", "All - including unknown"; but "All other ethnic groups" are somebody. */
static bool is_like_total(wres_run *run, wres_text text) {
    const wres_text normal = wres_text_of(wres_normalised(run, text));
    return is_total_text(text) ||
           ((begins_with(normal, "all ") || begins_with(normal, "all-")) && !begins_with(normal, "all other"));
}

/* By bytes, so that what is found does not hang on the order of the rows. */
static int compare_texts(wres_text a, wres_text b) {
    const size_t common = a.length < b.length ? a.length : b.length;
    const int order = common ? memcmp(a.bytes, b.bytes, common) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

/* Of a field those with most rows first. */
static bool stands_before(const wres_open_value *a, const wres_open_value *b) {
    if (a->field != b->field) return false;
    return a->rows != b->rows ? a->rows > b->rows : compare_texts(a->text, b->text) < 0;
}

static void add_value(doubter *d, const wres_column_seen *column, const wres_value_seen *value, bool has_count) {
    wres_doubts *doubts = d->doubts;
    const wres_field *field = &doubts->seen->table->fields[column->field];
    if (column->hidden || value->text.length == 0 || value->text.length > LONGEST_VALUE || has_long_number(value->text)) {
        doubts->hidden_values[column->field] += value->texts;
        return;
    }
    if (doubts->value_count == d->room) {
        const size_t room = d->room ? 2 * d->room : 32, size = sizeof *doubts->values;
        doubts->values = wres_grow(d->run, doubts->values, d->room * size, room * size);
        d->room = room;
    }
    wres_open_value open = {.field = column->field, .text = value->text, .rows = value->decided};
    open.total = has_count && is_like_total(d->run, value->text);
    if (!open.total) open.near = wres_list_nearest(wres_codes_find(d->reading->codes, field->list), d->run, value->text);
    size_t at = doubts->value_count++;
    for (; at > 0 && stands_before(&open, &doubts->values[at - 1]); at--) doubts->values[at] = doubts->values[at - 1];
    doubts->values[at] = open;
}

static void add_values(doubter *d, const wres_column_seen *column) {
    const wres_table *table = d->doubts->seen->table;
    const bool has_count = column_of(d->doubts->seen, table->count), band = column->field == wres_field_find(table, "pay_band");
    for (size_t i = 0; i < column->value_count; i++) {
        const wres_value_seen *value = &column->values[i];
        if (value->found != WRES_UNMAPPED || value->decided == 0 || (band && is_stray_grade(d, value))) continue;
        add_value(d, column, value, has_count);
    }
}

/* "*", "-", "<5", "[c]", "43+", "n/a": nothing that could be somebody's words. */
static bool is_mark(wres_text text) {
    static const char *const words[] = {"n/a", "na", "nil", "none", "low", "null"};
    char lower[8] = "";
    size_t letters = 0, in_numbers = 0, digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        digits += text.bytes[i] >= '0' && text.bytes[i] <= '9';
        in_numbers += strchr("0123456789 .,%", text.bytes[i]) || (i == 0 && text.bytes[i] == '-');
        const char c = (char)(text.bytes[i] | 0x20);
        letters += c >= 'a' && c <= 'z';
        if (text.length < sizeof lower) lower[i] = c;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(lower, words[i]) == 0) return true;
    if (digits && in_numbers == text.length) return false; /* a number that is mistyped */
    return letters <= 1 && !has_long_number(text);
}

static void add_marks(doubter *d, const wres_column_seen *column) {
    wres_doubts *doubts = d->doubts;
    uint64_t kept = 0;
    for (size_t i = 0; i < column->mark_count; i++) {
        const wres_value_seen *value = &column->marks[i];
        size_t at = 0;
        if (!is_mark(value->text)) continue;
        kept += value->rows;
        while (at < doubts->mark_count && !wres_text_same(doubts->marks[at].text, value->text)) at++;
        if (at == doubts->mark_count) {
            const size_t size = sizeof *doubts->marks;
            doubts->marks = wres_grow(d->run, doubts->marks, at * size, (at + 1) * size);
            for (doubts->mark_count++; at > 0 && compare_texts(value->text, doubts->marks[at - 1].text) < 0; at--)
                doubts->marks[at] = doubts->marks[at - 1];
            doubts->marks[at] = (wres_open_mark){value->text, 0};
        }
        doubts->marks[at].rows += value->rows;
    }
    doubts->other_marks = doubts->other_marks || kept < column->unread;
}

static void note_doubts(doubter *d) {
    const wres_file_seen *seen = d->doubts->seen;
    for (size_t i = 0; i < seen->column_count; i++) {
        const wres_column_seen *column = &seen->columns[i];
        const wres_type type = seen->table->fields[column->field].type;
        if (type == WRES_TYPE_CODE) add_values(d, column);
        if (type == WRES_TYPE_COUNT || type == WRES_TYPE_BASE) add_marks(d, column);
    }
    const wres_column_seen *date = column_of(seen, seen->table->date);
    if (date && !d->doubts->dates_line) d->doubts->latest = date->latest;
    d->doubts->medical_rows = stray_grades(d, column_of(seen, wres_field_find(seen->table, "pay_band")));
}

wres_status wres_doubts_find(wres_reading *reading, const wres_table *table, const char *path, wres_input_setting *setting,
                             wres_doubts *doubts) {
    doubter d = {reading, reading->run, doubts, 0};
    const int band = wres_field_find(table, "pay_band"), grade = wres_field_find(table, "medical_grade");
    wres_status status = read_with(&d, table, path, setting);
    if (status == WRES_IO || status == WRES_USAGE || !doubts->seen) return status;
    const char *header = header_of(setting, "pay_band");
    if (grade >= 0 && header && !column_of(doubts->seen, grade) && stray_grades(&d, column_of(doubts->seen, band))) {
        setting->columns.all[setting->columns.count++] = (wres_pair){"medical_grade", header, 0};
        status = read_with(&d, table, path, setting);
        doubts->band_is_grade = true;
        if (status == WRES_IO || !doubts->seen) return status;
    }
    note_doubts(&d);
    return WRES_OK;
}
