/* A file at speed. Its blocks are looked at on several threads (fast_block.c), and what they leave is done here in their order: rows that
 * go by themselves, and people. Rows that count alike are read by the same functions as any row, once for all of them, when the file has
 * ended. Whatever is not regular goes row by row through libcsv. */
#include <stdlib.h>
#include <string.h>

#include "input/fast.h"

static wres_status feed_text(void *context, const char *text, size_t length) { return wres_csv_feed(context, text, length); }

static bool feeds_grade(const file_reader *reader, const feed *f) {
    return f->field == reader->band_field || f->field == reader->grade_field;
}

/* What a value of a worker is to the reader. Each that rows were put together by was met before in a row by itself. */
static decoded *decoded_value(file_reader *reader, column *c, size_t n, uint32_t number, wres_text text) {
    const size_t at = number * c->feed_count + n;
    feed *f = c->feeds[n];
    if (at >= c->number_room) {
        const size_t room = 2 * at + 64;
        c->numbers = wres_grow(reader->run, c->numbers, c->number_room * sizeof *c->numbers, room * sizeof *c->numbers);
        c->number_room = room;
    }
    if (!c->numbers[at]) c->numbers[at] = number_of_text(reader, f, text) + 1;
    return &f->seen[c->numbers[at] - 1];
}

/* feeds[].now of a column. */
static void set_now(file_reader *reader, column *c, uint32_t number, wres_text text) {
    for (size_t n = 0; n < c->feed_count; n++) {
        feed *f = c->feeds[n];
        const bool graded = feeds_grade(reader, f);
        f->now = decoded_value(reader, c, n, number, text);
        reader->code[f->field] = graded ? wres_list_blank(f->list) : f->now->code;
        reader->given[f->field] = !graded && f->now->found != WRES_BLANK;
    }
}

/* The row that the columns make that tell, but for its place in the grades. */
static wres_row row_now(file_reader *reader) {
    const int date = reader->table->date;
    wres_row row = {.layout = reader->layout,
                    .code = reader->code,
                    .id = reader->id,
                    .given = reader->given,
                    .date = WRES_NO_DATE,
                    .count = 1,
                    .most = 1,
                    .file = reader->file};
    if (date >= 0 && reader->feed_of[date] >= 0) row.date = reader->feeds[reader->feed_of[date]].now->date;
    if (reader->fte_field >= 0) row.fte = reader->feeds[reader->feed_of[reader->fte_field]].now->fte;
    derive_stage(reader);
    return row;
}

static bool has_place(const file_reader *reader) { return reader->layout->has_section || reader->layout->has_grade; }

/* The next group of the worker; this is its first row. */
static void keep_group(fast *f, worker *w, const result *r, size_t number) {
    file_reader *reader = f->reader;
    const size_t size = f->profile_size + f->key_size;
    memset(reader->given, 0, sizeof reader->given);
    for (size_t i = 0, at = number * size; i < f->column_count; i++) {
        if (w->columns[i].part == BESIDE) continue;
        set_now(reader, &w->columns[i], r->new_values[at], r->new_texts[at]);
        at++;
    }
    wres_row row = row_now(reader);
    if (has_place(reader)) place_in_grades(reader, 0, 0, &row);
    if (w->kind_count == w->kind_room) {
        const size_t room = w->kind_room ? 2 * w->kind_room : 256;
        w->kinds = wres_grow(reader->run, w->kinds, w->kind_room * sizeof *w->kinds, room * sizeof *w->kinds);
        w->kind_room = room;
    }
    w->kinds[w->kind_count++] = reader->receiver->keep(reader->receiver->context, &row);
}

static void account_for(file_reader *reader, const wres_disposition *dispositions, size_t count) {
    for (size_t i = 0, next; i < count; i = next) {
        const wres_disposition *d = &dispositions[i];
        for (next = i + 1; next < count; next++)
            if (dispositions[next].outcome != d->outcome || dispositions[next].tagged != d->tagged ||
                dispositions[next].tag != d->tag)
                break;
        account_rows(reader->run, reader->account, d, next - i);
    }
}

static size_t give_people(fast *f, worker *w, const result *r, size_t from, size_t to, size_t *new_groups, uint64_t line) {
    file_reader *reader = f->reader;
    wres_again rows[WRES_MOST_AGAIN];
    wres_disposition dispositions[WRES_MOST_AGAIN];
    while (from < to) {
        size_t count = 0;
        for (; count < WRES_MOST_AGAIN && from < to; from++) {
            const person_row *row = &r->people[from];
            if (row->group >= w->kind_count) keep_group(f, w, r, (*new_groups)++);
            rows[count++] = (wres_again){w->kinds[row->group], row->id, reader->file, line + row->line};
        }
        reader->receiver->again(reader->receiver->context, rows, count, dispositions);
        account_for(reader, dispositions, count);
        reader->data_rows += count;
        reader->odd.sum += count;
    }
    return to;
}

