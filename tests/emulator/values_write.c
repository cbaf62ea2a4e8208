#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "metadata.h"
#include "values.h"

bool value_is_typed(call *c, const char *option, bool *is_typed)
{
    if (!option || strcmp(option, "INPUT_VALUE_OPTION_UNSPECIFIED") == 0)
        return api_fail(&c->err, 400, "'valueInputOption' is required but not specified");
    *is_typed = strcmp(option, "USER_ENTERED") == 0;
    if (*is_typed || strcmp(option, "RAW") == 0)
        return true;
    return value_bad_option(c, "value_input_option", "ValueInputOption", option);
}

json_t *value_rows(const json_t *values, bool is_columns)
{
    if (!is_columns)
        return values ? json_incref(js_mutable(values)) : json_array();
    json_t *rows = json_array();
    for (size_t k = 0; k < json_array_size(values); k++) {
        const json_t *column = json_array_get(values, k);
        for (size_t r = 0; r < json_array_size(column); r++) {
            if (r == json_array_size(rows))
                json_array_append_new(rows, json_array());
            json_t *line = json_array_get(rows, r);
            while (json_array_size(line) < k)
                json_array_append_new(line, json_null());
            json_array_append(line, json_array_get(column, r));
        }
    }
    return rows;
}

size_t value_width(const json_t *rows)
{
    size_t width = 0;
    for (size_t r = 0; r < json_array_size(rows); r++) {
        size_t size = json_array_size(json_array_get(rows, r));
        width = size > width ? size : width;
    }
    return width;
}

static bool outside_asked(call *c, const book *b, const area *a, const area *written)
{
    bool is_anchor = a->row_end == a->row + 1 && a->column_end == a->column + 1;
    bool too_low = a->row_end != AREA_OPEN && written->row_end > a->row_end;
    bool too_wide = a->column_end != AREA_OPEN && written->column_end > a->column_end;
    if (is_anchor || (!too_low && !too_wide))
        return false;
    area shown = *a;
    char *cells = area_text(b, &shown);
    const char *mark = strrchr(cells, '!');
    char letters[8];
    area_column_text(letters, a->column_end);
    char place[16];
    snprintf(place, sizeof place, "%d", a->row_end + 1);
    api_fail(&c->err, 400,
             "Requested writing within range ['%s'!%s], but tried writing to %s [%s]",
             b->tabs[a->tab]->title, mark ? mark + 1 : cells, too_low ? "row" : "column",
             too_low ? place : letters);
    free(cells);
    return true;
}

static bool outside_grid(call *c, const book *b, const area *written)
{
    const grid_tab *t = b->tabs[written->tab];
    if (written->row_end <= t->row_count && written->column_end <= t->column_count)
        return false;
    char *text = area_text(b, written);
    api_fail(&c->err, 400,
             "Range (%s) exceeds grid limits. Max rows: %d, max columns: %d", text,
             t->row_count, t->column_count);
    free(text);
    return true;
}

typedef struct touched {
    int rows, columns, cells;
} touched;

static bool put_rows(call *c, grid_tab *t, const area *a, const json_t *rows,
                     bool is_typed, touched *count)
{
    size_t width = value_width(rows);
    bool *columns = mem_new(width, sizeof(bool));
    bool ok = true;
    for (size_t r = 0; ok && r < json_array_size(rows); r++) {
        const json_t *line = json_array_get(rows, r);
        int before = count->cells;
        for (size_t k = 0; ok && k < json_array_size(line); k++) {
            const json_t *value = json_array_get(line, k);
            if (json_is_null(value))
                continue;
            grid_cell *cell = tab_cell_write(t, a->row + (int)r, a->column + (int)k);
            ok = cell_enter(cell, value, is_typed, emu_now_ms(c->e), &c->err);
            columns[k] = true;
            count->cells++;
        }
        count->rows += count->cells > before;
    }
    for (size_t k = 0; k < width; k++)
        count->columns += columns[k];
    free(columns);
    return ok;
}

json_t *value_write(call *c, book *b, const area *a, const json_t *values,
                    bool is_columns, bool is_typed)
{
    json_t *rows = value_rows(values, is_columns);
    area written = *a;
    written.row_end = a->row + (int)json_array_size(rows);
    written.column_end = a->column + (int)value_width(rows);
    touched count = {0};
    bool ok = !outside_asked(c, b, a, &written) && !outside_grid(c, b, &written) &&
              call_may_edit(c, b, &written) &&
              put_rows(c, book_tab(b, a->tab), a, rows, is_typed, &count);
    json_t *answer = NULL;
    if (ok) {
        char *text = area_text(b, &written);
        answer = json_pack("{s:s, s:s}", "spreadsheetId", b->id, "updatedRange", text);
        free(text);
        if (count.cells > 0) {
            json_object_set_new(answer, "updatedRows", json_integer(count.rows));
            json_object_set_new(answer, "updatedColumns", json_integer(count.columns));
            json_object_set_new(answer, "updatedCells", json_integer(count.cells));
        }
        call_op(c, json_pack("{s:s, s:I, s:i, s:i, s:O}", "op", "values", "sheetId",
                             b->tabs[a->tab]->id, "row", a->row, "column", a->column,
                             "values", rows));
    }
    json_decref(rows);
    return answer;
}

static bool is_columns_of(const json_t *range)
{
    return strcmp(js_text(range, "majorDimension", "ROWS"), "COLUMNS") == 0;
}

