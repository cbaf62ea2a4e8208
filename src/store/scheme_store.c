#include <inttypes.h>
#include <stdio.h>

#include "store/store_impl.h"

#define META_SHARED                                                                      \
    "scheme.shared" /* number of the last event known to be in the sheet */

static cxlog_status shared_get(int64_t *out, cxlog_store *store, cxlog_error *err)
{
    *out = 0;
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_store_get(store, META_SHARED, &text, err);
    if (!status && text)
        *out = strtoll(text, NULL, 10);
    return status;
}

static cxlog_status shared_set(cxlog_store *store, int64_t number, cxlog_error *err)
{
    char text[24];
    if (snprintf(text, sizeof text, "%" PRId64, number) < 0)
        return cxlog_fail(err, CXLOG_ERR_BUG, "number of an event");
    return cx_run(store, CX_SQL_META_SET, CX_ARGS(cx_t(META_SHARED), cx_t(text)), NULL,
                  err);
}

/* Number and chain of the last event up to `number`; the root's when there is none. */
static cxlog_status chain_at(int64_t *out, char chain[CXLOG_CHAIN_SIZE],
                             cxlog_store *store, int64_t number, cxlog_error *err)
{
    *out = 0;
    cxlog_chain_root(chain);
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_EVENT_UP_TO, CX_ARGS(cx_i(number)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row)
        return status;
    const char *text = cx_col_text(stmt, 1);
    if (!text || strlen(text) != CXLOG_CHAIN_SIZE - 1)
        return cxlog_fail(err, CXLOG_ERR_IO, "the store is damaged: chain of the scheme");
    *out = sqlite3_column_int64(stmt, 0);
    memcpy(chain, text, CXLOG_CHAIN_SIZE);
    return CXLOG_OK;
}

static cxlog_status last_chain(int64_t *number, char chain[CXLOG_CHAIN_SIZE],
                               cxlog_store *store, cxlog_error *err)
{
    return chain_at(number, chain, store, INT64_MAX, err);
}

cxlog_status cxlog_store_chain(cxlog_store *store, int64_t *number,
                               char chain[CXLOG_CHAIN_SIZE], int64_t *shared,
                               cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_read(&tx, store, err);
    if (!status)
        status = last_chain(number, chain, store, err);
    if (!status)
        status = shared_get(shared, store, err);
    return status;
}

cxlog_status cxlog_store_events(cxlog_store *store, int64_t first, int64_t last,
                                cxlog_event **out, size_t *count, cxlog_error *err)
{
    *out = NULL;
    *count = 0;
    size_t room = 0;
    cxlog_event *events = NULL;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_EVENT_RANGE, CX_ARGS(cx_i(first), cx_i(last)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        if (*count == room) {
            room = room ? room * 2 : 64;
            cxlog_event *grown = realloc(events, room * sizeof *grown);
            if (!grown) {
                status = cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
                break;
            }
            events = grown;
        }
        status = cx_event_read(&events[*count], stmt, err);
        if (!status) {
            ++*count;
            status = cx_next(store, stmt, &row, err);
        }
    }
    if (status) {
        cxlog_events_free(events, *count);
        *count = 0;
        return status;
    }
    *out = events;
    return CXLOG_OK;
}

static cxlog_status insert_events(cxlog_store *store, const cxlog_event *events,
                                  size_t count, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; !status && i < count; i++) {
        const cxlog_event *e = &events[i];
        int64_t from = e->from == CXLOG_NO_DAY ? CXLOG_BLANK : e->from;
        status = cx_run(store, CX_SQL_EVENT_INSERT,
                        CX_ARGS(cx_i(e->number), cx_i(e->at), cx_t(e->author),
                                cx_i((int64_t)e->action), cx_i((int64_t)e->dim),
                                cx_t(e->name), cx_t(e->parent), cx_t(e->code), cx_i(from),
                                cx_t(e->target), cx_t(e->reason), cx_t(e->chain)),
                        NULL, err);
    }
    return status;
}

/* They must follow the event before their first; that this is the last one is the
 * caller's business. */
static cxlog_status check_follow(cxlog_store *store, const cxlog_event *events,
                                 size_t count, int64_t version, cxlog_error *err)
{
    int64_t before = events[0].number - 1;
    char chain[CXLOG_CHAIN_SIZE];
    int64_t number = 0;
    cxlog_status status = chain_at(&number, chain, store, before, err);
    if (status)
        return status;
    size_t bad = 0;
    status = cxlog_events_verify(events, count, number, chain, &bad, err);
    if (!status && events[0].number <= version)
        status =
            cxlog_fail(err, CXLOG_ERR_RETRY,
                       "another process added to the scheme first; nothing was saved");
    return status;
}

