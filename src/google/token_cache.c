#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/seam.h"
#include "google/api.h"
#include "google/json_text.h"
#include "google/jwt.h"
#include "net/wipe.h"

#define FILE_MAX 65536L
#define HASH_BYTES 16
#define HASH_TEXT (2 * HASH_BYTES + 1)
#define LIFE_MAX_S 3600

/* Key, account, scope and endpoint in one name: a token never serves another's requests.
 */
static bool name_hash(char out[HASH_TEXT], const cx_key *key)
{
    char text[4096];
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    int size = snprintf(text, sizeof text, "%s\x1f%s\x1f%s\x1f%s", key->email,
                        CX_GOOGLE_SCOPE, key->id, key->token_uri);
    if (size < 0 || (size_t)size >= sizeof text ||
        EVP_Digest(text, (size_t)size, hash, &length, EVP_sha256(), NULL) != 1)
        return false;
    for (size_t i = 0; i < HASH_BYTES; i++)
        (void)snprintf(out + (size_t)2 * i, 3, "%02x", hash[i]);
    return true;
}

/* free(); NULL when there is no cache. extra: what follows the name. */
static char *path_of(const char *directory, const cx_key *key, const char *extra)
{
    char hash[HASH_TEXT];
    if (!directory || !name_hash(hash, key))
        return NULL;
    size_t size = strlen(directory) + strlen(extra) + sizeof "/token-.json" + sizeof hash;
    char *path = malloc(size);
    if (path)
        (void)snprintf(path, size, "%s/token-%s.json%s", directory, hash, extra);
    return path;
}

static char *read_private(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return NULL;
    struct stat facts;
    char *text = NULL;
    if (fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_uid == geteuid() &&
        (facts.st_mode & 077) == 0 && facts.st_size > 0 && facts.st_size < FILE_MAX)
        text = malloc((size_t)facts.st_size + 1);
    if (text) {
        ssize_t got = read(file, text, (size_t)facts.st_size);
        text[got > 0 ? got : 0] = '\0';
    }
    (void)close(file);
    return text;
}

void cx_token_cache_load(char **out, int64_t *until_s, const char *directory,
                         const cx_key *key)
{
    *out = NULL;
    CXLOG_AUTO_TEXT path = path_of(directory, key, "");
    CX_SECRET text = path ? read_private(path) : NULL;
    json_auto_t *root = NULL;
    cxlog_error ignored = {0};
    if (!text || cx_json_read(&root, text, strlen(text), NULL, &ignored) != CXLOG_OK)
        return;
    const char *token = json_string_value(json_object_get(root, "access_token"));
    const json_t *until = json_object_get(root, "until");
    int64_t now = cx_utc_ms() / 1000;
    if (!token || !json_is_integer(until) || json_integer_value(until) > now + LIFE_MAX_S)
        return;
    for (const char *c = token; *c; c++) {
        if (*c <= ' ' || *c > '~')
            return;
    }
    *until_s = json_integer_value(until);
    *out = token[0] ? strdup(token) : NULL;
}

static bool write_private(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return false;
    size_t length = strlen(text);
    bool good = fchmod(file, 0600) == 0;
    for (size_t done = 0; good && done < length;) {
        ssize_t n = write(file, text + done, length - done);
        if (n > 0)
            done += (size_t)n;
        else
            good = n < 0 && errno == EINTR;
    }
    good = good && fsync(file) == 0;
    return close(file) == 0 && good;
}

void cx_token_cache_save(const char *token, int64_t until_s, const char *directory,
                         const cx_key *key)
{
    uint64_t number = 0;
    char extra[32];
    cxlog_error ignored = {0};
    if (!directory || cx_random(&number, sizeof number, &ignored) != CXLOG_OK)
        return;
    (void)snprintf(extra, sizeof extra, ".%016" PRIx64, number);
    (void)mkdir(directory, 0700);
    json_auto_t *root =
        json_pack("{s:s,s:I}", "access_token", token, "until", (json_int_t)until_s);
    CX_SECRET text = cx_json_text(root);
    CXLOG_AUTO_TEXT path = path_of(directory, key, "");
    CXLOG_AUTO_TEXT beside = path_of(directory, key, extra);
    if (!text || !path || !beside)
        return;
    if (!write_private(beside, text) || rename(beside, path) != 0)
        (void)unlink(beside);
}

void cx_token_cache_drop(const char *directory, const cx_key *key)
{
    CXLOG_AUTO_TEXT path = path_of(directory, key, "");
    if (path)
        (void)unlink(path);
}
