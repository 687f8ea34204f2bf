/* Cells to numbers: each different cell of a column is weighed once, and then known by its bytes, quotation marks and blanks among them. Most
 * cells of an export are such that were met before: they take one look at one slot. */
#include <string.h>

#include "input/fast.h"

enum { MOST_VALUES = 1 << 20, MOST_PAIRS = 1 << 14, FIRST_BITS = 8, FIRST_ROOM = (1 << FIRST_BITS) / SPARSE };

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

/* ---- values by their bytes ------------------------------------------------------------------------------------------ */

static void put(values *v, uint32_t number) {
    uint32_t slot = first_slot(v, v->all[number].hash);
    while (v->slots[slot]) slot = (slot + 1) & (SPARSE * v->room - 1);
    v->slots[slot] = number + 1;
}

static void make_room(wres_run *run, values *v, uint32_t room) {
    value *const before = v->room ? v->all - 1 : NULL;
    v->all = wres_grow(run, before, before ? (v->room + 1) * sizeof *before : 0, (room + 1) * sizeof *before);
    *v->all++ = (value){.length = UINT32_MAX};
    v->more = wres_grow(run, v->more, v->room * sizeof *v->more, room * sizeof *v->more);
    v->rows = wres_grow(run, v->rows, v->room * sizeof *v->rows, room * sizeof *v->rows);
    wres_drop(run, v->slots);
    v->slots = wres_grow(run, NULL, 0, sizeof *v->slots * SPARSE * room);
    v->slot_shift = v->room ? v->slot_shift - 1 : 32 - FIRST_BITS;
    v->room = room;
    for (uint32_t i = 0; i < v->count; i++) put(v, i);
}

/* What comes more often stands where its hash says: there it is found at once. */
static void bring_forward(values *v, uint32_t first, uint32_t slot) {
    const uint32_t before = v->slots[first], found = v->slots[slot];
    if (v->rows[found - 1] <= v->rows[before - 1]) return;
    v->slots[first] = found;
    v->slots[slot] = before;
}

/* *crowded: too many stand in a row there for another one to join them, as where texts are long and differ in the middle alone. */
static uint32_t find(values *v, const char *bytes, size_t length, ends e, uint32_t hash, bool *crowded) {
    enum { MOST_IN_A_ROW = 64 };
    const uint32_t first = first_slot(v, hash);
    uint32_t steps = 0;
    for (uint32_t slot = first, number; (number = v->slots[slot]); slot = (slot + 1) & (SPARSE * v->room - 1), steps++) {
        if (!has_ends(&v->all[number - 1], length, e) || !is_same_between(&v->more[number - 1], bytes, length)) continue;
        bring_forward(v, first, slot);
        return number - 1;
    }
    *crowded = steps > MOST_IN_A_ROW && v->most < MOST_TOGETHER;
    return WRES_NOWHERE;
}

/* Its bytes are kept, to be read as those of a block are; there is room for it. */
static const char *add(wres_run *run, values *v, const char *bytes, value added) {
    char *copy = wres_alloc(run, added.length + WRES_SPLIT_PADDING);
    memcpy(copy, bytes, added.length + 1);
    v->all[v->count] = added;
    v->more[v->count] = (value_more){.bytes = copy};
    put(v, v->count++);
    return copy;
}

/* ---- cells -------------------------------------------------------------------------------------------------------------- */

static void make_column_room(worker *w, column *c, uint32_t room) {
    if (c->part == PROFILE && !c->graded)
        c->alike = wres_grow(w->run, c->alike, c->values.room * sizeof *c->alike, room * sizeof *c->alike);
    if (c->feed_count)
        c->codes =
            wres_grow(w->run, c->codes, c->values.room * c->feed_count * sizeof *c->codes, room * c->feed_count * sizeof *c->codes);
    make_room(w->run, &c->values, room);
}

void values_begin(worker *w, size_t i) {
    column *c = &w->columns[i];
    if (c->values.room) return;
    c->values.most = MOST_VALUES;
    make_column_room(w, c, FIRST_ROOM);
    if (!c->pairs) return;
    w->pairs[i].values.most = MOST_PAIRS;
    w->pairs[i].part = c->part == BESIDE ? c[1].part : c->part;
    make_room(w->run, &w->pairs[i].values, FIRST_ROOM);
}

