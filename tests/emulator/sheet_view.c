#include "sheet_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "metadata.h"
#include "requests.h"
#include "schema.h"

json_t *sheet_properties(const book *b, int index)
{
    const grid_tab *t = b->tabs[index];
    api_error ignored = {0};
    json_t *raw = json_copy(t->props);
    json_object_set_new(raw, "sheetId", json_integer(t->id));
    json_object_set_new(raw, "title", json_string(t->title));
    json_object_set_new(raw, "index", json_integer(index));
    if (strcmp(js_text(raw, "sheetType", "GRID"), "GRID") == 0) {
        json_t *grid = json_object_get(raw, "gridProperties");
        grid = grid ? json_copy(grid) : json_object();
        json_object_set_new(grid, "rowCount", json_integer(t->row_count));
        json_object_set_new(grid, "columnCount", json_integer(t->column_count));
        json_object_set_new(raw, "gridProperties", grid);
    }
    json_t *ordered = schema_read("SheetProperties", raw, "", &ignored);
    json_decref(raw);
    api_error_clear(&ignored);
    return ordered;
}

static json_t *dimension_properties(const grid_tab *t, int from, int to, bool is_rows)
{
    json_t *list = json_array();
    for (int i = from; i < to; i++) {
        const json_t *props = is_rows ? (t->rows[i] ? t->rows[i]->props : NULL)
                                      : json_array_get(t->columns, (size_t)i);
        json_t *shown =
            json_is_object(props) ? json_copy(js_mutable(props)) : json_object();
        if (!js_has(shown, "pixelSize"))
            json_object_set_new(shown, "pixelSize", json_integer(is_rows ? 21 : 100));
        json_array_append_new(list, shown);
    }
    return list;
}

static json_t *grid_data(const book *b, const area *a)
{
    const grid_tab *t = b->tabs[a->tab];
    json_t *rows = json_array();
    size_t used = 0;
    for (int r = a->row; r < a->row_end; r++) {
        json_t *values = json_array();
        size_t filled = 0;
        int stop = t->rows[r] ? t->rows[r]->count : 0;
        for (int k = a->column; k < a->column_end && k < stop; k++) {
            json_array_append_new(values, cell_to_data(tab_cell(t, r, k)));
            if (json_object_size(json_array_get(values, json_array_size(values) - 1)) > 0)
                filled = json_array_size(values);
        }
        while (json_array_size(values) > filled)
            json_array_remove(values, json_array_size(values) - 1);
        json_t *line = json_object();
        if (filled > 0) {
            json_object_set(line, "values", values);
            used = json_array_size(rows) + 1;
        }
        json_decref(values);
        json_array_append_new(rows, line);
    }
    while (json_array_size(rows) > used)
        json_array_remove(rows, json_array_size(rows) - 1);
    json_t *data = json_object();
    if (a->row > 0)
        json_object_set_new(data, "startRow", json_integer(a->row));
    if (a->column > 0)
        json_object_set_new(data, "startColumn", json_integer(a->column));
    if (used > 0)
        json_object_set(data, "rowData", rows);
    json_decref(rows);
    json_object_set_new(data, "rowMetadata",
                        dimension_properties(t, a->row, a->row_end, true));
    json_object_set_new(data, "columnMetadata",
                        dimension_properties(t, a->column, a->column_end, false));
    return data;
}

static json_t *tab_view(const book *b, int index, json_t *data)
{
    api_error ignored = {0};
    const grid_tab *t = b->tabs[index];
    json_t *raw = json_copy(t->parts);
    const char *key;
    json_t *part;
    void *next;
    json_object_foreach_safe(raw, next, key, part)
    {
        if (json_is_array(part) && json_array_size(part) == 0)
            json_object_del(raw, key);
    }
    json_t *metadata = metadata_at_tab(b, t->id);
    if (json_array_size(metadata) > 0)
        json_object_set(raw, "developerMetadata", metadata);
    json_decref(metadata);
    json_t *view = schema_read("Sheet", raw, "", &ignored);
    json_decref(raw);
    api_error_clear(&ignored);
    json_t *whole = json_pack("{s:o}", "properties", sheet_properties(b, index));
    if (json_array_size(data) > 0)
        json_object_set(whole, "data", data);
    json_object_update_missing(whole, view);
    json_decref(view);
    json_decref(data);
    return whole;
}

/* Per tab the grid data asked for; a tab that no range names is left out when there are
 * ranges. NULL when a range is wrong. */
static json_t *collect(const book *b, const json_t *ranges, bool with_grid,
                       api_error *err)
{
    json_t *per_tab = json_array();
    bool has_ranges = json_array_size(ranges) > 0;
    for (int i = 0; i < b->tab_count; i++) {
        json_array_append_new(per_tab, has_ranges ? json_null() : json_array());
        area whole = {i, 0, b->tabs[i]->row_count, 0, b->tabs[i]->column_count};
        if (!has_ranges && with_grid)
            json_array_append_new(json_array_get(per_tab, (size_t)i),
                                  grid_data(b, &whole));
    }
    size_t k;
    json_t *text;
    json_array_foreach(ranges, k, text)
    {
        area a;
        if (!area_parse(b, json_string_value(text), &a, err) || !area_clip(b, &a, err)) {
            json_decref(per_tab);
            return NULL;
        }
        if (json_is_null(json_array_get(per_tab, (size_t)a.tab)))
            json_array_set_new(per_tab, (size_t)a.tab, json_array());
        if (with_grid)
            json_array_append_new(json_array_get(per_tab, (size_t)a.tab),
                                  grid_data(b, &a));
    }
    return per_tab;
}

