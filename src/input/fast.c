/* Rows at speed. A worker splits a block, knows each text of a column by a number, and puts rows together that count alike; what it
 * puts together is read by the same functions as any row, once for all of them, when the file has ended.
 *
 * A row goes by itself, at its place in the file, when it is anything but a plain record, when it holds a text that the worker has not met
 * in a plain record (so that what is numbered or said by first appearance is), and behind such rows. So all that row.c and odd.c decide by
 * position is decided there. */
#include <stdlib.h>
#include <string.h>

#include "input/input.h"

enum {
    ODD = 1,
    NAMED = 2,
    BEGINS = 4,  /* the first cell of the file's rows, filled, and not called a total */
    FOLLOWS = 8, /* the second, filled */
    MOST_IN_SPAN = 4096,
    NEAR = 64,
    NEAR_BITS = 13,
    NEAR_GROUPS = 1 << NEAR_BITS,
    MOST_COLUMNS = WRES_MOST_FIELDS,
    MOST_VALUES = 1 << 20
};

/* ---- what a worker keeps ---------------------------------------------------------------------------------------- */

/* Open addressing over a dense list, which the owner keeps. */
typedef struct table {
    uint32_t *slots; /* number + 1, 0 = free */
    uint32_t count, slot_count;
} table;

/* One text of a column. */
typedef struct value {
    uint64_t head, last; /* its first and its last eight bytes */
    const char *bytes;
    uint32_t length, hash;
    unsigned char flags, unmapped; /* in how many code lists it is not */
    bool met;                      /* in a plain record */
    uint64_t rows;                 /* that were put together */
} value;

typedef struct column {
    size_t index; /* in the file */
    feed *feeds[MOST_COLUMNS];
    size_t feed_count;
    enum { PROFILE, KEY, BESIDE } part;
    value *values;
    uint32_t room, near[NEAR]; /* near: the value met last of those with a hash + 1 */
    table table;
    uint32_t *numbers; /* in order: of feeds[n]->seen, + 1, by value * feed_count + n; 0 = not asked yet */
    size_t number_room;
} column;

/* The bytes of cells beside one another that are looked up: known together, as long as there are not too many, they are looked up once. */
typedef struct span_value {
    uint64_t packed[2]; /* the numbers of its texts, for profiles and for groups */
    const char *bytes;
    uint32_t length, hash, unmapped;
    unsigned char flags;
    bool met, small; /* small: the numbers can be packed */
    uint64_t rows;
} span_value;

typedef struct span {
    size_t first, count; /* columns */
    bool broken;
    span_value *values;
    uint32_t *numbers; /* of the texts of each */
    uint32_t room, near[4 * NEAR];
    table table;
} span;

/* Texts of the columns of codes that tell, and how many rows have them. */
typedef struct profile {
    uint32_t alike; /* the first profile whose rows count as those of this one */
    uint64_t rows;
} profile;

/* The group of rows met last of those with a hash: a profile and the numbers of texts, packed. */
typedef struct near_group {
    uint64_t packed;
    uint32_t profile, group; /* group + 1, 0 = none */
} near_group;

typedef struct near_profile {
    uint64_t packed;
    uint32_t number; /* + 1 */
} near_profile;

/* Rows that count alike. */
typedef struct group {
    uint64_t rows;
} group;

typedef struct kept {
    uint32_t *keys; /* size for each */
    size_t size, room;
    table table;
} kept;

/* A row that goes by itself. */
typedef struct lone {
    uint32_t line, count; /* line: of the block */
    size_t cells;
    size_t people; /* that stand before it */
} lone;

/* A row that is put together with others but for its identifier. */
typedef struct person_row {
    uint32_t group, line; /* of the worker; of the block */
    wres_hash id;
} person_row;

typedef struct result {
    bool regular, ascii;
    person_row *people;
    size_t person_count, person_room;
    uint32_t *new_values; /* of groups that the worker met first here: of each column that tells, in their order */
    wres_text *new_texts;
    size_t new_count, new_room;
    size_t lines;
    lone *rows;
    size_t row_count, row_room;
    wres_text *cells;
    size_t cell_count, cell_room;
    char *undoubled;
    size_t undoubled_length, undoubled_room;
} result;

typedef struct worker {
    const struct fast *fast;
    wres_run *run;
    column *columns;
    span *spans;
    span_value *span_values[MOST_COLUMNS]; /* of the row at hand, NULL where the span is broken */
    kept profiles, groups, folds;
    profile *profile;
    group *group;
    uint32_t *profile_of_fold;
    near_profile near_profiles[NEAR_GROUPS];
    near_group near_groups[NEAR_GROUPS];
    uint16_t code[WRES_MOST_FIELDS];
    bool given[WRES_MOST_FIELDS];
    uint32_t profile_key[MOST_COLUMNS], group_key[MOST_COLUMNS + 1]; /* of the row at hand */
    value *values[MOST_COLUMNS];
    uint32_t line;   /* of the block, of the row at hand */
    uint32_t *kinds; /* in order: of groups, as the receiver keeps them */
    size_t kind_count, kind_room;
    wres_split split;
    result results[WRES_BLOCKS_A_WORKER];
    wres_block *block;
} worker;

typedef struct fast {
    file_reader *reader;
    wres_source *source;
    wres_csv *csv;
    char delimiter, last;
    column columns[MOST_COLUMNS];
    size_t column_count, profile_size, key_size;
    const feed *person; /* the identifiers, where there are any */
    span spans[MOST_COLUMNS];
    size_t span_count, shift[MOST_COLUMNS]; /* shift: of a column's number when it is packed */
    bool packs;                             /* numbers of a profile, and those of a group, fit 64 bits as long as they are small */
    worker *workers;
    size_t worker_count;
} fast;

/* ---- tables -------------------------------------------------------------------------------------------------------- */

#define K1 UINT64_C(0x9e3779b97f4a7c15)
#define K2 UINT64_C(0xff51afd7ed558ccd)

static void table_grow(wres_run *run, table *t) {
    wres_drop(run, t->slots);
    t->slot_count = t->slot_count ? 4 * t->slot_count : 256;
    t->slots = wres_grow(run, NULL, 0, t->slot_count * sizeof *t->slots);
}

