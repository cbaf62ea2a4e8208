/* What people do to the sheet by hand. Rows and columns count from 0, as in the API. */
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "json.h"
#include "requests.h"

typedef struct hand {
    emu *e;
    book *work;
    grid_tab *t;
    const json_t *order;
    api_error err;
} hand;

static int number(const hand *h, const char *key, int fallback)
{
    return (int)js_int(h->order, key, fallback);
}

/* Runs one API request as the owner of the document would. Takes the request. */
static bool ask(hand *h, json_t *request)
{
    call c = {.e = h->e, .ops = json_array()};
    json_t *requests = json_pack("[o]", request);
    json_t *replies = json_array();
    bool ok = requests && requests_run(&c, h->work, requests, replies);
    json_decref(requests);
    json_decref(replies);
    json_decref(c.ops);
    if (!ok && !c.err.code)
        api_fail(&c.err, 400, "a member is missing or of a wrong type");
    h->err = c.err;
    return ok;
}

static json_t *lines(const hand *h, bool is_rows, int start, int count)
{
    return json_pack("{s:I, s:s, s:i, s:i}", "sheetId", h->t->id, "dimension",
                     is_rows ? "ROWS" : "COLUMNS", "startIndex", start, "endIndex",
                     start + count);
}

static json_t *grid(const hand *h, int row, int rows, int column, int columns)
{
    return json_pack("{s:I, s:i, s:i, s:i, s:i}", "sheetId", h->t->id, "startRowIndex",
                     row, "endRowIndex", row + rows, "startColumnIndex", column,
                     "endColumnIndex", column + columns);
}

static bool sort(hand *h, int column, int columns)
{
    int from = number(h, "header_rows", 1);
    const char *order =
        js_bool(h->order, "descending", false) ? "DESCENDING" : "ASCENDING";
    return ask(h, json_pack("{s:{s:o, s:[{s:i, s:s}]}}", "sortRange", "range",
                            grid(h, from, h->t->row_count - from, column, columns),
                            "sortSpecs", "dimensionIndex", number(h, "column", 0),
                            "sortOrder", order));
}

static bool sort_rows(hand *h)
{
    return sort(h, 0, h->t->column_count);
}

static bool sort_column(hand *h)
{
    return sort(h, number(h, "column", 0), 1);
}

static bool delete_rows(hand *h)
{
    return ask(h, json_pack("{s:{s:o}}", "deleteDimension", "range",
                            lines(h, true, number(h, "row", 1), number(h, "count", 1))));
}

static bool delete_header(hand *h)
{
    const json_t *frozen = json_object_get(h->t->props, "gridProperties");
    json_object_del(js_mutable(frozen), "frozenRowCount");
    return ask(h,
               json_pack("{s:{s:o}}", "deleteDimension", "range", lines(h, true, 0, 1)));
}

static bool insert_rows(hand *h)
{
    int row = number(h, "row", 1);
    return ask(h, json_pack("{s:{s:o, s:b}}", "insertDimension", "range",
                            lines(h, true, row, number(h, "count", 1)),
                            "inheritFromBefore", row > 0));
}

static void reach(hand *h, int row, int columns)
{
    tab_resize(h->t, row < h->t->row_count ? h->t->row_count : row + 1,
               columns < h->t->column_count ? h->t->column_count : columns);
}

static bool put(hand *h, int row, int column, const json_t *value)
{
    reach(h, row, column + 1);
    return cell_enter(tab_cell_write(h->t, row, column), value, true, emu_now_ms(h->e),
                      &h->err);
}

static bool type_row(hand *h)
{
    const json_t *values = json_object_get(h->order, "values");
    int row = number(h, "row", tab_used_rows(h->t));
    for (size_t k = 0; k < json_array_size(values); k++) {
        const json_t *value = json_array_get(values, k);
        if (!json_is_null(value) && !put(h, row, (int)k, value))
            return false;
    }
    return true;
}

