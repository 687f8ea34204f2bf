/* What the files of base share about the run. Not public. */
#ifndef WRES_BASE_RUN_H
#define WRES_BASE_RUN_H

#include "wres/base.h"

typedef struct wres_findings {
    wres_finding *all;
    size_t count, room;
    struct wres_check_count {
        const char *check;
        uint64_t said;
    } * checks;
    size_t check_count, check_room;
    void (*hear)(void *context, const wres_finding *finding); /* who gets them instead, or NULL */
    void *context;
    bool out_of_memory; /* said last, from a constant: there is no memory to say it with */
} wres_findings;

typedef struct wres_progress {
    bool is_wanted;
    size_t shown;        /* bytes of the line */
    int64_t began, said; /* in milliseconds of a clock that only goes on */
} wres_progress;

wres_run *wres_run_outermost(wres_run *run); /* itself, but of a scratch the run it belongs to */
wres_findings *wres_run_findings(wres_run *run);
const wres_findings *wres_run_findings_const(const wres_run *run);
wres_progress *wres_run_progress(wres_run *run); /* of the outermost */
char *wres_print_list(wres_run *run, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

#endif
