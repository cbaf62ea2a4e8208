#include <string.h>

#include "civil.h"
#include "zone_file.h"

#define HOUR 3600
#define DATE_HOURS_MAX 167
#define OFFSET_HOURS_MAX 24

static bool take_name(const char **at)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char quotable[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789+-";
    bool quoted = **at == '<';
    *at += quoted;
    size_t length = strspn(*at, quoted ? quotable : letters);
    *at += length;
    if (quoted && **at != '>')
        return false;
    *at += quoted;
    return length >= 3;
}

static bool take_number(int *out, const char **at, int least, int most)
{
    int number = 0;
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > 3)
        return false;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + ((*at)[i] - '0');
    *at += digits;
    *out = number;
    return number >= least && number <= most;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool take_time(int32_t *out, const char **at, int hours_max)
{
    int sign = **at == '-' ? -1 : 1;
    *at += **at == '-' || **at == '+';
    int hours, minutes = 0, seconds = 0;
    if (!take_number(&hours, at, 0, hours_max))
        return false;
    if (**at == ':') {
        ++*at;
        if (!take_number(&minutes, at, 0, 59))
            return false;
    }
    if (**at == ':') {
        ++*at;
        if (!take_number(&seconds, at, 0, 59))
            return false;
    }
    *out = sign * (hours * HOUR + minutes * 60 + seconds);
    return true;
}

static bool take_dot(const char **at)
{
    bool there = **at == '.';
    *at += there;
    return there;
}

/* ,date[/time] */
static bool take_date(cx_zone_date *out, const char **at)
{
    if (**at != ',')
        return false;
    ++*at;
    *out = (cx_zone_date){.kind = CX_ZONE_WITH_LEAP, .second = 2 * HOUR};
    bool good;
    if (**at == 'M') {
        ++*at;
        out->kind = CX_ZONE_WEEKDAY;
        good = take_number(&out->month, at, 1, 12) && take_dot(at) &&
               take_number(&out->week, at, 1, 5) && take_dot(at) &&
               take_number(&out->day, at, 0, 6);
    } else if (**at == 'J') {
        ++*at;
        out->kind = CX_ZONE_NO_LEAP;
        good = take_number(&out->day, at, 1, 365);
    } else {
        good = take_number(&out->day, at, 0, 365);
    }
    if (!good || **at != '/')
        return good;
    ++*at;
    return take_time(&out->second, at, DATE_HOURS_MAX);
}

bool cx_zone_rule_parse(cx_zone_rule *out, const char *text)
{
    *out = (cx_zone_rule){0};
    const char *at = text;
    int32_t west = 0;
    if (!take_name(&at) || !take_time(&west, &at, OFFSET_HOURS_MAX))
        return false;
    out->standard = -west;
    if (*at == '\0')
        return true;
    out->has_summer = true;
    if (!take_name(&at))
        return false;
    west -= HOUR;
    if (*at != ',' && !take_time(&west, &at, OFFSET_HOURS_MAX))
        return false;
    out->summer = -west;
    return take_date(&out->from, &at) && take_date(&out->to, &at) && *at == '\0';
}

/* Wall seconds at which a year's date comes. */
static int64_t moment_of(const cx_zone_date *date, int year)
{
    cxlog_day first = cxlog_day_make(year, 1, 1);
    int64_t day = 0;
    switch (date->kind) {
    case CX_ZONE_WEEKDAY: {
        first = cxlog_day_make(year, date->month, 1);
        int sunday_is_0 = (cxlog_day_weekday(first) + 1) % 7;
        day = (date->day - sunday_is_0 + 7) % 7 + 7 * (date->week - 1);
        if (day >= cx_month_days(year, date->month)) /* week 5 is the last one */
            day -= 7;
        break;
    }
    case CX_ZONE_NO_LEAP:
        day = date->day - 1 + (date->day >= 60 && cx_month_days(year, 2) == 29);
        break;
    case CX_ZONE_WITH_LEAP:
        day = date->day;
        break;
    }
    return (first + day) * CX_DAY_SECONDS + date->second;
}

int32_t cx_zone_rule_offset(const cx_zone_rule *rule, int64_t utc)
{
    if (!rule->has_summer)
        return rule->standard;
    int year, month, mday;
    cxlog_day_civil(cxlog_day_of(utc + rule->standard), &year, &month, &mday);
    int64_t from = moment_of(&rule->from, year) - rule->standard;
    int64_t to = moment_of(&rule->to, year) - rule->summer;
    bool summer = from < to ? utc >= from && utc < to : utc >= from || utc < to;
    return summer ? rule->summer : rule->standard;
}
