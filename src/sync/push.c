/*
 * push.c - batches on their way: durable with the attempt counted, then sent, then the
 * outcome recorded. Never a resend before the marker was looked for; never a batch given
 * up while an attempt may still be applied.
 */
#include <inttypes.h>

#include "core/seam.h"
#include "sync/sync_impl.h"

#define QUOTA_ROUNDS                                                                     \
    8 /* waits for quota before the run is given up; the run's deadline usually comes    \
         first */

typedef enum verdict {
    SEND_AGAIN,    /* the same batch */
    SEND_NEW_MARK, /* the same batch under another marker */
    SEND_FINISHED, /* applied, or gone from the store */
    SEND_GIVEN_UP  /* status and sentence say why */
} verdict;

typedef struct sending {
    cx_sync *sync;
    cxlog_batch *batch;
    bool doubt;      /* an attempt may be applied, now or later */
    bool keep_marks; /* delete no old markers along the way */
    int losses;      /* attempts whose answer was lost */
    int waits;       /* for quota or a passing fault */
    int rounds;      /* of pulling again or drawing markers */
    int32_t drops[CX_SYNC_DROPS];
    size_t drop_count;
    cxlog_answer answer;
    cxlog_status status; /* of the attempt */
    cxlog_error said;    /* its sentence */
} sending;

static cxlog_status send_once(sending *go, cxlog_error *err)
{
    cx_sync *sync = go->sync;
    go->drop_count = 0;
    cxlog_status status = CXLOG_OK;
    if (!go->keep_marks)
        status = cxlog_store_markers(sync->store, cxlog_utc_now(), go->drops,
                                     CX_SYNC_DROPS, &go->drop_count, err);
    if (status != CXLOG_OK)
        return status;
    char value[CX_MARK_SIZE];
    cx_sync_mark_value(value, go->batch);
    cxlog_push push = {
        .log_tab = sync->log_tab,
        .marker = go->batch->marker,
        .marker_value = value,
        .drop = go->drops,
        .drop_count = go->drop_count,
        .after_row = sync->end_row,
        .grow_first = sync->end_row == 1 && sync->log_rows == 1,
        .records = go->batch->records,
        .count = go->batch->count,
        .fields = (const char *const *)sync->fields.names,
        .field_count = sync->fields.count,
    };
    go->answer = (cxlog_answer){.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
    go->said = (cxlog_error){0};
    cx_fault("sync.push.before");
    go->status = sync->remote->ops->push(sync->remote, &push, &go->answer, &go->said);
    cx_fault("sync.push.after");
    if (go->status != CXLOG_OK && go->answer.outcome == CXLOG_OUTCOME_APPLIED)
        go->answer.outcome = CXLOG_OUTCOME_UNKNOWN;
    return CXLOG_OK;
}

static cxlog_status give_up(const sending *go, verdict *next, cxlog_error *err)
{
    *next = SEND_GIVEN_UP;
    cxlog_status stopped = cx_sync_stopped(go->sync, err);
    if (stopped != CXLOG_OK)
        return stopped;
    if (go->status == CXLOG_OK)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "the sheet did not take the records; they are safe here");
    return cx_sync_hand_over(err, &go->said, go->status);
}

/* Nothing of this batch is in the sheet and nothing can come: its records wait for the
 * next run as if never sent. */
static cxlog_status give_up_clean(const sending *go, verdict *next, cxlog_error *err)
{
    if (!go->doubt) {
        cxlog_status status = cxlog_store_batch_dissolve(go->sync->store, go->batch, err);
        *next = SEND_GIVEN_UP;
        if (status != CXLOG_OK)
            return status;
    }
    return give_up(go, next, err);
}

/* By its answer, or because its marker was found. drop_count is that of the last send:
 * after more than one lost answer it is 0, since it is not known which of them deleted
 * the old markers. */
static cxlog_status applied(sending *go, verdict *next, cxlog_error *err)
{
    cx_sync *sync = go->sync;
    *next = SEND_FINISHED;
    cxlog_status status = cxlog_store_batch_applied(sync->store, go->batch, err);
    if (status != CXLOG_OK)
        return status;
    cx_fault("sync.applied.after");
    size_t count = go->batch->count;
    sync->pushed += (int64_t)count;
    sync->end_row += (int64_t)count;
    sync->suspects -= count < sync->suspects ? count : sync->suspects;
    sync->refused = 0;
    if (go->drop_count > 0)
        status = cxlog_store_markers_gone(sync->store, go->drops, go->drop_count, err);
    return status;
}

