/*
 * check_formulas.c - cells that are formulas change by themselves: nothing is taken from
 * such a row, and the values that the check has read do not show them.
 */
#include "sync/check_impl.h"

static int by_row(const void *a, const void *b)
{
    int64_t left = ((const cxlog_finding *)a)->row;
    int64_t right = ((const cxlog_finding *)b)->row;
    return (left > right) - (left < right);
}

/* *at: the finding of this row or the next one behind it. Both go upwards. */
static bool mark(cxlog_check *check, size_t found, size_t *at, int64_t row)
{
    while (*at < found && check->findings[*at].row < row)
        (*at)++;
    if (*at == found || check->findings[*at].row != row)
        return false;
    check->findings[*at].formula = true;
    return true;
}

static cxlog_status take(cx_sync *sync, cxlog_check *check, const cxlog_formula_row *row,
                         cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    cxlog_finding *finding = NULL;
    cxlog_adoption adoption = {0};
    char id[CXLOG_ID_SIZE];
    cxlog_status status = cxlog_store_id_at(sync->store, row->row, id, err);
    if (status != CXLOG_OK || *id == '\0')
        return status; /* no record's row: a total below the log, say */
    status = cxlog_store_find(sync->store, id, &held, err);
    if (status == CXLOG_OK)
        status = cxlog_store_adoption(sync->store, &held.entry, &adoption, err);
    if (status == CXLOG_OK)
        status = cx_check_keep(check, CXLOG_FOUND_EDITED, row->row, &held.entry, &finding,
                               err);
    if (status != CXLOG_OK || !finding)
        return status;
    memcpy(finding->id, id, CXLOG_ID_SIZE);
    finding->columns = row->columns;
    finding->mine = held.mine;
    finding->superseded = adoption.superseded;
    finding->readable = true;
    finding->formula = true;
    return CXLOG_OK;
}

static cxlog_status look(cx_sync *sync, cxlog_check *check, int64_t first, int64_t last,
                         size_t found, size_t *at, cxlog_error *err)
{
    cxlog_formula_row *rows = NULL;
    size_t count = 0;
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = sync->remote->ops->formulas(
            sync->remote, sync->log_tab, first, last,
            CXLOG_COLUMN_COUNT + (int64_t)sync->fields.count, &rows, &count, err);
    for (size_t i = 0; i < count && status == CXLOG_OK; i++) {
        if (!mark(check, found, at, rows[i].row))
            status = take(sync, check, &rows[i], err);
    }
    free(rows);
    return status;
}

cxlog_status cx_check_formulas(cx_sync *sync, cxlog_check *check, int64_t first,
                               int64_t last, cxlog_error *err)
{
    size_t found = check->count, at = 0;
    cxlog_status status = CXLOG_OK;
    for (int64_t row = first < 2 ? 2 : first; row <= last && status == CXLOG_OK;
         row += CX_FORMULA_PAGE) {
        int64_t end = last - row < CX_FORMULA_PAGE ? last : row + CX_FORMULA_PAGE - 1;
        status = look(sync, check, row, end, found, &at, err);
    }
    if (check->count > found)
        qsort(check->findings, check->count, sizeof *check->findings, by_row);
    return status;
}
