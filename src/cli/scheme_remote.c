#include "cli/scheme_view.h"

#define WAIT_MS 30000

cxlog_status cli_scheme_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                               cxlog_error *err)
{
    *lock = NULL;
    *remote = NULL;
    if (!cli_has_sheet(ctx))
        return CXLOG_OK;
    int64_t holder = 0;
    CXLOG_AUTO(cxlog_lock) *taken = NULL;
    cxlog_status status = cxlog_lock_take(&taken, cxlog_store_path(ctx->store),
                                          CXLOG_LOCK_WORK, WAIT_MS, &holder, err);
    if (status == CXLOG_OK && !taken)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "another cxlog (process %lld) is talking to the sheet: nothing "
                          "was changed, try again",
                          (long long)holder);
    if (status == CXLOG_OK)
        status = cli_remote_open(ctx, remote, err);
    if (status == CXLOG_OK)
        *lock = CXLOG_TAKE(taken);
    return status;
}
