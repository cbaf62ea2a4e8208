#include "google/cells.h"
#include "google/edit.h"

#define CHOICES_MAX 500 /* of one drop-down, by Google's limit */

static bool put(json_t *requests, json_t *request)
{
    return json_array_append_new(requests, request) == 0;
}

/* Under `name` in the one member of a request. */
static bool put_named(json_t *requests, const char *name, json_t *inner_take)
{
    return put(requests, json_pack("{s:o}", name, inner_take));
}

json_t *cx_edit_range(const cxlog_area *area)
{
    json_auto_t *range =
        json_pack("{s:i,s:I,s:I}", "sheetId", (int)area->tab, "startRowIndex",
                  (json_int_t)area->row, "startColumnIndex", (json_int_t)area->column);
    int failed = range ? 0 : -1;
    if (area->rows > 0)
        failed |= json_object_set_new(range, "endRowIndex",
                                      json_integer(area->row + area->rows));
    if (area->columns > 0)
        failed |= json_object_set_new(range, "endColumnIndex",
                                      json_integer(area->column + area->columns));
    return failed ? NULL : json_incref(range);
}

bool cx_edit_tab(json_t *requests, const cxlog_edit *edit)
{
    return put(requests, json_pack("{s:{s:{s:i,s:s,s:s,s:{s:I,s:I,s:I}}}}", "addSheet",
                                   "properties", "sheetId", (int)edit->area.tab, "title",
                                   edit->text, "sheetType", "GRID", "gridProperties",
                                   "rowCount", (json_int_t)edit->area.rows, "columnCount",
                                   (json_int_t)edit->area.columns, "frozenRowCount",
                                   (json_int_t)edit->number));
}

static bool grow(json_t *requests, int32_t tab, const char *dimension, int64_t count)
{
    return count <= 0 || put(requests, json_pack("{s:{s:i,s:s,s:I}}", "appendDimension",
                                                 "sheetId", (int)tab, "dimension",
                                                 dimension, "length", (json_int_t)count));
}

bool cx_edit_grow(json_t *requests, const cxlog_edit *edit)
{
    return grow(requests, edit->area.tab, "ROWS", edit->area.rows) &&
           grow(requests, edit->area.tab, "COLUMNS", edit->area.columns);
}

bool cx_edit_freeze(json_t *requests, const cxlog_edit *edit)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:{s:I}},s:s}}", "updateSheetProperties",
                         "properties", "sheetId", (int)edit->area.tab, "gridProperties",
                         "frozenRowCount", (json_int_t)edit->number, "fields",
                         "gridProperties.frozenRowCount"));
}

bool cx_edit_width(json_t *requests, const cxlog_edit *edit)
{
    return put(
        requests,
        json_pack("{s:{s:{s:i,s:s,s:I,s:I},s:{s:I},s:s}}", "updateDimensionProperties",
                  "range", "sheetId", (int)edit->area.tab, "dimension", "COLUMNS",
                  "startIndex", (json_int_t)edit->area.column, "endIndex",
                  (json_int_t)(edit->area.column + edit->area.columns), "properties",
                  "pixelSize", (json_int_t)edit->number, "fields", "pixelSize"));
}

static json_t *grey(double level)
{
    return json_pack("{s:f,s:f,s:f}", "red", level, "green", level, "blue", level);
}

static json_t *format_of(cxlog_style style)
{
    switch (style) {
    case CXLOG_STYLE_HEADING:
        return json_pack("{s:{s:b},s:o}", "textFormat", "bold", 1, "backgroundColor",
                         grey(0.93));
    case CXLOG_STYLE_DIM:
        return json_pack("{s:{s:o}}", "textFormat", "foregroundColor", grey(0.6));
    case CXLOG_STYLE_WRAP:
        return json_pack("{s:s}", "wrapStrategy", "WRAP");
    case CXLOG_STYLE_DATE_TIME:
        return json_pack("{s:{s:s,s:s}}", "numberFormat", "type", "DATE_TIME", "pattern",
                         CX_DATE_TIME_FORMAT);
    case CXLOG_STYLE_NUMBER:
        return json_pack("{s:{s:s,s:s}}", "numberFormat", "type", "NUMBER", "pattern",
                         "#,##0");
    }
    return NULL;
}

static const char *mask_of(cxlog_style style)
{
    switch (style) {
    case CXLOG_STYLE_HEADING:
        return "userEnteredFormat.textFormat.bold,userEnteredFormat.backgroundColor";
    case CXLOG_STYLE_DIM:
        return "userEnteredFormat.textFormat.foregroundColor";
    case CXLOG_STYLE_WRAP:
        return "userEnteredFormat.wrapStrategy";
    case CXLOG_STYLE_DATE_TIME:
    case CXLOG_STYLE_NUMBER:
        break;
    }
    return "userEnteredFormat.numberFormat";
}

bool cx_edit_style(json_t *requests, const cxlog_edit *edit)
{
    return put(requests,
               json_pack("{s:{s:o,s:{s:o},s:s}}", "repeatCell", "range",
                         cx_edit_range(&edit->area), "cell", "userEnteredFormat",
                         format_of(edit->style), "fields", mask_of(edit->style)));
}

bool cx_edit_choices(json_t *requests, const cxlog_edit *edit)
{
    json_auto_t *values = json_array();
    for (size_t i = 0; i < CHOICES_MAX && edit->texts[i]; i++) {
        if (!put(values, json_pack("{s:s}", "userEnteredValue", edit->texts[i])))
            return false;
    }
    return put(requests,
               json_pack("{s:{s:o,s:{s:{s:s,s:O},s:b,s:b}}}", "setDataValidation",
                         "range", cx_edit_range(&edit->area), "rule", "condition", "type",
                         "ONE_OF_LIST", "values", values, "showCustomUi", 1, "strict",
                         0));
}

static json_t *users_of(const char *const *texts)
{
    json_auto_t *users = json_array();
    for (size_t i = 0; texts && texts[i]; i++) {
        if (json_array_append_new(users, json_string(texts[i])) != 0)
            return NULL;
    }
    return json_pack("{s:O}", "users", users);
}

bool cx_edit_guard(json_t *requests, const cxlog_edit *edit)
{
    return put_named(requests, "addProtectedRange",
                     json_pack("{s:{s:i,s:o,s:s,s:b,s:o}}", "protectedRange",
                               "protectedRangeId", (int)edit->id, "range",
                               cx_edit_range(&edit->area), "description", edit->text,
                               "warningOnly", 0, "editors", users_of(edit->texts)));
}

bool cx_edit_editors(json_t *requests, const cxlog_edit *edit)
{
    return put_named(requests, "updateProtectedRange",
                     json_pack("{s:{s:i,s:o},s:s}", "protectedRange", "protectedRangeId",
                               (int)edit->id, "editors", users_of(edit->texts), "fields",
                               "editors"));
}

bool cx_edit_filter(json_t *requests, const cxlog_edit *edit)
{
    return put_named(
        requests, "setBasicFilter",
        json_pack("{s:{s:o}}", "filter", "range", cx_edit_range(&edit->area)));
}
