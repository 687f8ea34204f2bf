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
    uint64_t quote, delimiter, feed, back, nul, high;
} masks;

typedef void masks_of(const char *bytes, char delimiter, masks *m);

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

INLINE void portable_masks(const char *bytes, char delimiter, masks *m) {
    *m = (masks){0};
    for (int i = 0; i < STEP; i += 8) {
        const uint64_t word = eight_at(bytes + i);
        m->quote |= equal(word, '"') << i;
        m->delimiter |= equal(word, delimiter) << i;
        m->feed |= equal(word, '\n') << i;
        m->back |= equal(word, '\r') << i;
        m->nul |= equal(word, '\0') << i;
        m->high |= gathered(word & ~LOW_BITS) << i;
    }
}

/* ---- SSE2: sixteen bytes at once ---------------------------------------------------------------------------- */

#ifdef HAS_SSE2
INLINE uint64_t equal_bytes(const __m128i part[4], char byte) {
    const __m128i wanted = _mm_set1_epi8(byte);
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(part[i], wanted)) << (16 * i);
    return mask;
}

INLINE void sse2_masks(const char *bytes, char delimiter, masks *m) {
    __m128i part[4];
    m->high = 0;
    for (int i = 0; i < 4; i++) {
        part[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
        m->high |= (uint64_t)(unsigned)_mm_movemask_epi8(part[i]) << (16 * i);
    }
    m->quote = equal_bytes(part, '"');
    m->delimiter = equal_bytes(part, delimiter);
    m->feed = equal_bytes(part, '\n');
    m->back = equal_bytes(part, '\r');
    m->nul = equal_bytes(part, '\0');
}
#endif

/* ---- both ----------------------------------------------------------------------------------------------------- */

static uint64_t prefix_xor(uint64_t bits) {
    for (int by = 1; by < 64; by *= 2) bits ^= bits << by;
    return bits;
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

/* Bits behind the end are none. */
static uint64_t valid(size_t left) { return left >= STEP ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1; }

/* libcsv's reader refuses a record of too many cells. */
static bool are_of_size(const wres_split *out) {
    for (size_t row = 0, first = 0; row < out->row_count; first = out->rows[row++])
        if (out->rows[row] - first > WRES_MOST_CELLS) return false;
    return true;
}

INLINE bool split(masks_of *masks_at, const char *bytes, size_t length, char delimiter, wres_split *out) {
    uint64_t inside = 0, bad = 0, high = 0, doubled = 0;   /* inside: all ones where the bytes before end inside quotation marks */
    uint64_t may_open = 1, just_closed = 0, just_back = 0; /* of the byte before, in the lowest bit */
    out->count = out->lines = out->row_count = 0;
    for (size_t at = 0; at < length; at += STEP) {
        const uint64_t here = valid(length - at);
        masks m;
        masks_at(bytes + at, delimiter, &m);
        const uint64_t quote = m.quote & here, feed = m.feed & here, back = m.back & here;
        const uint64_t in = quote ? prefix_xor(quote) ^ inside : inside;
        const uint64_t opens = quote & in, closes = quote & ~in;
        uint64_t ends = ((m.delimiter & here) | feed) & ~in;
        bad |= m.nul & here;
        bad |= opens & ~((ends | closes) << 1 | may_open);                  /* a quotation mark within a cell */
        bad |= (closes << 1 | just_closed) & here & ~(ends | opens | back); /* text behind a closing one */
        bad |= (back << 1 | just_back) & here & ~feed;                      /* CR alone */
        doubled |= opens & (closes << 1 | just_closed);
        high |= m.high & here;
        inside = in >> 63 ? ~UINT64_C(0) : 0;
        may_open = (ends | closes) >> 63;
        just_closed = closes >> 63;
        just_back = back >> 63;
        if (out->count + STEP > out->room) return false;
        for (uint64_t left = feed & in; left; left &= left - 1) out->lines++;
        const uint64_t row_ends = feed & ~in;
        for (size_t count = out->count; ends; ends &= ends - 1, out->count = count) {
            const int place = lowest(ends);
            out->ends[count++] = (uint32_t)(at + (size_t)place);
            out->rows[out->row_count] = (uint32_t)count;
            out->row_count += row_ends >> place & 1;
        }
    }
    out->lines += out->row_count;
    out->ascii = !high;
    out->doubled = doubled;
    return !bad && out->count > 0 && out->ends[out->count - 1] == length - 1 && bytes[length - 1] == '\n' && are_of_size(out);
}

INLINE size_t cut(masks_of *masks_at, const char *bytes, size_t length, bool first, bool *inside) {
    uint64_t in = *inside ? ~UINT64_C(0) : 0;
    size_t found = 0;
    for (size_t at = 0; at < length; at += STEP) {
        masks m;
        masks_at(bytes + at, ',', &m);
        const uint64_t here = valid(length - at), quote = m.quote & here;
        const uint64_t within = quote ? prefix_xor(quote) ^ in : in;
        uint64_t ends = m.feed & here & ~within;
        if (ends && first) {
            *inside = false;
            return at + (size_t)lowest(ends) + 1;
        }
        in = within >> 63 ? ~UINT64_C(0) : 0;
        if (length - at < STEP) in = (within >> (length - at - 1) & 1) ? ~UINT64_C(0) : 0;
        if (!ends) continue;
        while (ends & (ends - 1)) ends &= ends - 1;
        found = at + (size_t)lowest(ends) + 1;
    }
    *inside = in;
    return found;
}

bool wres_split_portable(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(portable_masks, bytes, length, delimiter, out);
}

size_t wres_split_cut_portable(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(portable_masks, bytes, length, first, inside);
}

#ifdef HAS_SSE2
bool wres_split_block(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(sse2_masks, bytes, length, delimiter, out);
}

size_t wres_split_cut(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(sse2_masks, bytes, length, first, inside);
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
