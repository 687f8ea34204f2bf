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

/* All have one; there is room for one more. */
static void slot_keys(wres_run *run, keys *k) {
    uint32_t slots = k->slot_count ? k->slot_count : 256;
    while (slots < 2 * (k->count + 1)) slots *= 4;
    if (slots > k->slot_count) {
        wres_drop(run, k->slots);
        k->slots = wres_grow(run, NULL, 0, slots * sizeof *k->slots);
        k->slot_count = slots;
        k->slotted = 0;
    }
    for (; k->slotted < k->count; k->slotted++) *key_slot(k, k->all + k->slotted * k->size) = k->slotted + 1;
}

/* Behind the others, and room for it in the list beside, whose entries have this size. */
static uint32_t add_key(wres_run *run, keys *k, const uint32_t *key, void **list, size_t entry) {
    if (k->count == k->room) {
        const size_t room = k->room ? 2 * k->room : 128;
        k->all = wres_grow(run, k->all, k->room * k->size * sizeof *key, room * k->size * sizeof *key);
        *list = wres_grow(run, *list, k->room * entry, room * entry);
        k->room = room;
    }
    memcpy(k->all + k->count * k->size, key, k->size * sizeof *key);
    return k->count++;
}

/* The number of a key, or that of a new one: *is_new. */
static uint32_t number_of_key(wres_run *run, keys *k, const uint32_t *key, void **list, size_t entry, bool *is_new) {
    slot_keys(run, k);
    uint32_t *slot = key_slot(k, key);
    *is_new = *slot == 0;
    if (*slot) return *slot - 1;
    const uint32_t number = add_key(run, k, key, list, entry);
    *slot = number + 1;
    k->slotted = k->count;
    return number;
}

/* ---- packed keys -------------------------------------------------------------------------------------------------- */

static inline packed_key *packed_slot(const packed_keys *k, uint64_t key) {
    const uint32_t mask = (UINT32_C(1) << k->bits) - 1;
    uint32_t slot = (uint32_t)((key * HASH_2) >> (64 - k->bits));
    while (k->slots[slot].number && k->slots[slot].key != key) slot = (slot + 1) & mask;
    return &k->slots[slot];
}

/* Its number, or WRES_NOWHERE. */
static inline uint32_t number_of_packed(const packed_keys *k, uint64_t key) {
    return k->slots ? packed_slot(k, key)->number - 1 : WRES_NOWHERE;
}

