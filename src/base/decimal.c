/* Exact numbers: counts, decimals and rationals, and the one place where a number is rounded. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wres/base.h"

_Static_assert(WRES_MOST_DECIMALS <= 9, "a power of ten for each number of decimals");

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Of a text with a comma in it. A comma may stand between groups of three digits: up to three before the first, then three behind each. */
static bool is_grouped(wres_text text, size_t from) {
    size_t at = from, first = 0;
    for (; is_digit(text.bytes[at]); at++) first++; /* to the comma at the latest */
    if (first == 0 || first > 3 || text.bytes[from] == '0') return false;
    while (at < text.length && text.bytes[at] == ',') {
        size_t digits = 0;
        for (at++; at < text.length && is_digit(text.bytes[at]); at++) digits++;
        if (digits != 3) return false;
    }
    return at == text.length || text.bytes[at] == '.';
}

static bool has_comma(wres_text text) { return text.length && memchr(text.bytes, ',', text.length); }

bool wres_count_parse(wres_text text, uint64_t *count) {
    uint64_t number = 0;
    text = wres_text_trim(text);
    if (text.length == 0 || (has_comma(text) && !is_grouped(text, 0))) return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == ',') continue;
        if (!is_digit(text.bytes[i])) return false;
        number = number * 10 + (uint64_t)(text.bytes[i] - '0');
        if (number >= WRES_COUNT_LIMIT) return false;
    }
    *count = number;
    return true;
}

bool wres_decimal_parse(wres_text text, wres_rational *value) {
    enum { MOST_WHOLE = 9 };
    text = wres_text_trim(text);
    const bool negative = text.length && text.bytes[0] == '-';
    size_t at = negative, whole = 0, behind = 0;
    wres_int128 number = 0, scale = 1;
    if (has_comma(text) && !is_grouped(text, at)) return false;
    for (; at < text.length && whole <= MOST_WHOLE && (is_digit(text.bytes[at]) || text.bytes[at] == ','); at++)
        if (text.bytes[at] != ',') number = number * 10 + (text.bytes[at] - '0'), whole++;
    if (whole == 0 || whole > MOST_WHOLE) return false;
    if (at < text.length && text.bytes[at] == '.') {
        for (at++; at < text.length && is_digit(text.bytes[at]) && behind < WRES_MOST_DECIMALS; at++, behind++, scale *= 10)
            number = number * 10 + (text.bytes[at] - '0');
        if (behind == 0) return false;
    }
    if (at != text.length) return false;
    *value = (wres_rational){negative ? -number : number, scale};
    return true;
}

/* Digits from *at on, so many of them at most, with commas between them or without. How many there were. */
static size_t take_digits(wres_text text, size_t *at, size_t most, bool commas, uint64_t *number) {
    size_t digits = 0;
    for (; *at < text.length && digits < most; ++*at) {
        if (commas && text.bytes[*at] == ',') continue;
        if (!is_digit(text.bytes[*at])) break;
        *number = *number * 10 + (uint64_t)(text.bytes[*at] - '0');
        digits++;
    }
    return digits;
}

bool wres_fte_parse(wres_text text, uint64_t *fte, bool *rounded) {
    enum { MOST_WHOLE = 9 };
    uint64_t number = 0;
    size_t at = 0, zeros = 0, whole, behind = 0;
    text = wres_text_trim(text);
    *rounded = false;
    if (has_comma(text) && !is_grouped(text, 0)) return false;
    while (at < text.length && text.bytes[at] == '0') at++, zeros++;
    whole = take_digits(text, &at, MOST_WHOLE, true, &number);
    if (at < text.length && text.bytes[at] == '.') {
        at++;
        behind = take_digits(text, &at, WRES_MOST_DECIMALS, false, &number);
        if (behind == 0) return false;
    }
    if (zeros + whole + behind == 0) return false;
    for (size_t i = behind; i < WRES_MOST_DECIMALS; i++) number *= 10;
    if (behind == WRES_MOST_DECIMALS && at < text.length && text.bytes[at] >= '5' && is_digit(text.bytes[at])) number++;
    for (; behind == WRES_MOST_DECIMALS && at < text.length && is_digit(text.bytes[at]); at++)
        *rounded = *rounded || text.bytes[at] != '0';
    *fte = number;
    return at == text.length && number < WRES_FTE_LIMIT;
}

enum { LARGE_BITS = 96 /* times 10^9 that is 126 bits */ };

/* Of at most so many decimals as are printed. */
static int64_t power_of_ten(int exponent) {
    static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
    return powers[exponent];
}

/* number / 10^decimals in digits; number >= 0. */
static void write_fixed(bool negative, wres_int128 number, int decimals, char out[WRES_DECIMAL_SIZE]) {
    char digits[WRES_DECIMAL_SIZE]; /* backwards; 39 digits at most, a point and a sign */
    int length = 0;
    const bool zero = number == 0;
    for (int i = 0; number > 0 || i <= decimals; i++, number /= 10) {
        if (i == decimals && decimals > 0) digits[length++] = '.';
        digits[length++] = (char)('0' + (int)(number % 10));
    }
    if (negative && !zero) digits[length++] = '-';
    for (int i = 0; i < length; i++) out[i] = digits[length - 1 - i];
    out[length] = '\0';
}

