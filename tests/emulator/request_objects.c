/* Requests on what lies over the cells: named and protected ranges, filters, rules,
 * charts. */
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"

grid_tab *request_find_object(book *work, const char *part, const char *key,
                              json_int_t id, size_t *index)
{
    for (int i = 0; i < work->tab_count; i++) {
        const json_t *list = json_object_get(work->tabs[i]->parts, part);
        for (size_t k = 0; k < json_array_size(list); k++) {
            if (js_int(json_array_get(list, k), key, -1) != id)
                continue;
            *index = k;
            return book_tab(work, i);
        }
    }
    return NULL;
}

static json_int_t place_of(const json_t *list, const char *key, const char *text)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (strcmp(js_text(item, key, ""), text) == 0)
            return (json_int_t)i;
    }
    return -1;
}

static json_t *clean_grid(call *c, const book *work, const json_t *grid)
{
    area a;
    if (!area_from_grid(work, grid, &a, &c->err))
        return NULL;
    json_t *clean = json_copy(js_mutable(grid));
    if (js_int(clean, "sheetId", 0) == 0)
        json_object_del(clean, "sheetId");
    return clean ? clean : json_object();
}

bool request_add_named(call *c, book *work, const json_t *request, json_t *reply)
{
    const json_t *named = json_object_get(request, "namedRange");
    const char *name = js_text(named, "name", "");
    if (name[0] == '\0' || strpbrk(name, " !'\"-"))
        return api_fail(&c->err, 400, "Invalid name: %s", name);
    if (place_of(work->named, "name", name) >= 0)
        return api_fail(
            &c->err, 400,
            "Cannot add named range with name: %s, a named range with that name "
            "already exists.",
            name);
    const char *asked = js_text(named, "namedRangeId", NULL);
    if (asked && place_of(work->named, "namedRangeId", asked) >= 0)
        return api_fail(&c->err, 400,
                        "Cannot add named range with ID: %s, a named range with that ID "
                        "already exists.",
                        asked);
    json_t *grid = clean_grid(c, work, json_object_get(named, "range"));
    if (!grid)
        return false;
    char *id = asked ? mem_text(asked)
                     : mem_format("%" JSON_INTEGER_FORMAT, emu_new_id(c->e, work));
    json_t *made =
        json_pack("{s:s, s:s, s:o}", "namedRangeId", id, "name", name, "range", grid);
    free(id);
    json_array_append(work->named, made);
    json_object_set_new(reply, "addNamedRange", json_pack("{s:o}", "namedRange", made));
    return true;
}

bool request_update_named(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const json_t *named = json_object_get(request, "namedRange");
    json_int_t at =
        place_of(work->named, "namedRangeId", js_text(named, "namedRangeId", ""));
    if (at < 0)
        return api_fail(&c->err, 400, "No named range with id: %s",
                        js_text(named, "namedRangeId", ""));
    json_t *mask = request_mask(c, request, "NamedRange");
    if (mask)
        fields_merge(json_array_get(work->named, (size_t)at), named, mask);
    json_decref(mask);
    return mask != NULL;
}

bool request_delete_named(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const char *id = js_text(request, "namedRangeId", "");
    json_int_t at = place_of(work->named, "namedRangeId", id);
    if (at < 0)
        return api_fail(&c->err, 400, "No named range with id: %s", id);
    json_array_remove(work->named, (size_t)at);
    return true;
}

/* Those asked for, and who makes it: nobody shuts himself out. */
static json_t *editors_of(const call *c, const json_t *asked)
{
    const char *maker = c->who ? c->who->email : "owner";
    json_t *users = json_pack("[s]", maker);
    size_t i;
    json_t *user;
    json_array_foreach(json_object_get(asked, "users"), i, user)
    {
        if (strcmp(json_string_value(user), maker) != 0)
            json_array_append(users, user);
    }
    json_t *editors = json_pack("{s:o}", "users", users);
    const json_t *groups = json_object_get(asked, "groups");
    if (json_array_size(groups) > 0)
        json_object_set(editors, "groups", js_mutable(groups));
    return editors;
}

