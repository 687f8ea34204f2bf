/* Exact numbers: what is read as one, and the one place where a number is rounded. */
#include <math.h>

#include "fixture.h"

#define BILLION UINT64_C(1000000000)

static void assert_count(const char *text, uint64_t expected) {
    uint64_t count = 42;
    assert_true(wres_count_parse(wres_text_of(text), &count));
    assert_true(count == expected);
}

static void assert_no_count(wres_text text) {
    uint64_t count = 42;
    if (wres_count_parse(text, &count)) fail_msg("'%.*s' is read as %ju", (int)text.length, text.bytes, (uintmax_t)count);
    assert_int_equal(count, 42);
}

static void counts_are_digits(void **state) {
    (void)state;
    assert_count("0", 0);
    assert_count("7", 7);
    assert_count("007", 7);
    assert_count(" 1976\t", 1976);
    assert_count("\xc2\xa0"
                 "12"
                 "\xc2\xa0",
                 12);
    assert_count("999999999999", WRES_COUNT_LIMIT - 1);
    assert_count(" 1,976 ", 1976);
    assert_count("12,345,678", 12345678);
    assert_count("999,999,999,999", WRES_COUNT_LIMIT - 1);
    assert_count("0000000000000000000000000000000000000001", 1);
}

static void nothing_else_is_a_count(void **state) {
    const wres_text junk[] = {TEXT(""),
                              TEXT(" "),
                              TEXT("-"),
                              TEXT("-1"),
                              TEXT("+1"),
                              TEXT("1.0"),
                              TEXT("4.5"),
                              TEXT("1,97"),
                              TEXT("1,9760"),
                              TEXT(",976"),
                              TEXT("1976,"),
                              TEXT("1976,123"),
                              TEXT("1,976x"),
                              TEXT("12,345;"),
                              TEXT("0,123"),
                              TEXT("1,,976"),
                              TEXT("1,976,"),
                              TEXT("1.976"),
                              TEXT("1,976.0"),
                              TEXT("1, 976"),
                              TEXT("999,999,999,999,999"),
                              TEXT("1 976"),
                              TEXT("<5"),
                              TEXT("*"),
                              TEXT("[c]"),
                              TEXT("43+"),
                              TEXT("4*"),
                              TEXT("1e3"),
                              TEXT("0x10"),
                              TEXT("nan"),
                              TEXT("1\0"),
                              TEXT("1000000000000"),
                              TEXT("18446744073709551617"),
                              TEXT("99999999999999999999999999"),
                              TEXT("\xd9\xa1"),
                              TEXT("1/"),
                              TEXT("1:")};
    (void)state;
    for (size_t i = 0; i < COUNT(junk); i++) assert_no_count(junk[i]);
}

static void assert_decimal(const char *text, int64_t numerator, int64_t denominator) {
    wres_rational value = {0, 0};
    if (!wres_decimal_parse(wres_text_of(text), &value)) fail_msg("'%s' is not read", text);
    assert_true(value.denominator > 0);
    assert_true(value.numerator * denominator == numerator * value.denominator);
}

static void decimals_are_read_exactly(void **state) {
    assert_decimal("1,976.5", 19765, 10);
    assert_decimal("-12,345,678", -12345678, 1);
    (void)state;
    assert_decimal("27.5", 275, 10);
    assert_decimal("-3", -3, 1);
    assert_decimal(" 0.1 ", 1, 10);
    assert_decimal("0", 0, 1);
    assert_decimal("-0", 0, 1);
    assert_decimal("-0.50", -1, 2);
    assert_decimal("007.50", 15, 2);
    assert_decimal("999999999.999999999", INT64_C(999999999999999999), 1000000000);
    assert_decimal("-999999999.999999999", -INT64_C(999999999999999999), 1000000000);
    assert_decimal("0.000000001", 1, 1000000000);
}

