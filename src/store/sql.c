#include <stdio.h>

#include <cxlog/text.h>

#include "store/store_impl.h"

static cxlog_status failed_io(cxlog_store *store, const char *path, cxlog_error *err)
{
    int code = sqlite3_extended_errcode(store->db);
    if (code == SQLITE_IOERR_NOMEM)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const char *why = sqlite3_errstr(code & 0xff);
    if (store->writing)
        return cxlog_fail(err, CXLOG_ERR_IO, "%s: %s; nothing was saved", path, why);
    return cxlog_fail(err, CXLOG_ERR_IO, "%s: %s", path, why);
}

static cxlog_status failed_damage(cxlog_store *store, int code, const char *path,
                                  cxlog_error *err)
{
    if (code == SQLITE_NOTADB)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is not a cxlog store", path);
    if (store->writing)
        return cxlog_fail(
            err, CXLOG_ERR_IO,
            "%s is damaged; nothing was saved: copy it away, then salvage it"
            " with `sqlite3 FILE .recover` or restore a backup",
            path);
    return cxlog_fail(err, CXLOG_ERR_IO,
                      "%s is damaged: copy it away, then salvage it with"
                      " `sqlite3 FILE .recover` or restore a backup",
                      path);
}

cxlog_status cx_sql_failed(cxlog_store *store, int code, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *path = cxlog_quote_path(quoted, store->path);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "%s is locked by another program; nothing was saved", path);
    case SQLITE_NOMEM:
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
        return failed_io(store, path, err);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return failed_damage(store, code & 0xff, path, err);
    default:
        return cxlog_fail(err, CXLOG_ERR_BUG, "%s: %s", path, sqlite3_errmsg(store->db));
    }
}

cxlog_status cx_alive(const cxlog_store *store, cxlog_error *err)
{
    if (!store->dead)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_IO,
                      "the store was closed after a disk error: run the command again");
}

cxlog_status cx_bind(cxlog_store *store, sqlite3_stmt *stmt, const cx_value *args,
                     size_t count, cxlog_error *err)
{
    for (size_t i = 0; i < count; i++) {
        int code;
        int place = (int)i + 1;
        if (args[i].is_text)
            code = sqlite3_bind_text(stmt, place, args[i].text, -1, SQLITE_STATIC);
        else if (args[i].number == CXLOG_BLANK)
            code = sqlite3_bind_null(stmt, place);
        else
            code = sqlite3_bind_int64(stmt, place, args[i].number);
        if (code != SQLITE_OK)
            return cx_sql_failed(store, code, err);
    }
    return CXLOG_OK;
}

cxlog_status cx_open(cx_reading **out, cxlog_store *store, cx_sql which,
                     const cx_value *args, size_t count, cxlog_error *err)
{
    *out = NULL;
    cxlog_status status = cx_alive(store, err);
    if (status)
        return status;
    if (!store->stmt[which]) {
        int code =
            sqlite3_prepare_v3(store->db, cx_sql_text[which], -1,
                               SQLITE_PREPARE_PERSISTENT, &store->stmt[which], NULL);
        if (code != SQLITE_OK)
            return cx_sql_failed(store, code, err);
    }
    sqlite3_reset(store->stmt[which]);
    *out = store->stmt[which];
    return cx_bind(store, store->stmt[which], args, count, err);
}

cxlog_status cx_next(cxlog_store *store, sqlite3_stmt *stmt, bool *row, cxlog_error *err)
{
    int code = sqlite3_step(stmt);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return CXLOG_OK;
    cxlog_status status = cx_sql_failed(store, code, err);
    sqlite3_reset(stmt);
    return status;
}

cxlog_status cx_run(cxlog_store *store, cx_sql which, const cx_value *args, size_t count,
                    int *changes, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, which, args, count, err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (!status && changes)
        *changes = sqlite3_changes(store->db);
    return status;
}

cxlog_status cx_number(int64_t *out, cxlog_store *store, cx_sql which,
                       const cx_value *args, size_t count, int64_t none, cxlog_error *err)
{
    *out = none;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, which, args, count, err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (!status && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        *out = sqlite3_column_int64(stmt, 0);
    return status;
}

int64_t cx_col_number(sqlite3_stmt *stmt, int column)
{
    if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
        return CXLOG_BLANK;
    return sqlite3_column_int64(stmt, column);
}

const char *cx_col_text(sqlite3_stmt *stmt, int column)
{
    return (const char *)sqlite3_column_text(stmt, column);
}

cxlog_status cx_col_copy(char **out, sqlite3_stmt *stmt, int column, cxlog_error *err)
{
    *out = NULL;
    if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
        return CXLOG_OK;
    const char *text = cx_col_text(stmt, column);
    if (text)
        *out = strdup(text);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

void cx_finalize_all(cxlog_store *store)
{
    for (size_t i = 0; i < CX_SQL_COUNT; i++) {
        sqlite3_finalize(store->stmt[i]);
        store->stmt[i] = NULL;
    }
}
