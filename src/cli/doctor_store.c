#include "cli/doctor.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#define MIB ((uint64_t)1024 * 1024)
#define ROOM_LEAST (16 * MIB) /* a journal beside a store, and the sheet read again */
#define ROOM_WANTED (256 * MIB)
#define ALONE_S (INT64_C(24) * 3600) /* a record's age on this machine alone */

static const char records[] = N_("records");

/* ---- the file ---- */

static void check_mode(doctor *d)
{
    char quoted[CXLOG_QUOTE_MAX];
    struct stat info;
    const char *path = cxlog_store_path(d->ctx->store);
    unsigned mode = stat(path, &info) == 0 ? (unsigned)info.st_mode & 07777U : 0;
    (void)doctor_say(d, records, "store", DOCTOR_GOOD, _("%s is sound (mode %04o)"),
                     cxlog_quote_path(quoted, path), mode);
}

static void check_room(doctor *d)
{
    struct statvfs place;
    char named[DOCTOR_PATH];
    const char *path = cxlog_store_path(d->ctx->store);
    if (statvfs(path, &place) != 0)
        return;
    uint64_t room = (uint64_t)place.f_bavail * place.f_frsize;
    doctor_state state = room < ROOM_LEAST    ? DOCTOR_FAIL
                         : room < ROOM_WANTED ? DOCTOR_WARN
                                              : DOCTOR_GOOD;
    doctor_line *line =
        doctor_open(doctor_say(d, records, "room", state, _("%llu MiB of disk are free"),
                               (unsigned long long)(room / MIB)));
    if (state == DOCTOR_GOOD)
        return;
    line->status = CXLOG_ERR_IO;
    doctor_mend(line, "df -h %s", doctor_path(named, path));
}

/* ---- what it holds ---- */

/* When the oldest record that a sync will send was logged; CXLOG_BLANK: none. */
static cxlog_status oldest_unsent(doctor *d, int64_t *at, cxlog_error *err)
{
    cxlog_period all;
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    *at = CXLOG_BLANK;
    cxlog_status status = cxlog_period_parse(&all, "all", d->ctx->today, err);
    const cxlog_list_query query = {
        .from = all.from, .to = all.to, .unsent = true, .all_versions = true};
    if (status == CXLOG_OK)
        status = cxlog_store_list(d->ctx->store, &query, &cursor, err);
    bool more = true;
    while (status == CXLOG_OK && more) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        status = cxlog_cursor_next(cursor, &record, &more, err);
        int64_t logged = record.entry.number[CXLOG_COL_LOGGED_AT];
        bool waits = more && record.state != CXLOG_STATE_QUARANTINED;
        if (status == CXLOG_OK && waits && (*at == CXLOG_BLANK || logged < *at))
            *at = logged;
    }
    return status;
}

static void say_unsent(doctor *d, const cxlog_counts *counts, int64_t oldest)
{
    char since[CXLOG_WALL_TEXT];
    long long there = (long long)(counts->confirmed - counts->missing);
    long long waiting = (long long)(counts->pending + counts->unknown + counts->sent);
    if (!cli_has_sheet(d->ctx)) {
        (void)doctor_say(d, records, "unsent", DOCTOR_GOOD,
                         _("%lld records, on this machine alone"),
                         (long long)counts->records);
        return;
    }
    if (oldest == CXLOG_BLANK) {
        (void)doctor_say(d, records, "unsent", DOCTOR_GOOD,
                         _("%lld records in the sheet, %lld to send"), there, waiting);
        return;
    }
    (void)doctor_say(d, records, "unsent", DOCTOR_GOOD,
                     _("%lld records in the sheet, %lld to send, the oldest of %s"),
                     there, waiting, cxlog_wall_text(since, oldest));
}

/* The sheet is the copy: what it does not have would go with this machine. */
static void say_copy(doctor *d, const cxlog_counts *counts, int64_t oldest,
                     const char *last_sync)
{
    char when[CXLOG_WALL_TEXT];
    if (!cli_has_sheet(d->ctx))
        return;
    if (counts->missing > 0)
        doctor_mend(doctor_say(d, records, "missing", DOCTOR_WARN,
                               _("%lld records that were in the sheet are not there"),
                               (long long)counts->missing),
                    "cxlog sync --restore");
    if (oldest != CXLOG_BLANK && cxlog_wall_now() - oldest > ALONE_S)
        doctor_mend(doctor_say(d, records, "backup", DOCTOR_WARN,
                               _("records older than a day have no copy in the sheet")),
                    "cxlog sync");
    else if (last_sync && counts->missing == 0)
        (void)doctor_say(d, records, "backup", DOCTOR_GOOD,
                         _("copied to the sheet, last at %s"),
                         cxlog_wall_text(when, (cxlog_wall)strtoll(last_sync, NULL, 10)));
    else if (!last_sync && oldest != CXLOG_BLANK)
        (void)doctor_say(d, records, "backup", DOCTOR_GOOD,
                         _("nothing is copied to the sheet yet"));
}

static void say_trouble(doctor *d, const cxlog_counts *counts, const char *stop,
                        const char *trouble)
{
    if (counts->quarantined > 0)
        doctor_mend(doctor_say(d, records, "refused", DOCTOR_WARN,
                               _("Google refuses %lld records"),
                               (long long)counts->quarantined),
                    "cxlog list --unsent; cxlog sync --retry");
    if (stop)
        doctor_mend(doctor_say(d, records, "stopped", DOCTOR_WARN,
                               _("%s rows of the sheet were changed by hand: nothing is "
                                 "written until you decide"),
                               stop),
                    "cxlog verify");
    if (trouble)
        (void)doctor_say(d, records, "trouble", DOCTOR_WARN,
                         _("the last exchange failed: %s"), trouble);
}

static void check_records(doctor *d)
{
    cxlog_counts counts = {0};
    cxlog_error err = {0};
    int64_t oldest = CXLOG_BLANK;
    cxlog_store *store = d->ctx->store;
    CXLOG_AUTO_TEXT trouble = NULL;
    CXLOG_AUTO_TEXT stop = NULL;
    CXLOG_AUTO_TEXT last = NULL;
    cxlog_status status = cxlog_store_counts(store, "", d->ctx->today, &counts, &err);
    if (status == CXLOG_OK)
        status = oldest_unsent(d, &oldest, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(store, CXLOG_META_TROUBLE, &trouble, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(store, CXLOG_META_STOP, &stop, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_get(store, CXLOG_META_LAST_SYNC, &last, &err);
    if (status != CXLOG_OK) {
        doctor_fail(d, records, "counts", &err);
        return;
    }
    CXLOG_AUTO_TEXT clean = trouble ? cxlog_text_escape(trouble, true) : NULL;
    say_unsent(d, &counts, oldest);
    say_copy(d, &counts, oldest, last);
    say_trouble(d, &counts, stop, clean);
}

void doctor_store(doctor *d)
{
    cxlog_error err = {0};
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
    check_mode(d);
    check_room(d);
    check_records(d);
}
