/* Cube files into the tallies of a plan. */
#include "cube/frame.h"
#include "cube/load.h"
#include "cube/words.h"

#include <string.h>

/* Which file the cells of an organisation came from, by its number; 0 = none, else its place + 1. */
typedef struct owners {
    uint32_t *file;
    size_t room;
} owners;

typedef struct merger {
    wres_reading *reading;
    wres_run *run;
    wres_frame *frame;
    wres_cube_content *content;
    cube_words *words;
    owners *owners;                  /* by tally */
    const char **ids;                /* by tally */
    struct wres_table_times **times; /* by tally; one a table */
    const wres_cube_file *files;
    wres_date as_at; /* of the cubes */
    bool as_at_known;
    const char *as_at_of; /* the file that says so */
    size_t file;          /* that is being read */
} merger;

static wres_place file_place(const loaded_cube *cube) { return (wres_place){"cube", cube->name, 0, NULL}; }

/* People and FTE do not add up, and are never taken for each other. */
static wres_status check_weight(const merger *m, const loaded_cube *cube) {
    const bool asked = m->reading->fte;
    if (cube->fte == asked) return WRES_OK;
    wres_find(m->run, WRES_ERROR, "cube-of-another-weight", file_place(cube), 0,
              cube->fte
                  ? "the cube holds full-time equivalents, and people are asked for: say --weight fte, or make a cube of people "
                    "(--weight head). The two cannot be read together"
                  : "the cube counts people, and full-time equivalents are asked for: say --weight head, or make the cube again "
                    "with --weight fte. The two cannot be read together");
    return WRES_USAGE;
}

/* ---- is it a cube for what is asked? ------------------------------------------------------------------------ */

static const char *standards_of(const loaded_cube *cube) {
    const char *all = "";
    for (size_t i = 0; i < cube->about.count; i++) {
        const loaded_row *row = &cube->about.all[i];
        if (loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_DEFINITION) && loaded_is(cube, row, CUBE_ID, "standard"))
            all = wres_print(cube->run, "%s%s%s", all, *all ? ", " : "",
                             wres_visible(cube->run, wres_text_of(loaded_text(cube, row, CUBE_NAME))));
    }
    return *all ? all : "other standards";
}

static const loaded_tally *find_tally(const loaded_cube *cube, const char *id, const char *counts) {
    for (size_t i = 0; i < cube->tally_count; i++) {
        const loaded_tally *tally = &cube->tallies[i];
        if (strcmp(wres_dictionary_text(cube->texts, tally->id), id) == 0 && tally->counts && strcmp(tally->counts, counts) == 0)
            return tally;
    }
    return NULL;
}

static wres_status not_counted(const merger *m, const loaded_cube *cube, const char *counts) {
    wres_find(
        m->run, WRES_ERROR, "cube-of-another-plan", file_place(cube), 0,
        "the cube has no counts of '%s'. It was made for %s: ask for that with --standard, or make the cube again for the standards that are asked for, with the same code lists and tables",
        counts, standards_of(cube));
    return WRES_USAGE;
}

static wres_status find_axes(const merger *m, const loaded_cube *cube, const wres_tally *wanted, const loaded_tally *tally,
                             size_t *axis_of) {
    for (size_t i = 0; i < wanted->axis_count; i++) {
        size_t at = 0;
        while (at < WRES_MOST_AXES && (!tally->axes[at] || strcmp(tally->axes[at], wanted->axes[i]) != 0)) at++;
        if (at == WRES_MOST_AXES) {
            wres_find(m->run, WRES_ERROR, "cube-of-another-plan", file_place(cube), 0,
                      "the cube does not tell people apart by %s: make it again with --by %s", wanted->axes[i], wanted->axes[i]);
            return WRES_USAGE;
        }
        axis_of[i] = at;
    }
    return WRES_OK;
}

