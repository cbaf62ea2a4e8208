/* Requests on whole tabs and on the document. */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"
#include "sheet_view.h"

enum { TITLE_MAX = 100 };

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
    if (mem_characters(title) > TITLE_MAX)
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
    json_int_t bounded = rows > BOOK_CELL_MAX ? BOOK_CELL_MAX + 1 : rows;
    if (!request_has_columns(c, columns) ||
        !request_has_room(c, b, (long long)bounded * columns - before))
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

static bool all_hidden(const book *b)
{
    for (int i = 0; i < b->tab_count; i++) {
        if (!js_bool(b->tabs[i]->props, "hidden", false))
            return false;
    }
    return true;
}

/* A tab that holds a chart and nothing else has no grid. */
static bool is_grid(const grid_tab *t)
{
    return strcmp(js_text(t->props, "sheetType", "GRID"), "GRID") == 0;
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
    area whole = {book_find_tab(work, id), 0, AREA_OPEN, 0, AREA_OPEN};
    if (!call_may_edit(c, work, &whole))
        return false;
    book_remove_tab(work, whole.tab);
    if (all_hidden(work))
        return api_fail(&c->err, 400,
                        "You can't remove all the visible sheets in a document.");
    forget_tab(work, id);
    call_op(c, json_pack("{s:s, s:I}", "op", "deleteSheet", "sheetId", id));
    return true;
}

/* Objects of a copy are objects of their own. */
static void give_ids(emu *e, const book *work, const json_t *list, const char *key)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        json_object_set_new(item, key, json_integer(emu_new_id(e, work)));
    }
}

grid_tab *request_copy_tab(emu *e, const book *to, const grid_tab *from, json_int_t id,
                           const char *title)
{
    grid_tab *copy = tab_copy(from);
    copy->id = id;
    free(copy->title);
    copy->title = mem_text(title);
    area_move_to_tab(copy->parts, from->id, id);
    give_ids(e, to, json_object_get(copy->parts, "charts"), "chartId");
    give_ids(e, to, json_object_get(copy->parts, "protectedRanges"), "protectedRangeId");
    return copy;
}

char *request_copy_title(const book *b, const char *title)
{
    char *first = mem_format("Copy of %s", title);
    char *free_title = mem_text(first);
    for (int n = 2; book_find_title(b, free_title) >= 0; n++) {
        free(free_title);
        free_title = mem_format("%s %d", first, n);
    }
    free(first);
    return free_title;
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
                      : request_copy_title(work, t->title);
    bool ok = title_ok(c, work, title, -1) &&
              request_has_room(c, work, (long long)t->row_count * t->column_count);
    if (ok) {
        grid_tab *copy =
            request_copy_tab(c->e, work, t, id >= 0 ? id : emu_new_id(c->e, work), title);
        book_insert_tab(work, copy, (int)js_int(request, "insertSheetIndex", 0));
        json_object_set_new(
            reply, "duplicateSheet",
            json_pack("{s:o}", "properties",
                      sheet_properties(work, book_find_tab(work, copy->id))));
    }
    free(title);
    return ok;
}

/* What lies in the rows or columns that a smaller size cuts off goes with them. */
static bool cut_ranges(call *c, book *work, int tab, bool is_rows, int size)
{
    const grid_tab *t = work->tabs[tab];
    int before = is_rows ? t->row_count : t->column_count;
    area cells = {tab, is_rows ? size : 0, AREA_OPEN, is_rows ? 0 : size, AREA_OPEN};
    area_shift cut = {t->id, is_rows, SHIFT_DELETE, size, before - size, 0};
    if (size >= before)
        return true;
    if (!call_may_edit(c, work, &cells))
        return false;
    area_shift_book(work, &cut);
    return true;
}

static bool apply_properties(call *c, book *work, int index, const json_t *old,
                             const json_t *now)
{
    const json_t *grid = json_object_get(now, "gridProperties");
    grid_tab *t = book_tab(work, index);
    json_int_t rows = js_int(grid, "rowCount", t->row_count);
    json_int_t columns = js_int(grid, "columnCount", t->column_count);
    const char *title = js_text(now, "title", "");
    if (!call_may_edit_tab(c, work, index) || !title_ok(c, work, title, index) ||
        (is_grid(t) && !grid_ok(c, work, rows, columns, grid,
                                (long long)t->row_count * t->column_count)) ||
        !cut_ranges(c, work, index, true, (int)rows) ||
        !cut_ranges(c, work, index, false, (int)columns))
        return false;
    char *fresh = mem_text(title);
    free(t->title);
    t->title = fresh;
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
