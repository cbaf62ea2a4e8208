#include "cli/entry_words.h"

#include <stdlib.h>
#include <string.h>

#include "cli/entry_values.h"

static bool is_one_word(const char *text)
{
    return text[0] != '\0' && strpbrk(text, " \t\n\r") == NULL;
}

static bool is_letter(char c)
{
    unsigned char u = (unsigned char)c;
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u >= 0x80;
}

/* The word that is read as the value again: its name, or its code when the name has a
 * blank or looks like something else. "": there is none. */
static const char *word_of(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                           const char *name, cxlog_day day)
{
    const cxlog_value *value = cxlog_scheme_get(scheme, dim, parent, name);
    const char *words[] = {name, value ? value->code : ""};
    for (size_t i = 0; value && i < 2; i++) {
        if (is_one_word(words[i]) && strcmp(words[i], ".") != 0 &&
            strcmp(words[i], "--") != 0 && !cli_word_is_attribute(words[i]) &&
            cxlog_scheme_try(scheme, dim, parent, words[i], day) == value)
            return words[i];
    }
    return "";
}

/* false: it cannot be said. */
static bool put(FILE *stream, const char *sign, const char *text)
{
    if (!is_one_word(text) || (sign[0] != '\0' && !is_letter(text[0])))
        return text[0] == '\0';
    (void)fprintf(stream, "%s%s%s", ftell(stream) > 0 ? " " : "", sign, text);
    return true;
}

static bool put_category(FILE *stream, const cxlog_entry *entry,
                         const cxlog_scheme *scheme, cxlog_day day)
{
    const char *name = cxlog_entry_text(entry, CXLOG_COL_CATEGORY);
    const char *detail = cxlog_entry_text(entry, CXLOG_COL_DETAIL);
    const char *word = word_of(scheme, CXLOG_DIM_CATEGORY, "", name, day);
    const char *behind = word_of(scheme, CXLOG_DIM_CATEGORY, name, detail, day);
    (void)fprintf(stream, "%s%s%s", word, behind[0] != '\0' ? "/" : "", behind);
    return word[0] != '\0' && (detail[0] == '\0' || behind[0] != '\0');
}

static bool put_tags(FILE *stream, const char *tags)
{
    bool said = true;
    while (*tags != '\0') {
        size_t length = strcspn(tags, ",");
        char tag[256];
        said = said && length < sizeof tag;
        (void)snprintf(tag, sizeof tag, "%.*s", length < sizeof tag ? (int)length : 0,
                       tags);
        said = put(stream, "+", tag) && said;
        tags += length + strspn(tags + length, ", ");
    }
    return said;
}

/* Back to what one types: 90 s is "90s". */
static void put_seconds(FILE *stream, int64_t seconds)
{
    char text[32];
    if (seconds == CXLOG_BLANK)
        return;
    if (seconds % 60 == 0)
        (void)snprintf(text, sizeof text, "%lld분", (long long)seconds / 60);
    else
        (void)snprintf(text, sizeof text, "%llds", (long long)seconds);
    (void)put(stream, "", text);
}

/* Would the note, typed as it stands, be read as something else? channel: a word before
 * it says the channel. */
static bool needs_marker(const char *note, bool channel)
{
    CXLOG_AUTO_TEXT copy = strdup(note);
    char *rest = NULL;
    bool first = true;
    for (char *word = copy ? strtok_r(copy, " \t", &rest) : NULL; word;
         word = strtok_r(NULL, " \t", &rest)) {
        if (cli_word_is_attribute(word) || strcmp(word, "--") == 0)
            return true;
        if (first && (!channel || strcmp(word, ".") == 0))
            return true;
        first = false;
    }
    return false;
}

/* Customer and note, which are as free as text is. */
static bool put_text(FILE *stream, const cxlog_entry *entry, bool channel)
{
    const char *note = cxlog_entry_text(entry, CXLOG_COL_NOTE);
    (void)put(stream, "@", cxlog_entry_text(entry, CXLOG_COL_CUSTOMER));
    if (note[0] != '\0')
        (void)fprintf(stream, " %s%s", needs_marker(note, channel) ? "-- " : "", note);
    return !strpbrk(note, "\n\t");
}

