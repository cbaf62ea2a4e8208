#include "cli/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ini.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#define BOM "\xEF\xBB\xBF"

/* ---- reading the bytes ---- */

static cxlog_status trouble(const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    int code = errno;
    cxlog_status status = CXLOG_ERR_IO;
    if (code == EACCES || code == EPERM)
        status = CXLOG_ERR_PERMISSION;
    else if (code == ELOOP || code == ENAMETOOLONG)
        status = CXLOG_ERR_CONFIG;
    return cxlog_fail(err, status, "cannot read the settings file %s: %s",
                      cxlog_quote(quoted, path), strerror(code));
}

/* Whoever can write this file can send the team's records elsewhere. */
static cxlog_status check_file(int fd, const char *path, cxlog_error *err)
{
    struct stat info;
    char quoted[CXLOG_QUOTE_MAX];
    if (fstat(fd, &info) != 0)
        return trouble(path, err);
    if (!S_ISREG(info.st_mode))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s is not a settings file: it is no regular file",
                          cxlog_quote(quoted, path));
    if (info.st_size > CLI_SETTINGS_BYTES)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is too long for a settings file",
                          cxlog_quote(quoted, path));
    if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "others may write to the settings file %s: chmod go-w it",
                          cxlog_quote(quoted, path));
    if (info.st_uid != geteuid() && info.st_uid != 0)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "the settings file %s belongs to another user",
                          cxlog_quote(quoted, path));
    return CXLOG_OK;
}

/* All of it, NUL added; *length may then exceed the limit by one byte at most. */
static cxlog_status read_all(int fd, const char *path, char **text, size_t *length,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT buffer = malloc(CLI_SETTINGS_BYTES + 2);
    if (!buffer)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t have = 0;
    while (have <= CLI_SETTINGS_BYTES) {
        ssize_t got = read(fd, buffer + have, CLI_SETTINGS_BYTES + 1 - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return trouble(path, err);
        if (got == 0)
            break;
        have += (size_t)got;
    }
    buffer[have] = '\0';
    *length = have;
    *text = CXLOG_TAKE(buffer);
    return CXLOG_OK;
}

/* ---- what inih would swallow ---- */

static cxlog_status bad_line(const char *path, int line, const char *what,
                             cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s:%d: %s", path, line, _(what));
}

static bool has_comment(const char *line, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        if (line[i] == ';' && (line[i - 1] == ' ' || line[i - 1] == '\t'))
            return true;
    }
    return false;
}

static bool has_control(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)line[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F)
            return true;
    }
    return false;
}

/* The section a line opens: index of its first key (CLI_KEY_COUNT: that of alerts), -1
 * when it opens none, -2 when it is not well formed. */
static int section_of(const char *line, size_t length)
{
    if (line[0] != '[')
        return -1;
    const char *end = memchr(line, ']', length);
    if (!end || end != line + length - 1)
        return -2;
    size_t name = (size_t)(end - line) - 1;
    if (strlen(CLI_ALERT_SECTION) == name &&
        memcmp(CLI_ALERT_SECTION, line + 1, name) == 0)
        return CLI_KEY_COUNT;
    for (int key = 0; key < CLI_KEY_COUNT; key++) {
        const char *section = cli_setting_get_info((cli_key)key)->section;
        if (strlen(section) == name && memcmp(section, line + 1, name) == 0)
            return key;
    }
    return -2;
}

static const char *line_fault(const char *line, size_t length,
                              bool seen[CLI_KEY_COUNT + 1])
{
    if (length > CLI_SETTINGS_LINE)
        return N_("the line is longer than 190 bytes");
    if (memchr(line, '\0', length))
        return N_("the line holds a NUL byte");
    if (has_control(line, length))
        return N_("the line holds a control character");
    if (length == 0 || line[0] == '#' || line[0] == ';')
        return NULL;
    if (line[0] == ' ' || line[0] == '\t')
        return N_("a line must not begin with a blank");
    if (has_comment(line, length))
        return N_("a comment must stand on a line of its own");
    int section = section_of(line, length);
    if (section == -2)
        return N_("no such section");
    if (section >= 0 && seen[section])
        return N_("the section stands twice");
    if (section >= 0)
        seen[section] = true;
    return NULL;
}

static cxlog_status scan(const char *text, size_t length, const char *path,
                         cxlog_error *err)
{
    bool seen[CLI_KEY_COUNT + 1] = {false};
    size_t at = length >= 3 && memcmp(text, BOM, 3) == 0 ? 3 : 0;
    for (int line = 1; at < length; line++) {
        const char *start = text + at;
        const char *end = memchr(start, '\n', length - at);
        size_t bytes = end ? (size_t)(end - start) : length - at;
        at += bytes + 1;
        if (bytes > 0 && start[bytes - 1] == '\r')
            bytes--;
        while (bytes > 0 && (start[bytes - 1] == ' ' || start[bytes - 1] == '\t'))
            bytes--;
        const char *fault = line_fault(start, bytes, seen);
        if (!fault && bytes <= CLI_SETTINGS_LINE &&
            cxlog_text_invalid_at(start, bytes) >= 0)
            fault = N_("the line is not UTF-8");
        for (size_t i = 0; !fault && i + 3 <= bytes; i++)
            fault = memcmp(start + i, BOM, 3) == 0
                        ? N_("a byte order mark stands in the text")
                        : NULL;
        if (fault)
            return bad_line(path, line, fault, err);
    }
    return CXLOG_OK;
}

