/* Rows that count alike: the columns of codes that tell make a profile, and profiles that the receiver counts alike are one; a group is
 * such a profile with whatever else tells (dates, texts). */
#include <string.h>

#include "input/fast.h"

/* ---- numbers of keys ---------------------------------------------------------------------------------------------- */

static uint32_t hash_of_key(const uint32_t *key, size_t size) {
    uint64_t hash = HASH_1;
    for (size_t i = 0; i < size; i++) hash = (hash ^ key[i]) * HASH_2;
    return (uint32_t)(hash ^ hash >> 32);
}

static bool is_key(const uint32_t *a, const uint32_t *b, size_t size) {
    uint32_t differ = 0;
    for (size_t i = 0; i < size; i++) differ |= a[i] ^ b[i];
    return differ == 0;
}

static uint32_t *key_slot(const keys *k, const uint32_t *key) {
    uint32_t slot = hash_of_key(key, k->size) & (k->slot_count - 1);
    while (k->slots[slot] && !is_key(k->all + (k->slots[slot] - 1) * k->size, key, k->size))
        slot = (slot + 1) & (k->slot_count - 1);
    return &k->slots[slot];
}

static void more_keys(wres_run *run, keys *k) {
    const uint32_t count = k->count;
    wres_drop(run, k->slots);
    k->slot_count = k->slot_count ? 4 * k->slot_count : 256;
    k->slots = wres_grow(run, NULL, 0, k->slot_count * sizeof *k->slots);
    for (uint32_t i = 0; i < count; i++) *key_slot(k, k->all + i * k->size) = i + 1;
}

/* The number of a key, or that of a new one: *is_new, and room for it in the list beside, whose entries have this size. */
static uint32_t number_of_key(wres_run *run, keys *k, const uint32_t *key, void **list, size_t entry, bool *is_new) {
    if (2 * (k->count + 1) > k->slot_count) more_keys(run, k);
    uint32_t *slot = key_slot(k, key);
    *is_new = *slot == 0;
    if (*slot) return *slot - 1;
    if (k->count == k->room) {
        const size_t room = k->room ? 2 * k->room : 128;
        k->all = wres_grow(run, k->all, k->room * k->size * sizeof *key, room * k->size * sizeof *key);
        *list = wres_grow(run, *list, k->room * entry, room * entry);
        k->room = room;
    }
    memcpy(k->all + k->count * k->size, key, k->size * sizeof *key);
    *slot = ++k->count;
    return k->count - 1;
}

/* ---- packed keys -------------------------------------------------------------------------------------------------- */

static inline packed_key *packed_slot(const packed_keys *k, uint64_t key, uint32_t beside) {
    const uint32_t mask = (UINT32_C(1) << k->bits) - 1;
    uint32_t slot = (uint32_t)(((key ^ beside * HASH_1) * HASH_2) >> (64 - k->bits));
    while (k->slots[slot].number && (k->slots[slot].key != key || k->slots[slot].beside != beside)) slot = (slot + 1) & mask;
    return &k->slots[slot];
}

static void add_packed(wres_run *run, packed_keys *k, packed_key added) {
    enum { FEWEST_BITS = 8 };
    if (!k->slots || k->count + 1 > UINT32_C(1) << (k->bits - 1)) {
        const packed_keys before = *k;
        k->bits = before.slots ? before.bits + 1 : FEWEST_BITS;
        k->slots = wres_grow(run, NULL, 0, sizeof *k->slots << k->bits);
        for (size_t i = 0; before.slots && i < (size_t)1 << before.bits; i++)
            if (before.slots[i].number) *packed_slot(k, before.slots[i].key, before.slots[i].beside) = before.slots[i];
        wres_drop(run, before.slots);
    }
    *packed_slot(k, added.key, added.beside) = added;
    k->count++;
}

/* ---- profiles and groups --------------------------------------------------------------------------------------------- */

/* A row of this profile as its receiver would get it, but for date, texts and identifiers. */
static wres_row decode_profile(worker *w, const uint32_t *key) {
    const file_reader *reader = w->fast->reader;
    decoded now[WRES_MOST_FIELDS];
    decoded *graded[2] = {NULL, NULL};
    memset(w->given, 0, sizeof w->given);
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const column *c = &w->columns[i];
        if (c->part != PROFILE) continue;
        const wres_text text = wres_text_trim(c->more[*key++].text);
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
    const wres_row row = decode_profile(w, w->profile_keys.all + number * w->profile_keys.size);
    const size_t count = reader->receiver->fold(reader->receiver->context, &row, numbers);
    if (count == 0) return number;
    for (size_t i = 0; i < count; i++) key[i] = numbers[i];
    void *list = w->profile_of_fold;
    const uint32_t fold = number_of_key(w->run, &w->folds, key, &list, sizeof *w->profile_of_fold, &is_new);
    w->profile_of_fold = list;
    if (is_new) w->profile_of_fold[fold] = number;
    return w->profile_of_fold[fold];
}

/* The numbers of the row's texts. */
static void fill_keys(worker *w, size_t fitting) {
    size_t profile_size = 0, key_size = 1;
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const uint32_t number = w->batch.numbers[i][fitting];
        if (w->columns[i].part == PROFILE) w->profile_key[profile_size++] = number;
        if (w->columns[i].part == KEY) w->group_key[key_size++] = number;
    }
}

static uint32_t find_profile(worker *w, size_t fitting) {
    bool is_new;
    void *list = w->profiles;
    fill_keys(w, fitting);
    const uint32_t p = number_of_key(w->run, &w->profile_keys, w->profile_key, &list, sizeof *w->profiles, &is_new);
    w->profiles = list;
    if (is_new) w->profiles[p].alike = alike(w, p);
    return p;
}

static uint32_t find_group(worker *w, size_t fitting, uint32_t alike_profile, bool *is_new) {
    void *list = w->groups;
    fill_keys(w, fitting);
    w->group_key[0] = alike_profile;
    const uint32_t g = number_of_key(w->run, &w->group_keys, w->group_key, &list, sizeof *w->groups, is_new);
    w->groups = list;
    return g;
}

static inline uint32_t near_profile(worker *w, size_t fitting) {
    const uint64_t packed = w->batch.packed[PROFILE][fitting];
    const packed_key *near = w->near_profiles.slots ? packed_slot(&w->near_profiles, packed, 0) : NULL;
    if (near && near->number) return near->number - 1;
    const uint32_t p = find_profile(w, fitting);
    add_packed(w->run, &w->near_profiles, (packed_key){packed, 0, p + 1});
    return p;
}

static inline uint32_t near_group(worker *w, size_t fitting, uint32_t alike_profile, bool *is_new) {
    const uint64_t packed = w->batch.packed[KEY][fitting];
    const packed_key *near = w->near_groups.slots ? packed_slot(&w->near_groups, packed, alike_profile) : NULL;
    if (near && near->number) return near->number - 1;
    const uint32_t g = find_group(w, fitting, alike_profile, is_new);
    add_packed(w->run, &w->near_groups, (packed_key){packed, alike_profile, g + 1});
    return g;
}

uint32_t group_of_row(worker *w, size_t fitting, bool *is_new) {
    const bool small = w->fast->packs && SAID(w->batch.said[fitting], LARGE) == 0;
    *is_new = false;
    const uint32_t number = small ? near_profile(w, fitting) : find_profile(w, fitting); /* which may move the profiles */
    profile *p = &w->profiles[number];
    p->rows++;
    const uint32_t g = small ? near_group(w, fitting, p->alike, is_new) : find_group(w, fitting, p->alike, is_new);
    w->groups[g].rows++;
    return g;
}
