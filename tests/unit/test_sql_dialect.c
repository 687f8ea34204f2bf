/* Texts and names in the quotes of each database. */
#include "fixture.h"

#include "sql/dialect.h"

static void texts_cannot_end_before_they_do(void **state) {
    wres_run *run = run_of(state);
    const char *text = "O'Brien\\";
    assert_string_equal(sql_text(run, WRES_POSTGRES, text), "'O''Brien\\'");
    assert_string_equal(sql_text(run, WRES_DUCKDB, text), "'O''Brien\\'");
    assert_string_equal(sql_text(run, WRES_CLICKHOUSE, text), "'O\\'Brien\\\\'");
    assert_string_equal(sql_text(run, WRES_SPARK, text), "'O\\'Brien\\\\'");
    assert_string_equal(sql_text(run, WRES_POSTGRES, ""), "''");
}

static void names_cannot_either(void **state) {
    wres_run *run = run_of(state);
    assert_string_equal(sql_name(run, WRES_POSTGRES, "a\"b"), "\"a\"\"b\"");
    assert_string_equal(sql_name(run, WRES_DUCKDB, "Ethnic Origin"), "\"Ethnic Origin\"");
    assert_string_equal(sql_name(run, WRES_SPARK, "a`b"), "`a``b`");
    assert_string_equal(sql_name(run, WRES_CLICKHOUSE, "a`\\"), "`a``\\\\`");
    assert_string_equal(sql_relation(run, WRES_POSTGRES, "hr.staff"), "\"hr\".\"staff\"");
    assert_string_equal(sql_relation(run, WRES_SPARK, "hr.gold.staff"), "`hr`.`gold`.`staff`");
    assert_string_equal(sql_relation(run, WRES_DUCKDB, "staff; DROP TABLE x"), "\"staff; DROP TABLE x\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {CASE(texts_cannot_end_before_they_do), CASE(names_cannot_either)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
