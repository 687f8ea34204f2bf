/* What must be counted for the standards asked for: one tally for each way of counting, shared where two are the same. */
#include "indicator/plan.h"

#include <string.h>

static bool plan_mistake(const wres_plan *plan, const wres_indicator *indicator, uint64_t line, const char *key,
                         const char *message) {
    wres_find(plan->run, WRES_ERROR, "standard", (wres_place){NULL, indicator->file, line, key}, 0, "%s", message);
    return false;
}

static const wres_table *table_of(wres_plan *plan, const wres_indicator *indicator, const wres_counted *counted) {
    const wres_tables *tables = plan->reading->tables;
    const wres_table *table = wres_table_find(tables, counted->table);
    if (table) return table;
    const char **names = wres_alloc(plan->run, (tables->count + 1) * sizeof *names), *all = "";
    for (size_t i = 0; i < tables->count; i++) {
        names[i] = tables->all[i]->name;
        all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = wres_nearest(plan->run, counted->table, names, tables->count);
    plan_mistake(plan, indicator, counted->line, "table",
                 wres_print(plan->run, "there is no table '%s'%s%s; the tables are %s",
                            wres_visible(plan->run, wres_text_of(counted->table)), near ? ": did you mean " : "", near ? near : "",
                            all));
    return NULL;
}

static bool compile_all(wres_plan *plan, const char *table, const wres_conditions *conditions, const wres_test **tests) {
    wres_test *all = wres_alloc(plan->run, (conditions->count + 1) * sizeof *all);
    bool good = true;
    for (size_t i = 0; i < conditions->count; i++) good &= test_compile(plan, table, &conditions->all[i], &all[i]);
    *tests = all;
    return good;
}

static bool add_axis(wres_plan *plan, wres_tally *tally, const char *axis) {
    for (size_t i = 0; i < tally->axis_count; i++)
        if (strcmp(tally->axes[i], axis) == 0) return true;
    if (tally->axis_count == WRES_MOST_AXES) {
        wres_find(plan->run, WRES_ERROR, "standard", (wres_place){.table = tally->table->name}, 0,
                  "too many fields to break down by at once: at most %d", (int)WRES_MOST_AXES);
        return false;
    }
    tally->axes[tally->axis_count++] = axis;
    return true;
}

static bool same_tests(const wres_tally *a, const wres_tally *b) {
    if (a->test_count != b->test_count) return false;
    for (size_t i = 0; i < a->test_count; i++)
        if (strcmp(a->tests[i].text, b->tests[i].text) != 0) return false;
    return true;
}

static wres_tally *add_tally(wres_plan *plan, const wres_tally *wanted) {
    for (size_t i = 0; i < plan->tally_count; i++) {
        wres_tally *known = plan->tallies[i];
        if (known->table == wanted->table && known->population == wanted->population && same_tests(known, wanted) &&
            known->of_past == wanted->of_past && known->months == wanted->months && known->years == wanted->years &&
            known->takes_percent == wanted->takes_percent && strcmp(known->group_field, wanted->group_field) == 0)
            return known;
    }
    if (plan->tally_count == plan->tally_room) {
        const size_t room = plan->tally_room ? 2 * plan->tally_room : 32, size = sizeof *plan->tallies;
        plan->tallies = wres_grow(plan->run, plan->tallies, plan->tally_room * size, room * size);
        plan->tally_room = room;
    }
    wres_tally *tally = wres_alloc(plan->run, sizeof *tally);
    *tally = *wanted;
    return plan->tallies[plan->tally_count++] = tally;
}

static wres_tally empty_tally(const planned_standard *standard, const wres_table *table) {
    return (wres_tally){.table = table,
                        .group_field = standard->about->compare.field,
                        .known_attribute = standard->groups.attribute,
                        .unknown = standard->groups.unknown_value,
                        .months = 12,
                        .years = 1};
}

static bool add_grades(wres_plan *plan, wres_tally *tally) {
    bool good = add_axis(plan, tally, WRES_AXIS_SECTION);
    good &= add_axis(plan, tally, WRES_AXIS_BAND);
    return good;
}

static bool plan_population(wres_plan *plan, planned_standard *standard) {
    const wres_table *staff = wres_table_find(plan->reading->tables, "workforce");
    wres_tally wanted = empty_tally(standard, staff);
    wanted.test_count = standard->about->population.count;
    wanted.fte = plan->request->fte;
    if (!compile_all(plan, staff->name, &standard->about->population, &wanted.tests)) return false;
    standard->population = add_tally(plan, &wanted);
    return add_grades(plan, standard->population);
}

static bool check_joined(wres_plan *plan, const wres_indicator *indicator) {
    const wres_table *table = wres_table_find(plan->reading->tables, indicator->over.table);
    if (!table) return true; /* said where it is counted */
    const int field = wres_field_find(table, "question");
    const wres_list *list = field != WRES_NO_FIELD && table->fields[field].list
                                ? wres_codes_find(plan->reading->codes, table->fields[field].list)
                                : NULL;
    if (!list)
        return plan_mistake(plan, indicator, indicator->joined_line, "joined",
                            wres_print(plan->run, "the table %s has no questions to join", table->name));
    if (wres_list_value_find(list, 0, wres_text_of(indicator->joined)) >= 0) return true;
    return plan_mistake(plan, indicator, indicator->joined_line, "joined", no_value(plan, list, 0, indicator->joined));
}

/* Staff are counted once and then chosen from; the rows of other tables are chosen first. */
static bool plan_count(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, const wres_counted *counted,
                       bool takes_percent, planned_count *out) {
    const wres_table *table = table_of(plan, indicator, counted);
    const wres_test *tests;
    bool good = true;
    if (!table || !compile_all(plan, table->name, &counted->where, &tests)) return false;
    if (table->time == WRES_TIME_SNAPSHOT) {
        *out = (planned_count){standard->population, tests, counted->where.count};
        for (size_t i = 0; i < counted->where.count; i++) good &= add_axis(plan, standard->population, tests[i].axis);
        return good;
    }
    if (wres_field_find(table, standard->about->compare.field) == WRES_NO_FIELD && table->person == WRES_NO_FIELD)
        return plan_mistake(plan, indicator, counted->line, "table",
                            wres_print(plan->run, "the table %s has neither %s nor person_id: its rows belong to no group",
                                       table->name, standard->about->compare.field));
    wres_tally wanted = empty_tally(standard, table);
    wanted.tests = tests;
    wanted.test_count = counted->where.count;
    wanted.months = indicator->months;
    wanted.years = indicator->years;
    wanted.takes_percent = takes_percent;
    wanted.population = standard->population;
    *out = (planned_count){add_tally(plan, &wanted), NULL, 0};
    /* A file that lacks the field takes it from the person, whose entry must then hold it. */
    for (size_t i = 0; i < wanted.test_count; i++)
        if (wres_field_find(standard->population->table, tests[i].axis) != WRES_NO_FIELD)
            good &= add_axis(plan, standard->population, tests[i].axis);
    if (indicator->joined) good &= add_axis(plan, out->tally, "question");
    return good;
}

static void add_tests(const wres_plan *plan, planned_part *part, const planned_part *whole) {
    wres_test *all = wres_alloc(plan->run, (part->test_count + whole->test_count + 1) * sizeof *all);
    memcpy(all, part->tests, part->test_count * sizeof *all);
    memcpy(all + part->test_count, whole->tests, whole->test_count * sizeof *all);
    part->tests = all;
    part->test_count += whole->test_count;
}

/* Named selections among the cells of a count; what they ask for becomes an axis of its tally. */
static bool plan_parts(wres_plan *plan, const planned_count *of, const wres_parts *parts, planned_part **out) {
    planned_part *planned = *out = wres_alloc(plan->run, (parts->count + 1) * sizeof *planned);
    bool good = true;
    for (size_t i = 0; i < parts->count; i++) {
        const wres_part *part = &parts->all[i];
        const wres_test *tests;
        planned[i] = (planned_part){.row = part->row, .test_count = part->where.count};
        good &= compile_all(plan, of->tally->table->name, &part->where, &tests);
        for (size_t t = 0; good && t < part->where.count; t++) good = add_axis(plan, of->tally, tests[t].axis);
        planned[i].tests = tests;
        /* The part that it is a part of comes before it: its conditions hold here, too. */
        if (part->of_which != WRES_OF_ALL) add_tests(plan, &planned[i], &planned[part->of_which]);
    }
    return good;
}

static bool plan_step(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, const wres_step *step,
                      planned_step *out) {
    out->row = step->row;
    out->event = *step->event ? step->event : indicator->event;
    bool good = plan_count(plan, standard, indicator, &step->events, true, &out->events);
    good &= plan_count(plan, standard, indicator, &step->over, false, &out->over);
    return good;
}

static bool plan_steps(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    const wres_step single = {"all", indicator->events, indicator->over, ""};
    const wres_step *steps = indicator->step_count ? indicator->steps : &single;
    bool good = true;
    planned->step_count = indicator->step_count ? indicator->step_count : 1;
    planned->steps = wres_alloc(plan->run, planned->step_count * sizeof *planned->steps);
    if (indicator->joined) good = check_joined(plan, indicator);
    for (size_t i = 0; i < planned->step_count; i++) good &= plan_step(plan, standard, indicator, &steps[i], &planned->steps[i]);
    return good;
}

/* Movements are counted month by month, whatever they are, and chosen from: a file that begins late has months without any, and one
 * without kinds has neither leavers nor movers. Whoever left is staff no more: they are looked for where they were last. */
static bool plan_movements(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator,
                           const wres_counted *counted, planned_count *out) {
    static const char *const axes[] = {"from_band", "to_band"};
    const wres_table *table = table_of(plan, indicator, counted);
    bool good = true;
    if (!table || !compile_all(plan, table->name, &counted->where, &out->tests)) return false;
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        if (table->time != WRES_TIME_WINDOW || wres_field_find(table, axes[i]) == WRES_NO_FIELD)
            return plan_mistake(
                plan, indicator, counted->line, "table",
                wres_print(plan->run, "the table %s has no movements: from_band and to_band, on a day", table->name));
    wres_tally wanted = empty_tally(standard, table);
    wanted.months = 1;
    wanted.years = 12;
    wanted.of_past = true;
    wanted.population = standard->population;
    out->tally = add_tally(plan, &wanted);
    out->test_count = counted->where.count;
    for (size_t i = 0; i < out->test_count; i++) {
        good &= add_axis(plan, out->tally, out->tests[i].axis);
        if (wres_field_find(standard->population->table, out->tests[i].axis) != WRES_NO_FIELD)
            good &= add_axis(plan, standard->population, out->tests[i].axis);
    }
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) good &= add_axis(plan, out->tally, axes[i]);
    good &= add_axis(plan, out->tally, WRES_AXIS_SECTION);
    return good;
}

