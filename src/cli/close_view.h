/*
 * close_view.h - what close, verify and sync share: the lock, gaps, findings as text and
 * JSON.
 */
#ifndef CX_CLI_CLOSE_VIEW_H
#define CX_CLI_CLOSE_VIEW_H

#include <cxlog/close.h>

#include "cli/cli.h"

/* Store key: wall time at which the last close ended well. */
#define CLI_META_CLOSED "close.last"

/* ---- close_remote.c ---- */

/* cli_remote_open(), whose trouble `status` then shows: the key, say. */
CXLOG_MUST_USE cxlog_status cli_remote_noted(cli_ctx *ctx, cxlog_remote **remote,
                                             cxlog_error *err);
/* The lock on talking to the sheet, waited for half a minute, and the remote. Errors:
 * ERR_RETRY when another run has the lock; those of cli_remote_noted(). */
CXLOG_MUST_USE cxlog_status cli_close_remote(cli_ctx *ctx, cxlog_lock **lock,
                                             cxlog_remote **remote, cxlog_error *err);

/* The same for sync, which does not wait for another person's run: that has its own
 * screen, and takes the same records along. */
CXLOG_MUST_USE cxlog_status cli_sync_remote(cli_ctx *ctx, cxlog_lock **lock,
                                            cxlog_remote **remote, cxlog_error *err);

/* ---- close_gaps.c ---- */

/* Own records of a day that lack a field of close.required: asked for on a terminal, one
 * by one, and corrected at once. *gaps: those that remain. */
CXLOG_MUST_USE cxlog_status cli_close_gaps(cli_ctx *ctx, const char *agent, cxlog_day day,
                                           int64_t *gaps, cxlog_error *err);

/* ---- close_wait.c ---- */

/* When a close that nobody watches begins, and how long it goes on trying. */
typedef struct cli_close_wait {
    int64_t begun_ms;           /* UTC: the program's start */
    int64_t turn_ms;            /* until this machine's turn */
    int64_t retry_ms, pause_ms; /* from the start on; between two tries */
    int tries;                  /* that failed */
} cli_close_wait;

/* Out of --spread and --retry; the turn is the same for this agent's store on this
 * machine every day. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_close_wait_parse(cli_close_wait *wait, const cli_ctx *ctx,
                                                 const cli_args *args, const char *agent,
                                                 cxlog_error *err);
/* Until the turn. Errors: ERR_INTERRUPT. */
CXLOG_MUST_USE cxlog_status cli_close_wait_turn(const cli_close_wait *wait,
                                                const cli_ctx *ctx, cxlog_error *err);
/* After a try that failed with the sentence in err: *again once the pause is over, err
 * is empty then; else the time is up and err as it was. Errors: ERR_INTERRUPT. */
CXLOG_MUST_USE cxlog_status cli_close_wait_again(cli_close_wait *wait, const cli_ctx *ctx,
                                                 bool *again, cxlog_error *err);
/* One line on stdout about it: --dry-run. */
void cli_close_wait_tell(const cli_close_wait *wait);

/* ---- close_report.c ---- */

/* sync's members (CLI.md) as a new object. */
struct json_t *cli_sync_object(const cxlog_sync_result *result);
/* Members of the check put into `object`: rows, mixed, outside, unknown_agents, findings.
 * False: no memory. */
bool cli_check_object(struct json_t *object, const cxlog_check *check);
struct json_t *cli_alerts_array(const cxlog_alert *alerts, size_t count);
/* One line a finding on stdout, OTHER rows left out. */
void cli_check_print(const cxlog_check *check);
/* "! 오류 …" one line an alert. */
void cli_alerts_print(const cli_ctx *ctx, const cxlog_alert *alerts, size_t count);

#endif