cxlog_status cli_entry_words(char **out, const cxlog_entry *entry,
                             const cxlog_scheme *scheme, bool with_text, cxlog_error *err)
{
    *out = NULL;
    if (entry->number[CXLOG_COL_CONTACTED_AT] == CXLOG_BLANK)
        return CXLOG_OK;
    cxlog_day day = cxlog_day_of(entry->number[CXLOG_COL_CONTACTED_AT]);
    const char *channel = word_of(scheme, CXLOG_DIM_CHANNEL, "",
                                  cxlog_entry_text(entry, CXLOG_COL_CHANNEL), day);
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool said = put_category(stream, entry, scheme, day);
    (void)put(stream, "", channel);
    (void)put(stream, ":", cxlog_entry_text(entry, CXLOG_COL_RESULT));
    (void)put(stream, ":", cxlog_entry_text(entry, CXLOG_COL_SENTIMENT));
    put_seconds(stream, entry->number[CXLOG_COL_HANDLE_S]);
    (void)put(stream, "%",
              word_of(scheme, CXLOG_DIM_REGION, "",
                      cxlog_entry_text(entry, CXLOG_COL_REGION), day));
    said = put_tags(stream, cxlog_entry_text(entry, CXLOG_COL_TAGS)) && said;
    if (with_text)
        said = put_text(stream, entry, channel[0] != '\0') && said;
    cxlog_status status = cli_text_end(stream, out, true, err);
    if (status != CXLOG_OK || said)
        return status;
    free(*out);
    *out = NULL;
    return CXLOG_OK;
}

/* What differs between the two lines changes. */
static cxlog_status merge(cxlog_entry *entry, const cxlog_entry *before,
                          const cxlog_entry *after, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (int i = 0; status == CXLOG_OK && i < CXLOG_COLUMN_COUNT; i++) {
        cxlog_column column = (cxlog_column)i;
        cxlog_column_kind kind = cxlog_column_get(column)->kind;
        bool moved = column == CXLOG_COL_DETAIL &&
                     strcmp(cxlog_entry_text(before, CXLOG_COL_CATEGORY),
                            cxlog_entry_text(after, CXLOG_COL_CATEGORY)) != 0;
        if (kind == CXLOG_KIND_TIME || kind == CXLOG_KIND_NUMBER) {
            if (before->number[i] != after->number[i])
                entry->number[i] = after->number[i];
        } else if (moved || strcmp(cxlog_entry_text(before, column),
                                   cxlog_entry_text(after, column)) != 0) {
            status = cxlog_entry_set(entry, column, cxlog_entry_text(after, column), err);
        }
    }
    return status;
}

cxlog_status cli_entry_rewrite(cxlog_entry *entry, const cli_ctx *ctx,
                               const cxlog_scheme *scheme, const char *before,
                               const char *after, cxlog_error *err)
{
    cli_ctx plain = *ctx; /* what is blank in the record stays blank: no defaults */
    plain.settings.value[CLI_KEY_DEFAULTS_CHANNEL] = NULL;
    plain.settings.value[CLI_KEY_DEFAULTS_RESULT] = NULL;
    CXLOG_AUTO_VALUE(cxlog_entry) old;
    CXLOG_AUTO_VALUE(cxlog_entry) new;
    cxlog_entry_init(&old);
    cxlog_entry_init(&new);
    /* Names and clocks are those of the record's own day. */
    old.number[CXLOG_COL_CONTACTED_AT] = entry->number[CXLOG_COL_CONTACTED_AT];
    new.number[CXLOG_COL_CONTACTED_AT] = entry->number[CXLOG_COL_CONTACTED_AT];
    cxlog_status status = cli_entry_from_words(&new, &plain, scheme, after, err);
    /* A name retired since cannot be read again; then what was typed counts. */
    if (status == CXLOG_OK &&
        cli_entry_from_words(&old, &plain, scheme, before, NULL) != CXLOG_OK) {
        cxlog_entry_clear(&old);
        old.number[CXLOG_COL_CONTACTED_AT] = entry->number[CXLOG_COL_CONTACTED_AT];
    }
    return status == CXLOG_OK ? merge(entry, &old, &new, err) : status;
}
