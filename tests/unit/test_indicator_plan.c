/* What must be counted: tallies, shared where two are the same, and mistakes in standards and breakdowns. */
#include "pipeline.h"

#include "indicator/plan.h"

static wres_status plan(pipeline *p) { return wres_plan_new(&p->reading, &p->request, &p->plan); }

static size_t tallies_of(const pipeline *p, const char *table) {
    size_t count;
    wres_plan_tallies(p->plan, wres_table_find(&p->tables, table), &count);
    return count;
}

static bool has_axis(const wres_tally *tally, const char *axis) {
    for (size_t i = 0; i < tally->axis_count; i++)
        if (strcmp(tally->axes[i], axis) == 0) return true;
    return false;
}

/* ---- tallies ------------------------------------------------------------------------------------------------ */

static void one_tally_for_each_way_of_counting(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 1);   /* indicators 1, 3, 4 and 9 */
    assert_int_equal(tallies_of(p, "recruitment"), 2); /* appointed, shortlisted */
    assert_int_equal(tallies_of(p, "cases"), 1);
    assert_int_equal(tallies_of(p, "training"), 1);
    assert_int_equal(tallies_of(p, "survey"), 8); /* four questions, yes and all answers */
    assert_int_equal(tallies_of(p, "board"), 1);
    pipeline_end(p);
}

/* wres-2019 differs in the two years of indicator 3 and the base of 7: its own tallies are those two, and the linked ones of its own staff. */
static void two_standards_share_what_they_count_alike(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(wres_standard_load(p->run, "wres-2019", &p->standards[p->request.standard_count++]), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 1);
    assert_int_equal(tallies_of(p, "recruitment"), 2);
    assert_int_equal(tallies_of(p, "cases"), 2);
    assert_int_equal(tallies_of(p, "training"), 1);
    assert_int_equal(tallies_of(p, "survey"), 9);
    pipeline_end(p);
}

static void breakdowns_are_axes_of_every_tally(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", "team");
    pipeline_by(p, "sex", NULL);
    assert_int_equal(plan(p), WRES_OK);
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        assert_true(has_axis(p->plan->tallies[i], "sex") && has_axis(p->plan->tallies[i], "team"));
        size_t twice = 0;
        for (size_t a = 0; a < p->plan->tallies[i]->axis_count; a++) twice += strcmp(p->plan->tallies[i]->axes[a], "sex") == 0;
        assert_int_equal(twice, 1);
    }
    pipeline_end(p);
}

/* Four fields by themselves and crossed are as many as there can be. */
static void sixteen_breakdowns_and_strata(void **state) {
    (void)state;
    static const char *const fields[] = {"sex", "team", "role", "nationality"};
    pipeline *p = pipeline_new("wres-2025");
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        for (size_t k = 0; k < COUNT_OF(fields); k++) pipeline_by(p, fields[i], i == k ? NULL : fields[k]);
    p->request.strata = (wres_breakdown){.name = "sex,team,role", .fields = {"sex", "team", "role"}, .count = 3};
    assert_int_equal(p->request.breakdown_count, WRES_MOST_BREAKDOWNS);
    assert_int_equal(plan(p), WRES_OK);
    for (size_t i = 0; i < COUNT_OF(fields); i++) assert_true(has_axis(p->plan->standards[0].population, fields[i]));
    pipeline_end(p);
}

static void all_tallies_are_those_of_the_tables(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(plan(p), WRES_OK);
    size_t count, found = 0;
    wres_tally *const *all = wres_plan_all_tallies(p->plan, &count);
    for (size_t t = 0; t < p->tables.count; t++) {
        size_t of_table;
        wres_tally *const *tallies = wres_plan_tallies(p->plan, p->tables.all[t], &of_table);
        for (size_t i = 0; i < of_table; i++)
            for (size_t k = 0; k < count; k++) found += all[k] == tallies[i];
    }
    assert_int_equal(count, 1 + 2 + 1 + 1 + 8 + 1); /* as in one_tally_for_each_way_of_counting */
    assert_int_equal(found, count);
    pipeline_end(p);
}

static void a_table_that_no_indicator_needs_has_no_tally(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 0);
    pipeline_end(p);
}

#define HEAD                                                                                                                       \
    "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
#define CASES_OVER_STAFF                                                                                                           \
    "measure: likelihood, ratio: group / reference, four_fifths: no, words: {people: p, event: e}, events: {table: cases%s}, over: {table: workforce}}\n"

/* Cases have no sex of their own, their people do: one of the two cases is a woman's. */
static void a_condition_on_a_field_of_the_person(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *standard =
        wres_print(p->run, HEAD "indicators:\n  - {id: x, title: t, certainty: U, " CASES_OVER_STAFF, ", where: [sex in Female]");
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,1\n2025-01-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "x", .group = "white", .statistic = "rate"), 1, 2);
    pipeline_end(p);
}