static void add_packed(wres_run *run, packed_keys *k, uint64_t key, uint32_t number, uint32_t alike_number) {
    enum { FEWEST_BITS = 6 };
    if (!k->slots || k->count + 1 > UINT32_C(1) << (k->bits - 1)) {
        const packed_keys before = *k;
        k->bits = before.slots ? before.bits + 1 : FEWEST_BITS;
        k->slots = wres_grow(run, NULL, 0, sizeof *k->slots << k->bits);
        for (size_t i = 0; before.slots && i < (size_t)1 << before.bits; i++)
            if (before.slots[i].number) *packed_slot(k, before.slots[i].key) = before.slots[i];
        wres_drop(run, before.slots);
    }
    *packed_slot(k, key) = (packed_key){key, number + 1, alike_number};
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
        const looked_up *codes = &c->codes[*key++ * c->feed_count];
        for (size_t n = 0; n < c->feed_count; n++) {
            const feed *f = c->feeds[n];
            decoded *d = &now[f->field];
            d->code = codes[n].code;
            d->found = codes[n].found;
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

static bool folds(const worker *w) { return w->fast->reader->receiver->fold && !w->fast->reader->stage_by_flags; }

/* The number of the profiles whose rows count alike. One that the receiver does not fold is alike to none. */
static uint32_t alike(worker *w, uint32_t number) {
    const wres_receiver *to = w->fast->reader->receiver;
    uint16_t numbers[WRES_MOST_FOLDED];
    uint32_t key[WRES_MOST_FOLDED + 1] = {0};
    bool is_new;
    if (!folds(w)) return number;
    const wres_row row = decode_profile(w, w->profile_keys.all + number * w->profile_keys.size);
    const size_t count = to->fold(to->context, &row, numbers);
    for (size_t i = 0; i < count; i++) key[i + 1] = numbers[i];
    if (count == 0) key[0] = number + 1;
    void *list = w->first_alike;
    const uint32_t fold = number_of_key(w->run, &w->folds, key, &list, sizeof *w->first_alike, &is_new);
    w->first_alike = list;
    if (is_new) w->first_alike[fold] = number;
    return fold;
}

/* The numbers of the row's texts. */
static void fill_keys(worker *w, size_t fitting) {
    size_t profile_size = 0, key_size = 1;
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const column *c = &w->columns[i];
        if (c->part == PROFILE) w->profile_key[profile_size++] = number_in_key(c, number_at(w, i, fitting));
        if (c->part == KEY) w->group_key[key_size++] = number_at(w, i, fitting);
    }
}

/* Of profile_key, which is new or is looked for. */
static uint32_t number_of_profile(worker *w, bool is_new) {
    void *list = w->profiles;
    const uint32_t p = is_new ? add_key(w->run, &w->profile_keys, w->profile_key, &list, sizeof *w->profiles)
                              : number_of_key(w->run, &w->profile_keys, w->profile_key, &list, sizeof *w->profiles, &is_new);
    w->profiles = list;
    if (is_new) w->profiles[p].alike = alike(w, p);
    return p;
}

/* Of group_key, but for its profile: *is_new where it is known to be new, or is found to be. */
static uint32_t number_of_group(worker *w, uint32_t alike_number, bool *is_new) {
    void *list = w->groups;
    w->group_key[0] = folds(w) ? w->first_alike[alike_number] : alike_number;
    const uint32_t g = *is_new ? add_key(w->run, &w->group_keys, w->group_key, &list, sizeof *w->groups)
                               : number_of_key(w->run, &w->group_keys, w->group_key, &list, sizeof *w->groups, is_new);
    w->groups = list;
    return g;
}

static uint32_t find_profile(worker *w, size_t fitting, bool is_new) {
    fill_keys(w, fitting);
    return number_of_profile(w, is_new);
}

static uint32_t find_group(worker *w, size_t fitting, uint32_t alike_number, bool *is_new) {
    fill_keys(w, fitting);
    return number_of_group(w, alike_number, is_new);
}

/* Another row of the batch may have made what was not known when all were looked up. */
static uint32_t near_profile(worker *w, size_t fitting) {
    const uint64_t packed = w->batch.packed[PROFILE][fitting];
    uint32_t p = w->batch.profiles[fitting];
    if (p == WRES_NOWHERE) p = number_of_packed(&w->near_profiles, packed);
    if (p != WRES_NOWHERE) return p;
    p = find_profile(w, fitting, !w->far_profiles);
    add_packed(w->run, &w->near_profiles, packed, p, w->profiles[p].alike);
    return p;
}

static void settle(worker *w, near_group *near) {
    if (near->number) w->groups[near->number - 1].rows += near->rows;
    near->rows = 0;
}

void settle_groups(worker *w) {
    for (size_t i = 0; i < (size_t)w->rest_room * w->alike_room; i++) settle(w, &w->near_groups[i]);
}

void settle_values(worker *w) {
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const pair *p = &w->pairs[i];
        for (uint32_t n = 0; n < p->values.count; n++) {
            w->columns[i].values.rows[p->numbers[n][0]] += p->values.rows[n];
            w->columns[i + 1].values.rows[p->numbers[n][1]] += p->values.rows[n];
            p->values.rows[n] = 0;
        }
    }
}

static void forget_packed(packed_keys *k) {
    if (k->slots) memset(k->slots, 0, sizeof *k->slots << k->bits);
    k->count = 0;
}

