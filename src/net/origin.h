/*
 * origin.h - scheme, host and port of a URL, read by the same parser that makes the
 * transfer.
 */
#ifndef CX_ORIGIN_H
#define CX_ORIGIN_H

#include <stdbool.h>

#include <cxlog/error.h>

#define CX_ORIGIN_MAX 256

typedef struct cx_origin {
    char text[CX_ORIGIN_MAX]; /* "https://host:443": equal texts are equal origins */
    char host[CX_ORIGIN_MAX];
    char path[CX_ORIGIN_MAX]; /* "/" when the URL names none */
    bool secure;              /* https */
    bool loopback;            /* localhost, 127.0.0.1 or [::1], compared as text */
} cx_origin;

/*
 * Take a URL apart. Only http and https, without user name, query or fragment; http only
 * to a loopback host.
 *
 * what  in: the setting's name for the sentence ("google.api").
 * Errors: ERR_CONFIG
 */
CXLOG_MUST_USE cxlog_status cx_origin_parse(cx_origin *out, const char *url,
                                            const char *what, cxlog_error *err);

#endif
