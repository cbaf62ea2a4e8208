#include "store/store_impl.h"

cxlog_status cx_group_root(char out[CXLOG_ID_SIZE], cxlog_store *store, const char *id,
                           cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_GROUP_ROOT, CX_ARGS(cx_t(id)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status)
        return status;
    const char *root = row ? cx_col_text(stmt, 0) : id;
    if (!root || strlen(root) > CXLOG_ID_LENGTH)
        return cxlog_fail(err, CXLOG_ERR_BUG, "an ID of the store is too long");
    memcpy(out, root, strlen(root) + 1);
    return CXLOG_OK;
}

cxlog_status cx_group_last(cx_last *out, cxlog_store *store, const char *root,
                           cxlog_error *err)
{
    *out = (cx_last){0};
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_GROUP_LAST, CX_ARGS(cx_t(root)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    out->num = sqlite3_column_int64(stmt, 0);
    out->logged_at = sqlite3_column_int64(stmt, 1);
    const char *corrects = cx_col_text(stmt, 2);
    out->is_void =
        corrects && strncmp(corrects, CXLOG_VOID_PREFIX, strlen(CXLOG_VOID_PREFIX)) == 0;
    return CXLOG_OK;
}

/* Flag one record, and count it in or out. Nothing when it stands so already. */
static cxlog_status set_effective(cxlog_store *store, int64_t num, bool effective,
                                  cxlog_error *err)
{
    int changes = 0;
    cxlog_status status = cx_run(store, CX_SQL_GROUP_FLAG,
                                 CX_ARGS(cx_i(num), cx_i(effective)), &changes, err);
    if (status || !changes)
        return status;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    status = cx_open(&stmt, store, CX_SQL_FACT_OF, CX_ARGS(cx_i(num)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (!status && !row)
        status = cxlog_fail(err, CXLOG_ERR_BUG, "record #%lld is gone", (long long)num);
    if (status)
        return status;
    cx_fact fact;
    cx_fact_read(&fact, stmt);
    return cx_roll_change(store, &fact, effective ? 1 : -1, err);
}

static cxlog_status leave_only(cxlog_store *store, const char *root, int64_t keep,
                               cxlog_error *err)
{
    int64_t num = 0;
    cxlog_status status = CXLOG_OK;
    do {
        status = cx_number(&num, store, CX_SQL_GROUP_EFFECTIVE,
                           CX_ARGS(cx_t(root), cx_i(keep)), 0, err);
        if (!status && num)
            status = set_effective(store, num, false, err);
    } while (!status && num);
    return status;
}

cxlog_status cx_group_hide(cxlog_store *store, const char *root, cxlog_error *err)
{
    return leave_only(store, root, 0, err);
}

cxlog_status cx_group_refresh(cxlog_store *store, const char *root, cxlog_error *err)
{
    cx_last last;
    cxlog_status status = cx_group_last(&last, store, root, err);
    if (status)
        return status;
    int64_t keep = last.is_void ? 0 : last.num;
    status = leave_only(store, root, keep, err);
    return status || !keep ? status : set_effective(store, keep, true, err);
}

cxlog_status cxlog_store_correct_at(cxlog_store *store, const char *root, cxlog_wall now,
                                    cxlog_wall *out, cxlog_error *err)
{
    char resolved[CXLOG_ID_SIZE];
    cx_last last = {0};
    cxlog_status status = cx_group_root(resolved, store, root, err);
    if (!status)
        status = cx_group_last(&last, store, resolved, err);
    *out = last.num && last.logged_at >= now ? last.logged_at + 1 : now;
    return status;
}

cxlog_status cxlog_store_effective(cxlog_store *store, const char *root,
                                   cxlog_record *out, bool *found, cxlog_error *err)
{
    *found = false;
    cxlog_record_clear(out);
    char resolved[CXLOG_ID_SIZE];
    cx_last last = {0};
    cxlog_status status = cx_group_root(resolved, store, root, err);
    if (!status)
        status = cx_group_last(&last, store, resolved, err);
    if (status || !last.num || last.is_void)
        return status;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    status = cx_open(&stmt, store, CX_SQL_RECORD_BY_NUM, CX_ARGS(cx_i(last.num)), err);
    if (!status)
        status = cx_next(store, stmt, found, err);
    if (status || !*found)
        return status;
    return cx_record_read(out, store, stmt, err);
}
