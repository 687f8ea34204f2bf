/* Where the cells of a block end: separators outside quotation marks, found 64 bytes at a time. The quotation marks of 64 bytes are a
 * mask, and the exclusive or of all bits before and at a bit tells whether it lies inside. Whatever is not plainly regular is left to
 * libcsv (base/csv.c), which stays the reference: see tests/unit/test_base_split.c. */
#include <string.h>

#include "wres/base.h"

#if defined __SSE2__ && defined __GNUC__
#include <immintrin.h>
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

/* What a kind of processor has a way of its own for. Of a step: where what stands; *high and *nul stay 0 as long as no byte is beyond ASCII or
 * NUL. Of bits: how many there are, where they stand, counted on from at (what is put beyond them means nothing), and the exclusive or of all
 * before and at each. */
typedef struct ways {
    void (*masks)(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul);
    bool (*odd_quotes)(const char *bytes, size_t steps);
    size_t (*ones)(uint64_t bits);
    void (*put_places)(uint32_t *to, uint64_t bits, size_t at);
    uint64_t (*prefix_xor)(uint64_t bits);
} ways;

INLINE uint64_t prefix_xor(uint64_t bits) {
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

/* How many bits are set. */
INLINE size_t portable_ones(uint64_t bits) {
    bits -= bits >> 1 & EACH(0x55);
    bits = (bits & EACH(0x33)) + (bits >> 2 & EACH(0x33));
    return (size_t)(((bits + (bits >> 4)) & EACH(0x0f)) * EACH(1) >> 56);
}

INLINE size_t portable_lowest(uint64_t bits) {
#ifdef __GNUC__
    return (size_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
#else
    return portable_ones((bits & -bits) - 1) & 63;
#endif
}

/* Eight at a time, as how many there are cannot be foreseen. Written out, as loops are left rolled. */
#define PUT_PLACES(lowest)                                                                                                         \
    for (; bits; to += 8)                                                                                                          \
    PUT(0, lowest), PUT(1, lowest), PUT(2, lowest), PUT(3, lowest), PUT(4, lowest), PUT(5, lowest), PUT(6, lowest), PUT(7, lowest)
#define PUT(i, lowest) to[i] = (uint32_t)(at + lowest(bits)), bits &= bits - 1

INLINE void portable_put_places(uint32_t *to, uint64_t bits, size_t at) { PUT_PLACES(portable_lowest); }

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
    return portable_ones((uint64_t)(unsigned)_mm_movemask_epi8(odd)) & 1;
}

/* ---- AVX2: 32 bytes at once, with what came with it ------------------------------------------------------------ */

#define AVX2                   static inline __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))
#define EQUAL_32(part, wanted) ((uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(part, wanted)))

AVX2 uint64_t equal_32(__m256i a, __m256i b, char byte) {
    const __m256i wanted = _mm256_set1_epi8(byte);
    return EQUAL_32(a, wanted) | EQUAL_32(b, wanted) << 32;
}

AVX2 void avx2_masks(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul) {
    const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));
    *nul |= EQUAL_32(_mm256_min_epu8(a, b), _mm256_setzero_si256());
    *high |= (unsigned)_mm256_movemask_epi8(_mm256_or_si256(a, b));
    m->quote = equal_32(a, b, '"');
    m->delimiter = equal_32(a, b, delimiter);
    m->feed = equal_32(a, b, '\n');
    m->back = equal_32(a, b, '\r');
}

AVX2 size_t avx2_ones(uint64_t bits) { return (size_t)_mm_popcnt_u64(bits); }
AVX2 size_t avx2_lowest(uint64_t bits) { return (size_t)_tzcnt_u64(bits); }

AVX2 void avx2_put_places(uint32_t *to, uint64_t bits, size_t at) { PUT_PLACES(avx2_lowest); }

AVX2 bool avx2_odd_quotes(const char *bytes, size_t steps) {
    const __m256i quote = _mm256_set1_epi8('"');
    __m256i odd = _mm256_setzero_si256();
    for (const char *at = bytes; at < bytes + steps * STEP; at += 32)
        odd = _mm256_xor_si256(odd, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)at), quote));
    return avx2_ones((uint64_t)(unsigned)_mm256_movemask_epi8(odd)) & 1;
}

