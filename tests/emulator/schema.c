#include "schema.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json.h"

typedef struct member {
    char name[64];
    char type[64];
    bool repeated;
} member;

/* Only those whose wrong value a client could send by mistake. */
static const struct {
    const char *field;
    const char *type;
    const char *values;
} enums[] = {
    {"dimension", "Dimension", "DIMENSION_UNSPECIFIED ROWS COLUMNS"},
    {"majorDimension", "Dimension", "DIMENSION_UNSPECIFIED ROWS COLUMNS"},
    {"shiftDimension", "Dimension", "DIMENSION_UNSPECIFIED ROWS COLUMNS"},
    {"sheetType", "SheetType", "SHEET_TYPE_UNSPECIFIED GRID OBJECT DATA_SOURCE"},
    {"visibility", "DeveloperMetadataVisibility",
     "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED DOCUMENT PROJECT"},
    {"locationType", "DeveloperMetadataLocationType",
     "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED ROW COLUMN SHEET SPREADSHEET"},
    {"mergeType", "MergeType", "MERGE_ALL MERGE_COLUMNS MERGE_ROWS"},
    {"sortOrder", "SortOrder", "SORT_ORDER_UNSPECIFIED ASCENDING DESCENDING"},
    {"valueInputOption", "ValueInputOption",
     "INPUT_VALUE_OPTION_UNSPECIFIED RAW USER_ENTERED"},
    {"valueRenderOption", "ValueRenderOption",
     "FORMATTED_VALUE UNFORMATTED_VALUE FORMULA"},
};

static const schema_type *find_type(const char *name)
{
    static const schema_type *const lists[] = {schema_requests, schema_types,
                                               schema_charts};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (const schema_type *t = lists[i]; t->name; t++) {
            if (strcmp(t->name, name) == 0)
                return t;
        }
    }
    return NULL;
}

static const char *next_member(const char *at, member *out)
{
    while (*at == ' ')
        at++;
    if (*at == '\0')
        return NULL;
    const char *colon = strchr(at, ':');
    const char *end = colon + strcspn(colon, " ");
    snprintf(out->name, sizeof out->name, "%.*s", (int)(colon - at), at);
    out->repeated = colon[1] == '[';
    const char *type = colon + 1 + out->repeated;
    snprintf(out->type, sizeof out->type, "%.*s", (int)(end - type) - out->repeated,
             type);
    return end;
}

