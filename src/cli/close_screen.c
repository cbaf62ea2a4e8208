#include "cli/close_screen.h"

#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/close_view.h"

#define YEAR 4 /* digits of a day that are its year */

/* Nothing was written, or not all: a person must decide first. */
static bool stopped(const cli_closing *c)
{
    return c->sheet && !c->result.closed;
}

static cxlog_status print_json(cli_closing *c, cxlog_error *err)
{
    char day[CXLOG_WALL_TEXT];
    json_t *object = cli_sync_object(&c->result.sync);
    json_t *more = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:b, s:o}", "date",
        cxlog_day_text(day, c->day), "agent", c->agent, "agent_today",
        (json_int_t)c->agent_today, "team_today", (json_int_t)c->team_today, "gaps",
        (json_int_t)c->gaps, "year_to_date", (json_int_t)c->year_to_date, "taken",
        (json_int_t)c->result.taken, "given", (json_int_t)c->result.given, "restored",
        (json_int_t)c->result.restored, "totals_written", (int)c->result.totals_written,
        "stopped", (int)stopped(c), "sent_only", (int)c->result.sent_only, "alerts",
        cli_alerts_array(c->result.alerts, c->result.alert_count));
    bool good = object && more && json_object_update(object, more) == 0 &&
                cli_check_object(object, &c->result.check);
    json_decref(more);
    if (good)
        return cli_out_json_take(object, err);
    json_decref(object);
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void print_line(const cli_closing *c)
{
    char day[CXLOG_WALL_TEXT];
    CXLOG_AUTO_TEXT agent = cxlog_text_escape(c->agent, true);
    cli_out("cxlog close %s agent=%s today=%lld sent=%lld confirmed=%lld gaps=%lld "
            "taken=%lld total=%lld%s\n",
            cxlog_day_text(day, c->day), agent ? agent : "?", (long long)c->agent_today,
            (long long)c->result.sync.pushed, (long long)c->result.sync.confirmed,
            (long long)c->gaps, (long long)(c->result.taken + c->result.given),
            (long long)c->year_to_date,
            stopped(c)            ? " stopped=1"
            : c->result.sent_only ? " sent_only=1"
                                  : "");
}

static void print_end(const cli_closing *c, const cli_ctx *ctx)
{
    char day[CXLOG_WALL_TEXT], today[CXLOG_WALL_TEXT];
    cxlog_day_text(day, c->day);
    if (stopped(c)) {
        cli_out("%s!%s ", cli_style(ctx, stdout, "warn"),
                cli_style(ctx, stdout, "reset"));
        cli_out(_("%s is not closed\n"), day);
        return;
    }
    cli_out("%s✓%s ", cli_style(ctx, stdout, "good"), cli_style(ctx, stdout, "reset"));
    if (strncmp(day, cxlog_day_text(today, ctx->today), YEAR) == 0)
        cli_out(_("%s closed: %lld records, the team %lld, this year %lld\n"), day,
                (long long)c->agent_today, (long long)c->team_today,
                (long long)c->year_to_date);
    else
        cli_out(_("%s closed: %lld records, the team %lld, %lld in %.4s\n"), day,
                (long long)c->agent_today, (long long)c->team_today,
                (long long)c->year_to_date, day);
}

/* "해결 19 · 진행 4", and how many of those with a result were resolved at once. */
static void print_results(const cli_closing *c)
{
    int64_t known = 0, solved = 0;
    for (size_t i = 0; i < c->results->row_count; i++) {
        const cxlog_total_row *row = &c->results->rows[i];
        if (row->key[0][0] == '\0' || row->count == 0)
            continue;
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(row->key[0], true);
        cli_out("%s%s %lld", known ? " · " : "  ", safe ? safe : "?",
                (long long)row->count);
        known += row->count;
        if (strcmp(row->key[0], cxlog_column_choices(CXLOG_COL_RESULT)[0]) == 0)
            solved = row->count;
    }
    if (known == 0)
        return;
    cli_out(_("   first-contact resolution %.0f%%\n"),
            100.0 * (double)solved / (double)known);
}

static void print_screen(const cli_closing *c, const cli_ctx *ctx)
{
    const cxlog_sync_result *sync = &c->result.sync;
    if (c->gaps > 0)
        cli_out(_("! %lld records still have blank fields\n"), (long long)c->gaps);
    if (c->sheet)
        cli_out(_("sent %lld · received %lld · confirmed %lld · still to send %lld\n"),
                (long long)sync->pushed, (long long)sync->pulled,
                (long long)sync->confirmed, (long long)(sync->pending + sync->unknown));
    print_end(c, ctx);
    if (!stopped(c))
        print_results(c);
}

cxlog_status cli_closing_print(cli_closing *c, const cli_ctx *ctx, cxlog_error *err)
{
    if (ctx->json)
        return print_json(c, err);
    if (ctx->quiet)
        return CXLOG_OK;
    if (cxlog_check_differs(&c->result.check))
        cli_check_print(&c->result.check);
    cli_alerts_print(ctx, c->result.alerts, c->result.alert_count);
    if (cli_stdout_is_terminal())
        print_screen(c, ctx);
    else
        print_line(c);
    return CXLOG_OK;
}
