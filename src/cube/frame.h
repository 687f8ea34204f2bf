/* What frame.c offers to tally.c. */
#ifndef WRES_CUBE_FRAME_H
#define WRES_CUBE_FRAME_H

#include "wres/cube.h"

/* The latest date of a table, on or before the as-at date: for surveys at place 0, for lists at an organisation's number. */
struct wres_table_times {
    uint16_t *latest; /* number of the date + 1, 0 = none */
    size_t room;
};

/* False for a date outside 1900 to 2100. */
bool frame_number(wres_run *run, wres_frame *frame, wres_date date, uint16_t *number);
wres_status frame_settle(wres_run *run, wres_frame *frame, const wres_table *table);
/* Whether the workforce has the as-at date that is decided, and the baseline. */
wres_status frame_check(wres_run *run, wres_frame *frame, const wres_table *table);
/* 0 for the window that ends with the as-at date, 1 for the one before it; -1 for a date in none. */
int frame_window(const wres_frame *frame, wres_date date, int months, int years);
void times_note(wres_run *run, struct wres_table_times *times, const wres_frame *frame, size_t place, uint16_t number);

#endif
