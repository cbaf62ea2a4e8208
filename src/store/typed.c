/*
 * typed.c - records that began as rows typed into the sheet by hand. No machine owns
 * them: each that holds one as it was sealed may put it back.
 */
#include <stdio.h>

#include "store/store_impl.h"

#define EQUAL_MAX 32 /* equal rows: how far an ID is recognised as one of theirs */

cxlog_status cxlog_typed_id(char out[CXLOG_ID_SIZE], const cxlog_entry *seen, int number,
                            cxlog_error *err)
{
    char checksum[CXLOG_CHECKSUM_SIZE];
    char key[CXLOG_CHECKSUM_SIZE + 32];
    cxlog_status status = cxlog_entry_checksum(checksum, seen, err);
    if (status)
        return status;
    (void)snprintf(key, sizeof key, "typed:%s:%d", checksum, number);
    return cxlog_id_derive(out, seen->number[CXLOG_COL_CONTACTED_AT], CXLOG_SHEET_AUTHOR,
                           key, err);
}

/* `typed`: the entry as the person left it. */
static cxlog_status is_named_so(bool *out, const cxlog_entry *typed, const char *id,
                                cxlog_error *err)
{
    char derived[CXLOG_ID_SIZE];
    cxlog_status status = CXLOG_OK;
    for (int i = 0; !status && !*out && i < EQUAL_MAX; i++) {
        status = cxlog_typed_id(derived, typed, i, err);
        *out = !status && strcmp(derived, id) == 0;
    }
    return status;
}

static cxlog_status is_typed(bool *out, const cxlog_entry *entry, cxlog_error *err)
{
    *out = false;
    if (entry->text[CXLOG_COL_CORRECTS])
        return CXLOG_OK;
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    cxlog_entry typed = *entry; /* texts stay the entry's */
    typed.text[CXLOG_COL_ID] = NULL;
    typed.number[CXLOG_COL_LOGGED_AT] = CXLOG_BLANK;
    cxlog_status status = is_named_so(out, &typed, id, err);
    if (status || *out ||
        strcmp(cxlog_entry_text(entry, CXLOG_COL_AGENT), CXLOG_SHEET_AUTHOR) != 0)
        return status;
    typed.text[CXLOG_COL_AGENT] = NULL; /* it was blank */
    return is_named_so(out, &typed, id, err);
}

static cxlog_status restore_one(cxlog_store *store, const char *id, int64_t *count,
                                cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    bool found = false, sealed = false, typed = false;
    int changes = 0;
    cxlog_status status = cx_record_by_id(&held, &found, store, id, err);
    if (!status)
        status = cx_sealed(&sealed, &held.entry, err);
    if (!status && sealed)
        status = is_typed(&typed, &held.entry, err);
    if (!status && typed)
        status = cx_run(store, CX_SQL_RESTORE_TYPED, CX_ARGS(cx_i(held.number)), &changes,
                        err);
    *count += changes;
    return status;
}

cxlog_status cx_typed_restore(cxlog_store *store, int64_t *count, cxlog_error *err)
{
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t found = 0;
    cxlog_status status = cxlog_store_missing(store, false, &ids, &found, err);
    for (size_t i = 0; !status && i < found; i++)
        status = restore_one(store, ids[i], count, err);
    free(ids);
    return status;
}
