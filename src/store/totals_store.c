#include "store/store_impl.h"

#include <stdio.h>

#define SLOTS 3

typedef struct range {
    cxlog_day from, to; /* empty when from > to */
} range;

typedef struct count {
    cxlog_store *store;
    const cxlog_query *query;
    cx_map *map;
    cx_tally *tally;
    cxlog_total_row *total;
    range slot[SLOTS];
} count;

static bool holds(const range *r, cxlog_day day)
{
    return r->from <= day && day <= r->to;
}

static cxlog_status add_keys(count *c, const cx_fact *fact, size_t dim, const char **key,
                             cx_slot slot, int64_t n, cxlog_error *err);

/* Two names from the sheet, of any length. */
static cxlog_status add_detail(count *c, const cx_fact *fact, size_t dim,
                               const char **key, cx_slot slot, int64_t n,
                               cxlog_error *err)
{
    const char *category = fact->text[CXLOG_COL_CATEGORY];
    const char *detail = fact->text[CXLOG_COL_DETAIL];
    size_t size = strlen(category) + strlen(detail) + 2;
    CXLOG_AUTO_TEXT name = malloc(size);
    if (!name)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)snprintf(name, size, "%s/%s", category, detail);
    key[dim] = name;
    return add_keys(c, fact, dim + 1, key, slot, n, err);
}

/* Under each of the tags, once. */
static cxlog_status add_tags(count *c, const cx_fact *fact, size_t dim, const char **key,
                             cx_slot slot, int64_t n, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_tags) tags = {0};
    cxlog_status status = cx_tags_of(&tags, fact->text[CXLOG_COL_TAGS], err);
    key[dim] = "";
    if (!status && tags.count == 0)
        return add_keys(c, fact, dim + 1, key, slot, n, err);
    for (size_t i = 0; !status && i < tags.count; i++) {
        key[dim] = tags.tag[i];
        status = add_keys(c, fact, dim + 1, key, slot, n, err);
    }
    return status;
}

/* One key text a dimension. */
static cxlog_status add_keys(count *c, const cx_fact *fact, size_t dim, const char **key,
                             cx_slot slot, int64_t n, cxlog_error *err)
{
    if (dim == c->query->by_count || dim == CXLOG_BY_MAX)
        return cx_tally_add(c->tally, key, slot, n, err);
    if (c->query->by[dim].kind == CXLOG_BY_DETAIL)
        return add_detail(c, fact, dim, key, slot, n, err);
    if (c->query->by[dim].kind == CXLOG_BY_TAG)
        return add_tags(c, fact, dim, key, slot, n, err);
    char buffer[CX_KEY_MAX];
    key[dim] = cx_key_text(buffer, c->query, dim, fact);
    return add_keys(c, fact, dim + 1, key, slot, n, err);
}

static cxlog_status add_fact(count *c, const cx_fact *fact, cx_slot slot, int64_t n,
                             cxlog_error *err)
{
    const char *key[CXLOG_BY_MAX] = {NULL, NULL};
    cx_slot_add(c->total, slot, n);
    return add_keys(c, fact, 0, key, slot, n, err);
}

static void fact_of_roll(cx_fact *fact, cx_roll roll, sqlite3_stmt *stmt)
{
    static const cxlog_column single[] = {
        [CX_ROLL_REGION] = CXLOG_COL_REGION,
        [CX_ROLL_AGENT] = CXLOG_COL_AGENT,
        [CX_ROLL_SENTIMENT] = CXLOG_COL_SENTIMENT,
        [CX_ROLL_RESULT] = CXLOG_COL_RESULT,
    };
    const char *a = cx_col_text(stmt, 1);
    fact->at = sqlite3_column_int64(stmt, 0) * 86400;
    fact->hour = 0;
    if (roll == CX_ROLL_SCHEME) {
        const char *b = cx_col_text(stmt, 2);
        const char *c = cx_col_text(stmt, 3);
        fact->text[CXLOG_COL_CATEGORY] = a ? a : "";
        fact->text[CXLOG_COL_DETAIL] = b ? b : "";
        fact->text[CXLOG_COL_CHANNEL] = c ? c : "";
    } else if (roll == CX_ROLL_HOUR) {
        fact->hour = a ? (int)strtol(a, NULL, 10) : 0; /* written by us: 00..23 */
    } else {
        fact->text[single[roll]] = a ? a : "";
    }
}

