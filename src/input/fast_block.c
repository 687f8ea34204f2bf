/* One block, on any thread: split, its texts known by their numbers, rows that count alike put together.
 *
 * A row goes by itself, at its place in the file, when it is anything but a plain record, when it holds a text that the worker has not met
 * in a plain record (so that what is numbered or said by first appearance is), and behind such rows. So all that row.c and odd.c decide by
 * position is decided there. */
#include <string.h>

#include "input/fast.h"

/* ---- what is left for the receiver, in order --------------------------------------------------------------------- */

/* What the group rests on, as its first row says it; the texts stay where they are. */
static void describe_group(worker *w, result *r, size_t fitting) {
    const fast *f = w->fast;
    const size_t size = f->profile_size + f->key_size;
    if (r->new_count == r->new_room) {
        const size_t room = r->new_room ? 2 * r->new_room : 64;
        r->new_values =
            wres_grow(w->run, r->new_values, r->new_room * size * sizeof *r->new_values, room * size * sizeof *r->new_values);
        r->new_texts =
            wres_grow(w->run, r->new_texts, r->new_room * size * sizeof *r->new_texts, room * size * sizeof *r->new_texts);
        r->new_room = room;
    }
    for (size_t i = 0, at = r->new_count++ * size; i < f->column_count; i++) {
        const column *c = &w->columns[i];
        if (c->part == BESIDE) continue;
        const uint32_t number = r->new_values[at] = number_at(w, i, fitting);
        r->new_texts[at++] = c->values.more[number].text;
    }
}

static void add_person(worker *w, result *r, uint32_t number, uint32_t line, wres_hash id) {
    if (r->person_count == r->person_room) {
        const size_t room = r->person_room ? 2 * r->person_room : 1024;
        r->people = wres_grow(w->run, r->people, r->person_room * sizeof *r->people, room * sizeof *r->people);
        r->person_room = room;
    }
    r->people[r->person_count++] = (person_row){number, line, id};
}

/* An identifier of which nothing is to be said: with a digit, so that it is no word for none, and neither what a spreadsheet leaves of a
 * long number nor one of so many digits that it may have. */
static bool is_plain_id(wres_text text) {
    enum { FEWEST_CUT = 16 };
    bool digit = false, other = false, exponent = false, strange = text.length == 0 || *text.bytes == '#';
    for (size_t i = 0; i < text.length; i++) {
        const char c = text.bytes[i];
        digit = digit || (c >= '1' && c <= '9');
        other = other || c < '0' || c > '9';
        exponent = exponent || (c | 0x20) == 'e';
        strange = strange || c <= ' ' || c >= 0x7f || c == '"';
    }
    return digit && !strange && (other || text.length < FEWEST_CUT) && !(exponent && is_spoiled(text));
}

/* ---- cells ---------------------------------------------------------------------------------------------------------- */

/* As wres_split_cell, quicker for what most cells are. */
static inline wres_text cell_at(const worker *w, size_t first, size_t i) {
    const size_t at = first + i, start = at ? w->split.ends[at - 1] + 1 : 0, end = w->split.ends[at];
    const char *const bytes = w->block->bytes;
    if (end - start > 1 && bytes[start] == '"' && bytes[end - 1] == '"') return (wres_text){bytes + start + 1, end - start - 2};
    if (end > start && bytes[start] > ' ' && bytes[start] != '"' && bytes[end - 1] > ' ')
        return (wres_text){bytes + start, end - start};
    return wres_split_cell(bytes, start, end, w->fast->delimiter);
}

static bool is_quoted(const worker *w, size_t first, size_t i) {
    const size_t at = first + i;
    return w->block->bytes[at ? w->split.ends[at - 1] + 1 : 0] == '"';
}

static bool has_doubled(const worker *w, size_t first, size_t i) {
    const wres_text cell = cell_at(w, first, i);
    return w->split.doubled && is_quoted(w, first, i) && memchr(cell.bytes, '"', cell.length);
}

