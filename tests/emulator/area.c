#include "area.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

typedef struct corner {
    int row, column; /* -1: not named */
} corner;

void area_column_text(char *out, int column)
{
    char reversed[8];
    int n = 0;
    for (int left = column + 1; left > 0 && n < 7; left = (left - 1) / 26)
        reversed[n++] = (char)('A' + (left - 1) % 26);
    for (int i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    out[n] = '\0';
}

static bool looks_like_cell(const char *text)
{
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    size_t digits = strspn(text + letters, "0123456789");
    return letters >= 1 && letters <= 3 && digits > 0 && text[letters + digits] == '\0';
}

char *area_title(const char *title)
{
    bool is_plain =
        title[0] && !isdigit((unsigned char)title[0]) && !looks_like_cell(title);
    for (const char *p = title; *p; p++) {
        if (*p != '_' && !((unsigned char)*p < 0x80 && isalnum((unsigned char)*p)))
            is_plain = false;
    }
    if (is_plain)
        return mem_text(title);
    buf out = {0};
    buf_text(&out, "'");
    for (const char *p = title; *p; p++) {
        buf_add(&out, p, 1);
        if (*p == '\'')
            buf_text(&out, "'");
    }
    buf_text(&out, "'");
    return out.data;
}

static bool read_r1c1(const char **at, corner *out)
{
    const char *p = *at;
    char *end;
    if (toupper((unsigned char)p[0]) != 'R' || !isdigit((unsigned char)p[1]))
        return false;
    long row = strtol(p + 1, &end, 10);
    if (toupper((unsigned char)end[0]) != 'C' || !isdigit((unsigned char)end[1]))
        return false;
    long column = strtol(end + 1, &end, 10);
    if (row < 1 || column < 1 || row > 99999999 || column > BOOK_COLUMN_MAX)
        return false;
    *out = (corner){(int)row - 1, (int)column - 1};
    *at = end;
    return true;
}

static bool read_corner(const char **at, corner *out)
{
    if (read_r1c1(at, out))
        return true;
    const char *p = *at;
    int column = 0;
    long row = 0;
    if (*p == '$')
        p++;
    int letters = 0;
    for (; isalpha((unsigned char)*p) && letters < 4; p++, letters++)
        column = column * 26 + (toupper((unsigned char)*p) - 'A' + 1);
    if (*p == '$')
        p++;
    int digits = 0;
    for (; isdigit((unsigned char)*p) && digits < 9; p++, digits++)
        row = row * 10 + (*p - '0');
    if ((letters == 0 && digits == 0) || letters > 3 || (digits > 0 && row == 0))
        return false;
    *out = (corner){digits ? (int)row - 1 : -1, letters ? column - 1 : -1};
    *at = p;
    return true;
}

static void order(int *low, int *high)
{
    if (*low > *high) {
        int swap = *low;
        *low = *high;
        *high = swap;
    }
}

static bool read_cells(const char *text, area *out)
{
    corner a;
    corner b;
    const char *p = text;
    if (!read_corner(&p, &a))
        return false;
    if (*p == '\0') {
        if (a.row < 0 || a.column < 0)
            return false;
        b = a;
    } else {
        if (*p++ != ':' || !read_corner(&p, &b) || *p != '\0')
            return false;
    }
    /* One corner without a row (A1:C) or column (A1:1): open on that side. */
    bool rows_open = a.row < 0 || b.row < 0;
    bool columns_open = a.column < 0 || b.column < 0;
    if (!rows_open)
        order(&a.row, &b.row);
    if (!columns_open)
        order(&a.column, &b.column);
    out->row = rows_open ? (a.row < b.row ? b.row : a.row) : a.row;
    out->column = columns_open ? (a.column < b.column ? b.column : a.column) : a.column;
    out->row = out->row < 0 ? 0 : out->row;
    out->column = out->column < 0 ? 0 : out->column;
    out->row_end = rows_open ? AREA_OPEN : b.row + 1;
    out->column_end = columns_open ? AREA_OPEN : b.column + 1;
    return true;
}

static bool find_named(const book *b, const char *name, area *out)
{
    size_t i;
    json_t *item;
    api_error ignored = {0};
    json_array_foreach(b->named, i, item)
    {
        if (strcmp(js_text(item, "name", ""), name) != 0)
            continue;
        bool found = area_from_grid(b, json_object_get(item, "range"), out, &ignored);
        api_error_clear(&ignored);
        return found;
    }
    return false;
}

static int first_visible(const book *b)
{
    for (int i = 0; i < b->tab_count; i++) {
        if (!js_bool(b->tabs[i]->props, "hidden", false))
            return i;
    }
    return 0;
}

/* Splits `'It''s'!A1` into title and rest; rest is NULL when there is no `!`. */
static char *split_title(const char *text, const char **rest)
{
    buf title = {0};
    const char *p = text;
    *rest = NULL;
    if (*p == '\'') {
        for (p++; *p; p++) {
            if (*p == '\'' && p[1] == '\'')
                p++;
            else if (*p == '\'')
                break;
            buf_add(&title, p, 1);
        }
        if (*p != '\'' || (p[1] != '\0' && p[1] != '!')) {
            buf_clear(&title);
            return NULL;
        }
        *rest = p[1] == '!' ? p + 2 : "";
    } else {
        const char *mark = strrchr(text, '!');
        if (!mark)
            return NULL;
        buf_add(&title, text, (size_t)(mark - text));
        *rest = mark + 1;
    }
    if (!title.data)
        buf_text(&title, "");
    return title.data;
}

static bool parse(const book *b, const char *text, area *out)
{
    const char *rest;
    *out = (area){0, 0, AREA_OPEN, 0, AREA_OPEN};
    char *title = split_title(text, &rest);
    if (!title) {
        if (text[0] == '\'' || text[0] == '\0')
            return false;
        if (find_named(b, text, out))
            return true;
        out->tab = first_visible(b);
        if (read_cells(text, out))
            return true;
        *out = (area){book_find_title(b, text), 0, AREA_OPEN, 0, AREA_OPEN};
        return out->tab >= 0;
    }
    out->tab = book_find_title(b, title);
    free(title);
    if (out->tab < 0)
        return false;
    if (rest[0] == '\0')
        return true;
    return read_cells(rest, out) || find_named(b, rest, out);
}

bool area_parse(const book *b, const char *text, area *out, api_error *err)
{
    if (!parse(b, text, out))
        return api_fail(err, 400, "Unable to parse range: %s", text);
    return true;
}

bool area_from_grid(const book *b, const json_t *grid, area *out, api_error *err)
{
    json_int_t sheet = js_int(grid, "sheetId", 0);
    *out = (area){book_find_tab(b, sheet), (int)js_int(grid, "startRowIndex", 0),
                  (int)js_int(grid, "endRowIndex", AREA_OPEN),
                  (int)js_int(grid, "startColumnIndex", 0),
                  (int)js_int(grid, "endColumnIndex", AREA_OPEN)};
    if (out->tab < 0)
        return api_fail(err, 400, "No grid with id: %" JSON_INTEGER_FORMAT, sheet);
    if (out->row < 0 || out->column < 0)
        return api_fail(err, 400, "GridRange.start indices must not be negative.");
    return true;
}

bool area_from_filter(const book *b, const json_t *filter, area *out, api_error *err)
{
    const char *a1 = js_text(filter, "a1Range", NULL);
    if (a1)
        return area_parse(b, a1, out, err);
    const json_t *grid = json_object_get(filter, "gridRange");
    if (grid)
        return area_from_grid(b, grid, out, err);
    return api_fail(err, 400, "Must specify at least one dataFilter.");
}

char *area_text(const book *b, const area *a)
{
    char first[8] = "";
    char last[8] = "";
    char row[16] = "";
    char row_end[16] = "";
    bool whole_columns = a->row == 0 && a->row_end == AREA_OPEN;
    area_column_text(first, a->column);
    bool is_below = a->column_end == AREA_OPEN && a->row_end == AREA_OPEN && a->row > 0;
    int column_end = is_below ? b->tabs[a->tab]->column_count : a->column_end;
    if (column_end != AREA_OPEN)
        area_column_text(last, column_end > a->column ? column_end - 1 : a->column);
    if (!whole_columns)
        snprintf(row, sizeof row, "%d", a->row + 1);
    if (a->row_end != AREA_OPEN)
        snprintf(row_end, sizeof row_end, "%d",
                 a->row_end > a->row ? a->row_end : a->row + 1);
    char *title = area_title(b->tabs[a->tab]->title);
    char *text;
    bool is_single = a->row_end == a->row + 1 && a->column_end == a->column + 1;
    if (whole_columns && a->column_end == AREA_OPEN)
        text = mem_text(title);
    else if (is_single)
        text = mem_format("%s!%s%s", title, first, row);
    else
        text = mem_format("%s!%s%s:%s%s", title, first, row, last, row_end);
    free(title);
    return text;
}

bool area_clip(const book *b, area *a, api_error *err)
{
    const grid_tab *t = b->tabs[a->tab];
    if (a->row >= t->row_count || a->column >= t->column_count) {
        char *text = area_text(b, a);
        api_fail(err, 400,
                 "Range (%s) exceeds grid limits. Max rows: %d, max columns: %d", text,
                 t->row_count, t->column_count);
        free(text);
        return false;
    }
    if (a->row_end == AREA_OPEN || a->row_end > t->row_count)
        a->row_end = t->row_count;
    if (a->column_end == AREA_OPEN || a->column_end > t->column_count)
        a->column_end = t->column_count;
    return true;
}

bool area_is_whole_tab(const json_t *grid)
{
    return js_int(grid, "startRowIndex", 0) == 0 &&
           js_int(grid, "startColumnIndex", 0) == 0 && !js_has(grid, "endRowIndex") &&
           !js_has(grid, "endColumnIndex");
}

json_t *area_to_grid(const book *b, const area *a)
{
    json_t *grid = json_object();
    if (b->tabs[a->tab]->id != 0)
        json_object_set_new(grid, "sheetId", json_integer(b->tabs[a->tab]->id));
    json_object_set_new(grid, "startRowIndex", json_integer(a->row));
    json_object_set_new(grid, "endRowIndex", json_integer(a->row_end));
    json_object_set_new(grid, "startColumnIndex", json_integer(a->column));
    json_object_set_new(grid, "endColumnIndex", json_integer(a->column_end));
    return grid;
}
