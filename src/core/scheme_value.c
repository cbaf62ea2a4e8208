/* Values and lists of names as plain owned texts. */
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static char *text_or_blank(const char *text)
{
    return strdup(text ? text : "");
}

void cx_value_clear(cxlog_value *value)
{
    free(value->name);
    free(value->parent);
    free(value->code);
    for (char **alias = value->aliases; alias && *alias; alias++)
        free(*alias);
    free(value->aliases);
    free(value->successor);
    free(value->kind);
    *value =
        (cxlog_value){.from = CXLOG_NO_DAY, .retired_from = CXLOG_NO_DAY, .column = -1};
}

static cxlog_status copy_aliases(cxlog_value *out, char *const *aliases, cxlog_error *err)
{
    size_t count = 0;
    while (aliases && aliases[count])
        count++;
    if (count == 0)
        return CXLOG_OK;
    out->aliases = calloc(count + 1, sizeof *out->aliases);
    if (!out->aliases)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        out->aliases[i] = strdup(aliases[i]);
        if (!out->aliases[i])
            return no_memory(err);
    }
    return CXLOG_OK;
}

cxlog_status cx_value_copy(cxlog_value *out, const cxlog_value *from, cxlog_error *err)
{
    *out = *from;
    out->aliases = NULL;
    out->name = text_or_blank(from->name);
    out->parent = text_or_blank(from->parent);
    out->code = text_or_blank(from->code);
    out->successor = text_or_blank(from->successor);
    out->kind = text_or_blank(from->kind);
    if (!out->name || !out->parent || !out->code || !out->successor || !out->kind)
        return no_memory(err);
    return copy_aliases(out, from->aliases, err);
}

cxlog_status cx_value_make(cxlog_value *out, cxlog_dim dim, const char *parent,
                           const char *name, const char *code, cxlog_error *err)
{
    *out = (cxlog_value){
        .dim = dim,
        .name = text_or_blank(name),
        .parent = text_or_blank(parent),
        .code = text_or_blank(code),
        .successor = text_or_blank(NULL),
        .kind = text_or_blank(NULL),
        .from = CXLOG_NO_DAY,
        .retired_from = CXLOG_NO_DAY,
        .column = -1,
    };
    if (!out->name || !out->parent || !out->code || !out->successor || !out->kind)
        return no_memory(err);
    return CXLOG_OK;
}

void cx_list_clear(cx_list *list)
{
    free(list->text);
    free(list->items);
    *list = (cx_list){0};
}

static char *trimmed(char *item)
{
    while (*item == ' ')
        item++;
    size_t length = strlen(item);
    while (length > 0 && item[length - 1] == ' ')
        length--;
    item[length] = '\0';
    return item;
}

cxlog_status cx_list_split(cx_list *out, const char *text, cxlog_error *err)
{
    size_t count = 1;
    for (const char *p = text ? text : ""; *p; p++)
        count += *p == ',';
    out->count = 0;
    out->text = text_or_blank(text);
    out->items = calloc(count, sizeof(char *));
    if (!out->text || !out->items)
        return no_memory(err);
    for (char *rest = out->text; out->count < count;) {
        char *comma = strchr(rest, ',');
        if (comma)
            *comma = '\0';
        out->items[out->count++] = trimmed(rest);
        rest = comma ? comma + 1 : rest;
    }
    return CXLOG_OK;
}

cxlog_status cxlog_name_clean(char **out, const char *text, const char *what,
                              cxlog_error *err)
{
    CXLOG_AUTO_TEXT name = NULL;
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cxlog_text_clean(&name, text, strlen(text), CXLOG_TEXT_LINE,
                                           CXLOG_NAME_MAX, what, err);
    if (status != CXLOG_OK)
        return status;
    if (name[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s must not be blank", what);
    if (strchr(name, '/'))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s must not contain \"/\": got %s", what,
                          cxlog_quote(quoted, name));
    /* Two names that look the same and differ in what cannot be seen would be two rows of
     * every total. */
    CXLOG_AUTO_TEXT seen = cxlog_text_escape(name, true);
    if (!seen)
        return no_memory(err);
    if (strcmp(seen, name) != 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%s must not contain characters that cannot be seen: got %s",
                          what, cxlog_quote(quoted, name));
    *out = CXLOG_TAKE(name);
    return CXLOG_OK;
}