/* What is defined in another way may count other people, though the same conditions were met. */
static void compare_definitions(const merger *m, const loaded_cube *cube) {
    for (size_t i = 0; i < cube->about.count; i++) {
        const loaded_row *row = &cube->about.all[i];
        if (!loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_DEFINITION)) continue;
        for (size_t d = 0; d < m->content->definition_count; d++) {
            const wres_definition *own = &m->content->definitions[d];
            if (loaded_is(cube, row, CUBE_ID, own->kind) && loaded_is(cube, row, CUBE_NAME, own->name) &&
                !loaded_is(cube, row, CUBE_VALUE, own->sha256))
                wres_find(m->run, WRES_INFORMATION, "cube-definitions", file_place(cube), 0,
                          "made with another text of the %s %s; what it counts by its conditions is the same",
                          strcmp(own->kind, "codes") == 0 ? "code list" : own->kind, own->name);
        }
    }
}

static wres_status check_as_at(merger *m, const loaded_cube *cube) {
    char own[WRES_DATE_SIZE], other[WRES_DATE_SIZE];
    if (!m->as_at_known) {
        m->as_at = cube->as_at;
        m->as_at_of = cube->name;
        m->as_at_known = true;
        return WRES_OK;
    }
    if (cube->as_at == m->as_at) return WRES_OK;
    wres_date_print(cube->as_at, own);
    wres_date_print(m->as_at, other);
    wres_find(m->run, WRES_ERROR, "cubes-differ", file_place(cube), 0,
              "this cube is as at %s, and %s as at %s: their counts do not add up. Make them with the same --as-at", own,
              m->as_at_of, other);
    return WRES_DATA;
}

/* ---- flags, times ------------------------------------------------------------------------------------------- */

static void take_flags(const merger *m, const loaded_cube *cube, wres_tally *tally, const loaded_tally *from,
                       const size_t *axis_of) {
    tally->once_per = from->once_per && (tally->once_per || !tally->has_table);
    tally->has_table = true;
    tally->has_staff_group = tally->has_staff_group || from->has_staff_group;
    tally->undated = tally->undated || from->undated;
    if (!tally->untested && from->untested) tally->untested = from->untested;
    for (size_t i = 0; i < tally->axis_count; i++) {
        const bool there = from->axis_there[axis_of[i]];
        const char *lacked = from->lacked_by[axis_of[i]];
        if (tally->axis_there[i] != there && (tally->axis_there[i] || tally->lacked_by[i]))
            wres_find(
                m->run, WRES_WARNING, "column-in-some-files", (wres_place){tally->table->name, cube->name, 0, tally->axes[i]}, 0,
                "another cube says it and this one does not, or the other way round: rows without it are in no line that asks for it");
        tally->axis_there[i] = tally->axis_there[i] || there;
        if (!tally->lacked_by[i]) tally->lacked_by[i] = lacked ? lacked : there ? NULL : cube->name;
    }
}

static wres_status date_of(const merger *m, const loaded_cube *cube, const loaded_row *row, uint16_t *number) {
    const wres_date date = wres_date_parse(wres_text_of(loaded_text(cube, row, CUBE_DATE)), WRES_DAY_FIRST);
    if (date != WRES_NO_DATE && frame_number(m->run, m->frame, date, number)) return WRES_OK;
    return cube_damaged(cube, row->line, "date", "no date from 1900 to 2100 stands here");
}

static wres_status count_of(const loaded_cube *cube, const loaded_row *row, size_t column, bool needed, uint64_t *count) {
    const char *text = loaded_text(cube, row, column);
    *count = 0;
    if (wres_count_parse(wres_text_of(text), count) || (!needed && !*text)) return WRES_OK;
    return cube_damaged(cube, row->line, cube_column_name(cube->run, column),
                        "no whole number below 1,000,000,000,000 stands here");
}

/* What a cell of an FTE cube holds: nothing is rounded a second time. */
static wres_status cell_count(const loaded_cube *cube, const loaded_row *row, uint64_t *count) {
    bool rounded;
    if (!cube->fte) return count_of(cube, row, CUBE_COUNT, true, count);
    if (wres_fte_parse(wres_text_of(loaded_text(cube, row, CUBE_COUNT)), count, &rounded) && !rounded) return WRES_OK;
    return cube_damaged(cube, row->line, "count",
                        "no full-time equivalent below 1,000,000,000 with at most nine decimals stands here");
}