static bool duplicate_row(hand *h)
{
    int row = number(h, "row", 1);
    int to = number(h, "to", tab_used_rows(h->t));
    if (row >= h->t->row_count)
        return api_fail(&h->err, 400, "no such row");
    reach(h, to, h->t->column_count);
    for (int k = 0; k < h->t->column_count; k++) {
        const grid_cell *from = tab_cell(h->t, row, k);
        grid_cell *fresh = tab_cell_write(h->t, to, k);
        cell_clear(fresh);
        /* Writing may have moved the cells; look again. */
        from = from ? tab_cell(h->t, row, k) : NULL;
        if (from)
            cell_copy(fresh, from);
    }
    return true;
}

static bool set_cell(hand *h)
{
    int row = number(h, "row", 0);
    int column = number(h, "column", 0);
    const char *formula = js_text(h->order, "formula", NULL);
    reach(h, row, column + 1);
    if (formula) {
        json_t *shown = json_object_get(h->order, "shown");
        cell_set_formula(tab_cell_write(h->t, row, column), formula, json_incref(shown));
        return true;
    }
    const json_t *value = json_object_get(h->order, "value");
    if (!value || json_is_null(value)) {
        cell_set(tab_cell_write(h->t, row, column), NULL);
        return true;
    }
    return cell_enter(tab_cell_write(h->t, row, column), value,
                      js_bool(h->order, "typed", true), emu_now_ms(h->e), &h->err);
}

static bool clear_cell(hand *h)
{
    int row = number(h, "row", 0);
    int column = number(h, "column", 0);
    reach(h, row, column + 1);
    cell_set(tab_cell_write(h->t, row, column), NULL);
    return true;
}

static bool far_below(hand *h)
{
    int row = tab_used_rows(h->t) + number(h, "gap", 50);
    json_t *text = json_string(js_text(h->order, "text", "메모"));
    bool ok = put(h, row, number(h, "column", 0), text);
    json_decref(text);
    return ok;
}

static bool insert_column(hand *h)
{
    int column = number(h, "column", 0);
    const json_t *header = json_object_get(h->order, "header");
    return ask(h,
               json_pack("{s:{s:o, s:b}}", "insertDimension", "range",
                         lines(h, false, column, 1), "inheritFromBefore", column > 0)) &&
           (!header || put(h, 0, column, header));
}

static bool delete_column(hand *h)
{
    return ask(h, json_pack("{s:{s:o}}", "deleteDimension", "range",
                            lines(h, false, number(h, "column", 0), 1)));
}

static bool move_column(hand *h)
{
    return ask(h, json_pack("{s:{s:o, s:i}}", "moveDimension", "source",
                            lines(h, false, number(h, "column", 0), 1),
                            "destinationIndex", number(h, "to", 0)));
}

static bool rename_header(hand *h)
{
    const json_t *name = json_object_get(h->order, "name");
    return name ? put(h, 0, number(h, "column", 0), name)
                : api_fail(&h->err, 400, "name is missing");
}

static bool rename_tab(hand *h)
{
    return ask(h, json_pack("{s:{s:{s:I, s:s}, s:s}}", "updateSheetProperties",
                            "properties", "sheetId", h->t->id, "title",
                            js_text(h->order, "name", "?"), "fields", "title"));
}

static bool hide_tab(hand *h)
{
    return ask(h,
               json_pack("{s:{s:{s:I, s:b}, s:s}}", "updateSheetProperties", "properties",
                         "sheetId", h->t->id, "hidden", 1, "fields", "hidden"));
}

static bool copy_tab(hand *h)
{
    return ask(h, json_pack("{s:{s:I, s:i}}", "duplicateSheet", "sourceSheetId", h->t->id,
                            "insertSheetIndex", book_find_tab(h->work, h->t->id) + 1));
}

static bool delete_tab(hand *h)
{
    return ask(h, json_pack("{s:{s:I}}", "deleteSheet", "sheetId", h->t->id));
}

