/* Standards: the built-in ones, each measure with its keys, and every mistake with its place. */
#include "fixture.h"
#include "wres/config.h"

#define HEAD                                                                                                                       \
    "standard: my-own-2025\ntitle: Mine\ncertainty: C\n"                                                                           \
    "compare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n" /* lines 1 to 5 */
#define WORDS "words: {people: staff, event: to enter}"
#define SHARE "- {id: \"1\", title: One, certainty: C, measure: share, of: {table: workforce}}\n"

static wres_status load(void **state, const char *text, const wres_standard **standard) {
    return wres_standard_load(run_of(state), write_text(state, "s.yaml", text), standard);
}

static const wres_standard *load_good(void **state, const char *text) {
    const wres_standard *standard;
    const wres_status status = load(state, text, &standard);
    if (wres_finding_count(run_of(state))) fail_msg("%s", wres_finding_at(run_of(state), 0)->message);
    assert_int_equal(status, WRES_OK);
    return standard;
}

static void assert_refused(void **state, const char *text, uint64_t line, const char *key, const char *part) {
    const wres_standard *standard;
    assert_int_equal(load(state, text, &standard), WRES_USAGE);
    assert_null(standard);
    assert_only_error(run_of(state), "settings", path_in(state, "s.yaml"), line, key, part);
}

/* A mistake in the only indicator, whose lines are given from line 6 on. */
static void assert_indicator_refused(void **state, const char *lines, uint64_t line, const char *key, const char *part) {
    assert_refused(state, wres_print(run_of(state), HEAD "%s", lines), line, key, part);
}

/* ---- built in ------------------------------------------------------------------------------------------------------ */

static void the_built_in_ids_come_in_order(void **state) {
    const char *const *ids;
    size_t count, found = 0;
    assert_int_equal(wres_standard_list(run_of(state), &ids, &count), WRES_OK);
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++) {
        const wres_standard *standard;
        assert_true(i == 0 || strcmp(ids[i - 1], ids[i]) < 0);
        assert_int_equal(wres_standard_load(run_of(state), ids[i], &standard), WRES_OK);
        assert_string_equal(standard->id, ids[i]);
        assert_true(standard->indicator_count > 0);
        found += strcmp(ids[i], "wres-2025") == 0 || strcmp(ids[i], "wres-2019") == 0;
    }
    assert_int_equal(found, 2);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
}

static void the_standard_of_2025(void **state) {
    const wres_standard *s;
    assert_int_equal(wres_standard_load(run_of(state), "wres-2025", &s), WRES_OK);
    assert_string_equal(s->family, "wres");
    assert_string_equal(s->compare.reference, "White");
    assert_string_equal(s->compare.group, "BME");
    assert_string_equal(s->compare.unknown, "Unknown");
    assert_true(s->unknown_in_base);
    assert_int_equal(s->indicator_count, 9);
    static const wres_measure measures[] = {WRES_SHARE, WRES_LIKELIHOOD, WRES_LIKELIHOOD, WRES_LIKELIHOOD, WRES_RATE,
                                            WRES_RATE,  WRES_RATE,       WRES_RATE,       WRES_GAP};
    for (size_t i = 0; i < 9; i++) {
        assert_string_equal(s->indicators[i].id, wres_print(run_of(state), "%zu", i + 1));
        assert_int_equal(s->indicators[i].measure, measures[i]);
    }
    assert_true(s->indicators[0].by_grade);
    assert_false(s->indicators[1].group_first); /* White / BME */
    assert_true(s->indicators[2].group_first);  /* BME / White */
    assert_false(s->indicators[3].group_first);
    assert_string_equal(s->indicators[5].joined, "harassment_staff");
    assert_int_equal(s->indicators[8].parts.count, 3);
}

static void a_misspelt_id_has_a_near_miss(void **state) {
    const wres_standard *standard;
    assert_int_equal(wres_standard_load(run_of(state), "wres2025", &standard), WRES_USAGE);
    assert_only_error(run_of(state), "standard", NULL, 0, NULL,
                      "there is no standard 'wres2025': did you mean wres-2025; 'wres standards' lists them");
}

