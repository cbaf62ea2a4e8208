#include "book.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"

grid_tab *tab_new(json_int_t id, const char *title, int rows, int columns)
{
    grid_tab *t = mem_new(1, sizeof *t);
    t->refs = 1;
    t->id = id;
    t->title = mem_text(title);
    t->props = json_pack("{s:s}", "sheetType", "GRID");
    t->parts = json_object();
    t->columns = json_array();
    tab_resize(t, rows, columns);
    return t;
}

grid_tab *tab_copy(const grid_tab *t)
{
    grid_tab *copy = mem_new(1, sizeof *copy);
    *copy = *t;
    copy->refs = 1;
    copy->title = mem_text(t->title);
    copy->rows = mem_new((size_t)t->row_count, sizeof(grid_row *));
    for (int r = 0; r < t->row_count; r++) {
        copy->rows[r] = t->rows[r];
        if (t->rows[r])
            t->rows[r]->refs++;
    }
    copy->columns = json_deep_copy(t->columns);
    copy->props = json_deep_copy(t->props);
    copy->parts = json_deep_copy(t->parts);
    return copy;
}

static void row_release(grid_row *w)
{
    if (!w || --w->refs > 0)
        return;
    for (int c = 0; c < w->count; c++)
        cell_clear(&w->cells[c]);
    free(w->cells);
    json_decref(w->props);
    free(w);
}

void tab_release(grid_tab *t)
{
    if (--t->refs > 0)
        return;
    for (int r = 0; r < t->row_count; r++)
        row_release(t->rows[r]);
    free(t->rows);
    free(t->title);
    json_decref(t->columns);
    json_decref(t->props);
    json_decref(t->parts);
    free(t);
}

static void drop_cells(grid_tab *t, int columns)
{
    for (int r = 0; r < t->row_count; r++) {
        if (!t->rows[r] || t->rows[r]->count <= columns)
            continue;
        grid_row *w = tab_row_write(t, r, 0);
        for (int c = columns; c < w->count; c++)
            cell_clear(&w->cells[c]);
        w->count = columns;
    }
}

void tab_resize(grid_tab *t, int rows, int columns)
{
    for (int r = rows; r < t->row_count; r++)
        row_release(t->rows[r]);
    t->rows = mem_resize(t->rows, (size_t)rows, sizeof(grid_row *));
    for (int r = t->row_count; r < rows; r++)
        t->rows[r] = NULL;
    t->row_count = rows;
    if (columns < t->column_count)
        drop_cells(t, columns);
    t->column_count = columns;
    while (json_array_size(t->columns) < (size_t)columns)
        json_array_append_new(t->columns, json_null());
    while (json_array_size(t->columns) > (size_t)columns)
        json_array_remove(t->columns, json_array_size(t->columns) - 1);
}

const grid_cell *tab_cell(const grid_tab *t, int r, int c)
{
    const grid_row *w = t->rows[r];
    return w && c < w->count ? &w->cells[c] : NULL;
}

grid_row *tab_row_write(grid_tab *t, int r, int columns)
{
    grid_row *w = t->rows[r];
    if (!w || w->refs > 1) {
        grid_row *copy = mem_new(1, sizeof *copy);
        copy->refs = 1;
        copy->count = w ? w->count : 0;
        copy->cells = mem_new((size_t)copy->count, sizeof(grid_cell));
        for (int c = 0; c < copy->count; c++)
            cell_copy(&copy->cells[c], &w->cells[c]);
        copy->props = w ? json_incref(w->props) : NULL;
        row_release(w);
        t->rows[r] = copy;
        w = copy;
    }
    if (w->count < columns) {
        w->cells = mem_resize(w->cells, (size_t)columns, sizeof(grid_cell));
        for (int c = w->count; c < columns; c++)
            w->cells[c] = (grid_cell){0};
        w->count = columns;
    }
    return w;
}

grid_cell *tab_cell_write(grid_tab *t, int r, int c)
{
    return &tab_row_write(t, r, c + 1)->cells[c];
}

static void inherit(grid_cell *to, const grid_cell *from)
{
    static const char *const keys[] = {"userEnteredFormat", "dataValidation"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        json_t *value = from ? json_object_get(from->x, keys[i]) : NULL;
        if (value)
            cell_set_extra(to, keys[i], json_incref(value));
    }
}

static void insert_rows(grid_tab *t, int at, int count, int like)
{
    grid_row *model = like >= 0 ? t->rows[like] : NULL;
    if (model)
        model->refs++;
    int old = t->row_count;
    tab_resize(t, old + count, t->column_count);
    memmove(t->rows + at + count, t->rows + at, (size_t)(old - at) * sizeof(grid_row *));
    for (int r = at; r < at + count; r++) {
        t->rows[r] = NULL;
        for (int c = 0; model && c < model->count; c++) {
            if (model->cells[c].x)
                inherit(tab_cell_write(t, r, c), &model->cells[c]);
        }
    }
    row_release(model);
}

