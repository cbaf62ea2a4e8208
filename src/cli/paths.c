#include "cli/paths.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/auto.h>
#include <cxlog/text.h>

static const struct {
    const char *variable, *below_home;
} folders[] = {
    [CLI_FOLDER_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [CLI_FOLDER_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [CLI_FOLDER_CACHE] = {"XDG_CACHE_HOME", ".cache"},
    [CLI_FOLDER_STATE] = {"XDG_STATE_HOME", ".local/state"},
};

static cxlog_status join3(char **out, const char *a, const char *b, const char *c,
                          cxlog_error *err)
{
    assert(a && b && c);
    size_t size = strlen(a) + strlen(b) + strlen(c) + 3;
    char *text = malloc(size);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)snprintf(text, size, "%s/%s%s%s", a, b, c[0] != '\0' ? "/" : "", c);
    *out = text;
    return CXLOG_OK;
}

/* Under cron and systemd HOME may be missing: the password database knows. */
static const char *home(void)
{
    const char *value = getenv("HOME");
    if (value && value[0] == '/')
        return value;
    const struct passwd *entry = getpwuid(geteuid());
    return entry && entry->pw_dir && entry->pw_dir[0] == '/' ? entry->pw_dir : NULL;
}

static cxlog_status need_home(const char **out, cxlog_error *err)
{
    *out = home();
    if (*out)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_CONFIG,
                      "this user has no home folder: set HOME, or XDG_CONFIG_HOME, "
                      "XDG_DATA_HOME and XDG_CACHE_HOME");
}

cxlog_status cli_path_user(char **out, cli_folder folder, const char *name,
                           cxlog_error *err)
{
    *out = NULL;
    const char *base = getenv(folders[folder].variable);
    if (base && base[0] == '/')
        return join3(out, base, "cxlog", name, err);
    const char *root;
    cxlog_status status = need_home(&root, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_TEXT below = NULL;
    status = join3(&below, root, folders[folder].below_home, "", err);
    return status == CXLOG_OK ? join3(out, below, "cxlog", name, err) : status;
}

cxlog_status cli_path_expand(char **out, const char *path, cxlog_error *err)
{
    *out = NULL;
    if (strncmp(path, "~/", 2) == 0) {
        const char *root;
        cxlog_status status = need_home(&root, err);
        return status == CXLOG_OK ? join3(out, root, path + 2, "", err) : status;
    }
    *out = strdup(path);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

char *cli_path_short(const char *path)
{
    CXLOG_AUTO_TEXT home = NULL;
    if (cli_path_expand(&home, "~/", NULL) != CXLOG_OK)
        return strdup(path);
    size_t length = strlen(home);
    while (length > 1 && home[length - 1] == '/')
        length--;
    if (strncmp(path, home, length) != 0 || path[length] != '/')
        return strdup(path);
    size_t size = strlen(path + length) + 2;
    char *text = malloc(size);
    if (text)
        (void)snprintf(text, size, "~%s", path + length);
    return text;
}

cxlog_status cli_path_absolute(char **out, const char *path, cxlog_error *err)
{
    char folder[PATH_MAX];
    if (path[0] == '/' || strncmp(path, "~/", 2) == 0)
        return cli_path_expand(out, path, err);
    *out = NULL;
    if (!getcwd(folder, sizeof folder))
        return cxlog_fail(err, CXLOG_ERR_NOINPUT, "cannot tell the current folder: %s",
                          strerror(errno));
    return join3(out, folder, path, "", err);
}

cxlog_status cli_path_join(char **out, const char *folder, const char *name,
                           cxlog_error *err)
{
    *out = NULL;
    return join3(out, folder, name, "", err);
}

cxlog_status cli_path_make_parents(const char *path, cxlog_error *err)
{
    CXLOG_AUTO_TEXT copy = strdup(path);
    if (!copy)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (char *at = strchr(copy + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
            char quoted[CXLOG_QUOTE_MAX];
            return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot make the folder %s: %s",
                              cxlog_quote(quoted, copy), strerror(errno));
        }
        *at = '/';
    }
    return CXLOG_OK;
}

bool cli_path_program_folder(char *buffer, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", buffer, size);
    if (length <= 0 || (size_t)length >= size)
        return false;
    buffer[length] = '\0';
    char *slash = strrchr(buffer, '/');
    if (!slash || slash == buffer)
        return false;
    *slash = '\0';
    return true;
}
