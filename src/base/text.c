/* Text as exports write it: trimming, the normal forms in which values and headers are compared, and what may be shown. */
#include <string.h>

#include "wres/base.h"

wres_text wres_text_of(const char *string) { return (wres_text){string, strlen(string)}; }

bool wres_text_same(wres_text a, wres_text b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

/* One code point of UTF-8 and its length in bytes; a byte that begins none stands for itself, marked. */
enum { INVALID = 0x40000000 };

static size_t continuation_bytes(unsigned char first) {
    if (first >= 0xc2 && first <= 0xdf) return 1;
    if (first >= 0xe0 && first <= 0xef) return 2;
    if (first >= 0xf0 && first <= 0xf4) return 3;
    return 0;
}

static uint32_t wide_point(wres_text text, size_t at, size_t *length) {
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    const size_t more = continuation_bytes(bytes[0]);
    if (more == 0 || at + more >= text.length) return INVALID | bytes[0];
    uint32_t point = bytes[0] & (0x3fU >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((bytes[i] & 0xc0) != 0x80) return INVALID | bytes[0];
        point = point << 6 | (bytes[i] & 0x3fU);
    }
    if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return INVALID | bytes[0];
    *length = more + 1;
    return point;
}

static inline uint32_t code_point(wres_text text, size_t at, size_t *length) {
    const unsigned char byte = (unsigned char)text.bytes[at];
    *length = 1;
    return byte < 0x80 ? byte : wide_point(text, at, length);
}

bool wres_text_is_utf8(wres_text text) {
    for (size_t at = 0, length; at < text.length; at += length)
        if (code_point(text, at, &length) & INVALID) return false;
    return true;
}

static inline bool is_blank(uint32_t point) {
    if (point > ' ' && point < 0x7f) return false;
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xa0 || (point >= 0x2000 && point <= 0x200a) ||
           point == 0x202f || point == 0x3000;
}

static inline bool is_dash(uint32_t point) { return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212; }

static bool is_invisible(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0xad || (point >= 0x200b && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

static bool is_plain(char c) { return c > ' ' && c < 0x7f; }

wres_text wres_text_trim(wres_text text) {
    size_t start = 0, end = 0, length;
    if (text.length && is_plain(text.bytes[0]) && is_plain(text.bytes[text.length - 1])) return text;
    while (start < text.length && is_blank(code_point(text, start, &length))) start += length;
    for (size_t at = start; at < text.length; at += length)
        if (!is_blank(code_point(text, at, &length))) end = at + length;
    return (wres_text){text.bytes + start, end > start ? end - start : 0};
}

typedef struct writer {
    char *out;
    size_t capacity, length;
} writer;

static void put(writer *w, char byte) {
    if (w->length < w->capacity) w->out[w->length] = byte;
    w->length++;
}

size_t wres_text_normalise(wres_text text, char *out, size_t capacity) {
    writer w = {out, capacity, 0};
    bool blank_due = false, after_dash = true; /* a blank is due only between two things that are no dash */
    text = wres_text_trim(text);
    for (size_t at = 0, length; at < text.length; at += length) {
        const uint32_t point = code_point(text, at, &length);
        if (is_blank(point)) {
            blank_due = true;
            continue;
        }
        const bool dash = is_dash(point);
        if (blank_due && !dash && !after_dash) put(&w, ' ');
        blank_due = false;
        after_dash = dash;
        if (dash)
            put(&w, '-');
        else if (point == '&')
            put(&w, 'a'), put(&w, 'n'), put(&w, 'd');
        else if (point >= 'A' && point <= 'Z')
            put(&w, (char)(point + 32));
        else
            for (size_t i = 0; i < length; i++) put(&w, text.bytes[at + i]);
    }
    return w.length;
}

char *wres_normalised(wres_run *run, wres_text text) {
    const size_t capacity = 3 * text.length + 1; /* '&' is the only thing that grows */
    char *out = wres_alloc(run, capacity);
    out[wres_text_normalise(text, out, capacity - 1)] = '\0';
    return out;
}

size_t wres_text_header_key(wres_text text, char *out, size_t capacity) {
    writer w = {out, capacity, 0};
    for (size_t at = 0, length; at < text.length; at += length) {
        const uint32_t point = code_point(text, at, &length);
        if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9'))
            put(&w, (char)point);
        else if (point >= 'A' && point <= 'Z')
            put(&w, (char)(point + 32));
        else if (point > 0x7f && !is_blank(point) && !is_dash(point))
            for (size_t i = 0; i < length; i++) put(&w, text.bytes[at + i]);
    }
    return w.length;
}

char *wres_header_key(wres_run *run, wres_text text) {
    char *out = wres_alloc(run, text.length + 1);
    wres_text_header_key(text, out, text.length);
    return out;
}

enum { WIDEST_SHOWN = 8 };

static bool is_shown_otherwise(uint32_t point) { return (point & INVALID) || is_invisible(point) || point == 0xa0; }

bool wres_is_visible(wres_text text) {
    bool visible = true;
    for (size_t at = 0, length; at < text.length && visible; at += length)
        visible = !is_shown_otherwise(code_point(text, at, &length));
    return visible;
}

/* How one code point is shown, in at most WIDEST_SHOWN bytes. */
static size_t show_point(wres_text text, size_t at, size_t *length, char *out) {
    static const char digits[] = "0123456789ABCDEF";
    const uint32_t point = code_point(text, at, length);
    size_t size = 0;
    if (point & INVALID) {
        out[size++] = '\\', out[size++] = 'x';
        out[size++] = digits[point >> 4 & 15], out[size++] = digits[point & 15];
    } else if (is_shown_otherwise(point)) {
        out[size++] = 'U', out[size++] = '+';
        for (int shift = 12; shift >= 0; shift -= 4) out[size++] = digits[point >> shift & 15];
    } else {
        memcpy(out, text.bytes + at, *length);
        size = *length;
    }
    return size;
}

static char *show(wres_run *run, wres_text text, size_t most) {
    char *out = wres_alloc(run, (text.length < most ? text.length : most) * WIDEST_SHOWN + 4), *end = out;
    size_t shown = 0;
    for (size_t at = 0, length; at < text.length; at += length, shown++) {
        if (shown == most) {
            memcpy(end, "...", 4);
            break;
        }
        end += show_point(text, at, &length, end);
    }
    return out;
}

char *wres_visible(wres_run *run, wres_text text) { return show(run, text, 40); }
char *wres_visible_name(wres_run *run, const char *name) { return show(run, wres_text_of(name), SIZE_MAX / WIDEST_SHOWN); }

/* ---- near misses ------------------------------------------------------------------------------------------- */

enum { LONGEST_WORD = 48 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
static size_t distance(const char *a, size_t m, const char *b, size_t n) {
    size_t d[LONGEST_WORD + 1][LONGEST_WORD + 1];
    for (size_t i = 0; i <= m; i++) d[i][0] = i;
    for (size_t j = 0; j <= n; j++) d[0][j] = j;
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++) {
            const size_t cost = lower(a[i - 1]) != lower(b[j - 1]);
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[m][n];
}

const char *wres_nearest(wres_run *run, const char *word, const char *const *candidates, size_t count) {
    (void)run;
    const size_t length = strlen(word);
    const char *best = NULL;
    size_t best_distance = 0;
    if (length == 0 || length > LONGEST_WORD) return NULL;
    for (size_t i = 0; i < count; i++) {
        const size_t other = strlen(candidates[i]);
        if (other > LONGEST_WORD) continue;
        const size_t far = distance(word, length, candidates[i], other);
        if (!best || far < best_distance) best = candidates[i], best_distance = far;
    }
    /* A third of the word may be wrong; beyond that a suggestion misleads more than it helps. */
    return best && best_distance <= (length + 2) / 3 && best_distance < length ? best : NULL;
}
