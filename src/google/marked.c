/*
 * marked.c - rows of the log written in place. batchUpdate writes to a row's number, and
 * other people's inserts may put another record under it between a look and the write; a
 * metadata entry bound to the row goes where the row goes, and values can be read and
 * written by it. Source: developers.google.com/workspace/sheets/api/guides/metadata.
 */
#include <string.h>

#include "google/api.h"
#include "google/batch.h"
#include "google/cells.h"
#include "google/grid.h"

#define FORMATS "userEnteredFormat.numberFormat"
#define READ_PATH "/values:batchGetByDataFilter?prettyPrint=false"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* ---- cells ---- */

static bool is_wanted(const cxlog_fill *fill, size_t column)
{
    size_t bit = column < CXLOG_COLUMN_COUNT ? column : CXLOG_COLUMN_COUNT;
    return (fill->columns >> bit & 1U) != 0;
}

/* The first column of the last unbroken stretch: dates stand in it, or nowhere. */
static size_t stretch_from(const cxlog_fill *fill, size_t count)
{
    size_t from = count;
    while (from > 0 && is_wanted(fill, from - 1))
        from--;
    return from;
}

/* *out: the cells of the row; json_decref(). */
static cxlog_status cells_of(json_t **out, const cxlog_fills *fills,
                             const cxlog_fill *fill, cxlog_error *err)
{
    json_t *whole = NULL;
    cxlog_status status =
        cx_cells_record(&whole, fill->entry, fills->fields, fills->field_count, err);
    json_auto_t *holder = whole;
    *out = json_incref(json_object_get(holder, "values"));
    return status;
}

/* How many columns of a row are written at all, from the first. */
static size_t width(const cxlog_fill *fill, const json_t *cells)
{
    size_t count = json_array_size(cells);
    while (count > 0 && !is_wanted(fill, count - 1))
        count--;
    return count;
}

static bool add_formats(json_t *requests, const cxlog_fills *fills,
                        const cxlog_fill *fill, json_t *cells)
{
    json_auto_t *part = json_array();
    size_t count = width(fill, cells);
    size_t from = stretch_from(fill, count);
    for (size_t i = from; i < count; i++) {
        if (json_array_append(part, json_array_get(cells, i)) != 0)
            return false;
    }
    json_auto_t *rows = json_pack("[{s:O}]", "values", part);
    return rows && cx_batch_cells(requests, fills->log_tab, fill->row - 1, (int64_t)from,
                                  rows, FORMATS);
}

/* As values: null leaves a cell alone, "" empties it. */
static json_t *values_of(const cxlog_fill *fill, const json_t *cells)
{
    json_auto_t *values = json_array();
    size_t count = width(fill, cells);
    for (size_t i = 0; i < count; i++) {
        const json_t *entered =
            json_object_get(json_array_get(cells, i), "userEnteredValue");
        json_t *value = json_object_get(entered, "stringValue");
        if (!value)
            value = json_object_get(entered, "numberValue");
        int failed = !is_wanted(fill, i) ? json_array_append_new(values, json_null())
                     : value             ? json_array_append(values, value)
                                         : json_array_append_new(values, json_string(""));
        if (failed != 0)
            return NULL;
    }
    return json_pack("[O]", values);
}

/* ---- the three steps ---- */

static json_t *filter_of(const cxlog_fill *fill)
{
    return json_pack("{s:{s:i}}", "developerMetadataLookup", "metadataId",
                     (int)fill->mark);
}

/* Markers of others fill the tab: room is made once, and what was refused sent again. */
static cxlog_status write_marks(cx_google *google, json_t *requests, cxlog_answer *answer,
                                cxlog_error *err)
{
    cxlog_error said = {0};
    bool swept = false;
    cxlog_status status = CXLOG_OK;
    for (int i = 0; i < 2; i++) {
        CXLOG_AUTO_VALUE(cx_reply) reply = {0};
        said = (cxlog_error){0};
        status = cx_api_write(google, requests, &reply, answer, &said);
        if (answer->outcome != CXLOG_OUTCOME_NOT_APPLIED)
            break;
        const cx_batch_shape none = {0};
        cx_write_detail(answer, &reply, &none);
        if (swept || !cx_reply_says(&reply, "metadata would exceed"))
            break;
        cxlog_status room = cx_sweep_markers(google, &swept, err);
        if (room != CXLOG_OK || !swept)
            break;
    }
    if (status != CXLOG_OK)
        cx_keep_error(err, &said);
    return status;
}

