#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"

typedef struct invocation {
    int argc;
    char **argv;
    arguments arguments;
} invocation;

static wres_status print_and_commit(wres_run *run, const arguments *asked) {
    wres_sink *sink;
    const wres_status status = wres_sink_open(run, NULL, &sink);
    if (status != WRES_OK) return status;
    if (asked->version)
        wres_sink_print(sink, "wres %s\n", WRES_VERSION);
    else
        help_print(sink, asked);
    return wres_sink_commit(sink);
}

static wres_status dispatch(wres_run *run, const arguments *asked) {
    if (asked->help || asked->version) return print_and_commit(run, asked);
    switch (asked->command) {
    case CALC: return calc_run(run, asked);
    case GOALS: return goals_run(run, asked);
    case CHECK: return check_run(run, asked);
    case CUBE: return cube_run(run, asked);
    case SQL: return sql_run(run, asked);
    case INIT: return init_run(run, asked);
    case EXPLAIN: return explain_run(run, asked);
    case STANDARDS: return standards_run(run, asked);
    case CODES: return codes_run(run, asked);
    case TABLES: return tables_run(run, asked);
    case SCHEMA: return schema_run(run, asked);
    }
    return WRES_USAGE;
}

static wres_status invoke(wres_run *run, void *context) {
    invocation *call = context;
    const wres_status status = arguments_read(run, call->argc, call->argv, &call->arguments);
    if (status != WRES_OK) return status;
    if (!call->arguments.quiet && wres_is_terminal(STDERR_FILENO)) wres_progress_begin(run);
    return dispatch(run, &call->arguments);
}

int main(int argc, char **argv) {
    wres_system_start();
    wres_confine_calls();
    wres_run *run = wres_run_new();
    if (!run) {
        fputs("wres: error: out of memory\n", stderr);
        return WRES_IO;
    }
    invocation call = {.argc = argc, .argv = argv};
    wres_status status = wres_run_try(run, invoke, &call);
    wres_progress_clear(run);
    findings_print(run, call.arguments.quiet, call.arguments.verbose);
    wres_run_free(run);
    /* A full disk may show only here. */
    if (fclose(stdout) != 0 && status <= WRES_CONDITION) {
        fputs("wres: error: standard output cannot be written\n", stderr);
        status = WRES_IO;
    }
    return (int)status;
}
