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
    size_t threads;      /* 0 = as many as the machine has processors */
    size_t block;        /* bytes that a thread reads at once, 0 = a good size */
    bool row_by_row;     /* no rows are put together; the results are the same */
    bool allow_unmapped; /* over 5% unmapped is a warning, not an error */
    wres_dates dates;    /* of all files whose setting does not say ... */
    bool dates_decided;  /* ... and of those whose setting does: said on the command line */
    bool fte;            /* snapshots are weighed by full-time equivalents: wres_row.fte, identifiers tell nothing */
    bool ungrouped;      /* a snapshot without the column of the groups is read all the same: everybody's is unknown */
    bool strict;         /* any unmapped value is an error */
    bool look; /* read to find out what is wrong: go on behind a faulty header and a missing file, give rows their content and
                            decimal, and keep what was in the columns (wres_account_seen) */
} wres_reading;

wres_dictionary *wres_vocabulary(wres_reading *reading, const char *field);

/* ---- accounts: read = used + left out, for every file ------------------------------------------------------- */

#define WRES_REASONS(X)                                                                                                            \
    X(BLANK_ROW, "blank row")                                                                                                      \
    X(TOTAL, "a total")                                                                                                            \
    X(FOOTER, "a footer")                                                                                                          \
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
    const char *cube; /* the cube by which its counts came, NULL = it was read itself */
    char sha256[WRES_SHA256_SIZE];
    wres_hash text; /* of the whole text: equal where a file is given twice */
    uint64_t read, used, left_out[WRES_REASON_COUNT];
    wres_tag_rows *tags;
    size_t tag_room, tag_count;
    const struct wres_layout *layout;
    struct wres_file_seen *seen; /* where reading->look */
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
    bool faulty; /* the header is wrong, which was said: its rows are there to be looked at (reading->look), not to be counted */
} wres_layout;

typedef struct wres_row {
    const wres_layout *layout;
    const uint16_t *code; /* of CODE fields: the member; of TEXT fields: the number in their vocabulary */
    const wres_hash *id;  /* of ID fields */
    const bool *given;    /* false: the cell is empty or the column not there */
    wres_place_in_grades place;
    wres_date date;      /* of the table's date field, WRES_NO_DATE where empty; a YEAR is its 1 January */
    uint64_t count;      /* 1 where there is no such column; the least that it can be where it is hidden */
    uint64_t most;       /* the most that it can be: count itself where it is known, WRES_COUNT_LIMIT where nobody knows */
    bool hidden;         /* a mark stands in its place: only the two bounds are known, even where they agree */
    bool has_percent;    /* percent and base are given */
    bool percent_hidden; /* '*' or another mark stands in the place of the percent */
    wres_rational percent;
    uint64_t base, base_most; /* as count and most */
    bool base_hidden;
    uint64_t fte; /* where reading->fte, of a snapshot: in billionths, 0 where the cell is empty (given) */
    /* where reading->look */
    wres_hash content; /* of all its cells */
    bool has_decimal;  /* the table's DECIMAL field is given, and is a number */
    wres_rational decimal;
    const char *file;
    uint64_t line;
    uint64_t again; /* how many more rows are told apart from this one by nothing that counts (wres_receiver.tells) */
} wres_row;

/* The field of a table that is summed where reading->fte: its first DECIMAL field, or WRES_NO_FIELD; of snapshots alone. */
int wres_fte_field(const wres_table *table);

/* How many people or events a row is said to be in what is told of the data: its count, or 1 where that is hidden. */
uint64_t wres_row_people(const wres_row *row);

/* Whether more than 5% are in no list, empty or not told: what rests on the others would be wrong quietly. */
bool wres_is_too_many(uint64_t part, uint64_t all);

/* What became of a row: WRES_USED or a wres_reason; tagged where only the whole table can tell whether the row belongs to the results. */
typedef struct wres_disposition {
    int outcome;
    bool tagged;
    uint32_t tag;
} wres_disposition;

#define WRES_MOST_FOLDED 64

typedef struct wres_again {
    uint32_t kind;
    wres_hash id; /* of the table's person */
    const char *file;
    uint64_t line;
} wres_again;
#define WRES_MOST_AGAIN 64 /* at once */

