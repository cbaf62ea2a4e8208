/*
 * chain.c - does the sheet's 구분 extend the longest chain this store has seen? Whatever
 * does not stops every write.
 */
#include <inttypes.h>

#include "sync/sync_impl.h"

size_t cx_sync_chain_rows(const cxlog_reading *reading)
{
    size_t count = reading->scheme_count;
    while (count > 0 && cx_sync_chain_blank(&reading->scheme[count - 1]))
        count--;
    return count;
}

cxlog_status cx_sync_chain_events(cxlog_event **out, const cxlog_scheme_row *rows,
                                  size_t count, cxlog_error *err)
{
    *out = NULL;
    cxlog_event *events = calloc(count ? count : 1, sizeof *events);
    if (!events)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < count; i++)
        events[i] = rows[i].event;
    *out = events;
    return CXLOG_OK;
}

cxlog_status cx_sync_chain_walk(const cxlog_scheme_row *rows, size_t count, int64_t first,
                                const char previous[CXLOG_CHAIN_SIZE],
                                const cxlog_event *own, size_t own_count,
                                cxlog_error *err)
{
    char chain[CXLOG_CHAIN_SIZE];
    char next[CXLOG_CHAIN_SIZE];
    memcpy(chain, previous, sizeof chain);
    for (size_t i = 0; i < count; i++) {
        const cxlog_event *event = &rows[i].event;
        const cxlog_event *mine = i < own_count ? &own[i] : NULL;
        int64_t number = first + (int64_t)i;
        if (rows[i].row != number + 1) /* blank rows are left out of a reading */
            return cx_sync_chain_broken(number, NULL, mine, err);
        if (!rows[i].readable || event->number != number)
            return cx_sync_chain_broken(number, &rows[i], mine, err);
        cxlog_status status = cxlog_event_chain(next, chain, event, err);
        if (status != CXLOG_OK)
            return status;
        if (strcmp(next, event->chain) != 0 || (mine && strcmp(next, mine->chain) != 0))
            return cx_sync_chain_broken(number, &rows[i], mine, err);
        memcpy(chain, next, sizeof chain);
    }
    if (count < own_count)
        return cx_sync_chain_broken(first + (int64_t)count, NULL, &own[count], err);
    return CXLOG_OK;
}

cxlog_status cx_sync_chain_from(const cx_sync *sync, bool whole, int64_t *row,
                                cxlog_error *err)
{
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_status status = cxlog_store_chain(sync->store, &number, chain, &shared, err);
    if (status != CXLOG_OK)
        return status;
    *row = whole || shared <= CX_SCHEME_WHOLE ? 2 : shared + 1;
    return CXLOG_OK;
}

void cx_own_events_clear(cx_own_events *own)
{
    cxlog_events_free(own->events, own->count);
}

/* Chain of event number - 1, and this store's events from `number` on. */
static cxlog_status load_own(const cx_sync *sync, int64_t number,
                             char previous[CXLOG_CHAIN_SIZE], cx_own_events *own,
                             cxlog_error *err)
{
    cxlog_chain_root(previous);
    if (number > 1) {
        CXLOG_AUTO_VALUE(cx_own_events) before = {0};
        cxlog_status status = cxlog_store_events(sync->store, number - 1, number - 1,
                                                 &before.events, &before.count, err);
        if (status != CXLOG_OK)
            return status;
        if (before.count != 1)
            return cxlog_fail(err, CXLOG_ERR_BUG, "event %" PRId64 " is not in the store",
                              number - 1);
        memcpy(previous, before.events[0].chain, CXLOG_CHAIN_SIZE);
    }
    return cxlog_store_events(sync->store, number, INT64_MAX, &own->events, &own->count,
                              err);
}

/* Events of this store that were never shared must be what the sheet has at their
 * numbers. */
static cxlog_status unshared_agree(const cxlog_scheme_row *rows, size_t count,
                                   const cx_own_events *own, size_t shared,
                                   cxlog_error *err)
{
    for (size_t i = shared; i < own->count; i++) {
        if (i < count && strcmp(rows[i].event.chain, own->events[i].chain) == 0)
            continue;
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "this store has scheme changes of its own (event %" PRId64
            " and up) that the sheet does not have: run cxlog init to bring them along",
            own->events[i].number);
    }
    return CXLOG_OK;
}

cxlog_status cx_sync_chain_take(cx_sync *sync, cxlog_reading *reading,
                                int64_t scheme_from, size_t *grew, cxlog_error *err)
{
    *grew = 0;
    int64_t number, shared, first = scheme_from - 1;
    char chain[CXLOG_CHAIN_SIZE], previous[CXLOG_CHAIN_SIZE];
    CXLOG_AUTO_VALUE(cx_own_events) own = {0};
    cxlog_status status = cxlog_store_chain(sync->store, &number, chain, &shared, err);
    if (status == CXLOG_OK)
        status = load_own(sync, first, previous, &own, err);
    if (status != CXLOG_OK)
        return status;
    size_t known = shared >= first ? (size_t)(shared - first + 1) : 0;
    size_t count = reading->scheme_beyond ? 0 : cx_sync_chain_rows(reading);
    status = cx_sync_chain_walk(reading->scheme, count, first, previous, own.events,
                                known, err);
    if (status == CXLOG_OK)
        status = unshared_agree(reading->scheme, count, &own, known, err);
    if (status == CXLOG_OK && own.count > known)
        status = cxlog_store_events_shared(sync->store, number, err);
    if (status != CXLOG_OK || count <= own.count)
        return status;
    cxlog_event *fresh = NULL;
    status =
        cx_sync_chain_events(&fresh, reading->scheme + own.count, count - own.count, err);
    if (status != CXLOG_OK)
        return status;
    *grew = count - own.count;
    status = cxlog_store_events_add(sync->store, fresh, *grew, true, err);
    free(fresh);
    return status;
}

cxlog_status cxlog_sync_verify_scheme(cxlog_store *store, cxlog_remote *remote,
                                      int64_t *version, cxlog_error *err)
{
    *version = 0;
    CXLOG_AUTO_VALUE(cx_sync) sync = {.store = store, .remote = remote};
    cxlog_status status = cx_sync_begin(&sync, NULL, err);
    if (status != CXLOG_OK)
        return status;
    int64_t number, shared;
    char root[CXLOG_CHAIN_SIZE];
    status = cxlog_store_chain(store, &number, root, &shared, err);
    CXLOG_AUTO_VALUE(cx_own_events) own = {0};
    if (status == CXLOG_OK)
        status = load_own(&sync, 1, root, &own, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_read what = {
        .log_tab = sync.log_tab, .scheme_tab = sync.scheme_tab, .scheme_from = 2};
    status = remote->ops->read(remote, &what, &reading, err);
    if (status != CXLOG_OK)
        return status;
    size_t count = reading->scheme_beyond ? 0 : cx_sync_chain_rows(reading);
    status = cx_sync_chain_walk(reading->scheme, count, 1, root, own.events,
                                (size_t)shared, err);
    if (status == CXLOG_OK)
        *version = (int64_t)count;
    return status;
}
