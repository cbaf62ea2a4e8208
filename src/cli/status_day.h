/*
 * status_day.h - parts of `status` about this day, on stdout.
 */
#ifndef CX_CLI_STATUS_DAY_H
#define CX_CLI_STATUS_DAY_H

#include "cli/cli.h"

/* "   yesterday by now 21 (▲ 4)   same weekday …", on the line of today's count; nothing
 * when there was nothing. agent NULL: everybody's. */
CXLOG_MUST_USE cxlog_status cli_status_compare(const cli_ctx *ctx, const char *agent,
                                               int64_t today, cxlog_error *err);
/* A line with the records of today that lack something; nothing when none does. */
CXLOG_MUST_USE cxlog_status cli_status_gaps(cli_ctx *ctx, const char *agent,
                                            cxlog_error *err);

#endif
