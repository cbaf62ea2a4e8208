/*
 * form.h - an entry as a text for the editor: one field a line, the note below.
 */
#ifndef CX_CLI_FORM_H
#define CX_CLI_FORM_H

#include "cli/cli.h"

/*
 * Let a person change the entry in $VISUAL or $EDITOR. What is changed in the text is
 * changed in the entry; the rest stays as it is. A bad value is said, and the text can be
 * edited again; given up, it stays in its file (0600), which the error names. The clock
 * of ctx goes on meanwhile.
 *
 * changed out: did the text change at all?
 * Errors: ERR_USAGE off a terminal, ERR_CONFIG (no editor, it failed), ERR_VALUE,
 * ERR_CREATE.
 */
CXLOG_MUST_USE cxlog_status cli_form_edit(cxlog_entry *entry, cli_ctx *ctx,
                                          const cxlog_scheme *scheme, bool *changed,
                                          cxlog_error *err);

/* The text of an entry, team fields too, and an entry changed by what differs between two
 * texts. out: free(). */
CXLOG_MUST_USE cxlog_status cli_form_text(char **out, const cxlog_entry *entry,
                                          const cxlog_scheme *scheme, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_form_read(cxlog_entry *entry, const cli_ctx *ctx,
                                          const cxlog_scheme *scheme, const char *before,
                                          const char *after, cxlog_error *err);

#endif