static wres_status organisation_of(const merger *m, const loaded_cube *cube, const loaded_row *row, uint16_t *number) {
    const char *text = loaded_text(cube, row, CUBE_ORGANISATION);
    const uint32_t found = wres_dictionary_add(wres_vocabulary(m->reading, "organisation"), wres_text_of(text));
    *number = (uint16_t)found;
    return found < UINT16_MAX ? WRES_OK : cube_damaged(cube, row->line, "organisation", "over 65,000 organisations");
}

static wres_status take_snapshot(const merger *m, const loaded_cube *cube, const loaded_row *row) {
    uint16_t number;
    uint64_t rows;
    wres_status status = date_of(m, cube, row, &number);
    if (status == WRES_OK) status = count_of(cube, row, CUBE_COUNT, true, &rows);
    if (status == WRES_OK) m->frame->date_rows[number] += rows;
    return status;
}

static wres_status take_latest(const merger *m, const loaded_cube *cube, const loaded_row *row) {
    uint16_t number, organisation;
    wres_status status = date_of(m, cube, row, &number);
    if (status == WRES_OK) status = organisation_of(m, cube, row, &organisation);
    for (size_t t = 0; status == WRES_OK && t < m->content->tally_count; t++) {
        const wres_table *table = m->content->tallies[t]->table;
        bool first = loaded_is(cube, row, CUBE_ID, table->name);
        for (size_t k = 0; k < t; k++) first = first && m->content->tallies[k]->table != table;
        if (first) times_note(m->run, m->times[t], m->frame, table->time == WRES_TIME_YEAR ? 0 : organisation, number);
    }
    return status;
}

static wres_status take_times(const merger *m, const loaded_cube *cube) {
    wres_status status = WRES_OK;
    for (size_t i = 0; i < cube->about.count && status == WRES_OK; i++) {
        const loaded_row *row = &cube->about.all[i];
        if (loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_SNAPSHOT)) status = take_snapshot(m, cube, row);
        if (loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_LATEST)) status = take_latest(m, cube, row);
    }
    return status;
}

/* ---- inputs and findings ------------------------------------------------------------------------------------- */

/* The number of an input or a finding; 0 with an error where it has none. */
static wres_status number_of(const loaded_cube *cube, const loaded_row *row, uint64_t *number) {
    enum { MOST = 100000 };
    if (wres_count_parse(wres_text_of(loaded_text(cube, row, CUBE_ID)), number) && *number > 0 && *number <= MOST) return WRES_OK;
    return cube_damaged(cube, row->line, "id", "a number from 1 to 100,000 is expected here");
}

static wres_status highest_number(const loaded_cube *cube, const char *record, uint64_t *highest) {
    *highest = 0;
    for (size_t i = 0; i < cube->about.count; i++) {
        uint64_t number;
        if (!loaded_is(cube, &cube->about.all[i], CUBE_RECORD, record)) continue;
        const wres_status status = number_of(cube, &cube->about.all[i], &number);
        if (status != WRES_OK) return status;
        if (number > *highest) *highest = number;
    }
    return WRES_OK;
}

