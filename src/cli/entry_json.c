#include "cli/entry_json.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#include "cli/entry_values.h"
#include "cli/json_text.h"

/* In the order in which they depend on one another. */
static const cxlog_column settable[] = {
    CXLOG_COL_CONTACTED_AT, CXLOG_COL_AGENT,    CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL,
    CXLOG_COL_CHANNEL,      CXLOG_COL_CUSTOMER, CXLOG_COL_REGION,   CXLOG_COL_SENTIMENT,
    CXLOG_COL_NOTE,         CXLOG_COL_HUNCH,    CXLOG_COL_RESULT,   CXLOG_COL_HANDLE_S,
    CXLOG_COL_WAIT_S,       CXLOG_COL_CSAT,     CXLOG_COL_NPS,      CXLOG_COL_CES,
    CXLOG_COL_TAGS,         CXLOG_COL_LINK,     CXLOG_COL_ID,
};
#define SETTABLE (sizeof settable / sizeof settable[0])

static bool is_settable(const char *name)
{
    for (size_t i = 0; i < SETTABLE; i++) {
        if (strcmp(cxlog_column_get(settable[i])->field, name) == 0)
            return true;
    }
    return strcmp(name, "fields") == 0 || strcmp(name, "schema") == 0;
}

static cxlog_status check_members(json_t *object, cxlog_error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        if (is_settable(name))
            continue;
        char quoted[CXLOG_QUOTE_MAX];
        cxlog_status status = cxlog_fail(err, CXLOG_ERR_VALUE, "no field %s can be set",
                                         cxlog_quote(quoted, name));
        for (size_t i = 0; i < SETTABLE; i++) {
            const char *known = cxlog_column_get(settable[i])->field;
            if (cxlog_key_distance(name, known, 2) <= 2)
                cxlog_suggest(err, known);
        }
        return status;
    }
    return CXLOG_OK;
}

static cxlog_status wrong_kind(const char *name, const char *right, cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_VALUE, "%s must be %s", name, _(right));
}

/* Text of a JSON text, integer or null. out: free(). */
static cxlog_status text_of(char **out, const json_t *value, const char *name,
                            cxlog_error *err)
{
    char number[32];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        (void)snprintf(number, sizeof number, "%lld",
                       (long long)json_integer_value(value));
        text = number;
    } else if (json_is_null(value)) {
        text = "";
    } else if (!text) {
        return wrong_kind(name, N_("a text, a whole number or null"), err);
    }
    *out = strdup(text);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* ["a","b"] as "a,b". A comma within a tag would make two. */
static cxlog_status tags_of(char **out, const json_t *value, cxlog_error *err)
{
    size_t size = 1;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *tag = json_string_value(json_array_get(value, i));
        if (!tag || strchr(tag, ','))
            return wrong_kind("tags", N_("texts without commas"), err);
        size += strlen(tag) + 1;
    }
    char *joined = calloc(size, 1);
    if (!joined)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char *at = joined;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *tag = json_string_value(json_array_get(value, i));
        if (i > 0)
            *at++ = ',';
        memcpy(at, tag, strlen(tag));
        at += strlen(tag);
    }
    *out = joined;
    return CXLOG_OK;
}

static cxlog_status set_id(cxlog_entry *entry, const char *text, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (text[0] != '\0' && !cxlog_id_valid(text))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is no ULID (26 digits and letters)",
                          cxlog_quote(quoted, text));
    return cxlog_entry_set(entry, CXLOG_COL_ID, text, err);
}

static cxlog_status set_text(cxlog_entry *entry, cxlog_column column, const cli_ctx *ctx,
                             const cxlog_scheme *scheme, const char *text,
                             cxlog_error *err)
{
    if (column == CXLOG_COL_CONTACTED_AT)
        return text[0] == '\0' ? CXLOG_OK : cli_set_at(entry, text, ctx->now, err);
    if (column == CXLOG_COL_CATEGORY)
        return cli_set_category(entry, scheme, text, err);
    if (column == CXLOG_COL_DETAIL)
        return text[0] == '\0' ? CXLOG_OK : cli_set_detail(entry, scheme, text, err);
    if (column == CXLOG_COL_CHANNEL || column == CXLOG_COL_REGION)
        return cli_set_named(entry, column, scheme, text, err);
    if (column == CXLOG_COL_ID)
        return set_id(entry, text, err);
    return cxlog_entry_set(entry, column, text, err);
}

static cxlog_status set_members(cxlog_entry *entry, json_t *object, const cli_ctx *ctx,
                                const cxlog_scheme *scheme, cxlog_error *err)
{
    for (size_t i = 0; i < SETTABLE; i++) {
        const char *name = cxlog_column_get(settable[i])->field;
        const json_t *value = json_object_get(object, name);
        if (!value)
            continue;
        CXLOG_AUTO_TEXT text = NULL;
        bool array = settable[i] == CXLOG_COL_TAGS && json_is_array(value);
        cxlog_status status =
            array ? tags_of(&text, value, err) : text_of(&text, value, name, err);
        if (status == CXLOG_OK)
            status = set_text(entry, settable[i], ctx, scheme, text, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

static cxlog_status set_fields(cxlog_entry *entry, json_t *fields,
                               const cxlog_scheme *scheme, cxlog_error *err)
{
    if (!fields || json_is_null(fields))
        return CXLOG_OK;
    if (!json_is_object(fields))
        return wrong_kind("fields", N_("an object of team fields"), err);
    const char *name;
    json_t *value;
    json_object_foreach(fields, name, value)
    {
        CXLOG_AUTO_TEXT text = NULL;
        cxlog_status status = text_of(&text, value, name, err);
        if (status == CXLOG_OK)
            status = cli_set_field(entry, scheme, name, text, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

static cxlog_status check_schema(const json_t *schema, cxlog_error *err)
{
    if (!schema || (json_is_integer(schema) && json_integer_value(schema) == 1))
        return CXLOG_OK;
    return wrong_kind("schema", N_("1"), err);
}

static cxlog_status from_object(cxlog_entry *entry, json_t *object, const cli_ctx *ctx,
                                const cxlog_scheme *scheme, cxlog_error *err)
{
    entry->number[CXLOG_COL_CONTACTED_AT] = ctx->now;
    cxlog_status status = check_members(object, err);
    if (status == CXLOG_OK)
        status = check_schema(json_object_get(object, "schema"), err);
    if (status == CXLOG_OK)
        status = set_members(entry, object, ctx, scheme, err);
    if (status == CXLOG_OK)
        status = set_fields(entry, json_object_get(object, "fields"), scheme, err);
    if (status != CXLOG_OK)
        return status;
    bool channel = json_object_get(object, "channel") != NULL;
    return cli_entry_complete(entry, ctx, scheme, channel, err);
}

cxlog_status cli_entry_from_json(cxlog_entry *entry, const cli_ctx *ctx,
                                 const cxlog_scheme *scheme, const char *line,
                                 cxlog_error *err)
{
    json_error_t fault;
    json_t *object = NULL;
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cli_json_read(&object, line, &fault, err);
    if (status != CXLOG_OK)
        return status;
    if (!object)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "not a JSON object: %s",
                          cxlog_quote(quoted, fault.text));
    status = from_object(entry, object, ctx, scheme, err);
    json_decref(object);
    return status;
}