static void table_put(table *t, uint32_t hash, uint32_t number) {
    uint32_t slot = hash & (t->slot_count - 1);
    while (t->slots[slot]) slot = (slot + 1) & (t->slot_count - 1);
    t->slots[slot] = number + 1;
}

static bool table_is_full(const table *t) { return 2 * (t->count + 1) > t->slot_count; }

static uint32_t hash_of_key(const uint32_t *key, size_t size) {
    uint64_t hash = K1;
    for (size_t i = 0; i < size; i++) hash = (hash ^ key[i]) * K2;
    return (uint32_t)(hash ^ hash >> 32);
}

static bool is_key(const uint32_t *a, const uint32_t *b, size_t size) {
    uint32_t differ = 0;
    for (size_t i = 0; i < size; i++) differ |= a[i] ^ b[i];
    return differ == 0;
}

/* The number of a key, or that of a new one: *is_new, and room for it in the list beside, whose entries have this size. */
static uint32_t key_number(wres_run *run, kept *k, const uint32_t *key, void **list, size_t entry, bool *is_new) {
    if (table_is_full(&k->table)) {
        table_grow(run, &k->table);
        for (uint32_t i = 0; i < k->table.count; i++) table_put(&k->table, hash_of_key(k->keys + i * k->size, k->size), i);
    }
    const uint32_t hash = hash_of_key(key, k->size);
    uint32_t slot = hash & (k->table.slot_count - 1);
    for (; k->table.slots[slot]; slot = (slot + 1) & (k->table.slot_count - 1)) {
        const uint32_t number = k->table.slots[slot] - 1;
        if (is_key(k->keys + number * k->size, key, k->size)) return *is_new = false, number;
    }
    if (k->table.count == k->room) {
        const size_t room = k->room ? 2 * k->room : 128;
        k->keys = wres_grow(run, k->keys, k->room * k->size * sizeof *key, room * k->size * sizeof *key);
        *list = wres_grow(run, *list, k->room * entry, room * entry);
        k->room = room;
    }
    memcpy(k->keys + k->table.count * k->size, key, k->size * sizeof *key);
    k->table.slots[slot] = ++k->table.count;
    return *is_new = true, k->table.count - 1;
}

/* ---- texts to numbers ---------------------------------------------------------------------------------------------- */

/* What a text is known by: of one of up to sixteen bytes that is all. Without branches, as lengths come in no order. */
typedef struct ends {
    uint64_t head, last;
} ends;

static inline ends ends_of(wres_text text) {
    ends e = {0, 0};
    const size_t back = text.length > 8 ? text.length - 8 : 0, length = text.length < 8 ? text.length : 8;
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    static const uint64_t low_bytes[] = {0,
                                         UINT64_C(0xff),
                                         UINT64_C(0xffff),
                                         UINT64_C(0xffffff),
                                         UINT64_C(0xffffffff),
                                         UINT64_C(0xffffffffff),
                                         UINT64_C(0xffffffffffff),
                                         UINT64_C(0xffffffffffffff),
                                         UINT64_C(0xffffffffffffffff)};
    memcpy(&e.head, text.bytes, 8); /* more can be read behind every block */
    memcpy(&e.last, text.bytes + back, 8);
    e.head &= low_bytes[length];
    e.last &= low_bytes[length];
#else
    memcpy(&e.head, text.bytes, length);
    memcpy(&e.last, text.bytes + back, length);
#endif
    return e;
}

/* Of long texts the middle is not looked at: few columns hold many that differ there alone. */
static inline uint32_t hash_of_text(wres_text text, ends e) {
    const uint64_t hash = ((e.head ^ text.length * K1) * K2 ^ e.last) * K1;
    return (uint32_t)(hash >> 32);
}

static inline bool is_value(const value *v, wres_text text, ends e) {
    if ((v->head ^ e.head) | (v->last ^ e.last) | (v->length ^ text.length)) return false;
    return text.length <= 16 || memcmp(v->bytes + 8, text.bytes + 8, text.length - 16) == 0;
}

static bool is_whole_year(wres_text text) {
    uint64_t year;
    return text.length == 4 && wres_count_parse(text, &year) && year >= 1900 && year <= 2100;
}

/* What this text means for the rows that hold it. Whatever may lead to a word about the row itself makes it odd. */
static void weigh(worker *w, const feed *f, wres_text cell, value *v) {
    const file_reader *reader = w->fast->reader;
    const wres_text text = mapped_text(w->run, f, wres_text_trim(cell));
    wres_found found = text.length ? WRES_FOUND : WRES_BLANK;
    switch (f->type) {
    case WRES_TYPE_CODE:
        wres_list_look_up(f->list, w->run, text, &found);
        if (found == WRES_UNMAPPED && is_total_text(text)) v->flags |= ODD;
        if (found == WRES_UNMAPPED && !(reader->band_is_grade && f->field == reader->grade_field)) v->unmapped++;
        break;
    case WRES_TYPE_TEXT:
        if (is_spoiled(text)) v->flags |= ODD;
        break;
    case WRES_TYPE_DATE:
        if (f->map || wres_date_parse(text, date_order(reader)) == WRES_NO_DATE) v->flags |= ODD;
        break;
    case WRES_TYPE_YEAR:
        if (f->map || !is_whole_year(text)) v->flags |= ODD;
        break;
    default: break;
    }
    if (found != WRES_BLANK && (f->type == WRES_TYPE_CODE || f->type == WRES_TYPE_TEXT)) v->flags |= NAMED;
}

static bool is_in_setting(wres_run *run, const wres_choice *setting, wres_text cell) {
    const char *normal = wres_normalised(run, cell);
    for (size_t i = 0; i < setting->value_count; i++)
        if (strcmp(normal, wres_normalised(run, wres_text_of(setting->values[i]))) == 0) return true;
    return false;
}

static void weigh_value(worker *w, const column *c, wres_text cell, value *v) {
    const file_reader *reader = w->fast->reader;
    for (size_t i = 0; i < c->feed_count; i++) weigh(w, c->feeds[i], cell, v);
    for (size_t i = 0; i < reader->dropper_count; i++) {
        const dropper *d = &reader->droppers[i];
        if (d->column == c->index && is_in_setting(w->run, d->setting, cell) != d->keeps) v->flags |= ODD;
    }
    const bool filled = wres_text_trim(cell).length;
    if (c->index == 0 && filled && !is_total_text(cell)) v->flags |= BEGINS;
    if (c->index == 1 && filled) v->flags |= FOLLOWS;
    if (wres_text_same(wres_text_trim(cell), reader->header_cells[c->index])) v->flags |= ODD;
}

