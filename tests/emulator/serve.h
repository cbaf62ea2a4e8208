/* From one HTTP request to one HTTP response, faults included; knows nothing of sockets.
 */
#ifndef EMU_SERVE_H
#define EMU_SERVE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "state.h"

typedef struct http_request {
    char *method;
    char *uri;           /* path and query as they came, percent-encoded */
    char *authorization; /* or NULL */
    char *body;
    size_t body_length;
    size_t body_room;
    bool accepts_gzip;
} http_request;

typedef enum http_delivery {
    DELIVER_WHOLE,
    DELIVER_NOTHING, /* the connection is closed without an answer */
    DELIVER_CUT,     /* the connection is closed after cut_at bytes of the body */
    DELIVER_DRIP,    /* one byte every drip_ms */
} http_delivery;

typedef struct http_response {
    int status;
    const char *type; /* Content-Type */
    char *body;
    size_t length;
    json_t *
        headers; /* object of more headers, or NULL; a list gives the header many times */
    http_delivery delivery;
    size_t cut_at;
    int drip_ms;
    bool has_length; /* Content-Length instead of chunks */
    bool is_packed;  /* body is already coded; no gzip on top */
} http_response;

/* Answers one request. Thread-safe; may wait when a fault says so. */
void serve(emu *e, const http_request *request, http_response *response);

/* Waits for what `drop-then-apply` has left to do; emu_stop_pauses() makes that short. */
void serve_finish(void);

void http_request_clear(http_request *request);
void http_response_clear(http_response *response);
void http_response_json(http_response *response, int status, const json_t *body,
                        bool pretty);

#endif