/* Where the leaving rate is set, movements are not asked. */
static bool plan_leaving(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    if (!indicator->leavers.table || plan->goals->has_turnover) return true;
    if (strcmp(indicator->leavers.table, indicator->movers.table) != 0)
        return plan_mistake(plan, indicator, indicator->movers.line, "movers", "leavers and movers must be rows of one table");
    bool good = plan_movements(plan, standard, indicator, &indicator->leavers, &planned->leavers);
    good &= plan_movements(plan, standard, indicator, &indicator->movers, &planned->movers);
    return good;
}

bool wres_plan_counts_leavers(const wres_plan *plan) {
    for (size_t i = 0; i < plan->request->standard_count; i++)
        for (size_t n = 0; n < plan->request->standards[i]->indicator_count; n++) {
            const wres_tally *tally = plan->standards[i].indicators[n].leavers.tally;
            if (tally && tally->has_table) return true;
        }
    return false;
}

static bool plan_goals(wres_plan *plan) {
    wres_goals *goals;
    plan->goals = plan->request->goals;
    if (plan->goals) return true;
    plan->goals = goals = wres_alloc(plan->run, sizeof *goals);
    return wres_goals_default(plan->reading, goals) == WRES_OK;
}

static bool plan_of(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    return plan_count(plan, standard, indicator, &indicator->of, false, &planned->of);
}

