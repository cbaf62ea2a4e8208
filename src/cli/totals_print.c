#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

static cxlog_status make_table(cxlog_table **out, const cli_totals_view *view,
                               char **note, cxlog_error *err)
{
    if (view->series)
        return cli_totals_series(out, view, note, err);
    if (view->query.by_count == 2)
        return cli_totals_pivot(out, view, note, err);
    return cli_totals_table(out, view, note, err);
}

static cxlog_status form_table(char **out, const cli_totals_view *view,
                               const cxlog_table *table, cxlog_error *err)
{
    const cxlog_table_style style = {.width = cli_width(),
                                     .ambiguous_wide = cli_ambiguous_wide(view->ctx)};
    switch (view->form) {
    case CLI_TOTALS_PLAIN:
        return cxlog_table_plain(out, table, err);
    case CLI_TOTALS_CSV:
        return cxlog_table_csv(out, table, err);
    case CLI_TOTALS_MARKDOWN:
        return cxlog_table_markdown(out, table, err);
    case CLI_TOTALS_TEXT:
    case CLI_TOTALS_JSON:
        break;
    }
    return cxlog_table_text(out, table, &style, err);
}

/* Markdown joins lines; two blanks at an end keep them apart. */
static void put_framed(const cli_totals_view *view, const char *heading,
                       const char *table, const char *note, const char *basis)
{
    bool markdown = view->form == CLI_TOTALS_MARKDOWN;
    const char *dim = markdown ? "" : cli_style(view->ctx, stdout, "dim");
    const char *reset = markdown ? "" : cli_style(view->ctx, stdout, "reset");
    cli_out("%s\n%s\n", heading, table);
    if (note)
        cli_out("%s\n%s", note, markdown ? "\n" : "");
    cli_out("%s%.*s%s\n", dim, (int)strcspn(basis, "\n"), basis, reset);
}

cxlog_status cli_totals_print(const cli_totals_view *view, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_table) *table = NULL;
    CXLOG_AUTO_TEXT note = NULL;
    CXLOG_AUTO_TEXT text = NULL;
    CXLOG_AUTO_TEXT heading = NULL;
    CXLOG_AUTO_TEXT basis = NULL;
    cxlog_status status = make_table(&table, view, &note, err);
    if (status == CXLOG_OK)
        status = form_table(&text, view, table, err);
    if (status == CXLOG_OK)
        status = cli_totals_heading(&heading, view, err);
    if (status == CXLOG_OK)
        status = cli_totals_basis_line(&basis, view, err);
    if (status != CXLOG_OK)
        return status;
    if (view->form == CLI_TOTALS_TEXT || view->form == CLI_TOTALS_MARKDOWN) {
        put_framed(view, heading, text, note, basis);
        return cli_out_end(err);
    }
    cli_out_text(text);
    status = cli_out_end(err);
    cli_say(view->ctx, "%s", basis);
    return status;
}
