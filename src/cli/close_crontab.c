/*
 * close_crontab.c - what a crontab says. The user's own is nobody's to read but the
 * program's that belongs to cron.
 */
#include "cli/close_schedule.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define PATIENCE_MS 5000
#define SCRIPT "end-of-day.sh"
#define RETRY "CXLOG_EOD_RETRY"

/* Nothing of the caller's environment goes along. */
char *cli_schedule_crontab(const char *program)
{
    char flag[] = "-l", locale[] = "LC_ALL=C", path[] = "PATH=/usr/bin:/bin";
    CXLOG_AUTO_TEXT name = strdup(program);
    char *argv[] = {name, flag, NULL};
    char *envp[] = {locale, path, NULL};
    return name ? cli_spawn_read(argv, envp, PATIENCE_MS) : NULL;
}

/* ---- assignments ---- */

static const char *past_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/* More than nothing: 0 and "" leave it at the first try. */
static bool is_time(const char *value)
{
    value += strspn(value, "\"' \t");
    return strtol(value, NULL, 10) > 0;
}

/* A line of cron's own kind: NAME = value, either in quotes. */
static void heed_assignment(const char *line, bool *tries)
{
    line = past_blanks(line);
    line += *line == '"' || *line == '\'';
    if (strncmp(line, RETRY, sizeof RETRY - 1) != 0)
        return;
    line += sizeof RETRY - 1;
    line += *line == '"' || *line == '\'';
    line = past_blanks(line);
    if (*line == '=')
        *tries = is_time(line + 1);
}

/* ---- commands ---- */

/* What a shell's line is read for, word by word. */
typedef struct reading {
    bool tries;   /* a script begun here tries again */
    bool program; /* cxlog was named, and no command of its own yet */
    bool value;   /* the next word belongs to an option of cxlog's */
    bool closes, tries_again;
} reading;

static const char *base_name(const char *word)
{
    const char *slash = strrchr(word, '/');
    return slash ? slash + 1 : word;
}

static bool takes_value(const char *word)
{
    for (const cli_option *row = cli_common_options; row->name; row++) {
        bool is_long = strncmp(word, "--", 2) == 0 && strcmp(word + 2, row->name) == 0;
        bool is_short = row->letter && word[1] == row->letter && word[2] == '\0';
        if (row->arg && (is_long || is_short))
            return true;
    }
    return false;
}

static bool is_retry(const char *word)
{
    static const char option[] = "--retry";
    return strncmp(word, option, sizeof option - 1) == 0 &&
           strchr("=", word[sizeof option - 1]);
}

static bool is_close(const char *word)
{
    const cli_cmd *cmd = cli_cmd_find(word);
    return cmd && strcmp(cmd->name, "close") == 0;
}

static void take_word(reading *r, const char *word)
{
    if (r->closes) {
        r->tries_again = r->tries_again || is_retry(word);
    } else if (strncmp(word, RETRY "=", sizeof RETRY) == 0) {
        r->tries = is_time(word + sizeof RETRY);
    } else if (r->value) {
        r->value = false;
    } else if (r->program && word[0] == '-') {
        r->value = takes_value(word);
    } else if (r->program && is_close(word)) {
        r->closes = true;
    } else if (strcmp(base_name(word), SCRIPT) == 0) {
        r->closes = true;
        r->tries_again = r->tries;
    } else { /* in a shared crontab a user may be of that name too */
        r->program = strcmp(base_name(word), "cxlog") == 0;
    }
}

static void drop_quotes(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from != '"' && *from != '\'')
            *to++ = *from;
    }
    *to = '\0';
}

/* Does this shell line close the day? As far as a glance tells: quotes mean nothing, and
 * what joins commands is a blank. */
static bool closes(const char *command, bool tries, bool *tries_again)
{
    static const char blanks[] = " \t\r`;&|()<>";
    reading r = {.tries = tries};
    CXLOG_AUTO_TEXT copy = strdup(command);
    char *rest = NULL;
    if (copy)
        drop_quotes(copy);
    for (char *word = copy ? strtok_r(copy, blanks, &rest) : NULL; word && word[0] != '#';
         word = strtok_r(NULL, blanks, &rest))
        take_word(&r, word);
    *tries_again = r.tries_again;
    return r.closes;
}

/* Bytes of the fields that say when. */
static size_t when_length(const char *line)
{
    size_t length = 0, end = 0;
    int fields = line[0] == '@' ? 1 : 5;
    for (int i = 0; i < fields; i++) {
        length += strspn(line + length, " \t");
        length += strcspn(line + length, " \t");
        end = length;
    }
    return end;
}

bool cli_schedule_cron_line(const char *crontab, char *when, size_t size,
                            bool *tries_again)
{
    bool tries = false;
    for (const char *line = crontab; *line;) {
        size_t length = strcspn(line, "\n");
        CXLOG_AUTO_TEXT whole = strndup(line, length);
        const char *text = whole ? past_blanks(whole) : "";
        if (isdigit((unsigned char)*text) || *text == '*' || *text == '@') {
            size_t head = when_length(text);
            if (closes(text + head, tries, tries_again)) {
                (void)snprintf(when, size, "%.*s", (int)head, text);
                return true;
            }
        } else {
            heed_assignment(text, &tries);
        }
        line += length + (line[length] == '\n');
    }
    return false;
}
