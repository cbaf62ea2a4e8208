/*
 * propose.c - scheme changes: checked against the newest state, written by
 * compare-and-swap, then taken into the store.
 */
#include <cxlog/wall.h>

#include "core/seam.h"
#include "sync/sync_impl.h"

typedef struct proposing {
    cx_sync sync;
    const cxlog_proposal *proposals;
    size_t count;
    cxlog_event *events; /* count of them, or NULL */
} proposing;

static void drop_events(proposing *p)
{
    cxlog_events_free(p->events, p->events ? p->count : 0);
    p->events = NULL;
}

static void proposing_clear(proposing *p)
{
    drop_events(p);
    cx_sync_clear(&p->sync);
}
CXLOG_AUTO_VALUE_DEFINE(proposing, proposing_clear);

/* The store counts by clean names; what cannot be cleaned the rules refuse with their own
 * sentence. */
static cxlog_status ask_used(cxlog_store *store, cxlog_proposal *proposal,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT name = NULL;
    cxlog_error ignored = {0};
    proposal->used = false;
    if (!proposal->name ||
        cxlog_name_clean(&name, proposal->name, "name", &ignored) != CXLOG_OK)
        return CXLOG_OK;
    return cxlog_store_used(store, proposal->dim, proposal->parent, name, &proposal->used,
                            err);
}

/* Each proposal sees the state that those before it have made. */
static cxlog_status make_events(proposing *p, cxlog_error *err)
{
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_store *store = p->sync.store;
    cxlog_status status = cxlog_store_scheme(store, &scheme, err);
    if (status == CXLOG_OK)
        status = cxlog_store_chain(store, &number, chain, &shared, err);
    if (status != CXLOG_OK)
        return status;
    p->events = calloc(p->count, sizeof *p->events);
    if (!p->events)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < p->count; i++)
        cxlog_event_init(&p->events[i]);
    for (size_t i = 0; status == CXLOG_OK && i < p->count; i++) {
        cxlog_proposal proposal = p->proposals[i];
        status = ask_used(store, &proposal, err);
        if (status == CXLOG_OK)
            status = cxlog_scheme_propose(&p->events[i], scheme, chain, &proposal, err);
        if (status == CXLOG_OK)
            status = cxlog_scheme_apply(scheme, &p->events[i], err);
        memcpy(chain, p->events[i].chain, sizeof chain);
    }
    return status;
}

static cxlog_status propose_here(proposing *p, cxlog_error *err)
{
    for (int round = 0;; round++) {
        cxlog_error said = {0};
        cxlog_status status = make_events(p, err);
        if (status == CXLOG_OK)
            status =
                cxlog_store_events_add(p->sync.store, p->events, p->count, false, &said);
        if (status != CXLOG_ERR_RETRY || round >= CX_PROPOSE_TRIES ||
            said.status != status)
            return said.status ? cx_sync_hand_over(err, &said, status) : status;
        drop_events(p);
    }
}

/* Whether a name was ever used is known only from all that the team has sent. */
static bool needs_records(const proposing *p)
{
    for (size_t i = 0; i < p->count; i++) {
        cxlog_action action = p->proposals[i].action;
        if (action != CXLOG_ACTION_ADD && action != CXLOG_ACTION_ALIAS &&
            action != CXLOG_ACTION_WITHDRAW)
            return true;
    }
    return false;
}

static size_t new_fields(const proposing *p)
{
    size_t fields = 0;
    for (size_t i = 0; i < p->count; i++)
        fields += p->events[i].dim == CXLOG_DIM_FIELD &&
                  p->events[i].action == CXLOG_ACTION_ADD;
    return fields;
}

/* The newest scheme, and a header as it should be. out: for a look at the cells right of
 * it. */
static cxlog_status refresh(cx_sync *sync, cxlog_reading **out, cxlog_error *err)
{
    size_t grew;
    for (int round = 0;; round++) {
        CXLOG_AUTO(cxlog_reading) *reading = NULL;
        cxlog_read what = {
            .log_tab = sync->log_tab, .scheme_tab = sync->scheme_tab, .header = true};
        cxlog_status status = cx_sync_chain_from(sync, true, &what.scheme_from, err);
        if (status == CXLOG_OK)
            status = sync->remote->ops->read(sync->remote, &what, &reading, err);
        if (status == CXLOG_OK)
            status = cx_sync_chain_take(sync, reading, what.scheme_from, &grew, err);
        if (status == CXLOG_OK)
            status = cx_sync_fields_load(sync, err);
        if (status != CXLOG_OK)
            return status;
        /* Header and scheme are not read at one instant: with new events, a header that
         * does not fit them yet is read again. */
        status = cx_sync_header_check(reading->header, reading->header_count,
                                      &sync->fields, grew > 0 && round == 0 ? NULL : err);
        if (status == CXLOG_OK)
            *out = CXLOG_TAKE(reading);
        if (status == CXLOG_OK || grew == 0 || round > 0)
            return status;
    }
}

static cxlog_status try_once(proposing *p, bool *lost, cxlog_error *err)
{
    cx_sync *sync = &p->sync;
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = refresh(sync, &reading, err);
    if (status == CXLOG_OK)
        status = make_events(p, err);
    if (status == CXLOG_OK)
        status = cx_sync_header_room(reading->header, reading->header_count,
                                     CXLOG_COLUMN_COUNT + sync->fields.count,
                                     new_fields(p), err);
    if (status == CXLOG_OK)
        status =
            cx_sync_scheme_send(sync, p->events, p->count, sync->fields.count, lost, err);
    if (status == CXLOG_OK && !*lost)
        status = cxlog_store_events_add(sync->store, p->events, p->count, true, err);
    return status;
}

static cxlog_status propose_there(proposing *p, const char *sheet_id, cxlog_error *err)
{
    cxlog_status status = cx_sync_begin(&p->sync, sheet_id, err);
    if (status == CXLOG_OK)
        status = cx_sync_held(p->sync.store, err);
    int64_t number = 0;
    if (status == CXLOG_OK && needs_records(p))
        status = cx_sync_pull(&p->sync, false, true, err);
    for (int round = 0; status == CXLOG_OK && round < CX_PROPOSE_TRIES; round++) {
        bool lost = false;
        drop_events(p);
        status = try_once(p, &lost, err);
        if (status != CXLOG_OK || !lost)
            return status;
        number = p->events[0].number;
        if (!cx_sync_wait(&p->sync,
                          cx_sync_jitter(p->sync.options->backoff_ms / 10, round)))
            break;
    }
    return status ? status : cx_sync_scheme_lost_for_good(&p->sync, number, err);
}

cxlog_status cxlog_sync_propose(cxlog_store *store, cxlog_remote *remote,
                                const cxlog_sync_options *options,
                                const cxlog_proposal *proposals, size_t count,
                                cxlog_event **events, cxlog_error *err)
{
    *events = NULL;
    if (count == 0 || count > CX_SCHEME_BATCH)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "1 to %d scheme changes can be written at once, not %zu",
                          CX_SCHEME_BATCH, count);
    CXLOG_AUTO_VALUE(proposing)
    p = {
        .sync = {.store = store, .remote = remote, .options = options},
        .proposals = proposals,
        .count = count,
    };
    cxlog_status status =
        remote ? propose_there(&p, options->sheet_id, err) : propose_here(&p, err);
    if (status == CXLOG_OK)
        *events = CXLOG_TAKE(p.events);
    return status;
}
