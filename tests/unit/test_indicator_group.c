/* The groups that are told apart: White and BME, or finer ones, with White as a whole beside its parts. */
#include "pipeline.h"

#include "indicator/plan.h"

/* One person each of White British, White Irish, Mixed (D), Indian (H), Black African (N), Chinese (R), any other (S), pre-grouped BME,
 * not stated (Z), blank. */
static const char everyone[] =
    "Date,Ethnicity\n2025-03-31,A\n2025-03-31,B\n2025-03-31,D\n2025-03-31,H\n2025-03-31,N\n2025-03-31,R\n2025-03-31,S\n"
    "2025-03-31,BME\n2025-03-31,Z\n2025-03-31,\n";

static pipeline *grouped_by(const char *attribute) {
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = attribute;
    pipeline_add(p, "workforce", everyone);
    assert_int_equal(pipeline_run(p), WRES_OK);
    return p;
}

static void assert_share(const pipeline *p, const char *name, uint64_t people) {
    assert_of(result(p, .indicator = "1", .group = name, .statistic = "share"), people, 10);
}

static void two_groups_and_unknown(void **state) {
    (void)state;
    pipeline *p = grouped_by(NULL);
    const group_set *groups = &p->plan->standards[0].groups;
    assert_int_equal(groups->count, 3);
    assert_string_equal(groups->all[0].label, "white");
    assert_string_equal(groups->all[1].label, "bme");
    assert_string_equal(groups->all[2].label, "unknown");
    assert_int_equal(groups->unknown, 2);
    assert_true(!groups->all[0].compared && groups->all[1].compared && !groups->all[2].compared);
    assert_share(p, "white", 2);
    assert_share(p, "bme", 6);
    assert_share(p, "unknown", 2);
    pipeline_end(p);
}