static value *new_value(worker *w, column *c, wres_text cell, uint32_t hash, ends e) {
    if (c->table.count == c->room) {
        const uint32_t room = c->room ? 2 * c->room : 64;
        c->values = wres_grow(w->run, c->values, c->room * sizeof *c->values, room * sizeof *c->values);
        c->room = room;
    }
    value *v = &c->values[c->table.count];
    *v = (value){.head = e.head,
                 .last = e.last,
                 .bytes = wres_copy(w->run, cell.bytes, cell.length),
                 .length = (uint32_t)cell.length,
                 .hash = hash};
    weigh_value(w, c, cell, v);
    if (table_is_full(&c->table)) {
        table_grow(w->run, &c->table);
        for (uint32_t i = 0; i < c->table.count; i++) table_put(&c->table, c->values[i].hash, i);
    }
    table_put(&c->table, hash, c->table.count);
    c->table.count++;
    return v;
}

/* NULL where the column has more different texts than are kept. */
static value *find_value(worker *w, column *c, wres_text cell, uint32_t hash, ends e) {
    if (c->table.slot_count)
        for (uint32_t slot = hash & (c->table.slot_count - 1); c->table.slots[slot];
             slot = (slot + 1) & (c->table.slot_count - 1)) {
            const uint32_t number = c->table.slots[slot] - 1;
            if (c->values[number].hash == hash && is_value(&c->values[number], cell, e)) return &c->values[number];
        }
    return c->table.count < MOST_VALUES ? new_value(w, c, cell, hash, e) : NULL;
}

static inline value *value_of(worker *w, column *c, wres_text cell) {
    const ends e = ends_of(cell);
    const uint32_t hash = hash_of_text(cell, e);
    uint32_t *near = &c->near[hash & (NEAR - 1)];
    if (*near && is_value(&c->values[*near - 1], cell, e)) return &c->values[*near - 1];
    value *v = find_value(w, c, cell, hash, e);
    if (v) *near = (uint32_t)(v - c->values) + 1;
    return v;
}

/* ---- rows that are put together ------------------------------------------------------------------------------------ */

/* A row of this profile as its receiver would get it, but for date, texts and identifiers. */
static wres_row decode_profile(worker *w, const uint32_t *key) {
    const file_reader *reader = w->fast->reader;
    decoded now[WRES_MOST_FIELDS];
    decoded *graded[2] = {NULL, NULL};
    memset(w->given, 0, sizeof w->given);
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const column *c = &w->columns[i];
        if (c->part != PROFILE) continue;
        const value *v = &c->values[*key++];
        const wres_text text = wres_text_trim((wres_text){v->bytes, v->length});
        for (size_t n = 0; n < c->feed_count; n++) {
            const feed *f = c->feeds[n];
            decoded *d = &now[f->field];
            d->code = wres_list_look_up(f->list, w->run, mapped_text(w->run, f, text), &d->found);
            w->code[f->field] = d->code;
            w->given[f->field] = d->found != WRES_BLANK;
            if (f->field == reader->band_field) graded[0] = d;
            if (f->field == reader->grade_field) graded[1] = d;
        }
    }
    wres_row row = {.layout = reader->layout, .code = w->code, .given = w->given, .date = WRES_NO_DATE, .count = 1, .most = 1};
    if (reader->layout->has_section || reader->layout->has_grade) row.place = place_decoded(reader, graded, w->code, w->given);
    return row;
}

/* The first profile whose rows count alike. */
static uint32_t alike(worker *w, uint32_t number) {
    const file_reader *reader = w->fast->reader;
    uint16_t numbers[WRES_MOST_FOLDED];
    uint32_t key[WRES_MOST_FOLDED] = {0};
    bool is_new;
    if (!reader->receiver->fold || reader->stage_by_flags) return number;
    const wres_row row = decode_profile(w, w->profiles.keys + number * w->profiles.size);
    const size_t count = reader->receiver->fold(reader->receiver->context, &row, numbers);
    if (count == 0) return number;
    for (size_t i = 0; i < count; i++) key[i] = numbers[i];
    void *list = w->profile_of_fold;
    const uint32_t fold = key_number(w->run, &w->folds, key, &list, sizeof *w->profile_of_fold, &is_new);
    w->profile_of_fold = list;
    if (is_new) w->profile_of_fold[fold] = number;
    return w->profile_of_fold[fold];
}

static uint32_t find_profile(worker *w) {
    bool is_new;
    void *list = w->profile;
    const uint32_t p = key_number(w->run, &w->profiles, w->profile_key, &list, sizeof *w->profile, &is_new);
    w->profile = list;
    if (is_new) w->profile[p].alike = alike(w, p);
    return p;
}

static uint32_t find_group(worker *w, uint32_t p, bool *is_new) {
    w->group_key[0] = w->profile[p].alike;
    void *list = w->group;
    const uint32_t g = key_number(w->run, &w->groups, w->group_key, &list, sizeof *w->group, is_new);
    w->group = list;
    return g;
}

/* The texts of the row, one by one. */
static void fill_keys(worker *w) {
    const fast *f = w->fast;
    size_t profile_size = 0, key_size = 1;
    for (size_t n = 0; n < f->span_count; n++) {
        const span *s = &w->spans[n];
        for (size_t i = 0; i < s->count; i++) {
            column *c = &w->columns[s->first + i];
            const span_value *known = w->span_values[n];
            if (known) w->values[s->first + i] = &c->values[s->numbers[(size_t)(known - s->values) * s->count + i]];
            const uint32_t number = (uint32_t)(w->values[s->first + i] - c->values);
            if (c->part == PROFILE) w->profile_key[profile_size++] = number;
            if (c->part == KEY) w->group_key[key_size++] = number;
        }
    }
}

