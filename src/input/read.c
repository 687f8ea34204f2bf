/* The files of a table, one after another. */
#include <string.h>

#include "input/input.h"

wres_dictionary *wres_vocabulary(wres_reading *reading, const char *field) {
    if (!reading->vocabulary_names) reading->vocabulary_names = wres_dictionary_new(reading->run);
    const uint32_t number = wres_dictionary_add(reading->vocabulary_names, wres_text_of(field));
    if (number >= reading->vocabulary_room) {
        const size_t room = reading->vocabulary_room + 16, size = sizeof *reading->vocabularies;
        reading->vocabularies = wres_grow(reading->run, reading->vocabularies, reading->vocabulary_room * size, room * size);
        reading->vocabulary_room = room;
    }
    if (!reading->vocabularies[number]) {
        reading->vocabularies[number] = wres_dictionary_new(reading->run);
        wres_dictionary_add(reading->vocabularies[number], (wres_text){"", 0});
    }
    return reading->vocabularies[number];
}

static wres_status record(void *context, const wres_text *cells, size_t count, uint64_t line) {
    file_reader *reader = context;
    if (reader->has_header) return row_read(reader, cells, count, line);
    reader->has_header = true;
    return header_read(reader, cells, count, line);
}

/* Values of the settings that name no value of the code list, and fields that the table does not have: said before any row. */
static wres_status check_setting(wres_reading *reading, const wres_table *table, const wres_input_setting *setting) {
    const char **names = wres_alloc(reading->run, (table->field_count + 1) * sizeof *names);
    wres_status status = WRES_OK;
    for (size_t i = 0; i < table->field_count; i++) names[i] = table->fields[i].name;
    for (size_t i = 0; i < setting->columns.count + setting->map_count; i++) {
        const bool column = i < setting->columns.count;
        const char *name = column ? setting->columns.all[i].name : setting->maps[i - setting->columns.count].field;
        const uint64_t line = column ? setting->columns.all[i].line : setting->maps[i - setting->columns.count].line;
        if (wres_field_find(table, name) != WRES_NO_FIELD) continue;
        const char *near = wres_nearest(reading->run, name, names, table->field_count);
        wres_find(reading->run, WRES_ERROR, "settings",
                  (wres_place){NULL, setting->settings_file, line, wres_visible(reading->run, wres_text_of(name))}, 0,
                  "the table %s has no such field%s%s; 'wres tables %s' lists them", table->name, near ? ": did you mean " : "",
                  near ? near : "", table->name);
        status = WRES_USAGE;
    }
    for (size_t i = 0; i < setting->map_count; i++) {
        const wres_value_map *map = &setting->maps[i];
        const int field = wres_field_find(table, map->field);
        const wres_type type = field == WRES_NO_FIELD ? WRES_TYPE_TEXT : table->fields[field].type;
        if (type != WRES_TYPE_CODE && type != WRES_TYPE_TEXT && type != WRES_TYPE_DATE && type != WRES_TYPE_YEAR) {
            wres_find(reading->run, WRES_ERROR, "settings", (wres_place){NULL, setting->settings_file, map->line, map->field}, 0,
                      "values of a field of type %s cannot be mapped", wres_type_name(type));
            status = WRES_USAGE;
        }
        if (field == WRES_NO_FIELD || !table->fields[field].list) continue;
        const wres_list *list = wres_codes_find(reading->codes, table->fields[field].list);
        for (size_t v = 0; list && v < map->values.count; v++) {
            wres_found found;
            wres_list_look_up(list, reading->run, wres_text_of(map->values.all[v].value), &found);
            if (found != WRES_UNMAPPED) continue;
            wres_find(reading->run, WRES_ERROR, "settings",
                      (wres_place){NULL, setting->settings_file, map->values.all[v].line, map->field}, 0,
                      "'%s' is not in the code list %s; 'wres codes %s' shows what is",
                      wres_visible(reading->run, wres_text_of(map->values.all[v].value)), wres_list_name(list),
                      wres_list_name(list));
            status = WRES_USAGE;
        }
    }
    return status;
}

