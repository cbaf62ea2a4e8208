/* What the emulated API answers when it refuses: Google's error body, before it is JSON.
 */
#ifndef EMU_API_ERROR_H
#define EMU_API_ERROR_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct api_error {
    int code;           /* HTTP status; 0 = no error */
    const char *status; /* google.rpc.Code name */
    char *message;      /* owned */
    json_t *details;    /* array, or NULL; owned */
} api_error;

/* Record a refusal and return false, so that callers can `return api_fail(...)`. */
bool api_fail(api_error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, with a BadRequest detail of one field violation. `field` may be "". */
bool api_fail_field(api_error *err, const char *field, const char *message,
                    const char *description);

/* The 429 with all its details, for the minute of `now_ms`. `limit` 0: the usual one. */
bool api_fail_quota(api_error *err, bool is_write, int64_t now_ms, int limit);

/* Put "Invalid <where>: " before the sentence of a 400. */
void api_error_prefix(api_error *err, const char *where);

/* {"error": {...}}: new reference. */
json_t *api_error_body(const api_error *err);

void api_error_clear(api_error *err);

#endif
