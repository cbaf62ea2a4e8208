#include "cli/settings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/paths.h"

#define SYSTEM_FILE "/etc/xdg/cxlog/config.ini"

static const cli_setting_info infos[] = {
#define X(key, section, name, builtin) [CLI_KEY_##key] = {section, name, builtin},
    CLI_SETTINGS(X)
#undef X
};

const char *const cli_setting_names[] = {
#define X(key, section, name, builtin) [CLI_KEY_##key] = section "." name,
    CLI_SETTINGS(X)
#undef X
        [CLI_KEY_COUNT] = NULL};

const cli_setting_info *cli_setting_get_info(cli_key key)
{
    return &infos[key];
}

/* The names are the settings' own: only the library sees them as constant. */
static char *rule_name(const cxlog_alert_rule *rule)
{
    char *name;
    memcpy(&name, &rule->name, sizeof name);
    return name;
}

void cli_settings_clear(cli_settings *settings)
{
    for (size_t i = 0; i < CLI_KEY_COUNT; i++)
        free(settings->value[i]);
    free(settings->file);
    free(settings->user_file);
    for (size_t i = 0; i < settings->rule_count; i++)
        free(rule_name(&settings->rules[i]));
    *settings = (cli_settings){0};
}

const char *cli_setting(const cli_settings *settings, cli_key key)
{
    return settings->value[key];
}

bool cli_setting_yes(const cli_settings *settings, cli_key key)
{
    return settings->value[key] && strcmp(settings->value[key], "yes") == 0;
}

int64_t cli_setting_number(const cli_settings *settings, cli_key key)
{
    return settings->value[key] ? (int64_t)strtoll(settings->value[key], NULL, 10) : 0;
}

cxlog_status cli_settings_take(cli_settings *settings, cli_key key, const char *value,
                               cli_origin origin, cxlog_error *err)
{
    if (value[0] == '\0')
        return CXLOG_OK;
    char *clean = NULL;
    cxlog_status status = cli_setting_check(&clean, key, value, err);
    if (status != CXLOG_OK)
        return status;
    free(settings->value[key]);
    settings->value[key] = clean;
    settings->origin[key] = origin;
    return CXLOG_OK;
}

cxlog_status cli_settings_take_alert(cli_settings *settings, const char *name,
                                     const char *value, cxlog_error *err)
{
    cxlog_alert_rule rule = {0};
    for (size_t i = 0; i < settings->rule_count; i++) {
        if (strcmp(settings->rules[i].name, name) == 0)
            return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s stands twice", name);
    }
    if (settings->rule_count == CXLOG_ALERTS_MAX)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "there may be at most %d alerts",
                          CXLOG_ALERTS_MAX);
    char *clean = NULL;
    cxlog_status status = cxlog_name_clean(&clean, name, "alert", err);
    if (status == CXLOG_ERR_VALUE && err)
        err->status = CXLOG_ERR_CONFIG;
    if (status != CXLOG_OK)
        return status == CXLOG_ERR_VALUE ? CXLOG_ERR_CONFIG : status;
    status = cxlog_alert_parse(&rule, value, err);
    if (status != CXLOG_OK) {
        free(clean);
        return cxlog_wrap(err, "%s.%s", CLI_ALERT_SECTION, name);
    }
    rule.name = clean;
    settings->rules[settings->rule_count++] = rule;
    return CXLOG_OK;
}

static cxlog_status take_builtins(cli_settings *settings, cxlog_error *err)
{
    for (size_t i = 0; i < CLI_KEY_COUNT; i++) {
        if (!infos[i].builtin)
            continue;
        settings->value[i] = strdup(infos[i].builtin);
        if (!settings->value[i])
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    return CXLOG_OK;
}

const char *cli_setting_variable(char out[CLI_SETTING_VARIABLE], cli_key key)
{
    const cli_setting_info *info = &infos[key];
    (void)snprintf(out, CLI_SETTING_VARIABLE, "CXLOG_%s_%s", info->section, info->name);
    for (char *at = out; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return out;
}

static cxlog_status take_environment(cli_settings *settings, cxlog_error *err)
{
    for (size_t i = 0; i < CLI_KEY_COUNT; i++) {
        char name[CLI_SETTING_VARIABLE];
        const char *value = getenv(cli_setting_variable(name, (cli_key)i));
        if (value && cli_settings_take(settings, (cli_key)i, value, CLI_ORIGIN_ENV,
                                       err) != CXLOG_OK)
            return cxlog_wrap(err, "%s", name);
    }
    return CXLOG_OK;
}

static cxlog_status name_file(cli_settings *settings, const char *path, cxlog_error *err)
{
    settings->file = strdup(path);
    settings->user_file = strdup(path);
    if (!settings->file || !settings->user_file)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    return CXLOG_OK;
}

/* The text of the file, if it is there; settings->file names it then. */
static cxlog_status try_file(cli_settings *settings, const char *path, char **text,
                             cxlog_error *err)
{
    cxlog_status status = cli_settings_text(text, path, err);
    if (status != CXLOG_OK || !*text)
        return status;
    free(settings->file);
    settings->file = strdup(path);
    settings->file_exists = true;
    return settings->file ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* The named file; else the user's; else the system's. *text NULL: there is none. */
static cxlog_status find_file(cli_settings *settings, const char *flag, char **text,
                              cxlog_error *err)
{
    const char *variable = getenv("CXLOG_CONFIG");
    const char *named = flag ? flag : variable && variable[0] != '\0' ? variable : NULL;
    settings->file_named = named != NULL;
    CXLOG_AUTO_TEXT user = NULL;
    if (named) {
        cxlog_status status = name_file(settings, named, err);
        return status == CXLOG_OK ? try_file(settings, named, text, err) : status;
    }
    /* No home at all (a service's account): the system's file may do. */
    if (cli_path_user(&user, CLI_FOLDER_CONFIG, "config.ini", NULL) == CXLOG_OK) {
        cxlog_status status = name_file(settings, user, err);
        if (status == CXLOG_OK)
            status = try_file(settings, user, text, err);
        if (status != CXLOG_OK || *text)
            return status;
    }
    return try_file(settings, SYSTEM_FILE, text, err);
}

cxlog_status cli_settings_load(cli_settings *out, const char *config_flag,
                               cxlog_error *err)
{
    *out = (cli_settings){0};
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = take_builtins(&settings, err);
    if (status == CXLOG_OK)
        status = find_file(&settings, config_flag, &text, err);
    if (status == CXLOG_OK && text)
        status = cli_settings_parse(&settings, text, settings.file, err);
    if (status == CXLOG_OK)
        status = take_environment(&settings, err);
    if (status != CXLOG_OK)
        return status;
    *out = settings;
    settings = (cli_settings){0};
    return CXLOG_OK;
}
