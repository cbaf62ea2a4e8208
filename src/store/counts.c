#include "store/store_impl.h"

/* One statement, so that all the figures are of one moment. */
cxlog_status cxlog_store_counts(cxlog_store *store, const char *agent, cxlog_day today,
                                cxlog_counts *out, cxlog_error *err)
{
    *out = (cxlog_counts){0};
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_COUNTS, CX_ARGS(cx_i(today), cx_t(agent)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    int64_t *const figures[] = {
        &out->today,   &out->today_team,  &out->pending,   &out->sent,
        &out->unknown, &out->quarantined, &out->confirmed, &out->missing,
        &out->edited,  &out->duplicate,   &out->foreign,   &out->records,
    };
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        *figures[i] = sqlite3_column_int64(stmt, (int)i);
    return CXLOG_OK;
}

cxlog_status cxlog_store_span(cxlog_store *store, cxlog_day *first, cxlog_day *last,
                              bool *any, cxlog_error *err)
{
    *any = false;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_ROLL_SPAN, CX_NO_ARGS, err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row || sqlite3_column_type(stmt, 0) == SQLITE_NULL)
        return status;
    *any = true;
    *first = (cxlog_day)sqlite3_column_int64(stmt, 0);
    *last = (cxlog_day)sqlite3_column_int64(stmt, 1);
    return CXLOG_OK;
}
