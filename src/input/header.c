/* The header: which column feeds which field, and everything that can be wrong with it. */
#include <string.h>

#include "input/input.h"

static wres_status header_error(file_reader *reader, uint64_t line, const char *field, const char *message) {
    wres_find(reader->run, WRES_ERROR, "header", (wres_place){reader->table->name, reader->file, line, field}, 0, "%s", message);
    reader->failed = true;
    return WRES_DATA;
}

const char *settings_name(const file_reader *reader) {
    return reader->setting->settings_file ? reader->setting->settings_file : "the settings";
}

static const wres_pair *setting_for(const wres_input_setting *setting, const char *field) {
    for (size_t i = 0; i < setting->columns.count; i++)
        if (strcmp(setting->columns.all[i].name, field) == 0) return &setting->columns.all[i];
    return NULL;
}

typedef struct header {
    const char **keys, **shown;
    bool *mapped;
    size_t count;
    uint64_t line;
} header;

/* Of all headers, or of those that feed no field yet. */
static const char *nearest_header(file_reader *reader, const header *h, const char *wanted, bool only_free) {
    const char **free_headers = wres_alloc(reader->run, (h->count + 1) * sizeof *free_headers);
    size_t count = 0;
    for (size_t i = 0; i < h->count; i++)
        if (!only_free || !h->mapped[i]) free_headers[count++] = h->shown[i];
    return wres_nearest(reader->run, wanted, free_headers, count);
}

/* The column of a header text; an error where there is none, or more than one. */
static bool find_named(file_reader *reader, const header *h, const char *name, const char *field, uint64_t setting_line,
                       size_t *column) {
    const char *key = wres_header_key(reader->run, wres_text_of(name));
    size_t found = 0;
    for (size_t i = 0; i < h->count; i++)
        if (strcmp(h->keys[i], key) == 0 && found++ == 0) *column = i;
    if (found == 1) return true;
    const char *near = nearest_header(reader, h, name, false);
    const char *message =
        found
            ? wres_print(reader->run, "%s (line %llu) takes this field from the column '%s', which is there %zu times: rename one",
                         settings_name(reader), (unsigned long long)setting_line, name, found)
            : wres_print(reader->run, "%s (line %llu) names the column '%s', which the file does not have%s%s%s",
                         settings_name(reader), (unsigned long long)setting_line, name, near ? "; the nearest header is '" : "",
                         near ? near : "", near ? "'" : "");
    header_error(reader, h->line, field, message);
    return false;
}

static void add_feed(file_reader *reader, header *h, int field, size_t column) {
    const wres_field *about = &reader->table->fields[field];
    feed *f = &reader->feeds[reader->feed_count];
    *f = (feed){.field = field, .column = column, .type = about->type, .texts = wres_dictionary_new(reader->run)};
    if (about->list) f->list = wres_codes_find(reader->reading->codes, about->list);
    for (size_t i = 0; i < reader->setting->map_count; i++)
        if (strcmp(reader->setting->maps[i].field, about->name) == 0) f->map = &reader->setting->maps[i];
    reader->feed_of[field] = (int)reader->feed_count++;
    reader->layout->has[field] = true;
    h->mapped[column] = true;
}

static void map_by_settings(file_reader *reader, header *h) {
    const wres_pairs *columns = &reader->setting->columns;
    for (size_t i = 0; i < columns->count; i++) {
        const int field = wres_field_find(reader->table, columns->all[i].name);
        size_t column = 0;
        if (field != WRES_NO_FIELD &&
            find_named(reader, h, columns->all[i].value, columns->all[i].name, columns->all[i].line, &column))
            add_feed(reader, h, field, column);
    }
}

/* Headers that the settings do not speak of, by the spellings of the table. */
static void map_by_spelling(file_reader *reader, header *h) {
    for (size_t f = 0; f < reader->table->field_count; f++) {
        size_t first = SIZE_MAX;
        if (setting_for(reader->setting, reader->table->fields[f].name)) continue;
        for (size_t i = 0; i < h->count; i++) {
            const spelling *s = h->mapped[i] ? NULL : spellings_find(reader->spellings, reader->header_cells[i]);
            if (!s || s->field != (int)f) continue;
            if (first == SIZE_MAX) {
                first = i;
                continue;
            }
            header_error(
                reader, h->line, reader->table->fields[f].name,
                wres_print(
                    reader->run,
                    "two columns mean this field: '%s' and '%s'. Say which under 'columns' in the settings (%s: %s), or remove one",
                    h->shown[first], h->shown[i], reader->table->fields[f].name, h->shown[first]));
            break;
        }
        if (first != SIZE_MAX) add_feed(reader, h, (int)f, first);
    }
}

