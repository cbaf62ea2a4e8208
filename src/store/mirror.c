#include "store/store_impl.h"

#include "store/num_set.h"

typedef struct look {
    cxlog_store *store;
    const cxlog_seen_page *page;
    cxlog_seen_result *result;
    cx_num_set *placed; /* records that have their row on this page */
} look;

enum { ODD_FOREIGN = 1, ODD_DUPLICATE, ODD_UNREADABLE };

static cxlog_status note_odd(look *at, const cxlog_seen_row *row, int kind,
                             cxlog_error *err)
{
    const cxlog_wall contacted = row->entry.number[CXLOG_COL_CONTACTED_AT];
    const int64_t day = contacted == CXLOG_BLANK ? CXLOG_BLANK : cxlog_day_of(contacted);
    const char *id = kind == ODD_FOREIGN ? NULL : row->entry.text[CXLOG_COL_ID];
    return cx_run(at->store, CX_SQL_ODD_INSERT,
                  CX_ARGS(cx_i(row->row), cx_i(kind), cx_t(id),
                          cx_i(kind == ODD_FOREIGN && row->contact_like), cx_i(day)),
                  NULL, err);
}

static bool can_be_taken(const cxlog_seen_row *row)
{
    const cxlog_entry *entry = &row->entry;
    if (!row->readable || entry->number[CXLOG_COL_LOGGED_AT] == CXLOG_BLANK)
        return false;
    bool is_void = false;
    const char *target = cxlog_entry_target(entry, &is_void);
    if ((*target || is_void) && !cxlog_id_valid(target))
        return false;
    if (is_void)
        return true;
    return entry->number[CXLOG_COL_CONTACTED_AT] != CXLOG_BLANK &&
           *cxlog_entry_text(entry, CXLOG_COL_CATEGORY);
}

typedef struct sealed_as {
    int64_t num, row; /* num 0: nobody's */
    char id[CXLOG_ID_SIZE];
} sealed_as;

static cxlog_status whose(sealed_as *out, cxlog_store *store, const char *checksum,
                          cxlog_error *err)
{
    *out = (sealed_as){0};
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool found = false;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_SEALED_AS, CX_ARGS(cx_t(checksum)), err);
    if (!status)
        status = cx_next(store, stmt, &found, err);
    if (status || !found)
        return status;
    const char *id = cx_col_text(stmt, 1);
    if (!id || strlen(id) != CXLOG_ID_LENGTH)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    out->num = sqlite3_column_int64(stmt, 0);
    out->row = sqlite3_column_int64(stmt, 2);
    memcpy(out->id, id, CXLOG_ID_SIZE);
    return CXLOG_OK;
}

cxlog_status cxlog_store_sealed_as(cxlog_store *store, const char *checksum,
                                   char id[CXLOG_ID_SIZE], cxlog_error *err)
{
    sealed_as known;
    cxlog_status status = whose(&known, store, checksum, err);
    memcpy(id, known.id, CXLOG_ID_SIZE);
    return status;
}

/* Does it stand in a row above the one that is looked at? Rows before the window stand as
 * they were, or the window would begin earlier; what stood after the window may have
 * moved into it, and the page that holds that row will say so. */
static bool is_above(const look *at, int64_t num, int64_t row)
{
    return (row > 0 && row < at->page->first) || cx_num_set_has(at->placed, num);
}

/* The record itself has come, and what was taken for one is its row with another ID: they
 * are one record. */
static cxlog_status take_name(look *at, const cxlog_seen_row *row, const sealed_as *known,
                              cxlog_error *err)
{
    cxlog_status status =
        cx_record_heal(at->store, known->num, known->id, &row->entry, err);
    if (!status)
        status = cx_run(at->store, CX_SQL_SEEN_POS,
                        CX_ARGS(cx_i(known->num), cx_i(row->row)), NULL, err);
    if (!status && is_above(at, known->num, known->row)) {
        at->result->unreadable++;
        status = cx_run(at->store, CX_SQL_ODD_INSERT,
                        CX_ARGS(cx_i(known->row), cx_i(ODD_UNREADABLE), cx_t(known->id),
                                cx_i(0), cx_i(CXLOG_BLANK)),
                        NULL, err);
    }
    return status ? status : cx_num_set_add(at->placed, known->num, err);
}

