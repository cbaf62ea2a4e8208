/*
 * settings.h - what the settings files of this room share.
 */
#ifndef CX_CLI_SETTINGS_H
#define CX_CLI_SETTINGS_H

#include "cli/cli.h"

#define CLI_SETTINGS_BYTES 65536 /* largest file */
#define CLI_SETTINGS_LINE 190    /* bytes of a line; inih 55 cuts at 199 and goes on */

typedef struct cli_setting_info {
    const char *section, *name, *builtin;
} cli_setting_info;

const cli_setting_info *cli_setting_get_info(cli_key key);
extern const char *const cli_setting_names[]; /* "agent.name", by key; then NULL */
/* "CXLOG_AGENT_NAME" for agent.name. out returned. */
#define CLI_SETTING_VARIABLE 64
const char *cli_setting_variable(char out[CLI_SETTING_VARIABLE], cli_key key);

/* Take a value from outside: checked, cleaned, stored, its origin noted. Empty: nothing
 * happens. Errors: ERR_CONFIG. */
CXLOG_MUST_USE cxlog_status cli_settings_take(cli_settings *settings, cli_key key,
                                              const char *value, cli_origin origin,
                                              cxlog_error *err);

/* Keys of this section are names of the scheme, or "total". */
#define CLI_ALERT_SECTION "alert"
/* Errors: ERR_CONFIG. */
CXLOG_MUST_USE cxlog_status cli_settings_take_alert(cli_settings *settings,
                                                    const char *name, const char *value,
                                                    cxlog_error *err);

/* The value as it will be used: paths expanded, sheet id out of its URL. out: free().
 * Errors: ERR_CONFIG saying what is right. */
CXLOG_MUST_USE cxlog_status cli_setting_check(char **out, cli_key key, const char *value,
                                              cxlog_error *err);

/* Can the file hold this value, so that it is read as it was written? Errors:
 * ERR_CONFIG. */
CXLOG_MUST_USE cxlog_status cli_settings_can_hold(cli_key key, const char *value,
                                                  cxlog_error *err);

/*
 * The file's text after the checks that inih leaves out (FAULTS D5): regular file, at
 * most CLI_SETTINGS_BYTES, not writable by others, UTF-8 without NUL, no over-long or
 * indented line, no ` ;`, no doubled section. *text NULL when there is no such file;
 * free(). Errors: ERR_CONFIG with file and line, ERR_PERMISSION.
 */
CXLOG_MUST_USE cxlog_status cli_settings_text(char **text, const char *path,
                                              cxlog_error *err);

/* Parse a text that cli_settings_text() gave. path: for sentences. Errors: ERR_CONFIG
 * with file, line, nearest key. */
CXLOG_MUST_USE cxlog_status cli_settings_parse(cli_settings *settings, const char *text,
                                               const char *path, cxlog_error *err);

#endif
