/* Cubes to files. */
#include "cube/frame.h"
#include "cube/layout.h"
#include "cube/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cube_column_name(wres_run *run, size_t column) {
    static const char *const names[] = {
#define CUBE_COLUMN_NAME(id, name) name,
        CUBE_COLUMNS(CUBE_COLUMN_NAME)
#undef CUBE_COLUMN_NAME
    };
    return column < CUBE_AXIS ? names[column] : wres_print(run, "axis_%d", (int)(column - CUBE_AXIS) + 1);
}

bool cube_is_guarded(const char *text) {
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"}; /* = + - @, full width */
    if (text[0] != '\0' && strchr("=+-@'\t\r\n", text[0])) return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) return true;
    return false;
}

typedef struct saver {
    wres_reading *reading;
    wres_run *run;
    const wres_frame *frame;
    const wres_cube_content *content;
    cube_words *words;
    wres_sink *sink; /* NULL: rows go to receive */
    wres_cube_row *receive;
    void *context;
    const char *row[CUBE_COLUMN_COUNT];
} saver;

/* ---- rows --------------------------------------------------------------------------------------------------- */

static void write_cell(wres_sink *sink, const char *text) {
    if (!*text) return;
    const bool guarded = cube_is_guarded(text);
    if (!guarded && !strpbrk(text, ",\"\r\n") && text[0] != ' ' && text[strlen(text) - 1] != ' ') {
        wres_sink_text(sink, text);
        return;
    }
    wres_sink_text(sink, guarded ? "\"'" : "\"");
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        wres_sink_write(sink, text, (size_t)(quote - text));
        wres_sink_text(sink, "\"\"");
    }
    wres_sink_text(sink, text);
    wres_sink_text(sink, "\"");
}

static void begin_row(saver *s, const char *record, const char *id) {
    for (size_t i = 0; i < CUBE_COLUMN_COUNT; i++) s->row[i] = "";
    s->row[CUBE_RECORD] = record;
    s->row[CUBE_ID] = id;
}

static void end_row(saver *s) {
    if (!s->sink) {
        s->receive(s->context, s->row);
        return;
    }
    for (size_t i = 0; i < CUBE_COLUMN_COUNT; i++) {
        if (i) wres_sink_text(s->sink, ",");
        write_cell(s->sink, s->row[i]);
    }
    wres_sink_text(s->sink, "\n");
}

static void say(saver *s, const char *record, const char *id, const char *name, const char *value) {
    begin_row(s, record, id);
    s->row[CUBE_NAME] = name;
    s->row[CUBE_VALUE] = value;
    end_row(s);
}

static void say_yes(saver *s, const char *id, const char *name, bool yes) {
    say(s, CUBE_RECORD_TALLY, id, name, yes ? "yes" : "no");
}

static const char *number(saver *s, uint64_t n) { return wres_print(s->run, "%llu", (unsigned long long)n); }

static const char *date(saver *s, wres_date day) {
    char *text = wres_alloc(s->run, WRES_DATE_SIZE);
    if (day != WRES_NO_DATE) wres_date_print(day, text);
    return text;
}

static const char *organisation(saver *s, uint16_t n) {
    return wres_dictionary_text(wres_vocabulary(s->reading, "organisation"), n);
}

/* ---- what is said of the cells ------------------------------------------------------------------------------ */

static void save_head(saver *s) {
    uint64_t cells = 0;
    for (size_t i = 0; i < s->content->tally_count; i++) {
        const wres_tally *tally = s->content->tallies[i];
        size_t count = 0;
        if (tally->cube) wres_cube_cells(tally->cube, &count);
        cells += count + tally->given_count;
    }
    say(s, CUBE_RECORD_CUBE, "", "format",
        wres_print(s->run, "%d.%d", s->reading->fte ? WRES_CUBE_FORMAT_FTE : WRES_CUBE_FORMAT_MAJOR, WRES_CUBE_FORMAT_MINOR));
    say(s, CUBE_RECORD_CUBE, "", "wres", WRES_VERSION);
    say(s, CUBE_RECORD_CUBE, "", "contains", WRES_CUBE_CONTAINS);
    if (s->reading->fte) say(s, CUBE_RECORD_CUBE, "", "weight", wres_weight_name(true));
    say(s, CUBE_RECORD_CUBE, "", "as_at", date(s, s->frame->as_at));
    if (s->frame->organisation) say(s, CUBE_RECORD_CUBE, "", "organisation", s->frame->organisation);
    if (s->sink) say(s, CUBE_RECORD_CUBE, "", "cells", number(s, cells));
    for (size_t i = 0; i < s->content->definition_count; i++) {
        const wres_definition *d = &s->content->definitions[i];
        say(s, CUBE_RECORD_DEFINITION, d->kind, d->name, d->sha256);
    }
}