/* Nor have they a column for a standard that compares the sexes: it comes from the person. */
static void a_table_without_the_field_to_compare_by_is_linked(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *standard = wres_print(
        p->run,
        "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\n"
        "unknown_in_base: yes\nindicators:\n  - {id: x, title: t, certainty: U, " CASES_OVER_STAFF,
        "");
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Sex\n2025-03-31,1,A,F\n2025-03-31,2,A,M\n2025-03-31,3,A,M\n");
    pipeline_add(p, "cases", "Date,Employee Number,Ethnicity\n2025-01-01,1,A\n2025-01-01,2,A\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_exact(result(p, .indicator = "x", .group = "female/male", .statistic = "ratio"), 2, 1);
    pipeline_end(p);
}

/* ---- mistakes ----------------------------------------------------------------------------------------------- */

static void assert_mistake(const char *indicators, uint64_t line, const char *field, const char *words) {
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, wres_print(p->run, HEAD "%s", indicators)), WRES_OK);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "standard", line, field, words);
    assert_int_equal(finding_with(p, "standard", words)->count, 0);
    pipeline_end(p);
}

static void an_unknown_table(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - id: '1'\n    title: t\n    measure: share\n    certainty: U\n    of: {table: workforse}\n", 11, "table",
        "there is no table 'workforse': did you mean workforce; the tables are awards, board, cases, committee, movements, recruitment, referrals, survey, training, workforce");
}

static void an_unknown_table_of_each_measure(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - {id: '2', title: t, certainty: U, measure: likelihood, words: {people: p, event: e}, ratio: reference / group, four_fifths: yes, events: {table: caes}, over: {table: workforce}}\n",
        7, "table", "'caes': did you mean cases");
    assert_mistake(
        "indicators:\n  - {id: '2', title: t, certainty: U, measure: likelihood, words: {people: p, event: e}, ratio: reference / group, four_fifths: yes, events: {table: cases}, over: {table: wurkforce}}\n",
        7, "table", "'wurkforce': did you mean workforce");
    assert_mistake(
        "indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: bord}, against: {table: workforce}, parts: [{row: all}]}\n",
        7, "table", "'bord': did you mean board");
    assert_mistake(
        "indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: xyzzy}, parts: [{row: all}]}\n",
        7, "table", "there is no table 'xyzzy'; the tables are");
}

static void a_mistake_in_the_population(void **state) {
    (void)state;
    assert_mistake(
        "population:\n  - assignment_category not in bnak\nindicators:\n  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce}}\n",
        7, "assignment_category", "did you mean bank");
}

static void a_mistake_in_a_part(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - id: '9'\n    title: t\n    certainty: U\n    measure: gap\n    of: {table: board}\n    against: {table: workforce}\n    parts:\n"
        "      - {row: voting, where: [votting in yes]}\n",
        14, "votting", "did you mean voting");
}

/* The board has no identifiers: a field of staff is none of its own. */
static void a_field_of_staff_that_a_table_without_identifiers_lacks(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: workforce}, parts: [{row: x, where: [team in East]}]}\n",
        7, "team", "the table board has no field of this name");
}

static void a_breakdown_by_what_does_not_exist(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "teem", NULL);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_string_equal(
        finding_with(p, "by", "")->message,
        "no table has a field 'teem' to break down by: did you mean team; there are band, section, organisation, ethnicity, disability, sex, "
        "pay_band, medical_grade, staff_group, role, assignment_category, assignment_status, primary_assignment, nationality, "
        "international_recruit, qualification_region, programme, team");
    pipeline_end(p);
    p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", "person_id");
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "by", 0, "'person_id'");
    pipeline_end(p);
}

static void what_does_not_exist_is_reported_where_it_was_asked_for(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_by(p, "sex", NULL);
    pipeline_by(p, "sex", "teem");
    p->request.breakdowns[1].asked = (wres_place){.file = "wres.yaml", .line = 4, .field = "by"};
    p->request.strata = (wres_breakdown){.name = "bnad", .fields = {"bnad"}, .count = 1, .asked = {.field = "--stratify"}};
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "by", 4, "by", "'teem'");
    assert_string_equal(finding_with(p, "by", "'teem'")->place.file, "wres.yaml");
    assert_error_at(p, "by", 0, "--stratify", "'bnad'");
    pipeline_end(p);
}

/* Broken down by the first so many of fourteen fields. */
static pipeline *broken_down(size_t count) {
    static const char *const fields[] = {"sex",
                                         "team",
                                         "disability",
                                         "nationality",
                                         "role",
                                         "staff_group",
                                         "international_recruit",
                                         "qualification_region",
                                         "assignment_status",
                                         "assignment_category",
                                         "pay_band",
                                         "medical_grade",
                                         "source",
                                         "outcome"};
    pipeline *p = pipeline_new("wres-2025");
    assert_true(count <= COUNT_OF(fields));
    for (size_t i = 0; i < count; i++) pipeline_by(p, fields[i], NULL);
    return p;
}

/* 16 keys a cell, of which three are taken and two more by staff: 14 further fields do not fit. */
static void too_many_breakdowns(void **state) {
    (void)state;
    pipeline *p = broken_down(14);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "standard", 0, "too many fields to break down by at once");
    pipeline_end(p);
}

static void without_the_workforce_table_there_is_no_plan(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    const wres_tables none = {NULL, 0};
    p->reading.tables = &none;
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "tables", 0, "workforce is missing");
    pipeline_end(p);
}

/* ---- what is counted apart ---------------------------------------------------------------------------------- */

