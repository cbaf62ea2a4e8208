/* What people see beside the counts of a period: averages per working day, the way of the
 * last periods, and a comparison with as much of the period before. */
#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

void cli_totals_extras_clear(cli_totals_extras *extras)
{
    cli_workdays_clear(&extras->days);
    free(extras->trail);
    *extras = (cli_totals_extras){0};
}

bool cli_totals_running(const cli_totals_view *view, const cxlog_period *period)
{
    return period->kind != CXLOG_PERIOD_ALL && view->ctx->today >= period->from &&
           view->ctx->today < period->to;
}

static bool for_people(const cli_totals_view *view)
{
    return view->form == CLI_TOTALS_TEXT || view->form == CLI_TOTALS_MARKDOWN;
}

static bool is_calendar(const cxlog_period *period)
{
    return period->kind != CXLOG_PERIOD_RANGE && period->kind != CXLOG_PERIOD_ALL;
}

static bool compares_alike(const cli_totals_view *view, const cxlog_period *period)
{
    return for_people(view) && view->query.vs != CXLOG_VS_NONE &&
           (is_calendar(period) || view->summed) && cli_totals_running(view, period);
}

void cli_totals_against(cli_totals_view *view, const cxlog_period *period,
                        cxlog_period *whole, cxlog_period *part)
{
    cli_totals_extras *extras = &view->extras;
    if (view->query.vs == CXLOG_VS_NONE)
        return;
    *whole = view->summed                      ? view->before
             : view->query.vs == CXLOG_VS_YEAR ? cxlog_period_year_before(period)
                                               : cxlog_period_before(period, 1);
    *part = *whole;
    extras->like = compares_alike(view, period);
    if (extras->like)
        *part = cli_like_period(&extras->days, period, whole, view->ctx->today);
    extras->like_days = cli_workdays_between(&extras->days, part->from, part->to);
}

static bool trail_kind(cxlog_by_kind *out, cxlog_period_kind kind)
{
    static const cxlog_by_kind kinds[] = {
        [CXLOG_PERIOD_DAY] = CXLOG_BY_DAY,     [CXLOG_PERIOD_WEEK] = CXLOG_BY_WEEK,
        [CXLOG_PERIOD_MONTH] = CXLOG_BY_MONTH, [CXLOG_PERIOD_QUARTER] = CXLOG_BY_QUARTER,
        [CXLOG_PERIOD_HALF] = CXLOG_BY_HALF,   [CXLOG_PERIOD_YEAR] = CXLOG_BY_YEAR};
    if ((size_t)kind >= sizeof kinds / sizeof kinds[0])
        return false;
    *out = kinds[kind];
    return true;
}

typedef char trail_labels[CLI_TRAIL][CXLOG_PERIOD_LABEL];

/* A fold stands for what is not shown by itself. The total of tags is none of their sum:
 * the records of all of them are asked for by time alone. */
static cxlog_status fill(cli_totals_view *view, trail_labels labels,
                         const cxlog_query *asked, cxlog_error *err)
{
    const cxlog_totals *shown = view->each[0];
    int64_t(*trail)[CLI_TRAIL] = view->extras.trail;
    bool totalled = asked->by_count == 1;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    CXLOG_AUTO_VALUE(cli_row_index) index = {0};
    cxlog_status status = cxlog_store_totals(view->ctx->store, asked, &totals, err);
    if (status == CXLOG_OK)
        status = cli_row_index_make(&index, shown, err);
    for (size_t i = 0; status == CXLOG_OK && i < totals->row_count; i++) {
        const cxlog_total_row *row = &totals->rows[i];
        int at = 0;
        while (at < CLI_TRAIL && strcmp(labels[at], row->key[asked->by_count - 1]) != 0)
            at++;
        if (at == CLI_TRAIL)
            continue;
        size_t own =
            totalled ? shown->row_count : cli_row_index_find(&index, row->key[0]);
        if (own < shown->row_count)
            trail[own][at] += row->count;
        if (totalled || shown->by[0].kind != CXLOG_BY_TAG)
            trail[shown->row_count][at] += row->count;
    }
    return status;
}

static cxlog_status ask_trail(cli_totals_view *view, cxlog_by_kind kind, cxlog_error *err)
{
    const cxlog_period *period = &view->query.period;
    trail_labels labels;
    cxlog_query query = view->query;
    query.period.kind = CXLOG_PERIOD_RANGE;
    query.period.from = cxlog_period_before(period, CLI_TRAIL - 1).from;
    for (int i = 0; i < CLI_TRAIL; i++)
        (void)cxlog_period_label(labels[i], period->kind,
                                 cxlog_period_before(period, CLI_TRAIL - 1 - i).from);
    query.by[1] = (cxlog_by){.kind = kind};
    query.by_count = 2;
    query.vs = CXLOG_VS_NONE;
    query.no_cumulative = true;
    view->extras.trail = calloc(view->each[0]->row_count + 1, sizeof *view->extras.trail);
    if (!view->extras.trail)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = fill(view, labels, &query, err);
    if (status != CXLOG_OK || query.by[0].kind != CXLOG_BY_TAG)
        return status;
    query.by[0] = query.by[1];
    query.by_count = 1;
    return fill(view, labels, &query, err);
}

cxlog_status cli_totals_trail(cli_totals_view *view, cxlog_error *err)
{
    cli_totals_extras *extras = &view->extras;
    const cxlog_period *period = &view->query.period;
    cxlog_by_kind kind;
    if (view->form != CLI_TOTALS_TEXT || view->series || view->query.by_count != 1 ||
        view->cumulative || !trail_kind(&kind, period->kind))
        return CXLOG_OK;
    cxlog_day end = view->ctx->today < period->to ? view->ctx->today : period->to;
    if (period->kind != CXLOG_PERIOD_DAY)
        extras->workdays = cli_workdays_between(&extras->days, period->from, end);
    return view->transpose ? CXLOG_OK : ask_trail(view, kind, err);
}

/* ---- cells ---- */

const char *cli_cell_average(char buffer[CLI_CELL], const cli_totals_view *view,
                             int64_t count)
{
    int64_t days = view->extras.workdays;
    if (count == 0 || days == 0)
        return "·";
    int64_t tenths = (count * 20 + days) / (2 * days);
    char whole[CLI_CELL];
    (void)snprintf(buffer, CLI_CELL, "%.30s.%d", cli_cell_count(whole, view, tenths / 10),
                   (int)(tenths % 10));
    if (tenths < 10)
        (void)snprintf(buffer, CLI_CELL, "0.%d", (int)tenths);
    return tenths > 0 ? buffer : "<0.1";
}

/* Scaled from zero: what looks flat is flat. */
const char *cli_cell_trail(char buffer[CLI_TRAIL_BYTES], const cli_totals_view *view,
                           size_t row)
{
    static const char *const blocks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const int64_t *counts = view->extras.trail[row];
    int64_t most = 1;
    size_t used = 0;
    buffer[0] = '\0';
    for (int i = 0; i < CLI_TRAIL; i++)
        most = counts[i] > most ? counts[i] : most;
    for (int i = 0; i < CLI_TRAIL; i++) {
        const char *block = blocks[(counts[i] * 8 + most - 1) / most];
        used += (size_t)snprintf(buffer + used, CLI_TRAIL_BYTES - used, "%s", block);
    }
    return buffer;
}
