#include "cli/cli.h"

#include <signal.h>
#include <stdlib.h>

#include <cxlog/sync.h>

#include "cli/paths.h"
#include "cli/progress.h"

static volatile sig_atomic_t stop;

static void ask_to_stop(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

const volatile int *cli_stop_flag(void)
{
    return &stop;
}

/* The first ^C ends the step in hand, the second ends the process: nothing needs cleaning
 * up. */
void cli_stop_watch(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool cli_has_sheet(const cli_ctx *ctx)
{
    return cli_setting(&ctx->settings, CLI_KEY_SHEET_ID) != NULL;
}

static cxlog_status need(const cli_ctx *ctx, cli_key key, const char *flag,
                         const char *what, cxlog_error *err)
{
    if (cli_setting(&ctx->settings, key))
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s: cxlog init %s", _(what), flag);
}

cxlog_status cli_remote_open(cli_ctx *ctx, cxlog_remote **out, cxlog_error *err)
{
    *out = NULL;
    const cli_settings *settings = &ctx->settings;
    cxlog_status status =
        need(ctx, CLI_KEY_SHEET_ID, "--sheet URL", N_("no spreadsheet is set up"), err);
    if (status == CXLOG_OK)
        status = need(ctx, CLI_KEY_GOOGLE_KEY, "--key FILE",
                      N_("no service-account key is set up"), err);
    if (status != CXLOG_OK)
        return status;
    if (!ctx->factory)
        return cxlog_fail(err, CXLOG_ERR_BUG, "only cxlog-sync talks to Google");

    /* Without a place for the token every run fetches a new one: slower, not wrong. */
    CXLOG_AUTO_TEXT cache = NULL;
    CXLOG_AUTO_TEXT below = NULL;
    bool cached = cli_path_user(&cache, CLI_FOLDER_CACHE, "", NULL) == CXLOG_OK &&
                  cli_path_join(&below, cache, "x", NULL) == CXLOG_OK &&
                  cli_path_make_parents(below, NULL) == CXLOG_OK;
    cxlog_google_options options = {
        .sheet_id = cli_setting(settings, CLI_KEY_SHEET_ID),
        .key_path = cli_setting(settings, CLI_KEY_GOOGLE_KEY),
        .api = cli_setting(settings, CLI_KEY_GOOGLE_API),
        .ca = cli_setting(settings, CLI_KEY_GOOGLE_CA),
        .cache_dir = cached ? cache : NULL,
        .proxy = cli_setting(settings, CLI_KEY_GOOGLE_PROXY),
        .deadline_ms = 1000 * cli_setting_number(settings, CLI_KEY_SYNC_DEADLINE),
        .backoff_ms = cli_setting_number(settings, CLI_KEY_SYNC_BACKOFF),
        .stop = cli_stop_flag(),
        .progress = cli_progress_watch(),
    };
    cli_stop_watch();
    return ctx->factory(out, &options, err);
}

cxlog_sync_options cli_sync_options(const cli_ctx *ctx)
{
    return (cxlog_sync_options){
        .sheet_id = cli_setting(&ctx->settings, CLI_KEY_SHEET_ID),
        .zone = cli_setting(&ctx->settings, CLI_KEY_TIME_ZONE),
        .backoff_ms = cli_setting_number(&ctx->settings, CLI_KEY_SYNC_BACKOFF),
        .stop = cli_stop_flag(),
        .progress = cli_progress_watch(),
    };
}
