/*
 * init_dialogue.h - init on a terminal: six steps, each checked and saved before the next
 * one begins. It runs in cxlog-sync, because it looks at the key and opens the sheet.
 */
#ifndef CX_CLI_INIT_DIALOGUE_H
#define CX_CLI_INIT_DIALOGUE_H

#include <cxlog/close.h>
#include <cxlog/sync.h>

#include "cli/cli.h"

typedef struct cli_init {
    cli_ctx *ctx;
    cli_key keys[CLI_KEY_COUNT]; /* that are to stand in the file */
    size_t key_count;
    bool given[CLI_KEY_COUNT]; /* by a flag: not asked for */
    bool extend;               /* names of this store may go into a used sheet */
    bool shell_given;          /* --shell has done its part already */
    bool without_sheet;        /* by the person's choice: a later init may connect one */
    bool connected;
    cxlog_setup_result result;
    cxlog_layout_result looks;
} cli_init;

/* The whole dialogue. Errors: ERR_INTERRUPT (^C, end of input: what was answered is
 * kept), those of the store and the settings file. */
CXLOG_MUST_USE cxlog_status cli_init_dialogue(cli_init *init, cxlog_error *err);

/* ---- settings (cmd_init.c) ---- */

/* Set a key as a flag would: paths are meant from where the person stands, and the file
 * must be there. */
CXLOG_MUST_USE cxlog_status cli_init_take(cli_init *init, cli_key key, bool is_path,
                                          const char *value, cxlog_error *err);
/* The key is to stand in the file no more. */
void cli_init_drop(cli_init *init, cli_key key);
/* Could the store be bound to the sheet with this id or address? Asked before a setting
 * that works is replaced. Opens the store. Errors: ERR_CONFIG. */
CXLOG_MUST_USE cxlog_status cli_init_check_sheet(const cli_init *init, const char *text,
                                                 cxlog_error *err);
/* Write what was taken, or dropped, so far into the file. */
CXLOG_MUST_USE cxlog_status cli_init_save(const cli_init *init, cxlog_error *err);

/* ---- asking and saying, on stderr (init_ask.c) ---- */

typedef enum cli_reply {
    CLI_REPLY_TEXT,
    CLI_REPLY_EMPTY, /* Enter alone: what stands in [ ], if anything */
    CLI_REPLY_BACK,
    CLI_REPLY_SKIP,
    CLI_REPLY_HELP,
    CLI_REPLY_END /* end of input, or ^C */
} cli_reply;

/* Where the dialogue goes from a step. */
typedef enum cli_step { CLI_STEP_NEXT, CLI_STEP_BACK, CLI_STEP_END } cli_step;

cli_step cli_init_way(cli_reply reply);

typedef struct cli_question {
    const char *step; /* "1/6 name" */
    const char *text;
    const char *fallback;       /* shown in [ ]; NULL: none */
    const char *help;           /* lines */
    const char *const *choices; /* numbered, between question and answer; NULL: none */
    size_t choice_count;
    bool own_line; /* the answer stands on a line of its own: it is long */
    bool may_skip;
} cli_question;

/* Read a line and say what it is. *text: of CLI_REPLY_TEXT; free(). */
cli_reply cli_init_reply(char **text, bool may_skip);
/* Ask, and show the help as often as it is wanted. Never CLI_REPLY_HELP. */
cli_reply cli_init_question(const cli_question *question, char **text);
void cli_init_help(const char *lines);
/* "1/6 name" and what stands beside it. */
void cli_init_step(const char *step, const char *text);
/* A sentence behind a mark ("✓"), folded at the terminal's edge. The text is escaped. */
void cli_init_say(const char *mark, const char *text);
/* A line to be copied: in one piece, whatever the width. */
void cli_init_say_whole(const char *text);
/* "what: detail" in the same way as cli_init_say(). */
void cli_init_say_of(const char *mark, const char *what, const char *detail);
void cli_init_say_trouble(const cxlog_error *trouble);
typedef enum cli_consent { CLI_NO, CLI_YES, CLI_NO_ANSWER } cli_consent;

/* One question with yes or no; Enter alone: fallback. CLI_NO_ANSWER: end of input, or ^C.
 */
cli_consent cli_init_confirm(const char *question, cli_consent fallback,
                             const char *help);

/* ---- the steps ---- */

/* Each sets *step; after an error it does not matter. */
CXLOG_MUST_USE cxlog_status cli_init_ask_name(cli_init *init, cli_step *step,
                                              cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_init_ask_channel(cli_init *init, cli_step *step,
                                                 cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_init_show_scheme(cli_init *init, cli_step *step,
                                                 cxlog_error *err);
/* init_key_step.c */
CXLOG_MUST_USE cxlog_status cli_init_ask_key(cli_init *init, cli_step *step,
                                             cxlog_error *err);
/* The key that was named does not do: ask whatever the flags say. */
CXLOG_MUST_USE cxlog_status cli_init_ask_key_again(cli_init *init, cli_step *step,
                                                   cxlog_error *err);
/* init_sheet_step.c */
CXLOG_MUST_USE cxlog_status cli_init_ask_sheet(cli_init *init, cli_step *step,
                                               cxlog_error *err);
/* init_comfort.c: nothing there fails the set-up */
CXLOG_MUST_USE cxlog_status cli_init_offer_comfort(cli_init *init, cli_step *step,
                                                   cxlog_error *err);

/* ---- the key's file (init_key.c) ---- */

/*
 * Would this key do? Nothing is sent. fresh: just named by the person: looked at in a
 * private copy, because a download is readable by others; links and files of others are
 * refused.
 *
 * address out: of the service account; free().
 * Errors: ERR_NOINPUT, ERR_CONFIG (what the file is instead), ERR_PERMISSION, ERR_CREATE.
 */
CXLOG_MUST_USE cxlog_status cli_key_try(const cli_ctx *ctx, const char *path, bool fresh,
                                        char **address, cxlog_error *err);
/* Does it lie in the settings folder already? */
bool cli_key_is_kept(const char *path);
/* Copy it into the settings folder, 0600; another key there is never replaced. kept out:
 * the copy; free(). */
CXLOG_MUST_USE cxlog_status cli_key_keep(const char *path, char **kept, cxlog_error *err);

/* ---- the sheet (init_sheet.c) ---- */

typedef struct cli_init_contact {
    char *address;  /* of the service account, once the key was read; free() */
    bool signed_in; /* Google took the key: what fails is the sheet */
} cli_init_contact;

void cli_init_contact_clear(cli_init_contact *contact);
CXLOG_AUTO_VALUE_DEFINE(cli_init_contact, cli_init_contact_clear);

/* Bind the store to the sheet, once. */
CXLOG_MUST_USE cxlog_status cli_init_connect(cli_init *init, cli_init_contact *contact,
                                             cxlog_error *err);

#endif