static void an_id_that_settings_name_is_reported_there(void **state) {
    const wres_standard *standard;
    const wres_place named = {.file = "wres.yaml", .line = 3, .field = "standard"};
    assert_int_equal(wres_standard_load_named(run_of(state), "wres2025", &named, &standard), WRES_USAGE);
    assert_only_error(run_of(state), "standard", "wres.yaml", 3, "standard", "there is no standard 'wres2025'");
}

static void a_strange_id_has_none(void **state) {
    static const char *const strange[] = {"", "payroll-and-pensions", "../tables/board", ".yaml", "standards/wres-2025"};
    for (size_t i = 0; i < COUNT(strange); i++) {
        const wres_standard *standard;
        assert_int_equal(wres_standard_load(run_of(state), strange[i], &standard), WRES_USAGE);
    }
    assert_error_at(run_of(state), 1, "standard", NULL, 0, NULL,
                    "there is no standard 'payroll-and-pensions'; 'wres standards' lists them");
    assert_int_equal(wres_finding_count(run_of(state)), COUNT(strange));
}

static void measures_have_names(void **state) {
    (void)state;
    assert_string_equal(wres_measure_name(WRES_SHARE), "share");
    assert_string_equal(wres_measure_name(WRES_LIKELIHOOD), "likelihood");
    assert_string_equal(wres_measure_name(WRES_RATE), "rate");
    assert_string_equal(wres_measure_name(WRES_GAP), "gap");
}

/* ---- what is read --------------------------------------------------------------------------------------------------- */

static void the_keys_of_a_standard(void **state) {
    const wres_standard *s = load_good(
        state, "standard: my-own-2025\ntitle: Mine\nowner: Me\nsource: A book\ncertainty: S\ncertainty_note: So so\nnote: x\n"
               "compare: {field: sex, reference: Male, group: Female, unknown: Unknown}\nunknown_in_base: no\n"
               "population:\n- category not in bank\n- pay_band >= Band 2\nindicators:\n" SHARE);
    assert_string_equal(s->id, "my-own-2025");
    assert_string_equal(s->family, "my-own");
    assert_string_equal(s->title, "Mine");
    assert_string_equal(s->owner, "Me");
    assert_string_equal(s->source, "A book");
    assert_string_equal(s->certainty, "S");
    assert_string_equal(s->certainty_note, "So so");
    assert_string_equal(s->compare.field, "sex");
    assert_string_equal(s->compare.reference, "Male");
    assert_string_equal(s->compare.group, "Female");
    assert_string_equal(s->compare.unknown, "Unknown");
    assert_false(s->unknown_in_base);
    assert_int_equal(s->population.count, 2);
    assert_string_equal(s->population.all[1].values[0], "Band 2");
    assert_string_equal(s->file, path_in(state, "s.yaml"));
}

static void what_is_not_given_has_its_default(void **state) {
    const wres_standard *s = load_good(state, HEAD SHARE);
    assert_string_equal(s->owner, "");
    assert_true(s->unknown_in_base);
    assert_int_equal(s->population.count, 0);
    const wres_indicator *i = &s->indicators[0];
    assert_int_equal(i->months, 12);
    assert_int_equal(i->years, 1);
    assert_false(i->by_grade);
    assert_null(i->joined);
    assert_string_equal(i->people, "");
    assert_string_equal(i->event, "");
    assert_string_equal(i->definition, "");
    assert_int_equal(i->line, 6);
}

static void a_family_is_the_id_up_to_its_last_dash(void **state) {
    static const char *const ids[][2] = {{"wres-2025", "wres"}, {"bank-wres-2024", "bank-wres"}, {"mine", "mine"}, {"-x", ""}};
    for (size_t i = 0; i < COUNT(ids); i++) {
        const wres_standard *s = load_good(state, wres_print(run_of(state), "standard: %s%s", ids[i][0], strchr(HEAD SHARE, '\n')));
        assert_string_equal(s->family, ids[i][1]);
    }
}

