#include "disclosure/pack.h"

#include <stdlib.h>
#include <string.h>

/* What rows share is numbered once. Rows that differ in numbers and note alone have one kind. */
typedef struct kind {
    uint32_t pair, unit, flag, status, decimals, texts; /* texts: which of the numbers are */
} kind;

enum { HEAD_CHANGES = 1, TAIL_CHANGES = 2, HAS_NOTE = 4, HAS_NUMBER = 8 };
enum { PIECE = 32 * 1024, LONGEST_ROW = 1 + (4 + PACKED_NUMBERS) * 10 };

typedef struct wres_packed_piece {
    struct wres_packed_piece *next;
    size_t used;
    unsigned char bytes[PIECE];
} piece;

typedef struct rows {
    piece *first, *last;
    uint32_t head, tail; /* of the row before */
} rows;

/* Half of the place of the row that was added before. */
typedef struct half {
    wres_dictionary *numbers;
    const char *texts[PACKED_PLACE];
    uint32_t number;
} half;

/* Rows that stand behind another. */
typedef struct behind {
    size_t number, count;
    const piece *piece;
    size_t at;
} behind;

typedef struct remembered {
    const char *text;
    uint32_t number;
} remembered;

typedef struct remembered_kind {
    const char *group, *statistic, *unit, *flag, *status;
    int decimals;
    uint32_t texts, number, pair;
} remembered_kind;

/* Which pairs of group and statistic there are at a place, 64 pairs at a time. */
typedef struct seen {
    uint32_t head, tail, first; /* first: the first of the pairs, over 64 */
    uint64_t pairs;             /* 0 = a free slot */
} seen;

typedef struct keys {
    seen *slots;
    size_t room, count, last; /* last: the slot of the row before */
} keys;

/* A kind as it is read. */
typedef struct shown_kind {
    const char *group, *statistic, *unit, *flag, *status;
    int decimals;
    uint32_t texts, pair;
} shown_kind;

enum { TEXTS_REMEMBERED = 512, KINDS_REMEMBERED = 64 };

struct wres_packed {
    wres_run *run;
    wres_dictionary *texts, *pairs, *kinds;
    half head, tail;
    rows rows, rows_behind;
    size_t count, count_behind;
    bool has_text_numbers;
    behind *behind;
    size_t behind_count, behind_room;
    keys keys;
    bool has_double;
    shown_kind *shown;                       /* by kind, when all rows were added */
    remembered remembered[TEXTS_REMEMBERED]; /* by address */
    remembered_kind kinds_remembered[KINDS_REMEMBERED];
};

packed *pack_new(wres_run *run) {
    packed *pack = wres_alloc(run, sizeof *pack);
    pack->run = run;
    pack->texts = wres_dictionary_new(run);
    pack->head.numbers = wres_dictionary_new(run);
    pack->tail.numbers = wres_dictionary_new(run);
    pack->pairs = wres_dictionary_new(run);
    pack->kinds = wres_dictionary_new(run);
    return pack;
}

/* ---- numbers for what is shared ----------------------------------------------------------------------------- */

static size_t spread(const void *address) { return (size_t)((uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15) >> 40); }

/* An address may hold another text by now: it only says where to look first. */
uint32_t pack_text(packed *pack, const char *text) {
    remembered *memory = &pack->remembered[spread(text) % TEXTS_REMEMBERED];
    if (memory->text && strcmp(memory->text, text) == 0) return memory->number;
    memory->number = wres_dictionary_add(pack->texts, wres_text_of(text));
    memory->text = pack_text_at(pack, memory->number);
    return memory->number;
}

const char *pack_text_at(const packed *pack, uint32_t number) { return wres_dictionary_text(pack->texts, number); }

static uint32_t number_of(wres_dictionary *numbers, const void *key, size_t size) {
    return wres_dictionary_add(numbers, (wres_text){key, size});
}

static void key_at(const wres_dictionary *numbers, uint32_t number, void *key, size_t size) {
    memcpy(key, wres_dictionary_bytes(numbers, number).bytes, size);
}

/* Most rows have the place of the one before. */
static uint32_t place_of(packed *pack, half *before, const char *const *texts) {
    uint32_t key[PACKED_PLACE];
    size_t same = 0;
    while (same < PACKED_PLACE && before->texts[same] && strcmp(before->texts[same], texts[same]) == 0) same++;
    if (same == PACKED_PLACE) return before->number;
    for (size_t i = 0; i < PACKED_PLACE; i++) {
        key[i] = pack_text(pack, texts[i]);
        before->texts[i] = pack_text_at(pack, key[i]);
    }
    return before->number = number_of(before->numbers, key, sizeof key);
}

static uint32_t find_pair(packed *pack, const packed_row *row) {
    const uint32_t pair[] = {pack_text(pack, row->group), pack_text(pack, row->statistic)};
    return number_of(pack->pairs, pair, sizeof pair);
}

