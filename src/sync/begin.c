/*
 * begin.c - what every run starts with: is the store bound to this spreadsheet, which
 * tabs; and how a run waits.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/seam.h"
#include "sync/sync_impl.h"

#define NAP_MS 200 /* how soon ^C is noticed in a wait */

void cx_sync_clear(cx_sync *sync)
{
    cx_sync_fields_clear(&sync->fields);
}

cxlog_status cx_sync_meta_number(cxlog_store *store, const char *key, int64_t *value,
                                 cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_store_get(store, key, &text, err);
    if (status != CXLOG_OK || !text)
        return status;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0')
        return cxlog_fail(err, CXLOG_ERR_BUG, "the store's %s is no number", key);
    *value = number;
    return CXLOG_OK;
}

cxlog_status cx_sync_meta_set_number(cxlog_store *store, const char *key, int64_t value,
                                     cxlog_error *err)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    return cxlog_store_set(store, key, text, err);
}

static cxlog_status load_tabs(cx_sync *sync, cxlog_error *err)
{
    int64_t log = -1, scheme = -1;
    cxlog_status status = cx_sync_meta_number(sync->store, CXLOG_META_LOG_TAB, &log, err);
    if (status == CXLOG_OK)
        status = cx_sync_meta_number(sync->store, CXLOG_META_SCHEME_TAB, &scheme, err);
    if (status != CXLOG_OK)
        return status;
    if (log < 0 || log > INT32_MAX || scheme < 0 || scheme > INT32_MAX)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "this store does not know the tabs of its spreadsheet yet: run cxlog init");
    sync->log_tab = (int32_t)log;
    sync->scheme_tab = (int32_t)scheme;
    return CXLOG_OK;
}

cxlog_status cxlog_sync_is_bound(cxlog_store *store, const char *sheet_id,
                                 cxlog_error *err)
{
    CXLOG_AUTO_TEXT bound = NULL;
    cxlog_status status = cxlog_store_get(store, CXLOG_META_SHEET, &bound, err);
    if (status != CXLOG_OK)
        return status;
    if (!bound)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "this store is not bound to a spreadsheet yet: run cxlog init");
    if (sheet_id && strcmp(bound, sheet_id) != 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "this store belongs to spreadsheet %s, but sheet.id names %s: "
                          "nothing was sent",
                          bound, sheet_id);
    return CXLOG_OK;
}

cxlog_status cx_sync_begin(cx_sync *sync, const char *sheet_id, cxlog_error *err)
{
    cxlog_status status = cxlog_sync_is_bound(sync->store, sheet_id, err);
    if (status == CXLOG_OK)
        status = load_tabs(sync, err);
    return status ? status : cx_sync_fields_load(sync, err);
}

static bool stop_set(const cx_sync *sync)
{
    return sync->options && sync->options->stop && *sync->options->stop;
}

cxlog_status cx_sync_stopped(const cx_sync *sync, cxlog_error *err)
{
    if (stop_set(sync))
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "interrupted; every record is safe");
    return CXLOG_OK;
}

int64_t cx_sync_jitter(int64_t base_ms, int round)
{
    int64_t top = base_ms << (round < 6 ? round : 6);
    if (top <= 0)
        return 0;
    uint32_t draw = UINT32_MAX;
    if (cx_random(&draw, sizeof draw, NULL) != CXLOG_OK)
        draw = UINT32_MAX;
    int64_t least = top / 8;
    return least + (int64_t)((double)draw / (double)UINT32_MAX * (double)(top - least));
}

bool cx_sync_wait(const cx_sync *sync, int64_t ms)
{
    if (ms >= sync->remote->ops->time_left(sync->remote))
        return false;
    while (ms > 0 && !stop_set(sync)) {
        int64_t nap = ms < NAP_MS ? ms : NAP_MS;
        if (sync->options)
            cxlog_progress_tell(&sync->options->progress, CXLOG_DOING_WAIT, 0);
        cx_sleep_ms(nap);
        ms -= nap;
    }
    return !stop_set(sync);
}

cxlog_status cx_sync_hand_over(cxlog_error *err, const cxlog_error *kept,
                               cxlog_status status)
{
    if (err && err->status == CXLOG_OK)
        *err = *kept;
    return status;
}
