#include "uri.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

char *uri_decode(const char *text, size_t length, bool plus_is_blank)
{
    char *out = mem_new(length + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' && i + 2 < length && isxdigit((unsigned char)text[i + 1]) &&
            isxdigit((unsigned char)text[i + 2])) {
            out[n++] = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out[n++] = text[i] == '+' && plus_is_blank ? ' ' : text[i];
        }
    }
    return out;
}

json_t *uri_query(const char *text)
{
    json_t *query = json_object();
    for (const char *at = text; at && *at;) {
        size_t length = strcspn(at, "&");
        size_t name_length = strcspn(at, "=&");
        char *name = uri_decode(at, name_length, true);
        const char *from = at + name_length + (at[name_length] == '=');
        char *value = uri_decode(from, (size_t)(at + length - from), true);
        json_t *string = json_string(value);
        json_t *list = json_object_get(query, name);
        if (!list) {
            json_object_set_new(query, name, json_array());
            list = json_object_get(query, name);
        }
        if (list)
            json_array_append_new(list, string ? string : json_string(""));
        else
            json_decref(string);
        free(name);
        free(value);
        at += length + (at[length] == '&');
    }
    return query;
}
