#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "cli/init_dialogue.h"
#include "cli/paths.h"

#define KEY_NAME "key.json"
#define NAMES_MAX 99
#define SIZE_MAX_BYTES 65536

/* A file of the person's own, being looked at. */
typedef struct source {
    int fd;
    size_t size;
} source;

static void source_clear(source *s)
{
    if (s->fd >= 0)
        (void)close(s->fd);
}
CXLOG_AUTO_VALUE_DEFINE(source, source_clear);

/* A private copy that goes away again. */
typedef struct copy {
    char *path;
} copy;

static void copy_clear(copy *c)
{
    if (c->path)
        (void)unlink(c->path);
    free(c->path);
}
CXLOG_AUTO_VALUE_DEFINE(copy, copy_clear);

static cxlog_status cannot_open(const char *name, cxlog_error *err)
{
    if (errno == ELOOP)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s is a link: name the file itself, so that nobody can put "
                          "another one in its place",
                          name);
    if (errno == ENOENT || errno == ENOTDIR)
        return cxlog_fail(err, CXLOG_ERR_NOINPUT, "there is no file %s", name);
    return cxlog_fail(err, CXLOG_ERR_PERMISSION, "cannot open %s: %s", name,
                      strerror(errno));
}

/* Google offers two formats; the other one is a DER sequence. */
static bool is_p12(int fd)
{
    unsigned char head[2];
    return pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && head[0] == 0x30 &&
           (head[1] & 0x80) != 0;
}

static cxlog_status open_source(source *out, const char *path, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *name = cxlog_quote(quoted, path);
    struct stat facts;
    out->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (out->fd < 0)
        return cannot_open(name, err);
    if (fstat(out->fd, &facts) != 0 || !S_ISREG(facts.st_mode))
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "%s is not a file", name);
    if (facts.st_uid != geteuid())
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "the key file %s belongs to another user: copy it and use the copy", name);
    if (is_p12(out->fd))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s is a key of the format P12: make another key in the "
                          "console and choose JSON",
                          name);
    if (facts.st_size < 1 || facts.st_size > SIZE_MAX_BYTES)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "%s is no service-account key: %lld bytes instead of about 2,400", name,
            (long long)facts.st_size);
    out->size = (size_t)facts.st_size;
    return CXLOG_OK;
}

/* Within the system: the key's text never passes through this program. */
static bool fill(int to, const source *from)
{
    off_t at = 0;
    while ((size_t)at < from->size) {
        ssize_t put = sendfile(to, from->fd, &at, from->size - (size_t)at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
    }
    return fsync(to) == 0;
}

static cxlog_status make_copy(copy *out, const source *from, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO_TEXT path = NULL;
    cxlog_status status =
        cli_path_user(&path, CLI_FOLDER_CONFIG, KEY_NAME ".XXXXXX", err);
    if (status == CXLOG_OK)
        status = cli_path_make_parents(path, err);
    if (status != CXLOG_OK)
        return status;
    int fd = mkstemp(path); /* 0600 */
    if (fd < 0)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write %s: %s",
                          cxlog_quote(quoted, path), strerror(errno));
    bool good = fill(fd, from);
    int number = errno;
    good = close(fd) == 0 && good;
    if (!good) {
        status = cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write %s: %s",
                            cxlog_quote(quoted, path), strerror(number));
        (void)unlink(path);
        return status;
    }
    out->path = CXLOG_TAKE(path);
    return CXLOG_OK;
}

/* ---- trying ---- */