static bool plan_share(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    if (!plan_of(plan, standard, indicator, planned)) return false;
    bool good = plan_parts(plan, &planned->of, &indicator->parts, &planned->parts);
    if (indicator->by_grade) good &= add_grades(plan, planned->of.tally);
    return good;
}

static bool plan_gap(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    bool good = plan_count(plan, standard, indicator, &indicator->against, false, &planned->against);
    if (!plan_of(plan, standard, indicator, planned)) return false;
    good &= plan_parts(plan, &planned->of, &indicator->parts, &planned->parts);
    return good;
}

static bool plan_disparity(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator,
                           planned_indicator *planned) {
    if (!plan_of(plan, standard, indicator, planned)) return false;
    bool good = plan_parts(plan, &planned->of, &indicator->tiers, &planned->tiers);
    good &= plan_parts(plan, &planned->of, &indicator->scopes, &planned->scopes);
    return good;
}

static bool plan_goal(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator, planned_indicator *planned) {
    if (!plan_goals(plan) || !plan_of(plan, standard, indicator, planned)) return false;
    bool good = add_grades(plan, planned->of.tally);
    if (indicator->events.table) good &= plan_steps(plan, standard, indicator, planned);
    good &= plan_leaving(plan, standard, indicator, planned);
    return good;
}