static wres_status take_input_row(const merger *m, const loaded_cube *cube, const loaded_row *row, wres_account *account) {
    const char *name = loaded_text(cube, row, CUBE_NAME), *value = loaded_text(cube, row, CUBE_VALUE);
    static const char left_out[] = "left out: ";
    uint64_t rows;
    if (strcmp(name, "table") == 0) {
        account->table = wres_table_find(m->reading->tables, value);
        if (account->table) return WRES_OK;
        wres_find(m->run, WRES_ERROR, "cube", (wres_place){"cube", cube->name, row->line, NULL}, 0,
                  "made from a table '%s', of which there is no description here: give it with --table",
                  wres_visible(m->run, wres_text_of(value)));
        return WRES_USAGE;
    }
    if (strcmp(name, "file") == 0) account->file = loaded_shown(cube, row, CUBE_VALUE);
    if (strcmp(name, "sha256") == 0 && strlen(value) == WRES_SHA256_SIZE - 1 && strspn(value, "0123456789abcdef") == strlen(value))
        memcpy(account->sha256, value, strlen(value) + 1);
    const bool is_left_out = strncmp(name, left_out, sizeof left_out - 1) == 0;
    if (strcmp(name, "read") != 0 && strcmp(name, "used") != 0 && !is_left_out) return WRES_OK;
    const wres_status status = count_of(cube, row, CUBE_VALUE, true, &rows);
    if (strcmp(name, "read") == 0) account->read = rows;
    if (strcmp(name, "used") == 0) account->used = rows;
    int reason = 0; /* one that a later version has is the most general one here */
    while (is_left_out && reason < WRES_REASON_COUNT &&
           strcmp(wres_reason_text((wres_reason)reason), name + sizeof left_out - 1) != 0)
        reason++;
    if (is_left_out) account->left_out[reason < WRES_REASON_COUNT ? reason : (int)WRES_REASON_NOT_COUNTED] += rows;
    return status;
}

static wres_status take_inputs(const merger *m, const loaded_cube *cube) {
    uint64_t highest;
    wres_status status = highest_number(cube, CUBE_RECORD_INPUT, &highest);
    wres_cube_content *content = m->content;
    if (status != WRES_OK || highest == 0) return status;
    const size_t size = sizeof *content->accounts;
    wres_account *accounts = wres_grow(m->run, NULL, 0, (content->account_count + highest) * size);
    if (content->account_count) memcpy(accounts, content->accounts, content->account_count * size);
    wres_account *own = accounts + content->account_count;
    for (size_t i = 0; i < highest; i++) own[i].cube = cube->name;
    for (size_t i = 0; i < cube->about.count && status == WRES_OK; i++) {
        const loaded_row *row = &cube->about.all[i];
        uint64_t number;
        if (!loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_INPUT)) continue;
        status = number_of(cube, row, &number);
        if (status == WRES_OK) status = take_input_row(m, cube, row, &own[number - 1]);
    }
    for (size_t i = 0; i < highest && status == WRES_OK; i++) {
        uint64_t rows = own[i].used;
        for (int r = 0; r < WRES_REASON_COUNT; r++) rows += own[i].left_out[r];
        if (!own[i].table || !own[i].file || rows != own[i].read)
            status = cube_damaged(
                cube, 0, "read",
                wres_print(m->run,
                           "the rows of input %zu that were used and left out are not those that were read: the file is damaged",
                           i + 1));
    }
    content->accounts = accounts;
    content->account_count += highest;
    return status;
}

static wres_status take_finding_row(const loaded_cube *cube, const loaded_row *row, wres_finding *f) {
    const char *name = loaded_text(cube, row, CUBE_NAME), *value = loaded_text(cube, row, CUBE_VALUE),
               *shown = loaded_shown(cube, row, CUBE_VALUE);
    if (strcmp(name, "severity") == 0)
        f->severity = strcmp(value, "warning") == 0 ? WRES_WARNING : strcmp(value, "error") == 0 ? WRES_ERROR : WRES_INFORMATION;
    if (strcmp(name, "check") == 0) f->check = shown;
    if (strcmp(name, "table") == 0) f->place.table = shown;
    if (strcmp(name, "file") == 0) f->place.file = shown;
    if (strcmp(name, "field") == 0) f->place.field = shown;
    if (strcmp(name, "message") == 0) f->message = shown;
    if (strcmp(name, "line") == 0) return count_of(cube, row, CUBE_VALUE, true, &f->place.line);
    if (strcmp(name, "count") == 0) return count_of(cube, row, CUBE_VALUE, true, &f->count);
    return WRES_OK;
}