/* Doubled quotation marks are single in the copy. */
static wres_text whole_cell(worker *w, result *r, size_t first, size_t i) {
    wres_text cell = cell_at(w, first, i);
    if (!has_doubled(w, first, i)) return cell;
    char *copy = r->undoubled + r->undoubled_length;
    memcpy(copy, cell.bytes, cell.length);
    cell = (wres_text){copy, wres_split_undouble(copy, cell.length)};
    r->undoubled_length += cell.length;
    return cell;
}

static void leave_alone(worker *w, result *r, size_t first, size_t count, uint32_t line) {
    if (r->row_count == r->row_room) {
        const size_t room = r->row_room ? 2 * r->row_room : 64;
        r->rows = wres_grow(w->run, r->rows, r->row_room * sizeof *r->rows, room * sizeof *r->rows);
        r->row_room = room;
    }
    if (r->cell_count + count > r->cell_room) {
        const size_t room = 2 * (r->cell_count + count);
        r->cells = wres_grow(w->run, r->cells, r->cell_room * sizeof *r->cells, room * sizeof *r->cells);
        r->cell_room = room;
    }
    r->rows[r->row_count++] = (lone){.line = line, .count = (uint32_t)count, .cells = r->cell_count, .people = r->person_count};
    for (size_t i = 0; i < count; i++) r->cells[r->cell_count++] = whole_cell(w, r, first, i);
}

/* ---- rows ----------------------------------------------------------------------------------------------------------- */

static bool is_filled(wres_text cell) {
    return cell.length && ((*cell.bytes > ' ' && *cell.bytes < 0x7f) || wres_text_trim(cell).length);
}

/* Two filled cells, so that it is no footer, and the first is not called a total. */
static bool begins_plainly(const worker *w, size_t first, size_t count) {
    size_t filled = 0;
    for (size_t i = 0; i < count && filled < 2; i++) {
        const wres_text cell = cell_at(w, first, i);
        if (!is_filled(cell)) continue;
        if (filled++ == 0 && is_total_text(cell)) return false;
    }
    return filled == 2;
}

/* Nothing is to be said about it, and it is no footer and no total. */
static inline bool is_plain_record(const worker *w, uint64_t said, size_t first, size_t count) {
    if (SAID(said, ODD) || !SAID(said, NAMED) || SAID(said, UNMAPPED) > 2) return false;
    return (SAID(said, BEGINS) && SAID(said, FOLLOWS)) || begins_plainly(w, first, count);
}

/* All its texts are met from now on; false where one was not before. */
static bool meet(worker *w, size_t fitting) {
    bool met = true;
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const uint32_t number = number_at(w, i, fitting);
        value *v = number == WRES_NOWHERE ? NULL : &w->columns[i].values.all[number];
        if (!v || !SAID(v->said, NEW)) continue;
        v->said -= SAYS(NEW);
        met = false;
    }
    return met;
}

/* True where the row is a plain record and all its texts were met before: then it is put together with others. */
static inline bool take_row(worker *w, result *r, size_t row, size_t fitting, bool alone, bool *plain) {
    const feed *person = w->fast->person;
    const size_t first = w->batch.rows[row].first;
    const uint64_t said = w->batch.said[fitting];
    wres_text id = {NULL, 0};
    bool is_new;
    *plain = false;
    if (person) {
        id = cell_at(w, first, person->column);
        if (!is_plain_id(id)) return false; /* nor is one with quotation marks inside */
    }
    if (!is_plain_record(w, said, first, w->batch.rows[row].count)) return false;
    *plain = true;
    if ((SAID(said, NEW) && !meet(w, fitting)) || alone) return false;
    const uint32_t g = group_of_row(w, fitting, &is_new);
    if (!person) return true;
    if (is_new) describe_group(w, r, fitting);
    add_person(w, r, g, w->batch.rows[row].line, wres_hash_bytes(id.bytes, id.length, (wres_hash){0, 0}));
    return true;
}

/* ---- rows at once ----------------------------------------------------------------------------------------------------- */

