/*
 * texts.h - files of config/ that the program carries: completion scripts, manual pages.
 */
#ifndef CX_CLI_TEXTS_H
#define CX_CLI_TEXTS_H

typedef struct cli_text {
    const char *name; /* "completions/cxlog.bash", "man/ko/cxlog-log.1.scd" */
    const char
        *text; /* one piece: a pointer a line would cost every start a relocation */
} cli_text;

extern const cli_text cli_texts[]; /* ends with name NULL */

/* A text by name; NULL when there is none. */
const char *cli_text_find(const char *name);

#endif
