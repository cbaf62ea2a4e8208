/*
 * jwt.h - the signed assertion that is exchanged for a token (RFC 7523, RS256).
 */
#ifndef CX_JWT_H
#define CX_JWT_H

#include "google/key.h"

#define CX_GOOGLE_SCOPE "https://www.googleapis.com/auth/spreadsheets"

/* base64url without padding. free(); NULL on lack of memory. */
char *cx_base64url(const unsigned char *data, size_t length);

/*
 * now_s  in: Unix seconds; the assertion is valid from 30 s before (clocks differ) for an
 * hour. out    cx_wipe_free(). Errors: ERR_NOMEM, ERR_CONFIG (OpenSSL refuses to sign, as
 * under a policy that forbids it)
 */
CXLOG_MUST_USE cxlog_status cx_jwt_make(char **out, const cx_key *key, int64_t now_s,
                                        cxlog_error *err);

#endif
