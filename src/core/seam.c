/* For getrandom, CLOCK_BOOTTIME, strptime and tm_gmtoff: in this file only. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE
#include "core/seam.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_PATH_MAX 256

static int64_t read_ms(clockid_t clock)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(clock, &now); /* cannot fail for the clocks below */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t real_utc_ms(void)
{
    return read_ms(CLOCK_REALTIME);
}

static int64_t real_mono_ms(void)
{
    return read_ms(CLOCK_BOOTTIME);
}

static int real_random(void *buffer, size_t count)
{
    unsigned char *place = buffer;
    while (count > 0) {
        ssize_t got = getrandom(place, count, 0);
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0) {
            place += got;
            count -= (size_t)got;
        }
    }
    return 0;
}

static void real_sleep_ms(int64_t ms)
{
    if (ms <= 0)
        return;
    struct timespec left = {.tv_sec = (time_t)(ms / 1000),
                            .tv_nsec = (long)(ms % 1000) * 1000000L};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

static const cx_seam real_seam = {.utc_ms = real_utc_ms,
                                  .mono_ms = real_mono_ms,
                                  .random = real_random,
                                  .sleep_ms = real_sleep_ms};
static const cx_seam *seam = &real_seam;

void cx_seam_use(const cx_seam *other)
{
    seam = other ? other : &real_seam;
}

int64_t cx_utc_ms(void)
{
    return seam->utc_ms();
}

int64_t cx_mono_ms(void)
{
    return seam->mono_ms();
}

void cx_sleep_ms(int64_t ms)
{
    seam->sleep_ms(ms);
}

cxlog_status cx_random(void *buffer, size_t count, cxlog_error *err)
{
    if (seam->random(buffer, count) != 0)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the system gives no random numbers");
    return CXLOG_OK;
}

static int read_bytes(int file, unsigned char *out, size_t size, size_t *length)
{
    struct stat facts;
    if (fstat(file, &facts) != 0)
        return errno;
    if (!S_ISREG(facts.st_mode))
        return ENOENT;
    *length = 0;
    for (;;) {
        if (*length == size)
            return EFBIG;
        ssize_t got = read(file, out + *length, size - *length);
        if (got == 0)
            return 0;
        if (got > 0)
            *length += (size_t)got;
        else if (errno != EINTR)
            return errno;
    }
}

int cx_zone_read(unsigned char *out, size_t size, size_t *length, const char *name)
{
    char path[ZONE_PATH_MAX];
    int written = snprintf(path, sizeof path, "%s/%s", CX_ZONE_DIR, name);
    if (written < 0 || (size_t)written >= sizeof path)
        return ENOENT;
    int file;
    do {
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    } while (file < 0 && errno == EINTR);
    if (file < 0)
        return errno == ENOTDIR ? ENOENT : errno;
    int trouble = read_bytes(file, out, size, length);
    (void)close(file);
    return trouble;
}

bool cx_strptime(const char *text, const char *format, struct tm *parts, bool *has_offset,
                 int32_t *offset)
{
    memset(parts, 0, sizeof *parts);
    parts->tm_year = CX_NO_YEAR;
    parts->tm_gmtoff = LONG_MIN;
    const char *rest = strptime(text, format, parts);
    if (!rest || *rest != '\0')
        return false;
    *has_offset = parts->tm_gmtoff != LONG_MIN;
    *offset = *has_offset ? (int32_t)parts->tm_gmtoff : 0;
    return true;
}

#ifdef CXLOG_FAULTS

#define FAULT_LINE_MAX 128

static void log_point(const char *point)
{
    const char *path = getenv("CXLOG_FAULT_LOG");
    if (!path)
        return;
    char line[FAULT_LINE_MAX];
    int length = snprintf(line, sizeof line, "%s\n", point);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0 || length < 0 || (size_t)length >= sizeof line)
        _exit(101); /* a sweep that loses points would pass unseen */
    if (write(file, line, (size_t)length) != (ssize_t)length)
        _exit(101);
    (void)close(file);
}

void cx_fault(const char *point)
{
    static unsigned long hits;
    log_point(point);
    const char *wanted = getenv("CXLOG_FAULT");
    if (!wanted)
        return;
    size_t length = strcspn(wanted, "@");
    if (strlen(point) != length || memcmp(point, wanted, length) != 0)
        return;
    hits++;
    if (hits == (wanted[length] == '@' ? strtoul(wanted + length + 1, NULL, 10) : 1))
        _exit(100); /* not exit(): a real crash runs no handlers */
}

#endif
