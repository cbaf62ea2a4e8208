/* The calls that break: the linker's --wrap sends them here. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "breaking.h"

/* Declare the real one and ours. */
#define WRAPPED(type, name, ...)                                                         \
    type __real_##name(__VA_ARGS__);                                                     \
    type __wrap_##name(__VA_ARGS__);                                                     \
    type __wrap_##name(__VA_ARGS__)

/* ---- memory ---- */

WRAPPED(void *, malloc, size_t size)
{
    return breaking_point(BREAK_MEMORY, "malloc") ? NULL : __real_malloc(size);
}

WRAPPED(void *, calloc, size_t count, size_t size)
{
    return breaking_point(BREAK_MEMORY, "calloc") ? NULL : __real_calloc(count, size);
}

WRAPPED(void *, realloc, void *old, size_t size)
{
    return breaking_point(BREAK_MEMORY, "realloc") ? NULL : __real_realloc(old, size);
}

WRAPPED(char *, strdup, const char *text)
{
    return breaking_point(BREAK_MEMORY, "strdup") ? NULL : __real_strdup(text);
}

WRAPPED(char *, strndup, const char *text, size_t count)
{
    return breaking_point(BREAK_MEMORY, "strndup") ? NULL : __real_strndup(text, count);
}

WRAPPED(FILE *, open_memstream, char **text, size_t *size)
{
    return breaking_point(BREAK_MEMORY, "open_memstream")
               ? NULL
               : __real_open_memstream(text, size);
}

/* ---- chance ---- */

WRAPPED(cxlog_status, cx_random, void *buffer, size_t count, cxlog_error *err)
{
    if (breaking_point(BREAK_CHANCE, "cx_random"))
        return cxlog_fail(err, CXLOG_ERR_BUG, "the system gives no random numbers");
    return __real_cx_random(buffer, count, err);
}

/* ---- SQLite ---- */

static bool sqlite_fails(const char *what, int *code)
{
    static const int codes[] = {SQLITE_IOERR, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_BUSY,
                                SQLITE_FULL};
    if (!breaking_point(BREAK_SQLITE, what))
        return false;
    *code = codes[breaking_at() % (sizeof codes / sizeof codes[0])];
    return true;
}

WRAPPED(int, sqlite3_step, sqlite3_stmt *stmt)
{
    int code;
    return sqlite_fails(sqlite3_sql(stmt), &code) ? code : __real_sqlite3_step(stmt);
}

WRAPPED(int, sqlite3_prepare_v2, sqlite3 *db, const char *sql, int bytes,
        sqlite3_stmt **stmt, const char **tail)
{
    int code;
    if (!sqlite_fails("sqlite3_prepare_v2", &code))
        return __real_sqlite3_prepare_v2(db, sql, bytes, stmt, tail);
    *stmt = NULL;
    return code;
}

WRAPPED(int, sqlite3_prepare_v3, sqlite3 *db, const char *sql, int bytes, unsigned flags,
        sqlite3_stmt **stmt, const char **tail)
{
    int code;
    if (!sqlite_fails("sqlite3_prepare_v3", &code))
        return __real_sqlite3_prepare_v3(db, sql, bytes, flags, stmt, tail);
    *stmt = NULL;
    return code;
}

WRAPPED(int, sqlite3_bind_text, sqlite3_stmt *stmt, int place, const char *text,
        int bytes, void (*free_text)(void *))
{
    int code;
    return sqlite_fails("sqlite3_bind_text", &code)
               ? code
               : __real_sqlite3_bind_text(stmt, place, text, bytes, free_text);
}

/* A rollback that SQLite makes when a transaction is left cannot fail in a way that
 * matters: what it undoes was never durable. */
WRAPPED(int, sqlite3_exec, sqlite3 *db, const char *sql,
        int (*row)(void *, int, char **, char **), void *context, char **message)
{
    int code;
    if (strcmp(sql, "ROLLBACK") != 0 && sqlite_fails("sqlite3_exec", &code))
        return code;
    return __real_sqlite3_exec(db, sql, row, context, message);
}

WRAPPED(int, sqlite3_open_v2, const char *path, sqlite3 **db, int flags, const char *vfs)
{
    int code;
    if (!sqlite_fails("sqlite3_open_v2", &code))
        return __real_sqlite3_open_v2(path, db, flags, vfs);
    *db = NULL;
    if (code == SQLITE_NOMEM)
        return code;
    (void)__real_sqlite3_open_v2(":memory:", db, flags | SQLITE_OPEN_MEMORY, vfs);
    return SQLITE_CANTOPEN;
}

int __real_sqlite3_db_config(sqlite3 *db, int option, ...);
int __wrap_sqlite3_db_config(sqlite3 *db, int option, ...);

int __wrap_sqlite3_db_config(sqlite3 *db, int option, ...)
{
    va_list rest;
    va_start(rest, option);
    int value = va_arg(rest, int);
    int *got = va_arg(rest, int *);
    va_end(rest);
    int code;
    return sqlite_fails("sqlite3_db_config", &code)
               ? code
               : __real_sqlite3_db_config(db, option, value, got);
}

WRAPPED(int, sqlite3_file_control, sqlite3 *db, const char *name, int what, void *out)
{
    int code;
    return sqlite_fails("sqlite3_file_control", &code)
               ? code
               : __real_sqlite3_file_control(db, name, what, out);
}

WRAPPED(int, sqlite3_db_readonly, sqlite3 *db, const char *name)
{
    int code;
    return sqlite_fails("sqlite3_db_readonly", &code)
               ? 1
               : __real_sqlite3_db_readonly(db, name);
}

/* ---- files ---- */

static bool file_fails(const char *what, int why)
{
    bool fails = breaking_point(BREAK_FILES, what);
    if (fails)
        errno = why;
    return fails;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return file_fails("open", EMFILE) ? -1 : __real_open(path, flags, mode);
}

int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...);

int __wrap_fcntl(int fd, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return file_fails("fcntl", ENOLCK) ? -1 : __real_fcntl(fd, command, argument);
}

WRAPPED(int, fsync, int fd)
{
    return file_fails("fsync", EIO) ? -1 : __real_fsync(fd);
}

WRAPPED(int, mkdir, const char *path, mode_t mode)
{
    return file_fails("mkdir", ENOSPC) ? -1 : __real_mkdir(path, mode);
}

WRAPPED(int, statfs, const char *path, struct statfs *out)
{
    return file_fails("statfs", EACCES) ? -1 : __real_statfs(path, out);
}

WRAPPED(int, stat, const char *path, struct stat *out)
{
    return file_fails("stat", EACCES) ? -1 : __real_stat(path, out);
}

WRAPPED(int, lstat, const char *path, struct stat *out)
{
    return file_fails("lstat", EACCES) ? -1 : __real_lstat(path, out);
}

WRAPPED(int, access, const char *path, int how)
{
    return file_fails("access", EACCES) ? -1 : __real_access(path, how);
}

WRAPPED(char *, realpath, const char *path, char *out)
{
    return file_fails("realpath", ENOENT) ? NULL : __real_realpath(path, out);
}