static bool has_same_codes(const column *c, uint32_t a, uint32_t b) {
    bool same = true;
    for (size_t i = 0; i < c->feed_count; i++) {
        const looked_up *x = &c->codes[a * c->feed_count + i], *y = &c->codes[b * c->feed_count + i];
        same = same && x->code == y->code && x->found == y->found;
    }
    return same;
}

/* In a key, texts of the same codes are one. */
static void find_alike(column *c, uint32_t number) {
    uint32_t i = 0;
    if (!c->alike) return;
    while (i < c->different_count && !has_same_codes(c, c->different[i], number)) i++;
    c->alike[number] = i < c->different_count ? c->different[i] : number;
    if (i == c->different_count && i < DIFFERENT) c->different[c->different_count++] = number;
}

/* What a number adds to the packed key of the part that its column has. */
static uint64_t packed_number(const column *c, uint32_t number) {
    uint64_t key = 0;
    const uint8_t of_profile = (uint8_t)number;
    const uint16_t of_key = (uint16_t)number;
    if (c->part == PROFILE) memcpy((char *)&key + c->place, &of_profile, sizeof of_profile);
    if (c->part == KEY) memcpy((char *)&key + c->place, &of_key, sizeof of_key);
    return key;
}

static uint32_t value_new(worker *w, column *c, const char *bytes, size_t length, uint32_t hash, ends e) {
    values *v = &c->values;
    const uint32_t number = v->count, bits = c->part == PROFILE ? PROFILE_BITS : KEY_BITS;
    if (number == v->most) return WRES_NOWHERE;
    const wres_text cell = wres_split_cell(bytes, 0, length, w->fast->delimiter);
    const bool doubled = w->split.doubled && memchr(cell.bytes, '"', cell.length);
    if (number == v->room) make_column_room(w, c, 2 * v->room);
    const uint64_t said = weigh_all(w, c, cell, number) + (doubled ? SAYS(ODD) : 0);
    find_alike(c, number);
    const bool large = c->part != BESIDE && number_in_key(c, number) >> bits;
    const value made = {.ends = e,
                        .said = said + (large ? SAYS(LARGE) : 0),
                        .packed = packed_number(c, number_in_key(c, number)),
                        .length = (uint32_t)length,
                        .hash = hash};
    const char *copy = add(w->run, v, bytes, made);
    v->more[number].text = (wres_text){copy + (cell.bytes - bytes), cell.length};
    return number;
}

uint32_t value_of(worker *w, column *c, const char *bytes, size_t length) {
    const ends e = ends_of(bytes, length);
    bool crowded;
    const uint32_t hash = hash_of_ends(e, length), known = find(&c->values, bytes, length, e, hash, &crowded);
    return known == WRES_NOWHERE && !crowded ? value_new(w, c, bytes, length, hash, e) : known;
}

/* ---- pairs of cells ------------------------------------------------------------------------------------------------- */

uint32_t pair_find(pair *p, const char *bytes, size_t length, bool *crowded) {
    const ends e = ends_of(bytes, length);
    return find(&p->values, bytes, length, e, hash_of_ends(e, length), crowded);
}

void pair_add(worker *w, size_t i, const char *bytes, size_t length, uint32_t first, uint32_t second) {
    pair *p = &w->pairs[i];
    values *v = &p->values;
    const value *a = &w->columns[i].values.all[first], *b = &w->columns[i + 1].values.all[second];
    p->left = v->count == v->most;
    if (p->left) return;
    if (v->count == v->room) make_room(w->run, v, 2 * v->room);
    if (v->count == p->number_room) {
        p->numbers = wres_grow(w->run, p->numbers, p->number_room * sizeof *p->numbers, v->room * sizeof *p->numbers);
        p->rests = wres_grow(w->run, p->rests, p->number_room * sizeof *p->rests, v->room * sizeof *p->rests);
        p->number_room = v->room;
    }
    p->numbers[v->count][0] = first;
    p->numbers[v->count][1] = second;
    const ends e = ends_of(bytes, length);
    add(w->run, v, bytes,
        (value){.ends = e,
                .said = a->said + b->said,
                .packed = a->packed | b->packed,
                .length = (uint32_t)length,
                .hash = hash_of_ends(e, length)});
}
