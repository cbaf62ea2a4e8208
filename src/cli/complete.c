/* What Tab offers, by command and position. Silent on any trouble: a shell shows nothing.
 */
#include "cli/complete_values.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/entry_values.h"
#include "cli/filter.h"
#include "cli/settings.h"

#define BUSY_MS                                                                          \
    15 /* a store that is being written to completes nothing rather than wait */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++) {
        if (strcmp(*words, word) == 0)
            return true;
    }
    return false;
}

/* ---- options ---- */

static void option_rows(const cli_wanted *w, const cli_option *rows)
{
    for (; rows && rows->name; rows++) {
        char shown[64];
        (void)snprintf(shown, sizeof shown, "--%s", rows->name);
        if (rows->help && strncmp(shown, w->typed, strlen(w->typed)) == 0)
            cli_choices_add(w->out, shown, _(rows->help));
    }
}

static const cli_option *row_of(const cli_cmd *cmd, const char *name, size_t length)
{
    const cli_option *tables[] = {cmd->options, cli_common_options};
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (const cli_option *row = tables[t]; row && row->name; row++) {
            if (strlen(row->name) == length && memcmp(row->name, name, length) == 0)
                return row;
        }
    }
    return NULL;
}

static const cli_option *row_of_letter(const cli_cmd *cmd, char letter)
{
    for (const cli_option *row = cmd->options; row && row->name; row++) {
        if (row->letter != 0 && row->letter == letter)
            return row;
    }
    return NULL;
}

/* The option whose value stands in the next word, if the word is one. */
static const cli_option *awaits_value(const cli_cmd *cmd, const char *word)
{
    const cli_option *row = NULL;
    if (word[0] == '-' && word[1] == '-' && word[2] != '\0')
        row = row_of(cmd, word + 2, strlen(word + 2));
    else if (word[0] == '-' && word[1] != '\0' && word[2] == '\0')
        row = row_of_letter(cmd, word[1]);
    return row && row->arg ? row : NULL;
}

static void choices_of(const cli_wanted *w, cxlog_column column)
{
    cli_want_list(w, cxlog_column_choices(column));
}

static void option_value(const cli_wanted *w, const cli_option *row)
{
    static const struct {
        const char *name;
        const char *values[4];
    } closed[] = {{"vs", {"prev", "year", "none", NULL}},
                  {"as", {"logged", "mapped", NULL}},
                  {"sort", {"count", "scheme", "name", NULL}},
                  {"percent", {"row", "col", "all", NULL}},
                  {"color", {"auto", "always", "never", NULL}},
                  {"shell", {"bash", "zsh", "fish", NULL}}};
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
        if (strcmp(closed[i].name, row->name) == 0)
            cli_want_list(w, closed[i].values);
    }
    if (strcmp(row->name, "category") == 0)
        cli_want_category(w);
    else if (strcmp(row->name, "channel") == 0)
        cli_want_names(w, CXLOG_DIM_CHANNEL, "");
    else if (strcmp(row->name, "region") == 0)
        cli_want_names(w, CXLOG_DIM_REGION, "");
    else if (strcmp(row->name, "field") == 0)
        cli_want_names(w, CXLOG_DIM_FIELD, "");
    else if (strcmp(row->name, "sentiment") == 0)
        choices_of(w, CXLOG_COL_SENTIMENT);
    else if (strcmp(row->name, "result") == 0)
        choices_of(w, CXLOG_COL_RESULT);
    else if (strcmp(row->name, "agent") == 0)
        cli_want_used(w, CXLOG_BY_AGENT);
    else if (strcmp(row->name, "tag") == 0)
        cli_want_used(w, CXLOG_BY_TAG);
    else if (strcmp(row->name, "by") == 0)
        cli_want_dims(w);
}

/* ---- words ---- */

/* "채널:카", "-채널:카", "+v": the values that the option takes. false: no filter. */
static bool term_value(const cli_wanted *w, const cli_cmd *cmd)
{
    size_t field = 0;
    const char *value = NULL;
    char before[256];
    if (!cli_term_begun(&field, &value, w->typed))
        return false;
    const char *name = cxlog_by_word(cli_filter_fields[field].by);
    cli_wanted behind = *w;
    int length = snprintf(before, sizeof before, "%s%.*s", w->before,
                          (int)(value - w->typed), w->typed);
    const cli_option *row = row_of(cmd, name, strlen(name));
    behind.before = before;
    behind.typed = value;
    if (row && length > 0 && (size_t)length < sizeof before)
        option_value(&behind, row);
    return true;
}

