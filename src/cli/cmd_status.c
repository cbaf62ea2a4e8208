#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/report.h>
#include <cxlog/text.h>

#include "cli/close_view.h"
#include "cli/commands.h"
#include "cli/status_day.h"

#define BAR_CELLS 24
#define LABEL_CELLS 12

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

static void label(const char *text, size_t cells)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    cli_out_text(safe ? safe : "?");
    for (size_t i = cxlog_text_width(safe ? safe : "?", false); i < cells; i++)
        cli_out_text(" ");
}

static cxlog_status today_bars(const facts *f, cli_ctx *ctx, cxlog_error *err)
{
    const char *const agents[] = {f->agent, NULL};
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_DAY, ctx->today),
                         .by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    if (f->agent)
        query.filter.agent = agents;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    int64_t most = 0;
    for (size_t i = 0; i < totals->row_count; i++)
        most = totals->rows[i].count > most ? totals->rows[i].count : most;
    for (size_t i = 0; i < totals->row_count; i++) {
        char bar[3 * BAR_CELLS + 1];
        if (totals->rows[i].count == 0)
            continue;
        cli_out_text("  ");
        label(totals->rows[i].key[0], LABEL_CELLS - 2);
        cli_out("%5lld  %s\n", (long long)totals->rows[i].count,
                cxlog_bar(bar, totals->rows[i].count, most, BAR_CELLS));
    }
    return CXLOG_OK;
}

static void sheet_line(const facts *f, const cli_ctx *ctx)
{
    if (!cli_has_sheet(ctx)) {
        cli_out("%s\n", _("no spreadsheet is set up: cxlog init --sheet URL --key FILE"));
        return;
    }
    char buffer[CXLOG_WALL_TEXT];
    int64_t unsent = f->counts.pending + f->counts.unknown;
    label(_("to send"), LABEL_CELLS);
    cli_out("%5lld", (long long)unsent);
    if (f->title) {
        cli_out_text("  → ");
        label(f->title, 0);
    }
    cli_out("   %s %s\n", _("last sync"),
            f->last_sync
                ? cxlog_wall_text(buffer, (cxlog_wall)strtoll(f->last_sync, NULL, 10))
                : _("never"));
}

static void count_line(const char *what, int64_t count)
{
    if (count == 0)
        return;
    label(what, LABEL_CELLS);
    cli_out("%5lld\n", (long long)count);
}

static cxlog_status status_text(const facts *f, cli_ctx *ctx, cxlog_error *err)
{
    char day[CXLOG_WALL_TEXT];
    cli_out("%s  ", cxlog_day_text(day, ctx->today));
    label(f->agent ? f->agent : _("(no name set: cxlog init --name NAME)"), 0);
    cli_out("\n\n");
    label(_("today"), LABEL_CELLS);
    cli_out("%5lld", (long long)f->counts.today);
    if (f->agent)
        cli_out("   %s %lld", _("team"), (long long)f->counts.today_team);
    cxlog_status status = cli_status_compare(ctx, f->agent, f->counts.today, err);
    cli_out("\n");
    if (status == CXLOG_OK)
        status = today_bars(f, ctx, err);
    if (status != CXLOG_OK)
        return status;
    cli_out("\n");
    sheet_line(f, ctx);
    if (f->agent)
        status = cli_status_gaps(ctx, f->agent, err);
    if (status != CXLOG_OK)
        return status;
    count_line(_("unanswered"), f->counts.unknown);
    count_line(_("refused"), f->counts.quarantined);
    count_line(_("missing"), f->counts.missing);
    count_line(_("edited"), f->counts.edited);
    count_line(_("duplicate"), f->counts.duplicate);
    count_line(_("by hand"), f->counts.foreign);
    count_line(_("old names"), f->retired);
    cli_alerts_print(ctx, f->alerts, f->alert_count);
    if (f->trouble) {
        cli_out_text(cli_style(ctx, stdout, "warn"));
        label(_("trouble"), LABEL_CELLS);
        label(f->trouble, 0);
        cli_out("%s\n", cli_style(ctx, stdout, "reset"));
    }
    return CXLOG_OK;
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