static void save_tally(saver *s, const wres_tally *tally) {
    const char *id = wres_tally_id(s->reading, tally);
    say(s, CUBE_RECORD_TALLY, id, "counts", wres_tally_text(s->reading, tally));
    for (size_t i = 0; i < tally->axis_count; i++) {
        const char *axis = wres_print(s->run, "axis_%zu", i + 1);
        say(s, CUBE_RECORD_TALLY, id, axis, tally->axes[i]);
        if (!tally->has_table) continue;
        say_yes(s, id, wres_print(s->run, "%s there", axis), tally->axis_there[i]);
        if (tally->lacked_by[i]) say(s, CUBE_RECORD_TALLY, id, wres_print(s->run, "%s lacked by", axis), tally->lacked_by[i]);
    }
    say_yes(s, id, "read", tally->has_table);
    if (!tally->has_table) return;
    say_yes(s, id, "persons once", tally->once_per);
    if (tally->table->time == WRES_TIME_WINDOW)
        say(s, CUBE_RECORD_TALLY, id, "window",
            wres_print(s->run, "%s to %s", date(s, wres_date_add_months(s->frame->as_at, -tally->months * tally->years) + 1),
                       date(s, s->frame->as_at)));
    say_yes(s, id, "staff group", tally->has_staff_group);
    say_yes(s, id, "undated", tally->undated);
    if (tally->untested) say(s, CUBE_RECORD_TALLY, id, "untested", tally->untested);
}

static bool is_first_of_table(const saver *s, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (s->content->tallies[i]->table == s->content->tallies[at]->table) return false;
    return s->content->tallies[at]->times && s->content->tallies[at]->has_table;
}

/* The next date that has rows, in order of time; date_count where there is none. */
static size_t next_snapshot(const wres_frame *frame, wres_date after) {
    size_t next = frame->date_count;
    for (size_t i = 0; i < frame->date_count; i++)
        if (frame->date_rows[i] && frame->dates[i] > after && (next == frame->date_count || frame->dates[i] < frame->dates[next]))
            next = i;
    return next;
}

/* In the order of the organisations' names. */
static void save_latest(saver *s, const wres_table *table, const struct wres_table_times *times) {
    const bool lists = table->time == WRES_TIME_LATEST;
    unsigned char *done = wres_alloc(s->run, times->room + 1);
    for (;;) {
        size_t next = times->room;
        for (size_t i = 0; i < times->room; i++)
            if (times->latest[i] && !done[i] &&
                (next == times->room || (lists && strcmp(organisation(s, (uint16_t)i), organisation(s, (uint16_t)next)) < 0)))
                next = i;
        if (next == times->room) return;
        done[next] = 1;
        begin_row(s, CUBE_RECORD_LATEST, table->name);
        if (lists) s->row[CUBE_ORGANISATION] = organisation(s, (uint16_t)next);
        s->row[CUBE_DATE] = date(s, s->frame->dates[times->latest[next] - 1]);
        end_row(s);
    }
}

static void save_times(saver *s) {
    const wres_frame *frame = s->frame;
    for (size_t i = next_snapshot(frame, WRES_NO_DATE); i < frame->date_count; i = next_snapshot(frame, frame->dates[i])) {
        begin_row(s, CUBE_RECORD_SNAPSHOT, "");
        s->row[CUBE_DATE] = date(s, frame->dates[i]);
        s->row[CUBE_COUNT] = number(s, frame->date_rows[i]);
        end_row(s);
    }
    for (size_t t = 0; t < s->content->tally_count; t++) {
        const wres_tally *tally = s->content->tallies[t];
        if (is_first_of_table(s, t)) save_latest(s, tally->table, tally->times);
    }
}

static void save_inputs(saver *s) {
    for (size_t i = 0; i < s->content->account_count; i++) {
        const wres_account *account = &s->content->accounts[i];
        const char *id = number(s, i + 1);
        say(s, CUBE_RECORD_INPUT, id, "table", account->table->name);
        say(s, CUBE_RECORD_INPUT, id, "file", account->file);
        if (*account->sha256) say(s, CUBE_RECORD_INPUT, id, "sha256", account->sha256);
        say(s, CUBE_RECORD_INPUT, id, "read", number(s, account->read));
        say(s, CUBE_RECORD_INPUT, id, "used", number(s, account->used));
        for (int r = 0; r < WRES_REASON_COUNT; r++)
            if (account->left_out[r])
                say(s, CUBE_RECORD_INPUT, id, wres_print(s->run, "left out: %s", wres_reason_text((wres_reason)r)),
                    number(s, account->left_out[r]));
    }
}

