#include <stdlib.h>

#include <jansson.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/progress.h"

static cxlog_status print_json(const cxlog_check *check, const cxlog_sync_result *sync,
                               cxlog_error *err)
{
    cxlog_sync_result counted = *sync;
    counted.edited = check->counts[CXLOG_FOUND_EDITED];
    counted.missing = check->counts[CXLOG_FOUND_MISSING];
    counted.duplicate = check->counts[CXLOG_FOUND_DUPLICATE];
    counted.foreign = check->counts[CXLOG_FOUND_TYPED] + check->counts[CXLOG_FOUND_OTHER];
    json_t *object = cli_sync_object(&counted);
    if (cli_check_object(object, check))
        return cli_out_json_take(object, err);
    json_decref(object);
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void print_text(const cxlog_check *check)
{
    if (cxlog_check_differs(check))
        cli_check_print(check);
    else
        cli_out(_("✓ %lld rows, all as they were logged\n"), (long long)check->rows);
    if (check->counts[CXLOG_FOUND_OTHER] > 0)
        cli_out(_("  rows that are no contacts: %lld\n"),
                (long long)check->counts[CXLOG_FOUND_OTHER]);
}

static cxlog_status differs(const cxlog_check *check, cxlog_error *err)
{
    int64_t count = 0;
    for (int i = 0; i < CXLOG_FOUND_KIND_COUNT; i++)
        count += i == CXLOG_FOUND_OTHER ? 0 : check->counts[i];
    cxlog_status status = cxlog_fail(err, CXLOG_ERR_TAMPERED,
                                     "the sheet differs from what was logged in %lld "
                                     "places; nothing was changed",
                                     (long long)count);
    cxlog_suggest(err, "cxlog close");
    return status;
}

cxlog_status cli_cmd_verify(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cxlog_sync_result result = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count > 0)
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "verify takes no words");
    if (status == CXLOG_OK) {
        cli_progress_start(ctx);
        status = cli_close_remote(ctx, &lock, &remote, err);
    }
    if (status != CXLOG_OK)
        return status;
    cxlog_sync_options options = cli_sync_options(ctx);
    status =
        cxlog_check_run(ctx->store, remote, &options, CXLOG_NO_DAY, &check, &result, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->json)
        status = print_json(&check, &result, err);
    else if (!ctx->quiet)
        print_text(&check);
    if (status == CXLOG_OK)
        status = cli_out_end(err);
    return status == CXLOG_OK && cxlog_check_differs(&check) ? differs(&check, err)
                                                             : status;
}