static wres_status take(void *context, wres_block *block) {
    fast *f = context;
    worker *w = &f->workers[block->worker];
    const result *r = &w->results[block->slot];
    wres_status status = WRES_OK;
    if (block->length) f->last = block->bytes[block->length - 1];
    if (!r->regular)
        return block->is_text ? wres_csv_feed(f->csv, block->bytes, block->length)
                              : wres_source_decode(f->source, block->bytes, block->length, feed_text, f->csv);
    if (!block->is_text) wres_source_pass(f->source, block->bytes, block->length, r->lines, r->ascii);
    const uint64_t line = wres_csv_line(f->csv);
    size_t people = 0, new_groups = 0;
    for (size_t i = 0; i < r->row_count && status == WRES_OK; i++) {
        const lone *row = &r->rows[i];
        people = give_people(f, w, r, people, row->people, &new_groups, line);
        status = row_read(f->reader, r->cells + row->cells, row->count, line + row->line);
    }
    if (status == WRES_OK) give_people(f, w, r, people, r->person_count, &new_groups, line);
    wres_csv_pass(f->csv, r->lines);
    if (f->person && f->reader->receiver->is_over(f->reader->receiver->context)) block->asks_for_rest = true;
    return status;
}

/* ---- the end of the file: rows that were put together ------------------------------------------------------------- */

static void set_now_of(worker *w, part wanted, const uint32_t *key) {
    for (size_t i = 0; i < w->fast->column_count; i++) {
        column *c = &w->columns[i];
        if (c->part != wanted) continue;
        set_now(w->fast->reader, c, *key, c->values.more[*key].text);
        key++;
    }
}

/* How often each text stands there. */
static void count_values(worker *w) {
    const fast *f = w->fast;
    file_reader *reader = f->reader;
    wres_row row;
    for (uint32_t p = 0; p < w->profile_keys.count && has_place(reader); p++) {
        set_now_of(w, PROFILE, w->profile_keys.all + p * w->profile_keys.size);
        place_in_grades(reader, w->profiles[p].rows, w->profiles[p].rows, &row);
    }
    for (size_t i = 0; i < f->column_count; i++) {
        column *c = &w->columns[i];
        for (uint32_t number = 0; !c->uncounted && number < c->values.count; number++) {
            const uint64_t rows = c->values.rows[number];
            for (size_t n = 0; n < c->feed_count && rows; n++)
                if (!feeds_grade(reader, c->feeds[n]))
                    count_value(reader, c->feeds[n], decoded_value(reader, c, n, number, c->values.more[number].text), rows, rows);
        }
    }
}

/* feeds[].now of its profile are set, which has this place in the grades. */
static wres_status give_group(worker *w, uint32_t number, wres_place_in_grades place) {
    file_reader *reader = w->fast->reader;
    const uint64_t rows = w->groups[number].rows;
    wres_disposition disposition = {WRES_USED, false, 0};
    set_now_of(w, KEY, w->group_keys.all + number * w->group_keys.size + 1);
    wres_row row = row_now(reader);
    row.place = place;
    row.again = rows - 1;
    reader->data_rows += rows;
    reader->odd.sum += rows;
    const wres_status status = reader->receiver->row(reader->receiver->context, &row, &disposition);
    account_rows(reader->run, reader->account, &disposition, rows);
    return status;
}

/* The groups by their profiles, as each of these is set once. first: of each profile, and the end. */
static uint32_t *groups_by_profile(worker *w, uint32_t **first) {
    wres_run *run = w->fast->reader->run;
    const keys *k = &w->group_keys;
    uint32_t *at = wres_grow(run, NULL, 0, (w->profile_keys.count + 2) * sizeof *at),
             *order = wres_grow(run, NULL, 0, (k->count + 1) * sizeof *order);
    for (uint32_t g = 0; g < k->count; g++) at[k->all[g * k->size] + 2]++;
    for (uint32_t p = 2; p < w->profile_keys.count + 2; p++) at[p] += at[p - 1];
    for (uint32_t g = 0; g < k->count; g++) order[at[k->all[g * k->size] + 1]++] = g;
    *first = at;
    return order;
}

