#include <stdlib.h>
#include <string.h>

#include "cli/entry_words.h"
#include "cli/prompt.h"
#include "cli/saved.h"

cxlog_status cli_last_effective(cli_ctx *ctx, cxlog_record *out, bool *found,
                                cxlog_error *err)
{
    const char *agent;
    CXLOG_AUTO_VALUE(cxlog_record) last;
    cxlog_record_init(&last);
    *found = false;
    cxlog_status status = cli_agent(ctx, &agent, err);
    if (status == CXLOG_OK)
        status = cxlog_store_last_of(ctx->store, agent, ctx->today, 0, true, &last,
                                     found, err);
    if (status != CXLOG_OK || !*found)
        return status;
    return cxlog_store_effective(ctx->store, last.root, out, found, err);
}

cxlog_status cli_save_correction(cli_ctx *ctx, cxlog_entry *entry,
                                 const cxlog_record *record, cxlog_error *err)
{
    if (cxlog_entry_same(entry, &record->entry)) {
        cli_say(ctx, "%s\n", _("nothing was changed"));
        return CXLOG_OK;
    }
    cxlog_status status = cli_entry_correct(entry, ctx, record->root, false, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->dry_run)
        return cli_print_dry(entry, ctx, err);
    cxlog_added added = {0};
    status = cxlog_store_add(ctx->store, entry, 1, &added, err);
    if (status != CXLOG_OK)
        return status;
    cli_saved_line(ctx, "✓", entry, added.number);
    cli_background_sync(ctx);
    return CXLOG_OK;
}

cxlog_status cli_prompt_edit(cli_prompt *prompt, const cxlog_record *record,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT before = NULL;
    CXLOG_AUTO_TEXT after = NULL;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    char shown[64];
    (void)snprintf(shown, sizeof shown, "#%lld> ", (long long)record->number);
    cxlog_status status = cli_entry_words(&before, &record->entry, true, err);
    if (status == CXLOG_OK)
        status = prompt->reader->ops->read(prompt->reader, shown, before, &after, err);
    if (status != CXLOG_OK)
        return status;
    if (!after || after[strspn(after, " \t")] == '\0') {
        cli_say(prompt->ctx, "%s\n", _("nothing was changed"));
        return CXLOG_OK;
    }
    status = cxlog_entry_copy(&entry, &record->entry, err);
    if (status == CXLOG_OK)
        status =
            cli_entry_rewrite(&entry, prompt->ctx, prompt->scheme, before, after, err);
    return status == CXLOG_OK ? cli_save_correction(prompt->ctx, &entry, record, err)
                              : status;
}
