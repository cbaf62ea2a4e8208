#include "cli/gaps.h"

#include <stdlib.h>
#include <string.h>

void cli_gaps_clear(cli_gaps *gaps)
{
    for (size_t i = 0; i < gaps->count; i++)
        cxlog_record_clear(&gaps->records[i]);
    free(gaps->records);
    *gaps = (cli_gaps){0};
}

bool cli_gap_in(const cxlog_entry *entry, cxlog_column column)
{
    cxlog_column_kind kind = cxlog_column_get(column)->kind;
    if (kind == CXLOG_KIND_NUMBER || kind == CXLOG_KIND_TIME)
        return entry->number[column] == CXLOG_BLANK;
    return entry->text[column] == NULL;
}

static bool lacks(const cli_gaps *gaps, const cxlog_entry *entry)
{
    for (size_t i = 0; i < gaps->column_count; i++) {
        if (cli_gap_in(entry, gaps->columns[i]))
            return true;
    }
    return false;
}

size_t cli_gaps_required(cxlog_column out[CXLOG_COLUMN_COUNT], const cli_ctx *ctx)
{
    const char *setting = cli_setting(&ctx->settings, CLI_KEY_CLOSE_REQUIRED);
    char names[CXLOG_SUGGESTION_MAX * 4];
    (void)snprintf(names, sizeof names, "%s", setting ? setting : "");
    size_t count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(names, ", ", &rest); name;
         name = strtok_r(NULL, ", ", &rest)) {
        int column = cxlog_column_find(name);
        if (column >= 0 && count < CXLOG_COLUMN_COUNT)
            out[count++] = (cxlog_column)column;
    }
    return count;
}

cxlog_status cli_gaps_find(cli_gaps *out, cli_ctx *ctx, const char *agent, cxlog_day day,
                           cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_list_query query = {.from = day, .to = day, .filter.agent = agents};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    out->column_count = cli_gaps_required(out->columns, ctx);
    out->records = calloc(CLI_GAPS_MAX, sizeof *out->records);
    if (!out->records)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = cxlog_store_list(ctx->store, &query, &cursor, err);
    while (status == CXLOG_OK && out->count < CLI_GAPS_MAX) {
        cxlog_record *record = &out->records[out->count];
        bool more;
        cxlog_record_init(record);
        status = cxlog_cursor_next(cursor, record, &more, err);
        if (status == CXLOG_OK && more && lacks(out, &record->entry)) {
            out->count++;
            continue;
        }
        cxlog_record_clear(record);
        if (status == CXLOG_OK && !more)
            break;
    }
    return status;
}