char *wres_fixed_print_back(int64_t fixed, int decimals, char *end) {
    char *at = end;
    uint64_t number = fixed < 0 ? 0 - (uint64_t)fixed : (uint64_t)fixed;
    *--at = '\0';
    for (int i = 0; number > 0 || i <= decimals; i++, number /= 10) {
        if (i == decimals && decimals > 0) *--at = '.';
        *--at = (char)('0' + (int)(number % 10));
    }
    if (fixed < 0) *--at = '-';
    return at;
}

size_t wres_fixed_print(int64_t fixed, int decimals, char out[WRES_FIXED_SIZE]) {
    char digits[WRES_FIXED_SIZE], *const end = digits + sizeof digits, *const at = wres_fixed_print_back(fixed, decimals, end);
    const size_t length = (size_t)(end - at);
    memcpy(out, at, length);
    return length - 1;
}

/* Digit by digit, as the numerator times the power would be too large. Ten denominators fit. */
static wres_int128 round_large(wres_int128 numerator, wres_int128 denominator, int decimals) {
    wres_int128 whole = numerator / denominator, rest = numerator % denominator;
    for (int i = 0; i < decimals; i++) {
        rest *= 10;
        whole = 10 * whole + rest / denominator;
        rest %= denominator;
    }
    return whole + (rest >= denominator - rest);
}

/* |value| * 10^decimals to the nearest whole number. Most are small enough for 64 bits, in which division is many times faster. */
static wres_int128 round_rational(wres_rational value, int decimals) {
    const wres_int128 size = value.numerator < 0 ? -value.numerator : value.numerator;
    if (size >> LARGE_BITS) return round_large(size, value.denominator, decimals);
    const wres_int128 scaled = size * power_of_ten(decimals);
    if (scaled <= INT64_MAX && value.denominator <= INT64_MAX) {
        const uint64_t over = (uint64_t)value.denominator, whole = (uint64_t)scaled / over, rest = (uint64_t)scaled % over;
        return (wres_int128)whole + (rest >= over - rest);
    }
    const wres_int128 whole = scaled / value.denominator, rest = scaled % value.denominator;
    return whole + (rest >= value.denominator - rest);
}

static bool fits(wres_int128 number) { return number < INT64_C(1000000000000000000); }

bool wres_rational_fixed(wres_rational value, int decimals, int64_t *fixed) {
    if (value.denominator == 1 && decimals == 0 && fits(value.numerator) && fits(-value.numerator)) { /* most are counts */
        *fixed = (int64_t)value.numerator;
        return true;
    }
    const wres_int128 rounded = round_rational(value, decimals);
    if (!fits(rounded)) return false;
    *fixed = value.numerator < 0 ? -(int64_t)rounded : (int64_t)rounded;
    return true;
}

void wres_rational_print(wres_rational value, int decimals, char out[WRES_DECIMAL_SIZE]) {
    write_fixed(value.numerator < 0, round_rational(value, decimals), decimals, out);
}

void wres_rational_print_short(wres_rational value, char out[WRES_DECIMAL_SIZE]) {
    wres_rational_print(value, WRES_MOST_DECIMALS, out);
    size_t length = strlen(out);
    while (out[length - 1] == '0') length--;
    if (out[length - 1] == '.') length--;
    out[length] = '\0';
}

bool wres_is_decimal(const char *text) {
    text += *text == '-';
    if (!is_digit(*text) || (*text == '0' && is_digit(text[1]))) return false;
    while (is_digit(*text)) text++;
    if (*text == '\0') return true;
    if (*text++ != '.' || !is_digit(*text)) return false;
    while (is_digit(*text)) text++;
    return *text == '\0';
}

/* A double is a whole number below 2^53 over a power of two, so that this is exact: halves, which only such a number meets, go to the
 * even neighbour as printf's do. */
bool wres_real_fixed(double value, int decimals, int64_t *fixed) {
    enum { FRACTION_BITS = 52, BIAS = 1075, EXPONENTS = 0x7ff, WIDE = 128 };
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const int biased = (int)(bits >> FRACTION_BITS & EXPONENTS), shift = BIAS - (biased ? biased : 1);
    const uint64_t implied = UINT64_C(1) << FRACTION_BITS, mantissa = (bits & (implied - 1)) | (biased ? implied : 0);
    if (shift < 0) return false; /* 2^53 and more, infinities, and what is no number */
    const wres_int128 scaled = (wres_int128)mantissa * power_of_ten(decimals); /* below 2^83 */
    wres_int128 whole = shift < WIDE - 1 ? scaled >> shift : 0;
    if (shift > 0 && shift < WIDE - 1) {
        const wres_int128 rest = scaled - (whole << shift), half = (wres_int128)1 << (shift - 1);
        whole += rest > half || (rest == half && (whole & 1));
    }
    if (!fits(whole)) return false;
    *fixed = bits >> 63 ? -(int64_t)whole : (int64_t)whole;
    return true;
}

void wres_real_print(double value, int decimals, char out[WRES_DECIMAL_SIZE]) {
    char text[400]; /* the largest double has 309 digits */
    int64_t fixed;
    if (wres_real_fixed(value, decimals, &fixed)) {
        wres_fixed_print(fixed, decimals, out);
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals, value);
    snprintf(out, WRES_DECIMAL_SIZE, "%.*s", WRES_DECIMAL_SIZE - 1, text);
}

double wres_rational_real(wres_rational value) { return (double)((long double)value.numerator / (long double)value.denominator); }