typedef struct wres_receiver {
    void *context;
    /* Once a file, when its header is known. */
    wres_status (*begin)(void *context, const wres_layout *layout, const char *file);
    /* Sets *disposition; a status other than WRES_OK ends the reading. */
    wres_status (*row)(void *context, const wres_row *row, wres_disposition *disposition);
    /* Whether the result rests on this field, so that over 5% unmapped in it is an error, as it always is in ethnicity, band and grade;
     * NULL = on no other. */
    bool (*rests_on)(void *context, int field);
    /* Whether rows in which this field differs may count differently; NULL = every row is asked for by itself. Identifiers always do. */
    bool (*tells)(void *context, int field);
    /* What the counting of a row rests on beside its date and its texts, as so many numbers: rows with the same numbers, date and texts count
     * alike. 0 = on every field that tells. May be called on any thread while rows are received. */
    size_t (*fold)(void *context, const wres_row *row, uint16_t numbers[WRES_MOST_FOLDED]);
    /* Rows of which only the identifier differs, after such a row was received: keep makes a kind of what it rests on, and again receives rows, each with its kind and line. keep of NULL says whether that can be done in this file: WRES_NOWHERE where not. Both may be NULL. */
    uint32_t (*keep)(void *context, const wres_row *row);
    void (*again)(void *context, const wres_again *rows, size_t count, wres_disposition *dispositions);
    /* Whether many kinds are of no use any more since forget was called: then it is called soon. It says that those that were kept are not
     * asked for again. NULL where keep is. */
    bool (*is_over)(void *context);
    void (*forget)(void *context);
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

/* ---- the beginning of a file -------------------------------------------------------------------------------- */

/* How a file is laid out, found out from its first 64 KiB, to the end of a line, or said by its setting: the delimiter and the header's line are those under which
 * most fields of the table find a column. */
typedef struct wres_probe {
    const char *file;
    char delimiter;
    uint64_t header_line; /* physical line; 0 = no line has the columns that the table needs */
    const wres_text
        *headers; /* of that line, else of the one that has most of them, else of the first that is not blank; trimmed */
    size_t header_count;
    const wres_text *const *rows; /* the records behind it, each of at least header_count cells, to look at; never to be shown */
    size_t row_count;             /* at most WRES_PROBE_ROWS */
} wres_probe;
#define WRES_PROBE_ROWS 200

/* A table's columns in a header: column_of[field], -1 = none. Returns how many fields found one; *needs_met: all that the table needs. Where two columns
 * feed one field the first in the table's order of preference is taken and *doubles counts them. setting may name columns. */
size_t wres_probe_match(wres_reading *reading, const wres_table *table, const wres_input_setting *setting, const wres_text *headers,
                        size_t count, int *column_of, bool *needs_met, size_t *doubles);
/* table NULL = whichever fits best (NULL in *best where none does). Errors are those of the file alone: WRES_IO, or WRES_DATA where it is no text. Standard
 * input is used up by it. */
wres_status wres_probe_file(wres_reading *reading, const char *path, const wres_table *table, const wres_input_setting *setting,
                            wres_probe *probe, const wres_table **best);

/* ---- what was in the columns -------------------------------------------------------------------------------- */

/* One value of a column with a code list. */
typedef struct wres_value_seen {
    wres_text text; /* as it stands in the file, trimmed; empty where it may not be shown */
    uint64_t texts; /* how many different ones: 1, or more where they may not be shown */
    wres_found found;
    uint16_t code;
    const char *member; /* of the code list: what it is read as */
    uint64_t rows, people, first_line;
    uint64_t decided;  /* rows in which it was looked up: the pay scale of a doctor, whose grade decides, is not */
    wres_rational sum; /* of the table's DECIMAL field, over these rows */
} wres_value_seen;

/* A column that was read, when its file is. Every row that is no blank one and not left out by the settings counts, also one with a mistake. */
typedef struct wres_column_seen {
    int field;          /* of the table */
    const char *header; /* as it stands in the file, made visible */
    uint64_t rows, filled, first_empty_line;
    uint64_t people, unmapped; /* of CODE fields: people whose value was looked up, and is in no list */
    size_t distinct; /* of CODE, TEXT, ID, DATE and YEAR fields: different texts; of ID fields those that tell rows apart */
    bool hidden;     /* its values may not be shown: people write there what they like, or it looks like identifiers */
    const wres_value_seen
        *values; /* of CODE fields, in order of appearance; where they are hidden one for each member, without its text */
    size_t value_count;
    wres_date earliest, latest;         /* of DATE and YEAR fields, WRES_NO_DATE for none */
    wres_rational sum;                  /* of COUNT, DECIMAL and BASE fields */
    uint64_t unread, first_unread_line; /* of COUNT, DECIMAL and BASE fields: cells that are filled and no number */
    const wres_value_seen *marks;       /* what stands there, where it is short; text, rows and first_line alone */
    size_t mark_count;
} wres_column_seen;

typedef struct wres_file_seen {
    const wres_table *table;
    const char *file;
    const wres_column_seen *columns; /* in the order of the table's fields */
    size_t column_count;
    bool has_sums; /* values have a sum, as the file has a DECIMAL field */
} wres_file_seen;

/* What the accounts' file held, or NULL where it had no header; asked for by reading->look before it is read. */
const wres_file_seen *wres_account_seen(const wres_account *account);

/* ---- what a file most likely is ------------------------------------------------------------------------------ */

#define WRES_MOST_CANDIDATES 8

/* Why a column is taken for a field, or why that is a question. */
typedef enum wres_guess_reason {
    WRES_GUESS_HEADER,    /* it is called so */
    WRES_GUESS_SAME,      /* so are others, but where rows were looked at they say the same */
    WRES_GUESS_PREFERRED, /* so are others; of a TEXT field, with which no more than a breakdown depends on the choice */
    WRES_GUESS_VALUES,    /* found by its values */
    /* questions */
    WRES_GUESS_DOUBLE,  /* several columns are called so: no file is read before it is known which is meant */
    WRES_GUESS_NAMED,   /* two columns have one name, so that settings cannot tell them apart */
    WRES_GUESS_PERHAPS, /* its values would do, or some of them, or those of several columns */
    WRES_GUESS_NUMBERS, /* whole numbers, which may be how many a row stands for */
    WRES_GUESS_YEARS    /* years, where a date is needed */
} wres_guess_reason;

typedef struct wres_guessed_field {
    int field;
    int column; /* that feeds it; -1 = a question */
    wres_guess_reason reason;
    int candidates[WRES_MOST_CANDIDATES]; /* columns, best first; the one that is taken among them */
    size_t candidate_count;
} wres_guessed_field;

/* A file as one of this table. */
typedef struct wres_table_guess {
    const wres_table *table;
    uint64_t points;                  /* for how much speaks for it */
    bool hallmark;                    /* something that speaks for hardly any other table */
    const wres_guessed_field *fields; /* that have a column or a question, in the table's order */
    size_t field_count;
} wres_table_guess;

typedef struct wres_guess {
    wres_probe probe;
    const wres_table_guess *tables; /* that fit, best first; none where nothing does */
    size_t table_count;
    bool sure; /* the first is clearly ahead */
} wres_guess;

/* From the headers, the first rows, what they hold of the code lists, and the file's name. Errors are those of wres_probe_file. */
wres_status wres_guess_file(wres_reading *reading, const char *path, wres_guess *guess);
/* Columns that may tell the staff group, beside the one that is taken: those that hold its values, else those that are called like it.
 * *sure: it is one, by its values. */
size_t wres_guess_groups(wres_reading *reading, const wres_guess *guess, const wres_table_guess *of,
                         int candidates[WRES_MOST_CANDIDATES], bool *sure);

/* A value of a code field that is in no list. */
typedef struct wres_open_value {
    int field;
    wres_text text; /* as it stands in the file; may be shown */
    uint64_t rows;
    const char *near; /* what it is most likely to mean, as a value of the list; NULL = nothing near */
    bool total;       /* called like a total ("All grades") where rows are counted */
} wres_open_value;

/* What stands in a column of counts, and is none: "*", "<5". */
typedef struct wres_open_mark {
    wres_text text;
    uint64_t rows;
} wres_open_mark;

/* What reading a file as its setting says leaves open. */
typedef struct wres_doubts {
    const wres_file_seen *seen; /* NULL where it has no header */
    wres_open_value *values;    /* of fields that may be shown, in the order of the fields */
    size_t value_count;
    uint64_t hidden_values[WRES_MOST_FIELDS]; /* different ones that are in no list and may not be shown, by field */
    wres_open_mark *marks;
    size_t mark_count;
    bool other_marks;        /* other texts stand there too */
    uint64_t dates_line;     /* a date that could be day first or month first, and none of the file tells; 0 = none */
    bool band_is_grade;      /* the column of the band holds medical grades, too, and feeds medical_grade as well */
    uint64_t medical_rows;   /* rows of medical grades of which the staff group says that they are none */
    wres_date latest;        /* of the table's date, WRES_NO_DATE where it is not known */
    const char *encoding;    /* how its bytes were read, NULL = as UTF-8 */
    uint64_t rows, errors;   /* what a calculation stops at */
    const char *first_error; /* NULL = none */
    uint64_t first_error_line;
} wres_doubts;

/* Reads the whole file; findings are heard here and not kept. WRES_IO where it cannot be read. *setting feeds medical_grade afterwards where
 * its band does (its columns must have room for one more). */
wres_status wres_doubts_find(wres_reading *reading, const wres_table *table, const char *path, wres_input_setting *setting,
                             wres_doubts *doubts);

wres_status wres_input_read(wres_reading *reading, const wres_table_input *input, const wres_receiver *receiver,
                            wres_account *accounts);

#endif
