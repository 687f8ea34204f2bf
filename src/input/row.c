/* One record: cells to codes through a cache a column, so that a text is looked up once however often it occurs. */
#include <stdio.h>
#include <string.h>

#include "input/input.h"

void row_error(file_reader *reader, uint64_t line, int field, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *name = field >= 0 ? reader->table->fields[field].name : NULL;
    const char *check = field < 0 ? "row" : wres_type_name(reader->table->fields[field].type);
    wres_find(reader->run, WRES_ERROR, check, (wres_place){reader->table->name, reader->file, line, name}, 0, "%s", text);
    reader->failed = true;
}

/* ---- what a text stands for --------------------------------------------------------------------------------- */

wres_text mapped_text(wres_run *run, const feed *f, wres_text cell) {
    if (!f->map) return cell;
    const char *normal = wres_normalised(run, cell);
    for (size_t i = 0; i < f->map->values.count; i++)
        if (strcmp(wres_normalised(run, wres_text_of(f->map->values.all[i].name)), normal) == 0)
            return wres_text_of(f->map->values.all[i].value);
    return cell;
}

/* What is said on the command line goes before what the settings say of the file, and that before what they say of all. */
static wres_dates dates_told(const file_reader *reader) {
    const wres_dates of_file = reader->setting->dates, of_all = reader->reading->dates;
    return of_file == WRES_DATES_INFERRED || (reader->reading->dates_decided && of_all != WRES_DATES_INFERRED) ? of_all : of_file;
}

bool is_order_told(const file_reader *reader) { return dates_told(reader) != WRES_DATES_INFERRED; }

wres_date_order date_order(const file_reader *reader) {
    return dates_told(reader) == WRES_DATES_MONTH_FIRST ? WRES_MONTH_FIRST : WRES_DAY_FIRST;
}

static void note_date(file_reader *reader, const feed *f, wres_text text, uint64_t line) {
    evidence *e = &reader->evidence;
    switch (wres_date_order_of(text)) {
    case WRES_TELLS_DAY_FIRST:
        if (!e->day_first_line) e->day_first_line = line;
        break;
    case WRES_TELLS_MONTH_FIRST:
        if (!e->month_first_line) e->month_first_line = line;
        break;
    case WRES_IN_DOUBT:
        if (!e->doubtful_line) e->doubtful_line = line, e->doubtful_field = f->field;
        break;
    case WRES_TELLS_NOTHING: break;
    }
}

/* 1.23E+07, 1.23E7: what a spreadsheet makes of a long number, or of a code like 5E01: the digits that told things apart are gone. */
bool is_spoiled(wres_text text) {
    size_t at = 0, points = 0;
    for (; at < text.length && ((text.bytes[at] >= '0' && text.bytes[at] <= '9') || text.bytes[at] == '.'); at++)
        points += text.bytes[at] == '.';
    if (at == 0 || at + 1 >= text.length || (text.bytes[at] | 0x20) != 'e') return false;
    const bool plus = text.bytes[++at] == '+';
    at += plus;
    if ((!plus && points != 1) || at == text.length) return false;
    for (; at < text.length; at++)
        if (text.bytes[at] < '0' || text.bytes[at] > '9') return false;
    return true;
}

bool does_tell(const file_reader *reader, int field) {
    return !reader->receiver->tells || reader->receiver->tells(reader->receiver->context, field);
}

static void decode_text(file_reader *reader, const feed *f, wres_text text, uint64_t line, decoded *d) {
    wres_dictionary *vocabulary = wres_vocabulary(reader->reading, reader->table->fields[f->field].name);
    d->code = (uint16_t)wres_dictionary_add(vocabulary, text);
    d->bad = (wres_dictionary_count(vocabulary) > MOST_DISTINCT && does_tell(reader, f->field)) || is_spoiled(text);
    if (!d->bad) return;
    row_error(
        reader, line, f->field, "%s",
        is_spoiled(text)
            ? "a text in the form 5.00E+01: a spreadsheet has made a number of a code. Export the file again without opening it in one"
            : "over 65,000 different values: this is no field to group by. Is the right column mapped to it?");
}

