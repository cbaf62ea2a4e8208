#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "google/key.h"
#include "net/wipe.h"

#define STICKY 01000 /* S_ISVTX, which plain POSIX does not name */

static void close_file(int *file)
{
    if (*file >= 0)
        (void)close(*file);
}

/* Whoever may rename files in the key's directory can put another key there. */
static cxlog_status check_directory(const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    char directory[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    int length = slash == path ? 1 : slash ? (int)(slash - path) : 0;
    if (slash && snprintf(directory, sizeof directory, "%.*s", length, path) != length)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "the path of the key file is too long");
    struct stat facts;
    if (stat(directory, &facts) != 0)
        return CXLOG_OK;
    if ((facts.st_mode & S_IWOTH) != 0 && (facts.st_mode & STICKY) == 0)
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "anybody may write into the directory of the key file %s: chmod o-w it",
            cxlog_quote_path(quoted, path));
    return CXLOG_OK;
}

static cxlog_status check_file(int file, const char *path, size_t *size, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *name = cxlog_quote_path(quoted, path);
    struct stat facts;
    if (fstat(file, &facts) != 0)
        return cxlog_fail(err, CXLOG_ERR_IO, "cannot look at the key file %s: %s", name,
                          strerror(errno));
    if (!S_ISREG(facts.st_mode))
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "google.key %s is not a file", name);
    if (facts.st_uid != geteuid() && facts.st_uid != 0)
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "the key file %s belongs to another user: copy it and use the copy", name);
    if ((facts.st_mode & 077) != 0)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "other users may read the key file (mode %04o): chmod 600 %s",
                          (unsigned)(facts.st_mode & 07777), name);
    if (facts.st_size < 1 || facts.st_size > CX_KEY_FILE_MAX)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "google.key %s is no service-account key: %lld bytes instead of about "
            "2,400",
            name, (long long)facts.st_size);
    *size = (size_t)facts.st_size;
    return CXLOG_OK;
}

static cxlog_status open_failed(const char *path, int number, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *name = cxlog_quote_path(quoted, path);
    if (number == ENOENT || number == ENOTDIR)
        return cxlog_fail(err, CXLOG_ERR_NOINPUT, "there is no key file %s (google.key)",
                          name);
    if (number == EACCES || number == EPERM)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "no permission to read the key file %s (google.key)", name);
    return cxlog_fail(err, CXLOG_ERR_IO, "cannot open the key file %s: %s", name,
                      strerror(number));
}

cxlog_status cx_key_file(char **out, size_t *length, const char *path, cxlog_error *err)
{
    *out = NULL;
    *length = 0;
    size_t size = 0;
    __attribute__((cleanup(close_file))) int file =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return open_failed(path, errno, err);
    cxlog_status status = check_file(file, path, &size, err);
    if (status == CXLOG_OK)
        status = check_directory(path, err);
    if (status != CXLOG_OK)
        return status;
    CX_SECRET text = malloc(size + 1);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t got = 0;
    while (got < size) {
        ssize_t n = read(file, text + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cxlog_fail(err, CXLOG_ERR_IO, "cannot read the key file: %s",
                              strerror(errno));
        if (n == 0)
            break;
        got += (size_t)n;
    }
    text[got] = '\0';
    *length = got;
    *out = CXLOG_TAKE(text);
    return CXLOG_OK;
}
