#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include "cli/screen.h"

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
static void put_markdown(const char *heading, const char *table, const char *note,
                         const char *basis)
{
    cli_out("%s\n%s\n", heading, table);
    if (note)
        cli_out("%s\n\n", note);
    cli_out_text(basis);
}

/* What stands around a table is broken where the terminal ends; the table fits it. */
static cxlog_status put_framed(const cli_totals_view *view, const char *heading,
                               const char *table, const char *note, const char *basis,
                               cxlog_error *err)
{
    const cli_ctx *ctx = view->ctx;
    CXLOG_AUTO_TEXT lines = NULL;
    cxlog_status status = cli_out_wrapped(ctx, heading, 0, 2, err);
    cli_out("\n%s\n", table);
    if (status == CXLOG_OK && note)
        status = cli_out_wrapped(ctx, note, 0, 2, err);
    if (note)
        cli_out_text("\n");
    if (status == CXLOG_OK)
        status = cli_wrap(&lines, basis, cli_width(), 0, 2, cli_ambiguous_wide(ctx), err);
    if (status == CXLOG_OK)
        cli_out("%s%.*s%s\n", cli_style(ctx, stdout, "dim"), (int)strlen(lines) - 1,
                lines, cli_style(ctx, stdout, "reset"));
    return status;
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
    if (view->form == CLI_TOTALS_MARKDOWN)
        put_markdown(heading, text, note, basis);
    if (view->form == CLI_TOTALS_TEXT)
        status = put_framed(view, heading, text, note, basis, err);
    if (view->form == CLI_TOTALS_TEXT || view->form == CLI_TOTALS_MARKDOWN)
        return status == CXLOG_OK ? cli_out_end(err) : status;
    cli_out_text(text);
    status = cli_out_end(err);
    cli_say(view->ctx, "%s", basis);
    return status;
}
