/*
 * digest.h - SHA-256 (libmd's, so that cxlog need not load OpenSSL).
 */
#ifndef CX_DIGEST_H
#define CX_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#define CX_SHA256_SIZE 32

typedef struct cx_digest cx_digest;

cx_digest *cx_digest_new(void); /* NULL on lack of memory; free with cx_digest_free */
void cx_digest_free(cx_digest *digest);
void cx_digest_add(cx_digest *digest, const void *data, size_t length);
void cx_digest_finish(cx_digest *digest, uint8_t out[CX_SHA256_SIZE]); /* once */

/* Lower-case hex of count bytes; out holds 2 * count + 1. */
void cx_hex(char *out, const uint8_t *bytes, size_t count);

#endif