static decoded decode(file_reader *reader, feed *f, wres_text cell, uint64_t line) {
    decoded d = {.first_line = line, .found = WRES_FOUND, .date = WRES_NO_DATE};
    uint64_t year;
    const wres_text text = mapped_text(reader->run, f, wres_text_trim(cell));
    if (text.length == 0) d.found = WRES_BLANK;
    switch (f->type) {
    case WRES_TYPE_CODE:
        d.code = wres_list_look_up(f->list, reader->run, text, &d.found);
        d.total = d.found == WRES_UNMAPPED && is_total_text(text);
        break;
    case WRES_TYPE_TEXT: decode_text(reader, f, text, line, &d); break;
    case WRES_TYPE_DATE:
        if (d.found == WRES_BLANK) break;
        d.date = wres_date_parse(text, date_order(reader));
        d.bad = d.date == WRES_NO_DATE;
        note_date(reader, f, text, line);
        break;
    case WRES_TYPE_YEAR:
        if (d.found == WRES_BLANK) break;
        if (text.length == 4 && wres_count_parse(text, &year) && year >= 1900 && year <= 2100)
            d.date = wres_date_of((int)year, 1, 1);
        d.bad = d.date == WRES_NO_DATE;
        break;
    case WRES_TYPE_DECIMAL: d.bad = d.found != WRES_BLANK && !wres_fte_parse(text, &d.fte, &d.rounded); break;
    default: break;
    }
    return d;
}

static decoded *look_up(file_reader *reader, feed *f, wres_text cell, uint64_t line) {
    const uint32_t known = wres_dictionary_count(f->texts);
    const uint32_t number = wres_dictionary_add(f->texts, cell);
    if (number < known) return &f->seen[number];
    if (number >= f->seen_room) {
        const size_t room = f->seen_room ? 2 * f->seen_room : 64;
        f->seen = wres_grow(reader->run, f->seen, f->seen_room * sizeof *f->seen, room * sizeof *f->seen);
        f->seen_room = room;
    }
    f->seen[number] = decode(reader, f, cell, line);
    return &f->seen[number];
}

uint32_t number_of_text(file_reader *reader, feed *f, wres_text text) { return (uint32_t)(look_up(reader, f, text, 0) - f->seen); }

void count_value(file_reader *reader, const feed *f, decoded *d, uint64_t rows, uint64_t count) {
    d->rows += rows;
    d->people += count;
    if (f->type != WRES_TYPE_CODE || d->found == WRES_BLANK) return;
    reader->looked_up[f->field] += count;
    if (d->found == WRES_UNMAPPED) reader->unmapped[f->field] += count;
}

/* 45747, 45747.5: days since 1900 as a spreadsheet counts them, from 1954 to 2119. */
static bool is_serial(wres_text text) {
    wres_rational number;
    return wres_decimal_parse(text, &number) && number.numerator >= 20000 * number.denominator &&
           number.numerator < 80000 * number.denominator;
}

static bool date_error(file_reader *reader, const feed *f, wres_text cell, uint64_t line) {
    row_error(
        reader, line, f->field,
        f->type == WRES_TYPE_YEAR ? "no year from 1900 to 2100 stands here"
        : is_serial(cell)
            ? "no date of the calendar stands here, but the number by which a spreadsheet counts days. Format the column as a date "
              "(2025-03-31) before it is exported"
        : date_order(reader) == WRES_DAY_FIRST
            ? "no date of the calendar stands here (read as day/month/year or year-month-day). If the file writes month/day/year, say 'dates: m/d/y' in the settings, or --dates m/d/y"
            : "no date of the calendar stands here (read as month/day/year or year-month-day)");
    return false;
}

