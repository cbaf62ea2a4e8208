#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

/* Several periods: one a row when only the totals are asked for, else one a column. */

#define BAR_CELLS 20
#define SERIES_COLUMNS 6

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* "2026-11", with * for people when it is still running. */
static const char *label(char buffer[CXLOG_PERIOD_LABEL + 2], const cli_totals_view *view,
                         const cxlog_period *period)
{
    bool mark = view->form == CLI_TOTALS_TEXT && cli_totals_running(view, period);
    (void)snprintf(buffer, CXLOG_PERIOD_LABEL + 2, "%s%s", period->label,
                   mark ? "*" : "");
    return buffer;
}

/* ---- periods down ---- */

static cxlog_status put_period(cxlog_table *table, const cli_totals_view *view,
                               const cxlog_totals *t, int64_t most, cxlog_error *err)
{
    char name[CXLOG_PERIOD_LABEL + 2];
    char buffers[4][CLI_CELL];
    char bar[3 * BAR_CELLS + 1];
    const cxlog_total_row *row = &t->total;
    const char *cells[SERIES_COLUMNS];
    size_t count = 0;
    cells[count++] = label(name, view, &t->period);
    cells[count++] = cli_cell_count(buffers[0], view, row->count);
    if (view->query.vs != CXLOG_VS_NONE) {
        cells[count++] = cli_cell_change(buffers[1], view, row->count, row->previous);
        cells[count++] = cli_cell_percent(buffers[2], view, row->count, row->previous);
    }
    cells[count++] = cli_cell_count(buffers[3], view, row->cumulative);
    size_t blocks = cli_ambiguous_wide(view->ctx) ? BAR_CELLS / 2 : BAR_CELLS;
    cells[count++] = cxlog_bar(bar, cli_cell_number(view, row), most, blocks);
    return cxlog_table_row(table, cells, err);
}

static cxlog_status periods_down(cxlog_table **out, const cli_totals_view *view,
                                 cxlog_error *err)
{
    cxlog_column_spec columns[SERIES_COLUMNS] = {
        {cli_cell_title(view, "period", _("period")), CXLOG_ALIGN_LEFT, false, 0},
        {cli_cell_title(view, "count", _("count")), CXLOG_ALIGN_RIGHT, false, 0}};
    size_t count = 2;
    if (view->query.vs != CXLOG_VS_NONE) {
        columns[count++] = (cxlog_column_spec){
            cli_cell_title(view, "change", _("change")), CXLOG_ALIGN_RIGHT, false, 3};
        columns[count++] = (cxlog_column_spec){cli_cell_title(view, "percent", "%"),
                                               CXLOG_ALIGN_RIGHT, false, 2};
    }
    columns[count++] =
        (cxlog_column_spec){cli_cell_title(view, "cumulative", _("year to date")),
                            CXLOG_ALIGN_RIGHT, false, view->cumulative ? 0 : 4};
    if (view->form == CLI_TOTALS_TEXT && !view->transpose)
        columns[count++] = (cxlog_column_spec){"", CXLOG_ALIGN_LEFT, false, 1};
    cxlog_status status = cxlog_table_new(out, columns, count, err);
    int64_t most = 0;
    for (size_t i = 0; i < view->count; i++) {
        int64_t number = cli_cell_number(view, &view->each[i]->total);
        most = number > most ? number : most;
    }
    for (size_t i = 0; status == CXLOG_OK && i < view->count; i++)
        status = put_period(*out, view, view->each[i], most, err);
    return status;
}

/* ---- periods across ---- */

typedef struct matrix {
    const cli_totals_view *view;
    cxlog_totals
        *keys; /* owned: every key of every period; count of the last, the rest of all */
    int64_t *numbers; /* owned: the periods of each of keys, then those of the total */
    size_t first;     /* first period that fits on the terminal */
} matrix;

static void matrix_clear(matrix *m)
{
    cxlog_totals_free(m->keys);
    free(m->numbers);
}
CXLOG_AUTO_VALUE_DEFINE(matrix, matrix_clear);

static int by_key(const void *a, const void *b)
{
    const cxlog_total_row *left = a;
    const cxlog_total_row *right = b;
    return strcmp(left->key[0], right->key[0]);
}

/* Rows of one key become one. The rows are sorted by key. */
static void unite(cxlog_totals *keys)
{
    size_t kept = 0;
    for (size_t i = 0; i < keys->row_count; i++) {
        cxlog_total_row *row = &keys->rows[i];
        if (kept > 0 && strcmp(keys->rows[kept - 1].key[0], row->key[0]) == 0) {
            keys->rows[kept - 1].count += row->count;
            keys->rows[kept - 1].cumulative += row->cumulative;
            free(row->key[0]);
            continue;
        }
        keys->rows[kept++] = *row;
    }
    keys->row_count = kept;
}

