/*
 * close.c - the end of the day. The check comes before anything is written: a sheet that
 * somebody turned upside down gets nothing until a person has decided.
 */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/period.h>

#include "sync/check_impl.h"

#define BACK 31 /* days that every close looks at, whatever the half-year */

static void adopting_clear(cx_adopting *a)
{
    cx_sync_clear(&a->sync);
    cxlog_scheme_free(a->scheme);
}
CXLOG_AUTO_VALUE_DEFINE(cx_adopting, adopting_clear);

void cxlog_close_result_clear(cxlog_close_result *result)
{
    cxlog_check_clear(&result->check);
    *result = (cxlog_close_result){.check = {.mixed = -1}};
}

cxlog_day cxlog_close_from(cxlog_day day)
{
    cxlog_day half = cxlog_period_of(CXLOG_PERIOD_HALF, day).from;
    return half < day - BACK ? half : day - BACK;
}

static int64_t changes(const cxlog_check *check)
{
    return check->counts[CXLOG_FOUND_EDITED] + check->counts[CXLOG_FOUND_MISSING];
}

static cxlog_status stop_everything(cxlog_store *store, const cxlog_check *check,
                                    cxlog_error *err)
{
    int64_t rows = changes(check);
    cxlog_status status =
        cx_sync_meta_set_number(store, CXLOG_META_STOP, rows > 0 ? rows : 1, err);
    if (status != CXLOG_OK)
        return status;
    if (check->mixed < 0)
        return cx_sync_held(store, err);
    status = cxlog_fail(
        err, CXLOG_ERR_TAMPERED,
        "column %s of the sheet was sorted or moved without the others (%lld rows): "
        "nothing is written until you decide; records are safe here",
        cxlog_column_get((cxlog_column)check->mixed)->heading, (long long)rows);
    cxlog_suggest(err, "cxlog close --restore");
    cxlog_suggest(err, "cxlog close --accept");
    return status;
}

static cxlog_status go_on(cxlog_store *store, cxlog_error *err)
{
    CXLOG_AUTO_TEXT stop = NULL;
    cxlog_status status = cxlog_store_get(store, CXLOG_META_STOP, &stop, err);
    return status || !stop ? status : cxlog_store_set(store, CXLOG_META_STOP, NULL, err);
}

static cxlog_status act(cxlog_store *store, cxlog_remote *remote,
                        const cxlog_close_options *options, cxlog_close_result *result,
                        cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_adopting)
    a = {.sync = {.store = store, .remote = remote, .options = options->sync},
         .options = options,
         .result = result};
    cxlog_status status = cx_sync_begin(&a.sync, options->sync->sheet_id, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(store, &a.scheme, err);
    if (status == CXLOG_OK)
        status = options->restore ? cx_adopt_restore(&a, err) : cx_adopt_edits(&a, err);
    if (status == CXLOG_OK)
        status = cx_adopt_rows(&a, err);
    return status;
}

/* Of the changes only so many are kept in mind at a time. */
static bool all_kept(const cxlog_check *check)
{
    int64_t beyond = changes(check) + check->counts[CXLOG_FOUND_TYPED];
    for (size_t i = 0; i < check->count; i++) {
        cxlog_finding_kind kind = check->findings[i].kind;
        beyond -= kind == CXLOG_FOUND_EDITED || kind == CXLOG_FOUND_MISSING ||
                  kind == CXLOG_FOUND_TYPED;
    }
    return beyond == 0;
}

static cxlog_status check_and_act(cxlog_store *store, cxlog_remote *remote,
                                  const cxlog_close_options *options,
                                  cxlog_close_result *result, cxlog_error *err)
{
    bool decided = options->accept || options->restore;
    cxlog_day from = decided ? CXLOG_NO_DAY : cxlog_close_from(options->day);
    cxlog_status status = cxlog_check_run(store, remote, options->sync, from,
                                          &result->check, &result->sync, err);
    if (status != CXLOG_OK)
        return status;
    if (result->check.many && !decided)
        return stop_everything(store, &result->check, err);
    status = act(store, remote, options, result, err);
    int64_t done = result->taken + result->given + result->restored;
    /* Where nothing could be done about any, another run could do no more. */
    if (status == CXLOG_OK && done > 0 && !all_kept(&result->check))
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "%d changes were dealt with and there are more: run the same "
                          "again",
                          (int)done);
    return status ? status : go_on(store, err);
}

