#include "cli/gaps.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/entry_values.h"

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

bool cli_gaps_lack(const cli_gaps *gaps, const cxlog_entry *entry)
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

/* Room for one more. */
static cxlog_status make_room(cli_gaps *gaps, size_t *room, cxlog_error *err)
{
    if (gaps->count < *room)
        return CXLOG_OK;
    size_t more = *room ? *room * 2 : 16;
    cxlog_record *grown = realloc(gaps->records, more * sizeof *grown);
    if (!grown)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    gaps->records = grown;
    *room = more;
    return CXLOG_OK;
}

cxlog_status cli_gaps_find(cli_gaps *out, cli_ctx *ctx, const char *agent, cxlog_day day,
                           cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_list_query query = {.from = day, .to = day, .filter.only.agent = agents};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    size_t room = 0;
    bool more = true;
    out->column_count = cli_gaps_required(out->columns, ctx);
    if (out->column_count == 0)
        return CXLOG_OK;
    cxlog_status status = cxlog_store_list(ctx->store, &query, &cursor, err);
    while (status == CXLOG_OK && more && (out->all || out->count < CLI_GAPS_MAX)) {
        status = make_room(out, &room, err);
        if (status != CXLOG_OK)
            return status;
        cxlog_record *record = &out->records[out->count];
        cxlog_record_init(record);
        status = cxlog_cursor_next(cursor, record, &more, err);
        if (status == CXLOG_OK && more && cli_gaps_lack(out, &record->entry))
            out->count++;
        else
            cxlog_record_clear(record);
    }
    return status;
}

/* ---- answers ---- */

/* A number of the list stands for its choice. */
static const char *choice_of(cxlog_column column, const char *answer)
{
    const char *const *choices = cxlog_column_choices(column);
    size_t number = answer[0] >= '1' && answer[0] <= '9' && answer[1] == '\0'
                        ? (size_t)(answer[0] - '0')
                        : 0;
    for (size_t i = 0; choices && choices[i]; i++) {
        if (i + 1 == number)
            return choices[i];
    }
    return answer;
}

static cxlog_status set(cxlog_entry *entry, cxlog_column column,
                        const cxlog_scheme *scheme, const char *answer, cxlog_error *err)
{
    if (column == CXLOG_COL_CATEGORY)
        return cli_set_category(entry, scheme, answer, err);
    if (column == CXLOG_COL_DETAIL)
        return cli_set_detail(entry, scheme, answer, err);
    if (column == CXLOG_COL_CHANNEL || column == CXLOG_COL_REGION)
        return cli_set_named(entry, column, scheme, answer, err);
    if (column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S)
        return cli_set_duration(entry, column, answer, err);
    return cxlog_entry_set(entry, column, choice_of(column, answer), err);
}

cxlog_status cli_gap_set(cxlog_entry *entry, cxlog_column column,
                         const cxlog_scheme *scheme, const char *answer, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) filled;
    cxlog_entry_init(&filled);
    cxlog_status status = cxlog_entry_copy(&filled, entry, err);
    if (status == CXLOG_OK)
        status = set(&filled, column, scheme, answer, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_entry before = *entry;
    *entry = filled;
    filled = before;
    return CXLOG_OK;
}

bool cli_gap_again(const cxlog_error *trouble, const char *indent)
{
    if (trouble->status != CXLOG_ERR_VALUE && trouble->status != CXLOG_ERR_USAGE)
        return false;
    CXLOG_AUTO_TEXT sentence = cxlog_text_escape(trouble->message, true);
    (void)fprintf(stderr, "%s%s\n", indent, sentence ? sentence : "?");
    for (size_t i = 0; i < trouble->suggestion_count; i++) {
        CXLOG_AUTO_TEXT candidate = cxlog_text_escape(trouble->suggestions[i], true);
        (void)fprintf(stderr, "%s    %s\n", indent, candidate ? candidate : "?");
    }
    return true;
}
