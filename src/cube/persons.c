/* Two lists: the people, twenty bytes each beside eleven to twenty-one of slots, and what they are. A hash of 128 bits stands for an identifier: of n
 * people two agree by chance with a probability of about n * n / 2 ** 129, of ten million 10 ** -25. */
#include "cube/persons.h"

#include <string.h>

/* Entries live in chunks, so that the lists grow without moving and without a doubled copy. */
enum { CHUNK_ENTRIES = 16384, FIRST_SLOTS = 1024 };

/* Open addressing over a list in chunks. */
typedef struct hashed {
    size_t size; /* of an entry */
    char **chunks;
    size_t chunk_count, chunk_room, count;
    uint64_t *slots; /* number + 1 below half of the hash, so that another's entry need not be looked at; 0 = free */
    size_t slot_count;
} hashed;

static uint32_t number_in(uint64_t slot) { return (uint32_t)slot - 1; }
static bool may_be(uint64_t slot, uint64_t hash) { return slot >> 32 == hash >> 32; }
static uint64_t slot_for(uint64_t hash, size_t count) { return (hash >> 32 << 32) | (uint32_t)count; }

/* Keys and kinds of as many people stand in one chunk, keys first. */
enum { PERSON_SIZE = sizeof(wres_hash) + sizeof(uint32_t) };

struct wres_persons {
    wres_run *run;
    person_order order;
    hashed people, kinds;
    person *made; /* a kind that is looked for */
    size_t conflicts;
};

static hashed hashed_new(wres_run *run, size_t size) {
    return (hashed){.size = size, .slot_count = FIRST_SLOTS, .slots = wres_grow(run, NULL, 0, FIRST_SLOTS * sizeof(uint64_t))};
}

wres_persons *persons_new(wres_run *run, const person_order *order) {
    wres_persons *set = wres_alloc(run, sizeof *set);
    const size_t size = (sizeof(person) + order->axes * sizeof(uint16_t) + 7) & ~(size_t)7;
    set->run = run;
    set->order = *order;
    set->people = hashed_new(run, PERSON_SIZE);
    set->kinds = hashed_new(run, size);
    set->made = wres_alloc(run, size);
    return set;
}

/* A further entry; it is in no slot yet. */
static void add_entry(wres_run *run, hashed *h) {
    if (h->count == h->chunk_count * CHUNK_ENTRIES) {
        if (h->chunk_count == h->chunk_room) {
            const size_t room = h->chunk_room ? 2 * h->chunk_room : 16, size = sizeof *h->chunks;
            h->chunks = wres_grow(run, h->chunks, h->chunk_room * size, room * size);
            h->chunk_room = room;
        }
        h->chunks[h->chunk_count] = wres_grow(run, NULL, 0, CHUNK_ENTRIES * h->size);
        h->chunk_count++;
    }
    h->count++;
}

static void double_slots(wres_run *run, hashed *h) {
    wres_drop(run, h->slots);
    h->slots = NULL;
    h->slots = wres_grow(run, NULL, 0, 2 * h->slot_count * sizeof *h->slots);
    h->slot_count *= 2;
}

static bool is_full(const hashed *h) { return 4 * (h->count + 1) > 3 * h->slot_count; }

/* ---- what people are --------------------------------------------------------------------------------------------- */

static person *kind_at(const wres_persons *set, size_t index) {
    return (person *)(void *)(set->kinds.chunks[index / CHUNK_ENTRIES] + index % CHUNK_ENTRIES * set->kinds.size);
}

static uint64_t hash_of_kind(const wres_persons *set, const person *kind) {
    return wres_hash_bytes(kind, set->kinds.size, (wres_hash){0, 0}).low;
}

static size_t slot_of_kind(const wres_persons *set, const person *kind, uint64_t hash) {
    const hashed *h = &set->kinds;
    size_t slot = hash & (h->slot_count - 1);
    for (; h->slots[slot]; slot = (slot + 1) & (h->slot_count - 1))
        if (may_be(h->slots[slot], hash) && memcmp(kind_at(set, number_in(h->slots[slot])), kind, h->size) == 0) break;
    return slot;
}

