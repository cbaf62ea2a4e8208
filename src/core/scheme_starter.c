/* The starter scheme as events: one author, one time, so that every machine makes the
 * same chain. */
#include <cxlog/scheme.h>

#include "scheme_starter.h"
#include "scheme_state.h"

#define STARTER_AUTHOR "cxlog"
#define STARTER_REASON "처음 구분표"
#define DAY_SECONDS 86400

static cxlog_status read_row(cxlog_event *event, const cx_starter_row *row,
                             cxlog_error *err)
{
    int action = cxlog_action_find(row->action);
    int dim = cxlog_dim_find(row->dim);
    if (action < 0 || dim < 0)
        return cxlog_fail(err, CXLOG_ERR_BUG,
                          "the starter scheme has a row of no meaning");
    event->action = (cxlog_action)action;
    event->dim = (cxlog_dim)dim;
    event->at = (cxlog_wall)cxlog_day_make(2026, 1, 1) * DAY_SECONDS;
    const struct {
        char **to;
        const char *text;
    } texts[] = {
        {&event->author, STARTER_AUTHOR}, {&event->name, row->name},
        {&event->parent, row->parent},    {&event->code, row->code},
        {&event->target, row->target},    {&event->reason, STARTER_REASON},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cxlog_status status = cx_text_set(texts[i].to, texts[i].text, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* events[0..cx_starter_count) are in their empty form. */
static cxlog_status read_rows(cxlog_event *events, cxlog_error *err)
{
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(chain);
    for (size_t i = 0; i < cx_starter_count; i++) {
        events[i].number = (int64_t)i + 1;
        cxlog_status status = read_row(&events[i], &cx_starter_rows[i], err);
        if (status == CXLOG_OK)
            status = cxlog_event_chain(events[i].chain, chain, &events[i], err);
        if (status != CXLOG_OK)
            return status;
        memcpy(chain, events[i].chain, sizeof chain);
    }
    return CXLOG_OK;
}

cxlog_status cxlog_scheme_starter(cxlog_event **out, size_t *count, cxlog_error *err)
{
    *out = NULL;
    *count = 0;
    cxlog_event *events = calloc(cx_starter_count, sizeof *events);
    if (!events)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < cx_starter_count; i++)
        cxlog_event_init(&events[i]);
    cxlog_status status = read_rows(events, err);
    if (status != CXLOG_OK) {
        cxlog_events_free(events, cx_starter_count);
        return status;
    }
    *count = cx_starter_count;
    *out = events;
    return CXLOG_OK;
}