/* ---- the cells of a row ------------------------------------------------------------------------------------- */

static const char count_help[] =
    "no whole number below 1,000,000,000,000 stands here. A count must be digits only: a hidden count (such as <5 or [c]) is never "
    "read as a number. Say in the settings what such a mark stands for (hidden: {\"<5\": 1-4}, hidden: [\"[c]\"], zero: [\"-\"]), "
    "correct the cell, or leave such rows out under 'leave_out'";

static bool read_count(file_reader *reader, int field, const wres_text *cells, uint64_t line, known_count *count) {
    if (field < 0 || reader->feed_of[field] < 0) return true;
    const wres_text cell = cells[reader->feeds[reader->feed_of[field]].column];
    if (wres_count_parse(cell, &count->least)) {
        count->most = count->least;
        return true;
    }
    if (mark_find(reader, cell, line, count)) return true;
    row_error(reader, line, field, "%s", count_help);
    return false;
}

static bool read_base(file_reader *reader, const wres_text *cells, uint64_t line, wres_row *row) {
    known_count base = {0};
    if (!read_count(reader, reader->table->base, cells, line, &base)) return false;
    row->base = base.least;
    row->base_most = base.most;
    row->base_hidden = base.hidden;
    return true;
}

static bool read_percent(file_reader *reader, const wres_text *cells, uint64_t line, wres_row *row) {
    const int field = reader->table->percent;
    if (field < 0 || reader->feed_of[field] < 0) return true;
    wres_text text = wres_text_trim(cells[reader->feeds[reader->feed_of[field]].column]);
    if (text.length == 0) return true;
    known_count mark = {0};
    row->has_percent = true;
    const bool marked = mark_find(reader, text, line, &mark);
    row->percent_hidden = marked ? mark.hidden : text.length == 1 && text.bytes[0] == '*';
    if (!marked && text.bytes[text.length - 1] == '%') text = wres_text_trim((wres_text){text.bytes, text.length - 1});
    if (row->percent_hidden) return true;
    if (marked) {
        row->percent = (wres_rational){0, 1};
    } else if (!wres_decimal_parse(text, &row->percent) || row->percent.numerator < 0 ||
               row->percent.numerator > 100 * row->percent.denominator) {
        row_error(
            reader, line, field,
            "no percentage from 0 to 100 stands here ('*' where it is hidden; say under 'hidden' in the settings what other marks hide it)");
        return false;
    }
    if (reader->table->base < 0 || reader->feed_of[reader->table->base] < 0) {
        row_error(reader, line, field, "a percentage needs the number it is of: add the column base");
        return false;
    }
    return read_base(reader, cells, line, row);
}

/* What spreadsheets and databases write where there is nothing: no two such rows are one person. */
static bool is_no_id(wres_text text) {
    static const char *const nothing[] = {"#n/a",    "n/a",       "na",      "null", "none",  "nan",     "-",
                                          "unknown", "not known", "(blank)", "0",    "#ref!", "#value!", "#name?"};
    char normal[16];
    const size_t length = wres_text_normalise(text, normal, sizeof normal);
    if (length == 0) return true;
    if (length > sizeof normal) return false;
    if (normal[0] == '#' && length > 2 && normal[1] == '#') return true; /* ####: a column that was too narrow */
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (strlen(nothing[i]) == length && memcmp(nothing[i], normal, length) == 0) return true;
    return false;
}

/* A spreadsheet keeps fifteen digits and writes 0 for the others. */
enum { KEPT_DIGITS = 15, SHORTEST_CUT = 16 };

static void note_long_id(file_reader *reader, const feed *f, wres_text text, uint64_t line) {
    evidence *e = &reader->evidence;
    bool zeroed = true;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') return;
        zeroed = zeroed && (i < KEPT_DIGITS || text.bytes[i] == '0');
    }
    if (e->long_ids++ == 0) e->zeroed_line = line, e->zeroed_field = f->field;
    e->zeroed_ids += zeroed;
}

