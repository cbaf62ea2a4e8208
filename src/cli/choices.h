/*
 * choices.h - what may stand for a word that is being typed: for Tab in shells and in the
 * prompt. Matching is that of match.h, so 초성, half-typed syllables and the wrong 한/영
 * mode work.
 */
#ifndef CX_CLI_CHOICES_H
#define CX_CLI_CHOICES_H

#include "cli/cli.h"

void cli_choices_clear(cli_choices *choices);
CXLOG_AUTO_VALUE_DEFINE(cli_choices, cli_choices_clear);

/* Adds whatever it is. about may be NULL. Lack of memory: nothing added. */
void cli_choices_add(cli_choices *choices, const char *value, const char *about);

/* Does what was typed mean the candidate, by its beginning? Everything when nothing was
 * typed. */
bool cli_choice_fits(const char *typed, const cxlog_candidate *candidate);

/* The longest beginning that all share, at a character's end. free(). */
char *cli_choices_common(const cli_choices *choices);

/* Choices for the last of the words; words[0] is the command's name (complete.c). The
 * store may be closed: then only what needs none. one_word: nothing is quoted where they
 * are put in, so a name with a blank is offered as its code. */
void cli_complete(const cli_ctx *ctx, const char *const *words, size_t count,
                  bool one_word, cli_choices *out);

#endif