static void five_groups(void **state) {
    (void)state;
    pipeline *p = grouped_by("group5");
    assert_share(p, "white", 2);
    assert_share(p, "mixed", 1);
    assert_share(p, "asian", 1);
    assert_share(p, "black", 1);
    assert_share(p, "other", 2); /* Chinese stands with Other in the set of 2001 */
    assert_share(p, "bme - not further specified", 1);
    assert_share(p, "unknown", 2);
    no_result(p, .indicator = "1", .group = "bme", .statistic = "share");
    assert_people(10, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

static void chinese_stands_with_asian_or_alone_if_told(void **state) {
    (void)state;
    pipeline *p = grouped_by("group5_census");
    assert_share(p, "asian", 2);
    assert_share(p, "other", 1);
    pipeline_end(p);
    p = grouped_by("group6");
    assert_share(p, "asian", 1);
    assert_share(p, "chinese", 1);
    assert_share(p, "other", 1);
    pipeline_end(p);
}

/* White British and White Irish are told apart, and White is still there as a whole: nobody is counted twice in the base. */
static void sixteen_groups_keep_white_as_a_whole(void **state) {
    (void)state;
    pipeline *p = grouped_by("group16");
    assert_share(p, "white", 2);
    assert_share(p, "white - british", 1);
    assert_share(p, "white - irish", 1);
    assert_share(p, "asian or asian british - indian", 1);
    no_result(p, .indicator = "1", .group = "asian or asian british - pakistani", .statistic = "share"); /* nobody */
    assert_share(p, "unknown", 2);
    assert_people(10, result(p, .indicator = "1", .group = "all", .statistic = "count"));
    pipeline_end(p);
}

/* Every group but White and its parts is compared with White as a whole. */
static void parts_of_white_are_not_compared(void **state) {
    (void)state;
    pipeline *p = grouped_by("group16");
    assert_exact(result(p, .indicator = "1", .group = "asian or asian british - indian", .statistic = "difference"), 0, 1);
    no_result(p, .indicator = "1", .group = "white - irish", .statistic = "difference");
    no_result(p, .indicator = "1", .group = "white", .statistic = "difference");
    no_result(p, .indicator = "1", .group = "unknown", .statistic = "difference");
    pipeline_end(p);
}

/* Indian: 1 of 2 shortlisted was appointed; White: 3 of 4 (British 2 of 2, Irish 1 of 2). 3/4 over 1/2 is 3/2. */
static void finer_groups_are_compared_with_white(void **state) {
    (void)state;
    pipeline *p = pipeline_new("wres-2025");
    p->request.groups = "group16";
    pipeline_as_at(p, 2025, 3, 31);
    pipeline_add(p, "recruitment",
                 "Date,Ethnicity,Stage,Count\n2024-08-01,A,Appointed,2\n2024-08-01,B,Appointed,1\n2024-08-01,B,Shortlisted,1\n"
                 "2024-08-01,H,Appointed,1\n2024-08-01,H,Shortlisted,1\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "2", .group = "white", .statistic = "rate"), 3, 4);
    assert_of(result(p, .indicator = "2", .group = "white - irish", .statistic = "rate"), 1, 2);
    assert_exact(result(p, .indicator = "2", .group = "white/asian or asian british - indian", .statistic = "ratio"), 3, 2);
    no_result(p, .indicator = "2", .group = "white/white - irish", .statistic = "ratio");
    pipeline_end(p);
}

static void an_attribute_the_list_lacks_leaves_its_own_groups(void **state) {
    (void)state;
    pipeline *p = grouped_by("group99");
    assert_share(p, "bme", 6);
    pipeline_end(p);
}

#define STANDARD(compare)                                                                                                          \
    "standard: test-1\ntitle: t\ncertainty: U\ncompare: " compare "\nunknown_in_base: yes\nindicators:\n"                          \
    "  - {id: '1', title: t, measure: share, certainty: U, of: {table: workforce}}\n"

static wres_status status_of(const char *standard, const char *key, const char *words) {
    pipeline *p = pipeline_new(NULL);
    pipeline_add(p, "workforce", everyone);
    assert_int_equal(pipeline_standard(p, standard), WRES_OK);
    const wres_status status = pipeline_run(p);
    if (words) assert_error_at(p, "standard", 4, key, words);
    pipeline_end(p);
    return status;
}

static void the_field_to_compare_by_must_have_a_code_list(void **state) {
    (void)state;
    const char *words = "with a code list to compare by: did you mean ethnicity; there are ethnicity, disability, sex, ";
    assert_int_equal(status_of(STANDARD("{field: ethnicity, reference: White, group: BME, unknown: Unknown}"), NULL, NULL),
                     WRES_OK);
    assert_int_equal(status_of(STANDARD("{field: ethnicty, reference: White, group: BME, unknown: Unknown}"), "field", words),
                     WRES_USAGE);
    assert_int_equal(status_of(STANDARD("{field: team, reference: White, group: BME, unknown: Unknown}"), "field",
                               "no field 'team' with a code list to compare by; there are ethnicity, "),
                     WRES_USAGE);
}

static void the_groups_must_be_values_of_one_attribute(void **state) {
    (void)state;
    assert_int_equal(status_of(STANDARD("{field: ethnicity, reference: White, group: Green, unknown: Unknown}"), "group",
                               "'Green' is no value of the code list ethnicity (group2); its values are White, BME, Unknown"),
                     WRES_USAGE);
    assert_int_equal(status_of(STANDARD("{field: ethnicity, reference: Whte, group: BME, unknown: Unknown}"), "reference",
                               "did you mean White; its values are White, BME, Unknown"),
                     WRES_USAGE);
    assert_int_equal(status_of(STANDARD("{field: ethnicity, reference: White, group: BME, unknown: Unknwn}"), "unknown",
                               "did you mean Unknown; its values are White, BME, Unknown"),
                     WRES_USAGE);
}

/* Another field than ethnicity: women against men. 2 of 3 of known sex are women; one person is of unknown sex. */
static void any_field_with_groups_can_be_compared_by(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, STANDARD("{field: sex, reference: Male, group: Female, unknown: Unknown}")), WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex\n2025-03-31,A,F\n2025-03-31,A,F\n2025-03-31,A,M\n2025-03-31,A,\n");
    p->request.unknown_in_base = 0;
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "female", .statistic = "share"), 2, 3);
    assert_people(1, result(p, .indicator = "1", .group = "unknown", .statistic = "count"));
    no_result(p, .indicator = "1", .group = "unknown", .statistic = "share");
    pipeline_end(p);
}

/* White is in the first attribute, Asian is not: the groups are those of the attribute that has both. */
static void the_attribute_is_that_which_has_all_of_the_groups(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, STANDARD("{field: ethnicity, reference: White, group: Asian, unknown: Unknown}")),
                     WRES_OK);
    pipeline_add(p, "workforce", everyone);
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_share(p, "white", 2);
    assert_share(p, "asian", 1);
    assert_share(p, "black", 1);
    pipeline_end(p);
}

/* Over eighty nationalities are no groups. */
static void too_many_groups_are_refused(void **state) {
    (void)state;
    pipeline *p = pipeline_new("nationality");
    p->request.groups = "nationality";
    pipeline_add(p, "workforce", "Date,Nationality\n2025-03-31,British\n");
    assert_int_equal(pipeline_run(p), WRES_USAGE);
    assert_finding(p, WRES_ERROR, "standard", 0, "too many groups: at most 46");
    assert_string_equal(finding_with(p, "standard", "too many groups")->place.field, "field");
    pipeline_end(p);
}