static void read_id(file_reader *reader, const feed *f, wres_text cell, uint64_t line) {
    const wres_text text = wres_text_trim(cell);
    reader->given[f->field] = text.length > 0 && (text.length > 16 || !is_no_id(text));
    reader->id[f->field] = wres_hash_bytes(text.bytes, text.length, (wres_hash){0, 0});
    if (text.length >= SHORTEST_CUT) note_long_id(reader, f, text, line);
    if (is_spoiled(text) && reader->spoiled_ids++ == 0)
        row_error(
            reader, line, f->field,
            "an identifier in the form 1.23E+07: a spreadsheet has cut off the digits that tell people apart. Export the file again without opening it in one");
}

int wres_fte_field(const wres_table *table) {
    for (int f = 0; f < (int)table->field_count; f++)
        if (table->fields[f].type == WRES_TYPE_DECIMAL && table->time == WRES_TIME_SNAPSHOT) return f;
    return WRES_NO_FIELD;
}

bool is_looked_up(const file_reader *reader, const feed *f) {
    const wres_type type = f->type;
    return type == WRES_TYPE_CODE || type == WRES_TYPE_TEXT || type == WRES_TYPE_DATE || type == WRES_TYPE_YEAR ||
           (type == WRES_TYPE_DECIMAL && f->field == reader->fte_field);
}

static bool fte_error(file_reader *reader, const feed *f, wres_text cell, uint64_t line) {
    const wres_text text = wres_text_trim(cell);
    uint64_t fte;
    bool rounded;
    row_error(
        reader, line, f->field, "%s",
        text.bytes[0] == '-' && wres_fte_parse((wres_text){text.bytes + 1, text.length - 1}, &fte, &rounded)
            ? "a negative FTE, which nobody can have: correct the cell, or leave such rows out under 'leave_out'"
            : "no full-time equivalent stands here: a number as 0.8, below 1,000,000,000. Correct the cell, leave it empty, or "
              "leave such rows out under 'leave_out'");
    return false;
}

/* What the cells stand for, before anything is counted: *total where one is called like a total and is in no code list, *named where
 * one names a group. */
static void look_up_cells(file_reader *reader, const wres_text *cells, uint64_t line, bool *total, bool *named) {
    *total = *named = false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *f = &reader->feeds[i];
        if (is_looked_up(reader, f)) {
            f->now = look_up(reader, f, cells[f->column], line);
            *total = *total || f->now->total;
            *named = *named || ((f->type == WRES_TYPE_CODE || f->type == WRES_TYPE_TEXT) && f->now->found != WRES_BLANK);
        } else if (f->type == WRES_TYPE_ID)
            *named = *named || wres_text_trim(cells[f->column]).length > 0;
    }
}

static bool read_cell(file_reader *reader, feed *f, const wres_text *cells, uint64_t line, uint64_t count, wres_row *row) {
    const wres_text cell = cells[f->column];
    if (f->type == WRES_TYPE_ID) {
        if (!reader->weighs) read_id(reader, f, cell, line);
        return true;
    }
    if (!is_looked_up(reader, f)) return true;
    decoded *d = f->now;
    count_value(reader, f, d, 1, count);
    reader->code[f->field] = d->code;
    reader->given[f->field] = d->found != WRES_BLANK;
    if (f->type == WRES_TYPE_DECIMAL) row->fte = d->fte;
    if (d->bad && f->type == WRES_TYPE_DECIMAL) return fte_error(reader, f, cell, line);
    if (d->bad && f->type != WRES_TYPE_TEXT) return date_error(reader, f, cell, line);
    if (f->field == reader->table->date) row->date = d->date;
    return !d->bad;
}

static decoded *decoded_cell(file_reader *reader, int field) {
    return field < 0 || reader->feed_of[field] < 0 ? NULL : reader->feeds[reader->feed_of[field]].now;
}

