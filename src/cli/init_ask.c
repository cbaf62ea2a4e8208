#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/init_dialogue.h"
#include "cli/screen.h"

#define LABEL_CELLS 15
#define INDENT "    "
#define WIDTH_MIN 40

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++) {
        if (strcmp(word, *words) == 0)
            return true;
    }
    return false;
}

cli_reply cli_init_reply(char **text, bool may_skip)
{
    /* The same keys of the Korean layout stand for the letters. */
    static const char *const help[] = {"h", "H", "?", "ㅗ", NULL};
    static const char *const skip[] = {"s", "S", "q", "Q", "ㄴ", "ㅂ", NULL};
    *text = NULL;
    CXLOG_AUTO_TEXT line = *cli_stop_flag() ? NULL : cli_read_line();
    if (!line || *cli_stop_flag())
        return CLI_REPLY_END;
    size_t length = strlen(line);
    while (length > 0 && strchr(" \t\r", line[length - 1]))
        line[--length] = '\0';
    const char *word = line + strspn(line, " \t");
    if (*word == '\0')
        return CLI_REPLY_EMPTY;
    if (strcmp(word, "<") == 0)
        return CLI_REPLY_BACK;
    if (is_one_of(word, help))
        return CLI_REPLY_HELP;
    if (may_skip && is_one_of(word, skip))
        return CLI_REPLY_SKIP;
    *text = strdup(word);
    return *text ? CLI_REPLY_TEXT : CLI_REPLY_END;
}

cli_step cli_init_way(cli_reply reply)
{
    return reply == CLI_REPLY_BACK  ? CLI_STEP_BACK
           : reply == CLI_REPLY_END ? CLI_STEP_END
                                    : CLI_STEP_NEXT;
}

void cli_init_step(const char *step, const char *text)
{
    size_t width = cxlog_text_width(step, false);
    int gap = width < LABEL_CELLS ? (int)(LABEL_CELLS - width) : 1;
    (void)fprintf(stderr, "%s%*s%s", step, gap, "", text);
}

void cli_init_help(const char *lines)
{
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        (void)fprintf(stderr, INDENT "  %.*s\n", (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

static size_t edge(void)
{
    size_t cells = cli_stderr_width();
    return cells < WIDTH_MIN ? WIDTH_MIN : cells;
}

/* "1 전화  2 채팅 …", as many a line as fit. */
static void print_choices(const cli_question *question)
{
    size_t at = 0;
    for (size_t i = 0; i < question->choice_count; i++) {
        char item[CXLOG_SUGGESTION_MAX];
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(question->choices[i], true);
        (void)snprintf(item, sizeof item, "  %zu %s", i + 1, safe ? safe : "?");
        size_t cells = cxlog_text_width(item, false);
        if (at == 0 || at + cells > edge()) {
            (void)fputs("\n" INDENT, stderr);
            at = strlen(INDENT);
        }
        (void)fputs(item, stderr);
        at += cells;
    }
}

static void print_question(const cli_question *question)
{
    CXLOG_AUTO_TEXT safe =
        question->fallback ? cxlog_text_escape(question->fallback, true) : NULL;
    cli_init_step(question->step, question->text);
    print_choices(question);
    (void)fputs(question->own_line ? "\n" INDENT : "", stderr);
    if (safe)
        (void)fprintf(stderr, question->own_line ? "[%s] " : " [%s]", safe);
    (void)fputs(question->own_line ? "> " : ": ", stderr);
}

cli_reply cli_init_question(const cli_question *question, char **text)
{
    for (;;) {
        print_question(question);
        cli_reply reply = cli_init_reply(text, question->may_skip);
        if (reply != CLI_REPLY_HELP)
            return reply;
        cli_init_help(question->help);
    }
}

/* ---- saying ---- */

void cli_init_say(const char *mark, const char *text)
{
    CXLOG_AUTO_TEXT lines = NULL;
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    size_t indent = strlen(INDENT) + cxlog_text_width(mark, false) + 1;
    bool folded =
        safe && cli_wrap(&lines, safe, edge(), indent, indent, false, NULL) == CXLOG_OK;
    (void)fprintf(stderr, INDENT "%s %s\n", mark, folded ? lines : safe ? safe : "?");
}

void cli_init_say_whole(const char *text)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    (void)fprintf(stderr, INDENT "      %s\n", safe ? safe : "?");
}

void cli_init_say_of(const char *mark, const char *what, const char *detail)
{
    char text[CXLOG_MESSAGE_MAX];
    int length = snprintf(text, sizeof text, "%s: %s", what, detail);
    cli_init_say(mark, length > 0 && (size_t)length < sizeof text ? text : what);
}

void cli_init_say_trouble(const cxlog_error *trouble)
{
    cli_init_say("✗", trouble->message);
    for (size_t i = 0; i < trouble->suggestion_count; i++)
        cli_init_say_whole(trouble->suggestions[i]);
}

cli_consent cli_init_confirm(const char *question, cli_consent fallback, const char *help)
{
    for (;;) {
        CXLOG_AUTO_TEXT text = NULL;
        (void)fprintf(stderr, INDENT "  %s %s ", question,
                      fallback == CLI_YES ? "[Y/n]" : "[y/N]");
        cli_reply reply = cli_init_reply(&text, false);
        if (reply == CLI_REPLY_END)
            return CLI_NO_ANSWER;
        if (reply == CLI_REPLY_EMPTY)
            return fallback;
        if (reply != CLI_REPLY_HELP)
            return text && cli_means_yes(text) ? CLI_YES : CLI_NO;
        cli_init_help(help);
    }
}