/* Rollup rows of one span, days from..to. */
static cxlog_status scan_roll(count *c, cx_roll roll, int span, range days, cx_slot slot,
                              cxlog_error *err)
{
    if (days.from > days.to)
        return CXLOG_OK;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status = cx_open(
        &stmt, c->store, CX_SQL_ROLL_SCAN,
        CX_ARGS(cx_i(span), cx_i(days.from), cx_i(days.to), cx_i((int64_t)roll)), err);
    if (!status)
        status = cx_next(c->store, stmt, &row, err);
    cx_fact fact = {.field = {"", ""}};
    while (!status && row) {
        for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++)
            fact.text[i] = "";
        fact_of_roll(&fact, roll, stmt);
        if (c->map)
            status = cx_map_fact(c->map, &fact, err);
        if (!status && cx_filter_pass(&c->query->filter, &fact))
            status = add_fact(c, &fact, slot, sqlite3_column_int64(stmt, 4), err);
        if (!status)
            status = cx_next(c->store, stmt, &row, err);
    }
    return status;
}

/* Whole months by their month rows, what sticks out at both ends by days. */
static cxlog_status count_by_rolls(count *c, cx_roll roll, cx_slot slot, cxlog_error *err)
{
    const range r = c->slot[slot];
    if (r.from > r.to)
        return CXLOG_OK;
    cxlog_period first = cxlog_period_of(CXLOG_PERIOD_MONTH, r.from);
    cxlog_period last = cxlog_period_of(CXLOG_PERIOD_MONTH, r.to);
    range whole = {first.from == r.from ? r.from : first.to + 1,
                   last.to == r.to ? r.to : last.from - 1};
    if (cx_roll_by_day(c->query) || whole.from > whole.to)
        return scan_roll(c, roll, 0, r, slot, err);
    cxlog_status status =
        scan_roll(c, roll, 0, (range){r.from, whole.from - 1}, slot, err);
    if (!status)
        status = scan_roll(c, roll, 1, whole, slot, err);
    if (!status)
        status = scan_roll(c, roll, 0, (range){whole.to + 1, r.to}, slot, err);
    return status;
}

static cxlog_status count_record(count *c, cx_fact *fact, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    if (c->map)
        status = cx_map_fact(c->map, fact, err);
    if (status || !cx_filter_pass(&c->query->filter, fact))
        return status;
    cxlog_day day = cxlog_day_of(fact->at);
    for (int slot = 0; !status && slot < SLOTS; slot++) {
        if (holds(&c->slot[slot], day))
            status = add_fact(c, fact, (cx_slot)slot, 1, err);
    }
    return status;
}

/* The team field that a dimension is; NULL: it is none. */
static const char *field_of(const cxlog_query *query, size_t dim)
{
    bool is_field = dim < query->by_count && query->by[dim].kind == CXLOG_BY_FIELD;
    return is_field ? query->by[dim].field : NULL;
}

/* Behind CX_FACT_COLUMNS: a field a dimension, note, hunch. */
static void read_scanned(cx_fact *fact, sqlite3_stmt *stmt)
{
    cx_fact_read(fact, stmt);
    const char **const more[] = {&fact->field[0], &fact->field[1],
                                 &fact->text[CXLOG_COL_NOTE],
                                 &fact->text[CXLOG_COL_HUNCH]};
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        const char *text = cx_col_text(stmt, (int)i + 10);
        *more[i] = text ? text : "";
    }
}

