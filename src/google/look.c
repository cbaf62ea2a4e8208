#include <string.h>

#include "google/cells.h"
#include "google/grid.h"

CXLOG_AUTO_DEFINE(cx_window, free);
CXLOG_AUTO_DEFINE(cx_found, free);

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* Windows begin in column A: what stands left of the area is read and dropped. */
static cx_window window_of(const cxlog_area *area)
{
    return (cx_window){.tab = area->tab,
                       .first = area->row + 1,
                       .last = area->rows > 0 ? area->row + area->rows : CX_OPEN,
                       .columns = area->column + area->columns};
}

static size_t used_rows(const json_t *rows, size_t column)
{
    size_t used = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        if (json_array_size(json_array_get(rows, i)) > column)
            used = i + 1;
    }
    return used;
}

static cxlog_status take(cxlog_grid *grid, const cx_found *found, const cxlog_area *area,
                         cxlog_error *err)
{
    size_t column = (size_t)area->column;
    grid->grid_rows = found->grid_rows;
    grid->columns = (size_t)area->columns;
    size_t rows = used_rows(found->rows, column);
    grid->text = calloc(rows * grid->columns + 1, sizeof *grid->text);
    if (!grid->text)
        return no_memory(err);
    grid->rows = rows;
    for (size_t i = 0; i < rows * grid->columns; i++) {
        const json_t *row = json_array_get(found->rows, i / grid->columns);
        grid->text[i] = cx_cell_text(json_array_get(row, column + i % grid->columns));
        if (!grid->text[i])
            return no_memory(err);
    }
    return CXLOG_OK;
}

cxlog_status cx_google_look(cxlog_remote *remote, const cxlog_area *areas, size_t count,
                            cxlog_grid *out, bool *gone, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    CXLOG_AUTO(cx_window) *windows = calloc(count + 1, sizeof *windows);
    CXLOG_AUTO(cx_found) *found = calloc(count + 1, sizeof *found);
    *gone = false;
    if (!windows || !found)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        windows[i] = window_of(&areas[i]);
        out[i] = (cxlog_grid){0};
    }
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cx_grid_trouble trouble = CX_GRID_NONE;
    cxlog_error local = {0};
    cxlog_status status =
        cx_grid_read(google, windows, count, &reply, found, &trouble, &local);
    *gone = trouble == CX_GRID_BEYOND ||
            (status != CXLOG_OK && reply.http.status == 400 && cx_reply_tab_gone(&reply));
    if (*gone)
        return CXLOG_OK;
    if (status != CXLOG_OK)
        cx_keep_error(err, &local);
    else if (trouble != CX_GRID_NONE)
        status = cx_google_strange(google, "of a size that these tabs can have", err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++)
        status = take(&out[i], &found[i], &areas[i], err);
    return status;
}
