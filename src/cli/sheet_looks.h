/*
 * sheet_looks.h - what init and sheet refresh share.
 */
#ifndef CX_CLI_SHEET_LOOKS_H
#define CX_CLI_SHEET_LOOKS_H

#include <cxlog/close.h>

#include "cli/cli.h"

#define CLI_LEADS_MAX 50

/* The addresses of sheet.leads. */
typedef struct cli_leads {
    char *text;
    const char *list[CLI_LEADS_MAX + 1]; /* NULL-terminated; into text */
} cli_leads;
CXLOG_MUST_USE cxlog_status cli_leads_read(cli_leads *out, const cli_ctx *ctx,
                                           cxlog_error *err);
void cli_leads_clear(cli_leads *leads);
CXLOG_AUTO_VALUE_DEFINE(cli_leads, cli_leads_clear);

/* What about the spreadsheet may surprise people: sentences, not escaped. Returns how
 * many. */
typedef struct cli_sheet_warnings {
    char text[2][CXLOG_MESSAGE_MAX];
} cli_sheet_warnings;
size_t cli_sheet_warnings_of(cli_sheet_warnings *out, const cli_ctx *ctx,
                             const cxlog_layout_result *result);
/* The same on stdout. */
void cli_sheet_warn(const cli_ctx *ctx, const cxlog_layout_result *result);

#endif
