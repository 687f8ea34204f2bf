/* cube: counts by key. A cell's key is a few small codes, its count a number of people or events; a cube knows nothing of what it
 * counts. A tally says which rows of a table become cells: a record is read once, becomes a key, and adds its count.
 *
 * Where rows are told apart by identifiers, a set of persons keeps one entry a person (or vacancy and person, or respondent) until
 * the table is read, and the entries become cells. Which of a person's rows counts depends on what is in them, never on
 * their order. This set is all that grows with the number of people; nothing grows with the number of rows. */
#ifndef WRES_CUBE_H
#define WRES_CUBE_H

#include "wres/base.h"
#include "wres/input.h"

/* ---- cells -------------------------------------------------------------------------------------------------- */

#define WRES_MOST_KEYS 16

/* What counts that the input hides may add to a sum of counts: the sum itself holds the least that each can be. */
typedef struct wres_hidden_part {
    uint64_t room;   /* by how much the sum can be larger; for those of `open` nobody knows */
    uint32_t counts; /* how many are hidden; 0 = the sum is known */
    uint32_t open;   /* how many of them have no known most */
    uint64_t least;  /* what the sum holds for them: the rest of it is known */
} wres_hidden_part;

/* Of one count; most WRES_COUNT_LIMIT = nobody knows. */
wres_hidden_part wres_hidden_count(uint64_t least, uint64_t most);
/* Both together; what grows too large stays at its largest. */
wres_hidden_part wres_hidden_sum(wres_hidden_part a, wres_hidden_part b);
/* Whether the sum has a known most. */
bool wres_hidden_is_open(wres_hidden_part part);

typedef struct wres_cell {
    uint16_t key[WRES_MOST_KEYS];
    uint64_t count;
    wres_hidden_part hidden;
} wres_cell;

typedef struct wres_cube wres_cube;

wres_cube *wres_cube_new(wres_run *run, size_t keys);
/* The same for FTE: counts are billionths, and the whole stays below WRES_FTE_LIMIT. */
wres_cube *wres_cube_new_fte(wres_run *run, size_t keys);
/* hidden NULL = the count is known; else it is the least that the count can be. WRES_DATA, with a finding, where the whole would pass
 * WRES_COUNT_LIMIT. */
wres_status wres_cube_add(wres_cube *cube, const uint16_t *key, uint64_t count, const wres_hidden_part *hidden);
/* In order of first appearance; sorted by key after wres_cube_sort. */
const wres_cell *wres_cube_cells(const wres_cube *cube, size_t *count);
void wres_cube_sort(wres_cube *cube);
/* Only the cells of these keys stay. */
void wres_cube_keep(wres_cube *cube, bool (*stays)(const void *context, const uint16_t *key), const void *context);

/* ---- tallies ------------------------------------------------------------------------------------------------ */

/* The first keys of every cell; the tally's axes follow. */
enum { WRES_KEY_ORGANISATION, WRES_KEY_TIME, WRES_KEY_GROUP, WRES_KEY_AXES };
#define WRES_MOST_AXES (WRES_MOST_KEYS - WRES_KEY_AXES)

/* An axis is a field of the table (or of the person, for a table that lacks it), or one of the two that grades make: */
#define WRES_AXIS_SECTION "section"
#define WRES_AXIS_BAND    "band"

/* A condition of a standard, ready for use: which codes of an axis pass. */
typedef struct wres_test {
    const char *axis;
    const unsigned char *passes; /* by code */
    size_t size;
    bool beyond;      /* whether codes from size on pass: an open vocabulary goes on growing */
    const char *text; /* as it stands in the standard, for messages */
} wres_test;

/* A share in percent that came without its counts. */
typedef struct wres_given {
    uint16_t key[WRES_MOST_KEYS];
    bool hidden, base_hidden;
    wres_rational percent;
    uint64_t base;
} wres_given;

typedef struct wres_persons wres_persons;

/* How often something was met that is said once, and where first. */
typedef struct wres_noted {
    uint64_t count;
    const char *file;
    uint64_t line;
} wres_noted;

