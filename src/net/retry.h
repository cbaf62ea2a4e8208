/*
 * retry.h - when to try again, and how long to wait before. Pure: the caller brings clock
 * and chance.
 */
#ifndef CX_RETRY_H
#define CX_RETRY_H

#include <stdbool.h>

#include "net/http.h"

#define CX_RETRY_ATTEMPTS 3 /* of a request that may be repeated */
#define CX_RETRY_BREAKER 5  /* failures in a row that end the run */

/* Unix seconds of an HTTP date; CXLOG_BLANK when it is none. */
int64_t cx_http_date(const char *text);

/* A Retry-After header, seconds or HTTP date, in milliseconds from `now_s` (at most a
 * day); -1 when it says nothing. */
int64_t cx_retry_after_ms(const char *value, int64_t now_s);

/* Wait before try `attempt` (1: the first repetition) after a passing fault: anything up
 * to base doubled each time, at most 64 bases. chance: any 32 random bits. */
int64_t cx_retry_jitter_ms(int attempt, int64_t base_ms, uint32_t chance);

/* Wait after the `attempt`-th 429 that names no time: 1 to 60 bases (quotas are refilled
 * by the minute), then doubled each time, at most 120 bases. */
int64_t cx_retry_quota_ms(int attempt, int64_t base_ms, uint32_t chance);

/* What an answer (or its absence) means for a request that may be repeated. */
typedef enum cx_retry_class {
    CX_RETRY_FINE,    /* 200 */
    CX_RETRY_PASSING, /* no answer, 408, 500, 502, 503, 504 */
    CX_RETRY_QUOTA,   /* 429 */
    CX_RETRY_TOKEN,   /* 401 */
    CX_RETRY_NEVER    /* everything else */
} cx_retry_class;
cx_retry_class cx_retry_classify(const cx_http_answer *answer);

#endif
