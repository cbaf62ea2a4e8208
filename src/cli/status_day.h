/*
 * status_day.h - parts of `status` about this day.
 */
#ifndef CX_CLI_STATUS_DAY_H
#define CX_CLI_STATUS_DAY_H

#include "cli/cli.h"

#define CLI_STATUS_LABEL 12 /* cells of what stands before the counts */

/* "   yesterday by now 21 (▲ 4)   same weekday …", to stand behind today's count; nothing
 * when there was nothing. agent NULL: everybody's. */
CXLOG_MUST_USE cxlog_status cli_status_compare(FILE *stream, const cli_ctx *ctx,
                                               const char *agent, int64_t today,
                                               cxlog_error *err);
/* Today's records by category, as bars, on stdout. agent NULL: everybody's. */
CXLOG_MUST_USE cxlog_status cli_status_bars(const cli_ctx *ctx, const char *agent,
                                            cxlog_error *err);
/* A line on stdout with the records of today that lack something; nothing when none does.
 */
CXLOG_MUST_USE cxlog_status cli_status_gaps(cli_ctx *ctx, const char *agent,
                                            cxlog_error *err);

#endif