static cxlog_status take_new(look *at, const cxlog_seen_row *row, cxlog_error *err)
{
    if (!can_be_taken(row)) {
        at->result->unreadable++;
        return note_odd(at, row, ODD_UNREADABLE, err);
    }
    bool sealed = false;
    int64_t num = 0;
    sealed_as known = {0};
    cxlog_status status = cx_sealed(&sealed, &row->entry, err);
    if (!status)
        status = whose(&known, at->store,
                       cxlog_entry_text(&row->entry, CXLOG_COL_CHECKSUM), err);
    if (status)
        return status;
    if (known.num > 0 && sealed)
        return take_name(at, row, &known, err);
    if (known.num > 0) {
        /* Somebody changed a record's ID. Counted as a record of its own it would be
         * counted twice. */
        at->result->unreadable++;
        return note_odd(at, row, ODD_UNREADABLE, err);
    }
    const cx_place place = {
        .state = CXLOG_STATE_CONFIRMED, .edited = !sealed, .pos = row->row};
    status = cx_record_insert(&num, at->store, &row->entry, &place, err);
    at->result->fresh++;
    at->result->edited += !sealed;
    return status ? status : cx_num_set_add(at->placed, num, err);
}

/* Compare what stands in the sheet with what is held here. */
static cxlog_status compare(look *at, const cxlog_seen_row *row, const cxlog_record *held,
                            cxlog_error *err)
{
    bool same = row->readable && cxlog_entry_same(&held->entry, &row->entry);
    bool sealed = true, seen_sealed = false;
    cxlog_status status = CXLOG_OK;
    if (held->edited && !held->mine) {
        /* It may have been edited before this store first saw it: then what is held is
         * the edit. */
        status = cx_sealed(&sealed, &held->entry, err);
        if (!status && !sealed && can_be_taken(row))
            status = cx_sealed(&seen_sealed, &row->entry, err);
        if (!status && seen_sealed)
            return cx_record_heal(at->store, held->number,
                                  cxlog_entry_text(&row->entry, CXLOG_COL_ID),
                                  &row->entry, err);
    }
    if (status)
        return status;
    bool edited = !same || !sealed;
    if (row->readable && (edited || !held->effective)) {
        cxlog_adoption adoption = {0};
        status = cxlog_store_adoption(at->store, &row->entry, &adoption, err);
        if (status)
            return status;
        edited = edited ? !adoption.done : adoption.reverted;
    }
    at->result->edited += edited;
    if (edited == held->edited)
        return CXLOG_OK;
    return cx_run(at->store, CX_SQL_SEEN_EDITED,
                  CX_ARGS(cx_i(held->number), cx_i(edited)), NULL, err);
}

static cxlog_status take_record(look *at, const cxlog_seen_row *row, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    bool found = false;
    const char *id = cxlog_entry_text(&row->entry, CXLOG_COL_ID);
    cxlog_status status = cx_record_by_id(&held, &found, at->store, id, err);
    if (status)
        return status;
    if (!found)
        return take_new(at, row, err);
    if (is_above(at, held.number, held.row)) {
        at->result->duplicate++;
        return note_odd(at, row, ODD_DUPLICATE, err);
    }
    if (held.state != CXLOG_STATE_CONFIRMED) {
        status =
            cx_run(at->store, CX_SQL_SEEN_CONFIRM, CX_ARGS(cx_i(held.number)), NULL, err);
        at->result->confirmed++;
    }
    if (!status && held.row != row->row)
        status = cx_run(at->store, CX_SQL_SEEN_POS,
                        CX_ARGS(cx_i(held.number), cx_i(row->row)), NULL, err);
    if (!status)
        status = cx_num_set_add(at->placed, held.number, err);
    return status ? status : compare(at, row, &held, err);
}

