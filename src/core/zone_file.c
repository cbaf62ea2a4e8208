#include "zone_file.h"

#include <string.h>

#define HEADER 44
#define COUNTS_AT 20
#define KIND_BYTES 6
#define FOOTER_MAX 256

static int64_t big_endian(const unsigned char *at, size_t width)
{
    uint64_t number = (at[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < width; i++)
        number = number << 8 | at[i];
    int64_t result;
    memcpy(&result, &number, sizeof result);
    return result;
}

static int64_t time_at(const cx_zone *zone, size_t i)
{
    return big_endian(zone->bytes + zone->time + i * zone->width, zone->width);
}

static int32_t offset_of_kind(const cx_zone *zone, size_t kind)
{
    return (int32_t)big_endian(zone->bytes + zone->kind + kind * KIND_BYTES, 4);
}

bool cx_zone_marked(const cx_zone *zone)
{
    return zone->length >= 4 && memcmp(zone->bytes, "TZif", 4) == 0;
}

/* The block whose header stands at `at`. *end: behind it; *kinds: how many; false: it
 * does not fit, or has_leaps. */
static bool take_block(cx_zone *zone, size_t at, size_t width, size_t *kinds, size_t *end)
{
    if (at + HEADER > zone->length || memcmp(zone->bytes + at, "TZif", 4) != 0)
        return false;
    size_t
        count[6]; /* UTC marks, standard marks, leap seconds, changes, kinds, letters */
    for (size_t i = 0; i < 6; i++) {
        int64_t number = big_endian(zone->bytes + at + COUNTS_AT + 4 * i, 4);
        if (number < 0 || number > CX_ZONE_BYTES)
            return false;
        count[i] = (size_t)number;
    }
    zone->width = width;
    zone->times = count[3];
    zone->time = at + HEADER;
    zone->index = zone->time + count[3] * width;
    zone->kind = zone->index + count[3];
    *kinds = count[4];
    *end = zone->kind + count[4] * KIND_BYTES + count[5] + count[2] * (width + 4) +
           count[1] + count[0];
    if (*end > zone->length || count[4] == 0)
        return false;
    zone->has_leaps = count[2] > 0;
    return !zone->has_leaps;
}

static bool values_hold(const cx_zone *zone, size_t kinds)
{
    for (size_t i = 0; i < kinds; i++) {
        int32_t offset = offset_of_kind(zone, i);
        if (offset < -CX_ZONE_OFFSET_MAX || offset > CX_ZONE_OFFSET_MAX)
            return false;
    }
    for (size_t i = 0; i < zone->times; i++) {
        if (zone->bytes[zone->index + i] >= kinds ||
            (i > 0 && time_at(zone, i) <= time_at(zone, i - 1)))
            return false;
    }
    return true;
}

/* A line of its own at the end: the rule for the time after the last change, or nothing.
 */
static bool take_footer(cx_zone *zone, size_t at)
{
    char text[FOOTER_MAX];
    if (zone->length < at + 2 || zone->length - at - 2 >= sizeof text ||
        zone->bytes[at] != '\n' || zone->bytes[zone->length - 1] != '\n')
        return false;
    size_t length = zone->length - at - 2;
    memcpy(text, zone->bytes + at + 1, length);
    text[length] = '\0';
    zone->has_rule = length > 0;
    return !zone->has_rule ||
           (strlen(text) == length && cx_zone_rule_parse(&zone->rule, text));
}

bool cx_zone_parse(cx_zone *zone)
{
    size_t kinds = 0, end = 0;
    zone->has_rule = zone->has_leaps = false;
    if (!take_block(zone, 0, 4, &kinds, &end))
        return false;
    if (zone->bytes[4] == 0) /* version 1: 32 bits, no rule */
        return values_hold(zone, kinds);
    return take_block(zone, end, 8, &kinds, &end) && values_hold(zone, kinds) &&
           take_footer(zone, end);
}

/* How many changes came until then. */
static size_t changes_until(const cx_zone *zone, int64_t utc)
{
    size_t low = 0, high = zone->times;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_at(zone, middle) <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t cx_zone_offset(const cx_zone *zone, int64_t utc)
{
    size_t changes = changes_until(zone, utc);
    if (zone->has_rule && changes == zone->times)
        return cx_zone_rule_offset(&zone->rule, utc);
    return offset_of_kind(zone, changes > 0 ? zone->bytes[zone->index + changes - 1] : 0);
}
