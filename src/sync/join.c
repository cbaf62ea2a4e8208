/*
 * join.c - a store and a spreadsheet meet: whose scheme extends whose? Nothing shared is
 * ever rewritten; the sheet gets a change before the store gives up its own form of it.
 */
#include <inttypes.h>

#include "core/seam.h"
#include "sync/sync_impl.h"

typedef struct joining {
    cx_sync *sync;
    cxlog_setup_result *result;
    bool extend;
    cxlog_reading *reading;
    cxlog_event *theirs; /* texts borrowed from the reading */
    size_t their_count;
    cxlog_event *own;
    size_t own_count;
    size_t shared; /* how many of own the store knows to be in some sheet */
    size_t common; /* events that both have */
} joining;

static void joining_clear(joining *j)
{
    free(j->theirs);
    cxlog_events_free(j->own, j->own_count);
    cxlog_reading_free(j->reading);
}
CXLOG_AUTO_VALUE_DEFINE(joining, joining_clear);

/* The log's header must fit the sheet's own scheme before anything is written. */
static cxlog_status check_header(const joining *j, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_scheme_new(&scheme, err);
    for (size_t i = 0; status == CXLOG_OK && i < j->their_count; i++)
        status = cxlog_scheme_apply(scheme, &j->theirs[i], err);
    if (status == CXLOG_OK)
        status = cx_sync_fields_of(&j->sync->fields, scheme, err);
    if (status != CXLOG_OK)
        return status;
    return cx_sync_header_check(j->reading->header, j->reading->header_count,
                                &j->sync->fields, err);
}

static cxlog_status read_both(joining *j, cxlog_error *err)
{
    cx_sync *sync = j->sync;
    cxlog_read what = {.log_tab = sync->log_tab,
                       .scheme_tab = sync->scheme_tab,
                       .header = true,
                       .scheme_from = 2};
    cxlog_status status = sync->remote->ops->read(sync->remote, &what, &j->reading, err);
    if (status != CXLOG_OK || !j->reading->scheme_beyond)
        return status;
    /* The tab has its header and no row at all; then the rest was not filled in. */
    cxlog_reading_free(j->reading);
    j->reading = NULL;
    what.scheme_from = 0;
    return sync->remote->ops->read(sync->remote, &what, &j->reading, err);
}

static cxlog_status load(joining *j, bool bound, cxlog_error *err)
{
    cx_sync *sync = j->sync;
    int64_t number, shared;
    char root[CXLOG_CHAIN_SIZE];
    cxlog_status status = cxlog_store_chain(sync->store, &number, root, &shared, err);
    if (status == CXLOG_OK)
        status =
            cxlog_store_events(sync->store, 1, INT64_MAX, &j->own, &j->own_count, err);
    if (status == CXLOG_OK)
        status = read_both(j, err);
    if (status != CXLOG_OK)
        return status;
    j->shared = (size_t)shared;
    j->their_count = cx_sync_chain_rows(j->reading);
    cxlog_chain_root(root);
    status = cx_sync_chain_walk(j->reading->scheme, j->their_count, 1, root, j->own,
                                bound ? j->shared : 0, err);
    if (status == CXLOG_OK)
        status =
            cx_sync_chain_events(&j->theirs, j->reading->scheme, j->their_count, err);
    size_t least = j->own_count < j->their_count ? j->own_count : j->their_count;
    while (status == CXLOG_OK && j->common < least &&
           strcmp(j->own[j->common].chain, j->theirs[j->common].chain) == 0)
        j->common++;
    return status ? status : check_header(j, err);
}

static size_t count_fields(const cxlog_event *events, size_t count)
{
    size_t fields = 0;
    for (size_t i = 0; i < count; i++)
        fields +=
            events[i].dim == CXLOG_DIM_FIELD && events[i].action == CXLOG_ACTION_ADD;
    return fields;
}

/* Write events to the sheet in parts. Marked as shared part by part only when they are
 * the store's own, already numbered like this. */
