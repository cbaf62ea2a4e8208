#include "cli/doctor.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include <cxlog/text.h>

static const char machine[] = N_("this machine");
static const char settings[] = N_("settings");

static void check_charset(doctor *d)
{
    const char *charset = nl_langinfo(CODESET);
    if (strcmp(charset, "UTF-8") == 0) {
        doctor_open(doctor_say(d, machine, "charset", DOCTOR_GOOD,
                               _("characters are UTF-8; ▲ and █ count as %zu wide"),
                               cxlog_text_width("▲", cli_ambiguous_wide(d->ctx))));
        return;
    }
    doctor_line *line = doctor_say(d, machine, "charset", DOCTOR_WARN,
                                   _("characters are %s, not UTF-8"), charset);
    doctor_mend(doctor_open(line), "export LANG=C.UTF-8");
}

void doctor_machine(doctor *d)
{
    char unistring[CXLOG_TEXT_ENGINE_MAX];
    (void)doctor_say(d, machine, "version", DOCTOR_GOOD, "cxlog %s", CXLOG_VERSION);
    doctor_open(doctor_say(d, machine, "libraries", DOCTOR_GOOD,
                           "SQLite %s, jansson %s, libunistring %s", cxlog_store_engine(),
                           jansson_version_str(), cxlog_text_engine(unistring)));
    check_charset(d);
    const char *zone = cli_setting(&d->ctx->settings, CLI_KEY_TIME_ZONE);
    char now[CXLOG_WALL_TEXT];
    doctor_open(doctor_say(
        d, machine, "zone", DOCTOR_GOOD, _("days are counted in %s: now %s"),
        zone ? zone : cxlog_zone_name(), cxlog_wall_text(now, cxlog_wall_now())));
}

const char *doctor_path(char buffer[DOCTOR_PATH], const char *path)
{
    size_t whole = cxlog_text_fit_bytes(path, DOCTOR_PATH - sizeof "…");
    (void)snprintf(buffer, DOCTOR_PATH, "%.*s%s", (int)whole, path,
                   path[whole] != '\0' ? "…" : "");
    return buffer;
}

static void check_key(doctor *d)
{
    struct stat info;
    char quoted[CXLOG_QUOTE_MAX], named[DOCTOR_PATH];
    const char *path = cli_setting(&d->ctx->settings, CLI_KEY_GOOGLE_KEY);
    if (!path) {
        doctor_line *line = doctor_say(d, settings, "key_file", DOCTOR_FAIL,
                                       _("no service-account key is set"));
        line->status = CXLOG_ERR_CONFIG;
        doctor_mend(line, "cxlog init --key FILE");
    } else if (stat(path, &info) != 0) {
        doctor_line *line =
            doctor_say(d, settings, "key_file", DOCTOR_FAIL, _("there is no key file %s"),
                       cxlog_quote_path(quoted, path));
        line->status = CXLOG_ERR_NOINPUT;
        doctor_mend(line, "cxlog init --key FILE");
    } else if ((info.st_mode & 077) != 0) {
        doctor_line *line = doctor_say(d, settings, "key_file", DOCTOR_FAIL,
                                       _("others may read the key file (mode %04o)"),
                                       (unsigned)info.st_mode & 07777U);
        line->status = CXLOG_ERR_PERMISSION;
        doctor_mend(line, "chmod 600 %s", doctor_path(named, path));
    } else {
        (void)doctor_say(d, settings, "key_file", DOCTOR_GOOD,
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
        (void)doctor_say(d, settings, "file", DOCTOR_GOOD, "%s",
                         cxlog_quote_path(quoted, all->file));
    else
        doctor_mend(doctor_say(d, settings, "file", DOCTOR_WARN,
                               _("there is no settings file yet")),
                    "cxlog init");
    if (cli_setting(all, CLI_KEY_AGENT_NAME)) {
        (void)doctor_say(d, settings, "name", DOCTOR_GOOD, _("name %s"),
                         cxlog_quote(quoted, cli_setting(all, CLI_KEY_AGENT_NAME)));
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