static void attribute(const cli_wanted *w)
{
    char sign[2] = {w->typed[0], '\0'};
    cli_wanted behind = *w;
    behind.before = sign;
    behind.typed = w->typed + 1;
    if (sign[0] == ':') {
        choices_of(&behind, CXLOG_COL_RESULT);
        choices_of(&behind, CXLOG_COL_SENTIMENT);
    } else if (sign[0] == '%') {
        cli_want_names(&behind, CXLOG_DIM_REGION, "");
    } else if (sign[0] == '+') {
        cli_want_used(&behind, CXLOG_BY_TAG);
    }
}

/* position: words before this one that are neither options nor attributes. */
static void log_word(const cli_wanted *w, size_t position, bool first)
{
    if (w->typed[0] != '\0' && strchr(":%+", w->typed[0])) {
        cli_wanted templates = *w;
        templates.before = "%";
        templates.typed = w->typed + 1;
        if (first && w->typed[0] == '%')
            cli_want_templates(&templates);
        attribute(w);
    } else if (position == 0) {
        cli_want_category(w);
    } else if (position == 1) {
        cli_want_names(w, CXLOG_DIM_CHANNEL, "");
    }
}

static void scheme_word(const cli_wanted *w, const cli_cmd *cmd, size_t position)
{
    static const char *const verbs[] = {"list",   "add",    "alias",   "retire",
                                        "rename", "merge",  "split",   "withdraw",
                                        "log",    "verify", "restore", NULL};
    int dim = cxlog_dim_find(cmd->name);
    if (position == 0)
        cli_want_list(w, verbs);
    else if (dim == CXLOG_DIM_CATEGORY)
        cli_want_category(w);
    else if (dim >= 0)
        cli_want_names(w, (cxlog_dim)dim, "");
}

static void commands(const cli_wanted *w)
{
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++) {
        cxlog_candidate candidate = {.name = cmd->name};
        const char *aliases[5] = {cmd->aliases[0], cmd->aliases[1], cmd->aliases[2],
                                  cmd->aliases[3], NULL};
        candidate.aliases = aliases;
        bool hangul = (unsigned char)w->typed[0] >= 0x80 && cmd->aliases[0];
        if (cli_choice_fits(w->typed, &candidate))
            cli_choices_add(w->out, hangul ? cmd->aliases[0] : cmd->name,
                            _(cmd->summary));
    }
}

static void word_of(const cli_wanted *w, const cli_cmd *cmd, size_t position, bool first)
{
    static const char *const periods[] = {"list", "totals", "export", NULL};
    static const char *const records[] = {"amend", "void", "show", "edit", NULL};
    static const char *const schemes[] = {"category", "channel", "region", "field", NULL};
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    static const char *const template_verbs[] = {"list", "add", "remove", NULL};
    static const char *const config_verbs[] = {"list", "get", NULL};
    if (strcmp(cmd->name, "log") == 0)
        log_word(w, position, first);
    else if (is_one_of(cmd->name, periods) && position == 0)
        cli_want_periods(w);
    else if (is_one_of(cmd->name, records))
        cli_want_records(w);
    else if (is_one_of(cmd->name, schemes))
        scheme_word(w, cmd, position);
    else if (strcmp(cmd->name, "completion") == 0)
        cli_want_list(w, shells);
    else if (strcmp(cmd->name, "template") == 0 && position == 0)
        cli_want_list(w, template_verbs);
    else if (strcmp(cmd->name, "template") == 0 && position == 1)
        cli_want_templates(w);
    else if (strcmp(cmd->name, "config") == 0 && position < 2)
        cli_want_list(w, position == 0 ? config_verbs : cli_setting_names);
}

/* Words before the last one that are neither options nor attributes. A template that
 * begins a line of log stands for what it says. */