static void add_to_batch(worker *w, size_t first, size_t count, uint32_t line) {
    const fast *f = w->fast;
    batch *b = &w->batch;
    const bool fits = count >= f->reader->columns && count <= f->reader->most_columns;
    b->rows[b->count].first = first;
    b->rows[b->count].count = count;
    b->rows[b->count].line = line;
    b->rows[b->count++].fits = fits;
    if (!fits) return;
    b->first[b->fitting] = first;
    b->said[b->fitting] = f->person ? SAYS(NAMED) : 0;
    for (int i = PROFILE; i <= BESIDE; i++) b->packed[i][b->fitting] = 0;
    b->fitting++;
}

/* Cells of the batch's rows in a column, or in it and the next. */
typedef struct span {
    const char *bytes;
    const uint32_t *ends; /* of the column's, by the first of a row */
    size_t more;          /* 1: with the next one's */
} span;

static inline span span_of(const worker *w, size_t i, size_t more) {
    return (span){w->block->bytes, w->split.ends + w->columns[i].index, more};
}

/* With quotation marks and blanks, and what separates two. */
static inline wres_text cells_at(const span *c, size_t first) {
    const uint32_t *const end = c->ends + first;
    const size_t start = end[-1] + 1;
    return (wres_text){c->bytes + start, end[c->more] - start};
}

/* From row n on as long as they stand where their hashes say: what most do, in as few steps as can be. Returns the row that does not.
 * One body for all parts: grades are counted elsewhere, and what tells nothing is no part of a key. */
static inline __attribute__((always_inline)) size_t look_up_known(const span c, const values *known, batch *b, uint32_t *numbers,
                                                                  size_t n, part of, bool counts) {
    const uint32_t *const slots = known->slots;
    const value *const none = known->all - 1;
    uint64_t *const rows = known->rows;
    const uint32_t shift = known->slot_shift;
    const size_t count = b->fitting;
    for (; n < count; n++) {
        const wres_text text = cells_at(&c, b->first[n]);
        const ends e = ends_of(text.bytes, text.length);
        const uint32_t slot = slots[hash_of_ends(e, text.length) >> shift], number = slot - 1;
        const value *const v = none + slot;
        if (!has_ends(v, text.length, e)) break;
        if (text.length > 16 && !is_same_between(&known->more[number], text.bytes, text.length)) break;
        numbers[n] = number;
        b->said[n] += v->said;
        if (counts) rows[number]++;
        if (of != BESIDE) b->packed[of][n] |= v->packed;
    }
    return n;
}

static void add_said(batch *b, size_t n, const value *v, part of) {
    b->said[n] += v->said;
    b->packed[of][n] |= v->packed;
}

static uint32_t look_up_cell(worker *w, size_t i, size_t n) {
    batch *b = &w->batch;
    column *c = &w->columns[i];
    const span cells = span_of(w, i, 0);
    const wres_text cell = cells_at(&cells, b->first[n]);
    const uint32_t number = b->numbers[i][n] = value_of(w, c, cell.bytes, cell.length);
    if (number == WRES_NOWHERE) {
        b->said[n] += SAYS(ODD);
        return number;
    }
    c->values.rows[number]++;
    add_said(b, n, &c->values.all[number], c->part);
    return number;
}

static void look_up_column(worker *w, size_t i) {
    batch *b = &w->batch;
    const span cells = span_of(w, i, 0);
    const part of = w->columns[i].part;
    for (size_t n = 0; n < b->fitting; n++) {
        const values *v = &w->columns[i].values;
        uint32_t *numbers = b->numbers[i];
        n = w->columns[i].uncounted ? look_up_known(cells, v, b, numbers, n, PROFILE, false)
            : of == PROFILE         ? look_up_known(cells, v, b, numbers, n, PROFILE, true)
            : of == KEY             ? look_up_known(cells, v, b, numbers, n, KEY, true)
                                    : look_up_known(cells, v, b, numbers, n, BESIDE, true);
        if (n < b->fitting) look_up_cell(w, i, n);
    }
}

