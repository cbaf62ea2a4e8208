/*
 * close_screen.h - what a close says at its end: a screen, one line for scripts, JSON.
 */
#ifndef CX_CLI_CLOSE_SCREEN_H
#define CX_CLI_CLOSE_SCREEN_H

#include <cxlog/close.h>

#include "cli/cli.h"

typedef struct cli_closing {
    const char *agent;
    cxlog_day day;
    int64_t gaps, agent_today, team_today, year_to_date;
    cxlog_totals *results; /* of the agent's day, by result; owned */
    bool sheet;
    cxlog_close_result result;
} cli_closing;

/* Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cli_closing_print(cli_closing *c, const cli_ctx *ctx,
                                              cxlog_error *err);

#endif
