/* Where the cells of a block end: separators outside quotation marks, found 64 bytes at a time. The quotation marks of 64 bytes are a
 * mask, and the exclusive or of all bits before and at a bit tells whether it lies inside. Whatever is not plainly regular is left to
 * libcsv (base/csv.c), which stays the reference: see tests/unit/test_base_split.c. */
#include <string.h>

#include "wres/base.h"

#if defined __SSE2__ && !defined WRES_PORTABLE
#include <emmintrin.h>
#define HAS_SSE2
#endif

/* One body for both ways, without a call for every step. */
#ifdef __GNUC__
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

enum { STEP = 64 };

typedef struct masks {
    uint64_t quote, delimiter, feed, back;
} masks;

/* Of a step: where what stands; *high and *nul stay 0 as long as no byte is beyond ASCII or NUL. */
typedef void masks_of(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul);
typedef bool odd_quotes(const char *bytes, size_t steps);

static uint64_t prefix_xor(uint64_t bits) {
    for (int by = 1; by < 64; by *= 2) bits ^= bits << by;
    return bits;
}

/* ---- portable: eight bytes as a number ---------------------------------------------------------------------- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))
#define LOW_BITS   UINT64_C(0x7f7f7f7f7f7f7f7f)

static uint64_t eight_at(const char *bytes) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return word;
}

/* One bit a byte out of the highest bits. */
static uint64_t gathered(uint64_t high_bits) { return (high_bits >> 7) * UINT64_C(0x0102040810204080) >> 56; }

static uint64_t equal(uint64_t word, char byte) {
    const uint64_t x = word ^ EACH(byte);
    return gathered(~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS));
}

INLINE void portable_masks(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul) {
    *m = (masks){0};
    for (int i = 0; i < STEP; i += 8) {
        const uint64_t word = eight_at(bytes + i);
        m->quote |= equal(word, '"') << i;
        m->delimiter |= equal(word, delimiter) << i;
        m->feed |= equal(word, '\n') << i;
        m->back |= equal(word, '\r') << i;
        *nul |= equal(word, '\0');
        *high |= word & ~LOW_BITS;
    }
}

INLINE bool portable_odd_quotes(const char *bytes, size_t steps) {
    uint64_t odd = 0;
    for (const char *at = bytes; at < bytes + steps * STEP; at += 8) odd ^= equal(eight_at(at), '"');
    return prefix_xor(odd) >> 63;
}

/* ---- SSE2: sixteen bytes at once ---------------------------------------------------------------------------- */

#ifdef HAS_SSE2
/* Written out, as loops are left rolled and then go through memory. */
#define EQUAL(part, wanted) ((uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(part, wanted)))

INLINE uint64_t equal_bytes(__m128i a, __m128i b, __m128i c, __m128i d, char byte) {
    const __m128i wanted = _mm_set1_epi8(byte);
    return EQUAL(a, wanted) | EQUAL(b, wanted) << 16 | EQUAL(c, wanted) << 32 | EQUAL(d, wanted) << 48;
}

INLINE __m128i sixteen_at(const char *bytes) { return _mm_loadu_si128((const __m128i *)(const void *)bytes); }

INLINE void sse2_masks(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul) {
    const __m128i a = sixteen_at(bytes), b = sixteen_at(bytes + 16), c = sixteen_at(bytes + 32), d = sixteen_at(bytes + 48);
    const __m128i least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
    *nul |= EQUAL(least, _mm_setzero_si128());
    *high |= (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));
    m->quote = equal_bytes(a, b, c, d, '"');
    m->delimiter = equal_bytes(a, b, c, d, delimiter);
    m->feed = equal_bytes(a, b, c, d, '\n');
    m->back = equal_bytes(a, b, c, d, '\r');
}

INLINE bool sse2_odd_quotes(const char *bytes, size_t steps) {
    const __m128i quote = _mm_set1_epi8('"');
    __m128i odd = _mm_setzero_si128();
    for (const char *at = bytes; at < bytes + steps * STEP; at += 16)
        odd = _mm_xor_si128(odd, _mm_cmpeq_epi8(sixteen_at(at), quote));
    return prefix_xor((uint64_t)(unsigned)_mm_movemask_epi8(odd)) >> 63;
}
#endif

/* ---- both ----------------------------------------------------------------------------------------------------- */

/* How many bits are set. */
static uint64_t ones(uint64_t bits) {
    bits -= bits >> 1 & EACH(0x55);
    bits = (bits & EACH(0x33)) + (bits >> 2 & EACH(0x33));
    return ((bits + (bits >> 4)) & EACH(0x0f)) * EACH(1) >> 56;
}

static int lowest(uint64_t bits) {
#ifdef __GNUC__
    return __builtin_ctzll(bits);
#else
    int place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
#endif
}

/* libcsv's reader refuses a record of too many cells. */
static bool are_of_size(const wres_split *out) {
    for (size_t row = 0, first = 0; row < out->row_count; first = out->rows[row++])
        if (out->rows[row] - first > WRES_MOST_CELLS) return false;
    return true;
}

/* What goes on from one step to the next: in the lowest bit, or in all. */
typedef struct splitting {
    uint64_t inside;                           /* all ones where what stands before ends inside quotation marks */
    uint64_t may_open, just_closed, just_back; /* of the byte before */
    uint64_t bad, doubled;
    uint32_t *end, *row, *first_end;
    size_t lines; /* that end inside quotation marks */
} splitting;

