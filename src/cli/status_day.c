/* How today stands beside other days at the same hour, and what today's records lack. */
#include "cli/status_day.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/period.h>
#include <cxlog/report.h>
#include <cxlog/text.h>

#include "cli/gaps.h"
#include "cli/screen.h"

#define WEEKS 4 /* of which the average is made */
#define INDENT 2
#define COUNT_CELLS 5
#define BAR_CELLS 24

/* Records of a day until the clock's time of it. agent NULL: everybody's. */
static cxlog_status count_until_now(int64_t *out, const cli_ctx *ctx, const char *agent,
                                    cxlog_day day, cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_list_query query = {.from = day, .to = day};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    *out = 0;
    if (agent)
        query.filter.only.agent = agents;
    cxlog_status status = cxlog_store_list(ctx->store, &query, &cursor, err);
    for (bool more = true; status == CXLOG_OK && more;) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        status = cxlog_cursor_next(cursor, &record, &more, err);
        if (status == CXLOG_OK && more)
            *out += cxlog_second_of_day(record.entry.number[CXLOG_COL_CONTACTED_AT]) <=
                    cxlog_second_of_day(ctx->now);
    }
    return status;
}

static void change(FILE *stream, int64_t now, int64_t before)
{
    if (now != before)
        (void)fprintf(stream, " (%s %lld)", now > before ? "▲" : "▼",
                      (long long)(now > before ? now - before : before - now));
}

cxlog_status cli_status_compare(FILE *stream, const cli_ctx *ctx, const char *agent,
                                int64_t today, cxlog_error *err)
{
    int64_t yesterday = 0;
    int64_t weeks = 0;
    cxlog_status status = count_until_now(&yesterday, ctx, agent, ctx->today - 1, err);
    for (int i = 1; status == CXLOG_OK && i <= WEEKS; i++) {
        int64_t one;
        status = count_until_now(&one, ctx, agent, ctx->today - 7 * i, err);
        weeks += status == CXLOG_OK ? one : 0;
    }
    if (status != CXLOG_OK)
        return status;
    if (yesterday > 0) {
        (void)fprintf(stream, "   %s %lld", _("yesterday by now"), (long long)yesterday);
        change(stream, today, yesterday);
    }
    if (weeks > 0) {
        int64_t tenths = (weeks * 10 + WEEKS / 2) / WEEKS;
        (void)fputs("   ", stream);
        (void)fprintf(stream, _("same weekday by now, mean of %d: %lld.%lld"), WEEKS,
                      (long long)tenths / 10, (long long)tenths % 10);
    }
    return CXLOG_OK;
}

/* ---- bars ---- */

static cxlog_status ask_bars(cxlog_totals **out, const cli_ctx *ctx, const char *agent,
                             cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_DAY, ctx->today),
                         .by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE,
                         .no_cumulative = true};
    if (agent)
        query.filter.only.agent = agents;
    return cxlog_store_totals(ctx->store, &query, out, err);
}

/* Cells for the names: as many as the longest takes, if the terminal has them. */
static size_t name_cells(const cxlog_totals *totals, const cli_ctx *ctx)
{
    size_t cells = CLI_STATUS_LABEL - INDENT;
    for (size_t i = 0; i < totals->row_count; i++) {
        const cxlog_total_row *row = &totals->rows[i];
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(row->key[0], true);
        size_t width = safe ? cxlog_text_width(safe, cli_ambiguous_wide(ctx)) : 0;
        cells = row->count > 0 && width > cells ? width : cells;
    }
    size_t others = INDENT + COUNT_CELLS + 2 + BAR_CELLS;
    size_t room = cli_width() > others ? cli_width() - others : 0;
    return room > 0 && cells > room ? room : cells;
}

cxlog_status cli_status_bars(const cli_ctx *ctx, const char *agent, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = ask_bars(&totals, ctx, agent, err);
    if (status != CXLOG_OK)
        return status;
    size_t cells = name_cells(totals, ctx);
    size_t blocks = cli_ambiguous_wide(ctx) ? BAR_CELLS / 2 : BAR_CELLS;
    int64_t most = 0;
    for (size_t i = 0; i < totals->row_count; i++)
        most = totals->rows[i].count > most ? totals->rows[i].count : most;
    for (size_t i = 0; status == CXLOG_OK && i < totals->row_count; i++) {
        const cxlog_total_row *row = &totals->rows[i];
        char bar[3 * BAR_CELLS + 1];
        CXLOG_AUTO_VALUE(cli_line) line = {0};
        if (row->count == 0)
            continue;
        status = cli_line_start(&line, err);
        if (status != CXLOG_OK)
            return status;
        (void)fprintf(line.stream, "%*s", INDENT, "");
        cli_put_cut(line.stream, ctx, row->key[0], cells);
        (void)fprintf(line.stream, "%*lld  ", COUNT_CELLS, (long long)row->count);
        cli_put_padded(line.stream, ctx, cxlog_bar(bar, row->count, most, blocks),
                       BAR_CELLS);
        status = cli_line_end(&line, ctx, 0, err);
    }
    return status;
}

/* ---- gaps ---- */

cxlog_status cli_status_gaps(cli_ctx *ctx, const char *agent, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_gaps) gaps = {0};
    CXLOG_AUTO_VALUE(cli_line) line = {0};
    cxlog_status status = cli_gaps_find(&gaps, ctx, agent, ctx->today, err);
    if (status != CXLOG_OK || gaps.count == 0)
        return status;
    status = cli_line_start(&line, err);
    if (status != CXLOG_OK)
        return status;
    cli_put_padded(line.stream, ctx, _("gaps"), CLI_STATUS_LABEL);
    (void)fprintf(line.stream, "%*zu  ", COUNT_CELLS, gaps.count);
    for (size_t i = 0; i < gaps.count && i < 3; i++)
        (void)fprintf(line.stream, " #%lld", (long long)gaps.records[i].number);
    (void)fprintf(line.stream, "%s   %s: cxlog fix", gaps.count > 3 ? " …" : "",
                  _("to fill them"));
    return cli_line_end(&line, ctx, CLI_STATUS_LABEL, err);
}
