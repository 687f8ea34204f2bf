/* What a file most likely is: the table from its headers, first rows and name; the columns from their headers, else from what they hold. */
#include <stdlib.h>
#include <string.h>

#include "input/input.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    ALL_KNOWN = 60, /* points of a header that one table alone knows */
    OF_NEEDS = 40,
    OF_FILE_NAME = 60,
    OF_VALUES = 20,
    LEAST_POINTS = 25,
    MOST_GROUPS = 60,
    LONGEST_CODE = 3,
    ENOUGH_ROWS = 5
};

/* How far a column holds values of a code list. */
typedef struct list_fit {
    bool done;
    size_t looked, found, members; /* rows that are filled and called no total, those of them in the list, different members */
    size_t lettered, worded;       /* of those in the list: with a letter in them, and with more than a code */
} list_fit;

typedef struct column_about {
    wres_text header;
    const char *key; /* header key, "" for a column without a name */
    bool unique;     /* no other column is called so */
    size_t filled, distinct;
    size_t dates, years, numbers, above_one, worded; /* cells that are these; worded = with a letter in them */
    list_fit *fits;                                  /* by code list */
} column_about;

typedef struct guesser {
    wres_reading *reading;
    wres_run *run;
    const wres_probe *probe;
    column_about *columns;
    size_t count;
    wres_dictionary *keys; /* header key -> tables that know it */
    size_t *known;
    const char *name; /* of the file, in small letters, words apart */
} guesser;

/* A table being tried. */
typedef struct trial {
    const wres_table *table;
    wres_guessed_field fields[WRES_MOST_FIELDS];
    bool used[WRES_MOST_FIELDS]; /* whether the field has an entry */
    bool *taken;                 /* by column */
    uint64_t points;
    bool hallmark; /* something speaks for this table that speaks for hardly any other */
    bool needs_met;
} trial;

/* ---- columns ------------------------------------------------------------------------------------------------ */

static bool is_year(wres_text text) {
    uint64_t year;
    return text.length == 4 && wres_count_parse(text, &year) && year >= 1990 && year <= 2100;
}

/* A whole number, or a short mark in its place; codes with leading zeros are none. */
static bool is_number(wres_text text, uint64_t *number) {
    *number = 0;
    if (wres_count_parse(text, number)) return text.length == 1 || *text.bytes != '0';
    return text.length == 1 && strchr("-*.:", *text.bytes);
}

static bool has_letter(wres_text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((text.bytes[i] | 0x20) >= 'a' && (text.bytes[i] | 0x20) <= 'z') return true;
    return false;
}

static void look_at_cell(column_about *c, wres_dictionary *texts, wres_text text) {
    uint64_t number;
    if (text.length == 0) return;
    c->filled++;
    c->dates += !is_year(text) &&
                (wres_date_parse(text, WRES_DAY_FIRST) != WRES_NO_DATE || wres_date_parse(text, WRES_MONTH_FIRST) != WRES_NO_DATE);
    c->years += is_year(text);
    c->numbers += is_number(text, &number);
    c->above_one += number > 1;
    c->worded += has_letter(text);
    wres_dictionary_add(texts, text);
}

static column_about column_about_of(const guesser *g, size_t column) {
    wres_dictionary *texts = wres_dictionary_new(g->run);
    column_about c = {.header = g->probe->headers[column],
                      .key = wres_header_key(g->run, g->probe->headers[column]),
                      .unique = true,
                      .fits = wres_alloc(g->run, (wres_codes_count(g->reading->codes) + 1) * sizeof *c.fits)};
    for (size_t r = 0; r < g->probe->row_count; r++) look_at_cell(&c, texts, g->probe->rows[r][column]);
    c.distinct = wres_dictionary_count(texts);
    return c;
}

static size_t list_number(const guesser *g, const wres_list *list) {
    size_t number = 0;
    while (wres_codes_at(g->reading->codes, number) != list) number++;
    return number;
}

