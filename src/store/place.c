#define _XOPEN_SOURCE 700 /* realpath */

#include "store/store_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cxlog/text.h>

/* Locks of network file systems cannot be relied on. Source: statfs(2), linux/magic.h. */
static bool is_network(uint32_t type)
{
    static const uint32_t types[] = {
        0x6969,     /* NFS */
        0x517b,     /* SMB */
        0xfe534d42, /* SMB2 */
        0xff534d42, /* CIFS */
        0x01021997, /* 9p */
        0x65735546, /* FUSE */
        0x5346414f, /* AFS */
        0x73757245, /* Coda */
        0x00c36400, /* Ceph */
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i] == type)
            return true;
    }
    return false;
}

static cxlog_status sync_directory(const char *path, cxlog_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    char quoted[CXLOG_QUOTE_MAX];
    if (failed && failed != EINVAL) /* some file systems cannot sync a directory */
        return cxlog_fail(err, CXLOG_ERR_IO, "directory %s: %s",
                          cxlog_quote_path(quoted, path), strerror(failed));
    return CXLOG_OK;
}

/* Part of a path before its last slash: "." or "/" when there is nothing. out: free(). */
static cxlog_status parent_of(char **out, const char *path, cxlog_error *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        *out = strdup(".");
    else
        *out = strndup(path, slash == path ? 1 : (size_t)(slash - path));
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* May the folder be one that an earlier run of ours made and did not live to sync? */
static bool maybe_ours(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && facts.st_uid == geteuid();
}

cxlog_status cx_place_sync(const char *file, cxlog_error *err)
{
    CXLOG_AUTO_TEXT path = strdup(file);
    if (!path)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (;;) {
        CXLOG_AUTO_TEXT parent = NULL;
        cxlog_status status = parent_of(&parent, path, err);
        if (status)
            return status;
        if (access(parent, R_OK) == 0)
            status = sync_directory(parent, err);
        if (status || strcmp(parent, path) == 0 || !maybe_ours(parent))
            return status;
        free(path);
        path = CXLOG_TAKE(parent);
    }
}

static cxlog_status make_directory(const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "directory %s cannot be made: %s",
                          cxlog_quote_path(quoted, path), strerror(errno));
    return CXLOG_OK;
}

static cxlog_status make_directories(const char *path, cxlog_error *err)
{
    CXLOG_AUTO_TEXT part = strdup(path);
    if (!part)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (char *slash = part + 1; *slash; slash++) {
        if (*slash != '/')
            continue;
        *slash = '\0';
        struct stat there;
        cxlog_status status =
            stat(part, &there) == 0 ? CXLOG_OK : make_directory(part, err);
        *slash = '/';
        if (status)
            return status;
    }
    return make_directory(part, err);
}

static cxlog_status check_directory(const char *path, bool create, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    struct statfs fs;
    cxlog_status status = CXLOG_OK;
    if (statfs(path, &fs) != 0) {
        if (errno != ENOENT)
            return cxlog_fail(err, CXLOG_ERR_CREATE, "directory %s: %s",
                              cxlog_quote_path(quoted, path), strerror(errno));
        if (!create)
            return cxlog_fail(err, CXLOG_ERR_NOINPUT, "there is no directory %s",
                              cxlog_quote_path(quoted, path));
        status = make_directories(path, err);
        if (!status && statfs(path, &fs) != 0)
            status = cxlog_fail(err, CXLOG_ERR_CREATE, "directory %s: %s",
                                cxlog_quote_path(quoted, path), strerror(errno));
    }
    if (status)
        return status;
    if (is_network((uint32_t)fs.f_type))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "%s is on a network file system, whose locks cannot be relied on:"
            " set store.path to a local disk",
            cxlog_quote_path(quoted, path));
    if (access(path, W_OK | X_OK) != 0)
        return cxlog_fail(err, CXLOG_ERR_IO, "directory %s is not writable: %s",
                          cxlog_quote_path(quoted, path), strerror(errno));
    return CXLOG_OK;
}

static cxlog_status check_file(const char *path, const struct stat *file,
                               cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_quote_path(quoted, path);
    if (S_ISLNK(file->st_mode))
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is a symbolic link", quoted);
    if (!S_ISREG(file->st_mode))
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is not a regular file", quoted);
    if (file->st_nlink > 1)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s has a second name (hard link)",
                          quoted);
    if (file->st_uid != geteuid())
        return cxlog_fail(err, CXLOG_ERR_PERMISSION, "%s belongs to another user",
                          quoted);
    if (file->st_mode & 077)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "%s can be read by others: chmod 600 it, and look who did",
                          quoted);
    return CXLOG_OK;
}

static cxlog_status make_file(const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) /* another first run was quicker */
        return CXLOG_OK;
    if (fd < 0)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "%s cannot be made: %s",
                          cxlog_quote_path(quoted, path), strerror(errno));
    close(fd);
    return CXLOG_OK;
}

static cxlog_status resolve(char **file, const char *path, const char *directory,
                            cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO_TEXT real = realpath(directory, NULL);
    if (!real)
        return cxlog_fail(err, CXLOG_ERR_IO, "directory %s: %s",
                          cxlog_quote_path(quoted, directory), strerror(errno));
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t size = strlen(real) + strlen(name) + 2;
    *file = malloc(size);
    if (!*file)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    int length = snprintf(*file, size, "%s/%s", real, name);
    return length > 0 ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_BUG, "path of the store");
}

cxlog_status cx_place_check(char **file, const char *path, bool create, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO_TEXT directory = NULL;
    cxlog_status status = parent_of(&directory, path, err);
    if (!status)
        status = check_directory(directory, create, err);
    if (status)
        return status;
    struct stat there;
    if (lstat(path, &there) != 0) {
        if (errno != ENOENT)
            return cxlog_fail(err, CXLOG_ERR_IO, "%s: %s", cxlog_quote_path(quoted, path),
                              strerror(errno));
        if (!create)
            return cxlog_fail(err, CXLOG_ERR_NOINPUT, "there is no store %s yet",
                              cxlog_quote_path(quoted, path));
        status = make_file(path, err);
        if (!status && lstat(path, &there) != 0)
            status = cxlog_fail(err, CXLOG_ERR_CREATE, "%s: %s",
                                cxlog_quote_path(quoted, path), strerror(errno));
    }
    if (!status)
        status = check_file(path, &there, err);
    return status ? status : resolve(file, path, directory, err);
}
