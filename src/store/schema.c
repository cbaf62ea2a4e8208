#include <inttypes.h>
#include <stdio.h>

#include <cxlog/text.h>

#include "store/store_impl.h"

/* Append only: a store anywhere may stand at any of these. Element i brings version i to
 * i + 1. */
static const char *const migrations[] = {
    "CREATE TABLE meta("
    " key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"

    "CREATE TABLE batch("
    " num INTEGER PRIMARY KEY,"
    " uuid TEXT NOT NULL UNIQUE CHECK(length(uuid) = 26),"
    " marker INTEGER NOT NULL UNIQUE CHECK(marker BETWEEN 1 AND 1073741823),"
    " attempts INTEGER NOT NULL CHECK(attempts > 0),"
    " last_attempt INTEGER NOT NULL,"
    " phase INTEGER NOT NULL CHECK(phase IN (0, 1, 2))) STRICT;"

    "CREATE TABLE record("
    " num INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE CHECK(length(id) = 26),"
    " state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 4),"
    " mine INTEGER NOT NULL CHECK(mine IN (0, 1)),"
    " effective INTEGER NOT NULL CHECK(effective IN (0, 1)),"
    " edited INTEGER NOT NULL CHECK(edited IN (0, 1)),"
    " extras INTEGER NOT NULL CHECK(extras >= 0),"
    " at INTEGER NOT NULL,"
    " pos INTEGER NOT NULL CHECK(pos >= 0),"
    " batch INTEGER REFERENCES batch(num),"
    " root TEXT CHECK(root IS NULL OR root <> id),"
    " contacted_at INTEGER, agent TEXT, channel TEXT, category TEXT, detail TEXT,"
    " customer TEXT, region TEXT, sentiment TEXT, result TEXT,"
    " handle_s INTEGER, wait_s INTEGER, csat INTEGER, nps INTEGER, ces INTEGER,"
    " tags TEXT, link TEXT, logged_at INTEGER NOT NULL, corrects TEXT, checksum TEXT,"
    " reason TEXT, note TEXT, hunch TEXT,"
    " CHECK(mine = 1 OR state = 3),"
    " CHECK(effective = 0 OR (contacted_at IS NOT NULL AND category IS NOT NULL))"
    ") STRICT;"
    "CREATE INDEX record_at ON record(at);"
    "CREATE INDEX record_open ON record(state) WHERE state <> 3;"
    "CREATE INDEX record_group ON record(root) WHERE root IS NOT NULL;"
    "CREATE INDEX record_batch ON record(batch) WHERE batch IS NOT NULL;"
    "CREATE INDEX record_pos ON record(pos) WHERE pos > 0;"
    "CREATE INDEX record_gone ON record(num) WHERE state = 3 AND pos = 0;"
    "CREATE INDEX record_edited ON record(num) WHERE edited = 1;"
    "CREATE TRIGGER record_stays BEFORE DELETE ON record BEGIN"
    " SELECT RAISE(ABORT, 'records are never deleted'); END;"

    "CREATE TABLE extra("
    " num INTEGER NOT NULL REFERENCES record(num), name TEXT NOT NULL,"
    " value TEXT NOT NULL, PRIMARY KEY(num, name)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE roll("
    " span INTEGER NOT NULL CHECK(span IN (0, 1)), day INTEGER NOT NULL,"
    " dim INTEGER NOT NULL CHECK(dim >= 0),"
    " a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL,"
    " n INTEGER NOT NULL CHECK(n >= 0),"
    " PRIMARY KEY(span, day, dim, a, b, c)) STRICT, WITHOUT ROWID;"

    /* Rows of the sheet that are no record's place. kind: 1 foreign, 2 second row of an
       ID, 3 ID that cannot be read. */
    "CREATE TABLE odd_row("
    " pos INTEGER PRIMARY KEY CHECK(pos > 0),"
    " kind INTEGER NOT NULL CHECK(kind IN (1, 2, 3)), id TEXT,"
    " contact_like INTEGER NOT NULL CHECK(contact_like IN (0, 1)),"
    " day INTEGER) STRICT;"

    "CREATE TABLE event("
    " number INTEGER PRIMARY KEY CHECK(number > 0), at INTEGER NOT NULL, author TEXT,"
    " action INTEGER NOT NULL, dim INTEGER NOT NULL, name TEXT, parent TEXT, code TEXT,"
    " from_day INTEGER, target TEXT, reason TEXT,"
    " chain TEXT NOT NULL CHECK(length(chain) = 64)) STRICT;"

    "CREATE TABLE value("
    " num INTEGER PRIMARY KEY, dim INTEGER NOT NULL, name TEXT NOT NULL,"
    " parent TEXT NOT NULL, code TEXT NOT NULL, added_by INTEGER NOT NULL,"
    " from_day INTEGER, retired_from INTEGER, successor TEXT NOT NULL, retired_by "
    "INTEGER NOT NULL,"
    " retired_how INTEGER NOT NULL, kind TEXT NOT NULL, col INTEGER NOT NULL) STRICT;"
    "CREATE TABLE alias("
    " num INTEGER NOT NULL REFERENCES value(num), ord INTEGER NOT NULL,"
    " name TEXT NOT NULL, PRIMARY KEY(num, ord)) STRICT, WITHOUT ROWID;",

    /* 2: a word of the scheme is found without reading the scheme. retired_how 3:
       renamed. */
    "CREATE INDEX value_name ON value(dim, parent, name);"
    "CREATE INDEX value_code ON value(dim, parent, code) WHERE code <> '';"
    "CREATE INDEX value_renamed ON value(dim, parent, successor) WHERE retired_how = 3;"
    "CREATE INDEX alias_name ON alias(name);",

    /* 3: whose checksum a row carries. A record that was logged a moment ago is in no row
       of the sheet yet. */
    "CREATE INDEX record_sum ON record(checksum) WHERE state = 3;",
};

