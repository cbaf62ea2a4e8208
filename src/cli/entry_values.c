#include "cli/entry_values.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

cxlog_status cli_text_check(const char *text, const char *what, cxlog_error *err)
{
    int64_t offset = cxlog_text_invalid_at(text, strlen(text));
    if (offset < 0)
        return CXLOG_OK;
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is not UTF-8 at byte %lld: %s", what,
                      (long long)offset, cxlog_quote(quoted, text));
}

/* "어재 17:30": the day is the word that can be mistyped. */
static void suggest_day(const char *text, cxlog_error *err)
{
    static const char *const days[] = {"오늘",  "어제",      "그제", "그저께",
                                       "today", "yesterday", NULL};
    char word[64];
    size_t length = strcspn(text, " ");
    if (length >= sizeof word)
        return;
    memcpy(word, text, length);
    word[length] = '\0';
    cxlog_match_suggest(word, days, err);
}

cxlog_status cli_set_at(cxlog_entry *entry, const char *text, cxlog_wall now,
                        cxlog_error *err)
{
    cxlog_wall at;
    cxlog_wall own = entry->number[CXLOG_COL_CONTACTED_AT];
    bool clock = text[strspn(text, "0123456789: ")] == '\0';
    cxlog_status status =
        cxlog_wall_parse(&at, text, clock && own != CXLOG_BLANK ? own : now, err);
    if (status == CXLOG_ERR_VALUE)
        suggest_day(text, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX], shown[CXLOG_WALL_TEXT];
    if (at > now)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is in the future: it is %s now",
                          cxlog_quote(quoted, text), cxlog_wall_text(shown, now));
    entry->number[CXLOG_COL_CONTACTED_AT] = at;
    return CXLOG_OK;
}

static cxlog_day entry_day(const cxlog_entry *entry)
{
    return cxlog_day_of(entry->number[CXLOG_COL_CONTACTED_AT]);
}

static cxlog_status set_resolved(cxlog_entry *entry, cxlog_column column, cxlog_dim dim,
                                 const char *parent, const cxlog_scheme *scheme,
                                 const char *text, cxlog_error *err)
{
    if (text[0] == '\0')
        return cxlog_entry_set(entry, column, "", err);
    const cxlog_value *value;
    cxlog_status status =
        cxlog_scheme_resolve(scheme, dim, parent, text, entry_day(entry), &value, err);
    return status == CXLOG_OK ? cxlog_entry_set(entry, column, value->name, err) : status;
}

/* A detail belongs to its category: it goes with it. */
static cxlog_status change_category(cxlog_entry *entry, const char *name,
                                    cxlog_error *err)
{
    bool same = strcmp(name, cxlog_entry_text(entry, CXLOG_COL_CATEGORY)) == 0;
    cxlog_status status = cxlog_entry_set(entry, CXLOG_COL_CATEGORY, name, err);
    return status == CXLOG_OK && !same ? cxlog_entry_set(entry, CXLOG_COL_DETAIL, "", err)
                                       : status;
}

cxlog_status cli_set_category(cxlog_entry *entry, const cxlog_scheme *scheme,
                              const char *text, cxlog_error *err)
{
    if (text[0] == '\0')
        return change_category(entry, "", err);
    CXLOG_AUTO_TEXT name = strdup(text);
    if (!name)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char *slash = strchr(name, '/');
    if (slash)
        *slash = '\0';
    const cxlog_value *value;
    cxlog_status status = cxlog_scheme_resolve(scheme, CXLOG_DIM_CATEGORY, "", name,
                                               entry_day(entry), &value, err);
    if (status == CXLOG_OK)
        status = change_category(entry, value->name, err);
    return status == CXLOG_OK && slash ? cli_set_detail(entry, scheme, slash + 1, err)
                                       : status;
}

cxlog_status cli_set_detail(cxlog_entry *entry, const cxlog_scheme *scheme,
                            const char *text, cxlog_error *err)
{
    const char *category = cxlog_entry_text(entry, CXLOG_COL_CATEGORY);
    if (text[0] != '\0' && category[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_USAGE, "a detail needs its category");
    return set_resolved(entry, CXLOG_COL_DETAIL, CXLOG_DIM_CATEGORY, category, scheme,
                        text, err);
}

cxlog_status cli_set_named(cxlog_entry *entry, cxlog_column column,
                           const cxlog_scheme *scheme, const char *text, cxlog_error *err)
{
    cxlog_dim dim = column == CXLOG_COL_REGION ? CXLOG_DIM_REGION : CXLOG_DIM_CHANNEL;
    return set_resolved(entry, column, dim, "", scheme, text, err);
}

cxlog_status cli_set_same(cxlog_entry *entry, const cli_ctx *ctx, bool category,
                          cxlog_error *err)
{
    const char *agent = cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME);
    CXLOG_AUTO_VALUE(cxlog_record) last;
    cxlog_record_init(&last);
    bool found = false;
    cxlog_status status = CXLOG_OK;
    if (agent && ctx->store)
        status = cxlog_store_last_of(ctx->store, agent, ctx->today, 0, true, &last,
                                     &found, err);
    if (status != CXLOG_OK)
        return status;
    if (!found)
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "\".\" repeats the last record of today, and there is none yet");
    static const cxlog_column parts[] = {CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL,
                                         CXLOG_COL_CHANNEL};
    for (size_t i = category ? 0 : 2; status == CXLOG_OK && i < (category ? 2 : 3); i++)
        status = cxlog_entry_set(entry, parts[i], cxlog_entry_text(&last.entry, parts[i]),
                                 err);
    return status;
}