static size_t position_of(const cli_wanted *w, const cli_cmd *cmd,
                          const char *const *words, size_t count)
{
    bool log = strcmp(cmd->name, "log") == 0;
    size_t position = log && count > 2 ? cli_template_slots(w, words[1]) : 0;
    for (size_t i = 1; i + 1 < count; i++) {
        bool taken = i > 1 && awaits_value(cmd, words[i - 1]);
        bool passed = words[i][0] == '\0' || words[i][0] == '-' ||
                      (log && cli_word_is_attribute(words[i])) ||
                      ((cmd->needs & CLI_FILTERED) && cli_term_like(words[i]));
        position += !taken && !passed;
    }
    return position;
}

static void of_command(const cli_wanted *w, const cli_cmd *cmd, const char *const *words,
                       size_t count)
{
    const char *typed = w->typed;
    const cli_option *row = count > 2 ? awaits_value(cmd, words[count - 2]) : NULL;
    const char *equals = strchr(typed, '=');
    cli_wanted value = *w;
    char before[64];
    bool filter = (cmd->needs & CLI_FILTERED) && (!row || strcmp(row->name, "not") == 0);
    if (filter && term_value(w, cmd))
        return;
    if (row) {
        option_value(w, row);
    } else if (typed[0] == '-' && equals) {
        row = row_of(cmd, typed + 2, (size_t)(equals - typed) - 2);
        (void)snprintf(before, sizeof before, "%.*s", (int)(equals + 1 - typed), typed);
        value.before = before;
        value.typed = equals + 1;
        if (row && row->arg)
            option_value(&value, row);
    } else if (typed[0] == '-') {
        option_rows(w, cmd->options);
        option_rows(w, cli_common_options);
    } else {
        word_of(w, cmd, position_of(w, cmd, words, count), count == 2);
    }
}

void cli_complete(const cli_ctx *ctx, const char *const *words, size_t count,
                  bool one_word, cli_choices *out)
{
    const char *typed = count > 0 ? words[count - 1] : "";
    cli_wanted w = {
        .ctx = ctx, .before = "", .typed = typed, .one_word = one_word, .out = out};
    for (size_t i = 0; i < count; i++) {
        if (cxlog_text_invalid_at(words[i], strlen(words[i])) >= 0)
            return;
    }
    bool helping =
        count > 1 && (strcmp(words[0], "help") == 0 || strcmp(words[0], "도움말") == 0);
    if (count <= 1 || helping) {
        commands(&w);
        if (helping)
            cli_help_topics(&w);
        else
            cli_want_one(&w, "help", "도움말", _("a command or a topic, explained"));
        return;
    }
    const cli_cmd *cmd = cli_cmd_find(words[0]);
    if (cmd)
        of_command(&w, cmd, words, count);
}

/* Options before the command's word are none of ours: cxlog --json log … */
static int command_at(int count, char **words)
{
    int at = 0;
    while (at + 1 < count && words[at][0] == '-')
        at++;
    return at;
}

int cli_complete_line(cli_ctx *ctx, int count, char **words)
{
    if (count > 0 && strcmp(words[0], "--") == 0) {
        count--;
        words++;
    }
    const char *empty[] = {""};
    int at = command_at(count, words);
    const char **kept = calloc((size_t)count + 1, sizeof *kept);
    CXLOG_AUTO_VALUE(cli_choices) choices = {0};
    /* Without settings or store there are still commands and options. */
    if (cli_ctx_load(ctx, NULL) == CXLOG_OK)
        (void)cli_store_open_mode(ctx, false, BUSY_MS, NULL);
    for (int i = at; kept && i < count; i++)
        kept[i - at] = words[i];
    if (kept)
        cli_complete(ctx, count > at ? kept : empty,
                     count > at ? (size_t)(count - at) : 1, false, &choices);
    for (size_t i = 0; i < choices.count; i++) {
        if (strpbrk(choices.items[i].value, "\t\n"))
            continue;
        CXLOG_AUTO_TEXT about = cxlog_text_escape(choices.items[i].about, true);
        (void)printf("%s\t%s\n", choices.items[i].value, about ? about : "");
    }
    free(kept);
    cxlog_store_close(ctx->store);
    cli_settings_clear(&ctx->settings);
    return 0;
}
