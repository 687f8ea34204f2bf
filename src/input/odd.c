/* Rows that are no records: totals, footers, a second line of headers. */
#include <string.h>

#include "input/input.h"

enum { LONGEST_TOTAL = 64 };

/* ---- what is called a total --------------------------------------------------------------------------------- */

static bool begins_with(const char *text, size_t length, const char *with) {
    return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static bool ends_with(const char *text, size_t length, const char *with) {
    const size_t tail = strlen(with);
    return length >= tail && memcmp(text + length - tail, with, tail) == 0;
}

static bool may_begin_total(char first) {
    switch (first) {
    case 't':
    case 'T':
    case 's':
    case 'S':
    case 'o':
    case 'O':
    case 'a':
    case 'A':
    case '\xc2': return true;
    default: return false;
    }
}

/* "Total", "Grand Total", "Total staff", "White total", "All": most cells are told apart by their first and last byte. */
bool is_total_text(wres_text text) {
    static const char *const words[] = {"total", "totals", "subtotal", "subtotals", "overall", "all"};
    char normal[LONGEST_TOTAL];
    while (text.length && *text.bytes == ' ') text.bytes++, text.length--;
    while (text.length && text.bytes[text.length - 1] == ' ') text.length--;
    if (text.length < 3 || text.length > LONGEST_TOTAL) return false;
    const char first = *text.bytes, last = (char)(text.bytes[text.length - 1] | 0x20);
    if (!may_begin_total(first) && last != 'l' && last != 's' && last != ':' && last != '*') return false;
    size_t length = wres_text_normalise(text, normal, sizeof normal);
    if (length > sizeof normal) return false;
    while (length && (normal[length - 1] == ':' || normal[length - 1] == '*')) length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length == strlen(words[i]) && memcmp(normal, words[i], length) == 0) return true;
    return begins_with(normal, length, "total ") || begins_with(normal, length, "total-") ||
           begins_with(normal, length, "total:") || ends_with(normal, length, " total") || ends_with(normal, length, "-total") ||
           ends_with(normal, length, " totals");
}

static size_t first_filled(const wres_text *cells, size_t count) {
    size_t i = 0;
    while (i < count && (cells[i].length == 0 || wres_text_trim(cells[i]).length == 0)) i++;
    return i;
}

static bool is_in_list(file_reader *reader, const feed *f, wres_text cell) {
    wres_found found;
    wres_list_look_up(f->list, reader->run, mapped_text(reader->run, f, wres_text_trim(cell)), &found);
    return found != WRES_UNMAPPED;
}

/* Its first filled cell says so, and is no value of a code list. */
bool is_total_row(file_reader *reader, const wres_text *cells, size_t count) {
    const size_t first = first_filled(cells, count);
    if (first == count || !is_total_text(cells[first])) return false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->column == first && f->type == WRES_TYPE_CODE && is_in_list(reader, f, cells[first])) return false;
    }
    return true;
}

static const feed *count_feed(const file_reader *reader) {
    const int field = reader->table->count;
    return field >= 0 && reader->feed_of[field] >= 0 ? &reader->feeds[reader->feed_of[field]] : NULL;
}

/* Of a row whose groups are all blank: its count is the sum of those before it. */
bool is_silent_total(const file_reader *reader, const wres_text *cells) {
    const feed *f = count_feed(reader);
    uint64_t number;
    return f && wres_count_parse(cells[f->column], &number) && number > 0 && number == reader->odd.sum && reader->account->read > 1;
}

/* ---- totals ------------------------------------------------------------------------------------------------- */

/* A total of all groups: no cell of it names one. */
static bool is_of_all(const file_reader *reader, const wres_text *cells, size_t count) {
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->type != WRES_TYPE_CODE && f->type != WRES_TYPE_TEXT && f->type != WRES_TYPE_ID) continue;
        if (f->column < count && wres_text_trim(cells[f->column]).length && !is_total_text(cells[f->column])) return false;
    }
    return true;
}

/* A total may be one of all rows before it, or of those since any earlier one. */
static bool adds_up(const odd_rows *odd, uint64_t total) {
    if (total == odd->sum + odd->sum_left_out) return true;
    for (size_t i = 0; i < odd->boundary_count; i++)
        if (total == odd->sum - odd->boundaries[i]) return true;
    return total == odd->sum;
}