static const char *accepted_of(wres_run *run, const wres_field *field) {
    const char *text = field->name;
    for (size_t i = 0; i < field->header_count && i < 4; i++) text = wres_print(run, "%s, %s", text, field->headers[i]);
    return text;
}

/* Of counts alone, without which they are of everybody. */
static bool is_group(const file_reader *reader, int field) {
    return reader->reading->ungrouped && reader->table->time == WRES_TIME_SNAPSHOT &&
           strcmp(reader->table->fields[field].name, "ethnicity") == 0;
}

static void check_needs(file_reader *reader, const header *h) {
    for (size_t n = 0; n < reader->table->needs_count; n++) {
        const wres_alternatives *need = &reader->table->needs[n];
        bool there = false;
        for (size_t i = 0; i < need->count; i++)
            there = there || reader->layout->has[need->fields[i]] || is_group(reader, need->fields[i]);
        if (there) continue;
        const wres_field *first = &reader->table->fields[need->fields[0]];
        const char *others = "", *near = nearest_header(reader, h, first->name, true);
        for (size_t i = 0; i < first->header_count && !near; i++) near = nearest_header(reader, h, first->headers[i], true);
        for (size_t i = 1; i < need->count; i++)
            others =
                wres_print(reader->run, "%s%s%s", others, i == 1 ? " (or " : ", ", reader->table->fields[need->fields[i]].name);
        header_error(
            reader, h->line, first->name,
            wres_print(
                reader->run,
                "a needed column is missing: %s%s%s. Accepted headers: %s ...%s%s%s. Name the column under 'columns' in the settings if it is called otherwise",
                first->name, others, *others ? ")" : "", accepted_of(reader->run, first),
                near ? "; the nearest header found is '" : "", near ? near : "", near ? "'" : ""));
    }
}

static void map_dropper(file_reader *reader, const header *h, const wres_choice *choice, bool keeps) {
    dropper *d = &reader->droppers[reader->dropper_count];
    *d = (dropper){.setting = choice, .keeps = keeps, .texts = wres_dictionary_new(reader->run)};
    const int field = wres_field_find(reader->table, choice->column);
    d->met = wres_alloc(reader->run, (choice->value_count + 1) * sizeof *d->met);
    if (field != WRES_NO_FIELD && reader->feed_of[field] >= 0)
        d->column = reader->feeds[reader->feed_of[field]].column;
    else if (!find_named(reader, h, choice->column, keeps ? "keep" : "leave_out", choice->line, &d->column))
        return;
    reader->dropper_count++;
}

static void map_droppers(file_reader *reader, const header *h) {
    const wres_input_setting *setting = reader->setting;
    reader->droppers = wres_alloc(reader->run, (setting->leave_out_count + setting->keep_count + 1) * sizeof *reader->droppers);
    for (size_t i = 0; i < setting->leave_out_count; i++) map_dropper(reader, h, &setting->leave_out[i], false);
    for (size_t i = 0; i < setting->keep_count; i++) map_dropper(reader, h, &setting->keep[i], true);
}

static int field_there(const file_reader *reader, const char *name) {
    const int field = wres_field_find(reader->table, name);
    return field >= 0 && reader->layout->has[field] ? field : -1;
}

/* The fields that place a row in the sections and rows of indicator 1. */
static void find_grades(file_reader *reader) {
    reader->band_field = field_there(reader, "pay_band");
    reader->grade_field = field_there(reader, "medical_grade");
    reader->group_field = field_there(reader, "staff_group");
    reader->groups = wres_codes_find(reader->reading->codes, "staff_groups");
    reader->layout->has_grade = reader->band_field >= 0 || reader->grade_field >= 0;
    reader->layout->has_section = reader->grade_field >= 0 || reader->group_field >= 0;
    reader->layout->has_staff_group = reader->group_field >= 0;
    if (reader->band_field < 0 || reader->grade_field < 0) return;
    reader->band_is_grade =
        reader->feeds[reader->feed_of[reader->band_field]].column == reader->feeds[reader->feed_of[reader->grade_field]].column;
}

