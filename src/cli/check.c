/* wres check: what is wrong with the data, and nothing else. */
#include <stdio.h>
#include <string.h>

#include "cli/calculation.h"
#include "cli/document.h"
#include "wres/check.h"

/* The workforce, then who came and went, then the events of these people. */
static int turn_of(const wres_table *table) {
    return table->time == WRES_TIME_SNAPSHOT ? 0 : strcmp(table->name, "movements") == 0 ? 1 : 2;
}

static wres_status read_tables(calculation *c, wres_check *check) {
    for (int turn = 0; turn <= 2; turn++) {
        size_t at = 0;
        for (size_t i = 0; i < c->input_count; i++) {
            const wres_status status =
                turn_of(c->inputs[i].table) == turn ? wres_check_table(check, &c->inputs[i], c->accounts + at) : WRES_OK;
            if (status != WRES_OK) return status;
            at += c->inputs[i].file_count;
        }
    }
    return WRES_OK;
}

static bool is_met(const calculation *c, const wres_check_report *report) {
    return c->settings.fail_on && strcmp(c->settings.fail_on, "warning") == 0 && report->warnings;
}

/* Beside the report, on standard error: how much there is, and files that could not be read. */
static void say_outcome(const calculation *c, const arguments *asked, const wres_check_report *report) {
    for (size_t i = 0; i < report->count; i++)
        if (strcmp(report->rows[i].check, "file") == 0)
            wres_find(c->run, WRES_ERROR, "file", report->rows[i].place, 0, "%s", report->rows[i].message);
    if (asked->quiet) return;
    fprintf(stderr, "wres: check: errors %llu, warnings %llu, notes %llu\n", (unsigned long long)report->errors,
            (unsigned long long)report->warnings, (unsigned long long)report->information);
    notice_print(wres_disclosure_statement());
}

static wres_status write_report(calculation *c, const arguments *asked, const wres_check_report *report) {
    const document_parts parts = {.settings = &c->settings,
                                  .request = &c->request,
                                  .frame = &c->frame,
                                  .accounts = c->accounts,
                                  .account_count = c->account_count};
    const wres_published_list nothing = {0};
    const wres_file_seen **files = wres_alloc(c->run, (c->account_count + 1) * sizeof *files);
    wres_check_document document = {
        .report = report, .files = files, .values = asked->verbose || asked->values, .brief = asked->quiet};
    wres_sink *sink = NULL;
    for (size_t i = 0; i < c->account_count; i++)
        if (wres_account_seen(&c->accounts[i])) files[document.file_count++] = wres_account_seen(&c->accounts[i]);
    wres_status status = document_make(c->run, &parts, &nothing, &document.head);
    if (status == WRES_OK) status = wres_sink_open(c->run, c->settings.output, &sink);
    if (status == WRES_OK) status = wres_write_check(c->run, &document, &c->writing, sink);
    return status == WRES_OK ? wres_sink_commit(sink) : status;
}

wres_status check_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    wres_check *check;
    wres_check_report report;
    const char *latest = latest_standard(run);
    wres_status status = calculation_begin(&c, asked);
    if (status == WRES_OK) status = calculation_load_definitions(&c);
    const wres_list_setting *ids = &c.settings.standards;
    if (status == WRES_OK) status = calculation_load_standards(&c, ids->count ? ids->all : &latest, ids->count ? ids->count : 1);
    if (status == WRES_OK) status = inputs_gather(&c, asked);
    if (status != WRES_OK) return status;
    c.reading.look = c.reading.hash = true;
    inputs_choose_organisation(&c);
    status = wres_plan_new(&c.reading, &c.request, &c.plan);
    if (status == WRES_OK) status = wres_check_new(&c.reading, &c.frame, &c.request, c.plan, &check);
    if (status != WRES_OK) return status;
    status = read_tables(&c, check);
    if (status == WRES_OK) inputs_check_organisation(&c);
    if (status != WRES_OK) {
        wres_check_give_up(check);
        return status;
    }
    const wres_status found = wres_check_end(check, &report);
    if (found == WRES_USAGE) return found;
    status = write_report(&c, asked, &report);
    if (status != WRES_OK) return status;
    say_outcome(&c, asked, &report);
    return found != WRES_OK ? found : is_met(&c, &report) ? WRES_CONDITION : WRES_OK;
}
