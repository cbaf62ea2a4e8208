#include "cli/saved.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

cxlog_status cli_entry_seal(cxlog_entry *entry, const cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = cxlog_entry_check(entry, ctx->now, err);
    return status == CXLOG_OK ? cxlog_entry_seal(entry, err) : status;
}

cxlog_status cli_entry_correct(cxlog_entry *entry, cli_ctx *ctx, const char *root,
                               bool is_void, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE], corrects[CXLOG_ID_SIZE + sizeof CXLOG_VOID_PREFIX];
    (void)snprintf(corrects, sizeof corrects, "%s%s", is_void ? CXLOG_VOID_PREFIX : "",
                   root);
    cxlog_status status = cxlog_id_new(id, err);
    if (status == CXLOG_OK)
        status = cxlog_store_correct_at(ctx->store, root, ctx->now,
                                        &entry->number[CXLOG_COL_LOGGED_AT], err);
    if (status == CXLOG_OK)
        status = cxlog_entry_set(entry, CXLOG_COL_ID, id, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_set(entry, CXLOG_COL_CORRECTS, corrects, err);
    return status == CXLOG_OK ? cli_entry_seal(entry, ctx, err) : status;
}

cxlog_status cli_entry_void(cxlog_entry *entry, cli_ctx *ctx, const cxlog_record *record,
                            const char *reason, cxlog_error *err)
{
    static const cxlog_column kept[] = {CXLOG_COL_CHANNEL, CXLOG_COL_CATEGORY,
                                        CXLOG_COL_DETAIL};
    const char *agent;
    cxlog_status status = cli_agent(ctx, &agent, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_set(entry, CXLOG_COL_AGENT, agent, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_set(entry, CXLOG_COL_NOTE, reason, err);
    for (size_t i = 0; status == CXLOG_OK && i < sizeof kept / sizeof kept[0]; i++)
        status = cxlog_entry_set(entry, kept[i],
                                 cxlog_entry_text(&record->entry, kept[i]), err);
    if (status != CXLOG_OK)
        return status;
    entry->number[CXLOG_COL_CONTACTED_AT] = record->entry.number[CXLOG_COL_CONTACTED_AT];
    return cli_entry_correct(entry, ctx, record->root, true, err);
}

cxlog_status cli_find_effective(cli_ctx *ctx, const char *reference, cxlog_record *out,
                                cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) named;
    cxlog_record_init(&named);
    bool found;
    cxlog_status status = cxlog_store_find(ctx->store, reference, &named, err);
    if (status == CXLOG_OK)
        status = cxlog_store_effective(ctx->store, named.root, out, &found, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    if (!found)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is already void",
                          cxlog_quote(quoted, reference));
    return CXLOG_OK;
}

/* The record as the store holds it now. The entry is lent: never clear it through the
 * record. */
static cxlog_record lend(const cxlog_entry *entry, const cxlog_added *added)
{
    cxlog_record record = {.entry = *entry,
                           .number = added ? added->number : 0,
                           .state = CXLOG_STATE_PENDING,
                           .mine = true,
                           .effective = true};
    bool is_void;
    const char *root = cxlog_entry_target(entry, &is_void);
    if (root[0] == '\0')
        root = cxlog_entry_text(entry, CXLOG_COL_ID);
    (void)snprintf(record.root, sizeof record.root, "%s", root);
    record.effective = !is_void;
    return record;
}

static cxlog_status print_stored(cli_ctx *ctx, const char *id, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    cxlog_status status = cxlog_store_find(ctx->store, id, &record, err);
    return status == CXLOG_OK ? cli_out_json_take(cli_record_object(&record), err)
                              : status;
}

static cxlog_status print_one(cli_ctx *ctx, const cxlog_entry *entry,
                              const cxlog_added *added, cxlog_error *err)
{
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    if (!ctx->json) {
        cli_out("%s\n", id);
        return CXLOG_OK;
    }
    if (added->existed) /* it may be in the sheet by now */
        return print_stored(ctx, id, err);
    cxlog_record record = lend(entry, added);
    return cli_out_json_take(cli_record_object(&record), err);
}

cxlog_status cli_saved_print(cli_ctx *ctx, const cxlog_entry *entries,
                             const cxlog_added *added, size_t count, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < count; i++)
        status = print_one(ctx, &entries[i], &added[i], err);
    const char *id = count == 1 ? cxlog_entry_text(&entries[0], CXLOG_COL_ID) : NULL;
    if (status == CXLOG_OK)
        return cli_out_end_done(ctx, id, err);
    if (!id)
        return cxlog_wrap(err, "%s is done, but its output could not be written",
                          ctx->cmd->name);
    return cxlog_wrap(err, "%s is done (ID %s), but its output could not be written",
                      ctx->cmd->name, id);
}

void cli_saved_line(const cli_ctx *ctx, const char *sign, const cxlog_entry *entry,
                    int64_t number)
{
    CXLOG_AUTO_TEXT line = NULL;
    cxlog_record record = lend(entry, NULL);
    if (cli_record_line(&line, &record, NULL) != CXLOG_OK)
        return;
    int64_t at = entry->number[CXLOG_COL_CONTACTED_AT];
    int minute = at == CXLOG_BLANK ? 0 : cxlog_second_of_day(at) / 60;
    cli_say(ctx, "%s%s%s #%lld  %02d:%02d  %s\n", cli_style(ctx, stderr, "good"), sign,
            cli_style(ctx, stderr, "reset"), (long long)number, minute / 60, minute % 60,
            line);
}

cxlog_status cli_print_dry(const cxlog_entry *entry, const cli_ctx *ctx, cxlog_error *err)
{
    cxlog_record record = lend(entry, NULL);
    if (ctx->json) {
        json_t *object = cli_record_object(&record);
        if (object)
            (void)json_object_set_new(object, "dry_run", json_true());
        return cli_out_json_take(object, err);
    }
    CXLOG_AUTO_TEXT line = NULL;
    cxlog_status status = cli_record_line(&line, &record, err);
    if (status == CXLOG_OK)
        cli_out("%s %s\n", _("would save:"), line);
    return status;
}
