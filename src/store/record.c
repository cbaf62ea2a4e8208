#include "core/entry_value.h"
#include "store/store_impl.h"

void cxlog_record_init(cxlog_record *record)
{
    *record = (cxlog_record){0};
    cxlog_entry_init(&record->entry);
}

void cxlog_record_clear(cxlog_record *record)
{
    cxlog_entry_clear(&record->entry);
    free(record->reason);
    cxlog_record_init(record);
}

const char *cxlog_state_name(cxlog_state state)
{
    switch (state) {
    case CXLOG_STATE_PENDING:
        return "pending";
    case CXLOG_STATE_UNKNOWN:
        return "unknown";
    case CXLOG_STATE_SENT:
        return "sent";
    case CXLOG_STATE_CONFIRMED:
        return "confirmed";
    case CXLOG_STATE_QUARANTINED:
        return "quarantined";
    }
    return "";
}

cxlog_status cx_sealed(bool *out, const cxlog_entry *entry, cxlog_error *err)
{
    char sum[CXLOG_CHECKSUM_SIZE];
    *out = false;
    cxlog_status status = cxlog_entry_checksum(sum, entry, err);
    if (!status)
        *out = strcmp(sum, cxlog_entry_text(entry, CXLOG_COL_CHECKSUM)) == 0;
    return status;
}

static cxlog_status read_extras(cxlog_entry *entry, cxlog_store *store, int64_t num,
                                size_t count, cxlog_error *err)
{
    entry->extra = calloc(count, sizeof *entry->extra);
    if (!entry->extra)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_EXTRA_OF, CX_ARGS(cx_i(num)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row && entry->extra_count < count) {
        cxlog_extra *extra = &entry->extra[entry->extra_count++];
        status = cx_col_copy(&extra->name, stmt, 0, err);
        if (!status)
            status = cx_col_copy(&extra->value, stmt, 1, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    if (!status && (row || entry->extra_count < count))
        status =
            cxlog_fail(err, CXLOG_ERR_IO,
                       "the store is damaged: team fields of record #%lld are missing",
                       (long long)num);
    return status;
}

cxlog_status cx_record_read(cxlog_record *out, cxlog_store *store, sqlite3_stmt *stmt,
                            cxlog_error *err)
{
    cxlog_record_clear(out);
    out->number = sqlite3_column_int64(stmt, 0);
    out->state = (cxlog_state)sqlite3_column_int(stmt, 1);
    out->mine = sqlite3_column_int(stmt, 2) != 0;
    out->effective = sqlite3_column_int(stmt, 3) != 0;
    out->edited = sqlite3_column_int(stmt, 4) != 0;
    int64_t extras = sqlite3_column_int64(stmt, 5);
    out->row = sqlite3_column_int64(stmt, 6);
    cxlog_status status = cx_col_copy(&out->reason, stmt, 8, err);
    for (size_t i = 0; !status && i < CXLOG_COLUMN_COUNT; i++) {
        if (cx_column_is_number((cxlog_column)i))
            out->entry.number[i] = cx_col_number(stmt, 9 + (int)i);
        else
            status = cx_col_copy(&out->entry.text[i], stmt, 9 + (int)i, err);
    }
    if (status)
        return status;
    const char *root = cx_col_text(stmt, 7);
    if (!root)
        root = cxlog_entry_text(&out->entry, CXLOG_COL_ID);
    size_t length = strlen(root) < CXLOG_ID_LENGTH ? strlen(root) : CXLOG_ID_LENGTH;
    memcpy(out->root, root, length);
    if (extras > 0 && extras <= CXLOG_EXTRA_MAX)
        status = read_extras(&out->entry, store, out->number, (size_t)extras, err);
    return status;
}

cxlog_status cx_record_by_id(cxlog_record *out, bool *found, cxlog_store *store,
                             const char *id, cxlog_error *err)
{
    *found = false;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_RECORD_BY_ID, CX_ARGS(cx_t(id)), err);
    if (!status)
        status = cx_next(store, stmt, found, err);
    if (status || !*found)
        return status;
    return cx_record_read(out, store, stmt, err);
}

static cxlog_status write_extras(cxlog_store *store, int64_t num,
                                 const cxlog_entry *entry, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; !status && i < entry->extra_count; i++)
        status = cx_run(
            store, CX_SQL_EXTRA_INSERT,
            CX_ARGS(cx_i(num), cx_t(entry->extra[i].name), cx_t(entry->extra[i].value)),
            NULL, err);
    return status;
}

static void put_columns(cx_value *args, const cxlog_entry *entry)
{
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++)
        args[i] = cx_column_is_number((cxlog_column)i) ? cx_i(entry->number[i])
                                                       : cx_t(entry->text[i]);
}

/* Where a record stands; one without a time of its own (a void) until place_voids(). */
static cxlog_wall place_of(const cxlog_entry *entry)
{
    cxlog_wall at = entry->number[CXLOG_COL_CONTACTED_AT];
    return at != CXLOG_BLANK ? at : entry->number[CXLOG_COL_LOGGED_AT];
}

#define INSERT_FIXED 8

