/* Every row of statistics.csv (published values, and values computed with R) and of fisher_exact.csv (exact arithmetic, see
 * tests/support/fisher_oracle.py) against the library. The files are looked for in $WRES_TESTS/backtest, or tests/backtest. */
#include "close.h"
#include "wres/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RELATIVE 1e-9

typedef struct row {
    char text[1024];
    char *method, *inputs, *outputs, *values;
} row;

static FILE *open_table(const char *name) {
    char path[1024];
    const char *tests = getenv("WRES_TESTS");
    snprintf(path, sizeof path, "%s/backtest/%s", tests ? tests : "tests", name);
    FILE *file = fopen(path, "r");
    if (!file) {
        fail_msg("cannot open %s", path);
    }
    return file;
}

/* Cuts the next field off a CSV line, in place. A quoted field holds no quotes in these tables. */
static char *next_field(char **line) {
    char *field = *line;
    char *end;
    if (*field == '"') {
        field++;
        end = field + strcspn(field, "\"");
        *end++ = '\0';
    } else {
        end = field + strcspn(field, ",\r\n");
    }
    *line = *end ? end + 1 : end;
    *end = '\0';
    return field;
}

static bool read_row(FILE *file, row *out) {
    if (!fgets(out->text, sizeof out->text, file)) {
        return false;
    }
    char *line = out->text;
    out->method = next_field(&line);
    out->inputs = next_field(&line);
    out->outputs = next_field(&line);
    out->values = next_field(&line);
    return true;
}

/* The start of the item so named in a list like "rr;lower;upper", taken from the list of values in the same order. */
static const char *value_of(const row *r, const char *name) {
    const char *output = r->outputs;
    const char *value = r->values;
    size_t length = strlen(name);
    while (strncmp(output, name, length) != 0 || (output[length] != ';' && output[length] != '\0')) {
        output = strchr(output, ';');
        value = strchr(value, ';');
        if (!output || !value) {
            fail_msg("%s %s: no value of %s", r->method, r->inputs, name);
        }
        output++;
        value++;
    }
    return value;
}

/* To 1e-9, or to half a unit of the last decimal where the row prints fewer digits. A number without decimals is exact. */
static void assert_value(const row *r, const char *name, double got) {
    const char *text = value_of(r, name);
    double want = strtod(text, NULL);
    size_t digits = strcspn(text, ";");
    size_t whole = strcspn(text, ".;");
    double allowed = RELATIVE * fabs(want);
    if (digits > whole) {
        /* Hair's breadth more than a half, for the rounding of the subtraction below. */
        allowed = fmax(allowed, 0.5000001 * pow(10, -(double)(digits - whole - 1)));
    }
    if (!(fabs(got - want) <= allowed)) {
        fail_msg("%s %s: %s is %.15g, want %.*s", r->method, r->inputs, name, got, (int)digits, text);
    }
}

static void assert_interval(const row *r, wres_interval got) {
    assert_value(r, "lower", got.lower);
    assert_value(r, "upper", got.upper);
}

static double normal_deviate(const char *confidence) {
    if (strcmp(confidence, "0.95") == 0) {
        return WRES_Z95;
    }
    assert_string_equal(confidence, "0.998");
    return WRES_Z998;
}

static void check_wilson(const row *r) {
    wres_proportion p;
    wres_interval got;
    char confidence[16];
    assert_int_equal(sscanf(r->inputs, "x=%" SCNu64 ";n=%" SCNu64 ";conf=%15s", &p.events, &p.trials, confidence), 3);
    assert_true(wres_wilson(p, normal_deviate(confidence), &got));
    assert_interval(r, got);
}

static void read_pair(const row *r, wres_proportion *a, wres_proportion *b) {
    int found = sscanf(r->inputs, "x1=%" SCNu64 ";n1=%" SCNu64 ";x2=%" SCNu64 ";n2=%" SCNu64, &a->events, &a->trials, &b->events,
                       &b->trials);
    assert_int_equal(found, 4);
}

