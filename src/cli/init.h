/* wres init: what is found out and decided of each file, and its way into the settings. */
#ifndef WRES_CLI_INIT_H
#define WRES_CLI_INIT_H

#include "cli/ask.h"
#include "cli/commands.h"
#include "wres/input.h"

enum { MOST_VALUES = 40 };

/* In the place of what is not known: no value of any list, so that it is refused where it is left in force. */
#define INIT_OPEN "???"

typedef enum mark_meaning { MARK_OPEN, MARK_ZERO, MARK_HIDDEN } mark_meaning;

/* Why an input is a comment. */
typedef enum doubt_of_file {
    NO_DOUBT,
    NO_TABLE,     /* it fits nothing */
    TABLE_UNSURE, /* it fits several */
    NEEDS_UNMET,  /* the table needs a column that was not found */
    ROWS_AGAIN,   /* its rows may be those of another file of the table */
    ROWS_DIFFER   /* its rows stand for something else than those of another file of the table */
} doubt_of_file;

typedef struct init_file {
    const char *path, *name;
    const char *refused; /* why it cannot be read, NULL = it can */
    wres_guess guess;
    const wres_table_guess *as; /* the table it is taken for, NULL = none */
    wres_guessed_field *fields; /* those of the guess, with answers */
    size_t field_count;
    int groups[WRES_MOST_CANDIDATES]; /* columns that may tell doctors, where the one that is taken does not */
    size_t group_count;
    int group_before; /* the column that is called like the staff group, where another was found in its place; else -1 */
    wres_input_setting setting;
    wres_doubts doubts;
    const char **meanings;       /* of doubts.values: what they are mapped to, NULL = open */
    const wres_value_map *years; /* which day each year of a column of years stands for, NULL = there is no such column */
    mark_meaning *marks;         /* of doubts.marks */
    bool totals_told;
    doubt_of_file doubt;
    const struct init_file *beside; /* ROWS_AGAIN, ROWS_DIFFER: the other file */
    bool stands_beside;             /* answered: its rows are others */
    bool for_check;                 /* NEEDS_UNMET, and no other file is in force: it is, so that a check can read it */
    size_t questions;
} init_file;

typedef struct init {
    wres_run *run;
    const arguments *asked;
    wres_tables tables;
    wres_codes *codes;
    wres_grades *grades;
    wres_reading reading;
    dialogue dialogue;
    const char *folder, *output; /* output NULL = standard output */
    init_file *files;
    size_t file_count;
    wres_date latest;  /* snapshot of the workforce, WRES_NO_DATE for none */
    const char *as_at; /* answered, or what is proposed */
    bool as_at_told;
    size_t questions;
} init;

/* Whether the input is in force. */
bool init_is_active(const init_file *file);
const char *init_header(const init *all, const init_file *file, int column);
const wres_table *init_table(const init_file *file);
const wres_column_seen *init_column(const init_file *file, int field); /* or NULL */

/* What the first rows and the whole of a file tell, with what is answered. */
wres_status init_look(init *all, init_file *file);
/* What only all files together tell. */
void init_compare(init *all);
void init_choose_date(init *all);

/* entry: the map or the item of a list that is to hold it. */
void init_write_input(init *all, init_file *file, wres_entry *entry, const char *path);
/* The settings; counts the questions that stay open. */
wres_status init_write(init *all);

#endif