/* Where all numbers are small they are looked for packed. */
static uint32_t put_together(worker *w, bool small, const uint64_t packed[2], bool *is_new) {
    near_profile *near = &w->near_profiles[(packed[0] * K2) >> (64 - NEAR_BITS)];
    uint32_t p = near->number - 1;
    bool filled = false;
    *is_new = false;
    if (!small || near->packed != packed[0] || !near->number) {
        fill_keys(w);
        filled = true;
        p = find_profile(w);
        if (small) *near = (near_profile){packed[0], p + 1};
    }
    w->profile[p].rows++;
    near_group *near_g = &w->near_groups[((packed[1] ^ p * K1) * K2) >> (64 - NEAR_BITS)];
    uint32_t g = near_g->group - 1;
    if (!small || near_g->packed != packed[1] || near_g->profile != p || !near_g->group) {
        if (!filled) fill_keys(w);
        g = find_group(w, p, is_new);
        if (small) *near_g = (near_group){packed[1], p, g + 1};
    }
    w->group[g].rows++;
    return g;
}

/* What the group rests on, as its first row says it; the texts stay where they are. */
static void describe_group(worker *w, result *r) {
    const fast *f = w->fast;
    const size_t size = f->profile_size + f->key_size;
    if (r->new_count == r->new_room) {
        const size_t room = r->new_room ? 2 * r->new_room : 64;
        r->new_values =
            wres_grow(w->run, r->new_values, r->new_room * size * sizeof *r->new_values, room * size * sizeof *r->new_values);
        r->new_texts =
            wres_grow(w->run, r->new_texts, r->new_room * size * sizeof *r->new_texts, room * size * sizeof *r->new_texts);
        r->new_room = room;
    }
    for (size_t i = 0, at = r->new_count++ * size; i < f->column_count; i++) {
        if (w->columns[i].part == BESIDE) continue;
        r->new_values[at] = (uint32_t)(w->values[i] - w->columns[i].values);
        r->new_texts[at++] = (wres_text){w->values[i]->bytes, w->values[i]->length};
    }
}

static void add_person(worker *w, result *r, uint32_t number, wres_hash id) {
    if (r->person_count == r->person_room) {
        const size_t room = r->person_room ? 2 * r->person_room : 1024;
        r->people = wres_grow(w->run, r->people, r->person_room * sizeof *r->people, room * sizeof *r->people);
        r->person_room = room;
    }
    r->people[r->person_count++] = (person_row){number, w->line, id};
}

/* An identifier of which nothing is to be said: with a digit, so that it is no word for none, and neither what a spreadsheet leaves of a
 * long number nor one of so many digits that it may have. */
static bool is_plain_id(wres_text text) {
    enum { FEWEST_CUT = 16 };
    bool digit = false, other = false, exponent = false, strange = text.length == 0 || *text.bytes == '#';
    for (size_t i = 0; i < text.length; i++) {
        const char c = text.bytes[i];
        digit = digit || (c >= '1' && c <= '9');
        other = other || c < '0' || c > '9';
        exponent = exponent || (c | 0x20) == 'e';
        strange = strange || c <= ' ' || c >= 0x7f || c == '"';
    }
    return digit && !strange && (other || text.length < FEWEST_CUT) && !(exponent && is_spoiled(text));
}

/* ---- one block ------------------------------------------------------------------------------------------------------ */

/* As wres_split_cell, for what most cells are. */
static inline wres_text cell_at(const worker *w, size_t first, size_t i) {
    const size_t at = first + i, start = at ? w->split.ends[at - 1] + 1 : 0, end = w->split.ends[at];
    const char *const bytes = w->block->bytes;
    if (end > start && bytes[start] > ' ' && bytes[start] != '"' && bytes[end - 1] > ' ')
        return (wres_text){bytes + start, end - start};
    return wres_split_cell(bytes, start, end, w->fast->delimiter);
}

static bool is_quoted(const worker *w, size_t first, size_t i) {
    const size_t at = first + i;
    return w->block->bytes[at ? w->split.ends[at - 1] + 1 : 0] == '"';
}

static bool has_doubled(const worker *w, size_t first, size_t i) {
    const wres_text cell = cell_at(w, first, i);
    return w->split.doubled && is_quoted(w, first, i) && memchr(cell.bytes, '"', cell.length);
}

/* Doubled quotation marks are single in the copy. */
static wres_text whole_cell(worker *w, result *r, size_t first, size_t i) {
    wres_text cell = cell_at(w, first, i);
    if (!has_doubled(w, first, i)) return cell;
    char *copy = r->undoubled + r->undoubled_length;
    memcpy(copy, cell.bytes, cell.length);
    cell = (wres_text){copy, wres_split_undouble(copy, cell.length)};
    r->undoubled_length += cell.length;
    return cell;
}

static void leave_alone(worker *w, result *r, size_t first, size_t count) {
    if (r->row_count == r->row_room) {
        const size_t room = r->row_room ? 2 * r->row_room : 64;
        r->rows = wres_grow(w->run, r->rows, r->row_room * sizeof *r->rows, room * sizeof *r->rows);
        r->row_room = room;
    }
    if (r->cell_count + count > r->cell_room) {
        const size_t room = 2 * (r->cell_count + count);
        r->cells = wres_grow(w->run, r->cells, r->cell_room * sizeof *r->cells, room * sizeof *r->cells);
        r->cell_room = room;
    }
    r->rows[r->row_count++] = (lone){.line = w->line, .count = (uint32_t)count, .cells = r->cell_count, .people = r->person_count};
    for (size_t i = 0; i < count; i++) r->cells[r->cell_count++] = whole_cell(w, r, first, i);
}

static bool is_plain_text(wres_text text) {
    for (size_t at = 0; at + 3 <= text.length; at++) {
        const char *mark = memchr(text.bytes + at, 0xef, text.length - at - 2);
        if (!mark) break;
        if (memcmp(mark, "\xef\xbb\xbf", 3) == 0) return false; /* left out where a line begins */
        at = (size_t)(mark - text.bytes);
    }
    return wres_text_is_utf8(text);
}

static bool is_filled(wres_text cell) {
    return cell.length && ((*cell.bytes > ' ' && *cell.bytes < 0x7f) || wres_text_trim(cell).length);
}

/* Two filled cells, so that it is no footer, and the first is not called a total. */
static bool begins_plainly(const worker *w, size_t first, size_t count) {
    size_t filled = 0;
    for (size_t i = 0; i < count && filled < 2; i++) {
        const wres_text cell = cell_at(w, first, i);
        if (!is_filled(cell)) continue;
        if (filled++ == 0 && is_total_text(cell)) return false;
    }
    return filled == 2;
}

