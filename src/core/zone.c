#include <cxlog/wall.h>

#include <errno.h>
#include <string.h>

#include <cxlog/text.h>

#include "core/civil.h"
#include "core/seam.h"
#include "core/zone_file.h"

#define ZONE_NAME_MAX 64

/* UTC (NULL) until told otherwise, whatever TZ says: days must not depend on who started
 * the process. */
static char zone_name[ZONE_NAME_MAX] = "UTC";
static const cx_zone *zone_used;

static bool name_allowed(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_+-/";
    size_t length = strlen(name);
    return length > 0 && length < ZONE_NAME_MAX && strspn(name, letters) == length &&
           name[0] != '/';
}

static cxlog_status unknown(const char *name, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CONFIG,
                      "no such time zone: %s; it must be an IANA name such as "
                      "Asia/Seoul",
                      cxlog_quote(quoted, name));
}

/* A zone that is there but cannot be read is not taken for another. */
static cxlog_status load(cx_zone *zone, const char *name, cxlog_error *err)
{
    zone->length = 0;
    int trouble = cx_zone_read(zone->bytes, sizeof zone->bytes, &zone->length, name);
    if (trouble == ENOENT && strcmp(name, "Asia/Seoul") == 0) {
        zone->times = 0;
        zone->has_rule = cx_zone_rule_parse(&zone->rule, "KST-9");
        return CXLOG_OK;
    }
    if (trouble != 0 && trouble != ENOENT && trouble != EFBIG)
        return cxlog_fail(err, CXLOG_ERR_IO, "cannot read the zone file %s/%s: %s",
                          CX_ZONE_DIR, name, strerror(trouble));
    if (trouble != 0 || !cx_zone_marked(zone))
        return unknown(name, err);
    if (cx_zone_parse(zone))
        return CXLOG_OK;
    if (zone->has_leaps)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the time zone %s counts leap seconds: give the one without "
                          "right/",
                          name);
    return cxlog_fail(err, CXLOG_ERR_IO, "the zone file %s/%s is damaged", CX_ZONE_DIR,
                      name);
}

cxlog_status cxlog_zone_use(const char *zone, cxlog_error *err)
{
    static cx_zone places[2]; /* the one in force, and the next */
    if (!name_allowed(zone))
        return unknown(zone, err);
    const cx_zone *next = NULL;
    if (strcmp(zone, "UTC") != 0) {
        cx_zone *place = &places[zone_used == &places[0]];
        cxlog_status status = load(place, zone, err);
        if (status != CXLOG_OK)
            return status;
        next = place;
    }
    zone_used = next;
    memcpy(zone_name, zone, strlen(zone) + 1);
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
    bool near =
        utc >= CX_WALL_MIN - CX_DAY_SECONDS && utc <= CX_WALL_MAX + CX_DAY_SECONDS;
    return zone_used && near ? utc + cx_zone_offset(zone_used, utc) : utc;
}

static int32_t offset_at_utc(int64_t utc)
{
    return (int32_t)(cxlog_wall_from_utc(utc) - utc);
}

/* Of an hour that exists twice the first counts; one that does not exist keeps the offset
 * before the gap. */
int32_t cxlog_wall_offset(cxlog_wall at)
{
    if (!zone_used)
        return 0;
    int32_t before = offset_at_utc(at - CX_DAY_SECONDS);
    int32_t after = offset_at_utc(at + CX_DAY_SECONDS);
    if (before == after || cxlog_wall_from_utc(at - before) == at)
        return before;
    return cxlog_wall_from_utc(at - after) == at ? after : before;
}