/* "start_row_index" -> "startRowIndex"; a name in camel stays as it is. */
static void to_camel(char *out, size_t size, const char *name)
{
    size_t n = 0;
    for (const char *p = name; *p && n + 1 < size; p++) {
        if (*p == '_' && p[1] != '\0') {
            p++;
            out[n++] = (char)toupper((unsigned char)*p);
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
}

static void to_snake(char *out, size_t size, const char *name)
{
    size_t n = 0;
    for (const char *p = name; *p && n + 2 < size; p++) {
        if (isupper((unsigned char)*p)) {
            out[n++] = '_';
            out[n++] = (char)tolower((unsigned char)*p);
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
}

static json_t *bad_value(const char *path, const char *type, const json_t *value,
                         api_error *err)
{
    char *shown;
    if (json_is_string(value)) {
        shown = mem_format("\"%.200s\"", json_string_value(value));
    } else {
        size_t length;
        shown = js_dump(value, false, &length);
        shown[length - 1] = '\0';
    }
    char *text = mem_format("Invalid value at '%s' (%s), %s", path, type, shown);
    api_fail_field(err, path, text, text);
    free(text);
    free(shown);
    return NULL;
}

static json_t *unknown_name(const char *path, const char *name, api_error *err)
{
    char *at = path[0] ? mem_format(" at '%s'", path) : mem_text("");
    char *text = mem_format(
        "Invalid JSON payload received. Unknown name \"%.200s\"%s: Cannot find field.",
        name, at);
    api_fail_field(err, path, text, text);
    free(at);
    free(text);
    return NULL;
}

static json_t *read_number(const json_t *in, bool whole, const char *path, api_error *err)
{
    const char *type = whole ? "TYPE_INT32" : "TYPE_DOUBLE";
    double value = json_number_value(in);
    if (json_is_string(in)) {
        char *end;
        value = strtod(json_string_value(in), &end);
        if (*end != '\0' || json_string_length(in) == 0)
            return bad_value(path, type, in, err);
    } else if (!json_is_number(in)) {
        return bad_value(path, type, in, err);
    }
    if (!whole)
        return js_number(value);
    if (value < -2147483648.0 || value > 2147483647.0 ||
        value - (double)(json_int_t)value != 0.0)
        return bad_value(path, type, in, err);
    return json_integer((json_int_t)value);
}

static json_t *read_enum(const json_t *in, const char *field, const char *path,
                         api_error *err)
{
    for (size_t i = 0; i < sizeof enums / sizeof enums[0]; i++) {
        if (strcmp(enums[i].field, field) != 0)
            continue;
        const char *text = json_string_value(in);
        size_t length = text ? strlen(text) : 0;
        const char *at = length > 0 ? strstr(enums[i].values, text) : NULL;
        for (; at; at = strstr(at + 1, text)) {
            if ((at == enums[i].values || at[-1] == ' ') &&
                (at[length] == ' ' || at[length] == '\0'))
                return json_incref(js_mutable(in));
        }
        char type[128];
        snprintf(type, sizeof type, "type.googleapis.com/google.apps.sheets.v4.%s",
                 enums[i].type);
        return bad_value(path, type, in, err);
    }
    if (!json_is_string(in))
        return bad_value(path, "TYPE_ENUM", in, err);
    return json_incref(js_mutable(in));
}

static json_t *read_scalar(const member *m, const json_t *in, const char *path,
                           api_error *err)
{
    switch (m->type[0]) {
    case 'i':
        return read_number(in, true, path, err);
    case 'n':
        return read_number(in, false, path, err);
    case 'e':
        return read_enum(in, m->name, path, err);
    case 'b':
        if (json_is_string(in) && strcasecmp(json_string_value(in), "true") == 0)
            return json_true();
        if (json_is_string(in) && strcasecmp(json_string_value(in), "false") == 0)
            return json_false();
        if (!json_is_boolean(in))
            return bad_value(path, "TYPE_BOOL", in, err);
        return json_incref(js_mutable(in));
    case 's':
    case 'g':
        if (!json_is_string(in))
            return bad_value(path, "TYPE_STRING", in, err);
        return json_incref(js_mutable(in));
    default:
        return json_incref(js_mutable(in));
    }
}

static json_t *read_one(const member *m, const json_t *in, const char *path,
                        api_error *err)
{
    if (m->type[0] == 'L' && m->type[1] == '\0') {
        if (!json_is_array(in))
            return bad_value(path, "type.googleapis.com/google.protobuf.ListValue", in,
                             err);
        return json_incref(js_mutable(in));
    }
    if (isupper((unsigned char)m->type[0]))
        return schema_read(m->type, in, path, err);
    return read_scalar(m, in, path, err);
}

static json_t *read_member(const member *m, const json_t *in, const char *path,
                           api_error *err)
{
    /* Google's reader takes one value for a repeated field as a list of one. */
    if (!m->repeated || !json_is_array(in)) {
        json_t *one = read_one(m, in, path, err);
        return one && m->repeated ? json_pack("[o]", one) : one;
    }
    json_t *list = json_array();
    size_t path_room = strlen(path) + 24;
    char *place = mem_new(path_room, 1);
    for (size_t i = 0; list && i < json_array_size(in); i++) {
        snprintf(place, path_room, "%s[%zu]", path, i);
        json_t *item = read_one(m, json_array_get(in, i), place, err);
        if (item) {
            json_array_append_new(list, item);
        } else {
            json_decref(list);
            list = NULL;
        }
    }
    free(place);
    return list;
}

static bool known_names(const schema_type *type, const json_t *in, const char *path,
                        api_error *err)
{
    char camel[64];
    char kind[64];
    void *iter = json_object_iter(js_mutable(in));
    for (; iter; iter = json_object_iter_next(js_mutable(in), iter)) {
        to_camel(camel, sizeof camel, json_object_iter_key(iter));
        if (!schema_member(type->name, camel, kind)) {
            unknown_name(path, json_object_iter_key(iter), err);
            return false;
        }
    }
    return true;
}

json_t *schema_read(const char *type_name, const json_t *in, const char *path,
                    api_error *err)
{
    const schema_type *type = find_type(type_name);
    if (!type)
        return json_incref(js_mutable(in));
    if (!json_is_object(in)) {
        char full[128];
        snprintf(full, sizeof full, "type.googleapis.com/google.apps.sheets.v4.%s",
                 type_name);
        return bad_value(path, full, in, err);
    }
    if (!known_names(type, in, path, err))
        return NULL;
    json_t *out = json_object();
    member m;
    char snake[80];
    for (const char *at = type->members; (at = next_member(at, &m)) != NULL;) {
        to_snake(snake, sizeof snake, m.name);
        const json_t *value = json_object_get(in, m.name);
        if (!value)
            value = json_object_get(in, snake);
        if (!value || (json_is_null(value) && strcmp(m.type, "?") != 0))
            continue;
        char *place = mem_format("%s%s%s", path, path[0] ? "." : "", snake);
        json_t *clean = read_member(&m, value, place, err);
        free(place);
        if (!clean) {
            json_decref(out);
            return NULL;
        }
        json_object_set_new(out, m.name, clean);
    }
    return out;
}

bool schema_member(const char *type_name, const char *name, char *out)
{
    const schema_type *type = find_type(type_name);
    char camel[64];
    member m;
    to_camel(camel, sizeof camel, name);
    for (const char *at = type ? type->members : "";
         (at = next_member(at, &m)) != NULL;) {
        if (strcmp(m.name, camel) == 0) {
            memcpy(out, m.type, sizeof m.type);
            return true;
        }
    }
    return false;
}
