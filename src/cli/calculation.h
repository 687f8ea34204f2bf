/* What the computing commands share: settings and options to a plan, inputs to tallies, tallies to results, results to a file. A
 * command begins a calculation, loads the definitions, sets what is its own, and ends it. */
#ifndef WRES_CLI_CALCULATION_H
#define WRES_CLI_CALCULATION_H

#include "cli/commands.h"
#include "wres/goals.h"
#include "wres/indicator.h"

/* Everything that is decided before a record is read, and then what was read. */
typedef struct calculation {
    wres_run *run;
    command command;
    wres_settings settings;
    wres_tables tables;
    wres_codes *codes;
    wres_grades *grades;
    wres_reading reading;
    wres_request request;
    wres_frame frame;
    wres_goals goals; /* of the command goals */
    wres_plan *plan;
    wres_table_input *inputs;
    size_t input_count;
    wres_account *accounts;
    size_t account_count;
    wres_cube_file *cubes; /* in the place of tables: counts */
    size_t cube_count;
    const char *const *standard_ids;    /* as they were named */
    const wres_definition *definitions; /* of the standards, tables and code lists */
    size_t definition_count;
    wres_correction correction;
    wres_disclosure_options disclosure;
    wres_write_options writing;
} calculation;

/* Settings file and options: as-at date, breakdowns, numbers, output. */
wres_status calculation_begin(calculation *c, const arguments *asked);
/* The tables and code lists that are built in, and those given; every list that a field names is there. */
wres_status definitions_load(wres_run *run, const wres_settings *settings, wres_tables *tables, wres_codes **codes,
                             wres_grades **grades);
/* Tables and code lists; c->reading is ready then. */
wres_status calculation_load_definitions(calculation *c);
/* The standards of the request, in this order; each once. */
wres_status calculation_load_standards(calculation *c, const char *const *ids, size_t count);
/* Inputs, plan, reading, results, output. */
wres_status calculation_end(calculation *c, const arguments *asked);

/* Finds the files to read (c->inputs), and reads them. */
wres_status inputs_gather(calculation *c, const arguments *asked);
wres_status inputs_read(calculation *c);

/* --organisation: its number, and whether a row belongs to it. */
void inputs_choose_organisation(calculation *c);
wres_status inputs_check_organisation(calculation *c);

/* The sha256 of the texts of the standards asked for, and of all tables and code lists: before the program confines itself. */
wres_status definitions_hash(calculation *c);
/* All tallies of the plan, and the definitions they rest on. */
wres_cube_content calculation_content(calculation *c);

/* A standard that the settings or an option name. */
wres_status load_named_standard(calculation *c, const char *id_or_file, const wres_standard **standard);

/* Reported where the value stands: in the settings file, with its line, or on the command line. */
wres_status option_error(calculation *c, const char *option, const char *value, const char *allowed);
/* The place of value among the allowed words; otherwise where it is NULL; -1 and a finding where it is none of them. */
int choose(calculation *c, const char *option, const char *value, const char *const *allowed, size_t count, int otherwise);

#endif
