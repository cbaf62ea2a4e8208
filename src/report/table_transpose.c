#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "report/table.h"

#define GAP 2          /* blanks between columns */
#define READABLE 20    /* cells of the first column, which may shrink further */
#define TITLE_CELLS 14 /* of a title that numbers stand under, on a terminal */

/* Rows that become columns: `first` to `last`, and the sums behind them. */
typedef struct turned {
    const cxlog_table *from;
    const cxlog_transposing *how;
    size_t first, last;
    bool summed;
} turned;

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
}

static size_t columns_of(const turned *t)
{
    return t->last - t->first + (t->summed ? 1 : 0);
}

/* Row of the table that stands in column `column` of what it becomes, from 0. */
static const cx_table_row *row_of(const turned *t, size_t column)
{
    size_t row = t->first + column;
    return &t->from->rows[row < t->last ? row : t->from->row_count - 1];
}

/* ---- what the terminal has room for ---- */

static size_t cell_width(const turned *t, const char *text)
{
    return cxlog_text_width(text, t->how->style.ambiguous_wide);
}

static size_t row_width(const turned *t, const cx_table_row *row)
{
    size_t width = cell_width(t, row->cells[0]);
    width = width > TITLE_CELLS ? TITLE_CELLS : width;
    for (size_t c = 1; c < t->from->column_count; c++) {
        size_t cell = cell_width(t, row->cells[c]);
        width = cell > width ? cell : width;
    }
    return width + GAP;
}

static size_t labels_width(const turned *t)
{
    size_t width = 0;
    for (size_t c = 0; c < t->from->column_count; c++) {
        size_t cell = cell_width(t, t->from->columns[c].title);
        width = cell > width ? cell : width;
    }
    return width > READABLE ? READABLE : width;
}

/* One row at least stays, whatever the terminal. */
static void fit(turned *t)
{
    size_t room = t->how->style.width;
    size_t used = labels_width(t);
    if (room == 0)
        return;
    if (t->summed)
        used += row_width(t, &t->from->rows[t->from->row_count - 1]);
    size_t count = 0, all = t->last - t->first;
    while (count < all) {
        size_t next = t->how->newest ? t->last - 1 - count : t->first + count;
        used += row_width(t, &t->from->rows[next]);
        if (used > room && count > 0)
            break;
        count++;
    }
    if (t->how->newest)
        t->first = t->last - count;
    else
        t->last = t->first + count;
}

/* ---- the other table ---- */

/* A long name gives way, so that more columns fit. */
static cxlog_status make_title(char **out, const turned *t, const char *text,
                               cxlog_error *err)
{
    bool wide = t->how->style.ambiguous_wide;
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    if (!safe)
        return no_memory(err);
    bool whole = t->how->style.width == 0 || cxlog_text_width(safe, wide) <= TITLE_CELLS;
    if (whole) {
        *out = strdup(text);
        return *out ? CXLOG_OK : no_memory(err);
    }
    size_t bytes = cxlog_text_fit(safe, TITLE_CELLS - cxlog_text_width("…", wide), wide);
    *out = malloc(bytes + sizeof "…");
    if (!*out)
        return no_memory(err);
    memcpy(*out, safe, bytes);
    memcpy(*out + bytes, "…", sizeof "…");
    return CXLOG_OK;
}

/* Numbers, when every column that gives a cell holds them. */
static cxlog_align align_of(const cxlog_table *from)
{
    for (size_t c = 1; c < from->column_count; c++) {
        if (from->columns[c].align != CXLOG_ALIGN_RIGHT)
            return CXLOG_ALIGN_LEFT;
    }
    return CXLOG_ALIGN_RIGHT;
}

static cxlog_status start(cxlog_table **out, const turned *t, cxlog_error *err)
{
    size_t count = columns_of(t), made = 0;
    cxlog_column_spec *columns = calloc(count + 1, sizeof *columns);
    char **titles = calloc(count + 1, sizeof *titles);
    cxlog_status status = columns && titles ? CXLOG_OK : no_memory(err);
    cxlog_align align = align_of(t->from);
    if (status == CXLOG_OK)
        columns[0] =
            (cxlog_column_spec){t->from->columns[0].title, CXLOG_ALIGN_LEFT, true, 0};
    for (; status == CXLOG_OK && made < count; made++) {
        status = make_title(&titles[made], t, row_of(t, made)->cells[0], err);
        columns[made + 1] = (cxlog_column_spec){titles[made], align, false, 0};
    }
    if (status == CXLOG_OK)
        status = cxlog_table_new(out, columns, count + 1, err);
    for (size_t i = 0; i < made; i++)
        free(titles[i]);
    free(titles);
    free(columns);
    return status;
}

static cxlog_status put_rows(cxlog_table *out, const turned *t, cxlog_error *err)
{
    size_t count = columns_of(t);
    const char **cells = calloc(count + 1, sizeof *cells);
    cxlog_status status = cells ? CXLOG_OK : no_memory(err);
    for (size_t c = 1; status == CXLOG_OK && c < t->from->column_count; c++) {
        cells[0] = t->from->columns[c].title;
        for (size_t i = 0; i < count; i++)
            cells[i + 1] = row_of(t, i)->cells[c];
        if (t->how->ruled && c + 1 == t->from->column_count)
            cxlog_table_rule(out);
        status = cxlog_table_row(out, cells, err);
    }
    free(cells);
    return status;
}

cxlog_status cxlog_table_transpose(cxlog_table **out, const cxlog_table *table,
                                   const cxlog_transposing *how, size_t *left_out,
                                   cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_table) *made = NULL;
    size_t rows = table->row_count;
    bool summed = rows > 0 && table->rows[rows - 1].ruled;
    turned t = {
        .from = table, .how = how, .last = summed ? rows - 1 : rows, .summed = summed};
    fit(&t);
    cxlog_status status = start(&made, &t, err);
    if (status == CXLOG_OK)
        status = put_rows(made, &t, err);
    if (status != CXLOG_OK)
        return status;
    *left_out = rows - columns_of(&t);
    *out = CXLOG_TAKE(made);
    return CXLOG_OK;
}