/* What the texts of a row say together. */
typedef struct said {
    uint64_t packed[2];
    size_t unmapped;
    unsigned flags;
    bool met, small;
} said;

static bool add_said(const worker *w, size_t i, const value *v, said *all) {
    const column *c = &w->columns[i];
    const uint64_t number = (uint64_t)(v - c->values);
    all->flags |= v->flags;
    all->unmapped += v->unmapped;
    all->met = all->met && v->met;
    if (c->part != BESIDE) all->packed[c->part == KEY] |= number << w->fast->shift[i];
    return c->part == BESIDE || number < (c->part == PROFILE ? 1U << 8 : 1U << 16);
}

/* One by one; false where a text cannot be kept. */
static bool look_up_texts(worker *w, const span *s, size_t first, said *all) {
    for (size_t i = s->first; i < s->first + s->count; i++) {
        column *c = &w->columns[i];
        if (w->split.doubled && has_doubled(w, first, c->index)) return false;
        w->values[i] = value_of(w, c, cell_at(w, first, c->index));
        if (!w->values[i]) return false;
        if (!add_said(w, i, w->values[i], all)) all->small = false;
    }
    return true;
}

static span_value *new_span_value(worker *w, span *s, size_t first, wres_text text, uint32_t hash) {
    said all = {.met = true, .small = w->fast->packs};
    if (s->table.count == MOST_IN_SPAN) s->broken = true;
    if (s->broken || !look_up_texts(w, s, first, &all)) return NULL;
    if (s->table.count == s->room) {
        const uint32_t room = s->room ? 2 * s->room : 64;
        s->values = wres_grow(w->run, s->values, s->room * sizeof *s->values, room * sizeof *s->values);
        s->numbers = wres_grow(w->run, s->numbers, s->room * s->count * sizeof *s->numbers, room * s->count * sizeof *s->numbers);
        s->room = room;
    }
    const uint32_t number = s->table.count;
    s->values[number] = (span_value){.packed = {all.packed[0], all.packed[1]},
                                     .bytes = wres_copy(w->run, text.bytes, text.length),
                                     .length = (uint32_t)text.length,
                                     .hash = hash,
                                     .unmapped = (uint32_t)all.unmapped,
                                     .flags = (unsigned char)all.flags,
                                     .met = all.met,
                                     .small = all.small};
    for (size_t i = 0; i < s->count; i++)
        s->numbers[number * s->count + i] = (uint32_t)(w->values[s->first + i] - w->columns[s->first + i].values);
    if (table_is_full(&s->table)) {
        table_grow(w->run, &s->table);
        for (uint32_t i = 0; i < number; i++) table_put(&s->table, s->values[i].hash, i);
    }
    table_put(&s->table, hash, number);
    s->table.count++;
    return &s->values[number];
}

static inline uint32_t hash_of_span(wres_text text) {
    uint64_t hash = text.length * K1, part;
    if (text.length < 8) {
        const ends e = ends_of(text);
        return hash_of_text(text, e);
    }
    for (size_t at = 0; at + 8 < text.length; at += 8) {
        memcpy(&part, text.bytes + at, 8);
        hash = (hash ^ part) * K2;
        hash ^= hash >> 32;
    }
    memcpy(&part, text.bytes + text.length - 8, 8);
    return (uint32_t)(((hash ^ part) * K2) >> 32);
}

static bool is_span_value(const span_value *v, wres_text text) {
    return v->length == text.length && memcmp(v->bytes, text.bytes, text.length) == 0;
}

/* NULL where the texts must be looked up one by one. */
static inline span_value *span_value_of(worker *w, span *s, size_t first) {
    const size_t at = first + w->columns[s->first].index, start = at ? w->split.ends[at - 1] + 1 : 0;
    const wres_text text = {w->block->bytes + start, w->split.ends[at + s->count - 1] - start};
    const uint32_t hash = hash_of_span(text);
    uint32_t *near = &s->near[hash & (4 * NEAR - 1)];
    if (*near && is_span_value(&s->values[*near - 1], text)) return &s->values[*near - 1];
    if (s->table.slot_count)
        for (uint32_t slot = hash & (s->table.slot_count - 1); s->table.slots[slot];
             slot = (slot + 1) & (s->table.slot_count - 1)) {
            span_value *v = &s->values[s->table.slots[slot] - 1];
            if (v->hash != hash || !is_span_value(v, text)) continue;
            *near = s->table.slots[slot];
            return v;
        }
    return new_span_value(w, s, first, text, hash);
}

static bool are_met(const worker *w, const span *s, const span_value *v) {
    const uint32_t *numbers = s->numbers + (size_t)(v - s->values) * s->count;
    for (size_t i = 0; i < s->count; i++)
        if (!w->columns[s->first + i].values[numbers[i]].met) return false;
    return true;
}

/* The texts of the row. False where it is no plain record. */
static bool look_up_row(worker *w, size_t first, size_t count, said *all) {
    const fast *f = w->fast;
    for (size_t n = 0; n < f->span_count; n++) {
        span *s = &w->spans[n];
        span_value *v = w->span_values[n] = s->broken ? NULL : span_value_of(w, s, first);
        if (!v) {
            if (!look_up_texts(w, s, first, all)) return false;
            continue;
        }
        if (!v->met) v->met = are_met(w, s, v);
        all->packed[0] |= v->packed[0];
        all->packed[1] |= v->packed[1];
        all->unmapped += v->unmapped;
        all->flags |= v->flags;
        all->met &= v->met;
        all->small &= v->small;
    }
    const bool begins = (all->flags & (BEGINS | FOLLOWS)) == (BEGINS | FOLLOWS) || begins_plainly(w, first, count);
    return begins && !(all->flags & ODD) && (all->flags & NAMED) && all->unmapped <= 2;
}

static void count_texts(worker *w) {
    const fast *f = w->fast;
    for (size_t n = 0; n < f->span_count; n++) {
        const span *s = &w->spans[n];
        if (w->span_values[n]) w->span_values[n]->rows++;
        for (size_t i = s->first; !w->span_values[n] && i < s->first + s->count; i++) w->values[i]->rows++;
    }
}

