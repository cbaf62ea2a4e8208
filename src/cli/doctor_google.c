#include "cli/doctor.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/sync.h>
#include <cxlog/text.h>

#define SKEW_FINE_S 60

static const char google[] = N_("Google");

static const struct {
    const char *name, *text;
} steps[] = {
    {"key", N_("the key")},
    {"sheet", N_("the spreadsheet")},
    {"write", N_("writing")},
    {"scheme", N_("the scheme")},
};

/* What comes after a failure says nothing of its own. */
static void skip_from(doctor *d, size_t step)
{
    for (size_t i = step; i < sizeof steps / sizeof steps[0]; i++)
        (void)doctor_say(d, google, steps[i].name, DOCTOR_SKIPPED,
                         _("%s: after the trouble above is mended"), _(steps[i].text));
}

static bool fail_at(doctor *d, size_t step, const cxlog_remote *remote, cxlog_error *err)
{
    const char *address = remote ? remote->ops->address(remote) : NULL;
    if (address && strstr(err->message, address) && err->suggestion_count == 0)
        cxlog_suggest(err, address);
    doctor_fail(d, google, steps[step].name, err);
    skip_from(d, step + 1);
    return false;
}

/* Google takes a sign-in whose clock is within some minutes of its own. */
static void say_clock(doctor *d, const cxlog_remote *remote)
{
    int64_t skew;
    if (!remote->ops->skew(remote, &skew))
        return;
    long long off = skew < 0 ? -(long long)skew : (long long)skew;
    if (off <= SKEW_FINE_S)
        doctor_open(doctor_say(d, google, "clock", DOCTOR_GOOD,
                               _("Google answers; the clocks differ by %lld s"), off));
    else
        doctor_mend(doctor_open(doctor_say(
                        d, google, "clock", DOCTOR_WARN,
                        skew > 0 ? _("this clock is %lld min %lld s behind Google's")
                                 : _("this clock is %lld min %lld s ahead of Google's"),
                        off / 60, off % 60)),
                    "timedatectl set-ntp true");
}

static bool check_sheet(doctor *d, cxlog_remote *remote, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO(cxlog_book) *book = NULL;
    cxlog_status status = remote->ops->describe(remote, &book, err);
    say_clock(d, remote);
    if (status != CXLOG_OK) {
        err->status = status;
        return fail_at(d, 1, remote, err);
    }
    (void)doctor_say(d, google, "sheet", DOCTOR_GOOD, _("%s can be read"),
                     cxlog_quote(quoted, book->title));
    const char *zone = cli_setting(&d->ctx->settings, CLI_KEY_TIME_ZONE);
    if (zone && strcmp(zone, book->zone) != 0)
        (void)doctor_say(d, google, "sheet_zone", DOCTOR_WARN,
                         _("the spreadsheet's time zone is %s"),
                         cxlog_quote(quoted, book->zone));
    return true;
}

/* Its own spreadsheet, where the store has one. */
static void suggest_init(const doctor *d, cxlog_error *err)
{
    char command[CXLOG_SUGGESTION_MAX];
    CXLOG_AUTO_TEXT bound = NULL;
    cxlog_status status = cxlog_store_get(d->ctx->store, CXLOG_META_SHEET, &bound, NULL);
    (void)snprintf(command, sizeof command, "cxlog init%s%s",
                   status == CXLOG_OK && bound ? " --sheet " : "", bound ? bound : "");
    cxlog_suggest(err, command);
}

static bool check_scheme(doctor *d, cxlog_remote *remote, cxlog_error *err)
{
    int64_t version = 0;
    cxlog_status status = cxlog_sync_is_bound(
        d->ctx->store, cli_setting(&d->ctx->settings, CLI_KEY_SHEET_ID), err);
    if (status == CXLOG_ERR_CONFIG)
        suggest_init(d, err);
    if (status == CXLOG_OK)
        status = cxlog_sync_verify_scheme(d->ctx->store, remote, &version, err);
    if (status != CXLOG_OK) {
        err->status = status;
        return fail_at(d, 3, remote, err);
    }
    (void)doctor_say(d, google, "scheme", DOCTOR_GOOD, _("the scheme is intact (v%lld)"),
                     (long long)version);
    return true;
}

void doctor_google(doctor *d)
{
    if (!cli_has_sheet(d->ctx))
        return;
    if (d->offline || doctor_failed(d)) {
        if (!d->offline)
            skip_from(d, 0);
        return;
    }
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    cxlog_error err = {0};
    cxlog_status status = CXLOG_OK;
    if (d->ctx->factory) {
        status = cli_remote_open(d->ctx, &remote, &err);
    } else {
        err = d->no_sync;
        status = err.status;
    }
    if (status != CXLOG_OK) {
        err.status = status;
        (void)fail_at(d, 0, NULL, &err);
        return;
    }
    (void)doctor_say(d, google, "key", DOCTOR_GOOD, _("the key belongs to %s"),
                     remote->ops->address(remote));
    doctor_open(doctor_say(d, google, "network", DOCTOR_GOOD, "%s",
                           remote->ops->libraries(remote)));
    if (!check_sheet(d, remote, &err))
        return;
    status = remote->ops->prove_write(remote, &err);
    if (status != CXLOG_OK) {
        err.status = status;
        (void)fail_at(d, 2, remote, &err);
        return;
    }
    (void)doctor_say(d, google, "write", DOCTOR_GOOD, _("it can be written"));
    (void)check_scheme(d, remote, &err);
}
