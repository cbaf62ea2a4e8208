#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/sheet_looks.h"

void cli_leads_clear(cli_leads *leads)
{
    free(leads->text);
    *leads = (cli_leads){0};
}

cxlog_status cli_leads_read(cli_leads *out, const cli_ctx *ctx, cxlog_error *err)
{
    const char *setting = cli_setting(&ctx->settings, CLI_KEY_SHEET_LEADS);
    if (!setting)
        return CXLOG_OK;
    out->text = strdup(setting);
    if (!out->text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t count = 0;
    char *rest = out->text;
    for (char *name = strtok_r(out->text, ", ", &rest); name && count < CLI_LEADS_MAX;
         name = strtok_r(NULL, ", ", &rest))
        out->list[count++] = name;
    return CXLOG_OK;
}

size_t cli_sheet_warnings_of(cli_sheet_warnings *out, const cli_ctx *ctx,
                             const cxlog_layout_result *result)
{
    size_t count = 0;
    if (result->zone_differs)
        (void)snprintf(out->text[count++], sizeof out->text[0],
                       _("the spreadsheet's time zone is %s, the team's %s"),
                       result->zone, cli_setting(&ctx->settings, CLI_KEY_TIME_ZONE));
    if (result->locale_odd)
        (void)snprintf(out->text[count++], sizeof out->text[0],
                       _("the spreadsheet's locale is %s: dates and numbers typed by "
                         "hand may be read in another way"),
                       result->locale);
    return count;
}

void cli_sheet_warn(const cli_ctx *ctx, const cxlog_layout_result *result)
{
    cli_sheet_warnings warnings;
    size_t count = cli_sheet_warnings_of(&warnings, ctx, result);
    for (size_t i = 0; i < count; i++) {
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(warnings.text[i], true);
        cli_out("! %s\n", safe ? safe : "?");
    }
}

static cxlog_status print(const cli_ctx *ctx, const cxlog_layout_result *result,
                          cxlog_error *err)
{
    if (ctx->json)
        return cli_out_json_take(
            json_pack("{s:i, s:b, s:s, s:b, s:s, s:b}", "schema", 1, "written",
                      (int)result->written, "zone", result->zone, "zone_differs",
                      (int)result->zone_differs, "locale", result->locale, "locale_odd",
                      (int)result->locale_odd),
            err);
    if (!ctx->quiet)
        cli_out("✓ %s\n", result->written ? _("the sheet's looks were brought up to date")
                                          : _("the sheet looks as it should"));
    if (!ctx->quiet)
        cli_sheet_warn(ctx, result);
    return CXLOG_OK;
}

static cxlog_status tell_plan(const cli_ctx *ctx, cxlog_error *err)
{
    if (!cli_has_sheet(ctx))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "no spreadsheet is set up: cxlog init --sheet URL --key FILE");
    if (ctx->json)
        return cli_out_json_take(
            json_pack("{s:i, s:b, s:b}", "schema", 1, "dry_run", 1, "written", 0), err);
    cli_out("%s\n", _("would bring the sheet's looks up to date"));
    return cli_out_end(err);
}

cxlog_status cli_cmd_sheet(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(cli_leads) leads = {0};
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cxlog_layout_result result = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK &&
        (args.word_count != 1 || strcmp(args.words[0], "refresh") != 0))
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "sheet knows one verb: refresh");
    if (status == CXLOG_OK && ctx->dry_run)
        return tell_plan(ctx, err);
    if (status == CXLOG_OK)
        status = cli_leads_read(&leads, ctx, err);
    if (status == CXLOG_OK)
        status = cli_close_remote(ctx, &lock, &remote, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_sync_options options = cli_sync_options(ctx);
    status = cxlog_layout_refresh(ctx->store, remote, &options, leads.list, &result, err);
    if (status == CXLOG_OK)
        status = print(ctx, &result, err);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
