#include "google/grid.h"

#include <stdlib.h>
#include <string.h>

#define READ_PATH "/values:batchGetByDataFilter?prettyPrint=false"

static json_t *filter_of(const cx_window *window)
{
    json_auto_t *range = json_pack("{s:i,s:I}", "sheetId", (int)window->tab,
                                   "startRowIndex", (json_int_t)(window->first - 1));
    int failed = range ? 0 : -1;
    if (window->last != CX_OPEN)
        failed |= json_object_set_new(range, "endRowIndex", json_integer(window->last));
    if (window->columns > 0) {
        failed |= json_object_set_new(range, "startColumnIndex", json_integer(0));
        failed |=
            json_object_set_new(range, "endColumnIndex", json_integer(window->columns));
    }
    return failed ? NULL : json_pack("{s:O}", "gridRange", range);
}

static json_t *body_of(const cx_window *windows, size_t count)
{
    json_auto_t *filters = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(filters, filter_of(&windows[i])) != 0)
            return NULL;
    }
    return json_pack("{s:O,s:s,s:s,s:s}", "dataFilters", filters, "majorDimension",
                     "ROWS", "valueRenderOption", "UNFORMATTED_VALUE",
                     "dateTimeRenderOption", "SERIAL_NUMBER");
}

int64_t cx_grid_last_row(const char *a1)
{
    const char *bang = strrchr(a1, '!');
    const char *range = bang ? bang + 1 : a1;
    const char *colon = strrchr(range, ':');
    const char *cell = colon ? colon + 1 : range;
    cell += strspn(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (cell[0] < '1' || cell[0] > '9' || strspn(cell, "0123456789") != strlen(cell))
        return 0;
    return strtoll(cell, NULL, 10);
}

/* Zeros are left out on the wire. */
static int64_t number(const json_t *range, const char *name, int64_t absent)
{
    const json_t *value = json_object_get(range, name);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : absent;
}

static bool is_of(const json_t *range, const cx_window *window)
{
    return json_is_object(range) && number(range, "sheetId", 0) == window->tab &&
           number(range, "startRowIndex", 0) == window->first - 1 &&
           number(range, "endRowIndex", CX_OPEN) == window->last;
}

static bool take(cx_found *found, const json_t *values, const cx_window *window)
{
    const char *range = json_string_value(json_object_get(values, "range"));
    const json_t *rows = json_object_get(values, "values");
    if (rows && !json_is_array(rows))
        return false;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        if (!json_is_array(json_array_get(rows, i)))
            return false;
    }
    int64_t last = range ? cx_grid_last_row(range) : 0;
    /* A window that ends inside the grid comes back as asked: only a clipped one tells
     * where the grid ends. */
    found->grid_rows = last > 0 && last < window->last ? last : 0;
    found->rows = rows;
    return true;
}

bool cx_grid_match(const json_t *root, const cx_window *windows, size_t count,
                   cx_found *found)
{
    const json_t *list = json_object_get(root, "valueRanges");
    for (size_t w = 0; w < count; w++) {
        bool matched = false;
        for (size_t i = 0; !matched && i < json_array_size(list); i++) {
            const json_t *item = json_array_get(list, i);
            const json_t *filter =
                json_array_get(json_object_get(item, "dataFilters"), 0);
            if (is_of(json_object_get(filter, "gridRange"), &windows[w]))
                matched =
                    take(&found[w], json_object_get(item, "valueRange"), &windows[w]);
        }
        if (!matched)
            return false;
    }
    return true;
}

cxlog_status cx_grid_read(cx_google *google, const cx_window *windows, size_t count,
                          cx_reply *reply, cx_found *found, cx_grid_trouble *trouble,
                          cxlog_error *err)
{
    *trouble = CX_GRID_NONE;
    json_auto_t *body = body_of(windows, count);
    if (!body)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_error local = {0};
    cxlog_status status = cx_api_read(google, READ_PATH, body, reply, &local);
    if (status != CXLOG_OK) {
        if (reply->http.too_large)
            *trouble = CX_GRID_TOO_LARGE;
        else if (reply->http.status == 400 && cx_reply_says(reply, "exceeds grid limits"))
            *trouble = CX_GRID_BEYOND;
        if (*trouble != CX_GRID_NONE)
            return CXLOG_OK;
        cx_keep_error(err, &local);
        return status;
    }
    const char *id = json_string_value(json_object_get(reply->root, "spreadsheetId"));
    if (!id || strcmp(id, google->sheet_id) != 0 ||
        !cx_grid_match(reply->root, windows, count, found))
        return cx_google_strange(google, "one to this question", err);
    return CXLOG_OK;
}
