/* The rules for new events: what all proposals share. */
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

#define AUTHOR_MAX 60

/* The category of a detail must take records today. */
static cxlog_status find_parent(cx_case *c, cxlog_error *err)
{
    const cxlog_event *event = c->event;
    c->under = CX_NONE;
    if (!event->parent)
        return CXLOG_OK;
    if (event->dim != CXLOG_DIM_CATEGORY)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "only a category has details");
    const cx_node *parent = cx_scheme_name(c->scheme, event->dim, CX_NONE, event->parent);
    if (!parent)
        return cx_fail_unknown(c->scheme, event->dim, CX_NONE, event->parent, c->today,
                               err);
    c->under = parent->family;
    if (!cxlog_value_in_use(&parent->value, c->today))
        return cx_fail_unusable(&parent->value, c->today, err);
    return CXLOG_OK;
}

static cxlog_status clean_line(char **place, const char *text, size_t most,
                               const char *what, cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    if (!text)
        return CXLOG_OK;
    cxlog_status status =
        cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE, most, what, err);
    return status == CXLOG_OK ? cx_text_set(place, clean, err) : status;
}

static cxlog_status fill(cx_case *c, cxlog_error *err)
{
    const cxlog_proposal *p = c->proposal;
    cxlog_event *event = c->event;
    event->number = c->scheme->version + 1;
    event->at = p->now;
    event->action = p->action;
    event->dim = p->dim;
    event->from = p->from;
    cxlog_status status =
        clean_line(&event->author, p->author, AUTHOR_MAX, "author", err);
    if (status == CXLOG_OK)
        status = clean_line(&event->reason, p->reason, CXLOG_REASON_MAX, "reason", err);
    if (status != CXLOG_OK || p->action == CXLOG_ACTION_WITHDRAW)
        return status;
    status =
        cxlog_name_clean(&event->name, p->name ? p->name : "", cx_dim_noun(p->dim), err);
    if (status == CXLOG_OK && p->parent && p->parent[0] != '\0')
        status = cxlog_name_clean(&event->parent, p->parent, cx_dim_noun(p->dim), err);
    return status == CXLOG_OK ? find_parent(c, err) : status;
}

static cxlog_status check(cx_case *c, cxlog_error *err)
{
    switch (c->proposal->action) {
    case CXLOG_ACTION_ADD:
        return cx_rule_add(c, err);
    case CXLOG_ACTION_ALIAS:
        return cx_rule_alias(c, err);
    case CXLOG_ACTION_WITHDRAW:
        return cx_rule_withdraw(c, err);
    case CXLOG_ACTION_RETIRE:
    case CXLOG_ACTION_RENAME:
    case CXLOG_ACTION_MERGE:
    case CXLOG_ACTION_SPLIT:
        return cx_rule_change(c, err);
    case CXLOG_ACTION_COUNT:
        break;
    }
    return cxlog_fail(err, CXLOG_ERR_BUG, "unknown scheme action");
}

cxlog_status cxlog_scheme_propose(cxlog_event *out, const cxlog_scheme *scheme,
                                  const char chain[CXLOG_CHAIN_SIZE],
                                  const cxlog_proposal *proposal, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_event) event;
    cxlog_event_init(&event);
    cx_case c = {
        .scheme = scheme,
        .proposal = proposal,
        .event = &event,
        .under = CX_NONE,
        .today = cxlog_day_of(proposal->now),
    };
    cxlog_status status = fill(&c, err);
    if (status == CXLOG_OK)
        status = check(&c, err);
    if (status == CXLOG_OK)
        status = cxlog_event_chain(event.chain, chain, &event, err);
    if (status != CXLOG_OK)
        return status;
    *out = event;
    cxlog_event_init(&event);
    return CXLOG_OK;
}
