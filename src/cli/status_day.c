/* How today stands beside other days at the same hour, and what today's records lack. */
#include "cli/status_day.h"

#include <string.h>

#include <cxlog/text.h>

#include "cli/gaps.h"

#define WEEKS 4 /* of which the average is made */

/* Records of a day until the clock's time of it. agent NULL: everybody's. */
static cxlog_status count_until_now(int64_t *out, const cli_ctx *ctx, const char *agent,
                                    cxlog_day day, cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_list_query query = {.from = day, .to = day};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    *out = 0;
    if (agent)
        query.filter.agent = agents;
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

static void change(int64_t now, int64_t before)
{
    if (now != before)
        cli_out(" (%s %lld)", now > before ? "▲" : "▼",
                (long long)(now > before ? now - before : before - now));
}

cxlog_status cli_status_compare(const cli_ctx *ctx, const char *agent, int64_t today,
                                cxlog_error *err)
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
        cli_out("   %s %lld", _("yesterday by now"), (long long)yesterday);
        change(today, yesterday);
    }
    if (weeks > 0) {
        int64_t tenths = (weeks * 10 + WEEKS / 2) / WEEKS;
        cli_out("   ");
        cli_out(_("same weekday by now, mean of %d: %lld.%lld"), WEEKS,
                (long long)tenths / 10, (long long)tenths % 10);
    }
    return CXLOG_OK;
}

cxlog_status cli_status_gaps(cli_ctx *ctx, const char *agent, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_gaps) gaps = {0};
    cxlog_status status = cli_gaps_find(&gaps, ctx, agent, ctx->today, err);
    if (status != CXLOG_OK || gaps.count == 0)
        return status;
    const char *title = _("gaps");
    cli_out_text(title);
    for (size_t i = cxlog_text_width(title, false); i < 12; i++)
        cli_out_text(" ");
    cli_out("%5zu  ", gaps.count);
    for (size_t i = 0; i < gaps.count && i < 3; i++)
        cli_out(" #%lld", (long long)gaps.records[i].number);
    cli_out("%s   %s: cxlog fix\n", gaps.count > 3 ? " …" : "", _("to fill them"));
    return CXLOG_OK;
}
