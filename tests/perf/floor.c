/*
 * The floor that `cxlog log` is measured against: a bare program that opens a SQLite file
 * with cxlog's pragmas and commits one row. floor FILE
 */
#include <stdio.h>

#include <sqlite3.h>

static int run(sqlite3 *db)
{
    static const char *const steps[] = {
        "PRAGMA journal_mode=TRUNCATE",
        "PRAGMA synchronous=EXTRA",
        "PRAGMA foreign_keys=ON",
        "BEGIN IMMEDIATE",
        "CREATE TABLE IF NOT EXISTS record(num INTEGER PRIMARY KEY, id TEXT NOT NULL "
        "UNIQUE, note TEXT) STRICT",
        "INSERT INTO record(id, note) VALUES(lower(hex(randomblob(13))), '3일째 미도착')",
        "COMMIT",
    };
    if (sqlite3_busy_timeout(db, 10000) != SQLITE_OK)
        return 1;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (sqlite3_exec(db, steps[i], NULL, NULL, NULL) != SQLITE_OK) {
            fprintf(stderr, "floor: %s: %s\n", steps[i], sqlite3_errmsg(db));
            return 1;
        }
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (argc != 2 || sqlite3_open_v2(argv[1], &db, flags, NULL) != SQLITE_OK)
        return 2;
    int status = run(db);
    return sqlite3_close(db) == SQLITE_OK ? status : 1;
}
