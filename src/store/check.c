#include <inttypes.h>
#include <stdio.h>

#include "store/store_impl.h"

#define ADOPTIONS_MAX 1000 /* of one row: how far an ID is recognised as one */
#define ID_TIME 10         /* digits of an ID that only the time decides */

/* ---- what the sheet lacks ---- */

cxlog_status cxlog_store_missing(cxlog_store *store, bool mine,
                                 char (**ids)[CXLOG_ID_SIZE], size_t *count,
                                 cxlog_error *err)
{
    *ids = NULL;
    *count = 0;
    size_t room = 0;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_MISSING, CX_ARGS(cx_i(mine ? 1 : 0)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        const char *id = cx_col_text(stmt, 0);
        if (*count == room) {
            room = room ? room * 2 : 16;
            char(*grown)[CXLOG_ID_SIZE] = realloc(*ids, room * sizeof *grown);
            if (!grown)
                return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
            *ids = grown;
        }
        (void)snprintf((*ids)[(*count)++], CXLOG_ID_SIZE, "%.26s", id ? id : "");
        status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cxlog_store_restore(cxlog_store *store, int64_t *count, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    int own = 0;
    int64_t typed = 0;
    *count = 0;
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = cx_run(store, CX_SQL_RESTORE, CX_NO_ARGS, &own, err);
    if (!status)
        status = cx_typed_restore(store, &typed, err);
    if (!status)
        status = cx_tx_commit(&tx, NULL, err);
    if (!status)
        *count = own + typed;
    return status;
}

cxlog_status cxlog_store_first_row(cxlog_store *store, cxlog_day from, int64_t *row,
                                   cxlog_error *err)
{
    return cx_number(row, store, CX_SQL_FIRST_ROW,
                     CX_ARGS(cx_i((cxlog_wall)from * 86400)), 0, err);
}

/* ---- edits as corrections ---- */

/* What an edit says, whoever takes it over and when. */
static cxlog_status content_sum(char out[CXLOG_CHECKSUM_SIZE], const cxlog_entry *entry,
                                cxlog_error *err)
{
    cxlog_entry content = *entry; /* texts stay the entry's */
    content.text[CXLOG_COL_ID] = NULL;
    content.text[CXLOG_COL_CORRECTS] = NULL;
    content.text[CXLOG_COL_CHECKSUM] = NULL;
    content.number[CXLOG_COL_LOGGED_AT] = CXLOG_BLANK;
    return cxlog_entry_checksum(out, &content, err);
}

/* The ID that the correction from row `id` with this content has on every machine.
 * earlier: how many were taken from the row before. */
static cxlog_status derive(char out[CXLOG_ID_SIZE], const cxlog_entry *entry,
                           const char *id, const char *sum, int earlier, cxlog_error *err)
{
    char key[CXLOG_ID_SIZE + CXLOG_CHECKSUM_SIZE + 16];
    int length = snprintf(key, sizeof key, "%s:%s:%d", id, sum, earlier);
    if (length < 0 || (size_t)length >= sizeof key)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the key of an edit is too long");
    cxlog_wall at = entry->number[CXLOG_COL_CONTACTED_AT];
    return cxlog_id_derive(out, at == CXLOG_BLANK ? 0 : at, CXLOG_SHEET_AUTHOR, key, err);
}

/* Is `entry` a correction taken over from an edit of row `id`? One by a person has
 * another time in its ID, and so costs no checksum. */
static cxlog_status is_taken(bool *out, const cxlog_entry *entry, const char *id,
                             cxlog_error *err)
{
    const char *own = cxlog_entry_text(entry, CXLOG_COL_ID);
    char derived[CXLOG_ID_SIZE];
    char sum[CXLOG_CHECKSUM_SIZE] = "";
    *out = false;
    if (!entry->text[CXLOG_COL_CORRECTS])
        return CXLOG_OK;
    cxlog_status status = derive(derived, entry, id, sum, 0, err);
    if (status || strncmp(derived, own, ID_TIME) != 0)
        return status;
    status = content_sum(sum, entry, err);
    for (int i = 0; !status && !*out && i < ADOPTIONS_MAX; i++) {
        status = derive(derived, entry, id, sum, i, err);
        *out = !status && strcmp(derived, own) == 0;
    }
    return status;
}

bool cxlog_is_adoption(const cxlog_entry *entry, const char *id)
{
    bool taken = false;
    return is_taken(&taken, entry, id, NULL) == CXLOG_OK && taken;
}

typedef struct history {
    int taken;      /* corrections taken from the row */
    bool last_same; /* the last of them has the row's content */
    bool counts;    /* the row's record, or one taken from it, is the one that counts */
} history;

/* One version of the row's group. sum: of what stands in the row. */
static cxlog_status take_version(history *out, const cxlog_record *version,
                                 const char *id, const char *sum, cxlog_error *err)
{
    bool itself = strcmp(cxlog_entry_text(&version->entry, CXLOG_COL_ID), id) == 0;
    bool taken = false;
    cxlog_status status = itself ? CXLOG_OK : is_taken(&taken, &version->entry, id, err);
    char held[CXLOG_CHECKSUM_SIZE] = "";
    if (!status && taken)
        status = content_sum(held, &version->entry, err);
    if (status)
        return status;
    if (taken) {
        out->taken++;
        out->last_same = strcmp(held, sum) == 0;
    }
    if (version->effective) /* one of a group at most */
        out->counts = itself || taken;
    return CXLOG_OK;
}

static cxlog_status read_history(history *out, cxlog_store *store, const char *root,
                                 const char *id, const char *sum, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_GROUP_ALL, CX_ARGS(cx_t(root)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        CXLOG_AUTO_VALUE(cxlog_record) version;
        cxlog_record_init(&version);
        status = cx_record_read(&version, store, stmt, err);
        if (!status)
            status = take_version(out, &version, id, sum, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cxlog_store_adoption(cxlog_store *store, const cxlog_entry *seen,
                                  cxlog_adoption *out, cxlog_error *err)
{
    *out = (cxlog_adoption){0};
    char root[CXLOG_ID_SIZE];
    char sum[CXLOG_CHECKSUM_SIZE];
    const char *id = cxlog_entry_text(seen, CXLOG_COL_ID);
    history before = {0};
    cxlog_status status = cx_group_root(root, store, id, err);
    if (!status)
        status = content_sum(sum, seen, err);
    if (!status)
        status = read_history(&before, store, root, id, sum, err);
    if (status)
        return status;
    out->done = before.taken > 0 && before.last_same;
    out->superseded = !before.counts;
    out->reverted = before.taken > 0 && !before.last_same && before.counts;
    if (out->done || out->superseded)
        return CXLOG_OK;
    return derive(out->id, seen, id, sum, before.taken, err);
}

cxlog_status cxlog_store_settled(cxlog_store *store, int64_t number, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status =
            cx_run(store, CX_SQL_SEEN_EDITED, CX_ARGS(cx_i(number), cx_i(0)), NULL, err);
    return status ? status : cx_tx_commit(&tx, NULL, err);
}
