/*
 * prompt.h - the open prompt: one line, one record.
 */
#ifndef CX_CLI_PROMPT_H
#define CX_CLI_PROMPT_H

#include "cli/cli.h"

typedef struct cli_prompt {
    cli_ctx *ctx;
    cli_reader *reader;
    cxlog_scheme *scheme; /* as of the line in hand; owned */
    char *next; /* a line that came as the answer to a question, not taken yet; owned */
} cli_prompt;

void cli_prompt_clear(cli_prompt *prompt);
CXLOG_AUTO_VALUE_DEFINE(cli_prompt, cli_prompt_clear);

/* Open the line editor with the history file and Tab. Errors: ERR_USAGE off a terminal.
 */
CXLOG_MUST_USE cxlog_status cli_prompt_open(cli_prompt *out, cli_ctx *ctx,
                                            cxlog_error *err);

/* A question below the line. *answer: free(), trimmed; NULL at end of input, and when the
 * next line is there already: who types or pastes ahead is not asked. */
CXLOG_MUST_USE cxlog_status cli_prompt_ask(cli_prompt *prompt, const char *question,
                                           const char *prefill, char **answer,
                                           cxlog_error *err);

/* Log what the line says; asks for what is missing only (prompt_log.c). */
CXLOG_MUST_USE cxlog_status cli_prompt_log(cli_prompt *prompt, const char *line,
                                           cxlog_error *err);

/* Several words that answer nothing are the next line: it is kept for the loop. */
void cli_prompt_keep(cli_prompt *prompt, char **answer);

/* Re-open a record as a line, save what was changed as a correction; what no line can say
 * is re-opened in the editor (prompt_edit.c). */
CXLOG_MUST_USE cxlog_status cli_prompt_edit(cli_prompt *prompt,
                                            const cxlog_record *record, cxlog_error *err);

/* Categories with their codes, channels, templates: for "?" (prompt_list.c). */
CXLOG_MUST_USE cxlog_status cli_prompt_list(cli_prompt *prompt, cxlog_error *err);
/* "today 25 (배송 9 · 결제 5 · …)". */
CXLOG_MUST_USE cxlog_status cli_prompt_day(cli_prompt *prompt, cxlog_error *err);

/* The last record of today that counts. *found false: none. */
CXLOG_MUST_USE cxlog_status cli_last_effective(cli_ctx *ctx, cxlog_record *out,
                                               bool *found, cxlog_error *err);

/* The same in $VISUAL or $EDITOR, with every field. */
CXLOG_MUST_USE cxlog_status cli_prompt_form(cli_prompt *prompt,
                                            const cxlog_record *record, cxlog_error *err);

/* Save the changed entry as a correction of the record; says so. Nothing changed: says
 * that. */
CXLOG_MUST_USE cxlog_status cli_save_correction(cli_ctx *ctx, cxlog_entry *entry,
                                                const cxlog_record *record,
                                                cxlog_error *err);

#endif
