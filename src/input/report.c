/* What is said about the values of a file when it has been read. */
#include <string.h>

#include "input/input.h"

static wres_place place_of(const file_reader *reader, const feed *f, uint64_t line) {
    return (wres_place){reader->table->name, reader->file, line, reader->table->fields[f->field].name};
}

static const char *counted_as(const feed *f) { return wres_list_member_name(f->list, wres_list_unmapped(f->list)); }

/* Four digits in a row: a number, a date, an identifier. */
bool has_long_number(wres_text text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.length && digits < 4; i++) digits = text.bytes[i] >= '0' && text.bytes[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

/* Most of the column is in no list, and in many forms: most likely another column, of names or numbers. */
static bool is_other_column(const file_reader *reader, const feed *f) {
    enum { MANY = 20 };
    size_t distinct = 0;
    for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++) distinct += f->seen[t].rows && f->seen[t].found == WRES_UNMAPPED;
    return distinct > MANY && 2 * reader->unmapped[f->field] > reader->looked_up[f->field];
}

/* Whether values of this column may be in no message: free text, or so many different ones in no list that they are no codes. */
bool is_hidden(const file_reader *reader, const feed *f) {
    return reader->table->fields[f->field].free_text || is_other_column(reader, f);
}

/* Values are quoted, but never from a column in which people write what they like, nor what may tell of a person: a number, or a
 * cell of a row whose cells are shifted. */
bool may_be_shown(const decoded *d, wres_text text) {
    return d->found != WRES_UNMAPPED || (!has_long_number(text) && (d->shifted == 0 || d->shifted < d->rows));
}

static const char *value_shown(const file_reader *reader, const decoded *d, wres_text text, bool hidden) {
    if (hidden || !may_be_shown(d, text)) return "a value";
    return wres_print(reader->run, "'%s'", wres_visible(reader->run, wres_text_trim(text)));
}

static bool is_spreadsheet_error(wres_text text) {
    static const char *const errors[] = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (wres_text_same(wres_text_trim(text), wres_text_of(errors[i]))) return true;
    return false;
}

static void report_value(file_reader *reader, const feed *f, const decoded *d, wres_text text, bool hidden) {
    wres_run *run = reader->run;
    const char *shown = value_shown(reader, d, text, hidden), *list = wres_list_name(f->list);
    const char *treatment = wres_list_treatment(f->list, d->code);
    if (d->rows == 0) return;
    if (d->found != WRES_UNMAPPED && is_spreadsheet_error(text))
        wres_find(
            run, WRES_WARNING, "spreadsheet-error", place_of(reader, f, d->first_line), d->people,
            "%s is no value but an error of a spreadsheet, such as a look-up that failed: taken as %s. Mend the sheet and export it again",
            shown, wres_list_member_name(f->list, d->code));
    else if (d->found == WRES_UNMAPPED && *treatment)
        wres_find(
            run, WRES_WARNING, "unmapped-value", place_of(reader, f, d->first_line), d->people,
            "%s fits no one member of the code list %s (%s): taken as %s. Say what it stands for under 'values' in the settings",
            shown, list, treatment, counted_as(f));
    else if (d->found == WRES_UNMAPPED)
        wres_find(
            run, WRES_WARNING, "unmapped-value", place_of(reader, f, d->first_line), d->people,
            "%s is not in the code list %s: taken as %s. Say what it stands for under 'values' in the settings, or correct the export",
            shown, list, counted_as(f));
    else if (d->found == WRES_FIRST_LETTER)
        wres_find(run, WRES_INFORMATION, "first-letter", place_of(reader, f, d->first_line), d->people,
                  "%s is not in the code list %s: taken for its first letter, %s", shown, list,
                  wres_list_member_name(f->list, d->code));
    else if (d->found == WRES_FOUND && *treatment)
        wres_find(run, WRES_INFORMATION, "needs-care", place_of(reader, f, d->first_line), d->people, "%s is read as %s (%s)",
                  shown, wres_list_member_name(f->list, d->code), treatment);
}

static bool is_vital(const file_reader *reader, int number) {
    const char *field = reader->table->fields[number].name;
    if (reader->receiver->rests_on && reader->receiver->rests_on(reader->receiver->context, number)) return true;
    return strcmp(field, "ethnicity") == 0 || strcmp(field, "pay_band") == 0 || strcmp(field, "medical_grade") == 0;
}

bool wres_is_too_many(uint64_t part, uint64_t all) { return 20 * part > all; }

