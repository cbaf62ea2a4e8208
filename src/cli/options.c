#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#include "cli/filter.h"

const cli_option cli_common_options[] = {
    {"config", 0, "FILE", N_("settings file")},
    {"json", 0, NULL, N_("answer (and errors) as JSON")},
    {"plain", 0, NULL, N_("tables as tab-separated text")},
    {"no-input", 0, NULL, N_("never ask")},
    {"quiet", 'q', NULL, N_("only errors")},
    {"verbose", 'v', NULL, N_("say more; may be repeated")},
    {"dry-run", 'n', NULL, N_("say what would be done, change nothing")},
    {"color", 0, "WHEN", N_("auto, always or never")},
    {"help", 'h', NULL, N_("this help")},
    {"version", 'V', NULL, N_("the version")},
    {NULL, 0, NULL, NULL},
};

/* Where the parser stands on the line. */
typedef struct cursor {
    cli_args *out;
    cli_ctx *ctx;
    int at;
    int verbose;
} cursor;

void cli_args_clear(cli_args *args)
{
    free(args->given);
    free(args->words);
    free(args->terms);
    *args = (cli_args){0};
}

static const cli_option *row_long(const cli_option *rows, const char *name, size_t length)
{
    for (; rows && rows->name; rows++) {
        if (strlen(rows->name) == length && memcmp(rows->name, name, length) == 0)
            return rows;
    }
    return NULL;
}

static const cli_option *row_short(const cli_option *rows, char letter)
{
    for (; rows && rows->name; rows++) {
        if (rows->letter != 0 && rows->letter == letter)
            return rows;
    }
    return NULL;
}

/* The command's own rows win over the common ones: `totals -n 6`. */
static const cli_option *find_long(const cli_ctx *ctx, const char *name, size_t length)
{
    const cli_option *row = ctx->cmd ? row_long(ctx->cmd->options, name, length) : NULL;
    return row ? row : row_long(cli_common_options, name, length);
}

static const cli_option *find_short(const cli_ctx *ctx, char letter)
{
    const cli_option *row = ctx->cmd ? row_short(ctx->cmd->options, letter) : NULL;
    return row ? row : row_short(cli_common_options, letter);
}

static bool is_common(const cli_option *option)
{
    size_t count = sizeof cli_common_options / sizeof cli_common_options[0];
    return option >= cli_common_options && option < cli_common_options + count;
}

static cxlog_status set_color(cli_ctx *ctx, const char *value, cxlog_error *err)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    static const cli_color colors[] = {CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER};
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0) {
            ctx->color = colors[i];
            return CXLOG_OK;
        }
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE, "--color is auto, always or never: got %s",
                   cxlog_quote(quoted, value));
    cxlog_match_suggest(value, words, err);
    return status;
}

static cxlog_status take_common(cursor *c, const cli_option *option, const char *value,
                                cxlog_error *err)
{
    cli_ctx *ctx = c->ctx;
    const struct {
        const char *name;
        bool *place;
    } switches[] = {
        {"json", &ctx->json},         {"plain", &ctx->plain},
        {"no-input", &ctx->no_input}, {"quiet", &ctx->quiet},
        {"dry-run", &ctx->dry_run},   {"help", &ctx->help},
        {"version", &ctx->version},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        if (strcmp(switches[i].name, option->name) == 0) {
            *switches[i].place = true;
            return CXLOG_OK;
        }
    }
    if (strcmp(option->name, "verbose") == 0)
        c->verbose++;
    else if (strcmp(option->name, "config") == 0)
        ctx->config_flag = value;
    else
        return set_color(ctx, value, err);
    return CXLOG_OK;
}

static cxlog_status take(cursor *c, const cli_option *option, const char *value,
                         cxlog_error *err)
{
    if (is_common(option))
        return take_common(c, option, value, err);
    c->out->given[c->out->given_count++] = (cli_given){option, value};
    return CXLOG_OK;
}

/* Nearest known long name, for the sentence's suggestion. */
static void suggest_option(const cli_ctx *ctx, const char *name, size_t length,
                           cxlog_error *err)
{
    const cli_option *tables[] = {ctx->cmd ? ctx->cmd->options : NULL,
                                  cli_common_options};
    char typed[64];
    if (length >= sizeof typed)
        return;
    memcpy(typed, name, length);
    typed[length] = '\0';
    unsigned limit =
        length > 3 ? 2 : 1; /* any two letters are two changes from any other */
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (const cli_option *row = tables[t]; row && row->name; row++) {
            bool begins = length >= 2 && strncmp(row->name, typed, length) == 0;
            if (!row->help ||
                (!begins && cxlog_key_distance(typed, row->name, limit) > limit))
                continue;
            char shown[CXLOG_SUGGESTION_MAX] = "--";
            strncat(shown, row->name, sizeof shown - 3);
            cxlog_suggest(err, shown);
        }
    }
}

static cxlog_status unknown(const cursor *c, const char *word, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = c->ctx->cmd
                              ? cxlog_fail(err, CXLOG_ERR_USAGE, "%s has no option %s",
                                           c->ctx->cmd->name, cxlog_quote(quoted, word))
                              : cxlog_fail(err, CXLOG_ERR_USAGE, "there is no option %s",
                                           cxlog_quote(quoted, word));
    if (word[0] == '-' && word[1] == '-')
        suggest_option(c->ctx, word + 2, strcspn(word + 2, "="), err);
    return status;
}

