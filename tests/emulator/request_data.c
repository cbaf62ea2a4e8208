/* Requests that move or search what cells hold: sort, find and replace, copy, cut. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json.h"
#include "requests.h"

typedef struct sort_key {
    int column;
    bool is_descending;
} sort_key;

typedef struct sort_item {
    const grid_tab *t;
    const sort_key *keys;
    size_t key_count;
    int row;
} sort_item;

/* Text above numbers, as seen live. */
enum { RANK_TEXT, RANK_NUMBER, RANK_TRUTH, RANK_BLANK };

static int rank(const grid_cell *c)
{
    if (cell_is_blank(c))
        return RANK_BLANK;
    return json_is_string(c->v)   ? RANK_TEXT
           : json_is_number(c->v) ? RANK_NUMBER
                                  : RANK_TRUTH;
}

static int compare_cells(const grid_cell *a, const grid_cell *b)
{
    if (rank(a) != rank(b))
        return rank(a) < rank(b) ? -1 : 1;
    if (rank(a) == RANK_NUMBER) {
        double x = json_number_value(a->v);
        double y = json_number_value(b->v);
        return x < y ? -1 : x > y;
    }
    return rank(a) == RANK_TEXT ? strcmp(json_string_value(a->v), json_string_value(b->v))
                                : 0;
}

