#include "store/store_impl.h"

#include <assert.h>

#include "core/hash.h"

struct cx_tally {
    size_t keys;
    cxlog_total_row *rows;
    size_t count, room;
    size_t *slot; /* index + 1 of a row; 0 is free */
    size_t size;  /* a power of two */
};

cxlog_status cx_tally_new(cx_tally **out, size_t keys, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cx_tally) *tally = calloc(1, sizeof *tally);
    if (tally) {
        tally->keys = keys;
        tally->size = 64;
        tally->slot = calloc(tally->size, sizeof *tally->slot);
    }
    if (!tally || !tally->slot)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    *out = CXLOG_TAKE(tally);
    return CXLOG_OK;
}

static void free_rows(cxlog_total_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < CXLOG_BY_MAX; k++)
            free(rows[i].key[k]);
    }
    free(rows);
}

void cx_tally_free(cx_tally *tally)
{
    if (!tally)
        return;
    free_rows(tally->rows, tally->count);
    free(tally->slot);
    free(tally);
}

static uint64_t hash_of(const char *const *key, size_t keys)
{
    uint64_t hash = CX_HASH_START;
    for (size_t k = 0; k < keys; k++)
        hash = cx_hash_text(hash, key[k]);
    return cx_hash_end(hash);
}

static bool same_key(const cxlog_total_row *row, const char *const *key, size_t keys)
{
    for (size_t k = 0; k < keys; k++) {
        if (strcmp(row->key[k], key[k]) != 0)
            return false;
    }
    return true;
}

static size_t find(const cx_tally *tally, const char *const *key)
{
    size_t i = hash_of(key, tally->keys) & (tally->size - 1);
    while (tally->slot[i] &&
           !same_key(&tally->rows[tally->slot[i] - 1], key, tally->keys))
        i = (i + 1) & (tally->size - 1);
    return i;
}

static cxlog_status make_room(cx_tally *tally, cxlog_error *err)
{
    if (tally->count == tally->room) {
        size_t room = tally->room ? tally->room * 2 : 32;
        cxlog_total_row *rows = realloc(tally->rows, room * sizeof *rows);
        if (!rows)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        tally->rows = rows;
        tally->room = room;
    }
    if (tally->count * 2 < tally->size)
        return CXLOG_OK;
    assert(tally->size > 0);
    size_t *slot = calloc(tally->size * 2, sizeof *slot);
    if (!slot)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    free(tally->slot);
    tally->slot = slot;
    tally->size *= 2;
    for (size_t i = 0; i < tally->count; i++) {
        const char *key[CXLOG_BY_MAX] = {tally->rows[i].key[0], tally->rows[i].key[1]};
        tally->slot[find(tally, key)] = i + 1;
    }
    return CXLOG_OK;
}

static cxlog_status new_row(cx_tally *tally, const char *const *key, size_t slot,
                            cxlog_error *err)
{
    cxlog_total_row row = {0};
    for (size_t k = 0; k < tally->keys; k++) {
        row.key[k] = strdup(key[k]);
        if (!row.key[k]) {
            free(row.key[0]);
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        }
    }
    tally->rows[tally->count++] = row;
    tally->slot[slot] = tally->count;
    return CXLOG_OK;
}

cxlog_status cx_tally_add(cx_tally *tally, const char *const *key, cx_slot slot,
                          int64_t n, cxlog_error *err)
{
    size_t place = find(tally, key);
    if (!tally->slot[place]) {
        cxlog_status status = make_room(tally, err);
        if (!status)
            status = new_row(tally, key, find(tally, key), err);
        if (status)
            return status;
        place = find(tally, key);
    }
    cx_slot_add(&tally->rows[tally->slot[place] - 1], slot, n);
    return CXLOG_OK;
}

void cx_slot_add(cxlog_total_row *row, cx_slot slot, int64_t n)
{
    switch (slot) {
    case CX_SLOT_COUNT:
        row->count += n;
        break;
    case CX_SLOT_PREVIOUS:
        row->previous += n;
        break;
    case CX_SLOT_CUMULATIVE:
        row->cumulative += n;
        break;
    }
}

void cx_tally_take(cx_tally *tally, cxlog_totals *totals)
{
    totals->rows = tally->rows;
    totals->row_count = tally->count;
    tally->rows = NULL;
    tally->count = tally->room = 0;
}