static void a_share(void **state) {
    const wres_indicator *i =
        load_good(
            state, HEAD
            "- id: 1a\n  title: One\n  certainty: U\n  measure: share\n  rows: grades\n  of: {table: workforce, where: [pay_band in VSM]}\n")
            ->indicators;
    assert_string_equal(i->id, "1a");
    assert_int_equal(i->measure, WRES_SHARE);
    assert_true(i->by_grade);
    assert_string_equal(i->of.table, "workforce");
    assert_int_equal(i->of.where.count, 1);
    assert_null(i->events.table);
}

static void a_likelihood(void **state) {
    const char *text = HEAD
        "- id: 2\n  title: Two\n  certainty: C\n  measure: likelihood\n  ratio: group / reference\n  four_fifths: no\n  months: 24\n  years: 2\n"
        "  events: {table: cases, where: formal in yes}\n  over: {table: workforce}\n  words: {people: staff, event: to enter}\n"
        "  definition: D\n  numerator: N\n  denominator: E\n  direction: R\n  window: W\n  source: S\n  certainty_note: O\n";
    const wres_indicator *i = load_good(state, text)->indicators;
    assert_int_equal(i->measure, WRES_LIKELIHOOD);
    assert_true(i->group_first);
    assert_false(i->four_fifths);
    assert_int_equal(i->months, 24);
    assert_int_equal(i->years, 2);
    assert_string_equal(i->events.table, "cases");
    assert_int_equal(i->events.where.count, 1);
    assert_string_equal(i->over.table, "workforce");
    assert_string_equal(i->people, "staff");
    assert_string_equal(i->event, "to enter");
    const char *const words[] = {i->definition, i->numerator, i->denominator,   i->direction,
                                 i->window,     i->source,    i->certainty_note};
    for (size_t w = 0; w < COUNT(words); w++) assert_string_equal(words[w], wres_print(run_of(state), "%c", "DNERWSO"[w]));
}

static void a_likelihood_the_other_way_round(void **state) {
    const wres_indicator *i =
        load_good(
            state, HEAD
            "- {id: 2, title: T, certainty: C, measure: likelihood, ratio: reference / group, events: {table: a}, over: {table: b}, " WORDS
            "}\n")
            ->indicators;
    assert_false(i->group_first);
    assert_true(i->four_fifths);
}

static void a_rate(void **state) {
    const wres_indicator *i =
        load_good(state,
                  HEAD "- {id: 5, title: T, certainty: C, measure: rate, joined: item, events: {table: a}, over: {table: b}, " WORDS
                       "}\n")
            ->indicators;
    assert_int_equal(i->measure, WRES_RATE);
    assert_string_equal(i->joined, "item");
    assert_string_equal(i->events.table, "a");
    assert_string_equal(i->over.table, "b");
}

static void a_gap(void **state) {
    const wres_indicator *i =
        load_good(state,
                  HEAD "- id: 9\n  title: T\n  certainty: C\n  measure: gap\n  of: {table: board}\n  against: {table: workforce}\n"
                       "  parts:\n  - {row: all}\n  - {row: voting, where: [voting in yes]}\n")
            ->indicators;
    assert_int_equal(i->measure, WRES_GAP);
    assert_string_equal(i->against.table, "workforce");
    assert_int_equal(i->parts.count, 2);
    assert_string_equal(i->parts.all[0].row, "all");
    assert_int_equal(i->parts.all[0].where.count, 0);
    assert_string_equal(i->parts.all[1].row, "voting");
    assert_string_equal(i->parts.all[1].where.all[0].field, "voting");
}

static void a_file_may_end_in_yml(void **state) {
    const wres_standard *standard;
    assert_int_equal(wres_standard_load(run_of(state), write_text(state, "s.yml", HEAD SHARE), &standard), WRES_OK);
    assert_string_equal(standard->id, "my-own-2025");
}

/* ---- mistakes of a standard ------------------------------------------------------------------------------------------ */

