/* Manual pages as text: the part of scdoc's language that our pages use. Lines stay as
 * they are in the source, so pages are written at most 80 cells wide. */
#include "cli/help_topics.h"

#include <string.h>

#include "cli/texts.h"

static bool is_korean(void)
{
    /* TRANSLATORS: the language of the manual pages to show, "en" or "ko". */
    return strcmp(_("language:en"), "language:ko") == 0;
}

/* "*bold*", "_underlined_", "\x": the marks go, the text stays. */
static void put_line(const char *line)
{
    char out[1024];
    size_t used = 0;
    for (const char *at = line; *at != '\0' && used < sizeof out - 2; at++) {
        bool inner = at > line && *at == '_' && at[-1] != ' ' && at[1] != '\0' &&
                     strchr(" .,)", at[1]) == NULL && at[-1] != '(';
        if (*at == '\\' && at[1] != '\0')
            out[used++] = *++at;
        else if (*at == '*' || (*at == '_' && !inner))
            continue;
        else if (*at == '\t')
            used += (size_t)snprintf(out + used, sizeof out - used, "    ");
        else
            out[used++] = *at;
    }
    out[used] = '\0';
    cli_out_text(out);
}

static void put_one(const char *line, bool *literal)
{
    const char *start = line + strspn(line, "\t");
    if (strncmp(start, "```", 3) == 0) {
        *literal = !*literal;
    } else if (*literal) {
        cli_out("    %s\n", start);
    } else if (strncmp(line, "# ", 2) == 0) {
        cli_out("%s\n", line + 2);
    } else {
        if (line[0] != '\0')
            cli_out_text("  ");
        put_line(line);
        cli_out_text("\n");
    }
}

/* The first two lines are the page's title. */
static void put_page(const char *text)
{
    bool literal = false;
    for (int number = 0; *text != '\0'; number++) {
        char line[1024];
        size_t length = strcspn(text, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)length, text);
        if (number >= 2)
            put_one(line, &literal);
        text += length + (text[length] == '\n');
    }
}

bool cli_help_page(const char *page)
{
    char name[128];
    const char *text = NULL;
    if (is_korean()) {
        (void)snprintf(name, sizeof name, "man/ko/%.80s.scd", page);
        text = cli_text_find(name);
    }
    (void)snprintf(name, sizeof name, "man/en/%.80s.scd", page);
    if (!text)
        text = cli_text_find(name);
    if (text)
        put_page(text);
    return text != NULL;
}