#define RATE(id, events, over, more)                                                                                                  \
    "  - {id: '" id                                                                                                                   \
    "', title: t, certainty: U, measure: likelihood, ratio: group / reference, words: {people: p, event: e}, events: {table: " events \
    "}, over: {table: " over "}" more "}\n"
#define GAP(of, against)                                                                                                           \
    "  - {id: '9', title: t, certainty: U, measure: gap, of: {table: " of "}, against: {table: " against "}, parts: [{row: all}]}\n"
#define GOAL(leavers, movers)                                                                                                      \
    "indicators:\n  - {id: goals, title: t, certainty: U, measure: goal, of: {table: workforce}, leavers: {table: " leavers        \
    "}, movers: {table: " movers "}}\n"

static size_t planned_of(const char *const *indicators, const char *table) {
    pipeline *p = pipeline_new(NULL);
    for (size_t i = 0; indicators[i]; i++) {
        const char *text = wres_print(p->run, "%sindicators:\n%s", HEAD, indicators[i]);
        assert_int_equal(pipeline_standard(p, text), WRES_OK);
    }
    assert_int_equal(plan(p), WRES_OK);
    const size_t count = tallies_of(p, table);
    pipeline_end(p);
    return count;
}

/* The second condition as much as the first: of staff, of the people of another table, of a part, and the fields of strata. */
static void all_that_is_asked_is_counted(void **state) {
    (void)state;
    static const char *const indicators[] = {
        "  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce, where: [sex in Female, team in East]}}\n",
        RATE("3", "cases, where: [sex in Female, team in East]", "workforce", ""),
        "  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce}, parts: [{row: x, where: [sex in Female, team in East]}]}\n",
    };
    for (size_t i = 0; i <= COUNT_OF(indicators); i++) {
        pipeline *p = pipeline_new(NULL);
        const char *text = i < COUNT_OF(indicators)
                               ? indicators[i]
                               : "  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce}}\n";
        if (i == COUNT_OF(indicators))
            p->request.strata = (wres_breakdown){.name = "sex,team", .fields = {"sex", "team"}, .count = 2};
        assert_int_equal(pipeline_standard(p, wres_print(p->run, "%sindicators:\n%s", HEAD, text)), WRES_OK);
        assert_int_equal(plan(p), WRES_OK);
        const wres_tally *staff = p->plan->standards[0].population;
        assert_true(has_axis(staff, "sex"));
        assert_true(has_axis(staff, "team"));
        pipeline_end(p);
    }
}

static void unknown_people_are_in_the_base_as_asked(void **state) {
    (void)state;
    for (int said = 0; said < 2; said++)
        for (int asked = -1; asked <= 1; asked++) {
            pipeline *p = pipeline_new(NULL);
            p->request.unknown_in_base = asked;
            assert_int_equal(
                pipeline_standard(
                    p,
                    wres_print(
                        p->run,
                        "standard: s\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n"
                        "unknown_in_base: %s\nindicators:\n" GAP("board", "workforce"),
                        said ? "yes" : "no")),
                WRES_OK);
            assert_int_equal(plan(p), WRES_OK);
            assert_int_equal(p->plan->standards[0].unknown_in_base, asked < 0 ? said : asked);
            pipeline_end(p);
        }
}

/* The second indicator of the second standard asks for movements: only where they were read are leavers counted. */
static void leavers_are_counted_where_movements_were_read(void **state) {
    (void)state;
    for (int given = 0; given < 2; given++) {
        pipeline *p = pipeline_new(NULL);
        assert_int_equal(pipeline_standard(p, HEAD "indicators:\n" GAP("board", "workforce")), WRES_OK);
        assert_int_equal(
            pipeline_standard(
                p,
                "standard: b\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nunknown_in_base: yes\n"
                "indicators:\n" GAP(
                    "board",
                    "workforce") "  - {id: goals, title: t, certainty: U, measure: goal, of: {table: workforce}, leavers: {table: movements}, movers: {table: movements}}\n"),
            WRES_OK);
        pipeline_add(p, "workforce", "Date,Employee Number,Ethnicity,Band\n2025-03-31,1,A,Band 5\n");
        if (given) pipeline_add(p, "movements", "Date,Employee Number,Kind\n2025-01-31,1,Promotion\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_int_equal(wres_plan_counts_leavers(p->plan), given);
        pipeline_end(p);
    }
}

/* Whatever makes the rows or the window another makes another tally. */
static void ways_of_counting_are_told_apart(void **state) {
    (void)state;
    static const struct {
        const char *indicators;
        size_t cases;
    } standards[] = {
        {RATE("1", "cases", "workforce", "") RATE("2", "cases", "workforce", ""), 1},
        {RATE("1", "cases", "workforce", "") RATE("2", "cases", "workforce", ", months: 24"), 2},
        {RATE("1", "cases", "workforce", "") RATE("2", "cases", "workforce", ", years: 2"), 2},
        {RATE("1", "cases", "workforce", "") RATE("2", "cases, where: [formal in yes]", "workforce", ""), 2},
        {RATE("1", "cases, where: [formal in yes]", "workforce", "")
             RATE("2", "cases, where: [formal not in yes]", "workforce", ""),
         2},
        /* events may come as percentages, people of whom there are shares may not */
        {RATE("1", "cases", "workforce", "") RATE("2", "workforce", "cases", ""), 2},
        {RATE("1", "cases", "workforce", "") GAP("cases", "workforce"), 2},
        {RATE("1", "cases", "workforce", "") GAP("board", "cases"), 2},
        {RATE("1", "workforce", "cases", "") GAP("cases", "workforce") RATE("2", "workforce", "cases", ""), 1},
    };
    for (size_t i = 0; i < COUNT_OF(standards); i++)
        assert_int_equal(planned_of((const char *const[]){standards[i].indicators, NULL}, "cases"), standards[i].cases);
}

/* Movements from bands, month by month and of people who may have gone, are not the events of a year. */
static void movements_are_counted_apart_from_events(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, HEAD GOAL("movements", "movements") RATE("1", "movements", "workforce", "")), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "movements"), 2);
    assert_false(wres_plan_counts_leavers(p->plan));
    pipeline_end(p);
}

