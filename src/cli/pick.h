/*
 * pick.h - a category that may mean several: a person picks by number, the most used
 * first.
 */
#ifndef CX_CLI_PICK_H
#define CX_CLI_PICK_H

#include "cli/cli.h"

/* Asks a question of a person. *answer: free(); NULL: no more input. */
typedef cxlog_status (*cli_question)(void *data, const char *question, char **answer,
                                     cxlog_error *err);

typedef struct cli_picker {
    const cli_ctx *ctx;
    const cxlog_scheme *scheme;
    cli_question ask;
    /* Several words that mean no category: it may take the answer over, as a line of its
     * own. NULL: they are a name that is not known. */
    void (*keep)(void *data, char **answer);
    void *data;
} cli_picker;

/*
 * Make the category word of a line (the first that is no attribute) mean one category in
 * use today, and its detail one detail. args->words gets the new word in the old one's
 * place.
 *
 * owned   out: the new word, free(); NULL when nothing had to be asked.
 * Errors: ERR_VALUE with the candidates when nothing near is known, or the person gave
 * up.
 */
CXLOG_MUST_USE cxlog_status cli_pick_category(char **owned, cli_args *args,
                                              const cli_picker *picker, cxlog_error *err);

/* A person at a terminal without line editing: cli_ask(). */
cxlog_status cli_pick_ask(void *data, const char *question, char **answer,
                          cxlog_error *err);

#endif
