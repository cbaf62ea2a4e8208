#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cxlog/text.h>

#include "cli/choices.h"
#include "cli/commands.h"
#include "cli/paths.h"
#include "cli/prompt.h"
#include "cli/saved.h"
#include "cli/undo.h"

#define CHANNEL_CELLS 40 /* of the default channel, in the prompt */

void cli_prompt_clear(cli_prompt *prompt)
{
    if (prompt->reader)
        prompt->reader->ops->close(prompt->reader);
    cxlog_scheme_free(prompt->scheme);
    free(prompt->next);
    *prompt = (cli_prompt){0};
}

/* Tab in the prompt completes as "cxlog log …" does in a shell. */
static void complete(void *data, const char *before, cli_choices *out)
{
    CXLOG_AUTO_TEXT copy = strdup(before);
    const char **words = calloc(strlen(before) + 3, sizeof *words);
    size_t count = 0;
    if (copy && words) {
        words[count++] = "log";
        char *rest = NULL;
        for (char *word = strtok_r(copy, " \t", &rest); word;
             word = strtok_r(NULL, " \t", &rest))
            words[count++] = word;
        if (before[0] == '\0' || before[strlen(before) - 1] == ' ')
            words[count++] = "";
        cli_complete(data, words, count, true, out);
    }
    free(words);
}

cxlog_status cli_prompt_open(cli_prompt *out, cli_ctx *ctx, cxlog_error *err)
{
    *out = (cli_prompt){.ctx = ctx};
    if (!ctx->reader || !cli_may_ask(ctx) || !cli_stdout_is_terminal())
        return cxlog_fail(
            err, CXLOG_ERR_USAGE,
            "%s needs a terminal: for scripts there are cxlog log and cxlog "
            "amend",
            ctx->cmd->name);
    const char *wish = cli_setting(&ctx->settings, CLI_KEY_UI_HISTORY);
    CXLOG_AUTO_TEXT path = NULL;
    if (strcmp(wish, "none") != 0 &&
        cli_path_user(&path, CLI_FOLDER_STATE, "history", NULL) != CXLOG_OK)
        path = NULL; /* no home, no history */
    cli_reader_options options = {.history = path, .complete = complete, .data = ctx};
    return ctx->reader(&out->reader, &options, err);
}

/* The line without blanks around it. */
static char *trimmed(char *line)
{
    char *start = line + strspn(line, " \t");
    size_t length = strlen(start);
    while (length > 0 && strchr(" \t", start[length - 1]))
        length--;
    start[length] = '\0';
    return start;
}

cxlog_status cli_prompt_ask(cli_prompt *prompt, const char *question, const char *prefill,
                            char **answer, cxlog_error *err)
{
    char shown[256];
    (void)snprintf(shown, sizeof shown, "  %s: ", question);
    CXLOG_AUTO_TEXT line = NULL;
    *answer = NULL;
    if (prompt->next)
        return CXLOG_OK;
    cxlog_status status =
        prompt->reader->ops->read(prompt->reader, shown, prefill, &line, err);
    if (status != CXLOG_OK || !line)
        return status;
    *answer = strdup(trimmed(line));
    return *answer ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

void cli_prompt_keep(cli_prompt *prompt, char **answer)
{
    free(prompt->next);
    prompt->next = CXLOG_TAKE(*answer);
}

static cxlog_status undo(cli_prompt *prompt, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_undone) undone;
    cli_undone_init(&undone);
    cxlog_status status = cli_undo_make(&undone, prompt->ctx, false, err);
    if (status == CXLOG_OK && prompt->ctx->dry_run)
        return cli_print_dry(&undone.entry, prompt->ctx, err);
    if (status == CXLOG_OK)
        status = cli_undo_save(&undone, prompt->ctx, err);
    if (status != CXLOG_OK)
        return status;
    cli_undo_tell(&undone, prompt->ctx);
    cli_background_sync(prompt->ctx);
    return CXLOG_OK;
}

static cxlog_status reopen(cli_prompt *prompt, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found;
    cxlog_status status = cli_last_effective(prompt->ctx, &record, &found, err);
    if (status == CXLOG_OK && !found)
        status = cxlog_fail(err, CXLOG_ERR_VALUE, "there is no record of today yet");
    return status == CXLOG_OK ? cli_prompt_edit(prompt, &record, err) : status;
}

