/*
 * store_case.h - a store of its own for every test, and entries to put into it.
 */
#ifndef STORE_CASE_H
#define STORE_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <cxlog/store.h>
#include <cxlog/text.h>

#include "folder.h"

#define DAY0 20454 /* 2026-01-01 */
#define AT(day, second) (((int64_t)(day)) * 86400 + (second))

typedef struct store_case {
    char folder[64];
    char path[96];
    cxlog_store *store;
    cxlog_error err;
} store_case;

#define MUST(call)                                                                       \
    do {                                                                                 \
        cxlog_status got_ = (call);                                                      \
        if (got_ != CXLOG_OK)                                                            \
            fail_msg("%s: %s", #call, c->err.message);                                   \
    } while (0)

static inline cxlog_status case_reopen(store_case *c, bool create)
{
    cxlog_store_close(c->store);
    cxlog_error_clear(&c->err);
    cxlog_store_options options = {.path = c->path, .busy_ms = 20000, .create = create};
    return cxlog_store_open(&c->store, &options, &c->err);
}

static inline int case_folder(void **state)
{
    store_case *c = calloc(1, sizeof *c);
    assert_non_null(c);
    folder_make(c->folder, sizeof c->folder, "store");
    snprintf(c->path, sizeof c->path, "%s/cxlog.db", c->folder);
    *state = c;
    cxlog_error_clear(&c->err);
    return cxlog_zone_use("Asia/Seoul", &c->err) == CXLOG_OK ? 0 : -1;
}

static inline int case_start(void **state)
{
    if (case_folder(state) != 0)
        return -1;
    store_case *c = *state;
    if (case_reopen(c, true) == CXLOG_OK)
        return 0;
    print_error("%s\n", c->err.message);
    return -1;
}

static inline int case_end(void **state)
{
    store_case *c = *state;
    cxlog_store_close(c->store);
    static const char *const names[] = {"cxlog.db",         "cxlog.db-journal",
                                        "other.db",         "link.db",
                                        "deep/er/cxlog.db", "deep/er/cxlog.db-journal"};
    char path[160];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", c->folder, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/deep/er", c->folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/deep", c->folder);
    rmdir(path);
    int failed = rmdir(c->folder);
    free(c);
    return failed;
}

static inline void put(cxlog_entry *entry, cxlog_column column, const char *text)
{
    free(entry->text[column]);
    entry->text[column] = text && *text ? strdup(text) : NULL;
}

/* A complete entry with an ID of its own. seal() when all is set. */
static inline void entry_start(cxlog_entry *entry, cxlog_wall at, const char *category,
                               const char *channel)
{
    char id[CXLOG_ID_SIZE];
    cxlog_error err = {0};
    cxlog_entry_init(entry);
    if (cxlog_id_new(id, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    put(entry, CXLOG_COL_ID, id);
    put(entry, CXLOG_COL_AGENT, "김하늘");
    put(entry, CXLOG_COL_CATEGORY, category);
    put(entry, CXLOG_COL_CHANNEL, channel);
    entry->number[CXLOG_COL_CONTACTED_AT] = at;
    entry->number[CXLOG_COL_LOGGED_AT] = at;
}

static inline void seal(cxlog_entry *entry)
{
    cxlog_error err = {0};
    if (cxlog_entry_seal(entry, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static inline const char *id_of(const cxlog_entry *entry)
{
    return cxlog_entry_text(entry, CXLOG_COL_ID);
}

/* Correct (or void) a record: the same content with another category, logged later. */
static inline void entry_correct(cxlog_entry *out, const cxlog_entry *old, bool is_void,
                                 const char *category, int64_t seconds_later)
{
    char text[64];
    entry_start(out, old->number[CXLOG_COL_CONTACTED_AT], category,
                cxlog_entry_text(old, CXLOG_COL_CHANNEL));
    snprintf(text, sizeof text, "%s%s", is_void ? CXLOG_VOID_PREFIX : "", id_of(old));
    put(out, CXLOG_COL_CORRECTS, text);
    if (is_void) {
        put(out, CXLOG_COL_CATEGORY, NULL);
        put(out, CXLOG_COL_CHANNEL, NULL);
        out->number[CXLOG_COL_CONTACTED_AT] = CXLOG_BLANK;
    }
    out->number[CXLOG_COL_LOGGED_AT] = old->number[CXLOG_COL_LOGGED_AT] + seconds_later;
    seal(out);
}

/* Add a plain record; its ID goes to `id`. */
static inline void log_one(store_case *c, char id[CXLOG_ID_SIZE], cxlog_wall at,
                           const char *category, const char *channel)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, at, category, channel);
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    if (id)
        memcpy(id, id_of(&entry), CXLOG_ID_SIZE);
}

/* Count of all effective records by the totals' own way. */
static inline int64_t total_count(store_case *c)
{
    cxlog_query query = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
    query.period = cxlog_period_of(CXLOG_PERIOD_ALL, 0);
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    MUST(cxlog_store_totals(c->store, &query, &totals, &c->err));
    return totals->total.count;
}

#endif
