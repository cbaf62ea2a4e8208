#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

void cli_proposals_clear(cli_proposals *proposals)
{
    for (size_t i = 0; i < proposals->owned_count; i++)
        free(proposals->owned[i]);
    free(proposals->owned);
    free(proposals->items);
    *proposals = (cli_proposals){0};
}

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* The text belongs to the proposals from here on. */
static cxlog_status keep_take(cli_proposals *p, char *text, cxlog_error *err)
{
    if (text && p->owned_count == p->owned_room) {
        size_t room = p->owned_room ? p->owned_room * 2 : 16;
        char **owned = realloc(p->owned, room * sizeof *owned);
        if (!owned) {
            free(text);
            return no_memory(err);
        }
        p->owned = owned;
        p->owned_room = room;
    }
    if (!text)
        return no_memory(err);
    p->owned[p->owned_count++] = text;
    return CXLOG_OK;
}

/* "배송/해외": its category and its name. Only categories have two levels. */
static cxlog_status split_path(cli_proposals *p, cxlog_dim dim, const char *word,
                               const char **parent, const char **name, cxlog_error *err)
{
    char *copy = strdup(word);
    cxlog_status status = keep_take(p, copy, err);
    if (status != CXLOG_OK)
        return status;
    char *slash = dim == CXLOG_DIM_CATEGORY ? strchr(copy, '/') : NULL;
    *parent = "";
    *name = copy;
    if (slash) {
        *slash = '\0';
        *parent = copy;
        *name = slash + 1;
    }
    return CXLOG_OK;
}

/* "배송/해외" as the target of a change of 배송/국내 means 해외. */
static const char *target_name(const char *parent, const char *word)
{
    size_t length = strlen(parent);
    bool same = length > 0 && strncmp(word, parent, length) == 0 && word[length] == '/';
    return same ? word + length + 1 : word;
}

static cxlog_status join_targets(cli_proposals *p, const char *parent, char *const *words,
                                 size_t count, const char **out, cxlog_error *err)
{
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += strlen(words[i]) + 2;
    char *text = calloc(1, size);
    cxlog_status status = keep_take(p, text, err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        if (i > 0)
            strncat(text, ", ", size - strlen(text) - 1);
        strncat(text, target_name(parent, words[i]), size - strlen(text) - 1);
    }
    *out = text;
    return status;
}

static cxlog_status parse_from(const cli_scheme_call *call, cxlog_day *out,
                               cxlog_error *err)
{
    const char *text = cli_args_get(call->args, "from");
    cxlog_period period;
    *out = CXLOG_NO_DAY;
    if (!text)
        return CXLOG_OK;
    cxlog_status status = cxlog_period_parse(&period, text, call->ctx->today, err);
    if (status != CXLOG_OK) {
        (void)cxlog_wrap(err, "--from");
        return status;
    }
    *out = period.from;
    return CXLOG_OK;
}

/* How many words each verb takes, and how it is written. */
static const struct {
    cxlog_action action;
    size_t least, most;
    const char *usage;
} forms[] = {
    [CLI_VERB_ADD] = {CXLOG_ACTION_ADD, 1, 200, "add NAME…"},
    [CLI_VERB_ALIAS] = {CXLOG_ACTION_ALIAS, 2, 2, "alias NAME ALIAS"},
    [CLI_VERB_RETIRE] = {CXLOG_ACTION_RETIRE, 1, 1, "retire NAME --from DATE --reason R"},
    [CLI_VERB_RENAME] = {CXLOG_ACTION_RENAME, 2, 2,
                         "rename NAME NEW --from DATE --reason R"},
    [CLI_VERB_MERGE] = {CXLOG_ACTION_MERGE, 2, 2,
                        "merge NAME INTO --from DATE --reason R"},
    [CLI_VERB_SPLIT] = {CXLOG_ACTION_SPLIT, 2, 50,
                        "split NAME PART PART… --from DATE --reason R"},
    [CLI_VERB_WITHDRAW] = {CXLOG_ACTION_WITHDRAW, 1, 1, "withdraw EVENT"},
};

static cxlog_status check_words(const cli_scheme_call *call, cxlog_error *err)
{
    const cli_args *args = call->args;
    const char *cmd = call->ctx->cmd->name;
    if (call->count < forms[call->verb].least || call->count > forms[call->verb].most)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "it is: cxlog %s %s", cmd,
                          forms[call->verb].usage);
    if (call->verb == CLI_VERB_ADD && call->count > 1 && cli_args_has(args, "code"))
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--code goes with one name at a time");
    if (cli_args_has(args, "kind") &&
        (call->verb != CLI_VERB_ADD || call->dim != CXLOG_DIM_FIELD))
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--kind goes with cxlog field add");
    return CXLOG_OK;
}

/* "#65" and "65". */
static const char *event_word(const char *word)
{
    return word[0] == '#' ? word + 1 : word;
}

static cxlog_status make_one(cli_proposals *p, const cli_scheme_call *call, size_t index,
                             cxlog_proposal *out, cxlog_error *err)
{
    if (call->verb == CLI_VERB_WITHDRAW) {
        out->target = event_word(call->words[0]);
        return CXLOG_OK;
    }
    cxlog_status status =
        split_path(p, call->dim, call->words[index], &out->parent, &out->name, err);
    if (status != CXLOG_OK)
        return status;
    if (call->verb == CLI_VERB_ADD)
        out->target = cli_args_get(call->args, "kind");
    else if (call->verb != CLI_VERB_RETIRE)
        status = join_targets(p, out->parent, call->words + 1, call->count - 1,
                              &out->target, err);
    return status;
}

cxlog_status cli_proposals_make(cli_proposals *out, const cli_scheme_call *call,
                                cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_proposals) p = {0};
    const char *author = NULL;
    cxlog_day from;
    cxlog_status status = check_words(call, err);
    if (status == CXLOG_OK)
        status = parse_from(call, &from, err);
    if (status == CXLOG_OK)
        status = cli_agent(call->ctx, &author, err);
    if (status != CXLOG_OK)
        return status;
    size_t count = call->verb == CLI_VERB_ADD ? call->count : 1;
    p.items = calloc(count, sizeof *p.items);
    if (!p.items)
        return no_memory(err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        p.items[i] = (cxlog_proposal){.action = forms[call->verb].action,
                                      .dim = call->dim,
                                      .code = cli_args_get(call->args, "code"),
                                      .reason = cli_args_get(call->args, "reason"),
                                      .from = from,
                                      .force_new = cli_args_has(call->args, "new"),
                                      .author = author,
                                      .now = call->ctx->now};
        status = make_one(&p, call, i, &p.items[i], err);
        p.count = i + 1;
    }
    if (status != CXLOG_OK)
        return status;
    *out = p;
    p = (cli_proposals){0};
    return CXLOG_OK;
}
