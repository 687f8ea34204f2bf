/* The way from CSV text to results, as `wres calc` goes it, for tests whose data are a few lines made by hand.
 *
 *     pipeline *p = pipeline_new("wres-2025");
 *     pipeline_add(p, "workforce", "Date,Ethnicity\n2025-03-31,A\n");
 *     assert_int_equal(pipeline_run(p), WRES_OK);
 *     assert_people(1, result(p, .indicator = "1", .group = "white", .statistic = "count"));
 *     pipeline_end(p);
 *
 * Every run that ends well has been checked for: read = used + left out, and no two results with one key. */
#ifndef WRES_TESTS_PIPELINE_H
#define WRES_TESTS_PIPELINE_H

#include "close.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wres/disclosure.h"
#include "wres/indicator.h"

#define PIPELINE_MOST_INPUTS 12
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

typedef struct pipeline_input {
    const char *table, *settings;
    wres_text content;
    wres_settings loaded;
    char *path, *settings_path;
} pipeline_input;

typedef struct pipeline {
    wres_run *run;
    wres_tables tables;
    wres_codes *codes;
    wres_grades *grades;
    wres_reading reading;
    const wres_standard *standards[2];
    wres_request request;
    wres_frame frame;
    wres_plan *plan;
    pipeline_input inputs[PIPELINE_MOST_INPUTS];
    size_t input_count;
    wres_account accounts[PIPELINE_MOST_INPUTS]; /* workforce first, then the tables in the order of their names */
    size_t account_count;
    wres_result_list results;
    bool joins_members; /* as wres calc does */
} pipeline;

/* ---- files -------------------------------------------------------------------------------------------------- */

typedef struct pipeline_folder {
    char path[32];
} pipeline_folder;

static inline pipeline_folder pipeline_folder_new(void) {
    pipeline_folder folder = {"/tmp/wres-test-XXXXXX"};
    assert_non_null(mkdtemp(folder.path));
    return folder;
}

static inline char *pipeline_write(pipeline *p, const pipeline_folder *folder, const char *name, wres_text content) {
    char *path = wres_print(p->run, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.bytes, 1, content.length, file), content.length);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* ---- making one --------------------------------------------------------------------------------------------- */

/* Built-in tables, code lists and the named standard (none for NULL). No as-at date, no breakdown, two groups. */
static inline pipeline *pipeline_new(const char *standard) {
    wres_run *run = wres_run_new();
    assert_non_null(run);
    pipeline *p = wres_alloc(run, sizeof *p);
    p->run = run;
    assert_int_equal(wres_tables_load(run, NULL, 0, &p->tables), WRES_OK);
    assert_int_equal(wres_codes_load(run, NULL, 0, &p->codes), WRES_OK);
    assert_int_equal(wres_grades_new(run, p->codes, &p->grades), WRES_OK);
    p->reading = (wres_reading){.run = run, .tables = &p->tables, .codes = p->codes, .grades = p->grades};
    p->request = (wres_request){.standards = p->standards, .unknown_in_base = -1};
    p->frame.as_at = WRES_NO_DATE;
    if (standard) assert_int_equal(wres_standard_load(run, standard, &p->standards[p->request.standard_count++]), WRES_OK);
    return p;
}

/* Adds a standard from its text; its file is called standard.yaml. */
static inline wres_status pipeline_standard(pipeline *p, const char *text) {
    const pipeline_folder folder = pipeline_folder_new();
    char *path = pipeline_write(p, &folder, "standard.yaml", wres_text_of(text));
    const wres_status status = wres_standard_load(p->run, path, &p->standards[p->request.standard_count]);
    unlink(path);
    rmdir(folder.path);
    p->request.standard_count += status == WRES_OK;
    return status;
}

/* A code list in the place of the built-in one; name: "pay_bands.csv". */
static inline void pipeline_codes(pipeline *p, const char *name, const char *csv) {
    const pipeline_folder folder = pipeline_folder_new();
    const char *path = pipeline_write(p, &folder, name, wres_text_of(csv));
    assert_int_equal(wres_codes_load(p->run, &path, 1, &p->codes), WRES_OK);
    assert_int_equal(wres_grades_new(p->run, p->codes, &p->grades), WRES_OK);
    unlink(path);
    rmdir(folder.path);
    p->reading.codes = p->codes;
    p->reading.grades = p->grades;
}

