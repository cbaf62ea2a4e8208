#include "cli/settings.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "cli/paths.h"

#define LINKS_MAX 8

/* Where a key stands, or should: text[from, to) is replaced. */
typedef struct place {
    size_t from, to;
    bool section_found;
} place;

static bool is_key_line(const char *line, size_t length, const char *name)
{
    size_t name_length = strlen(name);
    if (length < name_length || memcmp(line, name, name_length) != 0)
        return false;
    size_t at = name_length;
    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    return at < length && (line[at] == '=' || line[at] == ':');
}

static bool is_section_line(const char *line, size_t length, const char *section)
{
    size_t name_length = strlen(section);
    return length >= name_length + 2 && line[0] == '[' && line[name_length + 1] == ']' &&
           memcmp(line + 1, section, name_length) == 0;
}

/* The key's line; else the place after the last line with text of its section; else the
 * end of the text. */
static place find_place(const char *text, const cli_setting_info *info)
{
    size_t length = strlen(text);
    place found = {.from = length, .to = length};
    bool inside = false;
    for (size_t at = 0; at < length;) {
        const char *line = text + at;
        if (at == 0 && strncmp(line, "\xEF\xBB\xBF", 3) == 0)
            line += 3;
        size_t end = at + strcspn(text + at, "\n");
        size_t bytes = (size_t)(text + end - line);
        size_t next = text[end] == '\n' ? end + 1 : end;
        if (line[0] == '[') {
            inside = is_section_line(line, bytes, info->section);
            found.section_found = found.section_found || inside;
        }
        if (inside && is_key_line(line, bytes, info->name))
            return (place){at, next, true};
        if (inside && bytes > 0 && line[0] != '\r')
            found.from = found.to = next;
        at = next;
    }
    return found;
}

static void remove_key(char *text, const cli_setting_info *info)
{
    assert(text);
    place at = find_place(text, info);
    memmove(text + at.from, text + at.to, strlen(text + at.to) + 1);
}

/* text with the key set, in place of the old one. value NULL: without it. */
static cxlog_status set_key(char **text, const cli_setting_info *info, const char *value,
                            cxlog_error *err)
{
    assert(*text);
    if (!value) {
        remove_key(*text, info);
        return CXLOG_OK;
    }
    place at = find_place(*text, info);
    bool joined = at.from > 0 && (*text)[at.from - 1] != '\n';
    size_t size = strlen(*text) + strlen(value) + 128;
    char *fresh = malloc(size);
    if (!fresh)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char heading[64] = "";
    if (!at.section_found)
        (void)snprintf(heading, sizeof heading, "%s[%s]\n", at.from > 0 ? "\n" : "",
                       info->section);
    (void)snprintf(fresh, size, "%.*s%s%s%s = %s\n%s", (int)at.from, *text,
                   joined ? "\n" : "", heading, info->name, value, *text + at.to);
    free(*text);
    *text = fresh;
    return CXLOG_OK;
}

cxlog_status cli_settings_can_hold(cli_key key, const char *value, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const cli_setting_info *info = cli_setting_get_info(key);
    if (strlen(info->name) + 3 + strlen(value) > CLI_SETTINGS_LINE)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s.%s is too long for the settings file: %s", info->section,
                          info->name, cxlog_quote(quoted, value));
    bool comment = strstr(value, " ;") || strstr(value, "\t;") || value[0] == ';';
    if (comment || strpbrk(value, "\r\n") || value[0] == '"')
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s.%s cannot stand in the settings file: %s", info->section,
                          info->name, cxlog_quote(quoted, value));
    return CXLOG_OK;
}

static bool write_all(int fd, const char *text)
{
    assert(text);
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t put = write(fd, text, left);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        text += put;
        left -= (size_t)put;
    }
    return true;
}

/* The rename itself is durable only when the folder is. */
static void sync_folder(const char *path)
{
    assert(path);
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX] = ".";
    if (slash && (size_t)(slash - path) + 2 < sizeof folder)
        (void)snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

static cxlog_status cannot(const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write the settings file %s: %s",
                      cxlog_quote(quoted, path), strerror(errno));
}

static cxlog_status replace_file(const char *path, const char *text, cxlog_error *err)
{
    char beside[PATH_MAX];
    int length = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof beside) {
        errno = ENAMETOOLONG;
        return cannot(path, err);
    }
    int fd = mkstemp(beside);
    if (fd < 0)
        return cannot(path, err);
    bool good = write_all(fd, text) && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    if (good && rename(beside, path) == 0) {
        sync_folder(path);
        return CXLOG_OK;
    }
    cxlog_status status = cannot(path, err);
    (void)unlink(beside);
    return status;
}

/* A settings file that is kept elsewhere through a link stays a link: where it leads. */
static cxlog_status follow(char **out, const char *path, cxlog_error *err)
{
    char target[PATH_MAX], next[PATH_MAX], joined[PATH_MAX];
    int length = snprintf(target, sizeof target, "%s", path);
    for (int hop = 0; hop < LINKS_MAX && length > 0 && length < PATH_MAX; hop++) {
        ssize_t bytes = readlink(target, next, sizeof next - 1);
        if (bytes < 0)
            break;
        next[bytes] = '\0';
        char *slash = strrchr(target, '/');
        int folder = next[0] == '/' || !slash ? 0 : (int)(slash + 1 - target);
        length = snprintf(joined, sizeof joined, "%.*s%s", folder, target, next);
        memcpy(target, joined, sizeof target);
    }
    *out = length > 0 && length < PATH_MAX ? strdup(target) : NULL;
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* The text to change: the file in use (the system's one is the beginning of the user's
 * own). */
static cxlog_status old_text(char **text, const cli_settings *settings, cxlog_error *err)
{
    *text = NULL;
    if (settings->file_exists) {
        cxlog_status status = cli_settings_text(text, settings->file, err);
        if (status != CXLOG_OK || *text)
            return status;
    }
    *text = strdup("# Settings of cxlog. Written by cxlog init; yours to edit.\n");
    return *text ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_settings_save(const cli_settings *settings, const cli_key *keys,
                               const char *const *values, size_t count, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = old_text(&text, settings, err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        if (values[i])
            status = cli_settings_can_hold(keys[i], values[i], err);
        if (status == CXLOG_OK)
            status = set_key(&text, cli_setting_get_info(keys[i]), values[i], err);
    }
    if (status != CXLOG_OK)
        return status;
    if (!settings->user_file)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "this user has no home folder for settings: name a file with "
                          "--config");
    status = cli_path_make_parents(settings->user_file, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_TEXT real = NULL;
    status = follow(&real, settings->user_file, err);
    return status == CXLOG_OK ? replace_file(real, text, err) : status;
}
