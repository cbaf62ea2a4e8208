/*
 * pull.c - one read from the last row whose position is still right. When rows moved:
 * wider, until the window's first row is the one this store believes to be there. Long
 * stretches go by pages that overlap by one row, which proves that nothing shifted
 * between them.
 */
#include <cxlog/wall.h>

#include "sync/sync_impl.h"

#define ROUNDS 6 /* of starting over while people sort under our eyes */

typedef struct window {
    cx_sync *sync;
    cxlog_reading *reading;
    int64_t start; /* first row of this pull */
    int64_t from;  /* first row of this window */
    bool header;
    int64_t scheme_from; /* 0: not asked for */
    bool again;          /* rows moved while or before we read: start over */
    bool whole;          /* … from the first row */
} window;

static void window_clear(window *w)
{
    cxlog_reading_free(w->reading);
}
CXLOG_AUTO_VALUE_DEFINE(window, window_clear);

static int64_t page_rows(const cx_sync *sync)
{
    return sync->page_rows > 0 ? sync->page_rows : CX_SYNC_PAGE;
}

/* The highest row at or below `row` that holds a record as far as the store knows; 1 when
 * none does: then reading starts at the header, which is always inside the grid. */
static cxlog_status anchor_below(cx_sync *sync, int64_t row, int64_t *anchor,
                                 cxlog_error *err)
{
    char id[CXLOG_ID_SIZE];
    for (; row > 1; row--) {
        cxlog_status status = cxlog_store_id_at(sync->store, row, id, err);
        if (status != CXLOG_OK)
            return status;
        if (*id)
            break;
    }
    *anchor = row > 1 ? row : 1;
    return CXLOG_OK;
}

static cxlog_status read_window(window *w, cxlog_error *err)
{
    cx_sync *sync = w->sync;
    cxlog_read what = {
        .log_tab = sync->log_tab,
        .scheme_tab = sync->scheme_tab,
        .header = w->header,
        .scheme_from = w->scheme_from,
        .log_from = w->from,
        .log_to = w->from + page_rows(sync) - 1,
        .fields = (const char *const *)sync->fields.names,
        .field_count = sync->fields.count,
    };
    cxlog_reading_free(w->reading);
    w->reading = NULL;
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = sync->remote->ops->read(sync->remote, &what, &w->reading, err);
    if (status == CXLOG_OK && w->reading->log_rows > 0)
        sync->log_rows = w->reading->log_rows;
    return status;
}

/* Is the row that the window begins with the one the store believes to be there? */
static cxlog_status starts_right(const window *w, bool *right, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE];
    *right = w->from <= 1;
    if (*right)
        return CXLOG_OK;
    cxlog_status status = cxlog_store_id_at(w->sync->store, w->from, id, err);
    if (status != CXLOG_OK)
        return status;
    const cxlog_seen_page *page = &w->reading->page;
    *right = *id == '\0' ||
             (page->count > 0 && page->rows[0].row == w->from &&
              page->rows[0].kind == CXLOG_SEEN_RECORD &&
              strcmp(cxlog_entry_text(&page->rows[0].entry, CXLOG_COL_ID), id) == 0);
    return CXLOG_OK;
}

/* Header and scheme of a first window. *again: new team fields, so the log must be read
 * with them. */
static cxlog_status take_head(window *w, bool *again, cxlog_error *err)
{
    *again = false;
    cxlog_status status = CXLOG_OK;
    if (w->scheme_from > 0) {
        size_t grew, fields = w->sync->fields.count;
        status = cx_sync_chain_take(w->sync, w->reading, w->scheme_from, &grew, err);
        w->scheme_from = 0;
        if (status == CXLOG_OK && grew > 0)
            status = cx_sync_fields_load(w->sync, err);
        *again = w->sync->fields.count != fields;
    }
    if (status != CXLOG_OK || *again || !w->header)
        return status;
    w->header = false;
    const cx_watch *watch = w->sync->watch;
    if (watch)
        watch->header(watch->context, w->reading->header, w->reading->header_count);
    return cx_sync_header_check(w->reading->header, w->reading->header_count,
                                &w->sync->fields, err);
}

