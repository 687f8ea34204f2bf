/* What is said about the values of a file when it has been read. */
#include <string.h>

#include "input/input.h"

static wres_place place_of(const file_reader *reader, const feed *f, uint64_t line) {
    return (wres_place){reader->table->name, reader->file, line, reader->table->fields[f->field].name};
}

static const char *counted_as(const feed *f) { return wres_list_member_name(f->list, wres_list_unmapped(f->list)); }

/* Values are quoted, but never from a column in which people write what they like. */
static const char *value_shown(const file_reader *reader, const feed *f, wres_text text) {
    if (reader->table->fields[f->field].free_text) return "a value";
    return wres_print(reader->run, "'%s'", wres_visible(reader->run, wres_text_trim(text)));
}

static void report_value(file_reader *reader, const feed *f, const decoded *d, wres_text text) {
    wres_run *run = reader->run;
    const char *shown = value_shown(reader, f, text), *list = wres_list_name(f->list);
    const char *treatment = wres_list_treatment(f->list, d->code);
    if (d->rows == 0) return;
    if (d->found == WRES_UNMAPPED && *treatment)
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

static bool is_vital(const char *field) {
    return strcmp(field, "ethnicity") == 0 || strcmp(field, "pay_band") == 0 || strcmp(field, "medical_grade") == 0;
}

/* Over 5% unmapped in ethnicity or band: most likely the wrong column or encoding, and the result would be wrong quietly. */
static wres_status check_share(file_reader *reader, const feed *f) {
    const uint64_t unmapped = reader->unmapped[f->field], all = reader->looked_up[f->field];
    const bool too_many = is_vital(reader->table->fields[f->field].name) && 20 * unmapped > all;
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
            wres_find(reader->run, WRES_WARNING, "leave-out-not-met", (wres_place){reader->table->name, reader->file, 0, NULL}, 0,
                      "%s (line %llu) leaves out rows with %s = '%s', but no row has it. Is it spelt as in the file?",
                      reader->setting->settings_file, (unsigned long long)d->setting->line, d->setting->column,
                      wres_visible(reader->run, wres_text_of(d->setting->values[v])));
        }
    }
}

wres_status report_values(file_reader *reader) {
    wres_status status = WRES_OK;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->type != WRES_TYPE_CODE) continue;
        for (uint32_t t = 0; t < wres_dictionary_count(f->texts); t++)
            report_value(reader, f, &f->seen[t], wres_dictionary_bytes(f->texts, t));
        const wres_status share = check_share(reader, f);
        if (share != WRES_OK) status = share;
    }
    report_droppers(reader);
    marks_report(reader);
    return status;
}