static wres_status give_groups(worker *w) {
    file_reader *reader = w->fast->reader;
    wres_status status = WRES_OK;
    uint32_t *first;
    settle_groups(w);
    if (w->fast->person) return WRES_OK;
    uint32_t *const order = groups_by_profile(w, &first);
    for (uint32_t p = 0; p < w->profile_keys.count; p++) {
        if (first[p] == first[p + 1]) continue;
        memset(reader->given, 0, sizeof reader->given);
        set_now_of(w, PROFILE, w->profile_keys.all + p * w->profile_keys.size);
        wres_row row = {.date = WRES_NO_DATE};
        if (has_place(reader)) place_in_grades(reader, 0, 0, &row);
        for (uint32_t i = first[p]; i < first[p + 1] && status == WRES_OK; i++) status = give_group(w, order[i], row.place);
    }
    wres_drop(reader->run, order);
    wres_drop(reader->run, first);
    return status;
}

/* There are many groups: most likely the rows are of another snapshot by now. What few rows brought comes again, and is kept for longer. */
static wres_status rest(void *context) {
    enum { FEW_ROWS = 8 /* a group */ };
    fast *f = context;
    const wres_receiver *to = f->reader->receiver;
    wres_status status = WRES_OK;
    for (size_t i = 0; i < f->worker_count && status == WRES_OK; i++) {
        worker *w = &f->workers[i];
        status = give_groups(w);
        const bool many = w->group_keys.count > w->most_groups;
        if (many && w->rows < (uint64_t)FEW_ROWS * w->group_keys.count && w->most_groups < UINT32_MAX / 2) w->most_groups *= 2;
        w->rows = 0;
        forget_groups(w);
    }
    if (f->person) to->forget(to->context);
    return status;
}

/* ---- a file ----------------------------------------------------------------------------------------------------------- */

/* Columns of codes feed nothing else. */
static bool are_codes_apart(const file_reader *reader) {
    for (size_t i = 0; i < reader->feed_count; i++)
        for (size_t n = 0; n < i; n++)
            if (reader->feeds[i].column == reader->feeds[n].column &&
                (reader->feeds[i].type == WRES_TYPE_CODE) != (reader->feeds[n].type == WRES_TYPE_CODE))
                return false;
    return true;
}

/* Whom the receiver can tell apart by this column alone. */
static bool are_people(const file_reader *reader, const feed *f) {
    const wres_receiver *to = reader->receiver;
    return f->field == reader->table->person && to->keep && to->keep(to->context, NULL) != WRES_NOWHERE;
}

bool is_fast(const file_reader *reader, const wres_source *source) {
    if (!wres_source_is_plain(source) || !reader->has_header || reader->data_rows == 0 || reader->reading->row_by_row ||
        reader->reading->look || !reader->receiver->tells || reader->question_field >= 0)
        return false;
    for (size_t i = 0; i < reader->feed_count; i++) {
        const feed *f = &reader->feeds[i];
        const bool idle = f->type == WRES_TYPE_DECIMAL || (f->type == WRES_TYPE_ID && reader->weighs);
        if (!idle && (f->type == WRES_TYPE_ID ? !are_people(reader, f) : !is_looked_up(reader, f))) return false;
    }
    return reader->feed_count + reader->dropper_count <= WRES_MOST_FIELDS && are_codes_apart(reader);
}

static bool is_telling(const file_reader *reader, const feed *f) {
    if (f->field == reader->band_field || f->field == reader->grade_field || f->field == reader->group_field ||
        f->field == reader->stage_field || f->flag_of || f->field == reader->table->date || f->field == reader->fte_field)
        return true;
    return does_tell(reader, f->field);
}

/* A column of texts on which nothing rests: all that matters of one is that it is there, where it begins with a letter. Not one of the first
 * two, by which footers and totals are known. */
static bool is_idle(const file_reader *reader, const column *c) {
    bool idle = c->index > 1 && c->part == BESIDE;
    for (size_t n = 0; n < c->feed_count; n++) idle = idle && c->feeds[n]->type == WRES_TYPE_TEXT && !c->feeds[n]->map;
    for (size_t i = 0; i < reader->dropper_count; i++) idle = idle && reader->droppers[i].column != c->index;
    return idle;
}

static column *column_of(fast *f, size_t index) {
    for (size_t i = 0; i < f->column_count; i++)
        if (f->columns[i].index == index) return &f->columns[i];
    f->columns[f->column_count] = (column){.index = index, .part = BESIDE};
    return &f->columns[f->column_count++];
}

static int compare_columns(const void *a, const void *b) {
    const size_t x = ((const column *)a)->index, y = ((const column *)b)->index;
    return x < y ? -1 : x > y;
}

/* Where the numbers of a column stand in a packed key. */
static void find_places(fast *f) {
    size_t bytes[] = {0, 0, 0};
    for (size_t i = 0; i < f->column_count; i++) {
        column *c = &f->columns[i];
        c->place = bytes[c->part] < sizeof(uint64_t) ? bytes[c->part] : 0;
        bytes[c->part] += c->part == PROFILE ? PROFILE_BITS / 8 : c->part == KEY ? KEY_BITS / 8 : 0;
    }
    f->packs = bytes[PROFILE] <= sizeof(uint64_t) && bytes[KEY] <= sizeof(uint64_t);
}