static cxlog_status take_with_next(cursor *c, const cli_option *option, cxlog_error *err)
{
    if (c->at >= c->ctx->argc)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--%s needs a value: --%s %s",
                          option->name, option->name, option->arg);
    return take(c, option, c->ctx->argv[c->at++], err);
}

/* "--name", "--name=value", "--name value". */
static cxlog_status parse_long(cursor *c, const char *word, cxlog_error *err)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    const cli_option *option = find_long(c->ctx, name, length);
    if (!option)
        return unknown(c, word, err);
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (value && !option->arg)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--%s takes no value", option->name);
    if (value || !option->arg)
        return take(c, option, value ? value : "", err);
    return take_with_next(c, option, err);
}

/* "-q", "-qv", "-cVALUE", "-c VALUE". */
static cxlog_status parse_short(cursor *c, const char *word, cxlog_error *err)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const cli_option *option = find_short(c->ctx, *letter);
        if (!option)
            return unknown(c, word, err);
        if (option->arg)
            return letter[1] != '\0' ? take(c, option, letter + 1, err)
                                     : take_with_next(c, option, err);
        cxlog_status status = take(c, option, "", err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/*
 * In a line of free text a word is an option only when it is exactly one: "--note", "-C",
 * "-h". "-5도" and "--아직" are text. What is nearly an option goes on to be refused: a
 * mistyped flag must not become part of a note unseen.
 */
static bool is_option_in_text(const cli_ctx *ctx, const char *word)
{
    if (word[1] != '-')
        return word[1] != '\0' && word[2] == '\0' && find_short(ctx, word[1]) != NULL;
    size_t length = strcspn(word + 2, "=");
    cxlog_error like = {0};
    if (length >= 3)
        suggest_option(ctx, word + 2, length, &like);
    return find_long(ctx, word + 2, length) || like.suggestion_count > 0;
}

static bool is_filtered(const cli_ctx *ctx)
{
    return ctx->cmd && (ctx->cmd->needs & CLI_FILTERED) != 0;
}

static cxlog_status parse_word(cursor *c, const char *word, cxlog_error *err)
{
    bool raw = c->ctx->cmd && (c->ctx->cmd->needs & CLI_RAW_ARGS) != 0;
    bool option = word[0] == '-' && word[1] != '\0';
    if (option && raw && c->out->word_count > 0)
        option = is_option_in_text(c->ctx, word);
    if (option && is_filtered(c->ctx))
        option = !cli_term_dashed(word);
    if (!option) {
        c->out->words[c->out->word_count++] = c->ctx->argv[c->at - 1];
        return CXLOG_OK;
    }
    return word[1] == '-' ? parse_long(c, word, err) : parse_short(c, word, err);
}

/* "-qv" is one word and two options. */
static bool make_room(cli_args *args, const cli_ctx *ctx)
{
    size_t room = (size_t)ctx->argc + 1;
    size_t letters = 0;
    for (int i = 0; i < ctx->argc; i++)
        letters += ctx->argv[i][0] == '-' ? strlen(ctx->argv[i]) : 0;
    args->given = calloc(room + letters, sizeof *args->given);
    args->words = calloc(room, sizeof *args->words);
    if (is_filtered(ctx))
        args->terms = calloc(room, sizeof *args->terms);
    return args->given && args->words && (args->terms || !is_filtered(ctx));
}

/* What is left in `words` is the period. */
static void take_terms(cli_args *args)
{
    size_t kept = 0;
    for (size_t i = 0; i < args->word_count; i++) {
        if (cli_term_like(args->words[i]))
            args->terms[args->term_count++] = args->words[i];
        else
            args->words[kept++] = args->words[i];
    }
    args->word_count = args->note_from = kept;
}

cxlog_status cli_args_parse(cli_args *out, cli_ctx *ctx, cxlog_error *err)
{
    *out = (cli_args){0};
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    if (!make_room(&args, ctx))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");

    cursor c = {.out = &args, .ctx = ctx};
    bool split = false;
    while (c.at < ctx->argc && !split) {
        const char *word = ctx->argv[c.at++];
        split = strcmp(word, "--") == 0;
        cxlog_status status = split ? CXLOG_OK : parse_word(&c, word, err);
        if (status != CXLOG_OK)
            return status;
    }
    args.note_from = args.word_count;
    while (c.at < ctx->argc)
        args.words[args.word_count++] = ctx->argv[c.at++];
    if (!split)
        args.note_from = args.word_count;
    if (is_filtered(ctx))
        take_terms(&args);
    ctx->verbose = c.verbose;
    *out = args;
    args = (cli_args){0};
    return CXLOG_OK;
}

const char *cli_args_get(const cli_args *args, const char *name)
{
    for (size_t i = args->given_count; i > 0; i--) {
        if (strcmp(args->given[i - 1].option->name, name) == 0)
            return args->given[i - 1].value;
    }
    return NULL;
}

bool cli_args_has(const cli_args *args, const char *name)
{
    return cli_args_get(args, name) != NULL;
}

cxlog_status cli_args_all(const cli_args *args, const char *name, const char ***out,
                          cxlog_error *err)
{
    *out = NULL;
    if (!cli_args_has(args, name))
        return CXLOG_OK;
    const char **all = calloc(args->given_count + 1, sizeof *all);
    if (!all)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t count = 0;
    for (size_t i = 0; i < args->given_count; i++) {
        if (strcmp(args->given[i].option->name, name) == 0)
            all[count++] = args->given[i].value;
    }
    *out = all;
    return CXLOG_OK;
}