static const list_fit *fit_of(const guesser *g, int column, const char *name) {
    const wres_list *list = wres_codes_find(g->reading->codes, name);
    list_fit *fit = &g->columns[column].fits[list_number(g, list)];
    if (fit->done) return fit;
    bool *met = wres_alloc(g->run, wres_list_members(list) + 1);
    for (size_t r = 0; r < g->probe->row_count; r++) {
        wres_found found;
        const wres_text text = g->probe->rows[r][column];
        const uint16_t member = wres_list_look_up(list, g->run, text, &found);
        if (found == WRES_BLANK || (found == WRES_UNMAPPED && is_total_text(text))) continue;
        fit->looked++;
        if (found == WRES_UNMAPPED) continue;
        fit->found++;
        fit->lettered += has_letter(text);
        fit->worded += has_letter(text) && text.length > LONGEST_CODE;
        fit->members += !met[member];
        met[member] = true;
    }
    fit->done = true;
    return fit;
}

static bool is_share(const list_fit *fit, size_t percent) { return fit->looked && 100 * fit->found >= percent * fit->looked; }

static bool contains_one(const char *key, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(key, words[i])) return true;
    return false;
}

/* ---- by the header ------------------------------------------------------------------------------------------ */

static bool agree_in_codes(const guesser *g, const wres_field *field, int a, int b) {
    const wres_list *list = wres_codes_find(g->reading->codes, field->list);
    size_t both = 0;
    for (size_t r = 0; r < g->probe->row_count; r++) {
        wres_found found[2];
        const uint16_t one = wres_list_look_up(list, g->run, g->probe->rows[r][a], &found[0]);
        const uint16_t other = wres_list_look_up(list, g->run, g->probe->rows[r][b], &found[1]);
        if ((found[0] == WRES_BLANK) != (found[1] == WRES_BLANK)) return false;
        if (found[0] != WRES_FOUND || found[1] != WRES_FOUND) continue;
        if (one != other) return false;
        both++;
    }
    return both > 0;
}

static bool agree_in_dates(const guesser *g, int a, int b) {
    for (size_t r = 0; r < g->probe->row_count; r++) {
        const wres_text one = g->probe->rows[r][a], other = g->probe->rows[r][b];
        if (!wres_text_same(one, other) && wres_date_parse(one, WRES_DAY_FIRST) != wres_date_parse(other, WRES_DAY_FIRST))
            return false;
    }
    return g->probe->row_count > 0;
}

/* Each value of one column stands beside one of the other, and some stand there again: names beside their codes. Where none does, the rows
 * say nothing. */
static bool agree_one_to_one(const guesser *g, int a, int b) {
    wres_dictionary *ones = wres_dictionary_new(g->run), *others = wres_dictionary_new(g->run);
    uint32_t partner[2][WRES_PROBE_ROWS];
    for (size_t r = 0; r < g->probe->row_count; r++) {
        const uint32_t known = wres_dictionary_count(ones), known_other = wres_dictionary_count(others);
        const uint32_t one = wres_dictionary_add(ones, g->probe->rows[r][a]);
        const uint32_t other = wres_dictionary_add(others, g->probe->rows[r][b]);
        if ((one == known) != (other == known_other)) return false;
        if (one == known) partner[0][one] = other, partner[1][other] = one;
        if (partner[0][one] != other || partner[1][other] != one) return false;
    }
    return wres_dictionary_count(ones) < g->probe->row_count;
}

static bool agree(const guesser *g, const wres_field *field, int a, int b) {
    switch (field->type) {
    case WRES_TYPE_CODE: return agree_in_codes(g, field, a, b);
    case WRES_TYPE_DATE: return agree_in_dates(g, a, b);
    case WRES_TYPE_TEXT:
    case WRES_TYPE_ID: return agree_one_to_one(g, a, b);
    default: break;
    }
    for (size_t r = 0; r < g->probe->row_count; r++)
        if (!wres_text_same(g->probe->rows[r][a], g->probe->rows[r][b])) return false;
    return g->probe->row_count > 0;
}

static void add_candidate(wres_guessed_field *guessed, int column) {
    if (guessed->candidate_count < WRES_MOST_CANDIDATES) guessed->candidates[guessed->candidate_count++] = column;
}

static void put_first(wres_guessed_field *guessed, size_t at) {
    const int best = guessed->candidates[at];
    memmove(guessed->candidates + 1, guessed->candidates, at * sizeof *guessed->candidates);
    guessed->candidates[0] = best;
}

