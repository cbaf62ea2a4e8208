#include "core/digest.h"

#include <stdlib.h>
#include <sys/types.h>

#include <sha2.h>

struct cx_digest {
    SHA2_CTX state;
};

cx_digest *cx_digest_new(void)
{
    cx_digest *digest = malloc(sizeof *digest);
    if (digest)
        SHA256Init(&digest->state);
    return digest;
}

void cx_digest_free(cx_digest *digest)
{
    free(digest);
}

void cx_digest_add(cx_digest *digest, const void *data, size_t length)
{
    SHA256Update(&digest->state, data, length);
}

void cx_digest_finish(cx_digest *digest, uint8_t out[CX_SHA256_SIZE])
{
    SHA256Final(out, &digest->state);
}

void cx_hex(char *out, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * count] = '\0';
}
