#include <stdio.h>
#include <string.h>

#include "core/seam.h"
#include "google/api.h"

#define SLICE_MS 200 /* how soon ^C is noticed while waiting */

int64_t cx_wire_left(const cx_google *google)
{
    int64_t left = google->until_ms - cx_mono_ms();
    return left > 0 ? left : 0;
}

void cx_keep_error(cxlog_error *err, const cxlog_error *from)
{
    if (err && err->status == CXLOG_OK)
        *err = *from;
}

static bool stopped(const cx_google *google)
{
    return google->stop && *google->stop;
}

cxlog_status cx_wire_ready(const cx_google *google, cxlog_error *err)
{
    if (stopped(google))
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "interrupted");
    if (google->failures >= CX_RETRY_BREAKER)
        return cxlog_fail(
            err, CXLOG_ERR_RETRY,
            "%d requests in a row got no good answer: Google or the network is in "
            "trouble, records are safe here",
            google->failures);
    if (cx_wire_left(google) == 0)
        return cxlog_fail(
            err, CXLOG_ERR_RETRY,
            "this run has used up its time: the rest goes with the next one");
    return CXLOG_OK;
}

cxlog_status cx_wire_send(cx_google *google, const cx_http_request *request,
                          cx_http_answer *answer, cxlog_error *err)
{
    switch (request->kind) {
    case CX_HTTP_TOKEN:
        google->requests.token++;
        break;
    case CX_HTTP_READ:
        google->requests.read++;
        break;
    case CX_HTTP_WRITE:
        google->requests.write++;
        break;
    }
    cxlog_status status = cx_http_send(google->http, request, answer, err);
    if (answer->skew_s != CXLOG_BLANK)
        google->skew_s = answer->skew_s;
    cx_retry_class class = cx_retry_classify(answer);
    google->failures = class == CX_RETRY_PASSING ? google->failures + 1 : 0;
    if (class != CX_RETRY_QUOTA)
        google->quota_tries = 0;
    return status;
}

static uint32_t chance(void)
{
    uint32_t bits = 0;
    cxlog_error ignored = {0};
    if (cx_random(&bits, sizeof bits, &ignored) != CXLOG_OK)
        return UINT32_MAX; /* only a waiting time: the longest */
    return bits;
}

int64_t cx_wire_quota_wait(cx_google *google, const cx_http_answer *answer)
{
    google->quota_tries++;
    int64_t own = cx_retry_quota_ms(google->quota_tries, google->backoff_ms, chance());
    if (answer->retry_after_ms < 0)
        return own;
    /* Many machines are told the same time: spread them over one base behind it. */
    return answer->retry_after_ms + cx_retry_jitter_ms(1, google->backoff_ms, chance());
}

static bool wait_ms(const cx_google *google, int64_t ms)
{
    int64_t until = cx_mono_ms() + ms;
    for (int64_t left = ms; left > 0 && !stopped(google); left = until - cx_mono_ms()) {
        cxlog_progress_tell(&google->progress, CXLOG_DOING_WAIT, 0);
        cx_sleep_ms(left < SLICE_MS ? left : SLICE_MS);
    }
    return !stopped(google);
}

bool cx_wire_again(cx_google *google, cx_tries *tries, cx_retry_class class,
                   const cx_http_answer *answer)
{
    int64_t wait = 0;
    if (class == CX_RETRY_QUOTA) {
        wait = cx_wire_quota_wait(google, answer);
    } else if (class == CX_RETRY_PASSING) {
        tries->passing++;
        if (tries->passing >= CX_RETRY_ATTEMPTS || google->failures >= CX_RETRY_BREAKER)
            return false;
        wait = cx_retry_jitter_ms(tries->passing, google->backoff_ms, chance());
        if (answer->retry_after_ms > wait)
            wait = answer->retry_after_ms;
    } else {
        return false;
    }
    return wait < cx_wire_left(google) && wait_ms(google, wait);
}