/* Of several columns with one code list the one of which most is in it is the likeliest. */
static void put_best_first(const guesser *g, const wres_field *field, wres_guessed_field *guessed) {
    size_t best = 0;
    for (size_t i = 1; field->list && i < guessed->candidate_count; i++)
        if (fit_of(g, guessed->candidates[i], field->list)->found > fit_of(g, guessed->candidates[best], field->list)->found)
            best = i;
    put_first(guessed, best);
}

static void decide_by_header(const guesser *g, const trial *t, wres_guessed_field *guessed) {
    const wres_field *field = &t->table->fields[guessed->field];
    bool same = true;
    guessed->reason = WRES_GUESS_HEADER;
    guessed->column = guessed->candidates[0];
    if (guessed->candidate_count == 1) return;
    put_best_first(g, field, guessed);
    for (size_t i = 0; i < guessed->candidate_count; i++)
        if (!g->columns[guessed->candidates[i]].unique) {
            guessed->reason = WRES_GUESS_NAMED;
            guessed->column = -1;
            return;
        }
    for (size_t i = 1; i < guessed->candidate_count && same; i++)
        same = agree(g, field, guessed->candidates[0], guessed->candidates[i]);
    const bool harmless = field->type == WRES_TYPE_TEXT && guessed->field != t->table->organisation;
    guessed->reason = same ? WRES_GUESS_SAME : harmless ? WRES_GUESS_PREFERRED : WRES_GUESS_DOUBLE;
    guessed->column = same || harmless ? guessed->candidates[0] : -1;
}

/* Candidates in the table's order of preference. */
static void guess_by_header(const guesser *g, trial *t) {
    const spellings *known = spellings_of_table(g->run, t->table);
    for (size_t f = 0; f < t->table->field_count; f++) {
        wres_guessed_field *guessed = &t->fields[f];
        *guessed = (wres_guessed_field){.field = (int)f, .column = -1};
        for (int rank = -1; rank < (int)t->table->fields[f].header_count; rank++)
            for (size_t c = 0; c < g->count; c++) {
                const spelling *s = spellings_find(known, g->columns[c].header);
                if (!s || s->field != (int)f || s->rank != rank) continue;
                add_candidate(guessed, (int)c);
                t->taken[c] = true;
            }
        if (guessed->candidate_count == 0) continue;
        t->used[f] = true;
        decide_by_header(g, t, guessed);
    }
}

/* ---- by the values ------------------------------------------------------------------------------------------ */

static bool is_free(const guesser *g, const trial *t, size_t column) {
    return !t->taken[column] && g->columns[column].unique && *g->columns[column].key && g->columns[column].filled;
}

static bool is_fed(const trial *t, int field) { return field >= 0 && t->used[field]; }

/* sure: where one column alone would do. */
static void take(trial *t, const wres_guessed_field *guessed, bool sure, wres_guess_reason otherwise) {
    wres_guessed_field *out = &t->fields[guessed->field];
    if (guessed->candidate_count == 0) return;
    *out = *guessed;
    sure = sure && guessed->candidate_count == 1;
    out->column = sure ? guessed->candidates[0] : -1;
    out->reason = sure ? WRES_GUESS_VALUES : otherwise;
    t->used[guessed->field] = true;
    if (sure) t->taken[out->column] = true;
}

static bool is_of_flags(const wres_field *field) { return strcmp(field->list, "yes_no") == 0; }

static bool shares_its_list(const trial *t, int field) {
    for (size_t f = 0; f < t->table->field_count; f++)
        if ((int)f != field && !t->used[f] && t->table->fields[f].list &&
            strcmp(t->table->fields[f].list, t->table->fields[field].list) == 0)
            return true;
    return false;
}

/* Columns that hold members of the field's list: percent of the rows, so many different ones. Numbers are too often something else, and of
 * codes without a word nobody can be sure. */
static wres_guessed_field columns_of_list(const guesser *g, const trial *t, int field, size_t percent, size_t members, bool codes) {
    wres_guessed_field guessed = {.field = field};
    for (size_t c = 0; c < g->count; c++) {
        if (!is_free(g, t, c)) continue;
        const list_fit *fit = fit_of(g, (int)c, t->table->fields[field].list);
        if (fit->looked == 0 || 100 * fit->lettered < percent * fit->looked || fit->members < members) continue;
        if (members >= 3 && fit->looked < ENOUGH_ROWS) continue;
        if (!codes && 2 * fit->worded < fit->found) continue;
        add_candidate(&guessed, (int)c);
    }
    return guessed;
}

