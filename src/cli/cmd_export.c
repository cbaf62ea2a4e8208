#include "cli/commands.h"
#include "cli/lead.h"
#include "cli/progress.h"

const cli_option cli_export_options[] = {
    {"output", 'o', "FILE", N_("write to FILE (0600; appears whole or not at all)")},
    {"all", 0, NULL, N_("every version: corrected and voided records too")},
    CLI_FILTER_OPTIONS,
    {NULL, 0, NULL, NULL},
};

typedef struct exporter {
    cli_sink sink;
    cli_fields fields;
    bool json;
    int64_t count;
} exporter;

static void exporter_clear(exporter *e)
{
    cli_sink_close(&e->sink);
    cli_fields_clear(&e->fields);
}
CXLOG_AUTO_VALUE_DEFINE(exporter, exporter_clear);

static cxlog_status put_record(void *data, const cxlog_record *record, cxlog_error *err)
{
    exporter *e = data;
    CXLOG_AUTO_TEXT text = NULL;
    cli_progress_rows(N_("exporting"), ++e->count);
    cxlog_status status = e->json ? cli_record_json(&text, record, err)
                                  : cli_csv_record(&text, record, &e->fields, err);
    if (status == CXLOG_OK)
        status = cli_sink_put(&e->sink, text, err);
    if (status == CXLOG_OK && e->json)
        status = cli_sink_put(&e->sink, "\n", err);
    return status;
}

static cxlog_status put_header(exporter *e, cxlog_error *err)
{
    if (e->json)
        return CXLOG_OK;
    CXLOG_AUTO_TEXT header = NULL;
    cxlog_status status = cli_csv_header(&header, &e->fields, err);
    return status == CXLOG_OK ? cli_sink_put(&e->sink, header, err) : status;
}

static cxlog_status make_query(cxlog_list_query *out, cli_filter *filter,
                               const cli_args *args, const cli_ctx *ctx,
                               const cxlog_scheme *scheme, cxlog_error *err)
{
    cxlog_period period;
    cxlog_status status = cli_period_args(&period, args, "all", ctx->today, err);
    if (status == CXLOG_OK)
        status = cli_filter_parse(filter, args, scheme, err);
    if (status != CXLOG_OK)
        return status;
    *out = (cxlog_list_query){.from = period.from,
                              .to = period.to,
                              .filter = filter->filter,
                              .all_versions = cli_args_has(args, "all")};
    return CXLOG_OK;
}

cxlog_status cli_cmd_export(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    CXLOG_AUTO_VALUE(exporter) e = {.json = ctx->json};
    cxlog_list_query query;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &scheme, err);
    if (status == CXLOG_OK)
        status = make_query(&query, &filter, &args, ctx, scheme, err);
    if (status == CXLOG_OK)
        status = cli_fields_of(&e.fields, scheme, err);
    if (status == CXLOG_OK)
        status = cli_sink_open(&e.sink, cli_args_get(&args, "output"), err);
    if (e.sink.file || !cli_stdout_is_terminal())
        cli_progress_start(ctx);
    if (status == CXLOG_OK)
        status = put_header(&e, err);
    if (status == CXLOG_OK)
        status = cli_feed(ctx->store, &query, 0, put_record, &e, err);
    return status == CXLOG_OK ? cli_sink_end(&e.sink, err) : status;
}
