/* Cube files to rows. */
#include "cube/load.h"

#include <string.h>

typedef struct loader {
    loaded_cube *cube;
    int column_of[CUBE_COLUMN_COUNT];
    size_t columns;
} loader;

const char *loaded_text(const loaded_cube *cube, const loaded_row *row, size_t column) {
    return wres_dictionary_text(cube->texts, row->text[column]);
}

const char *loaded_shown(const loaded_cube *cube, const loaded_row *row, size_t column) {
    return wres_visible_name(cube->run, loaded_text(cube, row, column));
}

bool loaded_is(const loaded_cube *cube, const loaded_row *row, size_t column, const char *text) {
    return strcmp(loaded_text(cube, row, column), text) == 0;
}

const loaded_row *loaded_about(const loaded_cube *cube, const char *record, const char *name) {
    for (size_t i = 0; i < cube->about.count; i++) {
        const loaded_row *row = &cube->about.all[i];
        if (loaded_is(cube, row, CUBE_RECORD, record) && loaded_is(cube, row, CUBE_NAME, name)) return row;
    }
    return NULL;
}

wres_status cube_damaged(const loaded_cube *cube, uint64_t line, const char *field, const char *message) {
    wres_find(cube->run, WRES_ERROR, "cube", (wres_place){"cube", cube->name, line, field}, 0, "%s", message);
    return WRES_DATA;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

static wres_status read_header(loader *l, const wres_text *cells, size_t count) {
    wres_run *run = l->cube->run;
    for (size_t c = 0; c < CUBE_COLUMN_COUNT; c++) {
        const char *name = cube_column_name(run, c);
        l->column_of[c] = -1;
        for (size_t i = 0; i < count; i++)
            if (wres_text_same(wres_text_trim(cells[i]), wres_text_of(name))) {
                if (l->column_of[c] >= 0) return cube_damaged(l->cube, 1, name, "this column is here twice");
                l->column_of[c] = (int)i;
            }
        if (l->column_of[c] < 0)
            return cube_damaged(
                l->cube, 1, name,
                "this is no cube: such a column is missing from its header. A cube is what 'wres cube' writes, or a query "
                "of 'wres sql'; records are named by their table, as workforce=FILE");
    }
    l->columns = count;
    return WRES_OK;
}

static loaded_row *add_row(wres_run *run, loaded_rows *rows) {
    if (rows->count == rows->room) {
        const size_t room = rows->room ? 2 * rows->room : 256, size = sizeof *rows->all;
        rows->all = wres_grow(run, rows->all, rows->room * size, room * size);
        rows->room = room;
    }
    return &rows->all[rows->count++];
}

/* Without the apostrophe that keeps a spreadsheet from running it. */
static wres_text unguarded(wres_run *run, wres_text cell) {
    if (cell.length < 2 || cell.bytes[0] != '\'') return cell;
    const wres_text rest = {cell.bytes + 1, cell.length - 1};
    return cube_is_guarded(wres_copy(run, rest.bytes, rest.length < 4 ? rest.length : 4)) ? rest : cell;
}

static wres_status read_row(void *context, const wres_text *cells, size_t count, uint64_t line) {
    loader *l = context;
    loaded_cube *cube = l->cube;
    if (l->columns == 0) return read_header(l, cells, count);
    if (count != l->columns)
        return cube_damaged(cube, line, NULL, "this row has not as many cells as the header: the file is cut or damaged");
    const wres_text record = cells[l->column_of[CUBE_RECORD]];
    const bool counted =
        wres_text_same(record, wres_text_of(CUBE_RECORD_CELL)) || wres_text_same(record, wres_text_of(CUBE_RECORD_PERCENT));
    loaded_row *row = add_row(cube->run, counted ? &cube->cells : &cube->about);
    row->line = line;
    for (size_t c = 0; c < CUBE_COLUMN_COUNT; c++) {
        const wres_text cell = cells[l->column_of[c]];
        row->text[c] = cell.length ? wres_dictionary_add(cube->texts, unguarded(cube->run, cell)) : 0;
    }
    return WRES_OK;
}

static wres_status read_rows(loader *l, wres_source *source) {
    enum { BLOCK = 65536 };
    loaded_cube *cube = l->cube;
    char *buffer = wres_grow(cube->run, NULL, 0, BLOCK);
    wres_csv *csv = wres_csv_new(cube->run, cube->name, &(wres_csv_options){0}, read_row, l);
    wres_status status = WRES_OK;
    for (size_t got = 1; status == WRES_OK && got > 0;) {
        status = wres_source_read(source, buffer, BLOCK, &got);
        if (status == WRES_OK && got) status = wres_csv_feed(csv, buffer, got);
    }
    wres_drop(cube->run, buffer);
    return status == WRES_OK ? wres_csv_end(csv) : status;
}

/* ---- what it says of itself --------------------------------------------------------------------------------- */

/* What an older program cannot know of a later format stands in its first number; what the second adds can be passed over. */
static wres_status check_format(loaded_cube *cube) {
    const loaded_row *row = loaded_about(cube, CUBE_RECORD_CUBE, "format");
    uint64_t major = 0, minor = 0;
    if (!row)
        return cube_damaged(cube, 0, NULL,
                            "the file does not say its format: the row 'cube,,format' is missing. It is cut, or no cube");
    const char *text = loaded_text(cube, row, CUBE_VALUE), *point = strchr(text, '.');
    if (!point || !wres_count_parse((wres_text){text, (size_t)(point - text)}, &major) ||
        !wres_count_parse(wres_text_of(point + 1), &minor))
        return cube_damaged(cube, row->line, "format", "the format must be two numbers, as 1.0");
    cube->fte = major == WRES_CUBE_FORMAT_FTE;
    if (major != WRES_CUBE_FORMAT_MAJOR && !cube->fte)
        return cube_damaged(cube, row->line, "format",
                            wres_print(cube->run, "a cube of format %llu; this program (%s) reads formats %d and %d. %s",
                                       (unsigned long long)major, WRES_VERSION, WRES_CUBE_FORMAT_MAJOR, WRES_CUBE_FORMAT_FTE,
                                       major > WRES_CUBE_FORMAT_FTE ? "Use a later one" : "Make the cube again"));
    const loaded_row *weight = loaded_about(cube, CUBE_RECORD_CUBE, "weight");
    if (strcmp(weight ? loaded_text(cube, weight, CUBE_VALUE) : "head", wres_weight_name(cube->fte)) == 0) return WRES_OK;
    return cube_damaged(cube, weight ? weight->line : 0, "weight",
                        "format 1 is of cubes that count people (weight head), format 2 of those that sum FTE (weight fte)");
}

static wres_status check_whole(const loaded_cube *cube) {
    const loaded_row *row = loaded_about(cube, CUBE_RECORD_CUBE, "cells");
    uint64_t cells = 0;
    if (!row || !wres_count_parse(wres_text_of(loaded_text(cube, row, CUBE_VALUE)), &cells))
        return cube_damaged(cube, row ? row->line : 0, "cells",
                            "the file does not say how many cells it has: it is cut or damaged");
    if (cells == cube->cells.count) return WRES_OK;
    return cube_damaged(cube, row->line, "cells",
                        wres_print(cube->run,
                                   "the file says that it has %llu cells and has %zu: it is cut, or was changed. Make it again",
                                   (unsigned long long)cells, cube->cells.count));
}

static wres_status read_as_at(loaded_cube *cube) {
    const loaded_row *row = loaded_about(cube, CUBE_RECORD_CUBE, "as_at");
    cube->as_at = row ? wres_date_parse(wres_text_of(loaded_text(cube, row, CUBE_VALUE)), WRES_DAY_FIRST) : WRES_NO_DATE;
    if (cube->as_at != WRES_NO_DATE) return WRES_OK;
    return cube_damaged(cube, row ? row->line : 0, "as_at", "the file does not say its as-at date: it is cut or damaged");
}

static loaded_tally *tally_of(loaded_cube *cube, uint32_t id) {
    for (size_t i = 0; i < cube->tally_count; i++)
        if (cube->tallies[i].id == id) return &cube->tallies[i];
    if (cube->tally_count == cube->tally_room) {
        const size_t room = cube->tally_room ? 2 * cube->tally_room : 32, size = sizeof *cube->tallies;
        cube->tallies = wres_grow(cube->run, cube->tallies, cube->tally_room * size, room * size);
        cube->tally_room = room;
    }
    loaded_tally *tally = &cube->tallies[cube->tally_count++];
    tally->id = id;
    return tally;
}

/* "axis_2 there" is said of axis 2; false where another thing is said. */
static bool is_of_axis(const char *name, const char *what, size_t *axis) {
    static const char prefix[] = "axis_";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) return false;
    const char *digits = name + sizeof prefix - 1;
    const size_t length = strspn(digits, "0123456789");
    uint64_t number;
    if (strcmp(digits + length, what) != 0 || !wres_count_parse((wres_text){digits, length}, &number) || number == 0 ||
        number > WRES_MOST_AXES)
        return false;
    *axis = (size_t)number - 1;
    return true;
}

