/*
 * close_wait.c - closes that nobody watches: each machine of a team begins at a moment of
 * its own, and one that Google did not answer tries again for a while.
 */
#include "cli/close_view.h"

#include <time.h>
#include <unistd.h>

#include <cxlog/sync.h>
#include <cxlog/text.h>

#define PAUSE_BACKOFFS 300 /* five minutes, with sync.backoff at its second */
#define PAUSE_LEAST_MS 100
#define SLICE_MS 1000 /* how soon the wake-up of a sleeping machine is noticed */

static cxlog_status duration(int64_t *seconds, const cli_args *args, const char *option,
                             cxlog_error *err)
{
    const char *text = cli_args_get(args, option);
    cxlog_status status = text ? cxlog_duration_parse(seconds, text, err) : CXLOG_OK;
    return status && err ? cxlog_wrap(err, "--%s", option) : status;
}

/* One seed for a store on a machine: people may share either. */
static cxlog_status own_turn(int64_t *out, const cli_ctx *ctx, const char *agent,
                             int64_t span_ms, cxlog_error *err)
{
    char host[256] = "";
    char seed[1024];
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    int length = snprintf(seed, sizeof seed, "%s\n%s\n%s", agent, host,
                          cxlog_store_path(ctx->store));
    if (length < 0)
        seed[0] = '\0';
    return cxlog_spread_ms(out, seed, span_ms, err);
}

cxlog_status cli_close_wait_parse(cli_close_wait *wait, const cli_ctx *ctx,
                                  const cli_args *args, const char *agent,
                                  cxlog_error *err)
{
    int64_t spread_s = 0, retry_s = 0;
    *wait = (cli_close_wait){.begun_ms = cxlog_utc_now_ms()};
    cxlog_status status = duration(&spread_s, args, "spread", err);
    if (status == CXLOG_OK)
        status = duration(&retry_s, args, "retry", err);
    if (status == CXLOG_OK)
        status = own_turn(&wait->turn_ms, ctx, agent, spread_s * 1000, err);
    wait->retry_ms = retry_s * 1000;
    wait->pause_ms =
        PAUSE_BACKOFFS * cli_setting_number(&ctx->settings, CLI_KEY_SYNC_BACKOFF);
    if (wait->pause_ms < PAUSE_LEAST_MS)
        wait->pause_ms = PAUSE_LEAST_MS;
    return status;
}

/* Time that passed while the machine slept counts; a clock set back does not hold it up.
 */
static cxlog_status pass(int64_t left_ms, cxlog_error *err)
{
    while (left_ms > 0) {
        int64_t slice = left_ms < SLICE_MS ? left_ms : SLICE_MS;
        int64_t before = cxlog_utc_now_ms();
        const struct timespec time = {.tv_sec = (time_t)(slice / 1000),
                                      .tv_nsec = (long)(slice % 1000) * 1000000L};
        (void)nanosleep(&time, NULL);
        if (*cli_stop_flag())
            return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "interrupted");
        int64_t passed = cxlog_utc_now_ms() - before;
        left_ms -= passed > slice ? passed : slice;
    }
    return CXLOG_OK;
}

cxlog_status cli_close_wait_turn(const cli_close_wait *wait, const cli_ctx *ctx,
                                 cxlog_error *err)
{
    if (wait->turn_ms == 0)
        return CXLOG_OK;
    if (ctx->verbose > 0)
        cli_say(ctx, _("this machine's turn is in %lld s\n"),
                (long long)(wait->turn_ms / 1000));
    return pass(wait->turn_ms, err);
}

cxlog_status cli_close_wait_again(cli_close_wait *wait, const cli_ctx *ctx, bool *again,
                                  cxlog_error *err)
{
    int64_t left = wait->begun_ms + wait->retry_ms - cxlog_utc_now_ms();
    wait->tries++;
    *again = wait->retry_ms > 0 && left > 0;
    if (!*again)
        return CXLOG_OK;
    int64_t pause = wait->pause_ms < left ? wait->pause_ms : left;
    if (ctx->verbose > 0) {
        CXLOG_AUTO_TEXT sentence = cxlog_text_escape(err ? err->message : "", true);
        cli_say(ctx, _("%s: again in %lld s\n"), sentence ? sentence : "?",
                (long long)(pause / 1000));
    }
    if (err)
        cxlog_error_clear(err);
    return pass(pause, err);
}

void cli_close_wait_tell(const cli_close_wait *wait)
{
    cli_out(_("would begin %lld s after its start\n"), (long long)(wait->turn_ms / 1000));
    if (wait->retry_ms > 0)
        cli_out(_("would try again every %lld s for %lld min while Google does not "
                  "answer\n"),
                (long long)(wait->pause_ms / 1000), (long long)(wait->retry_ms / 60000));
}