static cxlog_status insert_row(int64_t *num, cxlog_store *store, const cxlog_entry *entry,
                               const cx_place *place, const char *root, bool effective,
                               cxlog_error *err)
{
    cx_value args[INSERT_FIXED + CXLOG_COLUMN_COUNT] = {
        cx_i((int64_t)place->state),
        cx_i(place->mine),
        cx_i(effective),
        cx_i(place->edited),
        cx_i((int64_t)entry->extra_count),
        cx_i(place->pos),
        cx_i(place_of(entry)),
        cx_t(root),
    };
    put_columns(&args[INSERT_FIXED], entry);
    cxlog_status status = cx_run(store, CX_SQL_RECORD_INSERT, args,
                                 sizeof args / sizeof args[0], NULL, err);
    if (status)
        return status;
    *num = sqlite3_last_insert_rowid(store->db);
    return write_extras(store, *num, entry, err);
}

/* The records that name `id`, or one that does, follow it from one group into another. */
static cxlog_status follow(cxlog_store *store, const char *id, const char *stood,
                           const char *root, cxlog_error *err)
{
    if (strcmp(stood, root) == 0)
        return CXLOG_OK;
    return cx_run(store, CX_SQL_GROUP_FOLLOW, CX_ARGS(cx_t(id), cx_t(stood), cx_t(root)),
                  NULL, err);
}

/* What has no time of its own stands with the first of its group, in whatever order they
 * came; where it was logged while that one is not here. */
static cxlog_status place_voids(cxlog_store *store, const char *root, cxlog_error *err)
{
    return cx_run(store, CX_SQL_GROUP_PLACE, CX_ARGS(cx_t(root)), NULL, err);
}

cxlog_status cx_record_insert(int64_t *num, cxlog_store *store, const cxlog_entry *entry,
                              const cx_place *place, cxlog_error *err)
{
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    bool is_void = false;
    const char *target = cxlog_entry_target(entry, &is_void);
    char root[CXLOG_ID_SIZE];
    int64_t named = 0;
    cxlog_status status = cx_group_root(root, store, *target ? target : id, err);
    if (!status)
        status = cx_number(&named, store, CX_SQL_GROUP_NAMED, CX_ARGS(cx_t(id)), 0, err);
    bool own_root = strcmp(root, id) == 0;
    bool alone = own_root && !named && !is_void;
    if (!status)
        status = insert_row(num, store, entry, place, own_root ? NULL : root, alone, err);
    if (!status && alone) {
        cx_fact fact;
        cx_fact_of_entry(&fact, entry, place_of(entry));
        return cx_roll_change(store, &fact, 1, err);
    }
    if (!status && named)
        status = follow(store, id, id, root, err);
    if (!status && (named || is_void))
        status = place_voids(store, root, err);
    return status ? status : cx_group_refresh(store, root, err);
}

#define HEAL_FIXED 3

static cxlog_status heal_row(cxlog_store *store, int64_t num, const cxlog_entry *entry,
                             const char *root, cxlog_error *err)
{
    cx_value args[HEAL_FIXED + CXLOG_COLUMN_COUNT + 1] = {
        cx_i((int64_t)entry->extra_count),
        cx_i(place_of(entry)),
        cx_t(root),
    };
    put_columns(&args[HEAL_FIXED], entry);
    args[HEAL_FIXED + CXLOG_COLUMN_COUNT] = cx_i(num);
    cxlog_status status =
        cx_run(store, CX_SQL_EXTRA_DELETE, CX_ARGS(cx_i(num)), NULL, err);
    if (!status)
        status = cx_run(store, CX_SQL_RECORD_HEAL, args, sizeof args / sizeof args[0],
                        NULL, err);
    return status ? status : write_extras(store, num, entry, err);
}

/* The record had another ID: what names that one has lost its record, what names this one
 * has found it. */
static cxlog_status change_name(cxlog_store *store, const char *was, const char *id,
                                const char *stood, const char *root, cxlog_error *err)
{
    if (strcmp(was, id) == 0)
        return CXLOG_OK;
    cxlog_status status = follow(store, was, stood, was, err);
    if (!status)
        status = place_voids(store, was, err);
    if (!status)
        status = cx_group_refresh(store, was, err);
    return status ? status : follow(store, id, id, root, err);
}

cxlog_status cx_record_heal(cxlog_store *store, int64_t num, const char *was,
                            const cxlog_entry *entry, cxlog_error *err)
{
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    bool is_void = false;
    const char *target = cxlog_entry_target(entry, &is_void);
    char stood[CXLOG_ID_SIZE]; /* the group that it was edited into */
    char root[CXLOG_ID_SIZE];  /* the one it was written for */
    cxlog_status status = cx_group_root(stood, store, was, err);
    memcpy(root, id, CXLOG_ID_SIZE);
    if (!status && *target && strcmp(target, id) != 0)
        status = cx_group_root(root, store, target, err);

    /* Out of the counts with the old content, back in with the new. */
    if (!status)
        status = cx_group_hide(store, stood, err);
    if (!status)
        status = heal_row(store, num, entry, strcmp(root, id) == 0 ? NULL : root, err);
    if (!status)
        status = change_name(store, was, id, stood, root, err);
    if (!status)
        status = follow(store, id, stood, root, err);
    if (!status)
        status = place_voids(store, root, err);
    if (!status && strcmp(stood, root) != 0)
        status = cx_group_refresh(store, stood, err);
    return status ? status : cx_group_refresh(store, root, err);
}