/* What was found when the cube was made holds for its counts still. An error can only come from a query, which cannot stop where a reader would. */
static wres_status take_findings(const merger *m, const loaded_cube *cube) {
    uint64_t highest;
    bool failed = false;
    wres_status status = highest_number(cube, CUBE_RECORD_FINDING, &highest);
    wres_finding *findings = wres_alloc(m->run, (highest + 1) * sizeof *findings);
    for (size_t i = 0; i < cube->about.count && status == WRES_OK; i++) {
        const loaded_row *row = &cube->about.all[i];
        uint64_t number;
        if (!loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_FINDING)) continue;
        status = number_of(cube, row, &number);
        if (status == WRES_OK) status = take_finding_row(cube, row, &findings[number - 1]);
    }
    for (size_t i = 0; i < highest && status == WRES_OK; i++) {
        const wres_finding *f = &findings[i];
        if (!f->check || !f->message) continue;
        wres_find(m->run, f->severity, f->check, f->place, f->count, "%s", f->message);
        failed = failed || f->severity == WRES_ERROR;
    }
    return status == WRES_OK && failed ? WRES_DATA : status;
}

/* ---- cells -------------------------------------------------------------------------------------------------- */

static bool is_ours(const merger *m, uint16_t organisation) {
    return !m->frame->organisation || organisation == m->frame->organisation_number;
}

/* People who are told apart by identifiers may be in both cubes of one organisation, and would count twice. */
static wres_status check_owner(const merger *m, const loaded_cube *cube, size_t t, bool once_per, uint16_t organisation,
                               uint64_t line) {
    owners *o = &m->owners[t];
    if (organisation >= o->room) {
        const size_t room = organisation + 64U;
        o->file = wres_grow(m->run, o->file, o->room * sizeof *o->file, room * sizeof *o->file);
        o->room = room;
    }
    const uint32_t before = o->file[organisation], now = (uint32_t)m->file + 1;
    o->file[organisation] = now;
    if (before == 0 || before == now) return WRES_OK;
    const char *name = wres_dictionary_text(wres_vocabulary(m->reading, "organisation"), organisation);
    const char *who =
        *name ? wres_print(m->run, "organisation %s", wres_visible(m->run, wres_text_of(name))) : "what belongs to no organisation";
    const wres_place place = {m->content->tallies[t]->table->name, cube->name, line, "organisation"};
    if (!once_per) {
        wres_find(m->run, WRES_WARNING, "organisation-in-two-cubes", place, 0,
                  "%s is in %s, too: the counts of both are added up, as no identifiers tell whether they are of the same people",
                  who, m->files[before - 1].name);
        return WRES_OK;
    }
    wres_find(m->run, WRES_ERROR, "organisation-in-two-cubes", place, 0,
              "%s is in %s, too: people who are in both would count twice. Make one cube from the records of both", who,
              m->files[before - 1].name);
    return WRES_DATA;
}

static wres_status window_of(const merger *m, const loaded_cube *cube, const loaded_row *row, const wres_tally *tally,
                             uint16_t *window) {
    const wres_date date = wres_date_parse(wres_text_of(loaded_text(cube, row, CUBE_DATE)), WRES_DAY_FIRST);
    for (int i = 0; i < tally->years; i++)
        if (date == wres_date_add_months(m->as_at, -tally->months * i)) {
            *window = (uint16_t)i;
            return WRES_OK;
        }
    return cube_damaged(cube, row->line, "date", "no window of this tally ends on this day");
}

static wres_status no_value(const merger *m, const loaded_cube *cube, const loaded_row *row, const char *what) {
    wres_find(m->run, WRES_ERROR, "cube", (wres_place){"cube", cube->name, row->line, what}, 0,
              "the code list here has no such member: the cube was made with another one. Give the same with --codes");
    return WRES_USAGE;
}

