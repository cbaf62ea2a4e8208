#include "cli/commands.h"
#include "cli/saved.h"
#include "cli/undo.h"

static cxlog_status take_back(cli_ctx *ctx, bool redo, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.word_count > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "%s takes no words: cxlog void ID",
                          ctx->cmd->name);
    CXLOG_AUTO_VALUE(cli_undone) undone;
    cli_undone_init(&undone);
    status = cli_undo_make(&undone, ctx, redo, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->dry_run) {
        status = cli_print_dry(&undone.entry, ctx, err);
        return status == CXLOG_OK ? cli_out_end(err) : status;
    }
    status = cli_undo_save(&undone, ctx, err);
    if (status != CXLOG_OK)
        return status;
    status = cli_saved_print(ctx, &undone.entry, &undone.added, 1, err);
    cli_background_sync(ctx);
    if (!ctx->json)
        cli_undo_tell(&undone, ctx);
    return status;
}

cxlog_status cli_cmd_undo(cli_ctx *ctx, cxlog_error *err)
{
    return take_back(ctx, false, err);
}

cxlog_status cli_cmd_redo(cli_ctx *ctx, cxlog_error *err)
{
    return take_back(ctx, true, err);
}
