#include "store/store_impl.h"

#include <cxlog/text.h>

static cxlog_status configure(cxlog_store *store, cxlog_error *err)
{
    static const struct {
        int option, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        int code = sqlite3_db_config(store->db, switches[i].option, switches[i].value,
                                     (int *)NULL);
        if (code != SQLITE_OK)
            return cx_sql_failed(store, code, err);
    }
    int code = sqlite3_exec(store->db,
                            "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                            "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
                            "PRAGMA temp_store = MEMORY; PRAGMA synchronous = EXTRA",
                            NULL, NULL, NULL);
    return code == SQLITE_OK ? CXLOG_OK : cx_sql_failed(store, code, err);
}

static cxlog_status set_journal(cxlog_store *store, cxlog_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code =
        sqlite3_prepare_v2(store->db, "PRAGMA journal_mode = TRUNCATE", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    bool ok = false;
    if (code == SQLITE_ROW) {
        const char *mode = cx_col_text(stmt, 0);
        ok = mode && strcmp(mode, "truncate") == 0;
    }
    cxlog_status status = CXLOG_OK;
    if (code != SQLITE_ROW)
        status = cx_sql_failed(store, code, err);
    else if (!ok)
        status = cxlog_fail(err, CXLOG_ERR_IO, "the store refuses journal mode TRUNCATE");
    sqlite3_finalize(stmt);
    return status;
}

static cxlog_status connect_file(cxlog_store *store, const cxlog_store_options *options,
                                 cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_NOFOLLOW |
                SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(store->file, &store->db, flags, NULL);
    if (!store->db)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (code != SQLITE_OK)
        return cx_sql_failed(store, code, err);
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return cxlog_fail(err, CXLOG_ERR_IO, "%s is not writable",
                          cxlog_quote_path(quoted, store->path));
    sqlite3_busy_timeout(store->db, options->busy_ms);
    return CXLOG_OK;
}

cxlog_status cxlog_store_open(cxlog_store **out, const cxlog_store_options *options,
                              cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_store) *store = calloc(1, sizeof *store);
    if (store)
        store->path = strdup(options->path);
    if (!store || !store->path)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status =
        cx_place_check(&store->file, options->path, options->create, err);
    if (!status)
        status = connect_file(store, options, err);
    if (!status)
        status = cx_header_check(store, err);
    if (!status)
        status = configure(store, err);
    if (!status)
        status = cx_schema_check(store, options->create, err);
    if (!status)
        status = set_journal(store, err);
    if (status)
        return status;
    *out = CXLOG_TAKE(store);
    return CXLOG_OK;
}

void cxlog_store_close(cxlog_store *store)
{
    if (!store)
        return;
    cx_finalize_all(store);
    sqlite3_close_v2(store->db);
    free(store->path);
    free(store->file);
    free(store);
}

const char *cxlog_store_path(const cxlog_store *store)
{
    return store->path;
}

cxlog_status cxlog_store_check(cxlog_store *store, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cx_alive(store, err);
    if (status)
        return status;
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    const char *answer = code == SQLITE_ROW ? cx_col_text(stmt, 0) : NULL;
    if (code != SQLITE_ROW)
        status = cx_sql_failed(store, code, err);
    else if (!answer || strcmp(answer, "ok") != 0)
        status = cxlog_fail(err, CXLOG_ERR_IO,
                            "%s is damaged: copy it away, then salvage it with"
                            " `sqlite3 FILE .recover` or restore a backup",
                            cxlog_quote_path(quoted, store->path));
    sqlite3_finalize(stmt);
    return status;
}
