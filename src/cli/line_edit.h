/*
 * line_edit.h - the line editor that cxlog-prompt gives to the commands.
 */
#ifndef CX_CLI_LINE_EDIT_H
#define CX_CLI_LINE_EDIT_H

#include "cli/cli.h"

/* A reader on the terminal of this process. The history file holds one line each, 0600.
 * *out: released by its ops->close. Errors: ERR_NOMEM, ERR_BUG. */
CXLOG_MUST_USE cxlog_status cli_line_edit_open(cli_reader **out,
                                               const cli_reader_options *options,
                                               cxlog_error *err);

#endif
