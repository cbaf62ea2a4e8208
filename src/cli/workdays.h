/*
 * workdays.h - days on which the team works: Monday to Friday without the holidays of the
 * file that time.holidays names.
 */
#ifndef CX_CLI_WORKDAYS_H
#define CX_CLI_WORKDAYS_H

#include "cli/cli.h"

#include <cxlog/period.h>

typedef struct cli_workdays {
    cxlog_day *holidays; /* owned, rising */
    size_t count;
} cli_workdays;

void cli_workdays_clear(cli_workdays *days);
CXLOG_AUTO_VALUE_DEFINE(cli_workdays, cli_workdays_clear);

/* Without the setting: no holidays. Errors: ERR_CONFIG with file and line. */
CXLOG_MUST_USE cxlog_status cli_workdays_load(cli_workdays *out, const cli_ctx *ctx,
                                              cxlog_error *err);

/* A holidays file's text: one YYYY-MM-DD a line, then a comment; # lines and blank ones
 * are left out. Errors: ERR_CONFIG with the line. */
CXLOG_MUST_USE cxlog_status cli_workdays_parse(cli_workdays *out, const char *text,
                                               cxlog_error *err);

bool cli_is_workday(const cli_workdays *days, cxlog_day day);
/* Working days from..to, inclusive; 0 when to is before from. */
int cli_workdays_between(const cli_workdays *days, cxlog_day from, cxlog_day to);

/* The part of `before` that is as long, in working days, as what has passed of `now` up
 * to today. A range; empty (to before from) when nothing has. */
cxlog_period cli_like_period(const cli_workdays *days, const cxlog_period *now,
                             const cxlog_period *before, cxlog_day today);

#endif