typedef struct wres_tally {
    /* what is asked for */
    const wres_table *table;
    const char *group_field; /* whose code list has the groups: ethnicity */
    int known_attribute;     /* of that list: a person's value of this attribute other than `unknown` is a known one */
    uint16_t unknown;
    const uint16_t *alike; /* by member of that list: the member as which it is counted; NULL = each as itself */
    const char *axes[WRES_MOST_AXES];
    size_t axis_count;
    const wres_test *tests; /* ANDed: which rows count */
    size_t test_count;
    bool fte;                            /* each row adds its FTE, and nobody is told apart: cells hold billionths */
    bool takes_percent;                  /* a percent that came without its counts belongs here; else only its base counts */
    bool of_past;                        /* its people may have gone: found in the last snapshot in which they were staff */
    int months, years;                   /* of a window; KEY_TIME is 0 for the last, 1 for the one before */
    const struct wres_tally *population; /* whose persons the rows are linked to; NULL for the population itself */
    /* what came of it */
    wres_cube *cube;
    wres_given *given;
    size_t given_count, given_room;
    wres_persons *persons;
    bool axis_there[WRES_MOST_AXES];       /* a file, or the person, has it */
    const char *lacked_by[WRES_MOST_AXES]; /* the first file that has not, NULL = all have */
    const char *untested;     /* a condition on who somebody is that a file could not be asked, NULL = none: its column */
    bool has_staff_group;     /* ... a staff group, by which sections other than medical are known */
    bool undated;             /* a file has no dates: its rows are all of the last window */
    bool has_table, once_per; /* the table was read; its rows are told apart by identifiers */
    const char *elsewhere;    /* counted for another as-at date than the one asked for, NULL = not: why nothing can be computed */
    struct wres_table_times *times;
    wres_noted not_found, left_out_persons;
} wres_tally;

/* What is asked of all tables together. */
typedef struct wres_frame {
    wres_date as_at; /* WRES_NO_DATE until the workforce is read */
    bool as_at_given;
    bool has_baseline;
    wres_date baseline;       /* an earlier snapshot whose rows count, too */
    bool has_opening;         /* and so do those of the snapshot a year before the as-at date: leaving rates begin there */
    bool is_alone;            /* nothing is asked of any other snapshot: their rows need not be kept */
    const char *organisation; /* NULL = all */
    uint16_t organisation_number;
    /* of the workforce, before --organisation */
    bool has_workforce;
    uint16_t only_organisation; /* its number where there is just one, else 0 */
    wres_date *dates;           /* of KEY_TIME of tables that are snapshots, lists or surveys */
    uint64_t *date_rows;        /* of the workforce */
    size_t date_count, date_room;
    uint16_t *number_of_day; /* + 1, 0 = none; from 1900-01-01 on */
    uint16_t sure;           /* number of the latest date that is sure to be a snapshot, + 1; 0 = none yet. Where one is_alone */
    uint16_t only_seen;
    bool several_organisations;
} wres_frame;

/* So many rows of one date are no slip of the pen. */
enum { WRES_SURE_SNAPSHOT = 15000 };

wres_date wres_frame_date(const wres_frame *frame, uint16_t time);

/* Reads a table into its tallies. Settles the as-at date when it is the workforce: the one asked for, which must be there, else the
 * latest that holds at least a hundredth of the rows of the largest, or WRES_SURE_SNAPSHOT. accounts: one a file. */
wres_status wres_tallies_read(wres_reading *reading, wres_frame *frame, const wres_table_input *input, wres_tally *const *tallies,
                              size_t tally_count, wres_account *accounts);

/* The same in parts, for who reads the rows to more than one end: wres_tallies_read begins, gives the receiver to wres_input_read, and
 * ends. A file whose begin fails must not have its rows given. The end must not come where no file was begun. */
typedef struct wres_tallying wres_tallying;
wres_tallying *wres_tallies_begin(wres_reading *reading, wres_frame *frame, const wres_table *table, wres_tally *const *tallies,
                                  size_t tally_count);
wres_receiver wres_tallies_receiver(wres_tallying *tallying);
wres_status wres_tallies_end(wres_tallying *tallying);

