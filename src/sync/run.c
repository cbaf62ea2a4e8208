/*
 * run.c - one sync: pull, settle, push, pull again to confirm; and what is remembered of
 * it.
 */
#include <cxlog/wall.h>

#include "sync/sync_impl.h"

static cxlog_status own_counts(const cx_sync *sync, cxlog_counts *counts,
                               cxlog_error *err)
{
    return cxlog_store_counts(sync->store, "", cxlog_day_of(cxlog_wall_now()), counts,
                              err);
}

cxlog_status cx_sync_unseen(const cx_sync *sync, int64_t *sent, int64_t *looked,
                            cxlog_error *err)
{
    cxlog_counts counts;
    *looked = 0;
    cxlog_status status = own_counts(sync, &counts, err);
    *sent = counts.sent;
    return status ? status
                  : cx_sync_meta_number(sync->store, CX_META_LOOKED, looked, err);
}

cxlog_status cx_sync_looked(const cx_sync *sync, cxlog_error *err)
{
    int64_t sent, looked;
    cxlog_status status = cx_sync_unseen(sync, &sent, &looked, err);
    return status || sent == looked
               ? status
               : cx_sync_meta_set_number(sync->store, CX_META_LOOKED, sent, err);
}

/*
 * Records that an earlier run sent and this pull did not see stand further up (somebody
 * sorted) or are gone. The whole log is read for them once; what it does not show either
 * is remembered as missing, so that the next run does not read everything again. In a
 * crowd, where one sorting would have every machine read everything at the same hour,
 * that look is left to close and verify, which read it anyway.
 */
static cxlog_status look_for_sent(cx_sync *sync, cxlog_error *err)
{
    int64_t sent, looked;
    bool crowd = false;
    cxlog_status status = cx_sync_unseen(sync, &sent, &looked, err);
    if (status == CXLOG_OK && sent > looked)
        status = cx_sync_is_crowd(&crowd, sync->store, err);
    if (status != CXLOG_OK || crowd)
        return status;
    if (sent > looked)
        status = cx_sync_pull(sync, true, false, err);
    return status ? status : cx_sync_looked(sync, err);
}

static cxlog_status confirm(cx_sync *sync, cxlog_error *err)
{
    bool crowd = false;
    cxlog_status status = CXLOG_OK;
    if (sync->pushed > 0)
        status = cx_sync_is_crowd(&crowd, sync->store, err);
    if (status != CXLOG_OK || sync->pushed == 0 || crowd)
        return status;
    return cx_sync_pull(sync, false, false, err);
}

static cxlog_status run_steps(cx_sync *sync, cxlog_error *err)
{
    cxlog_counts counts;
    cxlog_status status = own_counts(sync, &counts, err);
    if (status == CXLOG_OK)
        status = cx_sync_pull(sync, false, counts.pending + counts.unknown > 0, err);
    if (status == CXLOG_OK)
        status = look_for_sent(sync, err);
    if (status == CXLOG_OK)
        status = cx_sync_held(sync->store, err);
    if (status == CXLOG_OK)
        status = cx_sync_settle(sync, err);
    if (status == CXLOG_OK)
        status = cx_sync_push_all(sync, err);
    return status ? status : confirm(sync, err);
}

cxlog_status cx_sync_fill_result(const cx_sync *sync, cxlog_sync_result *result,
                                 cxlog_error *err)
{
    result->pushed = sync->pushed;
    result->pulled = sync->pulled;
    result->confirmed = sync->confirmed;
    result->requests = *sync->remote->ops->requests(sync->remote);
    cxlog_counts counts = {0};
    char chain[CXLOG_CHAIN_SIZE];
    int64_t shared, looked = 0;
    cxlog_status status =
        cxlog_store_counts(sync->store, "", cxlog_day_of(cxlog_wall_now()), &counts, err);
    if (status == CXLOG_OK)
        status =
            cxlog_store_chain(sync->store, &result->scheme_version, chain, &shared, err);
    if (status == CXLOG_OK)
        status = cx_sync_meta_number(sync->store, CX_META_LOOKED, &looked, err);
    result->pending = counts.pending;
    result->unknown = counts.unknown;
    result->quarantined = counts.quarantined;
    result->edited = counts.edited;
    result->duplicate = counts.duplicate;
    result->foreign = counts.foreign;
    result->missing = counts.missing + (looked < counts.sent ? looked : counts.sent);
    return status;
}

static cxlog_status unset(cxlog_store *store, const char *key, cxlog_error *err)
{
    CXLOG_AUTO_TEXT value = NULL;
    cxlog_status status = cxlog_store_get(store, key, &value, err);
    return status || !value ? status : cxlog_store_set(store, key, NULL, err);
}

static cxlog_status remember_success(cxlog_store *store, cxlog_error *err)
{
    cxlog_status status =
        cx_sync_meta_set_number(store, CXLOG_META_LAST_SYNC, cxlog_wall_now(), err);
    if (status == CXLOG_OK)
        status = unset(store, CXLOG_META_TROUBLE, err);
    if (status == CXLOG_OK)
        status = unset(store, CXLOG_META_TROUBLE_CODE, err);
    return status;
}

/* The trouble itself is what the caller must hear, so trouble in writing it down is not
 * reported. */
void cx_sync_remember_trouble(cxlog_store *store, cxlog_status trouble,
                              const cxlog_error *err)
{
    if (trouble == CXLOG_ERR_INTERRUPT)
        return;
    const char *sentence =
        err && *err->message ? err->message : cxlog_status_text(trouble);
    if (cxlog_store_set(store, CXLOG_META_TROUBLE, sentence, NULL) == CXLOG_OK &&
        cx_sync_meta_set_number(store, CXLOG_META_TROUBLE_CODE, cxlog_exit_code(trouble),
                                NULL) != CXLOG_OK)
        return;
}

cxlog_status cxlog_sync_run(cxlog_store *store, cxlog_remote *remote,
                            const cxlog_sync_options *options, cxlog_sync_result *result,
                            cxlog_error *err)
{
    *result = (cxlog_sync_result){0};
    CXLOG_AUTO_VALUE(cx_sync)
    sync = {.store = store, .remote = remote, .options = options};
    cxlog_error own = {0};
    cxlog_error *said = err ? err : &own;
    cxlog_status status = cx_sync_begin(&sync, options->sheet_id, said);
    if (status != CXLOG_OK)
        return status;
    status = run_steps(&sync, said);
    cxlog_status counted = cx_sync_fill_result(&sync, result, status ? NULL : said);
    if (status == CXLOG_OK)
        status = counted;
    if (status == CXLOG_OK)
        return remember_success(store, said);
    cx_sync_remember_trouble(store, status, said);
    return status;
}