/* White British stands before the others and is no group that is compared: goals of every group say what is said of all but once. */
static void what_is_said_of_all_is_said_with_the_first_that_is_compared(void **state) {
    (void)state;
    pipeline *p = pipeline_new("model-employer");
    p->request.groups = "group16";
    pipeline_add(p, "workforce", "Date,Ethnicity,Band,Count\n2025-03-31,A,8a,60\n2025-03-31,H,8a,30\n2025-03-31,N,8a,10\n");
    pipeline_add(p, "movements", "Date,Ethnicity,Kind,From Band,Count\n2024-05-01,A,Leaver,8a,6\n2024-06-01,H,Leaver,8a,2\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    const wres_result *all = result(p, .indicator = "goals", .row = "Band 8a", .group = "all", .statistic = "leaving_rate");
    assert_exact(all, 8, 1); /* 8 of 100, White British and all */
    assert_exact(result(p, .indicator = "goals", .row = "Band 8a", .group = "white", .statistic = "leaving_rate"), 10, 1);
    assert_exact(
        result(p, .indicator = "goals", .row = "Band 8a", .group = "asian or asian british - indian", .statistic = "leaving_rate"),
        20, 3);
    assert_people(
        30, result(p, .indicator = "goals", .row = "Band 8a", .group = "asian or asian british - indian", .statistic = "goal"));
    no_result(p, .indicator = "goals", .row = "Band 8a", .group = "white - british", .statistic = "goal");
    pipeline_end(p);
}

/* A list that begins with Unknown has its groups all the same. */
static void unknown_may_stand_first_in_a_list(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    pipeline_codes(p, "sex.csv", "spelling,sex\nNot known,Unknown\nM,Male\nF,Female\n(blank),Unknown\n(unmapped),Unknown\n");
    assert_int_equal(pipeline_standard(p, STANDARD("{field: sex, reference: Male, group: Female, unknown: Unknown}")), WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex\n2025-03-31,A,F\n2025-03-31,A,M\n2025-03-31,A,Not known\n2025-03-31,A,M\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "female", .statistic = "share"), 1, 4);
    assert_of(result(p, .indicator = "1", .group = "unknown", .statistic = "share"), 1, 4);
    pipeline_end(p);
}

#define TWO_ATTRIBUTES "spelling,first,second\nM,P,Zulu\nF,Q,Female\nNot known,R,Unknown\n(blank),R,Unknown\n(unmapped),R,Unknown\n"

/* What fits the first attribute best, or the second, be it by a value alone; and only what is not among its values is a mistake. */
static void the_attribute_that_fits_best_is_the_one_that_was_meant(void **state) {
    (void)state;
    static const struct {
        const char *compare, *words;
        size_t mistakes;
    } cases[] = {
        {"{field: sex, reference: P, group: Qq, unknown: R}",
         "'Qq' is no value of the code list sex (first): did you mean Q; its values are P, Q, R", 1},
        {"{field: sex, reference: Pp, group: Qq, unknown: Rr}",
         "'Rr' is no value of the code list sex (first): did you mean R; its values are P, Q, R", 3},
        {"{field: sex, reference: Zulu, group: Femal, unknown: Unknwn}",
         "'Femal' is no value of the code list sex (second): did you mean Female; its values are Zulu, Female, Unknown", 2},
        {"{field: sex, reference: Zul, group: Femal, unknown: Unknown}",
         "'Zul' is no value of the code list sex (second): did you mean Zulu", 2},
        {"{field: sex, reference: Zul, group: Female, unknown: Unknwn}",
         "'Unknwn' is no value of the code list sex (second): did you mean Unknown", 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        pipeline *p = pipeline_new(NULL);
        pipeline_codes(p, "sex.csv", TWO_ATTRIBUTES);
        assert_int_equal(
            pipeline_standard(
                p, wres_print(p->run,
                              "standard: test-1\ntitle: t\ncertainty: U\ncompare: %s\nunknown_in_base: yes\nindicators:\n"
                              "  - {id: '1', title: t, measure: share, certainty: U, of: {table: workforce}}\n",
                              cases[i].compare)),
            WRES_OK);
        assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_USAGE);
        finding_with(p, "standard", cases[i].words);
        assert_int_equal(finding_count(p, "standard"), cases[i].mistakes);
        pipeline_end(p);
    }
}

