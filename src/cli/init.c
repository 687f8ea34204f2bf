/* wres init: a settings file from a folder of exports. */
#include "cli/init.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- the folder --------------------------------------------------------------------------------------------- */

static wres_status usage(wres_run *run, const char *file, const char *message) {
    wres_find(run, WRES_ERROR, "usage", (wres_place){.file = file ? wres_visible_name(run, file) : NULL}, 0, "%s", message);
    return WRES_USAGE;
}

/* What an export is called, and a workbook that somebody may take for one. */
static bool is_export(const char *name) {
    static const char *const ends[] = {".csv",    ".txt", ".tsv",  ".tab",  ".csv.gz", ".txt.gz", ".tsv.gz",
                                       ".tab.gz", ".xls", ".xlsx", ".xlsm", ".xlsb",   ".ods"};
    const size_t length = strlen(name);
    for (size_t i = 0; i < COUNT(ends) && *name != '.'; i++)
        if (length > strlen(ends[i]) && strcasecmp(name + length - strlen(ends[i]), ends[i]) == 0) return true;
    return false;
}

static wres_status find_folder(init *all) {
    const arguments *asked = all->asked;
    if (asked->operand_count == 0)
        return usage(all->run, NULL, "name the folder of the exports: wres init exports/ (or '.' for this one)");
    if (asked->operand_count > 1)
        return usage(all->run, NULL,
                     wres_print(all->run, "'%s' is one word too many: one folder is asked for",
                                wres_visible(all->run, wres_text_of(asked->operands[1]))));
    all->folder = asked->operands[0];
    wres_kind kind;
    const wres_status status = wres_kind_of(all->run, all->folder, &kind);
    if (status != WRES_OK || kind == WRES_A_FOLDER) return status;
    if (kind == WRES_A_FILE) return usage(all->run, all->folder, "this is a file: name the folder it is in");
    wres_find(all->run, WRES_ERROR, "file", (wres_place){.file = wres_visible_name(all->run, all->folder)}, 0,
              "there is no such folder");
    return WRES_IO;
}

static wres_status choose_output(init *all) {
    const char *given = all->asked->given.output;
    if (given && strcmp(given, "-") == 0) return WRES_OK;
    all->output = given ? given : wres_print(all->run, "%s/wres.yaml", all->folder);
    wres_kind kind;
    const wres_status status = wres_kind_of(all->run, all->output, &kind);
    if (status != WRES_OK) return status;
    if (kind == WRES_A_FOLDER) return usage(all->run, all->output, "this is a folder: give -o the name of a file");
    if (kind == WRES_NOT_THERE || all->asked->force) return WRES_OK;
    return usage(
        all->run, all->output,
        "this file is there already, and what somebody wrote into it would be lost. Give -o another name ('-o -' shows the "
        "settings), or --force to replace it");
}

static wres_status list_files(init *all) {
    const char *const *paths;
    size_t count;
    wres_status status = wres_folder_list(all->run, all->folder, "", "", &paths, &count);
    if (status != WRES_OK) return status;
    all->files = wres_alloc(all->run, (count + 1) * sizeof *all->files);
    for (size_t i = 0; i < count; i++) {
        const char *name = strrchr(paths[i], '/') + 1;
        if (!is_export(name)) continue;
        bool same = false;
        if (all->output) status = wres_same_file(all->run, all->output, paths[i], &same);
        if (status != WRES_OK) return status;
        if (same)
            return usage(all->run, all->output, "this file is read and would be overwritten by the settings: give -o another name");
        all->files[all->file_count++] = (init_file){.path = paths[i], .name = name};
    }
    return WRES_OK;
}

static wres_status load_definitions(init *all) {
    wres_status status = wres_tables_load(all->run, NULL, 0, &all->tables);
    if (status == WRES_OK) status = wres_codes_load(all->run, NULL, 0, &all->codes);
    if (status == WRES_OK) status = wres_grades_new(all->run, all->codes, &all->grades);
    all->reading = (wres_reading){.run = all->run, .tables = &all->tables, .codes = all->codes, .grades = all->grades};
    return status;
}

/* All that is left to read are these files, and all that is left to write are the settings. */
static void confine(const init *all) {
    const char **paths = wres_alloc(all->run, (all->file_count + 1) * sizeof *paths);
    for (size_t i = 0; i < all->file_count; i++) paths[i] = all->files[i].path;
    wres_confine_files(all->run, paths, all->file_count, all->output);
}

