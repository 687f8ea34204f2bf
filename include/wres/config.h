/* config: the text files that say what is read and what is computed: table descriptions (data/tables), standards
 * (data/standards) and settings (wres.yaml). All are YAML; every mistake is a finding with file, line, key and, where there
 * is one, the near miss. Nothing here knows records: names are checked against each other by the layers that use them. */
#ifndef WRES_CONFIG_H
#define WRES_CONFIG_H

#include "wres/base.h"

/* ---- tables ------------------------------------------------------------------------------------------------ */

typedef enum wres_type {
    WRES_TYPE_DATE,    /* a day */
    WRES_TYPE_YEAR,    /* 1900 to 2100 */
    WRES_TYPE_TEXT,    /* an open vocabulary: organisation, team */
    WRES_TYPE_ID,      /* tells persons, vacancies, respondents apart; never shown */
    WRES_TYPE_CODE,    /* a value of a code list */
    WRES_TYPE_COUNT,   /* how many the row stands for */
    WRES_TYPE_DECIMAL, /* whole-time equivalent */
    WRES_TYPE_PERCENT, /* a percentage that comes without its counts */
    WRES_TYPE_BASE     /* the number that percentage is of */
} wres_type;

typedef struct wres_field {
    const char *name, *title;
    wres_type type;
    const char *list; /* the code list of a CODE, else NULL */
    bool free_text;   /* a column in which people write what they like: its values are in no message */
    const char *const *headers;
    size_t header_count;
    uint64_t line, list_line; /* of its headers, and of its list */
} wres_field;

#define WRES_NO_FIELD          (-1)
#define WRES_MOST_FIELDS       40
#define WRES_MOST_ALTERNATIVES 8

typedef struct wres_alternatives { /* at least one of these fields */
    int fields[WRES_MOST_ALTERNATIVES];
    size_t count;
} wres_alternatives;

/* How a table stands in time, and so which of its rows belong to an as-at date. */
typedef enum wres_time {
    WRES_TIME_SNAPSHOT, /* the state on its dates: the rows of the as-at date */
    WRES_TIME_WINDOW,   /* events: those of the months before it */
    WRES_TIME_LATEST,   /* lists: each organisation's latest on or before it */
    WRES_TIME_YEAR      /* surveys: the latest year before that of the as-at date */
} wres_time;

typedef struct wres_table {
    const char *name, *title, *rows_are, *people;
    const char *const *file_words; /* in the names of files that most likely hold it */
    size_t file_word_count;
    wres_time time;
    const wres_field *fields;
    size_t field_count;
    wres_alternatives once_per; /* rows that agree in all of these count once, where all are there */
    wres_alternatives needs[WRES_MOST_ALTERNATIVES];
    size_t needs_count;
    int date, organisation, person, count, percent, base, primary; /* fields with a part to play, or WRES_NO_FIELD */
    const char *file;
} wres_table;

typedef struct wres_tables {
    const wres_table *const *all;
    size_t count;
} wres_tables;

/* The built-in tables in the order of their names, and those of the given files, which replace one of the same name. */
wres_status wres_tables_load(wres_run *run, const char *const *files, size_t file_count, wres_tables *tables);
const wres_table *wres_table_find(const wres_tables *tables, const char *name); /* or NULL */
int wres_field_find(const wres_table *table, const char *name);                 /* or WRES_NO_FIELD */
const char *wres_type_name(wres_type type);

/* ---- standards --------------------------------------------------------------------------------------------- */

typedef enum wres_operator { WRES_IN, WRES_NOT_IN, WRES_AT_LEAST, WRES_AT_MOST } wres_operator;

/* `field in A, B`, `field not in A, B`, `field >= A`, `field <= A`; `field.attribute` compares another attribute of the list. */
typedef struct wres_condition {
    const char *field, *attribute; /* attribute NULL = the list's first */
    wres_operator relation;
    const char *const *values;
    size_t value_count;
    const char *file; /* where it stands */
    uint64_t line;
} wres_condition;

/* As it is written in a standard. */
const char *wres_condition_text(wres_run *run, const wres_condition *condition);

typedef struct wres_conditions {
    const wres_condition *all; /* ANDed */
    size_t count;
} wres_conditions;

typedef enum wres_measure { WRES_SHARE, WRES_LIKELIHOOD, WRES_RATE, WRES_GAP, WRES_DISPARITY, WRES_GOAL } wres_measure;

