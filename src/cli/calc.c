/* wres calc: settings and options to a plan, inputs to tallies, tallies to results, results to a file. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Everything that is decided before a record is read. */
typedef struct calculation {
    wres_run *run;
    wres_settings settings;
    wres_tables tables;
    wres_codes *codes;
    wres_grades *grades;
    wres_reading reading;
    wres_request request;
    wres_frame frame;
    wres_plan *plan;
    wres_table_input *inputs;
    size_t input_count;
    wres_account *accounts;
    size_t account_count;
    wres_disclosure_options disclosure;
    wres_write_options writing;
} calculation;

/* A value that came from the settings file is reported there, with its line. */
static wres_status option_error(calculation *c, const char *option, const char *value, const char *allowed) {
    for (size_t i = 0; i < c->settings.places.count; i++) {
        const wres_pair *place = &c->settings.places.all[i];
        if (place->value != value) continue;
        wres_find(c->run, WRES_ERROR, "settings",
                  (wres_place){.file = wres_visible_name(c->run, c->settings.file), .line = place->line, .field = place->name}, 0,
                  "'%s' is not allowed; allowed: %s", wres_visible(c->run, wres_text_of(value)), allowed);
        return WRES_USAGE;
    }
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0, "--%s: '%s' is not allowed; allowed: %s", option,
              wres_visible(c->run, wres_text_of(value)), allowed);
    return WRES_USAGE;
}

/* The place of value among the allowed words; otherwise where it is NULL; -1 and a finding where it is none of them. */
static int choose(calculation *c, const char *option, const char *value, const char *const *allowed, size_t count, int otherwise) {
    const char *all = "";
    if (!value) return otherwise;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, allowed[i]) == 0) return (int)i;
        all = wres_print(c->run, "%s%s%s", all, i ? ", " : "", allowed[i]);
    }
    option_error(c, option, value, all);
    return -1;
}

/* ---- settings ----------------------------------------------------------------------------------------------- */

static wres_status load_settings(calculation *c, const arguments *asked) {
    const char *path = asked->settings ? asked->settings : wres_file_exists("wres.yaml") ? "wres.yaml" : NULL;
    const wres_status status = path ? wres_settings_load(c->run, path, &c->settings) : WRES_OK;
    if (status == WRES_OK) settings_override(&c->settings, &asked->given);
    return status;
}

static wres_status set_frame(calculation *c) {
    c->frame.as_at = WRES_NO_DATE;
    c->frame.organisation = c->settings.organisation;
    if (!c->settings.as_at) return WRES_OK;
    c->frame.as_at = wres_date_parse(wres_text_of(c->settings.as_at), WRES_DAY_FIRST);
    c->frame.as_at_given = true;
    return c->frame.as_at == WRES_NO_DATE ? option_error(c, "as-at", c->settings.as_at, "a date as 2025-03-31") : WRES_OK;
}

static wres_status set_groups(calculation *c) {
    static const char *const counts[] = {"2", "5", "16"}, *const places[] = {"other", "asian", "apart"};
    static const char *const of_five[] = {"group5", "group5_census", "group6"};
    const int count = choose(c, "groups", c->settings.groups, counts, 3, 0),
              place = choose(c, "chinese", c->settings.chinese, places, 3, 0);
    if (count < 0 || place < 0) return WRES_USAGE;
    c->request.groups = count == 0 ? NULL : count == 1 ? of_five[place] : "group16";
    return WRES_OK;
}

static wres_status set_breakdowns(calculation *c) {
    if (c->settings.by.count > WRES_MOST_BREAKDOWNS)
        return option_error(c, "by", c->settings.by.all[WRES_MOST_BREAKDOWNS], "at most 16 breakdowns");
    for (size_t i = 0; i < c->settings.by.count; i++) {
        wres_breakdown *breakdown = &c->request.breakdowns[c->request.breakdown_count++];
        const char *name = c->settings.by.all[i];
        char *words = wres_copy(c->run, name, strlen(name)), *place = NULL;
        for (size_t earlier = 0; earlier < i; earlier++)
            if (strcmp(c->settings.by.all[earlier], name) == 0) return option_error(c, "by", name, "each breakdown once");
        breakdown->name = name;
        for (char *word = strtok_r(words, ",", &place); word; word = strtok_r(NULL, ",", &place)) {
            if (breakdown->count == WRES_MOST_CROSSED) return option_error(c, "by", name, "at most four fields that are crossed");
            breakdown->fields[breakdown->count++] = word;
        }
        if (breakdown->count == 0) return option_error(c, "by", name, "a field");
    }
    return WRES_OK;
}