static void describe_tally(loaded_cube *cube, const loaded_row *row) {
    loaded_tally *tally = tally_of(cube, row->text[CUBE_ID]);
    const char *name = loaded_text(cube, row, CUBE_NAME), *value = loaded_text(cube, row, CUBE_VALUE);
    const bool yes = strcmp(value, "yes") == 0;
    size_t axis;
    if (!tally->line) tally->line = row->line;
    if (strcmp(name, "counts") == 0) tally->counts = value;
    if (strcmp(name, "read") == 0) tally->read = yes;
    if (strcmp(name, "persons once") == 0) tally->once_per = yes;
    if (strcmp(name, "staff group") == 0) tally->has_staff_group = yes;
    if (strcmp(name, "undated") == 0) tally->undated = yes;
    if (strcmp(name, "untested") == 0) tally->untested = loaded_shown(cube, row, CUBE_VALUE);
    if (is_of_axis(name, "", &axis)) tally->axes[axis] = value;
    if (is_of_axis(name, " there", &axis)) tally->axis_there[axis] = yes;
    if (is_of_axis(name, " lacked by", &axis)) tally->lacked_by[axis] = loaded_shown(cube, row, CUBE_VALUE);
}

wres_status cube_load(wres_run *run, const wres_reading *reading, wres_cube_file *file, loaded_cube *cube) {
    wres_source *source;
    *cube = (loaded_cube){.run = run, .texts = wres_dictionary_new(run), .as_at = WRES_NO_DATE};
    loader l = {.cube = cube};
    wres_dictionary_add(cube->texts, wres_text_of(""));
    wres_status status = wres_source_open(run, file->path, &(wres_source_options){.hash = reading->hash}, &source);
    if (status != WRES_OK) return status;
    cube->name = file->name = wres_source_name(source);
    status = read_rows(&l, source);
    if (status == WRES_OK) {
        cube->hash = wres_source_text_hash(source);
        memcpy(file->sha256, wres_source_sha256(source), strlen(wres_source_sha256(source)) + 1);
    }
    wres_source_close(source);
    if (status == WRES_OK && l.columns == 0)
        status = cube_damaged(cube, 0, NULL, "the file is empty: not even a header stands in it");
    if (status == WRES_OK) status = check_format(cube);
    if (status == WRES_OK) status = check_whole(cube);
    if (status == WRES_OK) status = read_as_at(cube);
    for (size_t i = 0; status == WRES_OK && i < cube->about.count; i++)
        if (loaded_is(cube, &cube->about.all[i], CUBE_RECORD, CUBE_RECORD_TALLY)) describe_tally(cube, &cube->about.all[i]);
    return status;
}

void cube_unload(loaded_cube *cube) {
    if (cube->cells.all) wres_drop(cube->run, cube->cells.all);
    if (cube->about.all) wres_drop(cube->run, cube->about.all);
}
