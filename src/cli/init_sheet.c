#include <stdlib.h>
#include <string.h>

#include "cli/init_dialogue.h"
#include "cli/settings.h"
#include "cli/sheet_looks.h"

void cli_init_contact_clear(cli_init_contact *contact)
{
    free(contact->address);
    *contact = (cli_init_contact){0};
}

/* A sheet that works but does not look well is no reason to fail. */
static void put_looks(cli_init *init, cxlog_remote *remote,
                      const cxlog_sync_options *options)
{
    cli_ctx *ctx = init->ctx;
    cxlog_error said = {0};
    CXLOG_AUTO_VALUE(cli_leads) leads = {0};
    cxlog_status status = cli_leads_read(&leads, ctx, &said);
    if (status == CXLOG_OK)
        status = cxlog_layout_refresh(ctx->store, remote, options, leads.list,
                                      &init->looks, &said);
    if (status == CXLOG_OK)
        return;
    cli_say(ctx, _("! the sheet's looks were left as they are: %s\n"), said.message);
    init->looks = (cxlog_layout_result){.zone_differs = init->result.zone_differs};
    memcpy(init->looks.zone, init->result.zone, sizeof init->looks.zone);
}

cxlog_status cli_init_connect(cli_init *init, cli_init_contact *contact, cxlog_error *err)
{
    cli_ctx *ctx = init->ctx;
    CXLOG_AUTO(cxlog_lock) *work = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    int64_t holder;
    cli_init_contact_clear(contact);
    cxlog_status status = cxlog_lock_take(&work, cxlog_store_path(ctx->store),
                                          CXLOG_LOCK_WORK, 30000, &holder, err);
    if (status == CXLOG_OK && !work)
        status = cxlog_fail(err, CXLOG_ERR_RETRY,
                            "a sync of this store is running (process %lld)",
                            (long long)holder);
    if (status == CXLOG_OK)
        status = cli_remote_open(ctx, &remote, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_sync_options options = cli_sync_options(ctx);
    const char *address = remote->ops->address(remote);
    contact->address = address ? strdup(address) : NULL;
    status =
        cxlog_sync_setup(ctx->store, remote, &options, init->extend, &init->result, err);
    const cxlog_requests *made = remote->ops->requests(remote);
    contact->signed_in = made->read + made->write > 0;
    if (status == CXLOG_OK)
        put_looks(init, remote, &options);
    return status;
}
