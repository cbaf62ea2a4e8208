#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

/* What a leader does next; the names are theirs, so they are shown escaped. */
static void put_next(const cli_scheme_call *call, const cxlog_event *event)
{
    CXLOG_AUTO_TEXT path = NULL;
    CXLOG_AUTO_TEXT shown = NULL;
    if (cli_value_path(&path, event->parent, event->name, NULL) == CXLOG_OK)
        shown = cxlog_text_escape(path, true);
    if (!shown)
        return;
    const char *cmd = call->ctx->cmd->name;
    bool added = call->verb == CLI_VERB_ADD;
    if (added && call->dim == CXLOG_DIM_CATEGORY)
        cli_out(_("  use it: cxlog log %s …\n"), shown);
    else if (added && call->dim == CXLOG_DIM_FIELD)
        cli_out(_("  use it: cxlog log … --field %s=…\n"), shown);
    else if (added)
        cli_out(_("  use it: cxlog log … --%s %s\n"), cmd, shown);
    else if (event->from != CXLOG_NO_DAY)
        cli_out(
            _("  until then all stays as it is; take it back: cxlog %s withdraw %lld\n"),
            cmd, (long long)event->number);
    else
        cli_out(_("  see all: cxlog %s list\n"), cmd);
}

static cxlog_status tell(const cli_scheme_call *call, const cxlog_event *events,
                         size_t count, cxlog_error *err)
{
    const cli_ctx *ctx = call->ctx;
    if (ctx->json)
        return cli_out_events(events, count, err);
    for (size_t i = 0; i < count; i++) {
        CXLOG_AUTO_TEXT text = NULL;
        cxlog_status status = cli_event_text(&text, &events[i], err);
        if (status != CXLOG_OK)
            return status;
        cli_out("%s%s%s %s\n", cli_style(ctx, stdout, "good"), ctx->dry_run ? "·" : "✓",
                cli_style(ctx, stdout, "reset"), text);
    }
    if (ctx->dry_run)
        cli_out_text(_("  nothing was written (--dry-run)\n"));
    else if (!ctx->quiet && count > 0)
        put_next(call, &events[count - 1]);
    return CXLOG_OK;
}

static cxlog_status ask_used(cxlog_store *store, cxlog_proposal *proposal,
                             cxlog_error *err)
{
    if (!proposal->name)
        return CXLOG_OK;
    return cxlog_store_used(store, proposal->dim, proposal->parent, proposal->name,
                            &proposal->used, err);
}

/* --dry-run: the rules alone, on a copy of the scheme. */
static cxlog_status rehearse(const cli_scheme_call *call, const cli_proposals *p,
                             cxlog_event *events, cxlog_error *err)
{
    cxlog_store *store = call->ctx->store;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    char chain[CXLOG_CHAIN_SIZE];
    int64_t number;
    int64_t shared;
    cxlog_status status = cxlog_store_scheme(store, &scheme, err);
    if (status == CXLOG_OK)
        status = cxlog_store_chain(store, &number, chain, &shared, err);
    for (size_t i = 0; status == CXLOG_OK && i < p->count; i++) {
        status = ask_used(store, &p->items[i], err);
        if (status == CXLOG_OK)
            status = cxlog_scheme_propose(&events[i], scheme, chain, &p->items[i], err);
        if (status == CXLOG_OK)
            status = cxlog_scheme_apply(scheme, &events[i], err);
        memcpy(chain, events[i].chain, sizeof chain);
    }
    return status;
}

static cxlog_status dry_run(const cli_scheme_call *call, const cli_proposals *p,
                            cxlog_error *err)
{
    cxlog_event *events = calloc(p->count, sizeof *events);
    if (!events)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < p->count; i++)
        cxlog_event_init(&events[i]);
    cxlog_status status = rehearse(call, p, events, err);
    if (status == CXLOG_OK)
        status = tell(call, events, p->count, err);
    cxlog_events_free(events, p->count);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}

/* Regions and fields have no drop-down, details neither. */
static bool touches_choices(const cli_proposals *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const cxlog_proposal *item = &p->items[i];
        bool first_level = !item->parent || item->parent[0] == '\0';
        bool shown = item->dim == CXLOG_DIM_CATEGORY || item->dim == CXLOG_DIM_CHANNEL;
        if (shown && first_level && item->action != CXLOG_ACTION_ALIAS)
            return true;
    }
    return false;
}

/* A plan of one's own may be what keeps `init` from binding the store: until it is bound,
 * what nobody else has seen is withdrawn here. */
static cxlog_status is_own_plan(bool *out, const cli_scheme_call *call,
                                const cli_proposals *p, cxlog_error *err)
{
    *out = false;
    for (size_t i = 0; i < p->count; i++) {
        if (p->items[i].action != CXLOG_ACTION_WITHDRAW)
            return CXLOG_OK;
    }
    CXLOG_AUTO_TEXT bound = NULL;
    cxlog_status status =
        cxlog_store_get(call->ctx->store, CXLOG_META_SHEET, &bound, err);
    *out = !bound;
    return status;
}

static cxlog_status write_events(const cli_scheme_call *call, const cli_proposals *p,
                                 cxlog_event **events, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    const cxlog_sync_options options = cli_sync_options(call->ctx);
    bool own_plan = false;
    cxlog_status status = is_own_plan(&own_plan, call, p, err);
    if (status == CXLOG_OK && !own_plan)
        status = cli_scheme_remote(call->ctx, &lock, &remote, err);
    if (status == CXLOG_OK)
        status = cxlog_sync_propose(call->ctx->store, remote, &options, p->items,
                                    p->count, events, err);
    cxlog_error said = {0};
    if (status == CXLOG_OK && remote && touches_choices(p) &&
        cxlog_layout_choices(call->ctx->store, remote, &options, &said) != CXLOG_OK)
        cli_say(call->ctx, _("the sheet's drop-downs follow at the next close: %s\n"),
                said.message);
    return status;
}

cxlog_status cli_scheme_change(const cli_scheme_call *call, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_proposals) p = {0};
    cxlog_status status = cli_proposals_make(&p, call, err);
    if (status != CXLOG_OK)
        return status;
    if (call->ctx->dry_run)
        return dry_run(call, &p, err);
    cxlog_event *events = NULL;
    status = write_events(call, &p, &events, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_error said = {0};
    status = tell(call, events, p.count, &said);
    cxlog_events_free(events, p.count);
    if (status != CXLOG_OK) /* it is in the store, and perhaps in the sheet */
        return cxlog_fail(err, CXLOG_ERR_IO,
                          "%s is done, but its output could not be written: %s",
                          call->ctx->cmd->name, said.message);
    return cli_out_end_done(call->ctx, NULL, err);
}
