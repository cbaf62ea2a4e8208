#include "cli/lead.h"

#include <stdlib.h>

/* A reader's open transaction makes every writer wait, and a pager may keep us waiting
 * for hours. So records are fetched by pages that end with a day, and handed out when the
 * cursor is closed. */
#define PAGE 1000

typedef struct page {
    cxlog_record *records; /* PAGE of them, initialised as needed */
    size_t count;
} page;

static void page_empty(page *p)
{
    for (size_t i = 0; i < p->count; i++)
        cxlog_record_clear(&p->records[i]);
    p->count = 0;
}

static void page_clear(page *p)
{
    page_empty(p);
    free(p->records);
}
CXLOG_AUTO_VALUE_DEFINE(page, page_clear);

typedef struct feed {
    cli_record_fn each;
    void *data;
    int64_t skip;
} feed;

static cxlog_day day_at(const page *p, size_t index)
{
    return cxlog_day_of(p->records[index].entry.number[CXLOG_COL_CONTACTED_AT]);
}

static cxlog_status hand_out(page *p, size_t count, feed *f, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        if (f->skip > 0)
            f->skip--;
        else
            status = f->each(f->data, &p->records[i], err);
    }
    page_empty(p);
    return status;
}

static cxlog_status fill(page *p, cxlog_cursor *cursor, bool *more, cxlog_error *err)
{
    *more = true;
    while (p->count < PAGE) {
        cxlog_record *record = &p->records[p->count];
        cxlog_record_init(record);
        cxlog_status status = cxlog_cursor_next(cursor, record, more, err);
        if (status != CXLOG_OK || !*more) {
            cxlog_record_clear(record);
            return status;
        }
        p->count++;
    }
    return CXLOG_OK;
}

/* A day of more than a page: handed out while the cursor stays open, to the day's end. */
static cxlog_status long_day(page *p, cxlog_store *store, const cxlog_list_query *query,
                             cxlog_day day, feed *f, cxlog_error *err)
{
    cxlog_list_query one = *query;
    one.from = day;
    one.to = day;
    page_empty(p);
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    cxlog_status status = cxlog_store_list(store, &one, &cursor, err);
    bool more = true;
    while (status == CXLOG_OK && more) {
        status = fill(p, cursor, &more, err);
        if (status == CXLOG_OK)
            status = hand_out(p, p->count, f, err);
    }
    return status;
}

/* One page from query->from on. *next: the day to go on with; *more false: that was all.
 */
static cxlog_status one_page(page *p, cxlog_store *store, const cxlog_list_query *query,
                             feed *f, cxlog_day *next, bool *more, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    cxlog_status status = cxlog_store_list(store, query, &cursor, err);
    if (status == CXLOG_OK)
        status = fill(p, cursor, more, err);
    cxlog_cursor_close(cursor);
    cursor = NULL;
    if (status != CXLOG_OK)
        return status;
    if (!*more)
        return hand_out(p, p->count, f, err);
    cxlog_day last = day_at(p, p->count - 1);
    if (day_at(p, 0) == last) {
        *next = last + 1;
        *more = last < query->to;
        return long_day(p, store, query, last, f, err);
    }
    size_t whole = p->count;
    while (day_at(p, whole - 1) == last)
        whole--;
    *next = last;
    return hand_out(p, whole, f, err);
}

cxlog_status cli_feed(cxlog_store *store, const cxlog_list_query *query, int64_t skip,
                      cli_record_fn each, void *data, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(page) p = {.records = calloc(PAGE, sizeof *p.records)};
    if (!p.records)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_list_query rest = *query;
    feed f = {.each = each, .data = data, .skip = skip};
    bool more = true;
    while (more) {
        cxlog_day next = rest.from;
        cxlog_status status = one_page(&p, store, &rest, &f, &next, &more, err);
        if (status != CXLOG_OK)
            return status;
        rest.from = next;
    }
    return CXLOG_OK;
}

static cxlog_status count_one(void *data, const cxlog_record *record, cxlog_error *err)
{
    (void)record;
    (void)err;
    ++*(int64_t *)data;
    return CXLOG_OK;
}

/* Where to begin from the end: with the last day that counts, and all that lies behind
 * it, which are versions that do not. */
static cxlog_status last_days(cxlog_list_query *out, cxlog_store *store,
                              const cxlog_list_query *query, cxlog_error *err)
{
    cxlog_day first;
    cxlog_day last;
    bool any;
    *out = *query;
    cxlog_status status = cxlog_store_span(store, &first, &last, &any, err);
    if (status != CXLOG_OK || !any || last < query->from)
        return status;
    out->from = last < query->to ? last : query->to;
    return CXLOG_OK;
}

/* Backwards by twice as many days each time: no record is counted twice. */
cxlog_status cli_feed_newest(int64_t *skip, cxlog_store *store, cxlog_list_query *query,
                             int64_t limit, cxlog_error *err)
{
    int64_t count = 0;
    int64_t days = 1;
    cxlog_list_query part;
    cxlog_status status = last_days(&part, store, query, err);
    if (status == CXLOG_OK)
        status = cli_feed(store, &part, 0, count_one, &count, err);
    while (status == CXLOG_OK && count < limit && part.from > query->from) {
        int64_t left = (int64_t)part.from - query->from;
        days = 2 * days < left ? 2 * days : left;
        part.to = part.from - 1;
        part.from -= (cxlog_day)days;
        status = cli_feed(store, &part, 0, count_one, &count, err);
    }
    *skip = count > limit ? count - limit : 0;
    query->from = part.from;
    return status;
}
