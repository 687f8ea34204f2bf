/* MurmurHash3 x64 128: values of another implementation, written in Python after the published algorithm and checked with the
 * known value of "The quick brown fox ...". */
#include "fixture.h"

static void assert_hash(wres_text text, wres_hash seed, uint64_t first, uint64_t second) {
    const wres_hash got = wres_hash_bytes(text.bytes, text.length, seed);
    assert_true(got.low == first);
    assert_true(got.high == second);
}

static const wres_hash zero = {0, 0};

static void values_are_those_of_the_reference(void **state) {
    (void)state;
    assert_hash(TEXT(""), zero, 0, 0);
    assert_hash(TEXT("a"), zero, 0x85555565f6597889, 0xe6b53a48510e895a);
    assert_hash(TEXT("hello"), zero, 0xcbd8a7b341bd9b02, 0x5b1e906a48ae1d19);
    assert_hash(TEXT("12345678"), zero, 0x3b4a640638b1419c, 0x913b0e676bd42557);
    assert_hash(TEXT("123456789"), zero, 0x3c84645edb66cca4, 0x99f8fac73a1ea105);
    assert_hash(TEXT("123456789012345"), zero, 0x887001aea2afcfd6, 0x1ec326364f0801b3);
    assert_hash(TEXT("1234567890123456"), zero, 0x4fbe5dc5c0e32cf8, 0xc0c8e96b60c322c1);
    assert_hash(TEXT("12345678901234567"), zero, 0x748617968026b77e, 0x291e6386473f7103);
    assert_hash(TEXT("The quick brown fox jumps over the lazy dog"), zero, 0xe34bbc7bbc071b6c, 0x7a433ca9c49a9347);
}

static void bytes_have_no_sign(void **state) {
    (void)state;
    char all[256];
    for (int i = 0; i < 256; i++) all[i] = (char)i;
    assert_hash((wres_text){all, sizeof all}, zero, 0x1c99c313dc6f12b9, 0x70d6077fab34cc1e);
}

static void seeds_chain_texts(void **state) {
    (void)state;
    assert_hash(TEXT("hello"), (wres_hash){.high = 1, .low = 1}, 0xa78ddff5adae8d10, 0x128900ef20900135);
    assert_hash(TEXT("hello"), (wres_hash){.high = 0x9747b28c, .low = 0x9747b28c}, 0x8c23d6856f071a2e, 0x2a905546b3c1cb83);
    assert_hash(TEXT("world"), wres_hash_bytes("hello", 5, zero), 0x86da2d7562583055, 0xf2ef1c3efb66cc72);
}

static void both_halves_of_the_seed_matter(void **state) {
    (void)state;
    const wres_hash plain = wres_hash_bytes("x", 1, zero);
    const wres_hash low = wres_hash_bytes("x", 1, (wres_hash){.low = 1}), high = wres_hash_bytes("x", 1, (wres_hash){.high = 1});
    assert_true(low.low != plain.low && low.high != plain.high);
    assert_true(high.low != plain.low && high.high != plain.high);
    assert_true(low.low != high.low && low.high != high.high);
}

static void alignment_does_not_matter(void **state) {
    (void)state;
    char room[64];
    const char *text = "a text that has more than thirty-two bytes";
    const wres_hash expected = wres_hash_bytes(text, strlen(text), zero);
    for (size_t shift = 0; shift < 16; shift++) {
        memcpy(room + shift, text, strlen(text));
        const wres_hash got = wres_hash_bytes(room + shift, strlen(text), zero);
        assert_true(got.low == expected.low && got.high == expected.high);
    }
}

static int bits(uint64_t x) {
    int count = 0;
    for (; x; x &= x - 1) count++;
    return count;
}

static void one_bit_changes_half_of_all(void **state) {
    (void)state;
    unsigned char text[40] = "";
    int changed = 0, flips = 0;
    for (size_t length = 1; length <= sizeof text; length++) {
        const wres_hash before = wres_hash_bytes(text, length, zero);
        for (size_t bit = 0; bit < 8 * length; bit++, flips++) {
            text[bit / 8] ^= (unsigned char)(1U << bit % 8);
            const wres_hash after = wres_hash_bytes(text, length, zero);
            const int now = bits(before.low ^ after.low) + bits(before.high ^ after.high);
            assert_in_range(now, 30, 98); /* six standard deviations */
            changed += now;
            text[bit / 8] ^= (unsigned char)(1U << bit % 8);
        }
    }
    assert_in_range(changed * 100 / flips, 6300, 6500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(values_are_those_of_the_reference), CASE(bytes_have_no_sign),        CASE(seeds_chain_texts),
        CASE(both_halves_of_the_seed_matter),    CASE(alignment_does_not_matter), CASE(one_bit_changes_half_of_all),
    };
    RUN_CASES(tests);
}
