/* CellData, the API's form of a cell. */
#include "cell.h"

#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "json.h"

static const char *const error_names[][2] = {
    {"NULL_VALUE", "#NULL!"},  {"DIVIDE_BY_ZERO", "#DIV/0!"},
    {"VALUE", "#VALUE!"},      {"REF", "#REF!"},
    {"NAME", "#NAME?"},        {"NUM", "#NUM!"},
    {"N_A", "#N/A"},           {"ERROR", "#ERROR!"},
    {"LOADING", "Loading..."},
};

static const char *error_type(const char *text)
{
    for (size_t i = 0; i < sizeof error_names / sizeof error_names[0]; i++) {
        if (strcmp(error_names[i][1], text) == 0)
            return error_names[i][0];
    }
    return NULL;
}

static json_t *extended(const json_t *v)
{
    const char *key = json_is_number(v)    ? "numberValue"
                      : json_is_boolean(v) ? "boolValue"
                                           : "stringValue";
    return json_pack("{s:O}", key, js_mutable(v));
}

json_t *cell_to_user(const grid_cell *c)
{
    json_t *out = json_object();
    if (!c)
        return out;
    const char *formula = js_text(c->x, "formula", NULL);
    if (formula)
        json_object_set_new(out, "userEnteredValue",
                            json_pack("{s:s}", "formulaValue", formula));
    else if (c->v)
        json_object_set_new(out, "userEnteredValue", extended(c->v));
    if (c->x) {
        json_object_update(out, c->x);
        json_object_del(out, "formula");
    }
    return out;
}

json_t *cell_to_data(const grid_cell *c)
{
    static const char *const rest[] = {
        "userEnteredFormat", "effectiveFormat", "hyperlink", "note",
        "textFormatRuns",    "dataValidation",  "pivotTable"};
    json_t *out = json_object();
    json_t *user = cell_to_user(c);
    if (js_has(user, "userEnteredValue"))
        json_object_set(out, "userEnteredValue",
                        json_object_get(user, "userEnteredValue"));
    if (c && c->v) {
        const char *error = json_is_string(c->v) && js_has(c->x, "formula")
                                ? error_type(json_string_value(c->v))
                                : NULL;
        json_object_set_new(out, "effectiveValue",
                            error ? json_pack("{s:{s:s}}", "errorValue", "type", error)
                                  : extended(c->v));
        char *text = cell_display(c);
        json_object_set_new(out, "formattedValue", json_string(text));
        free(text);
    }
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        const char *from =
            strcmp(rest[i], "effectiveFormat") == 0 ? "userEnteredFormat" : rest[i];
        if (js_has(user, from))
            json_object_set(out, rest[i], json_object_get(user, from));
    }
    json_decref(user);
    return out;
}

static bool set_value(grid_cell *c, const json_t *value, api_error *err)
{
    const char *text = js_text(value, "stringValue", NULL);
    const char *formula = js_text(value, "formulaValue", NULL);
    if (json_object_size(value) > 1)
        return api_fail(err, 400, "ExtendedValue: only one kind of value may be set.");
    if (text || formula) {
        if (!cell_check_length(text ? text : formula, err))
            return false;
        if (formula)
            cell_set_formula(c, formula, NULL);
        else
            cell_set(c,
                     text[0] ? json_incref(json_object_get(value, "stringValue")) : NULL);
        return true;
    }
    if (js_has(value, "errorValue"))
        return api_fail(err, 400, "ExtendedValue.error_value cannot be set.");
    json_t *plain = json_object_get(value, "numberValue");
    if (!plain)
        plain = json_object_get(value, "boolValue");
    cell_set(c, json_incref(plain));
    return true;
}

bool cell_write(grid_cell *c, const json_t *cell_data, const json_t *mask, api_error *err)
{
    json_t *user = cell_to_user(c);
    json_t *shown = fields_has(mask, "userEnteredValue") ? NULL : json_incref(c->v);
    fields_merge(user, cell_data, mask);
    const json_t *value = json_object_get(user, "userEnteredValue");
    bool ok = true;
    if (!shown)
        ok = set_value(c, value, err);
    json_t *formula = json_incref(json_object_get(c->x, "formula"));
    json_object_del(user, "userEnteredValue");
    json_object_del(user, "effectiveValue");
    json_object_del(user, "effectiveFormat");
    json_object_del(user, "formattedValue");
    json_decref(c->x);
    c->x = NULL;
    if (formula)
        json_object_set_new(user, "formula", formula);
    if (json_object_size(user) > 0)
        c->x = json_incref(user);
    json_decref(user);
    json_decref(shown);
    return ok;
}
