/* A table is read once: each row goes to the tallies, as in a calculation, and to the watch. */
#include <stdio.h>
#include <string.h>

#include "check/check.h"

typedef struct table_check {
    wres_check *check;
    const wres_table *table;
    wres_tallying *tallying;
    wres_receiver tallies;
    bool may_tally; /* the as-at date is known, or the table tells it */
    bool tallied;   /* a file was */
    bool tallies_file;
    uint64_t rows;
    row_watch *watch;
} table_check;

void issue(wres_check *check, wres_severity severity, const char *name, wres_place place, uint64_t count,
           const wres_rational *share, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    collection_add(check->found, &(wres_finding){severity, name, place, count, text}, share);
}

wres_hash number_key(uint64_t number, wres_hash seed) { return wres_hash_bytes(&number, sizeof number, seed); }

/* ---- who is compared: by the first standard asked for --------------------------------------------------------- */

const char *compare_field(const wres_check *check) { return check->request->standards[0]->compare.field; }

const char *group_name(const wres_check *check, int group) {
    return group ? check->request->standards[0]->compare.group : check->request->standards[0]->compare.reference;
}

void groups_find(wres_check *check) {
    const wres_table *staff = wres_table_find(check->reading->tables, "workforce");
    const int field = wres_field_find(staff, compare_field(check));
    const wres_list *list = field < 0 ? NULL : wres_codes_find(check->reading->codes, staff->fields[field].list);
    for (int a = 0; list && a < (int)wres_list_attributes(list); a++) {
        int values[2];
        for (int g = 0; g < 2; g++) values[g] = wres_list_value_find(list, a, wres_text_of(group_name(check, g)));
        if (values[0] < 0 || values[1] < 0) continue;
        check->groups = list;
        check->group_attribute = a;
        memcpy(check->group_values, values, sizeof values);
        return;
    }
}

int group_of(const wres_check *check, uint16_t code) {
    const int value = check->groups ? wres_list_value_of(check->groups, check->group_attribute, code) : -1;
    return value < 0 ? -1 : value == check->group_values[0] ? 0 : value == check->group_values[1] ? 1 : -1;
}

const char *organisation_prefix(const wres_check *check, uint16_t organisation) {
    if (!organisation || !check->frame->several_organisations) return "";
    const char *name = wres_dictionary_text(wres_vocabulary(check->reading, "organisation"), organisation);
    return wres_print(check->run, "%s: ", wres_visible(check->run, wres_text_of(name)));
}

/* ---- the receiver --------------------------------------------------------------------------------------------- */

static void say_as_at(wres_check *check, const wres_table *table, const char *file) {
    if (check->said_as_at) return;
    check->said_as_at = true;
    issue(
        check, WRES_WARNING, "as-at", (wres_place){table->name, file, 0, NULL}, 0, NULL,
        "no table says at which date the data stand: nothing that depends on it was looked at, and a calculation would stop. Give the "
        "date with --as-at");
}

static wres_status begin_file(void *context, const wres_layout *layout, const char *file) {
    table_check *t = context;
    const bool dated = t->table->date < 0 || layout->has[t->table->date];
    watch_file(t->watch, layout);
    t->tallies_file = false;
    if (layout->faulty) return WRES_OK;
    if (t->check->frame->as_at == WRES_NO_DATE && (t->table->time != WRES_TIME_SNAPSHOT || !dated))
        say_as_at(t->check, t->table, file);
    else if (t->may_tally)
        t->tallies_file = t->tallies.begin(t->tallies.context, layout, file) == WRES_OK;
    t->tallied = t->tallied || t->tallies_file;
    return WRES_OK;
}

static wres_status take_row(void *context, const wres_row *row, wres_disposition *disposition) {
    table_check *t = context;
    *disposition = (wres_disposition){WRES_REASON_NOT_COUNTED, false, 0};
    if (t->tallies_file && t->tallies.row(t->tallies.context, row, disposition) != WRES_OK)
        t->may_tally = t->tallied = t->tallies_file = false; /* said; its counts are not to be trusted */
    t->rows++;
    watch_row(t->watch, row);
    return WRES_OK;
}

static bool rests_on(void *context, int field) {
    const table_check *t = context;
    return t->tallies.rests_on(t->tallies.context, field);
}

/* ---- a table -------------------------------------------------------------------------------------------------- */

