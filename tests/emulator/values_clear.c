#include <stdio.h>
#include <stdlib.h>

#include "json.h"
#include "values.h"

static json_t *clear(call *c, book *work, area a)
{
    if (!area_clip(work, &a, &c->err) || !call_may_edit(c, work, &a))
        return NULL;
    grid_tab *t = book_tab(work, a.tab);
    for (int r = a.row; r < a.row_end; r++) {
        for (int k = a.column; k < a.column_end; k++) {
            if (!cell_is_blank(tab_cell(t, r, k)))
                cell_set(tab_cell_write(t, r, k), NULL);
        }
    }
    char *text = area_text(work, &a);
    json_t *cleared = json_string(text);
    call_op(c, json_pack("{s:s, s:s}", "op", "clear", "range", text));
    free(text);
    return cleared;
}

bool values_clear(call *c)
{
    area a;
    if (!area_parse(c->b, c->range, &a, &c->err))
        return false;
    book *work = book_fork(c->b);
    json_t *cleared = clear(c, work, a);
    if (!cleared) {
        book_free(work);
        return false;
    }
    book_commit(c->b, work);
    c->answer =
        json_pack("{s:s, s:o}", "spreadsheetId", c->b->id, "clearedRange", cleared);
    return true;
}

static bool batch_clear(call *c, const char *type, const char *list, bool by_filter)
{
    json_t *body = call_body(c, type, "");
    if (!body)
        return false;
    json_t *ranges = json_array();
    book *work = book_fork(c->b);
    bool ok = true;
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(body, list), i, item)
    {
        area a;
        json_t *cleared = NULL;
        if (ok && (by_filter ? area_from_filter(work, item, &a, &c->err)
                             : area_parse(work, json_string_value(item), &a, &c->err)))
            cleared = clear(c, work, a);
        ok = ok && cleared;
        if (cleared)
            json_array_append_new(ranges, cleared);
    }
    if (ok) {
        c->answer =
            json_pack("{s:s, s:O}", "spreadsheetId", c->b->id, "clearedRanges", ranges);
        book_commit(c->b, work);
    } else {
        book_free(work);
    }
    json_decref(ranges);
    json_decref(body);
    return ok;
}

bool values_batch_clear(call *c)
{
    return batch_clear(c, "BatchClearValuesRequest", "ranges", false);
}

bool values_batch_clear_by_filter(call *c)
{
    return batch_clear(c, "BatchClearValuesByDataFilterRequest", "dataFilters", true);
}
