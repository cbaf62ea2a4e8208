#include <stdlib.h>

#include "cli/commands.h"
#include "cli/gaps.h"
#include "cli/prompt.h"

/* "result: 1 해결  2 진행 …" for closed lists; a name for the scheme's. */
static void question(char *out, size_t size, cxlog_column column)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    const char *const *choices = cxlog_column_choices(column);
    int used = snprintf(out, size, "%s", info->heading);
    for (int i = 0; choices && choices[i] && used > 0 && (size_t)used < size; i++)
        used += snprintf(out + used, size - (size_t)used, "  %d %s", i + 1, choices[i]);
}

/* Until it is right, or skipped by Enter. *end: no more input. */
static cxlog_status fill(cli_prompt *prompt, cxlog_entry *entry, cxlog_column column,
                         bool *end, cxlog_error *err)
{
    char text[200];
    question(text, sizeof text, column);
    for (;;) {
        CXLOG_AUTO_TEXT answer = NULL;
        cxlog_status status = cli_prompt_ask(prompt, text, NULL, &answer, err);
        *end = status == CXLOG_OK && !answer;
        if (status != CXLOG_OK || !answer || answer[0] == '\0')
            return status;
        cxlog_error trouble = {0};
        status = cli_gap_set(entry, column, prompt->scheme, answer, &trouble);
        if (status == CXLOG_OK)
            return CXLOG_OK;
        if (!cli_gap_again(&trouble, "  ")) {
            if (err)
                *err = trouble;
            return status;
        }
    }
}

static cxlog_status fix_one(cli_prompt *prompt, const cli_gaps *gaps,
                            const cxlog_record *record, bool *end, cxlog_error *err)
{
    CXLOG_AUTO_TEXT line = NULL;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_status status = cli_record_line(&line, record, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(&entry, &record->entry, err);
    if (status != CXLOG_OK)
        return status;
    cli_say(prompt->ctx, "#%lld  %s\n", (long long)record->number, line);
    for (size_t i = 0; status == CXLOG_OK && !*end && i < gaps->column_count; i++) {
        if (cli_gap_in(&entry, gaps->columns[i]))
            status = fill(prompt, &entry, gaps->columns[i], end, err);
    }
    if (status != CXLOG_OK || cxlog_entry_same(&entry, &record->entry))
        return status;
    cli_ctx_tick(prompt->ctx);
    return cli_save_correction(prompt->ctx, &entry, record, err);
}

/* Off a terminal nobody can be asked: which ones they are, and how to mend them. */
static cxlog_status refuse(const cli_gaps *gaps, cxlog_error *err)
{
    if (gaps->count == 0)
        return CXLOG_OK;
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE,
                   "%zu records of today have gaps; fix asks for them on a terminal only",
                   gaps->count);
    for (size_t i = 0; i < gaps->count && i < CXLOG_SUGGESTIONS_MAX; i++) {
        char command[CXLOG_SUGGESTION_MAX];
        (void)snprintf(command, sizeof command, "cxlog amend '#%lld' --result …",
                       (long long)gaps->records[i].number);
        cxlog_suggest(err, command);
    }
    return status;
}

cxlog_status cli_cmd_fix(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(cli_gaps) gaps = {0};
    CXLOG_AUTO_VALUE(cli_prompt) prompt = {0};
    const char *agent;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count > 0)
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "fix takes no words: cxlog edit ID");
    if (status == CXLOG_OK)
        status = cli_agent(ctx, &agent, err);
    if (status == CXLOG_OK)
        status = cli_gaps_find(&gaps, ctx, agent, ctx->today, err);
    if (status != CXLOG_OK)
        return status;
    if (!ctx->reader || !cli_may_ask(ctx))
        return refuse(&gaps, err);
    status = cxlog_store_scheme(ctx->store, &prompt.scheme, err);
    CXLOG_AUTO(cxlog_scheme) *scheme = CXLOG_TAKE(prompt.scheme);
    if (status == CXLOG_OK)
        status = cli_prompt_open(&prompt, ctx, err);
    prompt.scheme = CXLOG_TAKE(scheme);
    bool end = false;
    for (size_t i = 0; status == CXLOG_OK && !end && i < gaps.count; i++)
        status = fix_one(&prompt, &gaps, &gaps.records[i], &end, err);
    if (status == CXLOG_OK && gaps.count == 0)
        cli_say(ctx, "%s\n", _("no record of today has gaps"));
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
