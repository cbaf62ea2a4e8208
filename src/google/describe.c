#include <string.h>

#include "google/cells.h"
#include "google/grid.h"

#define DESCRIBE_PATH                                                                    \
    "?prettyPrint=false&fields=spreadsheetId,properties(title,locale,timeZone),"         \
    "sheets.properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount))"

CXLOG_AUTO_DEFINE(cx_window, free);
CXLOG_AUTO_DEFINE(cx_found, free);

static char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return strdup(text ? text : "");
}

static int64_t size_of(const json_t *grid, const char *name)
{
    const json_t *value = json_object_get(grid, name);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : 0;
}

static bool take_tab(cxlog_tab *tab, const json_t *sheet)
{
    const json_t *properties = json_object_get(sheet, "properties");
    const json_t *grid = json_object_get(properties, "gridProperties");
    int64_t id = size_of(properties, "sheetId");
    tab->id = id >= 0 && id <= INT32_MAX ? (int32_t)id : 0;
    tab->title = text_of(properties, "title");
    tab->rows = size_of(grid, "rowCount");
    tab->columns = size_of(grid, "columnCount");
    return tab->title != NULL;
}

static cxlog_status take_book(cxlog_book *book, const json_t *root, cxlog_error *err)
{
    const json_t *properties = json_object_get(root, "properties");
    const json_t *sheets = json_object_get(root, "sheets");
    size_t count = json_array_size(sheets);
    book->title = text_of(properties, "title");
    book->zone = text_of(properties, "timeZone");
    book->locale = text_of(properties, "locale");
    book->tabs = calloc(count + 1, sizeof *book->tabs);
    bool good = book->title && book->zone && book->locale && book->tabs;
    for (size_t i = 0; good && i < count; i++) {
        good = take_tab(&book->tabs[i], json_array_get(sheets, i));
        book->count++;
    }
    return good ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static bool take_header(cxlog_tab *tab, const json_t *row)
{
    size_t count = json_array_size(row);
    tab->header = calloc(count + 1, sizeof *tab->header);
    if (!tab->header)
        return false;
    for (size_t i = 0; i < count; i++) {
        tab->header[i] = cx_cell_text(json_array_get(row, i));
        if (!tab->header[i])
            return false;
        tab->header_count++;
    }
    return true;
}

/* First rows of all grid tabs, in one request. */
static cxlog_status take_headers(cx_google *google, cxlog_book *book, cxlog_error *err)
{
    CXLOG_AUTO(cx_window) *windows = calloc(book->count + 1, sizeof *windows);
    CXLOG_AUTO(cx_found) *found = calloc(book->count + 1, sizeof *found);
    if (!windows || !found)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t count = 0;
    for (size_t i = 0; i < book->count; i++) {
        if (book->tabs[i].rows > 0)
            windows[count++] =
                (cx_window){.tab = book->tabs[i].id, .first = 1, .last = 1};
    }
    if (count == 0)
        return CXLOG_OK;
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cx_grid_trouble trouble = CX_GRID_NONE;
    cxlog_status status =
        cx_grid_read(google, windows, count, &reply, found, &trouble, err);
    if (status != CXLOG_OK)
        return status;
    if (trouble != CX_GRID_NONE)
        return cx_google_strange(google, "one to this question", err);
    size_t at = 0;
    for (size_t i = 0; i < book->count; i++) {
        if (book->tabs[i].rows > 0 &&
            !take_header(&book->tabs[i], json_array_get(found[at++].rows, 0)))
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    return CXLOG_OK;
}

cxlog_status cx_google_describe(cxlog_remote *remote, cxlog_book **out, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_book(google, DESCRIBE_PATH, &reply, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO(cxlog_book) *book = calloc(1, sizeof *book);
    if (!book)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    status = take_book(book, reply.root, err);
    if (status == CXLOG_OK)
        status = take_headers(google, book, err);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(book);
    return status;
}
