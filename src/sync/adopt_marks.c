/*
 * adopt_marks.c - rows written where they stand. Each is marked first, read by its mark
 * and written by its mark, so that a row inserted above it by anybody, at any moment,
 * never puts its cells into somebody else's record. A later push takes the marks away.
 */
#include <string.h>

#include "sync/check_impl.h"

#define MARK_TRIES 3 /* draws of markers, when one is in use */

static cxlog_fills fills_of(const cx_adopting *a, const cx_rows *rows)
{
    return (cxlog_fills){
        .log_tab = a->sync.log_tab,
        .value = rows->value,
        .rows = rows->fills,
        .count = rows->count,
        .fields = (const char *const *)a->sync.fields.names,
        .field_count = a->sync.fields.count,
    };
}

static cxlog_status draw(cx_adopting *a, cx_rows *rows, int32_t *marks, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE];
    cxlog_status status = cxlog_id_new(id, err);
    if (status == CXLOG_OK)
        status = cxlog_store_marks_draw(a->sync.store, cxlog_utc_now(), marks,
                                        rows->count, err);
    if (status != CXLOG_OK)
        return status;
    cx_sync_mark_of(rows->value, id);
    for (size_t i = 0; i < rows->count; i++)
        rows->fills[i].mark = marks[i];
    return CXLOG_OK;
}

static cxlog_status mark(cx_adopting *a, cx_rows *rows, cxlog_error *err)
{
    cxlog_remote *remote = a->sync.remote;
    for (int i = 0;; i++) {
        int32_t marks[CX_ROWS_AT_ONCE];
        cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
        cxlog_error said = {0};
        cxlog_status status = draw(a, rows, marks, err);
        if (status != CXLOG_OK)
            return status;
        const cxlog_fills fills = fills_of(a, rows);
        status = remote->ops->mark(remote, &fills, &answer, &said);
        if (status == CXLOG_OK)
            return CXLOG_OK;
        cxlog_status gone = CXLOG_OK;
        if (answer.outcome == CXLOG_OUTCOME_NOT_APPLIED)
            gone = cxlog_store_markers_gone(a->sync.store, marks, rows->count, err);
        if (gone != CXLOG_OK)
            return gone;
        if (!answer.marker_taken || i + 1 == MARK_TRIES)
            return cx_sync_hand_over(err, &said, status);
    }
}

static bool still(const cxlog_reading *reading, size_t index,
                  const cxlog_finding *finding)
{
    return index < reading->page.count &&
           reading->page.rows[index].kind != CXLOG_SEEN_BLANK &&
           cxlog_entry_same(&reading->page.rows[index].entry, &finding->seen);
}

static cxlog_status write_rows(cx_adopting *a, cx_rows *rows, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_remote *remote = a->sync.remote;
    const cxlog_fills all = fills_of(a, rows);
    cxlog_status status = remote->ops->marked(remote, &all, &reading, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_fill *wanted = calloc(rows->count, sizeof *wanted);
    if (!wanted)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_fills same = all;
    same.rows = wanted;
    same.count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        rows->same[i] = still(reading, i, rows->findings[i]);
        if (rows->same[i])
            wanted[same.count++] = rows->fills[i];
        else
            cx_check_leave(rows->findings[i], "the row changed while it was looked at");
    }
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    if (same.count > 0)
        status = remote->ops->fill(remote, &same, &answer, err);
    free(wanted);
    return status;
}

cxlog_status cx_adopt_write(cx_adopting *a, cx_rows *rows, cxlog_error *err)
{
    cxlog_status status = mark(a, rows, err);
    return status ? status : write_rows(a, rows, err);
}
