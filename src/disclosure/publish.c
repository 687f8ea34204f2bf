/* Results to published values: rounding, once and only here; words for what has no value. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "disclosure/pack.h"

static const char *const column_names[] = {
#define WRES_COLUMN_NAME(id, name) name,
    WRES_COLUMNS(WRES_COLUMN_NAME)
#undef WRES_COLUMN_NAME
};

const char *wres_column_name(wres_column column) { return column_names[column]; }

const char *wres_disclosure_statement(void) { return "none: contains small numbers, not for publication"; }

static const char *const unit_names[] = {"people", "percent", "percentage points", "ratio", "probability", "people", "years",
                                         "yes/no", "FTE"};
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

/* ---- numbers ------------------------------------------------------------------------------------------------ */

struct wres_publisher {
    wres_run *run, *scratch; /* scratch: for the words of a note */
    packed *pack;
    int decimals; /* asked for */
};

static packed_number fixed_number(int64_t fixed) { return (packed_number){.is_there = true, .fixed = fixed}; }

static packed_number text_number(wres_publisher *p, const char *text) {
    return (packed_number){.is_there = true, .is_text = true, .fixed = pack_text(p->pack, text)};
}

static packed_number real_number(wres_publisher *p, double value, int decimals) {
    char text[WRES_DECIMAL_SIZE];
    int64_t fixed;
    if (!isfinite(value)) return (packed_number){0};
    if (wres_real_fixed(value, decimals, &fixed)) return fixed_number(fixed);
    wres_real_print(value, decimals, text);
    return text_number(p, text);
}

static packed_number exact_number(wres_publisher *p, wres_rational value, int decimals) {
    char text[WRES_DECIMAL_SIZE];
    int64_t fixed;
    if (wres_rational_fixed(value, decimals, &fixed)) return fixed_number(fixed);
    wres_rational_print(value, decimals, text);
    return text_number(p, text);
}

static packed_number short_number(wres_publisher *p, wres_rational value) {
    char text[WRES_DECIMAL_SIZE];
    if (value.denominator == 1) return exact_number(p, value, 0);
    wres_rational_print_short(value, text);
    return text_number(p, text);
}

static packed_number value_number(wres_publisher *p, const wres_result *result, int decimals) {
    if (result->unit == WRES_FTE) return short_number(p, result->exact);
    return result->kind == WRES_VALUE_REAL ? real_number(p, result->real, decimals) : exact_number(p, result->exact, decimals);
}

/* Rounded away from the value that it bounds, so that it still does. */
static packed_number bound_number(wres_publisher *p, wres_rational bound, int decimals, bool up) {
    wres_int128 scale = 1, whole, scaled;
    for (int i = 0; i < decimals; i++) scale *= 10;
    scaled = bound.numerator * scale;
    whole = scaled / bound.denominator;
    if (scaled % bound.denominator != 0 && (scaled > 0) == up) whole += up ? 1 : -1; /* division cuts towards zero */
    return exact_number(p, (wres_rational){whole, scale}, decimals);
}

/* ---- notes -------------------------------------------------------------------------------------------------- */

static packed_number *number_at(packed_row *row, wres_column column) { return &row->numbers[column - WRES_COLUMN_VALUE]; }

/* As it will stand in the row, for its note. */
static const char *shown(wres_publisher *p, const packed_row *row, wres_column column) {
    const packed_number *number = &row->numbers[column - WRES_COLUMN_VALUE];
    char *digits = wres_alloc(p->scratch, WRES_FIXED_SIZE);
    if (number->is_text) return pack_text_at(p->pack, (uint32_t)number->fixed);
    if (number->is_there) wres_fixed_print(number->fixed, row->decimals, digits);
    return digits;
}

/* A suppressed row has no value; what can be said of it all the same is between which numbers it lies. */
static void publish_bounds(wres_publisher *p, const wres_result *result, packed_row *row) {
    packed_number *lower = number_at(row, WRES_COLUMN_LOWER), *upper = number_at(row, WRES_COLUMN_UPPER);
    if (result->has_lower_bound) *lower = bound_number(p, result->lower_bound, row->decimals, false);
    if (result->has_upper_bound) *upper = bound_number(p, result->upper_bound, row->decimals, true);
    if (result->has_lower_bound && result->has_upper_bound)
        row->note = wres_print(p->scratch, "%s; between %s and %s (bounds, no confidence interval)", row->note,
                               shown(p, row, WRES_COLUMN_LOWER), shown(p, row, WRES_COLUMN_UPPER));
    else if (result->has_lower_bound)
        row->note = wres_print(p->scratch, "%s; at least %s (a bound, no confidence interval)", row->note,
                               shown(p, row, WRES_COLUMN_LOWER));
}

/* The note with the published value in the place of "{value}", so that the sentence cannot say another number than the row. */
static const char *note_text(wres_publisher *p, const packed_row *row, const char *note) {
    static const char mark[] = "{value}";
    const char *place = strchr(note, *mark) ? strstr(note, mark) : NULL; /* most have none, which is quick to see */
    if (!place) return note;
    return wres_print(p->scratch, "%.*s%s%s", (int)(place - note), note, shown(p, row, WRES_COLUMN_VALUE), place + strlen(mark));
}

