/* MurmurHash3_x64_128 by Austin Appleby, who placed it in the public domain; written again here with a 128-bit seed. */
#include <string.h>

#include "wres/base.h"

static uint64_t rotated(uint64_t x, int by) { return x << by | x >> (64 - by); }

static uint64_t finished(uint64_t k) {
    k ^= k >> 33;
    k *= UINT64_C(0xff51afd7ed558ccd);
    k ^= k >> 33;
    k *= UINT64_C(0xc4ceb9fe1a85ec53);
    return k ^ k >> 33;
}

/* Eight bytes or fewer as a little-endian number. */
static uint64_t number_at(const unsigned char *bytes, size_t length) {
    uint64_t number = 0;
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (length == 8) {
        memcpy(&number, bytes, 8);
        return number;
    }
#endif
    for (size_t i = 0; i < length; i++) number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

static uint64_t mixed_low(uint64_t k) { return rotated(k * UINT64_C(0x87c37b91114253d5), 31) * UINT64_C(0x4cf5ad432745937f); }
static uint64_t mixed_high(uint64_t k) { return rotated(k * UINT64_C(0x4cf5ad432745937f), 33) * UINT64_C(0x87c37b91114253d5); }

wres_hash wres_hash_bytes(const void *bytes, size_t length, wres_hash seed) {
    const unsigned char *at = bytes;
    uint64_t low = seed.low, high = seed.high;
    size_t left = length;
    for (; left >= 16; left -= 16, at += 16) {
        low = (rotated(low ^ mixed_low(number_at(at, 8)), 27) + high) * 5 + 0x52dce729;
        high = (rotated(high ^ mixed_high(number_at(at + 8, 8)), 31) + low) * 5 + 0x38495ab5;
    }
    if (left > 8) high ^= mixed_high(number_at(at + 8, left - 8));
    if (left > 0) low ^= mixed_low(number_at(at, left < 8 ? left : 8));
    low ^= length;
    high ^= length;
    low += high;
    high += low;
    low = finished(low);
    high = finished(high);
    low += high;
    high += low;
    return (wres_hash){high, low};
}
