#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/report.h>
#include <cxlog/wall.h>

#define COLUMNS 9

static cxlog_status load_events(cxlog_store *store, cxlog_event **events, size_t *count,
                                cxlog_error *err)
{
    return cxlog_store_events(store, 1, INT64_MAX, events, count, err);
}

/* ---- log ---- */

static cxlog_status put_row(cxlog_table *table, const cxlog_event *event,
                            cxlog_error *err)
{
    char number[24];
    char at[CXLOG_WALL_TEXT];
    char from[CXLOG_WALL_TEXT] = "";
    CXLOG_AUTO_TEXT path = NULL;
    cxlog_status status = cli_value_path(&path, event->parent, event->name, err);
    if (status != CXLOG_OK)
        return status;
    (void)snprintf(number, sizeof number, "%lld", (long long)event->number);
    if (event->from != CXLOG_NO_DAY)
        (void)cxlog_day_text(from, event->from);
    const char *cells[COLUMNS] = {number,
                                  cxlog_day_text(at, cxlog_day_of(event->at)),
                                  event->author ? event->author : "",
                                  cxlog_action_word(event->action),
                                  path,
                                  event->code ? event->code : "",
                                  event->target ? event->target : "",
                                  from,
                                  event->reason ? event->reason : ""};
    return cxlog_table_row(table, cells, err);
}

static cxlog_status print_log(const cli_ctx *ctx, const cxlog_event *events, size_t count,
                              cxlog_error *err)
{
    const cxlog_column_spec columns[COLUMNS] = {
        {"#", CXLOG_ALIGN_RIGHT, false, 0},
        {cli_word(ctx, N_("date")), CXLOG_ALIGN_LEFT, false, 0},
        {cli_word(ctx, N_("author")), CXLOG_ALIGN_LEFT, true, 2},
        {cli_word(ctx, N_("action")), CXLOG_ALIGN_LEFT, false, 0},
        {cli_word(ctx, N_("name")), CXLOG_ALIGN_LEFT, true, 0},
        {cli_word(ctx, N_("code")), CXLOG_ALIGN_LEFT, true, 1},
        {cli_word(ctx, N_("target")), CXLOG_ALIGN_LEFT, true, 0},
        {cli_word(ctx, N_("from")), CXLOG_ALIGN_LEFT, false, 0},
        {cli_word(ctx, N_("reason")), CXLOG_ALIGN_LEFT, true, 3},
    };
    CXLOG_AUTO(cxlog_table) *table = NULL;
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_table_new(&table, columns, COLUMNS, err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++)
        status = put_row(table, &events[i], err);
    if (status == CXLOG_OK)
        status = cli_table_text(&text, ctx, table, err);
    if (status == CXLOG_OK)
        cli_out_text(text);
    return status;
}

static bool is(const char *text, const char *word)
{
    return text && strcmp(text, word) == 0;
}

/* Of that name ("배송", "배송/해외"), or making it what it is. */
static bool about(const cxlog_event *event, const char *word)
{
    CXLOG_AUTO_TEXT path = NULL;
    if (cli_value_path(&path, event->parent, event->name, NULL) != CXLOG_OK)
        return true;
    return is(path, word) || is(event->name, word) || is(event->parent, word) ||
           is(event->target, word);
}

/* Events that are not asked for to the end, which keeps the order of the others; how many
 * are. */
static size_t keep(const cli_scheme_call *call, cxlog_event *events, size_t count)
{
    bool all = cli_args_has(call->args, "all");
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if ((!all && events[i].dim != call->dim) ||
            (call->count > 0 && !about(&events[i], call->words[0])))
            continue;
        cxlog_event ours = events[i];
        events[i] = events[kept];
        events[kept++] = ours;
    }
    return kept;
}

cxlog_status cli_scheme_log(const cli_scheme_call *call, cxlog_error *err)
{
    cxlog_event *events = NULL;
    size_t count = 0;
    if (call->count > 1)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "it is: cxlog %s log [NAME] [--all]",
                          call->ctx->cmd->name);
    cxlog_status status = load_events(call->ctx->store, &events, &count, err);
    if (status != CXLOG_OK)
        return status;
    size_t shown = keep(call, events, count);
    status = call->ctx->json ? cli_out_events(events, shown, err)
                             : print_log(call->ctx, events, shown, err);
    cxlog_events_free(events, count);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}

/* ---- verify ---- */

static cxlog_status verify_store(cxlog_store *store, size_t *count,
                                 char last[CXLOG_CHAIN_SIZE], cxlog_error *err)
{
    cxlog_event *events = NULL;
    char root[CXLOG_CHAIN_SIZE];
    size_t bad = 0;
    cxlog_status status = load_events(store, &events, count, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_chain_root(root);
    memcpy(last, root, sizeof root);
    status = cxlog_events_verify(events, *count, 0, root, &bad, err);
    if (*count > 0)
        memcpy(last, events[*count - 1].chain, CXLOG_CHAIN_SIZE);
    cxlog_events_free(events, *count);
    return status;
}

static cxlog_status tell(const cli_ctx *ctx, size_t count, const char *last,
                         int64_t sheet, cxlog_error *err)
{
    bool shared = cli_has_sheet(ctx);
    if (ctx->json) {
        json_t *answer =
            json_pack("{s:i, s:I, s:I, s:s, s:o}", "schema", 1, "events",
                      (json_int_t)count, "scheme_version", (json_int_t)count, "chain",
                      last, "sheet_version", shared ? json_integer(sheet) : json_null());
        return cli_out_json_take(answer, err);
    }
    const char *good = cli_style(ctx, stdout, "good");
    const char *reset = cli_style(ctx, stdout, "reset");
    cli_out("%s✓%s ", good, reset);
    cli_out(_("this computer: %zu events, every link of the chain fits (ends %.12s…)\n"),
            count, last);
    if (!shared)
        return CXLOG_OK;
    cli_out("%s✓%s ", good, reset);
    cli_out(_("sheet: %lld events, extends what this computer has seen\n"),
            (long long)sheet);
    return CXLOG_OK;
}

cxlog_status cli_scheme_verify(const cli_scheme_call *call, cxlog_error *err)
{
    cli_ctx *ctx = call->ctx;
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    char last[CXLOG_CHAIN_SIZE];
    size_t count = 0;
    int64_t sheet = 0;
    cxlog_status status = verify_store(ctx->store, &count, last, err);
    if (status == CXLOG_OK)
        status = cli_scheme_remote(ctx, &lock, &remote, err);
    if (status == CXLOG_OK && remote)
        status = cxlog_sync_verify_scheme(ctx->store, remote, &sheet, err);
    if (status == CXLOG_OK)
        status = tell(ctx, count, last, sheet, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
