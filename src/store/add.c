#include "store/store_impl.h"

#include <cxlog/text.h>

/* *found: the ID is there, with the same content. Other content: ERR_VALUE. */
static cxlog_status look_up(cxlog_added *added, bool *found, cxlog_store *store,
                            const cxlog_entry *entry, cxlog_error *err)
{
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    CXLOG_AUTO_VALUE(cxlog_record) there;
    cxlog_record_init(&there);
    cxlog_status status = cx_record_by_id(&there, found, store, id, err);
    if (status || !*found)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    if (!cxlog_entry_same(&there.entry, entry))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "there is a record %s already, with other content (#%lld)",
                          cxlog_quote(quoted, id), (long long)there.number);
    *added = (cxlog_added){.number = there.number, .existed = true};
    return CXLOG_OK;
}

static cxlog_status check_order(cxlog_store *store, const cxlog_entry *entry,
                                cxlog_error *err)
{
    bool is_void = false;
    const char *target = cxlog_entry_target(entry, &is_void);
    /* The void of a deletion stands where the deleted row did: what came after counts. */
    bool of_deletion = is_void && strcmp(cxlog_entry_text(entry, CXLOG_COL_AGENT),
                                         CXLOG_SHEET_AUTHOR) == 0;
    if (!*target || of_deletion)
        return CXLOG_OK;
    char root[CXLOG_ID_SIZE];
    cx_last last = {0};
    cxlog_status status = cx_group_root(root, store, target, err);
    if (!status)
        status = cx_group_last(&last, store, root, err);
    if (!status && last.num && entry->number[CXLOG_COL_LOGGED_AT] <= last.logged_at)
        status = cxlog_fail(err, CXLOG_ERR_BUG,
                            "a correction must be logged later than what it corrects");
    return status;
}

static cxlog_status add_one(cxlog_added *added, cxlog_store *store,
                            const cxlog_entry *entry, cxlog_error *err)
{
    bool found = false;
    cxlog_status status = look_up(added, &found, store, entry, err);
    if (status || found)
        return status;
    status = check_order(store, entry, err);
    if (status)
        return status;
    const cx_place place = {.state = CXLOG_STATE_PENDING, .mine = true};
    *added = (cxlog_added){0};
    return cx_record_insert(&added->number, store, entry, &place, err);
}

cxlog_status cxlog_store_add(cxlog_store *store, const cxlog_entry *entries, size_t count,
                             cxlog_added *added, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    const char *probe = NULL;
    cxlog_status status = cx_tx_write(&tx, store, err);
    for (size_t i = 0; !status && i < count; i++) {
        cxlog_added one = {0};
        status = add_one(&one, store, &entries[i], err);
        if (!status && !one.existed)
            probe = cxlog_entry_text(&entries[i], CXLOG_COL_ID);
        if (added)
            added[i] = one;
    }
    if (status || !probe) /* nothing new: nothing to commit */
        return status;
    return cx_tx_commit(&tx, probe, err);
}
