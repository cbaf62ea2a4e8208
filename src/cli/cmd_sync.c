#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include <cxlog/sync.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/progress.h"

#define WAIT_FOR_BACKGROUND_MS 30000
#define TURNS 3 /* a background run looks again for what came in meanwhile */
#define FULL CXLOG_BATCH_ROWS /* enough for one request: no more lingering */

const cli_option cli_sync_options_table[] = {
    {"background", 0, NULL, NULL},
    {"restore", 0, NULL, N_("put your own records back that vanished from the sheet")},
    {"retry", 0, NULL, N_("send records again that Google refused")},
    {NULL, 0, NULL, NULL},
};

/* ---- in the background ---- */

static cxlog_status pending(cli_ctx *ctx, int64_t *count, cxlog_error *err)
{
    cxlog_counts counts;
    cxlog_status status = cxlog_store_counts(ctx->store, "", ctx->today, &counts, err);
    *count = status == CXLOG_OK ? counts.pending + counts.unknown : 0;
    return status;
}

/* Wait for more records, so that several go out in one request. */
static cxlog_status linger(cli_ctx *ctx, cxlog_error *err)
{
    int64_t seconds = cli_setting_number(&ctx->settings, CLI_KEY_SYNC_LINGER);
    for (int64_t i = 0; i < seconds; i++) {
        int64_t waiting;
        cxlog_status status = pending(ctx, &waiting, err);
        if (status != CXLOG_OK || waiting >= FULL)
            return status;
        const struct timespec second = {.tv_sec = 1};
        (void)nanosleep(&second, NULL);
    }
    return CXLOG_OK;
}

static cxlog_status one_round(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *work = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    int64_t holder;
    cxlog_status status =
        cxlog_lock_take(&work, cxlog_store_path(ctx->store), CXLOG_LOCK_WORK,
                        WAIT_FOR_BACKGROUND_MS, &holder, err);
    if (status != CXLOG_OK || !work)
        return status; /* a person's sync takes these records along */
    cxlog_sync_result result = {0};
    cxlog_sync_options options = cli_sync_options(ctx);
    status = cli_remote_noted(ctx, &remote, err);
    return status ? status : cxlog_sync_run(ctx->store, remote, &options, &result, err);
}

/* Hold the waiter's place for one send. *held false: somebody else has it. */
static cxlog_status one_turn(cli_ctx *ctx, bool first, bool *held, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *waiter = NULL;
    int64_t holder, waiting = 0;
    cxlog_status status = cxlog_lock_take(&waiter, cxlog_store_path(ctx->store),
                                          CXLOG_LOCK_WAITER, 0, &holder, err);
    *held = waiter != NULL;
    if (status != CXLOG_OK || !waiter)
        return status;
    if (first)
        status = linger(ctx, err);
    if (status == CXLOG_OK)
        status = pending(ctx, &waiting, err);
    return status == CXLOG_OK && waiting > 0 ? one_round(ctx, err) : status;
}

/* A `log` that saw the place taken left its record to us: so look once more after giving
 * the place up. */
static cxlog_status background(cli_ctx *ctx, cxlog_error *err)
{
    (void)
        setsid(); /* ^C at the terminal that logged the record is not for this process */
    for (int turn = 0; turn < TURNS; turn++) {
        bool held;
        int64_t waiting = 0;
        cxlog_status status = one_turn(ctx, turn == 0, &held, err);
        if (status == CXLOG_OK && held)
            status = pending(ctx, &waiting, err);
        if (status != CXLOG_OK || waiting == 0)
            return status;
    }
    return CXLOG_OK;
}

/* ---- by a person or a script ---- */

/* What was asked for beside sending and receiving; -1: not asked for. */
typedef struct extras {
    int64_t restored, retried;
} extras;

static cxlog_status print_json(const cxlog_sync_result *r, const extras *more,
                               cxlog_error *err)
{
    json_t *object = cli_sync_object(r);
    if (object && more->restored >= 0)
        (void)json_object_set_new(object, "restored", json_integer(more->restored));
    if (object && more->retried >= 0)
        (void)json_object_set_new(object, "retried", json_integer(more->retried));
    return cli_out_json_take(object, err);
}