static void a_missing_file_is_said(void **state) {
    const wres_standard *standard;
    const char *path = path_in(state, "none.yaml");
    assert_int_equal(wres_standard_load(run_of(state), path, &standard), WRES_IO);
    assert_only_error(run_of(state), "file", path, 0, NULL, "cannot be opened");
}

static void no_yaml(void **state) { assert_refused(state, HEAD "- {id: 1\n", 7, NULL, "no valid YAML"); }

static void no_map(void **state) { assert_refused(state, "[]\n", 1, "a standard", "lines of the form"); }

static void a_misspelt_key(void **state) {
    assert_refused(state, HEAD SHARE "popluation: x in y\n", 7, "popluation", "not a key of a standard: did you mean population");
}

static void needed_keys_of_a_standard(void **state) {
    static const char *const lines[] = {"standard: s\n", "title: t\n", "certainty: C\n",
                                        "compare: {field: e, reference: W, group: B, unknown: U}\n",
                                        "indicators:\n" SHARE};
    static const char *const keys[] = {"standard", "title", "certainty", "compare", "indicators"};
    for (size_t left_out = 0; left_out < COUNT(lines); left_out++) {
        const char *text = "# a line\n";
        for (size_t i = 0; i < COUNT(lines); i++)
            if (i != left_out) text = wres_print(run_of(state), "%s%s", text, lines[i]);
        fixture own = *(fixture *)*state;
        void *own_state = &own;
        own.run = wres_run_new();
        assert_refused(&own_state, text, 2, keys[left_out], "this key is missing");
        wres_run_free(own.run);
    }
}

static void needed_keys_of_compare(void **state) {
    assert_refused(state, "standard: s\ntitle: t\ncertainty: C\ncompare: {field: e, reference: W, group: B}\nindicators:\n" SHARE,
                   4, "unknown", "this key is missing");
}

static void a_misspelt_key_of_compare(void **state) {
    assert_refused(
        state,
        "standard: s\ntitle: t\ncertainty: C\ncompare: {field: e, reference: W, group: B, unknown: U, feild: x}\nindicators:\n" SHARE,
        4, "feild", "not a key of compare: did you mean field; the keys are field, reference, group, unknown");
}

static void compare_is_a_map(void **state) {
    assert_refused(state, "standard: s\ntitle: t\ncertainty: C\ncompare: White\nindicators:\n" SHARE, 4, "compare",
                   "lines of the form");
}

static void a_strange_certainty(void **state) {
    assert_refused(
        state,
        "standard: s\ntitle: t\ncertainty: sure\ncompare: {field: e, reference: W, group: B, unknown: U}\nindicators:\n" SHARE, 3,
        "certainty", "'sure' is not allowed here; allowed: C, S, U");
}

static void unknown_in_base_is_yes_or_no(void **state) {
    assert_refused(state, HEAD SHARE "unknown_in_base: maybe\n", 7, "unknown_in_base", "'maybe' is not allowed here");
}

static void a_population_is_of_conditions(void **state) {
    assert_refused(state, HEAD SHARE "population:\n- pay_band in VSM\n- bank staff\n", 9, "population",
                   "'bank staff' is no condition");
}

static void indicators_are_a_list(void **state) {
    assert_refused(
        state, "standard: s\ntitle: t\ncertainty: C\ncompare: {field: e, reference: W, group: B, unknown: U}\nindicators: none\n",
        5, "indicators", "a list is expected here");
}

/* ---- mistakes of an indicator ----------------------------------------------------------------------------------------- */

static void an_indicator_is_a_map(void **state) {
    assert_indicator_refused(state, "- one\n", 6, "an indicator", "lines of the form");
}

static void a_misspelt_key_of_an_indicator(void **state) {
    assert_indicator_refused(state,
                             SHARE "- id: 2\n  title: T\n  certainty: C\n  measure: share\n  of: {table: w}\n  defintion: D\n", 12,
                             "defintion", "not a key of an indicator: did you mean definition");
}