static void guess_code(const guesser *g, trial *t, int field, bool needed) {
    const wres_field *about = &t->table->fields[field];
    if (is_fed(t, field) || about->type != WRES_TYPE_CODE || is_of_flags(about)) return;
    wres_guessed_field guessed = columns_of_list(g, t, field, 95, needed ? 2 : 3, false);
    take(t, &guessed, !shares_its_list(t, field), WRES_GUESS_PERHAPS);
    if (!needed || is_fed(t, field)) return;
    guessed = columns_of_list(g, t, field, 50, 1, true);
    take(t, &guessed, false, WRES_GUESS_PERHAPS);
}

/* Columns that may tell people apart: only a person can know. */
static void guess_identifier(const guesser *g, trial *t, int field) {
    static const char *const words[] = {"employee",  "staff",     "person", "emp", "payroll",
                                        "applicant", "candidate", "id",     "ref", "number"};
    wres_guessed_field guessed = {.field = field};
    if (is_fed(t, field) || t->table->fields[field].type != WRES_TYPE_ID) return;
    for (size_t c = 0; c < g->count; c++) {
        const column_about *about = &g->columns[c];
        if (is_free(g, t, c) && 2 * about->distinct > about->filled && about->dates == 0 &&
            contains_one(about->key, words, COUNT(words)))
            add_candidate(&guessed, (int)c);
    }
    take(t, &guessed, false, WRES_GUESS_PERHAPS);
}

static bool is_need_met(const trial *t, const wres_alternatives *need) {
    for (size_t i = 0; i < need->count; i++)
        if (t->used[need->fields[i]] && t->fields[need->fields[i]].column >= 0) return true;
    return false;
}

static void guess_needs(const guesser *g, trial *t) {
    for (size_t n = 0; n < t->table->needs_count; n++) {
        const wres_alternatives *need = &t->table->needs[n];
        for (size_t i = 0; i < need->count && !is_need_met(t, need); i++) guess_code(g, t, need->fields[i], true);
        for (size_t i = 0; i < need->count && !is_need_met(t, need); i++) guess_identifier(g, t, need->fields[i]);
    }
}

static void guess_date(const guesser *g, trial *t) {
    static const char *const others[] = {"birth", "dob", "start", "join", "hire", "leav", "end", "expir", "service"};
    const int field = t->table->date;
    const bool state = t->table->time == WRES_TIME_SNAPSHOT || t->table->time == WRES_TIME_LATEST;
    wres_guessed_field dates = {.field = field}, years = {.field = field};
    if (field < 0 || is_fed(t, field)) return;
    const bool of_years = t->table->fields[field].type == WRES_TYPE_YEAR;
    for (size_t c = 0; c < g->count; c++) {
        const column_about *about = &g->columns[c];
        const bool few = about->distinct == 1 || 10 * about->distinct <= about->filled;
        if (!is_free(g, t, c) || contains_one(about->key, others, COUNT(others)) || (state && !few)) continue;
        if (!of_years && 100 * about->dates >= 95 * about->filled) add_candidate(&dates, (int)c);
        if (about->years == about->filled) add_candidate(&years, (int)c);
    }
    if (of_years)
        take(t, &years, true, WRES_GUESS_PERHAPS);
    else if (dates.candidate_count || !state)
        take(t, &dates, state, WRES_GUESS_PERHAPS);
    else
        take(t, &years, false, WRES_GUESS_YEARS);
}

/* Whole numbers beside groups, and nobody told apart: most likely counted rows, which would each be taken for one person. */
static void guess_count(const guesser *g, trial *t) {
    static const char *const count_words[] = {"value", "count", "total", "people", "heads", "headcount", "number", "staff"},
                             *const others[] = {"code",  "sort",     "order", "age",   "year",
                                                "grade", "postcode", "band",  "point", "month"};
    const int field = t->table->count;
    wres_guessed_field guessed = {.field = field};
    bool called = false;
    if (field < 0 || is_fed(t, field)) return;
    for (size_t f = 0; f < t->table->field_count; f++)
        if (t->used[f] && t->table->fields[f].type == WRES_TYPE_ID) return;
    for (size_t c = 0; c < g->count; c++) {
        const column_about *about = &g->columns[c];
        if (!is_free(g, t, c) || about->years == about->filled || about->above_one == 0) continue;
        if (100 * about->numbers < 95 * about->filled || contains_one(about->key, others, COUNT(others))) continue;
        called = contains_one(about->key, count_words, COUNT(count_words));
        add_candidate(&guessed, (int)c);
    }
    take(t, &guessed, called, WRES_GUESS_NUMBERS);
}