static void print_text(const cxlog_sync_result *r, const extras *more)
{
    const struct {
        const char *what;
        int64_t count;
    } troubles[] = {
        {N_("still to send"), r->pending}, {N_("answer not known"), r->unknown},
        {N_("refused"), r->quarantined},   {N_("missing in the sheet"), r->missing},
        {N_("edited by hand"), r->edited}, {N_("twice in the sheet"), r->duplicate},
        {N_("typed by hand"), r->foreign},
    };
    cli_out(_("✓ sent %lld · received %lld · confirmed %lld\n"), (long long)r->pushed,
            (long long)r->pulled, (long long)r->confirmed);
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        if (troubles[i].count > 0)
            cli_out("  %s: %lld\n", _(troubles[i].what), (long long)troubles[i].count);
    }
    if (r->quarantined > 0)
        cli_out("  %s\n", _("cxlog show ID says why, cxlog sync --retry sends it again"));
    if (more->restored >= 0)
        cli_out(_("  put back: %lld\n"), (long long)more->restored);
    if (more->retried >= 0)
        cli_out(_("  tried again: %lld\n"), (long long)more->retried);
}

static cxlog_status foreground(cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    extras more = {-1, -1};
    bool restore = cli_args_has(args, "restore");
    CXLOG_AUTO(cxlog_lock) *work = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cxlog_sync_result result = {0};
    cli_progress_start(ctx);
    cxlog_status status = cli_sync_remote(ctx, &work, &remote, err);
    cxlog_sync_options options = cli_sync_options(ctx);
    if (status == CXLOG_OK && cli_args_has(args, "retry"))
        status = cxlog_store_retry(ctx->store, &more.retried, err);
    if (status == CXLOG_OK)
        status = restore ? cxlog_check_restore(ctx->store, remote, &options,
                                               &more.restored, &result, err)
                         : cxlog_sync_run(ctx->store, remote, &options, &result, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->json)
        status = print_json(&result, &more, err);
    else if (!ctx->quiet)
        print_text(&result, &more);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}

/* Own records that vanished, as far as the last look goes. */
static cxlog_status vanished(const cli_ctx *ctx, int64_t *count, cxlog_error *err)
{
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t found = 0;
    cxlog_status status = cxlog_store_missing(ctx->store, true, &ids, &found, err);
    free(ids);
    *count = (int64_t)found;
    return status;
}

static cxlog_status dry_json(int64_t send, int64_t restore, cxlog_error *err)
{
    json_t *object = json_pack("{s:i, s:b, s:I}", "schema", 1, "dry_run", 1, "would_send",
                               (json_int_t)send);
    if (object && restore >= 0)
        (void)json_object_set_new(object, "would_restore", json_integer(restore));
    return cli_out_json_take(object, err);
}

static cxlog_status dry(cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    cxlog_counts counts = {0};
    int64_t restore = -1;
    cxlog_status status = cxlog_store_counts(ctx->store, "", ctx->today, &counts, err);
    if (status == CXLOG_OK && cli_args_has(args, "restore"))
        status = vanished(ctx, &restore, err);
    if (status != CXLOG_OK)
        return status;
    int64_t send = counts.pending + counts.unknown +
                   (cli_args_has(args, "retry") ? counts.quarantined : 0);
    if (ctx->json)
        return dry_json(send, restore, err);
    cli_out(_("would send %lld records\n"), (long long)send);
    if (restore >= 0)
        cli_out(_("would put back your own records that vanished: %lld are known of\n"),
                (long long)restore);
    return CXLOG_OK;
}

cxlog_status cli_cmd_sync(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.word_count > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "sync takes no words");
    if (!cli_has_sheet(ctx))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "no spreadsheet is set up: cxlog init --sheet URL --key FILE");
    if (!ctx->dry_run)
        return cli_args_has(&args, "background") ? background(ctx, err)
                                                 : foreground(ctx, &args, err);
    status = dry(ctx, &args, err);
    return status ? status : cli_out_end(err);
}