static bool merge(hand *h)
{
    return ask(h, json_pack("{s:{s:o, s:s}}", "mergeCells", "range",
                            grid(h, number(h, "row", 0), number(h, "rows", 2),
                                 number(h, "column", 0), number(h, "columns", 1)),
                            "mergeType", "MERGE_ALL"));
}

static bool find_replace(hand *h)
{
    return ask(h, json_pack("{s:{s:s, s:s, s:I}}", "findReplace", "find",
                            js_text(h->order, "find", ""), "replacement",
                            js_text(h->order, "replace", ""), "sheetId", h->t->id));
}

static bool protect(hand *h)
{
    json_t *range = json_pack("{s:I}", "sheetId", h->t->id);
    json_t *rule =
        json_pack("{s:I, s:o, s:{s:[s]}}", "protectedRangeId", emu_new_id(h->e, h->work),
                  "range", range, "editors", "users", "owner");
    json_array_append_new(request_part(h->t, "protectedRanges"), rule);
    return true;
}

static bool unprotect(hand *h)
{
    json_object_del(h->t->parts, "protectedRanges");
    return true;
}

static bool grant(hand *h, const char *role)
{
    const char *who = js_text(h->order, "account", NULL);
    if (who && !emu_account(h->e, who))
        return api_fail(&h->err, 400, "no such account");
    for (int i = 0; i < h->e->account_count; i++) {
        const char *email = h->e->accounts[i]->email;
        if (who && strcmp(who, email) != 0)
            continue;
        if (role)
            json_object_set_new(h->work->shares, email, json_string(role));
        else
            json_object_del(h->work->shares, email);
    }
    return true;
}

static bool share(hand *h)
{
    return grant(h, "writer");
}

static bool viewer_only(hand *h)
{
    return grant(h, "reader");
}

static bool unshare(hand *h)
{
    return grant(h, NULL);
}

static const struct {
    const char *name;
    bool (*run)(hand *h);
} edits[] = {
    {"sort", sort_rows},
    {"sort-column", sort_column},
    {"delete-rows", delete_rows},
    {"duplicate-row", duplicate_row},
    {"type-row", type_row},
    {"set-cell", set_cell},
    {"clear-cell", clear_cell},
    {"insert-column", insert_column},
    {"delete-column", delete_column},
    {"move-column", move_column},
    {"rename-header", rename_header},
    {"delete-header", delete_header},
    {"insert-blank-rows", insert_rows},
    {"note-far-below", far_below},
    {"rename-tab", rename_tab},
    {"hide-tab", hide_tab},
    {"copy-tab", copy_tab},
    {"delete-tab", delete_tab},
    {"merge", merge},
    {"find-replace", find_replace},
    {"protect", protect},
    {"unprotect", unprotect},
    {"share", share},
    {"unshare", unshare},
    {"viewer-only", viewer_only},
};

static const char *const members[] = {
    "id",          "tab",        "edit",    "account", "column", "columns",
    "count",       "descending", "find",    "formula", "gap",    "header",
    "header_rows", "name",       "replace", "row",     "rows",   "shown",
    "text",        "to",         "typed",   "value",   "values", NULL};

char *people_edit(emu *e, const json_t *order)
{
    api_error err = {0};
    int index;
    book *b = control_place(e, order, &index, &err);
    size_t i = 0;
    size_t count = sizeof edits / sizeof edits[0];
    const char *name = js_text(order, "edit", "");
    while (i < count && strcmp(edits[i].name, name) != 0)
        i++;
    if (b && i == count)
        api_fail(&err, 400, "unknown edit \"%s\"", name);
    else if (b && js_stranger(order, members))
        api_fail(&err, 400, "unknown member \"%s\" of an edit",
                 js_stranger(order, members));
    if (err.code == 0) {
        book *work = book_fork(b);
        hand h = {e, work, book_tab(work, index), order, {0}};
        if (edits[i].run(&h))
            book_commit(b, work);
        else
            book_free(work);
        err = h.err;
    }
    char *wrong = err.code ? mem_text(err.message) : NULL;
    api_error_clear(&err);
    return wrong;
}
