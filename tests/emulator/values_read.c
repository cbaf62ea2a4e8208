#include <string.h>

#include "json.h"
#include "metadata.h"
#include "values.h"

static const char *option(call *c, const json_t *body, const char *name,
                          const char *fallback)
{
    return body ? js_text(body, name, fallback) : call_query(c, name, fallback);
}

bool value_bad_option(call *c, const char *field, const char *type, const char *value)
{
    char text[256];
    snprintf(text, sizeof text,
             "Invalid value at '%s' (type.googleapis.com/google.apps.sheets.v4.%s), "
             "\"%.100s\"",
             field, type, value);
    return api_fail_field(&c->err, field, text, text);
}

bool value_view_read(call *c, const json_t *body, bool is_response, value_view *out)
{
    const char *dimension =
        is_response ? "ROWS" : option(c, body, "majorDimension", "ROWS");
    const char *view =
        option(c, body, is_response ? "responseValueRenderOption" : "valueRenderOption",
               "FORMATTED_VALUE");
    const char *dates = option(
        c, body, is_response ? "responseDateTimeRenderOption" : "dateTimeRenderOption",
        "SERIAL_NUMBER");
    out->is_columns = strcmp(dimension, "COLUMNS") == 0;
    if (!out->is_columns && strcmp(dimension, "ROWS") != 0 &&
        strcmp(dimension, "DIMENSION_UNSPECIFIED") != 0)
        return value_bad_option(c, "major_dimension", "Dimension", dimension);
    out->dates_as_text = strcmp(dates, "FORMATTED_STRING") == 0;
    if (!out->dates_as_text && strcmp(dates, "SERIAL_NUMBER") != 0)
        return value_bad_option(c, "date_time_render_option", "DateTimeRenderOption",
                                dates);
    if (strcmp(view, "FORMATTED_VALUE") == 0)
        out->view = VIEW_FORMATTED;
    else if (strcmp(view, "UNFORMATTED_VALUE") == 0)
        out->view = VIEW_UNFORMATTED;
    else if (strcmp(view, "FORMULA") == 0)
        out->view = VIEW_FORMULA;
    else
        return value_bad_option(c, "value_render_option", "ValueRenderOption", view);
    return true;
}

json_t *value_range(const book *b, const area *a, const value_view *view)
{
    const grid_tab *t = b->tabs[a->tab];
    int lines = view->is_columns ? a->column_end - a->column : a->row_end - a->row;
    int length = view->is_columns ? a->row_end - a->row : a->column_end - a->column;
    json_t *values = json_array();
    size_t used = 0;
    for (int i = 0; i < lines; i++) {
        json_t *line = json_array();
        int filled = 0;
        for (int k = 0; k < length; k++) {
            const grid_cell *c = view->is_columns
                                     ? tab_cell(t, a->row + k, a->column + i)
                                     : tab_cell(t, a->row + i, a->column + k);
            if (cell_is_blank(c))
                continue;
            while (filled < k) {
                json_array_append_new(line, json_string(""));
                filled++;
            }
            json_array_append_new(line, cell_read(c, view->view, view->dates_as_text));
            filled++;
        }
        json_array_append_new(values, line);
        if (filled > 0)
            used = json_array_size(values);
    }
    while (json_array_size(values) > used)
        json_array_remove(values, json_array_size(values) - 1);
    char *text = area_text(b, a);
    json_t *range = json_pack("{s:s, s:s}", "range", text, "majorDimension",
                              view->is_columns ? "COLUMNS" : "ROWS");
    free(text);
    if (used > 0)
        json_object_set(range, "values", values);
    json_decref(values);
    return range;
}

bool values_get(call *c)
{
    value_view view = {0};
    area a;
    if (!value_view_read(c, NULL, false, &view) ||
        !area_parse(c->b, c->range, &a, &c->err) || !area_clip(c->b, &a, &c->err))
        return false;
    c->answer = value_range(c->b, &a, &view);
    return true;
}

bool values_batch_get(call *c)
{
    value_view view = {0};
    if (!value_view_read(c, NULL, false, &view))
        return false;
    json_t *ranges = json_array();
    c->answer = json_pack("{s:s}", "spreadsheetId", c->b->id);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(c->query, "ranges"), i, item)
    {
        area a;
        bool ok = area_parse(c->b, json_string_value(item), &a, &c->err);
        if (ok && !area_clip(c->b, &a, &c->err)) {
            char where[48];
            snprintf(where, sizeof where, "range[%zu]", i);
            api_error_prefix(&c->err, where);
            ok = false;
        }
        if (!ok) {
            json_decref(ranges);
            return false;
        }
        json_array_append_new(ranges, value_range(c->b, &a, &view));
    }
    if (json_array_size(ranges) > 0)
        json_object_set(c->answer, "valueRanges", ranges);
    json_decref(ranges);
    return true;
}

/* One entry for each place that the filter names; a lookup may name several. */
static bool add_matches(call *c, const json_t *filter, const value_view *view,
                        json_t *matches)
{
    json_t *places = json_array();
    bool ok = metadata_places(c->b, filter, places, &c->err);
    size_t i;
    json_t *grid;
    json_array_foreach(places, i, grid)
    {
        area a;
        ok =
            ok && area_from_grid(c->b, grid, &a, &c->err) && area_clip(c->b, &a, &c->err);
        if (ok)
            json_array_append_new(matches,
                                  json_pack("{s:o, s:[o]}", "valueRange",
                                            value_range(c->b, &a, view), "dataFilters",
                                            metadata_filter_shown(filter)));
    }
    json_decref(places);
    return ok;
}

bool values_batch_get_by_filter(call *c)
{
    value_view view = {0};
    json_t *body = call_body(c, "BatchGetValuesByDataFilterRequest", "");
    if (!body)
        return false;
    json_t *matches = json_array();
    bool ok = value_view_read(c, body, false, &view);
    size_t i;
    json_t *filter;
    json_array_foreach(json_object_get(body, "dataFilters"), i, filter)
    {
        if (ok && !add_matches(c, filter, &view, matches)) {
            char where[48];
            snprintf(where, sizeof where, "dataFilters[%zu]", i);
            api_error_prefix(&c->err, where);
            ok = false;
        }
    }
    c->answer = json_pack("{s:s}", "spreadsheetId", c->b->id);
    if (json_array_size(matches) > 0)
        json_object_set(c->answer, "valueRanges", matches);
    json_decref(matches);
    json_decref(body);
    return ok;
}