/* Cells that do not stand where their hash says. What has not been met in a plain record is not kept as a pair yet. */
static void look_up_pair(worker *w, size_t i, size_t n) {
    batch *b = &w->batch;
    pair *p = &w->pairs[i];
    const span cells = span_of(w, i, 1);
    const wres_text both = cells_at(&cells, b->first[n]);
    bool crowded;
    const uint32_t known = b->pairs[i][n] = pair_find(p, both.bytes, both.length, &crowded);
    p->missed++;
    if (known != WRES_NOWHERE) {
        p->values.rows[known]++;
        add_said(b, n, &p->values.all[known], p->part);
        return;
    }
    const uint32_t first = look_up_cell(w, i, n), second = look_up_cell(w, i + 1, n);
    if (first == WRES_NOWHERE || second == WRES_NOWHERE || crowded) return;
    if (SAID(w->columns[i].values.all[first].said | w->columns[i + 1].values.all[second].said, NEW)) return;
    pair_add(w, i, both.bytes, both.length, first, second);
}

static void look_up_pairs(worker *w, size_t i) {
    enum { ENOUGH_MISSED = 4096 };
    batch *b = &w->batch;
    pair *p = &w->pairs[i];
    const span cells = span_of(w, i, 1);
    const bool counts = !w->columns[i].uncounted || !w->columns[i + 1].uncounted;
    for (size_t n = 0; n < b->fitting; n++) {
        uint32_t *numbers = b->pairs[i];
        const values *v = &p->values;
        n = !counts              ? look_up_known(cells, v, b, numbers, n, PROFILE, false)
            : p->part == PROFILE ? look_up_known(cells, v, b, numbers, n, PROFILE, true)
            : p->part == KEY     ? look_up_known(cells, v, b, numbers, n, KEY, true)
                                 : look_up_known(cells, v, b, numbers, n, BESIDE, true);
        if (n < b->fitting) look_up_pair(w, i, n);
    }
    p->looked += b->fitting;
    if (p->missed > ENOUGH_MISSED && p->missed > p->looked / 4) p->left = true;
}

static void look_up_by_themselves(worker *w, size_t i) {
    for (size_t n = 0; n < w->batch.fitting; n++) w->batch.pairs[i][n] = WRES_NOWHERE;
    look_up_column(w, i);
    look_up_column(w, i + 1);
}

/* A text that begins with a letter names somebody's group, and that is all. */
static void glance_at_column(worker *w, size_t i) {
    batch *b = &w->batch;
    const uint32_t *const cell_ends = w->split.ends + w->columns[i].index;
    for (size_t n = 0; n < b->fitting; n++) {
        const char *const bytes = w->block->bytes + (uint32_t)(cell_ends[(ptrdiff_t)b->first[n] - 1] + 1);
        const unsigned char first = (unsigned char)((bytes[*bytes == '"'] | 0x20) - 'a');
        if (first < 26) {
            b->numbers[i][n] = WRES_NOWHERE;
            b->said[n] += SAYS(NAMED);
        } else
            look_up_cell(w, i, n);
    }
}

/* The row is not put together with others after all. What stands in profiles does not matter. */
static void count_back(worker *w, size_t fitting) {
    for (size_t i = 0; i < w->fast->column_count; i++) {
        const uint32_t number = number_at(w, i, fitting);
        if (number != WRES_NOWHERE) w->columns[i].values.rows[number]--;
    }
}

static void take_batch(worker *w, result *r, bool *alone) {
    batch *b = &w->batch;
    for (size_t i = 0; i < w->fast->column_count; i++)
        if (w->columns[i].idle)
            glance_at_column(w, i);
        else if (!w->columns[i].pairs)
            look_up_column(w, i);
        else if (w->pairs[i++].left)
            look_up_by_themselves(w, i - 1);
        else
            look_up_pairs(w, i - 1);
    expect_groups(w);
    for (size_t row = 0, fitting = 0; row < b->count; fitting += b->rows[row++].fits) {
        bool plain = false;
        if (b->rows[row].fits && take_row(w, r, row, fitting, *alone, &plain)) continue;
        if (b->rows[row].fits) count_back(w, fitting);
        leave_alone(w, r, b->rows[row].first, b->rows[row].count, b->rows[row].line);
        *alone = !plain;
    }
    b->count = b->fitting = 0;
}