static uint32_t number_of_kind(wres_persons *set, const person *kind) {
    hashed *h = &set->kinds;
    const uint64_t hash = hash_of_kind(set, kind);
    if (is_full(h)) {
        double_slots(set->run, h);
        for (size_t i = 0; i < h->count; i++) {
            const uint64_t known = hash_of_kind(set, kind_at(set, i));
            h->slots[slot_of_kind(set, kind_at(set, i), known)] = slot_for(known, i + 1);
        }
    }
    const size_t slot = slot_of_kind(set, kind, hash);
    if (h->slots[slot]) return number_in(h->slots[slot]);
    add_entry(set->run, h);
    memcpy(kind_at(set, h->count - 1), kind, h->size);
    h->slots[slot] = slot_for(hash, h->count);
    return (uint32_t)h->count - 1;
}

uint32_t persons_kind(wres_persons *set, const person_row *row) {
    person *made = set->made;
    memset(made, 0, set->kinds.size);
    made->rank = row->rank;
    made->organisation = row->organisation;
    made->time = row->time;
    made->group = row->group;
    made->group_known = row->group_known;
    made->counted = row->counts;
    made->known = row->counts && row->group_known ? (uint16_t)(row->group + 1) : 0;
    if (set->order.axes) memcpy(made->axis, row->axis, set->order.axes * sizeof *made->axis);
    return number_of_kind(set, made);
}

/* By content only: numbers of an open vocabulary depend on the order of rows, so their texts are compared. Unknown comes last. */
static int compare_axis(const person_order *order, size_t i, uint16_t a, uint16_t b) {
    if (a == b) return 0;
    if (a == order->blank[i] || b == order->blank[i]) return a == order->blank[i] ? 1 : -1;
    if (!order->vocabulary[i]) return a < b ? -1 : 1;
    return strcmp(wres_dictionary_text(order->vocabulary[i], a), wres_dictionary_text(order->vocabulary[i], b));
}

static bool decides_over(const wres_persons *set, const person *row, const person *p) {
    if (row->rank != p->rank) return row->rank < p->rank;
    if (row->group_known != p->group_known) return row->group_known;
    if (row->group != p->group) return row->group < p->group;
    for (size_t i = 0; i < set->order.axes; i++) {
        const int order = compare_axis(&set->order, i, row->axis[i], p->axis[i]);
        if (order != 0) return order < 0;
    }
    return false;
}

/* What somebody is who has one more row. One that does not count says something of those alone who have no other. */
static uint32_t kind_with(wres_persons *set, uint32_t before, const person *row) {
    const person *p = kind_at(set, before);
    const bool decides = row->counted == p->counted ? decides_over(set, row, p) : row->counted;
    person *made = set->made;
    memcpy(made, decides ? row : p, set->kinds.size);
    made->known = p->known;
    made->conflict = p->conflict;
    if (row->known) {
        if (p->known && p->known != row->known && !p->conflict) {
            made->conflict = true;
            set->conflicts++;
        }
        if (!p->known || row->known < p->known) made->known = row->known;
    }
    return memcmp(made, p, set->kinds.size) == 0 ? before : number_of_kind(set, made);
}

/* ---- people -------------------------------------------------------------------------------------------------------- */

static wres_hash *key_at(const wres_persons *set, size_t index) {
    return (wres_hash *)(void *)set->people.chunks[index / CHUNK_ENTRIES] + index % CHUNK_ENTRIES;
}

static uint32_t *kind_of(const wres_persons *set, size_t index) {
    char *kinds = set->people.chunks[index / CHUNK_ENTRIES] + CHUNK_ENTRIES * sizeof(wres_hash);
    return (uint32_t *)(void *)kinds + index % CHUNK_ENTRIES;
}