static wres_status key_of(const merger *m, const loaded_cube *cube, const loaded_row *row, const wres_tally *tally,
                          const size_t *axis_of, uint16_t *key) {
    wres_status status = organisation_of(m, cube, row, &key[WRES_KEY_ORGANISATION]);
    if (status == WRES_OK)
        status = tally->table->time == WRES_TIME_WINDOW ? window_of(m, cube, row, tally, &key[WRES_KEY_TIME])
                                                        : date_of(m, cube, row, &key[WRES_KEY_TIME]);
    if (status != WRES_OK) return status;
    if (!words_find_member(m->words, words_groups(m->reading, tally), loaded_text(cube, row, CUBE_GROUP), &key[WRES_KEY_GROUP]))
        return no_value(m, cube, row, tally->group_field);
    for (size_t i = 0; i < tally->axis_count; i++)
        if (!words_find(m->words, tally->table, tally->axes[i], loaded_text(cube, row, CUBE_AXIS + axis_of[i]),
                        &key[WRES_KEY_AXES + i]))
            return no_value(m, cube, row, tally->axes[i]);
    return WRES_OK;
}

static wres_status read_hidden(const loaded_cube *cube, const loaded_row *row, wres_hidden_part *part) {
    uint64_t counts = 0, open = 0;
    wres_status status = count_of(cube, row, CUBE_HIDDEN_COUNTS, false, &counts);
    if (status == WRES_OK) status = count_of(cube, row, CUBE_HIDDEN_OPEN, false, &open);
    const bool endless = loaded_is(cube, row, CUBE_HIDDEN_ROOM, CUBE_ENDLESS);
    part->room = UINT64_MAX;
    if (status == WRES_OK && !endless) status = count_of(cube, row, CUBE_HIDDEN_ROOM, false, &part->room);
    if (status == WRES_OK) status = count_of(cube, row, CUBE_HIDDEN_LEAST, false, &part->least);
    if (status == WRES_OK && (counts > UINT32_MAX || open > counts))
        status = cube_damaged(cube, row->line, "hidden_open", "more than there are hidden counts");
    part->counts = (uint32_t)counts;
    part->open = (uint32_t)open;
    return status;
}

static wres_status take_percent(const merger *m, const loaded_cube *cube, const loaded_row *row, wres_tally *tally,
                                const uint16_t *key) {
    wres_given given = {.percent = {0, 1}};
    uint64_t hidden;
    wres_status status = count_of(cube, row, CUBE_COUNT, true, &given.base);
    if (status == WRES_OK) status = count_of(cube, row, CUBE_HIDDEN_COUNTS, false, &hidden);
    if (status != WRES_OK) return status;
    memcpy(given.key, key, sizeof given.key);
    given.base_hidden = hidden > 0;
    given.hidden = loaded_is(cube, row, CUBE_PERCENT, CUBE_HIDDEN);
    if (!given.hidden && (!wres_decimal_parse(wres_text_of(loaded_text(cube, row, CUBE_PERCENT)), &given.percent) ||
                          given.percent.numerator < 0 || given.percent.numerator > 100 * given.percent.denominator))
        return cube_damaged(cube, row->line, "percent", "no percentage from 0 to 100 stands here");
    if (tally->given_count == tally->given_room) {
        const size_t room = tally->given_room ? 2 * tally->given_room : 64, size = sizeof *tally->given;
        tally->given = wres_grow(m->run, tally->given, tally->given_room * size, room * size);
        tally->given_room = room;
    }
    tally->given[tally->given_count++] = given;
    return WRES_OK;
}

static wres_status take_cell(const merger *m, const loaded_cube *cube, const loaded_row *row, size_t t, const loaded_tally *from,
                             const size_t *axis_of, bool *taken) {
    wres_tally *tally = m->content->tallies[t];
    uint16_t key[WRES_MOST_KEYS] = {0};
    wres_hidden_part hidden;
    uint64_t count;
    wres_status status = key_of(m, cube, row, tally, axis_of, key);
    *taken = false;
    if (status != WRES_OK || !is_ours(m, key[WRES_KEY_ORGANISATION])) return status;
    *taken = true;
    status = check_owner(m, cube, t, from->once_per, key[WRES_KEY_ORGANISATION], row->line);
    if (status == WRES_OK && loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_PERCENT)) return take_percent(m, cube, row, tally, key);
    if (status == WRES_OK) status = cell_count(cube, row, &count);
    if (status == WRES_OK) status = read_hidden(cube, row, &hidden);
    return status == WRES_OK ? wres_cube_add(tally->cube, key, count, hidden.counts ? &hidden : NULL) : status;
}

