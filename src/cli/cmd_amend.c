#include <string.h>

#include "cli/commands.h"
#include "cli/entry_values.h"
#include "cli/saved.h"

const cli_option cli_amend_options[] = {CLI_ENTRY_OPTIONS, {NULL, 0, NULL, NULL}};

/* Put what the line says over a copy of what counts now. The first word is the record's
 * ID. */
static cxlog_status change(cxlog_entry *entry, cli_ctx *ctx, cli_args *args,
                           cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_store_scheme(ctx->store, &scheme, err);
    if (status != CXLOG_OK)
        return status;
    cli_args rest = *args;
    rest.words++;
    rest.word_count--;
    rest.note_from--;
    cli_entry_input input = {.args = &rest, .scheme = scheme, .ctx = ctx, .amend = true};
    return cli_entry_from_args(entry, &input, err);
}

static cxlog_status save(cxlog_entry *entry, cli_ctx *ctx, const char *root,
                         cxlog_error *err)
{
    cxlog_status status = cli_entry_correct(entry, ctx, root, false, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->dry_run) {
        status = cli_print_dry(entry, ctx, err);
        return status == CXLOG_OK ? cli_out_end(err) : status;
    }
    cxlog_added added = {0};
    status = cxlog_store_add(ctx->store, entry, 1, &added, err);
    if (status != CXLOG_OK)
        return status;
    status = cli_saved_print(ctx, entry, &added, 1, err);
    cli_background_sync(ctx);
    if (cli_stderr_is_terminal() && !ctx->json)
        cli_saved_line(ctx, "✓", entry, added.number);
    return status;
}

cxlog_status cli_cmd_amend(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.note_from == 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "amend needs the ID of a record");
    CXLOG_AUTO_VALUE(cxlog_record) record;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_record_init(&record);
    cxlog_entry_init(&entry);
    status = cli_find_effective(ctx, args.words[0], &record, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(&entry, &record.entry, err);
    if (status == CXLOG_OK)
        status = change(&entry, ctx, &args, err);
    if (status != CXLOG_OK)
        return status;
    if (cxlog_entry_same(&entry, &record.entry))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "there is nothing to change");
    return save(&entry, ctx, record.root, err);
}
