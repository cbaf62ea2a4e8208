#include "json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mem_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size);
    if (!block)
        abort();
    return block;
}

void *mem_resize(void *block, size_t count, size_t size)
{
    void *moved = realloc(block, (count ? count : 1) * size);
    if (!moved)
        abort();
    return moved;
}

char *mem_text(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(mem_new(size, 1), text, size);
}

size_t mem_characters(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

static char *format_v(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        abort();
    char *text = mem_new((size_t)length + 1, 1);
    if (vsnprintf(text, (size_t)length + 1, format, again) < 0)
        abort();
    va_end(again);
    return text;
}

char *mem_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_v(format, args);
    va_end(args);
    return text;
}

json_t *js_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_v(format, args);
    va_end(args);
    json_t *string = json_string(text);
    free(text);
    return string;
}

void buf_add(buf *out, const void *bytes, size_t length)
{
    if (out->length + length + 1 > out->room) {
        size_t room = out->room ? out->room : 256;
        while (room < out->length + length + 1)
            room *= 2;
        out->data = mem_resize(out->data, room, 1);
        out->room = room;
    }
    if (length > 0)
        memcpy(out->data + out->length, bytes, length);
    out->length += length;
    out->data[out->length] = '\0';
}

void buf_text(buf *out, const char *text)
{
    buf_add(out, text, strlen(text));
}

void buf_clear(buf *out)
{
    free(out->data);
    *out = (buf){0};
}

void js_number_text(char *buffer, size_t size, double value)
{
    if (value == floor(value) && fabs(value) < 1e15) {
        snprintf(buffer, size, "%.0f", value);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, size, "%.*g", digits, value);
        if (strtod(buffer, NULL) >= value && strtod(buffer, NULL) <= value)
            return;
    }
}

json_t *js_number(double value)
{
    if (value == floor(value) && fabs(value) < 9007199254740992.0)
        return json_integer((json_int_t)value);
    return json_real(value);
}

static void dump_string(buf *out, const char *text, size_t length)
{
    buf_add(out, "\"", 1);
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, text + start, i - start);
        start = i + 1;
        char escape[8];
        const char *known = strchr("\"\"\\\\\bb\ff\nn\rr\tt", c);
        if (known && c != '\0')
            snprintf(escape, sizeof escape, "\\%c", known[1]);
        else
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
        buf_text(out, escape);
    }
    buf_add(out, text + start, length - start);
    buf_add(out, "\"", 1);
}

static void new_line(buf *out, bool pretty, int depth)
{
    if (!pretty)
        return;
    buf_add(out, "\n", 1);
    for (int i = 0; i < depth; i++)
        buf_add(out, "  ", 2);
}

static void dump(buf *out, const json_t *value, bool pretty, int depth);

static void dump_members(buf *out, const json_t *value, bool pretty, int depth)
{
    bool first = true;
    const char *key;
    json_t *member;
    buf_add(out, "{", 1);
    void *iter = json_object_iter(js_mutable(value));
    for (; iter; iter = json_object_iter_next(js_mutable(value), iter)) {
        key = json_object_iter_key(iter);
        member = json_object_iter_value(iter);
        if (!first)
            buf_add(out, ",", 1);
        first = false;
        new_line(out, pretty, depth + 1);
        dump_string(out, key, strlen(key));
        buf_text(out, pretty ? ": " : ":");
        dump(out, member, pretty, depth + 1);
    }
    if (!first)
        new_line(out, pretty, depth);
    buf_add(out, "}", 1);
}

static void dump(buf *out, const json_t *value, bool pretty, int depth)
{
    char number[40];
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        dump_members(out, value, pretty, depth);
        return;
    case JSON_ARRAY:
        buf_add(out, "[", 1);
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i > 0)
                buf_add(out, ",", 1);
            new_line(out, pretty, depth + 1);
            dump(out, json_array_get(value, i), pretty, depth + 1);
        }
        if (json_array_size(value) > 0)
            new_line(out, pretty, depth);
        buf_add(out, "]", 1);
        return;
    case JSON_STRING:
        dump_string(out, json_string_value(value), json_string_length(value));
        return;
    case JSON_INTEGER:
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
        buf_text(out, number);
        return;
    case JSON_REAL:
        js_number_text(number, sizeof number, json_real_value(value));
        buf_text(out, number);
        return;
    case JSON_TRUE:
        buf_text(out, "true");
        return;
    case JSON_FALSE:
        buf_text(out, "false");
        return;
    case JSON_NULL:
        buf_text(out, "null");
        return;
    }
}

char *js_dump(const json_t *value, bool pretty, size_t *length)
{
    buf out = {0};
    dump(&out, value, pretty, 0);
    buf_add(&out, "\n", 1);
    *length = out.length;
    return out.data;
}

json_int_t js_int(const json_t *object, const char *key, json_int_t fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? (json_int_t)json_number_value(value) : fallback;
}

double js_real(const json_t *object, const char *key, double fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : fallback;
}

bool js_bool(const json_t *object, const char *key, bool fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_boolean(value) ? json_is_true(value) : fallback;
}

const char *js_text(const json_t *object, const char *key, const char *fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? json_string_value(value) : fallback;
}

bool js_has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

const char *js_stranger(const json_t *object, const char *const *known)
{
    void *iter = json_object_iter(js_mutable(object));
    for (; iter; iter = json_object_iter_next(js_mutable(object), iter)) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], json_object_iter_key(iter)) != 0)
            i++;
        if (!known[i])
            return json_object_iter_key(iter);
    }
    return NULL;
}
