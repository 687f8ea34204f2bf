/* National figures: the built-in ones, and what a file of them may not be. The look-up of built-in files is replaced here, so that
 * wrong files can be built in, too. */
#include "fixture.h"
#include "wres/config.h"

static wres_resource own = {"benchmarks/own.csv", NULL, 0, NULL, NULL};

const wres_resource *wres_resource_find(const char *path) {
    if (strcmp(path, own.path) == 0) return &own;
    for (size_t i = 0; i < wres_resource_count; i++)
        if (strcmp(wres_resources[i].path, path) == 0) return &wres_resources[i];
    return NULL;
}

#define HEADER "standard_family,indicator,organisation,year,row,group,statistic,unit,value,certainty,source\n"

static wres_status load(void **state, const char *text, const wres_benchmark **all, size_t *count) {
    own.bytes = (const unsigned char *)text;
    own.length = strlen(text);
    return wres_benchmarks_load(run_of(state), "own", all, count);
}

static void assert_refused(void **state, const char *text, const char *check, uint64_t line, const char *part) {
    const wres_benchmark *all;
    size_t count;
    assert_int_equal(load(state, text, &all, &count), WRES_USAGE);
    assert_only_error(run_of(state), check, "benchmarks/own.csv", line, NULL, part);
}

static void the_built_in_figures_are_read(void **state) {
    const wres_benchmark *all;
    size_t count;
    assert_int_equal(wres_benchmarks_load(run_of(state), "wres", &all, &count), WRES_OK);
    assert_int_equal(wres_finding_count(run_of(state)), 0);
    assert_true(count > 0);
    bool found = false; /* 24.2% in 2022, national */
    for (size_t i = 0; i < count; i++) {
        assert_true(wres_is_decimal(all[i].value));
        assert_in_range(all[i].year, 2000, 2100);
        found = found || (strcmp(all[i].indicator, "1") == 0 && all[i].year == 2022 && strcmp(all[i].value, "24.2") == 0);
    }
    assert_true(found);
}

static void every_cell_is_kept(void **state) {
    const wres_benchmark *all;
    size_t count;
    assert_int_equal(load(state, HEADER "f,2,England,2024,Band 5,bme,ratio,percent,-1.50,C,\"a, b\"\n", &all, &count), WRES_OK);
    assert_int_equal(count, 1);
    assert_string_equal(all[0].indicator, "2");
    assert_string_equal(all[0].organisation, "England");
    assert_int_equal(all[0].year, 2024);
    assert_string_equal(all[0].row, "Band 5");
    assert_string_equal(all[0].group, "bme");
    assert_string_equal(all[0].statistic, "ratio");
    assert_string_equal(all[0].unit, "percent");
    assert_string_equal(all[0].value, "-1.50");
    assert_string_equal(all[0].certainty, "C");
    assert_string_equal(all[0].source, "a, b");
}

static void many_figures_are_kept(void **state) {
    enum { FIGURES = 300 };
    const wres_benchmark *all;
    size_t count;
    const char *text = HEADER;
    for (int i = 0; i < FIGURES; i++) text = wres_print(run_of(state), "%sf,%d,x,2024,r,g,s,u,%d,C,s\n", text, i, i);
    assert_int_equal(load(state, text, &all, &count), WRES_OK);
    assert_int_equal(count, FIGURES);
    for (int i = 0; i < FIGURES; i++) assert_string_equal(all[i].indicator, wres_print(run_of(state), "%d", i));
}

static void not_every_family_has_figures(void **state) {
    const wres_benchmark *all = (const wres_benchmark *)1;
    size_t count = 1;
    assert_int_equal(wres_benchmarks_load(run_of(state), "none", &all, &count), WRES_OK);
    assert_null(all);
    assert_int_equal(count, 0);
    assert_int_equal(load(state, HEADER, &all, &count), WRES_OK);
    assert_int_equal(count, 0);
}

static void a_wrong_header(void **state) {
    assert_refused(state, "standard_family,indicator,organisation,year,row,group,statistic,unit,values,certainty,source\n",
                   "benchmarks", 1, "the header is not that");
}

static void a_short_row(void **state) { assert_refused(state, HEADER "\nf,1\n", "benchmarks", 3, "11 cells"); }

static void a_year_that_is_none(void **state) {
    assert_refused(state, HEADER "f,1,x,20-24,r,g,s,u,1,C,s\n", "benchmarks", 2, "a year and a decimal");
}

static void a_value_that_is_none(void **state) {
    assert_refused(state, HEADER "f,1,x,2024,r,g,s,u,1%,C,s\n", "benchmarks", 2, "a year and a decimal");
}

static void no_csv(void **state) { assert_refused(state, HEADER "f,1,x\"y\n", "csv", 2, "a quotation mark stands"); }

static void a_quote_never_closed(void **state) { assert_refused(state, HEADER "f,\"1", "csv", 2, "never closed"); }

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_built_in_figures_are_read), CASE(every_cell_is_kept),   CASE(many_figures_are_kept),
        CASE(not_every_family_has_figures),  CASE(a_wrong_header),       CASE(a_short_row),
        CASE(a_year_that_is_none),           CASE(a_value_that_is_none), CASE(no_csv),
        CASE(a_quote_never_closed),
    };
    RUN_CASES(tests);
}
