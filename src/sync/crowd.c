/*
 * crowd.c - is the team so large that its reads have to be few? A service account has 60
 * reads a minute; at 17:00 a pull and a confirming pull of each machine would need more
 * (tests/faults/fullteam.c has the figures).
 */
#include <cxlog/wall.h>

#include "sync/sync_impl.h"

#define CROWD_AGENTS 200
#define CROWD_DAYS 7

cxlog_status cx_sync_is_crowd(bool *out, cxlog_store *store, cxlog_error *err)
{
    cxlog_day today = cxlog_day_of(cxlog_wall_now());
    cxlog_query query = {.period = {.kind = CXLOG_PERIOD_RANGE,
                                    .from = today - CROWD_DAYS + 1,
                                    .to = today},
                         .by = {{.kind = CXLOG_BY_AGENT}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(store, &query, &totals, err);
    size_t agents = 0;
    for (size_t i = 0; status == CXLOG_OK && i < totals->row_count; i++)
        agents += totals->rows[i].count > 0;
    *out = agents > CROWD_AGENTS;
    return status;
}
