/* Reading code lists. */
#include "codes/list.h"

#include <string.h>

typedef struct list_reader {
    wres_run *run;
    wres_list *list;
    const char *file;
    int spelling, code, order, treatment; /* columns, -1 = none */
    int column_of[MOST_ATTRIBUTES];
    size_t columns;
    uint16_t *of_spelling; /* the list's, as it grows */
    size_t spelling_room;
} list_reader;

static wres_status list_mistake(const list_reader *reader, uint64_t line, const char *field, const char *message) {
    wres_find(reader->run, WRES_ERROR, "code-list", (wres_place){.file = reader->file, .line = line, .field = field}, 0, "%s",
              message);
    return WRES_USAGE;
}

static char *cell_text(const list_reader *reader, const wres_text *cells, int column) {
    const wres_text cell = column < 0 ? (wres_text){"", 0} : wres_text_trim(cells[column]);
    return wres_copy(reader->run, cell.bytes, cell.length);
}

static wres_status read_header(list_reader *reader, const wres_text *cells, size_t count) {
    wres_list *list = reader->list;
    reader->spelling = reader->code = reader->order = reader->treatment = -1;
    reader->columns = count;
    for (size_t i = 0; i < count; i++) {
        const char *name = cell_text(reader, cells, (int)i);
        for (size_t k = 0; k < i; k++)
            if (strcmp(cell_text(reader, cells, (int)k), name) == 0)
                return list_mistake(reader, 1, name, "this column is here twice");
        if (strcmp(name, "spelling") == 0)
            reader->spelling = (int)i;
        else if (strcmp(name, "code") == 0)
            reader->code = (int)i;
        else if (strcmp(name, "order") == 0)
            reader->order = (int)i;
        else if (strcmp(name, "treatment") == 0)
            reader->treatment = (int)i;
        else if (strcmp(name, "source") != 0) {
            if (list->attributes == MOST_ATTRIBUTES)
                return list_mistake(reader, 1, name, "a code list has at most 12 attribute columns");
            reader->column_of[list->attributes] = (int)i;
            list->values[list->attributes] = wres_dictionary_new(reader->run);
            list->attribute[list->attributes++] = name;
        }
    }
    if (reader->spelling < 0) return list_mistake(reader, 1, "spelling", "a code list needs the column 'spelling'");
    if (list->attributes == 0) return list_mistake(reader, 1, NULL, "a code list needs a column that names its members");
    return WRES_OK;
}

static bool same_member(const wres_list *list, const list_member *a, const list_member *b) {
    return memcmp(a->value, b->value, list->attributes * sizeof *a->value) == 0 && a->order == b->order &&
           strcmp(a->treatment, b->treatment) == 0;
}

static uint16_t add_member(wres_list *list, const list_member *member) {
    for (size_t i = 0; i < list->member_count; i++)
        if (same_member(list, &list->members[i], member)) return (uint16_t)i;
    if (list->member_count == list->member_room) {
        const size_t room = list->member_room ? 2 * list->member_room : 64;
        list->members = wres_grow(list->run, list->members, list->member_room * sizeof *member, room * sizeof *member);
        list->member_room = room;
    }
    list->members[list->member_count] = *member;
    return (uint16_t)list->member_count++;
}

static bool add_spelling(list_reader *reader, const char *key, uint16_t member) {
    wres_list *list = reader->list;
    const uint32_t known = wres_dictionary_count(list->spellings);
    const uint32_t number = wres_dictionary_add(list->spellings, wres_text_of(key));
    if (number < known) return list->of_spelling[number] == member;
    if (number >= reader->spelling_room) {
        const size_t room = reader->spelling_room ? 2 * reader->spelling_room : 512, size = sizeof *reader->of_spelling;
        reader->of_spelling = wres_grow(reader->run, reader->of_spelling, reader->spelling_room * size, room * size);
        reader->spelling_room = room;
        list->of_spelling = reader->of_spelling;
    }
    reader->of_spelling[number] = member;
    return true;
}

char *list_pair_key(wres_run *run, const char *code, const char *spelling) { return wres_print(run, "%s\n%s", code, spelling); }

static bool read_order(const char *text, int32_t *order) {
    uint64_t number;
    *order = WRES_NO_ORDER;
    if (!*text) return true;
    if (!wres_count_parse(wres_text_of(text), &number) || number > 10000) return false;
    *order = (int32_t)number;
    return true;
}

