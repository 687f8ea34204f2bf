/* wres cube: what a calculation counts, and nothing that is computed from it. */
#include "cli/calculation.h"

#include <string.h>

static wres_status write_cube(calculation *c, const arguments *asked) {
    wres_cube_content content = calculation_content(c);
    wres_account *made_from = wres_alloc(c->run, (c->account_count + 1) * sizeof *made_from);
    wres_sink *sink;
    for (size_t i = 0; i < c->account_count; i++) /* of cubes that are merged, what they were made from */
        if (c->cube_count == 0 || c->accounts[i].cube) made_from[content.account_count++] = c->accounts[i];
    content.accounts = made_from;
    wres_status status = wres_sink_open(c->run, c->settings.output, &sink);
    if (status != WRES_OK) return status;
    wres_cube_write(&c->reading, &c->frame, &content, sink);
    status = wres_sink_commit(sink);
    if (status == WRES_OK && !asked->quiet) notice_print(wres_disclosure_statement());
    return status;
}

wres_status cube_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    const char *latest = latest_standard(run);
    wres_status status = calculation_begin(&c, asked);
    if (status == WRES_OK) status = calculation_load_definitions(&c);
    const wres_list_setting *ids = &c.settings.standards;
    if (status == WRES_OK) status = calculation_load_standards(&c, ids->count ? ids->all : &latest, ids->count ? ids->count : 1);
    c.reading.hash = true;
    c.reading.ungrouped = c.request.fte; /* sums of FTE say something without groups, too */
    if (status == WRES_OK) status = inputs_gather(&c, asked);
    if (status == WRES_OK) status = wres_plan_new(&c.reading, &c.request, &c.plan);
    if (status == WRES_OK) status = inputs_read(&c);
    return status == WRES_OK ? write_cube(&c, asked) : status;
}