static inline void pipeline_as_at(pipeline *p, int year, int month, int day) {
    p->frame.as_at = wres_date_of(year, month, day);
    p->frame.as_at_given = true;
}

static inline void pipeline_organisation(pipeline *p, const char *code) {
    p->frame.organisation = code;
    p->frame.organisation_number = (uint16_t)wres_dictionary_add(wres_vocabulary(&p->reading, "organisation"), wres_text_of(code));
}

/* A breakdown by one field, or by two that are crossed (NULL where there is just one). */
static inline void pipeline_by(pipeline *p, const char *field, const char *crossed) {
    wres_breakdown *by = &p->request.breakdowns[p->request.breakdown_count++];
    *by = (wres_breakdown){.name = crossed ? wres_print(p->run, "%s,%s", field, crossed) : field, .fields = {field, crossed}, .count = crossed ? 2 : 1};
}

/* settings: what an input's entry in wres.yaml holds besides its file, as `columns: {pay_band: Grade}`; it stands in line 2. */
static inline void pipeline_add_bytes(pipeline *p, const char *table, wres_text content, const char *settings) {
    assert_true(p->input_count < PIPELINE_MOST_INPUTS);
    p->inputs[p->input_count++] = (pipeline_input){.table = table, .content = content, .settings = settings};
}

static inline void pipeline_add_with(pipeline *p, const char *table, const char *csv, const char *settings) {
    pipeline_add_bytes(p, table, wres_text_of(csv), settings);
}

static inline void pipeline_add(pipeline *p, const char *table, const char *csv) { pipeline_add_with(p, table, csv, NULL); }

/* ---- running ------------------------------------------------------------------------------------------------ */

static inline uint64_t pipeline_left_out(const wres_account *account) {
    uint64_t rows = 0;
    for (size_t i = 0; i < WRES_REASON_COUNT; i++) rows += account->left_out[i];
    return rows;
}

/* Input files are called TABLE-N.csv, N from 1 in the order in which they were added. */
static inline void pipeline_write_inputs(pipeline *p, const pipeline_folder *folder) {
    for (size_t i = 0; i < p->input_count; i++) {
        pipeline_input *input = &p->inputs[i];
        input->path = pipeline_write(p, folder, wres_print(p->run, "%s-%zu.csv", input->table, i + 1), input->content);
        if (!input->settings) continue;
        const char *text = wres_print(p->run, "inputs:\n  %s: {file: none.csv, %s}\n", input->table, input->settings);
        input->settings_path = pipeline_write(p, folder, wres_print(p->run, "settings-%zu.yaml", i + 1), wres_text_of(text));
        assert_int_equal(wres_settings_load(p->run, input->settings_path, &input->loaded), WRES_OK);
    }
}

static inline void pipeline_remove_inputs(const pipeline *p, const pipeline_folder *folder) {
    for (size_t i = 0; i < p->input_count; i++) {
        unlink(p->inputs[i].path);
        if (p->inputs[i].settings_path) unlink(p->inputs[i].settings_path);
    }
    rmdir(folder->path);
}

static inline wres_status pipeline_read_table(pipeline *p, const wres_table *table) {
    static const wres_input_setting none;
    struct wres_table_file files[PIPELINE_MOST_INPUTS];
    wres_table_input input = {table, files, 0};
    for (size_t i = 0; i < p->input_count; i++)
        if (strcmp(p->inputs[i].table, table->name) == 0)
            files[input.file_count++] = (struct wres_table_file){p->inputs[i].path, p->inputs[i].loaded.input_count ? p->inputs[i].loaded.inputs : &none};
    if (input.file_count == 0) return WRES_OK;
    size_t tally_count;
    wres_tally *const *tallies = wres_plan_tallies(p->plan, table, &tally_count);
    if (tally_count == 0) return WRES_OK;
    wres_account *accounts = &p->accounts[p->account_count];
    const wres_status status = wres_tallies_read(&p->reading, &p->frame, &input, tallies, tally_count, accounts);
    if (status != WRES_OK) return status;
    wres_accounts_settle(&p->frame, tallies[0], accounts, input.file_count);
    p->account_count += input.file_count;
    return WRES_OK;
}

static inline wres_status pipeline_read(pipeline *p) {
    const wres_table *workforce = wres_table_find(&p->tables, "workforce");
    wres_status status = pipeline_read_table(p, workforce);
    for (size_t t = 0; t < p->tables.count && status == WRES_OK; t++)
        if (p->tables.all[t] != workforce) status = pipeline_read_table(p, p->tables.all[t]);
    return status;
}