INLINE void take_step(splitting *s, const masks *m, size_t at) {
    const uint64_t in = m->quote ? prefix_xor(m->quote) ^ s->inside : s->inside;
    const uint64_t opens = m->quote & in, closes = m->quote & ~in;
    uint64_t ends = (m->delimiter | m->feed) & ~in;
    s->bad |= opens & ~((ends | closes) << 1 | s->may_open);              /* a quotation mark within a cell */
    s->bad |= (closes << 1 | s->just_closed) & ~(ends | opens | m->back); /* text behind a closing one */
    s->bad |= (m->back << 1 | s->just_back) & ~m->feed;                   /* CR alone */
    s->doubled |= opens & (closes << 1 | s->just_closed);
    s->inside = in >> 63 ? ~UINT64_C(0) : 0;
    s->may_open = (ends | closes) >> 63;
    s->just_closed = closes >> 63;
    s->just_back = m->back >> 63;
    for (uint64_t left = m->feed & in; left; left &= left - 1) s->lines++;
    uint32_t *end = s->end;
    for (uint64_t left = m->feed & ends; left; left &= left - 1)
        *s->row++ = (uint32_t)(end - s->first_end) + (uint32_t)ones(ends & (left ^ (left - 1)));
    for (; ends; ends &= ends - 1) *end++ = (uint32_t)(at + (size_t)lowest(ends));
    s->end = end;
}

/* The last bytes as a whole step, with bytes behind them that mean nothing. */
static void copy_tail(char tail[STEP], const char *bytes, size_t length) {
    memset(tail, 'x', STEP);
    if (length) memcpy(tail, bytes, length);
}

INLINE bool split(masks_of *masks_at, const char *bytes, size_t length, char delimiter, wres_split *out) {
    splitting s = {.may_open = 1, .end = out->ends, .row = out->rows, .first_end = out->ends};
    uint64_t high = 0, nul = 0;
    char tail[STEP];
    masks m;
    size_t at = 0;
    if (length == 0 || bytes[length - 1] != '\n' || out->room < STEP) return false;
    const uint32_t *const last = out->ends + out->room - STEP;
    for (; at + STEP <= length; at += STEP) {
        masks_at(bytes + at, delimiter, &m, &high, &nul);
        if (s.end > last) return false;
        take_step(&s, &m, at);
    }
    copy_tail(tail, bytes + at, length - at);
    masks_at(tail, delimiter, &m, &high, &nul);
    if (s.end > last) return false;
    if (at < length) take_step(&s, &m, at);
    out->count = (size_t)(s.end - out->ends);
    out->row_count = (size_t)(s.row - out->rows);
    out->lines = out->row_count + s.lines;
    out->ascii = !high;
    out->doubled = s.doubled;
    return !s.bad && !nul && out->count > 0 && out->ends[out->count - 1] == length - 1 && are_of_size(out);
}

/* From the end back: of text that has more than one line outside quotation marks the last is near. */
static size_t last_cut(const char *bytes, size_t length, bool inside) {
    for (size_t at = length; at > 0; at--) {
        if (bytes[at - 1] == '"') inside = !inside;
        if (bytes[at - 1] == '\n' && !inside) return at;
    }
    return 0;
}

static size_t first_cut(const char *bytes, size_t length, bool *inside) {
    for (size_t at = 0; at < length; at++) {
        if (bytes[at] == '"') *inside = !*inside;
        if (bytes[at] == '\n' && !*inside) return at + 1;
    }
    return 0;
}

INLINE size_t cut(odd_quotes *are_odd, const char *bytes, size_t length, bool first, bool *inside) {
    if (first) return first_cut(bytes, length, inside);
    const size_t steps = length / STEP;
    bool odd = are_odd(bytes, steps);
    for (size_t at = steps * STEP; at < length; at++) odd ^= bytes[at] == '"';
    *inside ^= odd;
    return last_cut(bytes, length, *inside);
}

bool wres_split_portable(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(portable_masks, bytes, length, delimiter, out);
}

size_t wres_split_cut_portable(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(portable_odd_quotes, bytes, length, first, inside);
}

#ifdef HAS_SSE2
bool wres_split_block(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(sse2_masks, bytes, length, delimiter, out);
}

size_t wres_split_cut(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(sse2_odd_quotes, bytes, length, first, inside);
}
#else
bool wres_split_block(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return wres_split_portable(bytes, length, delimiter, out);
}

size_t wres_split_cut(const char *bytes, size_t length, bool first, bool *inside) {
    return wres_split_cut_portable(bytes, length, first, inside);
}
#endif

/* ---- cells ------------------------------------------------------------------------------------------------------ */

bool wres_split_is_blank(const char *bytes, const wres_split *split, size_t row, char delimiter) {
    const size_t first = row ? split->rows[row - 1] : 0, start = first ? split->ends[first - 1] + 1 : 0;
    return split->rows[row] - first == 1 && bytes[start] != '"' &&
           wres_split_cell(bytes, start, split->ends[first], delimiter).length == 0;
}

size_t wres_split_undouble(char *bytes, size_t length) {
    char *first = memchr(bytes, '"', length), *to = first;
    if (!first) return length;
    for (const char *at = first; at < bytes + length; at++) {
        *to++ = *at;
        at += *at == '"';
    }
    const size_t left = (size_t)(to - bytes);
    memset(to, '"', length - left); /* no line's end stays there a second time */
    return left;
}
