/* What people see beside the counts of a period: averages per working day, the way of the
 * last periods, and a comparison with as much of the period before. */
#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

void cli_totals_extras_clear(cli_totals_extras *extras)
{
    cli_workdays_clear(&extras->days);
    cxlog_totals_free(extras->trail);
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

static int64_t count_of(const cxlog_totals *totals, const cxlog_total_row *wanted)
{
    for (size_t i = 0; i < totals->row_count; i++) {
        bool same = true;
        for (size_t dim = 0; dim < totals->by_count; dim++)
            same = same && strcmp(totals->rows[i].key[dim], wanted->key[dim]) == 0;
        if (same)
            return totals->rows[i].count;
    }
    return 0;
}

cxlog_status cli_totals_like(cli_totals_view *view, cxlog_totals *totals,
                             cxlog_error *err)
{
    bool alike = compares_alike(view, &totals->period);
    if (view->summed)
        totals->previous = view->before;
    if (view->query.vs == CXLOG_VS_NONE || (!alike && !view->summed))
        return CXLOG_OK;
    cxlog_period like = totals->previous;
    if (alike)
        like = cli_like_period(&view->extras.days, &totals->period, &totals->previous,
                               view->ctx->today);
    CXLOG_AUTO(cxlog_totals) *then = NULL;
    cxlog_query query = view->query;
    query.period = like;
    query.vs = CXLOG_VS_NONE;
    cxlog_status status = CXLOG_OK;
    if (like.to >= like.from)
        status = cxlog_store_totals(view->ctx->store, &query, &then, err);
    if (status != CXLOG_OK)
        return status;
    for (size_t i = 0; i < totals->row_count; i++)
        totals->rows[i].previous = then ? count_of(then, &totals->rows[i]) : 0;
    totals->total.previous = then ? then->total.count : 0;
    view->extras.like = alike;
    view->extras.like_days = cli_workdays_between(&view->extras.days, like.from, like.to);
    return CXLOG_OK;
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
    cxlog_query query = view->query;
    for (int i = 0; i < CLI_TRAIL; i++) {
        cxlog_period one = cxlog_period_before(period, CLI_TRAIL - 1 - i);
        if (i == 0)
            query.period.from = one.from;
        (void)cxlog_period_label(extras->labels[i], period->kind, one.from);
    }
    query.period.kind = CXLOG_PERIOD_RANGE;
    query.by[1] = (cxlog_by){.kind = kind};
    query.by_count = 2;
    query.vs = CXLOG_VS_NONE;
    return cxlog_store_totals(view->ctx->store, &query, &extras->trail, err);
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
    return buffer;
}

static bool is_shown(const cxlog_totals *shown, const char *key)
{
    for (size_t i = 0; i < shown->row_count; i++) {
        if (shown->rows[i].folded == 0 && strcmp(shown->rows[i].key[0], key) == 0)
            return true;
    }
    return false;
}

/* row NULL: all of them. A fold stands for what is not shown by itself. */
static int64_t trail_count(const cli_totals_view *view, const cxlog_total_row *row,
                           const char *label)
{
    const cxlog_totals *trail = view->extras.trail;
    int64_t sum = 0;
    for (size_t i = 0; i < trail->row_count; i++) {
        const cxlog_total_row *one = &trail->rows[i];
        if (strcmp(one->key[1], label) != 0)
            continue;
        bool counts = !row              ? true
                      : row->folded > 0 ? !is_shown(view->each[0], one->key[0])
                                        : strcmp(one->key[0], row->key[0]) == 0;
        sum += counts ? one->count : 0;
    }
    return sum;
}

/* Scaled from zero: what looks flat is flat. */
const char *cli_cell_trail(char buffer[CLI_TRAIL_BYTES], const cli_totals_view *view,
                           const cxlog_total_row *row)
{
    static const char *const blocks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int64_t counts[CLI_TRAIL];
    int64_t most = 1;
    size_t used = 0;
    buffer[0] = '\0';
    for (int i = 0; i < CLI_TRAIL; i++) {
        counts[i] = trail_count(view, row, view->extras.labels[i]);
        most = counts[i] > most ? counts[i] : most;
    }
    for (int i = 0; i < CLI_TRAIL; i++) {
        const char *block = blocks[(counts[i] * 8 + most - 1) / most];
        used += (size_t)snprintf(buffer + used, CLI_TRAIL_BYTES - used, "%s", block);
    }
    return buffer;
}