/* Read the first window: at the anchor, or as far above as it takes. */
static cxlog_status first_window(window *w, cxlog_error *err)
{
    for (int64_t back = 1;;) {
        bool again = false, right = false;
        cxlog_status status = read_window(w, err);
        if (status != CXLOG_OK)
            return status;
        if (!w->reading->log_beyond) {
            status = take_head(w, &again, err);
            if (status == CXLOG_OK && !again)
                status = starts_right(w, &right, err);
        } else if (w->from <= 1) {
            status = cxlog_fail(err, CXLOG_ERR_SHEET, "tab %s has no rows at all",
                                CXLOG_TAB_LOG);
        }
        if (status != CXLOG_OK || right)
            return status;
        if (again)
            continue;
        status = anchor_below(w->sync, w->from - back, &w->from, err);
        if (status != CXLOG_OK)
            return status;
        w->start = w->from;
        back *= 16;
    }
}

/* A record that the store knows above this pull's first row stands below it: either a
 * copy of it, or rows moved. */
static cxlog_status check_moved(window *w, cxlog_error *err)
{
    bool moved = false;
    cxlog_status status = w->start > 2 ? cx_sync_pull_moved(w->sync, &w->reading->page,
                                                            w->start, &moved, err)
                                       : CXLOG_OK;
    if (moved)
        w->again = w->whole = true;
    return status;
}

/* The header is no row of the log. */
static void drop_header_row(cxlog_seen_page *page)
{
    if (page->first > 1)
        return;
    page->first = 2;
    if (page->count > 0 && page->rows[0].row == 1) {
        cxlog_entry_clear(&page->rows[0].entry);
        page->count--;
        memmove(page->rows, page->rows + 1, page->count * sizeof *page->rows);
    }
}

/* Positions from `row` on are no longer believed. */
static cxlog_status forget_from(cx_sync *sync, int64_t row, cxlog_error *err)
{
    int64_t last;
    cxlog_status status = cxlog_store_last_row(sync->store, &last, err);
    if (status != CXLOG_OK || last < row)
        return status;
    cxlog_seen_page none = {.first = row, .last = INT64_MAX};
    cxlog_seen_result result;
    return cxlog_store_see(sync->store, &none, &result, err);
}

/* Take a page over. *end: there is nothing below it. */
static cxlog_status take_page(window *w, bool *end, cxlog_error *err)
{
    cxlog_seen_page *page = &w->reading->page;
    int64_t to = w->from + page_rows(w->sync) - 1;
    *end = w->reading->log_rows > 0 && w->reading->log_rows <= to;
    page->first = w->from;
    page->last = *end ? INT64_MAX : to;
    drop_header_row(page);
    cxlog_status status = check_moved(w, err);
    if (status != CXLOG_OK || w->again)
        return status;
    /* What stands below this page is not where the store believes, if rows moved: a
     * record must not seem doubled for that. */
    if (!*end)
        status = forget_from(w->sync, to + 1, err);
    cxlog_seen_result seen = {0};
    if (status == CXLOG_OK)
        status = cxlog_store_see(w->sync->store, page, &seen, err);
    w->sync->pulled += seen.fresh;
    w->sync->confirmed += seen.confirmed;
    const cx_watch *watch = w->sync->watch;
    return status || !watch ? status : watch->page(watch->context, page, err);
}

/* Where the next page begins: at the last record of this one, or below it when it has
 * none but the first. */
static int64_t next_from(const window *w)
{
    const cxlog_seen_page *page = &w->reading->page;
    for (size_t i = page->count; i > 0; i--) {
        if (page->rows[i - 1].kind == CXLOG_SEEN_RECORD &&
            page->rows[i - 1].row > w->from)
            return page->rows[i - 1].row;
    }
    return w->from + page_rows(w->sync);
}

