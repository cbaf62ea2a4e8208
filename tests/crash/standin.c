/*
 * A stand-in for `cxlog log` with known habits, so that the sweeps can show their teeth:
 * it commits one row an ID and prints the ID after the commit (or, with "early", before
 * it). crash_standin FILE JOURNAL SYNCHRONOUS late|early ID…
 */
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

static int run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return 0;
    fprintf(stderr, "standin: %s: %s\n", sql, sqlite3_errmsg(db));
    return 74;
}

static int say(const char *id)
{
    return puts(id) < 0 || fflush(stdout) != 0 ? 74 : 0;
}

static int add(sqlite3 *db, const char *id, int early)
{
    char sql[128];
    int length =
        snprintf(sql, sizeof sql, "INSERT OR IGNORE INTO record(id) VALUES('%s')", id);
    if (length < 0 || (size_t)length >= sizeof sql)
        return 64;
    int status = early ? say(id) : 0;
    if (!status)
        status = run(db, "BEGIN IMMEDIATE");
    if (!status)
        status = run(db, sql);
    if (!status)
        status = run(db, "COMMIT");
    return status || early ? status : say(id);
}

static int prepare(sqlite3 *db, const char *journal, const char *synchronous)
{
    char sql[128];
    int length = snprintf(sql, sizeof sql,
                          "PRAGMA journal_mode=%s; PRAGMA synchronous=%s;"
                          "CREATE TABLE IF NOT EXISTS record(id TEXT PRIMARY KEY) STRICT",
                          journal, synchronous);
    if (length < 0 || (size_t)length >= sizeof sql)
        return 64;
    return run(db, sql);
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fputs("usage: crash_standin FILE JOURNAL SYNCHRONOUS late|early ID...\n", stderr);
        return 64;
    }
    sqlite3 *db = NULL;
    int status = sqlite3_open(argv[1], &db) == SQLITE_OK ? 0 : 74;
    if (!status)
        status = prepare(db, argv[2], argv[3]);
    for (int i = 5; !status && i < argc; i++)
        status = add(db, argv[i], strcmp(argv[4], "early") == 0);
    return sqlite3_close(db) == SQLITE_OK ? status : 74;
}