/* Two standards that compare by different fields count staff twice. */
static void fields_to_compare_by_are_told_apart(void **state) {
    (void)state;
    static const char shares[] = "indicators:\n  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce}}\n";
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, wres_print(p->run, "%s%s", HEAD, shares)), WRES_OK);
    assert_int_equal(
        pipeline_standard(
            p,
            wres_print(
                p->run,
                "standard: test-2\ntitle: t\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\n%s",
                shares)),
        WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex\n2025-03-31,A,F\n2025-03-31,H,F\n2025-03-31,A,M\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 2);
    assert_of(result(p, .indicator = "1", .group = "bme", .statistic = "share"), 1, 3);
    assert_of(result(p, .indicator = "1", .group = "female", .statistic = "share"), 2, 3);
    pipeline_end(p);
}

static void there_may_be_many_ways_of_counting(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *text = HEAD "indicators:\n";
    for (int months = 1; months <= 70; months++)
        text = wres_print(
            p->run,
            "%s  - {id: i%d, title: t, certainty: U, measure: likelihood, ratio: group / reference, words: {people: p, event: e}, events: {table: cases}, "
            "over: {table: workforce}, months: %d}\n",
            text, months, months);
    assert_int_equal(pipeline_standard(p, text), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_int_equal(tallies_of(p, "cases"), 70);
    for (size_t i = 0; i < 71; i++) assert_int_equal(p->plan->tallies[i]->months, i ? (int)i : 12); /* staff first */
    pipeline_end(p);
}

/* ---- more mistakes ------------------------------------------------------------------------------------------ */

#define ITEM_LINE(table, joined)                                                                                                   \
    "  - {id: '6', title: t, certainty: U, measure: rate, words: {people: p, event: e}, events: {table: " table                    \
    "}, over: {table: " table "}, joined: " joined "}\n"
#define ITEM(table, joined) "indicators:\n" ITEM_LINE(table, joined)

static void what_can_be_joined(void **state) {
    (void)state;
    assert_mistake(ITEM("cases", "harassment_staff"), 7, "joined", "the table cases has no questions to join");
    assert_mistake(ITEM("survey", "harassment_stuff"), 7, "joined",
                   "'harassment_stuff' is no value of the code list questions (item): did you mean harassment_staff");
    assert_mistake(ITEM("survy", "harassment_staff"), 7, "table", "there is no table 'survy': did you mean survey");
}

/* A table of the analyst's own, beside those that are built in; of it what stands behind its first lines. */
static void add_table(pipeline *p, const char *name, const char *rest) {
    const pipeline_folder folder = pipeline_folder_new();
    const char *text = wres_print(p->run, "table: %s\ntitle: t\nrows_are: rows\npeople: people\n%s", name, rest);
    char *path = pipeline_write(p, &folder, wres_print(p->run, "%s.yaml", name), wres_text_of(text));
    const char *const files[] = {path};
    const wres_status loaded = wres_tables_load(p->run, files, 1, &p->tables);
    unlink(path);
    rmdir(folder.path);
    if (loaded != WRES_OK) fail_msg("%s", wres_finding_at(p->run, 0)->message);
}

/* A table whose field `question` is text has no questions that are known. */
static void questions_need_a_code_list(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    add_table(
        p, "poll",
        "time: year\ndate: poll_year\nneeds:\n  - [ethnicity]\nfields:\n"
        "  - {name: poll_year, type: year, title: y, headers: [Year]}\n  - {name: organisation, type: text, title: o, headers: [Org Code]}\n"
        "  - {name: ethnicity, type: code, list: ethnicity, title: e, headers: [Ethnicity]}\n  - {name: question, type: text, title: q, headers: [Question]}\n");
    assert_int_equal(pipeline_standard(p, HEAD ITEM("poll", "harassment_staff")), WRES_OK);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "standard", 7, "joined", "the table poll has no questions to join");
    pipeline_end(p);
}

