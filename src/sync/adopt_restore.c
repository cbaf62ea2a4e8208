/*
 * adopt_restore.c - the sheet back to what was logged: edited rows are written over with
 * what this store holds, own vanished records are pushed again.
 */
#include "sync/check_impl.h"

#define ROWS_AT_ONCE 100

typedef struct restoring {
    cxlog_finding *findings[ROWS_AT_ONCE];
    cxlog_record held[ROWS_AT_ONCE];
    bool same[ROWS_AT_ONCE];
    size_t count;
} restoring;

static void restoring_clear(restoring *r)
{
    for (size_t i = 0; i < ROWS_AT_ONCE; i++)
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
    for (; *next < check->count && r->count < ROWS_AT_ONCE; (*next)++) {
        cxlog_finding *finding = &check->findings[*next];
        cxlog_record *held = &r->held[r->count];
        if (finding->kind != CXLOG_FOUND_EDITED)
            continue;
        bool sealed = false;
        cxlog_status status = cxlog_store_find(a->sync.store, finding->id, held, err);
        if (status == CXLOG_OK)
            status = is_sealed(&sealed, &held->entry, err);
        if (status != CXLOG_OK)
            return status;
        if (sealed)
            r->findings[r->count++] = finding;
        else
            cx_check_leave(finding, "it was changed before this store first saw it");
    }
    return CXLOG_OK;
}

static cxlog_status write_back(cx_adopting *a, restoring *r, cxlog_error *err)
{
    cxlog_edit edits[ROWS_AT_ONCE];
    size_t count = 0;
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    cxlog_status status = cx_adopt_look_again(a, r->findings, r->count, r->same, err);
    for (size_t i = 0; status == CXLOG_OK && i < r->count; i++) {
        if (!r->same[i]) {
            cx_check_leave(r->findings[i], "the row changed while it was looked at");
            continue;
        }
        edits[count++] = (cxlog_edit){
            .kind = CXLOG_EDIT_RECORD,
            .area = {a->sync.log_tab, r->findings[i]->row - 1, 1, 0,
                     CXLOG_COLUMN_COUNT + (int64_t)a->sync.fields.count},
            .entry = &r->held[i].entry,
            .fields = (const char *const *)a->sync.fields.names,
            .field_count = a->sync.fields.count,
        };
    }
    if (status != CXLOG_OK || count == 0)
        return status;
    status = a->sync.remote->ops->edit(a->sync.remote, edits, count, &answer, err);
    for (size_t i = 0; status == CXLOG_OK && i < r->count; i++) {
        if (!r->same[i])
            continue;
        r->findings[i]->fate = CXLOG_FATE_RESTORED;
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
        for (size_t i = 0; i < ROWS_AT_ONCE; i++)
            cxlog_record_init(&r->held[i]);
        status = gather(a, r, &next, err);
        if (status == CXLOG_OK && r->count > 0)
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
        if (finding->mine)
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
