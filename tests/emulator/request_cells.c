/* Requests that write cells. */
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"
#include "values.h"

static size_t widest(const json_t *rows)
{
    size_t width = 0;
    for (size_t r = 0; r < json_array_size(rows); r++) {
        size_t size = json_array_size(json_object_get(json_array_get(rows, r), "values"));
        width = size > width ? size : width;
    }
    return width;
}

static void log_rows(call *c, const char *op, const grid_tab *t, const area *a)
{
    json_t *rows = json_array();
    for (int r = a->row; r < a->row_end; r++) {
        json_t *line = json_array();
        for (int k = a->column; k < a->column_end; k++)
            json_array_append_new(line,
                                  cell_read(tab_cell(t, r, k), VIEW_FORMULA, false));
        json_array_append_new(rows, line);
    }
    call_op(c, json_pack("{s:s, s:I, s:i, s:i, s:o}", "op", op, "sheetId", t->id, "row",
                         a->row, "column", a->column, "values", rows));
}

/* Writes RowData over `a`; cells of `a` that the rows do not reach lose the masked
 * members. */
static bool put_rows(call *c, grid_tab *t, const area *a, const json_t *rows,
                     const json_t *mask)
{
    json_t *nothing = json_object();
    bool ok = true;
    for (int r = a->row; ok && r < a->row_end; r++) {
        const json_t *values =
            json_object_get(json_array_get(rows, (size_t)(r - a->row)), "values");
        for (int k = a->column; ok && k < a->column_end; k++) {
            const json_t *data = json_array_get(values, (size_t)(k - a->column));
            if (data || tab_cell(t, r, k))
                ok = cell_write(tab_cell_write(t, r, k), data ? data : nothing, mask,
                                &c->err);
        }
    }
    json_decref(nothing);
    return ok;
}

/* The area that `start` and the rows span; false when it leaves the grid. */
static bool start_area(call *c, const book *work, const json_t *start, const json_t *rows,
                       area *a)
{
    json_int_t id = js_int(start, "sheetId", 0);
    a->tab = book_find_tab(work, id);
    if (a->tab < 0)
        return api_fail(&c->err, 400, "No grid with id: %" JSON_INTEGER_FORMAT, id);
    const grid_tab *t = work->tabs[a->tab];
    a->row = (int)js_int(start, "rowIndex", 0);
    a->column = (int)js_int(start, "columnIndex", 0);
    a->row_end = a->row + (int)json_array_size(rows);
    a->column_end = a->column + (int)widest(rows);
    if (a->row < 0 || a->row >= t->row_count)
        return api_fail(&c->err, 400,
                        "GridCoordinate.rowIndex[%d] is after last row in grid[%d]",
                        a->row, t->row_count);
    if (a->column < 0 || a->column >= t->column_count)
        return api_fail(&c->err, 400,
                        "GridCoordinate.columnIndex[%d] is after last column in grid[%d]",
                        a->column, t->column_count);
    if (a->row_end > t->row_count)
        return api_fail(
            &c->err, 400,
            "Attempting to write row: %d, beyond the last requested row of: %d",
            t->row_count, t->row_count - 1);
    if (a->column_end > t->column_count)
        return api_fail(
            &c->err, 400,
            "Attempting to write column: %d, beyond the last requested column of: %d",
            t->column_count, t->column_count - 1);
    return true;
}

static bool range_area(call *c, const book *work, const json_t *request,
                       const json_t *rows, area *a)
{
    if (!request_area(c, work, request, "range", a))
        return false;
    if (a->row + (int)json_array_size(rows) > a->row_end)
        return api_fail(
            &c->err, 400,
            "Attempting to write row: %d, beyond the last requested row of: %d",
            a->row_end, a->row_end - 1);
    if (a->column + (int)widest(rows) > a->column_end)
        return api_fail(
            &c->err, 400,
            "Attempting to write column: %d, beyond the last requested column of: %d",
            a->column_end, a->column_end - 1);
    return true;
}

bool request_update_cells(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const json_t *rows = json_object_get(request, "rows");
    const json_t *start = json_object_get(request, "start");
    json_t *mask = request_mask(c, request, "CellData");
    area a = {0};
    bool ok = mask != NULL;
    if (ok && start)
        ok = start_area(c, work, start, rows, &a) && call_may_edit(c, work, &a);
    else if (ok && js_has(request, "range"))
        ok = range_area(c, work, request, rows, &a);
    else if (ok)
        ok = api_fail(&c->err, 400, "No area specified.");
    if (ok) {
        grid_tab *t = book_tab(work, a.tab);
        ok = put_rows(c, t, &a, rows, mask);
        if (ok && fields_has(mask, "userEnteredValue"))
            log_rows(c, "updateCells", t, &a);
    }
    json_decref(mask);
    return ok;
}

