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
void cli_topic_suggest(const char *word, cxlog_error *err);
void cli_help_topic(const cli_topic *topic);

/* The text and a newline, begun at cell `indent` of a line of 80: what is beyond its end
 * goes on below its beginning. */
void cli_help_text(FILE *stream, const char *text, size_t indent);

/* The page "cxlog-log.1" in the language in use, else in English; false when there is
 * none. */
bool cli_help_page(const char *page);

#endif
