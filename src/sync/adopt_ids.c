/*
 * adopt_ids.c - which ID a row without one gets: that of the record whose checksum it
 * carries, or one made of what a person typed.
 */
#include "sync/check_impl.h"

/* Is there a record of this ID in another row, or one whose deletion somebody wanted? */
static cxlog_status is_free(bool *out, const cx_adopting *a, const cxlog_finding *finding,
                            cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    CXLOG_AUTO_VALUE(cxlog_record) counts;
    cxlog_record_init(&held);
    cxlog_record_init(&counts);
    cxlog_error said = {0};
    cxlog_status status = cxlog_store_find(a->sync.store, finding->new_id, &held, &said);
    *out = status == CXLOG_ERR_VALUE;
    if (*out)
        return CXLOG_OK;
    if (status != CXLOG_OK)
        return cx_sync_hand_over(err, &said, status);
    if (held.row > 0)
        return CXLOG_OK;
    return cxlog_store_effective(a->sync.store, held.root, &counts, out, err);
}

/* What an ID is made of must not change between two machines that see the same row: its
 * content, and which of several equal rows it is. One that was typed before is not among
 * these rows any more: its ID is in use. */
static cxlog_status derive_id(const cx_adopting *a, cxlog_finding *finding,
                              cxlog_error *err)
{
    const cxlog_check *check = &a->result->check;
    char checksum[CXLOG_CHECKSUM_SIZE], other[CXLOG_CHECKSUM_SIZE];
    int equal = 0;
    bool free_one = false;
    cxlog_status status = cxlog_entry_checksum(checksum, &finding->seen, err);
    for (size_t i = 0; status == CXLOG_OK && &check->findings[i] != finding; i++) {
        if (check->findings[i].kind != CXLOG_FOUND_TYPED)
            continue;
        status = cxlog_entry_checksum(other, &check->findings[i].seen, err);
        equal += status == CXLOG_OK && strcmp(checksum, other) == 0;
    }
    for (int i = 0; status == CXLOG_OK; i++) {
        status = cxlog_typed_id(finding->new_id, &finding->seen, i, err);
        if (status == CXLOG_OK)
            status = is_free(&free_one, a, finding, err);
        if (free_one && equal-- == 0)
            break;
    }
    return status;
}

static bool is_given(const cxlog_check *check, const cxlog_finding *finding,
                     const char *id)
{
    for (size_t i = 0; i < check->count; i++) {
        const cxlog_finding *other = &check->findings[i];
        if (other != finding && other->kind == CXLOG_FOUND_TYPED &&
            strcmp(other->new_id, id) == 0)
            return true;
    }
    return false;
}

cxlog_status cx_adopt_id(const cx_adopting *a, cxlog_finding *finding, bool *own,
                         cxlog_error *err)
{
    char id[CXLOG_ID_SIZE];
    const char *checksum = cxlog_entry_text(&finding->seen, CXLOG_COL_CHECKSUM);
    cxlog_status status = cxlog_store_sealed_as(a->sync.store, checksum, id, err);
    *own = *id != '\0';
    if (status != CXLOG_OK)
        return status;
    if (!*own)
        return derive_id(a, finding, err);
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    status = cxlog_store_find(a->sync.store, id, &held, err);
    if (status != CXLOG_OK)
        return status;
    if (held.row > 0 || is_given(&a->result->check, finding, id))
        cx_check_leave(finding,
                       "it is a copy of %s: delete the row, or clear its %s if it is "
                       "another contact",
                       id, cxlog_column_get(CXLOG_COL_CHECKSUM)->heading);
    else
        memcpy(finding->new_id, id, CXLOG_ID_SIZE);
    return CXLOG_OK;
}
