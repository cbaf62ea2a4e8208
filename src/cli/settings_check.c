#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/paths.h"

#define DIGITS "0123456789"
#define GOOGLE_ORIGIN "https://sheets.googleapis.com"

typedef cxlog_status (*checker)(char **out, const char *value, cxlog_error *err);

static cxlog_status copy(char **out, const char *value, cxlog_error *err)
{
    *out = strdup(value);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status wrong(const char *value, const char *right, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CONFIG, "must be %s: got %s", _(right),
                      cxlog_quote(quoted, value));
}

/* A text of one line; what the library calls a bad value is a bad setting here. */
static cxlog_status clean(char **out, const char *value, size_t chars, cxlog_error *err)
{
    cxlog_status status =
        cxlog_text_clean(out, value, strlen(value), CXLOG_TEXT_LINE, chars, "value", err);
    if (status == CXLOG_ERR_VALUE && err)
        err->status = CXLOG_ERR_CONFIG;
    return status == CXLOG_ERR_VALUE ? CXLOG_ERR_CONFIG : status;
}

static cxlog_status check_name(char **out, const char *value, cxlog_error *err)
{
    return clean(out, value, 60, err);
}

static cxlog_status check_channel(char **out, const char *value, cxlog_error *err)
{
    return clean(out, value, 100, err);
}

/* Not below the folder one happens to stand in: cron starts elsewhere. */
static cxlog_status check_path(char **out, const char *value, cxlog_error *err)
{
    if (value[0] != '/' && strncmp(value, "~/", 2) != 0)
        return wrong(value, N_("a path that begins with / or ~/"), err);
    return cli_path_expand(out, value, err);
}

static cxlog_status check_zone(char **out, const char *value, cxlog_error *err)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_+-/";
    size_t length = strlen(value);
    if (length > 60 || value[0] == '/' || strspn(value, letters) != length)
        return wrong(value, N_("a time zone such as Asia/Seoul"), err);
    return copy(out, value, err);
}

static cxlog_status check_yes(char **out, const char *value, cxlog_error *err)
{
    static const char *const words[][2] = {
        {"yes", "no"}, {"true", "false"}, {"on", "off"}, {"1", "0"}, {"예", "아니오"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (size_t side = 0; side < 2; side++) {
            if (strcmp(words[i][side], value) == 0)
                return copy(out, words[0][side], err);
        }
    }
    return wrong(value, N_("yes or no"), err);
}

static cxlog_status check_number(char **out, const char *value, unsigned long least,
                                 unsigned long most, cxlog_error *err)
{
    size_t length = strlen(value);
    unsigned long number = strtoul(value, NULL, 10);
    if (length > 9 || strspn(value, DIGITS) != length || number < least ||
        number > most) {
        char quoted[CXLOG_QUOTE_MAX];
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "must be a number from %lu to %lu: got %s", least, most,
                          cxlog_quote(quoted, value));
    }
    return copy(out, value, err);
}

static cxlog_status check_linger(char **out, const char *value, cxlog_error *err)
{
    return check_number(out, value, 0, 3600, err);
}

static cxlog_status check_backoff(char **out, const char *value, cxlog_error *err)
{
    return check_number(out, value, 0, 60000, err);
}

static cxlog_status check_deadline(char **out, const char *value, cxlog_error *err)
{
    return check_number(out, value, 1, 86400, err);
}

/* "http://127.0.0.1:8080": nothing behind the port, so that no path or user part can hide
 * in it. */
static bool is_loopback(const char *value)
{
    static const char *const starts[] = {"http://localhost", "https://localhost",
                                         "http://127.0.0.1", "https://127.0.0.1",
                                         "http://[::1]",     "https://[::1]"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]);
        if (strncmp(value, starts[i], length) != 0)
            continue;
        const char *rest = value + length;
        if (rest[0] == '\0')
            return true;
        size_t digits = rest[0] == ':' ? strspn(rest + 1, DIGITS) : 0;
        return digits >= 1 && digits <= 5 && rest[1 + digits] == '\0' &&
               strtoul(rest + 1, NULL, 10) <= 65535;
    }
    return false;
}

static cxlog_status check_api(char **out, const char *value, cxlog_error *err)
{
    char origin[64];
    size_t length = strlen(value);
    if (length > 0 && value[length - 1] == '/')
        length--;
    int copied = snprintf(origin, sizeof origin, "%.*s", (int)length, value);
    bool fits = copied > 0 && (size_t)copied < sizeof origin;
    if (fits && (strcmp(origin, GOOGLE_ORIGIN) == 0 || is_loopback(origin)))
        return copy(out, origin, err);
    return wrong(value,
                 N_("https://sheets.googleapis.com, or http(s)://localhost, 127.0.0.1 or "
                    "[::1] with a port"),
                 err);
}

static cxlog_status check_proxy(char **out, const char *value, cxlog_error *err)
{
    size_t scheme = strncmp(value, "http://", 7) == 0    ? 7
                    : strncmp(value, "https://", 8) == 0 ? 8
                                                         : 0;
    size_t rest = scheme ? strlen(value + scheme) : 0;
    if (rest == 0 || strcspn(value + scheme, " \t\"'<>\\") != rest)
        return wrong(value, N_("a proxy address such as http://proxy.example:3128"), err);
    return copy(out, value, err);
}

