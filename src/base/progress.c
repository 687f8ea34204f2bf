/* How far long work is, on a terminal. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/run.h"

enum { FIRST = 2000, NEXT = 200 }; /* milliseconds */
enum { WIDEST = 79 };

static int64_t now(void) {
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void wres_progress_begin(wres_run *run) {
    wres_progress *p = wres_run_progress(run);
    p->is_wanted = true;
    p->began = now();
}

bool wres_progress_is_due(wres_run *run) {
    const wres_progress *p = wres_run_progress(run);
    if (!p->is_wanted) return false;
    const int64_t time = now();
    return time - p->began >= FIRST && time - p->said >= NEXT;
}

void wres_progress_say(wres_run *run, const char *format, ...) {
    char line[WIDEST + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    while (*line && !wres_text_is_utf8(wres_text_of(line))) line[strlen(line) - 1] = '\0'; /* cut within a character */
    wres_progress *p = wres_run_progress(run);
    fprintf(stderr, "\r%-*s", (int)p->shown, line); /* blanks where the line before was longer: not every terminal can erase one */
    p->shown = strlen(line);
    p->said = now();
}

void wres_progress_clear(wres_run *run) {
    wres_progress *p = wres_run_progress(run);
    if (p->shown) fprintf(stderr, "\r%*s\r", (int)p->shown, "");
    p->shown = 0;
}
