#include "cube/persons.h"

#include <string.h>

/* Entries live in chunks, so that the set grows without moving and without a doubled copy. */
enum { CHUNK_ENTRIES = 16384, FIRST_SLOTS = 1024 };

struct wres_persons {
    wres_run *run;
    person_order order;
    size_t size; /* of an entry */
    char **chunks;
    size_t chunk_count, chunk_room, count, conflicts;
    uint32_t *slots; /* number + 1, 0 = free */
    size_t slot_count;
};

wres_persons *persons_new(wres_run *run, const person_order *order) {
    wres_persons *set = wres_alloc(run, sizeof *set);
    set->run = run;
    set->order = *order;
    set->size = (sizeof(person) + order->axes * sizeof(uint16_t) + 7) & ~(size_t)7;
    set->slot_count = FIRST_SLOTS;
    set->slots = wres_grow(run, NULL, 0, set->slot_count * sizeof *set->slots);
    return set;
}

static person *entry_at(const wres_persons *set, size_t index) {
    return (person *)(void *)(set->chunks[index / CHUNK_ENTRIES] + index % CHUNK_ENTRIES * set->size);
}

static size_t slot_of(const wres_persons *set, wres_hash key) {
    size_t slot = key.low & (set->slot_count - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->slot_count - 1)) {
        const person *p = entry_at(set, set->slots[slot] - 1);
        if (p->key.low == key.low && p->key.high == key.high) break;
    }
    return slot;
}

static void double_slots(wres_persons *set) {
    wres_drop(set->run, set->slots);
    set->slot_count *= 2;
    set->slots = wres_grow(set->run, NULL, 0, set->slot_count * sizeof *set->slots);
    for (size_t i = 0; i < set->count; i++) set->slots[slot_of(set, entry_at(set, i)->key)] = (uint32_t)(i + 1);
}

static person *new_entry(wres_persons *set, wres_hash key) {
    if (4 * (set->count + 1) > 3 * set->slot_count) double_slots(set);
    if (set->count == set->chunk_count * CHUNK_ENTRIES) {
        if (set->chunk_count == set->chunk_room) {
            const size_t room = set->chunk_room ? 2 * set->chunk_room : 16, size = sizeof *set->chunks;
            set->chunks = wres_grow(set->run, set->chunks, set->chunk_room * size, room * size);
            set->chunk_room = room;
        }
        set->chunks[set->chunk_count++] = wres_grow(set->run, NULL, 0, CHUNK_ENTRIES * set->size);
    }
    person *p = entry_at(set, set->count);
    set->slots[slot_of(set, key)] = (uint32_t)++set->count;
    p->key = key;
    return p;
}

/* By content only: numbers of an open vocabulary depend on the order of rows, so their texts are compared. Unknown comes last. */
static int compare_axis(const person_order *order, size_t i, uint16_t a, uint16_t b) {
    if (a == b) return 0;
    if (a == order->blank[i] || b == order->blank[i]) return a == order->blank[i] ? 1 : -1;
    if (!order->vocabulary[i]) return a < b ? -1 : 1;
    return strcmp(wres_dictionary_text(order->vocabulary[i], a), wres_dictionary_text(order->vocabulary[i], b));
}

static bool decides_over(const wres_persons *set, const person_row *row, const person *p, bool p_known) {
    if (row->rank != p->rank) return row->rank < p->rank;
    if (row->group_known != p_known) return row->group_known;
    if (row->group != p->group) return row->group < p->group;
    for (size_t i = 0; i < set->order.axes; i++) {
        const int order = compare_axis(&set->order, i, row->axis[i], p->axis[i]);
        if (order != 0) return order < 0;
    }
    return false;
}

static void take_row(const wres_persons *set, person *p, const person_row *row) {
    p->rank = row->rank;
    p->organisation = row->organisation;
    p->time = row->time;
    p->group = row->group;
    p->group_known = row->group_known;
    if (set->order.axes) memcpy(p->axis, row->axis, set->order.axes * sizeof *p->axis);
}

bool persons_add(wres_persons *set, wres_hash key, const person_row *row) {
    const size_t slot = slot_of(set, key);
    const bool is_new = !set->slots[slot];
    person *p = is_new ? new_entry(set, key) : entry_at(set, set->slots[slot] - 1);
    const bool first = row->counts ? !p->counted : is_new;
    if (is_new || (row->counts && (!p->counted || decides_over(set, row, p, p->group_known)))) take_row(set, p, row);
    if (!row->counts) return first;
    p->counted = true;
    if (row->group_known) {
        const uint16_t known = (uint16_t)(row->group + 1);
        if (p->known && p->known != known && !p->conflict) {
            p->conflict = true;
            set->conflicts++;
        }
        if (!p->known || known < p->known) p->known = known;
    }
    return first;
}

const person *persons_find(const wres_persons *set, wres_hash key) {
    const uint32_t number = set->slots[slot_of(set, key)];
    return number ? entry_at(set, number - 1) : NULL;
}

size_t persons_count(const wres_persons *set) { return set->count; }
size_t persons_conflicts(const wres_persons *set) { return set->conflicts; }
const person *persons_at(const wres_persons *set, size_t index) { return entry_at(set, index); }

uint16_t person_group(const person *p) { return p->group_known || !p->known ? p->group : (uint16_t)(p->known - 1); }
