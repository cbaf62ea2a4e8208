/*
 * undo_trail.h - which rows of today undo and redo wrote or took back: what makes a
 * second undo go on to the change before, and redo find its way back.
 */
#ifndef CX_CLI_UNDO_TRAIL_H
#define CX_CLI_UNDO_TRAIL_H

#include "cli/cli.h"

typedef enum cli_step_kind {
    CLI_STEP_PASSED = '-', /* an undo's row, or a change that stays taken back */
    CLI_STEP_UNDONE = 'x', /* a change taken back that redo can do again */
    CLI_STEP_REDONE = 'r'  /* a redo's row: a change like others */
} cli_step_kind;

typedef struct cli_step {
    char kind; /* cli_step_kind */
    char id[CXLOG_ID_SIZE];
} cli_step;

/* In order of writing. */
typedef struct cli_trail {
    cli_step *steps; /* owned */
    size_t count, room;
} cli_trail;

void cli_trail_clear(cli_trail *trail);
CXLOG_AUTO_VALUE_DEFINE(cli_trail, cli_trail_clear);

/* The trail of today; empty when there is none. Errors: the store's, ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cli_trail_read(cli_trail *out, const cli_ctx *ctx,
                                           cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_trail_write(const cli_trail *trail, const cli_ctx *ctx,
                                            cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_trail_add(cli_trail *trail, cli_step_kind kind,
                                          const char *id, cxlog_error *err);

/* Did undo or redo write the row, or take it back? */
bool cli_trail_has(const cli_trail *trail, const char *id);
/* Is the row no change that undo may take back? */
bool cli_trail_passed(const cli_trail *trail, const char *id);
/* Was the row the last that undo or redo wrote? */
bool cli_trail_ends(const cli_trail *trail, const char *id);
/* The change that redo does again; NULL: none. Valid until the trail changes. */
cli_step *cli_trail_undone(cli_trail *trail);
/* Something else was changed since: what is taken back stays so. */
void cli_trail_settle(cli_trail *trail);

#endif
