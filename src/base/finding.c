/* Findings: kept in the order in which they were made, so many of a kind in full and the rest counted. */
#include <stdio.h>
#include <string.h>

#include "base/run.h"

static struct wres_check_count *check_entry(wres_run *run, wres_findings *list, const char *check) {
    for (size_t i = 0; i < list->check_count; i++)
        if (strcmp(list->checks[i].check, check) == 0) return &list->checks[i];
    if (list->check_count == list->check_room) {
        const size_t room = list->check_room ? 2 * list->check_room : 16, size = sizeof *list->checks;
        list->checks = wres_grow(run, list->checks, list->check_room * size, room * size);
        list->check_room = room;
    }
    list->checks[list->check_count].check = check;
    return &list->checks[list->check_count++];
}

void wres_findings_divert(wres_run *run, void (*hear)(void *context, const wres_finding *finding), void *context) {
    wres_findings *list = wres_run_findings(run);
    list->hear = hear;
    list->context = context;
}

/* Whatever a text was put into a message by: nothing that a terminal obeys, and nothing that cannot be seen. */
static const char *shown(wres_run *run, const char *text) {
    return !text || wres_is_visible(wres_text_of(text)) ? text : wres_visible_name(run, text);
}

static wres_place shown_place(wres_run *run, wres_place place) {
    return (wres_place){shown(run, place.table), shown(run, place.file), place.line, shown(run, place.field)};
}

/* There can be one for every row, so that the message must leave nothing behind; only a long one is put into the run's memory. */
static __attribute__((format(printf, 4, 0))) void tell(wres_run *run, const wres_findings *list, wres_finding finding,
                                                       const char *format, va_list arguments) {
    char text[1024];
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    finding.message = length >= 0 && (size_t)length < sizeof text ? text : wres_print_list(run, format, again);
    va_end(again);
    finding.message = shown(run, finding.message);
    list->hear(list->context, &finding);
}

void wres_find(wres_run *run, wres_severity severity, const char *check, wres_place place, uint64_t count, const char *format,
               ...) {
    run = wres_run_outermost(run);
    wres_findings *list = wres_run_findings(run);
    va_list arguments;
    place = shown_place(run, place);
    if (list->hear) {
        va_start(arguments, format);
        tell(run, list, (wres_finding){severity, check, place, count, NULL}, format, arguments);
        va_end(arguments);
        return;
    }
    if (check_entry(run, list, check)->said++ >= WRES_FINDINGS_A_CHECK) return;
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 32, size = sizeof *list->all;
        list->all = wres_grow(run, list->all, list->room * size, room * size);
        list->room = room;
    }
    va_start(arguments, format);
    const char *message = wres_print_list(run, format, arguments);
    va_end(arguments);
    list->all[list->count++] = (wres_finding){severity, check, place, count, shown(run, message)};
}

static const wres_finding no_memory = {
    WRES_ERROR, "out-of-memory", {0}, 0, "out of memory: nothing was written. Close other programs or use a larger machine"};

size_t wres_finding_count(const wres_run *run) {
    const wres_findings *list = wres_run_findings_const(run);
    return list->count + list->out_of_memory;
}

const wres_finding *wres_finding_at(const wres_run *run, size_t index) {
    const wres_findings *list = wres_run_findings_const(run);
    return index < list->count ? &list->all[index] : &no_memory;
}

uint64_t wres_findings_dropped(const wres_run *run, const char *check) {
    const wres_findings *list = wres_run_findings_const(run);
    for (size_t i = 0; i < list->check_count; i++)
        if (strcmp(list->checks[i].check, check) == 0)
            return list->checks[i].said > WRES_FINDINGS_A_CHECK ? list->checks[i].said - WRES_FINDINGS_A_CHECK : 0;
    return 0;
}
