/* Hashes that were met: open addressing. */
#include "wres/base.h"

struct wres_hash_set {
    wres_run *run;
    wres_hash *slots; /* {0, 0} = free */
    size_t room, count;
};

wres_hash_set *wres_hash_set_new(wres_run *run) {
    wres_hash_set *set = wres_alloc(run, sizeof *set);
    set->run = run;
    return set;
}

static bool is_free(wres_hash hash) { return hash.low == 0 && hash.high == 0; }

static bool put(wres_hash *slots, size_t room, wres_hash hash) {
    size_t at = hash.low & (room - 1);
    for (; !is_free(slots[at]); at = (at + 1) & (room - 1))
        if (slots[at].low == hash.low && slots[at].high == hash.high) return false;
    slots[at] = hash;
    return true;
}

bool wres_hash_set_add(wres_hash_set *set, wres_hash hash) {
    if (is_free(hash)) hash.high = 1; /* as likely as any other, and the mark of a free slot */
    if (2 * (set->count + 1) > set->room) {
        const size_t room = set->room ? 2 * set->room : 1024;
        wres_hash *slots = wres_grow(set->run, NULL, 0, room * sizeof *slots);
        for (size_t i = 0; i < set->room; i++)
            if (!is_free(set->slots[i])) put(slots, room, set->slots[i]);
        wres_drop(set->run, set->slots);
        set->slots = slots;
        set->room = room;
    }
    const bool is_new = put(set->slots, set->room, hash);
    set->count += is_new;
    return is_new;
}

size_t wres_hash_set_count(const wres_hash_set *set) { return set->count; }

void wres_hash_set_drop(wres_hash_set *set) {
    wres_drop(set->run, set->slots);
    set->slots = NULL;
    set->room = set->count = 0;
}
