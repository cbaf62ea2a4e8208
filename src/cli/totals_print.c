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

cli_totals_percent cli_totals_parts(const cli_totals_view *view)
{
    if (view->transpose && view->percent == CLI_PERCENT_ROW)
        return CLI_PERCENT_COLUMN;
    if (view->transpose && view->percent == CLI_PERCENT_COLUMN)
        return CLI_PERCENT_ROW;
    return view->percent;
}

static cxlog_status add_note(char **note, const cli_totals_view *view, size_t left_out,
                             cxlog_error *err)
{
    char line[512];
    const char *newline = *note ? "\n" : "";
    (void)snprintf(
        line, sizeof line,
        view->series && !view->by_given
            ? _("%sThe terminal is too narrow for %zu older periods; --csv has them all.")
            : _("%sThe terminal is too narrow for some columns (%zu); --csv has them "
                "all."),
        newline, left_out);
    size_t before = *note ? strlen(*note) : 0;
    char *longer = realloc(*note, before + strlen(line) + 1);
    if (!longer)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    memcpy(longer + before, line, strlen(line) + 1);
    *note = longer;
    return CXLOG_OK;
}

/* Rows and columns change places. Of periods the newest stay on a narrow terminal. */
static cxlog_status turn(cxlog_table **table, const cli_totals_view *view, char **note,
                         cxlog_error *err)
{
    const bool text = view->form == CLI_TOTALS_TEXT;
    const cxlog_query *query = &view->query;
    const cxlog_transposing how = {
        .style = {.width = text ? cli_width() : 0,
                  .ambiguous_wide = cli_ambiguous_wide(view->ctx)},
        .newest = view->series && !view->by_given,
        .ruled = query->by_count == 2 && query->by[1].kind != CXLOG_BY_TAG};
    CXLOG_AUTO(cxlog_table) *turned = NULL;
    size_t left_out = 0;
    cxlog_status status = cxlog_table_transpose(&turned, *table, &how, &left_out, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_table_free(*table);
    *table = CXLOG_TAKE(turned);
    return left_out > 0 ? add_note(note, view, left_out, err) : CXLOG_OK;
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
    if (status == CXLOG_OK && view->transpose)
        status = turn(&table, view, &note, err);
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
