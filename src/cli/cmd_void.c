#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/saved.h"

#define VOID_MAX 1000
#define VOID_ASK 3 /* from here on a person is asked */

const cli_option cli_void_options[] = {
    {"reason", 0, "TEXT", N_("why, for those who read the sheet")},
    {"yes", 'y', NULL, N_("do not ask, however many they are")},
    {NULL, 0, NULL, NULL},
};

/* The rows of one run. */
typedef struct voids {
    cxlog_entry *entries;
    cxlog_added *added;
    size_t count;
} voids;

static void voids_clear(voids *v)
{
    for (size_t i = 0; i < v->count; i++)
        cxlog_entry_clear(&v->entries[i]);
    free(v->entries);
    free(v->added);
}
CXLOG_AUTO_VALUE_DEFINE(voids, voids_clear);

static bool is_there(const voids *v, const char *root)
{
    for (size_t i = 0; i < v->count; i++) {
        bool is_void;
        if (strcmp(cxlog_entry_target(&v->entries[i], &is_void), root) == 0)
            return true;
    }
    return false;
}

static cxlog_status add(voids *v, cli_ctx *ctx, const char *reference, const char *reason,
                        cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    cxlog_status status = cli_find_effective(ctx, reference, &record, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    if (is_there(v, record.root))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is named twice",
                          cxlog_quote(quoted, reference));
    cxlog_entry *entry = &v->entries[v->count++];
    cxlog_entry_init(entry);
    return cli_entry_void(entry, ctx, &record, reason, err);
}

static cxlog_status agree(const cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    if (args->word_count < VOID_ASK || ctx->dry_run || cli_args_has(args, "yes"))
        return CXLOG_OK;
    char question[128];
    (void)snprintf(question, sizeof question, _("take %zu records out of every total?"),
                   args->word_count);
    if (!cli_may_ask(ctx))
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "to void %zu records at once without being asked, add --yes",
                          args->word_count);
    if (!cli_confirm(question))
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "nothing was changed");
    return CXLOG_OK;
}

static cxlog_status save(voids *v, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; ctx->dry_run && status == CXLOG_OK && i < v->count; i++)
        status = cli_print_dry(&v->entries[i], ctx, err);
    if (ctx->dry_run)
        return status == CXLOG_OK ? cli_out_end(err) : status;
    status = cxlog_store_add(ctx->store, v->entries, v->count, v->added, err);
    if (status != CXLOG_OK)
        return status;
    status = cli_saved_print(ctx, v->entries, v->added, v->count, err);
    cli_background_sync(ctx);
    for (size_t i = 0; cli_stderr_is_terminal() && !ctx->json && i < v->count; i++)
        cli_saved_line(ctx, "✗", &v->entries[i], v->added[i].number);
    return status;
}

cxlog_status cli_cmd_void(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.word_count == 0 || args.word_count > VOID_MAX)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "void needs the ID of a record (at most %d)", VOID_MAX);
    CXLOG_AUTO_VALUE(voids) rows = {0};
    rows.entries = calloc(args.word_count, sizeof *rows.entries);
    rows.added = calloc(args.word_count, sizeof *rows.added);
    if (!rows.entries || !rows.added)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const char *reason = cli_args_get(&args, "reason");
    for (size_t i = 0; status == CXLOG_OK && i < args.word_count; i++)
        status = add(&rows, ctx, args.words[i], reason ? reason : "", err);
    if (status == CXLOG_OK)
        status = agree(ctx, &args, err);
    return status == CXLOG_OK ? save(&rows, ctx, err) : status;
}