static void needed_keys_of_an_indicator(void **state) {
    static const char *const pairs[] = {"id: 1", "title: T", "certainty: C", "measure: share"}, *const keys[] = {"id", "title",
                                                                                                                 "certainty",
                                                                                                                 "measure"};
    for (size_t left_out = 0; left_out < COUNT(pairs); left_out++) {
        const char *text = "- {of: {table: w}";
        for (size_t i = 0; i < COUNT(pairs); i++)
            if (i != left_out) text = wres_print(run_of(state), "%s, %s", text, pairs[i]);
        fixture own = *(fixture *)*state;
        void *own_state = &own;
        own.run = wres_run_new();
        assert_indicator_refused(&own_state, wres_print(own.run, "%s}\n", text), 6, keys[left_out], "this key is missing");
        wres_run_free(own.run);
    }
}

static void a_strange_measure(void **state) {
    assert_indicator_refused(state, "- id: 1\n  title: T\n  certainty: C\n  measure: shares\n", 9, "measure",
                             "'shares' is not allowed here: did you mean share; allowed: share, likelihood, rate, gap");
}

static void a_strange_certainty_of_an_indicator(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, measure: share, of: {table: w},\n   certainty: V}\n", 7, "certainty",
                             "'V' is not allowed here");
}

static void an_indicator_twice(void **state) {
    assert_indicator_refused(state, SHARE "- {id: 2, title: T, certainty: C, measure: share, of: {table: w}}\n" SHARE, 8, "id",
                             "the indicator 1 is here twice");
}

static void windows_have_limits(void **state) {
    static const char *const wrong[][3] = {{"months: 0", "months", "1 to 120"},
                                           {"months: 121", "months", "1 to 120"},
                                           {"months: year", "months", "1 to 120"},
                                           {"years: 0", "years", "1 to 10"},
                                           {"years: 11", "years", "1 to 10"}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fixture own = *(fixture *)*state;
        void *own_state = &own;
        own.run = wres_run_new();
        assert_indicator_refused(
            &own_state,
            wres_print(
                own.run,
                "- id: 1\n  title: T\n  certainty: C\n  measure: likelihood\n  ratio: group / reference\n  %s\n  words: {people: p, event: e}\n"
                "  events: {table: w}\n  over: {table: w}\n",
                wrong[i][0]),
            11, wrong[i][1], wres_print(own.run, "a whole number from %s is expected", wrong[i][2]));
        wres_run_free(own.run);
    }
}

static void a_share_needs_whose(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share}\n", 6, "of", "this key is missing");
}

static void a_rate_needs_events_and_what_they_are_over(void **state) {
    const wres_standard *standard;
    assert_int_equal(load(state, HEAD "- {id: 1, title: T, certainty: C, measure: rate, " WORDS "}\n", &standard), WRES_USAGE);
    assert_int_equal(wres_finding_count(run_of(state)), 2);
    assert_int_equal(error_of_field(run_of(state), "events")->place.line, 6);
    assert_int_equal(error_of_field(run_of(state), "over")->place.line, 6);
}

static void a_likelihood_needs_its_ratio(void **state) {
    assert_indicator_refused(
        state, "- {id: 1, title: T, certainty: C, measure: likelihood, events: {table: a}, over: {table: b}, " WORDS "}\n", 6,
        "ratio", "this key is missing");
}

static void the_sentence_of_a_rate_or_likelihood_needs_its_words(void **state) {
    static const char *const measures[] = {"rate", "likelihood, ratio: group / reference"};
    for (size_t i = 0; i < COUNT(measures); i++) {
        fixture own = *(fixture *)*state;
        void *own_state = &own;
        own.run = wres_run_new();
        assert_indicator_refused(
            &own_state,
            wres_print(own.run, "- {id: 1, title: T, certainty: C, measure: %s, events: {table: a}, over: {table: b}}\n",
                       measures[i]),
            6, "words", "this key is missing");
        wres_run_free(own.run);
    }
}

