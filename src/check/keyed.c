/* Open addressing over entries in chunks, so that they stay where they are. */
#include <string.h>

#include "check/check.h"

enum { CHUNK_ENTRIES = 4096, FIRST_SLOTS = 1024 };

struct keyed {
    wres_run *run;
    size_t size; /* of an entry with its key */
    char **chunks;
    size_t chunk_count, chunk_room, count;
    uint32_t *slots; /* number + 1, 0 = free */
    size_t slot_count;
};

keyed *keyed_new(wres_run *run, size_t entry_size) {
    keyed *set = wres_alloc(run, sizeof *set);
    set->run = run;
    set->size = (sizeof(wres_hash) + entry_size + 15) & ~(size_t)15;
    set->slot_count = FIRST_SLOTS;
    set->slots = wres_grow(run, NULL, 0, set->slot_count * sizeof *set->slots);
    return set;
}

static char *at_index(const keyed *set, size_t index) {
    return set->chunks[index / CHUNK_ENTRIES] + index % CHUNK_ENTRIES * set->size;
}

static wres_hash key_at(const keyed *set, size_t index) {
    wres_hash key;
    memcpy(&key, at_index(set, index), sizeof key);
    return key;
}

static size_t slot_of(const keyed *set, wres_hash key) {
    size_t slot = key.low & (set->slot_count - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->slot_count - 1)) {
        const wres_hash there = key_at(set, set->slots[slot] - 1);
        if (there.low == key.low && there.high == key.high) break;
    }
    return slot;
}

static void double_slots(keyed *set) {
    wres_drop(set->run, set->slots);
    set->slot_count *= 2;
    set->slots = wres_grow(set->run, NULL, 0, set->slot_count * sizeof *set->slots);
    for (size_t i = 0; i < set->count; i++) set->slots[slot_of(set, key_at(set, i))] = (uint32_t)(i + 1);
}

static void add_chunk(keyed *set) {
    if (set->chunk_count == set->chunk_room) {
        const size_t room = set->chunk_room ? 2 * set->chunk_room : 16, size = sizeof *set->chunks;
        set->chunks = wres_grow(set->run, set->chunks, set->chunk_room * size, room * size);
        set->chunk_room = room;
    }
    set->chunks[set->chunk_count++] = wres_grow(set->run, NULL, 0, CHUNK_ENTRIES * set->size);
}

void *keyed_at(keyed *set, wres_hash key, bool *is_new) {
    size_t slot = slot_of(set, key);
    *is_new = !set->slots[slot];
    if (!*is_new) return at_index(set, set->slots[slot] - 1) + sizeof key;
    if (4 * (set->count + 1) > 3 * set->slot_count) {
        double_slots(set);
        slot = slot_of(set, key);
    }
    if (set->count == set->chunk_count * CHUNK_ENTRIES) add_chunk(set);
    char *entry = at_index(set, set->count);
    memcpy(entry, &key, sizeof key);
    set->slots[slot] = (uint32_t)++set->count;
    return entry + sizeof key;
}

void *keyed_find(const keyed *set, wres_hash key) {
    const uint32_t number = set->slots[slot_of(set, key)];
    return number ? at_index(set, number - 1) + sizeof key : NULL;
}

size_t keyed_count(const keyed *set) { return set->count; }
void *keyed_entry(const keyed *set, size_t index) { return at_index(set, index) + sizeof(wres_hash); }

void keyed_drop(keyed *set) {
    for (size_t i = 0; i < set->chunk_count; i++) wres_drop(set->run, set->chunks[i]);
    wres_drop(set->run, set->chunks);
    wres_drop(set->run, set->slots);
}