static inline void pipeline_check(pipeline *p) {
    wres_published_list published;
    for (size_t i = 0; i < p->account_count; i++)
        assert_int_equal(p->accounts[i].read, p->accounts[i].used + pipeline_left_out(&p->accounts[i]));
    assert_int_equal(wres_disclose(p->run, &p->results, &(wres_disclosure_options){-1}, &published), WRES_OK);
}

static inline wres_status pipeline_run(pipeline *p) {
    wres_status status = wres_plan_new(&p->reading, &p->request, &p->plan);
    if (status != WRES_OK) return status;
    if (p->joins_members) wres_plan_join_members(p->plan);
    const pipeline_folder folder = pipeline_folder_new();
    pipeline_write_inputs(p, &folder);
    status = pipeline_read(p);
    pipeline_remove_inputs(p, &folder);
    if (status == WRES_OK) status = wres_compute(p->plan, &p->frame, &p->results);
    if (status == WRES_OK) pipeline_check(p);
    return status;
}

static inline void pipeline_end(pipeline *p) { wres_run_free(p->run); }

/* The common case: one table, the standard wres-2025, and all well. */
static inline pipeline *pipeline_of(const char *table, const char *csv) {
    pipeline *p = pipeline_new("wres-2025");
    pipeline_add(p, table, csv);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

/* ---- results ------------------------------------------------------------------------------------------------ */

/* Where a result stands; what is left NULL is `all`. */
typedef struct result_place {
    const char *indicator, *organisation, *section, *row, *by, *by_value, *group, *statistic;
    const char *period; /* NULL = whatever it is */
} result_place;

static inline bool is_word(const char *got, const char *want) { return strcmp(got, want ? want : "all") == 0; }

static inline bool stands_at(const wres_result *r, const result_place *place) {
    return is_word(r->indicator, place->indicator) && is_word(r->organisation, place->organisation) && is_word(r->section, place->section) &&
           is_word(r->row, place->row) && is_word(r->by_value, place->by_value) && (!place->by || is_word(r->by, place->by)) &&
           is_word(r->group, place->group) && is_word(r->statistic, place->statistic) &&
           (!place->period || is_word(r->period, place->period));
}

/* NULL where there is none. */
static inline const wres_result *result_if_any(const pipeline *p, result_place place) {
    const wres_result *found = NULL;
    for (size_t i = 0; i < p->results.count; i++)
        if (stands_at(&p->results.all[i], &place)) found = &p->results.all[i];
    return found;
}

static inline const wres_result *result_at(const pipeline *p, result_place place) {
    size_t found = 0;
    for (size_t i = 0; i < p->results.count; i++) found += stands_at(&p->results.all[i], &place);
    if (found != 1)
        fail_msg("%zu results, wanted 1: indicator %s, organisation %s, %s/%s, by_value %s, %s %s", found, place.indicator ? place.indicator : "all",
                 place.organisation ? place.organisation : "all", place.section ? place.section : "all", place.row ? place.row : "all",
                 place.by_value ? place.by_value : "all", place.group ? place.group : "all", place.statistic ? place.statistic : "all");
    return result_if_any(p, place);
}

#define result(p, ...) result_at(p, (result_place){__VA_ARGS__})
#define no_result(p, ...) assert_null(result_if_any(p, (result_place){__VA_ARGS__}))

/* The exact value, in the unit: numerator / denominator. */
static inline void assert_exact(const wres_result *r, int64_t numerator, int64_t denominator) {
    assert_int_equal(r->status, WRES_CALCULATED);
    assert_int_equal(r->kind, WRES_VALUE_EXACT);
    assert_true(r->exact.numerator * denominator == r->exact.denominator * numerator);
}

static inline void assert_people(uint64_t people, const wres_result *r) {
    assert_int_equal(r->unit, WRES_PEOPLE);
    assert_exact(r, (int64_t)people, 1);
}

/* A share or a rate from counts. */
static inline void assert_of(const wres_result *r, uint64_t events, uint64_t trials) {
    assert_int_equal(r->unit, WRES_PERCENT);
    assert_true(r->has_counts);
    assert_true(r->numerator.numerator == (wres_int128)events * r->numerator.denominator);
    assert_int_equal(r->denominator, trials);
    assert_exact(r, 100 * (int64_t)events, (int64_t)trials);
}

static inline void assert_interval(const wres_result *r, double lower, double upper, double relative) {
    assert_true(r->has_interval);
    assert_close(r->lower, lower, relative);
    assert_close(r->upper, upper, relative);
}

static inline void assert_contains(const char *text, const char *part) {
    if (!text || !strstr(text, part)) fail_msg("'%s' does not contain '%s'", text ? text : "", part);
}

/* No value, and why. */
static inline void assert_missing(const wres_result *r, wres_result_status status, const char *note) {
    assert_int_equal(r->status, status);
    assert_int_equal(r->kind, WRES_VALUE_NONE);
    assert_contains(r->note, note);
}

/* Everything that would be published, one line a result. */
static inline const char *published_text(pipeline *p) {
    wres_published_list published;
    size_t length = 0;
    assert_int_equal(wres_disclose(p->run, &p->results, &(wres_disclosure_options){9}, &published), WRES_OK);
    for (size_t i = 0; i < published.count; i++)
        for (size_t c = 0; c < WRES_COLUMN_COUNT; c++) length += strlen(published.rows[i].column[c]) + 1;
    char *text = wres_alloc(p->run, length + 1), *end = text;
    for (size_t i = 0; i < published.count; i++)
        for (size_t c = 0; c < WRES_COLUMN_COUNT; c++) {
            const char *cell = published.rows[i].column[c];
            memcpy(end, cell, strlen(cell));
            end += strlen(cell);
            *end++ = c + 1 < WRES_COLUMN_COUNT ? '|' : '\n';
        }
    return text;
}

/* ---- findings ----------------------------------------------------------------------------------------------- */

static inline size_t finding_count(const pipeline *p, const char *check) {
    size_t count = 0;
    for (size_t i = 0; i < wres_finding_count(p->run); i++) count += strcmp(wres_finding_at(p->run, i)->check, check) == 0;
    return count;
}

/* The first finding of a check whose message contains the words. */
static inline const wres_finding *finding_with(const pipeline *p, const char *check, const char *words) {
    for (size_t i = 0; i < wres_finding_count(p->run); i++) {
        const wres_finding *f = wres_finding_at(p->run, i);
        if (strcmp(f->check, check) == 0 && strstr(f->message, words)) return f;
    }
    for (size_t i = 0; i < wres_finding_count(p->run); i++) print_message("finding: %s: %s\n", wres_finding_at(p->run, i)->check, wres_finding_at(p->run, i)->message);
    fail_msg("no finding '%s' with '%s'", check, words);
    return NULL;
}

static inline void assert_finding(const pipeline *p, wres_severity severity, const char *check, uint64_t count, const char *words) {
    const wres_finding *f = finding_with(p, check, words);
    assert_int_equal(f->severity, severity);
    assert_int_equal(f->count, count);
}

/* An error that names its line and field. */
static inline void assert_error_at(const pipeline *p, const char *check, uint64_t line, const char *field, const char *words) {
    const wres_finding *f = finding_with(p, check, words);
    assert_int_equal(f->severity, WRES_ERROR);
    assert_int_equal(f->place.line, line);
    if (field) assert_string_equal(f->place.field, field);
    else assert_null(f->place.field);
}

/* ---- order of rows ------------------------------------------------------------------------------------------ */

/* Calls check(csv, context) for every order of the rows below the header. */
static inline void for_every_order(const char *header, const char *const *rows, size_t count, void (*check)(const char *csv, void *context),
                                   void *context) {
    size_t order[8], orders = 1;
    assert_true(count <= COUNT_OF(order));
    for (size_t i = 2; i <= count; i++) orders *= i;
    for (size_t number = 0; number < orders; number++) {
        char csv[2048];
        size_t rest = number;
        bool taken[8] = {false};
        for (size_t i = 0; i < count; i++) { /* the digits of the number in the factorial system */
            size_t pick = rest % (count - i);
            rest /= count - i;
            for (order[i] = 0; taken[order[i]] || pick-- > 0; order[i]++) {}
            taken[order[i]] = true;
        }
        size_t length = (size_t)snprintf(csv, sizeof csv, "%s\n", header);
        for (size_t i = 0; i < count; i++) length += (size_t)snprintf(csv + length, sizeof csv - length, "%s\n", rows[order[i]]);
        assert_true(length < sizeof csv);
        check(csv, context);
    }
}

#endif