static void nothing_else_is_a_decimal(void **state) {
    const wres_text junk[] = {
        TEXT(""),       TEXT("-"),          TEXT("."),          TEXT("-."),           TEXT(".5"),           TEXT("-.5"),
        TEXT("5."),     TEXT("+5"),         TEXT("--5"),        TEXT("- 5"),          TEXT("5-"),           TEXT("1.2.3"),
        TEXT("1,5"),    TEXT("1e3"),        TEXT("0x1p3"),      TEXT("nan"),          TEXT("inf"),          TEXT("5%"),
        TEXT("27.5 %"), TEXT("1234567890"), TEXT("0000000001"), TEXT("0.0000000001"), TEXT("1.0000000000"), TEXT("1\0"),
        TEXT("1.5\0"),  TEXT("/"),          TEXT(":"),          TEXT("12345678901"),  TEXT("1,976x"),       TEXT("-1,976x"),
        TEXT("-,976"),  TEXT("1,976.5x")};
    wres_rational value = {7, 3};
    (void)state;
    for (size_t i = 0; i < COUNT(junk); i++)
        if (wres_decimal_parse(junk[i], &value)) fail_msg("'%.*s' is read", (int)junk[i].length, junk[i].bytes);
    assert_true(value.numerator == 7 && value.denominator == 3);
}

static void assert_rounded(wres_int128 numerator, wres_int128 denominator, int decimals, const char *expected) {
    char out[WRES_DECIMAL_SIZE];
    wres_rational_print((wres_rational){numerator, denominator}, decimals, out);
    assert_string_equal(out, expected);
}

static void halves_go_away_from_zero(void **state) {
    (void)state;
    assert_rounded(1, 2, 0, "1");
    assert_rounded(-1, 2, 0, "-1");
    assert_rounded(3, 2, 0, "2");
    assert_rounded(5, 2, 0, "3");
    assert_rounded(-5, 2, 0, "-3");
    assert_rounded(1, 8, 2, "0.13");
    assert_rounded(-1, 8, 2, "-0.13");
    assert_rounded(1005, 1000, 2, "1.01"); /* a double would say 1.00 */
    assert_rounded(-1005, 1000, 2, "-1.01");
    assert_rounded(2675, 1000, 2, "2.68");
    assert_rounded(1, 4, 1, "0.3");
    assert_rounded(995, 10, 0, "100");
    assert_rounded(99995, 1000, 2, "100.00");
}

static void what_is_not_half_goes_to_the_nearest(void **state) {
    (void)state;
    assert_rounded(1, 3, 4, "0.3333");
    assert_rounded(2, 3, 4, "0.6667");
    assert_rounded(-2, 3, 0, "-1");
    assert_rounded(-1, 3, 0, "0");
    assert_rounded(499999999, 1000000000, 0, "0");
    assert_rounded(500000001, 1000000000, 0, "1");
    assert_rounded(1049, 1000, 1, "1.0");
    assert_rounded(-1049, 1000, 1, "-1.0");
    assert_rounded(22, 7, 9, "3.142857143");
}

static void zero_has_no_sign(void **state) {
    (void)state;
    assert_rounded(0, 5, 0, "0");
    assert_rounded(0, 5, 2, "0.00");
    assert_rounded(-1, 1000, 2, "0.00");
    assert_rounded(-4, 1000, 2, "0.00");
    assert_rounded(-5, 1000, 2, "-0.01");
    assert_rounded(-0, 1, 1, "0.0");
}

static void huge_numbers_stay_exact(void **state) {
    (void)state;
    const wres_int128 trillion = (wres_int128)WRES_COUNT_LIMIT, quadrillion2 = trillion * trillion;
    assert_rounded(quadrillion2 - 1, 1, 0, "999999999999999999999999");
    assert_rounded(quadrillion2 - 1, 1, 9, "999999999999999999999999.000000000");
    assert_rounded(-(quadrillion2 - 1), trillion, 9, "-1000000000000.000000000");
    assert_rounded(trillion - 1, trillion, 9, "1.000000000");
    assert_rounded(trillion - 1, quadrillion2 - 1, 9, "0.000000000");
    assert_rounded(1, quadrillion2, 9, "0.000000000");
    /* 10^24 - 1 over 2 is ...999.5: the last digit of 24 decides. */
    assert_rounded(quadrillion2 - 1, 2, 0, "500000000000000000000000");
    assert_rounded(quadrillion2 - 1, 2, 1, "499999999999999999999999.5");
}