cxlog_status cx_google_mark(cxlog_remote *remote, const cxlog_fills *fills,
                            cxlog_answer *answer, cxlog_error *err)
{
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    for (size_t i = 0; i < fills->count; i++) {
        const cxlog_fill *fill = &fills->rows[i];
        json_t *cells = NULL;
        cxlog_status status = cells_of(&cells, fills, fill, err);
        json_auto_t *holder = cells;
        if (status != CXLOG_OK)
            return status;
        if (!cx_batch_mark_row(requests, fill->mark, CX_MARKER_KEY, fills->value,
                               fills->log_tab, fill->row - 1) ||
            !add_formats(requests, fills, fill, holder))
            return no_memory(err);
    }
    if (!requests)
        return no_memory(err);
    return write_marks((cx_google *)remote, requests, answer, err);
}

static const json_t *answer_to(const json_t *root, const cxlog_fill *fill)
{
    const json_t *list = json_object_get(root, "valueRanges");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const json_t *filter = json_array_get(json_object_get(item, "dataFilters"), 0);
        const json_t *id = json_object_get(
            json_object_get(filter, "developerMetadataLookup"), "metadataId");
        if (json_is_integer(id) && json_integer_value(id) == fill->mark)
            return json_object_get(item, "valueRange");
    }
    return NULL;
}

static cxlog_status take_rows(cxlog_reading *reading, const json_t *root,
                              const cxlog_fills *fills, cxlog_error *err)
{
    for (size_t i = 0; i < fills->count; i++) {
        const json_t *range = answer_to(root, &fills->rows[i]);
        const char *a1 = json_string_value(json_object_get(range, "range"));
        const json_t *row = json_array_get(json_object_get(range, "values"), 0);
        cxlog_status status =
            cx_cells_seen(&reading->page.rows[i], row, a1 ? cx_grid_last_row(a1) : 0,
                          fills->fields, fills->field_count, err);
        if (status != CXLOG_OK)
            return status;
        reading->page.count++;
    }
    return CXLOG_OK;
}

cxlog_status cx_google_marked(cxlog_remote *remote, const cxlog_fills *fills,
                              cxlog_reading **out, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *out = NULL;
    CXLOG_AUTO(cxlog_reading) *reading = calloc(1, sizeof *reading);
    json_auto_t *filters = json_array();
    bool good = reading != NULL;
    for (size_t i = 0; good && i < fills->count; i++)
        good = json_array_append_new(filters, filter_of(&fills->rows[i])) == 0;
    if (good)
        reading->page.rows = calloc(fills->count + 1, sizeof *reading->page.rows);
    json_auto_t *body =
        json_pack("{s:O,s:s,s:s,s:s}", "dataFilters", filters, "majorDimension", "ROWS",
                  "valueRenderOption", "UNFORMATTED_VALUE", "dateTimeRenderOption",
                  "SERIAL_NUMBER");
    if (!good || !reading->page.rows || !body)
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_read(google, READ_PATH, body, &reply, err);
    if (status == CXLOG_OK)
        status = take_rows(reading, reply.root, fills, err);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(reading);
    return status;
}

cxlog_status cx_google_fill(cxlog_remote *remote, const cxlog_fills *fills,
                            cxlog_answer *answer, cxlog_error *err)
{
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *data = json_array();
    for (size_t i = 0; i < fills->count; i++) {
        json_t *cells = NULL;
        cxlog_status status = cells_of(&cells, fills, &fills->rows[i], err);
        json_auto_t *holder = cells;
        if (status != CXLOG_OK)
            return status;
        json_t *one = json_pack("{s:o,s:s,s:o}", "dataFilter", filter_of(&fills->rows[i]),
                                "majorDimension", "ROWS", "values",
                                values_of(&fills->rows[i], holder));
        if (json_array_append_new(data, one) != 0)
            return no_memory(err);
    }
    if (!data)
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    return cx_api_write_values((cx_google *)remote, data, &reply, answer, err);
}
