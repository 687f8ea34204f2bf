/* wres goals: the Model Employer Goals. Everything that no official text was seen to fix comes from the options. */
#include "cli/calculation.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char model_employer[] = "model-employer";

/* ---- numbers and dates -------------------------------------------------------------------------------------- */

typedef struct bounds {
    int64_t lowest, highest;
    const char *text;
} bounds;

static bool within(wres_rational value, const bounds *b) {
    return value.numerator >= b->lowest * value.denominator && value.numerator <= b->highest * value.denominator;
}

/* A percentage as a fraction, or a plain number (of = 1); *given stays false where there is none. */
static wres_status read_number(calculation *c, const char *option, const char *text, const bounds *b, double of, bool *given,
                               double *out) {
    wres_rational value;
    if (!text) return WRES_OK;
    if (!wres_decimal_parse(wres_text_of(text), &value) || !within(value, b)) return option_error(c, option, text, b->text);
    *given = true;
    *out = wres_rational_real(value) / of;
    return WRES_OK;
}

static wres_status read_date(calculation *c, const char *option, const char *text, wres_date *out) {
    if (!text) return WRES_OK;
    const wres_date date = wres_date_parse(wres_text_of(text), WRES_DAY_FIRST);
    int year = 0, month, day;
    if (date != WRES_NO_DATE) wres_date_split(date, &year, &month, &day);
    if (date == WRES_NO_DATE || year > 2100) return option_error(c, option, text, "a date as 2028-03-31");
    *out = date;
    return WRES_OK;
}

/* ---- settings ----------------------------------------------------------------------------------------------- */

static wres_status set_dates(calculation *c) {
    static const char *const steps[] = {"year", "quarter"};
    const int step = choose(c, "every", c->settings.every, steps, COUNT(steps), 0);
    wres_status status = step < 0 ? WRES_USAGE : read_date(c, "by-date", c->settings.by_date, &c->goals.by_date);
    if (status == WRES_OK) status = read_date(c, "baseline", c->settings.baseline, &c->frame.baseline);
    c->frame.has_baseline = c->settings.baseline != NULL;
    c->goals.step_months = step == 1 ? 3 : 12;
    return status;
}

/* all, afc, afc-1-7, section, staff-group, or a percentage. */
static wres_status set_scope(calculation *c) {
    static const char *const scopes[] = {"all", "afc", "afc-1-7", "section", "staff-group"};
    static const char allowed[] = "all, afc, afc-1-7, section, staff-group, or a percentage between 0 and 100";
    const bounds percent = {0, 100, allowed};
    const char *text = c->settings.reference_scope;
    char *plain;
    if (!text) return WRES_OK;
    for (size_t i = 0; i < COUNT(scopes); i++)
        if (strcmp(text, scopes[i]) == 0) {
            c->goals.scope = (wres_reference_scope)i;
            return WRES_OK;
        }
    plain = wres_copy(c->run, text, strlen(text));
    if (*plain && plain[strlen(plain) - 1] == '%') plain[strlen(plain) - 1] = '\0';
    c->goals.scope = WRES_REFERENCE_FIXED;
    if (wres_decimal_parse(wres_text_of(plain), &c->goals.fixed) && within(c->goals.fixed, &percent)) return WRES_OK;
    const char *near = wres_nearest(c->run, text, scopes, COUNT(scopes));
    return option_error(c, "reference-scope", text, near ? wres_print(c->run, "%s. Did you mean %s?", allowed, near) : allowed);
}

static wres_status set_reference(calculation *c) {
    static const char *const bases[] = {"known", "all"}, *const roundings[] = {"half-up", "least", "none"};
    const int base = choose(c, "reference-base", c->settings.reference_base, bases, COUNT(bases), -2);
    const int rounding = base == -1 ? -1 : choose(c, "goal-rounding", c->settings.goal_rounding, roundings, COUNT(roundings), 0);
    if (base == -1 || rounding < 0) return WRES_USAGE;
    c->request.unknown_in_base = base == -2 ? -1 : base;
    c->goals.rounding = (wres_goal_rounding)rounding;
    const wres_status status = set_scope(c);
    if (status != WRES_OK || c->goals.scope != WRES_REFERENCE_STAFF_GROUP) return status;
    if (c->request.breakdown_count)
        return option_error(c, "by", c->request.breakdowns[0].name,
                            "nothing with --reference-scope staff-group, which breaks down itself");
    c->request.breakdowns[c->request.breakdown_count++] =
        (wres_breakdown){.name = "staff_group", .fields = {"staff_group"}, .count = 1};
    return WRES_OK;
}