/* Band and grade: only the field that decides is counted, so that a consultant's pay scale is no unmapped band. In one column that
 * feeds both, without a staff group, a known medical grade is one and everything else a band. d: what stands in the two; NULL for none, and
 * then for the one that is not looked at. */
static wres_place_in_grades choose_grade(const file_reader *reader, decoded *d[2], uint16_t *code, bool *given, decoded **decides) {
    const int fields[] = {reader->band_field, reader->grade_field};
    const uint16_t staff_group = reader->group_field >= 0 ? code[reader->group_field] : wres_list_blank(reader->groups);
    const wres_decider decider = wres_grades_decider(reader->reading->grades, staff_group);
    const bool band_first = decider == WRES_BY_BAND;
    if (reader->band_is_grade && band_first) d[1] = NULL;
    const bool is_grade = decider == WRES_BY_GRADE || (d[1] && d[1]->found == WRES_FOUND);
    if (reader->band_is_grade && is_grade) d[0] = NULL;
    if (reader->band_is_grade && !is_grade) d[1] = NULL;
    bool there[2];
    for (int i = 0; i < 2; i++) {
        there[i] = d[i] && d[i]->found != WRES_BLANK;
        if (fields[i] < 0) continue;
        given[fields[i]] = there[i];
        if (d[i]) code[fields[i]] = d[i]->code;
    }
    *decides = d[there[1] && (!there[0] || !band_first) ? 1 : 0];
    return wres_grades_place(reader->reading->grades, there[0] ? &d[0]->code : NULL, there[1] ? &d[1]->code : NULL, staff_group);
}

void place_in_grades(file_reader *reader, uint64_t rows, uint64_t count, wres_row *row) {
    decoded *d[] = {decoded_cell(reader, reader->band_field), decoded_cell(reader, reader->grade_field)}, *decides;
    const decoded *const grade = d[1];
    row->place = choose_grade(reader, d, reader->code, reader->given, &decides);
    if (!decides) return;
    const int field = decides == grade ? reader->grade_field : reader->band_field;
    count_value(reader, &reader->feeds[reader->feed_of[field]], decides, rows, count);
}

wres_place_in_grades place_decoded(const file_reader *reader, decoded *d[2], uint16_t *code, bool *given) {
    decoded *decides;
    const int fields[] = {reader->band_field, reader->grade_field};
    for (int i = 0; i < 2; i++)
        if (fields[i] >= 0) {
            given[fields[i]] = false;
            code[fields[i]] = wres_list_blank(reader->feeds[reader->feed_of[fields[i]]].list);
        }
    return choose_grade(reader, d, code, given, &decides);
}

/* ---- stages out of flags ------------------------------------------------------------------------------------- */

/* The furthest of the stage column and of the flags that say yes (a flag is called like its stage); an application at least. */
void derive_stage(file_reader *reader) {
    const int stage = reader->stage_field;
    const wres_list *stages = reader->stages;
    if (!reader->stage_by_flags) return;
    uint16_t furthest = reader->feed_of[stage] >= 0 && reader->given[stage] ? reader->code[stage] : reader->first_stage;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->flag_of == 0 || strcmp(wres_list_member_name(f->list, reader->code[f->field]), "yes") != 0) continue;
        if (wres_list_order(stages, f->flag_of - 1) > wres_list_order(stages, furthest)) furthest = (uint16_t)(f->flag_of - 1);
    }
    reader->code[stage] = furthest;
    reader->given[stage] = true;
}

