#include "call.h"

#include <string.h>
#include <strings.h>

#include "json.h"
#include "schema.h"

const char *call_query(const call *c, const char *name, const char *fallback)
{
    const json_t *first = json_array_get(json_object_get(c->query, name), 0);
    return json_is_string(first) ? json_string_value(first) : fallback;
}

bool call_query_bool(const call *c, const char *name)
{
    const char *text = call_query(c, name, "false");
    return strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0;
}

json_t *call_body(call *c, const char *type, const char *path)
{
    json_t *nothing = json_object();
    json_t *clean = schema_read(type, c->body ? c->body : nothing, path, &c->err);
    json_decref(nothing);
    return clean;
}

void call_op(call *c, json_t *op)
{
    json_array_append_new(c->ops, op);
}

static bool overlaps(json_int_t from, json_int_t to, json_int_t start, json_int_t end)
{
    return (end < 0 || from < end) && (to < 0 || start < to);
}

bool call_may_edit(call *c, const book *b, const area *a)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(b->tabs[a->tab]->parts, "protectedRanges"), i,
                       item)
    {
        const json_t *range = json_object_get(item, "range");
        if (js_bool(item, "requestingUserCanEdit", true) ||
            js_bool(item, "warningOnly", false))
            continue;
        if (overlaps(a->row, a->row_end, js_int(range, "startRowIndex", 0),
                     js_int(range, "endRowIndex", -1)) &&
            overlaps(a->column, a->column_end, js_int(range, "startColumnIndex", 0),
                     js_int(range, "endColumnIndex", -1)))
            return api_fail(&c->err, 400,
                            "You are trying to edit a protected cell or object. Please "
                            "contact the spreadsheet owner to remove protection if you "
                            "need to edit.");
    }
    return true;
}
