/*
 * adopt.c - what people changed in the sheet, taken over as corrections of the records.
 * The IDs are the same on every machine, so two who close at once write one correction.
 */
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/check_impl.h"

#define QUOTED_BYTES 180 /* of a name in the reason, which has room for 256 */

/* Name of a scheme column that the entry has and the scheme does not; -1: none. */
static int unknown_name(const cxlog_scheme *scheme, const cxlog_entry *entry)
{
    static const struct {
        cxlog_column column;
        cxlog_dim dim;
        bool below; /* a detail, within its category */
    } named[] = {
        {CXLOG_COL_CATEGORY, CXLOG_DIM_CATEGORY, false},
        {CXLOG_COL_DETAIL, CXLOG_DIM_CATEGORY, true},
        {CXLOG_COL_CHANNEL, CXLOG_DIM_CHANNEL, false},
        {CXLOG_COL_REGION, CXLOG_DIM_REGION, false},
    };
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        const char *name = cxlog_entry_text(entry, named[i].column);
        const char *parent =
            named[i].below ? cxlog_entry_text(entry, CXLOG_COL_CATEGORY) : "";
        if (*name && !cxlog_scheme_get(scheme, named[i].dim, parent, name))
            return (int)named[i].column;
    }
    return -1;
}

bool cx_adopt_names_known(const cx_adopting *a, cxlog_finding *finding)
{
    int column = unknown_name(a->scheme, &finding->seen);
    if (column < 0)
        return true;
    char quoted[CXLOG_QUOTE_MAX];
    const char *name = cxlog_entry_text(&finding->seen, (cxlog_column)column);
    (void)cxlog_quote(quoted, name);
    cx_check_leave(finding, "%s %.*s is not in the scheme",
                   cxlog_column_get((cxlog_column)column)->heading,
                   (int)cxlog_text_fit_bytes(quoted, QUOTED_BYTES), quoted);
    return false;
}

static bool may_be_taken(const cx_adopting *a, cxlog_finding *finding)
{
    if (finding->superseded)
        cx_check_leave(finding, "a later correction counts, not this row");
    else if (finding->formula)
        cx_check_leave(finding, "a cell of the row is a formula");
    else if (!finding->readable)
        cx_check_leave(finding, "a cell of the row cannot be read");
    else
        return cx_adopt_names_known(a, finding);
    return false;
}

cxlog_status cx_adopt_save(cx_adopting *a, cxlog_finding *finding, cxlog_entry *entry,
                           bool *left, cxlog_error *err)
{
    cxlog_error said = {0};
    cxlog_status status = cxlog_entry_seal(entry, &said);
    if (status == CXLOG_OK)
        status = cxlog_entry_check(entry, cxlog_wall_now(), &said);
    *left = status == CXLOG_ERR_VALUE;
    if (*left)
        cx_check_leave(finding, "%s", said.message);
    if (*left)
        return CXLOG_OK;
    if (status != CXLOG_OK)
        return cx_sync_hand_over(err, &said, status);
    return cxlog_store_add(a->sync.store, entry, 1, NULL, err);
}

cxlog_status cx_adopt_text(cxlog_entry *entry, cxlog_column column, const char *text,
                           cxlog_error *err)
{
    char *copy = strdup(text);
    if (!copy)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    free(entry->text[column]);
    entry->text[column] = copy;
    return CXLOG_OK;
}

cxlog_status cx_adopt_name(cxlog_entry *entry, const char *id, const char *prefix,
                           const char *root, cxlog_error *err)
{
    char corrects[sizeof CXLOG_VOID_PREFIX + CXLOG_ID_SIZE];
    (void)snprintf(corrects, sizeof corrects, "%s%s", prefix, root);
    cxlog_status status = cx_adopt_text(entry, CXLOG_COL_ID, id, err);
    return status ? status : cx_adopt_text(entry, CXLOG_COL_CORRECTS, corrects, err);
}

static cxlog_status take_edit(cx_adopting *a, cxlog_finding *finding, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_record_init(&held);
    cxlog_entry_init(&entry);
    cxlog_adoption adoption;
    bool left = false;
    cxlog_status status = cxlog_store_find(a->sync.store, finding->id, &held, err);
    if (status == CXLOG_OK)
        status = cxlog_store_adoption(a->sync.store, &finding->seen, &adoption, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(&entry, &finding->seen, err);
    if (status == CXLOG_OK)
        status = cx_adopt_name(&entry, adoption.id, "", held.root, err);
    if (status == CXLOG_OK)
        status = cxlog_store_correct_at(a->sync.store, held.root, cxlog_wall_now(),
                                        &entry.number[CXLOG_COL_LOGGED_AT], err);
    if (status == CXLOG_OK)
        status = cx_adopt_save(a, finding, &entry, &left, err);
    if (status == CXLOG_OK && !left)
        status = cxlog_store_settled(a->sync.store, held.number, err);
    if (status != CXLOG_OK || left)
        return status;
    memcpy(finding->new_id, adoption.id, CXLOG_ID_SIZE);
    finding->fate = CXLOG_FATE_TAKEN;
    a->result->taken++;
    return CXLOG_OK;
}

cxlog_status cx_adopt_edits(cx_adopting *a, cxlog_error *err)
{
    cxlog_check *check = &a->result->check;
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < check->count && status == CXLOG_OK; i++) {
        cxlog_finding *finding = &check->findings[i];
        status = cx_sync_stopped(&a->sync, err);
        if (status != CXLOG_OK)
            break;
        if (finding->kind == CXLOG_FOUND_EDITED && may_be_taken(a, finding))
            status = take_edit(a, finding, err);
        else if (finding->kind == CXLOG_FOUND_MISSING && a->options->accept)
            status = cx_adopt_deletion(a, finding, err);
    }
    return status;
}
