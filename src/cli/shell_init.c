#include "cli/shell_init.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "cli/paths.h"

static const cli_shell shells[] = {
    {"bash", "completions/cxlog.bash", "alias ㄱ='cxlog log'\nalias c='cxlog log'\n",
     "~/.bashrc", "eval \"$(cxlog completion bash --aliases)\""},
    /* noglob: zsh would refuse a note that ends in "오나요?" */
    {"zsh", "completions/_cxlog",
     "alias ㄱ='noglob cxlog log'\nalias c='noglob cxlog log'\n", "~/.zshrc",
     "eval \"$(cxlog completion zsh --aliases)\""},
    {"fish", "completions/cxlog.fish",
     "alias ㄱ 'cxlog log'\nalias c 'cxlog log'\ncomplete -c ㄱ -f -a "
     "'(__cxlog_complete)'\ncomplete -c c -f -a '(__cxlog_complete)'\n",
     "~/.config/fish/conf.d/cxlog.fish", "cxlog completion fish --aliases | source"},
};

cxlog_status cli_shell_find(const cli_shell **out, const char *name, cxlog_error *err)
{
    const char *wanted = name && name[0] != '\0' ? name : getenv("SHELL");
    const char *slash = wanted ? strrchr(wanted, '/') : NULL;
    wanted = slash ? slash + 1 : wanted ? wanted : "";
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].name, wanted) == 0) {
            *out = &shells[i];
            return CXLOG_OK;
        }
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_VALUE, "the shells are bash, zsh and fish: got %s",
                   cxlog_quote(quoted, wanted));
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        cxlog_suggest(err, shells[i].name);
    return status;
}

static bool stands_in(const char *path, const char *line)
{
    FILE *file = fopen(path, "re");
    char *have = NULL;
    size_t room = 0;
    bool found = false;
    while (file && !found && getline(&have, &room, file) >= 0)
        found = strncmp(have, line, strlen(line)) == 0;
    free(have);
    if (file)
        (void)fclose(file);
    return found;
}

static cxlog_status append(const char *path, const char *line, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    FILE *file = fd >= 0 ? fdopen(fd, "a") : NULL;
    if (!file) {
        cxlog_status status = cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write %s: %s",
                                         cxlog_quote(quoted, path), strerror(errno));
        if (fd >= 0)
            (void)close(fd);
        return status;
    }
    /* A file that does not end with a newline must not lose its last line. */
    int printed = fprintf(file, "\n%s  # cxlog\n", line);
    if (fclose(file) != 0 || printed < 0)
        return cxlog_fail(err, CXLOG_ERR_IO, "cannot write %s: %s",
                          cxlog_quote(quoted, path), strerror(errno));
    return CXLOG_OK;
}

cxlog_status cli_shell_look(const cli_shell *shell, char **path, bool *there,
                            cxlog_error *err)
{
    cxlog_status status = cli_path_expand(path, shell->file, err);
    *there = status == CXLOG_OK && stands_in(*path, shell->line);
    return status;
}

cxlog_status cli_shell_init(const char *name, char **path, bool *added, cxlog_error *err)
{
    *path = NULL;
    *added = false;
    const cli_shell *shell = NULL;
    CXLOG_AUTO_TEXT file = NULL;
    bool there = false;
    cxlog_status status = cli_shell_find(&shell, name, err);
    if (!shell)
        return status;
    status = cli_shell_look(shell, &file, &there, err);
    if (status == CXLOG_OK)
        status = cli_path_make_parents(file, err);
    if (status != CXLOG_OK)
        return status;
    *added = !there;
    if (*added)
        status = append(file, shell->line, err);
    if (status == CXLOG_OK)
        *path = CXLOG_TAKE(file);
    return status;
}