static wres_status read_spelling(list_reader *reader, const wres_text *cells, uint64_t line, uint16_t member) {
    wres_list *list = reader->list;
    const char *raw = cell_text(reader, cells, reader->spelling);
    const char *spelling = wres_normalised(reader->run, wres_text_of(raw));
    const char *code = wres_normalised(reader->run, wres_text_of(cell_text(reader, cells, reader->code)));
    if (strcmp(raw, "(blank)") == 0) list->blank = member;
    if (strcmp(raw, "(unmapped)") == 0) {
        list->unmapped = member;
        return WRES_OK;
    }
    if (!add_spelling(reader, spelling, member))
        return list_mistake(reader, line, "spelling", "this spelling is here already and stands for something else there");
    if (*code) {
        /* The first row of a code says what the code alone stands for. */
        if (wres_dictionary_find(list->spellings, wres_text_of(code)) == WRES_NOWHERE) add_spelling(reader, code, member);
        add_spelling(reader, list_pair_key(reader->run, code, spelling), member);
        if (strlen(code) == 1 && *code >= 'a' && *code <= 'z') list->one_letter_codes = true;
    }
    return WRES_OK;
}

static wres_status read_row(void *context, const wres_text *cells, size_t count, uint64_t line) {
    list_reader *reader = context;
    wres_list *list = reader->list;
    list_member member = {.treatment = ""};
    if (reader->columns == 0) return read_header(reader, cells, count);
    if (count != reader->columns) return list_mistake(reader, line, NULL, "this row has not as many cells as the header");
    for (size_t i = 0; i < list->attributes; i++)
        member.value[i] = (uint16_t)wres_dictionary_add(list->values[i], wres_text_trim(cells[reader->column_of[i]]));
    if (!read_order(cell_text(reader, cells, reader->order), &member.order))
        return list_mistake(reader, line, "order", "a whole number from 0 to 10000, or nothing, is expected here");
    member.treatment = cell_text(reader, cells, reader->treatment);
    if (list->member_count > UINT16_MAX - 2) return list_mistake(reader, line, NULL, "a code list has at most 65,000 members");
    return read_spelling(reader, cells, line, add_member(list, &member));
}

wres_status list_read(wres_run *run, const char *name, const char *file, wres_text content, wres_list **out) {
    wres_list *list = wres_alloc(run, sizeof *list);
    list_reader reader = {.run = run, .list = list, .file = file};
    list->run = run;
    list->name = name;
    list->spellings = wres_dictionary_new(run);
    list->blank = list->unmapped = UINT16_MAX;
    wres_csv *csv = wres_csv_new(run, file, &(wres_csv_options){0}, read_row, &reader);
    wres_status status = wres_csv_feed(csv, content.bytes, content.length);
    if (status == WRES_OK) status = wres_csv_end(csv);
    if (status == WRES_OK && (list->blank == UINT16_MAX || list->unmapped == UINT16_MAX))
        status = list_mistake(&reader, 0, "spelling", "a code list needs rows with the spellings (blank) and (unmapped)");
    *out = list;
    return status == WRES_DATA ? WRES_USAGE : status;
}

wres_list *list_of_prepared(wres_run *run, const char *name, const list_prepared *from) {
    wres_list *list = wres_alloc(run, sizeof *list);
    list->run = run;
    list->name = name;
    list->attributes = from->attributes.count;
    const wres_dictionary *attributes = wres_dictionary_frozen(run, &from->attributes);
    const wres_dictionary *treatments = wres_dictionary_frozen(run, &from->treatments);
    for (uint32_t i = 0; i < list->attributes; i++) {
        list->attribute[i] = wres_dictionary_text(attributes, i);
        list->values[i] = wres_dictionary_frozen(run, &from->values[i]);
    }
    list->member_count = from->member_count;
    list->members = wres_alloc(run, list->member_count * sizeof *list->members);
    const uint16_t *number = from->members;
    for (size_t m = 0; m < list->member_count; m++) {
        list->members[m].order = from->orders[m];
        list->members[m].treatment = wres_dictionary_text(treatments, *number++);
        for (size_t i = 0; i < list->attributes; i++) list->members[m].value[i] = *number++;
    }
    list->spellings = wres_dictionary_frozen(run, &from->spellings);
    list->of_spelling = from->of_spelling;
    list->blank = from->blank;
    list->unmapped = from->unmapped;
    list->one_letter_codes = from->one_letter_codes;
    return list;
}
