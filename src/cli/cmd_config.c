#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/match.h>
#include <cxlog/report.h>
#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/paths.h"
#include "cli/settings.h"

#define COLUMNS 4

const cli_option cli_config_options[] = {
    {"origin", 0, NULL, N_("where each value comes from: --json says it anyway")},
    {NULL, 0, NULL, NULL},
};

/* A setting as it is in force. */
typedef struct setting {
    char *key, *value; /* owned; value NULL: not set */
    cli_origin origin;
    char variable[CLI_SETTING_VARIABLE]; /* of ORIGIN_ENV */
    const char *file;                    /* of ORIGIN_FILE; borrowed */
} setting;

static void setting_clear(setting *s)
{
    free(s->key);
    free(s->value);
}
CXLOG_AUTO_VALUE_DEFINE(setting, setting_clear);

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* ---- what is in force ---- */

/* A proxy's address may hold a name and a password: up to the last @. */
static void hide_password(char *address)
{
    static const char hidden[] = "***";
    char *begin = strstr(address, "://");
    char *at = strrchr(address, '@');
    if (!begin || !at || at < begin + 3)
        return;
    begin += 3;
    size_t shown =
        (size_t)(at - begin) < strlen(hidden) ? (size_t)(at - begin) : strlen(hidden);
    memcpy(begin, hidden, shown);
    memmove(begin + shown, at, strlen(at) + 1);
}

static cxlog_status take_value(char **out, const cli_settings *settings, cli_key key,
                               cxlog_error *err)
{
    const char *value = cli_setting(settings, key);
    if (!value && key == CLI_KEY_STORE_PATH)
        return cli_path_user(out, CLI_FOLDER_DATA, "cxlog.db", err);
    *out = value ? strdup(value) : NULL;
    if (value && !*out)
        return no_memory(err);
    if (value && key == CLI_KEY_GOOGLE_PROXY)
        hide_password(*out);
    return CXLOG_OK;
}

static cxlog_status take_alert(setting *out, const cxlog_alert_rule *rule,
                               cxlog_error *err)
{
    size_t size = sizeof CLI_ALERT_SECTION + strlen(rule->name) + 1;
    out->key = malloc(size);
    out->value = malloc(64);
    if (!out->key || !out->value)
        return no_memory(err);
    (void)snprintf(out->key, size, "%s.%s", CLI_ALERT_SECTION, rule->name);
    (void)snprintf(out->value, 64, "%gx%dw", rule->factor, rule->weeks);
    out->origin = CLI_ORIGIN_FILE;
    return CXLOG_OK;
}

static size_t count_of(const cli_settings *settings)
{
    return CLI_KEY_COUNT + settings->rule_count;
}

/* index: the keys in their order, then the alerts. */
static cxlog_status setting_at(setting *out, const cli_settings *settings, size_t index,
                               cxlog_error *err)
{
    *out = (setting){.file = settings->file};
    if (index >= CLI_KEY_COUNT)
        return take_alert(out, &settings->rules[index - CLI_KEY_COUNT], err);
    cli_key key = (cli_key)index;
    out->origin = settings->origin[key];
    (void)cli_setting_variable(out->variable, key);
    out->key = strdup(cli_setting_names[key]);
    return out->key ? take_value(&out->value, settings, key, err) : no_memory(err);
}

/* ---- where it comes from ---- */

static const char *origin_word(const setting *s)
{
    static const char *const words[] = {"default", "file", "environment", "flag"};
    return words[s->origin];
}

/* The file or the variable; NULL: there is neither. */
static const char *source_of(const setting *s)
{
    return s->origin == CLI_ORIGIN_FILE  ? s->file
           : s->origin == CLI_ORIGIN_ENV ? s->variable
                                         : NULL;
}

/* For people: a path and a variable say what they are. */
static const char *origin_text(const setting *s)
{
    return source_of(s) ? source_of(s) : _("default");
}

static json_t *setting_json(const setting *s)
{
    return json_pack("{s:s, s:s?, s:s, s:s?}", "key", s->key, "value", s->value, "origin",
                     origin_word(s), "from", source_of(s));
}

/* ---- list ---- */

static cxlog_status list_json(const cli_settings *settings, cxlog_error *err)
{
    json_t *all = json_array();
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < count_of(settings); i++) {
        CXLOG_AUTO_VALUE(setting) s = {0};
        status = setting_at(&s, settings, i, err);
        if (status == CXLOG_OK)
            (void)json_array_append_new(all, setting_json(&s));
    }
    if (status == CXLOG_OK)
        return cli_out_json_take(json_pack("{s:i, s:o}", "schema", 1, "settings", all),
                                 err);
    json_decref(all);
    return status;
}

