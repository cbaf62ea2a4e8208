#include <cxlog/entry.h>

#include <stdio.h>
#include <string.h>

#include <cxlog/wall.h>

#include "core/digest.h"
#include "core/entry_value.h"

CXLOG_AUTO_DEFINE(cx_digest, cx_digest_free);

void cxlog_entry_init(cxlog_entry *entry)
{
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        entry->text[i] = NULL;
        entry->number[i] = CXLOG_BLANK;
    }
    entry->extra = NULL;
    entry->extra_count = 0;
}

void cxlog_entry_clear(cxlog_entry *entry)
{
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++)
        free(entry->text[i]);
    for (size_t i = 0; i < entry->extra_count; i++) {
        free(entry->extra[i].name);
        free(entry->extra[i].value);
    }
    free(entry->extra);
    cxlog_entry_init(entry);
}

static cxlog_status copy_extra(cxlog_entry *out, const cxlog_entry *from,
                               cxlog_error *err)
{
    if (from->extra_count == 0)
        return CXLOG_OK;
    out->extra = calloc(from->extra_count, sizeof *out->extra);
    if (!out->extra)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    out->extra_count = from->extra_count;
    for (size_t i = 0; i < from->extra_count; i++) {
        out->extra[i].name = strdup(from->extra[i].name);
        out->extra[i].value = strdup(from->extra[i].value);
        if (!out->extra[i].name || !out->extra[i].value)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    return CXLOG_OK;
}

cxlog_status cxlog_entry_copy(cxlog_entry *out, const cxlog_entry *from, cxlog_error *err)
{
    cxlog_entry_init(out);
    CXLOG_AUTO_VALUE(cxlog_entry) copy;
    cxlog_entry_init(&copy);
    memcpy(copy.number, from->number, sizeof copy.number);
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (!from->text[i])
            continue;
        copy.text[i] = strdup(from->text[i]);
        if (!copy.text[i])
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    cxlog_status status = copy_extra(&copy, from, err);
    if (status != CXLOG_OK)
        return status;
    *out = copy;
    cxlog_entry_init(&copy);
    return CXLOG_OK;
}

const char *cxlog_entry_text(const cxlog_entry *entry, cxlog_column column)
{
    return entry->text[column] ? entry->text[column] : "";
}

const char *cx_entry_canonical(char buffer[CX_CANONICAL_MAX], const cxlog_entry *entry,
                               cxlog_column column)
{
    int64_t number = entry->number[column];
    buffer[0] = '\0';
    if (!cx_column_is_number(column))
        return cxlog_entry_text(entry, column);
    if (number == CXLOG_BLANK)
        return buffer;
    if (cxlog_column_get(column)->kind == CXLOG_KIND_TIME)
        return cxlog_wall_text(buffer, number);
    if (snprintf(buffer, CX_CANONICAL_MAX, "%lld", (long long)number) < 0)
        buffer[0] = '\0';
    return buffer;
}

static void digest_text(cx_digest *digest, const char *text, const char *end)
{
    cx_digest_add(digest, text, strlen(text));
    cx_digest_add(digest, end, 1);
}

cxlog_status cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE], const cxlog_entry *entry,
                                  cxlog_error *err)
{
    CXLOG_AUTO(cx_digest) *digest = cx_digest_new();
    if (!digest)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char buffer[CX_CANONICAL_MAX];
    uint8_t hash[CX_SHA256_SIZE];
    for (int column = 0; column < CXLOG_COL_CHECKSUM; column++)
        digest_text(digest, cx_entry_canonical(buffer, entry, (cxlog_column)column),
                    "\x1f");
    for (size_t i = 0; i < entry->extra_count; i++) {
        if (entry->extra[i].value[0] == '\0')
            continue;
        digest_text(digest, entry->extra[i].name, "\x1e");
        digest_text(digest, entry->extra[i].value, "\x1f");
    }
    cx_digest_finish(digest, hash);
    cx_hex(out, hash, (CXLOG_CHECKSUM_SIZE - 1) / 2);
    return CXLOG_OK;
}

cxlog_status cxlog_entry_seal(cxlog_entry *entry, cxlog_error *err)
{
    char checksum[CXLOG_CHECKSUM_SIZE];
    cxlog_status status = cxlog_entry_checksum(checksum, entry, err);
    if (status != CXLOG_OK)
        return status;
    char *owned = strdup(checksum);
    if (!owned)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    free(entry->text[CXLOG_COL_CHECKSUM]);
    entry->text[CXLOG_COL_CHECKSUM] = owned;
    return CXLOG_OK;
}

static bool same_column(const cxlog_entry *a, const cxlog_entry *b, cxlog_column column)
{
    if (cx_column_is_number(column))
        return a->number[column] == b->number[column];
    return strcmp(cxlog_entry_text(a, column), cxlog_entry_text(b, column)) == 0;
}

bool cxlog_entry_same_extras(const cxlog_entry *a, const cxlog_entry *b)
{
    if (a->extra_count != b->extra_count)
        return false;
    for (size_t i = 0; i < a->extra_count; i++) {
        if (strcmp(a->extra[i].name, b->extra[i].name) != 0 ||
            strcmp(a->extra[i].value, b->extra[i].value) != 0)
            return false;
    }
    return true;
}

bool cxlog_entry_same(const cxlog_entry *a, const cxlog_entry *b)
{
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (i != CXLOG_COL_LOGGED_AT && i != CXLOG_COL_CHECKSUM &&
            !same_column(a, b, (cxlog_column)i))
            return false;
    }
    return cxlog_entry_same_extras(a, b);
}

const char *cxlog_entry_target(const cxlog_entry *entry, bool *is_void)
{
    const char *corrects = cxlog_entry_text(entry, CXLOG_COL_CORRECTS);
    size_t prefix = sizeof CXLOG_VOID_PREFIX - 1;
    *is_void = strncmp(corrects, CXLOG_VOID_PREFIX, prefix) == 0;
    return *is_void ? corrects + prefix : corrects;
}
