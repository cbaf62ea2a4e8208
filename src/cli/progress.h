/*
 * progress.h - what a command says of itself on stderr while it takes longer than a
 * second: on a terminal one line that is rewritten and goes away, elsewhere one line
 * every ten seconds, nothing with --quiet or --json.
 */
#ifndef CX_CLI_PROGRESS_H
#define CX_CLI_PROGRESS_H

#include "cli/cli.h"

#include <cxlog/sync.h>

/* When to say something. Times in milliseconds of one clock, which may jump. */
typedef struct cli_pace {
    bool terminal;
    int64_t since_ms; /* begun, or last said */
    bool said;
} cli_pace;
void cli_pace_start(cli_pace *pace, bool terminal, int64_t now_ms);
/* Is it time? Then it counts as said. */
bool cli_pace_due(cli_pace *pace, int64_t now_ms);

/* From here on there is a line when it takes long: of what the remote and sync tell... */
void cli_progress_start(const cli_ctx *ctx);
/* ...where they are given this, */
cxlog_progress cli_progress_watch(void);
/* or of rows that this program counts itself. what: N_("importing"). Nothing before
 * cli_progress_start(). */
void cli_progress_rows(const char *what, int64_t rows);
/* Take the line off the terminal, before anything else is written there. */
void cli_progress_hush(void);
bool cli_progress_shown(void);

/* cxlog_lock_take(CXLOG_LOCK_WORK), saying that it waits. */
CXLOG_MUST_USE cxlog_status cli_lock_work(cxlog_lock **out, const cli_ctx *ctx,
                                          int64_t wait_ms, int64_t *holder,
                                          cxlog_error *err);

#endif
