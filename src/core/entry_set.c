#include <cxlog/entry.h>

#include <assert.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>
#include <cxlog/wall.h>

#include "core/entry_value.h"
#include "core/scan.h"

#define SHORT_CHARS_MAX 64 /* of outside text for times, numbers and choices */
#define CHOICES_MAX 5
#define CHOICE_LIST_MAX 128

/* English words for the closed lists, in the order of cxlog_column_choices(). */
static const char *const sentiment_words[][2] = {
    {"positive", NULL}, {"neutral", NULL}, {"negative", NULL}};
static const char *const result_words[][2] = {{"resolved", NULL},
                                              {"open", NULL},
                                              {"transferred", NULL},
                                              {"absent", NULL},
                                              {"abandoned", NULL}};

/* Takes over text; "" is stored as blank. */
static void put_text_take(cxlog_entry *entry, cxlog_column column, char *text)
{
    free(entry->text[column]);
    entry->text[column] = text;
    if (text && text[0] == '\0') {
        free(text);
        entry->text[column] = NULL;
    }
}

static size_t fill_choices(cxlog_candidate list[CHOICES_MAX], cxlog_column column)
{
    const char *const *choices = cxlog_column_choices(column);
    const char *const(*words)[2] =
        column == CXLOG_COL_RESULT ? result_words : sentiment_words;
    size_t count = 0;
    for (; choices[count]; count++) {
        list[count].name = choices[count];
        list[count].aliases = words[count];
    }
    return count;
}

static const char *list_choices(char buffer[CHOICE_LIST_MAX], cxlog_column column)
{
    const char *const *choices = cxlog_column_choices(column);
    buffer[0] = '\0';
    for (size_t i = 0; choices[i]; i++) {
        if (i > 0)
            strncat(buffer, ", ", CHOICE_LIST_MAX - 1 - strlen(buffer));
        strncat(buffer, choices[i], CHOICE_LIST_MAX - 1 - strlen(buffer));
    }
    return buffer;
}

static cxlog_status set_choice(cxlog_entry *entry, cxlog_column column, const char *clean,
                               cxlog_error *err)
{
    cxlog_candidate list[CHOICES_MAX] = {{0}};
    cxlog_match match;
    size_t count = fill_choices(list, column);
    cxlog_status status = cxlog_match_find(&match, clean, list, count, err);
    if (status != CXLOG_OK)
        return status;
    if (match.tier <= CXLOG_TIER_INITIALS_PREFIX && match.count == 1) {
        const char *name = list[match.hits[0]].name;
        assert(name);
        char *word = strdup(name);
        if (!word)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        put_text_take(entry, column, word);
        return CXLOG_OK;
    }
    char quoted[CXLOG_QUOTE_MAX];
    char choices[CHOICE_LIST_MAX];
    status = cxlog_fail(err, CXLOG_ERR_VALUE, "%s is one of %s: got %s",
                        cxlog_column_get(column)->field, list_choices(choices, column),
                        cxlog_quote(quoted, clean));
    for (size_t i = 0; i < match.count && i < CXLOG_MATCH_MAX; i++)
        cxlog_suggest(err, list[match.hits[i]].name);
    return status;
}

static bool drop_plus(char *tag)
{
    size_t plus = strspn(tag, "+ \t");
    memmove(tag, tag + plus, strlen(tag + plus) + 1);
    size_t length = strlen(tag);
    while (length > 0 && strchr(" \t", tag[length - 1]))
        tag[--length] = '\0';
    return length > 0;
}

static bool has_tag(const char *tags, const char *tag)
{
    size_t length = strlen(tag);
    for (const char *p = tags; *p != '\0';) {
        size_t whole = strcspn(p, ",");
        if (whole == length && memcmp(p, tag, length) == 0)
            return true;
        p += whole + (p[whole] == ',' ? 2 : 0); /* what is there is joined by ", " */
    }
    return false;
}

static char *append(char *end, const char *text)
{
    size_t length = strlen(text);
    memcpy(end, text, length + 1);
    return end + length;
}

/* ", " may be longer than the "," that it replaces: at most twice the text. */
static cxlog_status set_tags(cxlog_entry *entry, char *clean, cxlog_error *err)
{
    CXLOG_AUTO_TEXT tags = calloc(2, strlen(clean) + 1);
    if (!tags)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char *end = tags;
    char *rest = NULL;
    for (char *tag = strtok_r(clean, ",", &rest); tag; tag = strtok_r(NULL, ",", &rest)) {
        if (!drop_plus(tag) || has_tag(tags, tag))
            continue;
        if (end != tags)
            end = append(end, ", ");
        end = append(end, tag);
    }
    size_t most = (size_t)cxlog_column_get(CXLOG_COL_TAGS)->bound;
    size_t chars = cxlog_text_chars(tags);
    if (chars > most)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "tags has %zu characters, at most %zu are allowed", chars,
                          most);
    put_text_take(entry, CXLOG_COL_TAGS, CXLOG_TAKE(tags));
    return CXLOG_OK;
}

