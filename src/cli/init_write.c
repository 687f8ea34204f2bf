/* wres init: the settings as text. */
#include <string.h>

#include "cli/init.h"

static const char *way_between(const init *all, const char *a, const char *b) {
    const char *way = "";
    size_t same = 0;
    for (size_t i = 0;; i++) {
        if ((a[i] == '/' || !a[i]) && (b[i] == '/' || !b[i])) same = i;
        if (a[i] != b[i] || !a[i]) break;
    }
    for (const char *c = a + same; *c; c++)
        if (*c == '/' && c[1]) way = wres_print(all->run, "../%s", way);
    const char *rest = b + same + (b[same] == '/');
    return wres_print(all->run, "%s%s%s", way, rest, *rest ? "/" : "");
}

/* The way from the folder of the settings to that of the files, "" where they are one. */
static wres_status find_way(const init *all, const char **way) {
    const char *slash = all->output ? strrchr(all->output, '/') : NULL, *from, *to;
    const char *beside = !slash                 ? "."
                         : slash == all->output ? "/"
                                                : wres_copy(all->run, all->output, (size_t)(slash - all->output));
    *way = "";
    if (!all->output) return WRES_OK;
    wres_status status = wres_real_path(all->run, beside, &from);
    if (status == WRES_OK) status = wres_real_path(all->run, all->folder, &to);
    if (status == WRES_OK && strcmp(from, to) != 0) *way = way_between(all, from, to);
    return status;
}

static size_t files_of(const init *all, const wres_table *table) {
    size_t count = 0;
    for (size_t i = 0; i < all->file_count; i++) count += !all->files[i].refused && init_table(&all->files[i]) == table;
    return count;
}

static void write_table(init *all, const wres_table *table, wres_entry *inputs, const char *way) {
    const size_t count = files_of(all, table);
    if (count == 0) return;
    wres_entry *entry = wres_entry_map(inputs, table->name);
    for (size_t i = 0; i < all->file_count; i++) {
        init_file *file = &all->files[i];
        if (file->refused || init_table(file) != table) continue;
        init_write_input(all, file, count == 1 ? entry : wres_entry_item(entry), wres_print(all->run, "%s%s", way, file->name));
    }
}

static void write_rest(const init *all, wres_entry *parent) {
    wres_entry *notes = wres_entry_map(parent, "");
    bool any = false;
    for (size_t i = 0; i < all->file_count; i++) {
        const init_file *file = &all->files[i];
        if (!file->refused && file->doubt != NO_TABLE) continue;
        if (!any) wres_entry_note(notes, "%s", "");
        any = true;
        wres_entry_note(notes, "Not read: %s: %s", wres_visible_name(all->run, file->name),
                        file->refused ? file->refused : "its header fits no table ('wres tables' lists them)");
    }
}

/* ---- standards and the date --------------------------------------------------------------------------------- */

static bool is_there(const init *all, const char *table) {
    for (size_t i = 0; i < all->file_count; i++)
        if (init_is_active(&all->files[i]) && strcmp(init_table(&all->files[i])->name, table) == 0) return true;
    return false;
}

static void note_table(const init *all, const wres_counted *counted, size_t *wanted, size_t *there) {
    if (!counted->table || !*counted->table) return;
    ++*wanted;
    *there += is_there(all, counted->table);
}

/* Of the tables of a standard: how many it asks for, and how many there are. */
static void count_tables(const init *all, const wres_standard *standard, size_t *wanted, size_t *there) {
    *wanted = *there = 0;
    for (size_t i = 0; i < standard->indicator_count; i++) {
        const wres_indicator *indicator = &standard->indicators[i];
        if (*indicator->off) continue;
        note_table(all, &indicator->of, wanted, there);
        note_table(all, &indicator->against, wanted, there);
        note_table(all, &indicator->events, wanted, there);
        note_table(all, &indicator->over, wanted, there);
        for (size_t s = 0; s < indicator->step_count; s++) {
            note_table(all, &indicator->steps[s].events, wanted, there);
            note_table(all, &indicator->steps[s].over, wanted, there);
        }
    }
}

static wres_status write_standard(init *all, wres_entry *file) {
    const char *const *ids, *latest = latest_standard(all->run), *others = "", *partly = "";
    size_t count, wanted, there;
    wres_status status = wres_standard_list(all->run, &ids, &count);
    for (size_t i = 0; i < count && status == WRES_OK; i++) {
        const wres_standard *standard;
        status = wres_standard_load(all->run, ids[i], &standard);
        if (status != WRES_OK) return status;
        count_tables(all, standard, &wanted, &there);
        if (there == 0 || strcmp(ids[i], latest) == 0) continue;
        const char **names = there == wanted ? &others : &partly;
        *names = wres_print(all->run, "%s%s%s", *names, **names ? ", " : "", ids[i]);
    }
    wres_entry *entry = wres_entry_text(file, "standard", latest);
    wres_entry_note(entry, "%s", "");
    if (*others) wres_entry_note(entry, "Standards besides whose tables are all here: %s", others);
    if (*partly) wres_entry_note(entry, "Standards of which some tables are here: %s", partly);
    return status;
}

static void write_as_at(init *all, wres_entry *file) {
    char date[WRES_DATE_SIZE];
    if (all->latest != WRES_NO_DATE) {
        wres_date_print(all->latest, date);
        wres_entry *entry = wres_entry_text(file, "as_at", wres_copy(all->run, date, strlen(date)));
        wres_entry_comment_out(entry);
        wres_entry_remark(entry, "the latest snapshot of the workforce is taken, unless an earlier one is named");
    } else if (all->as_at) {
        wres_entry *entry = wres_entry_text(file, "as_at", *all->as_at ? all->as_at : INIT_OPEN);
        if (all->as_at_told) return;
        wres_entry_note(entry, "Question: which date are the indicators for? No snapshot of the workforce says it:");
        wres_entry_comment_out(entry);
        all->questions++;
    }
}

wres_status init_write(init *all) {
    wres_sink *sink;
    wres_entry *file = wres_entries_new(all->run), *head = wres_entry_map(file, "");
    const char *way;
    wres_status status = find_way(all, &way);
    if (status != WRES_OK) return status;
    wres_entry_note(head, "Settings made by 'wres init' out of the exports themselves. Paths are relative to this file.");
    wres_entry_note(head,
                    "What was sure is in force. What was not is a comment behind 'Question': take the '# ' from the line that is "
                    "right, and from the keys it stands below; put the value in the place of \"???\".");
    wres_entry_note(head, "'wres check' then says what is wrong with the data, and 'wres calc' computes.");
    status = write_standard(all, file);
    if (status != WRES_OK) return status;
    write_as_at(all, file);
    write_rest(all, file);
    wres_entry *inputs = wres_entry_map(file, "inputs");
    wres_entry_note(inputs, "%s", "");
    wres_entry_note(inputs, "Each table with its file, and which column of it is which field.");
    write_table(all, wres_table_find(&all->tables, "workforce"), inputs, way);
    for (size_t t = 0; t < all->tables.count; t++)
        if (strcmp(all->tables.all[t]->name, "workforce") != 0) write_table(all, all->tables.all[t], inputs, way);
    for (size_t i = 0; i < all->file_count; i++) all->questions += all->files[i].questions;
    status = wres_sink_open(all->run, all->output, &sink);
    if (status != WRES_OK) return status;
    wres_entries_write(file, sink);
    return wres_sink_commit(sink);
}
