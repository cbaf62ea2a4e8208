/*
 * scheme_view.h - category, channel, region, field: what was asked, and the scheme for
 * people and machines.
 */
#ifndef CX_CLI_SCHEME_VIEW_H
#define CX_CLI_SCHEME_VIEW_H

#include "cli/cli.h"

#include <cxlog/sync.h>

typedef enum cli_scheme_verb {
    CLI_VERB_LIST,
    CLI_VERB_ADD,
    CLI_VERB_ALIAS,
    CLI_VERB_RETIRE,
    CLI_VERB_RENAME,
    CLI_VERB_MERGE,
    CLI_VERB_SPLIT,
    CLI_VERB_WITHDRAW,
    CLI_VERB_LOG,
    CLI_VERB_VERIFY,
    CLI_VERB_RESTORE
} cli_scheme_verb;

/* Verbs that speak with the sheet, in both languages. */
extern const char *const cli_scheme_remote_verbs[];

typedef struct cli_scheme_call {
    cli_ctx *ctx;
    const cli_args *args;
    cxlog_dim dim;
    cli_scheme_verb verb;
    char *const *words; /* behind the verb */
    size_t count;
} cli_scheme_call;

/* With a sheet: the work lock (waited for up to 30 s) and the remote; without: both NULL.
 * Errors: ERR_RETRY naming the holder, those of the remote. */
cxlog_status cli_scheme_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                               cxlog_error *err);

/* ---- reading (scheme_list.c, scheme_log.c) ---- */
cxlog_status cli_scheme_list(const cli_scheme_call *call, cxlog_error *err);
cxlog_status cli_scheme_log(const cli_scheme_call *call, cxlog_error *err);
cxlog_status cli_scheme_verify(const cli_scheme_call *call, cxlog_error *err);

/* ---- mending (scheme_restore.c) ---- */

/* Write the rows of 구분 back from this store's chain. Errors: ERR_USAGE (nobody can be
 * asked and --yes is not given), ERR_CONFIG (no sheet), those of
 * cxlog_sync_restore_scheme(). */
cxlog_status cli_scheme_restore(const cli_scheme_call *call, cxlog_error *err);

/* ---- changing (scheme_change.c) ---- */

/* Owned texts of the proposals made from a command line. */
typedef struct cli_proposals {
    cxlog_proposal *items;
    size_t count;
    char **owned;
    size_t owned_count, owned_room;
} cli_proposals;
void cli_proposals_clear(cli_proposals *proposals);
CXLOG_AUTO_VALUE_DEFINE(cli_proposals, cli_proposals_clear);

/* What the words and options propose; nothing is asked of the scheme yet. Errors:
 * ERR_USAGE, ERR_VALUE. */
cxlog_status cli_proposals_make(cli_proposals *out, const cli_scheme_call *call,
                                cxlog_error *err);
cxlog_status cli_scheme_change(const cli_scheme_call *call, cxlog_error *err);

/* ---- events (scheme_text.c) ---- */

/* "배송/해외". out: free(). */
cxlog_status cli_value_path(char **out, const char *parent, const char *name,
                            cxlog_error *err);
struct json_t *cli_event_json(const cxlog_event *event);
/* The events as one JSON array, on stdout. */
cxlog_status cli_out_events(const cxlog_event *events, size_t count, cxlog_error *err);
/* "#65 category 배송/해외 added (ㅎㅇ)", escaped. out: free(). */
cxlog_status cli_event_text(char **out, const cxlog_event *event, cxlog_error *err);

#endif
