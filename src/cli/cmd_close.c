#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/close_schedule.h"
#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/progress.h"

#define WAIT_MS 30000

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

typedef struct closing {
    const char *agent;
    cxlog_day day;
    int64_t gaps, agent_today, team_today, year_to_date;
    bool sheet;
    cxlog_close_result result;
} closing;

static void closing_clear(closing *c)
{
    cxlog_close_result_clear(&c->result);
}
CXLOG_AUTO_VALUE_DEFINE(closing, closing_clear);

cxlog_status cli_close_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                              cxlog_error *err)
{
    int64_t holder = 0;
    CXLOG_AUTO(cxlog_lock) *taken = NULL;
    *lock = NULL;
    *remote = NULL;
    cxlog_status status = cli_lock_work(&taken, ctx, WAIT_MS, &holder, err);
    if (status == CXLOG_OK && !taken)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "another cxlog (process %lld) is talking to the sheet; the "
                          "records are safe, try again",
                          (long long)holder);
    if (status == CXLOG_OK)
        status = cli_remote_open(ctx, remote, err);
    if (status == CXLOG_OK)
        *lock = CXLOG_TAKE(taken);
    return status;
}

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
        query.filter.agent = agents;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    *out = totals->total.count;
    *cumulative = totals->total.cumulative;
    return CXLOG_OK;
}

static cxlog_status count_all(closing *c, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_period day = cxlog_period_of(CXLOG_PERIOD_DAY, c->day);
    int64_t unused;
    cxlog_status status = count(ctx, c->agent, day, &c->agent_today, &unused, err);
    return status ? status : count(ctx, NULL, day, &c->team_today, &c->year_to_date, err);
}

/* ---- saying it ---- */

static cxlog_status print_json(closing *c, cxlog_error *err)
{
    char day[CXLOG_WALL_TEXT];
    json_t *object = cli_sync_object(&c->result.sync);
    json_t *more = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:o}", "date",
        cxlog_day_text(day, c->day), "agent", c->agent, "agent_today",
        (json_int_t)c->agent_today, "team_today", (json_int_t)c->team_today, "gaps",
        (json_int_t)c->gaps, "year_to_date", (json_int_t)c->year_to_date, "taken",
        (json_int_t)c->result.taken, "given", (json_int_t)c->result.given, "restored",
        (json_int_t)c->result.restored, "totals_written", (int)c->result.totals_written,
        "alerts", cli_alerts_array(c->result.alerts, c->result.alert_count));
    bool good = object && more && json_object_update(object, more) == 0 &&
                cli_check_object(object, &c->result.check);
    json_decref(more);
    if (good)
        return cli_out_json_take(object, err);
    json_decref(object);
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void print_line(const closing *c)
{
    char day[CXLOG_WALL_TEXT];
    CXLOG_AUTO_TEXT agent = cxlog_text_escape(c->agent, true);
    cli_out("cxlog close %s agent=%s today=%lld sent=%lld confirmed=%lld gaps=%lld "
            "taken=%lld total=%lld\n",
            cxlog_day_text(day, c->day), agent ? agent : "?", (long long)c->agent_today,
            (long long)c->result.sync.pushed, (long long)c->result.sync.confirmed,
            (long long)c->gaps, (long long)(c->result.taken + c->result.given),
            (long long)c->year_to_date);
}

static void print_screen(const closing *c, const cli_ctx *ctx)
{
    char day[CXLOG_WALL_TEXT];
    const cxlog_sync_result *sync = &c->result.sync;
    if (c->gaps > 0)
        cli_out(_("! %lld records still have blank fields\n"), (long long)c->gaps);
    if (c->sheet)
        cli_out(_("sent %lld · received %lld · confirmed %lld · still to send %lld\n"),
                (long long)sync->pushed, (long long)sync->pulled,
                (long long)sync->confirmed, (long long)(sync->pending + sync->unknown));
    cli_out("%s✓%s ", cli_style(ctx, stdout, "good"), cli_style(ctx, stdout, "reset"));
    cli_out(_("%s closed: %lld records, the team %lld, this year %lld\n"),
            cxlog_day_text(day, c->day), (long long)c->agent_today,
            (long long)c->team_today, (long long)c->year_to_date);
}

