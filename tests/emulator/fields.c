#include "fields.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "schema.h"

typedef struct reader {
    const char *at;
    api_error *err;
} reader;

static bool no_field(api_error *err, const char *path)
{
    char *text = mem_format("Error expanding 'fields' parameter. Cannot find matching "
                            "fields for path '%.200s'.",
                            path);
    api_fail_field(err, path, "Request contains an invalid argument.", text);
    free(text);
    return false;
}

static bool read_list(reader *in, const char *type, json_t *tree, const char *path);

static json_t *branch(json_t *tree, const char *name)
{
    json_t *below = json_object_get(tree, name);
    if (!below) {
        below = json_object();
        json_object_set_new(tree, name, below);
    }
    return below;
}

static bool read_path(reader *in, const char *type, json_t *tree, const char *path)
{
    in->at += strspn(in->at, " ");
    char name[64];
    char kind[64] = "?";
    size_t length = strcspn(in->at, ",./() ");
    snprintf(name, sizeof name, "%.*s", (int)length, in->at);
    in->at += length;
    char *full = mem_format("%s%s%s", path, path[0] ? "." : "", name);
    bool ok = length > 0 && length < sizeof name;
    if (ok && strcmp(name, "*") != 0)
        ok = strcmp(type, "?") == 0 || schema_member(type, name, kind);
    json_t *below = ok ? branch(tree, name) : NULL;
    if (!ok) {
        no_field(in->err, full);
    } else if (*in->at == '.' || *in->at == '/') {
        in->at++;
        ok = read_path(in, kind, below, full);
    } else if (*in->at == '(') {
        in->at++;
        ok = read_list(in, kind, below, full);
        if (ok && *in->at++ != ')')
            ok = no_field(in->err, full);
    }
    free(full);
    return ok;
}

static bool read_list(reader *in, const char *type, json_t *tree, const char *path)
{
    for (;;) {
        if (!read_path(in, type, tree, path))
            return false;
        in->at += strspn(in->at, " ");
        if (*in->at != ',')
            return true;
        in->at++;
    }
}

json_t *fields_parse(const char *text, const char *type, api_error *err)
{
    reader in = {text, err};
    json_t *tree = json_object();
    bool ok = read_list(&in, type, tree, "");
    if (ok && *in.at != '\0')
        ok = no_field(err, text);
    if (!ok) {
        json_decref(tree);
        return NULL;
    }
    return tree;
}

bool fields_has(const json_t *tree, const char *name)
{
    return json_object_size(tree) == 0 || js_has(tree, "*") || js_has(tree, name);
}

json_t *fields_pick(const json_t *value, const json_t *tree)
{
    if (json_object_size(tree) == 0 || js_has(tree, "*"))
        return json_incref(js_mutable(value));
    if (json_is_array(value)) {
        json_t *list = json_array();
        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(list, fields_pick(json_array_get(value, i), tree));
        return list;
    }
    if (!json_is_object(value))
        return json_incref(js_mutable(value));
    json_t *picked = json_object();
    const char *key;
    json_t *member;
    json_object_foreach(js_mutable(value), key, member)
    {
        const json_t *below = json_object_get(tree, key);
        if (below)
            json_object_set_new(picked, key, fields_pick(member, below));
    }
    return picked;
}

static void merge_all(json_t *to, const json_t *from)
{
    json_object_clear(to);
    if (from)
        json_object_update(to, js_mutable(from));
}

void fields_merge(json_t *to, const json_t *from, const json_t *tree)
{
    if (js_has(tree, "*")) {
        merge_all(to, from);
        return;
    }
    const char *key;
    json_t *below;
    json_object_foreach(js_mutable(tree), key, below)
    {
        const json_t *source = json_object_get(from, key);
        if (json_object_size(below) == 0) {
            if (source)
                json_object_set(to, key, js_mutable(source));
            else
                json_object_del(to, key);
            continue;
        }
        json_t *old = json_object_get(to, key);
        json_t *mixed = json_is_object(old) ? json_deep_copy(old) : json_object();
        fields_merge(mixed, source, below);
        if (json_object_size(mixed) > 0)
            json_object_set(to, key, mixed);
        else
            json_object_del(to, key);
        json_decref(mixed);
    }
}