void forget_groups(worker *w) {
    keys *k = &w->group_keys;
    if (k->count) memset(w->groups, 0, k->count * sizeof *w->groups);
    if (k->slots) memset(k->slots, 0, k->slot_count * sizeof *k->slots);
    k->count = k->slotted = 0;
    if (w->near_groups) memset(w->near_groups, 0, (size_t)w->rest_room * w->alike_room * sizeof *w->near_groups);
    forget_packed(&w->near_rests);
    w->rests = 0;
    for (size_t i = 0; i < w->fast->column_count; i++)
        if (w->pairs[i].rests) memset(w->pairs[i].rests, 0, w->pairs[i].number_room * sizeof *w->pairs[i].rests);
    w->far_groups = false;
    w->kind_count = 0;
}

/* Room for so many. False where that is too much. */
static bool make_near_groups(worker *w, uint32_t rests, uint32_t alikes) {
    enum { MOST = 1 << 18, FEWEST_RESTS = 4, FEWEST_ALIKE = 64 };
    uint32_t rest_room = w->rest_room ? w->rest_room : FEWEST_RESTS, alike_room = w->alike_room ? w->alike_room : FEWEST_ALIKE;
    while (rest_room < rests) rest_room *= 2;
    while (alike_room < alikes) alike_room *= 2;
    if ((uint64_t)rest_room * alike_room > MOST) return false;
    near_group *made = wres_grow(w->run, NULL, 0, (size_t)rest_room * alike_room * sizeof *made);
    for (size_t rest = 0; rest < w->rest_room; rest++)
        memcpy(made + rest * alike_room, w->near_groups + rest * w->alike_room, w->alike_room * sizeof *made);
    wres_drop(w->run, w->near_groups);
    w->near_groups = made;
    w->rest_room = rest_room;
    w->alike_room = alike_room;
    return true;
}

/* The number of its pair, where that is all of the key's rest. */
static uint32_t pair_of_rest(const worker *w, size_t fitting) {
    const int first = w->fast->rest_pair;
    return first < 0 ? WRES_NOWHERE : w->batch.pairs[first][fitting];
}

static inline uint32_t expected_rest(const worker *w, size_t fitting) {
    const uint32_t both = pair_of_rest(w, fitting);
    if (both == WRES_NOWHERE) return number_of_packed(&w->near_rests, w->batch.packed[KEY][fitting]);
    uint32_t *known = &w->pairs[w->fast->rest_pair].rests[both];
    if (*known == 0) *known = number_of_packed(&w->near_rests, w->batch.packed[KEY][fitting]) + 1;
    return *known - 1;
}

static uint32_t near_rest(worker *w, size_t fitting) {
    uint32_t rest = w->batch.rests[fitting];
    if (rest == WRES_NOWHERE) rest = expected_rest(w, fitting);
    if (rest == WRES_NOWHERE) add_packed(w->run, &w->near_rests, w->batch.packed[KEY][fitting], rest = w->rests++, 0);
    return rest;
}

static uint32_t count_in_group(worker *w, size_t fitting, uint32_t alike_number, bool *is_new) {
    w->far_groups = true;
    const uint32_t g = find_group(w, fitting, alike_number, is_new);
    w->groups[g].rows++;
    return g;
}

static inline uint32_t count_near(worker *w, size_t fitting, uint32_t alike_number, bool *is_new) {
    const uint32_t rest = near_rest(w, fitting);
    if ((rest >= w->rest_room || alike_number >= w->alike_room) && !make_near_groups(w, rest + 1, alike_number + 1))
        return count_in_group(w, fitting, alike_number, is_new);
    near_group *near = &w->near_groups[(size_t)rest * w->alike_room + alike_number];
    if (!near->number) {
        *is_new = !w->far_groups;
        near->number = find_group(w, fitting, alike_number, is_new) + 1;
    }
    if (++near->rows == UINT32_MAX) settle(w, near);
    return near->number - 1;
}