static cxlog_status try_at(const cli_ctx *ctx, const char *path, char **address,
                           cxlog_error *err)
{
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    const cli_settings *settings = &ctx->settings;
    const char *sheet = cli_setting(settings, CLI_KEY_SHEET_ID);
    const cxlog_google_options options = {
        .sheet_id = sheet ? sheet : "none", /* nothing is sent */
        .key_path = path,
        .api = cli_setting(settings, CLI_KEY_GOOGLE_API),
        .ca = cli_setting(settings, CLI_KEY_GOOGLE_CA),
        .proxy = cli_setting(settings, CLI_KEY_GOOGLE_PROXY),
        .stop = cli_stop_flag(),
    };
    cxlog_status status = ctx->factory(&remote, &options, err);
    if (status != CXLOG_OK)
        return status;
    const char *email = remote->ops->address(remote);
    *address = strdup(email ? email : "?");
    return *address ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_key_try(const cli_ctx *ctx, const char *path, bool fresh, char **address,
                         cxlog_error *err)
{
    CXLOG_AUTO_VALUE(source) from = {.fd = -1};
    CXLOG_AUTO_VALUE(copy) temporary = {0};
    *address = NULL;
    if (!fresh)
        return try_at(ctx, path, address, err);
    cxlog_status status = open_source(&from, path, err);
    if (status == CXLOG_OK)
        status = make_copy(&temporary, &from, err);
    return status == CXLOG_OK ? try_at(ctx, temporary.path, address, err) : status;
}

/* ---- keeping ---- */

bool cli_key_is_kept(const char *path)
{
    CXLOG_AUTO_TEXT folder = NULL;
    if (cli_path_user(&folder, CLI_FOLDER_CONFIG, "", NULL) != CXLOG_OK)
        return true; /* there is nowhere to copy it to */
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static bool same_bytes(const source *a, const source *b)
{
    if (a->size != b->size)
        return false;
    void *left = mmap(NULL, a->size, PROT_READ, MAP_PRIVATE, a->fd, 0);
    void *right = mmap(NULL, b->size, PROT_READ, MAP_PRIVATE, b->fd, 0);
    bool mapped = left != MAP_FAILED && right != MAP_FAILED;
    bool same = mapped && memcmp(left, right, a->size) == 0;
    if (left != MAP_FAILED)
        (void)munmap(left, a->size);
    if (right != MAP_FAILED)
        (void)munmap(right, b->size);
    return same;
}

/* Google gives each key out only once: one that lies there already stays. *taken: the
 * name holds another key. */
static cxlog_status put_at(const char *path, const copy *temporary, const source *from,
                           bool *taken, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    CXLOG_AUTO_VALUE(source) there = {.fd = -1};
    *taken = false;
    if (link(temporary->path, path) == 0)
        return CXLOG_OK;
    if (errno != EEXIST)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write %s: %s",
                          cxlog_quote(quoted, path), strerror(errno));
    *taken = open_source(&there, path, NULL) != CXLOG_OK || !same_bytes(&there, from) ||
             fchmod(there.fd, 0600) != 0;
    return CXLOG_OK;
}

cxlog_status cli_key_keep(const char *path, char **kept, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(source) from = {.fd = -1};
    CXLOG_AUTO_VALUE(copy) temporary = {0};
    *kept = NULL;
    cxlog_status status = open_source(&from, path, err);
    if (status == CXLOG_OK)
        status = make_copy(&temporary, &from, err);
    for (int i = 1; status == CXLOG_OK && i <= NAMES_MAX; i++) {
        char name[32] = KEY_NAME;
        CXLOG_AUTO_TEXT wanted = NULL;
        bool taken = false;
        if (i > 1)
            (void)snprintf(name, sizeof name, "key-%d.json", i);
        status = cli_path_user(&wanted, CLI_FOLDER_CONFIG, name, err);
        if (status == CXLOG_OK)
            status = put_at(wanted, &temporary, &from, &taken, err);
        if (status != CXLOG_OK || taken)
            continue;
        *kept = CXLOG_TAKE(wanted);
        return CXLOG_OK;
    }
    return status
               ? status
               : cxlog_fail(err, CXLOG_ERR_CREATE,
                            "the settings folder holds %d other keys already", NAMES_MAX);
}
