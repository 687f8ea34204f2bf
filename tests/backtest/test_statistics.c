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
    if (digits > whole && !memchr(text, 'e', digits)) {
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
    if (strcmp(confidence, "0.90") == 0) {
        return 1.6448536269514722;
    }
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

/* The number after NAME= in the inputs, which can be a fraction. */
static double input(const row *r, const char *name) {
    const char *at = r->inputs;
    size_t length = strlen(name);
    while (at && (strncmp(at, name, length) != 0 || at[length] != '=')) {
        at = strchr(at, ';');
        at = at ? at + 1 : NULL;
    }
    if (!at) {
        fail_msg("%s %s: no input %s", r->method, r->inputs, name);
        return 0;
    }
    char *end;
    double value = strtod(at + length + 1, &end);
    return *end == '/' ? value / strtod(end + 1, NULL) : value;
}

static uint64_t count_input(const row *r, const char *name) { return (uint64_t)input(r, name); }

static void check_woolf(const row *r) {
    double ratio;
    wres_interval got;
    assert_true(
        wres_woolf(count_input(r, "a"), count_input(r, "b"), count_input(r, "c"), count_input(r, "d"), WRES_Z95, &ratio, &got));
    assert_value(r, "ratio", ratio);
    assert_interval(r, got);
}

enum { MOST_STRATA = 20 };

/* The items of the list that are like "8/106 v 5/120". */
static size_t read_strata(const row *r, wres_stratum strata[MOST_STRATA]) {
    size_t count = 0;
    const char *item = r->inputs;
    while (item) {
        wres_stratum *s = &strata[count];
        assert_true(count < MOST_STRATA);
        count += sscanf(item, "%" SCNu64 "/%" SCNu64 " v %" SCNu64 "/%" SCNu64, &s->a.events, &s->a.trials, &s->b.events,
                        &s->b.trials) == 4;
        item = strchr(item, ';');
        item = item ? item + 1 : NULL;
    }
    return count;
}

static void check_pooled(const row *r) {
    wres_stratum strata[MOST_STRATA];
    size_t count = read_strata(r, strata);
    double ratio;
    wres_interval got;
    char confidence[16];
    assert_int_equal(sscanf(r->inputs, "conf=%15[^;]", confidence), 1);
    double z = normal_deviate(confidence);
    bool risk = strcmp(r->method, "pooled_risk") == 0;
    assert_true(risk ? wres_pooled_risk(strata, count, z, &ratio, &got) : wres_pooled_odds(strata, count, z, &ratio, &got));
    assert_value(r, "ratio", ratio);
    assert_interval(r, got);
}

static void check_breslow_day(const row *r) {
    wres_stratum strata[MOST_STRATA];
    wres_homogeneity got;
    assert_true(wres_breslow_day(strata, read_strata(r, strata), &got));
    assert_value(r, "statistic", got.statistic);
    assert_value(r, "df", (double)got.degrees);
    assert_value(r, "p", got.p);
}

static void check_cochran(const row *r) {
    wres_stratum strata[MOST_STRATA];
    wres_homogeneity got;
    assert_true(wres_cochran(strata, read_strata(r, strata), &got));
    assert_value(r, "statistic", got.statistic);
    assert_value(r, "df", (double)got.degrees);
}

static void check_chi_squared(const row *r) {
    double p;
    assert_true(wres_chi_squared_above(input(r, "x"), count_input(r, "df"), &p));
    assert_value(r, "p", p);
}

static void check_binomial(const row *r) {
    double most, least;
    assert_true(wres_binomial_at_most(count_input(r, "x"), count_input(r, "n"), input(r, "p"), &most));
    assert_true(wres_binomial_at_least(count_input(r, "x"), count_input(r, "n"), input(r, "p"), &least));
    assert_value(r, "at_most", most);
    assert_value(r, "at_least", least);
}

static void check_adjusted(const row *r) {
    double p[MOST_STRATA], got[MOST_STRATA];
    size_t order[MOST_STRATA];
    size_t count = 0;
    for (char *at = r->inputs; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL) {
        assert_true(count < MOST_STRATA);
        p[count++] = strtod(at, NULL);
    }
    bool holm = strcmp(r->method, "holm") == 0;
    assert_true(holm ? wres_holm(p, count, got, order) : wres_benjamini_hochberg(p, count, got, order));
    const char *want = r->values;
    for (size_t i = 0; i < count; i++) {
        char *end;
        assert_close(got[i], strtod(want, &end), RELATIVE);
        want = end + (*end == ';');
    }
    assert_int_equal(*want, '\0');
}

static void check_funnel(const row *r) {
    wres_interval got;
    assert_true(wres_funnel(input(r, "p0"), count_input(r, "n"), WRES_Z95, &got));
    assert_value(r, "lo95", 100 * got.lower);
    assert_value(r, "hi95", 100 * got.upper);
    assert_true(wres_funnel(input(r, "p0"), count_input(r, "n"), WRES_Z998, &got));
    assert_value(r, "lo99.8", 100 * got.lower);
    assert_value(r, "hi99.8", 100 * got.upper);
}

static void check_overdispersion(const row *r) {
    wres_proportion all[MOST_STRATA];
    double score[MOST_STRATA];
    size_t order[MOST_STRATA];
    size_t count = 0;
    wres_dispersion got;
    wres_interval limits;
    for (char *at = strchr(r->inputs, ';'); at; at = strchr(at + 1, ';')) {
        assert_true(count < MOST_STRATA);
        assert_int_equal(sscanf(at + 1, "%" SCNu64 "/%" SCNu64, &all[count].events, &all[count].trials), 2);
        count++;
    }
    assert_true(wres_overdispersion(all, count, input(r, "winsorised"), score, order, &got));
    assert_value(r, "centre", got.centre);
    assert_value(r, "phi", got.phi);
    assert_value(r, "tau2", got.tau2);
    assert_true(wres_funnel_overdispersed(got.centre, got.tau2, 100, WRES_Z95, &limits));
    assert_value(r, "lo95", limits.lower);
    assert_value(r, "hi95", limits.upper);
    assert_true(wres_funnel_overdispersed(got.centre, got.tau2, 100, WRES_Z998, &limits));
    assert_value(r, "lo99.8", limits.lower);
    assert_value(r, "hi99.8", limits.upper);
}

static double share_needed(const row *r) {
    const wres_flow flow = {input(r, "tau"), input(r, "tau"), input(r, "g")};
    double share;
    assert_true(wres_share_needed(input(r, "x0"), input(r, "goal"), &flow, input(r, "T"), &share));
    return share;
}

static void check_required_share(const row *r) { assert_value(r, "s", share_needed(r)); }

/* In whole persons. */
static void check_appointments(const row *r) {
    const wres_flow flow = {input(r, "tau"), input(r, "tau"), input(r, "g")};
    double entrants;
    assert_true(wres_entrants(input(r, "N"), input(r, "x0"), share_needed(r), &flow, input(r, "T"), &entrants));
    assert_value(r, "gross", round(share_needed(r) * entrants));
    assert_value(r, "net", round((input(r, "goal") - input(r, "x0")) * input(r, "N")));
}

static void check_share_from_ratio(const row *r) {
    double share;
    assert_true(wres_share_chosen(input(r, "a"), input(r, "RL"), &share));
    assert_value(r, "s", share);
}

static void check_renewal(const row *r) {
    wres_renewal from = {
        .places = (unsigned)input(r, "N"),
        .held = (unsigned)input(r, "B"),
        .years = (unsigned)input(r, "T"),
        .member_leaving = input(r, "tau"),
        .other_leaving = input(r, "tau"),
        .share = input(r, "s"),
    };
    double chance[WRES_MOST_PLACES + 1], scratch[WRES_MOST_PLACES + 1];
    assert_true(wres_renewal_chances(&from, chance, scratch));
    double mean = 0;
    double at_least_4 = 0;
    for (unsigned k = 0; k <= from.places; k++) {
        mean += k * chance[k];
        at_least_4 += k >= 4 ? chance[k] : 0;
    }
    assert_value(r, "mean", mean);
    assert_value(r, "at_least_4", at_least_4);
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
    {"woolf", 35, check_woolf},
    {"pooled_risk", 2, check_pooled},
    {"pooled_odds", 3, check_pooled},
    {"breslow_day", 3, check_breslow_day},
    {"cochran", 1, check_cochran},
    {"chi_squared_above", 2, check_chi_squared},
    {"binomial", 3, check_binomial},
    {"holm", 1, check_adjusted},
    {"benjamini_hochberg", 1, check_adjusted},
    {"funnel_percent", 3, check_funnel},
    {"overdispersion", 2, check_overdispersion},
    {"required_share", 4, check_required_share},
    {"appointments", 1, check_appointments},
    {"share_from_ratio", 3, check_share_from_ratio},
    {"renewal", 1, check_renewal},
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
        int found =
            sscanf(line, "%" SCNu64 ",%" SCNu64 ",%" SCNu64 ",%" SCNu64 ",%lf", &a.events, &a.trials, &b.events, &b.trials, &want);
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