static int compare_rows(const void *left, const void *right)
{
    const sort_item *a = left;
    const sort_item *b = right;
    for (size_t i = 0; i < a->key_count; i++) {
        const grid_cell *x = tab_cell(a->t, a->row, a->keys[i].column);
        const grid_cell *y = tab_cell(b->t, b->row, b->keys[i].column);
        int order = compare_cells(x, y);
        /* Blanks stay below whichever way the rest goes. */
        bool flips =
            a->keys[i].is_descending && rank(x) != RANK_BLANK && rank(y) != RANK_BLANK;
        if (order != 0)
            return flips ? -order : order;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Metadata of a row goes where its row goes. */
static void follow(book *work, json_int_t sheet, const area *a, const sort_item *items)
{
    size_t i;
    json_t *entry;
    json_array_foreach(work->metadata, i, entry)
    {
        json_t *range =
            json_object_get(json_object_get(entry, "location"), "dimensionRange");
        if (!range || js_int(range, "sheetId", 0) != sheet ||
            strcmp(js_text(range, "dimension", ""), "ROWS") != 0)
            continue;
        json_int_t at = js_int(range, "startIndex", 0);
        for (int k = 0; k < a->row_end - a->row; k++) {
            if (items[k].row != at)
                continue;
            json_object_set_new(range, "startIndex", json_integer(a->row + k));
            json_object_set_new(range, "endIndex", json_integer(a->row + k + 1));
            break;
        }
    }
}

static void move_cells(grid_tab *t, const area *a, const sort_item *items)
{
    int count = a->row_end - a->row;
    grid_tab *old = tab_copy(t);
    for (int i = 0; i < count; i++) {
        if (items[i].row == a->row + i)
            continue;
        for (int k = a->column; k < a->column_end; k++) {
            const grid_cell *from = tab_cell(old, items[i].row, k);
            if (!from && !tab_cell(t, a->row + i, k))
                continue;
            grid_cell *to = tab_cell_write(t, a->row + i, k);
            cell_clear(to);
            if (from)
                cell_copy(to, from);
        }
    }
    tab_release(old);
}

static bool has_tall_merge(const grid_tab *t, const area *a)
{
    size_t i;
    json_t *merge;
    json_array_foreach(json_object_get(t->parts, "merges"), i, merge)
    {
        json_int_t from = js_int(merge, "startRowIndex", 0);
        json_int_t to = js_int(merge, "endRowIndex", 0);
        if (to - from > 1 && from < a->row_end && a->row < to)
            return true;
    }
    return false;
}

bool request_sort(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area a;
    if (!request_area(c, work, request, "range", &a))
        return false;
    grid_tab *t = book_tab(work, a.tab);
    if (has_tall_merge(t, &a))
        return api_fail(&c->err, 400,
                        "You can't sort a range that contains vertical merges.");
    const json_t *specs = json_object_get(request, "sortSpecs");
    size_t key_count = json_array_size(specs);
    sort_key *keys = mem_new(key_count, sizeof *keys);
    for (size_t i = 0; i < key_count; i++) {
        const json_t *spec = json_array_get(specs, i);
        keys[i].column = (int)js_int(spec, "dimensionIndex", 0);
        keys[i].is_descending = strcmp(js_text(spec, "sortOrder", ""), "DESCENDING") == 0;
    }
    int count = a.row_end - a.row;
    sort_item *items = mem_new((size_t)count, sizeof *items);
    for (int i = 0; i < count; i++)
        items[i] = (sort_item){t, keys, key_count, a.row + i};
    qsort(items, (size_t)count, sizeof *items, compare_rows);
    move_cells(t, &a, items);
    if (a.column == 0 && a.column_end == t->column_count)
        follow(work, t->id, &a, items);
    call_op(c, json_pack("{s:s, s:I}", "op", "sortRange", "sheetId", t->id));
    free(items);
    free(keys);
    return true;
}

typedef struct search {
    const char *find;
    const char *with;
    bool is_exact; /* capitals differ from small letters */
    bool is_whole;
} search;

static const char *find_in(const search *s, const char *text)
{
    size_t length = strlen(s->find);
    for (; *text != '\0'; text++) {
        if ((s->is_exact ? strncmp(text, s->find, length)
                         : strncasecmp(text, s->find, length)) == 0)
            return text;
    }
    return NULL;
}

static char *replace_all(const search *s, const char *text, int *times)
{
    buf out = {0};
    buf_text(&out, "");
    const char *at = text;
    for (const char *hit; (hit = find_in(s, at)) != NULL; at = hit + strlen(s->find)) {
        buf_add(&out, at, (size_t)(hit - at));
        buf_text(&out, s->with);
        ++*times;
    }
    buf_text(&out, at);
    return out.data;
}

typedef struct replace_count {
    json_int_t values, rows, sheets, occurrences;
} replace_count;

static bool replace_in_tab(call *c, book *work, int index, const search *s,
                           replace_count *count)
{
    grid_tab *t = book_tab(work, index);
    replace_count before = *count;
    for (int r = 0; r < t->row_count; r++) {
        json_int_t in_row = count->values;
        for (int k = 0; t->rows[r] && k < t->rows[r]->count; k++) {
            const grid_cell *cell = tab_cell(t, r, k);
            const char *text = cell ? json_string_value(cell->v) : NULL;
            if (!text || !find_in(s, text) ||
                (s->is_whole && strlen(text) != strlen(s->find)))
                continue;
            area here = {index, r, r + 1, k, k + 1};
            if (!call_may_edit(c, work, &here))
                return false;
            int times = 0;
            char *fresh = replace_all(s, text, &times);
            cell_set(tab_cell_write(t, r, k), json_string(fresh));
            free(fresh);
            count->values++;
            count->occurrences += times;
        }
        count->rows += count->values > in_row;
    }
    count->sheets += count->values > before.values;
    return true;
}

bool request_find_replace(call *c, book *work, const json_t *request, json_t *reply)
{
    if (js_text(request, "find", "")[0] == '\0')
        return api_fail(&c->err, 400, "Must specify the text to find.");
    const search s = {js_text(request, "find", ""), js_text(request, "replacement", ""),
                      js_bool(request, "matchCase", false),
                      js_bool(request, "matchEntireCell", false)};
    replace_count count = {0};
    for (int i = 0; i < work->tab_count; i++) {
        bool is_meant = js_bool(request, "allSheets", false) ||
                        work->tabs[i]->id == js_int(request, "sheetId", 0);
        if (is_meant && !replace_in_tab(c, work, i, &s, &count))
            return false;
    }
    json_t *inner = json_object();
    if (count.values > 0) {
        json_object_set_new(inner, "valuesChanged", json_integer(count.values));
        json_object_set_new(inner, "rowsChanged", json_integer(count.rows));
        json_object_set_new(inner, "sheetsChanged", json_integer(count.sheets));
        json_object_set_new(inner, "occurrencesChanged", json_integer(count.occurrences));
    }
    json_object_set_new(reply, "findReplace", inner);
    return true;
}

static bool paste(call *c, book *work, const area *from, area to, bool is_cut)
{
    int rows = from->row_end - from->row;
    int columns = from->column_end - from->column;
    /* A larger destination is filled by repeating; a smaller one takes the whole source.
     */
    int height = to.row_end - to.row < rows ? rows : (to.row_end - to.row) / rows * rows;
    int width = to.column_end - to.column < columns
                    ? columns
                    : (to.column_end - to.column) / columns * columns;
    area filled = {to.tab, to.row, to.row + height, to.column, to.column + width};
    if (!call_may_edit(c, work, &filled))
        return false;
    grid_tab *source = tab_copy(work->tabs[from->tab]);
    if (is_cut) {
        grid_tab *t = book_tab(work, from->tab);
        for (int r = from->row; r < from->row_end; r++) {
            for (int k = from->column; k < from->column_end; k++) {
                if (tab_cell(t, r, k))
                    cell_clear(tab_cell_write(t, r, k));
            }
        }
    }
    grid_tab *t = book_tab(work, to.tab);
    bool fits = to.row + height <= t->row_count && to.column + width <= t->column_count;
    for (int r = 0; fits && r < height; r++) {
        for (int k = 0; k < width; k++) {
            const grid_cell *cell =
                tab_cell(source, from->row + r % rows, from->column + k % columns);
            grid_cell *target = tab_cell_write(t, to.row + r, to.column + k);
            cell_clear(target);
            if (cell)
                cell_copy(target, cell);
        }
    }
    tab_release(source);
    return fits || api_fail(&c->err, 400, "The destination exceeds the grid limits.");
}

bool request_copy_paste(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area from;
    area to;
    return area_from_grid(work, json_object_get(request, "source"), &from, &c->err) &&
           area_clip(work, &from, &c->err) &&
           request_area(c, work, request, "destination", &to) &&
           paste(c, work, &from, to, false);
}

bool request_cut_paste(call *c, book *work, const json_t *request, json_t *reply)
{
    (void)reply;
    area from;
    const json_t *place = json_object_get(request, "destination");
    json_t *grid =
        json_pack("{s:I, s:I, s:I, s:I, s:I}", "sheetId", js_int(place, "sheetId", 0),
                  "startRowIndex", js_int(place, "rowIndex", 0), "endRowIndex",
                  js_int(place, "rowIndex", 0) + 1, "startColumnIndex",
                  js_int(place, "columnIndex", 0), "endColumnIndex",
                  js_int(place, "columnIndex", 0) + 1);
    area to;
    bool ok = request_area(c, work, request, "source", &from) &&
              area_from_grid(work, grid, &to, &c->err) && area_clip(work, &to, &c->err) &&
              paste(c, work, &from, to, true);
    json_decref(grid);
    return ok;
}
