#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *left, const void *right)
{
    const cxlog_total_row *const *a = left;
    const cxlog_total_row *const *b = right;
    return strcmp((*a)->key[0], (*b)->key[0]);
}

static int key_of(const void *key, const void *element)
{
    const cxlog_total_row *const *row = element;
    return strcmp(key, (*row)->key[0]);
}

void cli_row_index_clear(cli_row_index *index)
{
    free(index->sorted);
    *index = (cli_row_index){0};
}

cxlog_status cli_row_index_make(cli_row_index *out, const cxlog_totals *totals,
                                cxlog_error *err)
{
    *out = (cli_row_index){.totals = totals, .others = totals->row_count};
    out->sorted = calloc(totals->row_count + 1, sizeof *out->sorted);
    if (!out->sorted)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < totals->row_count; i++) {
        if (totals->rows[i].folded > 0)
            out->others = i;
        else
            out->sorted[out->count++] = &totals->rows[i];
    }
    qsort(out->sorted, out->count, sizeof *out->sorted, by_key);
    return CXLOG_OK;
}

size_t cli_row_index_find(const cli_row_index *index, const char *key)
{
    const cxlog_total_row **found =
        bsearch(key, index->sorted, index->count, sizeof *index->sorted, key_of);
    return found ? (size_t)(*found - index->totals->rows) : index->others;
}