/* A product without carries with all ones. */
AVX2 uint64_t avx2_prefix_xor(uint64_t bits) {
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8((char)0xff), 0));
}

/* ---- AVX-512: a step at once --------------------------------------------------------------------------------- */

#define AVX512            static inline __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt,pclmul")))
#define EQUAL_64(a, byte) ((uint64_t)_mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8(byte)))

AVX512 void avx512_masks(const char *bytes, char delimiter, masks *m, uint64_t *high, uint64_t *nul) {
    const __m512i a = _mm512_loadu_si512(bytes);
    *nul |= EQUAL_64(a, '\0');
    *high |= (uint64_t)_mm512_movepi8_mask(a);
    m->quote = EQUAL_64(a, '"');
    m->delimiter = EQUAL_64(a, delimiter);
    m->feed = EQUAL_64(a, '\n');
    m->back = EQUAL_64(a, '\r');
}

AVX512 size_t avx512_ones(uint64_t bits) { return (size_t)_mm_popcnt_u64(bits); }

/* The numbers of all bytes, of which those that are wanted are moved together: sixteen hold in most steps. */
AVX512 void avx512_put_places(uint32_t *to, uint64_t bits, size_t at) {
    static const unsigned char numbers[STEP] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                                32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                                48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers)), from = _mm512_set1_epi32((int)at);
#define PUT_16(i)                                                                                                                  \
    _mm512_storeu_si512(to + 16 * (size_t)(i), _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, i))))
    PUT_16(0);
    if (avx512_ones(bits) > 16) PUT_16(1), PUT_16(2), PUT_16(3);
#undef PUT_16
}

AVX512 bool avx512_odd_quotes(const char *bytes, size_t steps) {
    uint64_t odd = 0;
    for (const char *at = bytes; at < bytes + steps * STEP; at += STEP) odd ^= EQUAL_64(_mm512_loadu_si512(at), '"');
    return avx512_ones(odd) & 1;
}

AVX512 uint64_t avx512_prefix_xor(uint64_t bits) {
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8((char)0xff), 0));
}
#endif

/* ---- both ----------------------------------------------------------------------------------------------------- */

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

INLINE void take_step(const ways *by, splitting *s, const masks *m, size_t at) {
    const uint64_t in = m->quote ? by->prefix_xor(m->quote) ^ s->inside : s->inside;
    const uint64_t opens = m->quote & in, closes = m->quote & ~in;
    const uint64_t ends = (m->delimiter | m->feed) & ~in;
    s->bad |= opens & ~((ends | closes) << 1 | s->may_open);              /* a quotation mark within a cell */
    s->bad |= (closes << 1 | s->just_closed) & ~(ends | opens | m->back); /* text behind a closing one */
    s->bad |= (m->back << 1 | s->just_back) & ~m->feed;                   /* CR alone */
    s->doubled |= opens & (closes << 1 | s->just_closed);
    s->inside = in >> 63 ? ~UINT64_C(0) : 0;
    s->may_open = (ends | closes) >> 63;
    s->just_closed = closes >> 63;
    s->just_back = m->back >> 63;
    for (uint64_t left = m->feed & in; left; left &= left - 1) s->lines++;
    for (uint64_t left = m->feed & ends; left; left &= left - 1)
        *s->row++ = (uint32_t)(s->end - s->first_end) + (uint32_t)by->ones(ends & (left ^ (left - 1)));
    by->put_places(s->end, ends, at);
    s->end += by->ones(ends);
}

/* The last bytes as a whole step, with bytes behind them that mean nothing. */
static void copy_tail(char tail[STEP], const char *bytes, size_t length) {
    memset(tail, 'x', STEP);
    if (length) memcpy(tail, bytes, length);
}

