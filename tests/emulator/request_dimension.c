/* Requests on rows and columns as such. */
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"

typedef struct span {
    grid_tab *t;
    bool is_rows;
    int size; /* of the grid along this dimension */
    json_int_t start, end;
} span;

static bool read_span(call *c, book *work, const json_t *range, span *out)
{
    json_int_t id = js_int(range, "sheetId", 0);
    int index = book_find_tab(work, id);
    if (index < 0)
        return api_fail(&c->err, 400, "No grid with id: %" JSON_INTEGER_FORMAT, id);
    out->t = book_tab(work, index);
    out->is_rows = strcmp(js_text(range, "dimension", ""), "ROWS") == 0;
    if (!out->is_rows && strcmp(js_text(range, "dimension", ""), "COLUMNS") != 0)
        return api_fail(&c->err, 400, "No dimension specified.");
    out->size = out->is_rows ? out->t->row_count : out->t->column_count;
    out->start = js_int(range, "startIndex", 0);
    out->end = js_int(range, "endIndex", out->size);
    if (out->start < 0 || out->end <= out->start)
        return api_fail(&c->err, 400,
                        "range.endIndex must be greater than range.startIndex.");
    return true;
}

static bool may_edit(call *c, const book *work, const span *s, json_int_t start,
                     json_int_t end)
{
    int index = book_find_tab(work, s->t->id);
    area a = {index, 0, AREA_OPEN, 0, AREA_OPEN};
    if (s->is_rows) {
        a.row = (int)start;
        a.row_end = (int)end;
    } else {
        a.column = (int)start;
        a.column_end = (int)end;
    }
    return call_may_edit(c, work, &a);
}

static void log_span(call *c, const char *op, const span *s)
{
    call_op(c, json_pack("{s:s, s:I, s:s, s:I, s:I}", "op", op, "sheetId", s->t->id,
                         "dimension", s->is_rows ? "ROWS" : "COLUMNS", "start", s->start,
                         "end", s->end));
}

static bool grows_too_far(call *c, const book *work, const span *s, json_int_t count)
{
    json_int_t other = s->is_rows ? s->t->column_count : s->t->row_count;
    json_int_t bounded = count > BOOK_CELL_MAX ? BOOK_CELL_MAX + 1 : count;
    return (!s->is_rows && !request_has_columns(c, s->t->column_count + bounded)) ||
           !request_has_room(c, work, (long long)bounded * other);
}

bool request_insert_dimension(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    span s = {0};
    bool from_before = js_bool(request, "inheritFromBefore", false);
    if (!read_span(c, work, json_object_get(request, "range"), &s))
        return false;
    if (s.start > s.size)
        return api_fail(&c->err, 400,
                        "range.startIndex is larger than current grid size (%d)", s.size);
    if (s.start == s.size && !from_before)
        return api_fail(&c->err, 400,
                        "range.startIndex must be less than the grid size (%d) if "
                        "inheritFromBefore is false.",
                        s.size);
    if (s.start == 0 && from_before)
        return api_fail(&c->err, 400,
                        "range.startIndex must be greater than 0 if inheritFromBefore is "
                        "true.");
    int at = (int)s.start;
    int like = from_before ? at - 1 : at;
    if (grows_too_far(c, work, &s, s.end - s.start) ||
        !may_edit(c, work, &s, like, like + 1))
        return false;
    area_shift shift = {s.t->id, s.is_rows, SHIFT_INSERT, at, (int)(s.end - s.start), 0};
    tab_insert(s.t, s.is_rows, at, shift.count, like);
    area_shift_book(work, &shift);
    log_span(c, "insertDimension", &s);
    return true;
}

