/*
 * http.h - one HTTP request and its limits. The only home of libcurl besides origin.c and
 * retry.c.
 *
 * Three facts are told apart, since they decide whether a write may be sent again:
 * nothing left this machine; something did and no complete answer came; an answer came.
 * Nothing is ever sent twice by this layer: no redirects, and a write has a connection of
 * its own (libcurl silently repeats a POST when a kept connection turns out to be dead).
 */
#ifndef CX_HTTP_H
#define CX_HTTP_H

#include <stdbool.h>

#include <cxlog/auto.h>
#include <cxlog/error.h>
#include <cxlog/progress.h>

typedef enum cx_http_kind {
    CX_HTTP_TOKEN, /* 64 KiB, 60 s */
    CX_HTTP_READ,  /* 16 MiB after decoding, 60 s, at least 1 byte in 30 s; gzip */
    CX_HTTP_WRITE  /* 1 MiB, 200 s: longer than Google works on one request (180 s) */
} cx_http_kind;

typedef enum cx_http_fate {
    CX_HTTP_NOT_SENT,  /* certainly: no name, no connection, no TLS */
    CX_HTTP_NO_ANSWER, /* bytes left, a complete answer did not come (or was too large) */
    CX_HTTP_ANSWERED
} cx_http_fate;

typedef struct cx_http_options {
    const char *ca;           /* PEM file of an extra CA; NULL */
    const char *proxy;        /* NULL: none, whatever the environment says */
    int64_t until_ms;         /* deadline on cx_mono_ms()'s clock */
    const volatile int *stop; /* non-zero: give up at once; may be NULL */
    cxlog_progress progress;
} cx_http_options;

typedef struct cx_http_request {
    cx_http_kind kind;
    const char *url;          /* http or https, checked by cx_origin_parse() */
    const char *bearer;       /* NULL: no Authorization */
    const char *content_type; /* of the body */
    const char *body;         /* NULL: GET; else POST. Borrowed for the call */
    size_t length;
} cx_http_request;

typedef struct cx_http_answer {
    cx_http_fate fate;
    long status; /* ANSWERED: 100..599 */
    char *body;  /* ANSWERED: length bytes and a NUL behind them */
    size_t length;
    bool too_large; /* NO_ANSWER because a cap was passed */
    int64_t skew_s; /* Date header minus this machine's clock; CXLOG_BLANK: none */
    int64_t retry_after_ms; /* -1: not said */
} cx_http_answer;

void cx_http_answer_clear(cx_http_answer *answer); /* overwrites the body */
CXLOG_AUTO_VALUE_DEFINE(cx_http_answer, cx_http_answer_clear);

typedef struct cx_http cx_http;

/*
 * For the whole process: libcurl is started (with allocators that overwrite what they
 * free), SSLKEYLOGFILE is taken out of the environment before that (libcurl would write
 * TLS secrets there), SIGPIPE is ignored. options  in: copied; its texts are borrowed for
 * the handle's life. Errors: ERR_NOMEM, ERR_BUG
 */
CXLOG_MUST_USE cxlog_status cx_http_open(cx_http **out, const cx_http_options *options,
                                         cxlog_error *err);
/* The version of libcurl in use, "7.88.1". */
const char *cx_http_library(void);
void cx_http_close(cx_http *http);
CXLOG_AUTO_DEFINE(cx_http, cx_http_close);

/*
 * Send once. OK: answered, with any HTTP status. answer out: always filled;
 * cx_http_answer_clear(). Errors: ERR_RETRY (no network, no complete answer, deadline),
 * ERR_SHEET (TLS not to be trusted, answer too large), ERR_CONFIG (CA file),
 * ERR_INTERRUPT, ERR_NOMEM, ERR_BUG
 */
CXLOG_MUST_USE cxlog_status cx_http_send(cx_http *http, const cx_http_request *request,
                                         cx_http_answer *answer, cxlog_error *err);

#endif