static uint64_t next_random(uint64_t *seed) { /* splitmix64 */
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Division as at school, digit after digit, and one carried over the digits where the rest is a half or more. */
static void divide_long(uint64_t numerator, uint64_t denominator, int decimals, bool negative, char *out) {
    char digits[64];
    int length = 0, point;
    uint64_t rest = numerator % denominator;
    digits[length++] = '0';
    length += snprintf(digits + 1, sizeof digits - 1, "%ju", (uintmax_t)(numerator / denominator));
    point = length;
    for (int i = 0; i < decimals; i++) {
        rest *= 10;
        digits[length++] = (char)('0' + rest / denominator);
        rest %= denominator;
    }
    if (2 * rest >= denominator) {
        int at = length - 1;
        for (; digits[at] == '9'; at--) digits[at] = '0';
        digits[at]++;
    }
    bool zero = true;
    for (int i = 0; i < length; i++) zero = zero && digits[i] == '0';
    int start = 0;
    while (start < point - 1 && digits[start] == '0') start++;
    snprintf(out, WRES_DECIMAL_SIZE, "%s%.*s%s%.*s", negative && !zero ? "-" : "", point - start, digits + start,
             decimals ? "." : "", decimals, digits + point);
}

static void random_rationals_equal_long_division(void **state) {
    (void)state;
    uint64_t seed = 20250331;
    for (int i = 0; i < 300000; i++) {
        const uint64_t largest = i % 3 ? 1000 : BILLION * BILLION / 20; /* small ones meet halves often */
        const uint64_t numerator = next_random(&seed) % largest, denominator = next_random(&seed) % largest + 1;
        const int decimals = (int)(next_random(&seed) % 10);
        const bool negative = next_random(&seed) & 1;
        char expected[WRES_DECIMAL_SIZE], got[WRES_DECIMAL_SIZE];
        divide_long(numerator, denominator, decimals, negative, expected);
        wres_rational_print((wres_rational){negative ? -(wres_int128)numerator : (wres_int128)numerator, denominator}, decimals,
                            got);
        assert_string_equal(got, expected);
        assert_true(wres_is_decimal(got));
    }
}

static void assert_short(wres_int128 numerator, wres_int128 denominator, const char *expected) {
    char out[WRES_DECIMAL_SIZE];
    wres_rational_print_short((wres_rational){numerator, denominator}, out);
    assert_string_equal(out, expected);
}

static void short_forms_have_no_idle_digits(void **state) {
    (void)state;
    assert_short(17, 2, "8.5");
    assert_short(-17, 2, "-8.5");
    assert_short(100, 1, "100");
    assert_short(1000, 10, "100");
    assert_short(0, 3, "0");
    assert_short(1, 1000000000, "0.000000001");
    assert_short(1, 3, "0.333333333");
    assert_short(-2, 3, "-0.666666667");
    assert_short(-1, INT64_C(100000000000), "0");
    assert_short(1020, 100, "10.2");
}

static void assert_real(double value, int decimals, const char *expected) {
    char out[WRES_DECIMAL_SIZE];
    wres_real_print(value, decimals, out);
    assert_string_equal(out, expected);
}

static void reals_are_printed_without_minus_zero(void **state) {
    (void)state;
    assert_real(0.0412, 4, "0.0412");
    assert_real(-1.25, 2, "-1.25");
    assert_real(-0.0, 2, "0.00");
    assert_real(-0.001, 2, "0.00");
    assert_real(-0.006, 2, "-0.01");
    assert_real(-0.4, 0, "0");
    assert_real(1, 0, "1");
    assert_real(-10, 0, "-10");
    assert_real(1e20, 2, "100000000000000000000.00");
    assert_real(5e-324, 4, "0.0000");
}

/* What printf makes of a finite number, but for the sign of a zero. */
static void assert_as_printf(double value, int decimals) {
    char expected[WRES_DECIMAL_SIZE], got[WRES_DECIMAL_SIZE];
    snprintf(expected, sizeof expected, "%.*f", decimals, value);
    const bool minus_zero = expected[0] == '-' && strspn(expected, "-0.") == strlen(expected);
    wres_real_print(value, decimals, got);
    if (strcmp(got, expected + minus_zero) != 0) fail_msg("%a to %d: %s, not %s", value, decimals, got, expected);
}

static double real_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Any double there is; of the size of shares and ratios; and whole numbers over powers of two and of ten, which are or are close to halves
 * of the last digit. */
static void random_reals_are_printed_as_printf_does(void **state) {
    (void)state;
    uint64_t seed = 20250401;
    for (int i = 0; i < 200000; i++) {
        const uint64_t bits = next_random(&seed), whole = next_random(&seed) >> (next_random(&seed) % 64);
        const int decimals = (int)(next_random(&seed) % 10);
        const double sign = bits & 1 ? -1 : 1, power = (double)(UINT64_C(1) << next_random(&seed) % 40);
        const double any = real_of(bits), share = sign * (double)(bits >> 11) / 9007199254740992.0 * 100;
        if (isfinite(any)) assert_as_printf(any, decimals);
        assert_as_printf(share, decimals);
        assert_as_printf(sign * (double)(whole % 1000000) / power, decimals);
        assert_as_printf(sign * (double)(whole % 100000000) / 1000, decimals);
        assert_as_printf(nextafter((double)(whole % 100000) / 8, sign * INFINITY), decimals);
    }
}

static void reals_at_the_edges_are_printed_as_printf_does(void **state) {
    (void)state;
    for (int exponent = -1074; exponent <= 1023; exponent++)
        for (int d = 0; d <= WRES_MOST_DECIMALS; d++) {
            const double power = ldexp(1, exponent);
            const double near[] = {power, nextafter(power, 0), nextafter(power, INFINITY), 1.5 * power, 1.25 * power};
            for (size_t i = 0; i < COUNT(near); i++) assert_as_printf(near[i], d), assert_as_printf(-near[i], d);
        }
    for (int d = 0; d <= WRES_MOST_DECIMALS; d++) { /* where 18 digits end, and where there are no halves any more */
        const double last = 1e18 / pow(10, d);
        const double edges[] = {last, nextafter(last, 0), nextafter(last, INFINITY), 9007199254740991.0, 9007199254740992.0, 9007199254740994.0, 4503599627370495.5};
        for (size_t i = 0; i < COUNT(edges); i++) assert_as_printf(edges[i], d), assert_as_printf(-edges[i], d);
    }
}

/* Numbers that are exactly halves go to the even neighbour, rationals away from zero. */
static void halves_of_reals_go_to_even(void **state) {
    (void)state;
    assert_real(0.5, 0, "0");
    assert_real(1.5, 0, "2");
    assert_real(2.5, 0, "2");
    assert_real(-2.5, 0, "-2");
    assert_real(0.125, 2, "0.12");
    assert_real(0.375, 2, "0.38");
}

static void assert_fixed(int64_t fixed, int decimals, const char *expected) {
    char out[WRES_FIXED_SIZE];
    assert_int_equal(wres_fixed_print(fixed, decimals, out), strlen(expected));
    assert_string_equal(out, expected);
}

static void fixed_numbers_are_printed(void **state) {
    (void)state;
    assert_fixed(0, 0, "0");
    assert_fixed(0, 9, "0.000000000");
    assert_fixed(5, 0, "5");
    assert_fixed(-5, 1, "-0.5");
    assert_fixed(-50, 1, "-5.0");
    assert_fixed(123456, 2, "1234.56");
    assert_fixed(7, 9, "0.000000007");
    assert_fixed(999999999999999999, 0, "999999999999999999");
    assert_fixed(-999999999999999999, 9, "-999999999.999999999");
    assert_fixed(INT64_MIN, 9, "-9223372036.854775808");
    assert_fixed(INT64_MAX, 0, "9223372036854775807");
}

static void numbers_are_fixed_where_they_fit(void **state) {
    (void)state;
    int64_t fixed = 3;
    const wres_int128 trillion = (wres_int128)WRES_COUNT_LIMIT;
    assert_true(wres_rational_fixed((wres_rational){-1, 8}, 2, &fixed));
    assert_int_equal(fixed, -13);
    assert_true(wres_rational_fixed((wres_rational){trillion * trillion, trillion * trillion * 3}, 9, &fixed));
    assert_int_equal(fixed, 333333333);
    assert_true(wres_rational_fixed((wres_rational){trillion * 1000000 - 1, 1}, 0, &fixed));
    assert_int_equal(fixed, 999999999999999999);
    assert_true(wres_rational_fixed((wres_rational){1 - trillion * 1000000, 1}, 0, &fixed));
    assert_int_equal(fixed, -999999999999999999);
    assert_true(wres_real_fixed(-0.3, 1, &fixed));
    assert_int_equal(fixed, -3);
    assert_true(wres_real_fixed(-0.0, 1, &fixed));
    assert_int_equal(fixed, 0);
    fixed = 3;
    assert_false(wres_rational_fixed((wres_rational){trillion * 1000000, 1}, 0, &fixed));
    assert_false(wres_rational_fixed((wres_rational){-trillion * 1000000, 1}, 0, &fixed));
    assert_false(wres_rational_fixed((wres_rational){-trillion, 1}, 6, &fixed));
    assert_false(wres_real_fixed(1e9, 9, &fixed));
    assert_false(wres_real_fixed(1e300, 0, &fixed));
    assert_false(wres_real_fixed(INFINITY, 0, &fixed));
    assert_false(wres_real_fixed(NAN, 0, &fixed));
    assert_int_equal(fixed, 3);
}

static void a_rational_as_a_real(void **state) {
    (void)state;
    assert_true(wres_rational_real((wres_rational){1, 2}) == 0.5);
    assert_true(wres_rational_real((wres_rational){-7, 4}) == -1.75);
    assert_true(wres_rational_real((wres_rational){0, 9}) == 0.0);
    assert_true(fabs(wres_rational_real((wres_rational){1, 3}) - 1.0 / 3) <= 1e-16);
    const wres_int128 trillion = (wres_int128)WRES_COUNT_LIMIT;
    assert_true(wres_rational_real((wres_rational){trillion * trillion, trillion}) == 1e12);
}

static void the_grammar_of_a_published_number(void **state) {
    static const char *const good[] = {"0", "7", "10", "-3", "0.5", "-0.50", "27.50", "123456789012345678901234567890.123"};
    static const char *const bad[] = {"",    "-",     ".",     ".5",  "5.",  "00",       "01",   "-01", "00.5",
                                      "+5",  "1e3",   "1.5e3", "nan", "inf", "0x1",      "1,5",  "1 ",  " 1",
                                      "--1", "1.2.3", "1.-2",  "1/2", "-.5", "\xd9\xa1", "1.5x", "1x"};
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!wres_is_decimal(good[i])) fail_msg("'%s' is refused", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (wres_is_decimal(bad[i])) fail_msg("'%s' passes", bad[i]);
}

static void assert_fte(const char *text, uint64_t expected, bool expected_rounded) {
    uint64_t fte = 42;
    bool rounded = !expected_rounded;
    if (!wres_fte_parse(wres_text_of(text), &fte, &rounded)) fail_msg("'%s' is refused", text);
    if (fte != expected || rounded != expected_rounded)
        fail_msg("'%s' is %ju%s", text, (uintmax_t)fte, rounded ? ", rounded" : "");
}

static void full_time_equivalents_are_billionths(void **state) {
    (void)state;
    assert_fte("1", BILLION, false);
    assert_fte(" 0.8 ", 800000000, false);
    assert_fte("000.50", 500000000, false);
    assert_fte(".5", 500000000, false);
    assert_fte("0", 0, false);
    assert_fte("000", 0, false);
    assert_fte("0.0", 0, false);
    assert_fte("1,976.25", 1976250000000, false);
    assert_fte("12,345", 12345 * BILLION, false);
    assert_fte("0.000000001", 1, false);
    assert_fte("999999999.999999999", WRES_FTE_LIMIT - 1, false);
    assert_fte("00000000000000000999999999", 999999999 * BILLION, false);
}

static void what_stands_behind_the_ninth_decimal_is_rounded(void **state) {
    (void)state;
    assert_fte("0.5333333330000", 533333333, false);
    assert_fte("0.5333333334", 533333333, true);
    assert_fte("0.5333333335", 533333334, true);
    assert_fte("0.53333333349999", 533333333, true);
    assert_fte("0.53333333300001", 533333333, true);
    assert_fte("0.9999999999", BILLION, true);
    assert_fte("999999999.9999999994", WRES_FTE_LIMIT - 1, true);
}

static void nothing_else_is_a_full_time_equivalent(void **state) {
    static const char *const junk[] = {"",     " ",     "-",       "-0.5",      "+1",         "5.",          ".",      "0.",         "1.2.3",
                                       "1e-5", "x",     "0.5x",    "1,97",      ",976",       "1,976,",      "0,976",  "1.5,3",      ".5,300",
                                       "1 5",  "1.5 3", "1.123456789x", "1.1234567891x", "1000000000", "9999999999.5", "999999999.9999999995"};
    uint64_t fte;
    bool rounded;
    (void)state;
    for (size_t i = 0; i < COUNT(junk); i++)
        if (wres_fte_parse(wres_text_of(junk[i]), &fte, &rounded)) fail_msg("'%s' is read as %ju", junk[i], (uintmax_t)fte);
}

/* The largest FTE of two rows and their whole: a fraction over 10^36, whose numerator times 10^9 is more than 128 bits hold. Half of it and a
 * little on either side; thirds; a numerator just below and at the bound where the division goes digit by digit. */
static void fractions_of_products_are_rounded_exactly(void **state) {
    const wres_int128 limit = WRES_FTE_LIMIT, whole = limit * limit, bound = (wres_int128)1 << 96;
    char out[WRES_DECIMAL_SIZE];
    const struct {
        wres_int128 numerator, denominator;
        int decimals;
        const char *want;
    } cases[] = {
        {100 * (whole / 2), whole, 9, "50.000000000"},
        {-(whole / 2), whole, 0, "-1"},
        {whole / 2 - 1, whole, 0, "0"},
        {whole / 2 + 1, whole, 0, "1"},
        {100 * (whole / 8), whole, 2, "12.50"},
        {100 * (whole / 8), whole, 0, "13"},
        {whole / 1000 * 1249 + whole / 1000, whole, 2, "1.25"},
        {100 * whole - 1, 3 * whole, 9, "33.333333333"},
        {200 * (whole / 3), whole, 9, "66.666666667"},
        {bound, 3, 0, "26409387504754779197847983445"},
        {bound - 1, 3, 0, "26409387504754779197847983445"},
        {bound, 1, 1, "79228162514264337593543950336.0"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        wres_rational_print((wres_rational){cases[i].numerator, cases[i].denominator}, cases[i].decimals, out);
        assert_string_equal(out, cases[i].want);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(counts_are_digits),
        CASE(nothing_else_is_a_count),
        CASE(decimals_are_read_exactly),
        CASE(nothing_else_is_a_decimal),
        CASE(halves_go_away_from_zero),
        CASE(what_is_not_half_goes_to_the_nearest),
        CASE(zero_has_no_sign),
        CASE(huge_numbers_stay_exact),
        CASE(random_rationals_equal_long_division),
        CASE(short_forms_have_no_idle_digits),
        CASE(reals_are_printed_without_minus_zero),
        CASE(random_reals_are_printed_as_printf_does),
        CASE(reals_at_the_edges_are_printed_as_printf_does),
        CASE(halves_of_reals_go_to_even),
        CASE(fixed_numbers_are_printed),
        CASE(numbers_are_fixed_where_they_fit),
        CASE(a_rational_as_a_real),
        CASE(the_grammar_of_a_published_number),
        CASE(full_time_equivalents_are_billionths),
        CASE(what_stands_behind_the_ninth_decimal_is_rounded),
        CASE(nothing_else_is_a_full_time_equivalent),
        CASE(fractions_of_products_are_rounded_exactly),
    };
    RUN_CASES(tests);
}