static uint32_t find_kind(packed *pack, const packed_row *row, uint32_t pair, uint32_t texts) {
    const kind key = {
        pair, pack_text(pack, row->unit), pack_text(pack, row->flag), pack_text(pack, row->status), (uint32_t)row->decimals, texts};
    return number_of(pack->kinds, &key, sizeof key);
}

static const remembered_kind *kind_of(packed *pack, const packed_row *row, uint32_t texts) {
    const size_t at = spread(row->group) ^ spread(row->statistic) ^ spread(row->flag);
    remembered_kind *known = &pack->kinds_remembered[at % KINDS_REMEMBERED];
    if (known->group && known->unit == row->unit && known->flag == row->flag && known->status == row->status &&
        known->decimals == row->decimals && known->texts == texts && strcmp(known->group, row->group) == 0 &&
        strcmp(known->statistic, row->statistic) == 0)
        return known;
    const uint32_t pair = find_pair(pack, row);
    *known = (remembered_kind){pack_text_at(pack, pack_text(pack, row->group)),
                               pack_text_at(pack, pack_text(pack, row->statistic)),
                               row->unit,
                               row->flag,
                               row->status,
                               row->decimals,
                               texts,
                               find_kind(pack, row, pair, texts),
                               pair};
    return known;
}

/* ---- keys --------------------------------------------------------------------------------------------------- */

static bool is_seen(const seen *slot, const seen *key) {
    return slot->head == key->head && slot->tail == key->tail && slot->first == key->first;
}

static size_t slot_for(const keys *k, const seen *key) {
    const uint64_t hash = (key->head * UINT64_C(0x9e3779b97f4a7c15) ^ key->tail * UINT64_C(0xff51afd7ed558ccd) ^
                           key->first * UINT64_C(0xc4ceb9fe1a85ec53)) *
                          UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (hash >> 20) & (k->room - 1);
    while (k->slots[at].pairs && !is_seen(&k->slots[at], key)) at = (at + 1) & (k->room - 1);
    return at;
}

static void double_keys(wres_run *run, keys *k) {
    const keys before = *k;
    k->room = before.room ? 2 * before.room : 256;
    k->slots = wres_grow(run, NULL, 0, k->room * sizeof *k->slots);
    for (size_t i = 0; i < before.room; i++)
        if (before.slots[i].pairs) k->slots[slot_for(k, &before.slots[i])] = before.slots[i];
    wres_drop(run, before.slots);
}