void expect_groups(worker *w) {
    batch *b = &w->batch;
    for (size_t n = 0; n < b->fitting && w->fast->packs; n++) {
        const packed_key *known = w->near_profiles.slots ? packed_slot(&w->near_profiles, b->packed[PROFILE][n]) : NULL;
        const uint32_t rest = b->rests[n] = expected_rest(w, n);
        b->profiles[n] = known ? known->number - 1 : WRES_NOWHERE;
        if (!known || !known->number || rest >= w->rest_room || known->alike >= w->alike_room) continue;
        WRES_EXPECT(&w->near_groups[(size_t)rest * w->alike_room + known->alike]);
        WRES_EXPECT(&w->profiles[known->number - 1]);
    }
}

uint32_t group_of_row(worker *w, size_t fitting, bool *is_new) {
    const bool small = w->fast->packs && SAID(w->batch.said[fitting], LARGE) == 0;
    *is_new = false;
    if (!small) w->far_profiles = true;
    const uint32_t number = small ? near_profile(w, fitting) : find_profile(w, fitting, false); /* which may move the profiles */
    profile *p = &w->profiles[number];
    p->rows++;
    return small ? count_near(w, fitting, p->alike, is_new) : count_in_group(w, fitting, p->alike, is_new);
}

/* ---- workers together ------------------------------------------------------------------------------------------------ */

/* What the numbers of one are to another: of the values of each column, and of profiles. */
typedef struct translation {
    size_t columns;
    uint32_t *values[WRES_MOST_FIELDS], *profiles;
} translation;

static void merge_values(worker *to, const worker *from, translation *t) {
    for (size_t i = 0; i < t->columns; i++) {
        const column *c = &from->columns[i];
        const values *v = &c->values;
        t->values[i] = wres_alloc(to->run, (v->count + 1) * sizeof(uint32_t));
        values_begin(to, i);
        to->columns[i].values.most = MOST_TOGETHER;
        for (uint32_t n = 0; n < v->count; n++) {
            const uint32_t number = t->values[i][n] = value_of(to, &to->columns[i], v->more[n].bytes, v->all[n].length);
            to->columns[i].values.rows[number] += v->rows[n];
        }
    }
}

static void translate_key(const worker *to, const translation *t, part part_of_key, const uint32_t *key, uint32_t *out) {
    for (size_t i = 0; i < t->columns; i++)
        if (to->columns[i].part == part_of_key) *out++ = number_in_key(&to->columns[i], t->values[i][*key++]);
}

static void merge_profiles(worker *to, const worker *from, translation *t) {
    const keys *k = &from->profile_keys;
    t->profiles = wres_alloc(to->run, (k->count + 1) * sizeof *t->profiles);
    for (uint32_t n = 0; n < k->count; n++) {
        translate_key(to, t, PROFILE, k->all + n * k->size, to->profile_key);
        t->profiles[n] = number_of_profile(to, false);
        to->profiles[t->profiles[n]].rows += from->profiles[n].rows;
    }
}

static void merge_groups(worker *to, const worker *from, const translation *t) {
    const keys *k = &from->group_keys;
    for (uint32_t n = 0; n < k->count; n++) {
        const uint32_t *key = k->all + n * k->size;
        bool is_new = false;
        translate_key(to, t, KEY, key + 1, to->group_key + 1);
        const uint32_t g = number_of_group(to, to->profiles[t->profiles[*key]].alike, &is_new);
        to->groups[g].rows += from->groups[n].rows;
    }
}

void merge_workers(worker *to, worker *from) {
    translation t = {.columns = to->fast->column_count};
    settle_groups(to);
    settle_groups(from);
    settle_values(from);
    merge_values(to, from, &t);
    merge_profiles(to, from, &t);
    merge_groups(to, from, &t);
}