/* Which KEY_TIME of a tally belongs to the as-at date for an organisation; -1 = none. Windows have several (0 to years - 1). */
int wres_tally_time(const wres_frame *frame, const wres_tally *tally, uint16_t organisation);

/* Decides, when all is read, which rows of a table were used. */
void wres_accounts_settle(const wres_frame *frame, const wres_tally *tally, wres_account *accounts, size_t count);

/* Whether the codes of an axis number an open vocabulary. */
bool wres_axis_is_text(const wres_reading *reading, const char *axis);

/* The code that an axis has where nothing is known. */
uint16_t wres_axis_blank(const wres_reading *reading, const char *axis);

/* ---- cubes as files ----------------------------------------------------------------------------------------- */

/* A cube file is a CSV of one fixed header (docs/cube-format.md): rows that say what was counted and how, and a row for each cell. Codes
 * stand in it as texts, so that two files agree whatever the numbers were in the runs that made them, and a database can write one, too.
 * The order of its rows says nothing. It holds no identifier of a person. */
#define WRES_CUBE_FORMAT_MAJOR 1
#define WRES_CUBE_FORMAT_MINOR 0
#define WRES_CUBE_FORMAT_FTE   2 /* the first number where cells hold FTE, which are not to be read as people */
#define WRES_CUBE_CONTAINS     "counts, small ones among them: not for publication; no person"

/* What a tally counts and how, without its axes: the same text, the same counting. The id is a short name made from it, as "cases-1f09ab3c". */
const char *wres_tally_text(const wres_reading *reading, const wres_tally *tally);
const char *wres_tally_id(const wres_reading *reading, const wres_tally *tally);

/* What the cells of a tally hold, as a cube file and an account of it say it: "head" or "fte". */
const char *wres_weight_name(bool fte);

/* A definition that the counting rested on: kind is standard, table or codes. */
typedef struct wres_definition {
    const char *kind, *name, *sha256;
} wres_definition;

/* Everything that is in a cube file; names and texts as they stand in messages. */
typedef struct wres_cube_content {
    wres_tally *const *tallies;
    size_t tally_count;
    const wres_account *accounts;
    size_t account_count;
    const wres_definition *definitions;
    size_t definition_count;
} wres_cube_content;

/* Findings of the run are written with it, but errors. */
void wres_cube_write(wres_reading *reading, const wres_frame *frame, const wres_cube_content *content, wres_sink *sink);

/* What a cube file says before its cells, but how many there are: for each row its record, id, name and value. For who makes the cells
 * elsewhere. Tallies must have been begun (wres_tallies_begin). */
typedef void wres_cube_row(void *context, const char *const cells[4]);
void wres_cube_describe(wres_reading *reading, const wres_frame *frame, const wres_cube_content *content, wres_cube_row *row,
                        void *context);
/* The columns of the file, in their order; the first four as above. */
#define WRES_CUBE_COLUMNS 26
const char *wres_cube_column(wres_run *run, size_t column);
/* The text of a code of an axis (or, with axis NULL, of a group) in the file. Of an axis that is a text NULL, and *count 0; else *count codes have one. */
const char *wres_cube_word(wres_reading *reading, const wres_tally *tally, const char *axis, uint16_t code, size_t *count);

/* One cube file that is to be read. */
typedef struct wres_cube_file {
    const char *path;
    const char *name;              /* made when it is read, as is what follows */
    char sha256[WRES_SHA256_SIZE]; /* where reading->hash */
    uint64_t cells, taken;         /* that it has, and that were asked for */
} wres_cube_file;

/* Reads cube files into the tallies, whose cells add up, and settles the as-at date: that of the cubes, or the one asked for, if they have a
 * snapshot of it. WRES_USAGE where a cube was not made for these tallies and axes, WRES_DATA where it is damaged, or where two have other
 * as-at dates or the same people. content gives the tallies and definitions to compare with, and gets the accounts of what the cubes were
 * made from. */
wres_status wres_cubes_read(wres_reading *reading, wres_frame *frame, wres_cube_file *files, size_t file_count,
                            wres_cube_content *content);

#endif
