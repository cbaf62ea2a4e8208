#include "store/store_impl.h"

#include <cxlog/text.h>

static cxlog_status begin(cx_tx *tx, cxlog_store *store, cx_sql how, cxlog_error *err)
{
    cxlog_status status = cx_run(store, how, CX_NO_ARGS, NULL, err);
    if (status)
        return status;
    tx->store = store;
    store->writing = how == CX_SQL_BEGIN;
    return CXLOG_OK;
}

cxlog_status cx_tx_write(cx_tx *tx, cxlog_store *store, cxlog_error *err)
{
    cxlog_status status = begin(tx, store, CX_SQL_BEGIN, err);
    cx_fault("store.begin");
    return status;
}

cxlog_status cx_tx_read(cx_tx *tx, cxlog_store *store, cxlog_error *err)
{
    return begin(tx, store, CX_SQL_BEGIN_READ, err);
}

void cx_tx_end(cx_tx *tx)
{
    if (!tx->store)
        return;
    /* Some failures have rolled back already; asking is cheaper than an error that hides
     * the first one. */
    if (!tx->store->dead && !sqlite3_get_autocommit(tx->store->db))
        sqlite3_exec(tx->store->db, "ROLLBACK", NULL, NULL, NULL);
    tx->store->writing = false;
    tx->store = NULL;
}

typedef enum found { FOUND_NO, FOUND_YES, FOUND_UNKNOWN } found;

/* A fresh connection plays back what a failed commit left behind, so what it reads is
 * what every later one will read. */
static found look(const char *file, const char *id)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    found result = FOUND_UNKNOWN;
    int code =
        sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, 1000);
        code =
            sqlite3_prepare_v2(db, "SELECT 1 FROM record WHERE id = ?", -1, &stmt, NULL);
    }
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
    if (code == SQLITE_OK) {
        code = sqlite3_step(stmt);
        if (code == SQLITE_ROW)
            result = FOUND_YES;
        else if (code == SQLITE_DONE)
            result = FOUND_NO;
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return result;
}

static cxlog_status commit_failed(cxlog_store *store, int code, const char *probe,
                                  cxlog_error *err)
{
    if ((code & 0xff) ==
        SQLITE_BUSY) /* still inside: rolled back by the caller's scope */
        return cx_sql_failed(store, code, err);
    char quoted[CXLOG_QUOTE_MAX];
    const char *path = cxlog_quote_path(quoted, store->path);
    const char *why = sqlite3_errstr(code & 0xff);
    /* After a failed fsync a handle's cache cannot be trusted: it is never used again. */
    cx_finalize_all(store);
    sqlite3_close_v2(store->db);
    store->db = NULL;
    store->dead = true;
    if (probe && look(store->file, probe) == FOUND_NO)
        return cxlog_fail(err, CXLOG_ERR_IO, "%s: %s; nothing was saved", path, why);
    return cxlog_fail(err, CXLOG_ERR_IO,
                      "%s: %s while committing; outcome unknown: look whether it is there"
                      " before doing it again",
                      path, why);
}

cxlog_status cx_tx_commit(cx_tx *tx, const char *probe, cxlog_error *err)
{
    cxlog_store *store = tx->store;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_COMMIT, CX_NO_ARGS, err);
    if (status)
        return status;
    if (store->writing)
        cx_fault("store.commit.before");
    int code = sqlite3_step(stmt);
    if (code != SQLITE_DONE) {
        sqlite3_reset(CXLOG_TAKE(stmt));
        status = commit_failed(store, code, probe, err);
        cx_tx_end(tx);
        return status;
    }
    if (store->writing)
        cx_fault("store.commit.after");
    store->writing = false;
    tx->store = NULL;
    return CXLOG_OK;
}