typedef struct wres_counted { /* the rows of a table that meet the conditions */
    const char *table;
    wres_conditions where;
    uint64_t line; /* of the table's name */
} wres_counted;

#define WRES_OF_ALL (-1)

typedef struct wres_part { /* a named selection: a row of a gap (voting), a tier or a scope of a disparity ratio */
    const char *row;
    wres_conditions where;
    int of_which; /* the place of the part that this is a part of, whose conditions it has to meet, too; else WRES_OF_ALL */
} wres_part;

typedef struct wres_parts {
    const wres_part *all; /* a part of a part comes behind it */
    size_t count;
} wres_parts;

/* How many parts this one lies in. */
size_t wres_part_depth(const wres_parts *parts, size_t part);

typedef struct wres_step { /* of a likelihood in steps: eligible, applied, awarded */
    const char *row;
    wres_counted events, over;
    const char *event; /* its own words, "" = those of the indicator */
} wres_step;

typedef struct wres_indicator {
    const char *id, *title;
    wres_measure measure;
    wres_counted of;        /* share, gap: whose composition */
    wres_counted against;   /* gap: with which it is compared */
    wres_counted events;    /* likelihood, rate */
    wres_counted over;      /* likelihood, rate */
    wres_counted leavers;   /* goal: who has left, */
    wres_counted movers;    /* and who may have gone from one band to another; both of one table, or none */
    bool by_grade;          /* share: a line for each section and grade row */
    wres_parts parts;       /* gap: the rows; share: rows that may overlap, beside the row `all` */
    wres_parts tiers;       /* disparity: from the lowest to the highest, two or three */
    wres_parts scopes;      /* disparity: all, clinical, non-clinical */
    const wres_step *steps; /* likelihood: none = one step, events over over, in the row `all` */
    size_t step_count;
    const char *off;   /* why the indicator is not computed, "" where it is */
    int months, years; /* window; the events of so many windows, divided by their number */
    bool group_first;  /* ratio: group / reference; else reference / group */
    bool four_fifths;
    uint64_t joined_line;
    const char *joined;         /* several questions make one item: joined per respondent, or given as this one; else NULL */
    const char *people, *event; /* words of the sentence */
    const char *definition, *numerator, *denominator, *direction, *window, *source, *certainty, *certainty_note;
    const char *file;
    uint64_t line;
} wres_indicator;

typedef struct wres_compare { /* by which field people are divided, and into whom */
    const char *field, *reference, *group, *unknown;
    uint64_t field_line, reference_line, group_line, unknown_line;
} wres_compare;

typedef struct wres_standard {
    const char *id, *title, *owner, *source, *certainty, *certainty_note;
    const char *family; /* the id up to its last '-': the key of data/benchmarks */
    wres_compare compare;
    bool unknown_in_base;
    wres_conditions population; /* which rows of workforce are staff */
    const wres_indicator *indicators;
    size_t indicator_count;
    const char *file;
    uint64_t id_line;
} wres_standard;

/* A built-in id, or a file (its name ends in .yaml or .yml). */
wres_status wres_standard_load(wres_run *run, const char *id_or_file, const wres_standard **standard);
/* The same, where a setting names it: an id that is not built in is reported there. */
wres_status wres_standard_load_named(wres_run *run, const char *id_or_file, const wres_place *named,
                                     const wres_standard **standard);
/* The ids that are built in, in byte order. */
wres_status wres_standard_list(wres_run *run, const char *const **ids, size_t *count);
const char *wres_measure_name(wres_measure measure);

/* ---- national figures ---------------------------------------------------------------------------------------- */

/* A published figure to set beside an indicator's own: data/benchmarks/FAMILY.csv. */
typedef struct wres_benchmark {
    const char *indicator, *organisation, *row, *group, *statistic, *unit, *value, *certainty, *source;
    int year;
} wres_benchmark;

wres_status wres_benchmarks_load(wres_run *run, const char *family, const wres_benchmark **all, size_t *count);

/* ---- settings ---------------------------------------------------------------------------------------------- */

typedef struct wres_pair {
    const char *name, *value;
    uint64_t line;
} wres_pair;

typedef struct wres_pairs {
    wres_pair *all;
    size_t count;
} wres_pairs;

typedef struct wres_value_map { /* of one field: this spelling stands for that value */
    const char *field;
    wres_pairs values;
    uint64_t line;
} wres_value_map;

