/*
 * zone_file.h - what a compiled zone file says: seconds east of UTC at any moment.
 *
 * Not the C library's tzset(): it answers UTC when it cannot read the file or lacks
 * memory, and tells nobody. Nothing here allocates.
 * Source: RFC 9636 (TZif); POSIX.1-2024, 8.3 (TZ).
 */
#ifndef CX_ZONE_FILE_H
#define CX_ZONE_FILE_H

#include <stdbool.h>

#include <cxlog/cxlog.h>

#define CX_ZONE_BYTES 32768 /* the longest of the IANA's has 4,000 */
#define CX_ZONE_OFFSET_MAX (26 * 3600)

/* A day of every year, and seconds from its 00:00 (they may lie on another day). */
typedef struct cx_zone_date {
    enum { CX_ZONE_WEEKDAY, CX_ZONE_NO_LEAP, CX_ZONE_WITH_LEAP } kind; /* Mm.w.d, Jn, n */
    int month, week, day;
    int32_t second;
} cx_zone_date;

typedef struct cx_zone_rule {
    int32_t standard, summer; /* seconds east of UTC */
    bool has_summer;
    cx_zone_date from, to; /* summer time begins and ends */
} cx_zone_rule;

/* A POSIX TZ text ("KST-9", "CET-1CEST,M3.5.0,M10.5.0/3"), all of it. */
bool cx_zone_rule_parse(cx_zone_rule *out, const char *text);
int32_t cx_zone_rule_offset(const cx_zone_rule *rule, int64_t utc);

typedef struct cx_zone {
    size_t length;                   /* of bytes */
    size_t time, index, kind, times; /* where they begin; how many changes */
    size_t width;                    /* bytes of a time */
    bool has_leaps;                  /* seconds are counted that Unix time has not */
    bool has_rule;                   /* for the time after the last change */
    cx_zone_rule rule;
    unsigned char bytes[CX_ZONE_BYTES];
} cx_zone;

/* Does it begin as a compiled zone file does? */
bool cx_zone_marked(const cx_zone *zone);
/* Take in `length` bytes. False: damaged, or has_leaps. */
bool cx_zone_parse(cx_zone *zone);
int32_t cx_zone_offset(const cx_zone *zone, int64_t utc);

#endif
