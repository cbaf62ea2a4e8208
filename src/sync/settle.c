/*
 * settle.c - batches of earlier runs whose outcome nobody heard. A pull came before:
 * records it saw have left them.
 */
#include <cxlog/wall.h>

#include "sync/sync_impl.h"

void cx_sync_mark_of(char out[CX_MARK_SIZE], const char id[CXLOG_ID_SIZE])
{
    const size_t random = CX_MARK_SIZE - 1 - CX_MARK_TIME;
    memcpy(out, id, CX_MARK_TIME);
    memcpy(out + CX_MARK_TIME, id + CXLOG_ID_SIZE - 1 - random, random + 1);
}

void cx_sync_mark_value(char out[CX_MARK_SIZE], const cxlog_batch *batch)
{
    cx_sync_mark_of(out, batch->uuid);
}

cxlog_status cx_sync_mark_look(cx_sync *sync, const cxlog_batch *batch, cx_mark *mark,
                               cxlog_error *err)
{
    CXLOG_AUTO_TEXT value = NULL;
    cxlog_status status =
        sync->remote->ops->marker(sync->remote, batch->marker, &value, err);
    if (status != CXLOG_OK)
        return status;
    char own[CX_MARK_SIZE];
    cx_sync_mark_value(own, batch);
    if (!value)
        *mark = CX_MARK_NONE;
    else
        *mark = strcmp(value, own) == 0 ? CX_MARK_OURS : CX_MARK_OTHER;
    return CXLOG_OK;
}

/* Could an attempt of this batch still be on its way? */
static bool is_young(const cxlog_batch *batch)
{
    int64_t age = cxlog_utc_now() - batch->last_attempt;
    return age <= CXLOG_REQUEST_LIFE_S; /* also when the clock went back */
}

static cxlog_status settle_one(cx_sync *sync, cxlog_batch *batch, cxlog_error *err)
{
    cx_mark mark;
    bool young = is_young(batch);
    cxlog_status status = cx_sync_mark_look(sync, batch, &mark, err);
    if (status != CXLOG_OK)
        return status;
    if (mark == CX_MARK_OURS) {
        status = cxlog_store_batch_applied(sync->store, batch, err);
        if (status == CXLOG_OK)
            sync->pushed += (int64_t)batch->count;
        return status;
    }
    if (mark == CX_MARK_OTHER && young)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "it is not known yet whether the last records arrived: sync "
                          "again in a few minutes");
    int64_t confirmed = sync->confirmed;
    if (mark == CX_MARK_OTHER) /* a copy of this store may have sent them just now */
        status = cx_sync_pull(sync, false, false, err);
    if (status != CXLOG_OK || sync->confirmed > confirmed)
        return status;
    /* The same batch under the same marker: safe whichever of the two comes first. */
    status = cxlog_store_batch_again(sync->store, batch, cxlog_utc_now(),
                                     mark == CX_MARK_OTHER, err);
    return status ? status : cx_sync_push_batch(sync, batch, young, err);
}

cxlog_status cx_sync_settle(cx_sync *sync, cxlog_error *err)
{
    for (;;) {
        CXLOG_AUTO(cxlog_batch) *batch = NULL;
        cxlog_status status = cx_sync_stopped(sync, err);
        if (status == CXLOG_OK)
            status = cxlog_store_batch_open(sync->store, &batch, err);
        if (status == CXLOG_OK && batch)
            status = settle_one(sync, batch, err);
        if (status != CXLOG_OK || !batch)
            return status;
    }
}
