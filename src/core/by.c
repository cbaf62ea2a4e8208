#include <stdio.h>

#include <cxlog/match.h>
#include <cxlog/text.h>
#include <cxlog/totals.h>

static const struct {
    const char *word, *korean;
} names[CXLOG_BY_KIND_COUNT] = {
#define X(name, english, hangul) [CXLOG_BY_##name] = {english, hangul},
    CXLOG_BYS(X)
#undef X
};

/* Said as often as the Korean word of the table. */
static const struct {
    const char *word;
    cxlog_by_kind kind;
} other_names[] = {{"상담사", CXLOG_BY_AGENT}, {"감성", CXLOG_BY_SENTIMENT}};
#define OTHERS (sizeof other_names / sizeof other_names[0])

const char *cxlog_by_word(cxlog_by_kind kind)
{
    return names[kind].word;
}

const char *cxlog_by_korean(cxlog_by_kind kind)
{
    return names[kind].korean;
}

bool cxlog_by_ordered(cxlog_by_kind kind)
{
    return kind >= CXLOG_BY_WEEKDAY && kind <= CXLOG_BY_YEAR;
}

static cxlog_status unknown(const char *word, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_candidate candidates[CXLOG_BY_KIND_COUNT];
    const char *alias[CXLOG_BY_KIND_COUNT][3] = {{NULL}};
    for (size_t i = 0; i < CXLOG_BY_KIND_COUNT; i++) {
        alias[i][0] = names[i].korean;
        candidates[i] = (cxlog_candidate){.name = names[i].word, .aliases = alias[i]};
    }
    for (size_t i = 0; i < OTHERS; i++)
        alias[other_names[i].kind][1] = other_names[i].word;
    cxlog_match near = {0};
    cxlog_status found =
        cxlog_match_find(&near, word, candidates, CXLOG_BY_KIND_COUNT, NULL);
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_VALUE, "there is nothing to count by that is called %s",
                   cxlog_quote(quoted, word));
    for (size_t i = 0; !found && i < near.count && i < CXLOG_MATCH_MAX; i++)
        cxlog_suggest(err, names[near.hits[i]].word);
    return status;
}

/* "field:NAME", "필드:NAME". */
static const char *field_of(const char *word)
{
    const char *const prefixes[] = {names[CXLOG_BY_FIELD].word,
                                    names[CXLOG_BY_FIELD].korean};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(word, prefixes[i], length) == 0 && word[length] == ':')
            return word + length + 1;
    }
    return NULL;
}

static cxlog_status parse(cxlog_by *out, const char *word, cxlog_error *err)
{
    const char *field = field_of(word);
    if (field) {
        cxlog_by by = {.kind = CXLOG_BY_FIELD};
        int length = snprintf(by.field, sizeof by.field, "%s", field);
        if (length <= 0 || (size_t)length >= sizeof by.field)
            return cxlog_fail(err, CXLOG_ERR_VALUE,
                              "a team field is named as in field:NAME");
        *out = by;
        return CXLOG_OK;
    }
    for (int i = 0; i < CXLOG_BY_KIND_COUNT; i++) {
        if (i == CXLOG_BY_FIELD ||
            (strcmp(word, names[i].word) != 0 && strcmp(word, names[i].korean) != 0))
            continue;
        *out = (cxlog_by){.kind = (cxlog_by_kind)i};
        return CXLOG_OK;
    }
    for (size_t i = 0; i < OTHERS; i++) {
        if (strcmp(word, other_names[i].word) == 0) {
            *out = (cxlog_by){.kind = other_names[i].kind};
            return CXLOG_OK;
        }
    }
    if (strcmp(word, names[CXLOG_BY_FIELD].word) == 0 ||
        strcmp(word, names[CXLOG_BY_FIELD].korean) == 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "a team field is named as in field:NAME");
    return unknown(word, err);
}

cxlog_status cxlog_by_parse(cxlog_by *out, const char *word, cxlog_error *err)
{
    CXLOG_AUTO_TEXT nfc = NULL;
    cxlog_status status = cxlog_text_nfc(&nfc, word, err);
    return status != CXLOG_OK ? status : parse(out, nfc, err);
}
