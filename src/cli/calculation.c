/* Settings, options, definitions and results of a calculation. */
#include "cli/calculation.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

wres_status option_error(calculation *c, const char *option, const char *value, const char *allowed) {
    const wres_place place = wres_setting_place(c->run, &c->settings, option, value);
    wres_find(c->run, WRES_ERROR, place.file ? "settings" : "usage", place, 0, "'%s' is not allowed; allowed: %s",
              wres_visible(c->run, wres_text_of(value)), allowed);
    return WRES_USAGE;
}

int choose(calculation *c, const char *option, const char *value, const char *const *allowed, size_t count, int otherwise) {
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
    wres_kind kind = WRES_A_FILE;
    wres_status status = asked->settings ? WRES_OK : wres_kind_of(c->run, "wres.yaml", &kind);
    const char *path = asked->settings ? asked->settings : "wres.yaml";
    if (status == WRES_OK && kind != WRES_NOT_THERE) status = wres_settings_load(c->run, path, &c->settings);
    if (status == WRES_OK && (asked->command & (CHECK | CUBE | SQL))) { /* meant for the results, which a report must not replace */
        c->settings.output = NULL;
        if (c->settings.fail_on && strcmp(c->settings.fail_on, "warning") != 0) c->settings.fail_on = NULL;
        if (asked->command != CHECK) c->settings.format = NULL;
    }
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

/* "sex,team" as the fields that are crossed. */
static wres_status read_breakdown(calculation *c, const char *option, const char *name, wres_breakdown *breakdown) {
    char *words = wres_copy(c->run, name, strlen(name)), *place = NULL;
    breakdown->name = name;
    breakdown->asked = wres_setting_place(c->run, &c->settings, option, name);
    for (char *word = strtok_r(words, ",", &place); word; word = strtok_r(NULL, ",", &place)) {
        if (breakdown->count == WRES_MOST_CROSSED) return option_error(c, option, name, "at most four fields that are crossed");
        breakdown->fields[breakdown->count++] = word;
    }
    return breakdown->count ? WRES_OK : option_error(c, option, name, "a field");
}

static wres_status set_breakdowns(calculation *c) {
    wres_status status = WRES_OK;
    if (c->settings.by.count > WRES_MOST_BREAKDOWNS)
        return option_error(c, "by", c->settings.by.all[WRES_MOST_BREAKDOWNS], "at most 16 breakdowns");
    for (size_t i = 0; i < c->settings.by.count && status == WRES_OK; i++) {
        const char *name = c->settings.by.all[i];
        for (size_t earlier = 0; earlier < i; earlier++)
            if (strcmp(c->settings.by.all[earlier], name) == 0) return option_error(c, "by", name, "each breakdown once");
        status = read_breakdown(c, "by", name, &c->request.breakdowns[c->request.breakdown_count++]);
    }
    if (status == WRES_OK && c->settings.stratify) status = read_breakdown(c, "stratify", c->settings.stratify, &c->request.strata);
    return status;
}

/* Goals and appointments are numbers of people, and so is what a query counts. */
static wres_status set_weight(calculation *c) {
    static const char *const weights[] = {"head", "fte"};
    const int weight = choose(c, "weight", c->settings.weight, weights, COUNT(weights), 0);
    if (weight < 0) return WRES_USAGE;
    c->request.fte = c->reading.fte = weight == 1;
    if (weight == 0 || !(c->command & (GOALS | SQL))) return WRES_OK;
    const wres_place place = wres_setting_place(c->run, &c->settings, "weight", c->settings.weight);
    wres_find(c->run, WRES_ERROR, place.file ? "settings" : "usage", place, 0, "%s: this command takes --weight head only",
              c->command == GOALS ? "goals and appointments are numbers of people" : "the query counts people");
    return WRES_USAGE;
}

/* What the command line says holds for every file; what the settings say of all files gives way to what they say of one. */
static wres_status set_dates(calculation *c, const arguments *asked) {
    static const char *const orders[] = {"d/m/y", "m/d/y"};
    const int order = choose(c, "dates", c->settings.dates, orders, COUNT(orders), -1);
    if (order < 0) return c->settings.dates ? WRES_USAGE : WRES_OK;
    c->reading.dates = order == 1 ? WRES_DATES_MONTH_FIRST : WRES_DATES_DAY_FIRST;
    c->reading.dates_decided = asked->given.dates;
    return WRES_OK;
}

static bool ends_in(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

/* A name that says another format would get CSV without a word. */
static wres_status check_extension(calculation *c, const char *output) {
    static const char *const others[] = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".pdf", ".doc",  ".docx", ".odt",     ".html",
                                         ".htm", ".xml",  ".yaml", ".yml",  ".md",  ".tsv", ".pptx", ".zip",  ".parquet", ".gz"};
    for (size_t i = 0; output && !c->settings.format && i < COUNT(others); i++) {
        const size_t length = strlen(output), tail = strlen(others[i]);
        if (length <= tail || strcasecmp(output + length - tail, others[i]) != 0) continue;
        wres_find(
            c->run, WRES_ERROR, "usage", (wres_place){.file = wres_visible_name(c->run, output)}, 0,
            "%s is not a format that is written: name the output .csv (which a spreadsheet opens), .json or .txt, or say --format table, "
            "json or csv",
            others[i]);
        return WRES_USAGE;
    }
    return WRES_OK;
}

static wres_status set_output(calculation *c) {
    static const char *const formats[] = {"table", "json", "csv"};
    const char *output = c->settings.output && strcmp(c->settings.output, "-") != 0 ? c->settings.output : NULL;
    int otherwise = !output && wres_is_terminal(1) ? WRES_FORMAT_TABLE : WRES_FORMAT_CSV;
    if (output && ends_in(output, ".json")) otherwise = WRES_FORMAT_JSON;
    if (output && ends_in(output, ".txt")) otherwise = WRES_FORMAT_TABLE;
    const int format = choose(c, "format", c->settings.format, formats, COUNT(formats), otherwise);
    if (format < 0 || check_extension(c, output) != WRES_OK) return WRES_USAGE;
    c->writing.format = (wres_format)format;
    c->writing.raw = c->settings.raw && strcmp(c->settings.raw, "yes") == 0;
    c->writing.colour = !output && wres_is_terminal(1) && !(getenv("NO_COLOR") && *getenv("NO_COLOR"));
    c->writing.width = !output && wres_is_terminal(1) ? wres_terminal_width() : 100;
    return WRES_OK;
}

static wres_status set_numbers(calculation *c) {
    static const char *const bases[] = {"exclude", "include"}, *const conditions[] = {"outside", "behind", "warning"},
                             *const of_check[] = {"warning", "error"};
    static const char *const corrections[] = {"none", "holm", "bh"};
    uint64_t decimals = 0;
    const int correction = choose(c, "correct", c->settings.correct, corrections, COUNT(corrections), WRES_UNCORRECTED);
    if (correction < 0) return WRES_USAGE;
    c->correction = (wres_correction)correction;
    c->request.unknown_in_base = -1;
    c->disclosure.decimals = -1;
    if (c->settings.unknown) c->request.unknown_in_base = choose(c, "unknown", c->settings.unknown, bases, 2, -1);
    if (c->settings.unknown && c->request.unknown_in_base < 0) return WRES_USAGE;
    const char *const *allowed = c->command == CHECK ? of_check : conditions;
    const size_t count = c->command == CHECK ? COUNT(of_check) : COUNT(conditions);
    if (c->settings.fail_on && choose(c, "fail-on", c->settings.fail_on, allowed, count, -1) < 0) return WRES_USAGE;
    if (!c->settings.decimals) return WRES_OK;
    if (!wres_count_parse(wres_text_of(c->settings.decimals), &decimals) || decimals > WRES_MOST_DECIMALS)
        return option_error(c, "decimals", c->settings.decimals, "0 to 9");
    c->disclosure.decimals = (int)decimals;
    return WRES_OK;
}

/* The environment variable WRES_BLOCK, how many bytes a thread reads at once, is for tests: results do not depend on it either. With 0
 * every row is read by itself, through libcsv. */
static wres_status set_threads(calculation *c) {
    enum { MOST_THREADS = 64 };
    uint64_t threads = 0, block = 0;
    const char *size = getenv("WRES_BLOCK");
    if (c->settings.threads &&
        (!wres_count_parse(wres_text_of(c->settings.threads), &threads) || threads < 1 || threads > MOST_THREADS))
        return option_error(c, "threads", c->settings.threads, "1 to 64");
    const bool told = size && wres_count_parse(wres_text_of(size), &block) && block <= UINT32_MAX;
    c->reading.row_by_row = told && block == 0;
    c->reading.threads = (size_t)threads;
    c->reading.block = (size_t)block;
    return WRES_OK;
}

static wres_status same_standard(calculation *c, const char *asked, const wres_standard *earlier, const wres_standard *standard) {
    if (strcmp(earlier->file, standard->file) == 0) return option_error(c, "standard", asked, "each standard once");
    wres_find(c->run, WRES_ERROR, "standard", (wres_place){.file = standard->file, .line = standard->id_line, .field = "standard"},
              0, "'%s' is the id of %s too: give this one another", standard->id, earlier->file);
    return WRES_USAGE;
}

wres_status load_named_standard(calculation *c, const char *id_or_file, const wres_standard **standard) {
    const wres_place place = wres_setting_place(c->run, &c->settings, "standard", id_or_file);
    return wres_standard_load_named(c->run, id_or_file, &place, standard);
}

wres_status calculation_load_standards(calculation *c, const char *const *ids, size_t count) {
    const wres_standard **standards = wres_alloc(c->run, (count + 1) * sizeof *standards);
    for (size_t i = 0; i < count; i++) {
        const wres_status status = load_named_standard(c, ids[i], &standards[i]);
        if (status != WRES_OK) return status;
        for (size_t earlier = 0; earlier < i; earlier++)
            if (strcmp(standards[earlier]->id, standards[i]->id) == 0)
                return same_standard(c, ids[i], standards[earlier], standards[i]);
    }
    c->request.standards = standards;
    c->request.standard_count = count;
    const char **own = wres_alloc(c->run, (count + 1) * sizeof *own); /* the names outlive what the caller has them in */
    memcpy(own, ids, count * sizeof *own);
    c->standard_ids = own;
    return WRES_OK;
}

static wres_status no_list(wres_run *run, const wres_codes *codes, const wres_table *table, const wres_field *field) {
    const size_t count = wres_codes_count(codes);
    const char **names = wres_alloc(run, (count + 1) * sizeof *names), *all = "";
    for (size_t i = 0; i < count; i++) {
        names[i] = wres_list_name(wres_codes_at(codes, i));
        all = wres_print(run, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = wres_nearest(run, field->list, names, count);
    wres_find(run, WRES_ERROR, "tables", (wres_place){.file = table->file, .line = field->list_line, .field = "list"}, 0,
              "there is no code list '%s'%s%s; there are %s", wres_visible(run, wres_text_of(field->list)),
              near ? ": did you mean " : "", near ? near : "", all);
    return WRES_USAGE;
}

static bool has_field_of(const wres_table *table, const char *list) {
    for (size_t f = 0; f < table->field_count; f++)
        if (table->fields[f].list && strcmp(table->fields[f].list, list) == 0) return true;
    return false;
}

/* A list under a name that no field asks for would be left aside without a word: most likely its file has a misspelt name. */
static wres_status check_list_used(wres_run *run, const wres_settings *settings, const wres_tables *tables, const wres_codes *codes,
                                   const char *path) {
    const size_t count = wres_codes_count(codes);
    const char **names = wres_alloc(run, (count + 1) * sizeof *names), *name = wres_codes_name_of(run, path), *all = "";
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const char *list = wres_list_name(wres_codes_at(codes, i));
        bool has_field = false;
        for (size_t t = 0; t < tables->count; t++) has_field = has_field || has_field_of(tables->all[t], list);
        if (has_field && strcmp(list, name) == 0) return WRES_OK;
        if (!has_field) continue;
        names[used++] = list;
        all = wres_print(run, "%s%s%s", all, *all ? ", " : "", list);
    }
    const char *near = wres_nearest(run, name, names, used);
    wres_find(run, WRES_ERROR, "code-list", wres_setting_place(run, settings, "codes", path), 0,
              "no field of any table has the code list '%s', which %s would be%s%s; the lists are %s",
              wres_visible(run, wres_text_of(name)), wres_visible_name(run, wres_path_last(path)), near ? ": did you mean " : "",
              near ? wres_print(run, "%s.csv", near) : "", all);
    return WRES_USAGE;
}

wres_status definitions_load(wres_run *run, const wres_settings *settings, wres_tables *tables, wres_codes **codes,
                             wres_grades **grades) {
    wres_status status = wres_tables_load(run, settings->tables.all, settings->tables.count, tables);
    if (status == WRES_OK) status = wres_codes_load(run, settings->codes.all, settings->codes.count, codes);
    if (status == WRES_OK) status = wres_grades_new(run, *codes, grades);
    for (size_t t = 0; t < tables->count && status == WRES_OK; t++)
        for (size_t f = 0; f < tables->all[t]->field_count && status == WRES_OK; f++) {
            const wres_field *field = &tables->all[t]->fields[f];
            if (field->list && !wres_codes_find(*codes, field->list)) status = no_list(run, *codes, tables->all[t], field);
        }
    for (size_t i = 0; i < settings->codes.count && status == WRES_OK; i++)
        status = check_list_used(run, settings, tables, *codes, settings->codes.all[i]);
    return status;
}

wres_status calculation_load_definitions(calculation *c) {
    const wres_status status = definitions_load(c->run, &c->settings, &c->tables, &c->codes, &c->grades);
    if (status != WRES_OK) return status;
    c->reading =
        (wres_reading){.run = c->run,
                       .tables = &c->tables,
                       .codes = c->codes,
                       .grades = c->grades,
                       .dates = c->reading.dates,
                       .dates_decided = c->reading.dates_decided,
                       .threads = c->reading.threads,
                       .block = c->reading.block,
                       .row_by_row = c->reading.row_by_row,
                       .fte = c->reading.fte,
                       .hash = c->writing.format == WRES_FORMAT_JSON || (c->settings.hash && strcmp(c->settings.hash, "yes") == 0),
                       .allow_unmapped = c->settings.allow_unmapped && strcmp(c->settings.allow_unmapped, "yes") == 0,
                       .strict = c->settings.strict && strcmp(c->settings.strict, "yes") == 0};
    return WRES_OK;
}

wres_status calculation_begin(calculation *c, const arguments *asked) {
    wres_status status = load_settings(c, asked);
    c->command = asked->command;
    if (status == WRES_OK) status = set_frame(c);
    if (status == WRES_OK) status = set_breakdowns(c);
    if (status == WRES_OK) status = set_numbers(c);
    if (status == WRES_OK) status = set_weight(c);
    if (status == WRES_OK) status = set_dates(c, asked);
    if (status == WRES_OK) status = set_threads(c);
    return status == WRES_OK ? set_output(c) : status;
}

/* ---- results ------------------------------------------------------------------------------------------------ */

/* A goal of the as-at date is not met; those of a baseline are past. */
static bool is_behind(const calculation *c, const wres_published *row) {
    char as_at[WRES_DATE_SIZE];
    wres_date_print(c->frame.as_at, as_at);
    return strcmp(row->column[WRES_COLUMN_STATISTIC], "met") == 0 && strcmp(row->column[WRES_COLUMN_VALUE], "0") == 0 &&
           strcmp(row->column[WRES_COLUMN_PERIOD], as_at) == 0;
}

static bool is_met(const calculation *c, const wres_published_list *published) {
    if (!c->settings.fail_on) return false;
    if (strcmp(c->settings.fail_on, "warning") == 0) {
        for (size_t i = 0; i < wres_finding_count(c->run); i++)
            if (wres_finding_at(c->run, i)->severity >= WRES_WARNING) return true;
        return false;
    }
    const bool behind = strcmp(c->settings.fail_on, "behind") == 0;
    wres_published_cursor cursor = wres_published_begin(published);
    for (const wres_published *row; (row = wres_published_next(&cursor));) {
        if (behind && is_behind(c, row)) return true;
        if (behind) continue;
        const char *flag = row->column[WRES_COLUMN_FLAG];
        if (strcmp(row->column[WRES_COLUMN_STATISTIC], "ratio") != 0) continue; /* funnel limits have flags, too */
        if (strcmp(flag, "above") == 0 || strcmp(flag, "below") == 0) return true;
    }
    return false;
}

/* Results as they pass on to another receiver, counted aloud. */
typedef struct counter {
    wres_run *run;
    wres_result_receiver to;
    size_t count;
} counter;

static void count_results(void *context, const wres_result *results, size_t count) {
    counter *c = context;
    c->to.take(c->to.context, results, count);
    c->count += count;
    if (wres_progress_is_due(c->run)) wres_progress_say(c->run, "wres: computing: %zu results", c->count);
}

static void pass_behind(void *context, size_t number, const wres_result *results, size_t count) {
    const counter *c = context;
    c->to.take_behind(c->to.context, number, results, count);
}

/* Each result is published as it comes: all of them would take many times the memory. */
static wres_status make_results(calculation *c, wres_published_list *published) {
    wres_publisher *publisher = wres_publisher_new(c->run, &c->disclosure);
    wres_result_receiver receiver = wres_publisher_receiver(publisher);
    wres_corrector *corrector = c->correction == WRES_UNCORRECTED ? NULL : wres_corrector_new(c->run, c->correction, &receiver);
    if (corrector) receiver = wres_corrector_receiver(corrector);
    counter counted = {c->run, receiver, 0};
    receiver = (wres_result_receiver){&counted, count_results, pass_behind};
    const wres_status status = wres_compute_to(c->plan, &c->frame, &receiver);
    if (corrector) wres_corrector_end(corrector);
    return status == WRES_OK ? wres_publisher_end(publisher, published) : status;
}

static wres_status write_results(calculation *c, const arguments *asked) {
    wres_published_list published;
    wres_document document;
    wres_sink *sink;
    wres_status status = make_results(c, &published);
    if (status != WRES_OK) return status;
    const document_parts parts = {&c->settings, &c->request, &c->frame, c->accounts, c->account_count, c->frame.has_opening};
    status = document_make(c->run, &parts, &published, &document);
    if (status == WRES_OK) status = wres_sink_open(c->run, c->settings.output, &sink);
    c->writing.threads = c->reading.threads ? c->reading.threads : wres_processors();
    if (status == WRES_OK) status = wres_write(c->run, &document, &c->writing, sink);
    if (status == WRES_OK) status = wres_sink_commit(sink);
    if (status != WRES_OK) return status;
    if (!asked->quiet) notice_print(wres_disclosure_statement());
    return is_met(c, &published) ? WRES_CONDITION : WRES_OK;
}

wres_status calculation_end(calculation *c, const arguments *asked) {
    wres_status status = inputs_gather(c, asked);
    if (status == WRES_OK) status = wres_plan_new(&c->reading, &c->request, &c->plan);
    if (status == WRES_OK) wres_plan_join_members(c->plan);
    if (status == WRES_OK) status = inputs_read(c);
    return status == WRES_OK ? write_results(c, asked) : status;
}