/* Sorted as the last period is; what it lacks follows by its sum over all periods. */
static cxlog_status gather(matrix *m, cxlog_error *err)
{
    const cli_totals_view *view = m->view;
    size_t room = 1;
    for (size_t i = 0; i < view->count; i++)
        room += view->each[i]->row_count;
    cxlog_totals *keys = calloc(1, sizeof *keys);
    m->keys = keys;
    if (keys)
        keys->rows = calloc(room, sizeof *keys->rows);
    if (!keys || !keys->rows)
        return no_memory(err);
    keys->by[0] = view->query.by[0];
    keys->by_count = 1;
    for (size_t i = 0; i < view->count; i++) {
        const cxlog_totals *t = view->each[i];
        for (size_t k = 0; k < t->row_count; k++) {
            int64_t number = cli_cell_number(view, &t->rows[k]);
            if (number == 0)
                continue;
            cxlog_total_row *row = &keys->rows[keys->row_count];
            row->key[0] = strdup(t->rows[k].key[0]);
            if (!row->key[0])
                return no_memory(err);
            keys->row_count++;
            row->count = i + 1 == view->count ? number : 0;
            row->cumulative = number;
        }
    }
    qsort(keys->rows, keys->row_count, sizeof *keys->rows, by_key);
    unite(keys);
    cxlog_totals_sort(keys);
    cxlog_status status = view->top ? cxlog_totals_fold(keys, view->top, err) : CXLOG_OK;
    return status == CXLOG_OK ? cli_totals_sort(view, keys, err) : status;
}

/* What has no row of its own stands in the fold. */
static cxlog_status count(matrix *m, cxlog_error *err)
{
    const cli_totals_view *view = m->view;
    const size_t rows = m->keys->row_count;
    CXLOG_AUTO_VALUE(cli_row_index) index = {0};
    cxlog_status status = cli_row_index_make(&index, m->keys, err);
    if (status != CXLOG_OK)
        return status;
    m->numbers = calloc((rows + 1) * view->count, sizeof *m->numbers);
    if (!m->numbers)
        return no_memory(err);
    for (size_t i = 0; i < view->count; i++) {
        const cxlog_totals *t = view->each[i];
        for (size_t k = 0; k < t->row_count; k++) {
            size_t row = cli_row_index_find(&index, t->rows[k].key[0]);
            if (row < rows)
                m->numbers[row * view->count + i] += cli_cell_number(view, &t->rows[k]);
        }
        m->numbers[rows * view->count + i] = cli_cell_number(view, &t->total);
    }
    return CXLOG_OK;
}

/* Too many periods for the terminal: the newest stay. */
static cxlog_status fit(matrix *m, cxlog_error *err)
{
    const cli_totals_view *view = m->view;
    size_t *widths = calloc(view->count, sizeof *widths);
    if (!widths)
        return no_memory(err);
    for (size_t i = 0; i < view->count; i++) {
        char buffer[CXLOG_PERIOD_LABEL + 2];
        char digits[CLI_CELL];
        const cxlog_totals *t = view->each[view->count - 1 - i];
        size_t title = strlen(label(buffer, view, &t->period));
        size_t most =
            strlen(cli_cell_count(digits, view, cli_cell_number(view, &t->total)));
        widths[i] = title > most ? title : most;
    }
    size_t shown = cli_cells_fit(view, 12, widths, view->count);
    m->first = view->count - (shown ? shown : 1);
    free(widths);
    return CXLOG_OK;
}

static cxlog_status start(cxlog_table **out, const matrix *m, cxlog_error *err)
{
    const cli_totals_view *view = m->view;
    size_t shown = view->count - m->first;
    char by[CLI_BY_TEXT];
    char corner[CLI_BY_TEXT + 64];
    cxlog_column_spec *columns = calloc(shown + 1, sizeof *columns);
    char(*labels)[CXLOG_PERIOD_LABEL + 2] = calloc(shown, sizeof *labels);
    cxlog_status status = columns && labels ? CXLOG_OK : no_memory(err);
    if (status == CXLOG_OK) {
        const char *name = cli_cell_by(by, view, &view->query.by[0]);
        (void)snprintf(corner, sizeof corner, "%s%s%s",
                       view->transpose ? cli_cell_title(view, "period", _("period")) : "",
                       view->transpose ? " \\ " : "", name);
        columns[0] = (cxlog_column_spec){corner, CXLOG_ALIGN_LEFT, true, 0};
        for (size_t i = 0; i < shown; i++) {
            const char *title = label(labels[i], view, &view->each[m->first + i]->period);
            columns[i + 1] = (cxlog_column_spec){title, CXLOG_ALIGN_RIGHT, false, 0};
        }
        status = cxlog_table_new(out, columns, shown + 1, err);
    }
    free(labels);
    free(columns);
    return status;
}