/* ---- the table ---------------------------------------------------------------------------------------------- */

static size_t tables_that_know(const guesser *g, int column) {
    const uint32_t number = wres_dictionary_find(g->keys, wres_text_of(g->columns[column].key));
    return number == WRES_NOWHERE ? 0 : g->known[number];
}

/* Hardly any other table has it; of who is in post, anything beyond who, when and where: a grade, a group, a contract. */
static bool is_hallmark(const wres_table *table, int field, size_t known) {
    if (field == table->date) return false;
    if (known <= 2) return true;
    if (table->time != WRES_TIME_SNAPSHOT || field == table->organisation || field == table->person || field == table->count)
        return false;
    for (size_t n = 0; n < table->needs_count; n++)
        for (size_t i = 0; i < table->needs[n].count; i++)
            if (table->needs[n].fields[i] == field) return false;
    return true;
}

/* What few tables know says most; what is called so and holds something else says nothing. */
static void add_points(const guesser *g, trial *t, const wres_guessed_field *guessed) {
    const wres_field *field = &t->table->fields[guessed->field];
    const int column = guessed->column >= 0 ? guessed->column : guessed->candidates[0];
    if (guessed->reason >= WRES_GUESS_PERHAPS || guessed->reason == WRES_GUESS_VALUES) {
        t->points += guessed->column >= 0 ? OF_VALUES : 0;
        return;
    }
    const size_t known = tables_that_know(g, column);
    uint64_t points = ALL_KNOWN / (known ? known : 1);
    if (field->list) {
        const list_fit *fit = fit_of(g, column, field->list);
        if (is_share(fit, 90))
            points *= 2;
        else if (fit->looked >= ENOUGH_ROWS && !is_share(fit, 30))
            return;
    }
    t->points += points;
    t->hallmark = t->hallmark || is_hallmark(t->table, guessed->field, known);
}

static bool is_called_like(const guesser *g, const wres_table *table) {
    if (strstr(g->name, wres_print(g->run, " %s ", table->name))) return true;
    for (size_t i = 0; i < table->file_word_count; i++)
        if (strstr(g->name, wres_print(g->run, " %s ", table->file_words[i]))) return true;
    return false;
}

static trial try_table(const guesser *g, const wres_table *table) {
    trial t = {.table = table, .taken = wres_alloc(g->run, g->count + 1), .needs_met = true};
    guess_by_header(g, &t);
    guess_needs(g, &t);
    for (size_t f = 0; f < table->field_count; f++) guess_code(g, &t, (int)f, false);
    guess_date(g, &t);
    guess_count(g, &t);
    for (size_t n = 0; n < table->needs_count; n++) t.needs_met = t.needs_met && is_need_met(&t, &table->needs[n]);
    for (size_t f = 0; f < table->field_count; f++)
        if (t.used[f]) add_points(g, &t, &t.fields[f]);
    if (t.points && t.needs_met) t.points += OF_NEEDS;
    if (t.points && is_called_like(g, table)) t.points += OF_FILE_NAME, t.hallmark = true;
    /* Who is in post is told by grade and group alone; events and lists have something of their own. */
    if (table->time != WRES_TIME_SNAPSHOT && !t.hallmark) t.points /= 2;
    return t;
}

static int by_points(const void *a, const void *b) {
    const wres_table_guess *one = a, *other = b;
    if (one->points != other->points) return one->points < other->points ? 1 : -1;
    return strcmp(one->table->name, other->table->name);
}

static void keep_guess(const guesser *g, const trial *t, wres_table_guess *out) {
    wres_guessed_field *fields = wres_alloc(g->run, (t->table->field_count + 1) * sizeof *fields);
    *out = (wres_table_guess){.table = t->table, .points = t->points, .hallmark = t->hallmark, .fields = fields};
    for (size_t f = 0; f < t->table->field_count; f++)
        if (t->used[f]) fields[out->field_count++] = t->fields[f];
}

