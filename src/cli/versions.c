#include "cli/versions.h"

#include <cxlog/period.h>

cxlog_status cli_versions(cli_ctx *ctx, const char *root, cli_version tell, void *user,
                          cxlog_error *err)
{
    cxlog_period all;
    cxlog_status status = cxlog_period_parse(&all, "all", ctx->today, err);
    if (status != CXLOG_OK)
        return status;
    const cxlog_list_query query = {
        .from = all.from, .to = all.to, .all_versions = true, .root = root};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    status = cxlog_store_list(ctx->store, &query, &cursor, err);
    bool more = true;
    while (status == CXLOG_OK && more) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        status = cxlog_cursor_next(cursor, &record, &more, err);
        if (status == CXLOG_OK && more)
            status = tell(user, &record, err);
    }
    return status;
}
