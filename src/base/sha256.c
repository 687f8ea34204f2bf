/* sha256 by libcrypto, which uses the processor's own instructions. Its older functions, as they need no memory: EVP looks the method
 * up in tables that it makes on first use, and waits for ever on a lock of its own where memory runs out in the midst of that. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "wres/base.h"

struct wres_sha256 {
    wres_run *run;
    SHA256_CTX context;
    bool failed;
};

wres_sha256 *wres_sha256_new(wres_run *run) {
    wres_sha256 *hash = wres_alloc(run, sizeof *hash);
    hash->run = run;
    hash->failed = !SHA256_Init(&hash->context);
    return hash;
}

void wres_sha256_add(wres_sha256 *hash, const void *bytes, size_t length) {
    if (!hash->failed) hash->failed = !SHA256_Update(&hash->context, bytes, length);
}

wres_status wres_sha256_end(wres_sha256 *hash, char hex[WRES_SHA256_SIZE]) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    hex[0] = '\0';
    if (!hash->failed) hash->failed = !SHA256_Final(digest, &hash->context);
    if (hash->failed) {
        wres_find(hash->run, WRES_ERROR, "sha256", (wres_place){0}, 0, "the sha256 of an input could not be made (libcrypto)");
        return WRES_IO;
    }
    for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return WRES_OK;
}
