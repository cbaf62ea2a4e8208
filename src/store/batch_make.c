#include "store/store_impl.h"

#define MARKER_MAX 0x3fffffff
#define MARKER_DIGITS 6 /* of an ID */
#define DRAWS 20

/* The random end of an ID: 30 bits. */
static uint32_t id_bits(const char *id)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint32_t bits = 0;
    for (const char *c = id + CXLOG_ID_SIZE - 1 - MARKER_DIGITS; *c; c++) {
        const char *digit = strchr(digits, *c);
        bits = bits << 5 | (uint32_t)(digit ? digit - digits : 0);
    }
    return bits;
}

/* The first record's ID comes first: of two copies of a store that send the same records
 * at the same moment, Google then refuses the second. */
cxlog_status cx_marker_draw(int32_t *out, cxlog_store *store, const char *first,
                            cxlog_error *err)
{
    for (int i = 0; i < DRAWS; i++) {
        uint32_t drawn = 0;
        int64_t taken = 0;
        cxlog_status status = CXLOG_OK;
        if (i == 0 && first)
            drawn = id_bits(first);
        else
            status = cx_random(&drawn, sizeof drawn, err);
        drawn &= MARKER_MAX;
        if (!status)
            status = cx_number(&taken, store, CX_SQL_BATCH_BY_MARKER,
                               CX_ARGS(cx_i(drawn)), 0, err);
        if (status)
            return status;
        *out = (int32_t)drawn;
        if (drawn > 0 && !taken)
            return CXLOG_OK;
    }
    return cxlog_fail(err, CXLOG_ERR_BUG, "no free marker in %d draws", DRAWS);
}

/* Bytes of a text in JSON. */
static size_t json_bytes(const char *text)
{
    size_t bytes = 0;
    for (; *text; text++) {
        bool escaped = *text == '"' || *text == '\\' || (unsigned char)*text < 0x20;
        bytes += escaped ? 2 : 1;
    }
    return bytes;
}

/* About what a record takes in the request: {"userEnteredValue":{"stringValue":"…"}} a
 * cell, {} a blank one. */
static size_t record_bytes(const cxlog_entry *entry)
{
    const size_t cell = 46, blank = 3;
    size_t bytes = 0;
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (entry->text[i])
            bytes += cell + json_bytes(entry->text[i]);
        else
            bytes += entry->number[i] == CXLOG_BLANK ? blank : cell + 20;
    }
    for (size_t i = 0; i < entry->extra_count; i++)
        bytes += cell + json_bytes(entry->extra[i].value);
    return bytes;
}

/* Bit rot is found before it is sent: such a record must not hold up the others, nor
 * reach the sheet. */
static cxlog_status set_aside_damaged(cxlog_batch *batch, cxlog_store *store,
                                      cxlog_error *err)
{
    size_t kept = 0;
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; !status && i < batch->count; i++) {
        cxlog_record *record = &batch->records[i];
        bool sealed = false;
        status = cx_sealed(&sealed, &record->entry, err);
        if (!status && !sealed) {
            status = cx_run(store, CX_SQL_RECORD_REFUSE,
                            CX_ARGS(cx_t(cxlog_entry_text(&record->entry, CXLOG_COL_ID)),
                                    cx_t("its content in the store no longer matches its"
                                         " checksum")),
                            NULL, err);
            cxlog_record_clear(record);
        } else if (kept != i) {
            batch->records[kept++] = *record;
            cxlog_record_init(record);
        } else {
            kept++;
        }
    }
    if (!status)
        batch->count = kept;
    return status;
}

static void cut_to_size(cxlog_batch *batch)
{
    size_t bytes = 0, count = 0;
    for (; count < batch->count; count++) {
        bytes += record_bytes(&batch->records[count].entry);
        if (count > 0 && bytes > CXLOG_BATCH_BYTES)
            break;
    }
    for (size_t i = count; i < batch->count; i++)
        cxlog_record_clear(&batch->records[i]);
    batch->count = count;
}

/* Pending records, oldest first. Whole ones only; none: an empty batch. */
static cxlog_status collect(cxlog_batch *batch, cxlog_store *store, size_t most,
                            cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_PENDING, CX_ARGS(cx_i((int64_t)most)), err);
    if (!status)
        status = cx_batch_read(batch, store, stmt, most, err);
    return status;
}

static cxlog_status write_batch(cxlog_batch *batch, cxlog_store *store, cxlog_error *err)
{
    cxlog_status status =
        cx_run(store, CX_SQL_BATCH_INSERT,
               CX_ARGS(cx_t(batch->uuid), cx_i(batch->marker), cx_i(batch->last_attempt)),
               NULL, err);
    batch->number = sqlite3_last_insert_rowid(store->db);
    for (size_t i = 0; !status && i < batch->count; i++) {
        cxlog_record *record = &batch->records[i];
        record->state = CXLOG_STATE_UNKNOWN;
        status = cx_run(store, CX_SQL_RECORD_SEND,
                        CX_ARGS(cx_i(record->number), cx_i(batch->number)), NULL, err);
    }
    return status;
}

cxlog_status cxlog_store_batch_make(cxlog_store *store, int64_t utc_now, size_t most,
                                    cxlog_batch **out, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    CXLOG_AUTO(cxlog_batch) *batch = calloc(1, sizeof *batch);
    if (!batch)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    batch->attempts = 1;
    batch->last_attempt = utc_now;
    cxlog_status status = cx_tx_write(&tx, store, err);
    bool refill = true;
    while (!status && refill) {
        status = collect(batch, store, most, err);
        size_t read = batch->count;
        if (!status)
            status = set_aside_damaged(batch, store, err);
        refill = read > 0 && batch->count == 0; /* all of them damaged: look further */
    }
    if (status)
        return status;
    cut_to_size(batch);
    if (batch->count > 0) {
        status = cxlog_id_new(batch->uuid, err);
        if (!status)
            status = cx_marker_draw(
                &batch->marker, store,
                cxlog_entry_text(&batch->records[0].entry, CXLOG_COL_ID), err);
        if (!status)
            status = write_batch(batch, store, err);
    }
    if (!status)
        status = cx_tx_commit(&tx, NULL, err);
    if (!status && batch->count > 0)
        *out = CXLOG_TAKE(batch);
    return status;
}