/* What the settings say of the header's place, where it does not fit and another would. */
static wres_status check_told(file_reader *reader, const place_of_header *place) {
    const wres_input_setting *setting = reader->setting;
    const char *told = setting->header_line ? wres_print(reader->run, "header_line: %llu", (unsigned long long)setting->header_line)
                                            : wres_print(reader->run, "delimiter: %s", probe_delimiter_key(setting->delimiter));
    if (place->fits || (!setting->header_line && !setting->delimiter)) return WRES_OK;
    const wres_place at = {reader->table->name, reader->file, setting->header_line, NULL};
    if (place->fits_line)
        wres_find(
            reader->run, WRES_ERROR, "header", at, 0,
            "%s (line %llu) says '%s', but what the table needs stands in line %llu, with cells separated by %s. Correct the settings, or leave "
            "the key out",
            settings_name(reader), (unsigned long long)setting->line, told, (unsigned long long)place->fits_line,
            probe_delimiter_name(place->fits_delimiter));
    else if (setting->header_line && place->line == 0)
        wres_find(reader->run, WRES_ERROR, "header", at, 0,
                  "%s (line %llu) says '%s', but %s. Correct the settings, or leave the key out", settings_name(reader),
                  (unsigned long long)setting->line, told,
                  setting->header_line > place->lines
                      ? wres_print(reader->run, "the file has only %llu lines", (unsigned long long)place->lines)
                      : "no header stands there");
    else
        return WRES_OK;
    return WRES_DATA;
}

static void say_layout(const file_reader *reader, const place_of_header *place, wres_text before) {
    const wres_place at = {reader->table->name, reader->file, place->line, NULL};
    if (place->delimiter != ',')
        wres_find(reader->run, WRES_INFORMATION, "layout", at, 0, "cells are separated by %s",
                  probe_delimiter_name(place->delimiter));
    if (wres_text_trim(before).length > 0)
        wres_find(reader->run, WRES_INFORMATION, "layout", at, 0,
                  "the header is in line %llu: %llu lines before it are passed over", (unsigned long long)place->line,
                  (unsigned long long)place->line - 1);
}

static void say_last_line(const file_reader *reader, char last) {
    if (last == '\n' || last == '\r' || !reader->has_header) return;
    wres_find(reader->run, WRES_WARNING, "no-line-end", (wres_place){reader->table->name, reader->file, 0, NULL}, 0,
              "the last line has no line end: the file may have been cut off. If it is whole, export it again or add a line end");
}

/* Line by line until the header is read, and a row, so that it is known how the rest can be read. */
static wres_status read_beginning(file_reader *reader, const wres_source *source, wres_csv *csv, wres_text *rest) {
    wres_status status = WRES_OK;
    bool inside = false;
    while (status == WRES_OK && !is_fast(reader, source)) {
        const size_t length = wres_split_cut(rest->bytes, rest->length, true, &inside);
        if (length == 0 || (reader->has_header && reader->data_rows > 0)) break;
        status = wres_csv_feed(csv, rest->bytes, length);
        *rest = (wres_text){rest->bytes + length, rest->length - length};
    }
    return status;
}

static wres_status read_rest(wres_source *source, wres_csv *csv, const probed *head, wres_text rest, char *last) {
    wres_status status = wres_csv_feed(csv, rest.bytes, rest.length);
    for (size_t got = 1; status == WRES_OK && got > 0;) {
        status = wres_source_read(source, head->bytes, head->room, &got);
        if (got) *last = head->bytes[got - 1];
        if (status == WRES_OK) status = wres_csv_feed(csv, head->bytes, got);
    }
    return status;
}

static wres_status read_text(file_reader *reader, wres_source *source) {
    probed head;
    wres_status status = probe_read(reader->run, source, reader->setting->header_line, &head);
    if (status != WRES_OK) return status;
    const place_of_header place = probe_header(reader->run, reader->table, reader->setting, &head);
    if (head.length > 0) status = check_told(reader, &place);
    if (status != WRES_OK) return status;
    say_layout(reader, &place, (wres_text){head.bytes, place.offset});
    char last = head.length ? head.bytes[head.length - 1] : '\n';
    wres_csv *csv = wres_csv_new(reader->run, reader->file, &(wres_csv_options){place.delimiter, place.line}, record, reader);
    wres_text rest = {head.bytes + place.offset, head.length - place.offset};
    status = read_beginning(reader, source, csv, &rest);
    if (status == WRES_OK && is_fast(reader, source))
        status = fast_read(reader, source, csv, place.delimiter, rest, &last);
    else if (status == WRES_OK)
        status = read_rest(source, csv, &head, rest, &last);
    wres_drop(reader->run, head.bytes);
    if (status == WRES_OK) status = wres_csv_end(csv);
    if (status == WRES_OK) say_last_line(reader, last);
    return status;
}

static wres_status check_content(file_reader *reader) {
    const wres_place place = {reader->table->name, reader->file, 0, NULL};
    if (!reader->has_header)
        wres_find(reader->run, WRES_ERROR, "empty", place, 0, "the file is empty: not even a header stands in it");
    else if (reader->data_rows == reader->odd.footers)
        wres_find(reader->run, WRES_ERROR, "empty", place, 0, "the file has a header and no rows");
    else
        return WRES_OK;
    return WRES_DATA;
}

