#include "store/store_impl.h"

struct cxlog_cursor {
    cxlog_store *store;
    sqlite3_stmt *stmt;
    cxlog_filter filter; /* borrowed */
    char root[CXLOG_ID_SIZE];
};

#define NAME(name, field, heading, kind, bound) ", " #field
#define RECORD "SELECT " CX_RECORD_FIXED CXLOG_COLUMNS(NAME) " FROM "

static const char of_days[] =
    RECORD "record WHERE at >= ?1 AND at < ?2 AND (effective = 1 OR ?3) ORDER BY at, num";

/* Every version, as each has to be sent; a refused one only while nothing took its place.
 * Numbers are sorted first and records fetched after: a million unsent ones need not fit
 * into memory. An ORDER BY of the whole would sort the records themselves; without the
 * LIMIT the inner one may be left out. */
static const char unsent_of_days[] =
    "WITH unsent(n) AS MATERIALIZED (SELECT num FROM record"
    " WHERE state IN (0, 1, 4) AND state <> 3 AND at >= ?1 AND at < ?2"
    " AND (state <> 4 OR ?3 OR NOT " CX_FOLLOWED ") ORDER BY at, num LIMIT -1) " RECORD
    "unsent CROSS JOIN record ON num = n";

static const char of_group[] =
    RECORD "record WHERE num IN (SELECT num FROM record WHERE id = ?1 UNION ALL"
           " SELECT num FROM record WHERE root = ?1) ORDER BY logged_at, id";

static cxlog_status prepare(cxlog_cursor *cursor, const char *sql, cxlog_error *err)
{
    int code = sqlite3_prepare_v2(cursor->store->db, sql, -1, &cursor->stmt, NULL);
    return code == SQLITE_OK ? CXLOG_OK : cx_sql_failed(cursor->store, code, err);
}

static cxlog_status prepare_group(cxlog_cursor *cursor, const char *id, cxlog_error *err)
{
    cxlog_status status = cx_group_root(cursor->root, cursor->store, id, err);
    if (!status)
        status = prepare(cursor, of_group, err);
    if (!status)
        status = cx_bind(cursor->store, cursor->stmt, CX_ARGS(cx_t(cursor->root)), err);
    return status;
}

cxlog_status cxlog_store_list(cxlog_store *store, const cxlog_list_query *query,
                              cxlog_cursor **out, cxlog_error *err)
{
    *out = NULL;
    cxlog_status status = cx_alive(store, err);
    if (status)
        return status;
    CXLOG_AUTO(cxlog_cursor) *cursor = calloc(1, sizeof *cursor);
    if (!cursor)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cursor->store = store;
    if (query->root) {
        status = prepare_group(cursor, query->root, err);
    } else {
        cursor->filter = query->filter;
        status = prepare(cursor, query->unsent ? unsent_of_days : of_days, err);
        if (!status)
            status = cx_bind(store, cursor->stmt,
                             CX_ARGS(cx_i((cxlog_wall)query->from * 86400),
                                     cx_i(((cxlog_wall)query->to + 1) * 86400),
                                     cx_i(query->all_versions)),
                             err);
    }
    if (!status)
        *out = CXLOG_TAKE(cursor);
    return status;
}

cxlog_status cxlog_cursor_next(cxlog_cursor *cursor, cxlog_record *record, bool *more,
                               cxlog_error *err)
{
    for (;;) {
        cxlog_status status = cx_next(cursor->store, cursor->stmt, more, err);
        if (status || !*more) {
            cxlog_record_clear(record);
            return status;
        }
        status = cx_record_read(record, cursor->store, cursor->stmt, err);
        if (status)
            return status;
        cx_fact fact;
        cx_fact_of_entry(&fact, &record->entry, 0);
        if (cx_filter_pass(&cursor->filter, &fact))
            return CXLOG_OK;
    }
}

void cxlog_cursor_close(cxlog_cursor *cursor)
{
    if (!cursor)
        return;
    sqlite3_finalize(cursor->stmt);
    free(cursor);
}
