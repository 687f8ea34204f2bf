/* sha256 by libcrypto, which uses the processor's own instructions. */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "wres/base.h"

struct wres_sha256 {
    wres_run *run;
    EVP_MD_CTX *context;
    bool failed;
};

static void free_context(void *what) { EVP_MD_CTX_free(what); }

wres_sha256 *wres_sha256_new(wres_run *run) {
    wres_sha256 *hash = wres_alloc(run, sizeof *hash);
    hash->run = run;
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL); /* a configuration could name modules to load */
    hash->context = EVP_MD_CTX_new();
    if (hash->context) wres_defer(run, free_context, hash->context);
    hash->failed = !hash->context || !EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL);
    return hash;
}

void wres_sha256_add(wres_sha256 *hash, const void *bytes, size_t length) {
    if (!hash->failed) hash->failed = !EVP_DigestUpdate(hash->context, bytes, length);
}

wres_status wres_sha256_end(wres_sha256 *hash, char hex[WRES_SHA256_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    hex[0] = '\0';
    if (!hash->failed) hash->failed = !EVP_DigestFinal_ex(hash->context, digest, &length);
    if (hash->context) wres_release(hash->run, hash->context);
    if (hash->failed) {
        wres_find(hash->run, WRES_ERROR, "sha256", (wres_place){0}, 0, "the sha256 of an input could not be made (libcrypto)");
        return WRES_IO;
    }
    for (unsigned i = 0; i < length; i++) snprintf(hex + (size_t)2 * i, 3, "%02x", digest[i]);
    return WRES_OK;
}