wres_status wres_check_new(wres_reading *reading, wres_frame *frame, const wres_request *request, wres_plan *plan,
                           wres_check **out) {
    wres_run *run = reading->run;
    wres_check *check = *out = wres_alloc(run, sizeof *check);
    *check = (wres_check){.run = run, .reading = reading, .frame = frame, .request = request, .plan = plan};
    check->found = collection_new(run);
    check->tables = wres_alloc(run, (reading->tables->count + 1) * sizeof *check->tables);
    check->staff = keyed_new(run, sizeof(staff_member));
    check->posts = keyed_new(run, sizeof(post_holder));
    check->joiners = keyed_new(run, sizeof(wres_date));
    check->questions = keyed_new(run, sizeof(question_seen));
    check->boards = keyed_new(run, sizeof(board_seen));
    check->snapshots = keyed_new(run, sizeof(snapshot_seen));
    check->crowds = keyed_new(run, sizeof(crowd));
    groups_find(check);
    const wres_status status = thresholds_load(run, check->limits);
    if (status == WRES_OK) wres_findings_divert(run, collection_hear, check->found);
    return status;
}

static void keep_accounts(wres_check *check, const wres_table_input *input, wres_account *accounts) {
    check->tables[check->table_count++] = input->table;
    for (size_t i = 0; i < input->file_count; i++) {
        if (check->account_count == check->account_room) {
            const size_t room = check->account_room ? 2 * check->account_room : 32, size = sizeof *check->accounts;
            check->accounts = wres_grow(check->run, check->accounts, check->account_room * size, room * size);
            check->account_room = room;
        }
        check->accounts[check->account_count++] = &accounts[i];
    }
}

wres_status wres_check_table(wres_check *check, const wres_table_input *input, wres_account *accounts) {
    size_t count;
    wres_tally *const *tallies = wres_plan_tallies(check->plan, input->table, &count);
    table_check t = {.check = check, .table = input->table, .may_tally = true};
    keep_accounts(check, input, accounts);
    t.tallying = wres_tallies_begin(check->reading, check->frame, input->table, tallies, count);
    t.tallies = wres_tallies_receiver(t.tallying);
    t.watch = watch_new(check, input->table);
    const wres_receiver receiver = {
        .context = &t, .begin = begin_file, .row = take_row, .rests_on = t.tallies.rests_on ? rests_on : NULL};
    const wres_status status = wres_input_read(check->reading, input, &receiver, accounts);
    if (status == WRES_USAGE) return status;
    check->file_missing = check->file_missing || status == WRES_IO;
    const bool of_staff = input->table->time == WRES_TIME_SNAPSHOT;
    if (of_staff && input->file_count == 1) check->staff_file = accounts[0].file;
    if (t.tallied && (t.rows || status == WRES_OK)) { /* where every row is wrong, that none is left is no news */
        const bool settled = wres_tallies_end(t.tallying) == WRES_OK;
        check->has_people = check->has_people || (of_staff && settled);
        if (count) wres_accounts_settle(check->frame, tallies[0], accounts, input->file_count);
    }
    watch_end(t.watch);
    return WRES_OK;
}

void wres_check_give_up(wres_check *check) {
    wres_findings_divert(check->run, NULL, NULL);
    for (size_t i = 0; i < collection_count(check->found); i++) {
        const wres_check_row *row = collection_at(check->found, i);
        wres_find(check->run, row->severity, row->check, row->place, row->place.line ? 0 : row->count, "%s", row->message);
    }
}

/* What a calculation would say about its results, and rates of a few people. Only of data without an error: else it would not come so far. */
static void check_results(wres_check *check) {
    wres_result_list results = {0};
    for (size_t i = 0; i < collection_count(check->found); i++)
        if (collection_at(check->found, i)->severity == WRES_ERROR) return;
    if (check->frame->as_at == WRES_NO_DATE || wres_compute(check->plan, check->frame, &results) != WRES_OK) return;
    for (size_t i = 0; i < results.count; i++) {
        const wres_result *r = &results.all[i];
        if (strcmp(r->statistic, "rate") != 0 || strcmp(r->section, "all") != 0 || strcmp(r->row, "all") != 0 ||
            strcmp(r->by, "all") != 0 || strcmp(r->group, "unknown") == 0 || strcmp(r->group, "all") == 0 || !r->has_counts ||
            r->denominator == 0 || r->denominator >= check->limits[SMALL_DENOMINATOR])
            continue;
        issue(check, WRES_WARNING, "small-denominator", (wres_place){0}, r->denominator, NULL,
              "%s, indicator %s%s%s: the rate of the group %s rests on few people", r->standard, r->indicator,
              strcmp(r->organisation, "all") == 0 ? "" : ", ", strcmp(r->organisation, "all") == 0 ? "" : r->organisation,
              r->group);
    }
}

wres_status wres_check_end(wres_check *check, wres_check_report *report) {
    check_results(check);
    whole_check(check);
    wres_findings_divert(check->run, NULL, NULL);
    const wres_status status = report_make(check, report);
    if (status != WRES_OK) return status;
    return check->file_missing ? WRES_IO : report->errors ? WRES_DATA : WRES_OK;
}