/* Too many unmapped in a field that the result rests on: most likely the wrong column or encoding. */
static wres_status check_share(file_reader *reader, const feed *f) {
    const uint64_t unmapped = reader->unmapped[f->field], all = reader->looked_up[f->field];
    const bool too_many = is_vital(reader, f->field) && wres_is_too_many(unmapped, all);
    if (unmapped == 0 || (!reader->reading->strict && !too_many)) return WRES_OK;
    const bool allowed = reader->reading->allow_unmapped && !reader->reading->strict;
    wres_find(reader->run, allowed ? WRES_WARNING : WRES_ERROR, "unmapped-share", place_of(reader, f, 0), unmapped,
              "%llu of %llu are in no code list%s. %s", (unsigned long long)unmapped, (unsigned long long)all,
              too_many ? ", over 5%" : "",
              allowed ? "Allowed by --allow-unmapped"
              : reader->reading->strict
                  ? "With --strict every value must be in a list"
                  : "Is it the right column? Map the values under 'values' in the settings, or allow it with --allow-unmapped");
    return allowed ? WRES_OK : WRES_DATA;
}

static void report_droppers(file_reader *reader) {
    for (size_t i = 0; i < reader->dropper_count; i++) {
        const dropper *d = &reader->droppers[i];
        for (size_t v = 0; v < d->setting->value_count; v++) {
            /* One file of several may well have no total. */
            if (d->met[v] || reader->setting->file_count > 1) continue;
            wres_find(reader->run, WRES_WARNING, d->keeps ? "keep-not-met" : "leave-out-not-met",
                      (wres_place){reader->table->name, reader->file, 0, NULL}, 0,
                      "%s (line %llu) %s rows with %s = '%s', but no row has it. Is it spelt as in the file?",
                      settings_name(reader), (unsigned long long)d->setting->line, d->keeps ? "keeps" : "leaves out",
                      d->setting->column, wres_visible(reader->run, wres_text_of(d->setting->values[v])));
        }
    }
}

/* ---- what only the whole file tells ------------------------------------------------------------------------- */

static wres_status file_error(file_reader *reader, const char *check, uint64_t line, int field, const char *message) {
    wres_find(reader->run, WRES_ERROR, check,
              (wres_place){reader->table->name, reader->file, line, reader->table->fields[field].name}, 0, "%s", message);
    return WRES_DATA;
}

static wres_status check_dates(file_reader *reader) {
    const evidence *e = &reader->evidence;
    if (is_order_told(reader)) return WRES_OK;
    if (e->day_first_line && e->month_first_line)
        return file_error(
            reader, "mixed-dates", e->month_first_line, reader->table->date,
            wres_print(
                reader->run,
                "month/day/year stands in this line and day/month/year in line %llu: the dates of one file must be written in one "
                "way. Most likely a spreadsheet has changed some of them. Export the file again",
                (unsigned long long)e->day_first_line));
    if (!e->doubtful_line || e->day_first_line || e->month_first_line) return WRES_OK;
    return file_error(
        reader, "ambiguous-dates", e->doubtful_line, e->doubtful_field,
        "is this day/month/year or month/day/year? No date of the file tells. Say 'dates: d/m/y' or 'dates: m/d/y' in the settings, "
        "or --dates d/m/y or m/d/y");
}

static wres_status check_identifiers(file_reader *reader) {
    enum { FEW = 10 };
    const evidence *e = &reader->evidence;
    if (e->long_ids < FEW || e->zeroed_ids < e->long_ids) return WRES_OK;
    return file_error(
        reader, "id", e->zeroed_line, e->zeroed_field,
        "identifiers of sixteen and more digits that all end in 0: a spreadsheet has cut off the digits that tell people apart. Export "
        "the file again without opening it in one");
}

static wres_status check_percents(file_reader *reader) {
    const evidence *e = &reader->evidence;
    if (e->fractions < 2 || e->whole_percents) return WRES_OK;
    return file_error(reader, "fractions", e->fraction_line, reader->table->percent,
                      "no percentage is above 1: most likely 0.25 means 25 here. Export them as percentages (25, or 25%)");
}

/* FTE that spreadsheets write with fifteen digits. */
static void report_rounded(file_reader *reader, const feed *f) {
    uint64_t rows = 0, line = 0;
    for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++) {
        const decoded *d = &f->seen[t];
        if (!d->rounded || !d->rows) continue;
        rows += d->rows;
        if (!line || d->first_line < line) line = d->first_line;
    }
    if (rows)
        wres_find(reader->run, WRES_WARNING, "fte-rounded", place_of(reader, f, line), rows,
                  "rows with an FTE of more than nine decimals: each is rounded to nine before it is summed");
}

wres_status report_values(file_reader *reader) {
    wres_status status = WRES_OK;
    wres_status (*const checks[])(file_reader *) = {check_dates, check_identifiers, check_percents};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (checks[i](reader) != WRES_OK) status = WRES_DATA;
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *f = &reader->feeds[i];
        if (f->field == reader->fte_field) report_rounded(reader, f);
        if (f->type != WRES_TYPE_CODE) continue;
        const bool hidden = is_hidden(reader, f);
        for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++)
            report_value(reader, f, &f->seen[t], wres_dictionary_bytes(f->texts, t), hidden);
        const wres_status share = check_share(reader, f);
        if (share != WRES_OK) status = share;
    }
    report_droppers(reader);
    marks_report(reader);
    return status;
}