static wres_status set_flows(calculation *c) {
    static const bounds leaving = {0, 99, "a percentage a year, 0 to 99"}, growing = {-50, 100, "a percentage a year, -50 to 100"},
                        share = {0, 100, "a percentage, 0 to 100"}, ratio = {0, 1000000, "a ratio as 1.54, above 0"};
    const wres_settings *s = &c->settings;
    wres_goals *g = &c->goals;
    bool grows = false;
    wres_status status = read_number(c, "turnover", s->turnover, &leaving, 100, &g->has_turnover, &g->turnover);
    if (status == WRES_OK)
        status = read_number(c, "turnover-bme", s->turnover_bme, &leaving, 100, &g->has_group_turnover, &g->group_turnover);
    if (status == WRES_OK) status = read_number(c, "growth", s->growth, &growing, 100, &grows, &g->growth);
    if (status == WRES_OK)
        status = read_number(c, "shortlist-share", s->shortlist_share, &share, 100, &g->has_shortlist_share, &g->shortlist_share);
    if (status == WRES_OK) status = read_number(c, "likelihood", s->likelihood, &ratio, 1, &g->has_likelihood, &g->likelihood);
    if (status == WRES_OK && g->has_likelihood && g->likelihood == 0)
        status = option_error(c, "likelihood", s->likelihood, ratio.text);
    if (status != WRES_OK || !g->has_group_turnover || g->has_turnover) return status;
    return option_error(c, "turnover-bme", s->turnover_bme,
                        "only together with --turnover, the leaving rate of all staff in the band (movements give both)");
}

/* ---- standards ---------------------------------------------------------------------------------------------- */

static bool has_goals(const wres_standard *standard) {
    for (size_t i = 0; i < standard->indicator_count; i++)
        if (standard->indicators[i].measure == WRES_GOAL) return true; /* one that is off has no measure */
    return false;
}

/* A settings file serves calc, too: of the standards it names those that have goals are taken, or else the built-in one. */
static wres_status load_standards(calculation *c, const arguments *asked) {
    const wres_list_setting *named = &c->settings.standards;
    const char *built_in = model_employer, **ids = wres_alloc(c->run, (named->count + 1) * sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < named->count; i++) {
        const wres_standard *standard;
        const wres_status status = load_named_standard(c, named->all[i], &standard);
        if (status != WRES_OK) return status;
        if (has_goals(standard)) {
            ids[count++] = named->all[i];
        } else if (asked->given.standards.count) {
            return option_error(c, "standard", named->all[i],
                                "a standard that has an indicator with 'measure: goal', as model-employer");
        }
    }
    return count ? calculation_load_standards(c, ids, count) : calculation_load_standards(c, &built_in, 1);
}

wres_status goals_run(wres_run *run, const arguments *asked) {
    calculation c = {.run = run};
    wres_status status = calculation_begin(&c, asked);
    if (status == WRES_OK) status = calculation_load_definitions(&c);
    if (status == WRES_OK) status = wres_goals_default(&c.reading, &c.goals);
    if (status == WRES_OK) status = set_dates(&c);
    if (status == WRES_OK) status = set_reference(&c);
    if (status == WRES_OK) status = set_flows(&c);
    if (status == WRES_OK) status = wres_goals_set_bands(&c.reading, &c.settings, &c.goals);
    if (status == WRES_OK) status = load_standards(&c, asked);
    c.request.goals = &c.goals;
    return status == WRES_OK ? calculation_end(&c, asked) : status;
}
