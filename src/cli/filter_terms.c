#include "cli/filter.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

const cli_filter_field cli_filter_fields[CLI_FILTERS] = {
    {CXLOG_BY_CATEGORY, CXLOG_COL_CATEGORY, CXLOG_DIM_CATEGORY},
    {CXLOG_BY_CHANNEL, CXLOG_COL_CHANNEL, CXLOG_DIM_CHANNEL},
    {CXLOG_BY_REGION, CXLOG_COL_REGION, CXLOG_DIM_REGION},
    {CXLOG_BY_AGENT, CXLOG_COL_AGENT, -1},
    {CXLOG_BY_SENTIMENT, CXLOG_COL_SENTIMENT, -1},
    {CXLOG_BY_RESULT, CXLOG_COL_RESULT, -1},
    {CXLOG_BY_TAG, CXLOG_COL_TAGS, -1},
    {CXLOG_BY_CUSTOMER, CXLOG_COL_CUSTOMER, -1},
};

/* The field of a dimension; CLI_FILTERS: nothing filters by it. */
static size_t field_by(cxlog_by_kind by)
{
    size_t field = 0;
    while (field < CLI_FILTERS && cli_filter_fields[field].by != by)
        field++;
    return field;
}

/* *field CLI_FILTERS: nothing filters by what is called so. Errors: ERR_NOMEM. */
static cxlog_status find_field(size_t *field, const char *name, size_t length,
                               cxlog_error *err)
{
    cxlog_by by;
    CXLOG_AUTO_TEXT own = strndup(name, length);
    cxlog_status status = own ? cxlog_by_parse(&by, own, NULL) : CXLOG_ERR_NOMEM;
    *field = status == CXLOG_OK ? field_by(by.kind) : CLI_FILTERS;
    return status == CXLOG_ERR_NOMEM ? cxlog_fail(err, status, "out of memory")
                                     : CXLOG_OK;
}

/* In ASCII: what totals counts by, or one key away from what is filtered by. */
static bool is_nearly_named(const char *word, size_t length)
{
    char name[32];
    if (length >= sizeof name)
        return false;
    (void)snprintf(name, sizeof name, "%.*s", (int)length, word);
    for (int by = 0; by < CXLOG_BY_KIND_COUNT; by++) {
        const char *known = cxlog_by_word((cxlog_by_kind)by);
        bool filters = field_by((cxlog_by_kind)by) < CLI_FILTERS;
        if (strcmp(name, known) == 0 ||
            (filters && length > 3 && cxlog_key_distance(name, known, 1) <= 1))
            return true;
    }
    return false;
}

static const char *behind_dash(const char *word)
{
    return word[0] == '-' ? word + 1 : word;
}

bool cli_term_like(const char *word)
{
    word = behind_dash(word);
    return word[0] == '+' || word[0] == '@' || strchr(word, ':') != NULL;
}

bool cli_term_dashed(const char *word)
{
    const char *colon = strchr(word, ':');
    if (word[0] != '-' || word[1] == '-' || word[1] == '\0')
        return false;
    if (word[1] == '+')
        return true;
    if (!colon || (unsigned char)word[1] >= 0x80)
        return colon != NULL;
    return is_nearly_named(word + 1, (size_t)(colon - word) - 1);
}

/* The whole word as it should have been, in the script it was typed in. */
static void suggest(const char *word, const char *name, const char *colon,
                    cxlog_error *err)
{
    cxlog_candidate candidates[CLI_FILTERS];
    const char *alias[CLI_FILTERS][2] = {{NULL}};
    for (size_t i = 0; i < CLI_FILTERS; i++) {
        alias[i][0] = cxlog_by_korean(cli_filter_fields[i].by);
        candidates[i] = (cxlog_candidate){.name = cxlog_by_word(cli_filter_fields[i].by),
                                          .aliases = alias[i]};
    }
    cxlog_match near = {0};
    if (cxlog_match_find(&near, name, candidates, CLI_FILTERS, NULL) != CXLOG_OK)
        return;
    for (size_t i = 0; i < near.count && i < CXLOG_MATCH_MAX; i++) {
        const char *korean = alias[near.hits[i]][0];
        bool hangul = (unsigned char)name[0] >= 0x80;
        char shown[CXLOG_SUGGESTION_MAX];
        int length = snprintf(shown, sizeof shown, "%s%s%s", word[0] == '-' ? "-" : "",
                              hangul ? korean : candidates[near.hits[i]].name, colon);
        if (length > 0 && (size_t)length < sizeof shown)
            cxlog_suggest(err, shown);
    }
}

static cxlog_status unknown(const char *word, const char *colon, cxlog_error *err)
{
    const char *start = behind_dash(word);
    CXLOG_AUTO_TEXT name = strndup(start, (size_t)(colon - start));
    if (!name)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE,
                   "there is no filter called %s: they are category, channel, region, "
                   "agent, sentiment, result, tag and customer",
                   cxlog_quote(quoted, name));
    if (name[0] != '\0')
        suggest(word, name, colon, err);
    return status;
}

cxlog_status cli_term_read(cli_term *out, const char *word, cxlog_error *err)
{
    const char *start = behind_dash(word);
    const char *colon = strchr(start, ':');
    *out = (cli_term){.without = start != word};
    if (start[0] == '+' || start[0] == '@') {
        out->field = field_by(start[0] == '+' ? CXLOG_BY_TAG : CXLOG_BY_CUSTOMER);
        out->value = start + 1;
        return start[1] != '\0'
                   ? CXLOG_OK
                   : cxlog_fail(err, CXLOG_ERR_USAGE,
                                "nothing stands behind the %s: +TAG or @CUSTOMER", start);
    }
    char quoted[CXLOG_QUOTE_MAX];
    if (!colon)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "a filter is FIELD:VALUE, +TAG or @CUSTOMER: got %s",
                          cxlog_quote(quoted, word));
    out->value = colon + 1;
    cxlog_status status = find_field(&out->field, start, (size_t)(colon - start), err);
    return status == CXLOG_OK && out->field == CLI_FILTERS ? unknown(word, colon, err)
                                                           : status;
}

bool cli_term_begun(size_t *field, const char **value, const char *word)
{
    const char *start = behind_dash(word);
    const char *colon = strchr(start, ':');
    *field = CLI_FILTERS;
    if (start[0] == '+') {
        *field = field_by(CXLOG_BY_TAG);
        *value = start + 1;
    } else if (colon && (start == word || cli_term_dashed(word))) {
        *value = colon + 1;
        if (find_field(field, start, (size_t)(colon - start), NULL) != CXLOG_OK)
            return false;
    }
    return *field < CLI_FILTERS;
}