/* FTE are of the workforce, and its shares alone are asked of them: everything else counts events, answers or people. */
static bool counts_people(const wres_plan *plan, const wres_indicator *indicator) {
    const wres_table *table = wres_table_find(plan->reading->tables, indicator->measure == WRES_SHARE ? indicator->of.table : "");
    return !table || table->time != WRES_TIME_SNAPSHOT;
}

static bool plan_indicator(wres_plan *plan, planned_standard *standard, const wres_indicator *indicator,
                           planned_indicator *planned) {
    planned->about = indicator;
    if (*indicator->off) return true;
    planned->counts_people = plan->request->fte && counts_people(plan, indicator);
    if (planned->counts_people) return true;
    static bool (*const plan_measure[])(wres_plan * plan, planned_standard * standard, const wres_indicator *indicator,
                                        planned_indicator *planned) = {
        [WRES_SHARE] = plan_share, [WRES_LIKELIHOOD] = plan_steps,    [WRES_RATE] = plan_steps,
        [WRES_GAP] = plan_gap,     [WRES_DISPARITY] = plan_disparity, [WRES_GOAL] = plan_goal};
    return plan_measure[indicator->measure](plan, standard, indicator, planned);
}

static bool plan_standard(wres_plan *plan, const wres_standard *about, planned_standard *standard) {
    bool good = true;
    const int asked = plan->request->unknown_in_base;
    standard->about = about;
    standard->unknown_in_base = asked < 0 ? about->unknown_in_base : asked == 1;
    if (!groups_make(plan, about, &standard->groups) || !plan_population(plan, standard)) return false;
    standard->indicators = wres_alloc(plan->run, (about->indicator_count + 1) * sizeof *standard->indicators);
    for (size_t i = 0; i < about->indicator_count; i++)
        good &= plan_indicator(plan, standard, &about->indicators[i], &standard->indicators[i]);
    return good;
}

/* The fields of a breakdown or of strata. */
static bool check_fields(wres_plan *plan, const wres_breakdown *breakdown) {
    const wres_table *staff = wres_table_find(plan->reading->tables, "workforce");
    bool good = true;
    for (size_t f = 0; f < breakdown->count; f++) {
        const char *field = breakdown->fields[f], *names[2 + WRES_MOST_FIELDS], *all = "";
        size_t count = 0;
        if (axis_exists(plan, field)) continue;
        names[count++] = WRES_AXIS_BAND;
        names[count++] = WRES_AXIS_SECTION;
        for (size_t i = 0; i < staff->field_count; i++)
            if (staff->fields[i].type == WRES_TYPE_CODE || staff->fields[i].type == WRES_TYPE_TEXT)
                names[count++] = staff->fields[i].name;
        const char *near = wres_nearest(plan->run, field, names, count);
        for (size_t i = 0; i < count; i++) all = wres_print(plan->run, "%s%s%s", all, i ? ", " : "", names[i]);
        wres_find(plan->run, WRES_ERROR, "by", breakdown->asked, 0, "no table has a field '%s' to break down by%s%s; there are %s",
                  wres_visible(plan->run, wres_text_of(field)), near ? ": did you mean " : "", near ? near : "", all);
        good = false;
    }
    return good;
}

