#include "cli/cli.h"

#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/help_topics.h"

#define OPTION_CELLS 26
#define LINE_CELLS 80

static const struct {
    const char *group, *title;
} groups[] = {
    {"daily", N_("Every day")},
    {"lead", N_("Team lead")},
    {"setup", N_("Set-up")},
};

/* text, then blanks up to `cells`; at least two. Not by printf: it counts bytes. */
static void pad(FILE *stream, const char *text, size_t cells)
{
    size_t width = cxlog_text_width(text, false);
    (void)fputs(text, stream);
    for (size_t i = width; i < cells || i < width + 2; i++)
        (void)fputc(' ', stream);
}

void cli_help_text(FILE *stream, const char *text, size_t indent)
{
    size_t used = indent;
    while (*text != '\0') {
        char word[256];
        size_t length = strcspn(text, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, text);
        size_t cells = cxlog_text_width(word, false);
        if (used > indent && used + 1 + cells > LINE_CELLS) {
            (void)fprintf(stream, "\n%*s", (int)indent, "");
            used = indent;
        } else if (used > indent) {
            (void)fputc(' ', stream);
            used++;
        }
        (void)fputs(word, stream);
        used += cells;
        text += length + strspn(text + length, " ");
    }
    (void)fputc('\n', stream);
}

static size_t longer(size_t cells, const char *name)
{
    size_t width = cxlog_text_width(name, false);
    return width > cells ? width : cells;
}

/* Cells of the longest name of a command or topic, and two blanks. */
static size_t name_cells(void)
{
    size_t cells = 0;
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++)
        cells = longer(cells, cmd->name);
    const cli_topic *topic;
    for (size_t i = 0; (topic = cli_topic_at(i)) != NULL; i++)
        cells = longer(cells, topic->name);
    return cells + 2;
}

static void put_row(FILE *stream, const char *name, size_t cells, const char *about)
{
    (void)fputs("  ", stream);
    pad(stream, name, cells);
    cli_help_text(stream, _(about), cells + 2);
}

void cli_help_short(FILE *stream)
{
    size_t cells = name_cells();
    (void)fprintf(stream,
                  "%s\n\n%s\n  cxlog COMMAND [OPTION…]\n\n%s\n"
                  "  cxlog log 배송 전화 3일째 미도착\n  cxlog totals week\n",
                  _("cxlog: customer contacts, logged in seconds, counted once"),
                  _("Usage:"), _("Examples:"));
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        bool titled = false;
        for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++) {
            if (strcmp(cmd->group, groups[g].group) != 0)
                continue;
            if (!titled)
                (void)fprintf(stream, "\n%s:\n", _(groups[g].title));
            titled = true;
            put_row(stream, cmd->name, cells, cmd->summary);
        }
    }
    (void)fprintf(stream, "\n%s:\n", _("Topics"));
    const cli_topic *topic;
    for (size_t i = 0; (topic = cli_topic_at(i)) != NULL; i++)
        put_row(stream, topic->name, cells, topic->about);
    (void)fprintf(stream, "\n%s\n", _("More: cxlog help COMMAND, cxlog help TOPIC"));
}

static void option_row(FILE *stream, const cli_option *row)
{
    char left[128];
    int length = snprintf(left, sizeof left, "%c%c%s--%s%s%s", row->letter ? '-' : ' ',
                          row->letter ? row->letter : ' ', row->letter ? ", " : "  ",
                          row->name, row->arg ? " " : "", row->arg ? row->arg : "");
    if (length < 0)
        return;
    put_row(stream, left, OPTION_CELLS, row->help);
}

static bool own_letter(const cli_cmd *cmd, char letter)
{
    for (const cli_option *row = cmd->options; row && row->name; row++) {
        if (letter != 0 && row->letter == letter)
            return true;
    }
    return false;
}

static void option_rows(FILE *stream, const cli_cmd *cmd)
{
    if (cmd->options)
        (void)fprintf(stream, "\n%s\n", _("Options:"));
    for (const cli_option *row = cmd->options; row && row->name; row++) {
        if (row->help)
            option_row(stream, row);
    }
    (void)fprintf(stream, "\n%s\n", _("Common options:"));
    for (const cli_option *row = cli_common_options; row->name; row++) {
        cli_option shown = *row;
        if (own_letter(cmd, row->letter))
            shown.letter = 0;
        option_row(stream, &shown);
    }
}

static void examples(FILE *stream, const char *lines)
{
    (void)fprintf(stream, "\n%s\n", _("Examples:"));
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        (void)fprintf(stream, "  %.*s\n", (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

void cli_help_command(FILE *stream, const cli_cmd *cmd)
{
    cli_help_text(stream, _(cmd->summary), 0);
    (void)fprintf(stream, "\n%s\n  cxlog %s%s%s [OPTION…]\n", _("Usage:"), cmd->name,
                  cmd->args[0] != '\0' ? " " : "", cmd->args);
    for (size_t i = 0; i < sizeof cmd->aliases / sizeof cmd->aliases[0]; i++) {
        if (cmd->aliases[i])
            (void)fprintf(stream, "  cxlog %s\n", cmd->aliases[i]);
    }
    if (cmd->examples)
        examples(stream, cmd->examples);
    option_rows(stream, cmd);
}

static json_t *option_json(const cli_option *row)
{
    char letter[2] = {row->letter, '\0'};
    return json_pack("{s:s, s:s, s:s?, s:s?}", "name", row->name, "letter", letter, "arg",
                     row->arg, "help", row->help ? _(row->help) : NULL);
}

static json_t *command_json(const cli_cmd *cmd)
{
    json_t *aliases = json_array();
    json_t *options = json_array();
    for (size_t i = 0; i < sizeof cmd->aliases / sizeof cmd->aliases[0]; i++) {
        if (cmd->aliases[i])
            (void)json_array_append_new(aliases, json_string(cmd->aliases[i]));
    }
    for (const cli_option *row = cmd->options; row && row->name; row++) {
        if (row->help)
            (void)json_array_append_new(options, option_json(row));
    }
    return json_pack("{s:s, s:s, s:s, s:s?, s:s, s:o, s:o}", "name", cmd->name, "args",
                     cmd->args, "summary", _(cmd->summary), "examples", cmd->examples,
                     "group", cmd->group, "aliases", aliases, "options", options);
}

cxlog_status cli_help_json(cxlog_error *err)
{
    json_t *commands = json_array();
    json_t *common = json_array();
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++)
        (void)json_array_append_new(commands, command_json(cmd));
    for (const cli_option *row = cli_common_options; row->name; row++)
        (void)json_array_append_new(common, option_json(row));
    return cli_out_json_take(
        json_pack("{s:i, s:o, s:o}", "schema", 1, "commands", commands, "common", common),
        err);
}