/* Whether it was there. Most rows have the place of the one before. */
static bool add_key(wres_run *run, keys *k, uint32_t head, uint32_t tail, uint32_t pair) {
    const seen key = {head, tail, pair / 64, UINT64_C(1) << pair % 64};
    if (4 * k->count >= 3 * k->room) double_keys(run, k), k->last = slot_for(k, &key);
    if (!is_seen(&k->slots[k->last], &key)) k->last = slot_for(k, &key);
    seen *slot = &k->slots[k->last];
    const bool was_there = (slot->pairs & key.pairs) != 0;
    k->count += slot->pairs == 0;
    *slot = (seen){key.head, key.tail, key.first, slot->pairs | key.pairs};
    return was_there;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

static unsigned char *put_number(unsigned char *at, uint64_t number) {
    for (; number >= 0x80; number >>= 7) *at++ = (unsigned char)(number | 0x80);
    *at++ = (unsigned char)number;
    return at;
}

static uint64_t get_number(const unsigned char **at) {
    uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        const unsigned char byte = *(*at)++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
}

/* Small numbers of either sign are small. */
static uint64_t folded(int64_t number) { return number < 0 ? ~((uint64_t)number << 1) : (uint64_t)number << 1; }
static int64_t unfolded(uint64_t number) { return (int64_t)(number & 1 ? ~(number >> 1) : number >> 1); }

static piece *piece_for_row(packed *pack, rows *to) {
    if (to->last && PIECE - to->last->used >= LONGEST_ROW) return to->last;
    piece *more = wres_grow(pack->run, NULL, 0, sizeof *more);
    if (to->last)
        to->last->next = more;
    else
        to->first = more;
    return to->last = more;
}

static void put_row(packed *pack, rows *to, const packed_row *row, bool is_first) {
    piece *in = piece_for_row(pack, to);
    unsigned char *const flags = in->bytes + in->used, *at = flags + 1;
    uint32_t texts = 0;
    const uint32_t head = row->is_same_place ? pack->head.number : place_of(pack, &pack->head, row->head);
    const uint32_t tail = row->is_same_place ? pack->tail.number : place_of(pack, &pack->tail, row->tail);
    *flags = 0;
    for (unsigned i = 0; i < PACKED_NUMBERS; i++)
        if (row->numbers[i].is_text) texts |= 1U << i;
    pack->has_text_numbers = pack->has_text_numbers || texts;
    if (head != to->head || is_first) *flags |= HEAD_CHANGES, at = put_number(at, head);
    if (tail != to->tail || is_first) *flags |= TAIL_CHANGES, at = put_number(at, tail);
    to->head = head, to->tail = tail;
    const remembered_kind *of = kind_of(pack, row, texts);
    at = put_number(at, of->number);
    if (add_key(pack->run, &pack->keys, head, tail, of->pair)) pack->has_double = true;
    if (*row->note) *flags |= HAS_NOTE, at = put_number(at, pack_text(pack, row->note));
    for (unsigned i = 0; i < PACKED_NUMBERS; i++) {
        if (!row->numbers[i].is_there) continue;
        *flags = (unsigned char)(*flags | HAS_NUMBER << i);
        at = put_number(at, folded(row->numbers[i].fixed));
    }
    in->used = (size_t)(at - in->bytes);
}

void pack_add(packed *pack, const packed_row *row) {
    put_row(pack, &pack->rows, row, pack->count == 0);
    pack->count++;
}

void pack_begin_behind(packed *pack, size_t number) {
    if (pack->behind_count == pack->behind_room) {
        const size_t room = pack->behind_room ? 2 * pack->behind_room : 64, size = sizeof *pack->behind;
        pack->behind = wres_grow(pack->run, pack->behind, pack->behind_room * size, room * size);
        pack->behind_room = room;
    }
    const piece *in = piece_for_row(pack, &pack->rows_behind);
    pack->behind[pack->behind_count++] = (behind){.number = number, .piece = in, .at = in->used};
}

void pack_add_behind(packed *pack, const packed_row *row) {
    behind *one = &pack->behind[pack->behind_count - 1];
    put_row(pack, &pack->rows_behind, row, one->count == 0);
    one->count++;
    pack->count_behind++;
}

static int by_number(const void *a, const void *b) {
    const behind *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void show_kinds(packed *pack) {
    const uint32_t count = wres_dictionary_count(pack->kinds);
    pack->shown = wres_alloc(pack->run, (count + 1) * sizeof *pack->shown);
    for (uint32_t i = 0; i < count; i++) {
        kind of;
        uint32_t pair[2];
        key_at(pack->kinds, i, &of, sizeof of);
        key_at(pack->pairs, of.pair, pair, sizeof pair);
        pack->shown[i] = (shown_kind){.group = pack_text_at(pack, pair[0]),
                                      .statistic = pack_text_at(pack, pair[1]),
                                      .unit = pack_text_at(pack, of.unit),
                                      .flag = pack_text_at(pack, of.flag),
                                      .status = pack_text_at(pack, of.status),
                                      .decimals = (int)of.decimals,
                                      .texts = of.texts,
                                      .pair = of.pair};
    }
}

wres_published_list pack_end(packed *pack) {
    wres_drop(pack->run, pack->keys.slots);
    pack->keys = (keys){0};
    show_kinds(pack);
    if (pack->behind_count) qsort(pack->behind, pack->behind_count, sizeof *pack->behind, by_number);
    return (wres_published_list){NULL, pack->count + pack->count_behind, pack};
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

/* A row as it was put: numbers of what it shares. */
typedef struct raw_row {
    unsigned flags;
    uint32_t head, tail, kind, note;
    int64_t numbers[PACKED_NUMBERS];
} raw_row;

static void read_row(wres_packed_place *from, raw_row *row) {
    if (from->at == from->piece->used) from->piece = from->piece->next, from->at = 0;
    const unsigned char *at = from->piece->bytes + from->at;
    row->flags = *at++;
    if (row->flags & HEAD_CHANGES) from->head = (uint32_t)get_number(&at);
    if (row->flags & TAIL_CHANGES) from->tail = (uint32_t)get_number(&at);
    row->head = from->head, row->tail = from->tail;
    row->kind = (uint32_t)get_number(&at);
    if (row->flags & HAS_NOTE) row->note = (uint32_t)get_number(&at);
    for (unsigned i = 0; i < PACKED_NUMBERS; i++)
        if (row->flags & (unsigned)HAS_NUMBER << i) row->numbers[i] = unfolded(get_number(&at));
    from->at = (size_t)(at - from->piece->bytes);
}

/* The next row in the order of the list. */
static void next_row(wres_published_cursor *c, raw_row *row) {
    const packed *pack = c->list->packed;
    const behind *group = c->groups < pack->behind_count ? &pack->behind[c->groups] : NULL;
    if (c->left == 0 && group && group->number < c->passed) {
        c->behind = (wres_packed_place){.piece = group->piece, .at = group->at};
        c->left = group->count;
        c->groups++;
    }
    if (c->left > 0) {
        c->left--;
        read_row(&c->behind, row);
        return;
    }
    if (c->passed++ == 0) c->rows = (wres_packed_place){.piece = pack->rows.first};
    read_row(&c->rows, row);
}

static void show_half(const packed *pack, const half *which, uint32_t number, const char **columns) {
    uint32_t key[PACKED_PLACE];
    key_at(which->numbers, number, key, sizeof key);
    for (size_t i = 0; i < PACKED_PLACE; i++) columns[i] = pack_text_at(pack, key[i]);
}

static void show_numbers(wres_published_cursor *c, const raw_row *row, const shown_kind *of) {
    for (unsigned i = 0; i < PACKED_NUMBERS; i++) {
        const char **cell = &c->row.column[WRES_COLUMN_VALUE + i];
        const bool has_decimals = WRES_COLUMN_VALUE + i < WRES_COLUMN_NUMERATOR;
        *cell = "";
        if (!(row->flags & (unsigned)HAS_NUMBER << i)) continue;
        if (of->texts >> i & 1) {
            *cell = pack_text_at(c->list->packed, (uint32_t)row->numbers[i]);
            continue;
        }
        *cell = wres_fixed_print_back(row->numbers[i], has_decimals ? of->decimals : 0, c->digits[i] + WRES_FIXED_SIZE);
    }
}

static void show_row(wres_published_cursor *c, const raw_row *row) {
    const packed *pack = c->list->packed;
    const char **column = c->row.column;
    const shown_kind *of = &pack->shown[row->kind];
    if (row->head != c->head) show_half(pack, &pack->head, c->head = row->head, &column[WRES_COLUMN_STANDARD]);
    if (row->tail != c->tail) show_half(pack, &pack->tail, c->tail = row->tail, &column[WRES_COLUMN_SECTION]);
    column[WRES_COLUMN_GROUP] = of->group;
    column[WRES_COLUMN_STATISTIC] = of->statistic;
    show_numbers(c, row, of);
    column[WRES_COLUMN_UNIT] = of->unit;
    column[WRES_COLUMN_FLAG] = of->flag;
    column[WRES_COLUMN_STATUS] = of->status;
    column[WRES_COLUMN_NOTE] = row->flags & HAS_NOTE ? pack_text_at(pack, row->note) : "";
}

wres_published_cursor wres_published_begin(const wres_published_list *list) {
    return (wres_published_cursor){.list = list, .head = WRES_NOWHERE, .tail = WRES_NOWHERE};
}

const wres_published *wres_published_next(wres_published_cursor *c) {
    raw_row row;
    if (c->number == c->list->count) return NULL;
    if (!c->list->packed) return &c->list->rows[c->number++];
    c->number++;
    next_row(c, &row);
    show_row(c, &row);
    return &c->row;
}

void wres_published_skip(wres_published_cursor *c, size_t count) {
    raw_row row;
    for (; count > 0 && c->number < c->list->count; count--, c->number++)
        if (c->list->packed) next_row(c, &row);
}

/* A number lives as long as the cursor is not moved on, the other texts as long as the run. */
wres_published_list wres_published_expand(wres_run *run, const wres_published_list *list) {
    if (!list->packed) return *list;
    wres_published *all = wres_grow(run, NULL, 0, (list->count + 1) * sizeof *all);
    wres_published_cursor c = wres_published_begin(list);
    for (size_t i = 0; i < list->count; i++) {
        all[i] = *wres_published_next(&c);
        for (wres_column n = WRES_COLUMN_VALUE; n <= WRES_COLUMN_DENOMINATOR; n++)
            if (*all[i].column[n]) all[i].column[n] = wres_copy(run, all[i].column[n], strlen(all[i].column[n]));
    }
    return (wres_published_list){all, list->count, NULL};
}

bool wres_published_is_fixed(const wres_published_list *list) { return !list->packed->has_text_numbers; }

size_t wres_published_texts(const wres_published_list *list) {
    return list->packed ? wres_dictionary_count(list->packed->texts) : 0;
}

wres_text wres_published_text(const wres_published_list *list, size_t number) {
    return wres_dictionary_bytes(list->packed->texts, (uint32_t)number);
}

/* ---- doubles ------------------------------------------------------------------------------------------------ */

bool pack_finds_double(const packed *pack, size_t *number) {
    const wres_published_list list = {NULL, pack->count + pack->count_behind, pack};
    wres_published_cursor c = wres_published_begin(&list);
    keys so_far = {0};
    bool found = false;
    if (!pack->has_double) return false;
    for (*number = 0; !found; ++*number) {
        raw_row row;
        next_row(&c, &row);
        found = add_key(pack->run, &so_far, row.head, row.tail, pack->shown[row.kind].pair);
    }
    wres_drop(pack->run, so_far.slots);
    --*number;
    return true;
}
