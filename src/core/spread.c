#include <string.h>

#include <cxlog/sync.h>

#include "core/digest.h"

cxlog_status cxlog_spread_ms(int64_t *out, const char *seed, int64_t span_ms,
                             cxlog_error *err)
{
    *out = 0;
    if (span_ms <= 0)
        return CXLOG_OK;
    uint8_t sum[CX_SHA256_SIZE];
    cx_digest *digest = cx_digest_new();
    if (!digest)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cx_digest_add(digest, seed, strlen(seed));
    cx_digest_finish(digest, sum);
    cx_digest_free(digest);
    uint64_t draw = 0;
    for (size_t i = 0; i < sizeof draw; i++)
        draw = draw << 8 | sum[i];
    *out = (int64_t)(draw % (uint64_t)span_ms);
    return CXLOG_OK;
}
