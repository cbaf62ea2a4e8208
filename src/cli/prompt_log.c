#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/entry_values.h"
#include "cli/entry_words.h"
#include "cli/log_lines.h"
#include "cli/pick.h"
#include "cli/prompt.h"
#include "cli/saved.h"
#include "cli/template.h"

#define TRIES 3
#define CHANNEL_CELLS 40 /* of the channel that is offered */

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status ask(void *data, const char *question, char **answer, cxlog_error *err)
{
    return cli_prompt_ask(data, question, NULL, answer, err);
}

/* The line as words, with the texts they point into. */
typedef struct typed {
    cli_args args;
    char *line;   /* owned */
    char *added;  /* owned: the category that was asked for */
    char *picked; /* owned: the category that was picked */
} typed;

static void typed_clear(typed *t)
{
    cli_args_clear(&t->args);
    free(t->line);
    free(t->added);
    free(t->picked);
}
CXLOG_AUTO_VALUE_DEFINE(typed, typed_clear);

static cxlog_status split(typed *out, const char *line, cxlog_error *err)
{
    cxlog_status status = cli_text_check(line, "the line", err);
    if (status != CXLOG_OK)
        return status;
    out->line = strdup(line);
    out->args.words = calloc(strlen(line) / 2 + 3, sizeof *out->args.words);
    if (!out->line || !out->args.words)
        return no_memory(err);
    cli_line_split(out->line, line, &out->args);
    return CXLOG_OK;
}

static void keep(void *data, char **answer)
{
    cli_prompt_keep(data, answer);
}

static bool is_line(const char *answer)
{
    return strpbrk(answer, " \t") != NULL;
}

static bool is_category(const cli_prompt *prompt, const char *answer)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    entry.number[CXLOG_COL_CONTACTED_AT] = prompt->ctx->now;
    return cli_set_category(&entry, prompt->scheme, answer, NULL) == CXLOG_OK;
}

/* Only attributes were typed: which category? It goes before them. */
static cxlog_status ask_category(cli_prompt *prompt, typed *t, cxlog_error *err)
{
    cli_args *args = &t->args;
    for (size_t i = 0; i < args->note_from; i++) {
        if (!cli_word_is_attribute(args->words[i]))
            return CXLOG_OK;
    }
    cxlog_status status = cli_prompt_ask(prompt, _("category"), NULL, &t->added, err);
    if (status == CXLOG_OK && t->added && is_line(t->added) &&
        !is_category(prompt, t->added))
        cli_prompt_keep(prompt, &t->added);
    if (status != CXLOG_OK || !t->added || t->added[0] == '\0')
        return status == CXLOG_OK
                   ? cxlog_fail(err, CXLOG_ERR_VALUE, "no category was chosen")
                   : status;
    memmove(args->words + 1, args->words, args->word_count * sizeof *args->words);
    args->words[0] = t->added;
    args->word_count++;
    args->note_from++;
    return CXLOG_OK;
}

/* *settled: the question has its answer, which may be that there is none. */
static cxlog_status try_channel(cli_prompt *prompt, cxlog_entry *entry,
                                const char *question, const char *offer, bool *settled,
                                cxlog_error *err)
{
    CXLOG_AUTO_TEXT answer = NULL;
    cxlog_status status = cli_prompt_ask(prompt, question, NULL, &answer, err);
    *settled = status != CXLOG_OK || !answer || strcmp(answer, "-") == 0;
    if (*settled)
        return status;
    const char *word = answer[0] == '\0' || strcmp(answer, ".") == 0 ? offer : answer;
    cxlog_error trouble = {0};
    *settled = cli_set_named(entry, CXLOG_COL_CHANNEL, prompt->scheme, word, &trouble) ==
               CXLOG_OK;
    if (*settled)
        return CXLOG_OK;
    if (is_line(answer)) {
        *settled = true;
        cli_prompt_keep(prompt, &answer);
        return CXLOG_OK;
    }
    CXLOG_AUTO_TEXT sentence = cxlog_text_escape(trouble.message, true);
    (void)fprintf(stderr, "✗ %s\n", sentence ? sentence : "?");
    return CXLOG_OK;
}

/* The channel of the last record is offered, never taken by itself: it would colour the
 * team's figures. */
