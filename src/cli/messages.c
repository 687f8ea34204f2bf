/* Findings on standard error. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"

static const char *const severities[] = {"note", "warning", "error"};

static void print_finding(const wres_finding *f) {
    fprintf(stderr, "wres: %s: ", severities[f->severity]);
    if (f->place.file && f->place.line)
        fprintf(stderr, "%s:%llu: ", f->place.file, (unsigned long long)f->place.line);
    else if (f->place.file)
        fprintf(stderr, "%s: ", f->place.file);
    else if (f->place.table)
        fprintf(stderr, "%s: ", f->place.table);
    if (f->place.field) fprintf(stderr, "%s: ", f->place.field);
    if (f->count)
        fprintf(stderr, "%s (%llu)\n", f->message, (unsigned long long)f->count);
    else
        fprintf(stderr, "%s\n", f->message);
}

/* The last finding of its check that is shown is followed by the number of those that are not. */
static bool is_last_of_check(const wres_run *run, size_t index) {
    const char *check = wres_finding_at(run, index)->check;
    for (size_t i = index + 1; i < wres_finding_count(run); i++)
        if (strcmp(wres_finding_at(run, i)->check, check) == 0) return false;
    return true;
}

void findings_print(const wres_run *run, bool quiet, bool verbose) {
    const wres_severity least = quiet ? WRES_ERROR : verbose ? WRES_INFORMATION : WRES_WARNING;
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *finding = wres_finding_at(run, i);
        if (finding->severity < least) continue;
        print_finding(finding);
        const uint64_t more = is_last_of_check(run, i) ? wres_findings_dropped(run, finding->check) : 0;
        if (more)
            fprintf(stderr, "wres: %s: ... and %llu more of this kind\n", severities[finding->severity], (unsigned long long)more);
    }
}

void notice_print(const char *statement) { fprintf(stderr, "wres: disclosure control: %s\n", statement); }
