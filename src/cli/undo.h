/*
 * undo.h - taking back this agent's last change of today, then the one before it, and
 * doing them again: for undo, redo and the prompt. Nothing is deleted: each adds a row.
 */
#ifndef CX_CLI_UNDO_H
#define CX_CLI_UNDO_H

#include "cli/undo_trail.h"

typedef struct cli_undone {
    cxlog_entry entry; /* the row that puts things back */
    cxlog_record was;  /* the change that it takes back or does again */
    cli_trail trail;
    cxlog_added added;
    const char *what; /* N_() "taken out" */
    bool redo;
} cli_undone;

void cli_undone_init(cli_undone *undone);
void cli_undone_clear(cli_undone *undone);
CXLOG_AUTO_VALUE_DEFINE(cli_undone, cli_undone_clear);

/* Errors: ERR_VALUE: nothing today, all taken back already, changed by somebody since, or
 * (redo) the last change was no undo. */
CXLOG_MUST_USE cxlog_status cli_undo_make(cli_undone *out, cli_ctx *ctx, bool redo,
                                          cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_undo_save(cli_undone *undone, cli_ctx *ctx,
                                          cxlog_error *err);
/* For people, on stderr. */
void cli_undo_tell(const cli_undone *undone, const cli_ctx *ctx);

#endif