bool request_add_protected(call *c, book *work, const json_t *request, json_t *reply)
{
    const json_t *asked = json_object_get(request, "protectedRange");
    json_t *grid = clean_grid(c, work, json_object_get(asked, "range"));
    if (!grid)
        return false;
    json_int_t sheet = js_int(grid, "sheetId", 0);
    grid_tab *t = book_tab(work, book_find_tab(work, sheet));
    json_t *list = request_part(t, "protectedRanges");
    size_t i;
    json_t *other;
    json_array_foreach(list, i, other)
    {
        if (!area_is_whole_tab(grid) ||
            !area_is_whole_tab(json_object_get(other, "range")))
            continue;
        json_decref(grid);
        return api_fail(&c->err, 400, "Sheet \"%s\" already has sheet protection.",
                        t->title);
    }
    json_int_t id = js_int(asked, "protectedRangeId", 0);
    json_t *made = json_pack("{s:I, s:o}", "protectedRangeId",
                             id ? id : emu_new_id(c->e, work), "range", grid);
    if (js_text(asked, "description", "")[0] != '\0')
        json_object_set(made, "description", json_object_get(asked, "description"));
    if (js_bool(asked, "warningOnly", false))
        json_object_set_new(made, "warningOnly", json_true());
    json_object_set_new(made, "requestingUserCanEdit", json_true());
    json_object_set_new(made, "editors", json_object());
    json_object_set_new(reply, "addProtectedRange",
                        json_pack("{s:o}", "protectedRange", json_deep_copy(made)));
    json_object_set_new(made, "editors",
                        editors_of(c, json_object_get(asked, "editors")));
    json_array_append_new(list, made);
    return true;
}

bool request_update_protected(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    const json_t *asked = json_object_get(request, "protectedRange");
    json_int_t id = js_int(asked, "protectedRangeId", 0);
    size_t at;
    grid_tab *t =
        request_find_object(work, "protectedRanges", "protectedRangeId", id, &at);
    if (!t)
        return api_fail(&c->err, 400, "No protected range with id: %" JSON_INTEGER_FORMAT,
                        id);
    json_t *rule = json_array_get(request_part(t, "protectedRanges"), at);
    json_t *mask =
        call_may_edit_rule(c, rule) ? request_mask(c, request, "ProtectedRange") : NULL;
    if (mask) {
        fields_merge(rule, asked, mask);
        json_object_set_new(rule, "editors",
                            editors_of(c, json_object_get(rule, "editors")));
    }
    json_decref(mask);
    return mask != NULL;
}

bool request_delete_protected(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    json_int_t id = js_int(request, "protectedRangeId", 0);
    size_t at;
    grid_tab *t =
        request_find_object(work, "protectedRanges", "protectedRangeId", id, &at);
    if (!t)
        return api_fail(&c->err, 400, "No protected range with id: %" JSON_INTEGER_FORMAT,
                        id);
    json_t *list = request_part(t, "protectedRanges");
    return call_may_edit_rule(c, json_array_get(list, at)) &&
           json_array_remove(list, at) == 0;
}

bool request_set_filter(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    json_t *filter = json_object_get(request, "filter");
    area a;
    if (!area_from_grid(work, json_object_get(filter, "range"), &a, &c->err))
        return false;
    json_object_set(book_tab(work, a.tab)->parts, "basicFilter", filter);
    return true;
}

bool request_clear_filter(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    grid_tab *t = request_tab(c, work, request);
    if (t)
        json_object_del(t->parts, "basicFilter");
    return t != NULL;
}

bool request_add_condition(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    json_t *rule = json_object_get(request, "rule");
    area a;
    if (!area_from_grid(work, json_array_get(json_object_get(rule, "ranges"), 0), &a,
                        &c->err))
        return false;
    json_t *list = request_part(book_tab(work, a.tab), "conditionalFormats");
    size_t at = (size_t)js_int(request, "index", 0);
    if (at > json_array_size(list))
        return api_fail(&c->err, 400, "index[%zu] is greater than the number of rules.",
                        at);
    json_array_insert(list, at, rule);
    return true;
}

static json_t *find_rule(call *c, book *work, const json_t *request, size_t *at)
{
    grid_tab *t = request_tab(c, work, request);
    json_t *list = t ? request_part(t, "conditionalFormats") : NULL;
    *at = (size_t)js_int(request, "index", 0);
    if (!list || *at < json_array_size(list))
        return list;
    api_fail(&c->err, 400, "No conditional format on sheet: %s at index: %zu", t->title,
             *at);
    return NULL;
}

bool request_update_condition(call *c, book *work, const json_t *request, json_t *reply)
{
    size_t at;
    json_t *list = find_rule(c, work, request, &at);
    if (!list)
        return false;
    json_t *old = json_incref(json_array_get(list, at));
    json_t *rule = json_object_get(request, "rule");
    if (rule) {
        json_array_set(list, at, rule);
    } else {
        json_array_remove(list, at);
        rule = old;
        json_array_insert(list, (size_t)js_int(request, "newIndex", 0), old);
    }
    json_t *inner = json_pack("{s:O, s:O}", "newRule", rule, "oldRule", old);
    json_object_set_new(reply, "updateConditionalFormatRule", inner);
    json_decref(old);
    return true;
}

bool request_delete_condition(call *c, book *work, const json_t *request, json_t *reply)
{
    size_t at;
    json_t *list = find_rule(c, work, request, &at);
    if (!list)
        return false;
    json_object_set_new(reply, "deleteConditionalFormatRule",
                        json_pack("{s:O}", "rule", json_array_get(list, at)));
    json_array_remove(list, at);
    return true;
}
