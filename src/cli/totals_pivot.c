#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

/* Two dimensions: the first down, the second across, with the sums of both. A record may
 * bear several tags, so there are no sums over tags. */

#define COLUMNS_MAX 1000
#define TITLE_CELLS 14

/* The second dimension as totals of its own, so that it is sorted like any other. */
typedef struct pivot {
    const cli_totals_view *view;
    const cxlog_totals *totals;
    cxlog_totals *across; /* owned; one row a column */
    size_t shown;         /* columns shown; the rest stand together in one more */
    bool sum_right, sum_below;
} pivot;

static void pivot_clear(pivot *p)
{
    cxlog_totals_free(p->across);
}
CXLOG_AUTO_VALUE_DEFINE(pivot, pivot_clear);

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_total_row *find_key(cxlog_totals *across, const char *key)
{
    for (size_t i = 0; i < across->row_count; i++) {
        if (strcmp(across->rows[i].key[0], key) == 0)
            return &across->rows[i];
    }
    return NULL;
}

/* Rows of the second dimension with something to show, biggest first or in their own
 * order. */
static cxlog_status gather(pivot *p, cxlog_error *err)
{
    const cxlog_totals *t = p->totals;
    p->across = calloc(1, sizeof *p->across);
    if (p->across)
        p->across->rows = calloc(t->row_count + 1, sizeof *p->across->rows);
    if (!p->across || !p->across->rows)
        return no_memory(err);
    p->across->by[0] = t->by[1];
    p->across->by_count = 1;
    for (size_t i = 0; i < t->row_count; i++) {
        int64_t number = cli_cell_number(p->view, &t->rows[i]);
        if (number == 0)
            continue;
        cxlog_total_row *row = find_key(p->across, t->rows[i].key[1]);
        if (!row && p->across->row_count == COLUMNS_MAX)
            return cxlog_fail(err, CXLOG_ERR_USAGE,
                              "more than %d columns: put the other dimension second, or "
                              "ask for --json",
                              COLUMNS_MAX);
        if (!row) {
            char *key = strdup(t->rows[i].key[1]);
            if (!key)
                return no_memory(err);
            row = &p->across->rows[p->across->row_count++];
            row->key[0] = key;
        }
        row->count += number;
    }
    cxlog_totals_sort(p->across);
    return cli_totals_sort(p->view, p->across, err);
}

/* On a terminal a long name gives way, so that more columns fit. */
static cxlog_status column_title(char **out, const pivot *p, size_t index,
                                 cxlog_error *err)
{
    CXLOG_AUTO_TEXT name = NULL;
    cxlog_status status =
        cli_cell_key(&name, p->view, &p->across->by[0], &p->across->rows[index], 0, err);
    if (status != CXLOG_OK)
        return status;
    bool wide = cli_ambiguous_wide(p->view->ctx);
    if (p->view->form != CLI_TOTALS_TEXT || p->view->transpose || cli_width() == 0 ||
        cxlog_text_width(name, wide) <= TITLE_CELLS) {
        *out = CXLOG_TAKE(name);
        return CXLOG_OK;
    }
    size_t bytes = cxlog_text_fit(name, TITLE_CELLS - 2, wide);
    *out = malloc(bytes + sizeof "…");
    if (!*out)
        return no_memory(err);
    (void)snprintf(*out, bytes + sizeof "…", "%.*s…", (int)bytes, name);
    return CXLOG_OK;
}

