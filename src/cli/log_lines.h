/*
 * log_lines.h - `log -`: many records from stdin, all or none.
 */
#ifndef CX_CLI_LOG_LINES_H
#define CX_CLI_LOG_LINES_H

#include "cli/cli.h"

#define CLI_LINES_BYTES (64u << 20)
#define CLI_LINES_MAX 100000

/* Errors: ERR_VALUE with the line's number, ERR_NOINPUT when there is none. */
CXLOG_MUST_USE cxlog_status cli_log_lines(cli_ctx *ctx, const cli_args *args,
                                          cxlog_error *err);

/* ID (unless the entry has one) and time of a new record. */
CXLOG_MUST_USE cxlog_status cli_log_identify(cxlog_entry *entry, cli_ctx *ctx,
                                             cxlog_error *err);

/* After the commit: in the background, or at once with --sync. Trouble there is said on
 * stderr: the record is safe here. */
void cli_log_sync(cli_ctx *ctx, const cli_args *args);

#endif