#define VERSION ((int64_t)(sizeof migrations / sizeof migrations[0]))

cxlog_status cx_pragma_number(int64_t *out, cxlog_store *store, const char *sql,
                              cxlog_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    cxlog_status status = CXLOG_OK;
    if (code != SQLITE_ROW)
        status = cx_sql_failed(store, code, err);
    sqlite3_finalize(stmt);
    return status;
}

static cxlog_status foreign(cxlog_store *store, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is not a cxlog store",
                      cxlog_quote_path(quoted, store->path));
}

/*
 * Read through SQLite's own descriptor: closing another one would drop this process's
 * locks on the file. A blank start is let through: what a power cut may leave of a first
 * run, which its journal undoes. Source: sqlite.org/fileformat2.html, 1.3 (application_id
 * at byte 68), 1.3.3 (2 is WAL).
 */
cxlog_status cx_header_check(cxlog_store *store, cxlog_error *err)
{
    static const unsigned char magic[16] = "SQLite format 3", blank[100];
    unsigned char head[100] = {0};
    sqlite3_file *file = NULL;
    int code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, head, sizeof head, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return cx_sql_failed(store, code, err);
    if (memcmp(head, blank, sizeof head) == 0)
        return CXLOG_OK;
    uint32_t id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 |
                  (uint32_t)head[70] << 8 | head[71];
    if (memcmp(head, magic, sizeof magic) != 0 || id != CX_APPLICATION_ID ||
        head[19] == 2)
        return foreign(store, err);
    return CXLOG_OK;
}

typedef struct identity {
    int64_t application, version, content; /* content 0: nothing but these */
} identity;

/* Under the write lock an empty file has a page already, so there its tables are counted.
 */
static cxlog_status read_identity(identity *out, cxlog_store *store, cxlog_error *err)
{
    const char *content =
        store->writing ? "SELECT count(*) FROM sqlite_schema" : "PRAGMA page_count";
    cxlog_status status =
        cx_pragma_number(&out->application, store, "PRAGMA application_id", err);
    if (!status)
        status = cx_pragma_number(&out->version, store, "PRAGMA user_version", err);
    if (!status && out->application == 0)
        status = cx_pragma_number(&out->content, store, content, err);
    return status;
}

static bool is_empty(const identity *id)
{
    return id->application == 0 && id->version == 0 && id->content == 0;
}

static cxlog_status recognise(const identity *id, cxlog_store *store, cxlog_error *err)
{
    if (!is_empty(id) && id->application != CX_APPLICATION_ID)
        return foreign(store, err);
    if (id->version > VERSION)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the store has version %" PRId64 ", this cxlog knows up to"
                          " %" PRId64 ": use the newer cxlog that wrote it",
                          id->version, VERSION);
    return CXLOG_OK;
}

static cxlog_status execute(cxlog_store *store, const char *sql, cxlog_error *err)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? CXLOG_OK : cx_sql_failed(store, code, err);
}

static cxlog_status stamp(cxlog_store *store, cxlog_error *err)
{
    char sql[96];
    int length = snprintf(
        sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %" PRId64 ";",
        CX_APPLICATION_ID, VERSION);
    if (length < 0 || (size_t)length >= sizeof sql)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the store's stamp does not fit");
    return execute(store, sql, err);
}

static cxlog_status migrate(cxlog_store *store, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (status)
        return status;
    /* Another first run may have been quicker: what counts is what stands there under the
     * lock. */
    identity id = {0};
    status = read_identity(&id, store, err);
    if (!status)
        status = recognise(&id, store, err);
    if (status || id.version == VERSION)
        return status;
    for (int64_t i = id.version; !status && i < VERSION; i++) {
        cx_fault("store.migrate");
        status = execute(store, migrations[i], err);
    }
    if (!status && id.version == 0)
        status = cx_scheme_start(store, err);
    if (!status && id.version == 0)
        status = cx_place_sync(store->file, err);
    if (!status)
        status = stamp(store, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

static cxlog_status read_one_moment(identity *id, cxlog_store *store, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_read(&tx, store, err);
    return status ? status : read_identity(id, store, err);
}

cxlog_status cx_schema_check(cxlog_store *store, bool create, cxlog_error *err)
{
    identity id = {0};
    cxlog_status status = read_one_moment(&id, store, err);
    if (!status)
        status = recognise(&id, store, err);
    if (status || id.version == VERSION)
        return status;
    if (is_empty(&id) && !create)
        return cxlog_fail(err, CXLOG_ERR_NOINPUT,
                          "the store is empty: nothing was logged");
    return migrate(store, err);
}