static void check_total(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    odd_rows *odd = &reader->odd;
    const feed *f = count_feed(reader);
    uint64_t number;
    if (!f || f->column >= count || odd->hidden || !is_of_all(reader, cells, count)) return;
    if (!wres_count_parse(cells[f->column], &number)) return;
    if (!adds_up(odd, number) && odd->differs_line == 0 && odd->boundary_count < MOST_BOUNDARIES) {
        odd->differs_line = line;
        odd->differs_total = number;
        odd->differs_sum = odd->sum;
    }
    if (odd->boundary_count < MOST_BOUNDARIES) odd->boundaries[odd->boundary_count++] = odd->sum;
}

void leave_total(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    const wres_disposition total = {.outcome = WRES_REASON_TOTAL};
    if (reader->odd.totals++ == 0) reader->odd.first_total = line;
    check_total(reader, cells, count, line);
    account_row(reader->run, reader->account, &total);
}

/* ---- footers ------------------------------------------------------------------------------------------------ */

static bool has_blank_inside(wres_text text) {
    text = wres_text_trim(text);
    return text.length && memchr(text.bytes, ' ', text.length);
}

static bool has_digit(wres_text text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] >= '0' && text.bytes[i] <= '9') return true;
    return false;
}

/* Whether a value of the field could look like this. */
static bool is_plausible(file_reader *reader, const feed *f, wres_text cell) {
    uint64_t number;
    wres_rational decimal;
    const wres_text text = mapped_text(reader->run, f, wres_text_trim(cell));
    switch (f->type) {
    case WRES_TYPE_CODE: return is_in_list(reader, f, cell);
    case WRES_TYPE_DATE:
        return wres_date_parse(text, date_order(reader)) != WRES_NO_DATE || (has_digit(text) && !has_blank_inside(text));
    case WRES_TYPE_YEAR:
    case WRES_TYPE_COUNT:
    case WRES_TYPE_BASE: return wres_count_parse(text, &number);
    case WRES_TYPE_DECIMAL:
    case WRES_TYPE_PERCENT: return wres_decimal_parse(text, &decimal);
    case WRES_TYPE_TEXT:
    case WRES_TYPE_ID: break;
    }
    return !has_blank_inside(text);
}

/* As many separators of another kind as a row has: a row that was written otherwise, and no footer. */
static bool is_row_written_otherwise(const file_reader *reader, wres_text cell) {
    static const char separators[] = {',', ';', '\t', '|', '~'};
    for (size_t s = 0; s < sizeof separators; s++) {
        size_t found = 0;
        for (size_t i = 0; i < cell.length; i++) found += cell.bytes[i] == separators[s];
        if (found + 1 >= reader->columns) return true;
    }
    return false;
}

/* One filled cell, in a short row or with what is no value of its column. Whether it is a footer is known when no record follows. */
bool is_footer(file_reader *reader, const wres_text *cells, size_t count) {
    const size_t first = first_filled(cells, count);
    bool fed = false;
    if (reader->columns < 3 || first == count || first + 1 + first_filled(cells + first + 1, count - first - 1) < count)
        return false;
    if (is_row_written_otherwise(reader, cells[first])) return false;
    if (count < reader->columns) return has_blank_inside(cells[first]) || !has_digit(cells[first]);
    for (size_t i = 0; i < reader->feed_count; i++) {
        if (reader->feeds[i].column != first) continue;
        if (is_plausible(reader, &reader->feeds[i], cells[first])) return false;
        fed = true;
    }
    return fed || has_blank_inside(cells[first]);
}

void leave_footer(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    const wres_disposition footer = {.outcome = WRES_REASON_FOOTER};
    odd_rows *odd = &reader->odd;
    if (odd->footers < MOST_FOOTERS) odd->footer_lines[odd->footers] = line;
    odd->footers++;
    odd->odd_footer = odd->odd_footer || !has_blank_inside(cells[first_filled(cells, count)]);
    account_row(reader->run, reader->account, &footer);
}

/* A record follows: they were none. */
void end_footers(file_reader *reader) {
    odd_rows *odd = &reader->odd;
    for (uint64_t i = 0; i < odd->footers; i++)
        row_error(
            reader, i < MOST_FOOTERS ? odd->footer_lines[i] : 0, -1,
            "this row has one filled cell, as a footer has, but records follow it. Most likely two exports were pasted together, or a line "
            "break stands in a cell without quotation marks. Remove the row, or mend it");
    odd->footers = 0;
    odd->odd_footer = false;
}