static wres_status read_file(wres_reading *reading, const wres_table *table, const struct wres_table_file *from, bool of_several,
                             const wres_receiver *receiver, wres_account *account) {
    file_reader *reader = wres_alloc(reading->run, sizeof *reader);
    wres_source *source;
    const wres_source_options options = {
        .encoding = from->setting->encoding, .hash = reading->hash, .no_text_hash = !of_several && !reading->look};
    account->table = table; /* also of a file that cannot be opened */
    account->file = wres_visible_name(reading->run, wres_path_last(from->path));
    wres_status status = wres_source_open(reading->run, from->path, &options, &source);
    if (status != WRES_OK) return status;
    reader->reading = reading;
    reader->run = reading->run;
    reader->table = table;
    reader->setting = from->setting;
    reader->receiver = receiver;
    reader->account = account;
    reader->file = wres_source_name(source);
    reader->fte_field = WRES_NO_FIELD; /* till the header is read */
    reader->layout = wres_alloc(reading->run, sizeof *reader->layout);
    reader->layout->table = table;
    account->file = reader->file;
    account->layout = reader->layout;
    marks_prepare(reader);
    status = read_text(reader, source);
    memcpy(account->sha256, wres_source_sha256(source), sizeof account->sha256);
    account->text = wres_source_text_hash(source);
    wres_source_close(source);
    if (status == WRES_OK) status = check_content(reader);
    if (status == WRES_OK) status = report_odd_rows(reader);
    if (status == WRES_OK) status = report_values(reader);
    if (reading->look && reader->feeds) look_end(reader);
    return status == WRES_OK && reader->failed ? WRES_DATA : status;
}

static wres_status differ(wres_run *run, const wres_account *first, const wres_account *second, int field) {
    const bool first_has = first->layout->has[field];
    wres_find(
        run, WRES_ERROR, "files-differ", (wres_place){first->table->name, second->file, 0, first->table->fields[field].name}, 0,
        "%s has this column and %s does not: the rows of one table must all stand for the same thing. Give both the column, or neither",
        first_has ? first->file : second->file, first_has ? second->file : first->file);
    return WRES_DATA;
}

/* Files of a table may differ in columns, but not in what a row stands for: in the count and the identifiers. */
static wres_status check_alike(wres_run *run, const wres_account *first, const wres_account *second) {
    const wres_table *table = first->table;
    for (size_t f = 0; f < table->field_count; f++) {
        bool tells = (int)f == table->count || (int)f == table->person;
        for (size_t i = 0; i < table->once_per.count; i++) tells = tells || table->once_per.fields[i] == (int)f;
        if (tells && first->layout->has[f] != second->layout->has[f]) return differ(run, first, second, (int)f);
    }
    return WRES_OK;
}

/* The same text again: where rows are not told apart it would count everybody twice. */
static wres_status check_again(wres_run *run, const wres_account *accounts, size_t index) {
    const wres_account *account = &accounts[index];
    const wres_alternatives *once_per = &account->table->once_per;
    bool told_apart = once_per->count > 0;
    for (size_t i = 0; i < once_per->count; i++) told_apart = told_apart && account->layout->has[once_per->fields[i]];
    for (size_t i = 0; i < index; i++) {
        if (accounts[i].text.high != account->text.high || accounts[i].text.low != account->text.low) continue;
        wres_find(
            run, told_apart ? WRES_WARNING : WRES_ERROR, "same-file", (wres_place){account->table->name, account->file, 0, NULL}, 0,
            told_apart
                ? "the text of this file is the same as that of %s: its rows count once. Was another file meant?"
                : "the text of this file is the same as that of %s, and without identifiers every row would count twice. Give the file once",
            accounts[i].file);
        return told_apart ? WRES_OK : WRES_DATA;
    }
    return WRES_OK;
}

wres_status wres_input_read(wres_reading *reading, const wres_table_input *input, const wres_receiver *receiver,
                            wres_account *accounts) {
    wres_status result = WRES_OK;
    for (size_t i = 0; i < input->file_count; i++) {
        const wres_status checked = check_setting(reading, input->table, input->files[i].setting);
        if (checked != WRES_OK) return checked;
    }
    for (size_t i = 0; i < input->file_count; i++) {
        wres_status status = read_file(reading, input->table, &input->files[i], input->file_count > 1, receiver, &accounts[i]);
        if (status == WRES_OK && i > 0 && result == WRES_OK) status = check_alike(reading->run, &accounts[0], &accounts[i]);
        if (status == WRES_OK && i > 0 && result == WRES_OK) status = check_again(reading->run, accounts, i);
        if (status == WRES_USAGE || (status == WRES_IO && !reading->look)) return status;
        if (status > result) result = status;
    }
    return result;
}