static void save_finding(saver *s, size_t *id, const wres_finding *f) {
    const char *const severities[] = {"information", "warning"}, *n = number(s, ++*id);
    say(s, CUBE_RECORD_FINDING, n, "severity", severities[f->severity]);
    say(s, CUBE_RECORD_FINDING, n, "check", f->check);
    if (f->place.table) say(s, CUBE_RECORD_FINDING, n, "table", f->place.table);
    if (f->place.file) say(s, CUBE_RECORD_FINDING, n, "file", f->place.file);
    if (f->place.line) say(s, CUBE_RECORD_FINDING, n, "line", number(s, f->place.line));
    if (f->place.field) say(s, CUBE_RECORD_FINDING, n, "field", f->place.field);
    if (f->count) say(s, CUBE_RECORD_FINDING, n, "count", number(s, f->count));
    say(s, CUBE_RECORD_FINDING, n, "message", f->message);
}

static bool is_first_of_check(const saver *s, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (strcmp(wres_finding_at(s->run, i)->check, wres_finding_at(s->run, at)->check) == 0) return false;
    return true;
}

static void save_findings(saver *s) {
    size_t id = 0;
    const size_t count = wres_finding_count(s->run);
    for (size_t i = 0; i < count; i++) {
        const wres_finding *f = wres_finding_at(s->run, i);
        if (f->severity == WRES_ERROR) continue;
        save_finding(s, &id, f);
        const uint64_t dropped = is_first_of_check(s, i) ? wres_findings_dropped(s->run, f->check) : 0;
        if (dropped)
            save_finding(
                s, &id, &(wres_finding){f->severity, f->check, {0}, dropped, "so many more findings of this check are not listed"});
    }
}

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* One row, by its texts: their order does not hang on the numbers of this run. */
typedef struct place {
    const uint16_t *key;
    const wres_cell *cell;
    const wres_given *given;
    const char **texts; /* organisation, date, group, axes */
    size_t text_count;
} place;

/* A date is written once, whatever the number of cells. */
static const char **time_texts(saver *s, const wres_tally *tally) {
    const bool window = tally->table->time == WRES_TIME_WINDOW;
    const size_t count = window ? (size_t)tally->years : s->frame->date_count;
    const char **texts = wres_alloc(s->run, (count + 1) * sizeof *texts);
    for (size_t i = 0; i < count; i++) /* the last day of a window */
        texts[i] = date(s, window ? wres_date_add_months(s->frame->as_at, -tally->months * (int)i) : s->frame->dates[i]);
    return texts;
}

static int compare_places(const void *a, const void *b) {
    const place *x = a, *y = b;
    for (size_t i = 0; i < x->text_count; i++) {
        const int order = strcmp(x->texts[i], y->texts[i]);
        if (order != 0) return order;
    }
    if (!x->given || !y->given) return 0;
    if (x->given->hidden != y->given->hidden) return x->given->hidden ? 1 : -1;
    if (x->given->base != y->given->base || x->given->hidden)
        return x->given->base == y->given->base ? 0 : x->given->base < y->given->base ? -1 : 1;
    const wres_int128 left = x->given->percent.numerator * y->given->percent.denominator,
                      right = y->given->percent.numerator * x->given->percent.denominator;
    return left < right ? -1 : left > right;
}

static void set_texts(saver *s, const wres_tally *tally, const char *const *times, place *p) {
    const char **text = p->texts;
    *text++ = organisation(s, p->key[WRES_KEY_ORGANISATION]);
    *text++ = times[p->key[WRES_KEY_TIME]];
    *text++ = words_member(s->words, words_groups(s->reading, tally), p->key[WRES_KEY_GROUP]);
    for (size_t i = 0; i < tally->axis_count; i++)
        *text++ = words_of(s->words, tally->table, tally->axes[i], p->key[WRES_KEY_AXES + i]);
}

const char *wres_weight_name(bool fte) { return fte ? "fte" : "head"; }

