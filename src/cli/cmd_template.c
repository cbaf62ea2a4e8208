#include <string.h>

#include <jansson.h>

#include <cxlog/match.h>
#include <cxlog/report.h>
#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/template.h"

static cxlog_status list_json(json_t *all, cxlog_error *err)
{
    json_t *items = json_array();
    const char *name;
    json_t *words;
    json_object_foreach(all, name, words)
    {
        (void)json_array_append_new(
            items, json_pack("{s:s, s:O}", "name", name, "words", words));
    }
    return cli_out_json_take(json_pack("{s:i, s:o}", "schema", 1, "templates", items),
                             err);
}

static cxlog_status list(cli_ctx *ctx, json_t *all, cxlog_error *err)
{
    if (ctx->json)
        return list_json(all, err);
    static const cxlog_column_spec columns[] = {
        {N_("template"), CXLOG_ALIGN_LEFT, true, 0},
        {N_("stands for"), CXLOG_ALIGN_LEFT, true, 0}};
    cxlog_column_spec titled[2];
    for (size_t i = 0; i < 2; i++) {
        titled[i] = columns[i];
        titled[i].title = ctx->plain ? i ? "line" : "name" : _(columns[i].title);
    }
    CXLOG_AUTO(cxlog_table) *table = NULL;
    cxlog_status status = cxlog_table_new(&table, titled, 2, err);
    const char *name;
    json_t *words;
    json_object_foreach(all, name, words)
    {
        CXLOG_AUTO_TEXT line = NULL;
        if (status == CXLOG_OK)
            status = cli_template_line(&line, words, err);
        const char *cells[] = {name, line};
        if (status == CXLOG_OK)
            status = cxlog_table_row(table, cells, err);
    }
    CXLOG_AUTO_TEXT text = NULL;
    if (status == CXLOG_OK)
        status = cli_table_text(&text, ctx, table, err);
    if (status == CXLOG_OK)
        cli_out_text(text);
    return status;
}

/* Does the line hold, as it would be logged now? */
static cxlog_status try_words(cli_ctx *ctx, const cli_args *args,
                              const cxlog_scheme *scheme, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cli_entry_input input = {.args = args, .scheme = scheme, .ctx = ctx};
    return cli_entry_build(&entry, &input, false, err);
}

static json_t *words_of(const cli_args *args)
{
    json_t *words = json_array();
    for (size_t i = 0; words && i < args->word_count; i++) {
        if (i == args->note_from)
            (void)json_array_append_new(words, json_string("--"));
        (void)json_array_append_new(words, json_string(args->words[i]));
    }
    return words;
}

static cxlog_status add(cli_ctx *ctx, json_t *all, const cli_args *args, cxlog_error *err)
{
    if (args->note_from < 3)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "template add takes a name and the words it stands for: cxlog "
                          "template add 송장 배송 전화 송장 조회 안내");
    CXLOG_AUTO_TEXT name = NULL;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cli_args rest = {.words = args->words + 2,
                     .word_count = args->word_count - 2,
                     .note_from = args->note_from - 2};
    cxlog_status status = cxlog_name_clean(&name, args->words[1], "template", err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &scheme, err);
    if (status == CXLOG_OK && strpbrk(name, " \t%"))
        status = cxlog_fail(err, CXLOG_ERR_VALUE,
                            "the name of a template is one word without %%");
    if (status == CXLOG_OK && cxlog_scheme_get(scheme, CXLOG_DIM_REGION, "", name))
        status = cxlog_fail(err, CXLOG_ERR_VALUE,
                            "%%%s is a region already: choose another name", name);
    if (status == CXLOG_OK && json_object_size(all) >= CLI_TEMPLATES_MAX)
        status = cxlog_fail(err, CXLOG_ERR_VALUE, "there are %d templates already",
                            CLI_TEMPLATES_MAX);
    if (status == CXLOG_OK)
        status = try_words(ctx, &rest, scheme, err);
    if (status != CXLOG_OK || ctx->dry_run)
        return status;
    (void)json_object_set_new(all, name, words_of(&rest));
    status = cli_templates_write(all, ctx, err);
    if (status == CXLOG_OK)
        cli_say(ctx, "✓ %%%s   cxlog log %%%s\n", name, name);
    return status;
}

static cxlog_status drop(cli_ctx *ctx, json_t *all, const cli_args *args,
                         cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (args->word_count != 2)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "template remove takes one name");
    CXLOG_AUTO_TEXT wanted = NULL;
    cxlog_status clean = cxlog_name_clean(&wanted, args->words[1], "template", err);
    if (clean != CXLOG_OK)
        return clean;
    if (!json_object_get(all, wanted)) {
        cxlog_status status = cxlog_fail(err, CXLOG_ERR_VALUE, "there is no template %s",
                                         cxlog_quote(quoted, wanted));
        const char *name;
        json_t *words;
        json_object_foreach(all, name, words)
        {
            cxlog_suggest(err, name);
        }
        return status;
    }
    if (ctx->dry_run)
        return CXLOG_OK;
    (void)json_object_del(all, wanted);
    return cli_templates_write(all, ctx, err);
}

static bool is_verb(const char *word, const char *english, const char *korean)
{
    return strcmp(word, english) == 0 || strcmp(word, korean) == 0;
}

static cxlog_status no_verb(const char *word, cxlog_error *err)
{
    static const char *const verbs[] = {"list", "add",  "remove", "목록",
                                        "추가", "삭제", NULL};
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cxlog_fail(
        err, CXLOG_ERR_USAGE, "template has the verbs list, add and remove: got %s",
        cxlog_quote(quoted, word));
    cxlog_match_suggest(word, verbs, err);
    return status;
}

cxlog_status cli_cmd_template(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    json_t *all = NULL;
    const char *verb = args.note_from > 0 ? args.words[0] : "list";
    if (status == CXLOG_OK)
        status = cli_templates_read(&all, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (is_verb(verb, "list", "목록"))
        status = list(ctx, all, err);
    else if (is_verb(verb, "add", "추가"))
        status = add(ctx, all, &args, err);
    else if (is_verb(verb, "remove", "삭제"))
        status = drop(ctx, all, &args, err);
    else
        status = no_verb(verb, err);
    json_decref(all);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}
