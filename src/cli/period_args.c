#include "cli/lead.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

cxlog_status cli_period_args(cxlog_period *out, const cli_args *args,
                             const char *fallback, cxlog_day today, cxlog_error *err)
{
    if (args->word_count == 0)
        return cxlog_period_parse(out, fallback, today, err);
    size_t size = 1;
    for (size_t i = 0; i < args->word_count; i++)
        size += strlen(args->words[i]) + 1;
    CXLOG_AUTO_TEXT text = calloc(1, size);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < args->word_count; i++) {
        if (i > 0)
            strncat(text, " ", size - strlen(text) - 1);
        strncat(text, args->words[i], size - strlen(text) - 1);
    }
    return cxlog_period_parse(out, text, today, err);
}

cxlog_status cli_number_arg(int64_t *out, const cli_args *args, const char *option,
                            int64_t least, int64_t most, cxlog_error *err)
{
    const char *text = cli_args_get(args, option);
    if (!text)
        return CXLOG_OK;
    size_t digits = strspn(text, "0123456789");
    int64_t value = 0;
    for (size_t i = 0; i < digits && i < 15; i++)
        value = value * 10 + (text[i] - '0');
    char quoted[CXLOG_QUOTE_MAX];
    if (digits == 0 || digits > 15 || text[digits] != '\0' || value < least ||
        value > most)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "--%s is a whole number from %lld to %lld: got %s", option,
                          (long long)least, (long long)most, cxlog_quote(quoted, text));
    *out = value;
    return CXLOG_OK;
}

cxlog_status cli_only_one_of(const cli_args *args, const char *const *names,
                             cxlog_error *err)
{
    const char *first = NULL;
    for (; *names; names++) {
        if (!cli_args_has(args, *names))
            continue;
        if (first)
            return cxlog_fail(err, CXLOG_ERR_USAGE, "--%s and --%s exclude each other",
                              first, *names);
        first = *names;
    }
    return CXLOG_OK;
}
