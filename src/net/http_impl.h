/*
 * http_impl.h - what the files of one transfer share: http.c (the transfer), http_setup.c
 * (libcurl's settings), http_error.c (what went wrong, in words).
 */
#ifndef CX_HTTP_IMPL_H
#define CX_HTTP_IMPL_H

#include <curl/curl.h>

#include "net/http.h"

struct cx_http {
    CURL *easy;
    cx_http_options options;
};

typedef struct cx_http_limits {
    size_t body_max; /* bytes, after decoding */
    int64_t timeout_ms;
    cxlog_doing doing;
    long slow_s; /* less than a byte a second for so long: give up; 0: any pace */
    bool fresh;  /* a connection of its own */
} cx_http_limits;

#define CX_HTTP_FIELD_MAX 64

typedef struct cx_transfer {
    cx_http *http;
    cx_http_answer *answer;
    const cx_http_limits *limits;
    struct curl_slist *headers;
    size_t capacity;     /* of answer->body */
    size_t header_bytes; /* received */
    int64_t timeout_ms, until_ms;
    bool stopped, late, no_memory;
    char date[CX_HTTP_FIELD_MAX], retry_after[CX_HTTP_FIELD_MAX];
} cx_transfer;

/* The first code that is not CURLE_OK. */
CURLcode cx_http_all_ok(const CURLcode *codes, size_t count);
/* Every setting that is not a callback. */
CURLcode cx_http_setup(cx_transfer *transfer, const cx_http_request *request);

/* Keep the header lines that matter; then turn them into times. */
void cx_http_header(cx_transfer *transfer, const char *line, size_t length);
void cx_http_note_times(cx_transfer *transfer);

/* The sentence and status of a transfer that brought no answer. */
cxlog_status cx_http_failed(const cx_transfer *transfer, CURLcode code, const char *url,
                            cxlog_error *err);

#endif
