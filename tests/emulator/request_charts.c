/* Requests on charts. */
#include <stdlib.h>

#include "fields.h"
#include "json.h"
#include "requests.h"

static grid_tab *find_chart(book *work, json_int_t id, json_t **list, size_t *index)
{
    grid_tab *t = request_find_object(work, "charts", "chartId", id, index);
    *list = t ? request_part(t, "charts") : NULL;
    return t;
}

/* Google answers 500 to a basic chart without domains or series. */
static bool spec_ok(call *c, const json_t *spec)
{
    const json_t *basic = json_object_get(spec, "basicChart");
    if (!spec)
        return api_fail(&c->err, 400, "Chart spec must be specified.");
    if (basic && (json_array_size(json_object_get(basic, "domains")) == 0 ||
                  json_array_size(json_object_get(basic, "series")) == 0))
        return api_fail(&c->err, 500, "Internal error encountered.");
    return true;
}

static grid_tab *new_sheet(call *c, book *work)
{
    char *title = mem_format("Chart%d", work->tab_count + 1);
    grid_tab *t = tab_new(emu_new_id(c->e, work), title, 0, 0);
    json_object_set_new(t->props, "sheetType", json_string("OBJECT"));
    book_insert_tab(work, t, work->tab_count);
    free(title);
    return t;
}

bool request_add_chart(call *c, book *work, const json_t *request, json_t *reply)
{
    const json_t *asked = json_object_get(request, "chart");
    json_t *position = json_object_get(asked, "position");
    if (!spec_ok(c, json_object_get(asked, "spec")))
        return false;
    json_int_t id = js_int(asked, "chartId", 0);
    if (id != 0 && book_has_object_id(work, id))
        return api_fail(&c->err, 400,
                        "Chart with id %" JSON_INTEGER_FORMAT " already exists.", id);
    id = id ? id : emu_new_id(c->e, work);
    grid_tab *t;
    if (js_bool(position, "newSheet", false)) {
        t = new_sheet(c, work);
        position = json_pack("{s:I}", "sheetId", t->id);
    } else {
        const json_t *overlay = json_object_get(position, "overlayPosition");
        t = request_tab(c, work, json_object_get(overlay, "anchorCell"));
        position = position ? json_incref(position)
                            : json_pack("{s:{s:{}}}", "overlayPosition", "anchorCell");
    }
    if (t) {
        json_t *made = json_pack("{s:I, s:O, s:O}", "chartId", id, "spec",
                                 json_object_get(asked, "spec"), "position", position);
        json_array_append(request_part(t, "charts"), made);
        json_object_set_new(reply, "addChart", json_pack("{s:o}", "chart", made));
    }
    json_decref(position);
    return t != NULL;
}

bool request_chart_spec(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    json_int_t id = js_int(request, "chartId", 0);
    json_t *list;
    size_t at;
    if (!spec_ok(c, json_object_get(request, "spec")))
        return false;
    if (!find_chart(work, id, &list, &at))
        return api_fail(&c->err, 400, "No chart with id: %" JSON_INTEGER_FORMAT, id);
    json_object_set(json_array_get(list, at), "spec", json_object_get(request, "spec"));
    return true;
}

bool request_chart_position(call *c, book *work, const json_t *request, json_t *reply)
{
    json_int_t id = js_int(request, "objectId", 0);
    json_t *list;
    size_t at;
    if (!find_chart(work, id, &list, &at))
        return api_fail(&c->err, 400, "No object with id: %" JSON_INTEGER_FORMAT, id);
    json_t *mask = request_mask(c, request, "OverlayPosition");
    if (!mask)
        return false;
    const json_t *fresh =
        json_object_get(json_object_get(request, "newPosition"), "overlayPosition");
    json_t *position = json_object_get(json_array_get(list, at), "position");
    json_t *overlay = json_object_get(position, "overlayPosition");
    overlay = overlay ? json_deep_copy(overlay) : json_object();
    fields_merge(overlay, fresh, mask);
    json_decref(mask);
    json_t *moved = json_pack("{s:o}", "overlayPosition", overlay);
    json_object_set(json_array_get(list, at), "position", moved);
    json_object_set_new(reply, "updateEmbeddedObjectPosition",
                        json_pack("{s:o}", "position", moved));
    return true;
}

bool request_delete_object(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    json_int_t id = js_int(request, "objectId", 0);
    json_t *list;
    size_t at;
    if (!find_chart(work, id, &list, &at))
        return api_fail(&c->err, 400, "No object with id: %" JSON_INTEGER_FORMAT, id);
    json_array_remove(list, at);
    return true;
}