static void a_strange_ratio(void **state) {
    assert_indicator_refused(
        state,
        "- {id: 1, title: T, certainty: C, measure: likelihood, events: {table: a}, over: {table: b}, " WORDS
        ",\n  ratio: group/reference}\n",
        7, "ratio",
        "'group/reference' is not allowed here: did you mean group / reference; allowed: reference / group, group / reference");
}

static void four_fifths_is_yes_or_no(void **state) {
    assert_indicator_refused(
        state,
        "- {id: 1, title: T, certainty: C, measure: likelihood, ratio: group / reference, events: {table: a}, over: {table: b}, " WORDS
        ", four_fifths: of it}\n",
        6, "four_fifths", "'of it' is not allowed here");
}

static void a_gap_needs_both_sides_and_parts(void **state) {
    const wres_standard *standard;
    assert_int_equal(load(state, HEAD "- {id: 1, title: T, certainty: C, measure: gap}\n", &standard), WRES_USAGE);
    assert_int_equal(wres_finding_count(run_of(state)), 3);
    assert_string_equal(error_of_field(run_of(state), "of")->message, "this key is missing");
    assert_string_equal(error_of_field(run_of(state), "against")->message, "this key is missing");
    assert_string_equal(error_of_field(run_of(state), "parts")->message, "this key is missing");
}

#define GAP "- id: 9\n  title: T\n  certainty: C\n  measure: gap\n  of: {table: board}\n  against: {table: workforce}\n  parts:\n"

static void a_part_has_a_row(void **state) {
    assert_indicator_refused(state, GAP "  - {where: a in b}\n", 13, "row", "this key is missing");
}

/* In whatever order they are written, a part comes behind that of which it is one. */
static void parts_of_parts(void **state) {
    const wres_parts parts = load_good(state, HEAD GAP "  - {row: c, of_which: b}\n  - {row: d}\n  - {row: a}\n  - {row: b, of_which: a}\n"
                                                       "  - {row: e, of_which: a}\n")
                                 ->indicators->parts;
    static const char *const rows[] = {"d", "a", "b", "c", "e"};
    static const int wholes[] = {WRES_OF_ALL, WRES_OF_ALL, 1, 2, 1};
    static const size_t depths[] = {0, 0, 1, 2, 1};
    assert_int_equal(parts.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(parts.all[i].row, rows[i]);
        assert_int_equal(parts.all[i].of_which, wholes[i]);
        assert_int_equal(wres_part_depth(&parts, i), depths[i]);
    }
}

static void a_part_of_what_is_not_there(void **state) {
    assert_indicator_refused(state, GAP "  - {row: voting}\n  - row: chair\n    of_which: votng\n", 15, "of_which",
                             "'votng' is not allowed here: did you mean voting; allowed: voting, chair");
}

static void a_part_of_itself(void **state) {
    assert_indicator_refused(state, GAP "  - row: voting\n    of_which: voting\n", 14, "of_which", "'voting' cannot be a part of itself");
}

static void parts_in_a_circle(void **state) {
    assert_indicator_refused(state, GAP "  - {row: a, of_which: c}\n  - {row: b, of_which: a}\n  - {row: c, of_which: b}\n  - {row: d, of_which: c}\n", 15,
                             "of_which", "parts that are parts of one another: c of b of a of c");
}

static void a_part_is_a_map(void **state) {
    assert_indicator_refused(state, GAP "  - {row: all}\n  - voting\n", 14, "parts", "lines of the form");
}

static void a_misspelt_key_of_a_part(void **state) {
    assert_indicator_refused(state, GAP "  - {row: all, were: x in y}\n", 13, "were", "not a key of parts: did you mean where");
}

static void a_condition_of_a_part(void **state) {
    assert_indicator_refused(state, GAP "  - row: all\n    where: voting\n", 14, "where", "'voting' is no condition");
}

static void rows_are_grades(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: {table: w}, rows: grade}\n", 6, "rows",
                             "'grade' is not allowed here: did you mean grades; allowed: grades");
}