/* A question's number means another question in another year: what a survey did not ask cannot have been answered. */
static bool check_question(file_reader *reader, const wres_row *row) {
    const int question = reader->question_field;
    uint64_t bound;
    int year, month, day;
    if (question < 0 || row->date == WRES_NO_DATE) return true;
    const wres_list *list = reader->feeds[reader->feed_of[question]].list;
    const int first = wres_list_attribute(list, "first_year"), last = wres_list_attribute(list, "last_year");
    if (first < 0 || last < 0) return true;
    const uint16_t member = reader->code[question];
    wres_date_split(row->date, &year, &month, &day);
    const bool early =
        wres_count_parse(wres_text_of(wres_list_value(list, first, wres_list_value_of(list, first, member))), &bound) &&
        (uint64_t)year < bound;
    const bool late = wres_count_parse(wres_text_of(wres_list_value(list, last, wres_list_value_of(list, last, member))), &bound) &&
                      (uint64_t)year > bound;
    if (early || late)
        row_error(
            reader, row->line, question,
            "this question number is not one of the survey of %d: the numbers changed in 2021. Correct the year or the number ('wres codes questions' lists them)",
            year);
    return !early && !late;
}

/* ---- rows that are no records ------------------------------------------------------------------------------- */

static bool is_listed(file_reader *reader, dropper *d, wres_text cell) {
    const uint32_t number = wres_dictionary_add(d->texts, cell);
    if (number >= d->room) {
        const size_t room = d->room ? 2 * d->room : 64;
        d->verdict = wres_grow(reader->run, d->verdict, d->room, room);
        d->room = room;
    }
    if (d->verdict[number] == 0) {
        const char *normal = wres_normalised(reader->run, cell);
        d->verdict[number] = -1;
        for (size_t i = 0; i < d->setting->value_count; i++)
            if (strcmp(normal, wres_normalised(reader->run, wres_text_of(d->setting->values[i]))) == 0) {
                d->verdict[number] = 1;
                d->met[i]++;
            }
    }
    return d->verdict[number] > 0;
}

static bool is_dropped(file_reader *reader, const wres_text *cells) {
    bool dropped = false; /* every dropper looks, so that each knows which of its values occur */
    for (size_t i = 0; i < reader->dropper_count; i++) {
        dropper *d = &reader->droppers[i];
        dropped = is_listed(reader, d, cells[d->column]) != d->keeps || dropped;
    }
    return dropped;
}

static void leave_dropped(file_reader *reader, const wres_text *cells) {
    const int field = reader->table->count;
    uint64_t count;
    if (field >= 0 && reader->feed_of[field] >= 0 && wres_count_parse(cells[reader->feeds[reader->feed_of[field]].column], &count))
        reader->odd.sum_left_out += count;
    account_row(reader->run, reader->account, &(wres_disposition){.outcome = WRES_REASON_SETTINGS});
}

static bool is_blank_row(const wres_text *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (wres_text_trim(cells[i]).length) return false;
    return true;
}

/* A header in the midst of the rows: two exports pasted together. It would be counted as somebody. */
static bool is_header_again(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    if (count < reader->columns || !reader->header_cells) return false;
    for (size_t i = 0; i < reader->columns; i++)
        if (!wres_text_same(wres_text_trim(cells[i]), reader->header_cells[i])) return false;
    row_error(reader, line, -1, "this row repeats the header: most likely two exports were pasted together. Remove the row");
    return true;
}

static bool has_right_width(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    const bool more = count > reader->most_columns && !is_blank_row(cells + reader->most_columns, count - reader->most_columns);
    if (count >= reader->columns && !more) return true;
    row_error(
        reader, line, -1,
        "this row has %zu cells and the header %zu. Most likely a comma or a line break stands in a cell without quotation marks",
        count, reader->columns);
    return false;
}

/* Percentages of 0.25 in every row were most likely meant as 25. */
static void note_percent(file_reader *reader, const wres_text *cells, const wres_row *row) {
    evidence *e = &reader->evidence;
    if (!row->has_percent || row->percent_hidden || row->percent.numerator == 0) return;
    const wres_text cell = wres_text_trim(cells[reader->feeds[reader->feed_of[reader->table->percent]].column]);
    const bool whole = row->percent.numerator > row->percent.denominator || (cell.length && cell.bytes[cell.length - 1] == '%');
    e->whole_percents = e->whole_percents || whole;
    if (!whole && e->fractions++ == 0) e->fraction_line = row->line;
}

