#include <stdio.h>

#include "store/store_impl.h"

static cxlog_status read_meta(cxlog_basis *out, cxlog_store *store, cxlog_error *err)
{
    CXLOG_AUTO_TEXT last = NULL;
    cxlog_status status = cxlog_store_get(store, CXLOG_META_LAST_SYNC, &last, err);
    if (status)
        return status;
    if (last)
        cxlog_wall_iso(out->last_sync, strtoll(last, NULL, 10));
    int length = snprintf(out->zone, sizeof out->zone, "%s", cxlog_zone_name());
    if (length < 0 || (size_t)length >= sizeof out->zone)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the zone's name is too long");
    return CXLOG_OK;
}

cxlog_status cx_basis_read(cxlog_basis *out, cxlog_store *store,
                           const cxlog_period *period, cxlog_error *err)
{
    cxlog_day from = cxlog_period_year_start(period);
    from = period->from < from ? period->from : from;
    cxlog_status status = read_meta(out, store, err);
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    if (!status)
        status = cx_open(&stmt, store, CX_SQL_BASIS,
                         CX_ARGS(cx_i((cxlog_wall)from * 86400),
                                 cx_i(((cxlog_wall)period->to + 1) * 86400), cx_i(from),
                                 cx_i(period->to)),
                         err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    int64_t *const figures[] = {
        &out->pending,   &out->sent,   &out->unknown, &out->quarantined,    &out->foreign,
        &out->duplicate, &out->edited, &out->missing, &out->scheme_version,
    };
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        *figures[i] = sqlite3_column_int64(stmt, (int)i);
    return CXLOG_OK;
}