static void save_place(saver *s, const wres_tally *tally, const char *id, const place *p) {
    char count[WRES_DECIMAL_SIZE], hidden[4][24], percent[WRES_DECIMAL_SIZE];
    begin_row(s, p->cell ? CUBE_RECORD_CELL : CUBE_RECORD_PERCENT, id);
    s->row[CUBE_ORGANISATION] = p->texts[0];
    s->row[CUBE_DATE] = p->texts[1];
    s->row[CUBE_GROUP] = p->texts[2];
    for (size_t i = 3; i < p->text_count; i++) s->row[CUBE_AXIS + i - 3] = p->texts[i];
    const uint64_t counted = p->cell ? p->cell->count : p->given->base;
    wres_rational_print_short((wres_rational){(wres_int128)counted, tally->fte ? WRES_FTE_UNITS : 1}, count);
    s->row[CUBE_COUNT] = count;
    if (p->given) {
        if (!p->given->hidden) wres_rational_print_short(p->given->percent, percent);
        s->row[CUBE_PERCENT] = p->given->hidden ? CUBE_HIDDEN : percent;
        if (p->given->base_hidden) s->row[CUBE_HIDDEN_COUNTS] = "1";
    } else if (p->cell->hidden.counts) {
        const wres_hidden_part *part = &p->cell->hidden;
        const uint64_t numbers[] = {part->counts, part->open, part->room, part->least};
        for (size_t i = 0; i < 4; i++) {
            snprintf(hidden[i], sizeof hidden[i], "%llu",
                     (unsigned long long)(numbers[i] < WRES_COUNT_LIMIT ? numbers[i] : WRES_COUNT_LIMIT));
            s->row[CUBE_HIDDEN_COUNTS + i] = hidden[i];
        }
    }
    end_row(s);
}

static void save_cells(saver *s, const wres_tally *tally) {
    size_t count = 0;
    const wres_cell *cells = tally->cube ? wres_cube_cells(tally->cube, &count) : NULL;
    const size_t all = count + tally->given_count, texts = 3 + tally->axis_count;
    if (all == 0) return;
    place *places = wres_grow(s->run, NULL, 0, all * sizeof *places);
    const char **space = wres_grow(s->run, NULL, 0, all * texts * sizeof *space);
    const char *const *times = time_texts(s, tally), *id = wres_tally_id(s->reading, tally);
    for (size_t i = 0; i < all; i++) {
        place *p = &places[i];
        *p = i < count ? (place){.key = cells[i].key, .cell = &cells[i]}
                       : (place){.key = tally->given[i - count].key, .given = &tally->given[i - count]};
        p->texts = space + i * texts;
        p->text_count = texts;
        set_texts(s, tally, times, p);
    }
    qsort(places, count, sizeof *places, compare_places);
    qsort(places + count, tally->given_count, sizeof *places, compare_places);
    for (size_t i = 0; i < all; i++) save_place(s, tally, id, &places[i]);
    wres_drop(s->run, places);
    wres_drop(s->run, space);
}

void wres_cube_write(wres_reading *reading, const wres_frame *frame, const wres_cube_content *content, wres_sink *sink) {
    saver s = {
        .reading = reading, .run = reading->run, .frame = frame, .content = content, .words = words_new(reading), .sink = sink};
    for (size_t i = 0; i < CUBE_COLUMN_COUNT; i++) {
        if (i) wres_sink_text(sink, ",");
        wres_sink_text(sink, cube_column_name(reading->run, i));
    }
    wres_sink_text(sink, "\n");
    save_head(&s);
    for (size_t i = 0; i < content->tally_count; i++) save_tally(&s, content->tallies[i]);
    save_times(&s);
    save_inputs(&s);
    save_findings(&s);
    for (size_t i = 0; i < content->tally_count; i++) save_cells(&s, content->tallies[i]);
}

_Static_assert(CUBE_COLUMN_COUNT == WRES_CUBE_COLUMNS, "the columns of a cube file");

const char *wres_cube_column(wres_run *run, size_t column) { return cube_column_name(run, column); }

void wres_cube_describe(wres_reading *reading, const wres_frame *frame, const wres_cube_content *content, wres_cube_row *row,
                        void *context) {
    saver s = {.reading = reading,
               .run = reading->run,
               .frame = frame,
               .content = content,
               .words = words_new(reading),
               .receive = row,
               .context = context};
    save_head(&s);
    for (size_t i = 0; i < content->tally_count; i++) save_tally(&s, content->tallies[i]);
    save_findings(&s);
}

const char *wres_cube_word(wres_reading *reading, const wres_tally *tally, const char *axis, uint16_t code, size_t *count) {
    cube_words *words = words_new(reading);
    if (!axis) {
        *count = wres_list_members(words_groups(reading, tally));
        return words_member(words, words_groups(reading, tally), code);
    }
    const wres_list *list = words_list(reading, tally->table, axis);
    *count = strcmp(axis, WRES_AXIS_SECTION) == 0 ? (size_t)WRES_SECTIONS
             : strcmp(axis, WRES_AXIS_BAND) == 0  ? wres_grades_rows(reading->grades) + 1
             : list                               ? wres_list_members(list)
                                                  : 0;
    return *count ? words_of(words, tally->table, axis, code) : NULL;
}