/* A row that is no record is accounted for and done with. */
static bool is_no_record(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    const bool narrow = count < reader->columns; /* whatever is looked at in the cells is not there */
    if (is_blank_row(cells, count)) {
        account_row(reader->run, reader->account, &(wres_disposition){.outcome = WRES_REASON_BLANK_ROW});
        return true;
    }
    reader->data_rows++;
    if (!narrow && (!has_right_width(reader, cells, count, line) || is_header_again(reader, cells, count, line))) return true;
    if (!narrow && reader->dropper_count && is_dropped(reader, cells))
        leave_dropped(reader, cells);
    else if (is_total_row(reader, cells, count))
        leave_total(reader, cells, count, line);
    else if (!narrow && is_second_header(reader, cells, line))
        return true;
    else if (is_footer(reader, cells, count))
        leave_footer(reader, cells, count, line);
    else
        return narrow && !has_right_width(reader, cells, count, line);
    return true;
}

uint64_t wres_row_people(const wres_row *row) { return row->hidden ? 1 : row->count; }

static void note_record(file_reader *reader, const wres_row *row, bool named) {
    odd_rows *odd = &reader->odd;
    odd->sum += row->count;
    odd->hidden = odd->hidden || row->hidden;
    if (!named && odd->keyless++ == 0) odd->keyless_line = row->line;
}

/* Three values or more of one row in no list: its cells are most likely shifted, and may be free text. */
static void note_shifted(file_reader *reader) {
    size_t unmapped = 0;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        const bool again = reader->band_is_grade && f->field == reader->grade_field; /* the same cell */
        unmapped += f->type == WRES_TYPE_CODE && !again && f->now->found == WRES_UNMAPPED;
    }
    for (size_t i = 0; i < reader->feed_count && unmapped > 2; i++)
        if (reader->feeds[i].type == WRES_TYPE_CODE) reader->feeds[i].now->shifted++;
}

wres_status row_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    wres_disposition disposition = {WRES_USED, false, 0};
    bool total, named;
    if (is_no_record(reader, cells, count, line)) return WRES_OK;
    look_up_cells(reader, cells, line, &total, &named);
    if (total || (!named && is_silent_total(reader, cells))) {
        leave_total(reader, cells, count, line);
        return WRES_OK;
    }
    if (reader->odd.footers) end_footers(reader);
    wres_row row = {.layout = reader->layout,
                    .code = reader->code,
                    .id = reader->id,
                    .given = reader->given,
                    .date = WRES_NO_DATE,
                    .file = reader->file,
                    .line = line};
    known_count people = {1, 1, false};
    bool good = read_count(reader, reader->table->count, cells, line, &people) && read_percent(reader, cells, line, &row);
    row.count = people.least;
    row.most = people.most;
    row.hidden = people.hidden;
    const uint64_t weight = wres_row_people(&row);
    if (reader->reading->look) look_row(reader, cells, count, line, &row);
    for (size_t f = 0; f < reader->table->field_count; f++) reader->given[f] = false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *f = &reader->feeds[i];
        if (f->field == reader->band_field || f->field == reader->grade_field)
            reader->code[f->field] = wres_list_blank(f->list);
        else if (!read_cell(reader, f, cells, line, weight, &row))
            good = false;
    }
    note_shifted(reader);
    if (!good) return WRES_OK; /* said; the run fails in the end */
    note_percent(reader, cells, &row);
    note_record(reader, &row, named);
    if (!check_question(reader, &row)) return WRES_OK;
    derive_stage(reader);
    if (reader->layout->has_section || reader->layout->has_grade) place_in_grades(reader, 1, weight, &row);
    const wres_status status = reader->receiver->row(reader->receiver->context, &row, &disposition);
    account_row(reader->run, reader->account, &disposition);
    return status;
}
