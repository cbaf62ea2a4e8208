/* values.append, with the table guess of the original and what it gets wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "values.h"

static bool is_filled(const grid_tab *t, int r, int c)
{
    return r >= 0 && c >= 0 && r < t->row_count && c < t->column_count &&
           !cell_is_blank(tab_cell(t, r, c));
}

static bool row_filled(const grid_tab *t, int r, int from, int to)
{
    for (int c = from; c < to; c++) {
        if (is_filled(t, r, c))
            return true;
    }
    return false;
}

static bool column_filled(const grid_tab *t, int c, int from, int to)
{
    for (int r = from; r < to; r++) {
        if (is_filled(t, r, c))
            return true;
    }
    return false;
}

/* Grows the rectangle until nothing that holds a value touches it. */
static void grow(const grid_tab *t, area *a)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (; row_filled(t, a->row - 1, a->column - 1, a->column_end + 1); grew = true)
            a->row--;
        for (; row_filled(t, a->row_end, a->column - 1, a->column_end + 1); grew = true)
            a->row_end++;
        for (; column_filled(t, a->column - 1, a->row - 1, a->row_end + 1); grew = true)
            a->column--;
        for (; column_filled(t, a->column_end, a->row - 1, a->row_end + 1); grew = true)
            a->column_end++;
    }
}

/* The last table inside `a`: around the lowest, then rightmost filled cell. */
static bool find_table(const grid_tab *t, const area *a, area *table)
{
    for (int r = a->row_end - 1; r >= a->row; r--) {
        if (!t->rows[r])
            continue;
        for (int c = a->column_end - 1; c >= a->column; c--) {
            if (!is_filled(t, r, c))
                continue;
            *table = (area){a->tab, r, r + 1, c, c + 1};
            grow(t, table);
            return true;
        }
    }
    return false;
}

int value_append_row(const call *c, const grid_tab *t)
{
    char key[32];
    snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, t->id);
    int used = tab_used_rows(t);
    json_int_t chosen = js_int(c->append_rows, key, used);
    return chosen <= t->row_count ? (int)chosen : used;
}

void value_race(call *c, json_t *chosen)
{
    if (json_object_size(chosen) > 0) {
        int wait = c->e->race_ms;
        pthread_mutex_unlock(&c->e->lock);
        emu_pause(wait);
        pthread_mutex_lock(&c->e->lock);
        c->append_rows = json_incref(chosen);
    }
    json_decref(chosen);
}

static bool has_room(call *c, const book *b, int rows, int columns)
{
    if (book_cell_count(b) + (long long)rows * columns > BOOK_CELL_MAX)
        return api_fail(&c->err, 400,
                        "This action would increase the number of cells in the workbook "
                        "above the limit of %d cells.",
                        BOOK_CELL_MAX);
    return true;
}

static json_t *append_at(call *c, book *work, area at, const json_t *rows, bool is_typed,
                         bool inserts)
{
    int count = (int)json_array_size(rows);
    int width = 0;
    for (int r = 0; r < count; r++) {
        int size = (int)json_array_size(json_array_get(rows, (size_t)r));
        width = size > width ? size : width;
    }
    grid_tab *t = book_tab(work, at.tab);
    int missing = at.row + count - t->row_count;
    int columns =
        at.column + width > t->column_count ? at.column + width : t->column_count;
    if (inserts && at.row < t->row_count) {
        if (!has_room(c, work, count, columns))
            return NULL;
        area_shift shift = {t->id, true, SHIFT_INSERT, at.row, count, 0};
        tab_insert(t, true, at.row, count, at.row > 0 ? at.row - 1 : -1);
        area_shift_book(work, &shift);
    } else if (missing > 0 || columns > t->column_count) {
        if (!has_room(c, work, missing > 0 ? missing : 0, columns))
            return NULL;
        tab_resize(t, missing > 0 ? at.row + count : t->row_count, columns);
    }
    at.row_end = AREA_OPEN;
    at.column_end = AREA_OPEN;
    return value_write(c, work, &at, rows, false, is_typed);
}

/* The table may have grown while a race let another writer in: keep to the row of before.
 */
static void choose_row(call *c, const area *a)
{
    area table;
    if (find_table(c->b->tabs[a->tab], a, &table))
        value_race(c, json_pack("{s:i}", "at", table.row_end));
}

static bool append(call *c, const json_t *range, area a, bool is_typed, book *work)
{
    value_view view;
    if (!value_view_read(c, NULL, true, &view))
        return false;
    json_t *rows =
        value_rows(json_object_get(range, "values"),
                   strcmp(js_text(range, "majorDimension", "ROWS"), "COLUMNS") == 0);
    area table = a;
    area at = a;
    bool found = find_table(c->b->tabs[a.tab], &a, &table);
    if (found) {
        at.row = table.row_end;
        at.column = table.column;
    }
    at.row = (int)js_int(c->append_rows, "at", at.row);
    bool inserts =
        strcmp(call_query(c, "insertDataOption", "OVERWRITE"), "INSERT_ROWS") == 0;
    json_t *updates = append_at(c, work, at, rows, is_typed, inserts);
    json_decref(rows);
    if (!updates)
        return false;
    area written;
    if (call_query_bool(c, "includeValuesInResponse") &&
        area_parse(work, js_text(updates, "updatedRange", ""), &written, &c->err) &&
        area_clip(work, &written, &c->err))
        json_object_set_new(updates, "updatedData", value_range(work, &written, &view));
    c->answer = json_pack("{s:s}", "spreadsheetId", c->b->id);
    if (found) {
        char *text = area_text(c->b, &table);
        json_object_set_new(c->answer, "tableRange", json_string(text));
        free(text);
    }
    json_object_set_new(c->answer, "updates", updates);
    return true;
}

bool values_append(call *c)
{
    json_t *range = call_body(c, "ValueRange", "data");
    bool is_typed = false;
    area a;
    bool ok = range &&
              value_is_typed(c, call_query(c, "valueInputOption", NULL), &is_typed) &&
              area_parse(c->b, c->range, &a, &c->err) && area_clip(c->b, &a, &c->err);
    if (ok && c->e->race_ms > 0)
        choose_row(c, &a);
    if (ok) {
        book *work = book_fork(c->b);
        ok = append(c, range, a, is_typed, work);
        if (ok)
            book_commit(c->b, work);
        else
            book_free(work);
    }
    json_decref(range);
    return ok;
}