static cxlog_status send_all(joining *j, const cxlog_event *events, size_t count,
                             bool own, bool *lost, cxlog_error *err)
{
    cx_sync *sync = j->sync;
    size_t fields = sync->fields.count;
    cxlog_status status = cx_sync_header_room(
        j->reading->header, j->reading->header_count, CXLOG_COLUMN_COUNT + fields,
        count_fields(events, count), err);
    for (size_t done = 0; status == CXLOG_OK && done < count;) {
        size_t part = count - done < CX_SCHEME_BATCH ? count - done : CX_SCHEME_BATCH;
        status = cx_sync_scheme_send(sync, events + done, part, fields, lost, err);
        if (status != CXLOG_OK || *lost)
            break;
        fields += count_fields(events + done, part);
        done += part;
        j->result->events_shared += (int64_t)part;
        if (own)
            status = cxlog_store_events_shared(sync->store, events[done - 1].number, err);
    }
    return status;
}

/* The sheet's scheme is this store's, or goes on from it. */
static cxlog_status take_over(joining *j, cxlog_error *err)
{
    size_t fresh = j->their_count - j->own_count;
    cxlog_store *store = j->sync->store;
    cxlog_status status = cxlog_store_events_shared(store, (int64_t)j->own_count, err);
    if (status == CXLOG_OK && fresh > 0)
        status =
            cxlog_store_events_add(store, j->theirs + j->own_count, fresh, true, err);
    j->result->events_taken = (int64_t)fresh;
    return status;
}

/* This store's scheme goes on from the sheet's. */
static cxlog_status bring_along(joining *j, bool *lost, cxlog_error *err)
{
    const cxlog_event *rest = j->own + j->common;
    size_t count = j->own_count - j->common;
    if (j->their_count > 0 && !j->extend)
        return cx_sync_join_ask(rest, count, err);
    return send_all(j, rest, count, true, lost, err);
}

static cxlog_status rebase(joining *j, const cxlog_event *added, size_t count,
                           cxlog_error *err)
{
    size_t taken = j->their_count - j->common;
    cxlog_event *all = calloc(taken + count, sizeof *all);
    if (!all)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    memcpy(all, j->theirs + j->common, taken * sizeof *all);
    if (count > 0)
        memcpy(all + taken, added, count * sizeof *all);
    cxlog_status status = cxlog_store_events_rebase(j->sync->store, (int64_t)j->common,
                                                    all, taken + count, true, err);
    free(all); /* the array alone: its texts are theirs and `added`'s */
    j->result->events_taken = (int64_t)taken;
    return status;
}

/* Both went on from what they have in common: the sheet's stands, and what it lacks is
 * added to it. The store keeps its own until the sheet has everything. */
static cxlog_status merge(joining *j, bool *lost, cxlog_error *err)
{
    if (j->common < j->shared)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "the scheme of this store belongs to another spreadsheet (from event %zu on)",
            j->common + 1);
    cxlog_event *added = NULL;
    size_t count = 0;
    cxlog_status status =
        cx_sync_join_missing(j->sync, j->theirs, j->their_count, j->own + j->common,
                             j->own_count - j->common, &added, &count, err);
    if (status == CXLOG_OK && count > 0 && !j->extend)
        status = cx_sync_join_ask(added, count, err);
    if (status == CXLOG_OK)
        status = send_all(j, added, count, false, lost, err);
    if (status == CXLOG_OK && !*lost)
        status = rebase(j, added, count, err);
    cxlog_events_free(added, count);
    return status;
}

static cxlog_status join_once(cx_sync *sync, bool bound, bool extend,
                              cxlog_setup_result *result, bool *lost, int64_t *next,
                              cxlog_error *err)
{
    CXLOG_AUTO_VALUE(joining) j = {.sync = sync, .result = result, .extend = extend};
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = load(&j, bound, err);
    if (status != CXLOG_OK)
        return status;
    *next = (int64_t)j.their_count + 1;
    if (j.common == j.own_count)
        return take_over(&j, err);
    if (j.common == j.their_count)
        return bring_along(&j, lost, err);
    return merge(&j, lost, err);
}

cxlog_status cx_sync_join(cx_sync *sync, bool made, bool anew, bool extend,
                          cxlog_setup_result *result, cxlog_error *err)
{
    int64_t next = 1;
    for (int round = 0; round < CX_PROPOSE_TRIES; round++) {
        bool lost = false;
        cxlog_status status =
            join_once(sync, !made && !anew, extend, result, &lost, &next, err);
        if (status != CXLOG_OK || !lost)
            return status;
        if (!cx_sync_wait(sync, cx_sync_jitter(sync->options->backoff_ms / 10, round)))
            break;
    }
    return cx_sync_scheme_lost_for_good(sync, next, err);
}
