#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

/* One dimension, one period: name, this, last, change, percent, share, cumulative. */
#define COLUMNS 9

typedef struct layout {
    const cli_totals_view *view;
    const cxlog_totals *totals;
    bool compared; /* there is something to compare with */
    bool counted;  /* this period's column is shown (not under --cumulative) */
    bool yearly;   /* the running total is shown */
    bool averaged; /* per working day */
    bool trailed;  /* the way of the last periods, as the last column */
} layout;

static layout layout_of(const cli_totals_view *view)
{
    const cxlog_totals *totals = view->each[0];
    bool counted = !view->cumulative;
    return (layout){.view = view,
                    .totals = totals,
                    .counted = counted,
                    .compared = counted && view->query.vs != CXLOG_VS_NONE,
                    .averaged = view->extras.workdays > 0,
                    .trailed = view->extras.trail != NULL,
                    .yearly = totals->period.kind != CXLOG_PERIOD_ALL || !counted};
}

static size_t add_column(cxlog_column_spec *columns, size_t count, const char *title,
                         int drop_order)
{
    columns[count] = (cxlog_column_spec){title, CXLOG_ALIGN_RIGHT, false, drop_order};
    return count + 1;
}

static cxlog_status start(cxlog_table **out, const layout *l, cxlog_error *err)
{
    const cli_totals_view *view = l->view;
    char by[CLI_BY_TEXT];
    cxlog_column_spec columns[COLUMNS] = {
        {cli_cell_by(by, view, &l->totals->by[0]), CXLOG_ALIGN_LEFT, true, 0}};
    size_t count = 1;
    if (l->counted)
        count = add_column(columns, count, cli_cell_title(view, "count", _("this")), 0);
    if (l->compared) {
        const char *before = view->query.vs == CXLOG_VS_YEAR ? _("last year") : _("last");
        count = add_column(columns, count, cli_cell_title(view, "previous", before), 0);
        count =
            add_column(columns, count, cli_cell_title(view, "change", _("change")), 5);
        count = add_column(columns, count, cli_cell_title(view, "percent", "%"), 4);
    }
    char average[64];
    (void)snprintf(average, sizeof average, _("a day(%d)"), view->extras.workdays);
    if (l->averaged)
        count = add_column(columns, count, average, 3);
    if (l->counted)
        count = add_column(columns, count, cli_cell_title(view, "share", _("share")), 2);
    if (l->yearly)
        count = add_column(columns, count,
                           cli_cell_title(view, "cumulative", _("year to date")), 6);
    if (!l->counted)
        count = add_column(columns, count, cli_cell_title(view, "share", _("share")), 2);
    char trail[64];
    (void)snprintf(trail, sizeof trail, _("last %d"), CLI_TRAIL);
    if (l->trailed)
        columns[count++] = (cxlog_column_spec){trail, CXLOG_ALIGN_LEFT, false, 1};
    return cxlog_table_new(out, columns, count, err);
}

static cxlog_status put_row(cxlog_table *table, const layout *l, const char *name,
                            const cxlog_total_row *row, bool share, cxlog_error *err)
{
    const cli_totals_view *view = l->view;
    char buffers[COLUMNS][CLI_CELL];
    const char *cells[COLUMNS];
    size_t count = 0;
    int64_t part = cli_cell_number(view, row);
    int64_t whole = cli_cell_number(view, &l->totals->total);
    cells[count++] = name;
    if (l->counted)
        cells[count++] = cli_cell_count(buffers[0], view, row->count);
    if (l->compared) {
        cells[count++] = cli_cell_count(buffers[1], view, row->previous);
        cells[count++] = cli_cell_change(buffers[2], view, row->count, row->previous);
        cells[count++] = cli_cell_percent(buffers[3], view, row->count, row->previous);
    }
    if (l->averaged)
        cells[count++] = cli_cell_average(buffers[6], view, row->count);
    const char *shared = share ? cli_cell_share(buffers[4], view, part, whole) : "";
    if (l->counted)
        cells[count++] = shared;
    if (l->yearly)
        cells[count++] = cli_cell_count(buffers[5], view, row->cumulative);
    if (!l->counted)
        cells[count++] = shared;
    char trail[CLI_TRAIL_BYTES];
    if (l->trailed)
        cells[count++] =
            cli_cell_trail(trail, view,
                           row == &l->totals->total ? l->totals->row_count
                                                    : (size_t)(row - l->totals->rows));
    return cxlog_table_row(table, cells, err);
}

static cxlog_status put_rows(cxlog_table *table, const layout *l, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < l->totals->row_count; i++) {
        const cxlog_total_row *row = &l->totals->rows[i];
        CXLOG_AUTO_TEXT name = NULL;
        status = cli_cell_key(&name, l->view, &l->totals->by[0], row, 0, err);
        if (status == CXLOG_OK)
            status = put_row(table, l, name, row, true, err);
    }
    return status;
}

cxlog_status cli_totals_table(cxlog_table **out, const cli_totals_view *view, char **note,
                              cxlog_error *err)
{
    CXLOG_AUTO(cxlog_table) *table = NULL;
    const layout l = layout_of(view);
    bool tags = l.totals->by[0].kind == CXLOG_BY_TAG;
    cxlog_status status = start(&table, &l, err);
    if (status == CXLOG_OK)
        status = put_rows(table, &l, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_table_rule(table);
    status = put_row(table, &l, cli_cell_title(view, "total", _("total")),
                     &l.totals->total, !tags, err);
    if (status != CXLOG_OK)
        return status;
    if (tags) {
        *note = strdup(
            _("A record may bear several tags: the total counts each record once."));
        if (!*note)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    *out = CXLOG_TAKE(table);
    return CXLOG_OK;
}
