#include "cli/commands.h"
#include "cli/prompt.h"
#include "cli/saved.h"

const cli_option cli_edit_options[] = {
    {"editor", 'e', NULL, N_("in $VISUAL or $EDITOR, with every field")},
    {NULL, 0, NULL, NULL},
};

static cxlog_status find(cxlog_record *record, cli_ctx *ctx, const cli_args *args,
                         cxlog_error *err)
{
    bool found = true;
    if (args->word_count > 1)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "edit takes one ID");
    cxlog_status status = args->word_count == 1
                              ? cli_find_effective(ctx, args->words[0], record, err)
                              : cli_last_effective(ctx, record, &found, err);
    if (status == CXLOG_OK && !found)
        status = cxlog_fail(err, CXLOG_ERR_VALUE, "there is no record of today yet");
    return status;
}

cxlog_status cli_cmd_edit(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(cli_prompt) prompt = {0};
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK)
        status = find(&record, ctx, &args, err);
    if (status == CXLOG_OK)
        status = cli_prompt_open(&prompt, ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &prompt.scheme, err);
    if (status == CXLOG_OK)
        status = cli_args_has(&args, "editor") ? cli_prompt_form(&prompt, &record, err)
                                               : cli_prompt_edit(&prompt, &record, err);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
