#include "cli/template.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#include "cli/json_text.h"

#define META_TEMPLATES "cli.templates"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

void cli_template_clear(cli_template *template)
{
    free(template->name);
    json_decref(template->words);
    cli_args_clear(&template->args);
    *template = (cli_template){0};
}

cxlog_status cli_templates_read(json_t **out, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_store_get(ctx->store, META_TEMPLATES, &text, err);
    if (status != CXLOG_OK)
        return status;
    if (text)
        status = cli_json_read(out, text, NULL, err);
    else
        *out = json_object();
    if (status != CXLOG_OK || json_is_object(*out))
        return status;
    json_decref(*out);
    *out = NULL;
    return cxlog_fail(err, CXLOG_ERR_IO, "the templates in the store cannot be read");
}

cxlog_status cli_templates_write(json_t *all, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cli_json_text(&text, all, err);
    return status ? status : cxlog_store_set(ctx->store, META_TEMPLATES, text, err);
}

/* Words before "--" may be attributes, those behind it are note. */
static cxlog_status take_words(cli_args *args, const json_t *words, cxlog_error *err)
{
    args->words = calloc(json_array_size(words) + 1, sizeof *args->words);
    if (!args->words)
        return no_memory(err);
    bool marked = false;
    for (size_t i = 0; i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        if (!word)
            continue;
        if (!marked && strcmp(word, "--") == 0) {
            marked = true;
            args->note_from = args->word_count;
            continue;
        }
        /* Read only, but cli_args holds what argv holds. */
        memcpy(&args->words[args->word_count++], &word, sizeof word);
    }
    if (!marked)
        args->note_from = args->word_count;
    return CXLOG_OK;
}

/* The region's own name or an alias. Its code is no more than its initials, and here a
 * template's initials come first. */
static bool is_region(const cli_entry_input *line, const char *typed)
{
    const cxlog_value *value =
        cxlog_scheme_try(line->scheme, CXLOG_DIM_REGION, "", typed, line->ctx->today);
    if (!value)
        return false;
    cxlog_candidate candidate = {.name = value->name,
                                 .aliases = (const char *const *)value->aliases};
    cxlog_match match;
    return cxlog_match_find(&match, typed, &candidate, 1, NULL) == CXLOG_OK &&
           match.tier == CXLOG_TIER_EXACT;
}

static cxlog_status find(const char **name, json_t *all, const char *typed,
                         const cli_entry_input *line, cxlog_error *err)
{
    cxlog_candidate *candidates = calloc(json_object_size(all) + 1, sizeof *candidates);
    if (!candidates)
        return no_memory(err);
    size_t count = 0;
    const char *key;
    json_t *words;
    json_object_foreach(all, key, words)
    {
        candidates[count++] = (cxlog_candidate){.name = key};
    }
    cxlog_match match;
    cxlog_status status = cxlog_match_find(&match, typed, candidates, count, err);
    *name = NULL;
    if (status == CXLOG_OK && match.tier <= CXLOG_TIER_INITIALS_PREFIX &&
        match.count == 1 && (match.tier == CXLOG_TIER_EXACT || !is_region(line, typed)))
        *name = candidates[match.hits[0]].name;
    free(candidates);
    return status;
}

cxlog_status cli_template_named(cli_template *out, const cli_entry_input *line,
                                cxlog_error *err)
{
    const cli_args *args = line->args;
    *out = (cli_template){0};
    if (args->note_from == 0 || args->words[0][0] != '%' || !line->ctx->store ||
        cxlog_text_invalid_at(args->words[0], strlen(args->words[0])) >= 0)
        return CXLOG_OK;
    json_t *all = NULL;
    const char *name = NULL;
    cxlog_status status = cli_templates_read(&all, line->ctx, err);
    if (status == CXLOG_OK)
        status = find(&name, all, args->words[0] + 1, line, err);
    if (status == CXLOG_OK && name) {
        out->name = strdup(name);
        out->words = json_incref(json_object_get(all, name));
        status = out->name ? take_words(&out->args, out->words, err) : no_memory(err);
    }
    json_decref(all);
    return status;
}

cxlog_status cli_template_line(char **out, const json_t *words, cxlog_error *err)
{
    *out = NULL;
    size_t size = 1;
    for (size_t i = 0; i < json_array_size(words); i++)
        size += strlen(json_string_value(json_array_get(words, i))) + 1;
    CXLOG_AUTO_TEXT line = calloc(1, size);
    if (!line)
        return no_memory(err);
    size_t used = 0;
    for (size_t i = 0; i < json_array_size(words); i++)
        used += (size_t)snprintf(line + used, size - used, "%s%s", i ? " " : "",
                                 json_string_value(json_array_get(words, i)));
    *out = cxlog_text_escape(line, true);
    return *out ? CXLOG_OK : no_memory(err);
}

/* A template first, then the line's own words over it. */
cxlog_status cli_entry_from_args(cxlog_entry *entry, const cli_entry_input *input,
                                 cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_template) template = {0};
    cxlog_status status = CXLOG_OK;
    if (!input->amend)
        status = cli_template_named(&template, input, err);
    if (status != CXLOG_OK || !template.name)
        return status == CXLOG_OK ? cli_entry_build(entry, input, false, err) : status;
    cli_entry_input first = *input;
    first.args = &template.args;
    status = cli_entry_build(entry, &first, false, err);
    if (status != CXLOG_OK)
        return cxlog_wrap(err, "%%%s", template.name);
    cli_args words = *input->args;
    words.words++;
    words.word_count--;
    words.note_from--;
    cli_entry_input rest = *input;
    rest.args = &words;
    return cli_entry_build(entry, &rest, true, err);
}
