#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/status_day.h"

/* All that status says. Texts owned; NULL: not there. */
typedef struct facts {
    const char *agent; /* borrowed */
    cxlog_counts counts;
    int64_t scheme_version, retired;
    char *last_sync, *title, *trouble;
    cxlog_alert alerts[CXLOG_ALERTS_MAX];
    size_t alert_count;
} facts;

static void facts_clear(facts *f)
{
    free(f->last_sync);
    free(f->title);
    free(f->trouble);
}
CXLOG_AUTO_VALUE_DEFINE(facts, facts_clear);

/* ---- gathering ---- */

static cxlog_status gather(facts *f, cli_ctx *ctx, cxlog_error *err)
{
    f->agent = cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME);
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_store_counts(ctx->store, f->agent ? f->agent : "",
                                             ctx->today, &f->counts, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &scheme, err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(ctx->store, CXLOG_META_LAST_SYNC, &f->last_sync, err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(ctx->store, CXLOG_META_TITLE, &f->title, err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(ctx->store, CXLOG_META_TROUBLE, &f->trouble, err);
    if (status != CXLOG_OK)
        return status;
    if (!f->agent) /* nobody in particular: the team's day */
        f->counts.today = f->counts.today_team;
    f->scheme_version = cxlog_scheme_version(scheme);
    status = cxlog_alerts(ctx->store, ctx->settings.rules, ctx->settings.rule_count,
                          ctx->today, f->alerts, &f->alert_count, err);
    return status ? status : cxlog_store_late_names(ctx->store, &f->retired, err);
}

/* ---- JSON ---- */

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *time_or_null(const char *seconds)
{
    char buffer[CXLOG_WALL_TEXT];
    if (!seconds)
        return json_null();
    return json_string(cxlog_wall_iso(buffer, (cxlog_wall)strtoll(seconds, NULL, 10)));
}

static cxlog_status status_json(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    const cxlog_counts *c = &f->counts;
    json_t *object = json_pack(
        "{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:I, s:o}", "schema", 1, "today",
        (json_int_t)c->today, "pending", (json_int_t)c->pending, "sent",
        (json_int_t)c->sent, "unknown", (json_int_t)c->unknown, "quarantined",
        (json_int_t)c->quarantined, "confirmed", (json_int_t)c->confirmed, "last_sync",
        time_or_null(f->last_sync), "scheme_version", (json_int_t)f->scheme_version,
        "sheet", text_or_null(cli_setting(&ctx->settings, CLI_KEY_SHEET_ID)));
    json_t *more =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "today_team",
                  (json_int_t)c->today_team, "missing", (json_int_t)c->missing, "edited",
                  (json_int_t)c->edited, "duplicate", (json_int_t)c->duplicate, "foreign",
                  (json_int_t)c->foreign, "retired", (json_int_t)f->retired, "agent",
                  text_or_null(f->agent), "sheet_title", text_or_null(f->title),
                  "trouble", text_or_null(f->trouble));
    if (object && more)
        (void)json_object_update(object, more);
    json_decref(more);
    if (object)
        (void)json_object_set_new(object, "alerts",
                                  cli_alerts_array(f->alerts, f->alert_count));
    return cli_out_json_take(object, err);
}

/* ---- for people ---- */

static cxlog_status head_line(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    char day[CXLOG_WALL_TEXT];
    CXLOG_AUTO_VALUE(cli_line) line = {0};
    cxlog_status status = cli_line_start(&line, err);
    if (status != CXLOG_OK)
        return status;
    (void)fprintf(line.stream, "%s  ", cxlog_day_text(day, ctx->today));
    cli_put_padded(line.stream, ctx,
                   f->agent ? f->agent : _("(no name set: cxlog init --name NAME)"), 0);
    (void)fputc('\n', line.stream);
    return cli_line_end(&line, ctx, 2, err);
}

static cxlog_status today_line(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_line) line = {0};
    cxlog_status status = cli_line_start(&line, err);
    if (status != CXLOG_OK)
        return status;
    cli_put_padded(line.stream, ctx, _("today"), CLI_STATUS_LABEL);
    (void)fprintf(line.stream, "%5lld", (long long)f->counts.today);
    if (f->agent)
        (void)fprintf(line.stream, "   %s %lld", _("team"),
                      (long long)f->counts.today_team);
    status = cli_status_compare(line.stream, ctx, f->agent, f->counts.today, err);
    return status == CXLOG_OK ? cli_line_end(&line, ctx, CLI_STATUS_LABEL, err) : status;
}