/* From the records themselves, once over the days of all three slots. */
static cxlog_status count_by_scan(count *c, cxlog_error *err)
{
    cxlog_wall from = INT64_MAX, to = INT64_MIN;
    for (size_t i = 0; i < SLOTS; i++) {
        if (c->slot[i].from > c->slot[i].to)
            continue;
        cxlog_wall start = (cxlog_wall)c->slot[i].from * 86400;
        cxlog_wall end = ((cxlog_wall)c->slot[i].to + 1) * 86400;
        from = start < from ? start : from;
        to = end > to ? end : to;
    }
    if (from > to)
        return CXLOG_OK;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status =
        cx_open(&stmt, c->store, CX_SQL_FACT_SCAN,
                CX_ARGS(cx_i(from), cx_i(to), cx_t(field_of(c->query, 0)),
                        cx_t(field_of(c->query, 1)), cx_i(c->query->filter.grep != NULL)),
                err);
    if (!status)
        status = cx_next(c->store, stmt, &row, err);
    while (!status && row) {
        cx_fact fact;
        read_scanned(&fact, stmt);
        status = count_record(c, &fact, err);
        if (!status)
            status = cx_next(c->store, stmt, &row, err);
    }
    return status;
}

static range clip(range r, const range *all)
{
    return (range){r.from > all->from ? r.from : all->from,
                   r.to < all->to ? r.to : all->to};
}

static cxlog_status count_all(count *c, const cxlog_totals *totals, cxlog_error *err)
{
    range all = {0, -1};
    bool any = false;
    cxlog_status status = cxlog_store_span(c->store, &all.from, &all.to, &any, err);
    if (status || !any)
        return status;
    const cxlog_period *period = &totals->period;
    c->slot[CX_SLOT_COUNT] = clip((range){period->from, period->to}, &all);
    c->slot[CX_SLOT_CUMULATIVE] = (range){0, -1};
    if (!c->query->no_cumulative)
        c->slot[CX_SLOT_CUMULATIVE] =
            clip((range){cxlog_period_year_start(period), period->to}, &all);
    c->slot[CX_SLOT_PREVIOUS] = (range){0, -1};
    if (c->query->vs != CXLOG_VS_NONE)
        c->slot[CX_SLOT_PREVIOUS] =
            clip((range){totals->previous.from, totals->previous.to}, &all);
    int roll = cx_roll_for(c->query);
    if (roll < 0)
        return count_by_scan(c, err);
    for (int slot = 0; !status && slot < SLOTS; slot++)
        status = count_by_rolls(c, (cx_roll)roll, (cx_slot)slot, err);
    return status;
}

static void start(cxlog_totals *totals, const cxlog_query *query)
{
    totals->period = query->period;
    if (query->vs != CXLOG_VS_NONE && query->against)
        totals->previous = *query->against;
    else if (query->vs == CXLOG_VS_PREVIOUS)
        totals->previous = cxlog_period_before(&query->period, 1);
    else if (query->vs == CXLOG_VS_YEAR)
        totals->previous = cxlog_period_year_before(&query->period);
    totals->by_count = query->by_count;
    for (size_t i = 0; i < query->by_count; i++)
        totals->by[i] = query->by[i];
}

static void blank_previous(cxlog_totals *totals)
{
    for (size_t i = 0; i < totals->row_count; i++)
        totals->rows[i].previous = CXLOG_BLANK;
    totals->total.previous = CXLOG_BLANK;
}

cxlog_status cxlog_store_totals(cxlog_store *store, const cxlog_query *query,
                                cxlog_totals **out, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cx_map) *map = NULL;
    CXLOG_AUTO(cx_tally) *tally = NULL;
    CXLOG_AUTO(cxlog_totals) *totals = calloc(1, sizeof *totals);
    if (!totals)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    start(totals, query);
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_read(&tx, store, err);
    if (!status && query->mapped)
        status = cx_map_new(&map, store, cxlog_day_of(cxlog_wall_now()), err);
    if (!status)
        status = cx_tally_new(&tally, query->by_count, err);
    count c = {.store = store,
               .query = query,
               .map = map,
               .tally = tally,
               .total = &totals->total};
    if (!status)
        status = count_all(&c, totals, err);
    if (!status)
        status = cx_basis_read(&totals->basis, store, &totals->period, err);
    if (status)
        return status;
    cx_tally_take(tally, totals);
    if (query->vs == CXLOG_VS_NONE)
        blank_previous(totals);
    cxlog_totals_sort(totals);
    *out = CXLOG_TAKE(totals);
    return CXLOG_OK;
}