static bool ends_in(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static wres_status set_output(calculation *c) {
    static const char *const formats[] = {"table", "json", "csv"};
    const char *output = c->settings.output && strcmp(c->settings.output, "-") != 0 ? c->settings.output : NULL;
    int otherwise = !output && wres_is_terminal(1) ? WRES_FORMAT_TABLE : WRES_FORMAT_CSV;
    if (output && ends_in(output, ".json")) otherwise = WRES_FORMAT_JSON;
    if (output && ends_in(output, ".txt")) otherwise = WRES_FORMAT_TABLE;
    const int format = choose(c, "format", c->settings.format, formats, COUNT(formats), otherwise);
    if (format < 0) return WRES_USAGE;
    c->writing.format = (wres_format)format;
    c->writing.raw = c->settings.raw && strcmp(c->settings.raw, "yes") == 0;
    c->writing.colour = !output && wres_is_terminal(1) && !(getenv("NO_COLOR") && *getenv("NO_COLOR"));
    c->writing.width = !output && wres_is_terminal(1) ? wres_terminal_width() : 100;
    return WRES_OK;
}

static wres_status set_numbers(calculation *c) {
    static const char *const bases[] = {"exclude", "include"}, *const conditions[] = {"outside", "warning"};
    uint64_t decimals = 0;
    c->request.unknown_in_base = -1;
    c->disclosure.decimals = -1;
    if (c->settings.unknown) c->request.unknown_in_base = choose(c, "unknown", c->settings.unknown, bases, 2, -1);
    if (c->settings.unknown && c->request.unknown_in_base < 0) return WRES_USAGE;
    if (c->settings.fail_on && choose(c, "fail-on", c->settings.fail_on, conditions, 2, -1) < 0) return WRES_USAGE;
    if (!c->settings.decimals) return WRES_OK;
    if (!wres_count_parse(wres_text_of(c->settings.decimals), &decimals) || decimals > WRES_MOST_DECIMALS)
        return option_error(c, "decimals", c->settings.decimals, "0 to 9");
    c->disclosure.decimals = (int)decimals;
    return WRES_OK;
}

static wres_status load_standards(calculation *c) {
    const size_t count = c->settings.standards.count ? c->settings.standards.count : 1;
    const wres_standard **standards = wres_alloc(c->run, count * sizeof *standards);
    for (size_t i = 0; i < count; i++) {
        const char *id = c->settings.standards.count ? c->settings.standards.all[i] : latest_standard(c->run);
        const wres_status status = wres_standard_load(c->run, id, &standards[i]);
        if (status != WRES_OK) return status;
        for (size_t earlier = 0; earlier < i; earlier++)
            if (strcmp(standards[earlier]->id, standards[i]->id) == 0) return option_error(c, "standard", id, "each standard once");
    }
    c->request.standards = standards;
    c->request.standard_count = count;
    return WRES_OK;
}

static wres_status load_definitions(calculation *c) {
    wres_status status = wres_tables_load(c->run, c->settings.tables.all, c->settings.tables.count, &c->tables);
    if (status == WRES_OK) status = wres_codes_load(c->run, c->settings.codes.all, c->settings.codes.count, &c->codes);
    if (status == WRES_OK) status = wres_grades_new(c->run, c->codes, &c->grades);
    if (status == WRES_OK) status = load_standards(c);
    if (status != WRES_OK) return status;
    for (size_t t = 0; t < c->tables.count; t++)
        for (size_t f = 0; f < c->tables.all[t]->field_count; f++) {
            const wres_field *field = &c->tables.all[t]->fields[f];
            if (!field->list || wres_codes_find(c->codes, field->list)) continue;
            wres_find(c->run, WRES_ERROR, "tables", (wres_place){.table = c->tables.all[t]->name, .field = field->name}, 0,
                      "there is no code list '%s'; 'wres codes' lists them", field->list);
            return WRES_USAGE;
        }
    c->reading =
        (wres_reading){.run = c->run,
                       .tables = &c->tables,
                       .codes = c->codes,
                       .grades = c->grades,
                       .hash = c->writing.format == WRES_FORMAT_JSON || (c->settings.hash && strcmp(c->settings.hash, "yes") == 0),
                       .allow_unmapped = c->settings.allow_unmapped && strcmp(c->settings.allow_unmapped, "yes") == 0,
                       .strict = c->settings.strict && strcmp(c->settings.strict, "yes") == 0};
    return WRES_OK;
}

/* ---- inputs ------------------------------------------------------------------------------------------------- */

typedef struct input_list {
    struct named_file {
        const char *table, *path;
        const wres_input_setting *setting;
    } * all;
    size_t count, room;
} input_list;

static void add_input(calculation *c, input_list *list, const char *table, const char *path, const wres_input_setting *setting) {
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 16, size = sizeof *list->all;
        list->all = wres_grow(c->run, list->all, list->room * size, room * size);
        list->room = room;
    }
    list->all[list->count++] = (struct named_file){table, path, setting};
}