/* From where to where: a table that has but one of the two tells no movements. */
static void movements_need_both_bands(void **state) {
    (void)state;
    static const char *const bands[] = {"from_band", "to_band"};
    for (size_t i = 0; i < COUNT_OF(bands); i++) {
        pipeline *p = pipeline_new(NULL);
        add_table(
            p, "moves",
            wres_print(
                p->run,
                "time: window\ndate: date\nneeds: [[ethnicity]]\nfields:\n  - {name: date, type: date, title: d, headers: [Date]}\n"
                "  - {name: ethnicity, type: code, list: ethnicity, title: e, headers: [Ethnicity]}\n"
                "  - {name: %s, type: code, list: pay_bands, title: b, headers: [B]}\n",
                bands[i]));
        assert_int_equal(pipeline_standard(p, HEAD GOAL("moves", "moves")), WRES_OK);
        assert_int_equal(plan(p), WRES_USAGE);
        assert_error_at(p, "standard", 7, "table", "the table moves has no movements: from_band and to_band, on a day");
        pipeline_end(p);
    }
}

/* A workforce of the analyst's own, whose first field is the team. */
static void the_first_field_is_one_to_break_down_by(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    add_table(p, "workforce",
              "time: snapshot\ndate: day\nneeds: [[ethnicity]]\nfields:\n  - {name: team, type: text, title: t, headers: [Team]}\n"
              "  - {name: day, type: date, title: d, headers: [Date]}\n"
              "  - {name: ethnicity, type: code, list: ethnicity, title: e, headers: [Ethnicity]}\n");
    pipeline_by(p, "taem", NULL);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_string_equal(
        finding_with(p, "by", "")->message,
        "no table has a field 'taem' to break down by: did you mean team; there are band, section, team, ethnicity");
    pipeline_end(p);
}

/* The board's file has neither the sex of its members nor who they are. */
static void rows_that_belong_to_no_group(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(
        pipeline_standard(
            p,
            "standard: test-1\ntitle: t\ncertainty: U\ncompare: {field: sex, reference: Male, group: Female, unknown: Unknown}\nindicators:\n"
            "  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: workforce}, parts: [{row: all}]}\n"),
        WRES_OK);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_error_at(p, "standard", 6, "table", "the table board has neither sex nor person_id: its rows belong to no group");
    pipeline_end(p);
}

static void a_share_of_what_does_not_exist(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - {id: d, title: t, certainty: U, measure: disparity, of: {table: workforse}, tiers: [{tier: a, where: [band in Band 5]}, {tier: b, where: [band in VSM]}], scopes: [{scope: all}]}\n",
        7, "table", "'workforse': did you mean workforce");
    assert_mistake("indicators:\n  - {id: g, title: t, certainty: U, measure: goal, of: {table: workforse}}\n", 7, "table",
                   "'workforse': did you mean workforce");
}

static void mistakes_in_what_is_planned_last(void **state) {
    (void)state;
    assert_mistake(
        "indicators:\n  - {id: d, title: t, certainty: U, measure: disparity, of: {table: workforce}, tiers: [{tier: a, where: [band in Band 5]}, {tier: b, where: [band in VSM]}], scopes: [{scope: all, where: [sectoin in clinical]}]}\n",
        7, "sectoin", "did you mean section");
    assert_mistake(
        "indicators:\n  - {id: g, title: t, certainty: U, measure: goal, of: {table: workforce}, events: {table: recruitmnt}, over: {table: recruitment}}\n",
        7, "table", "'recruitmnt': did you mean recruitment");
}

static void movements_must_be_some(void **state) {
    (void)state;
    assert_mistake(GOAL("movemnts", "movemnts"), 7, "table", "there is no table 'movemnts': did you mean movements");
    assert_mistake(GOAL("movements, where: [knid in leaver]", "movements"), 7, "knid", "did you mean kind");
    assert_mistake(GOAL("cases", "cases"), 7, "table", "the table cases has no movements: from_band and to_band, on a day");
    assert_mistake(GOAL("board", "board"), 7, "table", "the table board has no movements");
    assert_mistake(GOAL("movements", "cases"), 7, "movers", "leavers and movers must be rows of one table");
}

/* Who left is chosen by what the movement says, or else by what their person's entry does. */
static void leavers_are_chosen_by_fields_of_staff_too(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, HEAD GOAL("movements, where: [kind in leaver, sex in Female]",
                                                    "movements, where: ['kind not in leaver, joiner']")),
                     WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_true(has_axis(p->plan->standards[0].population, "sex"));
    assert_false(has_axis(p->plan->standards[0].population, "kind"));
    assert_true(has_axis(p->plan->standards[0].indicators[0].leavers.tally, "kind"));
    pipeline_end(p);
}

