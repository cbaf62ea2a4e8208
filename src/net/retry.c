#include "net/retry.h"

#include <curl/curl.h>
#include <string.h>

#define DAY_MS (24LL * 3600 * 1000)
#define JITTER_BASES 64
#define QUOTA_FIRST_BASES 60
#define QUOTA_BASES 120

int64_t cx_http_date(const char *text)
{
    /* curl_getdate() also takes bare numbers and day names; HTTP's form begins with a
     * letter and has a comma or blank. */
    if (text[0] < 'A' || text[0] > 'Z' || !strchr(text, ':'))
        return CXLOG_BLANK;
    time_t when = curl_getdate(text, NULL);
    return when < 0 ? CXLOG_BLANK : (int64_t)when;
}

int64_t cx_retry_after_ms(const char *value, int64_t now_s)
{
    size_t digits = strspn(value, "0123456789");
    if (digits > 0) {
        if (value[digits] != '\0')
            return -1;
        int64_t ms = 0;
        for (size_t i = 0; i < digits && ms < DAY_MS; i++)
            ms = ms * 10 + (int64_t)(value[i] - '0') * 1000;
        return ms < DAY_MS ? ms : DAY_MS;
    }
    int64_t when = cx_http_date(value);
    if (when == CXLOG_BLANK)
        return -1;
    if (when <= now_s)
        return 0;
    return when - now_s < DAY_MS / 1000 ? (when - now_s) * 1000 : DAY_MS;
}

static int64_t doubled(int64_t value, int times, int64_t limit)
{
    for (int i = 0; i < times && value < limit; i++)
        value *= 2;
    return value < limit ? value : limit;
}

int64_t cx_retry_jitter_ms(int attempt, int64_t base_ms, uint32_t chance)
{
    int64_t span = doubled(base_ms, attempt - 1, JITTER_BASES * base_ms);
    return (int64_t)(chance % (uint64_t)(span + 1));
}

int64_t cx_retry_quota_ms(int attempt, int64_t base_ms, uint32_t chance)
{
    int64_t spread = (QUOTA_FIRST_BASES - 1) * base_ms;
    int64_t first = base_ms + (int64_t)(chance % (uint64_t)(spread + 1));
    return doubled(first, attempt - 1, QUOTA_BASES * base_ms);
}

cx_retry_class cx_retry_classify(const cx_http_answer *answer)
{
    if (answer->fate != CX_HTTP_ANSWERED)
        return answer->too_large ? CX_RETRY_NEVER : CX_RETRY_PASSING;
    switch (answer->status) {
    case 200:
        return CX_RETRY_FINE;
    case 401:
        return CX_RETRY_TOKEN;
    case 429:
        return CX_RETRY_QUOTA;
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
        return CX_RETRY_PASSING;
    default:
        return CX_RETRY_NEVER;
    }
}
