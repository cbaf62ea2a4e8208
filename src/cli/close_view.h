/*
 * close_view.h - what close, verify and sync share: the lock, gaps, findings as text and
 * JSON.
 */
#ifndef CX_CLI_CLOSE_VIEW_H
#define CX_CLI_CLOSE_VIEW_H

#include <cxlog/close.h>

#include "cli/cli.h"

/* The lock on talking to the sheet, and the remote. Errors: ERR_RETRY when another run
 * has it. */
CXLOG_MUST_USE cxlog_status cli_close_remote(cli_ctx *ctx, cxlog_lock **lock,
                                             cxlog_remote **remote, cxlog_error *err);

/* ---- close_gaps.c ---- */

/* Own records of a day that lack a field of close.required: asked for on a terminal, one
 * by one, and corrected at once. *gaps: those that remain. */
CXLOG_MUST_USE cxlog_status cli_close_gaps(cli_ctx *ctx, const char *agent, cxlog_day day,
                                           int64_t *gaps, cxlog_error *err);

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
