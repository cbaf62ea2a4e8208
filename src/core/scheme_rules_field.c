/* The rules for team fields: names that no column has, and the three kinds. */
#include <stdio.h>

#include <cxlog/entry.h>
#include <cxlog/match.h>
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

#define CHOICE "choice:"
#define KIND_MAX 2000 /* characters of a kind with all its choices */

cxlog_status cx_rule_field_name(const char *name, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (cxlog_column_find(name) >= 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is a column that the log has already",
                          cxlog_quote(quoted, name));
    if (strchr(name, '='))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a field's name must not contain \"=\": got %s",
                          cxlog_quote(quoted, name));
    return CXLOG_OK;
}

static cxlog_status check_choices(const cx_list *choices, cxlog_error *err)
{
    for (size_t i = 0; i < choices->count; i++) {
        CXLOG_AUTO_TEXT clean = NULL;
        cxlog_status status = cxlog_name_clean(&clean, choices->items[i], "choice", err);
        if (status != CXLOG_OK)
            return status;
        for (size_t k = 0; k < i; k++) {
            char quoted[CXLOG_QUOTE_MAX];
            if (strcmp(choices->items[k], choices->items[i]) == 0)
                return cxlog_fail(err, CXLOG_ERR_VALUE, "choice %s stands twice",
                                  cxlog_quote(quoted, clean));
        }
    }
    if (choices->count < 2)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a field of choices needs at least two, like choice:A,B");
    return CXLOG_OK;
}

/* "choice: A, B" becomes "choice:A,B". */
static cxlog_status make_choices(char **out, const char *text, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_list) choices = {0};
    cxlog_status status = cx_list_split(&choices, text, err);
    if (status == CXLOG_OK)
        status = check_choices(&choices, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = sizeof CHOICE + strlen(text);
    char *kind = malloc(size);
    if (!kind)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t used = (size_t)snprintf(kind, size, CHOICE);
    for (size_t i = 0; i < choices.count; i++)
        used += (size_t)snprintf(kind + used, size - used, "%s%s", i ? "," : "",
                                 choices.items[i]);
    *out = kind;
    return CXLOG_OK;
}

static cxlog_status make_kind(char **out, const char *target, cxlog_error *err)
{
    CXLOG_AUTO_TEXT kind = NULL;
    char quoted[CXLOG_QUOTE_MAX];
    const char *text = target ? target : "";
    cxlog_status status = cxlog_text_clean(&kind, text, strlen(text), CXLOG_TEXT_LINE,
                                           KIND_MAX, "kind", err);
    if (status != CXLOG_OK)
        return status;
    if (strncmp(kind, CHOICE, strlen(CHOICE)) == 0)
        return make_choices(out, kind + strlen(CHOICE), err);
    if (kind[0] != '\0' && strcmp(kind, "text") != 0 && strcmp(kind, "number") != 0) {
        static const char *const kinds[] = {"text", "number", "choice", NULL};
        status = cxlog_fail(err, CXLOG_ERR_VALUE,
                            "a field's kind is text, number or choice:A,B: got %s",
                            cxlog_quote(quoted, kind));
        kind[strcspn(kind, ":")] = '\0';
        cxlog_match_suggest(kind, kinds, err);
        return status;
    }
    return cx_text_set(out, kind[0] ? kind : "text", err);
}

cxlog_status cx_rule_field(cx_case *c, cxlog_error *err)
{
    int fields = 0;
    for (size_t i = 0; i < c->scheme->count; i++)
        fields += c->scheme->nodes[i].value.dim == CXLOG_DIM_FIELD;
    if (fields >= CXLOG_EXTRA_MAX)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "there are %d team fields already, the most", CXLOG_EXTRA_MAX);
    cxlog_status status = cx_rule_field_name(c->event->name, err);
    return status == CXLOG_OK ? make_kind(&c->event->target, c->proposal->target, err)
                              : status;
}