static cxlog_status ask_channel(cli_prompt *prompt, cxlog_entry *entry, cxlog_error *err)
{
    if (entry->text[CXLOG_COL_CHANNEL] ||
        cli_setting(&prompt->ctx->settings, CLI_KEY_DEFAULTS_CHANNEL))
        return CXLOG_OK;
    CXLOG_AUTO_VALUE(cxlog_record) last;
    cxlog_record_init(&last);
    bool found, settled = false;
    cxlog_status status = cli_last_effective(prompt->ctx, &last, &found, err);
    const char *offer = found ? cxlog_entry_text(&last.entry, CXLOG_COL_CHANNEL) : "";
    const char *shown = offer[0] != '\0' ? offer : "-";
    char question[256];
    (void)snprintf(question, sizeof question, "%s [%.*s]", _("channel"),
                   (int)cxlog_text_fit(shown, CHANNEL_CELLS, true), shown);
    for (int tries = 0; status == CXLOG_OK && !settled && tries < TRIES; tries++)
        status = try_channel(prompt, entry, question, offer, &settled, err);
    return status != CXLOG_OK || settled
               ? status
               : cxlog_fail(err, CXLOG_ERR_VALUE,
                            "no channel was chosen: nothing was saved");
}

/* Who picked from a list has not had the room to say more. */
static cxlog_status ask_note(cli_prompt *prompt, cxlog_entry *entry, const typed *t,
                             cxlog_error *err)
{
    if (!t->picked || entry->text[CXLOG_COL_NOTE])
        return CXLOG_OK;
    CXLOG_AUTO_TEXT note = NULL;
    cxlog_status status = cli_prompt_ask(prompt, _("note"), NULL, &note, err);
    if (status != CXLOG_OK || !note)
        return status;
    return cxlog_entry_set(entry, CXLOG_COL_NOTE, note, err);
}

static cxlog_status build(cli_prompt *prompt, cxlog_entry *entry, typed *t,
                          cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_template) template = {0};
    cli_entry_input input = {
        .args = &t->args, .scheme = prompt->scheme, .ctx = prompt->ctx};
    cxlog_status status = cli_template_named(&template, &input, err);
    cli_picker picker = {.ctx = prompt->ctx,
                         .scheme = prompt->scheme,
                         .ask = ask,
                         .keep = keep,
                         .data = prompt};
    if (status == CXLOG_OK && !template.name)
        status = ask_category(prompt, t, err);
    if (status == CXLOG_OK && !template.name)
        status = cli_pick_category(&t->picked, &t->args, &picker, err);
    if (status == CXLOG_OK)
        status = cli_entry_from_args(entry, &input, err);
    if (status == CXLOG_OK)
        status = ask_channel(prompt, entry, err);
    return status == CXLOG_OK ? ask_note(prompt, entry, t, err) : status;
}

/* For ↑ the line as typed; for the file only its codes, unless more is wanted. */
static void remember(cli_prompt *prompt, const char *line, const cxlog_entry *entry)
{
    const char *wish = cli_setting(&prompt->ctx->settings, CLI_KEY_UI_HISTORY);
    CXLOG_AUTO_TEXT words = NULL;
    const char *kept = strcmp(wish, "all") == 0 ? line : NULL;
    if (entry && !kept &&
        cli_entry_words(&words, entry, prompt->scheme, false, NULL) == CXLOG_OK)
        kept = words;
    prompt->reader->ops->remember(prompt->reader, line,
                                  prompt->ctx->dry_run ? NULL : kept);
}

cxlog_status cli_prompt_log(cli_prompt *prompt, const char *line, cxlog_error *err)
{
    cli_ctx *ctx = prompt->ctx;
    CXLOG_AUTO_VALUE(typed) t = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_status status = split(&t, line, err);
    if (status == CXLOG_OK)
        status = build(prompt, &entry, &t, err);
    if (status == CXLOG_OK)
        status = cli_log_identify(&entry, ctx, err);
    if (status == CXLOG_OK)
        status = cli_entry_seal(&entry, ctx, err);
    cxlog_added added = {0};
    if (status == CXLOG_OK && !ctx->dry_run)
        status = cxlog_store_add(ctx->store, &entry, 1, &added, err);
    remember(prompt, line, status == CXLOG_OK ? &entry : NULL);
    if (status != CXLOG_OK)
        return status;
    if (ctx->dry_run)
        return cli_print_dry(&entry, ctx, err);
    cli_saved_line(ctx, "✓", &entry, added.number);
    cli_background_sync(ctx);
    return CXLOG_OK;
}
