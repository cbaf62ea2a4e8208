#include "store/store_impl.h"

static bool late(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                 const char *name, cxlog_day day)
{
    if (!name || !*name)
        return false;
    const cxlog_value *value = cxlog_scheme_get(scheme, dim, parent, name);
    return value && value->retired_by != 0 && value->retired_from <= day;
}

static bool row_is_late(const cxlog_scheme *scheme, cx_roll roll, sqlite3_stmt *stmt)
{
    cxlog_day day = (cxlog_day)sqlite3_column_int64(stmt, 0);
    const char *a = cx_col_text(stmt, 1);
    if (roll == CX_ROLL_REGION)
        return late(scheme, CXLOG_DIM_REGION, "", a, day);
    return late(scheme, CXLOG_DIM_CATEGORY, "", a, day) ||
           late(scheme, CXLOG_DIM_CATEGORY, a, cx_col_text(stmt, 2), day) ||
           late(scheme, CXLOG_DIM_CHANNEL, "", cx_col_text(stmt, 3), day);
}

static cxlog_status scan(cxlog_store *store, const cxlog_scheme *scheme, cxlog_day from,
                         cx_roll roll, int64_t *count, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_ROLL_SCAN,
                CX_ARGS(cx_i(0), cx_i(from), cx_i(INT64_MAX), cx_i((int64_t)roll)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        if (row_is_late(scheme, roll, stmt))
            *count += sqlite3_column_int64(stmt, 4);
        status = cx_next(store, stmt, &row, err);
    }
    return status;
}

/* First day on which a name of these dimensions took no more records; INT32_MAX: all take
 * some. */
static cxlog_day first_retired(const cxlog_scheme *scheme, bool regions)
{
    cxlog_day first = INT32_MAX;
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->retired_by != 0 && value->dim != CXLOG_DIM_FIELD &&
            (value->dim == CXLOG_DIM_REGION) == regions && value->retired_from < first)
            first = value->retired_from;
    }
    return first;
}

cxlog_status cxlog_store_late_names(cxlog_store *store, int64_t *count, cxlog_error *err)
{
    *count = 0;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cx_tx_read(&tx, store, err);
    if (!status)
        status = cx_scheme_read(&scheme, store, err);
    if (status)
        return status;
    cxlog_day names = first_retired(scheme, false);
    cxlog_day regions = first_retired(scheme, true);
    if (names < INT32_MAX)
        status = scan(store, scheme, names, CX_ROLL_SCHEME, count, err);
    if (!status && regions < INT32_MAX)
        status = scan(store, scheme, regions, CX_ROLL_REGION, count, err);
    return status;
}