/* What the settings say of a table still holds for a file of it that is named on the command line. */
static const wres_input_setting *setting_of_table(calculation *c, const char *table) {
    static const wres_input_setting none;
    for (size_t i = 0; i < c->settings.input_count; i++)
        if (strcmp(c->settings.inputs[i].table, table) == 0) return &c->settings.inputs[i];
    return &none;
}

/* Files of a folder that are called like no table: most likely one of them was meant. */
static wres_status say_passed_over(calculation *c, const input_list *list, size_t before, const char *folder) {
    const char *const *paths, *names = "";
    size_t count, passed = 0;
    const wres_status status = wres_folder_list(c->run, folder, "", ".csv", &paths, &count);
    for (size_t i = 0; status == WRES_OK && i < count; i++) {
        bool taken = false;
        for (size_t k = before; k < list->count; k++) taken = taken || strcmp(list->all[k].path, paths[i]) == 0;
        if (taken) continue;
        const char *name = strrchr(paths[i], '/');
        names = wres_print(c->run, "%s%s%s", names, passed++ ? ", " : "", wres_visible_name(c->run, name ? name + 1 : paths[i]));
    }
    if (passed)
        wres_find(c->run, WRES_WARNING, "files-passed-over", (wres_place){.file = wres_visible_name(c->run, folder)}, passed,
                  "files that are called like no table are not read: %s. Name them as TABLE=FILE if they belong to it", names);
    return status;
}

static wres_status add_folder(calculation *c, input_list *list, const char *folder) {
    const size_t before = list->count;
    for (size_t t = 0; t < c->tables.count; t++) {
        const char *const *paths, *name = c->tables.all[t]->name;
        size_t count;
        const wres_status status = wres_folder_list(c->run, folder, name, ".csv", &paths, &count);
        if (status != WRES_OK) return status;
        for (size_t i = 0; i < count; i++) add_input(c, list, name, paths[i], setting_of_table(c, name));
    }
    if (list->count > before) return say_passed_over(c, list, before, folder);
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){.file = wres_visible_name(c->run, folder)}, 0,
              "no file in this folder is called like a table (workforce*.csv, recruitment*.csv ...): 'wres tables' lists them");
    return WRES_USAGE;
}

static wres_status add_operand(calculation *c, input_list *list, const char *operand) {
    const char *equals = strchr(operand, '=');
    if (equals) {
        const char *table = wres_copy(c->run, operand, (size_t)(equals - operand));
        add_input(c, list, table, equals + 1, setting_of_table(c, table));
        return WRES_OK;
    }
    if (wres_is_folder(operand)) return add_folder(c, list, operand);
    if (!wres_file_exists(operand)) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){.file = wres_visible_name(c->run, operand)}, 0,
                  "there is no such folder. Inputs are TABLE=FILE, as workforce=staff.csv, or a folder");
        return WRES_IO;
    }
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0,
              "'%s' is neither TABLE=FILE nor a folder. Write, for example, workforce=%s",
              wres_visible(c->run, wres_text_of(operand)), wres_visible(c->run, wres_text_of(operand)));
    return WRES_USAGE;
}

static wres_status check_overwritten(calculation *c, const char *path) {
    const char *output = c->settings.output;
    if (!output || strcmp(output, "-") == 0 || !wres_same_file(output, path)) return WRES_OK;
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){.file = wres_visible_name(c->run, path)}, 0,
              "this file is read and would be overwritten by the output: give -o another name");
    return WRES_USAGE;
}

