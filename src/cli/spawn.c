#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cxlog/sync.h>
#include <cxlog/text.h>

#include "cli/paths.h"

extern char **environ;

/* Installed: bin/cxlog and libexec/cxlog/cxlog-sync. Build tree: side by side. Never from
 * PATH. */
static bool helper_path(char *out, size_t size, const char *name)
{
    static const char *const places[] = {"/../libexec/cxlog/", "/"};
    char folder[PATH_MAX];
    if (!cli_path_program_folder(folder, sizeof folder))
        return false;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int length = snprintf(out, size, "%s%s%s", folder, places[i], name);
        if (length > 0 && (size_t)length < size && access(out, X_OK) == 0)
            return true;
    }
    return false;
}

static cxlog_status helper_missing(cxlog_error *err)
{
    return cxlog_fail(
        err, CXLOG_ERR_CONFIG,
        "cxlog-sync, the part of cxlog that talks to Google, is not installed "
        "beside it");
}

static cxlog_status execute(const cli_ctx *ctx, const char *path, cxlog_error *err)
{
    (void)execv(path, ctx->whole_argv);
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CONFIG, "cannot start %s: %s",
                      cxlog_quote(quoted, path), strerror(errno));
}

cxlog_status cli_exec_sync(const cli_ctx *ctx, cxlog_error *err)
{
    char path[PATH_MAX];
    return helper_path(path, sizeof path, "cxlog-sync") ? execute(ctx, path, err)
                                                        : helper_missing(err);
}

cxlog_status cli_exec_prompt(const cli_ctx *ctx, cxlog_error *err)
{
    char path[PATH_MAX];
    if (helper_path(path, sizeof path, "cxlog-prompt"))
        return execute(ctx, path, err);
    return cxlog_fail(err, CXLOG_ERR_CONFIG,
                      "cxlog-prompt, the part of cxlog that asks at the keyboard, is not "
                      "installed beside it");
}

/* Start "cxlog-sync sync [--background]" with what it must not touch on /dev/null. */
static bool start(const cli_ctx *ctx, bool background, pid_t *pid)
{
    char path[PATH_MAX];
    if (!helper_path(path, sizeof path, "cxlog-sync"))
        return false;
    char name[] = "cxlog-sync", command[] = "sync", flag[] = "--background",
         config_flag[] = "--config", config[PATH_MAX] = "";
    char *argv[6] = {name, command};
    size_t count = 2;
    if (background)
        argv[count++] = flag;
    if (ctx->config_flag && strlen(ctx->config_flag) < sizeof config) {
        memcpy(config, ctx->config_flag, strlen(ctx->config_flag) + 1);
        argv[count++] = config_flag;
        argv[count++] = config;
    }
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool good =
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) == 0 &&
        (!background ||
         posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0) &&
        posix_spawn(pid, path, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return good;
}

static void ignore(int number, struct sigaction *before)
{
    struct sigaction action = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, before);
}

/* The child takes a session of its own first thing. Until then the end of the terminal,
 * or ^C there, would take it along; what is ignored here is ignored there too. */
static void start_shielded(const cli_ctx *ctx)
{
    struct sigaction hangup, interrupt;
    ignore(SIGHUP, &hangup);
    ignore(SIGINT, &interrupt);
    /* Its end is of no interest here: its trouble is kept in the store for `status`. */
    pid_t pid;
    (void)start(ctx, true, &pid);
    (void)sigaction(SIGHUP, &hangup, NULL);
    (void)sigaction(SIGINT, &interrupt, NULL);
}

void cli_background_sync(const cli_ctx *ctx)
{
    if (!cli_has_sheet(ctx) || !cli_setting_yes(&ctx->settings, CLI_KEY_SYNC_AUTO))
        return;
    if (cxlog_lock_holder(cxlog_store_path(ctx->store), CXLOG_LOCK_WAITER) != 0)
        return;
    start_shielded(ctx);
}

bool cli_foreground_sync(const cli_ctx *ctx)
{
    pid_t pid;
    if (!start(ctx, false, &pid)) {
        cli_say(ctx, "%s\n",
                _("cxlog-sync could not be started; the record is safe on this machine"));
        return false;
    }
    int state = 0;
    while (waitpid(pid, &state, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/* ---- other programs ---- */

static bool start_reader(pid_t *pid, char *const *argv, char *const *envp, int out)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool good =
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, out, 1) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawnp(pid, argv[0], &actions, NULL, argv, envp ? envp : environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return good;
}

static int64_t ticks_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All that comes until the end; false when it does not come in time. */
static bool gather(int from, char *text, int ms)
{
    size_t length = 0;
    int64_t end = ticks_ms() + ms;
    for (;;) {
        struct pollfd ready = {.fd = from, .events = POLLIN};
        int64_t left = end - ticks_ms();
        int heard = left > 0 ? poll(&ready, 1, left < ms ? (int)left : ms) : 0;
        if (heard < 0 && errno == EINTR)
            continue;
        if (heard <= 0)
            return false;
        ssize_t got = read(from, text + length, CLI_SPAWN_TEXT - 1 - length);
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

char *cli_spawn_read(char *const *argv, char *const *envp, int ms)
{
    int ends[2];
    pid_t pid = 0;
    CXLOG_AUTO_TEXT text = malloc(CLI_SPAWN_TEXT);
    if (!text || pipe(ends) != 0)
        return NULL;
    bool good = fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
                fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 &&
                start_reader(&pid, argv, envp, ends[1]);
    (void)close(ends[1]);
    bool answered = good && gather(ends[0], text, ms);
    (void)close(ends[0]); /* first: it may still be writing */
    return good && ended_well(pid, answered) ? CXLOG_TAKE(text) : NULL;
}
