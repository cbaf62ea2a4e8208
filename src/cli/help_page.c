/* Manual pages as text: the part of scdoc's language that our pages use. */
#include "cli/help_topics.h"

#include <stdlib.h>
#include <string.h>

#include "cli/texts.h"

static bool is_korean(void)
{
    /* TRANSLATORS: the language of the manual pages to show, "en" or "ko". */
    return strcmp(_("language:en"), "language:ko") == 0;
}

/* A page on its way out: lines of one paragraph are joined and cut anew. */
typedef struct manual {
    FILE *paragraph; /* NULL: none has begun */
    char *text;      /* of the paragraph; owned */
    size_t size, indent;
    bool literal;
} manual;

static void end_paragraph(manual *p)
{
    if (!p->paragraph)
        return;
    if (fclose(p->paragraph) == 0) {
        cli_out("%*s", (int)p->indent, "");
        cli_help_text(stdout, p->text, p->indent);
    }
    free(p->text);
    *p = (manual){.literal = p->literal};
}

/* "*bold*", "_underlined_", "\x": the marks go, the text stays. */
static void put_marked(FILE *stream, const char *line)
{
    for (const char *at = line; *at != '\0'; at++) {
        bool inner = at > line && *at == '_' && at[-1] != ' ' && at[1] != '\0' &&
                     strchr(" .,)", at[1]) == NULL && at[-1] != '(';
        if (*at == '\\')
            at++;
        else if (*at == '*' || (*at == '_' && !inner))
            continue;
        if (*at == '\0')
            return;
        (void)fputc(*at, stream);
    }
}

static void put_text(manual *p, const char *start, size_t tabs)
{
    size_t indent = 2 + 4 * tabs;
    if (p->paragraph && p->indent != indent)
        end_paragraph(p);
    if (p->paragraph)
        (void)fputc(' ', p->paragraph);
    else
        p->paragraph = open_memstream(&p->text, &p->size);
    if (!p->paragraph)
        return;
    p->indent = indent;
    put_marked(p->paragraph, start);
}

static void put_line(manual *p, const char *line)
{
    size_t tabs = strspn(line, "\t");
    const char *start = line + tabs;
    bool fence = strncmp(start, "```", 3) == 0;
    if (!p->literal && !fence && line[0] != '\0' && strncmp(line, "# ", 2) != 0) {
        put_text(p, start, tabs);
        return;
    }
    end_paragraph(p);
    if (fence)
        p->literal = !p->literal;
    else if (p->literal)
        cli_out("    %s\n", start);
    else
        cli_out("%s\n", line[0] == '#' ? line + 2 : "");
}

/* The first two lines are the page's title. */
static void put_page(const char *text)
{
    manual p = {0};
    for (int number = 0; *text != '\0'; number++) {
        char line[1024];
        size_t length = strcspn(text, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)length, text);
        if (number >= 2)
            put_line(&p, line);
        text += length + (text[length] == '\n');
    }
    end_paragraph(&p);
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
