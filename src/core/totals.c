#include <cxlog/totals.h>

void cxlog_totals_free(cxlog_totals *totals)
{
    if (!totals)
        return;
    for (size_t i = 0; i < totals->row_count; i++) {
        for (size_t k = 0; k < CXLOG_BY_MAX; k++)
            free(totals->rows[i].key[k]);
    }
    free(totals->rows);
    free(totals);
}

static int compare_keys(const cxlog_total_row *a, const cxlog_total_row *b, size_t k)
{
    return strcmp(a->key[k], b->key[k]);
}

/* Folded rows stand last. Then rows of one first key together. */
static int by_first_key(const void *left, const void *right)
{
    const cxlog_total_row *a = left, *b = right;
    if ((a->folded > 0) != (b->folded > 0))
        return a->folded > 0 ? 1 : -1;
    return compare_keys(a, b, 0);
}

static int descending(int64_t a, int64_t b)
{
    return a < b ? 1 : a > b ? -1 : 0;
}

static int by_counts(const cxlog_total_row *a, const cxlog_total_row *b, size_t k)
{
    int order = descending(a->count, b->count);
    if (order == 0)
        order = descending(a->cumulative, b->cumulative);
    return order ? order : compare_keys(a, b, k);
}

static int rows_by_counts(const void *left, const void *right)
{
    const cxlog_total_row *a = left, *b = right;
    if ((a->folded > 0) != (b->folded > 0))
        return a->folded > 0 ? 1 : -1;
    return by_counts(a, b, 0);
}

static bool same_group(const cxlog_total_row *a, const cxlog_total_row *b)
{
    return (a->folded > 0) == (b->folded > 0) && compare_keys(a, b, 0) == 0;
}

/* Folded rows last, groups by what they hold together, then rows of one first key
 * together. */
static int by_groups(const cxlog_total_row *a, const cxlog_total_row *b)
{
    if ((a->folded > 0) != (b->folded > 0))
        return a->folded > 0 ? 1 : -1;
    int order = descending(a->group_count, b->group_count);
    if (order == 0)
        order = descending(a->group_cumulative, b->group_cumulative);
    return order ? order : compare_keys(a, b, 0);
}

static int pairs_by_counts(const void *left, const void *right)
{
    int order = by_groups(left, right);
    return order ? order : by_counts(left, right, 1);
}

static int pairs_by_key(const void *left, const void *right)
{
    int order = by_groups(left, right);
    return order ? order : compare_keys(left, right, 1);
}

/* Rows of one first key stand together; each learns the sums of all of them. */
static void sum_groups(cxlog_totals *totals)
{
    cxlog_total_row *rows = totals->rows;
    for (size_t first = 0, end; first < totals->row_count; first = end) {
        int64_t count = 0, cumulative = 0;
        for (end = first; end < totals->row_count && same_group(&rows[first], &rows[end]);
             end++) {
            count += rows[end].count;
            cumulative += rows[end].cumulative;
        }
        for (size_t i = first; i < end; i++) {
            rows[i].group_count = count;
            rows[i].group_cumulative = cumulative;
        }
    }
}

static void sort_pairs(cxlog_totals *totals)
{
    if (cxlog_by_ordered(totals->by[0].kind)) {
        for (size_t i = 0; i < totals->row_count; i++)
            totals->rows[i].group_count = totals->rows[i].group_cumulative = 0;
    } else {
        sum_groups(totals);
    }
    qsort(totals->rows, totals->row_count, sizeof *totals->rows,
          cxlog_by_ordered(totals->by[1].kind) ? pairs_by_key : pairs_by_counts);
}

void cxlog_totals_sort(cxlog_totals *totals)
{
    if (totals->row_count == 0)
        return;
    bool pairs = totals->by_count > 1;
    bool by_key = pairs || cxlog_by_ordered(totals->by[0].kind);
    qsort(totals->rows, totals->row_count, sizeof *totals->rows,
          by_key ? by_first_key : rows_by_counts);
    if (pairs)
        sort_pairs(totals);
}

/* Index of the first row behind the first `top` keys. */
static size_t behind_top(const cxlog_totals *totals, size_t top)
{
    size_t keys = 0, i = 0;
    for (; i < totals->row_count && totals->rows[i].folded == 0; i++) {
        if (i == 0 || !same_group(&totals->rows[i], &totals->rows[i - 1]))
            keys++;
        if (keys > top)
            break;
    }
    return i;
}

static void add_row(cxlog_total_row *sum, const cxlog_total_row *row)
{
    sum->count += row->count;
    sum->cumulative += row->cumulative;
    if (row->previous == CXLOG_BLANK || sum->previous == CXLOG_BLANK)
        sum->previous = CXLOG_BLANK;
    else
        sum->previous += row->previous;
    sum->folded += row->folded > 0 ? row->folded : 1;
}

static void free_keys(cxlog_total_row *row)
{
    for (size_t k = 0; k < CXLOG_BY_MAX; k++)
        free(row->key[k]);
}

cxlog_status cxlog_totals_fold(cxlog_totals *totals, size_t top, cxlog_error *err)
{
    size_t keep = behind_top(totals, top);
    size_t end = keep;
    for (size_t i = keep; i < totals->row_count; i++) {
        cxlog_total_row *row = &totals->rows[i];
        size_t into = keep;
        while (into < end && totals->by_count > 1 &&
               compare_keys(&totals->rows[into], row, 1) != 0)
            into++;
        if (into < end) {
            add_row(&totals->rows[into], row);
            free_keys(row);
            continue;
        }
        cxlog_total_row sum = {0};
        sum.key[0] = strdup("");
        if (!sum.key[0]) { /* the rows left stand behind the gap: close it */
            memmove(&totals->rows[end], row, (totals->row_count - i) * sizeof *row);
            totals->row_count -= i - end;
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        }
        add_row(&sum, row);
        sum.key[1] = row->key[1];
        free(row->key[0]);
        totals->rows[end++] = sum;
    }
    totals->row_count = end;
    cxlog_totals_sort(totals);
    return CXLOG_OK;
}