/* ---- the file ----------------------------------------------------------------------------------------------- */

static void know_keys(guesser *g) {
    g->keys = wres_dictionary_new(g->run);
    for (size_t c = 0; c < g->count; c++) wres_dictionary_add(g->keys, wres_text_of(g->columns[c].key));
    g->known = wres_alloc(g->run, (g->count + 1) * sizeof *g->known);
    for (size_t t = 0; t < g->reading->tables->count; t++) {
        const spellings *of_table = spellings_of_table(g->run, g->reading->tables->all[t]);
        for (uint32_t k = 0; k < wres_dictionary_count(g->keys); k++)
            g->known[k] += spellings_find(of_table, wres_dictionary_bytes(g->keys, k)) != NULL;
    }
}

static void know_columns(guesser *g) {
    g->columns = wres_alloc(g->run, (g->count + 1) * sizeof *g->columns);
    for (size_t c = 0; c < g->count; c++) {
        g->columns[c] = column_about_of(g, c);
        for (size_t i = 0; i < c; i++)
            if (*g->columns[c].key && strcmp(g->columns[i].key, g->columns[c].key) == 0)
                g->columns[i].unique = g->columns[c].unique = false;
    }
}

/* "ER_Cases 2024.csv" as " er cases 2024 csv ". */
static const char *words_of(wres_run *run, const char *path) {
    const char *slash = strrchr(path, '/');
    char *words = wres_print(run, " %s ", slash ? slash + 1 : path);
    for (char *c = words; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
        if (!(*c >= 'a' && *c <= 'z') && !(*c & 0x80)) *c = ' ';
    }
    return words;
}

wres_status wres_guess_file(wres_reading *reading, const char *path, wres_guess *guess) {
    const wres_table *fits;
    *guess = (wres_guess){0};
    const wres_status status = wres_probe_file(reading, path, NULL, NULL, &guess->probe, &fits);
    if (status != WRES_OK) return status;
    guesser g = {.reading = reading,
                 .run = reading->run,
                 .probe = &guess->probe,
                 .count = guess->probe.headers ? guess->probe.header_count : 0,
                 .name = words_of(reading->run, path)};
    wres_table_guess *tables = wres_alloc(reading->run, (reading->tables->count + 1) * sizeof *tables);
    guess->tables = tables;
    know_columns(&g);
    know_keys(&g);
    for (size_t t = 0; t < reading->tables->count; t++) {
        const trial tried = try_table(&g, reading->tables->all[t]);
        if (tried.points >= LEAST_POINTS) keep_guess(&g, &tried, &tables[guess->table_count++]);
    }
    qsort(tables, guess->table_count, sizeof *tables, by_points);
    const uint64_t second = guess->table_count > 1 ? tables[1].points : 0;
    guess->sure = guess->table_count && 4 * tables[0].points >= 5 * second + 4 * OF_VALUES && tables[0].hallmark;
    return WRES_OK;
}

size_t wres_guess_groups(wres_reading *reading, const wres_guess *guess, const wres_table_guess *of,
                         int candidates[WRES_MOST_CANDIDATES], bool *sure) {
    static const char *const words[] = {"group", "role", "occupation", "profession", "staff", "job"};
    guesser g = {.reading = reading, .run = reading->run, .probe = &guess->probe, .count = guess->probe.header_count};
    size_t found = 0;
    *sure = false;
    know_columns(&g);
    for (int by_values = 1; by_values >= 0 && found == 0; by_values--)
        for (size_t c = 0; c < g.count && found < WRES_MOST_CANDIDATES; c++) {
            const column_about *about = &g.columns[c];
            bool taken = !about->unique || !*about->key || 2 * about->worded <= about->filled || about->distinct > MOST_GROUPS;
            for (size_t f = 0; f < of->field_count; f++) taken = taken || of->fields[f].column == (int)c;
            if (taken ||
                (by_values ? !is_share(fit_of(&g, (int)c, "staff_groups"), 95) : !contains_one(about->key, words, COUNT(words))))
                continue;
            candidates[found++] = (int)c;
            *sure = by_values && found == 1;
        }
    return found;
}
