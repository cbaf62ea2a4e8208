/*
 * check_compare.c - in which columns two rows differ, and whether a column was sorted
 * without the others: then the rows differ, but the column's values are the same all in
 * all.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sync/check_impl.h"

static bool is_number(cxlog_column column)
{
    cxlog_column_kind kind = cxlog_column_get(column)->kind;
    return kind == CXLOG_KIND_TIME || kind == CXLOG_KIND_NUMBER;
}

static bool same_column(const cxlog_entry *a, const cxlog_entry *b, cxlog_column column)
{
    if (is_number(column))
        return a->number[column] == b->number[column];
    return strcmp(cxlog_entry_text(a, column), cxlog_entry_text(b, column)) == 0;
}

uint32_t cx_check_columns(const cxlog_entry *here, const cxlog_entry *there)
{
    uint32_t columns = 0;
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        cxlog_column column = (cxlog_column)i;
        bool told = column != CXLOG_COL_LOGGED_AT && column != CXLOG_COL_CHECKSUM;
        if (told && !same_column(here, there, column))
            columns |= UINT32_C(1) << i;
    }
    if (!cxlog_entry_same_extras(here, there))
        columns |= UINT32_C(1) << CXLOG_COLUMN_COUNT;
    return columns;
}

/* FNV-1a of the cell's text. */
static uint64_t hash_of(const cxlog_entry *entry, cxlog_column column)
{
    char number[24];
    const char *text = cxlog_entry_text(entry, column);
    if (is_number(column)) {
        (void)snprintf(number, sizeof number, "%" PRId64, entry->number[column]);
        text = number;
    }
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return hash;
}

void cx_mix_add(cx_mix *mix, uint32_t columns, const cxlog_entry *here,
                const cxlog_entry *there)
{
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if ((columns & (UINT32_C(1) << i)) == 0)
            continue;
        mix->rows[i]++;
        mix->here[i] += hash_of(here, (cxlog_column)i);
        mix->there[i] += hash_of(there, (cxlog_column)i);
    }
}

int cx_mix_column(const cx_mix *mix)
{
    int found = -1;
    int several = 0;
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (mix->rows[i] < CX_MIXED_LEAST || mix->here[i] != mix->there[i])
            continue;
        found = i;
        several++;
    }
    return several > 1 ? CXLOG_COL_ID : found;
}