static void check_katz(const row *r) {
    wres_proportion a, b;
    wres_interval got;
    read_pair(r, &a, &b);
    assert_true(wres_katz(a, b, WRES_Z95, &got));
    assert_interval(r, got);
}

/* A case-control table: the columns are those with and without the event, not the trials. */
static void check_risk_ratio(const row *r) {
    wres_proportion a, b;
    uint64_t a_rest, b_rest;
    wres_interval got;
    int found = sscanf(r->inputs, "Lowest %" SCNu64 " cases/%" SCNu64 " ctrl; Highest %" SCNu64 "/%" SCNu64, &b.events, &b_rest,
                       &a.events, &a_rest);
    assert_int_equal(found, 4);
    a.trials = a.events + a_rest;
    b.trials = b.events + b_rest;
    assert_true(wres_katz(a, b, WRES_Z95, &got));
    assert_interval(r, got);
}

static void check_newcombe(const row *r) {
    wres_proportion a, b;
    wres_interval got;
    read_pair(r, &a, &b);
    assert_true(wres_newcombe(a, b, WRES_Z95, &got));
    assert_interval(r, got);
}

/* "7/34 v 1/34", or the four cells row by row: "[[3,1],[1,3]]". */
static void check_fisher(const row *r) {
    wres_proportion a, b;
    double p;
    int found;
    if (r->inputs[0] == '[') {
        uint64_t a_rest, b_rest;
        found = sscanf(r->inputs, "[[%" SCNu64 ",%" SCNu64 "],[%" SCNu64 ",%" SCNu64 "]]", &a.events, &a_rest, &b.events, &b_rest);
        assert_int_equal(found, 4);
        a.trials = a.events + a_rest;
        b.trials = b.events + b_rest;
    } else {
        found = sscanf(r->inputs, "%" SCNu64 "/%" SCNu64 " v %" SCNu64 "/%" SCNu64, &a.events, &a.trials, &b.events, &b.trials);
        assert_int_equal(found, 4);
    }
    assert_true(wres_fisher(a, b, &p));
    assert_value(r, "p", p);
}

static const struct {
    const char *method;
    int rows;
    void (*check)(const row *r);
} methods[] = {
    {"wilson", 7, check_wilson},
    {"katz_log", 2, check_katz},
    {"riskratio_wald", 1, check_risk_ratio},
    {"newcombe_hybrid", 4, check_newcombe},
    {"fisher_two_sided", 2, check_fisher},
};

#define METHODS (sizeof methods / sizeof methods[0])

static void every_row_of_the_check_values(void **state) {
    (void)state;
    int found[METHODS] = {0};
    row r;
    FILE *file = open_table("statistics.csv");
    assert_true(read_row(file, &r));
    assert_string_equal(r.values, "values");
    while (read_row(file, &r)) {
        size_t m = 0;
        while (m < METHODS && strcmp(r.method, methods[m].method) != 0) {
            m++;
        }
        if (m == METHODS) {
            fail_msg("no check for a row of %s", r.method);
        }
        methods[m].check(&r);
        found[m]++;
    }
    fclose(file);
    for (size_t m = 0; m < METHODS; m++) {
        if (found[m] < methods[m].rows) {
            fail_msg("%d rows of %s, expected %d", found[m], methods[m].method, methods[m].rows);
        }
    }
}

static void every_row_of_the_exact_fisher_values(void **state) {
    (void)state;
    wres_proportion a, b;
    double want, got;
    int rows = 0;
    char line[256];
    FILE *file = open_table("fisher_exact.csv");
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "a_events,a_trials,b_events,b_trials,p\n");
    while (fgets(line, sizeof line, file)) {
        int found = sscanf(line, "%" SCNu64 ",%" SCNu64 ",%" SCNu64 ",%" SCNu64 ",%lf", &a.events, &a.trials, &b.events, &b.trials,
                           &want);
        assert_int_equal(found, 5);
        assert_true(wres_fisher(a, b, &got));
        if (!(fabs(got - want) <= RELATIVE * want)) {
            fail_msg("row %d: got %.17g, want %s", rows + 1, got, line);
        }
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 304);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_check_values),
        cmocka_unit_test(every_row_of_the_exact_fisher_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