/* True where the row is a plain record and all its texts were met before: then it is put together with others. */
static bool take_row(worker *w, result *r, size_t first, size_t count, bool alone, bool *plain) {
    const fast *f = w->fast;
    said all = {.flags = f->person ? NAMED : 0, .met = true, .small = f->packs};
    wres_text id = {NULL, 0};
    bool is_new;
    *plain = false;
    if (count < f->reader->columns || count > f->reader->most_columns) return false;
    if (f->person) {
        id = cell_at(w, first, f->person->column);
        if (!is_plain_id(id)) return false; /* nor is one with quotation marks inside */
    }
    if (!look_up_row(w, first, count, &all)) return false;
    *plain = true;
    if (!all.met) {
        fill_keys(w);
        for (size_t i = 0; i < f->column_count; i++) w->values[i]->met = true;
    }
    if (!all.met || alone) return false;
    count_texts(w);
    const uint32_t number_of_group = put_together(w, all.small, all.packed, &is_new);
    if (!f->person) return true;
    if (is_new) describe_group(w, r);
    add_person(w, r, number_of_group, wres_hash_bytes(id.bytes, id.length, (wres_hash){0, 0}));
    return true;
}

static uint64_t feeds_in(const char *bytes, size_t length) {
    uint64_t count = 0;
    for (const char *at = bytes, *end = bytes + length; (at = memchr(at, '\n', (size_t)(end - at))); at++) count++;
    return count;
}

static void take_rows(worker *w, result *r) {
    const bool a_line_each = w->split.lines == w->split.row_count;
    bool alone = true; /* behind a row that is no plain record, and at the beginning of the block: what stood before is not known */
    size_t counted = 0;
    w->line = 0;
    for (size_t row = 0, first = 0; row < w->split.row_count; first = w->split.rows[row++]) {
        const size_t count = w->split.rows[row] - first, start = first ? w->split.ends[first - 1] + 1 : 0;
        bool plain;
        if (a_line_each)
            w->line = (uint32_t)row;
        else {
            w->line += (uint32_t)feeds_in(w->block->bytes + counted, start - counted);
            counted = start;
        }
        if (count == 1 && wres_split_is_blank(w->block->bytes, &w->split, row, w->fast->delimiter)) continue;
        if (take_row(w, r, first, count, alone, &plain)) continue;
        leave_alone(w, r, first, count);
        alone = !plain;
    }
}

static wres_status look_body(wres_run *run, void *context) {
    worker *w = context;
    wres_block *block = w->block;
    result *r = &w->results[block->slot];
    const size_t room = block->length / 2 + 2 * WRES_SPLIT_PADDING;
    if (!block->is_whole) return WRES_OK;
    if (room > w->split.room) {
        wres_drop(run, w->split.ends);
        wres_drop(run, w->split.rows);
        w->split.ends = wres_grow(run, NULL, 0, room * sizeof *w->split.ends);
        w->split.rows = wres_grow(run, NULL, 0, room * sizeof *w->split.rows);
        w->split.room = room;
    }
    r->regular = wres_split_block(block->bytes, block->length, w->fast->delimiter, &w->split);
    r->ascii = w->split.ascii;
    r->lines = w->split.lines;
    if (!r->regular) return WRES_OK;
    if (!r->ascii && !block->is_text) r->regular = is_plain_text((wres_text){block->bytes, block->length});
    if (w->split.doubled && r->undoubled_room < block->length) {
        wres_drop(run, r->undoubled);
        r->undoubled = wres_grow(run, NULL, 0, block->length);
        r->undoubled_room = block->length;
    }
    if (r->regular) take_rows(w, r);
    return WRES_OK;
}

static bool look(void *context, wres_block *block) {
    worker *w = &((fast *)context)->workers[block->worker];
    result *r = &w->results[block->slot];
    r->regular = false;
    r->row_count = r->cell_count = r->undoubled_length = r->person_count = r->new_count = 0;
    w->block = block;
    return wres_run_try(w->run, look_body, w) == WRES_OK;
}

/* ---- in order -------------------------------------------------------------------------------------------------------- */

static wres_status feed_text(void *context, const char *text, size_t length) { return wres_csv_feed(context, text, length); }

/* What a value of a worker is to the reader. Each that rows were put together by was met before in a row by itself. */
static decoded *decoded_value(file_reader *reader, column *c, size_t n, uint32_t number, wres_text text) {
    const size_t at = number * c->feed_count + n;
    feed *f = c->feeds[n];
    if (at >= c->number_room) {
        const size_t room = 2 * at + 64;
        c->numbers = wres_grow(reader->run, c->numbers, c->number_room * sizeof *c->numbers, room * sizeof *c->numbers);
        c->number_room = room;
    }
    if (!c->numbers[at]) c->numbers[at] = number_of_text(reader, f, text) + 1;
    return &f->seen[c->numbers[at] - 1];
}

/* feeds[].now of a column. */
static void set_now(file_reader *reader, column *c, uint32_t number, wres_text text) {
    for (size_t n = 0; n < c->feed_count; n++) {
        feed *f = c->feeds[n];
        const bool graded = f->field == reader->band_field || f->field == reader->grade_field;
        f->now = decoded_value(reader, c, n, number, text);
        reader->code[f->field] = graded ? wres_list_blank(f->list) : f->now->code;
        reader->given[f->field] = !graded && f->now->found != WRES_BLANK;
    }
}

/* The row that the columns make that tell. */
static wres_row row_now(file_reader *reader) {
    const int date = reader->table->date;
    wres_row row = {.layout = reader->layout,
                    .code = reader->code,
                    .id = reader->id,
                    .given = reader->given,
                    .date = WRES_NO_DATE,
                    .count = 1,
                    .most = 1,
                    .file = reader->file};
    if (date >= 0 && reader->feed_of[date] >= 0) row.date = reader->feeds[reader->feed_of[date]].now->date;
    derive_stage(reader);
    if (reader->layout->has_section || reader->layout->has_grade) place_in_grades(reader, 0, 0, &row);
    return row;
}

