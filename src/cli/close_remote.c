/*
 * close_remote.c - the way to the sheet that every command takes: the lock first, and
 * what stops it here is for `status` to say.
 */
#include "cli/close_view.h"

#include "cli/progress.h"

#define WAIT_MS 30000

/* The run itself notes its own troubles. */
static void note_trouble(cli_ctx *ctx, cxlog_status status, const cxlog_error *err)
{
    char code[16];
    (void)snprintf(code, sizeof code, "%d", cxlog_exit_code(status));
    if (err &&
        cxlog_store_set(ctx->store, CXLOG_META_TROUBLE, err->message, NULL) == CXLOG_OK &&
        cxlog_store_set(ctx->store, CXLOG_META_TROUBLE_CODE, code, NULL) != CXLOG_OK)
        cli_say(ctx, "%s\n", _("this could not be noted for cxlog status"));
}

cxlog_status cli_remote_noted(cli_ctx *ctx, cxlog_remote **remote, cxlog_error *err)
{
    cxlog_status status = cli_remote_open(ctx, remote, err);
    if (status != CXLOG_OK)
        note_trouble(ctx, status, err);
    return status;
}

/* A background run is waited for in any case: it is short. */
static cxlog_status take_lock(cxlog_lock **out, const cli_ctx *ctx, bool patient,
                              int64_t *holder, cxlog_error *err)
{
    const char *path = cxlog_store_path(ctx->store);
    cxlog_status status = CXLOG_OK;
    if (!patient) {
        status = cxlog_lock_take(out, path, CXLOG_LOCK_WORK, 0, holder, err);
        if (status != CXLOG_OK || *out ||
            *holder != cxlog_lock_holder(path, CXLOG_LOCK_WAITER))
            return status;
    }
    return cli_lock_work(out, ctx, WAIT_MS, holder, err);
}

static cxlog_status open_locked(cli_ctx *ctx, bool patient, cxlog_lock **lock,
                                cxlog_remote **remote, cxlog_error *err)
{
    int64_t holder = 0;
    CXLOG_AUTO(cxlog_lock) *taken = NULL;
    *lock = NULL;
    *remote = NULL;
    cxlog_status status = take_lock(&taken, ctx, patient, &holder, err);
    if (status == CXLOG_OK && !taken)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "another cxlog (process %lld) is talking to the sheet; the "
                          "records are safe, try again",
                          (long long)holder);
    if (status == CXLOG_OK)
        status = cli_remote_noted(ctx, remote, err);
    if (status == CXLOG_OK)
        *lock = CXLOG_TAKE(taken);
    return status;
}

cxlog_status cli_close_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                              cxlog_error *err)
{
    return open_locked(ctx, true, lock, remote, err);
}

cxlog_status cli_sync_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                             cxlog_error *err)
{
    return open_locked(ctx, false, lock, remote, err);
}