cxlog_status cli_settings_text(char **text, const char *path, cxlog_error *err)
{
    *text = NULL;
    int fd;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? CXLOG_OK : trouble(path, err);
    CXLOG_AUTO_TEXT read = NULL;
    size_t length = 0;
    cxlog_status status = check_file(fd, path, err);
    if (status == CXLOG_OK)
        status = read_all(fd, path, &read, &length, err);
    (void)close(fd);
    if (status == CXLOG_OK)
        status = scan(read, length, path, err);
    if (status == CXLOG_OK)
        *text = CXLOG_TAKE(read);
    return status;
}

/* ---- parsing ---- */

/* What the callbacks of inih share. */
typedef struct parse {
    cli_settings *settings;
    const char *path, *at;
    int line;
    bool given[CLI_KEY_COUNT];
    cxlog_status status;
    cxlog_error *err;
} parse;

/* fgets over the text; counts lines, since inih tells handlers none. */
static char *next_line(char *out, int size, void *stream)
{
    parse *p = stream;
    if (*p->at == '\0')
        return NULL;
    size_t length = strcspn(p->at, "\n");
    length += p->at[length] == '\n';
    if (length >= (size_t)size)
        length = (size_t)size - 1;
    memcpy(out, p->at, length);
    out[length] = '\0';
    p->at += length;
    p->line++;
    return out;
}

static int find_key(const char *section, const char *name)
{
    for (int key = 0; key < CLI_KEY_COUNT; key++) {
        const cli_setting_info *info = cli_setting_get_info((cli_key)key);
        if (strcmp(info->section, section) == 0 && strcmp(info->name, name) == 0)
            return key;
    }
    return -1;
}

static cxlog_status unknown_key(const parse *p, const char *section, const char *name)
{
    char typed[2 * CLI_SETTINGS_LINE + 2], quoted[CXLOG_QUOTE_MAX];
    (void)snprintf(typed, sizeof typed, "%s%s%s", section, section[0] ? "." : "", name);
    cxlog_status status =
        cxlog_fail(p->err, CXLOG_ERR_CONFIG, "%s:%d: there is no setting %s", p->path,
                   p->line, cxlog_quote(quoted, typed));
    for (int key = 0; key < CLI_KEY_COUNT; key++) {
        const cli_setting_info *info = cli_setting_get_info((cli_key)key);
        char known[64];
        (void)snprintf(known, sizeof known, "%s.%s", info->section, info->name);
        if (cxlog_key_distance(typed, known, 3) <= 3 || strcmp(info->name, name) == 0)
            cxlog_suggest(p->err, known);
    }
    return status;
}

static cxlog_status take_pair(parse *p, const char *section, const char *name,
                              const char *value)
{
    if (strcmp(section, CLI_ALERT_SECTION) == 0) {
        cxlog_status taken = cli_settings_take_alert(p->settings, name, value, p->err);
        return taken == CXLOG_OK ? taken : cxlog_wrap(p->err, "%s:%d", p->path, p->line);
    }
    int key = find_key(section, name);
    if (key < 0)
        return unknown_key(p, section, name);
    if (p->given[key])
        return cxlog_fail(p->err, CXLOG_ERR_CONFIG, "%s:%d: %s.%s stands twice", p->path,
                          p->line, section, name);
    p->given[key] = true;
    char bare[CLI_SETTINGS_LINE + 1];
    size_t length = strlen(value);
    if (length >= 2 && length < sizeof bare && value[0] == '"' &&
        value[length - 1] == '"') {
        memcpy(bare, value + 1, length - 2);
        bare[length - 2] = '\0';
        value = bare;
    }
    cxlog_status status =
        cli_settings_take(p->settings, (cli_key)key, value, CLI_ORIGIN_FILE, p->err);
    return status == CXLOG_OK ? status : cxlog_wrap(p->err, "%s:%d", p->path, p->line);
}

static int handle(void *user, const char *section, const char *name, const char *value)
{
    parse *p = user;
    if (p->status == CXLOG_OK)
        p->status = take_pair(p, section, name, value);
    return p->status == CXLOG_OK;
}

cxlog_status cli_settings_parse(cli_settings *settings, const char *text,
                                const char *path, cxlog_error *err)
{
    parse p = {.settings = settings, .path = path, .at = text, .err = err};
    int line = ini_parse_stream(next_line, &p, handle, &p);
    if (p.status != CXLOG_OK)
        return p.status;
    if (line != 0)
        return bad_line(path, line, N_("not a line of the form name = value"), err);
    return CXLOG_OK;
}
