/*
 * key.h - the service-account key file: checked before anything is signed or sent.
 */
#ifndef CX_KEY_H
#define CX_KEY_H

#include <openssl/evp.h>

#include <cxlog/auto.h>
#include <cxlog/error.h>

#include "net/origin.h"

#define CX_KEY_FILE_MAX 65536L
#define CX_GOOGLE_TOKEN_URI "https://oauth2.googleapis.com/token"

typedef struct cx_key {
    char *email;     /* client_email: printable ASCII with '@' */
    char *id;        /* private_key_id; "" when the file has none */
    char *token_uri; /* Google's, or on the api's own loopback origin */
    EVP_PKEY *pair;  /* RSA, 2048 to 8192 bits */
} cx_key;

void cx_key_clear(cx_key *key);
CXLOG_AUTO_VALUE_DEFINE(cx_key, cx_key_clear);

/*
 * Read a whole file that only its owner may read. *out: cx_wipe_free(); *length bytes and
 * a NUL. Never waits (a FIFO is refused), follows symbolic links. Errors: ERR_NOINPUT
 * (not there), ERR_PERMISSION (owner, mode, directory open to all), ERR_CONFIG (not a
 * file, empty, larger than CX_KEY_FILE_MAX), ERR_IO, ERR_NOMEM
 */
CXLOG_MUST_USE cxlog_status cx_key_file(char **out, size_t *length, const char *path,
                                        cxlog_error *err);

/*
 * Errors: those of cx_key_file(); ERR_CONFIG naming what the file is instead, or what is
 * wrong with its private key. Sentences never hold any of the file's text but its "type".
 */
CXLOG_MUST_USE cxlog_status cx_key_load(cx_key *out, const char *path,
                                        const cx_origin *api, cxlog_error *err);

/* The part of cx_key_load() after reading: text of `length` bytes and a NUL. */
CXLOG_MUST_USE cxlog_status cx_key_parse(cx_key *out, const char *text, size_t length,
                                         const cx_origin *api, cxlog_error *err);

#endif
