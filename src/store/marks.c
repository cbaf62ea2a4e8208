#include "store/store_impl.h"

/* Durable before the first of them exists: whatever happens then, a later push deletes
 * them along the way, as it does with those of batches. */
cxlog_status cxlog_store_marks_draw(cxlog_store *store, int64_t utc_now, int32_t *ids,
                                    size_t count, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    for (size_t i = 0; !status && i < count; i++) {
        char uuid[CXLOG_ID_SIZE];
        status = cxlog_id_new(uuid, err);
        if (!status)
            status = cx_marker_draw(&ids[i], store, NULL, err);
        if (!status)
            status = cx_run(store, CX_SQL_MARK_INSERT,
                            CX_ARGS(cx_t(uuid), cx_i(ids[i]), cx_i(utc_now)), NULL, err);
    }
    return status ? status : cx_tx_commit(&tx, NULL, err);
}