/* From left to right, columns side by side, whose cells are looked up together. Those of a profile and those of the rest of a key are kept
 * apart. */
static void find_pairs(fast *f) {
    for (size_t i = 0; i + 1 < f->column_count; i++) {
        column *a = &f->columns[i], *b = &f->columns[i + 1];
        if (a->idle || b->idle || b->index != a->index + 1) continue;
        a->pairs = a->part == b->part || a->part == BESIDE || b->part == BESIDE;
        if (a->pairs && (size_t)(a->part == KEY) + (b->part == KEY) == f->key_size && f->key_size) f->rest_pair = (int)i;
        if (a->pairs) i++;
    }
}

/* Columns that feed something, or by which rows are dropped. */
static void find_columns(fast *f) {
    file_reader *reader = f->reader;
    for (size_t i = 0; i < reader->feed_count; i++) {
        feed *fed = &reader->feeds[i];
        if (fed->type == WRES_TYPE_ID && !reader->weighs) f->person = fed;
        if (!is_looked_up(reader, fed)) continue;
        column *c = column_of(f, fed->column);
        c->feeds[c->feed_count++] = fed;
    }
    for (size_t i = 0; i < f->column_count; i++) {
        column *c = &f->columns[i];
        bool tells = false, codes = true;
        size_t graded = 0;
        for (size_t n = 0; n < c->feed_count; n++) {
            tells = tells || is_telling(reader, c->feeds[n]);
            codes = codes && c->feeds[n]->type == WRES_TYPE_CODE;
            graded += feeds_grade(reader, c->feeds[n]);
        }
        if (tells) c->part = codes ? PROFILE : KEY;
        c->graded = graded > 0;
        c->uncounted = graded > 0 && graded == c->feed_count;
        f->profile_size += c->part == PROFILE;
        f->key_size += c->part == KEY;
    }
    for (size_t i = 0; i < reader->dropper_count; i++) column_of(f, reader->droppers[i].column);
    for (size_t i = 0; i < f->column_count; i++) f->columns[i].idle = is_idle(reader, &f->columns[i]);
    qsort(f->columns, f->column_count, sizeof *f->columns, compare_columns);
    find_places(f);
    find_pairs(f);
}

/* All into the first. */
static wres_status merge(wres_run *run, void *context) {
    fast *f = context;
    (void)run;
    for (size_t i = 1; i < f->worker_count; i++) merge_workers(&f->workers[0], &f->workers[i]);
    return WRES_OK;
}

static void make_worker(fast *f, worker *w) {
    enum { MOST_GROUPS = (1 << 15) - 4096 };
    wres_run *run = f->reader->run;
    w->fast = f;
    w->run = wres_run_beside(run);
    w->columns = wres_alloc(run, f->column_count * sizeof *w->columns);
    memcpy(w->columns, f->columns, f->column_count * sizeof *w->columns);
    w->pairs = wres_alloc(run, (f->column_count + 1) * sizeof *w->pairs);
    w->profile_keys.size = f->profile_size;
    w->group_keys.size = 1 + f->key_size;
    w->folds.size = WRES_MOST_FOLDED + 1;
    w->most_groups = MOST_GROUPS;
}

wres_status fast_read(file_reader *reader, wres_source *source, wres_csv *csv, char delimiter, wres_text head, char *last) {
    const wres_reading *reading = reader->reading;
    fast *f = wres_alloc(reader->run, sizeof *f);
    *f = (fast){.reader = reader, .source = source, .csv = csv, .delimiter = delimiter, .last = *last, .rest_pair = -1};
    find_columns(f);
    f->worker_count = reading->threads ? reading->threads : wres_processors();
    f->workers = wres_alloc(reader->run, f->worker_count * sizeof *f->workers);
    for (size_t i = 0; i < f->worker_count; i++) make_worker(f, &f->workers[i]);
    const wres_blocks blocks = {.source = source,
                                .head = head,
                                .size = reading->block,
                                .threads = f->worker_count,
                                .context = f,
                                .look = look_at_block,
                                .take = take,
                                .rest = rest};
    wres_status status = wres_blocks_read(reader->run, &blocks);
    if (status == WRES_OK) status = wres_source_end(source);
    if (status == WRES_OK && wres_run_try(f->workers->run, merge, f) != WRES_OK) wres_out_of_memory(reader->run);
    if (status == WRES_OK) {
        settle_values(f->workers);
        count_values(f->workers);
        status = give_groups(f->workers);
    }
    for (size_t i = 0; i < f->worker_count; i++) wres_release(reader->run, f->workers[i].run);
    *last = f->last;
    return status;
}