static cxlog_status append(cxlog_store *store, const cxlog_event *events, size_t count,
                           bool shared, cxlog_error *err)
{
    cxlog_status status = insert_events(store, events, count, err);
    if (!status)
        status = cx_scheme_refold(store, err);
    if (!status && shared && count > 0)
        status = shared_set(store, events[count - 1].number, err);
    return status;
}

cxlog_status cxlog_store_events_add(cxlog_store *store, const cxlog_event *events,
                                    size_t count, bool shared, cxlog_error *err)
{
    if (count == 0)
        return CXLOG_OK;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int64_t version = 0;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = last_chain(&version, chain, store, err);
    if (!status)
        status = check_follow(store, events, count, version, err);
    if (!status)
        status = append(store, events, count, shared, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cxlog_store_events_shared(cxlog_store *store, int64_t number,
                                       cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int64_t version = 0, shared = 0;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = last_chain(&version, chain, store, err);
    if (!status)
        status = shared_get(&shared, store, err);
    if (!status && number > version)
        status = cxlog_fail(err, CXLOG_ERR_BUG, "event %" PRId64 " is not in the store",
                            number);
    if (status || number <= shared)
        return status;
    status = shared_set(store, number, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cxlog_store_events_rebase(cxlog_store *store, int64_t keep,
                                       const cxlog_event *events, size_t count,
                                       bool shared, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int64_t stood = 0, number = 0;
    char chain[CXLOG_CHAIN_SIZE];
    size_t bad = 0;
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = shared_get(&stood, store, err);
    if (!status && keep < stood)
        status = cxlog_fail(err, CXLOG_ERR_BUG,
                            "events up to %" PRId64 " are shared and cannot go", stood);
    if (!status)
        status = cx_run(store, CX_SQL_EVENT_CUT, CX_ARGS(cx_i(keep)), NULL, err);
    if (!status)
        status = last_chain(&number, chain, store, err);
    if (!status && count > 0)
        status = cxlog_events_verify(events, count, number, chain, &bad, err);
    if (!status)
        status = append(store, events, count, shared, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}

cxlog_status cx_scheme_start(cxlog_store *store, cxlog_error *err)
{
    cxlog_event *events = NULL;
    size_t count = 0;
    cxlog_status status = cxlog_scheme_starter(&events, &count, err);
    if (!status)
        status = append(store, events, count, false, err);
    cxlog_events_free(events, count);
    return status;
}

static cxlog_status detail_used_as(cxlog_store *store, const char *parent,
                                   const char *name, bool *used, cxlog_error *err)
{
    int64_t found = 0;
    cxlog_status status = cx_number(&found, store, CX_SQL_USED_DETAIL,
                                    CX_ARGS(cx_t(name), cx_t(parent)), 0, err);
    *used = found != 0;
    return status;
}

/* Records of a detail bear the name that its category had on their day. */
static cxlog_status detail_used(cxlog_store *store, const char *parent, const char *name,
                                bool *used, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = detail_used_as(store, parent, name, used, err);
    if (!status && !*used)
        status = cx_scheme_read(&scheme, store, err);
    if (status || *used)
        return status;
    const cxlog_value *detail =
        cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, parent, name);
    for (size_t i = 0; detail && !status && !*used && i < cxlog_scheme_count(scheme);
         i++) {
        const cxlog_value *under = cxlog_scheme_at(scheme, i);
        if (under->dim == CXLOG_DIM_CATEGORY && !*under->parent &&
            cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, under->name, name) == detail)
            status = detail_used_as(store, under->name, name, used, err);
    }
    return status;
}

cxlog_status cxlog_store_used(cxlog_store *store, cxlog_dim dim, const char *parent,
                              const char *name, bool *used, cxlog_error *err)
{
    cx_sql which = CX_SQL_COUNT;
    *used = false;
    switch (dim) {
    case CXLOG_DIM_CATEGORY:
        if (parent && *parent)
            return detail_used(store, parent, name, used, err);
        which = CX_SQL_USED_CATEGORY;
        break;
    case CXLOG_DIM_CHANNEL:
        which = CX_SQL_USED_CHANNEL;
        break;
    case CXLOG_DIM_REGION:
        which = CX_SQL_USED_REGION;
        break;
    case CXLOG_DIM_FIELD:
        which = CX_SQL_USED_FIELD;
        break;
    case CXLOG_DIM_COUNT:
        break;
    }
    if (which == CX_SQL_COUNT)
        return cxlog_fail(err, CXLOG_ERR_BUG, "no such dimension");
    int64_t found = 0;
    cxlog_status status = cx_number(&found, store, which, CX_ARGS(cx_t(name)), 0, err);
    *used = found != 0;
    return status;
}