/* Each cell once: a file that was put together from two says some twice. */
static wres_status check_twice(const merger *m, const loaded_cube *cube) {
    wres_hash_set *met = wres_hash_set_new(m->run);
    wres_status status = WRES_OK;
    for (size_t i = 0; i < cube->cells.count && status == WRES_OK; i++) {
        const loaded_row *row = &cube->cells.all[i];
        uint32_t key[CUBE_COLUMN_COUNT];
        memcpy(key, row->text, sizeof key);
        key[CUBE_NAME] = key[CUBE_VALUE] = 0;
        for (size_t c = CUBE_COUNT; c < CUBE_AXIS; c++) key[c] = 0;
        if (!loaded_is(cube, row, CUBE_RECORD, CUBE_RECORD_PERCENT) &&
            !wres_hash_set_add(met, wres_hash_bytes(key, sizeof key, (wres_hash){0, 0})))
            status = cube_damaged(cube, row->line, NULL,
                                  "this cell stands here a second time: were two cubes put into one file? Give both as cube=FILE");
    }
    wres_hash_set_drop(met);
    return status;
}

/* ---- one file ----------------------------------------------------------------------------------------------- */

typedef struct wanted {
    const loaded_tally *from; /* NULL: the file did not read its table, or another date is asked for */
    size_t axis_of[WRES_MOST_AXES];
} wanted;

static bool is_elsewhere(const merger *m, const wres_tally *tally) {
    return m->frame->as_at_given && m->frame->as_at != m->as_at && tally->table->time != WRES_TIME_SNAPSHOT;
}

static void put_elsewhere(const merger *m, wres_tally *tally) {
    char text[WRES_DATE_SIZE];
    wres_date_print(m->as_at, text);
    tally->elsewhere =
        wres_print(m->run, "the cube counts the %s data as at %s: counts of people over a window hold for no other date",
                   tally->table->name, text);
}

static wres_status find_wanted(const merger *m, const loaded_cube *cube, wanted *all) {
    for (size_t t = 0; t < m->content->tally_count; t++) {
        wres_tally *tally = m->content->tallies[t];
        const char *counts = wres_tally_text(m->reading, tally);
        const loaded_tally *from = find_tally(cube, m->ids[t], counts);
        all[t].from = NULL;
        if (!from) return not_counted(m, cube, counts);
        const wres_status status = find_axes(m, cube, tally, from, all[t].axis_of);
        if (status != WRES_OK) return status;
        if (!from->read) continue;
        if (is_elsewhere(m, tally)) {
            put_elsewhere(m, tally);
            continue;
        }
        all[t].from = from;
        take_flags(m, cube, tally, from, all[t].axis_of);
        const size_t keys = WRES_KEY_AXES + tally->axis_count;
        if (!tally->cube) tally->cube = tally->fte ? wres_cube_new_fte(m->run, keys) : wres_cube_new(m->run, keys);
        tally->times = m->times[t];
    }
    return WRES_OK;
}

static bool is_described(const loaded_cube *cube, uint32_t id) {
    for (size_t i = 0; i < cube->tally_count; i++)
        if (cube->tallies[i].id == id) return true;
    return false;
}

static wres_status take_cells(const merger *m, const loaded_cube *cube, const wanted *all, uint64_t *cells) {
    wres_status status = check_twice(m, cube);
    for (size_t i = 0; i < cube->cells.count && status == WRES_OK; i++) {
        const loaded_row *row = &cube->cells.all[i];
        if (!is_described(cube, row->text[CUBE_ID]))
            return cube_damaged(cube, row->line, "id", "the file does not say what this cell counts: it is cut or damaged");
        for (size_t t = 0; t < m->content->tally_count && status == WRES_OK; t++) {
            bool taken;
            if (!all[t].from || all[t].from->id != row->text[CUBE_ID]) continue;
            status = take_cell(m, cube, row, t, all[t].from, all[t].axis_of, &taken);
            *cells += taken;
        }
    }
    return status;
}