/* ---- files -------------------------------------------------------------------------------------------------- */

static wres_status look_at_files(init *all) {
    size_t unreadable = 0, missing = 0;
    for (size_t i = 0; i < all->file_count; i++) {
        const wres_status status = init_look(all, &all->files[i]);
        unreadable += status != WRES_OK;
        missing += status == WRES_IO;
    }
    if (unreadable < all->file_count) return WRES_OK;
    for (size_t i = 0; i < all->file_count; i++)
        wres_find(all->run, WRES_ERROR, "file", (wres_place){.file = wres_visible_name(all->run, all->files[i].name)}, 0, "%s",
                  all->files[i].refused);
    wres_find(all->run, WRES_ERROR, "file", (wres_place){.file = wres_visible_name(all->run, all->folder)}, 0,
              all->file_count
                  ? "no file of this folder can be read: nothing was written"
                  : "no export is in this folder: files whose names end in .csv, .txt or .tsv, packed (.gz) or not, are "
                    "looked for. Folders in it are not searched");
    return missing && missing == unreadable ? WRES_IO : WRES_DATA;
}

static const char *plural(wres_run *run, size_t count, const char *word) {
    return wres_print(run, "%zu %s%s", count, word, count == 1 ? "" : "s");
}

static const char *doubt_text(const init *all, const init_file *file) {
    switch (file->doubt) {
    case NO_TABLE: return "fits no table: left out";
    case TABLE_UNSURE: return wres_print(all->run, "%s, or another table: left out until that is answered", file->as->table->name);
    case NEEDS_UNMET:
        return wres_print(all->run, "%s, but a column it needs was not found: %s", file->as->table->name,
                          file->for_check ? "in force for 'wres check' alone" : "left out");
    case ROWS_AGAIN:
        return wres_print(all->run, "%s, like %s: left out, as its rows may be the same", file->as->table->name,
                          wres_visible_name(all->run, file->beside->name));
    case ROWS_DIFFER:
        return wres_print(all->run, "%s, but its rows stand for something else than those of %s: left out", file->as->table->name,
                          wres_visible_name(all->run, file->beside->name));
    case NO_DOUBT: break;
    }
    return file->as->table->name;
}

static void report_file(const init *all, const init_file *file) {
    const char *name = wres_visible_name(all->run, file->name);
    if (file->refused) {
        fprintf(stderr, "wres: init: %s: passed over: %s\n", name, file->refused);
        return;
    }
    fprintf(stderr, "wres: init: %s: %s%s%s\n", name, doubt_text(all, file), file->questions ? ", " : "",
            file->questions ? plural(all->run, file->questions, "question") : "");
    if (init_is_active(file) && file->doubts.errors)
        fprintf(stderr, "wres: init: %s: a calculation would stop at it%s: %s; 'wres check' says everything\n", name,
                file->doubts.first_error_line
                    ? wres_print(all->run, " (line %llu)", (unsigned long long)file->doubts.first_error_line)
                    : "",
                file->doubts.first_error);
}

static void report(const init *all) {
    size_t active = 0;
    for (size_t i = 0; i < all->file_count; i++) {
        report_file(all, &all->files[i]);
        active += init_is_active(&all->files[i]);
    }
    const char *name = all->output ? wres_visible_name(all->run, all->output) : "standard output";
    fprintf(stderr, "wres: init: %s: %zu of %s in force, %s\n", name, active, plural(all->run, all->file_count, "file"),
            plural(all->run, all->questions, "open question"));
    if (all->questions)
        fprintf(stderr,
                "wres: init: answer the lines that begin with '# Question' in it: take the '# ' from the line that is right\n");
    if (all->output && active) fprintf(stderr, "wres: init: next: wres check --settings %s\n", name);
}

wres_status init_run(wres_run *run, const arguments *asked) {
    init all = {.run = run, .asked = asked, .latest = WRES_NO_DATE};
    wres_status status = find_folder(&all);
    if (status == WRES_OK) status = choose_output(&all);
    if (status == WRES_OK) status = list_files(&all);
    if (status == WRES_OK) status = load_definitions(&all);
    if (status != WRES_OK) return status;
    confine(&all);
    all.dialogue = (dialogue){.run = run, .open = !asked->quiet && dialogue_is_possible()};
    status = look_at_files(&all);
    if (status != WRES_OK) return status;
    init_compare(&all);
    init_choose_date(&all);
    status = init_write(&all);
    if (status == WRES_OK && !asked->quiet) report(&all);
    return status;
}
