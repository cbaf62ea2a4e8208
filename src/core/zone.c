#include <cxlog/wall.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cxlog/text.h>

#include "core/civil.h"
#include "core/seam.h"

#define ZONE_NAME_MAX 64

/* UTC until told otherwise, whatever TZ says: days must not depend on who started the
 * process. */
static char zone_name[ZONE_NAME_MAX] = "UTC";
static bool zone_is_utc = true;

static bool name_allowed(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_+-/";
    size_t length = strlen(name);
    return length > 0 && length < ZONE_NAME_MAX && strspn(name, letters) == length &&
           name[0] != '/';
}

/* What TZ must hold for that zone, NULL when this machine does not know it. */
static const char *tz_value(char *buffer, size_t size, const char *name)
{
    if (strcmp(name, "UTC") == 0)
        return "UTC0";
    if (cx_zone_file(name)) {
        /* The whole path: a TZDIR in the environment must not choose another file. */
        int length = snprintf(buffer, size, ":%s/%s", CX_ZONE_DIR, name);
        return length > 0 && (size_t)length < size ? buffer : NULL;
    }
    return strcmp(name, "Asia/Seoul") == 0 ? "KST-9" : NULL;
}

cxlog_status cxlog_zone_use(const char *zone, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    char buffer[ZONE_NAME_MAX + sizeof CX_ZONE_DIR + 2];
    const char *tz = name_allowed(zone) ? tz_value(buffer, sizeof buffer, zone) : NULL;
    if (!tz)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "no such time zone: %s; it must be an IANA name such as "
                          "Asia/Seoul",
                          cxlog_quote(quoted, zone));
    if (setenv("TZ", tz, 1) != 0)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    tzset();
    memcpy(zone_name, zone, strlen(zone) + 1);
    zone_is_utc = strcmp(zone, "UTC") == 0;
    return CXLOG_OK;
}

const char *cxlog_zone_name(void)
{
    return zone_name;
}

int64_t cxlog_utc_now_ms(void)
{
    return cx_utc_ms();
}

int64_t cxlog_utc_now(void)
{
    return cx_utc_ms() / 1000;
}

cxlog_wall cxlog_wall_now(void)
{
    return cxlog_wall_from_utc(cxlog_utc_now());
}

cxlog_wall cxlog_wall_from_utc(int64_t utc)
{
    time_t moment = (time_t)utc;
    struct tm civil;
    bool near =
        utc >= CX_WALL_MIN - CX_DAY_SECONDS && utc <= CX_WALL_MAX + CX_DAY_SECONDS;
    if (zone_is_utc || !near || !localtime_r(&moment, &civil))
        return utc;
    cxlog_day day = cxlog_day_make(civil.tm_year + 1900, civil.tm_mon + 1, civil.tm_mday);
    return cx_wall_make(day, civil.tm_hour * 3600 + civil.tm_min * 60 + civil.tm_sec);
}

static int32_t offset_at_utc(int64_t utc)
{
    return (int32_t)(cxlog_wall_from_utc(utc) - utc);
}

/*
 * Not by mktime(): for an hour that exists twice glibc answers by what it was asked
 * before. Here the first of the two counts, and an hour that does not exist keeps the
 * offset before the gap.
 */
int32_t cxlog_wall_offset(cxlog_wall at)
{
    if (zone_is_utc)
        return 0;
    int32_t before = offset_at_utc(at - CX_DAY_SECONDS);
    int32_t after = offset_at_utc(at + CX_DAY_SECONDS);
    if (before == after || cxlog_wall_from_utc(at - before) == at)
        return before;
    return cxlog_wall_from_utc(at - after) == at ? after : before;
}
