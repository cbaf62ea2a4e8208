#include "store/store_impl.h"

cxlog_status cxlog_store_get(cxlog_store *store, const char *key, char **value,
                             cxlog_error *err)
{
    *value = NULL;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_META_GET, CX_ARGS(cx_t(key)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    return cx_col_copy(value, stmt, 0, err);
}

cxlog_status cxlog_store_set(cxlog_store *store, const char *key, const char *value,
                             cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status && value)
        status =
            cx_run(store, CX_SQL_META_SET, CX_ARGS(cx_t(key), cx_t(value)), NULL, err);
    else if (!status)
        status = cx_run(store, CX_SQL_META_UNSET, CX_ARGS(cx_t(key)), NULL, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}