bool request_append_cells(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const json_t *rows = json_object_get(request, "rows");
    if (js_has(request, "tableId"))
        return api_fail(&c->err, 400, "No table with id: %s",
                        js_text(request, "tableId", ""));
    grid_tab *t = request_tab(c, work, request);
    json_t *mask = t ? request_mask(c, request, "CellData") : NULL;
    if (!mask)
        return false;
    int row = value_append_row(c, t);
    area a = {book_find_tab(work, t->id), row, row + (int)json_array_size(rows), 0,
              (int)widest(rows)};
    int more_rows = a.row_end > t->row_count ? a.row_end - t->row_count : 0;
    int columns = a.column_end > t->column_count ? a.column_end : t->column_count;
    bool ok = request_has_columns(c, columns) &&
              request_has_room(c, work,
                               (long long)(t->row_count + more_rows) * columns -
                                   (long long)t->row_count * t->column_count) &&
              call_may_edit(c, work, &a);
    if (ok) {
        tab_resize(t, t->row_count + more_rows, columns);
        ok = put_rows(c, t, &a, rows, mask);
        log_rows(c, "appendCells", t, &a);
    }
    json_decref(mask);
    return ok;
}

bool request_repeat_cell(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area a;
    if (!request_area(c, work, request, "range", &a))
        return false;
    json_t *mask = request_mask(c, request, "CellData");
    if (!mask)
        return false;
    const json_t *cell = json_object_get(request, "cell");
    json_t *nothing = json_object();
    grid_tab *t = book_tab(work, a.tab);
    bool ok = true;
    for (int r = a.row; ok && r < a.row_end; r++) {
        for (int k = a.column; ok && k < a.column_end; k++)
            ok =
                cell_write(tab_cell_write(t, r, k), cell ? cell : nothing, mask, &c->err);
    }
    json_decref(nothing);
    json_decref(mask);
    return ok;
}

bool request_data_validation(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area a;
    if (!request_area(c, work, request, "range", &a))
        return false;
    json_t *rule = json_object_get(request, "rule");
    grid_tab *t = book_tab(work, a.tab);
    for (int r = a.row; r < a.row_end; r++) {
        for (int k = a.column; k < a.column_end; k++) {
            if (rule || tab_cell(t, r, k))
                cell_set_extra(tab_cell_write(t, r, k), "dataValidation",
                               json_incref(rule));
        }
    }
    return true;
}

static bool touches(const json_t *grid, const area *a)
{
    return js_int(grid, "startRowIndex", 0) < a->row_end &&
           a->row < js_int(grid, "endRowIndex", 0) &&
           js_int(grid, "startColumnIndex", 0) < a->column_end &&
           a->column < js_int(grid, "endColumnIndex", 0);
}

static void drop_merges(grid_tab *t, const area *a)
{
    json_t *merges = request_part(t, "merges");
    for (size_t i = json_array_size(merges); i > 0; i--) {
        if (touches(json_array_get(merges, i - 1), a))
            json_array_remove(merges, i - 1);
    }
}

static void add_merge(book *work, grid_tab *t, const area *a)
{
    json_array_append_new(request_part(t, "merges"), area_to_grid(work, a));
    for (int r = a->row; r < a->row_end; r++) {
        for (int k = a->column; k < a->column_end; k++) {
            bool is_first = r == a->row && k == a->column;
            if (!is_first && !cell_is_blank(tab_cell(t, r, k)))
                cell_set(tab_cell_write(t, r, k), NULL);
        }
    }
}

bool request_merge(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area a;
    if (!request_area(c, work, request, "range", &a))
        return false;
    const char *type = js_text(request, "mergeType", "MERGE_ALL");
    grid_tab *t = book_tab(work, a.tab);
    drop_merges(t, &a);
    area part = a;
    if (strcmp(type, "MERGE_ROWS") == 0) {
        for (int r = a.row; r < a.row_end; r++) {
            part.row = r;
            part.row_end = r + 1;
            add_merge(work, t, &part);
        }
    } else if (strcmp(type, "MERGE_COLUMNS") == 0) {
        for (int k = a.column; k < a.column_end; k++) {
            part.column = k;
            part.column_end = k + 1;
            add_merge(work, t, &part);
        }
    } else {
        add_merge(work, t, &a);
    }
    return true;
}

bool request_unmerge(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area a;
    if (!request_area(c, work, request, "range", &a))
        return false;
    drop_merges(book_tab(work, a.tab), &a);
    return true;
}
