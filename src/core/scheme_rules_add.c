/* The rules for additions and aliases: free words, near-duplicates, frozen codes. */
#include <stdio.h>

#include <cxlog/match.h>
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

static void suggest_instead(const cx_case *c, const cxlog_value *near, const char *name,
                            const char *code, cxlog_error *err)
{
    const char *dim = cxlog_dim_word(c->proposal->dim);
    const char *parent = c->event->parent;
    char near_path[CX_PATH_SIZE];
    char new_path[CX_PATH_SIZE];
    (void)cx_path(near_path, parent, near->name);
    (void)cx_path(new_path, parent, name);
    if (c->proposal->dim == CXLOG_DIM_CATEGORY)
        cx_suggest_command(err,
                           (const char *const[]){"cxlog", "log", near_path, "…", NULL});
    if (c->proposal->dim == CXLOG_DIM_CATEGORY && !parent) {
        char below[CX_PATH_SIZE];
        size_t length = strlen(near->name);
        bool longer = strncmp(name, near->name, length) == 0 && name[length] != '\0';
        const char *rest = longer ? name + length : name;
        (void)cx_path(below, near->name, rest + strspn(rest, " "));
        cx_suggest_command(err, (const char *const[]){"cxlog", dim, "add", below, NULL});
    }
    cx_suggest_command(
        err, (const char *const[]){"cxlog", dim, "alias", near_path, name, NULL});
    cx_suggest_command(err, (const char *const[]){"cxlog", dim, "add", new_path, "--new",
                                                  code ? "--code" : NULL, code, NULL});
}

static cxlog_status ask_near(const cx_case *c, const cx_node *near, const char *name,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT code = NULL;
    cxlog_status status =
        cx_code_free(&code, c->scheme, c->proposal->dim, c->under, name, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    (void)cxlog_fail(err, CXLOG_ERR_VALUE,
                     "there is a similar %s already: %s; --new adds it all the same",
                     cx_dim_noun(c->proposal->dim),
                     cxlog_quote(quoted, near->value.name));
    if (c->proposal->action == CXLOG_ACTION_ADD)
        suggest_instead(c, &near->value, name, code, err);
    return CXLOG_ERR_VALUE;
}

static cxlog_status fail_taken(const cx_case *c, const cx_node *owner, const char *word,
                               cxlog_error *err)
{
    const cxlog_value *value = &owner->value;
    char quoted[CXLOG_QUOTE_MAX];
    char name[CXLOG_QUOTE_MAX];
    (void)cxlog_quote(quoted, word);
    (void)cxlog_quote(name, value->name);
    if (strcmp(value->name, word) != 0) {
        (void)cxlog_fail(err, CXLOG_ERR_VALUE, "%s is an alias or code of %s %s", quoted,
                         cx_dim_noun(c->proposal->dim), name);
        cxlog_suggest(err, value->name);
        return CXLOG_ERR_VALUE;
    }
    if (cxlog_value_in_use(value, c->today))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s %s is there already",
                          cx_dim_noun(c->proposal->dim), name);
    (void)cx_fail_unusable(value, c->today, err);
    (void)cxlog_wrap(err, "%s is there already", name);
    return CXLOG_ERR_VALUE;
}

cxlog_status cx_rule_new_name(const cx_case *c, const char *name, const cx_node *self,
                              cxlog_error *err)
{
    const cx_node *node = cx_scheme_word(c->scheme, c->proposal->dim, c->under, name);
    if (node)
        return fail_taken(c, node, name, err);
    if (c->proposal->force_new)
        return CXLOG_OK;
    cxlog_status status =
        cx_word_near(&node, c->scheme, c->proposal->dim, c->under, name, self, err);
    return status == CXLOG_OK && node ? ask_near(c, node, name, err) : status;
}

static cxlog_status clean_code(char **out, const char *code, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_name_clean(&clean, code, "code", err);
    if (status != CXLOG_OK)
        return status;
    if (strpbrk(clean, " ,") || cxlog_text_chars(clean) > CXLOG_CODE_MAX)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "code must be one word of at most %d characters: got %s",
                          CXLOG_CODE_MAX, cxlog_quote(quoted, clean));
    *out = CXLOG_TAKE(clean);
    return CXLOG_OK;
}