/* Writes one ValueRange at `a`, and shows what came of it when that is asked for. */
static json_t *write_range(call *c, book *b, area a, const json_t *range, bool is_typed,
                           const value_view *shown)
{
    const grid_tab *t = b->tabs[a.tab];
    if (a.row >= t->row_count || a.column >= t->column_count) {
        area_clip(b, &a, &c->err);
        return NULL;
    }
    json_t *answer = value_write(c, b, &a, json_object_get(range, "values"),
                                 is_columns_of(range), is_typed);
    area now;
    if (answer && shown &&
        area_parse(b, js_text(answer, "updatedRange", ""), &now, &c->err) &&
        area_clip(b, &now, &c->err))
        json_object_set_new(answer, "updatedData", value_range(b, &now, shown));
    return answer;
}

bool values_update(call *c)
{
    json_t *range = call_body(c, "ValueRange", "data");
    bool is_typed = false;
    value_view view;
    area a;
    bool ok =
        range && value_is_typed(c, call_query(c, "valueInputOption", NULL), &is_typed) &&
        value_view_read(c, NULL, true, &view) && area_parse(c->b, c->range, &a, &c->err);
    if (ok) {
        book *work = book_fork(c->b);
        c->answer =
            write_range(c, work, a, range, is_typed,
                        call_query_bool(c, "includeValuesInResponse") ? &view : NULL);
        ok = c->answer != NULL;
        if (ok)
            book_commit(c->b, work);
        else
            book_free(work);
    }
    json_decref(range);
    return ok;
}

/* GridRanges that one part of the body names; a lookup may name several, or none. */
static json_t *places_of(call *c, const book *work, const json_t *data, bool by_filter)
{
    json_t *places = json_array();
    const json_t *filter = json_object_get(data, "dataFilter");
    area a;
    bool ok = true;
    if (by_filter && js_has(filter, "developerMetadataLookup"))
        ok = metadata_places(work, filter, places, &c->err);
    else {
        ok = by_filter ? area_from_filter(work, filter, &a, &c->err)
                       : area_parse(work, js_text(data, "range", ""), &a, &c->err);
        if (ok)
            json_array_append_new(places, area_to_grid(work, &a));
    }
    if (ok)
        return places;
    json_decref(places);
    return NULL;
}

static bool write_places(call *c, book *work, const json_t *places, const json_t *data,
                         bool is_typed, const value_view *shown, json_t *totals)
{
    const json_t *filter = json_object_get(data, "dataFilter");
    size_t i;
    json_t *grid;
    json_array_foreach(places, i, grid)
    {
        area a;
        json_t *one = area_from_grid(work, grid, &a, &c->err)
                          ? write_range(c, work, a, data, is_typed, shown)
                          : NULL;
        if (!one)
            return false;
        if (filter)
            json_object_set_new(one, "dataFilter", metadata_filter_shown(filter));
        json_object_set_new(json_object_get(totals, "sheets"), work->tabs[a.tab]->title,
                            json_true());
        json_array_append_new(json_object_get(totals, "responses"), one);
    }
    return true;
}

static bool update_all(call *c, book *work, const json_t *body, bool by_filter,
                       json_t *totals)
{
    bool is_typed = false;
    value_view view;
    if (!value_is_typed(c, js_text(body, "valueInputOption", NULL), &is_typed) ||
        !value_view_read(c, body, true, &view))
        return false;
    const value_view *shown =
        js_bool(body, "includeValuesInResponse", false) ? &view : NULL;
    json_object_set_new(totals, "responses", json_array());
    json_object_set_new(totals, "sheets", json_object());
    size_t i;
    json_t *data;
    json_array_foreach(json_object_get(body, "data"), i, data)
    {
        json_t *places = places_of(c, work, data, by_filter);
        bool ok = places && write_places(c, work, places, data, is_typed, shown, totals);
        json_decref(places);
        if (!ok) {
            char where[48];
            snprintf(where, sizeof where, "data[%zu]", i);
            api_error_prefix(&c->err, where);
            return false;
        }
    }
    return true;
}

/* The recordings show 2 rows and 4 columns for A1:D1 with A4:D4: columns do not add up.
 */
static void add_totals(json_t *answer, const json_t *totals)
{
    json_int_t rows = 0;
    json_int_t columns = 0;
    json_int_t cells = 0;
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(totals, "responses"), i, one)
    {
        json_int_t wide = js_int(one, "updatedColumns", 0);
        rows += js_int(one, "updatedRows", 0);
        columns = wide > columns ? wide : columns;
        cells += js_int(one, "updatedCells", 0);
    }
    if (cells > 0) {
        json_object_set_new(answer, "totalUpdatedRows", json_integer(rows));
        json_object_set_new(answer, "totalUpdatedColumns", json_integer(columns));
        json_object_set_new(answer, "totalUpdatedCells", json_integer(cells));
        json_object_set_new(answer, "totalUpdatedSheets",
                            json_integer((json_int_t)json_object_size(
                                json_object_get(totals, "sheets"))));
    }
    json_object_set(answer, "responses", json_object_get(totals, "responses"));
}

static bool batch_update(call *c, const char *type, bool by_filter)
{
    json_t *body = call_body(c, type, "");
    if (!body)
        return false;
    json_t *totals = json_object();
    book *work = book_fork(c->b);
    bool ok = update_all(c, work, body, by_filter, totals);
    if (ok) {
        c->answer = json_pack("{s:s}", "spreadsheetId", c->b->id);
        add_totals(c->answer, totals);
        book_commit(c->b, work);
    } else {
        book_free(work);
    }
    json_decref(totals);
    json_decref(body);
    return ok;
}

bool values_batch_update(call *c)
{
    return batch_update(c, "BatchUpdateValuesRequest", false);
}

bool values_batch_update_by_filter(call *c)
{
    return batch_update(c, "BatchUpdateValuesByDataFilterRequest", true);
}