bool cx_link_valid(const char *link)
{
    if (!cx_scan_word(&link, "http://") && !cx_scan_word(&link, "https://"))
        return false;
    return strcspn(link, "/?#") > 0 && link[strcspn(link, " \t")] == '\0';
}

/* Takes over the text. */
static cxlog_status set_text_take(cxlog_entry *entry, cxlog_column column, char *owned,
                                  cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = owned;
    char quoted[CXLOG_QUOTE_MAX];
    if (clean[0] != '\0' && cxlog_column_get(column)->kind == CXLOG_KIND_ENUM)
        return set_choice(entry, column, clean, err);
    if (column == CXLOG_COL_TAGS)
        return set_tags(entry, clean, err);
    if (column == CXLOG_COL_LINK && clean[0] != '\0' && !cx_link_valid(clean))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "link must be a web address like https://example.com/…: got %s",
                          cxlog_quote(quoted, clean));
    put_text_take(entry, column, CXLOG_TAKE(clean));
    return CXLOG_OK;
}

/* Digits only: no sign, blank, point or exponent. False also when the value is beyond 18
 * digits. */
static bool parse_digits(const char *text, int64_t *out)
{
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 18 || text[length] != '\0')
        return false;
    *out = 0;
    for (; *text != '\0'; text++)
        *out = *out * 10 + (*text - '0');
    return true;
}

static cxlog_status set_number(cxlog_entry *entry, cxlog_column column, const char *text,
                               cxlog_error *err)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    bool is_duration = column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S;
    int64_t least = cx_column_least(column);
    int64_t value;
    char quoted[CXLOG_QUOTE_MAX];
    if (parse_digits(text, &value)) {
        if (value >= least && value <= info->bound) {
            entry->number[column] = value;
            return CXLOG_OK;
        }
    } else if (is_duration && cxlog_duration_parse(&value, text, NULL) == CXLOG_OK) {
        entry->number[column] = value;
        return CXLOG_OK;
    }
    if (is_duration)
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "%s is seconds from 0 to %lld, or a duration like 6m, 6분 or 1h30: "
            "got %s",
            info->field, (long long)info->bound, cxlog_quote(quoted, text));
    return cxlog_fail(err, CXLOG_ERR_VALUE,
                      "%s is a whole number from %lld to %lld, digits only: got %s",
                      info->field, (long long)least, (long long)info->bound,
                      cxlog_quote(quoted, text));
}

static cxlog_status set_time(cxlog_entry *entry, cxlog_column column, const char *text,
                             cxlog_error *err)
{
    cxlog_wall at;
    cxlog_status status = cxlog_wall_parse(&at, text, cxlog_wall_now(), err);
    if (status != CXLOG_OK) {
        (void)cxlog_wrap(err, "%s", cxlog_column_get(column)->field);
        return status;
    }
    entry->number[column] = at;
    return CXLOG_OK;
}

cxlog_status cxlog_entry_set(cxlog_entry *entry, cxlog_column column, const char *text,
                             cxlog_error *err)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    bool is_number = cx_column_is_number(column);
    bool is_note = info->kind == CXLOG_KIND_NOTE;
    /* Lists are bounded after they were put in order; words and numbers by their own
     * rules. */
    size_t most = is_number || info->kind == CXLOG_KIND_ENUM ? SHORT_CHARS_MAX
                  : column == CXLOG_COL_TAGS                 ? 4 * (size_t)info->bound
                                                             : (size_t)info->bound;
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text),
                                           is_note ? CXLOG_TEXT_NOTE : CXLOG_TEXT_LINE,
                                           most, info->field, err);
    if (status != CXLOG_OK)
        return status;
    if (!is_number)
        return set_text_take(entry, column, CXLOG_TAKE(clean), err);
    if (clean[0] == '\0') {
        entry->number[column] = CXLOG_BLANK;
        return CXLOG_OK;
    }
    if (info->kind == CXLOG_KIND_TIME)
        return set_time(entry, column, clean, err);
    /* One exact grammar: " 5" is refused, though " " blanks. Durations are words of
     * people. */
    bool is_duration = column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S;
    return set_number(entry, column, is_duration ? clean : text, err);
}