/* Cases of people who are staff by one standard and not by the other: linked to staff of different kinds, they are counted apart. */
static void events_of_different_staff_are_counted_apart(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    for (int i = 0; i < 2; i++) {
        char *text = wres_print(p->run, "%s%sindicators:\n" RATE("1", "cases", "workforce", ""), HEAD,
                                i ? "population: [assignment_category not in bank]\n" : "");
        text[strlen("standard: test-")] = i ? 'b' : 'a';
        assert_int_equal(pipeline_standard(p, text), WRES_OK);
    }
    pipeline_add(p, "workforce",
                 "Date,Employee Number,Ethnicity,Assignment Category\n2025-03-31,1,A,Permanent\n2025-03-31,2,A,Bank\n");
    pipeline_add(p, "cases", "Date,Employee Number\n2025-01-01,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_int_equal(tallies_of(p, "workforce"), 2);
    assert_int_equal(tallies_of(p, "cases"), 2);
    for (size_t i = 0; i < p->results.count; i++) {
        const wres_result *r = &p->results.all[i];
        const bool all_staff = strcmp(r->standard, "test-a") == 0;
        if (strcmp(r->statistic, "rate") == 0 && strcmp(r->group, "white") == 0) assert_of(r, all_staff ? 1 : 0, all_staff ? 2 : 1);
    }
    pipeline_end(p);
}

/* ---- members that are not told apart -------------------------------------------------------------------------- */

static uint16_t counted_as(pipeline *p, const wres_tally *tally, const char *list, const char *text) {
    wres_found found;
    const uint16_t member = wres_list_look_up(wres_codes_find(p->codes, list), p->run, wres_text_of(text), &found);
    assert_int_equal(found, WRES_FOUND);
    return tally->alike[member];
}

static void members_of_a_group_are_counted_as_one(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(wres_standard_load(p->run, "wres-2019", &p->standards[p->request.standard_count++]), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    for (size_t i = 0; i < p->plan->tally_count; i++) assert_null(p->plan->tallies[i]->alike);
    wres_plan_join_members(p->plan);
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        const wres_tally *t = p->plan->tallies[i];
        assert_int_equal(counted_as(p, t, "ethnicity", "A"), counted_as(p, t, "ethnicity", "C"));
        assert_int_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "N"));
        assert_int_not_equal(counted_as(p, t, "ethnicity", "A"), counted_as(p, t, "ethnicity", "H"));
        assert_int_not_equal(counted_as(p, t, "ethnicity", "A"), counted_as(p, t, "ethnicity", "Z"));
        /* both Unknown, but a note tells how many have a discontinued code */
        assert_int_not_equal(counted_as(p, t, "ethnicity", "Z"), counted_as(p, t, "ethnicity", "1"));
        assert_int_equal(counted_as(p, t, "ethnicity", "1"), counted_as(p, t, "ethnicity", "2"));
        for (uint16_t m = 0; m < wres_list_members(wres_codes_find(p->codes, "ethnicity")); m++) {
            assert_true(t->alike[m] <= m);
            assert_int_equal(t->alike[t->alike[m]], t->alike[m]);
        }
    }
    pipeline_end(p);
}

static void finer_groups_are_counted_apart(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group5";
    assert_int_equal(plan(p), WRES_OK);
    wres_plan_join_members(p->plan);
    const wres_tally *t = p->plan->tallies[0];
    assert_int_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "J"));
    assert_int_not_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "N"));
    pipeline_end(p);
}

static void each_list_is_joined_by_its_own_groups(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    assert_int_equal(wres_standard_load(p->run, "wdes-2023", &p->standards[p->request.standard_count++]), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    wres_plan_join_members(p->plan);
    size_t disability = 0;
    for (size_t i = 0; i < p->plan->tally_count; i++) {
        const wres_tally *t = p->plan->tallies[i];
        if (strcmp(t->group_field, "disability") != 0) continue;
        disability++;
        assert_int_not_equal(counted_as(p, t, "disability", "Yes"), counted_as(p, t, "disability", "No"));
    }
    assert_true(disability > 0 && disability < p->plan->tally_count);
    pipeline_end(p);
}

/* A code list of the analyst's own: as joined as the built-in one. */
static void members_of_another_list_are_joined(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    pipeline_codes(
        p, "ethnicity.csv",
        "spelling,category,group2\nEnglish,English,White\nScottish,Scottish,White\nIndian,Indian,BME\nNot known,Not known,Unknown\n"
        "Welsh,Welsh,White\n(blank),Not known,Unknown\n(unmapped),Not known,Unknown\n");
    assert_int_equal(plan(p), WRES_OK);
    wres_plan_join_members(p->plan);
    const wres_tally *t = p->plan->tallies[0];
    assert_int_equal(wres_list_members(wres_codes_find(p->codes, "ethnicity")), 5);
    assert_int_equal(counted_as(p, t, "ethnicity", "Welsh"), counted_as(p, t, "ethnicity", "English"));
    assert_int_equal(counted_as(p, t, "ethnicity", "Scottish"), counted_as(p, t, "ethnicity", "English"));
    assert_int_not_equal(counted_as(p, t, "ethnicity", "Indian"), counted_as(p, t, "ethnicity", "English"));
    assert_int_not_equal(counted_as(p, t, "ethnicity", "Indian"), counted_as(p, t, "ethnicity", "Not known"));
    pipeline_end(p);
}

/* Two standards that count the same staff, the first White and BME. */
static pipeline *comparing_too(const char *reference, const char *compared, const char *groups) {
    pipeline *p = pipeline_new(NULL);
    p->request.groups = groups;
    assert_int_equal(pipeline_standard(p, HEAD "indicators:\n" GAP("board", "workforce")), WRES_OK);
    assert_int_equal(
        pipeline_standard(
            p, wres_print(
                   p->run,
                   "standard: b\ntitle: t\ncertainty: U\ncompare: {field: ethnicity, reference: %s, group: %s, unknown: Unknown}\n"
                   "unknown_in_base: yes\nindicators:\n" GAP("board", "workforce"),
                   reference, compared)),
        WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    assert_ptr_equal(p->plan->standards[0].population, p->plan->standards[1].population);
    wres_plan_join_members(p->plan);
    return p;
}

/* What the first standard does not tell apart the second may: Asian staff from Black ones. */
static void members_are_joined_where_no_standard_tells_them_apart(void **state) {
    (void)state;
    pipeline *p = comparing_too("White", "Asian", NULL);
    const wres_tally *t = p->plan->standards[0].population;
    assert_int_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "J"));
    assert_int_not_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "N"));
    pipeline_end(p);
}

