#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/close_schedule.h"
#include "cli/close_screen.h"
#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/progress.h"

const cli_option cli_close_options[] = {
    {"accept", 0, NULL, N_("take over everything that people changed, deletions too")},
    {"restore", 0, NULL,
     N_("write back what people changed, and your own deleted records")},
    {"spread", 0, "DUR",
     N_("unattended: begin within this time, this machine at its own moment")},
    {"retry", 0, "DUR",
     N_("unattended: while Google does not answer, go on trying for this long")},
    {NULL, 0, NULL, NULL},
};

static void closing_clear(cli_closing *c)
{
    cxlog_close_result_clear(&c->result);
    cxlog_totals_free(c->results);
    c->results = NULL;
}
CXLOG_AUTO_VALUE_DEFINE(cli_closing, closing_clear);

/* ---- counts ---- */

static cxlog_status count(cli_ctx *ctx, const char *agent, cxlog_period period,
                          int64_t *out, int64_t *cumulative, cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_query query = {.period = period,
                         .by = {{.kind = CXLOG_BY_AGENT}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    if (agent)
        query.filter.only.agent = agents;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    *out = totals->total.count;
    *cumulative = totals->total.cumulative;
    return CXLOG_OK;
}

static cxlog_status count_results(cli_closing *c, cli_ctx *ctx, cxlog_error *err)
{
    const char *const agents[] = {c->agent, NULL};
    const cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_DAY, c->day),
                               .by = {{.kind = CXLOG_BY_RESULT}},
                               .by_count = 1,
                               .filter = {.only.agent = agents},
                               .vs = CXLOG_VS_NONE};
    return cxlog_store_totals(ctx->store, &query, &c->results, err);
}

static cxlog_status count_all(cli_closing *c, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_period day = cxlog_period_of(CXLOG_PERIOD_DAY, c->day);
    int64_t unused;
    cxlog_status status = count(ctx, c->agent, day, &c->agent_today, &unused, err);
    if (status == CXLOG_OK)
        status = count_results(c, ctx, err);
    return status ? status : count(ctx, NULL, day, &c->team_today, &c->year_to_date, err);
}

/* What sync would say of a store that goes nowhere. */
static cxlog_status count_alone(cli_closing *c, const cli_ctx *ctx, cxlog_error *err)
{
    cxlog_sync_result *sync = &c->result.sync;
    cxlog_counts counts = {0};
    char chain[CXLOG_CHAIN_SIZE];
    int64_t shared;
    cxlog_status status =
        cxlog_alerts(ctx->store, ctx->settings.rules, ctx->settings.rule_count, c->day,
                     c->result.alerts, &c->result.alert_count, err);
    if (status == CXLOG_OK)
        status = cxlog_store_counts(ctx->store, "", ctx->today, &counts, err);
    if (status == CXLOG_OK)
        status =
            cxlog_store_chain(ctx->store, &sync->scheme_version, chain, &shared, err);
    sync->pending = counts.pending;
    sync->unknown = counts.unknown;
    sync->quarantined = counts.quarantined;
    return status;
}

/* ---- the command ---- */

