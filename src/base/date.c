/* Dates as days since 1970-01-01. Conversion after Howard Hinnant, "chrono-compatible low-level date algorithms". */
#include <stdio.h>
#include <string.h>

#include "wres/base.h"

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

wres_date wres_date_of(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > month_length(year, month)) return WRES_NO_DATE;
    const int shifted = month > 2 ? year : year - 1; /* the year begins in March, so that the leap day is its last */
    const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const int of_era = shifted - era * 400;
    const int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void wres_date_split(wres_date date, int *year, int *month, int *day) {
    const int shifted = date + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int of_era = shifted - era * 146097;
    const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int from_march = (5 * of_year + 2) / 153;
    *day = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool wres_date_is_month_end(wres_date date) {
    int year, month, day;
    wres_date_split(date, &year, &month, &day);
    return day == month_length(year, month);
}

wres_date wres_date_add_months(wres_date date, int months) {
    int year, month, day;
    const bool at_end = wres_date_is_month_end(date);
    wres_date_split(date, &year, &month, &day);
    const int total = year * 12 + (month - 1) + months;
    const int new_year = total >= 0 ? total / 12 : (total - 11) / 12;
    const int new_month = total - new_year * 12 + 1;
    const int last = month_length(new_year, new_month);
    return wres_date_of(new_year, new_month, at_end || day > last ? last : day);
}

/* ---- reading ----------------------------------------------------------------------------------------------- */

typedef struct part {
    int number; /* of a number, or 1 to 12 of a month's name */
    int digits; /* 0 for a name */
} part;

static int month_named(const char *word, size_t length) {
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    for (int m = 0; m < 12; m++)
        if (length >= 3 && length <= strlen(names[m]) && memcmp(word, names[m], length) == 0) return m + 1;
    return 0;
}

/* One number or month's name at the beginning of text; how many bytes it takes, 0 where there is none. */
static size_t read_part(wres_text text, part *out) {
    size_t length = 0;
    *out = (part){0, 0};
    while (length < text.length && text.bytes[length] >= '0' && text.bytes[length] <= '9') {
        if (++out->digits > 8) return 0;
        out->number = out->number * 10 + (text.bytes[length++] - '0');
    }
    if (length) return length;
    char word[10];
    while (length < text.length && length < sizeof word) {
        const char c = text.bytes[length] | 0x20;
        if (c < 'a' || c > 'z') break;
        word[length++] = c;
    }
    out->number = month_named(word, length);
    return out->number ? length : 0;
}

/* " 00:00", "T00:00:00Z", " 9:15:00.000", " 12:00:00 AM": a time of day is passed over. */
static bool is_time(wres_text text) {
    size_t at = 1, colons = 0, digits = 0;
    if (text.length == 0) return true;
    if (text.bytes[0] != ' ' && text.bytes[0] != 'T') return false;
    for (; at < text.length; at++) {
        const char c = text.bytes[at];
        if (c >= '0' && c <= '9')
            digits++;
        else if ((c == ':' && digits > 0 && digits <= 2) || (c == '.' && colons == 2))
            colons += c == ':', digits = 0;
        else
            break;
    }
    const wres_text rest = wres_text_trim((wres_text){text.bytes + at, text.length - at});
    const bool tail = rest.length == 0 || wres_text_same(rest, wres_text_of("Z")) || wres_text_same(rest, wres_text_of("AM")) ||
                      wres_text_same(rest, wres_text_of("PM")) || wres_text_same(rest, wres_text_of("am")) ||
                      wres_text_same(rest, wres_text_of("pm"));
    return tail && digits > 0 && colons > 0 && colons <= 2;
}

static wres_date date_in_range(int year, int month, int day) {
    const bool open_end = year == 4712 && month == 12 && day == 31;
    return (year >= 1900 && year <= 2100) || open_end ? wres_date_of(year, month, day) : WRES_NO_DATE;
}

/* The parts of a date: one of eight digits, two where the day is left out, else three; 0 where it is none. */
static int read_parts(wres_text text, part parts[3]) {
    char separator = 0;
    text = wres_text_trim(text);
    for (int i = 0;; i++) {
        const size_t length = read_part(text, &parts[i]);
        if (length == 0) return 0;
        text = (wres_text){text.bytes + length, text.length - length};
        if (i == 0 && parts[0].digits == 8) return is_time(text) ? 1 : 0;
        if (i == 1 && text.length == 0) return 2;
        if (i == 2) break;
        const char c = text.length ? text.bytes[0] : 0;
        if ((c != '-' && c != '/' && c != '.' && c != ' ') || (separator && c != separator)) return 0;
        separator = c;
        text = (wres_text){text.bytes + 1, text.length - 1};
    }
    return is_time(text) && parts[1].digits <= 2 ? 3 : 0;
}

/* Sep 2017, 2017-SEP: the state at the end of that month. */
static wres_date month_end(const part *name, const part *year) {
    if (name->digits != 0 || year->digits != 4) return WRES_NO_DATE;
    return date_in_range(year->number, name->number, month_length(year->number, name->number));
}

static bool is_of_two_numbers_and_a_year(const part parts[3]) {
    return parts[2].digits == 4 && parts[0].digits > 0 && parts[0].digits <= 2 && parts[1].digits > 0;
}

wres_date wres_date_parse(wres_text text, wres_date_order order) {
    part parts[3];
    switch (read_parts(text, parts)) {
    case 0: return WRES_NO_DATE;
    case 1: return date_in_range(parts[0].number / 10000, parts[0].number / 100 % 100, parts[0].number % 100);
    case 2: return parts[0].digits ? month_end(&parts[1], &parts[0]) : month_end(&parts[0], &parts[1]);
    default: break;
    }
    if (parts[0].digits == 4 && parts[2].digits > 0 && parts[2].digits <= 2)
        return date_in_range(parts[0].number, parts[1].number, parts[2].number);
    if (parts[2].digits != 4 || parts[0].digits == 0 || parts[0].digits > 2) return WRES_NO_DATE;
    if (order == WRES_MONTH_FIRST && is_of_two_numbers_and_a_year(parts))
        return date_in_range(parts[2].number, parts[0].number, parts[1].number);
    return date_in_range(parts[2].number, parts[1].number, parts[0].number);
}

wres_date_evidence wres_date_order_of(wres_text text) {
    part parts[3];
    if (read_parts(text, parts) != 3 || !is_of_two_numbers_and_a_year(parts)) return WRES_TELLS_NOTHING;
    const bool day_first = date_in_range(parts[2].number, parts[1].number, parts[0].number) != WRES_NO_DATE;
    const bool month_first = date_in_range(parts[2].number, parts[0].number, parts[1].number) != WRES_NO_DATE;
    if (day_first && month_first) return parts[0].number == parts[1].number ? WRES_TELLS_NOTHING : WRES_IN_DOUBT;
    return day_first ? WRES_TELLS_DAY_FIRST : month_first ? WRES_TELLS_MONTH_FIRST : WRES_TELLS_NOTHING;
}

void wres_date_print(wres_date date, char out[WRES_DATE_SIZE]) {
    int year, month, day;
    wres_date_split(date, &year, &month, &day);
    snprintf(out, WRES_DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
}
