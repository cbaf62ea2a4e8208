#include "area.h"

#include <string.h>

#include "json.h"

/* Where the half-open span [*start, *end) lies after the shift; false when it is gone. */
static bool shift_span(const area_shift *s, json_int_t *start, json_int_t *end)
{
    json_int_t stop = s->at + s->count;
    switch (s->kind) {
    case SHIFT_INSERT:
        *start += *start >= s->at ? s->count : 0;
        *end += *end > s->at ? s->count : 0;
        return true;
    case SHIFT_DELETE:
        *start = *start >= stop ? *start - s->count : *start > s->at ? s->at : *start;
        *end = *end >= stop ? *end - s->count : *end > s->at ? s->at : *end;
        return *end > *start;
    case SHIFT_MOVE: {
        if (*end - *start != 1)
            return true;
        json_int_t at = *start;
        if (at >= s->at && at < stop)
            at = (s->dest > s->at ? s->dest - s->count : s->dest) + (at - s->at);
        else if (at >= stop && at < s->dest)
            at -= s->count;
        else if (at < s->at && at >= s->dest)
            at += s->count;
        *start = at;
        *end = at + 1;
        return true;
    }
    }
    return true;
}

static bool shift_pair(json_t *object, const char *from, const char *to,
                       const area_shift *s)
{
    if (!js_has(object, from) || !js_has(object, to))
        return true;
    json_int_t start = js_int(object, from, 0);
    json_int_t end = js_int(object, to, 0);
    bool lives = shift_span(s, &start, &end);
    json_object_set_new(object, from, json_integer(start));
    json_object_set_new(object, to, json_integer(end));
    return lives;
}

static bool shift_value(json_t *value, const area_shift *s);

static bool shift_object(json_t *object, const area_shift *s)
{
    bool lives = true;
    if (js_int(object, "sheetId", 0) == s->sheet) {
        const char *dimension = js_text(object, "dimension", NULL);
        if (dimension) {
            if ((strcmp(dimension, "ROWS") == 0) == s->is_rows)
                lives = shift_pair(object, "startIndex", "endIndex", s);
        } else if (s->is_rows) {
            lives = shift_pair(object, "startRowIndex", "endRowIndex", s);
        } else {
            lives = shift_pair(object, "startColumnIndex", "endColumnIndex", s);
        }
    }
    const char *key;
    json_t *member;
    json_object_foreach(object, key, member)
    {
        if (!shift_value(member, s))
            lives = false;
    }
    return lives;
}

static bool shift_value(json_t *value, const area_shift *s)
{
    if (json_is_object(value))
        return shift_object(value, s);
    if (!json_is_array(value))
        return true;
    bool had = json_array_size(value) > 0;
    for (size_t i = json_array_size(value); i > 0; i--) {
        if (!shift_value(json_array_get(value, i - 1), s))
            json_array_remove(value, i - 1);
    }
    return !had || json_array_size(value) > 0;
}

void area_shift_book(book *b, const area_shift *s)
{
    shift_value(b->named, s);
    shift_value(b->metadata, s);
    for (int i = 0; i < b->tab_count; i++) {
        if (json_object_size(b->tabs[i]->parts) == 0)
            continue;
        grid_tab *t = book_tab(b, i);
        const char *key;
        json_t *part;
        void *next;
        json_object_foreach_safe(t->parts, next, key, part)
        {
            if (!shift_value(part, s))
                json_object_del(t->parts, key);
        }
    }
}

/* Members that name a place, alone or in a list; without a sheetId that of tab 0. */
static bool is_place(const char *key)
{
    static const char *const keys[] = {"range",   "ranges",     "merges",
                                       "sources", "anchorCell", "unprotectedRanges"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strcmp(keys[i], key) == 0)
            return true;
    }
    return false;
}

static void move_value(json_t *value, const char *name, json_int_t source,
                       json_int_t copy)
{
    size_t i;
    json_t *member;
    const char *key;
    json_array_foreach(value, i, member)
    {
        move_value(member, name, source, copy);
    }
    bool is_here = js_int(value, "sheetId", is_place(name) ? 0 : -1) == source;
    json_object_foreach(value, key, member)
    {
        move_value(member, key, source, copy);
    }
    if (json_is_object(value) && is_here && copy != 0)
        json_object_set_new(value, "sheetId", json_integer(copy));
    else if (json_is_object(value) && is_here)
        json_object_del(value, "sheetId");
}

void area_move_to_tab(json_t *parts, json_int_t source, json_int_t copy)
{
    move_value(parts, "", source, copy);
}
