/* What the files of input share: a column and what it feeds, and the file being read. */
#ifndef WRES_INPUT_INPUT_H
#define WRES_INPUT_INPUT_H

#include "wres/input.h"

/* What one distinct text of a column stands for; looked up once, counted on every row. */
typedef struct decoded {
    uint16_t code;
    wres_found found;
    wres_date date;
    bool bad; /* no date at all: said when it was first met */
    uint64_t rows, people, first_line;
} decoded;

/* One column feeding one field. */
typedef struct feed {
    int field;
    size_t column;
    wres_type type;
    const wres_list *list;
    const wres_value_map *map;
    wres_dictionary *texts; /* raw cell -> entry of seen */
    decoded *seen;
    size_t seen_room;
    uint16_t flag_of; /* of a flag: the stage it stands for, + 1 */
} feed;

/* A column whose listed values drop the row. */
typedef struct dropper {
    const wres_choice *setting;
    size_t column;
    wres_dictionary *texts;
    signed char *verdict; /* by text: 0 = not looked at, 1 = dropped, -1 = kept */
    size_t room;
    uint64_t *met; /* by value of the setting */
} dropper;

/* A count as it is known: between two numbers, which agree where no mark hides it. */
typedef struct counted {
    uint64_t least, most; /* most WRES_COUNT_LIMIT = nobody knows */
    bool hidden;
} counted;

/* A text that the settings declare to stand in the place of a count. */
typedef struct count_mark {
    const char *text, *normal;
    counted stands_for;
    uint64_t cells;
} count_mark;

enum { MOST_DISTINCT = 65000 };

typedef struct file_reader {
    wres_reading *reading;
    wres_run *run;
    const wres_table *table;
    const wres_input_setting *setting;
    const wres_receiver *receiver;
    wres_account *account;
    const char *file;
    wres_layout *layout;
    feed *feeds;
    size_t feed_count;
    int feed_of[WRES_MOST_FIELDS];            /* or -1 */
    int band_field, grade_field, group_field; /* pay_band, medical_grade, staff_group where the file has them, else -1 */
    const wres_list *groups;
    bool band_is_grade;  /* one column feeds both */
    bool stage_by_flags; /* shortlisted, appointed … as columns of yes and no */
    int stage_field, question_field;
    const wres_list *stages;
    uint16_t first_stage;
    dropper *droppers;
    size_t dropper_count;
    count_mark *marks;
    size_t mark_count;
    uint64_t hidden_cells, hidden_line; /* how many cells hide a count, and the first of them */
    size_t columns;
    wres_text *header_cells; /* trimmed */
    bool has_header, failed;
    uint64_t data_rows, spoiled_ids;
    uint64_t looked_up[WRES_MOST_FIELDS], unmapped[WRES_MOST_FIELDS]; /* people, by field */
    uint16_t code[WRES_MOST_FIELDS];
    wres_hash id[WRES_MOST_FIELDS];
    bool given[WRES_MOST_FIELDS];
} file_reader;

void account_row(wres_run *run, wres_account *account, const wres_disposition *disposition);

/* Maps the header's cells to fields; every mistake is said. */
wres_status header_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);

/* An error in one row; reading goes on, so that the others are found too. */
void row_error(file_reader *reader, uint64_t line, int field, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The marks of the setting, ready to be met. */
void marks_prepare(file_reader *reader);
/* Whether a cell that is no number is a declared mark, and what that stands for. */
bool mark_find(file_reader *reader, wres_text cell, uint64_t line, counted *count);
/* How many counts were hidden; marks that were never met. */
void marks_report(file_reader *reader);

/* One record to the receiver. */
wres_status row_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);

/* Unmapped values, codes that need care, values of the settings that were never met. WRES_DATA where too much is unmapped. */
wres_status report_values(file_reader *reader);

#endif