static void a_misspelt_key_of_what_is_counted(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: {table: w, when: x in y}}\n", 6, "when",
                             "not a key of of: did you mean where");
}

static void what_is_counted_is_a_map(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: workforce}\n", 6, "of",
                             "lines of the form");
}

static void what_is_counted_has_a_table(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: {where: x in y}}\n", 6, "table",
                             "this key is missing");
}

static void a_wrong_condition(void **state) {
    assert_indicator_refused(
        state,
        "- id: 1\n  title: T\n  certainty: C\n  measure: share\n  of:\n    table: w\n    where:\n    - x in y\n    - x is z\n", 14,
        "where", "'x is z' is no condition");
}

static void words_have_their_keys(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: {table: w}, words: {peple: staff}}\n", 6,
                             "peple", "not a key of words: did you mean people");
}

static void both_words_are_needed(void **state) {
    assert_indicator_refused(
        state,
        "- {id: 1, title: T, certainty: C, measure: rate, events: {table: a}, over: {table: b},\n  words: {people: staff}}\n", 7,
        "event", "this key is missing");
}

static void words_are_a_map(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: T, certainty: C, measure: share, of: {table: w}, words: staff}\n", 6, "words",
                             "lines of the form");
}

static void words_are_texts(void **state) {
    assert_indicator_refused(state, "- {id: 1, title: [T], certainty: C, measure: share, of: {table: w}}\n", 6, "title",
                             "one text is expected here");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_built_in_ids_come_in_order),
        CASE(the_standard_of_2025),
        CASE(a_misspelt_id_has_a_near_miss),
        CASE(an_id_that_settings_name_is_reported_there),
        CASE(a_strange_id_has_none),
        CASE(measures_have_names),
        CASE(the_keys_of_a_standard),
        CASE(what_is_not_given_has_its_default),
        CASE(a_family_is_the_id_up_to_its_last_dash),
        CASE(a_share),
        CASE(a_likelihood),
        CASE(a_likelihood_the_other_way_round),
        CASE(a_rate),
        CASE(a_gap),
        CASE(a_file_may_end_in_yml),
        CASE(a_missing_file_is_said),
        CASE(no_yaml),
        CASE(no_map),
        CASE(a_misspelt_key),
        CASE(needed_keys_of_a_standard),
        CASE(needed_keys_of_compare),
        CASE(a_misspelt_key_of_compare),
        CASE(compare_is_a_map),
        CASE(a_strange_certainty),
        CASE(unknown_in_base_is_yes_or_no),
        CASE(a_population_is_of_conditions),
        CASE(indicators_are_a_list),
        CASE(an_indicator_is_a_map),
        CASE(a_misspelt_key_of_an_indicator),
        CASE(needed_keys_of_an_indicator),
        CASE(a_strange_measure),
        CASE(a_strange_certainty_of_an_indicator),
        CASE(an_indicator_twice),
        CASE(windows_have_limits),
        CASE(a_share_needs_whose),
        CASE(a_rate_needs_events_and_what_they_are_over),
        CASE(a_likelihood_needs_its_ratio),
        CASE(the_sentence_of_a_rate_or_likelihood_needs_its_words),
        CASE(a_strange_ratio),
        CASE(four_fifths_is_yes_or_no),
        CASE(a_gap_needs_both_sides_and_parts),
        CASE(a_part_has_a_row),
        CASE(parts_of_parts),
        CASE(a_part_of_what_is_not_there),
        CASE(a_part_of_itself),
        CASE(parts_in_a_circle),
        CASE(a_part_is_a_map),
        CASE(a_misspelt_key_of_a_part),
        CASE(a_condition_of_a_part),
        CASE(rows_are_grades),
        CASE(a_misspelt_key_of_what_is_counted),
        CASE(what_is_counted_is_a_map),
        CASE(what_is_counted_has_a_table),
        CASE(a_wrong_condition),
        CASE(words_have_their_keys),
        CASE(both_words_are_needed),
        CASE(words_are_a_map),
        CASE(words_are_texts),
    };
    RUN_CASES(tests);
}
