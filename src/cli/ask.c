#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

bool cli_may_ask(const cli_ctx *ctx)
{
    return !ctx->no_input && cli_stdin_is_terminal() && cli_stderr_is_terminal();
}

char *cli_read_line(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    if (length > 0 && line[length - 1] == '\n')
        line[length - 1] = '\0';
    return line;
}

bool cli_means_yes(const char *line)
{
    static const char *const yes[] = {"y", "Y", "yes", "예", "네", "ㅛ"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (strcmp(line, yes[i]) == 0)
            return true;
    }
    return false;
}

bool cli_confirm(const char *question)
{
    (void)fprintf(stderr, "%s [y/N] ", question);
    CXLOG_AUTO_TEXT line = cli_read_line();
    return line && cli_means_yes(line);
}

cxlog_status cli_ask(char **out, const char *question, const char *fallback,
                     cxlog_error *err)
{
    *out = NULL;
    if (fallback && fallback[0] != '\0')
        (void)fprintf(stderr, "%s [%s]: ", question, fallback);
    else
        (void)fprintf(stderr, "%s: ", question);
    CXLOG_AUTO_TEXT line = cli_read_line();
    if (!line)
        return CXLOG_OK;
    *out = strdup(line[0] == '\0' && fallback ? fallback : line);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}
