/* A cube file as it was read: rows of texts, and what its tallies are said to be. */
#ifndef WRES_CUBE_LOAD_H
#define WRES_CUBE_LOAD_H

#include "cube/layout.h"

/* Texts by their numbers in the loaded file's dictionary; 0 is the empty one. */
typedef struct loaded_row {
    uint64_t line;
    uint32_t text[CUBE_COLUMN_COUNT];
} loaded_row;

typedef struct loaded_rows {
    loaded_row *all;
    size_t count, room;
} loaded_rows;

/* A tally as the file describes it. */
typedef struct loaded_tally {
    uint32_t id;
    bool read, once_per, has_staff_group, undated;
    const char *counts, *untested, *axes[WRES_MOST_AXES], *lacked_by[WRES_MOST_AXES];
    bool axis_there[WRES_MOST_AXES];
    uint64_t line;
} loaded_tally;

typedef struct loaded_cube {
    wres_run *run;
    const char *name;
    wres_hash hash; /* of its text */
    wres_dictionary *texts;
    loaded_rows about, cells; /* what is said, and what is counted */
    loaded_tally *tallies;
    size_t tally_count, tally_room;
    wres_date as_at;
    bool fte; /* cells hold FTE; files that do not say count people */
} loaded_cube;

/* Reads a file and checks what can be checked of it alone: header, format, as-at date, and that it is whole. */
wres_status cube_load(wres_run *run, const wres_reading *reading, wres_cube_file *file, loaded_cube *cube);
void cube_unload(loaded_cube *cube);

const char *loaded_text(const loaded_cube *cube, const loaded_row *row, size_t column);
/* As it may be shown: a file can hold anything. */
const char *loaded_shown(const loaded_cube *cube, const loaded_row *row, size_t column);
bool loaded_is(const loaded_cube *cube, const loaded_row *row, size_t column, const char *text);
/* What the file says of itself; NULL where it does not. */
const loaded_row *loaded_about(const loaded_cube *cube, const char *record, const char *name);

/* An error in a line of the file; the field may be NULL. */
wres_status cube_damaged(const loaded_cube *cube, uint64_t line, const char *field, const char *message);

#endif