/* Of White and BME asked for, both Asian and Black staff are BME; but Asian staff are the reference of one standard. */
static void a_reference_is_counted_apart(void **state) {
    (void)state;
    pipeline *p = comparing_too("Asian", "Black", "group2");
    const wres_tally *t = p->plan->standards[0].population;
    assert_int_not_equal(counted_as(p, t, "ethnicity", "H"), counted_as(p, t, "ethnicity", "N"));
    assert_int_equal(counted_as(p, t, "ethnicity", "N"), counted_as(p, t, "ethnicity", "P"));
    pipeline_end(p);
}

/* Two of five White staff are Irish: the counts are those of members counted apart. */
static void joined_members_count_the_same(void **state) {
    (void)state;
    for (int join = 0; join < 2; join++) {
        pipeline *p = pipeline_new("wres-2025");
        pipeline_as_at(p, 2025, 3, 31);
        pipeline_add(
            p, "workforce",
            "Date,Ethnicity,Band\n2025-03-31,A,5\n2025-03-31,A,5\n2025-03-31,B,5\n2025-03-31,B,5\n2025-03-31,C,5\n2025-03-31,H,5\n2025-03-31,N,5\n2025-03-31,Z,5\n2025-03-31,1,5\n");
        p->joins_members = join;
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_people(5, result(p, .indicator = "1", .row = "all", .group = "white", .statistic = "count"));
        assert_people(2, result(p, .indicator = "1", .row = "all", .group = "bme", .statistic = "count"));
        assert_people(2, result(p, .indicator = "1", .row = "all", .group = "unknown", .statistic = "count"));
        size_t cells;
        wres_cube_cells(p->plan->tallies[0]->cube, &cells);
        assert_int_equal(cells, join ? 4 : 7);
        pipeline_end(p);
    }
}

/* A cell has 16 keys, three of which are taken: 14 fields do not fit, wherever their conditions stand. Each line fails in one place alone: what
 * is added behind it is there already, or fits. */
#define TEN                                                                                                                           \
    "sex in Female, team in East, disability in Disabled, nationality in British, role in x, staff_group not in Medical and Dental, " \
    "international_recruit in yes, qualification_region in UK, assignment_status not in ended, assignment_category not in bank"
#define ELEVEN TEN ", pay_band in Band 5"
#define TWELVE ELEVEN ", medical_grade in Consultant"

static void conditions_on_too_many_fields(void **state) {
    (void)state;
#define LEAVERS(where)                                                                                                             \
    "  - {id: goals, title: t, certainty: U, measure: goal, of: {table: workforce}, leavers: {table: movements, where: [" where    \
    "]}, movers: {table: movements}}\n"
    static const char *const indicators[] = {
        "  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce, where: [" TWELVE ", section in clinical]}}\n",
        "  - {id: '9', title: t, certainty: U, measure: gap, of: {table: board}, against: {table: workforce, where: [" TWELVE
        ", section in clinical]}, parts: [{row: all}]}\n",
        RATE("3", "cases, where: [" TWELVE ", formal in yes]", "workforce", ""),
        "  - {id: '1', title: t, certainty: U, measure: share, rows: grades, of: {table: cases}, parts: [{row: x, where: [" TWELVE
        ", band in Band 5]}]}\n",
        LEAVERS("from_band in Band 5, to_band in Band 5, section in clinical, kind in leaver, " TEN),
        "  - {id: '1', title: t, certainty: U, measure: share, of: {table: workforce, where: [" ELEVEN
        "]}}\n" LEAVERS("medical_grade in Consultant"),
        LEAVERS("kind in leaver, section in clinical, " TEN),
        LEAVERS("kind in leaver, " TEN),
    };
    for (size_t i = 0; i < COUNT_OF(indicators); i++) {
        pipeline *p = pipeline_new(NULL);
        if (pipeline_standard(p, wres_print(p->run, HEAD "indicators:\n%s", indicators[i])) != WRES_OK)
            fail_msg("%s", wres_finding_at(p->run, 0)->message);
        if (plan(p) != WRES_USAGE) fail_msg("%zu: there is a plan", i);
        assert_true(finding_count(p, "standard") > 0);
        for (size_t k = 0; k < wres_finding_count(p->run); k++)
            assert_contains(wres_finding_at(p->run, k)->message, "too many fields to break down by at once");
        pipeline_end(p);
    }
}

