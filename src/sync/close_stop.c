/*
 * close_stop.c - too many changes in the sheet: nothing is written to it until a person
 * has decided.
 */
#include "sync/check_impl.h"

cxlog_status cx_sync_held(cxlog_store *store, cxlog_error *err)
{
    int64_t rows = 0;
    cxlog_status status = cx_sync_meta_number(store, CXLOG_META_STOP, &rows, err);
    if (status != CXLOG_OK || rows == 0)
        return status;
    status = cxlog_fail(err, CXLOG_ERR_TAMPERED,
                        "%lld rows of the sheet were changed or deleted by hand: nothing "
                        "is written until you decide; records are safe here",
                        (long long)rows);
    cxlog_suggest(err, "cxlog verify");
    cxlog_suggest(err, "cxlog close --restore");
    cxlog_suggest(err, "cxlog close --accept");
    return status;
}
