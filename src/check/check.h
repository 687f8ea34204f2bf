/* What the files of check share. Not public. */
#ifndef WRES_CHECK_CHECK_H
#define WRES_CHECK_CHECK_H

#include "wres/check.h"

/* ---- about.c ---- */

typedef enum threshold {
    UNKNOWN_RISE,
    UNKNOWN_SHARE,
    SWAP_MOVE,
    SWAP_FIT,
    SWAP_RATE_MOVE,
    SMALL_DENOMINATOR,
    WHOLE_SNAPSHOT,
    MOST_ASSIGNMENTS,
    MOST_FTE,
    MOST_BOARD_MEMBERS,
    VALUES_LISTED,
    THRESHOLDS
} threshold;

wres_status thresholds_load(wres_run *run, uint64_t limits[THRESHOLDS]);

/* ---- keyed.c: entries by 128 bits, which stay where they are ---- */

typedef struct keyed keyed;
keyed *keyed_new(wres_run *run, size_t entry_size); /* 0: only whether a key is there */
void *keyed_at(keyed *set, wres_hash key, bool *is_new);
void *keyed_find(const keyed *set, wres_hash key); /* or NULL */
size_t keyed_count(const keyed *set);
void *keyed_entry(const keyed *set, size_t index); /* in order of first appearance */
void keyed_drop(keyed *set);

/* ---- collect.c: findings that agree in all but the line become one row ---- */

typedef struct collection collection;
collection *collection_new(wres_run *run);
void collection_hear(void *context, const wres_finding *finding); /* context: the collection */
void collection_add(collection *c, const wres_finding *finding, const wres_rational *share);
size_t collection_count(const collection *c);
wres_check_row *collection_at(collection *c, size_t index);

/* ---- the state of a check ---- */

/* Someone of the workforce, in whatever snapshot. */
typedef struct staff_member {
    wres_date first; /* the first snapshot that has them */
} staff_member;

/* Someone in a snapshot. */
typedef struct post_holder {
    uint16_t organisation;
    uint32_t rows;
    bool elsewhere;
} post_holder;

typedef struct crowd {
    uint16_t organisation;
    wres_date date;
    uint64_t people;
} crowd;

typedef struct snapshot_seen {
    wres_date date;
    const char *file;
    uint64_t line, rows, several; /* people with more than one row */
} snapshot_seen;

typedef struct vacancy_seen {
    uint64_t shortlisted, appointed, line;
    const char *file;
    bool contradicts;
} vacancy_seen;

/* A question of a survey. */
typedef struct question_seen {
    uint16_t organisation, question;
    wres_date year;
    uint64_t base[2]; /* of the reference, of the group */
    bool has_percent[2];
    wres_rational percent[2];
    const char *file;
    uint64_t line;
} question_seen;

typedef struct board_seen {
    uint16_t organisation;
    wres_date date;
    uint64_t members, of_group[2], line;
    const char *file;
    bool grouped; /* the file says who belongs to which group */
} board_seen;

struct wres_check {
    wres_run *run;
    wres_reading *reading;
    wres_frame *frame;
    const wres_request *request;
    wres_plan *plan;
    uint64_t limits[THRESHOLDS];
    collection *found;
    const wres_table **tables; /* as they were read */
    size_t table_count;
    wres_account **accounts;
    size_t account_count, account_room;
    const char *staff_file; /* of the workforce, where it is one file */
    bool has_people;        /* the workforce was counted */
    bool file_missing;
    bool said_as_at;
    keyed *staff, *posts, *joiners, *questions, *boards;
    keyed *snapshots;        /* by date */
    keyed *crowds;           /* people by date and organisation, whoever they are */
    const wres_list *groups; /* of the field that the first standard compares, or NULL */
    int group_attribute, group_values[2];
};

/* The place of a row's field; field may be NULL. */
void issue(wres_check *check, wres_severity severity, const char *name, wres_place place, uint64_t count,
           const wres_rational *share, const char *format, ...) __attribute__((format(printf, 7, 8)));
wres_hash number_key(uint64_t number, wres_hash seed);
/* Finds out which members of the code list the first standard compares. */
void groups_find(wres_check *check);
/* Which of the compared groups of the first standard a code belongs to: 0 the reference, 1 the group, -1 neither. */
int group_of(const wres_check *check, uint16_t code);
const char *group_name(const wres_check *check, int group);
const char *compare_field(const wres_check *check);
const char *organisation_prefix(const wres_check *check, uint16_t organisation); /* "RZZ: " where there are several, else "" */

/* ---- rows.c: what single rows say, with what came before them ---- */

typedef struct row_watch row_watch;
row_watch *watch_new(wres_check *check, const wres_table *table);
void watch_file(row_watch *watch, const wres_layout *layout);
void watch_row(row_watch *watch, const wres_row *row);
void watch_end(row_watch *watch);

/* ---- whole.c: what only the whole can tell ---- */

void whole_check(wres_check *check);

/* Whether the two moved as if they had been exchanged: values of reference and group then and now. */
bool looks_swapped(const wres_check *check, const wres_rational then[2], const wres_rational now[2], threshold move);

/* ---- report.c ---- */

wres_status report_make(wres_check *check, wres_check_report *report);

#endif
