/* Refusals say what can be done instead, as commands to type. */
#include <stdio.h>

#include <cxlog/scheme.h>

#include "scheme_state.h"

/* For a shell: words of these bytes, and all beyond ASCII, stand bare. */
static bool needs_quotes(const char *word)
{
    static const char bare[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-_./:@%+,";
    for (const char *p = word; *p; p++)
        if ((unsigned char)*p < 0x80 && !strchr(bare, *p))
            return true;
    return word[0] == '\0';
}

static size_t quoted_length(const char *word)
{
    size_t length = strlen(word);
    for (const char *p = word; *p; p++)
        length += *p == '\'' ? 3 : 0;
    return length + 2;
}

static size_t put_word(char *out, const char *word)
{
    size_t used = 0;
    bool quotes = needs_quotes(word);
    if (quotes)
        out[used++] = '\'';
    for (const char *p = word; *p; p++) {
        if (*p == '\'') {
            for (const char *escape = "'\\''"; *escape; escape++)
                out[used++] = *escape;
        } else {
            out[used++] = *p;
        }
    }
    if (quotes)
        out[used++] = '\'';
    return used;
}

void cx_suggest_command(cxlog_error *err, const char *const *words)
{
    char command[CXLOG_SUGGESTION_MAX];
    size_t used = 0;
    for (; *words; words++) {
        /* A command that was cut would do something else than it says. */
        if (used + 1 + quoted_length(*words) >= sizeof command)
            return;
        if (used > 0)
            command[used++] = ' ';
        used += put_word(command + used, *words);
    }
    command[used] = '\0';
    cxlog_suggest(err, command);
}

const char *cx_path(char out[CX_PATH_SIZE], const char *parent, const char *name)
{
    bool detail = parent && parent[0] != '\0';
    (void)snprintf(out, CX_PATH_SIZE, "%s%s%s", detail ? parent : "", detail ? "/" : "",
                   name);
    return out;
}
