/* The commands: options to plan to calls to exit status. */
#ifndef WRES_CLI_COMMANDS_H
#define WRES_CLI_COMMANDS_H

#include "cli/options.h"

wres_status calc_run(wres_run *run, const arguments *asked);
wres_status goals_run(wres_run *run, const arguments *asked);
wres_status init_run(wres_run *run, const arguments *asked);
wres_status cube_run(wres_run *run, const arguments *asked);
wres_status sql_run(wres_run *run, const arguments *asked);
wres_status check_run(wres_run *run, const arguments *asked);
wres_status explain_run(wres_run *run, const arguments *asked);
wres_status standards_run(wres_run *run, const arguments *asked);
wres_status codes_run(wres_run *run, const arguments *asked);
wres_status tables_run(wres_run *run, const arguments *asked);
wres_status schema_run(wres_run *run, const arguments *asked);

/* The id of the latest WRES that is built in. */
const char *latest_standard(wres_run *run);

/* Everything found, on standard error: errors and warnings, with -v information, with -q errors only. */
void findings_print(const wres_run *run, bool quiet, bool verbose);

/* What must be said of every result, though it is no finding: disclosure control. */
void notice_print(const char *statement);

#endif
