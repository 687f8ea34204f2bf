/* Cells to numbers: each different cell of a column is weighed once, and then known by its bytes, quotation marks and blanks among them. Most
 * cells of an export are such that were met before: they take one look at one slot. */
#include <string.h>

#include "input/fast.h"

enum { MOST_VALUES = 1 << 20, FIRST_BITS = 8, FIRST_ROOM = (1 << FIRST_BITS) / SPARSE };

static bool is_whole_year(wres_text text) {
    uint64_t year;
    return text.length == 4 && wres_count_parse(text, &year) && year >= 1900 && year <= 2100;
}

/* What this text means for the rows that hold it. Whatever may lead to a word about the row itself makes it odd. */
static uint64_t weigh(worker *w, const feed *f, wres_text cell, looked_up *code) {
    const file_reader *reader = w->fast->reader;
    const wres_text text = mapped_text(w->run, f, wres_text_trim(cell));
    wres_found found = text.length ? WRES_FOUND : WRES_BLANK;
    bool odd = false, rounded;
    uint64_t said = 0, fte;
    switch (f->type) {
    case WRES_TYPE_CODE:
        code->code = wres_list_look_up(f->list, w->run, text, &found);
        code->found = found;
        odd = found == WRES_UNMAPPED && is_total_text(text);
        if (found == WRES_UNMAPPED && !(reader->band_is_grade && f->field == reader->grade_field)) said += SAYS(UNMAPPED);
        break;
    case WRES_TYPE_TEXT: odd = is_spoiled(text); break;
    case WRES_TYPE_DATE: odd = f->map || wres_date_parse(text, date_order(reader)) == WRES_NO_DATE; break;
    case WRES_TYPE_YEAR: odd = f->map || !is_whole_year(text); break;
    case WRES_TYPE_DECIMAL: odd = found != WRES_BLANK && !wres_fte_parse(text, &fte, &rounded); break;
    default: break;
    }
    if (odd) said += SAYS(ODD);
    if (found != WRES_BLANK && (f->type == WRES_TYPE_CODE || f->type == WRES_TYPE_TEXT)) said += SAYS(NAMED);
    return said;
}

static bool is_in_setting(wres_run *run, const wres_choice *setting, wres_text cell) {
    const char *normal = wres_normalised(run, cell);
    for (size_t i = 0; i < setting->value_count; i++)
        if (strcmp(normal, wres_normalised(run, wres_text_of(setting->values[i]))) == 0) return true;
    return false;
}

static uint64_t weigh_all(worker *w, const column *c, wres_text cell, uint32_t number) {
    const file_reader *reader = w->fast->reader;
    uint64_t said = SAYS(NEW);
    for (size_t i = 0; i < c->feed_count; i++) said += weigh(w, c->feeds[i], cell, &c->codes[number * c->feed_count + i]);
    for (size_t i = 0; i < reader->dropper_count; i++) {
        const dropper *d = &reader->droppers[i];
        if (d->column == c->index && is_in_setting(w->run, d->setting, cell) != d->keeps) said += SAYS(ODD);
    }
    const bool filled = wres_text_trim(cell).length;
    if (c->index == 0 && filled && !is_total_text(cell)) said += SAYS(BEGINS);
    if (c->index == 1 && filled) said += SAYS(FOLLOWS);
    if (wres_text_same(wres_text_trim(cell), reader->header_cells[c->index])) said += SAYS(ODD);
    return said;
}

static void put(column *c, uint32_t number) {
    uint32_t slot = first_slot(c, c->values[number].hash);
    while (c->slots[slot]) slot = (slot + 1) & (SPARSE * c->room - 1);
    c->slots[slot] = number + 1;
}

static void make_room(worker *w, column *c, uint32_t room) {
    value *const before = c->room ? c->values - 1 : NULL;
    c->values = wres_grow(w->run, before, before ? (c->room + 1) * sizeof *before : 0, (room + 1) * sizeof *before);
    *c->values++ = (value){.length = UINT32_MAX};
    c->more = wres_grow(w->run, c->more, c->room * sizeof *c->more, room * sizeof *c->more);
    if (c->feed_count)
        c->codes = wres_grow(w->run, c->codes, c->room * c->feed_count * sizeof *c->codes, room * c->feed_count * sizeof *c->codes);
    c->rows = wres_grow(w->run, c->rows, c->room * sizeof *c->rows, room * sizeof *c->rows);
    wres_drop(w->run, c->slots);
    c->slots = wres_grow(w->run, NULL, 0, sizeof *c->slots * SPARSE * room);
    c->slot_shift = c->room ? c->slot_shift - 1 : 32 - FIRST_BITS;
    c->room = room;
    for (uint32_t i = 0; i < c->count; i++) put(c, i);
}

void values_begin(worker *w, column *c) {
    c->most = MOST_VALUES;
    make_room(w, c, FIRST_ROOM);
}

static uint32_t value_new(worker *w, column *c, const char *bytes, size_t length, uint32_t hash, ends e) {
    const uint32_t number = c->count, bits = c->part == PROFILE ? PROFILE_BITS : KEY_BITS;
    if (number == c->most) return WRES_NOWHERE;
    const wres_text cell = wres_split_cell(bytes, 0, length, w->fast->delimiter);
    const bool large = c->part != BESIDE && number >> bits, doubled = w->split.doubled && memchr(cell.bytes, '"', cell.length);
    char *copy = wres_alloc(w->run, length + WRES_SPLIT_PADDING); /* to be read as cells of a block are */
    memcpy(copy, bytes, length + 1);
    if (number == c->room) make_room(w, c, 2 * c->room);
    const value v = {.ends = e,
                     .said = weigh_all(w, c, cell, number) + (large ? SAYS(LARGE) : 0) + (doubled ? SAYS(ODD) : 0),
                     .length = (uint32_t)length,
                     .hash = hash};
    c->values[number] = v;
    c->more[number] = (value_more){.bytes = copy, .text = {copy + (cell.bytes - bytes), cell.length}};
    c->count++;
    put(c, number);
    return number;
}

uint32_t value_of(worker *w, column *c, const char *bytes, size_t length) {
    const ends e = ends_of(bytes, length);
    const uint32_t hash = hash_of_ends(e, length);
    for (uint32_t slot = first_slot(c, hash), number; (number = c->slots[slot]); slot = (slot + 1) & (SPARSE * c->room - 1))
        if (has_ends(&c->values[number - 1], length, e) && is_same_between(&c->more[number - 1], bytes, length)) return number - 1;
    return value_new(w, c, bytes, length, hash, e);
}
