/*
 * store_breaks.h - a store with a bit of everything in it, copied for each attempt, and
 * what must hold after a piece of work in it broke off: all of it or nothing, and the
 * same work again succeeds.
 */
#ifndef STORE_BREAKS_H
#define STORE_BREAKS_H

#include <inttypes.h>
#include <sqlite3.h>

#include "breaking.h"
#include "core/seam.h"
#include "seeded.h"
#include "store_sheet.h"

#define NOW_MS (INT64_C(1000) * AT(DAY0 + 200, 36000)) /* July: plans are in force */

typedef cxlog_status (*piece_of_work)(store_case *c);

static seeded chance;

static inline int64_t still_clock(void)
{
    return NOW_MS;
}

static inline int draw(void *buffer, size_t count)
{
    unsigned char *bytes = buffer;
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)seeded_next(&chance);
    return 0;
}

static inline void no_sleep(int64_t ms)
{
    (void)ms;
}

/* Where the template lies while attempts work on copies of it. */
static inline const char *template_of(const store_case *c)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/other.db", c->folder);
    return path;
}

/* The content of every table, as one number; a batch's own ID is new each time. */
static inline uint64_t content_of(const char *path)
{
    static const char *const tables[] = {"meta",  "record", "extra", "roll", "odd_row",
                                         "event", "value",  "alias", "batch"};
    uint64_t hash = UINT64_C(14695981039346656037);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[64];
        sqlite3_stmt *stmt = NULL;
        snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[i]);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            for (int column = 0; column < sqlite3_column_count(stmt); column++) {
                const unsigned char *text = sqlite3_column_text(stmt, column);
                if (strcmp(sqlite3_column_name(stmt, column), "uuid") == 0)
                    continue;
                for (; text && *text; text++)
                    hash = (hash ^ *text) * UINT64_C(1099511628211);
                hash = (hash ^ '|') * UINT64_C(1099511628211);
            }
        }
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
    return hash;
}

typedef struct breaks {
    store_case *c;
    const char *name;
    piece_of_work work;
    uint64_t before, after;
} breaks;

/* Half a run may leave a journal: the next one plays it back. */
static inline uint64_t content_after(breaks *b)
{
    store_case *c = b->c;
    MUST(case_reopen(c, false));
    cxlog_status status = cxlog_store_check(c->store, &c->err);
    if (status)
        fail_msg("%s, %s: %s", b->name, breaking_what(), c->err.message);
    cxlog_store_close(c->store);
    c->store = NULL;
    return content_of(c->path);
}

static inline void attempt_work(void *context)
{
    breaks *b = context;
    store_case *c = b->c;
    cxlog_store_close(c->store);
    c->store = NULL;
    copy_file(template_of(c), c->path);
    MUST(case_reopen(c, false));
    chance.state = 7;
    breaking_start();
    cxlog_status status = b->work(c);
    bool struck = breaking_stop();
    char said[CXLOG_MESSAGE_MAX];
    memcpy(said, c->err.message, sizeof said);
    if (!struck) {
        MUST(status);
        b->after = content_after(b);
        return;
    }
    if (status && !*said)
        fail_msg("%s, %s: fails without a sentence", b->name, breaking_what());
    uint64_t there = content_after(b);
    if (there != (status ? b->before : b->after))
        fail_msg("%s, %s: status %d, \"%s\": %s", b->name, breaking_what(), (int)status,
                 said, there == b->after ? "all is there" : "something is there");
    MUST(case_reopen(c, false));
    chance.state = 7;
    cxlog_status again = b->work(c);
    if (again || (status && content_after(b) != b->after))
        fail_msg("%s, %s: again: %s", b->name, breaking_what(), c->err.message);
}

/* Whatever fails in it, `work` is done whole or not at all. Returns in how
 * many ways it can. */
static inline size_t work_breaks(store_case *c, const char *name, piece_of_work work)
{
    breaks b = {.c = c, .name = name, .work = work};
    b.before = content_of(template_of(c));
    return breaking_each(BREAK_MEMORY | BREAK_SQLITE | BREAK_CHANCE, attempt_work, &b);
}

/* A test of the name `name`_breaks_whole_or_not_at_all. */
#define WORK(name, least)                                                                \
    static void name##_breaks_whole_or_not_at_all(void **state)                          \
    {                                                                                    \
        assert_true(work_breaks(*state, #name, name) >= (least));                        \
    }

static inline void use_still_world(void)
{
    static const cx_seam seam = {still_clock, still_clock, draw, no_sleep};
    cx_seam_use(&seam);
    chance.state = 1;
}

#endif
