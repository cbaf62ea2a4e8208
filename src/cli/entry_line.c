#include <stdlib.h>
#include <string.h>

#include "cli/entry_json.h"
#include "cli/entry_values.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

void cli_line_split(char *line, cli_args *args)
{
    bool marked = false;
    char *at = line;
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

cxlog_status cli_entry_from_words(cxlog_entry *entry, const cli_ctx *ctx,
                                  const cxlog_scheme *scheme, const char *line,
                                  cxlog_error *err)
{
    CXLOG_AUTO_TEXT copy = strdup(line);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    args.words = calloc(strlen(line) / 2 + 2, sizeof *args.words);
    if (!copy || !args.words)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cli_line_split(copy, &args);
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
