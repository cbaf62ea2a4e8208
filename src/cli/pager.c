#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The process that shows our stdout. stdout is the process's own, so is this. */
static pid_t pager = -1;

static const char *wanted(const cli_ctx *ctx)
{
    const char *own = cli_setting(&ctx->settings, CLI_KEY_UI_PAGER);
    const char *variable = getenv("PAGER");
    return own ? own : variable && variable[0] != '\0' ? variable : "less";
}

/* Is the first word of the command a program? Else the answer would go nowhere. */
static bool is_program(const char *command)
{
    const char *path = getenv("PATH");
    int length = (int)strcspn(command, " ");
    char whole[PATH_MAX];
    if (command[0] == '/') {
        (void)snprintf(whole, sizeof whole, "%.*s", length, command);
        return access(whole, X_OK) == 0;
    }
    while (path && *path != '\0') {
        int folder = (int)strcspn(path, ":");
        int size =
            snprintf(whole, sizeof whole, "%.*s/%.*s", folder, path, length, command);
        if (size > 0 && (size_t)size < sizeof whole && access(whole, X_OK) == 0)
            return true;
        path += folder + (path[folder] == ':');
    }
    return false;
}

static bool start(const char *command, int input)
{
    char shell[] = "sh", flag[] = "-c", script[512];
    int length = snprintf(script, sizeof script, "%s", command);
    if (length < 0 || (size_t)length >= sizeof script)
        return false;
    char *argv[] = {shell, flag, script, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool good = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) == 0 &&
                posix_spawn(&pager, "/bin/sh", &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return good;
}

void cli_pager_start(const cli_ctx *ctx)
{
    const char *command = wanted(ctx);
    int ends[2];
    if (ctx->json || ctx->no_input || !cli_stdout_is_terminal() ||
        !cli_stdin_is_terminal() || strcmp(command, "cat") == 0 || !is_program(command) ||
        pipe(ends) != 0)
        return;
    (void)setenv("LESS", "FRX", 0);          /* quit when one screen holds all */
    (void)setenv("LESSCHARSET", "utf-8", 0); /* else less takes Hangul for a binary */
    /* A pager that held the writing end itself would never see the end. */
    bool private = fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
                   fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
    bool started = private && cli_stdout_remember() && start(command, ends[0]);
    (void)close(ends[0]);
    if (started)
        (void)dup2(ends[1], STDOUT_FILENO);
    (void)close(ends[1]);
}

void cli_pager_end(void)
{
    if (pager < 0)
        return;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&ignore.sa_mask);
    (void)sigaction(SIGINT, &ignore, NULL); /* ^C belongs to the pager now */
    (void)fflush(stdout);
    (void)close(STDOUT_FILENO);
    while (waitpid(pager, NULL, 0) < 0 && errno == EINTR)
        ;
    pager = -1;
}
