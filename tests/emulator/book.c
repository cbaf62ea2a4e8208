#include "book.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json.h"

book *book_new(const char *id, const char *title, const char *locale, const char *zone)
{
    book *b = mem_new(1, sizeof *b);
    b->id = mem_text(id);
    b->props = json_pack(
        "{s:s, s:s, s:s, s:s, s:{s:{s:i,s:i,s:i}, s:{s:i,s:i,s:i,s:i}, s:s, s:s,"
        " s:{s:{}, s:s, s:i, s:b, s:b, s:b, s:b, s:{s:{}}}, s:{s:{s:i,s:i,s:i}}}}",
        "title", title, "locale", locale, "autoRecalc", "ON_CHANGE", "timeZone", zone,
        "defaultFormat", "backgroundColor", "red", 1, "green", 1, "blue", 1, "padding",
        "top", 2, "right", 3, "bottom", 2, "left", 3, "verticalAlignment", "BOTTOM",
        "wrapStrategy", "OVERFLOW_CELL", "textFormat", "foregroundColor", "fontFamily",
        "arial,sans,sans-serif", "fontSize", 10, "bold", 0, "italic", 0, "strikethrough",
        0, "underline", 0, "foregroundColorStyle", "rgbColor", "backgroundColorStyle",
        "rgbColor", "red", 1, "green", 1, "blue", 1);
    b->named = json_array();
    b->metadata = json_array();
    b->shares = json_object();
    bool is_korean = strncmp(locale, "ko", 2) == 0;
    book_insert_tab(b, tab_new(0, is_korean ? "시트1" : "Sheet1", 1000, 26), 0);
    return b;
}

static void book_empty(book *b)
{
    for (int i = 0; i < b->tab_count; i++)
        tab_release(b->tabs[i]);
    free(b->tabs);
    free(b->id);
    json_decref(b->props);
    json_decref(b->named);
    json_decref(b->metadata);
    json_decref(b->shares);
}

void book_free(book *b)
{
    if (!b)
        return;
    book_empty(b);
    free(b);
}

book *book_fork(const book *b)
{
    book *work = mem_new(1, sizeof *work);
    *work = *b;
    work->id = mem_text(b->id);
    work->tabs = mem_new((size_t)b->tab_count, sizeof(grid_tab *));
    for (int i = 0; i < b->tab_count; i++) {
        work->tabs[i] = b->tabs[i];
        work->tabs[i]->refs++;
    }
    work->props = json_deep_copy(b->props);
    work->named = json_deep_copy(b->named);
    work->metadata = json_deep_copy(b->metadata);
    work->shares = json_deep_copy(b->shares);
    return work;
}

void book_commit(book *b, book *work)
{
    book_empty(b);
    *b = *work;
    free(work);
}

int book_find_tab(const book *b, json_int_t id)
{
    for (int i = 0; i < b->tab_count; i++) {
        if (b->tabs[i]->id == id)
            return i;
    }
    return -1;
}

int book_find_title(const book *b, const char *title)
{
    for (int i = 0; i < b->tab_count; i++) {
        if (strcasecmp(b->tabs[i]->title, title) == 0)
            return i;
    }
    return -1;
}

long long book_cell_count(const book *b)
{
    long long cells = 0;
    for (int i = 0; i < b->tab_count; i++)
        cells += (long long)b->tabs[i]->row_count * b->tabs[i]->column_count;
    return cells;
}

bool book_has_object_id(const book *b, json_int_t id)
{
    static const char *const lists[][2] = {{"charts", "chartId"},
                                           {"protectedRanges", "protectedRangeId"},
                                           {"filterViews", "filterViewId"}};
    for (int i = 0; i < b->tab_count; i++) {
        for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
            size_t j;
            json_t *item;
            json_array_foreach(json_object_get(b->tabs[i]->parts, lists[k][0]), j, item)
            {
                if (js_int(item, lists[k][1], -1) == id)
                    return true;
            }
        }
    }
    return book_find_tab(b, id) >= 0;
}

void book_insert_tab(book *b, grid_tab *t, int index)
{
    if (index < 0 || index > b->tab_count)
        index = b->tab_count;
    b->tabs = mem_resize(b->tabs, (size_t)b->tab_count + 1, sizeof(grid_tab *));
    memmove(b->tabs + index + 1, b->tabs + index,
            (size_t)(b->tab_count - index) * sizeof(grid_tab *));
    b->tabs[index] = t;
    b->tab_count++;
}

void book_remove_tab(book *b, int index)
{
    tab_release(b->tabs[index]);
    memmove(b->tabs + index, b->tabs + index + 1,
            (size_t)(b->tab_count - index - 1) * sizeof(grid_tab *));
    b->tab_count--;
}

grid_tab *book_tab(book *b, int index)
{
    grid_tab *t = b->tabs[index];
    if (t->refs > 1) {
        b->tabs[index] = tab_copy(t);
        tab_release(t);
    }
    return b->tabs[index];
}