static void names_of_groups_are_in_lower_case(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    pipeline_codes(p, "sex.csv", "spelling,sex\nM,ABYZ @[`\nF,Female\n(blank),Unknown\n(unmapped),Unknown\n");
    assert_int_equal(pipeline_standard(p, STANDARD("{field: sex, reference: Female, group: 'ABYZ @[`', unknown: Unknown}")),
                     WRES_OK);
    pipeline_add(p, "workforce", "Date,Ethnicity,Sex\n2025-03-31,A,F\n2025-03-31,A,M\n");
    assert_int_equal(pipeline_run(p), WRES_OK);
    assert_of(result(p, .indicator = "1", .group = "abyz @[`", .statistic = "share"), 1, 2);
    pipeline_end(p);
}

/* 46 values, each of one spelling, and the first one that of the blank, too: with the reference as a whole and Unknown 48 groups, and somebody
 * in each. One more does not fit. */
static void as_many_groups_as_there_is_room_for(void **state) {
    (void)state;
    for (int values = 46; values <= 47; values++) {
        pipeline *p = pipeline_new(NULL);
        const char *list = "spelling,sex,fine\n", *rows = "Date,Ethnicity,Sex,Team\n2025-03-31,A,,East\n";
        for (int i = 0; i < values; i++) {
            list = wres_print(p->run, "%ss%d,%s,v%d\n", list, i, i < 2 ? "Male" : "Female", i);
            rows = wres_print(p->run, "%s2025-03-31,A,s%d,East\n", rows, i);
        }
        pipeline_codes(p, "sex.csv", wres_print(p->run, "%s(blank),Unknown,v0\n(unmapped),Unknown,v0\n", list));
        assert_int_equal(pipeline_standard(p, STANDARD("{field: sex, reference: Male, group: Female, unknown: Unknown}")), WRES_OK);
        p->request.groups = "fine";
        pipeline_by(p, "team", NULL);
        pipeline_add(p, "workforce", rows);
        assert_int_equal(pipeline_run(p), values == 46 ? WRES_OK : WRES_USAGE);
        if (values == 46) {
            assert_int_equal(p->plan->standards[0].groups.count, 48);
            for (int i = 1; i < values; i++)
                assert_of(result(p, .indicator = "1", .by = "all", .group = wres_print(p->run, "v%d", i), .statistic = "share"), 1,
                          47);
            assert_of(result(p, .indicator = "1", .by = "all", .group = "unknown", .statistic = "share"), 1, 47);
            assert_of(result(p, .indicator = "1", .by = "all", .group = "male", .statistic = "share"), 2, 47);
        }
        pipeline_end(p);
    }
}

/* All fields with a code list are named, the last one too, and nothing behind it. */
static void fields_to_compare_by_are_listed(void **state) {
    (void)state;
    pipeline *p = pipeline_new(NULL);
    assert_int_equal(pipeline_standard(p, STANDARD("{field: zzzzzzzz, reference: White, group: BME, unknown: Unknown}")), WRES_OK);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_USAGE);
    assert_string_equal(
        finding_with(p, "standard", "zzzzzzzz")->message,
        "the workforce has no field 'zzzzzzzz' with a code list to compare by; there are ethnicity, disability, sex, pay_band, medical_grade, staff_group, "
        "assignment_category, assignment_status, primary_assignment, nationality, international_recruit, qualification_region, programme");
    pipeline_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_and_unknown),
        cmocka_unit_test(five_groups),
        cmocka_unit_test(chinese_stands_with_asian_or_alone_if_told),
        cmocka_unit_test(sixteen_groups_keep_white_as_a_whole),
        cmocka_unit_test(parts_of_white_are_not_compared),
        cmocka_unit_test(finer_groups_are_compared_with_white),
        cmocka_unit_test(an_attribute_the_list_lacks_leaves_its_own_groups),
        cmocka_unit_test(the_field_to_compare_by_must_have_a_code_list),
        cmocka_unit_test(the_groups_must_be_values_of_one_attribute),
        cmocka_unit_test(any_field_with_groups_can_be_compared_by),
        cmocka_unit_test(the_attribute_is_that_which_has_all_of_the_groups),
        cmocka_unit_test(too_many_groups_are_refused),
        cmocka_unit_test(what_is_said_of_all_is_said_with_the_first_that_is_compared),
        cmocka_unit_test(unknown_may_stand_first_in_a_list),
        cmocka_unit_test(the_attribute_that_fits_best_is_the_one_that_was_meant),
        cmocka_unit_test(names_of_groups_are_in_lower_case),
        cmocka_unit_test(as_many_groups_as_there_is_room_for),
        cmocka_unit_test(fields_to_compare_by_are_listed),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
