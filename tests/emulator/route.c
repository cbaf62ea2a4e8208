#include "route.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "metadata.h"
#include "requests.h"
#include "sheet_view.h"
#include "uri.h"
#include "values.h"

static bool copy_sheet(call *c);

/* place: the path after the id, * = one segment kept for the method. */
static const struct {
    const char *method;
    const char *place;
    const char *action;
    bool (*run)(call *c);
    bool is_write;
    const char *target;
    const char *type;
} methods[] = {
    {"GET", "", "", spreadsheet_get, false, "get", "Spreadsheet"},
    {"POST", "", "batchUpdate", batch_update_spreadsheet, true, "push", "?"},
    {"POST", "", "getByDataFilter", spreadsheet_get_by_filter, false, "get",
     "Spreadsheet"},
    {"GET", "values/*", "", values_get, false, "pull", "?"},
    {"PUT", "values/*", "", values_update, true, "other", "?"},
    {"POST", "values/*", "append", values_append, true, "other", "?"},
    {"POST", "values/*", "clear", values_clear, true, "other", "?"},
    {"GET", "values", "batchGet", values_batch_get, false, "pull", "?"},
    {"POST", "values", "batchGetByDataFilter", values_batch_get_by_filter, false, "pull",
     "?"},
    {"POST", "values", "batchUpdate", values_batch_update, true, "other", "?"},
    {"POST", "values", "batchUpdateByDataFilter", values_batch_update_by_filter, true,
     "other", "?"},
    {"POST", "values", "batchClear", values_batch_clear, true, "other", "?"},
    {"POST", "values", "batchClearByDataFilter", values_batch_clear_by_filter, true,
     "other", "?"},
    {"GET", "developerMetadata/*", "", metadata_get, false, "marker", "?"},
    {"POST", "developerMetadata", "search", metadata_search, false, "marker", "?"},
    {"POST", "sheets/*", "copyTo", copy_sheet, true, "other", "?"},
};

static bool copy_sheet(call *c)
{
    json_t *body = call_body(c, "CopySheetToAnotherSpreadsheetRequest", "");
    if (!body)
        return false;
    book *to = emu_book(c->e, js_text(body, "destinationSpreadsheetId", ""));
    int from = book_find_tab(c->b, strtoll(c->range, NULL, 10));
    json_decref(body);
    if (!to || from < 0)
        return api_fail(&c->err, 404, "Requested entity was not found.");
    const grid_tab *t = c->b->tabs[from];
    char *title = request_copy_title(to, t->title);
    book_insert_tab(to, request_copy_tab(c->e, to, t, emu_new_id(c->e, to), title),
                    to->tab_count);
    free(title);
    c->answer = sheet_properties(to, to->tab_count - 1);
    return true;
}

static bool is_action(const char *text)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (methods[i].action[0] != '\0' && strcmp(methods[i].action, text) == 0)
            return true;
    }
    return false;
}

static void find_method(route *r, const char *method, char *place)
{
    const char *action = "";
    char *last = strrchr(place, '/');
    char *colon = strrchr(last ? last : place, ':');
    if (colon && is_action(colon + 1)) {
        action = colon + 1;
        *colon = '\0';
    }
    const char *slash = strchr(place, '/');
    size_t head = slash ? (size_t)(slash - place) + 1 : strlen(place);
    char shape[64] = "";
    if (head + 2 > sizeof shape ||
        (slash && (slash[1] == '\0' || strchr(slash + 1, '/'))))
        return;
    memcpy(shape, place, head);
    if (slash)
        shape[head] = '*';
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].method, method) != 0 ||
            strcmp(methods[i].place, shape) != 0 ||
            strcmp(methods[i].action, action) != 0)
            continue;
        r->run = methods[i].run;
        r->is_write = methods[i].is_write;
        r->target = methods[i].target;
        r->type = methods[i].type;
        r->rest = slash ? uri_decode(slash + 1, strlen(slash + 1), false) : NULL;
        return;
    }
}

route route_find(const char *method, const char *path)
{
    static const char base[] = "/v4/spreadsheets";
    route r = {.target = "other", .type = "?", .needs_book = true};
    if (strcmp(path, "/token") == 0)
        r.target = "token";
    if (strncmp(path, base, sizeof base - 1) != 0)
        return r;
    const char *at = path + sizeof base - 1;
    if (*at == '\0' && strcmp(method, "POST") == 0) {
        r.run = spreadsheet_create;
        r.is_write = true;
        r.needs_book = false;
        return r;
    }
    if (*at != '/' || at[1] == '\0')
        return r;
    size_t length = strcspn(at + 1, "/:");
    r.book_id = uri_decode(at + 1, length, false);
    const char *tail = at + 1 + length;
    char *place = mem_text(*tail == '/' ? tail + 1 : tail);
    if (*tail != '/' || tail[1] != '\0')
        find_method(&r, method, place);
    free(place);
    return r;
}

void route_clear(route *r)
{
    free(r->book_id);
    free(r->rest);
    *r = (route){0};
}
