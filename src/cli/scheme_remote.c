#include "cli/close_view.h"
#include "cli/scheme_view.h"

cxlog_status cli_scheme_remote(cli_ctx *ctx, cxlog_lock **lock, cxlog_remote **remote,
                               cxlog_error *err)
{
    *lock = NULL;
    *remote = NULL;
    if (!cli_has_sheet(ctx))
        return CXLOG_OK;
    return cli_close_remote(ctx, lock, remote, err);
}
