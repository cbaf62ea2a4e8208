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

static void put(FILE *stream, const char *sign, const char *text)
{
    if (is_one_word(text) && (sign[0] == '\0' || is_letter(text[0])))
        (void)fprintf(stream, "%s%s%s", ftell(stream) > 0 ? " " : "", sign, text);
}

static void put_tags(FILE *stream, const char *tags)
{
    while (*tags != '\0') {
        size_t length = strcspn(tags, ",");
        char tag[256];
        (void)snprintf(tag, sizeof tag, "%.*s", (int)(length < 250 ? length : 0), tags);
        put(stream, "+", tag);
        tags += length + strspn(tags + length, ", ");
    }
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
    put(stream, "", text);
}

/* Would the note, typed as it stands, be read as something else? */
static bool needs_marker(const cxlog_entry *entry, const char *note)
{
    CXLOG_AUTO_TEXT copy = strdup(note);
    char *rest = NULL;
    bool first = true;
    for (char *word = copy ? strtok_r(copy, " \t", &rest) : NULL; word;
         word = strtok_r(NULL, " \t", &rest)) {
        if (cli_word_is_attribute(word) || strcmp(word, "--") == 0)
            return true;
        if (first && (!entry->text[CXLOG_COL_CHANNEL] || strcmp(word, ".") == 0))
            return true;
        first = false;
    }
    return false;
}

cxlog_status cli_entry_words(char **out, const cxlog_entry *entry, bool with_text,
                             cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT category = NULL;
    cxlog_status status = cli_category_text(&category, entry, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    put(stream, "", category);
    put(stream, "", cxlog_entry_text(entry, CXLOG_COL_CHANNEL));
    put(stream, ":", cxlog_entry_text(entry, CXLOG_COL_RESULT));
    put(stream, ":", cxlog_entry_text(entry, CXLOG_COL_SENTIMENT));
    put_seconds(stream, entry->number[CXLOG_COL_HANDLE_S]);
    put(stream, "%", cxlog_entry_text(entry, CXLOG_COL_REGION));
    put_tags(stream, cxlog_entry_text(entry, CXLOG_COL_TAGS));
    const char *note = cxlog_entry_text(entry, CXLOG_COL_NOTE);
    if (with_text) {
        put(stream, "@", cxlog_entry_text(entry, CXLOG_COL_CUSTOMER));
        if (note[0] != '\0' && !strpbrk(note, "\n\t"))
            (void)fprintf(stream, " %s%s", needs_marker(entry, note) ? "-- " : "", note);
    }
    bool good = !ferror(stream);
    good = fclose(stream) == 0 && good;
    if (good)
        return CXLOG_OK;
    free(*out);
    *out = NULL;
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status merge_number(cxlog_entry *entry, cxlog_column column, int64_t number)
{
    if (column == CXLOG_COL_CONTACTED_AT) /* a time of the record's own day */
        number = (cxlog_wall)cxlog_day_of(entry->number[column]) * 86400 +
                 cxlog_second_of_day(number);
    entry->number[column] = number;
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
                status = merge_number(entry, column, after->number[i]);
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
    cxlog_status status = cli_entry_from_words(&new, &plain, scheme, after, err);
    /* A name retired since cannot be read again; then what was typed counts. */
    if (status == CXLOG_OK &&
        cli_entry_from_words(&old, &plain, scheme, before, NULL) != CXLOG_OK) {
        cxlog_entry_clear(&old);
        old.number[CXLOG_COL_CONTACTED_AT] = ctx->now;
    }
    return status == CXLOG_OK ? merge(entry, &old, &new, err) : status;
}
