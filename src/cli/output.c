#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cxlog/report.h>

#include "cli/json_text.h"
#include "cli/progress.h"
#include "cli/screen.h"

/* errno of the first write that failed. stdout is the process's own, so is this. */
static int out_errno;

/* The terminal that stdout was before a pager took it; -1: stdout itself. */
static int terminal = -1;

static void note_trouble(int result)
{
    if (result < 0 && out_errno == 0)
        out_errno = errno;
}

/* Two streams, one terminal. */
static void make_way(void)
{
    if (cli_progress_shown() && cli_stdout_is_terminal())
        cli_progress_hush();
}

void cli_out(const char *format, ...)
{
    va_list args;
    make_way();
    va_start(args, format);
    note_trouble(vprintf(format, args));
    va_end(args);
}

void cli_out_text(const char *text)
{
    make_way();
    note_trouble(fputs(text, stdout));
}

/* 0, or the errno of what went wrong on stdout so far. */
static int finish(void)
{
    note_trouble(fflush(stdout));
    if (ferror(stdout) && out_errno == 0)
        out_errno = EIO;
    return out_errno;
}

cxlog_status cli_out_end(cxlog_error *err)
{
    int trouble = finish();
    if (trouble == 0)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_IO, "the output could not be written: %s",
                      strerror(trouble));
}

cxlog_status cli_out_end_done(const cli_ctx *ctx, const char *id, cxlog_error *err)
{
    int trouble = finish();
    if (trouble == 0)
        return CXLOG_OK;
    if (!id)
        return cxlog_fail(err, CXLOG_ERR_IO,
                          "%s is done, but its output could not be written: %s",
                          ctx->cmd->name, strerror(trouble));
    return cxlog_fail(err, CXLOG_ERR_IO,
                      "%s is done (ID %s), but its output could not be written: %s",
                      ctx->cmd->name, id, strerror(trouble));
}

cxlog_status cli_out_json_take(json_t *value, cxlog_error *err)
{
    char *text = NULL;
    cxlog_status status = cli_json_text(&text, value, err);
    json_decref(value);
    if (status != CXLOG_OK)
        return status;
    cli_out("%s\n", text);
    free(text);
    return CXLOG_OK;
}

cxlog_status cli_text_end(FILE *stream, char **text, bool good, cxlog_error *err)
{
    good = good && ferror(stream) == 0;
    good = fclose(stream) == 0 && good;
    if (good && *text)
        return CXLOG_OK;
    free(*text);
    *text = NULL;
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_table_text(char **out, const cli_ctx *ctx, const cxlog_table *table,
                            cxlog_error *err)
{
    const cxlog_table_style style = {.width = cli_width(),
                                     .ambiguous_wide = cli_ambiguous_wide(ctx)};
    return ctx->plain ? cxlog_table_plain(out, table, err)
                      : cxlog_table_text(out, table, &style, err);
}

const char *cli_word(const cli_ctx *ctx, const char *text)
{
    return ctx->plain ? text : _(text);
}

void cli_say(const cli_ctx *ctx, const char *format, ...)
{
    if (ctx->quiet)
        return;
    va_list args;
    cli_progress_hush();
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
}

bool cli_stdin_is_terminal(void)
{
    return isatty(STDIN_FILENO) == 1;
}

bool cli_stderr_is_terminal(void)
{
    return isatty(STDERR_FILENO) == 1;
}

bool cli_stdout_is_terminal(void)
{
    return terminal >= 0 || isatty(STDOUT_FILENO) == 1;
}

bool cli_stdout_remember(void)
{
    terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    return terminal >= 0;
}

/* Cells of the terminal behind the descriptor. */
static size_t terminal_width(int fd)
{
    const char *columns = getenv("COLUMNS");
    char *end = NULL;
    unsigned long asked = columns ? strtoul(columns, &end, 10) : 0;
    if (asked > 0 && asked < 10000 && *end == '\0')
        return asked;
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

size_t cli_width(void)
{
    if (!cli_stdout_is_terminal())
        return 0;
    return terminal_width(terminal >= 0 ? terminal : STDOUT_FILENO);
}

size_t cli_stderr_width(void)
{
    return terminal_width(STDERR_FILENO);
}

bool cli_ambiguous_wide(const cli_ctx *ctx)
{
    const char *value = cli_setting(&ctx->settings, CLI_KEY_UI_AMBIGUOUS);
    return value && strcmp(value, "wide") == 0;
}

static bool env_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0';
}

static bool colored(const cli_ctx *ctx, FILE *stream)
{
    if (ctx->color != CLI_COLOR_AUTO)
        return ctx->color == CLI_COLOR_ALWAYS;
    if (env_set("NO_COLOR") || env_set("CXLOG_NO_COLOR"))
        return false;
    const char *force = getenv("CLICOLOR_FORCE");
    if (force && force[0] != '\0' && strcmp(force, "0") != 0)
        return true;
    const char *term = getenv("TERM");
    return term && strcmp(term, "dumb") != 0 &&
           (stream == stdout ? cli_stdout_is_terminal() : isatty(fileno(stream)) == 1);
}

const char *cli_style(const cli_ctx *ctx, FILE *stream, const char *role)
{
    static const struct {
        const char *role, *sequence;
    } styles[] = {{"good", "\033[32m"},
                  {"warn", "\033[33m"},
                  {"dim", "\033[2m"},
                  {"reset", "\033[0m"}};
    if (!colored(ctx, stream))
        return "";
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        if (strcmp(styles[i].role, role) == 0)
            return styles[i].sequence;
    }
    return "";
}
