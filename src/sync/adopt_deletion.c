/*
 * adopt_deletion.c - the deletion of a row, accepted: a void that tells every machine
 * that nobody misses the row. It stands where the deleted row did, so a later correction
 * that is still in the sheet goes on counting; with nothing after it, the contact is
 * gone.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sync/check_impl.h"

#define DRAWS_MAX 64 /* IDs tried until one is free, or sorts where it must */

typedef struct deletion {
    cxlog_record held;  /* whose row was deleted */
    cxlog_record later; /* the version that counts and is still there */
    bool survives;      /* … if any is */
} deletion;

static void deletion_clear(deletion *d)
{
    cxlog_record_clear(&d->held);
    cxlog_record_clear(&d->later);
}
CXLOG_AUTO_VALUE_DEFINE(deletion, deletion_clear);

static cxlog_status read_group(deletion *d, cx_adopting *a, const cxlog_finding *finding,
                               cxlog_error *err)
{
    cxlog_status status = cxlog_store_find(a->sync.store, finding->id, &d->held, err);
    if (status == CXLOG_OK)
        status = cxlog_store_effective(a->sync.store, d->held.root, &d->later,
                                       &d->survives, err);
    bool gone = d->later.state == CXLOG_STATE_CONFIRMED && d->later.row == 0;
    d->survives = d->survives && d->later.number != d->held.number && !gone;
    return status;
}

/* Row of the sheet that carries the record's checksum under no ID or another; 0: none. */
static int64_t row_of(const cxlog_check *check, const cxlog_entry *entry)
{
    const char *checksum = cxlog_entry_text(entry, CXLOG_COL_CHECKSUM);
    for (size_t i = 0; i < check->count; i++) {
        const cxlog_finding *finding = &check->findings[i];
        bool without_id =
            finding->kind == CXLOG_FOUND_TYPED || finding->kind == CXLOG_FOUND_UNREADABLE;
        if (without_id &&
            strcmp(cxlog_entry_text(&finding->seen, CXLOG_COL_CHECKSUM), checksum) == 0)
            return finding->row;
    }
    return 0;
}

/* Would a void of this ID and time do? *there: it was written already. */
static cxlog_status serves(bool *out, bool *there, cx_adopting *a, const deletion *d,
                           const cxlog_entry *entry, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) known;
    cxlog_record_init(&known);
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    cxlog_error said = {0};
    const cxlog_wall at = entry->number[CXLOG_COL_LOGGED_AT];
    if (d->survives && at == d->later.entry.number[CXLOG_COL_LOGGED_AT]) {
        *out = strcmp(id, cxlog_entry_text(&d->later.entry, CXLOG_COL_ID)) < 0;
        if (!*out)
            return CXLOG_OK;
    }
    cxlog_status status = cxlog_store_find(a->sync.store, id, &known, &said);
    *there = status == CXLOG_OK;
    *out = !*there || known.entry.number[CXLOG_COL_LOGGED_AT] >=
                          d->held.entry.number[CXLOG_COL_LOGGED_AT];
    if (status == CXLOG_ERR_VALUE)
        return CXLOG_OK;
    return status ? cx_sync_hand_over(err, &said, status) : CXLOG_OK;
}

/* What counts may be of the very second of the deleted row, and the void has to sort
 * before it: no ID of a record is as old as 1970. */
static cxlog_wall id_time(const deletion *d)
{
    const cxlog_wall *held = d->held.entry.number, *later = d->later.entry.number;
    if (d->survives && held[CXLOG_COL_LOGGED_AT] == later[CXLOG_COL_LOGGED_AT])
        return 0;
    return held[CXLOG_COL_CONTACTED_AT] == CXLOG_BLANK ? 0 : held[CXLOG_COL_CONTACTED_AT];
}

static cxlog_status make_void(cxlog_entry *entry, bool *there, cx_adopting *a,
                              const deletion *d, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE], key[CXLOG_ID_SIZE + 32];
    cxlog_wall *at = &entry->number[CXLOG_COL_LOGGED_AT];
    bool good = false;
    cxlog_status status = cx_adopt_text(entry, CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR, err);
    if (status == CXLOG_OK && d->survives)
        *at = d->held.entry.number[CXLOG_COL_LOGGED_AT];
    else if (status == CXLOG_OK)
        status = cxlog_store_correct_at(a->sync.store, d->held.root, cxlog_wall_now(), at,
                                        err);
    for (int i = 0; status == CXLOG_OK && !good && i < DRAWS_MAX; i++) {
        char draw[16] = "";
        if (i > 0)
            (void)snprintf(draw, sizeof draw, ":%d", i);
        (void)snprintf(key, sizeof key, "%s:%s%s", d->survives ? "past" : "gone",
                       d->survives ? cxlog_entry_text(&d->held.entry, CXLOG_COL_ID)
                                   : d->held.root,
                       draw);
        status = cxlog_id_derive(id, id_time(d), CXLOG_SHEET_AUTHOR, key, err);
        if (status == CXLOG_OK)
            status = cx_adopt_name(entry, id, CXLOG_VOID_PREFIX, d->held.root, err);
        if (status == CXLOG_OK)
            status = serves(&good, there, a, d, entry, err);
    }
    if (status == CXLOG_OK && !good)
        status = cxlog_fail(err, CXLOG_ERR_BUG, "no ID is left for a deletion");
    return status;
}

cxlog_status cx_adopt_deletion(cx_adopting *a, cxlog_finding *finding, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(deletion) d = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_record_init(&d.held);
    cxlog_record_init(&d.later);
    cxlog_entry_init(&entry);
    bool left = false, there = false;
    cxlog_status status = read_group(&d, a, finding, err);
    if (status != CXLOG_OK)
        return status;
    int64_t row = row_of(&a->result->check, &d.held.entry);
    if (row > 0) {
        cx_check_leave(finding, "its row is still there without its ID: row %lld",
                       (long long)row);
        return CXLOG_OK;
    }
    status = make_void(&entry, &there, a, &d, err);
    if (status == CXLOG_OK && !there)
        status = cx_adopt_save(a, finding, &entry, &left, err);
    if (status != CXLOG_OK || left)
        return status;
    memcpy(finding->new_id, cxlog_entry_text(&entry, CXLOG_COL_ID), CXLOG_ID_SIZE);
    finding->superseded = d.survives;
    finding->fate = CXLOG_FATE_TAKEN;
    a->result->taken++;
    return CXLOG_OK;
}
