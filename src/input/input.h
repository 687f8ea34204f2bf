/* What the files of input share: a column and what it feeds, and the file being read. */
#ifndef WRES_INPUT_INPUT_H
#define WRES_INPUT_INPUT_H

#include "wres/input.h"

/* What one distinct text of a column stands for; looked up once, counted on every row. */
typedef struct decoded {
    uint16_t code;
    wres_found found;
    wres_date date;
    uint64_t fte;
    bool bad;     /* no date at all, or no text: said when it was first met */
    bool rounded; /* an FTE of more decimals than are kept */
    bool total;   /* in no code list, and called like a total */
    uint64_t rows, people, first_line;
    uint64_t shifted; /* rows in which other cells are in no list either: most likely cells of other columns */
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
    decoded *now;      /* of the row at hand */
    uint16_t flag_of;  /* of a flag: the stage it stands for, + 1 */
    struct look *look; /* what was in it, where reading->look */
} feed;

/* A column whose listed values drop the row, or alone keep it. */
typedef struct dropper {
    const wres_choice *setting;
    bool keeps;
    size_t column;
    wres_dictionary *texts;
    signed char *verdict; /* by text: 0 = not looked at, 1 = listed, -1 = not listed */
    size_t room;
    uint64_t *met; /* by value of the setting */
} dropper;

enum { MOST_DISTINCT = 65000, PROBED = 64 * 1024, MOST_FOOTERS = 10, MOST_BOUNDARIES = 1000 };

/* ---- probe.c: the beginning of a file ----------------------------------------------------------------------- */

/* The headers by which a table's fields are known. */
typedef struct spelling {
    int field, rank; /* -1 for the field's own name, then in the table's order of preference */
} spelling;

typedef struct spellings {
    wres_dictionary *keys;
    spelling *of; /* by key */
    size_t room;
} spellings;

spellings *spellings_of_table(wres_run *run, const wres_table *table);
const spelling *spellings_find(const spellings *s, wres_text header); /* or NULL */

typedef struct probed {
    char *bytes;
    size_t room, length;
} probed;

/* The first 64 KiB of the text at least, or so much that the header's line is in it. */
wres_status probe_read(wres_run *run, wres_source *source, uint64_t header_line, probed *head);

typedef struct place_of_header {
    bool fits; /* the line has what the table needs */
    char delimiter;
    uint64_t line; /* 0 = there is no such line */
    size_t offset;
    uint64_t lines;     /* that were looked at */
    uint64_t fits_line; /* where the settings say what does not fit: what would, 0 = nothing */
    char fits_delimiter;
} place_of_header;

place_of_header probe_header(wres_run *run, const wres_table *table, const wres_input_setting *setting, const probed *head);
const char *probe_delimiter_name(char delimiter); /* "commas" */
const char *probe_delimiter_key(char delimiter);  /* "comma", as the settings call it */

/* ---- one file ----------------------------------------------------------------------------------------------- */

/* Rows that are no records. */
typedef struct odd_rows {
    uint64_t totals, first_total;
    uint64_t sum, sum_left_out;           /* of the counts so far: of records, of rows that the settings leave out */
    uint64_t boundaries[MOST_BOUNDARIES]; /* sums at earlier totals */
    size_t boundary_count;
    bool hidden; /* a count was: the sums are not known */
    uint64_t differs_line, differs_total, differs_sum;
    uint64_t footers, footer_lines[MOST_FOOTERS]; /* behind the last record so far */
    bool odd_footer;                              /* a footer of one word */
    uint64_t keyless, keyless_line;
} odd_rows;

/* What dates, identifiers and percentages of a file tell of the whole of it. */
typedef struct evidence {
    uint64_t day_first_line, month_first_line, doubtful_line;
    int doubtful_field;
    uint64_t long_ids, zeroed_ids, zeroed_line;
    int zeroed_field;
    uint64_t fractions, fraction_line;
    bool whole_percents;
} evidence;

/* A count as it is known: between two numbers, which agree where no mark hides it. */
typedef struct known_count {
    uint64_t least, most; /* most WRES_COUNT_LIMIT = nobody knows */
    bool hidden;
} known_count;

