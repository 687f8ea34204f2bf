/* The files of a calculation: from what is named to tables, and through the reader into the tallies. */
#include "cli/calculation.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

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
    wres_kind kind;
    const wres_status status = wres_kind_of(c->run, operand, &kind);
    if (status != WRES_OK) return status;
    if (kind == WRES_A_FOLDER) return add_folder(c, list, operand);
    if (kind == WRES_NOT_THERE) {
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
    bool same;
    if (!output || strcmp(output, "-") == 0) return WRES_OK;
    const wres_status status = wres_same_file(c->run, output, path, &same);
    if (status != WRES_OK || !same) return status;
    wres_find(c->run, WRES_ERROR, "usage", (wres_place){.file = wres_visible_name(c->run, path)}, 0,
              "this file is read and would be overwritten by the output: give -o another name");
    return WRES_USAGE;
}

static const char cube_name[] = "cube";

static wres_status check_input(calculation *c, const struct named_file *input) {
    const bool is_cube = strcmp(input->table, cube_name) == 0;
    const char **names = wres_alloc(c->run, (c->tables.count + 1) * sizeof *names);
    if (!is_cube && !wres_table_find(&c->tables, input->table)) {
        for (size_t i = 0; i < c->tables.count; i++) names[i] = c->tables.all[i]->name;
        names[c->tables.count] = cube_name;
        const char *near = wres_nearest(c->run, input->table, names, c->tables.count + 1);
        wres_find(c->run, WRES_ERROR, "usage",
                  (wres_place){.file = input->setting->settings_file, .line = input->setting->table_line}, 0,
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

/* Counts and records cannot be read in one run: a record of the one may be of a person of the other. */
static wres_status gather_cubes(calculation *c, const input_list *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) count += strcmp(list->all[i].table, cube_name) == 0;
    if (count == 0) return WRES_OK;
    if (c->command == CHECK) {
        wres_find(c->run, WRES_ERROR, "usage", (wres_place){.table = cube_name}, 0,
                  "a cube holds no records to check: what was found in them when it was made, 'wres calc' says");
        return WRES_USAGE;
    }
    if (count < list->count) {
        wres_find(
            c->run, WRES_ERROR, "usage", (wres_place){.table = cube_name}, 0,
            "cubes and records cannot be read together: make a cube of the records with 'wres cube', and give both as cube=FILE");
        return WRES_USAGE;
    }
    c->cubes = wres_alloc(c->run, count * sizeof *c->cubes);
    for (size_t i = 0; i < list->count; i++) c->cubes[c->cube_count++].path = list->all[i].path;
    return WRES_OK;
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

/* All that is left to read are these files, and all that is left to write is the output. */
static void confine(const calculation *c, const input_list *list) {
    const char **paths = wres_alloc(c->run, (list->count + 1) * sizeof *paths);
    for (size_t i = 0; i < list->count; i++) paths[i] = list->all[i].path;
    wres_confine_files(c->run, paths, list->count, c->settings.output);
}

wres_status inputs_gather(calculation *c, const arguments *asked) {
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
    if (status == WRES_OK) status = gather_cubes(c, &list);
    if (status == WRES_OK && (c->command == CUBE || c->cube_count)) status = definitions_hash(c);
    if (status != WRES_OK) return status;
    confine(c, &list);
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

/* When all is read: whether an earlier snapshot counts hangs on the movements. */
static void settle_accounts(calculation *c) {
    size_t at = 0;
    c->frame.has_opening = wres_plan_counts_leavers(c->plan);
    for (size_t i = 0; i < c->input_count; i++) {
        size_t count;
        wres_tally *const *tallies = wres_plan_tallies(c->plan, c->inputs[i].table, &count);
        if (count) wres_accounts_settle(&c->frame, tallies[0], c->accounts + at, c->inputs[i].file_count);
        at += c->inputs[i].file_count;
    }
}

void inputs_choose_organisation(calculation *c) {
    if (c->frame.organisation)
        c->frame.organisation_number =
            (uint16_t)wres_dictionary_add(wres_vocabulary(&c->reading, "organisation"), wres_text_of(c->frame.organisation));
}

wres_status inputs_check_organisation(calculation *c) {
    uint64_t used = 0;
    for (size_t i = 0; i < c->cube_count; i++) used += c->cubes[i].taken;
    for (size_t i = 0; c->cube_count == 0 && i < c->account_count; i++) used += c->accounts[i].used;
    return c->frame.organisation && used == 0 ? organisation_missing(c) : WRES_OK;
}

/* Each cube, and behind it what it was made from. */
static void account_for_cubes(calculation *c, const wres_cube_content *content) {
    static const wres_table cube = {.name = cube_name};
    c->accounts = wres_alloc(c->run, (content->account_count + c->cube_count) * sizeof *c->accounts);
    c->account_count = 0;
    for (size_t i = 0; i < c->cube_count; i++) {
        const wres_cube_file *file = &c->cubes[i];
        wres_account *account = &c->accounts[c->account_count++];
        *account = (wres_account){.table = &cube, .file = file->name, .read = file->cells, .used = file->taken};
        account->left_out[c->frame.organisation ? WRES_REASON_ORGANISATION : WRES_REASON_NOT_COUNTED] = file->cells - file->taken;
        memcpy(account->sha256, file->sha256, sizeof account->sha256);
        for (size_t k = 0; k < content->account_count; k++)
            if (content->accounts[k].cube == file->name) c->accounts[c->account_count++] = content->accounts[k];
    }
}

static wres_status read_cubes(calculation *c) {
    wres_cube_content content = calculation_content(c);
    const wres_status status = wres_cubes_read(&c->reading, &c->frame, c->cubes, c->cube_count, &content);
    if (status != WRES_OK) return status;
    c->frame.has_opening = wres_plan_counts_leavers(c->plan);
    account_for_cubes(c, &content);
    return inputs_check_organisation(c);
}

wres_status inputs_read(calculation *c) {
    size_t at = 0;
    inputs_choose_organisation(c);
    if (c->cube_count) return read_cubes(c);
    c->frame.is_alone = c->command != CUBE && c->input_count == 1 && !c->frame.has_baseline;
    for (size_t i = 0; i < c->input_count; i++) {
        size_t count;
        const wres_table_input *input = &c->inputs[i];
        wres_tally *const *tallies = wres_plan_tallies(c->plan, input->table, &count);
        if (input->table->time != WRES_TIME_SNAPSHOT && c->frame.as_at == WRES_NO_DATE) return date_needed(c);
        const wres_status status = wres_tallies_read(&c->reading, &c->frame, input, tallies, count, c->accounts + at);
        if (status != WRES_OK) return status;
        at += input->file_count;
    }
    settle_accounts(c);
    for (size_t i = 0; c->reading.hash && c->command != CUBE && c->writing.format != WRES_FORMAT_JSON && i < c->account_count; i++)
        wres_find(c->run, WRES_INFORMATION, "sha256",
                  (wres_place){.table = c->accounts[i].table->name, .file = c->accounts[i].file}, 0, "sha256 %s",
                  c->accounts[i].sha256);
    return inputs_check_organisation(c);
}
