#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"
#include "requests.h"
#include "sheet_view.h"
#include "values.h"

static const struct {
    const char *name;
    request_run *run;
} kinds[] = {
    {"addSheet", request_add_sheet},
    {"deleteSheet", request_delete_sheet},
    {"duplicateSheet", request_duplicate_sheet},
    {"updateSheetProperties", request_sheet_properties},
    {"updateSpreadsheetProperties", request_spreadsheet_properties},
    {"insertDimension", request_insert_dimension},
    {"deleteDimension", request_delete_dimension},
    {"appendDimension", request_append_dimension},
    {"moveDimension", request_move_dimension},
    {"updateDimensionProperties", request_dimension_properties},
    {"autoResizeDimensions", request_auto_resize},
    {"updateCells", request_update_cells},
    {"appendCells", request_append_cells},
    {"repeatCell", request_repeat_cell},
    {"setDataValidation", request_data_validation},
    {"mergeCells", request_merge},
    {"unmergeCells", request_unmerge},
    {"sortRange", request_sort},
    {"findReplace", request_find_replace},
    {"copyPaste", request_copy_paste},
    {"cutPaste", request_cut_paste},
    {"addNamedRange", request_add_named},
    {"updateNamedRange", request_update_named},
    {"deleteNamedRange", request_delete_named},
    {"addProtectedRange", request_add_protected},
    {"updateProtectedRange", request_update_protected},
    {"deleteProtectedRange", request_delete_protected},
    {"setBasicFilter", request_set_filter},
    {"clearBasicFilter", request_clear_filter},
    {"addConditionalFormatRule", request_add_condition},
    {"updateConditionalFormatRule", request_update_condition},
    {"deleteConditionalFormatRule", request_delete_condition},
    {"addChart", request_add_chart},
    {"updateChartSpec", request_chart_spec},
    {"updateEmbeddedObjectPosition", request_chart_position},
    {"deleteEmbeddedObject", request_delete_object},
    {"createDeveloperMetadata", request_add_metadata},
    {"updateDeveloperMetadata", request_update_metadata},
    {"deleteDeveloperMetadata", request_delete_metadata},
};

grid_tab *request_tab(call *c, book *work, const json_t *request)
{
    json_int_t id = js_int(request, "sheetId", 0);
    int index = book_find_tab(work, id);
    if (index >= 0)
        return book_tab(work, index);
    api_fail(&c->err, 400, "No sheet with id: %" JSON_INTEGER_FORMAT, id);
    return NULL;
}

bool request_area(call *c, const book *work, const json_t *request, const char *key,
                  area *out)
{
    return area_from_grid(work, json_object_get(request, key), out, &c->err) &&
           area_clip(work, out, &c->err) && call_may_edit(c, work, out);
}

bool request_has_room(call *c, const book *work, long long more)
{
    if (book_cell_count(work) + more <= BOOK_CELL_MAX)
        return true;
    return api_fail(
        &c->err, 400,
        "This action would increase the number of cells in the workbook above "
        "the limit of %d cells.",
        BOOK_CELL_MAX);
}

bool request_has_columns(call *c, json_int_t columns)
{
    return columns <= BOOK_COLUMN_MAX ||
           api_fail(&c->err, 400,
                    "This action would increase the number of columns in the sheet above "
                    "the limit of %d columns.",
                    BOOK_COLUMN_MAX);
}

json_t *request_mask(call *c, const json_t *request, const char *type)
{
    const char *text = js_text(request, "fields", "");
    if (text[0] == '\0') {
        api_fail(
            &c->err, 400,
            "At least one field must be listed in 'fields'. (Use '*' to indicate all "
            "fields.)");
        return NULL;
    }
    return fields_parse(text, type, &c->err);
}

json_t *request_part(grid_tab *t, const char *name)
{
    json_t *part = json_object_get(t->parts, name);
    if (!part) {
        part = json_array();
        json_object_set_new(t->parts, name, part);
    }
    return part;
}

static request_run *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].run;
    }
    return NULL;
}

static bool run_one(call *c, book *work, size_t index, const json_t *request,
                    json_t *replies)
{
    char where[128];
    void *iter = json_object_iter(js_mutable(request));
    if (!iter || json_object_size(request) != 1) {
        snprintf(where, sizeof where, "requests[%zu]", index);
        api_fail(&c->err, 400,
                 iter ? "Only one request kind may be set." : "No request set.");
        api_error_prefix(&c->err, where);
        return false;
    }
    const char *name = json_object_iter_key(iter);
    request_run *run = find_kind(name);
    if (!run)
        return api_fail(&c->err, 501, "The emulator does not know %s.", name);
    json_t *reply = json_object();
    json_array_append_new(replies, reply);
    if (run(c, work, json_object_iter_value(iter), reply))
        return true;
    snprintf(where, sizeof where, "requests[%zu].%s", index, name);
    api_error_prefix(&c->err, where);
    return false;
}

bool requests_run(call *c, book *work, const json_t *requests, json_t *replies)
{
    for (size_t i = 0; i < json_array_size(requests); i++) {
        if (!run_one(c, work, i, json_array_get(requests, i), replies))
            return false;
    }
    return true;
}

static void choose_append_rows(call *c, const json_t *requests)
{
    size_t i;
    json_t *request;
    json_t *chosen = json_object();
    json_array_foreach(requests, i, request)
    {
        const json_t *append = json_object_get(request, "appendCells");
        int index = append ? book_find_tab(c->b, js_int(append, "sheetId", 0)) : -1;
        char key[32];
        if (index < 0)
            continue;
        snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, c->b->tabs[index]->id);
        json_object_set_new(chosen, key, json_integer(tab_used_rows(c->b->tabs[index])));
    }
    value_race(c, chosen);
}

static bool add_spreadsheet(call *c, const book *work, const json_t *body)
{
    if (!js_bool(body, "includeSpreadsheetInResponse", false))
        return true;
    json_t *view = sheet_view(work, json_object_get(body, "responseRanges"),
                              js_bool(body, "responseIncludeGridData", false),
                              c->e->base_url, &c->err);
    if (!view)
        return false;
    call_show_rights(c, view);
    json_object_set_new(c->answer, "updatedSpreadsheet", view);
    return true;
}

bool batch_update_spreadsheet(call *c)
{
    json_t *body = call_body(c, "BatchUpdateSpreadsheetRequest", "");
    if (!body)
        return false;
    const json_t *requests = json_object_get(body, "requests");
    if (json_array_size(requests) == 0) {
        json_decref(body);
        return api_fail(&c->err, 400, "Must specify at least one request.");
    }
    if (c->e->race_ms > 0)
        choose_append_rows(c, requests);
    book *work = book_fork(c->b);
    json_t *replies = json_array();
    bool ok = requests_run(c, work, requests, replies);
    if (ok) {
        c->answer =
            json_pack("{s:s, s:O}", "spreadsheetId", c->b->id, "replies", replies);
        ok = add_spreadsheet(c, work, body);
        json_object_set_new(c->answer, "commentUpdateState",
                            json_string("NO_UPDATES_REQUESTED"));
    }
    if (ok)
        book_commit(c->b, work);
    else
        book_free(work);
    json_decref(replies);
    json_decref(body);
    return ok;
}
