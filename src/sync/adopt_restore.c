/*
 * adopt_restore.c - the sheet back to what was logged: edited rows are written over with
 * what this store holds; vanished records, own ones and those that nobody owns, are
 * pushed again.
 */
#include "sync/check_impl.h"

#define EVERY_COLUMN ((UINT32_C(1) << (CXLOG_COLUMN_COUNT + 1)) - 1)

typedef struct restoring {
    cx_rows rows;
    cxlog_record held[CX_ROWS_AT_ONCE];
} restoring;

static void restoring_clear(restoring *r)
{
    for (size_t i = 0; i < CX_ROWS_AT_ONCE; i++)
        cxlog_record_clear(&r->held[i]);
    free(r);
}
CXLOG_AUTO_DEFINE(restoring, restoring_clear);

/* Did this store ever see the row as it was logged? */
static cxlog_status is_sealed(bool *out, const cxlog_entry *entry, cxlog_error *err)
{
    char checksum[CXLOG_CHECKSUM_SIZE] = "";
    cxlog_status status = cxlog_entry_checksum(checksum, entry, err);
    *out = strcmp(checksum, cxlog_entry_text(entry, CXLOG_COL_CHECKSUM)) == 0;
    return status;
}

static cxlog_status gather(cx_adopting *a, restoring *r, size_t *next, cxlog_error *err)
{
    cxlog_check *check = &a->result->check;
    cx_rows *rows = &r->rows;
    for (; *next < check->count && rows->count < CX_ROWS_AT_ONCE; (*next)++) {
        cxlog_finding *finding = &check->findings[*next];
        cxlog_record *held = &r->held[rows->count];
        if (finding->kind != CXLOG_FOUND_EDITED)
            continue;
        bool sealed = false;
        cxlog_status status = cxlog_store_find(a->sync.store, finding->id, held, err);
        if (status == CXLOG_OK)
            status = is_sealed(&sealed, &held->entry, err);
        if (status != CXLOG_OK)
            return status;
        if (!sealed) {
            cx_check_leave(finding, "it was changed before this store first saw it");
            continue;
        }
        rows->findings[rows->count] = finding;
        rows->fills[rows->count++] = (cxlog_fill){
            .row = finding->row, .columns = EVERY_COLUMN, .entry = &held->entry};
    }
    return CXLOG_OK;
}

static cxlog_status write_back(cx_adopting *a, restoring *r, cxlog_error *err)
{
    cxlog_status status = cx_adopt_write(a, &r->rows, err);
    for (size_t i = 0; status == CXLOG_OK && i < r->rows.count; i++) {
        if (!r->rows.same[i])
            continue;
        r->rows.findings[i]->fate = CXLOG_FATE_RESTORED;
        a->result->restored++;
        status = cxlog_store_settled(a->sync.store, r->held[i].number, err);
    }
    return status;
}

static cxlog_status restore_edits(cx_adopting *a, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    size_t next = 0;
    while (status == CXLOG_OK && next < a->result->check.count) {
        CXLOG_AUTO(restoring) *r = calloc(1, sizeof *r);
        if (!r)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        for (size_t i = 0; i < CX_ROWS_AT_ONCE; i++)
            cxlog_record_init(&r->held[i]);
        status = gather(a, r, &next, err);
        if (status == CXLOG_OK && r->rows.count > 0)
            status = write_back(a, r, err);
    }
    return status;
}

static cxlog_status restore_missing(cx_adopting *a, cxlog_error *err)
{
    int64_t count = 0;
    cxlog_status status = cxlog_store_restore(a->sync.store, &count, err);
    if (status != CXLOG_OK)
        return status;
    a->result->restored += count;
    cxlog_check *check = &a->result->check;
    for (size_t i = 0; i < check->count; i++) {
        cxlog_finding *finding = &check->findings[i];
        if (finding->kind != CXLOG_FOUND_MISSING)
            continue;
        CXLOG_AUTO_VALUE(cxlog_record) held;
        cxlog_record_init(&held);
        status = cxlog_store_find(a->sync.store, finding->id, &held, err);
        if (status != CXLOG_OK)
            return status;
        if (held.state != CXLOG_STATE_CONFIRMED)
            finding->fate = CXLOG_FATE_RESTORED;
        else
            cx_check_leave(finding, "its agent's own cxlog must put it back");
    }
    return CXLOG_OK;
}

cxlog_status cx_adopt_restore(cx_adopting *a, cxlog_error *err)
{
    cxlog_status status = restore_edits(a, err);
    return status ? status : restore_missing(a, err);
}
