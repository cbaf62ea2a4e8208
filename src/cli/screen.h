/*
 * screen.h - lines for people that fit the terminal they are shown on.
 */
#ifndef CX_CLI_SCREEN_H
#define CX_CLI_SCREEN_H

#include "cli/cli.h"

/*
 * Break the lines of a text where it has blanks, so that none is wider than `width`
 * cells: rather where several blanks stand, or behind a "·", than between two words. What
 * has no blank in time is cut. On a terminal that is narrower than twice the margins
 * nothing is broken.
 *
 * out     out: free()
 * text    in:  escaped; newlines stay
 * width   in:  cells; 0: nothing is broken
 * used    in:  cells that stand on the first line already
 * indent  in:  blanks before every line that a break makes
 * wide    in:  ambiguous characters take 2 cells
 *
 * Errors: ERR_NOMEM
 */
cxlog_status cli_wrap(char **out, const char *text, size_t width, size_t used,
                      size_t indent, bool wide, cxlog_error *err);

/* The same for stdout, as wide as the terminal there; off a terminal the text as it is.
 */
cxlog_status cli_out_wrapped(const cli_ctx *ctx, const char *text, size_t used,
                             size_t indent, cxlog_error *err);

/* Cells of the terminal on stderr; 80 when they are not known. */
size_t cli_stderr_width(void);

/* One line in the making, of whatever is put into its stream. */
typedef struct cli_line {
    FILE *stream;
    char *text;
    size_t size;
} cli_line;
cxlog_status cli_line_start(cli_line *line, cxlog_error *err);
/* Put it on stdout with a newline, broken like cli_out_wrapped(). */
cxlog_status cli_line_end(cli_line *line, const cli_ctx *ctx, size_t indent,
                          cxlog_error *err);
void cli_line_clear(cli_line *line);
CXLOG_AUTO_VALUE_DEFINE(cli_line, cli_line_clear);

/* Outside text in `cells` cells at least: blanks behind it. */
void cli_put_padded(FILE *stream, const cli_ctx *ctx, const char *text, size_t cells);
/* In `cells` cells exactly: cut with "…" where it is longer. */
void cli_put_cut(FILE *stream, const cli_ctx *ctx, const char *text, size_t cells);

#endif
