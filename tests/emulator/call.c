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

/* The owner, who works by hand, has no account here and may do all. */
static bool is_editor(const call *c, const json_t *rule)
{
    size_t i;
    json_t *user;
    const json_t *editors = json_object_get(rule, "editors");
    json_array_foreach(json_object_get(editors, "users"), i, user)
    {
        if (c->who && strcasecmp(json_string_value(user), c->who->email) == 0)
            return true;
    }
    return !c->who;
}

bool call_may_edit_rule(call *c, const json_t *rule)
{
    return js_bool(rule, "warningOnly", false) || is_editor(c, rule) ||
           api_fail(&c->err, 400,
                    "You are trying to edit a protected cell or object. Please contact "
                    "the spreadsheet owner to remove protection if you need to edit.");
}

bool call_may_edit(call *c, const book *b, const area *a)
{
    size_t i;
    json_t *rule;
    json_array_foreach(json_object_get(b->tabs[a->tab]->parts, "protectedRanges"), i,
                       rule)
    {
        const json_t *range = json_object_get(rule, "range");
        if (overlaps(a->row, a->row_end, js_int(range, "startRowIndex", 0),
                     js_int(range, "endRowIndex", -1)) &&
            overlaps(a->column, a->column_end, js_int(range, "startColumnIndex", 0),
                     js_int(range, "endColumnIndex", -1)) &&
            !call_may_edit_rule(c, rule))
            return false;
    }
    return true;
}

bool call_may_edit_tab(call *c, const book *b, int tab)
{
    size_t i;
    json_t *rule;
    json_array_foreach(json_object_get(b->tabs[tab]->parts, "protectedRanges"), i, rule)
    {
        if (area_is_whole_tab(json_object_get(rule, "range")) &&
            !call_may_edit_rule(c, rule))
            return false;
    }
    return true;
}

void call_show_rights(const call *c, json_t *view)
{
    size_t i;
    json_t *sheet;
    json_array_foreach(json_object_get(view, "sheets"), i, sheet)
    {
        size_t k;
        json_t *rule;
        json_array_foreach(json_object_get(sheet, "protectedRanges"), k, rule)
        {
            if (is_editor(c, rule))
                json_object_set_new(rule, "requestingUserCanEdit", json_true());
            else
                json_object_del(rule, "requestingUserCanEdit");
        }
    }
}