/* The next group of the worker; this is its first row. */
static void keep_group(fast *f, worker *w, const result *r, size_t number) {
    file_reader *reader = f->reader;
    const size_t size = f->profile_size + f->key_size;
    memset(reader->given, 0, sizeof reader->given);
    for (size_t i = 0, at = number * size; i < f->column_count; i++) {
        if (w->columns[i].part == BESIDE) continue;
        set_now(reader, &w->columns[i], r->new_values[at], r->new_texts[at]);
        at++;
    }
    const wres_row row = row_now(reader);
    if (w->kind_count == w->kind_room) {
        const size_t room = w->kind_room ? 2 * w->kind_room : 256;
        w->kinds = wres_grow(reader->run, w->kinds, w->kind_room * sizeof *w->kinds, room * sizeof *w->kinds);
        w->kind_room = room;
    }
    w->kinds[w->kind_count++] = reader->receiver->keep(reader->receiver->context, &row);
}

static void account_for(file_reader *reader, const wres_disposition *dispositions, size_t count) {
    for (size_t i = 0, next; i < count; i = next) {
        const wres_disposition *d = &dispositions[i];
        for (next = i + 1; next < count; next++)
            if (dispositions[next].outcome != d->outcome || dispositions[next].tagged != d->tagged ||
                dispositions[next].tag != d->tag)
                break;
        account_rows(reader->run, reader->account, d, next - i);
    }
}

static size_t give_people(fast *f, worker *w, const result *r, size_t from, size_t to, size_t *new_groups, uint64_t line) {
    file_reader *reader = f->reader;
    wres_again rows[WRES_MOST_AGAIN];
    wres_disposition dispositions[WRES_MOST_AGAIN];
    while (from < to) {
        size_t count = 0;
        for (; count < WRES_MOST_AGAIN && from < to; from++) {
            const person_row *row = &r->people[from];
            if (row->group >= w->kind_count) keep_group(f, w, r, (*new_groups)++);
            rows[count++] = (wres_again){w->kinds[row->group], row->id, reader->file, line + row->line};
        }
        reader->receiver->again(reader->receiver->context, rows, count, dispositions);
        account_for(reader, dispositions, count);
        reader->data_rows += count;
        reader->odd.sum += count;
    }
    return to;
}

static wres_status take(void *context, wres_block *block) {
    fast *f = context;
    worker *w = &f->workers[block->worker];
    const result *r = &w->results[block->slot];
    wres_status status = WRES_OK;
    if (block->length) f->last = block->bytes[block->length - 1];
    if (!r->regular)
        return block->is_text ? wres_csv_feed(f->csv, block->bytes, block->length)
                              : wres_source_decode(f->source, block->bytes, block->length, feed_text, f->csv);
    if (!block->is_text) wres_source_pass(f->source, block->bytes, block->length, r->lines, r->ascii);
    const uint64_t line = wres_csv_line(f->csv);
    size_t people = 0, new_groups = 0;
    for (size_t i = 0; i < r->row_count && status == WRES_OK; i++) {
        const lone *row = &r->rows[i];
        people = give_people(f, w, r, people, row->people, &new_groups, line);
        status = row_read(f->reader, r->cells + row->cells, row->count, line + row->line);
    }
    if (status == WRES_OK) give_people(f, w, r, people, r->person_count, &new_groups, line);
    wres_csv_pass(f->csv, r->lines);
    return status;
}

/* ---- the end of the file: rows that were put together ------------------------------------------------------------- */

static void set_now_of(worker *w, int part, const uint32_t *key) {
    for (size_t i = 0; i < w->fast->column_count; i++) {
        column *c = &w->columns[i];
        if ((int)c->part != part) continue;
        const value *v = &c->values[*key];
        set_now(w->fast->reader, c, *key++, (wres_text){v->bytes, v->length});
    }
}

static void count_values_of_profile(worker *w, uint32_t number) {
    const fast *f = w->fast;
    file_reader *reader = f->reader;
    const uint64_t rows = w->profile[number].rows;
    wres_row row;
    set_now_of(w, PROFILE, w->profiles.keys + number * w->profiles.size);
    for (size_t i = 0; i < f->column_count; i++) {
        const column *c = &w->columns[i];
        for (size_t n = 0; c->part == PROFILE && n < c->feed_count; n++) {
            const feed *fed = c->feeds[n];
            if (fed->field != reader->band_field && fed->field != reader->grade_field)
                count_value(reader, fed, fed->now, rows, rows);
        }
    }
    if (reader->layout->has_section || reader->layout->has_grade) place_in_grades(reader, rows, rows, &row);
}

static void spread_spans(worker *w) {
    for (size_t n = 0; n < w->fast->span_count; n++) {
        const span *s = &w->spans[n];
        for (uint32_t v = 0; v < s->table.count; v++)
            for (size_t i = 0; i < s->count; i++)
                w->columns[s->first + i].values[s->numbers[v * s->count + i]].rows += s->values[v].rows;
    }
}

/* How often each text stands there. */
static void count_values(worker *w) {
    file_reader *reader = w->fast->reader;
    spread_spans(w);
    for (uint32_t p = 0; p < w->profiles.table.count; p++) count_values_of_profile(w, p);
    for (size_t i = 0; i < w->fast->column_count; i++) {
        column *c = &w->columns[i];
        for (uint32_t number = 0; c->part != PROFILE && number < c->table.count; number++) {
            const value *v = &c->values[number];
            for (size_t n = 0; n < c->feed_count && v->rows; n++)
                count_value(reader, c->feeds[n], decoded_value(reader, c, n, number, (wres_text){v->bytes, v->length}), v->rows,
                            v->rows);
        }
    }
}

static wres_status give_group(worker *w, uint32_t number) {
    file_reader *reader = w->fast->reader;
    const uint32_t *key = w->groups.keys + number * w->groups.size;
    const uint64_t rows = w->group[number].rows;
    wres_disposition disposition = {WRES_USED, false, 0};
    memset(reader->given, 0, sizeof reader->given);
    set_now_of(w, PROFILE, w->profiles.keys + key[0] * w->profiles.size);
    set_now_of(w, KEY, key + 1);
    wres_row row = row_now(reader);
    row.again = rows - 1;
    reader->data_rows += rows;
    reader->odd.sum += rows;
    const wres_status status = reader->receiver->row(reader->receiver->context, &row, &disposition);
    account_rows(reader->run, reader->account, &disposition, rows);
    return status;
}