static cxlog_status fail_code(const cx_case *c, const cx_node *owner, const char *name,
                              const char *code, cxlog_error *err)
{
    CXLOG_AUTO_TEXT other = NULL;
    cxlog_status status =
        cx_code_free(&other, c->scheme, c->proposal->dim, c->under, name, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    char owner_name[CXLOG_QUOTE_MAX];
    (void)cxlog_fail(
        err, CXLOG_ERR_VALUE, "code %s of %s is taken by %s; choose one with --code",
        code, cxlog_quote(quoted, name), cxlog_quote(owner_name, owner->value.name));
    if (!other)
        return CXLOG_ERR_VALUE;
    char path[CX_PATH_SIZE];
    if (c->proposal->action == CXLOG_ACTION_ADD)
        cx_suggest_command(
            err,
            (const char *const[]){"cxlog", cxlog_dim_word(c->proposal->dim), "add",
                                  cx_path(path, c->event->parent, name), "--code", other,
                                  c->proposal->force_new ? "--new" : NULL, NULL});
    else
        cx_suggest_command(err, (const char *const[]){"--code", other, NULL});
    return CXLOG_ERR_VALUE;
}

cxlog_status cx_rule_code(char **out, const cx_case *c, const char *name,
                          const char *wanted, cxlog_error *err)
{
    *out = NULL;
    /* Fields are columns, not words of a log line: they need no short form. */
    if (wanted ? wanted[0] == '\0' : c->proposal->dim == CXLOG_DIM_FIELD)
        return CXLOG_OK;
    CXLOG_AUTO_TEXT code = NULL;
    cxlog_status status =
        wanted ? clean_code(&code, wanted, err) : cxlog_code_of(&code, name, err);
    if (status != CXLOG_OK || code[0] == '\0')
        return status;
    code[cx_chars_bytes(code, CXLOG_CODE_MAX)] = '\0';
    const cx_node *owner = NULL;
    status = cx_word_taken(&owner, c->scheme, c->proposal->dim, c->under, code, err);
    if (status != CXLOG_OK)
        return status;
    if (owner && !wanted && c->proposal->action == CXLOG_ACTION_SPLIT) {
        status = cx_code_free(out, c->scheme, c->proposal->dim, c->under, name, err);
        if (status != CXLOG_OK || *out)
            return status;
    }
    if (owner)
        return fail_code(c, owner, name, code, err);
    *out = CXLOG_TAKE(code);
    return CXLOG_OK;
}

static cxlog_status refuse_day(const cx_case *c, cxlog_error *err)
{
    if (c->proposal->from == CXLOG_NO_DAY)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_VALUE,
                      "a name or an alias is added at once: leave --from out");
}

cxlog_status cx_rule_add(cx_case *c, cxlog_error *err)
{
    cxlog_event *event = c->event;
    cxlog_status status = refuse_day(c, err);
    if (status == CXLOG_OK && event->dim == CXLOG_DIM_FIELD)
        status = cx_rule_field(c, err);
    if (status == CXLOG_OK)
        status = cx_rule_new_name(c, event->name, NULL, err);
    if (status == CXLOG_OK)
        status = cx_rule_code(&event->code, c, event->name, c->proposal->code, err);
    return status;
}

cxlog_status cx_rule_alias(cx_case *c, cxlog_error *err)
{
    cxlog_event *event = c->event;
    cxlog_status status = refuse_day(c, err);
    if (status != CXLOG_OK)
        return status;
    const cx_node *node = cx_scheme_name(c->scheme, event->dim, c->under, event->name);
    if (!node)
        return cx_fail_unknown(c->scheme, event->dim, c->under, event->name, c->today,
                               err);
    if (!cxlog_value_in_use(&node->value, c->today))
        return cx_fail_unusable(&node->value, c->today, err);
    status = cxlog_name_clean(
        &event->target, c->proposal->target ? c->proposal->target : "", "alias", err);
    if (status == CXLOG_OK && event->dim == CXLOG_DIM_FIELD)
        status = cx_rule_field_name(event->target, err);
    if (status != CXLOG_OK)
        return status;
    const cx_node *owner = NULL;
    status = cx_word_taken(&owner, c->scheme, event->dim, c->under, event->target, err);
    return status == CXLOG_OK && owner ? fail_taken(c, owner, event->target, err)
                                       : status;
}