static bool check_breakdowns(wres_plan *plan) {
    bool good = check_fields(plan, &plan->request->strata);
    for (size_t b = 0; b < plan->request->breakdown_count; b++) good &= check_fields(plan, &plan->request->breakdowns[b]);
    return good;
}

/* Behind the axes of all conditions: where two rows of a person differ in nothing but their axes, the first that differs decides which
 * one counts, and a breakdown must not change what stands above it. */
static bool add_breakdowns(wres_plan *plan, wres_tally *tally) {
    bool good = true;
    for (size_t b = 0; b < plan->request->breakdown_count; b++)
        for (size_t f = 0; f < plan->request->breakdowns[b].count; f++)
            good &= add_axis(plan, tally, plan->request->breakdowns[b].fields[f]);
    for (size_t f = 0; f < plan->request->strata.count; f++) good &= add_axis(plan, tally, plan->request->strata.fields[f]);
    return good;
}

wres_status wres_plan_new(wres_reading *reading, const wres_request *request, wres_plan **out) {
    wres_plan *plan = wres_alloc(reading->run, sizeof *plan);
    plan->run = reading->run;
    plan->reading = reading;
    plan->request = request;
    *out = plan;
    if (!wres_table_find(reading->tables, "workforce")) {
        wres_find(plan->run, WRES_ERROR, "tables", (wres_place){0}, 0, "the table description workforce is missing");
        return WRES_USAGE;
    }
    bool good = check_breakdowns(plan);
    plan->standards = wres_alloc(plan->run, (request->standard_count + 1) * sizeof *plan->standards);
    for (size_t i = 0; good && i < request->standard_count; i++)
        good = plan_standard(plan, request->standards[i], &plan->standards[i]);
    for (size_t i = 0; good && i < plan->tally_count; i++) good = add_breakdowns(plan, plan->tallies[i]);
    return good ? WRES_OK : WRES_USAGE;
}

/* ---- members that are not told apart -------------------------------------------------------------------------- */

static bool are_alike(const wres_plan *plan, const wres_tally *tally, const wres_list *list, uint16_t a, uint16_t b) {
    if (wres_list_value_of(list, tally->known_attribute, a) != wres_list_value_of(list, tally->known_attribute, b)) return false;
    if (strcmp(wres_list_treatment(list, a), wres_list_treatment(list, b)) != 0) return false; /* of which a note tells */
    for (size_t s = 0; s < plan->request->standard_count; s++) {
        const group_set *groups = &plan->standards[s].groups;
        for (size_t g = 0; groups->list == list && g < groups->count; g++)
            if (groups->all[g].holds[a] != groups->all[g].holds[b]) return false;
    }
    return true;
}

static const uint16_t *alike_members(const wres_plan *plan, const wres_tally *tally, const wres_list *list) {
    const uint16_t count = (uint16_t)wres_list_members(list);
    uint16_t *alike = wres_alloc(plan->run, (count + 1U) * sizeof *alike);
    for (uint16_t m = 0; m < count; m++)
        while (alike[m] < m && !are_alike(plan, tally, list, m, alike[m])) alike[m]++;
    return alike;
}

void wres_plan_join_members(wres_plan *plan) {
    for (size_t s = 0; s < plan->request->standard_count; s++) {
        const planned_standard *standard = &plan->standards[s];
        for (size_t i = 0; i < plan->tally_count; i++) {
            wres_tally *tally = plan->tallies[i];
            if (!tally->alike && strcmp(tally->group_field, standard->about->compare.field) == 0)
                tally->alike = alike_members(plan, tally, standard->groups.list);
        }
    }
}

wres_tally *const *wres_plan_tallies(const wres_plan *plan, const wres_table *table, size_t *count) {
    wres_tally **found = wres_alloc(plan->run, (plan->tally_count + 1) * sizeof *found);
    *count = 0;
    for (size_t i = 0; i < plan->tally_count; i++)
        if (plan->tallies[i]->table == table) found[(*count)++] = plan->tallies[i];
    return found;
}

wres_tally *const *wres_plan_all_tallies(const wres_plan *plan, size_t *count) {
    *count = plan->tally_count;
    return plan->tallies;
}