static wres_status give_groups(worker *w) {
    wres_status status = WRES_OK;
    count_values(w);
    for (uint32_t g = 0; g < w->groups.table.count && !w->fast->person && status == WRES_OK; g++) status = give_group(w, g);
    return status;
}

/* ---- a file ----------------------------------------------------------------------------------------------------------- */

static bool is_looked_up(wres_type type) {
    return type == WRES_TYPE_CODE || type == WRES_TYPE_TEXT || type == WRES_TYPE_DATE || type == WRES_TYPE_YEAR;
}

/* Columns of codes feed nothing else. */
static bool are_codes_apart(const file_reader *reader) {
    for (size_t i = 0; i < reader->feed_count; i++)
        for (size_t n = 0; n < i; n++)
            if (reader->feeds[i].column == reader->feeds[n].column &&
                (reader->feeds[i].type == WRES_TYPE_CODE) != (reader->feeds[n].type == WRES_TYPE_CODE))
                return false;
    return true;
}

/* Whom the receiver can tell apart by this column alone. */
static bool are_people(const file_reader *reader, const feed *f) {
    const wres_receiver *to = reader->receiver;
    return f->field == reader->table->person && to->keep && to->keep(to->context, NULL) != WRES_NOWHERE;
}

bool is_fast(const file_reader *reader, const wres_source *source) {
    if (!wres_source_is_plain(source) || !reader->has_header || reader->data_rows == 0 || reader->reading->row_by_row ||
        reader->reading->look || !reader->receiver->tells || reader->question_field >= 0)
        return false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        if (f->type == WRES_TYPE_ID ? !are_people(reader, f) : !is_looked_up(f->type) && f->type != WRES_TYPE_DECIMAL) return false;
    }
    return reader->feed_count + reader->dropper_count <= MOST_COLUMNS && are_codes_apart(reader);
}

static bool does_tell(const file_reader *reader, const feed *f) {
    if (f->field == reader->band_field || f->field == reader->grade_field || f->field == reader->group_field ||
        f->field == reader->stage_field || f->flag_of || f->field == reader->table->date)
        return true;
    return reader->receiver->tells(reader->receiver->context, f->field);
}

static column *column_of(fast *f, size_t index) {
    for (size_t i = 0; i < f->column_count; i++)
        if (f->columns[i].index == index) return &f->columns[i];
    f->columns[f->column_count] = (column){.index = index, .part = BESIDE};
    return &f->columns[f->column_count++];
}

static int compare_columns(const void *a, const void *b) {
    const size_t x = ((const column *)a)->index, y = ((const column *)b)->index;
    return x < y ? -1 : x > y;
}

/* Columns that stand beside one another in the file. */
static void find_spans(fast *f) {
    size_t profile_bits = 0, key_bits = 0;
    for (size_t i = 0; i < f->column_count; i++) {
        const column *c = &f->columns[i];
        if (i == 0 || c->index != f->columns[i - 1].index + 1) f->spans[f->span_count++] = (span){.first = i};
        f->spans[f->span_count - 1].count++;
        size_t *bits = c->part == KEY ? &key_bits : &profile_bits;
        f->shift[i] = *bits < 64 ? *bits : 0;
        if (c->part != BESIDE) *bits += c->part == KEY ? 16 : 8;
    }
    f->packs = profile_bits <= 64 && key_bits <= 64;
}

/* Columns that feed something, or by which rows are dropped. */
static void find_columns(fast *f) {
    file_reader *reader = f->reader;
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *fed = &reader->feeds[i];
        if (fed->type == WRES_TYPE_ID) f->person = fed;
        if (!is_looked_up(fed->type)) continue;
        column *c = column_of(f, fed->column);
        c->feeds[c->feed_count++] = fed;
    }
    for (size_t i = 0; i < f->column_count; i++) {
        column *c = &f->columns[i];
        bool tells = false, codes = true;
        for (size_t n = 0; n < c->feed_count; n++) {
            tells = tells || does_tell(reader, c->feeds[n]);
            codes = codes && c->feeds[n]->type == WRES_TYPE_CODE;
        }
        if (tells) c->part = codes ? PROFILE : KEY;
        f->profile_size += c->part == PROFILE;
        f->key_size += c->part == KEY;
    }
    for (size_t i = 0; i < reader->dropper_count; i++) column_of(f, reader->droppers[i].column);
    qsort(f->columns, f->column_count, sizeof *f->columns, compare_columns);
    find_spans(f);
}

static void free_run(void *what) { wres_run_free(what); }

static void make_worker(fast *f, worker *w) {
    wres_run *run = f->reader->run;
    w->fast = f;
    w->run = wres_run_new();
    if (!w->run) wres_out_of_memory(run);
    wres_defer(run, free_run, w->run);
    w->columns = wres_alloc(run, f->column_count * sizeof *w->columns);
    memcpy(w->columns, f->columns, f->column_count * sizeof *w->columns);
    w->spans = wres_alloc(run, f->span_count * sizeof *w->spans);
    memcpy(w->spans, f->spans, f->span_count * sizeof *w->spans);
    w->profiles.size = f->profile_size;
    w->groups.size = 1 + f->key_size;
    w->folds.size = WRES_MOST_FOLDED;
}

wres_status fast_read(file_reader *reader, wres_source *source, wres_csv *csv, char delimiter, wres_text head, char *last) {
    const wres_reading *reading = reader->reading;
    fast *f = wres_alloc(reader->run, sizeof *f);
    *f = (fast){.reader = reader, .source = source, .csv = csv, .delimiter = delimiter, .last = *last};
    find_columns(f);
    f->worker_count = reading->threads ? reading->threads : wres_processors();
    f->workers = wres_alloc(reader->run, f->worker_count * sizeof *f->workers);
    for (size_t i = 0; i < f->worker_count; i++) make_worker(f, &f->workers[i]);
    const wres_blocks blocks = {.source = source,
                                .head = head,
                                .size = reading->block,
                                .threads = f->worker_count,
                                .context = f,
                                .look = look,
                                .take = take};
    wres_status status = wres_blocks_read(reader->run, &blocks);
    if (status == WRES_OK) status = wres_source_end(source);
    for (size_t i = 0; i < f->worker_count; i++) {
        if (status == WRES_OK) status = give_groups(&f->workers[i]);
        wres_release(reader->run, f->workers[i].run);
    }
    *last = f->last;
    return status;
}
