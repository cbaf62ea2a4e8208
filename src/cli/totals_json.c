#include "cli/totals_view.h"

#include <jansson.h>

#include <cxlog/wall.h>

#include "cli/filter.h"

static json_t *period_json(const cxlog_period *period)
{
    char from[CXLOG_WALL_TEXT];
    char to[CXLOG_WALL_TEXT];
    const char *kind = cxlog_period_kind_name(period->kind);
    if (period->kind == CXLOG_PERIOD_ALL)
        return json_pack("{s:s, s:s, s:n, s:n}", "kind", kind, "label", period->label,
                         "from", "to");
    return json_pack("{s:s, s:s, s:s, s:s}", "kind", kind, "label", period->label, "from",
                     cxlog_day_text(from, period->from), "to",
                     cxlog_day_text(to, period->to));
}

static json_t *integer_or_null(int64_t number)
{
    return number == CXLOG_BLANK ? json_null() : json_integer(number);
}

static bool put_numbers(json_t *object, const cxlog_total_row *row, bool compared)
{
    return json_object_set_new(object, "count", json_integer(row->count)) == 0 &&
           json_object_set_new(object, "previous",
                               compared ? integer_or_null(row->previous) : json_null()) ==
               0 &&
           json_object_set_new(object, "cumulative", json_integer(row->cumulative)) == 0;
}

static json_t *row_json(const cxlog_total_row *row, size_t dims, bool compared)
{
    json_t *object = json_object();
    json_t *key = json_array();
    bool good = json_object_set_new(object, "key", key) == 0;
    for (size_t i = 0; good && i < dims; i++)
        good = json_array_append_new(key, json_string(row->key[i])) == 0;
    good = good && put_numbers(object, row, compared);
    if (good && row->folded > 0)
        good = json_object_set_new(object, "folded", json_integer(row->folded)) == 0;
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *by_json(const cli_totals_view *view, const cxlog_totals *totals)
{
    json_t *array = json_array();
    char by[CLI_BY_TEXT];
    for (size_t i = 0; i < totals->by_count; i++) {
        const char *word = cli_cell_by(by, view, &totals->by[i]);
        if (json_array_append_new(array, json_string(word)) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *rows_json(const cxlog_totals *totals, bool compared)
{
    json_t *array = json_array();
    for (size_t i = 0; i < totals->row_count; i++) {
        json_t *row = row_json(&totals->rows[i], totals->by_count, compared);
        if (json_array_append_new(array, row) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *basis_json(const cxlog_basis *basis)
{
    const char *last_sync = basis->last_sync[0] != '\0' ? basis->last_sync : NULL;
    return json_pack(
        "{s:s, s:s?, s:I, s:I, s:I, s:b, s:I, s:I, s:I, s:I, s:I, s:I}", "zone",
        basis->zone, "last_sync", last_sync, "pending", (json_int_t)basis->pending,
        "unknown", (json_int_t)basis->unknown, "scheme_version",
        (json_int_t)basis->scheme_version, "sheet", (int)basis->sheet, "sent",
        (json_int_t)basis->sent, "quarantined", (json_int_t)basis->quarantined, "foreign",
        (json_int_t)basis->foreign, "duplicate", (json_int_t)basis->duplicate, "edited",
        (json_int_t)basis->edited, "missing", (json_int_t)basis->missing);
}

static json_t *values_json(const char *const *values)
{
    json_t *array = json_array();
    for (; array && *values; values++) {
        if (json_array_append_new(array, json_string(*values)) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

/* Filters by name, only those that there are. */
static json_t *side_json(const cxlog_filter_values *values, const char *grep)
{
    const char *const *lists[CLI_FILTERS];
    json_t *object = json_object();
    bool good = object != NULL;
    cli_filter_lists(lists, values);
    for (size_t i = 0; good && i < CLI_FILTERS; i++) {
        const char *name = cxlog_by_word(cli_filter_fields[i].by);
        if (lists[i])
            good = json_object_set_new(object, name, values_json(lists[i])) == 0;
    }
    if (good && grep)
        good = json_object_set_new(object, "grep", json_string(grep)) == 0;
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

static bool put_filter(json_t *object, const cli_totals_view *view)
{
    const cxlog_filter *filter = &view->query.filter;
    if (view->filter_words[0] == '\0')
        return true;
    json_t *sides = json_object();
    return json_object_set_new(object, "filter", sides) == 0 &&
           json_object_set_new(sides, "only", side_json(&filter->only, filter->grep)) ==
               0 &&
           json_object_set_new(sides, "not", side_json(&filter->without, NULL)) == 0;
}

static json_t *totals_json(const cli_totals_view *view, const cxlog_totals *totals)
{
    bool compared = view->query.vs != CXLOG_VS_NONE;
    json_t *total = json_object();
    json_t *object = json_object();
    bool good =
        put_numbers(total, &totals->total, compared) &&
        json_object_set_new(object, "schema", json_integer(1)) == 0 &&
        json_object_set_new(object, "period", period_json(&totals->period)) == 0 &&
        json_object_set_new(object, "previous_period",
                            compared ? period_json(&totals->previous) : json_null()) ==
            0 &&
        json_object_set_new(object, "by", by_json(view, totals)) == 0 &&
        json_object_set_new(object, "as",
                            json_string(view->query.mapped ? "mapped" : "logged")) == 0 &&
        put_filter(object, view) &&
        json_object_set_new(object, "rows", rows_json(totals, compared)) == 0 &&
        json_object_set(object, "total", total) == 0 &&
        json_object_set_new(object, "basis", basis_json(&totals->basis)) == 0;
    json_decref(total);
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *series_json(const cli_totals_view *view)
{
    json_t *periods = json_array();
    bool good = periods != NULL;
    for (size_t i = 0; good && i < view->count; i++)
        good = json_array_append_new(periods, totals_json(view, view->each[i])) == 0;
    json_t *basis = good ? basis_json(&view->basis) : NULL;
    if (basis)
        return json_pack("{s:i, s:o, s:o}", "schema", 1, "periods", periods, "basis",
                         basis);
    json_decref(periods);
    return NULL;
}

cxlog_status cli_totals_json(const cli_totals_view *view, cxlog_error *err)
{
    json_t *answer = view->series ? series_json(view) : totals_json(view, view->each[0]);
    cxlog_status status = cli_out_json_take(answer, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