INLINE bool split(const ways *by, const char *bytes, size_t length, char delimiter, wres_split *out) {
    splitting s = {.may_open = 1, .end = out->ends, .row = out->rows, .first_end = out->ends};
    uint64_t high = 0, nul = 0;
    char tail[STEP];
    masks m;
    size_t at = 0;
    if (length == 0 || bytes[length - 1] != '\n' || out->room < STEP) return false;
    const uint32_t *const last = out->ends + out->room - STEP;
    for (; at + STEP <= length; at += STEP) {
        by->masks(bytes + at, delimiter, &m, &high, &nul);
        if (s.end > last) return false;
        take_step(by, &s, &m, at);
    }
    copy_tail(tail, bytes + at, length - at);
    by->masks(tail, delimiter, &m, &high, &nul);
    if (s.end > last) return false;
    if (at < length) take_step(by, &s, &m, at);
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

INLINE size_t cut(const ways *by, const char *bytes, size_t length, bool first, bool *inside) {
    if (first) return first_cut(bytes, length, inside);
    const size_t steps = length / STEP;
    bool odd = by->odd_quotes(bytes, steps);
    for (size_t at = steps * STEP; at < length; at++) odd ^= bytes[at] == '"';
    *inside ^= odd;
    return last_cut(bytes, length, *inside);
}

/* Each as one function, into which all its ways are written. */
static const ways portable = {portable_masks, portable_odd_quotes, portable_ones, portable_put_places, prefix_xor};

static bool split_portable(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(&portable, bytes, length, delimiter, out);
}

static size_t cut_portable(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(&portable, bytes, length, first, inside);
}

#ifdef HAS_SSE2
static const ways sse2 = {sse2_masks, sse2_odd_quotes, portable_ones, portable_put_places, prefix_xor};
static const ways avx2 = {avx2_masks, avx2_odd_quotes, avx2_ones, avx2_put_places, avx2_prefix_xor};
static const ways avx512 = {avx512_masks, avx512_odd_quotes, avx512_ones, avx512_put_places, avx512_prefix_xor};

static bool split_sse2(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(&sse2, bytes, length, delimiter, out);
}

static size_t cut_sse2(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(&sse2, bytes, length, first, inside);
}

AVX2 bool split_avx2(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(&avx2, bytes, length, delimiter, out);
}

AVX2 size_t cut_avx2(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(&avx2, bytes, length, first, inside);
}

AVX512 bool split_avx512(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return split(&avx512, bytes, length, delimiter, out);
}

AVX512 size_t cut_avx512(const char *bytes, size_t length, bool first, bool *inside) {
    return cut(&avx512, bytes, length, first, inside);
}
#endif

#ifdef HAS_SSE2
static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}

static bool has_avx512(void) {
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2");
}
#endif

bool wres_split_can(wres_split_way way) {
#ifdef HAS_SSE2
    return way == WRES_SPLIT_AVX512 ? has_avx512() : way == WRES_SPLIT_AVX2 ? has_avx2() : true;
#else
    return way == WRES_SPLIT_PORTABLE;
#endif
}

static wres_split_way best(void) {
    return wres_split_can(WRES_SPLIT_AVX512) ? WRES_SPLIT_AVX512
           : wres_split_can(WRES_SPLIT_AVX2) ? WRES_SPLIT_AVX2
           : wres_split_can(WRES_SPLIT_SSE2) ? WRES_SPLIT_SSE2
                                             : WRES_SPLIT_PORTABLE;
}

bool wres_split_block_by(wres_split_way way, const char *bytes, size_t length, char delimiter, wres_split *out) {
#ifdef HAS_SSE2
    if (way == WRES_SPLIT_AVX512) return split_avx512(bytes, length, delimiter, out);
    if (way == WRES_SPLIT_AVX2) return split_avx2(bytes, length, delimiter, out);
    if (way == WRES_SPLIT_SSE2) return split_sse2(bytes, length, delimiter, out);
#endif
    (void)way;
    return split_portable(bytes, length, delimiter, out);
}

size_t wres_split_cut_by(wres_split_way way, const char *bytes, size_t length, bool first, bool *inside) {
#ifdef HAS_SSE2
    if (way == WRES_SPLIT_AVX512) return cut_avx512(bytes, length, first, inside);
    if (way == WRES_SPLIT_AVX2) return cut_avx2(bytes, length, first, inside);
    if (way == WRES_SPLIT_SSE2) return cut_sse2(bytes, length, first, inside);
#endif
    (void)way;
    return cut_portable(bytes, length, first, inside);
}

bool wres_split_block(const char *bytes, size_t length, char delimiter, wres_split *out) {
    return wres_split_block_by(best(), bytes, length, delimiter, out);
}

size_t wres_split_cut(const char *bytes, size_t length, bool first, bool *inside) {
    return wres_split_cut_by(best(), bytes, length, first, inside);
}

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
