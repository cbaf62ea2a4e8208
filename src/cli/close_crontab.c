/*
 * close_crontab.c - what the user's crontab says. Its file is nobody's to read but the
 * program's that belongs to cron.
 */
#include "cli/close_schedule.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 5000

/* Nothing of the caller's environment goes along. */
static bool start(pid_t *pid, const char *program, int out)
{
    char name[] = "crontab", flag[] = "-l", locale[] = "LC_ALL=C",
         path[] = "PATH=/usr/bin:/bin";
    char *argv[] = {name, flag, NULL};
    char *envp[] = {locale, path, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool good =
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, out, 1) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn(pid, program, &actions, NULL, argv, envp) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return good;
}

/* All that comes until the end; false when it does not come in time. */
static bool gather(int from, char *text)
{
    size_t length = 0;
    for (;;) {
        struct pollfd ready = {.fd = from, .events = POLLIN};
        if (poll(&ready, 1, PATIENCE_MS) <= 0)
            return false;
        ssize_t got = read(from, text + length, CLI_CRONTAB_MAX - 1 - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            text[length] = '\0';
            return got == 0;
        }
        length += (size_t)got;
    }
}

static bool ended_well(pid_t pid, bool answered)
{
    int state = 0;
    if (!answered)
        (void)kill(pid, SIGKILL);
    while (waitpid(pid, &state, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return answered && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

char *cli_schedule_crontab(const char *program)
{
    int ends[2];
    pid_t pid = 0;
    if (access(program, X_OK) != 0 || pipe(ends) != 0)
        return NULL;
    char *text = malloc(CLI_CRONTAB_MAX);
    bool good = text && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
                fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 && start(&pid, program, ends[1]);
    (void)close(ends[1]);
    bool answered = good && gather(ends[0], text);
    (void)close(ends[0]); /* first: it may still be writing */
    if (good)
        good = ended_well(pid, answered);
    if (!good) {
        free(text);
        return NULL;
    }
    return text;
}