/* Its records wait as if never sent, and the next batch is another one. */
static cxlog_status part(sending *go, verdict *next, cxlog_error *err)
{
    cxlog_status status = cxlog_store_batch_dissolve(go->sync->store, go->batch, err);
    *next = status == CXLOG_OK ? SEND_FINISHED : SEND_GIVEN_UP;
    return status;
}

/*
 * The marker's id is another batch's: ours was refused under it. While an earlier attempt
 * may still come, it must not get a second one: the other's could be deleted in between
 * and both be applied. The other may be the batch of a copy of this store, with the same
 * records in it: what the sheet has of them meanwhile must not be sent again.
 */
static cxlog_status marker_collides(sending *go, verdict *next, cxlog_error *err)
{
    *next = SEND_GIVEN_UP;
    if (go->doubt)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "it is not known yet whether the last records arrived: sync "
                          "again in a few minutes");
    int64_t confirmed = go->sync->confirmed;
    cxlog_status status = cx_sync_pull(go->sync, false, false, err);
    if (status != CXLOG_OK)
        return status;
    if (go->sync->confirmed > confirmed)
        return part(go, next, err);
    *next = SEND_NEW_MARK;
    return CXLOG_OK;
}

/* The answer was lost: look before anything else. */
static cxlog_status look(sending *go, verdict *next, cxlog_error *err)
{
    cx_mark mark;
    *next = SEND_GIVEN_UP;
    cxlog_status status = cx_sync_mark_look(go->sync, go->batch, &mark, err);
    if (status != CXLOG_OK)
        return status;
    if (mark == CX_MARK_OURS)
        return applied(go, next, err);
    if (mark == CX_MARK_OTHER)
        return marker_collides(go, next, err);
    *next = SEND_AGAIN;
    return CXLOG_OK;
}

static cxlog_status answer_lost(sending *go, verdict *next, cxlog_error *err)
{
    go->doubt = true;
    go->keep_marks = true; /* the lost attempt may have deleted them */
    go->losses++;
    if (!cx_sync_wait(go->sync,
                      cx_sync_jitter(go->sync->options->backoff_ms, go->losses - 1)))
        return give_up(go, next, err);
    cxlog_status status = look(go, next, err);
    if (status == CXLOG_OK && *next == SEND_AGAIN && go->losses >= CX_SYNC_TRIES)
        return give_up(go, next, err);
    return status;
}

/* When one record after the other is refused that was sent alone, or very many are, the
 * fault lies elsewhere, and every record of this store would be set aside for it: this
 * one stays pending. */
static cxlog_status quarantine(sending *go, verdict *next, cxlog_error *err)
{
    cx_sync *sync = go->sync;
    bool alone = go->batch->count == 1;
    if (go->doubt || ++sync->refusals > CX_SYNC_REFUSALS ||
        (alone && sync->refused >= CX_SYNC_REFUSED))
        return give_up_clean(go, next, err);
    const cxlog_record *bad = &go->batch->records[go->answer.bad_record];
    *next = SEND_GIVEN_UP;
    cxlog_status status = cxlog_store_quarantine(
        sync->store, cxlog_entry_text(&bad->entry, CXLOG_COL_ID), go->said.message, err);
    sync->suspects = 0;
    sync->refused += alone;
    return status ? status : part(go, next, err);
}

/* One of these records is refused and Google does not say which: the first half of them
 * goes alone, then of the half that holds it, until the one stands alone. A refusal was
 * not applied, so each part is a batch of its own, with its own marker. */
static cxlog_status halve(sending *go, verdict *next, cxlog_error *err)
{
    cx_sync *sync = go->sync;
    if (go->doubt || ++sync->refusals > CX_SYNC_REFUSALS)
        return give_up_clean(go, next, err);
    sync->suspects = go->batch->count;
    return part(go, next, err);
}

/* Rows were deleted since we looked. The pull may also show that an earlier attempt
 * arrived. */