static wres_status check_input(calculation *c, const struct named_file *input) {
    const char **names = wres_alloc(c->run, (c->tables.count + 1) * sizeof *names);
    if (!wres_table_find(&c->tables, input->table)) {
        for (size_t i = 0; i < c->tables.count; i++) names[i] = c->tables.all[i]->name;
        const char *near = wres_nearest(c->run, input->table, names, c->tables.count);
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){.file = input->setting->settings_file, .line = input->setting->line}, 0,
                  "there is no table '%s'%s%s; 'wres tables' lists them", wres_visible(c->run, wres_text_of(input->table)),
                  near ? ": did you mean " : "", near ? near : "");
        return WRES_USAGE;
    }
    if (!*input->path) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){.table = input->table}, 0,
                  "the name of the file is missing behind '%s='", input->table);
        return WRES_USAGE;
    }
    return check_overwritten(c, input->path);
}

/* Standard input can be read once. */
static wres_status check_standard_input(calculation *c, const input_list *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) count += strcmp(list->all[i].path, "-") == 0;
    if (count < 2) return WRES_OK;
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0, "'-', standard input, can be given once only");
    return WRES_USAGE;
}

/* Nothing that was read may be overwritten: neither records nor settings, standards and code lists. */
static wres_status check_definitions(calculation *c) {
    const wres_list_setting *const lists[] = {&c->settings.standards, &c->settings.codes, &c->settings.tables};
    wres_status status = c->settings.file ? check_overwritten(c, c->settings.file) : WRES_OK;
    for (size_t l = 0; l < COUNT(lists); l++)
        for (size_t i = 0; i < lists[l]->count && status == WRES_OK; i++) status = check_overwritten(c, lists[l]->all[i]);
    return status;
}

/* The files of one table, as one input. */
static void group_input(calculation *c, const input_list *list, const wres_table *table) {
    struct wres_table_file *files = wres_alloc(c->run, (list->count + 1) * sizeof *files);
    wres_table_input input = {table, files, 0};
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->all[i].table, table->name) == 0)
            files[input.file_count++] = (struct wres_table_file){list->all[i].path, list->all[i].setting};
    if (input.file_count) c->inputs[c->input_count++] = input;
}

static wres_status gather_inputs(calculation *c, const arguments *asked) {
    input_list list = {0};
    wres_status status = WRES_OK;
    for (size_t i = 0; i < asked->operand_count && status == WRES_OK; i++) status = add_operand(c, &list, asked->operands[i]);
    for (size_t i = 0; asked->operand_count == 0 && i < c->settings.input_count; i++)
        for (size_t f = 0; f < c->settings.inputs[i].file_count; f++)
            add_input(c, &list, c->settings.inputs[i].table, c->settings.inputs[i].files[f], &c->settings.inputs[i]);
    if (status == WRES_OK && list.count == 0) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){0}, 0,
                  "no input: name files as TABLE=FILE (workforce=staff.csv), a folder, or a settings file with --settings");
        return WRES_USAGE;
    }
    for (size_t i = 0; i < list.count && status == WRES_OK; i++) status = check_input(c, &list.all[i]);
    if (status == WRES_OK) status = check_standard_input(c, &list);
    if (status == WRES_OK) status = check_definitions(c);
    if (status != WRES_OK) return status;
    c->inputs = wres_alloc(c->run, c->tables.count * sizeof *c->inputs);
    c->accounts = wres_alloc(c->run, list.count * sizeof *c->accounts);
    c->account_count = list.count;
    group_input(c, &list, wres_table_find(&c->tables, "workforce")); /* first: the others are linked to it */
    for (size_t t = 0; t < c->tables.count; t++)
        if (strcmp(c->tables.all[t]->name, "workforce") != 0) group_input(c, &list, c->tables.all[t]);
    return WRES_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static wres_status date_needed(calculation *c) {
    wres_find(c->run, WRES_ERROR, "as-at", (wres_place){0}, 0,
              "without a workforce the date must be given: --as-at 2025-03-31, or 'as_at' in the settings");
    return WRES_USAGE;
}

static wres_status organisation_missing(calculation *c) {
    const wres_dictionary *names = wres_vocabulary(&c->reading, "organisation");
    const char *all = "", *candidates[64];
    size_t count = 0;
    for (uint32_t n = 1; n < wres_dictionary_count(names) && count < COUNT(candidates); n++)
        if (strcmp(wres_dictionary_text(names, n), c->frame.organisation) != 0)
            candidates[count++] = wres_dictionary_text(names, n);
    for (size_t i = 0; i < count && i < 12; i++)
        all = wres_print(c->run, "%s%s%s", all, i ? ", " : "", wres_visible(c->run, wres_text_of(candidates[i])));
    wres_find(c->run, WRES_ERROR, "organisation", (wres_place){0}, 0, "no row belongs to the organisation '%s'. The data has %s%s",
              wres_visible(c->run, wres_text_of(c->frame.organisation)), *all ? all : "none", count > 12 ? ", ..." : "");
    return WRES_DATA;
}