static void insert_columns(grid_tab *t, int at, int count, int like)
{
    tab_resize(t, t->row_count, t->column_count + count);
    for (int i = 0; i < count; i++) {
        json_array_insert_new(t->columns, (size_t)at, json_null());
        json_array_remove(t->columns, (size_t)t->column_count);
    }
    for (int r = 0; r < t->row_count; r++) {
        if (!t->rows[r] || t->rows[r]->count <= at)
            continue;
        int old = t->rows[r]->count;
        grid_row *w = tab_row_write(t, r, old + count);
        grid_cell model = {0};
        if (like >= 0)
            cell_copy(&model, &w->cells[like]);
        memmove(w->cells + at + count, w->cells + at,
                (size_t)(old - at) * sizeof(grid_cell));
        for (int c = at; c < at + count; c++) {
            w->cells[c] = (grid_cell){0};
            inherit(&w->cells[c], &model);
        }
        cell_clear(&model);
    }
}

void tab_insert(grid_tab *t, bool is_rows, int at, int count, int like)
{
    if (is_rows)
        insert_rows(t, at, count, like);
    else
        insert_columns(t, at, count, like);
}

void tab_delete(grid_tab *t, bool is_rows, int at, int count)
{
    if (is_rows) {
        for (int r = at; r < at + count; r++)
            row_release(t->rows[r]);
        memmove(t->rows + at, t->rows + at + count,
                (size_t)(t->row_count - at - count) * sizeof(grid_row *));
        t->row_count -= count;
        return;
    }
    for (int r = 0; r < t->row_count; r++) {
        if (!t->rows[r] || t->rows[r]->count <= at)
            continue;
        grid_row *w = tab_row_write(t, r, t->column_count);
        for (int c = at; c < at + count; c++)
            cell_clear(&w->cells[c]);
        memmove(w->cells + at, w->cells + at + count,
                (size_t)(w->count - at - count) * sizeof(grid_cell));
        w->count -= count;
    }
    for (int i = 0; i < count; i++)
        json_array_remove(t->columns, (size_t)at);
    t->column_count -= count;
}

static void rotate(void *base, size_t size, int at, int count, int dest)
{
    char *bytes = base;
    char *held = mem_new((size_t)count, size);
    memcpy(held, bytes + (size_t)at * size, (size_t)count * size);
    if (dest > at) {
        memmove(bytes + (size_t)at * size, bytes + (size_t)(at + count) * size,
                (size_t)(dest - at - count) * size);
        memcpy(bytes + (size_t)(dest - count) * size, held, (size_t)count * size);
    } else {
        memmove(bytes + (size_t)(dest + count) * size, bytes + (size_t)dest * size,
                (size_t)(at - dest) * size);
        memcpy(bytes + (size_t)dest * size, held, (size_t)count * size);
    }
    free(held);
}

void tab_move(grid_tab *t, bool is_rows, int at, int count, int dest)
{
    if (dest >= at && dest <= at + count)
        return;
    if (is_rows) {
        rotate(t->rows, sizeof(grid_row *), at, count, dest);
        return;
    }
    for (int r = 0; r < t->row_count; r++) {
        if (t->rows[r])
            rotate(tab_row_write(t, r, t->column_count)->cells, sizeof(grid_cell), at,
                   count, dest);
    }
}

int tab_used_rows(const grid_tab *t)
{
    for (int r = t->row_count; r > 0; r--) {
        const grid_row *w = t->rows[r - 1];
        for (int c = 0; w && c < w->count; c++) {
            if (!cell_is_blank(&w->cells[c]))
                return r;
        }
    }
    return 0;
}

bool cell_is_blank(const grid_cell *c)
{
    return !c || !c->v || (json_is_string(c->v) && json_string_length(c->v) == 0);
}

void cell_set(grid_cell *c, json_t *value)
{
    json_decref(c->v);
    c->v = value;
    if (c->x && js_has(c->x, "formula"))
        cell_set_extra(c, "formula", NULL);
}

void cell_set_extra(grid_cell *c, const char *key, json_t *value)
{
    json_t *extra = c->x ? json_copy(c->x) : json_object();
    if (value)
        json_object_set_new(extra, key, value);
    else
        json_object_del(extra, key);
    json_decref(c->x);
    c->x = extra;
    if (json_object_size(extra) == 0) {
        json_decref(extra);
        c->x = NULL;
    }
}

void cell_clear(grid_cell *c)
{
    json_decref(c->v);
    json_decref(c->x);
    *c = (grid_cell){0};
}

void cell_copy(grid_cell *to, const grid_cell *from)
{
    to->v = json_incref(from->v);
    to->x = json_incref(from->x);
}