static size_t slot_of_person(const wres_persons *set, wres_hash key) {
    const hashed *h = &set->people;
    size_t slot = key.low & (h->slot_count - 1);
    for (; h->slots[slot]; slot = (slot + 1) & (h->slot_count - 1)) {
        if (!may_be(h->slots[slot], key.low)) continue;
        const wres_hash *known = key_at(set, number_in(h->slots[slot]));
        if (known->low == key.low && known->high == key.high) break;
    }
    return slot;
}

static void add_person(wres_persons *set, wres_hash key, uint32_t kind, size_t slot) {
    hashed *h = &set->people;
    add_entry(set->run, h);
    *key_at(set, h->count - 1) = key;
    *kind_of(set, h->count - 1) = kind;
    h->slots[slot] = slot_for(key.low, h->count);
}

/* Slots stand in no order, so that each is memory behind all caches: it is asked for so many people before it is needed. */
static void more_slots(wres_persons *set) {
    enum { AHEAD = 32 };
    hashed *h = &set->people;
    double_slots(set->run, h);
    for (size_t i = 0; i < h->count; i++) {
        if (i + AHEAD < h->count) persons_expect(set, *key_at(set, i + AHEAD));
        h->slots[slot_of_person(set, *key_at(set, i))] = slot_for(key_at(set, i)->low, i + 1);
    }
}

bool persons_add_kind(wres_persons *set, wres_hash key, uint32_t kind) {
    hashed *h = &set->people;
    if (is_full(h)) more_slots(set);
    const size_t slot = slot_of_person(set, key);
    if (!h->slots[slot]) {
        add_person(set, key, kind, slot);
        return true;
    }
    uint32_t *known = kind_of(set, number_in(h->slots[slot]));
    const person *row = kind_at(set, kind);
    const bool first = row->counted && !kind_at(set, *known)->counted;
    *known = kind_with(set, *known, row);
    return first;
}

bool persons_add(wres_persons *set, wres_hash key, const person_row *row) {
    return persons_add_kind(set, key, persons_kind(set, row));
}

void persons_expect(const wres_persons *set, wres_hash key) {
    WRES_EXPECT(&set->people.slots[key.low & (set->people.slot_count - 1)]);
}

const person *persons_find(const wres_persons *set, wres_hash key) {
    const uint64_t slot = set->people.slots[slot_of_person(set, key)];
    return slot ? kind_at(set, *kind_of(set, number_in(slot))) : NULL;
}

size_t persons_count(const wres_persons *set) { return set->people.count; }
size_t persons_conflicts(const wres_persons *set) { return set->conflicts; }
const person *persons_at(const wres_persons *set, size_t index) { return kind_at(set, *kind_of(set, index)); }
size_t persons_kinds(const wres_persons *set) { return set->kinds.count; }
const person *persons_kind_at(const wres_persons *set, size_t kind) { return kind_at(set, kind); }

void persons_count_kinds(const wres_persons *set, uint64_t *counts) {
    for (size_t i = 0; i < set->people.count; i++) counts[*kind_of(set, i)]++;
}

void persons_keep(wres_persons *set, bool (*stays)(const void *context, const person *kind), const void *context,
                  uint32_t *numbers) {
    hashed *kinds = &set->kinds, *people = &set->people;
    const size_t kind_count = kinds->count, count = people->count;
    kinds->count = people->count = 0;
    memset(kinds->slots, 0, kinds->slot_count * sizeof *kinds->slots);
    memset(people->slots, 0, people->slot_count * sizeof *people->slots);
    for (size_t i = 0; i < kind_count; i++) {
        memcpy(set->made, kind_at(set, i), kinds->size);
        numbers[i] = stays(context, set->made) ? number_of_kind(set, set->made) : WRES_NOWHERE;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t kind = numbers[*kind_of(set, i)];
        if (kind == WRES_NOWHERE) continue;
        const wres_hash key = *key_at(set, i);
        add_person(set, key, kind, slot_of_person(set, key));
    }
}

uint16_t person_group(const person *p) { return p->group_known || !p->known ? p->group : (uint16_t)(p->known - 1); }
