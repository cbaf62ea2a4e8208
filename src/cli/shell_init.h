/*
 * shell_init.h - short names and completion in a shell's own start-up file.
 */
#ifndef CX_CLI_SHELL_INIT_H
#define CX_CLI_SHELL_INIT_H

#include "cli/cli.h"

typedef struct cli_shell {
    const char *name;    /* "bash" */
    const char *script;  /* name of its completion script among the texts */
    const char *aliases; /* lines */
    const char *file;    /* start-up file below the home folder */
    const char *line;    /* what stands there */
} cli_shell;

/* By name; "" or NULL: the one of $SHELL. Errors: ERR_VALUE with the three. */
CXLOG_MUST_USE cxlog_status cli_shell_find(const cli_shell **out, const char *name,
                                           cxlog_error *err);

/* The start-up file, and whether the line stands there already. path out: free(). Errors:
 * ERR_CONFIG (no home). */
CXLOG_MUST_USE cxlog_status cli_shell_look(const cli_shell *shell, char **path,
                                           bool *there, cxlog_error *err);

/*
 * Add one line to the shell's start-up file, unless it is there. The file keeps its mode
 * and, when it is a link, its place; it is only ever appended to.
 *
 * path  out: the file; free(). NULL on error.
 * added out: false when the line was there before.
 * Errors: ERR_VALUE (unknown shell), ERR_CREATE, ERR_IO, ERR_CONFIG (no home).
 */
CXLOG_MUST_USE cxlog_status cli_shell_init(const char *name, char **path, bool *added,
                                           cxlog_error *err);

#endif
