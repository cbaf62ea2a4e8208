/*
 * seam.h - the one door from the pure core to clock, randomness, sleep and fault points.
 *
 * Tests put their own functions behind it; nothing else in core touches the outside
 * world.
 */
#ifndef CX_SEAM_H
#define CX_SEAM_H

#include <stdbool.h>
#include <time.h>

#include <cxlog/error.h>

typedef struct cx_seam {
    int64_t (*utc_ms)(void); /* Unix milliseconds */
    int64_t (*mono_ms)(
        void); /* milliseconds that never jump (suspended time counts: CLOCK_BOOTTIME) */
    int (*random)(void *buffer, size_t count); /* 0, or -1 when the system gives none */
    void (*sleep_ms)(int64_t ms);
} cx_seam;

/* The functions in force; cx_seam_use(NULL) puts the real ones back. For tests only. */
void cx_seam_use(const cx_seam *seam);

int64_t cx_utc_ms(void);
int64_t cx_mono_ms(void);
void cx_sleep_ms(int64_t ms);
/* Never falls back to anything weaker than getrandom(2). Errors: ERR_BUG. */
CXLOG_MUST_USE cxlog_status cx_random(void *buffer, size_t count, cxlog_error *err);

/*
 * Read the regular file of that name below CX_ZONE_DIR. 0, or what was in the way: ENOENT
 * (also what is no regular file), EFBIG (longer than `size`), or another errno.
 */
#define CX_ZONE_DIR "/usr/share/zoneinfo"
int cx_zone_read(unsigned char *out, size_t size, size_t *length, const char *name);

/*
 * strptime(3) over the whole text. parts holds what the format named, CX_NO_YEAR in
 * tm_year and 0 in tm_mday where it named none; *has_offset: the format had a %z, its
 * seconds east of UTC in *offset. False: the text is not of that format.
 */
#define CX_NO_YEAR (-1900)
bool cx_strptime(const char *text, const char *format, struct tm *parts, bool *has_offset,
                 int32_t *offset);

/*
 * A fault point: in a -DCXLOG_FAULTS=ON build the process is killed (_exit(100)) when the
 * environment's CXLOG_FAULT names this point and hit ("store.commit.after@2"), and every
 * point passed is appended to the file CXLOG_FAULT_LOG. In every other build it is
 * nothing at all.
 */
#ifdef CXLOG_FAULTS
void cx_fault(const char *point);
#else
#define cx_fault(point) ((void)0)
#endif

#endif
