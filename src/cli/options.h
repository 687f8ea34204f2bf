/* The command line: one table of options, from which parsing and help follow. */
#ifndef WRES_CLI_OPTIONS_H
#define WRES_CLI_OPTIONS_H

#include "wres/config.h"
#include "wres/output.h"

typedef enum command {
    CALC = 1,
    EXPLAIN = 2,
    STANDARDS = 4,
    CODES = 8,
    TABLES = 16,
    SCHEMA = 32,
    GOALS = 64,
    CHECK = 128,
    INIT = 256,
    CUBE = 512,
    SQL = 1024
} command;

typedef struct arguments {
    command command;      /* 0 = none named */
    wres_settings given;  /* what the command line says */
    const char *settings; /* --settings, or NULL */
    const char *dialect;  /* of sql, or NULL */
    const char *const *operands;
    size_t operand_count;
    bool quiet, verbose, values, force, help, version;
} arguments;

/* WRES_USAGE with a finding for what is not understood, with the near miss. */
wres_status arguments_read(wres_run *run, int argc, char **argv, arguments *out);

void help_print(wres_sink *sink, const arguments *asked);

/* Writes s->given over s->settings. */
void settings_override(wres_settings *settings, const wres_settings *given);

#endif