static cxlog_status with_sheet(cli_closing *c, cli_ctx *ctx, const cli_args *args,
                               cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cli_progress_start(ctx);
    cxlog_status status = cli_close_remote(ctx, &lock, &remote, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_sync_options sync = cli_sync_options(ctx);
    bool modest = !cli_may_ask(ctx) && !cli_args_has(args, "accept") &&
                  !cli_args_has(args, "restore") &&
                  !cli_setting_yes(&ctx->settings, CLI_KEY_CLOSE_LEAD);
    cxlog_close_options options = {
        .sync = &sync,
        .agent = c->agent,
        .day = c->day,
        .accept = cli_args_has(args, "accept"),
        .restore = cli_args_has(args, "restore"),
        .modest = modest,
        .rules = ctx->settings.rules,
        .rule_count = ctx->settings.rule_count,
    };
    return cxlog_close_run(ctx->store, remote, &options, &c->result, err);
}

static bool is_today(const cli_closing *c)
{
    return c->day == cxlog_day_of(cxlog_wall_now());
}

/* What is suggested closes the same day again, not the one that it is by then. */
static void name_day(const cli_closing *c, cxlog_error *err)
{
    static const char command[] = "cxlog close";
    const size_t length = strlen(command);
    char named[sizeof command + CXLOG_WALL_TEXT], day[CXLOG_WALL_TEXT];
    if (!err || is_today(c))
        return;
    (void)snprintf(named, sizeof named, "%s %s", command, cxlog_day_text(day, c->day));
    for (size_t i = 0; i < err->suggestion_count; i++) {
        char *suggested = err->suggestions[i];
        size_t rest = strlen(suggested) + 1 - length;
        if (strncmp(suggested, command, length) != 0 ||
            strlen(named) + rest > CXLOG_SUGGESTION_MAX)
            continue;
        memmove(suggested + strlen(named), suggested + length, rest);
        memcpy(suggested, named, strlen(named));
    }
}

/* A timer closes the day that it is then: of another one it promises nothing. */
static void say_what_next(const cli_closing *c, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_counts counts = {0};
    cli_schedule schedule;
    cxlog_suggest(err, "cxlog close");
    if (ctx->json || cxlog_store_counts(ctx->store, "", ctx->today, &counts, NULL))
        return;
    long long waiting = (long long)(counts.pending + counts.unknown);
    if (waiting > 0)
        cli_say(ctx,
                _("%lld records wait safely on this machine; none is ever sent twice\n"),
                waiting);
    if (!is_today(c))
        return;
    cli_schedule_find(&schedule);
    CXLOG_AUTO_TEXT when = cxlog_text_escape(schedule.when, true);
    if (schedule.kind == CLI_SCHEDULE_NONE)
        cli_say(ctx, "%s\n", _("no timer closes the day here: run it again yourself"));
    else if (schedule.tries_again)
        cli_say(ctx,
                _("by itself: %s (%s), then every 5 minutes for more than an hour\n"),
                schedule.name, when ? when : "");
    else
        cli_say(ctx, _("by itself: %s (%s)\n"), schedule.name, when ? when : "");
}

/* For doctor, which asks whether the day is really closed every day: a day long past that
 * somebody closes once more says nothing of that. */
static void note_end(const cli_closing *c, const cli_ctx *ctx)
{
    char now[24];
    if (c->day < ctx->today - 1)
        return;
    (void)snprintf(now, sizeof now, "%lld", (long long)cxlog_wall_now());
    if (cxlog_store_set(ctx->store, CLI_META_CLOSED, now, NULL) != CXLOG_OK)
        cli_say(ctx, "%s\n", _("this could not be noted for cxlog doctor"));
}

/* What was found is shown also when it stops the close. */
static cxlog_status close_day(cli_closing *c, cli_ctx *ctx, const cli_args *args,
                              cxlog_error *err)
{
    cxlog_error trouble = {0};
    cxlog_status done = CXLOG_OK;
    cxlog_status status = cli_close_gaps(ctx, c->agent, c->day, &c->gaps, err);
    if (status != CXLOG_OK)
        return status;
    if (c->sheet)
        done = with_sheet(c, ctx, args, &trouble);
    else
        status = count_alone(c, ctx, err);
    if (status == CXLOG_OK && (done == CXLOG_OK || done == CXLOG_ERR_TAMPERED)) {
        status = count_all(c, ctx, err);
        if (status == CXLOG_OK)
            status = cli_closing_print(c, ctx, err);
        if (status == CXLOG_OK)
            status = cli_out_end_done(ctx, NULL, err);
    }
    if (done == CXLOG_OK && status == CXLOG_OK)
        note_end(c, ctx);
    if (status != CXLOG_OK || done == CXLOG_OK)
        return status;
    if (err)
        *err = trouble;
    return done;
}

static cxlog_status take_day(cli_closing *c, const cli_ctx *ctx, const cli_args *args,
                             cxlog_error *err)
{
    c->day = ctx->today;
    if (args->word_count == 0)
        return CXLOG_OK;
    cxlog_period period;
    cxlog_status status = cxlog_period_parse(&period, args->words[0], ctx->today, err);
    if (status != CXLOG_OK)
        return status;
    if (period.kind != CXLOG_PERIOD_DAY || args->word_count > 1)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "close takes one day, such as yesterday");
    if (period.from > ctx->today)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a day that has not come yet cannot be "
                          "closed");
    c->day = period.from;
    return CXLOG_OK;
}