/* What is asked of the people of a joined question is counted with it: 13 fields, and which question it was. */
static void questions_that_do_not_fit(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    const char *fields = "", *conditions = "";
    for (int i = 1; i <= 13; i++) {
        fields = wres_print(p->run, "%s  - {name: f%d, type: text, title: f, headers: [F%d]}\n", fields, i, i);
        conditions = wres_print(p->run, "%s%sf%d in a", conditions, i > 1 ? ", " : "", i);
    }
    add_table(p, "poll",
              wres_print(p->run,
                         "time: year\ndate: poll_year\nneeds: [[ethnicity]]\nfields:\n"
                         "  - {name: poll_year, type: year, title: y, headers: [Year]}\n"
                         "  - {name: ethnicity, type: code, list: ethnicity, title: e, headers: [Ethnicity]}\n"
                         "  - {name: question, type: code, list: questions, title: q, headers: [Question]}\n%s",
                         fields));
    const char *standard = wres_print(
        p->run,
        HEAD
        "indicators:\n  - {id: g, title: t, certainty: U, measure: gap, of: {table: poll}, against: {table: workforce}, parts: [{row: x, where: [%s]}]}\n%s",
        conditions, ITEM_LINE("poll", "harassment_staff"));
    if (pipeline_standard(p, standard) != WRES_OK) fail_msg("%s", wres_finding_at(p->run, 0)->message);
    assert_int_equal(plan(p), WRES_USAGE);
    assert_int_equal(wres_finding_count(p->run), 1);
    assert_finding(p, WRES_ERROR, "standard", 0, "too many fields to break down by at once");
    pipeline_end(p);
}

static void strata_of_too_many_fields(void **state) {
    (void)state;
    pipeline *p = broken_down(11);
    assert_int_equal(plan(p), WRES_OK);
    pipeline_end(p);
    p = broken_down(11);
    p->request.strata =
        (wres_breakdown){.name = "medical_grade,source,outcome", .fields = {"medical_grade", "source", "outcome"}, .count = 3};
    assert_int_equal(plan(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "standard", 0, "too many fields to break down by at once");
    pipeline_end(p);
}

static void the_first_question_can_be_joined(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, HEAD ITEM("survey", "harassment_public")), WRES_OK);
    assert_int_equal(plan(p), WRES_OK);
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_tally_for_each_way_of_counting),
        cmocka_unit_test(two_standards_share_what_they_count_alike),
        cmocka_unit_test(breakdowns_are_axes_of_every_tally),
        cmocka_unit_test(sixteen_breakdowns_and_strata),
        cmocka_unit_test(all_tallies_are_those_of_the_tables),
        cmocka_unit_test(a_table_that_no_indicator_needs_has_no_tally),
        cmocka_unit_test(a_condition_on_a_field_of_the_person),
        cmocka_unit_test(a_table_without_the_field_to_compare_by_is_linked),
        cmocka_unit_test(an_unknown_table),
        cmocka_unit_test(an_unknown_table_of_each_measure),
        cmocka_unit_test(a_mistake_in_the_population),
        cmocka_unit_test(a_mistake_in_a_part),
        cmocka_unit_test(a_field_of_staff_that_a_table_without_identifiers_lacks),
        cmocka_unit_test(a_breakdown_by_what_does_not_exist),
        cmocka_unit_test(what_does_not_exist_is_reported_where_it_was_asked_for),
        cmocka_unit_test(too_many_breakdowns),
        cmocka_unit_test(without_the_workforce_table_there_is_no_plan),
        cmocka_unit_test(ways_of_counting_are_told_apart),
        cmocka_unit_test(all_that_is_asked_is_counted),
        cmocka_unit_test(unknown_people_are_in_the_base_as_asked),
        cmocka_unit_test(leavers_are_counted_where_movements_were_read),
        cmocka_unit_test(movements_are_counted_apart_from_events),
        cmocka_unit_test(fields_to_compare_by_are_told_apart),
        cmocka_unit_test(there_may_be_many_ways_of_counting),
        cmocka_unit_test(what_can_be_joined),
        cmocka_unit_test(questions_need_a_code_list),
        cmocka_unit_test(questions_that_do_not_fit),
        cmocka_unit_test(the_first_field_is_one_to_break_down_by),
        cmocka_unit_test(movements_need_both_bands),
        cmocka_unit_test(rows_that_belong_to_no_group),
        cmocka_unit_test(a_share_of_what_does_not_exist),
        cmocka_unit_test(mistakes_in_what_is_planned_last),
        cmocka_unit_test(movements_must_be_some),
        cmocka_unit_test(leavers_are_chosen_by_fields_of_staff_too),
        cmocka_unit_test(events_of_different_staff_are_counted_apart),
        cmocka_unit_test(members_of_a_group_are_counted_as_one),
        cmocka_unit_test(finer_groups_are_counted_apart),
        cmocka_unit_test(each_list_is_joined_by_its_own_groups),
        cmocka_unit_test(members_of_another_list_are_joined),
        cmocka_unit_test(members_are_joined_where_no_standard_tells_them_apart),
        cmocka_unit_test(a_reference_is_counted_apart),
        cmocka_unit_test(joined_members_count_the_same),
        cmocka_unit_test(conditions_on_too_many_fields),
        cmocka_unit_test(strata_of_too_many_fields),
        cmocka_unit_test(the_first_question_can_be_joined),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
