/* The filter grammar: what is a condition, what it holds, and what is none. */
#include "config/condition.h"
#include "fixture.h"

static wres_conditions read_where(void **state, yaml_reader *reader, const char *text) {
    *reader = (yaml_reader){run_of(state), "f.yaml", false};
    const yaml_node *map = yaml_parse(reader, wres_text_of(text));
    assert_non_null(map);
    return condition_list(reader, map, "where");
}

/* The condition as one text: "field.attribute OPERATOR [value][value]". */
static void assert_condition(void **state, const char *text, const char *expected) {
    static const char *const operators[] = {
        [WRES_IN] = "in", [WRES_NOT_IN] = "not in", [WRES_AT_LEAST] = ">=", [WRES_AT_MOST] = "<="};
    yaml_reader reader;
    const char *quoted = "";
    for (const char *at = text; *at; at++) quoted = wres_print(run_of(state), "%s%s%c", quoted, *at == '\'' ? "'" : "", *at);
    const wres_conditions where = read_where(state, &reader, wres_print(run_of(state), "where: '%s'", quoted));
    assert_false(reader.failed);
    assert_int_equal(where.count, 1);
    const wres_condition *c = &where.all[0];
    const char *got = wres_print(run_of(state), "%s%s%s %s ", c->field, c->attribute ? "." : "", c->attribute ? c->attribute : "",
                                 operators[c->relation]);
    for (size_t i = 0; i < c->value_count; i++) got = wres_print(run_of(state), "%s[%s]", got, c->values[i]);
    assert_string_equal(got, expected);
}

static void the_four_operators(void **state) {
    assert_condition(state, "stage in applied", "stage in [applied]");
    assert_condition(state, "stage not in applied", "stage not in [applied]");
    assert_condition(state, "stage >= shortlisted", "stage >= [shortlisted]");
    assert_condition(state, "stage <= shortlisted", "stage <= [shortlisted]");
}

static void blanks_do_not_matter(void **state) {
    assert_condition(state, "  stage   in   a ,  b c  ", "stage in [a][b c]");
    assert_condition(state, "stage>=a", "stage >= [a]");
    assert_condition(state, "stage <=a b", "stage <= [a b]");
    assert_condition(state, "stage in a,b", "stage in [a][b]");
}

static void values_keep_what_they_hold(void **state) {
    assert_condition(state, "answer in yes, no, don't know", "answer in [yes][no][don't know]");
    assert_condition(state, "band in 8a, Non AfC grade, White - British", "band in [8a][Non AfC grade][White - British]");
    assert_condition(state, "field in in, not in", "field in [in][not in]");
    assert_condition(state, "field not in in", "field not in [in]");
}

static void quoted_values_may_hold_commas(void **state) {
    assert_condition(state, "f in \"a, b\"", "f in [a, b]");
    assert_condition(state, "f in \"a, b\", c, \"d\"", "f in [a, b][c][d]");
    assert_condition(state, "f in \"a\" , \" b \"", "f in [a][ b ]");
    assert_condition(state, "f in \"\"", "f in []");
    assert_condition(state, "f >= \"a, b\"", "f >= [a, b]");
    assert_condition(state, "f in a\"b", "f in [a\"b]");
}

static void a_field_may_have_an_attribute(void **state) {
    assert_condition(state, "ethnicity.group5 in Asian", "ethnicity.group5 in [Asian]");
    assert_condition(state, "medical_grade.mwres_group not in x", "medical_grade.mwres_group not in [x]");
}

static void no_key_no_condition(void **state) {
    yaml_reader reader;
    assert_int_equal(read_where(state, &reader, "other: x").count, 0);
    assert_false(reader.failed);
}

/* It would count everybody. */
static void an_empty_list_is_a_mistake(void **state) {
    yaml_reader reader;
    assert_int_equal(read_where(state, &reader, "where: []").count, 0);
    assert_true(reader.failed);
    assert_contains(wres_finding_at(run_of(state), 0)->message, "this list is empty");
}

static void conditions_know_their_place(void **state) {
    yaml_reader reader;
    const wres_conditions where = read_where(state, &reader, "a: 1\nwhere:\n  - f in x\n\n  - g >= y\n");
    assert_int_equal(where.count, 2);
    assert_int_equal(where.all[0].line, 3);
    assert_int_equal(where.all[1].line, 5);
    assert_string_equal(where.all[1].file, "f.yaml");
    assert_null(where.all[1].attribute);
    const wres_conditions one = read_where(state, &reader, "a: 1\nwhere: f in x\n");
    assert_int_equal(one.count, 1);
    assert_int_equal(one.all[0].line, 2);
}

static void what_is_no_condition(void **state) {
    static const char *const wrong[] = {
        "",
        "stage",
        "stage in",
        "stage in  ",
        "in a",
        "stage applied",
        "stage = applied",
        "stage == applied",
        "stage > a",
        "stage < a",
        "stage >=",
        "stage >= a, b",
        "stage <= a, b",
        "stage not a",
        "Stage in a",
        ">= a",
        "a b in c",
        "stage in a,,b",
        "stage in , a",
        "stage in ,",
        "stage inapplied",
        "stage in \"a",
        "stage in \"a\" b",
        "stage in \"a\"\"b\"",
        "stage IN a",
        "stage >= \"a\", b",
        "stage => a",
        "-stage in a",
        "stage not in",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fixture own = {.run = wres_run_new()};
        void *own_state = &own;
        yaml_reader reader;
        const char *quoted = "";
        for (const char *at = wrong[i]; *at; at++) quoted = wres_print(own.run, "%s%s%c", quoted, *at == '"' ? "\\" : "", *at);
        read_where(&own_state, &reader, wres_print(own.run, "x: 1\nwhere:\n  - f in ok\n  - \"%s\"\n", quoted));
        if (!reader.failed) fail_msg("'%s' passes", wrong[i]);
        assert_only_error(
            own.run, "settings", "f.yaml", 4, "where",
            wres_print(own.run, "'%s' is no condition; write 'field in A, B'", wres_visible(own.run, wres_text_of(wrong[i]))));
        wres_run_free(own.run);
    }
    (void)state;
}

static void a_condition_is_a_text(void **state) {
    yaml_reader reader;
    const wres_conditions where = read_where(state, &reader, "where: [{f: in}, g in x]");
    assert_true(reader.failed);
    assert_only_error(run_of(state), "settings", "f.yaml", 1, "where", "a text or a list of texts");
    assert_int_equal(where.count, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_four_operators),
        CASE(blanks_do_not_matter),
        CASE(values_keep_what_they_hold),
        CASE(quoted_values_may_hold_commas),
        CASE(a_field_may_have_an_attribute),
        CASE(no_key_no_condition),
        CASE(an_empty_list_is_a_mistake),
        CASE(conditions_know_their_place),
        CASE(what_is_no_condition),
        CASE(a_condition_is_a_text),
    };
    RUN_CASES(tests);
}
