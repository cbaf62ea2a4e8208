#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/init_dialogue.h"
#include "cli/shell_init.h"

#define TIMER "cxlog-close.timer"
#define PATIENCE_MS 15000

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
    CXLOG_AUTO_TEXT state = has_manager() ? cli_spawn_read(ask, NULL, PATIENCE_MS) : NULL;
    if (!state)
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
    CXLOG_AUTO_TEXT said = on ? NULL : cli_spawn_read(turn_on, NULL, PATIENCE_MS);
    if (on || said)
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
