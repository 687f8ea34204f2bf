/* The rows of the report: in order, with what to do; long lists of values are cut. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

typedef struct ranked {
    const wres_check_row *row;
    size_t table, file;
} ranked;

static size_t table_rank(const wres_check *check, const char *name) {
    for (size_t i = 0; name && i < check->table_count; i++)
        if (strcmp(check->tables[i]->name, name) == 0) return i + 1;
    return 0;
}

/* Files as they were given; what is said of no file comes first. */
static size_t file_rank(const wres_check *check, const wres_check_row *row) {
    for (size_t i = 0; row->place.file && i < check->account_count; i++)
        if (strcmp(check->accounts[i]->file, row->place.file) == 0 &&
            (!row->place.table || strcmp(check->accounts[i]->table->name, row->place.table) == 0))
            return i + 1;
    return 0;
}

static int compare_texts(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : ""); }
static int compare_numbers(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

/* The columns in which a list of values agrees. */
static int compare_kinds(const ranked *x, const ranked *y) {
    const wres_check_row *a = x->row, *b = y->row;
    if (x->table != y->table) return x->table < y->table ? -1 : 1;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    if (compare_texts(a->place.file, b->place.file)) return compare_texts(a->place.file, b->place.file);
    if (a->severity != b->severity) return a->severity > b->severity ? -1 : 1;
    if (compare_texts(a->check, b->check)) return compare_texts(a->check, b->check);
    return 0;
}

static int compare_rows(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    const int kinds = compare_kinds(x, y);
    if (kinds) return kinds;
    if (x->row->place.line != y->row->place.line) return compare_numbers(x->row->place.line, y->row->place.line);
    const int fields = compare_texts(x->row->place.field, y->row->place.field);
    return fields ? fields : compare_texts(x->row->message, y->row->message);
}

/* Of one kind and field, those of most people first. */
static int compare_weights(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    const int kinds = compare_kinds(x, y), fields = compare_texts(x->row->place.field, y->row->place.field);
    if (kinds || fields) return kinds ? kinds : fields;
    if (x->row->count != y->row->count) return compare_numbers(y->row->count, x->row->count);
    return compare_texts(x->row->message, y->row->message);
}

/* Values that are too many to list become one row. Returns how many rows are left. */
static size_t cut_lists(wres_check *check, ranked *rows, size_t count) {
    size_t kept = 0;
    qsort(rows, count, sizeof *rows, compare_weights);
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && compare_kinds(&rows[begin], &rows[end]) == 0 &&
                              compare_texts(rows[begin].row->place.field, rows[end].row->place.field) == 0;)
            end++;
        const size_t most = (size_t)check->limits[VALUES_LISTED], listed = end - begin > most + 1 ? most : end - begin;
        for (size_t i = begin; i < begin + listed; i++) rows[kept++] = rows[i];
        if (listed == end - begin) continue;
        wres_check_row *rest = wres_alloc(check->run, sizeof *rest);
        *rest = *rows[begin + listed].row;
        rest->count = 0;
        rest->line_count = 0;
        rest->message = wres_print(check->run, "%zu more of this kind, counted together", end - begin - listed);
        for (size_t i = begin + listed; i < end; i++) {
            const wres_check_row *row = rows[i].row;
            rest->count += row->count;
            if (row->place.line && (!rest->place.line || row->place.line < rest->place.line)) rest->place.line = row->place.line;
        }
        if (rest->place.line) rest->lines[rest->line_count++] = rest->place.line;
        rows[kept++] = (ranked){rest, rows[begin].table, rows[begin].file};
    }
    return kept;
}

/* Of whom a number of people in no list are a part. */
static void add_share(const wres_check *check, wres_check_row *row) {
    if (strcmp(row->check, "unmapped-value") != 0 && strcmp(row->check, "unmapped-share") != 0) return;
    const size_t rank = file_rank(check, row);
    const wres_file_seen *seen = rank ? wres_account_seen(check->accounts[rank - 1]) : NULL;
    for (size_t i = 0; seen && i < seen->column_count; i++) {
        const wres_column_seen *column = &seen->columns[i];
        if (!column->people || compare_texts(seen->table->fields[column->field].name, row->place.field) != 0) continue;
        row->has_share = true;
        row->share = (wres_rational){(wres_int128)100 * row->count, (wres_int128)column->people};
    }
}

static int compare_lines(const void *a, const void *b) { return compare_numbers(*(const uint64_t *)a, *(const uint64_t *)b); }

wres_status report_make(wres_check *check, wres_check_report *report) {
    const wres_check_about *about;
    size_t about_count, count = collection_count(check->found);
    const wres_status status = wres_check_list(check->run, &about, &about_count);
    if (status != WRES_OK) return status;
    ranked *sorted = wres_alloc(check->run, (count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        const wres_check_row *row = collection_at(check->found, i);
        sorted[i] = (ranked){row, table_rank(check, row->place.table), file_rank(check, row)};
    }
    count = cut_lists(check, sorted, count);
    qsort(sorted, count, sizeof *sorted, compare_rows);
    wres_check_row *rows = wres_alloc(check->run, (count + 1) * sizeof *rows);
    *report = (wres_check_report){.as_at = check->frame->as_at, .rows = rows, .count = count};
    for (size_t i = 0; i < count; i++) {
        wres_check_row *row = &rows[i];
        *row = *sorted[i].row;
        row->what_to_do = "";
        for (size_t k = 0; k < about_count; k++)
            if (strcmp(about[k].name, row->check) == 0) row->what_to_do = about[k].what_to_do;
        qsort(row->lines, row->line_count, sizeof *row->lines, compare_lines);
        add_share(check, row);
        if (row->severity == WRES_ERROR) report->errors++;
        if (row->severity == WRES_WARNING) report->warnings++;
        if (row->severity == WRES_INFORMATION) report->information++;
    }
    return WRES_OK;
}