/* Columns of yes and no that are called like a stage: shortlisted, appointed. */
static void find_flags(file_reader *reader) {
    const int stage = reader->stage_field = wres_field_find(reader->table, "stage");
    const wres_list *stages = reader->stages =
        stage < 0 ? NULL : wres_codes_find(reader->reading->codes, reader->table->fields[stage].list);
    if (!stages) return;
    for (uint16_t m = 0; m < wres_list_members(stages); m++)
        if (wres_list_order(stages, m) == 1) reader->first_stage = m;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const char *name = reader->table->fields[reader->feeds[i].field].name;
        for (uint16_t m = 0; reader->feeds[i].field != stage && m < wres_list_members(stages); m++) {
            if (strcmp(name, wres_list_member_name(stages, m)) != 0 || wres_list_order(stages, m) == WRES_NO_ORDER) continue;
            reader->feeds[i].flag_of = (uint16_t)(m + 1);
            reader->stage_by_flags = true;
        }
    }
    if (reader->stage_by_flags) reader->layout->has[stage] = true;
}

/* Identifiers tell nothing where each row has its own FTE; a check looks at them all the same. */
static void find_fte(file_reader *reader) {
    const int field = reader->reading->fte ? wres_fte_field(reader->table) : WRES_NO_FIELD;
    reader->fte_field = field >= 0 && reader->layout->has[field] ? field : -1;
    reader->weighs = reader->fte_field >= 0 && !reader->reading->look;
}

static void list_unused(file_reader *reader, const header *h) {
    enum { MOST_NAMED = 100 };
    const char *names = "";
    size_t count = 0;
    for (size_t i = 0; i < h->count; i++) {
        bool dropping = false;
        for (size_t d = 0; d < reader->dropper_count; d++) dropping = dropping || reader->droppers[d].column == i;
        if (h->mapped[i] || dropping || !*h->shown[i]) continue;
        if (count < MOST_NAMED) names = wres_print(reader->run, "%s%s%s", names, count ? ", " : "", h->shown[i]);
        if (count++ == MOST_NAMED) names = wres_print(reader->run, "%s ...", names);
    }
    if (count)
        wres_find(reader->run, WRES_INFORMATION, "unused-columns", (wres_place){reader->table->name, reader->file, h->line, NULL},
                  count, "columns that are not read: %s", names);
}

wres_status header_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line) {
    header h = {.count = count, .line = line};
    reader->columns = reader->most_columns = count;
    while (reader->columns > 1 && wres_text_trim(cells[reader->columns - 1]).length == 0) reader->columns--;
    reader->spellings = spellings_of_table(reader->run, reader->table);
    h.keys = wres_alloc(reader->run, (count + 1) * sizeof *h.keys);
    h.shown = wres_alloc(reader->run, (count + 1) * sizeof *h.shown);
    h.mapped = wres_alloc(reader->run, count + 1);
    reader->header_cells = wres_alloc(reader->run, (count + 1) * sizeof *reader->header_cells);
    for (size_t i = 0; i < count; i++) {
        const wres_text cell = wres_text_trim(cells[i]);
        reader->header_cells[i] = (wres_text){wres_copy(reader->run, cell.bytes, cell.length), cell.length};
        h.keys[i] = wres_header_key(reader->run, cells[i]);
        h.shown[i] = wres_visible(reader->run, wres_text_trim(cells[i]));
    }
    reader->feeds = wres_alloc(reader->run, (reader->table->field_count + 1) * sizeof *reader->feeds);
    for (size_t f = 0; f < WRES_MOST_FIELDS; f++) reader->feed_of[f] = -1;
    map_by_settings(reader, &h);
    map_by_spelling(reader, &h);
    map_droppers(reader, &h);
    check_needs(reader, &h);
    find_grades(reader);
    if (reader->failed && !reader->reading->look) return WRES_DATA;
    reader->layout->faulty = reader->failed;
    find_flags(reader);
    reader->question_field = field_there(reader, "question");
    find_fte(reader);
    list_unused(reader, &h);
    if (reader->reading->look) look_begin(reader);
    return reader->receiver->begin(reader->receiver->context, reader->layout, reader->file);
}