static cxlog_status write_tabs(cxlog_store *store, cxlog_remote *remote,
                               const cxlog_close_options *options,
                               cxlog_close_result *result, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_sync)
    sync = {.store = store, .remote = remote, .options = options->sync};
    cxlog_status status =
        cxlog_alerts(store, options->rules, options->rule_count, options->day,
                     result->alerts, &result->alert_count, err);
    if (status == CXLOG_OK)
        status = cx_sync_begin(&sync, options->sync->sheet_id, err);
    if (status == CXLOG_OK)
        status = cx_close_tabs(&sync, options, result, err);
    return status;
}

static cxlog_status tell_missing(const cxlog_close_result *result, cxlog_error *err)
{
    const cxlog_check *check = &result->check;
    int64_t missing = check->counts[CXLOG_FOUND_MISSING];
    for (size_t i = 0; i < check->count; i++)
        missing -= check->findings[i].kind == CXLOG_FOUND_MISSING &&
                   check->findings[i].fate != CXLOG_FATE_LEFT;
    if (missing == 0)
        return CXLOG_OK;
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_TAMPERED,
                   "%lld records vanished from the sheet; everything else is closed",
                   (long long)missing);
    cxlog_suggest(err, "cxlog sync --restore");
    cxlog_suggest(err, "cxlog close --accept");
    return status;
}

/* In a crowd each machine sends its own, and one reads and writes for all. */
static cxlog_status send_only(cxlog_store *store, cxlog_remote *remote,
                              const cxlog_close_options *options,
                              cxlog_close_result *result, cxlog_error *err)
{
    result->sent_only = true;
    cxlog_status status =
        cxlog_sync_run(store, remote, options->sync, &result->sync, err);
    if (status == CXLOG_OK)
        status = cxlog_alerts(store, options->rules, options->rule_count, options->day,
                              result->alerts, &result->alert_count, err);
    result->closed = status == CXLOG_OK;
    return status;
}

cxlog_status cxlog_close_run(cxlog_store *store, cxlog_remote *remote,
                             const cxlog_close_options *options,
                             cxlog_close_result *result, cxlog_error *err)
{
    cxlog_close_result_clear(result);
    bool crowd = false;
    if (options->modest) {
        cxlog_status counted = cx_close_is_crowd(&crowd, store, options->day, err);
        if (counted != CXLOG_OK || crowd)
            return counted ? counted : send_only(store, remote, options, result, err);
    }
    cxlog_sync_result sync = {0};
    cxlog_status status = check_and_act(store, remote, options, result, err);
    if (status == CXLOG_OK) {
        int64_t pulled = result->sync.pulled, confirmed = result->sync.confirmed;
        status = cxlog_sync_run(store, remote, options->sync, &sync, err);
        result->sync = sync;
        result->sync.pulled += pulled;
        result->sync.confirmed += confirmed;
    } else {
        cx_sync_remember_trouble(store, status, err);
    }
    if (status == CXLOG_OK) {
        status = write_tabs(store, remote, options, result, err);
        result->closed = status == CXLOG_OK;
        if (status != CXLOG_OK && err)
            status =
                cxlog_wrap(err, "the records are sent, but not %s", CXLOG_TAB_TOTALS);
        if (status != CXLOG_OK)
            cx_sync_remember_trouble(store, status, err);
    }
    result->sync.requests = *remote->ops->requests(remote);
    return status ? status : tell_missing(result, err);
}

cxlog_status cxlog_check_restore(cxlog_store *store, cxlog_remote *remote,
                                 const cxlog_sync_options *options, int64_t *restored,
                                 cxlog_sync_result *result, cxlog_error *err)
{
    *restored = 0;
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    cxlog_status status =
        cxlog_check_run(store, remote, options, CXLOG_NO_DAY, &check, result, err);
    /* Somebody else's vanished records are that person's to put back; edits beyond
     * measure wait for a decision, and what comes back waits with them. */
    bool many = cx_check_many(&check, 0);
    if (status == CXLOG_OK)
        status = cxlog_store_restore(store, restored, err);
    if (status == CXLOG_OK && !many)
        status = go_on(store, err);
    if (status != CXLOG_OK)
        return status;
    status = cxlog_sync_run(store, remote, options, result, err);
    if (status == CXLOG_ERR_TAMPERED && *restored > 0 && err)
        status = cxlog_wrap(err, "%lld vanished records wait here to be put back",
                            (long long)*restored);
    return status;
}