static wres_status read_inputs(calculation *c) {
    size_t at = 0;
    uint64_t used = 0;
    if (c->frame.organisation)
        c->frame.organisation_number =
            (uint16_t)wres_dictionary_add(wres_vocabulary(&c->reading, "organisation"), wres_text_of(c->frame.organisation));
    for (size_t i = 0; i < c->input_count; i++) {
        size_t count;
        const wres_table_input *input = &c->inputs[i];
        wres_tally *const *tallies = wres_plan_tallies(c->plan, input->table, &count);
        if (input->table->time != WRES_TIME_SNAPSHOT && c->frame.as_at == WRES_NO_DATE) return date_needed(c);
        if (count == 0)
            wres_find(c->run, WRES_INFORMATION, "table-not-used", (wres_place){.table = input->table->name}, 0,
                      "no indicator of the standards asked for uses this table");
        const wres_status status = wres_tallies_read(&c->reading, &c->frame, input, tallies, count, c->accounts + at);
        if (status != WRES_OK) return status;
        if (count) wres_accounts_settle(&c->frame, tallies[0], c->accounts + at, input->file_count);
        at += input->file_count;
    }
    for (size_t i = 0; c->reading.hash && c->writing.format != WRES_FORMAT_JSON && i < c->account_count; i++)
        wres_find(c->run, WRES_INFORMATION, "sha256",
                  (wres_place){.table = c->accounts[i].table->name, .file = c->accounts[i].file}, 0, "sha256 %s",
                  c->accounts[i].sha256);
    for (size_t i = 0; i < c->account_count; i++) used += c->accounts[i].used;
    return c->frame.organisation && used == 0 ? organisation_missing(c) : WRES_OK;
}

/* ---- results ------------------------------------------------------------------------------------------------ */

static bool is_met(const calculation *c, const wres_published_list *published) {
    if (!c->settings.fail_on) return false;
    if (strcmp(c->settings.fail_on, "warning") == 0) {
        for (size_t i = 0; i < wres_finding_count(c->run); i++)
            if (wres_finding_at(c->run, i)->severity >= WRES_WARNING) return true;
        return false;
    }
    for (size_t i = 0; i < published->count; i++) {
        const char *flag = published->rows[i].column[WRES_COLUMN_FLAG];
        if (strcmp(flag, "above") == 0 || strcmp(flag, "below") == 0) return true;
    }
    return false;
}

static wres_status write_results(calculation *c, const arguments *asked) {
    wres_result_list results = {0};
    wres_published_list published;
    wres_document document;
    wres_sink *sink;
    wres_status status = wres_compute(c->plan, &c->frame, &results);
    if (status == WRES_OK) status = wres_disclose(c->run, &results, &c->disclosure, &published);
    if (status != WRES_OK) return status;
    const document_parts parts = {&c->settings, &c->request, &c->frame, c->accounts, c->account_count};
    status = document_make(c->run, &parts, &published, &document);
    if (status == WRES_OK) status = wres_sink_open(c->run, c->settings.output, &sink);
    if (status == WRES_OK) status = wres_write(c->run, &document, &c->writing, sink);
    if (status == WRES_OK) status = wres_sink_commit(sink);
    if (status != WRES_OK) return status;
    if (!asked->quiet) notice_print(wres_disclosure_statement());
    return is_met(c, &published) ? WRES_CONDITION : WRES_OK;
}

wres_status calc_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    wres_status status = load_settings(&c, asked);
    if (status == WRES_OK) status = set_frame(&c);
    if (status == WRES_OK) status = set_groups(&c);
    if (status == WRES_OK) status = set_breakdowns(&c);
    if (status == WRES_OK) status = set_numbers(&c);
    if (status == WRES_OK) status = set_output(&c);
    if (status == WRES_OK) status = load_definitions(&c);
    if (status == WRES_OK) status = gather_inputs(&c, asked);
    if (status == WRES_OK) status = wres_plan_new(&c.reading, &c.request, &c.plan);
    if (status == WRES_OK) status = read_inputs(&c);
    return status == WRES_OK ? write_results(&c, asked) : status;
}
