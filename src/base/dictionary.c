/* Text to small numbers: open addressing over a dense list of entries. */
#include <string.h>

#include "wres/base.h"

typedef struct entry {
    const char *text;
    size_t length;
} entry;

struct wres_dictionary {
    wres_run *run;
    entry *entries;
    uint32_t *slots; /* number + 1, 0 = free */
    uint32_t count, room, slot_count;
    const wres_frozen *frozen; /* in the place of entries and slots */
};

wres_dictionary *wres_dictionary_new(wres_run *run) {
    wres_dictionary *d = wres_alloc(run, sizeof *d);
    d->run = run;
    d->room = 16;
    d->slot_count = 64;
    d->entries = wres_grow(run, NULL, 0, d->room * sizeof *d->entries);
    d->slots = wres_grow(run, NULL, 0, d->slot_count * sizeof *d->slots);
    return d;
}

wres_dictionary *wres_dictionary_frozen(wres_run *run, const wres_frozen *frozen) {
    wres_dictionary *d = wres_alloc(run, sizeof *d);
    *d = (wres_dictionary){.run = run, .frozen = frozen, .count = frozen->count, .slot_count = frozen->slot_count};
    return d;
}

wres_text wres_dictionary_bytes(const wres_dictionary *d, uint32_t number) {
    if (!d->frozen) return (wres_text){d->entries[number].text, d->entries[number].length};
    const uint32_t *start = &d->frozen->starts[number];
    return (wres_text){d->frozen->texts + start[0], start[1] - start[0] - 1};
}

const uint32_t *wres_dictionary_slots(const wres_dictionary *d, uint32_t *count) {
    *count = d->slot_count;
    return d->frozen ? d->frozen->slots : d->slots;
}

static uint32_t slot_of(const wres_dictionary *d, wres_text text) {
    const wres_hash hash = wres_hash_bytes(text.bytes, text.length, (wres_hash){0, 0});
    const uint32_t *slots = d->frozen ? d->frozen->slots : d->slots;
    uint32_t slot = (uint32_t)hash.low & (d->slot_count - 1);
    while (slots[slot] && !wres_text_same(wres_dictionary_bytes(d, slots[slot] - 1), text)) slot = (slot + 1) & (d->slot_count - 1);
    return slot;
}

static void double_size(wres_dictionary *d) {
    d->entries = wres_grow(d->run, d->entries, d->room * sizeof *d->entries, 2 * (size_t)d->room * sizeof *d->entries);
    d->slots = wres_grow(d->run, d->slots, d->slot_count * sizeof *d->slots, 2 * (size_t)d->slot_count * sizeof *d->slots);
    d->room *= 2;
    d->slot_count *= 2;
    memset(d->slots, 0, d->slot_count * sizeof *d->slots);
    for (uint32_t i = 0; i < d->count; i++) d->slots[slot_of(d, wres_dictionary_bytes(d, i))] = i + 1;
}

uint32_t wres_dictionary_find(const wres_dictionary *d, wres_text text) {
    const uint32_t slot = slot_of(d, text), number = d->frozen ? d->frozen->slots[slot] : d->slots[slot];
    return number ? number - 1 : WRES_NOWHERE;
}

uint32_t wres_dictionary_add(wres_dictionary *d, wres_text text) {
    if (d->frozen) return wres_dictionary_find(d, text);
    uint32_t slot = slot_of(d, text);
    if (d->slots[slot]) return d->slots[slot] - 1;
    if (d->count == d->room) {
        double_size(d);
        slot = slot_of(d, text);
    }
    d->entries[d->count] = (entry){wres_copy(d->run, text.bytes, text.length), text.length};
    d->slots[slot] = ++d->count;
    return d->count - 1;
}

uint32_t wres_dictionary_count(const wres_dictionary *d) { return d->count; }
const char *wres_dictionary_text(const wres_dictionary *d, uint32_t number) { return wres_dictionary_bytes(d, number).bytes; }
