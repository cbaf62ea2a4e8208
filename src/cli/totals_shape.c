#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/wall.h>

/* ---- several periods as one ---- */

static cxlog_status range(cxlog_period *out, cxlog_day from, cxlog_day to,
                          const cli_totals_view *view, cxlog_error *err)
{
    char first[CXLOG_WALL_TEXT];
    char last[CXLOG_WALL_TEXT];
    char text[2 * CXLOG_WALL_TEXT + 2];
    (void)snprintf(text, sizeof text, "%s..%s", cxlog_day_text(first, from),
                   cxlog_day_text(last, to));
    return cxlog_period_parse(out, text, view->ctx->today, err);
}

cxlog_status cli_totals_sum(cli_totals_view *view, int64_t count, cxlog_error *err)
{
    const cxlog_period last = view->query.period;
    const cxlog_period first = cxlog_period_before(&last, (int)count - 1);
    cxlog_period before_last = cxlog_period_before(&last, (int)count);
    cxlog_period before_first = cxlog_period_before(&first, (int)count);
    if (view->query.vs == CXLOG_VS_YEAR) {
        before_last = cxlog_period_year_before(&last);
        before_first = cxlog_period_year_before(&first);
    }
    view->summed = true;
    cxlog_status status =
        range(&view->before, before_first.from, before_last.to, view, err);
    return status == CXLOG_OK ? range(&view->query.period, first.from, last.to, view, err)
                              : status;
}

/* ---- which rows ---- */

void cli_totals_hide(const cli_totals_view *view, cxlog_totals *totals)
{
    size_t kept = 0;
    for (size_t i = 0; view->hide_empty && i < totals->row_count; i++) {
        cxlog_total_row *row = &totals->rows[i];
        if (cli_cell_number(view, row) != 0) {
            totals->rows[kept++] = *row;
            continue;
        }
        for (size_t k = 0; k < CXLOG_BY_MAX; k++)
            free(row->key[k]);
    }
    if (view->hide_empty)
        totals->row_count = kept;
}

/* ---- in which order ---- */

typedef struct placed {
    int64_t place[CXLOG_BY_MAX];
    cxlog_total_row row;
} placed;

static int by_place(const void *left, const void *right)
{
    const placed *a = left;
    const placed *b = right;
    if ((a->row.folded > 0) != (b->row.folded > 0))
        return a->row.folded > 0 ? 1 : -1;
    for (size_t k = 0; k < CXLOG_BY_MAX; k++) {
        if (a->place[k] != b->place[k])
            return a->place[k] < b->place[k] ? -1 : 1;
        int order = strcmp(a->row.key[k] ? a->row.key[k] : "",
                           b->row.key[k] ? b->row.key[k] : "");
        if (order != 0)
            return order;
    }
    return 0;
}

static int64_t place_in_scheme(const cxlog_scheme *scheme, cxlog_dim dim,
                               const char *parent, const char *name)
{
    const cxlog_value *value = cxlog_scheme_get(scheme, dim, parent, name);
    return value ? value->added_by : INT32_MAX;
}

/* "배송/지연": where 배송 stands, then where 지연 does. */
static int64_t place_of_detail(const cxlog_scheme *scheme, const char *key)
{
    char parent[4 * CXLOG_NAME_MAX + 1] = "";
    const char *slash = strchr(key, '/');
    size_t length = slash ? (size_t)(slash - key) : strlen(key);
    if (length < sizeof parent) /* the scheme has no longer name */
        memcpy(parent, key, length);
    int64_t above = place_in_scheme(scheme, CXLOG_DIM_CATEGORY, "", parent);
    int64_t below = slash && slash[1] != '\0'
                        ? place_in_scheme(scheme, CXLOG_DIM_CATEGORY, parent, slash + 1)
                        : INT32_MAX;
    return above * ((int64_t)INT32_MAX + 1) + below;
}

/* Names that the scheme does not order stand by their bytes, which for Hangul is 가나다;
 * blanks come last. */
static int64_t place_of(const cli_totals_view *view, cxlog_by_kind kind, const char *key)
{
    if (!key || key[0] == '\0')
        return INT64_MAX;
    if (view->order == CLI_ORDER_NAME)
        return 0;
    if (kind == CXLOG_BY_CATEGORY)
        return place_in_scheme(view->scheme, CXLOG_DIM_CATEGORY, "", key);
    if (kind == CXLOG_BY_DETAIL)
        return place_of_detail(view->scheme, key);
    if (kind == CXLOG_BY_CHANNEL)
        return place_in_scheme(view->scheme, CXLOG_DIM_CHANNEL, "", key);
    if (kind == CXLOG_BY_REGION)
        return place_in_scheme(view->scheme, CXLOG_DIM_REGION, "", key);
    return 0;
}

cxlog_status cli_totals_sort(const cli_totals_view *view, cxlog_totals *totals,
                             cxlog_error *err)
{
    size_t count = totals->row_count;
    if (view->order == CLI_ORDER_COUNT || count == 0)
        return CXLOG_OK;
    placed *all = calloc(count, sizeof *all);
    if (!all)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < count; i++) {
        all[i].row = totals->rows[i];
        for (size_t k = 0; k < totals->by_count; k++)
            all[i].place[k] = place_of(view, totals->by[k].kind, all[i].row.key[k]);
    }
    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++)
        totals->rows[i] = all[i].row;
    free(all);
    return CXLOG_OK;
}