static cxlog_status start(cxlog_table **out, const cli_ctx *ctx, bool origin,
                          cxlog_error *err)
{
    static const char *const words[] = {"key", "value", "origin", "from"};
    const char *const titles[] = {_("setting"), _("value"), _("comes from"), ""};
    cxlog_column_spec columns[COLUMNS];
    size_t count = !origin ? 2 : ctx->plain ? 4 : 3;
    for (size_t i = 0; i < count; i++)
        columns[i] = (cxlog_column_spec){ctx->plain ? words[i] : titles[i],
                                         CXLOG_ALIGN_LEFT, i > 0, 0};
    return cxlog_table_new(out, columns, count, err);
}

static cxlog_status put_plain(cxlog_table *table, const setting *s, cxlog_error *err)
{
    const char *const cells[COLUMNS] = {s->key, s->value, origin_word(s), source_of(s)};
    return cxlog_table_row(table, cells, err);
}

static cxlog_status put_text(cxlog_table *table, const setting *s, cxlog_error *err)
{
    CXLOG_AUTO_TEXT value = cli_path_short(s->value ? s->value : "·");
    CXLOG_AUTO_TEXT origin = cli_path_short(origin_text(s));
    const char *const cells[COLUMNS] = {s->key, value, origin};
    return value && origin ? cxlog_table_row(table, cells, err) : no_memory(err);
}

static cxlog_status list(const cli_ctx *ctx, bool origin, cxlog_error *err)
{
    const cli_settings *settings = &ctx->settings;
    if (ctx->json)
        return list_json(settings, err);
    CXLOG_AUTO(cxlog_table) *table = NULL;
    cxlog_status status = start(&table, ctx, origin, err);
    for (size_t i = 0; status == CXLOG_OK && i < count_of(settings); i++) {
        CXLOG_AUTO_VALUE(setting) s = {0};
        status = setting_at(&s, settings, i, err);
        if (status == CXLOG_OK)
            status = ctx->plain ? put_plain(table, &s, err) : put_text(table, &s, err);
    }
    CXLOG_AUTO_TEXT text = NULL;
    if (status == CXLOG_OK)
        status = cli_table_text(&text, ctx, table, err);
    if (status == CXLOG_OK)
        cli_out_text(text);
    return status;
}

/* ---- get ---- */

static cxlog_status no_setting(const char *key, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cxlog_fail(err, CXLOG_ERR_VALUE, "there is no setting %s",
                                     cxlog_quote(quoted, key));
    cxlog_match_suggest(key, cli_setting_names, err);
    return status;
}

static cxlog_status tell(const cli_ctx *ctx, const setting *s, bool origin,
                         cxlog_error *err)
{
    if (ctx->json) {
        json_t *answer = setting_json(s);
        if (answer)
            (void)json_object_set_new(answer, "schema", json_integer(1));
        return cli_out_json_take(answer, err);
    }
    const char *value = s->value ? s->value : "";
    CXLOG_AUTO_TEXT safe =
        cli_stdout_is_terminal() ? cxlog_text_escape(value, true) : strdup(value);
    if (!safe)
        return no_memory(err);
    cli_out_text(safe);
    if (origin)
        cli_out("\t%s%s%s", origin_word(s), source_of(s) ? "\t" : "",
                source_of(s) ? source_of(s) : "");
    cli_out_text("\n");
    return CXLOG_OK;
}

static cxlog_status get(const cli_ctx *ctx, const cli_args *args, bool origin,
                        cxlog_error *err)
{
    if (args->word_count != 2)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "config get takes one setting, such as agent.name");
    for (size_t i = 0; i < count_of(&ctx->settings); i++) {
        CXLOG_AUTO_VALUE(setting) s = {0};
        cxlog_status status = setting_at(&s, &ctx->settings, i, err);
        if (status != CXLOG_OK)
            return status;
        if (strcmp(s.key, args->words[1]) == 0)
            return tell(ctx, &s, origin, err);
    }
    return no_setting(args->words[1], err);
}

/* ---- the command ---- */

static bool is_verb(const char *word, const char *english, const char *korean)
{
    return strcmp(word, english) == 0 || strcmp(word, korean) == 0;
}

static cxlog_status no_verb(const char *word, cxlog_error *err)
{
    static const char *const verbs[] = {"list", "get", "목록", "값", NULL};
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE, "config has the verbs list and get: got %s",
                   cxlog_quote(quoted, word));
    cxlog_match_suggest(word, verbs, err);
    return status;
}

cxlog_status cli_cmd_config(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    const char *verb = args.word_count > 0 ? args.words[0] : "list";
    bool origin = cli_args_has(&args, "origin");
    if (is_verb(verb, "get", "값"))
        status = get(ctx, &args, origin, err);
    else if (!is_verb(verb, "list", "목록"))
        status = no_verb(verb, err);
    else if (args.word_count > 1)
        status = cxlog_fail(err, CXLOG_ERR_USAGE,
                            "config list takes no setting: config get does");
    else
        status = list(ctx, origin, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
