/* Results to published values: rounding, once and only here; words for what has no value. */
#include <math.h>
#include <string.h>

#include "wres/disclosure.h"

static const char *const column_names[] = {
#define WRES_COLUMN_NAME(id, name) name,
    WRES_COLUMNS(WRES_COLUMN_NAME)
#undef WRES_COLUMN_NAME
};

const char *wres_column_name(wres_column column) { return column_names[column]; }

const char *wres_disclosure_statement(void) { return "none: contains small numbers, not for publication"; }

static const char *const unit_names[] = {"people", "percent", "percentage points", "ratio", "probability", "people",
                                         "years",  "yes/no"};
static const char *const status_names[] = {"ok", "suppressed", "not calculable", "not supplied"};

static const char *flag_name(const wres_result *result) {
    if (!result->has_flag) return "";
    return result->flag == WRES_WITHIN ? "within" : result->flag == WRES_ABOVE ? "above" : "below";
}

static int decimals_for(wres_unit unit, int asked) {
    enum { FOR_RATIOS = 2, FOR_PERCENT = 1, FOR_PROBABILITIES = 4 };
    if (unit == WRES_PEOPLE || unit == WRES_YES_NO) return 0;
    if (unit == WRES_PROBABILITY) return asked > FOR_PROBABILITIES ? asked : FOR_PROBABILITIES;
    if (asked >= 0) return asked;
    return unit == WRES_RATIO ? FOR_RATIOS : FOR_PERCENT;
}

static const char *real_text(wres_run *run, double value, int decimals) {
    char text[WRES_DECIMAL_SIZE];
    if (!isfinite(value)) return "";
    wres_real_print(value, decimals, text);
    return wres_copy(run, text, strlen(text));
}

static const char *value_text(wres_run *run, const wres_result *result, int decimals) {
    char text[WRES_DECIMAL_SIZE];
    if (result->kind == WRES_VALUE_REAL) return real_text(run, result->real, decimals);
    wres_rational_print(result->exact, decimals, text);
    return wres_copy(run, text, strlen(text));
}

static const char *short_text(wres_run *run, wres_rational value) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational_print_short(value, text);
    return wres_copy(run, text, strlen(text));
}

/* Rounded away from the value that it bounds, so that it still does. */
static const char *bound_text(wres_run *run, wres_rational bound, int decimals, bool up) {
    char text[WRES_DECIMAL_SIZE];
    wres_int128 scale = 1, whole, scaled;
    for (int i = 0; i < decimals; i++) scale *= 10;
    scaled = bound.numerator * scale;
    whole = scaled / bound.denominator;
    if (scaled % bound.denominator != 0 && (scaled > 0) == up) whole += up ? 1 : -1; /* division cuts towards zero */
    wres_rational_print((wres_rational){whole, scale}, decimals, text);
    return wres_copy(run, text, strlen(text));
}

/* A suppressed row has no value; what can be said of it all the same is between which numbers it lies. */
static void publish_bounds(wres_run *run, const wres_result *result, int decimals, wres_published *row) {
    const char **column = row->column, *note = column[WRES_COLUMN_NOTE];
    if (result->has_lower_bound) column[WRES_COLUMN_LOWER] = bound_text(run, result->lower_bound, decimals, false);
    if (result->has_upper_bound) column[WRES_COLUMN_UPPER] = bound_text(run, result->upper_bound, decimals, true);
    if (result->has_lower_bound && result->has_upper_bound)
        column[WRES_COLUMN_NOTE] = wres_print(run, "%s; between %s and %s (bounds, no confidence interval)", note,
                                              column[WRES_COLUMN_LOWER], column[WRES_COLUMN_UPPER]);
    else if (result->has_lower_bound)
        column[WRES_COLUMN_NOTE] =
            wres_print(run, "%s; at least %s (a bound, no confidence interval)", note, column[WRES_COLUMN_LOWER]);
}

/* The note with the published value in the place of "{value}", so that the sentence cannot say another number than the row. */
static const char *note_text(wres_run *run, const char *note, const char *value) {
    static const char mark[] = "{value}";
    const char *place = strstr(note, mark);
    if (!place) return note;
    return wres_print(run, "%.*s%s%s", (int)(place - note), note, value, place + strlen(mark));
}

/* A probability that rounds to zero is small, not nothing. */
static const char *tiny_note(wres_run *run, const char *note, int decimals) {
    return wres_print(run, "%s%sbelow 0.%0*d", note, *note ? "; " : "", decimals, 1);
}