/* "result, region": names of fields, in their spelling of CLI.md. */
static cxlog_status check_fields(char **out, const char *value, cxlog_error *err)
{
    char names[CLI_SETTINGS_LINE + 1];
    char known[CLI_SETTINGS_LINE * 2] = "";
    if (strcmp(value, "none") == 0)
        return copy(out, "", err);
    if (strlen(value) >= sizeof names)
        return wrong(value, N_("names of fields with commas between, or none"), err);
    (void)snprintf(names, sizeof names, "%s", value);
    char *rest = names;
    for (char *name = strtok_r(names, ", ", &rest); name;
         name = strtok_r(NULL, ", ", &rest)) {
        int column = cxlog_column_find(name);
        if (column < 0 || column >= CXLOG_COL_ID)
            return wrong(value, N_("names of fields with commas between, or none"), err);
        size_t used = strlen(known);
        int length = snprintf(known + used, sizeof known - used, "%s%s", used ? "," : "",
                              cxlog_column_get((cxlog_column)column)->field);
        if (length < 0 || (size_t)length >= sizeof known - used)
            return wrong(value, N_("names of fields with commas between, or none"), err);
    }
    return copy(out, known, err);
}

static cxlog_status check_leads(char **out, const char *value, cxlog_error *err)
{
    size_t ats = 0;
    for (const char *c = value; *c; c++)
        ats += *c == '@';
    if (ats == 0 || strpbrk(value, "\"'<>\\"))
        return wrong(value, N_("e-mail addresses with commas between"), err);
    return copy(out, value, err);
}

static cxlog_status check_lang(char **out, const char *value, cxlog_error *err)
{
    if (strcmp(value, "auto") != 0 && strcmp(value, "ko") != 0 &&
        strcmp(value, "en") != 0)
        return wrong(value, N_("auto, ko or en"), err);
    return copy(out, value, err);
}

static cxlog_status check_ambiguous(char **out, const char *value, cxlog_error *err)
{
    if (strcmp(value, "1") == 0 || strcmp(value, "narrow") == 0)
        return copy(out, "narrow", err);
    if (strcmp(value, "2") == 0 || strcmp(value, "wide") == 0)
        return copy(out, "wide", err);
    return wrong(value, N_("narrow or wide"), err);
}

static cxlog_status check_result(char **out, const char *value, cxlog_error *err)
{
    for (const char *const *word = cxlog_column_choices(CXLOG_COL_RESULT); *word;
         word++) {
        if (strcmp(*word, value) == 0)
            return copy(out, value, err);
    }
    return wrong(value, N_("해결, 진행, 이관, 부재 or 포기"), err);
}

static cxlog_status check_history(char **out, const char *value, cxlog_error *err)
{
    if (strcmp(value, "codes") != 0 && strcmp(value, "all") != 0 &&
        strcmp(value, "none") != 0)
        return wrong(value, N_("codes, all or none"), err);
    return copy(out, value, err);
}

static cxlog_status check_pager(char **out, const char *value, cxlog_error *err)
{
    return clean(out, value, 150, err);
}

cxlog_status cli_setting_check(char **out, cli_key key, const char *value,
                               cxlog_error *err)
{
    static const checker checkers[CLI_KEY_COUNT] = {
        [CLI_KEY_AGENT_NAME] = check_name,
        [CLI_KEY_STORE_PATH] = check_path,
        [CLI_KEY_TIME_ZONE] = check_zone,
        [CLI_KEY_DEFAULTS_CHANNEL] = check_channel,
        [CLI_KEY_SHEET_ID] = cxlog_sheet_id,
        [CLI_KEY_GOOGLE_KEY] = check_path,
        [CLI_KEY_GOOGLE_API] = check_api,
        [CLI_KEY_GOOGLE_CA] = check_path,
        [CLI_KEY_GOOGLE_PROXY] = check_proxy,
        [CLI_KEY_SYNC_AUTO] = check_yes,
        [CLI_KEY_CLOSE_LEAD] = check_yes,
        [CLI_KEY_SYNC_LINGER] = check_linger,
        [CLI_KEY_SYNC_BACKOFF] = check_backoff,
        [CLI_KEY_SYNC_DEADLINE] = check_deadline,
        [CLI_KEY_DEFAULTS_RESULT] = check_result,
        [CLI_KEY_TIME_HOLIDAYS] = check_path,
        [CLI_KEY_UI_HISTORY] = check_history,
        [CLI_KEY_UI_PAGER] = check_pager,
        [CLI_KEY_SHEET_LEADS] = check_leads,
        [CLI_KEY_CLOSE_REQUIRED] = check_fields,
        [CLI_KEY_UI_LANG] = check_lang,
        [CLI_KEY_UI_AMBIGUOUS] = check_ambiguous,
    };
    *out = NULL;
    const cli_setting_info *info = cli_setting_get_info(key);
    cxlog_status status = checkers[key](out, value, err);
    if (status != CXLOG_OK)
        return cxlog_wrap(err, "%s.%s", info->section, info->name);
    return CXLOG_OK;
}