/* A close without a person goes on trying for as long as it was told to. */
static cxlog_status close_patiently(cli_closing *c, cli_ctx *ctx, const cli_args *args,
                                    cli_close_wait *wait, cxlog_error *err)
{
    bool again = !cli_may_ask(ctx);
    cxlog_status status = again ? cli_close_wait_turn(wait, ctx, err) : CXLOG_OK;
    if (status != CXLOG_OK)
        return status;
    if (!again)
        wait->retry_ms = 0;
    for (;;) {
        status = close_day(c, ctx, args, err);
        if (status != CXLOG_ERR_RETRY)
            return status;
        cxlog_status waited = cli_close_wait_again(wait, ctx, &again, err);
        if (waited != CXLOG_OK)
            return waited;
        if (!again)
            break;
        closing_clear(c);
    }
    if (err && wait->tries > 1)
        status = cxlog_wrap(err, "after %d tries", wait->tries);
    say_what_next(c, ctx, err);
    return status;
}

static cxlog_status tell_plan(const cli_closing *c, const cli_ctx *ctx,
                              const cli_close_wait *wait, cxlog_error *err)
{
    char day[CXLOG_WALL_TEXT];
    if (ctx->json)
        return cli_out_json_take(
            json_pack("{s:i, s:b, s:s, s:s, s:I, s:I, s:I}", "schema", 1, "dry_run", 1,
                      "date", cxlog_day_text(day, c->day), "agent", c->agent, "gaps",
                      (json_int_t)c->gaps, "turn_s", (json_int_t)(wait->turn_ms / 1000),
                      "retry_s", (json_int_t)(wait->retry_ms / 1000)),
            err);
    cli_out(_("would close the day; %lld records have blank fields\n"),
            (long long)c->gaps);
    if (wait->turn_ms > 0 || wait->retry_ms > 0)
        cli_close_wait_tell(wait);
    return CXLOG_OK;
}

cxlog_status cli_cmd_close(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(cli_closing) c = {.sheet = cli_has_sheet(ctx)};
    cxlog_close_result_clear(&c.result);
    cli_close_wait wait;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && cli_args_has(&args, "accept") &&
        cli_args_has(&args, "restore"))
        status = cxlog_fail(err, CXLOG_ERR_USAGE,
                            "--accept and --restore contradict each other");
    if (status == CXLOG_OK)
        status = take_day(&c, ctx, &args, err);
    if (status == CXLOG_OK)
        status = cli_agent(ctx, &c.agent, err);
    if (status == CXLOG_OK)
        status = cli_close_wait_parse(&wait, ctx, &args, c.agent, err);
    if (status != CXLOG_OK)
        return status;
    if (!ctx->dry_run) {
        status = close_patiently(&c, ctx, &args, &wait, err);
        name_day(&c, err);
        return status;
    }
    status = cli_close_gaps(ctx, c.agent, c.day, &c.gaps, err);
    if (status == CXLOG_OK)
        status = tell_plan(&c, ctx, &wait, err);
    return status ? status : cli_out_end(err);
}