/* What rests on hidden counts is suppressed, whatever its measure made of it. */
static wres_result_status status_of(const wres_result *result) {
    return result->hidden && result->status != WRES_NOT_SUPPLIED ? WRES_SUPPRESSED : result->status;
}

static wres_published publish(wres_run *run, const wres_result *result, const wres_disclosure_options *options) {
    wres_published row;
    const wres_result_status status = status_of(result);
    const bool shown = status == WRES_CALCULATED && result->kind != WRES_VALUE_NONE;
    const int decimals = decimals_for(result->unit, options->decimals);
    for (int c = 0; c < WRES_COLUMN_COUNT; c++) row.column[c] = "";
    row.column[WRES_COLUMN_STANDARD] = result->standard;
    row.column[WRES_COLUMN_INDICATOR] = result->indicator;
    row.column[WRES_COLUMN_ORGANISATION] = result->organisation;
    row.column[WRES_COLUMN_PERIOD] = result->period;
    row.column[WRES_COLUMN_SECTION] = result->section;
    row.column[WRES_COLUMN_ROW] = result->row;
    row.column[WRES_COLUMN_BY] = result->by;
    row.column[WRES_COLUMN_BY_VALUE] = result->by_value;
    row.column[WRES_COLUMN_GROUP] = result->group;
    row.column[WRES_COLUMN_STATISTIC] = result->statistic;
    row.column[WRES_COLUMN_STATUS] = status_names[status];
    row.column[WRES_COLUMN_FLAG] = status == WRES_CALCULATED ? flag_name(result) : "";
    if (strcmp(result->statistic, "all") != 0) row.column[WRES_COLUMN_UNIT] = unit_names[result->unit];
    if (shown) row.column[WRES_COLUMN_VALUE] = value_text(run, result, decimals);
    if (shown && result->has_interval) {
        row.column[WRES_COLUMN_LOWER] = real_text(run, result->lower, decimals);
        row.column[WRES_COLUMN_UPPER] = real_text(run, result->upper, decimals);
    }
    if (result->has_counts && !result->numerator_hidden) row.column[WRES_COLUMN_NUMERATOR] = short_text(run, result->numerator);
    if ((result->has_counts || result->denominator_only) && !result->denominator_hidden)
        row.column[WRES_COLUMN_DENOMINATOR] = short_text(
            run, (wres_rational){(wres_int128)result->denominator, result->denominator_dates ? result->denominator_dates : 1});
    row.column[WRES_COLUMN_NOTE] = note_text(run, result->note, row.column[WRES_COLUMN_VALUE]);
    if (shown && result->unit == WRES_PROBABILITY && !strpbrk(row.column[WRES_COLUMN_VALUE], "123456789"))
        row.column[WRES_COLUMN_NOTE] = tiny_note(run, row.column[WRES_COLUMN_NOTE], decimals);
    if (result->small)
        row.column[WRES_COLUMN_NOTE] =
            wres_print(run, "%s%sa count under 10", row.column[WRES_COLUMN_NOTE], *row.column[WRES_COLUMN_NOTE] ? "; " : "");
    if (status == WRES_SUPPRESSED) publish_bounds(run, result, decimals, &row);
    return row;
}

/* Two rows with one key would let a reader take either: a fault of the program or of a standard, not of the data. */
static wres_status check_keys(wres_run *run, const wres_published *rows, size_t count) {
    wres_dictionary *keys = wres_dictionary_new(run);
    for (size_t i = 0; i < count; i++) {
        const char *const *c = rows[i].column;
        const char *key = wres_print(run, "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", c[0], c[1], c[2], c[3], c[4],
                                     c[5], c[6], c[7], c[8], c[9]);
        if (wres_dictionary_add(keys, wres_text_of(key)) == i) continue;
        wres_find(run, WRES_ERROR, "double-result", (wres_place){0}, 0,
                  "two results have one key (%s, indicator %s, %s, %s, %s): please report this", c[0], c[1], c[5], c[8], c[9]);
        return WRES_DATA;
    }
    return WRES_OK;
}

wres_status wres_disclose(wres_run *run, const wres_result_list *results, const wres_disclosure_options *options,
                          wres_published_list *published) {
    wres_published *rows = wres_grow(run, NULL, 0, (results->count + 1) * sizeof *rows);
    for (size_t i = 0; i < results->count; i++) rows[i] = publish(run, &results->all[i], options);
    *published = (wres_published_list){rows, results->count};
    return check_keys(run, rows, results->count);
}
