/*
 * complete_values.h - where the choices for a word come from.
 */
#ifndef CX_CLI_COMPLETE_VALUES_H
#define CX_CLI_COMPLETE_VALUES_H

#include "cli/choices.h"

/* A word in the making: `before` is put before each choice ("--by=", "배송/"), `typed` is
 * what choices must fit. Lists end with NULL. */
typedef struct cli_wanted {
    const cli_ctx *ctx;
    const char *before, *typed;
    bool one_word; /* a choice may hold no blank */
    cli_choices *out;
} cli_wanted;

void cli_want_one(const cli_wanted *w, const char *value, const char *code,
                  const char *about);
void cli_want_list(const cli_wanted *w, const char *const *values);
/* Values of a dimension in use today; parent "" for the first level. */
void cli_want_names(const cli_wanted *w, cxlog_dim dim, const char *parent);
/* "배송", and behind "배송/" its details. */
void cli_want_category(const cli_wanted *w);
/* Values that records of this year bear: agents, tags. */
void cli_want_used(const cli_wanted *w, cxlog_by_kind kind);
void cli_want_templates(const cli_wanted *w);
void cli_want_periods(const cli_wanted *w);
void cli_want_dims(const cli_wanted *w);
/* How many of category and channel the template says that the word "%NAME" means: 0 when
 * it means none. */
size_t cli_template_slots(const cli_wanted *w, const char *word);
/* Records of today, newest first: endings of their IDs. */
void cli_want_records(const cli_wanted *w);

/* Names of the help topics (help_topics.c). */
void cli_help_topics(const cli_wanted *w);

#endif