/* Too many columns for the terminal: the last ones are shown as one sum. */
static cxlog_status fit(pivot *p, cxlog_error *err)
{
    size_t count = p->across->row_count;
    size_t *widths = calloc(count + 1, sizeof *widths);
    if (!widths)
        return no_memory(err);
    char cell[CLI_CELL];
    size_t fixed = 0;
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < p->totals->row_count; i++) {
        CXLOG_AUTO_TEXT name = NULL;
        status =
            cli_cell_key(&name, p->view, &p->totals->by[0], &p->totals->rows[i], 0, err);
        size_t width = name ? cli_cells_width(p->view, name) : 0;
        fixed = width > fixed ? width : fixed;
    }
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        CXLOG_AUTO_TEXT name = NULL;
        status = column_title(&name, p, i, err);
        size_t title = name ? cli_cells_width(p->view, name) : 0;
        size_t digits =
            p->view->percent != CLI_PERCENT_NONE
                ? strlen("100%")
                : strlen(cli_cell_count(cell, p->view, p->across->rows[i].count));
        widths[i] = title > digits ? title : digits;
    }
    size_t sum = strlen(cli_cell_count(cell, p->view, p->totals->total.count)) + 4;
    fixed = fixed > 14 ? 14 : fixed; /* names may be cut */
    p->shown = cli_cells_fit(p->view, fixed + sum, widths, count);
    if (p->shown < count) /* room for the column of the others */
        p->shown = cli_cells_fit(p->view, fixed + sum + 12, widths, count);
    free(widths);
    return status;
}

static cxlog_status start(cxlog_table **out, const pivot *p, cxlog_error *err)
{
    size_t count = p->shown + 3;
    char down[CLI_BY_TEXT];
    char over[CLI_BY_TEXT];
    char corner[2 * CLI_BY_TEXT + 4];
    char others[64];
    cxlog_column_spec *columns = calloc(count, sizeof *columns);
    char **titles = calloc(count, sizeof *titles);
    cxlog_status status = columns && titles ? CXLOG_OK : no_memory(err);
    size_t below = p->view->transpose ? 1 : 0; /* what stands below in the end */
    (void)snprintf(corner, sizeof corner, "%s \\ %s",
                   cli_cell_by(down, p->view, &p->totals->by[below]),
                   cli_cell_by(over, p->view, &p->totals->by[1 - below]));
    size_t at = 0;
    if (columns)
        columns[at++] = (cxlog_column_spec){corner, CXLOG_ALIGN_LEFT, true, 0};
    for (size_t i = 0; status == CXLOG_OK && i < p->shown; i++) {
        status = column_title(&titles[i], p, i, err);
        columns[at++] = (cxlog_column_spec){titles[i], CXLOG_ALIGN_RIGHT, false, 0};
    }
    (void)snprintf(others, sizeof others, _("others(%d)"),
                   (int)(p->across->row_count - p->shown));
    if (status == CXLOG_OK && p->shown < p->across->row_count)
        columns[at++] = (cxlog_column_spec){others, CXLOG_ALIGN_RIGHT, false, 0};
    const char *sum = cli_cell_title(p->view, "total", _("total"));
    if (status == CXLOG_OK && p->sum_right)
        columns[at++] = (cxlog_column_spec){sum, CXLOG_ALIGN_RIGHT, false, 0};
    if (status == CXLOG_OK)
        status = cxlog_table_new(out, columns, at, err);
    for (size_t i = 0; titles && i < count; i++)
        free(titles[i]);
    free(titles);
    free(columns);
    return status;
}

static size_t column_of(const pivot *p, const char *key)
{
    for (size_t i = 0; i < p->shown; i++) {
        if (strcmp(p->across->rows[i].key[0], key) == 0)
            return i;
    }
    return p->shown;
}

/* Records of a column: one of its own, the rest's, or the sums'. */
static int64_t column_sum(const pivot *p, size_t column)
{
    int64_t sum = 0;
    if (column < p->shown)
        return p->across->rows[column].count;
    for (size_t i = p->shown; i < p->across->row_count; i++)
        sum += p->across->rows[i].count;
    return sum;
}

/* sum: of the row. whole: of the column. */
static const char *put_number(char buffer[CLI_CELL], const pivot *p, int64_t number,
                              int64_t sum, int64_t whole)
{
    switch (cli_totals_parts(p->view)) {
    case CLI_PERCENT_NONE:
        break;
    case CLI_PERCENT_ROW:
        return cli_cell_share(buffer, p->view, number, sum);
    case CLI_PERCENT_COLUMN:
        return cli_cell_share(buffer, p->view, number, whole);
    case CLI_PERCENT_ALL:
        return cli_cell_share(buffer, p->view, number,
                              cli_cell_number(p->view, &p->totals->total));
    }
    return cli_cell_count(buffer, p->view, number);
}