/* "note; more" */
static const char *joined(wres_publisher *p, const char *note, const char *more) {
    const size_t length = strlen(note), added = strlen(more);
    if (length == 0) return more;
    char *text = wres_alloc(p->scratch, length + added + 3);
    memcpy(text, note, length);
    memcpy(text + length, "; ", 2);
    memcpy(text + length + 2, more, added + 1);
    return text;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

/* What rests on hidden counts is suppressed, whatever its measure made of it. */
static wres_result_status status_of(const wres_result *result) {
    return result->hidden && result->status != WRES_NOT_SUPPLIED ? WRES_SUPPRESSED : result->status;
}

static void publish_numbers(wres_publisher *p, const wres_result *result, bool is_shown, packed_row *row) {
    if (is_shown) *number_at(row, WRES_COLUMN_VALUE) = value_number(p, result, row->decimals);
    if (is_shown && result->has_interval) {
        *number_at(row, WRES_COLUMN_LOWER) = real_number(p, result->lower, row->decimals);
        *number_at(row, WRES_COLUMN_UPPER) = real_number(p, result->upper, row->decimals);
    }
    if (result->has_counts && !result->numerator_hidden)
        *number_at(row, WRES_COLUMN_NUMERATOR) =
            short_number(p, result->fte ? (wres_rational){result->numerator.numerator, WRES_FTE_UNITS} : result->numerator);
    const wres_int128 over = result->fte ? WRES_FTE_UNITS : result->denominator_dates ? result->denominator_dates : 1;
    if ((result->has_counts || result->denominator_only) && !result->denominator_hidden)
        *number_at(row, WRES_COLUMN_DENOMINATOR) = short_number(p, (wres_rational){(wres_int128)result->denominator, over});
}

/* A probability that rounds to zero is small, not nothing. */
static bool is_tiny(const wres_result *result, const packed_number *value) {
    return result->unit == WRES_PROBABILITY && !value->is_text && value->fixed == 0;
}

static packed_row publish(wres_publisher *p, const wres_result *result) {
    const wres_result_status status = status_of(result);
    const bool is_shown = status == WRES_CALCULATED && result->kind != WRES_VALUE_NONE;
    packed_row row = {.head = {result->standard, result->indicator, result->organisation, result->period},
                      .tail = {result->section, result->row, result->by, result->by_value},
                      .group = result->group,
                      .statistic = result->statistic,
                      .unit = strcmp(result->statistic, "all") == 0 ? "" : unit_names[result->unit],
                      .flag = status == WRES_CALCULATED ? flag_name(result) : "",
                      .status = status_names[status],
                      .decimals = decimals_for(result->unit, p->decimals)};
    publish_numbers(p, result, is_shown, &row);
    row.note = note_text(p, &row, result->note);
    if (is_shown && is_tiny(result, number_at(&row, WRES_COLUMN_VALUE)))
        row.note = joined(p, row.note, wres_print(p->scratch, "below 0.%0*d", row.decimals, 1));
    if (result->small) row.note = joined(p, row.note, "a count under 10");
    if (status == WRES_SUPPRESSED) publish_bounds(p, result, &row);
    return row;
}

/* ---- results as they come ----------------------------------------------------------------------------------- */

wres_publisher *wres_publisher_new(wres_run *run, const wres_disclosure_options *options) {
    wres_publisher *p = wres_alloc(run, sizeof *p);
    p->run = run;
    p->scratch = wres_scratch_new(run);
    p->pack = pack_new(run);
    p->decimals = options->decimals;
    return p;
}

/* Their texts are there at one time: the same address is the same text. */
static bool has_place_of(const wres_result *a, const wres_result *b) { return memcmp(a, b, offsetof(wres_result, group)) == 0; }

static void take(void *context, const wres_result *results, size_t count) {
    wres_publisher *p = context;
    for (size_t i = 0; i < count; i++) {
        packed_row row = publish(p, &results[i]);
        row.is_same_place = i > 0 && has_place_of(&results[i], &results[i - 1]);
        pack_add(p->pack, &row);
    }
    wres_scratch_clear(p->scratch);
}

static void take_behind(void *context, size_t number, const wres_result *results, size_t count) {
    wres_publisher *p = context;
    pack_begin_behind(p->pack, number);
    for (size_t i = 0; i < count; i++) {
        packed_row row = publish(p, &results[i]);
        row.is_same_place = i > 0 && has_place_of(&results[i], &results[i - 1]);
        pack_add_behind(p->pack, &row);
    }
    wres_scratch_clear(p->scratch);
}

wres_result_receiver wres_publisher_receiver(wres_publisher *publisher) {
    return (wres_result_receiver){publisher, take, take_behind};
}

/* Two rows with one key would let a reader take either: a fault of the program or of a standard, not of the data. */
static wres_status check_keys(wres_run *run, const packed *pack, const wres_published_list *published) {
    wres_published_cursor cursor = wres_published_begin(published);
    const wres_published *row = NULL;
    size_t number;
    if (!pack_finds_double(pack, &number)) return WRES_OK;
    for (size_t i = 0; i <= number; i++) row = wres_published_next(&cursor);
    const char *const *c = row->column;
    wres_find(run, WRES_ERROR, "double-result", (wres_place){0}, 0,
              "two results have one key (%s, indicator %s, %s, %s, %s): please report this", c[0], c[1], c[5], c[8], c[9]);
    return WRES_DATA;
}

wres_status wres_publisher_end(wres_publisher *publisher, wres_published_list *published) {
    wres_release(publisher->run, publisher->scratch);
    *published = pack_end(publisher->pack);
    return check_keys(publisher->run, publisher->pack, published);
}

wres_status wres_disclose(wres_run *run, const wres_result_list *results, const wres_disclosure_options *options,
                          wres_published_list *published) {
    wres_publisher *publisher = wres_publisher_new(run, options);
    take(publisher, results->all, results->count);
    const wres_status status = wres_publisher_end(publisher, published);
    *published = wres_published_expand(run, published);
    return status;
}