static bool is_key(const char *line, const char *latin, const char *hangul)
{
    return strcmp(line, latin) == 0 || strcmp(line, hangul) == 0;
}

static cxlog_status take_line(cli_prompt *prompt, const char *line, cxlog_error *err)
{
    cli_ctx_tick(prompt->ctx);
    cxlog_scheme_free(prompt->scheme);
    prompt->scheme = NULL;
    cxlog_status status = cxlog_store_scheme(prompt->ctx->store, &prompt->scheme, err);
    if (status != CXLOG_OK)
        return status;
    if (is_key(line, "u", "ㅕ"))
        return undo(prompt, err);
    if (is_key(line, "<", ","))
        return reopen(prompt, err);
    if (is_key(line, "?", "/"))
        return cli_prompt_list(prompt, err);
    return cli_prompt_log(prompt, line, err);
}

/* What went wrong with one line does not end the day. */
static void tell_trouble(const cli_ctx *ctx, const cxlog_error *trouble)
{
    CXLOG_AUTO_TEXT sentence = cxlog_text_escape(trouble->message, true);
    (void)fprintf(stderr, "%s✗%s %s\n", cli_style(ctx, stderr, "warn"),
                  cli_style(ctx, stderr, "reset"), sentence ? sentence : "out of memory");
    for (size_t i = 0; i < trouble->suggestion_count; i++) {
        CXLOG_AUTO_TEXT candidate = cxlog_text_escape(trouble->suggestions[i], true);
        (void)fprintf(stderr, "    %s\n", candidate ? candidate : "");
    }
}

static void label(char out[256], const cli_ctx *ctx)
{
    const char *channel = cli_setting(&ctx->settings, CLI_KEY_DEFAULTS_CHANNEL);
    int minute = cxlog_second_of_day(ctx->now) / 60;
    const char *shown = channel ? channel : "";
    (void)snprintf(out, 256, "%02d:%02d%s%.*s%s> ", minute / 60, minute % 60,
                   channel ? " [" : "", (int)cxlog_text_fit(shown, CHANNEL_CELLS, true),
                   shown, channel ? "]" : "");
}

static cxlog_status next_line(cli_prompt *prompt, char **line, cxlog_error *err)
{
    char shown[256];
    *line = CXLOG_TAKE(prompt->next);
    if (*line)
        return CXLOG_OK;
    label(shown, prompt->ctx);
    return prompt->reader->ops->read(prompt->reader, shown, NULL, line, err);
}

static cxlog_status loop(cli_prompt *prompt, cxlog_error *err)
{
    for (;;) {
        CXLOG_AUTO_TEXT line = NULL;
        cli_ctx_tick(prompt->ctx);
        cxlog_status status = next_line(prompt, &line, err);
        if (status != CXLOG_OK || !line)
            return status;
        char *start = trimmed(line);
        if (start[0] == '\0')
            continue;
        cxlog_error trouble = {0};
        if (take_line(prompt, start, &trouble) != CXLOG_OK)
            tell_trouble(prompt->ctx, &trouble);
        while (waitpid(-1, NULL, WNOHANG) > 0) /* background syncs that have ended */
            ;
    }
}

cxlog_status cli_cmd_prompt(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    const char *agent;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count > 0)
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "prompt takes no words: cxlog log …");
    if (status == CXLOG_OK)
        status = cli_agent(ctx, &agent, err);
    CXLOG_AUTO_VALUE(cli_prompt) prompt = {0};
    if (status == CXLOG_OK)
        status = cli_prompt_open(&prompt, ctx, err);
    if (status != CXLOG_OK)
        return status;
    cli_say(ctx, "%s%s%s\n", cli_style(ctx, stderr, "dim"),
            _("category [channel] note   ? list  < change the last  u undo  Ctrl-D end"),
            cli_style(ctx, stderr, "reset"));
    status = loop(&prompt, err);
    if (status != CXLOG_OK)
        return status;
    cli_out_text("\n");
    status = cli_prompt_day(&prompt, err);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
