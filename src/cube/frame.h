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
/* So many more rows of a snapshot. True where a later one than before is sure now: those before it are not asked for any more. */
bool frame_count_rows(wres_frame *frame, uint16_t time, uint64_t rows);
/* Whether its rows may be asked for. */
bool frame_keeps(const wres_frame *frame, uint16_t time);
/* Whether its rows are asked for, when all are read. */
bool frame_is_asked_for(const wres_frame *frame, uint16_t time);
/* 0 for the window that ends with the as-at date, 1 for the one before it; -1 for a date in none. */
int frame_window(const wres_frame *frame, wres_date date, int months, int years);
void times_note(wres_run *run, struct wres_table_times *times, const wres_frame *frame, size_t place, uint16_t number);

#endif
