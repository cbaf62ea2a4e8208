/*
 * lock.c - POSIX record locks on two bytes of "<store>.lock": they die with their holder,
 * and F_GETLK names it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/sync.h>

#include "core/seam.h"

#define POLL_MS 50
#define KINDS 2

/* Closing any descriptor of a file drops every lock this process has on it. So a process
 * opens each lock file once, and closes it when its last lock is dropped: the list below
 * is the one place where this library keeps state of its own. */
typedef struct lock_file {
    struct lock_file *next;
    char *path;
    int fd;
    bool held[KINDS];
} lock_file;

static lock_file *files;

struct cxlog_lock {
    lock_file *file;
    cxlog_lock_kind kind;
};

static lock_file *find_file(const char *path)
{
    for (lock_file *file = files; file; file = file->next) {
        if (strcmp(file->path, path) == 0)
            return file;
    }
    return NULL;
}

static char *lock_path(const char *store)
{
    size_t size = strlen(store) + sizeof ".lock";
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s.lock", store);
    return path;
}

static void release_file(lock_file *file)
{
    if (file->held[CXLOG_LOCK_WAITER] || file->held[CXLOG_LOCK_WORK])
        return;
    lock_file **place = &files;
    while (*place != file)
        place = &(*place)->next;
    *place = file->next;
    close(file->fd);
    free(file->path);
    free(file);
}

static cxlog_status open_file(lock_file **out, const char *store, cxlog_error *err)
{
    CXLOG_AUTO_TEXT path = lock_path(store);
    lock_file *file = calloc(1, sizeof *file);
    if (!path || !file) {
        free(file);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    file->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file->fd < 0) {
        int why = errno;
        free(file);
        return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot open the lock file %s: %s", path,
                          strerror(why));
    }
    file->path = CXLOG_TAKE(path);
    file->next = files;
    files = file;
    *out = file;
    return CXLOG_OK;
}

static struct flock lock_range(cxlog_lock_kind kind, short type)
{
    struct flock range = {0};
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = (off_t)kind;
    range.l_len = 1;
    return range;
}

static int64_t other_holder(int fd, cxlog_lock_kind kind)
{
    struct flock range = lock_range(kind, F_WRLCK);
    if (fcntl(fd, F_GETLK, &range) != 0 || range.l_type == F_UNLCK)
        return 0;
    return range.l_pid;
}

/* *got false after wait_ms of somebody else's holding it. */
static cxlog_status wait_for(lock_file *file, cxlog_lock_kind kind, int64_t wait_ms,
                             bool *got, int64_t *holder, cxlog_error *err)
{
    int64_t end = cx_mono_ms() + wait_ms;
    for (;;) {
        struct flock range = lock_range(kind, F_WRLCK);
        *got = fcntl(file->fd, F_SETLK, &range) == 0;
        if (*got)
            return CXLOG_OK;
        if (errno != EACCES && errno != EAGAIN && errno != EINTR)
            return cxlog_fail(err, CXLOG_ERR_IO, "cannot lock %s: %s", file->path,
                              strerror(errno));
        *holder = other_holder(file->fd, kind);
        int64_t left = end - cx_mono_ms();
        if (left <= 0 && *holder != 0)
            return CXLOG_OK;
        cx_sleep_ms(left > 0 && left < POLL_MS ? left : (left <= 0 ? 1 : POLL_MS));
    }
}

cxlog_status cxlog_lock_take(cxlog_lock **out, const char *path, cxlog_lock_kind kind,
                             int64_t wait_ms, int64_t *holder, cxlog_error *err)
{
    *out = NULL;
    *holder = 0;
    CXLOG_AUTO_TEXT name = lock_path(path);
    cxlog_lock *lock = calloc(1, sizeof *lock);
    if (!name || !lock) {
        free(lock);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    lock_file *file = find_file(name);
    cxlog_status status = file ? CXLOG_OK : open_file(&file, path, err);
    bool got = false;
    if (file && file->held[kind])
        *holder = (int64_t)getpid();
    else if (file)
        status = wait_for(file, kind, wait_ms, &got, holder, err);
    if (got) {
        file->held[kind] = true;
        *holder = 0;
        lock->file = file;
        lock->kind = kind;
        *out = lock;
        return CXLOG_OK;
    }
    if (file)
        release_file(file);
    free(lock);
    return status;
}

void cxlog_lock_drop(cxlog_lock *lock)
{
    if (!lock)
        return;
    struct flock range = lock_range(lock->kind, F_UNLCK);
    (void)fcntl(lock->file->fd, F_SETLK, &range);
    lock->file->held[lock->kind] = false;
    release_file(lock->file);
    free(lock);
}

int64_t cxlog_lock_holder(const char *path, cxlog_lock_kind kind)
{
    CXLOG_AUTO_TEXT name = lock_path(path);
    if (!name)
        return 0;
    const lock_file *file = find_file(name);
    if (file)
        return file->held[kind] ? (int64_t)getpid() : other_holder(file->fd, kind);
    int fd = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return 0;
    int64_t holder = other_holder(fd, kind);
    close(fd);
    return holder;
}