cxlog_status cli_set_duration(cxlog_entry *entry, cxlog_column column, const char *text,
                              cxlog_error *err)
{
    int64_t seconds = CXLOG_BLANK;
    if (text[0] != '\0') {
        cxlog_status status = cxlog_duration_parse(&seconds, text, err);
        if (status != CXLOG_OK)
            return status;
    }
    entry->number[column] = seconds;
    return CXLOG_OK;
}

/* ---- team fields ---- */

/* [-]digits[.digits], so that every reader sees the same number. */
static bool is_number(const char *text)
{
    static const char digits[] = "0123456789";
    const char *at = text + (text[0] == '-');
    size_t whole = strspn(at, digits);
    at += whole;
    if (whole == 0 || whole > 15)
        return false;
    if (*at == '.') {
        size_t part = strspn(at + 1, digits);
        if (part == 0 || part > 15)
            return false;
        at += 1 + part;
    }
    return *at == '\0';
}

static cxlog_status check_choice(const char *name, const char *choices, const char *value,
                                 cxlog_error *err)
{
    size_t length = strlen(value);
    for (const char *at = choices; *at != '\0';) {
        size_t choice = strcspn(at, ",");
        if (choice == length && memcmp(at, value, length) == 0)
            return CXLOG_OK;
        at += choice + (at[choice] == ',');
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_VALUE, "field %s takes one of %s: got %s", name,
                   choices, cxlog_quote(quoted, value));
    for (const char *at = choices; *at != '\0';) {
        size_t choice = strcspn(at, ",");
        CXLOG_AUTO_TEXT shown = strndup(at, choice);
        if (shown)
            cxlog_suggest(err, shown);
        at += choice + (at[choice] == ',');
    }
    return status;
}

static cxlog_status check_field(const cxlog_value *field, const char *value,
                                cxlog_error *err)
{
    static const char choice[] = "choice:";
    char quoted[CXLOG_QUOTE_MAX];
    if (strcmp(field->kind, "number") == 0 && !is_number(value))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "field %s takes a number: got %s",
                          field->name, cxlog_quote(quoted, value));
    if (strncmp(field->kind, choice, sizeof choice - 1) == 0)
        return check_choice(field->name, field->kind + sizeof choice - 1, value, err);
    return CXLOG_OK;
}

cxlog_status cli_set_field(cxlog_entry *entry, const cxlog_scheme *scheme,
                           const char *name, const char *value, cxlog_error *err)
{
    const cxlog_value *field;
    cxlog_status status = cxlog_scheme_resolve(scheme, CXLOG_DIM_FIELD, "", name,
                                               entry_day(entry), &field, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_TEXT clean = NULL;
    status = cxlog_text_clean(&clean, value, strlen(value), CXLOG_TEXT_LINE, 2000,
                              field->name, err);
    if (status == CXLOG_OK && clean[0] != '\0')
        status = check_field(field, clean, err);
    return status == CXLOG_OK ? cxlog_entry_set_extra(entry, field->name, clean, err)
                              : status;
}

/* ---- what is still missing ---- */

cxlog_status cli_agent(const cli_ctx *ctx, const char **out, cxlog_error *err)
{
    *out = cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME);
    if (*out)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_CONFIG,
                      "no name is set for the column 담당: cxlog init --name NAME");
}

cxlog_status cli_entry_complete(cxlog_entry *entry, const cli_ctx *ctx,
                                const cxlog_scheme *scheme, bool channel_given,
                                cxlog_error *err)
{
    if (cxlog_entry_text(entry, CXLOG_COL_CATEGORY)[0] == '\0')
        return cxlog_fail(
            err, CXLOG_ERR_USAGE,
            "a record needs a category: cxlog log CATEGORY [CHANNEL] [NOTE…]");
    if (cxlog_entry_text(entry, CXLOG_COL_AGENT)[0] == '\0') {
        const char *agent;
        cxlog_status status = cli_agent(ctx, &agent, err);
        if (status == CXLOG_OK)
            status = cxlog_entry_set(entry, CXLOG_COL_AGENT, agent, err);
        if (status != CXLOG_OK)
            return status;
    }
    const char *result = cli_setting(&ctx->settings, CLI_KEY_DEFAULTS_RESULT);
    if (result && cxlog_entry_text(entry, CXLOG_COL_RESULT)[0] == '\0') {
        cxlog_status status = cxlog_entry_set(entry, CXLOG_COL_RESULT, result, err);
        if (status != CXLOG_OK)
            return status;
    }
    const char *channel = cli_setting(&ctx->settings, CLI_KEY_DEFAULTS_CHANNEL);
    if (channel_given || !channel)
        return CXLOG_OK;
    cxlog_status status = cli_set_named(entry, CXLOG_COL_CHANNEL, scheme, channel, err);
    return status == CXLOG_OK ? status : cxlog_wrap(err, "defaults.channel");
}
