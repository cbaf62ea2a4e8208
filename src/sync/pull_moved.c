/*
 * pull_moved.c - copied or moved? A record that stands below a pull's first row, and
 * above it as far as the store knows, is a copy when it still stands there, too. Whoever
 * pasted a hundred old rows cannot hide one that moved: all of them are looked up, those
 * of one page in one read.
 */
#include "sync/sync_impl.h"

typedef struct old_place {
    int64_t row;
    const char *id;
} old_place;

static int by_row(const void *a, const void *b)
{
    int64_t left = ((const old_place *)a)->row;
    int64_t right = ((const old_place *)b)->row;
    return (left > right) - (left < right);
}

/* places: room for all rows of the page. */
static cxlog_status gather(cxlog_store *store, const cxlog_seen_page *page,
                           int64_t before, old_place *places, size_t *count,
                           cxlog_error *err)
{
    *count = 0;
    for (size_t at = 0;; at++) {
        int64_t row = 0;
        cxlog_status status = cxlog_store_seen_above(store, page, before, &at, &row, err);
        if (status != CXLOG_OK || at >= page->count)
            return status;
        places[(*count)++] =
            (old_place){row, cxlog_entry_text(&page->rows[at].entry, CXLOG_COL_ID)};
    }
}

/* Both go upwards. */
static bool all_stand(const cxlog_seen_page *page, const old_place *places, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < page->count && page->rows[at].row < places[i].row)
            at++;
        if (at == page->count || page->rows[at].row != places[i].row ||
            page->rows[at].kind != CXLOG_SEEN_RECORD ||
            strcmp(cxlog_entry_text(&page->rows[at].entry, CXLOG_COL_ID), places[i].id) !=
                0)
            return false;
    }
    return true;
}

static cxlog_status look(cx_sync *sync, const old_place *places, size_t count,
                         bool *moved, cxlog_error *err)
{
    cxlog_read what = {
        .log_tab = sync->log_tab,
        .scheme_tab = sync->scheme_tab,
        .log_from = places[0].row,
        .log_to = places[count - 1].row,
        .fields = (const char *const *)sync->fields.names,
        .field_count = sync->fields.count,
    };
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = sync->remote->ops->read(sync->remote, &what, &reading, err);
    if (status == CXLOG_OK)
        *moved = !all_stand(&reading->page, places, count);
    return status;
}

cxlog_status cx_sync_pull_moved(cx_sync *sync, const cxlog_seen_page *page,
                                int64_t before, bool *moved, cxlog_error *err)
{
    *moved = false;
    size_t count = 0;
    old_place *places = calloc(page->count + 1, sizeof *places);
    if (!places)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = gather(sync->store, page, before, places, &count, err);
    qsort(places, count, sizeof *places, by_row);
    for (size_t first = 0, end; status == CXLOG_OK && first < count && !*moved;
         first = end) {
        end = first + 1;
        while (end < count && places[end].row - places[first].row < CX_SYNC_PAGE)
            end++;
        status = look(sync, places + first, end - first, moved, err);
    }
    free(places);
    return status;
}