typedef struct wres_choice { /* rows are chosen by what this column holds */
    const char *column;
    const char *const *values;
    size_t value_count;
    uint64_t line;
} wres_choice;

/* What stands in the place of a count that was hidden on purpose ("<5", "*"), and between which numbers the count lies. */
typedef struct wres_hidden {
    const char *text;
    uint64_t least, most; /* most WRES_COUNT_LIMIT: nobody knows */
    uint64_t line;
} wres_hidden;

typedef enum wres_dates { WRES_DATES_INFERRED, WRES_DATES_DAY_FIRST, WRES_DATES_MONTH_FIRST } wres_dates;

/* The files of a table that are read in one way. */
typedef struct wres_input_setting {
    const char *table;
    const char *const *files;
    size_t file_count;
    wres_pairs columns; /* field -> header */
    const wres_value_map *maps;
    size_t map_count;
    const wres_choice *leave_out; /* rows in which one of these holds are dropped */
    size_t leave_out_count;
    const wres_choice *keep; /* rows in which one of these does not hold are dropped */
    size_t keep_count;
    wres_dates dates;
    const char *encoding;    /* as iconv names it; NULL = found out */
    char delimiter;          /* 0 = found out */
    uint64_t header_line;    /* physical line of the header; 0 = found out */
    const char *const *zero; /* texts that mean 0 in a count, percent or base */
    size_t zero_count;
    const wres_hidden *hidden; /* texts that hide a count */
    size_t hidden_count;
    const char *settings_file; /* its name in messages; NULL = from the command line */
    uint64_t line, table_line; /* of what is said of these files, and of the table's name */
} wres_input_setting;

typedef struct wres_list_setting { /* a key that may hold one text or several */
    const char *const *all;
    size_t count;
} wres_list_setting;

/* Every option; NULL or an empty list where it was not given. */
typedef struct wres_settings {
    const char *file, *name; /* its path; in messages without the folder, which may hold the name of a user */
    wres_pairs places;       /* every text of a key or of its list, with its line */
    wres_list_setting standards, codes, tables, by;
    const char *as_at, *organisation, *groups, *unknown, *decimals, *chinese, *correct, *stratify, *weight, *dates, *threads,
        *format, *output, *fail_on;
    const char *allow_unmapped, *strict, *hash, *raw; /* "yes", "no" or NULL */
    /* of goals */
    wres_list_setting bands, pools;
    const char *baseline, *by_date, *every, *reference_base, *reference_scope, *goal_rounding;
    const char *turnover, *turnover_bme, *growth, *shortlist_share, *likelihood;
    const wres_input_setting *inputs;
    size_t input_count;
} wres_settings;

wres_status wres_settings_load(wres_run *run, const char *path, wres_settings *settings);
/* Where one of these texts stands: file, line and key, or the option where the command line has it. The text itself, not one that reads
 * the same. */
wres_place wres_setting_place(wres_run *run, const wres_settings *settings, const char *option, const char *value);

/* ---- settings to be written ---------------------------------------------------------------------------------- */

/* A settings file as it is to be written: entries of a key with a text, with a list of texts, or with entries below it. Each is in force
 * or commented out; taking the "# " away puts it in force. Every key and value is written so that wres_settings_load reads the very same
 * text, and no comment can end before its line does. Texts are kept as they are given: they must live until the writing. */
typedef struct wres_entry wres_entry;

wres_entry *wres_entries_new(wres_run *run); /* the whole file */
wres_entry *wres_entry_text(wres_entry *parent, const char *key, const char *value);
wres_entry *wres_entry_list(wres_entry *parent, const char *key, const char *const *values, size_t count); /* [a, b] */
wres_entry *wres_entry_map(wres_entry *parent,
                           const char *key);     /* entries below it; none = commented out, as is one that has none in force */
wres_entry *wres_entry_item(wres_entry *parent); /* of a list of maps: "- " */
void wres_entry_comment_out(wres_entry *entry);  /* with all that is below */
/* A line of comment above the entry, or, of a map without entries, in its place; "" for a blank line. */
void wres_entry_note(wres_entry *entry, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A comment behind it, in its line. */
void wres_entry_remark(wres_entry *entry, const char *format, ...) __attribute__((format(printf, 2, 3)));
void wres_entries_write(const wres_entry *file, wres_sink *sink);

#endif
