/* wres calc: the indicators of the standards asked for. */
#include "cli/calculation.h"

static wres_status set_groups(calculation *c) {
    static const char *const counts[] = {"2", "5", "16"}, *const places[] = {"other", "asian", "apart"};
    static const char *const of_five[] = {"group5", "group5_census", "group6"};
    const int count = choose(c, "groups", c->settings.groups, counts, 3, 0),
              place = choose(c, "chinese", c->settings.chinese, places, 3, 0);
    if (count < 0 || place < 0) return WRES_USAGE;
    c->request.groups = count == 0 ? NULL : count == 1 ? of_five[place] : "group16";
    return WRES_OK;
}

wres_status calc_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    wres_status status = calculation_begin(&c, asked);
    if (status == WRES_OK) status = set_groups(&c);
    if (status == WRES_OK) status = calculation_load_definitions(&c);
    if (status != WRES_OK) return status;
    const char *latest = latest_standard(run);
    const wres_list_setting *ids = &c.settings.standards;
    status = ids->count ? calculation_load_standards(&c, ids->all, ids->count) : calculation_load_standards(&c, &latest, 1);
    return status == WRES_OK ? calculation_end(&c, asked) : status;
}
