/*
 * gaps.h - records of a day whose fields that the team wants are blank, and the answers
 * that fill them.
 */
#ifndef CX_CLI_GAPS_H
#define CX_CLI_GAPS_H

#include "cli/cli.h"

#define CLI_GAPS_MAX 500 /* records that are looked at one by one */

typedef struct cli_gaps {
    bool all;              /* in: every one of the day; else CLI_GAPS_MAX at most */
    cxlog_record *records; /* owned */
    size_t count;
    cxlog_column columns[CXLOG_COLUMN_COUNT]; /* what is wanted */
    size_t column_count;
} cli_gaps;

void cli_gaps_clear(cli_gaps *gaps);
CXLOG_AUTO_VALUE_DEFINE(cli_gaps, cli_gaps_clear);

/* This agent's records of the day that lack something. */
CXLOG_MUST_USE cxlog_status cli_gaps_find(cli_gaps *out, cli_ctx *ctx, const char *agent,
                                          cxlog_day day, cxlog_error *err);
/* The fields that close.required names; how many. */
size_t cli_gaps_required(cxlog_column out[CXLOG_COLUMN_COUNT], const cli_ctx *ctx);
/* Is the field one that the record lacks? */
bool cli_gap_in(const cxlog_entry *entry, cxlog_column column);
/* Does the entry lack any of the fields that are wanted? */
bool cli_gaps_lack(const cli_gaps *gaps, const cxlog_entry *entry);

/* Fill a blank field as log and amend would: names through the scheme, a number of the
 * list for its choice. The entry is as it was on failure. Errors: ERR_VALUE, ERR_USAGE:
 * the answer; others: the machine. */
CXLOG_MUST_USE cxlog_status cli_gap_set(cxlog_entry *entry, cxlog_column column,
                                        const cxlog_scheme *scheme, const char *answer,
                                        cxlog_error *err);
/* Was it the answer that was wrong? Then stderr says why and what it could be, each line
 * after `indent`, and the question is asked again. */
bool cli_gap_again(const cxlog_error *trouble, const char *indent);

#endif