json_t *sheet_view(const book *b, const json_t *ranges, bool with_grid,
                   const char *base_url, api_error *err)
{
    json_t *per_tab = collect(b, ranges, with_grid, err);
    if (!per_tab)
        return NULL;
    json_t *view =
        json_pack("{s:s, s:O}", "spreadsheetId", b->id, "properties", b->props);
    json_t *sheets = json_array();
    json_object_set_new(view, "sheets", sheets);
    for (int i = 0; i < b->tab_count; i++) {
        json_t *data = json_array_get(per_tab, (size_t)i);
        if (!json_is_null(data))
            json_array_append_new(sheets, tab_view(b, i, json_incref(data)));
    }
    json_decref(per_tab);
    if (json_array_size(b->named) > 0)
        json_object_set(view, "namedRanges", b->named);
    char *url = mem_format("%s/spreadsheets/d/%s/edit", base_url, b->id);
    json_object_set_new(view, "spreadsheetUrl", json_string(url));
    free(url);
    json_t *metadata = metadata_at_spreadsheet(b);
    if (json_array_size(metadata) > 0)
        json_object_set(view, "developerMetadata", metadata);
    json_decref(metadata);
    return view;
}

bool spreadsheet_get(call *c)
{
    bool with_grid = call_query_bool(c, "includeGridData");
    const char *mask = call_query(c, "fields", NULL);
    if (mask) {
        json_t *tree = fields_parse(mask, "Spreadsheet", &c->err);
        if (!tree)
            return false;
        const json_t *sheets = json_object_get(tree, "sheets");
        with_grid = (sheets && fields_has(sheets, "data"));
        json_decref(tree);
    }
    c->answer = sheet_view(c->b, json_object_get(c->query, "ranges"), with_grid,
                           c->e->base_url, &c->err);
    call_show_rights(c, c->answer);
    return c->answer != NULL;
}

bool spreadsheet_get_by_filter(call *c)
{
    json_t *body = call_body(c, "GetSpreadsheetByDataFilterRequest", "");
    json_t *ranges = json_array();
    json_t *places = json_array();
    bool ok = body != NULL;
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(body, "dataFilters"), i, item)
    {
        ok = ok && metadata_places(c->b, item, places, &c->err);
    }
    json_array_foreach(places, i, item)
    {
        area a;
        ok =
            ok && area_from_grid(c->b, item, &a, &c->err) && area_clip(c->b, &a, &c->err);
        if (!ok)
            break;
        char *text = area_text(c->b, &a);
        json_array_append_new(ranges, json_string(text));
        free(text);
    }
    if (ok)
        c->answer = sheet_view(c->b, ranges, js_bool(body, "includeGridData", false),
                               c->e->base_url, &c->err);
    call_show_rights(c, c->answer);
    json_decref(places);
    json_decref(ranges);
    json_decref(body);
    return ok && c->answer;
}

static bool add_tabs(call *c, book *b, const json_t *sheets)
{
    size_t i;
    json_t *sheet;
    json_array_foreach(sheets, i, sheet)
    {
        json_t *reply = json_object();
        json_t *request =
            json_pack("{s:O?}", "properties", json_object_get(sheet, "properties"));
        if (i == 0) {
            /* The usual tab is in the way of nothing, and goes once there is another. */
            b->tabs[0]->id = -1;
            b->tabs[0]->title[0] = '\0';
        }
        bool ok = request_add_sheet(c, b, request, reply);
        json_decref(request);
        json_decref(reply);
        if (!ok)
            return false;
        if (i == 0)
            book_remove_tab(b, 0);
    }
    return true;
}

bool spreadsheet_create(call *c)
{
    json_t *body = call_body(c, "Spreadsheet", "");
    if (!body)
        return false;
    const json_t *props = json_object_get(body, "properties");
    char *id = js_has(body, "spreadsheetId")
                   ? mem_text(js_text(body, "spreadsheetId", ""))
                   : mem_format("emu%dcreated", c->e->book_count + 1);
    book *b = emu_add_book(c->e, id, js_text(props, "title", "Untitled spreadsheet"));
    free(id);
    json_object_set_new(b->props, "locale",
                        json_string(js_text(props, "locale", "en_US")));
    json_object_set_new(b->props, "timeZone",
                        json_string(js_text(props, "timeZone", "Etc/GMT")));
    json_object_set_new(b->shares, c->who->email, json_string("writer"));
    free(b->tabs[0]->title);
    b->tabs[0]->title = mem_text("Sheet1");
    bool ok = add_tabs(c, b, json_object_get(body, "sheets"));
    if (ok)
        c->answer = sheet_view(b, NULL, false, c->e->base_url, &c->err);
    else
        book_free(c->e->books[--c->e->book_count]);
    json_decref(body);
    return ok;
}
