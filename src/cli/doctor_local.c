#include "cli/doctor.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "cli/paths.h"

static const char machine[] = N_("this machine");
static const char settings[] = N_("settings");
static const char records[] = N_("records");
static const char schedule[] = N_("automatic close");

static const char *safe(char buffer[CXLOG_QUOTE_MAX], const char *text)
{
    return cxlog_quote(buffer, text ? text : "");
}

void doctor_machine(doctor *d)
{
    (void)doctor_say(d, machine, "version", DOCTOR_GOOD, "cxlog %s", CXLOG_VERSION);
    const char *charset = nl_langinfo(CODESET);
    if (strcmp(charset, "UTF-8") == 0) {
        (void)doctor_say(d, machine, "charset", DOCTOR_GOOD, _("characters are UTF-8"));
    } else {
        doctor_line *line = doctor_say(d, machine, "charset", DOCTOR_WARN,
                                       _("characters are %s, not UTF-8"), charset);
        doctor_mend(line, "export LANG=C.UTF-8");
    }
    const char *zone = cli_setting(&d->ctx->settings, CLI_KEY_TIME_ZONE);
    char now[CXLOG_WALL_TEXT];
    (void)doctor_say(d, machine, "zone", DOCTOR_GOOD, _("days are counted in %s: now %s"),
                     zone ? zone : cxlog_zone_name(),
                     cxlog_wall_text(now, cxlog_wall_now()));
}

static void check_key(doctor *d)
{
    struct stat info;
    char quoted[CXLOG_QUOTE_MAX];
    const char *path = cli_setting(&d->ctx->settings, CLI_KEY_GOOGLE_KEY);
    if (!path) {
        doctor_line *line = doctor_say(d, settings, "key", DOCTOR_FAIL,
                                       _("no service-account key is set"));
        line->status = CXLOG_ERR_CONFIG;
        doctor_mend(line, "cxlog init --key FILE");
    } else if (stat(path, &info) != 0) {
        doctor_line *line = doctor_say(d, settings, "key", DOCTOR_FAIL,
                                       _("there is no key file %s"), safe(quoted, path));
        line->status = CXLOG_ERR_NOINPUT;
        doctor_mend(line, "cxlog init --key FILE");
    } else if ((info.st_mode & 077) != 0) {
        doctor_line *line = doctor_say(d, settings, "key", DOCTOR_FAIL,
                                       _("others may read the key file (mode %04o)"),
                                       (unsigned)info.st_mode & 07777U);
        line->status = CXLOG_ERR_PERMISSION;
        doctor_mend(line, "chmod 600 %.200s", path);
    } else {
        (void)doctor_say(d, settings, "key", DOCTOR_GOOD,
                         _("the key file is for you alone (mode %04o)"),
                         (unsigned)info.st_mode & 07777U);
    }
}

void doctor_settings(doctor *d)
{
    const cli_settings *all = &d->ctx->settings;
    char quoted[CXLOG_QUOTE_MAX];
    if (d->ctx->settings_trouble.status != CXLOG_OK) {
        doctor_fail(d, settings, "file", &d->ctx->settings_trouble);
        return;
    }
    if (all->file_exists)
        (void)doctor_say(d, settings, "file", DOCTOR_GOOD, "%s", safe(quoted, all->file));
    else
        doctor_mend(doctor_say(d, settings, "file", DOCTOR_WARN,
                               _("there is no settings file yet")),
                    "cxlog init");
    if (cli_setting(all, CLI_KEY_AGENT_NAME)) {
        (void)doctor_say(d, settings, "name", DOCTOR_GOOD, _("name %s"),
                         safe(quoted, cli_setting(all, CLI_KEY_AGENT_NAME)));
    } else {
        doctor_line *line =
            doctor_say(d, settings, "name", DOCTOR_FAIL, _("no name is set"));
        line->status = CXLOG_ERR_CONFIG;
        doctor_mend(line, "cxlog init --name NAME");
    }
    if (cli_has_sheet(d->ctx))
        check_key(d);
    else
        doctor_mend(doctor_say(d, settings, "sheet", DOCTOR_WARN,
                               _("no spreadsheet: everything stays on this machine")),
                    "cxlog init --sheet URL --key FILE");
}

static void check_records(doctor *d)
{
    cxlog_counts counts = {0};
    cxlog_error err = {0};
    CXLOG_AUTO_TEXT trouble = NULL;
    CXLOG_AUTO_TEXT stop = NULL;
    cxlog_status status =
        cxlog_store_counts(d->ctx->store, "", d->ctx->today, &counts, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(d->ctx->store, CXLOG_META_TROUBLE, &trouble, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(d->ctx->store, CXLOG_META_STOP, &stop, &err);
    if (status != CXLOG_OK) {
        doctor_fail(d, records, "counts", &err);
        return;
    }
    (void)doctor_say(d, records, "unsent", DOCTOR_GOOD,
                     _("%lld records in the sheet, %lld to send"),
                     (long long)counts.confirmed,
                     (long long)(counts.pending + counts.unknown + counts.sent));
    if (counts.quarantined > 0)
        doctor_mend(doctor_say(d, records, "refused", DOCTOR_WARN,
                               _("Google refuses %lld records"),
                               (long long)counts.quarantined),
                    "cxlog list all --unsent");
    if (stop)
        doctor_mend(doctor_say(d, records, "stopped", DOCTOR_WARN,
                               _("%s rows of the sheet were changed by hand: nothing is "
                                 "written until you decide"),
                               stop),
                    "cxlog verify");
    CXLOG_AUTO_TEXT clean = trouble ? cxlog_text_escape(trouble, true) : NULL;
    if (clean)
        (void)doctor_say(d, records, "trouble", DOCTOR_WARN,
                         _("the last exchange failed: %s"), clean);
}

void doctor_store(doctor *d)
{
    cxlog_error err = {0};
    char quoted[CXLOG_QUOTE_MAX];
    if (d->ctx->settings_trouble.status != CXLOG_OK) {
        (void)doctor_say(d, records, "store", DOCTOR_SKIPPED,
                         _("the store: after the settings are mended"));
        return;
    }
    if (cli_store_open(d->ctx, &err) != CXLOG_OK ||
        cxlog_store_check(d->ctx->store, &err) != CXLOG_OK) {
        doctor_fail(d, records, "store", &err);
        return;
    }
    (void)doctor_say(d, records, "store", DOCTOR_GOOD, _("%s is sound"),
                     safe(quoted, cxlog_store_path(d->ctx->store)));
    check_records(d);
}

/* Nothing is run to find out: the link that `systemctl enable` makes tells. */
void doctor_schedule(doctor *d)
{
    static const char *const links[] = {
        "/etc/systemd/system/timers.target.wants/cxlog-close.timer",
        "/etc/systemd/user/timers.target.wants/cxlog-close.timer"};
    CXLOG_AUTO_TEXT own = NULL;
    struct stat info;
    const char *home = getenv("HOME");
    bool found = false;
    if (home && cli_path_join(&own, home,
                              ".config/systemd/user/timers.target.wants/"
                              "cxlog-close.timer",
                              NULL) == CXLOG_OK)
        found = lstat(own, &info) == 0;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
        found = found || lstat(links[i], &info) == 0;
    if (found)
        (void)doctor_say(d, schedule, "timer", DOCTOR_GOOD, _("cxlog-close.timer is on"));
    else
        doctor_mend(doctor_say(d, schedule, "timer", DOCTOR_WARN,
                               _("no systemd timer closes the day (cron may)")),
                    "systemctl --user enable --now cxlog-close.timer");
}