static cxlog_status print(closing *c, const cli_ctx *ctx, cxlog_error *err)
{
    if (ctx->json)
        return print_json(c, err);
    if (cxlog_check_differs(&c->result.check) && !ctx->quiet)
        cli_check_print(&c->result.check);
    if (!ctx->quiet)
        cli_alerts_print(ctx, c->result.alerts, c->result.alert_count);
    if (cli_stdout_is_terminal() && !ctx->quiet)
        print_screen(c, ctx);
    else
        print_line(c);
    return CXLOG_OK;
}

/* ---- the command ---- */

static cxlog_status with_sheet(closing *c, cli_ctx *ctx, const cli_args *args,
                               cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cli_progress_start(ctx);
    cxlog_status status = cli_close_remote(ctx, &lock, &remote, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_sync_options sync = cli_sync_options(ctx);
    cxlog_close_options options = {
        .sync = &sync,
        .agent = c->agent,
        .day = c->day,
        .accept = cli_args_has(args, "accept"),
        .restore = cli_args_has(args, "restore"),
        .rules = ctx->settings.rules,
        .rule_count = ctx->settings.rule_count,
    };
    return cxlog_close_run(ctx->store, remote, &options, &c->result, err);
}

static void say_what_next(cli_ctx *ctx, cxlog_error *err)
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

/* For doctor, which asks whether the day is really closed every day. */
static void note_end(const cli_ctx *ctx)
{
    char now[24];
    (void)snprintf(now, sizeof now, "%lld", (long long)cxlog_wall_now());
    if (cxlog_store_set(ctx->store, CLI_META_CLOSED, now, NULL) != CXLOG_OK)
        cli_say(ctx, "%s\n", _("this could not be noted for cxlog doctor"));
}

/* What was found is shown also when it stops the close. */
static cxlog_status close_day(closing *c, cli_ctx *ctx, const cli_args *args,
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
        status = cxlog_alerts(ctx->store, ctx->settings.rules, ctx->settings.rule_count,
                              c->day, c->result.alerts, &c->result.alert_count, err);
    if (status == CXLOG_OK && (done == CXLOG_OK || done == CXLOG_ERR_TAMPERED)) {
        status = count_all(c, ctx, err);
        if (status == CXLOG_OK)
            status = print(c, ctx, err);
        if (status == CXLOG_OK)
            status = cli_out_end_done(ctx, NULL, err);
    }
    if (done == CXLOG_OK && status == CXLOG_OK)
        note_end(ctx);
    if (status != CXLOG_OK || done == CXLOG_OK)
        return status;
    if (err)
        *err = trouble;
    return done;
}

static cxlog_status take_day(closing *c, const cli_ctx *ctx, const cli_args *args,
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
static cxlog_status close_patiently(closing *c, cli_ctx *ctx, const cli_args *args,
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
    say_what_next(ctx, err);
    return status;
}

static cxlog_status tell_plan(const closing *c, const cli_close_wait *wait,
                              cxlog_error *err)
{
    cli_out(_("would close the day; %lld records have blank fields\n"),
            (long long)c->gaps);
    if (wait->turn_ms > 0 || wait->retry_ms > 0)
        cli_close_wait_tell(wait);
    return cli_out_end(err);
}

cxlog_status cli_cmd_close(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(closing) c = {.sheet = cli_has_sheet(ctx)};
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
    if (!ctx->dry_run)
        return close_patiently(&c, ctx, &args, &wait, err);
    status = cli_close_gaps(ctx, c.agent, c.day, &c.gaps, err);
    return status ? status : tell_plan(&c, &wait, err);
}
