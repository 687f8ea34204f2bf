/* Cells: open addressing over a dense list. */
#include <stdlib.h>
#include <string.h>

#include "wres/cube.h"

struct wres_cube {
    wres_run *run;
    size_t keys;
    wres_cell *cells;
    size_t count, room;
    uint32_t *slots; /* number + 1, 0 = free */
    size_t slot_count;
    uint64_t total, limit;
};

enum { FIRST_ROOM = 256 };

wres_hidden_part wres_hidden_count(uint64_t least, uint64_t most) {
    if (most >= WRES_COUNT_LIMIT) return (wres_hidden_part){0, 1, 1, least};
    return (wres_hidden_part){most - least, 1, 0, least};
}

static uint32_t sum_to_most(uint32_t a, uint32_t b) { return a > UINT32_MAX - b ? UINT32_MAX : a + b; }

wres_hidden_part wres_hidden_sum(wres_hidden_part a, wres_hidden_part b) {
    return (wres_hidden_part){a.room > UINT64_MAX - b.room ? UINT64_MAX : a.room + b.room, sum_to_most(a.counts, b.counts),
                              sum_to_most(a.open, b.open), a.least + b.least};
}

bool wres_hidden_is_open(wres_hidden_part part) { return part.open > 0 || part.room >= WRES_COUNT_LIMIT; }

static wres_cube *cube_new(wres_run *run, size_t keys, uint64_t limit) {
    wres_cube *cube = wres_alloc(run, sizeof *cube);
    cube->run = run;
    cube->keys = keys;
    cube->limit = limit;
    cube->room = FIRST_ROOM;
    cube->slot_count = 4 * FIRST_ROOM;
    cube->cells = wres_grow(run, NULL, 0, cube->room * sizeof *cube->cells);
    cube->slots = wres_grow(run, NULL, 0, cube->slot_count * sizeof *cube->slots);
    return cube;
}

wres_cube *wres_cube_new(wres_run *run, size_t keys) { return cube_new(run, keys, WRES_COUNT_LIMIT); }
wres_cube *wres_cube_new_fte(wres_run *run, size_t keys) { return cube_new(run, keys, WRES_FTE_LIMIT); }

static size_t slot_of(const wres_cube *cube, const uint16_t *key) {
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < cube->keys; i++) hash = (hash ^ key[i]) * UINT64_C(0xff51afd7ed558ccd);
    size_t slot = (hash ^ hash >> 32) & (cube->slot_count - 1);
    while (cube->slots[slot] && memcmp(cube->cells[cube->slots[slot] - 1].key, key, cube->keys * sizeof *key) != 0)
        slot = (slot + 1) & (cube->slot_count - 1);
    return slot;
}

static void fill_slots(wres_cube *cube) {
    memset(cube->slots, 0, cube->slot_count * sizeof *cube->slots);
    for (size_t i = 0; i < cube->count; i++) cube->slots[slot_of(cube, cube->cells[i].key)] = (uint32_t)(i + 1);
}

static void double_cube(wres_cube *cube) {
    cube->cells = wres_grow(cube->run, cube->cells, cube->room * sizeof *cube->cells, 2 * cube->room * sizeof *cube->cells);
    cube->slots =
        wres_grow(cube->run, cube->slots, cube->slot_count * sizeof *cube->slots, 2 * cube->slot_count * sizeof *cube->slots);
    cube->room *= 2;
    cube->slot_count *= 2;
    fill_slots(cube);
}

wres_status wres_cube_add(wres_cube *cube, const uint16_t *key, uint64_t count, const wres_hidden_part *hidden) {
    cube->total += count; /* each is below the limit, so that the sum cannot wrap before it is seen */
    if (cube->total >= cube->limit) {
        wres_find(cube->run, WRES_ERROR, "count-limit", (wres_place){0}, 0, "%s",
                  cube->limit == WRES_COUNT_LIMIT
                      ? "the counts add up to over 1,000,000,000,000: is the right column mapped to 'count'?"
                      : "the full-time equivalents add up to over 1,000,000,000: is the right column mapped to 'fte'?");
        return WRES_DATA;
    }
    size_t slot = slot_of(cube, key);
    if (!cube->slots[slot]) {
        if (cube->count == cube->room) {
            double_cube(cube);
            slot = slot_of(cube, key);
        }
        memcpy(cube->cells[cube->count].key, key, cube->keys * sizeof *key);
        cube->slots[slot] = (uint32_t)++cube->count;
    }
    wres_cell *cell = &cube->cells[cube->slots[slot] - 1];
    cell->count += count;
    if (hidden) cell->hidden = wres_hidden_sum(cell->hidden, *hidden);
    return WRES_OK;
}

const wres_cell *wres_cube_cells(const wres_cube *cube, size_t *count) {
    *count = cube->count;
    return cube->cells;
}

static int compare_cells(const void *a, const void *b) {
    const wres_cell *x = a, *y = b;
    for (size_t i = 0; i < WRES_MOST_KEYS; i++)
        if (x->key[i] != y->key[i]) return x->key[i] < y->key[i] ? -1 : 1;
    return 0;
}

void wres_cube_sort(wres_cube *cube) {
    qsort(cube->cells, cube->count, sizeof *cube->cells, compare_cells);
    fill_slots(cube);
}

void wres_cube_keep(wres_cube *cube, bool (*stays)(const void *context, const uint16_t *key), const void *context) {
    const size_t before = cube->count;
    cube->count = 0;
    for (size_t i = 0; i < before; i++)
        if (stays(context, cube->cells[i].key))
            cube->cells[cube->count++] = cube->cells[i];
        else
            cube->total -= cube->cells[i].count;
    memset(cube->cells + cube->count, 0, (before - cube->count) * sizeof *cube->cells);
    fill_slots(cube);
}