static cxlog_status sheet_line(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    char buffer[CXLOG_WALL_TEXT];
    int64_t unsent = f->counts.pending + f->counts.unknown;
    CXLOG_AUTO_VALUE(cli_line) line = {0};
    cxlog_status status = cli_line_start(&line, err);
    if (status != CXLOG_OK)
        return status;
    if (!cli_has_sheet(ctx)) {
        (void)fputs(_("no spreadsheet is set up: cxlog init --sheet URL --key FILE"),
                    line.stream);
        return cli_line_end(&line, ctx, 2, err);
    }
    cli_put_padded(line.stream, ctx, _("to send"), CLI_STATUS_LABEL);
    (void)fprintf(line.stream, "%5lld", (long long)unsent);
    if (f->title) {
        (void)fputs("  → ", line.stream);
        cli_put_padded(line.stream, ctx, f->title, 0);
    }
    (void)fprintf(line.stream, "   %s %s", _("last sync"),
                  f->last_sync ? cxlog_wall_text(
                                     buffer, (cxlog_wall)strtoll(f->last_sync, NULL, 10))
                               : _("never"));
    return cli_line_end(&line, ctx, CLI_STATUS_LABEL, err);
}

static cxlog_status count_lines(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    const struct {
        const char *what;
        int64_t count;
        const char *next;
    } counts[] = {
        {_("unanswered"), f->counts.unknown, NULL},
        {_("refused"), f->counts.quarantined,
         _("cxlog show ID says why, cxlog sync --retry sends it again")},
        {_("missing"), f->counts.missing, NULL},
        {_("edited"), f->counts.edited, NULL},
        {_("duplicate"), f->counts.duplicate, NULL},
        {_("by hand"), f->counts.foreign, NULL},
        {_("old names"), f->retired, NULL},
    };
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < sizeof counts / sizeof counts[0]; i++) {
        CXLOG_AUTO_VALUE(cli_line) line = {0};
        if (counts[i].count == 0)
            continue;
        status = cli_line_start(&line, err);
        if (status != CXLOG_OK)
            return status;
        cli_put_padded(line.stream, ctx, counts[i].what, CLI_STATUS_LABEL);
        (void)fprintf(line.stream, "%5lld", (long long)counts[i].count);
        if (counts[i].next)
            (void)fprintf(line.stream, "   %s", counts[i].next);
        status = cli_line_end(&line, ctx, CLI_STATUS_LABEL, err);
    }
    return status;
}

static cxlog_status trouble_line(const facts *f, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_line) line = {0};
    cxlog_status status = cli_line_start(&line, err);
    if (status != CXLOG_OK)
        return status;
    cli_put_padded(line.stream, ctx, _("trouble"), CLI_STATUS_LABEL);
    cli_put_padded(line.stream, ctx, f->trouble, 0);
    cli_out_text(cli_style(ctx, stdout, "warn"));
    status = cli_line_end(&line, ctx, CLI_STATUS_LABEL, err);
    cli_out_text(cli_style(ctx, stdout, "reset"));
    return status;
}

static cxlog_status status_text(const facts *f, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = head_line(f, ctx, err);
    if (status == CXLOG_OK)
        status = today_line(f, ctx, err);
    if (status == CXLOG_OK)
        status = cli_status_bars(ctx, f->agent, err);
    cli_out("\n");
    if (status == CXLOG_OK)
        status = sheet_line(f, ctx, err);
    if (status == CXLOG_OK && f->agent)
        status = cli_status_gaps(ctx, f->agent, err);
    if (status == CXLOG_OK)
        status = count_lines(f, ctx, err);
    if (status == CXLOG_OK)
        cli_alerts_print(ctx, f->alerts, f->alert_count);
    return status == CXLOG_OK && f->trouble ? trouble_line(f, ctx, err) : status;
}

cxlog_status cli_cmd_status(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count > 0)
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "status takes no words");
    CXLOG_AUTO_VALUE(facts) f = {0};
    if (status == CXLOG_OK)
        status = gather(&f, ctx, err);
    if (status == CXLOG_OK)
        status = ctx->json ? status_json(&f, ctx, err) : status_text(&f, ctx, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
