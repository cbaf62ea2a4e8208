#include "store/store_impl.h"

void cxlog_batch_free(cxlog_batch *batch)
{
    if (!batch)
        return;
    for (size_t i = 0; i < batch->count; i++)
        cxlog_record_clear(&batch->records[i]);
    free(batch->records);
    free(batch);
}

cxlog_status cx_batch_settle(cxlog_store *store, cxlog_error *err)
{
    return cx_run(store, CX_SQL_BATCH_SETTLE, CX_NO_ARGS, NULL, err);
}

cxlog_status cx_batch_read(cxlog_batch *batch, cxlog_store *store, cx_reading *stmt,
                           size_t limit, cxlog_error *err)
{
    size_t room = 0;
    bool row = false;
    cxlog_status status = cx_next(store, stmt, &row, err);
    while (!status && row && batch->count < limit) {
        if (batch->count == room) {
            room = room ? room * 2 : 16;
            cxlog_record *grown = realloc(batch->records, room * sizeof *grown);
            if (!grown)
                return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
            batch->records = grown;
        }
        cxlog_record_init(&batch->records[batch->count]);
        status = cx_record_read(&batch->records[batch->count++], store, stmt, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cxlog_store_batch_open(cxlog_store *store, cxlog_batch **out,
                                    cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    CXLOG_AUTO(cx_reading) *records = NULL;
    bool row = false;
    cxlog_status status = cx_tx_read(&tx, store, err);
    if (!status)
        status = cx_open(&stmt, store, CX_SQL_BATCH_OPEN, CX_NO_ARGS, err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    batch = calloc(1, sizeof *batch);
    const char *uuid = cx_col_text(stmt, 1);
    if (!batch || !uuid)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    batch->number = sqlite3_column_int64(stmt, 0);
    memcpy(batch->uuid, uuid, CXLOG_ID_SIZE);
    batch->marker = sqlite3_column_int(stmt, 2);
    batch->attempts = sqlite3_column_int(stmt, 3);
    batch->last_attempt = sqlite3_column_int64(stmt, 4);
    status =
        cx_open(&records, store, CX_SQL_BATCH_RECORDS, CX_ARGS(cx_i(batch->number)), err);
    if (!status)
        status = cx_batch_read(batch, store, records, SIZE_MAX, err);
    if (!status)
        *out = CXLOG_TAKE(batch);
    return status;
}

cxlog_status cxlog_store_batch_again(cxlog_store *store, cxlog_batch *batch,
                                     int64_t utc_now, bool new_marker, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int32_t marker = batch->marker;
    int changes = 0;
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status && new_marker)
        status = cx_marker_draw(&marker, store, NULL, err);
    if (!status)
        status = cx_run(store, CX_SQL_BATCH_AGAIN,
                        CX_ARGS(cx_i(batch->number), cx_i(marker), cx_i(utc_now)),
                        &changes, err);
    if (!status && changes != 1)
        status = cxlog_fail(err, CXLOG_ERR_BUG, "the batch is not open");
    if (!status)
        status = cx_tx_commit(&tx, NULL, err);
    if (status)
        return status;
    batch->marker = marker;
    batch->attempts++;
    batch->last_attempt = utc_now;
    return CXLOG_OK;
}

/* Its records that nobody has seen meanwhile get `state` and leave it. */
static cxlog_status release(cxlog_store *store, const cxlog_batch *batch,
                            cxlog_state state, cxlog_error *err)
{
    return cx_run(store, CX_SQL_BATCH_RELEASE,
                  CX_ARGS(cx_i(batch->number), cx_i((int64_t)state)), NULL, err);
}

cxlog_status cxlog_store_batch_applied(cxlog_store *store, const cxlog_batch *batch,
                                       cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status =
            cx_run(store, CX_SQL_BATCH_PHASE, CX_ARGS(cx_i(batch->number)), NULL, err);
    if (!status)
        status = release(store, batch, CXLOG_STATE_SENT, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cxlog_store_batch_dissolve(cxlog_store *store, const cxlog_batch *batch,
                                        cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = release(store, batch, CXLOG_STATE_PENDING, err);
    if (!status)
        status =
            cx_run(store, CX_SQL_BATCH_DELETE, CX_ARGS(cx_i(batch->number)), NULL, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cxlog_store_quarantine(cxlog_store *store, const char *id,
                                    const char *reason, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = cx_run(store, CX_SQL_RECORD_REFUSE, CX_ARGS(cx_t(id), cx_t(reason)),
                        NULL, err);
    /* What was refused was not applied: a batch that this empties has no marker to look
     * after. */
    if (!status)
        status = cx_run(store, CX_SQL_BATCH_DROP_EMPTY, CX_NO_ARGS, NULL, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cxlog_store_retry(cxlog_store *store, int64_t *count, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int changes = 0;
    *count = 0;
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = cx_run(store, CX_SQL_RECORD_RETRY, CX_NO_ARGS, &changes, err);
    if (!status)
        status = cx_tx_commit(&tx, NULL, err);
    if (!status)
        *count = changes;
    return status;
}

cxlog_status cxlog_store_markers(cxlog_store *store, int64_t utc_now, int32_t *ids,
                                 size_t capacity, size_t *count, cxlog_error *err)
{
    *count = 0;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status = cx_open(
        &stmt, store, CX_SQL_BATCH_MARKERS,
        CX_ARGS(cx_i(utc_now - CXLOG_REQUEST_LIFE_S), cx_i((int64_t)capacity)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row && *count < capacity) {
        ids[(*count)++] = sqlite3_column_int(stmt, 0);
        status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cxlog_store_markers_gone(cxlog_store *store, const int32_t *ids,
                                      size_t count, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    if (count == 0)
        return CXLOG_OK;
    cxlog_status status = cx_tx_write(&tx, store, err);
    for (size_t i = 0; !status && i < count; i++)
        status =
            cx_run(store, CX_SQL_BATCH_DELETE_MARKER, CX_ARGS(cx_i(ids[i])), NULL, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}
