#include "cli/doctor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/close_schedule.h"
#include "cli/close_view.h"
#include "cli/workdays.h"

static const char schedule[] = N_("automatic close");

/* Cron counts in the machine's zone, whatever the settings and TZ say. */
static void check_cron_zone(doctor *d, const cli_schedule *found)
{
    static const char part[] = "/zoneinfo/";
    char link[256];
    ssize_t length = readlink("/etc/localtime", link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    const char *at = strstr(link, part);
    const char *zone = at ? at + sizeof part - 1 : "UTC";
    const char *team = cli_setting(&d->ctx->settings, CLI_KEY_TIME_ZONE);
    char quoted[CXLOG_QUOTE_MAX];
    if (found->kind == CLI_SCHEDULE_CRON && team && strcmp(zone, team) != 0)
        (void)doctor_say(d, schedule, "cron_zone", DOCTOR_WARN,
                         _("cron counts in %s, not in %s: is its hour the right one?"),
                         cxlog_quote(quoted, zone), team);
}

static void check_timer(doctor *d, const cli_schedule *found)
{
    CXLOG_AUTO_TEXT when = cxlog_text_escape(found->when, true);
    if (found->kind == CLI_SCHEDULE_NONE) {
        doctor_mend(doctor_say(d, schedule, "timer", DOCTOR_WARN,
                               _("neither a systemd timer nor cron closes the day")),
                    "systemctl --user enable --now cxlog-close.timer");
        return;
    }
    doctor_line *line = doctor_say(
        d, schedule, "timer", found->needs_login ? DOCTOR_WARN : DOCTOR_GOOD,
        found->needs_login ? _("%s (%s), but only while you are logged in") : "%s (%s)",
        found->name, when ? when : "");
    if (found->needs_login)
        doctor_mend(line, "loginctl enable-linger");
}

/* Days of work that ended without a close since the last one. */
static int days_missed(doctor *d, cxlog_day last)
{
    CXLOG_AUTO_VALUE(cli_workdays) days = {0};
    if (cli_workdays_load(&days, d->ctx, NULL) != CXLOG_OK)
        return 0;
    return cli_workdays_between(&days, last + 1, d->ctx->today - 1);
}

/* Was a record of this agent logged on a day of work that is over? */
static bool has_old_record(doctor *d)
{
    const char *agents[] = {cli_setting(&d->ctx->settings, CLI_KEY_AGENT_NAME), NULL};
    cxlog_period all;
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    CXLOG_AUTO_VALUE(cli_workdays) days = {0};
    if (cli_workdays_load(&days, d->ctx, NULL) != CXLOG_OK ||
        cxlog_period_parse(&all, "all", d->ctx->today, NULL) != CXLOG_OK)
        return false;
    const cxlog_list_query query = {.filter.only.agent = agents[0] ? agents : NULL,
                                    .from = all.from,
                                    .to = all.to,
                                    .all_versions = true};
    if (cxlog_store_list(d->ctx->store, &query, &cursor, NULL) != CXLOG_OK)
        return false;
    for (bool more = true, old = false; !old;) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        if (cxlog_cursor_next(cursor, &record, &more, NULL) != CXLOG_OK || !more)
            return false;
        cxlog_day logged = cxlog_day_of(record.entry.number[CXLOG_COL_LOGGED_AT]);
        old = cli_workdays_between(&days, logged, d->ctx->today - 1) > 0;
    }
    return true;
}

static void check_last(doctor *d, bool scheduled)
{
    CXLOG_AUTO_TEXT value = NULL;
    char when[CXLOG_WALL_TEXT];
    if (!d->ctx->store ||
        cxlog_store_get(d->ctx->store, CLI_META_CLOSED, &value, NULL) != CXLOG_OK)
        return;
    if (!value) {
        if (scheduled && has_old_record(d))
            doctor_mend(
                doctor_say(d, schedule, "last_close", DOCTOR_WARN,
                           _("never closed: there are records of days that are over")),
                "cxlog close");
        return;
    }
    cxlog_wall last = (cxlog_wall)strtoll(value, NULL, 10);
    int missed = days_missed(d, cxlog_day_of(last));
    if (!scheduled || missed == 0) {
        (void)doctor_say(d, schedule, "last_close", DOCTOR_GOOD, _("last closed at %s"),
                         cxlog_wall_text(when, last));
        return;
    }
    doctor_mend(doctor_say(d, schedule, "last_close", DOCTOR_WARN,
                           _("last closed at %s: %d working days were not"),
                           cxlog_wall_text(when, last), missed),
                "cxlog close");
}

void doctor_schedule(doctor *d)
{
    cli_schedule found;
    cli_schedule_find(&found);
    check_timer(d, &found);
    check_cron_zone(d, &found);
    check_last(d, found.kind != CLI_SCHEDULE_NONE);
}
