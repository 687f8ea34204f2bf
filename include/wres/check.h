/* check: what is wrong with the data. The rows are counted as a calculation counts them, so that a check says what a calculation would
 * say, and looked at besides: for duplicates, for events before their time, for groups that changed places. Reading goes on where a
 * calculation would stop, so that one run finds everything.
 *
 * An error is what a calculation stops at; everything else is a warning or information. Names of checks, what they mean and what to do
 * are in data/checks/checks.csv, thresholds with their reasons in data/checks/thresholds.csv. */
#ifndef WRES_CHECK_H
#define WRES_CHECK_H

#include "wres/base.h"
#include "wres/cube.h"
#include "wres/indicator.h"
#include "wres/input.h"

typedef struct wres_check_about {
    const char *name, *severity, *means, *what_to_do;
} wres_check_about;

#define WRES_FIRST_LINES 10

/* Findings that agree in everything but the line are one row. */
typedef struct wres_check_row {
    wres_severity severity;
    const char *check;
    wres_place place;                 /* the first */
    uint64_t lines[WRES_FIRST_LINES]; /* the first few, as they were met */
    size_t line_count;
    uint64_t count; /* people or rows; 0 where a number says nothing */
    bool has_share;
    wres_rational share; /* percent */
    const char *message, *what_to_do;
} wres_check_row;

typedef struct wres_check_report {
    wres_date as_at; /* WRES_NO_DATE where it could not be told */
    const wres_check_row *rows;
    size_t count;
    uint64_t errors, warnings, information; /* rows of each */
} wres_check_report;

typedef struct wres_check wres_check;

/* Findings are heard by the check from here until its end. The plan is one for this reading, whose look and hash are set. */
wres_status wres_check_new(wres_reading *reading, wres_frame *frame, const wres_request *request, wres_plan *plan,
                           wres_check **check);
/* Reads a table: workforce first, movements before the events of their people. accounts: one a file, kept until the end. WRES_USAGE where
 * the settings are wrong; what is wrong with the data is found, and no failure. */
wres_status wres_check_table(wres_check *check, const wres_table_input *input, wres_account *accounts);
/* When all is read: what only all tables together can tell, and the report. WRES_IO where a file could not be read, WRES_DATA where there
 * are errors. */
wres_status wres_check_end(wres_check *check, wres_check_report *report);
/* Instead of the end, where the reading failed: makes the findings so far ordinary ones. */
void wres_check_give_up(wres_check *check);

/* All checks, by name. */
wres_status wres_check_list(wres_run *run, const wres_check_about **all, size_t *count);

#endif
