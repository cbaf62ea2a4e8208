/*
 * help_topics.h - `cxlog help TOPIC`, and manual pages shown from inside the program.
 */
#ifndef CX_CLI_HELP_TOPICS_H
#define CX_CLI_HELP_TOPICS_H

#include "cli/cli.h"

typedef struct cli_topic {
    const char *name, *korean;
    const char *page;  /* "cxlog-periods.7"; NULL: made from the program's own tables */
    const char *about; /* N_() */
} cli_topic;

const cli_topic *cli_topic_at(size_t index); /* NULL behind the last */
const cli_topic *cli_topic_find(const char *word);
void cli_help_topic(const cli_topic *topic);

/* The page "cxlog-log.1" in the language in use, else in English; false when there is
 * none. */
bool cli_help_page(const char *page);

#endif
