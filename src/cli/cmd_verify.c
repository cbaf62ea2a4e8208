#include <stdlib.h>

#include <jansson.h>

#include <cxlog/period.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/progress.h"

#define HALVES_BACK 100 /* half-years that are looked back for a row */

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

/* The first row that close does something about; 0: none. */
static int64_t first_changed(const cxlog_check *check)
{
    for (size_t i = 0; i < check->count; i++) {
        const cxlog_finding *finding = &check->findings[i];
        if (finding->kind == CXLOG_FOUND_EDITED || finding->kind == CXLOG_FOUND_TYPED)
            return finding->row;
    }
    return 0;
}

/* close looks at the rows of about half a year: what lies above them only a close of an
 * earlier day sees. */
static void suggest_close(const cli_ctx *ctx, const cxlog_check *check, cxlog_error *err)
{
    char command[64] = "cxlog close", text[CXLOG_WALL_TEXT];
    int64_t row = first_changed(check), begin = 0;
    cxlog_day day = ctx->today;
    for (int i = 0; row > 0 && i < HALVES_BACK; i++) {
        if (cxlog_store_first_row(ctx->store, cxlog_close_from(day), &begin, NULL) !=
                CXLOG_OK ||
            (begin > 0 && begin <= row))
            break;
        day = cxlog_period_of(CXLOG_PERIOD_HALF, day).from - 1;
    }
    if (day < ctx->today && begin > 0 && begin <= row)
        (void)snprintf(command, sizeof command, "cxlog close %s",
                       cxlog_day_text(text, day));
    cxlog_suggest(err, command);
}

static cxlog_status differs(const cli_ctx *ctx, const cxlog_check *check,
                            cxlog_error *err)
{
    int64_t count = 0;
    for (int i = 0; i < CXLOG_FOUND_KIND_COUNT; i++)
        count += i == CXLOG_FOUND_OTHER ? 0 : check->counts[i];
    cxlog_status status = cxlog_fail(err, CXLOG_ERR_TAMPERED,
                                     "the sheet differs from what was logged in %lld "
                                     "places; nothing was changed",
                                     (long long)count);
    suggest_close(ctx, check, err);
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
    return status == CXLOG_OK && cxlog_check_differs(&check) ? differs(ctx, &check, err)
                                                             : status;
}
