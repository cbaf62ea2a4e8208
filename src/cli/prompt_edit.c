#include <stdlib.h>
#include <string.h>

#include "cli/entry_words.h"
#include "cli/form.h"
#include "cli/prompt.h"
#include "cli/saved.h"

cxlog_status cli_last_effective(cli_ctx *ctx, cxlog_record *out, bool *found,
                                cxlog_error *err)
{
    const char *agent;
    *found = false;
    cxlog_status status = cli_agent(ctx, &agent, err);
    return status == CXLOG_OK ? cxlog_store_last_of(ctx->store, agent, ctx->today, 0,
                                                    true, out, found, err)
                              : status;
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

cxlog_status cli_prompt_form(cli_prompt *prompt, const cxlog_record *record,
                             cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    bool changed;
    cxlog_status status = cxlog_entry_copy(&entry, &record->entry, err);
    if (status == CXLOG_OK)
        status = cli_form_edit(&entry, prompt->ctx, prompt->scheme, &changed, err);
    return status == CXLOG_OK ? cli_save_correction(prompt->ctx, &entry, record, err)
                              : status;
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
    cxlog_status status =
        cli_entry_words(&before, &record->entry, prompt->scheme, true, err);
    if (status == CXLOG_OK && !before)
        return cli_prompt_form(prompt, record, err);
    if (status == CXLOG_OK)
        status = prompt->reader->ops->read(prompt->reader, shown, before, &after, err);
    if (status != CXLOG_OK)
        return status;
    cli_ctx_tick(prompt->ctx);
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