static wres_status take_file(merger *m, wres_cube_file *file, loaded_cube *cube) {
    wanted *all = wres_alloc(m->run, (m->content->tally_count + 1) * sizeof *all);
    wres_status status = check_weight(m, cube);
    if (status == WRES_OK) status = check_as_at(m, cube);
    if (status == WRES_OK) status = find_wanted(m, cube, all);
    if (status == WRES_OK) status = take_times(m, cube);
    if (status == WRES_OK) status = take_inputs(m, cube);
    if (status == WRES_OK) status = take_findings(m, cube);
    if (status == WRES_OK) compare_definitions(m, cube);
    return status == WRES_OK ? take_cells(m, cube, all, &file->taken) : status;
}

static wres_status read_file(merger *m, wres_cube_file *file, wres_hash_set *texts) {
    loaded_cube cube;
    wres_status status = cube_load(m->run, m->reading, file, &cube);
    if (status == WRES_OK && !wres_hash_set_add(texts, cube.hash))
        status = cube_damaged(&cube, 0, NULL, "this cube is given twice");
    file->cells = cube.cells.count;
    if (status == WRES_OK) status = take_file(m, file, &cube);
    cube_unload(&cube);
    return status;
}

/* ---- all of them -------------------------------------------------------------------------------------------- */

static wres_status settle(const merger *m) {
    const wres_table *staff = wres_table_find(m->reading->tables, "workforce");
    bool has_snapshots = false;
    char asked[WRES_DATE_SIZE], there[WRES_DATE_SIZE];
    if (!m->frame->as_at_given) m->frame->as_at = m->as_at;
    for (size_t t = 0; t < m->content->tally_count; t++) {
        const wres_tally *tally = m->content->tallies[t];
        if (tally->cube) wres_cube_sort(tally->cube);
        has_snapshots = has_snapshots || (tally->has_table && tally->table->time == WRES_TIME_SNAPSHOT);
    }
    m->frame->has_workforce = has_snapshots;
    if (has_snapshots) return frame_check(m->run, m->frame, staff);
    if (m->frame->as_at == m->as_at) return WRES_OK;
    wres_date_print(m->frame->as_at, asked);
    wres_date_print(m->as_at, there);
    wres_find(m->run, WRES_ERROR, "as-at", (wres_place){.table = "cube"}, 0,
              "the cubes are as at %s, and %s is asked for: make them again with --as-at %s", there, asked, asked);
    return WRES_DATA;
}

wres_status wres_cubes_read(wres_reading *reading, wres_frame *frame, wres_cube_file *files, size_t file_count,
                            wres_cube_content *content) {
    merger m = {
        .reading = reading, .run = reading->run, .frame = frame, .content = content, .words = words_new(reading), .files = files};
    wres_hash_set *texts = wres_hash_set_new(reading->run);
    wres_status status = WRES_OK;
    m.owners = wres_alloc(m.run, (content->tally_count + 1) * sizeof *m.owners);
    m.ids = wres_alloc(m.run, (content->tally_count + 1) * sizeof *m.ids);
    m.times = wres_alloc(m.run, (content->tally_count + 1) * sizeof *m.times);
    for (size_t t = 0; t < content->tally_count; t++) {
        m.ids[t] = wres_tally_id(reading, content->tallies[t]);
        for (size_t k = 0; k < t && !m.times[t]; k++)
            if (content->tallies[k]->table == content->tallies[t]->table) m.times[t] = m.times[k];
        if (!m.times[t]) m.times[t] = wres_alloc(m.run, sizeof *m.times[t]);
    }
    for (m.file = 0; m.file < file_count && status == WRES_OK; m.file++) status = read_file(&m, &files[m.file], texts);
    return status == WRES_OK ? settle(&m) : status;
}