static uint64_t feeds_in(const char *bytes, size_t length) {
    uint64_t count = 0;
    for (const char *at = bytes, *end = bytes + length; (at = memchr(at, '\n', (size_t)(end - at))); at++) count++;
    return count;
}

static void take_rows(worker *w, result *r) {
    const bool a_line_each = w->split.lines == w->split.row_count;
    bool alone = true; /* behind a row that is no plain record, and at the beginning of the block: what stood before is not known */
    size_t counted = 0;
    uint32_t line = 0;
    for (size_t i = 0; i < w->fast->column_count; i++) values_begin(w, i);
    for (size_t row = 0, first = 0; row < w->split.row_count; first = w->split.rows[row++]) {
        const size_t count = w->split.rows[row] - first, start = first ? w->split.ends[first - 1] + 1 : 0;
        if (a_line_each)
            line = (uint32_t)row;
        else {
            line += (uint32_t)feeds_in(w->block->bytes + counted, start - counted);
            counted = start;
        }
        if (count == 1 && wres_split_is_blank(w->block->bytes, &w->split, row, w->fast->delimiter)) continue;
        add_to_batch(w, first, count, line);
        if (w->batch.count == ROWS_AT_ONCE) take_batch(w, r, &alone);
    }
    take_batch(w, r, &alone);
}

/* ---- a block -------------------------------------------------------------------------------------------------------- */

static bool is_plain_text(wres_text text) {
    for (size_t at = 0; at + 3 <= text.length; at++) {
        const char *mark = memchr(text.bytes + at, 0xef, text.length - at - 2);
        if (!mark) break;
        if (memcmp(mark, "\xef\xbb\xbf", 3) == 0) return false; /* left out where a line begins */
        at = (size_t)(mark - text.bytes);
    }
    return wres_text_is_utf8(text);
}

static wres_status look_body(wres_run *run, void *context) {
    worker *w = context;
    wres_block *block = w->block;
    result *r = &w->results[block->slot];
    const size_t room = block->length / 2 + (size_t)2 * WRES_SPLIT_PADDING;
    if (!block->is_whole) return WRES_OK;
    if (room > w->split.room) {
        if (w->split.ends) wres_drop(run, w->split.ends - 1);
        wres_drop(run, w->split.rows);
        w->split.ends = wres_grow(run, NULL, 0, (room + 1) * sizeof *w->split.ends);
        *w->split.ends++ = UINT32_MAX; /* behind it the first cell begins */
        w->split.rows = wres_grow(run, NULL, 0, room * sizeof *w->split.rows);
        w->split.room = room;
    }
    r->regular = wres_split_block(block->bytes, block->length, w->fast->delimiter, &w->split);
    r->ascii = w->split.ascii;
    r->lines = w->split.lines;
    if (!r->regular) return WRES_OK;
    if (!r->ascii && !block->is_text) r->regular = is_plain_text((wres_text){block->bytes, block->length});
    if (w->split.doubled && r->undoubled_room < block->length) {
        wres_drop(run, r->undoubled);
        r->undoubled = wres_grow(run, NULL, 0, block->length);
        r->undoubled_room = block->length;
    }
    if (!r->regular) return WRES_OK;
    take_rows(w, r);
    w->rows += w->split.row_count;
    block->asks_for_rest = w->group_keys.count > w->most_groups;
    return WRES_OK;
}

bool look_at_block(void *context, wres_block *block) {
    worker *w = &((fast *)context)->workers[block->worker];
    result *r = &w->results[block->slot];
    r->regular = false;
    r->row_count = r->cell_count = r->undoubled_length = r->person_count = r->new_count = 0;
    w->block = block;
    w->batch.count = w->batch.fitting = 0;
    return wres_run_try(w->run, look_body, w) == WRES_OK;
}