static cxlog_status all_pages(window *w, cxlog_error *err)
{
    for (;;) {
        bool end, right = false;
        cxlog_status status = take_page(w, &end, err);
        if (status != CXLOG_OK || end || w->again)
            return status;
        w->from = next_from(w);
        status = read_window(w, err);
        if (status == CXLOG_OK && w->reading->log_beyond)
            return forget_from(w->sync, w->from, err);
        if (status == CXLOG_OK)
            status = starts_right(w, &right, err);
        if (status != CXLOG_OK)
            return status;
        if (!right) {
            w->again = true;
            return CXLOG_OK;
        }
    }
}

static cxlog_status count_missing(cx_sync *sync, int64_t *missing, cxlog_error *err)
{
    cxlog_counts counts;
    cxlog_status status =
        cxlog_store_counts(sync->store, "", cxlog_day_of(cxlog_wall_now()), &counts, err);
    *missing = counts.missing;
    return status;
}

/* A pull that had to widen lost sight of records: deleted, or moved above its first row.
 * Where that is a page away at most, look. */
static cxlog_status look_above(window *w, int64_t anchor, int64_t missing,
                               cxlog_error *err)
{
    int64_t after = missing;
    cxlog_status status = CXLOG_OK;
    if (!w->again && w->start > 2 && w->start < anchor && w->start <= page_rows(w->sync))
        status = count_missing(w->sync, &after, err);
    if (after > missing)
        w->again = w->whole = true;
    return status;
}

/* Rows that were given an ID may stand above the last row known, which can be a copied
 * one. */
static cxlog_status begin(const cx_sync *sync, int64_t given, int64_t *row,
                          cxlog_error *err)
{
    cxlog_status status = cxlog_store_last_row(sync->store, row, err);
    if (sync->from_row > 0) /* the row of a record, or above it */
        *row = sync->from_row;
    if (given > 0 && given < *row)
        *row = given;
    return status;
}

static cxlog_status pull_once(window *w, bool whole, int64_t given, cxlog_error *err)
{
    int64_t from = 1, anchor, missing;
    cxlog_status status = whole ? CXLOG_OK : begin(w->sync, given, &from, err);
    if (status == CXLOG_OK)
        status = count_missing(w->sync, &missing, err);
    if (status == CXLOG_OK)
        status = anchor_below(w->sync, from, &anchor, err);
    if (status != CXLOG_OK)
        return status;
    w->start = w->from = anchor;
    status = first_window(w, err);
    if (status == CXLOG_OK)
        status = all_pages(w, err);
    return status ? status : look_above(w, anchor, missing, err);
}

static cxlog_status pulled(cx_sync *sync, int64_t given, cxlog_error *err)
{
    cxlog_status status =
        given > 0 ? cxlog_store_set(sync->store, CX_META_GIVEN, NULL, err) : CXLOG_OK;
    return status ? status : cxlog_store_last_row(sync->store, &sync->end_row, err);
}

cxlog_status cx_sync_pull(cx_sync *sync, bool whole, bool check_all, cxlog_error *err)
{
    int64_t scheme_from, given = 0;
    cxlog_status status = cx_sync_chain_from(sync, check_all, &scheme_from, err);
    if (status == CXLOG_OK)
        status = cx_sync_meta_number(sync->store, CX_META_GIVEN, &given, err);
    for (int round = 0; status == CXLOG_OK && round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(window)
        w = {.sync = sync, .header = true, .scheme_from = scheme_from};
        if (sync->watch)
            sync->watch->restart(sync->watch->context);
        status = pull_once(&w, whole, given, err);
        if (status == CXLOG_OK && !w.again)
            return pulled(sync, given, err);
        whole = whole || w.whole;
    }
    return status ? status
                  : cxlog_fail(err, CXLOG_ERR_RETRY,
                               "rows of tab %s keep moving while they are read: try "
                               "again when nobody sorts it",
                               CXLOG_TAB_LOG);
}
