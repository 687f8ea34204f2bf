#include <string.h>

#include "check/check.h"

struct collection {
    wres_run *run;
    keyed *rows;
};

collection *collection_new(wres_run *run) {
    collection *c = wres_alloc(run, sizeof *c);
    c->run = run;
    c->rows = keyed_new(run, sizeof(wres_check_row));
    return c;
}

static wres_hash key_of(const wres_finding *f) {
    const char *const parts[] = {f->check, f->place.table, f->place.file, f->place.field, f->message};
    wres_hash key = {0, (uint64_t)f->severity};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        key = wres_hash_bytes(parts[i] ? parts[i] : "", parts[i] ? strlen(parts[i]) : 0, key);
    return key;
}

void collection_add(collection *c, const wres_finding *f, const wres_rational *share) {
    bool is_new;
    wres_check_row *row = keyed_at(c->rows, key_of(f), &is_new);
    if (is_new) {
        *row = (wres_check_row){.severity = f->severity, .check = f->check, .place = f->place};
        row->message = wres_copy(c->run, f->message, strlen(f->message));
    }
    if (share) row->has_share = true, row->share = *share;
    row->count += f->count ? f->count : f->place.line > 0;
    if (!f->place.line) return;
    if (!row->place.line || f->place.line < row->place.line) row->place.line = f->place.line;
    if (row->line_count < WRES_FIRST_LINES) row->lines[row->line_count++] = f->place.line;
}

void collection_hear(void *context, const wres_finding *finding) { collection_add(context, finding, NULL); }

size_t collection_count(const collection *c) { return keyed_count(c->rows); }
wres_check_row *collection_at(collection *c, size_t index) { return keyed_entry(c->rows, index); }
