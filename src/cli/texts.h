/*
 * texts.h - files of config/ that the program carries: completion scripts, manual pages.
 */
#ifndef CX_CLI_TEXTS_H
#define CX_CLI_TEXTS_H

typedef struct cli_text {
    const char *name;         /* "completions/cxlog.bash", "man/ko/cxlog-log.1.scd" */
    const char *const *lines; /* without newlines; NULL-terminated */
} cli_text;

extern const cli_text cli_texts[]; /* ends with name NULL */

/* Lines of a text; NULL when there is none of that name. */
const char *const *cli_text_find(const char *name);

#endif
