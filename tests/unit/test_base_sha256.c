/* sha256: the vectors of FIPS 180-2, however the bytes are cut. */
#include "fixture.h"

static void assert_hex(void **state, const char *bytes, size_t length, size_t piece, const char *expected) {
    char hex[WRES_SHA256_SIZE];
    wres_sha256 *hash = wres_sha256_new(run_of(state));
    for (size_t at = 0; at < length; at += piece) wres_sha256_add(hash, bytes + at, length - at < piece ? length - at : piece);
    assert_int_equal(wres_sha256_end(hash, hex), WRES_OK);
    assert_string_equal(hex, expected);
}

static void nothing(void **state) {
    assert_hex(state, "", 0, 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void abc(void **state) {
    assert_hex(state, "abc", 3, 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hex(state, "abc", 3, 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void two_blocks(void **state) {
    const char *text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    for (size_t piece = 1; piece <= strlen(text); piece++)
        assert_hex(state, text, strlen(text), piece, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_letters(void **state) {
    enum { LETTERS = 1000000 };
    char *text = wres_alloc(run_of(state), LETTERS);
    memset(text, 'a', LETTERS);
    assert_hex(state, text, LETTERS, 4093, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void two_at_once_and_one_left_open(void **state) {
    char hex[WRES_SHA256_SIZE];
    wres_sha256 *one = wres_sha256_new(run_of(state)), *two = wres_sha256_new(run_of(state)),
                *left = wres_sha256_new(run_of(state));
    wres_sha256_add(one, "a", 1);
    wres_sha256_add(two, "x", 1);
    wres_sha256_add(left, "y", 1);
    wres_sha256_add(one, "bc", 2);
    assert_int_equal(wres_sha256_end(one, hex), WRES_OK);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(wres_sha256_end(two, hex), WRES_OK);
    assert_string_equal(hex, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(nothing), CASE(abc), CASE(two_blocks), CASE(a_million_letters), CASE(two_at_once_and_one_left_open),
    };
    RUN_CASES(tests);
}
