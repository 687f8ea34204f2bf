/* Exact numbers: counts, decimals and rationals, and the one place where a number is rounded. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wres/base.h"

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

static wres_int128 power_of_ten(int exponent) {
    wres_int128 power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
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

void wres_rational_print(wres_rational value, int decimals, char out[WRES_DECIMAL_SIZE]) {
    const bool negative = value.numerator < 0;
    const wres_int128 scaled = (negative ? -value.numerator : value.numerator) * power_of_ten(decimals);
    const wres_int128 whole = scaled / value.denominator, rest = scaled % value.denominator;
    write_fixed(negative, whole + (rest >= value.denominator - rest), decimals, out);
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

void wres_real_print(double value, int decimals, char out[WRES_DECIMAL_SIZE]) {
    char text[400]; /* the largest double has 309 digits */
    snprintf(text, sizeof text, "%.*f", decimals, value);
    const bool minus_zero = text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1);
    snprintf(out, WRES_DECIMAL_SIZE, "%.*s", WRES_DECIMAL_SIZE - 1, text + minus_zero);
}

double wres_rational_real(wres_rational value) { return (double)((long double)value.numerator / (long double)value.denominator); }
