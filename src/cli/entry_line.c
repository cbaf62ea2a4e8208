#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/entry_json.h"
#include "cli/entry_values.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

void cli_line_split(char *copy, const char *line, cli_args *args)
{
    bool marked = false;
    char *at = copy;
    args->line = line;
    args->cut = copy;
    while (true) {
        while (is_blank(*at))
            *at++ = '\0';
        if (*at == '\0')
            break;
        char *word = at;
        while (*at != '\0' && !is_blank(*at))
            at++;
        if (is_blank(*at))
            *at++ = '\0';
        if (!marked && strcmp(word, "--") == 0) {
            marked = true;
            args->note_from = args->word_count;
            continue;
        }
        args->words[args->word_count++] = word;
    }
    if (!marked)
        args->note_from = args->word_count;
}

/* The blanks that were typed before a word, one when nothing is known of it. Returns
 * their count; *gap goes on behind them. */
static size_t gap_before(const cli_args *args, const char *word, const char **gap)
{
    *gap = " ";
    if (!args->line)
        return 1;
    /* A word from elsewhere, like a category that was picked, is far from the copy. */
    uintptr_t start = (uintptr_t)word - (uintptr_t)args->cut;
    size_t blanks = 0;
    if (start < strlen(args->line)) {
        while (blanks < start && is_blank(args->line[start - blanks - 1]))
            blanks++;
    }
    if (blanks == 0)
        return 1;
    *gap = args->line + start - blanks;
    return blanks;
}

char *cli_line_join(const cli_args *args, char *const *words, size_t count)
{
    const char *gap;
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += gap_before(args, words[i], &gap) + strlen(words[i]);
    char *text = malloc(size);
    size_t length = 0;
    for (size_t i = 0; text && i < count; i++) {
        size_t blanks = i > 0 ? gap_before(args, words[i], &gap) : 0;
        size_t bytes = strlen(words[i]);
        if (blanks > 0)
            memcpy(text + length, gap, blanks);
        memcpy(text + length + blanks, words[i], bytes);
        length += blanks + bytes;
    }
    if (text)
        text[length] = '\0';
    return text;
}

cxlog_status cli_entry_from_words(cxlog_entry *entry, const cli_ctx *ctx,
                                  const cxlog_scheme *scheme, const char *line,
                                  cxlog_error *err)
{
    CXLOG_AUTO_TEXT copy = strdup(line);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    args.words = calloc(strlen(line) / 2 + 2, sizeof *args.words);
    if (!copy || !args.words)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cli_line_split(copy, line, &args);
    cli_entry_input input = {.args = &args, .scheme = scheme, .ctx = ctx};
    return cli_entry_from_args(entry, &input, err);
}

cxlog_status cli_entry_from_line(cxlog_entry *entry, const cli_ctx *ctx,
                                 const cxlog_scheme *scheme, const char *line,
                                 cxlog_error *err)
{
    cxlog_status status = cli_text_check(line, "the line", err);
    if (status != CXLOG_OK)
        return status;
    while (is_blank(*line))
        line++;
    return *line == '{' ? cli_entry_from_json(entry, ctx, scheme, line, err)
                        : cli_entry_from_words(entry, ctx, scheme, line, err);
}
