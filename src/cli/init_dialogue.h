/*
 * init_dialogue.h - init on a terminal: ask until an answer is good, wait where waiting
 * helps.
 */
#ifndef CX_CLI_INIT_DIALOGUE_H
#define CX_CLI_INIT_DIALOGUE_H

#include "cli/cli.h"

/* Set a key as a flag would: paths are meant from where the person stands, and the file
 * must be there. In cmd_init.c. */
CXLOG_MUST_USE cxlog_status cli_init_take(cli_ctx *ctx, cli_key key, bool is_path,
                                          const char *value, cxlog_error *err);

/* Ask for a setting until the answer is good. *given false: nothing was answered. step:
 * "1/4 name". */
CXLOG_MUST_USE cxlog_status cli_init_ask(cli_ctx *ctx, cli_key key, bool is_path,
                                         const char *step, const char *question,
                                         bool *given, cxlog_error *err);

/*
 * Setting up the sheet failed: say why on stderr and mend it with the person: wait until
 * the sheet is shared with `address`, ask for another sheet or key, tighten the key's
 * mode. trouble: in: of the failure. *again: try once more.
 */
CXLOG_MUST_USE cxlog_status cli_init_mend(cli_ctx *ctx, const cxlog_error *trouble,
                                          const char *address, bool *again,
                                          cxlog_error *err);

#endif