/* numbers: shown + 1 of them, the last for what has no column of its own. */
static cxlog_status put_row(cxlog_table *table, const pivot *p, const char *name,
                            const int64_t *numbers, int64_t sum, cxlog_error *err)
{
    size_t room = p->shown + 3;
    char(*buffers)[CLI_CELL] = calloc(room, sizeof *buffers);
    const char **cells = calloc(room, sizeof *cells);
    cxlog_status status = buffers && cells ? CXLOG_OK : no_memory(err);
    if (status == CXLOG_OK) {
        size_t at = 0;
        cells[at++] = name;
        size_t columns = p->shown + (p->shown < p->across->row_count ? 1 : 0);
        for (size_t i = 0; i < columns; i++, at++)
            cells[at] = put_number(buffers[i], p, numbers[i], sum, column_sum(p, i));
        if (p->sum_right)
            cells[at] = put_number(buffers[columns], p, sum, sum,
                                   cli_cell_number(p->view, &p->totals->total));
        status = cxlog_table_row(table, cells, err);
    }
    free(buffers);
    free(cells);
    return status;
}

static bool same_row(const cxlog_total_row *a, const cxlog_total_row *b)
{
    return strcmp(a->key[0], b->key[0]) == 0 && (a->folded > 0) == (b->folded > 0);
}

/* Rows of one first key stand together: totals are sorted so. */
static cxlog_status put_rows(cxlog_table *table, const pivot *p, cxlog_error *err)
{
    const cxlog_totals *t = p->totals;
    int64_t *numbers = calloc(p->shown + 1, sizeof *numbers);
    cxlog_status status = numbers ? CXLOG_OK : no_memory(err);
    for (size_t i = 0; status == CXLOG_OK && i < t->row_count;) {
        int64_t sum = 0;
        size_t next = i;
        memset(numbers, 0, (p->shown + 1) * sizeof *numbers);
        for (; next < t->row_count && same_row(&t->rows[i], &t->rows[next]); next++) {
            int64_t number = cli_cell_number(p->view, &t->rows[next]);
            numbers[column_of(p, t->rows[next].key[1])] += number;
            sum += number;
        }
        CXLOG_AUTO_TEXT name = NULL;
        status = cli_cell_key(&name, p->view, &t->by[0], &t->rows[i], 0, err);
        if (status == CXLOG_OK)
            status = put_row(table, p, name, numbers, sum, err);
        i = next;
    }
    free(numbers);
    return status;
}

static cxlog_status put_total(cxlog_table *table, const pivot *p, cxlog_error *err)
{
    int64_t *numbers = calloc(p->shown + 1, sizeof *numbers);
    if (!numbers)
        return no_memory(err);
    for (size_t i = 0; i < p->across->row_count; i++)
        numbers[i < p->shown ? i : p->shown] += p->across->rows[i].count;
    cxlog_table_rule(table);
    cxlog_status status =
        put_row(table, p, cli_cell_title(p->view, "total", _("total")), numbers,
                cli_cell_number(p->view, &p->totals->total), err);
    free(numbers);
    return status;
}

cxlog_status cli_totals_pivot(cxlog_table **out, const cli_totals_view *view, char **note,
                              cxlog_error *err)
{
    CXLOG_AUTO(cxlog_table) *table = NULL;
    const cxlog_totals *t = view->each[0];
    CXLOG_AUTO_VALUE(pivot)
    p = {.view = view,
         .totals = t,
         .sum_right = t->by[1].kind != CXLOG_BY_TAG,
         .sum_below = t->by[0].kind != CXLOG_BY_TAG};
    cxlog_status status = gather(&p, err);
    if (status == CXLOG_OK)
        status = fit(&p, err);
    if (status == CXLOG_OK)
        status = start(&table, &p, err);
    if (status == CXLOG_OK)
        status = put_rows(table, &p, err);
    if (status == CXLOG_OK && p.sum_below)
        status = put_total(table, &p, err);
    if (status != CXLOG_OK)
        return status;
    if (!p.sum_right || !p.sum_below) {
        *note = strdup(_("A record may bear several tags: there are no sums over tags."));
        if (!*note)
            return no_memory(err);
    }
    *out = CXLOG_TAKE(table);
    return CXLOG_OK;
}
