/* input: bytes to records to small integers. Files are read once from front to back; a record lives until the call-back that
 * gets it returns. What a value could not be mapped to is counted here, with the value, and said once at the end. */
#ifndef WRES_INPUT_H
#define WRES_INPUT_H

#include "wres/base.h"
#include "wres/codes.h"
#include "wres/config.h"

/* What all inputs of a run share: tables, code lists, and the open vocabularies (organisation, team), which are numbered by field
 * name, so that an organisation has one number in every table. Number 0 of a vocabulary is the empty text. */
typedef struct wres_reading {
    wres_run *run;
    const wres_tables *tables;
    const wres_codes *codes;
    const wres_grades *grades;
    wres_dictionary *vocabulary_names; /* field name -> vocabulary */
    wres_dictionary **vocabularies;
    size_t vocabulary_room;
    bool hash;           /* make the sha256 of every input */
    bool allow_unmapped; /* over 5% unmapped is a warning, not an error */
    bool strict;         /* any unmapped value is an error */
} wres_reading;

wres_dictionary *wres_vocabulary(wres_reading *reading, const char *field);

/* ---- accounts: read = used + left out, for every file ------------------------------------------------------- */

#define WRES_REASONS(X)                                                                                                            \
    X(BLANK_ROW, "blank row")                                                                                                      \
    X(SETTINGS, "left out by the settings")                                                                                        \
    X(ORGANISATION, "another organisation")                                                                                        \
    X(NO_DATE, "no date")                                                                                                          \
    X(WINDOW, "outside the window")                                                                                                \
    X(SNAPSHOT, "another snapshot, survey or list")                                                                                \
    X(NOT_STAFF, "not staff under the standard")                                                                                   \
    X(NOT_COUNTED, "not what an indicator counts")                                                                                 \
    X(SAME_AGAIN, "the same person again")

typedef enum wres_reason {
#define WRES_REASON_ENUM(id, text) WRES_REASON_##id,
    WRES_REASONS(WRES_REASON_ENUM)
#undef WRES_REASON_ENUM
        WRES_REASON_COUNT
} wres_reason;

const char *wres_reason_text(wres_reason reason);

#define WRES_USED (-1) /* an outcome that is no reason to leave a row out */

typedef struct wres_tag_rows {
    uint32_t tag;
    int outcome;
    bool taken;
    uint64_t rows;
} wres_tag_rows;

/* Rows whose use is decided only when all is read (which snapshot, which board list) are kept by a tag until then. */
typedef struct wres_account {
    const wres_table *table;
    const char *file;
    char sha256[WRES_SHA256_SIZE];
    uint64_t read, used, left_out[WRES_REASON_COUNT];
    wres_tag_rows *tags;
    size_t tag_room, tag_count;
    const struct wres_layout *layout;
} wres_account;

/* Rows whose tag belongs to the results keep their outcome; the others are left out for the given reason. */
void wres_account_settle(wres_account *account, bool (*belongs)(const void *context, uint32_t tag), const void *context,
                         wres_reason otherwise);

/* ---- records ------------------------------------------------------------------------------------------------ */

/* Which fields of the table a file has. */
typedef struct wres_layout {
    const wres_table *table;
    bool has[WRES_MOST_FIELDS];
    bool has_grade;       /* a pay band or medical grade: the grade row means something */
    bool has_section;     /* a staff group or medical grade: whether a row is medical is known */
    bool has_staff_group; /* whether it is clinical is known, too */
} wres_layout;

typedef struct wres_row {
    const wres_layout *layout;
    const uint16_t *code; /* of CODE fields: the member; of TEXT fields: the number in their vocabulary */
    const wres_hash *id;  /* of ID fields */
    const bool *given;    /* false: the cell is empty or the column not there */
    wres_place_in_grades place;
    wres_date date;      /* of the table's date field, WRES_NO_DATE where empty; a YEAR is its 1 January */
    uint64_t count;      /* 1 where there is no such column */
    bool has_percent;    /* percent and base are given */
    bool percent_hidden; /* '*' stands in the place of the percent */
    wres_rational percent;
    uint64_t base;
    const char *file;
    uint64_t line;
} wres_row;

/* What became of a row: WRES_USED or a wres_reason; tagged where only the whole table can tell whether the row belongs to the results. */
typedef struct wres_disposition {
    int outcome;
    bool tagged;
    uint32_t tag;
} wres_disposition;

typedef struct wres_receiver {
    void *context;
    /* Once a file, when its header is known. */
    wres_status (*begin)(void *context, const wres_layout *layout, const char *file);
    /* Sets *disposition; a status other than WRES_OK ends the reading. */
    wres_status (*row)(void *context, const wres_row *row, wres_disposition *disposition);
} wres_receiver;

/* The files of one table, read one after another. What is wrong with single rows is collected, so that one run shows it all;
 * WRES_DATA then. accounts gets one entry a file. */
typedef struct wres_table_input {
    const wres_table *table;
    const struct wres_table_file {
        const char *path;
        const wres_input_setting *setting;
    } * files;
    size_t file_count;
} wres_table_input;

wres_status wres_input_read(wres_reading *reading, const wres_table_input *input, const wres_receiver *receiver,
                            wres_account *accounts);

#endif
