#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/init_dialogue.h"
#include "cli/shell_init.h"

#define TIMER "cxlog-close.timer"

extern char **environ;

/* The first of the two questions that is asked bears the step's name. */
static void begin(bool *begun)
{
    if (!*begun)
        cli_init_step(_("6/6 comfort"), _("(Enter: yes)\n"));
    *begun = true;
}

/* ---- short names ---- */

static void offer_shell(bool *begun)
{
    const cli_shell *shell;
    CXLOG_AUTO_TEXT file = NULL;
    CXLOG_AUTO_TEXT path = NULL;
    char text[1024];
    bool there = false, added = false;
    cxlog_error said = {0};
    if (cli_shell_find(&shell, NULL, NULL) != CXLOG_OK ||
        cli_shell_look(shell, &file, &there, NULL) != CXLOG_OK)
        return;
    begin(begun);
    if (there) {
        (void)snprintf(text, sizeof text, _("%s has its line already"), shell->file);
        cli_init_say("✓", text);
        return;
    }
    (void)snprintf(text, sizeof text,
                   _("short names ㄱ and c, and completion: one line into %s?"),
                   shell->file);
    if (cli_init_confirm(text, CLI_YES,
                         _("ㄱ 배송 전화 … then does what cxlog log does, and Tab "
                           "completes names.")) != CLI_YES)
        return;
    bool good = cli_shell_init(shell->name, &path, &added, &said) == CXLOG_OK;
    (void)snprintf(text, sizeof text,
                   _("one line was added to %s; it acts in the next shell"), shell->file);
    cli_init_say(good ? "✓" : "!", good ? text : said.message);
}

/* ---- the timer ---- */

/* Run systemctl --user with what it says in `out`. False when it failed. */
static bool systemctl(char *const *argv, char *out, size_t size)
{
    posix_spawn_file_actions_t actions;
    int ends[2], state = 0;
    pid_t pid;
    size_t got = 0;
    if (pipe(ends) != 0)
        return false;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        (void)close(ends[0]);
        (void)close(ends[1]);
        return false;
    }
    bool good =
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_addclose(&actions, ends[0]) == 0 &&
        posix_spawn_file_actions_addclose(&actions, ends[1]) == 0 &&
        posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    for (ssize_t n = 1; good && n > 0 && got<size - 1; got += n> 0 ? (size_t)n : 0)
        n = read(ends[0], out + got, size - 1 - got);
    out[got] = '\0';
    (void)close(ends[0]);
    return good && waitpid(pid, &state, 0) == pid && WIFEXITED(state) &&
           WEXITSTATUS(state) == 0;
}

/* Is a systemd of this user running at all? */
static bool has_manager(void)
{
    char path[PATH_MAX];
    const char *folder = getenv("XDG_RUNTIME_DIR");
    int length = folder && folder[0] == '/'
                     ? snprintf(path, sizeof path, "%s/systemd", folder)
                     : 0;
    return length > 0 && (size_t)length < sizeof path && access(path, X_OK) == 0;
}

static void offer_timer(bool *begun)
{
    char program[] = "systemctl", user[] = "--user", show[] = "show", property[] = "-p",
         wanted[] = "UnitFileState", value[] = "--value", enable[] = "enable",
         now[] = "--now", timer[] = TIMER;
    char *const ask[] = {program, user, show, property, wanted, value, timer, NULL};
    char *const turn_on[] = {program, user, enable, now, timer, NULL};
    char state[64];
    if (!has_manager() || !systemctl(ask, state, sizeof state))
        return;
    state[strcspn(state, "\n")] = '\0';
    bool on = strcmp(state, "enabled") == 0;
    if (!on && strcmp(state, "disabled") != 0)
        return; /* the unit is not installed */
    begin(begun);
    if (!on && cli_init_confirm(
                   _("close the day by itself on workdays at 17:00?"), CLI_YES,
                   _("cxlog close runs then by itself: what is unsent goes into the "
                     "sheet, and the totals\nare brought up to date.")) != CLI_YES)
        return;
    if (on || systemctl(turn_on, state, sizeof state))
        cli_init_say("✓", _("workdays at 17:00 the day is closed (cxlog-close.timer)"));
    else
        cli_init_say(
            "!",
            _("systemd refused; later: systemctl --user enable --now cxlog-close.timer"));
}

cxlog_status cli_init_offer_comfort(cli_init *init, cli_step *step, cxlog_error *err)
{
    (void)err;
    bool begun = false;
    *step = CLI_STEP_NEXT;
    if (!init->shell_given)
        offer_shell(&begun);
    if (cli_has_sheet(init->ctx) && !*cli_stop_flag())
        offer_timer(&begun);
    return CXLOG_OK;
}