static cxlog_status take_row(look *at, const cxlog_seen_row *row, cxlog_error *err)
{
    switch (row->kind) {
    case CXLOG_SEEN_RECORD:
        if (!cxlog_id_valid(cxlog_entry_text(&row->entry, CXLOG_COL_ID)))
            return cxlog_fail(err, CXLOG_ERR_BUG,
                              "row %lld was read as a record without ID",
                              (long long)row->row);
        return take_record(at, row, err);
    case CXLOG_SEEN_FOREIGN:
        at->result->foreign++;
        return note_odd(at, row, ODD_FOREIGN, err);
    case CXLOG_SEEN_BLANK:
        break;
    }
    return CXLOG_OK;
}

/* Numbers of the records believed to stand in the window. */
static cxlog_status read_window(cx_num_set *out, look *at, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, at->store, CX_SQL_WINDOW,
                CX_ARGS(cx_i(at->page->first), cx_i(at->page->last)), err);
    if (!status)
        status = cx_next(at->store, stmt, &row, err);
    while (!status && row) {
        status = cx_num_set_add(out, sqlite3_column_int64(stmt, 0), err);
        if (!status)
            status = cx_next(at->store, stmt, &row, err);
    }
    return status;
}

static cxlog_status forget_gone(look *at, const cx_num_set *believed, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    size_t place = 0;
    int64_t num = 0;
    while (!status && cx_num_set_next(believed, &place, &num)) {
        if (!cx_num_set_has(at->placed, num))
            status = cx_run(at->store, CX_SQL_SEEN_POS, CX_ARGS(cx_i(num), cx_i(0)), NULL,
                            err);
    }
    return status;
}

cxlog_status cxlog_store_see(cxlog_store *store, const cxlog_seen_page *page,
                             cxlog_seen_result *result, cxlog_error *err)
{
    *result = (cxlog_seen_result){0};
    CXLOG_AUTO_VALUE(cx_num_set) placed = {0};
    CXLOG_AUTO_VALUE(cx_num_set) believed = {0};
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    look at = {store, page, result, &placed};
    cxlog_status status = cx_tx_write(&tx, store, err);
    if (!status)
        status = read_window(&believed, &at, err);
    if (!status)
        status = cx_run(store, CX_SQL_ODD_CLEAR,
                        CX_ARGS(cx_i(page->first), cx_i(page->last)), NULL, err);
    for (size_t i = 0; !status && i < page->count; i++)
        status = take_row(&at, &page->rows[i], err);
    if (!status)
        status = forget_gone(&at, &believed, err);
    if (!status && result->confirmed > 0)
        status = cx_batch_settle(store, err);
    if (!status)
        status = cx_tx_commit(&tx, NULL, err);
    if (status)
        *result = (cxlog_seen_result){0};
    return status;
}

cxlog_status cxlog_store_last_row(cxlog_store *store, int64_t *row, cxlog_error *err)
{
    return cx_number(row, store, CX_SQL_LAST_ROW, CX_NO_ARGS, 1, err);
}

cxlog_status cxlog_store_id_at(cxlog_store *store, int64_t row, char id[CXLOG_ID_SIZE],
                               cxlog_error *err)
{
    id[0] = '\0';
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool found = false;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_ID_AT, CX_ARGS(cx_i(row)), err);
    if (!status)
        status = cx_next(store, stmt, &found, err);
    const char *text = !status && found ? cx_col_text(stmt, 0) : NULL;
    if (text && strlen(text) == CXLOG_ID_LENGTH)
        memcpy(id, text, CXLOG_ID_SIZE);
    return status;
}

cxlog_status cxlog_store_seen_above(cxlog_store *store, const cxlog_seen_page *page,
                                    int64_t before, size_t *at, int64_t *row,
                                    cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_read(&tx, store, err);
    for (; !status && *at < page->count; ++*at) {
        const cxlog_seen_row *seen = &page->rows[*at];
        if (seen->kind != CXLOG_SEEN_RECORD)
            continue;
        const char *id = cxlog_entry_text(&seen->entry, CXLOG_COL_ID);
        status = cx_number(row, store, CX_SQL_ROW_OF, CX_ARGS(cx_t(id)), 0, err);
        if (!status && *row > 0 && *row < before)
            break;
    }
    return status;
}
