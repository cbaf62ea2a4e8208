/*
 * crowd.c - is the team so large that its reads have to be few? A service account has 60
 * reads a minute; at 17:00 a pull and a confirming pull of each machine would need more,
 * and a whole close of each much more (tests/faults/fullteam.c has the figures).
 */
#include <cxlog/period.h>
#include <cxlog/wall.h>

#include "sync/check_impl.h"

#define CROWD_AGENTS 200
#define CROWD_DAYS 7
/* Of the 900 reads that an account has in the quarter of an hour over which the machines
 * spread, what closes may take: one that lost its answer, or came late, must fit too. */
#define CLOSE_READS 600
#define CLOSE_READS_EACH 6 /* and one for every page of the log */

static cxlog_status count(int64_t *agents, int64_t *records, cxlog_store *store,
                          cxlog_day from, cxlog_error *err)
{
    cxlog_query query = {.period = {.kind = CXLOG_PERIOD_RANGE,
                                    .from = from,
                                    .to = cxlog_day_of(cxlog_wall_now())},
                         .by = {{.kind = CXLOG_BY_AGENT}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    *agents = 0;
    *records = 0;
    cxlog_status status = cxlog_store_totals(store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    for (size_t i = 0; i < totals->row_count; i++)
        *agents += totals->rows[i].count > 0;
    *records = totals->total.count;
    return CXLOG_OK;
}

static cxlog_status late_agents(int64_t *agents, cxlog_store *store, cxlog_error *err)
{
    int64_t records;
    return count(agents, &records, store, cxlog_day_of(cxlog_wall_now()) - CROWD_DAYS + 1,
                 err);
}

cxlog_status cx_sync_is_crowd(bool *out, cxlog_store *store, cxlog_error *err)
{
    int64_t agents;
    cxlog_status status = late_agents(&agents, store, err);
    *out = agents > CROWD_AGENTS;
    return status;
}

cxlog_status cx_close_is_crowd(bool *out, cxlog_store *store, cxlog_day day,
                               cxlog_error *err)
{
    int64_t agents, of_half = 0, rows = 0;
    cxlog_status status = late_agents(&agents, store, err);
    if (status == CXLOG_OK)
        status = count(&of_half, &rows, store, cxlog_close_from(day), err);
    *out = agents * (CLOSE_READS_EACH + rows / CX_CHECK_PAGE) > CLOSE_READS;
    return status;
}