static cxlog_status pull_again(sending *go, verdict *next, cxlog_error *err)
{
    if (++go->rounds > CX_SYNC_TRIES)
        return give_up_clean(go, next, err);
    *next = SEND_GIVEN_UP;
    cxlog_status status = cx_sync_pull(go->sync, false, false, err);
    if (status != CXLOG_OK)
        return status;
    if (go->doubt)
        return look(go, next, err);
    *next = SEND_AGAIN;
    return CXLOG_OK;
}

static cxlog_status refused_for_now(sending *go, verdict *next, cxlog_error *err)
{
    int64_t wait = go->answer.wait_ms > 0
                       ? go->answer.wait_ms
                       : cx_sync_jitter(go->sync->options->backoff_ms, go->waits);
    int most = go->answer.wait_ms > 0 ? QUOTA_ROUNDS : CX_SYNC_TRIES - 1;
    if (++go->waits > most || !cx_sync_wait(go->sync, wait))
        return give_up_clean(go, next, err);
    *next = SEND_AGAIN;
    return CXLOG_OK;
}

static cxlog_status not_applied(sending *go, verdict *next, cxlog_error *err)
{
    const cxlog_answer *answer = &go->answer;
    if (answer->marker_taken)
        return ++go->rounds > CX_PROPOSE_TRIES ? give_up_clean(go, next, err)
                                               : look(go, next, err);
    if (answer->beyond_grid)
        return pull_again(go, next, err);
    if (answer->drop_missing && go->drop_count > 0) {
        go->keep_marks = true;
        *next = SEND_AGAIN;
        return cxlog_store_markers_gone(go->sync->store, go->drops, go->drop_count, err);
    }
    if (answer->bad_record >= 0 && (size_t)answer->bad_record < go->batch->count)
        return quarantine(go, next, err);
    if (answer->refused && go->batch->count > 1)
        return halve(go, next, err);
    if (answer->wait_ms >= 0 && go->status == CXLOG_ERR_RETRY)
        return refused_for_now(go, next, err);
    return give_up_clean(go, next, err);
}

static cxlog_status judge(sending *go, verdict *next, cxlog_error *err)
{
    switch (go->answer.outcome) {
    case CXLOG_OUTCOME_APPLIED:
        return applied(go, next, err);
    case CXLOG_OUTCOME_UNKNOWN:
        return answer_lost(go, next, err);
    case CXLOG_OUTCOME_NOT_APPLIED:
        return not_applied(go, next, err);
    }
    return cxlog_fail(err, CXLOG_ERR_BUG, "no such outcome");
}

cxlog_status cx_sync_push_batch(cx_sync *sync, cxlog_batch *batch, bool doubt,
                                cxlog_error *err)
{
    sending go = {.sync = sync, .batch = batch, .doubt = doubt, .keep_marks = doubt};
    for (;;) {
        verdict next = SEND_GIVEN_UP;
        cxlog_status status = send_once(&go, err);
        if (status == CXLOG_OK)
            status = judge(&go, &next, err);
        if (status != CXLOG_OK || next == SEND_FINISHED || next == SEND_GIVEN_UP)
            return status;
        status = cx_sync_stopped(sync, err);
        if (status != CXLOG_OK && !go.doubt &&
            cxlog_store_batch_dissolve(sync->store, batch, NULL))
            return status; /* it stays open, and the next run looks */
        if (status == CXLOG_OK)
            status = cxlog_store_batch_again(sync->store, batch, cxlog_utc_now(),
                                             next == SEND_NEW_MARK, err);
        if (status != CXLOG_OK)
            return status;
    }
}

static size_t next_size(const cx_sync *sync)
{
    if (sync->suspects == 0)
        return CXLOG_BATCH_ROWS;
    return sync->suspects > 1 ? sync->suspects / 2 : 1;
}

cxlog_status cx_sync_push_all(cx_sync *sync, cxlog_error *err)
{
    for (;;) {
        CXLOG_AUTO(cxlog_batch) *batch = NULL;
        cxlog_status status = cx_sync_stopped(sync, err);
        if (status == CXLOG_OK)
            status = cxlog_store_batch_make(sync->store, cxlog_utc_now(), next_size(sync),
                                            &batch, err);
        if (status != CXLOG_OK || !batch)
            return status;
        status = cx_sync_push_batch(sync, batch, false, err);
        if (status != CXLOG_OK)
            return status;
    }
}
