/*
 * join_missing.c - what a store's own scheme says and another chain lacks, as events that
 * follow on from that chain.
 */
#include <inttypes.h>

#include <cxlog/wall.h>

#include "sync/sync_impl.h"

typedef struct merging {
    cxlog_store *store;
    cxlog_scheme *scheme; /* theirs, and what was added so far */
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_event *events;
    size_t count;
} merging;

static void merging_clear(merging *m)
{
    cxlog_scheme_free(m->scheme);
    cxlog_events_free(m->events, m->count);
}
CXLOG_AUTO_VALUE_DEFINE(merging, merging_clear);

static const char *or_blank(const char *text)
{
    return text ? text : "";
}

static bool has_alias(const cxlog_value *value, const char *alias)
{
    for (char *const *place = value ? value->aliases : NULL; place && *place; place++) {
        if (strcmp(*place, alias) == 0)
            return true;
    }
    return false;
}

/* A change that was withdrawn, and its withdrawal: as if neither had been. */
static bool undone(const cxlog_event *event, const cxlog_event *own, size_t count)
{
    if (event->action == CXLOG_ACTION_WITHDRAW)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (own[i].action == CXLOG_ACTION_WITHDRAW &&
            strtoll(or_blank(own[i].target), NULL, 10) == event->number)
            return true;
    }
    return false;
}

/* Once both have taken effect, it does not matter which was first: the sheet's day stays.
 */
static bool same_day(cxlog_day theirs, const cxlog_event *event)
{
    cxlog_day today = cxlog_day_of(cxlog_wall_now());
    cxlog_day own = event->from == CXLOG_NO_DAY ? cxlog_day_of(event->at) : event->from;
    return theirs == own || (theirs <= today && own <= today);
}

static bool there_already(const cxlog_scheme *scheme, const cxlog_event *event)
{
    const cxlog_value *value = cxlog_scheme_get(
        scheme, event->dim, or_blank(event->parent), or_blank(event->name));
    if (event->action == CXLOG_ACTION_ADD)
        return value;
    if (event->action == CXLOG_ACTION_ALIAS)
        return has_alias(value, or_blank(event->target));
    return value && value->retired_how == event->action &&
           same_day(value->retired_from, event) &&
           strcmp(value->successor, or_blank(event->target)) == 0;
}

/* The rules' sentence speaks of the sheet's scheme, and so do the numbers in its
 * commands: in this store they would be other events. */
static cxlog_status clash(const cxlog_event *event, cxlog_error *said, cxlog_error *err)
{
    said->suggestion_count = 0;
    cxlog_status status = cxlog_wrap(
        said, "event %" PRId64 " of this store does not go with the sheet's scheme",
        event->number);
    return cx_sync_hand_over(err, said, status);
}

/* With the code it had; with one made anew when another value bears that one there; with
 * none when that clashes too. */
static cxlog_status propose(merging *m, cxlog_event *out, const cxlog_event *event,
                            cxlog_error *err)
{
    const char *const codes[] = {or_blank(event->code), NULL, ""};
    cxlog_error first = {0};
    cxlog_status status = CXLOG_OK;
    cxlog_proposal proposal = {
        .action = event->action,
        .dim = event->dim,
        .name = event->name,
        .parent = or_blank(event->parent),
        .target = event->target,
        .reason = event->reason,
        .from = event->from,
        .force_new = true,
        .author = event->author,
        .now = cxlog_wall_now(),
    };
    status = cxlog_store_used(m->store, event->dim, proposal.parent,
                              or_blank(event->name), &proposal.used, err);
    for (size_t i = 0; status == CXLOG_OK && i < sizeof codes / sizeof codes[0]; i++) {
        cxlog_error said = {0};
        proposal.code = codes[i];
        status = cxlog_scheme_propose(out, m->scheme, m->chain, &proposal, &said);
        if (status == CXLOG_OK)
            return status;
        if (i == 0)
            first = said;
        if (status == CXLOG_ERR_VALUE)
            status = CXLOG_OK;
        else
            return cx_sync_hand_over(err, &said, status);
    }
    return status ? status : clash(event, &first, err);
}

static cxlog_status add_one(merging *m, const cxlog_event *event, cxlog_error *err)
{
    cxlog_event *grown = realloc(m->events, (m->count + 1) * sizeof *grown);
    if (!grown)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    m->events = grown;
    cxlog_event_init(&m->events[m->count++]);
    cxlog_event *made = &m->events[m->count - 1];
    cxlog_status status = propose(m, made, event, err);
    if (status == CXLOG_OK)
        status = cxlog_scheme_apply(m->scheme, made, err);
    memcpy(m->chain, made->chain, sizeof m->chain);
    return status;
}

cxlog_status cx_sync_join_missing(cx_sync *sync, const cxlog_event *theirs,
                                  size_t their_count, const cxlog_event *own,
                                  size_t own_count, cxlog_event **out, size_t *count,
                                  cxlog_error *err)
{
    *out = NULL;
    *count = 0;
    CXLOG_AUTO_VALUE(merging) m = {.store = sync->store};
    cxlog_chain_root(m.chain);
    cxlog_status status = cxlog_scheme_new(&m.scheme, err);
    for (size_t i = 0; status == CXLOG_OK && i < their_count; i++)
        status = cxlog_scheme_apply(m.scheme, &theirs[i], err);
    if (their_count > 0)
        memcpy(m.chain, theirs[their_count - 1].chain, sizeof m.chain);
    for (size_t i = 0; status == CXLOG_OK && i < own_count; i++) {
        if (!undone(&own[i], own, own_count) && !there_already(m.scheme, &own[i]))
            status = add_one(&m, &own[i], err);
    }
    if (status != CXLOG_OK)
        return status;
    *count = m.count;
    m.count = 0;
    *out = CXLOG_TAKE(m.events);
    return CXLOG_OK;
}