/* ---- a second line of headers ------------------------------------------------------------------------------- */

static bool is_header_word(const file_reader *reader, wres_text cell) {
    static const char *const words[] = {
        "code",  "codes",  "description", "desc",     "name",    "text",    "string", "varchar",  "char",     "number",   "integer",
        "int",   "n",      "no",          "unit",     "units",   "percent", "date",   "ddmmyyyy", "yyyymmdd", "mmddyyyy", "yn",
        "heads", "people", "persons",     "datetime", "decimal", "numeric", "float",  "boolean",  "value",    "values",   "type"};
    char key[LONGEST_TOTAL];
    const size_t length = wres_text_header_key(cell, key, sizeof key);
    if (spellings_find(reader->spellings, cell) || memchr(cell.bytes, '_', cell.length)) return true; /* ETH_DESC */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && memcmp(words[i], key, length) == 0) return true;
    return false;
}

/* Units, codes or other names below the header would be counted as somebody: no cell of it holds what its column holds. */
bool is_second_header(file_reader *reader, const wres_text *cells, uint64_t line) {
    size_t wrong = 0, filled = 0, words = 0;
    if (reader->data_rows > 1) return false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->type == WRES_TYPE_TEXT || f->type == WRES_TYPE_ID || wres_text_trim(cells[f->column]).length == 0) continue;
        if (has_digit(cells[f->column]) || is_plausible(reader, f, cells[f->column])) return false;
        wrong++;
    }
    for (size_t i = 0; i < reader->columns; i++) {
        filled += wres_text_trim(cells[i]).length > 0;
        words += wres_text_trim(cells[i]).length > 0 && is_header_word(reader, cells[i]);
    }
    if (wrong == 0 || (wrong < 2 && words < 2 && words < filled)) return false;
    row_error(
        reader, line, -1,
        "no cell of this row fits its column: most likely it is a second line of the header (units, codes), which would be counted as "
        "somebody. Remove it, or leave it out under 'leave_out' in the settings");
    return true;
}

/* ---- at the end --------------------------------------------------------------------------------------------- */

static void say_footers(const file_reader *reader) {
    const odd_rows *odd = &reader->odd;
    if (odd->footers)
        wres_find(reader->run, odd->odd_footer ? WRES_WARNING : WRES_INFORMATION, "footer",
                  (wres_place){reader->table->name, reader->file, odd->footer_lines[0], NULL}, odd->footers,
                  "from this line on there are no records, but a footer: left out");
}

wres_status report_odd_rows(file_reader *reader) {
    const odd_rows *odd = &reader->odd;
    wres_place place = {reader->table->name, reader->file, odd->first_total, NULL};
    say_footers(reader);
    if (odd->keyless)
        wres_find(
            reader->run, WRES_WARNING, "row-without-group",
            (wres_place){reader->table->name, reader->file, odd->keyless_line, NULL}, odd->keyless,
            "rows in which no group is named, the first in this line: counted as unknown. If they are totals leave them out under 'leave_out' "
            "in the settings");
    if (odd->totals == 0) return WRES_OK;
    if (odd->totals + odd->footers == reader->data_rows) {
        wres_find(
            reader->run, WRES_ERROR, "total-rows", place, odd->totals,
            "every row is called a total, from this line on: nothing is left to count. Is the right column mapped? Give the detail, or say "
            "what the values stand for under 'values' in the settings");
        return WRES_DATA;
    }
    wres_find(
        reader->run, WRES_WARNING, "total-rows", place, odd->totals,
        "rows of totals, the first in this line, are left out, as they would count everybody again. List them under 'leave_out' in the "
        "settings to be silent, or under 'values' what they stand for");
    place.line = odd->differs_line;
    if (odd->differs_line)
        wres_find(
            reader->run, WRES_WARNING, "total-differs", place, 0,
            "the total in this line is %llu, but the rows before it add up to %llu: rows may be missing, or there more than once",
            (unsigned long long)odd->differs_total, (unsigned long long)odd->differs_sum);
    return WRES_OK;
}