static int64_t sum_of(const matrix *m, size_t row)
{
    int64_t sum = 0;
    for (size_t i = 0; i < m->view->count; i++)
        sum += m->numbers[row * m->view->count + i];
    return sum;
}

/* row: index into keys; behind the last it is the total. Parts are of all periods asked
 * for, also of those that the terminal has no room for. */
static void fill_cells(char (*buffers)[CLI_CELL], const char **cells, const matrix *m,
                       size_t row)
{
    const cli_totals_view *view = m->view;
    const size_t total = m->keys->row_count;
    const cli_totals_percent percent = cli_totals_parts(view);
    int64_t whole = percent == CLI_PERCENT_ROW   ? sum_of(m, row)
                    : percent == CLI_PERCENT_ALL ? sum_of(m, total)
                                                 : 0;
    for (size_t i = m->first; i < view->count; i++) {
        char *buffer = buffers[i - m->first];
        int64_t number = m->numbers[row * view->count + i];
        if (percent == CLI_PERCENT_COLUMN)
            whole = m->numbers[total * view->count + i];
        cells[i - m->first] = percent == CLI_PERCENT_NONE
                                  ? cli_cell_count(buffer, view, number)
                                  : cli_cell_share(buffer, view, number, whole);
    }
}

static cxlog_status put_row(cxlog_table *table, const matrix *m, size_t row,
                            cxlog_error *err)
{
    const cli_totals_view *view = m->view;
    size_t shown = view->count - m->first;
    char(*buffers)[CLI_CELL] = calloc(shown, sizeof *buffers);
    const char **cells = calloc(shown + 1, sizeof *cells);
    cxlog_status status = buffers && cells ? CXLOG_OK : no_memory(err);
    CXLOG_AUTO_TEXT name = NULL;
    bool total = row == m->keys->row_count;
    if (status == CXLOG_OK && !total)
        status =
            cli_cell_key(&name, view, &view->query.by[0], &m->keys->rows[row], 0, err);
    if (status == CXLOG_OK) {
        cells[0] = total ? cli_cell_title(view, "total", _("total")) : name;
        fill_cells(buffers, cells + 1, m, row);
        status = cxlog_table_row(table, cells, err);
    }
    free(buffers);
    free(cells);
    return status;
}

static cxlog_status periods_across(cxlog_table **out, const cli_totals_view *view,
                                   size_t *left_out, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(matrix) m = {.view = view};
    cxlog_status status = gather(&m, err);
    if (status == CXLOG_OK)
        status = count(&m, err);
    if (status == CXLOG_OK)
        status = fit(&m, err);
    if (status == CXLOG_OK)
        status = start(out, &m, err);
    for (size_t i = 0; status == CXLOG_OK && i < m.keys->row_count; i++)
        status = put_row(*out, &m, i, err);
    if (status == CXLOG_OK) {
        cxlog_table_rule(*out);
        status = put_row(*out, &m, m.keys->row_count, err);
    }
    *left_out = m.first;
    return status;
}

/* ---- both ---- */

static cxlog_status make_note(char **note, const cli_totals_view *view, size_t left_out,
                              cxlog_error *err)
{
    char text[512] = "";
    const cxlog_totals *last = view->each[view->count - 1];
    size_t used = 0;
    if (view->form == CLI_TOTALS_TEXT && cli_totals_running(view, &last->period))
        used += view->extras.like && !view->by_given
                    ? (size_t)snprintf(text, sizeof text,
                                       _("* still running: compared up to the same "
                                         "working day (%d)"),
                                       view->extras.like_days)
                    : (size_t)snprintf(text, sizeof text, "%s", _("* still running"));
    if (left_out > 0)
        used += (size_t)snprintf(
            text + used, sizeof text - used,
            _("%sThe terminal is too narrow for %zu older periods; --csv has them all."),
            used ? "\n" : "", left_out);
    if (view->by_given && view->query.by[0].kind == CXLOG_BY_TAG)
        (void)snprintf(
            text + used, sizeof text - used, "%s%s", used ? "\n" : "",
            _("A record may bear several tags: the total counts each record once."));
    if (text[0] == '\0')
        return CXLOG_OK;
    *note = strdup(text);
    return *note ? CXLOG_OK : no_memory(err);
}

cxlog_status cli_totals_series(cxlog_table **out, const cli_totals_view *view,
                               char **note, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_table) *table = NULL;
    size_t left_out = 0;
    cxlog_status status = view->by_given ? periods_across(&table, view, &left_out, err)
                                         : periods_down(&table, view, err);
    if (status == CXLOG_OK)
        status = make_note(note, view, left_out, err);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(table);
    return status;
}
