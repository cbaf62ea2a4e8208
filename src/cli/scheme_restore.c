#include "cli/scheme_view.h"

#include <jansson.h>

#include <cxlog/text.h>

#define SHOWN 20 /* differences told one by one */

static void put_side(const cli_ctx *ctx, const char *what, const char *line)
{
    CXLOG_AUTO_TEXT safe = line ? cxlog_text_escape(line, true) : NULL;
    cli_say(ctx, "    %s: %s\n", what, safe ? safe : _("nothing"));
}

static void tell_differences(const cli_ctx *ctx, const cxlog_restore_result *found)
{
    for (size_t i = 0; i < found->count && i < SHOWN; i++) {
        const cxlog_scheme_difference *one = &found->differences[i];
        if (one->row == 1) {
            cli_say(ctx, "%s\n", _("  the header is not as cxlog made it"));
            continue;
        }
        cli_say(ctx, _("  row %lld\n"), (long long)one->row);
        put_side(ctx, _("sheet"), one->there);
        put_side(ctx, _("store"), one->here);
    }
    if (found->count > SHOWN)
        cli_say(ctx, _("  … and %zu more\n"), found->count - SHOWN);
}

static json_t *difference_json(const cxlog_scheme_difference *one)
{
    return json_pack("{s:I, s:s?, s:s?}", "row", (json_int_t)one->row, "sheet",
                     one->there, "store", one->here);
}

static cxlog_status restore_json(const cxlog_restore_result *found, bool written,
                                 cxlog_error *err)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < found->count; i++)
        (void)json_array_append_new(list, difference_json(&found->differences[i]));
    return cli_out_json_take(json_pack("{s:i, s:b, s:I, s:o}", "schema", 1, "restored",
                                       (int)written, "scheme_version",
                                       (json_int_t)found->scheme_version, "differences",
                                       list),
                             err);
}

static cxlog_status tell(const cli_ctx *ctx, const cxlog_restore_result *found,
                         bool written, cxlog_error *err)
{
    if (ctx->json)
        return restore_json(found, written, err);
    if (found->count == 0)
        cli_out(_("✓ tab 구분 is as it should be: nothing to restore\n"));
    else if (written)
        cli_out(_("✓ tab 구분 holds its %lld events again (%zu rows were wrong)\n"),
                (long long)found->scheme_version, found->count);
    else
        cli_out(_("%zu rows of tab 구분 are wrong; nothing was written\n"), found->count);
    return CXLOG_OK;
}

static cxlog_status may_write(const cli_scheme_call *call, bool *yes, cxlog_error *err)
{
    *yes = cli_args_has(call->args, "yes");
    if (*yes)
        return CXLOG_OK;
    if (!cli_may_ask(call->ctx))
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "restore writes over rows of tab %s and asks first: --yes "
                          "where nobody can be asked; nothing was written",
                          CXLOG_TAB_SCHEME);
    *yes = cli_confirm(_("write these rows as this store knows them?"));
    return CXLOG_OK;
}

/* First a look, so that a person sees what will be written over. */
static cxlog_status restore(const cli_scheme_call *call, cxlog_remote *remote,
                            cxlog_error *err)
{
    cli_ctx *ctx = call->ctx;
    const cxlog_sync_options options = cli_sync_options(ctx);
    CXLOG_AUTO_VALUE(cxlog_restore_result) found = {0};
    CXLOG_AUTO_VALUE(cxlog_restore_result) done = {0};
    bool yes = false;
    cxlog_status status =
        cxlog_sync_restore_scheme(ctx->store, remote, &options, false, &found, err);
    if (status != CXLOG_OK)
        return status;
    if (!ctx->json)
        tell_differences(ctx, &found);
    if (found.count > 0 && !ctx->dry_run)
        status = may_write(call, &yes, err);
    if (status == CXLOG_OK && yes)
        status =
            cxlog_sync_restore_scheme(ctx->store, remote, &options, true, &done, err);
    if (status == CXLOG_OK && yes)
        found.scheme_version = done.scheme_version;
    return status == CXLOG_OK ? tell(ctx, &found, yes, err) : status;
}

cxlog_status cli_scheme_restore(const cli_scheme_call *call, cxlog_error *err)
{
    cli_ctx *ctx = call->ctx;
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    if (call->count > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "it is: cxlog %s restore [--yes]",
                          ctx->cmd->name);
    cxlog_status status = cli_scheme_remote(ctx, &lock, &remote, err);
    if (status == CXLOG_OK && !remote)
        status = cxlog_fail(err, CXLOG_ERR_CONFIG,
                            "no spreadsheet is set up: there is no tab to restore");
    if (status == CXLOG_OK)
        status = restore(call, remote, err);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
