/* values.append, with the table guess of the original and what it gets wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "requests.h"
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

static json_t *append_at(call *c, book *work, area at, const json_t *rows, bool is_typed,
                         bool inserts)
{
    int count = (int)json_array_size(rows);
    int right = at.column + (int)value_width(rows);
    grid_tab *t = book_tab(work, at.tab);
    int missing = at.row + count > t->row_count ? at.row + count - t->row_count : 0;
    int columns = right > t->column_count ? right : t->column_count;
    bool pushes = inserts && at.row < t->row_count;
    int more = pushes ? count : missing;
    if (!request_has_columns(c, columns) ||
        !request_has_room(c, work,
                          (long long)(t->row_count + more) * columns -
                              (long long)t->row_count * t->column_count))
        return NULL;
    tab_resize(t, t->row_count + (pushes ? 0 : missing), columns);
    if (pushes) {
        area_shift shift = {t->id, true, SHIFT_INSERT, at.row, count, 0};
        tab_insert(t, true, at.row, count, at.row > 0 ? at.row - 1 : -1);
        area_shift_book(work, &shift);
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

/* Reads insertDataOption. Errors: 400 when unknown. */
static bool read_inserts(call *c, bool *inserts)
{
    const char *option = call_query(c, "insertDataOption", "OVERWRITE");
    *inserts = strcmp(option, "INSERT_ROWS") == 0;
    return *inserts || strcmp(option, "OVERWRITE") == 0 ||
           value_bad_option(c, "insert_data_option", "InsertDataOption", option);
}

static bool append(call *c, const json_t *range, area a, bool is_typed, book *work)
{
    value_view view;
    bool inserts;
    if (!value_view_read(c, NULL, true, &view) || !read_inserts(c, &inserts))
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