/* A text that the settings declare to stand in the place of a count. */
typedef struct count_mark {
    const char *text, *normal;
    known_count stands_for;
    uint64_t cells;
} count_mark;

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
    int fte_field; /* where FTE are summed and the file has it, else -1 */
    bool weighs;   /* FTE are summed */
    const wres_list *stages;
    uint16_t first_stage;
    dropper *droppers;
    size_t dropper_count;
    size_t columns, most_columns; /* without and with those behind the last header */
    wres_text *header_cells;      /* trimmed */
    spellings *spellings;
    odd_rows odd;
    evidence evidence;
    count_mark *marks;
    size_t mark_count;
    uint64_t hidden_cells, hidden_line; /* how many cells hide a count, and the first of them */
    bool has_header, failed;
    uint64_t data_rows, spoiled_ids;
    uint64_t looked_up[WRES_MOST_FIELDS], unmapped[WRES_MOST_FIELDS]; /* people, by field */
    uint16_t code[WRES_MOST_FIELDS];
    wres_hash id[WRES_MOST_FIELDS];
    bool given[WRES_MOST_FIELDS];
} file_reader;

void account_row(wres_run *run, wres_account *account, const wres_disposition *disposition);
void account_rows(wres_run *run, wres_account *account, const wres_disposition *disposition, uint64_t rows);

/* ---- header.c, row.c, odd.c, report.c ------------------------------------------------------------------------- */

/* Maps the header's cells to fields; every mistake is said. */
wres_status header_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);

/* An error in one row; reading goes on, so that the others are found too. */
void row_error(file_reader *reader, uint64_t line, int field, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The marks of the setting, ready to be met. */
void marks_prepare(file_reader *reader);
/* Whether a cell that is no number is a declared mark, and what that stands for. */
bool mark_find(file_reader *reader, wres_text cell, uint64_t line, known_count *count);
/* How many counts were hidden; marks that were never met. */
void marks_report(file_reader *reader);

/* One record to the receiver. */
wres_status row_read(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);

/* Parts of it. A value that stands in so many rows, for so many people, was looked up. */
void count_value(file_reader *reader, const feed *f, decoded *d, uint64_t rows, uint64_t count);
void place_in_grades(file_reader *reader, uint64_t rows, uint64_t count, wres_row *row); /* by feeds[].now */
/* The same for a row elsewhere: d, code and given are of its band and grade, and of all its fields. */
wres_place_in_grades place_decoded(const file_reader *reader, decoded *d[2], uint16_t *code, bool *given);
uint32_t number_of_text(file_reader *reader, feed *f, wres_text text); /* of f->seen */
void derive_stage(file_reader *reader);
bool is_spoiled(wres_text text);
/* Whether its cells are looked up by their texts: codes, texts, dates, and the FTE that are summed. */
bool is_looked_up(const file_reader *reader, const feed *f);
bool does_tell(const file_reader *reader, int field); /* whether anything rests on what stands in this field */

wres_date_order date_order(const file_reader *reader);
bool is_order_told(const file_reader *reader);

/* Rows that are no records: totals, footers, a second line of headers. */
bool is_total_text(wres_text text);
bool is_total_row(file_reader *reader, const wres_text *cells, size_t count);
bool is_silent_total(const file_reader *reader, const wres_text *cells);
void leave_total(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);
bool is_footer(file_reader *reader, const wres_text *cells, size_t count);
void leave_footer(file_reader *reader, const wres_text *cells, size_t count, uint64_t line);
void end_footers(file_reader *reader);
bool is_second_header(file_reader *reader, const wres_text *cells, uint64_t line);
/* WRES_DATA where nothing but totals is there. */
wres_status report_odd_rows(file_reader *reader);

/* The settings file in messages. */
const char *settings_name(const file_reader *reader);

/* What a text of this column is read as: the settings may map it to another. */
wres_text mapped_text(wres_run *run, const feed *f, wres_text cell);

/* Whether one value may be in messages. */
bool may_be_shown(const decoded *d, wres_text text);

/* Whether values of this column may be in no message: free text, or so many different ones in no list that they are no codes. */
bool is_hidden(const file_reader *reader, const feed *f);
bool has_long_number(wres_text text); /* four digits in a row: it may tell of a person, whatever the column */

/* seen.c: what is in the columns, kept beside the reading. count: people of the row. */
void look_begin(file_reader *reader);
void look_row(file_reader *reader, const wres_text *cells, size_t count, uint64_t line, wres_row *row);
void look_end(file_reader *reader);

/* fast.c: whether rows of this file can be put together, and the reading of the rest of it in blocks. */
bool is_fast(const file_reader *reader, const wres_source *source);
wres_status fast_read(file_reader *reader, wres_source *source, wres_csv *csv, char delimiter, wres_text head, char *last);

/* Unmapped values, codes that need care, values of the settings that were never met. WRES_DATA where too much is unmapped. */
wres_status report_values(file_reader *reader);

#endif
