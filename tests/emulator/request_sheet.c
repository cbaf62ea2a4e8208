/* Requests on whole tabs and on the document. */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"
#include "sheet_view.h"

enum { TITLE_MAX = 100 };

static size_t characters(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

static bool title_ok(call *c, const book *b, const char *title, int self)
{
    int other = book_find_title(b, title);
    if (other >= 0 && other != self)
        return api_fail(
            &c->err, 400,
            "A sheet with the name \"%s\" already exists. Please enter another "
            "name.",
            title);
    if (title[0] == '\0')
        return api_fail(&c->err, 400, "Sheet name cannot be empty.");
    if (characters(title) > TITLE_MAX)
        return api_fail(&c->err, 400,
                        "The sheet name cannot be greater than %d characters.",
                        TITLE_MAX);
    return true;
}

static bool grid_ok(call *c, const book *b, json_int_t rows, json_int_t columns,
                    const json_t *grid, long long before)
{
    if (rows < 1 || columns < 1)
        return api_fail(&c->err, 400, "gridProperties.%s must be greater than 0.",
                        rows < 1 ? "rowCount" : "columnCount");
    if (columns > BOOK_COLUMN_MAX)
        return api_fail(&c->err, 400,
                        "This action would increase the number of columns in the sheet "
                        "above the limit of %d columns.",
                        BOOK_COLUMN_MAX);
    json_int_t bounded = rows > BOOK_CELL_MAX ? BOOK_CELL_MAX + 1 : rows;
    if (!request_has_room(c, b, (long long)bounded * columns - before))
        return false;
    if (js_int(grid, "frozenRowCount", 0) >= rows)
        return api_fail(&c->err, 400, "You can't freeze all visible rows on the sheet.");
    if (js_int(grid, "frozenColumnCount", 0) >= columns)
        return api_fail(&c->err, 400,
                        "You can't freeze all visible columns on the sheet.");
    return true;
}

/* Takes over what the properties say beyond id, title, place and size; zeroes go away as
 * they do in proto3. */
static void keep_properties(grid_tab *t, const json_t *properties)
{
    json_decref(t->props);
    t->props = json_deep_copy(properties);
    json_object_del(t->props, "sheetId");
    json_object_del(t->props, "title");
    json_object_del(t->props, "index");
    if (!js_has(t->props, "sheetType"))
        json_object_set_new(t->props, "sheetType", json_string("GRID"));
    if (!js_bool(t->props, "hidden", false))
        json_object_del(t->props, "hidden");
    json_t *grid = json_object_get(t->props, "gridProperties");
    json_object_del(grid, "rowCount");
    json_object_del(grid, "columnCount");
    const char *key;
    json_t *value;
    void *next;
    json_object_foreach_safe(grid, next, key, value)
    {
        if (json_is_false(value) ||
            (json_is_integer(value) && !json_integer_value(value)))
            json_object_del(grid, key);
    }
}

static char *new_title(const book *b)
{
    bool is_korean = strncmp(js_text(b->props, "locale", ""), "ko", 2) == 0;
    for (int n = b->tab_count + 1;; n++) {
        char *title = mem_format("%s%d", is_korean ? "시트" : "Sheet", n);
        if (book_find_title(b, title) < 0)
            return title;
        free(title);
    }
}

bool request_add_sheet(call *c, book *work, const json_t *request, json_t *reply)
{
    const json_t *properties = json_object_get(request, "properties");
    const json_t *grid = json_object_get(properties, "gridProperties");
    json_int_t rows = js_int(grid, "rowCount", 1000);
    json_int_t columns = js_int(grid, "columnCount", 26);
    json_int_t id = js_int(properties, "sheetId", -1);
    if (id >= 0 && book_find_tab(work, id) >= 0)
        return api_fail(&c->err, 400,
                        "Sheet with id %" JSON_INTEGER_FORMAT " already exists.", id);
    if (js_has(properties, "sheetId") && id < 0)
        return api_fail(&c->err, 400, "Sheet id must be non-negative.");
    char *made = js_has(properties, "title") ? NULL : new_title(work);
    const char *title = made ? made : js_text(properties, "title", "");
    bool ok = title_ok(c, work, title, -1) && grid_ok(c, work, rows, columns, grid, 0);
    if (ok) {
        grid_tab *t = tab_new(id >= 0 ? id : emu_new_id(c->e, work), title, (int)rows,
                              (int)columns);
        if (properties)
            keep_properties(t, properties);
        json_int_t index = js_int(properties, "index", work->tab_count);
        book_insert_tab(work, t, (int)index);
        int place = book_find_tab(work, t->id);
        json_object_set_new(
            reply, "addSheet",
            json_pack("{s:o}", "properties", sheet_properties(work, place)));
        call_op(c, json_pack("{s:s, s:I, s:s}", "op", "addSheet", "sheetId", t->id,
                             "title", t->title));
    }
    free(made);
    return ok;
}

static void forget_tab(book *work, json_int_t id)
{
    for (size_t i = json_array_size(work->metadata); i > 0; i--) {
        const json_t *place =
            json_object_get(json_array_get(work->metadata, i - 1), "location");
        const json_t *range = json_object_get(place, "dimensionRange");
        json_int_t sheet =
            range ? js_int(range, "sheetId", 0) : js_int(place, "sheetId", -1);
        if (sheet == id)
            json_array_remove(work->metadata, i - 1);
    }
    for (size_t i = json_array_size(work->named); i > 0; i--) {
        const json_t *range =
            json_object_get(json_array_get(work->named, i - 1), "range");
        if (js_int(range, "sheetId", 0) == id)
            json_array_remove(work->named, i - 1);
    }
}

bool request_delete_sheet(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    grid_tab *t = request_tab(c, work, request);
    if (!t)
        return false;
    if (work->tab_count == 1)
        return api_fail(&c->err, 400, "You can't remove all the sheets in a document.");
    json_int_t id = t->id;
    book_remove_tab(work, book_find_tab(work, id));
    forget_tab(work, id);
    call_op(c, json_pack("{s:s, s:I}", "op", "deleteSheet", "sheetId", id));
    return true;
}

bool request_duplicate_sheet(call *c, book *work, const json_t *request, json_t *reply)
{
    json_int_t source = js_int(request, "sourceSheetId", 0);
    json_int_t id = js_int(request, "newSheetId", -1);
    int from = book_find_tab(work, source);
    if (from < 0)
        return api_fail(&c->err, 400, "No sheet with id: %" JSON_INTEGER_FORMAT, source);
    if (id >= 0 && book_find_tab(work, id) >= 0)
        return api_fail(&c->err, 400,
                        "Sheet with id %" JSON_INTEGER_FORMAT " already exists.", id);
    const grid_tab *t = work->tabs[from];
    char *title = js_has(request, "newSheetName")
                      ? mem_text(js_text(request, "newSheetName", ""))
                      : mem_format("Copy of %s", t->title);
    bool ok = title_ok(c, work, title, -1) &&
              request_has_room(c, work, (long long)t->row_count * t->column_count);
    if (ok) {
        grid_tab *copy = tab_copy(t);
        copy->id = id >= 0 ? id : emu_new_id(c->e, work);
        free(copy->title);
        copy->title = mem_text(title);
        book_insert_tab(work, copy, (int)js_int(request, "insertSheetIndex", 0));
        json_object_set_new(
            reply, "duplicateSheet",
            json_pack("{s:o}", "properties",
                      sheet_properties(work, book_find_tab(work, copy->id))));
    }
    free(title);
    return ok;
}

static bool all_hidden(const book *b)
{
    for (int i = 0; i < b->tab_count; i++) {
        if (!js_bool(b->tabs[i]->props, "hidden", false))
            return false;
    }
    return true;
}

static void cut_ranges(book *work, json_int_t sheet, bool is_rows, int size, int before)
{
    area_shift cut = {sheet, is_rows, SHIFT_DELETE, size, before - size, 0};
    if (size < before)
        area_shift_book(work, &cut);
}

static bool apply_properties(call *c, book *work, int index, const json_t *old,
                             const json_t *now)
{
    const json_t *grid = json_object_get(now, "gridProperties");
    grid_tab *t = book_tab(work, index);
    json_int_t rows = js_int(grid, "rowCount", t->row_count);
    json_int_t columns = js_int(grid, "columnCount", t->column_count);
    const char *title = js_text(now, "title", "");
    if (!title_ok(c, work, title, index) ||
        !grid_ok(c, work, rows, columns, grid, (long long)t->row_count * t->column_count))
        return false;
    char *fresh = mem_text(title);
    free(t->title);
    t->title = fresh;
    cut_ranges(work, t->id, true, (int)rows, t->row_count);
    cut_ranges(work, t->id, false, (int)columns, t->column_count);
    if (rows != t->row_count || columns != t->column_count)
        tab_resize(t, (int)rows, (int)columns);
    keep_properties(t, now);
    json_int_t to = js_int(now, "index", index);
    if (to != js_int(old, "index", index)) {
        /* The place is counted in the order before the move. */
        t->refs++;
        book_remove_tab(work, index);
        book_insert_tab(work, t, (int)(to > index ? to - 1 : to));
    }
    if (all_hidden(work))
        return api_fail(&c->err, 400, "You can't hide all the sheets in a document.");
    return true;
}

bool request_sheet_properties(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const json_t *properties = json_object_get(request, "properties");
    grid_tab *t = request_tab(c, work, properties);
    json_t *mask = t ? request_mask(c, request, "SheetProperties") : NULL;
    if (!mask)
        return false;
    int index = book_find_tab(work, t->id);
    json_t *old = sheet_properties(work, index);
    json_t *now = json_deep_copy(old);
    json_object_del(mask, "sheetId");
    fields_merge(now, properties, mask);
    bool ok = apply_properties(c, work, index, old, now);
    call_op(c, json_pack("{s:s, s:I}", "op", "updateSheetProperties", "sheetId", t->id));
    json_decref(now);
    json_decref(old);
    json_decref(mask);
    return ok;
}

bool request_spreadsheet_properties(call *c, book *work, const json_t *request,
                                    json_t *reply)
{
    (void)reply;
    json_t *mask = request_mask(c, request, "SpreadsheetProperties");
    if (!mask)
        return false;
    fields_merge(work->props, json_object_get(request, "properties"), mask);
    json_decref(mask);
    return true;
}