bool request_delete_dimension(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    span s = {0};
    if (!read_span(c, work, json_object_get(request, "range"), &s))
        return false;
    const char *line = s.is_rows ? "row" : "column";
    const json_t *grid = json_object_get(s.t->props, "gridProperties");
    json_int_t frozen =
        js_int(grid, s.is_rows ? "frozenRowCount" : "frozenColumnCount", 0);
    if (s.end > s.size)
        return api_fail(&c->err, 400,
                        "Cannot delete a %s that doesn't exist. Tried to delete %s index "
                        "%" JSON_INTEGER_FORMAT " but there are only %d %ss.",
                        line, line, s.end - 1, s.size, line);
    if (s.end - s.start == s.size)
        return api_fail(&c->err, 400, "You can't delete all the %ss on the sheet.", line);
    if (frozen > 0 && s.start <= frozen && s.end == s.size)
        return api_fail(&c->err, 400,
                        "Sorry, it is not possible to delete all non-frozen %ss.", line);
    if (!may_edit(c, work, &s, s.start, s.end))
        return false;
    int count = (int)(s.end - s.start);
    area_shift shift = {s.t->id, s.is_rows, SHIFT_DELETE, (int)s.start, count, 0};
    tab_delete(s.t, s.is_rows, (int)s.start, count);
    area_shift_book(work, &shift);
    log_span(c, "deleteDimension", &s);
    return true;
}

bool request_append_dimension(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    grid_tab *t = request_tab(c, work, request);
    json_int_t count = js_int(request, "length", 0);
    if (!t)
        return false;
    if (count < 1)
        return api_fail(&c->err, 400, "Must append at least one row or column.");
    span s = {t, strcmp(js_text(request, "dimension", ""), "ROWS") == 0, 0, 0, 0};
    s.start = s.is_rows ? t->row_count : t->column_count;
    s.end = s.start + count;
    if (grows_too_far(c, work, &s, count) || !may_edit(c, work, &s, s.start, s.end))
        return false;
    tab_resize(t, t->row_count + (s.is_rows ? (int)count : 0),
               t->column_count + (s.is_rows ? 0 : (int)count));
    log_span(c, "appendDimension", &s);
    return true;
}

static bool in_merge(const grid_tab *t, const span *s)
{
    size_t i;
    json_t *merge;
    json_array_foreach(json_object_get(t->parts, "merges"), i, merge)
    {
        const char *from = s->is_rows ? "startRowIndex" : "startColumnIndex";
        const char *to = s->is_rows ? "endRowIndex" : "endColumnIndex";
        if (js_int(merge, from, 0) < s->end && s->start < js_int(merge, to, 0))
            return true;
    }
    return false;
}

bool request_move_dimension(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    span s = {0};
    if (!read_span(c, work, json_object_get(request, "source"), &s))
        return false;
    json_int_t dest = js_int(request, "destinationIndex", 0);
    if (s.end > s.size || dest < 0 || dest > s.size)
        return api_fail(&c->err, 400, "Cannot move beyond the grid of %d.", s.size);
    if (in_merge(s.t, &s))
        return api_fail(&c->err, 400,
                        "You cannot move rows or columns that are part of a merge.");
    json_int_t beside = dest < s.size ? dest : dest - 1;
    if (!may_edit(c, work, &s, s.start, s.end) ||
        !may_edit(c, work, &s, beside, beside + 1))
        return false;
    if (dest >= s.start && dest <= s.end)
        return true;
    int count = (int)(s.end - s.start);
    area_shift shift = {s.t->id, s.is_rows, SHIFT_MOVE, (int)s.start, count, (int)dest};
    tab_move(s.t, s.is_rows, (int)s.start, count, (int)dest);
    area_shift_book(work, &shift);
    log_span(c, "moveDimension", &s);
    return true;
}

bool request_dimension_properties(call *c, book *work, const json_t *request,
                                  json_t *reply)
{
    (void)reply;
    span s = {0};
    if (!read_span(c, work, json_object_get(request, "range"), &s))
        return false;
    json_t *mask = request_mask(c, request, "DimensionProperties");
    if (!mask)
        return false;
    json_int_t end = s.end > s.size ? s.size : s.end;
    for (json_int_t i = s.start; i < end; i++) {
        grid_row *row = s.is_rows ? tab_row_write(s.t, (int)i, 0) : NULL;
        const json_t *old = row ? row->props : json_array_get(s.t->columns, (size_t)i);
        json_t *now = json_is_object(old) ? json_deep_copy(old) : json_object();
        fields_merge(now, json_object_get(request, "properties"), mask);
        if (row) {
            json_decref(row->props);
            row->props = now;
        } else {
            json_array_set_new(s.t->columns, (size_t)i, now);
        }
    }
    json_decref(mask);
    return true;
}

bool request_auto_resize(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    span s = {0};
    return read_span(c, work, json_object_get(request, "dimensions"), &s);
}
